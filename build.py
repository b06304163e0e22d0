"""Front door: `python build.py` is `rolecall build`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
try:
    from rolecall.__main__ import run

    run(["build", *sys.argv[1:]])
except ModuleNotFoundError as error:
    if str(error.name).startswith("rolecall"):
        raise
    sys.exit(f"build.py: the library {error.name} is missing. Run `make build` or `uv run build.py`: they install it.")

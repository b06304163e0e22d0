# ruff: noqa: T201 -- a script prints
"""Fuzz one target for some seconds, guided by what of rolecall the input reaches.

    pip install atheris
    PYTHONPATH=src python bench/fuzz/run.py sanitiser 120

Inputs that reach something new are kept in .cache/fuzz/<target>/, so that the next run goes on from there. An input
that breaks something stands in .cache/fuzz/<target>-crash-*; it belongs into tests/attack/test_fuzz.py as an example.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
with atheris.instrument_imports(include=["rolecall"]):
    from targets import SEEDS, TARGETS


def main() -> None:
    name, seconds = sys.argv[1], sys.argv[2]
    folder = Path(__file__).resolve().parents[2] / ".cache" / "fuzz"
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode())
    words = sorted({word for seed in SEEDS[name] for word in seed.split() if 1 < len(word) < 30})
    dictionary = folder / f"{name}.dict"
    shown = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    dictionary.write_text("".join(f'"{word}"\n' for word in shown))
    print(f"{name}: {seconds} s, {len(words)} words", flush=True)
    limits = ["-max_len=4000", "-timeout=20", "-rss_limit_mb=1500", f"-seed={random.randrange(2**31)}"]  # noqa: S311
    crashes = f"-artifact_prefix={folder}/{name}-"
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-dict={dictionary}", crashes, *limits], TARGETS[name]
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""What `rolecall doctor` says of the libraries, here and in the workflows, against what rolecall needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

from rolecall.commands.doctor_patient import Patient, wrong
from rolecall.issues import Issue
from rolecall.scaffold.shipped import GITHUB

_NEED = re.compile(r"(?P<name>[A-Za-z0-9._-]+) *>= *(?P<least>[\d.]+)")
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_FILE = f"{GITHUB}/requirements.txt"


def libraries(_: Patient) -> Iterator[Issue]:
    """Installed libraries that are older than what rolecall was tried with, or missing."""
    for name, least in _needs().items():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield wrong("library", name, f"is not installed; rolecall needs {least} or newer.", _mend(name, least))
            continue
        if _numbers(version) < _numbers(least):
            what = f"is {version}; rolecall needs {least} or newer."
            yield wrong("library", name, what, _mend(name, least))


def pins(patient: Patient) -> Iterator[Issue]:
    """Libraries that the workflows would install too old, or not at all."""
    path = patient.folder / _FILE
    if not path.is_file():
        return
    pinned = {
        _folded(found["name"]): found["version"] for found in _PINNED.finditer(path.read_text("utf-8", "replace"))
    }
    for name, least in _needs().items():
        version = pinned.get(_folded(name))
        if version is None or _numbers(version) < _numbers(least):
            what = f"has {name} {version or 'not at all'}; rolecall needs {least} or newer."
            hint = "Remove the file and run `rolecall init`, or let Dependabot update it."
            yield wrong("pin", _FILE, what, hint)


def _needs() -> dict[str, str]:
    """By library the oldest version; nothing in a checkout that is not installed."""
    try:
        lines = metadata.requires("rolecall") or []
    except metadata.PackageNotFoundError:
        return {}
    found = (_NEED.match(line) for line in lines if "extra ==" not in line)
    return {need["name"]: need["least"] for need in found if need}


def _mend(name: str, least: str) -> str:
    return f"Run `python -m pip install '{name}>={least}'`."


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _numbers(version: str) -> tuple[int, ...]:
    """`2.10.4rc1` as (2, 10, 4): what comes behind the numbers does not count."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()

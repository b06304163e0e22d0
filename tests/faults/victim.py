# ruff: noqa: PTH100, PTH123, SIM115, BLE001 -- audit events hold plain paths; a child reports whatever ends it
"""A process that runs commands of rolecall and is killed, or refused by its disk, at a chosen step.

It imports everything once and forks for each command, so that a kill costs milliseconds. In: one JSON object a line
(`run`, `cwd`, `root`, `mode`, `at`). Out: one JSON object a line (`code`, `cpu_s`, `steps`, `out`, `err`).

A step is whatever changes the disk below `root`: a file opened for writing, a rename, a removal, a folder made or
removed, a change of rights. An audit hook sees it whichever library takes it. `mode` says what happens at step `at`:

    kill    the process dies before the step
    torn    a file that is opened for writing holds rubbish when the process dies; other steps: as kill
    ENOSPC, EIO, EACCES, EROFS   the step, and only this one, fails so
    SIGINT, SIGTERM   the process gets this signal before the step
    full    from this step on every step but a removal fails with ENOSPC
    limit   no step is touched, but no file may grow beyond `at` bytes: a write ends in the middle
    cpu     the process dies, wherever it is, after `at` seconds of its own CPU time: a busy machine changes nothing
    plain   no step is touched, but the process may only what rights allow to their owner, though it is the superuser's
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import threading
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.rename": 2, "os.remove": 1, "os.rmdir": 1, "os.mkdir": 1, "os.truncate": 1, "os.chmod": 1}


def step_of(event: str, arguments: tuple[Any, ...]) -> tuple[str, list[str]] | None:
    """What an audit event does to which paths; None when it changes nothing."""
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & WRITES and isinstance(path, str | bytes | os.PathLike):
            return "open", [os.fsdecode(path)]
        return None
    if event in CHANGES:
        paths = arguments[: CHANGES[event]]
        return event.removeprefix("os."), [os.fsdecode(path) for path in paths if not isinstance(path, int)]
    return None


def arm(order: dict[str, Any], pipe: int) -> None:
    """From now on this process reports its steps to `pipe`, and what `order` demands befalls it."""
    root, mode, at = order["root"] + os.sep, order.get("mode"), order.get("at") or 0
    count, inside = 0, threading.local()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if getattr(inside, "busy", False):
            return
        step = step_of(event, arguments)
        if step is None or not any(os.path.abspath(path).startswith(root) for path in step[1]):
            return
        inside.busy = True
        try:
            count += 1
            os.write(pipe, f"{step[0]} {os.path.abspath(step[1][-1])[len(root) :]}\n".encode())
            befall(step)
        finally:
            inside.busy = False

    def befall(step: tuple[str, list[str]]) -> None:
        if mode in ("kill", "torn") and count == at:
            if mode == "torn" and step[0] == "open":
                with open(step[1][0], "wb") as file:
                    file.write(b"\0torn")
            os.kill(os.getpid(), signal.SIGKILL)
        if mode in ("SIGINT", "SIGTERM") and count == at:
            os.kill(os.getpid(), getattr(signal, mode))
        if (mode == "full" and count >= at and step[0] not in ("remove", "rmdir")) or (
            mode and hasattr(errno, mode) and count == at
        ):
            number = errno.ENOSPC if mode == "full" else getattr(errno, mode)
            raise OSError(number, os.strerror(number), *step[1][:1], *((None, step[1][1]) if len(step[1]) > 1 else ()))

    if mode == "cpu":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # nothing of Python runs between the signal and the end
        signal.setitimer(signal.ITIMER_PROF, at)
    elif mode == "plain":
        drop_privileges()
    elif mode == "limit":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))
    else:
        sys.addaudithook(hook)


def drop_privileges() -> None:
    """Of Linux: the capabilities by which rights to a file are nothing to the superuser."""
    if os.geteuid() == 0:
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, none) != 0:
            raise OSError(ctypes.get_errno(), "capset")


def run(order: dict[str, Any], out: int, err: int, pipe: int) -> int:
    """In the child: the command, as a shell would start it; its exit code."""
    from rolecall.cli import main

    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdout, sys.stderr = (open(number, "w", closefd=False) for number in (1, 2))
    os.chdir(order["cwd"])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who starts tests in the background has it ignored
    arm(order, pipe)
    try:
        main(order["run"], prog_name="rolecall")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1
    return 0


def fork(order: dict[str, Any]) -> dict[str, Any]:
    """One command in a child of its own. Pipes hold what it says: a limit on files must not befall its words."""
    names = ("steps", "out", "err")
    pipes = {name: os.pipe() for name in names}
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)  # a group of its own: a signal of the test's own terminal does not reach it
        code = 70
        try:
            code = run(order, *(pipes[name][1] for name in ("out", "err", "steps")))
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)
    for name in names:
        os.close(pipes[name][1])
    told = dict.fromkeys(names, "")
    readers = [threading.Thread(target=read, args=(pipes[name][0], told, name)) for name in names]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    _, status, used = os.wait4(child, 0)
    code, cpu_s = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
    return {**told, "code": code, "cpu_s": cpu_s, "steps": told["steps"].splitlines()}


def read(pipe: int, told: dict[str, str], name: str) -> None:
    """All that comes through `pipe`."""
    with os.fdopen(pipe, "rb") as file:
        told[name] = file.read().decode("utf-8", "replace")


def main() -> None:
    import rolecall

    for module in pkgutil.walk_packages(rolecall.__path__, "rolecall."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(fork(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

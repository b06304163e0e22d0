"""A local preview: output/ on the loopback address, built again when a file of the board changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from rolecall.errors import AnotherRun
from rolecall.issues import one_line
from rolecall.serve.server import HOST, Built, Server, Stage
from rolecall.serve.watching import Changes, Watched, watch

__all__ = ["HOST", "Built", "Server", "Stage", "Watched", "serve"]

_TRY_AGAIN_S = 1
_SHOWN = 5
Say = Callable[[str], None]


def serve(server: Server, watched: Watched, build: Callable[[], Built], say: Say, ready: Callable[[], None]) -> None:
    """Build, answer, and build again whenever something changes, until Ctrl-C.

    `ready` is called when the first build is there to be seen. When a later one fails the last good site stays.
    """
    stop, changes = threading.Event(), Changes()
    watching = threading.Thread(target=watch, args=(watched, changes, stop), daemon=True)
    watching.start()  # before the first build, so that nothing is missed meanwhile
    try:
        server.stage.show(_patiently(build, say))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ready()
        _keep_building(server.stage, watched, changes, build, say)
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        stop.set()
        server.close()
        watching.join(timeout=2)


def _keep_building(stage: Stage, watched: Watched, changes: Changes, build: Callable[[], Built], say: Say) -> None:
    """However many changes come while a build runs, one build follows it."""
    written = watched.stamp()
    while True:
        names = changes.take()
        if names == [watched.written] and watched.stamp() == written:
            continue  # what the last build wrote itself
        say(f"Changed: {', '.join(map(one_line, names[:_SHOWN]))}{' ...' if len(names) > _SHOWN else ''}")
        stage.show(_patiently(build, say))
        written = watched.stamp()


def _patiently(build: Callable[[], Built], say: Say) -> Built:
    """What `build` did; while another run holds the board it waits."""
    is_told = False
    while True:
        try:
            return build()
        except AnotherRun as error:
            if not is_told:
                say(f"{error.what} It builds when that has ended.")
            is_told = True
            time.sleep(_TRY_AGAIN_S)

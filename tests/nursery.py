"""Run the command as a fork of one process that has loaded its modules already.

A server takes five seconds of processor time to start, nine tenths of them for modules that are
the same in each, and a second or two to read the world, the places and the fonts. The process of
this file does it once, and becomes each command in a fork: with a working folder, an environment
and a log of its own, as if it had been started alone. Where there is no fork a command is started
as ever.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORKS", "Forked", "Nursery"]

FORKS = sys.platform.startswith("linux")
"""Whether this machine's processes may be forked; macOS forbids it to its own libraries."""
_LOADED = (
    "corridormap.app.server.server",
    "corridormap.app.component.component",
    "corridormap.app.commands.checked",
    "corridormap.layers.picture",
    "streamlit.runtime.scriptrunner",
    "streamlit.web.server.starlette.starlette_app",
)
_LOOK_S = 0.01


class Forked:
    """A command that runs: what is asked of it is named as with `subprocess.Popen`."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        """Return how it ended, None as long as it runs."""
        if self.returncode is None:
            self.returncode = self._nursery.ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return how it was."""
        until = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("corridormap", timeout or 0)
            time.sleep(_LOOK_S)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Tell it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that has everything loaded."""

    def __init__(self, empty: Path) -> None:
        self._lock = threading.Lock()
        # Streamlit notes as it is loaded where settings may lie: there are none in this folder.
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=empty,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def ask(self, **asked: Any) -> Any:
        """Ask something of the process and return its answer."""
        given, got = self._process.stdin, self._process.stdout
        assert given
        assert got
        with self._lock:
            given.write(json.dumps(asked) + "\n")
            given.flush()
            return json.loads(got.readline())

    def start(
        self, *words: str, cwd: Path, env: Mapping[str, str], out: Path, errors: Path
    ) -> Forked:
        """Start the command with words of its command line; its output goes to files."""
        places = {"cwd": str(cwd), "out": str(out), "errors": str(errors)}
        return Forked(self, self.ask(words=words, env=dict(env), **places))

    def close(self) -> None:
        """End the process; what it has started has ended before."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


def _read() -> None:
    """Make once what a page, a picture and a save are made of, so that all it needs is read."""
    from corridormap.app.editing.drafting import draft_of
    from corridormap.app.exporting.export import export
    from corridormap.app.exporting.options import ExportOptions
    from corridormap.app.opening.page_data import page_document, page_outline
    from corridormap.layers.corridor.corridor import find_corridor, load_corridor
    from corridormap.layers.saving.snapshot import Snapshot
    from corridormap.layers.scene.view import default_view

    folder = find_corridor("azerbaijan-iran")
    corridor = load_corridor(folder)
    for made in (page_document, page_outline):
        made(corridor)
        made.cache_clear()  # the corridor is not a command's own
    export(corridor, default_view(corridor), ExportOptions.from_query({}, format="png"))
    draft_of(Snapshot.of(folder), ())


def _main() -> None:
    """Answer what is asked until nobody asks any more."""
    for name in _LOADED:
        importlib.import_module(name)
    _read()
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        asked = json.loads(line)
        if "poll" in asked:
            pid, status = os.waitpid(asked["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif not (answer := os.fork()):
            _become(**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(*, words: list[str], env: dict[str, str], cwd: str, out: str, errors: str) -> None:
    """Be the command from now on, to its end."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    given = os.open(os.devnull, os.O_RDONLY)
    opened = [given, *(os.open(name, os.O_WRONLY | os.O_APPEND) for name in (out, errors))]
    for number, handle in enumerate(opened):
        os.dup2(handle, number)
        os.close(handle)
    sys.argv = ["corridormap", *words]
    # What Python loads at start where it is found: what the tests watch with.
    sys.path[:0] = [each for each in env.get("PYTHONPATH", "").split(os.pathsep) if each]
    if (Path(env.get("PYTHONPATH", os.devnull)) / "sitecustomize.py").is_file():
        sys.modules.pop("sitecustomize", None)
        importlib.import_module("sitecustomize")
    from corridormap.app.cli import main

    sys.exit(main())


if __name__ == "__main__":
    _main()

"""Save into copies of a folder and die at each step of it: run by test_store.py.

Imports once and forks for every copy, so that dying a hundred times takes seconds.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import sys
from pathlib import Path

from corridormap.layers.saving.store import save_files
from tests.test_layers.copying import seal_again

AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.chmod", "os.rmdir"}
FILES = ("corridor.toml", "sources.json", "layers/ports.geojson", "layers/new.geojson")


def changes_of(folder: Path) -> dict[str, bytes]:
    """Return what is saved: three files that are there, and a new one."""
    made = {}
    for name in FILES:
        path = folder / name
        made[name] = (path.read_bytes() if path.exists() else b"{}") + b"\n"
    return made


def die_at(number: int, folder: Path) -> None:
    """Kill this process at the n-th step that touches a folder."""
    left = number

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        # What stands below a folder held open is asked for by its bare name.
        bare = isinstance(args[0], int) or "/" not in str(args[0])
        if event not in STEPS or not (bare or str(args[0]).startswith(str(folder))):
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def main() -> None:
    """Die at the first, second, third ... step, until the work is done."""
    kind, original, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for number in range(1, 1000):
        folder = out / str(number)
        shutil.copytree(original, folder)
        seal_again(folder)
        changes = changes_of(folder)
        child = os.fork()
        if child == 0:
            die_at(number, folder)
            # The next save finishes the one before, also if it changes nothing.
            said = changes if kind == "save" else {}
            save_files(folder, lambda _: said, at=AT)  # noqa: B023 - used at once
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    main()

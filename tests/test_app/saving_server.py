"""Run `corridormap serve` in one process after the other: for test_kill_during_save.py.

Everything is imported once. For every line on stdin, a port, a new process is forked that runs
the real command there; its process id is told. Killing it is the test's business.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from corridormap.app.cli import main as command
from corridormap.app.editing.drafting import draft_of
from corridormap.layers.saving.snapshot import Snapshot

__all__ = ["serve"]


def serve(folder: str, port: str) -> None:
    """Serve until killed; what the command prints is not the test's."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    command(["serve", folder, "--port", port, "--no-browser"])


def main() -> None:
    """Fork a server for every line; what a first save has to load is loaded before."""
    folder = sys.argv[1]
    draft_of(Snapshot.of(Path(folder)), ())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(folder, line.strip())
            os._exit(0)
        print(child, flush=True)  # noqa: T201 - for the test
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()

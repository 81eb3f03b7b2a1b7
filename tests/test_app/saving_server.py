"""Serve a folder's editor in one process after the other: run by test_kill_during_save.py.

Everything is imported once. For every line on stdin a new server is forked, which tells its
process id and its port; killing it is the test's business.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from app.desk import Desk
from app.drafting import draft_of
from app.edit_routes import edit_routes
from layers.writing.snapshot import Snapshot


def serve(folder: Path) -> None:
    """Serve until killed."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(os.getpid(), listening.getsockname()[1], flush=True)  # noqa: T201 - for the test
        site = Starlette(routes=edit_routes("/c", folder, id_="mine", desk=Desk()))
        server = uvicorn.Server(uvicorn.Config(site, log_level="error", lifespan="off"))
        server.run(sockets=[listening])


def main() -> None:
    """Fork a server for every line; what a first save has to load is loaded before."""
    draft_of(Snapshot.of(Path(sys.argv[1])), ())
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(Path(sys.argv[1]))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()

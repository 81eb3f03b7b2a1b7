"""Run the server of one corridor: Streamlit's page and the routes beside it.

Listens on this machine only and calls no other; both are tested.
"""

from __future__ import annotations

import os
import socket
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app.head import Head
from app.library import process_library
from app.routes import routes
from app.start import head_html
from layers.folder.corridor import find_corridor

__all__ = ["free_port", "serve"]

FIRST_PORT = 8501


def serve(corridor: str, *, port: int | None, open_browser: bool) -> None:
    """Serve a corridor until interrupted.

    Raises
    ------
    CorridorError
        If there is no such corridor.
    """
    folder = find_corridor(corridor)
    os.environ["CORRIDORMAP_CORRIDOR"] = str(folder)
    library = process_library()

    app = st.App(
        Path(__file__).with_name("page.py"),
        routes=routes(library, str(folder)),
        middleware=[Middleware(Head, content=partial(head_html, library, str(folder)))],
    )
    app.run(
        config={
            # Without an address Streamlit listens everywhere and asks an outside host
            # for this machine's own; with its defaults it also counts and asks for mail.
            "server.address": "localhost",
            "server.port": port or free_port(),
            "server.headless": not open_browser,
            "server.showEmailPrompt": False,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none",
        }
    )


def free_port() -> int:
    """Return 8501, or the next port on this machine that nothing listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) != 0:
                return port
    return 0

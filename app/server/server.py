"""Run the server of a site: Streamlit's page and the routes beside it.

Listens on this machine only unless it is told otherwise, and calls no other; both are tested.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.web.bootstrap import load_config_options

from corridormap.app.desk.scratch import sweep
from corridormap.app.gate.crowd import Crowd
from corridormap.app.gate.gate import Gate
from corridormap.app.gate.talk import Talk
from corridormap.app.login.login import Logout
from corridormap.app.server.head import Head
from corridormap.app.server.routes import routes
from corridormap.app.server.start import head_html
from corridormap.app.server.stopping import Stopping
from corridormap.app.settings.names import Names
from corridormap.app.site.site import ENVIRONMENT, process_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.app.settings.settings import Settings
    from corridormap.app.site.site import Site

__all__ = ["free_port", "open_when_served", "prepare", "serve"]

FIRST_PORT = 8501
_LOOK_S = 0.2


def prepare(*, address: str = "localhost", port: int | None, base_path: str = "") -> dict[str, Any]:
    """Set Streamlit up, and return how; only then does it know its secrets.

    Parameters
    ----------
    address
        The machine's own address to listen at.
    port
        The port there; None is the first free one.
    base_path
        What a proxy puts before every path.
    """
    config = {
        # Without an address Streamlit listens everywhere and asks an outside host
        # for this machine's own; with its defaults it also counts and asks for mail.
        "server.address": address,
        "server.port": port or free_port(),
        "server.baseUrlPath": base_path,
        # Files come to routes of our own; what Streamlit itself takes in is small.
        "server.maxUploadSize": 1,
        "server.maxMessageSize": 5,
        # Else it takes readers for its developers: it lays an advertisement over the map, with
        # a button that writes files of its own beside ours. The browser is opened by `serve`.
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        # Whom a foreign page's socket may speak for is decided in the gate. What comes to
        # Streamlit must never make it ask an outside host for this machine's address.
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.scriptHealthCheckEnabled": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    load_config_options(config)
    return config


def serve(settings: Settings, config: Mapping[str, Any], *, open_browser: bool) -> None:
    """Serve a site until interrupted.

    Parameters
    ----------
    settings
        What is served, and how.
    config
        What `prepare` returned.
    open_browser
        Whether to open the page in this machine's browser.

    Raises
    ------
    CorridorError
        A login is set up that cannot be checked.
    """
    # Streamlit runs the page's script anew for every reader: this is how it learns.
    os.environ[ENVIRONMENT] = settings.model_dump_json()
    # Whose word on who asks and how is believed: uvicorn's own rule, by default this machine's.
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.trusted)
    site = process_site()
    sweep()
    # Drawing and reading are work of Python too: the page gets its turn five times as often.
    sys.setswitchinterval(0.001)
    threading.Thread(target=site.warm, daemon=True).start()
    script = Path(__file__).with_name("page.py")
    before = _before(site, config["server.port"], script)
    if open_browser:
        address, port = config["server.address"], config["server.port"]
        # One that stands for every address of this machine is none to look at.
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(address, address)  # noqa: S104
        page = f"http://{f'[{host}]' if ':' in host else host}:{port}{settings.base_path}/"
        threading.Thread(target=open_when_served, args=(host, port, page), daemon=True).start()
    app = st.App(script, routes=routes(site), middleware=before)
    app.run(config=config)


def _before(site: Site, port: int, script: Path) -> list[Middleware]:
    """Return what stands before the page and the routes, the outermost first."""
    settings = site.settings
    pages = frozenset({settings.base_path, f"{settings.base_path}/"})
    names = Names.of(settings.hosts, settings.address, port)
    return [
        Middleware(Stopping, desk=site.desk),
        Middleware(Gate, settings=settings, names=names, login=site.login),
        Middleware(Logout, login=site.login, path=f"{settings.base_path}/auth/logout"),
        Middleware(Crowd, limits=settings.limits, alone=names.alone, paths=pages),
        Middleware(Talk, script=str(script)),
        Middleware(Head, content=partial(head_html, site), paths=pages),
    ]


def open_when_served(host: str, port: int, page: str) -> None:
    """Open a page in this machine's browser as soon as its server answers.

    Parameters
    ----------
    host, port
        Where the server will listen.
    page
        The address to open.
    """
    while True:
        try:
            socket.create_connection((host, port), timeout=1.0).close()
        except OSError:
            time.sleep(_LOOK_S)
        else:
            webbrowser.open(page)
            return


def free_port() -> int:
    """Return 8501, or the next port on this machine that nothing listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) != 0:
                return port
    return 0

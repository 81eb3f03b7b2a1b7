"""A server that is told to end does so soon, whoever still sends, waits or watches."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from filelock import FileLock

from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
WITHIN_S = 12
"""It takes 5 s at most; the machine may be busy."""
PLACE = "/corridormap/c/azerbaijan-iran"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows ends a process without telling it"
)


@pytest.fixture
def served(launch: Callable[..., Served], tmp_path: Path) -> tuple[Served, Path]:
    """Return a server of a corridor that may be changed, and the corridor's folder."""
    folder = tmp_path / "azerbaijan-iran"
    shutil.copytree(DATA, folder)
    return launch(str(folder)), folder


def sent(served: Served, text: str) -> socket.socket:
    """Return a connection on which something has been said."""
    parts = urlsplit(served.url)
    line = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=60)
    line.sendall(text.replace("\n", "\r\n").encode())
    return line


def body_without_end(served: Served) -> socket.socket:
    """Send a body that never ends, to a server that has begun to read it."""
    text = "Host: localhost\nContent-Length: 999\nExpect: 100-continue\n\n"
    line = sent(served, f"POST {PLACE}/recipe HTTP/1.1\n{text}")
    assert b" 100 " in line.recv(65_536)
    line.sendall(b"x")
    return line


def atlas(served: Served) -> socket.socket:
    """Ask for an atlas and wait for its first line."""
    line = sent(served, f"GET {PLACE}/atlas.pdf?of=all HTTP/1.1\nHost: localhost\n\n")
    line.recv(65_536)
    return line


def websocket(served: Served) -> socket.socket:
    """Open a web socket and leave it open."""
    line = sent(
        served,
        f"GET /_stcore/stream HTTP/1.1\nHost: {urlsplit(served.url).netloc}\n"
        "Upgrade: websocket\n"
        f"Connection: Upgrade\nOrigin: {served.url}\nSec-WebSocket-Version: 13\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n",
    )
    assert b" 101 " in line.recv(65_536)
    return line


def nobody_reads(served: Served) -> socket.socket:
    """Ask for more than is taken away."""
    line = sent(served, f"GET {PLACE}/snapshot.html HTTP/1.1\nHost: localhost\n\n")
    line.recv(10)
    return line


def half_a_head(served: Served) -> socket.socket:
    """Say half of a request."""
    return sent(served, "GET / HTTP/1.1\nHost")


HINDRANCES = (body_without_end, atlas, websocket, nobody_reads, half_a_head)


def full_queue(served: Served) -> list[socket.socket]:
    """Ask for more pictures than are drawn soon."""
    text = f"GET {PLACE}/snapshot.pdf?layout=a3-landscape HTTP/1.1\nHost: localhost\n\n"
    return [sent(served, text) for _ in range(30)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_keeps_the_server_from_ending(
    served: tuple[Served, Path], number: signal.Signals
) -> None:
    server, _ = served
    lines = [hinder(server) for hinder in HINDRANCES] + full_queue(server)
    children = psutil.Process(server.process.pid).children(recursive=True)
    server.process.send_signal(number)
    server.process.wait(timeout=WITHIN_S)
    for line in lines:
        line.close()
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert not psutil.wait_procs(children, timeout=60)[1]


def test_a_save_that_waits_for_another_program_does_not_keep_it_either(
    served: tuple[Served, Path],
) -> None:
    server, folder = served
    before = {path: path.read_bytes() for path in folder.glob("*.*") if path.is_file()}
    (folder / ".corridormap").mkdir(exist_ok=True)
    with FileLock(folder / ".corridormap" / "lock"):
        line = saving(server)
        server.process.terminate()
        server.process.wait(timeout=WITHIN_S)
        line.close()
    assert {path: path.read_bytes() for path in folder.glob("*.*") if path.is_file()} == before


def test_saves_that_have_begun_are_whole(served: tuple[Served, Path]) -> None:
    server, folder = served
    line = saving(server)
    server.process.terminate()
    server.process.wait(timeout=WITHIN_S)
    line.close()
    kept = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    assert isinstance(kept, list)
    assert not (folder / ".corridormap" / "journal.json").exists()


def saving(server: Served) -> socket.socket:
    """Send a save."""
    known = web.get(server.url, f"{PLACE}/edit/base").json
    source = {"id": "new-one", "type": "article-journal", "title": "New"}
    body = json.dumps(
        {
            "base": known["revision"],
            "ops": [{"op": "put_source", "source": source, "was": None}],
        }
    )
    head = f"POST {PLACE}/edit/save HTTP/1.1\nHost: localhost\nContent-Length: {len(body)}\n\n"
    return sent(server, head + body)


def test_what_is_asked_while_it_ends_is_refused_in_words(served: tuple[Served, Path]) -> None:
    server, _ = served
    line = body_without_end(server)
    told: list[bytes] = []
    hearing = threading.Thread(target=lambda: told.append(line.recv(65_536)))
    hearing.start()
    server.process.terminate()
    hearing.join(timeout=WITHIN_S)
    server.process.wait(timeout=WITHIN_S)
    line.close()
    assert b" 503 " in told[0]
    assert b"retry-after" in told[0].lower()

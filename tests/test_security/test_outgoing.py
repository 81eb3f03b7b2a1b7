"""The one way out: where it leads by default, and what it refuses when something is listed."""

from __future__ import annotations

import ast
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import corridormap
from corridormap.app.settings.outgoing import Outgoing, fetch
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = ("127.0.0.0/8", "::1/128")
SENT: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/good": (200, {}, b"good"),
    "/large": (200, {}, b"x" * 200_000),
    "/round": (302, {"Location": "/round"}, b""),
    "/away": (302, {"Location": "http://169.254.169.254/latest"}, b""),
    "/on": (307, {"Location": "/good"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/none": (404, {}, b""),
}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/slow":
            self._drip()
            return
        status, headers, body = SENT[self.path]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.ended.wait(0.05):  # type: ignore[attr-defined]  # set below
                self.wfile.write(b"x")
        except OSError:
            pass

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def _server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        server.ended = threading.Event()  # type: ignore[attr-defined]  # ends a slow answer
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.ended.set()  # type: ignore[attr-defined]
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    """Yield the address of a server to fetch from."""
    with _server() as url:
        yield url


def listed(**more: Any) -> Outgoing:
    """Return settings that list this machine's own server."""
    return Outgoing(plain_hosts=("localhost",), private=LOOPBACK, **more)


def test_by_default_nothing_is_reached(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **_: asked.append(words))
    for url in (f"{other}/good", "https://example.org/", "ftp://example.org/", "x", "https://"):
        with pytest.raises(CorridorError, match="was not fetched"):
            fetch(url, Outgoing())
    assert asked == []


def test_what_is_listed_is_fetched_and_its_redirects_followed(other: str) -> None:
    assert fetch(f"{other}/good", listed()) == b"good"
    assert fetch(f"{other}/on", listed()) == b"good"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/away", "only https"), ("/file", "only https"), ("/round", "too often"),
        ("/large", "over 0.1 MB"), ("/none", "404"), ("/slow", "TimeoutError"),
    ],
)  # fmt: skip
def test_what_comes_back_is_held_to_the_same_rules(other: str, path: str, why: str) -> None:
    with pytest.raises(CorridorError, match=why):
        fetch(f"{other}{path}", listed(most_mb=0.1, seconds=1.0))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - looked at, not bound to
        "::1", "fe80::1%1", "fd00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "224.0.0.1", "::",
    ],
)  # fmt: skip
def test_a_name_that_leads_to_the_surroundings_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    good = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    bad = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: [good, bad])
    with pytest.raises(CorridorError, match="surroundings"):
        fetch("https://example.org/", Outgoing(hosts=("example.org",)))


def test_the_address_that_was_looked_at_is_the_one_that_is_reached(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is looked up once; a second answer, elsewhere, would not be asked for."""
    real = socket.getaddrinfo
    names: list[object] = []

    def look(host: str, *words: Any, **more: Any) -> Any:
        names.append(host)
        return real("127.0.0.1", *words, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look)
    assert fetch(f"{other}/good", listed()) == b"good"
    assert names.count("localhost") == 1
    assert set(names) <= {"localhost", "127.0.0.1"}


def test_no_other_module_reaches_out() -> None:
    """Whoever needs the network goes through the one way out."""
    reaching = {"urllib.request", "http.client", "httpx", "requests", "aiohttp", "ftplib", "ssl"}
    found = []
    for room in ("app", "geo", "layers"):
        for file in (Path(corridormap.__file__).parent / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [str(node.module)]
                found += [file.name for name in names if name in reaching]
    assert set(found) == {"outgoing.py"}

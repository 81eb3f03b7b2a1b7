"""Ask a server for anything, as browsers, scripts and strangers do; and be another site."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FOREIGN", "Answer", "elsewhere", "get", "opens", "page_with_a_map", "raw", "where"]

FOREIGN = "https://evil.example"
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    """As it came, be it packed."""

    @property
    def unpacked(self) -> bytes:
        """The body as it was before it was packed for the way."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    @property
    def text(self) -> str:
        """The body in words, unpacked."""
        return self.unpacked.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON, unpacked."""
        return json.loads(self.text)


def where(url: str) -> tuple[str, int]:
    """Return the host and the port of a server."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def get(
    url: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    body: bytes | None = None,
    timeout_s: float = 60,
) -> Answer:
    """Ask for a path as it is written, with these headers; a body is posted."""
    host, port = where(url)
    connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    method = "POST" if body is not None and method == "GET" else method
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        sent = dict(headers or {})
        if body is not None:
            sent["Content-Length"] = str(len(body))
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())
    finally:
        connection.close()


def page_with_a_map(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask for the page until it starts the map: it waits for no corridor that is being opened."""
    deadline = time.monotonic() + 60
    while b"corridormap-start" not in (page := get(url, "/", headers)).body:
        assert time.monotonic() < deadline
    return page


def raw(url: str, text: bytes) -> bytes:
    """Send bytes and return the first line of what comes back."""
    with socket.create_connection(where(url), timeout=30) as connection:
        connection.sendall(text)
        return connection.recv(65_536).partition(b"\r\n")[0]


def opens(url: str, headers: Mapping[str, str], path: str = "/_stcore/stream") -> int:
    """Return the status that a web socket's handshake is answered with; 101 is an open one."""
    host, port = where(url)
    asked = {
        "Host": f"{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Protocol": "streamlit",
        **headers,
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
    first = raw(url, "\r\n".join([*lines, "", ""]).encode("latin-1"))
    return int(first.split(b" ")[1])


class _Blank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = b"<!doctype html><title>Elsewhere</title><body></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def elsewhere() -> Iterator[str]:
    """Serve an empty page at another name and port: to a browser another site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blank) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()

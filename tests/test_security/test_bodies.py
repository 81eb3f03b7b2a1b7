"""What strangers send: how much, how many and how slowly, to every route that takes a body."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil
import pytest
from starlette.requests import Request

from corridormap.app.desk import scratch
from corridormap.app.desk.body import Bodies, BodyRefusedError, parse_body
from corridormap.app.desk.scratch import Scratch, sweep
from corridormap.app.settings.limits import ServerLimits
from corridormap.geo.errors import ReadError
from tests.coroutines import finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
ROUTES = (
    "recipe",
    "edit/draft",
    "edit/save",
    "edit/zip",
    "edit/upload",
    "edit/article",
    "edit/suggest",
)
"""Every route that takes a body."""
MOST = 10_000


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Return a server of a corridor that may be changed."""
    folder = tmp_path_factory.mktemp("corridors") / "azerbaijan-iran"
    shutil.copytree(DATA, folder)
    return launch(str(folder))


def opened(served: Served, route: str, head: str, body: bytes = b"") -> socket.socket:
    """Return a connection that has sent the head of a request, and some of its body."""
    parts = urlsplit(served.url)
    line = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=30)
    lines = f"POST /corridormap/c/azerbaijan-iran/{route} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n"
    line.sendall(lines.encode() + body)
    return line


def answered(line: socket.socket) -> tuple[int, bytes]:
    """Return status and all of an answer, up to where the server closes the connection."""
    told = b""
    with line:
        while piece := line.recv(65_536):
            told += piece
    return int(told.split()[1]), told


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_declared_too_large_is_not_waited_for(served: Served, route: str) -> None:
    status, told = answered(opened(served, route, "Content-Length: 4000000000\r\n"))
    assert status == 413
    assert b"larger than" in told or b"is too large" in told
    assert b"connection: close" in told.lower()


@pytest.mark.parametrize("route", ROUTES)
def test_what_ends_too_early_leaves_nothing(served: Served, route: str) -> None:
    opened(served, route, "Content-Length: 1000000\r\n", b"x" * 600_000).close()
    line = opened(served, "recipe", "Content-Length: 1\r\nConnection: close\r\n", b"x")
    assert answered(line)[0] == 400


def test_a_hundred_unfinished_bodies_fill_no_memory(served: Served) -> None:
    process = psutil.Process(served.process.pid)
    before = process.memory_info().rss
    lines = []
    refused = 0
    for _ in range(100):
        line = opened(served, "recipe", "Content-Length: 40000000\r\n")
        try:
            line.sendall(b"x" * 4_000_000)
            line.setblocking(False)  # noqa: FBT003 - the socket module's own
            refused += b" 503 " in line.recv(65_536)[:40]
        except (BlockingIOError, ConnectionError):
            pass
        lines.append(line)
    grown = process.memory_info().rss - before
    for line in lines:
        line.close()
    assert grown < 150_000_000


def request(pieces: Iterable[bytes], **headers: str) -> Request:
    """Return a request whose body comes in pieces; it does not come to an end by itself."""
    coming = iter(pieces)

    async def receive() -> dict[str, Any]:
        piece = next(coming, None)
        if piece is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": piece, "more_body": True}

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "client": ("a", 1)}, receive)


async def status_of(bodies: Bodies, asked: Request) -> int:
    """Return the status with which a body is refused."""
    with pytest.raises(BodyRefusedError) as caught:
        async with bodies.taken(asked, MOST):
            pass
    assert bodies.held_bytes == 0
    assert bodies.coming == 0
    return caught.value.status


SLOW = ServerLimits(body_first_s=0.05, body_grace_s=0.05, body_pace=1e9, body_whole_s=0.2)


@pytest.mark.parametrize(
    ("pieces", "limits", "status"),
    [
        ([], SLOW, 408),
        ([b"x"], SLOW, 408),
        ([b"x" * MOST, b"x"], ServerLimits(), 413),
        ([b"x" * 600, b"x" * 600], ServerLimits(bodies_bytes=1000), 503),
    ],
    ids=["nothing comes", "too slow", "more than is let in", "no room"],
)
def test_each_way_to_be_refused(pieces: list[bytes], limits: ServerLimits, status: int) -> None:
    assert finished(status_of(Bodies(limits), request(pieces))) == status


def test_a_visitor_has_some_of_the_places_and_all_have_no_more_than_there_are() -> None:
    async def all_of_them() -> tuple[int, int]:
        bodies = Bodies(ServerLimits(bodies=3, bodies_each=2))
        async with bodies.arriving(request([]), MOST), bodies.arriving(request([]), MOST):
            with pytest.raises(BodyRefusedError) as caught:
                async with bodies.arriving(request([]), MOST):
                    pass
            other = request([])
            other.scope["corridormap.visitor"] = "somebody else"
            async with bodies.arriving(other, MOST):
                return caught.value.status, bodies.coming

    assert finished(all_of_them()) == (503, 3)


def test_a_large_body_lies_in_the_servers_own_folder_while_it_is_needed() -> None:
    async def sizes() -> tuple[bytes, bool]:
        bodies = Bodies(ServerLimits(), Scratch())
        whole = os.urandom(1_000_000)
        coming = iter([whole[:400_000], whole[400_000:]])

        async def receive() -> dict[str, Any]:
            piece = next(coming)
            return {"type": "http.request", "body": piece, "more_body": len(piece) == 400_000}

        asked = Request({"type": "http", "headers": []}, receive)
        async with bodies.taken(asked, 2_000_000) as body:
            same = body.read() == whole
        folder = bodies.scratch.folder
        left = [path.name for path in folder.iterdir()]
        bodies.scratch.close()
        return b"".join(name.encode() for name in left), same and not folder.exists()

    assert finished(sizes()) == (b"lock", True)


@pytest.mark.parametrize("mark", ["{},", "[],", '"a":1,', "0,"])
def test_json_of_nothing_but_marks_is_not_parsed(mark: str) -> None:
    raw = f"[{mark * 2_000_000}0]".encode()
    with pytest.raises(ReadError, match="too many things"):
        parse_body(raw, file="it", most=50_000_000)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that servers put theirs into."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_YOUNG_S", -1.0)
    return tmp_path


def test_a_server_clears_away_what_those_that_are_gone_have_left(temporary: Path) -> None:
    left = temporary / "corridormap-server-killed"
    (left / "upload-x").mkdir(parents=True)
    (left / "lock").touch()
    alive = Scratch()
    other = temporary / "somebody-elses"
    other.mkdir()
    kept = {alive.folder, other}
    if hasattr(os, "symlink"):
        link = temporary / "corridormap-server-link"
        link.symlink_to(other, target_is_directory=True)
        kept.add(link)
    assert sweep() == 1
    assert set(temporary.iterdir()) == kept
    alive.close()


def test_a_draft_in_many_pieces_is_the_same_draft(served: Served) -> None:
    body = json.dumps({"base": "x", "ops": []}).encode()
    chunks = b"".join(b"1\r\n" + bytes([one]) + b"\r\n" for one in body) + b"0\r\n\r\n"
    head = "Transfer-Encoding: chunked\r\nConnection: close\r\n"
    assert answered(opened(served, "edit/draft", head, chunks))[0] == 200

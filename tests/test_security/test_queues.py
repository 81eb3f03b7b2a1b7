"""Whoever asks for much holds up himself: page and health answer, and each has his turn."""

from __future__ import annotations

import asyncio
import select
import shutil
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from corridormap.app.desk.lane import in_lane
from corridormap.app.desk.queues import FullError, LeftError, Queue
from corridormap.app.opening.corridors import Library
from corridormap.app.opening.line import GaveWayError, Openings, Work
from corridormap.geo.errors import CorridorError, RenderError
from corridormap.layers.picture.turn import turn
from corridormap.layers.picture.turn.budget import (
    Budget,
    StoppedError,
    begin,
    checkpoint,
    drawing_within,
)
from tests.coroutines import finished
from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
PLACE = "/corridormap/c/azerbaijan-iran"
WITHIN_S = 30


def asking(visitor: str = "a", left: asyncio.Event | None = None) -> Request:
    """Return a request of a visitor, who goes away once an event is set."""

    async def receive() -> dict[str, Any]:
        await (left or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "headers": [], "corridormap.visitor": visitor}, receive)


def noting(order: list[str], who: str) -> Callable[[threading.Event], None]:
    """Return work that only notes whose it is."""

    def work(_left: threading.Event) -> None:
        order.append(who)

    return work


def queue(workers: int = 1, *, each_key: int = 9, most: int = 4, most_each: int = 3) -> Queue:
    """Return a queue."""
    return Queue("test", workers=workers, each_key=each_key, most=most, most_each=most_each)


def test_a_queue_is_bounded_for_each_and_for_all_and_each_has_a_turn() -> None:
    async def run() -> list[str]:
        line, go, order = queue(), threading.Event(), list[str]()
        first = asyncio.create_task(line.run(asking("a"), lambda _: go.wait(WITHIN_S)))
        await asyncio.sleep(0)
        waiting = [
            asyncio.create_task(line.run(asking(who[0]), noting(order, who)))
            for who in ("a1", "a2", "a3", "b1")
        ]
        await asyncio.sleep(0)
        for who in ("a", "c"):
            with pytest.raises(FullError):
                await line.run(asking(who), lambda _: None)
        go.set()
        await asyncio.gather(first, *waiting)
        return order

    assert finished(run()) == ["a1", "b1", "a2", "a3"]


def test_what_nobody_waits_for_does_not_begin_and_what_has_begun_is_told() -> None:
    async def run() -> list[str]:
        line, done = queue(), list[str]()
        gone = [asyncio.Event(), asyncio.Event()]

        def work(left: threading.Event) -> None:
            done.append("stopped" if left.wait(WITHIN_S) else "never told")

        begun = asyncio.create_task(line.run(asking("a", gone[0]), work))
        waiting = asyncio.create_task(
            line.run(asking("b", gone[1]), lambda _: done.append("should not"))
        )
        await asyncio.sleep(0)
        gone[1].set()
        with pytest.raises(LeftError):
            await waiting
        gone[0].set()
        await begun
        return [*done, str(line.waiting)]

    assert finished(run()) == ["stopped", "0"]


def test_one_corridor_does_not_hold_all_workers() -> None:
    async def run() -> bool:
        line, go = queue(2, each_key=1), threading.Event()
        slow = [
            asyncio.create_task(line.run(asking(), lambda _: go.wait(WITHIN_S), key="slow"))
            for _ in range(2)
        ]
        await asyncio.sleep(0)
        answer = await line.run(asking(), lambda _: not go.is_set(), key="good")
        go.set()
        await asyncio.gather(*slow)
        return answer

    assert finished(run())


def never(go: threading.Event) -> Work[str]:
    """Return the opening of a corridor that takes for ever, here and apart."""

    def apart(gives_way: Callable[[], bool]) -> str:
        while not go.wait(0.01):
            if gives_way():
                raise GaveWayError
        return "at last"

    return Work(lambda: f"{go.wait(WITHIN_S)}", apart)


def soon(value: str) -> Work[str]:
    """Return the opening of a corridor that takes no time."""
    return Work(lambda: value, lambda _gives_way: value)


def test_corridors_that_never_open_leave_a_good_one_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corridormap.app.opening.line._LONG_S", 0.05)
    monkeypatch.setattr("corridormap.app.opening.line._TURN_S", 0.05)
    openings: Openings[str, str] = Openings()
    go = threading.Event()

    async def run() -> list[str]:
        hostile = [asyncio.create_task(openings.soon(f"h{n}", never(go))) for n in range(4)]
        await asyncio.sleep(0)
        good = await openings.soon("good", soon("opened"))
        again = await openings.soon("good", soon("opened again"))
        assert not any(one.done() for one in hostile)
        go.set()
        return [good, again, *await asyncio.gather(*hostile)]

    good, again, *hostile = finished(run())
    assert (good, again) == ("opened", "opened again")
    assert set(hostile) <= {"at last", "True"}
    assert len(hostile) == 4


def test_what_takes_long_apart_goes_on_while_nobody_else_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corridormap.app.opening.line._TURN_S", 0)
    openings: Openings[str, str] = Openings()
    left: list[str] = []

    def large() -> str:
        raise GaveWayError

    def apart(gives_way: Callable[[], bool]) -> str:
        for _ in range(50):
            time.sleep(0.001)
            if gives_way():
                left.append("left")
                raise GaveWayError
        return "opened"

    assert openings.wait("large", Work(large, apart)) == "opened"
    assert left == []


def test_what_nobody_waits_for_is_not_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corridormap.app.opening.line._TURN_S", 0)
    openings: Openings[str, str] = Openings()
    go, gone_begun, stays_begun = threading.Event(), list[int](), threading.Semaphore(0)

    def large() -> str:
        raise GaveWayError

    def gone_apart(gives_way: Callable[[], bool]) -> str:
        gone_begun.append(1)
        return never(go).apart(gives_way)

    def stays_apart(gives_way: Callable[[], bool]) -> str:
        stays_begun.release()
        return never(go).apart(gives_way)

    async def run() -> tuple[str, int]:
        gone = asyncio.create_task(openings.soon("gone", Work(large, gone_apart)))
        stays = asyncio.create_task(openings.soon("stays", Work(large, stays_apart)))
        for _ in range(3):  # each gives way to the other
            assert await asyncio.to_thread(stays_begun.acquire, timeout=WITHIN_S)
        gone.cancel()
        await asyncio.wait([gone])
        before = len(gone_begun)
        go.set()
        return await stays, len(gone_begun) - before

    assert finished(run()) == ("at last", 0)


def test_who_asks_while_a_corridor_is_opened_is_answered_by_the_next_opening() -> None:
    openings: Openings[str, int] = Openings()
    go, opened = threading.Event(), list[int]()

    def work() -> int:
        go.wait(WITHIN_S)
        opened.append(1)
        return len(opened)

    async def run() -> list[int]:
        opening = Work(work, lambda _gives_way: work())
        first = asyncio.create_task(openings.soon("x", opening))
        await asyncio.sleep(0)
        later = [asyncio.create_task(openings.soon("x", opening)) for _ in range(5)]
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(first, *later)

    assert finished(run()) == [1, 2, 2, 2, 2, 2]


def test_a_corridor_that_cannot_be_opened_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corridor.toml").write_text("id = 5", encoding="utf-8")
    tried: list[Path] = []

    def refuse(folder: Path) -> None:
        tried.append(folder)
        raise CorridorError("manifest-is-missing")

    monkeypatch.setattr("corridormap.app.opening.corridors.load_corridor", refuse)
    library = Library()
    for _ in range(3):
        with pytest.raises(CorridorError):
            library.open(tmp_path)
    assert len(tried) == 1


def test_requests_about_corridors_take_no_thread_that_the_page_needs() -> None:
    go = threading.Event()

    async def run() -> bool:
        strangers = [asyncio.create_task(in_lane(go.wait, WITHIN_S)) for _ in range(100)]
        await asyncio.sleep(0)
        page = await run_in_threadpool(lambda: not go.is_set())
        go.set()
        return page and all(await asyncio.gather(*strangers))

    assert finished(run())


def test_a_drawing_has_its_time_and_is_given_up_when_nobody_waits() -> None:
    with drawing_within(Budget(1, 1, seconds=-1)), pytest.raises(RenderError, match="takes longer"):
        begin()
    with drawing_within(stopped=lambda: True):
        with pytest.raises(StoppedError):
            checkpoint()
        with turn._ONE_AT_A_TIME, pytest.raises(StoppedError), turn.drawing():
            pass  # it does not wait for the picture that is being drawn


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corridor's folder that may be changed."""
    made = tmp_path_factory.mktemp("corridors") / "azerbaijan-iran"
    shutil.copytree(DATA, made)
    return made


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], folder: Path) -> Served:
    """Return a server of it."""
    return launch(str(folder))


def ask(served: Served, path: str, method: str = "GET", body: bytes = b"") -> socket.socket:
    """Send a request and do not wait for its answer."""
    parts = urlsplit(served.url)
    line = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=60)
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    line.sendall(head.encode() + body)
    return line


def slowest(served: Served, count: int = 20) -> float:
    """Return the longest time that page, version and health took to answer."""
    taken = []
    for _ in range(count):
        for path in ("/", "/corridormap/health", f"{PLACE}/version.json"):
            begun = time.perf_counter()
            assert web.get(served.url, path).status == 200
            taken.append(time.perf_counter() - begun)
    return max(taken)


def test_pictures_and_atlases_asked_for_and_abandoned_hold_up_nobody(served: Served) -> None:
    slowest(served, 1)
    wanted = (f"{PLACE}/snapshot.pdf?layout=a3-landscape", f"{PLACE}/atlas.pdf?of=all")
    lines = [ask(served, wanted[n % 2]) for n in range(60)]
    assert slowest(served) < 5  # it was more than a minute; an idle machine needs 0.2 s
    for line in lines:
        line.close()
    # All that was abandoned is forgotten: whoever comes now is not behind it.
    assert web.get(served.url, f"{PLACE}/snapshot.png").body.startswith(b"\x89PNG")


def test_beyond_a_full_queue_one_is_told_when_to_come_again(served: Served) -> None:
    lines = [ask(served, f"{PLACE}/snapshot.pdf?layout=a3-portrait") for _ in range(40)]
    waiting, refused = set(lines), list[bytes]()
    while len(refused) < 10:  # sixteen of one visitor wait, and two are drawn
        answered, _, _ = select.select(waiting, [], [], 60)
        assert answered
        waiting.difference_update(answered)
        told = [line.recv(65_536).lower() for line in answered]
        refused += [one for one in told if b" 503 " in one]
    for line in lines:
        line.close()
    assert all(b"retry-after: " in one for one in refused)


def test_a_lock_held_by_another_program_holds_up_only_saves(served: Served, folder: Path) -> None:
    (folder / ".corridormap").mkdir(exist_ok=True)
    body = b'{"base":"x","ops":[]}'
    with FileLock(folder / ".corridormap" / "lock"):
        lines = [ask(served, f"{PLACE}/edit/save", "POST", body) for _ in range(12)]
        assert slowest(served, 5) < 5
        assert web.get(served.url, f"{PLACE}/edit/base").status == 200
        lines[0].setblocking(False)  # noqa: FBT003 - the socket module's own
        with pytest.raises(BlockingIOError):
            lines[0].recv(1)  # it still waits for the lock
        for line in lines:
            line.close()


def test_a_corridor_of_one_id_is_not_held_up_by_hostile_ones(launch: Callable[..., Served]) -> None:
    hostile = {
        f"all/h{n}/corridor.toml": f'id = "h{n}"\ntitle = "{"x" * 1000}"\nas_of = 5'
        for n in range(20)
    }
    served = launch("--dir", "all", str(DATA), files=hostile)
    lines = [ask(served, f"/corridormap/c/h{n}/snapshot.png") for n in range(20)]
    assert web.get(served.url, f"{PLACE}/snapshot.png").status == 200
    for line in lines:
        line.close()

"""What somebody who is not logged in reaches and takes: little, told nothing, in nobody's place."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

import corridormap.app.gate.crowd
from corridormap.app.gate.crowd import Crowd
from corridormap.app.gate.gate import LET_IN, VISITOR
from corridormap.app.gate.pace import Pace
from corridormap.app.settings.limits import ServerLimits
from tests.coroutines import finished
from tests.test_browser.provider import Provider
from tests.test_security.web import get, opens, page_with_a_map, where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Message, Receive, Scope, Send
    from websockets.asyncio.client import ClientConnection

    from tests.serving import Served

CONFIG = "[limits]\nstrangers = 20\nsessions = 5\n"
HERE = str(Path(corridormap.__file__).parent)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Return a provider that logs its reader in."""
    with Provider("ann@example.org").running() as running:
        yield running


@pytest.fixture(scope="module")
def locked(launch: Callable[..., Served], provider: Provider) -> Served:
    """Serve with the provider's login, to trusted proxies' readers."""
    config = f'{CONFIG}[proxy]\ntrusted = ["127.0.0.1", "::1"]\n'
    files = {".streamlit/secrets.toml": provider.secrets(""), "site.toml": config}
    return launch("--allow", "@example.org", "--config", "site.toml", files=files)


def stream(served: Served) -> str:
    """Return the address of a server's web socket."""
    host, port = where(served.url)
    return f"ws://{host}:{port}/_stcore/stream"


def asks(**words: object) -> bytes:
    """Return a message of a page to Streamlit."""
    made = BackMsg()
    for name, value in words.items():
        if name == "rerun_script":
            made.rerun_script.query_string = str(value)
        else:
            setattr(made, name, value)
    return bytes(made.SerializeToString())


async def heard(socket: ClientConnection, seconds: float = 20) -> list[bytes]:
    """Return what comes until the script has been run."""
    frames: list[bytes] = []
    async with asyncio.timeout(seconds):
        async for frame in socket:
            assert isinstance(frame, bytes)
            frames.append(frame)
            if b"Log in" in frame and len(frames) > 1:
                break
    return frames


def login_cookie(served: Served) -> str:
    """Return the cookie of a reader who is logged in, as Streamlit signs it."""
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    origin = "{0.scheme}://{0.netloc}".format(urlsplit(served.url))
    user = {"is_logged_in": True, "origin": origin, "email": "ann@example.org"}
    user["provider"] = "default"  # the one that has no name
    text = json.dumps(user | {"email_verified": True})
    secret = "a secret of the tests, long enough"  # noqa: S105 - of the tests' own provider
    return f"_streamlit_user={create_signed_value(secret, '_streamlit_user', text).decode()}"


def test_no_message_before_the_login_tells_where_the_server_lies(locked: Served) -> None:
    async def talk() -> list[bytes]:
        async with connect(stream(locked), subprotocols=[Subprotocol("streamlit")]) as socket:
            await socket.send(asks(load_git_info=True))
            await socket.send(asks(rerun_script=""))
            return await heard(socket)

    frames = finished(talk())
    whole = b"".join(frames)
    assert b"page.py" in whole
    for told in (HERE, str(Path(HERE).parent.resolve()), "site-packages", "Traceback"):
        assert told.encode() not in whole


@pytest.mark.parametrize(
    ("sent", "code"), [(b"\xff\xff\xff", 1002), ("text", 1003), (b"\x00" * 70_000, 1009)]
)
def test_a_stranger_who_says_what_no_page_says_is_ended(
    locked: Served, sent: bytes | str, code: int
) -> None:
    async def talk() -> int | None:
        async with connect(stream(locked), subprotocols=[Subprotocol("streamlit")]) as socket:
            await socket.send(sent)
            with pytest.raises(ConnectionClosed) as closed:
                await heard(socket)
            return closed.value.rcvd.code if closed.value.rcvd else None

    assert finished(talk()) == code
    assert "Traceback" not in locked.log.read_text(encoding="utf-8")


def test_a_stranger_who_never_stops_asking_is_ended(locked: Served) -> None:
    async def talk() -> int | None:
        async with connect(stream(locked), subprotocols=[Subprotocol("streamlit")]) as socket:
            with contextlib.suppress(ConnectionClosed):
                for _ in range(500):
                    await socket.send(asks(app_heartbeat=True))
            # Read to the end: a client that leaves sixteen frames unread never sees the close.
            with contextlib.suppress(ConnectionClosed):
                async with asyncio.timeout(60):
                    async for _ in socket:
                        pass
            return socket.close_code

    assert finished(talk()) == 1008


def test_two_hundred_strangers_take_no_readers_place(locked: Served) -> None:
    async def crowd() -> tuple[int, int]:
        held: list[ClientConnection] = []
        refused = 0
        for number in range(200):
            address = {"X-Forwarded-For": f"192.0.2.{number % 60}"}
            try:
                held.append(await connect(stream(locked), additional_headers=address))
            except InvalidStatus as error:
                refused += error.response.status_code == 503
        cookie = {"Cookie": login_cookie(locked)}
        async with connect(stream(locked), additional_headers=cookie):
            page = await asyncio.to_thread(page_with_a_map, locked.url, cookie)
            health = await asyncio.to_thread(get, locked.url, "/corridormap/health")
        assert page.status == 200
        assert b"corridormap-start" in page.body
        assert health.status == 200
        # Another stranger, who only wants to log in, is let in too: the oldest made room.
        async with connect(stream(locked), additional_headers={"X-Forwarded-For": "192.0.2.99"}):
            pass
        for socket in held:
            await socket.close()
        ended = sum(socket.close_code == 1013 for socket in held)
        return refused, ended

    refused, ended = finished(crowd())
    assert refused + ended >= 180 - 20


def test_one_reader_has_so_many_pages(launch: Callable[..., Served]) -> None:
    served = launch("--host", "maps.example.org", "--max-sessions-each", "3")

    async def open_many() -> list[int]:
        held = [await connect(stream(served)) for _ in range(3)]
        refused = opens(served.url, {})
        page = await asyncio.to_thread(get, served.url, "/")
        # What no trusted proxy says is not believed: it is still the same reader.
        other = opens(served.url, {"X-Forwarded-For": "192.0.2.5"})
        for socket in held:
            await socket.close()
        return [refused, page.status, other]

    assert finished(open_many()) == [503, 503, 503]


def test_a_stranger_reaches_nothing_but_the_way_to_log_in(locked: Served) -> None:
    assert get(locked.url, "/").status == 200
    assert b"corridormap-start" not in get(locked.url, "/").body
    prefix = "/corridormap/c/azerbaijan-iran"
    for name in ("version.json", "snapshot.png", "data.zip", "edit/base", "recipe", "none", "x/y"):
        assert get(locked.url, f"{prefix}/{name}").status == 401
    for path in ("/_stcore/upload_file/a/b", "/media/x", "/_stcore/metrics", "/corridormap/x"):
        assert get(locked.url, path).status == 404
    cross = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    for path in ("/auth/login", "/auth/logout"):
        told = {**cross, "Sec-Fetch-Dest": "document"}
        assert get(locked.url, path, told).status == 403


def test_a_stranger_has_a_pace() -> None:
    pace = Pace()
    assert all(pace.enter("a") for _ in range(40))
    assert not pace.enter("a")
    assert pace.enter("b")
    pace.leave("a")
    assert pace.enter("a")
    taken = 0
    while pace.enter("c"):
        pace.leave("c")
        taken += 1
        assert taken < 100_000
    assert taken >= 600
    for number in range(10_000):
        pace.enter(f"other {number}")
    assert len(pace._known) <= 4096


def test_a_stranger_who_says_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corridormap.app.gate.crowd, "FIRST_WORD_S", 0.05)

    async def streamlit(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def silence() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    crowd = Crowd(streamlit, ServerLimits(), ["/"], alone=False)
    scope = {"type": "websocket", LET_IN: False, VISITOR: "a"}
    finished(asyncio.wait_for(crowd(scope, silence, send), 20))
    assert [message["code"] for message in sent] == [1013]
    assert crowd._strangers._counts() == {}


def test_who_comes_from_many_addresses_does_not_take_all_places() -> None:
    staying, ended = asyncio.Event(), list[str]()

    async def streamlit(scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass
        ended.append(scope[VISITOR])

    async def quiet() -> Message:
        await staying.wait()
        return {"type": "websocket.disconnect"}

    async def crowd() -> list[list[str]]:
        crowd = Crowd(streamlit, ServerLimits(sessions=6), ["/"], alone=True)
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        def page(who: str) -> asyncio.Task[None]:
            scope = {"type": "websocket", "path": "/", LET_IN: True, VISITOR: who}
            scope["extensions"] = {"websocket.http.response": {}}
            return asyncio.create_task(crowd(scope, quiet, send))

        pages = [page(who) for who in ("a", "b", "a", "b", "a", "b")]
        await asyncio.sleep(0)
        pages.append(page("reader"))
        await pages[0]
        steps = [list(ended)]
        # Nobody has more than one above what this one would have: it is refused in words.
        pages += [page("reader"), page("b")]
        await pages[-1]
        steps.append([str(m["status"]) for m in sent if m["type"].endswith("response.start")])
        staying.set()
        await asyncio.gather(*pages)
        return steps

    assert finished(crowd()) == [["a"], ["503"]]

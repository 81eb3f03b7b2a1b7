"""Answer the editor's requests about the article: read a file of it, and propose names and numbers.

A text comes, is read on this machine and goes back to the page that sent it; nothing of it
is kept or logged. What is proposed is for a person to accept.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.desk.body import parse_body
from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.letters import EncodingChoiceError
from corridormap.layers.article.passages.text import Normalised, normalise
from corridormap.layers.article.reading.reading import (
    ARTICLE_LIMITS,
    CHARACTERS_MOST,
    given_text,
    read_given,
)
from corridormap.layers.article.suggestions.features import features_of, with_draft
from corridormap.layers.article.suggestions.numbers import find_numbers
from corridormap.layers.article.suggestions.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["article_routes"]

_DRAFT_BYTES = 64_000_000
_PROPOSED_MOST = 3_000
"""Names and numbers sent at most, each: a text with more is no article."""


def article_routes(
    prefix: str, corridor: Callable[[], Awaitable[Corridor]], desk: Desk
) -> list[Route]:
    """Return the routes of the article in the editor.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    desk
        Takes texts in, and has them read.
    """

    async def read(request: Request) -> Response:
        name = request.query_params.get("name", "")[:200]
        encoding = request.query_params.get("encoding", "")[:20]
        most = ARTICLE_LIMITS.file_bytes
        return await taken(request, most, lambda body: _read(name, encoding, body))

    async def proposed(request: Request) -> Response:
        most = desk.limits.parsed_bytes
        opened = await corridor()
        return await taken(request, _DRAFT_BYTES, lambda body: _proposed(opened, body, most))

    async def taken(request: Request, most: int, answer: Callable[[bytes], Response]) -> Response:
        async with desk.bodies.taken(request, most) as body:
            return await desk.reading.run(request, lambda _: answer(body.read()))

    return [
        Route(f"{prefix}/edit/article", guarded(read), methods=["POST"]),
        Route(f"{prefix}/edit/suggest", guarded(proposed), methods=["POST"]),
    ]


def _read(name: str, encoding: str, body: bytes) -> Response:
    try:
        # Without a name it is a text that was pasted: the browser sends it as UTF-8.
        reading = (
            read_given(name, body, encoding=encoding)
            if name
            else given_text(body.decode("utf-8", "replace"))
        )
    except EncodingChoiceError as error:
        return _refused(str(error), 400, choices=[asdict(choice) for choice in error.choices])
    except CorridorError as error:
        return _refused(str(error), 400)
    return JSONResponse(asdict(reading), headers=NEVER_KEPT)


def _proposed(corridor: Corridor, body: bytes, most: int) -> Response:
    said = parse_body(body, file="the request", most=most)
    text = said.get("text") if isinstance(said, dict) else None
    if not isinstance(text, str) or len(text) > CHARACTERS_MOST:
        raise ReadError("request-holds-no-text")
    operations = said.get("ops")
    features = with_draft(features_of(corridor), operations if isinstance(operations, list) else [])
    normal = normalise(text)
    names = suggest(normal, list(features.values()))
    numbers = find_numbers(normal.text, written=str(said.get("written", ""))[:10])
    place = _places(normal)
    value = {
        "names": [
            {**asdict(each), **place(each.start, each.end)} for each in names[:_PROPOSED_MOST]
        ],
        "numbers": [
            {**asdict(each), **place(each.start, each.end)} for each in numbers[:_PROPOSED_MOST]
        ],
    }
    return JSONResponse(value, headers=NEVER_KEPT)


def _places(normal: Normalised) -> Callable[[int, int], dict[str, int]]:
    """Return what tells where a stretch of the normal form stands for a browser.

    It counts in units of UTF-16, in the text as given.
    """
    if normal.given.isascii():
        units: range | list[int] = range(len(normal.given) + 1)
    else:
        units = [0]
        for character in normal.given:
            units.append(units[-1] + (2 if character > "\uffff" else 1))

    def place(start: int, end: int) -> dict[str, int]:
        begin, stop = normal.original(start, end)
        return {"from": units[begin], "to": units[stop]}

    return place


def _refused(message: str, status: int, **more: Any) -> Response:
    headers = {**NEVER_KEPT, **({"Connection": "close"} if status != 400 else {})}
    return JSONResponse({"error": message, **more}, status_code=status, headers=headers)

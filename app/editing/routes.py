"""Answer the page's editor: what there is to edit, a draft's map, saving, the folder as a zip.

A draft lives in the browser; every request brings all of it. The server keeps nothing of it
until it is saved. Requests from other pages do not come here (app/gate/gate.py).
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.desk.body import parse_body
from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.editing.base import edit_base
from corridormap.app.editing.drafting import Drafted, RefusedDraftError, draft_of
from corridormap.app.site.watch import is_built_in, version_of
from corridormap.geo.errors import CorridorFormatError, ReadError
from corridormap.layers.exports.archive import zip_of
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.app.desk.queues import Queue
    from corridormap.layers.saving.edits import Operation

__all__ = ["draft_key", "edit_routes"]

LARGEST_BODY_BYTES = 64_000_000


@dataclass(frozen=True)
class Wish:
    """What a page sends: its changes, and what they were made on."""

    base: str
    operations: tuple[Operation, ...]
    files: Mapping[str, str]
    """The hash of each file as the page knows it, to tell which have changed."""


class _ChangedError(Exception):
    """The folder is not what the changes were made on; holds the answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__()
        self.answer = answer


def edit_routes(prefix: str, folder: Path, *, id_: str, desk: Desk) -> list[Route]:
    """Return the routes of a corridor's editor.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    folder
        The corridor's folder.
    id_
        The corridor's id, for the name of a download.
    desk
        Takes changes in, and has them worked on.
    """
    answers = _Answers(folder, id_)

    async def base(request: Request) -> Response:
        return await desk.drafting.run(request, lambda _: answers.base(), key=folder)

    def posted(queue: Queue, do: Callable[[Wish], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            async with desk.bodies.taken(request, LARGEST_BODY_BYTES) as body:

                def work(_left: threading.Event) -> Response:
                    return _told(lambda: do(_wish(body.read(), desk.limits.parsed_bytes)))

                return await queue.run(request, work, key=folder)

        return guarded(answer)

    return [
        Route(f"{prefix}/edit/base", guarded(base)),
        Route(f"{prefix}/edit/draft", posted(desk.drafting, answers.draft), methods=["POST"]),
        Route(f"{prefix}/edit/save", posted(desk.saving, answers.save), methods=["POST"]),
        Route(f"{prefix}/edit/zip", posted(desk.drafting, answers.zipped), methods=["POST"]),
    ]


@dataclass(frozen=True)
class _Answers:
    """What the routes of one corridor's editor answer."""

    folder: Path
    id: str

    def base(self) -> Response:
        """Return what there is to edit."""
        now = self._now()
        return _packed(edit_base(now, self.folder, writable=not is_built_in(self.folder)))

    def draft(self, wish: Wish) -> Response:
        """Return the map that a draft makes, and what is to be said of it."""
        now = self._now()
        made = _fitting(now, wish, show=True)
        value = {
            "revision": now.revision,
            "changed": _changed(now, wish),
            "document": made.document,
            "findings": [one.as_json() for one in made.findings],
        }
        return _packed(value)

    def save(self, wish: Wish) -> Response:
        """Write a draft into the folder, if that is as it was."""
        if is_built_in(self.folder):
            return _refused(403, "This corridor comes with the tool. Download it instead.")

        def change(now: Snapshot) -> Mapping[str, bytes | None]:
            if now.revision != wish.base:
                raise _ChangedError(_differs(now, wish))
            return _fitting(now, wish).to_save

        saved = save_files(self.folder, change, at=dt.datetime.now(tz=dt.UTC))
        value = {"revision": saved.revision, "version": version_of(self.folder)}
        return JSONResponse(value, headers=NEVER_KEPT)

    def zipped(self, wish: Wish) -> Response:
        """Return the folder with a draft in it as one file."""
        made = _fitting(self._now(), wish)
        name = f'attachment; filename="{self.id}.zip"'
        headers = {**NEVER_KEPT, "Content-Disposition": name}
        body = zip_of(dict(sorted(made.files.items())), self.id, effort=9)
        return Response(body, media_type="application/zip", headers=headers)

    def _now(self) -> Snapshot:
        return Snapshot.of(self.folder)


def draft_key(folder: Path) -> str:
    """Return the word under which a browser keeps the draft of a folder."""
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


def _wish(body: bytes, most: int) -> Wish:
    said = parse_body(body, file="the changes", most=most)
    if not isinstance(said, dict) or not isinstance(said.get("base"), str):
        raise ReadError("request-names-no-base")
    files = said.get("files", {})
    known = files.items() if isinstance(files, dict) else ()
    return Wish(
        base=said["base"],
        operations=parse_operations(said.get("ops", [])),
        files={str(name): str(digits) for name, digits in known},
    )


def _told(answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except _ChangedError as error:
        return JSONResponse(error.answer, status_code=409, headers=NEVER_KEPT)
    except RefusedDraftError as error:
        value = {"error": str(error), "findings": [one.as_json() for one in error.told]}
        return JSONResponse(value, status_code=400, headers=NEVER_KEPT)
    except CorridorFormatError as error:
        value = {"error": str(error), "findings": []}
        return JSONResponse(value, status_code=400, headers=NEVER_KEPT)


def _refused(status: int, problem: str) -> Response:
    return JSONResponse({"error": problem}, status_code=status, headers=NEVER_KEPT)


def _fitting(now: Snapshot, wish: Wish, *, show: bool = False) -> Drafted:
    """Return what a draft makes of the folder; refuse one that meets somebody else's change."""
    made = draft_of(now, wish.operations, show=show)
    if made.conflicts:
        raise _ChangedError(_differs(now, wish, made))
    return made


def _differs(now: Snapshot, wish: Wish, made: Drafted | None = None) -> dict[str, Any]:
    made = made or draft_of(now, wish.operations)
    return {
        "error": "Somebody else has changed the corridor meanwhile.",
        "current": now.revision,
        "changed": _changed(now, wish),
        "conflicts": [
            {
                "op": one.op,
                "file": one.file,
                "id": one.id,
                "theirs": one.theirs,
                "now": None if one.theirs is None else hash_of(one.theirs),
            }
            for one in made.conflicts
        ],
    }


def _changed(now: Snapshot, wish: Wish) -> list[str]:
    if not wish.files:
        return []
    names = sorted({*now.hashes, *wish.files})
    return [name for name in names if now.hashes.get(name) != wish.files.get(name)]


def _packed(value: Any) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {**NEVER_KEPT, "Content-Encoding": "gzip"}
    media_type = "application/json; charset=utf-8"
    return Response(gzip.compress(body, 4), media_type=media_type, headers=headers)

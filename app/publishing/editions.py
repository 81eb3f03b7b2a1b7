"""Hold what a published edition says of itself, and read it from a site that may be a stranger's.

No link below the site is followed, every file is bounded, and a folder that is no edition is
named. Writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.geo.errors import CorridorError, Finding, ReadError
from corridormap.geo.json_file import parse_json
from corridormap.layers.folder.place import Place
from corridormap.layers.folder.refusal import RefusedError
from corridormap.layers.wording.edition_code import SHORT_HASH_DIGITS, EditionCode, NamedEdition
from corridormap.layers.wording.plainly import SHA256, SLUG
from corridormap.layers.wording.words import full_date, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "EDITION",
    "EDITIONS",
    "LARGEST_FILE_BYTES",
    "LIST",
    "Edition",
    "EditionChange",
    "Known",
    "Site",
    "opened_site",
    "read_file",
    "read_site",
]

EDITIONS = "editions"
"""The folder of a site in which each edition has its own."""
EDITION = "edition.json"
LIST = "editions.json"
CORRIDOR = "corridor"
"""The folder of an edition that holds the corridor as it was published."""
LARGEST_FILE_BYTES = 50_000_000
_LARGEST_EDITION_BYTES = 2_000_000
_MOST_NAMES = 2_000
_NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_PART = re.compile(r"\.([1-9][0-9]{0,4})\.[0-9a-f]{16}\.part", re.ASCII)
_FORMAT: Final = 1

Words = Annotated[str, Field(max_length=2_000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Path_ = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*){0,3}$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class EditionChange(_Model):
    """Something that an edition says otherwise than the one before."""

    key: Words
    """What it is of: "feature/khudaferin/geometry"."""
    text: Words
    why: Words = ""


class Edition(_Model):
    """What an edition says of itself: its edition.json."""

    format: Literal[1] = _FORMAT
    corridor: Annotated[str, Field(pattern=SLUG, max_length=60)]
    name: Words
    """The corridor's title."""
    number: Annotated[int, Field(ge=1, le=99_999)]
    title: Words
    day: Day
    why: Words = ""
    changes: Annotated[tuple[EditionChange, ...], Field(max_length=2_000)] = ()
    before: Annotated[str, Field(pattern=SHA256)] | None = None
    """SHA-256 of the edition.json of the edition before."""
    key: Annotated[str, Field(pattern=SHA256)] | None = None
    """The public key that signs it, raw and in hex."""
    data: Annotated[dict[Path_, Annotated[str, Field(pattern=SHA256)]], Field(max_length=400)]
    """SHA-256 of each file of the corridor that was published."""
    pictures: Annotated[tuple[Path_, ...], Field(max_length=100)] = ()
    files: Annotated[
        dict[Path_, Annotated[str, Field(pattern=SHA256)]], Field(max_length=2_000)
    ] = {}
    """SHA-256 of each file of the edition but of this one and its signature."""

    @property
    def short(self) -> str:
        """The hash that its code holds: of all it says but its files, which hold the code."""
        said = self.model_dump(mode="json", exclude={"files", "pictures"})
        return hashlib.sha256(_json(said)).hexdigest()[:SHORT_HASH_DIGITS]

    @property
    def code(self) -> EditionCode:
        """The code that its pictures carry."""
        return EditionCode(NamedEdition(self.corridor, self.number, self.short), self.day)

    @property
    def folder(self) -> str:
        """Its address on the site."""
        return f"{EDITIONS}/{self.number}"

    def to_json(self) -> bytes:
        """Return its edition.json."""
        said = {**self.model_dump(mode="json"), "code": self.code.text}
        return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, body: bytes, *, file: str) -> Edition:
        """Return an edition of its file.

        Raises
        ------
        ReadError
            The file says nothing of an edition, or its code is not the one of what it says.
        """
        said = parse_json(body, file=file)
        try:
            code = said.pop("code", None)
            made = cls.model_validate_json(json.dumps(said))
        except (AttributeError, ValidationError) as error:
            raise ReadError("edition-cannot-be-read", file=file) from error
        if not full_date(made.day) or code != made.code.text:
            raise ReadError("edition-was-altered", file=file)
        return made


@dataclass(frozen=True)
class Known:
    """An edition of a site, as its file says."""

    edition: Edition
    sha256: str
    """Of its edition.json."""
    body: bytes


@dataclass(frozen=True)
class Site:
    """What a folder is as a site."""

    editions: tuple[Known, ...]
    """By their numbers."""
    taken: int
    """The largest number that any folder has."""
    notices: tuple[Finding, ...]
    listed: tuple[int, ...] | None
    """The numbers that editions.json tells of; None where there is none."""
    others: tuple[str, ...]
    """Names in the site's folder."""

    @property
    def newest(self) -> Known | None:
        """The edition with the largest number."""
        return self.editions[-1] if self.editions else None

    def of(self, number: int) -> Known | None:
        """Return the edition of a number."""
        return next((one for one in self.editions if one.edition.number == number), None)


@contextmanager
def opened_site(folder: Path) -> Iterator[Place]:
    """Hold a site's folder open.

    Raises
    ------
    ReadError
        It is no folder that can be opened.
    """
    try:
        with Place.opened(folder) as place:
            yield place
    except OSError as error:
        raise ReadError(
            "site-cannot-be-opened", file=str(folder), why=error.strerror or "no reason is known"
        ) from error


def read_site(folder: Path) -> Site:
    """Return what a folder is as a site; one that is not there has no editions.

    Raises
    ------
    CorridorError
        What is there is no folder, or its `editions` is a link.
    """
    if not folder.exists():
        return Site((), 0, (), None, ())
    with opened_site(folder) as place:
        names, _ = place.names(_MOST_NAMES)
        listed = _listed(place) if LIST in names else None
        if EDITIONS not in names:
            return Site((), 0, (), listed, tuple(names))
        with place.into(EDITIONS) as home:
            return _read(home, listed, tuple(names))


def read_file(folder: Path, name: str, most: int = LARGEST_FILE_BYTES) -> bytes:
    """Return a file below a site's folder, reached without following a link.

    Raises
    ------
    CorridorError
        It is not there, is a link or no file, or too large.
    """
    *steps, last = name.split("/")
    with opened_site(folder) as place:
        return _step(place, steps, last, most)


def _step(place: Place, steps: list[str], last: str, most: int) -> bytes:
    try:
        if not steps:
            return place.read(last, most)
        with place.into(steps[0]) as inner:
            return _step(inner, steps[1:], last, most)
    except FileNotFoundError as error:
        raise ReadError("site-lacks-file", file=place.named(last)) from error


def _read(home: Place, listed: tuple[int, ...] | None, others: tuple[str, ...]) -> Site:
    found: list[Known] = []
    notices: list[Finding] = []
    taken = 0
    for name in home.names(_MOST_NAMES)[0]:
        if part := _PART.fullmatch(name):
            notices.append(Finding("edition-half-published", home.named(name), n=int(part[1])))
            continue
        if not _NUMBER.fullmatch(name):
            continue
        taken = max(taken, int(name))
        try:
            found.append(_known(home, name))
        except (ReadError, RefusedError) as error:
            notices += error.faults
    found.sort(key=lambda one: one.edition.number)
    for one in found if listed is not None else ():
        if one.edition.number not in (listed or ()):
            notices.append(Finding("edition-not-listed", home.named(str(one.edition.number))))
    return Site(tuple(found), taken, tuple(notices), listed, others)


def _known(home: Place, name: str) -> Known:
    with home.into(name) as own:
        try:
            body = own.read(EDITION, _LARGEST_EDITION_BYTES)
        except FileNotFoundError as error:
            raise ReadError("folder-is-no-edition", file=home.named(name)) from error
        edition = Edition.from_json(body, file=own.named(EDITION))
    if str(edition.number) != name:
        raise ReadError("edition-was-altered", file=own.named(EDITION))
    return Known(edition, hashlib.sha256(body).hexdigest(), body)


def _listed(place: Place) -> tuple[int, ...]:
    """Return the numbers in a site's list; one that is not ours ends the work."""
    try:
        said = parse_json(place.read(LIST, _LARGEST_EDITION_BYTES * 4), file=LIST)
        return tuple(int(one["number"]) for one in said["editions"])
    except (KeyError, TypeError, ValueError, ReadError) as error:
        raise CorridorError("site-has-foreign-file", file=short(LIST)) from error


def _json(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

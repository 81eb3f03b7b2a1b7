"""Read the list of a save that holds but is not finished, and say whether it may be believed.

The list is `.corridormap/journal.json` in a corridor's folder. It may come with a folder from
outside, so it is believed only where it is sealed by this user on this machine for this very
folder (layers/folder/seal.py), and names nothing but what the tool writes. Moves no file
(layers/saving/store.py).
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, ValidationError

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json
from corridormap.layers.folder.files import HOME, is_writable_name
from corridormap.layers.folder.refusal import Refusal, RefusedError
from corridormap.layers.folder.seal import is_sealed, seal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corridormap.layers.folder.place import Place

__all__ = ["AT", "JOURNAL", "LARGEST_BYTES", "STAGED", "Journal", "Pending", "Step", "pending_of"]

JOURNAL = "journal.json"
STAGED = "staged"
AT = r"\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z(-\d{3,6})?"
"""What the name is like under which the versions before a save are kept."""
LARGEST_BYTES = 64_000_000
"""The largest file that is read or saved."""

_MOST_STEPS = 5000
_LARGEST_JOURNAL = 2_000_000


def _writable(name: str) -> str:
    if not is_writable_name(name):
        raise ValueError("is no name that is written")
    return name


class Step(BaseModel):
    """One file of a save."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    file: Annotated[str, AfterValidator(_writable)]
    """Its name relative to the corridor's folder."""
    staged: Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,5})?$")]
    """The name of its new content in `.corridormap/staged`; empty if it is taken away."""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    """Of the new content; empty if it is taken away."""


class Journal(BaseModel):
    """The files of a save that holds but is not finished."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: Annotated[tuple[Step, ...], FailFast(), Field(max_length=_MOST_STEPS)]
    at: Annotated[str, Field(pattern=f"^{AT}$")]
    """The name under which the versions before it are kept."""
    inode: int
    """The folder's number: a copy of the folder has another one."""
    path: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """A hash of where the folder was: not all systems keep the number for ever."""
    seal: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @classmethod
    def sealed(cls, place: Place, steps: tuple[Step, ...], at: str) -> Journal:
        """Return a list that this user will believe.

        Raises
        ------
        CorridorFormatError
            The key of the seal cannot be kept.
        """
        inode, path = _where(place)
        bare = cls(steps=steps, at=at, inode=inode, path=path)
        return bare.model_copy(update={"seal": seal_of(bare._text())})

    def is_of(self, place: Place) -> bool:
        """Tell whether this user has written it on this machine, for this folder."""
        inode, path = _where(place)
        here = self.inode == inode or self.path == path
        return here and is_sealed(self._text(), self.seal)

    def _text(self) -> bytes:
        said = self.model_dump(mode="json", exclude={"seal"})
        return json.dumps(said, sort_keys=True).encode()


@dataclass(frozen=True)
class Pending:
    """A save that was cut short, as it was found."""

    journal: Journal | None = None
    """None if there is none, or if it is not to be believed."""
    staged: Mapping[str, bytes] = field(default_factory=dict)
    """New contents that are not at their places yet, by the file's name."""
    gone: frozenset[str] = frozenset()
    """Files that the save takes away, whether they are still there or not."""
    refusal: Refusal | None = None
    """Why there is one that is not to be believed."""


def pending_of(place: Place) -> Pending:
    """Look for a save that was cut short in a corridor's folder; change nothing."""
    try:
        with place.into(HOME) as home:
            return _pending(place, home)
    except FileNotFoundError:
        return Pending()
    except RefusedError as error:
        return Pending(refusal=error.refusal)


def _pending(place: Place, home: Place) -> Pending:
    file = f"{HOME}/{JOURNAL}"
    try:
        said = parse_json(home.read(JOURNAL, _LARGEST_JOURNAL), file=file)
        journal = Journal.model_validate(said)
        if not journal.is_of(place):
            return Pending(refusal=Refusal("journal-foreign", file))
        gone = frozenset(step.file for step in journal.steps if not step.staged)
        return Pending(journal, dict(_staged(home, journal)), gone)
    except FileNotFoundError:
        return Pending()
    except (RefusedError, ReadError, ValidationError, ValueError):
        return Pending(refusal=Refusal("journal-broken", file))


def _staged(home: Place, journal: Journal) -> Iterator[tuple[str, bytes]]:
    """Yield the new contents that are not moved yet, by the file's name."""
    with ExitStack() as held:
        try:
            staged = held.enter_context(home.into(STAGED))
        except FileNotFoundError:  # all were moved before the save was cut short
            return
        for step in journal.steps:
            if not step.staged:
                continue
            try:
                body = staged.read(step.staged, LARGEST_BYTES)
            except FileNotFoundError:  # this one was
                continue
            if hashlib.sha256(body).hexdigest() != step.sha256:
                raise ValueError("this is not what was saved")
            yield step.file, body


def _where(place: Place) -> tuple[int, str]:
    inode = os.stat(place.path if place.handle is None else place.handle).st_ino  # noqa: PTH116
    return inode, hashlib.sha256(os.fsencode(place.path)).hexdigest()

"""Say what the small printed code of a published picture holds, and read one that anybody made.

A code names a corridor, an edition and the first digits of a hash; it proves nothing, since it
can be copied. Draws nothing and knows no site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import day_label, full_date

if TYPE_CHECKING:
    from typing import Self

__all__ = ["SHORT_HASH_DIGITS", "EditionCode", "NamedEdition"]

SHORT_HASH_DIGITS = 8
"""How much of an edition's hash a code holds: enough to tell editions apart, and to type."""
_MOST_EDITIONS = r"[1-9][0-9]{0,4}"
_NAME = r"(?P<corridor>[a-z0-9]+(?:-[a-z0-9]+)*)"
_SHORT = rf"(?P<short>[0-9a-f]{{{SHORT_HASH_DIGITS}}})"
_TEXT = re.compile(rf"{_NAME}/(?P<edition>{_MOST_EDITIONS})/(?P<day>\d{{4}}-\d\d-\d\d)/{_SHORT}")
_PREFIX = "CORRIDORMAP:"
_PRINTED = re.compile(rf"{_PREFIX.lower()}{_NAME}/(?P<edition>{_MOST_EDITIONS})/{_SHORT}", re.ASCII)
_LONGEST = 120


@dataclass(frozen=True)
class NamedEdition:
    """What a printed code names."""

    corridor: str
    edition: int
    short: str
    """The first digits of the edition's hash."""

    @classmethod
    def read(cls, printed: str) -> Self | None:
        """Return what a code's text names; None if it is no code of ours."""
        if len(printed) > _LONGEST or not printed.startswith(_PREFIX):
            return None
        found = _PRINTED.fullmatch(printed.lower())
        if found is None:
            return None
        return cls(found["corridor"], int(found["edition"]), found["short"])

    @property
    def printed(self) -> str:
        """The code's text: of the letters that a QR code packs closest."""
        return f"{_PREFIX}{self.corridor}/{self.edition}/{self.short}".upper()


@dataclass(frozen=True)
class EditionCode:
    """The code of a picture, and the day that is written beside it."""

    named: NamedEdition
    day: str
    """When it was published, an ISO date."""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the code of an option's text; None if it is none."""
        found = _TEXT.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None or not full_date(found["day"]):
            return None
        named = NamedEdition(found["corridor"], int(found["edition"]), found["short"])
        return cls(named, found["day"])

    @property
    def text(self) -> str:
        """The code as an option has it: ``azerbaijan-iran/2/2026-03-03/1a2b3c4d``."""
        return f"{self.named.corridor}/{self.named.edition}/{self.day}/{self.named.short}"

    @property
    def words(self) -> str:
        """What is written beside it."""
        return f"Edition {self.named.edition} of {day_label(self.day)} ({self.named.short})"

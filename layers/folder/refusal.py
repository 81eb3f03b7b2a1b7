"""Say what of a corridor's folder was not opened, and why: as data first, then in words.

Every refusal has a code, whose words stand in the catalogue of messages. Opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.layers.wording.words import short

__all__ = ["Code", "Refusal", "RefusedError"]

Code = Literal[
    "link",
    "folder",
    "no-file",
    "no-folder",
    "missing",
    "unreadable",
    "too-large",
    "too-much",
    "too-many",
    "name",
    "unsteady",
    "no-handles",
    "journal-broken",
    "journal-foreign",
]


@dataclass(frozen=True, order=True)
class Refusal:
    """One thing below a corridor's folder that was not opened."""

    code: Code
    file: str
    """Relative to the folder, as it stands there; maybe not text that can be shown."""
    feature: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def finding(self) -> Finding:
        """The refusal in words."""
        return Finding(f"refused-{self.code}", _shown(self.file), self.feature, params=self.params)


class RefusedError(CorridorFormatError):
    """Something below a corridor's folder is not opened, or not written to."""

    def __init__(self, code: Code, file: str, **params: str) -> None:
        self.refusal = Refusal(code, file, params=tuple(sorted(params.items())))
        said = self.refusal.finding
        super().__init__(said.code, file=said.file, **params)


def _shown(file: str) -> str:
    # A name that is no UTF-8 comes from the system with half characters in it.
    return short(file.encode("utf-8", "backslashreplace").decode("utf-8"), 100)

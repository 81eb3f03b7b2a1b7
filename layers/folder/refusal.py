"""Say what of a corridor's folder was not opened, and why: as data first, then in words.

Every refusal has a code, and its words stand in one table. Opens nothing.
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

_LEFT_ALONE = (
    "It is left alone, and the corridor's own files are read as they stand. To save again, look"
    " at what lies in '.corridormap' and move that folder away."
)

_WORDS: dict[Code, tuple[str, str]] = {
    "link": (
        "the file is a link, which might be one that leads out of the corridor's folder",
        "Put the file itself there.",
    ),
    "folder": ("this is a folder, not a file", "Put a file there."),
    "no-file": (
        "this is a pipe, a socket or a device, not a file",
        "Put a file there, or take it away.",
    ),
    "no-folder": ("this must be a folder, not a link or a file", "Remove it."),
    "missing": ("the file is missing", "Put it there or remove its layer."),
    "unreadable": ("this cannot be opened: {why}", "Check its name and its rights."),
    "too-large": (
        "the file is too large ({mb} MB)",
        "Simplify or split it to less than {most} MB.",
    ),
    "too-much": (
        "the file is left out: the corridor's files together are too large",
        "Simplify or split them to less than {most} MB.",
    ),
    "too-many": (
        "there are too many files; some are left out",
        "Take out what does not belong to the corridor: at most {most} files are read.",
    ),
    "name": (
        "the file's name cannot be used",
        "Write it in UTF-8, without control characters and without a backslash.",
    ),
    "unsteady": (
        "the folder kept changing while it was read",
        "Try again when nothing else writes into it.",
    ),
    "no-handles": (
        "this system cannot guard the folder against links, so it is only read",
        "To change it, work on a system that can: Linux or macOS.",
    ),
    "journal-broken": (
        "the list of a save that was cut short cannot be used",
        _LEFT_ALONE,
    ),
    "journal-foreign": (
        "the list of a save that was cut short was not written by you on this machine",
        _LEFT_ALONE,
    ),
}


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
        problem, remedy = _WORDS[self.code]
        said = dict(self.params)
        return Finding(
            _shown(self.file), self.feature, problem.format(**said), remedy.format(**said)
        )


class RefusedError(CorridorFormatError):
    """Something below a corridor's folder is not opened, or not written to."""

    def __init__(self, code: Code, file: str, **params: str) -> None:
        self.refusal = Refusal(code, file, params=tuple(sorted(params.items())))
        said = self.refusal.finding
        super().__init__(said.problem, file=said.file, remedy=said.remedy)


def _shown(file: str) -> str:
    # A name that is no UTF-8 comes from the system with half characters in it.
    return short(file.encode("utf-8", "backslashreplace").decode("utf-8"), 100)

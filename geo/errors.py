"""Every error the project raises on purpose, under one root.

    CorridorError                 something a user can mend; never a fault of the code
    ├── ReadError                 a file is missing, unreadable, too large or broken
    ├── GeometryError             a shape or a coordinate that cannot be right
    ├── CorridorFormatError       a corridor's own files: manifest, style, sources, claims
    ├── ViewError                 a view, an extent, a date or a size that cannot be shown
    ├── AssetError                a file that ships with the tool is not where it belongs
    └── RenderError               a picture or a page that cannot be made

Each error names the file, the feature, the problem and the remedy in plain words; a
caller may catch the root. A notebook shows those words in place of where in the code they
were written. This module prints nothing and knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AssetError",
    "CorridorError",
    "CorridorFormatError",
    "Fault",
    "Finding",
    "GeometryError",
    "ReadError",
    "RenderError",
    "ViewError",
]


_MOST_SHOWN = 10


class Fault(NamedTuple):
    """A problem and what to do about it, of something that the caller knows."""

    problem: str
    """As a phrase without a closing stop."""
    remedy: str
    """As a sentence."""
    field: str = ""
    """The field of the feature that is to be mended, as in `Finding`."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, where it is, and what to do about it."""

    file: str
    feature: str
    problem: str
    remedy: str
    field: str = ""
    """The field of the feature that is to be mended: names, and indices from 0, joined by dots,
    such as "status_history.1.date"; "geometry" for its shape, empty where none is meant."""

    def __str__(self) -> str:
        """Return one line: "file: feature: problem. remedy"."""
        sentence = self.problem.rstrip(".") + ("." if self.remedy else "")
        where = [part for part in (self.file, self.feature) if part]
        return " ".join(part for part in (": ".join([*where, sentence]), self.remedy) if part)


class CorridorError(Exception):
    """Something a user can mend, said in one line.

    Parameters
    ----------
    problem
        What is wrong, as a phrase without a closing stop.
    file
        The file it is in, as the user knows it (relative to the corridor's folder).
    feature
        The id or the place in the file of the feature concerned.
    remedy
        What to do, as a sentence.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        feature: str = "",
        remedy: str = "",
    ) -> None:
        self.problem = problem
        self.file = file
        self.feature = feature
        self.remedy = remedy
        self.faults: tuple[Finding, ...] = (Finding(file, feature, problem, remedy),)
        super().__init__(problem)

    @classmethod
    def of(cls, faults: Sequence[Finding]) -> Self:
        """Return one error that carries several faults; the first one speaks for it."""
        first = faults[0]
        error = cls(first.problem, file=first.file, feature=first.feature, remedy=first.remedy)
        error.faults = tuple(faults)
        return error

    def __str__(self) -> str:
        """Return one line: "file: feature: problem. remedy", and how many more there are."""
        more = len(self.faults) - 1
        line = str(self.faults[0])
        return f"{line} ({more} more)" if more > 0 else line

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback: the first faults, one a line."""
        shown = [str(fault) for fault in self.faults[:_MOST_SHOWN]]
        more = len(self.faults) - len(shown)
        return [f"{type(self).__name__}:", *shown, *([f"… and {more} more"] if more else [])]


class ReadError(CorridorError):
    """A file is missing, unreadable, too large or broken."""


class GeometryError(CorridorError):
    """A shape or a coordinate cannot be right."""


class CorridorFormatError(CorridorError):
    """One of a corridor's own files does not say what it must."""


class ViewError(CorridorError):
    """A view, an extent, a date or a size cannot be shown."""


class AssetError(CorridorError):
    """A file that ships with the tool is not where it belongs."""


class RenderError(CorridorError):
    """A picture or a page cannot be made."""

"""Every error the project raises on purpose, under one root.

    CorridorError                 something a user can mend; never a fault of the code
    ├── ReadError                 a file is missing, unreadable, too large or broken
    ├── GeometryError             a shape or a coordinate that cannot be right
    ├── CorridorFormatError       a corridor's own files: manifest, style, sources, claims
    ├── ViewError                 a view, an extent, a date or a size that cannot be shown
    ├── AssetError                a file that ships with the tool is not where it belongs
    └── RenderError               a picture or a page that cannot be made

Each error is data: a code of the catalogue in `geo.messages`, what its sentences are filled
with, and the file and the feature it is about. Its words, problem and remedy, are made where
they are read; a caller may catch the root. A notebook shows those words in place of where in
the code they were written. This module prints nothing and knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Self, TypedDict

from corridormap.geo.messages import problem_of, remedy_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AssetError",
    "CorridorError",
    "CorridorFormatError",
    "Fault",
    "Finding",
    "FindingTold",
    "GeometryError",
    "ReadError",
    "RenderError",
    "ViewError",
]


_MOST_SHOWN = 10

Params = tuple[tuple[str, str | int], ...]


class FindingTold(TypedDict):
    """A finding as JSON values: where it is, its words, and what the words are made of."""

    file: str
    feature: str
    problem: str
    remedy: str
    field: str
    code: str
    """Of the catalogue of messages."""
    params: dict[str, str | int]


@dataclass(frozen=True, init=False)
class Fault:
    """A problem and what to do about it, of something that the caller knows.

    Parameters
    ----------
    code
        An entry of the catalogue of messages.
    field
        The field of the feature that is to be mended: names, and indices from 0, joined by
        dots, such as "status_history.1.date"; "geometry" for its shape, empty where none is
        meant.
    params
        What the sentences are filled with, as pairs; `said` is the same by name.
    """

    code: str
    field: str
    params: Params

    def __init__(self, code: str, field: str = "", params: Params = (), **said: Any) -> None:
        self._set(code=code, field=field, params=params or _params(said))

    def _set(self, **values: object) -> None:
        # The way a frozen dataclass fills itself.
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def problem(self) -> str:
        """What is wrong, as a phrase without a closing stop."""
        return problem_of(self.code, dict(self.params))

    @property
    def remedy(self) -> str:
        """What to do, as a sentence; empty where nothing can be done."""
        return remedy_of(self.code, dict(self.params))

    def at(self, file: str, feature: str = "") -> Finding:
        """Return it as a finding about a place."""
        return Finding(self.code, file, feature, self.field, self.params)


@total_ordering
@dataclass(frozen=True, init=False)
class Finding(Fault):
    """One thing that is wrong, where it is, and what to do about it.

    Findings are in the order of their files, features and words.

    Parameters
    ----------
    code, field, params
        As in `Fault`.
    file
        The file it is in, as the user knows it (relative to the corridor's folder).
    feature
        The id or the place in the file of the feature concerned.
    """

    file: str
    feature: str

    def __init__(
        self,
        code: str,
        file: str = "",
        feature: str = "",
        field: str = "",
        params: Params = (),
        **said: Any,
    ) -> None:
        super().__init__(code, field, params, **said)
        self._set(file=file, feature=feature)

    def __lt__(self, other: Finding) -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[str, ...]:
        return self.file, self.feature, self.problem, self.remedy, self.field, self.code

    def __str__(self) -> str:
        """Return one line: "file: feature: problem. remedy"."""
        problem, remedy = self.problem, self.remedy
        sentence = problem.rstrip(".") + ("." if remedy else "")
        where = [part for part in (self.file, self.feature) if part]
        return " ".join(part for part in (": ".join([*where, sentence]), remedy) if part)

    def within(self, code: str, **said: Any) -> Finding:
        """Return a finding of the same place that says this one and more.

        Parameters
        ----------
        code
            Of a message with {problem} and {remedy}, which this one's words fill.
        said
            What else it is filled with.
        """
        said = {"problem": self.problem, "remedy": self.remedy, **said}
        return Finding(code, self.file, self.feature, self.field, **said)

    def as_dict(self) -> FindingTold:
        """Return it as JSON values, with its words beside what they are made of."""
        return {
            "file": self.file,
            "feature": self.feature,
            "problem": self.problem,
            "remedy": self.remedy,
            "field": self.field,
            "code": self.code,
            "params": dict(self.params),
        }


class CorridorError(Exception):
    """Something a user can mend, said in one line.

    Parameters
    ----------
    code
        What is wrong and what to do: an entry of the catalogue of messages.
    file
        The file it is in, as the user knows it (relative to the corridor's folder).
    feature
        The id or the place in the file of the feature concerned.
    said
        What the sentences are filled with.
    """

    def __init__(self, code: str, *, file: str = "", feature: str = "", **said: Any) -> None:
        self.faults: tuple[Finding, ...] = (Finding(code, file, feature, **said),)
        super().__init__(code)

    @classmethod
    def of(cls, faults: Sequence[Finding]) -> Self:
        """Return one error that carries several faults; the first one speaks for it."""
        error = cls(faults[0].code)
        error.faults = tuple(faults)
        return error

    @property
    def finding(self) -> Finding:
        """The fault that speaks for the error."""
        return self.faults[0]

    @property
    def problem(self) -> str:
        """What is wrong, as a phrase without a closing stop."""
        return self.finding.problem

    @property
    def remedy(self) -> str:
        """What to do, as a sentence; empty where nothing can be done."""
        return self.finding.remedy

    @property
    def file(self) -> str:
        """The file it is in."""
        return self.finding.file

    @property
    def feature(self) -> str:
        """The feature concerned."""
        return self.finding.feature

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


def _params(said: dict[str, object]) -> Params:
    """Return what a message is filled with as plain values, whole numbers as they are."""
    return tuple(
        (name, value if type(value) is int else str(value)) for name, value in sorted(said.items())
    )

"""Check what a draft makes of a corridor: apply it in memory, open the result, tell findings.

What the corridor would lose by it is an error and refuses it; what `validate` finds wrong
between its parts is a note. What was wrong before is not told again. Writes nothing into the
corridor's folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corridormap.app.browser.document import build_document
from corridormap.geo.errors import CorridorError, Finding
from corridormap.layers.corridor.corridor import Corridor
from corridormap.layers.corridor.lost_targets import lost_targets
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.saving.apply import RefusedOperationError, apply
from corridormap.layers.saving.put_kind import PutKind, kinds_of, known_kinds
from corridormap.layers.saving.told import Teller, Told, told_of_operations
from corridormap.layers.validation.validate import check_corridor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.saving.apply import Conflict
    from corridormap.layers.saving.edits import Operation
    from corridormap.layers.saving.snapshot import Snapshot

__all__ = ["Drafted", "RefusedDraftError", "draft_of"]

_KEPT = 4


@dataclass(frozen=True)
class Drafted:
    """What a draft makes of a corridor."""

    files: Mapping[str, bytes]
    """All files of the corridor with the draft in them."""
    to_save: Mapping[str, bytes | None]
    """Of the files that change; None of one that is taken away."""
    conflicts: tuple[Conflict, ...]
    findings: tuple[Told, ...]
    document: dict[str, Any] | None
    """The browser's document; None when it was not asked for or there are conflicts."""


class RefusedDraftError(CorridorError):
    """A draft that would make the corridor lose something; `told` says what of which change."""

    told: tuple[Told, ...] = ()


def draft_of(snapshot: Snapshot, operations: Sequence[Operation], *, show: bool = False) -> Drafted:
    """Return what operations make of a corridor.

    Parameters
    ----------
    snapshot
        The corridor's files as they are.
    operations
        What is to be changed.
    show
        Whether the browser's document is wanted.

    Raises
    ------
    RefusedDraftError
        An operation cannot be applied, or the corridor would lose something by it.
    """
    own = [one.kind for one in operations if isinstance(one, PutKind)]
    kinds = known_kinds([*kinds_of(snapshot.files.get(MANIFEST)), *own])
    faults = told_of_operations(operations, kinds)
    if faults:
        raise _refused(faults)
    try:
        applied = apply(snapshot.files, operations)
    except RefusedOperationError as error:
        wrong = [Told.of(fault, op=error.op) for fault in error.faults]
        raise _refused(wrong) from error
    files = applied.over(snapshot.files)
    if applied.conflicts:
        return Drafted(files, applied.to_save, applied.conflicts, (), None)
    before = _known(_Files(snapshot.files, snapshot.revision))
    opened = _open(files, show=show)
    errors = [fault for fault in opened.lost if not opened.opens or fault not in before.lost]
    wrong_before = frozenset(before.wrong)
    notes = [fault for fault in opened.wrong if fault not in wrong_before]
    teller = Teller(operations)
    if errors:
        raise _refused([teller.told(fault, severity="error") for fault in errors])
    said = tuple(teller.told(fault, severity="note") for fault in notes)
    return Drafted(files, applied.to_save, (), said, opened.document)


@dataclass(frozen=True)
class _Opened:
    opens: bool
    """Whether there is anything to show."""
    lost: frozenset[Finding]
    """What could not be read."""
    wrong: tuple[Finding, ...]
    """What does not fit together."""
    document: dict[str, Any] | None


@dataclass(frozen=True)
class _Files:
    """Files that are told apart by their revision alone."""

    files: Mapping[str, bytes]
    revision: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files) and other.revision == self.revision

    def __hash__(self) -> int:
        return hash(self.revision)


@lru_cache(maxsize=_KEPT)
def _known(files: _Files) -> _Opened:
    return _open(files.files, show=False)


def _open(files: Mapping[str, bytes], *, show: bool) -> _Opened:
    try:
        corridor = Corridor.of(files)
    except CorridorError as error:
        return _Opened(opens=False, lost=frozenset(error.faults), wrong=(), document=None)
    dangling = _dangling(corridor)
    lost = frozenset(set(corridor.findings) - dangling)
    wrong = tuple(sorted({*check_corridor(corridor), *dangling}))
    document = build_document(corridor) if show else None
    return _Opened(opens=True, lost=lost, wrong=wrong, document=document)


def _dangling(corridor: Corridor) -> set[Finding]:
    """Return what annotations point to in vain: to be told, but nothing is lost by it."""
    return set(lost_targets(corridor.annotations, corridor.layers, corridor.manifest))


def _refused(faults: Sequence[Told]) -> RefusedDraftError:
    error = RefusedDraftError.of([one.finding for one in faults])
    error.told = tuple(faults)
    return error

"""Say what an edition changed since the one before, in words that the editor may write anew.

What changed is worked out from both data sets. The editor's words come from a TOML file, of which
a draft can be written: a change that it names is told in those words, and no change is left out.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.app.publishing.editions import EditionChange
from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.changes.editions import changes_of_editions
from corridormap.layers.changes.verdicts import verdicts_of_editions
from corridormap.layers.changes.words import change_text
from corridormap.layers.wording.plainly import findings_of
from corridormap.layers.wording.words import lowered, plain, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.changes.change import Change
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["Wording", "changes_since", "draft_of", "read_wording", "worded"]

_LETTERS = 1_500
_MOST_CHANGES = 1_500
Words = Annotated[str, Field(max_length=_LETTERS)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Told(_Model):
    key: Words
    text: Words = ""
    """In place of the words that were found; empty keeps those."""
    why: Words = ""


class Wording(_Model):
    """The editor's words."""

    why: Words = ""
    """Of the whole edition."""
    change: Annotated[tuple[_Told, ...], Field(max_length=_MOST_CHANGES)] = ()


def changes_since(older: Corridor, newer: Corridor) -> tuple[EditionChange, ...]:
    """Return what a newer edition says otherwise, each with the new sources as its reason.

    Raises
    ------
    ViewError
        They are two corridors.
    """
    found = [*_rows(older, newer), *_verdicts(older, newer)]
    if len(found) > _MOST_CHANGES:
        more = len(found) - _MOST_CHANGES + 1
        rest = EditionChange(key="more", text=f"{more} more changes, of which each is in the data")
        found = [*found[: _MOST_CHANGES - 1], rest]
    return tuple(found)


def read_wording(raw: bytes, *, file: str) -> Wording:
    """Return the editor's words of a TOML file.

    Raises
    ------
    CorridorFormatError
        The file cannot be read, or says something that a wording does not have.
    """
    said = parse_toml(raw, file=file)
    try:
        return Wording.model_validate(said)
    except ValidationError as error:
        raise CorridorFormatError.of(findings_of(error, file=file, said=said)) from error


def worded(
    changes: Iterable[EditionChange], wording: Wording, *, file: str
) -> tuple[EditionChange, ...]:
    """Return changes in the editor's words.

    Raises
    ------
    CorridorFormatError
        The words name a change that there is none of.
    """
    found = {change.key: change for change in changes}
    for told in wording.change:
        if told.key not in found:
            raise CorridorFormatError("wording-of-no-change", file=file, key=short(told.key))
        was = found[told.key]
        found[told.key] = EditionChange(
            key=was.key, text=plain(told.text) or was.text, why=plain(told.why) or was.why
        )
    return tuple(found.values())


def draft_of(changes: Sequence[EditionChange]) -> str:
    """Return a wording to be filled in: each change with what was found and why, if it is known."""
    lines = [
        "# What this edition changed, to be told in your words: empty ones keep what was found.",
        "# Every change is told; the key says which one is meant.",
        'why = ""  # of the whole edition, in a sentence',
    ]
    for change in changes:
        lines += [
            "",
            "[[change]]",
            f"key = {_quoted(change.key)}",
            f"# {plain(change.text)}",
            'text = ""',
            f"why = {_quoted(change.why)}",
        ]
    return "\n".join(lines) + "\n"


def _rows(older: Corridor, newer: Corridor) -> Iterator[EditionChange]:
    rows = changes_of_editions(older, newer)
    for (about, id_), of_it in groupby(rows, key=lambda row: (row.about, row.id)):
        changes = list(of_it)
        why = _new_sources(changes, newer)
        told = [one for one in changes if one.field != "sources"] or changes
        what = "" if about == "feature" else f"{about.capitalize()} "
        seen: dict[str, int] = {}
        for change in told:
            key = "/".join(
                part for part in (about, id_, change.field, change.part, change.date) if part
            )
            seen[key] = seen.get(key, 0) + 1
            text = f"{what}{change.name}: {lowered(change_text(change, noted=False))}"
            yield EditionChange(
                key=short(key if seen[key] == 1 else f"{key}/{seen[key]}", _LETTERS),
                text=short(text, _LETTERS),
                why=why,
            )


def _new_sources(changes: Iterable[Change], newer: Corridor) -> str:
    """Return which sources a feature has now and had not, as its reason."""
    named: dict[str, None] = {}
    for change in changes:
        if change.field == "sources" and isinstance(change.after, tuple):
            before = change.before if isinstance(change.before, tuple) else ()
            ids = [one for one in change.after if isinstance(one, str) and one not in before]
            named |= dict.fromkeys(
                newer.sources[one].line().short for one in ids if one in newer.sources
            )
    words = "new source" if len(named) == 1 else "new sources"
    return short(f"{words}: {'; '.join(named)}", _LETTERS) if named else ""


def _verdicts(older: Corridor, newer: Corridor) -> Iterator[EditionChange]:
    for one in verdicts_of_editions(older, newer):
        text = f"Claim {one.number}, {one.name}: {lowered(one.text)}"
        yield EditionChange(
            key=short(f"claim/{one.id}/result", _LETTERS), text=short(text, _LETTERS)
        )


def _quoted(text: str) -> str:
    """Return a text as TOML has it on one line."""
    import tomlkit

    return tomlkit.item(plain(text)).as_string()

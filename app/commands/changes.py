"""``corridormap changes``: say what changed between two dates, or from an older edition."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    as_json_flag,
    corridor_argument,
    count,
    open_corridor,
    plain_errors,
    say,
    say_json,
    tell,
    usage,
)
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.changes.change import Change
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["changes"]


@click.command()
@corridor_argument
@click.option("--from", "start", help="First day: YYYY-MM-DD. Default: the article's.")
@click.option("--to", "end", help="Last day: YYYY-MM-DD. Default: the latest known.")
@click.option("--against", help="In place of dates: an older edition, its id or folder.")
@as_json_flag
@plain_errors
def changes(
    corridor: str, *, start: str | None, end: str | None, against: str | None, as_json: bool
) -> None:
    """Say what changed between two dates, with sources; or from an older edition.

    Of one corridor: statuses, figures, and what was reported of features whose status stayed.
    With --against: what CORRIDOR says otherwise than another folder of it.
    """
    from corridormap.layers.changes.dated import changes_between, usual_dates
    from corridormap.layers.changes.editions import changes_of_editions
    from corridormap.layers.changes.entries import change_entry

    if against is not None and (start or end):
        raise click.UsageError("--against compares whole editions: leave out --from and --to.")
    opened = open_corridor(corridor)
    if against is not None:
        first = last = None
        rows = changes_of_editions(open_corridor(against), opened)
    else:
        first, last = _period(usual_dates(opened), start, end)
        rows = changes_between(opened, first, last)
    if as_json:
        say_json({"from": first, "to": last, "changes": [change_entry(row) for row in rows]})
        return
    if first and last:
        say(f"{plain(opened.manifest.title)}, {day_label(first)} to {day_label(last)}")
    for line in _lines(rows, opened):
        say(line)
    tell(f"{count(len(rows), 'change')}.")


def _period(usual: tuple[str, str], start: str | None, end: str | None) -> tuple[str, str]:
    from corridormap.layers.scene.view import parse_date

    first, last = (usage(partial(parse_date, day)) if day else None for day in (start, end))
    return first or usual[0], last or usual[1]


def _lines(rows: Iterable[Change], corridor: Corridor) -> Iterator[str]:
    """Yield each thing that changed, and below it what did."""
    from corridormap.layers.changes.words import change_text, change_when

    for (about, id_), of_it in groupby(rows, key=lambda row: (row.about, row.id)):
        changes = list(of_it)
        what = "" if about == "feature" else f"{about} "
        yield f"{changes[0].name} ({what}{id_})"
        for change in changes:
            when = change_when(change)
            named = [
                corridor.sources[i].line().short for i in change.sources if i in corridor.sources
            ]
            told = f" [{'; '.join(dict.fromkeys(named))}]" if named else ""
            yield f"  {f'{when}: ' if when else ''}{change_text(change)}{told}"

"""``corridormap promises``: say what was announced for a date, and what became of it."""

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
    say_text,
    tell,
    usage,
)
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["promises"]


@click.command()
@corridor_argument
@click.option("--at", "date", help="Day: YYYY-MM-DD. Default: the latest known.")
@as_json_flag
@click.option("--csv", "as_csv", is_flag=True, help="Print a table of comma-separated values.")
@plain_errors
def promises(corridor: str, *, date: str | None, as_json: bool, as_csv: bool) -> None:
    """Say what was announced for a date: kept, late, overdue or open on a day.

    By feature and milestone, with who said it, when, for when, how often it was put off, and
    the sources.
    """
    from corridormap.layers.changes.dated import usual_dates
    from corridormap.layers.exports.promise_table import promises_csv
    from corridormap.layers.promises.entries import promise_entries
    from corridormap.layers.scene.view import parse_date

    if as_json and as_csv:
        raise click.UsageError("Choose one of --json and --csv.")
    opened = open_corridor(corridor)
    day = usage(partial(parse_date, date)) if date else usual_dates(opened)[1]
    entries = promise_entries(opened, day)
    if as_json:
        say_json({"at": day, "promises": entries})
        return
    if as_csv:
        say_text(promises_csv(opened, day).decode("utf-8-sig").rstrip("\r\n"))
        return
    say(f"{plain(opened.manifest.title)}, as known on {day_label(day)}")
    for line in _lines(opened, day):
        say(line)
    tell(f"{count(len(entries), 'promise')}.")


def _lines(corridor: Corridor, date: str) -> Iterator[str]:
    """Yield each promised milestone, and below it what was said of it."""
    from corridormap.layers.promises.ledger import ledger
    from corridormap.layers.promises.words import (
        course_label,
        course_text,
        due_label,
        said_label,
        state_text,
    )

    made = (course for course in ledger(corridor) if course.said_by(date))
    for feature, courses in groupby(made, key=lambda course: (course.name, course.feature)):
        yield f"{feature[0]} ({feature[1]})"
        for course in courses:
            yield f"  {course_label(course)}: {course_text(course, date)}"
            for promise in course.said_by(date):
                named = [
                    corridor.sources[i].line().short
                    for i in promise.sources
                    if i in corridor.sources
                ]
                told = f" [{'; '.join(dict.fromkeys(named))}]" if named else ""
                state = state_text(course, promise, date)
                yield f"    due {due_label(promise)}: {state}; {said_label(promise)}{told}"

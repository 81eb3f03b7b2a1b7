"""``corridormap versions``: list what saves have kept of a folder, and bring a version back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    as_json_flag,
    count,
    plain_errors,
    say,
    say_json,
    tell,
)
from corridormap.layers.wording.words import day_label

if TYPE_CHECKING:
    from corridormap.layers.saving.versions_told import ToldVersion

__all__ = ["versions"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--restore",
    type=click.IntRange(min=1),
    help="Bring the folder back to what it was before that save: its number in the list.",
)
@as_json_flag
@plain_errors
def versions(folder: Path, *, restore: int | None, as_json: bool) -> None:
    """List the saves into FOLDER, the latest first, and what each changed; or go back.

    The folder as it was before each of the last 20 saves is kept in .corridormap/history.
    Restoring is a save as well: nothing is lost by it, and it can be undone by restoring 1.
    """
    from corridormap.layers.saving.versions import restore_version, versions_of
    from corridormap.layers.saving.versions_told import KEPT_TEXT, told_versions

    if restore is not None:
        known = list(versions_of(folder))
        if restore > len(known):
            raise click.UsageError(f"There is no save {restore}: {count(len(known), 'save')} kept.")
        chosen = known[restore - 1]
        restore_version(folder, chosen.name, at=dt.datetime.now(tz=dt.UTC))
        say(f"{folder} is again as it was before the save of {_when(chosen.at)}.")
        tell("What it was until now is kept: --restore 1 brings it back.")
        return
    told = told_versions(versions_of(folder))
    if as_json:
        say_json({"versions": [asdict(one) for one in told]})
        return
    for number, one in enumerate(told, 1):
        _say(number, one)
    tell(KEPT_TEXT if told else "No save is kept yet.")


def _say(number: int, one: ToldVersion) -> None:
    say(f"{number}  {_when(one.at)}: {one.summary}")
    for line in one.lines:
        say(f"   {line}")
    if one.more:
        say(f"   … and {one.more} more")
    if one.files:
        say(f"   Files: {', '.join(one.files)}")
    if one.trouble:
        say(f"   Cannot be restored: {one.trouble}")


def _when(at: str) -> str:
    return f"{day_label(at[:10])}, {at[11:19]} UTC"

"""``corridormap verify``: say whether a snapshot still comes out as it is."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    as_json_flag,
    open_corridor,
    plain_errors,
    say,
    say_json,
    tell,
    tell_progress,
)

if TYPE_CHECKING:
    from corridormap.app.exporting.again import Verdict

__all__ = ["OTHER_DRAWING", "verify"]

OTHER_DRAWING = 3
"""The exit code for a file that says nothing against its data, and cannot be compared."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("corridor", required=False)
@as_json_flag
@plain_errors
def verify(file: Path, corridor: str | None, *, as_json: bool) -> None:
    """Say whether a snapshot comes out the same when it is made again.

    FILE is a PNG, SVG, PDF or HTML file, or an atlas, that Corridormap wrote; CORRIDOR is
    where its data is, if it is not built in. What differs is listed: the data (which file),
    the tool, or the picture itself.

    A file that an earlier version drew in its own way cannot be compared any more; then it is
    said whether its data is the same.

    Exit 0: identical. 1: something differs, or the file cannot be read. 3: drawn by another
    version, and its data is the same.
    """
    from corridormap.app.exporting.again import built_in_folder
    from corridormap.app.exporting.again import verify as compare
    from corridormap.layers.exports.recipes.file import read_recipe, read_snapshot

    body = read_snapshot(file)
    recipe = read_recipe(body)
    opened = open_corridor(corridor or str(built_in_folder(recipe)))
    verdict = compare(body, opened, recipe=recipe, progress=tell_progress)
    if as_json:
        say_json(_facts(verdict))
    elif verdict.identical:
        say("Identical: made again, it is the same to the last byte.")
    else:
        _say_differences(verdict)
    sys.exit(_exit_code(verdict))


def _say_differences(verdict: Verdict) -> None:
    if verdict.drawn_by is not None:
        data = "changed" if verdict.data_changed else "the same"
        say(f"Drawn by version {verdict.drawn_by}; data {data}.")
    for difference in verdict.differences:
        say(difference.text)
    if verdict.drawn_by is not None:
        tell(
            "This version draws it otherwise. Whether the file was altered, only the version"
            " that drew it can tell."
        )


def _exit_code(verdict: Verdict) -> int:
    if verdict.identical:
        return 0
    return OTHER_DRAWING if verdict.drawn_by is not None and not verdict.differences else 1


def _facts(verdict: Verdict) -> dict[str, object]:
    return {
        "identical": verdict.identical,
        "drawn_by": verdict.drawn_by,
        "data": "changed" if verdict.data_changed else "same",
        "differences": [asdict(difference) for difference in verdict.differences],
        "recipe": verdict.recipe.model_dump(mode="json"),
    }

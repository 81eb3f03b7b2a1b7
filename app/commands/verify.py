"""``corridormap verify``: say whether a snapshot still comes out as it is."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import (
    as_json_flag,
    open_corridor,
    plain_errors,
    say,
    say_json,
    tell,
    tell_progress,
    write_whole,
)

if TYPE_CHECKING:
    from corridormap.app.exporting.again import Verdict

__all__ = ["OTHER_DRAWING", "verify"]

OTHER_DRAWING = 3
"""The exit code for a file that says nothing against its data, and cannot be compared."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("corridor", required=False)
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A published site: say what the file, or the code in a photograph of it, is to it.",
)
@click.option("--key", "public", help="With --site: the publisher's public key, from elsewhere.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --site: write a page with the photograph and the edition's picture side by side.",
)
@as_json_flag
@plain_errors
def verify(file: Path, corridor: str | None, *, as_json: bool, **of_site: Any) -> None:
    """Say whether a snapshot comes out the same when it is made again.

    FILE is a PNG, SVG, PDF or HTML file, or an atlas, that Corridormap wrote; CORRIDOR is
    where its data is, if it is not built in. What differs is listed: the data (which file),
    the tool, or the picture itself.

    With --site FILE may be a photograph or a screenshot, JPEG or PNG: it is said what its printed
    code names, and whether that was corrected since. A code can be copied and proves nothing.

    A file that an earlier version drew in its own way cannot be compared any more; then it is
    said whether its data is the same.

    Exit 0: identical. 1: something differs, or the file cannot be read. 3: drawn by another
    version, and its data is the same. With --site, 0: the file, or a code, of the newest
    edition; 1: anything else.
    """
    if of_site["site"] is not None:
        if corridor is not None:
            raise click.UsageError("With --site the data is the site's: leave out CORRIDOR.")
        _of_site(file, of_site, as_json=as_json)
        return
    if of_site["public"] or of_site["report"]:
        raise click.UsageError("--key and --report go with --site.")
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


def _of_site(file: Path, wanted: dict[str, Any], *, as_json: bool) -> None:
    """Say what a file is to a published site, and end."""
    from corridormap.app.publishing.photograph import is_photograph
    from corridormap.app.publishing.recognise import recognise
    from corridormap.app.publishing.report import report_page
    from corridormap.layers.exports.recipes.file import read_snapshot

    body, site = read_snapshot(file), wanted["site"]
    found = recognise(body, site, file=file.name, trusted=wanted["public"])
    if as_json:
        say_json(
            {
                "kind": found.kind,
                "said": list(found.sentences),
                "edition": found.edition.number if found.edition else None,
                "picture": found.picture,
                "is_newest": found.is_newest,
                "codes": list(found.codes),
            }
        )
    else:
        for sentence in found.sentences:
            say(sentence)
        if found.picture:
            tell(f"The edition's picture: {site / found.picture}")
    if wanted["report"] is not None and is_photograph(body):
        write_whole(wanted["report"], report_page(body, found, site))
        tell(f"Wrote {wanted['report']}.")
    sys.exit(0 if found.is_newest else 1)


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

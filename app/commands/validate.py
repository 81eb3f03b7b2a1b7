"""``corridormap validate``: list what is wrong in a corridor's folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    as_json_flag,
    corridor_argument,
    count,
    plain_errors,
    say,
    say_json,
    tell,
)
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["validate"]


@click.command()
@corridor_argument
@as_json_flag
@plain_errors
def validate(corridor: str, *, as_json: bool) -> None:
    """List what is wrong in a corridor's folder, and whether it is fit to publish.

    Exit 1 if anything is wrong, or a feature lacks a source, a position quality or a
    dated status. What may be better but is not wrong is noted.
    """
    from corridormap.layers.corridor.corridor import find_corridor, load_corridor
    from corridormap.layers.validation.figures import place_notes
    from corridormap.layers.validation.publish import fit_to_publish
    from corridormap.layers.validation.validate import findings_of_all

    folder = find_corridor(corridor)
    opened: Corridor | None = None
    try:
        opened = load_corridor(folder)
        findings = findings_of_all(opened)
    except CorridorError as error:
        if opened is not None:
            raise
        findings = error.faults
    if as_json:
        found = [finding.as_dict() for finding in findings]
        say_json(found)
    else:
        for finding in findings:
            say(str(finding))
        tell(count(len(findings), "finding") + ".")
        if opened is None:
            sys.exit(1)
        short = {finding.feature for finding in fit_to_publish(opened)}
        fit = f"no, {count(len(short), 'feature')} without a full origin" if short else "yes"
        tell(f"Fit to publish: {fit}.")
        for note in place_notes(opened):
            tell(f"Note: {note}.")
    if findings:
        sys.exit(1)

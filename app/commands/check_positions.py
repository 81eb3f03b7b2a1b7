"""``corridormap check-positions``: hold the positions against a reference that one brings."""

from __future__ import annotations

import sys
from pathlib import Path

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
)

__all__ = ["check_positions"]

_HEADS = ("feature", "distance", "uncertainty", "inside")


@click.command("check-positions")
@click.argument("reference", type=click.Path(path_type=Path))
@corridor_argument
@as_json_flag
@plain_errors
def check_positions(reference: Path, corridor: str, *, as_json: bool) -> None:
    """Say of each feature how far it is from REFERENCE, against its stated uncertainty.

    REFERENCE is GeoJSON in WGS 84 with the features' ids; a line may be one line or many
    points of one id. Features are matched by id, never by name. Exit 1 if a position of the
    reference is farther from its feature than the feature's uncertainty.
    """
    from corridormap.geo.formats.blob import take_in
    from corridormap.geo.formats.limits import Limits
    from corridormap.layers.validation.reference import check_positions as checked
    from corridormap.layers.wording.words import distance

    blob = take_in(reference, limits=Limits())
    found = checked(open_corridor(corridor), blob.data, file=blob.name)
    if as_json:
        say_json([one.as_dict() for one in found])
    else:
        rows = [
            (
                one.id,
                distance(one.distance_m),
                f"±{distance(one.uncertainty_m)}",
                ("yes" if one.holds else "no") + f" ({one.inside} of {one.positions})",
            )
            for one in found
        ]
        widths = [max(len(row[at]) for row in (_HEADS, *rows)) for at in range(len(_HEADS))]
        for row in (_HEADS, *rows):
            say("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip())
        inside, positions = sum(one.inside for one in found), sum(one.positions for one in found)
        tell(f"{count(len(found), 'feature')}; {inside} of {count(positions, 'position')} inside.")
    if not all(one.holds for one in found):
        sys.exit(1)

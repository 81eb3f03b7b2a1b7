"""``corridormap add``: make a file that somebody else made a layer of one's own corridor.

Repairs are listed with what to type and never made unasked; nothing is written until
everything that a layer needs is there.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import count, plain_errors, say, tell
from corridormap.layers.wording.kinds import KIND_LABELS
from corridormap.layers.wording.words import MODE_LABELS, QUALITY_LABELS, STATUS_LABELS

if TYPE_CHECKING:
    from corridormap.geo.formats import Incoming
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.saving.wishes import Wishes

__all__ = ["add"]

NUMBER_IDS = "number-ids"
_MOST_COLUMNS = 2
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("file")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--layer", required=True, metavar="ID", help="Id of the new layer: roads-2024.")
@click.option("--title", help="Its title. Default: the id as words.")
@click.option("--group", help="Heading it stands under. Default: the last one.")
@click.option("--from", "inside", metavar="NAME", help="Which layer of the file.")
@click.option("--name-field", metavar="F", help="Column with the names. Default: name.")
@click.option("--id-field", metavar="F", help="Column with ids. Default: the file's own, or names.")
@click.option("--kind", type=click.Choice(list(KIND_LABELS)), help="What the features are.")
@click.option("--mode", type=click.Choice(list(MODE_LABELS)), help="What moves on them.")
@click.option("--quality", type=click.Choice(list(QUALITY_LABELS)), help="How well placed.")
@click.option("--uncertainty", type=click.FloatRange(0, 20_000_000), help="... within metres.")
@click.option("--status", type=click.Choice(list(STATUS_LABELS)), help="The state they are in.")
@click.option("--since", help="... since YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", help="'Publisher, title, date, URL', or the id of a known source.")
@click.option("--crs", metavar="EPSG:n", help="Coordinate system, if the file lacks it.")
@click.option("--encoding", metavar="NAME", help="Of its texts, if it is not UTF-8: cp1251.")
@click.option("--columns", metavar="LON,LAT", help="Columns of a table that hold the positions.")
@click.option("--accept", metavar="a,b", help="Repairs to make, as listed; or all, or none.")
@plain_errors
def add(file: str, folder: Path, *, inside: str | None, crs: str | None, **said: Any) -> None:
    """Add the features of FILE to the corridor in DIR as a new layer.

    FILE is GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, a zipped Shapefile, KML, KMZ, GPX,
    GeoParquet, CSV or XLSX with coordinates. What could be mended in it is listed first; give
    --accept to have it done.
    """
    from corridormap.geo.formats import Choices, read_any
    from corridormap.geo.letters import EncodingChoiceError
    from corridormap.layers.corridor.corridor import load_corridor

    corridor = load_corridor(folder)
    columns = tuple(name.strip() for name in (said["columns"] or "").split(",") if name.strip())
    if len(columns) > _MOST_COLUMNS:
        raise click.UsageError("Name the columns of longitude and latitude, or the one of shapes.")
    choices = Choices(inside, crs, said["encoding"] or "", columns)
    try:
        incoming = read_any(file, choices=choices, extent=corridor.manifest.extent)
    except EncodingChoiceError as error:
        for choice in error.choices:
            tell(f"  --encoding {choice.id} ({choice.label}): {choice.sample}")
        raise
    for sentence in _read_words(incoming):
        tell(sentence)
    wishes, source = _wishes(corridor, incoming, said)
    accepted = _accepted(incoming, wishes, said["accept"])
    _save(corridor, incoming, wishes, accepted, source, said)


def _read_words(incoming: Incoming) -> list[str]:
    from corridormap.geo.formats import told

    types = ", ".join(f"{n} {kind}" for kind, n in incoming.geometry_types.items())
    columns = ", ".join(f"'{name[:30]}'" for name in incoming.columns[:30]) or "none"
    found = count(len(incoming.features), "feature")
    chosen = ", as you chose" if incoming.crs_chosen else ""
    return [
        f"Read {incoming.file} as {incoming.format}: {found} ({types}).",
        f"Columns: {columns}.",
        f"Coordinate system: {incoming.source_crs}{chosen}.",
        *incoming.said,
        *(f"Left out: {sentence}" for sentence in told(incoming.left_out)),
        *(f"Look at this: {sentence}" for sentence in told(incoming.doubts)),
    ]


def _wishes(
    corridor: Corridor, incoming: Incoming, said: dict[str, Any]
) -> tuple[Wishes, dict[str, Any] | None]:
    """Return what the user says of the layer, and the source to add with it."""
    from corridormap.layers.saving.named_source import place_holder, source_of
    from corridormap.layers.saving.of_layers import title_of
    from corridormap.layers.saving.wishes import Wishes

    layer, given = said["layer"], said["source"]
    taken = set(corridor.sources)
    source: dict[str, Any] | None = None
    if given not in taken:
        source = (
            source_of(given, layer=layer, taken=taken, checked=dt.datetime.now(tz=dt.UTC).date())
            if given
            else place_holder(incoming.file, layer=layer, taken=taken)
        )
    wanted = {part.strip() for part in (said["accept"] or "").split(",")}
    wishes = Wishes(
        layer=layer,
        title=said["title"] or title_of(layer),
        file=incoming.file,
        sources=(given if source is None else source["id"],),
        as_of=corridor.manifest.as_of.isoformat(),
        name_field=said["name_field"],
        id_field=said["id_field"],
        kind=said["kind"],
        mode=said["mode"],
        quality=said["quality"],
        uncertainty_m=said["uncertainty"],
        status=said["status"],
        since=said["since"],
        number_ids=bool(wanted & {NUMBER_IDS, "all"}),
    )
    return wishes, source


def _accepted(incoming: Incoming, wishes: Wishes, accept: str | None) -> list[str]:
    """Return the ids of the repairs to make; list them and leave when nothing was said."""
    from corridormap.layers.saving.adopt import repeated_ids

    proposed = {p.id: (p.problem, p.remedy, p.needed) for p in incoming.proposals}
    if twice := repeated_ids(incoming.features, wishes):
        listed = ", ".join(f"'{one[:30]}'" for one in twice[:3])
        proposed[NUMBER_IDS] = (f"ids stand several times: {listed}", "They are numbered.", True)
    names = list(proposed)
    if accept is not None or not names:
        wanted = [part.strip() for part in (accept or "").split(",") if part.strip() != "none"]
        chosen = names if wanted == ["all"] else [part for part in wanted if part]
        return [name for name in chosen if name != NUMBER_IDS or name not in proposed]
    say(f"{incoming.file} needs a decision; nothing was written.")
    for name, (problem, remedy, needed) in proposed.items():
        say(f"  {name}{'' if needed else ' (optional)'}: {problem}. {remedy}")
    say(f"To go on, type the same command and: --accept {','.join(names)}")
    sys.exit(1)


def _save(
    corridor: Corridor,
    incoming: Incoming,
    wishes: Wishes,
    accepted: list[str],
    source: dict[str, Any] | None,
    said: dict[str, Any],
) -> None:
    from corridormap.layers.saving.adopt import adopt
    from corridormap.layers.saving.save_layer import save_layer

    mended = incoming.accept(accepted)
    taken = {str(feature) for layer in corridor.layers for feature in layer.frame.index}
    adopted = adopt(mended.features, wishes, taken=taken)
    groups = corridor.manifest.groups
    group = said["group"] or (groups[-1].id if groups else None)
    entry = {"id": wishes.layer, "title": wishes.title, **({"group": group} if group else {})}
    now = dt.datetime.now(tz=dt.UTC)
    added = adopted.collection
    save_layer(corridor.folder, entry=entry, collection=added, source=source, at=now)
    for repair in mended.done:
        tell(f"{repair.id}: {repair.problem}. {repair.remedy}")
    for sentence in adopted.said:
        tell(sentence)
    if source is not None and source["id"].startswith("todo-"):
        problem = f"The source is still to be named: complete '{source['id']}' in sources.json"
        tell(f"{problem}; until then 'corridormap validate' says so.")
    made = count(len(added["features"]), "feature")
    say(f"Added {made} as layers/{wishes.layer}.geojson.")

"""``corridormap add``: make a file that somebody else made a layer of one's own corridor.

Repairs are listed with what to type and never made unasked; nothing is written until
everything that a layer needs is there.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import count, plain_errors, say, tell
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.wording.kinds import KIND_LABELS
from corridormap.layers.wording.words import MODE_LABELS, QUALITY_LABELS, STATUS_LABELS, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corridormap.geo.formats import Accepted, Incoming
    from corridormap.layers.columns.rules import ColumnRules
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.saving.take_in import Around, TakenIn
    from corridormap.layers.saving.wishes import Wishes

__all__ = ["add"]

NUMBER_IDS = "number-ids"
_MOST_COLUMNS = 2
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("file")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--layer", required=True, metavar="ID", help="Id of the new layer: roads-2024.")
@click.option("--title", help="Its title. Default: the id as words.")
@click.option("--group", help="Heading it stands under. Default: the last one.")
@click.option("--from", "inside", metavar="NAME", help="Which layer of the file.")
@click.option("--name-field", metavar="F", help="Column with the names. Default: name.")
@click.option("--id-field", metavar="F", help="Column with ids. Default: the file's own, or names.")
@click.option("--kind", help=f"Their kind: {', '.join(KIND_LABELS)}, or one of DIR's own.")
@click.option("--mode", type=click.Choice(list(MODE_LABELS)), help="Their mode.")
@click.option("--quality", type=click.Choice(list(QUALITY_LABELS)), help="How well placed.")
@click.option("--uncertainty", type=click.FloatRange(0, 20_000_000), help="... within metres.")
@click.option("--status", type=click.Choice(list(STATUS_LABELS)), help="Their status.")
@click.option("--since", help="... since YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", help="'Publisher, title, date, URL', or the id of a known source.")
@click.option("--crs", metavar="EPSG:n", help="Coordinate system, if the file lacks it.")
@click.option("--encoding", metavar="NAME", help="Of its texts, if it is not UTF-8: cp1251.")
@click.option("--columns", metavar="LON,LAT", help="Columns of a table that hold the positions.")
@click.option(
    "--tag", "tags", multiple=True, metavar="KEY=VALUE", help="What of an OpenStreetMap extract."
)
@click.option("--accept", metavar="a,b", help="Repairs to make, as listed; or all, or none.")
@click.option("--map", "map_file", type=_FILE, help="What columns become: a TOML file.")
@click.option("--preview", is_flag=True, help="... shown for its first rows; nothing is written.")
@click.option("--update", is_flag=True, help="FILE is the layer's next edition: show what changes.")
@click.option("--apply", "apply_", is_flag=True, help="... and do it.")
@click.option("--remove-gone", is_flag=True, help="... and take away what FILE does not have.")
@plain_errors
def add(file: str, folder: Path, *, inside: str | None, crs: str | None, **said: Any) -> None:
    """Add the features of FILE to the corridor in DIR as a new layer.

    FILE is GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, a zipped Shapefile, KML, KMZ, GPX,
    GeoParquet, an OpenStreetMap extract (--tag says what of it), CSV or XLSX with coordinates.
    What could be mended in it is listed first; give --accept to have it done. --map FILE.toml
    says what its columns become; it is kept, and a next edition of the file updates the layer
    with --update.
    """
    from corridormap.geo.formats import Choices, read_any
    from corridormap.geo.letters import EncodingChoiceError
    from corridormap.layers.corridor.corridor import load_corridor

    corridor = load_corridor(folder)
    columns = tuple(name.strip() for name in (said["columns"] or "").split(",") if name.strip())
    if len(columns) > _MOST_COLUMNS:
        raise click.UsageError("Name the columns of longitude and latitude, or the one of shapes.")
    choices = Choices(inside, crs, said["encoding"] or "", columns, said["tags"])
    try:
        incoming = read_any(file, choices=choices, extent=corridor.manifest.extent)
    except EncodingChoiceError as error:
        for choice in error.choices:
            tell(f"  --encoding {choice.id} ({choice.label}): {choice.sample}")
        raise
    for sentence in [*_read_words(incoming), *_edition_words(corridor, incoming, said)]:
        tell(sentence)
    wishes, source = _wishes(corridor, incoming, said)
    accepted = _accepted(incoming, wishes, said["accept"])
    taken = _TakenIn(corridor, incoming, wishes, source)
    if said["preview"]:
        _preview(taken, accepted)
    elif said["update"]:
        _update(taken, accepted, said)
    else:
        _save(taken, accepted, said)


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


def _edition_words(corridor: Corridor, incoming: Incoming, said: dict[str, Any]) -> Iterator[str]:
    """Yield that a file looks like the next edition of one that is a layer already."""
    from corridormap.layers.columns.recipes import recipes_of, recognised
    from corridormap.layers.folder.files import COLUMNS

    known = recipes_of(corridor.files.get(COLUMNS))
    if not said["update"] and (one := recognised(incoming.columns, known)) is not None:
        yield (
            f"It has the columns of {one.file or 'the file'} that is layer '{one.id}': "
            f"--layer {one.id} --update shows what it changes there."
        )


def _wishes(
    corridor: Corridor, incoming: Incoming, said: dict[str, Any]
) -> tuple[Wishes, dict[str, Any] | None]:
    """Return what the user says of the layer, and the source to add with it."""
    from corridormap.layers.columns.rules import ColumnRules, read_rules
    from corridormap.layers.saving.named_source import place_holder, source_of
    from corridormap.layers.saving.of_layers import title_of
    from corridormap.layers.saving.wishes import Wishes

    layer, given = said["layer"], said["source"]
    kinds = corridor.manifest.all_kinds
    if said["kind"] and said["kind"] not in kinds:
        raise CorridorFormatError(
            "kind-to-add-is-not-known", kind=short(said["kind"]), known=", ".join(kinds)
        )
    taken = set(corridor.sources)
    source: dict[str, Any] | None = None
    if given not in taken:
        source = (
            source_of(given, layer=layer, taken=taken, checked=dt.datetime.now(tz=dt.UTC).date())
            if given
            else place_holder(incoming.file, layer=layer, taken=taken, known=incoming.origin)
        )
    wanted = {part.strip() for part in (said["accept"] or "").split(",")}
    rules = ColumnRules()
    if said["map_file"] is not None:
        file: Path = said["map_file"]
        rules = read_rules(file.read_bytes(), file=file.name)
    wishes = Wishes(
        layer=layer,
        title=said["title"] or title_of(layer),
        file=incoming.file,
        sources=(given if source is None else source["id"],),
        as_of=corridor.manifest.as_of.isoformat(),
        name_field=said["name_field"],
        id_field=said["id_field"],
        kind=said["kind"],
        kinds=kinds,
        mode=said["mode"],
        quality=said["quality"],
        uncertainty_m=said["uncertainty"],
        status=said["status"],
        since=said["since"],
        number_ids=bool(wanted & {NUMBER_IDS, "all"}),
        rules=rules,
    )
    return (_again(corridor, wishes, rules) if said["update"] else wishes), source


def _again(corridor: Corridor, wishes: Wishes, rules: ColumnRules) -> Wishes:
    """Return the wishes of a layer's last edition, with another mapping if one is given."""
    from corridormap.layers.columns.recipes import recipes_of
    from corridormap.layers.folder.files import COLUMNS, layer_file
    from corridormap.layers.saving.take_in import wishes_again

    if layer_file(wishes.layer) not in corridor.files:
        known = ", ".join(layer.id for layer in corridor.layers)
        raise CorridorFormatError("layer-to-update-is-missing", id=wishes.layer, known=known)
    recipes = {one.id: one for one in recipes_of(corridor.files.get(COLUMNS))}
    if wishes.layer not in recipes:
        if not rules.columns:
            raise CorridorFormatError("layer-has-no-recipe", id=wishes.layer)
        return replace(wishes, number_ids=True)
    again = wishes_again(wishes, recipes[wishes.layer])
    return replace(again, rules=rules) if rules.columns else again


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


@dataclass(frozen=True)
class _TakenIn:
    """A file on its way into a corridor."""

    corridor: Corridor
    incoming: Incoming
    wishes: Wishes
    source: dict[str, Any] | None

    @property
    def around(self) -> Around:
        """What is known beside the file's features."""
        from corridormap.layers.saving.take_in import Around

        ids = {str(id_) for layer in self.corridor.layers for id_ in layer.frame.index}
        titles = {id_: one.title for id_, one in self.corridor.sources.items()}
        return Around(self.incoming.columns, ids, titles, self.source)

    def save(self, operations: Iterable[Mapping[str, Any]]) -> None:
        """Write what is to be done."""
        from corridormap.layers.saving.save_operations import save_operations

        now = dt.datetime.now(tz=dt.UTC)
        save_operations(self.corridor.folder, operations, base=self.corridor.files, at=now)

    def tell(self, mended: Accepted, made: TakenIn) -> None:
        """Say what was done and what was not understood."""
        from corridormap.layers.columns.preview import not_understood_text

        for repair in mended.done:
            tell(f"{repair.id}: {repair.problem}. {repair.remedy}")
        for sentence in made.said:
            tell(sentence)
        if made.not_understood:
            tell("Not understood, kept in its column (a state: not known):")
        for sentence in not_understood_text(made.not_understood):
            tell(f"  {sentence}")
        if self.source is not None and self.source["id"].startswith("todo-"):
            problem = f"The source is still to be named: complete '{self.source['id']}'"
            tell(f"{problem} in sources.json; until then 'corridormap validate' says so.")


def _preview(taken: _TakenIn, accepted: list[str]) -> None:
    from corridormap.layers.columns.preview import PREVIEWED, not_understood_text, preview_of
    from corridormap.layers.columns.rows import Given

    features, wishes = taken.incoming.accept(accepted).features, taken.wishes
    given = Given(
        wishes.as_of,
        wishes.sources,
        wishes.status,
        wishes.since,
        wishes.source_ids,
        wishes.kinds,
    )
    made = preview_of(features, wishes.rules, given)
    for number, row in enumerate(made.rows, start=1):
        say(f"Row {number} of {made.count:,}")
        for label, text in row.facts:
            say(f"    {label}: {text}")
        for column, value in row.columns:
            say(f"    stays in '{column}': {value}")
    if made.count > PREVIEWED:
        say(f"... and {count(made.count - PREVIEWED, 'more row')}.")
    if made.not_understood:
        say("Not understood, kept in its column (a state: not known):")
    for sentence in not_understood_text(made.not_understood):
        say(f"  {sentence}")
    say("Nothing was written.")


def _save(taken: _TakenIn, accepted: list[str], said: dict[str, Any]) -> None:
    from corridormap.layers.saving.take_in import new_layer

    mended = taken.incoming.accept(accepted)
    wishes, groups = taken.wishes, taken.corridor.manifest.groups
    group = said["group"] or (groups[-1].id if groups else None)
    entry = {"id": wishes.layer, "title": wishes.title, **({"group": group} if group else {})}
    made = new_layer(mended.features, wishes, entry, taken.around)
    taken.save(made.operations)
    taken.tell(mended, made)
    say(f"Added {count(len(made.features), 'feature')} as layers/{wishes.layer}.geojson.")


def _update(taken: _TakenIn, accepted: list[str], said: dict[str, Any]) -> None:
    from corridormap.layers.folder.files import layer_file
    from corridormap.layers.saving.objects import JsonList
    from corridormap.layers.saving.take_in import next_edition

    mended = taken.incoming.accept(accepted)
    corridor, wishes = taken.corridor, taken.wishes
    file = layer_file(wishes.layer)
    made = next_edition(
        mended.features,
        wishes,
        JsonList(file, corridor.files[file]).entries,
        taken.around,
        remove_gone=said["remove_gone"],
        extent=corridor.manifest.extent,
    )
    for one in made.told:
        say(f"{one.what}: {one.name} ({one.id})")
        for text in one.texts:
            say(f"    {text}")
    for name in made.unmatched:
        say(f"not matched surely: {name}; name a column as 'key' in the mapping")
    counts = Counter(one.what for one in made.told)
    said_of_gone = "" if said["remove_gone"] else " (kept; --remove-gone takes them away)"
    say(
        f"{counts['added']} added, {counts['changed']} changed, {made.same} as they were, "
        f"{counts['gone']} gone{said_of_gone if counts['gone'] else ''}."
    )
    if not made.operations:
        say("Nothing is to be done.")
    elif not said["apply_"]:
        say("Nothing was written. To go on, type the same command and: --apply")
        sys.exit(1)
    else:
        taken.save(made.operations)
        taken.tell(mended, made)
        say(f"Updated {file}.")

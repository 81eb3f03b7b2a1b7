"""Make a snapshot again from its recipe, and say what is not as it was.

A recipe is a stranger's: it names a built-in corridor or none, never a folder. Its view and
options are read as those of an address are. Writes no file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from corridormap.app.exporting.atlas import draw_atlas, parse_wish
from corridormap.app.exporting.export import Origin, export
from corridormap.app.exporting.options import ExportOptions
from corridormap.geo.assets import corridor_roots
from corridormap.geo.errors import CorridorError, ReadError, ViewError
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.exports.recipes.recipe import DRAWING, FIRST_DRAWING, data_hashes, this_tool
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.scene.view import View
from corridormap.layers.wording.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from corridormap.app.exporting.atlas import Progress
    from corridormap.app.exporting.export import Export
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.recipes.recipe import Recipe, Tool
    from corridormap.layers.picture.atlas.atlas import Atlas

__all__ = [
    "Difference",
    "Verdict",
    "built_in_folder",
    "drawn_by",
    "make_again",
    "make_atlas_again",
    "verify",
    "view_and_options",
]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the snapshot says."""

    kind: Literal["data", "tool", "view", "picture"]
    what: str
    """A file of the corridor, a part of the tool, or what of the picture."""
    text: str
    """The same as a sentence."""


@dataclass(frozen=True)
class Verdict:
    """What making a snapshot again gave."""

    recipe: Recipe
    differences: tuple[Difference, ...]
    drawn_by: str | None = None
    """The version that drew it, if this one draws otherwise: then the files are not compared."""

    @property
    def identical(self) -> bool:
        """Whether the snapshot comes out the same, byte for byte, from the same things."""
        return not self.differences and self.drawn_by is None

    @property
    def data_changed(self) -> bool:
        """Whether its data is not what it was."""
        return any(difference.kind == "data" for difference in self.differences)


def built_in_folder(recipe: Recipe) -> Path:
    """Return the folder of the built-in corridor that a recipe names.

    Raises
    ------
    ReadError
        There is none of that id.
    """
    for root in corridor_roots():
        folder = root / recipe.corridor
        if (folder / MANIFEST).is_file():
            return folder
    raise ReadError("snapshot-of-unknown-corridor", corridor=recipe.corridor)


def view_and_options(
    recipe: Recipe,
    corridor: Corridor,
    *,
    format: str | None = None,  # noqa: A002
) -> tuple[View, ExportOptions, tuple[str, ...]]:
    """Return what a recipe asks for, and a notice for each part of the view not there any more.

    Parameters
    ----------
    recipe, corridor
        What was read, and the corridor at hand.
    format
        Another form of file than the recipe's.

    Raises
    ------
    ViewError
        The options cannot be used, or the recipe is of an atlas.
    """
    if recipe.format == "atlas":
        raise ViewError("file-is-an-atlas")
    view, notices = View.from_query(recipe.view, corridor)
    given = dict(recipe.options)
    if recipe.drawing == FIRST_DRAWING:
        given.setdefault("projection", "mercator")  # that drawing knew no other
    options = ExportOptions.from_query(given, format=format or recipe.format)
    return view, options, notices


def drawn_by(recipe: Recipe) -> str | None:
    """Return the version that drew a file, if it has another drawing than this one."""
    return None if recipe.drawing == DRAWING else recipe.tool.version


def make_again(
    recipe: Recipe,
    corridor: Corridor,
    *,
    format: str | None = None,  # noqa: A002
) -> Export:
    """Return the snapshot of a recipe, made of the data and by the tool at hand.

    Raises
    ------
    CorridorError
        The recipe is of another corridor, or asks for what cannot be made.
    """
    _same_corridor(recipe, corridor)
    view, options, notices = view_and_options(recipe, corridor, format=format)
    made = export(corridor, view, options)
    return replace(made, notices=(*notices, *made.notices))


def make_atlas_again(
    recipe: Recipe,
    corridor: Corridor,
    *,
    progress: Progress | None = None,
    origin: Origin | None = None,
) -> tuple[Atlas, View, tuple[str, ...]]:
    """Return the atlas of a recipe, its view, and a notice for each part that is not there.

    Parameters
    ----------
    recipe, corridor
        What was read, and the corridor at hand.
    progress, origin
        See `corridormap.app.exporting.atlas.draw_atlas`.

    Raises
    ------
    CorridorError
        The recipe is of another corridor or of no atlas, or asks for what cannot be made.
    """
    _same_corridor(recipe, corridor)
    if recipe.format != "atlas":
        raise ViewError("file-is-a-snapshot")
    view, notices = View.from_query(recipe.view, corridor)
    words = {key: recipe.options[key] for key in ("of", "ids", "paper") if key in recipe.options}
    wish = parse_wish(**words)
    return draw_atlas(corridor, view, wish, progress=progress, origin=origin), view, notices


def verify(
    body: bytes,
    corridor: Corridor,
    *,
    recipe: Recipe | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Make a snapshot again and compare.

    Parameters
    ----------
    body
        The snapshot's file.
    corridor
        The corridor it is of, as it is now.
    recipe
        Its recipe, if it was read already.
    progress
        Called while an atlas is made again, which takes seconds.

    Raises
    ------
    CorridorError
        The file has no recipe that can be used, or it is of another corridor.
    """
    recipe = recipe or read_recipe(body)
    _same_corridor(recipe, corridor)
    made, options, notices = _made(recipe, corridor, progress)
    found = [
        *_data(recipe.data, data_hashes(corridor)),
        *(Difference("view", "view", notice) for notice in notices),
    ]
    if (version := drawn_by(recipe)) is not None:
        # Other bytes say nothing of such a file; the same ones say all there is to say.
        return Verdict(recipe, tuple(found), None if made == body else version)
    found += _tool(recipe.tool, this_tool())
    if made != body and options is None:
        found.append(_otherwise("atlas", excused=bool(found)))
    elif made != body and options is not None:
        found.append(_picture(body, made, options, excused=bool(found)))
    return Verdict(recipe, tuple(found))


def _made(
    recipe: Recipe, corridor: Corridor, progress: Progress | None
) -> tuple[bytes, ExportOptions | None, tuple[str, ...]]:
    """Return the file made again, its options if it is no atlas, and what is not there."""
    # Under the old names of data and tool, so that the same picture is the same file.
    origin = Origin(recipe.data, recipe.tool, recipe.drawing)
    if recipe.format == "atlas":
        atlas, _, notices = make_atlas_again(recipe, corridor, progress=progress, origin=origin)
        return atlas.pdf, None, notices
    view, options, notices = view_and_options(recipe, corridor)
    return export(corridor, view, options, origin=origin).body, options, notices


def _same_corridor(recipe: Recipe, corridor: Corridor) -> None:
    if recipe.corridor != corridor.id:
        raise CorridorError(
            "snapshot-of-another-corridor", corridor=recipe.corridor, id=corridor.id
        )


def _data(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield Difference("data", name, f"The data changed: {name} is gone.")
        elif name not in then:
            yield Difference("data", name, f"The data changed: {name} is new.")
        elif then[name] != now[name]:
            yield Difference("data", name, f"The data changed: {name}.")


def _tool(then: Tool, now: Tool) -> Iterator[Difference]:
    if then.version != now.version:
        text = f"The tool changed: Corridormap {then.version} then, {now.version} now."
        yield Difference("tool", "corridormap", text)
    elif then.code != now.code:
        text = f"The tool changed: Corridormap {now.version}, but other code."
        yield Difference("tool", "corridormap", text)
    for name in sorted({*then.libraries, *now.libraries}):
        before, after = then.libraries.get(name, "none"), now.libraries.get(name, "none")
        if before != after:
            yield Difference("tool", name, f"The tool changed: {name} {before} then, {after} now.")


def _picture(then: bytes, now: bytes, options: ExportOptions, *, excused: bool) -> Difference:
    pixels = _pixels(then, now, options) if options.format == "png" else None
    if excused:
        told = f" ({pixels})" if pixels else ""
        return Difference("picture", options.format, f"The picture comes out otherwise{told}.")
    if pixels is not None:
        return Difference("picture", "png", f"The picture was altered: {pixels}.")
    return _otherwise(options.format, excused=False)


def _otherwise(form: str, *, excused: bool) -> Difference:
    what = "atlas" if form == "atlas" else "file"
    if excused:
        return Difference("picture", form, f"The {what} comes out otherwise.")
    return Difference("picture", form, f"The {what} was altered after it was made.")


def _pixels(then: bytes, now: bytes, options: ExportOptions) -> str | None:
    """Say how many pixels differ, and where; None if it is not the pixels."""
    from PIL import Image, ImageChops, UnidentifiedImageError

    # The size is looked at before anything is unpacked, and before Pillow counts the pixels.
    size = struct.unpack(">II", then[16:24]) if len(then) >= 24 else (0, 0)
    if size != options.pixels:
        return "{} x {} pixels in place of {} x {}".format(*size, *options.pixels)
    try:
        with (
            Image.open(BytesIO(then), formats=["PNG"]) as old,
            Image.open(BytesIO(now), formats=["PNG"]) as new,
        ):
            if old.size != new.size:  # the file tells its size twice
                return "it cannot be opened"
            apart = ImageChops.difference(old.convert("RGBA"), new.convert("RGBA"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return "it cannot be opened"
    bands = [band.point(lambda value: 255 if value else 0) for band in apart.split()]
    mask = bands[0]
    for band in bands[1:]:
        mask = ImageChops.lighter(mask, band)
    where = mask.getbbox()
    if where is None:
        return None
    count = mask.histogram()[255]
    noun = "pixel differs" if count == 1 else "pixels differ"
    return f"{number(count)} {noun}, at {where[0]},{where[1]} to {where[2] - 1},{where[3] - 1}"

"""Make a snapshot again from its recipe, and say what is not as it was.

A recipe is a stranger's: it names a built-in corridor or none, never a folder. Its view and
options are read as those of an address are. Writes no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from app.export import Origin, export
from app.export_options import ExportOptions
from geo.assets import corridor_roots
from geo.errors import CorridorError, ReadError
from layers.folder.files import MANIFEST
from layers.recipes.recipe import data_hashes, this_tool
from layers.recipes.recipe_file import read_recipe
from layers.scenes.view import View
from layers.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.export import Export
    from layers.folder.corridor import Corridor
    from layers.recipes.recipe import Recipe, Tool

__all__ = ["Difference", "Verdict", "built_in_folder", "make_again", "verify", "view_and_options"]


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

    @property
    def identical(self) -> bool:
        """Whether the snapshot comes out the same, byte for byte, from the same things."""
        return not self.differences


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
    raise ReadError(
        f"the snapshot is of the corridor “{recipe.corridor}”, which is not built in",
        remedy="Give that corridor's folder as well.",
    )


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
        The options cannot be used.
    """
    view, notices = View.from_query(recipe.view, corridor)
    options = ExportOptions.from_query(recipe.options, format=format or recipe.format)
    return view, options, notices


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
    view, options, _ = view_and_options(recipe, corridor, format=format)
    return export(corridor, view, options)


def verify(body: bytes, corridor: Corridor, *, recipe: Recipe | None = None) -> Verdict:
    """Make a snapshot again and compare.

    Parameters
    ----------
    body
        The snapshot's file.
    corridor
        The corridor it is of, as it is now.
    recipe
        Its recipe, if it was read already.

    Raises
    ------
    CorridorError
        The file has no recipe that can be used, or it is of another corridor.
    """
    recipe = recipe or read_recipe(body)
    _same_corridor(recipe, corridor)
    found = [*_data(recipe.data, data_hashes(corridor)), *_tool(recipe.tool, this_tool())]
    view, options, notices = view_and_options(recipe, corridor)
    found += [Difference("view", "view", notice) for notice in notices]
    # Made under the old names of data and tool, so that the same picture is the same file.
    made = export(corridor, view, options, origin=Origin(recipe.data, recipe.tool))
    if made.body != body:
        found.append(_picture(body, made.body, options, excused=bool(found)))
    return Verdict(recipe, tuple(found))


def _same_corridor(recipe: Recipe, corridor: Corridor) -> None:
    if recipe.corridor != corridor.id:
        raise CorridorError(
            f"the snapshot is of the corridor “{recipe.corridor}”, not of “{corridor.id}”",
            remedy="Give the folder of the corridor it is of.",
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
    return Difference("picture", options.format, "The file was altered after it was made.")


def _pixels(then: bytes, now: bytes, options: ExportOptions) -> str | None:
    """Say how many pixels differ, and where; None if it is not the pixels."""
    from PIL import Image, ImageChops, UnidentifiedImageError

    try:
        with Image.open(BytesIO(then), formats=["PNG"]) as old:
            # The size is looked at before anything is unpacked.
            if old.size != options.pixels:
                return "{} x {} pixels in place of {} x {}".format(*old.size, *options.pixels)
            with Image.open(BytesIO(now), formats=["PNG"]) as new:
                apart = ImageChops.difference(old.convert("RGBA"), new.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
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

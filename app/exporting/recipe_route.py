"""Answer a file dropped on the page: the view and the options that its recipe names.

The file is a stranger's: it is read up to a size, searched for its recipe, and forgotten.
Nothing in it is opened, drawn or kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.exporting.again import drawn_by, view_and_options
from corridormap.geo.errors import ReadError
from corridormap.layers.exports.recipes.file import LARGEST_FILE_BYTES, read_recipe
from corridormap.layers.exports.recipes.recipe import data_hashes
from corridormap.layers.scene.view import View

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.recipes.recipe import Recipe

__all__ = ["recipe_route"]

_MOST_NAMED = 3


def recipe_route(
    path: str,
    corridor: Callable[[], Awaitable[Corridor]],
    desk: Desk,
) -> Route:
    """Return the route that files are sent to.

    Parameters
    ----------
    path
        Where the page sends them.
    corridor
        Gives the corridor that is served.
    desk
        Takes files in, and has them read.
    """

    async def recipe(request: Request) -> Response:
        async with desk.bodies.taken(request, LARGEST_FILE_BYTES) as body:
            opened = await corridor()

            def work(_left: threading.Event) -> Response:
                return JSONResponse(_told(body.read(), opened), headers=NEVER_KEPT)

            return await desk.reading.run(request, work)

    return Route(path, guarded(recipe), methods=["POST"])


def _told(body: bytes, corridor: Corridor) -> dict[str, Any]:
    """Return as JSON values what a file shows and how, and in sentences what is not as it was.

    Parameters
    ----------
    body
        The file: PNG, SVG, PDF or HTML.
    corridor
        What is served.

    Raises
    ------
    CorridorError
        The file has no recipe that can be used, or it is of another corridor.
    """
    recipe = read_recipe(body)
    if recipe.corridor != corridor.id:
        raise ReadError("recipe-of-another-corridor", corridor=recipe.corridor, id=corridor.id)
    form, chosen, view, notices = _wanted(recipe, corridor)
    now = data_hashes(corridor)
    files = sorted({*recipe.data, *now})
    changed = [name for name in files if recipe.data.get(name) != now.get(name)]
    return {
        "view": view.model_dump(mode="json", exclude={"corridor"}),
        "format": form,
        "options": chosen,
        "notices": [*notices, *_since(drawn_by(recipe), changed)],
    }


def _wanted(
    recipe: Recipe, corridor: Corridor
) -> tuple[str, dict[str, str], View, tuple[str, ...]]:
    """Return what the export panel is to offer, the view, and notices; an atlas has no options."""
    if recipe.format == "atlas":
        view, notices = View.from_query(recipe.view, corridor)
        return "pdf", {}, view, notices
    view, options, notices = view_and_options(recipe, corridor)
    return options.format, options.to_query(), view, notices


def _since(version: str | None, changed: list[str]) -> Iterator[str]:
    """Say what is not as it was when the file was made."""
    if version is not None:
        of_data = "" if changed else "; data the same"
        yield f"Drawn by version {version}{of_data}. This version may draw it otherwise."
    if changed:
        yield _changed(changed)


def _changed(names: list[str]) -> str:
    rest = len(names) - _MOST_NAMED
    named = ", ".join(names[:_MOST_NAMED])
    more = f" and {rest} more" if rest > 0 else ""
    return f"The data changed since the file was made: {named}{more}."

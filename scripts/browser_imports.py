"""Hold the imports among the browser's modules to their rooms, as import-linter holds Python's.

    python -m scripts.browser_imports

A room imports from those below it, never from one beside or above it, and no module imports
itself by way of others. What imports what is esbuild's word.
"""

from __future__ import annotations

import sys
import tempfile
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from base import browser
from scripts.browser import SOURCES, kept_modules

__all__ = ["imports_of", "wrong_imports"]

ROOMS: dict[str, list[set[str]]] = {
    # By the folder they are in, from the top down; those of one line do not know each other,
    # and "" are the modules in the folder itself.
    "": [{"page"}, {"editor"}, {"panels"}, {"map"}, {"tools"}],
    "editor": [
        {""},
        {"corridor"},
        {"add", "arrange", "article", "features", "table", "versions"},
        {"drawing"},
    ],
    "panels": [
        {
            "article",
            "card",
            "changes",
            "exports",
            "find",
            "layers",
            "measure",
            "routes",
            "timeline",
        },
        {"evidence", "anchors", "promises"},
    ],
    "map": [{""}, {"labels"}, {"signs"}, {"ground"}],
}

Imports = dict[str, set[str]]
"""The modules that a module imports, each by its path below app/browser."""


def imports_of(told: dict[str, Any]) -> Imports:
    """Return the imports of our own modules in what esbuild told of a build."""
    ours = {path for path in told["inputs"] if not path.startswith("..")}
    return {
        path: {one["path"] for one in told["inputs"][path]["imports"]} & ours
        for path in sorted(ours)
        if path.endswith(".js")
    }


def wrong_imports(imports: Imports) -> list[str]:
    """Return a line for each import that leads up or beside, and for the first circle."""
    wrong = [
        f"{module} imports {other}: {why}"
        for module, others in imports.items()
        for other in sorted(others)
        if (why := _why_not(module, other))
    ]
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        wrong.append(f"in a circle: {' <- '.join(error.args[1])}")
    return wrong


def _why_not(module: str, other: str) -> str:
    """Return why a module may not import another; empty if it may."""
    for folder, lines in ROOMS.items():
        inside = f"{folder}/" if folder else ""
        if not (module.startswith(inside) and other.startswith(inside)):
            continue
        one, two = (_room(path.removeprefix(inside)) for path in (module, other))
        heights = [_height(room, lines) for room in (one, two)]
        if None in heights:
            return f"the room of one of them stands in no line of {folder or 'app/browser'}"
        if one != two and heights[0] >= heights[1]:  # type: ignore[operator]  # no None is left
            return f"{two or folder} is not below {one or folder}"
    return ""


def _room(path: str) -> str:
    folder, _, _ = path.rpartition("/")
    return folder.partition("/")[0]


def _height(room: str, lines: list[set[str]]) -> int | None:
    return next((height for height, rooms in enumerate(lines) if room in rooms), None)


def main() -> None:
    """Say what is wrong, if anything is."""
    with tempfile.TemporaryDirectory() as folder:
        told = browser.build(SOURCES, kept_modules(), Path(folder) / "made")
    imports = imports_of(told)
    wrong = wrong_imports(imports)
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(imports)} modules, {sum(map(len, imports.values()))} imports: all lead down")


if __name__ == "__main__":
    main()

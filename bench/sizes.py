"""Measure how `add`, `snapshot`, `validate` and `info` grow with a layer's features.

Prints a table: ``python bench/sizes.py`` (some minutes). Points and lines are random in an extent,
or points all in one place; the processor's time is that of the whole command. Nothing here is a
test.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.serving import command

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 4_000, 20_000)
EXTENT = (44.5, 37.5, 49.5, 41.0)
SAID = (
    "--quality",
    "traced",
    "--uncertainty",
    "20",
    "--source",
    "Example, data, 2024-01-01, https://example.org",
)
SAID_BY_TYPE = {
    "Point": ("--kind", "node", "--mode", "none"),
    "LineString": ("--kind", "road", "--mode", "road", "--status", "operating", "--since", "2023"),
}
_SEED = 7


def _anywhere(chance: random.Random) -> list[float]:
    west, south, east, north = EXTENT
    return [round(chance.uniform(west, east), 5), round(chance.uniform(south, north), 5)]


def _line(chance: random.Random) -> list[list[float]]:
    x, y = _anywhere(chance)
    steps = [[round(x + 0.05 * n, 5), round(y + chance.uniform(-0.1, 0.1), 5)] for n in range(1, 6)]
    return [[x, y], *steps]


KINDS: dict[str, tuple[str, Callable[[random.Random], list[Any]]]] = {
    "points": ("Point", _anywhere),
    "points in one place": ("Point", lambda _: [46.5, 38.9]),
    "lines": ("LineString", _line),
}


def _write(file: Path, kind: str, count: int) -> str:
    """Write a collection of so many features; return the type of their geometry."""
    type_, made = KINDS[kind]
    chance = random.Random(_SEED)
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Thing {number}"},
            "geometry": {"type": type_, "coordinates": made(chance)},
        }
        for number in range(count)
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return type_


def main() -> None:
    """Print the table."""
    executable = str(Path(sys.executable).with_name("corridormap"))
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f}, of {os.cpu_count()} cores.\n")
    print("| a layer of | add | snapshot | validate | info |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        for kind in KINDS:
            for count in SIZES:
                file, folder = Path(place) / "in.geojson", Path(place) / f"{kind}-{count}"
                said = SAID_BY_TYPE[_write(file, kind, count)]
                extent = ",".join(map(str, EXTENT))
                command([executable, "new", str(folder), "--extent", extent])
                layer = ("--layer", "mine", "--accept", "all")
                taken = (
                    command([executable, "add", str(file), str(folder), *layer, *SAID, *said]),
                    command([executable, "snapshot", str(folder), "-o", f"{folder}.png"]),
                    command([executable, "validate", str(folder)], may_fail=True),
                    command([executable, "info", str(folder)]),
                )
                told = " | ".join(f"{each.cpu_s:.1f} s" for each in taken)
                print(f"| {count:,} {kind} | {told} |", flush=True)


if __name__ == "__main__":
    main()

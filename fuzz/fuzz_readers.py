"""Feed the readers mutated files, guided by which lines of them ran (atheris).

What is not refused with an error of our own is a fault; atheris writes the input to a
file. See docs/fuzzing.md. Shapefile, FlatGeobuf and GeoParquet run in a process of their
own and are not guided; their contents reach it only through what is checked here.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["corridormap.geo.formats", "corridormap.geo.json_file"]):
    from corridormap.geo.errors import CorridorError
    from corridormap.geo.formats import Limits, read_upload

ENDINGS = (".geojson", ".topojson", ".gpkg", ".kmz", ".kml", ".gpx", ".csv", ".zip")
EXTENT = (44.35, 36.95, 50.1, 40.6)
LIMITS = Limits(file_bytes=100_000, features=200, vertices=2_000, box_seconds=2)


def read_one(data: bytes) -> None:
    """Read one input: its first byte chooses the ending, the rest is the file."""
    name = f"x{ENDINGS[data[0] % len(ENDINGS)]}" if data else "x.csv"
    try:
        got = read_upload(name, data[1:], extent=EXTENT, limits=LIMITS)
        mended = got.accept(proposal.id for proposal in got.proposals)
    except CorridorError as error:
        if not all(fault.problem and fault.remedy for fault in error.faults):
            raise AssertionError("an error without words") from error
        return
    for feature in mended.features:
        if feature.geometry.is_empty:
            raise AssertionError("an empty shape was accepted")


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()

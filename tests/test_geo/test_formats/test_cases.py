"""Inputs that once broke a reader, found by the fuzz target, are refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridormap.geo.errors import ReadError
from corridormap.geo.formats import read_upload

CASES = sorted((Path(__file__).parent / "cases").iterdir())
# As in fuzz/fuzz_readers.py: the first byte of a case chooses the ending.
ENDINGS = (".geojson", ".topojson", ".gpkg", ".kmz", ".kml", ".gpx", ".csv", ".zip")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_kept_case_is_refused_in_words(case: Path) -> None:
    data = case.read_bytes()
    with pytest.raises(ReadError) as caught:
        read_upload(f"x{ENDINGS[data[0] % len(ENDINGS)]}", data[1:])
    assert all(fault.problem and fault.remedy for fault in caught.value.faults)

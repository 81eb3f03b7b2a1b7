"""`import corridormap` is light and takes nothing of Python's away; its names are typed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import corridormap
from corridormap.geo.errors import CorridorError

HEAVY = ("pandas", "geopandas", "numpy", "shapely", "matplotlib", "folium", "streamlit", "pydantic")


def done(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_importing_it_reads_no_library_that_draws_or_computes() -> None:
    told = done("import sys, corridormap; print(*{name.partition('.')[0] for name in sys.modules})")
    assert set(told.split()).isdisjoint(HEAVY)


def test_a_star_import_leaves_pythons_open_alone() -> None:
    assert done("import io; from corridormap import *; print(open is io.open)") == "True\n"


def test_its_classes_are_there_when_asked_for() -> None:
    assert corridormap.CorridorError is CorridorError
    for name in corridormap.__all__:
        assert getattr(corridormap, name).__doc__
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        corridormap.nothing  # noqa: B018

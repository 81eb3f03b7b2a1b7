"""Errors read as one line and carry every fault."""

from __future__ import annotations

import pytest

from corridormap.geo import errors
from corridormap.geo.errors import CorridorError, Finding, GeometryError, ReadError


def test_a_line_names_file_feature_problem_and_remedy() -> None:
    error = ReadError("it is broken", file="a.geojson", feature="x", remedy="Mend it.")
    assert str(error) == "a.geojson: x: it is broken. Mend it."


def test_missing_parts_leave_no_trace() -> None:
    assert str(GeometryError("it is broken")) == "it is broken"
    assert str(GeometryError("it is broken.", remedy="Mend it.")) == "it is broken. Mend it."
    assert str(Finding("a", "", "empty", "Fill it.")) == "a: empty. Fill it."


def test_several_faults_are_one_error() -> None:
    faults = [Finding("a", str(n), "wrong", "Mend it.") for n in range(3)]
    error = ReadError.of(faults)
    assert error.faults == tuple(faults)
    assert isinstance(error, ReadError)
    assert str(error) == "a: 0: wrong. Mend it. (2 more)"
    assert (error.file, error.feature, error.problem, error.remedy) == (
        "a",
        "0",
        "wrong",
        "Mend it.",
    )


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_the_one_root(name: str) -> None:
    kind = getattr(errors, name)
    assert kind is Finding or issubclass(kind, CorridorError)
    assert name in (errors.__doc__ or "") or kind is Finding

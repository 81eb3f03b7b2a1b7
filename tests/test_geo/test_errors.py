"""Errors read as one line and carry every fault."""

from __future__ import annotations

import pickle

import pytest

from corridormap.geo import errors
from corridormap.geo.errors import (
    CorridorError,
    Fault,
    Finding,
    FindingTold,
    GeometryError,
    ReadError,
)


def test_a_line_names_file_feature_problem_and_remedy() -> None:
    error = ReadError("json-is-not-utf-8", file="a.geojson", feature="x", line=3)
    assert str(error) == "a.geojson: x: the file is not UTF-8 text (line 3). Save it as UTF-8."


def test_missing_parts_leave_no_trace() -> None:
    assert str(GeometryError("svg-has-no-beginning")) == "the SVG has no beginning"
    assert str(GeometryError("way-is-empty")) == "the way is empty. Give it a line."
    assert str(Finding("way-is-empty", "a")) == "a: the way is empty. Give it a line."


def test_several_faults_are_one_error() -> None:
    faults = [Finding("way-is-empty", "a", str(n)) for n in range(3)]
    error = ReadError.of(faults)
    assert error.faults == tuple(faults)
    assert isinstance(error, ReadError)
    assert str(error) == "a: 0: the way is empty. Give it a line. (2 more)"
    assert (error.file, error.feature, error.problem, error.remedy) == (
        "a",
        "0",
        "the way is empty",
        "Give it a line.",
    )


def test_a_finding_is_plain_data() -> None:
    given = Finding("json-is-not-utf-8", "a.json", line=3)
    assert given == Finding("json-is-not-utf-8", "a.json", params=(("line", 3),))
    assert len({given, Finding("json-is-not-utf-8", "a.json", line=3)}) == 1
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301  our own, a line above
    assert given.as_dict() == {
        "file": "a.json",
        "feature": "",
        "problem": "the file is not UTF-8 text (line 3)",
        "remedy": "Save it as UTF-8.",
        "field": "",
        "code": "json-is-not-utf-8",
        "params": {"line": 3},
    }


def test_findings_stand_in_the_order_of_their_places_and_words() -> None:
    found = [
        Finding("way-is-empty", "b"),
        Finding("way-is-empty", "a", "y"),
        Finding("json-is-not-utf-8", "a", "x", line=3),
        Finding("way-is-empty", "a", "x"),
    ]
    assert [(f.file, f.feature, f.problem[:12]) for f in sorted(found)] == [
        ("a", "x", "the file is "),
        ("a", "x", "the way is e"),
        ("a", "y", "the way is e"),
        ("b", "", "the way is e"),
    ]


def test_a_finding_within_another_keeps_its_place_and_words() -> None:
    lost = Finding("way-is-empty", "a", "x", "geometry").within("feature-is-not-shown")
    assert str(lost) == "a: x: the way is empty; the feature is not shown. Give it a line."
    assert lost.field == "geometry"


DATA = {Fault, Finding, FindingTold}


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_the_one_root(name: str) -> None:
    kind = getattr(errors, name)
    assert kind in DATA or issubclass(kind, CorridorError)
    assert name in (errors.__doc__ or "") or kind in DATA

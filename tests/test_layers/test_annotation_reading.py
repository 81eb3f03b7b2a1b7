"""Annotations of other programs: read for what they say, or refused with what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corridormap.layers.corridor.annotation import read_annotations

QUOTE = {"type": "TextQuoteSelector", "exact": "nine"}
PLACE = {"type": "TextPositionSelector", "start": 1, "end": 5}
TARGET = {"type": "SpecificResource", "source": "https://example.org/a", "selector": QUOTE}


def page(target: Any, context: Any = "http://www.w3.org/ns/anno.jsonld") -> bytes:
    item = {
        "type": "Annotation",
        "id": "a",
        "body": {"type": "TextualBody", "value": "x"},
        "target": target,
        "claim": {"title": "t", "paragraph": 1},
    }
    told = {"type": "AnnotationPage", "items": [item], "@context": context}
    return json.dumps({key: value for key, value in told.items() if value is not None}).encode()


REFUSED = {
    "an address": ("https://example.org/a", "only an address"),
    "a list of addresses": (["https://example.org/a"], "only an address"),
    "a refined quote": ({**TARGET, "selector": {**QUOTE, "refinedBy": PLACE}}, "'refinedBy'"),
    "a refined place": ({**TARGET, "selector": [QUOTE, {**PLACE, "refinedBy": {}}]}, "refinedBy"),
    "a feature in part": (
        {
            "source": "layers/a.geojson",
            "selector": {"type": "FragmentSelector", "value": "b", "refinedBy": QUOTE},
        },
        "'refinedBy'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_target_that_would_point_elsewhere_is_refused_for_what_it_is(case: str) -> None:
    target, word = REFUSED[case]
    found, (finding,) = read_annotations(page(target), file="a.jsonld")
    assert found == ()
    assert word in finding.problem
    assert "between [ and ]" not in finding.remedy


@pytest.mark.parametrize(
    ("context", "good"),
    [
        (None, True),
        ("http://www.w3.org/ns/anno.jsonld", True),
        (["http://www.w3.org/ns/anno.jsonld", {"claim": "urn:x"}], True),
        ("https://www.w3.org/ns/anno.jsonld", True),
        ("https://schema.org", False),
        ({"claim": "urn:x"}, False),
        (7, False),
    ],
)
def test_the_context_is_looked_at(context: Any, good: bool) -> None:  # noqa: FBT001
    found, findings = read_annotations(page(TARGET, context), file="a.jsonld")
    assert len(found) == 1
    assert [one.field for one in findings] == ([] if good else ["@context"])


def test_an_absolute_address_of_a_layer_is_that_layer() -> None:
    source = "urn:corridormap:tiny:layers/bridges.geojson"
    selector = {"type": "FragmentSelector", "value": "b"}
    (found,), _ = read_annotations(page({"source": source, "selector": selector}), file="a")
    assert (found.target[0].layer, found.features) == ("bridges", ("b",))

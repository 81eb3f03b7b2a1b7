"""What a map is about, and what of it was known only later, is said in true words."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.app.browser.document import build_document, to_json
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.claims.later import later_event, later_figure, later_verdict
from corridormap.layers.claims.verdict import RESULTS, Result
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.corridor.source import Source
from corridormap.layers.scene.headline import Headline, headline_of
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import default_view
from tests.modules import ask

if TYPE_CHECKING:
    from tests.test_layers.conftest import TinyCorridor

BUILT_IN = ["azerbaijan-iran", "north-south"]


def words(corridor: str) -> Headline:
    return headline_of(load_corridor(find_corridor(corridor)))


def test_it_counts_the_claims_on_the_map_by_what_was_found() -> None:
    said = words("azerbaijan-iran").told
    of = "of the article of 29 December 2023 on the map"
    assert said([]) == ""
    assert said(["confirmed"]) == f"1 statement {of}: 1 confirmed"
    assert said(["untestable", "sources_differ", "confirmed", "repeated", "confirmed"]) == (
        f"5 statements {of}: 2 confirmed, 1 repeated only, 1 where sources differ,"
        " 1 that cannot be tested"
    )


@pytest.mark.parametrize("corridor", BUILT_IN)
@given(results=st.lists(st.sampled_from(RESULTS), max_size=60))
def test_every_claim_is_counted_once(corridor: str, results: list[Result]) -> None:
    told = words(corridor)
    assert sorted(r for found in told.found for r in found.results) == sorted(get_args(Result))
    head, _, parts = told.told(results).partition(": ")
    counted = [int(part.split()[0]) for part in parts.split(", ") if part]
    assert sum(counted) == len(results) == int(head.split()[0] if head else 0)


@pytest.mark.parametrize("corridor", BUILT_IN)
def test_a_picture_counts_what_it_shows(corridor: str) -> None:
    opened = load_corridor(find_corridor(corridor))
    whole = default_view(opened)
    for layers in (whole.layers, whole.layers[:1], ()):
        scene = build_scene(opened, whole.model_copy(update={"layers": layers}))
        assert scene.told.split(" ")[0] == (str(len(scene.claims)) if scene.claims else "")


def test_the_page_says_it_in_the_same_words() -> None:
    function = "([words, all]) => all.map((results) => page.headline(words, results))"
    told = words("north-south")
    every: list[list[Result]] = [
        [result for result, n in zip(RESULTS, counts, strict=True) for _ in range(n)]
        for counts in (
            (0, 0, 0, 0, 0, 0),
            (1, 1, 0, 0, 0, 0),
            (0, 2, 1, 1, 2, 1),
            (3, 0, 0, 1, 1, 12),
        )
    ]
    given = [to_json(told), every]
    modules = {"page": "page/headline.js"}
    assert ask(modules, function, given) == [told.told(results) for results in every]


def test_a_corridor_may_say_it_itself(tiny: TinyCorridor) -> None:
    tiny.manifest = tiny.manifest.replace("as_of", 'headline = "One bridge opened."\nas_of', 1)
    corridor = tiny.load()
    assert build_scene(corridor, default_view(corridor)).told == "One bridge opened"
    assert build_document(corridor)["corridor"]["headline"]["written"] == "One bridge opened"
    tiny.manifest = tiny.manifest.replace("One bridge", "x" * 240)
    with pytest.raises(CorridorFormatError, match="headline"):
        tiny.load()


def test_without_claims_or_article_nothing_untrue_is_said(tiny: TinyCorridor) -> None:
    tiny.manifest = tiny.manifest.replace('[article]\nsource = "S1"\n', "")
    corridor = tiny.load()
    said = build_scene(corridor, default_view(corridor)).told
    assert said == "1 statement on the map: 1 confirmed"
    tiny.annotations.clear()
    corridor = tiny.load()
    assert build_scene(corridor, default_view(corridor)).told == ""


def source(id_: str, *parts: int) -> Source:
    issued = {"date-parts": [list(parts)]} if parts else {"literal": "undated"}
    return Source.model_validate({"id": id_, "type": "report", "title": id_, "issued": issued})


SOURCES = {
    one.id: one for one in (source("old", 2022, 3, 11), source("new", 2024, 1), source("none"))
}


@pytest.mark.parametrize(
    ("ids", "verdict", "figure"),
    [
        (("old",), "2022-03-11", "2022-03-11"),
        # A verdict needs all that it leans on; a figure is known from the first that gives it.
        (("new", "old"), "2024-01-01", "2022-03-11"),
        (("new",), "2024-01-01", "2024-01-01"),
        # One without a date may have been there before: a figure is not called later.
        (("new", "none"), "2024-01-01", None),
        (("none",), None, None),
        ((), None, None),
        (("lost",), None, None),
    ],
)
def test_knowledge_has_the_date_of_its_sources(
    ids: tuple[str, ...], verdict: str | None, figure: str | None
) -> None:
    later, given = later_verdict(SOURCES, ids), later_figure(SOURCES, ids)
    assert (later.since if later else None, given.since if given else None) == (verdict, figure)


def test_it_is_said_of_a_day_before_and_of_no_other() -> None:
    later = later_verdict(SOURCES, ("new",))
    assert later
    assert (later.at("2023-12-31"), later.at("2024-01-01")) == ("later: Jan 2024", "")
    # An event is known since it was, or was first told.
    assert later_event("2023-10-06", SOURCES, ("new",)) == later
    assert later_event("2023-10-06", SOURCES, ("new", "old")) is None
    assert later_event("2026-02-23", SOURCES, ("new",)) is None


@pytest.mark.parametrize("corridor", BUILT_IN)
def test_no_source_after_the_day_is_used_without_a_word(corridor: str) -> None:
    opened = load_corridor(find_corridor(corridor))
    resolved = resolve(opened)
    days = ("2022-06-01", opened.manifest.as_of.isoformat(), "2099-01-01")
    for day in days:
        for claim in resolved.claims:
            if claim.check:
                dates = [opened.sources[id_].issued.iso for id_ in claim.check.sources]
                said = claim.check.later.at(day) if claim.check.later else ""
                assert bool(said) == any(date[:10] > day[: len(date)] for date in dates if date)

"""A view survives its way through an address, and no address can break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from corridormap.geo.errors import ViewError
from corridormap.layers.scene.view import View, default_view, parse_bbox, parse_date, parse_layers
from corridormap.layers.theme import BASEMAPS

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

KEYS = ["c", "bbox", "layers", "date", "since", "sel", "claim", "base", "lang"]
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_default_view(corridor: Corridor) -> None:
    view = default_view(corridor)
    assert view.layers == ("crossings", "bridges")
    assert view.date == "2023-06-01"
    assert (view.bbox, view.selected, view.claim, view.basemap) == (None, None, None, "outline")
    assert view.to_query(corridor) == {}
    assert View.from_query({}, corridor) == (view, ())


def test_a_view_is_frozen(corridor: Corridor) -> None:
    with pytest.raises(ValidationError):
        default_view(corridor).date = "2020-01-01"  # type: ignore[misc]


def test_a_full_address(corridor: Corridor) -> None:
    query = {
        "c": "tiny", "bbox": "10.1,50.2,10.3,50.4", "layers": "ways,crossings",
        "date": "2024-05-01", "since": "2023-06-01", "sel": "north-bridge",
        "claim": "claim-road", "base": "osm", "lang": "fa", "utm_source": "x",
    }  # fmt: skip
    view, notices = View.from_query(query, corridor)
    assert notices == ()
    assert view.bbox == (10.1, 50.2, 10.3, 50.4)
    assert view.layers == ("crossings", "ways")
    assert (view.date, view.selected, view.claim) == ("2024-05-01", "north-bridge", "claim-road")
    assert (view.basemap, view.label_language) == ("osm", "fa")
    assert view.since == "2023-06-01"
    assert View.from_query(view.to_query(), corridor) == (view, ())
    assert "c" not in view.to_query(corridor)


def test_no_layers_is_not_the_default_layers(corridor: Corridor) -> None:
    view, notices = View.from_query({"layers": ""}, corridor)
    assert (view.layers, notices) == ((), ())
    assert view.to_query(corridor) == {"layers": ""}


@pytest.mark.parametrize(
    ("key", "value", "notice"),
    [
        ("c", "other", "The link is for another corridor: 'other'."),
        ("bbox", "1,2,3", "The extent '1,2,3' is not four numbers."),
        ("bbox", "nan,0,1,1", "The extent 'nan,0,1,1' is not four numbers."),
        ("bbox", "a,b,c,d", "is not four numbers. Write west,south,east,north"),
        ("bbox", "11,50,10,51", "is empty: west must be below east"),
        ("bbox", "0,0,0.00001,0.00001", "is empty"),
        ("bbox", "-190,0,1,1", "is outside the world"),
        ("bbox", "0,-89,1,1", "is beyond 85 degrees"),
        ("layers", "roads", "There is no layer 'roads'. Use: crossings, bridges, ways."),
        ("date", "2023-02-30", "'2023-02-30' is not a date. Write year-month-day"),
        ("date", "0001-01-01", "is not a date"),
        ("date", "20230101", "is not a date"),
        ("date", "today", "'today' is not a date"),
        ("since", "2023-02-30", "'2023-02-30' is not a date"),
        ("sel", "nothing", "There is no feature 'nothing'"),
        ("claim", "nothing", "There is no claim 'nothing'"),
        ("base", "google", "There is no base map 'google'. Use: outline, osm"),
        ("lang", "xx", "The corridor has no names in the language 'xx'. Use: en, az, fa."),
        ("sel", "x" * 5000, "There is no feature"),
        ("sel", "<script>\x00\n", "There is no feature '<script>'"),
    ],
)
def test_what_cannot_be_used_falls_back_and_is_named(
    corridor: Corridor, key: str, value: str, notice: str
) -> None:
    view, notices = View.from_query({key: value}, corridor)
    assert view == default_view(corridor)
    assert len(notices) == 1
    assert notice in notices[0]
    assert len(notices[0]) < 200


def test_layers_that_are_gone_leave_the_others(corridor: Corridor) -> None:
    view, notices = View.from_query({"layers": "ways,roads"}, corridor)
    assert view.layers == ("ways",)
    assert notices == ("There is no layer 'roads'.",)


@ANY
@given(query=st.dictionaries(st.sampled_from(KEYS) | st.text(), st.text(max_size=60)))
def test_no_address_breaks_the_page(corridor: Corridor, query: dict[str, str]) -> None:
    view, notices = View.from_query(query, corridor)
    assert view.corridor == "tiny"
    assert all("\n" not in notice for notice in notices)
    assert View.from_query(view.to_query(corridor), corridor) == (view, ())


degrees = st.floats(-84, 84, allow_nan=False)


@ANY
@given(
    box=st.tuples(degrees, degrees, st.floats(0.001, 40), st.floats(0.001, 1)),
    layers=st.sets(st.sampled_from(["crossings", "bridges", "ways"])),
    date=st.dates().filter(lambda d: 1000 <= d.year <= 2999),
    selected=st.none() | st.sampled_from(["north-bridge", "town-mill"]),
    shown=st.tuples(
        st.sampled_from([basemap.id for basemap in BASEMAPS]), st.sampled_from(["en", "az", "fa"])
    ),
)
def test_a_view_survives_its_address(
    corridor: Corridor,
    box: tuple[float, float, float, float],
    layers: set[str],
    date: object,
    selected: str | None,
    shown: tuple[str, str],
) -> None:
    west, south = round(box[0], 5), round(box[1], 5)
    view = View(
        corridor="tiny",
        bbox=(west, south, round(west + box[2], 5), round(south + box[3], 5)),
        layers=parse_layers(layers, corridor),
        date=str(date),
        selected=selected,
        basemap=shown[0],
        label_language=shown[1],
    )
    assert View.from_query(view.to_query(corridor), corridor) == (view, ())
    assert View.from_query(view.to_query(), corridor) == (view, ())


def test_parsers_for_the_command_line(corridor: Corridor) -> None:
    assert parse_bbox(" 44.5, 38.6 ,46.5,39.9") == (44.5, 38.6, 46.5, 39.9)
    assert parse_date("2023-12-29") == "2023-12-29"
    assert parse_layers(["ways", " bridges", ""], corridor) == ("bridges", "ways")
    with pytest.raises(ViewError, match="There is no layer 'x'"):
        parse_layers(["x"], corridor)

"""The texts that examine the suggestions keep to what their README says."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PARTS = ("train", "held_out")
KINDS = {"town", "region", "country", "water", "other"}
REASONS = {
    *("demonym", "firm", "institution", "metonym", "person", "ship", "thing", "train", "word"),
}
COUNTRIES = set(
    re.findall(
        r"[A-Z]{2}",
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
        BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
        DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
        GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
        KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
        MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
        SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
        VN VU WF WS XK YE YT ZA ZM ZW
        """,
    ),
)

Text = dict[str, Any]


def _texts(part: str) -> list[Text]:
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


TEXTS = {part: _texts(part) for part in PARTS}
ALL = [text for part in PARTS for text in TEXTS[part]]


def _number(text: Text) -> int:
    return int(text["id"].split("-")[0])


def _begins(surface: str, text: str) -> list[int]:
    """Where the surface stands as whole words."""
    return [found.start() for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)]


def _spans(text: Text) -> list[tuple[int, int]]:
    return [(at, at + len(place["surface"])) for place in text["places"] for at in place["at"]]


each_text = pytest.mark.parametrize("text", ALL, ids=[text["id"] for text in ALL])


def test_ids_are_unique() -> None:
    assert len({text["id"] for text in ALL}) == len(ALL) >= 45
    assert len({_number(text) for text in ALL}) == len(ALL)


@pytest.mark.parametrize("part", PARTS)
def test_the_number_decides_on_the_part(part: str) -> None:
    assert TEXTS[part]
    assert all((_number(text) % 3 == 0) == (part == "held_out") for text in TEXTS[part])


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_all_languages_and_many_countries(part: str) -> None:
    assert {text["language"] for text in TEXTS[part]} == {"en", "az", "fa", "ru", "tr", "es"}
    assert len({text["country"] for text in TEXTS[part]}) >= 12


@each_text
def test_a_text_is_short_and_composed(text: Text) -> None:
    assert set(text) - {"either"} == {
        *("id", "language", "country", "text", "places", "not_places"),
    }
    assert 90 <= len(text["text"].split()) <= 260
    assert unicodedata.is_normalized("NFC", json.dumps(text, ensure_ascii=False))
    assert text["country"] in COUNTRIES


@each_text
def test_each_place_stands_where_it_is_said_to(text: Text) -> None:
    assert text["places"]
    for place in text["places"]:
        assert place["at"]
        assert set(place["at"]) <= set(_begins(place["surface"], text["text"]))
    spans = sorted(_spans(text))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@each_text
def test_each_place_is_told_as_its_kind_asks(text: Text) -> None:
    for place in text["places"]:
        assert place["kind"] in KINDS
        assert ("country" in place) == (place["kind"] != "water")
        assert place.get("country", "AZ") in COUNTRIES
        assert ("lat" in place) == ("lon" in place)
        assert "lat" in place or place["kind"] != "town"
        assert -90 <= place.get("lat", 0) <= 90
        assert -180 <= place.get("lon", 0) <= 180


@each_text
def test_what_is_no_place_stands_in_the_text_and_over_no_place(text: Text) -> None:
    surfaces = {place["surface"] for place in text["places"]}
    spans = _spans(text)
    assert set(text["not_places"].values()) <= REASONS
    for surface in text["not_places"]:
        begins = _begins(surface, text["text"])
        assert begins
        assert surface not in surfaces
        assert not any(
            at < end and begin < at + len(surface) for at in begins for begin, end in spans
        )


@each_text
def test_what_counts_neither_way_stands_in_the_text(text: Text) -> None:
    for surface in text.get("either", []):
        assert _begins(surface, text["text"])
        assert surface not in text["not_places"]

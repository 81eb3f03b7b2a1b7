"""Names become ids, in every script that is known here."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.wording.plainly import SLUG
from corridormap.layers.wording.slug import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Silk Road", "silk-road"),
        ("Ağbənd–Kəlalə", "agbend-kelale"),
        ("Жанаозен", "zhanaozen"),
        ("Straße & Łódź", "strasse-lodz"),
        ("--", ""),
        ("راه‌آهن", ""),
        ("x" * 99, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_a_name_becomes_an_id(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(max_size=200))
def test_whatever_the_name_it_is_an_id_or_nothing(name: str) -> None:
    made = slug_of(name)
    assert made == "" or (re.fullmatch(SLUG, made) and len(made) <= 60)
    assert slug_of(made) == made

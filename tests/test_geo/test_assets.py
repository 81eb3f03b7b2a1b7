"""The base data is found where the tool is installed, and missing files are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from matplotlib.ft2font import FT2Font

from corridormap.geo import assets
from corridormap.geo.assets import asset_path, corridor_roots
from corridormap.geo.errors import AssetError

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    "browser/map.js",
    "leaflet/leaflet.css",
    "world/10m.bin",
    "world/50m.bin",
    "world/110m.bin",
    "places.sqlite",
    "fonts/NotoSans-Regular.ttf",
    "fonts/NotoSans-Bold.ttf",
    "fonts/NotoSans-Italic.ttf",
    "fonts/NotoSansArabic-Regular.ttf",
    "fonts/NotoSansArabic-Bold.ttf",
    "fonts/noto-sans-latin-400-normal.woff2",
    "fonts/noto-sans-latin-ext-400-normal.woff2",
    "fonts/noto-sans-arabic-arabic-400-normal.woff2",
    "licences/CREDITS.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_asset_is_there_and_holds_something(name: str) -> None:
    assert asset_path(name).stat().st_size > 100


@pytest.mark.parametrize(
    ("merged", "source"),
    [
        ("NotoSans-Regular.ttf", "noto-sans-latin-400-normal.woff2"),
        ("NotoSans-Bold.ttf", "noto-sans-latin-700-normal.woff2"),
        ("NotoSansArabic-Regular.ttf", "noto-sans-arabic-arabic-400-normal.woff2"),
    ],
)
def test_a_font_says_when_it_was_designed_and_not_when_it_was_installed(
    merged: str, source: str
) -> None:
    heads = [TTFont(asset_path(f"fonts/{name}"))["head"] for name in (merged, source)]
    told = [(head.created, head.modified) for head in heads]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["fonts/none.ttf", "../geo/assets.py", "/etc/passwd", "fonts"])
def test_what_is_no_file_of_the_base_data_is_an_error_that_says_what_to_do(name: str) -> None:
    with pytest.raises(AssetError, match="base data is missing") as caught:
        asset_path(name)
    assert name in str(caught.value)
    assert "Install" in str(caught.value)


def test_a_checkout_serves_its_own_corridors() -> None:
    (root,) = corridor_roots()
    assert (root / "azerbaijan-iran" / "corridor.toml").is_file()
    assert (root.parent / "pyproject.toml").is_file()


def test_an_installed_tool_serves_the_corridors_that_came_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "corridormap" / "assets"
    (package / "corridors" / "one").mkdir(parents=True)
    monkeypatch.setattr(assets, "_CHECKOUT", tmp_path / "site")
    monkeypatch.setattr(assets, "_package_folder", lambda: package)
    assert corridor_roots() == (package / "corridors",)


def test_fonts_for_pictures_hold_every_letter_of_azerbaijani_and_persian() -> None:
    letters = {
        "NotoSans-Regular.ttf": "AaÇçƏəĞğıİÖöŞşÜü0123456789–—±“”’°…×",
        "NotoSans-Bold.ttf": "AaÇçƏəĞğıİÖöŞşÜü0123456789–—±",
        "NotoSans-Italic.ttf": "AaÇçƏəĞğıİÖöŞşÜü",
        "NotoSansArabic-Regular.ttf": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئ۰۱۲۳۴۵۶۷۸۹ ",
        "NotoSansArabic-Bold.ttf": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئ ",
    }
    for name, wanted in letters.items():
        found = FT2Font(str(asset_path(f"fonts/{name}"))).get_charmap()
        assert [letter for letter in wanted if ord(letter) not in found] == [], name

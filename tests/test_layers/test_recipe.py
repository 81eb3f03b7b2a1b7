"""Recipes: the same out as in, in each container; what a stranger wrote is checked and capped."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridormap.geo.errors import ReadError
from corridormap.layers.exports.recipes.file import read_recipe, read_snapshot
from corridormap.layers.exports.recipes.marks import HTML_START, PNG_KEYWORD
from corridormap.layers.exports.recipes.recipe import (
    FIRST_DRAWING,
    LARGEST_BYTES,
    Recipe,
    Tool,
    data_hashes,
    this_tool,
)

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor

HASH = "0" * 64
RECIPE = Recipe(
    corridor="azerbaijan-iran",
    format="png",
    view={"bbox": "44,38,49,41", "layers": "bridges", "date": "2023-12-29"},
    options={"layout": "wide", "alt": "Naxçıvan, <b>پل</b> & ]]> 'more'"},
    data={"corridor.toml": HASH, "layers/bridges.geojson": HASH},
    tool=Tool(version="1.0", code="abc", libraries={"numpy": "2.0"}),
    credits=("© OpenStreetMap contributors",),
    dropped=("Horadiz–Aghband railway",),
)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(*chunks: bytes) -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + png_chunk(b"IEND", b"")


def itxt(text: str, keyword: str = PNG_KEYWORD) -> bytes:
    return png_chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + text.encode())


def xml(text: str) -> str:
    return f'<m:recipe xmlns:m="urn:corridormap:">{escape(text)}</m:recipe>'


def svg(text: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{xml(text)}</svg>'.encode()


def packet(text: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{xml(text)}</x:xmpmeta>'.encode()


def pdf(text: str) -> bytes:
    return b"%PDF-1.7\n1 0 obj\nstream\n" + packet(text) + b"\nendstream\n%%EOF"


def html(text: str) -> bytes:
    # As the page writes it: no "<" in JSON, so the element ends where it should.
    shown = text.replace("<", "\\u003c")
    return f"<!DOCTYPE html><html>{HTML_START}{shown}</script></html>".encode()


CONTAINERS = {"png": lambda text: png(itxt(text)), "svg": svg, "pdf": pdf, "html": html}


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(RECIPE.to_json()), **fields})


@pytest.mark.parametrize("form", CONTAINERS)
def test_a_recipe_comes_out_as_it_went_in(form: str) -> None:
    assert read_recipe(CONTAINERS[form](RECIPE.to_json())) == RECIPE


_words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)


@settings(max_examples=50)
@given(alt=_words, credit=_words, form=st.sampled_from(sorted(CONTAINERS)))
def test_any_words_come_out_as_they_went_in(alt: str, credit: str, form: str) -> None:
    recipe = RECIPE.model_copy(update={"options": {"alt": alt}, "credits": (credit,)})
    assert read_recipe(CONTAINERS[form](recipe.to_json())) == recipe


def test_the_text_of_a_recipe_has_one_form() -> None:
    other = Recipe.from_json(json.dumps(json.loads(RECIPE.to_json()), indent=3))
    assert other.to_json() == RECIPE.to_json()
    assert "پل" in RECIPE.to_json()


def test_a_recipe_that_names_no_drawing_is_of_the_first_and_stays_as_it_was() -> None:
    later = {"drawing", "unmarked"}
    said = {k: value for k, value in json.loads(RECIPE.to_json()).items() if k not in later}
    text = json.dumps({**said, "recipe": 1}, ensure_ascii=False, sort_keys=True)
    read = Recipe.from_json(text)
    assert read.drawing == FIRST_DRAWING
    assert json.loads(read.to_json()) == json.loads(text)
    bare = Recipe.from_json(json.dumps({k: v for k, v in said.items() if k != "recipe"}))
    assert bare == read


def test_it_names_every_file_of_the_corridor_and_the_program(corridor: Corridor) -> None:
    hashes = data_hashes(corridor)
    layers = {layer.file for layer in corridor.layers}
    assert {"corridor.toml", "style.toml", *layers} <= hashes.keys()
    assert all(len(digest) == 64 for digest in hashes.values())
    assert this_tool().libraries.keys() >= {"matplotlib", "pillow", "pikepdf", "zlib"}


HOSTILE: dict[str, tuple[str, str]] = {
    "no JSON": ("{", "no JSON"),
    "a list": ("[]", "cannot be used"),
    "a number": ("7", "cannot be used"),
    "nothing": ("null", "cannot be used"),
    "not a number": (RECIPE.to_json().replace('"recipe":2', '"recipe":NaN'), "recipe"),
    "infinite": (changed(view={"bbox": float("inf")}), "view"),
    "a huge number": (
        RECIPE.to_json().replace('"recipe":2', '"recipe":1' + "0" * 5000),
        "“recipe” is not",
    ),
    "nested deeply": ('{"view":' * 30_000 + "1" + "}" * 30_000, "cannot be used"),
    "lists in lists": ("[" * 90_000 + "]" * 90_000, "cannot be used"),
    "too long": (changed(credits=["x" * 1000] * 400), "too long"),
    "many words": (changed(view={f"k{i}": "v" for i in range(11)}), "view"),
    "a long word": (changed(view={"sel": "x" * 2001}), "view"),
    "a path for a corridor": (changed(corridor="../../etc"), "corridor"),
    "a whole path": (changed(corridor="/etc/passwd"), "corridor"),
    "an address": (changed(corridor="http://example.org/x"), "corridor"),
    "a drive": (changed(corridor="C:\\data"), "corridor"),
    "a path for a file": (changed(data={"../../etc/passwd": HASH}), "data"),
    "a whole path for a file": (changed(data={"/etc/passwd": HASH}), "data"),
    "a path in a path": (changed(data={"layers/../../x": HASH}), "data"),
    "a hidden file": (changed(data={".ssh/key": HASH}), "data"),
    "a hash too short": (changed(data={"corridor.toml": "abc"}), "data"),
    "many files": (changed(data={f"f{i}": HASH for i in range(301)}), "data"),
    "a format of a program": (changed(format="exe"), "format"),
    "a number for a word": (changed(corridor=7), "corridor"),
    "a word for a list": (changed(credits="all mine"), "credits"),
    "an object in the options": (changed(options={"layout": {"a": 1}}), "options"),
    "something unknown": (changed(run="rm -rf /"), "run"),
    "a newer form": (changed(recipe=3), "newer form"),
    "a form that never was": (changed(recipe=0), "recipe"),
    "a form that is true": (changed(recipe=True), "drawing"),
    "a drawing in the first form": (changed(recipe=1), "drawing"),
    "a drawing that is a word": (changed(drawing="2"), "drawing"),
    "a drawing that is true": (changed(drawing=True), "drawing"),
    "a drawing before the first": (changed(drawing=0), "drawing"),
    "a drawing beyond all": (changed(drawing=10**9), "drawing"),
    "a tool that is a list": (changed(tool=[]), "tool"),
    "a null byte": (changed(corridor="a\0b"), "corridor"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", CONTAINERS)
def test_a_recipe_that_cannot_be_used_is_told_in_one_line(form: str, name: str) -> None:
    text, words = HOSTILE[name]
    with pytest.raises(ReadError) as caught:
        read_recipe(CONTAINERS[form](text))
    told = str(caught.value)
    assert words in told or "too long" in told
    assert len(told) < 400
    assert "\n" not in told


def test_two_recipes_in_a_file_are_not_chosen_from() -> None:
    one, other = RECIPE.to_json(), changed(corridor="north-south")
    two_pages = html(one)[:-7] + html(other)[len(b"<!DOCTYPE html><html>") :]
    two_metadata = svg(one)[:-6] + xml(other).encode() + b"</svg>"
    files = (
        png(itxt(one), itxt(other)),
        two_pages,
        two_metadata,
        pdf(one) + b"\n" + packet(other),
    )
    for body in files:
        with pytest.raises(ReadError, match="more than one recipe"):
            read_recipe(body)


def test_a_pdf_that_another_program_saved_again_keeps_its_recipe() -> None:
    assert read_recipe(pdf(RECIPE.to_json()) + packet(RECIPE.to_json())) == RECIPE


BOMB = zlib.compress(b"x" * 30_000_000, 9)
BROKEN: dict[str, tuple[bytes, str]] = {
    "packed iTXt": (
        png(png_chunk(b"iTXt", PNG_KEYWORD.encode() + b"\0\1\0\0\0" + BOMB)),
        "carries no recipe",
    ),
    "packed zTXt": (
        png(png_chunk(b"zTXt", PNG_KEYWORD.encode() + b"\0\0" + BOMB)),
        "carries no recipe",
    ),
    "a recipe in another keyword": (png(itxt(RECIPE.to_json(), "other")), "carries no recipe"),
    "a chunk longer than the file": (
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffiTXtabc" + bytes(40),
        "carries no recipe",
    ),
    "a chunk without an end": (png(itxt("{" * (LARGEST_BYTES + 200))), "too long"),
    "bytes that are no text": (
        png(png_chunk(b"iTXt", PNG_KEYWORD.encode() + b"\0\0\0\0\0\xff\xfe")),
        "not UTF-8",
    ),
    "an entity in SVG": (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
        "document type",
    ),
    "a file as an entity": (
        (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            b'<svg xmlns:m="urn:corridormap:"><m:recipe>&a;</m:recipe></svg>'
        ),
        "document type",
    ),
    "an entity in XMP": (
        (
            b"%PDF-1.7\n<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:m='urn:corridormap:'>"
            b"<m:recipe>&a;</m:recipe></x:xmpmeta>"
        ),
        "broken",
    ),
    "XMP that is no XML": (b"%PDF-1.7\n<x:xmpmeta><a></x:xmpmeta>", "broken"),
    "XMP too long": (
        b"%PDF-1.7\n<x:xmpmeta>" + b" " * (7 * LARGEST_BYTES) + b"</x:xmpmeta>",
        "too long",
    ),
    "an SVG cut short": (svg(RECIPE.to_json())[:-30], "broken"),
    "a page cut short": (html(RECIPE.to_json())[:-30], "too long"),
    "a GIF": (b"GIF89a", "no PNG, SVG, PDF or HTML"),
    "nothing": (b"", "no PNG, SVG, PDF or HTML"),
    "a picture without one": (png(), "carries no recipe"),
    "a page without one": (b"<!DOCTYPE html><p>", "carries no recipe"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_broken_or_packed_is_told_in_one_line(name: str) -> None:
    body, words = BROKEN[name]
    with pytest.raises(ReadError, match=words):
        read_recipe(body)


def test_a_packed_text_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was unpacked")

    monkeypatch.setattr(zlib, "decompress", refuse)
    monkeypatch.setattr(zlib, "decompressobj", refuse)
    for name in ("packed iTXt", "packed zTXt"):
        with pytest.raises(ReadError):
            read_recipe(BROKEN[name][0])


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(ReadError, match="larger than 50 MB"):
        read_snapshot(path)
    with pytest.raises(ReadError, match="larger than 50 MB"):
        read_recipe(bytes(50_000_001))


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/stdin", "/proc/self/environ/x", "/"])
def test_what_is_no_plain_file_is_not_opened(path: str) -> None:
    from pathlib import Path

    with pytest.raises(ReadError):
        read_snapshot(Path(path))

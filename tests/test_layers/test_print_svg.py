"""The SVG that a graphics desk opens: named groups, features by id, text as text."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.scene.scene import Scene

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def scene() -> Scene:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    return build_scene(corridor, default_view(corridor))


@pytest.fixture(scope="module")
def drawing(scene: Scene) -> ET.Element:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    out = io.BytesIO()
    layout = Layout(1600, 900)
    render(scene, partial(tiers, detail=corridor.outline), layout, out, format="svg")
    return ET.fromstring(out.getvalue())  # noqa: S314 - of our own making


def groups(drawing: ET.Element) -> dict[str, ET.Element]:
    return {g.attrib["id"]: g for g in drawing.iter(f"{SVG}g") if "id" in g.attrib}


def test_it_is_as_large_as_asked(drawing: ET.Element) -> None:
    assert drawing.attrib["width"] == "1200pt"
    assert drawing.attrib["viewBox"] == "0 0 1200 675"


def test_ids_are_unique(drawing: ET.Element) -> None:
    ids = Counter(e.attrib["id"] for e in drawing.iter() if "id" in e.attrib)
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_visible_layer_has_its_group(drawing: ET.Element, scene: Scene) -> None:
    assert {f"layer-{layer.id}" for layer in scene.layers} <= groups(drawing).keys()


def test_every_line_and_area_has_its_id_in_a_group_of_its_layer(
    drawing: ET.Element, scene: Scene
) -> None:
    found = groups(drawing)
    for item in scene.items:
        if item.feature.geometry.geom_type in {"Point", "MultiPoint"}:
            continue
        layer = item.feature.layer
        homes = [
            found[name] for name in (f"layer-{layer}", f"layer-{layer}-under") if name in found
        ]
        assert any(g.attrib.get("id") == item.feature.id for home in homes for g in home.iter())


def test_every_point_has_its_id_in_a_group_of_its_layer() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    scene = build_scene(corridor, default_view(corridor))
    out = io.BytesIO()
    outline = partial(tiers, detail=corridor.outline)
    report = render(scene, outline, Layout(1600, 900, detail=False), out, format="svg")
    drawing = ET.fromstring(out.getvalue())  # noqa: S314 - of our own making
    found = groups(drawing)
    layers = {item.feature.id: item.feature.layer for item in scene.items}
    points = {item.feature.id for item in scene.items if item.feature.geometry.geom_type == "Point"}
    signs = [id_ for id_, _ in report.signs if id_ in points]
    assert len(signs) > 40
    for id_ in signs:
        layer = layers[id_]
        names = (f"layer-{layer}", f"layer-{layer}-points")
        homes = [found[name] for name in names if name in found]
        assert any(g.attrib.get("id") == id_ for home in homes for g in home.iter()), id_


def test_it_is_whole_xml_without_a_document_type(scene: Scene) -> None:
    out = io.BytesIO()
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    outline = partial(tiers, detail=corridor.outline)
    render(scene, outline, Layout(900, 640), out, format="svg")
    body = out.getvalue()
    assert body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert b"<!DOCTYPE" not in body
    assert b"<!ENTITY" not in body
    ids = {e.attrib["id"] for e in ET.fromstring(body).iter() if "id" in e.attrib}  # noqa: S314
    text = body.decode("utf-8")
    asked = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', text))
    assert asked <= ids
    assert 'href="http' not in text


def test_words_stand_in_fonts_that_the_file_brings(drawing: ET.Element) -> None:
    sheets = "".join(style.text or "" for style in drawing.iter(f"{SVG}style"))
    assert "@font-face" in sheets
    assert "url(data:font/woff" in sheets
    for text in drawing.iter(f"{SVG}text"):
        assert "font-family: 'Noto Sans'" in text.attrib["style"]


def test_text_is_text(drawing: ET.Element, scene: Scene) -> None:
    words = [text.text for text in drawing.iter(f"{SVG}text")]
    assert "Rasht–Astara railway" in words
    assert "NAKHCHIVAN" in words
    assert any(scene.date_label in (word or "") for word in words)
    assert all("textLength" in text.attrib for text in drawing.iter(f"{SVG}text"))


def test_the_parts_of_the_page_are_named(drawing: ET.Element) -> None:
    named = {"base", "head", "claims", "legend", "credits", "labels", "scale-bar", "north-arrow"}
    assert named <= groups(drawing).keys()


def test_it_holds_no_picture_and_no_script(drawing: ET.Element) -> None:
    kinds = {element.tag.removeprefix(SVG) for element in drawing.iter()}
    assert not kinds & {"image", "script", "foreignObject"}

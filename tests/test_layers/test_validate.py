"""Every fault of a corridor gets one message that names the file, the feature and a remedy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.geo.errors import Finding
    from tests.test_layers.conftest import TinyCorridor

    Change = Callable[[TinyCorridor], object]

# Words of the machinery that a journalist should never meet in a message.
MACHINE_WORDS = (
    "traceback", "exception", "pydantic", "tuple", "dict", "nonetype", "keyerror", "str ",
    "validation error", "json object", "input should", "errno", "python", "valueerror",
)  # fmt: skip


def test_a_right_corridor_has_no_findings(tiny: TinyCorridor) -> None:
    assert validate(tiny.write()) == ()


def test_the_folder_may_have_any_name(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    copy = folder.rename(folder.with_name("another name"))
    assert validate(copy) == ()
    assert load_corridor(copy).id == "tiny"


def event(**change: Any) -> dict[str, Any]:
    return {"date": "2024", "status": "operating", "sources": ["S2"], **change}


def bridge(**change: Any) -> Change:
    return lambda t: t.properties("north-bridge").update(change)


def edit(name: str, change: Callable[[dict[str, Any]], object]) -> Change:
    return lambda t: change(t.feature(name))


def figure(**change: Any) -> Change:
    right = {"quantity": "length", "value": 5, "unit": "m", "sources": ["S2"]}
    merged = {key: value for key, value in {**right, **change}.items() if value is not None}
    return bridge(figures=[merged])


def manifest(old: str, new: str) -> Change:
    def change(tiny: TinyCorridor) -> None:
        assert old in tiny.manifest
        tiny.manifest = tiny.manifest.replace(old, new, 1)

    return change


def style(text: str) -> Change:
    def change(tiny: TinyCorridor) -> None:
        tiny.style += text

    return change


def passage(**change: Any) -> Change:
    return lambda t: t.annotations[0]["target"][0].update(change)


def target(index: int, **change: Any) -> Change:
    return lambda t: t.annotations[0]["target"][index].update(change)


BRIDGES = "layers/bridges.geojson"
CASES: dict[str, tuple[Change, str, str, str, str]] = {
    # name: change, file, feature, problem, remedy
    "duplicate id in a file": (
        lambda t: t.layers["bridges"].append(t.layers["bridges"][0]),
        BRIDGES, "north-bridge", "the id stands twice in the file", "Rename one",
    ),
    "duplicate id over layers": (
        lambda t: t.feature("old-railway").update(id="north-bridge"),
        "layers/ways.geojson", "north-bridge", "already used in layers/bridges.geojson", "unique",
    ),
    "missing id": (
        edit("north-bridge", lambda f: f.pop("id")), BRIDGES, "feature 1", "has no id",
        "Add an 'id'",
    ),
    "bad id": (
        edit("north-bridge", lambda f: f.update(id="North_Bridge")),
        BRIDGES, "North_Bridge", "cannot be used", "small letters",
    ),
    "swapped": (
        edit("north-bridge", lambda f: f["geometry"].update(coordinates=[50.5, 10.5])),
        BRIDGES, "north-bridge", "seem swapped: 50.5, 10.5", "longitude first: 10.5, 50.5",
    ),
    "unknown status": (
        bridge(status_history=[event(), event(status="built")]),
        BRIDGES, "north-bridge", "'status' in entry 2 of 'status_history' is 'built'",
        "announced, pre-construction, construction, operating",
    ),
    "unknown kind": (bridge(kind="windmill"), BRIDGES, "north-bridge", "'kind' is 'windmill'",
    "bridge"),
    "no status": (
        bridge(status_history=[]), BRIDGES, "north-bridge",
        "'status_history' has too few entries; the feature is not shown", "least 1",
    ),
    "event without date": (
        bridge(status_history=[event(), {"status": "operating", "sources": ["S2"]}]),
        BRIDGES, "north-bridge", "'date' in entry 2 of 'status_history' is missing", "Add it",
    ),
    "bad date": (
        bridge(status_history=[event(date="30 Dec 2023")]),
        BRIDGES, "north-bridge", "is '30 Dec 2023', which is no date", "Write 2023, 2023-12",
    ),
    "event without source": (
        bridge(status_history=[event(sources=[])]),
        BRIDGES, "north-bridge", "the event of 2024 has no source", "sources.json",
    ),
    "history out of order": (
        bridge(status_history=[event(), event(date="2023-05")]),
        BRIDGES, "north-bridge", "out of order: 2023-05 stands after 2024", "oldest first",
    ),
    "feature without source": (
        bridge(sources=[]), BRIDGES, "north-bridge", "the feature has no source", "sources.json",
    ),
    "source without address alone": (
        bridge(sources=["S3"]), BRIDGES, "north-bridge", "without an address (S3)", "can follow",
    ),
    "unknown source": (
        bridge(sources=["S9"]), BRIDGES, "north-bridge", "names the unknown source 'S9'", "sources",
    ),
    "unknown source of the position": (
        bridge(position_sources=["S8"]), BRIDGES, "north-bridge", "the position names the unknown",
        "",
    ),
    "figure without unit": (
        figure(unit=None), BRIDGES, "north-bridge", "'unit' in entry 1 of 'figures' is missing",
        "Add",
    ),
    "figure without source": (
        figure(sources=[]), BRIDGES, "north-bridge",
        "the figure 'length' (number 1) has no source", "",
    ),
    "figure as text": (
        figure(value="216"), BRIDGES, "north-bridge",
        "'value' in entry 1 of 'figures' is not a number",
        "without quotation marks",
    ),
    "figure true": (figure(value=True), BRIDGES, "north-bridge", "is not a number", "plain number"),
    "no quality": (
        edit("north-bridge", lambda f: f["properties"].pop("position_quality")),
        BRIDGES, "north-bridge", "'position_quality' is missing", "Add it",
    ),
    "negative uncertainty": (
        bridge(uncertainty_m=-3), BRIDGES, "north-bridge", "'uncertainty_m' is -3",
        "not less than 0",
    ),
    "no name": (bridge(name=""), BRIDGES, "north-bridge", "'name' is empty", "Fill it in"),
    "name a number": (bridge(name=7), BRIDGES, "north-bridge", "'name' is not text", "quotation"),
    "bad country": (
        bridge(countries=["Iran"]), BRIDGES, "north-bridge",
        "entry 1 of 'countries' cannot be 'Iran'", "IR",
    ),
    "kind against geometry": (
        lambda t: t.properties("old-railway").update(kind="bridge"),
        "layers/ways.geojson", "old-railway", "'bridge' does not fit a LineString",
        "Change the kind",
    ),
    "crossing's bridge not there": (
        lambda t: t.properties("north-crossing").update(bridge="no-bridge"),
        "layers/crossings.geojson", "north-crossing", "'no-bridge' is not there", "kind bridge",
    ),
    "crossing's bridge no bridge": (
        lambda t: t.properties("north-crossing").update(bridge="district"),
        "layers/crossings.geojson", "north-crossing", "'district' is no bridge", "kind bridge",
    ),
    "crossing apart from its bridge": (
        edit("north-crossing", lambda f: f["geometry"].update(coordinates=[10.51, 50.5])),
        "layers/crossings.geojson", "north-crossing", "stands 709 m from its bridge", "same coord",
    ),
    "annotation at nothing": (
        target(1, selector={"type": "FragmentSelector", "value": "no-such"}),
        "annotations.jsonld", "claim-bridge", "points to 'no-such', which is not in",
        "Name a feature",
    ),
    "annotation in the wrong layer": (
        target(1, source="layers/ways.geojson"),
        "annotations.jsonld", "claim-bridge", "not in layers/ways.geojson",
        "It is in layers/bridges.geojson",
    ),
    "annotation outside the folder": (
        target(1, source="../../etc/passwd"),
        "annotations.jsonld", "claim-bridge", "'../../etc/passwd', which is no layer",
        "layers/<id>",
    ),
    "annotation without feature": (
        lambda t: t.annotations[0].update(target=t.annotations[0]["target"][:1]),
        "annotations.jsonld", "claim-bridge", "points to no feature", "Add a target",
    ),
    "annotation without passage": (
        lambda t: t.annotations[0].update(target=t.annotations[0]["target"][1:]),
        "annotations.jsonld", "claim-bridge", "points to no passage", "TextQuoteSelector",
    ),
    "annotation twice": (
        lambda t: t.annotations[1].update(id="claim-bridge"),
        "annotations.jsonld", "claim-bridge", "the annotation id stands twice", "Rename one",
    ),
    "annotation from another article": (
        passage(source="https://example.com/other"),
        "annotations.jsonld", "claim-bridge", "is not the article", "https://example.org/article",
    ),
    "unknown selector": (
        passage(selector={"type": "CssSelector", "value": "p"}),
        "annotations.jsonld", "claim-bridge", "is 'CssSelector', which is not known",
        "TextQuoteSelector",
    ),
    "selector out of range": (
        passage(selector=[
            {"type": "TextQuoteSelector", "exact": "nine chars"},
            {"type": "TextPositionSelector", "start": 5, "end": 8},
        ]),
        "annotations.jsonld", "claim-bridge", "from 5 to 8, which is not the length", "Count both",
    ),
    "empty quote": (
        passage(selector={"type": "TextQuoteSelector", "exact": ""}),
        "annotations.jsonld", "claim-bridge", "is empty", "",
    ),
    "check with unknown source": (
        lambda t: t.annotations[0]["claim"]["check"].update(sources=["S7"]),
        "annotations.jsonld", "claim-bridge", "the check names the unknown source 'S7'", "",
    ),
    "unknown result": (
        lambda t: t.annotations[0]["claim"]["check"].update(result="wrong"),
        "annotations.jsonld", "claim-bridge", "is 'wrong', which is not known", "agrees, differs",
    ),
    "claim's figure of an unknown feature": (
        lambda t: t.annotations[0]["claim"].update(
            figures=[{"quantity": "length", "value": 5, "unit": "m", "feature": "nowhere"}]
        ),
        "annotations.jsonld", "claim-bridge", "names the unknown feature 'nowhere'", "",
    ),
    "source twice": (
        lambda t: t.sources.append(t.sources[0]),
        "sources.json", "S1", "the source id stands twice", "Rename one",
    ),
    "source without title": (
        lambda t: t.sources.append({"id": "S4", "type": "webpage"}),
        "sources.json", "S4", "'title' is missing", "Add it",
    ),
    "unknown article source": (
        manifest('source = "S1"', 'source = "S5"'),
        "corridor.toml", "", "the article's source 'S5' is not in sources.json", "",
    ),
    "latest too early": (
        manifest("date = 2024-05-01", "date = 2023-07-01"),
        "corridor.toml", "", "'latest' is before the last event (2024-05-01", "Write 2024-05-01",
    ),
    "unknown key in the manifest": (
        manifest("summary = ", "sumary = "),
        "corridor.toml", "", "'sumary' is not known here", "Check its spelling",
    ),
    "unknown group": (
        manifest('group = "routes"', 'group = "roads"'),
        "corridor.toml", "", "'ways' in the unknown group 'roads'", "border, routes",
    ),
    "layer twice": (
        manifest('id = "ways"', 'id = "bridges"'),
        "corridor.toml", "", "the id 'bridges' twice in 'layers'", "Rename one",
    ),
    "layer id that leads out": (
        manifest('id = "ways"', 'id = "../ways"'),
        "corridor.toml", "", "'id' in '../ways' of 'layers' cannot be '../ways'", "small letters",
    ),
    "extent the wrong way": (
        manifest("[10.0, 50.0, 11.0, 51.0]", "[11.0, 50.0, 10.0, 51.0]"),
        "corridor.toml", "", "'extent' is no extent", "west, south, east, north",
    ),
    "as_of no date": (
        manifest("as_of = 2023-06-01", 'as_of = "June"'),
        "corridor.toml", "", "'as_of' is not a date", "2023-12-29",
    ),
    "broken manifest": (
        manifest('id = "tiny"', "id = tiny"), "corridor.toml", "", "the file is broken", "Mend",
    ),
    "outline missing": (
        manifest("[article]", 'outline = "outline.topojson"\n[article]'),
        "outline.topojson", "", "the detailed outline is missing", "Put the file there",
    ),
    "outline that leads out": (
        manifest("[article]", 'outline = "../secret"\n[article]'),
        "corridor.toml", "", "'outline' cannot be '../secret'", "plain file name",
    ),
    "style of an unknown layer": (
        style('[layer.towns]\ncolor = "#000000"\n'), "style.toml", "", "unknown layer 'towns'",
        "ways",
    ),
    "rule of an unknown layer": (
        style('[[rule]]\nlayer = "towns"\n'), "style.toml", "", "rule 2 speaks of the unknown",
        "ways",
    ),
    "bad colour": (
        style('[[rule]]\ncolor = "red"\n'), "style.toml", "", "'color' in entry 2 of 'rule'", "#",
    ),
    "unknown key in a rule": (
        style('[[rule]]\ncolour = "#000000"\n'), "style.toml", "", "'colour' in entry 2 of 'rule'",
        "",
    ),
    "broken style": (style("[[rule]\n"), "style.toml", "", "the file is broken", "Mend"),
}  # fmt: skip


def of_one_field(finding: Finding) -> bool:
    """Tell whether a form of the editor has a field beside which this is to be said."""
    whole = ("could not be read", "this is not a GeoJSON feature")
    in_an_object = finding.feature and finding.file != "corridor.toml"
    return bool(in_an_object) and not any(words in finding.problem for words in whole)


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_named(tiny: TinyCorridor, case: str) -> None:
    change, file, feature, problem, remedy = CASES[case]
    change(tiny)
    findings = validate(tiny.write())
    found = [f for f in findings if f.file == file and f.feature == feature]
    assert any(problem in f.problem for f in found), findings
    assert any(remedy in f.remedy for f in found if problem in f.problem), found
    for finding in findings:
        assert finding.field or not of_one_field(finding), finding
        line = str(finding).casefold()
        assert "\n" not in line
        assert not [word for word in MACHINE_WORDS if word in line], line


NOTHING: dict[str, Any] = {"type": "FeatureCollection", "features": []}
FILES = {
    "missing": (None, "the file is missing"),
    "empty": ("", "the file is empty"),
    "broken": ('{"type": "FeatureCollection", "features": [}', "broken at line 1, column 44"),
    "no collection": ('{"type": "Feature"}', "not a GeoJSON FeatureCollection"),
    "other system": (
        json.dumps({**NOTHING, "crs": {"properties": {"name": "EPSG:3857"}}}),
        "the coordinate system is 'EPSG:3857'",
    ),
    "not UTF-8": (b"\xff\xfe{", "not UTF-8"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_layer_that_cannot_be_read_leaves_the_others(tiny: TinyCorridor, case: str) -> None:
    content, problem = FILES[case]
    path = tiny.write() / "layers" / "ways.geojson"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corridor = load_corridor(tiny.folder)
    assert [layer.id for layer in corridor.layers] == ["crossings", "bridges"]
    assert [f.file for f in corridor.findings] == ["layers/ways.geojson"]
    assert problem in corridor.findings[0].problem
    # The annotation that points into that layer is not called wrong as well.
    assert validate(tiny.folder) == corridor.findings


def test_a_broken_bibliography_is_one_finding(tiny: TinyCorridor) -> None:
    tiny.write()
    tiny.put("sources.json", "{}")
    findings = validate(tiny.folder)
    assert [f.problem for f in findings if f.file == "sources.json"] == [
        "this is not a list of sources"
    ]
    assert all("unknown source" not in f.problem for f in findings)


def test_a_broken_annotation_page_leaves_the_map(tiny: TinyCorridor) -> None:
    tiny.write()
    tiny.put("annotations.jsonld", json.dumps({"type": "AnnotationPage"}))
    corridor = load_corridor(tiny.folder)
    assert corridor.annotations == ()
    assert len(corridor.layers) == 3
    assert "AnnotationPage" in corridor.findings[0].problem


def test_no_folder_is_one_finding(tiny: TinyCorridor) -> None:
    findings = validate(tiny.folder / "nowhere")
    assert [(f.file, f.problem) for f in findings] == [
        ("corridor.toml", "the file is missing or cannot be opened")
    ]


def test_a_stray_file_is_named(tiny: TinyCorridor) -> None:
    (tiny.write() / "layers" / "more.geojson").write_text("{}")
    assert [f.file for f in validate(tiny.folder)] == ["layers/more.geojson"]


def test_a_link_out_of_the_folder_is_not_followed(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    outside = folder.parent / "outside.geojson"
    (folder / "layers" / "ways.geojson").rename(outside)
    (folder / "layers" / "ways.geojson").symlink_to(outside)
    corridor = load_corridor(folder)
    assert [layer.id for layer in corridor.layers] == ["crossings", "bridges"]
    assert "leads out of the corridor's folder" in corridor.findings[0].problem


def test_quotes_of_a_corridor_that_is_passed_on(tiny: TinyCorridor) -> None:
    tiny.manifest = tiny.manifest.replace('source = "S1"', 'source = "S1"\nquote_words_max = 1')
    selectors = tiny.annotations[1]["target"][0]["selector"]
    selectors[0].update(suffix=" and more")
    selectors[1].update(start=16, end=26)
    problems = {(f.feature, f.problem) for f in validate(tiny.write())}
    assert problems == {
        ("claim-bridge", "the quote has 2 words"),
        ("claim-road", "the quote has 2 words"),
        ("claim-road", "the quote has a prefix or a suffix"),
        ("claim-road", "the quote adjoins that of 'claim-bridge'"),
    }


def test_every_fault_at_once(tiny: TinyCorridor) -> None:
    bridge(kind="windmill", uncertainty_m=-1, sources=["S9"])(tiny)
    tiny.properties("south-crossing").pop("status_history")
    found = {(f.file, f.feature) for f in validate(tiny.write())}
    assert ("layers/bridges.geojson", "north-bridge") in found
    assert ("layers/crossings.geojson", "south-crossing") in found
    assert len([f for f in validate(tiny.folder) if f.feature == "north-bridge"]) >= 2

"""A kind of one's own is a kind like any other: on the map, in tables and in exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import Point

from corridormap.app.editing.drafting import RefusedDraftError, draft_of
from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.formats import Feature
from corridormap.layers.columns.preview import preview_of
from corridormap.layers.columns.rows import Given
from corridormap.layers.columns.rules import ColumnRules
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.status import LOOKS
from corridormap.layers.exports.flat import flat_features
from corridormap.layers.exports.qgis_style import qgis_style
from corridormap.layers.exports.readme import readme
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.scene.letter_signs import LETTERS
from corridormap.layers.scene.looks import PointSign
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.signs import _OUTLINES, make_sign
from corridormap.layers.scene.view import default_view
from corridormap.layers.validation.validate import check_corridor
from corridormap.layers.wording.kind_signs import POINT_SIGNS, glyph_of, is_letters

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor

SILO = """
[[kinds]]
id = "grain-silo"
word = "Grain silo"
words = { de = "Getreidesilo", tr = "tahıl silosu" }
sign = "GS"
[[kinds]]
id = "conveyor"
word = "Conveyor belt"
shape = "line"
sign = "pipeline"
"""


def with_kinds(tiny: TinyCorridor, kinds: str = SILO) -> Corridor:
    tiny.manifest += kinds
    tiny.properties("north-crossing")["kind"] = "grain-silo"
    tiny.properties("cable")["kind"] = "conveyor"
    tiny.properties("cable")["mode"] = "none"
    return tiny.load()


def test_it_is_shown_named_and_explained(tiny: TinyCorridor) -> None:
    corridor = with_kinds(tiny)
    assert corridor.findings == ()
    assert not [one for one in check_corridor(corridor) if one.code == "value-is-not-known"]
    features = {one.id: one for one in resolve(corridor).features}
    silo, belt = features["north-crossing"], features["cable"]
    assert (silo.kind_label, belt.kind_label) == ("Grain silo", "Conveyor belt")
    assert silo.phases[0].sign.startswith("point/letters-GS/")
    assert belt.phases[0].sign.startswith(("line/pipeline/", "point/end-pipeline/"))
    view = default_view(corridor)
    layers = tuple(layer.id for layer in corridor.layers)
    scene = build_scene(corridor, view.model_copy(update={"layers": layers}))
    texts = [row.text for row in scene.legend]
    assert "Grain silo" in texts
    assert "Conveyor belt" in texts or "Pipeline" not in texts


def test_tables_and_exports_say_its_word(tiny: TinyCorridor) -> None:
    corridor = with_kinds(tiny)
    rows = flat_features(corridor, "2023-06-01")
    assert {row.own["kind"] for row in rows} >= {"grain-silo", "conveyor"}
    assert "grain-silo" in readme(corridor, "2023-06-01", rows)
    mine = [row for row in rows if row.layer == "crossings"]
    assert 'label="Grain silo, ' in qgis_style(mine)
    feature = Feature("row 1", "1", Point(10.2, 50.2), {"Art": "Getreidesilo"})
    rules = ColumnRules.model_validate({"columns": {"Art": {"to": "kind"}}})
    given = Given("2024-01-01", kinds=corridor.manifest.all_kinds)
    assert preview_of([feature], rules, given).rows[0].facts == (("Kind", "Grain silo"),)
    assert preview_of([feature], rules, Given("2024-01-01")).not_understood


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ('[[kinds]]\nid = "bridge"\nword = "My bridge"', "kind-is-built-in"),
        ('[[kinds]]\nid = "b"\nword = "Bridge"', "kind-word-is-taken"),
        (
            '[[kinds]]\nid = "b"\nword = "B"\n[[kinds]]\nid = "c"\nword = " b "',
            "kind-word-is-taken",
        ),
        ('[[kinds]]\nid = "b"\nword = "B"\n[[kinds]]\nid = "b"\nword = "C"', "list-has-id-twice"),
        ('[[kinds]]\nid = "b"\nword = "B"\nsign = "star"', "point-sign-is-not-known"),
        ('[[kinds]]\nid = "b"\nword = "B"\nsign = "ABC"', "point-sign-is-not-known"),
        ('[[kinds]]\nid = "b"\nword = "B"\nsign = "<"', "point-sign-is-not-known"),
        (
            '[[kinds]]\nid = "b"\nword = "B"\nshape = "line"\nsign = "AB"',
            "line-sign-is-not-known",
        ),
        (f'[[kinds]]\nid = "b"\nword = "{"b" * 31}"', "text-is-too-long"),
        ('[[kinds]]\nid = "Silo!"\nword = "B"', "value-is-not-a-kind-id"),
        (
            "".join(f'[[kinds]]\nid = "k{n}"\nword = "Kind {n}"\n' for n in range(41)),
            "list-is-too-long",
        ),
    ],
)
def test_what_cannot_be_a_kind_is_refused_in_words(
    tiny: TinyCorridor, kinds: str, code: str
) -> None:
    tiny.manifest += kinds
    with pytest.raises(CorridorFormatError) as refused:
        tiny.load()
    assert [fault.code for fault in refused.value.faults] == [code]
    assert refused.value.faults[0].file == "corridor.toml"
    assert refused.value.faults[0].remedy


def test_words_are_never_markup(tiny: TinyCorridor) -> None:
    kinds = '[[kinds]]\nid = "b"\nword = "<b onload=x>&\\u202eevil</b>"\nsign = "B"\n'
    tiny.manifest += kinds
    tiny.properties("north-crossing")["kind"] = "b"
    corridor = tiny.load()
    rows = flat_features(corridor, "2023-06-01")
    assert "<b onload" not in qgis_style([row for row in rows if row.layer == "crossings"])


def test_each_sign_that_can_be_chosen_is_drawn() -> None:
    assert set(POINT_SIGNS) == set(_OUTLINES)
    for sign in (*LETTERS, "AB", "W8"):
        assert is_letters(sign)
        drawn = [make_sign(f"point/{glyph_of('point', sign)}/{look}/#16233B") for look in LOOKS]
        assert len({repr(one).replace("#747B84", "#16233B") for one in drawn}) == len(LOOKS)
        for one in drawn:
            assert isinstance(one, PointSign)
            points = [xy for part in one.parts for xy in part.points_px]  # type: ignore[union-attr]
            assert all((x * x + y * y) ** 0.5 <= one.radius_px for x, y in points)


def test_no_two_letters_look_alike() -> None:
    drawn = {repr(make_sign(f"point/letters-{one}/operating/#16233B")) for one in LETTERS}
    assert len(drawn) == len(LETTERS) == 36


def put(kind: dict[str, Any]) -> dict[str, Any]:
    return {"op": "put_kind", "kind": kind, "was": None}


def test_a_draft_adds_a_kind_and_uses_it(tiny: TinyCorridor) -> None:
    tiny.manifest = tiny.manifest.replace("as_of", "# the day\nas_of", 1)
    snapshot = Snapshot.of(tiny.write())
    silo = {"id": "silo", "word": "Silo", "shape": "point", "sign": "S"}
    feature = tiny.feature("north-crossing")
    changed = {**feature, "properties": {**feature["properties"], "kind": "silo"}}
    use = {"op": "put_feature", "layer": "crossings", "feature": changed}
    found = parse_operations([put(silo)])
    made = (draft_of(snapshot, found).to_save["corridor.toml"] or b"").decode()
    assert made.startswith(snapshot.files["corridor.toml"].decode().rstrip())
    assert Manifest.read(made.encode()).all_kinds["silo"].label == "Silo"

    both = parse_operations([put(silo), {**use, "was": hash_of(feature)}])
    assert not draft_of(snapshot, both).conflicts
    with pytest.raises(RefusedDraftError):
        draft_of(snapshot, both[1:])
    with pytest.raises(RefusedDraftError) as refused:
        draft_of(snapshot, parse_operations([put({**silo, "id": "dam"})]))
    assert refused.value.told[0].finding.code == "kind-is-built-in"

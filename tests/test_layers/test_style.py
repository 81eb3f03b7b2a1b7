"""Rules are tested in order, later ones win, and every feature gets a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.app.browser.document import build_document
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.corridor.style import Rule, Style
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import default_view
from corridormap.layers.theme import LAYER_COLORS, PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.scene.scene import SceneFeature
    from tests.test_layers.conftest import TinyCorridor


def test_a_layer_without_style_takes_the_palette_in_order() -> None:
    assert [Style().layer_color("x", order=n) for n in range(5)] == [*LAYER_COLORS, LAYER_COLORS[0]]


def test_later_rules_win_and_leave_what_they_do_not_say() -> None:
    style = Style.model_validate(
        {
            "layer": {"a": {"color": "#000000", "label_color": "#111111"}},
            "rule": [
                {"where": {"kind": "town"}, "color": "#222222", "label_rank": 7},
                {"layer": "a", "color": "#33333f"},
                {"layer": "b", "color": "#444444"},
                {"where": {"kind": ["road", "town"]}, "label": False},
            ],
        }
    )
    found = style.of("a", {"kind": "town"})
    assert (found.color, found.label_color, found.label_rank, found.label) == (
        "#33333F", "#111111", 7, False,
    )  # fmt: skip
    assert style.of("a", {"kind": "bridge"}).label is True


def test_where_tests_lists_and_does_not_take_true_for_one() -> None:
    rule = Rule.model_validate({"where": {"countries": "AZ"}})
    assert rule.holds("a", {"countries": ["IR", "AZ"]})
    assert not rule.holds("a", {"countries": ["IR"]})
    assert not rule.holds("a", {})
    assert Rule.model_validate({"where": {"n": 1}}).holds("a", {"n": 1.0})
    assert not Rule.model_validate({"where": {"n": 1}}).holds("a", {"n": True})


colors = st.sampled_from(["#000000", "#abcdef", "#ABCDEF"])
rules = st.fixed_dictionaries(
    {},
    optional={
        "layer": st.sampled_from(["a", "b"]),
        "where": st.dictionaries(
            st.sampled_from(["kind", "mode"]),
            st.sampled_from(["road", "town", ["road", "rail"], 1, True]),
        ),
        "color": colors,
        "label_color": colors,
        "label_rank": st.integers(0, 1000),
        "label": st.booleans(),
    },
)
properties = st.dictionaries(
    st.sampled_from(["kind", "mode"]),
    st.none() | st.sampled_from(["road", "town", 1, True, ["rail"]]),
)


@given(
    found=st.lists(rules, max_size=6),
    layer=st.sampled_from(["a", "b", "c"]),
    said=properties,
    order=st.integers(0, 50),
)
def test_resolution_is_total_and_keeps_order(
    found: list[dict[str, object]], layer: str, said: dict[str, object], order: int
) -> None:
    style = Style.model_validate({"rule": found})
    look = style.of(layer, said, order=order)
    assert look.color.startswith("#")
    assert len(look.color) == len(look.label_color) == 7
    # Rules that do not hold change nothing, wherever they stand.
    held = [rule for rule in found if Rule.model_validate(rule).holds(layer, said)]
    assert Style.model_validate({"rule": held}).of(layer, said, order=order) == look
    # The same rule twice is the same as once, last.
    if held:
        again = Style.model_validate({"rule": [*found, held[-1]]})
        assert again.of(layer, said, order=order) == look


def test_every_field_of_the_style_is_honoured(tiny: TinyCorridor) -> None:
    """Each field of a rule and of a layer changes what a renderer gets."""
    plain = resolve(tiny.load())
    before = {feature.id: feature for feature in plain.features}["old-railway"]
    assert before.label is not None
    changed: dict[str, tuple[str, Callable[[SceneFeature], object]]] = {
        "color": ('color = "#ABCDEF"', lambda f: f.phases[0].sign.endswith("#ABCDEF")),
        "label_color": (
            'label_color = "#ABCDEF"',
            lambda f: f.label and f.label.color == "#ABCDEF",
        ),
        "label_rank": ("label_rank = 3", lambda f: f.label and f.label.rank == 3),
        "label": ("label = false", lambda f: f.label is None),
    }
    fields = set(Rule.model_fields) - {"layer", "where"}
    assert fields == set(changed)
    for line, holds in changed.values():
        tiny.style += f'\n[[rule]]\nlayer = "ways"\nwhere = {{ kind = "railway" }}\n{line}\n'
        after = {f.id: f for f in resolve(tiny.load()).features}
        assert holds(after["old-railway"])
        assert after["district"] == {f.id: f for f in plain.features}["district"]


def test_both_renderers_get_the_same_looks(tiny: TinyCorridor) -> None:
    corridor = tiny.load()
    document = build_document(corridor)
    scene = build_scene(corridor, default_view(corridor))
    phases = {f["id"]: f["phases"] for f in document["features"]}
    for item in scene.items:
        signs = [phase["sign"] for phase in phases[item.feature.id]]
        assert item.phase.sign in signs
        assert item.phase.sign in scene.signs
        assert all(sign in document["signs"] for sign in signs)
    assert document["palette"] == dict(scene.palette) == dict(PALETTE)


def test_no_style_file_is_no_fault(tiny: TinyCorridor) -> None:
    (tiny.write() / "style.toml").unlink()
    corridor = load_corridor(tiny.folder)
    assert (corridor.style, corridor.findings) == (Style(), ())


def test_a_broken_style_names_every_fault() -> None:
    raw = b'[layer.a]\ncolor = "red"\n[[rule]]\nlabel = "maybe"\nshape = 1\n'
    with pytest.raises(CorridorFormatError) as caught:
        Style.read(raw)
    assert [f.problem for f in caught.value.faults] == [
        "'color' in 'a' in 'layer' cannot be 'red'",
        "'label' in entry 1 of 'rule' is neither true nor false",
        "'shape' in entry 1 of 'rule' is not known here",
    ]

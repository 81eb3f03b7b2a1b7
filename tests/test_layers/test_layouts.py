"""What an editor decides by hand for layouts: read, checked, and written back as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.corridor.layouts import Hand, Layouts
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.saving.apply import Applied, apply
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.layouts_text import layouts_of
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.scene.by_hand import scene_by_hand
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from tests.test_layers.conftest import TinyCorridor

DATA = Path(__file__).parents[2] / "data"
FILES = Snapshot.of(DATA / "azerbaijan-iran").files
FRONT = """\
# Ours.

[[layouts]]
id = "front-page" # the first page
base = "square"
width_mm = 90
headline = "Two bridges"
hidden = ["julfa-rail-bridge"]

[[layouts.labels]]
feature = "julfa-road-bridge"
at = [45.2, 38.3]
align = "end"

# Wide, for the site.
[[layouts]]
id = "wide"
byline = "Map: The Paper"
"""


def test_a_file_is_read_with_all_it_decides() -> None:
    front, wide = Layouts.read(FRONT.encode()).layouts
    assert (front.layout, front.width_mm, front.hidden) == ("square", 90, ("julfa-rail-bridge",))
    assert front.labels[0].at == (45.2, 38.3)
    assert (wide.layout, wide.byline, wide.hand.is_empty) == ("wide", "Map: The Paper", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[layouts]]\nid = 'poster'", ["'poster'", "base", "a4-landscape"]),
        ("[[layouts]]\nid = 'wide'\nbase = 'square'", ["'wide'", "'square'", "Take the base out"]),
        ("[[layouts]]\nid = 'Wide'", ["'id'", "layouts"]),
        ("[[layouts]]\nid = 'wide'\nwidth_mm = 80", ["width_mm", "90"]),
        ("[[layouts]]\nid = 'wide'\nheight_mm = 100", ["width_mm"]),
        ("[[layouts]]\nid = 'wide'\ncolour = 1", ["colour"]),
        ("[[layouts]]\nid = 'wide'\n[[layouts]]\nid = 'wide'", ["'wide'", "twice"]),
        ("[[layouts]]\nid = 'wide'\nhidden = ['a', 'a']", ["'a'", "twice", "hidden"]),
        ("[[layouts]]\nid = 'wide'\n[[layouts.labels]]\nfeature = 'a'\nat = [0, 91]", ["'at'"]),
        ("[[layouts]]\nid = 'wide'\n[[layouts.labels]]\nfeature = 'a'\nat = [nan, 1]", ["'at'"]),
        ("[[layouts]]\nid = 'wide'\n[[layouts.labels]]\nfeature = 'a'", ["'at'", "labels"]),
        ("[[layouts", ["layouts.toml"]),
    ],
)
def test_what_is_wrong_is_named_with_its_entry_and_the_rest_is_opened(
    text: str, words: list[str]
) -> None:
    with pytest.raises(CorridorFormatError) as caught:
        Layouts.read(text.encode())
    assert all(word in str(caught.value) for word in words), str(caught.value)
    corridor = Corridor.of({**FILES, LAYOUTS: text.encode()})
    assert corridor.layouts.layouts == ()
    assert {finding.file for finding in corridor.findings} == {LAYOUTS}


def test_more_than_a_recipe_holds_is_refused() -> None:
    words = [{"claim": f"claim-{n}", "text": "x" * 1000} for n in range(40)]
    with pytest.raises(ValueError, match="letters"):
        Hand.model_validate({"words": words})


def test_ids_that_nothing_has_are_findings_and_the_picture_is_drawn(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    (folder / LAYOUTS).write_text(
        "[[layouts]]\nid = 'wide'\nhidden = ['gone']\nclaims = ['gone-too']\n"
        "[[layouts.labels]]\nfeature = 'far'\nat = [10.5, 50.5]\n"
        "[[layouts.words]]\nclaim = 'lost'\ntext = 'a'\n"
    )
    told = {(each.file, each.feature, each.field, each.problem) for each in validate(folder)}
    assert {(file, layout, field) for file, layout, field, _ in told} == {
        (LAYOUTS, "wide", field) for field in ("hidden", "claims", "labels", "words")
    }
    assert all(any(id_ in each[3] for each in told) for id_ in ("gone", "gone-too", "far", "lost"))
    corridor = load_corridor(folder)
    hand = corridor.layouts.layouts[0].hand
    assert scene_by_hand(build_scene(corridor, default_view(corridor)), hand).claims == ()


def changed(text: str, *operations: dict[str, Any]) -> Applied:
    files = {**FILES, LAYOUTS: text.encode()} if text else FILES
    return apply(files, parse_operations(list(operations)))


def was(text: str, id_: str) -> str | None:
    held = {one["id"]: one for one in layouts_of(text.encode())}
    return hash_of(held[id_]) if id_ in held else None


def put(text: str, **said: Any) -> str:
    op = {"op": "put_layout", "layout": said, "was": was(text, said["id"])}
    applied = changed(text, op)
    assert not applied.conflicts
    return applied.changes[LAYOUTS].decode()


def test_one_layout_is_put_and_the_others_keep_their_text() -> None:
    made = put(FRONT, id="wide", headline="New", labels=[{"feature": "a", "at": [1.5, 2]}])
    assert made.startswith(FRONT[: FRONT.index('id = "wide"')])
    front, wide = Layouts.read(made.encode()).layouts
    assert front == Layouts.read(FRONT.encode()).layouts[0]
    assert (wide.headline, wide.byline, wide.labels[0].at) == ("New", "", (1.5, 2.0))
    assert [one.id for one in Layouts.read(put(made, id="story").encode()).layouts] == [
        "front-page", "wide", "story",
    ]  # fmt: skip


def test_a_layout_is_taken_out_and_the_first_makes_the_file() -> None:
    first = put("", id="wide", byline="B")
    assert first.startswith("#")
    assert layouts_of(first.encode()) == [{"id": "wide", "byline": "B"}]
    gone = {"op": "remove_layout", "id": "wide", "was": was(first, "wide")}
    assert layouts_of(changed(first, gone).changes[LAYOUTS]) == []
    assert layouts_of(changed(FRONT, {**gone, "was": was(FRONT, "wide")}).changes[LAYOUTS])[0][
        "id"
    ] == "front-page"  # fmt: skip


@pytest.mark.parametrize("op", ["put_layout", "remove_layout"])
def test_what_somebody_else_changed_is_a_conflict(op: str) -> None:
    said = {"layout": {"id": "wide"}} if op == "put_layout" else {"id": "wide"}
    (conflict,) = changed(FRONT, {"op": op, **said, "was": "0" * 16}).conflicts
    assert (conflict.file, conflict.id, conflict.theirs) == (
        LAYOUTS, "wide", {"id": "wide", "byline": "Map: The Paper"},
    )  # fmt: skip


words = st.text(st.characters(exclude_categories=["C"]), max_size=30)


@given(
    st.fixed_dictionaries(
        {
            "headline": words,
            "byline": words,
            "hidden": st.lists(st.sampled_from("abcd"), unique=True),
            "claims": st.none() | st.lists(st.sampled_from(["x/1", "y"]), unique=True),
            "labels": st.lists(
                st.fixed_dictionaries(
                    {
                        "feature": st.sampled_from("abcd"),
                        "at": st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
                        "align": st.sampled_from(["start", "middle", "end"]),
                    }
                ),
                unique_by=lambda one: str(one["feature"]),
            ),
            "words": st.lists(
                st.fixed_dictionaries({"claim": st.sampled_from("xyz"), "text": words}),
                unique_by=lambda one: str(one["claim"]),
            ),
        }
    )
)
def test_what_is_decided_comes_back_out_of_json_and_of_the_file(said: dict[str, Any]) -> None:
    hand = Hand.model_validate_json(Hand.model_validate(said).to_json())
    assert Hand.model_validate_json(hand.to_json()) == hand
    entry = Layouts.read(put(FRONT, id="wide", **hand.said()).encode()).of("wide")
    assert entry is not None
    assert entry.hand == hand

"""A draft is put on a corridor that somebody else has changed, and nothing of either is lost."""

from __future__ import annotations

from typing import Any

from tests.modules import ask

STEPS = [
    {"label": "Add", "ops": [{"op": "add_layer", "layer": {"id": "posts", "title": "P"},
                              "features": [{"id": "a"}]},
                             {"op": "put_columns", "columns": {"id": "posts"}}]},
    {"label": "Move", "ops": [{"op": "put_feature", "layer": "posts", "feature": {"id": "a"}}]},
    {"label": "Note", "ops": [{"op": "put_annotation", "annotation": {
        "id": "n", "target": {"source": "layers/posts.geojson"}}}]},
]  # fmt: skip


def resolved(*, mine: bool) -> list[dict[str, Any]]:
    resolve = """([steps, mine]) => {
      const { conflictsOf, resolve } = merge;
      const ops = steps.flatMap((step) => step.ops);
      const found = conflictsOf(ops, [{ op: 0, id: "posts", theirs: { id: "posts" }, now: "x" }]);
      return resolve(steps, found, () => mine, new Set(["posts", "posts-2"]));
    }"""
    steps: list[dict[str, Any]] = ask({"merge": "editor/merge.js"}, resolve, [STEPS, mine])
    return steps


def test_a_layer_that_both_have_added_is_kept_under_another_id() -> None:
    mine: list[dict[str, Any]] = resolved(mine=True)
    assert [step["ops"][0].get("layer") for step in mine] == [
        {"id": "posts-3", "title": "P"}, "posts-3", None,
    ]  # fmt: skip
    assert mine[0]["ops"][1]["columns"] == {"id": "posts-3"}
    assert mine[2]["ops"][0]["annotation"]["target"] == [{"source": "layers/posts-3.geojson"}]
    assert [step["label"] for step in resolved(mine=False)] == ["Note"]

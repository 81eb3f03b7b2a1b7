import assert from "node:assert/strict";
import { test } from "node:test";
import { moveOperations } from "../../app/browser/editor/features/move.js";
import { keyOf, objectsOf, withWas } from "../../app/browser/editor/objects.js";

const BASE = {
  corridor: { layers: [{ id: "roads" }] },
  layers: { roads: [{ id: "a" }, { id: "b" }] },
  annotations: [{ id: "n" }],
  sources: [{ id: "S1" }],
  columns: [{ id: "roads", file: "roads.csv" }],
  kinds: [],
  article: { source: "S1" },
  hashes: {
    layers: { roads: { a: "hash of a" } },
    annotations: { n: "hash of n" },
    sources: {},
    columns: { roads: "hash of its columns" },
    article: "hash of the article",
  },
};
const put = (id) => ({ op: "put_feature", layer: "roads", feature: { id, name: "new" } });

test("an operation says once what it found, and nothing of what is not there", () => {
  const made = withWas(BASE, [put("a"), put("a"), put("z")], []);
  assert.deepEqual(
    made.map(({ was }) => was),
    ["hash of a", null, null],
  );
  assert.equal(withWas(BASE, [put("a")], [put("a")])[0].was, null);
  const layer = { op: "add_layer", layer: { id: "posts" }, features: [] };
  assert.equal(withWas(BASE, [layer], [])[0], layer);
});

test("operations on one object have one key", () => {
  assert.equal(keyOf(put("a")), keyOf({ op: "remove_feature", layer: "roads", id: "a" }));
  assert.notEqual(keyOf(put("a")), keyOf(put("b")));
  assert.equal(keyOf({ op: "put_article" }), "article");
  const columns = { op: "put_columns", columns: { id: "roads", file: "roads-2.csv" } };
  assert.equal(keyOf(columns), "columns/roads");
  assert.equal(withWas(BASE, [columns], [])[0].was, "hash of its columns");
  assert.equal(objectsOf(BASE, [columns]).columns.get("roads").file, "roads-2.csv");
});

test("operations make other objects and leave the base as it was", () => {
  const before = JSON.stringify(BASE);
  const made = objectsOf(BASE, [
    put("a"),
    { op: "remove_feature", layer: "roads", id: "b" },
    { op: "remove_annotation", id: "n" },
    { op: "put_article", article: { text: "x" } },
    { op: "add_layer", layer: { id: "posts" }, features: [{ id: "p" }], source: { id: "S2" } },
    { op: "put_feature", layer: "posts", feature: { id: "q" } },
  ]);
  assert.deepEqual([...made.layers.get("roads").values()], [{ id: "a", name: "new" }]);
  assert.deepEqual([...made.layers.get("posts").keys()], ["p", "q"]);
  assert.deepEqual(
    made.entries.map(({ id }) => id),
    ["roads", "posts"],
  );
  assert.equal(made.annotations.size, 0);
  assert.deepEqual([...made.sources.keys()], ["S1", "S2"]);
  assert.deepEqual(made.article, { source: "S1", text: "x" });
  assert.equal(JSON.stringify(BASE), before);
});

test("a feature that moves takes along those annotations that name its file", () => {
  const target = (layer, value) => ({ source: `layers/${layer}.geojson`, selector: { value } });
  const annotations = [
    { id: "one", target: target("roads", "a") },
    { id: "both", target: [target("roads", "a"), target("roads", "b")] },
    { id: "none", target: target("roads", "b") },
  ];
  const ops = moveOperations({ annotations: () => annotations }, { id: "a" }, "roads", "posts");
  assert.deepEqual(
    ops.map(({ op }) => op),
    ["remove_feature", "put_feature", "put_annotation", "put_annotation"],
  );
  assert.deepEqual(ops[2].annotation.target, target("posts", "a"));
  assert.deepEqual(ops[3].annotation.target, [target("posts", "a"), target("roads", "b")]);
});

test("what is set of the corridor and its layers is as the server makes it", () => {
  const base = {
    ...BASE,
    corridor: { layers: [{ id: "roads", title: "Roads" }, { id: "posts" }, { id: "rails" }] },
    settings: { title: "T", summary: "S" },
    looks: { roads: { color: "#111111", label_color: "#222222" } },
    hashes: {
      ...BASE.hashes,
      settings: "of settings",
      order: "of the order",
      set: { roads: "of roads" },
      whole: { posts: "of all posts" },
    },
  };
  const ops = [
    { op: "put_corridor", corridor: { title: "New", summary: null } },
    { op: "put_order", layers: ["rails", "gone", "roads"] },
    { op: "put_layer", layer: { id: "roads", title: "Ways", color: "#333333", label_color: null } },
    { op: "remove_layer", id: "posts" },
  ];
  assert.deepEqual(
    withWas(base, ops, []).map(({ was }) => was),
    ["of settings", "of the order", "of roads", "of all posts"],
  );
  assert.equal(new Set(ops.map(keyOf)).size, ops.length);
  const made = objectsOf(base, ops);
  assert.deepEqual(made.settings, { title: "New" });
  assert.deepEqual(made.entries, [{ id: "rails" }, { id: "roads", title: "Ways" }]);
  assert.deepEqual(made.looks.get("roads"), { color: "#333333" });
});

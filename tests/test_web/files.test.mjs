import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal, size, uploadsOf } from "../../app/browser/editor/add/files.js";
import { find, lineOf } from "../../app/browser/editor/features/source_words.js";
import { embedCode } from "../../app/browser/panels/exports/embed.js";

const named = (...names) => names.map((name) => ({ name, size: 10 }));

test("the parts of a Shapefile are one upload, and what lies beside it none", () => {
  const made = uploadsOf(named("a.shp", "b.geojson", "a.DBF", "a.shp.xml", "a.sbn", "c.dbf"));
  assert.deepEqual(
    made.map(({ name }) => name),
    ["a.shp", "b.geojson", "c.dbf"],
  );
  assert.deepEqual(
    made[0].files.map(({ name }) => name),
    ["a.shp", "a.DBF"],
  );
});

test("a name with half a character can be sent", () => {
  assert.equal(uploadsOf(named("a\ud800.csv"))[0].name, "a\ufffd.csv");
});

test("a file that is empty or too large is refused with a remedy", () => {
  const of = (bytes) =>
    refusal({ name: "a", files: [{ file: { size: bytes } }] }, { limits: { file_bytes: 2e6 } });
  assert.equal(of(10), null);
  assert.match(of(0).problem, /empty/);
  assert.match(of(3e6).problem, /3\.0 MB/);
  assert.match(of(3e6).remedy, /2\.0 MB/);
  assert.deepEqual([size(999), size(1000), size(2.5e6)], ["999 bytes", "1 kB", "2.5 MB"]);
});

test("a source is found by the beginning of its id first, then by all words", () => {
  const sources = [
    { id: "S10", title: "A bridge over the Aras", publisher: "The Times" },
    { id: "S1", title: "Roads", issued: { "date-parts": [[2023]] } },
    { id: "X", title: "S1 is not its id" },
  ];
  assert.deepEqual(
    find(sources, "s1").map(({ id }) => id),
    ["S1", "S10", "X"],
  );
  assert.deepEqual(
    find(sources, "aras times").map(({ id }) => id),
    ["S10"],
  );
  assert.deepEqual(find(sources, "aras nowhere"), []);
  assert.equal(lineOf(sources[1]), "Roads, 2023");
});

test("the code for another page holds no markup of a title, and no script", () => {
  const title = `"><script>alert(1)</script>--><b>`;
  for (const format of ["png", "html", "pdf"]) {
    const filename = `a & b--> .${format}`;
    const code = embedCode({ format, filename, title, alt: title, width: 1, height: 1 });
    assert.ok(!code.includes("<script"), code);
    assert.equal(code.match(/-->/g).length, 1, code);
    assert.ok(!code.includes('""'), code);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as words from "../../app/browser/tools/words.js";

test("a date is as exact in words as it was given", () => {
  assert.equal(words.date("2023-12-29"), "29 December 2023");
  assert.equal(words.date("2023-12"), "December 2023");
  assert.equal(words.date("2023"), "2023");
  assert.equal(words.dateShort("2023-12-29"), "29 Dec 2023");
});

test("days and dates are each other's inverse, before the year 100 too", () => {
  for (const iso of ["1970-01-01", "2024-02-29", "1901-03-01", "0099-12-31"])
    assert.equal(words.isoOf(words.dayOf(iso)), iso);
  assert.equal(words.dayOf("1970-01-02"), 1);
  assert.equal(words.dayOf("2023"), words.dayOf("2023-01-01"));
});

test("what is counted has its own plural or one with an s", () => {
  assert.equal(words.count(1, "feature"), "1 feature");
  assert.equal(words.count(4, "feature"), "4 features");
  assert.equal(words.count(0, "country", "countries"), "0 countries");
});

test("a check has its own words and the icon of its result", () => {
  assert.equal(words.result({ result: "confirmed", label: "Confirmed" }).icon, "agrees");
  assert.deepEqual(words.result({ result: "sources_differ", label: "Differs by 3 days" }), {
    text: "Differs by 3 days",
    icon: "differs",
  });
  assert.equal(words.result({ result: "of another version" }).icon, "untested");
});

test("a country's code that is none is left as it is", () => {
  assert.equal(words.country("AZ"), "Azerbaijan");
  assert.equal(words.country("az"), "az");
  assert.equal(words.country("<b>"), "<b>");
});

test("what is no address has no host", () => {
  assert.equal(words.host("https://www.example.org/a"), "example.org");
  assert.equal(words.host("not an address"), "");
});

test("a source says who, what, when, and when it was looked at", () => {
  const csl = {
    id: "S1",
    publisher: "The Times",
    title: "A bridge",
    issued: { "date-parts": [[2023, 5]] },
    accessed: { "date-parts": [[2024, 1, 2]] },
  };
  assert.equal(words.source(csl).text, "The Times, A bridge, May 2023, checked 2 Jan 2024");
  assert.equal(words.source({ id: "S2" }).short, "undated");
  assert.equal(words.source({ id: "S3", issued: { literal: "spring" } }).date, "spring");
});

test("a sentence ends once", () => {
  assert.equal(words.sentence("It is open"), "It is open.");
  assert.equal(words.sentence("He said “it is open.”"), "He said “it is open.”");
});

"""Sources leave as they came: whole as CSL-JSON, and readable again from BibTeX."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.corridor.corridor import Corridor, find_corridor, load_corridor
from corridormap.layers.corridor.source import Source
from corridormap.layers.exports.bibliography import cited_sources, to_bibtex, to_csl_json
from corridormap.layers.wording.words import plain

FIELD = re.compile(r"^  (\w+) = \{(.*)\},$")
ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),$")
COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\$": "$",
    r"\&": "&",
    r"\%": "%",
    r"\#": "#",
    r"\_": "_",
}
COMMAND = re.compile("|".join(re.escape(command) for command in COMMANDS))


@pytest.fixture(scope="module")
def built_in() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def source(**fields: Any) -> Source:
    return Source.model_validate({"id": "S1", "type": "webpage", "title": "A page", **fields})


def balanced(text: str) -> bool:
    """Tell whether braces are in pairs, as BibTeX counts them: a backslash hides none."""
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Read what the exporter writes, without its code: one field a line."""
    found: dict[str, dict[str, str]] = {}
    key = ""
    for line in text.splitlines():
        if entry := ENTRY.match(line):
            key = entry.group(2)
            assert key not in found
            found[key] = {"ENTRYTYPE": entry.group(1)}
        elif field := FIELD.match(line):
            assert balanced(field.group(2)), line
            found[key][field.group(1)] = field.group(2)
        else:
            assert line in {"", "}"}, line
    return found


def said(text: str) -> str:
    """Return a field as TeX would print it."""
    inner = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    return COMMAND.sub(lambda command: COMMANDS[command.group()], inner)


def test_csl_json_comes_back_as_it_was(built_in: Corridor) -> None:
    original = json.loads((built_in.folder / "sources.json").read_text(encoding="utf-8"))
    assert json.loads(to_csl_json(built_in.sources.values())) == original


def test_keys_that_nobody_knows_come_back_too() -> None:
    data = {"id": "S1", "type": "report", "title": "T", "DOI": "10.1/x", "custom": {"a": [1]}}
    assert json.loads(to_csl_json([Source.model_validate(data)])) == [data]


def test_bibtex_says_of_every_source_what_the_file_says(built_in: Corridor) -> None:
    found = read_bibtex(to_bibtex(built_in.sources.values()))
    assert list(found) == list(built_in.sources)
    for key, entry in found.items():
        original = built_in.sources[key]
        assert said(entry["title"]) == original.title
        house = {"article": "journal", "techreport": "institution"}.get(entry["ENTRYTYPE"])
        assert said(entry[house or "publisher"]) == original.publisher
        assert entry.get("url") == original.url
        assert entry["urldate"] == (original.accessed.iso if original.accessed else "")
        assert entry.get("date", "") == original.issued.iso
        assert said(entry.get("note", "")) == original.note
        assert bool(entry.get("pubstate")) is not bool(original.issued.iso)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_title_comes_back(title: str) -> None:
    entry = read_bibtex(to_bibtex([source(title=title, note=title)]))["S1"]
    assert said(entry["title"]) == plain(title)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a_b~c%20d?e=1&f=2#g", "https://example.org/a_b~c%20d?e=1&f=2#g"),
        ("https://example.org/{x}", "https://example.org/%7Bx%7D"),
        ("https://example.org/Азия", "https://example.org/%D0%90%D0%B7%D0%B8%D1%8F"),
        ("javascript:alert(1)", None),
    ],
)
def test_addresses_keep_their_meaning(url: str, written: str | None) -> None:
    assert read_bibtex(to_bibtex([source(URL=url)]))["S1"].get("url") == written


def test_names_of_people_and_bodies() -> None:
    authors = [{"family": "Doe", "given": "Jo"}, {"literal": "The Office and Sons"}]
    entry = read_bibtex(to_bibtex([source(author=authors)]))["S1"]
    assert entry["author"] == "{Doe}, Jo and {The Office and Sons}"


def test_keys_are_made_safe_and_stay_apart() -> None:
    ids = ["a b", "a,b", "A-B", "{}", "§"]
    found = read_bibtex(to_bibtex([source(id=i) for i in ids]))
    assert len(found) == len(ids)
    assert len({key.casefold() for key in found}) == len(ids)


def test_vague_dates_stay_vague() -> None:
    dates: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"date-parts": [[2023]]}, {"date": "2023", "year": "2023"}),
        ({"date-parts": [[2023, 4]]}, {"date": "2023-04", "year": "2023", "month": "4"}),
        ({"literal": "undated"}, {"pubstate": "undated"}),
    ]
    for issued, expected in dates:
        entry = read_bibtex(to_bibtex([source(issued=issued)]))["S1"]
        assert {
            k: entry[k] for k in ("date", "year", "month", "pubstate") if k in entry
        } == expected


def test_only_what_is_leant_on_is_cited(corridor: Corridor) -> None:
    assert [source.id for source in cited_sources(corridor)] == ["S1", "S2"]

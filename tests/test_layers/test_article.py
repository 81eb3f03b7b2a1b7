"""An article's text is read or refused with a reason, and annotations are checked against it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from corridormap.app.cli import main
from corridormap.geo.errors import ReadError
from corridormap.layers.article.article import MAX_BYTES, ArticleCheck, check_article, read_article
from corridormap.layers.article.passages.text import normalise, text_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.test_layers.conftest import TinyCorridor

TEXT = """The bridge at the mill

The old bridge was closed in the spring. A new road was promised to the millers.

It is said to be 216 metres long. The new bridge will open in the winter.
"""


def test_text_is_read_in_utf_8_and_in_utf_16_with_its_mark(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes("Körpü – پل".encode(encoding))
        assert read_article(path) == "Körpü – پل"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\t", "empty"),
        ("Körpü".encode("latin-1"), "not UTF-8: byte 2"),
        ("Мост закрыт.".encode("cp1251"), "not UTF-8: byte 1"),
        ("a bridge".encode("utf-16-le"), "not plain text"),
        (b"\xff\xfea", "not UTF-16"),
        ("a bridge".encode("utf-32"), "UTF-32"),
        (b"%PDF-1.7 \xe2", "a PDF"),
        (b"PK\x03\x04\x14", "Word"),
        (b"{\\rtf1 a bridge}", "an RTF file"),
        (b"\n <!DOCTYPE HTML><p>a bridge", "a web page"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_article(path)
    assert problem in caught.value.problem
    assert caught.value.file == str(path)
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="folder"):
        read_article(tmp_path)


def quoting(tiny: TinyCorridor, *quotes: str, **change: Any) -> TinyCorridor:
    """Let the annotations quote the text above, each at its place."""
    whole = normalise(TEXT).text
    for annotation, quote in zip(tiny.annotations, quotes, strict=True):
        start = whole.index(quote)
        place = {"type": "TextPositionSelector", "start": start, "end": start + len(quote)}
        words = {"type": "TextQuoteSelector", "exact": quote}
        annotation["target"][0]["selector"] = [words, place | change]
    return tiny


def checks(tiny: TinyCorridor, text: str) -> dict[str, ArticleCheck]:
    return {check.id: check for check in check_article(tiny.load(), text)}


def faults(check: ArticleCheck) -> str:
    """Return what is to be mended; each fault names the file and the annotation."""
    assert all((f.file, f.feature) == ("annotations.jsonld", check.id) for f in check.findings)
    assert all(finding.remedy for finding in check.findings)
    return "; ".join(finding.problem for finding in check.findings)


def knowing(tiny: TinyCorridor) -> TinyCorridor:
    """Let the corridor know the text's hash."""
    tiny.manifest = re.sub(
        r'source = "S1"', f'source = "S1"\ntext_sha256 = "{text_hash(TEXT)}"', tiny.manifest
    )
    return tiny


def test_each_annotation_is_told_with_its_line_and_paragraph(tiny: TinyCorridor) -> None:
    found = checks(quoting(tiny, "closed in the spring", "216 metres long"), TEXT)
    bridge, road = found["claim-bridge"], found["claim-road"]
    assert (bridge.status, bridge.found, bridge.line) == ("exact", "closed in the spring", 3)
    assert (road.status, road.found, road.line) == ("exact", "216 metres long", 5)
    assert road.paragraph == 2
    assert bridge.note == road.note == faults(bridge) == faults(road) == ""


def test_what_was_edited_is_moved_doubtful_or_lost(tiny: TinyCorridor) -> None:
    quoting(tiny, "closed in the spring", "216 metres long")
    found = checks(tiny, "Seen today.\n\n" + TEXT.replace("216", "374"))
    assert found["claim-bridge"].status == "moved"
    assert found["claim-road"].status == "doubtful"
    assert found["claim-road"].found == "metres long"
    assert "changed" in found["claim-road"].note
    assert {c.status for c in checks(tiny, "Bread is baked at four.").values()} == {"lost"}


def test_words_that_stand_twice_are_told_and_the_rest_still_works(tiny: TinyCorridor) -> None:
    quoting(tiny, "bridge", "216 metres long")
    found = checks(tiny, TEXT)
    assert "3 times" in faults(found["claim-bridge"])
    assert found["claim-road"].status == "exact"


def test_a_place_beyond_the_text_is_told(tiny: TinyCorridor) -> None:
    quoting(tiny, "closed in the spring", "216 metres long", start=9_000, end=9_015)
    found = checks(knowing(tiny), TEXT)["claim-road"]
    assert "beyond the end of the text" in faults(found)
    assert found.found == "216 metres long"


def test_a_wrong_place_in_the_article_itself_is_told(tiny: TinyCorridor) -> None:
    quoting(tiny, "closed in the spring", "216 metres long", start=9, end=24)
    found = checks(knowing(tiny), TEXT)["claim-road"]
    assert "this is the article itself" in faults(found)
    assert found.status == "moved"


@pytest.mark.parametrize(
    ("place", "note"),
    [({"start": 20, "end": 20}, "which is no passage"), ({"start": 0}, "characters long")],
)
def test_a_senseless_place_is_told(tiny: TinyCorridor, place: dict[str, int], note: str) -> None:
    found = checks(quoting(tiny, "closed in the spring", "216 metres long", **place), TEXT)
    assert note in faults(found["claim-road"])
    assert found["claim-road"].found == "216 metres long"


def test_an_annotation_without_passage_or_words_is_told(tiny: TinyCorridor) -> None:
    quoting(tiny, "closed in the spring", "216 metres long")
    tiny.annotations[0]["target"].pop(0)
    tiny.annotations[1]["target"][0]["selector"][0]["exact"] = "…"
    found = checks(tiny, TEXT)
    assert (found["claim-bridge"].status, found["claim-road"].status) == ("lost", "lost")
    assert "names no passage" in faults(found["claim-bridge"])
    assert "no quoted words" in faults(found["claim-road"])


def test_the_command_tells_each_fault_with_file_and_id_and_goes_on(
    tiny: TinyCorridor, tmp_path: Path
) -> None:
    quoting(tiny, "closed in the spring", "bridge")
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    words = ["article", "check", str(text), str(tiny.load().folder)]
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert told.exit_code == 0
    assert "annotations.jsonld: claim-road: the quoted words stand 3 times" in told.stderr
    assert "exact     claim-bridge: closed in the spring" in told.stdout


def test_the_command_gives_a_list_with_ids_and_statuses(tiny: TinyCorridor, tmp_path: Path) -> None:
    quoting(tiny, "closed in the spring", "216 metres long", start=9_000, end=9_015)
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-16")
    words = ["article", "check", str(text), str(knowing(tiny).load().folder), "--json"]
    found = json.loads(CliRunner().invoke(main, words, catch_exceptions=False).stdout)
    assert [(each["id"], each["status"]) for each in found] == [
        ("claim-bridge", "moved"),
        ("claim-road", "moved"),
    ]
    assert found[1]["found"] == "216 metres long"
    assert {fault["feature"] for fault in found[1]["findings"]} == {"claim-road"}

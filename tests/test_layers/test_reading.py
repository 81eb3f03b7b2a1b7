"""An article is read from any of its formats, or refused in words for its kind."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.letters import ENCODINGS, EncodingChoiceError, decoded
from corridormap.layers.article.passages.text import text_hash
from corridormap.layers.article.reading.html import read_html
from corridormap.layers.article.reading.reading import (
    ARTICLE_LIMITS,
    CHARACTERS_MOST,
    given_text,
    read_given,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PIECES = (
    "<p>|</p>|<div>|</div>|<br>|<li>|<td>|<a href=x>|</a>|<b>|</b>|<script>alert(1)</script>"
    "|<style>alert</style>|<nav>|</nav>|<article>|</article>|<h1>|</h1>|word |&lt;|&#x3c;b"
    "|<!-- x -->|</html>|<time datetime=2020-01-01>|<meta name=author content=A>"
)
PIECES = _PIECES.split("|")
BROKEN = ["<!", "<![CDATA[x]]>", "</p", "<p title='", "<", "&#", "<script>"]
RUSSIAN = "Мост в городе Астара был открыт.\nДлина 97,5 м."
WORD = '<w:document xmlns:w="http://x"><w:body>{}</w:body></w:document>'
PARAGRAPH = "The ferry left the northern quay at noon and took nine lorries to the other bank. "
PAGE = f"""<!doctype html><html><head><title>Ferry - The Post</title>
<script type="application/ld+json">{{"@graph": [{{"@type": ["NewsArticle"], "headline": "The ferry",
"author": [{{"name": "A. Writer"}}, {{"name": "B. Other"}}], "publisher": {{"name": "The Post"}},
"datePublished": "2024-05-01T10:00:00Z"}}]}}</script>
<link rel="canonical" href="https://post.example/ferry"></head>
<body><nav><a href="/">Home</a> Navigation words</nav>
<main><article><h1>The ferry</h1><p>{PARAGRAPH}<p>Second <b>bold</b> part. {PARAGRAPH}
<script>alert("script words")</script><ul><li>First item<li>Second item</ul></article>
<div class="more"><a href="/1">Another story, {PARAGRAPH}</a></div></main>
<div hidden>Hidden words {PARAGRAPH}</div><footer>Footer words</footer></body></html>"""


def docx(body: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a Word document with the given main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(lines: Sequence[str], lock: pikepdf.Encryption | None = None) -> bytes:
    """Return a PDF of one page with the given lines."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        page.Contents = document.make_stream(f"BT /F1 12 Tf 14 TL 40 700 Td {shown} ET".encode())
        out = io.BytesIO()
        document.save(out, encryption=lock or False)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_that_tells_its_encoding_is_read(encoding: str) -> None:
    assert read_given("a.txt", RUSSIAN.encode(encoding)).text == RUSSIAN


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le"])
def test_an_encoding_that_is_not_told_is_asked_for_and_never_guessed(encoding: str) -> None:
    raw = RUSSIAN.encode(encoding)
    with pytest.raises(EncodingChoiceError, match="Choose the encoding") as told:
        read_given("a.txt", raw)
    first = told.value.choices[0]
    assert (first.id, first.sample) == (encoding, " ".join(RUSSIAN.split()))
    assert read_given("a.txt", raw, encoding=encoding).text == RUSSIAN


def test_a_wrong_choice_of_encoding_is_refused() -> None:
    with pytest.raises(ReadError, match="not in Unicode"):
        read_given("a.txt", RUSSIAN.encode("cp1251"), encoding="utf-8")
    with pytest.raises(ReadError, match="not read here"):
        read_given("a.txt", RUSSIAN.encode("cp1251"), encoding="rot13")


def test_a_web_page_gives_its_article_and_what_it_says_of_itself() -> None:
    reading = read_given("a.html", PAGE.encode())
    assert reading.form == "web page"
    lines = reading.text.split("\n")
    assert lines[0] == "The ferry"
    assert lines[2].startswith("Second bold part.")
    assert lines[-2:] == ["First item", "Second item"]
    for left_out in ("Navigation", "script words", "Hidden", "Footer", "Another story"):
        assert left_out not in reading.text
    said = (reading.title, reading.author, reading.publisher, reading.date, reading.url)
    assert said == (
        "The ferry",
        "A. Writer, B. Other",
        "The Post",
        "2024-05-01",
        "https://post.example/ferry",
    )


def test_a_page_is_read_in_the_encoding_that_its_head_names() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    reading = read_given("a.html", page.encode("cp1251"))
    assert "Мост в городе Астара" in reading.text
    assert reading.encoding == "cp1251"


def test_two_line_breaks_end_a_paragraph() -> None:
    page = f"<html><body><div>One {PARAGRAPH}<br>\n<br> Two<br>and {PARAGRAPH}</div></body></html>"
    lines = read_given("a.html", page.encode()).text.split("\n")
    assert [line[:7] for line in lines] == ["One The", "Two and"]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_page_is_read_and_no_tag_of_it_is_left(pieces: list[str]) -> None:
    text = read_html("".join(pieces))["text"]
    assert "alert" not in text
    assert "<p" not in text


@given(st.lists(st.sampled_from([*PIECES, *BROKEN]), max_size=40))
def test_a_broken_page_is_read_as_far_as_it_goes(pieces: list[str]) -> None:
    assert set(read_html("".join(pieces))) == {
        "text",
        "title",
        "author",
        "publisher",
        "date",
        "url",
        "left_out",
    }


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<!-->One<!--->Two<!-- > -- --!>", "OneTwo"),
        ("<?xml version='1.0'?>One<![CDATA[gone]]>", "One"),
        ("One </>Two</ p>", "One Two"),
        ("One <a title='>' title=x b=\"</p>\" c = d/>Two", "One Two"),
        ("5 < 6 <- <3 &lt; &#60; &amp", "5 < 6 <- <3 < < &"),
        ("<STYLE>a</STYLE >One<svg/>Two<script>'</scripts>'</script\n>", "OneTwo"),
        ("&#" + "1" * 5000 + ";One", "\ufffdOne"),
        *((f"One{begun}Two", "One") for begun in ("<a ", "</a ", "<?", "<!", "<!--", "<a b='>")),
    ],
)
def test_a_page_is_taken_apart_as_browsers_do(page: str, text: str) -> None:
    assert read_html(page)["text"] == text


def test_a_title_holds_text_and_no_tags() -> None:
    assert read_html("<title><b>Its</b> &amp; title</title>")["title"] == "<b>Its</b> & title"


def test_a_text_about_tags_stays_a_text() -> None:
    text = "We write <p> for a paragraph.\nAnd <html> for a page."
    assert read_given("a.txt", text.encode()).text == text


def test_a_word_document_gives_its_paragraphs_without_what_was_deleted() -> None:
    body = WORD.format(
        "<w:p><w:r><w:t>Title</w:t></w:r></w:p><w:p><w:r><w:t>One </w:t></w:r>"
        "<w:del><w:r><w:t>gone</w:t></w:r></w:del><w:hyperlink><w:r><w:t>two</w:t></w:r>"
        "</w:hyperlink><w:r><w:tab/><w:t>three</w:t></w:r></w:p>"
    )
    core = "<c:p xmlns:c='http://c' xmlns:dc='http://d'><dc:creator>A. Writer</dc:creator></c:p>"
    reading = read_given("a.docx", docx(body, {"docProps/core.xml": core}))
    assert reading.text == "Title\nOne two three"
    assert (reading.form, reading.title, reading.author) == ("Word document", "Title", "A. Writer")


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


SHOWN, STYLED = '<w:vanish w:val="0"/>', '<w:rStyle w:val="Note"/>'
WORDS: list[tuple[str, str]] = [
    (f"<w:p><w:ins>{run('new')}</w:ins><w:moveFrom>{run('old')}</w:moveFrom></w:p>", "new"),
    (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Ra')}</w:p><w:p>{run('sht.')}</w:p>",
        "Rasht.",
    ),
    (f"<w:p>{run('seen')}{run('secret', '<w:vanish/>')}</w:p>", "seen"),
    (f"<w:p>{run('shown', SHOWN)}</w:p>", "shown"),
    (f"<w:p>{run('seen')}{run('secret', STYLED)}</w:p>", "seen"),
    (f"<w:p>{run('Port')}<w:r><w:softHyphen/></w:r>{run('s')}</w:p>", "Ports"),
    (f"<w:p>{run('5')}<w:r><w:sym w:font='Symbol' w:char='F0B1'/></w:r>{run('1')}</w:p>", "5±1"),
    (
        (
            f"<w:p>{run('Trucks ')}<w:r><w:txbxContent><w:p>{run('Map')}</w:p>"
            f"<w:p>{run('Ours')}</w:p>"
            f"</w:txbxContent></w:r>{run('cross.')}</w:p><w:p>{run('End')}</w:p>"
        ),
        "Trucks cross.\nMap\nOurs\nEnd",
    ),
    (
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('gone')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:tc><w:p>{run('kept')}</w:p></w:tc></w:tr></w:tbl>"
        ),
        "kept",
    ),
]


@pytest.mark.parametrize(("body", "text"), WORDS, ids=[text for _, text in WORDS])
def test_a_word_document_gives_what_is_accepted_and_seen(body: str, text: str) -> None:
    styles = WORD.replace("document", "styles").replace("<w:body>{}</w:body>", "{}")
    style = '<w:style w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
    data = docx(WORD.format(body), {"word/styles.xml": styles.format(style)})
    assert read_given("a.docx", data).text == text


def test_a_pdf_gives_its_lines_as_paragraphs() -> None:
    lines = ["The road runs along the ri-", "ver and was opened in 2021 after a wait.", "", "Two."]
    for lock in (None, pikepdf.Encryption(owner="o"), pikepdf.Encryption(owner="o", R=4)):
        reading = read_given("a.pdf", pdf(lines, lock))
        assert reading.text.startswith("The road runs along the river and was opened in 2021")


KIDS = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999>>endobj\ntrailer<</Root 1 0 R>>\n"
)

REFUSED: list[tuple[str, bytes, str]] = [
    ("a.pdf", pdf([]), "pictures of pages and no text"),
    ("a.pdf", pdf(["x"], pikepdf.Encryption(user="u", owner="o")), "locked with a password"),
    ("a.pdf", b"%PDF-1.7 nothing more", "is broken"),
    ("a.pdf", KIDS, "more than an article"),
    ("a.pdf", pdf(["x"] * 400_000), "broken, so that"),
    ("a.docx", docx('<!DOCTYPE x [<!ENTITY a "b">]><a>&a;</a>'), "document type or entities"),
    ("a.docx", docx("<a>" + " " * 40_000_000 + "</a>"), "far larger than the zip"),
    ("a.docx", docx(WORD.format("<w:p>" * 100)), "nested too deeply"),
    ("a.docx", docx(WORD.format("")), "no text in it"),
    ("a.docx", docx("<a/>", {"../evil": "x"}), "leads out of the zip"),
    ("a.docx", docx("<a/>", {"inner.zip": b"PK\x03\x04"}), "itself a packed file"),
    ("a.docx", b"PK\x03\x04 nothing more", "the zip is broken"),
    ("a.odt", docx("<a/>").replace(b"word/document.xml", b"Word/document.xml"), "not a DOCX"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file, or a Word file locked"),
    ("a.rtf", b"{\\rtf1 text}", "an RTF file"),
    ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture"),
    ("a.txt", b"  \n ", "the file is empty"),
    ("a.txt", b"a\0b\xff\xfe", "not a text"),
    ("a.txt", "a".encode("utf-32"), "UTF-32"),
    ("a.txt", b"a " * 1_600_000, "larger than 3 MB"),
    ("a.txt", b"a " * 250_000, f"up to {CHARACTERS_MOST:,}"),
    ("a.pdf", b"%PDF" + b" " * ARTICLE_LIMITS.file_bytes, "too large"),
    ("a.html", b"<html>" + b"<![CDATA[" * 200_000, "no text in it"),
    ("a.html", b"<html>" + b"<a " * 500_000, "no text in it"),
    ("a.html", b"<html>" + b"<div>" * 200_000, "no text in it"),
]


@pytest.mark.parametrize(("name", "data", "problem"), REFUSED, ids=[r[2] for r in REFUSED])
def test_what_cannot_be_read_is_refused_in_its_own_words(
    name: str, data: bytes, problem: str
) -> None:
    with pytest.raises(ReadError, match=problem) as told:
        read_given(name, data)
    assert told.value.remedy


def test_a_paste_keeps_its_text_and_is_known_by_its_hash() -> None:
    text = "A title\n\nThe text – “as given”."
    reading = given_text(text)
    assert (reading.text, reading.title) == (text, "A title")
    assert reading.sha256 == text_hash(text)
    with pytest.raises(ReadError, match="no text"):
        given_text(" \n")


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        text = read_given(name, data).text
    except CorridorError:
        return
    assert text.strip()


@given(st.text(max_size=80), st.sampled_from(sorted(ENCODINGS)))
def test_a_chosen_encoding_gives_the_text_back(text: str, encoding: str) -> None:
    try:
        raw = text.encode(encoding)
    except UnicodeEncodeError:
        return
    if "\0" in text or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0\0\xfe\xff")):
        return
    assert decoded(raw, file="a.txt", encoding=encoding).text == text.removeprefix("\ufeff")

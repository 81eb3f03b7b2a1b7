"""A page's running text is read wherever it stands; what is left out is said, and taken in."""

from __future__ import annotations

import base64
import quopri
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pages import Page, counted, pages
from corridormap.geo.errors import ReadError
from corridormap.layers.article.passages.text import text_hash
from corridormap.layers.article.reading.html import read_html
from corridormap.layers.article.reading.parts import REASONS
from corridormap.layers.article.reading.reading import Reading, read_given
from corridormap.layers.article.reading.saved import saved_page
from tests.sweeping import SWEEP

PAGES = pages(6 if SWEEP else 1)
LONG = "The ferry left the northern quay at noon and took nine lorries to the other bank. "
ANSWER = "Nobody ever asked the people of the river what they thought of it, said a reader. "
HOME = f"<h1>The ferry sails</h1><p>One. {LONG * 3}<p>Two. {LONG * 3}<p>Three. {LONG * 3}"


def text_of(page: Page) -> str:
    """Return a page's text without the sandbox."""
    return str(read_html(page.data.decode("utf-8", "replace"))["text"])


def paged(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>T</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.template}-{page.story}")
def test_the_pages_of_the_bench_are_read_whole_and_nothing_else_of_them(page: Page) -> None:
    charset = "cp1251" if b"windows-1251" in page.data else "utf-8"
    charset = "cp1252" if b"windows-1252" in page.data else charset
    found = read_html(page.data.decode(charset))
    count = counted(page, found["text"])
    assert (count["found"], count["twice"], count["kept"]) == (count["wanted"], 0, 0)
    # Nothing is dropped: what is not in the text was left out for a reason.
    kept = {"text": " ".join(piece["text"] for piece in found["left_out"])}
    for key, piece in page.unwanted.items():
        if f">{piece}<" in page.data.decode(charset) and page.template != "amp":
            assert piece in " ".join(kept["text"].split()), key


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"{HOME}<section id=comments><p>{ANSWER}</section>", "comments"),
        (f"<main>{HOME}</main><div class=c><p class=r>{ANSWER}</p><p class=r>{LONG}</p></div>",
         "comments"),
        (f"<ul><li><a href=/1>Home {ANSWER}</a><li><a href=/2>Sea</a></ul>{HOME}", "related"),
        (f"<div role=navigation>{ANSWER}</div>{HOME}", "menu"),
        (f"{HOME}<div class='post-ad'>{ANSWER}</div>", "advert"),
        (f"<div id=cookieConsent>{ANSWER}</div>{HOME}", "notice"),
        (f"{HOME}<form>{ANSWER}<input></form>", "notice"),
        (f"{HOME}<aside>{ANSWER}</aside>", "beside"),
        (f"{HOME}<div>© 2026 {ANSWER}</div>", "foot"),
        (f"{HOME}<div style='display: none'>{ANSWER}</div>", "hidden"),
        (f"{HOME}<div>{ANSWER}</div><noscript><p>{ANSWER}</noscript>", "copy"),
        (f"{HOME}<noscript>&lt;img alt='{ANSWER}'></noscript>", "hidden"),
        (f"<div>{ANSWER}</div><div class=story>{HOME}</div>", "apart"),
    ],
)  # fmt: skip
def test_what_is_left_out_goes_with_its_reason_and_back_to_its_place(
    body: str, reason: str
) -> None:
    page = paged(body)
    reading = read_given("a.html", page.encode())
    pieces = [piece for piece in reading.left_out if ANSWER.strip() in piece.text]
    assert [piece.reason for piece in pieces] == [reason]
    assert all(f"{mark}. The ferry" in reading.text for mark in ("One", "Two", "Three"))
    assert (ANSWER.strip() in reading.text) == (reason == "copy")
    assert REASONS[reason] in " ".join(reading.said)
    taken = reading.taking_in([reason])
    assert ANSWER.strip() in taken.text
    assert taken.sha256 == text_hash(taken.text)
    first = taken.text.index(ANSWER.strip()) < taken.text.index("One. ")
    assert first == (page.index(ANSWER.strip()) < page.index("One. "))


@pytest.mark.parametrize(
    "wrapped",
    [
        "<form id=f><input type=hidden value=1>{}<input type=submit></form>",
        "<aside class=teaser><p>Ad</p><div>{}</div>",
        "<div class=comment-page><div class=sidebar-right>{}</div></div>",
        "<noscript>{}</noscript>",
        "<footer>{}",
        "<div hidden>{}</div>",
    ],
)
def test_a_part_that_holds_the_article_is_not_left_out_for_its_name(wrapped: str) -> None:
    found = read_html(paged(wrapped.format(HOME)))["text"]
    assert all(mark in found for mark in ("The ferry sails", "One. ", "Two. ", "Three. "))


def test_the_name_of_a_page_is_never_its_text() -> None:
    assert read_html(paged("<script>draw()</script>"))["text"] == ""
    with pytest.raises(ReadError, match="no text in it"):
        read_given("a.html", paged("<div id=app></div>").encode())


_words = st.sampled_from(["Sea", LONG, ANSWER, "© Paper", "JavaScript is off. " + LONG])
_tags = st.sampled_from(
    ["div", "p", "nav", "aside", "form", "noscript", "footer", "article", "h1", "li", "td"]
)
_names = st.sampled_from(["", "comments", "story", "ad", "sidebar", "share", "related"])


@given(st.lists(st.tuples(_tags, _names, _words, st.booleans()), min_size=1, max_size=12))
def test_no_word_of_a_page_is_dropped_in_silence(
    parts: list[tuple[str, str, str, bool]],
) -> None:
    page = paged(
        "".join(
            f"<{tag} class='{name}'>{n} {words}{f'</{tag}>' if closed else ''}"
            for n, (tag, name, words, closed) in enumerate(parts)
        )
    )
    found = read_html(page)
    told = " ".join([found["text"], *(piece["text"] for piece in found["left_out"])])
    expected = " ".join(f"{n} {words}" for n, (_, _, words, _) in enumerate(parts))
    assert sorted(told.split()) == sorted(expected.split())


PART = "Content-Type: text/html{charset}\r\nContent-Transfer-Encoding: {coding}\r\n"
WHOLE = (
    "From: <Saved>\r\nSnapshot-Content-Location: https://paper.example/ferry\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    '\tboundary="--x"\r\n\r\n----x\r\n'
)
PICTURE = (
    b"\r\n----x\r\nContent-Type: image/png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo\r\n"
)


def mhtml(page: str, coding: str, charset: str) -> bytes:
    """Return a page as a browser saves it in one file."""
    raw = page.encode(charset)
    body = base64.encodebytes(raw) if coding == "base64" else quopri.encodestring(raw)
    head = PART.format(charset=f"; charset={charset}", coding=coding)
    return f"{WHOLE}{head}\r\n".encode() + body + PICTURE + b"----x--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.txt"])
def test_a_page_saved_as_one_file_is_read(name: str, coding: str, charset: str) -> None:
    page = paged(f"<nav><a href=/>Home</a></nav>{HOME}<p>Паром вышел в полдень. {LONG}")
    reading = read_given(name, mhtml(page, coding, charset))
    assert (reading.form, reading.url) == ("web page", "https://paper.example/ferry")
    assert reading.text.splitlines()[0] == "The ferry sails"
    assert "Паром вышел в полдень." in reading.text
    assert not any(mark in reading.text for mark in ("iVBOR", "=3D", "Home"))


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_written_as_an_address_is_read(packed: bool) -> None:  # noqa: FBT001
    page = paged(f"{HOME}<p>Паром вышел. {LONG}").encode()
    body = base64.b64encode(page).decode() if packed else quote(page)
    data = f"data:text/html;charset=utf-8{';base64' if packed else ''},{body}".encode()
    reading = read_given("page.txt", data)
    assert reading.form == "web page"
    assert "Паром вышел." in reading.text


def test_a_letter_without_a_page_is_refused_in_words() -> None:
    letter = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nA letter."
    with pytest.raises(ReadError, match="no web page is in it"):
        read_given("a.mht", letter)


@given(st.binary(max_size=300))
def test_any_saved_file_is_taken_apart(data: bytes) -> None:
    saved_page(WHOLE.encode() + data)
    saved_page(b"data:text/html;base64," + data)


def test_single_bad_bytes_of_a_page_are_shown_and_counted() -> None:
    page = paged(f"{HOME}<p>Über {LONG}", "<meta charset=utf-8>").encode()
    reading: Reading = read_given("a.html", page.replace(b"Two. ", b"Two\x96 "))
    assert "Two\ufffd The ferry" in reading.text
    assert "Bytes that are no character: 1" in " ".join(reading.said)

"""The editor's routes of the article: read on this machine, propose, keep nothing."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from corridormap.app.cli import main
from corridormap.app.desk.desk import Desk
from corridormap.app.editing.article_routes import article_routes
from corridormap.layers.article.passages.text import text_hash
from corridormap.layers.article.reading.reading import ARTICLE_LIMITS, CHARACTERS_MOST
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from tests.coroutines import finished
from tests.test_app.asking import asked, reply, soon

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Trains from Baku\n\nThe 162-km line from Bakı to Tabriz opened on December 22. 😀 Tehran too."
)


@pytest.fixture(scope="module")
def app() -> Starlette:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    return Starlette(routes=article_routes("", soon(lambda: corridor), Desk()))


def ask(app: Starlette, address: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
    """Return status and JSON of an answer: GET without a body."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    method = "GET" if body is None else "POST"
    return reply(app, method, address, body=body or b"", headers=named)


def proposed(app: Starlette, value: Any) -> tuple[int, Any]:
    return ask(app, "/edit/suggest", json.dumps(value).encode())


def test_a_pasted_text_comes_back_with_its_hash(app: Starlette) -> None:
    status, said = ask(app, "/edit/article", TEXT.encode())
    assert (status, said["text"], said["sha256"]) == (200, TEXT, text_hash(TEXT))


def test_a_file_is_read_and_an_encoding_asked_for(app: Starlette) -> None:
    raw = "Мост в Астаре".encode("cp1251")
    status, said = ask(app, "/edit/article?name=a.txt", raw)
    assert status == 400
    assert "Choose the encoding" in said["error"]
    assert said["choices"][0] == {
        "id": "cp1251",
        "label": "Cyrillic (Windows-1251)",
        "sample": "Мост в Астаре",
    }
    status, said = ask(app, "/edit/article?name=a.txt&encoding=cp1251", raw)
    assert (status, said["text"]) == (200, "Мост в Астаре")


def test_what_is_wrong_with_a_file_is_told(app: Starlette) -> None:
    status, said = ask(app, "/edit/article?name=x%0A<b>.rtf", b"{\\rtf1 x}")
    assert status == 400
    assert "this is an RTF file" in said["error"]
    assert "\n" not in said["error"]


def test_names_and_numbers_are_proposed_where_the_browser_counts_them(app: Starlette) -> None:
    status, said = proposed(app, {"text": TEXT, "ops": [], "written": "2023-12-29"})
    assert status == 200
    units = TEXT.encode("utf-16-le")

    def cut(one: dict[str, Any]) -> str:
        return units[2 * one["from"] : 2 * one["to"]].decode("utf-16-le")

    names = [
        (cut(one), one["candidates"][0]["id"] or one["candidates"][0]["name"])
        for one in said["names"]
    ]
    assert names == [
        ("Baku", "node-baku"),
        ("Bakı", "node-baku"),
        ("Tabriz", "Tabriz"),
        ("Tehran", "node-tehran"),
    ]
    numbers = [(cut(one), one["value"], one["unit"]) for one in said["numbers"]]
    assert numbers == [("162-km", 162, "km"), ("December 22", "2023-12-22", "date")]


def test_features_of_the_draft_are_known(app: Starlette) -> None:
    feature = {
        "type": "Feature",
        "id": "halt",
        "properties": {"name": "Zyxwvut", "kind": "town"},
        "geometry": {"type": "Point", "coordinates": [48, 39]},
    }
    op = {"op": "put_feature", "layer": "bridges", "feature": feature, "was": None}
    _, said = proposed(app, {"text": "It stops at Zyxwvut.", "ops": [op]})
    assert said["names"][0]["candidates"][0]["id"] == "halt"


@pytest.mark.parametrize("value", [[], {}, {"text": 3}, {"text": "x" * (CHARACTERS_MOST + 1)}])
def test_an_odd_request_is_refused(app: Starlette, value: Any) -> None:
    assert proposed(app, value)[0] == 400


@pytest.mark.parametrize("address", ["/edit/article?name=a.txt", "/edit/suggest"])
def test_large_bodies_are_refused(app: Starlette, address: str) -> None:
    assert ask(app, address, b"{}", content_length="99999999999")[0] == 413
    assert ask(app, address, b"{}", content_length="-1")[0] == 400


def test_a_body_larger_than_it_says_is_refused(app: Starlette) -> None:
    most = ARTICLE_LIMITS.file_bytes
    pieces = [b"x" * 1_000_000] * (most // 1_000_000 + 2)
    answer = asked(app, "POST", "/edit/article?name=a.txt", body=pieces)
    assert finished(answer)[0] == 413


def test_nothing_of_the_text_is_logged(app: Starlette, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(app, "/edit/article?name=a.html", b"<html><p>Secret words of an article</p>")
        ask(app, "/edit/article?name=a.pdf", b"%PDF-1.7 Secret")
        proposed(app, {"text": "Secret words from Baku."})
    assert "Secret" not in caplog.text


def test_the_command_proposes_the_same(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["article", "suggest", str(file)])
    assert done.exit_code == 0
    assert "Tabriz: Tabriz (IR)" in done.output
    assert "162-km: length 162 km" in done.output
    as_json = CliRunner().invoke(main, ["article", "suggest", str(file), "--json"])
    assert json.loads(as_json.output)["names"][0]["candidates"][0]["id"] == "node-baku"
    file.write_bytes("Мост".encode("cp1251"))
    refused = CliRunner().invoke(main, ["article", "suggest", str(file)])
    assert refused.exit_code == 1
    assert "Choose the encoding" in refused.output


def test_the_command_prints_the_text_and_says_what_it_left_out(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    told = "A reader says that nobody on the river had asked for it in all these long years."
    body = f"<nav>Home</nav><p>{TEXT}<div class=comments><p>{told}</div>"
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    read = CliRunner().invoke(main, ["article", "read", str(file)])
    assert read.exit_code == 0
    assert told not in read.stdout
    assert "17 words of readers' comments" in read.stderr
    assert "--take-in comments --take-in menu" in read.stderr
    taken = CliRunner().invoke(main, ["article", "read", str(file), "--take-in", "comments"])
    assert taken.stdout.rstrip().endswith(told)
    whole = CliRunner().invoke(main, ["article", "read", str(file), "--take-in", "all", "--json"])
    assert json.loads(whole.stdout)["left_out"] == []
    wrong = CliRunner().invoke(main, ["article", "read", str(file), "--take-in", "ads"])
    assert wrong.exit_code == 2

"""A stranger's recipe by each of its ways in: dropped on the page, made again, verified.

Each is told in one plain line; nothing that it names is opened, and memory stays small.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette

from corridormap.app.cli import main
from corridormap.app.desk.desk import Desk
from corridormap.app.exporting.again import make_again, verify
from corridormap.app.exporting.recipe_route import recipe_route
from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.exports.recipes.recipe import Recipe, data_hashes, this_tool
from tests.test_app.asking import reply, soon
from tests.test_layers.test_recipe import BROKEN, HOSTILE, RECIPE, html, itxt, pdf, png, svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.corridor.corridor import Corridor

SMALL = {"size": "480x480", "arrange": "map", "locator": "0"}
MOST_BYTES = 30_000_000
"""More than a file's own copies take, far less than what a bomb unpacks to."""
CONTAINERS = {"png": lambda text: png(itxt(text)), "svg": svg, "pdf": pdf, "html": html}


@pytest.fixture(scope="module")
def builtin() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


@pytest.fixture(scope="module")
def application(builtin: Corridor) -> Starlette:
    return Starlette(routes=[recipe_route("/recipe", soon(lambda: builtin), Desk())])


def dropped(application: Starlette, body: bytes) -> tuple[int, Any]:
    return reply(application, "POST", "/recipe", body=body)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def told_plainly(result: Result) -> str:
    """Return the one line that a command gave up with."""
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    lines = result.output.strip().splitlines()
    assert len(lines) == 1
    assert len(lines[0]) < 600
    return lines[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_recipes_are_told_plainly_by_every_way_in(
    application: Starlette, tmp_path: Path, name: str
) -> None:
    text, _ = HOSTILE[name]
    file, new = tmp_path / "strange.png", tmp_path / "new.png"
    file.write_bytes(png(itxt(text)))
    status, answer = dropped(application, file.read_bytes())
    assert status == 400
    assert "recipe" in answer["error"]
    assert "recipe" in told_plainly(run("verify", str(file)))
    assert "recipe" in told_plainly(run("snapshot", "--again", str(file), "-o", str(new)))
    assert not new.exists()


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_told_plainly_by_every_way_in(
    application: Starlette, tmp_path: Path, name: str
) -> None:
    body, words = BROKEN[name]
    file, new = tmp_path / "strange.png", tmp_path / "new.png"
    file.write_bytes(body)
    status, answer = dropped(application, body)
    assert status == 400
    assert words in answer["error"]
    assert words in told_plainly(run("verify", str(file)))
    assert words in told_plainly(run("snapshot", "--again", str(file), "-o", str(new)))
    assert not new.exists()


ASKED: dict[str, tuple[dict[str, Any], str]] = {
    "giant sides": ({"options": {"size": "99999x99999"}}, "99999x99999"),
    "a side of a million digits": ({"options": {"size": "1" * 1999}}, "is not a width"),
    "sides below zero": ({"options": {"size": "-5x-5"}}, "is not a width"),
    "too many pixels": ({"options": {"size": "6000x6000", "density": "print"}}, "more than"),
    "an unknown layout": ({"options": {"layout": "../../x"}}, "no layout"),
    "a density of its own": ({"options": {"density": "1e9"}}, "no density"),
    "a switch of its own": ({"options": {"claims": "yes; rm -rf /"}}, "claims"),
    "endless alt text": ({"options": {"alt": "word " * 390}}, "letters"),
    "an unknown corridor": ({"corridor": "no-such-corridor"}, "no-such-corridor"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_made_is_told_by_every_way_in(
    application: Starlette, tmp_path: Path, name: str
) -> None:
    changes, words = ASKED[name]
    body = png(itxt(RECIPE.model_copy(update=changes).to_json()))
    file, new = tmp_path / "strange.png", tmp_path / "new.png"
    file.write_bytes(body)
    status, answer = dropped(application, body)
    assert (status, words in answer["error"]) == (400, True), answer
    assert words in told_plainly(run("verify", str(file)))
    assert words in told_plainly(run("snapshot", "--again", str(file), "-o", str(new)))
    assert not new.exists()


VIEWS: dict[str, tuple[dict[str, str], str]] = {
    "an unknown layer": ({"layers": "ferries"}, "ferries"),
    "a path for a layer": ({"layers": "../../etc/passwd"}, "passwd"),
    "a box of nothing": ({"bbox": "nan,nan,nan,nan"}, "four numbers"),
    "a box without end": ({"bbox": "-inf,-inf,inf,inf"}, "four numbers"),
    "a box of huge numbers": ({"bbox": "-1e308,-1e308,1e308,1e308"}, "outside the world"),
    "a box upside down": ({"bbox": "50,38,44,39"}, "west"),
    "no date": ({"date": "<script>alert(1)</script>"}, "is not a date"),
    "an unknown feature": ({"sel": "x' OR 1=1"}, "no feature"),
    "an unknown claim": ({"claim": "$(id)"}, "no claim"),
    "an address for a base map": ({"base": "http://example.org/{z}/{x}/{y}"}, "base map"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_part_of_a_view_that_is_not_there_is_a_notice(
    application: Starlette, builtin: Corridor, name: str
) -> None:
    view, words = VIEWS[name]
    body = png(itxt(RECIPE.model_copy(update={"view": view, "options": SMALL}).to_json()))
    status, answer = dropped(application, body)
    assert status == 200
    assert any(words in notice for notice in answer["notices"]), answer["notices"]
    again = make_again(read_recipe(body), builtin)
    assert any(words in notice for notice in again.notices)


def test_the_command_tells_what_of_the_view_is_not_there(tmp_path: Path) -> None:
    file, new = tmp_path / "strange.png", tmp_path / "new.svg"
    recipe = RECIPE.model_copy(update={"view": {"sel": "x' OR 1=1"}, "options": SMALL})
    file.write_bytes(png(itxt(recipe.to_json())))
    result = run("snapshot", "--again", str(file), "-o", str(new))
    assert result.exit_code == 0
    assert "Note: " in result.output
    assert "no feature" in result.output
    assert new.read_bytes().startswith(b"<?xml")
    checked = run("verify", str(file))
    assert checked.exit_code == 1
    assert "no feature" in checked.output


def test_script_in_a_recipe_stays_text(application: Starlette, builtin: Corridor) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    recipe = RECIPE.model_copy(
        update={"view": {}, "options": {**SMALL, "alt": script}, "credits": (script,)}
    )
    for form, contain in CONTAINERS.items():
        body = contain(recipe.model_copy(update={"format": form}).to_json())
        status, answer = dropped(application, body)
        assert (status, answer["options"]["alt"]) == (200, script)
        made = make_again(read_recipe(body), builtin).body
        assert read_recipe(made).options["alt"] == script
        if form in {"svg", "html"}:
            assert b"<script>alert" not in made
            assert b"<img src=x" not in made


def test_nothing_that_a_recipe_names_is_opened(
    application: Starlette, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    trap.write_text("secret", encoding="utf-8")
    names = {"sel": str(trap), "claim": f"file://{trap}", "layers": str(trap)}
    recipe = RECIPE.model_copy(
        update={
            "view": names,
            "options": {"layout": "wide", "alt": str(trap)},
            "credits": (str(trap),),
        }
    )
    body = png(itxt(recipe.to_json()))
    opened: list[str] = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *words: Any, **more: Any) -> Any:
            opened.append(os.fsdecode(path) if isinstance(path, (str, bytes, Path)) else "")
            return real(path, *words, **more)

        return call

    monkeypatch.setattr(builtins, "open", watched(builtins.open))
    monkeypatch.setattr(io, "open", watched(io.open))
    monkeypatch.setattr(os, "open", watched(os.open))
    status, _ = dropped(application, body)
    monkeypatch.undo()
    assert status == 200
    assert not [path for path in opened if "trap" in path]


@pytest.mark.parametrize("name", ["packed iTXt", "packed zTXt", "nested deeply", "XMP too long"])
def test_memory_stays_small(application: Starlette, name: str) -> None:
    body = BROKEN[name][0] if name in BROKEN else png(itxt(HOSTILE[name][0]))
    dropped(application, body)  # what is imported and read once is not counted
    tracemalloc.start()
    dropped(application, body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_BYTES


def good(builtin: Corridor, **changes: Any) -> Recipe:
    """Return a recipe that is true of the corridor and the program at hand."""
    fields = {
        "view": {},
        "options": SMALL,
        "data": dict(data_hashes(builtin)),
        "tool": this_tool(),
    }
    return RECIPE.model_copy(update={**fields, **changes})


def bomb(width: int, height: int, recipe: Recipe) -> bytes:
    """Return a PNG of a few kB that says it is huge."""
    body = png(itxt(recipe.to_json()))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return body[:8] + chunk + body[8 + 25 :]


@pytest.mark.parametrize("side", [11_000, 2**31 - 1])
def test_a_picture_that_says_it_is_huge_is_not_unpacked(builtin: Corridor, side: int) -> None:
    verdict = verify(bomb(side, side, good(builtin)), builtin)
    assert [found.kind for found in verdict.differences] == ["picture"]
    assert f"{side} x {side} pixels in place of 480 x 480" in verdict.differences[0].text


def test_a_picture_that_tells_its_size_twice_is_not_unpacked(builtin: Corridor) -> None:
    huge = bomb(60_000, 60_000, good(builtin))[8:33]
    true = bomb(480, 480, good(builtin))
    verdict = verify(true[:33] + huge + true[33:], builtin)
    assert [found.kind for found in verdict.differences] == ["picture"]
    assert "cannot be opened" in verdict.differences[0].text


def test_pixels_that_unpack_without_end_are_a_difference(builtin: Corridor) -> None:
    pixels = b"IDAT" + zlib.compress(bytes(50_000_000), 1)
    chunk = struct.pack(">I", len(pixels) - 4) + pixels + struct.pack(">I", zlib.crc32(pixels))
    body = bomb(480, 480, good(builtin))
    verdict = verify(body[: body.index(b"IDAT") - 4] + chunk + body[-12:], builtin)
    assert [found.kind for found in verdict.differences] == ["picture"]


def test_the_corridor_asked_for_is_the_one_that_is_given(builtin: Corridor) -> None:
    other = good(builtin, corridor="north-south")
    for way in (lambda: make_again(other, builtin), lambda: verify(b"", builtin, recipe=other)):
        with pytest.raises(CorridorError, match="north-south"):
            way()


def test_what_changed_is_named_when_a_file_is_dropped(
    application: Starlette, builtin: Corridor
) -> None:
    data = {**data_hashes(builtin), "layers/bridges.geojson": "0" * 64}
    status, answer = dropped(application, png(itxt(good(builtin, data=data).to_json())))
    assert status == 200
    assert answer["notices"] == [
        "The data changed since the file was made: layers/bridges.geojson."
    ]
    assert json.loads(json.dumps(answer))["format"] == "png"

"""No text of a corridor commands the terminal of who looks at it."""

from __future__ import annotations

import ast
import json
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import corridormap.app.commands
from corridormap.geo.assets import corridor_roots
from corridormap.layers.wording.words import escaped, visible
from tests.sweeping import SWEEP

if TYPE_CHECKING:
    from tests.serving import RunCommand

BUILT_IN = next(root / "azerbaijan-iran" for root in corridor_roots())
COMMANDS = Path(corridormap.app.commands.__file__).parent
# An escape that click lets through, one of eight bits, a bell, a return, marks of direction,
# line ends that only some programs know, half-hidden letters and ones that stand for nothing.
HARMFUL = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m\r\b\x7f\x85\u202e\u202a\u2066\u2069\u200e\u200f\u061c"
    "\u2028\u2029\u200b\u2060\ufeff\u00ad\U000e0041\ue000\ufff9\ufdd0"
)
KEPT = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937 \u06dd\u00a0|"


def test_unseen_characters_are_written_out_and_words_stay_right() -> None:
    for each in HARMFUL:
        if not each.isprintable():
            assert visible(f"a{each}b") == f"a<U+{ord(each):04X}>b"
            assert json.loads(f'"{escaped(each)}"') == each
    assert visible("\udcff") == "<U+DCFF>"
    assert visible("a\nb") == "a<U+000A>b"
    assert visible(KEPT) == escaped(KEPT) == KEPT


def test_every_command_writes_through_the_one_way_out() -> None:
    for path in COMMANDS.parent.rglob("*.py"):
        if path == COMMANDS / "common.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        wrong = {"click.echo", "click.secho", "click.style", "print", "pprint"}
        assert not wrong.intersection(said), path


def hostile(value: Any, key: str = "") -> Any:
    """Return data whose every text that a person wrote holds what would harm a terminal."""
    if isinstance(value, dict):
        return {name: hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, key) for each in value]
    written = {"name", "title", "text", "note", "exact", "publisher", "quote", "rule", "value",
               "family", "given", "container-title", "abstract", "comment", "label"}  # fmt: skip
    return f"{value}{HARMFUL}" if isinstance(value, str) and key in written else value


@pytest.fixture(scope="module")
def corridor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a corridor whose texts, and whose faults, hold harmful characters."""
    folder = shutil.copytree(BUILT_IN, tmp_path_factory.mktemp("hostile") / "corridor")
    files = [folder / "annotations.jsonld", folder / "sources.json", *folder.glob("layers/*")]
    for path in files:
        data = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(hostile(data)), encoding="utf-8")
    path = folder / "corridor.toml"
    written = "".join(json.dumps(each)[1:-1] for each in HARMFUL if ord(each) <= 0xFFFF)
    text = path.read_text(encoding="utf-8").replace('title = "', f'title = "{written}')
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def faulty(corridor: Path) -> Path:
    """Make a corridor with faults whose messages quote harmful texts."""
    folder = shutil.copytree(corridor, corridor.parent / f"faulty{HARMFUL.replace('/', '')}")
    for path in folder.glob("layers/*"):
        data = json.loads(path.read_text(encoding="utf-8"))
        for feature in data["features"][:3]:
            feature["properties"][f"status{HARMFUL}"] = HARMFUL
            feature["properties"]["kind"] = f"road{HARMFUL}"
        data["features"][-1]["id"] = f"x{HARMFUL}"
        path.write_text(json.dumps(data), encoding="utf-8")
    style = folder / "style.toml"
    key = "".join(json.dumps(each)[1:-1] for each in HARMFUL if ord(each) <= 0xFFFF)
    style.write_text(f'{style.read_text(encoding="utf-8")}\n["{key}"]\nx = 1\n', encoding="utf-8")
    return folder


@cache
def article(folder: Path) -> Path:
    path = folder.parent / f"article{HARMFUL[:3]}.txt"
    path.write_text(f"Astara{HARMFUL} and Aghband, 55 km{HARMFUL}.", encoding="utf-8")
    return path


WORDS = [
    ["info"], ["info", "--json"], ["validate"], ["validate", "--json"], ["claims"],
    ["claims", "--json"], ["sources"], ["sources", "--format", "bibtex"],
    ["article", "check", "FILE"], ["article", "check", "FILE", "--json"],
    ["article", "suggest", "FILE"], ["article", "suggest", "FILE", "--json"],
    ["snapshot", "-o", "OUT.png"], ["snapshot", "-o", "OUT.nothing\x1b]0;x\x07"],
    ["snapshot", "-o", "OUT.png", "--layers", f"x{HARMFUL}"],
    ["atlas", "-o", "OUT.pdf"], ["export", "-o", "OUT.zip"],
    ["strip", "-o", "OUT.svg", "--route", f"x{HARMFUL}"], ["verify", "FILE"],
    ["list", "--dir", "PARENT"], ["list", "--dir", "PARENT", "--json"],
    ["add", f"FILE{HARMFUL}"], ["new", "OUT", "--title", HARMFUL],
    [f"no{HARMFUL}"], ["info", f"--no{HARMFUL}"], ["serve", "--dir", f"x{HARMFUL}"],
]  # fmt: skip


KINDS = ("corridor", "faulty")
# One kind of corridor after the other; both for each where all cases are tried.
CASES = [
    (kind, words)
    for number, words in enumerate(WORDS)
    for kind in (KINDS if SWEEP else (KINDS[number % 2],))
]


@pytest.mark.parametrize(("kind", "words"), CASES, ids=lambda said: "".join(said)[:30])
def test_no_command_says_what_a_terminal_would_obey(
    *,
    corridor: Path,
    faulty: Path,
    tmp_path: Path,
    words: list[str],
    kind: str,
    run_command: RunCommand,
) -> None:
    folder = corridor if kind == "corridor" else faulty
    named = {"FILE": article(folder), "OUT": tmp_path / "out", "PARENT": folder.parent}
    for name, path in named.items():
        words = [word.replace(name, str(path)) for word in words]
    if words[0] not in {"list", "verify", "new", "serve"} and not words[0].startswith("no"):
        words = [*words, str(folder)]
    done = run_command(*words, cwd=tmp_path)
    said = done.stdout + done.stderr
    assert said
    assert "Traceback" not in said
    harmful = {each for each in said if visible(each) != each} - {"\n"}
    assert harmful == set()
    if "--json" in words and done.stdout:
        json.loads(done.stdout)

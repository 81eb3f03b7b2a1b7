"""No file keeps a parser busy: what it refuses it refuses at once, and says where."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from corridormap.geo.assets import corridor_roots
from corridormap.geo.errors import CorridorFormatError, ReadError
from corridormap.geo.json_file import parse_json
from corridormap.geo.toml_file import parse_toml
from tests.sweeping import SWEEP
from tests.test_security.cost import LIMIT_S, costs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import RunCommand

BUILT_IN = next(root / "azerbaijan-iran" for root in corridor_roots())

TOML = """
    def fill(unit, size=120_000):
        return unit * (size // len(unit))

    def rows(row, most=120_000):
        made = [row.format(i) for i in range(20_000)]
        return "".join(made)[:most].rpartition("\\n")[0]

    TEXTS = {
        "name of parts": "a" + fill(".a") + "=1",
        "name of quoted parts": '""' + fill('.""') + "=1",
        "name of many parts for ever": "a" + fill(".a", 400_000) + "=1",
        "table of parts": "[a" + fill(".a") + "]",
        "table of parts for ever": "[a" + fill(".a", 400_000) + "]",
        "list of tables of parts": "[[a" + fill(".a") + "]]",
        "table within of parts": "x={a" + fill(".a") + "=1}",
        "many names of parts": rows("a.b.c.d.e.f.g.k{}=1\\n"),
        "more names of parts": rows("a{}.b.c.d.e.f.g.h=1\\n", 250_000),
        "digits": "a=" + fill("1", 1_000_000),
        "digits that fit": "a=" + fill("1", 250_000),
        "digits with lines": "a=" + fill("1_", 200_000) + "1",
        "digits after a point": "a=0." + fill("1"),
        "digits of an exponent": "a=1e" + fill("1"),
        "digits of a date": "a=2020-01-01T00:00:00." + fill("1"),
        "hex": "a=0x" + fill("f"),
        "lists": "a=" + fill("["),
        "lists closed": "a=" + fill("[") + fill("]"),
        "tables within": "a=" + fill("{a="),
        "tables within lists": "a=" + fill("[{a="),
        "keys": rows("k{}=1\\n"),
        "tables": rows("[k{}]\\n"),
        "tables of one": rows("[a.k{}]\\n"),
        "tables out of order": rows("[a.k{0}]\\n[b.k{0}]\\n"),
        "lists of tables": fill("[[a]]\\n"),
        "numbers": "a=[" + fill("1,") + "]",
        "empty lists": "a=[" + fill("[],") + "]",
        "small tables": "a=[" + fill("{b=1},") + "]",
        "newlines": fill("\\n", 250_000),
        "returns": fill("\\r\\n", 250_000),
        "spaces": fill(" ", 250_000) + "a=1",
        "comments": fill("#\\n", 250_000),
        "quotes": fill('"', 250_000),
        "apostrophes": fill("'", 250_000),
        "texts never closed": fill('a="'),
        "long texts never closed": 'a=' + fill('\"\"\" '),
        "escapes": 'a="' + fill("\\\\n", 250_000) + '"',
        "words": fill("x\\n"),
        "much": fill("x", 5_000_000),
    }
    CALLS = {}
"""


@pytest.mark.parametrize(
    "call",
    [
        (
            "from corridormap.geo.toml_file import parse_toml\n"
            "work = lambda text: parse_toml(text.encode(), file='style.toml')"
        ),
        (
            "from corridormap.layers.saving.toml_text import with_look\n"
            "work = lambda text: with_look(text, 'bridges', {'color': '#16233B'})"
        ),
        (
            "from corridormap.layers.saving.toml_text import with_article\n"
            "work = lambda text: with_article(text, {'title': 'A'})"
        ),
        (
            "from corridormap.layers.saving.toml_text import with_layer\n"
            "work = lambda text: with_layer(text, {'id': 'a'})"
        ),
    ],
    ids=["read", "colour", "article", "layer"],
)
def test_no_toml_keeps_reading_or_writing_busy(call: str) -> None:
    # What writes reads first: a third of the texts for each is enough.
    step = 1 if SWEEP or "parse_toml" in call else 3
    program = TOML + "".join(f"\n    {line}" for line in call.splitlines())
    program += f"\n    for name, text in list(TEXTS.items())[::-{step}]:"
    program += "\n        measure(name, lambda: work(text))"
    found = costs(program)
    assert {name: cost for name, (cost, _) in found.items() if cost > LIMIT_S} == {}
    wrong = [said for _, said in found.values() if not said.startswith(("Corridor", "done"))]
    assert wrong == []
    assert "much" in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"a = 1\nb" + b".b" * 60_000 + b" = 1", r"too many parts \(line 2\)\. .* at most 8"),
        (b"a = 1\n\n[b" + b".b" * 60_000 + b"]", r"too many parts \(line 3\)"),
        (b"a = 1" + b"1" * 200_000, r"a number or a name has 200,001 characters \(line 1\)"),
        (b"a = [\n" + b"[" * 20, r"too many brackets stand inside each other \(line 2\)"),
        (b"a = 1\n" * 20_000, r"too many values and tables \(line 10,001\)"),
        (b" " * 300_000, r"too large \(0\.3 MB\)\. Write it with at most 256 kB"),
        (b"a = 1979-02-30", "is broken"),
    ],
)
def test_toml_that_is_too_much_is_refused_by_line(text: bytes, told: str) -> None:
    with pytest.raises(CorridorFormatError, match=rf"^style\.toml: .*{told}"):
        parse_toml(text, file="style.toml")


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "x." * 5000 + '"',
        "a = '" + "[{" * 5000 + "'",
        'a = """\n' + '"" [[ . = ' * 5000 + '"""',
        "a = '''\n" + "'' [[ \\ " * 5000 + "'''",
        "a = 1 # " + "." * 5000,
        'a = "\\"' + "[" * 5000 + '\\\\"',
        "a = [" + "1.5, " * 3000 + "]",
        "[a.b.c.d]\n'e.f'.\"g.h\" = 1",
        "a = " + "[" * 16 + "]" * 16,
    ],
)
def test_what_stands_in_texts_and_comments_is_not_counted(text: str) -> None:
    assert parse_toml(text.encode(), file="style.toml")


JSON = r"""
    def fill(unit, size=SIZE):
        return unit * (size // len(unit))

    TEXTS = {
        "lists": fill("["), "objects": fill('{"a":'), "both": fill('[{"":'), "closed": fill("]"),
        "empty lists": "[" + fill("[],", 4 * SIZE) + "1]", "in order": fill("[]"),
        "digits": "[" + fill("1") + "]", "digits negative": "-" + fill("1"),
        "digits after a point": "0." + fill("1"), "digits before a point": fill("1") + ".5",
        "digits of an exponent": "1e" + fill("1"), "numbers": "[" + fill("1,") + "1]",
        "halves": "[" + fill("9007199254740993." + "0" * 9000 + "1,") + "1]",
        "keys": "{" + ",".join(f'"k{i}":1' for i in range(SIZE // 16)) + "}",
        "one key": "{" + fill('"a":1,') + '"a":1}',
        "one key twice, often": "[" + fill('{"a":1,"a":1},') + "1]",
        "quotes": fill('"'), "backslashes": fill("\\"), "escapes": '"' + fill("\\\\") + '"',
        "escaped quotes": '"' + fill('\\"') + '"', "brackets in a text": '"' + fill("[") + '"',
        "halves of characters": '"' + fill("\\ud800") + '"', "spaces": fill(" ") + "1",
        "characters of two": '"' + fill("\\ud83d\\ude00") + '"', "nothing": fill("\0"),
        "text never closed": '"' + fill("a"),
        "steps": '{"steps":[' + fill("{},") + '{}]}', "graphs": fill('{"@graph":[') + fill("]}"),
        "a step's digits": '{"inode":' + fill("1") + "}", "lines": fill("\n") + "x",
    }
    for name, text in list(TEXTS.items())[::-STEP]:
        measure(name, lambda: work(text))
"""


READERS = {
    "file": """
    SIZE = 8_000_000
    from corridormap.geo.json_file import parse_json
    work = lambda text: parse_json(text.encode(), file="x.json")
    """,
    "linked data": """
    SIZE = 2_000_000
    from corridormap.layers.article.reading.html import read_html
    work = lambda text: read_html(f"<script type=application/ld+json>{text}</script>")
    """,
    "recipe": """
    SIZE = 190_000
    from corridormap.layers.exports.recipes.recipe import Recipe
    work = Recipe.from_json
    """,
    "journal": """
    SIZE = 1_900_000
    import tempfile
    from pathlib import Path
    from corridormap.layers.folder.journal import pending_of
    from corridormap.layers.folder.place import Place
    home = tempfile.TemporaryDirectory()
    folder = Path(home.name)
    (folder / ".corridormap").mkdir()

    def work(text):
        (folder / ".corridormap" / "journal.json").write_text(text)
        with Place.opened(folder) as place:
            assert pending_of(place).refusal.code == "journal-broken"
    """,
    "upload": """
    SIZE = 2_000_000
    from corridormap.app.upload.wish import UploadHead
    work = lambda text: UploadHead.read(text.encode())
    """,
}


@pytest.mark.parametrize("reader", READERS)
def test_no_json_keeps_reading_busy(reader: str) -> None:
    # The others bring a text to the same reader: a third of the texts for each.
    step = 1 if SWEEP or reader == "file" else 3
    found = costs(f"    STEP = {step}\n{READERS[reader]}{JSON}")
    assert {name: cost for name, (cost, _) in found.items() if cost > LIMIT_S} == {}
    wrong = [said for _, said in found.values() if not said.startswith(("ReadError", "done"))]
    assert wrong == []
    assert "lines" in found


@pytest.mark.parametrize("left", ["[", '{"a":', '["\\"",'])
def test_depth_is_counted_outside_of_texts_only(left: str) -> None:
    right = "]" if left.startswith("[") else "}"
    assert parse_json(f"{left * 64}1{right * 64}".encode(), file="x.json")
    with pytest.raises(ReadError, match="nested too deeply"):
        parse_json(f"{left * 65}1{right * 65}".encode(), file="x.json")
    told = ["[" * 5000, "\\" * 7 + '"' + "{" * 5000, '"]' * 300]
    for text in told:
        written = text.replace("\\", "\\\\").replace('"', '\\"')
        assert parse_json(f'["{written}", [1]]'.encode(), file="x.json") == [text, [1]]


def test_depth_is_carried_over_long_files() -> None:
    gap = " " * (1 << 20)
    deep = gap.join(["[" * 40, '"', '["', "[" * 30])
    with pytest.raises(ReadError, match="nested too deeply"):
        parse_json(deep.encode(), file="x.json")
    flat = gap.join(["[" * 40, '"', "[" * 30, '"', "]" * 40])
    assert parse_json(flat.encode(), file="x.json")


@pytest.mark.parametrize("file", ["style.toml", "corridor.toml"])
@pytest.mark.parametrize("unit", ["a" + ".a" * 59_999 + "=1", "[a" + ".a" * 199_999 + "]",
                                  "a=" + "1" * 1_000_000, "a=" + "[" * 100_000])  # fmt: skip
def test_the_command_says_at_once_what_is_wrong(
    tmp_path: Path, file: str, unit: str, run_command: RunCommand
) -> None:
    folder = shutil.copytree(BUILT_IN, tmp_path / "corridor")
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(f"\n{unit}\n")
    done = run_command("validate", folder, timeout_s=300)
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert f"{file}: " in told
    assert "Traceback" not in told
    assert len(told) < 5000

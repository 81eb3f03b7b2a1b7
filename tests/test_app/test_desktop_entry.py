"""A file to click twice: what each system's form says, whatever letters a path has."""

from __future__ import annotations

import json
import subprocess
import sys
from configparser import RawConfigParser
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from corridormap.app.cli import main
from corridormap.app.site.launcher import launcher, own_command, own_system
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from pathlib import Path

AWKWARD = (
    "/home/a b/it's & done",
    '/maps/"quoted" $HOME `date` \\n',
    "/maps/100%/%f %USERPROFILE% !x! ^&|<>",
    "/карты/نقشه",
    "-o",
    "",
)


def words_of_desktop(text: str) -> list[str]:
    """Return the words of Exec as the specification has them read."""
    entry = RawConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    entry.optionxform = str  # type: ignore[method-assign, assignment]
    entry.read_string(text)
    value = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")  # a string of a key file
    # In quotes the specification knows the four escapes of a shell, and no other.
    shell = ["/bin/sh", "-c", f"printf '%s\\0' {value}"]
    done = subprocess.run(shell, capture_output=True, check=True, text=True)
    return [word.replace("%%", "%") for word in done.stdout.split("\0")[:-1]]


@pytest.mark.parametrize("word", AWKWARD)
def test_a_desktop_entry_gives_back_each_word(word: str) -> None:
    words = ["/opt/my tools/corridormap", "serve", word]
    text = launcher(words, "linux").body.decode()
    assert words_of_desktop(text) == words


@pytest.mark.parametrize("word", AWKWARD)
def test_a_command_file_gives_each_word_to_the_program(word: str, tmp_path: Path) -> None:
    show = "import json, os, sys; print(json.dumps([os.getcwd(), *sys.argv[1:]]))"
    file = tmp_path / "it.command"
    file.write_bytes(launcher([sys.executable, "-c", show, word], "macos").body)
    done = subprocess.run(
        ["/bin/sh", str(file)], env={"HOME": str(tmp_path)}, capture_output=True, check=True
    )
    assert json.loads(done.stdout) == [str(tmp_path), word]


def test_a_batch_file_quotes_percent_signs_and_last_backslashes() -> None:
    words = ["C:\\Program Files\\corridormap.exe", "serve", "D:\\100% & maps\\"]
    made = launcher(words, "windows")
    lines = made.body.decode().split("\r\n")
    assert '"C:\\Program Files\\corridormap.exe" "serve" "D:\\100%% & maps\\\\"' in lines
    assert lines[0] == "@echo off"
    assert made.ending == ".cmd"


@pytest.mark.parametrize(
    ("system", "words"),
    [
        ("linux", ["/a\nExec=evil", "serve"]),
        ("macos", ["/a\x00b", "serve"]),
        ("windows", ["C:\\a", "a\r\nevil"]),
        ("windows", ["C:\\a", 'a" & evil & "']),
        ("linux", ["/a=b/corridormap", "serve"]),
    ],
)
def test_what_a_form_cannot_hold_is_refused(system: str, words: list[str]) -> None:
    with pytest.raises(CorridorError, match="cannot hold"):
        launcher(words, system)  # type: ignore[arg-type]


def run(*words: str) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    return CliRunner().invoke(main, ["desktop-entry", *words], catch_exceptions=False)


def test_the_file_may_be_run_and_names_the_corridor_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "mine"], catch_exceptions=False)
    done = run("mine", "azerbaijan-iran", "-o", "start")
    assert done.exit_code == 0, done.output
    (made,) = tmp_path.glob("start.*")
    assert made.stat().st_mode & 0o700 == 0o700
    want = launcher(
        [*own_command(), "serve", str(tmp_path / "mine"), "azerbaijan-iran"], own_system()
    )
    assert made.read_bytes() == want.body
    assert made.suffix == want.ending


def test_nothing_is_written_over_unless_told(tmp_path: Path) -> None:
    file = tmp_path / f"start{launcher(['/a'], own_system()).ending}"
    file.write_text("mine", encoding="utf-8")
    done = run("-o", str(file))
    assert (done.exit_code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert "--force" in done.output
    assert run("-o", str(file), "--force").exit_code == 0
    assert b"serve" in file.read_bytes()


def test_what_cannot_be_served_is_told_before_anything_is_written(tmp_path: Path) -> None:
    done = run(str(tmp_path), "-o", str(tmp_path / "start"))
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_it_lies_on_the_desktop_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Desktop").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run().exit_code == 0
    assert [one.stem for one in (tmp_path / "Desktop").iterdir()] == ["Corridormap"]

"""A folder's format: old ones open unchanged, a save or a wish upgrades, newer ones are refused."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.folder.format import FORMAT, format_of
from corridormap.layers.saving.apply import apply
from corridormap.layers.saving.edits import parse_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from corridormap.layers.saving.toml_text import with_format
from corridormap.layers.saving.upgrade import STEPS, changes_of_upgrade, upgrade_folder
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.test_layers.conftest import TinyCorridor

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 11, 30, 12, 0, 0, 123_000, tzinfo=dt.UTC)
SOURCE = {"op": "put_source", "source": {"id": "S9", "type": "webpage", "title": "Page"}}
OPERATIONS = parse_operations([SOURCE])


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def older(tiny: TinyCorridor) -> Path:
    """Return the folder as version 0.1.0 wrote it."""
    tiny.manifest = f"# By hand.{tiny.manifest}".replace(f"format = {FORMAT}\n", "")
    folder = tiny.write()
    assert b"format" not in (folder / "corridor.toml").read_bytes()
    return folder


def test_there_is_a_step_from_every_format_to_the_next() -> None:
    assert sorted(STEPS) == list(range(1, FORMAT))
    assert all(step.said.endswith(".") for step in STEPS.values())


@pytest.mark.parametrize("corridor", ["azerbaijan-iran", "north-south"])
def test_the_corridors_that_come_with_the_tool_have_todays_format(corridor: str) -> None:
    text = (ROOT / "data" / corridor / "corridor.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["format"] == FORMAT


def test_a_folder_that_says_no_format_is_of_the_first() -> None:
    assert format_of({}) == 1
    assert format_of({"format": 1}) == 1


@pytest.mark.parametrize("said", ['"2"', "2.0", "true", "0", "-1", "[2]", "nan"])
def test_a_format_that_is_no_number_is_told(tiny: TinyCorridor, said: str) -> None:
    tiny.manifest = tiny.manifest.replace(f"format = {FORMAT}", f"format = {said}")
    (finding,) = validate(tiny.write())
    assert (finding.file, finding.remedy) == ("corridor.toml", f"Write format = {FORMAT}.")
    assert "format" in finding.problem


@pytest.mark.parametrize("number", [FORMAT + 1, 10**18])
def test_a_newer_format_is_refused_in_words_before_anything_else_is_read(
    tiny: TinyCorridor, number: int
) -> None:
    tiny.manifest = tiny.manifest.replace(f"format = {FORMAT}", f"format = {number}\nwhat = 1")
    folder = tiny.write()
    before = files_of(folder)
    for use in (
        lambda: load_corridor(folder),
        lambda: Manifest.read(before["corridor.toml"]),
        lambda: apply(before, OPERATIONS),
        lambda: upgrade_folder(folder, at=NOW),
        lambda: save_files(folder, lambda now: apply(now.files, OPERATIONS).changes, at=NOW),
    ):
        with pytest.raises(CorridorError) as caught:
            use()
        (fault,) = caught.value.faults
        assert fault.file == "corridor.toml"
        assert f"format {number}" in fault.problem
        assert fault.remedy == "Install a newer Corridormap."
    after = {name: body for name, body in files_of(folder).items() if name in before}
    assert after == before


def test_an_older_folder_opens_without_a_byte_changed(tiny: TinyCorridor) -> None:
    folder = older(tiny)
    before = files_of(folder)
    corridor = load_corridor(folder)
    assert corridor.findings == ()
    assert corridor.manifest.format == 1
    assert corridor.files == before
    validate(folder)
    assert files_of(folder) == before


def test_a_save_writes_todays_format(tiny: TinyCorridor) -> None:
    folder = older(tiny)
    before = files_of(folder)
    save_files(folder, lambda now: apply(now.files, OPERATIONS).changes, at=NOW)
    after = files_of(folder)
    assert after["corridor.toml"] == before["corridor.toml"].replace(
        b"id =", b"format = 2\nid =", 1
    )
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"corridor.toml", "sources.json"}
    again = apply(Snapshot.of(folder).files, OPERATIONS).changes
    assert set(again) == {"sources.json"}


def test_an_upgrade_keeps_what_was_and_is_made_once(tiny: TinyCorridor) -> None:
    folder = older(tiny)
    before = files_of(folder)
    done = upgrade_folder(folder, at=NOW)
    assert (done.before, len(done.said), done.files) == (1, FORMAT - 1, ("corridor.toml",))
    kept = folder / ".corridormap" / "history" / done.moment
    assert files_of(kept) == {"corridor.toml": before["corridor.toml"]}
    assert load_corridor(folder).manifest.format == FORMAT
    after = files_of(folder)
    again = upgrade_folder(folder, at=NOW)
    assert (again.before, again.said, again.files) == (FORMAT, (), ())
    assert files_of(folder) == after


def test_a_folder_of_todays_format_gets_no_work_folder(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    upgrade_folder(folder, at=NOW)
    assert not (folder / ".corridormap").exists()


@pytest.mark.parametrize("broken", [None, b"", b"[[[", b"\xff\xfe", b"id = "])
def test_a_broken_manifest_is_left_as_it_is(broken: bytes | None) -> None:
    files: Mapping[str, bytes] = {} if broken is None else {"corridor.toml": broken}
    assert changes_of_upgrade(files) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id = "a"\n', 'format = 2\nid = "a"\n'),
        (
            '# One.\n\n  # Two.\nid = "a" # three',
            '# One.\n\n  # Two.\nformat = 2\nid = "a" # three',
        ),
        ('# One.\r\nid = "a"\r\n', '# One.\r\nformat = 2\r\nid = "a"\r\n'),
        ("[article] # first\n", "format = 2\n[article] # first\n"),
        ('id = "a"\nformat = 1 # old\nb = 1\n', 'id = "a"\nformat = 2 # old\nb = 1\n'),
    ],
)
def test_comments_and_the_order_of_keys_stay(before: str, after: str) -> None:
    assert with_format(before, 2) == after


@given(
    st.lists(
        st.sampled_from(
            ["# A comment.", "", 'a = "# no comment"', "b = [\n1,\n# in it\n2]", "c = 1"]
        ),
        max_size=6,
        unique=True,
    )
)
def test_whatever_stands_there_only_the_format_comes_to_it(lines: list[str]) -> None:
    text = "\n".join([*lines, "[table]", 'x = """\nformat = 9\n"""', ""])
    made = with_format(text, 2)
    assert tomllib.loads(made) == {**tomllib.loads(text), "format": 2}
    assert made.replace("format = 2\n", "", 1) == text


def test_the_command_says_what_it_did(tiny: TinyCorridor, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from corridormap.app.cli import main

    folder = Path(shutil.copytree(older(tiny), tmp_path / "mine"))
    first = CliRunner().invoke(main, ["upgrade", str(folder)], catch_exceptions=False)
    assert first.exit_code == 0
    assert f"{folder} is of format {FORMAT} now; it was of format 1." in first.stdout
    (kept,) = (folder / ".corridormap" / "history").iterdir()
    assert str(kept) in first.stderr
    second = CliRunner().invoke(main, ["upgrade", str(folder)], catch_exceptions=False)
    assert (second.exit_code, second.stderr) == (0, "")
    assert "already; nothing was written" in second.stdout
    (folder / "corridor.toml").write_text("[[[", encoding="utf-8")
    third = CliRunner().invoke(main, ["upgrade", str(folder)], catch_exceptions=False)
    assert (third.exit_code, third.stdout) == (1, "")
    assert third.stderr.startswith("Error: corridor.toml: ")

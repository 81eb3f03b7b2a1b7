"""A file or a folder is there whole or not at all, and nothing is written through a link."""

from __future__ import annotations

import os
from stat import S_IMODE
from typing import TYPE_CHECKING

import pytest

from corridormap.geo.whole_file import flush_names, put_folder, put_whole, write_new

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for body in (b"one\n", b"two\r\n"):
        put_whole(file, body)
        assert file.read_bytes() == body
    assert names(tmp_path) == {"a.txt"}


def test_what_is_there_is_kept_when_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        put_whole(file, b"after")
    assert file.read_bytes() == b"before"
    assert names(tmp_path) == {"a.txt"}
    flush_names(tmp_path)  # a system that cannot is no error


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    other, link = tmp_path / "other", tmp_path / "link"
    other.write_bytes(b"theirs")
    link.symlink_to(other)
    with pytest.raises(FileExistsError):
        write_new(link, b"ours")
    put_whole(link, b"ours")
    assert (other.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"theirs", b"ours", False)


def test_a_new_file_has_the_rights_that_are_asked_for(tmp_path: Path) -> None:
    write_new(tmp_path / "own", b"", mode=0o600)
    write_new(tmp_path / "set", b"", rights=0o664)
    assert S_IMODE((tmp_path / "own").stat().st_mode) == 0o600
    assert S_IMODE((tmp_path / "set").stat().st_mode) == 0o664


@pytest.mark.parametrize("is_there", [False, True])
def test_a_folder_is_there_whole(tmp_path: Path, *, is_there: bool) -> None:
    folder = tmp_path / "made"
    if is_there:
        folder.mkdir()
    put_folder(folder, {"a": b"1", "in/b": b"2"})
    assert names(tmp_path) == {"made", "made/a", "made/in", "made/in/b"}
    assert S_IMODE(folder.stat().st_mode) == S_IMODE((folder / "in").stat().st_mode)


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    put_folder(tmp_path / "made", {"a": b"1"})
    with pytest.raises(OSError, match="not empty"):
        put_folder(tmp_path / "made", {"b": b"2"})
    assert names(tmp_path) == {"made", "made/a"}


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="name too long"):
        put_folder(tmp_path / "made", {"a": b"1", "b" * 300: b"2"})
    assert names(tmp_path) == set()

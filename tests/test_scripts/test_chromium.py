"""A browser is found wherever it is, and a machine without one is told what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scripts import chromium
from scripts.chromium import MissingBrowserError, find_chromium, main

if TYPE_CHECKING:
    from pathlib import Path


def script(file: Path, *, status: int) -> Path:
    """Write a program that ends with a status."""
    file.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the machine one that has nothing but the folder of the test."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(chromium, "_COMMANDS", ("a-chromium", "b-chrome"))
    monkeypatch.setattr(chromium, "_MAC_APPS", ())


def test_the_first_browser_that_answers_is_taken(tmp_path: Path) -> None:
    script(tmp_path / "a-chromium", status=1)  # a stub, as Ubuntu has it
    wanted = script(tmp_path / "b-chrome", status=0)
    assert find_chromium() == str(wanted)


def test_the_one_named_in_chrome_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path / "a-chromium", status=0)
    monkeypatch.setenv("CHROME", str(script(tmp_path / "mine", status=0)))
    assert find_chromium() == str(tmp_path / "mine")


def test_a_wrong_chrome_is_not_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path / "a-chromium", status=0)
    monkeypatch.setenv("CHROME", str(tmp_path / "none"))
    with pytest.raises(MissingBrowserError, match="CHROME names"):
        find_chromium()


def test_without_a_browser_one_message_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "apt-get install chromium" in err


def test_nothing_is_installed_for_who_may_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert main(["--install"]) == 1
    assert "No Chrome or Chromium was found" in capsys.readouterr().err

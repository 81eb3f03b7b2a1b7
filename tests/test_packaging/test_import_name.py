"""There is one import name, and whoever uses another is told which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported(name: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import {name}"], cwd=cwd, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("room", ["app", "geo", "layers"])
def test_a_short_name_is_refused_even_in_the_checkout(room: str, tmp_path: Path) -> None:
    there = imported(room, cwd=ROOT)
    assert there.returncode == 1
    assert f"ImportError: The name of this package is corridormap.{room}" in there.stderr
    elsewhere = imported(room, cwd=tmp_path)
    assert f"No module named '{room}'" in elsewhere.stderr


def test_a_checkout_without_links_says_what_to_do(tmp_path: Path) -> None:
    package = tmp_path / "corridormap"
    package.mkdir()
    (package / "__init__.py").write_bytes((ROOT / "corridormap" / "__init__.py").read_bytes())
    (package / "geo").write_text("../geo", encoding="utf-8")  # what Git writes in place of a link
    done = imported("corridormap", cwd=tmp_path)
    assert done.returncode == 1
    assert "git config core.symlinks true" in done.stderr

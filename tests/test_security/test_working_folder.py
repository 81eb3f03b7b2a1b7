"""A corridor's folder as the working folder sets up no program and runs no code of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sweeping import SWEEP

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("corridormap")
COMMANDS = {
    "info": ("info", "."),
    "validate": ("validate", "."),
    "snapshot": ("snapshot", ".", "-o", "../a.png"),
    "atlas": ("atlas", ".", "-o", "../a.pdf"),
    "serve": ("serve", ".", "--check"),
}
SETTINGS = {
    ".streamlit/config.toml": b"[server]\nenableStaticServing = true\n",
    ".streamlit/secrets.toml": b"not TOML",
    "matplotlibrc": b"backend: module://planted\n\xff\n",
}
MODULES = (
    *("sitecustomize", "usercustomize", "json", "click", "streamlit", "matplotlib", "numpy"),
    *("shapely", "starlette", "corridormap", "app", "geo", "layers"),
)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """Return a corridor's folder that somebody sent."""
    folder = tmp_path / "stranger"
    shutil.copytree(ROOT / "data" / "azerbaijan-iran", folder)
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [COMMAND, *words], cwd=folder, env=environment, capture_output=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def put(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(SETTINGS[name])


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_settings_in_a_corridors_folder_are_refused(
    stranger: Path, command: str, name: str
) -> None:
    put(stranger, name)
    done = run(stranger, *COMMANDS[command])
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert name.split("/", maxsplit=1)[0] in done.stderr
    assert "Run the command from another folder" in done.stderr


def test_below_a_corridors_folder_they_are_too(stranger: Path) -> None:
    put(stranger / "layers", "matplotlibrc")
    done = run(stranger / "layers", "info", "..")
    assert done.returncode == 1
    assert "Run the command from another folder" in done.stderr


def test_named_from_outside_its_settings_are_not_looked_at(stranger: Path) -> None:
    for name in SETTINGS:
        put(stranger, name)
    done = run(stranger.parent, "snapshot", "stranger", "-o", "a.png")
    assert done.returncode == 0, done.stderr
    assert "planted" not in done.stderr


def test_an_operators_own_settings_count(stranger: Path) -> None:
    put(stranger.parent, ".streamlit/secrets.toml")
    done = run(stranger.parent, "serve", "stranger", "--check")
    assert "secrets.toml" in done.stderr
    assert "another folder" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS if SWEEP else ("info", "snapshot", "serve"))
def test_modules_in_the_working_folder_are_not_run(stranger: Path, command: str) -> None:
    mark = stranger.parent / "ran"
    for name in MODULES:
        text = f"open({str(mark)!r}, 'a').write({name!r})\n"
        (stranger / f"{name}.py").write_text(text, encoding="utf-8")
    done = run(stranger, *COMMANDS[command])
    assert "Traceback" not in done.stderr
    assert not mark.exists()

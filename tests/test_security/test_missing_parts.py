"""No command fails with a traceback over a corridor that lacks one of its optional parts."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from corridormap.app.cli import main
from tests.test_layers.conftest import TinyCorridor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = ("sources.json", "annotations.jsonld", "style.toml", "corridor.toml", "layers")


def without(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    return change


def broken(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(b"{[not a thing\xff")

    return change


def no_layer_file(folder: Path) -> None:
    min((folder / "layers").iterdir()).unlink()


def no_features(folder: Path) -> None:
    for path in (folder / "layers").glob("*.geojson"):
        said = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(said | {"features": []}), encoding="utf-8")


def no_sources_listed(folder: Path) -> None:
    path = folder / "sources.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    empty = [] if isinstance(said, list) else {key: type(value)() for key, value in said.items()}
    path.write_text(json.dumps(empty), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    **{f"no {name}": without(name) for name in FILES},
    **{f"broken {name}": broken(name) for name in FILES if "." in name},
    "a layer's file is gone": no_layer_file,
    "no features": no_features,
    "no sources listed": no_sources_listed,
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_command_shows_a_traceback(change: str, tmp_path: Path) -> None:
    folder = tmp_path / "corridor"
    TinyCorridor(folder).write()
    CHANGES[change](folder)
    out = tmp_path / "out"
    out.mkdir()
    text = tmp_path / "text.txt"
    text.write_text("An article.", encoding="utf-8")
    it = str(folder)
    failed: dict[str, str] = {}
    for words in (
        ("info", it),
        ("info", it, "--json"),
        ("claims", it),
        ("sources", it),
        ("article", "check", str(text), it),
        ("validate", it),
        ("snapshot", it, "-o", str(out / "a.svg")),
        ("atlas", it, "-o", str(out / "a.pdf")),
        ("export", it, "-o", str(out / "a.zip")),
        ("strip", "none", "--corridor", it, "-o", str(out / "b.svg")),
        ("serve", it, "--check"),
    ):
        done = CliRunner().invoke(main, words)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            failed[" ".join(words[:1])] = repr(done.exception)
    assert failed == {}

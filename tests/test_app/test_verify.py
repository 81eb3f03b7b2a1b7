"""A snapshot can be made again and checked: identical, data changed, or altered."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from corridormap.app.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
FORMATS = ("png", "svg", "pdf", "html")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def snapshot(folder: Path, path: Path) -> None:
    words = ["snapshot", str(folder), "-o", str(path), "--layers", "bridges"]
    assert run(*words).exit_code == 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_snapshot_just_made_is_identical_and_comes_out_again(tmp_path: Path, form: str) -> None:
    path, again = tmp_path / f"map.{form}", tmp_path / f"again.{form}"
    snapshot(BUILT_IN, path)
    result = run("verify", str(path))
    assert result.exit_code == 0
    assert "identical" in result.output.lower()
    assert run("snapshot", "--again", str(path), "-o", str(again)).exit_code == 0
    assert again.read_bytes() == path.read_bytes()


def test_an_edited_coordinate_names_its_layer(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUILT_IN, tmp_path / "azerbaijan-iran"))
    path = tmp_path / "map.png"
    snapshot(folder, path)
    layer = folder / "layers" / "bridges.geojson"
    text = layer.read_text(encoding="utf-8")
    layer.write_text(text.replace("48.8407", "48.8408", 1), encoding="utf-8")
    result = run("verify", str(path), str(folder))
    assert result.exit_code == 1
    assert "bridges.geojson" in result.output
    assert "rasht-astara.geojson" not in result.output


def test_one_altered_pixel_is_found(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    snapshot(BUILT_IN, path)
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        info = picture.info
        picture.putpixel((700, 400), (1, 2, 3, 255)[: len(picture.getbands())])
        kept = _texts(info)
        picture.save(path, pnginfo=kept)
    result = run("verify", str(path))
    assert result.exit_code == 1
    assert "altered" in result.output.lower()


def _texts(info: Mapping[Any, Any]) -> PngInfo:

    kept = PngInfo()
    for key, value in info.items():
        if isinstance(value, str):
            kept.add_itxt(str(key), value)
    return kept


def test_a_picture_without_a_recipe_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    Image.new("RGB", (10, 10)).save(path)
    result = run("verify", str(path))
    assert result.exit_code == 1
    assert "plain.png" in result.output or "recipe" in result.output

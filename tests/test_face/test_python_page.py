"""Every example of docs/python.md runs, in its order, as a reader would type it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corridormap

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.+?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_every_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/python.md", "exec"), names)  # noqa: S102 - our own page
    written = {path.name for path in tmp_path.iterdir()}
    named = set(re.findall(r'"([\w-]+\.(?:png|pdf|html|zip))"', "".join(EXAMPLES)))
    assert written == {*named, "my-corridor"}
    saved = corridormap.open(tmp_path / "my-corridor")
    assert saved.layers["stations"]["platforms"].tolist() == [3, 1, 4]


def test_the_columns_that_are_needed_are_all_named() -> None:
    said = (corridormap.from_layers.__doc__ or "") + PAGE
    for column in ("name", "kind", "position_quality", "uncertainty_m", "status_history"):
        assert said.count(f"`{column}`") >= 2, column


def test_the_readme_shows_the_way() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/python.md" in readme
    assert "corridormap.open(" in readme

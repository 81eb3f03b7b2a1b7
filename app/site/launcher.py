"""Write what a file says that serves corridors when somebody clicks it twice.

Each of the three systems has its own form of such a file, and its own way to quote words. Starts
nothing and writes no file.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corridormap.geo.errors import CorridorError
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Launcher", "System", "launcher", "own_command", "own_system"]

System = Literal["linux", "macos", "windows"]

_ENDINGS: dict[System, str] = {"linux": ".desktop", "macos": ".command", "windows": ".cmd"}
_FIRST_PRINTED = " "


@dataclass(frozen=True)
class Launcher:
    """A file to click twice."""

    ending: str
    """Of its name, by which the system knows what to do with it."""
    body: bytes


def own_system() -> System:
    """Return the system that this runs on; what is neither of the others is like Linux."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")  # type: ignore[return-value]


def own_command() -> list[str]:
    """Return the words that start this very program, from any folder and without a path."""
    typed = Path(sys.argv[0]).absolute()
    for program in (typed, typed.with_suffix(".exe")):
        if program.stem == "corridormap" and program.is_file():
            return [str(program)]
    # Run in another way: nothing of the folder it is then started in is imported.
    return [sys.executable, "-P", "-c", "from corridormap.app.cli import run; run()"]


def launcher(words: Sequence[str], system: System) -> Launcher:
    """Return the file that runs a command in a window of its own, from the home folder.

    Parameters
    ----------
    words
        The command; the first one is a program's whole path.
    system
        The system whose form the file has.

    Raises
    ------
    CorridorError
        A word holds what the system's form of file cannot hold.
    """
    for word in words:
        if any(letter < _FIRST_PRINTED or letter == "\x7f" for letter in word):
            raise _unquotable(word)
    made = {"linux": _desktop, "macos": _command, "windows": _cmd}[system](words)
    return Launcher(_ENDINGS[system], made.encode("utf-8", "surrogateescape"))


def _desktop(words: Sequence[str]) -> str:
    """Of the Desktop Entry Specification: quoted for the command, then for the key file."""
    if "=" in words[0]:  # the specification forbids it in a program's name
        raise _unquotable(words[0])
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Corridormap",
        "Comment=Serve corridors and show them in the browser",
        f"Exec={' '.join(_desktop_word(word) for word in words)}",
        "Terminal=true",
        "Categories=Science;Geography;",
    )
    return "\n".join(lines) + "\n"


def _desktop_word(word: str) -> str:
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _command(words: Sequence[str]) -> str:
    return f'#!/bin/sh\ncd "$HOME" || exit 1\nexec {shlex.join(words)}\n'


def _cmd(words: Sequence[str]) -> str:
    """Of a batch file: a percent sign is doubled, and nothing else counts between quotes."""
    lines = (
        "@echo off",
        "setlocal DisableDelayedExpansion",
        "chcp 65001 >nul",
        'cd /d "%USERPROFILE%"',
        " ".join(_cmd_word(word) for word in words),
        "if errorlevel 1 pause",
    )
    return "\r\n".join(lines) + "\r\n"


def _cmd_word(word: str) -> str:
    if '"' in word:
        raise _unquotable(word)
    behind = len(word) - len(word.rstrip("\\"))  # a backslash before the quote would keep it open
    return '"' + word.replace("%", "%%") + "\\" * behind + '"'


def _unquotable(word: str) -> CorridorError:
    return CorridorError("path-cannot-be-quoted", path=short(word, 1000))

"""Make the locks anew: every package of every platform by name, version and hashes.

    python -m scripts.lock                 keep the versions that still satisfy pyproject.toml
    python -m scripts.lock --upgrade       the newest of all
    python -m scripts.lock --upgrade NAME  the newest of some

`requirements.lock` holds what Corridormap needs to run and what its wheel is built with; for each
extra of pyproject.toml there is `requirements-EXTRA.lock` with what the extra adds to that, and
`requirements-tools.lock` holds the tools of this script and of the audit. uv finds the versions;
it asks the index that pip is set up with, and no address is written anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from scripts.tools import ROOT, TOOLS, MissingToolsError, tools

__all__ = ["blocks", "main"]

_HEAD = """\
# {holds}
# Made by scripts/lock.py from pyproject.toml: the hashes are those of all files of a version, so
# that every machine may install it. No index is named: packages come from wherever pip looks.
"""
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_BUILD = (
    *_PROJECT["build-system"]["requires"],
    "editables",  # hatchling asks for it when the install is editable
    "pip",  # the one a new environment comes with may be years old
)
_TOOLS = ("pip-audit", "uv")


def blocks(lock: str) -> list[str]:
    """Return a lock's packages, each with its hashes."""
    return re.findall(r"^[\w.-]+==.*\\\n(?: +--hash=.*\n)+", lock, flags=re.MULTILINE)


def main() -> None:
    """Make the locks, or say why not."""
    upgrade = _upgrade(sys.argv[1:])
    try:
        with tools() as commands, tempfile.TemporaryDirectory() as folder:
            _make(_Solver(commands / "uv", Path(folder), upgrade))
    except (MissingToolsError, subprocess.CalledProcessError) as error:
        told = error.stderr if isinstance(error, subprocess.CalledProcessError) else error
        sys.exit(f"The locks are as they were: {told}")


class _Solver:
    """Finds versions that go together.

    Parameters
    ----------
    uv
        The command.
    folder
        For files in between.
    upgrade
        Options that say which versions may change.
    """

    def __init__(self, uv: Path, folder: Path, upgrade: list[str]) -> None:
        self.uv = uv
        self.folder = folder
        self.upgrade = upgrade

    def solve(self, wanted: list[str], *, keep: str = "", within: str = "") -> str:
        """Return the lock of what is wanted, of versions to keep and to stay within."""
        files = {"in": "\n".join(wanted), "lock": keep, "within": within}
        at = {name: self.folder / name for name in files}
        for name, text in files.items():
            at[name].write_text(text, encoding="utf-8")
        command = [
            *(self.uv, "pip", "compile", "--quiet", "--no-config", "--universal"),
            *("--python-version", _PROJECT["project"]["requires-python"].removeprefix(">=")),
            *("--no-header", "--no-annotate", "--generate-hashes"),
            *("--constraint", at["within"], "--output-file", at["lock"], at["in"]),
            *([] if within else self.upgrade),
        ]
        subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)
        return at["lock"].read_text(encoding="utf-8")


def _make(solver: _Solver) -> None:
    base = [*_PROJECT["project"]["dependencies"], *_BUILD]
    extras = _PROJECT["project"]["optional-dependencies"]
    names = {extra: f"requirements-{extra}.lock" for extra in extras}
    old = "".join(map(_read, ("requirements.lock", *names.values())))
    whole = solver.solve([*base, *(line for lines in extras.values() for line in lines)], keep=old)
    parts = {
        "requirements.lock": (
            "What Corridormap runs and is built with.",
            blocks(solver.solve(base, within=whole)),
        )
    }
    shared = set(parts["requirements.lock"][1])
    for extra, file in names.items():
        all_of_it = blocks(solver.solve([*base, *extras[extra]], within=whole))
        own = [block for block in all_of_it if block not in shared]
        parts[file] = (f"What the extra `{extra}` adds to requirements.lock.", own)
    tools_lock = solver.solve(list(_TOOLS), keep=_read(TOOLS))
    parts[TOOLS] = ("The tools of scripts/lock.py and scripts/audit.py.", blocks(tools_lock))
    for file, (holds, packages) in parts.items():
        text = _HEAD.format(holds=holds) + "".join(packages)
        (ROOT / file).write_text(text, encoding="utf-8")
        print(f"{file}: {len(packages)} packages")


def _read(name: str) -> str:
    file = ROOT / name
    return "".join(blocks(file.read_text(encoding="utf-8"))) if file.exists() else ""


def _upgrade(names: list[str]) -> list[str]:
    if not names:
        return []
    if names[0] != "--upgrade":
        sys.exit("Usage: python -m scripts.lock [--upgrade [NAME...]]")
    return [f"--upgrade-package={name}" for name in names[1:]] or ["--upgrade"]


def _environment() -> dict[str, str]:
    """Return an environment in which uv asks the index that pip is set up with."""
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    set_up = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL") or set_up
    return os.environ | ({"UV_DEFAULT_INDEX": index} if index else {})


if __name__ == "__main__":
    main()

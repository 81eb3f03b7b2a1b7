"""Count the lines of Python, JavaScript, TypeScript and CSS by room, tests apart.

    python -m scripts.count

Counted are the files that Git keeps or would keep, so that nothing generated is among them. Lines
are code, words (comments and docstrings that have a line to themselves) or blank.
"""

from __future__ import annotations

import ast
import io
import subprocess
import tokenize
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scripts.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["counted", "files", "kinds", "room_of"]

LANGUAGES = {
    ".py": "Python",
    ".js": "JS",
    ".mjs": "JS",
    ".ts": "TS",
    ".css": "CSS",
}
KINDS = ("code", "words", "blank")
_APART = "tests"
_NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENCODING, tokenize.ENDMARKER),
}


def files() -> Iterator[Path]:
    """Yield the files in those languages, below the root, in order."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in sorted(filter(None, told.split("\0"))):
        path = ROOT / name
        if path.suffix in LANGUAGES and path.is_file():
            yield path.relative_to(ROOT)


def room_of(file: Path) -> str:
    """Return the room of a file: two folders deep, three on the browser's side."""
    folders = file.parts[:-1]
    if folders[:1] == (_APART,):
        return _APART
    return "/".join(folders[: 3 if folders[:2] == ("app", "browser") else 2]) or "."


def kinds(text: str, suffix: str) -> Counter[str]:
    """Return how many lines of a text are code, words and blank."""
    lines = text.splitlines()
    code = set(_python(text) if suffix == ".py" else _braces(lines))
    blank = {number for number, line in enumerate(lines, 1) if not line.strip()} - code
    return Counter(code=len(code), words=len(lines) - len(code) - len(blank), blank=len(blank))


def counted(paths: Iterable[Path]) -> dict[str, Counter[str]]:
    """Return the lines of each room: by language, and by kind."""
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for path in paths:
        found = kinds((ROOT / path).read_text(encoding="utf-8"), path.suffix)
        rooms[room_of(path)] += found
        rooms[room_of(path)][LANGUAGES[path.suffix]] += found.total()
        rooms[room_of(path)]["files"] += 1
    return dict(rooms)


def main() -> None:
    """Print the table: the rooms, their sum, and the tests below it."""
    rooms = counted(files())
    tests = rooms.pop(_APART, Counter())
    columns = ["files", *dict.fromkeys(LANGUAGES.values()), "lines", *KINDS]
    rows = [*sorted(rooms.items()), ("outside tests/", sum(rooms.values(), Counter()))]
    rows.append(("tests/", tests))
    width = max(len(name) for name, _ in rows)
    print(" " * width + "".join(f"{column:>8}" for column in columns))
    for name, found in rows:
        found["lines"] = sum(found[kind] for kind in KINDS)
        if name == "outside tests/":
            print("-" * (width + 8 * len(columns)))
        print(f"{name:<{width}}" + "".join(f"{found[column] or '':>8}" for column in columns))


def _python(text: str) -> Iterator[int]:
    """Yield the numbers of the lines that hold code."""
    strings = {
        (node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE and token.start not in strings:
            yield from range(token.start[0], token.end[0] + 1)


def _braces(lines: Iterable[str]) -> Iterator[int]:
    """Yield the same for a language whose comments stand in // and /* */."""
    inside = False
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not inside and words.startswith("/*"):
            inside, words = True, words[2:]
        if inside:
            _, closed, after = words.partition("*/")
            inside, words = not closed, after.strip()
        if words and not words.startswith("//"):
            yield number


if __name__ == "__main__":
    main()

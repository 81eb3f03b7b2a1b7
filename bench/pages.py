"""Count what is read of web pages whose texts are known, and what is read that is not theirs.

Prints its table: ``python bench/pages.py``. The pages of `bench/pages` are templates, written as
the programs of newspapers write them, filled with invented stories. If trafilatura is installed,
it reads the same pages, by itself and asked for more rather than less. Nothing here is a test.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from corridormap.geo.errors import ReadError
from corridormap.layers.article.reading.reading import read_given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Page", "counted", "pages", "stories"]

FOLDER = Path(__file__).parent / "pages"
WANTED = ("headline", "lead", "p1", "p2", "p3", "p4", "p5", "p6")
UNWANTED = (
    *("menu1", "menu2", "menu3", "comment1", "comment2", "comment3", "related1", "related2"),
    *("related3", "teaser", "cookie", "letter", "foot"),
)
EACH = 3
"""Stories that each template is filled with; one after the other in turn."""
_CHARSETS = {"ru": "windows-1251", "de": "windows-1252", "en": "windows-1252"}
_SPACE = re.compile(r"\s+")


class Page(NamedTuple):
    """A page with what must be read of it, and what must not, by key."""

    template: str
    story: str
    data: bytes
    wanted: Mapping[str, str]
    unwanted: Mapping[str, str]


def stories() -> dict[str, dict[str, str]]:
    """Return what a page may hold, by story and key."""
    found: dict[str, dict[str, str]] = {}
    story: dict[str, str] = {}
    for line in (FOLDER / "stories.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            story = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition(" = ")
            story[key] = value
    return found


def pages(each: int = EACH) -> list[Page]:
    """Return the pages, so many stories in each template."""
    known = stories()
    found = []
    for order, path in enumerate(sorted(FOLDER.glob("*.html"))):
        template = path.read_text("utf-8")
        named = "charset=windows-" in template
        fit = [name for name, story in known.items() if not named or story["lang"] in _CHARSETS]
        for step in range(min(each, len(fit))):
            name = fit[(2 * order + step) % len(fit)]
            found.append(_page(path.stem, template, name, known[name]))
    return found


def _page(stem: str, template: str, name: str, story: Mapping[str, str]) -> Page:
    charset = "utf-8"
    if "charset=windows-" in template:
        charset = _CHARSETS[story["lang"]]
        template = re.sub(r"charset=windows-\d+", f"charset={charset}", template)
    page = Template(template)
    used = set(page.get_identifiers())
    return Page(
        stem,
        name,
        page.substitute(story).encode(charset),
        {key: story[key] for key in WANTED if key in used},
        {key: story[key] for key in UNWANTED if key in used},
    )


def counted(page: Page, text: str) -> Counter[str]:
    """Return how many wanted pieces were found, or found twice, and how many unwanted were kept."""
    plain = _SPACE.sub(" ", text)
    return Counter(
        wanted=len(page.wanted),
        found=sum(piece in plain for piece in page.wanted.values()),
        twice=sum(
            plain.count(piece) > 1 for key, piece in page.wanted.items() if key != "headline"
        ),
        unwanted=len(page.unwanted),
        kept=sum(piece in plain for piece in page.unwanted.values()),
    )


def _ours(page: Page) -> str:
    try:
        return read_given("page.html", page.data).text
    except ReadError:
        return ""


def _theirs(trafilatura: Any, *, more: bool) -> Callable[[Page], str]:
    def read(page: Page) -> str:
        said = trafilatura.bare_extraction(page.data, include_comments=False, favor_recall=more)
        return "\n".join(str(part) for part in (said.title, said.text) if part) if said else ""

    return read


def main() -> None:
    """Print one line per template and reader."""
    readers: dict[str, Callable[[Page], str]] = {"ours": _ours}
    try:
        trafilatura = import_module("trafilatura")
    except ImportError:
        pass
    else:
        readers["trafilatura"] = _theirs(trafilatura, more=False)
        readers["trafilatura, more"] = _theirs(trafilatura, more=True)
    made = pages()
    print(f"{len(made)} pages: wanted found (twice), unwanted kept")
    for name, read in readers.items():
        total: Counter[str] = Counter()
        by_template: dict[str, Counter[str]] = {}
        for page in made:
            count = counted(page, read(page))
            total += count
            by_template.setdefault(page.template, Counter()).update(count)
        for template, count in {**by_template, "all": total}.items():
            print(
                f"{name:18} {template:15} {count['found']:4} of {count['wanted']:4}"
                f" ({count['twice']})  {count['kept']:4} of {count['unwanted']:4}"
            )


if __name__ == "__main__":
    main()

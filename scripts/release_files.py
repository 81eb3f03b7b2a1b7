"""Make the files that stand for a release in tests/released: ``python -m scripts.release_files``.

A folder, a link, a draft and pictures, as a user of this version has them, made with nothing
but this version's own commands and rooms. They are made once for each release, before it is
tagged, and never again: tests/released/README.md.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from corridormap.app.cli import main as command
from corridormap.app.editing.drafting import draft_of
from corridormap.layers.article.passages.text import normalise, text_hash
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from corridormap.layers.scene.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
RELEASED = ROOT / "tests" / "released"
EXAMPLE = ROOT / "scripts" / "example"
ID = "east-caspian"
ARTICLE = "https://example.org/railway"
FIRST_PART = "railway-uzen-bolashak"
SOURCE = "src-railway"
"""The id that the first file's source is given."""
NEW = (
    *("--title", "Railway east of the Caspian", "--countries", "KZ,TM,IR"),
    *("--extent", "50,35,62,45"),
)
PLACED = (
    *("--quality", "approximate", "--uncertainty", "5000", "--mode", "rail"),
    *("--status", "operating", "--since", "2014-12-03"),
    *("--source", "My newspaper, The railway east of the Caspian Sea, 2026-11-24, " + ARTICLE),
)
ROUTE = """
# A route, with a comment before it that every upgrade keeps.
[[routes]]
id = "uzen-gorgan"
title = "From Uzen to Gorgan" # by night
from = "zhanaozen"
to = "gorgan"

[[routes.ways]]
id = "rail"
title = "By railway"
mode = "rail"
features = [
    "railway-uzen-bolashak",
    "bolashak-crossing",
    "railway-bolashak-incheh-borun",
    "incheh-borun-crossing",
    "railway-incheh-borun-gorgan",
]
"""
RULE = """
[[rule]]
where = { kind = "border_crossing" }
color = "#7A1F3D"
"""
LOOK = {
    "bbox": "51.5,36,57,44",
    "layers": "railway,crossings",
    "date": "2020-06-01",
    "sel": FIRST_PART,
    "claim": "claim-first-part",
    "base": "osm",
}
"""A link that says everything that a link can say."""
PICTURES = {
    "map.png": ("--size", "800x500"),
    "map.svg": ("--size", "800x500", "--no-claims", "--no-locator"),
    "map.pdf": ("--layout", "a4-landscape"),
}


def main() -> None:
    """Make the files of this version; those of a version that has them are left alone."""
    home = RELEASED / version("corridormap")
    if home.exists() and "--again" not in sys.argv[1:]:
        sys.exit(f"{home} is there: what was released is never changed. See its README.")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    folder = home / ID
    make_folder(folder)
    corridor = load_corridor(folder)
    view, notices = View.from_query(LOOK, corridor)
    if notices:
        sys.exit(f"The link is not understood: {' '.join(notices)}")
    write(home / "link.txt", f"?{urlencode(view.to_query(), safe=',')}\n")
    write(home / "view.json", as_json(view.model_dump(mode="json")))
    write(home / "draft.json", as_json(draft(Snapshot.of(folder))))
    words = ("--layers", "railway,stations,crossings", "--claim", "claim-first-part")
    for name, more in PICTURES.items():
        run("snapshot", folder, "-o", home / name, *words, *more)


def run(*words: str | Path) -> None:
    """Run a command of this version."""
    command.main([str(word) for word in words], standalone_mode=False)


def make_folder(folder: Path) -> None:
    """Make a corridor as its user does: new, three files, a route, an article, a claim."""
    run("new", folder, *NEW)
    for layer, file, kind, column in (
        ("railway", "railway.kml", "railway", "name"),
        ("crossings", "crossings.geojson", "border_crossing", "NAME"),
        ("stations", "stations.csv", "town", "Station"),
    ):
        named = ("--layer", layer, "--kind", kind, "--name-field", column)
        placed = PLACED if layer == "railway" else (*PLACED[:-1], SOURCE)
        run("add", EXAMPLE / file, folder, *named, *placed, "--accept", "all")
    for name, text in (("corridor.toml", ROUTE), ("style.toml", RULE)):
        write(folder / name, (folder / name).read_text(encoding="utf-8") + text)
    operations = [
        {"op": "put_article", "article": {"source": SOURCE, "text_sha256": article()[1]}},
        {"op": "put_annotation", "annotation": claim("first-part", "after 146 km", 146)},
    ]

    def change(now: Snapshot) -> Mapping[str, bytes | None]:
        return draft_of(now, parse_operations(operations)).to_save

    save_files(folder, change, at=dt.datetime.now(tz=dt.UTC))
    shutil.rmtree(folder / ".corridormap")


def article() -> tuple[str, str]:
    """Return the article's text as claims point into it, and its hash."""
    normal = normalise((EXAMPLE / "article.txt").read_text(encoding="utf-8"))
    return normal.text, text_hash(normal)


def claim(name: str, quote: str, km: float) -> dict[str, Any]:
    """Return a claim about the first part of the railway."""
    at = article()[0].index(quote)
    passage = [
        {"type": "TextQuoteSelector", "exact": quote},
        {"type": "TextPositionSelector", "start": at, "end": at + len(quote)},
    ]
    feature = {"type": "FragmentSelector", "value": FIRST_PART}
    figure = {"quantity": "length", "value": km, "unit": "km", "feature": FIRST_PART}
    return {
        "type": "Annotation",
        "id": f"claim-{name}",
        "motivation": "linking",
        "body": {"type": "TextualBody", "language": "en", "value": f"The article says {km} km."},
        "target": [
            {"type": "SpecificResource", "source": ARTICLE, "selector": passage},
            {
                "type": "SpecificResource",
                "source": "layers/railway.geojson",
                "selector": feature,
            },
        ],
        "claim": {"title": name.replace("-", " ").capitalize(), "figures": [figure]},
    }


def draft(now: Snapshot) -> dict[str, Any]:
    """Return a draft of three steps as a browser keeps it (app/browser/editor/kept.js)."""
    layer = json.loads(now.files["layers/stations.geojson"])
    station = next(one for one in layer["features"] if one["id"] == "bereket")
    renamed = {**station, "properties": {**station["properties"], "name": "Bereket (Gazandzhyk)"}}
    source = {"id": "timetable", "type": "webpage", "title": "Timetable", "publisher": "Railways"}
    steps = [
        ("Rename Bereket", put("put_feature", layer="stations", feature=renamed, of=station)),
        ("Add a source", put("put_source", source=source)),
        ("Add a claim", put("put_annotation", annotation=claim("whole", "928 km long", 928))),
    ]
    return {
        "form": 1,
        "at": int(dt.datetime.now(tz=dt.UTC).timestamp() * 1000),
        "base": now.revision,
        "files": dict(now.hashes),
        "steps": [{"ops": [operation], "label": label} for label, operation in steps],
    }


def put(op: str, *, of: dict[str, Any] | None = None, **said: Any) -> dict[str, Any]:
    """Return an operation with the hash of the object that it changes."""
    return {"op": op, **said, "was": None if of is None else hash_of(of)}


def write(path: Path, text: str) -> None:
    """Write a text with the same line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def as_json(value: object) -> str:
    """Return a value as it is read in a diff."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()

"""No header of an answer grows with what a corridor holds: proxies refuse large ones."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
MOST = 1_500
"""The page's policy alone is 600; a proxy takes 4,000 by default."""
NAME = "راه‌آهن رشت به آستارا از راه بندر انزلی و کناره‌ی دریای خزر "
DRAFT = json.dumps({"base": "x", "ops": []}).encode()
ASKED = (
    ("/", None),
    ("/corridormap/health", None),
    *(
        (f"/corridormap/c/azerbaijan-iran/{rest}", body)
        for rest, body in (
            ("snapshot.png", None),
            ("snapshot.svg", None),
            ("snapshot.pdf", None),
            ("snapshot.html", None),
            ("snapshot.json", None),
            ("snapshot.nothing", None),
            ("preview.png", None),
            ("data.zip", None),
            ("atlas.pdf?ids=town-alat", None),
            ("sources.bib", None),
            ("strip.png?route=x&date=2024-01-01", None),
            ("version.json", None),
            ("edit/base", None),
            ("edit/upload", None),
            ("edit/crs?q=" + "x" * 500, None),
            ("edit/draft", DRAFT),
            ("edit/save", DRAFT),
            ("edit/zip", DRAFT),
            ("edit/article?name=" + "x" * 500 + ".txt", b"text"),
            ("edit/suggest", b'{"text":"a"}'),
            ("edit/upload", b"x"),
            ("recipe", b"x"),
        )
    ),
)


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Return a server of a corridor of a hundred features with long Persian names."""
    folder = tmp_path_factory.mktemp("corridors") / "azerbaijan-iran"
    shutil.copytree(DATA, folder)
    file = folder / "layers" / "border-crossings.geojson"
    layer = json.loads(file.read_text(encoding="utf-8"))
    point = {"type": "Point", "coordinates": [48.5, 38.4]}
    pattern = next(one for one in layer["features"] if one["geometry"]["type"] == "Point")
    for number in range(100):
        properties = {**pattern["properties"], "name": f"{NAME}{number}"}
        shape = {**point, "coordinates": [48.2 + number / 100, 38.4]}
        layer["features"].append(
            {**pattern, "id": f"more-{number}", "properties": properties, "geometry": shape}
        )
    file.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    return launch(str(folder))


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_no_header_grows(served: Served, path: str, body: bytes | None) -> None:
    try:
        answer = urllib.request.urlopen(f"{served.url}{path}", data=body, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        assert answer.code < 500
        assert len(bytes(answer.headers)) < MOST


def test_the_report_comes_before_the_picture(served: Served) -> None:
    address = f"{served.url}/corridormap/c/azerbaijan-iran/preview.png"
    with urllib.request.urlopen(address, timeout=60) as answer:
        line, _, picture = answer.read().partition(b"\n")
    assert set(json.loads(line)) == {"alt_text", "notices", "dropped", "omitted"}
    assert len(line) > 1_000  # more than a header should hold
    with urllib.request.urlopen(address.replace("preview", "snapshot"), timeout=60) as answer:
        assert answer.read() == picture

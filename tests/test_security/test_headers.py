"""No header of an answer grows with what a corridor holds: proxies refuse large ones."""

from __future__ import annotations

import json
import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
MOST = 2_000
"""Half of what nginx takes by default (4,096 on small machines), so that it can add its own."""
PLAIN, HOSTILE = "azerbaijan-iran", "azerbaijan-iraq"
NAME = "راه‌آهن رشت به آستارا از راه بندر انزلی و کناره‌ی دریای خزر "
DRAFT = json.dumps({"base": "x", "ops": []}).encode()
ASKED = (
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


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Return a server of a plain corridor and of one with a hundred long Persian names."""
    plain = tmp_path_factory.mktemp("corridors") / PLAIN
    shutil.copytree(DATA, plain)
    hostile = Path(shutil.copytree(plain, plain.with_name(HOSTILE)))
    manifest = hostile / "corridor.toml"
    text = manifest.read_text(encoding="utf-8").replace(f'id = "{PLAIN}"', f'id = "{HOSTILE}"')
    text = re.sub(r'^(title|summary|label) = "', rf"\g<0>{NAME}", text, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8")
    file = hostile / "layers" / "border-crossings.geojson"
    layer = json.loads(file.read_text(encoding="utf-8"))
    pattern = next(one for one in layer["features"] if one["geometry"]["type"] == "Point")
    for number in range(100):
        properties = {**pattern["properties"], "name": f"{NAME}{number}"}
        shape = {"type": "Point", "coordinates": [48.2 + number / 100, 38.4]}
        layer["features"].append(
            {**pattern, "id": f"more-{number}", "properties": properties, "geometry": shape}
        )
    file.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    return launch(str(plain), str(hostile))


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_no_header_grows_with_the_names(served: Served, path: str, body: bytes | None) -> None:
    plain, hostile = (
        headers_of(f"{served.url}/corridormap/c/{id_}/{path}", body) for id_ in (PLAIN, HOSTILE)
    )
    assert sizes(hostile) == sizes(plain)
    assert len(bytes(hostile)) < MOST


@pytest.mark.parametrize("path", ["/", "/?c=azerbaijan-iraq", "/corridormap/health"])
def test_headers_of_what_is_about_all_corridors_are_small(served: Served, path: str) -> None:
    assert len(bytes(headers_of(f"{served.url}{path}", None))) < MOST


def headers_of(address: str, body: bytes | None) -> Message:
    """Return an answer's headers, be it a refusal."""
    try:
        answer = urllib.request.urlopen(address, data=body, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        assert answer.code < 500
        headers: Message = answer.headers
        return headers


def sizes(headers: Message) -> dict[str, int]:
    """Return how long each header is; the length of a body has as many digits as it needs."""
    return {name: len(value) for name, value in headers.items() if name != "content-length"}


def test_the_report_comes_before_the_picture(served: Served) -> None:
    address = f"{served.url}/corridormap/c/{HOSTILE}/preview.png"
    with urllib.request.urlopen(address, timeout=60) as answer:
        line, _, picture = answer.read().partition(b"\n")
    told = {"alt_text", "notices", "without_room", "labels", "frames"}
    assert set(json.loads(line)) == told
    assert len(line) > 1_000  # more than a header should hold
    with urllib.request.urlopen(address.replace("preview", "snapshot"), timeout=60) as answer:
        assert answer.read() == picture

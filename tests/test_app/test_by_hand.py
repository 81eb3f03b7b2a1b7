"""Pictures with what an editor decided: labels where they were put, words, print looks, sizes."""

from __future__ import annotations

import io
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image
from starlette.applications import Starlette

from corridormap.app.cli import main
from corridormap.app.desk.desk import Desk
from corridormap.app.exporting.again import verify
from corridormap.app.exporting.export import Export, export
from corridormap.app.exporting.hand_routes import hand_routes
from corridormap.app.exporting.laid import laid_options
from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.scene.view import default_view
from tests.test_app.asking import answered, soon
from tests.test_layers.drawn_map import apart, read

if TYPE_CHECKING:
    from tests.test_layers.drawn_map import Label

DATA = Path(__file__).parents[2] / "data"
CROSSING, RAILWAY = "bilasuvar-bileh-savar-crossing", "astara-alat-railway"
AWAY = {
    "azerbaijan-iran": [(CROSSING, (49.3, 40.4), "middle"), (RAILWAY, (49.6, 38.0), "middle")],
    "north-south": [("node-mumbai", (60.0, 15.5), "start"), ("node-moscow", (60.0, 58.0), "end")],
}
"""Labels put away from what they name, by corridor: feature, position, align."""


@cache
def corridor(name: str) -> Corridor:
    return load_corridor(DATA / name)


def made(name: str, form: str, hand: Any = None, **query: str) -> Export:
    said = {"size": "1200x900", **query, "hand": json.dumps(hand or {})}
    options = laid_options(corridor(name), said, format=form)
    return export(corridor(name), default_view(corridor(name)), options)


def labels(drawn: Export) -> dict[str, Label]:
    main, _ = read(drawn.body.decode())
    return main.labels


@pytest.mark.parametrize("query", [{}, {"layout": "a4-portrait"}, {"width_mm": "150"}])
@pytest.mark.parametrize("name", AWAY)
def test_a_label_stands_where_it_was_put_at_every_size(name: str, query: dict[str, str]) -> None:
    put = [{"feature": f, "at": at, "align": align} for f, at, align in AWAY[name]]
    drawn = made(name, "svg", {"labels": put}, inset="0", **query)
    assert drawn.report is not None
    assert drawn.report.project is not None
    found = labels(drawn)
    for feature, at, align in AWAY[name]:
        ((x, y),) = drawn.report.project(np.array([at]))
        box = next(each.box for each in drawn.report.labels if each.id == feature)
        edge = {"start": box.left, "middle": box.center[0], "end": box.right}[align]
        assert (edge, box.center[1]) == pytest.approx((x, y), abs=0.5)
        rows = found[feature].rows
        assert rows
        assert all(box.left - 1 <= row.box[0] and row.box[2] <= box.right + 1 for row in rows)
        # Away from what it names, a leader joins it to its dot.
        leader = found[feature].leader
        assert leader is not None
        assert min(apart(box, leader[1]) for box in found[feature].boxes) < 12


def test_others_make_room_and_a_name_at_its_sign_needs_no_leader() -> None:
    usual = made("azerbaijan-iran", "svg", inset="0")
    assert usual.report is not None
    there = next(label for label in usual.report.labels if label.id == CROSSING)
    assert usual.report.positions is not None
    (at,) = usual.report.positions(np.array([there.box.center]))
    other = {"feature": RAILWAY, "at": at.tolist()}
    drawn = made("azerbaijan-iran", "svg", {"labels": [other]}, inset="0")
    assert drawn.report is not None
    boxes = {label.id: label.box for label in drawn.report.labels}
    assert CROSSING not in boxes or not boxes[CROSSING].overlaps(boxes[RAILWAY])
    again = {"feature": CROSSING, "at": at.tolist()}
    found = labels(made("azerbaijan-iran", "svg", {"labels": [again]}, inset="0"))
    assert (found[CROSSING].leader is None) == (labels(usual)[CROSSING].leader is None)


def test_what_breaks_a_rule_is_drawn_and_told() -> None:
    put = [{"feature": f, "at": [48.0, 39.6]} for f in (CROSSING, RAILWAY)]
    drawn = made("azerbaijan-iran", "svg", {"labels": put}, inset="0")
    assert {CROSSING, RAILWAY} <= labels(drawn).keys()
    assert any("Bilasuvar" in notice for notice in drawn.notices)
    outside = made("azerbaijan-iran", "svg", {"labels": [{"feature": CROSSING, "at": [0, 0]}]})
    assert CROSSING in labels(outside)
    assert outside.notices == ()


def test_names_are_hidden_and_claims_told_in_other_words() -> None:
    drawn = made("azerbaijan-iran", "svg", {
        "headline": "Big words", "subtitle": "Small words.",
        "byline": "By us", "hidden": [CROSSING],
        "claims": ["claim-astarachay-opening", "claim-aghband-link"],
        "words": [{"claim": "claim-aghband-link", "title": "In our words", "text": "Said so."}],
    }, layout="classic")  # fmt: skip
    text = " ".join(re.findall(r">([^<]+)</text>", drawn.body.decode()))
    assert "Bilasuvar" not in text
    for words in ("Big words", "Small words. As known on", "By us.", "In our words"):
        assert words in text, words
    main, _ = read(drawn.body.decode())
    usual, _ = read(made("azerbaijan-iran", "svg", layout="classic").body.decode())
    assert len(main.told) == 2
    assert main.told < usual.told  # and keep their numbers
    assert "Big words" in drawn.alt_text


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_file_is_made_again_from_its_recipe_whatever_the_layouts_say(form: str) -> None:
    kept = b"[[layouts]]\nid = 'front'\nbase = 'square'\nheadline = 'Then'\nwidth_mm = 100\n"
    files = dict(corridor("azerbaijan-iran").files)
    then = Corridor.of({**files, LAYOUTS: kept})
    options = laid_options(then, {"layout": "front"}, format=form)
    drawn = export(then, default_view(then), options)
    assert drawn.filename == f"azerbaijan-iran-2023-12-29-front-100mm.{form}"
    now = Corridor.of({**files, LAYOUTS: kept.replace(b"Then", b"Now")})
    assert verify(drawn.body, now).identical
    usual = laid_options(now, {"layout": "square", "width_mm": "100"}, format=form)
    assert export(now, default_view(now), usual).body != drawn.body


def test_what_is_asked_for_counts_before_what_the_layout_says() -> None:
    said = b"[[layouts]]\nid='square'\nwidth_mm=120\ngreyscale=true\nheadline='H'\n"
    opened = Corridor.of({**corridor("azerbaijan-iran").files, LAYOUTS: said})
    usual = laid_options(opened, {"layout": "square"}, format="png")
    assert (usual.width_mm, usual.greyscale, usual.hand.headline) == (120, True, "H")
    other = laid_options(
        opened, {"layout": "square", "width_mm": "200", "greyscale": "0"}, format="png"
    )
    assert (other.width_mm, other.greyscale, other.hand.headline) == (200, False, "H")
    bare = laid_options(opened, {"layout": "square", "hand": "{}"}, format="png")
    assert (bare.width_mm, bare.greyscale, bare.hand.headline) == (None, False, "")
    with pytest.raises(ViewError, match="a3-portrait"):
        laid_options(opened, {"layout": "poster"}, format="png")


@pytest.mark.parametrize("name", AWAY)
@pytest.mark.parametrize("layout", ["wide", "story"])
def test_a_column_of_ninety_millimetres_can_be_read(name: str, layout: str) -> None:
    drawn = made(name, "svg", layout=layout, width_mm="90")
    assert drawn.size.startswith("90x")
    dark = re.findall(
        r"<text[^>]*font-size: ([\d.]+)px[^>]*fill: #(?!ffffff|FFFFFF)", drawn.body.decode()
    )
    assert dark
    assert min(map(float, dark)) >= 6.9  # points: a number in its disc may be smaller
    report = drawn.report
    assert report is not None
    assert report.map_box.width > 330
    covered = [box for piece, box in report.furniture if piece == "legend"]
    assert not any(box.has(*sign.center) for box in covered for _, sign in report.signs)


def test_greys_pure_black_and_no_paper() -> None:
    plain = np.asarray(Image.open(io.BytesIO(made("azerbaijan-iran", "png").body)))
    grey = np.asarray(Image.open(io.BytesIO(made("azerbaijan-iran", "png", greyscale="1").body)))
    assert grey.shape == plain.shape
    assert (np.ptp(grey, axis=2) == 0).all()
    bare = Image.open(io.BytesIO(made("azerbaijan-iran", "png", transparent="1").body))
    assert bare.mode == "RGBA"
    assert bare.getchannel("A").getpixel((2, 2)) == 0
    svg = made("azerbaijan-iran", "svg", black="1").body.decode()
    fills = set(re.findall(r"<text[^>]*fill: (#[0-9A-Fa-f]{6})", svg))
    assert fills <= {"#000000", "#FFFFFF", "#ffffff"}


def test_black_is_one_plate_of_a_pdf() -> None:
    body = made("azerbaijan-iran", "pdf", black="1", greyscale="1").body
    with pikepdf.open(io.BytesIO(body)) as pdf:
        pdf.pages[0].contents_coalesce()
        drawn = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    assert not re.search(r"[\d.] (rg|RG)\b", drawn)
    assert re.search(r"\b0 g\b", drawn)


@pytest.mark.parametrize(
    "query",
    [
        {"width_mm": "89"}, {"width_mm": "601"}, {"width_mm": "nan"}, {"width_mm": "x"},
        {"height_mm": "100"}, {"black": "yes"}, {"hand": "["}, {"hand": '{"x":1}'},
        {"hand": '{"labels":[{"feature":"a","at":[0,99]}]}'}, {"named": "A b"},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(query: dict[str, str]) -> None:
    with pytest.raises(ViewError):
        laid_options(corridor("azerbaijan-iran"), query, format="png")


def test_the_command_draws_a_layout_of_ones_own(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA / "azerbaijan-iran", tmp_path / "mine"))
    (folder / LAYOUTS).write_text("[[layouts]]\nid = 'front'\nbase = 'square'\nheadline = 'Ours'\n")
    out = tmp_path / "a.svg"
    words = ["snapshot", str(folder), "-o", str(out), "--layout", "front", "--width-mm", "110"]
    done = CliRunner().invoke(main, [*words, "--greyscale", "--black", "--transparent"])
    assert done.exit_code == 0, done.output
    assert ">Ours<" in out.read_text()
    assert CliRunner().invoke(main, ["verify", str(out), str(folder)]).exit_code == 0
    assert CliRunner().invoke(main, [*words[:-4], "--layout", "back"]).exit_code == 2


def test_the_page_is_told_where_labels_stand_and_which_place_lies_where() -> None:
    opened = corridor("north-south")
    site = Starlette(routes=hand_routes("/c", soon(lambda: opened), Desk()))
    put = {"labels": [{"feature": "node-mumbai", "at": [66.0, 15.0]}]}
    address = "/c/hand/preview.png?layout=wide&density=screen"
    answer = answered(site, "POST", address, body=json.dumps(put).encode())
    assert answer.status == 200
    told = json.loads(answer.body.split(b"\n", 1)[0])
    mine = next(one for one in told["labels"] if one["id"] == "node-mumbai")
    frame = told["frames"][mine["frame"]]
    left, top, right, bottom = frame["box"]
    # As the page reads it: where the label's middle lies in the grid.
    x = (mine["box"][0] + mine["box"][2]) / 2
    y = (mine["box"][1] + mine["box"][3]) / 2
    last = frame["steps"] - 1
    across, down = (x - left) / (right - left) * last, (y - top) / (bottom - top) * last
    grid = np.array(frame["at"]).reshape(frame["steps"], frame["steps"], 2)
    i, j = int(across), int(down)
    u, v = across - i, down - j
    corners = grid[j : j + 2, i : i + 2]
    row = corners[:, 0] * (1 - u) + corners[:, 1] * u
    assert row[0] * (1 - v) + row[1] * v == pytest.approx([66.0, 15.0], abs=0.05)
    assert mine["by_hand"] is True
    refused = answered(site, "POST", address, body=b'{"labels": 1}')
    assert refused.status == 400

"""What would be too large a picture is refused in a sentence, by each command and route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from corridormap.app.cli import main
from corridormap.app.desk.desk import Desk
from corridormap.app.exporting.evidence_routes import evidence_routes
from corridormap.app.exporting.take_routes import take_routes
from corridormap.app.opening.open_corridor import OpenCorridor
from corridormap.app.server.corridor_routes import _map_routes
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.turn import budget
from tests.test_app.asking import reply, soon

if TYPE_CHECKING:
    from pathlib import Path

ID = "north-south"
MOST = 3
DRAWN = ("features", "vertices")


@pytest.fixture(scope="module")
def routes() -> Starlette:
    corridor = load_corridor(find_corridor(ID))
    desk, opened = Desk(), OpenCorridor(corridor)
    return Starlette(
        routes=[
            *_map_routes("", soon(lambda: opened), desk),
            *evidence_routes("", soon(lambda: corridor), desk),
            *take_routes("", soon(lambda: corridor), desk),
        ]
    )


@pytest.fixture
def strip() -> str:
    corridor = load_corridor(find_corridor(ID))
    return corridor.manifest.routes[0].id


def narrow(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Let little be drawn, of one kind only, served or not."""
    if kind == "pixels":
        monkeypatch.setattr(budget, "MOST_PIXELS", MOST)
        return
    for each in (budget.SERVED, budget.ALONE):
        monkeypatch.setitem(vars(each), kind, -1.0 if kind == "seconds" else MOST)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        *((kind, f"/snapshot.{form}") for kind in DRAWN for form in ("png", "svg", "pdf")),
        *((kind, "/preview.png") for kind in (*DRAWN, "pixels", "seconds")),
        *((kind, "/atlas.pdf?of=features") for kind in (*DRAWN, "seconds")),
        *((kind, "/snapshot.png") for kind in ("pixels", "seconds")),
        *((kind, "/strip.png") for kind in ("pixels", "seconds")),
    ],
)
def test_a_route_refuses_what_is_too_large(
    kind: str, address: str, routes: Starlette, strip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, kind)
    if address.startswith("/strip"):
        address += f"?route={strip}&date=2024-01-01"
    status, answer = reply(routes, "GET", address)
    # An atlas tells line by line how far it is: by then its status has been sent.
    assert status == (200 if address.startswith("/atlas") else 400)
    assert set(answer) == {"error"}
    assert sentence(kind) in answer["error"]
    assert ("smaller size" if kind == "pixels" else "Show fewer layers") in answer["error"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        *((kind, f"snapshot .{form}") for kind in DRAWN for form in ("png", "svg", "pdf")),
        *((kind, "atlas .pdf --of features") for kind in DRAWN),
        ("pixels", "snapshot .png"),
        ("pixels", "strip .png"),
    ],
)
def test_a_command_refuses_what_is_too_large(
    kind: str, words: str, strip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, kind)
    command, ending, *more = words.split()
    of = [strip, "--corridor", ID] if command == "strip" else [ID]
    file = tmp_path / f"made{ending}"
    result = CliRunner().invoke(main, [command, *of, "-o", str(file), *more])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert sentence(kind) in result.stderr
    assert ("smaller size" if kind == "pixels" else "Show fewer layers") in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_size_of_too_many_pixels_is_refused_before_anything_is_drawn(
    routes: Starlette, tmp_path: Path
) -> None:
    status, answer = reply(
        routes, "GET", "/snapshot.png?layout=custom&size=6000x6000&density=print"
    )
    assert status == 400
    file = str(tmp_path / "made.png")
    words = ["snapshot", ID, "-o", file, "--size", "6000x6000", "--density", "print"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    for said in (answer["error"], result.stderr):
        assert "18750x18750 pixels are more than can be drawn" in said
        assert "Choose a smaller size or density." in said
    assert list(tmp_path.iterdir()) == []


def sentence(kind: str) -> str:
    if kind == "seconds":
        return "the picture takes longer than -1 s to draw"
    return f" {kind}, more than {MOST}"

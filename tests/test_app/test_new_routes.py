"""What the server answers to a page that makes a corridor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from corridormap.app.server.new_routes import can_make, new_routes
from corridormap.app.settings.settings import Settings
from corridormap.app.site.serving import settings_of
from corridormap.app.site.site import Site
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate
from tests.test_app.asking import reply

BUILT_IN = Path(__file__).parents[2] / "data" / "north-south"


def site_of(made_in: Path | None, **more: Any) -> Site:
    return Site(Settings(folders=(BUILT_IN,), made_in=made_in, **more))


def post(site: Site, wish: Any) -> tuple[int, Any]:
    app = Starlette(routes=new_routes(site))
    return reply(app, "POST", "/corridormap/new", body=json.dumps(wish).encode())


def test_a_corridor_is_made_is_sound_empty_and_served(tmp_path: Path) -> None:
    site = site_of(tmp_path / "not" / "there")
    status, said = post(site, {"title": "Порт Мтвара & co", "countries": "TZ,MZ"})
    assert status == 200
    found = site.shelf.find(said["id"])
    assert found is not None
    assert found.title == "Порт Мтвара & co"
    assert not validate(found.folder)
    made = load_corridor(found.folder)
    assert made.manifest.countries == ("TZ", "MZ")
    assert [len(layer.features) for layer in made.layers] == [0]
    assert made.sources == {}


def test_two_of_one_title_and_one_of_a_served_id_stand_side_by_side(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    ids = [post(site, {"title": "North South"})[1]["id"] for _ in range(2)]
    assert ids == ["north-south-2", "north-south-3"]
    assert post(site, {"title": "中欧"})[1]["id"] == "corridor"


@pytest.mark.parametrize(
    "wish",
    [
        {},
        [],
        {"title": " \n"},
        {"title": "x" * 201},
        {"title": 3},
        {"title": "x", "countries": "Atlantis"},
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path: Path, wish: Any) -> None:
    status, said = post(site_of(tmp_path / "made"), wish)
    assert status == 400
    assert said["error"]
    assert not (tmp_path / "made").exists()


def test_a_title_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    _, said = post(site_of(tmp_path / "made"), {"title": "../../etc/passwd"})
    assert [path.name for path in (tmp_path / "made").iterdir()] == [said["id"]]
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_nothing_is_made_where_nothing_may_be_changed(tmp_path: Path) -> None:
    assert can_make(site_of(tmp_path))
    for site in (site_of(None), site_of(tmp_path, read_only=True)):
        assert not can_make(site)
        assert new_routes(site) == []


def test_over_a_network_no_home_folder_is_written_into(tmp_path: Path) -> None:
    name = str(BUILT_IN)
    assert settings_of([name], None, {"address": "0.0.0.0"}).made_in is None  # noqa: S104
    assert settings_of([name], None, {}).made_in is not None
    (tmp_path / "one").symlink_to(BUILT_IN)
    assert settings_of([], tmp_path, {"address": "0.0.0.0"}).made_in == tmp_path  # noqa: S104
    named = settings_of([], None, {"made_in": tmp_path})
    assert named.made_in == tmp_path
    assert named.roots[0] == tmp_path

"""The corridors that a server finds: built in, named, and in a folder, sound or broken."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corridormap.app.server.start import start_of
from corridormap.app.site.serving import settings_of
from corridormap.app.site.shelf import Shelf
from corridormap.app.site.site import Site
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[2] / "data"


def copied(folder: Path, name: str = "north-south", **changes: str) -> Path:
    """Copy a built-in corridor, with other values of some keys of its manifest."""
    made = Path(shutil.copytree(DATA / name, folder))
    manifest = made / "corridor.toml"
    text = manifest.read_text(encoding="utf-8")
    for key, value in changes.items():
        text = re.sub(rf'^{key} = ".*"$', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8")
    return made


def torn(folder: Path) -> Path:
    """Make a corridor whose manifest is broken."""
    folder.mkdir(parents=True)
    (folder / "corridor.toml").write_text("title = ", encoding="utf-8")
    return folder


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a folder with a sound corridor, a broken one, and one with the id of the first."""
    copied(tmp_path / "a-line", id="line", title="A line")
    torn(tmp_path / "Broken one")
    copied(tmp_path / "z-line", id="line", title="Another line")
    return tmp_path


def test_without_a_name_the_built_in_corridors_are_served() -> None:
    site = Site(settings_of([]))
    assert [each.id for each in site.shelf.all()] == ["azerbaijan-iran", "north-south"]
    assert site.choose(None)[0].id == "azerbaijan-iran"


def test_a_named_folder_is_served_alone(tmp_path: Path) -> None:
    site = Site(settings_of([str(copied(tmp_path / "mine", id="mine"))]))
    assert [each.id for each in site.shelf.all()] == ["mine"]


def test_a_folders_corridors_come_before_the_built_in_ones(team: Path) -> None:
    found = Site(settings_of([], team)).shelf.all()
    assert [each.id for each in found][-2:] == ["azerbaijan-iran", "north-south"]
    assert "line" in [each.id for each in found]


def test_a_broken_corridor_is_listed_with_what_is_wrong_and_stops_no_other(team: Path) -> None:
    site = Site(settings_of([], team))
    broken = site.shelf.find("broken-one")
    assert broken is not None
    assert broken.title == "Broken one"
    assert "corridor.toml" in broken.problem
    assert site.choose(None)[0].id == "line"
    assert start_of(site, {}).title == "A line"


def test_the_second_of_two_with_one_id_says_so_and_is_not_opened(team: Path) -> None:
    site = Site(settings_of([], team))
    first, second = [each for each in site.shelf.all() if each.folder.name.endswith("-line")]
    assert (first.id, first.problem) == ("line", "")
    assert second.id != "line"
    assert "'line' is already used by the folder 'a-line'" in second.problem
    with pytest.raises(CorridorError, match="already used"):
        site.open(second)
    assert site.open(first).corridor.manifest.title == "A line"


def test_two_named_folders_of_one_id_are_refused_with_both_named(team: Path) -> None:
    with pytest.raises(CorridorError, match=r"two folders have the id 'line'.*a-line.*z-line"):
        settings_of([str(team / "a-line"), str(team / "z-line")])


def test_a_corridor_that_comes_while_the_server_runs_is_found(team: Path) -> None:
    shelf = Shelf((), (team,))
    assert shelf.find("late") is None
    copied(team / "late-one", id="late")
    found = shelf.find("late")
    assert found is not None
    assert found.folder == team / "late-one"


def test_a_half_made_folder_with_a_hidden_name_does_not_count(team: Path) -> None:
    torn(team / ".being-made.part")
    assert all(each.folder.name != ".being-made.part" for each in Shelf((), (team,)).all())


def test_a_mended_corridor_is_still_found_by_the_name_it_had(tmp_path: Path) -> None:
    shelf = Shelf((torn(tmp_path / "mine"),))
    assert [each.id for each in shelf.all()] == ["mine"]
    shutil.rmtree(tmp_path / "mine")
    copied(tmp_path / "mine", id="ours")
    assert [each.id for each in shelf.all()] == ["ours"]
    found = shelf.find("mine")
    assert found is not None
    assert (found.id, found.problem) == ("ours", "")


@pytest.mark.parametrize("wanted", ["nonsense", "../north-south", "/etc", "", "line\0"])
def test_an_unknown_name_opens_the_default_view_with_a_notice(team: Path, wanted: str) -> None:
    data = start_of(Site(settings_of([], team)), {"c": wanted, "date": "2001-01-01"}).data
    assert data["corridor"] == "line"
    assert data["notices"] == ["There is no corridor of the link's name here."]
    assert data["view"]["date"] != "2001-01-01"


def test_a_page_of_a_broken_corridor_says_why_and_is_watched(team: Path) -> None:
    data = start_of(Site(settings_of([], team)), {"c": "broken-one"}).data
    assert "corridor.toml" in data["problem"]
    assert data["watch"]["address"] == "/corridormap/c/broken-one/version.json"
    assert len(data["corridors"]) == 5


def test_no_page_tells_a_path_of_the_server(team: Path) -> None:
    site = Site(settings_of([], team))
    for each in site.shelf.all():
        assert str(team) not in str(start_of(site, {"c": each.id}).data)


def packed(folder: Path) -> Path:
    """Make a zip as the page hands one out."""
    path = folder / "corridor.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("north-south/corridor.toml", "title = 'x'")
    return path


def filed(folder: Path) -> Path:
    """Make a file that is no corridor."""
    path = folder / "map.geojson"
    path.write_text("{}", encoding="utf-8")
    return path


def emptied(folder: Path) -> Path:
    """Make an empty folder."""
    path = folder / "new"
    path.mkdir()
    return path


def other(folder: Path) -> Path:
    """Make a folder with other files."""
    filed(folder)
    return folder


def around(folder: Path) -> Path:
    """Make a folder with one corridor's folder in it: a zip unpacked into one."""
    torn(folder / "unpacked" / "north-south")
    return folder / "unpacked"


def many(folder: Path) -> Path:
    """Make a folder with two corridors' folders in it."""
    torn(folder / "two" / "a")
    torn(folder / "two" / "b")
    return folder / "two"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (packed, "packed corridor.*Unpack it"),
        (filed, "is a file, not a corridor's folder"),
        (emptied, "the folder 'new' is empty.*corridormap new"),
        (other, "holds no corridor.toml"),
        (around, "the corridor in it is.*north-south"),
        (many, "holds 2 corridors.*--dir"),
        (lambda folder: folder / "missing", "there is no corridor"),
    ],
)
def test_each_thing_that_is_no_corridor_has_its_own_message(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(CorridorError, match=words):
        settings_of([str(make(tmp_path))])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "missing", "there is no folder"),
        (filed, "is a file"),
        (emptied, "holds no corridor"),
        (lambda folder: torn(folder / "mine"), "is a corridor itself.*without --dir"),
    ],
)
def test_a_folder_of_corridors_that_is_none_is_told(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(CorridorError, match=words):
        settings_of([], make(tmp_path))

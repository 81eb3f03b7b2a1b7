"""The wheel is built from the sources, Python and the registries alone, and works anywhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.sweeping import SWEEP

ROOT = Path(__file__).parents[2]
ASSETS = "corridormap/assets"
OF_THE_CODE = (".py", ".js", "py.typed")
LICENCES = ROOT / "data" / "LICENCES.md"
OF_THE_BROWSER = {".js", ".css", ".ts", ".json"}
"""What of app/browser comes as it was made, not as it is written."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with what it holds."""
    # Python's own traces of having run are no file of ours.
    found = (path for path in folder.rglob("*") if path.is_file())
    files = (path for path in found if "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def wheel_of(sources: Path, folder: Path) -> Path:
    """Build a wheel as `pip install` does, where no Node is to be found."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    done = subprocess.run(
        [*pip, folder, sources],
        env=os.environ | {"PATH": str(Path(sys.executable).parent)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the source tree as it is cloned."""
    folder = tmp_path_factory.mktemp("clone") / "sources"
    ignored = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored, symlinks=True)
    shutil.copyfile(ROOT / ".gitignore", folder / ".gitignore")
    return folder


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, made by way of the sdist; that changes nothing in the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    before = contents(sources)
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory"]
    subprocess.run([*build, folder], cwd=sources, check=True, capture_output=True)
    (sdist,) = folder.glob("*.tar.gz")
    file = wheel_of(sdist, folder)
    after = contents(sources)
    assert sorted(after) == sorted(before), "building has left or removed files"
    assert [name for name in after if after[name] != before[name]] == []
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel into an empty folder, as an installation does."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command, not the checkout's, from another folder."""
    return subprocess.run(
        [sys.executable, "-P", "-c", "from corridormap.app.cli import main; main()", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path, sources: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for room in ("app", "geo", "layers"):
        wanted = {
            f"corridormap/{path.relative_to(sources).as_posix()}"
            for path in (sources / room).rglob("*")
            if path.is_file() and path.suffix not in OF_THE_BROWSER
        }
        assert wanted <= names
    assert "corridormap/py.typed" in names


def test_the_browsers_side_is_in_the_wheel_as_it_was_made(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    made = ("map.js", "host.js", "one_file.js", "page.css", "one_file.css", "editor.css")
    assert {f"{ASSETS}/browser/{name}" for name in made} <= names
    sources = [name for name in names if name.startswith("corridormap/app/browser/")]
    assert [name for name in sources if Path(name).suffix in OF_THE_BROWSER] == []


if SWEEP:  # it takes as long as the first, and is made by the same hook

    def test_the_wheel_made_at_once_is_the_same(wheel: Path, sources: Path, tmp_path: Path) -> None:
        before = contents(sources)
        built = wheel_of(sources, tmp_path)
        assert contents(sources) == before
        with ZipFile(wheel) as first, ZipFile(built) as second:
            assert sorted(first.namelist()) == sorted(second.namelist())
            code = [name for name in first.namelist() if name.endswith((".py", ".js", ".css"))]
            assert [name for name in code if first.read(name) != second.read(name)] == []


def test_every_file_of_the_corridor_is_in_the_wheel_and_no_script(
    wheel: Path, sources: Path
) -> None:
    names = set(ZipFile(wheel).namelist())
    corridor = sources / "data" / "azerbaijan-iran"
    wanted = {
        f"{ASSETS}/corridors/{path.relative_to(corridor.parent).as_posix()}"
        for path in corridor.rglob("*")
        if path.is_file()
    }
    assert wanted <= names
    assert len([name for name in wanted if name.endswith(".geojson")]) == 6
    assert f"{ASSETS}/corridors/README.md" in names
    assert not [name for name in names if "/corridors/" in name and name.endswith(".py")]


def test_the_base_data_and_its_licences_are_in_the_wheel(wheel: Path) -> None:
    names = {name for name in ZipFile(wheel).namelist() if name.startswith(ASSETS)}
    for wanted in (
        "leaflet/leaflet.css",
        "world/10m.bin",
        "fonts/NotoSans-Regular.ttf",
        "fonts/noto-sans-arabic-arabic-400-normal.woff2",
        "places.sqlite",
        "licences/CREDITS.txt",
        "licences/leaflet.txt",
        "licences/leaflet-geoman.txt",
        "licences/noto-sans.txt",
        "licences/noto-sans-arabic.txt",
        "licences/world-atlas.txt",
    ):
        assert f"{ASSETS}/{wanted}" in names


def licensed(name: str) -> list[str]:
    """Return the licences that data/LICENCES.md gives a file below `corridormap/`."""
    rows = re.findall(r"^\| `(\S+)` \| ([^|]+) \|", LICENCES.read_text("utf-8"), re.MULTILINE)
    return [
        licence
        for pattern, licence in rows
        if fnmatchcase(name, pattern) and pattern.count("/") == name.count("/")
    ]


def test_every_file_of_data_has_its_licence_told(wheel: Path) -> None:
    names = [name.removeprefix("corridormap/") for name in ZipFile(wheel).namelist()]
    data = [n for n in names if n.startswith("assets/") or not n.endswith(OF_THE_CODE)]
    told = {n: licensed(n) for n in data if ".dist-info/" not in n}
    assert "assets/corridors/azerbaijan-iran/outline.topojson" in told
    assert [name for name, licences in told.items() if len(licences) != 1] == []
    assert licensed("assets/corridors/azerbaijan-iran/layers/more.csv") == []


def test_the_wheel_declares_every_licence_and_holds_their_texts(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
        held = {Path(n).name for n in archive.namelist() if ".dist-info/licenses/" in n}
    (declared,) = re.findall(r"^License-Expression: (.+)$", metadata, re.MULTILINE)
    rows = re.findall(r"^\| `\S+` \| ([^|]+) \|", LICENCES.read_text("utf-8"), re.MULTILINE)
    used = {licence for row in rows for licence in row.split(" AND ")} - {"public domain"}
    assert set(declared.split(" AND ")) == used
    assert held == {"LICENSE", "LICENCES.md", "COPYING", "COPYING.LESSER"}


def test_the_wheel_holds_nothing_else_and_stays_small(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"corridormap"}
    assert wheel.stat().st_size < 30_000_000


def test_the_installed_command_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "info", "--json", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["id"] == "azerbaijan-iran"
    checked = run(installed, "validate", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    drawn = run(installed, "snapshot", "-o", "a.png", "--size", "800x600", cwd=tmp_path)
    assert drawn.returncode == 0, drawn.stderr
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")

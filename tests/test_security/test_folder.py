"""Whatever lies in a stranger's folder: nothing outside it is read, written or waited for."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from contextlib import suppress
from itertools import chain, cycle, product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from corridormap.app.cli import main
from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.files import ANNOTATIONS, HOME, LAYERS, MANIFEST, SOURCES
from corridormap.layers.folder.journal import JOURNAL, STAGED, Journal, Step
from corridormap.layers.folder.place import Place, has_handles
from corridormap.layers.saving import store
from corridormap.layers.saving.store import save_files
from tests.sweeping import SWEEP
from tests.test_layers.conftest import OUTLINE, TinyCorridor
from tests.test_security import web
from tests.test_security.traps import TRAPS, in_time, outside_of, plant, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corridormap.layers.saving.snapshot import Snapshot
    from tests.serving import RunCommand, Served

pytestmark = pytest.mark.skipif(not has_handles(), reason="the system knows no such traps")

AT = dt.datetime(2026, 11, 24, 12, 30, 15, 250_000, tzinfo=dt.UTC)
DEAR = {"snapshot", "export", "atlas", "strip", "verify"}
"""Commands that take a second: they go over all names at once."""
NOT_OF_A_FOLDER = {"serve", "new", "desktop-entry", "key"}
"""The server is tried by its routes; the others make what is not there and read no corridor."""
SECRET = "precious"  # noqa: S105 - what the files outside say


def corridor_in(folder: Path, id_: str = "tiny") -> Path:
    """Make a small corridor with every kind of file that is read."""
    made = TinyCorridor(folder)
    outline = 'outline = "o.topojson"\n[article]'
    made.manifest = made.manifest.replace("[article]", outline).replace(
        'id = "tiny"', f'id = "{id_}"'
    )
    made.write()
    made.put("o.topojson", json.dumps(OUTLINE))
    made.put("notes.txt", "notes")
    return folder


def changed(now: Snapshot) -> Mapping[str, bytes]:
    """Return a change of a file of the folder, of one in `layers`, and two new ones."""
    said = {
        name: now.files.get(name, b"[]") + b"\n" for name in (SOURCES, f"{LAYERS}/ways.geojson")
    }
    return {**said, "new.json": b"{}", f"{LAYERS}/new.geojson": b"{}"}


def save(folder: Path) -> None:
    save_files(folder, changed, at=AT)


@pytest.fixture(scope="module")
def touched(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Return every name below the folder that reading and saving ask the system for."""
    folder = corridor_in(tmp_path_factory.mktemp("seen") / "tiny")
    seen: set[str] = set()
    at = Place.at

    def noted(self: Place, name: str) -> str:
        if self.path == folder or folder in self.path.parents:
            seen.add(self.named(name))
        return at(self, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Place, "at", noted)
        save(folder)
        assert load_corridor(folder).findings == ()
    assert {MANIFEST, HOME, LAYERS, f"{HOME}/{JOURNAL}", f"{HOME}/{store.PART}"} <= seen
    assert len(seen) > 20
    return tuple(sorted(seen))


def once(touched: tuple[str, ...]) -> list[str]:
    """Return the names with one staged file for all, and no kept version: none is ever read."""
    return [name for name in touched if not re.search(r"/staged/[1-9]|/history/", name)]


@pytest.fixture
def outside(tmp_path: Path, touched: tuple[str, ...]) -> Path:
    """Return a folder beside the corridors' that nobody may touch."""
    return outside_of(tmp_path, set(touched))


def words_of(folder: Path, picture: Path, text: Path, out: Path) -> dict[str, list[str]]:
    """Return the words after each command that reads a corridor's folder."""
    return {
        "info": [str(folder)],
        "validate": [str(folder)],
        "changes": [str(folder), "--json"],
        "claims": [str(folder)],
        "promises": [str(folder), "--csv"],
        "check-positions": [str(out / "none.geojson"), str(folder)],
        "sources": [str(folder)],
        "list": ["--dir", str(folder.parent)],
        "article": ["check", str(text), str(folder)],
        "snapshot": [str(folder), "-o", str(out / "a.png"), "--size", "800x600"],
        "export": [str(folder), "-o", str(out / "a.zip")],
        "atlas": [str(folder), "-o", str(out / "a.pdf")],
        "strip": ["none", "--corridor", str(folder), "-o", str(out / "b.png")],
        "verify": [str(picture), str(folder)],
        "add": [str(out / "none.geojson"), str(folder), "--layer", "more"],
        "publish": [
            *(str(folder), "-o", str(out / "site"), "--edition", "One", "--layout", "wide"),
            *("--format", "png", "--no-atlas"),
        ],
        "versions": [str(folder)],
        "upgrade": [str(folder)],
    }


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Return a snapshot, an article's text, and a folder to write into."""
    home = tmp_path_factory.mktemp("beside")
    folder = corridor_in(home / "tiny")
    (home / "text.txt").write_text("An article.", encoding="utf-8")
    made = run(["snapshot", str(folder), "-o", str(home / "made.png"), "--size", "800x600"])
    assert made == 0
    return home / "made.png", home / "text.txt", home


def run(words: list[str]) -> int:
    """Run a command in this process; it ends by itself, in time and without a traceback."""
    with in_time(60):
        done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    assert SECRET not in done.output, words
    return done.exit_code


def test_every_command_is_tried(tmp_path: Path) -> None:
    tried = words_of(tmp_path, tmp_path, tmp_path, tmp_path)
    assert {*tried, *NOT_OF_A_FOLDER} == set(main.commands)


def test_no_command_reads_or_writes_through_a_trap_at_any_name(
    tmp_path: Path, touched: tuple[str, ...], outside: Path, beside: tuple[Path, Path, Path]
) -> None:
    before, names = tree(outside), once(touched)
    for number, (kind, name) in enumerate(product(TRAPS, names)):
        folder = corridor_in(tmp_path / str(number) / "tiny")
        plant(kind, folder / name, outside)
        lying = tree(folder)
        cheap = [each for each in words_of(folder, *beside).items() if each[0] not in DEAR]
        # Each command meets each name with every fourth kind, and each kind at every fourth name.
        first = (list(TRAPS).index(kind) + names.index(name)) % 4
        for command, words in cheap if SWEEP else cheap[first::4]:
            run([command, *words])
        assert tree(folder) == lying, (kind, name)
        assert tree(outside) == before, (kind, name)


@pytest.mark.parametrize("kind", list(TRAPS))
def test_no_picture_is_made_of_what_lies_outside(
    kind: str,
    tmp_path: Path,
    touched: tuple[str, ...],
    outside: Path,
    beside: tuple[Path, Path, Path],
) -> None:
    folder = corridor_in(tmp_path / "all" / "tiny")
    # A layer, its claims and the manifest are left, so that there is something to draw.
    left = {MANIFEST, ANNOTATIONS, LAYERS, f"{LAYERS}/crossings.geojson", HOME}
    for name in touched:
        if name not in left and not (set(map(str, Path(name).parents)) - {".", *left}):
            plant(kind, folder / name, outside)
    before, lying = tree(outside), tree(folder)
    for command, words in words_of(folder, *beside).items():
        if command in DEAR:
            made = run([command, *words])
            assert made == (command in {"strip", "verify"}), command
    assert tree(folder) == lying
    assert tree(outside) == before


def test_no_save_writes_through_a_trap_at_any_name(
    tmp_path: Path, touched: tuple[str, ...], outside: Path
) -> None:
    before = tree(outside)
    saved = 0
    for number, (kind, name) in enumerate(product(TRAPS, touched)):
        folder = corridor_in(tmp_path / str(number) / "tiny")
        plant(kind, folder / name, outside)
        with in_time(60), suppress(CorridorError):
            save(folder)
            saved += 1
        assert tree(outside) == before, (kind, name)
    assert saved > len(TRAPS)  # many traps are simply moved out of the way


def test_the_real_commands_end_by_themselves(
    tmp_path: Path,
    touched: tuple[str, ...],
    outside: Path,
    beside: tuple[Path, Path, Path],
    run_command: RunCommand,
) -> None:
    kinds = cycle(TRAPS)
    before = tree(outside)
    top = [name for name in touched if name.count("/") == name.startswith((HOME, LAYERS))]
    for command, words in words_of(tmp_path / "all" / "tiny", *beside).items():
        folder = corridor_in(tmp_path / command / "tiny")
        for name in top:
            if name not in {MANIFEST, HOME, LAYERS, f"{LAYERS}/crossings.geojson"}:
                plant(next(kinds), folder / name, outside)
        lying = tree(folder)
        said = [word.replace("/all/", f"/{command}/") for word in words]
        said = [str(tmp_path / command) if word == str(tmp_path / "all") else word for word in said]
        done = run_command(command, *said)
        assert done.returncode in {0, 1}, done.stderr
        assert "Traceback" not in done.stderr
        assert SECRET not in done.stdout + done.stderr
        assert tree(folder) == lying, command
    assert tree(outside) == before


def asked(url: str, value: Any = None) -> tuple[int, bytes]:
    """Return what a server answers to a page of its own."""
    body = None if value is None else json.dumps(value).encode()
    own = {"Origin": "/".join(url.split("/")[:3]), "Sec-Fetch-Site": "same-origin"}
    came = web.get(url, urlsplit(url).path or "/", own, body=body)
    return came.status, came.unpacked


def together(touched: tuple[str, ...]) -> list[list[str]]:
    """Return the names in groups of which none keeps another from being asked for."""
    staged = [f"{HOME}/{STAGED}/0", f"{HOME}/{STAGED}", f"{HOME}/lock"]
    alone = [[MANIFEST], [SOURCES], *([name] for name in staged), [HOME, LAYERS]]
    rest = [name for name in once(touched) if name not in {one for each in alone for one in each}]
    return [*alone, rest]


def test_no_route_of_a_server_reads_or_writes_through_a_trap_at_any_name(
    tmp_path: Path, touched: tuple[str, ...], outside: Path, launch: Callable[..., Served]
) -> None:
    """Each kind of trap lies at each name in some corridor, and each is asked for by each route.

    One corridor holds a whole group of names, with another kind at each; the groups are turned
    until every kind was at every name, or at every second one where not all cases are tried. That
    one trap alone is neither read nor written through is tried without a server, by the commands
    and by saving.
    """
    root = tmp_path / "root"
    kinds, groups = list(TRAPS), together(touched)
    assert sorted(chain(*groups)) == sorted(once(touched))
    turns = range(0, len(kinds), 1 if SWEEP else 2)
    tried = dict(enumerate(product(turns, groups)))
    for number, (turn, group) in tried.items():
        folder = corridor_in(root / f"c{number}", f"c{number}")
        for place, name in enumerate(group):
            plant(kinds[(turn + place) % len(kinds)], folder / name, outside)
    before, lying = tree(outside), tree(root)
    served = launch("--dir", str(root), "--editable")
    assert asked(f"{served.url}/corridormap/health")[0] == 200
    reading = ("version.json", "x/document.json", "snapshot.json", "sources.bib", "edit/base")
    for number, trap in tried.items():
        address = f"{served.url}/corridormap/c/c{number}"
        for name in reading:
            status, told = asked(f"{address}/{name}")
            assert status in {200, 400, 404}, (trap, name, status, told)
            assert SECRET.encode() not in told, (trap, name)
    assert tree(root) == lying
    assert tree(outside) == before
    saved = 0
    for number, trap in tried.items():
        address = f"{served.url}/corridormap/c/c{number}/edit"
        status, told = asked(f"{address}/base")
        if status != 200:
            continue
        known = json.loads(told)
        source = {"id": "S9", "type": "webpage", "title": "New"}
        wish = {"base": known["revision"], "ops": [{"op": "put_source", "source": source}]}
        for name in ("draft", "zip", "save"):
            status, told = asked(f"{address}/{name}", wish)
            assert status in {200, 400, 404, 409}, (trap, name, status, told)
        saved += status == 200
    assert tree(outside) == before
    assert saved > len(TRAPS)
    log = served.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log


@pytest.fixture
def attack(tmp_path: Path) -> tuple[Path, Path]:
    """Return the folder that overwrote a user's file when it was opened, and that file."""
    keys = tmp_path / "home" / ".ssh" / "authorized_keys"
    keys.parent.mkdir(parents=True)
    keys.write_text("mine", encoding="utf-8")
    folder = corridor_in(tmp_path / "home" / "downloads" / "tiny")
    (folder / "authorized_keys").write_text("theirs", encoding="utf-8")
    home = folder / HOME
    (home / "staged").mkdir(parents=True)
    (home / "staged" / "0").write_text("theirs", encoding="utf-8")
    (home / "history").symlink_to("../../../.ssh")
    journal = {"steps": [{"file": "authorized_keys", "staged": "staged/0"}], "at": "."}
    (home / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    return folder, keys


@pytest.mark.parametrize("command", ["info", "validate"])
def test_a_strangers_journal_overwrites_nothing_when_the_folder_is_opened(
    attack: tuple[Path, Path],
    command: str,
    tmp_path: Path,
    run_command: RunCommand,
) -> None:
    folder, keys = attack
    before = tree(tmp_path)
    done = run_command(command, folder)
    assert keys.read_text() == "mine"
    assert tree(tmp_path) == before
    assert ".corridormap/journal.json: the list of a save that was cut short" in (
        done.stdout + done.stderr
    )


@pytest.mark.parametrize("words", [["--read-only"], ["--editable"]], ids=str)
def test_a_strangers_journal_overwrites_nothing_when_the_folder_is_served(
    attack: tuple[Path, Path], words: list[str], tmp_path: Path, launch: Callable[..., Served]
) -> None:
    folder, keys = attack
    before = tree(tmp_path)
    served = launch(str(folder), *words)
    assert asked(f"{served.url}/corridormap/health")[0] == 200
    assert asked(f"{served.url}/")[0] == 200
    assert asked(f"{served.url}/corridormap/c/tiny/version.json")[0] == 200
    assert asked(f"{served.url}/corridormap/c/tiny/x/document.json")[0] == 200
    assert keys.read_text() == "mine"
    assert tree(tmp_path) == before


def test_a_sealed_journal_leads_nowhere_either(tmp_path: Path, outside: Path) -> None:
    # As though the user's own save was cut short, and somebody came to the folder since.
    folder = corridor_in(tmp_path / "mine")
    before = tree(outside)
    body = b"[]\n"
    (folder / HOME / "staged").mkdir(parents=True)
    (folder / HOME / "staged" / "0").write_bytes(body)
    step = Step(file=SOURCES, staged="0", sha256=hashlib.sha256(body).hexdigest())
    with Place.opened(folder) as place:
        journal = Journal.sealed(place, (step,), "2026-11-24T12-30-15.250Z")
    (folder / HOME / JOURNAL).write_text(journal.model_dump_json(), encoding="utf-8")
    for kind in ("a link to a folder", "a hard link", "a pipe"):
        plant(kind, folder / HOME / "history", outside)
        with in_time(60), pytest.raises(CorridorError):
            save(folder)
        assert tree(outside) == before
    (folder / HOME / "history").unlink()
    save(folder)
    assert not (folder / HOME / JOURNAL).exists()
    assert tree(outside) == before

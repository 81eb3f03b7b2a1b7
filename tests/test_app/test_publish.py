"""Editions: published whole, never written again, and recognised from a photograph of a print."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import signal
import stat
import subprocess
import sys
import threading
import zlib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
import segno
from click.testing import CliRunner, Result
from PIL import Image

from corridormap.app.cli import main
from corridormap.app.publishing.photograph import read_codes
from corridormap.geo.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
QUICK = ("--layout", "wide", "--format", "png", "--no-atlas")


def run(*words: object) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def hashes(folder: Path) -> dict[str, str]:
    """Return what stands in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def moved(corridor: Path, metres: float = 400) -> str:
    """Move the first bridge of a corridor northwards, and return its id."""
    path = corridor / "layers" / "bridges.geojson"
    said = json.loads(path.read_text(encoding="utf-8"))
    feature = said["features"][0]
    feature["geometry"]["coordinates"][1] += metres / 111_000
    feature["properties"]["sources"].append(_other_source(corridor, feature))
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return str(feature["id"])


def _other_source(corridor: Path, feature: Any) -> str:
    sources = json.loads((corridor / "sources.json").read_text(encoding="utf-8"))
    known = json.dumps(feature["properties"])
    return next(str(one["id"]) for one in sources if f'"{one["id"]}"' not in known)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a site with two editions and a change between, and what the first one was."""
    folder = tmp_path_factory.mktemp("published")
    corridor = Path(shutil.copytree(BUILT_IN, folder / "mine"))
    site, key = folder / "site", folder / "key.pem"
    assert run("key", key).exit_code == 0
    first = run(
        "publish", corridor, "-o", site, "--edition", "First", "--day", "2026-03-03", *QUICK,
        "--sign", key,
    )  # fmt: skip
    assert first.exit_code == 0, first.stderr
    before = hashes(site / "editions" / "1")
    feature = moved(corridor)
    draft = folder / "words.toml"
    assert run("publish", corridor, "-o", site, "--draft-wording", draft).exit_code == 0
    told = draft.read_text(encoding="utf-8")
    assert f"feature/{feature}/geometry" in told
    assert "moved 400 m" in told
    assert 'why = "new source: ' in told
    words = f'why = "A reader wrote."\n[[change]]\nkey = "feature/{feature}/geometry"\n'
    draft.write_text(words + 'text = "Bridge moved 400 m"\nwhy = "new <source>"\n')
    second = run(
        "publish", corridor, "-o", site, "--edition", "Second", "--day", "2026-04-05", *QUICK,
        "--wording", draft, "--sign", key,
    )  # fmt: skip
    assert second.exit_code == 0, second.stderr
    return site, before


@pytest.fixture
def served(made: tuple[Path, dict[str, str]]) -> Iterator[str]:
    """Serve the site as any web server would, and return its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(made[0]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_both_editions_stand_and_the_second_tells_what_changed(
    made: tuple[Path, dict[str, str]], served: str
) -> None:
    site, before = made
    assert hashes(site / "editions" / "1") == before
    index = urlopen(f"{served}/").read().decode()
    assert "Bridge moved 400 m" in index
    assert "new &lt;source&gt;" in index
    assert "<source>" not in index
    assert index.index('id="edition-2"') < index.index('id="edition-1"')
    for number in (1, 2):
        assert b"Content-Security-Policy" in urlopen(f"{served}/editions/{number}/").read()
    listed = json.load(urlopen(f"{served}/editions.json"))
    assert [one["number"] for one in listed["editions"]] == [1, 2]
    assert listed["editions"][1]["why"] == "A reader wrote."
    assert "editions/2/index.html" in urlopen(f"{served}/latest.html").read().decode()
    said = json.loads((site / "editions" / "2" / "edition.json").read_bytes())
    for name, digest in said["files"].items():
        assert hashlib.sha256((site / "editions/2" / name).read_bytes()).hexdigest() == digest


def test_what_is_published_is_made_again_the_same(made: tuple[Path, dict[str, str]]) -> None:
    edition = made[0] / "editions" / "1"
    for name in ("pictures/azerbaijan-iran-1-wide.png", "index.html"):
        assert run("verify", edition / name, edition / "corridor").stdout.startswith("Identical")


def photograph(picture: Path, share: float = 0.8) -> Image.Image:
    """Return a picture scaled and turned by 3 degrees, on a grey table."""
    image = Image.open(picture).convert("RGB")
    size = round(image.width * share), round(image.height * share)
    return image.resize(size, Image.Resampling.BICUBIC).rotate(
        3, expand=True, fillcolor=(96, 92, 88), resample=Image.Resampling.BICUBIC
    )


def as_jpeg(image: Image.Image, path: Path) -> Path:
    """Save a picture as badly as telephones and their messengers do."""
    image.convert("RGB").save(path, "JPEG", quality=40)
    return path


def test_a_photograph_of_the_first_edition_is_called_corrected(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = made[0]
    picture = site / "editions/1/pictures/azerbaijan-iran-1-wide.png"
    photo = as_jpeg(photograph(picture), tmp_path / "photo.jpg")
    report = tmp_path / "report.html"
    result = run("verify", photo, "--site", site, "--report", report)
    assert result.exit_code == 1
    assert "The code names edition 1 of 3 March 2026" in result.stdout
    assert "Corrected since by edition 2 of 5 April 2026 because: A reader wrote" in result.stdout
    assert "Bridge moved 400 m (new <source>)" in result.stdout
    assert "A code can be copied" in result.stdout
    assert "Identical" not in result.stdout
    page = report.read_text(encoding="utf-8")
    assert page.count("<img ") == 2
    assert "new &lt;source&gt;" in page


def test_a_screenshot_of_the_newest_edition_is_named(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = made[0]
    image = photograph(site / "editions/2/pictures/azerbaijan-iran-2-wide.png", 1.0)
    image.save(tmp_path / "shot.png")
    result = run("verify", tmp_path / "shot.png", "--site", site, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["kind"], said["edition"]) == ("newest", 2)


def test_the_file_itself_is_identical_and_nothing_else(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = made[0]
    picture = site / "editions/1/pictures/azerbaijan-iran-1-wide.png"
    result = run("verify", picture, "--site", site)
    assert result.stdout.startswith("Identical to editions/1/pictures/")
    assert "Corrected since" in result.stdout
    assert "unaltered: signed with the key that stands in the site" in result.stdout
    Image.open(picture).save(tmp_path / "again.png")
    assert "Identical" not in run("verify", tmp_path / "again.png", "--site", site).stdout


def test_a_code_on_another_map_is_never_called_unaltered(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = made[0]
    image = Image.open(site / "editions/1/pictures/azerbaijan-iran-1-wide.png").convert("RGB")
    other = Image.new("RGB", image.size, (200, 120, 90))
    code = image.crop((1460, 790, 1600, 900))
    other.paste(code, (1460, 790))
    for name in ("other.png", "other.jpg"):
        other.save(tmp_path / name)
        result = run("verify", tmp_path / name, "--site", site)
        assert "names edition 1" in result.stdout
        assert "A code can be copied" in result.stdout
        for word in ("dentical", "naltered: signed", "genuine", "authentic"):
            assert word not in result.stdout.replace("What the edition says of itself is un", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://elsewhere.example/<script>alert(1)</script>", "No code of ours."),
        ("A\x1b]0;owned\x07\x1b[2J\u202eB", "No code of ours."),
        ("CORRIDORMAP:ELSEWHERE/1/12345678", "names the corridor 'elsewhere'"),
        ("CORRIDORMAP:AZERBAIJAN-IRAN/9/12345678", "which this site does not have"),
        ("CORRIDORMAP:AZERBAIJAN-IRAN/1/12345678", "it is no code of this site"),
        ("CORRIDORMAP:" + "X" * 2_800, "No code of ours."),
    ],
)
def test_a_hostile_code_is_told_safely(
    made: tuple[Path, dict[str, str]], tmp_path: Path, text: str, said: str
) -> None:
    photo, report = tmp_path / "code.png", tmp_path / "report.html"
    segno.make(text, error="l").save(str(photo), scale=4)
    result = run("verify", photo, "--site", made[0], "--report", report)
    assert result.exit_code == 1
    assert said in result.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)
    assert max(map(len, result.stdout.splitlines())) < 400
    assert "<script" not in report.read_text(encoding="utf-8")


def test_a_picture_without_a_code_says_so(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    photo = as_jpeg(Image.new("RGB", (300, 200), "white"), tmp_path / "plain.jpg")
    result = run("verify", photo, "--site", made[0])
    assert (result.exit_code, result.stdout) == (1, "No code of ours.\n")


def test_a_picture_is_bounded_before_it_is_unpacked() -> None:
    size = (60_000).to_bytes(4, "big")
    chunk = b"IHDR" + size + size + b"\x08\x00\x00\x00\x00"
    head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + chunk
    bomb = head + zlib.crc32(chunk).to_bytes(4, "big") + bytes(4) + b"IDAT" + bytes(4)
    with pytest.raises(ReadError, match="60000 x 60000 pixels"):
        read_codes(bomb, file="bomb.png")
    with pytest.raises(ReadError, match="more than 30 MB"):
        read_codes(b"\xff\xd8\xff" + bytes(30_000_001), file="long.jpg")
    out = io.BytesIO()
    Image.new("L", (50, 50)).save(out, "JPEG")
    for body in (b"\xff\xd8\xff", out.getvalue()[:200]):
        with pytest.raises(ReadError, match="cannot be read"):
            read_codes(body, file="cut.jpg")


def test_the_same_data_is_not_published_twice(made: tuple[Path, dict[str, str]]) -> None:
    site = made[0]
    before = hashes(site)
    again = run("publish", site / "editions/2/corridor", "-o", site, *QUICK)
    assert again.exit_code == 1
    assert "the data is that of edition 2" in again.stderr
    assert hashes(site) == before


def test_foreign_files_and_links_are_left_alone(tmp_path: Path) -> None:
    foreign, other = tmp_path / "foreign", tmp_path / "other"
    for folder in (foreign, other):
        folder.mkdir()
    (foreign / "index.html").write_text("<p>mine</p>")
    (foreign / "notes.txt").write_text("mine")
    before = hashes(foreign)
    result = run("publish", "azerbaijan-iran", "-o", foreign, *QUICK)
    assert result.exit_code == 1
    assert "index.html: the file is not one of ours" in result.stderr
    assert hashes(foreign) == before
    assert sorted(path.name for path in foreign.iterdir()) == ["index.html", "notes.txt"]
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "editions").symlink_to(other)
    assert run("publish", "azerbaijan-iran", "-o", linked, *QUICK).exit_code == 1
    (linked / "editions").unlink()
    (linked / "index.html").symlink_to(foreign / "notes.txt")
    assert run("publish", "azerbaijan-iran", "-o", linked, *QUICK).exit_code == 1
    assert not list(other.iterdir())
    assert hashes(foreign) == before


def test_an_altered_edition_is_named(made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    site = Path(shutil.copytree(made[0], tmp_path / "site"))
    corridor = Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))
    moved(corridor, 900)
    (site / "editions/2/corridor/sources.json").write_text("[]")
    result = run("publish", corridor, "-o", site, *QUICK)
    assert result.exit_code == 1
    assert "editions/2/corridor/sources.json: the file is not as it was published" in result.stderr
    path = site / "editions/1/edition.json"
    path.write_text(path.read_text(encoding="utf-8").replace("First", "Other"), encoding="utf-8")
    photo = tmp_path / "photo.jpg"
    as_jpeg(photograph(site / "editions/1/pictures/azerbaijan-iran-1-wide.png"), photo)
    assert "which this site does not have" in run("verify", photo, "--site", site).stdout


def test_a_signature_that_does_not_hold_is_told(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = Path(shutil.copytree(made[0], tmp_path / "site"))
    picture = site / "editions/2/pictures/azerbaijan-iran-2-wide.png"
    public = (site / "key.pub").read_text(encoding="ascii").strip()
    held = run("verify", picture, "--site", site, "--key", public)
    assert "unaltered: signed with the key you gave" in held.stdout
    other = run("key", tmp_path / "other.pem").stdout.strip()
    assert "does not hold" in run("verify", picture, "--site", site, "--key", other).stdout
    shutil.copy(site / "editions/1/edition.json.sig", site / "editions/2/edition.json.sig")
    told = run("verify", picture, "--site", site).stdout
    assert "does not hold" in told
    assert "unaltered" not in told


def test_a_key_is_its_owners_alone(tmp_path: Path) -> None:
    key, site = tmp_path / "key.pem", tmp_path / "site"
    public = run("key", key).stdout.strip()
    assert len(bytes.fromhex(public)) == 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run("key", key).exit_code == 1
    key.chmod(0o644)
    result = run("publish", "azerbaijan-iran", "-o", site, *QUICK, "--sign", key)
    assert "others may read the private key" in result.stderr
    site.mkdir()
    shutil.move(key, site / "key.pem")
    result = run("publish", "azerbaijan-iran", "-o", site, *QUICK, "--sign", site / "key.pem")
    assert "lies in the site" in result.stderr


@pytest.mark.parametrize("step", [1, 4, 12, "rename", "list"])
def test_a_publish_that_is_killed_leaves_all_that_was_published(
    made: tuple[Path, dict[str, str]], tmp_path: Path, step: int | str
) -> None:
    site = Path(shutil.copytree(made[0], tmp_path / "site"))
    corridor = Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))
    moved(corridor, 900)
    before = hashes(site)
    words = ["publish", str(corridor), "-o", str(site), "--day", "2026-05-06", *QUICK]
    done = subprocess.run(
        [sys.executable, "-c", _killing(step), *words], capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    after = hashes(site)
    assert {name: after[name] for name in before if "/editions/" in name} == {
        name: before[name] for name in before if "/editions/" in name
    }
    whole = (site / "editions/3/edition.json").exists()
    left = [path.name for path in (site / "editions").iterdir() if path.name.endswith(".part")]
    assert whole == (step == "list")
    assert len(left) == (0 if whole else 1)
    again = run(*words)
    assert again.exit_code == 0, again.stderr
    if whole:
        assert "Listed, and nothing new published: edition 3" in again.stderr
    else:
        assert f"editions/{left[0]}" in again.stderr
        assert "stopped half way" in again.stderr
    listed = json.loads((site / "editions.json").read_bytes())["editions"]
    assert [one["number"] for one in listed] == [1, 2, 3]


def _killing(step: int | str) -> str:
    """Return a program that runs the command and is killed at a step of its writing."""
    return f"""
import os, pathlib, signal, sys
seen = 0
def end():
    os.kill(os.getpid(), signal.SIGKILL)
def audit(event, args):
    global seen
    if event == "os.rename":
        listing = "editions.json" in str(args[1])
        if {step!r} == "list" and listing or {step!r} == "rename" and not listing:
            end()
    elif event == "open" and ".part/made/" in str(args[0]):
        seen += 1
        if seen == {step!r}:
            end()
sys.addaudithook(audit)
from corridormap.app.cli import main
main(sys.argv[1:])
"""

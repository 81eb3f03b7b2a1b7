"""An export is handed over whole and checked, or not at all, and says why."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import corridormap.app.exporting.atlas
import corridormap.app.exporting.export
from corridormap.app.cli import main
from corridormap.app.exporting.atlas import draw_atlas, parse_wish
from corridormap.app.exporting.checks import check_atlas, check_export
from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.app.exporting.whole_file import write_whole
from corridormap.geo.errors import CorridorError, RenderError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor

FORMATS = ("png", "svg", "pdf", "html")
SMALL = {"size": "800x600", "locator": "0", "inset": "0"}
COMMAND = (sys.executable, "-c", "from corridormap.app.cli import main; main()")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@cache
def built_in() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def options(form: str, **more: str) -> ExportOptions:
    return ExportOptions.from_query({**SMALL, **more}, format=form)


@cache
def made(form: str) -> bytes:
    return export(built_in(), default_view(built_in()), options(form)).body


@cache
def atlas() -> bytes:
    return draw_atlas(built_in(), default_view(built_in()), parse_wish(ids="town-alat")).pdf


def blank_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(out, format="PNG")
    return out.getvalue()


def changed(pdf: bytes, change: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def emptied(pdf: Any) -> None:
    pdf.pages[-1].Contents = pdf.make_stream(b"q Q")


def without_fonts(pdf: Any) -> None:
    for font in dict(pdf.pages[0].Resources.Font.items()).values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_made_passes_and_half_of_it_does_not(form: str) -> None:
    check_export(made(form), options(form))
    with pytest.raises(RenderError, match=r"not handed over"):
        check_export(made(form)[: len(made(form)) // 2], options(form))


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_another_size_than_was_asked_for_is_refused(form: str) -> None:
    with pytest.raises(RenderError, match=r"in place of"):
        check_export(made(form), options(form, size="900x600"))


def test_blank_pictures_are_refused() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 450"></svg>'
    for form, body in (("png", blank_png()), ("svg", svg), ("pdf", changed(made("pdf"), emptied))):
        with pytest.raises(RenderError, match="blank"):
            check_export(body, options(form))


def test_a_pdf_without_its_fonts_is_refused() -> None:
    with pytest.raises(RenderError, match="lacks a font"):
        check_export(changed(made("pdf"), without_fonts), options("pdf"))


def test_a_page_that_may_reach_out_is_refused() -> None:
    body = made("html").replace(b"Content-Security-Policy", b"X")
    with pytest.raises(RenderError, match="reach out"):
        check_export(body, options("html"))


@pytest.mark.parametrize(
    ("body", "pages", "paper", "said"),
    [
        (lambda: atlas()[:-2000], 4, "a4", "cannot be opened|is not whole"),
        (atlas, 5, "a4", "4 pages in place of 5"),
        (atlas, 4, "a3", "its page 1 is 595"),
        (lambda: changed(atlas(), emptied), 4, "a4", "its page 4 is blank"),
    ],
    ids=["cut", "a page missing", "other paper", "a blank page"],
)
def test_an_atlas_that_is_not_whole_is_refused(
    body: Any, pages: int, paper: str, said: str
) -> None:
    check_atlas(atlas(), pages=4, paper="a4")
    with pytest.raises(RenderError, match=said):
        check_atlas(body(), pages=pages, paper=paper)


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_fails_its_check_leaves_what_was_there(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RenderError("picture-failed-its-check", format="PNG", fault="is blank")

    monkeypatch.setattr(corridormap.app.exporting.export, "check_export", refuse)
    file = tmp_path / f"map.{form}"
    file.write_bytes(b"the one of last month")
    result = run("snapshot", "-o", str(file), "--size", "800x600")
    assert result.exit_code == 1
    assert "is blank" in result.stderr
    assert file.read_bytes() == b"the one of last month"
    assert list(tmp_path.iterdir()) == [file]


def test_an_atlas_that_fails_its_check_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RenderError("atlas-failed-its-check", fault="its page 2 is blank")

    monkeypatch.setattr(corridormap.app.exporting.atlas, "check_atlas", refuse)
    result = run("atlas", "-o", str(tmp_path / "atlas.pdf"), "--ids", "town-alat")
    assert result.exit_code == 1
    assert "page 2 is blank" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(corridormap.app.exporting.export, "render", run_out)
    monkeypatch.setattr(corridormap.app.exporting.atlas, "render_atlas", run_out)
    view = default_view(built_in())
    with pytest.raises(RenderError, match="not enough memory"):
        export(built_in(), view, options("png"))
    with pytest.raises(RenderError, match="not enough memory"):
        draw_atlas(built_in(), view, parse_wish(ids="town-alat"))


def full_disk(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file longer than 10 kB."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    return subprocess.run(
        [*COMMAND, *words],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("snapshot", "-o", "map.png"),
        ("atlas", "-o", "atlas.pdf", "--ids", "town-alat"),
    ],
    ids=["snapshot", "atlas"],
)
def test_a_full_disk_is_named_and_leaves_no_file(words: tuple[str, ...], tmp_path: Path) -> None:
    result = full_disk(words, tmp_path)
    assert result.returncode == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_file_that_was_there(tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_bytes(b"the one of last month")
    assert full_disk(("snapshot", "-o", "map.svg"), tmp_path).returncode == 1
    assert file.read_bytes() == b"the one of last month"
    assert list(tmp_path.iterdir()) == [file]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file" / "map.png", tmp_path / "nowhere" / "map.png"):
        with pytest.raises(CorridorError, match=r"map\.png: the file cannot be written"):
            write_whole(place, b"body")
    assert [child.name for child in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_atlas_stopped_in_the_middle_leaves_no_file(stop: int, tmp_path: Path) -> None:
    def hear() -> None:
        # What starts the tests in the background has it ignored, and a child inherits that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    words = [*COMMAND, "atlas", "-o", "atlas.pdf"]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear,  # noqa: PLW1509 - it takes no lock
    ) as process:
        assert process.stderr is not None
        assert "0 of" in process.stderr.readline()
        process.send_signal(stop)
        assert process.wait() != 0
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_the_user_stops_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "map.png", b"body")
    assert list(tmp_path.iterdir()) == []

"""The notebook of the documentation, run cell by cell by a real kernel, with no way out."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from tests.test_face.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
# A process of its own: the client's loop and its sockets do not meet a browser's of this one.
CLIENT = """
import sys
import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

file, may_fail = sys.argv[1], sys.argv[2] == "True"
notebook = nbformat.read(file, as_version=4)
manager = AsyncKernelManager(kernel_name="python3")
manager.kernel_spec.argv[0] = sys.executable
NotebookClient(notebook, km=manager, timeout=300, allow_errors=may_fail).execute()
nbformat.write(notebook, file)
"""
# The kernel must not reach out, not even to look a name up: it would say so.
GUARD = """
import sys

def guard(event, args):
    if event == "socket.getaddrinfo" and args[0] not in (None, "localhost", "127.0.0.1"):
        raise RuntimeError(f"asked for {args[0]}")
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] != "127.0.0.1":
        raise RuntimeError(f"connected to {args[1]}")

sys.addaudithook(guard)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """Return a function that runs cells in a kernel of their own and gives them with outputs."""

    def ran(*sources: str, may_fail: bool = False) -> list[Any]:
        file = tmp_path_factory.mktemp("notebook") / "notebook.ipynb"
        notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
        code = nbformat.v4.new_code_cell
        notebook.cells = [code(source) for source in (GUARD, *sources)]  # type: ignore[no-untyped-call]
        nbformat.write(notebook, file)  # type: ignore[no-untyped-call]
        command = [sys.executable, "-c", CLIENT, str(file), str(may_fail)]
        done = subprocess.run(
            command, cwd=file.parent, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr
        made = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
        return list(made.cells[1:])

    return cache(ran)


def sources() -> list[str]:
    notebook = nbformat.read(FILE, as_version=4)  # type: ignore[no-untyped-call]
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def outputs(cells: list[Any], kind: str) -> list[Any]:
    """Return what cells show of a media type."""
    return [
        output["data"][kind]
        for cell in cells
        for output in cell.outputs
        if kind in output.get("data", {})
    ]


def test_it_is_stored_without_outputs() -> None:
    notebook = nbformat.read(FILE, as_version=4)  # type: ignore[no-untyped-call]
    assert [cell for cell in notebook.cells if cell.get("outputs")] == []
    assert FILE.stat().st_size < 20_000


def test_every_cell_runs_and_shows_what_it_says(run: Callable[..., list[Any]]) -> None:
    cells = run(*sources())
    said = "".join(out.text for cell in cells for out in cell.outputs if "text" in out)
    assert "layer stations: there is no column 'position_quality'" in said
    assert len(outputs(cells, "image/png")) == 2
    assert any("sources_differ" in text for text in outputs(cells, "text/plain"))
    assert any("share_usable" in text for text in outputs(cells, "text/html"))


def test_the_map_that_is_shown_has_no_outside_address_and_the_users_marker(
    run: Callable[..., list[Any]],
) -> None:
    (shown,) = (text for text in outputs(run(*sources()), "text/html") if "srcdoc" in text)
    (framed,) = read_page(shown).framed
    page = read_page(framed)
    assert read_page(shown).outside == []
    assert page.outside == []
    assert "The new bridge at Astara" in framed
    assert "L.marker(" in "".join(page.scripts)


def test_an_error_is_a_short_message(run: Callable[..., list[Any]]) -> None:
    cells = run(
        "import corridormap, geopandas as gpd",
        "corridormap.open('nowhere')",
        "gdf = gpd.GeoDataFrame({'name': ['A']}, geometry=gpd.points_from_xy([1], [2]), crs=4326)\n"
        "corridormap.from_layers({'places': gdf}, title='Tiny')",
        may_fail=True,
    )
    nowhere, incomplete = (cell.outputs[0] for cell in cells[1:])
    assert nowhere.ename == "ReadError"
    assert nowhere.traceback[1:] == [nowhere.evalue]
    assert "there is no corridor 'nowhere'. Give a folder, or one of: " in nowhere.evalue
    assert len(incomplete.traceback) == 5  # its name, and a line for each of four columns
    assert all("layer places: there is no column" in line for line in incomplete.traceback[1:])

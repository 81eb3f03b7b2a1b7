"""First pictures that are asked for together: one thread loads what draws, the others wait."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The first thread to load matplotlib stays half-way until the other has come: to the lock, as
# it should, or into an import of what is half loaded, which gave errors by chance.
PROGRAM = """
import io, sys, threading, time
from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.turn import loading
from corridormap.layers.picture.strip.strip import render_strip
from corridormap.layers.scene.view import View

assert "matplotlib" not in sys.modules
if sys.argv[1] == "unlocked":
    room = "corridormap.layers.picture"
    def load(*names, form):
        for name in names:
            loading.import_module(f"{room}.{name}")
    sys.modules[room].load = sys.modules[f"{room}.strip.strip"].load = load

class Watched:
    def __init__(self, lock):
        self.lock, self.came = lock, set()
    def __enter__(self):
        self.came.add(threading.get_ident())
        self.lock.acquire()
    def __exit__(self, *_):
        self.lock.release()

loading._LOADING = lock = Watched(loading._LOADING)

def loads(thread):
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_code.co_name == "_find_and_load":
            name = str(frame.f_locals.get("name"))
            if name.startswith(("matplotlib", "corridormap.layers.picture.")):
                return True
        frame = frame.f_back
    return False

met = []

def half_way(event, args):
    if event == "import" and args[0].startswith("matplotlib") and threads and not met:
        met.append("nobody")
        other, = {each.ident for each in threads} - {threading.get_ident()}
        end = time.monotonic() + 60
        while time.monotonic() < end and met == ["nobody"]:
            if other in lock.came:
                met[:] = ["at the lock"]
            elif loads(other):
                met[:] = ["half loaded"]
            else:
                time.sleep(0.001)

threads = []
corridor = load_corridor(find_corridor("north-south"))
view, _ = View.from_query({}, corridor)
route = corridor.manifest.routes[0].id
start, made = threading.Barrier(2), []

def picture():
    start.wait()
    made.append(len(export(corridor, view, ExportOptions(format="png")).body))

def strip():
    out = io.BytesIO()
    start.wait()
    render_strip(corridor, route, view.date, out, format="png")
    made.append(len(out.getvalue()))

threads = [threading.Thread(target=each) for each in (picture, strip)]
sys.addaudithook(half_way)
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len([each for each in made if each > 1000]), *met)
"""


@pytest.mark.parametrize(
    ("how", "met"), [("locked", "2 at the lock\n"), ("unlocked", "half loaded\n")]
)
def test_who_comes_while_what_draws_is_loaded_waits(how: str, met: str) -> None:
    """Without the lock the two meet half-way: so the test would see it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.endswith(met), done.stderr

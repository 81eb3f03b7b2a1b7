"""First pictures that are asked for together all come, whatever each of them loads."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import io, sys, threading
sys.setswitchinterval(1e-6)
from app.atlas import draw_atlas, parse_wish
from app.export import export
from app.export_options import ExportOptions
from layers.folder.corridor import find_corridor, load_corridor
from layers.print.strip.strip import render_strip
from layers.scenes.view import View
corridor = load_corridor(find_corridor("north-south"))
view, _ = View.from_query({}, corridor)
route = corridor.manifest.routes[0].id
start = threading.Barrier(5)
made = []

def work(make):
    start.wait()
    make()
    made.append(1)

def strip():
    render_strip(corridor, route, view.date, io.BytesIO(), format="png")

def picture(form):
    return lambda: export(corridor, view, ExportOptions(format=form))

def atlas():
    draw_atlas(corridor, view, parse_wish(of="features", ids=feature))

feature = next(iter(corridor.layers[0].features))
works = [atlas, strip, picture("png"), picture("pdf"), picture("svg")]
threads = [threading.Thread(target=work, args=(one,)) for one in works]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(made) == 5, made
"""


def test_first_pictures_asked_for_together_all_come() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr

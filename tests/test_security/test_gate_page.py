"""What the served page may run and load, walked through in a real Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.sweeping import SWEEP
from tests.test_browser.journeys import open_map
from tests.test_security.web import FOREIGN, elsewhere, get

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.streamlit]

# Kept in every page and frame from the first moment on.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.violations.push(
    `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="module")
def shown(launch: Callable[..., Served]) -> Served:
    """Serve the built-in corridors, editable."""
    return launch()


def violations(page: Page) -> list[str]:
    """Return what the page's policy has refused so far, in the page and its frames."""
    found: list[str] = []
    for frame in page.frames:
        found += frame.evaluate("window.violations || []")
    # Streamlit's number library tries WebAssembly and does without: the policy need not let it.
    return [each for each in found if not re.fullmatch(r"script-src wasm-eval .*/protobuf.*", each)]


@pytest.mark.parametrize(
    "corridor", ["azerbaijan-iran", "north-south"] if SWEEP else ["north-south"]
)
def test_every_part_of_the_page_keeps_to_its_policy(
    page: Page, shown: Served, outside: Recorded, corridor: str
) -> None:
    page.add_init_script(WATCH)
    open_map(page, f"{shown.url}/?c={corridor}")
    expect(page.locator(".corridormap-place .corridormap")).to_be_attached()
    for name in ("Article", "Checks", "Sources"):
        page.get_by_role("tab", name=name).click()
    with page.expect_download():
        page.get_by_role("button", name="Snapshot", exact=True).click()
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.locator(".cme-bar, [data-editing], .cme")).not_to_have_count(0)
    assert violations(page) == []
    assert outside.errors == []
    assert shown.outside() == []


def test_what_is_put_into_the_page_does_not_run(page: Page, shown: Served) -> None:
    page.add_init_script(WATCH)
    open_map(page, shown.url)
    ran = page.evaluate(
        """async () => {
          const holder = document.createElement("div");
          document.body.append(holder);
          holder.innerHTML = '<img src="data:,x" onerror="window.ran = 1">'
            + '<a href="javascript:window.ran = 2" id="go">x</a>'
            + '<iframe srcdoc="<script>parent.ran = 3</scr' + 'ipt>"></iframe>';
          const script = document.createElement("script");
          script.textContent = "window.ran = 4";
          document.body.append(script);
          const remote = document.createElement("script");
          remote.src = "http://127.0.0.1:9/x.js";
          document.body.append(remote);
          document.getElementById("go").click();
          // Later: what a test runs at once is not held to the policy.
          await new Promise((done) => requestAnimationFrame(done));
          try { window.eval("window.ran = 5"); } catch (error) {}
          const until = Date.now() + 10000;
          while (window.violations.length < 6 && Date.now() < until)
            await new Promise((done) => requestAnimationFrame(done));
          return window.ran ?? null;
        }"""
    )
    assert ran is None
    assert len(violations(page)) >= 5


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    """Yield the address of another site's server: another name and another port."""
    with elsewhere() as url:
        yield url


# Everything a page of another site can try, in one script; what it learned comes back.
TRY = """async (target) => {
  const learned = {};
  const feature = "sel=astara-road-bridge-2023";
  for (const [name, query] of [["there", feature], ["missing", "sel=none"], ["bad", "bbox=x"]]) {
    learned[name] = await new Promise((done) => {
      const image = new Image();
      image.onload = () => done("load");
      image.onerror = () => done("error");
      image.src = `${target}/corridormap/c/azerbaijan-iran/snapshot.png?${query}`;
    });
  }
  const read = async (init) => {
    try {
      const answer = await fetch(`${target}/corridormap/c/azerbaijan-iran/version.json`, init);
      return answer.type === "opaque" ? "opaque" : await answer.text();
    } catch (error) { return "refused"; }
  };
  learned.fetch = await read({});
  learned.opaque = await read({ mode: "no-cors" });
  learned.post = await fetch(`${target}/corridormap/c/azerbaijan-iran/edit/draft`,
    { method: "POST", mode: "no-cors", body: "{}" }).then((a) => a.type, () => "refused");
  learned.socket = await new Promise((done) => {
    const socket = new WebSocket(`${target.replace("http", "ws")}/_stcore/stream`, ["streamlit"]);
    socket.onopen = () => done("open");
    socket.onerror = () => done("refused");
  });
  return learned;
}"""


def test_a_page_of_another_site_learns_and_does_nothing(
    page: Page, shown: Served, foreign: str
) -> None:
    page.goto(foreign)
    assert page.evaluate(TRY, shown.url) == {
        "there": "error",
        "missing": "error",
        "bad": "error",
        "fetch": "refused",
        "opaque": "refused",
        "post": "refused",
        "socket": "refused",
    }


def test_no_page_of_another_site_frames_the_page(page: Page, shown: Served, foreign: str) -> None:
    page.goto(foreign)
    page.evaluate(
        """(target) => new Promise((done) => {
          const frame = document.createElement("iframe");
          frame.onload = done;
          frame.src = target;
          document.body.append(frame);
        })""",
        shown.url,
    )
    assert all(shown.url not in frame.url for frame in page.frames)


def test_named_origins_may_frame_a_page_that_changes_nothing(
    page: Page, launch: Callable[..., Served], foreign: str
) -> None:
    config = f'[embedding]\norigins = ["{foreign}"]\n'
    served = launch("--read-only", "--config", "site.toml", files={"site.toml": config})
    page.goto(foreign)
    page.evaluate(
        """(target) => {
          const frame = document.createElement("iframe");
          frame.src = target;
          document.body.append(frame);
        }""",
        served.url,
    )
    ready = page.frame_locator("iframe").locator('[data-ready="true"]')
    expect(ready).to_be_attached()
    other = get(served.url, "/", {"Sec-Fetch-Site": "cross-site", "Origin": FOREIGN})
    assert other.status == 403
    policy = get(served.url, "/").headers["content-security-policy"]
    assert f"frame-ancestors {foreign};" in f"{policy};"


def test_an_editable_page_is_framed_by_nobody_even_if_origins_are_named(
    launch: Callable[..., Served], foreign: str
) -> None:
    config = f'[embedding]\norigins = ["{foreign}"]\n'
    served = launch("--config", "site.toml", files={"site.toml": config})
    answer = get(served.url, "/")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"

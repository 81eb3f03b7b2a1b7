"""What all tests share: programs made anew, a state of their own, a browser and servers."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from corridormap.layers.folder.seal import STATE
from scripts.browser import NotMadeError, refresh
from tests.browsing import Recorded, browser, outside, page, profile
from tests.serving import launch, nursery, run_command
from tests.sweeping import SWEEP

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Recorded",
    "browser",
    "launch",
    "nursery",
    "outside",
    "own_state",
    "page",
    "profile",
    "run_command",
]

_TESTS = Path(__file__).parent
_MOST_WORKERS = 4

# Hundreds of processes are started: none compiles what one before it has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is slow, not wrong: hypothesis judges no test by its time.
settings.register_profile(
    "here",
    deadline=None,
    max_examples=500 if SWEEP else 40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("here")


def pytest_configure(config: pytest.Config) -> None:
    """Let no test look at programs that are older than the browser's modules."""
    if hasattr(config, "workerinput"):
        return  # the process that started this one has seen to it
    try:
        refresh()
    except NotMadeError as error:
        raise pytest.UsageError(str(error)) from error


# What takes longest comes first, so that no worker is left alone with it at the end.
_FIRST = ("test_browser", "test_security", "test_packaging", "test_app", "test_face", "test_layers")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders whose files take longest before the others, each in the order it has."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(_TESTS).parts[0]
        return _FIRST.index(folder) if folder in _FIRST else len(_FIRST)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one worker more than there are cores: a quarter of the time a test waits for others."""
    return min((os.cpu_count() or 1) + 1, _MOST_WORKERS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long the tests of each folder took; workers take their times side by side."""
    taken_s: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                taken_s[report.nodeid.partition("::")[0].rpartition("/")[0]] += report.duration
    terminalreporter.section("seconds by folder")
    for folder, seconds in sorted(taken_s.items(), key=lambda each: -each[1]):
        terminalreporter.line(f"{seconds:7.0f} {folder}")


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tool remembers of its user out of the real user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STATE, str(tmp_path_factory.mktemp("state")))
        yield

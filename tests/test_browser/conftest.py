"""Serve corridors for browser journeys."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving import Served
    from tests.test_browser.subjects import Subject


@pytest.fixture(scope="session")
def serve(launch: Callable[..., Served]) -> Callable[[Path], Served]:
    """Return a function that serves a corridor folder alone; each folder is served once."""
    return cache(lambda folder: launch(str(folder)))


@pytest.fixture(scope="session")
def served(launch: Callable[..., Served]) -> Served:
    """Serve the built-in corridors, all on one server."""
    return launch()


@pytest.fixture(scope="session", params=["azerbaijan-iran", "north-south"])
def subject(request: pytest.FixtureRequest) -> Subject:
    """Return each of the built-in corridors in turn, as its own files have it."""
    return subject_of(request.param)


@pytest.fixture
def home(served: Served, subject: Subject) -> str:
    """Return the address of the subject's page."""
    return f"{served.url}/?c={subject.id}"

"""Start the real server for the tests of what strangers do to it."""

from __future__ import annotations

from tests.serving import launch, nursery, run_command

__all__ = ["launch", "nursery", "run_command"]

"""Start the real server for the tests of what strangers do to it."""

from __future__ import annotations

from tests.serving import command, launch, nursery

__all__ = ["command", "launch", "nursery"]

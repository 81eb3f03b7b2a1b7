"""Say what to do when a new layer lacks something, as the command and as the page say it.

Sentences only; decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMMAND", "PAGE", "Remedies"]


@dataclass(frozen=True)
class Remedies:
    """The messages of what a file and the wishes leave open, which say what a user does."""

    name: str
    one_id: str
    """Of an id that stands several times."""
    ids: str
    """Of several such."""
    kind: str
    quality: str
    status: str


COMMAND = Remedies(
    name="column-of-names-is-not-said",
    one_id="id-of-feature-stands-several-times",
    ids="ids-of-features-stand-several-times",
    kind="kind-does-not-fit-feature",
    quality="quality-is-not-said",
    status="status-is-not-said",
)
PAGE = Remedies(
    name="column-of-names-is-not-said-in-page",
    one_id="id-of-feature-stands-several-times-in-page",
    ids="ids-of-features-stand-several-times-in-page",
    kind="kind-does-not-fit-feature-in-page",
    quality="quality-is-not-said-in-page",
    status="status-is-not-said-in-page",
)

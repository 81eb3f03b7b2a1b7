"""Say what to do when a new layer lacks something, as the command and as the page say it.

Sentences only; decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMMAND", "PAGE", "Remedies"]


@dataclass(frozen=True)
class Remedies:
    """What a user does about each thing that a file and the wishes leave open."""

    name: str
    """With {} for the list of columns."""
    ids: str
    kind: str
    quality: str
    status: str


COMMAND = Remedies(
    name="Give --name-field; the columns are: {}.",
    ids="Accept 'number-ids' to number them, or choose another --id-field.",
    kind="Give another --kind, or none, or take these features out of the file.",
    quality="Give such as --quality approximate --uncertainty 500 (metres).",
    status="Give such as --status operating --since 2023.",
)
PAGE = Remedies(
    name="Choose the column that holds the names.",
    ids="Tick 'Number ids that stand several times', or choose another column for the ids.",
    kind="Choose another kind, or 'By shape', or take these features out of the file.",
    quality="Choose how well they are placed, and within how many metres.",
    status="Choose a state, and since when.",
)

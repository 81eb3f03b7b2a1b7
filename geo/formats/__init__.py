"""Read files that somebody else made, in eleven formats, safely; see `reading`.

Public are `read_any`, `read_upload`, `told` and what they take and give: `Accepted`, `Change`,
`CrsGuess`, `Feature`, `Incoming`, `LayerChoiceError`, `LayerNote`, `Limits`, `MissingCrsError`,
`Proposal`, `Choices`; and `archive`, `blob`, `box_worker`, `header`, `limits`, `plausible`,
`shapefile`, `table` and `xml`. The rest is the room's own.
"""

from corridormap.geo.formats.blob import Choices
from corridormap.geo.formats.crs import CrsGuess, MissingCrsError
from corridormap.geo.formats.incoming import Accepted, Incoming
from corridormap.geo.formats.leaving import told
from corridormap.geo.formats.limits import Limits
from corridormap.geo.formats.proposal import Change, Feature, Proposal
from corridormap.geo.formats.reading import read_any, read_upload
from corridormap.geo.formats.table import LayerChoiceError, LayerNote

__all__ = [
    "Accepted",
    "Change",
    "Choices",
    "CrsGuess",
    "Feature",
    "Incoming",
    "LayerChoiceError",
    "LayerNote",
    "Limits",
    "MissingCrsError",
    "Proposal",
    "read_any",
    "read_upload",
    "told",
]

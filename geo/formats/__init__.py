"""Read files that somebody else made, in nine formats, safely; see `reading`."""

from corridormap.geo.formats.crs import CrsGuess, MissingCrsError
from corridormap.geo.formats.incoming import Accepted, Incoming
from corridormap.geo.formats.limits import Limits
from corridormap.geo.formats.proposal import Change, Feature, Proposal
from corridormap.geo.formats.reading import read_any, read_upload
from corridormap.geo.formats.table import LayerChoiceError, LayerNote

__all__ = [
    "Accepted",
    "Change",
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
]

"""Read files that somebody else made, in nine formats, safely; see `reading`."""

from geo.formats.crs import CrsGuess, MissingCrsError
from geo.formats.incoming import Accepted, Incoming
from geo.formats.limits import Limits
from geo.formats.proposal import Change, Feature, Proposal
from geo.formats.reading import read_any, read_upload
from geo.formats.table import LayerChoiceError, LayerNote

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

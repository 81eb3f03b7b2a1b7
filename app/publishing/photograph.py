"""Read the codes of a photograph or a screenshot that anybody may have made, in the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json
from corridormap.geo.sandbox.sandbox import Bounds, Job, SandboxError, ask

__all__ = ["LARGEST_PHOTO_BYTES", "MOST_PHOTO_PIXELS", "Photograph", "is_photograph", "read_codes"]

LARGEST_PHOTO_BYTES = 30_000_000
MOST_PHOTO_PIXELS = 60_000_000
_WORKER = Path(__file__).with_name("box_worker.py")
_BOUNDS = Bounds(memory_bytes=900_000_000, seconds=30, answer_bytes=100_000)
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_REFUSED = {"memory": "photograph-needs-too-much", "slow": "photograph-needs-too-much"}


@dataclass(frozen=True)
class Photograph:
    """What was found in one."""

    codes: tuple[str, ...]
    """The texts of its codes, each cut to some hundred letters; not to be believed."""
    size: tuple[int, int]


def is_photograph(body: bytes) -> bool:
    """Tell whether a file begins as a JPEG or a PNG."""
    return body.startswith(_STARTS)


def read_codes(body: bytes, *, file: str) -> Photograph:
    """Return the codes of a JPEG or PNG.

    Raises
    ------
    ReadError
        It is neither, too large, or cannot be read.
    """
    if not is_photograph(body):
        raise ReadError("file-is-no-photograph", file=file)
    if len(body) > LARGEST_PHOTO_BYTES:
        raise ReadError("photograph-too-large", file=file, most=LARGEST_PHOTO_BYTES // 1_000_000)
    try:
        said = ask(Job(_WORKER, {"pixels": MOST_PHOTO_PIXELS}, data=body), _BOUNDS)
        answer = parse_json(said, file=file)
    except SandboxError as error:
        if error.why == "start":
            raise ReadError("reading-process-cannot-be-started", file=file) from error
        answer = {"error": error.why}
    match answer:
        case {"codes": list(codes), "size": [int(width), int(height)]}:
            return Photograph(tuple(str(code) for code in codes), (width, height))
        case {"error": "pixels", "found": [int(width), int(height)]}:
            most = MOST_PHOTO_PIXELS // 1_000_000
            raise ReadError(
                "photograph-has-too-many-pixels", file=file, width=width, height=height, most=most
            )
        case {"error": str(why)}:
            raise ReadError(_REFUSED.get(why, "photograph-is-broken"), file=file)
    raise ReadError("photograph-is-broken", file=file)

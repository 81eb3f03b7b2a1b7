"""Find codes in a photograph; run in the sandbox, asked by photograph.py.

The size is known before a pixel is unpacked; it writes no file.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

__all__ = ["answer", "prepare"]

_SCALES = (1.0, 2.0, 3.0, 0.5)
"""Small squares are found in a larger copy, those of a large photograph in a smaller one."""
_LARGEST_COPY_PX = 40_000_000
_MOST_CODES = 20
_MOST_LETTERS = 400


def prepare(_form: str) -> None:
    """Load what reads a photograph, which takes memory and time that are not the file's."""
    import zxingcpp  # noqa: F401  loaded here, used below
    from PIL import JpegImagePlugin, PngImagePlugin  # noqa: F401  as above


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """Return the texts of the codes, or why not, as JSON."""
    return json.dumps(_answer(data, int(request["pixels"]))).encode()


def _answer(data: bytes, most: int) -> dict[str, Any]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # bounded here, before anything is unpacked
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as image:
            width, height = image.size
            if width * height > most:
                return {"error": "pixels", "found": [width, height]}
            return {"codes": _codes(image.convert("L")), "size": [width, height]}
    except MemoryError:
        return {"error": "memory"}
    except Exception:  # noqa: BLE001  whatever a decoder throws is the file's fault
        return {"error": "broken"}


def _codes(image: Any) -> list[str]:
    import zxingcpp
    from PIL import Image

    qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for scale in _SCALES:
        width, height = round(image.width * scale), round(image.height * scale)
        if not 0 < width * height <= max(_LARGEST_COPY_PX, image.width * image.height):
            continue
        seen = image if scale == 1 else image.resize((width, height), Image.Resampling.BICUBIC)
        found = zxingcpp.read_barcodes(seen, formats=qr)
        if found:
            return [each.text[:_MOST_LETTERS] for each in found[:_MOST_CODES]]
    return []

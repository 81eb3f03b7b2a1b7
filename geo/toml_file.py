"""Read the bytes of a TOML file of UTF-8 text, or say in one line why they cannot be read."""

from __future__ import annotations

import tomllib
from typing import Any

from geo.errors import CorridorFormatError

__all__ = ["parse_toml"]


def parse_toml(raw: bytes, *, file: str) -> dict[str, Any]:
    """Parse the bytes of a TOML file of UTF-8 text.

    Raises
    ------
    CorridorFormatError
        They are not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CorridorFormatError(
            "the file is not UTF-8 text", file=file, remedy="Save it as UTF-8."
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorridorFormatError(
            f"the file is broken: {error}", file=file, remedy="Mend the TOML there."
        ) from error

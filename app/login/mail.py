"""Read a reader's mail address, and the entries of an allow-list, in one strict form.

An address is one name, one "@" and one domain of ASCII letters. Quoted names, several
addresses, comments, relays ("ann%evil.com@…") and letters that only look like others are
refused: who reads them differently lets in somebody else. Decides about nobody.
"""

from __future__ import annotations

import re

from corridormap.geo.errors import CorridorError
from corridormap.layers.wording.words import short

__all__ = ["address_of", "entry_of", "is_named"]

# RFC 5321 allows 64 and 254 characters; longer ones are no addresses.
_MOST_NAME = 64
_MOST = 254
_NAME = re.compile(r"[A-Za-z0-9_+'&=~-]+(?:\.[A-Za-z0-9_+'&=~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*(?![0-9]+$){_LABEL}")


def address_of(text: object) -> str | None:
    """Return a mail address in small letters, or None if it is not one and only one."""
    # The length first: what is too long is not worth a look.
    if not isinstance(text, str) or len(text) > _MOST:
        return None
    name, at, domain = text.partition("@")
    if not at or len(name) > _MOST_NAME or not _NAME.fullmatch(name):
        return None
    # Only now are all letters ASCII: the Kelvin sign's small letter would be a "k".
    return text.lower() if _DOMAIN.fullmatch(domain) else None


def entry_of(text: str) -> str:
    """Return an entry of the allow-list in small letters: an address, or "@" and a domain.

    Raises
    ------
    CorridorError
        It is neither.
    """
    whole = address_of(f"x{text}" if text.startswith("@") else text)
    if whole is None:
        raise CorridorError("allow-is-no-address", text=short(text))
    return whole[1:] if text.startswith("@") else whole


def is_named(address: str, entries: frozenset[str]) -> bool:
    """Tell whether an address, or exactly its domain, is among the entries of a list."""
    return address in entries or address[address.index("@") :] in entries

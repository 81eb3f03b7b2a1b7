"""Make an editor's key, sign an edition with it, and check a signature: Ed25519, nothing else.

The private key is the editor's file alone, never in a site; what stands there is the public one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.whole_file import write_new

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PUBLIC_KEY", "SIGNATURE", "is_signed", "make_key", "public_hex", "read_key", "signer"]

SIGNATURE = "edition.json.sig"
"""Beside edition.json: 64 bytes in hex."""
PUBLIC_KEY = "key.pub"
"""In the site: the public key in hex."""
_OWN = 0o600
_LARGEST_KEY_BYTES = 4_000
_OTHERS = 0o077


def make_key(path: Path) -> str:
    """Write a new private key that only its owner may read, and return the public one in hex.

    Raises
    ------
    CorridorError
        Something is there, or it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    body = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    try:
        write_new(path, body, mode=_OWN, rights=_OWN)
    except OSError as error:
        raise CorridorError("file-cannot-be-written", file=str(path), why=error.strerror) from error
    return public_hex(key)


def read_key(path: Path, site: Path) -> Ed25519PrivateKey:
    """Return the private key of a file that only its owner may read, and that is in no site.

    Raises
    ------
    ReadError
        It cannot be read or is no key, others may read it, or it lies in the site.
    """
    place = Path(os.path.realpath(path))
    if place.is_relative_to(os.path.realpath(site)):
        raise ReadError("key-lies-in-site", file=str(path))
    try:
        state = place.stat()
        if os.name == "posix" and state.st_mode & _OTHERS:
            raise ReadError("key-is-open-to-others", file=str(path))
        if state.st_size > _LARGEST_KEY_BYTES:
            raise ReadError("key-cannot-be-read", file=str(path))
        key = form.load_pem_private_key(place.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ReadError("key-cannot-be-read", file=str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ReadError("key-cannot-be-read", file=str(path))
    return key


def public_hex(key: Ed25519PrivateKey) -> str:
    """Return the public key of a private one, raw and in hex."""
    return key.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw).hex()


def signer(key: Ed25519PrivateKey) -> Callable[[bytes], bytes]:
    """Return what signs bytes: the signature in hex, as its file has it."""
    return lambda body: key.sign(body).hex().encode() + b"\n"


def is_signed(body: bytes, signature: bytes, public: str) -> bool:
    """Tell whether bytes carry the signature of a public key in hex."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature.decode("ascii").strip()), body)
    except (InvalidSignature, ValueError):
        return False
    return True

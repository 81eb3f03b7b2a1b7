"""Tell what this user has written on this machine from what came with a folder.

A key that never leaves the user's own state folder seals a text; a folder that is sent on
carries the seal but not the key. `CORRIDORMAP_STATE` names another state folder. Reading makes
no key. Knows no corridor.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.whole_file import flush_names, write_new
from corridormap.layers.folder.place import Place
from corridormap.layers.folder.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STATE", "is_sealed", "seal_of", "state_folder"]

STATE = "CORRIDORMAP_STATE"
_NAME = "corridormap"
_KEY = "journal-key"
_KEY_BYTES = 32
_OTHERS = 0o077
_OTHERS_WRITE = 0o022


def state_folder(said: Mapping[str, str] = os.environ) -> Path:
    """Return the folder in which this user's programs keep what they remember."""
    if given := said.get(STATE):
        return Path(given)
    if sys.platform == "win32":
        return Path(said.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    base = said.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "state") / _NAME


def seal_of(text: bytes) -> str:
    """Seal a text; the key is made when there is none.

    Raises
    ------
    CorridorFormatError
        There is no place for the key, or others may read or change it.
    """
    try:
        return _seal(_key() or _made_key(), text)
    except (OSError, RuntimeError, RefusedError) as error:
        raise CorridorFormatError("key-of-saves-cannot-be-kept", where=_shown()) from error


def is_sealed(text: bytes, seal: str) -> bool:
    """Tell whether this user has sealed a text on this machine."""
    try:
        key = _key()
    except (OSError, RuntimeError, RefusedError):
        return False
    return key is not None and hmac.compare_digest(_seal(key, text), seal)


def _seal(key: bytes, text: bytes) -> str:
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def _key() -> bytes | None:
    """Return the key, or None if there is none yet; refuse one that others can reach."""
    try:
        with Place.opened(state_folder()) as place:
            key = place.read(_KEY, _KEY_BYTES)
            _require_own(place)
    except FileNotFoundError:
        return None
    if len(key) != _KEY_BYTES:
        raise PermissionError(13, "the key is broken")
    return key


def _require_own(place: Place) -> None:
    if not hasattr(os, "geteuid"):  # a system with rights of another kind
        return
    home = os.stat(place.path if place.handle is None else place.handle)  # noqa: PTH116 - a handle
    for state, closed in ((home, _OTHERS_WRITE), (place.state(_KEY), _OTHERS)):
        if state.st_uid != os.geteuid() or state.st_mode & closed:
            raise PermissionError(13, "others can reach the key")


def _made_key() -> bytes:
    """Make the key; of two that are made at once the first one stays."""
    home = state_folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = home / f"{_KEY}.{secrets.token_hex(8)}"
    try:
        write_new(made, secrets.token_bytes(_KEY_BYTES), mode=0o600)
        try:
            os.link(made, home / _KEY)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            made.rename(home / _KEY)
        flush_names(home)  # or the key would be gone after a power cut, the save not
    finally:
        made.unlink(missing_ok=True)
    key = _key()
    if key is None:
        raise FileNotFoundError(2, "the key is gone")
    return key


def _shown() -> str:
    try:
        return str(state_folder())
    except RuntimeError:  # nobody's home
        return "~"

"""Read the signed cookie that Streamlit's login leaves, with Streamlit's own functions.

Those are not promised to stay: they are tried on a cookie of our own first, so that a server
whose login cannot be checked does not start. Decides about nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["COOKIE", "Session", "SessionReader"]

COOKIE = "_streamlit_user"
_MOST_CHARS = 100_000


@dataclass(frozen=True)
class Session:
    """What a cookie of our own says: who logged in, and when it was signed."""

    user: Mapping[str, Any]
    mark: str
    """Names this login among all others without telling whose it is."""
    issued: int
    """Seconds since 1970, of the oldest of the cookie's parts."""


class SessionReader:
    """Reads the session of a request's cookies.

    Raises
    ------
    CorridorError
        The login is not set up whole, or this Streamlit's cookies cannot be read.
    """

    def __init__(self) -> None:
        if find_spec("authlib") is None:
            raise CorridorError("login-library-is-missing")
        try:
            from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
            from streamlit.web.server.server_util import get_cookie_secret
            from streamlit.web.server.starlette.starlette_app_utils import (
                create_signed_value,
                decode_signed_value,
            )
        except ImportError as error:
            raise CorridorError("login-is-kept-in-another-way") from error
        self._secret = get_cookie_secret()
        self._site = get_origin_from_redirect_uri()
        if not self._secret or not self._site:
            raise CorridorError("login-is-not-whole", file="secrets.toml")
        self._join: Callable[..., bytes | None] = get_cookie_with_chunks
        self._unsign: Callable[..., bytes | None] = decode_signed_value
        self._try(create_signed_value)

    def read(self, cookies: Mapping[str, str]) -> Session | None:
        """Return the session of somebody who logged in here, or None."""
        if sum(map(len, cookies.values())) > _MOST_CHARS:
            return None
        times: list[int] = []

        def single(name: str) -> bytes | None:
            signed = cookies.get(name)
            value = None if signed is None else self._unsign(self._secret, name, signed)
            if signed is not None and value is not None:
                times.append(_signed_at(signed))
            return value

        raw = self._join(single, COOKIE)
        try:
            user = parse_json(raw, file=COOKIE) if raw else None
        except ReadError:
            return None
        if raw is None or not isinstance(user, dict) or user.get("is_logged_in") is not True:
            return None
        # As Streamlit does: a cookie of another site with the same secret is not ours.
        if user.get("origin") != self._site:
            return None
        return Session(user, self.mark(raw), min(times))

    def mark(self, raw: bytes) -> str:
        """Return what names bytes to whoever has the secret, and tells nobody else anything."""
        return hmac.new(self._secret.encode(), raw, hashlib.sha256).hexdigest()

    @property
    def site(self) -> bytes:
        """The site that the cookies are of: its scheme, host and port."""
        return str(self._site).encode()

    def _try(self, sign: Callable[[str, str, str], bytes]) -> None:
        told = json.dumps({"is_logged_in": True, "origin": self._site})
        known = sign(self._secret, COOKIE, told).decode()
        forged = sign(f"{self._secret}.", COOKIE, told).decode()
        try:
            good = self.read({COOKIE: known}) is not None and self.read({COOKIE: forged}) is None
        except (ValueError, IndexError):
            good = False
        if not good:
            raise CorridorError("login-of-other-streamlit")


def _signed_at(signed: str) -> int:
    """Return when a value was signed, in seconds: the part before its signature says it."""
    stamp = signed.rsplit(".", 2)[1]
    return int.from_bytes(urlsafe_b64decode(stamp + "=" * (-len(stamp) % 4)))

"""Know who is logged in, and who of them may see the corridors.

The page and the routes beside it ask the same question of the same cookie. Logs nobody in;
who logs out is noticed, so that a copy of the cookie is worth nothing either.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from corridormap.app.login.cookie import SessionReader
from corridormap.app.login.ended import Ended
from corridormap.app.login.mail import address_of, entry_of, is_named
from corridormap.app.login.own_folder import OwnFolder
from corridormap.geo.errors import CorridorError
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Login", "Logout", "login_set_up", "providers"]

_UNNAMED = "default"
"""What Streamlit's cookie calls a provider that has no name in the secrets."""


class Login:
    """Tells a reader who is let in from one who is not.

    Parameters
    ----------
    allowed
        Mail addresses, or domains as "@example.org"; empty lets in everybody who can log in.
    verified_as_text
        Names of providers that write "true" in quotation marks where others say true; of
        all others only true means that they verified an address.

    Raises
    ------
    CorridorError
        The login is not set up whole, this Streamlit's cookies cannot be read, or one of
        the names given is none.
    """

    def __init__(self, allowed: tuple[str, ...], verified_as_text: tuple[str, ...] = ()) -> None:
        self._allowed = frozenset(map(entry_of, allowed))
        self._cookies = SessionReader()
        self._providers = tuple(name or _UNNAMED for name in providers())
        for name in verified_as_text:
            if name not in self._providers:
                raise CorridorError(
                    "login-provider-is-unknown",
                    name=short(name),
                    providers=", ".join(sorted(self._providers)),
                )
        self._as_text = verified_as_text
        name = f"logins-{self._cookies.mark(self._cookies.site)[:16]}.json"
        self._ended = Ended(OwnFolder.find(), name)

    def lets_in(self, cookies: Mapping[str, str]) -> bool:
        """Tell whether a request's cookies are of a reader who may see the corridors."""
        user = self.reader(cookies)
        return user is not None and self.allows(user)

    def reader(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """Return what a provider said of the reader who is logged in; None if nobody is."""
        session = self._cookies.read(cookies)
        if session is None or self._ended.holds(session.mark, session.issued):
            return None
        # A provider that was taken out of the secrets is not trusted any more.
        return session.user if session.user.get("provider") in self._providers else None

    def allows(self, user: Mapping[str, Any]) -> bool:
        """Tell whether a reader who is logged in is one of those that are let in.

        Without a list the provider alone decides: no address is looked at, verified or not.
        """
        if not self._allowed:
            return True
        address = address_of(user.get("email"))
        return address is not None and self.verified(user) and is_named(address, self._allowed)

    def verified(self, user: Mapping[str, Any]) -> bool:
        """Tell whether the provider says that the address is the reader's own."""
        said = user.get("email_verified")
        return said is True or (said == "true" and user.get("provider") in self._as_text)

    def ended(self, cookies: Mapping[str, str]) -> None:
        """Take the worth from a request's cookies: their reader logs out."""
        session = self._cookies.read(cookies)
        if session is not None:
            self._ended.add(session.mark)


class Logout:
    """ASGI middleware that ends a login for good when its reader logs out.

    Parameters
    ----------
    app
        The application behind it, which has the browser forget the cookie.
    login
        Knows the readers; None is nobody.
    path
        Where Streamlit's own logout is.
    """

    def __init__(self, app: ASGIApp, login: Login | None, path: str) -> None:
        self.app = app
        self.login = login
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a logout is noted first, so that its answer is true."""
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if self.login is not None and asked and scope["path"] == self.path:
            await run_in_threadpool(self.login.ended, HTTPConnection(scope).cookies)
        await self.app(scope, receive, send)


def login_set_up() -> bool:
    """Tell whether the secrets of this server have an ``[auth]`` section.

    Raises
    ------
    CorridorError
        There are secrets that cannot be read: what they would keep out must not come in.
    """
    from streamlit import config
    from streamlit.runtime.secrets import secrets_singleton

    if secrets_singleton.load_if_toml_exists():
        return bool(secrets_singleton.get("auth"))
    if any(Path(name).exists() for name in config.get_option("secrets.files")):
        raise CorridorError("login-file-cannot-be-read", file="secrets.toml")
    return False


def providers() -> tuple[str, ...]:
    """Return the names of the providers that one may log in with; one without a name is ""."""
    from streamlit.runtime.secrets import secrets_singleton

    sections = secrets_singleton["auth"].items()
    named = [key for key, value in sections if hasattr(value, "keys") and "client_id" in value]
    return tuple(named) or ("",)

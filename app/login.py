"""Know who is logged in, from the signed cookie that Streamlit's own login leaves.

Streamlit shows the reader's name to the page's script only; the routes beside it look at the
same cookie with Streamlit's own functions. Those are not promised to stay: the server does
not start with a login that it cannot check. Logs nobody in or out.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Login", "login_set_up", "providers"]

_COOKIE = "_streamlit_user"
_MOST_COOKIE_CHARS = 100_000


class Login:
    """Tells a reader who is let in from one who is not.

    Parameters
    ----------
    allowed
        Mail addresses, or domains as "@example.org"; empty lets in everybody who can log in.

    Raises
    ------
    CorridorError
        The login is not set up whole, or this Streamlit's cookies cannot be read.
    """

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._allowed = tuple(each.lower() for each in allowed)
        self._read, self._site = _reader()

    def lets_in(self, cookies: Mapping[str, str]) -> bool:
        """Tell whether a request's cookies are of a reader who may see the corridors."""
        if sum(map(len, cookies.values())) > _MOST_COOKIE_CHARS:
            return False
        raw = self._read(cookies)
        try:
            user = json.loads(raw) if raw else None
        except ValueError:
            return False
        if not isinstance(user, dict) or user.get("is_logged_in") is not True:
            return False
        # As Streamlit does: a cookie of another site with the same secret is not ours.
        return user.get("origin") == self._site() and self.allows(user)

    def allows(self, user: Mapping[str, Any]) -> bool:
        """Tell whether a reader who is logged in is one of those that are let in."""
        if not self._allowed:
            return True
        mail = str(user.get("email") or "").lower()
        if "@" not in mail or user.get("email_verified") is False:
            return False
        return any(
            mail.endswith(each) if each.startswith("@") else mail == each for each in self._allowed
        )


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
        problem = "the file cannot be read, so nobody can log in"
        raise CorridorError(problem, file="secrets.toml", remedy="Mend the TOML there.")
    return False


def providers() -> tuple[str, ...]:
    """Return the names of the providers that one may log in with; one without a name is ""."""
    from streamlit.runtime.secrets import secrets_singleton

    named = [key for key, value in secrets_singleton["auth"].items() if hasattr(value, "keys")]
    return tuple(named) or ("",)


def _reader() -> tuple[Callable[[Mapping[str, str]], bytes | None], Callable[[], str | None]]:
    """Return what reads the cookie, proved on one of our own, and what tells whose it must be."""
    remedy = "Follow docs/deploy.md, or set the login up in the proxy and remove [auth]."
    if find_spec("authlib") is None:
        problem = "a login is set up, but its library is not installed"
        raise CorridorError(problem, remedy="Install it: pip install 'corridormap[login]'")
    try:
        from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
        from streamlit.web.server.server_util import get_cookie_secret
        from streamlit.web.server.starlette.starlette_app_utils import (
            create_signed_value,
            decode_signed_value,
        )
    except ImportError as error:
        problem = "a login is set up, but this version of Streamlit keeps it in another way"
        raise CorridorError(problem, remedy=remedy) from error
    if not get_cookie_secret() or not get_origin_from_redirect_uri():
        problem = "the login is not set up whole: [auth] needs redirect_uri and cookie_secret"
        raise CorridorError(problem, file="secrets.toml", remedy=remedy)

    def single(cookies: Mapping[str, str], name: str) -> bytes | None:
        found = cookies.get(name)
        return None if found is None else decode_signed_value(get_cookie_secret(), name, found)

    def read(cookies: Mapping[str, str]) -> bytes | None:
        return get_cookie_with_chunks(lambda name: single(cookies, name), _COOKIE)

    known = create_signed_value(get_cookie_secret(), _COOKIE, "{}").decode()
    forged = create_signed_value(f"{get_cookie_secret()}.", _COOKIE, "{}").decode()
    if read({_COOKIE: known}) != b"{}" or read({_COOKIE: forged}) is not None:
        problem = "a login is set up, but this version of Streamlit signs it in another way"
        raise CorridorError(problem, remedy=remedy)
    return read, get_origin_from_redirect_uri

"""Know the names and the origins that a server goes by.

A page elsewhere can have a name of its own lead to this machine (DNS rebinding): only names
that are this server's are answered. An address in numbers cannot be led elsewhere. What is
answered then is the gate's business.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Names", "is_local", "origin_of"]

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
# What stands in a header's policy must be a name, a port, and nothing besides.
_HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Names:
    """The names a server goes by.

    Parameters
    ----------
    plain
        Names that it is reached by without a proxy, this machine's own.
    behind
        Names that were given alone: a proxy's, which speaks https, or this server's at its port.
    origins
        Origins that were given whole, such as "http://maps.example.org".
    any_number
        Whether any address in numbers is one, as where the server listens at all of them.
    port
        The port that it listens at.
    """

    plain: frozenset[str]
    behind: frozenset[str]
    origins: frozenset[str]
    any_number: bool
    port: int
    alone: bool = False
    """Whether only this machine reaches the server, and no proxy does."""

    @classmethod
    def of(cls, hosts: Sequence[str], address: str, port: int) -> Names:
        """Return the names of a server.

        Parameters
        ----------
        hosts, address
            As in the server's settings.
        port
            The port that it listens at.
        """
        whole = {host.lower().rstrip("/") for host in hosts if "://" in host}
        bare = {_name(host) for host in hosts if "://" not in host}
        own = {*_LOCAL, _name(address)}
        everywhere = _is_everywhere(address)
        if everywhere:
            own |= {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
        return cls(
            plain=frozenset(own),
            behind=frozenset(bare - own - {""}),
            origins=frozenset(origin for each in whole if (origin := origin_of(each))),
            any_number=everywhere and not hosts,
            port=port,
            alone=is_local(address) and not hosts,
        )

    def known(self, host: str) -> bool:
        """Tell whether a request's Host is one of the names."""
        if not _HOST.fullmatch(host):
            return False
        name = _name(host)
        if name in self.plain | self.behind:
            return True
        if any(_name(urlsplit(origin).netloc) == name for origin in self.origins):
            return True
        return self.any_number and _is_number(name)

    def own(self, origin: str, host: str, scheme: str) -> bool:
        """Tell whether an Origin is this server's own: scheme, name and port, exactly.

        Parameters
        ----------
        origin
            As the browser tells it.
        host
            The request's Host, which is known.
        scheme
            How the request came, as a trusted proxy tells it or the connection itself.
        """
        told = origin_of(origin)
        if told is None:
            return False
        if told in self.origins:
            return _name(urlsplit(told).netloc) == _name(host)
        if any(_name(urlsplit(each).netloc) == _name(host) for each in self.origins):
            return False
        return told == origin_of(f"{self._scheme(host, scheme)}://{host}")

    def behind_https(self, host: str) -> bool:
        """Tell whether readers reach the server under this Host by https."""
        whole = [each for each in self.origins if _name(urlsplit(each).netloc) == _name(host)]
        if whole:
            return whole[0].startswith("https:")
        return self._scheme(host, "") == "https"

    def _scheme(self, host: str, scheme: str) -> str:
        if scheme in {"https", "wss"}:
            return "https"
        if _name(host) in self.behind and _port(host) != self.port:
            return "https"
        return "http"


def origin_of(text: str) -> str | None:
    """Return the origin of an address in its one spelling; None if it has none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or not _HOST.fullmatch(parts.netloc):
        return None
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{name.rstrip('.')}{shown}"


def is_local(address: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def _name(host: str) -> str:
    """Return the name in a Host, in its one spelling; "" if there is none."""
    if host.count(":") > 1 and not host.startswith("["):  # an address in numbers, alone
        return host.lower()
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _port(host: str) -> int | None:
    try:
        return urlsplit(f"//{host}").port
    except ValueError:
        return None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_everywhere(address: str) -> bool:
    try:
        return ip_address(address.strip("[]")).is_unspecified
    except ValueError:
        return False

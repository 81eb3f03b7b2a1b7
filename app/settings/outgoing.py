"""Reach an address outside this machine: the one way out, which by default leads nowhere.

The operator's settings list what may be reached. A name is looked up once, every address it
has must be allowed, and the connection goes to the very address that was looked at: a name
that leads elsewhere a moment later changes nothing. Redirects are looked at like the first
address. Keeps no cookies, sends no words of a reader, and tells nothing of what was wrong at
the other end but its kind.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

__all__ = ["Outgoing", "fetch"]

_MOST_HOPS = 5
_CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Outgoing(BaseModel):
    """Where connections may go out to; by default nowhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hosts: tuple[str, ...] = ()
    """Names that may be reached over https."""
    plain_hosts: tuple[str, ...] = ()
    """Those of them that may be reached over http too."""
    private: tuple[str, ...] = ()
    """Networks of this machine or its surroundings that a name may lead to, as "10.0.0.0/8"."""
    most_mb: float = Field(default=20, gt=0, le=2000)
    """Largest answer, in megabytes."""
    seconds: float = Field(default=20, gt=0, le=600)
    """Longest time that an answer may take, redirects included."""

    @field_validator("private")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            ip_network(text)
        return value


def fetch(url: str, allowed: Outgoing) -> bytes:
    """Return what an address answers with.

    Parameters
    ----------
    url
        The address.
    allowed
        What the operator lets be reached, and how much and how long it may take.

    Raises
    ------
    CorridorError
        It may not be reached, or did not answer as it should.
    """
    ends = time.monotonic() + allowed.seconds
    for _ in range(_MOST_HOPS):
        answer = _ask(url, allowed, ends)
        if isinstance(answer, bytes):
            return answer
        url = urljoin(url, answer)
    raise _refused(url, "it leads from one address to another too often")


def _ask(url: str, allowed: Outgoing, ends: float) -> bytes | str:
    """Return the answer of an address, or the address that it leads to."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _refused(url, "it is not an address") from error
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" and not (parts.scheme == "http" and host in allowed.plain_hosts):
        raise _refused(url, "only https is spoken")
    if host not in {*allowed.hosts, *allowed.plain_hosts} or parts.username is not None:
        raise _refused(url, "the operator's settings do not list it under [outgoing]")
    address = _looked_up(url, host, port, allowed)
    connection: http.client.HTTPConnection = http.client.HTTPConnection(host, port)
    try:
        # Connected by hand: http.client would look the name up once more.
        plain = socket.create_connection((str(address), port), timeout=_left(ends))
        connection.sock = through = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            if parts.scheme == "https"
            else plain
        )
        path = parts.path or "/"
        target = f"{path}?{parts.query}" if parts.query else path
        connection.request("GET", target, headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if answer.status in _REDIRECTS:
            return answer.getheader("Location") or ""
        if answer.status != http.client.OK:
            raise _refused(url, f"it answered {answer.status}")
        return _read(url, through, answer, allowed, ends)
    except (OSError, http.client.HTTPException) as error:
        raise _refused(url, f"it could not be reached ({type(error).__name__})") from error
    finally:
        connection.close()


def _read(
    url: str,
    through: socket.socket,
    answer: http.client.HTTPResponse,
    allowed: Outgoing,
    ends: float,
) -> bytes:
    most = round(allowed.most_mb * 1_000_000)
    body = bytearray()
    while True:
        left = _left(ends)
        if through.fileno() >= 0:  # the last of an answer may be here after its end
            through.settimeout(left)
        # One read of the socket each: a sender of single bytes is timed too.
        chunk = answer.read1(_CHUNK)
        if not chunk:
            return bytes(body)
        body += chunk
        if len(body) > most:
            raise _refused(url, f"its answer is over {allowed.most_mb:g} MB")


def _looked_up(url: str, host: str, port: int, allowed: Outgoing) -> IPv4Address | IPv6Address:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(url, "its name is not known") from error
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if not _may_reach(address, allowed):
            raise _refused(url, "its name leads to this machine or its surroundings")
    return addresses[0]


def _may_reach(address: IPv4Address | IPv6Address, allowed: Outgoing) -> bool:
    # One of the other kind inside an IPv6 address is judged as what it is.
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None and not _may_reach(inner, allowed):
        return False
    listed = any(address in ip_network(each) for each in allowed.private)
    return listed or (address.is_global and not address.is_multicast)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _refused(url: str, why: str) -> CorridorError:
    host = urlsplit(url).hostname if "://" in url else None
    return CorridorError("address-was-not-fetched", host=host or "no host", why=why)

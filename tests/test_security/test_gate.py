"""What the gate answers to strangers' requests: names, origins, addresses, methods, sockets."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route

from corridormap.app.server.corridor_routes import corridor_routes
from corridormap.app.settings.names import Names
from corridormap.app.site.serving import settings_of
from corridormap.app.site.site import Site
from tests.test_security.web import FOREIGN, get, opens, page_with_a_map, raw, where

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Served

CORRIDOR = "/corridormap/c/azerbaijan-iran"


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served]) -> Served:
    """Serve the built-in corridors, editable."""
    return launch()


def own(served: Served) -> str:
    """Return the origin of a server's own pages."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(served.url))


# --- Web sockets (2) --------------------------------------------------------------------------


def test_a_socket_of_a_foreign_page_is_refused_before_streamlit_sees_it(served: Served) -> None:
    _, port = where(served.url)
    foreign = (
        FOREIGN,
        "null",
        f"http://localhost:{port + 1}",
        f"http://127.0.0.1:{port}",
        f"https://localhost:{port}",
        "http://localhost",
        f"http://localhost.:{port}.evil.example",
        f"http://x@localhost:{port}",
        "file://",
        "",
    )
    for origin in itertools.islice(itertools.cycle(foreign), 2 * len(foreign)):
        assert opens(served.url, {"Origin": origin}) == 403, origin
    for site in ("cross-site", "same-site", "nonsense"):
        told = {"Origin": own(served), "Sec-Fetch-Site": site}
        assert opens(served.url, told) == 403
    assert opens(served.url, {"Origin": own(served)}) == 101
    assert opens(served.url, {}) == 101
    # Nothing was asked outside, by name or by number, and the log tells no origin.
    assert served.outside() == []
    assert "evil.example" not in served.log.read_text(encoding="utf-8")


def test_a_socket_is_at_one_address_only(served: Served) -> None:
    for path in ("/", "/_stcore/health", f"{CORRIDOR}/version.json", "/x", "/_stcore/stream/"):
        assert opens(served.url, {"Origin": own(served)}, path) == 404


# --- Addresses (9) ----------------------------------------------------------------------------

UNKNOWN = (
    *("/x", "/index.html", "//", "//evil.example", "/./", "/../etc/passwd", "/%2e%2e/etc/passwd"),
    *("/static/../index.html", "/static/js/..%2f..%2fx", "/static/js/", "/static/x/y.js"),
    *("/corridormap", "/corridormap/", "/corridormap/x", "/corridormap/c", "/corridormap/c/"),
    *("/corridormap/c/none", "/corridormap/c/none/version.json", "/corridormap/health/x"),
    *(f"{CORRIDOR}", f"{CORRIDOR}/", f"{CORRIDOR}/none", f"{CORRIDOR}/edit/none"),
    *(f"{CORRIDOR}/%2e%2e/x", f"{CORRIDOR}//snapshot.png", f"{CORRIDOR}/snapshot.png%00"),
    *("/corridormap/zz/front/map.js", "/corridormap/00/front/none.js", "/corridormap/\\x"),
    *("/corridormap/" + "x" * 10_000, "/corridormap/%", "/corridormap/%zz", "/%00", "/%ff"),
    *("/_stcore/upload_file/a/b", "/_stcore/metrics", "/_stcore/script-health-check"),
    *("/_stcore/allowed-message-origins", "/_stcore/bidi-components/a/b", "/_stcore/x"),
    *("/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json"),
    *("/media/x.png", "/component/a/b", "/app/static/x", "/healthz", "/script-health-check"),
    *("/auth/login", "/auth/logout", "/oauth2callback", "/vendor/x", "/stream"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X")


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_there_is_told_plainly_whatever_the_method(served: Served, method: str) -> None:
    for path in UNKNOWN:
        answer = get(served.url, path, method=method)
        assert answer.status in {404, 405}, (method, path, answer.status)
        assert answer.headers["x-content-type-options"] == "nosniff"
        if method != "HEAD":
            assert sorted(json.loads(answer.body)) == ["error"]
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_odd_bytes_in_an_address_are_no_fault_of_the_server(served: Served) -> None:
    host, port = where(served.url)
    for path in (b"/\xff\xfe", b"/corridormap/\x01", b"*", b"http://evil.example/", b"/ /"):
        line = raw(
            served.url,
            b"GET %b HTTP/1.1\r\nHost: %b:%d\r\nConnection: close\r\n\r\n"
            % (path, host.encode(), port),
        )
        assert line.split(b" ")[1] in {b"400", b"404", b"421"}, path
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_what_streamlit_would_take_in_is_not_taken(served: Served) -> None:
    """A stranger filled the memory through Streamlit's own upload (3)."""
    for method in ("PUT", "POST", "DELETE", "OPTIONS"):
        answer = get(served.url, "/_stcore/upload_file/a/b", method=method, body=b"x" * 1000)
        assert answer.status == 404


# --- Where a request comes from (10) ----------------------------------------------------------


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_foreign_page_may_lead_here_and_do_nothing_else(served: Served, site: str) -> None:
    told = {"Sec-Fetch-Site": site}
    lead = {**told, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert get(served.url, "/", lead).status == 200
    assert get(served.url, "/", {**lead, "Sec-Fetch-Dest": "iframe"}).status == 403
    assert get(served.url, "/", {**told, "Sec-Fetch-Mode": "no-cors"}).status == 403
    for path in (
        *("/corridormap/health", "/_stcore/health", "/favicon.png", "/_stcore/host-config"),
        *(f"{CORRIDOR}/snapshot.png", f"{CORRIDOR}/snapshot.png?sel=none", f"{CORRIDOR}/data.zip"),
        *(f"{CORRIDOR}/version.json", f"{CORRIDOR}/edit/base", f"{CORRIDOR}/atlas.pdf"),
    ):
        for headers in (told, lead, {"Origin": FOREIGN}, {"Origin": "null"}):
            assert get(served.url, path, headers).status == 403, (path, headers)


def posted() -> list[str]:
    """Return what takes something in, as the routes say: they do not ask where it is from."""
    site = Site(settings_of(["azerbaijan-iran"]))
    corridor = site.shelf.all()[0]
    start = f"{site.prefix(corridor)}/"
    routes = [one for one in corridor_routes(site, corridor) if isinstance(one, Route)]
    taking = [one.path.removeprefix(start) for one in routes if "POST" in (one.methods or ())]
    return [path.replace("{form}", "png") for path in taking]


def test_eleven_addresses_take_something_in() -> None:
    assert len(posted()) == 11


@pytest.mark.parametrize("name", posted())
def test_a_foreign_page_changes_nothing(served: Served, name: str) -> None:
    _, port = where(served.url)
    path = f"{CORRIDOR}/{name}"
    told: list[dict[str, str]] = [{"Sec-Fetch-Site": site} for site in ("same-site", "cross-site")]
    told += [{"Origin": own(served), **site} for site in told[:2]]
    for origin in (FOREIGN, "null", f"http://localhost:{port + 1}"):
        told.append({"Origin": origin})
        for site in ("same-origin", "same-site", "cross-site", "none"):
            told.append({"Origin": origin, "Sec-Fetch-Site": site})
    told.append(
        {"Origin": FOREIGN, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    )
    for headers in told:
        answer = get(served.url, path, headers, method="POST", body=b"{}")
        assert answer.status == 403, headers
    answer = get(served.url, path, {"Origin": own(served)}, method="POST", body=b"{}")
    assert answer.status not in {403, 404}


# --- Names (14) -------------------------------------------------------------------------------


def test_a_name_that_leads_here_by_deceit_is_not_answered(launch: Callable[..., Served]) -> None:
    for words in (("--editable",), ("--read-only",), ()):
        served = launch("--address", "0.0.0.0", *words)  # noqa: S104 - answered to this machine
        _, port = where(served.url)
        for host in (
            "evil.example",
            f"evil.example:{port}",
            "127.0.0.1.evil.example",
            "",
            "x y",
            "localhost; x",
        ):
            assert get(served.url, "/corridormap/health", {"Host": host}).status == 421, host
            assert opens(served.url, {"Host": host}) in {400, 421}
        for host in (
            f"127.0.0.1:{port}",
            f"localhost:{port}",
            "192.0.2.7",
            f"[2001:db8::1]:{port}",
        ):
            assert get(served.url, "/corridormap/health", {"Host": host}).status == 200, host


def test_an_origin_is_own_by_scheme_name_and_port() -> None:
    names = Names.of(("maps.example.org", "http://plain.example:8080"), "localhost", 8501)
    https = ("https://maps.example.org", "maps.example.org", "http")
    assert names.own(*https)
    assert names.own("https://maps.example.org:8443", "maps.example.org:8443", "http")
    assert names.own("http://maps.example.org:8501", "maps.example.org:8501", "http")
    assert names.own("http://plain.example:8080", "plain.example:8080", "http")
    assert names.own("http://plain.example:8080", "plain.example", "http")
    assert names.own("http://localhost:9000", "localhost:9000", "http")
    for origin, host in (
        ("http://maps.example.org", "maps.example.org"),
        ("https://maps.example.org:444", "maps.example.org"),
        ("https://maps.example.org", "localhost:8501"),
        ("https://plain.example:8080", "plain.example:8080"),
        ("http://plain.example", "plain.example"),
        ("http://localhost:9001", "localhost:9000"),
        ("https://maps.example.org.evil.example", "maps.example.org"),
        ("null", "maps.example.org"),
    ):
        assert not names.own(origin, host, "http"), (origin, host)


# --- Headers (10) -----------------------------------------------------------------------------


def test_every_kind_of_address_answers_with_its_headers(served: Served) -> None:
    page = page_with_a_map(served.url).body.decode()
    shell = page.split('src="./static/')[1].split('"')[0]
    front = page.split('src="/corridormap/')[1].split('"')[0]
    paths = {
        "/": 200,
        f"/static/{shell}": 200,
        f"/corridormap/{front}": 200,
        "/_stcore/health": 200,
        "/corridormap/health": 200,
        f"{CORRIDOR}/version.json": 200,
        f"{CORRIDOR}/sources.bib": 200,
        f"{CORRIDOR}/snapshot.json": 200,
        f"{CORRIDOR}/snapshot.png?density=none": 400,
        f"{CORRIDOR}/edit/base": 200,
        "/none": 404,
    }
    for path, status in paths.items():
        answer = get(served.url, path)
        assert answer.status == status, path
        told = answer.headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["cross-origin-resource-policy"] == "same-origin"
        assert told["cross-origin-opener-policy"] == "same-origin"
        assert told["x-frame-options"] == "DENY"
        assert "camera=()" in told["permissions-policy"]
        assert "access-control-allow-origin" not in told
        policy = told["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "script-src" not in policy or path == "/"
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_origins_that_are_named_read_and_no_more(launch: Callable[..., Served]) -> None:
    config = '[embedding]\norigins = ["https://news.example"]\n'
    served = launch("--read-only", "--config", "site.toml", files={"site.toml": config})
    friend = {"Origin": "https://news.example", "Sec-Fetch-Site": "cross-site"}
    answer = get(served.url, f"{CORRIDOR}/version.json", friend)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "https://news.example"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    picture = {"Referer": "https://news.example/page", "Sec-Fetch-Site": "cross-site"}
    assert get(served.url, f"{CORRIDOR}/version.json", picture).status == 200
    for other in (
        {"Origin": FOREIGN},
        {**picture, "Referer": f"{FOREIGN}/"},
        {**friend, "Origin": "null"},
    ):
        told = {"Sec-Fetch-Site": "cross-site", **other}
        assert get(served.url, f"{CORRIDOR}/version.json", told).status == 403
    assert get(served.url, f"{CORRIDOR}/recipe", friend, method="POST", body=b"{}").status == 403
    assert get(served.url, "/corridormap/health", friend).status == 403
    assert opens(served.url, friend) == 403

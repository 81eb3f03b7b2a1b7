"""A login lets in whom it should, nobody else, and nobody who logged out.

The cookies are signed as Streamlit signs them, so that a real server can be asked with any
claim that a provider might make.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect
from streamlit import config
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from corridormap.app.login.cookie import COOKIE
from corridormap.app.login.ended import Ended
from corridormap.app.login.login import Login
from corridormap.app.login.mail import address_of, entry_of
from corridormap.app.login.own_folder import OwnFolder
from corridormap.geo.errors import CorridorError
from corridormap.layers.folder.seal import STATE
from tests.test_browser.provider import Provider
from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.serving import Served

SECRET = "a secret of the tests, long enough"  # noqa: S105 - it keeps nothing
SECRETS = f"""
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "{SECRET}"

[auth.plain]
client_id = "x"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"

[auth.texting]
client_id = "x"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
ALLOWED = ("--allow", "@example.org", "--allow", "Bob@Other.example")
ANN: Mapping[str, Any] = {
    "is_logged_in": True,
    "origin": "http://localhost:8501",
    "provider": "plain",
    "email": "Ann@Example.org",
    "email_verified": True,
}
ABSENT = ...  # tells itself the same in every process, as an object() does not
VERSION = "corridormap/c/azerbaijan-iran/version.json"

STRANGERS: tuple[object, ...] = (
    "a@evil.com@example.org",
    "x@evil.com, ann@example.org",
    "x@evil.com,ann@example.org",
    "x@evil.com;ann@example.org",
    "x@evil.com ann@example.org",
    "<x@evil.com>ann@example.org",
    "ann@example.org, x@evil.com",
    "ann@example.org.evil.com",
    "ann@evil-example.org",
    "ann@sub.example.org",
    "ann@example.org.",
    "ann@.example.org",
    "ann@example..org",
    "@example.org",
    "ann@",
    "ann",
    "",
    " ann@example.org",
    "ann@example.org ",
    "ann@example.org\n",
    "ann@example.org\0",
    "a\tnn@example.org",
    '"x@evil.com"@example.org',
    '"ann"@example.org',
    "x@[127.0.0.1]@example.org",
    "x%evil.com@example.org",
    "evil.com!x@example.org",
    "@evil.com:x@example.org",
    "(x@evil.com)ann@example.org",
    "ann(comment)@example.org",
    ".ann@example.org",
    "ann.@example.org",
    "a..nn@example.org",
    "ann@ex\u0430mple.org",  # a Cyrillic letter
    "ann@example\u3002org",  # an ideographic stop
    "ann\uff20example.org",  # a wide @
    "ann\ufe6bexample.org",  # a small @
    "\u0430nn@example.org",
    "ann\u202e@example.org",
    "ann\u200b@example.org",
    "ann\u00a0@example.org",
    "bo\u212a@other.example",
    "eve@other.example",
    "bob@example.com",
    f"{'a' * 65}@example.org",
    f"{'a' * 300}@example.org",
    ["ann@example.org"],
    {"ann@example.org": True},
    True,
    None,
    ABSENT,
)
UNVERIFIED: tuple[object, ...] = (
    "false", "true", "True", "yes", "1", "", 0, 1, 1.0, None, False, [True], {"x": 1}, ABSENT,
)  # fmt: skip


def signed(claims: Mapping[str, Any]) -> dict[str, str]:
    """Return the cookies of a reader of whom Streamlit was told so."""
    kept = {key: value for key, value in claims.items() if value is not ABSENT}
    return {COOKIE: create_signed_value(SECRET, COOKIE, json.dumps(kept)).decode()}


def in_parts(claims: Mapping[str, Any]) -> dict[str, str]:
    """Return cookies too long for one, parted as Streamlit parts them."""
    made: dict[str, str] = {}

    def keep(name: str, value: str) -> None:
        made[name] = create_signed_value(SECRET, name, value).decode()

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(SECRET, name, value)

    dice = random.Random(1)  # noqa: S311 - letters that do not pack, the same every time
    told = {**claims, "groups": dice.randbytes(9000).hex()}
    set_cookie_with_chunks(keep, sign, COOKIE, told, cookie_attr_size=80)
    assert len(made) > 2
    return made


def asked(served: Served, cookies: Mapping[str, str], path: str = VERSION) -> int:
    """Return the status that a server answers to cookies."""
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return web.get(served.url, f"/{path}", {"Cookie": told}).status


def await_second_after(moment: float) -> None:
    """Wait until the clock shows a later second: cookies know no smaller time."""
    while int(time.time()) <= int(moment):
        time.sleep(0.02)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what this module's servers remember away from the user's own."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STATE, str(folder))
        yield folder


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], state: Path) -> Served:
    """Serve with a login for one domain and one more reader."""
    assert state.is_dir()
    made = launch(*ALLOWED, files={".streamlit/secrets.toml": SECRETS})
    await_second_after(time.time())
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"email": "ann@example.org"},
        {"email": "o'neill+maps.x-y_z@example.org"},
        {"email": "bob@other.example"},
        {"provider": "texting"},
    ],
    ids=str,
)
def test_who_is_named_and_verified_is_let_in(served: Served, changes: Mapping[str, Any]) -> None:
    assert asked(served, signed({**ANN, **changes})) == 200
    assert asked(served, in_parts({**ANN, **changes})) == 200


def test_no_address_but_a_plain_one_on_the_list_is_let_in(served: Served) -> None:
    statuses = {repr(mail): asked(served, signed({**ANN, "email": mail})) for mail in STRANGERS}
    assert statuses == dict.fromkeys(statuses, 401)


@pytest.mark.parametrize("provider", ["plain", "texting"])
def test_verified_is_true_and_nothing_else(served: Served, provider: str) -> None:
    claims = {**ANN, "provider": provider}
    statuses = {
        repr(said): asked(served, signed({**claims, "email_verified": said})) for said in UNVERIFIED
    }
    assert statuses == dict.fromkeys(statuses, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"provider": "gone"},
        {"provider": ABSENT},
        {"provider": ["plain"]},
        {"origin": "https://other.example"},
        {"is_logged_in": "yes"},
        {"is_logged_in": ABSENT},
    ],
    ids=str,
)
def test_a_cookie_of_no_login_here_lets_nobody_in(
    served: Served, changes: Mapping[str, Any]
) -> None:
    assert asked(served, signed({**ANN, **changes})) == 401


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give this process the secrets of the tests."""
    (tmp_path / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    monkeypatch.setenv(STATE, str(tmp_path))
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    secrets_singleton._reset()
    assert secrets_singleton.load_if_toml_exists()
    yield
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.mark.usefixtures("secrets")
def test_a_provider_that_writes_text_is_believed_only_by_name() -> None:
    login = Login(("@example.org",), ("texting",))
    texting = {**ANN, "provider": "texting"}
    assert login.allows({**texting, "email_verified": "true"})
    assert login.allows({**texting, "email_verified": True})
    assert not login.allows({**ANN, "email_verified": "true"})
    for said in UNVERIFIED:
        assert said == "true" or not login.allows({**texting, "email_verified": said})
    with pytest.raises(CorridorError, match=r"no provider 'google'.*plain, texting"):
        Login((), ("google",))


@pytest.mark.usefixtures("secrets")
def test_without_a_list_the_provider_alone_decides() -> None:
    for mail in STRANGERS:
        assert Login(()).allows({**ANN, "email": mail, "email_verified": False})


@pytest.mark.parametrize(
    "entry",
    ["", "@", "example.org", "@@example.org", "ann@example.org,bob@example.org", "*@example.org",
     "@*.example.org", "@example.org ", "@ex\u00e4mple.org", "ann", "@example.org\n", "@-x.org"],
)  # fmt: skip
@pytest.mark.usefixtures("secrets")
def test_an_entry_of_the_list_that_is_no_address_stops_the_server(entry: str) -> None:
    with pytest.raises(CorridorError, match=r"--allow cannot be .* Give one address"):
        Login((entry,))


def test_addresses_are_compared_in_small_letters() -> None:
    assert address_of("Ann@Example.ORG") == entry_of("ann@example.org") == "ann@example.org"
    assert entry_of("@Example.org") == "@example.org"


def test_a_list_without_a_login_stops_the_server(launch: Callable[..., Served]) -> None:
    with pytest.raises(pytest.fail.Exception, match="--allow names readers, but no login is set"):
        launch(*ALLOWED)


def variants(signature: str) -> Iterator[str]:
    """Return other spellings of one signature: base64 has letters that are not looked at."""
    yield from (f"{signature}{end}" for end in ("=", "==", "!", "\u00e9", "+"))
    yield from (f"{signature[:-1]}{chr(ord(signature[-1]) + step)}" for step in (1, 2, 3))


def test_who_logs_out_cannot_come_back_with_a_copy_of_the_cookie(
    launch: Callable[..., Served], state: Path
) -> None:
    files = {".streamlit/secrets.toml": SECRETS}
    first = launch(*ALLOWED, files=files)
    await_second_after(time.time())
    out = signed({**ANN, "nonce": "1"})
    long = in_parts({**ANN, "nonce": "2"})
    others = [signed({**ANN, "nonce": "3"}), signed({**ANN, "email": "bob@other.example"})]
    for each in (out, long, *others):
        assert asked(first, each) == 200
    for each in (out, long):
        assert asked(first, each, "auth/logout") == 302
        assert asked(first, each) == 401
    copies = [out, long, {**long, f"{COOKIE}_1": ""}]
    start, signature = out[COOKIE].rsplit(".", 1)
    copies += [{COOKIE: f"{start}.{each}"} for each in variants(signature)]
    await_second_after(time.time())
    # A part that everybody of long cookies has, signed later, makes the others no younger.
    copies.append({**long, COOKIE: in_parts({**ANN, "nonce": "4"})[COOKIE]})
    again = launch(*ALLOWED, files=files)
    for server in (first, again):
        assert [asked(server, each) for each in copies] == [401] * len(copies)
        assert [asked(server, each) for each in others] == [200, 200]
    # A second server of the same user learns it while it runs.
    assert asked(first, others[0], "auth/logout") == 302
    assert [asked(again, each) for each in others] == [401, 200]
    # Who logs in again is in again, even if the provider says word for word the same.
    await_second_after(time.time())
    assert asked(again, signed({**ANN, "nonce": "1"})) == 200
    told = [path for path in state.rglob("*") if path.is_file()]
    assert told
    assert not any(b"ann" in path.read_bytes().lower() for path in told)
    if hasattr(OwnFolder, "find"):
        assert {path.stat().st_mode & 0o77 for path in (state, *told)} == {0}


@pytest.mark.browser
def test_the_page_too_knows_who_logged_out(
    page: Page, launch: Callable[..., Served], state: Path
) -> None:
    assert state.is_dir()
    with Provider("ann@example.org").running() as provider:
        files = {".streamlit/secrets.toml": provider.secrets("")}
        served = launch("--allow", "@example.org", files=files)
        page.goto(served.url)
        page.get_by_role("button", name="Log in").click()
        expect(page.locator('[data-ready="true"]')).to_be_attached()
        kept = page.context.cookies()
        page.goto(f"{served.url}/auth/logout")
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        page.context.add_cookies(cast("Any", kept))
        page.goto(served.url)
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        assert "Azerbaijan" not in page.content()


def mark(number: int) -> str:
    return f"{number:064x}"


def test_what_is_forgotten_lets_nobody_in(tmp_path: Path) -> None:
    now = [1000.0]
    folder = OwnFolder(tmp_path)

    def ended() -> Ended:
        return Ended(folder, "logins.json", lambda: now[0])

    first = ended()
    assert first.holds(mark(0), 1000)  # from before the first start
    assert not first.holds(mark(0), 1001)
    now[0] = 2000
    first.add(mark(1))
    assert (ended().holds(mark(1), 2000), ended().holds(mark(1), 2001)) == (True, False)
    assert not ended().holds(mark(2), 1500)
    now[0] = 3000
    for broken in (
        b"",
        b"{",
        b"[]",
        b'{"before": 0}',
        b'{"before": "x", "ended": {}}',
        b"[" * 9999,
    ):
        (tmp_path / "logins.json").write_bytes(broken)
        assert ended().holds(mark(2), 3000)
    (tmp_path / "logins.json").unlink()
    assert ended().holds(mark(2), 3000)
    assert Ended(None, "logins.json", lambda: now[0]).holds(mark(2), 3000)


def test_the_memory_of_logouts_stays_small_and_forgets_nobody(tmp_path: Path) -> None:
    now = [1_000.0]
    ended = Ended(OwnFolder(tmp_path), "logins.json", lambda: now[0])
    ended._ended = {mark(number): 1_001 + number for number in range(10_000)}
    now[0] = 20_000
    ended.add(mark(10_000))
    assert (tmp_path / "logins.json").stat().st_size < 1_000_000
    assert all(ended.holds(mark(number), 1_000 + number) for number in range(10_001))
    assert not ended.holds(mark(20_000), 19_000)


def test_a_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STATE, str(tmp_path / "corridormap"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "corridormap").symlink_to(tmp_path / "elsewhere")
    assert OwnFolder.find() is None
    (tmp_path / "corridormap").unlink()
    (tmp_path / "corridormap").mkdir(mode=0o700)
    (tmp_path / "corridormap").chmod(0o777)
    assert OwnFolder.find() is None
    (tmp_path / "corridormap").chmod(0o700)
    found = OwnFolder.find()
    assert found
    (found.path / "x").symlink_to(tmp_path / "elsewhere" / "x")
    (tmp_path / "elsewhere" / "x").write_bytes(b"secret")
    assert found.read("x") is None
    found.write("x", b"mine")
    assert (tmp_path / "elsewhere" / "x").read_bytes() == b"secret"
    assert found.read("x") == b"mine"

"""An OpenID provider of the tests' own, and a small reverse proxy; both on this machine only."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["Provider", "proxy"]

CLIENT = "corridormap-test"


class Provider:
    """Logs everybody in at once as the reader that `mail` names."""

    def __init__(self, mail: str) -> None:
        self.mail = mail
        self.port = 0
        self._key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self._nonce = ""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://localhost:{self.port}"

    def secrets(self, base: str) -> str:
        """Return the secrets.toml of a server that trusts it, below a path of its own."""
        values = {
            "redirect_uri": f"http://localhost:{{port}}{base}/oauth2callback",
            "cookie_secret": "a secret of the tests, long enough",
            "client_id": CLIENT,
            "client_secret": "none",
            "server_metadata_url": f"{self.url}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f"{key} = {json.dumps(text)}\n" for key, text in values.items())

    @contextmanager
    def running(self) -> Iterator[Provider]:
        """Answer until the end of the block."""
        routes = [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="error")
        server = uvicorn.Server(config)
        socket = config.bind_socket()
        self.port = socket.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join()

    def _metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        self._nonce = asked.get("nonce", "")
        back = urlencode({"code": "once", "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

    def _token(self, _request: Request) -> Response:
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.url, "sub": self.mail, "aud": CLIENT}
        claims |= {"nonce": self._nonce, "iat": now, "exp": now + 600}
        claims |= {"email": self.mail, "email_verified": True}
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self._key)
        return JSONResponse(
            {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token}
        )

    def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})


@contextmanager
def proxy(upstream: int) -> Iterator[str]:
    """Pass requests on to a port as a reverse proxy does, and yield its address.

    The name that readers ask for is passed on, a word on who asks is added, and a connection
    that becomes a web socket stays one.
    """
    loop = asyncio.new_event_loop()
    writers: set[asyncio.StreamWriter] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        except asyncio.IncompleteReadError:  # the browser opened a connection to spare
            writer.close()
            return
        socket = any(line.lower().startswith("upgrade:") for line in head)
        kept = head[1:-2]
        if not socket:
            kept = [line for line in kept if not line.lower().startswith("connection:")]
            kept.append("Connection: close")
        kept += ["X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: http"]
        back, on = await asyncio.open_connection("localhost", upstream)
        writers.add(on)
        on.write("\r\n".join([head[0], *kept, "", ""]).encode("latin-1"))
        await asyncio.gather(_pass(reader, on), _pass(back, writer))

    async def stop(server: asyncio.Server) -> None:
        server.close()
        # Nobody is cut short: one that has not begun would never close what it was given, and
        # what is left open complains when the loop is gone.
        while rest := asyncio.all_tasks() - {asyncio.current_task()}:
            for writer in writers:
                writer.close()
            await asyncio.wait(rest, timeout=0.01)
        await asyncio.gather(*(each.wait_closed() for each in writers), return_exceptions=True)

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    starting = asyncio.start_server(answer, "localhost", 0)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result()
    try:
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(stop(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()

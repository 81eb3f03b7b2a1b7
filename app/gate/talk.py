"""Stand between a page and Streamlit on their web socket: pass on what the page needs.

A page reruns its script and says that it is there. What else Streamlit would do for whoever
asks (empty its caches, install files, tell of the folder it runs in) is left out. What comes
back tells no path, no version and no mark of this machine.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from corridormap.app.gate.gate import LET_IN

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Talk"]

_NEEDED = frozenset({"rerun_script", "app_heartbeat", "stop_script"})
_MOST_BYTES = 1_000_000
_MOST_BYTES_OF_STRANGERS = 64_000
_BURST = 100
_A_SECOND = 20
_OF_STRANGERS = 0.1
"""How much of the pace those have who are not logged in."""


class Talk:
    """ASGI middleware for the page's web socket.

    Parameters
    ----------
    app
        The application behind it.
    script
        The path that is not told.
    """

    def __init__(self, app: ASGIApp, script: str) -> None:
        self.app = app
        self.script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is needed; end a talk that is too loud."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        heard = _Heard(share=1 if scope.get(LET_IN, False) else _OF_STRANGERS)

        async def hear() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                why = heard.refuses(message.get("bytes"))
                if why:
                    await send({"type": "websocket.close", "code": why})
                    return {"type": "websocket.disconnect", "code": why}
                if heard.needed:
                    return message

        async def tell(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": self._quiet(message["bytes"])}
            await send(message)

        await self.app(scope, hear, tell)

    def _quiet(self, raw: bytes) -> bytes:
        """Return a message of Streamlit's without what it tells of this machine."""
        if self.script.encode() not in raw:
            return raw
        told = ForwardMsg.FromString(raw)
        if told.WhichOneof("type") == "new_session":
            told.new_session.main_script_path = "page.py"
            first = told.new_session.initialize
            first.user_info.Clear()
            first.environment_info.python_version = ""
            first.environment_info.server_os = ""
        return bytes(told.SerializeToString())


class _Heard:
    """What one page has said so far."""

    def __init__(self, share: float) -> None:
        self._most = _MOST_BYTES if share == 1 else _MOST_BYTES_OF_STRANGERS
        self._a_second = _A_SECOND * share
        self._burst = _BURST * max(share, 0.3)
        self._left = self._burst
        self._seen = time.monotonic()
        self.needed = False
        """Whether the last message is to be passed on."""

    def refuses(self, raw: bytes | None) -> int:
        """Return the code to end the talk with for a message; 0 if it goes on."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._seen) * self._a_second) - 1
        self._seen = now
        if raw is None:  # text, which Streamlit does not speak
            return 1003
        if len(raw) > self._most:
            return 1009
        if self._left < 0:
            return 1008
        try:
            self.needed = BackMsg.FromString(raw).WhichOneof("type") in _NEEDED
        except Exception:  # noqa: BLE001 - protobuf's own, of a library without types
            return 1002
        return 0

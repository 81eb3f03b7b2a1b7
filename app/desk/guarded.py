"""Turn an error into an answer of the server: the one place where that is done."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from corridormap.app.desk.body import BodyRefusedError
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.desk.queues import FullError, LeftError
from corridormap.app.log import log_failure
from corridormap.geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    Endpoint = Callable[[Request], Awaitable[Response]]

__all__ = ["guarded", "refusal"]

_LOG = logging.getLogger(__name__)
_BUSY = "The server has too much to do just now. Try again in a moment."


def guarded(answer: Endpoint) -> Endpoint:
    """Return what answers a request, with the error that stands in its way as an answer.

    A domain error is told in its own words, and what is refused for want of room or for the
    way it comes too; anything else goes to the log with its way through the code, and to the
    reader in plain words.
    """

    @wraps(answer)
    async def endpoint(request: Request) -> Response:
        try:
            return await answer(request)
        except CorridorError as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        except BodyRefusedError as error:
            return refusal(error)
        except (FullError, LeftError):
            headers = {**NEVER_KEPT, "Retry-After": str(FullError.retry_s)}
            return JSONResponse({"error": _BUSY}, status_code=503, headers=headers)
        except Exception as error:  # noqa: BLE001 - the edge of the server: logged, told plainly
            log_failure(_LOG, "a request failed", error)
            message = "The server could not answer. Its log says why."
            return JSONResponse({"error": message}, status_code=500)

    return endpoint


def refusal(error: BodyRefusedError, **more: Any) -> JSONResponse:
    """Return the answer to a body that is not taken in.

    What is left of it is not read: the connection ends with the answer.
    """
    headers = {**NEVER_KEPT, "Connection": "close"}
    if error.retry_s is not None:
        headers["Retry-After"] = str(error.retry_s)
    return JSONResponse({"error": str(error), **more}, status_code=error.status, headers=headers)

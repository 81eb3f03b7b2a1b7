"""Turn an error into an answer of the server: the one place where that is done."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from app.log import log_failure
from geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

__all__ = ["guarded"]

_LOG = logging.getLogger(__name__)


def guarded(answer: Callable[[], Response]) -> Response:
    """Return an answer, or the error that stands in its way as one.

    A domain error is told in its own words; anything else goes to the log with its way
    through the code, and to the reader in plain words.
    """
    try:
        return answer()
    except CorridorError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    except Exception as error:  # noqa: BLE001 - the edge of the server: logged, told plainly
        log_failure(_LOG, "a request failed", error)
        message = "The server could not answer. Its log says why."
        return JSONResponse({"error": message}, status_code=500)

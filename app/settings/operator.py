"""Read the operator's settings, a TOML file that `corridormap serve --config` names.

It says what options would be too long for; what an option or the environment says too wins
over it. An unknown word is refused: a wish that is not understood must not be taken as granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corridormap.app.settings.limits import ServerLimits  # noqa: TC001  pydantic reads it at run time
from corridormap.app.settings.outgoing import Outgoing
from corridormap.app.settings.settings import Network, Origin  # noqa: TC001  pydantic reads them at run time
from corridormap.geo.errors import CorridorFormatError, ReadError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_operator"]

_MOST_BYTES = 100_000


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Embedding(_Table):
    origins: tuple[Origin, ...] = ()


class _Proxy(_Table):
    trusted: tuple[Network, ...] = ()


class _LoginTable(_Table):
    verified_as_text: tuple[str, ...] = ()


class _Operator(_Table):
    embedding: _Embedding = _Embedding()
    proxy: _Proxy = _Proxy()
    login: _LoginTable = _LoginTable()
    outgoing: Outgoing = Outgoing()
    limits: ServerLimits | None = None


def read_operator(path: Path) -> dict[str, Any]:
    """Return what a file of settings says, by its name in `Settings` or in `ServerLimits`.

    Raises
    ------
    ReadError
        The file cannot be read.
    CorridorFormatError
        It says something that is not understood.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ReadError("settings-cannot-be-read", file=name, why=error.strerror) from error
    if len(raw) > _MOST_BYTES:
        raise CorridorFormatError("settings-file-too-large", file=name)
    try:
        said = _Operator.model_validate(parse_toml(raw, file=name))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise CorridorFormatError("unknown-setting", file=name, setting=short(where)) from error
        raise CorridorFormatError(
            "operator-setting-cannot-be",
            file=name,
            setting=short(where),
            given=short(str(first["input"])),
            why=first["msg"].lower(),
        ) from error
    limits = {} if said.limits is None else said.limits.model_dump(exclude_unset=True)
    return {
        "framed_by": said.embedding.origins,
        "trusted": said.proxy.trusted,
        "verified_as_text": said.login.verified_as_text,
        "outgoing": said.outgoing,
        **limits,
    }

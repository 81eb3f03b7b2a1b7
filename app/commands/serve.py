"""``corridormap serve``: show corridors' pages on this machine, or to a team."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corridormap.app.commands.common import plain_errors, tell

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["serve"]

_ENVIRONMENT = "CORRIDORMAP"


def _option(*words: str, **more: Any) -> Callable[..., Any]:
    """Return an option that the environment may give too, as CORRIDORMAP_NAME."""
    name = words[0].removeprefix("--").split("/")[0].replace("-", "_").upper()
    return click.option(*words, envvar=f"{_ENVIRONMENT}_{name}", show_envvar=True, **more)


@click.command()
@click.argument("corridors", nargs=-1, metavar="[NAME_OR_FOLDER]...")
@_option(
    "--dir",
    "root",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder that holds corridors' folders; all of them are served.",
)
@_option(
    "--made-in",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder for corridors made in the page; that of --dir, or Corridormap at home.",
)
@_option("--port", type=click.IntRange(1, 65535), help="Port; the first free one from 8501.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@_option(
    "--address",
    default="localhost",
    metavar="HOST",
    help="This machine's own address to listen at; without it only this machine gets in.",
)
@_option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name that readers reach the server by, such as a proxy's; may be given again.",
)
@_option("--base-path", default="", metavar="/PATH", help="What a proxy puts before every path.")
@_option(
    "--read-only/--editable",
    default=None,
    help="Whether readers may add and change; editable only on this machine or with a login.",
)
@_option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="MAIL",
    help="With a login: let in this mail address or @domain; may be given again.",
)
@_option("--max-upload-mb", "upload_mb", type=float, help="Largest file that may be added.")
@_option("--max-features", "features", type=int, help="Most features in a file that is added.")
@_option("--max-vertices", "vertices", type=int, help="Most vertices in a file that is added.")
@_option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file of the operator's settings; see docs/deploy.md.",
)
@_option("--max-sessions", "sessions", type=int, help="Most pages that may be open at once.")
@_option("--max-sessions-each", "sessions_each", type=int, help="Most of them of one reader.")
@click.option("--check", is_flag=True, help="Say what is safe on this machine; serve nothing.")
@plain_errors
def serve(
    corridors: tuple[str, ...],
    *,
    root: Path | None,
    port: int | None,
    no_browser: bool,
    config: Path | None,
    check: bool,
    **given: Any,
) -> None:
    """Show corridors' pages on this machine, or to a team.

    Without a name the corridors that come with the tool are served. The page has a list to
    choose from if there is more than one. docs/deploy.md tells how to serve a team.
    """
    from corridormap.app.login.login import login_set_up
    from corridormap.app.server.server import prepare
    from corridormap.app.server.server import serve as run
    from corridormap.app.settings.operator import read_operator
    from corridormap.app.site.serving import path_before, settings_of

    given["base_path"] = path_before(given["base_path"])
    said = {key: value for key, value in given.items() if value not in {None, ()}}
    wanted = (read_operator(config) if config else {}) | said
    settings_of(corridors, root, wanted)  # what is wrong is told before anything starts
    streamlit = prepare(
        address=wanted["address"],
        port=port,
        base_path=wanted["base_path"],
    )
    settings = settings_of(corridors, root, {**wanted, "login": login_set_up()})
    if check:
        from corridormap.app.commands.checked import say_checked

        address = wanted["address"]
        sys.exit(say_checked(address=address, port=port, read_only=settings.read_only))
    if settings.read_only and given["read_only"] is None:
        tell("Others may reach this address, so it is --read-only.")
    run(settings, streamlit, open_browser=not no_browser)

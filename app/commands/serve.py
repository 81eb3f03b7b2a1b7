"""``corridormap serve``: show a corridor's page on this machine."""

from __future__ import annotations

import click

from app.commands.common import corridor_argument, plain_errors

__all__ = ["serve"]


@click.command()
@corridor_argument
@click.option("--port", type=click.IntRange(1, 65535), help="Port; the first free one from 8501.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@plain_errors
def serve(corridor: str, *, port: int | None, no_browser: bool) -> None:
    """Show the corridor's page on this machine."""
    from app.server import serve as run

    run(corridor, port=port, open_browser=not no_browser)

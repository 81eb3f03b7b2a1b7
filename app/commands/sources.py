"""``corridormap sources``: the corridor's bibliography, as CSL-JSON or BibTeX."""

from __future__ import annotations

import click

from corridormap.app.commands.common import (
    corridor_argument,
    open_corridor,
    plain_errors,
    say_json,
    say_text,
)

__all__ = ["sources"]


@click.command()
@corridor_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["csl-json", "bibtex"]),
    default="csl-json",
    show_default=True,
    help="Form of the bibliography.",
)
@plain_errors
def sources(corridor: str, *, form: str) -> None:
    """Print the sources that the corridor leans on."""
    from corridormap.layers.exports.bibliography import as_read, cited_sources, to_bibtex

    cited = cited_sources(open_corridor(corridor))
    if form == "bibtex":
        say_text(to_bibtex(cited))
    else:
        say_json([as_read(source) for source in cited])

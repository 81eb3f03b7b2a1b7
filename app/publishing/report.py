"""Show a photograph beside the picture of the edition that its code names, in one HTML file."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from corridormap.app.publishing.editions import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.app.publishing.recognise import Recognised

__all__ = ["report_page"]

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'"
_STYLE = """
body{font:17px/1.5 system-ui,sans-serif;color:#16213a;background:#fff;margin:0;padding:1.25rem}
main{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
figure{margin:0}figcaption{font-weight:700;margin-bottom:.4rem}
img{display:block;max-width:100%;height:auto;border:1px solid #c9ced8}
"""


def report_page(body: bytes, found: Recognised, site: Path) -> bytes:
    """Return the page.

    Parameters
    ----------
    body
        The photograph, a JPEG or PNG.
    found, site
        What was said of it, and where the edition's picture is.

    Raises
    ------
    CorridorError
        The picture is not there.
    """
    media = "png" if body.startswith(b"\x89PNG") else "jpeg"
    figures = [_figure("What was checked", media, body)]
    if found.picture is not None and found.edition is not None:
        caption = f"Edition {found.edition.number}, as it was published"
        figures.append(_figure(caption, "png", read_file(site, found.picture)))
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        "<title>What the code of a picture names</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<h1>What the code names</h1>",
        *(f"<p>{escape(sentence)}</p>" for sentence in found.sentences),
        "<main>",
        *figures,
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _figure(caption: str, media: str, body: bytes) -> str:
    data = base64.b64encode(body).decode("ascii")
    return (
        f"<figure><figcaption>{escape(caption)}</figcaption>"
        f'<img src="data:image/{media};base64,{data}" alt="{escape(caption)}"></figure>'
    )

"""Hold what a picture's file says of itself beside what it shows; draws nothing.

The same words go into every form of file: title, alternative text, language, credits and
the recipe that makes the file again. Nothing here tells the time, so files repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from corridormap.layers.exports.recipes.marks import XML_NAMESPACE, XML_TAG

__all__ = ["FileNote", "dublin_core"]


@dataclass(frozen=True)
class FileNote:
    """What a file says of itself."""

    title: str
    description: str = ""
    """Words for those who cannot see the picture."""
    language: str = "en"
    """Of title, description and most of the words in the picture."""
    rights: str = ""
    """Whose data the picture is made of."""
    recipe: str = ""
    """JSON; empty for none."""


def dublin_core(note: FileNote) -> str:
    """Return a note as RDF with Dublin Core's words, as SVG and PDF hold it."""
    language = escape(note.language)

    def words(name: str, text: str) -> str:
        if not text:
            return ""
        return (
            f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
            f"</rdf:Alt></dc:{name}>\n"
        )

    recipe = ""
    if note.recipe:
        recipe = f"<cm:{XML_TAG}>{escape(note.recipe)}</cm:{XML_TAG}>\n"
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:cm="{XML_NAMESPACE}">\n'
        f"{words('title', note.title)}{words('description', note.description)}"
        f"{words('rights', note.rights)}"
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n"
        f"{recipe}</rdf:Description>\n</rdf:RDF>"
    )

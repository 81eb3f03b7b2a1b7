"""Walk through an XML file without entities: start, text and end, each with its line.

A document type is refused outright, since entities live in it: they can grow without end
and name other files. Knows no KML and no GPX.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from corridormap.geo.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corridormap.geo.formats.limits import Limits

__all__ = ["Element", "read_xml", "walk_xml"]


@dataclass(eq=False, slots=True)
class Element:
    """One element: names are without their namespace."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str | Element] = field(default_factory=list)
    """Pieces of its text, and the elements that stand between them."""

    @property
    def text(self) -> str:
        """Its own text, without that of the elements inside."""
        return self.raw_text.strip()

    @property
    def raw_text(self) -> str:
        """The same with the blanks at its ends."""
        return "".join(piece for piece in self.texts if isinstance(piece, str))

    @property
    def whole_text(self) -> str:
        """Its text with that of the elements inside, in order."""
        pieces, left = [], [*reversed(self.texts)]
        while left:
            piece = left.pop()
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                left += reversed(piece.texts)
        return "".join(pieces).strip()

    def child(self, name: str) -> Element | None:
        """Return the first element of a name directly inside, or None."""
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str) -> str:
        """Return the text of the first element of a name directly inside, or nothing."""
        found = self.child(name)
        return found.text if found else ""

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name directly inside."""
        return (child for child in self.children if child.name == name)


def read_xml(data: bytes, *, file: str, limits: Limits) -> Element:
    """Return the root element of an XML file.

    Raises
    ------
    ReadError
        The file is broken, has a document type, or is too large or too deep.
    """
    root = Element("", 0, {})
    stack = [root]
    left = limits.marks // 8  # an element takes more memory than a bracket

    def start(name: str, attributes: dict[str, str], line: int) -> None:
        nonlocal left
        left -= 1 + len(attributes)
        if left < 0 or len(stack) > limits.nesting:
            problem = "too many elements" if left < 0 else "elements nested too deeply"
            raise ReadError("xml-has-too-much", file=file, what=problem, line=line)
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(":")[2], line, plain)
        stack[-1].children.append(element)
        stack[-1].texts.append(element)
        stack.append(element)

    def said(text: str) -> None:
        stack[-1].texts.append(text)

    def end(_name: str) -> None:
        stack.pop()

    walk_xml(data, start, end, said, file=file)
    return root.children[0]


def walk_xml(
    data: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str], None],
    said: Callable[[str], None] | None = None,
    *,
    file: str,
) -> None:
    """Call functions for each element of an XML file, as they come; nothing is kept.

    Parameters
    ----------
    data
        The file.
    start
        Takes the name, the attributes and the line of an element that begins.
    end
        Takes the name of one that ends.
    said
        Takes texts.
    file
        How messages name it.

    Raises
    ------
    ReadError
        The file is broken or has a document type.
    """
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ReadError("xml-declares-document-type", file=file, line=parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse  # type: ignore[assignment]  # it always raises
    parser.StartElementHandler = lambda name, given: start(name, given, parser.CurrentLineNumber)
    parser.EndElementHandler = end
    if said is not None:
        parser.CharacterDataHandler = said
    parser.buffer_text = True
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes no keyword
    except expat.ExpatError as error:
        raise ReadError(
            "xml-is-broken",
            file=file,
            line=error.lineno,
            column=error.offset + 1,
            why=expat.ErrorString(error.code),
        ) from error
    except (LookupError, ValueError) as error:
        raise ReadError("xml-names-unknown-encoding", file=file) from error

"""Say why a part of a page is not its article, by what the part says of itself.

By its tag, its role, and the words of its class and id, in the languages of those who write
templates. Nothing here is final: a part that holds the article is not left out for its name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.article.reading.tree import Part

__all__ = ["REASONS", "own_reason", "speaks_as"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "comments": "readers' comments",
        "menu": "menus and controls",
        "related": "pointers to other pages",
        "advert": "advertisements",
        "notice": "forms, and notices of cookies, letters and logins",
        "beside": "boxes beside the text",
        "foot": "the foot of the page",
        "hidden": "text that the page does not show",
        "copy": "text that stands there twice",
        "apart": "text apart from the article",
    }
)
"""Why text of a page is left out of the article, and in words."""

_BY_TAG = {
    "amp-ad": "advert",
    "amp-consent": "notice",
    "amp-embed": "advert",
    "amp-sidebar": "menu",
    "aside": "beside",
    "button": "menu",
    "dialog": "notice",
    "footer": "foot",
    "form": "notice",
    "nav": "menu",
    "select": "menu",
    "textarea": "menu",
}
_BY_ROLE = {
    "alertdialog": "notice",
    "banner": "menu",
    "complementary": "beside",
    "contentinfo": "foot",
    "dialog": "notice",
    "menu": "menu",
    "menubar": "menu",
    "navigation": "menu",
    "search": "menu",
    "toolbar": "menu",
}
_WORDS = {
    "comments": r"""
        comments?(list|area|box|form|block|section|item|body|text|s)? | disqus.* | livefyre
        | respond | replies | discussions? | talk | kommentare?n? | reviews? | commentaires?
        | comentarios? | commenti | yorum(lar)? | r[eə]y(ler|lər)? | serh(ler)?
        | ş[eə]rhl?[eə]r | otzyvy? | komment(s|arii)? | nazar(at)?
    """,
    "related": r"""
        related(posts|links|articles|news)? | jp-relatedposts | recommend(ed|ations?)?
        | recirc.* | outbrain.* | taboola.* | trending | popular | mostread | readalso
        | seealso | oxsar | benzer | linkbox | popularno
    """,
    "advert": r"""
        ads? | adverts? | advertis(ement|ing) | adslots? | adsbygoogle | adv | banner
        | banners | dfp | sponsor(ed)? | promo(tion|ted)? | reklama? | anzeigen? | werbung
        | publicidad
    """,
    "notice": r"""
        cookies? | cookiebar | consent | gdpr | onetrust | newsletters? | subscribe
        | subscription | signup | login | signin | modal | popup | overlay | lightbox
    """,
    "menu": r"""
        nav | navbar | navigation | .*menu | menus | menyu | breadcrumbs? | pagination
        | pager | toolbar | tags? | tagcloud | share | sharing | sharebar | sharedaddy
        | addthis | addtoany | social | socials | paylas | toc
    """,
    "beside": r"""
        sidebar | widgets
    """,
    "foot": r"""
        (page|site)?foot(er)? | copyrights? | colophon | disclaimer | impressum
    """,
}
_WHOLE = {"widget": "beside", "widget-area": "beside", "see_also": "related", "see-also": "related"}
"""Names that say it only as a whole: builders of pages call all they make a widget."""
_PATTERNS = {
    reason: re.compile(words, re.IGNORECASE | re.VERBOSE) for reason, words in _WORDS.items()
}
_PIECES = re.compile(r"[A-ZƏŞ]?[a-zəşçğıöü]+|[A-Z]+(?![a-z])")
_NOT_ITS_OWN = ("has-", "with-", "no-", "is-", "not-", "tag-", "category-", "wp-embed")
"""Beginnings of names that tell of what a part holds, or is about."""
_NAMED_FOR_ALL = {"body", "html", "main"}
_HEADINGS = {"h1", "h2", "h3"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOOT = re.compile(
    r"©|\(c\) *(19|20)\d\d|all rights reserved|все права защищены|alle rechte vorbehalten"
    r"|tüm hakları saklıdır|bütün hüquqlar|tous droits réservés|derechos reservados"
    r"|(تمامی|کلیه|همه|تمام) *ی? حقوق",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"java ?script", re.IGNORECASE)
_SHORT = 400


def own_reason(part: Part) -> str:
    """Return why a part is not the article, one of `REASONS`; nothing if it does not say."""
    said = part.said
    style = said.get("style", "")
    if "hidden" in said or said.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return "hidden"
    named = ""
    if part.tag not in _NAMED_FOR_ALL and part.tag not in _HEADINGS:
        named = _named(
            f"{said.get('class', '')} {said.get('id', '')} {said.get('data-testid', '')}"
        )
    if named in {"comments", "related", "advert"}:
        return named  # also of an aside or a foot
    return _BY_TAG.get(part.tag) or _BY_ROLE.get(said.get("role", "").lower()) or named


def speaks_as(text: str, *, unscripted: bool) -> str:
    """Return why a block is not the article by its words; nothing if they do not tell.

    Parameters
    ----------
    text
        The block.
    unscripted
        Whether it is shown only where scripts do not run.
    """
    if unscripted and text.startswith("<"):
        return "hidden"  # tags written out as text by the program that saved the page
    if unscripted and _SCRIPT.search(text):
        return "notice"
    return "foot" if len(text) < _SHORT and _FOOT.search(text) else ""


@lru_cache(maxsize=4096)
def _named(names: str) -> str:
    """Return what the words of class and id say; the first kind that one of them names."""
    found = set()
    for name in names[:500].split():
        if name.lower() in _WHOLE:
            found.add(_WHOLE[name.lower()])
        if name.lower().startswith(_NOT_ITS_OWN):
            continue
        words = {*_PIECES.findall(name), *re.split(r"[-_\d]+", name)}
        found |= {kind for kind, pattern in _PATTERNS.items() if any(map(pattern.fullmatch, words))}
    return next((kind for kind in REASONS if kind in found), "")

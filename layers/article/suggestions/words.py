"""Words that speak for or against a capitalised word being a place; tables only."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "COMMON",
    "CONNECTORS",
    "COUNTRY_WORDS",
    "GENERIC",
    "KIND_WORDS",
    "MODIFIERS",
    "WATERS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


KIND_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("bridge", "bridges"), frozenset({"bridge"})),
        **dict.fromkeys(
            ("crossing", "crossings", "checkpoint", "checkpoints", "border", "customs", "terminal"),
            frozenset({"border_crossing", "bridge"}),
        ),
        **dict.fromkeys(
            ("railway", "railways", "railroad", "rail", "line", "track", "train"),
            frozenset({"railway"}),
        ),
        **dict.fromkeys(("road", "highway", "motorway", "expressway"), frozenset({"road"})),
        **dict.fromkeys(("port", "harbour", "harbor"), frozenset({"port"})),
        **dict.fromkeys(("corridor", "route", "leg"), frozenset({"route"})),
        **dict.fromkeys(("power", "electricity"), frozenset({"power_line"})),
        **dict.fromkeys(("pipeline", "pipelines", "gas"), frozenset({"pipeline"})),
        "branch": frozenset({"road", "railway", "route"}),
    }
)
"""What a word after a name says of the kind of the feature."""

MODIFIERS = _set(
    "new old road rail railway border second planned joint common s land sea river"
)  # fmt: skip
"""Words that may stand between a name and the word for its kind."""

GENERIC = _set(
    "autonomous republic embassy of in the and through to by sea leg north south east west"
    " northern southern eastern western central city town station new old side international"
    " first second tripoint mt st saint san port"
)  # fmt: skip
"""Words of features' names that single out none of them."""

WATERS = _set(
    "sea ocean gulf river strait lake channel bay basin mountains coast canal"
)  # fmt: skip

CONNECTORS = _set("of de del la al el on upon am an der e ye i da do")
"""Small words inside the names of places."""

COUNTRY_WORDS = frozenset(
    (
        "america", "usa", "us", "uk", "britain", "uae", "emirates", "holland", "turkey", "turkiye",
        "burma", "europe", "asia", "africa", "eurasia", "caucasus", "middle east", "south korea",
        "north korea", "korea", "czech republic", "soviet union", "ussr", "russian federation",
        "islamic republic", "persia", "england", "scotland", "wales", "ivory coast",
        "united states",
        "central asia", "south caucasus", "eu", "republic", "union", "congo", "macedonia",
    )
)  # fmt: skip
"""Countries and parts of the world beside the names that the gazetteer gives."""

COMMON = _set(
    """
    a about above according across after again against all almost along already also although
    always among an and another any are around as at away back be because been before began
    behind being below besides best better between beyond big both bridge build built but by
    call can central certain change city close cold commerce committee common compared
    construction contract corridor could country cross customs day days deep despite did do does
    done down due during each early earlier east eastern economic either electric else end
    engineers enough even ever every everyone everything example experts far few final finally
    first five following for foreign four fresh from full further general given goods government
    great group had half hard has have he head health hence her here high highway his hope how
    however if important in indeed industry inside instead international into is it its joint
    just keep key lack large last late later law lead least left less let life light like line
    local long look lorries lower made main major make many map market may maybe meanwhile
    middle might mobile money more moreover most mountain much must name national near nearly
    neither never nevertheless new news next nice night nine no nobody none nor north northern
    not nothing now of off officials often old on once one only open or other others otherwise
    our out outside over own parliament part people perhaps plans police poor port power
    president prime private project public rail railway railways rather reading ready real red
    regional report reports rich right river road route rules same says sea second security see
    seven several she ship ships short should side since six small so some someone something
    soon south southern spring state states station still stop street such sum summer sun
    surprise take talks ten than thanks that the their them then there therefore these they
    thing think third this those though three through thus time to today together tomorrow tons
    too toward towards town trade traffic trains transit transport travel trucks two under union
    united unless unlike until up upon us usual very via view villages war was water way we
    weather well were west western what whatever when where whether which while white who whose
    why wide will winter with within without women work workers world would year years yes yet
    yesterday you young your
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """
)
"""Words that begin sentences or stand in titles far more often than they name a place."""

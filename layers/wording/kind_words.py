"""What the kinds of features are called in files that people have, by language.

A word stands for one kind only; one that may mean two is left to the user. Holds words and
decides nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS_OF_KINDS"]

# English, German, Spanish, French, Turkish, Azerbaijani, Russian, Persian.
_WORDS = {
    "border_crossing": "border post, border checkpoint, crossing point; grenzübergang; paso "
    "fronterizo; poste frontière; sınır kapısı; sərhəd keçid məntəqəsi; пункт пропуска, "
    "погранпереход; گذرگاه مرزی",
    "bridge": "brücke; puente; pont; köprü; körpü; мост; پل",
    "road": "highway, motorway; straße, strasse; carretera; karayolu; avtomobil yolu; "
    "дорога, автодорога; جاده",
    "railway": "railroad, rail line; eisenbahn, bahnstrecke; ferrocarril; chemin de fer; "
    "demiryolu; dəmir yolu; железная дорога; راه آهن",
    "power_line": "transmission line; stromleitung; línea eléctrica; ligne électrique; "
    "elektrik hattı; elektrik xətti; лэп, линия электропередачи; خط برق",
    "pipeline": "gas pipeline, oil pipeline; rohrleitung; gasoducto, oleoducto; gazoduc, oléoduc; "
    "boru hattı; boru kəməri; трубопровод, газопровод, нефтепровод; خط لوله",
    "town": "city, village; stadt; ciudad; ville; şehir; şəhər; город; شهر",
    "port": "seaport, harbour, harbor; hafen, seehafen; puerto; liman; порт; بندر",
    "airport": "flughafen; aeropuerto; aéroport; havalimanı; hava limanı; аэропорт; فرودگاه",
    "dam": "staudamm, talsperre; presa; barrage; baraj; bənd; плотина; سد",
    "junction": "rail junction; eisenbahnknoten; nudo ferroviario; железнодорожный узел",
    "station": "train station, rail station; bahnhof; estación, estación de tren; gare; "
    "istasyon, tren istasyonu, gar; dəmir yolu stansiyası; железнодорожная станция, вокзал; "
    "ایستگاه راه آهن",
    "ferry": "ferry line, ferry route; fähre, fährlinie; transbordador, ferri; bac; feribot; "
    "bərə; паром; فری",
    "tunnel": "túnel; tünel; тоннель, туннель; تونل",
    "terminal": "cargo terminal; güterterminal; terminal de carga; terminal de fret; yük "
    "terminali; грузовой терминал; پایانه بار",
    "dry_port": "inland port, inland container depot; trockenhafen; puerto seco; port sec; kara "
    "limanı; quru liman; сухой порт; بندر خشک",
    "warehouse": "storehouse; lagerhaus, lagerhalle; almacén; entrepôt; antrepo; anbar; склад; "
    "انبار",
    "mine": "colliery; bergwerk; mina; maden; mədən; рудник, шахта; معدن",
    "free_zone": "free trade zone, free economic zone; freihandelszone; zona franca; zone franche; "
    "serbest bölge; azad zona; свободная экономическая зона; منطقه آزاد",
}

WORDS_OF_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        kind: tuple(word.strip() for words in said.split(";") for word in words.split(","))
        for kind, said in _WORDS.items()
    }
)
"""Other words for a kind, in small letters; its id and its label are not among them."""

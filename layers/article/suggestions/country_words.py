"""Countries and their people as texts in six languages name them; a table and its look-up.

English names of countries come from the gazetteer; here stand what belongs to them, and the
names in Russian, Azerbaijani, Turkish, Persian and Spanish.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import country_names
from corridormap.layers.article.passages.text import normalise, words_of
from corridormap.layers.article.suggestions.names import folded, stems

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["country_of"]

_TABLE = """
AE emirati оаэ эмират birleşik امارات emiratos
AF afghan afghans афган әфган afganıstan efqanıstan əfqanıstan afganistan افغانستان افغان afgano
AM armenian armenians армен армян ermənistan ermenistan ارمنستان ارمنی armenio
AR argentine argentinian argentines аргентин argentina argentino argentinos argentinas
AT austrian austrians австри avstriya avusturya اتریش
AU australian australians австрали avustralya استرالیا
AZ azerbaijani azerbaijanis azeri азербайджан азәрбајҹан azərbaycan azerbaycan آذربایجان azerbaiyán
BG bulgarian bulgarians болгар bolqarıstan bulgaristan بلغارستان
BO bolivian bolivians боливи bolivianos boliviano boliviana
BR brazilian brazilians бразили brasil brezilya برزیل brasileño brasileños
BY belarusian belarusians белорус беларус belarus بلاروس
CA canadian canadians канад kanada کانادا canadá canadiense canadienses
CH swiss швейцар isveçrə isviçre سوئیس suiza
CL chilean chileans чили şili شیلی chileno chilenos
CN chinese китай кита çin چین چینی chino chinos china
CO colombian colombians колумби kolombiya کلمبیا colombiano colombianos
CZ czech czechs чехи чеш çexiya çekya
DE german germans герман немец almaniya almanya آلمان آلمانی alemania alemán
EG egyptian egyptians египет египт misir mısır مصر egipto
ES spanish spaniards испани ispaniya ispanya اسپانیا españa español españoles
ET ethiopian ethiopians эфиопи etiopiya اتیوپی etiopía
FI finnish finns финлянд финск finlandiya finlandiya فنلاند
FR french франци француз fransa فرانسه francia francés franceses
GB british britons британи великобритани britaniya ingiltere بریتانیا انگلیس gran bretaña
GE georgian georgians грузи грузин gürcüstan gürcistan gürcü گرجستان گرجی
GR greek greeks греци yunanıstan yunanistan یونان grecia
HU hungarian hungarians венгри macarıstan macaristan مجارستان hungría
ID indonesian indonesians индонези indoneziya endonezya اندونزی
IL israeli israelis израил israil اسرائیل
IN indian indians индия индии индию индий hindistan هند هندی
IQ iraqi iraqis ирак iraq irak عراق عراقی
IR iranian iranians иран ирански iran ایران ایرانی irán iraní iraníes
IT italian italians итали italiya italya ایتالیا italia
JP japanese япони yaponiya japonya ژاپن japón
KE kenyan kenyans кени keniya kenya کنیا
KG kyrgyz киргиз кыргыз qırğızıstan kırgızistan قرقیزستان
KZ kazakh kazakhs kazakhstani казахстан qazaxıstan kazakistan قزاقستان kazajistán
LB lebanese ливан livan lübnan لبنان líbano
LT lithuanian lithuanians литв litva litvanya لیتوانی
LV latvian latvians латви latviya letonya لتونی
LY libyan libyans ливи liviya libya لیبی
MA moroccan moroccans марокк mərakeş fas مراکش marruecos
MD moldovan moldovans молдов молдав moldova مولداوی
MN mongolian mongolians монголи monqolustan moğolistan مغولستان
MX mexican mexicans мексик meksika مکزیک méxico mexicano mexicanos mexicana
NG nigerian nigerians нигери nigeriya nijerya نیجریه
OM omani omanis оман oman عمان
PE peruvian peruvians перу perú peruano peruanos peruana
PK pakistani pakistanis пакистан pakistan پاکستان
PL polish poles польш polşa polonya لهستان polonia
PT portuguese португали portuqaliya portekiz پرتغال
QA qatari qataris катар qətər katar قطر
RO romanian romanians румын rumıniya romanya رومانی
RS serbian serbians серби serbiya sırbistan صربستان
RU russian russians росси россии русск rusiya rusya روسیه روس روسی rusia ruso rusos
SA saudi saudis саудовск səudiyyə suudi عربستان
SY syrian syrians сири suriya suriye سوریه siria
TJ tajik tajiks таджик tacikistan تاجیکستان
TM turkmen turkmens туркмен türkmənistan türkmenistan ترکمنستان
TR turkish turks турци турецк турок türkiyə türkiye türk ترکیه ترک turquía turco
TZ tanzanian tanzanians танзани tanzaniya tanzanya تانزانیا
UA ukrainian ukrainians украин ukrayna اوکراین ucrania
US american americans сша америк abş abd amerika آمریکا estadounidense estadounidenses
UZ uzbek uzbeks узбек özbəkistan özbekistan ازبکستان
VE venezuelan venezuelans венесуэл venesuela ونزوئلا venezolano venezolanos
VN vietnamese вьетнам vyetnam vietnam ویتنام
ZA south african южноафрикан
ZM zambian zambians замби zambiya
CM cameroonian cameroonians камерун kamerun
"""
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_REST = re.compile(r"ц\w{0,3}|\w{0,2}ск\w{0,4}|\w{0,3}")
_BELONGING = ("li", "lu", "lilar", "liler", "lular", "luler")
_LEAST = 4


@cache
def _known() -> Mapping[str, str]:
    out = {}
    for iso, name in country_names().items():
        out[" ".join(map(folded, words_of(normalise(name).text).words))] = iso
    for line in _TABLE.split("\n"):
        iso, *words = line.split() or [""]
        out.update(dict.fromkeys(map(folded, words), iso))
    return MappingProxyType(out)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word for word in _known() if _CYRILLIC.search(word))


@lru_cache(maxsize=4096)
def country_of(word: str, *, turkic: bool) -> str:
    """Return the ISO code of the country that a folded word names or belongs to, or "".

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    known = _known()
    if word in known:
        return known[word]
    if _CYRILLIC.search(word):
        for size in range(len(word) - 1, _LEAST - 1, -1):
            if word[:size] in _beginnings() and _REST.fullmatch(word[size:]):
                return known[word[:size]]
    elif turkic:
        for stem in stems(word, turkic=True):
            for end in ("", *_BELONGING):
                if stem.endswith(end) and stem.removesuffix(end) in known and len(stem) > _LEAST:
                    return known[stem.removesuffix(end)]
    return ""

"""Words that tell, in six languages, what stands beside them; tables only.

English, Russian, Azerbaijani, Turkish, Persian and Spanish. Words are folded, and of a word
with endings the beginning stands here, marked with a star.
"""

from __future__ import annotations

import re

from corridormap.layers.article.suggestions.names import folded

__all__ = [
    "ARTICLES",
    "COMMON_ABROAD",
    "DATES",
    "FUNCTION",
    "GEOGRAPHIC",
    "OF_BEFORE",
    "PEOPLE_AFTER",
    "PEOPLE_BEFORE",
    "PLACES_BEFORE",
    "THINGS_AFTER",
    "THINGS_BEFORE",
    "WATERS_AFTER",
    "WATERS_BEFORE",
]


class Words:
    """A set of folded words, some by their beginnings."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self._whole = frozenset(folded(w) for w in words if not w.endswith("*"))
        begun = [folded(w[:-1]) for w in words if w.endswith("*")]
        self._begun = re.compile("|".join(map(re.escape, begun)) if begun else r"(?!)")

    def __contains__(self, word: str) -> bool:
        return word in self._whole or self._begun.match(word) is not None


PEOPLE_BEFORE = Words("""
    mr mrs ms miss dr sir lady lord dame president minister secretary premier ambassador
    chairman
    chairwoman chair director general governor king queen sheikh professor engineer spokesman
    spokeswoman spokesperson judge captain deputy ayatollah colonel consultant analyst surveyor
    manager senator mayor member councillor lawyer economist expert adviser advisor broker
    officer inspector driver founder owner trader chief commissioner clerk activist pilot
    skipper
    farmer historian researcher scientist architect planner foreman stationmaster
    директор* министр* президент* эксперт* аналитик* перевозчик* инженер* капитан* глава
    губернатор*
    господин* госпожа депутат* начальник* представител* экономист* хозяйк* хозяин* посол юрист*
    водитель диспетчер* мэр
    nazir nazirinin nümayəndəsi iqtisadçı cənab xanım direktor* müdiri rəhbəri prezident*
    mühəndis*
    ekspert sədri səfir* deputat* sürücü
    bay bayan başkanı müdür müdürü bakan bakanı vali valisi sözcüsü uzman uzmanı mühendis*
    kaptan*
    sayın şoför müsteşarı temsilcisi
    آقای خانم دکتر مهندس وزیر رئیس مدیر سخنگوی سردار ژنرال کارشناس نماینده استاندار
    ministro ministra diputado diputada señor señora don doña ingeniero ingeniera director
    directora dirigente alcalde alcaldesa gobernador gobernadora doctor doctora presidente
    presidenta senador senadora capitán capitana analista economista abogado abogada portavoz
    vocero vocera gerente secretario secretaria experto experta
""")
"""Titles and trades, right before a person's name."""

THINGS_BEFORE = Words("""
    ferry ship vessel tanker tug barge boat yacht freighter steamer liner dredger icebreaker
    called
    named brand firm company café cafe hotel restaurant bank magazine newspaper
    теплоход* судно паром* танкер* сухогруз* буксир* ледокол* фирм* компани* кафе гостиниц*
    отел*
    ресторан* банк банка газет* журнал* оператор*
    gəmisi bərəsi tankeri
    شرکت کشتی بانک هتل روزنامه مؤسسه موسسه گروه ناو لنج
    firma empresa banco buque nave transportes hotel compañía barco naviera diario grupo
    transbordador
    consorcio cooperativa
""")
"""Of ships, firms and brands, right before a name."""

THINGS_AFTER = Words("""
    agency group company bank ministry ltd inc llc plc foundation university institute holding
    corporation convention treaty declaration protocol accord agreement charter express
    logistics
    shipping lines trading consult consulting foods works union association bureau
    committee council court embassy airlines airways energy motors steel mills brokers haulage
    trade
    consortium
    holdinq holdinqi şirkəti şirkətinin bankı nazirliyi universiteti gəmisi bərəsi
    holding şirketi bankası nakliyat taşımacılık lojistik adlı inşaat üniversitesi anlaşması
    sözleşmesi gemisi feribotu grubu
    логистик* холдинг* банк
    logística sa srl
""")
"""Of firms, treaties and institutions, right behind a name."""

PEOPLE_AFTER = Words("""
    said says told added wrote noted explained argued joked
    сказал сказала заявил заявила считает говорит отметил сообщил сообщила
    bildirib dedi deyib söyledi belirtti açıkladı
    dijo explicó pidió afirmó
""")

OF_BEFORE = Words("""
    treaty convention declaration bank university battle agreement accord ministry institute
    club house
""")
"""With "of" between, before a name that is then no place of the news."""

WATERS_BEFORE = Words("""
    lake river sea gulf strait bay cape mount river
    рек* озер* море залив* пролив* канал*
    دریای رود رودخانه دریاچه خلیج تنگه
    río lago laguna golfo mar estrecho
""")

WATERS_AFTER = Words("""
    sea ocean gulf river rivers strait channel basin mountains canal lake darya
    море моря морю морем озер* рек* залив*
    dəniz* denizi denizinde denizin çayı çayının çayında gölü gölünün gölünde göl körfəzi
    körfezi
    nehri nehrinin ırmağı kanalı
""")

GEOGRAPHIC = Words("""
    province city town village district region county port harbour harbor station airport bay
    border
    bridge road railway rail highway line crossing checkpoint terminal valley oblast raion
    island
    metro suburb square junction yard gate depot north south east west northern southern eastern
    western central greater new old upper lower
    limanı limanına limanında limanından limanları stansiyası stansiyasından stansiyasına rayonu
    şəhəri şəhərində kəndi keçid dəmir
    limanı limanında istasyonu ili ilçesi köyü kapısı sınır otoyolu demiryolu valiliği
    belediyesi
    порт* станц* город* област* край района аэропорт*
""")
"""Words that belong to a place and to nothing else: they speak for the name beside."""

PLACES_BEFORE = Words("""
    in at near from to via through between towards toward outside around into reached reaches
    reach
    leaves left beyond past port city town village station district province harbour capital
    из в во на до от через под к у ко порт* станци* город* село посёл* област* терминал*
    از به در تا بندر شهر استان ایستگاه مسیر روستای جاده فرودگاه مرز گمرک شهرستان
    en de desde hacia hasta entre a puerto ciudad
""")

FUNCTION = Words("""
    a an and as at been but by for from had has have he her his if in into is it its may must
    no not
    of on or our she so than that the their then there they this to too until up was we were
    when
    where which while who will with would can could should might did does do are be also after
    before
    during since under over about between through near now still again
    и а но что как не он она они его её их это из в во на до от через под к у с со о об за для
    при
    ve ile də da ki isə amma ancak ise için de bu o
    y o u que con sin por para el la los las un una en de del al a desde hasta entre hacia su
    sus se
    no ha han es son fue
""")
"""Small words and auxiliaries: no name goes on through them."""

ARTICLES = frozenset(("the", "el", "al", "del"))
"""Before the names of rivers, ships and newspapers, but not of towns."""

DATES = Words("""
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter ramadan nowruz novruz
    yanvar fevral mart aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr
    ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند نوروز
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
""")
"""Months, days and feasts."""

COMMON_ABROAD = Words("""
    дорог* кафе груз* порт* поезд* станци* компани* фирм* теплоход* водител* экспорт* директор*
    новы*
    перв* втор* такж* затем когда после перед однако если этот эта эти мост* путь пути работ*
    строит*
    част* цены цена суд* рынок рынк* граница границ* таможн* зерно уголь раньше осень зима
    весна лето
    по при под над за
    yük yol yolun yeni layihə* körpü* liman* qatar* sürücü* karşı karşısı bazı bir türk tren*
    gemi*
    liman* kamyon* ordu yetkili* şimdi sonra ancak demiryolu sınır kapı* yollar xətt* növbəti
    yerli
    yapı dağ dəniz deniz göl çay ada orta son büyük ilk gümrük* şirk* geçen
    کار بندر راه راه‌آهن شرکت خط جاده بار پل مرز کشتی دریا کشور شهر استان آن این او ما سال روز
    ماه
    گفت است بود شد شده کرد کرده خواهد دارد ندارد باید می‌شود پایان آغاز بازرگانان رانندگان
    کارشناسان
    محلی وزیر مدیر آقای خانم طرح سخنگوی گندم کود برق جنوب شمال شرق غرب مرکز نیز اما اگر پس پیش
    بعد
    همه هر یک دو سه چهار پنج شش هفت هشت نه ده هزار میلیون دولار قطار ایستگاه گمرک وام آب سطح آذر
    خرید فروش باران برف پاییز بهار تابستان زمستان هفته صبح شب کالا گاز نفت آهن آباد نو کنار
    کیلومتر کامیون کامیون‌ها جدیدی مسیر هستند باقی روس هند بخشی خود زمین کمک ساخت تعمیر وصل
    بندری
    paso puente camino carretera tren camiones carga puerto aduana nave banco firma empresa
    todo hoy
    ayer primer segundo desde hasta transportes comerciantes vecinos gobierno provincia
""")
"""Common words that the gazetteer has as places: of languages other than English."""

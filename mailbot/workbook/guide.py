"""Sheet Uitleg: one page for who works with the workbook. What mailbot does, what is hers, what mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.workbook import generated_block, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import GUIDE, SHEETS, Layout
from mailbot.xlsx.cell import wrapped_lines
from mailbot.xlsx.package import drop
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: Of its one column, in characters: with room to spare on upright A4, in the fonts of any program.
_WIDTH = 80
#: What it was before, which ran off the paper.
_FORMER_WIDTH = 92
_TITLE = Style(size=18, bold=True, colour="33566F")
_HEADING = Style(size=13, bold=True, colour="33566F", border="b", vertical="center")
_WORDS = Style(TEXT, wrap=True, vertical="top")

#: Headings with what stands below them; {names} are keys of ``SHEETS``: what a sheet is called here.
_OF_AN_EVENT = (
    (
        "Wat mailbot doet",
        (
            "mailbot leest de mails in de mailbox, noteert wie komt, antwoordt wie mailde en werkt dit "
            "werkboek bij. Dat gebeurt vanzelf, binnen een minuut nadat u het werkboek sluit.",
            "Wat mailbot niet zeker weet, doet het niet. Dat staat op het blad {cases}, en daar beslist u.",
        ),
    ),
    (
        "Wat van u is",
        (
            "Op {participants} mag u alles verbeteren wat op het formulier staat, en ook Status, Aanwezig "
            "en Bevestiging sturen. Wat u typt, wint van wat iemand mailde. Zegt een latere mail iets "
            "anders, dan vraagt mailbot het u.",
            "Typt u neen onder Ik neem deel (of hoe uw formulier dat noemt), dan wordt die persoon "
            "Verontschuldigd; met ja is hij of zij weer ingeschreven.",
            "Een rij bijtypen schrijft iemand in: een naam volstaat. Nr, Ontvangen, Gewijzigd en Ingestuurd "
            "door vult mailbot in; wat u daar typt, wordt teruggezet.",
            "Wie u op Wachtlijst zet terwijl er plaats is, wacht tot u Status weer wijzigt. Lijkt een adres "
            "dat u typt op een tikfout, dan staat dat op {cases} en vertrekt er niets naartoe.",
            "Een rij wissen meldt die persoon af. Zet u de rij terug, of kiest u op {cases} ongedaan maken, "
            "dan is alles weer zoals het was. Staat iemand twee keer in de lijst, wis dan gerust de dubbele "
            "rij.",
            "Zijn Nr en Gewijzigd blauw, dan is die rij nieuw of gewijzigd, vandaag of gisteren. De kleur "
            "van Status hoort bij wat er staat, van groen voor ingeschreven tot rood voor te laat.",
            "Eigen kolommen en bladen, kleuren, filters, nota’s, breedtes en volgorde blijven zoals u ze "
            "maakt. Sorteren mag altijd.",
        ),
    ),
    (
        "Wat mailt, en wat niet",
        (
            "Wat u op {participants} typt, mailt niemand. Zet u ja onder Bevestiging sturen, dan hoort die "
            "persoon wat u veranderde.",
            "Een beslissing op {cases} kan wel mailen: aanvaarden, op wachtlijst en weigeren vertellen het "
            "aan wie mailde, navragen stuurt uw vraag, versturen stuurt wat klaarstaat. Afgehandeld mailt "
            "niemand.",
            "Toelichting gaat letterlijk mee in die mail. Een nota voor uzelf zet u beter in een eigen "
            "kolom.",
            "Wat een beslissing precies mailt, leest u vooraf op het blad {previews}; daarna zegt de rij "
            "zelf wat naar wie ging. Ze blijft grijs staan tot de volgende overzichtsmail: tot dan kunt u "
            "ongedaan maken kiezen. Wie een mail kreeg, krijgt dan één rechtzetting.",
            "Naar velen gaat niets vanzelf: altijd zegt u eerst versturen.",
        ),
    ),
    (
        "Een mail aan velen",
        (
            "Op {mailings} is elke rij een mail aan velen. Vul Aan wie, Onderwerp en Tekst in en bewaar. "
            "mailbot toont ernaast wie de mail krijgt en hoe hij eruitziet, en op {previews} de hele mail. "
            "Klopt het, kies dan versturen. Met proef aan mezelf krijgt u hem eerst zelf.",
            "Aan wie kan ook de naam zijn van een eigen blad met de kolommen E-mail en Naam (een "
            "uitnodiging bijvoorbeeld, met Bijlagen op formulieren), of van een eigen kolom op "
            "{participants} waarin u ja zet. Een rij gaat naar hoogstens 500 adressen, nooit twee keer met "
            "dezelfde tekst naar één adres.",
        ),
    ),
    (
        "De andere bladen",
        (
            "{overview}, {attendance} en {badges} tekent mailbot telkens opnieuw. Wat u ernaast of eronder "
            "zet, blijft. {log} zegt wat er gebeurde, wanneer en waarom.",
            "Onderaan {overview} kiest u een lijst die u als bestand wilt doorsturen (Word en Excel): ze "
            "staat dan in de map lijsten.",
        ),
    ),
    (
        "Als er iets misloopt",
        (
            "Zolang het werkboek openstaat, schrijft mailbot er niet in; ernaast staat dan een kopie met de "
            "stand van die dag. Mails worden intussen gewoon beantwoord, en wat u bewaart, telt.",
            "De laatste tien versies staan in de map versies. Is het werkboek weg of beschadigd, dan zet "
            "mailbot het terug en staat op {cases} wat er gebeurde.",
        ),
    ),
)
_OF_NONE = (
    (
        "Wat hier staat",
        (
            "Op {cases} staat wat bij geen enkele bijeenkomst hoort, of bij een van meerdere: kies de "
            "bijeenkomst en uw beslissing. De rij wordt grijs zodra ze is uitgevoerd, en verdwijnt met de "
            "volgende overzichtsmail; tot dan kunt u ongedaan maken kiezen.",
            "Aanvaarden, weigeren en navragen mailen wie schreef; Toelichting gaat letterlijk mee in die "
            "mail. Afgehandeld mailt niemand.",
            "Op {inbox} staat elke gewone mail die op u wacht, tot u hem beantwoordt, verplaatst of wist. "
            "Gaat hij toch over een inschrijving, kies dan een beslissing en voor wie: mailbot voert ze "
            "uit. Wat ze mailt, leest u vooraf op {previews}.",
            "Eigen kolommen, bladen en kleuren blijven zoals u ze maakt.",
        ),
    ),
)


_OF_THE_EVENTS = (
    (
        "Wat hier staat",
        (
            "Op {events} staat elke bijeenkomst op een rij. Wat u er typt, neemt mailbot over binnen een "
            "minuut nadat u bewaart en sluit. Elke bijeenkomst heeft daarnaast een eigen werkboek, met een "
            "eigen blad Uitleg.",
            "Wat niet kan, kleurt rood. Onder Melding staat alles wat er in die rij mis is. Tot u het "
            "verbetert, geldt wat er voordien stond.",
            "Eigen kolommen, bladen, kleuren en breedtes blijven zoals u ze maakt. Sorteren mag.",
        ),
    ),
    (
        "Een nieuwe bijeenkomst",
        (
            "Kopieer de rij van de vorige, wijzig datum en plaats, en laat Kenmerk staan: mailbot geeft de "
            "nieuwe een eigen kenmerk. Wat u in die rij leeg maakt, heeft de nieuwe niet.",
            "Schrijf bij Begin ook het uur: 3/12/2026 14:00, of do 3 december 2026 14u. Bij Einde volstaat "
            "het uur (17u), bij Uiterste inschrijfdag de dag; die telt tot middernacht.",
            "Contactpersonen: per regel naam, telefoon en e-mail, met komma’s ertussen.",
        ),
    ),
    (
        "Wijzigen en annuleren",
        (
            "Een andere datum of plaats, of ja onder Geannuleerd, mailt nog niemand. In het werkboek van die "
            "bijeenkomst staat dan op Te behandelen een mail klaar, en u kiest versturen of niet versturen.",
            "Een rij wissen schrapt geen bijeenkomst: ze komt terug. Zet ja onder Geannuleerd.",
            "Praktische informatie en Bedanking zijn teksten voor wie komt. mailbot zet ze op tijd klaar op "
            "Berichten in het werkboek van de bijeenkomst; versturen doet u.",
        ),
    ),
    (
        "Het formulier",
        (
            "Kies onder Formulier een formulier uit de lijst.",
            "Hebt u een eigen formulier (Word, PDF, OpenDocument of Excel), leg het dan blanco naast dit "
            "bestand en schrijf de naam ervan onder Eigen formulier. Er komt een blad bij met elke vraag die "
            "herkend werd: verbeter wat niet klopt en schrijf akkoord in de kolom Akkoord. Tot dan wachten "
            "de mails voor die bijeenkomst.",
        ),
    ),
    (
        "Het seizoen",
        (
            "Zodra er een bijeenkomst voorbij is, telt {season} wie ingeschreven, aanwezig en "
            "verontschuldigd was: per bestuur en per soort functie, nooit per persoon.",
        ),
    ),
    (
        "Als er iets misloopt",
        (
            "Zolang dit bestand openstaat, schrijft mailbot er niet in; wat u bewaart, telt wel.",
            "Is het weg of beschadigd, wis het dan: mailbot maakt het opnieuw. Alleen eigen kolommen en "
            "bladen komen zo niet terug.",
        ),
    ),
)


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet: A4, upright, one page."""
    theme.columns(sheet, (_WIDTH,))
    theme.view(sheet, grid=False)
    theme.paper(sheet, title=title, landscape=False, pages_high=1)


def write(sheet: Worksheet, layout: Layout) -> None:
    """Draws the page, where it does not say so already."""
    if round(theme.width(sheet, 1)) == _FORMER_WIDTH and (columns := sheet.section("cols")) is not None:
        drop(columns)
        theme.columns(sheet, (_WIDTH,))
    names = {key: layout.sheet(name) for key, name in SHEETS.items()}
    _draw(sheet, _OF_AN_EVENT if layout.event else _OF_NONE, names)


def draw_of_events(book: Workbook, events: str, season: str) -> None:
    """Draws the page of ``bijeenkomsten.xlsx``, of which two sheets are named. Raises ``DamagedError``."""
    sheet = book.sheet(GUIDE)
    if sheet is None:
        sheet = book.add_sheet(GUIDE)
        create(sheet, GUIDE)
    _draw(sheet, _OF_THE_EVENTS, {"events": events, "season": season})


def _draw(
    sheet: Worksheet, sections: Iterable[tuple[str, tuple[str, ...]]], names: Mapping[str, str]
) -> None:
    lines = [BlockLine(("Hoe dit werkboek werkt",), (_TITLE,), 30)]
    for heading, texts in sections:
        lines += [BlockLine(), BlockLine((heading,), (_HEADING,), 24)]
        for text in texts:
            words = text.format(**names)
            lines.append(BlockLine((words,), (_WORDS,), 5 + 15 * wrapped_lines(words, _WIDTH)))
    generated_block.draw(sheet, lines, 1)

"""What the secretary reads on the sheet ``Uitleg`` of each workbook, in Dutch."""

from __future__ import annotations

TITLE = "Hoe dit werkboek werkt"

#: Headings with what stands below them; {names} are keys of ``SHEETS``: what a sheet is called here.
OF_AN_EVENT = (
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
            "Naar velen gaat niets vanzelf: u kiest altijd eerst zelf versturen.",
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
            "stand van die dag, om te lezen: wat u in die kopie typt, telt niet. Mails worden intussen "
            "gewoon beantwoord, en wat u in het werkboek bewaart, telt.",
            "De laatste tien versies staan in de map versies. Is het werkboek weg of beschadigd, dan zet "
            "mailbot het terug en staat op {cases} wat er gebeurde.",
        ),
    ),
)
OF_NONE = (
    (
        "Wat hier staat",
        (
            "Op {cases} staat wat bij geen bijeenkomst hoort, of bij meer dan één kan horen: kies de "
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


OF_THE_EVENTS = (
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

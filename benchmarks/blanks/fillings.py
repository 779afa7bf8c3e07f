"""What stands on the copies of the forms that ``draw`` draws: invented people, one filling for each way.

A filling is keyed as the fields of its form are (``FIELDS``); ``people`` holds what a row of its own says.
"""

from __future__ import annotations

from typing import Any

Filling = dict[str, Any]

FIELDS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "walkers": {
        "group": ("Naam van de groep", ()),
        "contact": ("Contactpersoon", ()),
        "phone": ("GSM", ()),
        "email": ("E-mail", ()),
        "transport": ("Vervoer", ("met de bus", "met eigen wagen")),
        "plate": ("Nummerplaat", ()),
        "iban": ("Rekeningnummer voor terugbetaling", ()),
        "last": ("Naam", ()),
        "first": ("Voornaam", ()),
        "born": ("Geboortedatum", ()),
        "walk": ("Afstand (10 of 20 km)", ()),
        "member": ("Lid (ja/nee)", ()),
    },
    "snow": {
        "pupil": ("Naam en voornaam van de leerling", ()),
        "class": ("Klas", ()),
        "born": ("Geboortedatum", ()),
        "national": ("Rijksregisternummer", ()),
        "parent1": ("Naam en voornaam", ()),
        "parent2": ("Naam en voornaam", ()),
        "phone1": ("Gsm", ()),
        "phone2": ("Gsm", ()),
        "email1": ("E-mailadres", ()),
        "email2": ("E-mailadres", ()),
        "doctor": ("Huisarts", ()),
        "doctor_phone": ("Tel. huisarts", ()),
        "comes": ("Mijn kind neemt deel", ("JA", "NEEN")),
        "meal": ("Maaltijden", ("gewoon", "vegetarisch", "halal")),
        "ski": ("Skiniveau", ("beginner", "gevorderd", "expert")),
        "medicine": ("Neemt medicatie", ()),
        "shoe": ("Schoenmaat", ()),
        "done_at": ("Gedaan te", ()),
        "done_on": ("op", ()),
    },
    "market": {
        "club": ("Naam vereniging of zaak", ()),
        "applicant": ("Aanvrager (naam en voornaam)", ()),
        "street": ("Straat en huisnummer", ()),
        "town": ("Postcode en gemeente", ()),
        "email": ("E-mail", ()),
        "phone": ("Telefoon", ()),
        "iban": ("IBAN", ()),
        "sells": ("Wat verkoopt u?", ()),
        "metres": ("Aantal lopende meter", ()),
        "stall": ("Kraam", ("eigen kraam", "kraam van de stad")),
        "power": ("Elektriciteit nodig", ("ja", "nee")),
        "days": ("Aanwezig op", ("vrijdag", "zaterdag", "zondag")),
        "remarks": ("Opmerkingen", ()),
    },
    "export": {
        "company": ("Bedrijf", ()),
        "vat": ("Btw-nummer", ()),
        "street": ("Straat + nr.", ()),
        "town": ("Postcode + plaats", ()),
        "membership": ("Lidmaatschap", ()),
        "last": ("Achternaam", ()),
        "first": ("Voornaam", ()),
        "role": ("Functie", ()),
        "email": ("E-mail", ()),
        "morning": ("Ochtend", ()),
        "lunch": ("Lunch", ()),
        "afternoon": ("Namiddag", ()),
        "invoice_to": ("Factuur t.a.v.", ()),
        "invoice_mail": ("E-mail facturatie", ()),
        "order": ("PO-nummer", ()),
    },
    "archives": {
        "last": ("Naam / Nom", ()),
        "first": ("Voornaam / Prénom", ()),
        "house": ("Instelling / Institution", ()),
        "role": ("Functie / Fonction", ()),
        "email": ("E-mail / Courriel", ()),
        "phone": ("Telefoon / Téléphone", ()),
        "language": ("Taal / Langue", ("Nederlands", "Français", "English")),
        "session1": ("Sessie 1 (10.30 u.)", ("A. Digitaal depot", "B. Publiekswerking", "C. Bouwprojecten")),
        "session2": ("Sessie 2 (14.00 u.)", ("D. Auteursrecht", "E. Vrijwilligers")),
        "lunch": ("Broodjeslunch / Lunch", ("ja", "nee")),
        "diet": ("Dieet / Régime", ()),
        "invoice_name": ("Naam instelling", ()),
        "invoice_address": ("Adres", ()),
        "invoice_vat": ("Btw-nummer", ()),
        "invoice_mail": ("E-mail facturatie", ()),
    },
}


def _rows(keys: str, *rows: tuple[str, ...]) -> list[Filling]:
    return [{k: x for k, x in zip(keys.split(), row, strict=True) if x} for row in rows]


_WALKER = "last first born walk member"
WALKERS: list[Filling] = [
    {
        "group": "De Vrolijke Stappers", "contact": "Rita Vermeulen", "phone": "0474 21 33 80",
        "email": "rita.vermeulen@post.example", "transport": "met de bus", "iban": "BE71 0961 2345 6769",
        "people": _rows(_WALKER, ("Vermeulen", "Rita", "12/04/1958", "10 km", "ja"),
                        ("Van Hove", "Jozef", "3-11-1955", "10 km", "ja"),
                        ("Ceulemans", "Linda", "", "20 km", "nee")),
    },
    {
        "group": "Gezin Adriaensen", "contact": "Adriaensen Tom", "phone": "0495/66.77.88",
        "email": "tom.adriaensen@post.example", "transport": "met eigen wagen", "plate": "1-ABC-234",
        "people": _rows(_WALKER, ("Adriaensen", "Tom", "1 juni 1979", "20 km", "ja"),
                        ("Peeters", "Inge", "28 februari 1981", "20 km", "ja")),
    },
    {
        "contact": "Lowie De Backer", "phone": "053 21 45 67", "email": "lowie@debacker.example",
        "transport": "met de bus", "iban": "BE43 0689 9999 9501",
        "people": _rows(_WALKER, ("De Backer", "Lowie", "30.09.1949", "10", "ja"),
                        ("Schelfhout", "Maria", "14.02.1951", "10", "nee")),
    },
    {
        "group": "KWB Moorsel", "contact": "Geert Impens", "phone": "0478 90 12 34",
        "email": "geert.impens@kwb.example", "transport": "met de bus",
        "people": _rows(_WALKER, ("Impens", "Geert", "05/05/1964", "20 km", "ja"),
                        ("Roels", "Hilde", "19/12/1966", "10 km", "nee")),
    },
    {
        "group": "Vriendenkring Den Tir", "contact": "Sabine Mertens", "phone": "0486 31 32 33",
        "email": "sabine.m@post.example", "transport": "met eigen wagen", "plate": "2-XYZ-987",
        "iban": "BE68 5390 0754 7034",
        "people": _rows(_WALKER, ("Mertens", "Sabine", "08/08/1972", "20 km", "nee"),
                        ("Goossens", "Patrick", "11/01/1970", "20 km", "nee"),
                        ("Goossens", "Lien", "23/06/2004", "10 km", "nee")),
    },
    {
        "contact": "Wim Coppens", "phone": "0471 15 16 17", "email": "wim.coppens@post.example",
        "transport": "met eigen wagen", "plate": "1-DEF-555",
        "people": _rows(_WALKER, ("Coppens", "Wim", "17/10/1988", "20 km", "ja")),
    },
    {
        "group": "Neos Lede", "contact": "Annie Baeyens", "phone": "053 80 70 60",
        "email": "annie.baeyens@neos.example", "transport": "met de bus", "iban": "BE62 5100 0754 7061",
        "people": _rows(_WALKER, ("Baeyens", "Annie", "02/03/1950", "10 km", "ja"),
                        ("Van Der Gucht", "Etienne", "29/07/1948", "10 km", "ja")),
    },
]  # fmt: skip

_PUPIL = (
    "pupil class born national parent1 phone1 email1 parent2 phone2 email2 doctor doctor_phone comes meal "
    "ski medicine shoe done_at done_on"
)
SNOW: list[Filling] = _rows(
    _PUPIL,
    ("Wauters Emma", "6B", "14/05/2015", "15.05.14-128.25", "Wauters Kris", "0475 10 11 12",
     "kris.wauters@post.example", "Daems Eva", "0475 10 11 13", "eva.daems@post.example", "dr. Pauwels",
     "03 455 66 77", "JA", "gewoon", "beginner", "nee", "36", "Mortsel", "12/11/2026"),
    ("Benali Adam", "6A", "2 januari 2015", "", "Benali Karim", "0484 55 44 33", "karim.benali@post.example",
     "", "", "", "dr. Lievens", "03 440 20 10", "JA", "halal", "beginner", "", "38", "Edegem", "9 november"),
    ("Janssens Lars", "6C", "30-08-2015", "15.08.30-301.72", "Janssens Bert", "0499 20 30 40",
     "bert.janssens@post.example", "Maes Liesbet", "0499 20 30 41", "", "dr. Adams", "", "JA", "vegetarisch",
     "gevorderd", "puffer bij inspanning", "39", "Mortsel", "13-11-2026"),
    ("Peeters Noah", "6B", "07/12/2015", "", "Peeters Ann", "0472 81 82 83", "ann.peeters@post.example",
     "", "", "", "dr. Pauwels", "03 455 66 77", "JA", "gewoon", "expert", "", "37", "Mortsel", "16/11/2026"),
    ("Kowalczyk Maja", "6A", "21/02/2015", "", "Kowalczyk Ewa", "0466 12 34 56", "ewa.k@post.example",
     "Kowalczyk Jan", "0466 12 34 57", "jan.k@post.example", "dr. Smets", "03 449 00 11", "NEEN", "",
     "", "", "", "Boechout", "10/11/2026"),
    ("Van Looy Stan", "6C", "11 oktober 2015", "", "Van Looy Joke", "0476 70 71 72", "joke.vl@post.example",
     "Smet Filip", "0476 70 71 73", "", "dr. Adams", "03 440 90 90", "JA", "gewoon", "gevorderd",
     "Zyrtec in het voorjaar", "40", "Hove", "11/11/2026"),
    ("Cools Fien", "6B", "03/03/2015", "15.03.03-210.65", "Cools Dirk", "0494 41 42 43",
     "dirk.cools@post.example", "", "", "", "", "", "JA", "vegetarisch", "beginner", "nee", "35", "Kontich",
     "8 november 2026"),
)  # fmt: skip

_STALL = "club applicant street town email phone iban sells metres stall power days remarks"
MARKET: list[Filling] = _rows(
    _STALL,
    ("Chiro Sint-Anna", "De Mol Hanne", "Schoolstraat 5", "2570 Duffel", "hanne@chiro.example",
     "0473 00 22 11", "BE68 5390 0754 7034", "wafels en warme choco", "4", "kraam van de stad", "ja",
     ("zaterdag", "zondag"), ""),
    ("Imkerij Gouddruppel", "Staes Paul", "Veldweg 18 bus 2", "2860 Sint-Katelijne-Waver",
     "paul@gouddruppel.example", "015 31 20 10", "BE43 0689 9999 9501", "honing en kaarsen", "3",
     "eigen kraam", "nee", ("vrijdag", "zaterdag", "zondag"), "liefst niet naast de muziek"),
    ("Atelier Klei", "Aerts Nora", "Kapelstraat 77", "2570 Duffel", "nora.aerts@klei.example",
     "0486 12 00 98", "", "keramiek", "2", "kraam van de stad", "nee", ("zondag",), ""),
    ("Okra Mijlstraat", "Verbist Louis", "Mijlstraat 120", "2570 Duffel", "louis.verbist@okra.example",
     "015 31 99 88", "BE71 0961 2345 6769", "glühwein en jenever", "6", "kraam van de stad", "ja",
     ("vrijdag", "zaterdag"), ""),
    ("Oxfam-Wereldwinkel", "Celis Greet", "Kerkstraat 9", "2570 Duffel", "greet.celis@oxfam.example",
     "0478 65 43 21", "BE62 5100 0754 7061", "geschenken", "4", "eigen kraam", "ja", ("zaterdag",),
     "wij hebben een verwarmer van 2000 W"),
    ("Breicafé Steek", "Thys Monique", "Lindelei 3", "2570 Duffel", "monique.thys@steek.example",
     "0497 10 30 50", "", "mutsen en sjaals", "2", "kraam van de stad", "nee", ("vrijdag", "zondag"), ""),
)  # fmt: skip

_FIRM = "company vat street town membership invoice_to invoice_mail order"
_GUEST = "last first role email morning lunch afternoon"


def _firm(firm: tuple[str, ...], *people: tuple[str, ...]) -> Filling:
    return _rows(_FIRM, firm)[0] | {"people": _rows(_GUEST, *people)}


EXPORT: list[Filling] = [
    _firm(("Metaalwerken Huys bv", "BE 0456.789.123", "Nijverheidslaan 22", "8800 Roeselare", "lid",
           "Katrien Huys", "boekhouding@huys.example", "2027-044"),
          ("Huys", "Katrien", "CFO", "katrien@huys.example", "x", "x", ""),
          ("Declerck", "Jonas", "export manager", "jonas@huys.example", "x", "x", "x"),
          ("Vanneste", "Lore", "", "lore@huys.example", "", "x", "x")),
    _firm(("Lumio nv", "BE 0765.432.109", "Kapel ter Bede 4", "8500 Kortrijk", "geen lid", "", "", ""),
          ("Baert", "Simon", "founder", "simon@lumio.example", "x", "", "")),
    _firm(("Textra", "BE 0412.000.777", "Ringlaan 100", "8520 Kuurne", "lid", "dienst aankoop",
           "facturen@textra.example", ""),
          ("Dumortier", "Els", "zaakvoerder", "els@textra.example", "x", "x", "x"),
          ("Ameye", "Piet", "sales", "piet@textra.example", "", "x", "x")),
    _firm(("Vlasfabriek Oost", "BE 0499.111.222", "Oostkaai 1", "8560 Wevelgem", "lid", "Jan Maertens",
           "jan@vlas.example", "PO 88"),
          ("Maertens", "Jan", "directeur", "jan@vlas.example", "x", "x", "")),
    _firm(("Brouwerij Dries", "BE 0633.444.555", "Marktplein 8", "8870 Izegem", "in aanvraag", "",
           "info@dries.example", ""),
          ("Dries", "Maarten", "brouwer", "maarten@dries.example", "x", "x", "x"),
          ("Ghyselen", "Tine", "verkoop", "tine@dries.example", "x", "", "")),
    _firm(("Houtimport Noord", "BE 0422.333.999", "Kanaalstraat 61", "8530 Harelbeke", "geen lid",
           "Lieve Noord", "lieve@noord.example", "P-7"),
          ("Noord", "Lieve", "bestuurder", "lieve@noord.example", "", "x", "x"),
          ("Claus", "Stefaan", "inkoper", "stefaan@noord.example", "x", "x", "x")),
    _firm(("Printlab cv", "BE 0811.222.333", "Drukpersstraat 3", "8800 Rumbeke", "lid", "", "", ""),
          ("Sabbe", "Ine", "vennoot", "ine@printlab.example", "x", "x", "")),
]  # fmt: skip

_VISITOR = (
    "last first house role email phone language session1 session2 lunch diet invoice_name invoice_address "
    "invoice_vat invoice_mail"
)
ARCHIVES: list[Filling] = _rows(
    _VISITOR,
    ("Verhaeghe", "Ilse", "Stadsarchief Dendermonde", "archivaris", "ilse@dendermonde.example",
     "052 25 11 00", "Nederlands", "A. Digitaal depot", "D. Auteursrecht", "ja", "", "Stad Dendermonde",
     "Franz Courtensstraat 11, 9200 Dendermonde", "BE 0207.123.456", "facturen@dendermonde.example"),
    ("Lefèvre", "Aurélie", "Archives de la Ville de Mons", "archiviste", "a.lefevre@mons.example",
     "+32 65 40 50 60", "Français", "B. Publiekswerking", "E. Vrijwilligers", "ja", "végétarienne", "", "",
     "", ""),
    ("Claeys", "Bert", "Liberas", "", "bert.claeys@liberas.example", "", "Nederlands", "A. Digitaal depot",
     "E. Vrijwilligers", "nee", "", "", "", "", ""),
    ("Moens", "Sofie", "KADOC", "erfgoedconsulent", "sofie.moens@kadoc.example", "016 32 35 00", "Nederlands",
     "C. Bouwprojecten", "D. Auteursrecht", "ja", "", "KU Leuven", "Oude Markt 13, 3000 Leuven",
     "BE 0419.052.173", "fin@kul.example"),
    ("O'Brien", "Sean", "EU Archives Service", "records officer", "sean.obrien@eu.example", "",
     "English", "B. Publiekswerking", "D. Auteursrecht", "ja", "gluten free", "", "", "", ""),
    ("Van Acker", "Lotte", "Gemeente Zwalm", "deskundige", "lotte@zwalm.example", "055 33 44 55",
     "Nederlands", "A. Digitaal depot", "E. Vrijwilligers", "ja", "", "Gemeente Zwalm",
     "Zuidlaan 36, 9630 Zwalm", "", "boekhouding@zwalm.example"),
    ("Dubois", "Étienne", "Musée L", "conservateur", "etienne@museel.example", "010 47 48 41", "Français",
     "C. Bouwprojecten", "D. Auteursrecht", "nee", "", "", "", "", ""),
)  # fmt: skip

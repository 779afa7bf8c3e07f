"""The people that a sentence names: "Jan Peeters en An De Smet kunnen er niet bij zijn"."""

from __future__ import annotations

import re

_UPPER = r"A-ZÀ-ÖØ-Þ"
_TOKEN = rf"[{_UPPER}][\w'’-]*[\w]"
_PARTICLE = r"(?:van|de|den|der|ter|ten|te|'t|’t|le|la|du|des|von|op|in)"
_NAME = rf"{_TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_TOKEN}){{0,4}}"
_AND = r"\s*(?:,\s*(?:en\s+)?|\s+en\s+|\s+et\s+|\s+and\s+|\s+&\s+)"
_NAMES = rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,9}})"
_ROLE = r"(?:[a-zà-ÿ-]+\s+){0,3}?"

_VERB = (
    r"(?:kan|kunnen|zal|zullen|komt|komen|is|zijn|moet|moeten|laat|laten|neemt|nemen|heeft|hebben|wenst|wensen|wil|willen|"
    r"geraakt|geeft|vervangt|vervangen|gaat|gaan|schuift|mag|mogen|werd|wordt|worden|ne|cannot|can't|will|won't)"
)
_ENDING = (
    r"(?:(?:alstublieft|aub|graag|hierbij|te|ook|dan|van de lijst|uit de lijst)\s+){0,3}"
    r"(?:uit te schrijven|uitschrijven|af te melden|afmelden|te annuleren|annuleren|te schrappen|schrappen|"
    r"te verontschuldigen|verontschuldigen|te excuseren|in te schrijven|inschrijven|uit\b|af\b|in\b)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAMES}(?:,[^,.]{{2,60}},)?\s+{_VERB}\b",
        rf"(?:[Ss]chrijft?|[Mm]eldt?|[Ss]chrap|[Gg]elieve|[Vv]erwijder|[Hh]aal|[Mm]ag ik|[Ww]il|[Ww]ens|[Aa]nnuleer|[Kk]an u|[Kk]unt u|[Ww]ilt u)\s+{_ROLE}{_NAMES}\s+{_ENDING}",
        rf"(?:[Ii]nschrijving|[Dd]eelname|[Aa]anwezigheid|[Uu]itschrijving|[Aa]fmelding|[Aa]nnulatie|[Vv]erontschuldiging|[Aa]fwezigheid)\s+(?:van|voor)\s+{_ROLE}{_NAMES}",
        rf"(?:[Aa]fmelding|[Uu]itschrijving|[Aa]nnulatie|[Vv]erontschuldigd|[Vv]erontschuldiging)\s*:?\s*[-–]?\s*{_NAMES}\s*$",
        rf"(?:[Ll]aat|[Ll]aten|[Ss]chrap|[Vv]erontschuldig|[Uu]itschrijven|[Aa]fmelden|[Vv]erwijder)\s+(?:ook\s+)?{_NAMES}",
        rf"(?:kan|kunnen|zal|zullen|is|zijn)\s+{_NAMES}\s+(?:er\b|niet|helaas|jammer|verhinderd|verontschuldigd)",
    )
)

_NO_NAME = frozenset(
    """ik wij we u jij je hij zij ze er het de een dit dat deze die mijn onze ons uw jullie helaas spijtig jammer sorry beste dag geachte
    gelieve mag kan wil graag hierbij bij bijgevolg door wegens ingevolge vandaag morgen ook maar want dus daarom niemand iemand iedereen
    als indien omdat aangezien gezien ja nee neen ok oke dank bedankt met momenteel intussen ondertussen dan toch
    burgemeester schepen collega collegas directeur secretaris voorzitter mevrouw mevr mw heer dhr meneer mijnheer dr prof ir
    gemeente stad ocmw bestuur gemeentebestuur stadsbestuur provincie inschrijving deelname vergadering bijeenkomst overleg kennisplatform
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober
    november december covid corona teams zoom i we my please unfortunately je nous malheureusement merci madame monsieur
    wie wat waar wanneer hoe hoeveel welke alles alle allen beide uitschrijven afmelden annuleren verontschuldigd
    afmelding uitschrijving annulatie verontschuldiging re fw fwd""".split()  # noqa: SIM905  a list of words
)
_JOIN = re.compile(_AND)


def names(text: str) -> tuple[str, ...]:
    """The people named in a sentence as those who come or do not come, in order, none twice.

    ``text`` is as written: capitals tell a name. Titles and first words that are no name are
    left off; an organisation is no person.
    """
    found: list[str] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text[:1500]):
            for piece in _JOIN.split(match["names"]):
                name = _without_titles(piece)
                if name:
                    found.append(name)
    whole = dict.fromkeys(found)
    return tuple(name for name in whole if not any(name != other and name in other for other in whole))


def _without_titles(piece: str) -> str:
    words = piece.split()
    while words and _plain(words[0]) in _NO_NAME:
        if _plain(words[0]) in ("gemeente", "stad", "ocmw", "gemeentebestuur", "stadsbestuur", "provincie"):
            return ""
        words.pop(0)
    while words and _plain(words[-1]) in _NO_NAME:
        words.pop()
    if any(_plain(word) in _NO_NAME for word in words):
        return ""
    return " ".join(words)


def _plain(word: str) -> str:
    return word.lower().strip(".,'’").replace("’", "").replace("'", "")

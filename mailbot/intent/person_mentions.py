"""The people that a sentence names: "Jan Peeters en An De Smet kunnen er niet bij zijn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.intent.lexicon import listed, pattern
from mailbot.matching.names import PARTICLES

_UPPER = r"A-ZÀ-ÖØ-Þ"
TOKEN = rf"[{_UPPER}][\w'’-]*[\w]"
_PARTICLE = rf"(?:['’]?(?:{'|'.join(PARTICLES)}))"
_INITIALS = rf"(?:[{_UPPER}]\.\s?){{1,3}}"
NAME = rf"(?:{_INITIALS})?{TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{TOKEN}){{0,4}}"
_CALLED = rf"(?:(?:{pattern('office')}|{pattern('mister')}|{pattern('called')})\s+){{0,2}}"
_AND = rf"\s*(?:,\s*(?:en\s+)?|\s+en\s+|\s+et\s+|\s+and\s+|\s+&\s+){_CALLED}"
_NAMES = rf"(?P<names>{NAME}(?:{_AND}{NAME}){{0,9}})"
#: With a capital or without; in a line of capitals it is part of anything.
_IS_OFFICE = re.compile(rf"(?i:{pattern('office')})")
_OFFICE = rf"(?![{_UPPER}]{{2}})(?i:{pattern('office')})"
#: Words before a name; a place follows "de burgemeester van".
_ROLE = r"(?:(?:[a-zà-ÿ-]+\.?\s+){1,3}?(?<!\bvan )(?<!\bte )(?<!\buit ))??"
_FULL = rf"{TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{TOKEN}){{1,4}}"
#: A full name between commas, where one such as "Dirk De fauw" is written as it is in the register.
_ASIDE = rf"(?:{TOKEN}\s+(?:{'|'.join(one.capitalize() for one in PARTICLES)})\s+[a-zà-ÿ][\w'’-]+|{_FULL})"

_VERB = pattern("name_verb")
#: What a list says of somebody without a verb.
_VERDICT = (
    r"(?:(?:wel|niet|helaas|is|zijn)\s+)?(?:aanwezig|afwezig|verontschuldigd|ge[eë]xcuseerd|verhinderd|belet"
    r"|present|pr[eé]sente?s?|excus[eé]e?s?|absente?s?|excused)"
)
_ENDING = (
    r"(?:(?:alstublieft|aub|graag|hierbij|te|ook|dan|van de lijst|uit de lijst)\s+){0,3}"
    r"(?:uit te schrijven|uitschrijven|af te melden|afmelden|te annuleren|annuleren|te schrappen|schrappen|"
    r"te verontschuldigen|verontschuldigen|te excuseren|in te schrijven|inschrijven|uit\b|af\b|in\b"
    r"|op de (?:deelnemers)?lijst|(?:te )?noteren|toe te voegen|toevoegen|aan te melden|aanmelden|erbij)"
)
_PATTERNS = tuple(
    re.compile(one)
    for one in (
        rf"{_NAMES}(?:\s+(?:en|of)\s+(?:ikzelf|ik))?(?:,[^,.]{{2,60}},|\s+(?:van|uit|bij)\s+(?:de\s+|het\s+)?"
        rf"(?:[Gg]emeente|[Ss]tad|OCMW|[Pp]rovincie)\s+{TOKEN})?\s+{_VERB}\b",
        rf"{_NAMES}\s+{_VERDICT}\b",
        rf"\b(?:[Aa]insi qu[e']|[Aa]lsook|[Ee]venals|[Nn]et als|[Aa]vec)\s+{_ROLE}{_NAMES}",
        rf"\b[Ii]k\s+en\s+{_ROLE}{_NAMES}\s+{_VERB}\b",
        rf"\b(?:kunnen|zullen|komen|zijn|moeten|willen|gaan|mogen)\s+{_ROLE}{_NAMES}\s+en\s+(?:ik|ikzelf)\b",
        rf"\b[Nn]och\s+{_ROLE}{_NAMES}",
        rf"\b[Nn]och\s+(?:[a-zà-ÿ-]+\s+){{1,3}}?(?:[a-zà-ÿ-]+),\s+(?P<names>{_FULL}),\s+noch\b",
        rf"(?:[Ss]chrijft?|[Mm]eldt?|[Ss]chrap|[Gg]elieve|[Vv]erwijder|[Hh]aal|[Mm]ag ik|[Ww]il|[Ww]ens"
        rf"|[Zz]al|[Zz]ou|[Hh]ad|[Gg]raag|[Ww]illen|[Ww]ensen|[Hh]ierbij|[Aa]nnuleer|[Nn]oteer|[Zz]et"
        rf"|(?:[Kk]an|[Kk]unt|[Kk]unnen|[Mm]ag|[Mm]oogt|[Ww]ilt?|[Zz]ou) (?:u|je|jij|jullie))"
        rf"\s+{_ROLE}{_NAMES}"
        rf"(?:,[^,.]{{2,60}},)?\s+{_ENDING}",
        # "veuillez inscrire Anne Dubois", "please replace Tom Baker by Anna Lambert"
        rf"(?:[Ii]nscrire|[Ii]nscrivez|[Dd][eé]sinscrire|[Dd][eé]sinscrivez|[Aa]jouter|[Aa]joutez|[Ee]xcuser"
        rf"|[Ee]xcusez|[Rr]emplacer|[Rr]emplacez|[Rr]etirer|[Rr]egister|[Ee]nroll?|[Aa]dd|[Rr]emove|[Cc]ancel"
        rf"|[Ee]xcuse|[Rr]eplace|[Ss]wap)\s+{_ROLE}{_NAMES}",
        rf"(?:[Pp]articipation|[Pp]r[eé]sence|[Aa]bsence|[Vv]enue|[Ii]nscription|[Aa]ttendance|[Rr]egistration)\s+"
        rf"(?:of\s+|de\s+|d['’]){_ROLE}{_NAMES}",
        rf"(?:[Ii]nschrijving(?:en)?|[Aa]anmelding(?:en)?|[Dd]eelnames?|[Aa]anwezigheid|[Uu]itschrijving(?:en)?|[Aa]fmelding(?:en)?|[Aa]nnulaties?"
        rf"|[Vv]erontschuldiging|[Aa]fwezigheid)\s+(?:van|voor)\s+{_ROLE}{_NAMES}",
        rf"(?:[Aa]fmelding|[Uu]itschrijving|[Aa]nnulatie|[Vv]erontschuldigd"
        rf"|[Vv]erontschuldiging)\s*:?\s*[-–]?\s*{_NAMES}\s*$",
        rf"(?:[Ll]aat|[Ll]aten|[Ss]chrap|[Vv]erontschuldig|[Uu]itschrijven|[Aa]fmelden"
        rf"|[Vv]erwijder)\s+(?:ook\s+)?{_NAMES}",
        rf"(?:zal|zullen|komt|komen)\s+{_CALLED}{_NAMES}\s+(?:(?:graag|ook|zeker|er)\s+)*"
        r"(?:aanwezig|deelnemen|komen|bij\s+zijn)\b",
        rf"(?:[Kk]omt|[Kk]omen|[Nn]eemt|[Nn]emen|[Zz]al|[Zz]ullen|[Gg]aat|[Gg]aan)\s+(?:ook|eveneens|tevens|nog)\s+"
        rf"{_ROLE}{_NAMES}",
        rf"\b{_OFFICE}(?:\s+(?:van|uit|bij)\s+[^,.]{{2,40}})?,\s+(?P<names>{_ASIDE})"
        r"(?:\s+(?:van|uit|bij)\s+[^,.]{2,40})?,",
        rf"\b{_OFFICE}\s+(?:van|uit|bij)\s+[^,.]{{2,40}},\s+(?P<names>{_ASIDE})[.!]?\s*$",
        rf"(?:[Bb]reng(?:en)?|[Nn]e(?:em|men)|[Mm](?:ag|ogen)|met)\s+{_ROLE}{_NAMES}(?:,[^,.]{{2,60}},)?"
        r"\s+(?:ook\s+|graag\s+|nog\s+)*(?:mee|meekomen)\b",
        rf"\b(?:{_OFFICE}|(?i:{pattern('mister')}))\s+{_NAMES}",
        # one word behind these is a place more often than somebody
        rf"\b(?:[Nn]amens|[Ii]n (?:naam|opdracht) van|[Oo]p (?:vraag|verzoek) van)\s+{_CALLED}"
        rf"(?P<names>{_FULL}(?:{_AND}{NAME}){{0,9}})",
        rf"(?:kan|kunnen|zal|zullen|is|zijn)\s+{_NAMES}\s+(?:er\b|niet|helaas|jammer|verhinderd"
        rf"|verontschuldigd)",
    )
)

#: Whoever a sentence begins with: what it goes on to say is of them, where no other words tell.
_BEGINS = re.compile(rf"^(?P<names>{_FULL}(?:{_AND}{NAME}){{0,9}})(?!{_AND}{TOKEN})\s+[a-zà-ÿ]")

#: Words with a capital that are no name: first words of a sentence, titles, bodies, days.
_NO_NAME = listed("no_name")
#: What opens a request or a question, with a capital there: "Schrijf Jan Peeters terug in", "Komt Els Maes in
#: mijn plaats?". Only in front of a name, for some are a family name as well.
_OPENS_REQUEST = listed("opens_request")
_JOIN = re.compile(_AND)
#: Words for a body, whose name follows, and that are part of nobody's.
_BODIES = listed("bodies")
#: A body: "de raadsleden van gemeente Damme kunnen ...", or an office of one:
#: "de burgemeester van Damme".
_BODY_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_BODIES)})\s+(?:van\s+)?$"
    rf"|\b(?!collega){pattern('office')}\s+(?:van|uit|te)\s+(?:de\s+|het\s+)?$",
    re.I,
)

#: One word behind these is the body that people come for, where others are named in full: "voor Knokke-Heist
#: mag u Els Debruyne noteren".
_FOR_ONE_WORD = re.compile(
    rf"\b(?:[Vv]oor|[Nn]amens|[Vv]anuit|[Uu]it|[Bb]ij|[Pp]our|[Ff]or)\s+({TOKEN})(?!\s+{TOKEN})"
)


def names(text: str) -> tuple[str, ...]:
    """The people named in a sentence as those who come or do not come, in order, none twice.

    ``text`` is as written: capitals tell a name. Titles and first words that are no name are
    left off; an organisation is no person, and what stands in brackets behind a name is of whom it is:
    "Jan Peeters (schepen Damme) kan niet".
    """
    text = without_apposition(text[:_LONGEST_READ])
    found: list[str] = []
    matches = [
        match
        for one in _PATTERNS
        for match in one.finditer(text)
        if not _BODY_BEFORE.search(text[: match.start("names")])
    ]
    for match in matches or _BEGINS.finditer(text):
        found += filter(None, map(without_titles, _JOIN.split(match["names"])))
    if any(" " in name for name in found):
        found = [name for name in found if name not in _FOR_ONE_WORD.findall(text)]
    whole = dict.fromkeys(found)
    return tuple(name for name in whole if not any(name != other and name in other for other in whole))


def without_apposition(text: str) -> str:
    """A text without what stands in brackets behind a name: "Jan Peeters (schepen Damme) kan niet"."""
    return _BEHIND_A_NAME.sub(r"\1", text)


def only_names(text: str) -> tuple[str, ...]:
    """The full names in a text that holds nothing else, but for what stands in brackets behind one; else
    nobody."""
    pieces = [piece for piece in map(str.strip, _JOIN.split(_BRACKETS.sub("", text).strip(" .;"))) if piece]
    found = [without_titles(piece) if _WHOLE.fullmatch(piece) else "" for piece in pieces]
    return tuple(found) if found and all(" " in name for name in found) else ()


def like_names(text: str) -> tuple[str, ...]:
    """Whatever in a text may be the full name of somebody, by its capitals alone: a body and a title may be
    among them."""
    found = (tuple(_runs(match["names"])) for match in _ANYBODY.finditer(text[:_LONGEST_READ]))
    return tuple(dict.fromkeys(name for some in found for name in some))


_ANYBODY = re.compile(rf"(?P<names>{_FULL})")


def _runs(piece: str) -> Iterator[str]:
    """The runs of words in a piece that may be a name, at words that are none."""
    run: list[str] = []
    for word in (*piece.split(), ""):
        if word and (_plain(word) not in _NO_NAME or word in PARTICLES):
            run.append(word)
            continue
        while run and (run[0] in PARTICLES or _plain(run[0]) in _OPENS_REQUEST):
            run.pop(0)
        if len([one for one in run if one not in PARTICLES]) > 1:
            yield " ".join(run)
        run = []


#: Characters of a sentence that are read.
_LONGEST_READ = 1_500
_BEHIND_A_NAME = re.compile(rf"({TOKEN})\s*\([^()]*\)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_WHOLE = re.compile(rf"{_CALLED}{NAME}")


#: What French elides before a name: "c'est Jan Peeters qui".
ELIDED = re.compile(r"^(?:[Cc]['’]est|[Cc]e sera|[CcDdLlQq]u?['’])\s*")


def without_titles(piece: str) -> str:
    words = ELIDED.sub("", piece).split()
    if len(words) > 1 and _plain(words[0]) in _OPENS_REQUEST:
        words.pop(0)
    while words and _plain(words[0]) in _NO_NAME and not _is_family_name(words):
        if _plain(words[0]) in _BODIES:
            return ""
        words.pop(0)
    body = next((at for at, word in enumerate(words) if _plain(word) in _BODIES), len(words))
    words = words[:body]  # "Jan Peeters van Gemeente Damme"
    first = words[: _family_name_at(words)]  # what is no name elsewhere is part of one: "Bart De Vos"
    family = words[len(first) :]
    while not family and first and (_plain(first[-1]) in _NO_NAME or _plain(first[-1]) in PARTICLES):
        first.pop()
    if any(_plain(word) in _NO_NAME and _plain(word) not in PARTICLES for word in first):
        return ""
    return " ".join((*first, *family))


def _family_name_at(words: list[str]) -> int:
    """Where behind a first name a family name of two words with a capital begins that no office is ("De Vos",
    and not "De Burgemeester"); the end where none does."""
    if len(words) > _FAMILY and words[-_FAMILY] == "De" and not _IS_OFFICE.fullmatch(words[-1]):
        return len(words) - _FAMILY
    return len(words)


#: Words of such a family name.
_FAMILY = 2


def _is_family_name(words: list[str]) -> bool:
    """ "De Smet" and no "De Burgemeester"."""
    return len(words) > 1 and _plain(words[0]) == "de" and _plain(words[1]) not in _NO_NAME


def _plain(word: str) -> str:
    return word.lower().strip(".,'’").replace("’", "").replace("'", "")

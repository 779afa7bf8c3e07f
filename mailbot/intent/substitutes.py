"""Who comes in somebody's place, from plain words: "mijn schepen An De Smet vervangt mij"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import Location
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.submission import Answer, Person
from mailbot.intent.lexicon import language_of, lexicon, pattern, respelled, spaced
from mailbot.intent.person_mentions import NAME, TOKEN, without_titles
from mailbot.intent.sentences import sentences
from mailbot.text.lexicon import LANGUAGES, OR
from mailbot.text.normalize import tidy

_NAME = rf"(?P<name>{NAME})"
_ASIDE = r"(?:\s*\([^()]{2,120}\)|,[^,.]{2,100},)?"
_EXTRA = rf"(?P<aside>{_ASIDE})"
_SHORT = r"(?:(?!(?:niet|nie|geen|pas|not)\b)[\w'’,-]+\s+){0,7}?"
#: A name as one of a longer pattern, that is not who comes.
_ANOTHER = _NAME.replace("(?P<name>", "(?:")
_TITLES_BEFORE = r"(?:[a-zà-ÿ-]+\s+){0,4}?"
#: Who or what is put aside for somebody, and the words before whom: "mon nom par celui d'Anne Dubois".
_OLD = rf"(?:(?:[a-zà-ÿ'’-]+\s+){{0,5}}?(?:{_ANOTHER}\s+)?(?:\([^()]{{2,80}}\)\s+)?)"
_IN_FOR = pattern("in_for")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}{_EXTRA}\s+(?:komt|zal|gaat|kan|is|neemt|wil|mag|vervangt|vertegenwoordigt|will|is"
        rf"|viendra|vient)\s+{_SHORT}(?:in|ter)\s+(?:mijn|onze|zijn|haar|hun|diens)\s+(?:plaats|plek"
        rf"|naam|vervanging)",
        rf"{_NAME}{_EXTRA}\s+(?:komt|zal|gaat|kan|wil|mag)\s+{_SHORT}"
        rf"(?:in (?:de )?plaats van|i\.?p\.?v\.?)\s",
        rf"{_NAME}{_EXTRA}\s+(?:vertegenwoordigt|(?:zal|gaat|kan|komt|wil)(?=\s+(?:mij|ons|me)\s)\s+{_SHORT}"
        rf"vertegenwoordigen)",
        rf"(?:geef|geven)\s+(?:mijn|onze)\s+(?:plaats|plek)\s+{_SHORT}aan\s+(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}",
        rf"{_NAME}{_EXTRA}\s+(?:vervangt|(?:zal|gaat|kan|komt|wil|mag)\s+{_SHORT}(?:te\s+)?vervangen"
        rf"|neemt\s+(?:mijn|onze|zijn|haar)\s+plaats\s+in|is\s+(?:mijn|onze|de|zijn"
        rf"|haar)\s+(?:plaats)?vervang(?:er|ster))",
        rf"(?:[Ii]n (?:mijn|onze|zijn|haar) (?:plaats|plek))\s+(?:komt|zal|gaat|neemt|stuur ik|sturen we"
        rf"|sturen wij)\s+(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}",
        rf"[Ii]n (?:de )?plaats van {_TITLES_BEFORE}{_ANOTHER},?\s+(?:komt|zal|gaat|neemt|stuur ik|sturen we"
        rf"|sturen wij|(?:vaardigt|vaardigen|stuurt|sturen|delegeert)\s+{_SHORT})\s*{_TITLES_BEFORE}{_NAME}",
        rf"(?:word|wordt|worden|laat|laten|laat ik"
        rf"|laten we)\s+(?:\w+\s+){{0,4}}?vervang(?:en)?\s+door\s+(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}",
        rf"(?:vervangen\s+door|door)\s+(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}{_ASIDE}\s+(?:laten\s+)?vervangen",
        rf"vervangen\s+(?:zal\s+worden\s+|worden\s+)?door\s+(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}",
        rf"(?:[Mm]ijn|[Oo]nze|[Zz]ijn|[Hh]aar|[Dd]e|[Aa]ls)\s+(?:plaats)?vervang(?:er|ster)\s+(?:is"
        rf"|wordt|zal|:)?\s*(?:[a-zà-ÿ-]+\s+){{0,4}}?{_NAME}",
        rf"(?:[Ii]k|[Ww]ij|[Ww]e)\s+(?:stuur|sturen|vaardig|vaardigen)\s+{_SHORT}{_NAME}",
        rf"{_NAME}{_EXTRA}\s+als\s+(?:plaats)?vervang(?:er|ster)",
        rf"{_NAME}{_EXTRA}\s+(?:in|ter)\s+(?:mijn|onze|zijn|haar)\s+(?:plaats|plek)",
        # "remplacer X par Y", "swap me for Y": the second is who comes
        rf"(?:[Rr]emplac\w+|[Rr]epr[eé]sent\w+|[Rr]eplaced?|[Ss]wap|[Ss]witch|[Rr]epresented"
        rf"|[Vv]ervang\w*)\s+{_OLD}{_IN_FOR}{_TITLES_BEFORE}{_NAME}",
        rf"{_NAME}{_EXTRA}\s+(?:will|is|can|shall|would|'ll)\s+{_SHORT}(?:stand|standing|sit|fill|filling"
        rf"|step|stepping|cover|covering|deputi[sz]e)\s+(?:in\s+)?for\s+(?:me|us)\b",
        rf"{_NAME}{_EXTRA}\s+(?:will|is|can|shall|would)\s+{_SHORT}(?:go|going|come|coming|attend|attending"
        rf"|join|joining)\s+{_SHORT}(?:instead|in\s+(?:my|our|his|her)\s+(?:place|stead))\b",
        rf"(?:[Ii]|[Ww]e|[Ii]['’]?m|[Ww]e['’]?re)\s+(?:(?:am|are|will|shall|be)\s+){{0,2}}send(?:ing)?\s+"
        rf"{_TITLES_BEFORE}{_NAME}",
        rf"{_NAME}{_EXTRA}\s+(?:will\s+(?:attend|come|replace)|replaces\s+me|(?:qui\s+)?(?:me|nous)\s+(?:rempla|repr[eé]sent)\S+)",
        rf"{_NAME}{_EXTRA}\s+(?:viendra|vient|participera|sera|assistera)\s+{_SHORT}[àa]\s+(?:ma|notre|sa)\s+place",
        rf"[Jj]'(?:envoie|enverrai)\s+{_TITLES_BEFORE}{_NAME}",
    )
)
_OF = re.compile(
    rf"(?:[Ii]n (?:de )?plaats van|[Ii]\.?p\.?v\.?|vervangt|[Tt]er vervanging van"
    rf"|[Ii]nstead of|[Ii]n place of|[Àà] la place d[e'’])\s*(?:mij|ons|me\b"
    rf"|(?:[a-zà-ÿ-]+\s+){{0,3}}?(?P<name>{_ANOTHER}))"
    rf"|(?:[Rr]emplac\w+|[Rr]eplace|[Ss]wap|[Ss]witch|[Vv]ervang(?:en|t)?)\s+(?:[a-zà-ÿ'’-]+\s+){{0,4}}?"
    rf"(?P<swapped>{_ANOTHER})\s+(?:\([^()]{{2,80}}\)\s+)?{_IN_FOR}"
    # "Jan Peeters te laten vervangen door", "Jan Peeters sera remplacé par"
    rf"|(?P<left>{_ANOTHER})\s+(?:(?:te|laten|laat|zich|wordt|zal|worden|will|be|is|sera|est)\s+){{0,4}}"
    r"(?:vervang\w*|replaced|remplac[eé]e?)\s+(?:(?:te|worden|laten|zal)\s+){0,2}(?:door|by|par)\s"
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BODY = re.compile(
    rf"\b(?:(?:van|bij|voor|uit)\s+(?:de\s+|het\s+)?)?((?:OCMW|[Ss]tad|[Gg]emeente(?:bestuur)?"
    rf"|[Ss]tadsbestuur|[Pp]rovincie)\s+{TOKEN}(?:[- ]{TOKEN})?)"
)


@dataclass(frozen=True, slots=True)
class Standin:
    """Somebody who comes in the place of ``instead_of`` (empty: the sender's)."""

    name: str
    email: str = ""
    organisation: str = ""
    instead_of: str = ""
    behind: str = ""  # what stands behind the name
    data: str = ""  # what lines or sentences of data say of them


def standin(text: str) -> Standin | None:
    """The substitute that a text names, or None. ``text`` is as written: capitals tell a name."""
    text = respelled(tidy(text)[:3000])
    of = _OF.search(text)
    instead_of = _whose_place(of)
    for one in _PATTERNS:
        for found in one.finditer(text):
            name = _behind_the_verb(found, instead_of) or without_titles(found["name"])
            if not name or name == instead_of:
                continue
            if _OR.search(text[: found.start("name")]) or _OR_OTHER.match(text[found.end("name") :]):
                return None
            return _with_what_is_near(name, found, text, instead_of)
    return _only_one_named(text)


def _behind_the_verb(found: re.Match[str], instead_of: str) -> str:
    """The one whole name behind the verb of a match whose name is a single word before it, with a capital
    since it begins the sentence: "Mogelijk komt schepen Leen Smets in mijn plaats"; else empty."""
    begins = found.string[: found.start("name")].rstrip()[-1:] in ("", ".", "!", "?", ":")
    if " " in found["name"] or not begins:
        return ""
    behind = found.string[found.end("name") : found.end()]
    named = {without_titles(one["name"]) for one in _SOMEBODY.finditer(behind)} - {instead_of}
    whole = [name for name in named if " " in name]
    return whole[0] if len(whole) == 1 else ""


def _whose_place(of: re.Match[str] | None) -> str:
    """Whom ``_OF`` found to be replaced by name; empty for the writer, or where nobody is."""
    said = (of["name"] or of["swapped"] or of["left"] or "") if of else ""
    return without_titles(said) or said  # "zij" is somebody else, whoever that is


def may_replace(text: str) -> bool:
    """Whether an act of standing in may be read in ``text``, at a small part of what reading it costs."""
    said = [spaced(one) for sentence in sentences([text]) for one in (sentence.plain, *sentence.clauses)]
    concepts = ("instead", "their_place")
    return standin(text) is not None or any(
        lexicon(one).says(concept, words) for words in said for one in LANGUAGES for concept in concepts
    )


#: The writer as who comes, of whom the name follows.
_COMES = (
    r"(?:kom|ga|zal|neem|woon|ben|wil|wens|mag|spring|vervang|vertegenwoordig|(?:schrijf|meld)\s+(?:mij|me)"
    r"|(?:zou|had)\s+graag)"
)
_FOR = (
    r"(?:(?:in|ter)\s+(?:de\s+)?(?:plaats|plek|naam|vervanging)(?:\s+in)?\s+van|i\.?p\.?v\.?"
    r"|als\s+(?:plaats)?vervang(?:er|ster)\s+(?:van|voor)|(?<=vervang)|(?<=vertegenwoordig))"
)
_WRITER_STANDS_IN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Ii]k(?:zelf)?|'?[Kk])\s+{_COMES}\b[^.!?]{{0,100}}?{_FOR}\s+{_TITLES_BEFORE}{_NAME}",
        rf"\b{_COMES}\s+(?:ik|'?k)\b[^.!?]{{0,100}}?{_FOR}\s+{_TITLES_BEFORE}{_NAME}",
        rf"\b(?:[Ii]n|[Tt]er)\s+(?:de\s+)?(?:plaats|vervanging)\s+van\s+{_TITLES_BEFORE}{_NAME},?\s+{_COMES}\s+(?:ik|'?k)\b",
        rf"\b[Ii](?:'ll|\s+will)?\s+(?:attend|come|be\s+there|replace|stand\s+in)\b[^.!?]{{0,60}}?"
        rf"(?:instead\s+of|in\s+place\s+of|for|(?<=replace))\s+{_TITLES_BEFORE}{_NAME}",
        rf"\b[Jj]e\s+(?:viens|viendrai|participe|participerai|remplace)\b[^.!?]{{0,60}}?"
        rf"(?:[àa]\s+la\s+place\s+d[eu']|(?<=remplace))\s*{_TITLES_BEFORE}{_NAME}",
    )
)


def replaced_by_writer(text: str) -> str:
    """In whose place the writer says to come: "ik kom in de plaats van Jan Peeters"; else empty. ``text`` is
    as written."""
    said = respelled(tidy(text)[:3000])
    found = (pattern.search(said) for pattern in _WRITER_STANDS_IN)
    return next(filter(None, (without_titles(one["name"]) for one in found if one)), "")


#: The same, of whom the words before name.
_WRITER_STANDS_IN_FOR_THEM = re.compile(
    rf"\b(?:(?:ik(?:zelf)?|'?k)\s+{_COMES}|{_COMES}\s+(?:ik|'?k))\b[^.!?]{{0,60}}?"
    r"(?:\b(?:in|ter)\s+(?:zijn|haar|hun|diens)\s+(?:plaats|plek|naam|vervanging)"
    r"|\b(?:zijn|haar|hun|diens)\s+(?:plaats|plek|stoel)\s+(?:in|over)\b|(?<=vervang)\s+(?:hem|haar|hen)\b)",
    re.I,
)


def stands_in_for_them(text: str) -> bool:
    """Whether the writer says to come in the place of whom the words before name: "ik kom in zijn plaats"."""
    return bool(_WRITER_STANDS_IN_FOR_THEM.search(respelled(tidy(text)[:3000])))


#: "Jan of Piet": who of them is open.
_OR = re.compile(rf"{TOKEN}\s+{OR}\s+$")
_OR_OTHER = re.compile(rf"\s+{OR}\s+{TOKEN}")
#: The writer as who is replaced, in so many words: of another's place a person reads.
_OF_WRITER = re.compile(r" (?:in (?:de )?plaats van|ipv|i\.p\.v|van) (?:mij|me|ik) ")
#: Who comes is somebody that nobody named yet.
_OPEN_WHO = re.compile(
    r" (?:iemand|anders|ander|andere|wie|nog|misschien|geen|someone|somebody|anyone|quelqu|qui) "
)
#: A name of two words at least, which no word before it makes a place or a body.
_SOMEBODY = re.compile(
    r"(?<!te )(?<!uit )(?<!bij )(?<!gemeente )(?<!stad )(?<!Gemeente )(?<!Stad )(?<!OCMW )(?<![\w-])" + _NAME
)


def _only_one_named(text: str) -> Standin | None:
    """Whoever is the only one named in a sentence that gives the writer's own place away, or says that
    somebody comes instead, and not of whom."""
    said = spaced(text)
    lex = lexicon(language_of(said))
    gives = lex.says("my_place", said) or (lex.says("instead", said) and _OF_WRITER.search(said))
    if not gives or _OPEN_WHO.search(said) or lex.says("their_place", said) or replaced_by_writer(text):
        return None
    found = {without_titles(one["name"]): one for one in _SOMEBODY.finditer(text)}
    people = {name: one for name, one in found.items() if " " in name and not _BODY.fullmatch(name)}
    of = _OF.search(text)
    if len(people) != 1 or _whose_place(of):
        return None
    ((name, one),) = people.items()
    return _with_what_is_near(name, one, text, "")


def with_data(who: Standin, data: Sequence[str]) -> Standin:
    """Who comes, with what lines of data below say of them: an address, a function, a telephone."""
    mails = [found[0] for found in map(_EMAIL.search, data) if found]
    return replace(who, email=who.email or (mails[0] if len(mails) == 1 else ""), data=", ".join(data))


def _with_what_is_near(name: str, found: re.Match[str], text: str, instead_of: str) -> Standin:
    near = text[found.start() : found.end() + 160]
    mail = _EMAIL.search(near)
    body = _BODY.search(near.replace(found["name"], "", 1))
    behind = text[found.end("name") :]
    return Standin(name, mail[0] if mail else "", tidy(body[1]) if body else "", instead_of, behind)


def as_person(who: Standin, form: Form, where: Location) -> Person:
    """The substitute's answers under the keys of a form, as far as words gave them. A name goes
    in one field where the form has one, else first word and rest."""
    answers: dict[str, Answer] = {}
    named = form.of_kind(FieldKind.NAME)
    first, _, rest = who.name.partition(" ")
    given = form.field(form.given_name)
    family = next((field for field in named if field is not given), None)
    if given and family:
        answers[given.key] = Answer(first, where)
        if rest:
            answers[family.key] = Answer(rest, where)
    elif family or given:
        field = family or given
        assert field is not None
        answers[field.key] = Answer(who.name, where)
    for kind, value in ((FieldKind.EMAIL, who.email), (FieldKind.ORGANISATION, who.organisation)):
        fields = form.of_kind(kind)
        if value and fields:
            answers[fields[0].key] = Answer(value, where)
    return Person(answers)

"""Who comes in somebody's place, from plain words: "mijn schepen An De Smet vervangt mij"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import Location
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.submission import Answer, Person
from mailbot.intent.lexicon import language_of, lexicon, listed, pattern, respelled, spaced, turns_of_phrase
from mailbot.intent.person_mentions import NAME, TOKEN, without_titles
from mailbot.intent.sentences import sentences
from mailbot.text.lexicon import LANGUAGES, NOT, OR, either
from mailbot.text.normalize import tidy

_NAME = rf"(?P<name>{NAME})"
_ASIDE = r"(?:\s*\([^()]{2,120}\)|,[^,.]{2,100},)?"
_EXTRA = rf"(?P<aside>{_ASIDE})"
_SHORT = rf"(?:(?!{either(*NOT)}\b)[\w'’,-]+\s+){{0,7}}?"
#: A name as one of a longer pattern, that is not who comes.
_ANOTHER = _NAME.replace("(?P<name>", "(?:")
_TITLES_BEFORE = r"(?:[a-zà-ÿ-]+\s+){0,4}?"
#: Who or what is put aside for somebody, and the words before whom: "mon nom par celui d'Anne Dubois".
_OLD = rf"(?:(?:[a-zà-ÿ'’-]+\s+){{0,5}}?(?:{_ANOTHER}\s+)?(?:\([^()]{{2,80}}\)\s+)?)"
_IN_FOR = pattern("in_for")
_SLOTS = {
    "name": _NAME,
    "another": _ANOTHER,
    "aside": _EXTRA,
    "any_aside": _ASIDE,
    "few": _SHORT,
    "titles": _TITLES_BEFORE,
    "i_come": pattern("i_come"),
}
_PATTERNS = tuple(
    re.compile(one)
    for one in (
        *turns_of_phrase("stands_in", **_SLOTS),
        # "remplacer X par Y", "swap me for Y": the second is who comes
        rf"{pattern('replaces')}\s+{_OLD}{_IN_FOR}{_TITLES_BEFORE}{_NAME}",
    )
)
_OF = re.compile(
    rf"{pattern('in_place_of')}\s*(?:{pattern('place_of_me')}|(?:[a-zà-ÿ-]+\s+){{0,3}}?(?P<name>{_ANOTHER}))"
    rf"|{pattern('replaces')}\s+(?:[a-zà-ÿ'’-]+\s+){{0,4}}?(?P<swapped>{_ANOTHER})\s+(?:\([^()]{{2,80}}\)\s+)?{_IN_FOR}"
    # "Jan Peeters te laten vervangen door", "Jan Peeters sera remplacé par"
    rf"|(?P<left>{_ANOTHER})\s+{either(*turns_of_phrase('is_replaced'))}"
)
_REPLACES_WHOM = tuple(
    re.compile(one)
    for one in turns_of_phrase("replaces_whom", whom=rf"(?P<whom>{_ANOTHER})", titles=_TITLES_BEFORE)
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BODIES = listed("bodies")
_BODY = re.compile(rf"\b((?i:{either(*_BODIES)})\s+{TOKEN}(?:[- ]{TOKEN})?)")


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
    instead_of = _whose_place(of) or _taken_from(text)
    for one in _PATTERNS:
        for found in one.finditer(text):
            name = _behind_the_verb(found, instead_of) or without_titles(found["name"])
            if not name or name == instead_of or stands_in_for_them(found[0]):
                continue  # "Jan Claes is ziek en ik kom in zijn plaats"
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


def _taken_from(text: str) -> str:
    """Whose place somebody takes, as a verb or a reason says it: "An Maes zal Jan Claes vervangen"."""
    found = filter(None, (one.search(text) for one in _REPLACES_WHOM))
    return next(filter(None, (without_titles(one["whom"]) for one in found)), "")


def may_replace(text: str) -> bool:
    """Whether an act of standing in may be read in ``text``, at a small part of what reading it costs."""
    said = [spaced(one) for sentence in sentences([text]) for one in (sentence.plain, *sentence.clauses)]
    concepts = ("instead", "their_place")
    return standin(text) is not None or any(
        lexicon(one).says(concept, words) for words in said for one in LANGUAGES for concept in concepts
    )


_WRITER_STANDS_IN = tuple(map(re.compile, turns_of_phrase("i_stand_in", **_SLOTS)))


def replaced_by_writer(text: str) -> str:
    """In whose place the writer says to come: "ik kom in de plaats van Jan Peeters"; else empty. ``text`` is
    as written."""
    said = respelled(tidy(text)[:3000])
    found = (pattern.search(said) for pattern in _WRITER_STANDS_IN)
    return next(filter(None, (without_titles(one["name"]) for one in found if one)), "")


#: The same, of whom the words before name.
_WRITER_STANDS_IN_FOR_THEM = re.compile(either(*turns_of_phrase("i_stand_in_for_them", **_SLOTS)), re.I)


def stands_in_for_them(text: str) -> bool:
    """Whether the writer says to come in the place of whom the words before name: "ik kom in zijn plaats"."""
    return bool(_WRITER_STANDS_IN_FOR_THEM.search(respelled(tidy(text)[:3000])))


#: "Jan of Piet": who of them is open.
_OR = re.compile(rf"{TOKEN}\s+{OR}\s+$")
_OR_OTHER = re.compile(rf"\s+{OR}\s+{TOKEN}")
#: The writer as who is replaced, in so many words: of another's place a person reads.
_OF_WRITER = re.compile(rf" {pattern('me_in_place')} ")
#: Who comes is somebody that nobody named yet.
_OPEN_WHO = re.compile(rf" {pattern('still_open')} ")
#: Words that make what stands behind them a place or a body, as they may be written.
_NO_PERSON = [
    shape
    for word in (*listed("before_a_place"), *_BODIES)
    for shape in (word, word.capitalize(), word.upper())
]
#: A name of two words at least.
_SOMEBODY = re.compile("".join(rf"(?<!{word} )" for word in _NO_PERSON) + rf"(?<![\w-]){_NAME}")


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
        answers[field.key] = Answer(form.in_one(first, rest), where)
    for kind, value in ((FieldKind.EMAIL, who.email), (FieldKind.ORGANISATION, who.organisation)):
        fields = form.of_kind(kind)
        if value and fields:
            answers[fields[0].key] = Answer(value, where)
    return Person(answers)

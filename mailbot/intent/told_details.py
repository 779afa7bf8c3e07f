"""What plain words tell of somebody whom they name: a function, a body, a number, an address, a diet.

The words beside a name go in; answers by the keys of a form come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.domain.document import Location, Unit
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Answer, Person
from mailbot.extraction.labels import Labels
from mailbot.extraction.meals import meal_asked
from mailbot.extraction.subjects import asks_about_food
from mailbot.extraction.values.phone import read_phone
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.captioned import APART, caption_of, declines
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, pattern, spaced
from mailbot.intent.questions import is_question, meal_asked_for
from mailbot.intent.roles import ROLES, denies_role, role_before
from mailbot.intent.sentences import Sentence, sentences
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import OFFICE_WORDS
from mailbot.text.lexicon import AN_AND, AND, LANGUAGES
from mailbot.text.normalize import fold, letters, plain, tidy
from mailbot.text.phones import LIKE_PHONE

WHERE = Location().at(Unit.MAIL)
BODY = re.compile(rf"\b{pattern('body_of_list')} (?:van )?[A-ZÀ-Þ][\w'’]*(?:-[\w'’]+)*(?: [A-ZÀ-Þ][\w'’-]*)?")
_NUMBERED = re.compile(rf"(?:(?P<word>[^\W\d_][\w-]*)[.:\s]*)?{LIKE_PHONE.pattern}")
#: A Belgian mobile number, by its digits.
_MOBILE = re.compile(r"(?:^0|^0*32\d?)4[5-9]\d{7}$")
A_DIET = re.compile(rf"\b{pattern('diet_word')}", re.I)
#: Pictures and signs around words.
WORDLESS = re.compile(r"[^\w\s]+")
#: Where somebody else is named: "burgemeester en Els Maes".
_NEXT = re.compile(rf"\s(?:{'|'.join(AND)}|&)\s+(?=[A-ZÀ-Þ])")
#: Letters that tell an option.
_TELLING = 5


def without_numbers(about: str, labels: Labels) -> str:
    """What stands beside a name without telephone numbers, and the word before each that only says so:
    "directeur gsm: 0479 22 33 44"."""
    phones = {*labels.form.keys_of(FieldKind.PHONE)}

    def apart(found: re.Match[str]) -> str:
        asked = labels.exactly(found["word"] or "")
        return " | " if asked and asked.key in phones else f"{found['word'] or ''} | "

    return _NUMBERED.sub(apart, about)


def details(after: str, labels: Labels) -> dict[str, Answer]:
    """What stands right behind a name: "Jan Peeters, jan@x.example, schepen, 0478 12 34 56 komt". The
    function and the telephone, by field key; what follows other words is left."""
    said: dict[str, Answer] = {}
    head = re.match(r"[^.,;:!?()]*(?::\s|\()", after)
    if head and lexicon(language_of(spaced(head[0]))).says("instead", spaced(head[0])):
        after = after[head.end() :]  # "An Maes komt in mijn plaats: an@x.example, 056 27 70 01"
    phone = labels.form.first_key(FieldKind.PHONE)
    for piece in data_behind(after):
        role, number = role_in(piece.rstrip(" ."), ""), reached_at(piece)
        for key, value in ((key_of(labels, "Functie"), "" if number else role), (phone, number)):
            if key and value:
                said[key] = Answer(value, WHERE)
    return said


def data_behind(after: str) -> Iterator[str]:
    """The pieces right behind a name that tell of whom it is, up to other words."""
    for piece in filter(None, map(tidy, APART.split(after[:_BESIDE]))):
        role = role_in(piece.rstrip(" ."), "")
        known = role or reached_at(piece) or addresses_in(piece) or BODY.fullmatch(piece) or caption_of(piece)
        if not known or SPEAKS.search(_BEFORE_ROLE.sub("", piece) if role else piece):
            return  # "hij is algemeen directeur" tells of them
        yield piece


#: Characters behind a name in which its data stand.
_BESIDE = 160
#: "Jan Peeters raadslid gemeente Damme schrijft zich in": what is told of a name before what they do.
_UP_TO_A_VERB = re.compile(rf"\s+[a-zà-ÿ][^,.;:()]{{2,60}}?(?=\s+{pattern('verb_behind_name')}\b)")
#: Words of the writer about themselves, or a verb: the data of whom they name end there.
SPEAKS = re.compile(rf"\b{pattern('speaks_of_coming')}\b", re.I)


def stays_away(line: str) -> bool:
    """ "Jan Peeters: verontschuldigd" in a list of who comes, and not what they eat ("geen broodjes")."""
    pieces = APART.split(line)
    told = (piece for piece in pieces if not (food_in(piece) or caption_of(piece)))
    text = spaced(" | ".join(told))
    lex = lexicon(language_of(text))
    return any(map(declines, pieces)) or any(lex.says(concept, text) for concept in ("not", "away", "leave"))


def food_in(piece: str) -> str:
    """What a few words beside a name say that somebody eats, or that it is nothing; else empty."""
    piece = tidy(piece).strip(" .")
    return diet_in(piece) or (piece if refuses_meal(piece) else "")


def refuses_meal(piece: str) -> bool:
    """Whether a few words only say that somebody eats nothing with us: "geen broodjes", "zonder lunch"."""
    said = spaced(piece)
    return any(_refuses(said, lexicon(one)) for one in LANGUAGES)  # "no lunch" tells no language


def _refuses(said: str, lex: Lexicon) -> bool:
    denied = lex.says("not", said) or lex.says("no_meal", said)
    if not denied or not lex.says("eats_along", said) or lex.says("come", said):
        return False
    words = (spaced(word) for word in said.split())
    return all(
        any(lex.consists_of(one, word) for one in _OF_A_MEAL) or lex.says("not", word) for word in words
    )


#: Concepts of the words with which a meal is refused.
_OF_A_MEAL = ("wish", "around_meal", "no_meal", "eats_along")


def is_for_a_purpose(text: str) -> bool:
    """Whether a sentence gives a number, an address or a name for something of its own: "bij problemen bel
    0470 11 22 33", "mail de facturen naar ...", "contactpersoon: Els Maes". They are nobody's who comes."""
    said = spaced(text)
    return any(
        lexicon(one).says(concept, said) for one in LANGUAGES for concept in ("in_need", "for_the_office")
    )


def own_number(text: str) -> str:
    """The one telephone number of a text that says nothing else than that it is its writer's: "mijn gsm is
    0470 11 22 33", "tel. 050 12 34 56"; empty for any other."""
    found = [one for one in LIKE_PHONE.findall(text) if read_phone(one).code is None]
    said = spaced(text.replace(found[0], " ")) if len(found) == 1 else " "
    told = any(
        lexicon(one).consists_of("own_number", said) and lexicon(one).says("own_number_noun", said)
        for one in LANGUAGES
    )
    return tidy(found[0]) if told else ""


def is_detail(piece: str) -> bool:
    """Whether a few words tell of somebody what a form asks: a function, a body, an address, a number."""
    known = addresses_in(piece) or reached_at(piece) or BODY.fullmatch(piece) or role_in(piece, "")
    known = known or food_in(piece)
    return bool(known) and len(piece.split()) <= _MOST_OF_DETAIL


#: Words: "bereikbaar op het nummer 0478 12 34 56".
_MOST_OF_DETAIL = 9


def around(name: str, text: str) -> str:
    """What stands beside a name: an aside behind it, the function before it."""
    before, here, after = tidy(text).partition(name)
    if not here:
        return ""  # its last word is of somebody else
    aside = re.match(r"\s*\(([^()]{2,80})\)|,\s*([^,.:]{2,60}),", after)
    one_word = re.search(r"[\w-]+\s*$", before)
    role = role_before(name, tidy(text)) or (one_word[0] if one_word else "")
    behind = _UP_TO_A_VERB.match(after)
    told = (aside[1] or aside[2] if aside else "", role, behind[0] if behind else "")
    return " | ".join(filter(None, told))


def reached_at(text: str) -> str:
    """The number at which somebody is reached: their mobile, else the first that is one; empty for none."""
    valid = [tidy(found) for found in LIKE_PHONE.findall(text) if read_phone(found).code is None]
    return next((one for one in valid if _MOBILE.search(re.sub(r"\D", "", one))), next(iter(valid), ""))


def role_by_place(told: Sequence[str]) -> str:
    """The function that only its place tells: a few small words right behind a name, before an address or a
    number ("Els Maes, architect, els@x.example"); else empty."""
    if len(told) < _PLACED or not (addresses_in(told[1]) or reached_at(told[1])):
        return ""
    says_more = SPEAKS.search(told[0]) or A_DIET.search(told[0]) or food_in(told[0]) or stays_away(told[0])
    says_more = says_more or bool(_MISTER.fullmatch(told[0]))
    says_more = says_more or any(lexicon(one).says("opens_wish", spaced(told[0])) for one in LANGUAGES)
    return told[0] if _SMALL_WORDS.fullmatch(told[0]) and not says_more else ""


#: How somebody is called, which is no function.
_MISTER = re.compile(pattern("list_mister"), re.I)
#: Pieces that tell by their place: a function, and what stands behind it.
_PLACED = 2
_SMALL_WORDS = re.compile(r"[a-zà-ÿ][a-zà-ÿ-]{3,}(?: [a-zà-ÿ-]+){0,3}")


#: Whose a function is ("onze schepen"), and what is left of the body it is held at ("schepen van de").
_BEFORE_ROLE = re.compile(rf"^{pattern('before_role_told')}\s+", re.I)
_BEHIND_ROLE = re.compile(rf"\s+{pattern('role_behind')}(?: {pattern('before_body_told')})?$", re.I)


#: What denies a function in a few words: "geen schepen meer maar".
_DENIES = re.compile(rf"\b{pattern('denies_role')}\b")


def role_in(piece: str, body: str) -> str:
    """The function in a few words ("schepen Damme"), without the body it is held at."""
    words = tidy(_NEXT.split(piece.replace(body, " ") if body else piece)[0]).rstrip(" .")
    words = _BEHIND_ROLE.sub("", _BEFORE_ROLE.sub("", words))
    if denies_role(plain(words)) or _DENIES.search(plain(words)) or _is_office_of(words):
        return ""  # "Bo Claes is geen schepen meer maar komt wel"
    return words if ROLES.search(plain(words)) and len(words.split()) <= 6 else ""


def _is_office_of(words: str) -> bool:
    """Whether words name the office of somebody in a function, which is no function: "kabinet van
    burgemeester Claes"."""
    office, joined = (*fold(words).split(), "", "")[:2]
    return office in OFFICE_WORDS and bool(_OF_WHOM.fullmatch(joined))


_OF_WHOM = re.compile(pattern("role_of"))


def with_diet(person: Person, said: str, labels: Labels) -> Person:
    """The person with what they said that they eat, at the question of the form that it answers."""
    meal = meal_asked(labels.form) if refuses_meal(said) else None
    at = (meal.key, False) if meal else diet_field(said, labels)
    if at is None:
        return person
    key, value = at
    return Person({**person.answers, key: Answer(value, WHERE)}, person.organisation_known)


def diet_said(lines: Sequence[str]) -> str:
    """What the lines say that somebody eats, or does not: a word for it, or a sentence of its own."""
    said = A_DIET.search(" ".join(lines))
    own = (diet_in(sentence.text) for sentence in sentences(lines))
    return tidy(said[0]) if said else next(filter(None, own), "")


def tells_diet(text: str) -> bool:
    """Whether a few words hold what somebody eats, or does not."""
    return bool(A_DIET.search(text) or food_in(text) or diet_in(text))


#: Somebody, with what is said that they eat behind it: "hij eet ...", "Els Maes (schepen) heeft een ...".
_WHO_EATS = re.compile(
    rf"(?:^|[,;:.]\s+|\s(?={AN_AND}\s))(?:{AN_AND}\s+)?"
    rf"(?P<who>\w[\w'’-]*(?: \w[\w'’-]*){{0,3}})(?:\s*\([^()]*\))?"
    rf"\s+{pattern('they_eat')}\s+(?:{pattern('article')}\s+)?",
    re.I,
)


#: For whom something is asked: "graag voor hem vegetarisch", "voor Els Maes geen vlees".
_FOR_WHOM = re.compile(rf"\b{pattern('eats_for')}\s+(?P<who>\w[\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){{0,3}})")


def diets_of(names: Sequence[str], lines: Sequence[str], *, pronouns: bool = True) -> dict[str, str]:
    """What the lines say in the third person that people eat, or do not, or ask for them, by their names. A
    "he" is the only one of them, unless ``pronouns`` is false; one who is said to eat two things is left to
    a person."""
    said: dict[str, set[str]] = {}
    for sentence in sentences(lines):
        for who, words in () if is_question(sentence) else _eating_in(_as_told(sentence)):
            diet = diet_in(words.strip(" ."))
            if diet and (whose := _whose(who, names, pronouns=pronouns)):
                said.setdefault(whose, set()).add(diet)
    return {name: diets.pop() for name, diets in said.items() if len(diets) == 1}


def _as_told(sentence: Sentence) -> str:
    """A sentence, or what it tells where it asks to make somebody's meal ready: "voor haar vegetarisch"."""
    meal, whom = meal_asked_for(sentence), _FOR_WHOM.search(sentence.text)
    return f"{meal} {whom[0]}" if meal and whom else sentence.text


def _eating_in(text: str) -> Iterator[tuple[str, str]]:
    """Whom a sentence names beside something to eat, each with its words about them."""
    begins = [*_WHO_EATS.finditer(text)]
    ends = [*(found.start() for found in begins[1:]), len(text)]
    yield from ((found["who"], text[found.end() : end]) for found, end in zip(begins, ends, strict=False))
    asked = None if begins else _FOR_WHOM.search(text)
    if asked:
        yield asked["who"], tidy(f"{text[: asked.start()]} {text[asked.end() :]}")


def _whose(who: str, names: Sequence[str], *, pronouns: bool) -> str:
    """Whom of these people a word or name means; empty for nobody, and for more than one."""
    pronoun = " " not in who and any(lexicon(one).who["pronoun"].search(spaced(who)) for one in LANGUAGES)
    given = [name for name in names if letters(who) in (letters(name), letters(name.split()[0]))]
    meant = given if not pronoun else names if pronouns else ()
    return meant[0] if len(meant) == 1 else ""


def diet_field(said: str, labels: Labels) -> tuple[str, str] | None:
    """The field that a diet answers and what is noted there: the question for a diet, else the choice of a
    meal that has it as an option, a question in words about food, or the remarks; None where the form has
    none of these."""
    named = labels.form.field(key_of(labels, "Dieetwensen"))
    food = [field for field in labels.form.fields if asks_about_food(field)]
    fields = [
        *filter(None, (named,)),
        *food,
        *filter(None, (labels.form.field(key_of(labels, "Opmerkingen")),)),
    ]
    for field in fields:
        options = [option for option in field.choices if _is_option(said, option)]
        if len(options) == 1:
            return field.key, options[0]
    words = (FieldKind.TEXT, FieldKind.LONG_TEXT)
    return next(((field.key, said) for field in fields if field.kind in words), None)


def _is_option(said: str, option: str) -> bool:
    """Whether an option is what was said, whatever the ending: "vegetarisch", "vegetarische lunch"."""
    words, offered = plain(said).split(), plain(option).split()
    ends = min(len(words[0]), len(offered[0]) if offered else 0)
    return ends >= _TELLING and words[0][:ends] == offered[0][:ends] and len(offered) <= len(words)


def key_of(labels: Labels, label: str) -> str:
    """The field of this form that asks this, if it has one."""
    asked = labels.exactly(label)
    return asked.key if asked and not asked.is_other else ""

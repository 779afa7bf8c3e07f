"""Whom of several people an answer is about that names one of them.

Who registered three people and was told so writes "voor Els Maes graag een vegetarische maaltijd". A mail of
ours about them all, the words as written and the form go in; the one registration comes out, or none where
anything leaves open whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.form import DIET, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import IDLE
from mailbot.intent.answers import beside
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES
from mailbot.intent.sentences import Sentence, sentences
from mailbot.matching.names import is_part_of, name_of, orders_of
from mailbot.text.dates import dates_in
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain

#: What a sentence says that leaves open of whom, when or whether something is so.
_OPEN = (
    "left_out",
    "condition",
    "unsure",
    "hearsay",
    "reported",
    "tells_that",
    "other_time",
    "gone_by",
)
#: Right before whom something is wanted for, and before whose something is, behind what it is.
_FOR_THEM = re.compile(rf" (?:{pattern('for_them')}) $")
#: Before whom something is noted, with what is said of it behind them: "bij Els Maes staat ...".
_AT_THEM = re.compile(rf" (?:{pattern('at_them')}) $")
_STANDS = re.compile(rf" (?:{pattern('stands_noted')}) ")
_WHOSE = re.compile(rf"(?P<what>\S+) (?:{pattern('whose')}) $")
#: Words of a line that is a name or an office below a mail.
_SIGNED = 2
#: What stands before somebody as whom a sentence begins with: "onze schepen Els Maes eet ...".
_TITLES = re.compile(
    rf"(?: |{ROLES.pattern}|(?:{pattern('mister')}|{pattern('called')}|{pattern('a_colleague')})(?!\w))*"
)
#: The same between "for" or "of" and whom it is about.
_THEIR_TITLE = re.compile(rf"(?<= )(?:{ROLES.pattern}|(?:{pattern('mister')}|{pattern('called')})(?!\w)) $")
#: One with whom a name follows: "voor schepen Els Maes", "mevrouw Maes".
_TITLE = re.compile(
    rf"\b(?i:(?:(?:{pattern('called')}) )?(?:{ROLES.pattern}|(?:{pattern('mister')})(?!\w)))\s+(?=[A-ZÀ-Þ])"
)
_IS_TITLE = re.compile(rf"{ROLES.pattern}|{pattern('mister')}")
#: Between the pieces of a sentence.
_APART = re.compile(r"[,;]\s+")


@dataclass(frozen=True, slots=True)
class ToldOf:
    """Whom of several people an answer is about, and the words of it that say something of them."""

    about: Registration
    words: str


def told_of_one(asked: PendingQuestion, words: str, form: Form) -> ToldOf | None:
    """The one of the people of whom the only sentence that says something tells it: "voor Els Maes graag
    ...", "het nummer van Els Maes is ...", "Els eet ...". None where the writer or another of them is
    spoken of as well, by any part of a name, but as one for whom nothing is needed ("voor Jan niets
    speciaals"), and where anything leaves open whether it is so."""
    if not asked.rows or asked.kind not in (Ask.TOLD, Ask.SIGNED):
        return None
    every = sentences(words.splitlines())
    said = [one for one in every if not _needs_nothing(one, asked.rows, form)]
    telling = [one for one in said if not _says_nothing(one)]
    if len(telling) != 1 or is_question(telling[0]):
        return None
    text = _what_it_tells(telling[0].text)
    if _leaves_open(plain(text)):
        return None
    for idle in (one for one in every if one not in said):
        words = words.replace(idle.text, " ")
    about = _only_one_told_of(asked.rows, text, words, form)
    if about is None:
        return None
    more = (one.text for one in said if one not in telling and not beside.pleads_only(one.text.rstrip("?. ")))
    return ToldOf(about, "\n".join((_TITLE.sub("", text), *more)))


def _only_one_told_of(
    asked: Iterable[Registration], text: str, words: str, form: Form
) -> Registration | None:
    """The one of several people of whom a sentence tells something, where none of the ``words`` beside it is
    a part of the name of another."""
    rows = {row.nr: row for row in asked}
    told = [row for row in rows.values() if any(_is_told_of(n, plain(text)) for n in _names(row, rows, form))]
    others = {part for row in rows.values() if row not in told for part in _parts(row, form)}
    spoken = {*spaced(words).replace(".", " ").split()}
    return told[0] if len(told) == 1 and not spoken & (others - _parts(told[0], form)) else None


def tells_only_of(about: Registration, words: str, form: Form) -> bool:
    """Whether words tell something of one person by their whole name, and speak of nobody else: whom "she"
    and "her" mean beside it."""
    name = name_of(about.answers, form)
    if len(name.split()) < _WHOLE or not all(is_part_of(one, name) for one in names(words)):
        return False
    if speaks_of_others(words):
        return False
    every = [one.text for one in sentences(words.splitlines())]
    return any(_is_told_of(one, plain(text)) for text in every for one in orders_of(name))


def speaks_of_others(words: str) -> bool:
    """Whether words speak of somebody by no name, whom a "she" may mean: "haar chauffeur"."""
    said = spaced(_TITLE.sub("", words))
    return any(lexicon(one).says("somebody_else", said) for one in LANGUAGES)


#: Words of a whole name, at least.
_WHOLE = 2


def _what_it_tells(text: str) -> str:
    """A sentence without what only announces it ("nog een kleinigheidje: ...") or asks politely for it, and
    without its pieces that say why: "..., dat was ik vergeten"."""
    head, colon, tail = text.partition(": ")
    if colon and (beside.says_why(head) or beside.only_heads(head)):
        text = tail
    lex = lexicon(language_of(spaced(text)))
    if opens := _ASKS_POLITELY.match(plain(text)):
        text = text[opens.end() :] if len(plain(text)) == len(text) else text
    pieces = _APART.split(text)
    kept = [pieces[0], *(one for one in pieces[1:] if not _is_idle(one, lex))]
    return ", ".join(kept) if len(kept) < len(pieces) else text


#: "Mag ik u vragen om ...", "zou u willen noteren dat ...".
_ASKS_POLITELY = re.compile(rf"{pattern('asks_politely')} ")


def _is_idle(piece: str, lex: Lexicon) -> bool:
    """Whether a piece behind what is told only says why, or asks for it."""
    if beside.says_why(piece) or beside.adds_nothing(piece) or beside.pleads_only(piece.rstrip("?. ")):
        return True
    return beside.tells_only(piece) and not lex.says("not", spaced(piece))


def _needs_nothing(sentence: Sentence, rows: Iterable[Registration], form: Form) -> bool:
    """Whether a sentence says of one of ``rows``, of whom no diet is noted, that nothing is needed for them:
    "Voor Jan is er niets speciaals.", "Jan eet alles."."""
    words = spaced(sentence.plain).split()
    lex = lexicon(language_of(spaced(sentence.plain)))
    for row in rows:
        parts = _parts(row, form)
        rest = " ".join(word for word in words if word not in parts and not _IS_TITLE.fullmatch(word))
        if (
            not parts.isdisjoint(words)
            and not row.text(DIET)
            and lex.consists_of("none_needed", spaced(rest))
        ):
            return True
    return False


def _parts(row: Registration, form: Form) -> set[str]:
    return {*spaced(name_of(row.answers, form)).split()}


def _names(row: Registration, rows: Mapping[str, Registration], form: Form) -> tuple[str, ...]:
    """What somebody may be called among ``rows``: their whole name, and a first or last name that is no part
    of another's."""
    others = {part for other in rows.values() if other is not row for part in _parts(other, form)}
    alone = (row.text(one.key) for one in form.of_kind(FieldKind.NAME))
    own = (part for part in alone if part and not {*spaced(part).split()} & others)
    return (*orders_of(name_of(row.answers, form)), *own)


def _leaves_open(text: str) -> bool:
    """Whether a sentence speaks of its writer, of a day, or of what may be otherwise."""
    said = spaced(text)
    is_open = any(lexicon(language).says(one, said) for language in LANGUAGES for one in _OPEN)
    return speaks_of_writer(text) or is_open or bool([*dates_in(said)])


def speaks_of_writer(text: str) -> bool:
    """Whether plain words speak of who writes them, or of what is theirs."""
    said = spaced(text)
    return any(lexicon(one).who[of].search(said) for one in LANGUAGES for of in ("writer", "mine"))


def _is_told_of(name: str, text: str) -> bool:
    """Whether a sentence tells what it tells of somebody who is called so: as its subject, for them, or of a
    field of theirs."""
    said = spaced(text)
    at = said.find(spaced(name))
    if at < 0:
        return False
    before = said[: at + 1]
    if _TITLES.fullmatch(before):
        return True
    before = _THEIR_TITLE.sub("", before)
    whose = _WHOSE.search(before)
    fields = (field for one in LANGUAGES for field in lexicon(one).fields.values())
    if _AT_THEM.search(before) and _STANDS.match(said[at + len(spaced(name)) - 1 :]):
        return True
    of_field = whose is not None and any(field.search(f" {whose['what']} ") for field in fields)
    return bool(_FOR_THEM.search(before)) or of_field


def _says_nothing(sentence: Sentence) -> bool:
    """Whether a sentence is thanks, a plea for what another says, or a name below a mail."""
    if beside.pleads_only(sentence.text.rstrip("?. ")):
        return True
    acts = read_acts([sentence.text])
    idle = all(act.kind in IDLE and not act.elsewhere for act in acts)
    short = len(sentence.text.split()) <= _SIGNED
    return idle and (short or beside.adds_nothing(sentence.text))

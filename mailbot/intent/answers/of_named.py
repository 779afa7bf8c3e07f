"""Whom of several people an answer is about that names one of them.

Who registered three people and was told so writes "voor Els Maes graag een vegetarische maaltijd". A mail of
ours about them all, the words as written and the form go in; the one registration comes out, or none where
anything leaves open whose it is.
"""

from __future__ import annotations

import re

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.form import Form
from mailbot.domain.registration import Registration
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import IDLE
from mailbot.intent.answers import beside
from mailbot.intent.lexicon import lexicon, pattern, spaced
from mailbot.intent.questions import is_question
from mailbot.intent.sentences import Sentence, sentences
from mailbot.matching.names import name_of, orders_of
from mailbot.text.dates import dates_in
from mailbot.text.lexicon import LANGUAGES

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
_WHOSE = re.compile(rf"(?P<what>\S+) (?:{pattern('whose')}) $")
#: Words of a line that is a name or an office below a mail.
_SIGNED = 2


def whom_it_names(asked: PendingQuestion, words: str, form: Form) -> Registration | None:
    """The one of several people of whom the only sentence that says something tells it: "voor Els Maes graag
    ...", "het nummer van Els Maes is ...", "Els Maes eet ...". None where the writer or another of them is
    spoken of as well, by any part of a name, and where anything leaves open whether it is so."""
    if asked.registration is not None or asked.kind not in (Ask.TOLD, Ask.SIGNED):
        return None
    telling = [one for one in sentences(words.splitlines()) if not _says_nothing(one)]
    if len(telling) != 1 or is_question(telling[0]) or _leaves_open(telling[0].plain):
        return None
    told = [row for row in asked.rows if _is_told_of(name_of(row.answers, form), telling[0].plain)]
    others = {part for row in asked.rows if row not in told for part in _parts(row, form)}
    spoken = {*spaced(words).replace(".", " ").split()}
    return told[0] if len(told) == 1 and not spoken & (others - _parts(told[0], form)) else None


def _parts(row: Registration, form: Form) -> set[str]:
    return {*spaced(name_of(row.answers, form)).split()}


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
    """Whether a sentence tells what it tells of this whole name: as its subject, for them, or of a field of
    theirs."""
    said = spaced(text)
    found = [said.find(one) for one in map(spaced, orders_of(name)) if one in said]
    if not found:
        return False
    before = said[: min(found) + 1]
    whose = _WHOSE.search(before)
    fields = (field for one in LANGUAGES for field in lexicon(one).fields.values())
    of_field = whose is not None and any(field.search(f" {whose['what']} ") for field in fields)
    return not before.strip() or bool(_FOR_THEM.search(before)) or of_field


def _says_nothing(sentence: Sentence) -> bool:
    """Whether a sentence is thanks, a plea for what another says, or a name below a mail."""
    acts = read_acts([sentence.text])
    idle = all(act.kind in IDLE and not act.elsewhere for act in acts)
    short = len(sentence.text.split()) <= _SIGNED
    return idle and (short or beside.adds_nothing(sentence.text) or beside.pleads_only(sentence.text))

"""Who takes the places that somebody asked without a name: "Het worden Geert Pollet (schepen) en Sara Maes".

The words of an answer and the rows that it is about go in; the people that it names come out, where it says
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.form import Form
from mailbot.domain.submission import Intent, Submission
from mailbot.extraction.labels import labels_of
from mailbot.intent.answers.beside import is_courtesy
from mailbot.intent.lexicon import pattern
from mailbot.intent.listed_people import Named, enumerated
from mailbot.intent.sentences import ITEM, sentences
from mailbot.intent.told_person import person_of
from mailbot.matching.names import name_of
from mailbot.matching.organisations import Directory
from mailbot.text.normalize import letters, tidy

#: What may stand before the names: "het worden", "plaats 1:".
_BEFORE = re.compile(rf"(?:{pattern('before_named_places')})\s*:?\s+", re.I)
#: Intents by which words are still open.
_OPEN = frozenset({Intent.NONE, Intent.REPLY, Intent.UNCLEAR, Intent.CHANGE})


def with_named_places(
    submission: Submission, asked: PendingQuestion, form: Form, directory: Directory
) -> Submission | None:
    """The submission with the people whom an answer names for the places that we asked about; None where the
    question was another or about one place alone, where the words say more than whom they name, and where
    they name more people than there are places."""
    nameless = len(asked.rows) > 1 and not any(name_of(row.answers, form) for row in asked.rows)
    read = submission.people or submission.told or submission.question
    if asked.kind is not Ask.INCOMPLETE or not nameless or read or submission.intent not in _OPEN:
        return None
    named = _only_named(submission.words.splitlines())
    if not named or len(named) > len(asked.rows):
        return None
    labels = labels_of(form)
    people = tuple(person_of(one, "", labels, directory) for one in named)
    return replace(submission, intent=Intent.REGISTER, form=form.id, told=people, told_doubts=())


def _only_named(lines: Sequence[str]) -> tuple[Named, ...]:
    """The people whom lines name that hold nothing else but courtesies; nobody where they say more, or name
    one twice."""
    found: list[Named] = []
    for sentence in sentences(ITEM.sub("", tidy(line)) for line in lines):
        if is_courtesy(sentence.text):
            continue
        here = enumerated(_BEFORE.sub("", sentence.text, count=1))
        if not here:
            return ()
        found += here
    return tuple(found) if len({letters(one.name) for one in found}) == len(found) else ()

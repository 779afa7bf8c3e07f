"""What a reply tells by the questions of the form and none of the answers that were taken from it has.

Of two things in one sentence one may be understood and the other not ("mijn gsm is ... en graag
vegetarisch"). The answer says what was taken over, so that nobody would notice: such a sentence goes to a
person with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from mailbot.domain.form import DIET, Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Submission, Value
from mailbot.intent.answers.told import Told, pieces_of, told_in, untold
from mailbot.intent.answers.values import phones_in
from mailbot.intent.lexicon import as_written, language_of, lexicon, spaced
from mailbot.intent.sentences import sentences
from mailbot.matching.addresses import addresses_in
from mailbot.text.lexicon import AND, BUT, either
from mailbot.text.normalize import letters, plain

#: Where another thing may begin within a piece.
_JOINED = re.compile(rf"\s+{either(*AND, *BUT)}\s+", re.I)


def with_what_is_lost(submission: Submission, about: Registration, form: Form) -> Submission:
    """The submission with those sentences of its words in its question that tell of a field for which nobody
    in it has an answer, and do not only repeat what is noted ``about`` the writer."""
    if not submission.people:
        return submission
    answers = {key: answer.value for person in submission.people for key, answer in person.answers.items()}
    held = {letters(str(value)) for value in (*about.answers.values(), *answers.values())}
    lines = submission.words.splitlines()
    unanswered = untold(lines, [Told(one, "", "") for one in form.fields if one.key in answers], form)
    passed_on = [one.text.strip(" .") for one in sentences([submission.question])]
    lost = []
    for one in sentences(lines):
        left = _without(one.text, passed_on)
        more = _tells_more(left, answers, about, form) or _gives_more(left, held)
        if more or (one.text in unanswered and left == one.text):
            lost.append(one.text)
    if not lost:
        return submission
    kept = [said for said in passed_on if not any(said in text for text in lost)]
    return replace(submission, question=" ".join([*kept, *lost]))


def _without(text: str, parts: Sequence[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


def _tells_more(text: str, answers: Mapping[str, Value], about: Registration, form: Form) -> bool:
    """Whether a piece of a sentence tells something by a question that was not answered."""
    pieces = [part for piece in pieces_of(text) for part in _JOINED.split(piece)]
    told = [one for piece in pieces if (one := told_in(piece, form)) is not None]
    if any(one.field.key not in answers and about.text(one.field.key) != one.answer for one in told):
        return True
    said = spaced(as_written(plain(text)))
    diet = lexicon(language_of(said)).find("diet_said", said)
    if diet is None or DIET in answers:
        return False
    # A form may ask it by an option of another question.
    held = (about.text(DIET), *map(str, answers.values()))
    return not any(diet[0].strip() in plain(one) for one in held)


def _gives_more(text: str, held: AbstractSet[str]) -> bool:
    """Whether a number or an address in a sentence is held nowhere."""
    return any(letters(value) not in held for value in (*phones_in(text), *addresses_in(text)))

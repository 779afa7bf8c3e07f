"""An answer to what we asked about several people, each part of it about one of them: "De burgemeester heet
Filip Pauwels. En ja, dat klopt voor Els Maes."

The words and the registrations that our question was about go in. Each part is given to the one whom it calls
by name or function and read as an answer about them alone; the answers of all come out as people, those of
whom no part tells with none, so that they are asked again. What no part answers is left as the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import (
    ActKind,
    Answer,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    acts_here,
)
from mailbot.intent import phrases
from mailbot.intent.answers import beside
from mailbot.intent.answers.by_office import FOR, TITLE, without_office
from mailbot.intent.lexicon import pattern
from mailbot.intent.person_mentions import TOKEN
from mailbot.intent.roles import ROLES
from mailbot.intent.sentences import ITEM, sentences
from mailbot.matching.names import name_of
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import plain, tidy

#: What an answer to a question may do, and nothing else.
_ANSWERS = frozenset(
    {ActKind.ANSWER, ActKind.CONFIRM, ActKind.CHANGE, ActKind.OTHER, ActKind.THANKS, ActKind.DENY}
)
_APART = re.compile(rf"\s*[,;]\s+(?:{AN_AND}\s+)?|\s+{AN_AND}\s+")
_JOINED = re.compile(rf"^{AN_AND}[\s,]+", re.I)
#: A yes before an answer: "ja, en OCMW Damme".
_YES_AND = re.compile(
    rf"{pattern('opens_yes')}\b(?!\s+{pattern('denies_yes')}\b)[\s,.:;-]*(?:{AN_AND}\s+)?", re.I
)
#: Words around a name that say only that it is one.
_BESIDE = re.compile(rf"(?:(?:{pattern('beside_name')}|{pattern('the_one')})\b\W*)*", re.I)
_SIGNS = " :,;.!-–"

#: Reads words as an answer about one registration.
Single = Callable[[str, PendingQuestion], Submission]


def with_answers_of_each(
    submission: Submission, asked: PendingQuestion, form: Form, single: Single
) -> Submission | None:
    """The submission with what its words answer of each of those whom we asked about; None where our question
    was another, where words want more than to answer it, or speak of two in one part, and where they answer
    it for nobody in particular."""
    named = any(name_of(row.answers, form) for row in asked.rows)
    wants_more = {act.kind for act in acts_here(submission.acts)} - _ANSWERS
    if asked.kind is not Ask.INCOMPLETE or not named or wants_more:
        return None
    if submission.people or submission.told or submission.question.strip():
        return None
    reading = _Reading(asked, form, single)
    first, *below = [[*_parts(line)] for line in submission.words.splitlines() if any(_parts(line))] or [[]]
    parts = (*first, *(part for line in below for part in line if not reading.is_signed(part)))
    opening = {*first[:1], *(part for part in first if _STATES.search(part))}
    taken = all(reading.take(part, opens=part in opening) for part in parts) and reading.answers_somebody
    if not (taken and any(reading.answers.values())):
        return None
    people = tuple(
        Person(reading.answers.get(row.nr, {}), row.organisation_known, nr=row.nr) for row in asked.rows
    )
    return replace(
        submission,
        found=SubmissionKind.FORM,
        form=form.id,
        people=people,
        problems=tuple(reading.problems),
        intent=Intent.FORM,
        question=" ".join(reading.left),
    )


def _parts(line: str) -> Iterator[str]:
    """The sentences of a line that are more than talk."""
    for sentence in sentences([ITEM.sub("", tidy(line))]):
        text = _JOINED.sub("", sentence.text)
        if not (beside.adds_nothing(text) or beside.pleads_only(text.rstrip("?. "))):
            yield text


@dataclass
class _Reading:
    """What is read so far: the answers by nr, what is doubted of them, and the words that answer nothing."""

    asked: PendingQuestion
    form: Form
    single: Single
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    answers_somebody: bool = False

    def is_signed(self, text: str) -> bool:
        """Whether a line below the first is a name or an office without another word, as below a letter: who
        writes, and nobody of them."""
        says = ":" in text or _STATES.search(text) or phrases.says_yes(plain(text).strip(_SIGNS))
        named = any(self._without_name(text, row) != text for row in self.asked.rows)
        return not (says or named) and len(text.split()) <= _SIGNED

    def take(self, sentence: str, *, opens: bool) -> bool:
        """Takes a sentence, cut where another of them is spoken of; False where one part speaks of two. Only
        what ``opens`` the mail is of somebody whom it does not call."""
        pieces = _APART.split(sentence)
        spoken = [self._about(piece) for piece in pieces]
        if len({row.nr for _, row in spoken if row}) <= 1:
            text, row = self._about(sentence)
            return self._of(row, text, sentence) if row else self._of_nobody(sentence, opens=opens)
        if any(row is None for _, row in spoken):
            return False
        return all(
            self._of(row, text, piece) for (text, row), piece in zip(spoken, pieces, strict=True) if row
        )

    def _about(self, text: str) -> tuple[str, Registration | None]:
        """A piece without what it calls one of them by, and that one; None where it calls nobody, or two."""
        told = [(rest, row) for row in self.asked.rows if (rest := self._without_name(text, row)) != text]
        if not told:
            return without_office(text, self.asked.rows)
        if len(told) > 1:
            return text, None
        rest, row = told[0]
        other, by_office = without_office(rest, self.asked.rows)
        return (other if by_office is row else rest), (row if by_office in (row, None) else None)

    def _without_name(self, text: str, row: Registration) -> str:
        """A text without the name of one of them: the whole, or a part that nobody else of them has."""
        others = {part for one in self.asked.rows if one is not row for part in self._names(one)}
        own = [part for part in self._names(row) if part not in others]
        whole = name_of(row.answers, self.form)
        called = [whole, *sorted(own, key=len, reverse=True)] if " " in whole else own
        for name in filter(None, called):
            said = re.escape(name).replace(r"\ ", r"\s+")
            found = re.search(rf"{FOR}(?:{TITLE})?\b(?i:{said})\b", text)
            if found:
                return f"{text[: found.start()]} \N{BULLET} {text[found.end() :]}"
        return text

    def _names(self, row: Registration) -> list[str]:
        keys = (self.form.given_name, self.form.family_name)
        return [row.text(key) for key in keys if key and row.text(key)]

    def _of(self, row: Registration, text: str, piece: str) -> bool:
        """Takes a piece about one of them; what it does not answer is left."""
        self.answers_somebody = True
        if given := self._given_name(row, text):
            self._put(row, {self.form.given_name: Answer(given, _WHERE)})
            return True
        rest = _BESIDE.sub("", text.replace("\N{BULLET}", " ").strip(_SIGNS), count=1).strip(_SIGNS)
        if phrases.says_yes(plain(rest)):
            self._put(row, _confirmed(row))
            return True
        if not rest:
            return True  # the name alone answers nothing
        return self._read(row, rest) or self._leave(piece)

    def _given_name(self, row: Registration, text: str) -> str:
        """The first name that was asked, before the last name that is known: "... heet Filip Pauwels"."""
        key = self.form.given_name
        if not key or row.text(key) or not any(problem.field == key for problem in row.doubts):
            return ""
        found = _BEFORE_NAME.search(text)
        rest = f"{text[: found.start()]} {text[found.end() :]}" if found else text
        if found is None or ROLES.fullmatch(found["given"]) or not _BESIDE.fullmatch(rest.strip(_SIGNS)):
            return ""
        return found["given"]

    def _of_nobody(self, text: str, *, opens: bool) -> bool:
        """Takes a sentence that calls nobody: a plain yes to all that was doubted, or the answer that one of
        them alone is still to give."""
        if phrases.says_yes(plain(text).strip(_SIGNS)):
            for row in self.asked.rows:
                self._put(row, _confirmed(row))
            return True
        if opens and (said := _YES_AND.match(text)) and text[said.end() :]:
            for row in self.asked.rows:
                self._put(row, _confirmed(row))
            text = text[said.end() :]
        open_ = [row for row in self.asked.rows if self._misses(row)]
        if opens and len(open_) == 1 and self._read(open_[0], text):
            self.answers_somebody = True
            return True
        return self._leave(text)

    def _read(self, row: Registration, text: str) -> bool:
        """Takes what the words answer about one of them, where that is all they say; another whole name than
        the one that is known in part tells of somebody else, or that it is wrong."""
        asked = replace(self.asked, nrs=(row.nr,), rows=(row,))
        read = self.single(text, asked)
        if len(read.people) != 1 or read.question.strip():
            return False
        said = read.people[0].text(self.form.given_name) if self._names(row) else ""
        if " " in said:
            return False
        at = self.asked.rows.index(row)
        self.problems += [replace(problem, person=at) for problem in read.problems]
        self._put(row, dict(read.people[0].answers))
        return True

    def _put(self, row: Registration, answers: dict[str, Answer]) -> None:
        self.answers[row.nr] = {**answers, **self.answers.get(row.nr, {})}

    def _misses(self, row: Registration) -> bool:
        """Whether an answer that is missing of one of them was not given so far."""
        told = self.answers.get(row.nr, {})
        return any(one.code is Code.MISSING and one.field not in told for one in row.doubts)

    def _leave(self, text: str) -> bool:
        self.left.append(text)
        return True


#: Words of a line below a mail.
_SIGNED = 6
#: What a line states that is more than a name.
_STATES = re.compile(rf"\b(?i:{pattern('beside_name')}|{pattern('states')})\b")
_WHERE = Location().at(Unit.ANSWER)
#: A first name right before the last name that was taken out of the text.
_BEFORE_NAME = re.compile(rf"\b(?P<given>{TOKEN}(?:[ -]{TOKEN})?)\s+\N{{BULLET}}")


def _confirmed(row: Registration) -> dict[str, Answer]:
    """The doubted answers of a row, as a yes confirms them."""
    where = Location().at(Unit.CONFIRMATION)
    unsure = {problem.field for problem in row.doubts if problem.code is Code.UNSURE}
    return {key: Answer(value, where) for key, value in row.answers.items() if key in unsure}

"""A reply to a mail of ours, line by line and piece by piece → its answers, and the words that are left.

What a piece states by itself, ``stated`` tells; a text that is left answers what is still open, where
that is one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import NOWHERE, Location, Unit
from mailbot.domain.form import ROLE, FieldKind
from mailbot.domain.submission import (
    Act,
    ActKind,
    Code,
    Intent,
    Submission,
    SubmissionKind,
    Who,
)
from mailbot.extraction.coming import presence_field
from mailbot.extraction.values.result import ParsedValue
from mailbot.intent import phrases
from mailbot.intent.acts import read_acts
from mailbot.intent.answers import beside
from mailbot.intent.answers.field_statements import (
    looks_named,
    runs_on,
    says_something,
    statements_in,
)
from mailbot.intent.answers.found import Found
from mailbot.intent.answers.rest import RestOfAnswer
from mailbot.intent.answers.stated import StatedAnswers, to_confirm
from mailbot.intent.answers.told import PIECE, told_in
from mailbot.intent.answers.values import (
    PHONE,
    phones_in,
)
from mailbot.intent.lexicon import pattern, spaced
from mailbot.intent.roles import role_stated
from mailbot.intent.sentences import closes, sentences, without_greeting
from mailbot.matching.addresses import addresses_in
from mailbot.matching.given_names import is_given, told_apart
from mailbot.text.closings import without_closing
from mailbot.text.lexicon import BUT, either
from mailbot.text.normalize import letters

#: Between sentences; one in small letters may be an abbreviation that goes on.
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])|(?<=\w{5}[.!])\s+(?=[a-zà-ÿ])")
_CALLED = re.compile(rf"^{pattern('called_me')}\s+", re.I)
_YES_FIRST = re.compile(rf"^{pattern('opens_yes')}\b(?!\s+{pattern('denies_yes')}\b)[\s,.:;-]*", re.I)
#: What limits the yes before it: "ja, maar ...", "klopt, enkel ...".
_BUT_FIRST = re.compile(rf"^(?:{either(*BUT)}|{pattern('only_but')})\b[\s,:]*", re.I)
#: For whom somebody writes, before their name.
_ON_BEHALF = re.compile(rf"{pattern('on_behalf')}\s+", re.I)
#: "Neen, het is ...", "klopt niet, 't is ...": what follows is how it should be.
_NO_FIRST = re.compile(rf"^(?:{pattern('opens_no')}\b[\s,.:;!-]*)+(?=\S)", re.I)
#: What a new value takes the place of.
_INSTEAD = re.compile(rf"\s+{pattern('takes_place_of')}\s.*$", re.I)
_LONGEST_ANSWER = 80
_WHOLE_NAME = 2  # words at least
#: Characters of a line in which an address, a number or a body shows by itself.
_LONGEST_SENTENCE = 200


@dataclass
class ReplyLines:
    """The answers of a reply as they are ``found``, line by line; ``changes`` are what both readers of words
    took for a change, by its sentence."""

    found: Found
    changes: Mapping[str, Act]
    confirmed: Location = NOWHERE

    def __post_init__(self) -> None:
        self.stated = StatedAnswers(self.found, self.changes)
        self.rest = RestOfAnswer(self.found, self.changes, self.stated.settled)

    def statements(self, text: str) -> list[str]:
        """The sentences of a line, where one of them answers by itself: "Bestuur: Waregem. Mijn gsm is
        0471 22 33 44." are two answers. Else the line as it is: a stop may belong to a value."""
        said = [sentence.text for sentence in sentences([text])]
        if any(one in self.changes for one in said):
            return said
        pieces = [piece for piece in _STOP.split(text) if piece]
        opens = bool(pieces) and beside.is_courtesy(pieces[0])
        alone = (self._stands_alone(piece) or _is_talk(piece) or self._is_body(piece) for piece in pieces)
        cut = len(pieces) > 1 and (opens or any(alone) or any(map(_puts_somebody_on, pieces)))
        return pieces if cut else [text]

    def _stands_alone(self, text: str) -> bool:
        words = beside.bare(text)
        if phrases.says_yes(words) or phrases.says_no(words) or beside.is_courtesy(text):
            return True
        shows = PHONE.search(text) or addresses_in(text)
        labelled = any(self.found.label(said.label) for said in statements_in(text))
        return bool(labelled or shows or told_in(text, self.found.form))

    def _is_body(self, text: str) -> bool:
        """Whether a piece is no more than a body that we know, where one was asked."""
        asked = any(one.kind is FieldKind.ORGANISATION for one in self.found.open_fields)
        return asked and bool(self.found.directory.recognise(beside.bare(text)))

    def line(self, text: str, where: Location) -> None:
        text = _INSTEAD.sub("", without_greeting(text))
        if not text or not sentences([text]) or closes(text):
            return  # a greeting, or the end of a letter
        head, colon, tail = text.partition(": ")
        if colon and not self.found.label(head) and (beside.says_why(head) or beside.only_heads(head)):
            text = tail  # "excuses, dat was ik vergeten: gemeente Damme", "let op: ik eet geen vlees"
        above, self.stated.unfinished = self.stated.unfinished, ""
        if self._bare(text, where):
            return
        behind_yes = self._behind_yes(text)
        if behind_yes != text:
            self._confirms(where)
        if self._stated(text, where):
            return
        if behind_yes != text and self.stated.labelled(behind_yes, where):
            return
        text = _NO_FIRST.sub("", text) if behind_yes == text else behind_yes
        self._unstated(text, where, above)

    def _unstated(self, text: str, where: Location, above: str) -> None:
        """Takes the pieces of a line that states nothing as a whole, unless it only tells who writes."""
        on_behalf = _ON_BEHALF.match(text)
        if on_behalf and self.found.subject.is_called(beside.bare(text[on_behalf.end() :])):
            return  # "namens Jan Peeters", under what was confirmed for him
        signed = without_closing(beside.bare(text)).strip(" .!,-")
        if not self._is_their_name(signed):  # one under their words
            self._in_pieces(text, where, above)

    def _confirms(self, where: Location) -> None:
        """Keeps where a yes stands; of several the first."""
        self.confirmed = where if self.confirmed is NOWHERE else self.confirmed

    def _behind_yes(self, text: str) -> str:
        """What stands behind the yes that opens a line, and the "but" behind that ("ja, maar de gsm is ...",
        "alles klopt, enkel ..."); the line as it is where none does, or a yes may answer a question."""
        if any(one.kind is FieldKind.YES_NO for one in self.found.open_fields):
            return text
        behind = _YES_FIRST.sub("", text)
        if behind == text:
            head, _, tail = text.partition(", ")
            behind = tail if tail and phrases.says_yes(beside.bare(head)) else text
        return _BUT_FIRST.sub("", behind) if behind != text else text

    def _bare(self, text: str, where: Location) -> bool:
        """Whether a line is no more than a yes, a no or a courtesy, which is then dealt with."""
        words = beside.bare(text)
        if phrases.says_yes(words):
            self._confirms(where)
        elif beside.is_courtesy(text):
            return True
        elif not phrases.says_no(words):
            return False
        self._yes_no(text, where)
        return True

    def _stated(self, text: str, where: Location) -> bool:
        """Whether a line says of a field what it is, or asks for a change that was found."""
        stated = (
            self.stated.changed(text, where)
            or self.stated.labelled(text, where)
            or self.stated.is_now(text, where)
        )
        return stated or self.stated.tells(text, where) or self.rest.asks_that(text)

    def _in_pieces(self, text: str, where: Location, above: str) -> None:
        """Takes what answers by itself between commas; ``above`` is the field of the line before."""
        pieces = [piece for piece in map(str.strip, PIECE.split(text)) if piece]
        taken: list[bool] = []
        for number, piece in enumerate(pieces, 1):
            taken.append(len(piece) <= _LONGEST_SENTENCE and self.stated.piece(piece, where, pieces[number:]))
            if not taken[-1] and not self.stated.is_anothers(piece, piece):
                self.stated.mention(piece)  # "mijn gsm is gewijzigd, het nieuwe is ..."
                self.stated.named |= {
                    one.key for one in self.found.open_fields if self.found.names(one, piece)
                }
        if any(taken):
            rest = (piece for piece, is_taken in zip(pieces, taken, strict=True) if not is_taken)
            self.stated.left += [(piece, where) for piece in rest if not beside.adds_nothing(piece)]
            return
        if not self._continues(above, text):
            self.stated.left.append((text, where))  # "adviseur, dienst IT" is one answer
        if not self.stated.is_anothers(text, text):
            self.stated.mention(text)

    def _continues(self, above: str, text: str) -> bool:
        """Whether a line goes on with the answer ``above`` it, where that may have several lines."""
        one = self.found.form.field(above)
        if one is None or len(text) > _LONGEST_ANSWER or text.endswith("?"):
            return False
        self.stated.unfinished = one.key
        read, where = self.found.answers[one.key]
        self.found.answers[one.key] = self.found.read(one, f"{read.seen}\n{text}"), where
        return True

    def comes(self, acts: Iterable[Act]) -> None:
        """ "Ja, ik kom", where we asked whether they do: what both readers took for coming."""
        key = presence_field(self.found.form)
        asked = self.found.about.answers.get(key) is False or any(
            one.key == key for one in self.found.open_fields
        )
        coming = (ActKind.COME, ActKind.RESTORE)
        back = self.found.about.status.is_out  # what they write brings them back
        said = [one for one in acts if one.kind in coming and (one.agreed or back) and not one.elsewhere]
        if not asked:
            self._let_go(said)
        elif len(said) == 1 and said[0].who is Who.WRITER:
            words, where = said[0].words, Location().at(Unit.ANSWER)
            where = next((at for text, at in self.stated.left if text in words or words in text), where)
            self.found.answers[key] = ParsedValue(True, seen=words), where
            self.stated.left = [
                (text, at) for text, at in self.stated.left if text not in words and words not in text
            ]

    def _let_go(self, said: Iterable[Act]) -> None:
        """Drops what the writer says of coming themselves: where nobody asked, nobody has to hear it."""
        own = [act for act in said if act.who is Who.WRITER and not act.people]
        spoken = {spaced(text).strip() for act in own for text in (act.words, act.clause)}
        self.stated.left = [(text, at) for text, at in self.stated.left if spaced(text).strip() not in spoken]

    def without_signature(self, words: str) -> None:
        """Drops a name of somebody else that stands alone at the end, under a "ja, dat klopt": who answers
        for another signs so. One that may be the answer to what is still missing stays."""
        if self.confirmed is NOWHERE or not self.stated.left:
            return
        text, _ = self.stated.left[-1]
        ends = words.rstrip(" .,").endswith(f"\n{text.rstrip(' .,')}")
        if ends and self._is_anothers_name(text):
            self.stated.left.pop()

    def _is_anothers_name(self, text: str) -> bool:
        """Whether a line is a whole name that has no word in common with what is noted, and no answer to what
        nothing is noted of: to a name never, to anything else where a first name tells that it is one."""
        words, noted = (
            spaced(text).split(),
            spaced(" ".join(map(str, self.found.about.answers.values()))).split(),
        )
        if len(words) < _WHOLE_NAME or not looks_named(text) or not {*words}.isdisjoint(noted):
            return False
        missing = {one.field for one in self.found.about.doubts if one.code is Code.MISSING}
        kinds = {one.kind for one in self.found.open_fields if one.key in missing}
        a_body = bool(self.found.directory.recognise(text))
        return not a_body and FieldKind.NAME not in kinds and (not kinds or told_apart(text) is not None)

    def by_elimination(self) -> None:
        """One answer left and one thing asked: they belong together. So do a full name and the
        two fields of a name."""
        still_open = self.found.open_fields
        if len(self.stated.left) > 1 and len(still_open) == 1 and still_open[0].kind.traits.lines:
            self.stated.left = [("\n".join(text for text, _ in self.stated.left), self.stated.left[0][1])]
        told = [one for one in self.stated.left if not _is_talk(one[0])]
        if len(told) != 1:
            return
        text, where = told[0]
        text = self._repeated(text) or _CALLED.sub("", beside.without_fillers(text)).rstrip(" !")
        if text.endswith("?") or len(text) > _LONGEST_ANSWER or text.count(" ") > 6:
            return
        if not says_something(text) and self._is_taken(text, where):
            self.stated.left.remove(told[0])

    def _is_taken(self, text: str, where: Location) -> bool:
        """Takes the one text that is left for what is still open; false where it may be no answer to that."""
        still_open = self.found.open_fields
        given, family = self.found.form.given_name, self.found.form.family_name
        if addresses_in(text):  # an address is nobody's name
            still_open = [one for one in still_open if one.kind is not FieldKind.NAME]
        if len(still_open) == 1 and still_open[0].kind is not FieldKind.YES_NO:
            one = still_open[0]
            if self.found.is_part_of_whole_name(one.key, text):
                return False
            text = self.found.subject.asked_part(one.key, text)
            read = self.found.read(one, text)
            if one.kind in (FieldKind.NAME, FieldKind.ORGANISATION) and not self.stated.looks_named(text):
                if runs_on(text):
                    return False
                read = to_confirm(read)
            if one.key == given and self._is_another_name(text):
                read = to_confirm(read)
            self.found.keep(one.key, read, where)
            return True
        if {one.key for one in still_open} == {given, family} and _may_be_a_name(text):
            self.found.full_name(text, where, given, family)
            return True
        return False

    def _is_another_name(self, text: str) -> bool:
        """Whether what stands for a first name goes on with another last name than the one that is noted."""
        noted = self.found.about.text(self.found.form.family_name)
        return bool(noted) and len(text.split()) > 1 and not all(map(is_given, text.split()))

    def submission(self, submission: Submission) -> Submission:
        """The submission with what was found as one person's answers; as it is where nothing was."""
        left = [text for text, _ in self.stated.left]
        denied = self.rest.denied(left)
        if self.confirmed is not NOWHERE:
            self.found.confirm(self.confirmed, denied)
        if not self.found.answers:
            return submission
        rest = self.rest.unexplained((*left, *self._not_taken(submission.words, left)))
        rest = rest or " ".join(text for text in left if self._states_another_role(text))
        question = self.rest.asked_besides(submission.question)
        return replace(self._as_form(submission), question=question or rest, asks_nothing=not question)

    def _as_form(self, submission: Submission) -> Submission:
        """The submission as a form of one person, with the answers that were found."""
        person, problems = self.found.given()
        return replace(
            submission,
            found=SubmissionKind.FORM,
            form=self.found.form.id,
            people=(person,),
            problems=problems,
            intent=Intent.FORM,
        )

    def _states_another_role(self, text: str) -> bool:
        """Whether the writer says to have a function that is neither noted nor taken."""
        role, read = role_stated(text), self.found.answers.get(ROLE)
        noted = str(read[0].value) if read else self.found.about.text(ROLE)
        return bool(role and noted) and letters(role) != letters(noted)

    def as_changed(self, changes: Mapping[str, str], submission: Submission) -> Submission | None:
        """The submission with what the whole mail changes as one person's answers; None where it changes
        nothing, or a piece of it was read in another way."""
        where = Location().at(Unit.ANSWER)
        read = {
            key: self.found.read(one, value)
            for key, value in changes.items()
            if (one := self.found.form.field(key))
        }
        others = {key: known for key, (known, _) in self.found.answers.items()}
        fits = all(key in read and read[key].value == known.value for key, known in others.items())
        if not read or not fits or any(one.code for one in read.values()):
            return None
        self.found.answers = {key: (value, where) for key, value in read.items()}
        return replace(self._as_form(submission), question="", asks_nothing=True)

    def _not_taken(self, words: str, left: Sequence[str]) -> Iterator[str]:
        """The sentences with a number or an address that is neither an answer, nor known, nor left: it stood
        beside an answer, and somebody has to see it."""
        known = [str(read.seen or read.value) for read, _ in self.found.answers.values()]
        known += [*map(str, self.found.about.answers.values()), self.found.about.sender, *left]
        told = letters(" ".join(known))
        for sentence in sentences(words.splitlines()):
            values = [letters(value)[-8:] for value in phones_in(sentence.text)]
            values += [letters(value) for value in addresses_in(sentence.text)]
            if any(value not in told for value in values):
                yield sentence.text

    def _yes_no(self, text: str, where: Location) -> None:
        """A plain yes or no answers the one such question, where nothing else was doubted."""
        questions = [one for one in self.found.open_fields if one.kind is FieldKind.YES_NO]
        if len(questions) != 1:
            return
        (one,) = questions
        undecided = self.found.about.answers.get(one.key) is None
        others = (p for p in self.found.about.doubts if p.field != one.key or not undecided)
        if not any(p.code is Code.UNSURE for p in others):
            self.found.take(one, text, where)

    def _repeated(self, text: str) -> str:
        """What an answer repeats of the one name that was doubted; or empty."""
        asked = self.found.open_fields
        if len(asked) != 1 or asked[0].kind is not FieldKind.NAME:
            return ""
        subject, key = self.found.subject, asked[0].key
        return subject.repeated(key, text) or subject.without_dropped(key, text)

    def _is_their_name(self, words: str) -> bool:
        """Whether a line is nothing but the name of the person it is about, where none was asked."""
        asked = any(one.kind is FieldKind.NAME for one in self.found.open_fields)
        return not asked and self.found.subject.is_called(words)


def _puts_somebody_on(text: str) -> bool:
    """Whether a sentence says of somebody by name that they come, which is no part of an answer."""
    return any(act.kind is ActKind.COME and act.people for act in read_acts([text]))


def _is_talk(text: str) -> bool:
    """Whether words beside an answer only tell how it came to be missing or wrong."""
    return beside.says_why(text) or beside.tells_only(text)


def _may_be_a_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 6 and words[0][:1].isupper() and not any(c.isdigit() or c in "@:?!" for c in text)
    )

"""A plain answer to a mail of ours ("OCMW Damme", "ja", "mijn gsm-nummer is 0478 12 34 56") →
answers with their source. What cannot be told for certain is left as words, for a person.

Here a mail is taken line by line and piece by piece; what each piece is, ``intent/answers`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import NOWHERE, Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, ROLE, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
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
from mailbot.intent.agreement import weighed
from mailbot.intent.answers import beside
from mailbot.intent.answers.changes import changes_in
from mailbot.intent.answers.choices import choice_in
from mailbot.intent.answers.found import Found
from mailbot.intent.answers.of_named import ToldOf, tells_only_of, told_of_one
from mailbot.intent.answers.rest import Rest
from mailbot.intent.answers.statements import (
    Statement,
    looks_named,
    may_answer,
    new_value_of_writer,
    only_points,
    runs_on,
    says_something,
    statements_in,
)
from mailbot.intent.answers.told import PIECE, as_changes, ends_there, seeming, told_by, told_in
from mailbot.intent.answers.values import (
    BY_THEMSELVES,
    PHONE,
    around,
    body_in,
    is_given,
    names_kind,
    phones_in,
    says,
    shown,
)
from mailbot.intent.answers.whose import Subject
from mailbot.intent.classifier import intent_of
from mailbot.intent.clause import DETAILS
from mailbot.intent.lexicon import pattern, spaced
from mailbot.intent.noted_for import as_statement
from mailbot.intent.roles import role_stated
from mailbot.intent.sentences import ITEM, closes, sentences, without_greeting
from mailbot.intent.told_details import role_in
from mailbot.matching.addresses import addresses_in
from mailbot.matching.given_names import told_apart
from mailbot.matching.names import email_of, is_part_of, name_of
from mailbot.text.closings import without_closing
from mailbot.text.normalize import letters, tidy

_SPEAKING = frozenset(
    {
        Intent.CONFIRM,
        Intent.DENY,
        Intent.CHANGE,
        Intent.REPLY,
        Intent.UNCLEAR,
        Intent.REGISTER,
        Intent.NONE,
        Intent.FORM,
        Intent.THANKS,  # "Gemeente Menen, dank u"
    }
)
#: Between sentences; one in small letters may be an abbreviation that goes on.
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])|(?<=\w{5}[.!])\s+(?=[a-zà-ÿ])")
_CALLED = re.compile(rf"^{pattern('called_me')}\s+", re.I)
_YES_FIRST = re.compile(rf"^{pattern('opens_yes')}\b(?!\s+{pattern('denies_yes')}\b)[\s,.:;-]*", re.I)
#: For whom somebody writes, before their name.
_ON_BEHALF = re.compile(rf"{pattern('on_behalf')}\s+", re.I)
#: "Neen, het is ...", "klopt niet, 't is ...": what follows is how it should be.
_NO_FIRST = re.compile(rf"^(?:{pattern('opens_no')}\b[\s,.:;!-]*)+(?=\S)", re.I)
#: What a new value takes the place of.
_INSTEAD = re.compile(rf"\s+{pattern('takes_place_of')}\s.*$", re.I)
#: "Ik werk voor OCMW Damme.": the words before the name of a body.
_OPENS_BODY = re.compile(rf"^(?:{pattern('opens_body')}\s+(?:{pattern('before_body_told')} )?)+", re.I)
#: "... is schepen": before what is told of somebody named.
_IS_THAT = re.compile(rf"{pattern('states')}\s+(?:{pattern('article')}\s+)?", re.I)
_LONGEST_ANSWER = 80
_WHOLE_NAME = 2  # words at least
#: Characters of a line in which an address, a number or a body shows by itself.
_LONGEST_SENTENCE = 200


def complete(submission: Submission, asked: PendingQuestion, form: Form, settings: Settings) -> Submission:
    """The submission with what its words answer to ``asked``, as one person's answers; the same
    submission where nothing can be told.

    A question for missing or doubted answers of one registration is answered in plain words,
    and what we told of it is corrected by naming what changes. A mail with a form, a withdrawal
    or only thanks is left as it is. Where its pieces do not tell all, ``answers.changes`` reads it as a
    whole. Words that are no answer become the ``question``, so that somebody reads them.
    """
    plainly = replace(submission, words=as_statement(submission.words))
    if (told := told_of_one(asked, plainly.words, form)) is not None:
        read = _told_of(told, plainly, form, settings)
        return submission if read is plainly else replace(read, words=submission.words)
    if asked.registration is None or not _is_read(asked.kind, submission, asked.registration):
        return submission
    if submission.people:
        return _answered_as_on_a_form(submission, asked, form)
    submission = _as_told(submission, form)
    acts = [act for act in submission.acts if not _drops_a_sign(act, asked.registration, form)]
    speaks = submission.intent in _SPEAKING or _comes_for_all(submission, asked.registration)
    if (
        not speaks
        or _is_all_of_another(acts, plainly.words, asked.registration, form)
        or any(_says_more(act, form) for act in acts)
        or _may_be_anothers(acts, asked.registration, form)
    ):
        return submission
    asks_change = {act.words: act for act in submission.acts if _asks_change(act)}
    spoken_of = tells_only_of(asked.registration, plainly.words, form)
    answering = _Answering(asked.registration, form, settings, asks_change, spoken_of)
    for number, line in enumerate(submission.words.splitlines(), 1):
        for said in answering.statements(ITEM.sub("", tidy(line))):
            answering.line(said, Location().at(Unit.ANSWER).at(Unit.LINE, number))
    answering.comes(submission.acts)
    answering.without_signature(submission.words)
    answering.by_elimination()
    read = answering.submission(submission)
    if read.people and not read.problems and not read.question.strip():
        return read
    return answering.as_changed(changes_in(submission, asked.registration, form), submission) or read


def _told_of(told: ToldOf, submission: Submission, form: Form, settings: Settings) -> Submission:
    """The submission with what it tells of one of several people as their answers, read from those words
    alone; as it is where they tell nothing for certain."""
    acts, heard = weighed(read_acts(told.words.splitlines()), told.words, reply=True)
    own = replace(submission, words=told.words, acts=acts, heard=heard, intent=intent_of(acts))
    read = changed_of(told.about, own, form, settings)
    return submission if read is own else replace(read, words=submission.words)


def changed_of(about: Registration, submission: Submission, form: Form, settings: Settings) -> Submission:
    """The submission with what its words, taken whole, change of somebody whom they name, as that person's
    answers; never a name. The same submission where they tell nothing for certain."""
    names = {field.key for field in form.of_kind(FieldKind.NAME)}
    if submission.people or submission.intent not in _SPEAKING:
        return submission
    found = changes_in(submission, about, form)
    if not found or names & {*found}:
        return submission
    read = _Answering(about, form, settings, {}).as_changed(found, submission)
    if read is None:
        return submission
    called = {key: Answer(about.text(key), Location().at(Unit.ANSWER)) for key in names if about.text(key)}
    (person,) = read.people
    return replace(read, people=(replace(person, answers={**called, **person.answers}),))


def _asks_change(act: Act) -> bool:
    return act.kind is ActKind.CHANGE and act.agreed and not act.elsewhere


def _as_told(submission: Submission, form: Form) -> Submission:
    """The submission with what its words tell by the questions of the form, and only seem to say otherwise,
    as changes of those."""
    told = told_by(submission.words.splitlines(), form)
    wrong = seeming(submission.acts, told)
    if not wrong:
        return submission
    acts = (*(act for act in submission.acts if act not in wrong), *as_changes(told))
    return replace(submission, acts=acts, intent=intent_of(acts))


def _comes_for_all(submission: Submission, about: Registration) -> bool:
    """ "Oei, ik kom wel hoor!" of somebody on the list of whom it is doubted whether they come."""
    doubted = any(problem.field == ATTENDS for problem in about.doubts)
    return submission.intent is Intent.RESTORE and doubted and not about.status.is_out


def _is_read(kind: Ask, submission: Submission, about: Registration) -> bool:
    """Whether words are read as an answer about a registration. Of what the secretary asked in her own words,
    only that somebody comes of whom we ask whether they do: "Toch wel, reken maar op mij."."""
    comes = submission.intent in (Intent.REGISTER, Intent.RESTORE) and about.is_asked_whether(ATTENDS)
    hers = kind in (Ask.REMARK, Ask.ANSWERED) and comes and not about.status.is_out
    return kind in (Ask.INCOMPLETE, Ask.TOLD, Ask.SIGNED) or hers


def _answered_as_on_a_form(submission: Submission, asked: PendingQuestion, form: Form) -> Submission:
    """The submission with lines that look like a form, and perhaps like one only ("Naam: Maes" and below it
    "Voornaam: An"), as the answer where they hold nothing but what was asked, and what is noted already."""
    about = asked.registration
    alone = submission.found is SubmissionKind.PERHAPS and len(submission.people) == 1
    if about is None or asked.kind is not Ask.INCOMPLETE or not alone or submission.form != form.id:
        return submission
    doubted = {problem.field for problem in about.doubts}
    said = submission.people[0].answers
    new = {key: answer for key, answer in said.items() if about.answers.get(key) != answer.value}
    if not new or not {*new} <= doubted:
        return submission
    return replace(submission, found=SubmissionKind.FORM, intent=Intent.FORM)


#: Acts that no answer to a question for data carries out: with one of them a person reads the mail.
_MORE = frozenset(
    {
        ActKind.NOT_COME,
        ActKind.SUBSTITUTE,
        ActKind.BRING,
        ActKind.PLACES,
        ActKind.PARTIAL,
        ActKind.CONDITION,
        ActKind.UNSURE,
        ActKind.COPY,
        ActKind.ERASE,
        ActKind.ACCESS,
    }
)


#: Acts about somebody else: found by the rules alone they already tell whose the data may be.
_OF_OTHERS = frozenset({ActKind.BRING, ActKind.SUBSTITUTE, ActKind.PLACES})


def _says_more(act: Act, form: Form) -> bool:
    more = act.kind in _OF_OTHERS or (act.agreed and act.kind in _MORE)
    return more and not act.elsewhere and choice_in(act.words, form) is None


def _may_be_anothers(acts: Iterable[Act], about: Registration, form: Form) -> bool:
    """Whether a diet or a need beside somebody else who comes by name may be theirs: "graag Els Maes
    inschrijven. Vegetarisch.", and not "ik ben vegetariër"."""
    ours, name = [act for act in acts if not act.elsewhere], name_of(about.answers, form)
    comes = (act.people for act in ours if act.kind is ActKind.COME)
    others = any(not is_part_of(one, name) for people in comes for one in people)
    return others and any(
        act.kind is ActKind.CHANGE and act.field in DETAILS and not act.of_self for act in ours
    )


def _is_all_of_another(acts: Sequence[Act], words: str, about: Registration, form: Form) -> bool:
    """Whether the only sentence changes something, but no name, of people by other names: "kan je bij Bo
    Claes als gsm 0470 11 22 33 noteren?"."""
    name = name_of(about.answers, form)
    changes = all(
        act.kind is ActKind.CHANGE and act.field not in _OF_A_NAME and not act.of_self and act.people
        for act in acts
    )
    others = not any(is_part_of(one, name) for act in acts for one in act.people)
    return bool(acts) and changes and others and len(sentences(words.splitlines())) == 1


#: Fields in whose change a name is the new value, or may be.
_OF_A_NAME = ("", "name")


def _drops_a_sign(act: Act, about: Registration, form: Form) -> bool:
    """Whether words that seem to take something off only do so to a doubted name: "die 2 moet weg"."""
    doubted = {problem.field for problem in about.doubts}
    names = (one.key for one in form.of_kind(FieldKind.NAME) if one.key in doubted)
    return any(Subject(about, form).without_dropped(key, act.words) for key in names)


@dataclass
class _Answering:
    """The answers as they are found, line by line."""

    about: Registration
    form: Form
    settings: Settings
    changes: dict[str, Act]  # what both readers took for a change, by its sentence
    spoken_of: bool = False  # the words tell of them by name, and of nobody else
    left: list[tuple[str, Location]] = field(default_factory=list)
    confirmed: Location = NOWHERE
    settled: set[str] = field(default_factory=set)  # sentences that asked for a change that was found
    unfinished: str = ""  # the field of several lines that the line before answered
    mentioned: frozenset[FieldKind] = frozenset()  # numbers and addresses that the words before speak of
    named: frozenset[str] = frozenset()  # fields that they name

    def __post_init__(self) -> None:
        self.found = Found(self.about, self.form, self.settings, spoken_of=self.spoken_of)
        self.rest = Rest(self.found, self.changes, self.settled)

    def statements(self, text: str) -> list[str]:
        """The sentences of a line, where one of them answers by itself: "Bestuur: Waregem. Mijn gsm is
        0471 22 33 44." are two answers. Else the line as it is: a stop may belong to a value."""
        said = [sentence.text for sentence in sentences([text])]
        if any(one in self.changes for one in said):
            return said
        pieces = [piece for piece in _STOP.split(text) if piece]
        opens = bool(pieces) and beside.is_courtesy(pieces[0])
        alone = (self._stands_alone(piece) or _is_talk(piece) for piece in pieces)
        cut = len(pieces) > 1 and (opens or any(alone) or any(map(_puts_somebody_on, pieces)))
        return pieces if cut else [text]

    def _stands_alone(self, text: str) -> bool:
        words = beside.bare(text)
        if phrases.says_yes(words) or phrases.says_no(words) or beside.is_courtesy(text):
            return True
        shows = PHONE.search(text) or addresses_in(text)
        labelled = any(self.found.label(said.label) for said in statements_in(text))
        return bool(labelled or shows or told_in(text, self.form))

    def line(self, text: str, where: Location) -> None:
        text = _INSTEAD.sub("", without_greeting(text))
        if not text or not sentences([text]) or closes(text):
            return  # a greeting, or the end of a letter
        head, colon, tail = text.partition(": ")
        if colon and not self.found.label(head) and (beside.says_why(head) or beside.only_heads(head)):
            text = tail  # "excuses, dat was ik vergeten: gemeente Damme", "let op: ik eet geen vlees"
        above, self.unfinished = self.unfinished, ""
        if self._bare(text, where) or self._stated(text, where):
            return
        if _YES_FIRST.match(text) and not any(one.kind is FieldKind.YES_NO for one in self.found.open_fields):
            self.confirmed = where if self.confirmed is NOWHERE else self.confirmed
            text = _YES_FIRST.sub("", text)
            if self._labelled(text, where):
                return
        elif said := _NO_FIRST.match(text):
            text = text[said.end() :]
        on_behalf = _ON_BEHALF.match(text)
        if on_behalf and self.found.subject.is_called(beside.bare(text[on_behalf.end() :])):
            return  # "namens Jan Peeters", under what was confirmed for him
        signed = without_closing(beside.bare(text)).strip(" .!,-")
        if not self._is_their_name(signed):  # one under their words
            self._in_pieces(text, where, above)

    def _bare(self, text: str, where: Location) -> bool:
        """Whether a line is no more than a yes, a no or a courtesy, which is then dealt with."""
        words = beside.bare(text)
        if phrases.says_yes(words):
            self.confirmed = where if self.confirmed is NOWHERE else self.confirmed
        elif beside.is_courtesy(text):
            return True
        elif not phrases.says_no(words):
            return False
        self._yes_no(text, where)
        return True

    def _stated(self, text: str, where: Location) -> bool:
        """Whether a line says of a field what it is, or asks for a change that was found."""
        stated = self._changed(text, where) or self._labelled(text, where) or self._is_now(text, where)
        return stated or self._tells(text, where) or self.rest.asks_that(text)

    def _in_pieces(self, text: str, where: Location, above: str) -> None:
        """Takes what answers by itself between commas; ``above`` is the field of the line before."""
        pieces = [piece for piece in map(str.strip, PIECE.split(text)) if piece]
        taken: list[bool] = []
        for number, piece in enumerate(pieces, 1):
            taken.append(len(piece) <= _LONGEST_SENTENCE and self._piece(piece, where, pieces[number:]))
            if not taken[-1] and not self._is_anothers(piece, piece):
                self._mention(piece)  # "mijn gsm is gewijzigd, het nieuwe is ..."
                self.named |= {one.key for one in self.found.open_fields if self.found.names(one, piece)}
        if any(taken):
            rest = (piece for piece, is_taken in zip(pieces, taken, strict=True) if not is_taken)
            self.left += [(piece, where) for piece in rest if not beside.adds_nothing(piece)]
            return
        if not self._continues(above, text):
            self.left.append((text, where))  # "adviseur, dienst IT" is one answer
        if not self._is_anothers(text, text):
            self._mention(text)

    def _mention(self, text: str) -> None:
        """Keeps which kinds words name, whose value may follow."""
        self.mentioned |= {kind for kind in BY_THEMSELVES if names_kind(kind, text)}

    def _continues(self, above: str, text: str) -> bool:
        """Whether a line goes on with the answer ``above`` it, where that may have several lines."""
        one = self.form.field(above)
        if one is None or len(text) > _LONGEST_ANSWER or text.endswith("?"):
            return False
        self.unfinished = one.key
        read, where = self.found.answers[one.key]
        self.found.answers[one.key] = self.found.read(one, f"{read.seen}\n{text}"), where
        return True

    def comes(self, acts: Iterable[Act]) -> None:
        """ "Ja, ik kom", where we asked whether they do: what both readers took for coming."""
        key = presence_field(self.form)
        asked = self.about.answers.get(key) is False or any(one.key == key for one in self.found.open_fields)
        coming = (ActKind.COME, ActKind.RESTORE)
        back = self.about.status.is_out  # what they write brings them back
        said = [one for one in acts if one.kind in coming and (one.agreed or back) and not one.elsewhere]
        if not asked:
            self._let_go(said)
        elif len(said) == 1 and said[0].who is Who.WRITER:
            words, where = said[0].words, Location().at(Unit.ANSWER)
            where = next((at for text, at in self.left if text in words or words in text), where)
            self.found.answers[key] = ParsedValue(True, seen=words), where
            self.left = [(text, at) for text, at in self.left if text not in words and words not in text]

    def _let_go(self, said: Iterable[Act]) -> None:
        """Drops what the writer says of coming themselves: where nobody asked, nobody has to hear it."""
        own = [act for act in said if act.who is Who.WRITER and not act.people]
        spoken = {spaced(text).strip() for act in own for text in (act.words, act.clause)}
        self.left = [(text, at) for text, at in self.left if spaced(text).strip() not in spoken]

    def without_signature(self, words: str) -> None:
        """Drops a name of somebody else that stands alone at the end, under a "ja, dat klopt": who answers
        for another signs so. One that may be the answer to what is still missing stays."""
        if self.confirmed is NOWHERE or not self.left:
            return
        text, _ = self.left[-1]
        ends = words.rstrip(" .,").endswith(f"\n{text.rstrip(' .,')}")
        if ends and self._is_anothers_name(text):
            self.left.pop()

    def _is_anothers_name(self, text: str) -> bool:
        """Whether a line is a whole name that has no word in common with what is noted, and no answer to what
        nothing is noted of: to a name never, to anything else where a first name tells that it is one."""
        words, noted = spaced(text).split(), spaced(" ".join(map(str, self.about.answers.values()))).split()
        if len(words) < _WHOLE_NAME or not looks_named(text) or not {*words}.isdisjoint(noted):
            return False
        missing = {one.field for one in self.about.doubts if one.code is Code.MISSING}
        kinds = {one.kind for one in self.found.open_fields if one.key in missing}
        a_body = bool(self.found.directory.recognise(text))
        return not a_body and FieldKind.NAME not in kinds and (not kinds or told_apart(text) is not None)

    def by_elimination(self) -> None:
        """One answer left and one thing asked: they belong together. So do a full name and the
        two fields of a name."""
        still_open = self.found.open_fields
        if len(self.left) > 1 and len(still_open) == 1 and still_open[0].kind.traits.lines:
            self.left = [("\n".join(text for text, _ in self.left), self.left[0][1])]
        told = [one for one in self.left if not _is_talk(one[0])]
        if len(told) != 1:
            return
        text, where = told[0]
        text = self._repeated(text) or _CALLED.sub("", beside.without_fillers(text))
        if text.endswith("?") or len(text) > _LONGEST_ANSWER or text.count(" ") > 6:
            return
        if not says_something(text) and self._is_taken(text, where):
            self.left.remove(told[0])

    def _is_taken(self, text: str, where: Location) -> bool:
        """Takes the one text that is left for what is still open; false where it may be no answer to that."""
        still_open = self.found.open_fields
        given, family = self.form.given_name, self.form.family_name
        if len(still_open) == 1 and still_open[0].kind is not FieldKind.YES_NO:
            one = still_open[0]
            text = self.found.subject.asked_part(one.key, text)
            read = self.found.read(one, text)
            if one.kind in (FieldKind.NAME, FieldKind.ORGANISATION) and not self._looks_named(text):
                if runs_on(text):
                    return False
                read = _to_confirm(read)
            self.found.keep(one.key, read, where)
            return True
        if {one.key for one in still_open} == {given, family} and _may_be_a_name(text):
            self.found.full_name(text, where, given, family)
            return True
        return False

    def submission(self, submission: Submission) -> Submission:
        """The submission with what was found as one person's answers; as it is where nothing was."""
        if self.confirmed is not NOWHERE:
            self.found.confirm(self.confirmed)
        if not self.found.answers:
            return submission
        left = [text for text, _ in self.left]
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
            form=self.form.id,
            people=(person,),
            problems=problems,
            intent=Intent.FORM,
        )

    def _states_another_role(self, text: str) -> bool:
        """Whether the writer says to have a function that is neither noted nor taken."""
        role, read = role_stated(text), self.found.answers.get(ROLE)
        noted = str(read[0].value) if read else self.about.text(ROLE)
        return bool(role and noted) and letters(role) != letters(noted)

    def as_changed(self, changes: Mapping[str, str], submission: Submission) -> Submission | None:
        """The submission with what the whole mail changes as one person's answers; None where it changes
        nothing, or a piece of it was read in another way."""
        where = Location().at(Unit.ANSWER)
        read = {
            key: self.found.read(one, value)
            for key, value in changes.items()
            if (one := self.form.field(key))
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
        known += [*map(str, self.about.answers.values()), self.about.sender, *left]
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
        undecided = self.about.answers.get(one.key) is None
        others = (p for p in self.about.doubts if p.field != one.key or not undecided)
        if not any(p.code is Code.UNSURE for p in others):
            self.found.take(one, text, where)

    def _labelled(self, text: str, where: Location) -> bool:
        """ "Voornaam: Jan", "mijn voornaam is Jan": any field of the form, asked or not."""
        for said in statements_in(text):
            label, value = self.found.label(said.label), said.value
            if label is None:
                if self._pointed(said, where):
                    return True
                continue
            if said.is_speech:
                return False
            if len(label.keys) > 1:
                given, family = self.form.given_name, self.form.family_name
                if set(label.keys) == {given, family}:
                    self.found.full_name(value, where, given, family, given_first=label.keys[0] == given)
                    return True
                return False
            one = self.form.field(label.key)
            value = self.found.subject.asked_part(one.key, shown(one, value)) if one else value
            if one is None or not value or not may_answer(one, value, labelled=said.labelled):
                return False
            if self._reaches_another(one.kind, value, text):
                return False
            read = self.found.read(one, value)
            if not label.exact or (one.kind is FieldKind.ORGANISATION and not self._looks_named(value)):
                read = _to_confirm(read)
            self.found.keep(one.key, read, where)
            self._keep_rest(said.value.partition(value)[2], where)
            self.unfinished = one.key if one.kind.traits.lines else ""
            return True
        return False

    def _reaches_another(self, kind: FieldKind, value: str, text: str) -> bool:
        """Whether a labelled number or address is of another name, or said to be somebody else's."""
        subject = self.found.subject
        if kind is FieldKind.EMAIL and subject.spells_another(value, text):
            return True
        return kind in BY_THEMSELVES and subject.reaches_another(text.partition(value)[0])

    def _keep_rest(self, text: str, where: Location) -> None:
        """Keeps what stands behind a number or an address: "0471 22 33 44, voor allebei"."""
        words = text.strip(" ,.;")
        if words and not beside.adds_nothing(words):
            self.left.append((words, where))

    def _pointed(self, said: Statement, where: Location) -> bool:
        """ "Die is Jan", behind words that name the one thing that was asked and give no value."""
        asked = self.found.open_fields
        if len(asked) != 1 or asked[0].key not in self.named or not only_points(said.label):
            return False
        one, value = asked[0], said.value
        if said.is_speech or not may_answer(one, value, labelled=False):
            return False
        if one.kind is FieldKind.NAME and not looks_named(value):
            return False
        self.found.take(one, value, where)
        return True

    def _changed(self, text: str, where: Location) -> bool:
        """ "Gelieve mijn gsm te vervangen door 0478 12 34 56": a sentence that both readers took for a change
        of a field of the writer's, and that ends in the one value of its kind. One that denies is none."""
        act, new = self.changes.get(text), new_value_of_writer(text)
        one = self.form.field(act.field) if act else None
        if act is None or one is None or not new:
            return False
        of_others = act.who is not Who.WRITER or act.people or self.found.subject.reaches_another(text)
        if of_others or says("not", text) or PIECE.search(text):
            return False  # what stands beside it is read piece by piece
        values = addresses_in(text) if one.kind is FieldKind.EMAIL else PHONE.findall(text)
        if one.kind not in (FieldKind.EMAIL, FieldKind.PHONE) or len(values) != 1:
            return False
        read = self.found.read(one, new)
        if read.code:
            return False
        self.found.keep(one.key, read, where)
        self.settled.add(text)
        return True

    def _is_now(self, text: str, where: Location) -> bool:
        """ "Mijn functie klopt niet: ik ben nu diensthoofd": the function, in a sentence that both readers
        took for a change of it, where it was asked, or where nothing was and none is noted: "ik ben
        burgemeester, dat ontbreekt nog"."""
        act, role = self.changes.get(text), role_stated(text)
        lacks = not (self.about.doubts or self.about.text(ROLE))
        asked = lacks or any(one.key == ROLE for one in self.found.open_fields)
        key = ROLE if asked else act.field if act and act.who is Who.WRITER else ""
        one = self.form.field(ROLE)
        if one is None or not role or key != ROLE:
            return False
        self.found.take(one, role, where)
        self.settled.add(text)
        return True

    def _tells(self, text: str, where: Location, behind: Sequence[str] = ()) -> bool:
        """ "Toch liever vlees als lunch", "ik ben vegetariër", "de nummerplaat mag weg": what answers a
        question of the form in its own words, and does not go on in the pieces ``behind`` it."""
        said = told_in(text, self.form)
        if said is None or not ends_there(said, behind, self.form):
            return False
        self.found.tell(said, where)
        return True

    def _piece(self, text: str, where: Location, behind: Sequence[str]) -> bool:
        """A part of a line that answers by itself: "mijn voornaam is Jan, dat was ik vergeten"; ``behind``
        are the parts that follow."""
        running = any(said.running for said in statements_in(text))
        stated = (running and self._labelled(text, where)) or self._by_kind(text, where)
        return stated or self._tells(text, where, behind) or self._states_own_role(text, where)

    def _by_kind(self, text: str, where: Location) -> bool:
        """An answer that shows by itself what it is."""
        for kind, values in zip(BY_THEMSELVES, (addresses_in(text), phones_in(text)), strict=True):
            if len(values) == 1 and self._is_given(kind, values[0], text):
                return self.found.first_of(kind, values[0], where)
        wanted = [one for one in self.found.open_fields if one.kind is FieldKind.ORGANISATION]
        said = _without_opening(self.found.subject.after_name(beside.without_fillers(text)))
        if len(wanted) == 1 and (body := body_in(said, self.found.directory)):
            self.found.take(wanted[0], body, where)
            self._tells_role(text, body, where)
            self._states_own_role(text, where)
            return True
        return False

    def _states_own_role(self, text: str, where: Location) -> bool:
        """ "Gemeente Oostkamp, ik ben raadslid": a function that nobody asked and none is noted of, of who
        registered themselves."""
        email, one = email_of(self.about.answers, self.form), self.form.field(ROLE)
        lacks = one is not None and not self.about.text(ROLE) and ROLE not in self.found.answers
        role = role_stated(text) if lacks and email and self.about.sent_by(email) else ""
        if one is None or not role or says("not", text):
            return False
        self.found.take(one, role, where)
        return True

    def _tells_role(self, text: str, body: str, where: Location) -> None:
        """ "Elsie Desender is schepen van Stad Torhout": the function of whom it names, beside their
        ``body``, where none is noted."""
        one, behind = self.form.field(ROLE), self.found.subject.after_name(text)
        told = _IS_THAT.match(behind) if behind != text else None
        lacks = one is not None and not self.about.text(ROLE) and ROLE not in self.found.answers
        if one and lacks and told and (role := role_in(behind[told.end() :], body)):
            self.found.take(one, role, where)

    def _is_given(self, kind: FieldKind, value: str, text: str) -> bool:
        """Whether a number or address is an answer, and not somebody else's."""
        if kind is FieldKind.EMAIL and self._is_their_own(value):
            return True
        if self._is_anothers(text, around(value, text)):
            return False
        if kind is FieldKind.EMAIL and self.found.subject.spells_another(value, text):
            return False
        asked = any(one.kind is kind for one in self.found.open_fields)
        return is_given(kind, value, text, asked=asked, mentioned=self.mentioned == {kind})

    def _is_anothers(self, text: str, words: str) -> bool:
        """Whether a number or an address among these words is somebody else's, or for something else."""
        subject = self.found.subject
        return subject.is_another(text, words) or subject.reaches_another(words)

    def _looks_named(self, text: str) -> bool:
        return bool(self.found.directory.recognise(text)) or looks_named(text)

    def _repeated(self, text: str) -> str:
        """What an answer repeats of the one name that was doubted; or empty."""
        asked = self.found.open_fields
        if len(asked) != 1 or asked[0].kind is not FieldKind.NAME:
            return ""
        subject, key = self.found.subject, asked[0].key
        return subject.repeated(key, text) or subject.without_dropped(key, text)

    def _is_their_own(self, address: str) -> bool:
        """Whether an address that was asked for is the one that the registration came from."""
        asked = any(one.kind is FieldKind.EMAIL for one in self.found.open_fields)
        return asked and address.lower() == self.about.sender.lower()

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


def _to_confirm(read: ParsedValue) -> ParsedValue:
    """An answer that wants a "yes", where nothing worse is the matter with it."""
    return read if read.code else replace(read, code=Code.UNSURE, reason=Reason.CONFIRM)


def _may_be_a_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 6 and words[0][:1].isupper() and not any(c.isdigit() or c in "@:?!" for c in text)
    )


def _without_opening(text: str) -> str:
    """ "Ik werk voor OCMW Damme." without the words around the name."""
    return _OPENS_BODY.sub("", text.strip(" ."))

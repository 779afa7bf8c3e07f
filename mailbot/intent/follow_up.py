"""A plain answer to a mail of ours ("OCMW Damme", "ja", "mijn gsm-nummer is 0478 12 34 56") →
answers with their source. What cannot be told for certain is left as words, for a person.

Here it is told whether a mail may answer at all; ``intent/answers/reply_lines`` takes it line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    Intent,
    Submission,
    SubmissionKind,
    acts_here,
)
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import weighed
from mailbot.intent.answers.by_office import with_names
from mailbot.intent.answers.changes import changes_in
from mailbot.intent.answers.choices import choice_in
from mailbot.intent.answers.found import Found
from mailbot.intent.answers.lost import with_what_is_lost
from mailbot.intent.answers.named_places import with_named_places
from mailbot.intent.answers.of_each import with_answers_of_each
from mailbot.intent.answers.of_named import ToldOf, speaks_of_writer, tells_only_of, told_of_one
from mailbot.intent.answers.only_then import only_then
from mailbot.intent.answers.reply_lines import ReplyLines
from mailbot.intent.answers.told import as_changes, seeming, told_by
from mailbot.intent.answers.whose import Subject
from mailbot.intent.clause import DETAILS
from mailbot.intent.intent_of_acts import intent_of
from mailbot.intent.noted_for import as_statement
from mailbot.intent.sentences import ITEM, sentences
from mailbot.matching.names import is_part_of, name_of
from mailbot.matching.organisations import directory
from mailbot.text.normalize import tidy

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


def complete(submission: Submission, asked: PendingQuestion, form: Form, settings: Settings) -> Submission:
    """The submission with what its words answer to ``asked``, as ``_read`` takes it, and what of them nobody
    would notice to be lost as its ``question``."""
    read = _read(submission, asked, form, settings)
    about = asked.registration
    taken = read is not submission and submission.found is not SubmissionKind.FORM
    return with_what_is_lost(read, about, form) if taken and about is not None else read


def _read(submission: Submission, asked: PendingQuestion, form: Form, settings: Settings) -> Submission:
    """The submission with what its words answer to ``asked``, as one person's answers; the same
    submission where nothing can be told.

    Where places were asked without a name, those whom the answer names take them. A question for missing
    or doubted answers of one registration is answered in plain words, and what we told of it is corrected by
    naming what changes. A mail with a form, a withdrawal or only thanks is left as it is. Where its pieces do
    not tell all, ``answers.changes`` reads it as a whole. Words that are no answer become the ``question``,
    so that somebody reads them.
    """
    known = directory(settings.organisations.organisations)
    if (places := with_named_places(submission, asked, form, known)) is not None:
        return places

    def single(words: str, about: PendingQuestion) -> Submission:
        return _about_one(_read_again(words, submission), as_statement(words), about, form, settings)

    of_each = partial(with_answers_of_each, submission, asked, form, single)
    if asked.registration is None and (answered := of_each()) is not None:
        return answered
    words = as_statement(submission.words)
    named = as_statement(with_names(submission.words, asked.rows, form))
    by_name = partial(_by_name, submission, named, asked, form, settings)
    if asked.registration is None or named != words:
        if (read := by_name()) is not None:
            return read
        if named != words and speaks_of_writer(named):
            return submission  # of somebody by their function, and of who writes
    if asked.registration is None:
        return submission
    read = _about_one(submission, words, asked, form, settings)
    return read if read.people else by_name() or of_each() or read


def _by_name(
    submission: Submission, words: str, asked: PendingQuestion, form: Form, settings: Settings
) -> Submission | None:
    """The submission with what its ``words`` tell of one of those whom our mail was about, by name, as their
    answers; None where they tell nothing for certain."""
    told = told_of_one(asked, words, form)
    read = _told_of(told, submission, form, settings) if told is not None else submission
    return None if read is submission else replace(read, words=submission.words)


def _about_one(
    submission: Submission, words: str, asked: PendingQuestion, form: Form, settings: Settings
) -> Submission:
    """The submission with what its ``words`` answer about the one registration that our mail was about."""
    assert asked.registration is not None
    if not _is_read(asked.kind, submission, asked.registration):
        return submission
    if submission.people:
        return _answered_as_on_a_form(submission, asked, form)
    submission = _as_told(submission, form)
    if not _may_be_read(submission, words, asked.registration, form):
        return submission
    return _by_its_lines(submission, words, asked.registration, form, settings)


def _may_be_read(submission: Submission, words: str, about: Registration, form: Form) -> bool:
    """Whether a mail says something, and nothing of another person or beyond the data of this one."""
    acts = [act for act in submission.acts if not _drops_a_sign(act, about, form)]
    speaks = submission.intent in _SPEAKING or _comes_for_all(submission, about)
    return speaks and not (
        _is_all_of_another(acts, words, about, form)
        or any(_says_more(act, form) for act in acts)
        or _may_be_anothers(acts, about, form)
    )


def _by_its_lines(
    submission: Submission, words: str, about: Registration, form: Form, settings: Settings
) -> Submission:
    """The submission with what its lines answer, and where that is not all, what it says as a whole."""
    asks_change = {act.words: act for act in submission.acts if _asks_change(act)}
    spoken_of = tells_only_of(about, words, form)
    limited = only_then(submission.words)
    answering = ReplyLines(Found(about, form, settings, spoken_of=spoken_of, limited=limited), asks_change)
    for number, line in enumerate(submission.words.splitlines(), 1):
        for said in answering.statements(ITEM.sub("", tidy(line))):
            answering.line(said, Location().at(Unit.ANSWER).at(Unit.LINE, number))
    answering.comes(submission.acts)
    answering.without_signature(submission.words)
    answering.by_elimination()
    read = answering.submission(submission)
    if read.people and not read.problems and not read.question.strip():
        return read
    return answering.as_changed(changes_in(submission, about, form), submission) or read


def _read_again(words: str, submission: Submission) -> Submission:
    """The submission as one that says these words."""
    acts, heard = weighed(read_acts(words.splitlines()), words, reply=True)
    return replace(submission, words=words, acts=acts, heard=heard, intent=intent_of(acts))


def _told_of(told: ToldOf, submission: Submission, form: Form, settings: Settings) -> Submission:
    """The submission with what it tells of one of several people as their answers, read from those words
    alone; as it is where they tell nothing for certain."""
    own = _read_again(told.words, submission)
    read = changed_of(told.about, own, form, settings)
    return submission if read is own else replace(read, words=submission.words)


def changed_of(about: Registration, submission: Submission, form: Form, settings: Settings) -> Submission:
    """The submission with what its words, taken whole, change of somebody whom they name, as that person's
    answers; never a name. The same submission where they tell nothing for certain."""
    names = {*form.keys_of(FieldKind.NAME)}
    if submission.people or submission.intent not in _SPEAKING:
        return submission
    found = changes_in(submission, about, form)
    if not found or names & {*found}:
        return submission
    read = ReplyLines(Found(about, form, settings), {}).as_changed(found, submission)
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
    ours, name = acts_here(acts), name_of(about.answers, form)
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

"""Where words say that something about a registration must be otherwise, the case about them offers that
very change. What somebody plainly changes about themselves needs no case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailbot.config.settings import Settings
from mailbot.decision.finalize import shown
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, DecisionContext, Outcome, PendingQuestion
from mailbot.domain.form import Form
from mailbot.domain.message import Address, Message
from mailbot.domain.registration import Registration
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ActKind, Intent, Person, Submission, acts_here
from mailbot.intent.answers.by_office import with_names
from mailbot.intent.answers.of_named import speaks_of_writer, told_of_one
from mailbot.intent.follow_up import changed_of, complete
from mailbot.intent.lexicon import pattern
from mailbot.intent.noted_for import as_statement
from mailbot.intent.person_mentions import like_names, names
from mailbot.matching.names import belongs_to, email_of, is_part_of, name_of, same_address


@dataclass(frozen=True, slots=True)
class Offered:
    """A decision whose cases offer what a mail says must be otherwise. ``own`` is the mail as an answer to
    what we told its writer last, to be decided instead; None where a person is to look."""

    decision: Decision
    own: Submission | None = None


def with_offered_changes(
    decision: Decision,
    submission: Submission,
    context: DecisionContext,
    message: Message,
    settings: Settings,
) -> Offered:
    """The decision with "nieuwe waarde overnemen" on the cases about one known registration whose mail
    says in words what must be otherwise about it. Where that is all that it says, in a mail without a thread
    and about its writer ("mijn nieuw gsm-nummer is ..."), or by name about somebody whom they registered, it
    is an answer; whether they may change it is judged as always. A question beside it is passed on."""
    changing = bool(acts_here(submission.acts, ActKind.CHANGE))
    if submission.people:
        return Offered(decision)
    alone = not context.thread and message.forwarded is None
    for read_by in (_beside_a_question, _in_office) if alone else ():
        if (answer := read_by(decision, submission, context, message.sender, settings)) is not None:
            return Offered(decision, answer)
    if not changing:
        return Offered(decision)
    offers = [_offer(case, submission, context, message.sender, settings) for case in decision.cases]
    offered = replace(decision, cases=tuple(one.case for one in offers))
    if len(offers) != 1 or offers[0].about is None or offers[0].read is None:
        return Offered(offered)
    about, read = offers[0].about, offers[0].read
    plain = submission.intent is Intent.CHANGE and not read.problems and not read.question.strip()
    sender = message.sender
    sent = bool(_names(submission)) and about.sent_by(same_address(sender.email))
    own = plain and alone and (sent or _is_writers(about, sender, settings))
    return Offered(offered, replace(read, nrs=(about.nr,)) if own else None)


#: What words do that only change or tell something of their writer, and ask something.
_CHANGES_AND_ASKS = frozenset({ActKind.CHANGE, ActKind.QUESTION, ActKind.THANKS, ActKind.OTHER})


def _beside_a_question(
    decision: Decision, submission: Submission, context: DecisionContext, sender: Address, settings: Settings
) -> Submission | None:
    """A mail that is left to a person, whose writer is on the list, as an answer that changes what it tells
    of them, and asks its question: "Ik eet geen vlees. Is er parking?". None where it does anything else,
    or leaves more than the question."""
    asked = submission.question.strip()
    kinds = {act.kind for act in submission.acts if not act.elsewhere}
    told = {*submission.own, *(act.field for act in submission.acts if act.kind is ActKind.CHANGE)}
    if not (asked and told and kinds <= _CHANGES_AND_ASKS) or submission.named or submission.nrs:
        return None
    own = _only_row_of(sender, decision.event, context, settings)
    if decision.outcome is not Outcome.REVIEW or decision.results or own is None:
        return None
    read = _as_answer(submission, own, settings)
    said = read.people[0].answers if len(read.people) == 1 else {}
    all_told = bool(said) and {*said} <= told and not read.problems
    return replace(read, nrs=(own.nr,)) if all_told and read.question.strip() == asked else None


def _in_office(
    decision: Decision, submission: Submission, context: DecisionContext, sender: Address, settings: Settings
) -> Submission | None:
    """A mail that is left to a person as an answer about the one whom it tells something of by their function
    or title, of those whom its writer registered: "De burgemeester eet geen vlees." None for any other."""
    here = [row for row in context.registrations if row.event == decision.event and row.status.is_in]
    rows = tuple(row for row in here if row.sent_by(same_address(sender.email)))
    if decision.outcome is not Outcome.REVIEW or decision.results or not rows:
        return None
    form = settings.form_of(settings.events[decision.event])
    words = with_names(submission.words, rows, form)
    asked = PendingQuestion(Ask.TOLD, decision.event, tuple(row.nr for row in rows), rows)
    told = told_of_one(asked, as_statement(words), form) if words != submission.words else None
    if told is None:
        return None
    read = complete(submission, asked, form, settings)
    plain = read.people and not read.problems and not read.question.strip()
    return replace(read, nrs=(told.about.nr,)) if plain else None


def _only_row_of(
    sender: Address, event: str, context: DecisionContext, settings: Settings
) -> Registration | None:
    """The registration of who writes for an event, where they come and there is only one."""
    here = [row for row in context.registrations if row.event == event and row.status.is_in]
    own = [row for row in here if _is_writers(row, sender, settings)]
    return own[0] if len(own) == 1 else None


def _is_writers(about: Registration, sender: Address, settings: Settings) -> bool:
    """Whether a registration is of who writes: at their address, and of the name that they write under."""
    form = settings.form_of(settings.events[about.event])
    name = name_of(about.answers, form)
    same = email_of(about.answers, form) == same_address(sender.email)
    return same and belongs_to(sender.email, sender.name, name)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A case, and what its mail says about one registration, where it then offers that."""

    case: Case
    about: Registration | None = None
    read: Submission | None = None


def _about(case: Case, context: DecisionContext) -> Registration | None:
    return next((row for row in context.registrations if row.nr == case.registration), None)


def _as_answer(submission: Submission, about: Registration, settings: Settings) -> Submission:
    """The words read as an answer to a mail of ours about a registration."""
    question = PendingQuestion(Ask.TOLD, about.event, (about.nr,), (about,))
    return complete(submission, question, settings.form_of(settings.events[about.event]), settings)


def _names(submission: Submission) -> set[str]:
    """The people whom the sentences that want something otherwise name."""
    acts = acts_here(submission.acts, ActKind.CHANGE)
    spoken = (name for act in acts for name in (*act.people, *names(act.words), *like_names(act.words)))
    return {*spoken}


def _of_named(submission: Submission, about: Registration, settings: Settings) -> Submission:
    """The words read as what they say of somebody whom they name, without what they are to the writer:
    "mijn collega Bo Claes". Where they speak of the writer besides, nobody knows whose a value is."""
    form = settings.form_of(settings.events[about.event])
    words = as_statement(submission.words)
    for name in _names(submission):
        words = re.sub(rf"(?:{pattern('a_colleague')}) (?={re.escape(name)}\b)", "", words, flags=re.I)
    if speaks_of_writer(words):
        return submission
    return changed_of(about, replace(submission, words=words), form, settings)


def _speaks_of_writer(submission: Submission) -> bool:
    """Whether what must be otherwise is said to be the writer's: "mijn adres is nu ..."."""
    acts = acts_here(submission.acts, ActKind.CHANGE)
    return any(speaks_of_writer(act.clause) and not act.people for act in acts)


def _of_writer_alone(submission: Submission) -> tuple[Submission, set[str]]:
    """The mail of somebody who brings others along as far as it changes something of the writer, and whom
    they bring by name; any other mail as it is."""
    brought = {name for act in submission.acts if act.kind is ActKind.BRING for name in act.people}
    if not brought:
        return submission, brought
    acts = [act for act in submission.acts if act.kind is ActKind.CHANGE and not (act.pointed or act.people)]
    own = [act for act in acts if not any(name.split()[0] in act.words for name in brought)]
    words = " ".join(dict.fromkeys(act.words for act in own))
    return replace(submission, words=words, acts=tuple(own), intent=Intent.CHANGE), brought


def _offer(
    case: Case, submission: Submission, context: DecisionContext, sender: Address, settings: Settings
) -> _Offer:
    about = _about(case, context)
    if about is None or case.kind is not CaseKind.UNCLEAR or Choice.TAKE_NEW in case.choices:
        return _Offer(case)
    form = settings.form_of(settings.events[about.event])
    known, own = name_of(about.answers, form), _is_writers(about, sender, settings)
    submission, brought = _of_writer_alone(submission)
    spoken = {name for name in _names(submission) - brought if not is_part_of(name, known)}
    if spoken - {sender.name}:
        return _Offer(case)  # of somebody else
    writers = own or (belongs_to(sender.email, sender.name, known) if sender.name else True)
    if not writers and _speaks_of_writer(submission):
        return _Offer(case)  # of the writer, and not of whom the case is about
    named = not own and bool(_names(submission))
    read = (_of_named if named else _as_answer)(submission, about, settings)
    said = read.people[0] if read.people else Person({})
    new = {key: answer for key, answer in said.answers.items() if about.answers.get(key) != answer.value}
    offering = _offering(case, about, replace(said, answers=new), form)
    return _Offer(offering, about, read) if new else _Offer(case)


def _offering(case: Case, about: Registration, new: Person, form: Form) -> Case:
    """The case with the new values of a registration as something that she may take over."""
    labels = {field.key: field.label for field in form.fields}
    values = tuple(
        say(Says.NEW_VALUE, label=labels.get(key, key), value=shown(answer.value))
        for key, answer in new.answers.items()
    )
    # whom they bring along is registered with it: either alone would be half of what was asked
    beside = Choice.REGISTER in case.choices and about.status.is_in
    return replace(
        case,
        says=(*case.says, say(Says.NEW_VALUES, values=values), *(say(Says.TAKEN_WITH_IT),) * beside),
        choices=case.choices if beside else (Choice.TAKE_NEW, *case.choices),
        person=new,
        fields=tuple(new.answers),
    )

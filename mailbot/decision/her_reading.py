"""A mail in words as the secretary reads it, where her choice about its case says what it wants.

Registering, excusing, withdrawing, or letting somebody come in the place of another: the mail is then judged
again as one that says so of those whom it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.decision.parts import comes_together, each_their_part, part_at, parts_of
from mailbot.decision.people_told import attending, in_function, named, noted_of, person_told
from mailbot.decision.sender_relation import (
    FROM_SENDER,
    as_described,
    as_signed,
    body_of,
    is_meant,
    of_body,
    proposed,
    signed_by,
)
from mailbot.decision.told_absent import by_office, of_all
from mailbot.domain.case import ABSENT_BODY, ALONG, BESIDE, BY_FUNCTION, OF_ANOTHER, Case, Choice, Edit
from mailbot.domain.decision import DecisionContext
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration
from mailbot.domain.submission import ActKind, Answer, Intent, Person, Submission, SubmissionKind
from mailbot.matching.names import belongs_to, email_of, name_of, same_address, same_name
from mailbot.text.normalize import fold

_ADDRESS = re.compile(r"[^\s@<>()\[\]:;,\"]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


#: What a choice says that the mail wants, where no row is concerned yet.
INTENTS: dict[Choice, Intent] = {
    Choice.REGISTER: Intent.REGISTER,
    Choice.WITHDRAW: Intent.WITHDRAW,
    Choice.EXCUSE: Intent.EXCUSE,
}


def as_she_reads(
    submission: Submission,
    case: Case,
    edit: Edit,
    context: DecisionContext,
    settings: Settings,
    event: str,
    sender: Address,
) -> Submission:
    """The message with her reading of its words, instead of ours, where her choice is one."""
    if edit.choice is Choice.REPLACES:
        writer, newcomer = _who_may_come(submission, settings, event, sender) if event else (None, None)
        return _in_the_place_of(edit.nr, case, submission, writer, newcomer)
    if edit.choice not in INTENTS:
        return submission
    if event and (body := case.payload.get(ABSENT_BODY, "")):
        form, rows = settings.form_of(settings.events[event]), context.registrations
        at_event = [row for row in rows if row.event == event]
        return of_all(body, INTENTS[edit.choice], submission, at_event, form)
    submission = _as_listed(case, edit.choice, submission, sender, event, settings)
    parted = _parted(submission, case, sender, event, settings)
    if event and one_for_another(case, edit.choice, parted):
        return with_each_part(parted, sender, context, event, settings)
    if edit.choice is not Choice.REGISTER and ActKind.NOT_COME in parts_of(submission).writer:
        submission = replace(submission, told=(), told_doubts=())  # who stays away is the writer
    if edit.choice is Choice.WITHDRAW:
        submission = _as_leaving(submission, sender, event, settings)
    if BY_FUNCTION in case.payload and submission.by_function is not None:
        told = (submission.by_function,)
        return replace(submission, intent=INTENTS[edit.choice], told=told, told_doubts=(), question="")
    return _of_whom(submission, case, edit, context, settings, event, sender)


def _as_leaving(submission: Submission, sender: Address, event: str, settings: Settings) -> Submission:
    """The mail as one that puts nobody on the list, where she takes out: those whom its words or a form list
    are named as those who leave, but for its sender, whom it is then about alone."""
    listed = submission.people or submission.told
    form = settings.form_of(settings.events[event]) if event else None
    if form is None or not listed:
        return submission
    names = (name_of(one.values, form) for one in listed if email_of(one.values, form) != sender.email)
    leaving = tuple(name for name in names if name and not same_name(name, sender.name))
    named = tuple(dict.fromkeys((*submission.named, *leaving)))
    return replace(
        submission, people=(), problems=(), told=(), told_doubts=(), named=named, found=SubmissionKind.NO_FORM
    )


def _of_whom(
    submission: Submission,
    case: Case,
    edit: Edit,
    context: DecisionContext,
    settings: Settings,
    event: str,
    sender: Address,
) -> Submission:
    """The message as one that wants what she chose for those whom its case is about: whom she wrote, or the
    words name, who comes besides, or its writer with those whom they bring."""
    assert edit.choice is not None
    whom = _whom(case, submission)
    of = body_of(sender, settings.organisations)
    comes = comes_besides(case, edit.choice, submission) or _answered(case, edit.choice)
    functions = dict(zip(submission.named, submission.roles, strict=False))
    submission = replace(
        submission, intent=INTENTS[edit.choice], named=(), staying=(), substitute=None, question=""
    )
    if comes is not None and event:
        form = settings.form_of(settings.events[event])
        whom = (name_of(comes.values, form),)
        comes = _with_what_is_told(comes, of, INTENTS[edit.choice], submission, form)
        submission = replace(submission, nrs=())  # the row that they would have taken the place of stays
    if not whom:
        brought = _brought(case, edit, submission, context, event, settings) if event else ()
        with_data = (case.person,) if case.person is not None and ALONG in case.payload else ()
        submission = replace(submission, described=(*submission.described, *with_data))
        own = case.person.answers if case.registration and case.person and case.fields else submission.own
        submission = replace(submission, own=own)  # what changes of the writer goes with it
        return _with(brought, submission, sender, event, settings) if brought else submission
    return _about(whom, submission, context, settings.events[event], settings, of, functions, comes)


def _who_may_come(
    submission: Submission, settings: Settings, event: str, sender: Address
) -> tuple[Person | None, Person | None]:
    """Who wrote, and the only one whom the words name as coming where nothing else tells who does."""
    form = settings.form_of(settings.events[event])
    writer, _ = proposed(sender, form, settings.organisations)
    coming = parts_of(submission).coming if submission.newcomer is None else ()
    if len(coming) != 1:
        return writer, None
    body = body_of(sender, settings.organisations)
    return writer, person_told(coming[0], "", body, Intent.REGISTER, form, settings, submission)


def _with_what_is_told(
    comes: Person, body: str, intent: Intent, submission: Submission, form: Form
) -> Person:
    """Somebody who comes beside others, with what the mail tells of them, and their signature where they
    wrote it."""
    name = name_of(comes.values, form)
    comes = of_body(body, attending(comes, intent, form), form)
    comes = as_described(comes, submission.described, form)
    return replace(comes, answers={**signed_by(name, submission.writer, form), **comes.answers})


def _parted(
    submission: Submission, case: Case, sender: Address, event: str, settings: Settings
) -> Submission:
    """The message with its writer as one of those who come, where they stand in for somebody who is on no
    list: registering carries out both halves. Of who has a row, the choice beside it gives the place."""
    if not event or case.registration:
        return submission
    return each_their_part(submission, sender, settings.form_of(settings.events[event]))


def at_event_of(case: Case, submission: Submission, settings: Settings) -> Submission:
    """The message as far as a case is about it: one at each of the events that it names is about a part."""
    named = [settings.events[id_] for id_ in case.payload.get(BESIDE, "").split() if id_ in settings.events]
    here = settings.events.get(case.event)
    return part_at(submission, here, named) if named and here is not None else submission


def comes_besides(case: Case, choice: Choice | None, submission: Submission | None) -> Person | None:
    """Who comes besides the row of a case, where she registers whom the words let come in the place of
    somebody; None for any other choice, and where she wrote whom the mail is about."""
    if choice is not Choice.REGISTER or submission is None or OF_ANOTHER in case.payload:
        return None
    return None if gives_way(case, submission) else submission.newcomer


def _as_listed(
    case: Case,
    choice: Choice | None,
    submission: Submission,
    sender: Address,
    event: str,
    settings: Settings,
) -> Submission:
    """The mail as one that tells of those whom an answer to her question lists, and of its writer with whom
    they come along; where she withdraws it names them. The mail as it is where none lists anybody."""
    if not event or not case.people:
        return submission
    form, body = settings.form_of(settings.events[event]), body_of(sender, settings.organisations)
    if choice is Choice.WITHDRAW:
        return replace(submission, named=tuple(name_of(one.values, form) for one in case.people))
    writer, _ = proposed(sender, form, settings.organisations)
    along = (as_signed(writer, submission.writer),) if ALONG in case.payload else ()
    people = (*along, *(of_body(body, one, form) for one in case.people))
    intent = Intent.EXCUSE if choice is Choice.EXCUSE else Intent.REGISTER
    told = tuple(attending(one, intent, form) for one in people)
    return replace(submission, told=told, told_doubts=(), substitute=None)


def _answered(case: Case, choice: Choice | None) -> Person | None:
    """Whom an answer to her question names, as who the mail is about; None where they come along."""
    named_by_answer = OF_ANOTHER in case.payload and choice in (Choice.REGISTER, Choice.EXCUSE)
    return case.person if named_by_answer and ALONG not in case.payload else None


def gives_way(case: Case, submission: Submission) -> bool:
    """Whether the writer, of whom there is no row, stays away from one of several events and names who comes
    there instead: what she decides is about both."""
    leaves = ActKind.NOT_COME in parts_of(submission).writer
    return BESIDE in case.payload and not case.registration and leaves and submission.newcomer is not None


def one_for_another(case: Case, choice: Choice | None, submission: Submission | None) -> bool:
    """Whether registering carries out a mail whose writer stays away while others come, or the other way
    round; not where she wrote whom the mail is about."""
    if choice is not Choice.REGISTER or submission is None or OF_ANOTHER in case.payload:
        return False
    if gives_way(case, submission):
        return True
    parts = parts_of(submission)
    listed = bool(submission.told) and ActKind.NOT_COME in parts.writer  # others than who stays away
    instead_of_writer = submission.newcomer is not None and not parts.leaving
    told = submission.people or (submission.told and not listed) or instead_of_writer
    return not told and parts.has_one_for_another


def _whom(case: Case, submission: Submission) -> tuple[str, ...]:
    """Whom a case in words is about, where that is not its sender: whom she wrote in Postvak, or those whom
    the words name and say of nobody else that they come or not. As she writes people (``named``)."""
    if who := case.payload.get(OF_ANOTHER, ""):
        return () if ALONG in case.payload else (who,)
    parts = parts_of(submission)
    if submission.people or submission.told or parts.writer:
        return ()
    return submission.named or parts.others


#: Acts that name who comes along with the writer.
_ALONG = frozenset({ActKind.BRING, ActKind.PLACES})


def brings_others(case: Case, choice: Choice | None, submission: Submission | None) -> bool:
    """Whether registering is of those whom the writer of a mail brings along by name, with what it says of
    the writer."""
    if choice is not Choice.REGISTER or submission is None or OF_ANOTHER in case.payload or submission.people:
        return False
    return any(act.kind in _ALONG and act.people and not act.elsewhere for act in submission.acts)


def _brought(
    case: Case, edit: Edit, submission: Submission, context: DecisionContext, event: str, settings: Settings
) -> tuple[str, ...]:
    """Who comes along with the writer, as the words name them, where she registers the writer: one of the two
    would be half of what was asked. Whom a first name alone can mean on the list is meant."""
    answered = case.payload.get(ALONG, "")
    of_another = OF_ANOTHER in case.payload and not answered
    if edit.choice is not Choice.REGISTER or of_another or submission.people or case.people:
        return ()
    acts = [act for act in submission.acts if act.kind in _ALONG or comes_together(act)]
    names = dict.fromkeys(name for act in acts if not act.elsewhere for name in act.people)
    names |= {answered: None} if answered else {}
    form = settings.form_of(settings.events[event])
    listed = [name_of(row.answers, form) for row in context.registrations if row.event == event]
    return tuple(_whole(name, listed) for name in names)


def _whole(name: str, listed: Sequence[str]) -> str:
    """The whole name of the one person listed whose first name this is; else the name as it is."""
    meant = [one for one in listed if " " not in name and fold(one).split()[:1] == fold(name).split()]
    return meant[0] if len(meant) == 1 else name


def with_each_part(
    submission: Submission, sender: Address, context: DecisionContext, event: str, settings: Settings
) -> Submission:
    """The mail as one that registers those of whom it says that they come, and takes out or excuses those of
    whom it says that they do not: its writer, and whom it names."""
    form, parts = settings.form_of(settings.events[event]), parts_of(submission)
    body = body_of(sender, settings.organisations)
    writer, _ = proposed(sender, form, settings.organisations)
    reached = {field.key: Answer(sender.email, FROM_SENDER) for field in form.of_kind(FieldKind.EMAIL)[:1]}
    writer = as_signed(writer, submission.writer)
    writer = replace(writer, answers={**writer.answers, **reached})
    stays = Intent.EXCUSE if ActKind.NOT_COME in parts.writer else Intent.REGISTER
    here = [row for row in context.registrations if row.event == event]
    leaving = [_as_listed_name(name, here, submission.words, settings) for name in parts.leaving]
    away = [person_told(name, "", body, Intent.EXCUSE, form, settings, submission) for name in leaving]
    instead = _instead(submission, body, away, form)
    known = {fold(name_of(one.values, form)) for one in instead}
    coming = () if submission.told else [name for name in parts.coming if fold(name) not in known]
    comes = [person_told(name, "", body, Intent.REGISTER, form, settings, submission) for name in coming]
    if parts.unnamed and submission.comes_by_function is not None:
        comes.append(of_body(body, submission.comes_by_function, form))
    if parts.unnamed_leaves and submission.by_function is not None:
        away.append(of_body(body, by_office(submission.by_function, here, body, form), form))
    others = (*submission.told, *comes, *away, *(attending(one, Intent.REGISTER, form) for one in instead))
    told = (*others, *(attending(writer, stays, form),) * parts.tells_of_writer)
    return replace(
        submission,
        intent=Intent.REGISTER,
        named=(),
        staying=(),
        substitute=None,
        question="",
        told=told,
        told_doubts=(),
    )


def _as_listed_name(name: str, rows: Sequence[Registration], words: str, settings: Settings) -> str:
    """The whole name of the one person on the list whom words mean by this one ("schepen Wouters"); else the
    name as it is."""
    meant = [row for row in rows if not row.status.is_out and is_meant(name, row, words, settings)]
    if len(meant) != 1:
        return name
    return name_of(meant[0].answers, settings.form_of(settings.events[meant[0].event]))


def _instead(submission: Submission, body: str, away: Sequence[Person], form: Form) -> list[Person]:
    """Who comes in the place of somebody: of the ``body`` of the sender, or the one that the words tell of
    them, else of the one body of those who stay ``away``."""
    if (comes := submission.newcomer) is None:
        return []
    comes = as_described(of_body(body, comes, form), submission.described, form)
    theirs = {one.organisation_known for one in away}
    return [of_body(theirs.pop(), comes, form) if len(theirs) == 1 else comes]


def _with(
    brought: tuple[str, ...], submission: Submission, sender: Address, event: str, settings: Settings
) -> Submission:
    """The mail as one that registers its writer and those whom they bring, each at an address that the words
    give and that is made of their name."""
    form, body = settings.form_of(settings.events[event]), body_of(sender, settings.organisations)
    writer, _ = proposed(sender, form, settings.organisations)
    told = submission.told or (as_signed(writer, submission.writer),)
    known = {fold(name_of(one.values, form)) for one in told}
    given = [one for one in _ADDRESS.findall(submission.words) if same_address(one) != sender.email]
    others: list[Person] = []
    for name in brought:
        if fold(name) not in known:
            email = next((one for one in given if belongs_to(one, "", name)), "")
            one = person_told(name, email, body, Intent.REGISTER, form, settings, submission)
            noted = noted_of(name, submission, form, alone=len(brought) == 1)
            others.append(replace(one, answers={**noted, **one.answers}))
    return replace(submission, told=(*told, *others), told_doubts=())


def _in_the_place_of(
    nr: str, case: Case, submission: Submission, writer: Person | None, newcomer: Person | None
) -> Submission:
    """The message as one that lets its person come in the place of somebody: the ``newcomer`` who alone is
    said to come, its ``writer`` where it tells of nobody."""
    at = int(case.payload.get("person", 0))
    people = submission.people or submission.told
    told = case.person if case.person is not None and case.person.answers else None
    comes = submission.substitute or newcomer or told or (people[at] if at < len(people) else writer)
    return replace(submission.as_substitution(nr, comes), found=SubmissionKind.NO_FORM)


def _about(
    whom: tuple[str, ...],
    submission: Submission,
    context: DecisionContext,
    event: Event,
    settings: Settings,
    body: str,
    functions: Mapping[str, str],
    comes: Person | None = None,
) -> Submission:
    """The mail as one about others than its sender, on the list or not; ``body`` is where they are from,
    ``functions`` what the words call them before their name, ``comes`` the only one of them,
    where more is known than the name."""
    people = [named(who) for who in whom]
    form, here = settings.form_of(event), [r for r in context.registrations if r.event == event.id]
    listed = [name for name, _ in people if any(is_meant(name, r, submission.words, settings) for r in here)]
    if listed or submission.intent is Intent.WITHDRAW:
        return replace(submission, named=tuple(listed) or tuple(name or email for name, email in people))
    told = tuple(
        in_function(
            person_told(name, email, body, submission.intent, form, settings, submission),
            functions.get(name, ""),
            form,
        )
        for name, email in people
    )
    told = (comes,) if comes is not None else told
    return replace(submission, told=told, told_doubts=())

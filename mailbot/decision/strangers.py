"""Whom words excuse or register who is not on the list yet, or why the secretary decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import (
    also_named,
    answers_of,
    as_described,
    as_signed,
    body_of,
    called,
    name_hints,
    of_body,
    proposed,
)
from mailbot.decision.signature import last_line
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, ROLE, FieldKind
from mailbot.domain.message import Address
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Answer, Intent, Person, Problem
from mailbot.extraction.values.names import split_name
from mailbot.matching.names import (
    OFFICE_WORDS,
    email_of,
    is_nearly,
    may_be_called,
    may_spell,
    name_of,
    same_name,
)
from mailbot.matching.organisations import directory, recognised, same_place
from mailbot.matching.shown_names import name_shown
from mailbot.matching.told_bodies import told_body, without_town
from mailbot.text.normalize import fold


def stranger_leaves(draft: DecisionDraft, intent: Intent) -> tuple[Entry, ...] | Statement:
    """The entries of those who do not come by words that mean nobody who is registered; or why the secretary
    decides."""
    if intent is Intent.SUBSTITUTE:
        return say(Says.SUBSTITUTE_OF_STRANGER)
    if intent is Intent.WITHDRAW and draft.submission.question.strip() and not draft.agreed:
        return say(Says.ASKS_AND_WITHDRAWS_STRANGER)
    if draft.submission.named:
        return _excused_by_name(draft, intent)
    if draft.passed_on and not draft.agreed:
        return say(Says.WITHDRAWAL_PASSED_ON, of=draft.first_person.email)
    return _excused(draft, intent)


def _excused_by_name(draft: DecisionDraft, intent: Intent) -> tuple[Entry, ...] | Statement:
    """The people whom a mail names as not coming and who are not registered, where the writer's domain
    belongs to their organisation. About all others, and where somebody has a similar name, the secretary
    decides."""
    body, named = body_of(draft.sender, draft.settings.organisations), draft.submission.named
    listed = directory(draft.settings.organisations.organisations)
    names = [without_town(name, listed)[0] for name in named]
    told = (told_body(name, draft.submission.words, listed) for name in named)
    elsewhere = any(not same_place(one, body) for one in told if one)
    if not body or elsewhere or draft.passed_on or draft.submission.nrs or not _are_strangers(names, draft):
        return say(Says.WITHDRAWAL_OF_STRANGERS, names=named)
    roles = dict(zip(named, draft.submission.roles, strict=False))
    people = [
        _of_colleague(draft, one, roles.get(said, ""), body) for one, said in zip(names, named, strict=True)
    ]
    if None in people:
        return say(Says.WITHDRAWAL_OF_STRANGERS, names=named)
    return tuple(Entry(n, person, intent=intent) for n, person in enumerate(filter(None, people)))


def _are_strangers(names: Sequence[str], draft: DecisionDraft) -> bool:
    """Whether names are surely those of people, and of several none is like that of somebody registered."""
    known = [name_of(r.answers, draft.form) for r in (*draft.at_event, *draft.context.namesakes)]
    alike = len(names) > 1 and any(may_be_called(name, one) for name in names for one in known)
    return not alike and all(_is_persons(name, draft) for name in names)


def _of_colleague(draft: DecisionDraft, name: str, role: str, body: str) -> Person | None:
    """Somebody by name and function, of the writer's organisation, who does not come; None where the form has
    no field for what their name says."""
    person, _ = proposed(Address("", name), draft.form, draft.settings.organisations)
    if not person.answers.keys() & {*draft.form.keys_of(FieldKind.NAME)}:
        return None
    answers = dict(of_body(body, person, draft.form).answers)
    if role and draft.form.field(ROLE):
        answers[ROLE] = Answer(role, Location().at(Unit.MAIL))
    if ATTENDS in answers:
        answers[ATTENDS] = Answer(False, Location().at(Unit.MAIL))
    return Person(answers, body)


def _is_persons(name: str, draft: DecisionDraft) -> bool:
    """Whether a name is surely a person's: of two words at least, no office and no body."""
    words = fold(name).split()
    return (
        len(words) > 1 and not OFFICE_WORDS & {*words} and not recognised(name, draft.settings.organisations)
    )


def _excused(draft: DecisionDraft, intent: Intent) -> tuple[Entry, ...] | Statement:
    """Who wrote, not registered, as somebody who does not come: by an address of their own."""
    author = draft.author_of_words
    if not author.email:
        return say(Says.WITHDRAWAL_OF_UNREACHABLE, by=draft.sender.email)
    behind = author != draft.sender and not draft.passed_on
    if behind and any(email_of(r.answers, draft.form) == author.email for r in draft.at_event):
        return say(Says.WITHDRAWAL_SENT_BY, of=author.email, by=draft.sender.email)
    if not draft.agreed and (others := _others_named(draft)):
        return say(Says.WITHDRAWAL_NAMES, of=author.email, names=tuple(others))
    person = _absent(author, draft)
    name = name_of(person.values, draft.form)
    if not name and (known := _may_have_written(draft)):
        return say(Says.WRITER_MAY_BE, of=author.email, names=known)
    if not draft.agreed and not name and draft.form.of_kind(FieldKind.NAME):
        return say(Says.EXCUSE_OF_NO_NAME)
    return (Entry(0, person, intent=intent),)


def _absent(author: Address, draft: DecisionDraft) -> Person:
    """Who wrote, as far as their address, their signature and their own words tell, as somebody who does not
    come."""
    person, _ = proposed(author, draft.form, draft.settings.organisations)
    person = as_signed(person, draft.submission.writer if author == draft.sender else None)
    if draft.passed_on:
        person = as_described(person, draft.submission.described, draft.form)
    answers = dict(person.answers)
    for field in draft.form.of_kind(FieldKind.EMAIL)[:1]:
        answers[field.key] = Answer(author.email, Location().at(Unit.SENDER))
    if ATTENDS in answers:
        answers[ATTENDS] = Answer(False, Location().at(Unit.MAIL))
    return Person(answers, person.organisation_known)


def stranger_comes(draft: DecisionDraft, intent: Intent) -> tuple[Entry, ...] | Statement:
    """The entry of who wrote, and is not known, as somebody who comes, with what their name and address
    propose; or why the secretary decides."""
    passed_on = draft.passed_on or (intent is Intent.REGISTER and draft.arrival.message.forwarded)
    if passed_on and not draft.agreed:
        return say(Says.REGISTRATION_PASSED_ON, of=draft.first_person.email)
    author = draft.author_of_words
    signed = () if draft.agreed or called(author) else tuple(_others_named(draft))
    if known := signed or _may_have_written(draft):
        return say(Says.WRITER_MAY_BE, of=author.email, names=known)
    person, problems = proposed(author, draft.form, draft.settings.organisations)
    if not draft.agreed and (alike := _nearly_called(draft, person)):
        return say(Says.WRITER_MAY_BE, of=author.email, names=alike)
    person, problems = _as_named(draft, author, person, problems)
    return (Entry(0, _with_what_is_told(draft, person), problems, intent=intent),)


def _as_named(
    draft: DecisionDraft, author: Address, person: Person, problems: Sequence[Problem]
) -> tuple[Person, tuple[Problem, ...]]:
    """Who wrote, with what a signature that agrees with From tells, and what is left to doubt: neither what
    is signed, nor the body that their address is of, nor a name that From shows of which it is known what is
    the first. All of it where another than From signed."""
    another, writer, form = draft.submission.signed_by_another, draft.submission.writer, draft.form
    if author != draft.sender or draft.passed_on:
        return person, tuple(problems)
    if another:
        doubts = (replace(p, reason=Reason.SIGNED_BY_ANOTHER, detail=another) for p in problems)
        return person, tuple(doubts)
    signed = {key: one for key, one in writer.answers.items() if one.signed} if writer is not None else {}
    known = writer.organisation_known if writer is not None and signed else ""
    person = Person({**person.answers, **signed}, known or person.organisation_known)
    certain = {*signed, *form.keys_of(FieldKind.ORGANISATION)}
    names, shown = {*form.keys_of(FieldKind.NAME)}, name_shown(author.name)
    split = split_name(shown, given_first=True, email=author.email)
    certain |= names if split is not None and split.sure else set()
    left = tuple(p for p in problems if p.field not in certain)
    if split is None or not form.given_name:
        return person, left
    return person, tuple(
        replace(p, reason=Reason.WHICH_NAME_IS_FIRST) if p.field in names else p for p in left
    )


def _with_what_is_told(draft: DecisionDraft, person: Person) -> Person:
    """Who comes, with what their mail tells of them: of whose words were passed on, once she agreed, what
    describes them; of who wrote, what they say to questions of the form, and once she agreed, sign or say of
    themselves by name."""
    author, form = draft.author_of_words, draft.form
    if draft.passed_on:
        address = Answer(author.email, Location().at(Unit.MAIL))
        reached = {field.key: address for field in form.of_kind(FieldKind.EMAIL)[:1]}
        person = replace(person, answers={**person.answers, **reached})
        return as_described(person, draft.submission.described if draft.agreed else (), form)
    if author != draft.sender:
        return person
    if draft.agreed:
        return as_described(as_signed(person, draft.submission.writer), draft.submission.described, form)
    return replace(person, answers={**answers_of(draft.submission.own, form), **person.answers})


def _others_named(draft: DecisionDraft) -> list[str]:
    """The people at the event whom a mail of somebody unknown names: in its words, as a signature may, or by
    their address in its display name."""
    shown = f"{draft.sender.name} {draft.submission.words}".lower()
    by_address = [
        name_of(one.answers, draft.form)
        for one in draft.at_event
        if (own := email_of(one.answers, draft.form)) and own in shown and own != draft.sender.email.lower()
    ]
    below = last_line(draft.submission.words)
    signed = [
        name_of(one.answers, draft.form)
        for one in (*draft.at_event, *draft.context.namesakes)
        if not called(draft.author_of_words) and may_be_called(below, name_of(one.answers, draft.form))
    ]
    return list(dict.fromkeys((*also_named(draft, []), *by_address, *signed)))


def _may_have_written(draft: DecisionDraft) -> tuple[str, ...]:
    """Those at the event who may be who wrote without a name: an address or a line says it."""
    hints = name_hints(draft.author_of_words)
    if not hints or draft.agreed:
        return ()
    below = last_line(draft.submission.words)
    event = draft.event.id if draft.event else ""
    here = (*draft.at_event, *(one for one in draft.context.namesakes if one.event == event))
    known = [name_of(one.answers, draft.form) for one in here]
    meant = (name for name in known if same_name(name, below) or any(may_spell(hint, name) for hint in hints))
    return tuple(dict.fromkeys(meant))


def _nearly_called(draft: DecisionDraft, person: Person) -> tuple[str, ...]:
    """Those at the event who may be somebody who comes under a part of their name, or a letter off, as far as
    the organisations are known."""
    name = name_of(person.values, draft.form)
    body = person.organisation_known
    known = (r for r in draft.known_at_event if not (body and r.organisation_known not in (body, "")))
    alike = (whole for r in known if is_nearly(name, whole := name_of(r.answers, draft.form)))
    return tuple(dict.fromkeys(alike))

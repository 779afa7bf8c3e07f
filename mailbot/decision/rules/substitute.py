"""Somebody comes in the place of a participant: one place, and both are told."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import Right, access, brings_back, rights_to_change
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.new_values import new_values
from mailbot.decision.sender_relation import own_address, signed_by
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.registration import Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Intent, Person
from mailbot.matching.names import name_of, organisation_of, same_name
from mailbot.text.normalize import fold

NAME = "vervanging"


def substitute(draft: DecisionDraft) -> DecisionDraft:
    """Gives the place of who leaves to who comes; a name is enough."""
    leaving = next((e for e in draft.entries if e.intent is Intent.SUBSTITUTE and e.outcome is None), None)
    if leaving is None or leaving.current is None:
        return draft.saw(NAME, Saw.NOTHING)
    newcomer = draft.submission.substitute
    said = newcomer.values if newcomer else {}
    name = name_of(said, draft.form)
    if newcomer is None or not name or same_name(name, name_of(leaving.current.answers, draft.form)):
        draft = draft.open_case(
            CaseKind.UNCLEAR,
            (say(Says.SUBSTITUTE_WHO, words=draft.submission.words.strip()),),
            (*draft.answering, Choice.WITHDRAW, Choice.DONE),
            entry=leaving,
        )
        return _with(draft.saw(NAME, Saw.WHO_COMES_UNCLEAR), leaving.settled(Outcome.REVIEW, None))
    draft = draft.saw(NAME, Saw.TAKES_PLACE_OF, name=name, nr=leaving.current.nr)
    marks = (Note.AFTER_DEADLINE,) if draft.is_late else ()
    left = replace(leaving, after_deadline=draft.is_late, successor=draft.next_index).settled(
        Outcome.SUBSTITUTED, Status.CANCELLED, say(Says.COMES_INSTEAD, name=name), *marks
    )
    comes = _newcomer(draft, newcomer, leaving.current)
    known, is_decided = _registered_as(draft, newcomer, name, comes.person, leaving.current)
    if known is not None:
        certain = _is_newcomer(known, name, comes.person, draft.form)
        comes = _as_known(comes, newcomer, known)
        if not is_decided and not (certain and _may_take(draft, comes, known)):
            return _ask_about_known(draft, leaving, comes, known, name)
    comes = replace(
        comes,
        index=draft.next_index,
        predecessor=leaving.index,
        after_deadline=draft.is_late,
    )
    draft = _with(draft, left)
    return replace(draft, entries=(*draft.entries, _seated(comes, leaving.current, marks)))


def _seated(comes: Entry, leaving: Registration, marks: tuple[Note, ...]) -> Entry:
    """Who comes in the place that somebody leaves, which may be one on the waiting list, or of who was asked
    something and had found no place; who has a place of their own already keeps that."""
    if comes.current is not None and comes.current.status is Status.REGISTERED:
        return comes.settled(Outcome.UNCHANGED, Status.REGISTERED)
    waits = leaving.status is Status.INCOMPLETE and leaving.found_no_place
    seat = Status.WAITLISTED if waits else leaving.status if leaving.status.is_in else Status.REGISTERED
    if seat is Status.WAITLISTED:
        return replace(comes, waits=leaving.reason).settled(Outcome.WAITLISTED, seat, "", *marks)
    return comes.settled(Outcome.REGISTERED, seat, "", *marks)


def _registered_as(
    draft: DecisionDraft, newcomer: Person, name: str, comes: Person, leaving: Registration
) -> tuple[Registration | None, bool]:
    """Who is registered and is, or may be, who comes, and whether she decided that: by name and organisation,
    else by the name alone where the mail names no organisation."""
    asked_of_them = draft.override.same_as not in (None, leaving.nr)  # of who comes, and not of who leaves
    if CaseKind.SAME_PERSON in draft.override.waived and asked_of_them:
        return next((one for one in draft.at_event if one.nr == draft.override.same_as), None), True
    others = [one for one in draft.at_event if one.nr != leaving.nr]
    certain = (one for one in others if _is_newcomer(one, name, comes, draft.form))
    says_body = any(newcomer.text(field.key) for field in draft.form.of_kind(FieldKind.ORGANISATION))
    alike = (one for one in others if not says_body and same_name(name, name_of(one.answers, draft.form)))
    return next(certain, None) or next(alike, None), False


def _as_known(comes: Entry, newcomer: Person, known: Registration) -> Entry:
    """Who comes as who is registered already: their own answers stay, but for what the mail says of them."""
    said_now = {k: a for k, a in comes.person.answers.items() if k in newcomer.answers or k == ATTENDS}
    return replace(comes, person=replace(comes.person, answers=said_now), current=known, notes=())


def _ask_about_known(
    draft: DecisionDraft, leaving: Entry, comes: Entry, known: Registration, name: str
) -> DecisionDraft:
    assert leaving.current is not None
    draft = draft.saw(NAME, Saw.MAY_BE, who=name, others=(known.nr,)).open_case(
        CaseKind.SAME_PERSON,
        (
            say(
                Says.SUBSTITUTE_IS_KNOWN if known.status.is_in else Says.SUBSTITUTE_IS_OUT,
                by=draft.sender.email,
                name=name,
                nr=leaving.current.nr,
                known=known.nr,
                status=str(known.status),
            ),
            *new_values(draft, comes, known),
        ),
        (Choice.SAME, Choice.OTHER, Choice.REFUSE, Choice.ASK, Choice.DONE),
        entry=leaving,
        payload={"nr": known.nr},
    )
    return _with(draft, leaving.settled(Outcome.REVIEW, None))


def _may_take(draft: DecisionDraft, comes: Entry, known: Registration) -> bool:
    """Whether the sender may let somebody come who said otherwise themselves, or give who is registered
    another answer or address with it."""
    comes_in = (Right.CHANGE,) * (known.status is not Status.REGISTERED)
    rights = (*comes_in, *brings_back(comes), *rights_to_change(draft, comes))
    return all(map(access(draft, known).may, rights))


def _is_newcomer(registration: Registration, name: str, person: Person, form: Form) -> bool:
    """Whether who comes has a row already: same name and organisation."""
    said = organisation_of(person.values, form)
    known = organisation_of(registration.answers, form)
    return same_name(name, name_of(registration.answers, form)) and (
        fold(said) == fold(known)
        or bool(person.organisation_known and person.organisation_known == registration.organisation_known)
    )


def _newcomer(draft: DecisionDraft, person: Person, leaving: Registration) -> Entry:
    """Who comes, with the organisation of who leaves, and the sender's address, where the mail
    says nothing else. What is then still missing is not asked: the place is theirs."""
    name = name_of(person.values, draft.form)
    answers = {**signed_by(name, draft.submission.writer, draft.form), **person.answers}
    notes: tuple[Note, ...] = ()
    for field in draft.form.of_kind(FieldKind.ORGANISATION):
        if field.key not in answers and leaving.answers.get(field.key):
            answers[field.key] = Answer(
                leaving.answers[field.key], Location().at(Unit.REGISTRATION, leaving.nr)
            )
    own = own_address(draft, Entry(0, person))
    for field in draft.form.of_kind(FieldKind.EMAIL)[:1]:
        if field.key not in answers and own:
            answers[field.key] = Answer(own, Location().at(Unit.SENDER))
            notes = (Note.EMAIL_OF_SENDER,)
    if draft.form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(True, Location().at(Unit.MAIL))
    known = person.organisation_known or leaving.organisation_known
    return Entry(0, Person(answers, known), arrived=leaving.arrived, notes=notes)


def _with(draft: DecisionDraft, entry: Entry) -> DecisionDraft:
    return replace(draft, entries=tuple(entry if e.index == entry.index else e for e in draft.entries))

"""Only who may by the table of ``access`` changes, withdraws, replaces or confirms somebody, or answers for a
whole organisation."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import (
    Access,
    Right,
    access,
    domain_to_give,
    rights_for,
    rights_to_change,
    speaks_for_body,
)
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes
from mailbot.decision.new_values import new_values
from mailbot.domain.case import DOMAIN, KNOWN, CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import Registration
from mailbot.domain.relation import Relation
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.matching.names import email_of, organisation_of
from mailbot.matching.organisations import all_recognised

NAME = "afzender hoort bij de inschrijving"

#: What is asked.
_ASKS = {
    Right.WITHDRAW: Says.WOULD_WITHDRAW,
    Right.SUBSTITUTE: Says.WOULD_SUBSTITUTE,
    Right.CONFIRM: Says.WOULD_CONFIRM,
    Right.READDRESS: Says.WOULD_READDRESS,
    Right.CHANGE: Says.WOULD_CHANGE,
    Right.BRING_BACK: Says.WOULD_BRING_BACK,
}


def unauthorised_change(draft: DecisionDraft) -> DecisionDraft:
    """Leaves to a person what somebody wants of a registration that they have no right to."""
    if CaseKind.UNRELATED in draft.override.waived or CaseKind.SAME_PERSON in draft.override.waived:
        return _of_row(draft).saw(NAME, Saw.SECRETARY_DECIDED)
    return draft.each(_judge)


def _of_row(draft: DecisionDraft) -> DecisionDraft:
    """The draft without the entries of rows other than the one she decided about, where she decided about
    one row: each of them has a case of its own, or was settled by the right of the sender, and may have
    changed since."""
    if not draft.override.row_only or draft.submission.people:
        return draft
    about = draft.override.about
    here = tuple(one for one in draft.entries if one.current is None or one.current.nr == about)
    return replace(draft, entries=here)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if len(bodies := _bodies(draft, entry)) > 1:
        return _of_body(
            draft, entry, say(Says.ANSWERS_FOR_SEVERAL, who=draft.sender.email, organisations=bodies)
        )
    if current is None:
        return _first_answer(draft, entry)
    found, rights = access(draft, current), rights_for(draft, entry)
    may = all(map(found.may, rights)) and _is_told(found, current, draft)
    if may or _changes_nothing(draft, found, rights, entry, current) or _first_form(draft, current):
        draft = draft.saw(
            NAME, Saw.MAY_CHANGE, nr=current.nr, relation=found.relation, evidence=found.evidence
        )
        return draft, entry if found.may(Right.CHANGE) or not may else _as_it_stands(entry)
    draft = draft.saw(NAME, Saw.MAY_NOT_CHANGE, nr=current.nr, evidence=found.evidence)
    draft = _ask_whether_they_may(draft, entry, current, found, rights)
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.UNKNOWN_TO_REGISTRATION))


def _ask_whether_they_may(
    draft: DecisionDraft, entry: Entry, current: Registration, found: Access, rights: tuple[Right, ...]
) -> DecisionDraft:
    """The case of what somebody wants who may not: with the choice to take them for a colleague, where that
    would give them the right, and to register who comes besides."""
    domain = domain_to_give(draft, current) if Right.WITHDRAW in rights and not found.known else ""
    besides = Right.SUBSTITUTE in rights and draft.submission.newcomer is not None
    named = [one for one in rights if one is not Right.BRING_BACK or Right.SUBSTITUTE not in rights]
    wants = tuple(say(_ASKS[right]) for right in named)
    why = _why_not(found, rights)
    words = draft.submission.words.strip() or draft.arrival.message.subject
    shown = draft.submission.people or Right.READDRESS in rights  # else the words are all there is
    return draft.open_case(
        CaseKind.UNRELATED,
        (
            say(Says.MAY_NOT, who=draft.sender.email, wants=wants, evidence=why, words=words),
            *(_new_values(draft, entry, current, rights) if shown else ()),
            *_offered(domain, current),
            *[say(Says.BESIDES, nr=current.nr)] * besides,
        ),
        (
            Choice.ACCEPT,
            *[Choice.AS_COLLEAGUE] * bool(domain),
            *[Choice.REGISTER] * besides,
            Choice.REFUSE,
            Choice.ASK,
            Choice.DONE,
        ),
        entry=entry,
        payload={**({DOMAIN: domain} if domain else {}), **({KNOWN: "ja"} if found.known else {})},
    )


def _new_values(
    draft: DecisionDraft, entry: Entry, current: Registration, rights: tuple[Right, ...]
) -> tuple[Statement, ...]:
    """What would change, or that nothing would, which the writer of the answers is not to learn."""
    none = Right.CHANGE in rights and current.status.is_in
    return new_values(draft, entry, current) or (say(Says.NO_NEW_VALUES),) * none


def _why_not(found: Access, rights: tuple[Right, ...]) -> Statement:
    """Why what somebody wants is hers to decide, whatever speaks for who they are."""
    if found.relation is Relation.COLLEAGUE:
        told = all(map(found.may, rights))
        return say(Says.NOBODY_TELLS_THEM if told else Says.COLLEAGUES_WITHDRAW, evidence=found.evidence)
    if Right.BRING_BACK in rights and found.known and not found.may(Right.BRING_BACK):
        return say(Says.WROTE_THEMSELVES, evidence=found.evidence)
    if found.relation is Relation.ANSWERS and found.by_from:
        return say(Says.FROM_ANOTHER_ADDRESS, evidence=found.evidence)
    return found.evidence


def _first_answer(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    """Leaves to her an answer for a whole organisation whose sender is not of that organisation; any other
    first registration is let through, since anybody may register."""
    body = entry.person.organisation_known
    if not draft.form.per_organisation or speaks_for_body(draft, body):
        return draft.saw(NAME, Saw.NEW_PERSON), entry
    return _of_body(draft, entry, say(Says.ANSWERS_FOR_BODY, who=draft.sender.email, organisation=body))


def _bodies(draft: DecisionDraft, entry: Entry) -> tuple[str, ...]:
    """The organisations that an answer of the entry names, where the form takes one answer of each; of two
    in one answer, one would be lost. Empty for any other form."""
    said = organisation_of(entry.person.values, draft.form) if draft.form.per_organisation else ""
    return all_recognised(said, draft.settings.organisations)


def _of_body(draft: DecisionDraft, entry: Entry, says: Statement) -> tuple[DecisionDraft, Entry]:
    """Leaves an answer for a whole organisation to her, in a case that shows why (``says``)."""
    body = entry.person.organisation_known
    draft = draft.saw(NAME, Saw.NOT_OF_BODY, organisation=body).open_case(
        CaseKind.UNRELATED,
        (says,),
        (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.UNKNOWN_TO_BODY))


def _offered(domain: str, current: Registration) -> tuple[Statement, ...]:
    """What it means to give a domain to the registration's organisation."""
    if not domain:
        return ()
    return (say(Says.AS_COLLEAGUE, domain=domain, organisation=current.organisation_known),)


def _as_it_stands(entry: Entry) -> Entry:
    """The entry with the answers that the row has: who may change none confirms it however they spelt
    it."""
    return replace(entry, kept=entry.kept | (set(entry.person.answers) - {ATTENDS}))


def _changes_nothing(
    draft: DecisionDraft, found: Access, rights: tuple[Right, ...], entry: Entry, current: Registration
) -> bool:
    """Whether an entry repeats what the registration has: its sender, a colleague, then hears that it is
    known."""
    same = not rights_to_change(draft, entry) and not changes(entry)
    only = rights == (Right.CHANGE,) and current.status.is_in
    return only and same and found.may(Right.SEE_CARD)


def _is_told(found: Access, current: Registration, draft: DecisionDraft) -> bool:
    """Whether the person hears of the change: always, but for what a colleague changes in a row with no
    address of its own."""
    own = email_of(current.answers, draft.form)
    return found.relation is not Relation.COLLEAGUE or own not in ("", draft.sender.email.lower())


def _first_form(draft: DecisionDraft, current: Registration) -> bool:
    """A row that she typed in without an address is nobody's by mail until their form comes: same
    name and organisation are then the same person (CONTRACT.md). Where she typed what is sensitive, she
    says whose form that is, for who takes the row over will read it."""
    addresses = email_of(current.answers, draft.form) + current.sender
    private = any(current.answers.get(field.key) for field in draft.form.cleared)
    return bool(draft.submission.people) and "@" not in addresses and not private

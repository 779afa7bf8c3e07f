"""What a choice about a case does to the registration that it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.capacity import no_place
from mailbot.decision.confirmation import confirmed_person
from mailbot.decision.draft import DecisionDraft, Entry, Override
from mailbot.decision.rules.accept import accept
from mailbot.decision.rules.capacity import capacity
from mailbot.decision.rules.complete import OF_WORDS, complete, with_accepted
from mailbot.decision.rules.optional_doubts import optional_doubts
from mailbot.domain.case import Case, CaseKind, Choice, Edit, offered
from mailbot.domain.decision import DecisionContext, Note, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, FieldKind
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Answer, Person, Submission, SubmissionKind


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of hers about a case, with all that it is judged by: what is known, and the message that the
    case came from with what was read in it, where there is one."""

    case: Case
    edit: Edit
    context: DecisionContext
    settings: Settings
    now: datetime
    arrival: Arrival | None = None
    submission: Submission | None = None


def draft_of(row: Registration, decided: Decided) -> DecisionDraft:
    """A draft about one row, as if nobody had mailed anything new about it."""
    arrival = decided.arrival
    if arrival is None:
        arrival = Arrival(row.message or 0, "", row.received, Message("", Address(row.sender), "", None))
    draft = DecisionDraft(
        arrival,
        Submission(SubmissionKind.NO_FORM),
        decided.context,
        decided.settings,
        decided.now,
        Address(row.sender),
        Override(frozenset({decided.case.kind}), remark=decided.edit.remark),
        event=decided.settings.events[row.event],
    )
    problems = tuple(row.doubts)
    entry = Entry(0, Person({}, row.organisation_known), problems, current=row, arrived=row.arrived)
    return replace(draft, entries=(entry,))


def _accept(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """Registered, although there may be no place: she saw the row and the list."""
    entry = draft.entries[0]
    if case.kind is CaseKind.DOUBT:
        known = replace(row, doubts=tuple(p for p in row.doubts if p.field not in case.fields))
        if ATTENDS in case.fields and row.answers.get(ATTENDS) is None:
            comes = Person({ATTENDS: Answer(True, Location().at(Unit.SECRETARIAT))})
            return _only(draft, replace(entry, person=comes, problems=()), Outcome.CHANGED, known)
        return _only(draft, _told_her_words(draft, entry), Outcome.UNCHANGED, known)
    if case.kind is CaseKind.CALENDAR_DECLINE:
        return replace(draft, entries=())
    if case.kind is CaseKind.INCOMPLETE:
        return _settle(draft, Outcome.REGISTERED, Status.REGISTERED, say(Says.ACCEPTED_AS_IS))
    if case.kind is CaseKind.FREED_PLACE:
        return _seated(draft, case)
    return optional_doubts(accept(complete(_as_she_read_it(draft, entry, row))))


def _as_she_read_it(draft: DecisionDraft, entry: Entry, row: Registration) -> DecisionDraft:
    """A row without doubt of what was only read in words: her case shows it so, and she accepted it."""
    read = tuple(one for one in row.doubts if one.reason in OF_WORDS)
    left = tuple(one for one in row.doubts if one not in read)
    entry = replace(entry, problems=left, current=replace(row, doubts=left))
    return with_accepted(replace(draft, entries=(entry,)), entry, read)


def _seated(draft: DecisionDraft, case: Case) -> DecisionDraft:
    """The free places go to those whom they are for and who still wait, as far as there are."""
    known = {one.nr: one for one in draft.context.registrations}
    draft = replace(draft, entries=())
    for row in (known[nr] for nr in offered(case) if nr in known):
        index = draft.next_index
        entry = Entry(index, Person({}, row.organisation_known), row.doubts, current=row, arrived=row.arrived)
        if row.status is Status.WAITLISTED and no_place(draft, entry) is None:
            entry = entry.settled(Outcome.REGISTERED, Status.REGISTERED, say(Says.CAME_FREE), Note.PROMOTED)
            draft = replace(draft, entries=(*draft.entries, entry))
    return draft


def taken_since(draft: DecisionDraft, case: Case) -> Statement | None:
    """Why the places that came free are free no more; None where one is, or nobody waits for it."""
    known = {one.nr: one for one in draft.context.registrations}
    waits = [known[nr] for nr in offered(case) if nr in known and known[nr].status is Status.WAITLISTED]
    if not waits or _seated(draft, case).entries:
        return None
    first = waits[0]
    why = no_place(
        draft, Entry(0, Person({}, first.organisation_known), current=first, arrived=first.arrived)
    )
    return say(Says.FULL_SINCE, why=why) if why is not None else None


def _waitlist(draft: DecisionDraft, _case: Case, _row: Registration) -> DecisionDraft:
    """On the waiting list where there is no place; where there is one, they wait until she says
    otherwise."""
    entry = draft.entries[0]
    why = no_place(draft, entry) or say(Says.PUT_TO_WAIT)
    return _settle(
        replace(draft, entries=(replace(entry, waits=why),)), Outcome.WAITLISTED, Status.WAITLISTED, why
    )


def _refuse(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    if case.kind is CaseKind.CALENDAR_DECLINE:  # as a former mailbot offered it
        return _restored(draft, case)
    if case.kind is CaseKind.INCOMPLETE:
        return _settle(draft, Outcome.CANCELLED, Status.CANCELLED, say(Says.LEFT_INCOMPLETE))
    return _settle(draft, Outcome.LATE, Status.LATE, row.reason)


def _restored(draft: DecisionDraft, case: Case) -> DecisionDraft:
    """Registered again, as far as there is a place. An answer that they do not take part becomes that
    they do."""
    entry = replace(draft.entries[0], arrived=_came_back(draft, case, draft.entries[0]))
    draft = replace(draft, entries=(entry, *draft.entries[1:]))
    if entry.answers.get(ATTENDS) is False:
        answers = {**entry.person.answers, ATTENDS: Answer(True, Location().at(Unit.SECRETARIAT))}
        entry = replace(entry, person=replace(entry.person, answers=answers))
        draft = replace(draft, entries=(entry, *draft.entries[1:]))
    draft = capacity(draft)
    if draft.entries[0].outcome is not None:
        return draft  # on the waiting list
    again = () if entry.current is not None and entry.current.is_undone else (Note.RESTORED,)
    return _settle(draft, Outcome.REGISTERED, Status.REGISTERED, "", *again)


def _came_back(draft: DecisionDraft, case: Case, entry: Entry) -> datetime | None:
    """From when somebody who comes again counts as waiting: from the mail that asked for it after they
    had left, or from her decision. Who did not say themselves that they leave keeps the moment that they had:
    their calendar declined, or she declined them, or undid what took them out."""
    row = entry.current
    if row is None or row.is_undone or not row.status.is_out or case.kind is CaseKind.CALENDAR_DECLINE:
        return entry.arrived
    if isinstance(row.reason, Statement) and row.reason.code is Says.LEFT_INCOMPLETE:
        return entry.arrived
    return draft.received if row.since and draft.received > row.since else draft.now


def _take_new(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """The value of the mail instead of hers (or of the one that was there). Where that is their coming, of
    somebody who was not to, they come again with all that the mail says."""
    said = case.person.answers if case.person else {}
    if case.person and ATTENDS in case.fields and row.status.is_out and said[ATTENDS].value is True:
        back = replace(draft.entries[0], person=case.person, problems=(), current=_not_hers(row, case))
        return _restored(replace(draft, entries=(back,)), case)
    answers = {key: said[key] for key in case.fields if key in said}
    names_one = any(field.key in answers for field in draft.form.of_kind(FieldKind.ORGANISATION))
    known = case.person.organisation_known if case.person and names_one else ""
    current = _not_hers(row, case)
    entry = replace(draft.entries[0], person=Person(answers, known), problems=(), current=current)
    return _only(draft, entry, Outcome.CHANGED, current)


def _not_hers(row: Registration, case: Case) -> Registration:
    """A row in which the fields of a case are neither hers nor doubted any more."""
    doubts = tuple(p for p in row.doubts if p.field not in case.fields)
    return replace(row, by_hand=row.by_hand - set(case.fields), doubts=doubts)


def _keep_current(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    known = replace(row, doubts=tuple(p for p in row.doubts if p.field not in case.fields))
    return _only(draft, _told_her_words(draft, draft.entries[0]), Outcome.UNCHANGED, known)


def _told_her_words(draft: DecisionDraft, entry: Entry) -> Entry:
    """Where nothing changes, they hear of it only if she wrote something to them."""
    return replace(entry, problems=(), mail=bool(draft.override.remark.strip()))


def _register(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """Comes after all, on a free place or on the waiting list."""
    if row.status.is_out:
        return _restored(draft, case)
    if row.status is Status.INCOMPLETE:
        read, said = confirmed_person(row, Unit.SECRETARIAT), draft.entries[0].person.answers
        read = replace(read, answers={**read.answers, **said})
        entry = replace(draft.entries[0], person=read, problems=())
        return accept(capacity(complete(replace(draft, entries=(entry,)))))
    return _accept(draft, case, row)


def _withdraw(draft: DecisionDraft, _case: Case, row: Registration) -> DecisionDraft:
    outcome = Outcome.UNCHANGED if row.status is Status.CANCELLED else Outcome.CANCELLED
    return _settle(draft, outcome, Status.CANCELLED, say(Says.BY_HER_DECISION))


def _excuse(draft: DecisionDraft, _case: Case, row: Registration) -> DecisionDraft:
    outcome = Outcome.UNCHANGED if row.status is Status.EXCUSED else Outcome.EXCUSED
    return _settle(draft, outcome, Status.EXCUSED, say(Says.BY_HER_DECISION))


def _only(draft: DecisionDraft, entry: Entry, outcome: Outcome, row: Registration) -> DecisionDraft:
    settled = replace(entry, current=row).settled(outcome, row.status, row.reason)
    return replace(draft, entries=(replace(settled, waits=row.reason),))


def _settle(
    draft: DecisionDraft, outcome: Outcome, status: Status, reason: Told, *notes: Note
) -> DecisionDraft:
    return replace(draft, entries=(draft.entries[0].settled(outcome, status, reason, *notes),))


#: What a choice does to the row of a case.
ROWS: dict[Choice, Callable[[DecisionDraft, Case, Registration], DecisionDraft]] = {
    Choice.ACCEPT: _accept,
    Choice.WAITLIST: _waitlist,
    Choice.REFUSE: _refuse,
    Choice.TAKE_NEW: _take_new,
    Choice.KEEP_CURRENT: _keep_current,
    Choice.REGISTER: _register,
    Choice.WITHDRAW: _withdraw,
    Choice.EXCUSE: _excuse,
}

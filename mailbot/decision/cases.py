"""What follows from the secretary's decision about a case.

Two ways: a case about a *message* that nothing was recorded of is judged again by the same rules,
with her decision as a ``Override``; a case about a *row* changes that row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.announcements import announced
from mailbot.decision.case_endings import answered, asked, closed, logged, refused, stays_open
from mailbot.decision.case_rows import ROWS, Decided, draft_of, taken_since
from mailbot.decision.draft import DecisionDraft, Entry, Override
from mailbot.decision.edits import decide_typed
from mailbot.decision.engine import judged
from mailbot.decision.finalize import record
from mailbot.decision.her_reading import (
    INTENTS,
    as_she_reads,
    at_event_of,
    brings_others,
    comes_besides,
    one_for_another,
)
from mailbot.decision.intents import LEAVING
from mailbot.decision.other_form import by_form_of
from mailbot.decision.people_told import named
from mailbot.decision.rules.promotion import promotion
from mailbot.decision.sender_relation import known_as, own_answers
from mailbot.decision.typed_rows import TYPED
from mailbot.domain.case import (
    ABOUT_A_MESSAGE,
    ABOUT_COMING,
    ABSENT_BODY,
    DOMAIN,
    NAMED_UNREAD,
    OF_ANOTHER,
    OF_ORGANISATION,
    OWN_ROW,
    Case,
    CaseKind,
    Choice,
    Edit,
)
from mailbot.domain.decision import Decision, DecisionContext, Note, Outcome
from mailbot.domain.message import Arrival
from mailbot.domain.registration import STATUS, Registration
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Intent, Person, Submission
from mailbot.matching.names import describe, is_one_person, name_of
from mailbot.text.normalize import fold


def decide_case(
    case: Case,
    edit: Edit,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    arrival: Arrival | None = None,
    submission: Submission | None = None,
) -> Decision:
    """What follows from her decision. ``arrival`` and ``submission`` are the message the case
    came from, and what was read in it, where there is one: ``context`` is then what is known for
    that message. A choice that cannot be carried out leaves the case open, and says why."""
    choice = edit.choice
    if why_not := _never_possible(case, edit, submission, settings, now):
        return stays_open(case, edit, now, why_not)
    if choice is Choice.ASK:
        return _by_name(asked(case, edit, now, arrival, settings), arrival, context, settings)
    if choice in (Choice.DONE, Choice.REVOKE):
        return closed(case, edit)
    if choice is Choice.ANSWER:
        return _by_name(answered(case, edit, now, arrival), arrival, context, settings)
    if case.kind is CaseKind.ANNOUNCE:
        return logged(announced(case, edit, context, settings, now), case, edit)
    if TYPED in case.payload:
        decision = decide_typed(case, edit, context, settings, now)
        return logged(decision, case, edit) if decision else stays_open(case, edit, now, say(Says.ROW_GONE))
    if case.kind is CaseKind.DESTROY:
        return replace(closed(case, edit), destroy=choice is Choice.ACCEPT)
    submission = at_event_of(case, submission, settings) if submission is not None else None
    return _about_a_mail(Decided(case, edit, context, settings, now, arrival, submission))


def _about_a_mail(decided: Decided) -> Decision:
    """What follows about a case of a mail: it is judged again with what she decided, or that is done with the
    row that it is about."""
    case, edit, submission = decided.case, decided.edit, decided.submission
    known = decided.context.registrations
    row = next((r for r in known if case.registration and r.nr == case.registration), None)
    is_of_row = row is not None and _is_about_a_row(case, edit.choice, submission)
    if _is_judged_again(case, edit.choice) and not is_of_row:
        return _judged_again(decided, row)
    if row is None or row.event not in decided.settings.events:
        return stays_open(case, edit, decided.now, say(Says.ROW_GONE))
    draft = _with_own(draft_of(row, decided), edit, submission)
    return _about_the_row(draft, row, case, edit)


def _by_name(
    decision: Decision, arrival: Arrival | None, context: DecisionContext, settings: Settings
) -> Decision:
    """A decision that mails who wrote in her words, with the name that their registration has."""
    if arrival is None:
        return decision
    return replace(decision, known_as=known_as(arrival.message.sender, context.registrations, settings))


def _with_own(draft: DecisionDraft, edit: Edit, submission: Submission | None) -> DecisionDraft:
    """The draft about a row with what the mail of who then comes tells of themselves."""
    if edit.choice is not Choice.REGISTER or submission is None:
        return draft
    (entry,) = draft.entries
    assert entry.current is not None
    said = own_answers(submission, draft.arrival.message.sender, entry.current, draft.form)
    return replace(draft, entries=(replace(entry, person=replace(entry.person, answers=said)),))


def _is_judged_again(case: Case, choice: Choice | None) -> bool:
    """Whether the message of a case is judged once more, with what she decided."""
    of_status = case.kind is CaseKind.CONTRADICTION and case.fields == (STATUS,)
    return case.kind in ABOUT_A_MESSAGE or of_status or choice in INTENTS or choice is Choice.REPLACES


def _is_about_a_row(case: Case, choice: Choice | None, submission: Submission | None) -> bool:
    """Whether a choice says what becomes of the registration of a case, and of nobody beside it."""
    takes_over = choice is Choice.TAKE_NEW and case.kind is CaseKind.UNCLEAR
    return (
        (choice in INTENTS or takes_over)
        and comes_besides(case, choice, submission) is None
        and not one_for_another(case, choice, submission)
        and not brings_others(case, choice, submission)
    )


def _about_the_row(draft: DecisionDraft, row: Registration, case: Case, edit: Edit) -> Decision:
    """What becomes of the registration that a case is about; ``draft`` is about that row alone."""
    assert edit.choice is not None
    of_place = case.kind is CaseKind.FREED_PLACE and edit.choice is Choice.ACCEPT
    if of_place and (full := taken_since(draft, case)):
        # In place of what the case said: that there is a place is no longer so.
        return stays_open(replace(case, says=()), edit, draft.now, full)
    draft = ROWS[edit.choice](draft, case, row)
    draft = promotion(draft) if draft.entries else draft
    if draft.arrival.message.no_answer:
        draft = replace(draft, to_sender=False)  # a machine that mailed for others reads nothing
    decision = record(draft)
    # A choice may have cleared what was doubted or corrected before the rules looked: undoing it needs all.
    results = tuple(
        replace(result, before=row) if result.before is not None and result.before.nr == row.nr else result
        for result in decision.results
    )
    return logged(replace(decision, results=results), case, edit)


def _judged_again(decided: Decided, row: Registration | None) -> Decision:
    """What follows where the message of a case is judged once more, with what she decided; ``row`` is the
    registration that the case is about."""
    case, edit, now, choice = decided.case, decided.edit, decided.now, decided.edit.choice
    context, settings = decided.context, decided.settings
    arrival, submission = decided.arrival, decided.submission
    if choice in (Choice.REFUSE, Choice.KEEP_CURRENT):
        return refused(case, edit)
    if arrival is None or submission is None:
        return stays_open(case, edit, now, say(Says.MESSAGE_GONE))
    event = _event_to_judge_by(case, edit, submission, settings, now)
    if obstacle := _obstacle(case, edit, context, event, row):
        return stays_open(case, edit, now, obstacle)
    if event in settings.events:
        submission = by_form_of(submission, settings.form_of(settings.events[event]), settings)
    same = _same_as(case, choice, submission, row)
    sender = arrival.message.sender
    submission = as_she_reads(submission, case, edit, context, settings, event, sender)
    before = {CaseKind[name] for name in case.payload.get("waived", "").split(",") if name}
    override = Override(
        waived=frozenset({*before, *_WAIVED.get(choice, ()), case.kind}),
        event=event,
        only=int(case.payload["person"]) if "person" in case.payload and submission.people else None,
        about=case.registration,
        row_only=case.kind is CaseKind.UNRELATED and choice in _ACCEPTING and row is not None,
        same_as=same,
        waitlist=choice is Choice.WAITLIST,
        excused=choice is Choice.EXCUSE,
        alone="alone" in case.payload,
        remark=edit.remark,
    )
    decision = record(_with_untold(judged(arrival, submission, context, settings, now, override), case))
    if unnamed := _unnamed(case, submission, decision, settings):
        return stays_open(case, edit, now, unnamed)
    if since := _registered_since(case, choice, decision, settings):
        return stays_open(case, edit, now, since)
    if choice is Choice.AS_COLLEAGUE and row is not None:
        given = _colleagues(case.payload[DOMAIN], row.organisation_known, settings, now)
        decision = replace(decision, cases=(*decision.cases, given))
    return logged(decision, case, edit)


def _with_untold(draft: DecisionDraft, case: Case) -> DecisionDraft:
    """The draft with those of the same message who are settled, and of whom its sender heard nothing while
    one of them waited for her: told once, with the last that she decides. Of what became of somebody since
    is told where it was decided, and to whom it concerns."""
    of_message = draft.arrival.id
    waits = any(
        one.message == of_message and one.id != case.id and one.kind in ABOUT_A_MESSAGE
        for one in draft.context.open_cases
    )
    if waits or not draft.entries or "person" not in case.payload or draft.event is None:
        return draft
    here = {entry.current.nr for entry in draft.entries if entry.current is not None}
    here |= {case.payload.get("nr", "")}  # whom they may be
    for row in draft.at_event:
        if row.message == of_message and row.nr not in here and row.changed <= case.opened:
            entry = Entry(draft.next_index, Person(), current=row)
            entry = entry.settled(Outcome.UNCHANGED, row.status, row.reason, Note.CONFIRMED)
            draft = replace(draft, entries=(*draft.entries, replace(entry, waits=row.reason)))
    return draft


#: Choices that let a sender do what a case shows.
_ACCEPTING = (Choice.ACCEPT, Choice.AS_COLLEAGUE)
#: Choices that register somebody, or let them wait for a place, whatever the case.
_SEATING = (Choice.REGISTER, Choice.WAITLIST, Choice.REPLACES)


#: What a mail wants whose sender does not come, or never meant to.
_LEAVING = LEAVING | {Intent.DENY}


def _lets_come(choice: Choice | None, submission: Submission | None) -> bool:
    """Whether a choice lets somebody come: one that accepts what a mail wants does not where that leaves."""
    leaves = submission is not None and submission.intent in _LEAVING
    return choice in _SEATING or (choice in _ACCEPTING and not leaves)


def _never_possible(
    case: Case, edit: Edit, submission: Submission | None, settings: Settings, now: datetime
) -> Statement | None:
    """Why a choice cannot be carried out whatever the ledger holds: it is none of the case, or it would tell
    somebody that they come to a meeting that is over or does not take place; None where it can."""
    choice = edit.choice
    if choice is None or choice not in case.choices:
        return say(Says.PICK_FROM_LIST)
    comes = choice is Choice.ACCEPT and case.kind in ABOUT_COMING - {CaseKind.CALENDAR_DECLINE}
    event = settings.events.get(_event_to_judge_by(case, edit, submission, settings, now))
    if not (comes or choice in _SEATING) or event is None:
        return None
    if event.is_over(now, settings.zone):
        return say(Says.OVER_TO_REGISTER)
    if settings.is_off(event) and _lets_come(choice, submission):
        return say(Says.OFF_TO_REGISTER, title=event.title)
    return None


def _event_to_judge_by(
    case: Case, edit: Edit, submission: Submission | None, settings: Settings, now: datetime
) -> str:
    """The id of the event that a message is judged for again: the one she chose, else that of the case, and
    for who comes the one that is open in its place. Empty where she has to choose it, or where the rules find
    it by themselves."""
    if chosen := _event_of(edit.event, settings):
        return chosen
    own = _event_of_case(case, settings)
    comes = _lets_come(edit.choice, submission) and not case.registration
    instead = settings.open_instead(settings.events[own], now) if comes and own in settings.events else None
    return instead.id if instead else own


def _event_of_case(case: Case, settings: Settings) -> str:
    if case.kind is CaseKind.WHICH_EVENT:
        return case.event or (case.events[0] if len(case.events) == 1 else "")
    return case.event if case.event in settings.events else ""


def _obstacle(
    case: Case, edit: Edit, context: DecisionContext, event: str, row: Registration | None
) -> Statement | None:
    """Why her choice cannot be carried out; None where it can."""
    names_somebody = edit.choice in INTENTS and case.payload.get(OF_ANOTHER)
    listed = edit.choice in INTENTS and bool(case.people)
    if not event and (case.kind is CaseKind.WHICH_EVENT or names_somebody or listed):
        return say(Says.PICK_EVENT)
    if names_somebody and not _is_one(names_somebody, context):
        return say(Says.NOT_ONE_PERSON, who=names_somebody)
    if edit.choice is Choice.REPLACES and not any(edit.nr and r.nr == edit.nr for r in context.registrations):
        return say(Says.REPLACED_ROW_GONE)
    if edit.choice is Choice.AS_COLLEAGUE and row is None:
        return say(Says.ROW_GONE)
    return None


def _is_one(who: str, context: DecisionContext) -> bool:
    """Whether whom she wrote is one person, by name or address, or somebody who is known."""
    name, address = named(who)
    words = set(fold(name).split())
    if is_one_person(name, addressed=bool(address)):
        return True
    known = (set(fold(" ".join(map(str, one.answers.values()))).split()) for one in context.registrations)
    return bool(words) and any(words <= one for one in known)


def _unnamed(case: Case, submission: Submission, decision: Decision, settings: Settings) -> Statement | None:
    """Whom the words of a case name where her choice would make a row without a name; None where it does
    not, or they name nobody."""
    new = [one.after for one in decision.results if one.before is None and one.after is not None]
    # who comes by their function has no name in the mail, and is asked; of a body nobody comes
    nameless = submission.comes_by_function is not None or ABSENT_BODY in case.payload
    bare = any(not name_of(row.answers, settings.form_of(settings.events[row.event])) for row in new)
    unread = tuple(filter(None, case.payload.get(NAMED_UNREAD, "").split(", ")))
    names = (*unread, *submission.named, *(name for act in submission.acts for name in act.people))
    return (
        say(Says.NAMED_UNREAD, names=tuple(dict.fromkeys(names))) if bare and names and not nameless else None
    )


def _registered_since(
    case: Case, choice: Choice | None, decision: Decision, settings: Settings
) -> Statement | None:
    """Who registered after the case was opened and would be taken out again by it; None where it concerns
    nobody. Choosing it once more is meant."""
    if choice not in (Choice.EXCUSE, Choice.WITHDRAW):
        return None
    new = tuple(
        f"{describe(row.answers, settings.form_of(settings.events[row.event])) or row.nr} ({row.nr})"
        for row, after in ((result.before, result.after) for result in decision.results)
        if row is not None and after is not None and row.received > case.opened
        if row.status.is_in and after.status.is_out
    )
    return say(Says.REGISTERED_SINCE, people=new, choice=str(choice)) if new else None


def _same_as(
    case: Case, choice: Choice | None, submission: Submission, row: Registration | None
) -> str | None:
    """The nr of the registration that the person of the message has already; empty: it is another person;
    None: the rules find out. Who comes besides the row of the case is none of it."""
    if case.kind is CaseKind.SAME_PERSON:
        return case.payload.get("nr" if choice is Choice.SAME else OWN_ROW, "")
    if comes_besides(case, choice, submission) is not None:
        return None
    if row is not None and "person" in case.payload and submission.people:
        return row.nr
    return None


def _colleagues(domain: str, organisation: str, settings: Settings, now: datetime) -> Case:
    """The row that gives a mail domain to an organisation as long as it stands (``Case.stays_open``)."""
    return Case(
        CaseKind.COLLEAGUES,
        organisation,
        "",
        (Choice.REVOKE,),
        opened=now,
        payload={DOMAIN: domain, OF_ORGANISATION: organisation},
        key=f"domain:{domain}",
        says=(
            say(
                Says.COLLEAGUES,
                domain=domain,
                organisation=organisation,
                since=now.astimezone(settings.zone).isoformat(),
            ),
        ),
    )


def _event_of(chosen: str, settings: Settings) -> str:
    """The id of the event she chose, by id or by title."""
    said = chosen.strip().casefold()
    by = (e.id for e in settings.events.values() if said and said in (e.id.casefold(), e.title.casefold()))
    return next(by, "")


#: Doubts that a choice settles besides that of its own case.
_WAIVED: dict[Choice | None, frozenset[CaseKind]] = {
    Choice.REPLACES: frozenset({CaseKind.UNCLEAR, CaseKind.UNRELATED, CaseKind.LATE, CaseKind.FORWARDED}),
    **dict.fromkeys(INTENTS, frozenset({CaseKind.UNCLEAR, CaseKind.UNRELATED})),
    Choice.REGISTER: frozenset(
        {
            CaseKind.UNCLEAR,
            CaseKind.UNRELATED,
            CaseKind.LATE,
            CaseKind.FORWARDED,
            CaseKind.NOT_INVITED,  # she saw where they are from
        }
    ),
}

"""What follows from the secretary's decision about a case.

Two ways: a case about a *message* that nothing was recorded of is judged again by the same rules,
with her decision as a ``Override``; a case about a *row* changes that row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

from mailbot.config.settings import Settings
from mailbot.decision.announcements import announced
from mailbot.decision.capacity import no_place
from mailbot.decision.confirmation import as_read
from mailbot.decision.draft import DecisionDraft, Entry, Override
from mailbot.decision.edits import decide_typed
from mailbot.decision.engine import judged
from mailbot.decision.finalize import record
from mailbot.decision.rules.accept import accept
from mailbot.decision.rules.capacity import capacity
from mailbot.decision.rules.complete import complete
from mailbot.decision.rules.optional_doubts import optional_doubts
from mailbot.decision.rules.participants import said
from mailbot.decision.rules.promotion import promotion
from mailbot.decision.sender_relation import body_of, is_named, of_body, proposed
from mailbot.decision.typed_rows import TYPED
from mailbot.domain.case import ASKED, DOMAIN, OF_ANOTHER, OF_ORGANISATION, Case, CaseKind, Choice, Edit
from mailbot.domain.decision import SECRETARIAT, Ask, Decision, DecisionContext, LogLine, Note, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.event import Event
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Answer, Intent, Person, Submission, SubmissionKind
from mailbot.matching.names import belongs_to, describe, name_of, same_address
from mailbot.text.normalize import fold

_ADDRESS = re.compile(r"[^\s@<>()\[\]:;,\"]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
#: Cases about a message: nothing of it (or of that person) was recorded before she decides.
ABOUT_A_MESSAGE = frozenset(
    {
        CaseKind.WHICH_EVENT,
        CaseKind.MANY_PEOPLE,
        CaseKind.FORGED,
        CaseKind.TOO_MANY,
        CaseKind.NOT_INVITED,
        CaseKind.UNRELATED,
        CaseKind.SAME_PERSON,
        CaseKind.UNCLEAR,
        CaseKind.PERHAPS,
    }
)


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
    if choice is None or choice not in case.choices:
        return _again(case, edit, now, say(Says.PICK_FROM_LIST))
    if choice is Choice.ASK:
        return _ask(case, edit, now, arrival)
    if choice in (Choice.DONE, Choice.REVOKE):
        return _closed(case, edit)
    if choice is Choice.ANSWER:
        return _answer(case, edit, now, arrival)
    if case.kind is CaseKind.ANNOUNCE:
        return _logged(announced(case, edit, context, settings, now), case, edit)
    if TYPED in case.payload:
        decision = decide_typed(case, edit, context, settings, now)
        return _logged(decision, case, edit) if decision else _again(case, edit, now, say(Says.ROW_GONE))
    if case.kind is CaseKind.DESTROY:
        return replace(_closed(case, edit), destroy=choice is Choice.ACCEPT)
    row = next((r for r in context.registrations if case.registration and r.nr == case.registration), None)
    of_status = case.kind is CaseKind.CONTRADICTION and case.fields == ("status",)
    takes_over = choice is Choice.TAKE_NEW and case.kind is CaseKind.UNCLEAR
    about_a_row = row is not None and (choice in INTENTS or takes_over)
    about_a_row = about_a_row and _comes_besides(case, choice, submission) is None
    again = case.kind in ABOUT_A_MESSAGE or of_status or choice in INTENTS or choice is Choice.REPLACES
    if again and not about_a_row:
        return _judged_again(case, edit, context, settings, now, arrival, submission, row)
    if row is None or row.event not in settings.events:
        return _again(case, edit, now, say(Says.ROW_GONE))
    return _about_the_row(_draft_of(row, case, edit, context, settings, now, arrival), row, case, edit)


def _about_the_row(draft: DecisionDraft, row: Registration, case: Case, edit: Edit) -> Decision:
    """What becomes of the registration that a case is about; ``draft`` is about that row alone."""
    assert edit.choice is not None
    of_place = case.kind is CaseKind.FREED_PLACE and edit.choice is Choice.ACCEPT
    if of_place and (full := _taken_since(draft)):
        return _again(case, edit, draft.now, full)
    draft = ROWS[edit.choice](draft, case, row)
    draft = promotion(draft) if draft.entries else draft
    return _logged(record(draft), case, edit)


def _judged_again(
    case: Case,
    edit: Edit,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    arrival: Arrival | None,
    submission: Submission | None,
    row: Registration | None,
) -> Decision:
    choice = edit.choice
    if choice in (Choice.REFUSE, Choice.KEEP_CURRENT):
        return _refused(case, edit)
    if arrival is None or submission is None:
        return _again(case, edit, now, say(Says.MESSAGE_GONE))
    event = _event_to_judge_by(case, edit, settings)
    if obstacle := _obstacle(case, edit, context, event, row):
        return _again(case, edit, now, obstacle)
    same = _same_as(case, choice, submission, row)
    sender = arrival.message.sender
    submission = _as_she_reads(submission, case, edit, context, settings, event, sender)
    before = {CaseKind[name] for name in case.payload.get("waived", "").split(",") if name}
    override = Override(
        waived=frozenset({*before, *_WAIVED.get(choice, ()), case.kind}),
        event=event,
        only=int(case.payload["person"]) if "person" in case.payload and submission.people else None,
        same_as=same,
        waitlist=choice is Choice.WAITLIST,
        excused=choice is Choice.EXCUSE,
        alone="alone" in case.payload,
        remark=edit.remark,
    )
    decision = record(judged(arrival, submission, context, settings, now, override))
    if since := _registered_since(case, choice, decision, settings):
        return _again(case, edit, now, since)
    if choice is Choice.AS_COLLEAGUE and row is not None:
        given = _colleagues(case.payload[DOMAIN], row.organisation_known, settings, now)
        decision = replace(decision, cases=(*decision.cases, given))
    return _logged(decision, case, edit)


def _event_to_judge_by(case: Case, edit: Edit, settings: Settings) -> str:
    """The id of the event that a message is judged for again: the one she chose, else that of the case.
    Empty where she has to choose it, or where the rules find it by themselves."""
    if chosen := _event_of(edit.event, settings):
        return chosen
    if case.kind is CaseKind.WHICH_EVENT:
        return case.event or (case.events[0] if len(case.events) == 1 else "")
    return case.event if case.event in settings.events else ""


def _obstacle(
    case: Case, edit: Edit, context: DecisionContext, event: str, row: Registration | None
) -> Statement | None:
    """Why her choice cannot be carried out; None where it can."""
    names_somebody = edit.choice in INTENTS and case.payload.get(OF_ANOTHER)
    if not event and (case.kind is CaseKind.WHICH_EVENT or names_somebody):
        return say(Says.PICK_EVENT)
    if edit.choice is Choice.REPLACES and not any(edit.nr and r.nr == edit.nr for r in context.registrations):
        return say(Says.REPLACED_ROW_GONE)
    if edit.choice is Choice.AS_COLLEAGUE and row is None:
        return say(Says.ROW_GONE)
    return None


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
    None: the rules find out."""
    if case.kind is CaseKind.SAME_PERSON:
        return case.payload.get("nr", "") if choice is Choice.SAME else ""
    if row is not None and "person" in case.payload and submission.people:
        return row.nr
    return None


def _as_she_reads(
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
        return _in_the_place_of(edit.nr, case, submission)
    if edit.choice not in INTENTS:
        return submission
    whom = _whom(case, submission)
    of = "" if OF_ANOTHER in case.payload else body_of(sender, settings.organisations)
    comes = _comes_besides(case, edit.choice, submission)
    submission = replace(submission, intent=INTENTS[edit.choice], named=(), substitute=None, question="")
    if comes is not None and event:
        form = settings.form_of(settings.events[event])
        comes, whom = of_body(of, comes, form), (name_of(said(comes), form),)
        submission = replace(submission, nrs=())  # the row that they would have taken the place of stays
    if not whom:
        brought = _brought(case, edit, submission) if event else ()
        return _with(brought, submission, sender, event, settings) if brought else submission
    return _about(whom, submission, context, settings.events[event], settings, of, comes)


def _comes_besides(case: Case, choice: Choice | None, submission: Submission | None) -> Person | None:
    """Who comes besides the row of a case, where she registers whom the words let come in the place of
    somebody; None for any other choice, and where she wrote whom the mail is about."""
    if choice is not Choice.REGISTER or submission is None or OF_ANOTHER in case.payload:
        return None
    return submission.newcomer


#: What an act says of whom it names: that they come or do not, for certain or not.
_COMES_OR_NOT = (ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE)


def _whom(case: Case, submission: Submission) -> tuple[str, ...]:
    """Whom a case in words is about, where that is not its sender: whom she wrote in Postvak, or those whom
    the words name and say of nobody else that they come or not. As she writes people (``named``)."""
    if who := case.payload.get(OF_ANOTHER, ""):
        return (who,)
    acts = [act for act in submission.acts if act.kind in _COMES_OR_NOT and not act.elsewhere]
    told = bool(submission.people or submission.told)
    if told or any(not act.people for act in acts):
        return ()
    return submission.named or tuple(dict.fromkeys(name for act in acts for name in act.people))


def _brought(case: Case, edit: Edit, submission: Submission) -> tuple[str, ...]:
    """Who comes along with the writer, as the words name them, where she registers the writer: one of the two
    would be half of what was asked."""
    if edit.choice is not Choice.REGISTER or OF_ANOTHER in case.payload or submission.people:
        return ()
    acts = [act for act in submission.acts if act.kind is ActKind.BRING and not act.elsewhere]
    return tuple(dict.fromkeys(name for act in acts for name in act.people))


def _with(
    brought: tuple[str, ...], submission: Submission, sender: Address, event: str, settings: Settings
) -> Submission:
    """The mail as one that registers its writer and those whom they bring, each at an address that the words
    give and that is made of their name."""
    form = settings.form_of(settings.events[event])
    writer, _ = proposed(sender, form, settings.organisations)
    told, body = submission.told or (writer,), body_of(sender, settings.organisations)
    known = {fold(name_of(said(one), form)) for one in told}
    given = [one for one in _ADDRESS.findall(submission.words) if same_address(one) != sender.email]
    others = (
        _person(name, next((one for one in given if belongs_to(one, "", name)), ""), body, Intent.REGISTER,
                form, settings)
        for name in brought
        if fold(name) not in known
    )  # fmt: skip
    return replace(submission, told=(*told, *others), told_doubts=())


def _colleagues(domain: str, organisation: str, settings: Settings, now: datetime) -> Case:
    """The row that gives a mail domain to an organisation as long as it stands (``Case.is_standing``)."""
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


def _in_the_place_of(nr: str, case: Case, submission: Submission) -> Submission:
    """The message as one that lets its person come in the place of somebody."""
    at = int(case.payload.get("person", 0))
    people = submission.people or submission.told
    comes = submission.substitute or case.person or (people[at] if at < len(people) else None)
    return replace(
        submission,
        found=SubmissionKind.NO_FORM,
        intent=Intent.SUBSTITUTE,
        people=(),
        problems=(),
        told=(),
        named=(),
        nrs=(nr,),
        substitute=comes,
        question="",
    )


def _about(
    whom: tuple[str, ...],
    submission: Submission,
    context: DecisionContext,
    event: Event,
    settings: Settings,
    body: str,
    comes: Person | None = None,
) -> Submission:
    """The mail as one about others than its sender, on the list or not; ``body`` is where they are from,
    ``comes`` the only one of them, where more is known than the name."""
    people = [named(who) for who in whom]
    form, here = settings.form_of(event), [r for r in context.registrations if r.event == event.id]
    listed = [name for name, _ in people if any(is_named(name, r.answers, form) for r in here)]
    if listed or submission.intent is Intent.WITHDRAW:
        return replace(submission, named=tuple(listed) or tuple(name or email for name, email in people))
    told = tuple(_person(name, email, body, submission.intent, form, settings) for name, email in people)
    told = (comes,) if comes is not None else told
    return replace(submission, told=told, told_doubts=())


def _person(name: str, email: str, body: str, intent: Intent, form: Form, settings: Settings) -> Person:
    """Somebody whom a mail in words is about, as far as name, address and the sender's body tell."""
    person, _ = proposed(Address(email, name), form, settings.organisations)
    person = of_body(body, person, form)
    answers = dict(person.answers)
    for field in form.of_kind(FieldKind.EMAIL)[:1] if email else ():
        answers[field.key] = Answer(email, Location().at(Unit.SECRETARIAT))
    if intent is Intent.EXCUSE and ATTENDS in answers:
        answers[ATTENDS] = Answer(False, Location().at(Unit.SECRETARIAT))
    return replace(person, answers=answers)


def named(who: str) -> tuple[str, str]:
    """Name and address as the secretary writes them: "Els Maes", "Els Maes <els@damme.example>"."""
    return parseaddr(who) if "@" in who else (who, "")


def _event_of(chosen: str, settings: Settings) -> str:
    """The id of the event she chose, by id or by title."""
    said = chosen.strip().casefold()
    by = (e.id for e in settings.events.values() if said and said in (e.id.casefold(), e.title.casefold()))
    return next(by, "")


def _draft_of(
    row: Registration,
    case: Case,
    edit: Edit,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    arrival: Arrival | None,
) -> DecisionDraft:
    """A draft about one row, as if nobody had mailed anything new about it."""
    if arrival is None:
        arrival = Arrival(row.message or 0, "", row.received, Message("", Address(row.sender), "", None))
    draft = DecisionDraft(
        arrival,
        Submission(SubmissionKind.NO_FORM),
        context,
        settings,
        now,
        Address(row.sender),
        Override(frozenset({case.kind}), remark=edit.remark),
        event=settings.events[row.event],
    )
    problems = tuple(row.doubts)
    entry = Entry(0, Person({}, row.organisation_known), problems, current=row, arrived=row.arrived)
    return replace(draft, entries=(entry,))


def _accept(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """In, although there may be no place: she saw the row and the list."""
    entry = draft.entries[0]
    if case.kind is CaseKind.DOUBT:
        known = replace(row, doubts=tuple(p for p in row.doubts if p.field not in case.fields))
        return _only(draft, _told_her_words(draft, entry), Outcome.UNCHANGED, known)
    if case.kind is CaseKind.CALENDAR_DECLINE:
        return replace(draft, entries=())
    if case.kind is CaseKind.INCOMPLETE:
        return _settle(draft, Outcome.REGISTERED, Status.REGISTERED, "aanvaard zoals het is")
    if case.kind is CaseKind.FREED_PLACE:
        if row.status is not Status.WAITLISTED:
            return replace(draft, entries=())
        return _settle(draft, Outcome.REGISTERED, Status.REGISTERED, "een plaats kwam vrij", Note.PROMOTED)
    return optional_doubts(accept(complete(draft)))


def _taken_since(draft: DecisionDraft) -> Statement | None:
    """Why the place that came free is free no more; None where it is, or nobody waits for it."""
    entry = draft.entries[0]
    if entry.current is None or entry.current.status is not Status.WAITLISTED:
        return None
    why = no_place(draft, entry)
    return say(Says.FULL_SINCE, why=why) if why else None


def _waitlist(draft: DecisionDraft, _case: Case, row: Registration) -> DecisionDraft:
    reason = "op beslissing van het secretariaat"
    entry = replace(draft.entries[0], waits=row.reason or reason)
    return _settle(replace(draft, entries=(entry,)), Outcome.WAITLISTED, Status.WAITLISTED, reason)


def _refuse(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    if case.kind is CaseKind.CALENDAR_DECLINE:
        return capacity(_restored(draft))
    if case.kind is CaseKind.INCOMPLETE:
        return _settle(draft, Outcome.CANCELLED, Status.CANCELLED, "niet aangevuld")
    return _settle(draft, Outcome.LATE, Status.LATE, row.reason)


def _restored(draft: DecisionDraft) -> DecisionDraft:
    """Comes again; who had answered that they do not take part, now does."""
    entry = draft.entries[0]
    if entry.answers.get(ATTENDS) is False:
        answers = {**entry.person.answers, ATTENDS: Answer(True, Location().at(Unit.SECRETARIAT))}
        entry = replace(entry, person=replace(entry.person, answers=answers))
        draft = replace(draft, entries=(entry, *draft.entries[1:]))
    return _settle(draft, Outcome.REGISTERED, Status.REGISTERED, "", Note.RESTORED)


def _take_new(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """The value of the mail instead of hers (or of the one that was there)."""
    said = case.person.answers if case.person else {}
    answers = {key: said[key] for key in case.fields if key in said}
    names_one = any(field.key in answers for field in draft.form.of_kind(FieldKind.ORGANISATION))
    known = case.person.organisation_known if case.person and names_one else ""
    hers = replace(
        row,
        by_hand=row.by_hand - set(case.fields),
        doubts=tuple(p for p in row.doubts if p.field not in case.fields),
    )
    entry = replace(draft.entries[0], person=Person(answers, known), problems=(), current=hers)
    return _only(draft, entry, Outcome.CHANGED, hers)


def _keep_current(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    known = replace(row, doubts=tuple(p for p in row.doubts if p.field not in case.fields))
    return _only(draft, _told_her_words(draft, draft.entries[0]), Outcome.UNCHANGED, known)


def _told_her_words(draft: DecisionDraft, entry: Entry) -> Entry:
    """Where nothing changes, they hear of it only if she wrote something to them."""
    return replace(entry, problems=(), mail=bool(draft.override.remark.strip()))


def _register(draft: DecisionDraft, case: Case, row: Registration) -> DecisionDraft:
    """Comes after all, on a free place or on the waiting list."""
    if row.status.is_out:
        return capacity(_restored(draft))
    if row.status is Status.INCOMPLETE:
        entry = replace(draft.entries[0], person=as_read(row, Unit.SECRETARIAT), problems=())
        return accept(capacity(complete(replace(draft, entries=(entry,)))))
    return _accept(draft, case, row)


def _withdraw(draft: DecisionDraft, _case: Case, row: Registration) -> DecisionDraft:
    outcome = Outcome.UNCHANGED if row.status is Status.CANCELLED else Outcome.CANCELLED
    return _settle(draft, outcome, Status.CANCELLED, "op beslissing van het secretariaat")


def _excuse(draft: DecisionDraft, _case: Case, row: Registration) -> DecisionDraft:
    outcome = Outcome.UNCHANGED if row.status is Status.EXCUSED else Outcome.EXCUSED
    return _settle(draft, outcome, Status.EXCUSED, "op beslissing van het secretariaat")


def _only(draft: DecisionDraft, entry: Entry, outcome: Outcome, row: Registration) -> DecisionDraft:
    settled = replace(entry, current=row).settled(outcome, row.status, row.reason)
    return replace(draft, entries=(replace(settled, waits=row.reason),))


def _settle(
    draft: DecisionDraft, outcome: Outcome, status: Status, reason: str, *notes: Note
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

#: What a choice says that the mail wants, where no row is concerned yet.
INTENTS: dict[Choice, Intent] = {
    Choice.REGISTER: Intent.REGISTER,
    Choice.WITHDRAW: Intent.WITHDRAW,
    Choice.EXCUSE: Intent.EXCUSE,
}


#: Doubts that a choice settles besides that of its own case.
_WAIVED: dict[Choice | None, frozenset[CaseKind]] = {
    Choice.REPLACES: frozenset({CaseKind.UNCLEAR, CaseKind.UNRELATED, CaseKind.LATE, CaseKind.FORWARDED}),
    **dict.fromkeys(INTENTS, frozenset({CaseKind.UNCLEAR, CaseKind.UNRELATED})),
    Choice.REGISTER: frozenset({CaseKind.UNCLEAR, CaseKind.UNRELATED, CaseKind.LATE, CaseKind.FORWARDED}),
}


_NOBODY = say(Says.NOBODY_TO_ANSWER)


def _ask(case: Case, edit: Edit, now: datetime, arrival: Arrival | None) -> Decision:
    """Her question goes out in her own words; the case stays open until it is answered."""
    if not edit.remark.strip():
        return _again(case, edit, now, say(Says.WRITE_QUESTION))
    if arrival is None:
        return _again(case, edit, now, _NOBODY)
    waiting = replace(case, payload={**case.payload, ASKED: str(case.id)})
    asked = _again(waiting, edit, now, say(Says.ASKED, words=edit.remark.strip()))
    return replace(asked, outcome=Outcome.INCOMPLETE, answer=True, asks=Ask.REMARK, remark=edit.remark)


def _answer(case: Case, edit: Edit, now: datetime, arrival: Arrival | None) -> Decision:
    """Her answer goes out in her own words, and settles the case."""
    if not edit.remark.strip():
        return _again(case, edit, now, say(Says.WRITE_ANSWER))
    if arrival is None:
        return _again(case, edit, now, _NOBODY)
    closed = _closed(case, edit, say(Says.ANSWERED_BY_HER, words=edit.remark.strip()))
    return replace(closed, outcome=Outcome.UNCHANGED, answer=True, asks=Ask.ANSWERED, remark=edit.remark)


def _refused(case: Case, edit: Edit) -> Decision:
    """Nothing is recorded. Who asked to come waits for an answer; others get hers, where she wrote one."""
    closed = _closed(case, edit)
    told = (CaseKind.NOT_INVITED, CaseKind.PERHAPS, CaseKind.WHICH_EVENT)
    waits = case.kind in told and edit.choice is Choice.REFUSE
    if not edit.remark.strip() and not waits:
        return closed
    return replace(closed, outcome=Outcome.LATE, answer=True, asks=Ask.REFUSED, remark=edit.remark)


def _closed(case: Case, edit: Edit, *says: Statement) -> Decision:
    decision = Decision(Outcome.NO_FORM, case.event, answer=False)
    return _logged(decision, case, edit, *says)


def _again(case: Case, edit: Edit, now: datetime, why: Statement) -> Decision:
    """The same case once more, with what there is to say about it."""
    decision = _closed(case, edit, why)
    key = f"{case.key}+"
    again = replace(case, id=0, opened=now, says=(*case.says, why), key=key)
    return replace(decision, cases=(again,), stays=True)


def contradicted(case: Case, edit: Edit, now: datetime, nr: str) -> Decision:
    """Two things that she did in one sitting say the opposite of the same row: the first holds, and she is
    told of the second."""
    return _again(case, edit, now, say(Says.DECIDED_CONTRARY, nr=nr, choice=str(edit.choice)))


def _logged(decision: Decision, case: Case, edit: Edit, *says: Statement) -> Decision:
    """The decision with the case closed, and with her as the one who decided; ``says`` is what became of her
    choice, where that is not the choice itself."""
    line = LogLine(
        SECRETARIAT,
        case.kind if says else f"{case.kind}: {edit.choice}",
        edit.remark,
        case.registration,
        case.event or decision.event,
        case.message,
        says,
    )
    log = (line, *(replace(one, who=SECRETARIAT) for one in decision.log))
    return replace(decision, closes=(*decision.closes, case.id), log=log, by_hand=True)

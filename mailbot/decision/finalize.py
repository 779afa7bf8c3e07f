"""From a settled draft to the Decision: rows, numbers, changes, log lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.decision import receipt
from mailbot.decision.access import (
    Right,
    Writer,
    access,
    access_of,
    is_certain,
    is_doubted,
    visible,
    writer_of,
)
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.reply_limits import is_near
from mailbot.decision.sender_relation import known_as
from mailbot.domain.decision import MAILBOT, Ask, Decision, LogLine, Note, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.form import ATTENDS, FieldKind, Form, FormField
from mailbot.domain.message import Address
from mailbot.domain.registration import STATUS, Change, Registration, Status, nr_text
from mailbot.domain.relation import Relation
from mailbot.domain.statement import Statement, Told, say
from mailbot.domain.submission import Code, Person, Problem, Value
from mailbot.matching.names import email_of

#: The place of each outcome in the table of CONTRACT.md.
ORDER = {outcome: place for place, outcome in enumerate(Outcome)}


def record(draft: DecisionDraft) -> Decision:
    """The decision that follows from a draft whose rules have all spoken."""
    nrs = _nrs(draft)
    rows = {entry.index: _row(draft, entry, nrs) for entry in draft.entries if entry.status is not None}
    # Who is shown what is judged by those beside somebody, too, who come by this very mail.
    new = tuple(rows[entry.index] for entry in draft.entries if entry.current is None and entry.index in rows)
    beside = replace(draft.context, registrations=(*draft.context.registrations, *new))
    all_known = replace(draft, context=beside)
    results = [_thanked(draft, _result(all_known, entry, rows.get(entry.index))) for entry in draft.entries]
    cases = tuple(
        replace(case, registration=case.registration or nrs.get(int(case.payload.get("person", -1)), ""))
        for case in draft.cases
    )
    event = draft.event.id if draft.event else ""
    outcome = _outcome(draft, results)
    return Decision(
        outcome=outcome,
        event=event,
        results=tuple(results),
        cases=cases,
        closes=draft.closes,
        findings=draft.findings,
        log=(*draft.log, *(line for result in results for line in log_lines(draft, result))),
        answer=draft.answer and outcome is not Outcome.NO_FORM,
        to_sender=draft.to_sender,
        asks=draft.asks,
        question=draft.question,
        remark=draft.override.remark,
        answered_to=_answered_to(draft),
        no_data=draft.no_data,
        known_as=known_as(draft.sender, draft.context.registrations, draft.settings),
        last_answer=draft.last_answer,
        tell_secretariat=is_near(draft) and any(r.after is not None and r.after != r.before for r in results),
        unread=draft.submission.unread,
        proven=is_certain(draft.arrival.message, draft.context.answers_mail_to, draft.settings),
        receipt=receipt.is_due(draft, outcome),
    )


def _outcome(draft: DecisionDraft, results: list[Result]) -> Outcome:
    """The outcome of the message: the first in order among its own, those of its people, and only where it is
    about nobody else those of who moved up from the waiting list by it."""
    own = [result for result in results if Note.PROMOTED not in result.notes] or results
    outcomes = filter(None, (draft.outcome, *(result.outcome for result in own)))
    return min(outcomes, key=ORDER.__getitem__, default=Outcome.NO_FORM)


#: What a yes confirms.
_CONFIRMED = (Ask.INCOMPLETE, Ask.NEW_DATE, Ask.SIGNED)


def _thanked(draft: DecisionDraft, result: Result) -> Result:
    """Who answers our question and so changes nothing confirms: "nothing changed" is no answer to that."""
    asked = draft.context.asked
    confirms = asked is not None and asked.kind in _CONFIRMED
    if not confirms or result.outcome is not Outcome.UNCHANGED:
        return result
    return replace(result, notes=(*result.notes, Note.CONFIRMED))


def _answered_to(draft: DecisionDraft) -> Address | None:
    """Where the answer goes if not to Reply-To or sender. What was known before is told to no
    address that has nothing to do with it: then the answer goes to the sender, whatever Reply-To says."""
    message, web_forms = draft.arrival.message, draft.settings.web_forms
    if message.is_for_another(web_forms):
        return draft.answered_to  # the sender's address reaches nobody; the other is told what it said
    wanted = draft.answered_to
    known = [e.current for e in draft.entries if e.current and e.current.message != draft.arrival.id]
    if wanted is None or all(_is_shown(wanted, current, draft) for current in known):
        return draft.answered_to
    return draft.sender


def _is_shown(to: Address, current: Registration, draft: DecisionDraft) -> bool:
    """Whether an answer about this registration may go to an address at all."""
    reader = Writer(to.email.lower())
    return access_of(reader, current, draft.form, draft.settings, draft.context).known


def _nrs(draft: DecisionDraft) -> dict[int, str]:
    """The reference of every entry that has a row, new ones counted on from the ledger's last."""
    nrs: dict[int, str] = {}
    number = draft.context.next_nr
    for entry in draft.entries:
        if entry.current is not None:
            nrs[entry.index] = entry.current.nr
        elif entry.status is not None:
            nrs[entry.index] = nr_text(number)
            number += 1
    return nrs


def changes(entry: Entry) -> tuple[Change, ...]:
    """What an entry changes in the registration it is known by; an empty answer erases nothing, unless it
    asks for that."""
    if entry.current is None:
        return ()
    before = entry.current.answers
    return tuple(
        Change(key, before.get(key), None if answer.erases else answer.value)
        for key, answer in entry.person.answers.items()
        if key not in entry.kept
        and answer.is_said
        and before.get(key) != (None if answer.erases else answer.value)
    )


def _row(draft: DecisionDraft, entry: Entry, nrs: Mapping[int, str]) -> Registration:
    assert draft.event is not None
    assert entry.status is not None
    current = entry.current
    base = current or Registration(
        nr=nrs[entry.index],
        event=draft.event.id,
        status=entry.status,
        answers={},
        received=draft.received,
        arrived=draft.received,
        changed=draft.now,
        sender=draft.author.email,
        sender_doubted=is_doubted(draft),
        message=draft.arrival.id,
    )
    row = replace(
        base,
        status=entry.status,
        answers=_answers(entry),
        organisation_known=_organisation_known(draft, entry),
        arrived=entry.arrived or base.arrived,
        asked_at=_asked_at(draft, entry, base),
        doubts=_doubts(entry),
        reason=_why(entry),
        replaces=base.replaces if entry.predecessor is None else nrs[entry.predecessor],
        replaced_by=base.replaced_by if entry.successor is None else nrs[entry.successor],
        after_deadline=base.after_deadline or entry.after_deadline,
        bounced=entry.bounced or (base.bounced and not _has_another_email(draft, entry)),
        email_of_sender=Note.EMAIL_OF_SENDER in entry.notes
        or (base.email_of_sender and not _has_email(draft, entry)),
        by_sender=_by_sender(draft, entry, base),
        withheld=_withheld(draft, entry, base),
        unsent_changes=_unsent(draft, entry, base),
        removed=base.removed if base.is_struck and entry.status is Status.CANCELLED else None,
    )
    if current is not None and current.status is not row.status:
        row = agreeing(row, draft.form)
    row = as_decided(row, current, draft.event, draft.now)
    return row if current is None else _written_by(draft, row, current)


def agreeing(row: Registration, form: Form) -> Registration:
    """The row with a yes or no to whether they come that its status does not deny; whoever corrected that, it
    is a correction no more. What one organisation answers is an answer like any other."""
    said = row.answers.get(ATTENDS)
    denied = row.status.is_out if said is True else said is False and row.status.is_in
    if not denied or form.per_organisation:
        return row
    return replace(row, answers={**row.answers, ATTENDS: not said}, by_hand=row.by_hand - {ATTENDS})


def _unsent(draft: DecisionDraft, entry: Entry, base: Registration) -> tuple[Change, ...]:
    """What changed by hand and was not mailed: that a row stands there at all, its person hears now where
    this is the answer to their own mail."""
    theirs = email_of(entry.answers, draft.form) == draft.sender.email.lower()
    told = base.is_untold and theirs and draft.answer and draft.to_sender and entry.mail
    return tuple(one for one in base.unsent_changes if not (told and one.key == STATUS))


def as_decided(row: Registration, before: Registration | None, event: Event, now: datetime) -> Registration:
    """The row with when it was decided that somebody (may) come, or does not, and for which date, where that
    was not so before."""
    same = before is not None and before.status.is_expected is row.status.is_expected
    return row if same else replace(row, since=now, heard=event.moment)


def _answers(entry: Entry) -> dict[str, Value]:
    """The answers of the row: those that were there, with what the message changes."""
    if entry.current is None:
        return {key: one.value for key, one in entry.person.answers.items() if one.value != ""}
    new = {change.key: change.new for change in changes(entry)}
    return {key: value for key, value in {**entry.current.answers, **new}.items() if value is not None}


def _written_by(draft: DecisionDraft, row: Registration, current: Registration) -> Registration:
    """The row with what it means for it who wrote: whether the person answered, and whether the address is
    surely theirs."""
    relation = access(draft, current).relation
    if relation in (Relation.PERSON, Relation.SHARED):
        row = replace(row, unanswered=False)
    if relation is Relation.ANSWERS:  # of their own address the ledger knows whether it wrote
        row = replace(row, claimed=True)
    if row != current:
        theirs = relation in (Relation.PERSON, Relation.SHARED, Relation.ANSWERS)
        row = replace(row, changed=draft.now, claimed=current.claimed or theirs)
    return row


def _why(entry: Entry) -> Told:
    """Why the row waits, or is what it is; who waits on waits for the same reason."""
    if entry.status is Status.WAITLISTED and entry.current is not None and not entry.waits:
        return entry.current.reason if entry.current.status is Status.WAITLISTED else ""
    return entry.waits if entry.status in (Status.WAITLISTED, Status.INCOMPLETE) else entry.reason


def _organisation_known(draft: DecisionDraft, entry: Entry) -> str:
    """The organisation that the row's answer is known as: of what the message says where that takes the
    place of the former answer, which may be known as none; else it stays."""
    current, said = entry.current, entry.person.organisation_known
    if current is None:
        return said
    fields = {*draft.form.keys_of(FieldKind.ORGANISATION)}
    if fields & {change.key for change in changes(entry)}:
        return said
    return current.organisation_known or ("" if fields & entry.kept else said)


def _asked_at(draft: DecisionDraft, entry: Entry, base: Registration) -> datetime | None:
    """When this person was first asked something, by this decision or before; None where they never were.
    It starts anew for somebody who had left."""
    before = None if base.status.is_out else base.asked_at
    asks = entry.outcome is Outcome.INCOMPLETE and entry.status is Status.INCOMPLETE
    return before or (draft.now if asks else None)


def _by_sender(draft: DecisionDraft, entry: Entry, base: Registration) -> frozenset[str]:
    """The answers whose present value who sent the registration in gave."""
    if entry.current is None:
        return frozenset(key for key, answer in entry.person.answers.items() if answer.value != "")
    changed = {change.key for change in changes(entry)}
    again = draft.sender.email.lower() == base.sender.lower()
    return base.by_sender | changed if again else base.by_sender - changed


def _withheld(draft: DecisionDraft, entry: Entry, base: Registration) -> frozenset[str]:
    """What was held when another than the person had their address replaced, which takes a decision: who
    reads at the new one is shown what is said from then on."""
    said = {key for key, answer in entry.person.answers.items() if key not in entry.kept and answer.is_said}
    moved = frozenset(base.answers) if _is_readdressed(draft, entry) else frozenset()
    return (base.withheld | moved) - said


def _is_readdressed(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether somebody's address is replaced who did not ask for it themselves: by a decision."""
    known = entry.current is not None and email_of(entry.current.answers, draft.form)
    return bool(known) and _has_another_email(draft, entry) and not _may_readdress(draft, entry)


def _may_readdress(draft: DecisionDraft, entry: Entry) -> bool:
    return entry.current is not None and access(draft, entry.current).may(Right.READDRESS)


def _has_email(draft: DecisionDraft, entry: Entry) -> bool:
    return any(field.key in entry.person.answers for field in draft.form.of_kind(FieldKind.EMAIL))


def _has_another_email(draft: DecisionDraft, entry: Entry) -> bool:
    emails = {*draft.form.keys_of(FieldKind.EMAIL)}
    return any(
        change.key in emails and str(change.old or "").lower() != str(change.new).lower()
        for change in changes(entry)
    )


def _doubts(entry: Entry) -> tuple[Problem, ...]:
    """What stays to be asked: all that is open of an incomplete one, what was doubted of others;
    a doubt from before stays until the answer comes again."""
    before = entry.current.doubts if entry.current else ()
    now = {p.field for p in entry.problems}
    answered = {key for key in entry.person.answers if key not in entry.kept}
    old = tuple(p for p in before if p.field not in now | answered)
    new = tuple(
        replace(p, person=0)
        for p in entry.problems
        if p.code is not Code.MISSING or entry.outcome is Outcome.INCOMPLETE
    )
    return (*old, *new)


def _result(draft: DecisionDraft, entry: Entry, after: Registration | None) -> Result:
    assert entry.outcome is not None
    moved = (Note.READDRESSED,) if after is not None and _is_readdressed(draft, entry) else ()
    return Result(
        outcome=entry.outcome,
        after=after,
        before=entry.current,
        submitted=entry.person,
        changes=changes(entry) if after is not None else (),
        problems=entry.problems,
        notes=tuple(dict.fromkeys((*entry.notes, *moved))),
        reason=entry.reason,
        remark=draft.override.remark,
        mail=entry.mail,
        visible=_visible(draft, entry, after, entry.person) if draft.event else {},
        held=_visible(draft, entry, after, None) if draft.event else {},
    )


def _visible(
    draft: DecisionDraft, entry: Entry, after: Registration | None, submitted: Person | None
) -> dict[str, frozenset[str]]:
    """Which answers a mail may show, for each address that one may go to: who wrote, where their
    answer goes, whoever the registration is of. Without ``submitted``, of those that are held."""
    message, form = draft.arrival.message, draft.form
    to = draft.answered_to or message.reply_to or draft.sender
    rows = [row for row in (entry.current, after) if row is not None]
    said = entry.person.values
    addresses = {draft.sender.email, to.email, *(row.sender for row in rows), email_of(said, form)}
    addresses |= {email_of(row.answers, form) for row in rows}
    writer = writer_of(draft)
    readers = {address.lower(): Writer(address.lower()) for address in addresses if "@" in address}
    if writer.address in readers:  # what goes back to From reaches whose that is, believed or not
        readers[writer.address] = replace(writer, proven=True, forwards=False)
    return {
        address: visible(
            reader,
            entry.current,
            after,
            submitted,
            form,
            draft.settings,
            draft.context,
            only_said=address == to.email.lower() != draft.sender.email.lower(),
        )
        for address, reader in readers.items()
    }


def log_lines(draft: DecisionDraft, result: Result) -> tuple[LogLine, ...]:
    """What ``Logboek`` says of one result: nothing where no row changed."""
    after, before = result.after, result.before
    if after is None or after == before:
        return ()
    said: list[Statement] = []
    if before is None:
        said.append(say(Done.STATUS_GIVEN, status=str(after.status)))
    elif before.status is not after.status:
        said.append(say(Done.STATUS_MOVED, old=str(before.status), new=str(after.status)))
    said += [answer_moved(draft.form.field(one.key), one.key, one.old, one.new) for one in result.changes]
    if draft.is_late:
        said.append(say(Done.AFTER_DEADLINE))
    subject = say(Done.OF_MAIL, subject=draft.arrival.message.subject)
    line = LogLine(
        who=MAILBOT if Note.PROMOTED in result.notes else draft.sender.email,
        what=_together(said),
        why=result.reason if isinstance(result.reason, str) and result.reason else subject,
        registration=after.nr,
        event=after.event,
        message=draft.arrival.id,
        says=(result.reason,) if isinstance(result.reason, Statement) else (),
    )
    return (line,)


def _together(said: Sequence[Statement]) -> Statement:
    if not said:
        return say(Done.UPDATED)
    return said[0] if len(said) == 1 else say(Done.SEVERAL, changes=tuple(said))


def answer_moved(field: FormField | None, key: str, old: Value | None, new: Value | None) -> Statement:
    """What the log says of an answer that changed: of a sensitive one, that it did."""
    label = field.label if field else key
    if field is not None and field.is_sensitive:
        return say(Done.ANSWER_ADJUSTED, label=label)
    return say(Done.ANSWER_MOVED, label=label, old=shown(old), new=shown(new))


def shown(value: Value | None) -> Told:
    """An answer as a case or the log shows it."""
    if value is None or value == "":
        return say(Done.LEFT_EMPTY)
    if isinstance(value, bool):
        return say(Done.TICKED if value else Done.UNTICKED)
    return value

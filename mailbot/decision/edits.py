"""What follows from what the secretary typed in a workbook: it goes before what mails say, and mails
nobody by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.access import Writer, visible
from mailbot.decision.finalize import agreeing, answer_moved, as_decided, shown
from mailbot.decision.hand_in_line import in_line_or_kept, unsent
from mailbot.decision.typed_rows import already_here, ask, completed, typed_again, typed_status
from mailbot.decision.typed_values import answers_of_row, checked, converted, status_of, yes_or_no
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import MAILBOT, SECRETARIAT, Decision, DecisionContext, LogLine, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.doubt import Reason
from mailbot.domain.event import Event
from mailbot.domain.form import ATTENDS, FieldKind, Form, FormField
from mailbot.domain.registration import STATUS, Change, Registration, Removal, Status, nr_text
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Code, Problem, Value
from mailbot.matching.names import (
    belongs_to_another,
    describe,
    email_of,
    held_addresses,
    name_of,
    organisation_of,
)
from mailbot.matching.organisations import recognised


def decide_edit(edit: Edit, context: DecisionContext, settings: Settings, now: datetime) -> Decision:
    """What becomes of one edit. A row typed in belongs to ``edit.event``, or to the event that
    ``context`` was read for. What cannot be taken over (a status that does not exist, a row that
    is gone) leaves the ledger as it is, and says so."""
    row = next((r for r in context.registrations if r.nr == edit.nr and edit.nr), None)
    event_id = row.event if row else edit.event or context.thread_event
    event = settings.events.get(event_id)
    if event is None or (row is None and edit.kind is not EditKind.NEW_ROW):
        return _nothing(edit, event_id, say(Says.NO_REGISTRATION, nr=edit.nr))
    form = settings.form_of(event)
    if row is None:
        decision = _typed_in(edit, event, form, context, settings, now)
    elif edit.kind is EditKind.DELETED_ROW:
        decision = _deleted(edit, row, context, form, now)
    else:
        decision = _shown_to(_ON_A_ROW[edit.kind](edit, row, form, settings, now), form, settings, context)
    results = tuple(
        replace(one, after=as_decided(one.after, one.before, event, now)) if one.after else one
        for one in decision.results
    )
    decision = replace(decision, results=results)
    return in_line_or_kept(decision, edit, row, event, context, settings, now)


def _shown_to(decision: Decision, form: Form, settings: Settings, context: DecisionContext) -> Decision:
    """The decision with what a mail that confirms it may show, to the person or to who sent them in. Of
    somebody without an address, who sent them in hears what she changed, but for what is sensitive."""
    if not decision.answer:
        return decision
    results = []
    for result in decision.results:
        row = result.before
        assert row is not None  # only a row that was there is confirmed
        addresses = {row.sender.lower(), email_of(row.answers, form)} - {""}
        views = {
            one: visible(Writer(one), row, result.after, None, form, settings, context) for one in addresses
        }
        if not email_of(row.answers, form):
            told = {change.key for change in row.unsent_changes} - {field.key for field in form.cleared}
            views = {one: keys | (told & row.answers.keys()) for one, keys in views.items()}
        results.append(replace(result, visible=views, held=views))
    return replace(decision, results=tuple(results))


def decide_typed(
    case: Case, edit: Edit, context: DecisionContext, settings: Settings, now: datetime
) -> Decision | None:
    """What follows from her decision about a row that she typed and that was in the list already; None
    where that can no longer be carried out."""
    event = settings.events.get(case.event)
    row = next((one for one in context.registrations if one.nr == case.registration), None)
    if event is None or (row is None and edit.choice is Choice.SAME):
        return None
    form, typed = settings.form_of(event), typed_again(case, edit)
    if edit.choice is Choice.OTHER:
        return _typed_in(typed, event, form, context, settings, now, anybody=True)
    assert row is not None
    newer = row.answers if row.changed > case.opened else {}  # than what she typed before
    answers = {
        key: value for key, value in answers_of_row(typed, form).items() if newer.get(key) in (None, "")
    }
    typed_one = organisation_of(answers, form)
    known = recognised(typed_one, settings.organisations) if typed_one else row.organisation_known
    after, changes = completed(row, answers, known, typed_status(case, typed, row), form, now)
    unsent_changes = row.unsent_changes
    for change in changes:
        unsent_changes = unsent(replace(row, unsent_changes=unsent_changes), change)
    result = Result(
        Outcome.CHANGED if changes else Outcome.UNCHANGED,
        replace(after, unsent_changes=unsent_changes),
        row,
        changes=tuple(change for change in changes if change.key != STATUS),
        mail=False,
    )
    moved = (answer_moved(form.field(one.key), one.key, one.old, one.new) for one in result.changes)
    what = say(Done.SEVERAL, changes=(say(Done.DOUBLE_REMOVED), *moved))
    line = LogLine(SECRETARIAT, what, edit.where, row.nr, row.event)
    return Decision(result.outcome, row.event, (result,), log=(line,), answer=False)


def _typed_in(
    edit: Edit,
    event: Event,
    form: Form,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    *,
    anybody: bool = False,
) -> Decision:
    """A row that she typed in; ``anybody``: she said that it is somebody else than the person it
    resembles."""
    answers = answers_of_row(edit, form)
    if not answers:
        return _nothing(edit, event.id, say(Says.EMPTY_ROW))
    organisation = recognised(organisation_of(answers, form), settings.organisations)
    here = [one for one in context.registrations if one.event == event.id]
    found = [] if anybody else already_here(answers, organisation, here, form)
    if found:
        case = ask(edit, answers, organisation, found, form, now)
        line = LogLine(MAILBOT, say(Done.LISTED_ALREADY), edit.where, found[0].nr, event.id)
        return Decision(Outcome.UNCHANGED, event.id, cases=(case,), log=(line,), answer=False)
    away = answers.get(ATTENDS) is False and not form.per_organisation
    status = status_of(edit.row.get(STATUS)) or (Status.EXCUSED if away else Status.REGISTERED)
    row = Registration(
        nr=nr_text(context.next_nr),
        event=event.id,
        status=status,
        answers=answers,
        received=now,
        arrived=now,
        changed=now,
        sender=SECRETARIAT,
        organisation_known=organisation,
        by_hand=frozenset({*answers, *((STATUS,) if status is not Status.REGISTERED else ())}),
        unanswered=bool(email_of(answers, form)),
        unsent_changes=(Change(STATUS, None, str(status)),),
    )
    what = say(Done.TYPED_IN, status=str(status), who=describe(answers, form))
    line = LogLine(SECRETARIAT, what, say(Done.TYPED_AT, where=edit.where), row.nr, event.id)
    row, cases = checked(row, edit, form.fields, form, settings, now)
    result = Result(Outcome.of(status), row, mail=False)
    return Decision(Outcome.of(status), event.id, (result,), cases=cases, log=(line,), answer=False)


def _cell(edit: Edit, row: Registration, form: Form, settings: Settings, now: datetime) -> Decision:
    if edit.key == STATUS:
        status = status_of(edit.new)
        if status is None:
            return _not_taken(edit, row, form, now, say(Says.NO_STATUS, typed=shown(edit.new)))
        return _set_status(edit, row, status, form, now, say(Done.STATUS_SET))
    field = form.field(edit.key)
    if field is None:
        return _nothing(edit, row.event, say(Says.NO_QUESTION, key=edit.key))
    old = row.answers.get(edit.key)
    new = None if edit.new is None or edit.new == "" else converted(edit.new, edit.key, form)
    if new == old and edit.old is None:  # a column that stands there again, of a form that is used again
        same = Result(Outcome.UNCHANGED, row, row, mail=False)
        return Decision(Outcome.UNCHANGED, row.event, (same,), answer=False)
    after = _with_answer(row, field, new, form, settings, now)
    after, cases = checked(after, edit, (field,), form, settings, now)
    after = _no_longer_incomplete(after, form)
    what, outcome = answer_moved(field, field.label, old, new), Outcome.CHANGED
    asks_one = field.key == ATTENDS and not form.per_organisation
    if asks_one and (status := _where_they_stand(row, new)) is not None:
        after = replace(
            after, status=status, unsent_changes=unsent(after, Change(STATUS, str(row.status), str(status)))
        )
        what = say(Done.STATUS_MOVED_FOR, old=str(row.status), new=str(status), why=what)
        outcome = Outcome.of(status)
    return replace(_changed(edit, row, after, what, outcome), cases=cases)


def _where_they_stand(row: Registration, attends: Value | None) -> Status | None:
    """The status that her yes or no about coming gives somebody. As on a form, no makes them excused, and
    yes brings them back. None where they stay what they are."""
    if attends is False and (row.status.is_in or row.status is Status.INCOMPLETE):
        return Status.EXCUSED
    return Status.REGISTERED if attends is True and row.status.is_out else None


def _with_answer(
    row: Registration, field: FormField, new: Value | None, form: Form, settings: Settings, now: datetime
) -> Registration:
    """A row with an answer of hers; nothing came back from another address, and nobody wrote there yet."""
    key, of_address = field.key, field.kind is FieldKind.EMAIL
    answers = {one: value for one, value in row.answers.items() if one != key}
    if new is not None:
        answers[key] = new
    after = replace(
        row,
        answers=answers,
        by_hand=row.by_hand | {key},
        doubts=tuple(p for p in row.doubts if p.field != key),
        bounced=row.bounced and not of_address,
        email_of_sender=row.email_of_sender and not of_address,
        unanswered=row.unanswered or (of_address and new is not None),
        claimed=row.claimed or (of_address and _wrote_themselves(row, form)),
        unsent_changes=unsent(row, Change(key, row.answers.get(key), new)),
        changed=now,
    )
    if field.kind is not FieldKind.ORGANISATION:
        return after
    known = recognised(organisation_of(answers, form), settings.organisations)
    return replace(after, organisation_known=known)


def _no_longer_incomplete(row: Registration, form: Form) -> Registration:
    """A row that was incomplete and is not any more: every required answer is there and none is doubted."""
    if row.status is not Status.INCOMPLETE or _open_questions(row, form):
        return row
    status = Status.WAITLISTED if row.found_no_place else Status.REGISTERED
    return replace(
        row, status=status, unsent_changes=unsent(row, Change(STATUS, str(row.status), str(status)))
    )


def _open_questions(row: Registration, form: Form) -> tuple[Problem, ...]:
    """What a row waits for: each answer in doubt, and each required one that is missing. An address that
    nobody gave is not asked either when the mail comes in: what is for them goes to who wrote."""
    doubted = {one.field for one in row.doubts}
    missing = (
        Problem(0, field.key, Code.MISSING, Reason.MISSING)
        for field in form.fields
        if field.required
        and field.kind is not FieldKind.EMAIL
        and field.key not in doubted
        and row.answers.get(field.key) is None
    )
    return (*row.doubts, *missing)


def _set_status(
    edit: Edit,
    row: Registration,
    status: Status,
    form: Form,
    now: datetime,
    why: Told,
    removed: Removal | None = None,
) -> Decision:
    """A status by her hand; ``removed``: why she took the row out, where she did."""
    after = replace(
        row,
        status=status,
        by_hand=row.by_hand | {STATUS},
        reason="" if status is Status.REGISTERED else row.reason,
        arrived=now if status.is_expected and row.status.is_out and not row.is_struck else row.arrived,
        removed=removed,
        unsent_changes=unsent(row, Change(STATUS, str(row.status), str(status))),
        changed=now,
    )
    after = agreeing(after, form)
    moved = say(Done.STATUS_MOVED_FOR, old=str(row.status), new=str(status), why=why)
    what = moved if row.status is not status else say(Done.STATUS_KEPT_FOR, status=str(status), why=why)
    return _changed(edit, row, after, what, Outcome.of(status))


def _deleted(edit: Edit, row: Registration, context: DecisionContext, form: Form, now: datetime) -> Decision:
    """A row taken out: a double where another one of that person stays, else a withdrawal by her hand. The
    person themselves said nothing, so neither stands in a list."""
    if row.is_struck:
        return _nothing(edit, row.event, say(Says.DELETED_WAS, nr=row.nr, status=str(row.status)))
    others = [
        one
        for one in context.registrations
        if one.event == row.event and one.nr != row.nr and one.status is not Status.CANCELLED
    ]
    double = already_here(row.answers, row.organisation_known, others, form)
    removal = Removal.DOUBLE if double else Removal.BY_HAND
    return _set_status(edit, row, Status.CANCELLED, form, now, removal.value, removal)


def _attended(edit: Edit, row: Registration, form: Form, _settings: Settings, now: datetime) -> Decision:
    attended = yes_or_no(edit.new)
    if attended is None and edit.new not in (None, ""):
        return _not_taken(edit, row, form, now, say(Says.NEITHER_YES_NOR_NO, typed=shown(edit.new)))
    after = replace(row, attended=attended)
    return _changed(edit, row, after, say(Done.ATTENDANCE, attended=shown(attended)), Outcome.UNCHANGED)


def _confirm(edit: Edit, row: Registration, form: Form, settings: Settings, now: datetime) -> Decision:
    """The person is told of what she changed, and nothing is left to tell."""
    said = yes_or_no(edit.new)
    if said is None and edit.new not in (None, ""):
        why = say(Says.CONFIRM_YES_OR_NO, typed=shown(edit.new))
        return _not_taken(edit, row, form, now, why, Says.REST_TAKEN_OVER)
    if not said:
        return Decision(Outcome.UNCHANGED, row.event, answer=False)
    if "@" not in email_of(row.answers, form) + row.sender:
        why = say(Says.NO_EMAIL_TO_CONFIRM, nr=row.nr)
        return _not_taken(edit, row, form, now, why, Says.REST_TAKEN_OVER)
    if doubted := [field for field in held_addresses(row, form) if field.key in row.by_hand]:
        row, cases = checked(row, edit, doubted, form, settings, now)  # once more, if she closed it
        why = say(Says.EMAIL_IN_DOUBT, email=row.text(doubted[0].key))
        return replace(_nothing(edit, row.event, why), cases=cases)
    outcome, told = _to_confirm(row)
    after = replace(row, unsent_changes=(), changed=now)
    asked = _open_questions(row, form) if outcome is Outcome.INCOMPLETE else ()
    reason = row.reason if row.status is Status.WAITLISTED else ""
    result = Result(outcome, after, row, changes=told, problems=asked, reason=reason)
    line = LogLine(SECRETARIAT, say(Done.CONFIRMATION_SENT), edit.where, row.nr, row.event)
    return Decision(outcome, row.event, (result,), log=(line,))


def _to_confirm(row: Registration) -> tuple[Outcome, tuple[Change, ...]]:
    """What a confirmation tells: the answers that she changed, of who is in as before; else the status."""
    moved = tuple(change for change in row.unsent_changes if change.key == STATUS)
    changes = tuple(change for change in row.unsent_changes if change.key != STATUS)
    if row.status.is_in and changes and not moved:
        return Outcome.CHANGED, changes
    return Outcome.of(row.status), moved


def _put_back(edit: Edit, row: Registration, form: Form, _settings: Settings, now: datetime) -> Decision:
    """A row that she deleted and put back: the registration is as it was before."""
    if not row.status.is_out:
        return _nothing(edit, row.event, say(Says.IS_BACK_WAS, nr=row.nr, status=str(row.status)))
    status = status_of(edit.row.get(STATUS)) or Status.REGISTERED
    return _set_status(edit, row, status, form, now, say(Done.ROW_PUT_BACK))


_ON_A_ROW: dict[EditKind, Callable[[Edit, Registration, Form, Settings, datetime], Decision]] = {
    EditKind.CELL: _cell,
    EditKind.NEW_ROW: _put_back,
    EditKind.ATTENDED: _attended,
    EditKind.CONFIRM: _confirm,
}


def _wrote_themselves(row: Registration, form: Form) -> bool:
    """Whether a registration was sent in from the person's own address: once she gives another one, the
    former is not theirs any more, and has no say as who sent it in either."""
    own, name = email_of(row.answers, form), name_of(row.answers, form)
    return own == row.sender.lower() != "" and not belongs_to_another(own, name)


def _changed(
    edit: Edit, row: Registration, after: Registration, what: Statement, outcome: Outcome
) -> Decision:
    changes = tuple(c for c in after.unsent_changes if c not in row.unsent_changes and c.key != STATUS)
    result = Result(outcome, after, row, changes=changes, mail=False)
    line = LogLine(SECRETARIAT, what, edit.where, row.nr, row.event)
    return Decision(outcome, row.event, (result,), log=(line,), answer=False)


def _nothing(edit: Edit, event: str, why: Statement) -> Decision:
    line = LogLine(MAILBOT, say(Done.NOT_TAKEN), edit.where, edit.nr, event, says=(why,))
    return Decision(Outcome.UNCHANGED, event, log=(line,), answer=False)


def _not_taken(
    edit: Edit,
    row: Registration,
    form: Form,
    now: datetime,
    why: Statement,
    rest: Says = Says.NOTHING_CHANGED,
) -> Decision:
    """The ledger as it is, with a line in the log and a case, since she would look in vain for what she
    typed. ``rest`` is what became of the remainder of the edit."""
    case = Case(
        CaseKind.WORKBOOK,
        describe(row.answers, form) or row.nr,
        "",
        (Choice.DONE,),
        now,
        row.event,
        registration=row.nr,
        key=f"workbook:{row.event}:{row.nr}:{edit.kind}",
        says=(say(Says.NOT_TAKEN_OVER, where=edit.where, why=why, rest=say(rest)),),
    )
    return replace(_nothing(edit, row.event, why), cases=(case,))

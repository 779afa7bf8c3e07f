"""Mail to many that the secretary starts in ``Berichten``: what her row brings about.

Nothing goes out but by ``versturen``, on a row whose preview was drawn after its last change, and then to
those alone whom that preview named and who are still meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from mailbot.config.settings import local
from mailbot.decision.mailing_recipients import (
    MailingContext,
    Recipients,
    lines_of,
    only,
    recipients_of,
    sent_to,
    wants,
    words_of_cell,
)
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.decision import SECRETARIAT, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.mailing import (
    MOST,
    Files,
    Mailing,
    MailingChoice,
    MailingRow,
    MailingShown,
    MailingState,
)
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.matching.names import name_of

#: The words of a row, its subject and its text, are cut here.
_SUBJECT, _TEXT = 200, 20_000
#: So many of those who came later a note names.
_FEW = 5


def shown(mailing: Mailing, known: MailingContext, text: Told = "") -> MailingShown:
    """A row as she reads it; ``text`` is the mail as the first of them would get it. One that was sent
    names whom it went to as it was sent, whatever became of their addresses."""
    sent = mailing.state is MailingState.SENT
    to = sent_to(mailing, known) if sent else recipients_of(mailing, known)
    lines = lines_of(to, known)
    listed = mailing.sent_to if sent and mailing.sent_to else [line for line, _ in lines.values()]
    form = known.settings.form_of(known.event)
    away = [one for one in to.people if mailing.marked and not one.status.is_expected]
    notes = {
        Says.MARKED_WHO_STAYS_AWAY: tuple(name_of(one.answers, form) or one.nr for one in away),
        Says.WITHOUT_ADDRESS: to.without,
        Says.ADDRESS_TO_CHECK: to.held,
    }
    told = [say(what, who=who) for what, who in notes.items() if who]
    problem = None if sent else _problem(mailing, to, len(lines), known)
    return MailingShown(mailing, (*listed, *told), tuple(lines), text, problem)


def first_letter(mailing: Mailing, known: MailingContext) -> Announcement | None:
    """The mail to the first whom it goes to, for its preview; None where it goes to nobody."""
    to = recipients_of(mailing, known)
    first = next(iter(lines_of(to, known)), "")
    return _announcement(mailing, only(to, {first}, known), known) if first else None


def decide_mailing(row: MailingRow, known: MailingContext) -> Decision:
    """What follows from a row as she left it."""
    held = next((one for one in known.mailings if (row.id and one.id == row.id) or one.key == row.key), None)
    if row.gone:
        return _changed(replace(held, hidden=True)) if held else _changed()
    if held is not None and held.state is MailingState.SENT:
        return _changed(replace(held, note=say(Says.SENT_ALREADY), hidden=False))
    if held is not None and row.older:
        return _changed(replace(held, note=say(Says.OLDER_COPY), hidden=False))
    before = held or _begun(row, known)
    mailing = replace(
        before,
        to=row.to.strip(),
        subject=" ".join(row.subject.split())[:_SUBJECT],
        text=row.text.strip()[:_TEXT],
        files=row.files.strip(),
        listed=row.listed,
        marked=row.marked,
        unlisted=row.unlisted,
        note="",
        hidden=False,
    )
    if not row.choice.strip():
        return _changed(mailing)
    if not any((mailing.to, mailing.subject, mailing.text)):
        return _unsent(mailing)
    carry_out = _CHOICES.get(row.choice.strip().casefold())
    if carry_out is None:
        return _changed(replace(mailing, note=say(Says.WORD_NOT_IN_LIST, word=row.choice)))
    return carry_out(mailing, row, known)


def _begun(row: MailingRow, known: MailingContext) -> Mailing:
    """A new row; a copy of one that mailbot proposed is of its kind, as long as there is reason to."""
    event = known.event
    of = next((one for one in known.mailings if row.copy_of and one.id == row.copy_of), None)
    instead = known.settings.successor_of(event)
    if of is None or of.kind is Announcing.WRITTEN:
        return Mailing(event.id, row.key, known.now)
    if of.is_outlived(event, instead, known.now, known.settings.zone):
        return Mailing(event.id, row.key, known.now)
    return Mailing(event.id, row.key, of.opened, kind=of.kind, copied=of.copied or of.key)


def not_carried_out(row: MailingRow, known: MailingContext, why: Statement) -> Decision:
    """A row as she left it, without what she chose, and why that could not be done."""
    decision = decide_mailing(replace(row, choice=""), known)
    return replace(decision, mailings=tuple(replace(one, note=why) for one in decision.mailings))


def _proof(mailing: Mailing, _row: MailingRow, known: MailingContext) -> Decision:
    to = known.settings.secretariat_of(known.event)
    recipients = recipients_of(mailing, known)
    lines = lines_of(recipients, known)
    first = next(iter(lines), "")
    if not to:
        return _changed(replace(mailing, note=say(Says.NO_ADDRESS_FOR_PROOF)))
    if known.sent_today >= known.settings.limits.mailings_per_day:
        return _changed(replace(mailing, note=_full(known)))
    if _problem(mailing, recipients, len(lines), known):
        return _unsent(mailing)
    number = mailing.proofs + 1
    letter = replace(
        _announcement(mailing, only(recipients, {first}, known), known), proof_to=to, proof=number
    )
    note = say(Says.PROOF_SENT, to=to, at=local(known.now, known.settings.zone).isoformat())
    return replace(_changed(replace(mailing, proofs=number, note=note)), announce=letter)


def _send(mailing: Mailing, row: MailingRow, known: MailingContext) -> Decision:
    now = recipients_of(mailing, known)
    lines = lines_of(now, known)
    if row.preview != mailing.preview:
        return _changed(replace(mailing, note=say(Says.READ_PREVIEW_FIRST)))
    wanted = {email for email in lines if email in set(row.shown)}
    if _problem(mailing, now, len(lines), known):
        return _unsent(mailing)
    if not wanted:
        return _changed(replace(mailing, note=say(Says.LIST_CHANGED)))
    if known.sent_today + len(wanted) > known.settings.limits.mailings_per_day:
        return _changed(replace(mailing, note=_full(known)))
    to = only(now, wanted, known)
    later = tuple(line for email, (line, _) in lines.items() if email not in wanted)
    sent = replace(
        mailing,
        state=MailingState.SENT,
        done=known.now,
        nrs=tuple(one.nr for one in to.people),
        listed=to.addresses,
        marked=(),
        sent_to=tuple(line for email, (line, _) in lines.items() if email in wanted),
        count=len(wanted),
        note=_left_out(later, now.without),
    )
    what = say(Done.MAILING_SENT, subject=mailing.subject)
    line = LogLine(SECRETARIAT, what, say(Done.TO_SO_MANY, count=len(wanted)), event=known.event.id)
    return replace(_changed(sent), announce=_announcement(mailing, to, known), log=(line,))


def _left_out(later: Sequence[Told], without: tuple[str, ...]) -> Told:
    """The note of a row that was sent, of those whom it did not go to: who came ``later`` than the preview,
    else who has no address."""
    if later:
        more = (say(Says.AND_OTHERS, count=len(later) - _FEW),) if len(later) > _FEW else ()
        return say(Says.CAME_LATER, people=tuple(later[:_FEW]), more=more)
    return say(Says.WITHOUT_ADDRESS, who=without) if without else ""


def _stop(mailing: Mailing, _row: MailingRow, known: MailingContext) -> Decision:
    return _changed(replace(mailing, state=MailingState.STOPPED, done=known.now))


_CHOICES: Mapping[str, Callable[[Mailing, MailingRow, MailingContext], Decision]] = {
    MailingChoice.PROOF: _proof,
    MailingChoice.SEND: _send,
    MailingChoice.DO_NOT_SEND: _stop,
}


def _unsent(mailing: Mailing) -> Decision:
    """The row with a note that nothing went out; its problem, which is found anew, stands behind that."""
    return _changed(replace(mailing, note=say(Says.NOTHING_SENT)))


def _problem(mailing: Mailing, to: Recipients, number: int, known: MailingContext) -> Told | None:
    """Why a row cannot be sent as it is; None where it can."""
    if to.problem is not None:
        return to.problem
    if not mailing.subject:
        return say(Says.NO_SUBJECT)
    if mailing.kind is Announcing.WRITTEN and not mailing.text:
        return say(Says.NO_TEXT)
    if (problem := _problem_of_files(mailing, to, known)) is not None:
        return problem
    if number > MOST:
        return say(Says.TOO_MANY_ADDRESSES, count=number, most=MOST)
    if not number:
        return say(Says.ALL_HAD_THIS) if to.had else say(Says.NOBODY_TO_MAIL)
    return None


def _problem_of_files(mailing: Mailing, to: Recipients, known: MailingContext) -> Told | None:
    """Why the files that a row asks for cannot go out to these."""
    if unknown := {*words_of_cell(mailing.files)} - {*Files}:
        return say(Says.FILES_UNKNOWN, word=min(unknown))
    if wants(mailing, Files.CERTIFICATE) and not all(one.was_there for one in to.people):
        return say(Says.CERTIFICATE_FOR_PRESENT)
    if wants(mailing, Files.CERTIFICATE) and to.addresses:
        return say(Says.CERTIFICATE_FOR_LISTED)
    if wants(mailing, Files.FORMS) and (
        known.event.cancelled or known.event.is_over(known.now, known.settings.zone)
    ):
        return say(Says.NO_FORM_ANY_MORE)
    return None


def _full(known: MailingContext) -> Statement:
    return say(Says.DAY_IS_FULL, sent=known.sent_today, most=known.settings.limits.mailings_per_day)


def _announcement(mailing: Mailing, to: Recipients, known: MailingContext) -> Announcement:
    successor = known.settings.successor_of(known.event)
    return Announcement(
        kind=mailing.kind,
        event=known.event.id,
        version=mailing.version,
        to=to.people,
        addresses=to.addresses,
        subject=mailing.subject,
        text=mailing.text,
        forms=wants(mailing, Files.FORMS),
        certificates=wants(mailing, Files.CERTIFICATE),
        replacing=successor.id if successor is not None and mailing.kind is Announcing.AGAIN else "",
    )


def _changed(*mailings: Mailing) -> Decision:
    event = mailings[0].event if mailings else ""
    return Decision(Outcome.UNCHANGED, event, mailings=mailings, answer=False)


def thanked(mailings: Iterable[Mailing]) -> frozenset[str]:
    """The nrs of those who got thanks already."""
    sent = (one for one in mailings if one.kind is Announcing.THANKS and one.state is MailingState.SENT)
    return frozenset(nr for one in sent for nr in one.nrs)

"""Mail to many that the secretary starts in ``Berichten``: whom it goes to, and what her row brings about.

Nothing goes out but by ``versturen``, on a row whose preview was drawn after its last change, and then to
those alone whom that preview named and who are still meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.config.settings import Settings, local
from mailbot.decision.announcements import answered, reminded, unanswered
from mailbot.decision.sender_relation import body_of
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.decision import SECRETARIAT, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mailing import (
    MOST,
    Audience,
    Files,
    Mailing,
    MailingChoice,
    MailingRow,
    MailingShown,
    MailingState,
)
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.matching.addresses import can_be_address
from mailbot.matching.names import email_of, held_addresses, is_office, name_of, reached_at, same_address

#: The words of a row, its subject and its text, are cut here.
_SUBJECT, _TEXT = 200, 20_000


#: So many of those who came later a note names.
_FEW = 5


@dataclass(frozen=True, slots=True)
class MailingContext:
    """What is known that bears on a row: the registrations and mails to many of the event, the addresses
    that a text (by kind and version) went to already, and how many such mails went out in 24 hours."""

    event: Event
    registrations: tuple[Registration, ...]
    mailings: tuple[Mailing, ...]
    reached: Callable[[Mailing], frozenset[str]]
    sent_today: int
    settings: Settings
    now: datetime


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a mail to many goes to: ``people`` who are registered, and ``addresses`` besides. ``without``
    are those whom no mail can reach, ``held`` those whose address may be a slip, ``had`` how many got this
    very text before, ``problem`` why there is nobody (Dutch)."""

    people: tuple[Registration, ...] = ()
    addresses: tuple[Address, ...] = ()
    without: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    had: int = 0
    problem: Told | None = None


def recipients_of(mailing: Mailing, known: MailingContext) -> Recipients:
    """Whom a row names now. Each address stands once, and none that got this very text before."""
    people, others, problem = _named(mailing, known)
    settings, form = known.settings, known.settings.form_of(known.event)
    had = _reached(mailing, known)
    at = {one.nr: reached_at(one, form, settings.own_addresses) for one in people}
    reachable = tuple(one for one in people if can_be_address(at[one.nr]))
    taken = {at[one.nr] for one in reachable}
    besides = _besides(others, taken | settings.own_addresses)
    again = {email for email in (*taken, *besides) if email in had}
    unlisted = (" ".join(filter(None, (one.name, one.email))) for one in others if not _can_be_mailed(one))
    without, held = _out_of_reach(people, at, form)
    return Recipients(
        people=tuple(one for one in reachable if at[one.nr] not in again),
        addresses=tuple(one for email, one in besides.items() if email not in again),
        without=(*without, *unlisted),
        held=held,
        had=len(again),
        problem=problem,
    )


def _out_of_reach(
    people: Sequence[Registration], at: Mapping[str, str], form: Form
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of those whom no mail can reach, and of those whose address may be a slip; ``at`` is where
    each is reached, by nr."""
    name = {one.nr: name_of(one.answers, form) or one.nr for one in people}
    held = [one.nr for one in people if not at[one.nr] and held_addresses(one, form)]
    without = (name[nr] for nr, email in at.items() if not can_be_address(email) and nr not in held)
    return tuple(without), tuple(name[nr] for nr in held)


def _besides(others: Iterable[Address], taken: Set[str]) -> dict[str, Address]:
    """The addresses of a row that a mail can reach and that nobody else has, each once."""
    found: dict[str, Address] = {}
    for other in filter(_can_be_mailed, others):
        found.setdefault(same_address(other.email), other)
    return {email: one for email, one in found.items() if email not in taken}


def _can_be_mailed(listed: Address) -> bool:
    return can_be_address(same_address(listed.email))


def _reached(mailing: Mailing, known: MailingContext) -> frozenset[str]:
    """The addresses that this very text went to, from this row or another that said the same."""
    sent = (one for one in known.mailings if one.state is MailingState.SENT and one.says_the_same(mailing))
    return known.reached(mailing).union(*(known.reached(one) for one in sent))


def shown(mailing: Mailing, known: MailingContext, text: Told = "") -> MailingShown:
    """A row as she reads it; ``text`` is the mail as the first of them would get it. One that was sent
    names whom it went to as it was sent, whatever became of their addresses."""
    sent = mailing.state is MailingState.SENT
    to = _sent_to(mailing, known) if sent else recipients_of(mailing, known)
    lines = _lines(to, known)
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


def _sent_to(mailing: Mailing, known: MailingContext) -> Recipients:
    """Whom a row went to of which the ledger kept no lines."""
    people = tuple(one for one in known.registrations if one.nr in mailing.nrs)
    return Recipients(people=people, addresses=mailing.listed)


def first_letter(mailing: Mailing, known: MailingContext) -> Announcement | None:
    """The mail to the first whom it goes to, for its preview; None where it goes to nobody."""
    to = recipients_of(mailing, known)
    first = next(iter(_lines(to, known)), "")
    return _announcement(mailing, _only(to, {first}, known), known) if first else None


def decide_mailing(row: MailingRow, known: MailingContext) -> Decision:
    """What follows from a row as she left it."""
    held = next((one for one in known.mailings if (row.id and one.id == row.id) or one.key == row.key), None)
    if row.gone:
        return _changed(replace(held, hidden=True)) if held else _changed()
    if held is not None and held.state is MailingState.SENT:
        return _changed(replace(held, note=say(Says.SENT_ALREADY), hidden=False))
    if held is not None and row.older:
        return _changed(replace(held, note=say(Says.OLDER_COPY), hidden=False))
    before = held or Mailing(known.event.id, row.key, known.now)
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


def not_carried_out(row: MailingRow, known: MailingContext, why: Statement) -> Decision:
    """A row as she left it, without what she chose, and why that could not be done."""
    decision = decide_mailing(replace(row, choice=""), known)
    return replace(decision, mailings=tuple(replace(one, note=why) for one in decision.mailings))


def _proof(mailing: Mailing, _row: MailingRow, known: MailingContext) -> Decision:
    to = known.settings.secretariat_of(known.event)
    recipients = recipients_of(mailing, known)
    lines = _lines(recipients, known)
    first = next(iter(lines), "")
    if not to:
        return _changed(replace(mailing, note=say(Says.NO_ADDRESS_FOR_PROOF)))
    if known.sent_today >= known.settings.limits.mailings_per_day:
        return _changed(replace(mailing, note=_full(known)))
    if _problem(mailing, recipients, len(lines), known):
        return _unsent(mailing)
    number = mailing.proofs + 1
    letter = replace(
        _announcement(mailing, _only(recipients, {first}, known), known), proof_to=to, proof=number
    )
    note = say(Says.PROOF_SENT, to=to, at=local(known.now, known.settings.zone).isoformat())
    return replace(_changed(replace(mailing, proofs=number, note=note)), announce=letter)


def _send(mailing: Mailing, row: MailingRow, known: MailingContext) -> Decision:
    now = recipients_of(mailing, known)
    lines = _lines(now, known)
    if row.preview != mailing.preview:
        return _changed(replace(mailing, note=say(Says.READ_PREVIEW_FIRST)))
    wanted = {email for email in lines if email in set(row.shown)}
    if _problem(mailing, now, len(lines), known):
        return _unsent(mailing)
    if not wanted:
        return _changed(replace(mailing, note=say(Says.LIST_CHANGED)))
    if known.sent_today + len(wanted) > known.settings.limits.mailings_per_day:
        return _changed(replace(mailing, note=_full(known)))
    to = _only(now, wanted, known)
    later = tuple(line for email, (line, _) in lines.items() if email not in wanted)
    more = (say(Says.AND_OTHERS, count=len(later) - _FEW),) if len(later) > _FEW else ()
    sent = replace(
        mailing,
        state=MailingState.SENT,
        done=known.now,
        nrs=tuple(one.nr for one in to.people),
        listed=to.addresses,
        marked=(),
        sent_to=tuple(line for email, (line, _) in lines.items() if email in wanted),
        count=len(wanted),
        note=(
            say(Says.CAME_LATER, people=later[:_FEW], more=more)
            if later
            else say(Says.WITHOUT_ADDRESS, who=now.without)
            if now.without
            else ""
        ),
    )
    what = say(Done.MAILING_SENT, subject=mailing.subject)
    line = LogLine(SECRETARIAT, what, say(Done.TO_SO_MANY, count=len(wanted)), event=known.event.id)
    return replace(_changed(sent), announce=_announcement(mailing, to, known), log=(line,))


def _stop(mailing: Mailing, _row: MailingRow, known: MailingContext) -> Decision:
    return _changed(replace(mailing, state=MailingState.STOPPED, done=known.now))


_CHOICES: Mapping[str, Callable[[Mailing, MailingRow, MailingContext], Decision]] = {
    MailingChoice.PROOF: _proof,
    MailingChoice.SEND: _send,
    MailingChoice.DO_NOT_SEND: _stop,
}


# ------------------------------------------------------------ to whom


def _named(
    mailing: Mailing, known: MailingContext
) -> tuple[tuple[Registration, ...], tuple[Address, ...], Told | None]:
    """The people and addresses that ``Aan wie`` names, and what is the matter with it."""
    rows = {one.nr: one for one in known.registrations if not one.is_struck}
    if mailing.listed or mailing.marked or mailing.unlisted:
        marked = tuple(rows[nr] for nr in mailing.marked if nr in rows)
        return marked, mailing.listed, mailing.unlisted or None
    words = audience_words(mailing.to)
    unknown = [word for word in words if word not in _WHO]
    if unknown or not words:
        what = say(Says.AUDIENCE_UNKNOWN, word=unknown[0]) if unknown else say(Says.PICK_AUDIENCE)
        return (), (), what
    found: dict[str, Registration] = {}
    addresses: list[Address] = []
    for word in words:
        found |= {nr: one for nr, one in rows.items() if _WHO[word](one)}
        if word == Audience.UNANSWERED:
            addresses += silent(known.event, known.registrations, known.mailings, known.settings)
    of_move = mailing.kind is Announcing.AGAIN
    people = tuple(one for one in found.values() if not of_move or _stayed_away(one, mailing))
    return people, tuple(addresses), None


def _stayed_away(one: Registration, mailing: Mailing) -> bool:
    """Whether somebody knew of no other date than the former one when they said that they do not come: they
    said it before people were told of a move, which is when the row about it came to stand there."""
    return one.since is None or one.since <= mailing.opened


def audience_words(to: str) -> list[str]:
    """The words of ``Aan wie``, of which there may be several: "ingeschreven, wachtlijst"."""
    return [word.strip() for word in re.split(r"[,;+]|\ben\b", to.casefold()) if word.strip()]


#: Whom each word means of those in the list.
_WHO: Mapping[str, Callable[[Registration], bool]] = {
    Audience.REGISTERED: lambda one: one.status is Status.REGISTERED,
    Audience.WAITING: lambda one: one.status is Status.WAITLISTED,
    Audience.EXCUSED: lambda one: one.status is Status.EXCUSED,
    Audience.WITHDRAWN: lambda one: one.has_withdrawn,
    Audience.PRESENT: lambda one: one.attended is True,
    Audience.UNANSWERED: lambda _: False,
}


def silent(
    event: Event, registrations: Sequence[Registration], mailings: Iterable[Mailing], settings: Settings
) -> list[Address]:
    """The organisations of a closed list that did not answer, and those invited from a list of hers by
    whom and for whom nothing came in: of a closed list, and where an office was invited, whoever answered for
    its organisation answered."""
    form = settings.form_of(event)
    missing = unanswered(event, registrations, settings)
    heard = {email_of(one.answers, form) for one in registrations}
    heard |= {same_address(one.sender) for one in registrations}
    bodies = answered(event, registrations, settings)

    def is_heard(address: Address) -> bool:
        shared = bool(event.organisations) or is_office(address.email)
        return same_address(address.email) in heard or (
            shared and body_of(address, settings.organisations) in bodies
        )

    invited = [
        address
        for one in mailings
        if one.state is MailingState.SENT and _wants(one, Files.FORMS)
        for address in one.listed
    ]
    reached = reminded(missing, settings)
    unreached = set(missing) - {one.name for one in reached}
    return [
        *reached,
        *(one for one in invited if not is_heard(one)),
        *(Address("", name) for name in missing if name in unreached),
    ]


def _lines(to: Recipients, known: MailingContext) -> dict[str, tuple[Told, list[str]]]:
    """By address (in lower case) who reads there, as a line, and the nrs of those whom it is about."""
    settings, form = known.settings, known.settings.form_of(known.event)
    people: dict[str, list[Registration]] = {}
    for one in to.people:
        email = reached_at(one, form, settings.own_addresses)
        people.setdefault(email, []).append(one)
    lines: dict[str, tuple[Told, list[str]]] = {
        email: (
            _line([name_of(one.answers, form) or one.nr for one in group], email),
            [one.nr for one in group],
        )
        for email, group in people.items()
    }
    for other in to.addresses:
        email = same_address(other.email)
        lines[email] = (_line([other.name] if other.name else [], email), [])
    return lines


def _line(names: Sequence[str], email: str) -> Told:
    """Who reads at an address."""
    return say(Says.MAILED_TO, names=tuple(names), address=email) if names else email


def _only(to: Recipients, wanted: Collection[str], known: MailingContext) -> Recipients:
    settings, form = known.settings, known.settings.form_of(known.event)
    return replace(
        to,
        people=tuple(one for one in to.people if reached_at(one, form, settings.own_addresses) in wanted),
        addresses=tuple(one for one in to.addresses if same_address(one.email) in wanted),
    )


# ------------------------------------------------------------ what is said


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
    wanted = {word.strip() for word in re.split(r"[,;+]|\ben\b", mailing.files.casefold()) if word.strip()}
    if unknown := wanted - set(Files):
        return say(Says.FILES_UNKNOWN, word=sorted(unknown)[0])
    if _wants(mailing, Files.CERTIFICATE) and any(one.attended is not True for one in to.people):
        return say(Says.CERTIFICATE_FOR_PRESENT)
    if _wants(mailing, Files.CERTIFICATE) and to.addresses:
        return say(Says.CERTIFICATE_FOR_LISTED)
    if _wants(mailing, Files.FORMS) and (
        known.event.cancelled or known.event.is_over(known.now, known.settings.zone)
    ):
        return say(Says.NO_FORM_ANY_MORE)
    return None


def _full(known: MailingContext) -> Statement:
    return say(Says.DAY_IS_FULL, sent=known.sent_today, most=known.settings.limits.mailings_per_day)


def _wants(mailing: Mailing, file: Files) -> bool:
    return file.value in mailing.files.casefold()


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
        forms=_wants(mailing, Files.FORMS),
        certificates=_wants(mailing, Files.CERTIFICATE),
        replacing=successor.id if successor is not None and mailing.kind is Announcing.AGAIN else "",
    )


def _changed(*mailings: Mailing) -> Decision:
    event = mailings[0].event if mailings else ""
    return Decision(Outcome.UNCHANGED, event, mailings=mailings, answer=False)


def thanked(mailings: Iterable[Mailing]) -> frozenset[str]:
    """The nrs of those who got thanks already."""
    sent = (one for one in mailings if one.kind is Announcing.THANKS and one.state is MailingState.SENT)
    return frozenset(nr for one in sent for nr in one.nrs)

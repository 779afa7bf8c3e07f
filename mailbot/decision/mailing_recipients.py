"""Whom a mail to many of ``Berichten`` goes to, and at which address each of them is reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.announcements import answered, reminded, unanswered
from mailbot.decision.sender_relation import body_of
from mailbot.domain.announcement import Announcing
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mailing import Audience, Files, Mailing, MailingState
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Told, say
from mailbot.matching.addresses import can_be_address
from mailbot.matching.names import email_of, held_addresses, is_office, name_of, reached_at, same_address


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
    very text before, ``problem`` why there is nobody, as a statement."""

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


def sent_to(mailing: Mailing, known: MailingContext) -> Recipients:
    """Whom a row went to of which the ledger kept no lines."""
    people = tuple(one for one in known.registrations if one.nr in mailing.nrs)
    return Recipients(people=people, addresses=mailing.listed)


def _named(
    mailing: Mailing, known: MailingContext
) -> tuple[tuple[Registration, ...], tuple[Address, ...], Told | None]:
    """The people and addresses that ``Aan wie`` names, and what is the matter with it."""
    rows = {one.nr: one for one in known.registrations if not one.is_struck}
    if mailing.listed or mailing.marked or mailing.unlisted:
        marked = tuple(rows[nr] for nr in mailing.marked if nr in rows)
        return marked, mailing.listed, mailing.unlisted or None
    return _in_words(mailing, rows, known)


def _in_words(
    mailing: Mailing, rows: Mapping[str, Registration], known: MailingContext
) -> tuple[tuple[Registration, ...], tuple[Address, ...], Told | None]:
    """The people and addresses that ``Aan wie`` names in words for groups of people ("ingeschreven,
    wachtlijst"), and what is the matter with it."""
    words = words_of_cell(mailing.to)
    if not words:
        return (), (), say(Says.PICK_AUDIENCE)
    if unknown := [word for word in words if word not in _WHO]:
        return (), (), say(Says.AUDIENCE_UNKNOWN, word=unknown[0])
    found = {nr: one for word in words for nr, one in rows.items() if _WHO[word](one)}
    of_move = mailing.kind is Announcing.AGAIN
    people = tuple(one for one in found.values() if not of_move or _stayed_away(one, mailing))
    if Audience.UNANSWERED not in words:
        return people, (), None
    return people, tuple(silent(known.event, known.registrations, known.mailings, known.settings)), None


def _stayed_away(one: Registration, mailing: Mailing) -> bool:
    """Whether somebody knew of no other date than the former one when they said that they do not come: they
    said it before people were told of a move, which is when the row about it came to stand there."""
    return one.since is None or one.since <= mailing.opened


def words_of_cell(text: str) -> tuple[str, ...]:
    """The words of ``Aan wie`` or ``Bijlagen``, each once, in order: "ingeschreven, wachtlijst"."""
    words = (word.strip() for word in re.split(r"[,;+]|\ben\b", text.casefold()))
    return tuple(dict.fromkeys(filter(None, words)))


#: Whom each word means of those in the list.
_WHO: Mapping[str, Callable[[Registration], bool]] = {
    Audience.REGISTERED: lambda one: one.status.is_coming,
    Audience.WAITING: lambda one: one.status is Status.WAITLISTED,
    Audience.EXCUSED: lambda one: one.status is Status.EXCUSED,
    Audience.WITHDRAWN: lambda one: one.has_withdrawn,
    Audience.PRESENT: lambda one: one.was_there,
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
        if one.state is MailingState.SENT and wants(one, Files.FORMS)
        for address in one.listed
    ]
    reached = reminded(missing, settings)
    unreached = set(missing) - {one.name for one in reached}
    return [
        *reached,
        *(one for one in invited if not is_heard(one)),
        *(Address("", name) for name in missing if name in unreached),
    ]


def lines_of(to: Recipients, known: MailingContext) -> dict[str, tuple[Told, list[str]]]:
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


def only(to: Recipients, wanted: Collection[str], known: MailingContext) -> Recipients:
    """Those who are reached at one of the ``wanted`` addresses."""
    settings, form = known.settings, known.settings.form_of(known.event)
    return replace(
        to,
        people=tuple(one for one in to.people if reached_at(one, form, settings.own_addresses) in wanted),
        addresses=tuple(one for one in to.addresses if same_address(one.email) in wanted),
    )


def wants(mailing: Mailing, file: Files) -> bool:
    """Whether a row asks for this kind of file with its mail."""
    return file.value in mailing.files.casefold()

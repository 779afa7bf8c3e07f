"""Who is written to about whom: a decision → recipients, each a mail that has no text yet.

The sender of a message gets one mail in its thread, about everybody in it. Somebody who was registered by
another and has an address of their own gets a mail of their own; people who share an address share one mail.
Anybody else whom a decision affects (a place became free) is written to as well. Nobody in Cc is ever written
to, and mailbot never writes to itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, Note, Outcome, Result
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.message import Address, Arrival
from mailbot.domain.registration import Registration
from mailbot.matching.addresses import can_be_address
from mailbot.matching.names import belongs_to, mailed_at, same_address, sent_in_at, written_email_of
from mailbot.matching.shown_names import to_repeat
from mailbot.notifications.names_in_mails import in_proper_case, name_of, without_pages
from mailbot.notifications.person_view import answers_of, registration_of

_ORDER = list(Outcome)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The address and the people that a mail is about. ``arrival`` is the message it follows from; the mail
    to its sender is ``in_thread``. ``by_other`` is who registered the reader, if somebody else did.
    ``former``: the address was replaced by a decision."""

    to: Address
    results: tuple[Result, ...]
    outcome: Outcome
    arrival: Arrival | None = None
    in_thread: bool = False
    by_other: str = ""
    former: bool = False


def recipients_of(
    decision: Decision, arrival: Arrival | None, event: Event | None, settings: Settings
) -> Iterator[Recipient]:
    """To whom mails go that follow from a decision, the sender first."""
    form = settings.form_of(event) if event else None
    heard = [result for result in decision.results if result.mail and not result.outcome.is_silent]
    besides = [result for result in heard if arrival is None or Note.PROMOTED in result.notes]
    of_message = [result for result in heard if result not in besides]
    if arrival is not None:
        yield from _of_message(of_message, decision, arrival, form, settings)
    if form is not None:
        yield from _own(besides, form, settings)


def _of_message(
    results: list[Result], decision: Decision, arrival: Arrival, form: Form | None, settings: Settings
) -> Iterator[Recipient]:
    """Who hears of what a message brought: its sender, those whom it was about, and who they were before."""
    to = decision.answered_to or answered_to(arrival, settings)
    asks_only = bool(decision.asks) and not decision.results
    reachable = bool(to.email) and same_address(to.email) not in settings.own_addresses
    if reachable and decision.to_sender and not decision.outcome.is_silent and (results or asks_only):
        yield Recipient(to, tuple(results), decision.outcome, arrival, in_thread=True)
    if form is None:
        return
    nobody_else = ("", same_address(to.email))
    others = [
        result
        for result in results
        if not result.outcome.is_for_sender_only
        and _heard_at(result, form, settings, arrival) not in nobody_else
    ]
    yield from _own(others, form, settings, arrival, by_other=_by_whom(to))
    yield from _former(results, form, settings, arrival, same_address(to.email))


def _heard_at(result: Result, form: Form, settings: Settings, arrival: Arrival) -> str:
    """Where somebody hears of a mail that another wrote: at their own address, and without one at that of who
    sent their registration in before."""
    own = own_address(result, form, settings)
    if own or result.before is None:
        return own
    sent_in = same_address(sent_in_by(result.before))
    return "" if sent_in in {same_address(arrival.message.sender.email), *settings.own_addresses} else sent_in


def _former(
    results: Sequence[Result], form: Form, settings: Settings, arrival: Arrival, asked: str
) -> Iterator[Recipient]:
    """A recipient for each address that a decision replaced, unless mail to it bounces or its owner asked for
    the change."""
    for result in results:
        before = result.before
        if before is None or before.bounced or Note.READDRESSED not in result.notes:
            continue
        email = mailed_at(before, form)
        if same_address(email) not in {"", asked, *settings.own_addresses}:
            to = Address(email, without_pages(name_of(before.answers, form)))
            yield Recipient(to, (result,), result.outcome, arrival, former=True)


def answered_to(arrival: Arrival, settings: Settings) -> Address:
    """Where the answer to a message goes (``Message.answered_at``); and where a configured forwarder passed
    it on, that of the message inside."""
    message = arrival.message
    if message.forwarded is not None and same_address(message.sender.email) in settings.forwarders:
        message = message.forwarded
    other = message.answered_at(settings.web_forms)
    return message.sender if same_address(other.email) in settings.own_addresses else other


def sent_in_by(registration: Registration) -> str:
    """The address that sent somebody's registration; empty for one that was typed in, which no mail
    reaches."""
    return registration.sender if "@" in registration.sender else ""


def own_address(result: Result, form: Form, settings: Settings) -> str:
    """A person's own address in lower case; empty for none, for what cannot be one, for one that is held as
    a slip (``held_addresses``), and for one of mailbot itself."""
    registration = registration_of(result)
    email = same_address(
        mailed_at(registration, form) if registration else written_email_of(answers_of(result), form)
    )
    return email if can_be_address(email) and email not in settings.own_addresses else ""


def is_reader(result: Result, letter: Recipient, form: Form, settings: Settings) -> bool:
    """Whether a person is the one who reads the letter: theirs is the address, and theirs alone.
    An address taken from the sender does not tell who the sender is; their name does, and one who
    is called otherwise ("Secretariaat Torhout") is somebody else."""
    shown = "" if "@" in letter.to.name else letter.to.name
    reader = sorted(shown.replace(",", " ").casefold().split())

    def theirs(one: Result) -> bool:
        own = own_address(one, form, settings)
        same = own == same_address(letter.to.email)
        name = sorted(name_of(answers_of(one), form).casefold().split())
        surely = belongs_to(letter.to.email, shown, name_of(answers_of(one), form))
        otherwise = bool(reader) and bool(name) and not set(name) & set(reader)
        registration = registration_of(one)
        borrowed = registration.email_of_sender if registration else Note.EMAIL_OF_SENDER in one.notes
        if not own and letter.in_thread:  # who mailed gave no address, or none that can be one
            return len(name) > 1 and (name == reader or surely)
        return same and (name == reader or surely or not (borrowed or otherwise))

    return theirs(result) and sum(map(theirs, letter.results)) == 1


def _by_whom(to: Address) -> str:
    """Who mailed, for those whom it is about: always by their address, since anybody can write any name."""
    name = in_proper_case(to_repeat(to.name))
    return f"{name} ({to.email})" if name and to.email else name or to.email


def _own(
    results: Sequence[Result],
    form: Form,
    settings: Settings,
    arrival: Arrival | None = None,
    by_other: str = "",
) -> Iterator[Recipient]:
    """A recipient per address; a person without one is told at the address that registered them."""

    def address(result: Result) -> str:
        registration = registration_of(result)
        sender = same_address(sent_in_at(registration, form)) if registration else ""
        return own_address(result, form, settings) or ("" if sender in settings.own_addresses else sender)

    for email, group in groupby(sorted(results, key=address), key=address):
        about = tuple(group)
        if not email:
            continue
        answers = answers_of(about[0])
        alone = len(about) == 1 and same_address(written_email_of(answers, form)) == email
        to = (
            Address(written_email_of(answers, form), without_pages(name_of(answers, form)))
            if alone
            else Address(email)
        )
        outcome = min((result.outcome for result in about), key=_ORDER.index)
        yield Recipient(to, about, outcome, arrival, by_other=by_other)

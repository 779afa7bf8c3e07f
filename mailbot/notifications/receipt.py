"""The receipt for somebody whose mail waits for a person: it says that it arrived, and no more."""

from __future__ import annotations

from mailbot.config.settings import Settings
from mailbot.domain.decision import Outcome
from mailbot.domain.event import Event
from mailbot.domain.mail import RECEIPT, RECEIPT_AFTER, Mail
from mailbot.domain.message import Address, Arrival
from mailbot.notifications.context import event_facts
from mailbot.notifications.names_in_mails import greeting_name
from mailbot.notifications.recipients import answered_to
from mailbot.notifications.templating import texts


def receipt(
    arrival: Arrival, event: Event | None, sender: Address, settings: Settings, known_as: str = ""
) -> Mail:
    """The mail that says that a message arrived, due half an hour after it did. It promises nothing and
    repeats no data. One key a thread: the ledger takes it once. ``known_as``: the name of who mailed, as
    their registration has it."""
    message, to = arrival.message, answered_to(arrival, settings)
    greeted = greeting_name(to, known_as if to.email == message.sender.email else "")
    words = texts(settings).render(RECEIPT, {**event_facts(event, settings), "greeting_name": greeted})
    ids = (*message.references, *message.in_reply_to, message.message_id)
    return Mail(
        key=f"{RECEIPT}/{next(filter(None, ids), arrival.id)}/{to.email.lower()}",
        kind=RECEIPT,
        to=to,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id if event else "",
        outcome=Outcome.REVIEW,
        in_reply_to=message.message_id,
        references=tuple(dict.fromkeys(one for one in (*message.references, message.message_id) if one)),
        not_before=arrival.received + RECEIPT_AFTER,
    )

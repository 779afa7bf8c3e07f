"""What a decision about a message can conflict with: the events and mailboxes that no other host may decide
about meanwhile.

Several hosts decide at a time where their decisions cannot conflict. A decision about a form for one
event counts the places and looks for the people of that event, and counts what its sender, and those whom
it names, were mailed. Anything else (an answer in a thread, words, a form for an event that it does not
name) may involve anything, and is decided alone, as is all that the secretary, or the time, decides."""

from __future__ import annotations

from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.message import Address, Message
from mailbot.domain.submission import Intent, Submission, SubmissionKind

#: What reaches further than this is decided alone.
MOST = 20


def lock_scope(message: Message, submission: Submission, settings: Settings) -> frozenset[str] | None:
    """The events and mailboxes within which a decision about a message stays: the events that its form may be
    for, and the mailboxes of those who are mailed or counted. None where it may reach anywhere."""
    if not _is_plain_form(message, submission):
        return None
    named = {clue.event for clue in submission.clues}
    named |= {person.event for person in submission.people if person.event}
    events = named or {one.id for one in settings.events.values() if one.form == submission.form}
    mailboxes = _writers(message) | _on_form(submission)
    met = {f"event {one}" for one in events} | {f"mailbox {one}" for one in mailboxes}
    return frozenset(met) if events and "" not in events and len(met) <= MOST else None


def _is_plain_form(message: Message, submission: Submission) -> bool:
    """Whether a message is a form and nothing else, which answers nothing and names nobody beside it."""
    return (
        submission.found is SubmissionKind.FORM
        and submission.intent in (Intent.NONE, Intent.FORM, Intent.REGISTER)
        and not (submission.nrs or submission.named or submission.told or submission.substitute)
        and not (message.thread or message.bounce or message.calendar_reply)
    )


def _writers(message: Message) -> set[str]:
    """The mailboxes of those who sent a message, or passed it on."""
    writers = [message.sender, message.reply_to, message.forwarded.sender if message.forwarded else None]
    return {one.mailbox for one in writers if one}


def _on_form(submission: Submission) -> set[str]:
    """The mailboxes that answers of a form name."""
    values = (answer.value for person in submission.people for answer in person.answers.values())
    return {Address(one.strip()).mailbox for one in values if isinstance(one, str) and "@" in one}


def stays_within(decision: Decision, context: DecisionContext, met: frozenset[str]) -> bool:
    """Whether a decision touches only events of its reach. A case or row of no event counts as outside."""
    events = {decision.event, *(one.event for one in decision.cases), *(m.event for m in decision.mailings)}
    for result in decision.results:
        events |= {one.event for one in (result.before, result.after) if one}
    events |= {line.event for line in decision.log if line.event}
    of_cases = {one.id: one.event for one in context.open_cases}
    events |= {of_cases.get(number, "") for number in decision.closes}
    alone = decision.announce or decision.facts or decision.destroy or decision.corrects
    return not alone and all(f"event {one}" in met for one in events)

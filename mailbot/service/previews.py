"""What each decision about an open case would mail, before she takes it. The code that decides makes
these mails; nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.cases import decide_case
from mailbot.decision.undo import refusal, undone
from mailbot.domain.case import Case, Choice, Edit, EditKind, choice_of, words_of
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.message import Arrival
from mailbot.domain.settled import Preview, SettledCase
from mailbot.domain.statement import Says, Told, say
from mailbot.domain.submission import Submission
from mailbot.matching.names import reached_at
from mailbot.notifications import compose
from mailbot.wording.secretary import REMARK_TO_COME

#: Of a case that may belong to several events, so many are shown.
_EVENTS = 3


def foreseen(
    case: Case,
    places: Sequence[str],
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    arrival: Arrival | None,
    submission: Submission | None,
) -> Iterator[Preview]:
    """The mails that each choice about an open case would send; for a choice that mails nobody, one without
    an address. ``places`` are the nrs of registrations whose place somebody may take."""
    for word in words_of(case.choices, places):
        choice, nr = choice_of(word)
        if choice is Choice.UNDO:
            continue  # of a question that she asked: that she took it back is told then
        remark = REMARK_TO_COME if choice in (Choice.ASK, Choice.ANSWER) else ""
        drawn: dict[tuple[Told, str], Preview] = {}
        for event in _events(case, settings, now):
            edit = Edit(EditKind.DECISION, "", nr, case=case.id, choice=choice, remark=remark, event=event)
            decision = decide_case(case, edit, context, settings, now, arrival, submission)
            for one in _mails(case, word, decision, arrival, settings, now):
                drawn.setdefault((one.to, one.text), one)
        yield from drawn.values() or (Preview(case.id, case.who, word),)


def of_undoing(
    held: SettledCase, context: DecisionContext, settings: Settings, now: datetime, arrival: Arrival | None
) -> Iterator[Preview]:
    """The corrections that undoing a decision would send."""
    if not any(one.left for one in held.mails) or refusal(held, context, settings):
        return
    edit = Edit(EditKind.DECISION, "", case=held.case.id, choice=Choice.UNDO)
    decision = undone(held, edit, context, settings, now)
    yield from _mails(held.case, Choice.UNDO, decision, arrival, settings, now)


def _events(case: Case, settings: Settings, now: datetime) -> tuple[str, ...]:
    """The events to show it for: the case's own, or each that it may belong to."""
    if case.event:
        return ("",)
    going = (e.id for e in settings.events.values() if e.is_going_on(now, settings.zone))
    return (case.events or tuple(going))[:_EVENTS] or ("",)


def _mails(
    case: Case,
    choice: str,
    decision: Decision,
    arrival: Arrival | None,
    settings: Settings,
    now: datetime,
) -> Iterator[Preview]:
    decision = replace(decision, tell_secretariat=False)
    many: Told = ""
    if (letter := decision.announce) is not None:  # the same mail to each: one shows it
        form = settings.form_of(settings.events[letter.event])
        reached = [(one, reached_at(one, form, settings.own_addresses)) for one in letter.to]
        to = [one for one, email in reached if email]
        count = len({email for _, email in reached if email}) + len(letter.addresses)
        many = say(Says.ADDRESSEES, count=count)
        first = replace(letter, to=tuple(to[:1]), addresses=() if to else letter.addresses[:1])
        decision = replace(decision, announce=first)
    sender = arrival.message.sender.email if arrival else ""
    new = sum(1 for one in decision.results if one.after is not None and one.before is None)
    for mail in compose(decision, arrival, settings, now):
        name = "" if many or mail.to.email == sender else mail.to.name
        reader = many or mail.to.email
        yield Preview(case.id, case.who, choice, reader, mail.subject, mail.text, name, registers=new)

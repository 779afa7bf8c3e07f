"""Places that a known organisation asks for without naming anybody: a row for each, while the names are
asked."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import body_of, places_asked
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, FieldKind
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Answer, Intent, Person

NAME = "plaatsen"


def places(draft: DecisionDraft) -> DecisionDraft:
    """Returns the draft with an entry for each place that its words ask for, with the organisation of the
    sender as its only answer; unchanged where somebody is named or no number of places is asked."""
    wanted = 0 if draft.entries else places_asked(draft)
    if not wanted:
        return draft.saw(NAME, Saw.NONE_NAMELESS)
    body = body_of(draft.sender, draft.settings.organisations)
    answers = {
        field.key: Answer(body, Location().at(Unit.SENDER))
        for field in draft.form.of_kind(FieldKind.ORGANISATION)[:1]
        if body
    }
    if draft.form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(True, Location().at(Unit.MAIL))
    entries = (Entry(n, Person(answers, body), intent=Intent.REGISTER) for n in range(wanted))
    return replace(draft, entries=tuple(entries)).saw(NAME, Saw.NAMELESS_PLACES, count=wanted, body=body)

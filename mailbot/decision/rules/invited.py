"""An event may have a list of invited organisations: a person of another organisation becomes a case."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.giving_place import choices, places
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Outcome
from mailbot.domain.form import FieldKind
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.matching.names import organisation_of

NAME = "genodigd"


def invited(draft: DecisionDraft) -> DecisionDraft:
    """Leaves new people of an organisation that was not invited to the secretary."""
    event = draft.event
    assert event is not None
    if not event.organisations:
        return draft.saw(NAME, Saw.OPEN_TO_ALL)
    if CaseKind.NOT_INVITED in draft.override.waived:
        return draft.saw(NAME, Saw.SECRETARY_DECIDED)
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    assert draft.event is not None
    assert draft.event.organisations
    said = entry.person.values
    organisation = organisation_of(said, draft.form)
    asked = {f.key for f in draft.form.fields if f.kind is FieldKind.ORGANISATION}
    if entry.current is not None or not organisation or any(p.field in asked for p in entry.problems):
        return draft.saw(NAME, Saw.KNOWN_OR_ASKED), entry
    members = {member.name for member in draft.settings.organisations.members(draft.event.organisations)}
    if entry.person.organisation_known in members:
        return draft.saw(NAME, Saw.ON_LIST, organisation=entry.person.organisation_known), entry
    not_listed = say(Says.NOT_ON_LIST, organisation=organisation)
    draft = draft.found(NAME, not_listed).open_case(
        CaseKind.NOT_INVITED,
        (say(Says.NOT_INVITED, organisation=organisation),),
        choices(draft),
        entry=entry,
        payload=places(draft),
    )
    return draft, entry.settled(Outcome.REVIEW, None, not_listed)

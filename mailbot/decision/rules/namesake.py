"""Somebody excused may be a registered person of nearly the same name: a case asks before a row is made."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.intents import stays_away
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.matching.names import describe, may_be_called, name_of, organisation_of
from mailbot.text.normalize import fold

NAME = "misschien iemand die bekend is"


def namesake(draft: DecisionDraft) -> DecisionDraft:
    """Asks who is meant by initials, a last name alone or a slip of the pen that fit somebody at the event,
    of the same organisation as far as both are known."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    if entry.current is not None or not stays_away(draft, entry) or draft.agreed:
        return draft.saw(NAME, Saw.NOTHING), entry
    decided = draft.override.same_as
    if decided is not None:
        same = next((one for one in _known(draft) if one.nr == decided), None)
        # who is excused says nothing else of themselves
        kept = entry.kept | (set(entry.person.answers) - {ATTENDS})
        return draft.saw(NAME, Saw.DECIDED_WHO, who=decided or say(Saw.SOMEBODY_ELSE)), (
            replace(entry, current=same, kept=kept) if same else entry
        )
    taken = {one.current.nr for one in draft.entries if one.current is not None}
    alike = [one for one in _known(draft) if one.nr not in taken and _may_be(draft, entry, one)]
    return _ask_who(draft, entry, alike) if alike else (draft.saw(NAME, Saw.NO), entry)


def _ask_who(draft: DecisionDraft, entry: Entry, alike: list[Registration]) -> tuple[DecisionDraft, Entry]:
    """The case that asks which of these does not come, if it is one of them."""
    others = tuple(
        say(Says.LISTED, nr=one.nr, who=describe(one.answers, draft.form), status=str(one.status))
        for one in alike
    )
    nrs = tuple(one.nr for one in alike)
    draft = draft.saw(NAME, Saw.MAY_BE, who=draft.who(entry), others=nrs).open_case(
        CaseKind.SAME_PERSON,
        (say(Says.MAY_BE_CALLED, by=draft.sender.email, who=draft.who(entry), others=others),),
        (Choice.SAME, Choice.OTHER, *draft.answering, Choice.DONE),
        entry=entry,
        payload={"nr": alike[0].nr},
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.PERHAPS_KNOWN))


def _known(draft: DecisionDraft) -> list[Registration]:
    return sorted(draft.known_at_event, key=lambda one: (one.status.is_out, one.nr))


def _may_be(draft: DecisionDraft, entry: Entry, known: Registration) -> bool:
    answers = entry.person.answers
    said = {key: answer.value for key, answer in answers.items()}
    if not may_be_called(name_of(said, draft.form), name_of(known.answers, draft.form)):
        return False
    if known.sender.lower() == draft.sender.email.lower():
        return True
    body, theirs = entry.person.organisation_known, known.organisation_known
    if body and theirs:
        return body == theirs
    written = fold(organisation_of(said, draft.form)), fold(organisation_of(known.answers, draft.form))
    return not all(written) or written[0] == written[1]

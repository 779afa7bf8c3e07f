"""Only who has to do with a registration may change or withdraw it."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import relation
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration
from mailbot.matching.names import email_of

NAME = "afzender hoort bij de inschrijving"


def unrelated(draft: DecisionDraft) -> DecisionDraft:
    """Leaves to a person what a stranger wants of somebody's registration."""
    if CaseKind.UNRELATED in draft.ruling.waived or CaseKind.SAME_PERSON in draft.ruling.waived:
        return draft.find(NAME, "beslist door het secretariaat")
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None:
        return draft.find(NAME, "nieuwe persoon"), entry
    why = relation(draft, current) or _first_form(draft, current)
    if why:
        return draft.find(NAME, f"{current.nr}: {why}"), entry
    draft = draft.find(NAME, f"{current.nr}: {draft.sender.email} heeft er niets mee te maken").open_case(
        CaseKind.UNRELATED,
        f"{draft.sender.email} wil iets aan deze inschrijving veranderen, maar dat adres heeft er niets mee "
        f'te maken. Mail: "{draft.submission.words.strip() or draft.arrival.message.subject}"',
        (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, None, "afzender onbekend bij de inschrijving")


def _first_form(draft: DecisionDraft, current: Registration) -> str:
    """A row that she typed in without an address is nobody's by mail until their form comes: same
    name and organisation are then the same person (CONTRACT.md)."""
    addresses = email_of(current.answers, draft.form) + current.sender
    if draft.submission.people and "@" not in addresses:
        return "ingetypt zonder adres, en dit is hun formulier"
    return ""

"""Only who has to do with a registration may change or withdraw it."""

from __future__ import annotations

from mailbot.decision.draft import Draft, Entry
from mailbot.decision.names import email_of
from mailbot.model import CaseKind, Choice, Outcome, Registration

NAME = "afzender hoort bij de inschrijving"

#: Domains where everybody has an address: sharing one says nothing.
PUBLIC = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "outlook.be", "hotmail.com", "hotmail.be", "live.com",
        "live.be", "msn.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "proton.me", "protonmail.com",
        "telenet.be", "skynet.be", "proximus.be", "pandora.be", "scarlet.be", "voo.be", "gmx.com", "gmx.net",
    }
)  # fmt: skip


def unrelated(draft: Draft) -> Draft:
    """Leaves to a person what a stranger wants of somebody's registration."""
    if CaseKind.UNRELATED in draft.ruling.waived or CaseKind.SAME_PERSON in draft.ruling.waived:
        return draft.find(NAME, "beslist door het secretariaat")
    return draft.each(_judge)


def _judge(draft: Draft, entry: Entry) -> tuple[Draft, Entry]:
    current = entry.current
    if current is None:
        return draft.find(NAME, "nieuwe persoon"), entry
    why = _relation(draft, current)
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


def _relation(draft: Draft, current: Registration) -> str:
    """What the sender has to do with a registration, in Dutch; empty for nothing."""
    address = draft.sender.email.lower()
    outer = draft.arrival.message.sender.email.lower()
    domain = address.rpartition("@")[2]
    theirs = {current.sender.lower(), email_of(current.answers, draft.form)} - {""}
    organisation = draft.settings.organisations.named(current.organisation_known)
    if address in theirs:
        return "het adres van de inschrijving"
    if outer in draft.settings.forwarders or address in draft.settings.forwarders:
        return "doorgestuurd door een partner"
    if current.nr in draft.known.thread:
        return "antwoord op onze mail"
    if organisation is not None and (domain in organisation.domains or address == organisation.email.lower()):
        return f"adres van {organisation.name}"
    if domain not in PUBLIC and domain in {mail.rpartition("@")[2] for mail in theirs}:
        return "zelfde maildomein"
    return ""

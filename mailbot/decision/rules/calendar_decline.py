"""Declining our calendar invitation withdraws, silently (RFC 5546), and a person has a look.

The UID of an entry can be guessed: who has nothing to do with the registration, or is not who they
say, withdraws nobody.
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import Right, access
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Status
from mailbot.domain.submission import Person

NAME = "agenda-antwoord"


def calendar_decline(draft: DecisionDraft) -> DecisionDraft:
    """Withdraws the registration whose invitation was declined; every other calendar answer is
    automatic mail."""
    reply = draft.arrival.message.calendar_reply
    if reply is None:
        return draft.find(NAME, "geen antwoord uit een agenda")
    nr = draft.known.calendar_uids.get(reply.uid, "")
    registration = next((r for r in draft.known.registrations if r.nr == nr), None)
    event = draft.settings.events.get(registration.event) if registration else None
    if reply.partstat.upper() != "DECLINED" or registration is None or event is None:
        return draft.find(NAME, f"{reply.partstat}: daar volgt niets uit").settle(
            Outcome.AUTOMATIC, answer=False
        )
    draft = replace(draft, event=event)
    entry = Entry(0, Person(), current=registration, mail=False)
    if registration.status not in (Status.REGISTERED, Status.WAITLISTED, Status.INCOMPLETE):
        return draft.find(NAME, f"geweigerd, maar {nr} was al {registration.status}").settle(
            Outcome.AUTOMATIC, answer=False
        )
    agreed = CaseKind.UNRELATED in draft.ruling.waived
    if not agreed and not access(draft, registration).may(Right.DECLINE):
        return _asked(draft, entry)
    entry = entry.settled(Outcome.CANCELLED, Status.CANCELLED, "de agenda-uitnodiging werd geweigerd")
    draft = replace(draft, entries=(entry,))
    if not agreed:
        draft = _told(draft, entry)
    return draft.find(NAME, f"uitnodiging van {nr} geweigerd").settle(Outcome.CANCELLED, answer=False)


def _told(draft: DecisionDraft, entry: Entry) -> DecisionDraft:
    return draft.open_case(
        CaseKind.CALENDAR_DECLINE,
        "De agenda-uitnodiging werd geweigerd; de inschrijving is daarom afgemeld. Vaak is dat een "
        "dubbele afspraak die iemand weggooit: kijk even na. Aanvaarden bevestigt de afmelding, "
        "weigeren zet de inschrijving terug.",
        (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
        entry=entry,
    )


def _asked(draft: DecisionDraft, entry: Entry) -> DecisionDraft:
    sender = draft.sender.email
    return (
        draft.find(NAME, f"geweigerd door {sender}, maar dat is niet zeker")
        .open_case(
            CaseKind.UNRELATED,
            f"De agenda-uitnodiging werd geweigerd door {sender}, maar dat adres heeft niets met de "
            "inschrijving te maken, of de mailserver kon het niet bevestigen. Er is niets veranderd; "
            "aanvaarden meldt af.",
            (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
            entry=entry,
        )
        .settle(Outcome.REVIEW, answer=False)
    )

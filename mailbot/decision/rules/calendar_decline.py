"""Declining our calendar invitation withdraws, silently (RFC 5546), and a person has a look."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import Draft, Entry
from mailbot.model import CaseKind, Choice, Outcome, Person, Status

NAME = "agenda-antwoord"


def calendar_decline(draft: Draft) -> Draft:
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
    entry = entry.settled(Outcome.CANCELLED, Status.CANCELLED, "de agenda-uitnodiging werd geweigerd")
    draft = replace(draft, entries=(entry,)).open_case(
        CaseKind.CALENDAR_DECLINE,
        "De agenda-uitnodiging werd geweigerd; de inschrijving is daarom afgemeld. Vaak is dat een "
        "dubbele afspraak die iemand weggooit: kijk even na. Aanvaarden bevestigt de afmelding, "
        "weigeren zet de inschrijving terug.",
        (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
        entry=entry,
    )
    return draft.find(NAME, f"uitnodiging van {nr} geweigerd").settle(Outcome.CANCELLED, answer=False)

"""What acts, wishes and senders that are machines are called in what the secretary reads, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.domain.message import MachineSign
from mailbot.domain.submission import ActKind, Intent

#: What each act is.
ACTS: Mapping[str, str] = {
    ActKind.COME: "komt",
    ActKind.NOT_COME: "komt niet",
    ActKind.RESTORE: "komt toch",
    ActKind.BRING: "brengt iemand mee",
    ActKind.PLACES: "vraagt plaatsen",
    ActKind.SUBSTITUTE: "iemand komt in de plaats",
    ActKind.CHANGE: "iets wijzigen",
    ActKind.PARTIAL: "komt niet voor alles (later, vroeger weg of zonder maaltijd)",
    ActKind.CONDITION: "onder voorwaarde",
    ActKind.UNSURE: "weet het nog niet",
    ActKind.QUESTION: "een vraag",
    ActKind.COPY: "de bevestiging opnieuw",
    ActKind.ERASE: "gegevens wissen",
    ActKind.ACCESS: "inzage in gegevens",
}
#: What the words of a mail want.
WISHES: Mapping[str, str] = {
    Intent.WITHDRAW: "Afmelding",
    Intent.EXCUSE: "Verontschuldiging",
    Intent.SUBSTITUTE: "Vervanging",
}
#: What shows that no person sent a mail, or that it may not be answered.
MACHINES: Mapping[str, str] = {
    MachineSign.OURS: "een antwoord van mailbot zelf",
    MachineSign.OWN_ADDRESS: "verstuurd van het eigen adres",
    MachineSign.CALENDAR: "antwoord van een agenda",
    MachineSign.READ_RECEIPT: "leesbevestiging",
    MachineSign.AUTO_REPLY: "automatisch antwoord",
    MachineSign.AUTO_MESSAGE: "automatisch bericht",
    MachineSign.NO_ENVELOPE_SENDER: "zonder afzender op de omslag",
    MachineSign.NO_SENDER: "zonder afzender",
    MachineSign.PASSED_BY_LIST: "via een mailinglijst",
    MachineSign.NEWSLETTER: "een nieuwsbrief",
    MachineSign.WANTS_NO_REPLY: "afzender wil geen automatisch antwoord",
    MachineSign.NO_REPLY_ADDRESS: "adres dat geen antwoord wil",
    MachineSign.REWRITTEN_BY_LIST: "herschreven door een lijst",
    MachineSign.COPIER: "kopieertoestel",
    MachineSign.AUTO_REPLY_SUBJECT: "automatisch antwoord (onderwerp)",
    MachineSign.AUTO_MESSAGE_TEXT: "automatisch bericht (tekst)",
    MachineSign.AWAY: "afwezigheidsbericht",
    MachineSign.RECEIPT: "ontvangstbevestiging",
    MachineSign.AWAY_TEXT: "afwezigheidsbericht (tekst)",
    MachineSign.UNDELIVERED: "niet bezorgde mail",
    MachineSign.MAIL_SERVER: "bericht van een mailserver",
    MachineSign.LIST: "mailinglijst",
    MachineSign.BULK: "bulkmail (Precedence: bulk)",
    MachineSign.JUNK: "bulkmail (Precedence: junk)",
}

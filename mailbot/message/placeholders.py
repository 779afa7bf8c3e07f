"""What servers and scanners put in the place of a mail or a file that they withheld. No person wrote it, so
nothing in it is an answer."""

from __future__ import annotations

import re

from mailbot.domain.document import Part
from mailbot.message.headers import Headers
from mailbot.text import charsets

#: How scanners name the text that they leave behind (MailScanner, Exchange, Symantec), and the file that
#: Safe Attachments delivers until its scan is done.
_NAMES = re.compile(
    r"(?:[\w.]+-)?(?:virus|attachment|malware|security|removed|quarantined?)"
    r"[-_ ]?(?:warning|alert|attachment)\b.*\.(?:txt|html?)"
    r"|deleted[-_ ]?(?:attachment)?[-_ ]?\d*\.(?:txt|html?)"
    r"|.*\bscan[-_ ]in[-_ ]progress\b.*",
    re.I,
)
#: Such a text says three things, in any order: a file, that it was removed, and why (en, nl, fr, de).
_OF_A_FILE = re.compile(r"attachment|\bfile\b|bijlage|bestand|pi[eè]ce jointe|fichier|anhang|anlage", re.I)
_GONE = re.compile(
    r"removed|deleted|replaced|blocked|stripped|quarantine|verwijderd|vervangen|geblokkeerd|tegengehouden"
    r"|supprim|remplac|bloqu|entfernt|ersetzt|blockiert|gelöscht",
    re.I,
)
_WHY = re.compile(
    r"virus|malware|infected|trojan|security polic|content polic|besmet|beleid|infect|antivir|infiziert"
    r"|richtlinie",
    re.I,
)
#: Characters: a form that speaks of viruses is longer.
_LONGEST = 3_000
#: A line of a header that a server repeats ("Sent date: 12/11/2026").
_REPEATED = re.compile(r"^\s*[^\W\d_][\w ]{1,24}:\s*\S", re.M)


def stands_for_a_file(part: Part) -> bool:
    """Whether a part is what a scanner left in the place of an attachment."""
    if _NAMES.fullmatch(part.name.strip()):
        return True
    if not part.media_type.startswith("text/") or len(part.data) > _LONGEST:
        return False
    text = charsets.decode(part.data)
    return all(pattern.search(text) for pattern in (_OF_A_FILE, _GONE, _WHY))


def stands_for_a_mail(headers: Headers, text: str) -> bool:
    """Whether a mail server wrote this in the place of a message that it could not give (Exchange:
    "The server couldn't retrieve the following message"): it travelled nowhere, nobody sent it, and it
    repeats fields of another."""
    travelled = headers.has("received") or headers.has("message-id") or headers.has("date")
    if travelled or headers.addresses("from", "sender") or not headers.has("from"):
        return False
    return len(_REPEATED.findall(text[:_LONGEST])) >= 2

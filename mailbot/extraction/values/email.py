"""A mail address."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address
from mailbot.domain.submission import Code
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.matching.names import whole_address
from mailbot.text.normalize import tidy

#: Domains that many people have; one letter off is a slip.
_COMMON = (
    "gmail.com",
    "hotmail.com",
    "hotmail.be",
    "outlook.com",
    "outlook.be",
    "telenet.be",
    "skynet.be",
    "proximus.be",
    "scarlet.be",
    "icloud.com",
    "yahoo.com",
    "live.be",
)
_COMMON_NAMES = {domain.rpartition(".")[0] for domain in _COMMON if len(domain.rpartition(".")[0]) > 4}
_SLIPPED_ENDINGS = frozenset({"con", "cm", "om", "cmo", "comm", "bee", "bbe", "eb", "ne", "vlaandern"})
_CURLY = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;:\"|/])[^\s<>()\[\],;:\"|/]+@[^\s<>()\[\],;:\"|/]+")


def addresses_in(text: str) -> tuple[str, ...]:
    """All that looks like a mail address, in order, none twice."""
    return tuple(
        dict.fromkeys(
            found.lstrip("'").rstrip(".'") for found in _ADDRESS.findall(text.replace("mailto:", " "))
        )
    )


def read_email(text: str, domains: frozenset[str], own: frozenset[str]) -> ParsedValue:
    """The address as written. Doubted, never corrected: an obvious slip ("@gmial.com"), a domain
    one letter off a known one in ``domains``, several addresses, one of our ``own``."""
    # Word makes a curly one of the apostrophe in d'hondt@…; no mailbox was seen to have one.
    seen = _CURLY.sub("'", tidy(text))
    if len(whole_address(seen).split()) == 1:
        seen = whole_address(seen)
    found = addresses_in(seen)
    if len({address.lower() for address in found}) > 1:
        return doubted(seen, Code.AMBIGUOUS, Reason.MANY_EMAILS, seen)
    if not found:
        return doubted(seen, Code.INVALID, Reason.NO_EMAIL, seen)
    address = found[0]
    around = re.sub(r"mailto:", "", seen).replace(address, "").strip(" <>().,;:'\"")
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return doubted(seen, Code.INVALID, Reason.NO_EMAIL, seen)
    if address.lower() in own:
        return doubted(address, Code.INVALID, Reason.OWN_EMAIL, seen)
    if Address(address).is_machine:
        return doubted(address, Code.INVALID, Reason.UNREAD_EMAIL, seen)
    if around and around.lower() != address.lower():
        return doubted(address, Code.UNSURE, Reason.MORE_THAN_EMAIL, seen)
    if _looks_mistyped(address.rpartition("@")[2].lower(), domains):
        return doubted(address, Code.UNSURE, Reason.EMAIL_SLIP, seen)
    return ParsedValue(address, seen=seen)


@lru_cache(maxsize=1024)
def _looks_mistyped(domain: str, known: frozenset[str]) -> bool:
    name, _, ending = domain.rpartition(".")
    if len(ending) < 2 or ending in _SLIPPED_ENDINGS or ending.isdigit():
        return True
    if domain in known or domain in _COMMON:
        return False
    if name in _COMMON_NAMES and ending in ("co", "cm", "nl", "de", "fr", "b", "e"):
        return ending in ("co", "cm", "b", "e")
    return any(
        OSA.distance(domain, other, score_cutoff=1) <= 1 for other in (*_COMMON, *known) if len(other) > 7
    )

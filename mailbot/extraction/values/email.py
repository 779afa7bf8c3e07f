"""A mail address."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address
from mailbot.domain.submission import Code
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.matching.addresses import addresses_in, slip
from mailbot.matching.names import whole_address
from mailbot.text.normalize import tidy

_slip = lru_cache(maxsize=1024)(slip)
_CURLY = re.compile("[\u2018\u2019\u02bc\u00b4`]")


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
    if _slip(address.rpartition("@")[2].lower(), domains):
        return doubted(address, Code.UNSURE, Reason.EMAIL_SLIP, seen)
    return ParsedValue(address, seen=seen)

"""Mail addresses that were typed by hand: what is wrong with one, in a few words."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.organisation import Organisations

_ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\W\d_]{2,}")
#: Shorter domains are too much alike to say that one is a slip for another.
_LONG_ENOUGH = 7
#: Where most people here have a private address, and domains beside those that exist as well.
_PROVIDERS = frozenset({"gmail.com", "hotmail.com", "outlook.com", "telenet.be", "skynet.be", "proximus.be"})
_BESIDE = frozenset({"mail.com", "email.com", "ymail.com"})


def can_be_address(email: str) -> bool:
    """Whether a mail could be sent to this at all."""
    return bool(_ADDRESS.fullmatch(email.strip()))


def doubt_about(email: str, organisations: Organisations) -> Doubt | None:
    """Why an address may be a slip (it cannot be one, or its domain is one
    letter off that of an organisation in the list); None where nothing is wrong."""
    if not can_be_address(email):
        return Doubt(Reason.IMPOSSIBLE_EMAIL)
    domain = email.strip().rpartition("@")[2].lower()
    known = {one.lower() for organisation in organisations.organisations for one in organisation.domains}
    if domain in known | _PROVIDERS | _BESIDE or len(domain) < _LONG_ENOUGH:
        return None
    ending = domain.rpartition(".")[2]
    known |= {one for one in _PROVIDERS if one.endswith(f".{ending}")}  # that of another country is another
    near = sorted(one for one in known if OSA.distance(domain, one, score_cutoff=1) == 1)
    return Doubt(Reason.RESEMBLES, f"@{near[0]}") if near else None

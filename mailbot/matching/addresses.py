"""Mail addresses that were typed by hand: those in a text, and what is wrong with one, in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.organisation import Organisations
from mailbot.matching.endings import ENDINGS

_ATOM, _LABEL = r"[^\s@<>(),;:.\[\]\"]+", r"[^\W_](?:[\w-]*[^\W_])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?:[^\W\d_]{{2,}}|xn--[a-z0-9-]+)", re.I)
#: Shorter domains are too much alike to say that one is a slip for another.
_LONG_ENOUGH = 8
#: Where many people have an address that are nowhere else: the same name with another ending is a slip.
_ONLY_THERE = frozenset(
    {"gmail.com", "icloud.com", "telenet.be", "skynet.be", "proximus.be", "scarlet.be"}
)  # fmt: skip
#: Those of many countries.
_IN_COUNTRIES = frozenset(
    {"hotmail.com", "hotmail.be", "outlook.com", "outlook.be", "yahoo.com", "live.be"}
)  # fmt: skip
#: Where anybody may have an address.
PROVIDERS = _ONLY_THERE | _IN_COUNTRIES
#: Providers that exist as well, a letter beside one of those.
_BESIDE = frozenset({"mail.com", "email.com", "ymail.com"})
#: Of countries far away, and of a slip for "com" or "net"; behind the name of a provider "co" too.
_SLIPPED = frozenset({"cm", "om", "ne"})
#: An ending that is nowhere, for examples.
_RESERVED = frozenset({"example"})
#: What looks like one in a text, and may be none.
_SEEN = re.compile(r"(?<![^\s<>()\[\],;:\"|/])[^\s<>()\[\],;:\"|/]+@[^\s<>()\[\],;:\"|/]+")


def is_cut(word: str, rest: str) -> bool:
    """Whether a word is an address that is broken off in its domain, and ``rest`` what is left of it: no such
    ending exists without, and one does with it ("an@damme.exa", "mple")."""
    return not _ends_well(word) and _ADDRESS.fullmatch(word + rest) is not None and _ends_well(word + rest)


def _ends_well(address: str) -> bool:
    _, dot, ending = address.rpartition("@")[2].lower().rpartition(".")
    return bool(dot) and ending in ENDINGS | _RESERVED


def addresses_in(text: str) -> tuple[str, ...]:
    """All that looks like a mail address, in order, none twice."""
    return tuple(
        dict.fromkeys(
            found.lstrip("'").rstrip(".'?!") for found in _SEEN.findall(text.replace("mailto:", " "))
        )
    )


def can_be_address(email: str) -> bool:
    """Whether a mail could be sent to this at all."""
    return bool(_ADDRESS.fullmatch(email.strip()))


def doubt_about(email: str, organisations: Organisations) -> Doubt | None:
    """Why an address that was typed may be a slip (it cannot be one, or its domain is hardly right); None
    where nothing is wrong."""
    if not can_be_address(email):
        return Doubt(Reason.IMPOSSIBLE_EMAIL)
    known = {one.lower() for organisation in organisations.organisations for one in organisation.domains}
    return slip(email.strip().rpartition("@")[2].lower(), frozenset(known))


def slip(domain: str, known: frozenset[str]) -> Doubt | None:
    """Why a domain (in lower case) may be a slip: one letter off one of the ``known`` ones or of a provider,
    or with an ending that does not exist; None where nothing is wrong."""
    if domain in known | PROVIDERS | _BESIDE:
        return None
    name, _, ending = domain.rpartition(".")
    namesakes = sorted(one for one in PROVIDERS if one.rpartition(".")[0] == name and ending not in _RESERVED)
    odd = (ending not in ENDINGS | _RESERVED and not ending.startswith("xn--")) or ending in _SLIPPED
    if namesakes and (odd or ending == "co" or namesakes[0] in _ONLY_THERE):
        return Doubt(Reason.RESEMBLES, f"@{namesakes[-1]}")
    near = _one_letter_off(domain, known | PROVIDERS)
    if near and not namesakes:
        return Doubt(Reason.RESEMBLES, f"@{near[0]}")
    return Doubt(Reason.EMAIL_SLIP) if odd else None


def _one_letter_off(domain: str, known: Iterable[str]) -> list[str]:
    """The long ones of these domains that one slip of the pen makes this one of, in order."""
    long = (one for one in known if len(one) >= _LONG_ENOUGH)
    return sorted(one for one in long if OSA.distance(domain, one, score_cutoff=1) == 1)

"""Whether the address in From is a person's: lists rewrite it, copiers mail in their own name."""

from __future__ import annotations

import re

from mailbot.domain.message import Address
from mailbot.message.headers import Headers

#: Where a list keeps the author that it took out of From, so that DMARC holds.
_AUTHOR = ("x-original-from", "x-original-sender", "reply-to")
_MAILTO = re.compile(r"mailto:([^>?,\s]+)")
_LIST_ID = re.compile(r"<([^<>\s]+)>\s*$")
_VIA = re.compile(r".\bvia\b.", re.I)
#: Words in the address of a machine that scans.
_COPIERS = frozenset(
    {
        "scan", "scanner", "scanto", "scantomail", "kopieerapparaat", "kopieertoestel", "kopieer", "copier",
        "copieur", "printer", "mfp", "mfc", "multifunctional", "multifunctioneel", "ricoh", "xerox", "konica",
        "kyocera", "sharp", "canon",
    }
)  # fmt: skip


def stand_in(headers: Headers, sender: Address) -> str:
    """Why the address in From is no person's, in Dutch; empty where it may be one's."""
    if sender.is_machine:
        return "adres dat geen antwoord wil"
    if headers.has("x-original-from") or headers.has("x-original-sender"):
        return "herschreven door een lijst"
    if _is_of_a_list(headers, sender):
        return "adres van een lijst"
    author = author_beside(headers, sender)
    if _VIA.search(sender.name) and author is not None:
        return "herschreven door een lijst"
    local = sender.email.rpartition("@")[0].lower()
    if not _COPIERS.isdisjoint(re.split(r"[-._+\d]+", local)):
        return "kopieertoestel"
    return ""


def author_beside(headers: Headers, sender: Address) -> Address | None:
    """The person whom the other headers name as the author, where that is another than From."""
    for name in _AUTHOR:
        for one in headers.addresses(name):
            own = one.email.lower() == sender.email.lower()
            if not (one.is_machine or own or _is_of_a_list(headers, one)):
                return one
    return None


def _is_of_a_list(headers: Headers, one: Address) -> bool:
    """Whether an address is that of the list itself which passed the mail on: where one posts to it
    (RFC 2369, ``List-Post``), or the list's name (RFC 2919, ``List-Id``: "Raad <raad.groups.example>")."""
    email = one.email.lower()
    posts = (address for field in headers.all("list-post") for address in _MAILTO.findall(field.lower()))
    names = (name for field in headers.all("list-id") for name in _LIST_ID.findall(field.lower()))
    return email in posts or email.replace("@", ".") in names

"""Whether the address in From is a person's: lists rewrite it, copiers mail in their own name."""

from __future__ import annotations

import re

from mailbot.domain.message import Address, MachineSign
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


def stand_in(headers: Headers, sender: Address) -> MachineSign:
    """Why the address in From is no person's; none where it may be one's."""
    if sender.is_machine:
        return MachineSign.NO_REPLY_ADDRESS
    if is_rewritten(headers, sender):
        return MachineSign.REWRITTEN_BY_LIST
    local = sender.email.rpartition("@")[0].lower()
    if not _COPIERS.isdisjoint(re.split(r"[-._+\d]+", local)):
        return MachineSign.COPIER
    return MachineSign.NONE


def is_rewritten(headers: Headers, sender: Address) -> bool:
    """Whether a list put itself into From in the place of who wrote (so that DMARC holds)."""
    if headers.has("x-original-from") or headers.has("x-original-sender"):
        return True
    named_via = bool(_VIA.search(sender.name)) and author_beside(headers, sender) is not None
    return named_via or is_of_a_list(headers, sender.email)


def author_beside(headers: Headers, sender: Address) -> Address | None:
    """The person whom the other headers name as the author, where that is another than From."""
    for name in _AUTHOR:
        for one in headers.addresses(name):
            own = one.email.lower() == sender.email.lower()
            if not (one.is_machine or own or is_of_a_list(headers, one.email)):
                return one
    return None


def is_of_a_list(headers: Headers, address: str) -> bool:
    """Whether an address is that of the list itself which passed the mail on: where one posts to it
    (RFC 2369, ``List-Post``), or the list's name (RFC 2919, ``List-Id``: "Raad <raad.groups.example>")."""
    email = address.lower()
    posts = (address for field in headers.all("list-post") for address in _MAILTO.findall(field.lower()))
    names = (name for field in headers.all("list-id") for name in _LIST_ID.findall(field.lower()))
    return email in posts or email.replace("@", ".") in names

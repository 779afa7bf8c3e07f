"""A fingerprint of what a mail holds, the same however it travelled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mailbot.message.mime import Leaf


def digest(leaves: Sequence[Leaf]) -> str:
    """SHA-256, hexadecimal, of the decoded parts in order. Transfer encoding, charset, line
    ends, trailing white space and all header fields make no difference."""
    total = hashlib.sha256()
    for leaf in leaves:
        if leaf.media_type.startswith("text/"):
            text = "\n".join(line.rstrip() for line in leaf.text.splitlines())
            data = text.strip("\n").encode("utf-8", "replace")
        else:
            data = leaf.data.rstrip(b"\r\n")
        if data:
            total.update(hashlib.sha256(data).digest())
    return total.hexdigest()

"""What a child of the sandbox can be asked: the entry point that ``Sandbox`` hands to its pool."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from mailbot.sandbox import protocol

if TYPE_CHECKING:
    from mailbot.pipeline.sandbox import Setup

#: What this child was told of the configuration: one, once it was told.
_told: list[Setup] = []


def run(job: str, *arguments: Any) -> object:
    """The answer to one job. Raises ``ValueError`` for a job it does not know."""
    # Imported here: a child for Word forms never loads the code for Outlook messages.
    if job == "whole":
        from mailbot.pipeline.in_place import read_whole

        raw, now, waiting = arguments
        whole = read_whole(raw, _told[-1], now, frozenset(waiting))
        if whole is None:
            return None
        mail, files, submission = whole
        return mail, any(one.out_of_time for one in files), protocol.dump(files), submission
    if job == "setup":
        (data,) = arguments
        _told[:] = [pickle.loads(data)]  # noqa: S301  of the worker, before anything of a stranger's is here
        return None
    if job == "parse":
        from mailbot import message

        raw, own_addresses, authserv_id = arguments
        return message.parse(raw, frozenset(own_addresses), authserv_id)
    if job == "read":
        from mailbot import documents

        return documents.read(*arguments)
    if job in ("outlook", "winmail"):
        from mailbot.message import outlook

        data, own_addresses = arguments
        parse = outlook.parse if job == "outlook" else outlook.winmail
        return parse(data, frozenset(own_addresses))
    raise ValueError(f"no job {job}")

"""A defect of ours in a step that must not hold up the others: the log gets it with a reference, the
secretary a sentence that names the reference."""

from __future__ import annotations

import logging
import secrets

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say

log = logging.getLogger(__name__)


def told_as_defect(what: Statement) -> Statement:
    """What the secretary is told of what could not be done; the exception being handled goes into the log
    under the same reference."""
    reference = secrets.token_hex(3).upper()
    log.exception("defect %s: %s", reference, what.code)
    return say(FileSays.DEFECT, what=what, reference=reference)

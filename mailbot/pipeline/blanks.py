"""A blank form that somebody names, read in the sandbox: its template, or why it is no blank form."""

from __future__ import annotations

from enum import StrEnum

from mailbot.config.settings import WorkbookNames
from mailbot.domain.document import Location, ParseStatus, Part
from mailbot.extraction.adoption import is_filled_in
from mailbot.extraction.drafting import template_of
from mailbot.extraction.template import Template
from mailbot.pipeline.own_workbook import is_own_workbook
from mailbot.pipeline.sandbox import Sandbox

FORMATS = (".docx", ".doc", ".odt", ".pdf", ".xlsx")


class BlankFault(StrEnum):
    """Why a file is no blank form."""

    PROTECTED = "protected"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    UNSUPPORTED = "unsupported"
    FILLED_IN = "filled in"
    NO_ROOM = "no room"


_FAULTS = {
    ParseStatus.PROTECTED: BlankFault.PROTECTED,
    ParseStatus.TOO_LARGE: BlankFault.TOO_LARGE,
    ParseStatus.TOO_SLOW: BlankFault.TOO_LARGE,
    ParseStatus.UNSUPPORTED: BlankFault.UNSUPPORTED,
}


def read_blank(name: str, data: bytes, sandbox: Sandbox, names: WorkbookNames) -> Template | BlankFault:
    """The template of a blank form; a workbook of ours, by the ``names`` it has, is none but holds people."""
    if not name.lower().endswith(FORMATS):
        return BlankFault.UNSUPPORTED
    document = sandbox.read(Part(name, "application/octet-stream", data), Location())
    if document.state is not ParseStatus.READ:
        return _FAULTS.get(document.state, BlankFault.DAMAGED)
    template = template_of(document.blocks)
    if is_own_workbook(document.blocks, names) or is_filled_in(template):
        return BlankFault.FILLED_IN
    return BlankFault.NO_ROOM if not template.questions or document.recognised else template

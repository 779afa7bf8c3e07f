"""The blank forms that a form definition names, read once for each version of the file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mailbot.documents import read
from mailbot.domain.document import Location, ParseStatus, Part
from mailbot.extraction.drafting import template_of
from mailbot.extraction.template import Template


def templates_of(blanks: tuple[str, ...]) -> tuple[Template, ...]:
    """The templates of some blank forms. One that cannot be read any more is left out: the free reader
    reads its copies."""
    found = (_template(blank, _version(blank)) for blank in blanks)
    return tuple(template for template in found if template is not None)


def _version(blank: str) -> int:
    try:
        return Path(blank).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _template(blank: str, version: int) -> Template | None:
    if not version:
        return None
    path = Path(blank)
    document = read(Part(path.name, "application/octet-stream", path.read_bytes()), Location())
    return template_of(document.blocks) if document.state is ParseStatus.READ else None

"""What words give beside a name by its caption: "Karel Claes, schepen, lunch: ja".

The pieces beside a name go in; the answers to questions of a form come out, and what the form does not ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.domain.doubt import Reason
from mailbot.domain.form import UNASKED, FieldKind
from mailbot.domain.submission import Code, Problem, Value
from mailbot.extraction.coming import tells_of_coming
from mailbot.extraction.labels import Labels
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.intent import phrases
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.matching.addresses import addresses_in
from mailbot.text.normalize import letters, plain, tidy
from mailbot.text.phones import LIKE_PHONE

_CAPTIONED = re.compile(r"(?P<caption>[^\W\d_][^:,;|()]{1,38}?)\s*:\s*(?P<said>\S[^:]{0,120})")
#: What parts the pieces beside a name.
APART = re.compile(r"[|,;()\n]|\s[-–]\s")
#: Kinds that are found beside a name without their caption too, by what they look like.
_FOUND_BY_LOOK = frozenset({FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION, FieldKind.PHONE})


@dataclass(frozen=True, slots=True)
class Captioned:
    """One answer: its field (for what the form does not ask ``UNASKED`` and the letters of the caption), how
    it was read, and the words."""

    key: str
    read: ParsedValue
    words: str

    @property
    def is_asked(self) -> bool:
        """Whether the form asks it."""
        return not self.key.startswith(UNASKED)

    @property
    def value(self) -> Value | None:
        """The answer; None for what the form does not ask, or nothing was said of."""
        return self.read.value if self.is_asked else None

    def problem(self, person: int) -> Problem | None:
        """The doubt about it, if any."""
        code, reason = self.read.code, self.read.reason
        return Problem(person, self.key, code, reason, self.read.seen or self.words) if code else None


def caption_of(piece: str) -> tuple[str, str] | None:
    """A caption and what is said behind it, in a piece that tells neither whether somebody comes nor that
    they do not; else None."""
    found = _CAPTIONED.fullmatch(tidy(piece).strip(" ."))
    if found is None or tells_of_coming(found["caption"]):
        return None
    said = spaced(found["caption"])
    lex = lexicon(language_of(said))
    apart = any(lex.says(concept, said) for concept in ("not", "away", "leave", "instead"))
    return None if apart else (found["caption"], found["said"])


def declines(piece: str) -> bool:
    """Whether a piece says no to a caption of coming: "aanwezig: neen"."""
    found = _CAPTIONED.fullmatch(tidy(piece).strip(" ."))
    if found is None or not tells_of_coming(found["caption"]):
        return False
    return phrases.says_no(plain(found["said"]))


def says_who_stays(line: str) -> bool:
    """Whether a line says of whom it begins with that they do not come, behind a caption of coming."""
    return any(map(declines, APART.split(line)[1:]))


def is_all_read(beside: str, labels: Labels) -> bool:
    """Whether what stands beside a name holds captions, and each of them was read, and surely."""
    pieces = APART.split(beside)
    given = [*captioned_in(pieces, labels)]
    known = [one for one in given if one.is_asked and not one.read.code]
    return bool(given) and len(known) == sum(":" in piece for piece in pieces)


def captioned_in(pieces: Iterable[str], labels: Labels) -> Iterator[Captioned]:
    """The answers that pieces beside a name give by caption."""
    for piece in pieces:
        if (found := caption_of(piece)) is None:
            continue
        caption, said = found
        label = labels.exactly(caption)
        field = labels.form.field(label.key) if label and not label.negative else None
        if field is None and (addresses_in(said) or LIKE_PHONE.search(said)):
            continue
        if field is None:
            unknown = label.key if label and label.key.startswith(UNASKED) else f"{UNASKED}{letters(caption)}"
            read = doubted(None, Code.UNSURE, Reason.NOT_ASKED, tidy(piece))
            yield Captioned(unknown, read, tidy(piece))
        elif field.kind not in _FOUND_BY_LOOK:
            yield Captioned(field.key, read_value(field, said, ValueContext()), tidy(piece))

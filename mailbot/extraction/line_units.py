"""What leads on from the room in a line of a form: a unit that is counted there, or how one is reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.template import LONGEST, label_of
from mailbot.extraction.tokens import LEADS_ON, Line
from mailbot.text.lexicon import AN_AND, JOINING
from mailbot.text.normalize import letters, plain

#: What begins another sentence, and what leads to a number or an address.
_NO_UNIT, _REACHED_BY = re.compile(rf"{phrases('no_unit')}$"), re.compile(rf"{phrases('reached_by')}$")
_UNIT = re.compile(r"\s?([^\W\d_]{2,})")
_UNIT_AT_END = re.compile(r"\s?([^\W\d_]{2,}(?: [^\W\d_]{2,}){0,3})(?=\s*[.;]\s*$)")
#: Of several words, before the next that is counted: "Wij bestellen .... porties voor kinderen en ....".
_UNIT_OF_SEVERAL = re.compile(
    rf"\s?([^\W\d_]{{2,}}(?: [^\W\d_]{{2,}}){{1,3}}?)(?=,? {AN_AND} ?[._…]{{2,}}|,? {AN_AND} …)", re.I
)
#: What there is so much of: "x kip met sla (€ 16)".
_THING = re.compile(r"\s*(?:[x×]\s+)?([^\W\d_]{2}.*?)[\s.;,]*")


def counted(before: str, after: str) -> re.Match[str] | None:
    """The word behind some room that says what is counted there, in a sentence that leads on to it: "komt
    met ... volwassenen en ... kinderen"."""
    words = re.findall(r"\w+", before.lower())
    if not words or before.endswith(":"):
        return None
    leads = words[-1] in LEADS_ON
    more = _UNIT_OF_SEVERAL.match(after)  # what is counted next tells that this is
    last = _UNIT_AT_END.match(after) if words[0] in JOINING or not leads else None
    unit = more or last or (_UNIT.match(after) if leads else None)
    counts = unit is not None and unit[1][0].islower() and not _leads(unit[1].split()[0])
    return unit if counts and (leads or more or words[0] in JOINING) else None


def _leads(word: str) -> bool:
    return word in LEADS_ON or word in JOINING or bool(_NO_UNIT.match(word))


def led_on(before: str, after: str) -> str:
    """A sentence around a choice, as the label of it: "kom WEL / NIET naar de infoavond"."""
    rest = re.match(r"[ *]+([^\W\d_][^.;:_…\t]*)", after)
    if not before.strip() or before.rstrip().endswith(":") or not rest or not rest[1][0].islower():
        return ""
    return f"{label_of(before)} … {label_of(rest[1])}"[:LONGEST]


def reached_at(before: str) -> str:
    """The word of a sentence that says what stands in its room: "of je bereikt ons via mail"."""
    words = re.findall(r"[^\W\d_][\w-]*", before)
    if before.rstrip().endswith(":") or len(words) < 3 or not _REACHED_BY.match(plain(words[-2])):
        return ""
    known = lexicon().labels
    return words[-1] if letters(words[-1]) in known and letters(words[0]) not in known else ""


def things_behind(lines: Sequence[Line]) -> dict[int, str]:
    """What stands behind the room that begins a line, by the first token of that line: where a line that ends
    in a colon has two such lines or more below it ("Wij bestellen:", "... x kip met sla", "... x vis")."""
    found: dict[int, str] = {}
    for is_list, run in groupby(enumerate(lines), key=lambda numbered: bool(_thing_on(numbered[1]))):
        listed = list(run)
        first = listed[0][0]
        if is_list and len(listed) > 1 and first and lines[first - 1].text.rstrip().endswith(":"):
            found |= {line.first: _thing_on(line) for _, line in listed}
    return found


def _thing_on(line: Line) -> str:
    """The words of a line that begins with its only room; empty for another line."""
    if len(line.gaps) != 1 or line.text[: line.gaps[0].start].strip():
        return ""
    thing = _THING.fullmatch(line.text[line.gaps[0].end :])
    return thing[1] if thing else ""

"""Which lines of a mail are the sender's own: quoting and signatures marked, nothing removed.

Mail programs announce what they quote in a few ways: ``>`` before each line, a line "Op ...
schreef ...:", a rule "-----Oorspronkelijk bericht-----", or the old mail's header typed out
("Van: ... Verzonden: ... Aan: ... Onderwerp: ..."). In Dutch, French, English and German.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.domain.document import Block, Location, Paragraph, Span, Table, Unit
from mailbot.text.characters import uniform
from mailbot.text.closings import is_closing, is_device_line

_MAX_DEPTH = 12
_MAX_LINES = 20_000

_FROM = r"van|from|de|von|expéditeur"
_DATE = r"verzonden|verstuurd|datum|sent|date|envoyé|gesendet"
_TO = r"aan|to|à|an|pour|cc"
_SUBJECT = r"onderwerp|subject|objet|betreff"
_HEADER_LINE = re.compile(
    rf"\W{{0,4}}(?P<from>{_FROM})?(?P<date>{_DATE})?(?P<to>{_TO})?(?P<subject>{_SUBJECT})?\s?\*?\s?:\*?\s*(?P<value>.*)",
    re.I,
)
_RULE = re.compile(
    r"\W{0,3}-{2,}\s*(?P<what>oorspronkelijk bericht|original message|original appointment"
    r"|message d'origine"
    r"|message original|ursprüngliche nachricht|doorgestuurd bericht|forwarded message|message transféré"
    r"|weitergeleitete nachricht|oorspronkelijke afspraak)\b.{0,60}",
    re.I,
)
_BEGIN_FORWARD = re.compile(
    r"\W{0,3}(begin (van )?(het )?doorgestuurd bericht|begin forwarded message"
    r"|début du message (réexpédié|transféré))\s*:?",
    re.I,
)
_FORWARD_WORDS = re.compile(r"doorgestuurd|forwarded|transféré|réexpédié|weitergeleitet", re.I)
_ATTRIBUTION = re.compile(
    r"(op|on|le|am|il)\b.{4,300}\b(schreef|geschreven|wrote|a écrit|schrieb)\b.{0,160}:"
    r"|.{0,120}\S@\S{1,120}.{0,60}\b(schreef|wrote|a écrit|schrieb)\b.{0,120}:",
    re.I,
)
_BEGINS_ATTRIBUTION = re.compile(r"(op|on|le|am|il)\b|.*@", re.I)
_QUOTE_SIGNS = re.compile(r" ?>(?: ?>)* ?")
_AFTERTHOUGHT = re.compile(r"\s*(p\.?\s?s\.?\b|n\.?b\.?\b)", re.I)


def marked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with quoting announced in words added to their quote depth, and signatures
    marked. Depth that is there already (``>``, blockquotes) stays."""
    return tuple(_signatures(_quotes(list(blocks[:_MAX_LINES]), 0)))


def header_at(blocks: tuple[Block, ...], start: int) -> tuple[int, dict[str, str]] | None:
    """Where an old mail's header is typed out from ``start`` on: how many blocks it takes, and
    its fields ("from", "date", "to", "subject"); None where there is none. It has a sender
    and two of the others."""
    fields: dict[str, str] = {}
    position = start
    while position < len(blocks) and position - start < 14:
        block = blocks[position]
        if not isinstance(block, Paragraph):
            break
        text = block.text.strip()
        found = _HEADER_LINE.fullmatch(text[:1000])
        name = next((n for n in ("from", "date", "to", "subject") if found and found[n]), "")
        if found and name:
            fields.setdefault(name, found["value"].strip(" *"))
        elif not _goes_on(text, len(fields)):
            break
        position += 1
    if "from" in fields and len(fields) >= 3 and position > start:
        return position - start, fields
    return None


def _goes_on(text: str, fields: int) -> bool:
    """Whether a header, of which ``fields`` fields were found so far, continues with a line that is
    not one of them: recipients may run over several lines, and others ("Bijlagen:", "Cc:") stand between."""
    if not text:
        return 0 < fields < 3
    if not 0 < fields < 4 or len(text) > 200:
        return False
    return ":" in text[1:25] or "@" in text or ";" in text


def is_forward_marker(text: str) -> bool:
    """Whether a line announces a forwarded message."""
    rule = _RULE.fullmatch(text.strip())
    return bool(_BEGIN_FORWARD.fullmatch(text.strip())) or bool(rule and _FORWARD_WORDS.search(rule["what"]))


def _quotes(blocks: list[Block], depth: int) -> list[Block]:
    """Everything from the first announcement on is one deeper; what is inside is looked at again."""
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.quote or depth >= _MAX_DEPTH:
            continue
        text = block.text.strip()
        if not text or len(text) > 1000:
            continue
        length = _announcement(blocks, index, text)
        if not length:
            continue
        if _next_is_quoted(blocks, index + length):  # only this line announces; ">" says the rest
            head = [*blocks[:index], *(_deeper(b) for b in blocks[index : index + length])]
            return head + _quotes(blocks[index + length :], depth)
        inside = _quotes(blocks[index + length :], depth + 1)
        announcing = blocks[index : index + length]
        return [*blocks[:index], *(_deeper(b) for b in announcing), *(_deeper(b) for b in inside)]
    return blocks


def _announcement(blocks: list[Block], index: int, text: str) -> int:
    """How many blocks from ``index`` on announce a quoted mail; 0 for none."""
    if _RULE.fullmatch(text) or _BEGIN_FORWARD.fullmatch(text):
        return 1
    found = header_at(tuple(blocks[index : index + 16]), 0)
    if found:
        return found[0]
    if not _BEGINS_ATTRIBUTION.match(text):
        return 0
    joined = text
    for more in range(3):  # an announcement may be wrapped over a few lines
        if len(joined) < 600 and joined.endswith(":") and _ATTRIBUTION.fullmatch(joined):
            return more + 1 if re.search(r"\d|@", joined) else 0
        following = blocks[index + more + 1] if index + more + 1 < len(blocks) else None
        if not isinstance(following, Paragraph) or following.quote or not following.text.strip():
            return 0
        if _ATTRIBUTION.fullmatch(following.text.strip()):
            return 0  # the next line announces by itself; this one, with an address, is the sender's
        joined = f"{joined} {following.text.strip()}"
    return 0


def _next_is_quoted(blocks: list[Block], index: int) -> bool:
    for block in blocks[index : index + 4]:
        if isinstance(block, Table) or block.text.strip():
            return block.quote > 0
    return False


def _deeper(block: Block) -> Block:
    return replace(block, quote=block.quote + 1)


def _signatures(blocks: list[Block]) -> list[Block]:
    """A closing line and what follows it at the same depth, up to an afterthought ("PS")."""
    out: list[Block] = []
    depth, inside = 0, False
    for block in blocks:
        if block.quote != depth:
            depth, inside = block.quote, False
        if isinstance(block, Paragraph):
            text = block.text.strip()
            if inside and _AFTERTHOUGHT.match(text):
                inside = False
            elif block.text.rstrip("\r\n") in ("-- ", "--") or is_closing(text):
                inside = True
            if inside or is_device_line(text):
                block = replace(block, signature=True)
        out.append(block)
    return out


def lines(text: str, where: Location) -> tuple[Paragraph, ...]:
    """Plain text as one paragraph a line, blank ones left out, with the depth that ``>`` says."""
    out = []
    for number, line in enumerate(text[:2_000_000].splitlines()[:_MAX_LINES], 1):
        found = _QUOTE_SIGNS.match(line)
        depth = min(found[0].count(">"), 50) if found else 0
        rest = line[found.end() :] if found else line
        shown = rest if rest in ("-- ", "--") else rest.replace("\xa0", " ").strip(" \r\n\f\v")
        if shown.count("\t") == len(shown) - len(shown.lstrip("\t")):
            shown = shown.strip()  # else an empty first cell of a row pasted from a spreadsheet
        if shown.strip():
            out.append(Paragraph((Span(uniform(shown)),), where.at(Unit.LINE, number), quote=depth))
    return tuple(out)

"""Sheet Voorbeelden: the exact text of each mail that a decision about an open case, about a mail of Postvak,
or about a row of Berichten would send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.mailing import MailingChoice, MailingShown
from mailbot.domain.settled import Preview
from mailbot.domain.statement import say
from mailbot.wording import as_told, sheets
from mailbot.workbook import generated_block, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import CASES, INBOX, MAILINGS, Layout
from mailbot.xlsx.cell import Content, legal, wrapped_lines
from mailbot.xlsx.styles import TEXT, WHOLE, Style
from mailbot.xlsx.worksheet import Worksheet

HEADERS = ("Geval", "Wie", "Beslissing", "Aan", "Onderwerp", "Tekst")
_WIDTHS = (12, 28, 27, 32, 36, 84)
#: What former versions gave, which cut off what stands there, by column.
_FORMER_WIDTHS = {1: 8, 3: 22}
_TITLE = Style(size=13, bold=True, colour="33566F")
_GREY = Style(TEXT, colour="595959")
_WORDS = Style(TEXT, border="b", wrap=True)
_LOOKS = (Style(WHOLE, border="b", horizontal="left"), _WORDS)
#: A row of Excel is no higher than this, in points, and has room for so many lines.
_HIGHEST, _MOST_LINES = 400, 30


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet: a mail to a row."""
    theme.columns(sheet, _WIDTHS)
    theme.view(sheet, freeze_rows=4, grid=False)
    theme.paper(sheet, title=title, landscape=True, repeat="4:4")


def write(
    sheet: Worksheet,
    previews: Sequence[Preview],
    mailings: Sequence[MailingShown],
    layout: Layout,
    before: Sequence[str],
) -> list[str]:
    """Draws the mails, those of Postvak and Berichten under the name of that sheet and its number; what would
    send nothing is left out. Gives digests of the lines, as ``generated_block.draw``."""
    for column, former in _FORMER_WIDTHS.items():
        theme.widen(sheet, column, (former,), _WIDTHS[column - 1])
    lines = [
        BlockLine((sheets.PREVIEWS,), (_TITLE,), 22),
        BlockLine((_introduction(layout),), (_GREY,)),
        BlockLine(),
        BlockLine(HEADERS, (theme.HEADER,)),
    ]
    for one in previews:
        if one.to:
            number = f"{layout.sheet(INBOX)} {one.case}" if one.of_inbox else one.case
            lines += _mail((number, as_told(one.who), one.choice, as_told(one.to), one.subject), one.text)
    for row in mailings:
        if row.text:
            to = as_told(say(FileSays.ADDRESS_COUNT, count=len(row.addresses)))
            said = as_told(say(FileSays.RECIPIENTS, who=tuple(row.people), mail=row.text))
            about = (f"{layout.sheet(MAILINGS)} {row.mailing.id}", None, str(MailingChoice.SEND), to)
            lines += _mail((*about, row.mailing.subject), said)
    if len(lines) == 4:
        lines.append(BlockLine((sheets.NO_PREVIEWS,), (_GREY,)))
    return generated_block.draw(sheet, lines, len(HEADERS), before=before)


def _mail(about: tuple[Content, ...], text: str) -> Iterator[BlockLine]:
    """A mail in a row, or in as many as it takes: what a row is too low for cannot be read. Each row says
    whose mail it is, so that sorting and filtering keep them together."""
    *others, subject = about
    for at, part in enumerate(_parts(legal(text.strip()))):
        cells = (*others, sheets.GOES_ON.format(subject=subject) if at else subject, part)
        high = max(wrapped_lines(str(cell or ""), width) for cell, width in zip(cells, _WIDTHS, strict=True))
        yield BlockLine(cells, _LOOKS, min(3 + 13 * high, _HIGHEST))


def _parts(text: str) -> Iterator[str]:
    """A text in parts that a row is high enough for, each of whole lines; a line that is longer than that
    is cut between words."""
    width, part, high = _WIDTHS[-1], list[str](), 0
    for line in text.split("\n"):
        for piece in [line] if wrapped_lines(line, width) <= _MOST_LINES else wrap(line, 20 * width):
            if part and high + wrapped_lines(piece, width) > _MOST_LINES:
                yield "\n".join(part)
                part, high = [], 0
            part.append(piece)
            high += wrapped_lines(piece, width)
    yield "\n".join(part)


def _introduction(layout: Layout) -> str:
    """Which decisions mail, and what of hers goes with it."""
    cases, others = layout.sheet(CASES), layout.sheet(MAILINGS if layout.event else INBOX)
    said = sheets.PREVIEWS_ARE.format(cases=cases, others=others)
    return said if layout.event else f"{said} {sheets.PREVIEW_OF_ANOTHER.format(inbox=others)}"


def has_some(state: EventState) -> bool:
    """Whether there is a mail to show."""
    return bool(state.previews) or any(row.text for row in state.mailings_shown)

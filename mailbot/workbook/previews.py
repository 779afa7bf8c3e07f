"""Sheet Voorbeelden: the exact text of each mail that a decision about an open case, or about a mail of
Postvak, would send."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.domain.settled import Preview
from mailbot.workbook import generated_block, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import CASES, INBOX, Layout
from mailbot.xlsx.styles import TEXT, WHOLE, Style
from mailbot.xlsx.worksheet import Worksheet, legal, wrapped_lines

HEADERS = ("Geval", "Wie", "Beslissing", "Aan", "Onderwerp", "Tekst")
_WIDTHS = (12, 28, 22, 32, 36, 84)
_TITLE = Style(size=13, bold=True, colour="33566F")
_GREY = Style(TEXT, colour="595959")
_WORDS = Style(TEXT, border="b", wrap=True)
_LOOKS = (Style(WHOLE, border="b", horizontal="left"), _WORDS)
_OF_ANOTHER = "Typt u op {} iemand anders onder Voor wie, dan gaat de mail over die persoon."
#: A row of Excel is no higher than this, in points.
_HIGHEST = 400


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet: a mail to a row."""
    theme.columns(sheet, _WIDTHS)
    theme.view(sheet, freeze_rows=4, grid=False)
    theme.paper(sheet, title=title, landscape=True, repeat="4:4")


def write(sheet: Worksheet, previews: Sequence[Preview], layout: Layout, before: Sequence[str]) -> list[str]:
    """Draws the mails, those of Postvak under the name of that sheet and its number; what would send nothing
    is left out. Gives digests of the lines, as ``generated_block.draw``."""
    lines = [
        BlockLine(("Wat er vertrekt als u beslist",), (_TITLE,), 22),
        BlockLine(
            (
                f"De mails die bij een beslissing op {_sheets(layout)} vertrekken. Wat u onder "
                "Toelichting schrijft, komt er letterlijk bij."
                + ("" if layout.event else f" {_OF_ANOTHER.format(layout.sheet(INBOX))}"),
            ),
            (_GREY,),
        ),
        BlockLine(),
        BlockLine(HEADERS, (theme.HEADER,)),
    ]
    for one in previews:
        if one.to:
            number = f"{layout.sheet(INBOX)} {one.case}" if one.of_inbox else one.case
            cells = (number, one.who, one.choice, one.to, one.subject, legal(one.text.strip()))
            high = 3 + 13 * max(
                wrapped_lines(str(cell), width) for cell, width in zip(cells, _WIDTHS, strict=True)
            )
            lines.append(BlockLine(cells, _LOOKS, min(high, _HIGHEST)))
    if len(lines) == 4:
        lines.append(BlockLine(("Er staat niets open waarvoor een mail zou vertrekken.",), (_GREY,)))
    return generated_block.draw(sheet, lines, len(HEADERS), before=before)


def _sheets(layout: Layout) -> str:
    """The sheets with decisions that mail."""
    return layout.sheet(CASES) if layout.event else f"{layout.sheet(CASES)} of {layout.sheet(INBOX)}"

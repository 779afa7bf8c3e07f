"""Documents as blocks, written down in the fewest words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.document import (
    Block,
    Cell,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Span,
    Table,
    Unit,
)
from mailbot.domain.message import Address, Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.interpret import understand


def line(
    text: str | tuple[Span, ...],
    number: int = 1,
    *,
    quote: int = 0,
    signature: bool = False,
    heading: bool = False,
) -> Paragraph:
    spans = (Span(text),) if isinstance(text, str) else text
    where = Location().at(Unit.LINE, number)
    return Paragraph(spans, where, quote=quote, signature=signature, heading=heading)


def lines(text: str, *, quote: int = 0, first: int = 1) -> tuple[Block, ...]:
    """A paragraph for each line of a text."""
    return tuple(line(one, first + n, quote=quote) for n, one in enumerate(text.strip("\n").split("\n")))


def cell(text: str, row: int, column: int, *, columns: int = 1, rows: int = 1, table: int = 1) -> Cell:
    where = Location().at(Unit.TABLE, table).at(Unit.ROW, row + 1)
    blocks = tuple(line(one) for one in text.split("\n")) if text else ()
    return Cell(blocks, where, columns=columns, rows=rows, column=column)


def grid(rows: Iterable[Iterable[str]], number: int = 1) -> Table:
    """A table; rows may be of different length."""
    return Table(
        tuple(
            tuple(cell(text, r, c, table=number) for c, text in enumerate(row)) for r, row in enumerate(rows)
        ),
        Location().at(Unit.TABLE, number),
    )


def mail(*body: Block, subject: str = "Inschrijving", sender: str = "afzender@post.example") -> Message:
    return Message("<1@post.example>", Address(sender, "Afzender"), subject, None, body=body)


def understood(
    settings: Settings,
    now: datetime,
    *blocks: Block,
    name: str = "inschrijving.docx",
    message: Message | None = None,
    blank: Iterable[str] = (),
    recognised: bool = False,
) -> Submission:
    """What is understood of one document, by itself or attached to a mail."""
    readings = (ParsedDocument(name, ParseStatus.READ, blocks, recognised=recognised),) if blocks else ()
    return understand(message, readings, settings, frozenset(blank), now)


def answers(submission: Submission) -> list[dict[str, str | bool]]:
    """Per person the answers by key."""
    return [{key: answer.value for key, answer in person.answers.items()} for person in submission.people]


def doubts(submission: Submission) -> set[tuple[int, str, str]]:
    """Who, which field, which code."""
    return {(problem.person, problem.field, problem.code.value) for problem in submission.problems}

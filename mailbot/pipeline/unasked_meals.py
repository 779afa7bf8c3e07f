"""What a list has in a column about a meal that the form does not ask: no answer, and not to be lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.domain.document import Block, Table
from mailbot.domain.form import Form
from mailbot.domain.submission import Person
from mailbot.extraction.labels import labels_of
from mailbot.extraction.meals import meals_asked, names_a_meal
from mailbot.extraction.text_tables import with_tables
from mailbot.matching.names import name_of
from mailbot.pipeline.material import Material
from mailbot.text.normalize import fold


def meals_in_columns(mail: Material, people: Sequence[Person], form: Form | None) -> Iterator[str]:
    """A sentence for each column about a meal beside the people that were read: "Lunch: Karel Claes ja, Els
    Maes neen."; none where the form asks about a meal itself."""
    if form is None or not people or meals_asked(form):
        return
    body = mail.message.body if mail.message is not None else ()
    named = [name for one in people if (name := name_of(one.values, form))]
    for blocks in (body, *(one.blocks for one in mail.readings)):
        for table in with_tables(_plain(blocks), labels_of(form)):
            if isinstance(table, Table):
                yield from _of_table(table, named)


def _plain(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not block.quote]


def _of_table(table: Table, named: Sequence[str]) -> Iterator[str]:
    """The columns about a meal of a table with people below its captions."""
    for number, row in enumerate(table.rows):
        heads = {cell.column: cell.text.strip() for cell in row if names_a_meal(cell.text)}
        for column, head in heads.items():
            said = [*_below(table, number, column, named)]
            if said:
                yield f"{head}: {', '.join(said)}."


def _below(table: Table, header: int, column: int, named: Sequence[str]) -> Iterator[str]:
    for row in table.rows[header + 1 :]:
        value = next((cell.text.strip() for cell in row if cell.column == column), "")
        words = {*fold(" ".join(cell.text for cell in row)).split()}
        who = next((name for name in named if {*fold(name).split()} <= words), "")
        if value and who:
            yield f"{who} {value}"

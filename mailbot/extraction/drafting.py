"""A blank form → the questions it asks, each with its label as printed and the room for its answer.

Nothing here knows what a label means, only where labels stand: before the room on its line, in the
cell to the left, in the row of labels above, on the line above or as a caption below.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from mailbot.domain.document import Block
from mailbot.extraction.blank_questions import SIGNING, Draft
from mailbot.extraction.companions import with_companions
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.template import Template, label_of
from mailbot.extraction.template_people import is_of_companions, of_people, of_rows, of_things
from mailbot.extraction.template_tables import TableDrafter
from mailbot.extraction.tokens import tokenised
from mailbot.text.normalize import letters, plain


def template_of(blocks: Iterable[Block]) -> Template:
    """The questions of a blank form, in reading order."""
    sheet = tokenised(blocks, blank=True)
    draft = Draft(sheet)
    within = {id(grid) for outer in sheet.grids for row in outer.rows for b in row for grid in b.grids}
    outermost = [grid for grid in sheet.grids if id(grid) not in within]
    TableDrafter(draft).page(range(len(sheet.lines)), outermost)
    found = draft.found
    _skip_signing(found)
    found.questions = of_people(found.questions)
    found.questions = of_rows(found.questions)
    found.questions = with_companions(found.questions, partial(is_of_companions, found), found.offers)
    found.questions = of_things(found.questions)
    return found


def _skip_signing(found: Template) -> None:
    """Leaves out the day and the place beside a signature, on its line, in its row or on the line before or
    after: they are asked of nobody who registers."""
    signed = {n for n, line in enumerate(found.sheet.lines) if SIGNING.search(plain(line.text))}
    for question in list(found.questions):
        if letters(label_of(question.label)) not in lexicon().elsewhere["signing"]:
            continue
        place = question.places[0].start
        line = next((n for n, line in enumerate(found.sheet.lines) if line.last >= place), -1)
        if signed & {line - 1, line, line + 1}:
            found.questions.remove(question)
            found.skipped.append(label_of(question.label))
            found.nobodys += [one.start for one in question.places]

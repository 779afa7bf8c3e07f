"""What is known of a blank form while it is read: its questions so far, and what may be a label yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.domain.document import Location
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.template import Place, Question, Template, TemplateColumn, is_label, label_of
from mailbot.extraction.tokens import Box, Gap, Line, Tokenised, is_tick
from mailbot.text.lexicon import A_NO, A_YES, YES
from mailbot.text.normalize import plain

#: Not within parentheses, which say how to answer: "Lunch (oui/ja - non/nee)".
_NOT_WITHIN = r"(?<!\()" + "".join(rf"(?<!\({word}/)" for word in YES)
#: A choice between yes and no, to cross one out, in one language or two: "ja/oui - neen/non".
YES_NO = re.compile(
    rf"{_NOT_WITHIN}\b(?:{A_YES}(?:\s*/\s*{A_YES})?\s*(?:/|[ ]\||[ ][-–])\s*{A_NO}(?:\s*/\s*{A_NO})?"
    rf"|{phrases('does')}\s*/\s*(?:{phrases('does_not')}|(?:[^\W\d_]+ )?{phrases('has_no')}))\b",
    re.I,
)
#: The same behind what is asked, as a column is headed: "Lunch ja/nee".
LAST_YES_NO = re.compile(rf"(?<=\w)[ :]*\b{A_YES}\s*/\s*{A_NO}\s*$", re.I)
SEVERAL = re.compile(rf"\b{phrases('more_than_one')}\b", re.I)
SIGNING = re.compile(rf"\b{phrases('signing')}")
_MUST_BE_ANSWERED = re.compile(rf"\b{phrases('must_answer')}")
#: How to mark, and no box: "Aanvoerder (x)", "Zet een kruisje (x) bij wat past".
_SAYS_HOW = re.compile(r"(?<=[^\W_]) ?\([xX]\)(?=\s|$)")


class Draft:
    """The template so far, the heading in force, the line above and the room that have no claim yet."""

    def __init__(self, sheet: Tokenised) -> None:
        self.sheet = sheet
        self.found = Template(sheet)
        self.section = ""
        self.above: int | None = None  # the line above, while nothing has claimed it as a label
        self.group = False  # the last question is a list of boxes that may go on below
        self.open: list[Gap] = []  # room without a label so far: its caption may stand below
        self.office = False
        self.in_page = False  # lines of a cell that is laid out like a page

    def ask(
        self,
        label: str,
        places: Sequence[Place],
        where: Location,
        *,
        options: tuple[str, ...] = (),
        lines: int = 1,
        ticks: bool = False,
        several: bool = False,
        column: TemplateColumn | None = None,
    ) -> None:
        words = plain(label)
        if self.office or SIGNING.search(words):
            self._leave_out(label, places)
            return
        starred = "*" in label or _MUST_BE_ANSWERED.search(words)
        text = label_of(label) + (" *" if starred else "")
        self.found.questions.append(
            Question(
                text,
                self.section,
                tuple(places),
                where,
                options,
                several or bool(SEVERAL.search(label)),
                lines,
                ticks or bool(options),
                column,
            )
        )

    def leave_to_form(self, label: str, places: Sequence[Place], column: TemplateColumn) -> None:
        """Leaves out a column that the form fills in itself, which is nobody's answer."""
        self._leave_out(label, places)
        self.found.computed.append(Question(label, self.section, tuple(places), Location(), column=column))

    def _leave_out(self, label: str, places: Sequence[Place]) -> None:
        self.found.skipped.append(label_of(label))
        self.found.nobodys += [place.start for place in places]

    def unclaimed(self, *, statement: bool = False) -> str:
        """The line above, where it is a label that nothing has taken yet."""
        if self.above is None:
            return ""
        text = self.sheet.lines[self.above].text
        return label_of(text) if is_label(text) and not (statement and text.rstrip().endswith(".")) else ""

    def is_bare(self, box: Box) -> bool:
        """Whether a cell holds words and no room for an answer."""
        return bool(box.text) and not any(self.has_room(self.sheet.lines[n]) for n in box.lines)

    def has_room(self, line: Line) -> bool:
        ticks = sum(map(is_tick, self.sheet.tokens[line.first : line.last]))
        says_how = ticks == 1 and bool(_SAYS_HOW.search(line.text))
        return bool(line.gaps) or (ticks > 0 and not says_how) or bool(YES_NO.search(line.text))

    def is_open(self, box: Box) -> bool:
        return box.gap is not None or (bool(box.lines) and not self.is_bare(box))

    def is_box(self, box: Box) -> bool:
        """Whether a cell holds a box to tick and nothing else."""
        tokens = [t for n in box.lines for t in self.sheet.tokens[slice(*self.range_of(n))]]
        return len(tokens) == 1 and is_tick(tokens[0])

    def words_in(self, line: Line) -> bool:
        return any(token.is_word for token in self.sheet.tokens[line.first : line.last])

    def range_of(self, line: int) -> tuple[int, int]:
        return self.sheet.lines[line].first, self.sheet.lines[line].last

    def tokens_of(self, boxes: Sequence[Box]) -> tuple[int, int]:
        """From the first token of some cells up to the last; nothing for no cells."""
        ranges = [self.range_of(n) for box in boxes for n in box.lines]
        return (min(first for first, _ in ranges), max(last for _, last in ranges)) if ranges else (0, 0)

    def place(self, box: Box, person: int = 0) -> Place:
        """The room that a cell offers."""
        if box.gap is not None:
            return Place(box.gap.position, box.gap.position, person)
        lines = [self.sheet.lines[n] for n in box.lines]
        gap = next((gap for line in lines for gap in line.gaps), Gap(0))
        return Place(lines[0].first, lines[-1].last, person, gap.hint, gap.prefilled, gap.name)

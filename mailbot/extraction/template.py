"""A blank form: the questions that it asks, each with its label as printed and the room for its answer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from mailbot.domain.document import Location, Unit
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.stacked import stacked_rows
from mailbot.extraction.tokens import Tokenised
from mailbot.text.lexicon import AN_AND, YES_OR_NO
from mailbot.text.normalize import plain, tidy

#: A word for yes or no: an answer, or in a sentence that offers both ("wel / niet").
YES_NO_WORD = re.compile(rf"{YES_OR_NO}|{phrases('does', 'does_not', 'has_no')}")
#: "WEL / geeft GEEN": a no within a sentence may repeat its verb.
_VERB_AND_NO = re.compile(rf"^[^\W\d_]+ (?={phrases('has_no')}$)")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-z][.)]|[-–•▪*·])\s+", re.I)
_MOST_GLUED = 4
LONGEST = 90
_LABEL_WORDS, _QUESTION_WORDS = 12, 18  # a question may stand there in two languages


@dataclass(frozen=True, slots=True)
class Place:
    """Room for one answer: the tokens from ``start`` up to ``end`` of the blank, which are what is
    printed there (boxes and their words), if anything. ``person`` counts from 1 where the form asks
    the same of several people; 0 is for all of them. ``option`` is what a box alone in its cell stands for,
    ``words`` the tokens of its row that say so, where no other box stands in it.
    """

    start: int
    end: int
    person: int = 0
    hint: str = ""
    prefilled: str = ""
    name: str = ""
    option: str = ""
    words: tuple[int, int] = (0, 0)

    @property
    def is_gap(self) -> bool:
        """Whether nothing is printed there."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of a list of people: the first word of its label, the tokens from where its rows begin
    up to where they end, and which person stands in the first row. ``tiers``: how many rows its labels take;
    ``under``: the columns below a label that holds several, each with the first word of its own and the
    option that a mark in it chooses."""

    head: int
    first: int
    end: int
    person: int = 1
    tiers: int = 1
    under: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a blank asks: the label as printed, the heading above it, the room for its answer, and
    the options where it offers any. ``several``: more than one may be ticked; ``column``: it is asked of
    each row of a list; ``rows``: of a list of things, whose rows are one answer together; ``again``: how who
    comes along is asked it, where that asks more ("Naam en voornaam" for the last name)."""

    label: str
    section: str
    places: tuple[Place, ...]
    where: Location
    options: tuple[str, ...] = ()
    several: bool = False
    lines: int = 1
    ticks: bool = False
    column: TemplateColumn | None = None
    rows: bool = False
    again: str = ""

    @property
    def is_yes_no(self) -> bool:
        """Whether it offers yes and no, or one box beside a statement."""
        said = (_VERB_AND_NO.sub("", plain(option).strip(" .")) for option in self.options)
        words = {re.split(r"[\W_]", option)[0] for option in said}
        says = len(self.options) == len(words) == 2 and all(map(YES_NO_WORD.fullmatch, words))
        return says or (self.ticks and not self.options)


@dataclass
class Template:
    """A blank form: its tokens, its questions, the labels beside room that asks nothing of people who
    register (signatures, what the office fills in) with the tokens where that room begins (``nobodys``), what
    it fills in itself to show how, and the columns of lists that it computes."""

    sheet: Tokenised
    questions: list[Question] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    nobodys: list[int] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    computed: list[Question] = field(default_factory=list)

    def offers(self, question: Question) -> bool:
        """Whether a question offers options: boxes, words of which one stays, or a list to choose from."""
        rooms = (n for place in question.places for n in range(place.start, place.end + 1))
        return bool(question.ticks or question.options) or any(n in self.sheet.offered for n in rooms)

    @cached_property
    def words_glued(self) -> dict[str, tuple[str, ...]]:
        """Words that follow each other on a line, up to four, by how they look without the spaces."""
        tokens = self.sheet.tokens
        alone = {token.key for token in tokens}
        glued: dict[str, tuple[str, ...]] = {}
        for line in self.sheet.lines:
            words = [token.key for token in tokens[line.first : line.last]]
            for start in range(len(words)):
                for end in range(start + 2, min(start + _MOST_GLUED, len(words)) + 1):
                    run = words[start:end]
                    if not all(word.isalnum() for word in run):
                        break
                    glued.setdefault("".join(run), tuple(run))
        return {word: parts for word, parts in glued.items() if word not in alone}

    @cached_property
    def stacked(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The labels of each row whose cells have a label above its room."""
        return stacked_rows(self.sheet)

    @cached_property
    def results(self) -> frozenset[int]:
        """The tokens that its formulas show, which say something else in a copy."""
        boxes = (box for grid in self.sheet.grids for row in grid.rows for box in row if box.computed)
        lines = (self.sheet.lines[number] for box in boxes for number in box.lines)
        return frozenset(n for line in lines for n in range(line.first, line.last))

    @cached_property
    def words_counted(self) -> tuple[Counter[str], ...]:
        """How often each word stands on it, and among the ``kept_words`` of both kinds."""
        tokens = self.sheet.tokens
        kept = (Counter(tokens[n].key for n in words) for words in self.kept_words)
        return Counter(token.key for token in tokens if token.is_word), *kept

    @cached_property
    def kept_words(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The tokens that are words which a copy keeps, and those of them from the first question on: not
        what stands at the top and foot of each page, which moves, and not the options of a question, of
        which people may leave the one that they mean."""
        tokens = self.sheet.tokens
        moves = [ln for ln in self.sheet.lines if ln.where.has(Unit.HEADER) or ln.where.has(Unit.FOOTER)]
        places = [(question, place) for question in self.questions for place in question.places]
        ranges = [(line.first, line.last) for line in moves] + [
            (place.start, place.end) for question, place in places if question.ticks
        ]
        left = {n for start, end in ranges for n in range(start, end)}
        words = tuple(n for n, token in enumerate(tokens) if token.is_word and n not in left)
        first = min((place.start for _, place in places), default=0)
        last = max((place.end for _, place in places), default=0)
        return words, tuple(n for n in words if first - 4 <= n <= last + 1)


def label_of(text: str) -> str:
    """A label without numbering, colon, dots and star."""
    text = tidy(_NUMBERING.sub("", text)).replace("*", " ")
    text = re.sub(rf"^{AN_AND} … ", "", text)
    if text.startswith("(") and ")" not in text:
        text = text[1:]
    return tidy(text).strip(" :.…_-–,;\t")


def option_name(text: str) -> str:
    """An option without its price or condition: "Student (proof required)"."""
    return tidy(re.sub(r"\s*\([^()]*\)$", "", tidy(text))) or tidy(text)


def is_label(text: str) -> bool:
    """Whether words look like a label or a heading, and not like a sentence, an address, a title or a remark
    in parentheses."""
    if re.fullmatch(r"\s*\([^()]*\)\s*", text):
        return False
    text = re.sub(r"\s*\([^()]*/[^()]*\)$", "", text.strip())  # what may be answered
    words = text.split()
    sentence = text.endswith(".") and len(words) > 4
    most = _QUESTION_WORDS if text.endswith("?") else _LABEL_WORDS
    return bool(words) and len(words) <= most and len(text) <= LONGEST and "@" not in text and not sentence

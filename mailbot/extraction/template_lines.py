"""The lines of a blank form: dots, boxes and choices to cross out, each with the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.extraction.blank_questions import YES_NO, Draft
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.line_units import counted, led_on, reached_at, things_behind
from mailbot.extraction.template import Place, is_label, label_of
from mailbot.extraction.tokens import Box, Gap, Line, is_tick
from mailbot.text.lexicon import YES_OR_NO
from mailbot.text.normalize import letters, plain, tidy

_APART = re.compile(r"\t| {3,}")
#: "Eigenaar: ikzelf / werkgever / leasing": one stays, the others are crossed out.
_ALTERNATIVES = re.compile(r"(?<=[:?] )\s*[^\W\d][^/:\t]{0,30}(?: / [^\W\d][^/:\t]{0,30}){1,5}$")
#: Three or more of a word or two need no telling that one stays.
_OBVIOUS = re.compile(r"(?<=[:?] )\s*[^\W\d][\w-]{1,20}(?: / [^\W\d][\w-]{1,20}){2,5}$")
#: The same in a sentence, a word each: "Ik kom met de trein / auto / fiets *". What room or a colon follows
#: is a label in two words.
_IN_SENTENCE = re.compile(
    r"(?<=[^\W\d_] )[^\W\d_][\w-]{1,20}(?:\s?/\s?[^\W\d_][\w-]{1,20}){1,5}(?=\s*(?:\*|\(|[.;]?\s*$))"
)
#: Of several words, set apart in a sentence: "We komen   te voet / met de fiets   naar school".
_SET_APART = re.compile(
    r"(?<=[^\W\d_] {2}) *[^\W\d_][^/:\t]{0,30}?(?: / [^\W\d_][^/:\t]{0,30}?){1,5}(?= {2,}[a-z]| *[.]?\s*$)"
)
#: The same on a line of their own, before words that tell to strike out or mark some: "Dr / Mr / Ms (...)".
_ON_A_LINE = re.compile(r"\s*[^\W\d_][^/:\t()]{0,30}?(?:\s*/\s*[^\W\d_][^/:\t()]{0,30}?){1,7}\s*\Z")
#: Three sizes or more: "Maat: 116 – 128 – 140".
_SIZES = re.compile(r"(?<=[:?]) *\d[\w,]{0,4}(?:\s+[-–|•·/]\s+\d[\w,]{0,4}){2,9}\s*$")
#: The same alone in a cell, whose label stands in another.
_IN_CELL = re.compile(
    r"\s*[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?(?:\s*/\s*[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?){1,5}[\s*]*"
)
#: With other signs between them, where the form tells to mark one: "vlees – vis – vegetarisch".
_TO_MARK = re.compile(
    r"(?<=[:?)]) *[^\W\d][^:\t–|•·]{0,30}?(?:(?:[ ][-–|•·][ ]|[ ]{3,})[ ]*[^\W\d][^:\t–|•·]{0,30}?){1,6}\s*$"
)
#: Signs and figures as well, where the line itself tells to mark one: "Maat (omcirkelen): 116 – 128 – 140".
_FIGURES_TO_MARK = re.compile(
    r"(?<=[:?)]) *[^\W_][^:\t–|•·/]{0,30}?(?:\s+[-–|•·/]\s+[^\W_][^:\t–|•·/]{0,30}?){1,9}\s*$"
)
#: What is said behind options: "(schrappen wat niet past)"; the line may go on behind it.
_SAID_BEHIND = re.compile(r"(?:(?<!\s)\s+)?(?:\*\s*)?\([^()]*\)[\s.*]*")
#: Options that a sentence begins with, before a sign that is explained elsewhere: "vader / moeder * van ...".
_BEFORE_A_SIGN = re.compile(
    r"(?<![\w-])[^\W\d_][\w-]{1,20}(?:\s?/\s?[^\W\d_][\w-]{1,20}){1,5}(?=\s?\*\s+[a-z])"
)
_BETWEEN_MARKED = re.compile(r" [-–|•·] | {3,}")
_STRIKE, _MARK = re.compile(phrases("strike"), re.I), re.compile(phrases("mark"), re.I)
OFFICE = re.compile(phrases("office"))
_HEADING_WORDS = 6
#: So many words, the box before them counted, are an option, even with a full stop.
_SENTENCE = 5
#: So many boxes behind words are options; one may be the box of what is asked on the next line.
_FEWEST_BOXES = 2
#: So many words may as well be a label in two words, unless the form tells to strike one.
_FEWEST_UNTOLD = 2
#: A caption that asks somebody's name.
_NAMED = re.compile(rf"{phrases('named')}\b")
_LAST_YES_NO = re.compile(rf"\b{YES_OR_NO}\W*$", re.I)


class LineDrafter:
    """Asks what the lines of a blank ask."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sheet = draft.sheet
        texts = [line.text for line in draft.sheet.lines]
        self._things = things_behind(draft.sheet.lines)
        self._strikes, self._marks = (any(map(tells.search, texts)) for tells in (_STRIKE, _MARK))

    def read(self, numbers: Iterable[int], left: str = "") -> None:
        for number in numbers:
            line = self._sheet.lines[number]
            if not self._draft.has_room(line) and not self._alternatives(line, left):
                self._words(number, line)
                continue
            if OFFICE.search(plain(line.text)):
                self._draft.found.skipped.append(
                    label_of(line.text[: line.gaps[0].start] if line.gaps else line.text)
                )
                rest = line.text[line.gaps[-1].end :] if line.gaps else ""
                self._draft.office = self._draft.office or bool(OFFICE.search(plain(rest)))
                continue
            if line.gaps and not self._draft.words_in(line):
                self._room_alone(number, line, left)
            else:
                self._mixed(line, left)
                self._draft.open = []
            left = ""
            self._draft.above = None

    def offers(self, box: Box) -> bool:
        """Whether a cell holds nothing but words of which one stays: where the form says so, or three and
        more that are no labels themselves."""
        return len(box.lines) == 1 and self._offered(self._sheet.lines[box.lines[0]]) is not None

    def _offered(self, line: Line) -> re.Match[str] | None:
        found = _IN_CELL.fullmatch(line.text)
        if found is None:
            return None
        options = [letters(option) for option in line.text.split("/")]
        told = self._strikes or self._marks or len(options) > _FEWEST_UNTOLD
        return found if told and lexicon().labels.isdisjoint(options) else None

    def _alternatives(self, line: Line, left: str) -> re.Match[str] | None:
        """What a line offers to cross out or to mark: where the form says so, or where there is no doubt.
        Alone in a cell it needs a label on its ``left``."""
        if left and (alone := self._offered(line)):
            return alone
        told = next((one for one in _SAID_BEHIND.finditer(line.text) if _tells_to_choose(one.group())), None)
        patterns = [_ALTERNATIVES, _SET_APART, _IN_SENTENCE, _BEFORE_A_SIGN] if self._strikes else [_OBVIOUS]
        patterns += [_TO_MARK, _SIZES] if self._strikes or self._marks else []
        patterns += [_FIGURES_TO_MARK] if _tells_to_choose(line.text) else []
        ends = [told.start()] if told else []
        found = [one.search(line.text, 0, end) for end in (*ends, len(line.text)) for one in patterns]
        found += [_ON_A_LINE.match(line.text, _after_room(line, end), end) for end in ends]
        return next((one for one in found if one), None)

    def _words(self, number: int, line: Line) -> None:
        """A line of words only: a label for what follows, a caption of what stands above, a heading."""
        self._draft.group = False
        if self._draft.open and is_label(line.text):
            self._draft.ask(
                line.text, [_place(gap) for gap in self._draft.open], line.where, lines=len(self._draft.open)
            )
            self._draft.open, self._draft.above = [], None
            return
        self._draft.open = []
        self._draft.above = number
        if OFFICE.search(plain(line.text)):
            self._draft.office = True
        elif is_label(line.text) and self._is_outside(number) and _is_heading(line):
            self._draft.section, self._draft.office = label_of(line.text), False

    def _is_outside(self, number: int) -> bool:
        """Whether a line stands between tables, of the document or of a cell laid out like one."""
        return self._draft.in_page or not self._sheet.boxed[number]

    def _room_alone(self, number: int, line: Line, left: str) -> None:
        """A line of nothing but dots, underscores or controls."""
        above = self._sheet.lines[self._draft.above] if self._draft.above is not None else None
        pieces = [p for p in _APART.split(above.text) if p.strip()] if above else []
        if above and len(line.gaps) > 1 and len(pieces) == len(line.gaps):
            for piece, gap in zip(pieces, line.gaps, strict=True):
                self._draft.ask(piece, [_place(gap)], line.where)
        elif left or (above and is_label(above.text)):
            self._draft.ask(
                left or (above.text if above else ""), [_place(gap) for gap in line.gaps], line.where
            )
            self._draft.section = self._draft.section if not above or left else self._heading_before(number)
        elif self._continues(line):
            last = self._draft.found.questions[-1]
            places = (*last.places, *map(_place, line.gaps))
            self._draft.found.questions[-1] = replace(last, places=places, lines=last.lines + 1)
        else:
            self._draft.open += line.gaps

    def _heading_before(self, number: int) -> str:
        """The heading in force above a label that was taken for one itself."""
        return next((q.section for q in reversed(self._draft.found.questions[:-1])), "") if number else ""

    def _continues(self, line: Line) -> bool:
        """Whether it is one more line to write the last answer on."""
        questions = self._draft.found.questions
        last = questions[-1].places[-1] if questions else None
        follows = last is not None and not questions[-1].ticks and last.end == line.first
        return follows and all(_are_lines_of_one(last.name, gap.name) for gap in line.gaps if last)

    def _mixed(self, line: Line, left: str) -> None:
        """Words and room on one line: each room is labelled by the words before it, or in a list of things
        by those behind it."""
        if thing := self._things.get(line.first):
            self._draft.ask(thing, [_place(line.gaps[0])], line.where)
            return
        at = 0
        for start, end, what in self._rooms(line, left):
            if start < at:
                continue
            if what is None:
                self._boxes_from(line, at, left)
                at = self.boxes(line, at)[2]
            elif isinstance(what, Gap):
                at = self._ask_gap(line, _last_piece(line.text[at:start]), what, end, left)
            else:
                self._ask_alternatives(line, _last_piece(line.text[at:start]), (start, end), left)
                at = end
            left = ""

    def _ask_gap(self, line: Line, before: str, gap: Gap, end: int, left: str) -> int:
        """Asks what is to be written in a gap, by the words ``before`` it, or gives it to the last question.
        Tells from where the line goes on."""
        at = end
        if unit := counted(before, line.text[end:]):
            before, at = f"{before} … {unit[1]}", end + unit.end()
        caption = re.match(r"\s*\(([^()]+)\)", line.text[end:])
        label = (
            reached_at(before)
            or _captioned(label_of(before), caption[1] if caption else "")
            or left
            or (self._of_option() if self._is_behind_option(gap) else self._draft.unclaimed())
        )
        questions = self._draft.found.questions
        if label:
            self._draft.ask(label, [_place(gap)], line.where)
        elif questions and not questions[-1].ticks:
            questions[-1] = replace(questions[-1], places=(*questions[-1].places, _place(gap)))
        self._draft.group = False
        return at

    def _ask_alternatives(self, line: Line, before: str, what: tuple[int, int], left: str) -> None:
        """Asks which of the words from a start to an end is crossed out or marked."""
        start, end = what
        first, last = self._range(line, start, end)
        options = tuple(map(label_of, _options_of(line.text[start:end])))
        label = led_on(before, line.text[end:]) or label_of(before) or left or self._named_above()
        label = label or " / ".join(options)  # they say themselves what they answer: "Dr / Mr / Ms"
        self._draft.ask(label, [Place(first, last)], line.where, options=options, ticks=True)

    def _named_above(self) -> str:
        """The line above, where it is a label, and no heading that stands above other questions as well."""
        above = self._draft.above
        return "" if above is not None and self._sheet.lines[above].heading else self._draft.unclaimed()

    def _is_behind_option(self, gap: Gap) -> bool:
        """Whether room stands right behind the last option of the last question."""
        last = self._draft.found.questions[-1] if self._draft.found.questions else None
        return last is not None and last.ticks and last.places[-1].end == gap.position

    def _of_option(self) -> str:
        """What room right behind the last option asks, which says more of it: "ja, namelijk ....". An option
        with a colon keeps it ("andere: ....")."""
        last = self._draft.found.questions[-1]
        option = last.options[-1] if last.options else ""
        if option.endswith(":") and not last.is_yes_no:
            return ""
        return label_of(f"{label_of(last.label)}: {option}") if option else f"{label_of(last.label)} …"

    def _rooms(self, line: Line, left: str) -> list[tuple[int, int, Gap | str | None]]:
        """The rooms of a line in order: gaps, choices to strike out, and the first of its boxes."""
        rooms: list[tuple[int, int, Gap | str | None]] = [(gap.start, gap.end, gap) for gap in line.gaps]
        rooms += [(hit.start(), hit.end(), hit.group()) for hit in YES_NO.finditer(line.text)]
        boxes = [token for token in self._sheet.tokens[line.first : line.last] if is_tick(token)]
        hit = self._alternatives(line, left) if len(rooms) == len(line.gaps) else None
        if hit and not any(hit.start() <= box.start < hit.end() for box in boxes):
            rooms.append((hit.start(), hit.end(), hit.group()))
        rooms += [(box.start, box.end, None) for box in boxes]
        return sorted(rooms, key=lambda room: room[0])

    def _range(self, line: Line, start: int, end: int) -> tuple[int, int]:
        numbers = range(line.first, line.last)
        inside = [
            n for n in numbers if start <= self._sheet.tokens[n].start and self._sheet.tokens[n].end <= end
        ]
        return inside[0], inside[-1] + 1

    def boxes(self, line: Line, at: int) -> tuple[str, list[tuple[str, int, int]], int]:
        """A run of boxes from a position on: the words before it, each option with its tokens, and
        where the run ends."""
        tokens = self._sheet.tokens
        ticks = [n for n in range(line.first, line.last) if is_tick(tokens[n]) and tokens[n].start >= at]
        if behind := self._boxes_behind(line, at, ticks):
            return behind
        before = line.text[at : tokens[ticks[0]].start] if ticks else ""
        options: list[tuple[str, int, int]] = []
        end = at
        for place, tick in enumerate(ticks):
            following = tokens[ticks[place + 1]].start if place + 1 < len(ticks) else len(line.text)
            stop = min([following, *(gap.start for gap in line.gaps if gap.start >= tokens[tick].end)])
            text = line.text[tokens[tick].end : stop]
            if before.strip() and re.match(r" *\t", text) and place == len(ticks) - 1:  # the next question
                return before, [*options, ("", tick, tick + 1)], tokens[tick].end
            text = _first_piece(text, before_room=stop != following)
            end = tokens[tick].end + len(text)
            last = self._last_token(line, tick, end)
            if text.strip() or before.strip():
                options.append((tidy(text).strip(" ,;."), tick, last))
            if end != following:
                break
        return before, options, end

    def _is_statement(self, line: Line) -> bool:
        """Whether a box stands before a whole sentence ("☐ Ik ga akkoord met de voorwaarden."), which the
        options above it are not."""
        place = self._draft.found.questions[-1].places[-1]
        before = self._sheet.lines[self._sheet.tokens[place.end - 1].line]
        ends = [text.rstrip().endswith(".") for text in (before.text, line.text)]
        return ends == [False, True] and len(line.text.split()) > _SENTENCE

    def options_in(self, box: Box) -> tuple[str, ...]:
        """The options that stand in a cell."""
        if self.offers(box):
            return tuple(map(label_of, _options_of(box.text)))
        options: list[str] = []
        for number in box.lines:
            options += [option for option, _, _ in self.boxes(self._sheet.lines[number], 0)[1]]
        return tuple(options)

    def _boxes_behind(
        self, line: Line, at: int, ticks: list[int]
    ) -> tuple[str, list[tuple[str, int, int]], int] | None:
        """A run of boxes that stand behind the words of their options: "Vervoer: trein ☐ auto ☐". None where
        words follow the last box, or none stand before each."""
        tokens = self._sheet.tokens
        ends = [at, *(tokens[tick].end for tick in ticks)]
        words = [line.text[end : tokens[tick].start] for end, tick in zip(ends, ticks, strict=False)]
        rest = line.text[ends[-1] :].strip(" \t.,;*") if ticks else ""
        if len(ticks) < _FEWEST_BOXES or rest or not all(map(_has_word, words)):
            return None
        before = _before_option(words[0])
        if not _has_word(words[0][len(before) :]):
            return None
        again = next((n for n, text in enumerate(words) if n and _before_option(text)), len(words))
        options: list[tuple[str, int, int]] = []
        start = at + len(before)
        for text, tick in zip(words[:again], ticks, strict=False):
            name = text[len(before) :] if not options else text
            first = next(n for n in range(line.first, line.last) if tokens[n].start >= start)
            options.append((tidy(name).strip(" ,;."), first, tick + 1))
            start = tokens[tick].end
        return before, options, start

    def _last_token(self, line: Line, first: int, stop: int) -> int:
        tokens = self._sheet.tokens
        return max(n for n in range(first, line.last) if tokens[n].start < stop) + 1

    def _boxes_from(self, line: Line, at: int, left: str) -> None:
        before, options, _ = self.boxes(line, at)
        label = label_of(_last_piece(before)) or left
        if not options:
            return
        start, end = options[0][1], options[-1][2]
        names = tuple(option for option, _, _ in options if option)
        if not label and self._draft.group and not self._is_statement(line):
            self._goes_on_with(names, end)
            return
        label = label or self._draft.unclaimed(statement=len(names) == 1)
        if not names and not label:
            return
        if not label and len(names) == 1:
            self._draft.ask(names[0], [Place(start, end)], line.where, ticks=True)
            self._draft.group = False
            return
        asked = len(self._draft.found.questions)
        self._draft.ask(
            label or self._draft.section, [Place(start, end)], line.where, options=names, ticks=True
        )
        is_asked = len(self._draft.found.questions) > asked  # and no signature, nor the office's
        is_open = self._draft.above is not None or not label_of(before)
        is_whole = bool(label_of(before)) and self._draft.found.questions[-1].is_yes_no if is_asked else False
        self._draft.group = is_asked and is_open and not is_whole

    def _goes_on_with(self, names: Sequence[str], end: int) -> None:
        """Adds options to the last question, whose room then ends behind them."""
        last = self._draft.found.questions[-1]
        place = replace(last.places[-1], end=end) if len(last.places) == 1 else last.places[-1]
        self._draft.found.questions[-1] = replace(
            last, options=(*last.options, *names), places=(*last.places[:-1], place)
        )


def _after_room(line: Line, end: int) -> int:
    """Where the words before a position begin: behind the last room before it."""
    return max((gap.end for gap in line.gaps if gap.end <= end), default=0)


def _tells_to_choose(text: str) -> bool:
    """Whether words tell to strike out or to mark options."""
    return bool(_STRIKE.search(text) or _MARK.search(text))


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _before_option(text: str) -> str:
    """What stands before the words of an option that its box follows: the question, up to its colon, or all
    but a last yes or no; nothing where the option stands alone."""
    sign = max(text.rfind(mark) for mark in ":?\t")
    if sign >= 0:
        return text[: sign + 1]
    last = _LAST_YES_NO.search(text)
    return text[: last.start()] if last and _has_word(text[: last.start()]) else ""


def _options_of(text: str) -> list[str]:
    """The options of a choice to strike out or to mark."""
    marked = _BETWEEN_MARKED.split(text.strip())
    return marked if len(marked) > 1 else text.split("/")


def _are_lines_of_one(name: str, other: str) -> bool:
    """Whether two controls are lines of one answer by their names ("remarks 1", "remarks 2"); room that no
    program fills has none."""
    bare, its = (letters(one).rstrip("0123456789") for one in (name, other))
    return not (name and other) or bare == its


def _is_heading(line: Line) -> bool:
    """Whether a line of words stands above a part of the form, and does not explain how to fill it in, or
    begin a letter ("Beste ouders,")."""
    greets = line.text.rstrip().endswith(",")
    words = re.sub(r"\s*\([^()]*\)(?=\s*:?\s*$)", "", line.text).split()
    return line.heading or (len(words) <= _HEADING_WORDS and not greets)


def _last_piece(text: str) -> str:
    """The words right before some room: behind the last tab, and without a caption of the room before."""
    text = re.sub(r"^\s*\([^()]*\)[\s,;]*", "", text)
    pieces = [piece for piece in _APART.split(text.rstrip()) if piece.strip(" ,;.")]
    return pieces[-1].strip(" ,;") if pieces else ""


def _captioned(label: str, caption: str) -> str:
    """The words before some room with those behind it in parentheses that name what is written there: "ouder
    van ..... (naam kind)"."""
    if not label or not caption:
        return label or caption
    named = _NAMED.match(plain(caption)) and letters(label) not in lexicon().labels
    return f"{label} ({caption})" if named else label


def _first_piece(text: str, *, before_room: bool) -> str:
    """The words of an option without those, set apart from them, that begin another question: they end in a
    colon, or room to write stands behind them."""
    apart = _APART.search(text.rstrip(), len(text) - len(text.lstrip()))
    if apart is None:
        return text
    rest = text[apart.end() :]
    return text[: apart.start()] if ":" in rest or (rest.strip() and before_room) else text


def _place(gap: Gap) -> Place:
    return Place(gap.position, gap.position, 0, gap.hint, gap.prefilled, gap.name)

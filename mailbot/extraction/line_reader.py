"""Running text → pieces: labels at the start of lines, answers beside them or below."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from typing import Any

from mailbot.domain.document import Location, Paragraph, Span, Unit
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.bare_labels import bare_label, believed
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.boilerplate import (
    IN_PARENTHESES,
    ends_the_answers,
    is_contact_line,
    is_instruction,
    is_rule,
    only_offers,
)
from mailbot.extraction.continuation import (
    OF_SEVERAL_LINES,
    OPTION,
    beside_siblings,
    has_words,
    is_another_matter,
    is_choice_of,
    takes_lines,
)
from mailbot.extraction.headings import (
    CONTACT,
    ORGANISER,
    PARTICIPANT,
    SUBSTITUTE,
    Section,
    says_whom_to_ask,
    section,
)
from mailbot.extraction.labels import Label, Labels
from mailbot.extraction.line_cuts import Segment, prepared, segments, whole_line
from mailbot.extraction.spans import (
    Candidate,
    Spans,
    apart_from,
    candidate,
    cut,
    line_break,
    lines,
    masked,
    text_of,
)
from mailbot.extraction.ticks import SIGNS, has_box
from mailbot.extraction.trials import Trials
from mailbot.text.characters import TICKED
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import letters, plain

_SOMEBODY = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?[^\W\d_][\w'’-]*(?:\s+[\w'’-]+){1,5}(?:\s*[,(–-].{0,80})?$"
)
_BLANK = re.compile(r"(?:[.…_]\s?){4,}|…{2,}")
_ROOM_LEFT = re.compile(r"(?:[.…_]\s?){4,}\s*$")
_TYPED_BEHIND = re.compile(r"\s*(?:[.…_]\s?){4,}\s*\w")
_BEHIND_RULE = re.compile(r"\s*[.…_]{20,}[ \t]+[^\W_].*[^.…_\s]\s*$", re.S)
#: Two words with a tab between them, in what should be one answer.
_CELLS_BESIDE = re.compile(r"[^\W_](?:[^\w\t]|_)*\t\s*[^\W_]")
#: Kinds whose answers may stand in several cells.
_IN_PARTS = OF_SEVERAL_LINES | {FieldKind.ADDRESS, FieldKind.IBAN, FieldKind.NATIONAL_NUMBER}
_TITLE = 2  # words
_LABEL_END = re.compile(r"[:\t]")
_RETURN = re.compile(
    r"\b(?:terug\s?(?:sturen|bezorgen|mailen)|terug te (?:sturen|bezorgen|mailen)|bezorg\w* (?:aan|bij|naar)"
    r"|renvoyer|return to|retour (?:naar|aan))\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph; ``below_rule``: an empty line to write on stands right above it."""

    spans: Spans
    text: str
    paragraph: Paragraph
    below_rule: bool


class Reader:
    """Takes a document's lines in order and keeps what is open: the section, and the label that
    still takes lines. A piece without keys marks the beginning of another person."""

    def __init__(self, labels: Labels, blank: BlankForm, ours: Set[str] = frozenset()) -> None:
        self.labels = labels
        self.blank = blank
        self.ours = ours  # our names, as letters
        self.captions: frozenset[str] = (
            frozenset()
        )  # printed labels of nothing that the form asks, as letters
        self.taken: set[Location] = set()
        self._heading = ""  # the last line that stood above questions, and asked and answered nothing
        self.about = ""  # what the section speaks of that is open now
        self.raw: list[Candidate] = []  # everything met, in order
        self.trials = Trials()
        self._bare: list[int] = []
        self._open = False
        self._asks = False
        self._runs_on = False  # the last answer may go on in lower case on the next line
        self._gap = False
        self._closed = False  # below "Met vriendelijke groeten" stands a signature
        self._page = (0, False, False)
        self._turned = False  # the page ended while an answer was open
        self._alone = True
        self._told = False
        self._between: tuple[Spans, Paragraph] | None = None  # what stands between two lines to write on
        self._above: Spans = ()  # the last line that said something
        self._ruled = False  # a line to write on was left open, and nothing stands below it yet
        self._offers = False  # the first of several options stands behind the last label, a line each
        self._room_left = False  # behind the last answer: what goes on below has room of its own
        self._lists = False  # everybody is named, a line each
        self._region = self._part = 0  # how many titles and headings, and how many sections, were met

    def fork(self) -> Reader:
        """A reader in the same state, to try a shape with."""
        other = copy.copy(self)
        other.raw, other._bare, other.taken = [*self.raw], [*self._bare], {*self.taken}
        return other

    def trial(self) -> Reader:
        """A reader in the same state, that knows only what is open: to try a few rows with."""
        other = copy.copy(self)
        other.raw, other._bare, other.taken = self.raw[-1:], [], set()
        return other

    def become(self, other: Reader) -> None:
        """Takes over what a fork has read."""
        self.__dict__.update(other.__dict__)

    def pieces(self) -> tuple[Candidate, ...]:
        """Everything read; lines without any separator only where several stand together, and what stands
        below a question doubted where the others are answered behind theirs."""
        return beside_siblings(believed(self.raw, self._bare), self.labels)

    def add(self, piece: Candidate) -> None:
        """A piece that a table yielded; it belongs to the section that is open."""
        self._open = False
        self.taken.add(piece.where)
        about = piece.section or self.about
        self.raw.append(
            replace(piece, section=about, part=self._part, region=self._region, heading=self._heading)
        )

    def ends_a_table(self) -> None:
        """What stands below a table is no answer to what was asked in it."""
        self._open = self._runs_on = False

    def paragraph(self, paragraph: Paragraph, *, alone: bool = True, told: bool = False) -> None:
        """The next paragraph; ``alone`` is false for a cell with others beside it, no heading; ``told`` where
        what stands before it in its row asks it: "Gemeente Damme" is then an answer, and no label."""
        self._alone, self._told = alone, told
        where = paragraph.where
        page = where.page, where.has(Unit.HEADER), where.has(Unit.FOOTER)
        if page != self._page:
            self._page = page
            self._turn(where)
        if paragraph.heading or (self._alone and self.blank.is_title(paragraph.text)):
            self._region += 1
        for spans in lines(paragraph):
            self._line(prepared(spans), paragraph)

    def _turn(self, where: Location) -> None:
        """An answer may run on over the page, but never into its header or footer."""
        self._turned = True
        if not where.page:
            self._open = self._runs_on = False

    def _line(self, spans: Spans, paragraph: Paragraph) -> None:
        text = text_of(spans).strip()
        if not text:
            self._gap = True
            return
        if is_rule(text):
            self._rule()
            return
        line = _Line(spans, text, paragraph, self._ruled)
        self._ruled, self._between = False, None
        any(takes(line) for takes in self._ways)
        self._above = spans

    @property
    def _ways(self) -> tuple[Callable[[_Line], bool], ...]:
        """What a line may be, in order: the first that takes it is right."""
        return (
            self._heads_the_organiser,
            self._ends,
            self._is_a_caption,
            self._heads_with_a_remark,
            self._answers_what_is_open,
            self._partly_crossed_out,
            self._says_whom_to_ask,
            self._asks_something,
            self._is_plain,
        )

    def _answers_what_is_open(self, line: _Line) -> bool:
        """An answer to the open question that looks like a question itself, or one of its choices."""
        if self._open and self._offers and (self._gap or not self._is_option(line.text)):
            self._open = False
        chosen = self._open and is_choice_of(self.raw[-1], line.text, self.labels)
        if not chosen and not self._is_answer_that_looks_like_a_label(line.spans):
            return False
        self._append(line.spans, line.paragraph)
        return True

    def _heads_the_organiser(self, line: _Line) -> bool:
        """ "Inlichtingen", "Terug te sturen naar:", below the questions of the form."""
        return self._alone and self.begins_organiser(line.text, line.paragraph.where)

    def begins_organiser(self, text: str, where: Location) -> bool:
        """Begins the section of who organises it where words head that, below a question for a name."""
        if not says_whom_to_ask(text, self.ours) or not self._has_asked_a_name():
            return False
        self._begin_section(Section(ORGANISER), Paragraph((Span(text),), where))
        return True

    def _is_a_caption(self, line: _Line) -> bool:
        """A printed label that no field has, perhaps with its answer in the next cell of the line."""
        if not self.captions or letters(line.text.partition("\t")[0]) not in self.captions:
            return False
        self._open = self._runs_on = False
        begun = None if line.text.endswith("?") else self._section_alone(line.text, line.paragraph)
        if begun is not None:
            self._begin_section(begun, line.paragraph)
        return True

    def _heads_with_a_remark(self, line: _Line) -> bool:
        """A heading with a colon in parentheses behind it: "Facturatie (deelname: 25 euro)"."""
        bare = IN_PARENTHESES.sub("", line.text).strip() if ":" in line.text else ""
        label = self.labels.match(bare)
        if not bare or ":" in bare or (label is not None and not label.is_other):
            return False
        begun = self._section_alone(bare, line.paragraph)
        if begun is not None:
            self._begin_section(begun, line.paragraph)
        return begun is not None

    def _asks_something(self, line: _Line) -> bool:
        if not self._asked(line.spans, line.text, line.paragraph):
            return False
        self._gap = False
        return True

    def _is_plain(self, line: _Line) -> bool:
        """Any other line; one below a line to write on may belong to the line below it."""
        self._plain(line.spans, line.text, line.paragraph)
        if line.below_rule and not self._gap and line.paragraph.where not in self.taken:
            self._between = line.spans, line.paragraph
        self._gap = False
        return True

    def _ends(self, line: _Line) -> bool:
        """Whether a line ends what is open, and often the form: a closing, whom to ask, an address to
        send it to."""
        text = line.text
        sent = _RETURN.search(plain(text)) is not None and self._has_asked_a_name()
        closes = sent or ends_the_answers(text)
        if not closes and not is_contact_line(text):
            return False
        label = self.labels.match(_LABEL_END.split(text, maxsplit=1)[0])
        if label is not None and not label.is_other:
            return False  # "Wishes to take part", "Contact e-mail"
        self._closed = self._closed or closes
        self._open = False
        return True

    def _asked(self, spans: Spans, text: str, paragraph: Paragraph) -> bool:
        """Takes a line that asks something, ours or not, with what stands behind it; false for a line
        that asks nothing."""
        found = [self._below_heading(segment) for segment in segments(spans, self.labels)]
        if ":" in text.rstrip(": ") and (label := whole_line(spans, self.labels)) and label.main:
            self._label_alone(label, spans, text, paragraph)
        elif any(segment.label for segment in found):
            self._labelled(found, paragraph)
        elif found[0].unknown and found[0].empty and (begun := self._section(text, paragraph)):
            self._begin_section(begun, paragraph)
        elif len(found) > 1 or found[0].unknown:
            self._open = False  # "Rijksregisternummer: ..." is a question of no field of ours
        elif (label := whole_line(spans, self.labels)) and not _is_sentence(label, text):
            self._label_alone(label, spans, text, paragraph)
        else:
            return False
        return True

    def _below_heading(self, segment: Segment) -> Segment:
        """A label of a line as it is meant below the heading that is open."""
        label = self.below_heading(segment.printed, segment.label) if segment.printed else segment.label
        return segment if label is segment.label else replace(segment, label=label, unknown="")

    def below(self, heading: str, read: Callable[[], None]) -> None:
        """Reads something below a heading of its own."""
        before, self._heading = self._heading, heading
        read()
        self._heading = before

    def below_heading(self, printed: str, label: Label | None) -> Label | None:
        """What words ask below the heading that is open; ``label`` is what they ask anywhere else."""
        return self.labels.below(self._heading, printed, label) if self._heading else label

    def _label_alone(self, label: Label, spans: Spans, text: str, paragraph: Paragraph) -> None:
        """Takes a line that is a label and nothing else."""
        struck = all(span.struck for span in spans if span.text.strip())
        if begun := self._section_of(label, text, paragraph):
            self._begin_section(begun, paragraph)
        elif struck and self.labels.kind(label) is FieldKind.YES_NO:
            self._crossed_out(label, paragraph)
        elif label.exact or text.endswith((":", "?")):
            label = self.below_heading(text, label) or label
            self._labelled([Segment(label, ())], paragraph)
            self._asks = text.endswith((":", "?"))
            if self.labels.kind(label) is FieldKind.NAME and label.particular:
                self._heading = text  # "Ouder", and below it "Volledige naam" and "E-mail"

    def _has_asked_a_name(self) -> bool:
        return any(self.labels.kind(Label(piece.keys)) is FieldKind.NAME for piece in self.raw if piece.keys)

    def _rule(self) -> None:
        """A line to write on, or across the page: what stands below it is no answer to what was asked
        above it, but where the answer has lines of its own, or stands between two of them."""
        if self._between and not self._gap:
            self._append(*self._between)
        self._between, self._ruled = None, False
        if not (self._open and takes_lines(self.raw[-1], self.labels)):
            self._open = self._runs_on = False

    def _section_of(self, label: Label, text: str, paragraph: Paragraph) -> Section | None:
        """The heading "Facturatiegegevens", which is as well a label that the form does not have."""
        heads = label.is_other and self._alone and not text.endswith((":", "?"))
        return section(text, paragraph.heading) if heads else None

    def _says_whom_to_ask(self, line: _Line) -> bool:
        """ "Meer weten? Neem contact op met:" above those who organise it."""
        asks = line.text.endswith((":", "?")) and len(line.text.split()) > 2
        begun = section(line.text, line.paragraph.heading) if asks else None
        if begun is None or begun.about != CONTACT:
            return False
        self._begin_section(begun, line.paragraph)
        return True

    def _section(self, text: str, paragraph: Paragraph) -> Section | None:
        """The heading "Wordt vervangen door:"; any other with a colon may be a question left open."""
        begun = section(text, paragraph.heading)
        return begun if begun and begun.about in (PARTICIPANT, SUBSTITUTE) else None

    def _labelled(self, found: list[Segment], paragraph: Paragraph) -> None:
        """Takes a line with labels: what stands behind each, and whether the last takes more lines."""
        self.taken.add(paragraph.where)
        self._turned = self._lists = self._offers = False
        if self._is_as_printed(found, paragraph):
            self._open = False
        elif found[0].label and found[0].label.many and found[0].empty:
            self._open = False
            if self._alone:
                self._begin_list(found[0].label, paragraph)
        elif self._stays_closed(found):
            self._open = False
        else:
            self._take_answers(found, paragraph)
            self._asks = True
            self._leave_open(found, paragraph)
            self._doubt_last(found)

    def _is_as_printed(self, found: list[Segment], paragraph: Paragraph) -> bool:
        """ "Vragen? Bel ...", as the blank form has it; what was crossed out in it is an answer."""
        crossed_out = any(span.struck or span.marked for span in paragraph.spans)
        return self.blank.has(paragraph.text) and not found[-1].empty and not crossed_out

    def _stays_closed(self, found: list[Segment]) -> bool:
        """Whether the line stands below a closing: a question for a name begins another form there."""
        asked = [segment.label for segment in found if segment.label]
        self._closed = self._closed and not any(self.labels.kind(label) is FieldKind.NAME for label in asked)
        return self._closed

    def _take_answers(self, found: list[Segment], paragraph: Paragraph) -> None:
        here = self._here(paragraph)
        self.raw += [
            candidate(
                segment.label,
                segment.spans,
                paragraph.where,
                doubt=Doubt(Reason.TWO_LABELS_ON_LINE) if segment.doubtful else None,
                statement=segment.tick_before,
                reader=FoundBy.TICK if segment.tick_before else FoundBy.BEHIND,
                **here,
            )
            for segment in found
            if segment.label
        ]

    def _leave_open(self, found: list[Segment], paragraph: Paragraph) -> None:
        """Settles whether the next lines belong to the last label of this one."""
        last = found[-1]
        questions = len(found) > 1 and all(segment.empty for segment in found)
        if last.label is None:
            self._open = self._runs_on = False
            return
        kind = self.labels.kind(last.label)
        answered = not last.empty and not only_offers(text_of(last.spans))
        room = last.empty and _is_room(last.spans, text_of(paragraph.spans))
        self._offers = answered and not last.tick_before and self._is_option(text_of(last.spans))
        one_line = answered and not kind.traits.lines and not self._may_go_on(last, kind) and not self._offers
        self._runs_on = kind is FieldKind.TEXT and not last.empty
        # A blank left open is answered there or nowhere.
        self._open = not (last.tick_before or questions or one_line or room or self._is_typed(last))
        self._room_left = answered and _ROOM_LEFT.search(text_of(last.spans)) is not None
        if room:
            self._ruled = takes_lines(self.raw[-1], self.labels)

    def _is_typed(self, last: Segment) -> bool:
        """Whether a field of the form at the last label holds words."""
        return any(span.slot for span in last.spans) and not last.tick_before and has_words(self.raw[-1])

    def _may_go_on(self, last: Segment, kind: FieldKind) -> bool:
        """Whether the first boxes of a list stand behind its label, and the others below."""
        return kind is FieldKind.CHOICE and has_box(text_of(last.spans).lstrip()[:1]) and not last.tick_before

    def _is_option(self, text: str) -> bool:
        """Whether words are one of the answers that the last question offers and no more: "ja", with "nee" on
        the next line, are perhaps what may be chosen."""
        said = text.strip(" \t.,;/*")
        field = self.labels.form.field(self.raw[-1].keys[0]) if self.raw[-1].keys else None
        if field is not None and field.kind is FieldKind.YES_NO:
            return is_yes_or_no(said)
        return field is not None and letters(said) in map(letters, field.choices)

    def _doubt_last(self, found: list[Segment]) -> None:
        """What is typed behind the line to write on, or behind the dots of several questions, is perhaps
        no answer to the last of them."""
        last = found[-1]
        text = text_of(last.spans)
        reason = None
        if not any(span.slot for span in last.spans) and _BEHIND_RULE.match(text):
            reason = Doubt(Reason.BEHIND_LINE)
        elif last.label and len(found) > 1 and all(segment.empty for segment in found[:-1]):
            reason = Doubt(Reason.BEHIND_SEVERAL_QUESTIONS) if _TYPED_BEHIND.match(text) else None
        elif last.label and _CELLS_BESIDE.search(text) and self.labels.kind(last.label) not in _IN_PARTS:
            reason = Doubt(Reason.MANY_BESIDE)
        if reason:
            self.raw[-1] = replace(self.raw[-1], doubt=self.raw[-1].doubt or reason)

    def _begin_list(self, label: Label, paragraph: Paragraph) -> None:
        """ "Deelnemers:", a heading, perhaps with a line for each of them below it."""
        self._begin_section(Section(PARTICIPANT, label.number), paragraph)
        self.raw.append(candidate(label, (), paragraph.where, reader=FoundBy.NAMES, **self._here(paragraph)))
        self._open = self._lists = True

    def _plain(self, spans: Spans, text: str, paragraph: Paragraph) -> None:
        if self._open and self._lists:
            if _SOMEBODY.match(text):
                self._append(spans, paragraph)
                self._open = True
                return
            self._open = self._lists = False
        if begun := self._section_alone(text, paragraph):
            self._begin_section(begun, paragraph)
            return
        if self.blank.has(text):
            self.taken.add(paragraph.where)
        if self.blank.has(text) or (is_instruction(text) and not any(span.slot for span in spans)):
            self._open = self._open and not self.raw[-1].spans
        elif self._closed or self._without_separator(spans, paragraph):
            return
        elif self._goes_on(text):
            self._append(spans, paragraph)
        elif self._runs_on and not self._gap and text[:1].islower() and not self._tells_another(text):
            self._append(spans, paragraph)
            self._open, self._runs_on = False, True
        else:
            self._open = False
            self._heading = text

    def _section_alone(self, text: str, paragraph: Paragraph) -> Section | None:
        """The section that a line alone begins; None where it may go on with an answer of several lines."""
        begun = section(text, paragraph.heading) if self._alone else None
        if begun is None or paragraph.heading or begun.number or not self._open:
            return begun
        asks = self.labels.kind(Label(self.raw[-1].keys))
        awaits = asks is FieldKind.TEXT and not self._gap and not has_words(self.raw[-1])
        if awaits and len(text.split()) <= _TITLE:  # "Functie", and below it "Chauffeur"
            return None
        return None if takes_lines(self.raw[-1], self.labels) else begun

    def _goes_on(self, text: str) -> bool:
        """Whether a line goes on with the answer that is open, or is all of it."""
        if (
            not self._open
            or (self._gap and has_words(self.raw[-1]))
            or is_another_matter(self.raw[-1], text, self.labels)
        ):
            return False
        return not self._room_left or _BLANK.search(text) is not None

    def _tells_another(self, text: str) -> bool:
        return is_another_matter(self.raw[-1], text, self.labels)

    def _crossed_out(self, label: Label, paragraph: Paragraph) -> None:
        """ "Ik neem deel", crossed out, says what "Ik neem niet deel" would."""
        denied = not label.negative
        ticked = (Span(TICKED),)
        self.taken.add(paragraph.where)
        self._open = False
        self.raw.append(
            candidate(
                label,
                ticked,
                paragraph.where,
                negative=denied,
                statement=True,
                reader=FoundBy.STRUCK,
                **self._here(paragraph),
            )
        )

    def _partly_crossed_out(self, line: _Line) -> bool:
        """ "Ik neem wel / niet deel" with one of them crossed out says what is left."""
        spans, paragraph = line.spans, line.paragraph
        if not any(span.struck for span in spans) or any(span.slot for span in spans):
            return False
        left = "".join(" " if span.struck else span.text for span in spans).replace("/", " ")
        label = self.labels.match(" ".join(left.split()))
        if label is None or not label.exact or self.labels.kind(label) is not FieldKind.YES_NO:
            return False
        if ":" in left or self.labels.match(text_of(spans)) == label:
            return False  # what was crossed out changes nothing
        self.taken.add(paragraph.where)
        self._open = False
        ticked = (Span(TICKED),)
        here = self._here(paragraph)
        self.raw.append(
            candidate(label, ticked, paragraph.where, statement=True, reader=FoundBy.STRUCK, **here)
        )
        return True

    def heads(self, text: str, where: Location, *, alone: bool) -> None:
        """A heading between the rows of a table, of who comes unless it says otherwise. One that is ``alone``
        in its row may begin another person ("Deelnemer 2")."""
        begun = section(text, heading=True) or Section("")
        number = begun.number if alone else 0
        self._begin_section(Section(begun.about or PARTICIPANT, number), Paragraph((Span(text),), where))

    def _begin_section(self, begun: Section, paragraph: Paragraph) -> None:
        self.about, self._heading = begun.about, paragraph.text
        self._open = self._runs_on = False
        self._part += 1
        self.taken.add(paragraph.where)
        if begun.number:
            self.raw.append(Candidate((), (), paragraph.where, number=begun.number))

    def _append(self, spans: Spans, paragraph: Paragraph) -> None:
        self.taken.add(paragraph.where)
        self._runs_on = False
        piece = self.raw[-1]
        before = (*piece.spans, *line_break()) if piece.spans else ()
        if not has_words(piece):
            spans = apart_from(self._above, spans)
        doubt = piece.doubt
        if self._turned:
            doubt = doubt or Doubt(Reason.ON_NEXT_PAGE)
        elif self._gap and self.labels.kind(Label(self.raw[-1].keys)).traits.lines:
            doubt = doubt or Doubt(Reason.BELOW_EMPTY_LINE)
        reader = piece.reader if piece.reader is FoundBy.NAMES or has_words(self.raw[-1]) else FoundBy.BELOW
        self.raw[-1] = replace(piece, spans=(*before, *spans), doubt=doubt, reader=reader)
        self._open = takes_lines(self.raw[-1], self.labels)

    def _is_answer_that_looks_like_a_label(self, spans: Spans) -> bool:
        """ "Gemeente/OCMW:" with "OCMW" below it; "Neemt u deel?" with "☒ Ja, ik neem deel"."""
        if (
            not self._open
            or self._gap
            or (has_words(self.raw[-1]) and not takes_lines(self.raw[-1], self.labels))
        ):
            return False
        text = text_of(spans).strip(f" {SIGNS}")
        label = self.labels.match(text)
        if label is None or text.endswith(":"):
            return OPTION.match(text) is not None and takes_lines(self.raw[-1], self.labels)
        asked = self.raw[-1]
        if label.negative != asked.negative and not self._asks and not has_box(text_of(spans)):
            return False  # "Ik neem deel" with "Ik neem niet deel" below it: nothing was chosen
        return label.keys == asked.keys

    def _without_separator(self, spans: Spans, paragraph: Paragraph) -> bool:
        """Takes a line that begins with a label and no sign behind it ("Naam Peeters")."""
        text = masked(spans)
        found = bare_label(text, self.labels, self.raw[-1].keys if self._open and not self._gap else None)
        if found is None or (self._told and not found.asks):
            return False
        if found.asks:
            self._labelled([Segment(found.label, ())], paragraph)
            return True
        if self._open and not found.sure and self.labels.kind(Label(self.raw[-1].keys)) in OF_SEVERAL_LINES:
            return False
        if not found.sure:
            self._bare.append(len(self.raw))
        said = apart_from(cut(spans, 0, found.end), cut(spans, found.end, len(text)))
        label = self.below_heading(text[: found.end], found.label) or found.label
        self._add_bare(label, said, found.doubt, paragraph)
        self._open = False
        return True

    def _add_bare(self, label: Label, spans: Spans, doubt: Doubt | None, paragraph: Paragraph) -> None:
        self.taken.add(paragraph.where)
        self.raw.append(
            candidate(
                label, spans, paragraph.where, doubt=doubt, reader=FoundBy.BARE, **self._here(paragraph)
            )
        )

    def _here(self, paragraph: Paragraph) -> dict[str, Any]:
        """What a candidate of this line has of what stands above it."""
        return {
            "section": self.about,
            "part": self._part,
            "region": self._region,
            "heading": self._heading,
            "quote": paragraph.quote,
        }


def _is_sentence(label: Label, text: str) -> bool:
    """Whether a line that may be a caption is as likely a sentence: "Ik ben aanwezig" without a sign."""
    return label.phrased and not label.exact and not text.endswith((":", "?"))


def _is_room(spans: Spans, line: str) -> bool:
    """Whether a line leaves room for an answer behind its last label: a field of the form, or dots."""
    return any(span.slot for span in spans) or _BLANK.search(line) is not None

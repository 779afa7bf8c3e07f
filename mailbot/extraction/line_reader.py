"""Running text → pieces: labels at the start of lines, answers beside them or below."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mailbot.domain.document import Location, Paragraph, Span, Unit
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.bare_labels import bare_label
from mailbot.extraction.boilerplate import (
    IN_PARENTHESES,
    ends_the_answers,
    is_contact_line,
    is_instruction,
    is_rule,
)
from mailbot.extraction.continuation import (
    OF_SEVERAL_LINES,
    OPTION,
    has_words,
    is_choice_of,
    takes_lines,
)
from mailbot.extraction.headings import (
    CONTACT,
    ORGANISER,
    OTHER,
    PARTICIPANT,
    SUBSTITUTE,
    Section,
    says_whom_to_ask,
    section,
)
from mailbot.extraction.label import Label
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.line_cuts import Segment, prepared, segments, whole_line
from mailbot.extraction.open_pieces import OpenPieces
from mailbot.extraction.spans import (
    Spans,
    apart_from,
    candidate,
    cut,
    lines,
    masked,
    text_of,
)
from mailbot.extraction.subjects import asks_of_others
from mailbot.extraction.ticks import SIGNS, has_box
from mailbot.text.characters import TICKED
from mailbot.text.normalize import letters, plain

_SOMEBODY = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?[^\W\d_][\w'’-]*(?:\s+[\w'’-]+){1,5}(?:\s*[,(–-].{0,80})?$"
)
_CHOSEN = frozenset({FieldKind.YES_NO, FieldKind.CHOICE})
_TITLE = 2  # words
_LABEL_END = re.compile(r"[:\t]")
#: To whom a form is sent back.
_RETURN = re.compile(rf"\b{phrases('return_to')}\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph; ``below_rule``: an empty line to write on stands right above it."""

    spans: Spans
    text: str
    paragraph: Paragraph
    below_rule: bool


class LineReader(OpenPieces):
    """Takes a document's lines in order and keeps what is open: the section, and the label that
    still takes lines. A piece without keys marks the beginning of another person."""

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
        if self._is_of_somebody_else(found):
            self._take_aside(found, paragraph)
        elif ":" in text.rstrip(": ") and (label := whole_line(spans, self.labels)) and label.main:
            self._label_alone(label, spans, text, paragraph)
        elif any(segment.label for segment in found):
            self._labelled(found, paragraph)
        elif found[0].unknown and found[0].empty and (begun := self._section(text, paragraph)):
            self._begin_section(begun, paragraph)
        elif len(found) > 1 or found[0].unknown:
            self._open = False  # "Rijksregisternummer: ..." is a question of no field of ours
            if len(found) == 1 and found[0].empty and text.endswith(":"):
                self._heading = text  # or "Bij nood te bellen:", above "Naam" and "Telefoon"
        elif (label := self._asked_alone(spans, text)) and not _is_sentence(label, text):
            self._label_alone(label, spans, text, paragraph)
        else:
            return False
        return True

    def _is_of_somebody_else(self, found: list[Segment]) -> bool:
        """ "Bij ongeval te verwittigen: naam ... tel. ...", below who registers."""
        first, *others = found
        heads = bool(others) and first.label is None and first.empty and asks_of_others(first.unknown)
        return heads and self._has_asked_a_name()

    def _take_aside(self, found: list[Segment], paragraph: Paragraph) -> None:
        """Takes a line that begins with whom the labels in it are about."""
        before = self.about, self._heading
        self.about, self._heading = OTHER, found[0].unknown
        self._labelled(found, paragraph)
        self.about, self._heading = before
        self._open = False

    def _asked_alone(self, spans: Spans, text: str) -> Label | None:
        """What a line that is a label and nothing else asks, or a question to choose something in other words
        ("Blijft u voor de lunch?"), whose options stand below."""
        if label := whole_line(spans, self.labels):
            return label
        label = self.labels.reworded(text) if text.endswith("?") else None
        chooses = label is not None and not label.loose and self.labels.kind(label) in _CHOSEN
        return label if chooses and not has_box(text) else None

    def _below_heading(self, segment: Segment) -> Segment:
        """A label of a line as it is meant below the heading that is open."""
        label = self.below_heading(segment.printed, segment.label) if segment.printed else segment.label
        return segment if label is segment.label else replace(segment, label=label, unknown="")

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
        begun = self._section_alone(text, paragraph)
        if begun is not None and not self._begins_with_own_question(text):
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

    def _begins_with_own_question(self, text: str) -> bool:
        """Whether a line that may be a heading is the form's own question, with its answer behind it: "Naam
        verantwoordelijke An Maes"."""
        found = bare_label(text, self.labels, None)
        return found is not None and found.label.main and found.label.particular and " " in text[: found.end]

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


def _is_sentence(label: Label, text: str) -> bool:
    """Whether a line that may be a caption is as likely a sentence: "Ik ben aanwezig" without a sign."""
    return label.phrased and not label.exact and not text.endswith((":", "?"))

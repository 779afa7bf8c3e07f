"""The forms in a mail: in what is attached, else typed in its text or in what it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.domain.document import Block, ParseStatus
from mailbot.domain.form import Form
from mailbot.domain.submission import ClueSource, EventClue
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.form_reader import Filled, highest_score, read_form, text_lines
from mailbot.extraction.labels import labels_of
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.template_reader import TemplateReading, read_copy, weighed, with_shared
from mailbot.extraction.verdict import FormVerdict
from mailbot.matching.events import heading_clues, names_title
from mailbot.pipeline.event_clues import marks_in
from mailbot.pipeline.material import OUR_ANSWER, Material
from mailbot.pipeline.templates import templates_of
from mailbot.pipeline.texts import words_around
from mailbot.text.normalize import letters, plain, tidy

#: "Zie hieronder", "mijn antwoorden in het rood": what the sender says lies in what they quote.
_BELOW = re.compile(rf"\b{phrases('below')}\b")
#: "Zie hieronder ingevuld": what was quoted is a form, and it was filled in there.
_FILLED_IN = re.compile(rf"\b{phrases('filled_in')}")
#: Answers typed between the questions that are quoted: so many are no chance.
_OWN_ANSWERS = 4


class FormFinder:
    """Reads each text of a mail with every form in mind; the one that fits best speaks.

    ``given``: the caller says which form or event it is. ``clues`` are those that the mail gives, to which
    what forms are marked with is added; ``rejected`` are the verdicts on what was no form.
    """

    def __init__(self, mail: Material, clues: Iterable[EventClue], *, given: bool) -> None:
        self._mail = mail
        self._given = given
        self._around = " | ".join(words_around(mail.message))
        self.clues = [*clues]
        self.rejected: list[FormVerdict] = []

    def filled(self, forms: tuple[Form, ...]) -> tuple[list[Filled], bool]:
        """All forms in attachments; else the one in the mail's text. And whether one was read
        from a picture."""
        read = [one for one in self._mail.readings if one.state is ParseStatus.READ and one.blocks]
        found, scanned = [], False
        for document in read:
            blank, recognised = self._mail.blank, document.recognised
            one = self._best(document.blocks, forms, self.clues, blank, document.name, recognised=recognised)
            if one:
                found.append(one)
                scanned = scanned or (recognised and bool(one.people))
        if any(one.people for one in found):
            return sorted(found, key=lambda one: not one.people), scanned
        typed = None if self._mail.came_back else self._typed(forms)
        return ([typed, *found] if typed else found), False

    def _typed(self, forms: tuple[Form, ...]) -> Filled | None:
        """The form in the mail's text, or filled in inside what it quotes."""
        mail = self._mail
        for body in mail.bodies:
            blank = mail.blank if body.own and not mail.quotes_unmarked(body.blocks) else mail.quoted
            known = self.clues if body.own else []
            one = self._best(body.blocks, forms, known, blank, "", recognised=False, whole=body.whole)
            if one and one.people and (body.own or self._is_filled_in_quote(body.blocks, one)):
                if not body.own:
                    self.clues += marks_in(mail, body.blocks)
                return one
        return None

    def _is_filled_in_quote(self, blocks: tuple[Block, ...], one: Filled) -> bool:
        """Whether a form was filled in inside the invitation that a reply quotes. A confirmation
        of ours, quoted under a word of thanks, holds labels and answers just as well."""
        lines = tuple(text_lines(blocks))
        known = sum(self._mail.quoted.has_text(line) for line in lines)
        answered = sum(1 for p in one.people for _ in p.answers)
        said = self._given or self._is_typed_between(blocks, one)
        ours = one.titled or known >= 2 or any(marks_in(self._mail, blocks)) or self._points_below(lines)
        ours = ours or (said and answered >= _OWN_ANSWERS)
        return ours and not any(OUR_ANSWER.search(plain(line)) for line in lines)

    def _points_below(self, lines: tuple[str, ...]) -> bool:
        """Whether the sender sends us to the quote of an invitation, or writes nothing above it."""
        own = [plain(line) for line in text_lines(self._mail.bodies[0].blocks)] if self._mail.bodies else []
        subject = self._mail.message.subject if self._mail.message else ""
        events = self._mail.settings.events.values()
        invited = any(names_title(line, event) for line in (subject, *lines) for event in events)
        return any(map(_FILLED_IN.search, own)) or (invited and (not own or any(map(_BELOW.search, own))))

    def _is_typed_between(self, blocks: tuple[Block, ...], one: Filled) -> bool:
        """Whether the answers are the sender's own lines, each under a question that they quote."""
        own = {tidy(block.text) for block in blocks if block.quote == 0}
        said = [str(a.value) for p in one.people for a in p.answers.values() if isinstance(a.value, str)]
        return bool(said) and sum(text in own for text in said) * 2 > len(said)

    def _best(
        self,
        blocks: tuple[Block, ...],
        forms: tuple[Form, ...],
        clues: list[EventClue],
        blank: BlankForm,
        name: str,
        *,
        recognised: bool,
        whole: tuple[Block, ...] = (),
    ) -> Filled | None:
        """The form in a document or a text; ``whole`` is the text with what looks like a signature."""
        marked = marks_in(self._mail, blocks)
        clues += marked
        own_form = self._forms_of(marked)
        likely = [form for form in forms if form.id in own_form] or forms  # its mark names the form
        texts = [blocks, whole] if len(whole) > len(blocks) else [blocks]
        # A form that mailbot drew is marked, and is no copy of the blank that the form was adopted from.
        if not marked and (copy := self._copy(texts, likely, blank, name, recognised)):
            return replace(copy, event=self._event_of(copy, marked))
        readings = [self._reading(form, blank, recognised=recognised) for form in likely]
        best = self._likeliest(blocks, readings, name, self._forms_of(clues))
        if best is None:
            return None
        best = with_shared(best, templates_of(best.form.blank))
        return replace(best, event=self._event_of(best, marked))

    def _forms_of(self, clues: Iterable[EventClue]) -> set[str]:
        """The forms of the events that clues name."""
        return {self._mail.settings.events[clue.event].form for clue in clues if clue.event}

    def _likeliest(
        self, blocks: tuple[Block, ...], readings: Sequence[ExtractionContext], name: str, named: set[str]
    ) -> Filled | None:
        """The form that fits a text best; those ``named``, else those of what is open, are preferred."""
        open_forms = {event.form for event in self._mail.open_events()}

        def rank(score: float, place: int) -> tuple[float, bool, int]:
            form = readings[place].form.id
            bonus = 3.5 if form in named else 2.0 if form in open_forms else 0
            return score + bonus, form in open_forms, -place

        best: Filled | None = None
        best_rank: tuple[float, bool, int] | None = None
        said = letters(" ".join(text_lines(blocks)))
        highest = [highest_score(blocks, reading.form, said) for reading in readings]
        for most, place in sorted(((rank(s, at), at) for at, s in enumerate(highest)), reverse=True):
            if best_rank is not None and most < best_rank:
                break  # none of the others can score higher
            one = read_form(blocks, readings[place], name, self._around, self.rejected)
            if one is not None and (best_rank is None or rank(one.score, place) > best_rank):
                best, best_rank = one, rank(one.score, place)
        return best

    def _copy(
        self,
        texts: Sequence[tuple[Block, ...]],
        forms: Iterable[Form],
        blank: BlankForm,
        name: str,
        recognised: bool,
    ) -> Filled | None:
        """What a copy of a blank that a form names says, read by it and freely; None for none. ``texts``
        are one document with less of it and with more, of which the first that is a copy counts."""
        best: tuple[TemplateReading, ExtractionContext, tuple[Block, ...]] | None = None
        known = [(form, templates) for form in forms if (templates := templates_of(form.blank))]
        for blocks in texts:
            for form, templates in known:
                reading = self._reading(form, blank, recognised=recognised)
                copy = read_copy(blocks, templates, reading)
                if copy and (best is None or copy.rank > best[0].rank):
                    best = copy, reading, blocks
            if best and not best[0].rearranged:
                break
        if best is None:
            return None
        copy, reading, blocks = best
        weighed_copy = weighed(copy, read_form(blocks, reading, name, self._around))
        return weighed_copy and replace(
            weighed_copy, heading=self._telling(weighed_copy.heading, copy.printed)
        )

    def _telling(self, heading: tuple[str, ...], printed: str) -> tuple[str, ...]:
        """The lines above a filled copy of a blank that tell its event. What is printed on the blank
        itself, such as the date of a letter or a deadline, stands on every copy and tells nothing."""
        return tuple(
            line
            for line in heading
            if letters(line) not in printed
            or any(
                c.event
                for c in heading_clues(
                    [line], ClueSource.HEADING, self._mail.settings, self._mail.now, is_heading=True
                )
            )
        )

    def _event_of(self, one: Filled, marked: list[EventClue]) -> str:
        """The one event that a form names, by its mark or else by its heading."""
        heading = heading_clues(
            one.heading, ClueSource.HEADING, self._mail.settings, self._mail.now, is_heading=True
        )
        event_ids = {clue.event for clue in marked or heading}
        return event_ids.pop() if len(event_ids) == 1 else ""

    def _reading(self, form: Form, blank: BlankForm, *, recognised: bool) -> ExtractionContext:
        events = [event for event in self._mail.settings.events.values() if event.form == form.id]
        return ExtractionContext(
            form,
            labels_of(form),
            blank,
            self._mail.directory,
            self._mail.settings.own_addresses,
            recognised,
            sender=self._mail.message.sender.email if self._mail.message else "",
            titles=(form.title, *(event.title for event in events)),
            all_titles=tuple(self._mail.titles),
            given=self._given,
            days=tuple(event.starts.date() for event in events if event.starts),
        )

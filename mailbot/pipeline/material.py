"""A message, what was read of its parts, and what both are read with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Location, ParsedDocument, all_lines
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.message import Message
from mailbot.domain.submission import EventClue
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.form_reader import text_lines
from mailbot.extraction.lexicon import phrases
from mailbot.matching.organisations import Directory, directory
from mailbot.pipeline.texts import Body, bodies_of
from mailbot.text.normalize import plain

#: What only an answer of ours says, or a confirmation by another system.
OUR_ANSWER = re.compile(rf"{phrases('our_answer')}|\bins-\d{{3,}}\b")


@dataclass(frozen=True, slots=True)
class Material:
    """``blank`` are the lines of the blank forms that were sent out; ``quoted`` those and what mails of ours
    say that this one answers; ``titles`` what stands above forms; ``bodies`` the texts of the mail, the
    sender's own first. ``now`` is aware."""

    message: Message | None
    readings: tuple[ParsedDocument, ...]
    settings: Settings
    blank: BlankForm
    quoted: BlankForm
    titles: frozenset[str]
    directory: Directory
    bodies: tuple[Body, ...]
    now: datetime

    @property
    def came_back(self) -> bool:
        """Whether a mail of ours came back as it was, without a word of the sender's."""
        return any(body.own and self._is_ours_alone(body.blocks) for body in self.bodies[:1])

    def open_events(self) -> tuple[Event, ...]:
        return tuple(
            event
            for event in self.settings.events.values()
            if event.is_going_on(self.now, self.settings.zone)
        )

    def likely_form(self, clues: Iterable[EventClue] = ()) -> Form:
        """The form of the one event that the ``clues`` name; else that of the first open event, or the first
        form there is."""
        named = {clue.event for clue in clues} & set(self.settings.events)
        events = tuple(self.settings.events[id_] for id_ in named) if len(named) == 1 else self.open_events()
        return self.settings.form_of(events[0]) if events else next(iter(self.settings.forms.values()))

    def quotes_unmarked(self, blocks: tuple[Block, ...]) -> bool:
        """Whether an answer of ours stands in the sender's own text: there are mail programs that
        mark no quotes."""
        return any(
            self.quoted.has_text(line) and OUR_ANSWER.search(plain(line)) for line in text_lines(blocks)
        )

    def unmarked_quotes(self) -> frozenset[Location]:
        """Where lines of ours stand that no mark tells from the sender's own."""
        own = self.bodies[0].blocks if self.bodies else ()
        if not self.quotes_unmarked(own):
            return frozenset()
        whole = self.came_back
        return frozenset(line.where for line in all_lines(own) if whole or self.quoted.has_text(line.text))

    def _is_ours_alone(self, blocks: tuple[Block, ...]) -> bool:
        """Whether a mail of ours came back, unmarked, and no word with it: there are programs that
        return a mail as it is. In a table, question and answer are two lines."""
        if not self.quotes_unmarked(blocks):
            return False
        lines = list(text_lines(blocks))
        while lines:
            taken = next((n for n in (2, 1) if self.quoted.has(" ".join(lines[:n]))), 0)
            if not taken:
                return False
            del lines[:taken]
        return True


def material(
    message: Message | None,
    readings: tuple[ParsedDocument, ...],
    settings: Settings,
    blank_lines: frozenset[str],
    ours: frozenset[str],
    now: datetime,
) -> Material:
    """What ``interpret.understand`` is given, prepared once."""
    titles = _titles(settings)
    return Material(
        message,
        readings,
        settings,
        _blank_form(blank_lines, titles),
        _blank_form(blank_lines | ours, titles),
        titles,
        directory(settings.organisations.organisations),
        tuple(bodies_of(message, settings)),
        now,
    )


@lru_cache(maxsize=8)
def _blank_form(lines: frozenset[str], titles: frozenset[str]) -> BlankForm:
    return BlankForm(lines, titles)


def _titles(settings: Settings) -> frozenset[str]:
    """What stands above forms, and again at the top of their next page."""
    forms = (text for form in settings.forms.values() for text in (form.title, *form.intro.splitlines()))
    return frozenset((*forms, *(event.title for event in settings.events.values())))

"""Which of our events a mail may be about: what its subject, its addresses, its words and its forms name."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.domain.document import Block
from mailbot.domain.submission import ClueSource, EventClue
from mailbot.extraction.form_reader import Filled, text_lines
from mailbot.matching.events import heading_clues, id_clues, mark_clues, names_title, sub_address_clues
from mailbot.matching.names import without_names
from mailbot.pipeline.material import Material


def clues_around(mail: Material) -> Iterator[EventClue]:
    """What subject, addresses and the sender's own words name."""
    message = mail.message
    if message is None:
        return
    settings = mail.settings
    to = [address.email for address in (*message.to, *message.cc)]
    yield from sub_address_clues((*to, *message.delivered_to), settings)
    yield from subject_clues(mail, ())
    for body in mail.bodies[:1]:
        for line in text_lines(body.blocks):
            yield from id_clues(line, ClueSource.WORDS, settings)
            for event in settings.events.values():
                if names_title(line, event):
                    yield from heading_clues([line], ClueSource.WORDS, settings, mail.now)


def subject_clues(mail: Material, names: tuple[str, ...]) -> Iterator[EventClue]:
    """What subject lines name, beside whoever wrote the mail and these ``names``: "Inschrijving
    Kennisplatform An Peeters" is no other meeting than ours."""
    for one in mail.message.mails if mail.message else ():
        line = without_names(one.subject, (one.sender.name, *names))
        yield from id_clues(one.subject, ClueSource.SUBJECT, mail.settings)
        yield from heading_clues([line], ClueSource.SUBJECT, mail.settings, mail.now)


def clues_by_form(mail: Material, filled: Filled) -> Iterator[EventClue]:
    """A form that carries its own title, and serves one open event, names that event."""
    events = [event for event in mail.open_events() if event.form == filled.form.id]
    if filled.titled and len(events) == 1 and len(mail.open_events()) > 1:
        yield EventClue(events[0].id, ClueSource.FORM)


def marks_in(mail: Material, blocks: tuple[Block, ...]) -> list[EventClue]:
    """The marks in forms that mailbot drew, each of which names its event."""
    return [clue for line in text_lines(blocks) for clue in mark_clues(line, mail.settings)]

"""The texts of a mail: what its sender typed, what they quote, what stands below a closing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Paragraph, Table
from mailbot.domain.message import Message
from mailbot.extraction.form_reader import text_lines
from mailbot.extraction.labels import labels_of


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a mail: ``own`` for what the sender wrote, else with all that they quote. ``whole`` is that
    text with what looks like a signature: a letter above a form is signed as well."""

    blocks: tuple[Block, ...]
    own: bool
    whole: tuple[Block, ...]


def bodies_of(message: Message | None, settings: Settings) -> Iterator[Body]:
    """The texts in which a form may be typed: what the sender wrote, then the same with what
    they quote, for each mail inside. A mail of ours that is passed on counts as a quote."""
    for mail in message.mails if message else ():
        everything = tuple(_unsigned(mail.body, settings))
        own = tuple(block for block in everything if block.quote == 0)
        typed = tuple(block for block in mail.body if block.quote == 0)
        yield Body(own, own=mail.sender.email.lower() not in settings.own_addresses, whole=typed)
        if len(everything) > len(own):
            yield Body(everything, own=False, whole=tuple(mail.body))


def _unsigned(body: Iterable[Block], settings: Settings) -> Iterator[Block]:
    """The text without signatures. Nobody signs with "Naam: ...": a form begins there."""
    below = False
    for block in body:
        signature = isinstance(block, Paragraph) and block.signature
        below = signature and (below or _asks_a_name(block.text, settings))
        if not signature or below:
            yield block


def _asks_a_name(line: str, settings: Settings) -> bool:
    """Whether a line begins with the question for a first or last name."""
    asked, colon, _ = line.partition(":")
    labels = ((form, labels_of(form).exactly(asked)) for form in settings.forms.values() if colon)
    return any(label and label.key in {form.given_name, form.family_name} for form, label in labels)


def signature_below(mail: Message) -> list[str]:
    """The lines that a closing marks as its sender's signature."""
    return [b.text for b in mail.body if isinstance(b, Paragraph) and b.signature and b.quote == 0]


def lines_of(mail: Message) -> Iterator[str]:
    """What its own sender wrote: the mail inside one that is passed on is quoted in it."""
    for block in mail.body:
        if block.quote == 0:
            yield from block.text.splitlines()


def mail_of(message: Message, words: str) -> Message:
    """The mail that some words stand in, of a message and those that it passes on."""
    lines = {*words.splitlines()}
    return next((one for one in message.mails if lines <= {*lines_of(one)}), message)


def words_around(message: Message | None) -> Iterator[str]:
    for mail in message.mails if message else ():
        yield mail.subject
        yield from text_lines(
            block for block in mail.body if block.quote == 0 and not isinstance(block, Table)
        )

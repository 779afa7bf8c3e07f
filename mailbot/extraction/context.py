"""What the values of a form are read with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailbot.domain.form import Form
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.labels import Labels
from mailbot.matching.organisations import Directory


@dataclass(frozen=True, slots=True)
class ExtractionContext:
    """What values are read with: the form, the blank form, the organisations, our own addresses;
    ``recognised`` for text from a picture, ``sender`` the address that mailed, empty for a file,
    ``titles`` of the form and of the events that use it, ``days`` on which those are held;
    ``all_titles`` those of every form and event, ``given`` whether a person said which form it is; ``words``
    are those that stand whole somewhere in the document, an address taken apart; ``asked`` the questions that
    were met in it."""

    form: Form
    labels: Labels
    blank: BlankForm
    directory: Directory
    own: frozenset[str]
    recognised: bool = False
    sender: str = ""
    titles: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    all_titles: tuple[str, ...] = ()
    given: bool = False
    words: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

"""The blank forms that mailbot sent out: what stood there already is nobody's answer."""

from __future__ import annotations

from mailbot.text.characters import TICKED
from mailbot.text.normalize import letters


class BlankForm:
    """The lines of known blank forms, compared without case, accents, spaces and signs.

    ``titles`` are what stands above the forms: an answer never, however short.
    """

    def __init__(self, lines: frozenset[str], titles: frozenset[str] = frozenset()) -> None:
        self._titles = frozenset(filter(None, map(letters, titles)))
        self._lines = frozenset(filter(None, map(letters, lines))) | self._titles

    def has(self, text: str) -> bool:
        """Whether this line stood in a blank form: never with a box that somebody ticked."""
        return TICKED not in text and letters(text) in self._lines

    def is_title(self, text: str) -> bool:
        """Whether a line is the title of a form or an event."""
        return letters(text) in self._titles

    def has_text(self, text: str) -> bool:
        """Whether an answer is text of a blank form: a hint, an address, a line of the intro.
        A word or two ("ja", "OCMW") may be an answer that also stands in the form."""
        return (len(text.split()) > 2 and self.has(text)) or letters(text) in self._titles

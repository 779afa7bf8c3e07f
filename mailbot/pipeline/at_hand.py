"""What a child that reads whole messages has at hand from its first: imported before it is forked, so that
the phrases of all languages are compiled once for all children, not by each in its first message."""

from __future__ import annotations

from mailbot.documents import docx
from mailbot.intent.lexicon import is_word
from mailbot.pipeline import in_place

__all__ = ["docx", "in_place"]

is_word("")  # asks the words of every lexicon

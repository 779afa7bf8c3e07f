"""Imports what reading whole messages needs, before child processes are forked: the phrases of all
languages are then compiled once, and not by each child in its first message."""

from __future__ import annotations

from mailbot.documents import docx
from mailbot.intent.lexicon import is_word
from mailbot.pipeline import in_place

__all__ = ["docx", "in_place"]

is_word("")  # loads the words of every lexicon

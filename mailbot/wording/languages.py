"""The words of each language that mails are written in."""

from __future__ import annotations

from mailbot.wording import de, en, fr, nl
from mailbot.wording.words import Words

LEXICON: dict[str, Words] = {"nl": nl.WORDS, "fr": fr.WORDS, "en": en.WORDS, "de": de.WORDS}

"""The words that mails need beside their templates: one file a language.

A language is a file here, a folder of the same name in ``templates/`` and its code in
``config.settings.Language``; the tests of ``tests/notifications`` then draw every mail in it.
"""

from __future__ import annotations

from mailbot.notifications.lexicon import de, en, fr, nl
from mailbot.notifications.lexicon.words import Words

LEXICON: dict[str, Words] = {"nl": nl.WORDS, "fr": fr.WORDS, "en": en.WORDS, "de": de.WORDS}

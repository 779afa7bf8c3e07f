"""Whether a line names a meeting that nobody here organises ("Inschrijving Trefdag Klimaat").

A heading of a form is a title; a subject says all sorts of things ("Inschrijving, hopelijk nog op
tijd", "Inschrijving OCMW Brugge"), and names a meeting only where a word for one stands in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from mailbot.config.settings import Settings
from mailbot.domain.organisation import Organisation
from mailbot.text.dates import dates_in
from mailbot.text.lexicon import WEEKDAYS, words_of
from mailbot.text.normalize import letters, plain

_TITLE_OF_FORM, _KIND_OF, _MEETINGS, _IN_TITLES, _IN_NAMES = (
    "|".join(words_of("meeting", key)) for key in ("title", "kind_of", "meeting", "titled", "nickname")
)
_TITLE = re.compile(rf"\b(?:{_TITLE_OF_FORM})\b\s*(?P<what>.*)$")
#: Words for a meeting that say nothing of which one.
_MEETING = re.compile(rf"(?:{_KIND_OF})?(?:{_MEETINGS})")
#: Longer words that end in one, and are a title by themselves ("klimaattafel").
_TITLED = re.compile(rf"\w{{3,}}(?:{_IN_TITLES})")
#: Longer words for a meeting that people call it by, without the rest of its title.
_NICKNAME = re.compile(rf"(?:{_TITLED.pattern}|\w{{4,}}(?:{_IN_NAMES}))")
#: Words that only look like one: "verjaardag".
_NO_NICKNAME = frozenset(words_of("meeting", "no_nickname"))
#: What stands around the title of a form, or after "Inschrijving" in a subject, and names no meeting.
_FILLER = frozenset(words_of("meeting", "filler"))
_SHORT = 8


def names_other_title(line: str, settings: Settings, *, is_heading: bool) -> bool:
    """Whether a line names the title of a meeting that no event and no form here has."""
    found = _TITLE.search(plain(line))
    if found is None or dates_in(found["what"]):
        return False
    words = re.findall(r"[\w'-]{3,}", found["what"])
    known = organisation_words(settings.organisations.organisations)
    said = [w for w in words if w not in _FILLER and not w.isdigit() and w not in known]
    which = [word for word in said if not _MEETING.fullmatch(word)]
    if not which or not (is_heading or _says_a_meeting(said)):
        return False
    what = letters(" ".join(said))
    if len(what) < _SHORT:
        return False
    titles = [letters(event.title) for event in settings.events.values()]
    titles += [letters(form.title) for form in settings.forms.values()]
    return not any(what in title or title in what or _shares(what, title) for title in titles)


def meeting_words(title: str) -> tuple[str, ...]:
    """The words of a title that name the meeting by themselves ("kennisplatform", "klimaattafel")."""
    return tuple(word for word in re.findall(r"[\w-]+", plain(title)) if _NICKNAME.fullmatch(word))


def is_titled(word: str) -> bool:
    """Whether a word is a meeting with its subject in front: "klimaattafel", and not "infosessie"."""
    return bool(_TITLED.fullmatch(word)) and not _MEETING.fullmatch(word)


def may_be_titled(word: str) -> bool:
    """Whether a word may be what a meeting is called by: as ``is_titled``, or a day or an evening of
    something ("mobiliteitsdag"), and no day of the week or of somebody's year."""
    called = bool(_NICKNAME.fullmatch(word)) and not _MEETING.fullmatch(word)
    return called and word not in _NO_NICKNAME and word not in WEEKDAYS


def _says_a_meeting(said: list[str]) -> bool:
    """Whether words of a subject are a title: "Trefdag Klimaat", and not "Jan voor de trefdag"."""
    followed = any(_MEETING.fullmatch(w) and not _MEETING.fullmatch(n) for w, n in pairwise(said))
    return followed or any(map(is_titled, said))


def near_within(title: str, text: str, allowed: int) -> bool:
    """Whether a title stands in a text, give or take so many slips of the pen (plain letters)."""
    return any(
        OSA.distance(title, text[start : start + len(title)], score_cutoff=allowed) <= allowed
        for start in range(max(1, len(text) - len(title) + allowed + 1))
    )


def _shares(what: str, title: str) -> bool:
    return len(what) > 11 and near_within(what, title, len(what) // 8)


@lru_cache(maxsize=4)
def organisation_words(organisations: tuple[Organisation, ...]) -> frozenset[str]:
    """The words in the names of organisations."""
    names = (name for one in organisations for name in (one.name, *one.aliases))
    return frozenset(word for name in names for word in re.findall(r"[\w'-]{3,}", plain(name)))

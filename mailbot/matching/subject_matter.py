"""What a mail in plain words is about, by the nouns in it: one of our events, registering without
saying for what, or something else.

It decides no act. It says whether a mail that nobody fully understood may be left to the mailbox, or
has to be shown to the secretary (CONTRACT.md, "Nothing that concerns a registration ends as no-form").
The nouns are those of attending and registering, and words that say nothing of an object; every other
noun after a preposition, and in the subject line, is an object of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import date, datetime, timedelta
from enum import StrEnum

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.matching.events import names_title, without_replaced
from mailbot.matching.unknown_events import is_titled, may_be_titled, meeting_words, organisation_words
from mailbot.text.dates import bare_days_in, days_in, name_any
from mailbot.text.lexicon import MONTHS, WEEKDAYS, either, words_of
from mailbot.text.normalize import plain
from mailbot.text.slips import mended_as


class Topic(StrEnum):
    """What a mail is about. ``NAMED``: one of our events, by name. ``OPEN``: registering, coming or
    staying away, without another object. ``DETAIL``: what a form notes, or a meeting's practical side,
    without another object. ``OTHER``: something else. ``NONE``: nothing of these."""

    NAMED = "named"
    OPEN = "open"
    DETAIL = "detail"
    OTHER = "other"
    NONE = "none"


def _word(pattern: str) -> str:
    """A word of the vocabulary as a pattern; ``*`` is some letters more, three at least in front."""
    start, word = (r"\w{3,}", pattern[1:]) if pattern.startswith("*") else ("", pattern)
    return start + (word[:-1] + r"[\w'-]*" if word.endswith("*") else word)


def _listed(key: str) -> str:
    """The words that the lexicons have for one thing, as alternatives of a pattern."""
    return "|".join(map(_word, words_of("subject", key)))


def _phrases(key: str) -> str:
    """The same for what are patterns already."""
    return "|".join(words_of("subject", key))


_ACT = re.compile(rf"\b(?:{_listed('acts')}|{_phrases('act_phrases')})\b")
_DETAIL = re.compile(rf"\b(?:{_listed('details')})\b")
_NEUTRAL = re.compile(rf"\w{{1,3}}|{_listed('neutral')}")
_FOREIGN = re.compile(rf"\b(?:{_listed('foreign')})\b")
_CARRIER = re.compile(_listed("carriers"))
_REASON = re.compile(rf"\b(?:{_phrases('reasons')})\b.*")
#: A word of its own, or one that an apostrophe ends: the "de" of "deelname" is none.
_DETERMINER = rf"(?:(?:{_phrases('determiners')})(?: |(?<=')))"
_BARE_DETERMINER = re.compile(rf"(?:{_phrases('determiners')})")
_PREPOSITION = re.compile(rf"\b(?:{_phrases('prepositions')}) {_DETERMINER}*(?P<noun>[a-z][\w'-]*)")
_DIRECT = re.compile(rf"\b(?:{_listed('direct')}) {_DETERMINER}(?P<noun>[a-z][\w'-]*)")
#: No clause ends behind the number of a day: "am 3. Dezember".
_CLAUSE_ENDS = re.compile(rf"[!?;\n]|(?<!\d)\.|\.(?!\s?{either(*MONTHS)}\b)", re.I)
#: A meeting by a word for any, which is not one of several: "een congres".
_A_MEETING = re.compile(
    "".join(rf"(?<!\b{article} )" for article in words_of("subject", "one_of_several"))
    + rf"\b(?:{_phrases('meetings')}|{_phrases('your_meetings')})\b"
)
#: A meeting of whom somebody writes to, or the invitation to it: "jullie studiedag".
_YOUR_MEETING = re.compile(rf"\b(?:{_phrases('your_meetings')})\b")
#: A meeting that whoever reads of it knows, and that nothing behind says to be another: "de vergadering".
_THE_MEETING = re.compile(
    rf"\b(?:{_phrases('the_meeting')})\b(?! (?:{_phrases('prepositions')}|{_phrases('in_town')}|\d)\b)"
)
#: What people ask of a meeting that they know, without a word for it: "wie is de spreker?"
_ASKED_OF_IT = re.compile(rf"\b(?:{_phrases('asked_of_it')})\b")
#: A town where something is, by the letter it begins with: "de studiedag in Leuven".
_IN_TOWN = re.compile(rf"\b(?:{_phrases('in_town')}) ([A-ZÀ-Þ][\w'-]+)")
_TODAY = re.compile(rf"\b(?:{_phrases('today')})\b")
_TOMORROW = re.compile(rf"\b(?:{_phrases('tomorrow')})\b")
_GREETS = re.compile(rf"\b(?:{_phrases('good_morning')})\b")
#: Days ahead that people call by the day of the week alone: "zaterdag" is no day three weeks from now.
_BY_WEEKDAY = 14
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][\w'-]+")
#: Behind an article a word with a capital is no name where all nouns have one: "für den Schwimmkurs".
_NOUN = re.compile(rf"\b(?i:{_phrases('before_noun')}) (?P<noun>[A-ZÀ-Þ][\w'-]+)")
#: For whom somebody asks: "drie plaatsen voor onze fractie".
_FOR_WHOM = re.compile(rf"\b(?:{_phrases('for_whom')})\b", re.I)
_LOOKED_AT = 4_000
_PROTEST = re.compile(rf"\b(?:{_phrases('protests')})")
_DECLINED = re.compile(rf"(?:\w{{2,4}}\s*:\s*)*(?:{_phrases('declines')})\s*:")


def topic_of(subject: str, words: str, settings: Settings, received: datetime) -> Topic:
    """What a mail is about, by its subject (empty for one that answers) and the sender's own words.
    ``received`` is aware."""
    words = words[:_LOOKED_AT]
    ahead = _ahead(settings, received)
    if any(names_event(line, event) for event in ahead for line in (subject, *words.splitlines())):
        return Topic.NAMED
    words = _FOR_WHOM.sub(" ", words)
    said = _GREETS.sub(" ", f"{plain(subject)} . {plain(words)}")
    acts = bool(_ACT.search(said))
    if not acts and not _DETAIL.search(said):
        return Topic.NONE
    clauses = [clause for clause in _clauses(words) if not _FOREIGN.search(clause)]
    if any(_at_our_place(clause, ahead) for clause in clauses):
        return Topic.NAMED
    if _INVITES.search(said) and _some_other_day(said, ahead):
        return Topic.OTHER
    if any(_on_our_day(clause, ahead) for clause in clauses):
        return Topic.OPEN
    if _FOREIGN.search(said) or _another_day(said, ahead, received.astimezone(settings.zone)):
        return Topic.OTHER
    if _has_other_object(subject, words, _our_words(ahead, settings)):
        return Topic.OTHER
    return Topic.OPEN if acts else Topic.DETAIL


def _has_other_object(subject: str, words: str, ours: Set[str]) -> bool:
    """Whether the subject, or a clause that tells an act or a detail, has an object that is none of ``ours``
    and nobody's name."""
    known = ours | _named_in(words)
    spoken = "\n".join(clause for clause in _clauses(words) if _ACT.search(clause) or _DETAIL.search(clause))
    return _has_object(spoken, known) or _subject_is_foreign(plain(subject), known)


def names_an_event(text: str, settings: Settings, received: datetime) -> bool:
    """Whether a line names one of our events that has not ended."""
    return any(names_event(text, event) for event in _ahead(settings, received))


def names_event(line: str, event: Event) -> bool:
    """Whether a line names the event: its title, or the one word of it that people call it by."""
    called = {*meeting_words(event.title)}
    return names_title(line, event) or not called.isdisjoint(_words(mended_as(plain(line), called)))


def events_called(subject: str, words: str, settings: Settings, received: datetime) -> list[Event]:
    """The events that have not ended and that subject or words name as people do, by title or by the one
    word that they go by ("Kennisplatform"); none where a day is written that is none of theirs."""
    lines = (subject, *words[:_LOOKED_AT].splitlines())
    called = [e for e in _ahead(settings, received) if any(names_event(line, e) for line in lines)]
    called = without_replaced([e for e in called if not e.cancelled] or called, settings, received)
    days = [day for line in lines for day in days_in(line)]
    own = {day for event in called for day in _days_of(event)}
    return called if not days or name_any(days, own) else []


def has_another_object(subject: str, words: str, settings: Settings, received: datetime) -> bool:
    """Whether anything in a mail without a noun of registering has an object that is not ours: "ik zie af
    van de groepsaankoop" has one, "toch niet, zij komt" has none."""
    words = words[:_LOOKED_AT]
    ahead = _ahead(settings, received)
    said = _GREETS.sub(" ", f"{plain(subject)} . {plain(words)}")
    return bool(
        _FOREIGN.search(said)
        or _another_day(said, ahead, received.astimezone(settings.zone))
        or _has_object("\n".join(_clauses(words)), _our_words(ahead, settings) | _named_in(words))
    )


def has_foreign_subject(subject: str, words: str, settings: Settings, received: datetime) -> bool:
    """Whether a subject line speaks of no registering, and of something that is not ours."""
    ours = _our_words(_ahead(settings, received), settings) | _named_in(words[:_LOOKED_AT])
    return _subject_is_foreign(plain(subject), ours)


def speaks_of_a_meeting(words: str, settings: Settings, received: datetime, *, yours: bool = False) -> bool:
    """Whether a clause speaks of a meeting by a word for any ("de studiedag over regiovorming"), with
    ``yours`` of one that is called ours ("jullie studiedag"), and nothing says that it is another's: no
    meeting of a kind that others hold beside it, no other day or town."""
    words = words[:_LOOKED_AT]
    ahead, said = _ahead(settings, received), _GREETS.sub(" ", plain(words))
    if _another_day(said, ahead, received.astimezone(settings.zone)) or _INVITES.search(said):
        return False
    ours = {word for event in ahead for word in _words(f"{event.title} {event.place}")} | MONTHS.keys()
    if any(plain(town) not in ours for town in _IN_TOWN.findall(words)):
        return False
    clauses = (_REASON.sub(" ", clause) for clause in _clauses(words))
    meeting = _YOUR_MEETING if yours else _A_MEETING
    return any(meeting.search(clause) and not _FOREIGN.search(clause) for clause in clauses)


def asks_only_of_the_meeting(subject: str, words: str, settings: Settings, received: datetime) -> bool:
    """Whether a clause speaks of a meeting that its reader knows ("de vergadering"), no other clause has an
    object, and neither these nor the subject name a meeting of a kind that others hold, or another day."""
    words = words[:_LOOKED_AT]
    ahead, said = _ahead(settings, received), _GREETS.sub(" ", f"{plain(subject)} . {plain(words)}")
    if _INVITES.search(said) or _another_day(said, ahead, received.astimezone(settings.zone)):
        return False
    if any(map(_is_meeting_of_others, _words(f"{subject} {words}"))):
        return False
    clauses = _clauses(words)
    beside = "\n".join(clause for clause in clauses if not _THE_MEETING.search(clause))
    known = _our_words(ahead, settings) | _named_in(words)
    return any(map(_THE_MEETING.search, clauses)) and not _has_object(beside, known)


def asks_how_it_is_there(
    subject: str, words: str, question: str, settings: Settings, received: datetime
) -> bool:
    """Whether a question asks what is asked of a meeting ("wie is de spreker?", "staat er koffie klaar?"),
    and neither subject nor words have an object, a day or a meeting that is not ours."""
    if not _ASKED_OF_IT.search(plain(question)) or has_foreign_subject(subject, words, settings, received):
        return False
    if any(map(_is_meeting_of_others, _words(f"{subject} {words}"))) or _INVITES.search(plain(words)):
        return False
    return not has_another_object(subject, words, settings, received)


def speaks_of_our_day(words: str, settings: Settings, received: datetime) -> bool:
    """Whether a clause names the day of an event of ours, and nothing says that it is another's: no meeting
    of a kind that others hold beside it, no other day, nobody who invites us."""
    words = _FOR_WHOM.sub(" ", words[:_LOOKED_AT])
    ahead, said = _ahead(settings, received), plain(words)
    if _INVITES.search(said) or _some_other_day(said, ahead):
        return False
    return any(_names_day(clause, ahead) and not _FOREIGN.search(clause) for clause in _clauses(words))


def at_another_meeting(clause: str, settings: Settings, received: datetime) -> bool:
    """Whether a clause that says who comes or stays away says it of a meeting that is none of ours, by a word
    for one that stands behind a preposition: "op de sportraad ben ik er niet bij". What names the title, the
    house or the day of an event of ours is about that."""
    said, ahead = plain(clause[:_LOOKED_AT]), _ahead(settings, received)
    ours = any(names_event(said, event) for event in ahead) or _on_our_day(said, ahead)
    if ours or _at_our_place(said, ahead):
        return False
    known, core = _our_words(ahead, settings), _REASON.sub(" ", said)
    nouns = [found["noun"] for way in (_PREPOSITION, _OBJECT_FIRST) for found in way.finditer(core)]
    if any(noun not in known and (_is_meeting_of_others(noun) or may_be_titled(noun)) for noun in nouns):
        return True
    called = (one[1] for way in _CALLED_OF for one in way.finditer(core))
    return any(noun not in known and not says_nothing(noun) for noun in called)


#: What a clause begins with that is none of who comes to it: "de gemeenteraad kan ik niet bijwonen".
_OBJECT_FIRST = re.compile(rf"^{_DETERMINER}+(?P<noun>[a-z][\w'-]*)(?=[^,]{{0,40}}? (?:{_phrases('i')})\b)")
#: What a meeting is called by the words around its kind: "la journée de la mobilité".
_CALLED_OF = tuple(re.compile(rf"\b{one}") for one in words_of("meeting", "called_of"))


def is_place_of_ours(place: str, settings: Settings, received: datetime) -> bool:
    """Whether a place by name may be that of an event of ours: it shares a word with its place or title."""
    ahead = _ahead(settings, received)
    ours = {word for event in ahead for word in _words(f"{event.title} {event.place}") if len(word) > _SHORT}
    return not ours.isdisjoint(_words(place))


#: Letters of a word that is no name.
_SHORT = 3


def heads_another_list(head: str, settings: Settings, received: datetime) -> bool:
    """Whether words above or before a list of names say that it is that of a meeting of others, or of who is
    in it: "Voor de cultuurraad:", "Deelnemers jeugdraad:". Who stands below is none of ours."""
    ahead = _ahead(settings, received)
    if any(names_event(head, event) for event in ahead):
        return False
    return any(map(_is_meeting_of_others, {*_words(head)} - _our_words(ahead, settings)))


def _is_meeting_of_others(noun: str) -> bool:
    """Whether a noun is a meeting of a kind that other bodies hold: "sportraad", "klimaattafel"."""
    return bool(_FOREIGN.fullmatch(noun)) or is_titled(noun)


def protests(words: str) -> bool:
    """Whether words say that something was not asked for, or ask what it is and who did it."""
    return bool(_PROTEST.search(plain(words[:_LOOKED_AT])))


def declines_by_subject(subject: str) -> bool:
    """Whether a subject line declines an invitation, as a calendar's does whose file a program dropped."""
    return bool(_DECLINED.match(plain(subject)))


def names_another_day(text: str, settings: Settings) -> bool:
    """Whether a text names dates, and none of them is that of an event of ours: "today"
    and "on Monday" may be when somebody writes or is busy."""
    days = days_in(text)
    own = {day for event in settings.events.values() for day in _days_of(event)}
    return bool(days) and not name_any(days, own)


def names_another_day_of_a_month(text: str, settings: Settings) -> bool:
    """Whether a text names a day without its month, and no event of ours has it in any: "de 20ste kan ik
    niet"."""
    bare = bare_days_in(text)
    own = {day.day for event in settings.events.values() for day in _days_of(event)}
    return bool(bare) and not days_in(text) and bare.isdisjoint(own)


def names_a_titled_meeting(words: str, settings: Settings, received: datetime) -> bool:
    """Whether words name something that a meeting may be called by, of which none of ours has the name:
    "voor de mobiliteitsdag moet ik afzeggen"."""
    known = _our_words(_ahead(settings, received), settings)
    said = [word for word in _words(words[:_LOOKED_AT]) if word not in known]
    called = (one[1] for way in _CALLED_OF for one in way.finditer(plain(words[:_LOOKED_AT])))
    return any(map(may_be_titled, said)) or any(one not in known and not says_nothing(one) for one in called)


def says_an_act(clause: str) -> bool:
    """Whether a clause in plain letters has a word of registering, coming or staying away."""
    return bool(_ACT.search(clause))


def without_reason(clause: str) -> str:
    """A clause in plain letters without what it gives as a reason."""
    return _REASON.sub(" ", clause)


def names_tomorrow(said: str) -> bool:
    """Whether plain words name the day behind the one that they were written on: "morgen", and not "goede
    morgen"."""
    return bool(_TOMORROW.search(_GREETS.sub(" ", said)))


def says_nothing(word: str) -> bool:
    """Whether a word, in plain letters, is no object of its own: one of courtesy, for people or for
    registering."""
    return bool(_NEUTRAL.fullmatch(word))


def is_neutral(word: str) -> bool:
    """Whether a word is no object of its own, or one that any meeting may be called by."""
    return says_nothing(word) or bool(_FOREIGN.fullmatch(word))


def days_held(event: Event) -> tuple[date, ...]:
    """The days on which an event takes place."""
    return (event.starts.date(), (event.ends or event.starts).date()) if event.starts else ()


def _ahead(settings: Settings, received: datetime) -> list[Event]:
    """The events that a mail may be about: one that was cancelled too, of which people write on."""
    events = settings.events.values()
    return [e for e in events if not (e.is_draft or e.is_over(received, settings.zone))]


def _our_words(events: Iterable[Event], settings: Settings) -> set[str]:
    """The words of our events, and of the bodies that people come from."""
    ours = {word for event in events for word in _words(f"{event.title} {event.place}")}
    return ours | organisation_words(settings.organisations.organisations)


def _named_in(words: str) -> set[str]:
    """The words that may be somebody's name, by their capitals."""
    return {plain(name) for name in _CAPITALS.findall(words)} - {plain(one) for one in _NOUN.findall(words)}


def _clauses(words: str) -> list[str]:
    return [plain(clause) for clause in _CLAUSE_ENDS.split(words)]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z][\w'-]*", plain(text))


def _another_day(said: str, events: Iterable[Event], now: datetime) -> bool:
    """Whether a day is named that none of the events has."""
    own = {day for event in events for day in _days_of(event)}
    days = days_in(said)
    if days:
        return not name_any(days, own)
    for pattern, ahead in ((_TODAY, 0), (_TOMORROW, 1)):
        if pattern.search(said):
            return now.date() + timedelta(days=ahead) not in own
    weekdays = {number for name, number in WEEKDAYS.items() if re.search(rf"\b{name}\b", said)}
    near = {day.weekday() for day in own if 0 <= (day - now.date()).days <= _BY_WEEKDAY}
    return bool(weekdays) and not weekdays & near


#: Somebody invites us to a meeting of theirs.
_INVITES = re.compile(_phrases("invites"))


def _some_other_day(said: str, events: Iterable[Event]) -> bool:
    """Whether a day is named that none of the events has, whatever others are."""
    own = {day for event in events for day in _days_of(event)}
    return any(not name_any((day,), own) for day in days_in(said))


def _on_our_day(clause: str, events: Iterable[Event]) -> bool:
    """Whether a clause says on the day of an event that somebody registers, comes or stays away: what else
    stands in it ("ik ben ingeschreven voor 18 december, mijn buurman brengt mij") does not change that."""
    return bool(_ACT.search(clause)) and _names_day(clause, events)


def _names_day(clause: str, events: Iterable[Event]) -> bool:
    """Whether a clause in plain letters names the day on which an event begins."""
    return name_any(days_in(clause), [event.starts.date() for event in events if event.starts])


def _at_our_place(clause: str, events: Iterable[Event]) -> bool:
    """Whether a clause speaks of coming to, or of the practical side of, the house where an event is."""
    if not _ACT.search(clause) and not _DETAIL.search(clause):
        return False
    houses = (plain(event.place.partition(",")[0]) for event in events)
    return any(len(house.split()) > 1 and f" {house} " in f" {clause} ".replace(",", " ") for house in houses)


def _days_of(event: Event) -> Iterable[date]:
    yield from days_held(event)
    if event.deadline:
        yield event.deadline.date() if isinstance(event.deadline, datetime) else event.deadline


def _has_object(clauses: str, ours: Set[str]) -> bool:
    """Whether one of these clauses, a line each in plain letters, has an object that is not ours."""
    for clause in clauses.splitlines():
        core = _REASON.sub(" ", clause)
        nouns = [found["noun"] for found in (*_PREPOSITION.finditer(core), *_DIRECT.finditer(core))]
        if any(noun not in ours and not _says_no_object(noun) for noun in nouns):
            return True
    return False


def _says_no_object(word: str) -> bool:
    """Whether a word behind a preposition is no object of its own. A determiner with no noun behind it is a
    verb or points at something: "ik kan er niet bij zijn", "excuses voor dit"."""
    return bool(_NEUTRAL.fullmatch(word) or _BARE_DETERMINER.fullmatch(word))


def _subject_is_foreign(subject: str, ours: Set[str]) -> bool:
    """Whether a subject line speaks of no registering, and of something else."""
    said = [word for word in _words(subject) if word not in ours and not _CARRIER.fullmatch(word)]
    return not _ACT.search(subject) and any(not _NEUTRAL.fullmatch(word) for word in said)

"""Which event a message is for: what it names, what it answers, else the only open one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mailbot.decision.access import is_called_otherwise
from mailbot.decision.draft import DecisionDraft
from mailbot.domain.decision import Ask
from mailbot.domain.document import Paragraph, Unit
from mailbot.domain.event import Event
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Fact, Says, Statement, Told, say
from mailbot.domain.submission import ClueSource, EventClue, Intent, SubmissionKind
from mailbot.matching.beside_thread import beside_thread
from mailbot.matching.names import is_part_of, name_of, stands_in
from mailbot.matching.subject_matter import Topic, events_called, names_an_event, topic_of
from mailbot.matching.unknown_events import names_other_title
from mailbot.text.dates import days_in, name_any
from mailbot.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Pointer:
    """The event that a message is for, and ``by`` what; without an event, why that is in doubt."""

    event: Event | None
    by: Told = ""
    doubt: Statement | None = None


def _in_doubt(why: Says, **facts: Fact) -> Pointer:
    return Pointer(None, doubt=say(why, **facts))


def event_named(draft: DecisionDraft) -> Pointer | None:
    """The event that the message itself, its thread or its sender points to; None where nothing does."""
    found = _new_date(draft) or _named(draft) or _called(draft) or _of_the_sender(draft)
    if found is not None and found.event is not None and found.by != _BY_MARK:
        found = _by_words(draft, found.event) or found
    event = found.event if found else None
    if event is not None and event.mailbox and event.mailbox != draft.arrival.mailbox:
        return _in_doubt(Says.OTHER_MAILBOX, title=event.title)
    return found


#: A form of ours says so itself.
_BY_MARK = ClueSource.MARK
#: What is done at an event.
_DONE_THERE = frozenset(
    {Intent.REGISTER, Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE, Intent.SUBSTITUTE, Intent.CHANGE}
)


def _by_words(draft: DecisionDraft, event: Event) -> Pointer | None:
    """What the sender's own words say, who answer a mail about one event and write of another: that one
    where it is sure, else a doubt; None where they are about the event of the thread."""
    submission, asked = draft.submission, draft.context.asked
    if submission.found is SubmissionKind.FORM or (asked is not None and asked.kind is Ask.NEW_DATE):
        return None
    beside = beside_thread(submission.words, event, open_events(draft), draft.settings)
    if beside.surely:
        return Pointer(beside.events[0], ClueSource.WORDS)
    if submission.intent not in _DONE_THERE or not (beside.events or beside.another):
        return None
    titles = tuple(dict.fromkeys((event.title, *(one.title for one in beside.events))))
    return _in_doubt(Says.NAMES_SEVERAL, titles=titles) if beside.events else _in_doubt(Says.NAMES_ANOTHER)


def _new_date(draft: DecisionDraft) -> Pointer | None:
    """The event that takes the place of the one our question was about."""
    asked = draft.context.asked
    if asked is None or asked.kind is not Ask.NEW_DATE or draft.submission.people:
        return None
    settings = draft.settings
    of = settings.events.get(asked.event)
    event = (settings.successor_of(of) or of) if of else None
    return Pointer(event, say(Saw.ANSWERS_NEW_DATE)) if event else None


def _named(draft: DecisionDraft) -> Pointer | None:
    """The event that the message names or answers; without an event where that is in doubt."""
    events = draft.settings.events
    if several := forms_by_event(draft):
        forms = tuple(
            say(Says.FORM_FOR_EVENT, names=names, title=events[id_].title) for id_, names in several.items()
        )
        return _in_doubt(Says.FORMS_FOR_SEVERAL, forms=forms)
    clues = [clue for clue in draft.submission.clues if clue.event in events]
    marked = {clue.event for clue in clues if clue.by is ClueSource.MARK}
    if len(marked) == 1:
        return Pointer(events[marked.pop()], ClueSource.MARK)
    unknown = any(not clue.event for clue in draft.submission.clues)
    if (unknown or any(clue.stale for clue in clues)) and (moved := _of_day_before(draft, clues)) is not None:
        return moved
    if unknown:
        return _in_doubt(Says.NAMES_NO_EVENT_OF_OURS)
    if any(clue.stale for clue in clues):
        return _in_doubt(Says.NAMES_OTHER_DATE, title=events[clues[0].event].title)
    return _named_or_answered(draft, clues)


#: Where a day that no event has may be the one of before; a form is headed by its own.
_IN_WORDS = (ClueSource.SUBJECT, ClueSource.WORDS)


def _of_day_before(draft: DecisionDraft, clues: list[EventClue]) -> Pointer | None:
    """The one open event that a mail names by the day on which it was to be before it was moved, as somebody
    known was told, and by nothing that is another's; None where there is no such event."""
    message, settings = draft.mail_with_words, draft.settings
    lines = (message.subject, *draft.submission.words.splitlines())
    days = [day for line in lines for day in days_in(line)]
    rows = [row for row in draft.context.registrations if row.heard[:1].isdigit()]
    moved = [
        event
        for event in open_events(draft)
        for before in {date.fromisoformat(row.heard[:10]) for row in rows if row.event == event.id}
        if event.starts is not None and event.starts.date() != before
        if name_any(days, (before,)) and all(name_any([day], (before, event.starts.date())) for day in days)
    ]
    other = any(clue.event != event.id for clue in clues for event in moved)
    other |= any(not clue.event and clue.by not in _IN_WORDS for clue in draft.submission.clues)
    if len(moved) != 1 or other or names_other_title(message.subject, settings, is_heading=False):
        return None
    return Pointer(moved[0], say(Saw.BY_DAY_BEFORE))


def _named_or_answered(draft: DecisionDraft, clues: list[EventClue]) -> Pointer | None:
    """The one event that the clues name, or that the message answers; in doubt where the clues name several
    of which it answers none."""
    events = draft.settings.events
    named = list(dict.fromkeys(clue.event for clue in clues))
    answered = _events_answered(draft)
    if len(named) == 1 and not _answers_of_before(draft, answered, events[named[0]]):
        return Pointer(events[named[0]], clues[0].by)
    if len(answered) == 1 and (len(named) < 2 or answered <= set(named)):
        return Pointer(events[answered.pop()], say(Saw.BY_THREAD))
    if named:
        meant = [events[id_] for id_ in named]
        return _in_doubt(Says.NAMES_SEVERAL, titles=tuple(_told_apart(one, meant, draft) for one in meant))
    return None


def _told_apart(event: Event, among: list[Event], draft: DecisionDraft) -> str | Statement:
    """What an event is called among others: by its day, and what became of it, where two have its title."""
    alike = sum(one.title == event.title for one in among) > 1
    if event.starts is None or not alike:
        return event.title
    over = event.is_over(draft.received, draft.settings.zone)
    off = draft.settings.is_off(event)
    what = Says.MEETING_OFF if off else Says.MEETING_OVER if over else Says.MEETING_ON
    return say(what, title=event.title, at=event.starts.date().isoformat())


def _events_answered(draft: DecisionDraft) -> set[str]:
    """The events of the thread, of the registrations it is about, and of those whose Nr the message gives."""
    nrs = {*draft.submission.nrs, *draft.context.thread}
    of_rows = {row.event for row in draft.context.registrations if row.nr in nrs}
    return (of_rows | {draft.context.thread_event}) & draft.settings.events.keys()


def _answers_of_before(draft: DecisionDraft, answered: set[str], named: Event) -> bool:
    """Whether words answer a mail about one event, and the one named takes the place of that: a title that
    both have says nothing then."""
    return draft.submission.found is not SubmissionKind.FORM and answered == {named.replaces}


def forms_by_event(draft: DecisionDraft) -> dict[str, tuple[str | Statement, ...]]:
    """Who stands in the form for which event, where the message holds forms for several."""
    people: dict[str, list[str | Statement]] = {}
    for person in draft.submission.people:
        if event := draft.settings.events.get(person.event):
            answers = person.values
            name = name_of(answers, draft.settings.form_of(event)) or say(Says.SOMEBODY)
            people.setdefault(event.id, []).append(name)
    return {id_: tuple(names) for id_, names in people.items()}


def _called(draft: DecisionDraft) -> Pointer | None:
    """The one event that the sender's own words call by its short name, for words without a form."""
    submission = draft.submission
    if submission.found is SubmissionKind.FORM:
        return None
    called = events_called(draft.mail_with_words.subject, submission.words, draft.settings, draft.received)
    return Pointer(called[0], say(Saw.BY_SHORT_NAME)) if len(called) == 1 else None


def _of_the_sender(draft: DecisionDraft) -> Pointer | None:
    """The one open event that the sender has to do with, for words without a form."""
    if draft.submission.found is SubmissionKind.FORM:
        return None
    own = {one.event for one in draft.context.registrations if _has_to_do_with(draft, one)}
    candidates = [event for event in open_events(draft) if event.id in own]
    if len(candidates) != 1:
        return None
    return Pointer(candidates[0], say(Saw.BY_SENDER))


def _has_to_do_with(draft: DecisionDraft, registration: Registration) -> bool:
    """Whether who says "I" has to do with a registration: they surely sent it in, or it has their address.
    Anybody can give that for somebody of another name, who counts only where the words name them."""
    address, settings = draft.first_person.email.lower(), draft.settings
    if registration.sent_by(address):
        return True
    event = settings.events.get(registration.event)
    given = (registration.sender.lower(), *(str(v).lower() for v in registration.answers.values()))
    if event is None or address not in given:
        return False
    name, submission = name_of(registration.answers, settings.form_of(event)), draft.submission
    called = any(is_part_of(said, name) for said in submission.named) or stands_in(name, submission.words)
    return called or not is_called_otherwise(draft.first_person.name, name, settings)


def only_open(draft: DecisionDraft) -> Pointer:
    """The only event that is open, where there is one; else why that tells nothing."""
    candidates = open_events(draft)
    if draft.submission.form and draft.submission.found is SubmissionKind.FORM:  # else a form that may fit
        candidates = [event for event in candidates if _may_be_asked_at(event, draft)]
    if not _has_its_object(draft):
        return _in_doubt(Says.NAMES_NONE)
    if len(candidates) == 1:
        return Pointer(candidates[0], say(Saw.BY_BEING_ALONE))
    if not candidates:
        return _in_doubt(Says.NONE_OPEN)
    return _in_doubt(Says.SEVERAL_OPEN)


def _may_be_asked_at(event: Event, draft: DecisionDraft) -> bool:
    """Whether a form that names no event may be that of this one: it is read as its form. Labels that
    somebody typed in a mail are of no form for sure: each that asks all that they answer may be meant."""
    submission, form = draft.submission, draft.settings.form_of(event)
    answers = [(key, answer.where) for one in submission.people for key, answer in one.answers.items()]
    typed = all(where.steps[:1] == ((Unit.MAIL, 0),) for _, where in answers)
    asked = all(form.field(key) is not None for key, _ in answers)
    return event.form == submission.form or (typed and asked and not form.per_organisation)


def _has_its_object(draft: DecisionDraft) -> bool:
    """Whether a wish to register in words is for an event of ours: it names one, or registers somebody and
    has no other object. "Ik kom graag" alone may be meant for anything."""
    submission = draft.submission
    if submission.intent is not Intent.REGISTER or submission.people:
        return True
    about = topic(draft)
    return about is Topic.NAMED or (about is Topic.OPEN and bool(submission.told))


#: A subject that answers or passes on was somebody else's.
_ANSWERS = re.compile(r"(?:\s*(?:re|antw|aw|ref|sv|fwd?|tr|wg|doorst)\s*:)+", re.I)


def subject_answers(draft: DecisionDraft) -> bool:
    """Whether the subject line is that of another mail ("Re: ...")."""
    return _ANSWERS.match(draft.mail_with_words.subject) is not None


def topic(draft: DecisionDraft) -> Topic:
    """What the sender's own words are about, by the nouns in them and in the subject that counts."""
    return topic_of(told_subject(draft), draft.submission.words, draft.settings, draft.received)


def told_subject(draft: DecisionDraft) -> str:
    """The subject line, as far as it says what a mail is about: without names of people, and without the sign
    of an answer. That of an answer above a mail of ours, or about an event of ours, says nothing of what is
    answered, but where it names an event itself: a program that drops our Message-ID keeps it."""
    subject = draft.mail_with_words.subject
    if names_an_event(subject, draft.settings, draft.received) or not subject_answers(draft):
        return _without_people(subject, draft)
    return "" if _quotes_us(draft) else _without_people(_ANSWERS.sub("", subject), draft)


def _quotes_us(draft: DecisionDraft) -> bool:
    """Whether what a mail quotes is a mail of ours, or names an event of ours."""
    settings, addresses = draft.settings, draft.settings.own_addresses
    return any(
        names_an_event(line, settings, draft.received) or any(one in line.lower() for one in addresses)
        for line in quoted_lines(draft)
    )


#: Lines of a quote that are looked at: an invitation names its event at once.
_QUOTED = 40


def quoted_lines(draft: DecisionDraft) -> list[str]:
    """The first lines that a mail quotes."""
    body = draft.arrival.message.body
    return [block.text for block in body if isinstance(block, Paragraph) and block.quote][:_QUOTED]


def _without_people(subject: str, draft: DecisionDraft) -> str:
    """A subject without the names of the writer and of who is known: whom a mail is about is no object."""
    known = [
        name_of(one.answers, draft.settings.form_of(draft.settings.events[one.event]))
        for one in draft.context.registrations
        if one.event in draft.settings.events
    ]
    names = {word for name in (draft.first_person.name, *known) for word in fold(name).split()}
    return " ".join(word for word in subject.split() if not names.issuperset(fold(word).split() or {""}))


def open_events(draft: DecisionDraft) -> list[Event]:
    """The events that people can still mail about through this mailbox."""
    events = draft.settings.events.values()
    replaced = {event.replaces for event in events}
    return [
        event
        for event in events
        if event.is_going_on(draft.came_at, draft.settings.zone)
        and event.id not in replaced
        and event.mailbox in (None, draft.arrival.mailbox)
    ]

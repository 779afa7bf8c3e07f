"""Whether a mail in words concerns a registration: then it never ends without a word to anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import (
    open_events,
    quoted_lines,
    subject_answers,
    told_subject,
    topic,
)
from mailbot.decision.intents import asks_for_theirs
from mailbot.domain.document import Paragraph
from mailbot.domain.event import Event
from mailbot.domain.registration import Status
from mailbot.domain.statement import Says
from mailbot.domain.submission import ActKind, Intent, Who, acts_here
from mailbot.matching.names import email_of
from mailbot.matching.past_editions import names_only_past, same_again
from mailbot.matching.subject_matter import (
    Topic,
    asks_how_it_is_there,
    asks_only_of_the_meeting,
    declines_by_subject,
    has_another_object,
    has_foreign_subject,
    names_a_titled_meeting,
    names_an_event,
    protests,
    says_an_act,
    speaks_of_a_meeting,
    speaks_of_our_day,
    topic_of,
)
from mailbot.text.dates import dates_in, name_any
from mailbot.text.lexicon import either, words_of
from mailbot.text.normalize import plain

#: Characters of an answer to a question.
_SHORT = 200


def concern(draft: DecisionDraft) -> Says | None:
    """Why a mail in plain words concerns a registration for an event that has not ended; None
    where it concerns none, or is plainly about something else (CONTRACT.md, "Outcomes")."""
    context = draft.context
    if context.thread or context.thread_event:
        return Says.IN_OUR_THREAD if _thread_is_ahead(draft) else _of_the_next(draft)
    if reference := _reference(draft):
        return reference
    if answers_invitation(draft) or _comes_by_invitation(draft):
        return Says.UNDER_INVITATION
    return _by_its_words(draft)


def _by_its_words(draft: DecisionDraft) -> Says | None:
    """The same of words that answer no mail and no invitation, and hold no reference of ours."""
    submission, about = draft.submission, topic(draft)
    named = any(_is_ahead(draft, clue.event) for clue in submission.clues)
    if _is_of_before(draft):
        return None
    if about is Topic.NAMED or named or _passes_on(draft):
        return Says.NAMES_EVENT
    if about is not Topic.OTHER and (tie := _tie(draft)):
        return tie
    if _wants_something_sent(draft):
        return None
    if about is Topic.OTHER and _is_expected_today(draft):
        return Says.ON_THE_DAY
    if _asks_or_comes_on_our_day(draft):
        return Says.NAMES_OUR_DAY
    return None if any(not clue.event for clue in submission.clues) else _by_coming(draft, about)


#: What words do that want nothing of a registration but perhaps an answer.
_ASKS_AT_MOST = frozenset({ActKind.QUESTION, ActKind.COPY, ActKind.THANKS, ActKind.OTHER})


def _kinds(draft: DecisionDraft) -> set[ActKind]:
    """What the words do, as either reader finds, about ours or not."""
    return {*draft.submission.heard, *(act.kind for act in draft.submission.acts)}


def _wants_something_sent(draft: DecisionDraft) -> bool:
    """Whether words want nothing else than to have something of others sent once more."""
    kinds = _kinds(draft)
    only = ActKind.COPY in kinds and kinds <= _ASKS_AT_MOST and not draft.submission.people
    return only and asks_for_theirs(draft)


def _is_of_before(draft: DecisionDraft) -> bool:
    """Whether words without a coming or a staying away name our meetings only by the one of before: "is het
    verslag van de vorige editie klaar?"."""
    submission = draft.submission
    told = submission.people or submission.told or draft.arrival.message.parts
    if told or not _kinds(draft) <= _ASKS_AT_MOST or _asks_or_comes_on_our_day(draft):
        return False
    ahead = [event for id_, event in draft.settings.events.items() if _is_ahead(draft, id_)]
    subject = draft.mail_with_words.subject
    return bool(ahead) and all(names_only_past(subject, submission.words, event) for event in ahead)


def _of_the_next(draft: DecisionDraft) -> Says | None:
    """Why the words of an answer to a mail about a meeting that is over concern one ahead: they name it or
    its day, ask for the same once more, or say that somebody comes to it. The subject is that of the old one,
    whatever it names."""
    said, acts = draft.submission.words, draft.submission.acts
    about = topic_of("", said, draft.settings, draft.received)
    if about is Topic.NAMED:
        return Says.NAMES_EVENT
    if _asks_or_comes_on_our_day(draft):
        return Says.NAMES_OUR_DAY
    if about is not Topic.OTHER and asks_again_for_next(draft):
        return Says.ABOUT_REGISTERING
    comes = any(act.kind in (ActKind.COME, ActKind.PLACES) and not act.elsewhere for act in acts)
    return _of_the_open_one(draft, about) if comes and about is Topic.OPEN else None


def _thread_is_ahead(draft: DecisionDraft) -> bool:
    """Whether the thread that a mail answers is about an event that has not ended."""
    context = draft.context
    events = {context.thread_event, *(r.event for r in context.registrations if r.nr in context.thread)}
    return any(_is_ahead(draft, one) for one in events)


def asks_again_for_next(draft: DecisionDraft) -> bool:
    """Whether an answer about a meeting that is over names the day of one that is open, or says that what was
    noted holds again."""
    said = draft.submission.words
    again = same_again(said) or speaks_of_our_day(said, draft.settings, draft.received)
    return again and bool(open_events(draft)) and not _thread_is_ahead(draft)


def _by_coming(draft: DecisionDraft, about: Topic) -> Says | None:
    """Why words that name no event concern one by the coming or registering they tell of; None where they
    are plainly about something else."""
    if about is not Topic.OPEN and _comes_to_a_meeting(draft):
        return Says.ABOUT_COMING
    if _asks_of_their_meeting(draft):
        return Says.OF_SOMEBODY_REGISTERED
    if about is Topic.OTHER and _leaves_a_titled_meeting(draft):
        return Says.OF_SOMEBODY_REGISTERED
    if about is Topic.OTHER or _is_heard_elsewhere(draft):
        return None
    if about is Topic.NONE and (not _may_come_or_go(draft) or _has_object_of_its_own(draft)):
        return None
    if any(_is_ahead(draft, one.event) for one in draft.context.registrations):
        return Says.OF_SOMEBODY_REGISTERED
    return _of_the_open_one(draft, about)


def _leaves_a_titled_meeting(draft: DecisionDraft) -> bool:
    """Whether who is registered says that they come or do not, and names what a meeting may be called by,
    though none of ours is: what they call ours nobody knows ("voor de mobiliteitsdag moet ik afzeggen")."""
    acts = [act for act in draft.submission.acts if act.kind in (*_COMING, *_OPEN)]
    expected = any(_is_ahead(draft, one.event) for one in draft.context.registrations)
    if not expected or not acts or any(act.elsewhere for act in draft.submission.acts):
        return False
    return names_a_titled_meeting(draft.submission.words, draft.settings, draft.received)


def _of_the_open_one(draft: DecisionDraft, about: Topic) -> Says | None:
    """Why words of somebody unknown that name no object concern an event that is open; None where they do
    not, or may concern any."""
    open_ = open_events(draft)
    if about is Topic.NONE and len(open_) == 1:
        return Says.ABOUT_COMING
    if about is Topic.OPEN and (len(open_) == 1 or (open_ and _comes_or_goes(draft))):
        return Says.ABOUT_REGISTERING if len(open_) > 1 else Says.ABOUT_REGISTERING_FOR_ONE
    return None


def _is_secretarys(draft: DecisionDraft) -> bool:
    """Whether the secretariat answers what we sent to it, as the digest: that is about nothing else."""
    settings, to = draft.settings, draft.context.answers_mail_to
    hers = {settings.secretariat.address, *map(settings.secretariat_of, settings.events.values())}
    return bool(to) and to == draft.sender.email.lower() and to in {one.lower() for one in hers}


def _reference(draft: DecisionDraft) -> Says | None:
    """Why a reference that the mail names, or one of ours to the secretariat that it answers, makes it ours;
    None where none does."""
    if draft.submission.nrs and any(_is_ahead(draft, r.event) for r in draft.context.registrations):
        return Says.NAMES_OUR_REFERENCE
    if _is_secretarys(draft):
        return Says.SECRETARY_ANSWERS
    return Says.NAMES_NOBODYS_REFERENCE if names_unknown(draft) else None


def names_unknown(draft: DecisionDraft) -> bool:
    """Whether a mail names a reference as ours are that nobody has, while people can register or come: a slip
    of the pen, which somebody should hear of."""
    ahead = any(_is_ahead(draft, id_) for id_ in draft.settings.events)
    return ahead and bool(draft.submission.nrs) and not draft.context.registrations


def _passes_on(draft: DecisionDraft) -> bool:
    """Whether a mail that says nothing of an event itself passes on one of somebody else's that names it."""
    inner = draft.arrival.message.forwarded
    if inner is None or inner.sender.email.lower() in draft.settings.own_addresses:
        return False
    own = [block.text for block in inner.body if isinstance(block, Paragraph) and not block.quote]
    return topic_of(inner.subject, "\n".join(own), draft.settings, draft.received) is Topic.NAMED


def answers_invitation(draft: DecisionDraft) -> bool:
    """Whether a bare yes or no of somebody unknown stands under a subject or above a quote that names an
    event: the invitation that it answers went out by another way."""
    bare = draft.submission.intent in (Intent.CONFIRM, Intent.DENY)
    known = draft.context.registrations or draft.context.thread or draft.context.asked
    lines = (draft.arrival.message.subject, *quoted_lines(draft))
    return bare and not known and any(_name_events(draft, lines))


def _comes_by_invitation(draft: DecisionDraft) -> bool:
    """Whether a question, or words of coming, staying away or registering, stand above a quote that names an
    event, whatever else they speak of: "Ik ben er graag bij. Voor de catering: ik eet vegetarisch." """
    submission = draft.submission
    if draft.context.registrations or any(act.elsewhere for act in submission.acts):
        return False
    tells = _tells_or_asks(draft) or says_an_act(plain(submission.words))
    return tells and any(_name_events(draft, quoted_lines(draft)))


def _tells_or_asks(draft: DecisionDraft) -> bool:
    """Whether words ask something, or tell of coming or staying away, as either reader finds."""
    submission = draft.submission
    kinds = {*submission.heard, *(act.kind for act in submission.acts if not act.elsewhere)}
    asks = bool(submission.question.strip()) or ActKind.QUESTION in kinds
    return asks or not kinds.isdisjoint((*_COMING, *_OPEN, ActKind.PLACES))


def _asks_or_comes_on_our_day(draft: DecisionDraft) -> bool:
    """Whether words that ask something, or tell of coming or staying away, name the day of an event of ours,
    whatever their nouns: "is 3 december ook voor kabinetsmedewerkers?" """
    submission = draft.submission
    if any(act.elsewhere for act in submission.acts) or not _tells_or_asks(draft):
        return False
    return speaks_of_our_day(submission.words, draft.settings, draft.received)


def _name_events(draft: DecisionDraft, lines: Iterable[str]) -> Iterator[bool]:
    return (names_an_event(line, draft.settings, draft.received) for line in lines)


def _tie(draft: DecisionDraft) -> Says | None:
    """What beside its nouns ties a mail to an event of ours: we asked its writer something, its subject
    answers an invitation, or it says who comes on the day of one; None where nothing does."""
    if _is_asked(draft):
        return Says.OF_SOMEBODY_ASKED
    if _answers_an_invitation(draft):
        return Says.UNDER_INVITATION
    if _is_told(draft) and (_protests(draft) or declines_by_subject(draft.mail_with_words.subject)):
        return Says.OF_SOMEBODY_WE_WROTE
    return Says.ABOUT_REGISTERING if _comes_on_our_day(draft) else None


def _is_told(draft: DecisionDraft) -> bool:
    """Whether the writer is registered for what is ahead, or we wrote to them about it: the address that a
    registration had before stands on none."""
    context = draft.context
    return any(_is_ahead(draft, id_) for id_ in (*context.told_of, *(r.event for r in context.registrations)))


def _protests(draft: DecisionDraft) -> bool:
    """Whether words without another object say that something was not asked for, or ask who did it."""
    return protests(f"{draft.mail_with_words.subject}\n{draft.submission.words}") and not _of_something_else(
        draft
    )


#: A subject that answers an invitation, whosever it is: "RE: Uitnodiging", "Re: your invitation".
_INVITATION = re.compile(
    rf"(?:(?:re|antw|aw|ref|sv|r)\s*:\s*)+(?:{either(*words_of('invitation', 'before'))}\s*)*"
    rf"{either(*words_of('invitation', 'called'))}\W*",
    re.I,
)


def _answers_an_invitation(draft: DecisionDraft) -> bool:
    """Whether a subject answers an invitation that it calls nothing else, while one event is open."""
    answers = _INVITATION.fullmatch(draft.mail_with_words.subject.strip())
    return bool(answers) and len(open_events(draft)) == 1


def _comes_on_our_day(draft: DecisionDraft) -> bool:
    """Whether words of coming, staying away or a doubt about it, as the rules alone find, stand beside
    the day of an event, and no other day is named: "als mijn baas akkoord gaat ben ik er op 3 december"."""
    acts = acts_here(draft.submission.acts, *_COMING, *_OPEN)
    said = {day for act in acts for day, _ in dates_in(plain(act.words))}
    days = said | {day for day, _ in dates_in(plain(draft.submission.words))}
    if any(act.kind is ActKind.NOT_COME and act.who is Who.WRITER for act in acts):
        said |= days  # "op 3 december word ik tachtig. Ge begrijpt dat ik dan niet weg kan."
    own = {event.starts.date() for event in open_events(draft) if event.starts}
    return bool(said) and all(name_any((day,), own) for day in days)


#: What somebody does who comes, stays away, or sends another.
_COMING = (ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.BRING, ActKind.SUBSTITUTE)
#: What leaves open whether they do.
_OPEN = (ActKind.CONDITION, ActKind.UNSURE, ActKind.PARTIAL)
#: What the statistical reader hears of nothing else: places and what is brought are of any matter.
_COMING_ALONE = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE, *_OPEN})


def _comes_or_goes(draft: DecisionDraft) -> bool:
    """Whether a mail without any noun of its own ("toch wel, zij komt") says who comes or stays away,
    as both readers of sentences find."""
    return any(act.agreed and not act.elsewhere and act.kind in _COMING for act in draft.submission.acts)


def _may_come_or_go(draft: DecisionDraft) -> bool:
    """Whether ``_comes_or_goes`` holds, or the statistical reader alone finds so: "nee merci, zit op
    verlof"."""
    return _comes_or_goes(draft) or not _COMING_ALONE.isdisjoint(draft.submission.heard)


def _is_heard_elsewhere(draft: DecisionDraft) -> bool:
    """Whether the statistical reader hears that words are about something else and of nothing that is done at
    an event, and neither do both readers find that, nor is a day of ours named. What "zie bijlage" is about
    stands in a file."""
    submission = draft.submission
    if not submission.heard_elsewhere or draft.arrival.message.parts or _comes_or_goes(draft):
        return False
    return not speaks_of_our_day(submission.words, draft.settings, draft.received)


def _comes_to_a_meeting(draft: DecisionDraft) -> bool:
    """Whether words tell of coming, staying away or registering, as either reader finds, or ask, and speak
    of a meeting without its title, while one event is open or their writer is registered: other nouns that
    nobody knows ("voor de studiedag over regiovorming") do not make it another's, nor does the subject where
    the meeting is called ours."""
    submission, context = draft.submission, draft.context
    expected = any(_is_ahead(draft, one.event) for one in context.registrations)
    if any(act.elsewhere for act in submission.acts) or not (expected or len(open_events(draft)) == 1):
        return False
    told = not _kinds(draft).isdisjoint((*_COMING, *_OPEN, ActKind.PLACES))
    acts = told or says_an_act(plain(submission.words))
    if _speaks_of_a_meeting(draft, submission.words, yours=True):
        return acts or bool(submission.question.strip())
    if _has_foreign_subject(draft) or not _speaks_of_a_meeting(draft, submission.words):
        return False
    return acts or _speaks_of_a_meeting(draft, submission.question)


def _asks_of_their_meeting(draft: DecisionDraft) -> bool:
    """Whether who is on the list of one coming event, or waits for a place, only asks about "the meeting",
    below whatever subject that is not another mail's, or how it is there, below one of nothing else."""
    rows = [one for one in draft.context.registrations if not one.status.is_out]
    events = {one.event for one in rows if _is_ahead(draft, one.event)}
    answers_another = subject_answers(draft) and _has_foreign_subject(draft)
    if len(events) != 1 or answers_another or any(act.elsewhere for act in draft.submission.acts):
        return False
    subject, words, asked = told_subject(draft), draft.submission.words, draft.submission.question.strip()
    here = (draft.settings, draft.received)
    of_it = asks_only_of_the_meeting(subject, words, *here) or asks_how_it_is_there(
        subject, words, asked, *here
    )
    return bool(asked) and of_it


def _speaks_of_a_meeting(draft: DecisionDraft, words: str, *, yours: bool = False) -> bool:
    return speaks_of_a_meeting(words, draft.settings, draft.received, yours=yours)


def _is_expected_today(draft: DecisionDraft) -> bool:
    """Whether who is on the list writes on the day itself who comes or stays away, and only the subject line
    ("tandarts") is something else: the next overview would come too late."""
    today, address = draft.received.astimezone(draft.settings.zone).date(), draft.first_person.email.lower()
    events = draft.settings.events
    expected = any(
        (event := events.get(row.event)) is not None
        and _is_ahead(draft, row.event)
        and event.starts is not None
        and event.starts.date() == today
        and address == email_of(row.answers, draft.settings.form_of(event))
        for row in draft.context.registrations
        if not row.status.is_out
    )
    said = topic_of("", draft.submission.words, draft.settings, draft.received)
    return expected and said is not Topic.OTHER and _comes_or_goes(draft)


def _of_something_else(draft: DecisionDraft) -> bool:
    """Whether what has no noun of registering ("ik zie af van de groepsaankoop") has another object."""
    subject, words = draft.mail_with_words.subject, draft.submission.words
    return has_another_object(subject, words, draft.settings, draft.received)


def _has_object_of_its_own(draft: DecisionDraft) -> bool:
    """Whether the words or the subject of what has no noun of registering are about something else."""
    return _of_something_else(draft) or _has_foreign_subject(draft)


def _has_foreign_subject(draft: DecisionDraft) -> bool:
    """Whether the subject of words that say who comes, without a noun of registering, is something else."""
    said, settings = draft.submission.words, draft.settings
    return has_foreign_subject(told_subject(draft), said, settings, draft.received)


def _is_asked(draft: DecisionDraft) -> bool:
    """Whether a few words come from who was asked something and has not answered, in a mail of its own."""
    sender = draft.sender.email.lower()
    waits = (one for one in draft.context.registrations if one.status is Status.INCOMPLETE)
    theirs = any(sender in (one.sender.lower(), *map(str, one.answers.values())) for one in waits)
    return theirs and len(draft.submission.words) <= _SHORT


def _is_ahead(draft: DecisionDraft, id_: str) -> bool:
    event: Event | None = draft.settings.events.get(id_)
    return event is not None and not event.is_over(draft.came_at, draft.settings.zone)

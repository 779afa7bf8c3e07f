"""What a mail brings, or says it brings, that could not be read, and whether it is meant for an event."""

from __future__ import annotations

import re

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import only_open, topic
from mailbot.decision.intents import asked_kinds
from mailbot.domain.document import ParseStatus
from mailbot.domain.submission import ActKind, Intent, SubmissionKind
from mailbot.matching.subject_matter import Topic
from mailbot.text.lexicon import either, words_of

#: How subjects and file names call a registration.
_REGISTERING = re.compile(rf"\b{either(*words_of('attachment', 'registering'))}", re.I)
#: How people say that something comes with their mail.
_ATTACHED = re.compile(rf"\b{either(*words_of('attachment', 'attached'))}", re.I)
_FORM = re.compile(rf"{_REGISTERING.pattern}|{either(*words_of('attachment', 'form'))}", re.I)
_LINK = re.compile(r"\bhttps?://\S", re.I)
#: A picture of a kind that is not read is a logo more often than a form.
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|svg|webp|tiff?|emz|wmz)$", re.I)
_FAILED = (
    SubmissionKind.BLANK,
    SubmissionKind.PROTECTED,
    SubmissionKind.UNREADABLE,
    SubmissionKind.TOO_LARGE,
)
#: What says by itself what is wanted, whatever came with it.
_SAID_ENOUGH = (
    Intent.WITHDRAW,
    Intent.MAYBE_WITHDRAW,
    Intent.EXCUSE,
    Intent.RESTORE,
    Intent.SUBSTITUTE,
    Intent.THANKS,
    Intent.CONFIRM,
)


def unread(draft: DecisionDraft) -> tuple[tuple[str, ParseStatus], ...]:
    """The files that could not be read, with why; also one that is not there, or lies behind a link,
    which is never fetched."""
    submission = draft.submission
    files = tuple(
        (name, state)
        for name, state in submission.unread
        if state is not ParseStatus.UNSUPPORTED or not _PICTURE.search(name)
    )
    if files or submission.people or submission.found is not SubmissionKind.NO_FORM:
        return files
    if submission.intent not in _MAY_BRING and not _only_comes(draft):
        return ()
    attached = _ATTACHED.search(submission.words)
    if _LINK.search(submission.words) and (attached or _FORM.search(submission.words)):
        return (("", ParseStatus.LINKED),)
    brought = draft.arrival.message.parts or draft.arrival.message.forwarded
    return (("", ParseStatus.MISSING),) if attached and not brought else ()


#: What may be said above a form that comes along.
_MAY_BRING = frozenset({Intent.NONE, Intent.REPLY, Intent.REGISTER, Intent.FORM})


def _only_comes(draft: DecisionDraft) -> bool:
    """Whether nothing but coming was found in uncertain words: "in bijlage mijn inschrijving"."""
    return asked_kinds(draft) == {ActKind.COME}


def asks_for_a_form(draft: DecisionDraft) -> bool:
    """Whether what could not be read, or was not filled in, is a form that is plainly for an event, and
    the words say nothing by themselves."""
    submission = draft.submission
    if submission.people or submission.intent in _SAID_ENOUGH or submission.question.strip():
        return False
    troubled = submission.found in _FAILED or bool(unread(draft))
    return troubled and is_meant(draft)


def is_meant(draft: DecisionDraft) -> bool:
    """Whether subject, file name, own text or thread show that a mail is meant for an event."""
    submission = draft.submission
    if any(clue.event for clue in submission.clues) or draft.context.thread_event:
        return True
    if submission.clues:
        return False
    about, named = topic(draft), (name for name, _ in submission.unread)
    if about in (Topic.NAMED, Topic.OTHER):
        return about is Topic.NAMED
    said = (draft.arrival.message.subject, submission.words, *named)
    return any(_REGISTERING.search(text) for text in said) and only_open(draft).event is not None

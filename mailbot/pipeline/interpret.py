"""A message with all that was read of it → what it says.

A form in an attachment goes before one typed in the mail, and what the sender typed before
what they quote (``form_finder``). What their words want is told by ``wanted``, which event is meant by
``event_clues``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.document import ParsedDocument, ParseStatus
from mailbot.domain.form import Form
from mailbot.domain.message import Message
from mailbot.domain.statement import Statement
from mailbot.domain.submission import ClueSource, EventClue, Person, Submission, SubmissionKind
from mailbot.extraction.deduplicate import merged
from mailbot.extraction.form_reader import Filled
from mailbot.extraction.verdict import FormVerdict, Kind
from mailbot.matching.events import heading_clues
from mailbot.matching.names import name_of
from mailbot.pipeline.event_clues import clues_around, clues_by_form, subject_clues
from mailbot.pipeline.form_finder import FormFinder
from mailbot.pipeline.material import Material, material
from mailbot.pipeline.own_workbook import is_own_workbook
from mailbot.pipeline.wanted import with_intent

_FAILED = {
    ParseStatus.PROTECTED: SubmissionKind.PROTECTED,
    ParseStatus.UNREADABLE: SubmissionKind.UNREADABLE,
    ParseStatus.TOO_LARGE: SubmissionKind.TOO_LARGE,
    ParseStatus.TOO_SLOW: SubmissionKind.TOO_LARGE,
    ParseStatus.UNSUPPORTED: SubmissionKind.UNSUPPORTED,
    ParseStatus.EMPTY: SubmissionKind.UNREADABLE,
    ParseStatus.REMOVED: SubmissionKind.UNREADABLE,
}


def understand(
    message: Message | None,
    readings: tuple[ParsedDocument, ...],
    settings: Settings,
    blank_lines: frozenset[str],
    now: datetime,
    form: str = "",
    event: str = "",
    ours: frozenset[str] = frozenset(),
) -> Submission:
    """What a message (or a file, without ``message``) says.

    ``blank_lines`` are the lines of the blank forms that were sent out, ``ours`` those of the
    mails of ours that it answers: what it quotes of them is nobody's answer. ``form`` or ``event``,
    where given, is the form, or the event whose form, it is read with; raises ``KeyError`` for
    one that is not configured. ``now`` is aware.
    """
    own = [one for one in readings if is_own_workbook(one.blocks, settings.workbook)]
    rest = tuple(one for one in readings if one not in own)
    said = _submission(material(message, rest, settings, blank_lines, ours, now), form, event)
    return replace(said, workbooks=tuple(one.name for one in own))


def _submission(mail: Material, form: str, event: str) -> Submission:
    forms = _candidates(mail, form, event)
    finder = FormFinder(mail, clues_around(mail), given=bool(form or event))
    filled, scanned = finder.filled(forms)
    filled = _certain(filled)
    people, problems = merged([(one.people, one.problems) for one in _by_event(filled)])
    clues = [*_beside_names(finder.clues, mail, people, filled), *_of_forms(mail, filled)]
    taken = frozenset(place for one in filled for place in one.taken)
    unread = tuple((r.name, r.state) for r in mail.readings if r.state is not ParseStatus.READ)
    return with_intent(
        mail,
        Submission(
            found=_found(filled, people, unread),
            form=filled[0].form.id if filled else (forms[0].id if form or event else ""),
            people=people,
            problems=problems,
            clues=_each_once(clues, event),
            unread=unread,
            recognised=scanned and bool(people),
            evidence=_evidence(filled, finder.rejected),
            notes=tuple(dict.fromkeys(note for r in mail.readings for note in r.notes)),
            macros=any(reading.macros for reading in mail.readings),
            uncalculated=tuple(reading.name for reading in mail.readings if reading.uncalculated),
        ),
        taken,
    )


def _beside_names(
    clues: list[EventClue], mail: Material, people: tuple[Person, ...], filled: list[Filled]
) -> list[EventClue]:
    """The clues, those of the subject without the names of who registers: it may name another meeting by
    nothing but these."""
    if not people or not any(not clue.event and clue.by is ClueSource.SUBJECT for clue in clues):
        return clues
    names = tuple(name_of(person.values, filled[0].form) for person in people)
    return [*(clue for clue in clues if clue.by is not ClueSource.SUBJECT), *subject_clues(mail, names)]


def _of_forms(mail: Material, filled: list[Filled]) -> Iterator[EventClue]:
    """The events that forms name, in their headings, or as the form of one event alone."""
    for one in filled:
        yield from heading_clues(one.heading, ClueSource.HEADING, mail.settings, mail.now, is_heading=True)
    for one in filled[:1]:
        yield from clues_by_form(mail, one)


def _evidence(filled: list[Filled], rejected: list[FormVerdict]) -> tuple[Statement, ...]:
    """What speaks for and against its being a form: of the one that was read, or the likeliest of
    those that were none."""
    verdicts = [one.verdict for one in filled[:1]] or rejected
    best = max(verdicts, key=lambda one: one.score, default=None)
    return tuple(one.told for one in best.evidence) if best else ()


def _candidates(mail: Material, form: str, event: str) -> tuple[Form, ...]:
    settings = mail.settings
    if event:
        return (settings.form_of(settings.events[event]),)
    if form:
        return (settings.forms[form],)
    return tuple(settings.forms.values())


def _found(
    filled: list[Filled], people: tuple[Person, ...], unread: tuple[tuple[str, ParseStatus], ...]
) -> SubmissionKind:
    if people:
        sure = any(one.people and one.verdict.kind is Kind.REGISTRATION for one in filled)
        return SubmissionKind.FORM if sure else SubmissionKind.PERHAPS
    if filled:
        return SubmissionKind.BLANK
    return _FAILED[unread[0][1]] if unread else SubmissionKind.NO_FORM


def _certain(filled: list[Filled]) -> list[Filled]:
    """The forms, without those that are only perhaps one beside a certain one."""
    sure = any(one.people and one.verdict.kind is Kind.REGISTRATION for one in filled)
    return [one for one in filled if not sure or one.verdict.kind is Kind.REGISTRATION]


def _by_event(filled: list[Filled]) -> list[Filled]:
    """The forms, with the event of each at its people where they name several."""
    if len({one.event for one in filled if one.people and one.event}) < 2:
        return filled
    return [replace(one, people=tuple(replace(p, event=one.event) for p in one.people)) for one in filled]


def _each_once(clues: Iterable[EventClue], event: str) -> tuple[EventClue, ...]:
    given = (EventClue(event, ClueSource.GIVEN),) if event else ()
    return tuple(dict.fromkeys((*given, *clues)))

"""What she decided at one sitting, saved at once in one workbook or in several: in which order it is carried
out, and what of it says two things of the same person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.intents import LEAVING
from mailbot.domain.case import ABOUT_COMING, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, Note, Result
from mailbot.domain.places import holds_place
from mailbot.domain.registration import STATUS, Registration, Status
from mailbot.domain.statement import Says
from mailbot.domain.submission import Submission

#: Choices after which nobody comes; and those after which nobody comes where the mail wants to leave.
_LEAVE = (Choice.WITHDRAW, Choice.EXCUSE)
_AS_ASKED = (Choice.ACCEPT, Choice.AS_COLLEAGUE)
#: Choices that say of somebody whether they come, and of one as asked where the case is about that.
_SAY_WHERE = (*_LEAVE, Choice.REGISTER, Choice.WAITLIST, Choice.REFUSE, Choice.REPLACES)

#: The turns of decisions. One that gives a place that stands free does not wait for another to come free.
_UNDONE, _WAITS, _GIVEN, _FREES, _LET_IN = range(5)


def turn(
    case: Case | None,
    choice: Choice | None,
    row: Registration | None,
    submission: Submission | None,
    settings: Settings,
    now: datetime,
) -> int:
    """When a decision about a case has its turn among the others; ``row`` and ``submission`` are those of the
    case. Who no longer waits for a place, and who only now does, is known before one comes free; and it has
    come free before somebody else is let in. What is taken back comes first of all: it has to find the rows
    as they are."""
    if choice is Choice.UNDO:
        return _UNDONE
    if choice is Choice.WAITLIST:
        return _WAITS
    if case is not None and case.kind is CaseKind.FREED_PLACE and choice is Choice.ACCEPT:
        was_taken = any(one.code is Says.FULL_SINCE for one in case.says)
        return _LET_IN if was_taken else _GIVEN
    as_asked = choice in _AS_ASKED and submission is not None and submission.intent in LEAVING
    if choice not in _LEAVE and not as_asked:
        return _LET_IN
    event = settings.events.get(row.event) if row else None
    has_none = event is not None and not holds_place(row, event, now)
    return _WAITS if has_none else _FREES


def in_turn(edits: Sequence[Edit], turns: Sequence[int]) -> list[Edit]:
    """The edits of one save in the order in which they are carried out; ``turns`` are those of the decisions
    among them, in their order. A decision finds her sheet as she left it; but people whom she typed, who are
    in by her own hand whatever is free, come behind the decisions that give a place that stands free."""
    decisions = [one for one in edits if one.kind is EditKind.DECISION]
    by_turn = sorted(zip(turns, decisions, strict=True), key=lambda one: one[0])
    order = iter(one for _, one in by_turn)
    ordered = [next(order) if one.kind is EditKind.DECISION else one for one in edits]
    given = [one for when, one in by_turn if when == _GIVEN]
    if not given:
        return ordered
    typed = [one for one in ordered if _is_typed(one)]
    others = [one for one in ordered if not _is_typed(one)]
    behind = others.index(given[-1]) + 1
    return [*others[:behind], *typed, *others[behind:]]


def _is_typed(edit: Edit) -> bool:
    """Whether an edit is somebody whom she typed anew."""
    return edit.kind is EditKind.NEW_ROW and not edit.nr


def decided_about(decision: Decision, edit: Edit, case: Case | None) -> dict[str, Status]:
    """The rows of which what she did says where they stand, by nr, with that: those that it moves, and all
    where that is what she decides. Who gets a place that came free by it is none of them: the decision would
    hold as well without anybody to wait for that place."""
    says_where = _says_where(edit, case)
    return {
        result.after.nr: result.after.status
        for result in decision.results
        if result.after is not None and Note.PROMOTED not in result.notes
        if says_where or (edit.kind is EditKind.DECISION and _moves(result))
    }


def _moves(result: Result) -> bool:
    return result.before is None or result.after is None or result.before.status is not result.after.status


def _says_where(edit: Edit, case: Case | None) -> bool:
    """Whether what she did says of somebody that they come or do not. An answer that she types is no
    decision, although it may complete a row: what she decides about its mail in the same sitting comes on top
    of it. That somebody is the same person, or that a value stands, tells nothing of their coming."""
    if edit.kind is EditKind.CELL:
        return edit.key == STATUS
    if edit.kind is not EditKind.DECISION:
        return edit.kind not in (EditKind.ATTENDED, EditKind.CONFIRM)
    as_asked = edit.choice in _AS_ASKED and (case is None or case.kind in ABOUT_COMING)
    return edit.choice in _SAY_WHERE or as_asked


def contradicts(decision: Decision, edit: Edit, case: Case | None, sitting: Mapping[str, Status]) -> str:
    """The nr of a row of which a decision says something else than she decided before at the same
    ``sitting``; empty where it contradicts nothing."""
    about = decided_about(decision, edit, case).items()
    return next((nr for nr, status in about if sitting.get(nr, status) is not status), "")

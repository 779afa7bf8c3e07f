"""Every kind of case: which code opens it, and that each choice about it can be carried out."""

from __future__ import annotations

import ast
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

import mailbot
from mailbot.decision import decide_case
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision
from mailbot.domain.registration import Status
from mailbot.wording import matter, title

from .building import MORNING, clue, form_of, known, mail, person, row, settings

#: What opens a case of each kind; a rule that opens another kind, or a new kind, is added here.
OPENED_BY: dict[CaseKind, list[str]] = {
    CaseKind.LATE: ["decision/rules/deadline"],
    CaseKind.WHICH_EVENT: [
        "decision/rules/event_closed",
        "decision/rules/participants",
        "decision/rules/which_event",
    ],
    CaseKind.SAME_PERSON: [
        "decision/rules/namesake",
        "decision/rules/same_person",
        "decision/rules/substitute",
        "decision/typed_rows",
    ],
    CaseKind.CONTRADICTION: ["decision/rules/contradiction"],
    CaseKind.DOUBT: ["decision/rules/declines", "decision/rules/optional_doubts", "decision/typed_values"],
    CaseKind.QUESTION: ["decision/rules/calendar_decline", "decision/rules/question"],
    CaseKind.MANY_PEOPLE: ["decision/rules/many_people"],
    CaseKind.NOT_INVITED: ["decision/rules/invited"],
    CaseKind.TOO_MANY: ["decision/reply_limits"],
    CaseKind.FORGED: ["decision/rules/forged"],
    CaseKind.UNRELATED: [
        "decision/rules/calendar_decline",
        "decision/rules/unauthorised_change",
    ],
    CaseKind.PERHAPS: ["decision/rules/form_agreed", "decision/rules/perhaps"],
    CaseKind.UNCLEAR: [
        "decision/rules/calendar_decline",
        "decision/rules/comes_to_one",
        "decision/rules/complete",
        "decision/rules/everywhere",
        "decision/rules/new_date",
        "decision/rules/reply_to",
        "decision/rules/same_person",
        "decision/rules/still_away",
        "decision/rules/substitute",
        "decision/rules/text_contradicts_form",
        "decision/unclear",
        "service/inbox",
    ],
    CaseKind.UNREADABLE: [
        "decision/rules/automatic",
        "decision/rules/not_all_read",
        "decision/rules/own_workbook",
    ],
    CaseKind.INCOMPLETE: ["decision/rules/complete", "decision/scheduled/incomplete"],
    CaseKind.CALENDAR_DECLINE: ["decision/rules/calendar_decline"],
    CaseKind.FREED_PLACE: ["decision/scheduled/freed_places"],
    CaseKind.CAPACITY: ["decision/scheduled/freed_places"],
    CaseKind.ANNOUNCE: ["decision/scheduled/replaced", "decision/scheduled/rescheduled"],
    CaseKind.UNDELIVERED: ["decision/rules/automatic", "service/delivery"],
    CaseKind.SHELVED: ["service/decider"],
    CaseKind.FORWARDED: ["decision/rules/deadline"],
    CaseKind.DESTROY: ["decision/scheduled/retention"],
    CaseKind.WORKBOOK: ["decision/edits", "service/event_sheet_sync", "service/her_edits"],
    CaseKind.ERASURE: ["decision/rules/not_a_registration"],
    CaseKind.ACCESS: ["decision/rules/not_a_registration"],
    CaseKind.COLLEAGUES: ["decision/cases"],
    CaseKind.REMOVED: ["decision/undo"],
}

_OPENERS = frozenset({"Case", "open_case", "case", "review", "_case"})
#: Tables from what a mail asks to the kind of case.
_TABLES = frozenset({"_REQUESTS"})


def _kinds(node: ast.AST) -> set[str]:
    return {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "CaseKind"
    }


def _opened(tree: ast.Module) -> set[str]:
    """The kinds that stand as the kind of a case that is made: first argument, ``kind=``, or a local name
    or default that becomes it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _OPENERS:
                given = [*node.args[:2], *(one.value for one in node.keywords if one.arg == "kind")]
                found |= set().union(*(_kinds(one) for one in given)) if given else set()
        elif (isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "kind") or (
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in _TABLES
        ):
            found |= _kinds(node.value)
        elif isinstance(node, ast.arguments):
            found |= set().union(*(_kinds(one) for one in (*node.defaults, *filter(None, node.kw_defaults))))
    return found


def test_what_opens_a_case_of_each_kind_is_known() -> None:
    root = Path(mailbot.__file__).parent
    opened: dict[CaseKind, set[str]] = defaultdict(set)
    for path in root.rglob("*.py"):
        for name in _opened(ast.parse(path.read_text(encoding="utf-8"))):
            opened[CaseKind[name]].add(path.relative_to(root).with_suffix("").as_posix())
    assert {kind: sorted(opened[kind]) for kind in CaseKind} == OPENED_BY


def _decided(kind: CaseKind, choice: Choice, offered: tuple[Choice, ...]) -> Decision:
    case = Case(
        kind, "Els Maes", "?", offered, MORNING, "kis",
        registration="INS-0001", message=1, person=person(), id=7,
    )  # fmt: skip
    edit = Edit(
        EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice, remark="Tot dan.", event="kis"
    )
    submission = form_of(person(), clues=(clue(),))
    waits = known(row(status=Status.WAITLISTED))
    return decide_case(case, edit, waits, settings(), MORNING + timedelta(hours=1), mail(), submission)


@pytest.mark.parametrize("kind", CaseKind)
def test_a_case_of_any_kind_is_closed_and_logged_when_she_is_done_with_it(kind: CaseKind) -> None:
    decision = _decided(kind, Choice.DONE, (Choice.DONE,))
    assert decision.closes == (7,)
    assert [line.who for line in decision.log] == ["secretariaat"]
    assert not decision.answer


@pytest.mark.parametrize("kind", CaseKind)
def test_a_choice_that_a_case_of_any_kind_does_not_offer_leaves_it_open_and_says_so(kind: CaseKind) -> None:
    decision = _decided(kind, Choice.WITHDRAW, (Choice.DONE,))
    (again,) = decision.cases
    assert again.kind is kind
    assert "kies uit de lijst" in matter(again)
    assert decision.results == ()


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_of_case_is_named_to_people(kind: CaseKind) -> None:
    words = title(Case(kind, "", "", (), MORNING))
    assert words
    assert words != kind.name

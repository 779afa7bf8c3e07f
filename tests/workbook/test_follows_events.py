"""What ``bijeenkomsten.xlsx`` is made of, and what becomes of each word that she types into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import tomlkit

from mailbot.domain.event import Event
from mailbot.domain.season import COUNTED, EventTotals
from mailbot.domain.statement import Says, say
from mailbot.wording import as_told
from mailbot.workbook import event_sheet, season
from mailbot.workbook.base import Base
from mailbot.workbook.event_sheet import COLUMNS, OwnForm, SheetPlan
from mailbot.xlsx.workbook import Workbook
from tests.decision.following import parts
from tests.packages import told

HELD = parts(Path(__file__).parent / "follows" / "events.txt")
FULL = """\
id = "kis"
title = "Kennisplatform"
form = "f"
starts = 2026-12-03T14:00:00
ends = 2026-12-03T17:00:00
place = "Beernem"
deadline = 2026-11-30
late = "review"
capacity = 40
per_organisation = 2
organisations = "all"
practical = "Neem de trein."
practical_days = 5
reminder_days = 3
thanks = "Bedankt."
certificate = true
signed_by = "An Claes"
calendar = "file"
completion_days = 4
clear_after_days = 20
mailbox = "main"
secretariat = "an@example.org"
article = "het"
[[contacts]]
name = "An Claes"
phone = "050 12 34 56"
email = "an@example.org"
"""
BARE = 'id = "bare"\ntitle = "Overleg"\nform = "f"\n'
EVENTS = {
    one.id: one for one in (Event.model_validate(tomlkit.parse(text).unwrap()) for text in (FULL, BARE))
}
OWN = {"blank.docx": OwnForm("own"), "wrong.docx": OwnForm(wrong=say(Says.QUOTED, words="is geen formulier"))}
_FORMS, _LISTS = frozenset({"f", "g", "own"}), frozenset({"all", "some"})
#: What she may type below each header, right and wrong.
TYPED = {
    "id": ("", "anders"),
    "title": ("", "Anders", "Twee\nregels"),
    "starts": (
        "3/12/2026 15:00",
        "3-12-2026 15u30",
        "2026-12-03 9:05",
        "3/12/2026",
        "3/12/2026 24:00",
        "do 21 januari 2027 17u",
        "donderdag 21 januari 2027 om 17.30 u",
        "21/1 17 u.",
        "do 26/11, 9u30",
        "21/1/27 14:00",
        "21/1",
        "15u",
        "0,625",
        "17.30 u",
        "29/2 14:00",
        "morgen",
        "31/2/2026 14:00",
        "",
    ),
    "ends": ("3/12/2026 13:00", "3/12/2026 14:00", "3/12/2026 18:00:00", "17u30", "18 uur", "13u", "25u", ""),
    "place": ("Damme", ""),
    "form": ("g", "weg", ""),
    "deadline": (
        "29/11/2026",
        "29/11",
        "vrijdag 27 november",
        "28/11 12u",
        "12u",
        "29/11/2026 12:00",
        "4/12/2026",
        "3/12/2026",
        "nooit",
        "",
    ),
    "late": ("weigeren", "Te behandelen", "iets", ""),
    "capacity": ("1", "0", "-1", "1234567", "veel", "4.5", ""),
    "per_organisation": ("3", "0", ""),
    "organisations": ("some", "none", ""),
    "replaces": ("bare", "kis", "weg", ""),
    "cancelled": ("ja", "neen", "misschien", ""),
    "article": ("de", "een", ""),
    "contacts": (
        "Jan, 050 11 22 33",
        "Jan, jan@x.example\n\nEls, els@x.example, 0478 12 34 56",
        "jan@x.example",
        "Jan, 1, 2",
        "Jan, a@b.c, d@e.f",
        "",
    ),
    "practical": ("Twee\nregels", ""),
    "practical_days": ("0", "-1", ""),
    "reminder_days": ("0", ""),
    "thanks": ("x", ""),
    "certificate": ("neen", "x", ""),
    "signed_by": ("x", ""),
    "calendar": ("geen", "uitnodiging", "post", ""),
    "completion_days": ("0", "x", ""),
    "clear_after_days": ("1", "0", ""),
    "mailbox": ("second", ""),
    "secretariat": ("x@y.example", "niets", ""),
    "own_form": ("blank.docx", "wrong.docx", ""),
    "problem": ("x", ""),
}
#: A row below the others: copied, new, or half.
NEW = {
    "a copy": {"title": "Kennisplatform", "id": "kis"},
    "a copy on another day": {
        "title": "Kennisplatform",
        "id": "kis",
        "starts": "4/2/2027 14:00",
        "deadline": "1/2/2027",
    },
    "a new one": {"title": "Éen nieuwe bijeenkomst", "form": "f", "starts": "4/2/2027 14:00"},
    "on a day without a year": {"title": "Overleg", "form": "f", "starts": "21/1 14u"},
    "a copy on a day without a year": {
        "title": "Kennisplatform",
        "id": "kis",
        "form": "f",
        "starts": "21/1/27 14u",
        "ends": "17u",
        "deadline": "15/1",
    },
    "a copy at an hour without a day": {"title": "Kennisplatform", "id": "kis", "form": "f", "starts": "14u"},
    "without a form": {"title": "Overleg"},
    "without a title": {"place": "Damme"},
    "a long title": {"title": "Een heel lange titel van een bijeenkomst over water en wegen", "form": "f"},
    "with an id of its own": {"title": "Overleg", "id": "eigen-1", "form": "f"},
    "with an id that cannot be": {"title": "Overleg", "id": "Eigen Id", "form": "f"},
    "of a blank": {"title": "Overleg", "own_form": "blank.docx"},
    "of a blank that is none": {"title": "Overleg", "own_form": "wrong.docx"},
}


def _written(plan: SheetPlan | None = None) -> tuple[bytes, Base]:
    book = Workbook.new()
    base = event_sheet.draw(book, EVENTS, plan or SheetPlan({}, {}, {}), OWN, _FORMS, _LISTS)
    return book.data(), base


def _said(book: Workbook, base: Base) -> str:
    plan = event_sheet.plan(book, base, {"kis": FULL, "bare": BARE}, _FORMS, _LISTS, OWN)
    files = {"kis": FULL, "bare": BARE}
    changed = {
        event: [line for line in text.splitlines() if line not in files.get(event, "").splitlines()]
        + [f"without {line}" for line in files.get(event, "").splitlines() if line not in text.splitlines()]
        for event, text in plan.files.items()
    }
    wrong = {at: {key: as_told(one) for key, one in said.items()} for at, said in plan.problems.items()}
    return (
        f"{changed or 'nothing'}{f' wrong {wrong}' if wrong else ''} rows {dict(sorted(plan.rows.items()))}"
    )


def _typed() -> Iterator[str]:
    data, base = _written()
    columns = {key: index for index, key in enumerate(COLUMNS, start=1)}
    for key, texts in TYPED.items():
        for text in texts:
            book = Workbook.open(data)
            sheet = book.sheet(event_sheet.SHEET)
            assert sheet is not None
            sheet.set(2, columns[key], text or None)
            yield f"{key} {text!r}: {_said(book, base)}"
    for name, row in NEW.items():
        book = Workbook.open(data)
        sheet = book.sheet(event_sheet.SHEET)
        assert sheet is not None
        for key, text in row.items():
            sheet.set(4, columns[key], text)
        yield f"{name}: {_said(book, base)}"


def _season() -> str:
    counts = dict(zip(COUNTED, (3, 2, 1, 4), strict=True))
    totals = (
        EventTotals(
            "a", "Een", "2026-11-03", {"Damme": counts, "andere": {COUNTED[0]: 1}}, {"burgemeester": counts}
        ),
        EventTotals("b", "", "", {"Damme": {COUNTED[2]: 5}}, {}),
    )
    book = Workbook.new()
    season.draw(book, ())
    assert book.sheet(season.SHEET) is None
    season.draw(book, totals)
    return told(book.data(), ("[Content_Types].xml",))


def examples() -> dict[str, str]:
    """The sheets as they are made, and what is made of what is typed."""
    wrong = SheetPlan(
        {}, {3: {"starts": "Begin: ontbreekt"}, 5: {"title": "Titel: ontbreekt"}}, {2: "kis", 3: "bare"}
    )
    return {
        "as it is made": told(_written()[0]),
        "with what is wrong": told(_written(wrong)[0], ("xl/styles.xml",)),
        "typed": "\n".join(_typed()),
        "season": _season(),
    }


def test_what_the_sheet_of_meetings_is_made_of_and_what_is_typed_into_it() -> None:
    assert examples() == HELD


def test_the_row_of_a_meeting_is_high_enough_for_its_title_place_and_contacts() -> None:
    meeting = EVENTS["kis"].model_copy(update={"title": "Kennisplatform " + "samenwerken " * 8})
    book = Workbook.new()
    event_sheet.draw(book, {meeting.id: meeting}, SheetPlan({}, {}, {}), {})
    sheet = book.sheet(event_sheet.SHEET)
    assert sheet is not None
    (row,) = (one for one in sheet.root.iter("{*}row") if one.get("r") == "2")
    assert float(row.get("ht") or 0) > 3 * 13

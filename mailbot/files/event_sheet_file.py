"""``bijeenkomsten.xlsx`` and the event files on disk, kept the same: the event files win."""

from __future__ import annotations

import glob
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from mailbot.config.loader import load, toml_files
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.event import Event, read_event
from mailbot.domain.file_says import FileSays
from mailbot.domain.form import Form
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.season import EventTotals
from mailbot.domain.statement import Statement, say
from mailbot.extraction.template import Template
from mailbot.files.defect import told_as_defect
from mailbot.files.drawing import BaseOf, foreign
from mailbot.files.own_forms import adopted, file_of, replaced, template_of_own, text_of
from mailbot.files.shared_folder import beside, put, regular, write_new, write_whole
from mailbot.files.workbook_file import Held
from mailbot.pipeline.sandbox import Sandbox
from mailbot.text.system_errors import name_of
from mailbot.workbook import Base, DamagedError, form_sheet
from mailbot.workbook.base import Row
from mailbot.workbook.event_sheet import SHEET, SheetPlan, blanks_named, draw, plan
from mailbot.workbook.guide import draw_of_events
from mailbot.workbook.season import SHEET as SEASON
from mailbot.workbook.season import draw as draw_totals
from mailbot.workbook.still_named import Erased, places_of_events
from mailbot.xlsx.workbook import Marks, Workbook

FILE = "bijeenkomsten.xlsx"
#: What this file says in place of its event; no id of an event begins so.
_SEASON = "*bijeenkomsten"


@dataclass(frozen=True, slots=True)
class Synced:
    """``events`` says that event files changed: the settings must be loaded anew. ``remarks``
    are to tell her."""

    events: bool = False
    remarks: tuple[Remark, ...] = ()


def sync(
    path: Path,
    settings: Settings,
    base_of: BaseOf,
    keep: Callable[[Base], int],
    sandbox: Sandbox,
    *,
    locked: bool,
    ledger: str = "",
    totals: Sequence[EventTotals] = (),
    writer: str = "",
    held: Held = nullcontext,
) -> Synced:
    """Takes what she typed into the event files, and draws the sheet from them.

    A blank form that she names becomes a form, read in ``sandbox``, with a sheet of its own.
    ``keep`` commits what is about to be written and gives its number; ``locked``: the sheet is
    open, so it is read but not written; ``ledger`` is what the file carries of whose it is, ``totals``
    the figures of what is over. ``writer`` and ``held`` are as for ``WorkbookFile``. Every step
    can be repeated after a kill. Raises ``OSError``.
    """
    texts, events = _files(settings.events_dir)
    forms, lists = frozenset(settings.forms), frozenset(settings.organisations.lists)
    data = regular(path)
    try:
        book, base = _opened(data, base_of, ledger)
        if base is None:
            anothers = say(FileSays.REMOVE_ANOTHERS, file=path.name)
            return Synced(remarks=(Remark(RemarkKind.OTHER_INSTALLATION, anothers),))
        own_forms, drafted = adopted(blanks_named(book), path.parent, settings, sandbox)
        other_blanks = _other_blanks(path, drafted.values(), settings, sandbox)
        form_sheets = _form_sheets(book, base, drafted, settings)
        forms |= drafted.keys()
        sheet_plan = plan(book, base, texts, forms, lists, own_forms)
    except DamagedError as error:
        return Synced(remarks=(_damaged(path, error),))
    sheet_plan, taken = _take(sheet_plan, {event.id: file for file, event in events.items()}, settings)
    of_forms = (remark for one in form_sheets for remark in one.remarks())
    remarks = [*_of_rows(sheet_plan), *other_blanks, *of_forms]

    def drawn() -> Base:
        _, now_there = _files(settings.events_dir)
        found = {event.id: event for event in now_there.values()}
        base = draw(book, found, sheet_plan, own_forms, forms, lists)
        for one in form_sheets:
            base = replace(base, rows={**base.rows, **one.draw(book)})
        draw_totals(book, totals)
        draw_of_events(book, SHEET, SEASON)
        return base

    if not locked:
        in_place = partial(_exchange, path, data, book, keep=keep, ledger=ledger, writer=writer, held=held)
        remarks += _put(path, drawn, in_place)
    new = drafted.keys() - settings.forms.keys()
    return Synced(bool(taken or new or any(one.changed for one in form_sheets)), tuple(remarks))


def still_named(path: Path, erased: Erased) -> tuple[Statement, ...]:
    """Where its cells name somebody; none where there is no such file, or it cannot be read. Raises
    ``OSError``."""
    try:
        data = regular(path)
        return () if data is None else places_of_events(Workbook.open(data), erased)
    except (FileNotFoundError, DamagedError):
        return ()


def _opened(data: bytes | None, base_of: BaseOf, ledger: str) -> tuple[Workbook, Base | None]:
    """The sheet and what was last written in it, new where there is no file; None for that of another
    installation. Raises ``DamagedError``."""
    if data is None:
        return Workbook.new(), Base()
    book = Workbook.open(data)
    number = book.marks.number or 0
    cells = base_of(number) if number else None
    base = Base.from_json(number, cells) if cells is not None else None
    return book, None if base is None or foreign(book.marks, base, _SEASON, ledger) else base


def _of_rows(sheet_plan: SheetPlan) -> list[Remark]:
    """What is wrong in the rows of events."""
    return [
        Remark(RemarkKind.EVENT_ROW, say(FileSays.EVENT_ROW, at=at, wrong=tuple(wrong.values())), (at,))
        for at, wrong in sheet_plan.problems.items()
    ]


def _take(
    sheet_plan: SheetPlan, places: Mapping[str, Path], settings: Settings
) -> tuple[SheetPlan, frozenset[str]]:
    """Writes the event files of a plan; gives the plan with what stands in the way of some, and the events
    whose file was written. ``places`` are the files that there are."""
    taken, problems = set(), dict(sheet_plan.problems)
    for event, text in sheet_plan.files.items():
        new = settings.events_dir / f"{event}.toml"
        at_work = event not in places and new.exists()
        gone = say(FileSays.EVENT_FILE_GONE, event=event)
        why = gone if at_work else _taken(places.get(event, new), text.encode(), settings)
        at = next(row for row, held in sheet_plan.rows.items() if held == event)
        if why:
            problems[at] = {"": why}
        else:
            taken.add(event)
    if taken != set(sheet_plan.files):
        kept = {at: e for at, e in sheet_plan.rows.items() if e in places or e in taken}
        sheet_plan = replace(sheet_plan, problems=problems, rows=kept)
    return sheet_plan, frozenset(taken)


@dataclass(frozen=True, slots=True)
class _FormSheet:
    """The sheet of a form drafted from a blank of hers, as it is to be; ``changed``: so is its file."""

    plan: form_sheet.FormSheetPlan
    template: Template
    changed: bool

    def remarks(self) -> list[Remark]:
        """What is wrong in it, by row."""
        form = self.plan.form.id
        sheet = form_sheet.sheet_name(form)
        return [
            Remark(
                RemarkKind.FORM_ROW,
                say(
                    FileSays.FORM_ROW,
                    sheet=sheet,
                    row=say(FileSays.AT_ROW, at=at) if at else "",
                    wrong=tuple(wrong.values()),
                ),
                (form, at),
            )
            for at, wrong in self.plan.problems.items()
        ]

    def draw(self, book: Workbook) -> Mapping[str, Row]:
        """Draws it, and gives what was written."""
        return form_sheet.draw(book, self.plan.form, self.template, self.plan)


def _form_sheets(
    book: Workbook, base: Base, forms: Mapping[str, Form], settings: Settings
) -> list[_FormSheet]:
    """Takes what she corrected into the form files; a form whose file cannot be written stays as it was."""
    found: list[_FormSheet] = []
    for form in forms.values():
        template = template_of_own(form)
        if template is None:
            continue
        sheet_plan = form_sheet.plan(book, base, form, template)
        changed = sheet_plan.form != form
        why = _taken(file_of(form), text_of(sheet_plan.form), settings) if changed else None
        if why:
            sheet_plan = replace(sheet_plan, form=form, problems={**sheet_plan.problems, 0: {"agreed": why}})
        found.append(_FormSheet(sheet_plan, template, changed and not why))
    return found


def _other_blanks(path: Path, forms: Iterable[Form], settings: Settings, sandbox: Sandbox) -> list[Remark]:
    """A remark for each blank that was replaced since its form was drafted: that form goes on."""
    remarks: list[Remark] = []
    for form in forms:
        try:
            other = replaced(form, path.parent, settings, sandbox)
        except OSError as error:
            other = (say(FileSays.BLANK_UNREADABLE, why=name_of(error)),)
        if other:
            told = say(FileSays.BLANK_REPLACED, blank=form.own, how=other, file=path.name)
            remarks.append(Remark(RemarkKind.BLANK_REPLACED, told, (form.id,)))
    return remarks


def _put(path: Path, drawn: Callable[[], Base], in_place: Callable[[Base], None]) -> list[Remark]:
    """Draws the sheet as it is to be and puts it ``in_place``; gives what there is to remark."""
    try:
        base = drawn()
    except DamagedError as error:
        return [_damaged(path, error)]
    except Exception:  # noqa: BLE001  a defect of ours costs this sheet its write, and nothing else
        defect = told_as_defect(say(FileSays.NOT_WRITTEN, file=path.name))
        return [Remark(RemarkKind.NOT_WRITTEN, say(FileSays.SENTENCE, what=defect))]
    try:
        in_place(base)
    except DamagedError as error:
        return [_damaged(path, error)]
    return []


def _exchange(
    path: Path,
    data: bytes | None,
    book: Workbook,
    drawn: Base,
    *,
    keep: Callable[[Base], int],
    ledger: str,
    writer: str,
    held: Held,
) -> None:
    """Puts the sheet as it was ``drawn`` in place of ``data``, where anything in it changed."""
    before = Workbook.open(data).package.parts if data is not None else {}
    number = book.marks.number or 0
    book.marks = Marks(number, _SEASON, ledger)
    if Workbook.open(book.data()).package.parts == before:
        return
    book.marks = Marks(keep(replace(drawn, number=number, marked=True)), _SEASON, ledger)
    new = beside(path, writer)
    write_new(new, book.data(), path)
    with held():
        for left in path.parent.glob(f".{glob.escape(path.name)}.mailbot*"):
            if left != new:  # of a process that was killed, or froze: which finds nothing to put in place
                left.unlink(missing_ok=True)
        put(new, path, data)


def _damaged(path: Path, error: DamagedError) -> Remark:
    return Remark(RemarkKind.DAMAGED, say(FileSays.SAVE_AS_WORKBOOK, file=path.name, why=error.why))


def _files(folder: Path) -> tuple[dict[str, str], dict[Path, Event]]:
    """The event files that can be read: their text by event id, and their events by file. Those
    that cannot are told of by the settings, which name file, key and mend."""
    texts: dict[str, str] = {}
    events: dict[Path, Event] = {}
    for file in toml_files(folder):
        try:
            event = read_event(file)
        except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError):
            continue
        texts[event.id] = file.read_text(encoding="utf-8-sig")
        events[file] = event
    return texts, events


def _taken(file: Path, content: bytes, settings: Settings) -> Statement | None:
    """Puts an event file in its place, if the whole configuration holds with it; else all stays
    as it was, and what is given says why."""
    before = file.read_bytes() if file.exists() else None
    try:
        write_whole(file, content)
    except OSError as error:
        return say(FileSays.FILE_NOT_KEPT, file=file.name, why=name_of(error))
    try:
        load(settings.file)
    except ConfigurationError as error:
        if before is None:
            file.unlink()
        else:
            write_whole(file, before)
        return say(FileSays.NOT_POSSIBLE_SO, why=error.why or say(FileSays.SETTINGS_WRONG))
    return None

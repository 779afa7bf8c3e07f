"""A sheet of ``bijeenkomsten.xlsx`` for each form that was drafted from a blank of the secretary's: what was
recognised, for her to correct, and to agree to.

The form's file is the truth. What she typed, as the difference from what was last written, is put into it.
A question that she leaves out (Lezen: neen) stays on the sheet, and can be taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.file_says import FileSays
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Value
from mailbot.extraction.adoption import fields_of, keyed
from mailbot.extraction.template import Template
from mailbot.text.normalize import letters
from mailbot.wording import sheets
from mailbot.workbook import list_sheet, theme
from mailbot.workbook.base import Base, Row
from mailbot.workbook.header_row import columns_in
from mailbot.workbook.layout import folded
from mailbot.workbook.list_sheet import ListRow
from mailbot.workbook.values import NO, YES, plain, yes_no
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import told_as_damage
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: What she writes once all is right.
AGREED = "akkoord"
#: Column → header, width.
COLUMNS = {
    "label": ("Vraag", 40), "kind": ("Soort", 20), "required": ("Verplicht", 11), "read": ("Lezen", 9),
    "sensitive": ("Gevoelig", 10), "where": ("Waar", 30), "problem": ("Melding", 44),
    "agreed": ("Akkoord", 12), "id": ("Kenmerk", 18),
}  # fmt: skip
#: What is hers to correct.
_HERS = ("label", "kind", "required", "read", "sensitive")
#: What she answers by ja or neen.
_YES_OR_NO = ("required", "read", "sensitive")
#: Kinds, as she calls them.
KINDS = {
    FieldKind.TEXT: "tekst", FieldKind.LONG_TEXT: "lange tekst", FieldKind.NAME: "naam",
    FieldKind.EMAIL: "e-mail", FieldKind.PHONE: "telefoon", FieldKind.ORGANISATION: "bestuur",
    FieldKind.YES_NO: "ja of neen", FieldKind.CHOICE: "keuze", FieldKind.NUMBER: "getal",
    FieldKind.DATE: "datum", FieldKind.ADDRESS: "adres", FieldKind.POSTCODE: "postcode",
    FieldKind.BIRTH_DATE: "geboortedatum", FieldKind.NATIONAL_NUMBER: "rijksregisternummer",
    FieldKind.PLATE: "nummerplaat", FieldKind.IBAN: "rekeningnummer",
}  # fmt: skip
_KIND_OF = {folded(word): kind for kind, word in KINDS.items()}


@dataclass(frozen=True, slots=True)
class _Question:
    """A question of the blank as it stands in the form: ``field`` None where it is not read; ``drafted`` is
    what was recognised."""

    drafted: FormField
    field: FormField | None
    where: str

    @property
    def row(self) -> dict[str, Value | None]:
        """The cells that the sheet shows of the question, by key."""
        shown = self.field or self.drafted
        return {
            "label": shown.label,
            "kind": KINDS[shown.kind],
            "required": shown.required,
            "read": self.field is not None,
            "sensitive": shown.is_cleared,
        }


@dataclass(frozen=True)
class FormSheetPlan:
    """What follows from the sheet of a form: the form, the row of each question, and what is wrong in a row
    by column. Row 0 has what is wrong with the form as a whole."""

    form: Form
    rows: Mapping[str, int]
    problems: Mapping[int, Mapping[str, Statement]]


def sheet_name(form_id: str) -> str:
    """What the sheet of a form is called: 31 characters is the most that Excel takes."""
    return f"Formulier {form_id}"[:31]


@told_as_damage()
def plan(book: Workbook, base: Base, form: Form, template: Template) -> FormSheetPlan:
    """What she typed, put into the form: each row that is right, and her agreement where all are. Raises
    ``DamagedError``."""
    sheet = book.sheet(sheet_name(form.id))
    if sheet is None:
        return FormSheetPlan(form, {}, {})
    columns = _columns(sheet)
    questions = _questions(form, template)
    lines = _lines(sheet, columns, questions)
    read, problems = _as_typed(questions, lines, base, form)
    rows = {key: line.at for key, line in lines.items()}
    agreed, why = _agreement(sheet, columns, rows, read, base.rows.get(_base_key(form), {}), form)
    if why or (agreed and problems):
        problems[0] = {"agreed": _in_column("agreed", why or say(FileSays.MEND_RED_FIRST))}
        agreed = form.agreed
    # ``fields`` is known by another name in the file; a form without any field is none
    after = form.model_copy(update={"fields": tuple(read) or form.fields, "agreed": agreed})
    return FormSheetPlan(after, rows, problems)


def _as_typed(
    questions: Sequence[_Question], lines: Mapping[str, ListRow], base: Base, form: Form
) -> tuple[list[FormField], dict[int, Mapping[str, Statement]]]:
    """The fields of the form with what she typed in their rows, those that no question asks behind them, and
    what is wrong in a row, by its place: such a field stays as it was."""
    wanted = [_wanted(q, lines.get(q.drafted.key), base, form) for q in questions]
    used = Counter(letters(str(one["label"])) for one in wanted if one["read"] is True)
    fields: list[FormField | None] = []
    problems: dict[int, Mapping[str, Statement]] = {}
    for question, row in zip(questions, wanted, strict=True):
        wrong = _wrong(question, row, used)
        if wrong:
            problems[lines[question.drafted.key].at] = wrong
        fields.append(question.field if wrong else _field(question, row))
    fields += [field for field in form.fields if field not in {q.field for q in questions}]
    return [field for field in fields if field is not None], problems


def _lines(
    sheet: Worksheet, columns: Mapping[str, int], questions: Sequence[_Question]
) -> dict[str, ListRow]:
    """The row of each question by its key, where it has one; the first counts."""
    lines: dict[str, ListRow] = {}
    for at in sheet.filled(2):
        line = ListRow(sheet, at, columns)
        lines.setdefault(line.text("id"), line)
    return {q.drafted.key: lines[q.drafted.key] for q in questions if q.drafted.key in lines}


def _wanted(question: _Question, line: ListRow | None, base: Base, form: Form) -> Row:
    """What the row of a question is to say: what it says, with what she typed since in its place."""
    if line is None:
        return question.row
    written = base.rows.get(_base_key(form, question.drafted.key), {})
    typed = {key: _read(line, key) for key in _HERS if key in line.columns}
    return question.row | {key: value for key, value in typed.items() if value != written.get(key)}


def _questions(form: Form, template: Template) -> list[_Question]:
    held = keyed(template, form)
    return [
        _Question(one.field, held.get(number), str(one.question.where))
        for number, one in enumerate(fields_of(template))
    ]


def _wrong(question: _Question, wanted: Row, used: Mapping[str, int]) -> dict[str, Statement]:
    """What is wrong in a row that she changed, by column. ``used`` counts the labels of the questions that
    are read."""
    if wanted == question.row:  # nothing of hers: what was right stays right
        return {}
    wrong = {
        key: say(FileSays.NO_YES_OR_NO, typed=str(wanted[key] or ""))
        for key in _YES_OR_NO
        if not isinstance(wanted[key], bool)
    }
    kind = _kind(wanted)
    if kind is None:
        wrong["kind"] = say(FileSays.NO_KIND_OF, typed=str(wanted["kind"] or ""), words=tuple(KINDS.values()))
    elif kind is FieldKind.CHOICE and not _choices(question):
        wrong["kind"] = say(FileSays.NOTHING_TO_CHOOSE)
    label = str(wanted["label"] or "")
    if not label:
        wrong["label"] = say(FileSays.LABEL_MISSING)
    elif wanted["read"] is True and used[letters(label)] > 1:
        wrong["label"] = say(FileSays.LABEL_TWICE, typed=label)
    return {key: _in_column(key, why) for key, why in wrong.items()}


def _in_column(key: str, why: Statement) -> Statement:
    return say(FileSays.IN_COLUMN, column=COLUMNS[key][0], why=why)


def _field(question: _Question, wanted: Row) -> FormField | None:
    """The field that a row asks for, in which nothing is wrong; None for a question that is not read."""
    kind = _kind(wanted)
    if wanted == question.row or kind is None:
        return question.field
    if wanted["read"] is not True:
        return None
    held, label = question.field or question.drafted, str(wanted["label"])
    printed = (*held.aliases, held.label, question.drafted.label)
    changed: dict[str, object] = {
        "label": label,
        "kind": kind,
        "required": wanted["required"] is True,
        "choices": _choices(question) if kind is FieldKind.CHOICE else (),
    }
    if label != held.label:
        changed["aliases"] = tuple(dict.fromkeys(name for name in printed if name != label))
    if wanted["sensitive"] != held.is_cleared:
        changed["sensitive"] = wanted["sensitive"]
    return held.model_copy(update=changed)


def _kind(wanted: Row) -> FieldKind | None:
    return _KIND_OF.get(folded(str(wanted["kind"] or "")))


def _choices(question: _Question) -> tuple[str, ...]:
    """What a blank offers to choose from at a question."""
    return (question.field.choices if question.field else ()) or question.drafted.choices


def _agreement(
    sheet: Worksheet,
    columns: Mapping[str, int],
    rows: Mapping[str, int],
    fields: Sequence[FormField],
    written: Row,
    form: Form,
) -> tuple[bool, Statement | None]:
    """Whether she agrees, and why it cannot be yet. She may write it below the questions too."""
    said = _says_agreed(sheet, columns, set(rows.values()))
    before = written.get("agreed") == AGREED
    agreed = form.agreed if said == before else said
    typed = [plain(sheet.get(at, columns["agreed"])) for at in sheet.filled(2) if "agreed" in columns]
    if other := next((text for text in typed if text and not _is_agreed(text)), ""):
        return agreed, say(FileSays.AGREEMENT_UNCLEAR, typed=other)
    if said and not any(field.kind is FieldKind.NAME for field in fields):
        return agreed, say(FileSays.NAME_KIND_MISSING)
    return agreed, None


def _says_agreed(sheet: Worksheet, columns: Mapping[str, int], asked: set[int]) -> bool:
    return any(
        _is_agreed(plain(sheet.get(at, index)))
        for at in sheet.filled(1)
        for index in range(1, sheet.last_column + 1)
        if at not in asked or index == columns.get("agreed")
        if at > 1 or index not in columns.values()
    )


def _is_agreed(text: str) -> bool:
    return folded(text).strip(" .!") == AGREED


def draw(
    book: Workbook, form: Form, template: Template, sheet_plan: FormSheetPlan
) -> dict[str, dict[str, Value | None]]:
    """Draws the sheet from the form; rows with a problem keep what she typed, and say it. Gives what was
    written, for the base. Raises ``DamagedError``."""
    sheet = book.sheet(sheet_name(form.id))
    if sheet is None:
        sheet = book.add_sheet(sheet_name(form.id))
        _create(sheet)
    columns = list_sheet.with_headers(
        sheet, 1, _columns(sheet), {key: header for key, (header, _) in COLUMNS.items()}
    )
    rows = dict(sheet_plan.rows)
    problems = dict(sheet_plan.problems)
    written: dict[str, dict[str, Value | None]] = {}
    last = max(sheet.last_row, 1)
    for question in _questions(form, template):
        key, row = question.drafted.key, question.row
        written[_base_key(form, key)] = row
        if key not in rows:
            last += 1
            rows[key] = last
        line = ListRow(sheet, rows[key], columns)
        for column, value in {**row, "where": question.where, "id": key}.items():
            line.style(column, _TEXT)
            if line.at not in problems and _read(line, column) != value:
                line.set(column, _shown(value))
    whole = problems.pop(0, {})
    first = min(rows.values(), default=2)
    if whole:
        problems[first] = {**problems.get(first, {}), **whole}
    elif form.agreed and not _says_agreed(sheet, columns, set(rows.values())):
        sheet.set(first, columns["agreed"], AGREED, _TEXT)
    for at in sorted(rows.values()):
        list_sheet.mark(ListRow(sheet, at, columns), problems.get(at, {}), _LOOKS)
    says = _says_agreed(sheet, columns, set(rows.values())) and not whole
    written[_base_key(form)] = {"agreed": AGREED if says else None}
    return written


def _base_key(form: Form, key: str = "") -> str:
    return f"#{form.id}#{key}"  # no id of an event begins so


def _read(line: ListRow, key: str) -> Value | None:
    return yes_no(line.get(key)) if key in _YES_OR_NO else line.text(key) or None


def _shown(value: Value | None) -> str | None:
    if isinstance(value, bool):
        return YES if value else NO
    return value


def _columns(sheet: Worksheet) -> dict[str, int]:
    return columns_in(sheet, 1, {folded(header): key for key, (header, _) in COLUMNS.items()})


def _create(sheet: Worksheet) -> None:
    headers, widths = zip(*COLUMNS.values(), strict=True)
    list_sheet.lay_out(sheet, headers, widths, frozen=1)
    theme.paper(sheet, title=sheet.title, landscape=True, repeat="1:1")
    letter = {key: column_letters(at) for at, key in enumerate(COLUMNS, start=1)}
    theme.choices(sheet, f"{letter['kind']}2:{letter['kind']}500", tuple(KINDS.values()))
    for key in _YES_OR_NO:
        theme.choices(sheet, f"{letter[key]}2:{letter[key]}500", (YES, NO))
    theme.hint(sheet, f"{letter['sensitive']}1", sheets.SENSITIVE_HINT)
    theme.hint(sheet, f"{letter['agreed']}2", sheets.AGREE_HINT)


_TEXT = Style(TEXT, border="b", wrap=True)
#: The looks of the cells that she fills in, which are red where something is wrong.
_LOOKS = dict.fromkeys((*_HERS, "agreed"), _TEXT)

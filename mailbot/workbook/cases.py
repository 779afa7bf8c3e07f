"""Sheets Te behandelen and Postvak drawn: a row per case, or mail left for a person, with what she can
decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote as url_quote

from mailbot.domain.case import (
    IN_PLACE_OF,
    OF_ORGANISATION,
    TYPED_AT,
    Case,
    Choice,
    choice_of,
    listed,
    words_of,
)
from mailbot.domain.form import UNASKED, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.settled import Preview, SettledCase
from mailbot.domain.submission import Problem
from mailbot.matching.names import name_of
from mailbot.wording import as_told, matter, why_doubted
from mailbot.wording.dates import in_figures
from mailbot.workbook import events, table, theme
from mailbot.workbook.case_rows import (
    CHOICE,
    CHOICES,
    EVENT,
    FOLLOWS,
    ID,
    MAILS,
    NOTE,
    OPEN,
    REMARK,
    SHOWN,
    Listing,
    headers,
    shown_by,
)
from mailbot.workbook.layout import PREVIEWS, Layout, folded
from mailbot.workbook.snapshot import Snapshot, SnapshotCase
from mailbot.workbook.values import plain
from mailbot.xlsx import row_shift
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import REL, drop, fragment, q
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import DATE_TIME, TEXT, WHOLE, Style
from mailbot.xlsx.worksheet import Content, Worksheet

#: So many addresses are named of those who got the same mail.
_MOST_ADDRESSES = 5
#: A drop-down of Excel holds 255 characters.
_MOST_REPLACED = 8
#: In what is kept of a row: it is grey, since she decided it.
GREY = "grey"
#: What a row of Postvak offers as the person whom the mail is about, in the payload of its case.
PREFILLED = "who"
#: In the payload of such a row: it thanks, and asks nothing.
COURTESY = "courtesy"
_ASKS_NOTHING = "Een dankwoord: dit vraagt geen antwoord. De rij verdwijnt met de volgende overzichtsmail."


def create(sheet: Worksheet, layout: Layout, title: str, listing: Listing = OPEN) -> None:
    """A new sheet with its headers."""
    columns = headers(layout, listing)
    for index, text in enumerate(columns.values(), start=1):
        sheet.set(1, index, text, sheet.book.styles.index(theme.HEADER))
    at = f"{column_letters(1 + list(columns).index(REMARK))}1"
    theme.hint(sheet, at, listing.hint)
    theme.columns(sheet, [_WIDTHS[key] for key in columns])
    sheet.height(1, 34)
    theme.view(sheet, freeze_rows=1)
    theme.paper(sheet, title=title, landscape=True, repeat="1:1")


def write(
    sheet: Worksheet,
    found: Snapshot,
    cases: Sequence[Case],
    layout: Layout,
    links: Mapping[int, str],
    listing: Listing = OPEN,
    *,
    settled: Sequence[SettledCase] = (),
    previews: Sequence[Preview] = (),
    before: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    registrations: Sequence[Registration] = (),
) -> dict[str, dict[str, str]]:
    """Brings the sheet in line with the open cases and those that she decided, which are grey, and gives
    what stands in her columns. ``links`` are the files of messages by id, beside the workbook, ``before``
    what stood in her columns when the sheet was last written."""
    columns = _with_headers(sheet, found, layout, listing)
    grey = {one.case.id: one for one in settled}
    here = [one for one in previews if one.of_inbox is (listing is MAILS)]
    noted = {one.id: one.note for one in found.cases if one.note}
    who = {row.nr: name_of(row.answers, layout.form) for row in registrations if layout.form}
    told = _follows(cases, settled, here, noted, who, layout)
    shown = [*cases, *(replace(one.case, choices=one.choices) for one in settled)]
    words = {case.id: words_of(case.choices, replaceable(case, registrations)) for case in shown}
    _tell_strays(sheet, columns, found)
    places = _placed(sheet, found, shown)
    hers = {case.id: case for case in found.cases}
    rows: dict[str, dict[str, str]] = {}
    for case in shown:
        at, present, follows = places[case.id], hers.get(case.id), told.get(case.id)
        longer = FOLLOWS in columns and plain(sheet.get(at, columns[FOLLOWS])) != (follows or "")
        cells = _shown(case, layout)
        known = {key: text for key, text in cells.items() if key in listing.headers}
        _fill(sheet, at, columns, {**cells, FOLLOWS: follows})
        row = _her_cells(sheet, at, columns, case, present, grey.get(case.id), listing)
        turned = bool(before.get(str(case.id), {}).get(GREY)) is not (case.id in grey)
        if turned:
            _turn(
                sheet, at, {key: columns[key] for key in columns if key in listing.headers}, case.id in grey
            )
        if present is None and "message" in columns:
            sheet.style(at, columns["message"], sheet.book.styles.index(_TEXT))
        if present is None or turned or longer:
            texts = {
                "what": what_was_read(case, layout.form),
                "who": case.who,
                "kind": case.title,
                FOLLOWS: follows or "",
            }
            sheet.fit(at, [(text, _WIDTHS[key]) for key, text in texts.items() if key in columns], grow=True)
        marks = {GREY: "ja"} if case.id in grey else {}
        kept = {CHOICES: "|".join(words[case.id]), SHOWN: shown_by(known), NOTE: noted.get(case.id, "")}
        rows[str(case.id)] = {**row, **kept, **marks}
    if "message" in columns:
        files = {places[c.id]: links[c.message or 0] for c in shown if c.message in links}
        _links(sheet, columns["message"], files)
    _drop_downs(sheet, columns, {places[case.id]: words[case.id] for case in shown}, layout)
    last = max([found.case_header, *places.values()])
    table.cover(sheet, layout.sheet(listing.sheet), found.case_header, columns[ID], last)
    return rows


def _follows(
    cases: Sequence[Case],
    settled: Sequence[SettledCase],
    previews: Sequence[Preview],
    noted: Mapping[int, str],
    who: Mapping[str, str],
    layout: Layout,
) -> dict[int, str]:
    """What each row says under ``Wat volgt``, by case: what its choices would mail or what was done, below a
    note of ours about what she decided there."""
    told = {case: foretold(case, previews, who, layout) for case in {one.case for one in previews}}
    told |= {
        one.id: f"{_ASKS_NOTHING}\n{told.get(one.id, '')}".strip() for one in cases if COURTESY in one.payload
    }
    told |= {one.case.id: what_followed(one, layout) for one in settled}
    return told | {number: f"{note}\n{told.get(number, '')}".strip() for number, note in noted.items()}


def _with_headers(sheet: Worksheet, found: Snapshot, layout: Layout, listing: Listing) -> dict[str, int]:
    """The column of each header, which says again what it said at first; one that is not there comes in at
    the right."""
    columns = dict(found.case_columns)
    for key, text in headers(layout, listing).items():
        if key not in columns:
            columns[key] = sheet.last_column + 1
        if folded(plain(sheet.get(found.case_header, columns[key]))) != folded(text):
            sheet.set(found.case_header, columns[key], text, sheet.book.styles.index(theme.HEADER))
    sheet.split(set(columns.values()))
    return columns


def _fill(sheet: Worksheet, at: int, columns: Mapping[str, int], cells: Mapping[str, Content]) -> None:
    """Sets the cells of a row that are mailbot's and say something else, and styles those that are hers."""
    for key, content in cells.items():
        if key in columns and sheet.get(at, columns[key]) != content:
            sheet.set(at, columns[key], content, sheet.book.styles.index(_STYLES.get(key, _TEXT)))
    for key in (CHOICE, REMARK, EVENT):
        if key in columns:
            sheet.style(at, columns[key], sheet.book.styles.index(_INPUT))


def _turn(sheet: Worksheet, at: int, columns: Mapping[str, int], grey: bool) -> None:
    """Greys the row of a decided case, or gives one whose decision was undone its colours back."""
    for key, column in columns.items():
        style = _greyed(key) if grey else _style(key)
        sheet.restyle(at, column, sheet.book.styles.index(style))


def replaceable(case: Case, registrations: Sequence[Registration]) -> list[str]:
    """The nrs of those whose place somebody of a case may take: those whom the mail names, and those
    of the same organisation who come."""
    if Choice.REPLACES not in case.choices:
        return []
    known = case.person.organisation_known if case.person else case.payload.get(OF_ORGANISATION, "")
    named = case.payload.get(IN_PLACE_OF, "").split()
    found = [
        row.nr
        for row in registrations
        if row.nr in named or (known and row.organisation_known == known)
        if row.status.is_in and (row.nr != case.registration or row.nr in named)
    ]
    return sorted(found, key=lambda nr: nr not in named)[:_MOST_REPLACED]


def _tell_strays(sheet: Worksheet, columns: Mapping[str, int], found: Snapshot) -> None:
    """Says in rows of hers that are no case why nothing came of what she decided there."""
    for stray in found.case_strays:
        if not stray.is_told:
            sheet.set(stray.at, columns[FOLLOWS], stray.note, sheet.book.styles.index(_TEXT))
            sheet.fit(stray.at, [(stray.note, _WIDTHS[FOLLOWS])], grow=True)


def _her_cells(
    sheet: Worksheet,
    at: int,
    columns: Mapping[str, int],
    case: Case,
    present: SnapshotCase | None,
    settled: SettledCase | None,
    listing: Listing,
) -> dict[str, str]:
    """The values of the cells that she fills in. Mailbot changes them only to show what was decided, to
    propose a name in Postvak, and to clear "ongedaan maken" once it was carried out."""
    prefilled = case.payload.get(PREFILLED, "") if listing is MAILS else ""
    wanted = {
        CHOICE: present.choice if present else "",
        REMARK: present.remark if present else prefilled,
        EVENT: present.event if present else "",
    }
    if settled is not None:
        wanted[CHOICE] = settled.settlement.word
        wanted[REMARK] = wanted[REMARK] or settled.settlement.remark
    elif wanted[CHOICE].casefold() == Choice.UNDO:
        wanted[CHOICE] = ""
    for key in (CHOICE, REMARK):
        if key in columns and plain(sheet.get(at, columns[key])) != wanted[key]:
            sheet.set(at, columns[key], wanted[key] or None, sheet.book.styles.index(_INPUT))
    return wanted


def foretold(case: int, previews: Sequence[Preview], names: Mapping[str, str], layout: Layout) -> str:
    """What each choice about an open case would send, in a line each. ``names`` are people's, by nr."""
    to: dict[str, list[str]] = {}
    for one in previews:
        if one.case == case:
            to.setdefault(one.choice, []).append(one.name or one.to)
    lines = [
        f"{_named(choice, names)}: "
        + (f"mail aan {', '.join(dict.fromkeys(filter(None, who)))}" if any(who) else "geen mail")
        for choice, who in to.items()
    ]
    if any(any(who) for who in to.values()):
        lines.append(f"De volledige tekst staat op het blad {layout.sheet(PREVIEWS)}.")
    return "\n".join(lines)


def _named(word: str, names: Mapping[str, str]) -> str:
    """A word of the drop-down, with whose place it gives away: "vervangt INS-0003 (Els Maes)"."""
    name = names.get(choice_of(word)[1], "")
    return f"{listed(word)} ({name})" if name else listed(word)


def what_followed(one: SettledCase, layout: Layout) -> str:
    """What went to whom after a decision, and what there is to tell her of it."""

    def at(moment: datetime) -> str:
        return in_figures(moment.astimezone(layout.zone))

    word = f"Beslist: {one.settlement.word}" if one.settlement.choice else "Gewist"
    lines = [f"{word}, {at(one.at)}."]
    alike: dict[tuple[str, str, str], list[str]] = {}
    for mail in one.mails:
        sent = "vertrekt zo dadelijk" if not mail.left else "wordt verstuurd"
        sent = (
            "kon niet bezorgd worden" if mail.failed else f"verstuurd {at(mail.sent)}" if mail.sent else sent
        )
        word = "Agenda" if mail.calendar else "Mail"
        alike.setdefault((word, mail.subject, sent), []).append(mail.to)
    for (word, subject, sent), to in alike.items():
        lines.append(f"{word} aan {_some(to)}: “{subject}”, {sent}.")
    if not one.mails:
        lines.append("Niemand kreeg een mail.")
    lines += map(as_told, (*one.settlement.notes, *one.settlement.refused.values()))
    lines.append(as_told(one.settlement.final) or "Ongedaan maken kan tot de volgende overzichtsmail.")
    return "\n".join(lines)


def _some(addresses: Sequence[str]) -> str:
    """Addresses in a line; of many, how many there are and the first."""
    if len(addresses) <= _MOST_ADDRESSES:
        return ", ".join(addresses)
    return f"{len(addresses)} adressen ({', '.join(addresses[:_MOST_ADDRESSES])}, …)"


def _style(key: str) -> Style:
    if key in (CHOICE, REMARK, EVENT):
        return _INPUT
    return _LINK if key == "message" else _STYLES.get(key, _TEXT)


def _greyed(key: str) -> Style:
    return replace(_style(key), fill="F2F2F2", colour="7A7A7A", bold=False)


def _placed(sheet: Worksheet, found: Snapshot, cases: Sequence[Case]) -> dict[int, int]:
    """The row of each case. Rows of those that are told go out; new ones come in below."""
    wanted = {case.id for case in cases}
    leave = {case.at for case in found.cases if case.id not in wanted}
    gone = Move(gone=frozenset(leave | set(found.case_extra)))
    if gone.gone:
        row_shift.move_rows(sheet, gone)
    places = {case.id: gone.row(case.at) or 0 for case in found.cases if case.id in wanted}
    new = [case.id for case in cases if case.id not in places]
    last = max([found.case_header, *places.values()])
    if new and sheet.last_row > last:
        row_shift.move_rows(sheet, Move(after=last, count=len(new)))
    return {**places, **{id_: at for at, id_ in enumerate(new, start=last + 1)}}


def _links(sheet: Worksheet, column: int, files: Mapping[int, str]) -> None:
    """The message of each case is one click away; a link that stands there already is kept."""
    package = sheet.book.package
    held = {link.get("ref"): link for link in sheet.root.iter(q("hyperlink"))}
    targets = package.related(sheet.part, "hyperlink")
    for at, file in files.items():
        place, target = f"{column_letters(column)}{at}", url_quote(file)
        link = held.get(place)
        if link is None or targets.get(link.get(f"{{{REL}}}id") or "") != target:
            if link is not None:
                drop(link)
            relation = package.relate(sheet.part, "hyperlink", target, external=True)
            sheet.ensure("hyperlinks").append(fragment(f'<hyperlink ref="{place}" r:id="{relation}"/>'))
        if sheet.get(at, column) is None:
            sheet.set(at, column, "openen", sheet.book.styles.index(_LINK))


def _drop_downs(
    sheet: Worksheet, columns: Mapping[str, int], rows: Mapping[int, tuple[str, ...]], layout: Layout
) -> None:
    """On each row a list of what fits it; those of mailbot's own columns are laid anew."""
    own = {column_letters(columns[key]) for key in (CHOICE, EVENT) if key in columns}
    for validation in list(sheet.root.iter(q("dataValidation"))):
        ranges = (validation.get("sqref") or "").replace(":", " ").split()
        if {"".join(filter(str.isalpha, place)) for place in ranges} <= own:
            drop(validation)
    fits: dict[tuple[str, ...], list[str]] = {}
    for at, words in rows.items():
        if not words:
            continue
        fits.setdefault(words, []).append(f"{column_letters(columns[CHOICE])}{at}")
    for words, places in fits.items():
        theme.choices(sheet, " ".join(places), [*map(listed, words)], strict=True)
    if EVENT in columns and rows and layout.events:
        first, last = min(rows), max(rows)
        letter = column_letters(columns[EVENT])
        theme.choices_from(sheet, f"{letter}{first}:{letter}{last}", events.listed(sheet.book, layout))


def _shown(case: Case, layout: Layout) -> dict[str, Content]:
    return {
        ID: case.id,
        "kind": case.title,
        "who": case.who or None,
        "opened": case.opened.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0),
        "what": what_was_read(case, layout.form) or None,
    }


def what_was_read(case: Case, form: Form | None) -> str:
    """What is the matter in Dutch, as the row says it: the answers that are in doubt, then the rest."""
    doubted = (_doubted(case, one, form) for one in case.doubts)
    return " ".join(filter(None, (*doubted, matter(case))))


def _doubted(case: Case, problem: Problem, form: Form | None) -> str:
    field = form.field(problem.field) if form else None
    if problem.field.startswith(UNASKED):
        return f"De mail zegt ook “{problem.read}”: {why_doubted(problem)}. Noteer het zelf waar u het wilt."
    label, why = field.label if field else problem.field, why_doubted(problem)
    if where := case.payload.get(TYPED_AT):
        return (
            f"U typte “{problem.read}” als {label} ({where}): {why}. Klopt het toch, kies dan aanvaarden; "
            "anders verbetert u de cel."
        ) + (_HELD if field and field.kind is FieldKind.EMAIL else "")
    return f'{label}: gelezen "{problem.read}"; {why}.'


_HELD = (
    " Tot dan vertrekt er geen bevestiging naar dit adres; zet daarna (opnieuw) ja onder Bevestiging sturen."
)
_WIDTHS = {
    ID: 9, "kind": 20, "who": 28, "opened": 16, "what": 56, "message": 11, EVENT: 30, CHOICE: 24, REMARK: 40,
    FOLLOWS: 60,
}  # fmt: skip
_TEXT = Style(TEXT, border="b", wrap=True)
_INPUT = Style(TEXT, border="lrtb", fill="FFFDF2", wrap=True)
_LINK = Style(TEXT, border="b", link=True, colour="1F4E79")
_STYLES = {
    ID: Style(WHOLE, border="b", horizontal="left"),
    "kind": Style(TEXT, border="b", wrap=True, bold=True),
    "opened": Style(DATE_TIME, border="b", horizontal="left"),
}

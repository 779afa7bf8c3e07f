"""Sheet Overzicht: totals as live formulas over Deelnemers, with the values they have now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from mailbot.domain.decision import EventState
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.places import holds_place
from mailbot.domain.registration import COMING, Registration, Status
from mailbot.matching.names import written_email_of
from mailbot.matching.waiting_list import WaitingList
from mailbot.wording import as_told, enumerated, sheets
from mailbot.wording.dates import in_figures
from mailbot.workbook import charts, generated_block, people, theme
from mailbot.workbook.attendance import when_and_where
from mailbot.workbook.catering import catering
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import ALL_LISTS, LISTS, RECEIVED, STATUS, Layout
from mailbot.workbook.minutes import minutes, on_lines
from mailbot.workbook.overview_page import (
    BLUE,
    COUNT,
    GREY,
    WIDTH,
    WIDTHS,
    WORD,
    WORDS_SHEET,
    OverviewPage,
    criterion,
)
from mailbot.workbook.row_colours import COLOURS
from mailbot.workbook.values import plain
from mailbot.xlsx.cell import Formula
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import drop, q
from mailbot.xlsx.styles import DATE, TEXT, WHOLE, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: Narrower ones of before, in which the moments of the waiting list were cut off.
_FORMER_WIDTHS = {2: 14, 3: 16}
#: A word that may run on over the empty cells beside it.
_NAMED = Style(TEXT, wrap=True)
_LINE = Style(TEXT, border="b")
#: Shows a word for the number that a chart marks a day with.
_MARK = Style('"ja"', border="b", horizontal="right")
_TOTAL = Style(WHOLE, border="b", bold=True, horizontal="right")
_AWAY = tuple(status for status in Status if status.is_out)
_OTHER = "andere"
#: Beside this stands which list she wants as a file.
WANTED_LIST = "Maak deze lijst (kies rechts)"
_ASKED = Style(TEXT, border="lrtb", fill="FFFDF2")
#: So many days in a row stand below each other.
_MOST_DAYS = 90


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet; its charts come with the first drawing."""
    theme.columns(sheet, WIDTHS)
    theme.view(sheet, grid=False)
    theme.paper(sheet, title=title, landscape=True)


def write(sheet: Worksheet, state: EventState, layout: Layout, columns: Mapping[str, int]) -> None:
    """Draws the overview; ``columns`` says where each column of Deelnemers stands. Whose row she took
    out counts nowhere, as in the rows themselves."""
    state = replace(state, registrations=tuple(r for r in state.registrations if not r.is_struck))
    for column, former in _FORMER_WIDTHS.items():
        theme.widen(sheet, column, (former,), WIDTHS[column - 1])
    top, left = generated_block.origin(sheet)
    page = OverviewPage(top, left, state, layout, columns)
    _head(page)
    _statuses(page)
    _waiting(page)
    _organisations(page)
    _no_answer(page)
    _no_address(page)
    _catering(page)
    _minutes(page)
    lists = _lists(page)
    _days(page)
    new = not sheet.book.defined("mailbot_dagen", sheet)
    _write_words(sheet.book, page.words)
    generated_block.draw(sheet, page.lines, WIDTH, page.marks)
    _offer_lists(sheet, f"{column_letters(left + 1)}{lists}")
    if new:
        charts.add(sheet, page.marks, top, left)


def _head(page: OverviewPage) -> None:
    event = page.layout.event
    assert event is not None
    grey = Style(colour=GREY)
    page.lines.append(BlockLine((event.title,), (Style(size=18, bold=True, colour=BLUE),), 28))
    page.lines.append(BlockLine((when_and_where(page.layout),), (grey,)))
    if isinstance(event.deadline, datetime):
        page.lines.append(BlockLine((sheets.REGISTER_UNTIL.format(at=in_figures(event.deadline)),), (grey,)))
    elif event.deadline:
        page.lines.append(BlockLine((sheets.REGISTER_THROUGH.format(day=event.deadline),), (grey,)))
    as_of = page.state.as_of.astimezone(page.layout.zone)
    page.lines.append(
        BlockLine((sheets.AS_OF.format(at=in_figures(as_of)),), (Style(italic=True, colour=GREY),))
    )


def _statuses(page: OverviewPage) -> None:
    page.section("Inschrijvingen")
    counts = Counter(registration.status for registration in page.state.registrations)
    first = page.next_row
    for status in Status:
        fill, colour = COLOURS[status]
        styles = (Style(TEXT, border="b", fill=fill, colour=colour), COUNT)
        formula = f"COUNTIFS({page.column(STATUS)},{criterion(status.value)})"
        page.add(status.value, Formula(formula, counts[status]), styles=styles)
    event = page.layout.event
    if event and event.capacity:
        page.add(
            sheets.FREE_PLACES.format(capacity=event.capacity),
            _free_places(page, event, event.capacity, first),
        )


def _free_places(page: OverviewPage, event: Event, capacity: int, first: int) -> Formula:
    """What is left of the places, as the rules count them: who is incomplete keeps one for a while. ``first``
    is the row of the first status. How many of the incomplete hold none is as at the moment of writing."""
    rows, at = page.state.registrations, {status: first + n for n, status in enumerate(Status)}
    held = sum(holds_place(row, event, page.state.as_of) for row in rows)
    incomplete = at[Status.INCOMPLETE]
    without = sum(r.status is Status.INCOMPLETE and not holds_place(r, event, page.state.as_of) for r in rows)
    come = "-".join(page.here(1, at[status], at[status]) for status in COMING)
    kept = page.here(1, incomplete, incomplete)
    waits = f"MAX(0,{kept}-{without})" if without else kept
    return Formula(f"MAX(0,{capacity}-{come}-{waits})", max(0, capacity - held))


def _waiting(page: OverviewPage) -> None:
    """The waiting list, first in line first, each with why there is no place yet."""
    form = page.layout.form
    event = page.layout.event
    if form is None or event is None:
        return
    line = WaitingList(event, form, page.state.registrations, page.state.as_of)
    if not line.everybody:
        return
    headers = ("Naam", "Bestuur", "Aangekomen", "Reden")
    page.section(sheets.WAITING_LIST, *headers, numbers=len(headers))
    for one in line.everybody:
        arrived = in_figures(one.arrived.astimezone(page.layout.zone))
        who = people.first_last(one, form) or people.organisation(one, form)
        styles = (WORD, WORD, WORD, Style(TEXT))
        why = sheets.PLACE_FOR_THEM if one in line.seated else as_told(line.why(one))
        page.add(f"{who} ({one.nr})", people.organisation(one, form), arrived, why, styles=styles)


def _organisations(page: OverviewPage) -> None:
    """Who answered by organisation, with totals of those who come by kind and by region."""
    form = page.layout.form
    field = next(iter(form.of_kind(FieldKind.ORGANISATION)), None) if form else None
    if form is None or field is None:
        return
    groups = _by_organisation(page, form)
    page.section("Per bestuur", "Bestuur", "Soort", "Regio", "Ingeschreven", "Wachtlijst", "Niet aanwezig")
    first = page.next_row
    kinds: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for name, rows in groups.items():
        known = page.layout.organisations.named(name)
        kind, region = (known.kind or _OTHER, known.region or _OTHER) if known else (_OTHER, _OTHER)
        spellings = {name, *(r.text(field.key) for r in rows)}
        counts = Counter(r.status for r in rows)
        cells = [
            Formula(_count(page, field.key, spellings, statuses), sum(counts[one] for one in statuses))
            for statuses in (COMING, (Status.WAITLISTED,), _AWAY)
        ]
        kinds[kind] += int(cells[0].value)
        regions[region] += int(cells[0].value)
        page.add(name, kind, region, *cells, styles=(WORD, WORD, WORD, COUNT))
    if not groups:
        page.add(sheets.NOBODY_REGISTERED, styles=(Style(italic=True, colour=GREY),))
        return
    last = page.next_row - 1
    what = page.here(3, first, last)
    _totals(page, "Per soort", kinds, what, page.here(1, first, last))
    page.marks["regios"] = _totals(page, "Per regio", regions, what, page.here(2, first, last))


def _by_organisation(page: OverviewPage, form: Form) -> dict[str, list[Registration]]:
    """Those in the list by what their organisation is called, by name."""
    groups: dict[str, list[Registration]] = {}
    for one in page.state.registrations:
        groups.setdefault(people.organisation(one, form) or sheets.NOT_FILLED_IN, []).append(one)
    return dict(sorted(groups.items(), key=lambda group: group[0].casefold()))


def _totals(
    page: OverviewPage, title: str, counts: Mapping[str, int], what: str, where: str
) -> tuple[int, int]:
    """A section with the sum of the cells ``what`` for each word that stands in the cells ``where``; gives
    its first and last line."""
    page.section(title)
    start = len(page.lines)
    for name in sorted(counts, key=str.casefold):
        page.add(name, Formula(f"SUMIFS({what},{where},{criterion(name)})", counts[name]))
    return start, len(page.lines) - 1


def _count(page: OverviewPage, key: str, spellings: Iterable[str], statuses: Iterable[Status]) -> str:
    """A formula that counts the people of an organisation, in all ways its name was written, in
    any of these statuses. The comparison takes no account of case: neither may the list."""
    once = sorted({spelling.casefold(): spelling for spelling in spellings}.values()) or [""]
    stand = "+".join(page.has(status) for status in statuses)
    return f"SUMPRODUCT({page.said(key, once)}*({stand}))"


def _write_words(book: Workbook, words: list[str]) -> None:
    """Lays what people wrote, and formulas refer to, on a hidden sheet; no word of before stays."""
    sheet = book.sheet(WORDS_SHEET) or book.add_sheet(WORDS_SHEET, hidden=True)
    for at in range(1, max(sheet.last_row, len(words)) + 1):
        wanted = words[at - 1] or None if at <= len(words) else None
        if sheet.get(at, 1) != wanted:
            sheet.set(at, 1, wanted, WORD)


def _no_answer(page: OverviewPage) -> None:
    event, form = page.layout.event, page.layout.form
    if event is None or form is None or not event.organisations:
        return
    heard = {people.organisation(r, form) for r in page.state.registrations}
    silent = [o for o in page.layout.organisations.members(event.organisations) if o.name not in heard]
    page.section(sheets.NO_ANSWER_YET.format(count=len(silent)))
    for organisation in silent:
        page.add(organisation.name, organisation.kind, organisation.region, styles=(WORD,))
    if not silent:
        page.add(sheets.ALL_ANSWERED, styles=(Style(italic=True, colour=GREY),))


def _no_address(page: OverviewPage) -> None:
    """Who comes, or waits, and has no address of their own: who sent them in hears for them, or nobody."""
    form = page.layout.form
    if form is None or not form.of_kind(FieldKind.EMAIL):
        return
    expected = (r for r in page.state.registrations if r.status.is_expected)
    without = [r for r in expected if not written_email_of(r.answers, form)]
    if not without:
        return
    page.section(sheets.WITHOUT_ADDRESS.format(count=len(without)), "Naam", "Bestuur", sheets.WE_WRITE_TO)
    for one in sorted(without, key=lambda r: people.by_name(r, form)):
        reached = one.sender if "@" in one.sender else sheets.NOBODY
        page.add(
            people.first_last(one, form),
            people.organisation(one, form),
            reached,
            styles=(WORD, WORD, _LINE),
        )


def _catering(page: OverviewPage) -> None:
    """Heads and counts, no names."""
    form = page.layout.form
    if form is None or form.per_organisation:
        return
    come = [r for r in page.state.registrations if r.status.is_coming]
    page.section(sheets.FOR_THE_CATERER)
    page.add(sheets.HEADS, Formula(page.count_coming(), len(come)), styles=(WORD, _TOTAL))
    for line in catering(form, come):
        if line.answer is True:
            formula = page.count_coming(f'{page.column(line.key)},"=ja",')
        elif not line.answer:
            eats = f',{page.column(line.unless)},"<>neen"' if line.unless else ""
            formula = page.count_coming(f'{page.column(line.key)},"=",', eats)
        else:
            said = page.said(line.key, [str(line.answer), *line.also])
            formula = "+".join(f"SUMPRODUCT({said}*{page.has(status)})" for status in COMING)
        page.add(line.label, Formula(formula, line.count))


def _minutes(page: OverviewPage) -> None:
    """Who was there, who was excused (with who came instead) and who was not, by organisation."""
    form = page.layout.form
    if form is None or form.per_organisation:
        return
    page.section(sheets.FOR_THE_MINUTES)
    for title, groups in minutes(page.state.registrations, form).items():
        if groups:
            count = sum(map(len, groups.values()))
            page.add(f"{title} ({count})", styles=(Style(bold=True, colour=GREY),))
        for organisation in sorted(groups, key=str.casefold):
            for index, names_on_line in enumerate(on_lines(groups[organisation])):
                page.add(None if index else organisation, names_on_line, styles=(_NAMED, Style(TEXT)))


def _lists(page: OverviewPage) -> int:
    """Where she asks for lists as files: gives the row of that cell."""
    page.section(sheets.LISTS_AS_FILES)
    at = page.next_row
    page.add(WANTED_LIST, None, styles=(WORD, _ASKED))
    for stem in dict.fromkeys(file.rpartition(".")[0] for file in page.state.lists):
        suffixes = [file.rpartition(".")[2] for file in page.state.lists if file.startswith(f"{stem}.")]
        # a line each, so that none runs off the paper
        made = sheets.LISTS_MADE.format(name=stem, kinds=enumerated(suffixes))
        page.add(made, styles=(Style(italic=True, colour=GREY),))
    return at


def _offer_lists(sheet: Worksheet, cell: str) -> None:
    """The drop-down of that cell, which moves with the block."""
    words = (*LISTS, ALL_LISTS)
    for validation in list(sheet.root.iter(q("dataValidation"))):
        if (validation.findtext(q("formula1")) or "").strip('"') == ",".join(words):
            drop(validation)
    theme.choices(sheet, cell, words, strict=True)


def wanted_list(sheet: Worksheet) -> str:
    """The list that she asks for; empty for none."""
    for at in sheet.filled(1):
        for column in range(1, min(sheet.last_column, 12) + 1):
            if sheet.get(at, column) == WANTED_LIST:
                return plain(sheet.get(at, column + 1))
    return ""


def _days(page: OverviewPage) -> None:
    """Registrations per day, and the deadline once it is there: what the chart draws from. Days to come say
    nothing."""
    zone = page.layout.zone
    received = Counter(r.received.astimezone(zone).date() for r in page.state.registrations)
    event = page.layout.event
    deadline = event.deadline if event else None
    last_day = deadline.date() if isinstance(deadline, datetime) else deadline
    today = page.state.as_of.astimezone(zone).date()
    days = [*received, *([last_day] if last_day and last_day <= today and received else [])] or [today]
    page.section(sheets.PER_DAY)
    header = Style(bold=True, colour=GREY, border="b", horizontal="right")
    left = Style(bold=True, colour=GREY, border="b")
    page.add("Dag", "Per dag", "Samen", "Uiterste dag", styles=(left, header))
    first = len(page.lines)
    total, whole = 0, sum(received.values())
    day_style = Style(DATE, border="b", horizontal="left")
    for day in _days_drawn(days):
        row = page.next_row
        total += received[day]
        cell = page.here(0, row, row).split(":")[0]
        column = page.column(RECEIVED)
        page.add(
            day,
            Formula(f'COUNTIFS({column},">="&{cell},{column},"<"&{cell}+1)', received[day]),
            Formula(f'COUNTIFS({column},"<"&{cell}+1,{column},">0")', total),
            whole if day == last_day else None,
            styles=(day_style, COUNT, COUNT, _MARK),
        )
    page.marks["dagen"] = (first, len(page.lines) - 1)


def _days_drawn(days: Collection[date]) -> list[date]:
    """The days from the first to the last; of a long time those on which something was, each with the one
    before it, up to which the line of the sum stays level."""
    first, last = min(days), max(days)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(every) <= _MOST_DAYS:
        return every
    return sorted({*days, *(day - timedelta(days=1) for day in days)} - {first - timedelta(days=1)})

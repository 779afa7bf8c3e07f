"""Sheets Te behandelen and Postvak drawn: a row per case, or mail left for a person, with what she can
decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote as url_quote

from mailbot.domain.case import (
    CHOSEN_EVENT,
    GOES_ON,
    IN_PLACE_OF,
    OF_ORGANISATION,
    TYPED_AT,
    TYPED_ROW,
    UNSENT,
    Case,
    Choice,
    choice_of,
    listed,
    words_of,
)
from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.form import UNASKED, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.settled import Preview, SentMail, SettledCase
from mailbot.domain.statement import Statement, Told, say
from mailbot.domain.submission import Problem
from mailbot.matching.names import name_of
from mailbot.wording import as_told, matter, sheets, title, why_doubted
from mailbot.workbook import events, list_sheet, table, theme
from mailbot.workbook.case_rows import (
    CHOICE,
    CHOICES,
    EVENT,
    FOLLOWS,
    ID,
    MAILS,
    OPEN,
    REMARK,
    SHOWN,
    Listing,
    headers,
    kept_of,
    shown_by,
)
from mailbot.workbook.layout import PREVIEWS, Layout
from mailbot.workbook.list_sheet import ListRow
from mailbot.workbook.snapshot import Snapshot, SnapshotCase
from mailbot.xlsx.cell import Content
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import REL, drop, fragment, q
from mailbot.xlsx.styles import DATE_TIME, MOMENT_WIDTH, TEXT, WHOLE, Style
from mailbot.xlsx.worksheet import Worksheet

#: So many addresses are named of those who got the same mail.
_MOST_ADDRESSES = 5
#: A drop-down of Excel holds 255 characters.
_MOST_REPLACED = 8
#: In what is kept of a row: it is grey, since she decided it.
GREY = "grey"
#: The columns that are hers, and those whose words a row is made high enough for.
_HERS = (CHOICE, REMARK, EVENT)
_FITTED = ("what", "who", "kind", REMARK, FOLLOWS)
#: What a row of Postvak offers as the person whom the mail is about, in the payload of its case.
PREFILLED = "who"
#: In the payload of such a row: it thanks, and asks nothing.
COURTESY = "courtesy"


def create(sheet: Worksheet, layout: Layout, title: str, listing: Listing = OPEN) -> None:
    """A new sheet with its headers."""
    columns = headers(layout, listing)
    list_sheet.lay_out(sheet, [*columns.values()], [_WIDTHS[key] for key in columns])
    theme.hint(sheet, f"{column_letters(1 + list(columns).index(REMARK))}1", listing.hint)
    theme.paper(sheet, title=title, landscape=True, repeat="1:1")


def write(
    sheet: Worksheet,
    found: Snapshot,
    state: EventState,
    layout: Layout,
    *,
    listing: Listing = OPEN,
    links: Mapping[int, str] = MappingProxyType({}),
    before: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> dict[str, dict[str, str]]:
    """Brings the sheet in line with the open cases and those that she decided, which are grey, and gives
    what stands in her columns. ``links`` are the files of messages by id, beside the workbook, ``before``
    what stood in her columns when the sheet was last written."""
    columns = list_sheet.with_headers(sheet, found.case_header, found.case_columns, headers(layout, listing))
    sheet.split(set(columns.values()))
    theme.widen(sheet, columns["opened"], (_FORMER_WIDTH_OF_MOMENTS,), _WIDTHS["opened"])
    shown = _to_show(state, listing, {one.id: as_told(one.note) for one in found.cases}, layout)
    _tell_strays(sheet, columns, found)
    places = _placed(sheet, found, [row.case for row in shown])
    hers = {case.id: case for case in found.cases}
    rows: dict[str, dict[str, str]] = {}
    for row in shown:
        line, present = ListRow(sheet, places[row.case.id], columns), hers.get(row.case.id)
        was_grey = bool(before.get(str(row.case.id), {}).get(GREY))
        cells_of_hers = _her_cells(line, row, present, listing, layout)
        words = _draw(line, row, layout, is_new=present is None, was_grey=was_grey)
        rows[str(row.case.id)] = {
            **cells_of_hers,
            CHOICES: "|".join(row.words),
            SHOWN: shown_by(words),
            **(kept_of(present.note) if present else {}),
            **({GREY: "ja"} if row.settled else {}),
        }
    if "message" in columns:
        messages = ((places[row.case.id], row.case.message or 0) for row in shown)
        _links(sheet, columns["message"], {at: links[id_] for at, id_ in messages if id_ in links})
    _drop_downs(sheet, columns, {places[row.case.id]: row.words for row in shown}, layout)
    last = max([found.case_header, *places.values()])
    table.cover(sheet, layout.sheet(listing.sheet), found.case_header, columns[ID], last)
    return rows


@dataclass(frozen=True, slots=True)
class _Shown:
    """A case as its row shows it: the words of its drop-down, what stands under ``Wat volgt``, and what she
    decided about it, where she did."""

    case: Case
    words: tuple[str, ...]
    follows: str
    settled: SettledCase | None


def _to_show(state: EventState, listing: Listing, notes: Mapping[int, str], layout: Layout) -> list[_Shown]:
    """The cases of a sheet: those that are open, then those that she decided. ``notes`` are ours about what
    she decided in their rows, by case, and come first under ``Wat volgt``."""
    of_inbox = listing is MAILS
    people = () if of_inbox else state.registrations
    names = {row.nr: name_of(row.answers, layout.form) for row in people if layout.form}
    previews = [one for one in state.previews if one.of_inbox is of_inbox]
    rows: list[tuple[Case, str, SettledCase | None]] = []
    for case in state.inbox if of_inbox else state.cases:
        asks = as_told(say(FileSays.A_COURTESY)) if COURTESY in case.payload else ""
        places = replaceable(case, people)
        alike = places[len(drawn_places(case, places)) :]
        rows.append((case, f"{asks}\n{what_would_follow(case.id, previews, names, layout, alike)}", None))
    settled = () if of_inbox else state.settled
    rows += [(replace(one.case, choices=one.choices), what_followed(one, layout), one) for one in settled]
    return [
        _Shown(
            case,
            words_of(case.choices, replaceable(case, people)),
            f"{notes.get(case.id, '')}\n{follows.strip()}".strip(),
            decided,
        )
        for case, follows, decided in rows
    ]


def _draw(line: ListRow, row: _Shown, layout: Layout, *, is_new: bool, was_grey: bool) -> dict[str, Content]:
    """Sets the cells of a row that are mailbot's and say something else, and styles those that are hers. The
    row of a decided case is grey; one whose decision was undone gets its colours back. Gives the cells that
    say which case it is."""
    longer = line.text(FOLLOWS) != row.follows
    cells = {key: cell for key, cell in _cells(row.case, layout).items() if key in line.columns}
    for key, content in {**cells, FOLLOWS: row.follows or None}.items():
        if line.get(key) != content:
            line.set(key, content, _STYLES.get(key, _TEXT))
    for key in _HERS:
        line.style(key, _INPUT)
    turned = was_grey is not (row.settled is not None)
    for key in line.columns if turned else ():
        line.restyle(key, _greyed(key) if row.settled else _style(key))
    if is_new:
        line.style("message", _TEXT)
    if is_new or turned or longer:
        texts = {**cells, FOLLOWS: row.follows, REMARK: line.text(REMARK)}
        fitted = [(str(texts[key] or ""), _WIDTHS[key]) for key in _FITTED if key in texts]
        line.sheet.fit(line.at, fitted, grow=True)
    return cells


def replaceable(case: Case, registrations: Sequence[Registration]) -> list[str]:
    """The nrs of those whose place somebody of a case may take: those whom the mail names, and those
    of the same organisation who come."""
    if Choice.REPLACES not in case.choices:
        return []
    known = case.person.organisation_known if case.person else case.payload.get(OF_ORGANISATION, "")
    named = case.payload.get(IN_PLACE_OF, "").split()
    seated = [row for row in registrations if row.status.is_in]
    meant = [row.nr for row in seated if row.nr in named]
    of_body = [row.nr for row in seated if known and row.organisation_known == known]
    return (meant or [nr for nr in of_body if nr != case.registration])[:_MOST_REPLACED]


def drawn_places(case: Case, places: Sequence[str]) -> Sequence[str]:
    """Those of the places that somebody may take of whom a mail is shown beforehand: one of them, for all,
    where the mail of the case speaks of no place."""
    return places if IN_PLACE_OF in case.payload else places[:1]


def _tell_strays(sheet: Worksheet, columns: Mapping[str, int], found: Snapshot) -> None:
    """Says in rows of hers that are no case why nothing came of what she decided there."""
    for stray in found.case_strays:
        if not stray.is_told:
            note = as_told(say(FileSays.STRAY_DECISION, why=stray.why))
            sheet.set(stray.at, columns[FOLLOWS], note, _TEXT)
            sheet.fit(stray.at, [(note, _WIDTHS[FOLLOWS])], grow=True)


def _her_cells(
    line: ListRow, row: _Shown, present: SnapshotCase | None, listing: Listing, layout: Layout
) -> dict[str, str]:
    """The values of the cells that she fills in. Mailbot changes them only to show what was decided or could
    not be sent, to propose a name in Postvak, and to clear "ongedaan maken" once it was carried out."""
    prefilled = row.case.payload.get(PREFILLED if listing is MAILS else UNSENT, "")
    wanted = {
        CHOICE: present.choice if present else "",
        REMARK: present.remark if present else prefilled,
        EVENT: present.event if present else events.shown(row.case.payload.get(CHOSEN_EVENT, ""), layout),
    }
    if row.settled is not None:
        wanted[CHOICE] = row.settled.settlement.word
        wanted[REMARK] = wanted[REMARK] or row.settled.settlement.remark
        wanted[EVENT] = wanted[EVENT] or events.shown(row.settled.settlement.event, layout)
    elif wanted[CHOICE].casefold() == Choice.UNDO:
        wanted[CHOICE] = ""
    for key in _HERS:
        if line.text(key) != wanted[key]:
            line.set(key, wanted[key] or None, _INPUT)
    return wanted


def what_would_follow(
    case: int,
    previews: Sequence[Preview],
    names: Mapping[str, str],
    layout: Layout,
    alike: Sequence[str] = (),
) -> str:
    """What each choice about an open case would send, in a line each. ``names`` are people's, by nr;
    ``alike`` are the nrs whose place may be taken in the same way as the one that is shown."""
    to: dict[str, list[str]] = {}
    for one in previews:
        if one.case == case:
            to.setdefault(one.choice, []).append(one.name or as_told(one.to))
    lines = []
    for choice, who in to.items():
        word, also = _named(choice, names), _also(choice, alike, names)
        some = tuple(dict.fromkeys(filter(None, who)))
        mails = say(FileSays.WOULD_MAIL, choice=word, to=some, also=also)
        lines.append(mails if some else say(FileSays.WOULD_MAIL_NOBODY, choice=word, also=also))
    if any(any(who) for who in to.values()):
        lines.append(say(FileSays.FULL_TEXT_ON, sheet=layout.sheet(PREVIEWS)))
    return "\n".join(map(as_told, lines))


def _also(choice: str, alike: Sequence[str], names: Mapping[str, str]) -> Statement | str:
    """Whose place may be taken in the same way."""
    who = tuple(f"{nr} ({names[nr]})" if names.get(nr) else nr for nr in alike)
    return say(FileSays.ALSO_FOR, who=who) if who and choice_of(choice)[0] is Choice.REPLACES else ""


def _named(word: str, names: Mapping[str, str]) -> str:
    """A word of the drop-down, with whose place it gives away: "vervangt INS-0003 (Els Maes)"."""
    name = names.get(choice_of(word)[1], "")
    return f"{listed(word)} ({name})" if name else listed(word)


def what_followed(one: SettledCase, layout: Layout) -> str:
    """What went to whom after a decision, and what there is to tell her of it."""

    at, choice = _local(one.at, layout), one.settlement.word
    decided = say(FileSays.DECIDED_AT, choice=choice, at=at)
    lines: list[Told] = [decided if one.settlement.choice else say(FileSays.ROW_DELETED_AT, at=at)]
    alike: dict[tuple[bool, str, Statement], list[str]] = {}
    for mail in one.mails:
        alike.setdefault((mail.calendar, mail.subject, _state(mail, layout)), []).append(mail.to)
    for (in_calendar, subject, state), to in alike.items():
        code = FileSays.CALENDAR_TO if in_calendar else FileSays.MAIL_TO
        lines.append(say(code, to=_some(to), subject=subject, state=state))
    if not one.mails:
        lines.append(say(FileSays.NOBODY_MAILED))
    lines += (*one.settlement.notes, *one.settlement.refused.values())
    lines.append(one.settlement.final or say(FileSays.CAN_BE_UNDONE))
    return "\n".join(map(as_told, lines))


def _state(mail: SentMail, layout: Layout) -> Statement:
    """What became of a mail."""
    if mail.failed:
        return say(FileSays.COULD_NOT_BE_DELIVERED)
    if mail.sent:
        return say(FileSays.SENT_AT, at=_local(mail.sent, layout))
    return say(FileSays.BEING_SENT if mail.left else FileSays.LEAVES_SOON)


def _local(moment: datetime, layout: Layout) -> str:
    return moment.astimezone(layout.zone).isoformat()


def _some(addresses: Sequence[str]) -> tuple[str, ...] | Statement:
    """Addresses; of many, how many there are and the first."""
    if len(addresses) <= _MOST_ADDRESSES:
        return tuple(addresses)
    return say(FileSays.SO_MANY_ADDRESSES, count=len(addresses), first=tuple(addresses[:_MOST_ADDRESSES]))


def _style(key: str) -> Style:
    if key in _HERS:
        return _INPUT
    return _LINK if key == "message" else _STYLES.get(key, _TEXT)


def _greyed(key: str) -> Style:
    return replace(_style(key), fill="F2F2F2", colour="7A7A7A", bold=False)


def _placed(sheet: Worksheet, found: Snapshot, cases: Sequence[Case]) -> dict[int, int]:
    """The row of each case: its own, or that of the case from which it goes on. Rows of those that are told
    go out; new ones come in below."""
    wanted, rows = [case.id for case in cases], {case.id: case.at for case in found.cases}
    stands = {id_: rows[id_] for id_ in wanted if id_ in rows}
    for case in cases:
        former = int(case.payload.get(GOES_ON, 0))
        if case.id not in stands and former in rows and rows[former] not in stands.values():
            stands[case.id] = rows[former]
    leave = {*rows.values(), *found.case_extra} - {*stands.values()}
    return list_sheet.placed(sheet, found.case_header, stands, leave, wanted)


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
            sheet.set(at, column, sheets.OPEN_MESSAGE, _LINK)


def _drop_downs(
    sheet: Worksheet, columns: Mapping[str, int], rows: Mapping[int, tuple[str, ...]], layout: Layout
) -> None:
    """On each row a list of what fits it; those of mailbot's own columns are laid anew."""
    own = {column_letters(columns[key]) for key in (CHOICE, EVENT) if key in columns}
    for validation in list(sheet.root.iter(q("dataValidation"))):
        if theme.columns_of(validation) <= own:
            drop(validation)
    fits: dict[tuple[str, ...], list[str]] = {}
    for at, words in rows.items():
        fits.setdefault(words, []).append(f"{column_letters(columns[CHOICE])}{at}")
    fits.pop((), None)
    for words, places in fits.items():
        theme.choices(sheet, " ".join(places), [*map(listed, words)], strict=True)
    if EVENT in columns and rows and layout.events:
        first, last = min(rows), max(rows)
        letter = column_letters(columns[EVENT])
        theme.choices_from(sheet, f"{letter}{first}:{letter}{last}", events.listed(sheet.book, layout))


def _cells(case: Case, layout: Layout) -> dict[str, Content]:
    """What mailbot says of a case in its row."""
    return {
        ID: case.id,
        "kind": title(case),
        "who": as_told(case.who) or None,
        "opened": case.opened.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0),
        "what": text_of_case(case, layout.form) or None,
    }


def text_of_case(case: Case, form: Form | None) -> str:
    """What is the matter, as the row says it: the answers that are in doubt, then the rest."""
    return matter(case, [as_told(_doubted(case, one, form)) for one in case.doubts])


def _doubted(case: Case, problem: Problem, form: Form | None) -> Statement:
    field = form.field(problem.field) if form else None
    read, why = problem.read, why_doubted(problem)
    if problem.field.startswith(UNASKED):
        return say(FileSays.MAIL_ALSO_SAYS, read=read, why=why)
    label = field.label if field else problem.field
    if sheet := case.payload.get(TYPED_AT):
        row = case.payload.get(TYPED_ROW)
        where = say(FileSays.SHEET_ROW, sheet=sheet, at=int(row)) if row else sheet
        held = say(FileSays.CONFIRMATION_HELD) if field and field.kind is FieldKind.EMAIL else ""
        return say(FileSays.YOU_TYPED, read=read, label=label, where=where, why=why, held=held)
    if not read:
        return say(FileSays.IS_IN_DOUBT, label=label, why=why)
    return say(FileSays.WAS_READ, label=label, read=read, why=why)


_WIDTHS = {
    ID: 9, "kind": 20, "who": 28, "opened": MOMENT_WIDTH, "what": 56, "message": 11, EVENT: 30, CHOICE: 24,
    REMARK: 40, FOLLOWS: 60,
}  # fmt: skip
#: The width that former versions gave columns of moments, which showed as "###".
_FORMER_WIDTH_OF_MOMENTS = 16
_TEXT = Style(TEXT, border="b", wrap=True)
_INPUT = Style(TEXT, border="lrtb", fill="FFFDF2", wrap=True)
_LINK = Style(TEXT, border="b", link=True, colour="1F4E79")
_STYLES = {
    ID: Style(WHOLE, border="b", horizontal="left"),
    "kind": Style(TEXT, border="b", wrap=True, bold=True),
    "opened": Style(DATE_TIME, border="b", horizontal="left"),
}

"""What a workbook holds: its sheets and columns by mailbot's own keys, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.organisation import Organisations

PARTICIPANTS, CASES, OVERVIEW = "Deelnemers", "Te behandelen", "Overzicht"
INBOX, MAILINGS, PREVIEWS = "Postvak", "Berichten", "Voorbeelden"
ATTENDANCE, BADGES, LOG, GUIDE = "Aanwezigheidslijst", "Naamkaartjes", "Logboek", "Uitleg"
#: All of them, none of which is a list of hers, by what ``guide`` calls each.
SHEETS = {
    "participants": PARTICIPANTS,
    "cases": CASES,
    "inbox": INBOX,
    "mailings": MAILINGS,
    "previews": PREVIEWS,
    "overview": OVERVIEW,
    "attendance": ATTENDANCE,
    "badges": BADGES,
    "log": LOG,
    "guide": GUIDE,
}

#: The lists that Overzicht offers to make as files, and all of them at once.
LISTS = ("aanwezigheidslijst", "verontschuldigden", "traiteur", "mailinglijst")
ALL_LISTS = "alle lijsten"

#: mailbot's own columns of Deelnemers; the keys of a form never begin with "#".
NR, STATUS, RECEIVED, CHANGED = "#nr", "#status", "#received", "#changed"
SENDER, ATTENDED, CONFIRM = "#sender", "#attended", "#confirm"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of Deelnemers: its key, its header, the form's field where it holds an answer."""

    key: str
    header: str
    field: FormField | None = None

    @property
    def kind(self) -> FieldKind | None:
        """The kind of answer; None for mailbot's own columns."""
        return self.field.kind if self.field else None


@dataclass(frozen=True)
class Layout:
    """The shape of one workbook. ``event`` and ``form`` are None for the shared one of cases."""

    event: Event | None
    form: Form | None
    zone: ZoneInfo
    organisations: Organisations
    events: tuple[Event, ...]
    sheets: dict[str, str]
    names: dict[str, str]

    def sheet(self, name: str) -> str:
        """How one of mailbot's sheets is called here (Excel allows 31 characters)."""
        return (self.sheets.get(name) or name)[:31]

    def name(self, header: str) -> str:
        """How one of mailbot's columns is called here."""
        return self.names.get(header) or header

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of Deelnemers, in the order of a new sheet; no header stands twice."""
        fields = self.form.fields if self.form else ()
        own_before = ((NR, "Nr"), (STATUS, "Status"))
        own_after = (
            (RECEIVED, "Ontvangen"),
            (CHANGED, "Gewijzigd"),
            (SENDER, "Ingestuurd door"),
            (ATTENDED, "Aanwezig"),
            (CONFIRM, "Bevestiging sturen"),
        )
        own = {folded(self.name(header)) for _, header in (*own_before, *own_after)}
        columns = [Column(key, self.name(header)) for key, header in own_before]
        for field in fields:
            label = self.name(field.label)
            while folded(label) in own:
                label += " (formulier)"
            own.add(folded(label))
            columns.append(Column(field.key, label, field))
        columns += [Column(key, self.name(header)) for key, header in own_after]
        return tuple(columns)


def layout(event: Event | None, settings: Settings) -> Layout:
    """The layout of an event's workbook, or of the shared one where there is no event."""
    return Layout(
        event=event,
        form=settings.form_of(event) if event else None,
        zone=settings.zone,
        organisations=settings.organisations,
        events=tuple(settings.events.values()),
        sheets=settings.workbook.sheets,
        names=settings.workbook.columns,
    )


def folded(header: str) -> str:
    """A header as it is compared: in lower case, without surplus white space."""
    return " ".join(header.split()).casefold()

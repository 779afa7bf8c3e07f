"""``bijeenkomsten.xlsx``: a season without an editor."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.event import Calendar, Event, Late, read_event
from mailbot.files.event_sheet_file import Synced, sync
from mailbot.pipeline.sandbox import Sandbox
from mailbot.wording import as_told
from mailbot.workbook import Base
from mailbot.workbook.event_sheet import COLUMNS, OWN_FORM

_CONFIG = """
[[mailbox]]
name = "main"
host = "localhost"
since = 2026-09-01
address = "S <i@example.org>"
[smtp]
host = "localhost"
"""
_EVENT = """# zorgvuldig gekozen
id = "kis-2026-3"
title = "Kennisplatform"
starts = 2026-12-03T14:00:00
ends = 2026-12-03T17:00:00
place = "Beernem"
form = "kennisplatform"
deadline = 2026-11-23
[[contacts]]
name = "An"
"""


class Season:
    """A configuration, its event files and the sheet."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bijeenkomsten.xlsx"
        self.folder = folder / "config"
        (self.folder / "events").mkdir(parents=True)
        (self.folder / "mailbot.toml").write_text(_CONFIG)
        (self.folder / "organisations.toml").write_text("")
        (self.folder / "events" / "kis.toml").write_text(_EVENT)
        self.bases: dict[int, str] = {}
        self.sync()

    @property
    def settings(self) -> Settings:
        return load(self.folder / "mailbot.toml")

    def keep(self, base: Base) -> int:
        number = len(self.bases) + 1
        self.bases[number] = base.to_json()
        return number

    def sync(self) -> Synced:
        with Sandbox() as sandbox:
            return sync(self.path, self.settings, self.bases.get, self.keep, sandbox, locked=False)

    def rows(self) -> list[dict[str, object]]:
        rows = list(openpyxl.load_workbook(self.path)["Bijeenkomsten"].iter_rows(values_only=True))
        return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]

    def type(self, at: int, **cells: object) -> None:
        book = openpyxl.load_workbook(self.path)
        sheet = book["Bijeenkomsten"]
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        for header, value in cells.items():
            sheet.cell(at, columns[header.replace("_", " ")]).value = value
        book.save(self.path)

    def red(self, at: int) -> set[str]:
        """The headers of the cells of a row that are red."""
        sheet = openpyxl.load_workbook(self.path)["Bijeenkomsten"]
        return {str(sheet.cell(1, c.column).value) for c in sheet[at] if c.fill.fgColor.rgb == "FFF8D7D3"}

    def copy_row(self, source: int, target: int) -> None:
        book = openpyxl.load_workbook(self.path)
        sheet = book["Bijeenkomsten"]
        for cell in sheet[source]:
            sheet.cell(target, cell.column).value = cell.value
        book.save(self.path)


@pytest.fixture
def season(tmp_path: Path) -> Season:
    """One event, drawn once."""
    return Season(tmp_path)


def test_the_sheet_shows_the_event_files(season: Season) -> None:
    (row,) = season.rows()
    assert row["Kenmerk"] == "kis-2026-3"
    assert row["Begin"] == datetime(2026, 12, 3, 14)  # noqa: DTZ001  local time
    assert row["Uiterste inschrijfdag"] == datetime(2026, 11, 23)  # noqa: DTZ001
    before = season.path.stat().st_mtime_ns
    assert season.sync() == Synced()
    assert season.path.stat().st_mtime_ns == before


def test_what_she_types_changes_that_key_of_the_event_file_alone(season: Season) -> None:
    season.type(2, Plaats="Damme", Begin="4/12/2026 13:30", Wie_te_laat_is="weigeren", Plaatsen=80)
    season.type(2, Einde=datetime(2026, 12, 4, 16))  # noqa: DTZ001
    assert season.sync().events
    event = season.settings.events["kis-2026-3"]
    assert (event.place, event.capacity, event.late) == ("Damme", 80, Late.REFUSE)
    assert event.starts == datetime(2026, 12, 4, 13, 30)  # noqa: DTZ001
    text = (season.folder / "events" / "kis.toml").read_text()
    assert "# zorgvuldig gekozen" in text
    assert 'name = "An"' in text
    assert season.sync() == Synced()


def test_a_copied_row_with_another_date_is_a_new_event_with_all_the_other_has(season: Season) -> None:
    season.copy_row(2, 3)
    season.type(3, Begin=datetime(2027, 3, 4, 14), Einde=datetime(2027, 3, 4, 17))  # noqa: DTZ001
    season.type(3, Uiterste_inschrijfdag=datetime(2027, 2, 20))  # noqa: DTZ001
    assert season.sync().events
    events = season.settings.events
    assert set(events) == {"kis-2026-3", "kennisplatform-2027-03-04"}
    assert events["kennisplatform-2027-03-04"].contacts[0].name == "An"
    assert events["kennisplatform-2027-03-04"].deadline == date(2027, 2, 20)
    assert [row["Kenmerk"] for row in season.rows()] == ["kis-2026-3", "kennisplatform-2027-03-04"]
    assert season.sync() == Synced()


def test_a_kill_before_the_sheet_is_drawn_makes_no_second_event(
    season: Season, monkeypatch: pytest.MonkeyPatch
) -> None:
    season.copy_row(2, 3)
    season.type(3, Begin=datetime(2027, 3, 4, 14), Einde=datetime(2027, 3, 4, 17))  # noqa: DTZ001

    class Killed(BaseException):
        pass

    def killed(base: Base) -> int:
        raise Killed

    with Sandbox() as sandbox, pytest.raises(Killed):
        sync(season.path, season.settings, season.bases.get, killed, sandbox, locked=False)
    season.sync()
    assert len(season.settings.events) == 2
    assert len(season.rows()) == 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Begin": "morgen"}, 'Begin: "morgen" is geen datum'),
        ({"Begin": "4/12/2026"}, "Begin: schrijf er ook het uur bij"),
        ({"Einde": datetime(2026, 12, 3, 9)}, "Einde: ligt niet na het begin"),  # noqa: DTZ001
        ({"Formulier": "onbekend"}, 'Formulier: "onbekend" bestaat niet'),
        ({"Plaatsen": "veel"}, 'Plaatsen: "veel" is geen aantal'),
        ({"Geannuleerd": "misschien"}, 'Geannuleerd: "misschien" is geen keuze'),
        ({"Vervangt": "niets"}, 'Vervangt: "niets" bestaat niet'),
    ],
)
def test_a_problem_is_written_beside_and_the_event_file_stays(
    season: Season, cells: dict[str, object], said: str
) -> None:
    season.type(2, **cells)
    synced = season.sync()
    assert not synced.events
    assert said in as_told(synced.remarks[0].says)
    assert str(season.rows()[0]["Melding"]).startswith(said)
    assert next(iter(cells.values())) in season.rows()[0].values()
    assert (season.folder / "events" / "kis.toml").read_text() == _EVENT
    season.type(2, **dict.fromkeys(cells), Plaats="Damme")
    if set(cells) <= {"Plaatsen", "Geannuleerd", "Vervangt"}:
        season.sync()
        assert season.rows()[0]["Melding"] is None
        assert read_event(season.folder / "events" / "kis.toml").place == "Damme"


def test_a_deleted_row_comes_back_and_a_changed_file_shows(season: Season) -> None:
    file = season.folder / "events" / "kis.toml"
    file.write_text(file.read_text().replace("Beernem", "Oostkamp"))
    season.sync()
    assert season.rows()[0]["Plaats"] == "Oostkamp"
    book = openpyxl.load_workbook(season.path)
    book["Bijeenkomsten"].delete_rows(2)
    book.save(season.path)
    season.sync()
    assert [row["Kenmerk"] for row in season.rows()] == ["kis-2026-3"]


def test_all_that_is_wrong_in_a_row_is_said_at_once_and_red_until_it_is_mended(season: Season) -> None:
    season.type(
        2, Begin="morgen", Plaatsen="veel", Agenda="soms", Formulier="onbekend", Contactpersonen="a@b.example"
    )
    synced = season.sync()
    assert not synced.events
    (row,) = season.rows()
    for said in (
        'Begin: "morgen" is geen datum',
        'Plaatsen: "veel" is geen aantal',
        'Agenda: "soms" is geen keuze',
        'Formulier: "onbekend" bestaat niet',
        'Contactpersonen: "a@b.example" is niet duidelijk',
    ):
        assert said in str(row["Melding"])
        assert said in as_told(synced.remarks[0].says)
    assert season.red(2) == {"Begin", "Plaatsen", "Agenda", "Formulier", "Contactpersonen"}
    season.type(
        2,
        Begin="vrijdag 4 december 2026 om 14 uur",
        Einde="4/12/2026 om 17 u.",
        Plaatsen=None,
        Agenda="bestand",
        Formulier="kennisplatform",
        Contactpersonen="An, 050 11 22 33\nBram, bram@wvi.example",
    )
    assert season.sync().events
    assert season.red(2) == set()
    assert season.rows()[0]["Melding"] is None
    event = season.settings.events["kis-2026-3"]
    assert event.calendar is Calendar.FILE
    assert f"{event.starts} {event.ends}" == "2026-12-04 14:00:00 2026-12-04 17:00:00"
    assert [(c.name, c.phone, c.email) for c in event.contacts] == [
        ("An", "050 11 22 33", ""),
        ("Bram", "", "bram@wvi.example"),
    ]
    assert season.sync() == Synced()


def test_every_key_of_an_event_can_be_decided_in_the_sheet(season: Season) -> None:
    by_itself = {"waits_for_date"}  # a copied row has it until she gives it a date
    assert set(Event.model_fields) - by_itself == set(COLUMNS) - {"problem", OWN_FORM}
    season.type(
        2,
        Lidwoord="het",
        Praktische_informatie="Parkeren kan achteraan.\nOnthaal vanaf 13.30 uur.",
        Bedanking="Dank u.",
        Attest="ja",
        Attest_ondertekend_door="An Smet, voorzitter",
        Dagen_om_aan_te_vullen=0,
        Dagen_tot_wissen=10,
        Adres_secretariaat="griet@wvi.example",
    )
    season.type(2, **{"Dagen vooraf: praktisch": 7, "Dagen vooraf: herinnering": 14})
    assert season.sync().events
    event = season.settings.events["kis-2026-3"]
    assert (event.article, event.thanks, event.certificate, event.completion_days) == (
        "het",
        "Dank u.",
        True,
        0,
    )
    assert event.practical == "Parkeren kan achteraan.\nOnthaal vanaf 13.30 uur."
    assert (event.practical_days, event.reminder_days, event.clear_after_days) == (7, 14, 10)
    assert event.secretariat == "griet@wvi.example"
    assert event.signed_by == "An Smet, voorzitter"
    assert event.contacts[0].name == "An"
    assert season.sync() == Synced()


def test_what_is_emptied_in_a_copied_row_the_new_event_has_not(season: Season) -> None:
    season.type(2, Plaatsen=14, Per_bestuur=3)
    season.sync()
    season.copy_row(2, 3)
    season.type(3, Begin=datetime(2027, 3, 4, 14), Einde=datetime(2027, 3, 4, 17))  # noqa: DTZ001
    season.type(3, Uiterste_inschrijfdag=datetime(2027, 2, 20), Plaatsen=None)  # noqa: DTZ001
    assert season.sync().events
    new = season.settings.events["kennisplatform-2027-03-04"]
    assert (new.capacity, new.per_organisation, new.place) == (None, 3, "Beernem")
    assert [row["Plaatsen"] for row in season.rows()] == [14, None]


def test_a_deadline_after_the_start_is_told(season: Season) -> None:
    season.type(2, Uiterste_inschrijfdag=datetime(2027, 3, 12))  # noqa: DTZ001
    assert not season.sync().events
    assert season.rows()[0]["Melding"] == "Uiterste inschrijfdag: ligt na het begin"
    assert season.red(2) == {"Uiterste inschrijfdag"}

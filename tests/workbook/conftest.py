"""A ledger small enough to follow by hand, and the secretary at her desk."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.decision.mailing_recipients import MailingContext
from mailbot.decision.mailings import decide_mailing, shown
from mailbot.domain.case import Case, Edit, EditKind
from mailbot.domain.decision import EventState, Logged, LogLine
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mailing import Mailing, MailingRow
from mailbot.domain.organisation import Organisations
from mailbot.domain.registration import Registration, Status, nr_text
from mailbot.files.workbook_file import ImportedEdits, WorkbookFile, Wrote
from mailbot.wording import as_told
from mailbot.workbook import Layout
from tests.decision.building import settings
from tests.patience import PATIENCE
from tests.workbook.strict import complaints

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

FORM = Form.model_validate(
    {
        "id": "f",
        "title": "Formulier",
        "field": [
            {"key": "last_name", "label": "Naam", "kind": "name", "required": True},
            {"key": "first_name", "label": "Voornaam", "kind": "name"},
            {"key": "role", "label": "Functie"},
            {"key": "organisation", "label": "Gemeente", "kind": "organisation"},
            {"key": "phone", "label": "Telefoon", "kind": "phone"},
            {"key": "attends", "label": "Ik neem deel", "kind": "yes_no"},
            {"key": "born", "label": "Datum", "kind": "date"},
            {"key": "number", "label": "Aantal", "kind": "number"},
            {"key": "diet", "label": "Dieetwensen"},
            {"key": "remarks", "label": "Opmerkingen", "kind": "long_text"},
        ],
    }
)
EVENT = Event.model_validate(
    {
        "id": "kis",
        "title": "Kennisplatform",
        "form": "f",
        "starts": datetime(2026, 12, 3, 14),  # noqa: DTZ001  local time, as in the file
        "ends": datetime(2026, 12, 3, 17),  # noqa: DTZ001
        "place": "Beernem",
        "deadline": datetime(2026, 11, 30).date(),  # noqa: DTZ001
        "capacity": 40,
        "organisations": "brugge",
    }
)
ORGANISATIONS = Organisations.model_validate(
    {
        "organisation": [
            {"name": "Brugge", "region": "Brugge"},
            {"name": "Damme", "region": "Brugge"},
            {"name": "OCMW Brugge", "kind": "OCMW", "region": "Brugge"},
            {"name": "Ieper", "region": "Westhoek"},
        ],
        "lists": {"brugge": ["Brugge", "Damme", "Ieper"]},
    }
)
LAYOUT = Layout(EVENT, FORM, ZoneInfo("Europe/Brussels"), ORGANISATIONS, (EVENT,), {}, {})
SHARED = Layout(None, None, ZoneInfo("Europe/Brussels"), ORGANISATIONS, (EVENT,), {}, {})


def person(number: int, /, **answers: str | bool) -> Registration:
    """A registration; answers given here win over the usual ones."""
    usual = {"last_name": f"Peeters{number}", "first_name": "Jan", "organisation": "Brugge", "attends": True}
    told = {key: value for key, value in {**usual, **answers}.items() if value != ""}
    return Registration(
        nr_text(number), "kis", Status.REGISTERED, told, NOW, NOW, NOW,
        sender="jan@brugge.example", organisation_known="Brugge",
    )  # fmt: skip


class Desk:
    """A ledger in memory and one workbook on disk, brought in line as the service does."""

    def __init__(self, folder: Path, layout: Layout = LAYOUT) -> None:
        self.path = folder / "kis.xlsx"
        self.layout = layout
        self.people: dict[str, Registration] = {}
        self.cases: tuple[Case, ...] = ()
        self.log: list[Logged] = []
        self.bases: dict[int, str] = {}
        self.remarks: list[str] = []
        self.decisions: list[tuple[int, str, str, str]] = []
        self.edits: list[Edit] = []
        self.mailings: dict[int, Mailing] = {}
        self.sent: list[tuple[str, str]] = []
        self.nobody = False
        self.now = NOW
        self.restart()

    def restart(self) -> None:
        """As after a kill: nothing in memory, the ledger and the disk as they are."""
        self.file = WorkbookFile(self.path, self.layout)

    def add(self, *people: Registration) -> None:
        """Mails came in."""
        for one in people:
            self.people[one.nr] = one
            self.log.append(Logged(self.now, LogLine("mailbot", "ingeschreven", registration=one.nr)))

    @property
    def state(self) -> EventState:
        """What the ledger holds."""
        known = self.known if self.mailings else None
        rows = [shown(one, known, one.text) for one in known.mailings] if known else []
        return EventState(
            "kis",
            tuple(self.people.values()),
            self.cases,
            tuple(self.log),
            self.now,
            mailings=tuple(self.mailings.values()),
            mailings_shown=tuple(rows),
        )

    @property
    def known(self) -> MailingContext:
        """What bears on a row of Berichten."""
        return MailingContext(
            event=EVENT,
            registrations=tuple(self.people.values()),
            mailings=tuple(self.mailings.values()),
            reached=lambda one: frozenset(email for version, email in self.sent if version == one.version),
            sent_today=0,
            settings=replace(settings(EVENT), forms={"f": FORM}),
            now=self.now,
        )

    def _mail_to_many(self, row: MailingRow) -> None:
        """A row of Berichten goes into the ledger, and out to whom it is sent."""
        decision = decide_mailing(row, self.known)
        for one in decision.mailings:
            same = next((held.id for held in self.mailings.values() if held.key == one.key), 0)
            number = one.id or same or 1 + len(self.mailings)
            if one.id or not same:
                self.mailings[number] = replace(one, id=number)
        if decision.announce and not decision.announce.proof_to:
            self.sent += [(decision.announce.version, one.sender) for one in decision.announce.to]

    def import_edits(self) -> ImportedEdits | None:
        """What she did goes into the ledger, in one go with the base."""
        taken = self.file.import_edits(self.bases.get, self.now)
        if taken is None:
            return None
        self.remarks += [as_told(remark.says) for remark in taken.remarks]
        nrs = []
        for edit in taken.edits:
            nr = edit.nr
            self.edits.append(edit)
            if edit.kind is EditKind.NEW_ROW and nr:
                self.people[nr] = replace(
                    self.people[nr], status=Status(edit.row.get("status", "Ingeschreven"))
                )
            elif edit.kind is EditKind.NEW_ROW and self.nobody:
                nrs.append("")
            elif edit.kind is EditKind.NEW_ROW:
                nr = nr_text(1 + max((int(n[4:]) for n in self.people), default=0))
                nrs.append(nr)
                self.people[nr] = Registration(nr, "kis", Status.REGISTERED, dict(edit.row), NOW, NOW, NOW)
            elif edit.kind is EditKind.MAILING:
                assert edit.mailing
                self._mail_to_many(edit.mailing)
            elif edit.kind is EditKind.DELETED_ROW:
                self.people[nr] = replace(self.people[nr], status=Status.CANCELLED)
            elif edit.kind is EditKind.ATTENDED:
                self.people[nr] = replace(self.people[nr], attended=bool(edit.new))
            elif edit.kind is EditKind.DECISION:
                assert edit.choice
                self.decisions.append((edit.case, edit.choice.value, edit.remark, edit.event))
                self.cases = tuple(case for case in self.cases if case.id != edit.case)
            elif edit.key == "status":
                if edit.new in {status.value for status in Status}:
                    self.people[nr] = replace(self.people[nr], status=Status(edit.new))
            elif edit.kind is EditKind.CELL:
                answers = {**self.people[nr].answers, edit.key: edit.new}
                kept = {key: value for key, value in answers.items() if value not in (None, "")}
                self.people[nr] = replace(self.people[nr], answers=kept)
            self.log.append(Logged(self.now, LogLine("secretariaat", edit.kind.value, registration=nr)))
        if not taken.restored:
            self.bases[taken.number] = taken.base(nrs)
        return taken

    def keep(self, cells: str, follows: int) -> int:
        """Commits the cells of a write."""
        number = max(self.bases, default=0) + 1
        self.bases[number] = cells
        return number

    def write(self, links: dict[int, str] | None = None) -> Wrote:
        """The ledger goes out to the workbook."""
        for _ in range(3):
            before = self.path.read_bytes() if self.path.exists() else b""
            wrote = self.file.write(self.state, self.bases.get, self.keep, self.now, links)
            self.remarks += [as_told(remark.says) for remark in wrote.remarks]
            if not wrote.late:
                break
            self.import_edits()
        after = self.path.read_bytes() if self.path.exists() else b""
        if (
            wrote.done and after != before
        ):  # whatever was done to it before: Excel must never offer to repair it
            assert complaints(after) == []
        return wrote

    def round(self) -> Wrote:
        """One round of the service."""
        self.import_edits()
        return self.write()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with three people on it, written once."""
    desk = Desk(tmp_path)
    desk.add(person(1), person(2, organisation="Stad Brugge"), person(3))
    assert desk.round().done
    return desk


def saved_by_libreoffice(path: Path, folder: Path) -> None:
    """The workbook as LibreOffice saves it, in its place; ``folder`` is for its profile."""
    shutil.copyfile(converted(path, folder, "xlsx"), path)


def converted(path: Path, folder: Path, to: str) -> Path:
    """What LibreOffice makes of a workbook; ``folder`` is for its profile."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("LibreOffice is needed: apt-get install libreoffice-calc")
    out = folder / "out"
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    return out / f"{path.stem}.{to}"

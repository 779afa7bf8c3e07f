"""`mailbot demo`: every message gets the outcome that it was written for."""

from __future__ import annotations

import email
import email.policy
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from rich.console import Console

from mailbot import demo
from mailbot.config.settings import ConfigurationError
from mailbot.demo import installation


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demo that ran, and what it printed."""
    folder = tmp_path_factory.mktemp("demo") / "uit"
    with (folder.parent / "printed").open("w") as file:
        console = Console(width=200, record=True, file=file)
        assert demo.run(folder, console) == 0
    return folder, console.export_text()


def messages(folder: Path) -> list[dict[str, object]]:
    """What `mailbot messages --json` says of the demo's ledger."""
    config = str(folder / "config/mailbot.toml")
    done = subprocess.run(
        [sys.executable, "-m", "mailbot", "messages", "--json", "--config", config],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_message_ends_as_it_was_meant(shown: tuple[Path, str]) -> None:
    outcomes = {
        str(message["message_id"]).partition("@")[0]: message["outcome"] for message in messages(shown[0])
    }
    assert outcomes == {
        "<demo.01-word-form": "registered",
        "<demo.02-several-people": "registered",
        "<demo.03-typed-in-the-mail": "registered",
        "<demo.04-as-lines": "registered",
        "<demo.05-the-same-again": "unchanged",
        "<demo.06-correction": "changed",
        "<demo.07-incomplete": "incomplete",
        "<demo.08-forwarded": "registered",
        "<demo.09-withdrawal": "cancelled",
        "<demo.10-thanks": "no-form",
        "<demo.11-out-of-office": "automatic",
        "<demo.12-ordinary-question": "no-form",
        "<demo.13-late": "review",
    }


def test_the_form_is_the_secretariats_own_and_its_questions_are_columns(shown: tuple[Path, str]) -> None:
    assert (shown[0] / "forms/kennisplatform.docx").exists()
    sheet = load_workbook(shown[0] / "workbooks/kennisplatform.xlsx")["Deelnemers"]
    header, first, *_ = sheet.iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["Gemeente of OCMW"], row["Nummerplaat (voor de slagboom)"]) == ("Damme", "1-ABC-234")


def test_the_workbook_has_everybody(shown: tuple[Path, str]) -> None:
    sheet = load_workbook(shown[0] / "workbooks/kennisplatform.xlsx")["Deelnemers"]
    rows = list(sheet.iter_rows(values_only=True))
    status = rows[0].index("Status")
    assert [row[status] for row in rows[1:]].count("Ingeschreven") == 6  # Jan, three of Brugge, Sofie, Nele
    assert [row[status] for row in rows[1:]].count("Afgemeld") == 1


def test_nobody_gets_an_answer_who_must_not(shown: tuple[Path, str]) -> None:
    replies = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((shown[0] / "replies").glob("*.eml"))
    ]
    answered = {str(mail["In-Reply-To"]).partition("@")[0] for mail in replies if mail["In-Reply-To"]}
    assert answered.isdisjoint({"<demo.10-thanks", "<demo.11-out-of-office", "<demo.12-ordinary-question"})
    assert "nele.baert@oostkamp.example" in {str(mail["To"].addresses[0].addr_spec) for mail in replies}


def test_it_ends_with_where_everything_is(shown: tuple[Path, str]) -> None:
    folder, text = shown
    assert str(folder / "workbooks/kennisplatform.xlsx") in text
    assert str(folder / "replies") in text
    assert len(list((folder / "messages").iterdir())) == 13
    for path in (folder / "replies").glob("*.eml"):
        assert path.with_name(path.name.removesuffix("eml") + "txt").read_text(encoding="utf-8").strip()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mijn werk.txt"
    mine.write_text("niet weg te doen")
    with pytest.raises(ConfigurationError, match="holds files of yours"):
        demo.run(tmp_path, Console(quiet=True))
    assert mine.read_text() == "niet weg te doen"


@pytest.mark.parametrize(
    "clock", ["2026-03-29T01:30:00+00:00", "2026-10-24T22:00:30+00:00", "2027-01-01T12:00+00:00"]
)
def test_the_last_message_is_late_and_the_others_are_not_on_any_day(clock: str) -> None:
    now = datetime.fromisoformat(clock)
    zone = ZoneInfo("Europe/Brussels")
    came = [received for _, received in installation.mails(now, zone)]
    assert came == sorted(came)
    assert came[-1].astimezone(UTC) <= now
    assert came[-1].date() == now.astimezone(zone).date()
    assert came[-2].date() < came[-1].date()

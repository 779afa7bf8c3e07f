"""What commands print, and how they end."""

from __future__ import annotations

import fcntl
import json
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from mailbot.cli import main
from mailbot.config import loader
from mailbot.storage import Store
from mailbot.storage.decisions import record
from tests.cli.conftest import Run, in_own_process, in_process
from tests.storage.samples import EVENT, NOW, arrive, mail, message, registered, registration


def _fill(config: Path) -> None:
    settings = loader.load(config)
    with Store(settings.store_url) as store, store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, registered(registration(message=1)), [mail()], settings, NOW, arrival=arrival)
        arrive(tx, message("<b@brugge.example>", "piet@brugge.example"), uid=2)


def test_messages_are_json_lines_with_exactly_these_keys(mailbot: Run, config: Path) -> None:
    _fill(config)
    done = mailbot("messages", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == [
        "id", "message_id", "mailbox", "received", "from", "subject", "event", "outcome", "nrs",
    ]  # fmt: skip
    assert (first["outcome"], first["nrs"], first["from"]) == (
        "registered",
        ["INS-0001"],
        "els@damme.example",
    )
    assert (second["outcome"], second["event"]) == (None, None)


def test_registrations_are_json_lines_with_the_keys_of_the_form(mailbot: Run, config: Path) -> None:
    _fill(config)
    [row] = map(json.loads, mailbot("registrations", EVENT, "--json").stdout.splitlines())
    form = loader.load(config).forms["kennisplatform"]
    assert list(row) == ["nr", "status", *(field.key for field in form.fields)]
    assert (row["nr"], row["status"], row["attends"], row["phone"]) == (
        "INS-0001",
        "Ingeschreven",
        True,
        None,
    )


def test_status_is_one_json_object(mailbot: Run, config: Path) -> None:
    _fill(config)
    status = json.loads(mailbot("status", "--json").stdout)
    assert (status["outcomes"], status["mails_waiting"], status["messages_waiting"]) == (
        {"registered": 1},
        1,
        1,
    )


def test_tables_for_people_show_the_same(mailbot: Run, config: Path) -> None:
    _fill(config)
    assert "els@damme.example" in mailbot("messages").stdout
    assert "INS-0001" in mailbot("registrations", EVENT).stdout
    assert "1 registered; 1 waiting" in mailbot("status").stdout
    assert "outcome registered" in mailbot("explain", "een@damme.example").stdout


def test_wrong_usage_ends_2_with_one_line_that_names_the_mend(mailbot: Run, config: Path) -> None:
    for words in (
        ("registrations", "bestaat-niet"),
        ("explain", "99"),
        ("retry", "<x@y.example>"),
        ("form", EVENT, "--format", "wpd"),
        ("run", "--dry-run"),
        ("run", "--timings"),
        ("event", "copy", EVENT, EVENT),
    ):
        done = mailbot(*words)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), words
        assert ": " in done.stderr
    assert f"use one of {EVENT}" in mailbot("form", "bestaat-niet").stderr


@pytest.mark.parametrize("words", [[], ["bestaat-niet"], ["person", "jan@damme.example"], ["run", "--dan"]])
def test_a_command_that_does_not_exist_ends_2_with_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(words)
    said = capsys.readouterr()
    assert (ended.value.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "--help" in said.err


def test_a_wrong_file_is_named_with_its_key_and_mend(mailbot: Run, config: Path) -> None:
    def wrong(file: Path, text: str) -> str:
        right = file.read_text() if file.exists() else None
        file.write_text(text)
        done = mailbot("run", "--once")
        file.unlink() if right is None else file.write_text(right)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert str(file) in done.stderr
        return done.stderr

    event = config.parent / "events" / f"{EVENT}.toml"
    text, settings = event.read_text(), config.read_text()
    assert "ends (" in wrong(event, text.replace("03T17:00", "03T11:00"))
    assert "deadline" in wrong(event, text.replace("2026-11-23", '"maandag"'))
    assert "use one of" in wrong(event, text.replace('"kennisplatform"', '"onbekend"'))
    assert "is taken by" in wrong(event.with_name("zelfde.toml"), text)
    assert "worker.pol_seconds: unknown key" in wrong(config, settings + "\n[worker]\npol_seconds = 5\n")
    assert "mailbox.1.since: is required" in wrong(config, settings.replace("since = 2026-09-01\n", ""))
    assert "not valid TOML" in wrong(config, settings + "\n[worker\n")
    gone = in_process("status", "--config", str(config.with_name("weg.toml")))
    assert (gone.returncode, gone.stderr.count("\n")) == (2, 1)
    assert "weg.toml" in gone.stderr


def test_a_path_that_cannot_be_written_ends_1_with_one_line_that_names_it(mailbot: Run) -> None:
    done = in_own_process("init", "/proc/nergens")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("mailbot: /proc/nergens")
    assert "Errno" not in done.stderr


def test_a_terminal_without_accents_shows_what_it_can_and_json_stays_whole(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    file = tmp_path / "één.txt"
    file.write_text("Inschrijvingsformulier\n\nNaam: D’hondt\nVoornaam: René\nGemeente/OCMW: Damme\n")
    told = in_own_process("read", str(file), "--config", str(config), "--form", "kennisplatform")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Ren?" in told.stdout
    read = in_own_process("read", "--json", str(file), "--config", str(config), "--form", "kennisplatform")
    assert json.loads(read.stdout)["people"][0]["first_name"] == "René"
    assert "✓" not in in_own_process("check", "--config", str(config)).stdout


def test_an_unreachable_mail_server_ends_1(config: Path) -> None:
    done = in_own_process("run", "--once", "--config", str(config))
    assert done.returncode == 1
    assert "127.0.0.1:993" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_run_on_one_state_directory_ends_2(mailbot: Run, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(exist_ok=True)
    with (tmp_path / "state" / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = mailbot("run", "--once")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_ledger_of_a_newer_mailbot_ends_2_so_that_no_restart_tries_it_for_ever(
    mailbot: Run, config: Path
) -> None:
    _fill(config)
    with closing(sqlite3.connect(loader.load(config).store_url.removeprefix("sqlite:///"))) as ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '9999'")
        ledger.commit()
    for words in (("run",), ("run", "--once"), ("status",)):
        done = mailbot(*words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), words
        assert "restore a backup" in done.stderr


def test_init_writes_a_configuration_that_only_misses_the_credentials(tmp_path: Path) -> None:
    made = in_process("init", str(tmp_path / "nieuw"))
    assert made.returncode == 0, made.stderr
    settings = loader.load(tmp_path / "nieuw" / "config" / "mailbot.toml")
    assert list(settings.events) == ["voorbeeld"]
    assert in_process("init", str(tmp_path / "nieuw")).returncode == 2


def test_init_in_etc_writes_where_the_service_looks_and_points_to_where_it_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.cli.init.SYSTEM", tmp_path)
    (tmp_path / "mailbot" / "secrets").mkdir(parents=True)
    assert in_process("init", str(tmp_path / "mailbot")).returncode == 0
    settings = loader.load(tmp_path / "mailbot" / "mailbot.toml")
    assert list(settings.events) == ["voorbeeld"]
    assert settings.workbook_dir == Path("/srv/mailbot/workbooks")
    assert settings.state_dir == Path("/var/lib/mailbot")
    assert settings.store_url == "sqlite:////var/lib/mailbot/mailbot.db"
    assert in_process("init", str(tmp_path / "mailbot")).returncode == 2


def test_init_takes_address_provider_secretariat_and_first_event_from_flags(tmp_path: Path) -> None:
    words = ["--address", "in@damme.example", "--provider", "google", "--secretariat", "griet@damme.example"]
    words += ["--event", "Café & Één dag", "--starts", "2027-01-20T14:00"]
    made = in_process("init", str(tmp_path / "nieuw"), *words)
    assert made.returncode == 0, made.stderr
    settings = loader.load(tmp_path / "nieuw" / "config" / "mailbot.toml")
    [box] = settings.mailboxes
    assert (box.host, box.user, box.replies_from.email) == ("imap.gmail.com", "in@damme.example", box.user)
    assert (settings.smtp.host, settings.secretariat.address) == ("smtp.gmail.com", "griet@damme.example")
    [event] = settings.events.values()
    assert (event.id, event.title) == ("cafe-een-dag", "Café & Één dag")
    assert str(event.deadline) == "2027-01-10"
    assert event.capacity is None  # nobody chose a limit
    form = settings.forms[event.form]  # blanks are made of it, and carry no other meeting's name
    assert form.title == "Inschrijvingsformulier Café & Één dag"
    [contact] = event.contacts
    assert (event.place, contact.email, contact.phone) == ("", "griet@damme.example", "")  # nobody else's
    written = (tmp_path / "nieuw" / "config" / "events" / f"{event.id}.toml").read_text()
    assert f'id = "{event.id}"\n' in written  # the comment of "form" stays with it
    assert "fill in host" not in made.stdout
    assert " login --config " in made.stdout
    assert "check --config " in made.stdout
    for command in re.findall(r"then: (.*)", made.stdout):  # right as printed
        program = command.split(" login ")[0].split(" check ")[0]
        assert subprocess.run([*program.split(), "--version"], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    "words", [("--provider", "yahoo"), ("--starts", "morgen"), ("--address", "geen adres")]
)
def test_init_refuses_what_cannot_be_meant_and_writes_nothing(tmp_path: Path, words: tuple[str, str]) -> None:
    done = in_process("init", str(tmp_path / "nieuw"), *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "nieuw").exists()


def test_the_next_meeting_copies_the_last_without_its_dates(mailbot: Run, config: Path) -> None:
    assert mailbot("event", "copy", EVENT, "kis-2027-1").returncode == 0
    event = loader.load(config).events["kis-2027-1"]
    assert (event.capacity, event.starts, event.deadline) == (120, None, None)


def test_blank_forms_are_written_where_asked(mailbot: Run, tmp_path: Path) -> None:
    done = mailbot("form", EVENT, "--format", "txt,docx", "--out", str(tmp_path / "uit"))
    assert done.returncode == 0, done.stderr
    assert sorted(path.suffix for path in (tmp_path / "uit").iterdir()) == [".docx", ".txt"]


def test_read_says_what_a_file_holds_and_touches_nothing(mailbot: Run, tmp_path: Path) -> None:
    form = tmp_path / "formulier.txt"
    form.write_text("Naam: Maes\nVoornaam: Els\nGemeente/OCMW: Damme\nE-mail: els@damme.example\n")
    done = mailbot("read", "--json", "--event", EVENT, str(form))
    assert done.returncode == 0, done.stderr
    [read] = map(json.loads, done.stdout.splitlines())
    assert (read["file"], read["outcome"], read["people"][0]["last_name"]) == (str(form), "form", "Maes")
    assert not (tmp_path / "state").exists()
    assert mailbot("read", str(tmp_path / "niet-daar.txt")).returncode == 2


def test_read_shows_whom_a_mail_registers_in_plain_words(mailbot: Run, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text(
        "From: Els Maes <els@damme.example>\nSubject: Inschrijving\nMessage-ID: <1@damme.example>\n\n"
        "Gelieve Peeters Verlinde in te schrijven.\n"
    )
    [read] = map(json.loads, mailbot("read", "--json", str(mail)).stdout.splitlines())
    assert (read["outcome"], read["people"][0]["last_name"]) == ("form", "Verlinde")
    assert {problem["code"] for problem in read["problems"]} == {"unsure"}
    shown = mailbot("read", str(mail)).stdout
    assert "Verlinde  [tekst van de mail]  unsure" in shown


def test_a_backup_is_a_ledger_and_restores_into_a_new_one(mailbot: Run, config: Path, tmp_path: Path) -> None:
    _fill(config)
    copy = tmp_path / "kopie.db"
    assert mailbot("backup", str(copy)).returncode == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert mailbot("backup", str(copy)).returncode == 2
    database = Path(loader.load(config).store_url.removeprefix("sqlite:///"))
    for file in database.parent.glob("mailbot.db*"):
        file.unlink()
    assert mailbot("restore", str(copy)).returncode == 0
    assert "INS-0001" in mailbot("registrations", EVENT).stdout
    assert mailbot("restore", str(copy)).returncode == 2


def test_a_person_is_exported_and_erased_everywhere(mailbot: Run, config: Path, tmp_path: Path) -> None:
    _fill(config)
    mailbot("workbook", EVENT)
    held = [
        json.loads(line)["kind"]
        for line in mailbot("person", "els@damme.example", "--export").stdout.splitlines()
    ]
    assert held == ["registration", "message", "mail"]
    assert mailbot("person", "els@damme.example", "--erase").returncode == 0
    assert mailbot("person", "els@damme.example", "--export").stdout == ""
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"els@damme" not in left
    with closing(sqlite3.connect(tmp_path / "state" / "mailbot.db")) as database:
        assert "els@damme" not in "".join(database.iterdump())

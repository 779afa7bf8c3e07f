"""Passwords and people stay out of logs, errors, status and what lies on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.config import loader, settings
from mailbot.service.clock import now
from mailbot.service.worker import Worker
from mailbot.storage import Store, StoreTrouble
from tests.event_sheet.town import Town, person, typed
from tests.patience import PATIENCE
from tests.servers import configuration

CANARY = "Kanarie-wachtwoord-7391"
JAN = "jan.peeters@damme.example"


def said(config: Path, *words: str) -> str:
    """All that a command prints, on both outputs."""
    done = subprocess.run(
        [sys.executable, "-m", "mailbot", words[0], "--config", str(config), *words[1:]],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.stdout + done.stderr


def test_a_refused_password_is_printed_logged_and_kept_nowhere(town: Town) -> None:
    (town.config.parent / "secrets/imap").write_text(CANARY)
    text = town.config.read_text().replace(
        "[smtp]", f'[smtp]\nuser = "{town.user}"\npassword_file = "secrets/imap"'
    )
    town.config.write_text(text)
    printed = "".join(
        said(town.config, *words)
        for words in (
            ("run", "--once", "-v"),
            ("check", "-v"),
            ("status", "--json"),
            ("run", "--once", "--dry-run"),
        )
    )
    assert "login" in printed
    assert CANARY not in printed
    assert "Kanarie" not in printed
    kept = [p for p in town.folder.rglob("*") if p.is_file() and p.name != "imap"]
    assert [p.name for p in kept if CANARY.encode() in p.read_bytes()] == []


def test_settings_and_their_errors_show_no_secret(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILBOT_CANARY", CANARY)
    file = configuration.write(
        town.folder / "other",
        imap_port=1,
        smtp_port=1,
        user="x",
        smtp='user = "x"\npassword_env = "MAILBOT_CANARY"',
    )
    loaded = loader.load(file)
    assert loaded.secret(loaded.smtp).get_secret_value() == CANARY
    assert CANARY not in repr(loaded) + str(loaded) + repr(loaded.secret(loaded.smtp))
    file.write_text(file.read_text().replace("[smtp]", f'[smtp]\npassword = "{CANARY}"'))
    with pytest.raises(settings.ConfigurationError) as wrong:
        loader.load(file)
    assert CANARY not in str(wrong.value)


@pytest.mark.parametrize(
    "host", ["imap.example.org", "127.0.0.1.example.org", "10.0.0.1", "localhost.example.org"]
)
def test_no_password_travels_in_the_clear_but_at_home(town: Town, host: str) -> None:
    text = town.config.read_text()
    town.config.write_text(text.replace('host = "127.0.0.1"', f'host = "{host}"', 1))
    with pytest.raises(settings.ConfigurationError, match="in the clear"):
        loader.load(town.config)


def test_logs_say_which_message_and_never_who(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving Peeters", typed(person(Dieetwensen="glutenvrij")))
    town.mail("an.desmet@brugge.example", "Vraag", "Kan An De Smet nog een collega meebrengen?")
    town.mail(JAN, "Uitschrijven", "Gelieve Jan Peeters uit te schrijven.")
    town.mail("els@damme.example", "Inschrijving", typed(person(Naam="Maes", **{"E-mail": "geen adres"})))
    done = subprocess.run(
        [sys.executable, "-m", "mailbot", "run", "--config", str(town.config), "--once", "-v"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0
    assert "message 1" in done.stderr
    for word in (
        "Peeters",
        "peeters",
        "Maes",
        "De Smet",
        "damme.example",
        "brugge.example",
        "0478",
        "gluten",
    ):
        assert word not in done.stderr + done.stdout


def test_an_error_in_the_log_says_where_and_the_ledger_what(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("cannot make a row of Jan Peeters")

    monkeypatch.setattr("mailbot.service.decider.decide", broken)
    town.mail(JAN, "Inschrijving", typed(person()))
    loaded = loader.load(town.config)
    with (
        Store(loaded.store_url) as store,
        Worker(loaded, store, now, lambda: False) as worker,
    ):
        worker.cycle(immediate=True)
    assert "in decide" in caplog.text
    assert "Peeters" not in caplog.text
    assert "Jan Peeters" in said(town.config, "explain", "1")
    status = said(town.config, "status", "--json") + said(town.config, "status")
    assert "ValueError" in status
    assert "Peeters" not in status


def test_what_a_server_says_of_an_address_is_shown_without_it(town: Town) -> None:
    town.smtp.refuse.add(JAN)
    town.mail(JAN, "Inschrijving", typed(person()))
    printed = said(town.config, "run", "--once", "-v") + said(town.config, "status", "--json")
    assert "550" in printed
    assert "peeters" not in printed


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://mailbot:{CANARY}@127.0.0.1:1/db",
        f"postgresql+psycopg://mailbot@127.0.0.1:1/db?password={CANARY}",
        f"postgresql+psycopg://mailbot:p@{CANARY}@127.0.0.1:1/db",
        f"postgresql+psycopg://mailbot:{CANARY}@127.0.0.1:poort/db",
        f"mysql://mailbot:{CANARY}@127.0.0.1/db",
        f"{CANARY}",
    ],
)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    with pytest.raises((StoreTrouble, settings.ConfigurationError)) as trouble:
        Store(url)
    assert CANARY not in str(trouble.value)

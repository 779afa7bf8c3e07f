"""What a wrong configuration says: one line with the file, the key and the mend."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mailbot.config.loader import load
from mailbot.config.settings import ConfigurationError
from mailbot.config.shipped import shipped
from mailbot.wording import as_told

MAIN = """\
workbook_dir = "../workbooks"
[[mailbox]]
name = "main"
host = "imap.example.org"
since = 2026-09-01
address = "Secretariaat <inschrijvingen@example.org>"
password_file = "secret"
[smtp]
host = "smtp.example.org"
"""
EVENT = """\
id = "kis"
title = "Overleg"
form = "kennisplatform"
starts = 2026-12-03T14:00:00
deadline = 2026-11-23
"""
FORM = """\
id = "eigen"
title = "Eigen formulier"
[[field]]
key = "name"
label = "Naam"
kind = "name"
"""
FILES = {
    "config/mailbot.toml": MAIN,
    "config/events/kis.toml": EVENT,
    "config/organisations.toml": '[[organisation]]\nname = "Brugge"\n[lists]\nall = ["Brugge"]\n',
    "forms/eigen.toml": FORM,
    "config/secret": "geheim\n",
}
SETTINGS, KIS, ORGANISATIONS, OWN_FORM, _ = FILES

Refusal = Callable[..., str]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The folder of a configuration that is right."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def refusal(config: Path) -> Refusal:
    """Changes one file, and gives what loading then says after that file's name."""

    def refused(name: str, right: str, wrong: str) -> str:
        file = config / name
        text = file.read_text() if file.exists() else ""
        assert right in text
        file.write_text(text.replace(right, wrong, 1) if right else text + wrong)
        with pytest.raises(ConfigurationError) as error:
            load(config / SETTINGS)
        said = str(error.value)
        assert said.startswith(f"{file}: ")
        assert "\n" not in said
        assert "Input should" not in said  # pydantic speaks to programmers
        return said.removeprefix(f"{file}: ")

    return refused


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        (
            SETTINGS,
            'host = "imap',
            'port = "imap"\nhost = "imap',
            "mailbox.1.port: is no whole number: write",
        ),
        (SETTINGS, 'host = "imap', 'port = 99999\nhost = "imap', "mailbox.1.port: should be less than"),
        (SETTINGS, 'host = "imap', 'host = "https://imap', "mailbox.1.host: .* write its name alone"),
        (SETTINGS, 'host = "imap.example.org"', 'host = ""', "mailbox.1.host: .* write its name alone"),
        (SETTINGS, 'name = "main"', 'name = "hoofd bus"', "mailbox.1.name: .*use a to z"),
        (SETTINGS, "[[mailbox]]", "[mailbox]", r"mailbox: is a list: .* \[\["),
        (SETTINGS, "[smtp]", "[[smtp]]", r"smtp: is one table: .* \["),
        (SETTINGS, "2026-09-01", '"gisteren"', "mailbox.1.since: is no day: write"),
        (SETTINGS, "2026-09-01", "2026-09-01T12:00:00", "mailbox.1.since: is more than a day: write"),
        (SETTINGS, "", "[worker]\nidle = 'nooit'\n", "worker.idle: is neither true nor false: write"),
        (SETTINGS, "", "[store]\nurl = 'mailbot.db'\n", "store.url: .* write"),
        (SETTINGS, "", "[store]\nurl = 'mysql://u:geheim@h/d'\n", "store.url: (?!.*geheim).* write"),
        (SETTINGS, "", "[secretariat]\naddress = 'An <an@example.org>'\n", "secretariat.address: .* write"),
        (SETTINGS, "workbook_dir", 'forwarders = ["partner"]\nworkbook_dir', "forwarders.1: .* write"),
        (
            SETTINGS,
            "workbook_dir",
            'forwarders = "a@b.example"\nworkbook_dir',
            "forwarders: is a list: write",
        ),
        (SETTINGS, "workbook_dir", 'timezone = "Europe"\nworkbook_dir', 'timezone: "Europe" is no .* write'),
        (SETTINGS, "workbook_dir", "workbook_dyr", "workbook_dyr: unknown key: remove"),
        (KIS, "2026-12-03T14:00:00", "2026-12-03", "starts: .* as 2026-12-03T14:00:00"),
        (KIS, "2026-12-03T14:00:00", '"2026-12-03T14:00"', "starts: .* without quotes"),
        (KIS, "2026-11-23", '"2026-11-23"', "deadline: .* without quotes"),
        (KIS, "2026-11-23", "20261123", "deadline: .* without quotes"),
        (KIS, "2026-11-23", "2026-11-31", "is not valid TOML: .*line 5"),
        (KIS, 'title = "Overleg"', "", "title: is required: add it"),
        (KIS, 'title = "Overleg"', "title = “Overleg”", "is not valid TOML: .*line 2"),
        (KIS, 'id = "kis"', 'id = "KIS 2026"', "id: .*use a to z"),
        (KIS, "", "capacity = 0\n", "capacity: should be greater than"),
        (KIS, "", 'late = "weigeren"\n', "late: should be 'review'"),
        (KIS, "", 'replaces = "kis"\n', 'replaces: there is no other event "kis": name'),
        (KIS, "", 'organisations = "al"\n', "organisations: .* use one of all"),
        ("config/events/kopie.toml", "", EVENT, 'id: "kis" is taken by kis.toml: give'),
        (OWN_FORM, 'kind = "name"', 'kind = "naam"', "field.1.kind: should be 'text'"),
        (OWN_FORM, 'kind = "name"', 'kind = "choice"', "field.1: .*choices go together"),
        (OWN_FORM, '"Naam"', '""', "field.1.label: is empty: fill it in"),
        (OWN_FORM, '"name"', '"E-mail"', "field.1.key: .*use a to z"),
        ("forms/kopie.toml", "", FORM, 'id: "eigen" is taken by eigen.toml: give'),
        (ORGANISATIONS, '["Brugge"]', '["Bruge"]', "lists.all names unknown organisations: Bruge"),
    ],
)
def test_a_mistake_is_told_with_its_key_and_its_mend(
    refusal: Refusal, file: str, right: str, wrong: str, said: str
) -> None:
    assert re.match(said, refusal(file, right, wrong))


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        (KIS, "kennisplatform", "ander", 'Formulier: "ander" bestaat niet; kies [a-z-]+, .*eigen'),
        (KIS, "", 'organisations = "al"\n', 'Lijst van besturen: "al" bestaat niet; kies all'),
        (KIS, "", 'mailbox = "weg"\n', 'mailbox: "weg" bestaat niet; kies main'),
        (KIS, "", 'replaces = "kis"\n', 'Vervangt: "kis" bestaat niet; schrijf een kenmerk'),
        (KIS, "2026-11-23", "2026-11-31", "de inhoud is niet geldig"),
        (KIS, "", "capacity = 0\n", "Plaatsen: ontbreekt of is niet geldig"),
        ("config/events/kopie.toml", "", EVENT, 'Kenmerk: "kis" bestaat al, in kis.toml'),
        (OWN_FORM, '"Naam"', '""', "field.1.label: ontbreekt of is niet geldig"),
    ],
)
def test_what_the_secretary_may_have_changed_is_told_in_a_code_with_words_of_hers(
    config: Path, file: str, right: str, wrong: str, said: str
) -> None:
    path = config / file
    text = path.read_text() if path.exists() else ""
    path.write_text(text.replace(right, wrong, 1) if right else text + wrong)
    with pytest.raises(ConfigurationError) as error:
        load(config / SETTINGS)
    assert error.value.why is not None
    assert re.match(f"{re.escape(path.name)}: {said}", as_told(error.value.why))


def test_a_list_of_organisations_that_was_named_must_be_there(config: Path) -> None:
    file = config / SETTINGS
    file.write_text('organisations = "besturen.toml"\n' + MAIN)
    with pytest.raises(ConfigurationError, match=r"besturen\.toml: cannot be read"):
        load(file)


def test_without_a_list_of_its_own_an_installation_has_the_shipped_one(config: Path) -> None:
    (config / ORGANISATIONS).unlink()
    assert load(config / SETTINGS).organisations.named("Zuienkerke")


def test_files_that_notepad_wrote_are_read(config: Path) -> None:
    for name in FILES:
        file = config / name
        file.write_bytes(codecs.BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    settings = load(config / SETTINGS)
    assert settings.events["kis"].deadline == date(2026, 11, 23)
    assert settings.forms["eigen"].field("name")
    assert settings.secret(settings.mailboxes[0]).get_secret_value() == "geheim"


@pytest.mark.parametrize("content", [b"", b"\n", b"gehe\xefm\n", b"geheim\nen nog iets\n"])
def test_a_password_file_that_holds_no_single_password_is_named_and_not_shown(
    config: Path, content: bytes
) -> None:
    (config / "config/secret").write_bytes(content)
    settings = load(config / SETTINGS)
    with pytest.raises(ConfigurationError, match=r"password_file: .*secret (holds|is not UTF-8)") as error:
        settings.secret(settings.mailboxes[0])
    assert "gehe" not in str(error.value)


def test_what_is_shipped_is_right() -> None:
    assert load(shipped("config") / "mailbot.toml").events


@pytest.mark.parametrize("name", ["._kis.toml", ".#kis.toml", "kis.toml~"])
def test_hidden_and_backup_files_beside_the_events_are_passed_over(config: Path, name: str) -> None:
    (config / "config/events" / name).write_bytes(b"\x00\x05\x16\x07Mac OS X")
    assert list(load(config / SETTINGS).events) == ["kis"]

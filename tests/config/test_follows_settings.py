"""What a configuration comes to: its keys with their bounds, what is in force where it says little, much, or
the name of a provider, and what is told of each mistake."""

from __future__ import annotations

import os
import pwd
import struct
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel

from mailbot.config.loader import find_file, form_files, load, toml_files
from mailbot.config.logo import MOST_BYTES, read_logo
from mailbot.config.settings import ConfigurationError, Settings, _File
from tests.config.test_settings import EVENT, FILES, FORM, KIS, MAIN, ORGANISATIONS, OWN_FORM, SETTINGS
from tests.decision.following import parts

HELD = parts(Path(__file__).parent / "follows" / "settings.txt")

_MICROSOFT = """\
[[mailbox]]
name = "main"
provider = "microsoft365"
user = "inschrijvingen@example.org"
since = 2026-09-01
address = "inschrijvingen@example.org"
{oauth}
[smtp]
provider = "microsoft365"
port = 2587
"""
_GOOGLE = _MICROSOFT.replace("microsoft365", "google")
_EVERYTHING = """\
timezone = "Europe/Lisbon"
language = "fr"
workbook_dir = "/srv/boeken"
state_dir = "/var/lib/mailbot"
events_dir = "events"
forms_dir = "../forms"
templates_dir = "mails"
organisations = "organisations.toml"
forwarders = ["Partner@Partner.example", "x@y.example"]
web_forms = ["Web@Forms.example"]
authserv_id = "mx.example.org"
[[mailbox]]
name = "main"
host = "127.0.0.1"
port = 143
security = "none"
folder = "In"
since = 2026-09-01
address = "Secretariaat <Inschrijvingen@example.org>"
filed_folder = "Verwerkt"
review_folder = "Nakijken"
sent_folder = "Verzonden"
mark_read = false
inbox_list = "none"
password_env = "MAILBOT_PASSWORD"
[[mailbox]]
name = "other"
host = "imap.example.org"
security = "starttls"
since = 2026-09-02
address = "other@example.org"
ca_file = "ca.pem"
[smtp]
host = "localhost"
security = "none"
[store]
url = "postgresql+psycopg://mailbot@db/mailbot"
[worker]
poll_seconds = 1
idle = false
[secretariat]
address = "an@example.org"
digest = "07:30"
name = "WVI"
receipts = false
[admin]
address = "it@example.org"
language = "de"
[log]
format = "json"
[limits]
message_mb = 200
people = 1
answers_per_sender = 1
answers_per_thread = 1
mails_to_others = 1
answers_per_hour = 1
mailings_per_day = 1
[retention]
keep_mail_days = 1
[workbook]
seconds_between_writes = 0
sheets = {Deelnemers = "Lijst"}
columns = {Nr = "Nummer"}
"""
CONFIGURATIONS = {
    "as little as can be": MAIN,
    "everything": _EVERYTHING,
    "a person signs in at microsoft365": _MICROSOFT.format(
        oauth='oauth2 = {client_id = "c", refresh_token_file = "t", tenant = "wvi"}'
    ),
    "a person of any organisation signs in at microsoft365": _MICROSOFT.format(
        oauth='oauth2 = {client_id = "c", refresh_token_file = "t", scope = "mine"}'
    ),
    "a program of its own at microsoft365": _MICROSOFT.format(
        oauth='oauth2 = {client_id = "c", certificate_file = "k", tenant = "wvi", token_url = "https://a/{tenant}"}'
    ),
    "a person signs in at google": _GOOGLE.format(
        oauth='oauth2 = {client_id = "c", client_secret_file = "s", refresh_token_file = "t"}'
    ),
    "a service account at google": _GOOGLE.format(
        oauth='oauth2 = {service_account_file = "a", sign_in_as = "x"}'
    ),
    "a password at google": _GOOGLE.format(oauth='password_file = "secret"\nhost = "mine.example.org"'),
}
_BOX = 'password_file = "secret"'
#: A mistake: the file, what is right in it, and what stands there instead.
WRONG = (
    (SETTINGS, _BOX, "port = 0"),
    (SETTINGS, _BOX, "port = 65536"),
    (SETTINGS, _BOX, 'host2 = ""'),
    (SETTINGS, 'host = "imap.example.org"', 'host = "a@b"'),
    (SETTINGS, 'host = "imap.example.org"', ""),
    (SETTINGS, _BOX, f'{_BOX}\npassword_env = "X"'),
    (SETTINGS, _BOX, 'security = "none"'),
    (SETTINGS, _BOX, 'security = "ssl"'),
    (SETTINGS, _BOX, 'provider = "yahoo"'),
    (SETTINGS, _BOX, 'provider = "microsoft365"\noauth2 = {client_id = "c"}'),
    (SETTINGS, _BOX, f'{_BOX}\noauth2 = {{token_url = "u", client_id = "c"}}'),
    (SETTINGS, _BOX, 'oauth2 = {client_id = "c"}'),
    (SETTINGS, _BOX, 'oauth2 = {token_url = "u"}'),
    (
        SETTINGS,
        _BOX,
        'oauth2 = {token_url = "u", client_id = "c", client_secret_file = "s", certificate_file = "k"}',
    ),
    (SETTINGS, _BOX, 'oauth2 = {token_url = "u", service_account_file = "s", refresh_token_file = "t"}'),
    (SETTINGS, _BOX, 'oauth2 = "x"'),
    (SETTINGS, _BOX, 'oauth2 = {token_url = "u", client_id = "c", secret_expires = "x"}'),
    (SETTINGS, "Secretariaat <inschrijvingen@example.org>", "Secretariaat"),
    (SETTINGS, 'name = "main"', 'name = ""'),
    (SETTINGS, _BOX, 'inbox_list = "alles"'),
    (SETTINGS, _BOX, "mark_read = 1.5"),
    (SETTINGS, _BOX, "folder = 3"),
    (
        SETTINGS,
        _BOX,
        f'{_BOX}\n[[mailbox]]\nname = "main"\nhost = "h"\nsince = 2026-01-01\naddress = "a@b.c"',
    ),
    (SETTINGS, "[smtp]", "[smtq]"),
    (SETTINGS, "", '[store]\nurl = "sqlite://mailbot.db"\n'),
    (SETTINGS, "", '[store]\nurl = "sqlite:////"\n'),
    (SETTINGS, "", "[worker]\npoll_seconds = 0\n"),
    (SETTINGS, "", "[worker]\npoll_seconds = 3601\n"),
    (SETTINGS, "", '[secretariat]\ndigest = "half acht"\n'),
    (SETTINGS, "", '[secretariat]\nlogo = "weg.png"\n'),
    (SETTINGS, "", '[secretariat]\nlogo = "secret"\n'),
    (SETTINGS, "", '[admin]\nlanguage = "es"\n'),
    (SETTINGS, "", '[log]\nformat = "xml"\n'),
    *(
        (SETTINGS, "", f"[limits]\n{key} = 0\n")
        for key in (
            "message_mb",
            "people",
            "answers_per_sender",
            "answers_per_thread",
            "mails_to_others",
            "answers_per_hour",
            "mailings_per_day",
        )
    ),
    (SETTINGS, "", "[limits]\nmessage_mb = 201\n"),
    (SETTINGS, "", '[limits]\npeople = "tien"\n'),
    (SETTINGS, "", "[limits]\npeople = 1.5\n"),
    (SETTINGS, "", "[retention]\nkeep_mail_days = 0\n"),
    (SETTINGS, "", "[workbook]\nseconds_between_writes = -1\n"),
    (SETTINGS, "", '[workbook]\nsheets = ["Deelnemers"]\n'),
    (SETTINGS, "workbook_dir", 'language = "es"\nworkbook_dir'),
    (SETTINGS, "workbook_dir", 'timezone = ""\nworkbook_dir'),
    (SETTINGS, "workbook_dir", 'timezone = "../x"\nworkbook_dir'),
    (SETTINGS, "workbook_dir", "workbook_dir = ='"),
    (SETTINGS, "workbook_dir", 'web_forms = ["a b@c.d"]\nworkbook_dir'),
    (SETTINGS, "workbook_dir", 'forwarders = [["a@b.c"]]\nworkbook_dir'),
    (KIS, "kennisplatform", "weg"),
    (KIS, "", 'mailbox = "weg"\n'),
    (KIS, "", 'organisations = "weg"\n'),
    (KIS, "", 'replaces = "weg"\n'),
    (KIS, "Overleg", "Overlég"),
    (SETTINGS, "Secretariaat", "Sécretariaat"),
    (KIS, 'id = "kis"', 'id = ""'),
    (OWN_FORM, "", 'blank = ["weg.docx"]\n'),
    (OWN_FORM, "[[field]]", "[[feld]]"),
    (OWN_FORM, 'title = "Eigen formulier"', 'title = "Eigen formulier"\nblank = ["weg.docx"]'),
    ("forms/kopie.toml", "", FORM),
    ("config/events/kopie.toml", "", EVENT),
    (ORGANISATIONS, "[[organisation]]", "[organisation]"),
)


def _schema() -> Iterator[str]:
    """Each key with its kind, bounds and what it is where nobody says."""
    made = _File.model_json_schema()
    for name, table in {"": made, **made["$defs"]}.items():
        yield f"[{name}] {'closed' if table.get('additionalProperties') is False else ''}".strip()
        if "enum" in table:
            yield ", ".join(table["enum"])
        needed = table.get("required", ())
        for key, one in sorted(table.get("properties", {}).items()):
            facts = {k: v for k, v in one.items() if k not in ("title", "description")}
            yield f"{key}{' (required)' if key in needed else ''}: {facts}"


def _installed(folder: Path, text: str) -> Path:
    for name, held in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(held)
    (folder / SETTINGS).write_text(text)
    return folder / SETTINGS


def _in_force(settings: Settings, folder: Path) -> Iterator[str]:
    for field in fields(settings):
        if field.name in ("forms", "organisations", "events"):
            continue
        held = getattr(settings, field.name)
        many = held if isinstance(held, tuple) else (held,)
        for one in many:
            said = dict(one) if isinstance(one, BaseModel) else one
            said = sorted(said) if isinstance(said, frozenset) else said
            yield f"{field.name}: {said}".replace(str(folder), "FOLDER")
    yield f"signed {settings.signed}; own {sorted(settings.own_addresses)}"
    yield f"answers from {settings.mailboxes[0].replies_from}"
    (event,) = settings.events.values()
    own = event.model_copy(update={"secretariat": "own@example.org"})
    yield f"told of an event {[settings.secretariat_of(one) for one in (None, event, own)]}"
    yield f"events {sorted(settings.events)}; forms {sorted(settings.forms)}"


def _refusal(folder: Path, name: str, right: str, wrong: str) -> str:
    _installed(folder, MAIN)
    file = folder / name
    text = file.read_text() if file.exists() else ""
    assert right in text
    file.write_bytes((text.replace(right, wrong, 1) if right else text + wrong).encode("latin-1"))
    try:
        load(folder / SETTINGS)
    except ConfigurationError as error:
        return f"{name}: {right!r} → {wrong!r}\n  {error}".replace(str(folder), "FOLDER")
    finally:
        file.unlink()
    return f"{name}: {right!r} → {wrong!r}\n  is taken"


def _pictures(folder: Path) -> Iterator[str]:
    """What a file is as a logo."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 40, 10)
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 90) + bytes(8)
    of_text = b"\xff\xfe\x00\x06text"
    for name, data in {
        "PNG": png + b"x",
        "a PNG that ends after its size": png,
        "a PNG without a width": png[:16] + bytes(4) + b"\x00\x00\x00\x0axx",
        "a PNG without a height": png[:20] + bytes(4) + b"x",
        "JPEG": b"\xff\xd8" + frame,
        "a JPEG with a comment before its size": b"\xff\xd8" + of_text + frame,
        "a JPEG with tables before its size": b"\xff\xd8"
        + b"\xff\xc4\x00\x04xx"
        + b"\xff\xc8\x00\x02"
        + b"\xff\xcc\x00\x02"
        + frame,
        "a progressive JPEG": b"\xff\xd8" + frame.replace(b"\xff\xc0", b"\xff\xcf"),
        "a JPEG without a frame": b"\xff\xd8" + of_text,
        "a JPEG with anything before its size": b"\xff\xd8" + b"\x00" + frame,
        "a GIF": b"GIF89a" + bytes(30),
        "nothing": b"",
        "the largest that can be": png + bytes(MOST_BYTES - len(png)),
        "one byte more": png + bytes(MOST_BYTES - len(png) + 1),
    }.items():
        (folder / "logo").write_bytes(data)
        try:
            logo = read_logo(folder / "logo")
        except ValueError as error:
            yield f"{name}: {error}"
        else:
            size = f"{logo.width}x{logo.height}, in 30x30 {logo.within(30, 30)}"
            yield f"{name}: {logo.media_type} .{logo.suffix} {size}"


def _secrets(folder: Path) -> Iterator[str]:
    file = _installed(folder, MAIN)
    settings = load(file)
    for name, held in {
        "a word": b"geheim",
        "a BOM and ends": b"\xef\xbb\xbf geheim \r\n",
        "two lines": b"a\nb",
        "nothing": b"",
        "blanks": b" \n",
        "no UTF-8": b"\xff",
    }.items():
        (folder / "config" / "secret").write_bytes(held)
        yield f"{name}: {_said(lambda: settings.secret(settings.mailboxes[0]).get_secret_value(), folder)}"
        alone = _said(lambda: settings.secret_file("secret", "k").get_secret_value(), folder)
        yield f"{name}, by itself: {alone}"
    yield f"no file: {_said(lambda: settings.secret_bytes('weg', 'k'), folder)}"
    yield f"no password: {settings.secret(settings.smtp).get_secret_value()!r}"
    named = load(_installed(folder, MAIN.replace(_BOX, 'password_env = "MAILBOT_TEST"')))
    for value in ("geheim", ""):
        os.environ["MAILBOT_TEST"] = value
        said = _said(lambda: named.secret(named.mailboxes[0]).get_secret_value(), folder)
        yield f"a variable {value!r}: {said}"
    del os.environ["MAILBOT_TEST"]


def _said(ask: object, folder: Path) -> str:
    assert callable(ask)
    try:
        return repr(ask())
    except ConfigurationError as error:
        return str(error).replace(str(folder), "FOLDER")


def _files(folder: Path) -> Iterator[str]:
    """Which files of a folder count, and which configuration is meant."""
    for name in (
        "b.toml",
        "a.toml",
        ".hidden.toml",
        "~$a.toml",
        "a.docx",
        ".~lock.a.odt#",
        "~$a.docx",
        "a.toml~",
    ):
        (folder / name).touch()
    (folder / "map").mkdir()
    yield f"settings {[one.name for one in toml_files(folder)]}"
    yield f"forms {[one.name for one in form_files(folder)]}"
    here = Path.cwd()
    os.chdir(folder)
    try:
        yield _said(lambda: find_file(None), folder)
        (folder / "config").mkdir()
        (folder / "config" / "mailbot.toml").touch()
        yield _said(lambda: find_file(None), folder)
        os.environ["MAILBOT_CONFIG"] = "mine.toml"
        yield _said(lambda: find_file(None), folder)
        yield _said(lambda: find_file("given.toml"), folder)
    finally:
        os.environ.pop("MAILBOT_CONFIG", None)
        os.chdir(here)


def examples() -> dict[str, str]:
    """Each, as lines."""
    told, usual = {"keys": "\n".join(_schema())}, list[str]()
    for name, text in CONFIGURATIONS.items():
        with TemporaryDirectory() as folder:
            said = [*_in_force(load(_installed(Path(folder), text)), Path(folder))]
        told[name] = "\n".join(line for line in said if line not in usual)
        usual = usual or said
    for name, of in {"pictures": _pictures, "secrets": _secrets, "files": _files}.items():
        with TemporaryDirectory() as folder:
            told[name] = "\n".join(of(Path(folder)))
    with TemporaryDirectory() as folder:
        told["mistakes"] = "\n".join(_refusal(Path(folder), *one) for one in WRONG)
    return told


def test_what_a_configuration_comes_to() -> None:
    assert examples() == HELD


def test_who_may_not_read_a_secret_is_named_with_what_lets_them(tmp_path: Path) -> None:
    settings = load(_installed(tmp_path, MAIN))
    secret = tmp_path / "config" / "secret"
    secret.chmod(0)
    reading, writing = os.pipe()
    if not (child := os.fork()):  # a process that is not root, to which no file is closed
        if os.geteuid() == 0:
            tmp_path.chmod(0o755)
            os.setuid(65534)
        os.write(writing, _said(lambda: settings.secret_bytes("secret", "password_file"), tmp_path).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    who = pwd.getpwuid(65534 if os.geteuid() == 0 else os.geteuid()).pw_name
    assert said == (
        f"FOLDER/config/mailbot.toml: password_file: user {who} may not read FOLDER/config/secret: give it "
        "to the group that mailbot runs as: "
        "chgrp mailbot FOLDER/config/secret && chmod 640 FOLDER/config/secret"
    )

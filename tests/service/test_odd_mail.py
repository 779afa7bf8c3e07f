"""Mail as nobody should send it: each gets an outcome, and the ordinary one among it is registered."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta

import docx

from tests.cli.conftest import in_process
from tests.service.conftest import NOW, Office

FORM = "Naam: {0}\r\nVoornaam: Jan\r\nGemeente/OCMW: Damme\r\nE-mail: {1}\r\nIk neem deel: ja\r\n"
SUBJECT = "Subject: Inschrijving kennisplatform\r\n"


def text_mail(name: str, headers: str, body: str = "") -> bytes:
    """A mail with a typed form; its Message-ID is made of ``name``."""
    id_and_type = f"Message-ID: <{name}@damme.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
    return (headers + id_and_type + "\r\n" + body).encode()


def with_attachment(name: str, headers: str, part_headers: str, data: bytes) -> bytes:
    """A mail whose one attachment has just these headers."""
    encoded = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return (
        f"{headers}Message-ID: <{name}@damme.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=grens\r\n\r\n"
        "--grens\r\nContent-Type: text/plain\r\n\r\nIn bijlage.\r\n"
        f"--grens\r\n{part_headers}Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--grens--\r\n"
    ).encode()


def word_form(last_name: str) -> bytes:
    """A filled-in Word form."""
    document = docx.Document()
    document.add_heading("Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken", 1)
    table = document.add_table(0, 2)
    for label, value in [
        ("Naam", last_name), ("Voornaam", "Jan"), ("Gemeente/OCMW", "Damme"),
        ("E-mail", f"{last_name.lower()}@damme.example"), ("Ik neem deel", "ja"),
    ]:  # fmt: skip
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sender(name: str) -> str:
    return f"From: {name}@damme.example\r\n"


def odd_mails() -> dict[str, tuple[bytes, set[str]]]:
    """By name: the mail, and the outcomes that are right for it."""
    word = word_form("Peeters")
    folded = "Subject: Inschrijving kennisplatform\r\n" + " en nog wat\r\n" * 36
    docx_type = "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document\r\n"
    return {
        "gewoon": (
            text_mail("gewoon", sender("gewoon") + SUBJECT, FORM.format("Gewoon", "gewoon@damme.example")),
            {"registered"},
        ),
        "zonder-datum": (
            text_mail("zonder-datum", sender("zd") + SUBJECT, FORM.format("Dupont", "zd@damme.example")),
            {"registered"},
        ),
        "zonder-afzender": (
            text_mail("zonder-afzender", SUBJECT, FORM.format("Niemand", "niemand@damme.example")),
            {"review", "registered", "no-form"},
        ),
        "zonder-tekst": (text_mail("zonder-tekst", sender("zt") + "Subject: Dag\r\n"), {"no-form"}),
        "twee-afzenders": (
            text_mail(
                "twee-afzenders",
                sender("eerste") + sender("tweede") + SUBJECT,
                FORM.format("Eerste", "eerste@damme.example"),
            ),
            {"registered", "review"},
        ),
        "lang-onderwerp": (
            text_mail("lang-onderwerp", sender("lang") + folded, FORM.format("Lang", "lang@damme.example")),
            {"registered", "review"},
        ),
        "naamloze-bijlage": (
            with_attachment("naamloze-bijlage", sender("peeters") + SUBJECT, docx_type, word),
            {"registered"},
        ),
        "afgekapte-bijlage": (
            with_attachment(
                "afgekapte-bijlage",
                sender("af") + SUBJECT,
                docx_type + "Content-Disposition: attachment; filename=inschrijving.docx\r\n",
                word[: len(word) // 2],
            ),
            {"incomplete"},
        ),
        "dertig-megabyte": (
            with_attachment(
                "dertig-megabyte",
                sender("groot") + SUBJECT,
                "Content-Type: application/octet-stream; name=scan.bin\r\n",
                bytes(30_000_000),
            ),
            {"incomplete"},
        ),
    }


def test_odd_mail_is_decided_like_any_other_and_holds_nobody_up(office: Office) -> None:
    mails = odd_mails()
    for second, (raw, _) in enumerate(mails.values()):
        office.dovecot.deliver(office.user, raw, received=NOW + timedelta(seconds=second))
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
    config = ("--config", str(office.config))
    listed = in_process("messages", "--json", *config).stdout.splitlines()
    met = {one["message_id"].strip("<>").partition("@")[0]: one["outcome"] for one in map(json.loads, listed)}
    assert met.keys() == mails.keys()
    assert {name: met[name] for name, (_, right) in mails.items() if met[name] not in right} == {}
    for one in map(json.loads, listed):
        assert in_process("explain", str(one["id"]), *config).returncode == 0
    answered = {mail["X-Envelope-To"] for mail in office.smtp.mails() if mail["X-Mailbot-Outcome"]}
    assert {"gewoon@damme.example", "groot@damme.example", "af@damme.example"} <= answered
    assert "zt@damme.example" not in answered
    assert all("\n" not in mail["Subject"] for mail in office.smtp.mails())
    status = json.loads(in_process("status", "--json", *config).stdout)
    assert (status["messages_waiting"], status["shelved"], status["mails_waiting"]) == (0, [], 0)

"""What servers and scanners put in the place of a mail or a file is nobody's words."""

from __future__ import annotations

import pytest

from mailbot.domain.document import Part
from mailbot.message.placeholders import stands_for_a_file
from tests.message.build import mail, multipart, parsed

WARNING = (
    "This is a message from the E-Mail Virus Protection Service.\nThe original e-mail attachment "
    '"inschrijving.doc" was believed to be infected by a virus and has been replaced by this warning.\n'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("VirusWarning.txt", "x"),
        ("stad-Attachment-Warning.txt", WARNING),
        ("Malware Alert Text.txt", "x"),
        ("DELETED0.TXT", "x"),
        ("Removed Attachment.txt", "x"),
        ("Safe Attachments Scan In Progress.msg", "x"),
        ("inschrijving.docx.txt", WARNING),
        ("a.txt", "De bijlage inschrijving.docx is verwijderd omdat ze een virus bevat."),
        ("a.txt", "La pièce jointe formulaire.doc a été supprimée par l'antivirus (trojan)."),
        ("a.html", "<p>Der Anhang wurde aufgrund der Richtlinie blockiert.</p>"),
    ],
)
def test_what_a_scanner_leaves_behind_stands_for_a_file(name: str, text: str) -> None:
    kind = "text/html" if name.endswith("html") else "text/plain"
    assert stands_for_a_file(Part(name, kind, text.encode()))


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("inschrijving.txt", "text/plain", "Naam: Maes\nVoornaam: Els\n"),
        ("nota.txt", "text/plain", "In bijlage het verslag over het virus in de zaal."),
        ("verwijderd.docx", "application/octet-stream", WARNING),
        ("warning.pdf", "application/pdf", "x"),
        ("handleiding.txt", "text/plain", WARNING + "x" * 4000),
    ],
)
def test_a_form_that_speaks_of_such_things_stands_for_itself(name: str, kind: str, text: str) -> None:
    assert not stands_for_a_file(Part(name, kind, text.encode()))


EXCHANGE = (
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n"
    b"From: Microsoft Exchange Server\r\nTo: Inschrijvingen <in@vvsg.example>\r\n"
    b"Subject: Retrieval using the IMAP4 protocol failed for the following\r\n message: 20004\r\n\r\n"
    b"The server couldn't retrieve the following message:\r\n\r\n"
    b'Subject: "Inschrijving kennisplatform"\r\nFrom: "Els Maes"\r\nSent date: 11/10/2026 9:00:00 AM\r\n'
)


def test_what_a_server_writes_in_the_place_of_a_mail_is_nobodys() -> None:
    assert parsed(EXCHANGE).not_given


@pytest.mark.parametrize(
    "raw",
    [
        mail("Naam: Maes\nVoornaam: Els"),
        mail("Naam: Maes\nVoornaam: Els", sender="Els Maes"),
        multipart(["Content-Type: text/plain\n\nNaam: Maes"]),
    ],
)
def test_a_mail_that_somebody_sent_is_theirs(raw: bytes) -> None:
    assert not parsed(raw).not_given

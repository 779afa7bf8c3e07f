"""Whose mail is read when: several mails in one mailbox, some of which take long."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from mailbot.service.reader import Reader
from tests.event_sheet.conftest import town
from tests.event_sheet.town import Town, answers, person, plain, typed, word_table
from tests.sandbox.slow import slow_document

__all__ = ["town"]

JAN = "jan.peeters@damme.example"
EVE = "eve@evil.example"
PIET = "piet@gent.example"
GOETHALS = typed(person(Naam="Goethals", **{"E-mail": PIET}))
#: Rich text in which each letter has marks of its own: seconds of work.
SLOW = b"{\\rtf1 " + b"\\b a" * 1_500_000 + b"}"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow files here are so after a second, not after fifteen."""
    monkeypatch.setattr("mailbot.service.reader.QUICK", 1)


def photo(text: str) -> bytes:
    """A form that was photographed, as lines of text in a picture."""
    picture = Image.new("RGB", (1600, 2200), "white")
    ImageDraw.Draw(picture).multiline_text((80, 80), text, fill="black", font_size=44, spacing=24)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    return file.getvalue()


def decided(town: Town) -> list[str]:
    """The Message-IDs in the order in which they were decided: answers are sent in that order."""
    return [str(mail["In-Reply-To"]) for mail in answers(town.run())]


def test_a_senders_second_slow_mail_waits_behind_other_peoples(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, read = [], Reader.second_pass
    monkeypatch.setattr(
        Reader, "second_pass", lambda *of: (sent.append(len(answers(town.smtp.mails()))), read(*of))[1]
    )
    one, two = (
        town.mail(EVE, f"Inschrijving {n}", typed(person(Naam=name, **{"E-mail": EVE})), ("foto.rtf", SLOW))
        for n, name in enumerate(("Boone", "Claeys"))
    )
    other = town.mail(PIET, "Inschrijving", GOETHALS, ("traag.rtf", SLOW))
    quick = town.mail(JAN, "Inschrijving", "", ("formulier.docx", word_table(person())))
    assert decided(town) == [quick, one, other, two]
    assert sent[0] == 1  # the quick one is answered before what takes long is read


def test_what_somebody_mails_after_a_slow_mail_is_not_done_before_it(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()), ("traag.rtf", SLOW))
    town.mail("Jan.Peeters+werk@damme.example", "Inschrijving", typed(person(Functie="burgemeester")))
    town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.")
    quick = town.mail(PIET, "Inschrijving", GOETHALS)
    assert decided(town)[0] == quick
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Afgemeld",
        "Goethals": "Ingeschreven",
    }


def test_pictures_are_read_after_what_is_cheap(town: Town) -> None:
    text = "Inschrijvingsformulier Kennisplatform\n" + typed(person())
    scanned = town.mail(JAN, "Inschrijving kennisplatform", "Zie bijlage.", ("formulier.jpg", photo(text)))
    quick = town.mail(PIET, "Inschrijving", GOETHALS)
    assert decided(town) == [quick, scanned]
    assert {row["Naam"] for row in town.sheet()} == {"Peeters", "Goethals"}


def test_who_mails_what_takes_too_long_hears_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.pipeline.attachments.CPU_SECONDS", 1)
    town.mail(EVE, "Inschrijving kennisplatform", "Zie bijlage.", ("formulier.pdf", slow_document()))
    (answer,) = answers(town.run())
    assert answer["X-Mailbot-Outcome"] == "incomplete"
    assert "formulier.pdf vraagt te veel tijd om te lezen" in plain(answer)


def test_what_took_too_long_beside_a_form_is_a_case(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.pipeline.attachments.CPU_SECONDS", 1)
    mail = town.mail(JAN, "Inschrijvingen", typed(person()), ("nog-iemand.pdf", slow_document()))
    town.run()
    assert town.outcome(mail) == "registered"
    (case,) = town.sheet("Te behandelen")
    assert "nog-iemand.pdf" in str(case)
    assert "rekentijd" in str(case)

"""Who says they are somebody else, or has nothing to do with a registration, changes nothing."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest

from tests.event_sheet.town import DAMME, Town, answers, in_days, is_decided, person, plain, typed
from tests.message.test_smime import signed

JAN = "jan.peeters@damme.example"
OURS = ("Authentication-Results", "mx.example.org; dmarc=fail header.from=damme.example")
THEIRS = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=damme.example")
OTHER = ("Authentication-Results", "mail.elsewhere.example; dmarc=fail header.from=damme.example")


def believing(town: Town) -> None:
    """The installation believes one server's results."""
    text = town.config.read_text()
    town.config.write_text(f'authserv_id = "mx.example.org"\n{text}')


def test_only_the_topmost_result_of_the_believed_server_counts(town: Town) -> None:
    believing(town)
    forged = town.mail(JAN, "Inschrijving", typed(person()), headers=[OURS, THEIRS])
    other = town.mail(
        "els.maes@damme.example",
        "Inschrijving",
        typed(person(Naam="Maes", Voornaam="Els", **{"E-mail": "els.maes@damme.example"})),
        headers=[OTHER, THEIRS],
    )
    town.run()
    found = town.messages()
    assert found[forged]["outcome"] == "review"
    assert found[other]["outcome"] == "registered"
    assert [row["Naam"] for row in town.sheet()] == ["Maes"]


def test_an_answer_to_a_forged_mail_repeats_nothing_of_what_is_held(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    believing(town)
    town.mail(JAN, "Uitschrijven", "Gelieve mij uit te schrijven.", headers=[OURS])
    for mail in answers(town.run()):
        assert "0478" not in plain(mail)
        assert "Peeters" not in plain(mail)
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_a_stranger_changes_and_withdraws_nothing(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    out = town.mail("eve@evil.example", "Uitschrijving Jan Peeters", "Gelieve Jan Peeters uit te schrijven.")
    change = town.mail("eve@evil.example", "Inschrijving", typed(person(Functie="oud-schepen")))
    mails = answers(town.run())
    found = town.messages()
    assert {found[out]["outcome"], found[change]["outcome"]} == {"review"}
    assert not any("0478" in plain(mail) for mail in mails if mail["X-Envelope-To"] == "eve@evil.example")
    (row,) = town.sheet()
    assert (row["Status"], row["Functie"]) == ("Ingeschreven", "schepen")


def test_a_stranger_hides_no_other_mail_about_the_same_person(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.mail("eve@evil.example", "Uitschrijving Jan Peeters", "Gelieve Jan Peeters uit te schrijven.")
    town.mail("jan@thuis.example", "Inschrijving", typed(person(Functie="raadslid")))
    town.run()
    read = [row["Wat er gelezen werd"] for row in town.sheet("Te behandelen")]
    assert len(read) == 2
    assert "jan@thuis.example" in str(read)


def test_a_colleague_withdraws_somebody_by_name_who_hears_it_at_once(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    mail = town.mail("secretaris@damme.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    told = {answer["X-Envelope-To"]: plain(answer) for answer in answers(town.run())}
    assert town.outcome(mail) == "cancelled"
    assert set(told) == {JAN, "secretaris@damme.example"}
    assert "0478" not in told["secretaris@damme.example"]


def test_sharing_a_domain_alone_is_no_relation(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    mail = town.mail("secretaris@damme.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    town.run()
    assert town.outcome(mail) == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_who_guesses_our_message_ids_is_in_no_thread_of_ours(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    keys = [f"message-{number}/registered/{JAN}" for number in range(20)]
    keys += [f"kis-2026-3/INS-0001/invitation-{number}/{JAN}" for number in range(3)]
    guessed = " ".join(
        f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@example.org>" for key in keys
    )  # what anybody can compute
    town.mail(
        "eve@evil.example",
        "Re: Ingeschreven",
        "Gelieve Jan Peeters uit te schrijven.",
        headers=[("References", guessed)],
    )
    assert answers(town.run()) == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def declined(town: Town, sender: str, *headers: str) -> None:
    """The calendar of ``sender`` declines the invitation of INS-0001."""
    lines = (
        f"From: {sender}",
        "To: inschrijvingen@example.org",
        "Subject: Geweigerd: Kennisplatform",
        f"Message-ID: <decline-{sender}>",
        *headers,
        "MIME-Version: 1.0",
        "Content-Type: text/calendar; method=REPLY; charset=utf-8",
        "",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:kis-2026-3.ins-0001@example.org",
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{JAN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    town.dovecot.deliver(town.user, "\r\n".join(lines).encode())


def test_a_strangers_calendar_withdraws_nobody_before_a_person_agrees(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    declined(town, "eve@evil.example")
    believing(town)
    declined(town, JAN, ": ".join(OURS))
    assert town.run() == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert len(town.sheet("Te behandelen")) == 2
    town.decide("eve@evil.example", "aanvaarden")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]
    assert len([case for case in town.sheet("Te behandelen") if not is_decided(case)]) == 1


def test_what_is_held_of_somebody_goes_to_no_reply_to_that_has_nothing_to_do_with_them(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    again = {key: value for key, value in person().items() if "E-mail" not in key and "gsm" not in key}
    to_eve = [("Reply-To", "eve@evil.example")]
    town.mail(JAN, "Inschrijving", typed(again), headers=to_eve)
    town.mail(JAN, "Inschrijving", typed({**again, "Functie": "raadslid"}), headers=to_eve)
    town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.", headers=to_eve)
    mails = town.run()
    assert {mail["X-Envelope-To"] for mail in mails} == {JAN}
    assert [mail["X-Mailbot-Outcome"] for mail in answers(mails)] == ["unchanged", "changed", "cancelled"]


def test_the_answer_goes_to_a_reply_to_that_is_on_the_registration(town: Town) -> None:
    site = "formulier@site.example"
    text = town.config.read_text()
    town.config.write_text(f'web_forms = ["{site}"]\n{text}')
    reply_to = [("Reply-To", f"Jan Peeters <{JAN}>")]
    town.mail(site, "Inschrijving", typed(person()), headers=reply_to)
    town.mail(site, "Inschrijving", typed(person(Functie="raadslid")), headers=reply_to)
    assert {mail["X-Envelope-To"] for mail in answers(town.run())} == {JAN}


def test_who_answers_our_question_of_a_new_date_sees_nothing_and_makes_no_second_row(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(person(Dieetwensen="glutenvrij")))
    town.run()
    town.event("kis-2027-1", replaces="kis-2026-3", starts=in_days(60), ends=in_days(60, 17))
    town.run()
    town.decide("vervangen door", "versturen")
    asked = next(mail for mail in town.run() if "ja" in plain(mail) and mail["X-Envelope-To"] == JAN)
    for sender in ("x1@evil.example", f"Jan Peeters <{JAN}>", "x2@evil.example"):
        town.mail(sender, f"Re: {asked['Subject']}", "Ja", answers=asked)
        for mail in answers(town.run()):
            if mail["X-Envelope-To"] != JAN:
                assert not [word for word in ("0478", "schepen", "glutenvrij") if word in plain(mail)]
    town.mail("x3@evil.example", f"Re: {asked['Subject']}", "Neen", answers=asked)
    assert JAN in {mail["X-Envelope-To"] for mail in town.run()}
    (row,) = town.sheet(event="kis-2027-1")
    assert (row["Naam"], row["Status"], row["Dieetwensen"]) == ("Peeters", "Afgemeld", "glutenvrij")


def test_an_address_that_is_theirs_only_in_small_letters_is_not_theirs(town: Town) -> None:
    theirs = "koen.peeters@damme.example"
    town.mail(
        f"Koen Peeters <{theirs}>", "Inschrijving", typed(person(Voornaam="Koen", **{"E-mail": theirs}))
    )
    town.run()
    kelvin = "\N{KELVIN SIGN}oen.peeters@damme.example"
    town.mail(f"Koen Peeters <{kelvin}>", "Uitschrijving", "Gelieve mij uit te schrijven.")
    assert not answers(town.run())
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


@pytest.mark.parametrize(
    "sender",
    [
        f"eve@evil.example (Jan Peeters <{JAN}>)",
        f"eve@evil.example ({JAN})",
        f'"Jan Peeters <{JAN}>" <eve@evil.example>',
        f'"{JAN}" <eve@evil.example>',
        f"Eve <{JAN}> (eve@evil.example)",
    ],
)
@pytest.mark.parametrize("words", ["Ik kom niet.", "Mijn nieuw e-mailadres is eve@evil.example."])
def test_a_second_address_beside_the_senders_is_left_to_a_person(town: Town, sender: str, words: str) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    lines = (f"From: {sender}", "To: inschrijvingen@example.org", "Subject: Kennisplatform", "", words)
    town.dovecot.deliver(town.user, "\r\n".join(lines).encode())
    assert town.run() == []
    (row,) = town.sheet()
    assert (row["Status"], row["E-mail"]) == ("Ingeschreven", JAN)
    assert len(town.sheet("Te behandelen")) == 1


@pytest.mark.parametrize("inside", [f"From: Jan Peeters <{JAN}>\r\n", ""], ids=["with a From", "plain"])
def test_a_signature_lends_its_sender_no_other_name(town: Town, inside: str) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    said = f"{inside}Content-Type: text/plain\r\n\r\nGelieve mij, Jan Peeters, uit te schrijven.\r\n"
    sealed = base64.encodebytes(signed(inside=said.encode())).decode()
    mail = (
        "From: Eve Boone <eve@evil.example>\r\nTo: inschrijvingen@example.org\r\nSubject: Kennisplatform\r\n"
        "Message-ID: <ondertekend@evil.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{sealed}"
    )
    town.dovecot.deliver(town.user, mail.encode(), received=datetime.now(UTC))
    told = answers(town.run())
    assert town.outcome("<ondertekend@evil.example>") == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert told == []

"""What mailbot leaves to the secretary, and what it keeps out of her way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import AN, JAN, registered
from tests.event_sheet.town import DAMME, SECRETARIAT, Town, answers, in_days, person, plain, typed

ANS_ADDRESS = "an.desmet@brugge.example"
PARTNER = "partner@koepel.example"


def forwarded(outer: str, inner: str, text: str, sent: datetime, cc: str = "") -> EmailMessage:
    """A registration that somebody passes on, with the first mail attached."""
    first = EmailMessage()
    first["From"], first["To"], first["Subject"] = inner, outer, "Inschrijving"
    first["Message-ID"], first["Date"] = f"<binnen.{sent:%s}.{len(inner)}@x.example>", format_datetime(sent)
    if cc:
        first["Cc"] = cc
    first.set_content(text)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = outer, SECRETARIAT, "FW: Inschrijving"
    mail["Message-ID"] = f"<buiten.{sent:%s}.{len(inner)}@koepel.example>"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail.set_content("Ter info.\n")
    mail.add_attachment(first)
    return mail


def test_a_question_around_the_form_becomes_a_case_in_the_senders_words(town: Town) -> None:
    mail = town.mail(JAN, "Inschrijving", typed(person()) + "\n\nHoe laat gaan de deuren open?\n")
    (told,) = answers(town.run())
    assert town.outcome(mail) == "registered"
    assert "Uw vraag is doorgegeven aan het secretariaat." in plain(told)
    (case,) = town.sheet("Te behandelen")
    assert "Hoe laat gaan de deuren open?" in str(case)


def test_thanks_are_left_alone_but_for_a_person_after_a_question_of_ours(town: Town) -> None:
    half = person()
    del half["Gemeente/OCMW"]
    town.mail(JAN, "Inschrijving", typed(half))
    (question,) = answers(town.run())
    thanks = town.mail(JAN, "Re: inschrijving", "Dank, tot dan!", answers=question)
    assert town.run() == []
    assert town.outcome(thanks) == "review"
    assert any("tot dan" in str(case) for case in town.sheet("Te behandelen"))


def test_a_partner_forwards_and_the_inner_sender_is_answered(town: Town) -> None:
    town.configure(first=f'forwarders = ["{PARTNER}"]\n')
    town.event()
    now = datetime.now(UTC)
    mail = forwarded(PARTNER, JAN, typed(person()), now - timedelta(days=1), cc="baas@damme.example")
    town.dovecot.deliver(town.user, mail.as_bytes(), received=now)
    told = answers(town.run())
    assert [one["X-Envelope-To"] for one in told] == [JAN], "never the partner, never Cc"
    assert [row["Ingestuurd door"] for row in town.sheet()] == [JAN]

    town.event(deadline=in_days(-2).date())
    sent = now - timedelta(days=4)
    late = forwarded(PARTNER, ANS_ADDRESS, typed(AN), sent)
    town.dovecot.deliver(town.user, late.as_bytes(), received=now)
    assert answers(town.run()) == []
    assert town.outcome(str(late["Message-ID"])) == "review"
    (case,) = town.sheet("Te behandelen")
    assert "Doorgestuurd na de uiterste datum" in str(case)
    assert f"{sent.astimezone(ZoneInfo('Europe/Brussels')):%d/%m/%Y}" in str(case)


def test_who_forwards_without_being_known_for_it_is_the_sender_and_cc_hears_nothing(town: Town) -> None:
    text = typed(person(**{"E-mail": ""}))
    mail = town.mail(
        "secretariaat@damme.example", "Inschrijving", text, headers=[("Cc", "baas@damme.example")]
    )
    told = answers(town.run())
    assert town.outcome(mail) == "registered"
    assert [one["X-Envelope-To"] for one in told] == ["secretariaat@damme.example"]
    assert [row["E-mail"] for row in town.sheet()] == [None]


def test_words_that_contradict_the_form_around_them_are_a_case(town: Town) -> None:
    mail = town.mail(JAN, "Inschrijving", "Ik kan er helaas niet bij zijn.\n\n" + typed(person()))
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    town.decide("niet bij zijn", "aanvaarden")
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"


def test_changes_within_a_day_of_the_start_mail_the_secretariat_and_promote_nobody(town: Town) -> None:
    town.configure(rest='[secretariat]\naddress = "griet@example.org"')
    town.event(capacity=1)
    confirmation = registered(town)
    town.mail(ANS_ADDRESS, "Inschrijving", typed(AN))
    town.run()
    soon = datetime.now() + timedelta(hours=5)  # noqa: DTZ005  local, as event files have it
    town.event(
        capacity=1,
        starts=soon.replace(microsecond=0),
        ends=(soon + timedelta(hours=2)).replace(microsecond=0),
        deadline=in_days(-1).date(),
    )
    town.run()
    substitute = town.mail(
        JAN, "Re: inschrijving", "Piet Goethals komt in mijn plaats.", answers=confirmation
    )
    sent = town.run()
    assert town.outcome(substitute) == "substituted", "on the last day a name is enough"
    (word,) = (mail for mail in sent if mail["X-Envelope-To"] == "griet@example.org")
    assert "Piet Goethals" in plain(word)
    gone = town.mail(JAN, "Re: inschrijving", "Schrijf Piet Goethals uit.", answers=confirmation)
    sent = town.run()
    assert town.outcome(gone) == "cancelled"
    assert any(mail["X-Envelope-To"] == "griet@example.org" for mail in sent)
    assert not any(mail["X-Envelope-To"] == ANS_ADDRESS for mail in sent)
    assert {row["Naam"]: row["Status"] for row in town.sheet()}["De Smet"] == "Wachtlijst"
    assert any("Vrijgekomen plaats" in str(case) for case in town.sheet("Te behandelen"))
    town.decide("vrijgekomen plaats", "aanvaarden")
    (promoted,) = (
        mail for mail in town.run() if mail["X-Envelope-To"] == ANS_ADDRESS and mail["X-Mailbot-Outcome"]
    )
    assert promoted["X-Mailbot-Outcome"] == "registered"


def test_who_is_sent_in_without_an_address_is_named_to_sender_and_secretary(town: Town) -> None:
    without = {
        key: value for key, value in person(Naam="Lambrecht", Voornaam="Sofie").items() if key != "E-mail"
    }
    town.mail("SECRETARIAAT STADEN <secretariaat@staden.example>", "Inschrijving", typed(without))
    (mail,) = answers(town.run())
    said = " ".join(plain(mail).split())
    assert "Voor Sofie Lambrecht kregen wij geen e-mailadres." in said, said
    assert "De mails daarover sturen wij daarom naar u." in said
    assert "Zonder e-mailadres (1)" in town.page("Overzicht")
    assert "Sofie Lambrecht" in town.page("Overzicht")
    assert not any(
        "Lambrecht" in str(row) and "staden.example" in str(row.get("email")) for row in town.registrations()
    )


LIST = "mandatarissen@groups.example"


def posted(town: Town, sender: str, text: str, group: str = LIST, **headers: str) -> str:
    """Somebody posts a form, or words, to a group that our mailbox reads; gives the Message-ID."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, group, "Kennisplatform"
    mail["Message-ID"] = f"<lijst.{len(sender)}.{town.user}>"
    mail["List-Id"], mail["List-Post"] = f"<{group.replace('@', '.')}>", f"<mailto:{group}>"
    mail["Precedence"] = "list"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("In bijlage mijn inschrijving.")
    mail.add_attachment(text, filename="inschrijving.txt")
    town.dovecot.deliver(town.user, mail.as_bytes(), received=datetime.now(UTC))
    return str(mail["Message-ID"])


def test_a_form_on_a_list_is_its_writers_and_nothing_goes_to_the_list(town: Town) -> None:
    form = person()
    del form["E-mail"]
    own = posted(town, f"Jan Peeters <{JAN}>", typed(form))
    an = typed({**form, "Voornaam": "An", "Naam": "De Smet"})
    via = posted(town, f"An De Smet via Raad <{LIST}>", an, Reply_To=f"An De Smet <{ANS_ADDRESS}>")
    sent = town.run()
    assert [town.outcome(one) for one in (own, via)] == ["registered", "registered"]
    assert {mail["X-Envelope-To"] for mail in answers(sent)} == {ANS_ADDRESS}
    assert LIST not in {mail["X-Envelope-To"] for mail in sent}
    assert [row["E-mail"] for row in town.sheet()] == [JAN, ANS_ADDRESS]


def test_a_group_that_is_our_own_address_is_answered_as_any_mailbox(town: Town) -> None:
    mail = posted(town, f"Jan Peeters <{JAN}>", typed(person()), SECRETARIAT)
    assert {mail["X-Envelope-To"] for mail in answers(town.run())} == {JAN}
    assert town.outcome(mail) == "registered"


def test_who_is_decided_about_from_a_mail_is_of_its_organisation_with_what_it_is_signed_with(
    town: Town,
) -> None:
    town.configure(organisations=DAMME)
    town.event()
    signed = "Met vriendelijke groeten\nAn Claes\nburgemeester Damme\n050 11 22 33"
    town.mail("An Claes <an@damme.example>", "Telefoon", f"Dag,\n\nBelt u mij eens terug?\n\n{signed}")
    town.mail("Onthaal <info@damme.example>", "Telefoon", "Dag,\n\nBelt u Piet eens terug?\n\nOnthaal")
    town.run()
    path = town.folder / "workbooks" / "Te behandelen.xlsx"
    book = load_workbook(path)
    sheet = book["Postvak"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for row in (2, 3):
        sheet.cell(row, column["Beslissing"]).value = "noteren als verontschuldigd"
        if "Onthaal" in str(sheet.cell(row, column["Van"]).value):
            sheet.cell(row, column["Voor wie"]).value = "Piet Huys"
    book.save(path)
    town.run()
    found = {row["Naam"]: row for row in town.sheet()}
    assert {row["Gemeente/OCMW"] for row in found.values()} == {"Damme"}
    assert found["Claes"]["Functie"] == "burgemeester"
    assert (found["Huys"]["Functie"], found["Huys"]["E-mail"]) == (None, None)

"""The table of SECURITY.md, cell by cell, on real mail: who may do what, and who is shown what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.event_sheet.town import DAMME, Town, answers, calendar, person, plain, rows, typed, word_rows

JAN = "jan.peeters@damme.example"
EVE = "eve@evil.example"
OFFICE = "secretariaat@torhout.example"
ELS = "els.maes@damme.example"
PARTNER = "partner@wvi.example"

WITHDRAW = "Gelieve Jan Peeters uit te schrijven."
PASSED = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=damme.example")

#: Jan with answers that are his alone to read, and what a stranger can know of him.
FULL = person(Dieetwensen="glutenvrij", Opmerkingen="slecht ter been")
PUBLIC = {"Naam": "Peeters", "Voornaam": "Jan", "Gemeente/OCMW": "Damme", "Ik neem deel": "ja"}
SENSITIVE = ("glutenvrij", "slecht ter been")


def to(address: str, mails: Iterable[EmailMessage]) -> str:
    """All that these mails say to an address."""
    return "\n".join(plain(mail) for mail in mails if mail["X-Envelope-To"] == address)


def jan(town: Town) -> dict[str, object]:
    """The row of Jan Peeters."""
    (row,) = (row for row in town.sheet() if row["Naam"] == "Peeters")
    return row


def registers_himself(town: Town) -> EmailMessage:
    """Jan's own form; gives our answer to it."""
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    (answer,) = answers(town.run())
    return answer


def declines(
    town: Town,
    invitation: str,
    *,
    sender: str,
    attendee: str,
    thread: EmailMessage | None = None,
    sent_by: str = "",
) -> None:
    """A calendar's no to an invitation; by another than its attendee, in their name."""
    lines = invitation.replace("\r\n ", "").replace("\n ", "").splitlines()
    uid = next(line for line in lines if line.startswith("UID:"))
    sent_by = sent_by or ("" if sender == attendee else sender)
    by = f';SENT-BY="mailto:{sent_by}"' if sent_by else ""
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = sender, "inschrijvingen@example.org", "Geweigerd"
    reply["Message-ID"] = f"<weigert.{sender}.{town.user}>"
    if thread is not None:
        reply["In-Reply-To"] = thread["Message-ID"]
    reply.set_content("")
    reply.add_alternative(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{uid}\r\n"
        "DTSTAMP:20261116T090000Z\r\nORGANIZER:mailto:inschrijvingen@example.org\r\n"
        f"ATTENDEE;PARTSTAT=DECLINED{by}:mailto:{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": "REPLY"},
    )
    town.dovecot.deliver(town.user, reply.as_bytes(), received=datetime.now(UTC))


def decide_in(path: Path, about: str, choice: str) -> None:
    """Chooses a Beslissing for the one row of Te behandelen that holds the words ``about``."""
    book = load_workbook(path)
    sheet = book["Te behandelen"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Beslissing")
    (at,) = (line[0].row for line in sheet.iter_rows(min_row=2) if about in str([c.value for c in line]))
    sheet.cell(at, column).value = choice
    book.save(path)


def is_registered_by(town: Town, sender: str, **said: str) -> list[EmailMessage]:
    """A form about Jan that somebody else sent; gives what followed."""
    town.mail(sender, "Inschrijving", typed({**FULL, **said}))
    return answers(town.run())


# ---------------------------------------------------------------- the person


def test_the_person_sees_all_changes_and_withdraws(town: Town) -> None:
    answer = registers_himself(town)
    assert all(word in plain(answer) for word in SENSITIVE)
    town.mail(JAN, "Inschrijving", typed({**FULL, "Functie": "burgemeester"}))
    town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.")
    mails = answers(town.run())
    assert [mail["X-Mailbot-Outcome"] for mail in mails] == ["changed", "cancelled"]


def test_the_person_who_writes_from_another_address_is_known_by_our_mail(town: Town) -> None:
    answer = registers_himself(town)
    lost = town.mail("Jan Peeters <jan@thuis.example>", "Kennisplatform", "Gelieve mij uit te schrijven.")
    town.run()
    assert (town.outcome(lost), jan(town)["Status"]) == ("review", "Ingeschreven")
    town.mail("Jan Peeters <jan@thuis.example>", "Re: Ingeschreven", WITHDRAW, answers=answer)
    told = answers(town.run())
    assert jan(town)["Status"] == "Afgemeld"
    assert JAN in {mail["X-Envelope-To"] for mail in told}, "and the address on the registration hears it"


@pytest.mark.parametrize(
    "sender", ["Piet Elders <piet@elders.example>", "piet.elders@elders.example", f"{ELS} <{ELS}>"]
)
def test_our_mail_that_was_passed_on_speaks_for_who_answers_it(town: Town, sender: str) -> None:
    answer = registers_himself(town)
    town.mail(sender, "Re: Ingeschreven", "Ik kan niet komen.", answers=answer)
    told = to(sender.rpartition("<")[2].rstrip(">"), town.run())
    assert jan(town)["Status"] == "Ingeschreven"
    assert not any(word in told for word in (*SENSITIVE, "0478"))


@pytest.mark.parametrize("asks", ["Gelieve deze inschrijving te annuleren.", "Graag schrappen."])
@pytest.mark.parametrize("comes", [True, False], ids=["registered", "stranger"])
def test_a_withdrawal_below_a_mail_about_another_is_not_taken_for_the_writers(
    town: Town, asks: str, comes: bool
) -> None:
    answer = registers_himself(town)
    piet = "Piet Elders <piet@elders.example>"
    if comes:
        town.mail(piet, "Inschrijving", typed({**FULL, **PIET}))
    mail = town.mail(piet, "Re: Ingeschreven", asks, answers=answer)
    town.run()
    people = {row["Naam"]: row["Status"] for row in town.sheet()}
    assert town.outcome(mail) == "review"
    assert people == {"Peeters": "Ingeschreven", **({"Elders": "Ingeschreven"} if comes else {})}


PIET = {
    "Naam": "Elders",
    "Voornaam": "Piet",
    "E-mail": "piet@elders.example",
    "Telefoon/gsm": "0499 11 22 33",
}
PASSED_ON = ("Jan Peeters <jan@thuis.example>", "jan@thuis.example")


@pytest.mark.parametrize("sender", PASSED_ON)
@pytest.mark.parametrize(
    "asks",
    [
        "Kan u de bevestiging opnieuw sturen?",
        typed({"Naam": "Peeters", "Voornaam": "Jan", "Ik neem deel": "ja"}),
        typed({**PUBLIC, "Telefoon/gsm": "0499 66 66 66", "Dieetwensen": "vegan"}),
    ],
    ids=["again", "form", "change"],
)
def test_who_answers_our_mail_from_another_address_is_shown_nothing_that_is_held(
    town: Town, sender: str, asks: str
) -> None:
    answer = registers_himself(town)
    town.mail(sender, "Re: Ingeschreven", asks, answers=answer)
    told = to("jan@thuis.example", town.run())
    assert not any(word in told for word in (*SENSITIVE, "0478"))


@pytest.mark.parametrize("sender", PASSED_ON)
def test_who_answers_our_mail_from_another_address_moves_no_registration_to_it(
    town: Town, sender: str
) -> None:
    answer = registers_himself(town)
    mail = town.mail(
        sender, "Re: Ingeschreven", typed({**FULL, "E-mail": "jan@thuis.example"}), answers=answer
    )
    town.run()
    assert (town.outcome(mail), jan(town)["E-mail"]) == ("review", JAN)
    town.mail(JAN, "Re: Ingeschreven", WITHDRAW, answers=answer)
    town.run()
    assert jan(town)["Status"] == "Afgemeld", "and who it was sent to is still who he was"


def test_who_answers_our_mail_moves_no_registration_by_a_form_that_withdraws(town: Town) -> None:
    answer = registers_himself(town)
    form = typed({**PUBLIC, "E-mail": "jan@thuis.example", "Ik neem deel": "neen"})
    mail = town.mail(PASSED_ON[0], "Re: Ingeschreven", form, answers=answer)
    sent = town.run()
    assert (town.outcome(mail), jan(town)["E-mail"]) == ("review", JAN)
    assert jan(town)["Status"] == "Ingeschreven"
    assert not to("jan@thuis.example", sent)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("zonnetje@elders.example", f"{WITHDRAW}\n\nMet vriendelijke groeten\nMallory Ganzen\nDiensthoofd"),
        ("noreply@elders.example", WITHDRAW),
    ],
    ids=["signed by another", "of a machine"],
)
def test_our_message_id_says_nothing_for_who_is_surely_not_the_person(
    town: Town, sender: str, text: str
) -> None:
    answer = registers_himself(town)
    town.mail(sender, "Re: Ingeschreven", text, answers=answer)
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


def test_who_passes_a_form_on_is_not_told_what_stood_there(town: Town) -> None:
    town.configure(organisations=DAMME, first='forwarders = ["partner@wvi.example"]\n')
    registers_himself(town)
    inner = (
        f"Van: Eve <{EVE}>\nVerzonden: maandag 16 november 2026 10:00\nAan: partner\nOnderwerp: Inschrijving"
    )
    form = typed({**PUBLIC, "E-mail": JAN, "Telefoon/gsm": "0499 66 66 66"})
    town.mail("partner@wvi.example", "FW: Inschrijving", f"\n{inner}\n\n{form}")
    assert "0478" not in to(EVE, town.run())


def test_a_bare_yes_of_a_stranger_to_our_mail_to_another_is_a_case(town: Town) -> None:
    answer = registers_himself(town)
    quoted = "\n".join(f"> {line}" for line in plain(answer).splitlines())
    text = f"Ja.\n\nSecretariaat <inschrijvingen@example.org> schreef:\n{quoted}"
    mail = town.mail(f"Eve <{EVE}>", f"Re: {answer['Subject']}", text)
    yes = town.mail(f"Jan Peeters <{JAN}>", f"Re: {answer['Subject']}", text)
    assert not answers(town.run())
    assert (town.outcome(mail), town.outcome(yes)) == ("review", "no-form")


def test_who_asks_what_they_are_registered_for_is_a_case(town: Town) -> None:
    registers_himself(town)
    text = "Voor welke bijeenkomsten ben ik ingeschreven? Schrijf mij voor alles uit."
    mails = [town.mail(sender, "Vraag", text) for sender in (EVE, JAN)]
    assert not to(EVE, town.run())
    assert town.outcome(mails[0]) == "review"
    assert town.outcome(mails[1]) in ("review", "cancelled")


def test_our_message_id_further_up_a_thread_proves_nothing(town: Town) -> None:
    answer = registers_himself(town)
    thread = [("In-Reply-To", "<van-jan@damme.example>"), ("References", str(answer["Message-ID"]))]
    mail = town.mail("Jan Peeters <jan@elders.example>", "Re: Ingeschreven", WITHDRAW, headers=thread)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_an_address_typed_in_by_hand_is_proven_when_it_answers(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed({k: v for k, v in FULL.items() if k != "E-mail"}))
    town.run()
    town.type_in({(2, "E-mail"): "jan@nieuw.example"})
    town.run()
    town.mail("jan@nieuw.example", "Uitschrijving", WITHDRAW)
    town.run()
    assert jan(town)["Status"] == "Afgemeld"


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("", "zelfde persoon"),
        (f"Mijn nieuw e-mailadres is {EVE}, gelieve dat aan te passen.", "nieuwe waarde overnemen"),
    ],
)
def test_an_address_that_a_decision_replaced_is_told_and_the_new_one_sees_nothing_of_before(
    town: Town, text: str, decision: str
) -> None:
    registers_himself(town)
    form = typed({**PUBLIC, "E-mail": EVE})
    town.mail(f"Jan Peeters <{EVE}>", "Inschrijving", f"{text}\n\nJan Peeters\nDamme" if text else form)
    town.run()
    if not text:
        assert f"gaan de mails voortaan naar {EVE}; {JAN} hoort dat meteen" in str(
            town.sheet("Te behandelen")
        )
    town.decide(EVE, decision)
    told = town.run()
    assert jan(town)["E-mail"] == EVE
    assert "ander e-mailadres" in to(JAN, answers(told))
    assert EVE not in to(JAN, told)
    town.mail(f"Jan Peeters <{EVE}>", "Inschrijving", typed({**PUBLIC, "E-mail": EVE, "Functie": "bakker"}))
    later = to(EVE, [*told, *town.run()])
    assert "bakker" in later
    assert not any(word in later for word in (*SENSITIVE, "0478", "schepen"))


def test_what_the_new_address_says_itself_it_is_shown(town: Town) -> None:
    registers_himself(town)
    town.mail(f"Jan Peeters <{EVE}>", "Inschrijving", typed({**PUBLIC, "E-mail": EVE}))
    town.run()
    town.decide(EVE, "zelfde persoon")
    town.run()
    town.mail(
        f"Jan Peeters <{EVE}>", "Inschrijving", typed({**FULL, "E-mail": EVE, "Dieetwensen": "zoutloos"})
    )
    assert "zoutloos" in to(EVE, town.run())


def test_who_was_registered_by_another_under_their_name_is_not_shown_to_them(town: Town) -> None:
    town.mail(f"Jan Peeters <{EVE}>", "Inschrijving", typed({**PUBLIC, "E-mail": EVE}))
    town.run()
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    town.run()
    town.decide(JAN, "zelfde persoon")
    told = town.run()
    assert jan(town)["E-mail"] == JAN
    assert "glutenvrij" not in to(EVE, told)
    assert JAN not in to(EVE, told)


# ---------------------------------------------------------------- a shared address


def test_who_gives_somebodys_address_for_another_hides_nothing_and_makes_nobody_doubt(town: Town) -> None:
    registers_himself(town)
    town.mail(EVE, "Inschrijving", typed(person(Naam="Vreemd", Voornaam="Piet", **{"E-mail": JAN})))
    named = {"headers": (("Reply-To", JAN),)}  # nobody proves that he sent these
    town.mail("noreply@evil.example", "Inschrijving", typed(person(Naam="Zot", **{"E-mail": JAN})), **named)
    town.mail("noreply@evil.example", "Inschrijving", typed(person(Naam="Dwaas", **{"E-mail": ""})), **named)
    town.run()
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed({**PUBLIC, "E-mail": JAN, "Dieetwensen": "vis"}))
    assert "Dieetwensen: glutenvrij → vis" in to(JAN, town.run())
    mail = town.mail(f"Jan Peeters <{JAN}>", "Kennisplatform", "Ik kan helaas niet komen.")
    town.run()
    assert town.outcome(mail) == "cancelled"
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Afgemeld",
        **dict.fromkeys(("Vreemd", "Zot", "Dwaas"), "Ingeschreven"),
    }


def test_an_address_of_a_registered_persons_name_is_not_excused_beside_them(town: Town) -> None:
    registers_himself(town)
    mail = town.mail("jan.peeters@private.example", "Kennisplatform", "Ik kan niet komen.\n\nJan")
    assert not answers(town.run())
    assert town.outcome(mail) == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


@pytest.mark.parametrize("local", ['"an peeters"', "an.peeters%damme.example"])
def test_an_address_that_is_a_way_to_somewhere_names_nobody(town: Town, local: str) -> None:
    mail = town.mail(f"{local}@evil.example", "Kennisplatform", "Ik kan niet komen.")
    town.run()
    assert (town.outcome(mail), town.sheet()) == ("review", [])


def test_an_address_that_several_gave_is_shown_what_is_sensitive_of_none(town: Town) -> None:
    box = "info@damme.example"
    people = [
        person(Naam=name, **{"E-mail": box, "Dieetwensen": diet})
        for name, diet in (("Peeters", "glutenvrij"), ("Claeys", "geen noten"))
    ]
    town.mail(box, "Inschrijvingen", "", ("lijst.docx", word_rows(*people)))
    town.run()
    mail = town.mail(box, "Inschrijving", typed({**people[0], "Functie": "burgemeester", "Dieetwensen": ""}))
    told = to(box, town.run())
    assert town.outcome(mail) == "changed"
    assert "burgemeester" in told
    assert "glutenvrij" not in told
    unclear = town.mail(box, "Uitschrijving", "Gelieve mij uit te schrijven.")
    town.run()
    assert town.outcome(unclear) in ("incomplete", "review")
    assert {row["Status"] for row in town.sheet()} == {"Ingeschreven"}


def test_an_address_that_changed_hands_shows_and_withdraws_nobody_of_before(town: Town) -> None:
    box = "schepen@damme.example"
    town.mail(f"Jan Peeters <{box}>", "Inschrijving", typed({**FULL, "E-mail": box}))
    town.run()
    piet = person(Naam="Goethals", Voornaam="Piet", **{"E-mail": box, "Telefoon/gsm": ""})
    town.mail(f"Piet Goethals <{box}>", "Inschrijving", typed(piet))
    told = to(box, town.run())
    assert "Goethals" in told
    assert not any(word in told for word in (*SENSITIVE, "0478", "Peeters"))
    town.mail(f"Piet Goethals <{box}>", "Inschrijving", typed({**PUBLIC, "E-mail": box}))
    assert not any(word in to(box, town.run()) for word in SENSITIVE)
    town.mail(f"Piet Goethals <{box}>", "Uitschrijving", "Gelieve mij uit te schrijven.")
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


@pytest.mark.parametrize("words", ["ja", "Bevestigd."])
def test_a_bare_yes_without_a_name_to_our_mail_to_another_is_a_case(town: Town, words: str) -> None:
    answer = registers_himself(town)
    mail = town.mail("eve@evil.example", f"Re: {answer['Subject']}", words, answers=answer)
    assert town.run() == []
    assert town.outcome(mail) == "review"


def test_an_answer_to_our_mails_to_several_people_withdraws_none_of_them(town: Town) -> None:
    to_jan = registers_himself(town)
    els = person(Naam="Maes", Voornaam="Els", **{"E-mail": ELS, "Telefoon/gsm": ""})
    town.mail(f"Els Maes <{ELS}>", "Inschrijving", typed(els))
    (to_els,) = answers(town.run())
    one, other = to_jan["Message-ID"], to_els["Message-ID"]
    replies = (
        [("In-Reply-To", f"{one} {other}"), ("References", f"{one} {other}")],
        [("In-Reply-To", one), ("In-Reply-To", other)],
        [("In-Reply-To", one), ("References", f"{other} {one}")],
    )
    mails = [
        town.mail(f"eve{n}@evil.example", "Re: Kennisplatform", "Ik kom niet.", headers=reply)
        for n, reply in enumerate(replies)
    ]
    assert town.run() == []
    assert {*map(town.outcome, mails)} == {"review"}
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]


@pytest.mark.parametrize("in_thread", [False, True], ids=["alone", "thread"])
@pytest.mark.parametrize("words", ["Ik kan niet komen.", "Schrap mij aub.", "Ik kom niet.\n\nKim Opvolger"])
def test_another_name_at_somebodys_address_withdraws_them_only_by_name(
    town: Town, words: str, in_thread: bool
) -> None:
    answer = registers_himself(town)
    town.mail(f"Kim Opvolger <{JAN}>", "Kennisplatform", words, answers=answer if in_thread else None)
    assert town.run() == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert "Kim Opvolger" in str(town.open_cases())
    assert "Jan Peeters" in str(town.open_cases())
    town.mail(f"Kim Opvolger <{JAN}>", "Kennisplatform", WITHDRAW)
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


def test_a_whole_name_of_another_below_the_words_withdraws_nobody_at_the_address(town: Town) -> None:
    registers_himself(town)
    below = (
        "Ik kan niet komen.\n\nPiet Claes",
        "Schrap mij aub.\n\nMet vriendelijke groeten\n\nPiet Claes\nburgemeester",
    )
    mails = [town.mail(f"Jan Peeters <{JAN}>", "Kennisplatform", words) for words in below]
    assert town.run() == []
    assert ({*map(town.outcome, mails)}, jan(town)["Status"]) == ({"review"}, "Ingeschreven")
    assert "Piet Claes" in str(town.open_cases())


def test_who_sent_another_in_and_says_mij_withdraws_nobody(town: Town) -> None:
    town.mail("Piet Claes <piet@thuis.example>", "Inschrijving", typed(FULL))
    town.run()
    mail = town.mail("Piet Claes <piet@thuis.example>", "Kennisplatform", "Schrap mij aub.")
    assert (town.run(), town.outcome(mail), jan(town)["Status"]) == ([], "review", "Ingeschreven")


def test_a_list_that_is_passed_on_brings_nobody_back_who_withdrew_themselves(town: Town) -> None:
    town.configure(organisations=DAMME, first='forwarders = ["partner@wvi.example"]\n')
    registers_himself(town)
    town.mail(JAN, "Kennisplatform", "Gelieve mij uit te schrijven.")
    town.run()
    rik = person(Naam="Claes", Voornaam="Rik", **{"E-mail": "rik@damme.example"})
    town.mail("partner@wvi.example", "Inschrijvingen", typed(FULL, rik))
    told = town.run()
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Afgemeld",
        "Claes": "Ingeschreven",
    }
    assert not [mail for mail in told if mail["X-Envelope-To"] == JAN]
    (case,) = town.open_cases()
    assert "zelf schreef" in case["Wat er gelezen werd"]
    town.decide("Peeters", "aanvaarden")
    town.run()
    assert {row["Status"] for row in town.sheet()} == {"Ingeschreven"}


def test_who_is_asked_and_says_yes_makes_no_second_row_of_who_registered_since(town: Town) -> None:
    elsewhere = "J. Peeters <jp@thuis.example>"
    town.mail(
        elsewhere, "Inschrijving", typed(person(Voornaam="J. (denk ik)", **{"E-mail": "jp@thuis.example"}))
    )
    (question,) = answers(town.run())
    registers_himself(town)
    town.mail(elsewhere, "Re: Nog iets nodig", "Ja, dat klopt.", answers=question)
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Onvolledig", "Ingeschreven"]
    town.decide("intussen", "andere persoon")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]


def test_a_first_name_said_twice_is_the_same_person(town: Town) -> None:
    registers_himself(town)
    twice = {**FULL, "Naam": "Jan Peeters"}
    mine = town.mail(JAN, "Inschrijving", typed(twice))
    town.run()
    assert (town.outcome(mine), [row["Naam"] for row in town.sheet()]) == ("unchanged", ["Peeters"])
    eve = town.mail("eve@evil.example", "Inschrijving", typed({**twice, "E-mail": "eve@evil.example"}))
    town.run()
    assert (town.outcome(eve), len(town.sheet())) == ("review", 1)


def test_what_stands_in_brackets_in_a_name_makes_nobody_another(town: Town) -> None:
    registers_himself(town)
    eve = {**FULL, "Voornaam": "J. (denk ik)", "E-mail": "eve@evil.example"}
    mail = town.mail("Eve Boone <eve@evil.example>", "Inschrijving", typed(eve))
    town.run()
    assert (town.outcome(mail), len(town.sheet())) == ("review", 1)


def test_an_answer_to_two_invitations_at_once_is_a_case(town: Town) -> None:
    town.event("water", title="Studiedag Water")
    town.mail(JAN, "Inschrijving Kennisplatform Intergemeentelijk Samenwerken", typed(FULL))
    town.mail(JAN, "Inschrijving Studiedag Water", typed(FULL))
    lines = [line for mail in town.run() for line in calendar(mail).splitlines() if line.startswith("UID:")]
    assert len(lines) == 2
    entries = "".join(
        f"BEGIN:VEVENT\r\n{uid}\r\nATTENDEE;PARTSTAT=DECLINED:mailto:{JAN}\r\nEND:VEVENT\r\n" for uid in lines
    )
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = JAN, "inschrijvingen@example.org", "Geweigerd"
    reply["Message-ID"] = f"<twee.{town.user}>"
    reply.set_content("")
    both = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n{entries}END:VCALENDAR\r\n"
    reply.add_alternative(both, subtype="calendar", params={"method": "REPLY"})
    town.dovecot.deliver(town.user, reply.as_bytes(), received=datetime.now(UTC))
    assert town.run() == []
    assert town.outcome(f"<twee.{town.user}>") == "review"
    assert [one["status"] for event in ("kis-2026-3", "water") for one in town.registrations(event)] == [
        "Ingeschreven",
        "Ingeschreven",
    ]


def test_an_address_of_the_body_made_of_a_name_is_nobodys_who_is_registered(town: Town) -> None:
    town.configure(organisations=DAMME)
    sent = town.mail(JAN, "Inschrijving", typed(FULL), headers=[("Cc", "balie@damme.example")])
    town.run()
    mails = [
        town.mail(address, "Re: Inschrijving", "Ik kan niet komen.", headers=headers)
        for address, headers in (
            ("peeters.jan@damme.example", []),
            ("jan.peeters2@damme.example", []),
            ("balie@damme.example", [("In-Reply-To", sent)]),
        )
    ]
    assert town.run() == []
    assert ({*map(town.outcome, mails)}, jan(town)["Status"]) == ({"review"}, "Ingeschreven")


@pytest.mark.parametrize("shown", ["", "Secretariaat Damme", "Peeters Jan", "J. Peeters", "Stad Damme"])
def test_a_name_that_is_no_other_persons_withdraws_who_has_the_address(town: Town, shown: str) -> None:
    registers_himself(town)
    town.mail(f"{shown} <{JAN}>", "Kennisplatform", "Ik kan niet komen.")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


def test_another_name_at_somebodys_address_is_shown_nothing_sensitive(town: Town) -> None:
    registers_himself(town)
    town.mail(f"Kim Opvolger <{JAN}>", "Kennisplatform", "Kunt u mijn bevestiging nog eens sturen?")
    told = to(JAN, town.run())
    assert "Peeters" in told
    assert not any(word in told for word in SENSITIVE)


def test_a_mailbox_that_registered_twenty_people_withdraws_whom_it_names(town: Town) -> None:
    box = "info@damme.example"
    people = [
        person(
            Naam=f"{letter * 4}ens",
            Voornaam=f"V{letter}",
            **{"E-mail": box, "Dieetwensen": f"dieet {letter}"},
        )
        for letter in "ABCDEFGHIJKLMNOPQRST"
    ]
    for some in (people[:10], people[10:]):
        town.mail(box, "Inschrijvingen", "", ("lijst.docx", word_rows(*some)))
    told = to(box, town.run())
    assert "dieet" not in told
    town.mail(box, "Uitschrijving", "Gelieve VB BBBBens uit te schrijven.")
    town.mail(box, "Uitschrijving", "Gelieve mij uit te schrijven.")
    town.run()
    out = [row["Naam"] for row in town.sheet() if row["Status"] != "Ingeschreven"]
    assert (len(town.sheet()), out) == (20, ["BBBBens"])


# ---------------------------------------------------------------- who registered them


def test_who_registered_somebody_changes_and_withdraws_and_sees_what_they_sent(town: Town) -> None:
    told = is_registered_by(town, OFFICE)
    assert "0478" in to(OFFICE, told), "what the mail itself said"
    assert not any(word in to(OFFICE, told) for word in SENSITIVE), "but for what is sensitive"
    assert all(word in to(JAN, told) for word in SENSITIVE), "which its person alone reads"
    town.mail(OFFICE, "Inschrijving", typed({**PUBLIC, "Functie": "burgemeester", "E-mail": JAN}))
    again = town.run()
    assert jan(town)["Functie"] == "burgemeester"
    assert not any(word in to(OFFICE, again) for word in SENSITIVE)
    town.mail(OFFICE, "Uitschrijving", WITHDRAW)
    told = answers(town.run())
    assert jan(town)["Status"] == "Afgemeld"
    assert {mail["X-Envelope-To"] for mail in told} == {OFFICE, JAN}


def test_once_the_person_wrote_who_registered_them_has_no_say_and_sees_nothing(town: Town) -> None:
    town.mail(EVE, "Inschrijving", typed({**PUBLIC, "E-mail": JAN}))
    town.run()
    registers_himself(town)
    asked = town.mail(EVE, "Inschrijving", typed(PUBLIC))
    out = town.mail(EVE, "Uitschrijving", WITHDRAW)
    change = town.mail(EVE, "Inschrijving", typed({**PUBLIC, "Functie": "oud-schepen"}))
    assert to(EVE, town.run()) == ""
    assert {town.outcome(one) for one in (asked, out, change)} == {"review"}
    assert (jan(town)["Status"], jan(town)["Functie"]) == ("Ingeschreven", "schepen")


def test_who_answers_from_another_address_and_changes_nothing_has_the_say_all_the_same(town: Town) -> None:
    mails = is_registered_by(town, OFFICE)
    ours = next(mail for mail in mails if mail["X-Envelope-To"] == JAN)
    same = town.mail("Jan Peeters <jan@thuis.example>", "Re: Ingeschreven", "Ik kom graag.", answers=ours)
    town.run()
    assert town.outcome(same) == "unchanged"
    mail = town.mail(OFFICE, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_a_calendars_yes_is_no_word_of_the_person(town: Town) -> None:
    is_registered_by(town, OFFICE)
    invitation = next(calendar(mail) for mail in town.smtp.mails() if calendar(mail))
    lines = invitation.replace("\r\n ", "").splitlines()
    uid = next(line for line in lines if line.startswith("UID:"))
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = JAN, "inschrijvingen@example.org", "Geaccepteerd"
    reply["Message-ID"] = f"<aanvaardt.{town.user}>"
    reply.set_content("")
    reply.add_alternative(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{uid}\r\n"
        "DTSTAMP:20261116T090000Z\r\nORGANIZER:mailto:inschrijvingen@example.org\r\n"
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{JAN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": "REPLY"},
    )
    town.dovecot.deliver(town.user, reply.as_bytes(), received=datetime.now(UTC))
    assert town.run() == []
    town.mail(OFFICE, "Uitschrijving", WITHDRAW)
    told = {mail["X-Envelope-To"] for mail in town.run()}
    assert jan(town)["Status"] == "Afgemeld"
    assert JAN in told, "the person hears it"


def test_a_new_address_does_not_give_the_say_back(town: Town) -> None:
    town.mail(EVE, "Inschrijving", typed({**PUBLIC, "E-mail": JAN}))
    town.run()
    town.mail(JAN, "Inschrijving", typed(FULL))
    (answer,) = answers(town.run())
    town.mail(JAN, "Re: Ingeschreven", typed({**FULL, "E-mail": "jan@nieuw.example"}), answers=answer)
    town.run()
    assert jan(town)["E-mail"] == "jan@nieuw.example"
    mail = town.mail(EVE, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_an_address_that_the_secretary_replaced_has_no_say_any_more(town: Town) -> None:
    registers_himself(town)
    town.type_in({(2, "E-mail"): "jan@nieuw.example"})
    town.run()
    mail = town.mail(JAN, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


# ---------------------------------------------------------------- a colleague


def test_a_colleague_changes_nothing_and_is_shown_no_answer(town: Town) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    change = town.mail(ELS, "Inschrijving", typed({**PUBLIC, "Functie": "burgemeester"}))
    same = town.mail(ELS, "Inschrijving", typed(PUBLIC))
    phones = (FULL["Telefoon/gsm"], "0499 66 66 66")
    guesses = [town.mail(ELS, "Inschrijving", typed({**PUBLIC, "Telefoon/gsm": phone})) for phone in phones]
    told = to(ELS, town.run())
    assert (town.outcome(change), town.outcome(same)) == ("review", "unchanged")
    assert {town.outcome(guess) for guess in guesses} == {"review"}, "whether a guess is right is not told"
    assert jan(town)["Functie"] == "schepen"
    assert not any(word in told for word in (*SENSITIVE, "0478"))


@pytest.mark.parametrize(
    "says", [{"Telefoon/gsm": "0499 66 66 66"}, {"Functie": "raadslid"}, {"Dieetwensen": "vegan"}], ids=str
)
def test_a_colleague_who_excuses_by_form_changes_no_answer_with_it(town: Town, says: dict[str, str]) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    before = jan(town)
    mail = town.mail(ELS, "Inschrijving", typed({**PUBLIC, **says, "Ik neem deel": "neen"}))
    sent = town.run()
    held = ("Status", "Functie", "Telefoon/gsm", "Dieetwensen", "E-mail")
    assert town.outcome(mail) == "review"
    assert [jan(town)[key] for key in held] == [before[key] for key in held]
    assert not to(JAN, sent)


def test_a_colleague_who_excuses_by_form_leaves_each_answer_as_it_was_written(town: Town) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    form = {**PUBLIC, "Naam": "PEETERS", "Gemeente/OCMW": "Stad Damme", "Ik neem deel": "neen"}
    form["E-mail"] = JAN.upper()
    town.mail(ELS, "Inschrijving", typed(form))
    sent = town.run()
    row = jan(town)
    assert (row["Status"], row["Gemeente/OCMW"], row["Ik neem deel"]) == (
        "Afgemeld",
        FULL["Gemeente/OCMW"],
        "neen",
    )
    assert row["E-mail"] == JAN
    assert "afgemeld" in to(JAN, sent)


@pytest.mark.parametrize("sender", [ELS, EVE])
def test_who_tells_a_number_of_somebody_registered_is_a_case(town: Town, sender: str) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    before = jan(town)
    mail = town.mail(sender, "Nieuw nummer", "Het nieuw gsm-nummer van Jan Peeters is 0499 12 12 12.")
    town.run()
    assert (town.outcome(mail), jan(town)) == ("review", before)
    assert "Jan Peeters" in str(town.sheet("Te behandelen"))


def test_who_signs_with_the_name_of_somebody_registered_is_not_excused_beside_them(town: Town) -> None:
    registers_himself(town)
    signed = "Ik kan er niet bij zijn.\n\nMet vriendelijke groeten\nJan Peeters\nSchepen Damme"
    mail = town.mail("jp74@thuis.example", "Kennisplatform", signed)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")
    assert len(town.sheet()) == 1


def test_a_colleague_withdraws_nobody_who_would_not_hear_of_it(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(OFFICE, "Inschrijving", typed(PUBLIC))
    town.run()
    town.type_in({(2, "E-mail"): None})
    town.run()
    mail = town.mail(ELS, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_a_colleague_speaks_for_themselves_unless_they_name_somebody(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(JAN, "Inschrijving", typed(FULL), headers=[("Cc", ELS)])
    town.run()
    thread = [("In-Reply-To", f"<mail{town.sent}.{town.user}>")]
    town.mail(
        f"Els Maes <{ELS}>",
        "Re: Inschrijving",
        "Ik kan er niet bij zijn, verontschuldig mij.",
        headers=thread,
    )
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


def test_a_colleague_who_passes_a_withdrawal_on_is_not_excused_for_it(town: Town) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    passed_on = (
        "\n\n-----Oorspronkelijk bericht-----\n"
        "Van: {who}\nVerzonden: maandag 16 november 2026 10:00\n"
        "Aan: Els Maes <els.maes@damme.example>\nOnderwerp: Kennisplatform\n\n"
        "Gelieve mij uit te schrijven.\n"
    )
    theirs = town.mail(
        f"Els Maes <{ELS}>", "FW: Kennisplatform", passed_on.format(who=f"Jan Peeters <{JAN}>")
    )
    unknown = town.mail(
        f"Els Maes <{ELS}>", "FW: Kennisplatform", passed_on.format(who="Piet Goethals <piet@damme.example>")
    )
    told = answers(town.run())
    assert (town.outcome(theirs), jan(town)["Status"]) == ("cancelled", "Afgemeld")
    assert JAN in {mail["X-Envelope-To"] for mail in told}
    assert town.outcome(unknown) == "review"
    assert not any(row["Naam"] in ("Maes", "Goethals") for row in town.sheet())


def test_the_secretary_gives_a_domain_to_an_organisation_and_takes_it_back(town: Town) -> None:
    town.configure(organisations=DAMME)
    cabinet = "Kabinet <kabinet@burgemeester.example>"
    registers_himself(town)
    town.mail(cabinet, "Uitschrijving", WITHDRAW)
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"
    assert "@burgemeester.example" in str(town.sheet("Te behandelen"))
    town.decide("uit te schrijven", "aanvaarden, voortaan als collega")
    assert JAN in {mail["X-Envelope-To"] for mail in town.run()}
    assert jan(town)["Status"] == "Afgemeld"
    town.mail(JAN, "Toch wel", typed(FULL))
    town.run()
    town.mail(cabinet, "Uitschrijving", f"{WITHDRAW} Bedankt.")
    told = town.run()
    assert jan(town)["Status"] == "Afgemeld"
    assert JAN in {mail["X-Envelope-To"] for mail in told}
    book = town.folder / "workbooks" / "Te behandelen.xlsx"
    (row,) = (row for row in rows(book, "Te behandelen") if "@burgemeester.example" in str(row))
    assert "Damme" in str(row)
    decide_in(book, "@burgemeester.example", "intrekken")
    town.mail(JAN, "Toch wel", typed(FULL))
    town.run()
    refused = town.mail(cabinet, "Uitschrijving", f"{WITHDRAW} Met dank.")
    town.run()
    assert (town.outcome(refused), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_a_domain_given_by_a_decision_that_is_undone_is_given_to_nobody(town: Town) -> None:
    town.configure(organisations=DAMME)
    cabinet = "Kabinet <kabinet@burgemeester.example>"
    registers_himself(town)
    town.mail(cabinet, "Uitschrijving", WITHDRAW)
    town.run()
    town.decide("uit te schrijven", "aanvaarden, voortaan als collega")
    town.run()
    assert jan(town)["Status"] == "Afgemeld"
    town.decide("uit te schrijven", "ongedaan maken")
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"
    again = town.mail(cabinet, "Uitschrijving", f"{WITHDRAW} Bedankt.")
    town.run()
    assert (town.outcome(again), jan(town)["Status"]) == ("review", "Ingeschreven")


def test_a_domain_is_not_offered_for_who_writes_as_the_person(town: Town) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    town.mail("Jan Peeters <jan.p@private.example>", "Uitschrijving", WITHDRAW)
    town.run()
    cases = str(town.sheet("Te behandelen"))
    assert "jan.p@private.example wil deze inschrijving afmelden" in cases
    assert "voortaan als collega" not in cases


def test_a_domain_that_people_of_several_organisations_have_is_given_to_none(town: Town) -> None:
    town.configure(organisations=DAMME)
    registers_himself(town)
    elsewhere = {"Naam": "Boone", "E-mail": "rik@post.example", "Gemeente/OCMW": "Gent"}
    town.mail("rik@post.example", "Inschrijving", typed(person(**elsewhere)))
    town.mail("els@post.example", "Uitschrijving", WITHDRAW)
    town.run()
    (case,) = (case for case in town.sheet("Te behandelen") if "els@post.example" in str(case))
    assert "collega" not in str(case["Wat er gelezen werd"])


def test_who_is_withdrawn_by_somebody_elses_calendar_hears_it_at_once(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    invitation = next(calendar(mail) for mail in town.run() if calendar(mail))
    declines(town, invitation, sender=ELS, attendee=JAN)
    (told,) = answers(town.run())
    assert (told["X-Envelope-To"], told["X-Mailbot-Outcome"]) == (JAN, "cancelled")
    assert jan(town)["Status"] == "Afgemeld"


def test_who_a_decision_about_a_calendars_no_withdraws_hears_it_at_once(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    invitation = next(calendar(mail) for mail in town.run() if calendar(mail))
    declines(town, invitation, sender=EVE, attendee=EVE)
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"
    town.decide("geweigerd", "aanvaarden")
    told = answers(town.run())
    assert jan(town)["Status"] == "Afgemeld"
    assert {mail["X-Envelope-To"] for mail in told} == {JAN}


# ---------------------------------------------------------------- forwarders


def test_a_forwarder_whose_server_does_not_confirm_them_opens_nothing(town: Town) -> None:
    town.configure(first=f'authserv_id = "mx.example.org"\nforwarders = ["{PARTNER}"]\n')
    town.mail(JAN, "Inschrijving", typed(FULL), headers=[PASSED])
    town.run()
    forged = town.mail(PARTNER, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(forged), jan(town)["Status"]) == ("review", "Ingeschreven")
    ours = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=wvi.example")
    town.mail(PARTNER, "Uitschrijving", WITHDRAW, headers=[ours])
    town.run()
    assert jan(town)["Status"] == "Afgemeld"


# ---------------------------------------------------------------- anybody else


@pytest.mark.parametrize("text", ["Ik kan er niet bij zijn, schrijf mij uit.", "Ik kom ook graag.", WITHDRAW])
def test_who_was_in_cc_and_replies_to_all_speaks_for_themselves(town: Town, text: str) -> None:
    town.mail(JAN, "Inschrijving", typed(FULL), headers=[("Cc", "piet@elders.example")])
    town.run()
    thread = [(name, f"<mail{town.sent}.{town.user}>") for name in ("In-Reply-To", "References")]
    town.mail("Piet Elders <piet@elders.example>", "Re: Inschrijving", text, headers=thread)
    told = to("piet@elders.example", town.run())
    assert jan(town)["Status"] == "Ingeschreven"
    assert not any(word in told for word in (*SENSITIVE, "0478"))


def test_a_sender_that_the_server_does_not_confirm_changes_and_sees_nothing(town: Town) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    town.mail(JAN, "Inschrijving", typed(FULL), headers=[PASSED])
    town.run()
    none = town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.")
    other = town.mail(
        JAN,
        "Inschrijving",
        typed(PUBLIC),
        headers=[("Authentication-Results", "mx.example.org; spf=pass smtp.mailfrom=evil.example")],
    )
    assert answers(town.run()) == []
    assert {town.outcome(none), town.outcome(other)} == {"review"}
    assert jan(town)["Status"] == "Ingeschreven"
    town.mail(JAN, "Inschrijving", typed(person(Naam="Zot", **{"E-mail": ""})))
    town.run()
    own = town.mail(f"Jan Peeters <{JAN}>", "Uitschrijving", "Ik kan helaas niet komen.", headers=[PASSED])
    town.run()
    assert town.outcome(own) == "cancelled"  # whoever forged a registration makes nobody doubt his "ik"


def test_a_new_registration_needs_no_proof(town: Town) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    mail = town.mail(JAN, "Inschrijving", typed(FULL))
    town.run()
    assert town.outcome(mail) == "registered"


def test_bulk_mail_withdraws_nobody_in_silence(town: Town) -> None:
    registers_himself(town)
    town.mail(JAN, "Uitschrijving", WITHDRAW, headers=[("Precedence", "bulk")])
    town.mail(
        JAN, "Uitschrijving", typed({**PUBLIC, "Ik neem deel": "neen"}), headers=[("Precedence", "list")]
    )
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


LISTED = [("List-Id", "<p.postbus.example>"), ("List-Unsubscribe", "<mailto:weg@postbus.example>")]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Afmelding Kennisplatform", WITHDRAW),
        ("Kennisplatform", "Ik kan niet komen."),
        ("Kennisplatform", "Mag ik een collega meebrengen?"),
    ],
)
@pytest.mark.parametrize("threaded", [True, False])
def test_what_a_list_passes_on_from_who_is_registered_is_a_case(
    town: Town, subject: str, text: str, threaded: bool
) -> None:
    answer = registers_himself(town)
    mail = town.mail(JAN, subject, text, headers=LISTED, answers=answer if threaded else None)
    assert answers(town.run()) == []
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")


VIA = '"Mia Nieuw via Leden" <leden@lists.vereniging.example>'
OF_LIST = [("List-Id", "<leden.lists.vereniging.example>"), ("Precedence", "list")]


@pytest.mark.parametrize("typed_in", [True, False], ids=["in the mail", "in a file"])
def test_a_form_that_a_list_passes_on_keeps_its_outcome_and_the_list_gets_no_answer(
    town: Town, typed_in: bool
) -> None:
    form = {"Naam": "Oudland", "Voornaam": "Mia", "Gemeente/OCMW": "Damme", "Ik neem deel": "ja"}
    form["E-mail"] = "mia.oudland@damme.example"
    text, files = (typed(form), []) if typed_in else ("Zie bijlage.", [("form.docx", word_rows(form))])
    mail = town.mail(VIA, "Inschrijving Kennisplatform", text, *files, headers=OF_LIST)
    sent = town.run()
    assert town.outcome(mail) == "registered"
    assert not any("lists.vereniging.example" in one["X-Envelope-To"] for one in sent)
    assert "Mia" in to("mia.oudland@damme.example", sent)


@pytest.mark.parametrize("reply_to", [[], [("Reply-To", EVE)]], ids=["nobody", "somebody"])
def test_a_form_that_a_list_passes_on_about_who_is_registered_is_a_case(
    town: Town, reply_to: list[tuple[str, str]]
) -> None:
    registers_himself(town)
    form = typed({**PUBLIC, "E-mail": JAN, "Telefoon/gsm": "0499 99 99 01"})
    mail = town.mail(VIA, "Inschrijving Kennisplatform", form, headers=[*OF_LIST, *reply_to])
    sent = town.run()
    assert town.outcome(mail) == "review"
    assert not any(one["X-Envelope-To"] != JAN for one in answers(sent))


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (EVE, "Wie nog wil inschrijven voor het Kennisplatform: dat kan tot 1 december."),
        (JAN, "Nieuwsbrief: op zaterdag is er kermis in het dorp, en de bibliotheek heeft nieuwe boeken."),
    ],
)
def test_the_mail_of_a_list_stays_automatic(town: Town, sender: str, text: str) -> None:
    registers_himself(town)
    mail = town.mail(sender, "Nieuws", text, headers=LISTED)
    assert answers(town.run()) == []
    assert town.outcome(mail) == "automatic"


# ---------------------------------------------------------------- what others are sent


def test_a_reply_to_is_told_no_more_than_that_mail_said(town: Town) -> None:
    is_registered_by(town, OFFICE)
    town.mail(
        OFFICE,
        "Inschrijving",
        typed({**PUBLIC, "E-mail": JAN, "Functie": "burgemeester"}),
        headers=[("Reply-To", JAN)],
    )
    told = to(JAN, town.run())
    assert not any(word in told for word in (*SENSITIVE, "0478"))


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/win",
        "www.evil.example",
        "evil.example/win",
        "evil\u3002example/win",
        "evil\u200b.example/win",
    ],
)
def test_no_page_of_a_stranger_is_carried_to_others(town: Town, page: str) -> None:
    is_registered_by(
        town,
        f'"Win op {page}" <{EVE}>',
        Functie=f"zie {page}",
        Opmerkingen=f"klik {page}",
    )
    sent = [mail for mail in town.smtp.mails() if mail["X-Envelope-To"] == JAN]
    assert sent
    assert not any(page in mail.as_string() or page in plain(mail) for mail in sent)


def test_no_page_of_a_stranger_is_carried_to_others_as_what_was_doubted(town: Town) -> None:
    is_registered_by(town, f"Eve <{EVE}>", **{"Telefoon/gsm": "0499, zie www.evil.example/win"})
    told = to(JAN, town.smtp.mails())
    assert "Telefoon" in told
    assert "evil.example/win" not in told


@pytest.mark.parametrize(
    "page", ["www.x.example", "https://x.example/a", "Jan x.example", "ｗｗｗ.x.example"]
)
@pytest.mark.parametrize("field", ["Voornaam", "Naam"])
def test_the_address_of_a_page_is_no_name_and_is_asked_back(town: Town, page: str, field: str) -> None:
    town.mail(EVE, "Inschrijving", typed({**PUBLIC, field: page, "E-mail": JAN}))
    asked = town.run()
    assert [mail["X-Envelope-To"] for mail in asked] == [EVE]
    town.mail(EVE, "Re: Nog iets nodig", "ja", answers=asked[0])
    told = town.run()
    assert JAN not in {mail["X-Envelope-To"] for mail in told}
    assert [row["Status"] for row in town.sheet()] == ["Onvolledig"]
    assert [row[field] for row in town.sheet()] == [None]


def test_what_a_stranger_filled_in_is_bounded_in_a_mail_to_others(town: Town) -> None:
    is_registered_by(town, EVE, Functie="k" * 900)
    told = to(JAN, town.smtp.mails())
    assert len("".join(re.findall("kk+", told))) == 300


def test_initials_without_a_space_are_a_name(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed({**FULL, "Voornaam": "J.P.", "Naam": "J.Peeters"}))
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_an_address_of_ours_is_nobodys_whatever_its_tag(town: Town) -> None:
    town.mail(OFFICE, "Inschrijving", typed({**FULL, "E-mail": "inschrijvingen+jan@example.org"}))
    told = town.run()
    assert not jan(town)["E-mail"]
    assert {mail["X-Envelope-To"] for mail in told} == {OFFICE}


def test_a_row_typed_in_with_what_is_sensitive_is_no_strangers_for_a_name(town: Town) -> None:
    town.run()
    typed_in = {"Naam": "Peeters", "Voornaam": "Jan", "Gemeente/OCMW": "Damme", "Dieetwensen": "glutenvrij"}
    town.type_in({(2, header): value for header, value in typed_in.items()})
    town.run()
    mail = town.mail(EVE, "Inschrijving", typed({**PUBLIC, "E-mail": EVE}))
    again = town.mail(EVE, "Inschrijving", typed({**PUBLIC, "E-mail": EVE, "Functie": "raadslid"}))
    told = to(EVE, town.run())
    assert {town.outcome(mail), town.outcome(again)} == {"review"}
    assert "glutenvrij" not in told


def test_our_question_to_another_is_not_answered_in_their_place(town: Town) -> None:
    half = {key: value for key, value in FULL.items() if key != "Gemeente/OCMW"}
    town.mail(JAN, "Inschrijving", typed(half))
    (question,) = answers(town.run())
    thread = [("In-Reply-To", "<van-jan@damme.example>"), ("References", str(question["Message-ID"]))]
    mail = town.mail("Piet Elders <piet@elders.example>", "Re: Nog iets nodig", "OCMW Gent", headers=thread)
    told = to("piet@elders.example", town.run())
    assert town.outcome(mail) == "review"
    assert jan(town)["Status"] == "Onvolledig"
    assert not any(word in told for word in (*SENSITIVE, "0478"))


def test_who_completes_what_they_asked_for_is_answered(town: Town) -> None:
    half = {key: value for key, value in FULL.items() if key != "Gemeente/OCMW"}
    town.mail(OFFICE, "Inschrijving", typed(half))
    (question,) = (mail for mail in answers(town.run()) if mail["X-Envelope-To"] == OFFICE)
    done = town.mail(OFFICE, "Re: Nog iets nodig", "Gemeente Damme", answers=question)
    told = to(OFFICE, town.run())
    assert town.outcome(done) == "registered"
    assert not any(word in told for word in SENSITIVE)


def returned(recipient: str, about: str = "") -> bytes:
    """A bounce that a stranger wrote; ``about`` is the header of the mail that it says it returns."""
    back = f"""From: MAILER-DAEMON@evil.example
To: inschrijvingen@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <terug@evil.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="GRENS"

--GRENS
Content-Type: text/plain

Could not be delivered.
--GRENS
Content-Type: message/delivery-status

Reporting-MTA: dns; evil.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

"""
    if about:
        back += f"--GRENS\nContent-Type: text/rfc822-headers\n\n{about}\n"
    return f"{back}--GRENS--\n".replace("\n", "\r\n").encode()


def test_a_forged_return_of_a_mail_marks_nobody_whom_it_was_not_sent_to(town: Town) -> None:
    is_registered_by(town, EVE)
    (ours,) = (mail for mail in town.smtp.mails() if mail["X-Envelope-To"] == EVE)
    about = f"Message-ID: {ours['Message-ID']}\nSubject: {ours['Subject']}\n"
    registers_himself(town)
    town.dovecot.deliver(town.user, returned(EVE, about))
    town.run()
    assert town.outcome("<terug@evil.example>") == "automatic"
    assert not any("niet bezorgd" in str(case) for case in town.sheet("Te behandelen"))


def test_a_return_is_told_of_the_address_that_we_mailed_whatever_it_names(town: Town) -> None:
    ours = registers_himself(town)
    about = f"Message-ID: {ours['Message-ID']}\nSubject: {ours['Subject']}\n"
    town.dovecot.deliver(town.user, returned("burgemeester@damme.example", about))
    town.run()
    (case,) = (str(case) for case in town.sheet("Te behandelen") if "niet bezorgd" in str(case))
    assert JAN in case
    assert "burgemeester@" not in case


def test_a_return_to_who_registered_somebody_marks_nobody_with_an_address(town: Town) -> None:
    ours = next(mail for mail in is_registered_by(town, OFFICE) if mail["X-Envelope-To"] == OFFICE)
    about = f"Message-ID: {ours['Message-ID']}\nSubject: {ours['Subject']}\n"
    town.dovecot.deliver(town.user, returned(JAN, about))
    town.run()
    assert not any("niet bezorgd" in str(case) for case in town.sheet("Te behandelen"))


def test_a_forged_return_without_our_message_id_is_a_case_and_silences_nobody(town: Town) -> None:
    registers_himself(town)
    town.dovecot.deliver(town.user, returned(JAN))
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"
    assert "niet bezorgd" in str(town.sheet("Te behandelen"))
    town.mail(OFFICE, "Uitschrijving", WITHDRAW)
    town.run()
    town.decide("uit te schrijven", "aanvaarden")
    told = [mail for mail in town.run() if mail["X-Envelope-To"] == JAN]
    assert {mail["X-Mailbot-Outcome"] for mail in told} == {"cancelled", None}, "word, and his calendar"


def test_a_domain_without_dmarc_is_proven_by_answering_us(town: Town) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    town.mail(OFFICE, "Inschrijving", typed(FULL))
    (ours,) = (mail for mail in answers(town.run()) if mail["X-Envelope-To"] == OFFICE)
    new = town.mail(OFFICE, "Uitschrijving", WITHDRAW)
    town.run()
    assert (town.outcome(new), jan(town)["Status"]) == ("review", "Ingeschreven")
    town.mail(OFFICE, "Re: Ingeschreven", WITHDRAW, answers=ours)
    town.run()
    assert jan(town)["Status"] == "Afgemeld"


def test_who_was_excused_by_another_and_comes_is_heard(town: Town) -> None:
    no = {**PUBLIC, "Ik neem deel": "neen", "E-mail": JAN}
    town.mail("kabinet@damme.example", "Verontschuldiging", typed(no))
    town.run()
    assert jan(town)["Status"] == "Verontschuldigd"
    mail = town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    told = to(JAN, town.run())
    assert (town.outcome(mail), jan(town)["Status"]) == ("registered", "Ingeschreven")
    assert "glutenvrij" in told


def test_nobody_is_withdrawn_behind_their_back_once_their_answers_are_used_up(town: Town) -> None:
    town.configure(rest="[limits]\nanswers_per_sender = 3\n")
    registers_himself(town)
    for number in range(4):  # a forger, in Jan's name
        town.mail(JAN, "Inschrijving", typed({**FULL, "Functie": f"functie {'x' * number}"}))
    out = town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.")
    town.run()
    assert (town.outcome(out), jan(town)["Status"]) == ("review", "Ingeschreven")
    assert "Veel mails" in str(town.sheet("Te behandelen"))
    town.decide("uit te schrijven", "aanvaarden")
    told = answers(town.run())
    assert jan(town)["Status"] == "Afgemeld"
    assert [mail["X-Mailbot-Outcome"] for mail in told] == ["cancelled"]


# ---------------------------------------------------------------- who left, and tells something


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (f"Jan Peeters <{JAN}>", "Mijn functie is schepen van cultuur."),
        (f"Jan Peeters <{JAN}>", "Gelieve mijn telefoonnummer te wijzigen in 0499 12 12 12."),
        (f"Jan Peeters <{JAN}>", "Mijn e-mailadres is veranderd in jan@nieuw.example."),
        ("x7@evil.example", "Mijn gsm-nummer is 0499 12 12 14."),
    ],
)
def test_who_left_and_tells_something_of_themselves_is_not_registered_again(
    town: Town, sender: str, text: str
) -> None:
    answer = registers_himself(town)
    town.mail(JAN, "Re: Ingeschreven", "Ik kan niet komen.", answers=answer)
    town.run()
    assert jan(town)["Status"] == "Afgemeld"
    said = town.mail(sender, "Re: Ingeschreven", text, answers=answer)
    assert town.run() == []
    assert (jan(town)["Status"], town.outcome(said)) == ("Afgemeld", "review")


def test_who_left_and_gives_a_new_number_without_a_thread_is_not_registered_again(town: Town) -> None:
    answer = registers_himself(town)
    town.mail(JAN, "Re: Ingeschreven", "Ik kan niet komen.", answers=answer)
    town.run()
    town.mail(f"Jan Peeters <{JAN}>", "gsm", "Mijn nieuw gsm-nummer is 0499 12 12 15.")
    assert town.run() == []
    town.decide("Of die persoon toch komt", "nieuwe waarde overnemen")
    town.run()
    assert (jan(town)["Status"], jan(town)["Telefoon/gsm"]) == ("Afgemeld", "0499 12 12 15")


def test_who_left_and_writes_to_come_after_all_is_registered_again(town: Town) -> None:
    answer = registers_himself(town)
    town.mail(JAN, "Re: Ingeschreven", "Ik kan niet komen.", answers=answer)
    town.run()
    town.mail(JAN, "Re: Ingeschreven", "Ik kom toch.", answers=answer)
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


def test_who_answers_the_invitation_from_another_address_declines_in_nobodys_name(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    invitation = next(mail for mail in town.run() if calendar(mail))
    declines(town, calendar(invitation), sender="x13@evil.example", attendee=JAN, thread=invitation)
    assert town.run() == []
    assert jan(town)["Status"] == "Ingeschreven"
    (case,) = town.open_cases()
    assert {"x13@evil.example", JAN} <= set(re.findall(r"[\w.]+@[\w.]+\w", case["Wat er gelezen werd"]))


# ---------------------------------------------------------------- who may be somebody who is registered

FEYS = person(Naam="Feys", Voornaam="Olivier", **{"E-mail": "olivier.feys@damme.example"})


def feys_is_registered(town: Town) -> EmailMessage:
    town.configure(organisations=DAMME)
    town.mail("Olivier Feys <olivier.feys@damme.example>", "Inschrijving", typed(FEYS))
    (answer,) = answers(town.run())
    return answer


@pytest.mark.parametrize(
    "called", ["O. Feys", "dhr. O.J. Feys", "Feys", "Familie Feys", "Olivier Feijs", "mevrouw Feys"]
)
@pytest.mark.parametrize(
    "asks", ["{} kan niet naar het Kennisplatform komen.", "Gelieve {} te verontschuldigen."]
)
def test_who_is_excused_as_somebody_registered_may_be_called_gets_no_second_row(
    town: Town, called: str, asks: str
) -> None:
    feys_is_registered(town)
    said = town.mail(f"Els Maes <{ELS}>", "Kennisplatform", asks.format(called))
    town.run()
    assert [row["Nr"] for row in town.sheet()] == ["INS-0001"]
    assert town.outcome(said) in ("cancelled", "review")


@pytest.mark.parametrize(
    "words",
    [
        "Olivier Feys kan niet komen, in bijlage het formulier van zijn vervanger.",
        "Olivier Feys wordt vervangen, zie formulier.",
    ],
)
def test_words_beside_a_form_about_somebody_else_who_is_registered_are_passed_on(
    town: Town, words: str
) -> None:
    feys_is_registered(town)
    piet = person(Naam="Aerts", Voornaam="Piet", **{"E-mailadres": "piet@damme.example"})
    town.mail(f"Els Maes <{ELS}>", "Kennisplatform", words, ("formulier.docx", word_rows(piet)))
    town.run()
    olivier, *_ = town.sheet()
    (case,) = [one for one in town.sheet("Te behandelen") if words in str(one)]
    assert (olivier["Status"], case["Wat is er"]) == ("Ingeschreven", "Vraag")


@pytest.mark.parametrize(
    "sender",
    [
        "O. Feys <feyso@elders.example>",
        "Familie Feys <feys@elders.example>",
        "Oliver Feys <of@elders.example>",
        "o.feys@elders.example",
    ],
)
def test_who_excuses_themselves_as_somebody_registered_may_be_called_is_a_case(
    town: Town, sender: str
) -> None:
    feys_is_registered(town)
    said = town.mail(sender, "Kennisplatform", "Ik kan niet naar het Kennisplatform komen.")
    assert town.run() == []
    assert town.outcome(said) == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    town.decide("Bedoelen ze INS-0001", "zelfde persoon")
    sent = town.run()
    (row,) = town.sheet()
    assert (row["Status"], row["E-mail"]) == ("Afgemeld", "olivier.feys@damme.example")
    assert "olivier.feys@damme.example" in {mail["X-Envelope-To"] for mail in sent}, "and he hears it"


def test_who_is_called_otherwise_is_excused_beside_a_namesake(town: Town) -> None:
    feys_is_registered(town)
    town.mail(f"Els Maes <{ELS}>", "Kennisplatform", "Piet Feys kan niet naar het Kennisplatform komen.")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Verontschuldigd"]


@pytest.mark.parametrize(("first", "last"), [("O.", "Feys"), ("", "Feys"), ("O. J.", "FEYS"), ("Feys", "O.")])
def test_who_comes_by_form_with_a_part_of_a_registered_name_is_a_case(
    town: Town, first: str, last: str
) -> None:
    feys_is_registered(town)
    part = {**FEYS, "Voornaam": first, "Naam": last, "E-mail": "of@elders.example"}
    said = town.mail("Geert Timinckx <of@elders.example>", "Inschrijving", typed(part))
    town.run()
    assert (town.outcome(said), [row["Status"] for row in town.sheet()]) == ("review", ["Ingeschreven"])


@pytest.mark.parametrize("name", ["O. Feys", "Feys O.", "Olivier Feyss", "Feyss Olivier"])
@pytest.mark.parametrize("below", ["{}\nDamme", "{}"], ids=["with a body", "without"])
def test_who_comes_in_words_under_nearly_a_registered_name_is_a_case(
    town: Town, name: str, below: str
) -> None:
    feys_is_registered(town)
    text = f"Ik schrijf mij in voor het Kennisplatform.\n\n{below.format(name)}\n"
    said = town.mail(f"{name} <of@elders.example>", "Inschrijving Kennisplatform", text)
    town.run()
    assert (town.outcome(said), [row["Status"] for row in town.sheet()]) == ("review", ["Ingeschreven"])
    assert "Olivier Feys" in str(town.open_cases())


def test_a_part_of_a_name_on_a_form_of_another_body_is_somebody_else(town: Town) -> None:
    feys_is_registered(town)
    other = {**FEYS, "Voornaam": "O.", "Gemeente/OCMW": "Torhout", "E-mail": "of@elders.example"}
    town.mail("Oona Feys <of@elders.example>", "Inschrijving", typed(other))
    town.run()
    assert [row["Gemeente/OCMW"] for row in town.sheet()] == ["Damme", "Torhout"]


def test_whose_name_is_part_of_a_registered_one_comes_once_it_is_decided(town: Town) -> None:
    feys_is_registered(town)
    part = {**FEYS, "Voornaam": "O.", "E-mail": "of@elders.example"}
    town.mail("Oona Feys <of@elders.example>", "Inschrijving", typed(part))
    town.run()
    town.decide("INS-0001", "andere persoon")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]


def test_an_excuse_by_form_with_initials_is_a_case(town: Town) -> None:
    feys_is_registered(town)
    initials = {**FEYS, "Voornaam": "O.", "E-mail": "", "Ik neem deel": "neen"}
    said = town.mail(f"Els Maes <{ELS}>", "Kennisplatform", typed(initials))
    town.run()
    assert (town.outcome(said), len(town.sheet())) == ("review", 1)
    town.decide("Bedoelen ze INS-0001", "andere persoon")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Verontschuldigd"]


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("x5@evil.example", "Ik kom niet. Olivier Feys"),
        ("x5@evil.example", "Ik kom niet.\nFeys Olivier"),
        ("x5@evil.example", "Ik kom niet naar het Kennisplatform.\n\nOlivier Feys"),
        ('"olivier.feys@damme.example" <x18@evil.example>', "Ik kom niet."),
        ("Piet Kwaad <x52@evil.example>", "Ik kom niet naar het Kennisplatform.\n\nOlivier Feys"),
    ],
)
@pytest.mark.parametrize("in_thread", [True, False], ids=["thread", "alone"])
def test_an_excuse_that_names_somebody_registered_is_a_case(
    town: Town, sender: str, text: str, in_thread: bool
) -> None:
    answer = feys_is_registered(town)
    town.mail(sender, "Afmelding Kennisplatform", text, answers=answer if in_thread else None)
    town.run()
    assert [row["Nr"] for row in town.sheet()] == ["INS-0001"]
    assert town.open_cases() or town.sheet()[0]["Status"] == "Afgemeld"


@pytest.mark.parametrize("display", ["Olivier Feys ", ""])
def test_a_withdrawal_that_is_passed_on_twice_is_a_case_about_who_is_registered(
    town: Town, display: str
) -> None:
    feys_is_registered(town)
    text = "Ik kan niet komen, schrap mij.\nOlivier Feys"
    inner = written(f"{display}<olivier.feys@damme.example>", "Afmelding Kennisplatform", text)
    middle = written("Bob Mier <g2@evil.example>", "FW: Afmelding", "zie", inner)
    outer = written("Ann Vos <g1@evil.example>", "FW: FW: Afmelding", "zie bijlage", middle)
    town.dovecot.deliver(town.user, outer.as_bytes())
    town.run()
    (case,) = town.open_cases()
    assert "niet ingeschreven" not in case["Wat er gelezen werd"]
    town.decide("wil deze inschrijving afmelden", "aanvaarden")
    town.run()
    assert [(row["Nr"], row["Status"]) for row in town.sheet()] == [("INS-0001", "Afgemeld")]


def written(sender: str, subject: str, text: str, inner: EmailMessage | None = None) -> EmailMessage:
    """A mail, with another in it that it passes on."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "inschrijvingen@example.org", subject
    message["Message-ID"] = f"<{sender.rpartition('<')[2].strip('>')}.passed-on>"
    message.set_content(text)
    if inner is not None:
        message.add_attachment(inner)
    return message


@pytest.mark.parametrize("sender", ["Gemeente Damme <g3@evil.example>", "Piet Kwaad <g4@evil.example>"])
def test_an_excuse_of_initials_by_a_stranger_is_about_who_is_registered(town: Town, sender: str) -> None:
    feys_is_registered(town)
    town.mail(sender, "Kennisplatform", "O. Feys kan niet komen.")
    town.run()
    (case,) = town.open_cases()
    assert "niet ingeschreven" not in case["Wat er gelezen werd"]
    town.decide("O. Feys", "aanvaarden")
    town.run()
    assert [(row["Nr"], row["Status"]) for row in town.sheet()] == [("INS-0001", "Afgemeld")]


def test_the_name_of_who_is_dead_is_a_case_about_them(town: Town) -> None:
    feys_is_registered(town)
    text = "De heer Olivier Feys (Damme) is overleden en zal niet aanwezig zijn op het Kennisplatform."
    town.mail("Familie Feys <x22@evil.example>", "Afwezig", text)
    assert town.run() == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert "Olivier Feys" in str(town.open_cases())


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb me niet afgemeld.",
        "Die afmelding komt niet van mij.",
        "Mijn ex heeft mijn inschrijving geannuleerd.",
        "Ik zie er van af om niet te komen.",
    ],
)
@pytest.mark.parametrize("withdrawn", [True, False])
def test_who_protests_against_a_withdrawal_is_a_case(town: Town, text: str, withdrawn: bool) -> None:
    answer = registers_himself(town)
    if withdrawn:
        town.mail("Jan Peeters <jan@elders.example>", "Re: Ingeschreven", WITHDRAW, answers=answer)
        town.run()
    status = jan(town)["Status"]
    said = town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", text, answers=answer)
    assert town.run() == []
    assert (town.outcome(said), jan(town)["Status"]) == ("review", status)


# ---------------------------------------------------------------- in silence


@pytest.mark.parametrize(
    "header",
    [
        ("Precedence", "bulk"),
        ("X-Auto-Response-Suppress", "All"),
        ("List-Unsubscribe", "<mailto:x@y.example>"),
    ],
)
@pytest.mark.parametrize("text", ["Gelieve mij af te melden.", "Mijn nieuw gsm-nummer is 0499 00 00 00."])
def test_a_bulk_header_in_a_thread_changes_nobody_in_silence(
    town: Town, header: tuple[str, str], text: str
) -> None:
    answer = registers_himself(town)
    town.mail(JAN, "Re: Ingeschreven", text, headers=[header], answers=answer)
    assert town.run() == []
    assert (jan(town)["Status"], jan(town)["Telefoon/gsm"]) == ("Ingeschreven", "0478 12 34 56")
    assert len(town.open_cases()) == 1


def test_a_calendars_no_that_no_server_confirms_is_a_case(town: Town) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL), headers=[PASSED])
    invitation = next(mail for mail in town.run() if calendar(mail))
    declines(town, calendar(invitation), sender=JAN, attendee=JAN, thread=invitation)
    assert town.run() == []
    assert (jan(town)["Status"], len(town.open_cases())) == ("Ingeschreven", 1)


def test_unproven_mails_in_a_thread_use_up_no_answers_of_who_is_proven(town: Town) -> None:
    town.configure(
        first='authserv_id = "mx.example.org"\n',
        rest="[limits]\nanswers_per_sender = 2\nanswers_per_thread = 2\n",
    )
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL), headers=[PASSED])
    (answer,) = answers(town.run())
    for number in range(3):
        text = f"Mijn gsm-nummer is 0499 00 02 0{number}."
        town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", text, answers=answer)
        answer = next(iter(answers(town.run())), answer)
    own = town.mail(
        JAN, "Re: Ingeschreven", "Mijn gsm-nummer is 0478 11 22 33.", answers=answer, headers=[PASSED]
    )
    assert JAN in {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert (town.outcome(own), jan(town)["Telefoon/gsm"]) == ("changed", "0478 11 22 33")


def test_who_is_changed_by_another_reads_the_address_that_did_it(town: Town) -> None:
    answer = registers_himself(town)
    town.mail("Jan Peeters <x0@evil.example>", "Re: Ingeschreven", WITHDRAW, answers=answer)
    assert "Jan Peeters (x0@evil.example)" in to(JAN, town.run())


def test_a_chain_of_references_that_a_stranger_made_silences_nobody(town: Town) -> None:
    chain = []
    for number in range(12):
        sender = f"p{number}@elders.example"
        town.mail(sender, "Inschrijving", typed(person(Naam=f"Claes{number}", **{"E-mail": sender})))
        (answer, *_) = answers(town.run())
        chain.append(str(answer["Message-ID"]))
    mine = registers_himself(town)
    references = " ".join((*chain, str(mine["Message-ID"])))
    headers = [("References", references), ("In-Reply-To", str(mine["Message-ID"]))]
    town.mail(JAN, "Re: Ingeschreven", "Gelieve mij af te melden.", headers=headers)
    assert JAN in {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert jan(town)["Status"] == "Afgemeld"


def test_a_letter_that_looks_alike_registers_nobody_twice(town: Town) -> None:
    registers_himself(town)
    alike = person(Naam="Peet\u0435rs", **{"E-mail": EVE})
    said = town.mail(f"Eve <{EVE}>", "Inschrijving", typed(alike))
    town.run()
    assert (town.outcome(said), len(town.sheet())) == ("review", 1)


def test_our_mail_about_one_event_opens_no_registration_at_another(town: Town) -> None:
    town.event("kis-2", title="Studiedag Water")
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving Studiedag Water", typed(FULL))
    town.run()
    town.mail(
        f"Jan Peeters <{JAN}>", "Inschrijving Kennisplatform Intergemeentelijk Samenwerken", typed(FULL)
    )
    answer = answers(town.run())[-1]
    town.mail(
        "Jan Peeters <x0@evil.example>", "Afmelding", "Ik kom niet naar de Studiedag Water.", answers=answer
    )
    town.run()
    statuses = {row["status"] for event in ("kis-2026-3", "kis-2") for row in town.registrations(event)}
    assert statuses == {"Ingeschreven"}


@pytest.mark.parametrize("text", [f"Ik kom niet.\n{JAN}", "Ik kom niet.\n\nPeeters"])
def test_an_excuse_signed_by_a_surname_or_an_address_is_a_case(town: Town, text: str) -> None:
    registers_himself(town)
    town.mail("x@evil.example", "Kennisplatform", text)
    assert town.run() == []
    assert (len(town.sheet()), len(town.open_cases())) == (1, 1)


def test_our_mail_that_is_passed_on_whole_says_whom_a_withdrawal_means(town: Town) -> None:
    answer = registers_himself(town)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "x39@evil.example",
        "inschrijvingen@example.org",
        "FW: inschrijving",
    )
    mail["Message-ID"] = f"<doorgestuurd.{town.user}>"
    mail.set_content("Gelieve deze te annuleren.")
    mail.add_attachment(answer)
    town.dovecot.deliver(town.user, mail.as_bytes(), received=datetime.now(UTC))
    assert town.run() == []
    assert ([row["Status"] for row in town.sheet()], len(town.open_cases())) == (["Ingeschreven"], 1)


def test_who_says_that_another_withdrew_them_is_a_case(town: Town) -> None:
    answer = registers_himself(town)
    town.mail(JAN, "Re: Ingeschreven", "Iemand anders annuleerde mijn inschrijving.", answers=answer)
    assert town.run() == []
    assert jan(town)["Status"] == "Ingeschreven"


# ---------------------------------------------------------------- what no server confirms


def is_registered_where_servers_are_believed(town: Town) -> list[EmailMessage]:
    """Jan's own form, confirmed by the server that is believed; gives all that he was sent."""
    town.configure(first='authserv_id = "mx.example.org"\n')
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL), headers=[PASSED])
    return [*town.run()]


@pytest.mark.parametrize(
    "text",
    [
        f"Mijn nieuw e-mailadres is {EVE}",
        typed({**FULL, "E-mail": EVE}),
        typed({**PUBLIC, "E-mail": EVE, "Ik neem deel": "neen"}),
    ],
    ids=["words", "form", "form that withdraws"],
)
def test_an_answer_that_no_server_confirms_moves_no_registration(town: Town, text: str) -> None:
    (answer,) = answers(is_registered_where_servers_are_believed(town))
    mail = town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", text, answers=answer)
    sent = town.run()
    assert (town.outcome(mail), jan(town)["E-mail"], to(EVE, sent)) == ("review", JAN, "")
    (case,) = town.open_cases()
    assert f"gaan de mails voortaan naar {EVE}" in case["Wat er gelezen werd"]
    assert "bevestigt niet dat dit van" in case["Wat er gelezen werd"]
    confirmed = town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", text, answers=answer, headers=[PASSED])
    town.run()
    assert (town.outcome(confirmed), jan(town)["E-mail"]) != ("review", JAN)


def test_who_registered_somebody_moves_them_nowhere_where_no_server_confirms_it(town: Town) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    told = is_registered_by(town, OFFICE)
    ours = next(mail for mail in told if mail["X-Envelope-To"] == OFFICE)
    town.mail(OFFICE, "Re: Ingeschreven", typed({**FULL, "E-mail": EVE}), answers=ours)
    assert to(EVE, town.run()) == ""
    assert jan(town)["E-mail"] == JAN


def test_an_answer_that_no_server_confirms_still_withdraws_and_is_told(town: Town) -> None:
    (answer,) = answers(is_registered_where_servers_are_believed(town))
    town.mail(JAN, "Re: Ingeschreven", "Gelieve mij uit te schrijven.", answers=answer)
    assert JAN in {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert jan(town)["Status"] == "Afgemeld"


@pytest.mark.parametrize("sender", ["Jan Peeters <jan@thuis.example>", "x13@evil.example"])
def test_who_answers_our_mail_to_another_does_nothing_where_no_server_confirms_them(
    town: Town, sender: str
) -> None:
    (answer,) = answers(is_registered_where_servers_are_believed(town))
    mail = town.mail(sender, "Re: Ingeschreven", "Ik kom niet.", answers=answer)
    assert answers(town.run()) == []
    assert (town.outcome(mail), jan(town)["Status"]) == ("review", "Ingeschreven")
    passed = ("Authentication-Results", "mx.example.org; dmarc=pass header.from=thuis.example")
    known = town.mail(PASSED_ON[0], "Re: Ingeschreven", "Ik kom niet.", answers=answer, headers=[passed])
    town.run()
    assert (town.outcome(known), jan(town)["Status"]) == ("cancelled", "Afgemeld")


def test_an_answer_that_no_server_confirms_opens_no_other_registration(town: Town) -> None:
    (answer,) = answers(is_registered_where_servers_are_believed(town))
    town.event("kis-2", title="Studiedag Water")
    water = town.mail(JAN, "Inschrijving Studiedag Water", typed(FULL), headers=[PASSED])
    town.run()
    assert town.outcome(water) == "registered"
    form = typed({**PUBLIC, "E-mail": JAN, "Ik neem deel": "neen"})
    said = town.mail(JAN, "Inschrijving Studiedag Water", form, answers=answer)
    town.run()
    assert town.outcome(said) == "review"
    assert [row["status"] for row in town.registrations("kis-2")] == ["Ingeschreven"]


def test_a_forwarder_that_no_server_confirms_opens_no_registration_but_the_one_we_wrote_about(
    town: Town,
) -> None:
    town.configure(first=f'authserv_id = "mx.example.org"\nforwarders = ["{PARTNER}"]\n')
    town.mail(JAN, "Inschrijving", typed(FULL), headers=[PASSED])
    mine = person(Naam="Boone", Voornaam="Eva", **{"E-mail": PARTNER})
    town.mail(PARTNER, "Inschrijving", typed(mine))
    ours = next(mail for mail in answers(town.run()) if mail["X-Envelope-To"] == PARTNER)
    town.mail(PARTNER, "Re: Ingeschreven", WITHDRAW, answers=ours)
    town.run()
    assert jan(town)["Status"] == "Ingeschreven"


@pytest.mark.parametrize("by", ["the invited", "who registered them"])
def test_a_calendars_no_in_a_name_that_no_server_confirms_is_a_case(town: Town, by: str) -> None:
    town.configure(first='authserv_id = "mx.example.org"\n')
    sender = JAN if by == "the invited" else OFFICE
    town.mail(sender, "Inschrijving", typed(FULL))
    sent = [*town.run()]
    invitation = next(mail for mail in sent if calendar(mail))
    ours = invitation if sender == JAN else next(m for m in sent if m["X-Envelope-To"] == OFFICE)
    declines(town, calendar(invitation), sender=sender, attendee=JAN, thread=ours, sent_by=sender)
    assert town.run() == []
    assert (jan(town)["Status"], len(town.open_cases())) == ("Ingeschreven", 1)

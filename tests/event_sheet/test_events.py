"""Events that move, end, follow each other, or invite a closed list; and what goes out by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage

import icalendar
import pytest
from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import DAMME, Town, answers, calendar, in_days, person, plain, typed, word_table

ANS_ADDRESS = "an.desmet@brugge.example"
TITLE = "Kennisplatform Intergemeentelijk Samenwerken"


def entry(mail: EmailMessage) -> icalendar.Event:
    """The one event in a calendar mail, parsed strictly; its METHOD is that of the part."""
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    parsed = icalendar.Calendar.from_ical(part.get_content())
    assert parsed["METHOD"] == part.get_param("method")
    (found,) = parsed.walk("VEVENT")
    assert found.errors == []
    return found


def both_registered(town: Town) -> dict[str, EmailMessage]:
    """Jan and An register; gives the calendar mail of each."""
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail(ANS_ADDRESS, "Inschrijving", typed(AN))
    return {mail["X-Envelope-To"]: mail for mail in town.run() if calendar(mail)}


def test_a_moved_date_is_told_once_she_agrees_with_the_same_uid_and_the_next_sequence(town: Town) -> None:
    invited = both_registered(town)
    first = entry(invited[JAN])
    assert str(first["ATTENDEE"]).lower() == f"mailto:{JAN}"
    assert first["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(first["ORGANIZER"]).lower() == "mailto:inschrijvingen@example.org"
    assert first["SEQUENCE"] == 0

    town.event(starts=in_days(27), ends=in_days(27, 17), place="Zaal Ter Beke, Beernem")
    assert town.run() == [], "a typing error in a date mails nobody"
    (case,) = town.sheet("Te behandelen")
    assert "Ter Beke" in str(case)
    assert "Peeters" in str(case)
    assert "De Smet" in str(case)
    town.decide("Ter Beke", "versturen", "Onze excuses voor het ongemak.")
    sent = town.run()
    for address in (JAN, ANS_ADDRESS):
        news = [mail for mail in sent if mail["X-Envelope-To"] == address and not calendar(mail)]
        (told,) = news
        assert "Zaal Ter Beke" in plain(told)
        assert "Onze excuses voor het ongemak." in plain(told)
        assert told["Auto-Submitted"] == "auto-generated"
        assert told["X-Mailbot-Outcome"] is None
        (moved,) = (mail for mail in sent if mail["X-Envelope-To"] == address and calendar(mail))
        before, after = entry(invited[address]), entry(moved)
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] == before["SEQUENCE"] + 1
        assert after["DTSTART"].dt.date() == in_days(27).date()
    assert town.run() == []
    assert town.open_cases() == []


def test_a_date_put_back_before_she_decided_mails_nobody(town: Town) -> None:
    both_registered(town)
    town.event(starts=in_days(28), ends=in_days(28, 17))
    town.run()
    town.event()
    assert town.run() == []
    assert town.open_cases() == []
    town.event(starts=in_days(29), ends=in_days(29, 17))
    town.run()
    town.decide("Datum", "niet versturen")
    assert town.run() == []
    assert town.run() == []
    assert town.open_cases() == []


def test_who_is_typed_as_excused_in_the_save_that_lets_a_mail_go_gets_none(town: Town) -> None:
    both_registered(town)
    town.event(starts=in_days(27), ends=in_days(27, 17))
    town.run()
    for row, (name, status) in enumerate((("Storme", "Verontschuldigd"), ("Later", "Afgemeld")), start=4):
        town.type_in(
            {
                (row, "Status"): status,
                (row, "Naam"): name,
                (row, "Voornaam"): "Joachim",
                (row, "E-mail"): f"{name.lower()}@damme.example",
            }
        )
    town.decide("Datum", "versturen")
    assert {mail["X-Envelope-To"] for mail in town.run()} == {JAN, ANS_ADDRESS}
    standing = {row["Naam"]: row["Status"] for row in town.sheet()}
    assert (standing["Storme"], standing["Later"]) == ("Verontschuldigd", "Afgemeld")
    assert "→ Verontschuldigd" not in town.page("Logboek")  # never registered first


def test_a_word_that_is_no_status_in_a_row_typed_in_is_told(town: Town) -> None:
    both_registered(town)
    town.type_in({(4, "Status"): "Misschien", (4, "Naam"): "Storme", (4, "Voornaam"): "Joachim"})
    town.run()
    town.run()
    assert "Misschien" in str(town.open_cases())


def test_who_is_typed_in_the_save_that_lets_a_new_date_go_is_not_told_that_it_changed(town: Town) -> None:
    both_registered(town)
    town.event(starts=in_days(27), ends=in_days(27, 17))
    town.run()
    row = {"Naam": "Storme", "Voornaam": "Joachim", "E-mail": "joachim@damme.example"}
    town.type_in({(4, header): value for header, value in row.items()})
    town.decide("Datum", "versturen")
    assert {mail["X-Envelope-To"] for mail in town.run()} == {JAN, ANS_ADDRESS}
    assert town.sheet()[2]["Status"] == "Ingeschreven"


@pytest.mark.parametrize("seen", [True, False])
def test_who_registers_after_a_date_moved_is_told_it_once(town: Town, seen: bool) -> None:
    """Also in the very round that sees the move first: the answer named the new date."""
    both_registered(town)
    town.event(starts=in_days(27), ends=in_days(27, 17))
    if seen:
        town.run()
    lies = person(Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@damme.example"})
    town.mail("lies@damme.example", "Inschrijving", typed(lies))
    assert "lies@damme.example" in {mail["X-Envelope-To"] for mail in town.run()}
    town.decide("Datum", "versturen")
    assert {mail["X-Envelope-To"] for mail in town.run()} == {JAN, ANS_ADDRESS}


@pytest.mark.parametrize(
    ("said", "status", "outcome"),
    [("Ja", "Ingeschreven", "registered"), ("Neen", "Afgemeld", "unchanged")],
)
def test_one_word_brings_back_who_withdrew_for_the_former_date(
    town: Town, said: str, status: str, outcome: str
) -> None:
    both_registered(town)
    town.mail(ANS_ADDRESS, "Kennisplatform", "Ik kan niet komen op het Kennisplatform.")
    town.run()
    town.event(starts=in_days(27), ends=in_days(27, 17))
    town.run()
    town.decide("Datum", "versturen")
    town.run()
    town.type_in({(2, "Beslissing"): "versturen"}, "Berichten")
    (asked,) = (mail for mail in town.run() if mail["X-Envelope-To"] == ANS_ADDRESS)
    assert "Lukt het nu wel?" in plain(asked)
    town.mail(ANS_ADDRESS, f"Re: {asked['Subject']}", said, answers=asked)
    (told,) = answers(town.run())
    assert (told["X-Mailbot-Outcome"], town.sheet()[1]["Status"]) == (outcome, status)
    assert town.open_cases() == []


def test_who_is_typed_in_the_save_that_cancels_is_not_told(town: Town) -> None:
    both_registered(town)
    town.event(cancelled=True)
    town.run()
    row = {"Naam": "Storme", "Voornaam": "Joachim", "E-mail": "joachim@damme.example"}
    town.type_in({(4, header): value for header, value in row.items()})
    town.decide("gaat niet door", "versturen")
    assert {mail["X-Envelope-To"] for mail in town.run()} == {JAN, ANS_ADDRESS}


def test_a_date_that_moves_away_and_back_is_told_each_time(town: Town) -> None:
    both_registered(town)
    for sequence, days in enumerate((27, 20, 27), start=1):
        town.event(starts=in_days(days), ends=in_days(days, 17))
        assert town.run() == []
        town.decide("Datum", "versturen")
        to_jan = [mail for mail in town.run() if mail["X-Envelope-To"] == JAN]
        (told,) = (mail for mail in to_jan if not calendar(mail))
        (moved,) = (mail for mail in to_jan if calendar(mail))
        assert told["Subject"].startswith("Gewijzigd")
        assert (entry(moved)["SEQUENCE"], entry(moved)["DTSTART"].dt.date()) == (
            sequence,
            in_days(days).date(),
        )


def test_a_cancelled_meeting_takes_the_entries_out_of_calendars(town: Town) -> None:
    invited = both_registered(town)
    town.event(cancelled=True)
    assert town.run() == []
    late = town.mail("lies@torhout.example", "Inschrijving", typed(person(Naam="Maes", Voornaam="Lies")))
    assert answers(town.run()) == []
    assert town.outcome(late) == "review"
    town.decide("gaat niet door. Iedereen", "versturen")
    sent = town.run()
    assert {mail["X-Envelope-To"] for mail in sent} == {JAN, ANS_ADDRESS}
    (gone,) = (mail for mail in sent if mail["X-Envelope-To"] == JAN and calendar(mail))
    off = entry(gone)
    assert "METHOD:CANCEL" in calendar(gone)
    assert (off["UID"], off["STATUS"]) == (entry(invited[JAN])["UID"], "CANCELLED")
    assert off["SEQUENCE"] == 1
    assert town.run() == []


def test_one_word_decides_whether_somebody_comes_to_the_meeting_that_replaces_theirs(town: Town) -> None:
    both_registered(town)
    town.mail(
        "lies@torhout.example",
        "Inschrijving",
        typed(
            person(
                Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@torhout.example", "Gemeente/OCMW": "Torhout"}
            )
        ),
    )
    town.run()
    town.event(
        "kis-2027-1",
        replaces="kis-2026-3",
        starts=in_days(60),
        ends=in_days(60, 17),
        deadline=in_days(50).date(),
    )
    assert town.run() == []
    town.decide("vervangen door", "versturen")
    sent = town.run()
    asked = {mail["X-Envelope-To"]: mail for mail in sent if not calendar(mail)}
    assert set(asked) == {JAN, ANS_ADDRESS, "lies@torhout.example"}
    assert all("ja" in plain(mail) for mail in asked.values())
    yes = town.mail(JAN, f"Re: {asked[JAN]['Subject']}", "Ja", answers=asked[JAN])
    no = town.mail(ANS_ADDRESS, f"Re: {asked[ANS_ADDRESS]['Subject']}", "nee", answers=asked[ANS_ADDRESS])
    told = {mail["X-Envelope-To"]: mail["X-Mailbot-Outcome"] for mail in answers(town.run())}
    assert (town.outcome(yes), town.outcome(no)) == ("registered", "excused")
    assert told == {JAN: "registered", ANS_ADDRESS: "excused"}
    assert {row["Naam"]: row["Status"] for row in town.sheet(event="kis-2027-1")} == {
        "Peeters": "Ingeschreven",
        "De Smet": "Verontschuldigd",
    }
    assert town.run() == [], "asked once"
    stray = town.mail("piet@damme.example", "Inschrijving kis-2026-3", typed(person(Naam="Goethals")))
    assert answers(town.run()) == []
    assert town.outcome(stray) == "review"


def test_who_answers_the_mail_that_takes_the_old_date_out_of_a_calendar_answers_our_question(
    town: Town,
) -> None:
    both_registered(town)
    town.event("kis-2027-1", replaces="kis-2026-3", starts=in_days(60), ends=in_days(60, 17))
    town.run()
    town.decide("vervangen door", "versturen")
    removed = {mail["X-Envelope-To"]: mail for mail in town.run() if calendar(mail)}
    assert set(removed) == {JAN, ANS_ADDRESS}
    assert all(
        "nieuwe datum" in plain(mail) and "niets te doen" not in plain(mail) for mail in removed.values()
    )
    yes = town.mail(JAN, f"Re: {removed[JAN]['Subject']}", "Ja, dat past.", answers=removed[JAN])
    no = town.mail(
        ANS_ADDRESS, "Re: agenda", "Neen, die dag lukt het mij niet.", answers=removed[ANS_ADDRESS]
    )
    town.run()
    assert (town.outcome(yes), town.outcome(no)) == ("registered", "excused")


MAYORS = """
[lists]
brugge = ["Brugge", "Damme", "Torhout"]
[[organisation]]
name = "Brugge"
email = "info@brugge.example"
[[organisation]]
name = "Damme"
email = "info@damme.example"
[[organisation]]
name = "Torhout"
[[organisation]]
name = "Gent"
"""


def test_a_closed_list_knows_who_has_not_answered(town: Town) -> None:
    town.configure(organisations=MAYORS)
    town.event(
        organisations="brugge",
        form="burgemeestersoverleg",
        title="Burgemeestersoverleg",
        deadline=in_days(5).date(),
    )
    mayor = {
        "Naam": "Peeters",
        "Voornaam": "Jan",
        "Gemeente": "Damme",
        "E-mail": JAN,
        "Ik ben aanwezig": "nee",
    }
    excused = town.mail(JAN, "Burgemeestersoverleg", typed(mayor))
    guest = {"Naam": "Claes", "Gemeente": "Gent", "E-mail": "jo@gent.example", "Ik ben aanwezig": "ja"}
    stranger = town.mail("jo@gent.example", "Burgemeestersoverleg", typed({**mayor, **guest}))
    town.run()
    assert (town.outcome(excused), town.outcome(stranger)) == ("excused", "review")
    overview = str(town.sheet("Overzicht"))
    assert "Brugge" in overview
    assert "Torhout" in overview
    status = town.command("status")
    assert "Brugge, Torhout" in status
    assert "Damme" not in status.partition("Brugge, Torhout")[2]
    (proposed,) = town.sheet("Berichten")
    assert "Laat weten wie er komt" in str(proposed["Tekst"])  # hers to change, and not there twice
    assert str(proposed["Voorbeeld"]).count("Laat weten wie er komt") == 1
    town.type_in({(2, "Tekst"): "Graag uw antwoord voor vrijdag."}, "Berichten")
    assert town.run() == []
    town.type_in({(2, "Beslissing"): "versturen"}, "Berichten")
    (reminder,) = town.run()
    assert reminder["X-Envelope-To"] == "info@brugge.example"
    assert "Graag uw antwoord voor vrijdag." in plain(reminder)
    assert town.run() == []
    assert "Nog geen antwoord (2)" in town.page("Overzicht")
    town.mail(
        "Info Brugge <info@brugge.example>",
        f"Re: {reminder['Subject']}",
        "Voor Brugge zal niemand aanwezig zijn. Gelieve ons te verontschuldigen.",
        answers=reminder,
    )
    assert town.run() == []
    (case,) = (one for one in town.open_cases() if "Van Brugge komt niemand" in str(one))
    town.decide("Van Brugge komt niemand", "noteren als verontschuldigd")
    (told,) = answers(town.run())
    assert "Brugge is verontschuldigd" in plain(told)
    assert case["Nr van het geval"] not in [one["Nr van het geval"] for one in town.open_cases()]
    (answered,) = (one for one in town.sheet() if one["Gemeente"] == "Brugge")
    assert (answered["Status"], answered["Naam"]) == ("Verontschuldigd", None)
    assert "Nog geen antwoord (1)" in town.page("Overzicht")


def test_practical_information_goes_to_those_who_come_once_she_says_so(town: Town) -> None:
    town.event(practical="De zaal is open vanaf 13.30 uur.", practical_days=3, capacity=1)
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.mail(ANS_ADDRESS, "Inschrijving", typed(AN))
    town.run()
    assert town.open_cases() == []
    due = in_days(16, 20) - datetime.now()  # noqa: DTZ005  local, as event files have it
    assert town.run_later(due) == [], "announced a day ahead"
    assert town.sheet("Te behandelen") == []
    assert "13.30" in str(town.sheet("Berichten"))
    assert town.run_later(due + timedelta(days=1, hours=1)) == [], "nothing to many by itself"
    town.type_in({(2, "Beslissing"): "versturen"}, "Berichten")
    (told,) = town.run_later(due + timedelta(days=1, hours=1))
    assert told["X-Envelope-To"] == JAN, "never to those who wait"
    assert "De zaal is open vanaf 13.30 uur." in plain(told)
    assert town.run_later(due + timedelta(days=1, hours=2)) == []


def test_thanks_and_a_certificate_go_to_those_who_were_there(town: Town) -> None:
    town.event(
        thanks="Tot de volgende keer.",
        certificate=True,
        starts=in_days(1),
        ends=in_days(1, 17),
        deadline=in_days(1).date(),
    )
    both_registered(town)
    town.type_in({(2, "Aanwezig"): "ja", (3, "Aanwezig"): "neen"})
    assert town.run() == []
    assert town.run_later(timedelta(days=3)) == []
    assert town.run_later(timedelta(days=4, hours=1)) == [], "nothing to many by itself"
    town.type_in({(2, "Beslissing"): "versturen"}, "Berichten")
    (thanks,) = town.run_later(timedelta(days=4, hours=1))
    assert thanks["X-Envelope-To"] == JAN
    assert "Tot de volgende keer." in plain(thanks)
    (attached,) = thanks.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content().startswith(b"%PDF")
    assert town.run_later(timedelta(days=5)) == []


def test_the_digest_says_what_is_new_and_nothing_where_nothing_is(town: Town) -> None:
    town.configure(rest='[secretariat]\naddress = "griet@example.org"\ndigest = "07:30"')
    town.event()
    town.run()
    town.mail(JAN, "Inschrijving", typed(person(Opmerkingen="Is er parking?")))
    town.mail("iemand@elders.example", "Zaalhuur", "Mag ik u even bellen over de zaal?\n\nPiet")
    town.run()
    (digest,) = (
        mail for mail in town.run_later(timedelta(days=1)) if mail["X-Envelope-To"] == "griet@example.org"
    )
    assert digest["Auto-Submitted"] == "auto-generated"
    assert "Jan Peeters" in plain(digest)
    assert "- Vraag: " in plain(digest)
    assert "Eén gewone mail" in plain(digest)
    assert list(digest.iter_attachments()) == []
    assert town.run_later(timedelta(days=2)) == []


def test_a_joint_purchase_takes_one_answer_per_organisation(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.event(
        "papier",
        title="Gezamenlijke aankoop papier",
        form="gezamenlijke-aankoop",
        starts=None,
        ends=None,
        place=None,
        deadline=in_days(10).date(),
    )
    said = {
        "Bestuur": "Damme",
        "Ons bestuur neemt deel": "ja",
        "Geschatte hoeveelheid": "50",
        "Contactpersoon": "Jan Peeters",
        "E-mail": JAN,
    }
    stranger = town.mail("eve@evil.example", "Gezamenlijke aankoop papier", typed(said))
    assert town.run() == []
    assert (town.outcome(stranger), town.registrations("papier")) == ("review", [])
    assert "eve@evil.example antwoordt voor Damme" in str(town.sheet("Te behandelen", event="papier"))
    first = town.mail(JAN, "Gezamenlijke aankoop papier", typed(said))
    (told,) = town.run()
    assert town.outcome(first) == "registered"
    assert calendar(told) == ""
    said |= {"Geschatte hoeveelheid": "80", "Contactpersoon": "An De Smet", "E-mail": "an@damme.example"}
    colleague = town.mail("an@damme.example", "Gezamenlijke aankoop papier", typed(said))
    town.run()
    assert town.outcome(colleague) == "review", "what another answers for the organisation is hers to decide"
    town.decide("an@damme.example", "aanvaarden", event="papier")
    town.run()
    (row,) = town.sheet(event="papier")
    assert (str(row["Geschatte hoeveelheid"]), row["Contactpersoon"]) == ("80", "An De Smet")
    said |= {"Ons bestuur neemt deel": "neen"}
    town.mail("an@damme.example", "Gezamenlijke aankoop papier", typed(said))
    town.run()
    (row,) = town.sheet(event="papier")
    assert row["Ons bestuur neemt deel"] in ("neen", "nee", False)
    assert row["Status"] == "Ingeschreven"


def test_several_events_and_mailboxes_keep_apart(town: Town, imap_user: str) -> None:
    other = f"aankoop.{imap_user}"
    town.configure(
        mailbox=f"""
[[mailbox]]
name = "aankoop"
host = "127.0.0.1"
port = {town.dovecot.port}
security = "none"
user = "{other}"
password_file = "secrets/imap"
since = 2026-01-01
address = "Aankoop <aankoop@example.org>"
"""
    )
    town.event(mailbox="main", secretariat="griet@example.org")
    town.event(
        "trefdag",
        title="Trefdag Klimaat en Energie",
        starts=in_days(30),
        ends=in_days(30, 17),
        mailbox="aankoop",
    )
    here = town.mail(JAN, "Inschrijving", typed(person()))
    there = town.mail(ANS_ADDRESS, "Inschrijving", typed(AN), user=other)
    sent = answers(town.run())
    assert (town.outcome(here), town.outcome(there)) == ("registered", "registered")
    assert {(mail["X-Envelope-To"], mail["From"].addresses[0].addr_spec) for mail in sent} == {
        (JAN, "inschrijvingen@example.org"),
        (ANS_ADDRESS, "aankoop@example.org"),
    }
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]
    assert [row["Naam"] for row in town.sheet(event="trefdag")] == ["De Smet"]


def test_which_event_is_what_the_mail_names_else_a_case_she_settles(town: Town) -> None:
    town.event("trefdag", title="Trefdag Klimaat en Energie", starts=in_days(30), ends=in_days(30, 17))
    titled = town.mail(JAN, "Inschrijving Trefdag Klimaat en Energie", typed(person()))
    dated = town.mail(ANS_ADDRESS, f"Inschrijving {in_days(20):%d/%m/%Y}", typed(AN))
    vague = town.mail(
        "lies@torhout.example",
        "Inschrijving",
        typed(
            person(
                Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@torhout.example", "Gemeente/OCMW": "Torhout"}
            )
        ),
    )
    told = answers(town.run())
    outcomes = [town.outcome(mail) for mail in (titled, dated, vague)]
    assert outcomes == ["registered", "registered", "review"]
    assert {m["event"] for m in town.messages().values()} == {"trefdag", "kis-2026-3", None}
    assert {mail["X-Envelope-To"] for mail in told} == {JAN, ANS_ADDRESS}


def test_forms_for_two_meetings_in_one_mail_are_hers_to_divide(town: Town) -> None:
    town.event("trefdag", title="Trefdag Klimaat en Energie", starts=in_days(30), ends=in_days(30, 17))
    other = word_table(AN, title="Inschrijvingsformulier Trefdag Klimaat en Energie")
    mail = town.mail(JAN, "Inschrijvingen", "", ("a.docx", word_table(person())), ("b.docx", other))
    assert town.run() == []
    assert town.outcome(mail) == "review"
    shared = town.folder / "workbooks" / "Te behandelen.xlsx"
    book = load_workbook(shared)
    sheet = book["Te behandelen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert "An De Smet voor Trefdag" in str(sheet.cell(2, columns["Wat er gelezen werd"]).value)
    sheet.cell(2, columns["Beslissing"]).value = "aanvaarden"
    sheet.cell(2, columns["Bijeenkomst"]).value = "kis-2026-3"
    book.save(shared)
    assert {letter["X-Envelope-To"] for letter in town.run()} == {JAN}
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]
    town.decide("ook een formulier", "aanvaarden", event="trefdag")
    town.run()
    assert [row["Naam"] for row in town.sheet(event="trefdag")] == ["De Smet"]
    assert town.outcome(mail) == "registered"


def test_the_next_meeting_copies_the_last_without_its_dates(town: Town) -> None:
    both_registered(town)
    town.command("event", "copy", "kis-2026-3", "kis-2027-1")
    copied = (town.config.parent / "events" / "kis-2027-1.toml").read_text()
    assert TITLE in copied
    assert "starts" not in copied
    assert "Griet Vermeulen" in copied
    assert town.run() == [], "a copy mails nobody"
    assert date.today().isoformat() not in copied  # noqa: DTZ011  local on purpose


def test_a_copy_takes_nobody_and_makes_nothing_ambiguous_until_it_has_its_date(town: Town) -> None:
    town.command("event", "copy", "kis-2026-3", "kis-2027-1")
    first = town.mail(JAN, f"Inschrijving {TITLE}", typed(person()))
    early = town.mail(ANS_ADDRESS, "Inschrijving kis-2027-1", typed(AN))
    town.run()
    assert (town.outcome(first), town.messages()[first]["event"]) == ("registered", "kis-2026-3")
    assert town.outcome(early) == "review"
    assert "heeft nog geen datum" in town.page("Te behandelen", "kis-2027-1")
    file = town.config.parent / "events" / "kis-2027-1.toml"
    file.write_text(
        file.read_text().replace("waits_for_date", f"starts = {in_days(90).isoformat()}\nwaits_for_date")
    )
    later = town.mail(
        "piet@damme.example", "Inschrijving kis-2027-1", typed(person(Naam="Claes", Voornaam="Piet"))
    )
    town.run()
    assert (town.outcome(later), town.messages()[later]["event"]) == ("registered", "kis-2027-1")


def test_a_title_means_the_event_that_has_a_date_and_not_the_one_without(town: Town) -> None:
    town.event("kis-ooit", title=TITLE, starts=None, ends=None, deadline=None)
    first = town.mail(JAN, f"Inschrijving {TITLE}", typed(person()))
    town.run()
    assert (town.outcome(first), town.messages()[first]["event"]) == ("registered", "kis-2026-3")


def test_an_answer_for_an_organisation_that_she_accepts_counts(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.event(
        "papier", title="Gezamenlijke aankoop papier", form="gezamenlijke-aankoop", starts=None, ends=None
    )
    said = {"Bestuur": "Damme", "Ons bestuur neemt deel": "ja", "Contactpersoon": "Jan Peeters"}
    town.mail(
        "jan@thuis.example", "Gezamenlijke aankoop papier", typed(said | {"E-mail": "jan@thuis.example"})
    )
    town.run()
    town.decide("antwoordt voor Damme", "aanvaarden", event="papier")
    (told,) = town.run()
    assert told["X-Envelope-To"] == "jan@thuis.example"
    assert [row["status"] for row in town.registrations("papier")] == ["Ingeschreven"]
    unlisted = town.mail(
        "an@elders.example", "Gezamenlijke aankoop papier", typed(said | {"Bestuur": "Elders"})
    )
    town.run()
    assert town.outcome(unlisted) in ("registered", "incomplete"), "no address of it is known"

"""Who says they are somebody else, or has nothing to do with a registration, changes nothing."""

from __future__ import annotations

from tests.season.town import Town, answers, person, plain, typed

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
        headers=[OTHER, THEIRS, OURS],
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


def test_a_colleague_of_the_same_organisation_withdraws_somebody(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    mail = town.mail("secretaris@damme.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    town.run()
    assert town.outcome(mail) == "cancelled"

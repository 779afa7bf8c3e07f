"""What plain words do to whom, on real mail: a wish is about whoever it names, and never about another."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.event_sheet.town import DAMME, Town, answers, in_days, person, plain, typed

JAN = "Jan Peeters <jan.peeters@damme.example>"
KAREL = "Karel Bos <karel.bos@thuis.example>"
EVENT = "Kennisplatform"


def people(town: Town) -> dict[str, str]:
    """The status of each who stands in the workbook, by last name; "" for who has none."""
    return {row["Naam"] or "": row["Status"] for row in town.sheet()}


def with_jan(town: Town) -> None:
    """Jan is registered, by his own form."""
    town.configure(organisations=DAMME)
    town.mail(JAN, "Inschrijving", typed(person()))
    assert [mail["X-Mailbot-Outcome"] for mail in answers(town.run())] == ["registered"]


@pytest.mark.parametrize("sender", [JAN, KAREL], ids=["registered", "stranger"])
@pytest.mark.parametrize(
    "text",
    [
        "Dag, graag Maes afmelden",
        "graag maes afmelden",
        "Maes afmelden aub",
        "ik wil maes afmelden",
        "Graag deze afmelden",
        "gelieve X te schrappen",
        "Please cancel Maes",
        "Veuillez annuler Maes",
    ],
)
def test_who_is_withdrawn_is_whoever_the_words_name_and_never_the_writer(
    town: Town, sender: str, text: str
) -> None:
    with_jan(town)
    mail = town.mail(sender, EVENT, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Ingeschreven"})


@pytest.mark.parametrize("text", ["gelieve tom in te schrijven", "Graag deze inschrijven"])
def test_who_is_registered_is_whoever_the_words_name_and_never_the_writer(town: Town, text: str) -> None:
    mail = town.mail(KAREL, EVENT, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {})


@pytest.mark.parametrize(
    "text", ["Graag afmelden", "Moet dringend annuleren", "Gelieve mijn inschrijving te schrappen"]
)
def test_a_withdrawal_that_names_nobody_is_the_writers(town: Town, text: str) -> None:
    with_jan(town)
    mail = town.mail(JAN, EVENT, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("cancelled", {"Peeters": "Afgemeld"})


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb mijn inschrijving geannuleerd.",
        "Ik heb mij afgemeld, maar ik krijg nog steeds mails.",
        "Ik was uitgeschreven.",
    ],
)
def test_who_tells_that_they_withdrew_is_not_brought_back(town: Town, text: str) -> None:
    with_jan(town)
    town.mail(JAN, EVENT, "Gelieve mij uit te schrijven.")
    town.run()
    mail = town.mail(JAN, EVENT, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Afgemeld"})


def test_who_tells_that_they_withdrew_and_comes_after_all_is_brought_back(town: Town) -> None:
    with_jan(town)
    town.mail(JAN, EVENT, "Gelieve mij uit te schrijven.")
    town.run()
    town.mail(JAN, EVENT, "Ik heb eerst afgezegd voor het kennisplatform, maar nu kan ik wel komen.")
    town.run()
    assert people(town) == {"Peeters": "Ingeschreven"}


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan niet komen, voor alle bijeenkomsten.",
        "Gelieve mij voor alle vergaderingen uit te schrijven.",
        "Schrijf mij uit voor alles.",
        "Gelieve al mijn inschrijvingen te annuleren.",
    ],
)
def test_who_stays_away_from_all_events_is_a_case_at_each(town: Town, text: str) -> None:
    with_jan(town)
    town.event("water", title="Studiedag Water")
    town.event("mobiliteit", title="Overleg Mobiliteit")
    town.mail(JAN, "Inschrijving Studiedag Water", typed(person()))
    town.run()
    mail = town.mail(JAN, EVENT, text)
    town.run()
    assert town.outcome(mail) == "review"
    for event in ("kis-2026-3", "water"):
        (case,) = town.open_cases(event)
        assert "bij geen enkele bijeenkomst" in case["Wat er gelezen werd"]
    town.decide("geen enkele", "afmelden", event="water")
    town.run()
    assert [row["status"] for row in town.registrations("water")] == ["Afgemeld"]
    assert people(town) == {"Peeters": "Ingeschreven"}


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Vraag", "Ik heb dat niet gevraagd."),
        ("Mijn adres", "Wie heeft mijn adres gewijzigd?"),
        ("Uw mail", "Hier klopt iets niet, ik heb niets gewijzigd."),
        ("(geen onderwerp)", "Wat betekent dit bericht?"),
        ("Question", "I did not ask for this."),
    ],
)
@pytest.mark.parametrize("replaced", [True, False], ids=["replaced", "registered"])
def test_who_protests_outside_the_thread_is_a_case(
    town: Town, subject: str, text: str, *, replaced: bool
) -> None:
    with_jan(town)
    if replaced:
        town.mail(JAN, "Inschrijving", typed(person(**{"E-mail": "jan@nieuw.example"})))
        town.run()
        if town.open_cases():
            town.decide("jan@nieuw.example", "zelfde persoon")
            town.run()
        assert [row["E-mail"] for row in town.sheet()] == ["jan@nieuw.example"]
    mail = town.mail(JAN, subject, text)
    town.run()
    assert town.outcome(mail) == "review"
    assert text in str(town.open_cases())


@pytest.mark.parametrize(
    "text", ["Wie heeft de notulen van de raad gemaakt?", "Waarom staat de vlag halfstok?"]
)
def test_a_question_about_something_else_is_no_protest(town: Town, text: str) -> None:
    with_jan(town)
    mail = town.mail(JAN, "Gemeenteraad", text)
    town.run()
    assert town.outcome(mail) == "no-form"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Geweigerd: Kennisplatform",
        "Declined: Kennisplatform",
        "Re: Geweigerd: overleg",
        "Refusé : agenda",
    ],
)
def test_a_subject_that_declines_above_no_text_is_a_case(town: Town, subject: str) -> None:
    with_jan(town)
    mail = town.mail(JAN, subject, "")
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Ingeschreven"})


@pytest.mark.parametrize("below", ["Groetjes van Jan", "Groeten\nMarie", ""])
def test_an_excuse_without_a_name_makes_no_row(town: Town, below: str) -> None:
    mail = town.mail(
        "zonnetje@thuis.example", EVENT, f"Ik kan niet komen naar het kennisplatform.\n\n{below}"
    )
    assert answers(town.run()) == []
    assert (town.outcome(mail), people(town)) == ("review", {})
    assert "zonder een naam" in str(town.open_cases())


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Graag schrijf ik mij in voor het kennisplatform.", "registered"),
        ("Dat was een vergissing van het kabinet: ik neem wel deel.", "registered"),
        ("Het kabinet heeft mij ten onrechte afgemeld, ik kom wel.", "registered"),
        ("Mijn kabinet heeft mij verontschuldigd maar ik kom zelf.", "review"),
        (typed(person()), "registered"),
    ],
)
def test_who_was_excused_by_the_cabinet_comes_by_their_own_word(town: Town, text: str, outcome: str) -> None:
    town.configure(organisations=DAMME)
    away = typed(person(**{"Ik neem deel": "neen"}))
    town.mail("kabinet@damme.example", "Verontschuldiging", away)
    town.run()
    assert people(town) == {"Peeters": "Verontschuldigd"}
    mail = town.mail(JAN, EVENT, text)
    town.run()
    assert town.outcome(mail) == outcome
    assert len(people(town)) == 1


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (JAN, "Ik kom graag."),
        (JAN, "Gaat het kennisplatform nog door?"),
        (KAREL, "Ik schrijf mij in voor het kennisplatform."),
        (KAREL, "Jan Peeters kan niet komen naar het kennisplatform."),
    ],
)
def test_what_is_written_about_a_cancelled_event_is_a_case(town: Town, sender: str, text: str) -> None:
    with_jan(town)
    town.event(cancelled=True)
    town.run()
    mail = town.mail(sender, EVENT, text)
    assert answers(town.run()) == []
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Ingeschreven"})


@pytest.mark.parametrize("subject", ["Jan Peeters", "peeters", "Karel Bos"])
def test_a_name_for_a_subject_is_no_other_object(town: Town, subject: str) -> None:
    with_jan(town)
    mail = town.mail(KAREL, subject, "Jan Peeters komt toch niet.")
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Ingeschreven"})


@pytest.mark.parametrize(
    "text", ["Mijn vrouw kan niet komen.", "My wife cannot come.", "Ik kan niet lang blijven."]
)
def test_what_is_said_of_others_or_of_a_part_withdraws_nobody(town: Town, text: str) -> None:
    with_jan(town)
    mail = town.mail(JAN, EVENT, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {"Peeters": "Ingeschreven"})


#: Of others than the writer alone, who stands in no lexicon.
OF_THEIRS = (
    "Mijn buddy kan niet komen.",
    "Onze nieuwe stagebegeleider is verhinderd.",
    "Our interpreter cannot attend.",
    "Gelieve onze inschrijvingen te annuleren.",
    "Graag al onze inschrijvingen schrappen.",
)


@pytest.mark.parametrize("sender", [JAN, "Karel Bos <karel@elders.example>"])
def test_what_is_said_of_somebody_of_theirs_takes_nobody_off(town: Town, sender: str) -> None:
    with_jan(town)
    mails = [town.mail(sender, EVENT, text) for text in OF_THEIRS]
    town.run()
    found = town.messages()
    assert [found[mail]["outcome"] for mail in mails] == ["review"] * len(mails)
    assert people(town) == {"Peeters": "Ingeschreven"}


TWO = "Overleg Jeugdwerking"


def with_jan_at(town: Town, *ids: str) -> EmailMessage:
    """Jan is registered at these of two events by forms of his own; gives our answer about the first."""
    town.configure(organisations=DAMME)
    town.event()
    town.event("jeugd", title=TWO, place="De Halle, Torhout", starts=in_days(24), ends=in_days(24, 17))
    titles = {"kis-2026-3": "Kennisplatform Intergemeentelijk Samenwerken", "jeugd": TWO}
    for id_ in ids:
        town.mail(JAN, f"Inschrijving {titles[id_]}", typed(person()))
    first = answers(town.run())
    assert [mail["X-Mailbot-Outcome"] for mail in first] == ["registered"] * len(ids)
    return next(mail for mail in first if titles[ids[0]] in plain(mail))


def statuses(town: Town) -> list[list[str]]:
    """The statuses at both events."""
    return [[row["status"] for row in town.registrations(id_)] for id_ in ("kis-2026-3", "jeugd")]


IN, OUT = ["Ingeschreven"], ["Afgemeld"]


@pytest.mark.parametrize(
    ("text", "outcome", "both"),
    [
        ("Ik kan niet komen naar het Overleg Jeugdwerking.", "cancelled", [IN, OUT]),
        ("Schrijf mij uit voor het overleg jeugdwerking.", "cancelled", [IN, OUT]),
        ("Bedankt!\n\nIk kan niet komen naar het overleg\njeugdwerking.", "cancelled", [IN, OUT]),
        ("Ik kan niet komen naar het kennisplatform.", "cancelled", [OUT, IN]),
        ("Ik kan niet komen, door het Overleg Jeugdwerking.", "cancelled", [OUT, IN]),
        ("Ik kan niet komen, ik ben in Brugge.", "cancelled", [OUT, IN]),
        ("Ik kan niet komen, ik was al ingeschreven voor het Overleg Jeugdwerking.", "review", [IN, IN]),
        ("Ik ben op het Overleg Jeugdwerking en kan dus niet komen.", "review", [IN, IN]),
        ("Ik kom niet naar het Kennisplatform, wel naar het Overleg Jeugdwerking.", "review", [IN, IN]),
        ("Ik kan niet komen in Torhout.", "review", [IN, IN]),
        ("Ik kan niet naar het jeugdwerking gebeuren komen.", "review", [IN, IN]),
        ("Gelieve mij voor het andere uit te schrijven.", "review", [IN, IN]),
        ("Schrijf mij uit voor beide.", "review", [IN, IN]),
        ("Ik kan op geen van beide aanwezig zijn.", "review", [IN, IN]),
    ],
)
def test_below_a_mail_of_one_event_words_act_on_the_event_that_they_name(
    town: Town, text: str, outcome: str, both: list[list[str]]
) -> None:
    ours = with_jan_at(town, "kis-2026-3", "jeugd")
    mail = town.mail(JAN, f"Re: {ours['Subject']}", text, answers=ours)
    town.run()
    assert (town.outcome(mail), statuses(town)) == (outcome, both)


def test_a_day_of_the_other_event_below_a_mail_of_one_is_a_case(town: Town) -> None:
    ours = with_jan_at(town, "kis-2026-3", "jeugd")
    text = f"Ik kan niet komen op {in_days(24):%d/%m/%Y}."
    mail = town.mail(JAN, f"Re: {ours['Subject']}", text, answers=ours)
    town.run()
    assert (town.outcome(mail), statuses(town)) == ("review", [IN, IN])


@pytest.mark.parametrize(
    ("text", "outcome", "at_other"),
    [
        ("Ik kan niet komen naar het Overleg Jeugdwerking.", "excused", ["Verontschuldigd"]),
        ("Ik kom ook graag naar het Overleg Jeugdwerking.", "registered", ["Ingeschreven"]),
        ("Voor het overleg jeugdwerking moet ik verstek laten gaan.", "review", []),
        ("Piet Piraat komt in mijn plaats naar het Overleg Jeugdwerking.", "review", []),
    ],
)
def test_below_a_mail_of_one_event_words_of_another_leave_it_alone(
    town: Town, text: str, outcome: str, at_other: list[str]
) -> None:
    ours = with_jan_at(town, "kis-2026-3")
    mail = town.mail(JAN, f"Re: {ours['Subject']}", text, answers=ours)
    town.run()
    assert (town.outcome(mail), statuses(town)) == (outcome, [IN, at_other])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Jan komt niet naar het kennisplatform.", "Ingeschreven"),
        ("Peeters komt niet naar het kennisplatform.", "Ingeschreven"),
        ("Onze Jan is ziek en komt niet.", "Ingeschreven"),
        ("Mevrouw Peeters kan niet komen.", "Ingeschreven"),
        ("Gelieve Jan uit te schrijven.", "Ingeschreven"),
        ("Jan Peeters komt niet naar het kennisplatform.", "Afgemeld"),
        ("Peeters Jan kan niet komen.", "Afgemeld"),
    ],
)
def test_a_colleague_who_says_half_a_name_withdraws_nobody(town: Town, text: str, status: str) -> None:
    with_jan(town)
    town.mail("Carla Collega <carla.collega@damme.example>", EVENT, f"{text}\n\nCarla Collega")
    town.run()
    assert people(town) == {"Peeters": status}
    assert bool(town.open_cases()) == (status == "Ingeschreven")


ELS = "Els Maes <els.maes@damme.example>"


@pytest.mark.parametrize("known", [True, False], ids=["registered", "stranger"])
@pytest.mark.parametrize(
    "text",
    [
        "Jan heeft mij ingeschreven. Ik eet glutenvrij, kan dat?",
        "Jan Peeters heeft mij ingeschreven, denk ik. Ik eet glutenvrij, is dat een probleem?",
        "Jan Peeters schreef mij in. Kan mijn gsm-nummer veranderd worden in 0478 99 88 77?",
        "Ik werd door Jan aangemeld. Ik eet glutenvrij, kan dat?",
        "Jan has registered me. Could my phone number be changed to 0478 99 88 77?",
    ],
)
def test_who_was_registered_by_a_colleague_changes_nothing_of_theirs(
    town: Town, text: str, *, known: bool
) -> None:
    with_jan(town)
    if known:
        town.mail(
            ELS,
            "Inschrijving",
            typed(person(Naam="Maes", Voornaam="Els", **{"E-mail": "els.maes@damme.example"})),
        )
        town.run()
    before = town.sheet()[0]
    town.mail(ELS, EVENT, f"Dag\n\n{text}\n\nEls Maes")
    town.run()
    assert town.sheet()[0] == before
    assert people(town) == {"Peeters": "Ingeschreven"} | ({"Maes": "Ingeschreven"} if known else {})
    for case in town.open_cases():
        assert "Els Maes" in case["Wie"]


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters komt niet. Ik eet vegetarisch.",
        "Jan Peeters komt. Ik heb een nieuw gsm-nummer: 0478 99 88 77.",
    ],
)
def test_what_the_writer_says_of_themselves_is_offered_for_nobody_else(town: Town, text: str) -> None:
    with_jan(town)
    town.mail(ELS, EVENT, f"{text}\n\nEls Maes")
    town.run()
    assert not any("Nieuwe waarde" in case["Wat er gelezen werd"] for case in town.open_cases())
    assert (town.sheet()[0]["Dieetwensen"], town.sheet()[0]["Telefoon/gsm"]) == (None, "0478 12 34 56")


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters van Damme komt naar het kennisplatform.",
        "Jan Peeters uit Damme komt ook naar het kennisplatform.",
        "Schrijf Jan Peeters terug in, met e-mail karel.bos@thuis.example.",
        "Noteer Jan Peeters als aanwezig op het kennisplatform.",
        "Meld Jan Peeters aan voor het kennisplatform.",
    ],
)
@pytest.mark.parametrize("sender", [KAREL, "Jan Peeters <jan@elders.example>"], ids=["stranger", "namesake"])
def test_a_town_or_a_verb_beside_a_name_makes_nobody_else_of_who_is_registered(
    town: Town, sender: str, text: str
) -> None:
    with_jan(town)
    mail = town.mail(sender, EVENT, text)
    town.run()
    assert (town.outcome(mail), len(town.sheet())) == ("review", 1)


@pytest.mark.parametrize("text", ["Noteer Piet Ollsens als aanwezig.", "Piet Ollsens van Damme komt."])
def test_a_town_or_a_verb_beside_a_name_is_no_part_of_it(town: Town, text: str) -> None:
    town.configure(organisations=DAMME)
    town.mail(KAREL, f"Inschrijving {EVENT}", text)
    town.run()
    assert [(row["Voornaam"], row["Naam"]) for row in town.sheet()] in ([("Piet", "Ollsens")], [])


@pytest.mark.parametrize("text", ["Ik kom graag.", "Ik kom toch wel.", "Ik schrijf mij in."])
def test_who_comes_and_signs_with_a_registered_name_makes_no_row_of_their_own(town: Town, text: str) -> None:
    with_jan(town)
    mail = town.mail("zonnetje@thuis.example", EVENT, f"{text}\n\nJan Peeters\nGemeente Damme")
    town.run()
    assert (town.outcome(mail), len(town.sheet())) == ("review", 1)


def test_a_namesake_of_somebody_without_a_body_is_asked_about(town: Town) -> None:
    town.configure(organisations=DAMME)
    nowhere = {label: said for label, said in person().items() if label != "Gemeente/OCMW"}
    town.mail(
        "jan@elders.example", f"Inschrijving {EVENT}", typed({**nowhere, "E-mail": "jan@elders.example"})
    )
    town.run()
    mail = town.mail(KAREL, f"Inschrijving {EVENT}", typed(person(**{"E-mail": "karel.bos@thuis.example"})))
    town.run()
    assert (town.outcome(mail), len(town.sheet())) == ("review", 1)


TOWNS = "".join(f'[[organisation]]\nname = "{name}"\n' for name in ("Heist", "Knokke-Heist", "Latem"))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Voor Sint-Niklaas komen naar het kennisplatform:\n- Jos Nijs, jurist\n- Eva Roels, schepen",
            "Sint-Niklaas",
        ),
        ("Voor Zele komen naar het kennisplatform:\n- Jos Nijs\n- Eva Roels", "Zele"),
        ("Voor Knokke-Heist komen volgende personen:\n- Jos Nijs\n- Eva Roels", "Knokke-Heist"),
        (
            "Voor Sint-Martens-Latem komen naar het kennisplatform:\n- Jos Nijs\n- Eva Roels",
            "Sint-Martens-Latem",
        ),
    ],
)
def test_the_town_that_people_come_for_is_nobody_and_whole(town: Town, text: str, body: str) -> None:
    town.configure(organisations=TOWNS)
    town.mail("Jos Nijs <jos.nijs@post.example>", EVENT, f"{text}\n\nMvg\nJos Nijs")
    town.run()
    assert {row["Naam"]: row["Gemeente/OCMW"] for row in town.sheet()} == {"Nijs": body, "Roels": body}


@pytest.mark.parametrize(
    "text",
    [
        "Is er parking, en is er iets te eten? Dan beslis ik of ik naar het kennisplatform kom.",
        "Is er een online versie? Anders kom ik ter plaatse naar het kennisplatform.",
        "Hoe lang duurt het? Daarna zie ik of ik erbij ben op het kennisplatform.",
        "Ik moet nog uitmaken of ik naar het kennisplatform kom.",
        "Is there any parking? Then I will decide whether I come to the kennisplatform.",
        "Y a-t-il un parking? Je verrai ensuite si je participe au kennisplatform.",
    ],
)
def test_who_still_decides_whether_they_come_is_not_registered(town: Town, text: str) -> None:
    town.configure(organisations=DAMME)
    mail = town.mail(ELS, EVENT, f"Dag\n\n{text}\n\nEls Maes")
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", {})
    assert town.open_cases()


@pytest.mark.parametrize(
    ("text", "diet", "passed_on"),
    [
        ("Ik zal er zijn op het kennisplatform. Een broodje hoeft niet.", None, "Een broodje hoeft niet."),
        ("Ik kom naar het kennisplatform. De lunch sla ik over.", None, "De lunch sla ik over."),
        ("Ik kom naar het kennisplatform. Voor de maaltijd ben ik moeilijk.", None, "Voor de maaltijd"),
        ("Ik kom naar het kennisplatform. Ik ben vegetariër.", "vegetariër", ""),
        ("Ik kom naar het kennisplatform. Glutenvrij graag.", "Glutenvrij", ""),
        ("Ik kom naar het kennisplatform. Ik blijf niet lunchen.", None, "Ik blijf niet lunchen."),
    ],
)
def test_what_who_comes_says_of_food_is_noted_or_passed_on(
    town: Town, text: str, diet: str | None, passed_on: str
) -> None:
    town.configure(organisations=DAMME)
    town.mail(ELS, EVENT, f"{text}\n\nEls Maes")
    town.run()
    assert [row["Dieetwensen"] for row in town.sheet()] in ([diet], [])
    cases = " ".join(case["Wat er gelezen werd"] for case in town.open_cases())
    assert passed_on in cases
    assert bool(cases) == bool(passed_on)


@pytest.mark.parametrize(
    "text",
    [
        "De collega die meekomt is Sofie Dewitte (schepen), sofie.dewitte@damme.example",
        "Collega: Sofie Dewitte, sofie.dewitte@damme.example",
    ],
)
def test_the_colleague_who_was_asked_about_is_on_the_list_where_all_of_them_is_told(
    town: Town, text: str
) -> None:
    town.configure(organisations=DAMME)
    town.mail(ELS, EVENT, "Ik schrijf me in voor het kennisplatform, en mijn collega ook.\n\nEls Maes")
    town.run()
    town.decide("en mijn collega ook", "antwoord sturen", "Wie is uw collega?")
    asked = answers(town.run())[0]
    town.mail(ELS, f"Re: {asked['Subject']}", f"{text}\n\nEls", answers=asked)
    town.run()
    assert people(town) == {"Dewitte": "Ingeschreven"}
    assert town.open_cases() == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Mijn collega is Sofie Dewitte, deskundige ruimte, sofie.dewitte@damme.example.", True),
        ("Mijn collega is Sofie Dewitte, sofie.dewitte@damme.example, maar zij twijfelt nog.", False),
        ("Mijn collega is Sofie Dewitte, zij kent u wel.", False),
    ],
)
def test_the_colleague_who_was_asked_about_is_put_on_the_list_by_name_and_asked(
    town: Town, text: str, *, known: bool
) -> None:
    town.configure(organisations=DAMME)
    town.mail(ELS, EVENT, "Ik schrijf me in voor het kennisplatform, en mijn collega ook.\n\nEls Maes")
    town.run()
    town.decide("en mijn collega ook", "antwoord sturen", "Wie is uw collega?")
    asked = answers(town.run())[0]
    town.mail(ELS, f"Re: {asked['Subject']}", f"{text}\n\nEls", answers=asked)
    sent = answers(town.run())
    assert people(town) == ({"Dewitte": "Onvolledig"} if known else {})
    assert [mail["To"] for mail in sent] == ([ELS] if known else [])
    assert bool(town.open_cases()) != known

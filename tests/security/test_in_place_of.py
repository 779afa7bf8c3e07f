"""A form of who comes in somebody's place, beside words that say whose: nobody stays on the list unseen."""

from __future__ import annotations

import pytest

from tests.event_sheet.town import DAMME, Town, person, typed, word_table

JAN = "jan.peeters@damme.example"
SENDERS = {
    "persoon": f"Jan Peeters <{JAN}>",
    "doorstuurder": "partner@wvi.example",
    "collega": "Els Maes <els.maes@damme.example>",
    "iemand anders": "Eve Boone <eve@evil.example>",
}
FIRST = ("Rik", "Els", "Piet", "Lies", "Tom", "Nele", "Bert", "Ann", "Luc", "Mia")
LAST = ("Claes", "Boone", "Wauters", "Maes", "Goos", "Devos", "Lambert", "Smets", "Dewit", "Segers")


def form(first: str, last: str, **said: str) -> dict[str, str]:
    """The answers of somebody at an address of their name."""
    return person(Naam=last, Voornaam=first, **{"E-mail": f"{first}.{last}@damme.example".lower(), **said})


AN = ("vervanger.docx", word_table(form("An", "Smet")))


@pytest.fixture
def damme(town: Town) -> Town:
    """A town with Jan Peeters of Damme on the list."""
    town.configure(organisations=DAMME, first='forwarders = ["partner@wvi.example"]\n')
    town.mail(SENDERS["persoon"], "Inschrijving", typed(person()))
    town.run()
    return town


def statuses(town: Town) -> dict[str, str]:
    """The status of each person by family name."""
    return {row["Naam"]: row["Status"] for row in town.sheet()}


@pytest.mark.parametrize("relation", SENDERS)
def test_who_comes_by_form_in_somebodys_place_takes_it_where_the_sender_may(
    damme: Town, relation: str
) -> None:
    sent = damme.mail(SENDERS[relation], "Inschrijving", "In bijlage de vervanger van Jan Peeters.", AN)
    mails = damme.run()
    if relation in ("persoon", "doorstuurder"):
        assert statuses(damme) == {"Peeters": "Afgemeld", "Smet": "Ingeschreven"}
        assert damme.outcome(sent) == "substituted"
        assert JAN in {mail["X-Envelope-To"] for mail in mails}, "he hears who comes instead"
        return
    (case,) = damme.open_cases()
    assert (statuses(damme), "Peeters" in case["Wie"]) == ({"Peeters": "Ingeschreven"}, True)
    damme.decide("Peeters", "aanvaarden")
    damme.run()
    assert statuses(damme) == {"Peeters": "Afgemeld", "Smet": "Ingeschreven"}


@pytest.mark.parametrize("relation", SENDERS)
def test_a_remark_on_a_form_that_says_whose_place_it_takes_is_carried_out_where_the_sender_may(
    damme: Town, relation: str
) -> None:
    remark = form("An", "Smet", Opmerkingen="in de plaats van Jan Peeters")
    sent = damme.mail(SENDERS[relation], "Inschrijving", "", ("form.docx", word_table(remark)))
    damme.run()
    may = relation in ("persoon", "doorstuurder")
    assert damme.outcome(sent) == ("substituted" if may else "review")
    assert statuses(damme) == (
        {"Peeters": "Afgemeld", "Smet": "Ingeschreven"} if may else {"Peeters": "Ingeschreven"}
    )


def test_whose_place_a_name_on_a_form_says_is_no_name_and_is_asked_back(damme: Town) -> None:
    said = ("An, i.p.v. Jan Peeters", "An namens Jan Peeters", "An (vervangt Jan Peeters)")
    mails = [
        damme.mail(f"x{n}@thuis.example", "Inschrijving", typed(form(name, f"Smet{'abc'[n]}")))
        for n, name in enumerate(said)
    ]
    damme.run()
    assert {damme.outcome(mail) for mail in mails} == {"incomplete"}
    assert not any("Jan" in str(row["Voornaam"]) for row in damme.sheet() if row["Naam"] != "Peeters")


def test_who_comes_by_form_is_registered_beside_whom_they_would_replace_where_she_says_so(
    damme: Town,
) -> None:
    damme.mail(SENDERS["iemand anders"], "Inschrijving", "In bijlage de vervanger van Jan Peeters.", AN)
    damme.run()
    damme.decide("Peeters", "inschrijven")
    damme.run()
    assert statuses(damme) == {"Peeters": "Ingeschreven", "Smet": "Ingeschreven"}


#: Of somebody on the list, {}: who comes is on the form.
REPLACED = (
    "In bijlage het formulier van de vervanger van {}.",
    "Hierbij een formulier, in plaats van {}.",
    "Inschrijving ter vervanging van {}.",
    "{} kan niet komen, in bijlage het formulier van zijn vervanger.",
    "Dit formulier vervangt dat van {}.",
    "{} wordt vervangen, zie bijlage.",
)
#: Not plain enough to take somebody off the list.
NAMED = (
    "Gelieve dit formulier te gebruiken en niet dat van {}.",
    "Dit komt voor {}, die ziek is.",
    "{} zal er niet zijn.",
)


def test_words_beside_a_form_leave_nobody_on_the_list_unseen(damme: Town) -> None:
    texts = (*REPLACED, *NAMED)
    whole = dict(zip(texts, zip(FIRST, LAST, strict=True), strict=False))
    for first, last in whole.values():
        said = form(first, last)
        damme.mail(f"{first} {last} <{said['E-mail']}>", "Inschrijving", typed(said))
    damme.run()
    for number, (text, (first, last)) in enumerate(whole.items()):
        comes = form(first[::-1].title(), f"{last}straete"), f"nieuw{number}.docx"
        own = f"{first} {last} <{first}.{last}@damme.example>".lower()
        sender = own if text in REPLACED else SENDERS["collega"]
        damme.mail(sender, "Inschrijving", text.format(f"{first} {last}"), (comes[1], word_table(comes[0])))
    damme.run()
    after, cases = statuses(damme), str(damme.open_cases())
    for text, (_, last) in whole.items():
        assert after[last] == ("Afgemeld" if text in REPLACED else "Ingeschreven"), text
        assert text in REPLACED or last in cases, text


@pytest.mark.parametrize(
    ("words", "leaves"),
    [
        ("Bijgevoegd het formulier van mijn vervanger.", True),
        ("Bijgevoegd het formulier van mijn collega, in plaats van Piet.", False),
        ("Bijgevoegd het formulier van de vervanger van Piet Elders.", False),
        ("Bijgevoegd het formulier van de vervanger van Peeters.", False),
    ],
)
def test_whose_place_a_form_takes_is_never_guessed(damme: Town, words: str, *, leaves: bool) -> None:
    damme.mail(SENDERS["persoon"], "Inschrijving", words, AN)
    damme.run()
    assert statuses(damme)["Peeters"] == ("Afgemeld" if leaves else "Ingeschreven")
    assert statuses(damme)["Smet"] == "Ingeschreven"
    assert leaves is not bool(damme.open_cases())


def test_a_name_below_a_form_that_its_sender_signed_with_is_nobody_elses(damme: Town) -> None:
    damme.mail(SENDERS["persoon"], "Inschrijving", "Beste, in bijlage een formulier.\nJan Peeters", AN)
    damme.run()
    assert (statuses(damme)["Smet"], damme.open_cases()) == ("Ingeschreven", [])


@pytest.mark.parametrize("body", ["Brugge", "Damme"])
def test_who_comes_by_form_of_another_body_takes_nobodys_place(damme: Town, body: str) -> None:
    other = word_table(form("An", "Smet", **{"Gemeente/OCMW": body}))
    words = "In bijlage de vervanger van Jan Peeters."
    damme.mail(SENDERS["persoon"], "Inschrijving", words, ("vervanger.docx", other))
    damme.run()
    assert statuses(damme)["Peeters"] == ("Afgemeld" if body == "Damme" else "Ingeschreven")
    assert (body == "Brugge") is (words in str(damme.open_cases()))


def test_what_she_decides_of_who_comes_takes_nobody_off_who_registered_since(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(
        "an@elders.example", "Inschrijving", typed(form("An", "Smet", **{"E-mail": "an@elders.example"}))
    )
    town.run()
    town.mail(SENDERS["iemand anders"], "Inschrijving", "In bijlage de vervanger van Jan Peeters.", AN)
    town.run()
    town.mail(SENDERS["persoon"], "Inschrijving", typed(person()))
    town.run()
    town.decide("Zelfde persoon", "zelfde persoon")
    town.run()
    assert statuses(town) == {"Smet": "Ingeschreven", "Peeters": "Ingeschreven"}

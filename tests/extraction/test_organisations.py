"""The shipped list of organisations, and the spellings it is recognised through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.config.shipped import shipped
from mailbot.domain.organisation import Organisation, Organisations, read_organisations
from mailbot.domain.submission import Submission
from mailbot.matching.organisations import Directory
from tests.extraction.blocks import lines

Read = Callable[..., Submission]


@pytest.fixture(scope="module")
def listed() -> Organisations:
    return read_organisations(shipped("config") / "organisations.toml")


@pytest.fixture(scope="module")
def directory(listed: Organisations) -> Directory:
    return Directory.of(listed.organisations)


def test_west_flanders_is_complete_with_an_ocmw_for_each(listed: Organisations) -> None:
    municipalities = {o.name for o in listed.organisations if o.kind == "gemeente"}
    assert len(municipalities) == 62  # 64 until Tielt and Wingene each took a neighbour in, in 2025
    assert set(listed.lists["west-vlaanderen"]) == municipalities
    assert {o.name for o in listed.organisations if o.kind == "OCMW"} == {f"OCMW {m}" for m in municipalities}
    assert len(listed.lists["brugge"]) == 10
    assert all(o.region for o in listed.organisations)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Stad Brugge", "Brugge"),
        ("gemeentebestuur Oostkamp", "Oostkamp"),
        ("knokke heist", "Knokke-Heist"),
        ("OCMW Brugge", "OCMW Brugge"),
        ("O.C.M.W. Damme", "OCMW Damme"),
        ("Gemeente & OCMW Damme", "Damme"),
        ("stad en ocmw brugge", "Brugge"),
        ("Lokaal bestuur Torhout", "Torhout"),
        ("8210 Zedelgem", "Zedelgem"),
        ("Zedelghem", "Zedelgem"),
        ("Oostkamp, dienst secretariaat", "Oostkamp"),
        ("Meulebeke", "Tielt"),
        ("Ruiselede", "Wingene"),
        ("Hamme", ""),
        ("Politiezone Brugge", ""),
        ("AZ Brugge", ""),
        ("WVI", ""),
        ("OCMW", ""),
        ("", ""),
    ],
)
def test_spellings(directory: Directory, written: str, name: str) -> None:
    assert directory.recognise(written) == name


def test_a_slip_that_may_be_of_either_of_two_places_is_neither() -> None:
    two = Directory.of((Organisation(name="Oosterhoven"), Organisation(name="Oosterhaven")))
    assert two.recognise("Oosterhoven") == "Oosterhoven"
    assert two.recognise("Oosterhiven") == ""
    one = Directory.of((Organisation(name="Oosterhoven"),))
    assert one.recognise("Oosterhiven") == "Oosterhoven"


@pytest.mark.parametrize("name", ["Beernem", "Knokke-Heist", "De Haan", "Lo-Reninge", "OCMW Spiere-Helkijn"])
def test_every_name_is_its_own_spelling(directory: Directory, name: str) -> None:
    assert directory.recognise(name) == name
    assert directory.recognise(name.upper()) == name


def test_mail_domains(directory: Directory) -> None:
    assert directory.by_mail("jan@brugge.be") == "Brugge"
    assert directory.by_mail("jan@mail.oostkamp.be") == "Oostkamp"
    assert directory.by_mail("jan@ocmw.damme.be") == "OCMW Damme"
    assert directory.by_mail("jan@gmail.com") == ""


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Gent",), "Gent"),
        (("Gent", "OCMW Gent"), "Gent"),  # the municipality and its own OCMW
        (("Gent", "Aalter"), ""),
    ],
)
def test_a_mail_domain_of_several_bodies_tells_none_of_them(names: tuple[str, ...], said: str) -> None:
    bodies = [Organisation(name=name, domains=("streek.example",)) for name in names]
    assert Directory.of(bodies).by_mail("jan@streek.example") == said


def test_what_was_written_is_kept_beside_what_was_recognised(read: Read) -> None:
    text = "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: stad brugge\nE-mail: jan@post.example"
    (person,) = read(*lines(text)).people
    assert (person.text("organisation"), person.organisation_known) == ("stad brugge", "Brugge")


def test_the_mail_domain_tells_where_only_ocmw_was_written(read: Read) -> None:
    text = "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente/OCMW: OCMW\nE-mail: jan@ocmw.damme.be"
    submission = read(*lines(text))
    assert submission.people[0].organisation_known == "OCMW Damme"
    assert [(p.field, p.code.value) for p in submission.problems] == [("organisation", "ambiguous")]

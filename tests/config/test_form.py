"""What a form knows about its own fields, whatever they are called."""

from __future__ import annotations

import pytest

from mailbot.domain.form import Form
from mailbot.matching import names
from mailbot.notifications import names_in_mails


def form(*labels: tuple[str, str]) -> Form:
    return Form.model_validate(
        {
            "id": "eigen",
            "title": "Eigen formulier",
            "field": [{"key": key, "label": label, "kind": "name"} for key, label in labels],
        }
    )


@pytest.mark.parametrize(
    "labels",
    [
        (("nom", "Nom"), ("prenom", "Prénom")),
        (("prenom", "Prénom :"), ("nom", "Nom de famille")),
        (("a", "Familienaam"), ("b", "Voornaam")),
        (("last_name", "Surname"), ("first_name", "Given name(s)")),
        (("given", "First name"), ("family", "Last name")),
    ],
)
def test_a_name_is_said_first_name_first_whatever_the_form_calls_it_and_in_whatever_order(
    labels: tuple[tuple[str, str], ...],
) -> None:
    own = form(*labels)
    given, family = own.given_name, own.family_name
    assert {given, family} == {key for key, _ in labels}
    answers = {given: "Anne", family: "Dupont"}
    assert names.name_of(answers, own) == names_in_mails.name_of(answers, own) == "Anne Dupont"


@pytest.mark.parametrize(
    "labels",
    [
        (("kind", "Voornaam en naam kind"), ("ouder", "Naam ouder")),
        (("naam_en_voornaam", "Naam en voornaam"), ("ouder", "Naam ouder")),
        (("eleve", "Prénom / nom de l'élève"), ("parent", "Nom du parent")),
        (("pupil", "First name(s) and surname"), ("carer", "Name of carer")),
        (("kind", "Vorname und Name"), ("eltern", "Name der Eltern")),
    ],
)
def test_a_field_that_asks_both_halves_of_a_name_is_no_half_of_another(
    labels: tuple[tuple[str, str], ...],
) -> None:
    """The parent's name was split between the child's and theirs."""
    assert (form(*labels).given_name, form(*labels).family_name) == ("", "")


def test_a_whole_name_is_no_last_name_of_a_first_name_beside_it() -> None:
    own = form(("kind", "Naam en voornaam"), ("naam", "Naam"), ("voornaam", "Voornaam"))
    assert (own.given_name, own.family_name) == ("voornaam", "naam")


def test_a_form_with_one_field_for_the_whole_name_has_no_first_name() -> None:
    own = form(("naam", "Naam en voornaam"))
    assert (own.given_name, own.family_name) == ("", "")
    assert names.name_of({"naam": "Jan Peeters"}, own) == "Jan Peeters"

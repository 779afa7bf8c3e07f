"""What colleagues write in French, English and German: who comes, who does not, and who comes instead."""

from __future__ import annotations

import pytest

from mailbot.domain.submission import ActKind, Intent
from mailbot.intent.classifier import IntentResult
from mailbot.intent.lexicon import as_written
from mailbot.intent.person_mentions import names
from mailbot.intent.roles import new_role
from mailbot.intent.substitutes import Standin
from tests.extraction.test_intent import wish

ELS = "(els@damme.example)"


def read(text: str) -> IntentResult:
    return wish(text, sender="Jan Peeters <jan@damme.example>")


def who_comes(text: str) -> tuple[Standin, tuple[str, ...]]:
    """Who comes instead, and who is named, of a mail that says nothing but a substitution."""
    said = read(text)
    assert said.intent is Intent.SUBSTITUTE
    assert said.substitute is not None
    return said.substitute, said.named


@pytest.mark.parametrize(
    "text",
    [
        f"Bo Claes ne pourra pas venir, merci d'annuler son inscription ; Els Maes {ELS} la remplacera.",
        f"Els Maes {ELS} viendra à la place de Bo Claes.",
        f"Bo Claes cannot attend. Please replace her with Els Maes, {ELS}.",
        f"Els Maes {ELS} will be replacing Bo Claes, who has left our department.",
        f"Statt Bo Claes kommt Els Maes {ELS}.",
    ],
)
def test_who_comes_in_the_place_of_a_colleague_is_told_in_each_language(text: str) -> None:
    comes, named = who_comes(text)
    assert (comes.name, comes.email) == ("Els Maes", "els@damme.example")
    assert "Bo Claes" in {comes.instead_of, *named}


@pytest.mark.parametrize(
    "text",
    [
        f"Un empêchement m'oblige à céder ma place : c'est Els Maes {ELS} qui viendra à ma place.",
        f"Els Maes {ELS} is standing in for me, I am on leave.",
        f"Leider bin ich verhindert. An meiner Stelle kommt Els Maes {ELS}.",
    ],
)
def test_who_comes_in_the_writers_place_is_told_in_each_language(text: str) -> None:
    comes, _ = who_comes(text)
    assert (comes.name, comes.instead_of) == ("Els Maes", "")


@pytest.mark.parametrize(
    "text",
    [
        "Bo Claes pourrait être remplacée, à confirmer.",
        "Bo Claes might be replaced by Els Maes, we will confirm.",
        "Si je tombe malade, Els Maes me remplacera.",
        "If I fall ill, Els Maes will replace me.",
        "Falls ich krank werde, vertritt mich Els Maes.",
        "Als ik ziek word, zal Els Maes mij vervangen.",
        "Vielleicht vertritt mich Els Maes.",
    ],
)
def test_a_substitution_that_is_open_is_not_carried_out(text: str) -> None:
    assert read(text).intent is Intent.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "I'll be there, no changes.",
        "I will definitely be there, nothing has changed.",
        "I'll be there, no parking needed.",
        "Je serai là, aucun changement.",
        "Je serai là, pas de voiture.",
    ],
)
def test_a_no_that_stands_beside_a_coming_and_is_of_a_thing_excuses_nobody(text: str) -> None:
    assert read(text).intent not in {Intent.EXCUSE, Intent.WITHDRAW}


def test_a_word_that_the_language_of_a_text_has_is_no_dialect() -> None:
    assert as_written("je ne mange ni viande ni poisson") == "je ne mange ni viande ni poisson"
    assert as_written("mein vorname ist jan") == "mein vorname ist jan"
    assert as_written("k kan ni komen") == "k kan niet komen"


def test_a_noun_of_german_is_nobody_unless_it_is_a_first_name() -> None:
    assert names("Ich wollte kommen, aber mein Zug fällt aus.") == ()
    assert names("Jan Peeters kann leider nicht kommen.") == ("Jan Peeters",)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Je suis désormais juriste.", "juriste"),
        ("Je ne suis plus échevin mais directeur.", "directeur"),
        ('My function should read "legal adviser".', "legal adviser"),
        ("I am no longer alderman but mayor.", "mayor"),
        ("Ich bin jetzt Abteilungsleiterin.", "Abteilungsleiterin"),
        ("My function is incorrect.", ""),
        ("Ma fonction est incorrecte.", ""),
    ],
)
def test_what_a_function_has_become_is_told_in_each_language(text: str, role: str) -> None:
    assert new_role(text) == role


def test_a_colleague_and_the_writer_are_two() -> None:
    (act,) = (
        one for one in read("Els Maes and I would like to attend.").acts if one.kind is not ActKind.OTHER
    )
    assert "Els Maes" in act.people

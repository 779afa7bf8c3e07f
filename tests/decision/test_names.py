"""Names, compared as people compare them."""

from __future__ import annotations

import pytest

from mailbot.matching.names import other_spellings, same_name, similar_name
from mailbot.storage.mentions import name_key
from mailbot.text.normalize import fold


@pytest.mark.parametrize(
    ("one", "other", "same", "similar"),
    [
        ("Jan Peeters", "PEETERS Jan", True, True),
        ("José D'hondt", "jose d’hondt", True, True),
        ("Jan Peeters", "Jan Peters", False, True),
        ("Jan Peeters", "J. Peeters", False, True),
        ("Els Maes", "Elsje Maes", False, True),
        ("Jan Peeters", "Peeters", False, True),
        ("Jan Peeters", "Jan Pauwels", False, False),
        ("Jan Peeters", "An Claes", False, False),
        ("", "Jan Peeters", False, False),
    ],
)
def test_same_and_similar_names(one: str, other: str, same: bool, similar: bool) -> None:
    assert (same_name(one, other), similar_name(one, other)) == (same, similar)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Vandenbroeck", "Jan Van den Broeck"),
        ("Jan Desmet", "Jan De Smet"),
        ("Jan Vandewalle", "Jan Vande Walle"),
        ("Jan Van de Walle", "Jan Vande Walle"),
        ("Jan D'Hulst", "Jan Dhulst"),
    ],
)
def test_a_name_is_looked_for_with_its_particles_joined_and_parted(one: str, other: str) -> None:
    assert fold(other) in other_spellings(one)
    assert fold(one) in other_spellings(other)


def test_the_spellings_of_a_hostile_name_are_bounded() -> None:
    assert len(other_spellings("vandenvandervanderdedede " * 40)) <= 64


@pytest.mark.parametrize(
    "written", ["P\u0435eters", "\u0420eeters", "Peeter\u0455", "P\u03b5eters", "P\u0415ETERS"]
)
def test_letters_that_look_alike_are_one_in_a_name(written: str) -> None:
    assert same_name(f"Jan {written}", "Jan Peeters")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "\u039d\u03af\u03ba\u03bf\u03c2 \u0393\u03b9\u03ac\u03bd\u03bd\u03b7\u03c2",
            "\u0393\u0399\u0391\u039d\u039d\u0397\u03a3 \u039d\u0399\u039a\u039f\u03a3",
        ),
        (
            "\u041d\u0438\u043d\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430",
            "\u0418\u0412\u0410\u041d\u041e\u0412\u0410 \u041d\u0418\u041d\u0410",
        ),
    ],
    ids=["Greek", "Cyrillic"],
)
def test_a_name_in_another_script_is_the_same_in_capitals(one: str, other: str) -> None:
    assert same_name(one, other)


def test_a_name_in_another_script_is_known_in_the_ledger_as_it_always_was() -> None:
    assert (
        name_key("\u041d\u0438\u043d\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430")
        == " \u0438\u0432\u0430\u043d\u043e\u0432\u0430 \u043d\u0438\u043d\u0430 "
    )


def test_signs_without_a_letter_are_nobodys_name() -> None:
    assert not same_name("----", "")

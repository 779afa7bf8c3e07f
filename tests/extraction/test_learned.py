"""Captions in words that nobody knows, learned for one document by what stands at them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

WHO = ["Naam", "Voornaam", "Gemeente"]
UNKNOWN = ["Postvak op het werk", "Draagbaar toestel", "Wat u doet"]
AN = ["Maes", "An", "Damme", "an.maes@damme.example", "0478 11 22 33", "schepen"]
BO = ["Claes", "Bo", "Brugge", "bo.claes@brugge.example", "0478 44 55 66", "jurist"]
KEYS = ["last_name", "first_name", "organisation", "email", "phone", "role"]


def test_of_each_of_a_list_below_captions_that_nobody_knows_all_is_read_and_doubted(read: Read) -> None:
    submission = read(*lines("Inschrijving"), grid([[*WHO, *UNKNOWN], AN, BO]))
    assert answers(submission) == [dict(zip(KEYS, one, strict=True)) for one in (AN, BO)]
    told = {(n, key, "unsure") for n in (0, 1) for key in KEYS[3:]}
    assert told <= doubts(submission)


@pytest.mark.parametrize("sign", ["\t", " ..... "])
def test_behind_a_tab_or_dots(read: Read, sign: str) -> None:
    text = "\n".join(f"{caption}{sign}{said}" for caption, said in zip([*WHO, *UNKNOWN], AN, strict=True))
    (person,) = answers(read(*lines(f"Inschrijving\n{text}")))
    assert {key: person.get(key) for key in KEYS} == dict(zip(KEYS, AN, strict=True))


def test_a_name_is_told_by_the_address_that_spells_it_and_doubted(read: Read) -> None:
    who = [
        ["Geslachtsnaam", "Maes"],
        ["Zoals men u roept", "Els"],
        ["E-mail", "els.maes@damme.example"],
        ["Gemeente", "Damme"],
    ]
    rows = [*who, ["Telefoon", AN[4]], ["Functie", AN[5]], ["Neemt u deel?", "ja"]]
    submission = read(*lines("Inschrijving"), grid(rows))
    (person,) = answers(submission)
    assert (person["last_name"], person["first_name"]) == ("Maes", "Els")
    assert {(0, "last_name", "unsure"), (0, "first_name", "unsure")} <= doubts(submission)


def test_a_label_among_unknown_words_asks_what_it_is(read: Read) -> None:
    rows = [["Naam", "Maes"], ["Voornaam zoals op uw pas", "An"], ["E-mail", AN[3]], ["Gemeente", "Damme"]]
    assert answers(read(*lines("Inschrijving"), grid(rows)))[0]["first_name"] == "An"


def test_a_body_that_no_list_knows_is_one_by_its_kind(read: Read) -> None:
    rows = [["Naam", "Maes"], ["Voornaam", "An"], ["E-mail", AN[3]], ["U komt namens", "Politiezone De Lork"]]
    assert answers(read(*lines("Inschrijving"), grid(rows)))[0]["organisation"] == "Politiezone De Lork"


@pytest.mark.parametrize("said", ["", "vegetarisch"])
def test_a_caption_that_nobody_knows_answers_no_question_above_it(read: Read, said: str) -> None:
    rows = [
        ["Naam", "Maes"],
        ["E-mail", AN[3]],
        ["Dieetwensen", said],
        ["Maat polo", ""],
        ["Telefoon", AN[4]],
    ]
    (person,) = answers(read(*lines("Inschrijving"), grid([*rows, ["Gemeente", "Damme"]])))
    assert person.get("diet", "") == said


def test_rows_of_unknown_captions_above_their_answers_are_no_people(read: Read) -> None:
    rows = [
        ["Surname", "First name"],
        ["Maes", "An"],
        ["On behalf of", "Doing what?"],
        ["Damme", "schepen"],
        ["Where do we write?", "Your line"],
        [AN[3], AN[4]],
    ]
    (person,) = answers(read(*lines("Registration form"), grid(rows)))
    assert (person["last_name"], person["first_name"], person["email"]) == ("Maes", "An", AN[3])


def test_a_blank_whose_captions_nobody_knows_is_nobody(read: Read) -> None:
    captions = ["Naam volgens pas", "Eerste voornaam", "Wat u doet", "Postvak op het werk", "Gemeente"]
    assert answers(read(*lines("Inschrijving"), grid([[one, ""] for one in captions]))) == []


def test_what_stands_for_a_name_in_each_block_of_a_blank_is_print(read: Read) -> None:
    block = [["Naam en voornaam", "", "Bestuur", ""], ["Positie", "", "Bereikbaar via (gsm)", ""]]
    block += [["Elektronische post", "", "Aanwezig op 21/1", ""]]
    said = [*lines("Inschrijving")]
    for number in (1, 2, 3):
        said += [*lines(f"Deelnemer {number}"), grid(block, number)]
    assert read(*said).people == ()


def test_people_across_the_columns_teach_what_a_caption_asks(read: Read) -> None:
    rows = [
        ["", "Deelnemer 1", "Deelnemer 2", "Deelnemer 3"],
        ["Naam", "Peeters", "Maes", "Okafor"],
        ["Voornaam", "Jan", "Els", "Ngozi"],
        ["Gemeente", "Damme", "Brugge", "Gent"],
        ["Waar kunnen we u bereiken", "jan@damme.example", "els@damme.example", ""],
        ["Draagbaar toestel", "0478 11 22 33", "", "0478 44 55 66"],
    ]
    people = answers(read(*lines("Inschrijving"), grid(rows)))
    assert [one.get("email") for one in people] == ["jan@damme.example", "els@damme.example", None]
    assert [one.get("phone") for one in people] == ["0478 11 22 33", None, "0478 44 55 66"]


def test_a_caption_that_shares_a_telling_word_with_one_question_asks_it_and_is_doubted(read: Read) -> None:
    rows = [*zip(WHO, AN, strict=False), ["Voor de keuken, uw dieetkeuze", "geen varkensvlees"]]
    rows += [["Opmerkingen voor de directie", "Ik kom wat later"], ["Telefoon", AN[4]]]
    submission = read(*lines("Inschrijving"), grid(rows))
    (person,) = answers(submission)
    assert (person["diet"], person["remarks"]) == ("geen varkensvlees", "Ik kom wat later")
    assert (0, "remarks", "unsure") in doubts(submission)


def test_a_caption_that_begins_with_a_label_is_no_answer_to_it(read: Read) -> None:
    rows = [["Naam van de leerkracht", "Els Maes"], ["E-mail", "els.maes@damme.example"]]
    rows += [["Gemeente", "Damme"], ["Opmerkingen voor de directie", ""]]
    (person,) = answers(read(*lines("Inschrijving"), grid(rows)))
    assert "remarks" not in person and "leerkracht" not in str(person.values())


def test_a_caption_with_room_left_open_heads_nothing_below_it(read: Read) -> None:
    rows = [["Wie", "Wat doet u", "Postvak"], ["An Maes", "schepen", AN[3]], ["Bo Claes", "jurist", BO[3]]]
    text = "Inschrijving\nGemeente: Damme\nFacturen mogen naar: ______________________"
    people = answers(read(*lines(text), grid(rows)))
    assert [person["email"] for person in people] == [AN[3], BO[3]]


def test_two_witnesses_leave_no_doubt_of_what_a_caption_asks(read: Read) -> None:
    rows = [["Naam", "Maes"], ["Voornaam", "An"], ["Gemeente", "Damme"], ["Te bereiken op", AN[4]]]
    submission = read(*lines("Inschrijving"), grid([*rows, ["Postvak op het werk", AN[3]]]))
    (person,) = answers(submission)
    assert (person["phone"], person["email"]) == (AN[4], AN[3])
    assert (0, "phone", "unsure") not in doubts(submission)


def test_captions_below_their_rooms_go_on_in_other_words(read: Read) -> None:
    told = [("An Maes", "voornaam en naam"), ("Stad Damme", "gemeente"), (AN[3], "adres voor de bevestiging")]
    text = "\n".join(f"{said}\n{caption}" for said, caption in [*told, ("schepen", "uw functie")])
    (person,) = answers(read(*lines(f"Antwoordstrook\n{text}")))
    assert (person["email"], person["role"]) == (AN[3], "schepen")


def test_a_tab_behind_a_label_is_the_room_that_was_left_open(read: Read) -> None:
    text = "Inschrijving\nNaam: Maes\nVoornaam: An\nE-mail: an@damme.example\nOpmerkingen: \t"
    assert "remarks" not in answers(read(*lines(f"{text}\nAnnuleren kan kosteloos tot 8 april.")))[0]

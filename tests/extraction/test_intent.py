"""Who a wish is about, who comes instead, what is asked, and what never counts."""

from __future__ import annotations

import pytest

from mailbot.domain.document import Location, Unit
from mailbot.domain.submission import ActKind, Intent
from mailbot.intent.classifier import IntentResult, read_intent
from mailbot.intent.questions import question_in
from mailbot.intent.sentences import sentences
from mailbot.intent.substitutes import may_replace, standin
from mailbot.message import parse


def wish(
    text: str, subject: str = "Re: uitnodiging", sender: str = "Piet Pieters <piet@damme.example>"
) -> IntentResult:
    raw = f"From: {sender}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    return read_intent(parse(raw.encode(), frozenset()))


@pytest.mark.parametrize(
    ("text", "intent", "named"),
    [
        ("Jan Peeters kan er helaas niet bij zijn.", Intent.EXCUSE, ("Jan Peeters",)),
        ("Jan Peeters en An De Smet kunnen niet komen.", Intent.EXCUSE, ("Jan Peeters", "An De Smet")),
        ("Gelieve Jan Peeters uit te schrijven.", Intent.WITHDRAW, ("Jan Peeters",)),
        ("Schrijf Jan Van den Broeck uit aub.", Intent.WITHDRAW, ("Jan Van den Broeck",)),
        ("Gelieve de inschrijving van Jan Peeters te annuleren.", Intent.WITHDRAW, ("Jan Peeters",)),
        ("Onze schepen An De Smet laat zich verontschuldigen.", Intent.EXCUSE, ("An De Smet",)),
        ("Helaas kan Jan Peeters niet aanwezig zijn.", Intent.EXCUSE, ("Jan Peeters",)),
        ("Jan en ik kunnen niet komen.", Intent.EXCUSE, ("Jan", "Piet Pieters")),
        ("Ik en Jan Peeters kunnen niet komen.", Intent.EXCUSE, ("Jan Peeters", "Piet Pieters")),
        ("Ik kan niet komen.", Intent.EXCUSE, ()),
        ("Ik ben ziek. Gelieve mij uit te schrijven.", Intent.WITHDRAW, ()),
        ("Ik ben ziek.", Intent.MAYBE_WITHDRAW, ()),
        ("Ik kan niet komen omdat Jan Peeters ziek is.", Intent.EXCUSE, ()),
        ("Ik kan niet komen, Jan Peeters is ziek.", Intent.EXCUSE, ()),
        ("Volgens Jan Peeters kan ik niet komen.", Intent.UNCLEAR, ()),
        ("OCMW Damme kan niet aanwezig zijn.", Intent.MAYBE_WITHDRAW, ()),
    ],
)
def test_a_withdrawal_is_about_the_people_it_names(text: str, intent: Intent, named: tuple[str, ...]) -> None:
    said = wish(text)
    assert (said.intent, said.named) == (intent, named)


@pytest.mark.parametrize(
    ("text", "name", "instead_of"),
    [
        ("Jan Peeters komt in mijn plaats.", "Jan Peeters", ""),
        ("Ik ben ziek. Karel Maes komt in mijn plaats.", "Karel Maes", ""),
        ("Ik kan niet komen, An De Smet vervangt mij.", "An De Smet", ""),
        ("Mijn schepen An De Smet vervangt mij.", "An De Smet", ""),
        (
            "Ik kan er niet bij zijn. In mijn plaats komt mijn collega Jan Van den Broeck.",
            "Jan Van den Broeck",
            "",
        ),
        ("Ik word vervangen door schepen An De Smet.", "An De Smet", ""),
        ("Ik kan niet komen. De Smet komt in mijn plaats.", "De Smet", ""),
        ("Ik laat mij vervangen door An De Smet", "An De Smet", ""),
        ("An De Smet zal mij vervangen.", "An De Smet", ""),
        ("Mijn vervanger is An De Smet.", "An De Smet", ""),
        ("Jan Peeters komt in plaats van An De Smet.", "Jan Peeters", "An De Smet"),
        ("An De Smet komt in de plaats van Jan Peeters.", "An De Smet", "Jan Peeters"),
        ("Ik kan zelf niet, maar An De Smet zal mij vertegenwoordigen.", "An De Smet", ""),
        ("Ik geef mijn plaats door aan mijn collega An De Smet.", "An De Smet", ""),
        ("An De Smet zal in mijn naam aanwezig zijn.", "An De Smet", ""),
        ("Graag mijn inschrijving overzetten op naam van An De Smet.", "An De Smet", ""),
        ("Mevr. An De Smet, schepen van cultuur, vervangt mij op 3 december.", "An De Smet", ""),
        ("Piet Claes (OCMW Damme, piet@damme.example) komt in mijn plaats.", "Piet Claes", ""),
    ],
)
def test_a_substitute_is_named(text: str, name: str, instead_of: str) -> None:
    said = wish(text)
    assert said.intent is Intent.SUBSTITUTE
    assert said.substitute is not None
    assert (said.substitute.name, said.substitute.instead_of) == (name, instead_of)
    assert may_replace(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom in de plaats van Jan Peeters.",
        "Ik vervang schepen Jan Peeters op 3 december.",
        "Ik vertegenwoordig burgemeester Jan Peeters.",
        "In plaats van Jan Peeters kom ik naar de bijeenkomst.",
        "Jan Peeters kan niet komen. Ik kom in zijn plaats.",
        "Jan Peeters kan niet, ik kom in zijn plaats.",
        "Jan Peeters is ziek en ik neem zijn plaats in.",
        "Schepen Jan Peeters kan niet, ik vervang hem.",
        "Jan Peeters laat zich verontschuldigen, ik vertegenwoordig hem.",
        "Jan Peeters kan niet komen. Ik zal hem vervangen.",
        "Je viens à la place de Jan Peeters.",
    ],
)
def test_who_writes_may_be_who_comes_instead(text: str) -> None:
    said = wish(text)
    assert said.intent is Intent.SUBSTITUTE
    assert said.substitute is not None
    assert (said.substitute.name, said.substitute.instead_of) == ("Piet Pieters", "Jan Peeters")
    assert may_replace(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Jan Peeters ne peut pas venir, je viendrai à sa place.", Intent.SUBSTITUTE),
        ("Jan Peeters cannot make it, I will come in his place.", Intent.SUBSTITUTE),
        ("Jan Peeters kann nicht kommen, ich komme an seiner Stelle.", Intent.UNCLEAR),
    ],
)
def test_in_each_language_and_doubted_or_not_it_is_the_writer_who_comes_instead(
    text: str, intent: Intent
) -> None:
    said = wish(text)
    assert said.intent is intent
    assert said.substitute is not None
    assert said.substitute.name == "Piet Pieters"


@pytest.mark.parametrize(
    "text",
    [
        "Als Jan Peeters niet kan, kom ik in zijn plaats.",
        "Jan Peeters en ik kunnen niet, ik kom in zijn plaats.",
        "Els Maes komt niet, Jan Peeters is ziek en ik kom in zijn plaats.",
    ],
)
def test_whose_place_the_writer_may_take_is_never_who_comes(text: str) -> None:
    said = wish(text)
    assert said.intent is Intent.UNCLEAR
    assert said.substitute is None
    assert not any(act.people for act in said.acts if act.kind is ActKind.SUBSTITUTE)


def test_a_remark_without_a_word_for_it_is_of_nobodys_place() -> None:
    assert not may_replace("Ik zit graag vooraan, naast Jan Peeters van Damme. Verder eet ik geen vlees.")


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters in plaats van mij alstublieft.",
        "Ik zal er niet geraken, maar Jan Peeters neemt het van mij over.",
    ],
)
def test_the_only_one_named_beside_words_for_a_substitute_is_who_comes(text: str) -> None:
    said = wish(text)
    assert (said.intent, said.substitute and said.substitute.name) == (Intent.SUBSTITUTE, "Jan Peeters")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kan An De Smet in mijn plaats komen?", "An De Smet"),
        ("Zet Jan Peeters in mijn plaats.", "Jan Peeters"),
    ],
)
def test_what_opens_a_request_is_no_part_of_the_name_of_a_substitute(text: str, name: str) -> None:
    named = standin(text)
    assert named is not None and named.name == name


def test_nobody_is_taken_for_a_substitute_who_is_still_open() -> None:
    assert wish("Jan Peeters zegt dat iemand anders mij vervangt.").substitute is None


def test_the_data_of_a_substitute_stand_in_lines_below() -> None:
    who = wish("Piet Claes komt in mijn plaats.\n\nE-mail: piet@damme.example").substitute
    assert who is not None
    assert (who.name, who.email) == ("Piet Claes", "piet@damme.example")


def test_a_substitute_comes_with_organisation_and_address_where_given() -> None:
    who = wish("Piet Claes (OCMW Damme, piet@damme.example) komt in mijn plaats.").substitute
    assert who is not None
    assert (who.organisation, who.email) == ("OCMW Damme", "piet@damme.example")


@pytest.mark.parametrize(
    "text",
    [
        "Ik zit die week op de trein naar Rome. Een andere keer graag.",
        "Ik lig met de griep in bed.",
        "Op die dag trouwt mijn dochter en ik zit in Portugal.",
    ],
)
def test_a_reason_alone_withdraws_in_an_answer_and_is_looked_at_elsewhere(text: str) -> None:
    assert wish(text).intent in (Intent.EXCUSE, Intent.MAYBE_WITHDRAW)
    assert wish(text, subject="Vraagje").intent is Intent.MAYBE_WITHDRAW


def test_a_reason_beside_a_coming_withdraws_nobody() -> None:
    assert wish("Mijn collega is ziek maar ik kom gewoon.").intent is Intent.REGISTER
    assert wish("Ik ben vorige week geopereerd.").intent is not Intent.EXCUSE


def test_nobody_is_registered_who_regrets_something() -> None:
    assert wish("Ik zou graag komen, helaas heb ik die dag examen.").intent is Intent.UNCLEAR
    assert wish("Je participerais volontiers, malheureusement j'ai un examen.").intent is not Intent.REGISTER
    assert wish("Ik kom graag.").intent is Intent.REGISTER


def test_neither_of_two_comes() -> None:
    said = wish("Noch de schepen, Jan Peeters, noch ikzelf kunnen ons die dag vrijmaken.")
    assert (said.intent, said.named) == (Intent.EXCUSE, ("Jan Peeters", "Piet Pieters"))


@pytest.mark.parametrize(
    "text",
    [
        "Misschien komt Jan Peeters in mijn plaats.",
        "Mijn collega komt in mijn plaats.",
        "Komt Jan Peeters in mijn plaats?",
        "Iemand anders vervangt mij.",
        "Jan Peeters komt niet in mijn plaats.",
        "Mijn vervanger An De Smet kan ook niet komen.",
        "Ik kom misschien in de plaats van Jan Peeters.",
    ],
)
def test_a_substitute_without_a_name_or_with_a_doubt_is_none(text: str) -> None:
    said = wish(text)
    assert said.substitute is None
    assert said.intent is not Intent.SUBSTITUTE


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Ik kom graag. Is er parking?", "Is er parking?"),
        ("Is er parking?\nEn is de zaal toegankelijk?", "Is er parking? En is de zaal toegankelijk?"),
        ("Graag had ik geweten of er parking is", "Graag had ik geweten of er parking is"),
        ("Hoe gaat het? Ik kom.", ""),
        ("Kunt u mij inschrijven?", ""),
        ("Kunt u de goede ontvangst bevestigen?", ""),
        ("Kunt u bevestigen dat dit gratis is?", "Kunt u bevestigen dat dit gratis is?"),
        ("Ik kom.", ""),
    ],
)
def test_a_question_is_kept_in_the_senders_words(text: str, question: str) -> None:
    assert wish(text).question == question


def test_a_question_in_the_remarks_is_found() -> None:
    assert question_in(["Vegetarisch. Is er parking?"]) == "Is er parking?"


def test_quoted_words_and_signatures_never_count() -> None:
    said = wish("Bedankt!\n\nGroeten\nAfmelden via deze link\n\n> Gelieve mij uit te schrijven.")
    assert said.intent is Intent.THANKS
    assert said.words == "Bedankt!"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hallo ik kom niet", Intent.EXCUSE),
        ("Dag allemaal ik kan er niet bij zijn, ik werk", Intent.EXCUSE),
        ("bonjour je pourrai pas venir désolé, je travaille", Intent.EXCUSE),
        ("hi I can't make it, sorry", Intent.EXCUSE),
        ("Hallo Kan er niet bij zijn", Intent.EXCUSE),
        ("dag schrijf mij maar in", Intent.REGISTER),
        ("Beste K Maes, ik kom niet", Intent.EXCUSE),
        ("Goed nieuws: ik kom", Intent.REGISTER),
    ],
)
def test_a_greeting_without_a_comma_swallows_no_sentence(text: str, intent: Intent) -> None:
    assert wish(text).intent is intent


@pytest.mark.parametrize(
    "above",
    [
        "Beste, gelieve onderstaande te noteren.",
        "Kan u onderstaande inschrijven of afmelden?",
        "Zie hieronder, graag verwerken.",
        "Hoi, kan je dit in orde brengen?",
        "Pourriez-vous noter la demande ci-dessous ?",
        "Please note the request below.",
        "FYI",
    ],
)
def test_what_is_asked_to_be_done_with_a_mail_below_is_the_wish_of_that_mail(above: str) -> None:
    inner = (
        "Van: Stijn Coulier <stijn@damme.example>\nVerzonden: dinsdag 13 oktober 2026 16:02\nAan: Damme"
        "\nOnderwerp: Kennisplatform\n\nKan je mij verontschuldigen voor het Kennisplatform?\n\nStijn Coulier"
    )
    said = wish(f"{above}\n\nSecretariaat\n\n{inner}", subject="FW: Kennisplatform")
    assert (said.intent, said.words.partition("\n")[0]) == (
        Intent.EXCUSE,
        "Kan je mij verontschuldigen voor het Kennisplatform?",
    )


@pytest.mark.parametrize(
    "above",
    [
        "Onderstaande mail is van Jan Maes, ik kom zelf niet.",
        "Deze namiddag is voor mij niet in orde, ik kom niet.",
        "Zie onderstaande vraag van Jan Maes. Ik kan er niet bij zijn.",
    ],
)
def test_what_who_passes_a_mail_on_says_of_themselves_beside_it_counts(above: str) -> None:
    said = wish(
        f"{above}\n\nVan: Jan Maes <jan@damme.example>\nOnderwerp: x\n\nIs er een lift?", subject="FW: x"
    )
    assert said.acts
    assert not said.words.startswith("Is er")


def test_to_register_this_person_is_no_word_about_a_mail_below() -> None:
    inner = "Van: Jan Maes <jan@damme.example>\nOnderwerp: x\n\nGelieve mij uit te schrijven."
    said = wish(f"Kan je deze persoon inschrijven?\n\n{inner}", subject="FW: x")
    assert said.intent is Intent.UNCLEAR


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("De plus je souhaite m'inscrire.", Intent.REGISTER),
        ("Je ne souhaite plus figurer sur la liste.", Intent.WITHDRAW),
        ("Je ne veux plus annuler.", Intent.UNCLEAR),
        ("Je souhaite en plus inscrire ma collègue.", Intent.UNCLEAR),
        ("Rien ne m'empêche de participer.", Intent.REGISTER),
        ("Un contretemps m'empêche de venir.", Intent.EXCUSE),
        ("Ajoutez-moi à la liste.", Intent.REGISTER),
        ("Inscrivez-moi svp.", Intent.REGISTER),
        ("Retirez-moi de la liste svp.", Intent.WITHDRAW),
    ],
)
def test_french_for_coming_and_leaving_is_told_by_its_negations(text: str, intent: Intent) -> None:
    assert wish(text, subject="Réunion").intent is intent


@pytest.mark.parametrize("name", ["Beste Ben", "Dag Wil", "Beste Kan Demir", "Bonjour Désolé"])
def test_a_first_name_in_a_greeting_is_no_sentence(name: str) -> None:
    assert sentences([name]) == ()


def test_lines_that_were_read_as_a_form_are_no_words() -> None:
    message = parse(b"Subject: x\n\nDag,\nIk neem deel: neen\nIs er parking?\n", frozenset())
    said = read_intent(message, frozenset({Location().at(Unit.MAIL).at(Unit.LINE, 2)}))
    assert said.words == "Dag,\nIs er parking?"
    assert said.intent is Intent.NONE


def test_a_form_line_that_nobody_read_is_no_wish() -> None:
    assert wish("Ik neem deel: neen").intent is Intent.REPLY
    assert wish("☐ Ik neem deel").intent is Intent.REPLY


def test_references_are_found_in_subject_and_text() -> None:
    assert wish("Het gaat over ins-43.", subject="Re: uw inschrijving INS-0042").nrs == (
        "INS-0042",
        "INS-0043",
    )


@pytest.mark.parametrize(
    ("subject", "intent"),
    [
        ("Afmelding", Intent.WITHDRAW),
        ("Afmelding Jan Peeters", Intent.WITHDRAW),
        ("Verontschuldigd", Intent.EXCUSE),
        ("Annulatie lunch", Intent.UNCLEAR),
        ("Re: Afmelding", Intent.NONE),
        ("FW: Afmelding", Intent.NONE),
        ("Vraag over afmelding", Intent.NONE),
    ],
)
def test_a_subject_of_ones_own_counts_above_an_empty_mail(subject: str, intent: Intent) -> None:
    assert wish("", subject=subject).intent is intent


def test_the_words_inside_a_forward_count_where_the_outer_ones_say_nothing() -> None:
    text = (
        "Ter info.\n\nVan: An De Smet <an@damme.example>\nVerzonden: donderdag 5 november 2026\nAan: P\n"
        "Onderwerp: x\n\nGelieve mij uit te schrijven."
    )
    assert wish(text, subject="FW: x").intent is Intent.WITHDRAW
    assert wish(text, subject="RE: x").intent is Intent.REPLY


def test_who_cannot_come_is_not_who_comes_in_their_place() -> None:
    found = standin("Inge kan er niet bij zijn, in haar plaats komt An Maes, schepen, an.maes@damme.example.")
    assert found is not None
    assert (found.name, found.email) == ("An Maes", "an.maes@damme.example")


@pytest.mark.parametrize(
    "text",
    [
        "Je dois annuler, c'est An Maes (an.maes@damme.example) qui me remplacera.",
        "An Maes goa in mijn plekke (an.maes@damme.example)",
        "An Maes viendra à ma place, an.maes@damme.example.",
    ],
)
def test_who_comes_instead_is_found_in_other_words(text: str) -> None:
    found = standin(text)
    assert found is not None
    assert (found.name, found.email) == ("An Maes", "an.maes@damme.example")


def test_the_address_of_another_is_not_the_substitutes() -> None:
    said = wish("An De Smet komt in mijn plaats. Vragen mogen naar jan.claes@damme.example.")
    assert said.substitute is not None
    assert (said.substitute.name, said.substitute.email) == ("An De Smet", "")

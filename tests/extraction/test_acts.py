"""What plain words do, act by act, and how far two readers are believed."""

from __future__ import annotations

import math

import pytest

from mailbot.domain.message import Address
from mailbot.domain.submission import ActKind, Intent, Who
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import weighed
from mailbot.intent.classifier import IntentResult, read_intent
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import role_stated
from mailbot.intent.sentences import sentences
from mailbot.intent.signature import cut, signature_of
from mailbot.intent.statistical import Model, chances_in, model, tokens
from mailbot.message import parse
from mailbot.text.closings import is_closing


def kinds(text: str) -> list[ActKind]:
    return [act.kind for act in read_acts(text.splitlines()) if not act.elsewhere]


def read(text: str, subject: str = "Re: uw inschrijving") -> IntentResult:
    head = (
        f"From: Jan Peeters <jan@damme.example>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8"
    )
    return read_intent(parse(f"{head}\n\n{text}\n".encode(), frozenset()))


@pytest.mark.parametrize(
    "whom", ["deze persoon", "onderstaande deelnemer", "die mevrouw", "betrokkene", "hem", "mijn collega"]
)
def test_who_is_only_pointed_at_is_not_the_writer(whom: str) -> None:
    (act,) = read_acts([f"Gelieve {whom} uit te schrijven."])
    assert (act.kind, act.who) == (ActKind.NOT_COME, Who.COLLEAGUE)


@pytest.mark.parametrize(
    ("text", "stays_away"),
    [
        ("K kom nie met den auto zulle, met den trein.", False),
        ("k zal der nie vroeg zijn", False),
        ("Wij kunnen niet met drie komen, alleen ik.", False),
        ("Ik kom niet met mijn vrouw, zoals eerst gezegd.", False),
        ("Ik zal er niet zijn als mandataris, maar gewoon als toehoorder.", False),
        ("Ik kom niet via de E40 maar binnendoor.", False),
        ("Ik kom niet zonder mijn begeleider.", False),
        ("We komen nie per trein.", False),
        ("Je ne viens pas avec mon collègue mais avec mon mari.", False),
        ("I am not coming as an alderman, just as a citizen.", False),
        ("Ich komme nicht allein.", False),
        ("Ik kan niet komen met de feestdagen.", True),
        ("Ik kan niet komen als schepen want ik ben ontslagnemend.", True),
        ("Mijn vrouw gaat met de auto, ik kom niet.", True),
    ],
)
def test_a_not_of_how_somebody_comes_is_no_staying_away(text: str, stays_away: bool) -> None:
    assert (ActKind.NOT_COME in kinds(text)) is stays_away


@pytest.mark.parametrize(
    "text",
    [
        "Trui ligt met griep in bed en zal er op 21 december niet geraken, hoor ik van het thuisfront.",
        "Peter has the flu and won't make it on 21 December, I hear.",
        "Jij kan dus niet komen op 21 december.",
        "You cannot come then, I understand.",
    ],
)
def test_somebody_by_one_name_or_who_is_spoken_to_is_not_the_writer(text: str) -> None:
    away = [act.who for act in read_acts([text]) if act.kind is ActKind.NOT_COME]
    assert Who.WRITER not in away


@pytest.mark.parametrize(
    "text", ["Zoals afgesproken ga jij naar het kennisplatform.", "Jij gaat dus naar het kennisplatform."]
)
def test_a_coming_of_who_is_spoken_to_registers_nobody(text: str) -> None:
    assert read(text, "Kennisplatform").intent is not Intent.REGISTER


def test_the_short_name_of_a_body_is_nobody() -> None:
    assert names("Ik zet de inschrijvingen van de WVI in cc.") == ()
    assert names("PEETERS kan niet komen.") == ("PEETERS",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jan Peeters en Els Maes kunnen niet. Wij verontschuldigen beiden.", {"Jan Peeters", "Els Maes"}),
        ("Jan Peeters is belet. Wij excuseren hem.", {"Jan Peeters"}),
        ("Jan Peeters ne pourra pas venir. Nous l'excusons.", {"Jan Peeters"}),
    ],
)
def test_whom_the_writer_excuses_again_is_not_the_writer(text: str, people: set[str]) -> None:
    assert {name for act in read_acts([text]) for name in act.people or (act.who,)} == people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De dag valt samen met de gemeenteraad, waar ik aanwezig moet zijn. Ik zie af van deelname.", 1),
        ("Ik kom graag naar jullie vergadering, waar ik dit wil vertellen.", 0),
    ],
)
def test_being_at_another_meeting_is_no_coming_to_ours(text: str, expected: int) -> None:
    assert kinds(text).count(ActKind.NOT_COME) == expected
    assert kinds(text).count(ActKind.COME) == 1 - expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Mag u mijn inschrijving annuleren alstublieft?", False),
        ("Mag je mij daar schrappen?", False),
        ("Mag je iemand anders inschrijven?", True),
        ("Mag je je nog inschrijven?", True),
        ("Mag je een inschrijving nog annuleren?", True),
    ],
)
def test_a_may_you_about_the_writer_is_a_request(text: str, asks: bool) -> None:
    (sentence,) = sentences([text])
    assert is_question(sentence) is asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik zal daar zijn.", [ActKind.COME]),
        ("k zien der", [ActKind.COME]),
        ("tis goe, kga der staan", [ActKind.COME]),
        ("k zien der nie bie", [ActKind.NOT_COME]),
        ("dus zal nie voor mij zijn", [ActKind.NOT_COME]),
        ("Ik ben daar niet zo zeker van.", [ActKind.CONFIRM]),
        ("Ik zal daar nog vragen over stellen.", [ActKind.OTHER]),
    ],
)
def test_being_there_in_any_order_and_dialect(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De oude datum heb ik geschrapt in mijn agenda.", []),
        ("14 december is uit de agenda gehaald.", []),
        ("Ik moet thuis blijven dus ik kom niet.", [ActKind.NOT_COME]),
        ("Ik kom maar kan niet blijven.", [ActKind.PARTIAL]),
        ("Schrap mijn naam uit de lijst.", [ActKind.NOT_COME]),
    ],
)
def test_a_day_in_an_agenda_and_staying_at_home_are_told_from_a_withdrawal(
    text: str, expected: list[ActKind]
) -> None:
    found = [kind for kind in kinds(text) if kind in (ActKind.NOT_COME, ActKind.PARTIAL)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik kan niet komen en Els ook niet.", Intent.MAYBE_WITHDRAW),
        ("Ik kom niet. Mijn collega Els Maes ook niet.", Intent.MAYBE_WITHDRAW),
        ("Helaas kan ik niet komen, ook Els niet.", Intent.MAYBE_WITHDRAW),
        ("Ik kan niet komen, de burgemeester evenmin.", Intent.MAYBE_WITHDRAW),
        ("Je ne peux pas venir, Marie non plus.", Intent.MAYBE_WITHDRAW),
        ("I can't make it and neither can Els.", Intent.MAYBE_WITHDRAW),
        ("Ik kan niet komen, de trein rijdt ook niet.", Intent.EXCUSE),
        ("zet Els Maes erip, ik kan nie", Intent.MAYBE_WITHDRAW),
        ("Ik kan niet komen, groeten aan Els Maes.", Intent.EXCUSE),
        ("Ik kan niet komen. Er wordt geen vervanger aangeduid.", Intent.EXCUSE),
        ("geen probleem k zal der zijn", Intent.REGISTER),
    ],
)
def test_who_does_not_come_either_is_not_lost(text: str, expected: Intent) -> None:
    assert read(text).intent is expected


def test_who_is_to_be_put_on_the_list_beside_who_does_not_come_is_told() -> None:
    found = read("Ik kan niet komen. Schrijf Els Maes maar op.")
    assert (found.intent, found.staying) == (Intent.EXCUSE, ("Els Maes",))


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Please remove my phone number from the list.", False),
        ("Haal mijn gsm-nummer van de lijst.", False),
        ("Haal mijn naam van de lijst.", True),
        ("Haal mij van de lijst.", True),
    ],
)
def test_a_number_that_goes_from_a_list_withdraws_nobody(text: str, leaves: bool) -> None:
    assert (ActKind.NOT_COME in kinds(text)) is leaves


def test_who_does_come_beside_one_who_does_not_is_not_withdrawn_with_them() -> None:
    said = read("De heer Peeters kan niet komen, mevrouw Maes wel.")
    assert [act.people for act in said.acts if act.kind is ActKind.NOT_COME] == [("Peeters",)]
    assert said.intent is Intent.MAYBE_WITHDRAW


def test_a_plea_to_note_what_was_said_is_nothing_of_its_own() -> None:
    said = read("Ik kan niet komen op 3 december. Gelieve uw lijsten in die zin te willen aanpassen.")
    assert [act.kind for act in said.acts] == [ActKind.NOT_COME]
    more = read("Ik kan niet komen op 3 december. Gelieve mijn telefoonnummer aan te passen.")
    assert ActKind.CHANGE in {act.kind for act in more.acts}


def intent(text: str, subject: str = "Re: uw inschrijving") -> Intent:
    return read(text, subject).intent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mijn gsm is 0478 12 34 56.", [ActKind.CHANGE]),
        ("Ik kom, tenzij er al iemand van ons komt.", [ActKind.CONDITION]),
        ("Graag 3 plaatsen.", [ActKind.PLACES]),
        ("Ik kom graag, geen dieetwensen.", [ActKind.COME]),
        ("Ik kom niet, geen opmerkingen verder.", [ActKind.NOT_COME]),
        ("Ik breng mijn collega mee.", [ActKind.BRING]),
        ("Stuur mij de bevestiging nog eens.", [ActKind.COPY]),
        ("Verwijder mijn gegevens.", [ActKind.ERASE]),
        ("Welke gegevens hebt u van mij?", [ActKind.ACCESS]),
        ("Ik kan niet blijven tot het einde.", [ActKind.PARTIAL]),
        ("Het past mij niet, ik zal er dus niet zijn.", [ActKind.NOT_COME]),
        ("Je ne pourrai pas participer.", [ActKind.NOT_COME]),
        ("I will not be able to attend.", [ActKind.NOT_COME]),
        ("Ich kann leider nicht teilnehmen.", [ActKind.NOT_COME]),
    ],
)
def test_an_act_is_read_in_the_language_it_is_written_in(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kga nie kunnen komen", [ActKind.NOT_COME]),
        ("kzou geern meedoen", [ActKind.COME]),
        ("Ik wil mij graag inschijven.", [ActKind.COME]),
        ("Gelieve mij te verontshuldigen.", [ActKind.NOT_COME]),
        ("De bijdrage is verminderd.", [ActKind.OTHER]),
        ("De harde schijven zitten erin.", [ActKind.OTHER]),
    ],
)
def test_dialect_and_slips_of_the_fingers_are_read_as_what_they_stand_for(
    text: str, expected: list[ActKind]
) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik kan niet komen, is het verslag achteraf beschikbaar", [ActKind.NOT_COME]),
        ("Ik meld mij af. Graag vernam ik ook wanneer de volgende is.", [ActKind.NOT_COME, ActKind.QUESTION]),
        ("Mijn kind is ziek en ik kan niet komen", [ActKind.NOT_COME]),
        ("Hierbij trek ik mijn inschrijving voor het overleg van alle besturen in.", [ActKind.NOT_COME]),
        ("Een dringende verplichting verhindert mij om deel te nemen.", [ActKind.NOT_COME]),
        ("Gelieve mij te verontschuldigen voor deze vergissing.", [ActKind.OTHER]),
        ("Gelieve mij te schrappen en verontschuldig mijn late reactie.", [ActKind.NOT_COME]),
        ("k ga nie zeggen dak nie kom", [ActKind.OTHER]),
        ("Ik had me ingeschreven, maar ik zal er niet kunnen zijn.", [ActKind.NOT_COME]),
    ],
)
def test_what_stands_beside_an_act_in_its_sentence_is_read_apart(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Ik kan niet komen, is het verslag achteraf beschikbaar", "is het verslag achteraf beschikbaar"),
        ("Ik kom niet. Hoe laat eindigt het", "Hoe laat eindigt het"),
        ("Kan er helaas niet bij zijn.", ""),
        ("Omdat ik ziek ben, kan ik niet komen.", ""),
        ("Wil je An Peeters afmelden?", ""),
    ],
)
def test_a_question_needs_no_mark_to_be_one(text: str, question: str) -> None:
    assert read(text).question == question


def test_who_stays_beside_who_leaves_is_told_apart() -> None:
    said = read("Sabine meldt zich ziek. Ik kom alleen.")
    assert (said.intent, said.named, said.staying) == (Intent.EXCUSE, ("Sabine",), ("Jan Peeters",))
    assert read("Karel meldt zich af, want ik had ons ingeschreven.").named == ("Karel",)


def test_a_pronoun_is_who_was_named_before() -> None:
    acts = read_acts(["An Maes kan er niet bij zijn. Wij verzoeken u haar te verontschuldigen."])
    assert {(act.kind, act.people) for act in acts} == {(ActKind.NOT_COME, ("An Maes",))}


def test_a_yes_to_the_rest_confirms_nothing_of_what_stands_before_it() -> None:
    assert read("0478 12 34 56\nDe rest klopt.").intent is not Intent.CONFIRM


def test_what_is_typed_below_a_quoted_question_answers_it() -> None:
    text = "> Functie: schepen\n\nburgemeester\n\n> Telefoon: 050\n\n0478 12 34 56\n\nDe rest klopt."
    assert read(text).words.splitlines() == [
        "Functie: burgemeester",
        "Telefoon: 0478 12 34 56",
        "De rest klopt.",
    ]


def test_trouble_before_a_but_hides_no_wish_behind_it() -> None:
    assert kinds("Ik vind het formulier niet, maar ik wil mij inschrijven.") == [ActKind.COME]


def test_whose_coming_is_confirmed_is_who_comes() -> None:
    (act,) = read_acts(["In opdracht van An Maes, raadslid, bevestig ik haar aanwezigheid."])
    assert (act.kind, act.people) == (ActKind.COME, ("An Maes",))
    (act,) = read_acts(["Ik bevestig haar aanwezigheid."])
    assert (act.kind, act.who) == (ActKind.COME, Who.COLLEAGUE)


@pytest.mark.parametrize(
    "text", ["Parfait, merci beaucoup !", "Prima, we zien elkaar daar. Groetjes Jan", "Noted, thanks!"]
)
def test_thanks_in_all_words_want_nothing(text: str) -> None:
    assert intent(text) in (Intent.THANKS, Intent.CONFIRM)


def test_by_the_way_is_no_wedding() -> None:
    said = "Ik kan niet komen. Mijn nieuw gsm-nummer is trouwens 0486 99 88 77."
    assert kinds(said) == [ActKind.NOT_COME, ActKind.CHANGE]


def test_a_no_before_staying_away_is_no_second_thing() -> None:
    assert intent("Neen, ik kom niet meer.") is Intent.EXCUSE


def test_two_people_in_one_sentence_are_two_acts() -> None:
    come, stays = read_acts(["Ik kom zelf, maar de burgemeester kan niet komen."])
    assert (come.kind, come.who) == (ActKind.COME, Who.WRITER)
    assert (stays.kind, stays.who) == (ActKind.NOT_COME, Who.MAYOR)


@pytest.mark.parametrize(
    ("text", "who", "people"),
    [
        ("De burgemeester, Jan Peeters, laat zich verontschuldigen.", Who.MAYOR, ("Jan Peeters",)),
        ("De burgemeester laat zich verontschuldigen.", Who.MAYOR, ()),
        ("Laat zich verontschuldigen.", Who.COLLEAGUE, ()),
        ("Kan er helaas niet bij zijn.", Who.WRITER, ()),
        ("Mag An Peeters ook mee?", Who.NAMED, ("An Peeters",)),
        ("Ik breng onze jurist An Peeters mee.", Who.NAMED, ("An Peeters",)),
    ],
)
def test_whom_an_act_is_about_is_no_guess(text: str, who: Who, people: tuple[str, ...]) -> None:
    (act,) = read_acts([text])
    assert (act.who, act.people) == (who, people)


def test_what_comes_is_not_always_somebody() -> None:
    assert kinds("De trein komt pas woensdag.") == [ActKind.OTHER]


def test_the_afternoon_pointed_at_is_the_whole_meeting() -> None:
    assert kinds("Schrap mij van de lijst voor die namiddag.") == [ActKind.NOT_COME]
    assert kinds("Ik kan niet in de namiddag.") == [ActKind.PARTIAL]


def test_a_number_of_places_is_a_slot() -> None:
    assert [act.places for act in read_acts(["Graag 3 plaatsen."])] == [3]
    assert [act.places for act in read_acts(["Wij komen met vijf."])][:1] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf mij uit voor de nieuwsbrief.",
        "Ik kan niet komen naar de gemeenteraad van donderdag.",
        "De factuur mag geannuleerd worden.",
        "Voor de barbecue moet ik afzeggen.",
    ],
)
def test_an_act_about_something_else_is_none_of_ours(text: str) -> None:
    assert kinds(text) == []
    assert intent(text) not in (Intent.WITHDRAW, Intent.EXCUSE)


def test_another_meeting_may_be_the_reason_for_staying_away() -> None:
    assert intent("Wegens een gemeenteraad kan ik er niet bij zijn.") is Intent.EXCUSE


def test_words_of_regret_and_emphasis_are_no_wish() -> None:
    for text in (
        "Toch wel jammer van het weer.",
        "Het is toch wel belangrijk dat de facturen betaald worden.",
    ):
        assert intent(text, subject="Vraagje") not in (Intent.RESTORE, Intent.EXCUSE, Intent.WITHDRAW)


def test_two_things_asked_are_never_half_done() -> None:
    assert intent("Ik kan niet komen. Mijn adres is voortaan els@damme.example.") is Intent.UNCLEAR


def test_an_act_that_the_second_reader_does_not_find_is_not_agreed() -> None:
    acts = read_acts(["Ik kan niet komen."])
    assert [act.agreed for act in weighed(acts, "Ik kan niet komen, dat weet u al.", reply=True)[0]] == [True]
    assert [act.agreed for act in weighed(acts, "Het verslag staat op de website.", reply=False)[0]] == [
        False
    ]


def test_the_model_is_read_without_a_library_and_says_its_version() -> None:
    assert len(model().version) == 12
    assert set(model().labels) == {*ActKind, "elsewhere"}
    assert model().read("", reply=False)["not-come"] < 0.5


@pytest.mark.parametrize("text", ["Is er nog parking aan de zaal?", "Het verslag staat op de website."])
def test_the_words_of_a_mail_are_read_by_the_model_once(text: str) -> None:
    chances_in.cache_clear()
    read(text)
    asked = chances_in.cache_info()
    assert (asked.misses, asked.hits > 0) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        "niet " * 8_000,
        " ".join(["Ik kan niet niet komen"] * 40),
        "Registreer iedereen in cc en bevestig dat aan allen.",
        "kom " * 10_000 + "mee",
        "a" * 40_000,
        "A" * 40_000,
        "Ik kan niet komen " + "b" * 40_000,
        "Ik schrijf mij in " + "niet " * 40,
        # each word of the plea is one of several of its lists, and the last of none
        "Els Maes wil deelnemen? " + "Gelieve haar te noteren " * 5 + "zebra.",
    ],
)
def test_what_is_meant_to_break_the_reader_registers_and_withdraws_nobody(text: str) -> None:
    assert intent(text, subject="x") not in (Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE)


def test_a_name_below_the_words_is_a_signature_and_alone_it_is_an_answer() -> None:
    assert cut(["Ja, klopt.", "Jan"], "Jan Peeters") == (("Ja, klopt.",), ("Jan",))
    assert cut(["Jan Peeters"], "Jan Peeters") == (("Jan Peeters",), ())


def test_the_first_of_a_list_is_no_signature_though_the_sender_heads_it() -> None:
    lines = ["Wij komen met twee:", "Jan Peeters, jurist", "An Maes, schepen"]
    assert cut(lines, "Jan Peeters") == (tuple(lines), ())


@pytest.mark.parametrize(
    ("lines", "agrees"),
    [
        (["Jan Peeters", "algemeen directeur", "050 81 01 01"], True),
        (["*Jan Peeters*", "**algemeen directeur**"], True),
        (["Peeters Jan", "algemeen directeur"], True),
        (["Els Maes", "algemeen directeur"], False),
        (["Jan Peeters", "Els Maes"], False),
        (["algemeen directeur"], False),
    ],
)
def test_a_signature_is_believed_where_it_bears_the_name_of_from_alone(
    lines: list[str], agrees: bool
) -> None:
    sender = Address("jan@damme.example", "Jan Peeters")
    assert signature_of(["Ik kom."], lines, sender, lambda _: False).agrees is agrees


@pytest.mark.parametrize(
    "text",
    [
        "Onze cruise naar Noorwegen is geannuleerd, zo kan ik op 24 november bij jullie zijn.",
        "De lunch is afgelast.",
        "Mijn vlucht werd geschrapt.",
        "Onze uitstap gaat niet door.",
        "De trein is afgeschaft die dag.",
        "Le train est supprimé.",
        "My flight was cancelled.",
        "Der Flug wurde storniert.",
    ],
)
def test_nobody_stays_away_by_a_thing_that_does_not_take_place(text: str) -> None:
    assert ActKind.NOT_COME not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mijn deelname gaat niet door.",
        "Mijn inschrijving mag geschrapt worden.",
        "Jan Peeters is geschrapt van de lijst en komt niet.",
    ],
)
def test_somebody_stays_away_where_their_own_coming_is_taken_back(text: str) -> None:
    assert kinds(text) == [ActKind.NOT_COME]


def test_what_somebody_can_do_as_a_thing_fell_through_is_done() -> None:
    assert intent("Onze uitstap gaat niet door, dus ik kom.") is Intent.REGISTER


@pytest.mark.parametrize(
    "text",
    [
        "Hierbij herroep ik mijn inschrijving.",
        "Ik zie af van deelname.",
        "Ik trek mijn inschrijving in.",
        "Gelieve mijn inschrijving als vervallen te beschouwen.",
        "Ik laat mij verontschuldigen.",
        "Ik zal verstek laten gaan.",
        "Ik meld mij hierbij af.",
        "Ik annuleer mijn deelname.",
    ],
)
def test_a_noun_of_coming_contradicts_no_verb_of_withdrawing(text: str) -> None:
    assert intent(text) in (Intent.WITHDRAW, Intent.EXCUSE)


@pytest.mark.parametrize(
    "text", ["Gelieve mijn inschrijving te bekijken.", "Mijn aanwezigheid is een twistpunt."]
)
def test_what_is_said_of_a_registration_is_not_guessed(text: str) -> None:
    assert intent(text) is not Intent.REGISTER


def test_a_line_above_a_withdrawal_changes_nothing_of_it() -> None:
    for above in ("Geacht secretariaat", "Aan wie dit leest"):
        assert intent(f"{above}\n\nLangs deze weg trek ik mijn inschrijving in.") is Intent.WITHDRAW


def test_who_stands_in_an_apposition_is_whom_the_sentence_is_about() -> None:
    (act,) = read_acts(["Gelieve onze algemeen directeur, Els Maes, te willen verontschuldigen."])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Els Maes",))
    (act,) = read_acts(["Er mag nog een naam bij: Els Maes, raadslid."])
    assert (act.kind, act.people) == (ActKind.BRING, ("Els Maes",))
    (act,) = read_acts(["Wil je Els Maes (els@x.example) op de lijst zetten?"])
    assert (act.kind, act.people) == (ActKind.COME, ("Els Maes",))


def test_asking_for_that_is_no_second_thing() -> None:
    said = "Ik ben verhinderd en An De Smet gaat in mijn plaats. Kan dat aangepast worden?"
    assert intent(said) is Intent.SUBSTITUTE


@pytest.mark.parametrize("day", ["24 november", "3 december 2031", "le 3 février", "3/12"])
def test_no_day_is_a_word_to_the_statistical_reader(day: str) -> None:
    assert not {"november", "december", "fevrier"} & {*tokens(f"Ik kan niet komen op {day}.")}
    assert tokens("0470 12 34 56") == ["0000", "00", "00", "00"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Gelieve onze directeur, Els Maes, te verontschuldigen.", ("Els Maes",)),
        ("Els Maes heeft gebeld, gelieve te annuleren.", ()),  # hers, or the writer's
    ],
)
def test_a_clause_of_nobody_is_of_a_name_only_beside_what_they_are(
    text: str, people: tuple[str, ...]
) -> None:
    (act,) = (act for act in read_acts([text]) if act.kind is ActKind.NOT_COME)
    assert (act.people, act.who is Who.WRITER) == (people, False)


def test_asking_for_what_nothing_points_to_is_a_thing_of_its_own() -> None:
    assert kinds("Ik kom graag. Kan dat aangepast worden?") == [ActKind.COME]
    assert ActKind.CHANGE in kinds("Ik kom graag. Gelieve te wijzigen.")


@pytest.mark.parametrize(
    "text",
    ["Karel is weggevallen en geannuleerd.", "Onze delegatie is afgezegd.", "Mijn afmelding is ingetrokken."],
)
def test_no_mere_thing_is_who_fell_out(text: str) -> None:
    acts = read_acts([text])
    assert any(act.kind is not ActKind.OTHER for act in acts)


def test_who_is_named_beside_a_condition_of_the_writer_is_why() -> None:
    (act,) = read_acts(["Als Jan Peeters gaat, kom ik ook."])
    assert (act.kind, act.people) == (ActKind.CONDITION, ())


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Kan ik nog een punt op de agenda zetten?", True),
        ("Kan u mij op de lijst zetten?", False),
        ("Kunt u bevestigen dat mijn deelname gratis is?", True),
        ("Kunt u bevestigen dat ik ingeschreven ben?", False),
        ("Kunt u mij bevestigen of ik ingeschreven ben?", True),
        ("Mag ik u vragen of de schepen ingeschreven is?", True),
        ("Mag ik u verzoeken de schepen eveneens op de deelnemerslijst te plaatsen?", False),
        ("Zou u zo goed willen zijn mijn functie aan te passen naar schepen?", False),
        ("Could you please put me on the list?", False),
        ("Could you tell me whether I am on the list?", True),
    ],
)
def test_a_request_is_what_we_are_asked_to_do(text: str, asks: bool) -> None:
    (sentence,) = sentences([text])
    assert is_question(sentence) is asks


def test_an_announcement_before_a_colon_changes_nothing() -> None:
    acts = read_acts(["Kleine wijziging: Jan Peeters moet afhaken."])
    assert [(act.kind, act.people) for act in acts] == [(ActKind.NOT_COME, ("Jan Peeters",))]


def test_a_not_of_something_else_keeps_nobody_away() -> None:
    assert kinds("Ik kom graag, mijn Nederlands is niet perfect.") == [ActKind.COME]
    assert kinds("Ik kom graag, helaas niet.") != [ActKind.COME]
    assert kinds("Ik kwam graag, maar mijn wagen is niet hersteld.") != [ActKind.COME]


def test_the_registration_is_of_whom_the_sentence_before_names() -> None:
    said = (
        "Jan Peeters had zich ingeschreven, maar moet op ziekenbezoek. Gelieve de inschrijving te annuleren."
    )
    (act,) = (act for act in read_acts([said]) if act.kind is ActKind.NOT_COME)
    assert act.people == ("Jan Peeters",)


def test_where_nobody_comes_the_writer_is_not_the_one_who_does_not() -> None:
    (act,) = read_acts(["Bij ons kan er jammer genoeg niemand komen."])
    assert (act.kind, act.who) == (ActKind.NOT_COME, Who.GROUP)


def test_who_is_called_by_office_and_town_is_named() -> None:
    (act,) = read_acts(["Onze burgemeester, Jan Peeters van gemeente Damme, komt."])
    assert (act.kind, act.people) == (ActKind.COME, ("Jan Peeters",))


def test_the_data_of_who_comes_are_no_change() -> None:
    said = "Gelieve Jan Peeters in te schrijven. Zijn gsm: 0478 12 34 56."
    assert kinds(said) == [ActKind.COME]
    assert ActKind.CHANGE in kinds("Gelieve Jan Peeters in te schrijven. Mijn gsm: 0478 12 34 56.")


def test_who_stays_beside_a_substitute_is_told_apart() -> None:
    said = read("In plaats van Jan Maes komt Els Smet, els@damme.example. Koen Claes komt zoals gemeld.")
    assert (said.intent, said.named, said.staying) == (Intent.SUBSTITUTE, ("Jan Maes",), ("Koen Claes",))
    assert said.substitute is not None
    assert (said.substitute.name, said.substitute.email) == ("Els Smet", "els@damme.example")


def test_a_substitute_whom_only_the_second_reader_hears_excuses_nobody() -> None:
    acts, _ = weighed(
        read_acts(["k ga 't zelve nie doen, Arne Gheysens komt in mijn steke."]),
        "k ga 't zelve nie doen, Arne Gheysens komt in mijn plaats.",
        reply=True,
    )
    assert not any(act.agreed for act in acts)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Kan jij in plaats van de workshop van 14u die van 15u30 bij mij zetten?", False),
        ("In plaats van sessie B volg ik liever D over de digitale kloof.", False),
        ("Jan Peeters komt in mijn plaats.", True),  # the second reader hears it by itself
        ("Ik vervang schepen Jan Peeters op 3 december.", True),  # says whom
        ("Graag mijn inschrijving overzetten op naam van An De Smet.", True),  # says what
    ],
)
def test_an_instead_that_does_not_say_of_whom_or_what_must_be_heard_by_itself(
    text: str, agreed: bool
) -> None:
    acts, _ = weighed(read_acts([text]), text, reply=False)
    assert [(act.kind, act.agreed) for act in acts] == [(ActKind.SUBSTITUTE, agreed)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kan nt die dag", ActKind.NOT_COME),
        ("k ben nie der bij", ActKind.NOT_COME),
        ("zet mij mo ip de lijste", ActKind.COME),
        ("Jan Peeters komt in mijn plekke", ActKind.SUBSTITUTE),
    ],
)
def test_what_is_spelt_as_it_is_said_is_understood(text: str, kind: ActKind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters: aanwezig\nEls Maes: verontschuldigd",
        "Jan Peeters aanwezig, Els Maes verontschuldigd.",
        "Aanwezig: Jan Peeters (schepen)\nVerontschuldigd: Els Maes",
    ],
)
def test_a_list_gives_each_their_own_verdict(text: str) -> None:
    said = read(text)
    assert (said.intent, said.named, said.staying) == (Intent.EXCUSE, ("Els Maes",), ("Jan Peeters",))


def test_a_label_and_a_name_are_no_verdict() -> None:
    for text in ("Naam: Jan Peeters", "Jan Peeters: schepen"):
        assert not {ActKind.COME, ActKind.NOT_COME} & {*kinds(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Je souhaite m'inscrire, ainsi que mon collègue Jan Peeters (jan@x.example).",
        "Ik kom graag, alsook mijn collega Jan Peeters.",
    ],
)
def test_who_comes_with_a_colleague_does_not_come_alone(text: str) -> None:
    (act,) = read_acts([text])
    assert (act.kind, act.who, act.people) == (ActKind.BRING, Who.COMPANY, ("Jan Peeters",))


def test_the_second_of_two_whom_a_sentence_begins_with_is_not_lost() -> None:
    (act,) = read_acts(["Jan Peeters en Els Maes verontschuldigen zich."])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Jan Peeters", "Els Maes"))


def test_a_list_between_commas_is_one_list() -> None:
    (act,) = read_acts(["Gelieve Els Maes, Jan Peeters en Koen Claes uit te schrijven."])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Els Maes", "Jan Peeters", "Koen Claes"))


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters kan niet komen, maar Els Maes wel.",
        "Jan Peeters komt niet. Els Maes wel.",
        "Jan Peeters komt niet maar Els Maes wel.",
    ],
)
def test_who_does_beside_who_does_not_comes(text: str) -> None:
    found = {(act.kind, act.people) for act in read_acts([text])}
    assert found == {(ActKind.NOT_COME, ("Jan Peeters",)), (ActKind.COME, ("Els Maes",))}


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb me niet afgemeld.",
        "Ik wil niet afgemeld worden.",
        "Die afmelding komt niet van mij.",
        "Ik heb mij niet laten verontschuldigen.",
        "Ik heb die afmelding niet gestuurd.",
        "Ik annuleer niet.",
        "I never cancelled my registration.",
        "Bitte stornieren Sie meine Anmeldung nicht.",
    ],
)
def test_who_denies_leaving_does_not_leave(text: str) -> None:
    assert ActKind.NOT_COME not in {act.kind for act in read_acts([text])}


@pytest.mark.parametrize(
    "text",
    ["Ik kan niet komen dus schrap mij maar.", "Ik geraak er niet dus mag je mij afmelden.",
     "Ik zie het niet zitten en schrijf mij uit.", "I cannot come so please cancel my registration."],
)  # fmt: skip
def test_a_not_beside_leaving_leaves(text: str) -> None:
    assert {act.kind for act in read_acts([text])} == {ActKind.NOT_COME}


def test_all_of_them_are_those_whom_the_sentence_lists() -> None:
    said = "Schepen Els Vandamme en raadslid Koen Claes: gelieve beiden te noteren als verontschuldigd."
    (act,) = read_acts([said])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Els Vandamme", "Koen Claes"))


def test_a_seat_for_nobody_in_particular_is_a_withdrawal_and_no_substitute() -> None:
    assert intent("Ik geraak er niet, geef mijn plaats gerust aan een ander.") is Intent.WITHDRAW
    named = read("Ik geraak er niet, geef mijn plaats aan iemand anders: collega An Maes.")
    assert named.intent is not Intent.WITHDRAW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik zal er niet bij zijn. Hopelijk komt er veel volk.", [ActKind.NOT_COME]),
        ("Van onze drie ingeschreven personen zal enkel An Maes aanwezig zijn.", [ActKind.COME]),
        ("Alvorens deelnemers door te geven had ik een bedenking.", [ActKind.OTHER]),
    ],
)
def test_words_of_coming_that_are_of_nobody_are_no_act(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


def test_a_word_for_both_is_of_those_named_before() -> None:
    said = (
        "Burgemeester An Maes en ikzelf kunnen niet aanwezig zijn. Gelieve beiden te excuseren namens Damme."
    )
    (act,) = read_acts([said])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("An Maes",))


@pytest.mark.parametrize(
    "text",
    [
        "Wij danken jullie voor de bevestiging van beide inschrijvingen.",
        "Aanvaard, ik heb het in mijn agenda genoteerd.",
    ],
)
def test_thanks_for_a_confirmation_want_nothing(text: str) -> None:
    assert intent(text) is Intent.THANKS


def test_items_of_a_list_are_sentences_without_their_numbers() -> None:
    said = [
        one.text for one in sentences(["Twee zaken:", "1. mijn gsm is 0478 12 34 56", "- ik eet geen vis"])
    ]
    assert said == ["Twee zaken:", "mijn gsm is 0478 12 34 56", "ik eet geen vis"]


def test_a_condition_that_begins_as_a_question_asks_nothing() -> None:
    assert not read("Is het dringend, dan kan u mijn collega An bellen op 056 11 22 33.").question


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve de burgemeester van Damme, Jan Peeters, in te schrijven.",
        "Op vraag van Jan Peeters gelieve hem in te schrijven.",
    ],
)
def test_a_place_behind_an_office_is_nobodys_name(text: str) -> None:
    assert names(text) == ("Jan Peeters",)


def test_those_whom_a_list_names_below_stay_away() -> None:
    said = (
        "De volgende mandatarissen van gemeente Damme kunnen niet komen:\n* An Maes (schepen)\n* Jan Peeters"
    )
    (act,) = read_acts([*said.splitlines(), "Gelieve beiden te verontschuldigen."])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("An Maes", "Jan Peeters"))


def test_a_list_below_somebody_who_is_named_is_not_of_those_who_stay_away() -> None:
    said = ["An Maes kan niet komen, de volgende raadsleden:", "- Jan Peeters", "- Piet Claes"]
    assert all("Jan Peeters" not in act.people for act in read_acts(said) if act.kind is ActKind.NOT_COME)


def test_what_is_over_is_no_coming_beside_a_withdrawal() -> None:
    assert intent("Verleden week schreef ik mij in. Ik moet mij helaas uitschrijven.") is Intent.WITHDRAW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik ben sinds 1 mei diensthoofd burgerzaken.", "diensthoofd burgerzaken"),
        ("I work as a policy officer for the city of Damme.", "policy officer"),
        ("ik werk als beleidsmedewerker bij stad Damme", "beleidsmedewerker"),
        ("Ik ben de secretaris niet.", ""),
        ("Ik ben burgemeester Claes aan het vervangen.", ""),
        ("Ik ben ziek.", ""),
    ],
)
def test_the_function_that_somebody_says_to_have(text: str, expected: str) -> None:
    assert role_stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom niet, schrap mij.",
        "Ik kom niet schrap mij.",
        "Het lukt niet, annuleer mijn inschrijving.",
        "Ik ben niet verhinderd, maar ik kom niet.",
        "I've cancelled my registration.",
        "J'ai annulé mon inscription.",
        "Geef mijn stoel maar aan iemand anders.",
    ],
)
def test_a_denial_reaches_its_own_clause_and_verb(text: str) -> None:
    assert kinds(text) == [ActKind.NOT_COME]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn ex heeft mijn inschrijving geannuleerd.",
        "Ik hoor dat mijn collega mij heeft afgemeld.",
        "Mijn ex annuleerde mijn inschrijving.",
        "Ik ben afgemeld door mijn ex.",
        "Mijn inschrijving werd door mijn ex geannuleerd.",
        "My ex cancelled my registration.",
        "Mon ex a annulé mon inscription.",
        "Mein Chef hat meine Anmeldung storniert.",
    ],
)
def test_what_another_did_is_no_act_of_the_writer(text: str) -> None:
    assert kinds(text) == [ActKind.UNSURE]


@pytest.mark.parametrize(
    "text",
    ["Ik kan niet niet komen.", "Ik zie er van af om niet te komen.", "Je renonce à ne pas venir."],
)
def test_two_denials_of_coming_are_not_understood(text: str) -> None:
    assert kinds(text) == [ActKind.UNSURE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haalt u mijn naam van de lijst?", Intent.WITHDRAW),
        ("Mag ik u verzoeken mijn inschrijving te schrappen?", Intent.WITHDRAW),
        ("Mijn andere afspraak valt weg, mag ik terug op de lijst?", Intent.RESTORE),
        ("Mag ik mijn inschrijving intrekken?", Intent.WITHDRAW),
        ("Gelieve Els Maes uit te schrijven.", Intent.WITHDRAW),
        ("Mag ik u vragen Jan Peeters van Gemeente Damme in te schrijven?", Intent.REGISTER),
        ("Mag ik u verzoeken mijn naam van de deelnemerslijst te schrappen?", Intent.WITHDRAW),
        ("Kunt u mij alsnog toevoegen aan de deelnemerslijst?", Intent.REGISTER),
    ],
)
def test_a_request_with_a_question_mark_is_a_request(text: str, expected: Intent) -> None:
    assert intent(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mijn aanwezigheid is niet langer mogelijk.", [(ActKind.NOT_COME, ())]),
        ("Mijn aanwezigheid is misschien niet mogelijk.", [(ActKind.UNSURE, ())]),
        (
            "De agenda van Jan Peeters laat zijn aanwezigheid niet toe.",
            [(ActKind.NOT_COME, ("Jan Peeters",))],
        ),
        ("Graag kondig ik mijn deelname aan.", [(ActKind.COME, ())]),
        ("Zet mij der ma bij voor 20 december", [(ActKind.COME, ())]),
        ("Zet mij bij de vegetariërs.", [(ActKind.OTHER, ())]),
    ],
)
def test_what_happens_to_a_coming_says_whether_somebody_comes(
    text: str, expected: list[tuple[ActKind, tuple[str, ...]]]
) -> None:
    assert [(act.kind, act.people) for act in read_acts([text])] == expected


def test_what_may_be_done_with_a_list_is_no_wish_to_be_on_it() -> None:
    assert is_question(sentences(["Kan u mij de lijst van de gemeenten bezorgen?"])[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die namiddag ben ik alleen op dienst, dus het gaat niet lukken.", [ActKind.NOT_COME]),
        ("Mijn vlucht landt later, ik kom niet.", [ActKind.NOT_COME]),
        ("Wij hebben hier twee collega's tekort, ik kan niet komen.", [ActKind.NOT_COME]),
        ("Ik kom niet op de lunch, maar wel op de namiddag.", [ActKind.PARTIAL]),
        ("Neen, ik ben het niet vergeten, ik zal er zijn.", [ActKind.COME]),
        ("Ik kom graag, helaas niet.", [ActKind.NOT_COME]),
    ],
)
def test_why_somebody_stays_away_limits_nothing(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


def test_what_is_only_said_of_somebodys_coming_is_no_second_wish() -> None:
    assert kinds("Ik weet niet wie gezegd heeft dat ik niet kom. Ik kom.") == [ActKind.COME]
    assert kinds("Ik hoor dat er 200 man komt. Ik blijf thuis.") == [ActKind.NOT_COME]
    assert {*kinds("Ik kom graag. Ik blijf thuis.")} == {ActKind.COME, ActKind.NOT_COME}


def test_a_condition_that_is_ours_to_grant_is_none() -> None:
    assert kinds("Als het niet te laat is kom ik graag.") == [ActKind.COME]
    assert kinds("Indien er nog plaats is en het gratis is, kom ik.") == [ActKind.CONDITION]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De jeugdraad skip ik, jullie niet.", [ActKind.COME]),
        ("Op de personeelsvergadering kan ik niet zijn, bij jullie wel.", [ActKind.COME]),
        ("Naar de jeugdraad kom ik, maar niet jullie namiddag.", [ActKind.NOT_COME]),
    ],
)
def test_ours_may_be_set_against_another_meeting_by_one_word(text: str, expected: list[ActKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom met de elektrische dienstwagen en die haalt het niet heen en terug.",
        "Ik kom met de trein en die rijdt niet tot aan de zaal.",
    ],
)
def test_a_thing_that_does_not_make_it_withdraws_nobody(text: str) -> None:
    assert ActKind.NOT_COME not in kinds(text)


def test_the_day_on_which_the_writer_cannot_come_is_no_thing() -> None:
    assert kinds("Ik zou komen en die avond kan ik niet.") == [ActKind.NOT_COME]


@pytest.mark.parametrize(
    "text",
    [
        "De nieuwe datum valt samen met het vast bureau. Ik ben er dan niet bij.",
        "Ik heb dan een overleg samen met de schepen. Schrijf mij uit.",
        "Leider fällt das zusammen mit einer Sitzung. Ich kann nicht kommen.",
    ],
)
def test_what_coincides_with_something_brings_nobody_along(text: str) -> None:
    assert ActKind.BRING not in kinds(text)
    assert ActKind.NOT_COME in kinds(text)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Btw, ik heb een nieuwe baas.", False),
        ("btw ik kom met de trein", False),
        ("Ons btw-nummer is BE 0207.123.456.", True),
        ("Graag zonder btw.", True),
    ],
)
def test_by_the_way_is_no_tax(text: str, needed: bool) -> None:
    assert lexicon("nl").says("for_the_office", spaced(text)) is needed


@pytest.mark.parametrize(
    "text",
    [
        "Ik wens u en alle deelnemers een boeiende namiddag toe.",
        "Wij wensen alle deelnemers een leerrijke dag.",
        "Je vous souhaite à tous une bonne participation.",
        "Ich wünsche allen Teilnehmern einen schönen Nachmittag.",
    ],
)
def test_who_wishes_others_a_good_meeting_comes_to_none_by_it(text: str) -> None:
    assert kinds(text) == [ActKind.OTHER]
    assert kinds("Ik wens deel te nemen aan de namiddag.") == [ActKind.COME]


def test_who_stays_away_and_names_no_substitute_is_not_in_doubt() -> None:
    text = "Ik zie mij verplicht mijn deelname in te trekken. Een plaatsvervanger kan ik u niet aanduiden."
    assert kinds(text) == [ActKind.NOT_COME]
    assert kinds("Ik kan niet komen, Jan Peeters is mijn vervanger.") == [ActKind.SUBSTITUTE]


def test_the_lines_of_a_signature_have_no_bullets() -> None:
    _, below = cut(("Ik kom graag.", "• Jan Peeters", "• schepen"), "Jan Peeters")
    assert below == ("Jan Peeters", "schepen")


@pytest.mark.parametrize("line", ["Bonne journée,", "Nog een fijne dag!", "Have a nice day,"])
def test_a_good_day_ends_a_letter(line: str) -> None:
    assert is_closing(line)


@pytest.mark.parametrize("text", ["En is er parking?", "Of komt er iemand mee?", "Daarnaast is er nog iets."])
def test_what_joins_a_sentence_to_the_one_before_is_no_name(text: str) -> None:
    assert names(text) == ()
    assert names("En Jan Peeters komt ook.") == ("Jan Peeters",)
    assert names("Rita Vos komt ook.") == ("Rita Vos",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Doe mijn naam maar weg, ik blijf thuis bij de hond.", ActKind.NOT_COME),
        ("Wilt u mij van de presentielijst afvoeren.", ActKind.NOT_COME),
        ("Ik raak niet tijdig van de werf, dus schrap mij maar.", ActKind.NOT_COME),
        ("Ondergetekende laat zich excuseren.", ActKind.NOT_COME),
        ("Mevrouw Steyaert laat zich verontschuldigen.", ActKind.NOT_COME),
        ("Ik zal deze bijeenkomst moeten missen.", ActKind.NOT_COME),
        ("Ge zult het zonder mij moeten stellen.", ActKind.NOT_COME),
        ("Ik zal niet ontbreken.", ActKind.COME),
        ("Graag teken ik in voor het kennisplatform.", ActKind.COME),
        ("Op 3 december ben ik er zeker.", ActKind.COME),
        ("Eerst was ik van plan om niet te komen, maar laat mij maar staan.", ActKind.COME),
        ("Ik heb de eer u te melden dat ik aanwezig zal zijn namens Gemeente Damme.", ActKind.COME),
        ("Sign me up voor het kennisplatform!", ActKind.COME),
        ("Ons bestuur vaardigt volgende personen af naar de vergadering:", ActKind.COME),
        ("Vergeet wat ik gisteren stuurde, ik kan wel.", ActKind.RESTORE),
        ("Mijn annulering mag u als niet geschreven beschouwen.", ActKind.RESTORE),
        ("Krijg ik de planning rond, dan zie je mij daar.", ActKind.CONDITION),
        ("Er was twijfel, maar Jan Maes komt wel degelijk.", ActKind.COME),
        ("Ik kom wel degelijk als mijn trein rijdt.", ActKind.CONDITION),
    ],
)
def test_what_a_verb_says_does_not_hang_on_its_form_or_its_place(text: str, kind: ActKind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "De bladkorven ontbreken nog.",
        "Zo sta ik ook in het register.",
        "Op die dag word ik tachtig en dan komt heel de familie.",
        "Het college komt die dag samen.",
    ],
)
def test_what_a_thing_or_others_do_is_nothing_of_the_writer(text: str) -> None:
    assert not {ActKind.COME, ActKind.NOT_COME} & {*kinds(text)}


def test_a_language_is_told_by_the_words_that_no_other_has() -> None:
    assert language_of(spaced("Schrijf me maar in")) == "nl"
    assert language_of(spaced("Noch Piet Claes noch ikzelf kunnen ons die dag vrijmaken")) == "nl"
    assert language_of(spaced("Please cancel my registration")) == "en"


def test_a_person_of_whom_only_something_was_told_is_who_a_him_behind_it_means() -> None:
    (told,) = read_acts(["Jan Peeters heeft zijn voet gebroken. Niet op hem rekenen."])
    assert (told.kind, told.people) == (ActKind.NOT_COME, ("Jan Peeters",))


def test_a_mail_of_which_every_word_is_known_needs_no_second_reader_that_knows_them() -> None:
    def agreed(text: str, hears: dict[str, float]) -> bool:
        acts, _ = weighed(read_acts([text]), text, reply=True, model=_hearing(hears))
        return all(act.agreed for act in acts)

    off = "U mag mij schrappen van de deelnemerslijst."
    assert agreed(off, {"not-come": 0.02})
    assert not agreed(off, {"not-come": 0.02, "partial": 0.6})
    assert not agreed(off.replace(".", " en van de zwemlessen."), {"not-come": 0.02})
    assert not agreed("Gelieve mijn inschrijving te bekijken.", {"come": 0.02})
    assert agreed("Ik kan toch niet komen.", {"not-come": 0.4, "restore": 0.9, "come": 0.9})
    assert not agreed("Die afmelding was van gisteren.", {"not-come": 0.4, "restore": 0.9})


def _hearing(chances: dict[str, float]) -> Model:
    """A second reader that gives these chances to any text."""
    shown = model()
    odds = (chances.get(label, 0.001) for label in shown.labels)
    bias = tuple(round(1000 * math.log(chance / (1 - chance))) for chance in odds)
    return Model("", shown.labels, bias, {}, {})


N = "Bartold Bruggeman"
#: What stands beside a name, or beside a coming, and is not done: in each language, by its kind.
ONLY_SPOKEN_OF = (
    # left out by a preposition
    f"Zonder {N} kan ik niet komen.",
    f"Behalve {N} kan niemand komen.",
    f"Met uitzondering van {N} kan niemand van ons komen.",
    f"Op {N} na kan niemand komen.",
    f"Ik kan niet komen zonder {N}.",
    f"Sans {N} je ne peux pas venir.",
    f"Sauf {N}, personne ne peut venir.",
    f"Without {N} I cannot come.",
    f"Except for {N} nobody can attend.",
    f"Ohne {N} kann ich nicht kommen.",
    f"Außer {N} kann niemand kommen.",
    # the owner of who or what is it
    f"De vrouw van {N} kan niet komen.",
    f"De auto van {N} kan niet komen.",
    f"De nieuwe collega van {N} kan niet komen.",
    f"{N} zijn vrouw kan niet komen.",
    f"Helaas kan de vrouw van {N} niet komen.",
    f"Le chef de {N} ne peut pas venir.",
    f"La femme de {N} ne peut pas venir.",
    f"The wife of {N} cannot attend.",
    f"Die Frau von {N} kann nicht kommen.",
    f"Der Chef von {N} kann nicht kommen.",
    # who says, knows or asks something
    f"{N} vraagt of Piet Pek niet kan komen.",
    f"{N} vraagt of hij ook niet kan komen.",
    f"{N} weet dat ik niet kan komen.",
    f"{N} liet weten dat ik niet kan komen.",
    f"{N} kan u bevestigen dat ik niet kan komen.",
    f'{N} schrijft: "Piet Pek kan niet komen".',
    f"{N} a dit que je ne peux pas venir.",
    f"{N} sait que je ne peux pas venir.",
    f"{N} knows that I will not attend.",
    f"{N} sagt, dass ich nicht kommen kann.",
    "Piet Pek zegt dat ik kom.",
    # on a condition
    f"Si {N} ne peut pas venir, dites-le moi.",
    f"Quand {N} ne peut pas venir, je viens.",
    f"Wat als {N} niet kan komen.",
    # for a part of the day, or in a manner
    f"{N} en ik kunnen niet samen komen.",
    f"{N} ne peut pas venir avant 15 h.",
    f"{N} ne peut pas venir en voiture.",
    "Je ne peux pas venir avant midi.",
    "Je ne peux pas venir à pied.",
    "I cannot come before 3 pm.",
    "I cannot come by car.",
    "Ich kann nicht vor 15 Uhr kommen.",
    "Ich kann nicht mit dem Zug kommen.",
    # something else is cancelled
    "Ik heb mijn vakantie geannuleerd om te kunnen komen.",
    "Ik heb een andere afspraak afgezegd om te kunnen komen.",
    "Ik annuleer mijn hotel.",
    "J'ai annulé mes vacances pour venir.",
    f"{N} a annulé son train pour venir.",
    "I cancelled my holiday to attend.",
    "I have cancelled another meeting so that I can attend.",
    "Ich habe mein Hotel storniert.",
    "La réunion est annulée.",
    "Het Kennisplatform gaat niet door, het is geannuleerd.",
    # heard, regretted, wished
    f"{N} kan niet komen werd mij gezegd, maar dat klopt niet.",
    f"{N} kan niet komen is een gerucht.",
    "Jammer dat Piet niet kan komen.",
    f"Dommage que {N} ne puisse pas venir.",
    "Schade, dass Piet nicht kommen kann.",
    "Too bad Piet cannot come.",
    "I wish I could come.",
    "Ich wünschte, ich könnte kommen.",
    # another time
    "Volgende keer kom ik wel.",
    "De volgende keer ben ik erbij.",
    "Ik kom volgend jaar zeker.",
    "Ik kom in 2036.",
    "La prochaine fois je viens.",
    "Next year I will attend.",
    "Nächstes Mal komme ich.",
)


@pytest.mark.parametrize("text", ONLY_SPOKEN_OF)
def test_a_coming_that_is_only_spoken_of_is_not_done(text: str) -> None:
    done = {ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE}
    for reply in (False, True):
        acts, _ = weighed(read_acts([text]), text, reply=reply)
        assert not [act for act in acts if act.agreed and not act.elsewhere and act.kind in done]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{N} kan niet komen.", ActKind.NOT_COME),
        (f"{N} laat weten dat hij niet kan komen.", ActKind.NOT_COME),
        (f"{N} vraagt om hem te verontschuldigen.", ActKind.NOT_COME),
        (f"De inschrijving van {N} mag geschrapt worden.", ActKind.NOT_COME),
        (f"Wegens ziekte van {N} kan hij niet komen.", ActKind.NOT_COME),
        (f"Malheureusement {N} ne peut pas venir.", ActKind.NOT_COME),
        ("Je ne pourrai pas venir en raison d'un autre rendez-vous.", ActKind.NOT_COME),
        ("Jammer dat ik niet kan komen.", ActKind.NOT_COME),
        ("I cancelled my registration.", ActKind.NOT_COME),
        ("J'annule ma participation.", ActKind.NOT_COME),
        ("Ik kan niet komen. Volgende keer kom ik graag.", ActKind.NOT_COME),
        ("Ik kan toch komen.", ActKind.RESTORE),
        ("Ik zou graag komen.", ActKind.COME),
    ],
)
def test_what_is_said_of_a_person_themselves_stays_theirs(text: str, expected: ActKind) -> None:
    assert kinds(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Schrap mij maar niet.",
        "Laat mij maar niet weg.",
        "Doe mijn inschrijving maar niet weg.",
        "Ik ben ten onrechte weggehaald van de lijst.",
        "Mijn inschrijving werd ten onrechte afgevoerd.",
    ],
)
def test_who_is_not_to_be_taken_off_is_not_taken_off(text: str) -> None:
    assert intent(text) is Intent.UNCLEAR


@pytest.mark.parametrize(
    "text",
    ["Haal mijn dieet maar weg.", "Doe mijn broodje maar weg.", "Mijn man haalt mij af aan het station."],
)
def test_what_else_is_taken_off_takes_nobody_off_the_list(text: str) -> None:
    assert ActKind.NOT_COME not in kinds(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Op 5 november komen deze mensen.", 0),
        ("Om 15 uur komen 3 mensen.", 3),
        ("Graag 5 plaatsen op 12 november.", 5),
    ],
)
def test_days_and_hours_are_no_numbers_of_places(text: str, places: int) -> None:
    assert max((act.places for act in read_acts([text])), default=0) == places
    assert any(act.kind is ActKind.PLACES for act in read_acts([text])) is bool(places)


@pytest.mark.parametrize("text", ["Kan je mij opgeven?", "Kan je mij opgeven voor het kennisplatform?"])
def test_asking_to_be_put_on_the_list_is_no_question(text: str) -> None:
    (sentence,) = sentences([text])
    assert not is_question(sentence)
    assert [act.kind for act in read_acts([text])] == [ActKind.COME]


def test_a_bill_is_none_of_ours_and_reckoning_with_something_is_no_bill() -> None:
    (paid,) = read_acts(["De rekening is betaald."])
    (diet,) = read_acts(["Gelieve rekening te houden met mijn glutenallergie."])
    assert paid.elsewhere
    assert (diet.kind, diet.field, diet.elsewhere) == (ActKind.CHANGE, "diet", False)


@pytest.mark.parametrize(
    "text",
    [
        "Johan Decock (schepen Damme) kan niet komen naar het kennisplatform.",
        "Gelieve Johan Decock (schepen, gemeente Damme, johan@damme.example) uit te schrijven.",
    ],
)
def test_what_stands_in_brackets_behind_a_name_is_nobody_of_its_own(text: str) -> None:
    (act,) = read_acts([text])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Johan Decock",))


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom op vrijdag in plaats van donderdag.",
        "26 december in plaats van 20 december: ik ben er.",
        "I will come on the 26th instead of the 20th.",
    ],
)
def test_a_day_in_place_of_another_replaces_nobody(text: str) -> None:
    assert ActKind.SUBSTITUTE not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben ingeschreven maar ik kan niet.",
        "I am registered but I cannot come.",
    ],
)
def test_that_the_writer_is_registered_is_no_second_wish_beside_a_not(text: str) -> None:
    assert kinds(text) == [ActKind.NOT_COME]


def test_a_heading_that_only_asks_is_of_all_whom_its_list_names() -> None:
    (act,) = read_acts(["Inschrijven aub: Jan Peeters en Els Maes, beiden raadslid in Damme."])
    assert (act.kind, act.people) == (ActKind.COME, ("Jan Peeters", "Els Maes"))
    assert [act.people for act in read_acts(["Inschrijven: ja"]) if act.people] == []


@pytest.mark.parametrize(
    "text", ["Houdt mij een stoel vrij, liefst vooraan.", "Hou voor mij een plaatsje vrij."]
)
def test_a_seat_kept_free_for_the_writer_is_a_coming(text: str) -> None:
    assert kinds(text) == [ActKind.COME]


@pytest.mark.parametrize(
    "text",
    [
        "Ik zal er niet voor het aanvangsuur zijn maar een halfuur nadien.",
        "Ik kan niet voor drie uur komen, maar daarna wel.",
    ],
)
def test_who_is_not_there_before_an_hour_comes_later(text: str) -> None:
    assert intent(text) not in (Intent.WITHDRAW, Intent.EXCUSE, Intent.MAYBE_WITHDRAW)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben ingeschreven maar eet geen vlees.",
        "Ik ben ingeschreven voor 15 december maar vergat te melden dat ik ook geen gluten verdraag.",
        "Ik sta op de lijst maar heb geen parkeerplaats.",
        "Ik ben ingeschreven, maar mijn collega niet.",
    ],
)
def test_what_is_denied_beside_being_on_the_list_stays_away_from_nothing(text: str) -> None:
    assert intent(text) not in (Intent.EXCUSE, Intent.WITHDRAW, Intent.MAYBE_WITHDRAW)


def test_a_change_that_is_heard_beside_a_staying_away_is_more_than_that() -> None:
    acts = read_acts(["Ik kan niet komen."])
    said = "Ik kan niet komen en mijn nieuw nummer is dat van mijn bureau."
    for beside, agreed in (("change", False), ("deny", True), ("answer", True)):
        ((judged,), _) = weighed(acts, said, reply=True, model=_hearing({"not-come": 0.9, beside: 0.8}))
        assert judged.agreed is agreed


def test_whose_registrations_are_to_be_cancelled_are_who_leave() -> None:
    (act,) = read_acts(["Gelieve de inschrijvingen van Jan Peeters en Els Maes te annuleren."])
    assert (act.kind, act.people) == (ActKind.NOT_COME, ("Jan Peeters", "Els Maes"))


def test_who_asks_to_add_what_they_told_brings_nobody() -> None:
    text = "Ik vergat te vermelden dat ik een glutenvrij dieet volg. Kan u dit nog toevoegen?"
    assert ActKind.BRING not in kinds(text)
    assert kinds("Gelieve Jan Peeters toe te voegen.") == [ActKind.BRING]


def test_with_two_is_a_number_and_no_spelling() -> None:
    assert ActKind.CHANGE not in kinds("Wij zullen met twee komen van de Gemeente Damme.")
    assert kinds("Mijn naam is Claes met een c.") == [ActKind.CHANGE]


@pytest.mark.parametrize(
    ("text", "people"),
    [("Hallo Jan Peeters komt niet", ("Jan Peeters",)), ("Dag onze schepen komt niet", ())],
)
def test_a_greeting_that_runs_on_into_what_it_tells_hides_nothing(text: str, people: tuple[str, ...]) -> None:
    (act,) = read_acts([text])
    assert (act.kind, act.people) == (ActKind.NOT_COME, people)
    assert read_acts(["Beste Kan Demir", "Beste mevrouw De Wil"]) == ()


@pytest.mark.parametrize("greeting", ["Lieve collega's,", "Chers collègues,", "Waarde secretaris,"])
def test_a_greeting_leaves_a_plain_sentence_plain(greeting: str) -> None:
    assert intent(f"{greeting}\nik kom niet.") is Intent.EXCUSE


@pytest.mark.parametrize(
    "text",
    [
        "Graag laten weten of volgende personen aanwezig zijn:\nJan Claes\nEls Maes",
        "Gelieve na te kijken of aanwezig zullen zijn:\nJan Claes\nEls Maes",
    ],
)
def test_who_is_asked_about_is_not_put_on_the_list(text: str) -> None:
    assert not {ActKind.COME, ActKind.NOT_COME} & {*kinds(text)}
    assert ActKind.COME in kinds("Ik kom, en zou graag weten of er parking is.")


def test_what_is_said_of_somebody_called_by_title_is_no_greeting() -> None:
    assert [one.text for one in sentences(["Mevrouw Maes zegt dat alles klopt."])] == [
        "Mevrouw Maes zegt dat alles klopt."
    ]

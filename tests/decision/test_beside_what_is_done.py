"""What stands beside one plain act in an answer to a mail of ours: what wants nothing makes no case, and what
wants something is never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Code, Problem
from mailbot.intent.follow_up import complete
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, known, row, rows_after
from .test_read_and_decided import JAN, ONE_MEETING, read

FORM = ONE_MEETING.forms["kennisplatform"]
ON_THE_LIST = row(1, name="Jan Peeters", email="jan@damme.example", answers={"attends": True})


def answered(
    text: str, about: Registration = ON_THE_LIST, kind: Ask = Ask.TOLD, others: tuple[Registration, ...] = ()
) -> Decision:
    """What becomes of an answer of Jan Peeters to ours, as the service decides it."""
    arrival, submission = read(text, "Re: Ingeschreven: Kennisplatform", JAN)
    asked = PendingQuestion(kind, "kis", (about.nr,), (about,))
    context = known(
        about,
        *others,
        thread=(about.nr,),
        thread_event="kis",
        answers_mail_about=frozenset({about.nr}),
        asked=asked,
    )
    submission = complete(submission, asked, FORM, ONE_MEETING)
    decision = decide(arrival, submission, context, ONE_MEETING, MORNING)
    offered = with_offered_changes(decision, submission, context, arrival.message, ONE_MEETING)
    return decide(arrival, offered.own, context, ONE_MEETING, MORNING) if offered.own else offered.decision


def told(decision: Decision) -> dict[str, object]:
    """The answers of the first row after the decision."""
    after = decision.results[0].after
    assert after is not None
    return dict(after.answers)


@pytest.mark.parametrize(
    "text",
    [
        "- Jan Peeters: uitschrijven\n- reden: dubbele boeking agenda\n- broodje mag dus ook weg",
        "Ik kan er niet bij zijn. Mijn broodje mag geschrapt worden.",
        "Ik kan er niet bij zijn. De lunch voor mij mag weg.",
        "Schrijf mij maar uit. Het broodje mag u wissen.",
        "Ik moet afzeggen. Mijn maaltijd mag vervallen.",
    ],
)
def test_the_meal_of_who_leaves_goes_with_them(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, decision.cases) == (Outcome.CANCELLED, ())


@pytest.mark.parametrize(
    "said",
    [
        "Het broodje van Els Maes mag ook weg.",
        "Mijn broodje mag naar Els Maes.",
        "En voor mijn collega geen varkensvlees.",
        "Mag mijn broodje ook weg?",
    ],
)
def test_a_meal_that_is_anothers_or_asked_about_is_shown(said: str) -> None:
    decision = answered(f"Ik kan er niet bij zijn. {said}")
    assert said in " ".join(map(matter, decision.cases))


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Aanpassing aub:\n- lunch: vegetarisch\n- al de rest ok", "diet", "vegetarisch"),
        ("Ik ben vegetariër. De rest mag blijven zoals het is.", "diet", "vegetariër"),
        ("Mijn gsm is nu 0499 11 22 33. De rest blijft hetzelfde.", "phone", "0499 11 22 33"),
        ("Gelieve te noteren: gsm 0499 11 22 33. Al de rest klopt.", "phone", "0499 11 22 33"),
        ("Nieuwe functie: diensthoofd. Verder verandert er niets.", "role", "diensthoofd"),
        (
            "'k Was nog vergeten te zeggen dat ik geen varkensvlees mag hebben van den dokter. Veur de rest "
            "eet ik alles wat ge mij voorzet, daar moet ge nie mee inzitten.",
            "diet",
            "geen varkensvlees",
        ),
    ],
)
def test_that_the_rest_stays_is_nothing_of_its_own(text: str, key: str, value: str) -> None:
    decision = answered(text)
    assert (told(decision)[key], decision.cases) == (value, ())


@pytest.mark.parametrize(
    "said", ["De rest klopt niet.", "De rest is goed maar ik kom later.", "De rest vertel ik later."]
)
def test_that_the_rest_does_not_stay_is_shown(said: str) -> None:
    decision = answered(f"Mijn gsm is 0499 11 22 33. {said}")
    assert said in " ".join(map(matter, decision.cases))


def test_nothing_changes_for_who_comes_beside_a_colleague_who_does_not() -> None:
    els = row(2, name="Els Maes", email="els@damme.example", sender="jan@damme.example")
    text = (
        "Els Maes is in ziekteverlof en zal er op 3 december niet bij zijn. Voor mij verandert er niets, ik "
        "kom dus alleen."
    )
    decision = answered(text, others=(els,))
    left = [r.after.nr for r in decision.results if r.after and r.after.status.is_out]
    assert (left, decision.cases) == (["INS-0002"], ())


@pytest.mark.parametrize(
    "text",
    [
        "Ik niet, Wouter Dumoulin wel. In mijn plaats dus.",
        "Wouter Dumoulin wel, ik niet. Hij komt in mijn plaats.",
        "weg: Jan Peeters\nin de plaats: Wouter Dumoulin",
        "Ik kan niet komen, Wouter Dumoulin komt wel. In mijn plaats dus.",
        "Ik kan zelf niet deelnemen. Ik laat mij vervangen door Wouter Dumoulin, raadslid "
        "(wouter.dumoulin@damme.example). Kunt u de bevestiging aan mijn vervanger bezorgen?",
    ],
)
def test_who_takes_the_place_of_who_leaves_comes_instead(text: str) -> None:
    decision = answered(text)
    after = rows_after(decision)
    assert [(one.text("last_name"), one.status) for one in after] == [
        ("Peeters", Status.CANCELLED),
        ("Dumoulin", Status.REGISTERED),
    ]
    assert decision.cases == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ik niet, Wouter Dumoulin misschien wel. In mijn plaats dus.",
        "Ik niet, mijn collega wel. In mijn plaats dus.",
        "Ik niet, Wouter Dumoulin wel.",
        "weg: An Maes\nin de plaats: Wouter Dumoulin",
        "Vervanger: Wouter Dumoulin",
        "Ik kan zelf niet deelnemen. Ik laat mij vervangen door Wouter Dumoulin. Kunt u de bevestiging aan "
        "mijn vervanger bezorgen?",
    ],
)
def test_who_takes_a_place_without_all_that_is_needed_is_shown(text: str) -> None:
    decision = answered(text)
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]
    assert not any(result.after and result.after.status.is_out for result in decision.results)


@pytest.mark.parametrize(
    "text",
    [
        "Parking nodig? Ik niet, Els Maes wel.",
        "Ik niet, Els Maes wel. Dat is voor het broodje.",
        "Wie wil mee in de bus? Els Maes wel.",
        "Broodjes:\nwel: Els Maes\nniet: Jan Peeters",
    ],
)
def test_a_bare_yes_and_no_beside_another_matter_is_of_nobodys_coming(text: str) -> None:
    decision = answered(text)
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]
    assert not any(result.after for result in decision.results)


@pytest.mark.parametrize(
    "text",
    [
        "Afwezig: Bo Claes (onder voorbehoud)",
        "Afwezig: Bo Claes (tot 15u)",
        "Afwezig: Bo Claes?",
        "Bo Claes (misschien): verontschuldigd",
        "Verontschuldigd:\nBo Claes (nog te bevestigen)",
        "Bo Claes kan niet komen (nog te bevestigen).",
        "Absent: Bo Claes (peut-être)",
    ],
)
def test_what_stands_in_brackets_behind_a_name_leaves_open_whether_they_stay_away(text: str) -> None:
    decision = answered(text, others=(row(2, name="Bo Claes", email="bo@damme.example"),))
    assert [case.kind for case in decision.cases] in ([CaseKind.UNCLEAR], [CaseKind.QUESTION])
    assert not any(result.after for result in decision.results)


@pytest.mark.parametrize(
    "text",
    [
        "In opdracht van Bo Claes schrijf ik Els Maes uit.",
        "Namens burgemeester Bo Claes wil ik Els Maes verontschuldigen.",
        "In naam van Bo Claes: Els Maes kan niet komen.",
        "On behalf of Bo Claes, please cancel Els Maes.",
    ],
)
def test_who_asks_that_another_is_withdrawn_stays(text: str) -> None:
    rows = (row(2, name="Bo Claes", email="bo@damme.example"), row(3, name="Els Maes"))
    decision = answered(text, others=rows)
    out = {r.after.nr for r in decision.results if r.after and r.after.status.is_out}
    assert "INS-0002" not in out
    assert out or decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "Bo Claes kan niet komen. Ik ook niet.",
        "Bo Claes komt niet en ik evenmin.",
        "Bo Claes can't come. Me neither.",
        "Bo Claes ne peut pas venir. Moi non plus.",
        "Ik kan niet komen. Bo Claes ook niet.",
        "Ik kom. Alleen Bo Claes niet.",
        "Ik kom. Bo Claes ook.",
    ],
)
def test_who_stays_away_or_comes_by_a_word_alone_is_never_left_out(text: str) -> None:
    decision = answered(text, others=(row(2, name="Bo Claes", email="bo@damme.example"),))
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]
    assert not any(result.after for result in decision.results)


def test_who_comes_by_a_word_alone_stays_beside_who_does_not() -> None:
    decision = answered(
        "Bo Claes kan niet komen. Ik wel.", others=(row(2, name="Bo Claes", sender="jan@damme.example"),)
    )
    left = [r.after.nr for r in decision.results if r.after and r.after.status.is_out]
    assert (left, decision.cases) == (["INS-0002"], ())


@pytest.mark.parametrize("text", ["Mijn broodje mag weg.", "De lunch mag geschrapt worden."])
@pytest.mark.parametrize("diet", ["", "vegetarisch"])
def test_a_meal_that_goes_while_its_eater_comes_is_shown_and_leaves_the_diet(text: str, diet: str) -> None:
    eats = {"attends": True} | ({"diet": diet} if diet else {})
    decision = answered(text, replace(ON_THE_LIST, answers={**ON_THE_LIST.answers, **eats}))
    assert decision.cases
    assert not any(r.after and r.after.answers.get("diet", "") != diet for r in decision.results)


@pytest.mark.parametrize(
    "text", ["Dat gaat nu wel ver.", "Het kan mij nu wel gestolen worden.", "Dat kan nu wel zijn."]
)
def test_what_is_only_so_now_brings_nobody_back(text: str) -> None:
    decision = answered(text, replace(ON_THE_LIST, status=Status.CANCELLED))
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]


@pytest.mark.parametrize("text", ["Het lukt mij nu wel.", "Dat kan ik nu wel.", "Nu past het wel!"])
def test_who_can_now_is_back(text: str) -> None:
    decision = answered(text, replace(ON_THE_LIST, status=Status.CANCELLED))
    assert [r.after.status for r in decision.results if r.after] == [Status.REGISTERED]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1) voor mij vegetarisch\n2) Els Maes komt ook mee", "voor mij vegetarisch"),
        ("Voor mij graag vegetarisch. Els Maes komt ook mee.", "Voor mij graag vegetarisch."),
        ("Els Maes komt ook mee. Ik ben diabeet.", "Ik ben diabeet."),
        ("Els Maes komt ook mee. Voor mij geen noten aub.", "Voor mij geen noten aub."),
        ("Els Maes komt ook mee. Wij eten allebei glutenvrij.", "Wij eten allebei glutenvrij."),
        ("Nieuwe gsm: 0499 11 22 33. En Els Maes komt ook mee.", "0499 11 22 33"),
        ("Mijn functie is nu diensthoofd en Els Maes komt ook mee.", "diensthoofd"),
    ],
)
def test_what_somebody_tells_of_themselves_beside_whom_they_bring_is_shown_and_is_not_theirs(
    text: str, said: str
) -> None:
    decision = answered(text)
    assert said in " ".join(map(matter, decision.cases))
    brought = [r.after.answers for r in decision.results if r.after and r.after.nr != "INS-0001"]
    assert not any("diet" in answers for answers in brought)


def test_the_number_of_whom_somebody_brings_along_is_theirs() -> None:
    decision = answered("Els Maes komt ook mee, haar gsm is 0499 11 22 33.")
    phones = {r.after.text("last_name"): r.after.text("phone") for r in decision.results if r.after}
    assert phones["Maes"] == "0499 11 22 33"


WITHOUT_FIRST_NAME = replace(
    ON_THE_LIST,
    status=Status.INCOMPLETE,
    answers={**ON_THE_LIST.answers, "first_name": ""},
    doubts=(Problem(0, "first_name", Code.MISSING),),
)
WITH_A_SIGN = replace(
    ON_THE_LIST,
    status=Status.INCOMPLETE,
    answers={**ON_THE_LIST.answers, "last_name": "Peeters 2"},
    doubts=(Problem(0, "last_name", Code.UNSURE, read="Peeters 2"),),
)


@pytest.mark.parametrize(
    ("about", "text"),
    [
        (WITHOUT_FIRST_NAME, "voornaam = Jan\n\nwas ik vergeten in te vullen, sorry"),
        (WITHOUT_FIRST_NAME, "Mijn voornaam is Jan. Was ik vergeten in te vullen, sorry."),
        (WITH_A_SIGN, "Nee die 2 stond er nog van mijn copy-paste. Gewoon Jan Peeters."),
        (WITH_A_SIGN, "Foutje van mij. Jan Peeters dus."),
        (WITHOUT_FIRST_NAME, "Jan! Helemaal vergeten in te vullen. Bedankt"),
        (WITHOUT_FIRST_NAME, "Ah ja, mijn voornaam is Jan. Goed gezien!"),
        (
            WITHOUT_FIRST_NAME,
            "Daar is iets misgelopen bij het invullen. Mijn voornaam is Jan. Kijk ernaar uit!",
        ),
    ],
)
def test_how_an_answer_came_to_be_missing_or_wrong_is_no_question(about: Registration, text: str) -> None:
    decision = answered(text, about, Ask.INCOMPLETE)
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())
    assert (told(decision)["first_name"], told(decision)["last_name"]) == ("Jan", "Peeters")


WITHOUT_ADDRESS = replace(
    ON_THE_LIST,
    status=Status.INCOMPLETE,
    answers={**ON_THE_LIST.answers, "email": "jan(a)damme.example"},
    doubts=(Problem(0, "email", Code.INVALID),),
    sender="jan@damme.example",
)


@pytest.mark.parametrize(
    "text",
    [
        "Ai, foutje van mij. jan@damme.example moet het zijn. Bedankt om na te kijken!",
        "Het adres was verkeerd, ik had het te snel ingevuld op mijn gsm. Correct is: jan@damme.example.",
        "Ge hebt gelijk, daar klopte iets niet. jan@damme.example",
        "Amai, goed dat jullie opletten! Het is jan@damme.example.",
    ],
)
def test_how_an_address_came_to_be_wrong_needs_nobody(text: str) -> None:
    decision = answered(text, WITHOUT_ADDRESS, Ask.INCOMPLETE)
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())
    assert told(decision)["email"] == "jan@damme.example"


@pytest.mark.parametrize(
    "beside", ["Mijn gsm was ook fout.", "Mijn functie stond er ook verkeerd op.", "Hebt u nog plaats?"]
)
def test_what_else_is_wrong_beside_an_address_is_shown(beside: str) -> None:
    decision = answered(f"Ai, foutje. jan@damme.example. {beside}", WITHOUT_ADDRESS, Ask.INCOMPLETE)
    assert told(decision)["email"] == "jan@damme.example"
    assert [beside in matter(case) for case in decision.cases] == [True]


WITHOUT_BODY = replace(
    ON_THE_LIST,
    status=Status.INCOMPLETE,
    answers={**ON_THE_LIST.answers, "organisation": ""},
    doubts=(Problem(0, "organisation", Code.MISSING),),
)


@pytest.mark.parametrize("need", ["Ik ben blind.", "Ik hoor niet goed.", "Ik heb een geleidehond."])
def test_what_somebody_needs_behind_their_body_on_one_line_is_shown(need: str) -> None:
    decision = answered(f"Gemeente Damme. {need}", WITHOUT_BODY, Ask.INCOMPLETE)
    assert told(decision)["organisation"] == "Gemeente Damme"
    assert [need in matter(case) for case in decision.cases] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan geen trappen doen.",
        "Ik kan niet goed horen.",
        "Ik kan niet tegen volle zalen.",
        "Bedankt, ik kan niet tegen lawaai.",
        "Kan geen Frans",
        "Je ne peux pas monter les escaliers.",
        "Ich kann keine Treppen steigen.",
    ],
)
def test_what_somebody_cannot_do_there_withdraws_nobody(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, rows_after(decision)) == (Outcome.REVIEW, ())
    assert len(decision.cases) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan niet wegens ziekte.",
        "Ik kan door vergaderingen niet komen.",
        "Ik kan geen gehoor geven aan uw uitnodiging.",
        "Wij kunnen die dag niet.",
        "Ik kan mij niet vrijmaken.",
    ],
)
def test_who_cannot_come_is_withdrawn(text: str) -> None:
    assert answered(text).outcome is Outcome.CANCELLED


@pytest.mark.parametrize(
    "text",
    [
        "Goed ontvangen, staat in de agenda van de dienst. Dienstwagen is ook al gereserveerd.\nTot dan!",
        "Bedankt! De koffie mag klaarstaan.",
        "Merci voor 't berichtje! Ge moogt de koffie al opzetten.\nTot dan",
        "Dank u wel. Mijn trein is al geboekt.",
        "Bedankt! Ik ben benieuwd. Boeiend programma!",
        "Bedankt! Ik zorg dat ik het niet vergeet.",
    ],
)
def test_small_talk_beside_thanks_makes_no_case(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


@pytest.mark.parametrize(
    "said",
    [
        "De dienstwagen is niet gereserveerd, ik kom dus later.",
        "Is de koffie klaar om 13 uur?",
        "Mijn trein is geboekt, als die rijdt ben ik er.",
        "De wagen is gereserveerd, er rijdt een collega in een rolstoel mee.",
        "Ik ben blind.",
        "Zet de koffie klaar en een glutenvrij broodje.",
        "De auto van Els Maes is gereserveerd.",
        "De oppas is nog niet geregeld.",
        "Mijn wagen is helaas niet klaar.",
        "De trein is misschien geboekt.",
    ],
)
def test_what_looks_like_small_talk_and_wants_something_is_shown(said: str) -> None:
    decision = answered(f"Bedankt! {said}")
    assert said.split(",")[0] in " ".join(map(matter, decision.cases))


@pytest.mark.parametrize(
    "text",
    [
        "U mag mijn inschrijving behouden tot ik u bel.",
        "Laat mijn inschrijving staan tot we meer weten.",
        "Ik kom, tot u iets anders hoort.",
        "Houd mijn inschrijving tot nader bericht.",
        "Please keep my registration until I call you.",
        "Gardez mon inscription jusqu'à nouvel ordre.",
    ],
)
def test_a_registration_until_something_happens_is_a_condition(text: str) -> None:
    decision = answered(text)
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]


@pytest.mark.parametrize("text", ["Ik kom graag, tot dan!", "Ik kom en blijf tot het einde."])
def test_until_then_is_no_condition(text: str) -> None:
    assert answered(text).cases == ()


@pytest.mark.parametrize(
    "said",
    [
        "De rest moet nog aangepast worden.",
        "De overige gegevens pas ik later aan.",
        "Al de rest blijft, behalve mijn functie.",
        "Alles blijft zo, uitgezonderd mijn functie.",
    ],
)
def test_what_else_must_be_otherwise_beside_a_new_number_is_shown(said: str) -> None:
    decision = answered(f"Mijn gsm is 0499 11 22 33. {said}")
    assert told(decision)["phone"] == "0499 11 22 33"
    assert said in " ".join(map(matter, decision.cases))


@pytest.mark.parametrize("said", ["De rest moet niet gewijzigd worden.", "Al de rest blijft zo."])
def test_the_rest_that_need_not_change_is_nothing_of_its_own(said: str) -> None:
    assert answered(f"Mijn gsm is 0499 11 22 33. {said}").cases == ()


INSTEAD = "Ik kan niet komen, Els Maes vervangt mij (els@damme.example)."


@pytest.mark.parametrize(
    "said",
    [
        "Stuur de bevestiging ook naar mij.",
        "Stuur haar de agenda en de kosten.",
        "Stuur haar de info en de kosten.",
        "Kan u haar het programma doorsturen?",
        "Gelieve de uitnodiging aan haar en aan mij te bezorgen.",
    ],
)
def test_what_is_to_be_sent_beside_a_substitution_is_shown(said: str) -> None:
    decision = answered(f"{INSTEAD} {said}")
    assert said in " ".join(map(matter, decision.cases))


@pytest.mark.parametrize(
    "text",
    [
        f"{INSTEAD} Stuur haar de bevestiging.",
        "Ik kan niet komen, we sturen Els Maes (els@damme.example) in mijn plaats.",
    ],
)
def test_a_substitute_who_is_sent_or_mailed_to_needs_nobody(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, decision.cases) == (Outcome.SUBSTITUTED, ())


@pytest.mark.parametrize(
    "text",
    [
        "Els Maes komt ook mee, vegetarisch graag.",
        "Graag Els Maes inschrijven. Vegetarisch.",
        "Gelieve mijn collega Els Maes ook in te schrijven. Glutenvrij aub.",
    ],
)
def test_a_diet_beside_somebody_who_comes_too_is_not_the_writers(text: str) -> None:
    decision = answered(text)
    diets = {r.after.nr: r.after.text("diet") for r in decision.results if r.after}
    assert not diets.get("INS-0001")
    assert "INS-0002" in diets or decision.cases


def test_a_diet_that_the_writer_tells_beside_somebody_else_is_theirs() -> None:
    decision = answered("Graag Els Maes inschrijven. Ik ben vegetariër.")
    assert told(decision)["diet"] == "vegetariër"
    assert "Els Maes" in " ".join(map(matter, decision.cases))


OFF_THE_LIST = replace(ON_THE_LIST, status=Status.CANCELLED)


@pytest.mark.parametrize(
    "text", ["Ja, dat lukt nu wel.", "Nu kan ik wel, graag tot dan.", "Nu past het mij wel."]
)
def test_who_withdrew_and_can_now_is_back_on_the_list(text: str) -> None:
    decision = answered(text, OFF_THE_LIST)
    assert (decision.results[0].after or OFF_THE_LIST).status is Status.REGISTERED


@pytest.mark.parametrize(
    "text", ["Dat lukt nu ook niet.", "Nu kan ik ook niet.", "Misschien lukt dat nu wel."]
)
def test_who_withdrew_and_still_cannot_stays_off_the_list(text: str) -> None:
    decision = answered(text, OFF_THE_LIST)
    assert all(r.after is None or r.after.status is Status.CANCELLED for r in decision.results)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Bo Claes is geen schepen meer maar burgemeester.", "burgemeester"),
        ("De functie van Bo Claes is nu diensthoofd.", "diensthoofd"),
    ],
)
def test_what_a_colleague_has_become_is_offered_at_their_row(text: str, role: str) -> None:
    bo = row(2, name="Bo Claes", email="bo@damme.example", answers={"attends": True})
    (case,) = answered(text, others=(bo,)).cases
    assert (case.registration, case.fields) == ("INS-0002", ("role",))
    assert case.person is not None
    assert case.person.answers["role"].value == role


def test_who_comes_as_what_they_are_has_become_nothing() -> None:
    bo = row(2, name="Bo Claes", email="bo@damme.example", answers={"attends": True})
    cases = answered("Bo Claes komt als burgemeester.", others=(bo,)).cases
    assert all("role" not in case.fields for case in cases)

"""Whole mails in a few words, read and decided: what became of each half, and what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case
from mailbot.domain.case import IN_PLACE_OF, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Ask, Decision, DecisionContext, Outcome, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.form import Form
from mailbot.domain.message import Arrival
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Code, Intent, Problem, Submission, Value
from mailbot.intent.follow_up import complete
from mailbot.intent.person_mentions import names
from mailbot.message import parse
from mailbot.notifications import compose
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, event, known, local, row, rows_after, settings

JAN = "Jan Peeters <jan@damme.example>"
ONE_MEETING = settings()
TWO_MEETINGS = settings(event(), event(id="bur", title="Burgemeestersoverleg", place="Brugge"))


def read(
    text: str,
    subject: str = "Kennisplatform",
    sender: str = JAN,
    here: Settings = ONE_MEETING,
    now: datetime = MORNING,
) -> tuple[Arrival, Submission]:
    """A mail, and what is understood of it."""
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"], raw["Message-ID"] = (
        sender,
        "in@post.example",
        subject,
        "<1@x.example>",
    )
    raw.set_content(text)
    message = parse(raw.as_bytes(), here.own_addresses, "")
    return Arrival(1, "main", now, message), understand(message, (), here, frozenset(), now)


def mailed(
    text: str,
    subject: str = "Kennisplatform",
    sender: str = JAN,
    context: DecisionContext | None = None,
    here: Settings = ONE_MEETING,
    now: datetime = MORNING,
) -> tuple[Decision, str]:
    """The decision about a mail, and the text of the first answer."""
    arrival, submission = read(text, subject, sender, here, now)
    decision = decide(arrival, submission, context or known(), here, now)
    return decision, next((mail.text for mail in compose(decision, arrival, here, now)), "")


@pytest.mark.parametrize(
    "text", ["Ik kan niet, wel komt mijn collega Rita Maes", "Ik kan niet", "Ik haak deze keer niet aan."]
)
def test_words_of_coming_and_going_without_a_noun_are_shown_while_one_event_is_open(text: str) -> None:
    decision, _ = mailed(text, "Kan niet")
    assert (decision.outcome, len(decision.cases)) == (Outcome.REVIEW, 1)
    assert text in matter(decision.cases[0])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Ik kom naar jullie studiedag over regiovorming.", Outcome.REVIEW),
        ("Is er een lijst van wie aanwezig is op het evenement met de buurgemeenten?", Outcome.REVIEW),
        ("J'aimerais participer à votre journée sur la coopération entre communes.", Outcome.REVIEW),
        ("Please cancel my place at the seminar, I have to travel for work.", Outcome.REVIEW),
        ("Ik kom naar een studiedag over regiovorming.", Outcome.NO_FORM),
        ("Ik kom naar de studiedag van de sportraad.", Outcome.NO_FORM),
        ("Ik kom naar de studiedag over regiovorming in Leuven.", Outcome.NO_FORM),
        ("Can I register for the session on regional planning in December?", Outcome.REVIEW),
        ("De zaal voor het evenement met de buurgemeenten is geverfd.", Outcome.NO_FORM),
    ],
)
def test_who_comes_to_a_meeting_that_is_called_none_of_its_names_is_shown(
    text: str, outcome: Outcome
) -> None:
    assert mailed(text, "Vraagje")[0].outcome is outcome


@pytest.mark.parametrize(
    ("text", "subject", "outcome"),
    [
        ("Mogen ambtenaren ook komen op 3 december of is het enkel voor verkozenen?", "Even", Outcome.REVIEW),
        ("Wordt er op 3/12 iets te eten voorzien?", "Boterhammen", Outcome.REVIEW),
        ("Mag een vrijwilliger van de welzijnsraad daar 3 december ook heen?", "Vraag", Outcome.REVIEW),
        ("Puis-je venir le 3 décembre avec mon fils de douze ans ?", "Question", Outcome.REVIEW),
        ("What language will be spoken on 3 December?", "Language", Outcome.REVIEW),
        ("Wie lange dauert das Treffen am 3. Dezember?", "Frage", Outcome.REVIEW),
        ("'k Zei dat ik ging komen 3 december, maar mijn kelder staat blank.", "Miserie", Outcome.REVIEW),
        ("J'avais dit oui pour le 3 décembre, mais ma fille se marie.", "Mariage", Outcome.REVIEW),
        ("Is jullie bijeenkomst gratis?", "Kostprijs", Outcome.REVIEW),
        ("Ik las jullie uitnodiging. Moet ik een bepaalde functie hebben?", "Vraag", Outcome.REVIEW),
        ("Do I have to pay for your meeting?", "Payment", Outcome.REVIEW),
        ("nee merci, zit dan in Spanje", "", Outcome.REVIEW),
        ("Hoe laat begint de gemeenteraad van 3 december?", "Gemeenteraad", Outcome.NO_FORM),
        ("Kan de vuilniskar op 4 december vroeger komen?", "Vuil", Outcome.NO_FORM),
        ("Wij nodigen u uit op 3 december voor onze nieuwjaarsdrink. Komt u?", "Drink", Outcome.NO_FORM),
        ("Is de bijeenkomst van de sportraad openbaar?", "Sportraad", Outcome.NO_FORM),
        ("Wordt het evenement op de markt van Lier vergund?", "Markt", Outcome.NO_FORM),
        ("Zullen wij eens samen gaan eten?", "Eten", Outcome.NO_FORM),
        ("Wann kommt die Müllabfuhr?", "Müll", Outcome.NO_FORM),
        ("Is the swimming pool open on 25 December?", "Pool", Outcome.NO_FORM),
    ],
)
def test_what_asks_or_tells_of_our_day_or_meeting_is_shown_whatever_its_nouns(
    text: str, subject: str, outcome: Outcome
) -> None:
    assert mailed(text, subject)[0].outcome is outcome


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("'k had gezegd dat 'k ging komen, maar ons moeder is gevallen.", False),
        ("Ik zou komen op 3 december, maar de babysit heeft de mazelen.", False),
        ("Ik had beloofd om te komen maar mijn auto staat in de garage.", False),
        ("Je comptais participer le 3 décembre, mais ma voiture est en panne.", False),
        ("I had planned to attend but I broke my leg.", False),
        ("Ich wollte am 3. Dezember kommen, aber mein Zug fällt aus.", False),
        ("Ik kom op 3 december, maar eet geen vlees.", True),
        ("Ik zou graag deelnemen op 3 december, maar ik eet vegetarisch.", True),
        ("Ik had gezegd dat ik niet kon, maar ik kom toch op 3 december.", True),
        ("I would like to come on 3 December, but I am vegetarian.", True),
    ],
)
def test_a_coming_that_was_meant_before_puts_nobody_on_the_list(text: str, comes: bool) -> None:
    decision, _ = mailed(text)
    assert (decision.outcome is Outcome.REGISTERED, bool(decision.cases)) == (comes, not comes)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Inscrivez-moi svp pour la réunion du 3 décembre. Ma femme tape plus vite que moi !", ["Peeters"]),
        ("Veuillez m'inscrire pour le 3 décembre.", ["Peeters"]),
        ("Pouvez-vous m'inscrire pour le 3 décembre ?", ["Peeters"]),
        ("Comptez sur moi pour le 3 décembre !", ["Peeters"]),
        ("Je viendrai avec plaisir le 3 décembre.", ["Peeters"]),
        ("Expliquez-moi comment m'inscrire pour le 3 décembre.", []),
        ("Pouvez-vous m'inscrire sur la liste de diffusion ?", []),
        ("Je souhaite inscrire ma fille pour le 3 décembre.", []),
        ("Inscrivez mon collègue Paul Durand pour le 3 décembre, pas moi.", []),
        ("Schrijf mijn collega Paul Durand in voor 3 december, niet mij.", []),
        ("M'n collega komt op 3 december.", []),
    ],
)
def test_who_asks_us_in_french_to_put_them_on_the_list_is_who_comes(text: str, told: list[str]) -> None:
    decision, _ = mailed(text, "Le 3 décembre")
    _, submission = read(text, "Le 3 décembre")
    assert [one.text("last_name") for one in submission.told] == told
    assert bool(decision.cases) is not bool(told)


@pytest.mark.parametrize(
    "text",
    [
        "Mag je als gewoon raadslid (oppositie) ook naar de bijeenkomst van 3 december komen of is dat "
        "enkel voor burgemeesters en schepenen? En tot wanneer kan ik mij inschrijven?",
        "Mag een gewoon raadslid ook komen op 3 december?",
        "Kan iemand die niet bij een gemeente werkt deelnemen op 3 december?",
        "Is het kennisplatform van 3 december ook voor studenten?",
        "May a contractor attend the meeting on 3 December?",
        "Est-ce que quelqu'un du CPAS peut participer le 3 décembre?",
        "En tot wanneer kan ik mij inschrijven?",
        "En hoe kan ik mij inschrijven voor 3 december?",
        "Goedemiddag, tot welke datum kan ik mij inschrijven voor het kennisplatform?",
        "Maar via welke weg kan ik mij inschrijven?",
        "En bij wie kan ik mij inschrijven voor 3 december?",
        "Dus waar kunnen wij ons inschrijven?",
        "Until when can I register for 3 December?",
        "And where can I register for the meeting?",
        "Jusqu'à quand puis-je m'inscrire pour le 3 décembre ?",
        "Et comment puis-je m'inscrire pour le 3 décembre ?",
        "Vanaf wanneer mogen wij ons inschrijven voor 3 december?",
        "Mogen wij ook met twee komen op 3 december?",
        "Kan mijn vrouw ook mee naar het kennisplatform?",
        "Is een schepen ook welkom op 3 december?",
        "Mag ik ook komen als ik geen mandataris ben?",
        "Mag ik als gepensioneerde nog komen op 3 december?",
        "Kunnen gewone burgers deelnemen aan het kennisplatform van 3 december?",
        "Can somebody from a company take part on 3 December?",
        "Un conseiller peut-il participer le 3 décembre ?",
    ],
)
def test_a_question_who_may_come_or_until_when_puts_nobody_on_the_list(text: str) -> None:
    decision, _ = mailed(text)
    _, submission = read(text)
    assert not submission.told
    assert decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "If possible, can you register me for 3 December?",
        "Si possible, pouvez-vous m'inscrire pour le 3 décembre ?",
        "Zou ik mij mogen inschrijven voor 3 december?",
        "Mag ik mij inschrijven voor 3 december?",
        "Kan u mij inschrijven voor 3 december?",
        "Kunt u mij inschrijven voor het kennisplatform?",
        "Mag ik mij hierbij inschrijven voor het kennisplatform van 3 december?",
        "Zou u mij kunnen inschrijven voor 3 december?",
        "Wilt u mij inschrijven voor het kennisplatform?",
        "Kan je mij op de lijst zetten voor 3 december?",
        "Mag ik u vragen mij in te schrijven voor 3 december?",
        "Beste, kan u mij inschrijven voor 3 december?",
        "Goedemiddag, mag ik mij inschrijven voor het kennisplatform?",
        "Could you register me for 3 December?",
        "Can you put me on the list for 3 December?",
        "Pouvez-vous m'inscrire pour le 3 décembre ?",
        "Puis-je m'inscrire pour le 3 décembre ?",
        "Zoals gevraagd: kunt u mij inschrijven voor 3 december?",
        "Ik kom graag op 3 december. Kunt u mij inschrijven?",
    ],
)
def test_a_polite_request_to_be_put_on_the_list_puts_its_writer_there(text: str) -> None:
    _, submission = read(text)
    assert [one.text("last_name") for one in submission.told] == ["Peeters"]


@pytest.mark.parametrize(
    "text",
    [
        "My Dutch is still under construction, so in English: I would like to attend on 3 December.",
        "My French is poor, but I will attend the meeting on 3 December.",
        "Mijn Frans is niet zo goed, maar ik kom graag op 3 december.",
        "Mijn Nederlands is nog wat stroef maar ik kom graag op 3 december.",
    ],
)
def test_a_language_that_somebody_speaks_of_is_nobody_who_comes(text: str) -> None:
    _, submission = read(text)
    assert [one.text("last_name") for one in submission.told] == ["Peeters"]


def test_a_name_that_is_a_language_too_is_somebody_who_comes() -> None:
    assert names("Frans Engels komt op 3 december.") == ("Frans Engels",)
    assert names("Onze collega Frans Maes komt op 3 december.") == ("Frans Maes",)


def test_who_is_called_after_a_head_is_no_function() -> None:
    text = "Ik kom graag op 3 december.\n\nEls Houthoofd\nvrijwilliger bij de gemeente Damme"
    _, submission = read(text, sender="Els Houthoofd <els.houthoofd@damme.example>")
    (one,) = submission.told
    assert (one.text("first_name"), one.text("last_name")) == ("Els", "Houthoofd")
    assert "Houthoofd" not in one.text("role")


@pytest.mark.parametrize("head", ["diensthoofd", "teamhoofd", "afdelingshoofd"])
def test_a_head_of_a_service_is_a_function(head: str) -> None:
    _, submission = read(f"Ik kom graag op 3 december.\n\nJan Peeters\n{head}\ngemeente Damme")
    (one,) = submission.told
    assert one.text("role") == head


@pytest.mark.parametrize(
    "text", ["gaat voor mij nie lukken, we zitten in Spanje", "Dat gaat voor mij niet lukken."]
)
def test_what_does_not_work_for_somebody_replaces_nobody(text: str) -> None:
    assert mailed(text)[0].outcome is Outcome.EXCUSED


TWO_AWAY = ["Wostyn", "Avereyn"]


@pytest.mark.parametrize(
    ("text", "excused"),
    [
        (
            "niet aanwezig 3 december:\n- Ria Wostyn, schepen\n- Stefaan Avereyn, burgemeester\n\n"
            "Gelieve te noteren als verontschuldigd.",
            TWO_AWAY,
        ),
        ("Verontschuldigd:\nRia Wostyn\nStefaan Avereyn", TWO_AWAY),
        ("Volgende personen zijn verontschuldigd:\n- Ria Wostyn (schepen)\n- Stefaan Avereyn", TWO_AWAY),
        ("Ria Wostyn kan niet komen. Gelieve te noteren als verontschuldigd.", ["Wostyn"]),
        ("Ria Wostyn komt niet. Gelieve mij ook te verontschuldigen.", ["Peeters", "Wostyn"]),
        ("Ria Wostyn cannot come. Please note as excused.", ["Wostyn"]),
        ("Verontschuldigd:\nik, wegens ziekte", ["Peeters"]),
        ("Verontschuldigd:\n- Ria\n- Stefaan", []),
        ("Afwezig:\nRia Wostyn, dienst burgerzaken", []),
        ("Verontschuldigd 14 januari:\n- Ria Wostyn\n- Stefaan Avereyn", []),
        ("Afwezig op de gemeenteraad:\n- Ria Wostyn\n- Stefaan Avereyn", []),
    ],
)
def test_those_below_a_line_that_says_they_stay_away_are_excused_and_not_who_wrote(
    text: str, excused: list[str]
) -> None:
    decision, _ = mailed(text, sender="Jan Peeters <jan.peeters@damme.example>")
    assert [one.after.text("last_name") for one in decision.results if one.after] == excused
    assert bool(decision.cases) is not bool(excused)


def test_a_name_between_a_withdrawal_and_a_day_is_who_withdraws() -> None:
    ria = row(1, name="Ria Wostyn", email="ria.wostyn@damme.example")
    decision, _ = mailed("Afmelding Ria Wostyn voor 3 december.", context=known(ria))
    assert left(decision) == [ria.nr]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("One small addition to my registration: I only eat halal. I hope that is not a problem.", 0),
        ("Ik eet enkel halal. Ik hoop dat dat geen probleem is voor de catering.", 0),
        ("Je ne mange que halal. J'espère que ce n'est pas un problème.", 0),
        ("I only eat halal. I hope there is parking for the bus.", 1),
        ("Ik eet enkel halal. Ik hoop dat ik later mag komen.", 1),
        ("Je ne mange que halal. J'espère que mon collègue peut venir.", 1),
    ],
)
def test_a_hope_that_a_change_is_no_trouble_needs_nobody(text: str, cases: int) -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    arrival, said = read(text, "Re: Ingeschreven")
    asked = PendingQuestion(Ask.TOLD, "kis", (jan.nr,), (jan,))
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, replace(answering(jan), asked=asked), ONE_MEETING, MORNING)
    assert len(decision.cases) == cases


def test_a_diet_at_somebodys_request_from_who_is_on_the_list_is_not_lost() -> None:
    text = "Op diens verzoek deel ik u mee dat de maaltijd glutenvrij dient te zijn."
    of = known(row(1, name="Jan Peeters", email="jan@damme.example"))
    assert mailed(text, "Re: uw inschrijving", context=of)[0].outcome is not Outcome.NO_FORM


@pytest.mark.parametrize("subject", ["Kinderopvang", "Plaatsen"])
def test_a_free_place_somewhere_withdraws_nobody(subject: str) -> None:
    of = known(row(1, name="Jan Peeters", email="jan@damme.example"))
    decision, answer = mailed("Er is een plaats vrij in de kinderopvang.", subject, context=of)
    assert (decision.results, answer) == ((), "")


@pytest.mark.parametrize("subject", ["Plaine de jeux", "Inscription"])
def test_whoever_inscribes_a_child_somewhere_comes_nowhere_by_it(subject: str) -> None:
    decision, _ = mailed("Je souhaite inscrire ma fille à la plaine de jeux.", subject)
    assert decision.results == ()


@pytest.mark.parametrize(
    "text",
    [
        "I write on behalf of Mayor Els Maes: he will come; I shall not attend myself.",
        "Ik schrijf namens burgemeester Els Maes: hij komt, ik kom zelf niet.",
    ],
)
@pytest.mark.parametrize("registered", [True, False])
def test_who_tells_of_another_and_of_themselves_is_shown_and_never_halved(
    text: str, registered: bool
) -> None:
    of = known(row(1, name="Jan Peeters", email="jan@damme.example")) if registered else known()
    decision, _ = mailed(text, context=of)
    assert (decision.outcome, decision.results, len(decision.cases)) == (Outcome.REVIEW, (), 1)


@pytest.mark.parametrize(
    "head", ["Voor Gemeente Damme zullen aanwezig zijn:", "Mogen wij volgende mensen aanmelden:"]
)
@pytest.mark.parametrize("mark", ["", "1. ", "- "])
def test_those_below_a_line_that_says_they_come_are_put_on_the_list(head: str, mark: str) -> None:
    _, submission = read(f"{head}\n{mark}Els Maes\n{mark}An De Smet\n{mark}Koen Claes")
    assert submission.intent is Intent.REGISTER
    assert [one.text("last_name") for one in submission.told] == ["Maes", "De Smet", "Claes"]


def test_an_allergy_to_reckon_with_is_noted_of_who_comes_and_shown_of_who_is_on_the_list() -> None:
    text = "Gelieve rekening te houden met mijn glutenallergie."
    _, submission = read(f"Ik kom graag. {text}")
    assert [one.text("diet") for one in submission.told] == ["glutenallergie"]
    of = known(row(1, name="Jan Peeters", email="jan@damme.example"))
    assert mailed(text, context=of)[0].outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "text", ["Ik verzoek u mij te willen excuseren.", "Ik vraag u mij te mogen excuseren."]
)
def test_who_asks_to_be_excused_in_formal_words_is(text: str) -> None:
    assert read(text)[1].intent is Intent.EXCUSE


def test_words_of_coming_and_going_below_another_subject_are_left_alone() -> None:
    assert mailed("Ik kan niet", "Factuur 2026-118")[0].outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan niet komen, wel mijn collega Rik Rots.",
        "Gelieve mij te verontschuldigen. Wel mijn collega Rik Rots.",
        "Ik kan niet komen maar wel mijn collega's Rik Rots en An Bos.",
        "Ik kan niet komen, mijn collega Rik wel.",
        "Je ne peux pas venir, mais mon collègue Rik Rots.",
        "Ich kann nicht kommen, aber mein Kollege Rik Rots.",
    ],
)
def test_whom_a_wel_alone_sends_beside_who_stays_away_is_not_lost(text: str) -> None:
    decision, _ = mailed(text, context=known(row(1, name="Jan Peeters", email="jan@damme.example")))
    assert (decision.outcome, len(decision.cases)) == (Outcome.REVIEW, 1)


@pytest.mark.parametrize("text", ["Jammer, ik kan er niet bij zijn", "Ik kan er niet bij zijn, helaas."])
def test_being_there_is_no_object_of_something_else(text: str) -> None:
    decision, _ = mailed(text, "Kan niet")
    assert decision.outcome is Outcome.EXCUSED


@pytest.mark.parametrize(
    "text",
    [
        "Mijn collega Rita Maes kan niet komen, ik kom wel",
        "Ik kom wel, mijn collega Rita Maes kan niet komen.",
    ],
)
def test_who_comes_beside_a_colleague_who_does_not_is_half_of_the_case(text: str) -> None:
    decision, _ = mailed(text)
    (case,) = decision.cases
    assert case.choices[0] is Choice.REGISTER
    assert "Jan Peeters komt, Rita Maes komt niet" in matter(case)


def test_a_colleague_is_withdrawn_by_who_comes_already() -> None:
    rita, jan = (
        row(1, name="Rita Maes", email="rita@damme.example"),
        row(2, name="Jan Peeters", email="jan@damme.example"),
    )
    decision, _ = mailed("Mijn collega Rita Maes kan niet komen, ik kom wel", context=known(rita, jan))
    (result,) = decision.results
    assert result.after is not None
    assert (result.after.nr, result.after.status) == ("INS-0001", Status.CANCELLED)


@pytest.mark.parametrize(
    "text",
    [
        "De burgemeester van Brugge, Dirk De fauw, laat zich verontschuldigen.",
        "Gelieve de burgemeester van Brugge, Dirk De fauw, te verontschuldigen.",
        "Gelieve te verontschuldigen: de burgemeester van Brugge, Dirk De fauw.",
    ],
)
def test_who_is_excused_by_office_and_place_is_the_name_beside_them(text: str) -> None:
    decision, _ = mailed(text, sender="Kabinet <kabinet@brugge.example>")
    (result,) = decision.results
    assert result.after is not None
    assert (result.after.text("first_name"), result.after.text("last_name")) == ("Dirk", "De fauw")
    stranger, _ = mailed(text, sender="Kabinet <kabinet@elders.example>")
    assert "Uw keuze gaat over Dirk De fauw" in matter(stranger.cases[0])


def test_the_place_of_an_office_is_nobody() -> None:
    decision, _ = mailed(
        "De burgemeester van Brugge laat zich verontschuldigen.", sender="Kabinet <kabinet@elders.example>"
    )
    assert "Brugge, niet over wie schreef" not in matter(decision.cases[0])


def test_who_takes_a_place_does_not_read_their_own_name() -> None:
    els = row(1, sender="rita@damme.example")
    decision, text = mailed(
        "Ik kom in de plaats van Els Maes.", sender="Rita Maes <rita@damme.example>", context=known(els)
    )
    assert decision.outcome is Outcome.SUBSTITUTED
    assert "U neemt de plaats van Els Maes in" in text
    assert "Rita Maes neemt" not in text


def test_the_names_for_several_places_are_one_question_that_tells_them_apart() -> None:
    _, text = mailed("Graag 2 plaatsen voor het kennisplatform.", sender="Secretariaat <info@damme.example>")
    assert "- Naam en Voornaam van wie komt, voor plaats 1 en plaats 2\n" in text
    assert "De inschrijving van Damme (plaats 2) is nog niet volledig." in text
    assert "ontbreekt" not in text
    _, one = mailed("Graag 1 plaats voor het kennisplatform.", sender="Secretariaat <info@damme.example>")
    assert "plaats 1" not in one


COMES = "Graag schrijf ik mij in voor het Kennisplatform."


@pytest.mark.parametrize(
    ("shown", "role", "body"),
    [
        ("Joachim Coens | Burgemeester Brugge", "Burgemeester", "Brugge"),
        ("Joachim Coens (Stad Brugge)", "", "Stad Brugge"),
    ],
)
def test_what_a_display_name_tells_is_taken_over_as_from_a_signature(
    shown: str, role: str, body: str
) -> None:
    decision, text = mailed(COMES, sender=f'"{shown}" <joachim.coens@prive.example>')
    (result,) = decision.results
    assert result.after is not None
    assert (result.outcome, result.after.text("role"), result.after.text("organisation")) == (
        Outcome.REGISTERED,
        role,
        body,
    )
    told = ", ".join(filter(None, (role, body)))
    assert f"Wij namen dit over uit de naam waaronder u mailt: {told}. Klopt dit niet" in text


def test_a_signature_of_another_is_not_helped_by_a_display_name() -> None:
    signed = f"{COMES}\n\nMet vriendelijke groeten\n\nAn Bos\nSchepen Damme"
    decision, text = mailed(
        signed, sender="Joachim Coens | Burgemeester Brugge <joachim.coens@prive.example>"
    )
    assert decision.outcome is Outcome.INCOMPLETE
    assert "Burgemeester" not in text


MAYOR, CHIEF = (
    row(
        nr,
        name=name,
        email="kabinet@brugge.example",
        organisation="Brugge",
        answers={"role": role},
    )
    for nr, name, role in ((1, "Dirk Vermeulen", "burgemeester"), (2, "Sofie Janssens", "kabinetschef"))
)
CABINET = "Kabinet <kabinet@brugge.example>"


def answering(*rows: Registration, about: Registration | None = None) -> DecisionContext:
    """What is known of a mail that answers ours about one of the rows, the first where nothing is said."""
    nr = (about or rows[0]).nr
    return known(*rows, thread=(nr,), thread_event="kis", answers_mail_about=frozenset({nr}))


def left(decision: Decision) -> list[str]:
    return [r.after.nr for r in decision.results if r.after and r.after.status is Status.CANCELLED]


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (
            "De burgemeester is die dag weerhouden en laat zich vervangen door schepen Ann Goethals.",
            "INS-0001",
        ),
        ("De burgemeester wordt vervangen door schepen Rita Vos.", "INS-0001"),
        ("Schepen Ann Goethals vervangt de burgemeester.", "INS-0001"),
        ("De kabinetschef wordt vervangen door Ann Goethals, adviseur.", "INS-0002"),
    ],
)
@pytest.mark.parametrize("about", [MAYOR, CHIEF])
def test_who_is_replaced_is_whose_function_the_words_say(text: str, leaves: str, about: Registration) -> None:
    decision, _ = mailed(text, sender=CABINET, context=answering(MAYOR, CHIEF, about=about))
    assert (left(decision), decision.cases) == ([leaves], ())


def test_a_function_that_nobody_has_replaces_nobody() -> None:
    text = "De algemeen directeur wordt vervangen door schepen Rita Vos."
    decision, _ = mailed(text, sender=CABINET, context=answering(MAYOR, CHIEF))
    assert (left(decision), len(decision.cases)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "Ik stuur Jan Devos (jan.devos@damme.example), zelf kan ik niet.",
        "Zelf kan ik niet, ik stuur Jan Devos (jan.devos@damme.example).",
        "Ik kan niet komen. Ik stuur Jan Devos (jan.devos@damme.example).",
        "Ik stuur collega Jan Devos (jan.devos@damme.example), zelf kan ik niet.",
    ],
)
def test_whom_somebody_sends_who_does_not_come_is_no_lost_half(text: str) -> None:
    dora = row(1, name="Dora Kint", email="dora@damme.example")
    decision, _ = mailed(text, sender="Dora Kint <dora@damme.example>", context=answering(dora))
    (case,) = decision.cases
    assert (left(decision), case.choices[0]) == ([], Choice.REPLACES)
    assert case.payload["in_place_of"] == "INS-0001"


@pytest.mark.parametrize("text", ["O ja, ik eet geen vlees.", "Dank u, ik heb een parkeerplaats nodig."])
@pytest.mark.parametrize("in_thread", [False, True])
def test_what_stands_behind_a_yes_or_thanks_does_not_vanish(text: str, in_thread: bool) -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example")
    decision, _ = mailed(text, context=answering(jan) if in_thread else known(jan))
    (case,) = decision.cases
    assert text in matter(case)


GRIET, TOM = (
    row(nr, name=name, email=email, sender="griet@damme.example")
    for nr, name, email in ((1, "Griet Baes", "griet@damme.example"), (2, "Tom Claes", "tom@damme.example"))
)


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Door omstandigheden kunnen Tom en ik er toch niet bij zijn. Excuses!", ["INS-0001", "INS-0002"]),
        ("Helaas kunnen mijn collega Tom Claes en ik niet komen.", ["INS-0001", "INS-0002"]),
        ("Door omstandigheden kunnen Tom en ik er toch niet bij zijn.", ["INS-0001", "INS-0002"]),
        ("Door ziekte kunnen we er niet zijn, mijn man en ik.", []),
        ("Ik kan er niet bij zijn.", []),
        ("Tom kan er niet bij zijn.", ["INS-0002"]),
    ],
)
def test_nobody_leaves_alone_who_is_one_of_two_in_an_answer_about_one(text: str, leave: list[str]) -> None:
    decision, _ = mailed(
        text,
        "Re: Ingeschreven: Tom Claes",
        "Griet Baes <griet@damme.example>",
        answering(GRIET, TOM, about=TOM),
    )
    assert (left(decision), len(decision.cases)) == (leave, 0 if leave else 1)


@pytest.mark.parametrize(
    "text", ["Vanuit Damme zal er niemand aanwezig zijn.", "Voor Damme komt er niemand."]
)
def test_a_place_is_nobody_who_is_excused(text: str) -> None:
    decision, _ = mailed(text, sender="Secretariaat <info@damme.example>")
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Wij komen met drie naar het Kennisplatform: ikzelf, Ann Boel en Staf Cuyt.",
        "Graag inschrijven voor het Kennisplatform: Jan Peeters (ik dus), Ann Boel en Staf Cuyt, allen Damme",
    ],
)
def test_all_who_are_named_beside_the_writer_come_by_one_decision(text: str) -> None:
    decision, _ = mailed(text)
    (case,) = decision.cases
    assert decision.results == ()
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    arrival, submission = read(text)
    decided = decide_case(replace(case, id=7), edit, known(), settings(), MORNING, arrival, submission)
    names = [f"{r.after.text('first_name')} {r.after.text('last_name')}" for r in decided.results if r.after]
    assert names == ["Jan Peeters", "Ann Boel", "Staf Cuyt"]


@pytest.mark.parametrize(
    ("text", "first", "comes"),
    [
        (
            "Ik kan toch niet komen. Mogelijk komt schepen Leen Smets in mijn plaats, dat laat ik nog weten.",
            Choice.WITHDRAW,
            "Smets",
        ),
        ("Gisteren komt Leen Smets in mijn plaats. Ik kan niet.", Choice.REPLACES, "Smets"),
        ("Ik kom, maar ik zal een half uur later zijn.", Choice.ANSWER, ""),
        ("Ik kom zonder lunch en ik heb een notenallergie.", Choice.ANSWER, ""),
    ],
)
def test_the_first_choice_is_what_the_words_say_of_who_is_registered(
    text: str, first: Choice, comes: str
) -> None:
    of = known(row(1, name="Jan Peeters", email="jan@damme.example"))
    arrival, submission = read(text)
    (case,) = decide(arrival, submission, of, ONE_MEETING, MORNING).cases
    assert case.choices[0] is first
    assert (submission.newcomer.text("last_name") if submission.newcomer else "") == comes


LIST = (
    "Gelieve volgende personen in te schrijven voor het Kennisplatform:\n"
    "- Marc Van den Broeck, burgemeester, marc.vandenbroeck@damme.example\n"
    "- Lien Dhondt, schepen, lien.dhondt@damme.example, veganistisch\n\nIkzelf kom niet."
)


def test_she_registers_whom_a_list_names_and_excuses_its_writer() -> None:
    found = by_her(LIST, JAN, Choice.REGISTER)
    keys = ("last_name", "role", "diet")
    assert [(*(one.text(key) for key in keys), str(one.status)) for one in found] == [
        ("Van den Broeck", "burgemeester", "", "Ingeschreven"),
        ("Dhondt", "schepen", "veganistisch", "Ingeschreven"),
        ("Peeters", "", "", "Verontschuldigd"),
    ]


SIGNED = "\n\nEls Maes\nalgemeen directeur\nGemeente Damme\n050 81 98 80"


def test_the_signature_of_who_comes_after_all_is_taken_over() -> None:
    els = row(1, Status.EXCUSED)
    decision, _ = mailed(
        f"Ik kan er toch bij zijn!{SIGNED}", sender="Els Maes <els@damme.example>", context=known(els)
    )
    (result,) = decision.results
    assert result.after is not None
    assert [result.after.text(key) for key in ("role", "phone")] == ["algemeen directeur", "050 81 98 80"]


def test_the_signature_of_who_comes_instead_is_taken_over() -> None:
    jan = row(2, name="Jan Peeters", email="jan@damme.example")
    text = f"Ik kom in de plaats van burgemeester Jan Peeters.{SIGNED}"
    rows = by_her(text, "Els Maes <els@damme.example>", Choice.ACCEPT, known(jan))
    assert [rows[1].text(key) for key in ("role", "phone")] == ["algemeen directeur", "050 81 98 80"]


#: Beside the meeting a mail names, one that asks other questions, and stands before it.
OTHER_FORM_FIRST = settings(event(id="aan", title="Aankoop", form="gezamenlijke-aankoop"), event())


@pytest.mark.parametrize("here", [ONE_MEETING, OTHER_FORM_FIRST])
@pytest.mark.parametrize(
    ("text", "role", "phone"),
    [
        (
            "Ik ben verhinderd. Collega Mia Holvoet komt in mijn plaats: mia@damme.example, 056 27 70 01.",
            "",
            "056 27 70 01",
        ),
        (
            "Ik raak er niet. Schepen Rik Maes vervangt me (rik.maes@damme.example, gsm 0477 12 34 00).",
            "schepen",
            "0477 12 34 00",
        ),
    ],
)
def test_the_data_behind_what_somebody_does_are_of_who_comes_instead(
    text: str, role: str, phone: str, here: Settings
) -> None:
    jan = row(2, name="Jan Peeters", email="jan@damme.example")
    decision, _ = mailed(text, context=known(jan), here=here)
    found = [(one.after.text("role"), one.after.text("phone")) for one in decision.results if one.after]
    assert found == [("", ""), (role, phone)]


DINNER = Form.model_validate(
    {
        "id": "dinner",
        "title": "Burgemeestersdiner",
        "field": [
            {"key": "last_name", "label": "Naam", "kind": "name", "required": True},
            {"key": "first_name", "label": "Voornaam", "kind": "name", "required": True},
            {"key": "email", "label": "E-mailadres", "kind": "email"},
            {"key": "phone", "label": "Telefoon", "kind": "phone"},
            {"key": "attends", "label": "Ik kom", "kind": "yes_no"},
            {
                "key": "main",
                "label": "Ik kies als hoofdgerecht",
                "kind": "choice",
                "choices": ["vlees", "vis"],
            },
            {"key": "diet", "label": "Allergieën", "kind": "text"},
            {"key": "plate", "label": "Nummerplaat (voor de parking)", "kind": "text"},
            {"key": "partner", "label": "Ik breng mijn partner mee (ja/nee)", "kind": "yes_no"},
        ],
    }
)
AT_DINNER = replace(
    settings(),
    forms={"dinner": DINNER},
    events={"kis": event(title="Burgemeestersdiner", form="dinner")},
)
NOTED: dict[str, Value] = {
    "attends": True,
    "main": "vis",
    "diet": "vegetarisch",
    "plate": "2-XYZ-111",
    "partner": True,
    "phone": "0471 22 33 44",
}
GONE = Status.EXCUSED


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        (
            "Mijn partner komt toch niet mee, en ik neem liever het vlees.",
            None,
            {"partner": False, "main": "vlees"},
        ),
        ("Ik kom met de fiets, de nummerplaat mag dus weg.", None, {"plate": None}),
        ("Mijn dieetwens mag geschrapt worden, ik eet opnieuw alles.", None, {"diet": None}),
        ("Mijn gsm-nummer mag u schrappen.", None, {"phone": None}),
        ("Mijn agenda is vrijgekomen, ik kom toch. Vlees graag.", GONE, {"attends": True, "main": "vlees"}),
        (
            "Ik kan er toch bij zijn! Ik eet geen varkensvlees.",
            GONE,
            {"attends": True, "diet": "geen varkensvlees"},
        ),
        ("Ik kom graag naar het diner. Ik eet geen noten.", None, {"diet": "geen noten"}),
    ],
)
@pytest.mark.parametrize("in_thread", [True, False])
def test_what_words_tell_of_who_is_known_is_taken_over_whole(
    text: str, status: Status | None, told: dict[str, Value | None], in_thread: bool
) -> None:
    noted = {**NOTED, "attends": status is None}
    els = row(1, status or Status.REGISTERED, answers=noted)
    context = answering(els) if in_thread else known(els)
    decision = at_dinner(text, context, els if in_thread else None)
    (result,) = decision.results
    assert result.after is not None
    moved = {
        key
        for key in {*noted, *result.after.answers}
        if els.answers.get(key) != result.after.answers.get(key)
    }
    assert {key: result.after.answers.get(key) for key in moved} == told
    assert (result.after.status, decision.cases) == (Status.REGISTERED, ())


def at_dinner(text: str, context: DecisionContext, about: Registration | None = None) -> Decision:
    """What becomes of a mail of Els Maes about the dinner, as the service decides it; ``about``: of whom
    a mail of ours is that it answers."""
    els, here = "Els Maes <els@damme.example>", AT_DINNER
    arrival, submission = read(text, f"{'Re: ' if about else ''}Burgemeestersdiner", els, here)
    if about is not None:
        asked = PendingQuestion(Ask.TOLD, "kis", (about.nr,), (about,))
        context, submission = replace(context, asked=asked), complete(submission, asked, DINNER, here)
    decision = decide(arrival, submission, context, here, MORNING)
    offered = with_offered_changes(decision, submission, context, arrival.message, here)
    return decide(arrival, offered.own, context, here, MORNING) if offered.own else offered.decision


@pytest.mark.parametrize(
    ("text", "told", "passed_on"),
    [
        ("Ik schrijf mij in voor het Burgemeestersdiner, ik kies vlees.", {"main": "vlees"}, False),
        (
            "Ik schrijf me graag in. Ik eet vis en ik kom met mijn partner.",
            {"main": "vis", "partner": True},
            False,
        ),
        ("Ik schrijf mij in, mijn nummerplaat is 1-ABC-234.", {"plate": "1-ABC-234"}, False),
        ("Ik schrijf mij in voor het Burgemeestersdiner, ik kies kreeft.", {}, True),
        ("Ik schrijf mij in. Ik eet geen noten, pinda's en soja.", {}, True),
    ],
)
def test_what_who_registers_tells_is_taken_over_or_passed_on(
    text: str, told: dict[str, Value], passed_on: bool
) -> None:
    decision = at_dinner(text, known())
    (result,) = decision.results
    assert result.after is not None
    assert {
        key: one for key, one in result.after.answers.items() if key in NOTED and key != "attends"
    } == told
    assert bool(decision.cases) is passed_on


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Sara Leman is ziek, zij kan niet komen. Ikzelf kom ook niet meer.", ["INS-0001", "INS-0002"]),
        ("Sara Leman kan niet komen. Ik kom ook niet.", ["INS-0001", "INS-0002"]),
        ("Sara Leman en Jos Wit kunnen niet komen. Ik kom ook niet.", []),
    ],
)
def test_who_stays_away_beside_somebody_is_no_lost_half(text: str, leave: list[str]) -> None:
    sara = row(2, name="Sara Leman", email="sara@damme.example")
    decision, _ = mailed(text, sender="Els Maes <els@damme.example>", context=known(row(1), sara))
    assert (sorted(left(decision)), len(decision.cases)) == (leave, 0 if leave else 1)


def test_the_function_before_the_name_of_who_comes_instead_is_theirs() -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example")
    decision, _ = mailed("Ik kom niet, schepen Ann Goethals vervangt mij.", context=answering(jan))
    assert [r.after.text("role") for r in decision.results if r.after] == ["", "schepen"]


@pytest.mark.parametrize(
    ("text", "kis", "bur", "at"),
    [
        (
            "Ik kom naar het Kennisplatform maar niet naar het burgemeestersoverleg.",
            Choice.REGISTER,
            Choice.EXCUSE,
            {"kis", "bur"},
        ),
        (
            "Ich komme zum Kennisplatform aber nicht zum Burgemeestersoverleg.",
            Choice.REGISTER,
            Choice.EXCUSE,
            {"kis", "bur"},
        ),
        (
            "Ik kan niet naar het burgemeestersoverleg komen, wel naar het Kennisplatform.",
            Choice.REGISTER,
            Choice.EXCUSE,
            {"bur"},
        ),
        (
            "Ik kom naar het Kennisplatform en naar het burgemeestersoverleg.",
            Choice.REGISTER,
            Choice.REGISTER,
            {"bur"},
        ),
        (
            "Helaas kan ik noch op het Kennisplatform noch op het burgemeestersoverleg aanwezig zijn.",
            Choice.EXCUSE,
            Choice.EXCUSE,
            {"kis", "bur"},
        ),
    ],
)
def test_what_is_said_of_two_events_is_a_case_at_each_where_there_is_something_to_do(
    text: str, kis: Choice, bur: Choice, at: set[str]
) -> None:
    here = TWO_MEETINGS
    arrival, submission = read(f"{text}\n\nJan Peeters\nraadslid Damme", "Vraag", here=here)
    decision = decide(arrival, submission, known(), here, MORNING)
    assert (decision.outcome, decision.results, decision.receipt) == (Outcome.REVIEW, (), True)
    first = {case.event: case.choices[0] for case in decision.cases}
    assert first == {"kis": kis, "bur": bur}
    assert all("Kennisplatform, Burgemeestersoverleg" in matter(case) for case in decision.cases)
    done = {}
    for case in decision.cases:
        edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=case.id, choice=case.choices[0])
        (result,) = decide_case(case, edit, known(), here, MORNING, arrival, submission).results
        assert result.after is not None
        done[result.after.event] = (result.after.status, result.after.answers["last_name"])
    status = {Choice.REGISTER: Status.REGISTERED, Choice.EXCUSE: Status.EXCUSED}
    assert done == {"kis": (status[kis], "Peeters"), "bur": (status[bur], "Peeters")}
    registered = known(row(name="Jan Peeters", email="jan@damme.example"))
    assert {case.event for case in decide(arrival, submission, registered, here, MORNING).cases} == at


def by_her(
    text: str,
    sender: str,
    choice: Choice,
    context: DecisionContext | None = None,
    subject: str = "Kennisplatform",
) -> tuple[Registration, ...]:
    """The rows that follow from a choice of hers about the one case of a mail."""
    of = context or known()
    arrival, submission = read(text, subject, sender)
    (case,) = decide(arrival, submission, of, settings(), MORNING).cases
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice)
    case = replace(case, id=7)
    decision = decide_case(case, edit, of, settings(), MORNING, arrival, submission)
    return rows_after(decision)


@pytest.mark.parametrize(
    ("text", "sender", "rows"),
    [
        (
            "Ik kom graag en breng mijn collega An Verbeke (an.verbeke@damme.example, diensthoofd vrije "
            "tijd) mee. Ik eet vegetarisch.\n\nLuc De Smet\nschepen, stad Damme\n0477 22 33 44",
            "Luc De Smet <luc@damme.example>",
            [
                ("De Smet", "schepen", "0477 22 33 44", "vegetarisch"),
                ("Verbeke", "diensthoofd vrije tijd", "", ""),
            ],
        ),
        (
            "Schrijf je mij in voor het Kennisplatform?\n"
            "Mijn gegevens: Jan Pieters, burgemeester, jan.pieters@damme.example, 050 28 95 00.\n\nJan",
            "Jan Pieters <jan.pieters@damme.example>",
            [("Pieters", "burgemeester", "050 28 95 00", "")],
        ),
    ],
)
def test_what_words_tell_of_who_comes_is_taken_over(
    text: str, sender: str, rows: list[tuple[str, ...]]
) -> None:
    decision, _ = mailed(text, sender=sender)
    keys = ("last_name", "role", "phone", "diet")
    found = [tuple(map(one.after.text, keys)) for one in decision.results if one.after]
    assert found == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Ter info, zie onder.\n\n---------- Forwarded message ---------\n"
            "Van: Jan Pieters <jan.pieters@beernem.example>\nDatum: vr 2 okt 2026 om 08:12\n"
            "Onderwerp: Inschrijving kennisplatform\nAan: Info <info@beernem.example>\n\n"
            "Schrijf je mij in voor het Kennisplatform?\n"
            "Mijn gegevens: Jan Pieters, burgemeester, jan.pieters@beernem.example, 050 28 95 00.\n\nJan",
            [("Pieters", "burgemeester", "050 28 95 00", "")],
        ),
        (
            "---------- Forwarded message ---------\nVan: Koen Baert <koen.baert@beernem.example>\n"
            "Datum: vr 2 okt 2026 om 08:12\nOnderwerp: kennisplatform\nAan: Info <info@beernem.example>\n\n"
            "Kan je mij opgeven voor het Kennisplatform? Koen Baert, schepen van financiën,"
            " gsm 0477 33 22 11, koen.baert@beernem.example\n\nMerci, Koen",
            [("Baert", "schepen van financiën", "0477 33 22 11", "")],
        ),
        (
            "Misschien kom ik, dat weet ik nog niet. Ik eet vegetarisch.",
            [("Peeters", "", "", "vegetarisch")],
        ),
    ],
)
def test_what_words_tell_of_whom_she_registers_is_taken_over(text: str, rows: list[tuple[str, ...]]) -> None:
    keys = ("last_name", "role", "phone", "diet")
    assert [tuple(map(one.text, keys)) for one in by_her(text, JAN, Choice.REGISTER)] == rows


def test_what_a_sentence_says_of_who_is_brought_along_stands_in_their_row() -> None:
    text = "Ik kom graag naar het kennisplatform, samen met mijn collega Wim Baert. Wim eet vegetarisch."
    text += "\n\nJan Peeters\nschepen"
    decision, _ = mailed(text, sender=JAN)
    jan, wim = rows_after(decision)
    assert (jan.text("role"), jan.text("diet"), decision.cases) == ("schepen", "", ())
    assert (wim.text("last_name"), wim.text("diet")) == ("Baert", "vegetarisch")


@pytest.mark.parametrize(
    ("said", "diet"),
    [
        ("Wij eten allebei mee, Wim is vegetariër.", "Wim is vegetariër"),
        ("Wij eten mee: Wim is vegetariër.", "Wim is vegetariër"),
    ],
)
def test_what_a_part_of_a_sentence_says_of_who_is_brought_along_stands_in_their_row(
    said: str, diet: str
) -> None:
    text = (
        f"Ikzelf en mijn collega Wim Baert (stafmedewerker) nemen graag deel.\n{said}\n\nJan Peeters\nschepen"
    )
    jan, wim = by_her(text, JAN, Choice.REGISTER)
    assert (jan.text("diet"), wim.text("role"), wim.text("diet")) == ("", "stafmedewerker", diet)


@pytest.mark.parametrize(
    "said",
    [
        "Wij eten allebei mee, Wim is vegetariër en eet geen noten.",
        "Wij eten allebei mee en Wim eet geen vlees, en geen noten.",
    ],
)
def test_what_one_of_those_who_are_registered_eats_is_passed_on(said: str) -> None:
    text = (
        f"Ikzelf en mijn collega Wim Baert (stafmedewerker) nemen graag deel.\n{said}\n\nJan Peeters\nschepen"
    )
    decision, _ = mailed(text)
    assert [one.after.text("first_name") for one in decision.results if one.after] == ["Jan", "Wim"]
    assert said in decision.question


@pytest.mark.parametrize(
    ("said", "diet"),
    [
        ("hij eet vegetarisch.", "vegetarisch"),
        ("en Bert heeft een notenallergie.", "notenallergie"),
        ("en hij is allergisch voor noten en pinda's.", "allergisch voor noten en pinda's"),
        ("en hij is allergisch voor noten, pinda's en soja.", ""),
        ("en ik eet vegetarisch.", ""),
        ("en Bert eet vegetarisch of glutenvrij, hij kiest nog.", ""),
    ],
)
def test_what_is_said_of_who_is_brought_along_is_noted_or_passed_on(said: str, diet: str) -> None:
    text = f"Ik kom graag en breng mijn collega Bert Baert (bert.baert@brugge.example) mee, {said}"
    decision, _ = mailed(text)
    noted = {one.after.text("first_name"): one.after.text("diet") for one in decision.results if one.after}
    assert noted.get("Bert", "") == diet
    assert diet or any(said.strip(".") in matter(one) for one in decision.cases)


WITH_LUNCH = settings(event(form="burgemeestersoverleg"))


@pytest.mark.parametrize(
    ("text", "lunch"),
    [
        ("Sorry! Jan Peeters, schepen in Damme, ik kom en blijf voor de lunch.", True),
        ("Jan Peeters, schepen in Damme. Ik kom en blijf niet voor de lunch.", False),
    ],
)
def test_who_says_in_one_breath_that_they_come_and_stay_for_lunch_is_registered(
    text: str, *, lunch: bool
) -> None:
    decision, _ = mailed(text, here=WITH_LUNCH)
    (row,) = rows_after(decision)
    said = row.answers.get("attends"), row.answers.get("lunch"), row.answers.get("role")
    assert (said, decision.cases) == ((True, lunch, "schepen"), ())


def test_who_is_registered_by_decision_has_the_function_beside_their_name() -> None:
    text = "Wim Baert, schepen in Brugge. Ik kom, als de trein rijdt."
    (wim,) = by_her(text, "Wim Baert <wim@brugge.example>", Choice.REGISTER)
    assert (wim.text("last_name"), wim.text("role")) == ("Baert", "schepen")


def test_one_diet_that_is_noted_takes_over_no_other() -> None:
    text = (
        "Ik kom graag met Bert Baert (bert.baert@brugge.example). Bert eet geen vlees en wij eten glutenvrij."
    )
    decision, _ = mailed(text)
    assert any("glutenvrij" in matter(one) for one in decision.cases)


@pytest.mark.parametrize("sender", [JAN, "Jan Peeters <Jan.Peeters@Damme.example>"])
def test_who_brings_somebody_without_a_name_is_shown_however_their_address_is_written(sender: str) -> None:
    decision, _ = mailed("Ik kom graag, samen met mijn collega.", sender=sender)
    assert (decision.outcome, len(decision.cases)) == (Outcome.REVIEW, 1)


def test_people_who_are_to_be_noted_for_a_body_are_those_and_not_the_body() -> None:
    text = "Voor Damme mag u Els Debruyne en Bob Wylin noteren voor het kennisplatform. Bob is schepen."
    decision, _ = mailed(text, sender="Els Debruyne <els@damme.example>")
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Debruyne", "Wylin"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Goed nieuws: Dirk kan toch komen, en ikzelf kom ook mee.", Status.EXCUSED),
        ("Dirk en ik komen allebei, als dat kan.", Status.REGISTERED),
    ],
)
def test_who_comes_with_somebody_known_is_not_lost_behind_them(text: str, status: Status) -> None:
    dirk = row(1, status, name="Dirk Maenhout", email="dirk@damme.example", sender="jan@damme.example")
    gone = row(2, Status.CANCELLED, name="Jan Peeters", email="jan@damme.example")
    decision, _ = mailed(text, context=known(dirk, gone, thread=("INS-0001",), thread_event="kis"))
    assert (decision.outcome, rows_after(decision)) == (Outcome.REVIEW, ())
    assert "Jan Peeters schrijft zelf ook te komen" in matter(decision.cases[0])
    context = known(dirk, gone, thread=("INS-0001",), thread_event="kis")
    decided = {one.nr: one.status for one in by_her(text, JAN, Choice.REGISTER, context)}
    assert {"INS-0001": status, **decided} == dict.fromkeys(("INS-0001", "INS-0002"), Status.REGISTERED)


def test_what_is_said_of_one_of_two_events_is_no_part_of_the_other() -> None:
    here = TWO_MEETINGS
    text = (
        "Op het burgemeestersoverleg ben ik aanwezig. Naar het kennisplatform kom ik niet; onze algemeen "
        "directeur Hilde Claeys (hilde@damme.example) gaat in mijn plaats.\n\nJan Peeters\nburgemeester"
    )
    arrival, submission = read(text, "Beide", here=here)
    done = {}
    for case in decide(arrival, submission, known(), here, MORNING).cases:
        edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=case.id, choice=case.choices[0])
        rows = decide_case(case, edit, known(), here, MORNING, arrival, submission).results
        done[case.event] = [
            (one.after.text("last_name"), one.after.status.is_out) for one in rows if one.after
        ]
    assert done == {"bur": [("Peeters", False)], "kis": [("Claeys", False), ("Peeters", True)]}


@pytest.mark.parametrize(
    ("subject", "text", "quoted", "outcome"),
    [
        ("RE: Etentje bowling", "Ik ben er die dag niet bij.", "12 of 19?", Outcome.NO_FORM),
        ("Re: offerte dak", "Wij komen niet.", "", Outcome.NO_FORM),
        ("FW: zoektocht", "Emma komt niet meer mee met ons.", "Schrijf je in!", Outcome.NO_FORM),
        ("Ontvangst delegatie", "Le bourgmestre sera présent.", "", Outcome.NO_FORM),
        ("RE: Etentje bowling", "Ik kom niet op 3 december.", "12 of 19?", Outcome.CANCELLED),
        ("RE: Samen sterk", "Ik kan er niet bij zijn.", "Welkom op het Kennisplatform.", Outcome.CANCELLED),
        ("RE: Samen sterk", "Ik kan er niet bij zijn.", "Van: <in@post.example>", Outcome.CANCELLED),
        ("RE: uw vraag", "Ik kan er niet bij zijn.", "Hebt u een functie?", Outcome.CANCELLED),
        ("RE: Kennisplatform", "Ik kan er niet bij zijn.", "Zie onder.", Outcome.CANCELLED),
    ],
)  # fmt: skip
def test_what_answers_a_mail_about_another_thing_is_about_that(
    subject: str, text: str, quoted: str, outcome: Outcome
) -> None:
    jan = known(row(name="Jan Peeters", email="jan@damme.example"), wrote=frozenset({"jan@damme.example"}))
    below = f"\n\n> {quoted}\n" if quoted else ""
    assert mailed(f"{text}\n\nJan{below}", subject, context=jan)[0].outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("De ruiten van de gymzaal zijn stuk. Kan er iemand komen?", Outcome.NO_FORM),
        ("Mijn kind staat op de wachtlijst van de crèche. Kan ik het daar nog inschrijven?", Outcome.NO_FORM),
        ("De factuur werd twee keer verstuurd. Graag annuleren.", Outcome.NO_FORM),
        ("Mijn bestelling is nog niet geleverd. Graag annuleren.", Outcome.REVIEW),
        ("Kan er iemand komen?", Outcome.REVIEW),
        ("Kan ik mij nog afmelden?", Outcome.REVIEW),
        ("Graag annuleren.", Outcome.CANCELLED),
    ],
)
def test_what_a_reader_hears_to_be_of_another_thing_is_done_to_nobody(text: str, outcome: Outcome) -> None:
    jan = known(row(name="Jan Peeters", email="jan@damme.example"), wrote=frozenset({"jan@damme.example"}))
    assert mailed(text, "vraag", context=jan)[0].outcome is outcome


@pytest.mark.parametrize(
    ("subject", "text", "outcome"),
    [
        ("Tolk", "Is er een tolk op de vergadering?", Outcome.REVIEW),
        ("Slides", "Worden de slides van de bijeenkomst nadien doorgestuurd?", Outcome.REVIEW),
        ("Heure", "À quelle heure commence la réunion ?", Outcome.REVIEW),
        ("Time", "What time does the meeting end?", Outcome.REVIEW),
        ("Ouderraad", "Hoe laat is de vergadering?", Outcome.NO_FORM),
        ("Zaal", "Is de vergadering van maandag verplaatst?", Outcome.NO_FORM),
        ("Kerstmarkt", "Wie brengt de affiches mee naar de vergadering voor de kerstmarkt?", Outcome.NO_FORM),
        ("Bouw", "De plannen van de architect zijn klaar. Hoe laat is de vergadering?", Outcome.NO_FORM),
        ("RE: Bouwwerf", "Hoe laat is de vergadering?", Outcome.NO_FORM),
    ],
)
def test_who_comes_to_one_meeting_and_asks_about_the_meeting_is_heard_below_any_subject(
    subject: str, text: str, outcome: Outcome
) -> None:
    jan = row(name="Jan Peeters", email="jan@damme.example")
    of_both = known(jan, row(2, name="Jan Peeters", email="jan@damme.example", event="bur"))
    assert mailed(text, subject, context=known(jan))[0].outcome is outcome
    assert mailed(text, subject)[0].outcome is Outcome.NO_FORM
    assert mailed(text, subject, context=of_both, here=TWO_MEETINGS)[0].outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    ("subject", "text", "outcome"),
    [
        ("Vraag", "Hoi, staat er ook koffie klaar? En wie is de spreker?", Outcome.REVIEW),
        ("", "Hoe laat begint het en is er wifi?", Outcome.REVIEW),
        ("Question", "Qui est l'orateur ?", Outcome.REVIEW),
        ("Question", "What time does it start? Is there coffee?", Outcome.REVIEW),
        ("Frage", "Gibt es Kaffee?", Outcome.REVIEW),
        ("Vraag", "De koffie was lekker.", Outcome.NO_FORM),
        ("Vraag", "Staat er koffie klaar op het personeelsfeest?", Outcome.NO_FORM),
        ("Vraag", "Wie is de spreker op de jeugdraad?", Outcome.NO_FORM),
        ("Vraag", "Zullen we eens van koffieleverancier veranderen?", Outcome.NO_FORM),
        ("Personeelsfeest", "Wie is de spreker?", Outcome.NO_FORM),
    ],
)
@pytest.mark.parametrize("status", [Status.REGISTERED, Status.WAITLISTED])
def test_who_is_on_the_list_and_asks_how_it_is_there_is_shown_as_a_question(
    status: Status, subject: str, text: str, outcome: Outcome
) -> None:
    jan = known(row(name="Jan Peeters", email="jan@damme.example", status=status))
    decision, _ = mailed(text, subject, context=jan)
    assert decision.outcome is outcome
    assert [case.kind for case in decision.cases] == [CaseKind.QUESTION] * (outcome is Outcome.REVIEW)
    assert mailed(text, subject)[0].outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    ("text", "outcome", "id_"),
    [
        (
            "Dat was een oud formulier. Schrijf mij dan in voor 3 december, zelfde gegevens.",
            "registered",
            "kis",
        ),
        ("Dat was een oud formulier. Schrijf mij dan in voor de volgende.", "review", ""),  # she says which
        ("Bedankt voor de info.", "no-form", "mei"),
        ("Mag ik de presentatie van de spreker nog krijgen?", "no-form", "mei"),
        ("Ik kon niet komen, sorry.", "no-form", "mei"),
    ],
)
def test_an_answer_about_a_meeting_that_is_over_is_heard_where_it_asks_for_the_next(
    text: str, outcome: str, id_: str
) -> None:
    may = event(id="mei", starts=local(2026, 5, 21, 14), ends=local(2026, 5, 21, 17), deadline=None)
    context = known(thread_event="mei")
    sender = "Marc Coene <marc.coene@brugge.example>"
    here = settings(may, event())
    decision, answer = mailed(f"{text}\n\nMarc Coene", "Re: Over uw mail", sender, context, here)
    assert (decision.outcome, decision.event) == (Outcome(outcome), id_)
    same = "zelfde gegevens" in text  # which, nobody but the writer knows
    assert ([case.kind for case in decision.cases] == [CaseKind.QUESTION]) is (same and bool(answer))
    assert ("Wat u er nog bij schreef, is doorgegeven" in answer) is same


@pytest.mark.parametrize(
    ("subject", "outcome"),
    [("ziek", Outcome.CANCELLED), ("tandarts", Outcome.REVIEW), ("", Outcome.CANCELLED)],
)
def test_who_is_expected_today_and_writes_not_to_come_is_never_left_in_the_mailbox(
    subject: str, outcome: Outcome
) -> None:
    today = settings(
        event(starts=local(2026, 11, 20, 14)),
        event(id="feb", starts=local(2027, 2, 25, 14), ends=local(2027, 2, 25, 17)),
    )
    text = "Goeiemorgen,\n\nik lig in bed met griep en kan vanmiddag niet komen.\n\nJan Peeters"
    now = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    jan = known(row(name="Jan Peeters", email="jan@damme.example"), wrote=frozenset({"jan@damme.example"}))
    decision, _ = mailed(text, subject, context=jan, here=today, now=now)
    assert (decision.outcome, decision.event) == (outcome, "kis")


def test_typed_labels_that_two_open_meetings_ask_are_for_neither_before_she_says_so() -> None:
    here = settings(event(), event(id="bur", title="Burgemeestersoverleg", form="burgemeestersoverleg"))
    text = "Naam: Peeters\nVoornaam: Jan\nGemeente: Damme\nMail: jan@damme.example\nIk neem deel: ja\n"
    decision, _ = mailed(text, "inschrijving", here=here)
    assert [case.kind for case in decision.cases] == [CaseKind.WHICH_EVENT]


@pytest.mark.parametrize("text", ["An komt misschien.", "Kan An nog inschrijven?"])
def test_her_choice_is_of_whom_a_question_names_and_not_of_who_asks(text: str) -> None:
    (an,) = by_her(text, JAN, Choice.REGISTER)
    assert (an.text("first_name"), an.text("email")) == ("An", "")


def test_who_excuses_one_by_name_is_asked_about_them_and_not_about_somebody() -> None:
    decision, text = mailed("Dirk Maenhout kan niet komen naar het kennisplatform.")
    assert (decision.outcome, "Kan Dirk Maenhout er toch bij zijn?" in text) == (Outcome.EXCUSED, True)


SENT_IN = row(1, name="Els Maes", email="els@prive.example", sender="post@elders.example")
CANNOT = "Beste,\n\nIk kan helaas niet komen.\n\n"


@pytest.mark.parametrize(
    ("sender", "text", "leave"),
    [
        ("post@elders.example", f"{CANNOT}Met vriendelijke groeten\nKarel Vandamme", []),
        ("Assistent <post@elders.example>", CANNOT, []),
        ("post@elders.example", CANNOT, []),
        ("Els Maes <post@elders.example>", CANNOT, ["INS-0001"]),
        ("post@elders.example", f"{CANNOT}Met vriendelijke groeten\nEls Maes", ["INS-0001"]),
        ("post@elders.example", "Els Maes kan niet komen.", ["INS-0001"]),
    ],
)
def test_an_i_of_who_sent_another_in_withdraws_only_under_that_persons_name(
    sender: str, text: str, leave: list[str]
) -> None:
    decision, _ = mailed(text, sender=sender, context=known(SENT_IN))
    assert (left(decision), len(decision.cases)) == (leave, 0 if leave else 1)


@pytest.mark.parametrize("below", ["P. Zot", "groetjes, Pier", "Groetjes\nPier"])
def test_our_mail_speaks_for_nobody_who_signs_as_another(below: str) -> None:
    els = row(1, name="Els Maes", email="els@damme.example")
    context = replace(answering(els), answers_mail_to="els@damme.example")
    decision, _ = mailed(f"Ik kan niet komen.\n\n{below}", "Re", "z@elders.example", context)
    assert (left(decision), len(decision.cases)) == ([], 1)


@pytest.mark.parametrize("accepted", [0, 1])
@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.AS_COLLEAGUE])
def test_what_she_accepts_for_one_of_two_whom_the_words_name_is_done_to_that_one(
    accepted: int, choice: Choice
) -> None:
    here = known(
        row(1, name="Jan Peeters", email="jan@damme.example", message=77),
        row(2, name="An Bos", organisation="Brugge", email="an@brugge.example", message=78),
    )
    text = "Gelieve Jan Peeters en An Bos uit te schrijven."
    arrival, submission = read(text, sender="Eve Boone <eve@evil.example>")
    cases = decide(arrival, submission, here, ONE_MEETING, MORNING).cases
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice)
    case = replace(cases[accepted], id=7)
    done = decide_case(case, edit, here, ONE_MEETING, MORNING, arrival, submission)
    (result,) = done.results
    assert (len(cases), result.outcome) == (2, Outcome.CANCELLED)
    assert result.after is not None
    assert result.after.nr == case.registration


@pytest.mark.parametrize("text", ["Is Jan Peeters al ingeschreven?", "Welk nummer heeft Jan Peeters?"])
@pytest.mark.parametrize("sender", [JAN, "Els <els@damme.example>", "Eve <eve@evil.example>"])
def test_a_question_about_somebody_is_answered_with_her_words_and_no_data(text: str, sender: str) -> None:
    held = {"phone": "0478 12 34 56", "role": "schepen"}
    here = known(row(1, name="Jan Peeters", email="jan@damme.example", answers=held, message=77))
    arrival, submission = read(text, sender=sender)
    asked = decide(arrival, submission, here, ONE_MEETING, MORNING)
    (case,) = asked.cases
    said = [mail.text for mail in compose(asked, arrival, ONE_MEETING, MORNING)]
    for choice in (Choice.ANSWER, Choice.ASK):
        edit = Edit(
            EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice, remark="Wij zeggen niets."
        )
        done = decide_case(replace(case, id=7), edit, here, ONE_MEETING, MORNING, arrival, submission)
        said += [mail.text for mail in compose(done, arrival, ONE_MEETING, MORNING)]
    assert sum("Wij zeggen niets." in one for one in said) == 2
    assert not any(word in one for one in said for word in ("0478", "schepen", "INS-0001", "Damme"))


@pytest.mark.parametrize(
    "shown", ["jan at damme.example", "jan\uff20damme.example", "Jan Peeters via damme.example"]
)
def test_a_display_name_that_imitates_an_address_withdraws_nobody(shown: str) -> None:
    here = known(row(1, name="Jan Peeters", email="jan@damme.example", message=77))
    decision, _ = mailed(
        "Gelieve mij uit te schrijven.", sender=f'"{shown}" <eve@evil.example>', context=here
    )
    assert decision.outcome is Outcome.REVIEW
    assert not any(result.after for result in decision.results)


IN_THREAD = known(
    row(1, name="Jan Peeters", email="jan@damme.example"),
    thread=("INS-0001",),
    thread_event="kis",
    answers_mail_about=frozenset({"INS-0001"}),
)


@pytest.mark.parametrize(
    "text", ["De nieuwe datum is goed voor mij.", "De nieuwe datum is prima.", "Ja, dat is goed."]
)
def test_who_finds_the_new_date_well_leaves_no_case(text: str) -> None:
    arrival, submission = read(text, "Re: Gewijzigd: Kennisplatform")
    decision = decide(arrival, submission, IN_THREAD, ONE_MEETING, MORNING)
    assert (decision.cases, decision.answer) == ((), False)


def test_accepting_the_event_of_words_doubts_none_of_the_names_in_them() -> None:
    text = "Gelieve burgemeester Lieven Huys en schepen Brecht Warnez van Damme in te schrijven."
    arrival, submission = read(
        text, "Inschrijving", "Secretariaat <secretariaat@damme.example>", TWO_MEETINGS
    )
    (case,) = decide(arrival, submission, known(), TWO_MEETINGS, MORNING).cases
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT, event="kis")
    done = decide_case(replace(case, id=7), edit, known(), TWO_MEETINGS, MORNING, arrival, submission)
    found = [one.after for one in done.results if one.after is not None]
    assert [(one.text("last_name"), one.status, one.doubts) for one in found] == [
        ("Huys", Status.REGISTERED, ()),
        ("Warnez", Status.REGISTERED, ()),
    ]


@pytest.mark.parametrize(
    ("text", "comes"),
    [("Toch wel, reken maar op mij.", True), ("Is er parking?", None), ("Oei, ik kom wel!", True)],
)
def test_who_says_to_come_settles_her_question_whether_they_do(text: str, comes: bool | None) -> None:
    both = Problem(0, "attends", Code.AMBIGUOUS, Reason.YES_NO_UNCLEAR)
    asked = PendingQuestion(Ask.REMARK, "kis", ("INS-0001",), (row(doubts=(both,)),))
    about = asked.registration
    assert about is not None
    context = known(about, thread=(about.nr,), thread_event="kis", asked=asked)
    arrival, submission = read(text, "Re: Een vraag over uw inschrijving", "Els Maes <els@damme.example>")
    submission = complete(submission, asked, ONE_MEETING.form_of(ONE_MEETING.events["kis"]), ONE_MEETING)
    decision = decide(arrival, submission, context, ONE_MEETING, MORNING)
    found = [one.after.answers.get("attends") for one in decision.results if one.after is not None]
    assert (found or [None], decision.outcome is Outcome.UNCHANGED) == ([comes], False)


def test_what_is_told_of_all_in_a_list_is_of_each() -> None:
    _, submission = read(
        "Graag inschrijven voor het kennisplatform: Els Maes en Jan Claes, beiden schepen.\n"
        "Adressen: jan.claes@damme.example en els.maes@damme.example."
    )
    told = [(one.text("first_name"), one.text("role"), one.text("email")) for one in submission.told]
    assert told == [
        ("Els", "schepen", "els.maes@damme.example"),
        ("Jan", "schepen", "jan.claes@damme.example"),
    ]


def test_a_sentence_above_a_typed_table_is_no_title_of_another_meeting() -> None:
    rows = "Naam | Functie | E-mail\nMaes Els | schepen | els.maes@damme.example\n"
    _, submission = read(f"Volgende personen mogen ingeschreven worden:\n\n{rows}", subject="Inschrijving")
    assert [one.text("email") for one in submission.people] == ["els.maes@damme.example"]


LISTED = "\n1. Lut Peeters, burgemeester\n2. Els Maes, schepen, gsm 0478 12 34 56\n"


def test_whom_a_secretariat_registers_with_their_functions_are_asked_nothing() -> None:
    office = "Secretariaat <secretariaat@damme.example>"
    decision, answer = mailed(f"Gelieve in te schrijven:{LISTED}", sender=office)
    rows = rows_after(decision)
    assert [(row.status, row.doubts) for row in rows] == [(Status.REGISTERED, ())] * 2
    assert [(row.text("last_name"), row.text("role"), row.text("phone")) for row in rows] == [
        ("Peeters", "burgemeester", ""),
        ("Maes", "schepen", "0478 12 34 56"),
    ]
    assert "Klopt dit" not in answer


@pytest.mark.parametrize(
    "text",
    [
        f"Zelf kan ik er helaas niet bij zijn. Wel komen:{LISTED}",
        f"Ik kan zelf niet, maar schrijf graag in:{LISTED}",
        f"Graag inschrijven:{LISTED}Ik kom zelf niet.",
        f"Voor Damme komen:{LISTED}\nIk blijf zelf weg, veel werk.",
    ],
)
def test_who_lists_others_and_stays_away_is_not_registered(text: str) -> None:
    decision, _ = mailed(text)
    (case,) = decision.cases
    assert (decision.results, case.choices[0]) == ((), Choice.REGISTER)
    assert "Lut Peeters en Els Maes komen, Jan Peeters komt niet" in matter(case)
    done = {
        row.text("first_name"): (row.status, row.text("role")) for row in by_her(text, JAN, Choice.REGISTER)
    }
    assert done == {
        "Lut": (Status.REGISTERED, "burgemeester"),
        "Els": (Status.REGISTERED, "schepen"),
        "Jan": (Status.EXCUSED, ""),
    }


def test_a_list_is_read_for_her_also_where_the_subject_names_half_a_title() -> None:
    text = f"Zelf kan ik er helaas niet bij zijn. Wel komen:{LISTED}"
    here = settings(event(title="Kennisplatform Intergemeentelijk Samenwerken"))
    (case,) = mailed(text, here=here)[0].cases
    assert "Lut Peeters en Els Maes komen, Jan Peeters komt niet" in matter(case)


def test_who_a_question_begins_with_has_no_verb_in_their_name() -> None:
    (case,) = mailed("Komt Els Maes in mijn plaats? Ik weet het nog niet, wij bekijken dat.")[0].cases
    assert "Komt Els Maes)" not in matter(case)


def test_a_list_of_which_nothing_is_known_is_not_lost_behind_an_excuse() -> None:
    decision, _ = mailed(f"Onze mensen:{LISTED}\nIkzelf kan er niet bij zijn.")
    assert (decision.outcome, decision.results, len(decision.cases)) == (Outcome.REVIEW, (), 1)


def passed_on(above: str, words: str) -> str:
    """The text of a mail that passes on one of Els Maes."""
    head = "Van: Els Maes <els@damme.example>\nVerzonden: maandag 9 november 2026 10:00\nAan: Onthaal"
    signed = "Met vriendelijke groeten\nEls Maes\nSchepen van cultuur\n0478 12 34 56"
    return f"{above}\n\n{head}\nOnderwerp: Kennisplatform\n\nDag,\n\n{words}\n\n{signed}"


@pytest.mark.parametrize(
    ("above", "words", "choice"),
    [
        ("Ter info.", "Ik kom graag.", Choice.REGISTER),
        ("Graag inschrijven aub.", "Ik kom graag.", Choice.REGISTER),
        ("Ter info.", "Ik kan helaas niet komen.", Choice.EXCUSE),
        ("Gelieve te verontschuldigen.", "Ik kan helaas niet komen.", Choice.EXCUSE),
    ],
)
def test_what_is_signed_in_a_mail_that_is_passed_on_is_of_who_wrote_it(
    above: str, words: str, choice: Choice
) -> None:
    (done,) = by_her(passed_on(above, words), JAN, choice, subject="FW: Kennisplatform")
    assert [done.text(key) for key in ("last_name", "role", "phone")] == [
        "Maes",
        "Schepen van cultuur",
        "0478 12 34 56",
    ]


def test_a_wish_above_an_invitation_that_is_passed_on_is_of_who_passes_it_on() -> None:
    text = passed_on("Gelieve in te schrijven.", "Schrijf u in voor 23 november.")
    (done,) = by_her(text, JAN, Choice.REGISTER, subject="FW: Kennisplatform")
    assert done.text("last_name") == "Peeters"


def test_who_perhaps_comes_is_whom_she_registers() -> None:
    text = "Misschien komen Lut Claes, burgemeester en Els Maes, schepen."
    done = {row.text("first_name"): row.text("role") for row in by_her(text, JAN, Choice.REGISTER)}
    assert done == {"Lut": "burgemeester", "Els": "schepen"}


@pytest.mark.parametrize(
    "names", ["Lut Claes en Els Maes", ", ".join(f"Lut Claes{n:c}" for n in range(97, 109))]
)
def test_whom_she_accepts_as_words_name_them_are_asked_nothing(names: str) -> None:
    late = MORNING + timedelta(days=15) if " en " in names else MORNING
    arrival, submission = read(f"Graag inschrijven: {names}.", now=late)
    decision = decide(arrival, submission, known(), settings(), late)
    of = known(*rows_after(decision))
    for case in decision.cases:
        edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.ACCEPT)
        decided = decide_case(replace(case, id=7), edit, of, settings(), late, arrival, submission)
        rows = [result.after for result in decided.results if result.after]
        assert {(row.status, row.doubts) for row in rows} == {(Status.REGISTERED, ())}
        assert not any("Klopt dit" in mail.text for mail in compose(decided, arrival, settings(), late))
    assert decision.cases


def test_a_question_beside_a_registration_makes_no_guess_of_it() -> None:
    whole = "Gelieve Els Maes (schepen, gemeente Damme, els.maes@damme.example) in te schrijven."
    _, alone = read(whole, sender="Onthaal <onthaal@damme.example>")
    _, beside = read(f"{whole}\nIs er een laadpaal aan de zaal?", sender="Onthaal <onthaal@damme.example>")
    assert (beside.told, beside.told_doubts) == (alone.told, alone.told_doubts)
    assert beside.question == "Is er een laadpaal aan de zaal?"


#: Words about two people that leave open of whom, or whether, something is so.
OF_NOBODY_FOR_SURE = (
    "Voor Jan Claes en mij graag een vegetarische maaltijd.",
    "Voor Jan Claes en Els Maes graag een vegetarische maaltijd.",
    "Els eet vegetarisch, Jan Claes niet.",
    "Graag een vegetarische maaltijd, behalve voor Jan Claes.",
    "Jan Claes laat weten dat Els vegetarisch eet.",
    "Volgens Jan Claes eet Els vegetarisch.",
    "Voor de assistent van Jan Claes graag een vegetarische maaltijd.",
    "Jan eet vegetarisch.\nGroeten, Els Maes",
    "Beste Els Maes, Jan eet vegetarisch.",
    "Voor beiden graag vegetarisch. Groeten, Jan Claes",
    "Misschien eet Jan Claes vegetarisch.",
    "Vorig jaar at Jan Claes vegetarisch.",
    "Op 12 december eet Jan Claes vegetarisch.",
    "Gsm Els: 0478 55 31 90, Jan Claes onveranderd.",
)


def test_who_registered_two_changes_one_of_them_by_name() -> None:
    rows = (row(1, name="Els Maes"), row(2, name="Jan Claes", email="jan.claes@damme.example"))
    told_both = PendingQuestion(Ask.TOLD, "kis", ("INS-0001", "INS-0002"), rows=rows)

    def changed(text: str) -> list[dict[str, object]]:
        _, submission = read(text, "Re: Ingeschreven", "Secretariaat <secretariaat@damme.example>")
        return [
            dict(one.values)
            for one in complete(submission, told_both, ONE_MEETING.form_of(event()), ONE_MEETING).people
        ]

    assert changed("Voor Jan Claes graag een vegetarische maaltijd.") == [
        {"last_name": "Claes", "first_name": "Jan", "diet": "vegetarische maaltijd"}
    ]
    assert changed("Het gsm-nummer van Els Maes was fout, het moet 0478 55 31 90 zijn.") == [
        {"last_name": "Maes", "first_name": "Els", "phone": "0478 55 31 90"}
    ]
    for text in OF_NOBODY_FOR_SURE:
        assert changed(text) == [], text


def test_who_registers_and_says_what_they_eat_in_one_sentence_is_registered_with_it() -> None:
    _, submission = read(
        "Graag schrijf ik mij in voor het kennisplatform, ik heb een vegetarisch menu nodig."
    )
    assert (submission.intent, len(submission.told)) == (Intent.REGISTER, 1)
    assert "vegetarisch" in submission.told[0].text("diet")


def test_a_family_name_that_is_a_word_elsewhere_leaves_nobody_out_of_a_list() -> None:
    _, submission = read(
        "Wij schrijven volgende personen in voor het kennisplatform:\n"
        "Bart De Vos, financieel directeur, bart.devos@damme.example, 050 28 91 11\n"
        "Katrien Maes, schepen, katrien.maes@damme.example",
        sender="Lieve Mertens <secretariaat@damme.example>",
    )
    assert [one.text("last_name") for one in submission.told] == ["De Vos", "Maes"]


def test_a_list_that_nobody_could_read_does_not_register_its_writer() -> None:
    words = "Wij schrijven in voor het kennisplatform:\nBart Devos (directeur - 28 jaar en 3 maand)\n"
    _, submission = read(words, sender="Lieve Mertens <secretariaat@damme.example>")
    names = {one.text("last_name") for one in submission.told}
    assert "Mertens" not in names
    assert names or submission.intent is Intent.UNCLEAR


def test_a_function_that_only_its_place_tells_is_taken_over() -> None:
    _, submission = read(
        "Wij komen met twee naar het kennisplatform:\n"
        "Jan Peeters, landmeter, jan@damme.example\n"
        "Els Maes, veganistisch, els.maes@damme.example"
    )
    assert [one.text("role") for one in submission.told] == ["landmeter", ""]


def test_who_leaves_and_says_that_the_other_they_registered_comes_is_who_leaves() -> None:
    mine = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    other = row(2, name="Els Maes", email="els@damme.example", sender="jan@damme.example")
    text = "Ik moet helaas afzeggen, ik zit dan op een studiereis. Els Maes komt wel gewoon hoor."
    arrival, submission = read(text, "Re: Ingeschreven")
    context = known(mine, other, thread=("INS-0001", "INS-0002"), wrote=frozenset({"jan@damme.example"}))
    decision = decide(arrival, submission, context, ONE_MEETING, MORNING)
    gone = [result.after.nr for result in decision.results if result.after and result.after.status.is_out]
    assert (gone, decision.cases) == (["INS-0001"], ())


TYPED = (
    "Naam: Wouters\nVoornaam: Sara\nFunctie: jurist\nGemeente: Damme\nE-mail: sara.wouters@damme.example\n"
    "Ik neem deel: ja\n"
)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Stuur jij dit even door?", ""),
        ("Kan jij dit doormailen aan de organisatie?", ""),
        ("Peux-tu transmettre ceci ?", ""),
        ("Could you forward this?", ""),
        ("Is er parking? Stuur jij dit even door?", "Is er parking?"),
        (
            "Stuur jij dit door en vraag je of er parking is?",
            "Stuur jij dit door en vraag je of er parking is?",
        ),
    ],
)
def test_who_asks_a_colleague_to_pass_a_mail_on_asks_us_nothing(asked: str, left: str) -> None:
    text = (
        "Zie hieronder.\n\nTom Baert\n\n________________________________\n"
        "Van: Sara Wouters <sara.wouters@damme.example>\nVerzonden: maandag 9 november 2026 16:12\n"
        "Aan: Tom Baert <tom.baert@damme.example>\nOnderwerp: Kennisplatform\n\n"
        f"Dag Tom,\n\nIk kom graag naar het Kennisplatform. {asked}\n\nSara Wouters\n"
    )
    _, said = read(text, "FW: Kennisplatform", "Tom Baert <tom.baert@damme.example>")
    assert said.question == left


@pytest.mark.parametrize(
    ("below", "code", "role"),
    [
        ("Stefaan Dewulf\nkabinet", Code.UNSURE, "burgemeester"),
        ("Stefaan Dewulf", Code.UNSURE, "burgemeester"),
        ("Algemeen Directeur", Code.MISSING, "Algemeen Directeur"),
    ],
)
def test_a_name_under_a_yes_is_whose_who_answers_for_another(below: str, code: Code, role: str) -> None:
    doubt = Problem(0, "role", code, Reason.UNCLEAR, "burgemeester")
    noted = {"role": "burgemeester"} if code is Code.UNSURE else {}
    cabinet = "kabinet@damme.example"
    one = row(1, Status.INCOMPLETE, name="Annick Vermeulen", sender=cabinet, doubts=(doubt,), answers=noted)
    arrival, said = read(f"Ja, dat klopt.\n\n{below}", "Re", f"Kabinet <{cabinet}>")
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", (one.nr,), (one,))
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    context = replace(answering(one), asked=asked)
    decision = decide(arrival, said, context, ONE_MEETING, MORNING)
    assert [result.after.text("role") for result in decision.results if result.after] == [role]
    assert not decision.cases


@pytest.mark.parametrize(
    ("says", "cases"),
    [
        ("Ik kom in de plaats van Griet Lievens, formulier hieronder.", 0),
        ("Ik kom in de plaats van Griet Lievens, formulier hieronder.\nIs er parking?", 1),
        ("Ik kom in de plaats van Mia Wouters, formulier hieronder.", 1),
    ],
)
def test_who_comes_in_the_place_of_somebody_who_left_already_asks_nothing(says: str, cases: int) -> None:
    griet = row(2, Status.CANCELLED, name="Griet Lievens", email="griet@damme.example")
    sender = "Sara Wouters <sara.wouters@damme.example>"
    decision, _ = mailed(f"Beste\n\n{says}\n\n{TYPED}", "Kennisplatform", sender, known(griet))
    assert (decision.outcome, len(decision.cases)) == (Outcome.REGISTERED, cases)


@pytest.mark.parametrize(
    "text",
    [
        "Collega Els Vandamme, jurist, komt in mijn plaats. Haar mailadres is els.vandamme@damme.example.",
        "Els Vandamme (jurist) vervangt mij. Haar mailadres is els.vandamme@damme.example.",
    ],
)
def test_the_function_behind_the_name_of_who_comes_instead_is_taken_over_with_an_address(text: str) -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example")
    decision, _ = mailed(f"Ik raak er zelf niet. {text}", context=known(jan))
    (comes,) = [one.after for one in decision.results if one.after and one.after.nr != jan.nr]
    told = [comes.text(key) for key in ("role", "email")]
    assert told == ["jurist", "els.vandamme@damme.example"]


def test_a_case_that_offers_a_yes_says_it_in_words() -> None:
    jan = row(1, Status.EXCUSED, name="Jan Peeters", email="jan@damme.example", answers={"attends": False})
    context = known(jan)
    arrival, said = read("Op de nieuwe datum kan ik wel, schrijf me dus maar in. Ik ben vegetariër.")
    decision = decide(arrival, said, context, ONE_MEETING, MORNING)
    offered = with_offered_changes(decision, said, context, arrival.message, ONE_MEETING)
    (case,) = offered.decision.cases
    assert "Ik neem deel: ja" in matter(case)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben ingeschreven maar sta niet op de deelnemerslijst.",
        "Ik ben ingeschreven maar de betaling lukt niet.",
        "Ik ben ingeschreven maar ik kan niet wachten!",
        "Ik ben ingeschreven maar kreeg geen bevestiging.",
        "Ik sta op de lijst, maar ik kan niet om 14 uur.",
    ],
)
def test_a_trouble_of_somebody_registered_is_shown_and_withdraws_nobody(text: str) -> None:
    mine = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    arrival, submission = read(text, "Re: Ingeschreven")
    context = known(mine, thread=("INS-0001",), wrote=frozenset({"jan@damme.example"}))
    decision = decide(arrival, submission, context, ONE_MEETING, MORNING)
    assert (decision.outcome, len(decision.cases)) == (Outcome.REVIEW, 1)


@pytest.mark.parametrize(
    "listed",
    [
        "Gitte Laurent, schepen, Gemeente Damme",  # a first name that is no list's, and one that a family has
        "Els Maes, raadslid, Gemeente Damme (nog te bevestigen)",
    ],
)
def test_a_name_that_may_be_turned_and_an_aside_that_tells_more_stay_doubted(listed: str) -> None:
    words = f"Graag inschrijven voor het kennisplatform:\n{listed}\n"
    _, submission = read(words, sender="Onthaal <onthaal@damme.example>")
    assert submission.told_doubts


def test_a_list_that_takes_somebody_out_of_all_is_no_plain_one() -> None:
    words = "Graag inschrijven voor het kennisplatform: Jan Claes en Els Maes, allen raadslid behalve Els."
    _, submission = read(words, sender="Onthaal <onthaal@damme.example>")
    assert not submission.told or submission.told_doubts


def test_who_asks_whether_more_may_come_than_they_list_is_not_done_by_half() -> None:
    damme = "Gemeente Damme"
    listed = f"Jan Claes, schepen, {damme}\nEls Maes, raadslid, {damme}"
    words = f"Graag inschrijven voor het kennisplatform:\n{listed}\n"
    _, submission = read(
        f"{words}Mag ik nog een derde persoon toevoegen?", sender="Onthaal <onthaal@damme.example>"
    )
    assert submission.told_doubts or not submission.told


SIGNED_IN_FULL = "Met vriendelijke groeten\n\nJan Peeters\nDiensthoofd ruimte\nGemeente Damme\nT 050 12 34 56"


@pytest.mark.parametrize("sender", ["Jan Peeters <jan.peeters@damme.example>", "jan.peeters@damme.example"])
@pytest.mark.parametrize(
    ("text", "choice", "days"),
    [
        ("Graag schrijf ik mij in voor het Kennisplatform.", Choice.ACCEPT, 18),
        ("Graag schrijf ik mij in voor het Kennisplatform.", Choice.WAITLIST, 18),
        ("Kan ik mij nog inschrijven voor het Kennisplatform?", Choice.REGISTER, 0),
        ("Ik zou graag komen, maar weet niet of er nog plaats is.", Choice.REGISTER, 18),
        ("Ik kom in de plaats van An Bos.", Choice.REGISTER, 0),
    ],
)
def test_what_the_sender_signs_with_is_taken_over_in_a_case_that_she_accepts(
    sender: str, text: str, choice: Choice, days: int
) -> None:
    now = MORNING + timedelta(days=days)
    arrival, submission = read(f"Beste\n\n{text}\n\n{SIGNED_IN_FULL}", sender=sender, now=now)
    here = known(row(1, name="An Bos", email="an@damme.example"), next_nr=9)
    first = decide(arrival, submission, here, ONE_MEETING, now)
    case, new = replace(first.cases[0], id=7), [one.after for one in first.results if one.after]
    context = replace(here, registrations=(*here.registrations, *new), next_nr=12)
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=choice)
    decision = decide_case(case, edit, context, ONE_MEETING, now, arrival, submission)
    (row_,) = rows_after(decision)
    assert row_ is not None
    told = {key: row_.text(key) for key in ("last_name", "role", "phone")}
    assert told == {"last_name": "Peeters", "role": "Diensthoofd ruimte", "phone": "050 12 34 56"}


def test_a_name_that_only_an_address_spells_stays_to_be_confirmed() -> None:
    text = "Graag schrijf ik mij in voor het Kennisplatform."
    decision, answer = mailed(text, sender="jan.peeters@damme.example")
    assert decision.outcome is Outcome.INCOMPLETE and "Klopt dit? Jan Peeters" in answer
    by_another = f"{text}\n\nMet vriendelijke groeten\n\nRita Maes\nDiensthoofd ruimte"
    decision, _ = mailed(by_another, sender="jan.peeters@damme.example")
    assert all(one.after is None or not one.after.text("role") for one in decision.results)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Graag schrijf ik mij nog in voor het Kennisplatform.", True),
        ("Ik kom samen met Bo Claes naar het Kennisplatform.", True),
        ("Graag schrijf ik mij in voor het Kennisplatform. Ik vervang Bo Claes.", False),
    ],
)
def test_who_is_late_is_offered_a_colleagues_place_first_only_where_the_mail_speaks_of_it(
    text: str, last: bool
) -> None:
    now = MORNING + timedelta(days=18)
    here = known(row(2, name="Bo Claes", email="bo@damme.example"), next_nr=9)
    decision, _ = mailed(f"{text}\n\n{SIGNED_IN_FULL}", context=here, now=now)
    (case,) = decision.cases
    assert (case.choices[-1] is Choice.REPLACES) is last
    assert (case.payload.get(IN_PLACE_OF, "") == "") is last


MAYORS = settings(event(id="bur", title="Burgemeestersoverleg", form="burgemeestersoverleg", place="Brugge"))
RUTH = "Ruth Logghe <ruth@brugge.example>"
EXCUSED_MAYOR = "Onze burgemeester is verontschuldigd voor het Burgemeestersoverleg.\n\nRuth Logghe"
ABOUT_A_WRITER = {Choice.REGISTER, Choice.EXCUSE, Choice.WITHDRAW, Choice.REPLACES}


def test_words_about_a_mayor_offer_nothing_that_would_be_done_to_who_wrote_them() -> None:
    decision, _ = mailed(EXCUSED_MAYOR, "Burgemeestersoverleg", RUTH, here=MAYORS)
    assert ABOUT_A_WRITER & {*decision.cases[0].choices} == {Choice.EXCUSE}
    assert "Uw keuze gaat over burgemeester – Brugge, niet over wie schreef." in matter(decision.cases[0])


def test_words_about_a_mayor_are_a_case_about_the_one_of_that_municipality() -> None:
    rows = [
        row(1, name="Piet Smet", organisation="Brugge", event="bur", answers={"role": "burgemeester"}),
        row(2, name="Ann Bos", organisation="Brugge", event="bur", answers={"role": "schepen"}),
        row(3, name="Bo Claes", organisation="Damme", event="bur", answers={"role": "burgemeester"}),
    ]
    decision, _ = mailed(EXCUSED_MAYOR, "Burgemeestersoverleg", RUTH, known(*rows), MAYORS)
    (case,) = decision.cases
    assert (case.registration, Choice.EXCUSE in case.choices) == ("INS-0001", True)


@pytest.mark.parametrize("rows", [(), (row(1, name="Piet Smet", organisation="Brugge"),)])
def test_who_comes_later_is_neither_registered_nor_withdrawn_first(rows: tuple[Registration, ...]) -> None:
    text = "Burgemeester Smet zal een kwartier later aankomen.\n\nRuth Logghe"
    (case,) = mailed(text, "Kennisplatform", RUTH, known(*rows))[0].cases
    assert (case.choices[0], case.registration) == (Choice.ANSWER, "INS-0001" if rows else "")


def test_a_question_of_who_is_excused_is_answered_first() -> None:
    mine = row(1, Status.EXCUSED, "Jan Peeters", email="jan@damme.example")
    context = known(mine, thread=("INS-0001",), thread_event="kis")
    (case,) = mailed("Kunnen jullie mij de presentaties bezorgen?", context=context)[0].cases
    assert case.choices[0] is Choice.ANSWER


def test_a_mayor_who_writes_of_the_mayor_is_who_stays_away() -> None:
    text = "De burgemeester is verontschuldigd voor het Burgemeestersoverleg.\n\nRuth Logghe\nburgemeester"
    decision, _ = mailed(text, "Burgemeestersoverleg", RUTH, here=MAYORS)
    assert not decision.cases or Choice.EXCUSE in decision.cases[0].choices


def test_who_denies_to_have_withdrawn_and_comes_is_back_on_the_list() -> None:
    context = known(
        row(1, Status.CANCELLED, "Jan Peeters", email="jan@damme.example"),
        thread=("INS-0001",),
        thread_event="kis",
    )
    decision, _ = mailed("Dat klopt niet, ik kom wel!", context=context)
    assert [r.after and r.after.status for r in decision.results] == [Status.REGISTERED]


def test_what_did_not_arrive_yet_is_no_doubt_whether_somebody_comes() -> None:
    (case,) = mailed("Ik kreeg nog geen attest van het Kennisplatform, kan u dat bezorgen?")[0].cases
    assert (case.kind, "weet het nog niet" in matter(case)) == (CaseKind.QUESTION, False)


WRITES_FOR_TWO = "Griet <griet@damme.example>"


@pytest.mark.parametrize("away", ["Veerle Claeys kan op 3 december niet", "Veerle Claeys kan donderdag niet"])
def test_one_who_cannot_on_the_day_is_withdrawn_beside_one_who_comes(away: str) -> None:
    context = known(
        row(1, name="Veerle Claeys", email="", sender="griet@damme.example"),
        row(2, name="Wim Janssens", email="wim@damme.example", sender="griet@damme.example"),
        thread=("INS-0001",),
        thread_event="kis",
    )
    decision, _ = mailed(f"{away}. Wim Janssens komt wel.", sender=WRITES_FOR_TWO, context=context)
    changed = [(r.before and r.before.nr, r.after and r.after.status) for r in decision.results]
    assert changed == [("INS-0001", Status.CANCELLED)]


def test_by_whom_somebody_was_registered_is_not_who_comes() -> None:
    context = known(row(1, name="Ruben Saelens", email="ruben@damme.example"))
    text = "Ik ben ingeschreven voor het Kennisplatform door collega Ruben. Mag ik vegetarisch eten?"
    decision, _ = mailed(text, sender="Fien Devriendt <fien@damme.example>", context=context)
    assert not decision.results
    assert all(Choice.SAME not in case.choices for case in decision.cases)


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters kan niet, Els Maes komt wel.",
        "Jan Peeters is verhinderd. Els Maes komt.",
        "Els Maes komt, Jan Peeters niet.",
        "Els Maes wel, Jan Peeters niet.",
    ],
)
def test_of_two_strangers_who_comes_is_registered_and_the_other_excused(text: str) -> None:
    decision, _ = mailed(text, sender="Rita Bos <rita@damme.example>")
    became = {str(r.after.answers["first_name"]): r.after.status for r in decision.results if r.after}
    assert (became, decision.cases) == ({"Els": Status.REGISTERED, "Jan": Status.EXCUSED}, ())


def test_somebody_else_put_on_the_list_in_answer_to_a_question_is_a_person_of_their_own() -> None:
    doubts = tuple(Problem(0, key, Code.UNSURE, Reason.CONFIRM) for key in ("last_name", "first_name"))
    jan = row(1, Status.INCOMPLETE, name="Jan Peeters", email="jan@damme.example", doubts=doubts)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", (jan.nr,), (jan,))
    context = replace(answering(jan), asked=asked)
    arrival, said = read("Gelieve ook Els Maes in te schrijven.", "Re: Kennisplatform")
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, context, ONE_MEETING, MORNING)
    found = [(one.before, one.after and one.after.text("last_name")) for one in decision.results]
    assert found == [(None, "Maes")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gemeente Damme, zit daar in de gemeenteraad", ""),
        ("Ik werk voor OCMW Damme, op de dienst burgerzaken.", ""),
        ("Gemeente Damme, ik zit in een rolstoel", "ik zit in een rolstoel"),
        ("Gemeente Damme, ik zit in de knoei met mijn vervoer", "ik zit in de knoei met mijn vervoer"),
        ("Gemeente Damme. Els Maes komt zeker.", "Els Maes komt zeker."),
        ("Gemeente Damme. Gelieve Els Maes in te schrijven.", "Gelieve Els Maes in te schrijven."),
        ("Gemeente Damme. Jan Peeters komt zeker.", ""),
    ],
)
def test_where_somebody_works_beside_their_answer_needs_nobody_and_somebody_else_does(
    text: str, shown: str
) -> None:
    missing = (Problem(0, "organisation", Code.MISSING),)
    jan = row(1, Status.INCOMPLETE, "Jan Peeters", "", "jan@damme.example", doubts=missing)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", (jan.nr,), (jan,))
    arrival, said = read(text, "Re: Kennisplatform")
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, replace(answering(jan), asked=asked), ONE_MEETING, MORNING)
    assert [one.after and one.after.status for one in decision.results] == [Status.REGISTERED]
    assert decision.question == shown


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("Wij bevestigen dat de genoteerde gegevens juist zijn. Gelieve Jan Peeters in te schrijven.", True),
        ("Dat klopt helemaal, ik kom naar het kennisplatform.", True),
        ("Wij bevestigen dat de gegevens niet juist zijn.", False),
    ],
)
def test_a_yes_in_a_sentence_confirms_and_the_coming_beside_it_needs_nobody(
    text: str, registered: bool
) -> None:
    doubts = tuple(Problem(0, key, Code.UNSURE, Reason.CONFIRM) for key in ("last_name", "first_name"))
    jan = row(1, Status.INCOMPLETE, name="Jan Peeters", email="jan@damme.example", doubts=doubts)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", (jan.nr,), (jan,))
    arrival, said = read(text, "Re: Kennisplatform")
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, replace(answering(jan), asked=asked), ONE_MEETING, MORNING)
    statuses = [one.after and one.after.status for one in decision.results]
    assert (statuses == [Status.REGISTERED], bool(decision.cases)) == (registered, not registered)


def test_a_self_before_a_function_is_no_part_of_it() -> None:
    _, said = read("Ik schrijf mij in voor het Kennisplatform. Ik ben zelf schepen in Damme.")
    assert [one.text("role") for one in said.told] == ["schepen"]


@pytest.mark.parametrize(
    ("beside", "shown"),
    [
        ("Ik heb hulp nodig bij de trap.", True),
        ("Mijn moeder moet opgehaald worden aan het station.", True),
        ("Gelieve ons ook een plattegrond van de zaal te bezorgen.", True),
        ("Could you send us the map of the building?", True),
        ("Het thema spreekt ons bestuur sterk aan.", False),
        ("Laat mij weten als er nog iets nodig is.", False),
    ],
)
def test_what_is_asked_beside_words_that_register_is_shown(beside: str, shown: bool) -> None:
    decision, _ = mailed(f"Ik schrijf mij in voor het Kennisplatform. {beside}")
    assert [result.after and result.after.text("last_name") for result in decision.results] == ["Peeters"]
    assert (beside in decision.question) is shown


def test_a_word_of_a_request_before_a_name_is_no_function() -> None:
    _, said = read("Gelieve Els Maes (els@elders.example) in te schrijven, waarvoor dank.")
    assert [one.text("role") for one in said.told] == [""]


@pytest.mark.parametrize(
    ("text", "diet"),
    [
        ("Ik eet geen vlees of vis.", "geen vlees of vis"),
        ("Ik eet vlees noch vis.", "vlees noch vis"),
        ("Geen vlees of vis voor mij, vegetarisch dus.", "Geen vlees of vis, vegetarisch"),
        ("Vegetarich voor mij aub.", "vegetarisch"),
        ("Ik ben allergisch voor noten en schaaldieren.", "allergisch voor noten en schaaldieren"),
        ("Mag het voor mij vegetarisch zijn?", "vegetarisch"),
        ("Kan ik een glutenvrije maaltijd krijgen?", "glutenvrije maaltijd"),
        ("Is er ook vegetarisch?", None),
        ("Kan ik ook een vegetarische collega meebrengen?", None),
        ("Eet u geen vlees of vis?", None),
    ],
)
def test_a_diet_of_several_foods_or_asked_for_is_noted(text: str, diet: str | None) -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    asked = PendingQuestion(Ask.TOLD, "kis", (jan.nr,), (jan,))
    arrival, said = read(text, "Re: Ingeschreven")
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, replace(answering(jan), asked=asked), ONE_MEETING, MORNING)
    changed = [one.after.text("diet") for one in decision.results if one.after]
    assert (changed, bool(decision.cases)) == ([diet] * (diet is not None), diet is None)


@pytest.mark.parametrize(
    "text",
    [
        "Kan ik niet komen, komt Els Maes in mijn plaats.",
        "Kan Jan Peeters niet, komt Els Maes wel.",
        "Geraak ik er niet, gaat Els Maes.",
        "Should I be ill, Els Maes will come instead.",
        "Kann ich nicht kommen, kommt Els Maes an meiner Stelle.",
    ],
)
def test_what_hangs_on_how_a_sentence_opens_without_an_if_is_shown_and_does_nothing(text: str) -> None:
    decision, _ = mailed(text, context=known(row(name="Jan Peeters", email="jan@damme.example")))
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert text in matter(decision.cases[0])


@pytest.mark.parametrize(
    "text",
    [
        "Kan helaas niet komen, Els Maes komt in mijn plaats.",
        "Helaas kan ik niet komen, komt Els Maes in mijn plaats.",
    ],
)
def test_who_only_leaves_out_the_i_of_a_sentence_makes_no_condition(text: str) -> None:
    decision, _ = mailed(text, context=known(row(name="Jan Peeters", email="jan@damme.example")))
    assert decision.outcome is Outcome.SUBSTITUTED


@pytest.mark.parametrize("text", ["Ik wil mijn collega verontschuldigen.", "Ik wil tom afmelden."])
def test_who_excuses_a_colleague_without_a_name_is_not_offered_to_leave_themselves(text: str) -> None:
    decision, _ = mailed(text, context=known(row(name="Jan Peeters", email="jan@damme.example")))
    (case,) = decision.cases
    assert not {Choice.WITHDRAW, Choice.EXCUSE} & {*case.choices}


@pytest.mark.parametrize(
    "head", ["Deelnemers vorig jaar:", "Deelnemers die niet komen:", "Inschrijvingen die vervallen:"]
)
def test_whom_a_list_names_of_those_who_are_not_to_come_is_not_registered(head: str) -> None:
    decision, _ = mailed(f"{head}\nAn Bos\nPiet Pauwels")
    assert not any(r.after and not r.after.status.is_out for r in decision.results)


@pytest.mark.parametrize("head", ["Deelnemers Damme:", "Onze inschrijvingen voor 3 december:"])
def test_whom_a_list_names_of_those_who_come_is_registered(head: str) -> None:
    decision, _ = mailed(f"{head}\nAn Bos\nPiet Pauwels")
    assert [r.after.text("first_name") for r in decision.results if r.after] == ["An", "Piet"]


@pytest.mark.parametrize(
    "text",
    ["Schrijf An Bos in, en haar man Piet Pauwels niet.", "Schrijf An Bos in, Piet Pauwels niet."],
)
def test_who_is_to_be_registered_beside_another_who_is_not_is_not_excused(text: str) -> None:
    decision, _ = mailed(text)
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]
    assert not any(result.after for result in decision.results)


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom naar het Kennisplatform, en Els ook.",
        "Ik kom naar het Kennisplatform, mijn collega ook.",
        "I will come to the Kennisplatform, and Els as well.",
        "Ik kan niet komen maar mijn burgemeester wel.",
    ],
)
def test_somebody_who_comes_too_is_not_lost(text: str) -> None:
    decision, _ = mailed(text)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    ("beside", "shown"),
    [
        ("Stuur mij wel het verslag aub.", True),
        ("Wel had ik graag de presentaties gekregen.", True),
        ("Graag een volgende keer.", False),
        ("Gelieve uw lijst in die zin aan te passen.", False),
    ],
)
def test_what_is_asked_beside_an_excuse_is_shown(beside: str, shown: bool) -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    decision, _ = mailed(f"Ik kan niet komen. {beside}", "Re: Kennisplatform", context=answering(jan))
    assert left(decision) == [jan.nr]
    assert (beside in decision.question) is shown


def test_a_change_beside_a_plea_for_the_confirmation_is_not_lost() -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    text = "Graag mijn mailadres wijzigen naar jan.p@damme.example en stuur de bevestiging nog eens."
    decision, _ = mailed(text, "Re: Kennisplatform", context=answering(jan))
    assert (decision.outcome, len(decision.cases)) == (Outcome.REVIEW, 1)


def test_the_diet_of_another_beside_the_writers_is_shown() -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
    asked = PendingQuestion(Ask.TOLD, "kis", (jan.nr,), (jan,))
    arrival, said = read("Ik eet vegetarisch. Mijn collega eet glutenvrij.", "Re: Ingeschreven")
    said = complete(said, asked, ONE_MEETING.forms["kennisplatform"], ONE_MEETING)
    decision = decide(arrival, said, replace(answering(jan), asked=asked), ONE_MEETING, MORNING)
    assert decision.question == "Mijn collega eet glutenvrij."


def test_who_is_excused_and_who_comes_instead_are_one_choice_where_neither_is_known() -> None:
    text = "Burgemeester Karel Mestdagh is verontschuldigd. Schepen Greta Bonte vervangt hem."
    arrival, submission = read(text, sender="Secretariaat Damme <secretariaat@damme.example>")
    (case,) = decide(arrival, submission, known(), ONE_MEETING, MORNING).cases
    assert case.choices[0] is Choice.REGISTER
    assert '"inschrijven" doet alles samen: Greta Bonte komt, Karel Mestdagh komt niet' in matter(case)
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    done = decide_case(replace(case, id=7), edit, known(), ONE_MEETING, MORNING, arrival, submission)
    got = {result.after.answers["last_name"]: result.after.status for result in done.results if result.after}
    assert got["Mestdagh"] is Status.EXCUSED
    assert got["Bonte"] in (Status.REGISTERED, Status.INCOMPLETE)


@pytest.mark.parametrize("text", ["Ik zal iets later zijn, rond 14.30 u.", "Ik moet om 16 uur weer weg."])
def test_who_comes_later_or_leaves_sooner_is_not_offered_a_withdrawal(text: str) -> None:
    decision, _ = mailed(text, context=known(row(name="Jan Peeters", email="jan@damme.example")))
    (case,) = decision.cases
    assert not {Choice.WITHDRAW, Choice.EXCUSE} & {*case.choices}


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan er niet bij zijn op 17/12.",
        "Gelieve mij af te melden voor 17/12",
        "Je ne peux pas venir le 17 décembre.",
        "I cannot come on 17/12.",
    ],
)
@pytest.mark.parametrize("subject", ["Vraag", "Afwezig", "Kennisplatform"])
def test_a_day_of_another_event_without_a_year_withdraws_from_none_that_one_is_registered_for(
    text: str, subject: str
) -> None:
    starts, ends = local(2026, 12, 17, 14), local(2026, 12, 17, 17)
    here = settings(
        event(), event(id="mob", title="Trefdag Mobiliteit", place="Gent", starts=starts, ends=ends)
    )
    on_the_list = known(row(name="Jan Peeters", email="jan@damme.example"))
    decision, _ = mailed(text, subject, context=on_the_list, here=here)
    assert (decision.results, len(decision.cases)) == ((), 1)


def test_a_day_in_figures_that_no_event_has_withdraws_nobody() -> None:
    on_the_list = known(row(name="Jan Peeters", email="jan@damme.example"))
    decision, _ = mailed("Ik kan niet komen op 24/12.", "Kennisplatform", context=on_the_list)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


def test_a_first_name_that_is_a_word_of_greeting_is_part_of_the_name_behind_a_function() -> None:
    text = "Burgemeester Lieve Deprez laat zich verontschuldigen voor het kennisplatform van 3 december."
    (result,) = mailed(text, sender="Kabinet <kabinet@damme.example>")[0].results
    assert result.after is not None
    assert [result.after.text(key) for key in ("first_name", "last_name", "role")] == [
        "Lieve", "Deprez", "burgemeester",
    ]  # fmt: skip
    greeted = mailed("Lieve Els, Jan Maes komt niet naar het kennisplatform.")[0]
    assert [one.after.text("first_name") for one in greeted.results if one.after] == ["Jan"]


def test_wishes_beside_a_question_of_who_is_registered_all_stand_in_the_case() -> None:
    text = "Kan ik van workshop veranderen? Ik volg liever Korte keten. En ik eet dan toch mee 's middags."
    held = row(name="Jan Peeters", email="jan@damme.example", answers={"attends": True})
    decision, answer = mailed(text, context=known(held))
    assert [text in matter(case) for case in decision.cases] == [True]
    assert "niets veranderd" not in answer


@pytest.mark.parametrize(
    ("more", "cut"), [("", False), (" en daarna nog iets mag zeggen over de samenwerking", True)]
)
def test_a_long_condition_is_shown_whole_or_cut_at_a_word_with_a_sign(more: str, *, cut: bool) -> None:
    words = f"Ik kom graag naar het Kennisplatform, maar alleen als ik om 16 uur mag vertrekken{more}."
    said = matter(mailed(words, now=MORNING)[0].cases[0]).partition("Begrepen:")[2]
    assert ("mag vertrekken" in said, "…" in said) == (True, cut)

"""The middle verdict: what concerns a registration is never left without a word to anybody."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.decision import decide
from mailbot.domain.case import IN_PLACE_OF, Case, CaseKind, Choice
from mailbot.domain.decision import (
    Ask,
    Decision,
    DecisionContext,
    FindingCode,
    Outcome,
    PendingQuestion,
)
from mailbot.domain.document import Location, Paragraph, ParseStatus, Span
from mailbot.domain.message import Address, Message
from mailbot.domain.registration import Status
from mailbot.domain.submission import Act, ActKind, Answer, Intent, Person
from mailbot.intent.person_mentions import names
from mailbot.matching.subject_matter import Topic, at_another_meeting, topic_of
from mailbot.wording import matter
from tests.extraction.blocks import line

from .building import MORNING, event, known, local, mail, row, settings, words

KIS = event(title="Kennisplatform Intergemeentelijk Samenwerken")
IN_THREAD = {"thread": ("INS-0001",), "thread_event": "kis"}


def decided(
    intent: Intent, text: str, of: DecisionContext | None = None, subject: str = "", **more: object
) -> Decision:
    said = words(intent, text, **more)
    return decide(mail(subject=subject, name="Els Maes"), said, of or known(), settings(KIS), MORNING)


def one(decision: Decision) -> Case:
    (case,) = decision.cases
    return case


@pytest.mark.parametrize(
    "intent", [Intent.REPLY, Intent.CHANGE, Intent.DENY, Intent.NONE, Intent.MAYBE_WITHDRAW]
)
def test_words_in_a_thread_of_ours_that_nobody_understood_are_a_case(intent: Intent) -> None:
    decision = decided(intent, "Voor mij liever zonder vis.", known(row(), **IN_THREAD))
    assert (decision.outcome, decision.answer, one(decision).registration) == (
        Outcome.REVIEW,
        False,
        "INS-0001",
    )
    assert "zonder vis" in matter(one(decision))


@pytest.mark.parametrize("subject", ["RE: Uitnodiging", "Antw: uw uitnodiging", "Re: Your invitation"])
def test_words_below_an_invitation_without_a_name_are_a_case_while_one_event_is_open(subject: str) -> None:
    text = "Ik zit dan in Spanje."
    assert decided(Intent.REPLY, text, subject=subject).outcome is Outcome.REVIEW
    assert decided(Intent.REPLY, text, subject=f"{subject} kerstmarkt").outcome is Outcome.NO_FORM


def test_who_may_come_on_the_day_of_an_event_is_a_case() -> None:
    for day, outcome in (("3 december", Outcome.REVIEW), ("5 december", Outcome.NO_FORM)):
        text = f"Als mijn baas akkoord gaat ben ik er op {day}."
        acts = (Act(ActKind.CONDITION, words=text),)
        assert decided(Intent.UNCLEAR, text, subject="RE: vraagje", acts=acts).outcome is outcome
        text = f"Op {day} word ik tachtig. Ge begrijpt dat ik dan niet weg kan."
        acts = (Act(ActKind.NOT_COME, words="Ge begrijpt dat ik dan niet weg kan."),)
        assert decided(Intent.MAYBE_WITHDRAW, text, subject="Feest", acts=acts).outcome is outcome


@pytest.mark.parametrize("intent", [Intent.THANKS, Intent.CONFIRM])
def test_thanks_in_a_thread_of_ours_are_left_alone(intent: Intent) -> None:
    decision = decided(intent, "Bedankt, tot dan!", known(row(), **IN_THREAD))
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


@pytest.mark.parametrize("status", [*Status])
def test_words_in_which_both_readers_find_no_wish_are_thanks_from_who_is_on_the_list(status: Status) -> None:
    of = known(row(status=status), **IN_THREAD)
    decision = decided(Intent.REPLY, "Fijn dat het vlot ging.", of, nothing_more=True)
    assert (decision.outcome is Outcome.NO_FORM) == status.is_in
    assert bool(decision.cases) != status.is_in


def test_words_in_which_both_readers_find_no_wish_say_nothing_from_a_stranger() -> None:
    said = words(Intent.REPLY, "Fijn dat het vlot ging.", nothing_more=True)
    stranger = mail("iemand@elders.example", name="Iemand Anders")
    assert decide(stranger, said, known(row(), **IN_THREAD), settings(KIS), MORNING).cases


def test_thanks_for_a_meeting_that_is_over_ask_nothing_either() -> None:
    over = event(starts=local(2026, 10, 3, 14), ends=local(2026, 10, 3, 17), deadline=date(2026, 9, 23))
    for text, intent, asks in (("Bedankt!", Intent.THANKS, False), ("Dat was leerrijk.", Intent.REPLY, True)):
        decision = decide(mail(), words(intent, text), known(row(), **IN_THREAD), settings(over), MORNING)
        courtesy = any(finding.code is FindingCode.COURTESY for finding in decision.findings)
        assert (decision.outcome, courtesy) == (Outcome.NO_FORM, not asks)


def test_a_question_is_a_case_that_can_be_answered_and_offers_no_withdrawal() -> None:
    asked = {"question": "Is er parking?"}
    decision = decided(Intent.NONE, "Is er parking?", known(row(), **IN_THREAD), **asked)
    assert one(decision).kind is CaseKind.QUESTION
    assert Choice.ANSWER in one(decision).choices
    assert Choice.WITHDRAW not in one(decision).choices


def test_a_case_says_what_was_understood() -> None:
    acts = (Act(ActKind.COME), Act(ActKind.CONDITION, condition="tenzij er al iemand komt"))
    text = "Ik kom, tenzij er al iemand komt."
    decision = decided(Intent.UNCLEAR, text, known(row(), **IN_THREAD), acts=acts)
    assert matter(one(decision)).endswith(" Begrepen: komt; onder voorwaarde (tenzij er al iemand komt).")


@pytest.mark.parametrize(
    ("act", "kind"), [(ActKind.ERASE, CaseKind.ERASURE), (ActKind.ACCESS, CaseKind.ACCESS)]
)
def test_a_request_about_data_is_a_case_of_its_own(act: ActKind, kind: CaseKind) -> None:
    asks = {"acts": (Act(act),)}
    assert one(decided(Intent.UNCLEAR, "Wat hebt u van mij?", known(row()), **asks)).kind is kind
    assert decided(Intent.UNCLEAR, "Wat hebt u van mij?", known(), **asks).cases == ()


def test_the_confirmation_is_sent_again_to_who_may_see_it() -> None:
    asks = {"acts": (Act(ActKind.COPY), Act(ActKind.THANKS))}
    text = "Stuur mij de bevestiging nog eens."
    decision = decided(Intent.UNCLEAR, text, known(row(), **IN_THREAD), **asks)
    assert ([one.outcome for one in decision.results], decision.answer) == ([Outcome.UNCHANGED], True)
    hers = known(row(email="an@gent.example", organisation="Gent"), **IN_THREAD)
    assert decided(Intent.UNCLEAR, text, hers, **asks).outcome is Outcome.REVIEW


def test_an_invitation_that_is_missed_is_for_a_person() -> None:
    text = "Ik kreeg geen agenda-uitnodiging, kan u die nog eens sturen?"
    asks = {"acts": (Act(ActKind.COPY),)}
    assert decided(Intent.UNCLEAR, text, known(row(), **IN_THREAD), **asks).outcome is Outcome.REVIEW


def test_a_thumb_up_is_thanks() -> None:
    assert decided(Intent.REPLY, "\N{THUMBS UP SIGN}", known(row(), **IN_THREAD)).cases == ()


def test_the_acts_that_fit_are_one_choice_away() -> None:
    doubt = Intent.MAYBE_WITHDRAW, "Ik weet niet of ik er bij kan zijn."
    coming = one(decided(*doubt, known(row(), **IN_THREAD)))
    gone = one(decided(*doubt, known(row(status=Status.CANCELLED), **IN_THREAD)))
    new = one(decided(Intent.REPLY, "Graag 3 plaatsen voor OCMW Damme.", subject="Kennisplatform"))
    change = one(decided(Intent.CHANGE, "Mijn gsm is veranderd.", known(row(), **IN_THREAD)))
    assert coming.choices[:2] == (Choice.WITHDRAW, Choice.EXCUSE)
    assert gone.choices[0] is Choice.REGISTER
    assert new.choices[:2] == (Choice.REGISTER, Choice.EXCUSE)
    assert Choice.WITHDRAW not in change.choices


def test_a_thread_about_an_event_that_is_over_concerns_nobody() -> None:
    over = event(starts=local(2026, 10, 3, 14), ends=local(2026, 10, 3, 17), deadline=date(2026, 9, 23))
    said = words(Intent.REPLY, "Dat was leerrijk.")
    decision = decide(mail(subject="Re: dank"), said, known(row(), **IN_THREAD), settings(over), MORNING)
    assert decision.outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben verhinderd voor het schepencollege van maandag.",
        "Ik laat mij verontschuldigen voor de gemeenteraad van 15 december.",
        "Ik kan donderdag niet aanwezig zijn op de werfvergadering.",
        "Gelieve mij uit te schrijven voor de nieuwsbrief.",
        "Wij annuleren onze reservatie van de zaal.",
        "I can't attend the Teams meeting.",
    ],
)
@pytest.mark.parametrize("intent", [Intent.EXCUSE, Intent.WITHDRAW, Intent.MAYBE_WITHDRAW, Intent.RESTORE])
def test_what_is_about_another_matter_is_left_alone_whoever_writes_it(text: str, intent: Intent) -> None:
    for of in (known(row()), known()):
        decision = decided(intent, text, of)
        assert (decision.outcome, decision.results, decision.cases) == (Outcome.NO_FORM, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "Ik zie af van de groepsaankoop zonnepanelen.",
        "Ik laat de griepprik aan mij voorbijgaan, haal mij van dat lijstje.",
        "Ik heb twee tickets voor het toneel en kan niet gaan.",
    ],
)
def test_an_act_without_a_noun_of_registering_has_no_other_object(text: str) -> None:
    acts = (Act(ActKind.NOT_COME, agreed=True),)
    assert decided(Intent.WITHDRAW, text, known(row()), acts=acts).outcome is Outcome.NO_FORM
    decision = decided(Intent.WITHDRAW, "Toch niet, sorry.", known(row()), acts=acts)
    assert decision.outcome is Outcome.CANCELLED


def test_an_answer_whose_subject_names_an_event_is_about_it() -> None:
    acts = (Act(ActKind.NOT_COME, agreed=True),)
    excuse = Intent.EXCUSE, "Bedankt, spijtig genoeg ben ik dan op vakantie."
    assert decided(*excuse, acts=acts, subject="Re: Uitnodiging Kennisplatform").outcome is Outcome.EXCUSED
    assert decided(*excuse, acts=acts, subject="Re: etentje").outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    "more", [{"acts": (Act(ActKind.COME), Act(ActKind.CHANGE))}, {"unread_words": "x y z"}]
)
def test_who_comes_already_and_says_more_is_not_told_that_nothing_changed(more: dict[str, object]) -> None:
    of = known(row(), **IN_THREAD)
    assert decided(Intent.REGISTER, "Ik kom.", of).outcome is Outcome.UNCHANGED
    assert decided(Intent.REGISTER, "Ik kom. En nog iets.", of, **more).outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("intent", "text", "outcome"),
    [
        (Intent.CONFIRM, "Ja, dat klopt.", Outcome.UNCHANGED),
        (Intent.THANKS, "Ok", Outcome.UNCHANGED),
        (Intent.THANKS, "Bedankt!", Outcome.NO_FORM),
    ],
)
def test_a_yes_to_what_a_signature_told_gets_a_word(intent: Intent, text: str, outcome: Outcome) -> None:
    for kind, expected in ((Ask.SIGNED, outcome), (Ask.ANSWERED, Outcome.NO_FORM)):
        asked = PendingQuestion(kind, "kis", ("INS-0001",))
        decision = decided(intent, text, known(row(), **IN_THREAD, asked=asked))
        assert (decision.outcome, decision.cases) == (expected, ())


def test_a_form_that_is_said_to_come_along_and_does_not_is_asked_again() -> None:
    text = "In bijlage vindt u mijn inschrijvingsformulier."
    decision = decided(Intent.UNCLEAR, text, subject="Kennisplatform", acts=(Act(ActKind.COME),))
    assert decision.asks == "readable"


def test_an_excuse_without_an_object_is_of_the_only_meeting_there_is() -> None:
    decision = decided(Intent.EXCUSE, "Ik ben helaas verhinderd.", known(row()), subject="verhinderd")
    assert [result.outcome for result in decision.results] == [Outcome.CANCELLED]


@pytest.mark.parametrize("state", [s for s in ParseStatus if s is not ParseStatus.READ])
def test_a_form_that_cannot_be_read_is_asked_again(state: ParseStatus) -> None:
    unread = (("inschrijving.rar", state),)
    decision = decided(Intent.REPLY, "Zie bijlage.", subject="Inschrijving", unread=unread)
    assert (decision.outcome, decision.asks, decision.unread) == (Outcome.INCOMPLETE, "readable", unread)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("In bijlage mijn inschrijving.", ParseStatus.MISSING),
        ("Mijn formulier: https://drive.example/d/1", ParseStatus.LINKED),
    ],
)
def test_what_is_not_there_is_told(text: str, state: ParseStatus) -> None:
    decision = decided(Intent.REPLY, text, subject="Kennisplatform")
    assert (decision.asks, decision.unread) == ("readable", (("", state),))


@pytest.mark.parametrize("subject", ["Offerte", "Inschrijving zwemlessen", "Factuur"])
def test_a_file_alone_makes_no_mail_ours(subject: str) -> None:
    unread = (("document.rar", ParseStatus.UNSUPPORTED),)
    decision = decided(Intent.REPLY, "In bijlage vindt u het document.", subject=subject, unread=unread)
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


def test_a_logo_under_thanks_is_nothing() -> None:
    unread = (("logo.svg", ParseStatus.UNSUPPORTED),)
    decision = decided(Intent.THANKS, "Bedankt!", known(row(), **IN_THREAD), unread=unread)
    assert decision.outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    ("subject", "text", "topic"),
    [
        ("Kennisplatform", "Dat lukt voor ons.", Topic.NAMED),
        ("", "Graag vernam ik of het kennisplatform doorgaat.", Topic.NAMED),
        ("Inschrijving", "Graag 2 plaatsen voor stad Damme.", Topic.OPEN),
        ("", "Door omstandigheden ben ik verhinderd op 3 december.", Topic.OPEN),
        ("", "Is er nog plaats voor 3 december?", Topic.OPEN),
        ("plaatsen", "Houd 3 plaatsen vrij voor onze fractie.", Topic.OPEN),
        ("", "Ik kan niet naar onze fractie komen.", Topic.OTHER),
        ("Vraagje", "Is er parking in de buurt?", Topic.DETAIL),
        ("padel", "Ik schrijf mij uit voor donderdag.", Topic.OTHER),
        ("", "Ik wil mijn dochter inschrijven voor de kinderopvang.", Topic.OTHER),
        ("Ziek", "Ik ben ziek en kan morgen niet komen werken.", Topic.OTHER),
        ("Broodjes", "Gelieve 25 broodjes voor de personeelslunch te annuleren.", Topic.OTHER),
        ("Facturatie", "Het is toch wel belangrijk dat de facturen op tijd betaald worden.", Topic.NONE),
    ],
)
def test_the_nouns_of_a_mail_tell_what_it_is_about(subject: str, text: str, topic: Topic) -> None:
    assert topic_of(subject, text, settings(KIS), MORNING) is topic


def test_a_bare_yes_to_an_invitation_that_went_out_by_another_way_is_a_case() -> None:
    asks = {"subject": "Re: Uitnodiging Kennisplatform Intergemeentelijk Samenwerken"}
    decision = decided(Intent.CONFIRM, "ja graag", **asks)
    assert {Choice.REGISTER, Choice.EXCUSE} <= {*one(decision).choices}
    assert decided(Intent.CONFIRM, "ja graag", subject="Re: offerte").outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    ("quoted", "outcome"),
    [
        ("Graag nodigen wij u uit op het Kennisplatform Intergemeentelijk Samenwerken.", Outcome.REVIEW),
        ("Graag nodigen wij u uit op het barbecuefeest van de turnkring.", Outcome.NO_FORM),
    ],
)
def test_words_of_coming_above_an_invitation_to_an_event_of_ours_are_a_case(
    quoted: str, outcome: Outcome
) -> None:
    text = "Ik ben er graag bij. Voor de catering: ik eet vegetarisch."
    acts = (Act(ActKind.COME, words="Ik ben er graag bij."), Act(ActKind.CHANGE, words="Voor de catering"))
    arrival = mail(subject="RE: Uitnodiging", body=(line(quoted, 1, quote=1),))
    said = words(Intent.UNCLEAR, text, acts=acts)
    assert decide(arrival, said, known(), settings(KIS), MORNING).outcome is outcome


def test_a_slip_in_the_name_of_an_event_still_names_it() -> None:
    said = "Ik schrijf mij in voor het kenisplatform."
    assert topic_of("", said, settings(KIS), MORNING) is Topic.NAMED


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Voor 3 december ben ik ingeschreven. Mijn buurman brengt mij met de taxi.", Topic.OPEN),
        ("Mocht er een lift in het gebouw zijn, dan neem ik graag deel op 3 december.", Topic.OPEN),
        ("Mijn diensthoofd vraagt een bewijs dat ik ingeschreven sta voor 3 december.", Topic.OPEN),
        ("Zou ik kunnen komen, dan schrijf ik mij in.", Topic.OPEN),
        ("Op 3 december ben ik verhinderd voor de gemeenteraad.", Topic.OTHER),
        ("Is aan OC De Torenhof parkeren met een bus mogelijk?", Topic.NAMED),
        ("Het eetfestijn van de fanfare is in OC De Torenhof.", Topic.NONE),
    ],
)
def test_the_day_and_the_house_of_an_event_say_what_a_mail_is_about(text: str, topic: Topic) -> None:
    house = event(place="OC De Torenhof, Dorpsstraat 1, 8000 Brugge")
    assert topic_of("", text, settings(house), MORNING) is topic


def test_what_is_passed_on_about_an_event_concerns_us() -> None:
    text = Paragraph((Span("Ik ga graag naar dat Kennisplatform van 3 december."),), Location())
    inner = Message("", Address("an@damme.example", "An Maes"), "Beernem", None, body=(text,))
    said = words(Intent.NONE, "Ik weet niet of u dit moet hebben, ik stuur door.")
    decision = decide(mail(forwarded=inner), said, known(), settings(KIS), MORNING)
    assert decision.outcome is Outcome.REVIEW


def test_a_mail_that_also_names_somebody_registered_is_done_for_nobody_alone() -> None:
    both = known(row(), row(2, name="Jurgen Tytgat", email="jurgen@damme.example"))
    said = "Zouden jullie Jurgen Tytgat van de lijst kunnen halen? Ik kom wel nog."
    decision = decided(Intent.RESTORE, said, both)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert "Jurgen Tytgat" in matter(one(decision))
    assert decided(Intent.RESTORE, "Ik kom wel nog.", both).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Gudrun Van den Broeck ligt in het ziekenhuis en vraagt haar te verontschuldigen.",
            ["Gudrun Van den Broeck"],
        ),
        ("Helaas ben ik ziek.", []),
        ("Beste Jan, ik kan niet komen.", []),
    ],
)
def test_a_sentence_is_of_whom_it_begins_with(text: str, people: list[str]) -> None:
    assert list(names(text)) == people


def test_a_long_text_under_the_name_of_an_event_is_a_case_and_no_newsletter() -> None:
    long = "ik kom " + "a" * 40_000
    assert decided(Intent.UNCLEAR, long, subject="Kennisplatform").outcome is Outcome.REVIEW
    assert decided(Intent.UNCLEAR, long, subject="Nieuws uit de regio").outcome is Outcome.NO_FORM


def test_a_reference_that_nobody_has_is_a_case_and_draws_no_mail() -> None:
    decision = decided(Intent.UNCLEAR, "INS-9999 uit te schrijven", nrs=("INS-9999",))
    assert (decision.outcome, decision.answer, decision.receipt) == (Outcome.REVIEW, False, False)
    assert "INS-9999" in matter(one(decision))
    assert matter(one(decision)).startswith("Noemt een referentie die niemand heeft")
    several = settings(KIS, event(id="other", title="Iets anders"))
    said = words(Intent.WITHDRAW, "INS-9999 uit te schrijven", nrs=("INS-9999",))
    decision = decide(mail(), said, known(), several, MORNING)
    assert (one(decision).kind, one(decision).choices[0]) == (CaseKind.UNCLEAR, Choice.ANSWER)
    over = event(starts=local(2026, 10, 3, 14), ends=local(2026, 10, 3, 17), deadline=date(2026, 9, 23))
    said = words(Intent.UNCLEAR, "INS-9999 uit te schrijven", nrs=("INS-9999",))
    assert decide(mail(), said, known(), settings(over), MORNING).outcome is Outcome.NO_FORM


def test_who_asks_whether_they_may_come_can_be_registered_from_the_row() -> None:
    for intent, text in (
        (Intent.CHANGE, "Schrijf mij maar in, en is het gebouw toegankelijk voor een rolstoel?"),
        (Intent.NONE, "Mag ik op 3 december komen?"),
    ):
        case = one(decided(intent, text, subject="Kennisplatform", question=text))
        assert case.choices[0] is Choice.ANSWER
        assert {Choice.REGISTER, Choice.EXCUSE} <= {*case.choices}
        assert "aan te passen" not in matter(case)


def test_a_case_about_a_question_says_so_once() -> None:
    asked = {"question": "Is er parking?", "acts": (Act(ActKind.QUESTION),)}
    decision = decided(Intent.NONE, "Is er parking?", known(row(), **IN_THREAD), **asked)
    assert "Begrepen" not in matter(one(decision))


def test_an_invitation_of_somebody_elses_is_theirs_though_its_last_day_is_ours() -> None:
    text = "Graag nodigen wij u uit op 8 januari. Gelieve uw aanwezigheid te bevestigen vóór 3 december."
    assert topic_of("", text, settings(KIS), MORNING) is Topic.OTHER
    assert topic_of("", "Ik bevestig mijn aanwezigheid op 3 december.", settings(KIS), MORNING) is Topic.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben er op 3 december bij, maar heb vervoer nodig: ik kom uit Gent. Op 5 december ben ik er niet.",
        "Ik ben er op 3 december bij. Wij hebben de bus nodig om uit Gent te komen, niet op 12 november.",
        "Ik bevestig mijn aanwezigheid op 3 december. Dat heb ik nodig om het uit te leggen op 9 december.",
    ],
)
def test_who_needs_something_invites_nobody(text: str) -> None:
    assert topic_of("", text, settings(KIS), MORNING) is Topic.OPEN


def _instead(name: str = "Jan Claes") -> dict[str, object]:
    first, _, last = name.partition(" ")
    who = {"first_name": Answer(first, Location()), "last_name": Answer(last, Location())}
    act = Act(ActKind.SUBSTITUTE, f"{name} vervangt mij.", people=(name,), of_self=True)
    return {"substitute": Person(who), "acts": (act,)}


def test_who_sent_in_two_and_is_replaced_is_the_one_of_their_name() -> None:
    both = known(row(), row(2, name="An Peeters", email="an@damme.example", sender="els@damme.example"))
    said = words(Intent.SUBSTITUTE, "Jan Claes vervangt mij.", **_instead())
    decision = decide(mail(name="Els Maes"), said, both, settings(KIS), MORNING)
    assert [one.after.nr for one in decision.results if one.after and one.after.status.is_out] == ["INS-0001"]
    assert len(decision.results) == 2  # both hear of it


def test_a_case_of_who_is_replaced_offers_the_writers_rows_where_their_body_is_not_known() -> None:
    x = "x@elders.example"
    rows = (row(number, name=f"An Claes{number}", organisation="", email=x) for number in (1, 2))
    said = words(Intent.SUBSTITUTE, "Jan Claes vervangt mij.", **_instead())
    decision = decide(mail(x, name="Kabinet"), said, known(*rows), settings(KIS), MORNING)
    assert Choice.REPLACES in one(decision).choices
    assert one(decision).payload[IN_PLACE_OF].split() == ["INS-0001", "INS-0002"]


def test_who_comes_in_the_place_of_the_writer_is_who_is_registered_whatever_the_rest_says() -> None:
    text = "Ik kan niet. Mijn schepen Jan Claes komt in mijn plaats."
    assert words(Intent.UNCLEAR, text, **_instead()).newcomer is not None


def test_the_first_word_of_a_sentence_that_turns_to_another_is_nobodys_name() -> None:
    assert list(names("Wel komt mijn collega Rita Maes.")) == ["Rita Maes"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Guten Tag, ich melde mich gern an.", Topic.OPEN),
        ("Leider kann ich wegen Krankheit nicht teilnehmen.", Topic.OPEN),
        ("Gibt es einen Parkplatz?", Topic.DETAIL),
        ("Die Ratssitzung wurde abgesagt, ich kann nicht kommen.", Topic.OTHER),
        ("Ich kann morgen nicht kommen.", Topic.OTHER),
        ("Guten Morgen, ich kann nicht kommen.", Topic.OPEN),
    ],
)
def test_what_a_mail_in_german_is_about_is_told_as_in_other_languages(text: str, topic: Topic) -> None:
    assert topic_of("", text, settings(KIS), MORNING) is topic


@pytest.mark.parametrize(
    ("clause", "other"),
    [
        ("op de sportraad ben ik er niet bij", True),
        ("ik kan niet naar de jeugdraad komen", True),
        ("op de klimaattafel kom ik niet", True),
        ("je ne peux pas venir au conseil communal", True),
        ("op 3 december ben ik er niet bij", False),
        ("op jullie vergadering ben ik er niet bij", False),
        ("op het kennisplatform ben ik er niet bij", False),
        ("voor de infosessie meld ik mij af", False),
        ("ik kan niet komen wegens de gemeenteraad", False),
    ],
)
def test_a_meeting_of_others_is_told_from_ours_by_its_noun(clause: str, other: bool) -> None:
    assert at_another_meeting(clause, settings(KIS), MORNING) is other


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Anmeldung für den Schwimmkurs", Topic.OTHER),
        ("Abmeldung vom Schwimmkurs", Topic.OTHER),
        ("Anmeldung für Hans Müller", Topic.OPEN),
        ("Ich nehme gern an der Veranstaltung teil.", Topic.OPEN),
    ],
)
def test_a_german_noun_behind_its_article_is_no_name(text: str, topic: Topic) -> None:
    assert topic_of("", text, settings(KIS), MORNING) is topic

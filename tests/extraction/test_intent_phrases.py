"""What people write, and what it must be taken for. Half of these are traps."""

from __future__ import annotations

import pytest

from mailbot.domain.submission import ActKind, Intent
from mailbot.intent import phrases
from mailbot.intent.classifier import IntentResult, Ours, read_intent
from mailbot.message import parse
from mailbot.text.lexicon import NO, YES

W, E, M = Intent.WITHDRAW, Intent.EXCUSE, Intent.MAYBE_WITHDRAW
G, R, S = Intent.REGISTER, Intent.RESTORE, Intent.SUBSTITUTE
U = Intent.UNCLEAR
Y, N, T, P, O = Intent.CONFIRM, Intent.DENY, Intent.THANKS, Intent.REPLY, Intent.NONE  # noqa: E741  short table


def wish(text: str, subject: str = "Re: uitnodiging", titles: frozenset[str] = frozenset()) -> IntentResult:
    head = f"From: Piet Pieters <piet@damme.example>\nSubject: {subject}\n"
    head += "Content-Type: text/plain; charset=utf-8"
    message = parse(f"{head}\n\n{text}\n".encode(), frozenset())
    return read_intent(message, ours=Ours(titles))


LEAVING = [
    ("Gelieve mij uit te schrijven.", W),
    ("Kan er niet bij zijn, gelieve mij uit te schrijven.", W),
    ("Ik kan er helaas niet bij zijn, gelieve mij uit te schrijven aub", W),
    ("Graag uitschrijven aub", W),
    ("Annuleren aub", W),
    ("Afmelden", W),
    ("Afmelding.", W),
    ("Ik wil mij graag afmelden voor de vergadering van 3 december.", W),
    ("Ik meld mij af.", W),
    ("Hierbij meld ik mij af voor het kennisplatform.", W),
    ("Ik zou mijn inschrijving willen annuleren.", W),
    ("Gelieve mijn inschrijving te annuleren.", W),
    ("Ik moet mijn inschrijving helaas annuleren wegens ziekte.", W),
    ("Mag ik mij nog uitschrijven? Nee: schrijf mij gewoon uit.", W),
    ("Kunt u mij uitschrijven aub?", W),
    ("Kan u mijn inschrijving annuleren?", W),
    ("Schrijf mij maar uit.", W),
    ("Wij wensen ons uit te schrijven.", W),
    ("Ik trek mijn inschrijving in.", W),
    ("Ik moet helaas afzeggen.", W),
    ("Haal mij maar van de lijst aub.", W),
    ("U mag mij van de deelnemerslijst schrappen.", W),
    ("Beste\n\nGelieve mij te willen uitschrijven voor het Kennisplatform Intergemeentelijk Samenwerken.", W),
    ("Please cancel my registration.", W),
    ("Veuillez annuler mon inscription.", W),
    ("Ik kan er helaas niet bij zijn.", E),
    ("ik kan er helaas niet\nbij zijn", E),
    ("Kan er niet bij zijn", E),
    ("Jammer genoeg verhinderd.", E),
    ("Ik ben jammer genoeg verhinderd.", E),
    ("Ik ben verhinderd wegens een andere vergadering.", E),
    ("Wegens ziekte kan ik niet aanwezig zijn.", E),
    ("Ik kan niet komen.", E),
    ("Ik kom niet.", E),
    ("Ik kom helaas niet", E),
    ("We kunnen niet aanwezig zijn op de bijeenkomst.", E),
    ("Ik zal niet aanwezig zijn.", E),
    ("Ik zal er niet bij kunnen zijn.", E),
    ("Spijtig genoeg kan ik niet deelnemen aan het overleg.", E),
    ("Ik neem niet deel.", E),
    ("Ik moet verstek geven.", E),
    ("Ik moet helaas verstek laten gaan.", E),
    ("Laat mij verontschuldigen.", E),
    ("Ik laat mij verontschuldigen voor het burgemeestersoverleg.", E),
    ("Verontschuldigd.", E),
    ("Gelieve mij te verontschuldigen.", E),
    ("Ik verontschuldig mij voor de vergadering van 3 december.", E),
    ("Gelieve mij te willen verontschuldigen", E),
    ("Ik ben er niet bij.", E),
    ("Ik ben er die dag niet.", E),
    ("Sorry, het lukt mij niet.", E),
    ("Het past mij niet die dag.", E),
    ("Door omstandigheden kan ik er niet bij zijn.", E),
    ("Ik kan er donderdag niet bij zijn.", E),
    ("Ik geraak er niet, excuses.", E),
    ("Ik kan er op 3 december om 14 uur helaas niet bij zijn.", E),
    ("Ik ben op die dag in het buitenland en kan er dus niet bij zijn.", E),
    ("Als burgemeester kan ik er niet bij zijn wegens een gemeenteraad.", U),
    ("k kan ni komen sorry", E),
    ("Ik zal helaas afwezig zijn.", E),
    ("Je ne pourrai malheureusement pas être présent.", E),
    ("Je suis empêché.", E),
    ("Unfortunately I cannot attend.", E),
    ("Ik ga niet kunnen komen", E),
    ("Ik kom niet naar de vergadering.", E),
    ("Ik kom donderdag niet.", E),
    ("Ik zal er niet zijn.", E),
    ("Ik wens geen deel te nemen.", E),
    ("Wij wensen niet deel te nemen.", E),
    ("Zal niet lukken, sorry!", E),
    ("Niet aanwezig", E),
    ("Ik kan toch niet.", E),
    ("Ik ben helaas niet beschikbaar op die datum.", E),
    ("Ik had mij ingeschreven, maar moet afhaken.", E),
    ("Mag ik u vragen mij af te melden voor het kennisplatform?", W),
    ("Mijn inschrijving mag geannuleerd worden.", W),
    ("Zou u mij willen uitschrijven voor 3 december?", W),
    ("Could you cancel my registration?", W),
    ("I won't be able to make it.", E),
    ("Pourriez-vous me désinscrire ?", W),
    ("Merci de retirer mon nom de la liste.", W),
    ("Please drop my name from the list.", W),
    ("Unfortunately I have to cancel. Please give my seat to someone else.", W),
    ("Je ne viens plus.", E),
    ("Je n'arrive pas à me libérer ce jour-là.", E),
    ("J'ai malheureusement un empêchement.", E),
    ("Au nom du bourgmestre, Marc Dubois, je vous prie d'excuser son absence.", E),
    ("C'est Anne Lambert qui me remplacera.", S),
    ("Je me ferai représenter par Anne Lambert.", S),
    ("Anna Lambert will stand in for me.", S),
    ("Please swap me for my colleague Anna Lambert.", S),
    ("Could you replace Tom Baker by Anna Lambert?", S),
    ("Gelieve Jan Peeters te vervangen door Els Maes.", S),
]

ONLY_LOOKS_LIKE_IT = [
    ("Ik ben afwezig tot 1 december. Kan je mij de lunch bezorgen?", M),
    ("Ik ben afwezig van 20 november tot en met 4 december.", M),
    ("Ik kan niet bij de lunch zijn.", M),
    ("Ik kan helaas niet aanwezig zijn op de receptie.", M),
    ("Ik kan niet langer dan 16u blijven.", P),
    ("Ik kan er niet bij zijn tot het einde.", M),
    ("Ik zal er niet volledig bij kunnen zijn.", M),
    ("Ik kan niet voor 15u aanwezig zijn.", M),
    ("Ik kan er niet van in het begin bij zijn.", M),
    ("Ik kan mijn inschrijving niet openen.", P),
    ("Ik kan de bijlage niet openen.", P),
    ("Ik kan het formulier niet invullen, het lukt niet.", M),
    ("De link werkt niet.", P),
    ("Ik kom niet alleen.", M),
    ("Ik kom niet met de wagen.", M),
    ("Misschien kan ik er niet bij zijn.", M),
    ("Ik weet nog niet of ik er bij kan zijn.", M),
    ("Als ik niet kan komen, laat ik het weten.", M),
    ("Indien ik niet kan deelnemen, mag ik dan iemand sturen?", O),
    ("Ik vrees dat ik er niet bij kan zijn.", M),
    ("Ik wil mij niet uitschrijven.", P),
    ("Gelieve mij niet uit te schrijven.", P),
    ("U hoeft mijn inschrijving niet te annuleren.", P),
    ("Ik wil mijn inschrijving niet annuleren, enkel mijn e-mailadres wijzigen.", Intent.CHANGE),
    ("Kan ik mij nog uitschrijven?", M),
    ("Hoe kan ik mij uitschrijven?", O),
    ("Tot wanneer kan ik annuleren?", O),
    ("Wordt de vergadering geannuleerd?", O),
    ("De vergadering van gisteren werd geannuleerd.", P),
    ("Mijn collega kan niet komen.", M),
    ("De burgemeester zal niet aanwezig zijn.", M),
    ("Zij kan er niet bij zijn.", M),
    ("Gelieve haar uit te schrijven.", M),
    ("Gelieve mij uit te schrijven voor de lunch.", M),
    ("Annuleer mijn hotel aub.", M),
    ("Schrijf mij uit voor de nieuwsbrief aub.", M),
    ("Vorige keer kon ik er niet bij zijn.", P),
    ("Ik kon vorig jaar niet komen.", P),
    ("Ik was vorige keer verhinderd, nu lukt het wel.", P),
    ("Verontschuldig mij voor de late reactie.", P),
    ("Mijn verontschuldigingen voor het late antwoord.", P),
    ("Excuses voor de verwarring.", P),
    ("Ik kan niet bij mijn mails.", P),
    ("Het is mij niet duidelijk waar het doorgaat.", P),
    ("Ik heb geen dieetwensen.", P),
    ("Ik kan er bij zijn, maar niet voor de rondleiding.", M),
    ("Ik kan niet meer dan twee collega's meebrengen.", P),
    ("We zullen niet met vijf maar met vier komen.", M),
    ("Ik ben niet verhinderd.", P),
    ("Ik kom niet, tenzij de vergadering verplaatst wordt.", M),
    ("Ik kan er niet bij zijn bij het onthaal.", M),
    ("Ik kan niet deelnemen aan de workshop.", M),
    ("Ik kan de plaats niet vinden.", P),
    ("Ik geraak niet ingeschreven.", M),
    ("Het lukt niet om mij in te schrijven.", M),
    ("Ik kom niet uit Damme maar uit Brugge.", M),
    ("I don't want to cancel my registration.", P),
    ("Ik ben ziek.", M),
    ("Deze keer sla ik over.", E),
    ("Onze burgemeester is verhinderd.", M),
    ("Ons bestuur neemt niet deel aan de rondleiding.", M),
    ("Mag mijn collega in mijn plaats komen?", O),
    ("Is het mogelijk om mij uit te schrijven?", O),
    ("Ik heb geen bevestiging ontvangen van mijn inschrijving.", P),
    ("Ik wil mij verontschuldigen voor mijn afwezigheid vorige keer.", P),
    ("Ik heb mij afgemeld bij de nieuwsbrief.", M),
    ("Ik kan niet wachten om erbij te zijn!", P),
    ("Gelieve mij niet meer te mailen.", P),
    ("Ik kan enkel in de voormiddag.", P),
    ("Dat kan niet.", P),
    ("Ik kan niet komen, maar An De Smet zal u bellen.", E),
]

COMING = [
    ("Ik kom graag.", G),
    ("ik kom", G),
    ("Schrijf mij in.", G),
    ("Schrijf mij maar in aub", G),
    ("Ik schrijf mij in voor het kennisplatform.", G),
    ("Schrijf ons in.", G),
    ("Graag inschrijven aub.", G),
    ("Gelieve mij in te schrijven.", G),
    ("Ik zal aanwezig zijn.", G),
    ("Ik zal er zeker bij zijn!", G),
    ("Ik ben aanwezig.", G),
    ("Ik neem deel.", G),
    ("Wij nemen graag deel met drie personen.", U),
    ("Ik ben erbij!", G),
    ("U mag op mij rekenen.", G),
    ("Noteer mij maar als deelnemer.", G),
    ("Kunt u mij inschrijven?", G),
    ("Hierbij bevestig ik mijn deelname: bevestig mijn aanwezigheid.", G),
    ("Ik wens deel te nemen.", G),
    ("Je participerai à la réunion.", G),
    ("I will attend.", G),
    ("Please register me.", G),
    ("Ik zal er zijn.", G),
    ("Graag present!", G),
    ("Wij zullen met 3 personen aanwezig zijn.", U),
    ("Ik kan toch komen.", R),
    ("Toch wel, ik kom!", R),
    ("Ik kan er toch bij zijn.", R),
    ("Mijn andere afspraak valt weg, ik kom dus toch.", G),
    ("Negeer mijn afmelding.", R),
    ("Ik wil toch graag deelnemen.", R),
    ("Dan kom ik toch zelf.", G),
    ("Veuillez noter ma venue, s'il vous plaît.", G),
    ("I am pleased to accept your invitation.", G),
    ("Please put my name down for the meeting.", G),
    ("J'ai pu me libérer, je viendrai donc.", G),
    ("Vous pouvez compter sur ma présence.", G),
    ("On behalf of the mayor, Tania Lambert, I am pleased to accept your invitation.", G),
]

NOT_COMING_IN_SO_MANY_WORDS = [
    ("Ik kom graag terug op uw mail.", P),
    ("Ik kom er volgende week op terug.", P),
    ("Ik ben al ingeschreven.", P),
    ("Ik heb mij vorige week ingeschreven.", P),
    ("Ik hoop erbij te kunnen zijn.", P),
    ("Misschien kom ik ook.", P),
    ("Kan ik mij nog inschrijven?", O),
    ("Hoe kan ik mij inschrijven?", O),
    ("Ik kan toch niet komen.", E),
    ("U hebt toch mijn inschrijving ontvangen?", O),
    ("Ik kom graag maar Jan Peeters kan niet komen.", E),
    ("Ik kan niet komen. Ik kom graag volgende keer.", E),
    ("Je viens seulement de prendre mes fonctions. Est-il encore possible de s'inscrire ?", P),
    ("Je vous présente ma collègue.", P),
    ("Could you tell me how to sign up?", P),
    ("Our company would like to present its services at your event.", P),
    ("I'd love to attend but I'm abroad.", U),
    ("Ik kom graag, maar die week ben ik met verlof.", U),
    ("J'aimerais participer mais je suis en congé.", U),
    ("I cannot confirm my attendance yet.", U),
]

CHANGING = [
    "Mijn gsm-nummer is eigenlijk 0499 88 77 66.",
    "Mijn functie klopt niet, ik ben schepen.",
    "Kan u mijn e-mailadres aanpassen naar jan@damme.example?",
    "Er staat een fout in mijn naam: het moet Claeys zijn.",
    "Ik was vergeten te melden dat ik vegetarisch eet.",
    "Bedankt, maar mijn nieuwe functie is diensthoofd.",
    "Pourriez-vous corriger mon adresse ?",
    "Kan An De Smet in mijn plaats komen?",
    "Kunt u mijn naam vervangen door An De Smet?",
]
NOT_CHANGING = [
    "Tot wanneer kan ik mijn inschrijving nog wijzigen?",
    "Hartelijk dank voor de aanpassing.",
    "Ik kom met de fiets en kijk ernaar uit.",
    "Is er parking voorzien?",
]
SHORT = [
    ("ja", Y),
    ("Ja, dat klopt.", Y),
    ("klopt", Y),
    ("Ja hoor", Y),
    ("Inderdaad.", Y),
    ("ok", Y),
    ("Akkoord", Y),
    ("Alles klopt, dank u", Y),
    ("nee", N),
    ("Neen, dank u.", N),
    ("Dat klopt niet.", N),
    ("Bedankt!", T),
    ("Dank, tot dan!", T),
    ("Dank u wel, tot donderdag", T),
    ("Merci!", T),
    ("Hartelijk dank voor de bevestiging.", T),
    ("Goed ontvangen, bedankt.", T),
    ("Tot dan", T),
    ("ok, bedankt", T),
    ("Prima, dank je wel.", T),
    ("Bedankt, maar ik kan niet komen.", E),
    ("Dank u, is er parking?", O),
    ("OCMW Damme", P),
    ("0478 12 34 56", P),
    ("", O),
]


@pytest.mark.parametrize(
    ("text", "intent"), [*LEAVING, *ONLY_LOOKS_LIKE_IT, *COMING, *NOT_COMING_IN_SO_MANY_WORDS, *SHORT]
)
def test_words_are_taken_for_what_they_say(text: str, intent: Intent) -> None:
    found = wish(text).intent
    assert found is intent or {found, intent} <= FOR_A_PERSON


#: Intents on which nothing is done: which of them it is decides no more than the words of a case.
FOR_A_PERSON = frozenset({M, P, O, Intent.UNCLEAR, Intent.CHANGE})


@pytest.mark.parametrize("text", CHANGING)
def test_who_says_that_something_must_be_otherwise_is_read_by_somebody(text: str) -> None:
    said = wish(text)
    assert said.intent in (Intent.CHANGE, Intent.UNCLEAR)


@pytest.mark.parametrize("text", NOT_CHANGING)
def test_what_asks_or_tells_nothing_of_the_kind_wants_no_change(text: str) -> None:
    assert wish(text).intent is not Intent.CHANGE


def test_a_title_parts_no_verb_and_stays_in_a_question_as_it_was_written() -> None:
    titles = frozenset({"Dag van de zorg", "Dag van de zorg en welzijn"})
    leaves = wish("Ik trek mijn inschrijving voor Dag van de zorg en welzijn in.", titles=titles)
    assert (leaves.intent, leaves.acts[0].words) == (W, "Ik trek mijn inschrijving voor dag in.")
    asks = "Is er een verslag van Dag van de zorg en welzijn?"
    assert wish(asks, titles=titles).question == asks


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom. Niet.",
        "Schrap mij maar niet, ik kom toch niet niet.",
        "Jan Maes of Piet Claes komt in mijn plaats.",
        "Dit is niet mijn inschrijving.",
        "Het zal niet aan mij liggen, ik ben er.",
        "???",
    ],
)
def test_nothing_is_done_on_words_that_cancel_each_other_or_leave_it_open(text: str) -> None:
    done = {*(W, E, R, S, T, Y)}
    read = wish(text)
    assert read.intent not in done or read.question


def test_what_french_elides_before_a_name_is_no_part_of_it() -> None:
    read = wish("C'est Anne Lambert qui me remplacera.")
    assert (read.named, read.substitute and read.substitute.name) == ((), "Anne Lambert")


def test_a_report_that_lies_open_asks_for_nobodys_data() -> None:
    acts = wish("Het jaarverslag is klaar en ligt ter inzage.").acts
    assert {act.kind for act in acts} == {ActKind.OTHER}


@pytest.mark.parametrize("word", NO)
def test_a_no_of_every_language_is_a_bare_no(word: str) -> None:
    assert phrases.says_no(word) and not phrases.says_yes(word)


@pytest.mark.parametrize("word", YES)
def test_a_yes_of_every_language_is_a_bare_yes(word: str) -> None:
    assert phrases.says_yes(word) and not phrases.says_no(word)

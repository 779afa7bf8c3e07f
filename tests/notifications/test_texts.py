"""The words of every mail, in every language, plain and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import lxml.html
import pytest
from jinja2 import Environment
from jinja2.nodes import Compare, Const, Getattr, Name

from mailbot.config.settings import LANGUAGES, Settings
from mailbot.domain.decision import Ask, Note, Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.form import UNASKED_DIET, FieldKind, Form, FormField
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address
from mailbot.domain.registration import Change, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem
from mailbot.notifications import compose
from mailbot.notifications.names_in_mails import as_called
from mailbot.wording import LEXICON
from tests.notifications.building import (
    BOB,
    BY_ITSELF,
    ELS,
    EXAMPLES,
    JAN,
    NOW,
    SENDER,
    arrival,
    decided,
    mails,
    person,
    result,
    settings,
)

TEMPLATES = Path(__file__).parents[2] / "mailbot" / "notifications" / "templates"


def _of(name: str, installed: Settings) -> tuple[Mail, ...]:
    return BY_ITSELF[name](installed) if name in BY_ITSELF else mails(name, installed)


def test_every_pack_has_every_template() -> None:
    packs = [{path.name for path in (TEMPLATES / language).glob("*.j2")} for language in LANGUAGES]
    assert all(pack == packs[0] for pack in packs)


def _asked_of(template: Path) -> set[str]:
    """What a template asks of what it is given: names from outside, fields of theirs, and what it compares
    them with."""
    tree = Environment().parse(template.read_text("utf-8"))
    compared = (const.value for one in tree.find_all(Compare) for const in one.find_all(Const))
    fields = (one.attr for one in tree.find_all(Getattr))
    names = {kind: {one.name for one in tree.find_all(Name) if one.ctx == kind} for kind in ("load", "store")}
    given = names["load"] - names["store"]
    return {*given, *fields, *(one for one in compared if isinstance(one, str))}


#: What only Dutch asks, and why.
_OF_DUTCH = {"capitalize"}  # the method of a string: "U staat nog altijd ..."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", sorted(path.name for path in (TEMPLATES / "nl").glob("*.j2")))
def test_a_template_asks_in_every_language_what_it_asks_in_dutch(file: str, language: str) -> None:
    assert _asked_of(TEMPLATES / "nl" / file) - _asked_of(TEMPLATES / language / file) - _OF_DUTCH == set()


def phrases(language: str) -> set[str]:
    """What the templates of a language say, in pieces of three words or more."""
    files = (TEMPLATES / language).glob("*.j2")
    tokens = (token for file in files for token in Environment().lex(file.read_text("utf-8")))
    said = (text.strip("\"'") for _, kind, text in tokens if kind in ("data", "string"))
    lines = {" ".join(line.split()) for text in said for line in text.splitlines()}
    return {line for line in lines if line.count(" ") > 1 and any(map(str.isalpha, line))}


@pytest.mark.parametrize(("one", "other"), [*combinations(LANGUAGES, 2)])
def test_no_phrase_is_left_in_another_language(one: str, other: str) -> None:
    assert len(phrases(one)) > 100
    assert phrases(one) & phrases(other) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_in_some_example(language: str, in_language: Callable[[str], Settings]) -> None:
    installed = in_language(language)
    drawn = {f"{mail.kind}.j2" for name in [*EXAMPLES, *BY_ITSELF] for mail in _of(name, installed)}
    shared = {"base.j2", "answer.j2", "announce.j2", "sentence.j2", "needed.j2", "asked.j2", "notes.j2"}
    shared |= {"returns.j2", "trouble.j2"}
    assert {path.name for path in (TEMPLATES / language).glob("*.j2")} - shared == drawn


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*EXAMPLES, *BY_ITSELF])
def test_plain_text_and_html_say_the_same(
    name: str, language: str, in_language: Callable[[str], Settings]
) -> None:
    for mail in _of(name, in_language(language)):
        page = lxml.html.fromstring(mail.html.replace("<br>", "\n"))
        (title,) = page.iter("h1")  # what a plain mail says in its subject alone
        assert title.text_content() == mail.subject
        title.drop_tree()
        seen = re.findall(r"\w+", page.xpath("string(//body)"))
        said = re.findall(r"\w+", mail.text)
        assert seen == said
        assert page.get("lang") == language
        assert mail.subject == mail.subject.strip()
        assert "\n" not in mail.subject


@pytest.mark.parametrize("name", [*EXAMPLES, *BY_ITSELF])
def test_the_tone_is_that_of_a_good_secretary(name: str, installed: Settings) -> None:
    for mail in _of(name, installed):
        assert "!" not in mail.text + mail.subject
        assert not re.search(
            r"\b(je|jij|jouw|jullie|helaas|jammer|geachte|mevrouw|meneer)\b", mail.text, re.I
        )
        assert re.match(r"(Beste [A-Z]|Goedendag\n)", mail.text)
        assert "Deze mail is automatisch verstuurd." in mail.text
        if mail.to.email not in ("secretariaat@wvi.example", "beheer@example.org"):
            assert "An Claes, 050 12 34 56, an.claes@wvi.example" in mail.text


@pytest.mark.parametrize("name", [*EXAMPLES, *BY_ITSELF])
def test_the_html_holds_in_outlook(name: str, installed: Settings) -> None:
    for mail in _of(name, installed):
        page = lxml.html.fromstring(mail.html)
        assert not page.xpath("//style | //script | //img | //link | //*[@class]")
        assert "flex" not in mail.html
        assert "grid" not in mail.html


def test_a_registration_says_who_what_when_where_and_how_to_change_it(installed: Settings) -> None:
    text = mails("registered", installed)[0].text
    for said in (
        "U bent ingeschreven voor “Kennisplatform Intergemeentelijk Samenwerken”.",
        "Wanneer: donderdag 3 december 2026, 14.00 tot 17.00 uur",
        "Waar: OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem",
        "Referentie: INS-0001",
        "Gemeente/OCMW: Oostkamp",
        "Ik neem deel: ja",
        "U kunt tot het begin wijzigen of annuleren: antwoord gewoon op deze mail.",
        "Uw vraag is doorgegeven aan het secretariaat.",
        "Klopt dit? Dieetwensen: vegetarisch (wij lazen “vegetansch”).",
    ):
        assert said in text


def test_what_is_needed_comes_by_label_with_what_was_read_before_all_else(installed: Settings) -> None:
    text = mails("incomplete", installed)[0].text
    assert "- E-mail: “jan.peeters@oostkamp” (geen geldig e-mailadres)" in text
    assert "- Gemeente/OCMW: ontbreekt\n" in text
    assert text.index("Dit hebben wij nog nodig") < text.index("Wanneer:")
    assert "“ja”" not in text
    assert "\nE-mail:" not in text


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "nl"])
def test_the_reason_of_a_doubt_is_told_in_the_language_of_the_mail(
    language: str, in_language: Callable[[str], Settings]
) -> None:
    doubts = LEXICON[language].doubts
    said = " ".join(mail.text for mail in _of("incomplete", in_language(language)))
    assert doubts[Reason.NO_EMAIL] in said
    assert doubts[Reason.MISSING] in said


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "nl"])
def test_a_dutch_reason_of_a_ledger_of_before_is_told_to_dutch_readers_alone(
    language: str, in_language: Callable[[str], Settings]
) -> None:
    doubt = Problem(0, "diet", Code.INVALID, read="vegetansch", text="moeilijk te lezen")
    registered = result(Outcome.REGISTERED, JAN, problems=(doubt,), notes=(Note.DOUBTED,))
    told = decided(Outcome.REGISTERED, registered)
    for chosen, is_told in (("nl", True), (language, False)):
        text = compose(told, arrival(), in_language(chosen), NOW)[0].text
        assert ("moeilijk te lezen" in text) is is_told
        assert "vegetansch" in text


def test_where_all_is_only_doubted_a_yes_is_enough(installed: Settings) -> None:
    assert "Antwoord “ja”, of verbeter wat niet klopt." in mails("incomplete-yes", installed)[0].text


def test_late_says_when_it_came_and_until_when_it_could(installed: Settings) -> None:
    text = mails("late", installed)[0].text
    assert "Uw mail kwam aan op dinsdag 24 november 2026 om 0.00 uur." in text
    assert "Inschrijven kon tot en met maandag 23 november 2026." in text
    assert "\nVolgende keer bent u welkom.\n" in text


def test_a_change_shows_the_old_and_the_new(installed: Settings) -> None:
    text = mails("changed", installed)[0].text
    assert "Dieetwensen: vegetarisch → glutenvrij" in text
    assert "Telefoon/gsm: 0478 12 34 56" in text


def test_every_note_is_said(installed: Settings) -> None:
    told = result(Outcome.REGISTERED, JAN, notes=tuple(Note))
    text = compose(decided(Outcome.REGISTERED, told), None, installed, NOW)[0].text
    for said in (
        "doorgegeven aan het secretariaat",
        "adres waarmee u mailde",
        "kwam daarna",
        "vroegere versie",
    ):
        assert said in text
    assert "macro’s" in text
    assert "bekijkt het secretariaat eerst zelf" in text


def test_who_answers_our_question_with_a_yes_is_thanked(installed: Settings) -> None:
    confirmed = result(Outcome.UNCHANGED, JAN, before=JAN, notes=(Note.CONFIRMED,))
    (mail, *_) = compose(decided(Outcome.UNCHANGED, confirmed), arrival(), installed, NOW)
    assert "Bedankt, genoteerd: u komt naar “Kennisplatform" in mail.text
    assert mail.subject.startswith("Genoteerd: ")
    assert "veranderd" not in mail.text


def test_answers_are_text_in_html_and_in_headers(installed: Settings) -> None:
    nasty = '<script>alert(1)</script> & "x"\r\nBcc: iemand@damme.example'
    row = person("INS-0008", nasty, "De Wit", "bob@damme.example")
    changes = (Change("role", nasty, "<b>nieuw</b>"),)
    doubt = Problem(0, "diet", Code.UNSURE, Reason.TEXT_BESIDE_SLOT, nasty, detail=nasty)
    told = result(Outcome.CHANGED, row, before=row, changes=changes, problems=(doubt,), remark=nasty)
    for mail in compose(
        decided(Outcome.CHANGED, told), arrival(Address("x@damme.example", nasty)), installed, NOW
    ):
        assert "<script" not in mail.html
        assert "<b>nieuw" not in mail.html
        assert "\n" not in mail.subject


def test_of_two_people_with_one_address_neither_is_taken_for_the_reader(installed: Settings) -> None:
    both = [
        result(Outcome.REGISTERED, JAN),
        result(Outcome.REGISTERED, replace(ELS, answers={**ELS.answers, "email": SENDER.email})),
    ]
    (mail, *_) = compose(decided(Outcome.REGISTERED, *both), arrival(Address(SENDER.email)), installed, NOW)
    assert "Jan Peeters" in mail.text and "Els Maes" in mail.text
    assert "u bent" not in mail.text.lower()
    (alone, *_) = compose(
        decided(Outcome.REGISTERED, both[0]), arrival(Address(SENDER.email)), installed, NOW
    )
    assert "u bent" in alone.text.lower()


@pytest.mark.parametrize(
    ("name", "greeted"),
    [("jan@damme.example", "Goedendag"), ("PEETERS, Jan", "Beste Jan Peeters"), ("", "Goedendag")],
)
def test_a_name_turned_around_is_greeted_as_people_say_it_and_an_address_is_no_greeting(
    installed: Settings, name: str, greeted: str
) -> None:
    asks = decided(Outcome.INCOMPLETE, asks=Ask.WHICH)
    (mail,) = compose(asks, arrival(Address("jan@damme.example", name)), installed, NOW)
    assert mail.text.startswith(f"{greeted}\n")


def test_an_installation_overrides_one_template(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "nl"
    own.mkdir(parents=True)
    (own / "registered.j2").write_text(
        '{% extends "answer.j2" %}{% block subject %}Tot dan: {{ title }}{% endblock %}', encoding="utf-8"
    )
    mail = mails("registered", settings(tmp_path))[0]
    assert mail.subject == "Tot dan: Kennisplatform Intergemeentelijk Samenwerken"
    assert "U bent ingeschreven" in mail.text


def test_a_form_per_organisation_without_a_date(installed: Settings) -> None:
    row = replace(
        JAN,
        event="aankoop",
        answers={
            "organisation": "Damme",
            "contact_name": "Jan Peeters",
            "email": JAN.text("email"),
            "joins": True,
        },
    )
    (mail,) = compose(
        replace(decided(Outcome.REGISTERED, result(Outcome.REGISTERED, row)), event="aankoop"),
        arrival(),
        installed,
        NOW,
    )
    assert mail.subject == "Genoteerd: Gezamenlijke aankoop strooizout"
    assert "Het antwoord van Damme voor" in mail.text
    assert "Ons bestuur neemt deel: ja" in mail.text
    assert "Wanneer" not in mail.text
    assert "ingeschreven" not in mail.text


def test_another_hour_is_no_new_date(installed: Settings) -> None:
    decision, _ = EXAMPLES["announce-moved"]
    assert decision.announce
    assert decision.announce.before
    starts = datetime(2026, 12, 3, 13)  # noqa: DTZ001  local, as in the event file
    before = replace(decision.announce.before, starts=starts, ends=None)
    reached = replace(JAN, sequence=-1, answers={**JAN.answers, "email": ""})
    announced = replace(decision.announce, before=before, to=(reached,))
    (moved, *_) = compose(replace(decision, announce=announced), None, installed, NOW)
    assert (
        "Nieuw uur voor “Kennisplatform Intergemeentelijk Samenwerken”: donderdag 3 december 2026"
        in moved.text
    )
    assert "datum" not in moved.text
    assert "verplaatst" not in moved.text


def test_who_waits_is_told_why_and_that_their_place_stays_when_the_event_moves(installed: Settings) -> None:
    text = mails("waitlisted", installed)[0].text
    assert "U staat op de wachtlijst" in text
    assert "volzet (120 plaatsen)" in text
    decision, _ = EXAMPLES["announce-moved"]
    assert decision.announce
    waiting = replace(decision.announce, to=(replace(JAN, status=Status.WAITLISTED),))
    (moved,) = compose(replace(decision, announce=waiting), None, installed, NOW)
    assert "Uw plaats op de wachtlijst blijft gelden." in moved.text
    beside = replace(JAN, nr="INS-0099", answers={**JAN.answers, "first_name": "Koen"})
    both = replace(decision.announce, to=(*waiting.to, beside))
    (moved,) = compose(replace(decision, announce=both), None, installed, NOW)
    assert (
        "Deze inschrijvingen blijven gelden: Koen Peeters. Op de wachtlijst blijft: Jan Peeters."
        in moved.text
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.REGISTERED, "Uw inschrijving voor “Kennisplatform"),
        (Status.WAITLISTED, "U staat nog altijd op de wachtlijst voor “Kennisplatform"),
        (Status.CANCELLED, "U was al afgemeld voor “Kennisplatform"),
        (Status.EXCUSED, "Wij hadden al genoteerd dat u niet naar “Kennisplatform"),
    ],
)
def test_where_nothing_changed_the_answer_says_where_the_registration_stands(
    status: Status, said: str, installed: Settings
) -> None:
    row = replace(JAN, status=status)
    told = result(Outcome.UNCHANGED, row, before=row)
    (mail,) = compose(decided(Outcome.UNCHANGED, told), arrival(), installed, NOW)
    assert said in mail.text
    comes = status in (Status.REGISTERED, Status.WAITLISTED)
    assert ("Dit hebben wij genoteerd" in mail.text) is comes
    assert ("Komt u toch" in mail.text) is not comes


def test_who_waits_and_changes_something_reads_that_they_still_wait(installed: Settings) -> None:
    row = replace(JAN, status=Status.WAITLISTED)
    told = result(Outcome.CHANGED, row, before=row, changes=(Change("role", "schepen", "burgemeester"),))
    (mail,) = compose(decided(Outcome.CHANGED, told), arrival(), installed, NOW)
    assert "is aangepast. U staat nog altijd op de wachtlijst." in mail.text


def test_who_completes_a_registration_reads_all_of_it(installed: Settings) -> None:
    told = result(Outcome.REGISTERED, JAN, before=JAN, changes=(Change("organisation", None, "Oostkamp"),))
    (mail, *_) = compose(decided(Outcome.REGISTERED, told), arrival(), installed, NOW)
    assert "Dit hebben wij genoteerd" in mail.text
    assert "Naam: Peeters" in mail.text
    assert "Dit is veranderd" not in mail.text


def test_who_waited_for_the_former_date_is_not_told_that_they_were_registered(installed: Settings) -> None:
    decision, _ = EXAMPLES["announce-replaced"]
    assert decision.announce
    waiting = replace(decision.announce, to=(replace(JAN, status=Status.WAITLISTED),))
    (asked,) = compose(replace(decision, announce=waiting), None, installed, NOW)
    assert "U stond op de wachtlijst voor de vorige." in asked.text


def test_who_wrote_nothing_is_not_told_when_their_mail_came(installed: Settings) -> None:
    late = result(Outcome.LATE, replace(ELS, status=Status.LATE))
    mail = replace(arrival(), received=NOW + timedelta(days=60))
    writer, other = compose(decided(Outcome.LATE, late), mail, installed, NOW)
    assert "Uw mail kwam aan op" in writer.text
    assert f"De mail van {SENDER.name} ({SENDER.email}) kwam aan op" in other.text
    marked = result(Outcome.REGISTERED, ELS, notes=(Note.AFTER_DEADLINE,))
    writer, other = compose(decided(Outcome.REGISTERED, marked), mail, installed, NOW)[:2]
    assert "Uw mail kwam daarna en is toch verwerkt." in writer.text
    assert "toch verwerkt" not in other.text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.YES_AND_NO, "U kruiste zowel ja als neen aan. Komt u?"),
        (Reason.YES_NO_UNCLEAR, "Ik neem deel: “☒ ja X ☐ neen” (ja of neen is niet duidelijk aangeduid)"),
    ],
)
def test_who_ticked_yes_and_no_is_asked_which_of_the_two(
    reason: Reason, said: str, installed: Settings
) -> None:
    row = replace(JAN, status=Status.INCOMPLETE)
    doubt = Problem(0, "attends", Code.AMBIGUOUS, reason, "☒ ja X ☐ neen")
    told = decided(Outcome.INCOMPLETE, result(Outcome.INCOMPLETE, row, problems=(doubt,)))
    assert said in compose(told, arrival(), installed, NOW)[0].text


@pytest.mark.parametrize(
    ("language", "told", "registered"),
    [
        ("nl", "U hebt voorlopig een plaats voor", "ingeschreven"),
        ("en", "You have a place for", "registered"),
        ("fr", "Une place vous est provisoirement réservée pour", "confirmée"),
        ("de", "vorläufig einen Platz, bis wir wissen, ob Sie kommen.", "angemeldet"),
    ],
)
def test_whom_we_ask_whether_they_come_is_not_told_that_they_are_registered(
    language: str, told: str, registered: str, in_language: Callable[[str], Settings]
) -> None:
    doubt = Problem(0, "attends", Code.AMBIGUOUS, Reason.YES_AND_NO, "☒ ja ☒ neen")
    unknown = {key: value for key, value in JAN.answers.items() if key != "attends"}
    row = replace(JAN, answers=unknown, doubts=(doubt,))
    asking = decided(Outcome.REGISTERED, result(Outcome.REGISTERED, row, problems=(doubt,)))
    (sent,) = compose(asking, arrival(), in_language(language), NOW)  # and no entry in a calendar
    assert told in sent.text
    assert registered not in (sent.subject + sent.text).lower()


def test_a_participant_is_asked_nothing_that_the_form_does_not_ask(installed: Settings) -> None:
    doubt = Problem(0, UNASKED_DIET, Code.UNSURE, Reason.NOT_ASKED, "vegetarisch")
    told = decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN, problems=(doubt,)))
    assert not any(UNASKED_DIET in mail.text for mail in compose(told, arrival(), installed, NOW))


def test_every_letter_greets_a_name_in_capitals_as_people_write_it(installed: Settings) -> None:
    loud = replace(JAN, answers={**JAN.answers, "first_name": "JAN", "last_name": "PEETERS"})
    sent = compose(decided(Outcome.REGISTERED, result(Outcome.REGISTERED, loud)), arrival(), installed, NOW)
    assert {mail.kind for mail in sent} >= {"registered", "invitation"}
    assert all("Beste Jan Peeters" in mail.text for mail in sent)


@pytest.mark.parametrize(
    ("written", "shown", "address", "greeted"),
    [
        ("Mertens Paul", "Paul Mertens", "paul@huis.example", "Paul Mertens"),
        ("Mertens Paul", "Paul Mertens", "paul.mertens@huis.example", "Paul Mertens"),
        ("Paul Mertens", "Mertens Paul", "paul.mertens@huis.example", "Paul Mertens"),
        ("Paul Mertens", "Mertens Paul", "pmertens@huis.example", "Paul Mertens"),
        ("Mertens Paul", "Mertens, Paul", "paul@huis.example", "Mertens Paul"),
        ("Mertens Paul", "Jan Claes", "paul@huis.example", "Mertens Paul"),
    ],
)
def test_a_name_asked_in_one_field_is_greeted_in_the_order_that_its_owner_uses(
    written: str, shown: str, address: str, greeted: str
) -> None:
    field = FormField(key="name", label="Naam en voornaam", kind=FieldKind.NAME)
    form = Form(id="f", title="F", field=(field,))
    assert as_called(written, Address(address, shown), form) == greeted


def test_a_name_asked_in_two_fields_is_greeted_as_the_form_says(installed: Settings) -> None:
    (mail, *_) = compose(
        decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN)),
        arrival(Address(SENDER.email, "Peeters Jan")),
        installed,
        NOW,
    )
    assert mail.text.startswith("Beste Jan Peeters")


@pytest.mark.parametrize("name", ["readable-blank", "readable-missing", "readable-linked"])
def test_a_form_that_was_not_locked_is_not_asked_without_password(name: str, installed: Settings) -> None:
    (mail,) = mails(name, installed)
    assert "wachtwoord" not in mail.text
    assert "Stuur ons het ingevulde formulier als bijlage (Word, pdf of Excel)" in mail.text
    (locked,) = mails("readable", installed)
    assert "zonder wachtwoord of versleuteling" in locked.text


def test_answers_of_several_people_that_do_not_speak_for_themselves_have_their_label(
    installed: Settings,
) -> None:
    seen = {SENDER.email: frozenset(BOB.answers)}
    both = (result(Outcome.REGISTERED, one, visible=seen) for one in (JAN, BOB))
    (mail, *_) = compose(decided(Outcome.REGISTERED, *both), arrival(), installed, NOW)
    said = next(line for line in mail.text.splitlines() if line.startswith("Bob De Wit (INS-0003)"))
    diet = installed.forms["kennisplatform"].field("diet")
    assert diet is not None
    assert "; 0478 12 34 56;" in f"{said};"
    assert f"{diet.label}: vegetarisch" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_wrote_nothing_is_not_told_that_they_used_a_former_form(
    language: str, in_language: Callable[[str], Settings]
) -> None:
    def lines(*notes: Note) -> list[set[str]]:
        """The lines of the mail to who wrote, and of that to whom it is about."""
        of_both = result(Outcome.REGISTERED, ELS, notes=notes)
        answers = compose(decided(Outcome.REGISTERED, of_both), arrival(), in_language(language), NOW)[:2]
        return [set(answer.text.splitlines()) for answer in answers]

    wrote, was_told = (marked - plain for marked, plain in zip(lines(Note.FORMER_FORM), lines(), strict=True))
    assert wrote and was_told
    assert wrote.isdisjoint(was_told)


def test_who_the_secretary_keeps_waiting_is_not_told_of_a_place_that_comes_free(
    in_language: Callable[[str], Settings],
) -> None:
    waits = replace(JAN, status=Status.WAITLISTED)
    kept = replace(waits, reason=say(Says.PUT_TO_WAIT))
    texts = []
    for one in (waits, kept):
        decision = decided(Outcome.WAITLISTED, result(Outcome.WAITLISTED, one))
        texts.append(compose(decision, arrival(), in_language("nl"), NOW)[0].text)
    assert ["Komt er een plaats vrij" in text for text in texts] == [True, False]
    assert "Verandert daar iets aan, dan hoort u dat per mail." in texts[1]


def test_who_gave_no_name_reads_of_their_registration_in_words(
    in_language: Callable[[str], Settings],
) -> None:
    nameless = replace(BOB, status=Status.INCOMPLETE, answers={"attends": True})
    decision = decided(Outcome.INCOMPLETE, result(Outcome.INCOMPLETE, nameless))
    text = compose(decision, arrival(), in_language("nl"), NOW)[0].text
    assert "van INS-" not in text
    assert "Uw inschrijving" in text


def test_somebody_without_a_name_is_told_by_their_address_and_not_by_their_body(
    in_language: Callable[[str], Settings],
) -> None:
    answers = {"organisation": "Oostkamp", "email": "jp@oostkamp.example", "attends": False}
    one = replace(BOB, status=Status.EXCUSED, answers=answers)
    seen = {SENDER.email: frozenset(answers)}
    decision = decided(Outcome.EXCUSED, result(Outcome.EXCUSED, one, visible=seen))
    text = compose(decision, arrival(), in_language("nl"), NOW)[0].text
    assert "jp@oostkamp.example is verontschuldigd" in text
    assert "Oostkamp is verontschuldigd" not in text


def test_who_wrote_a_sensitive_answer_that_is_not_shown_to_them_hears_why(installed: Settings) -> None:
    doubt = Problem(0, "diet", Code.UNSURE, Reason.CONFIRM, "vegetarisch?")
    told = result(Outcome.REGISTERED, ELS, problems=(doubt,), visible={SENDER.email: frozenset()})
    writer, _ = compose(decided(Outcome.REGISTERED, told), arrival(), installed, NOW)[:2]
    assert "- Dieetwensen: uw antwoord is niet duidelijk (het is persoonlijk, daarom herhalen" in writer.text
    assert "vegetarisch?" not in writer.text

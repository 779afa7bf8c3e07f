"""Forms typed in mails, under quotes and inside them, and what around them is no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import ParsedDocument, ParseStatus
from mailbot.domain.message import Address
from mailbot.domain.submission import Intent, Submission, SubmissionKind
from mailbot.pipeline.interpret import understand
from tests.extraction.blocks import answers, doubts, grid, line, lines, mail

Read = Callable[..., Submission]

TYPED = "Naam: Peeters\nVoornaam: Jan\nGemeente: Brugge"
JAN = {"last_name": "Peeters", "first_name": "Jan", "organisation": "Brugge"}


def test_a_form_typed_in_the_mail_is_a_form(read: Read) -> None:
    assert answers(read(message=mail(*lines(f"Beste\nHierbij mijn inschrijving.\n{TYPED}")))) == [JAN]


def test_a_missing_address_is_no_problem_where_the_sender_has_one(read: Read) -> None:
    assert doubts(read(message=mail(*lines(TYPED)))) == set()
    assert doubts(read(*lines("Inschrijving\n" + TYPED))) == {(0, "email", "missing")}


def test_a_form_typed_below_a_signature_is_no_part_of_it(read: Read) -> None:
    signed = ("An Smet", "Tel: 050 40 55 00", *TYPED.splitlines())
    body = (line(text, number, signature=True) for number, text in enumerate(signed))
    assert answers(read(message=mail(line("Groeten", 9, signature=True), *body))) == [JAN]


def test_the_senders_signature_is_no_answer(read: Read) -> None:
    signed = (
        *lines(f"{TYPED}\nMet vriendelijke groeten\nAn Smet\nTel: 050 40 55 00\nE-mail: an@post.example"),
    )
    assert answers(read(message=mail(*signed))) == [JAN]
    marked = (*lines(TYPED), line("Functie: secretaresse", 8, signature=True))
    assert answers(read(message=mail(*marked))) == [JAN]


def test_a_form_filled_in_inside_the_quoted_invitation_counts(read: Read) -> None:
    invitation = lines(
        "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken\n"
        "Naam *: Peeters\nVoornaam *: Jan\nGemeente/OCMW *: Brugge\nE-mail *:",
        quote=1,
        first=5,
    )
    assert answers(read(message=mail(*lines("Zie hieronder."), *invitation))) == [JAN]


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("Zie hieronder.", True),
        ("Mijn antwoorden in het rood", True),
        ("", True),
        ("Bedankt, tot dan", False),
    ],
)
def test_answers_inside_a_quoted_invitation_count_where_the_sender_points_there(
    read: Read, words: str, comes: bool
) -> None:
    quoted = lines(f"Graag nodigen wij u uit op het Kennisplatform.\n{TYPED}", quote=1, first=5)
    message = mail(*lines(words), *quoted, subject="RE: Kennisplatform Intergemeentelijk Samenwerken")
    assert answers(read(message=message)) == ([JAN] if comes else [])


def test_answers_typed_below_quoted_questions_count(read: Read) -> None:
    title = line("Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken", 1, quote=1)
    blocks = [title]
    for number, (label, value) in enumerate(
        [("Naam", "Peeters"), ("Voornaam", "Jan"), ("Gemeente", "Brugge")]
    ):
        blocks += [line(f"{label}:", 10 + 2 * number, quote=1), line(value, 11 + 2 * number)]
    assert answers(read(message=mail(*blocks))) == [JAN]


def test_thanks_above_our_quoted_confirmation_register_nobody(read: Read) -> None:
    ours = lines(
        f"Beste Jan\nUw inschrijving is goed ontvangen.\n{TYPED}\nDeze mail is automatisch verstuurd.",
        quote=1,
    )
    submission = read(message=mail(*lines("Dank, tot dan"), *ours))
    assert submission.found is SubmissionKind.NO_FORM
    assert submission.people == ()


def test_thanks_above_our_confirmation_without_a_mark_of_quotes_register_nobody(
    settings: Settings, now: datetime
) -> None:
    text = f"Beste Jan\nUw inschrijving is goed ontvangen.\n{TYPED}\nDeze mail is automatisch verstuurd."
    ours = frozenset(text.splitlines())
    unmarked = mail(*lines("Dank, tot dan"), *lines(text, first=5))
    submission = understand(unmarked, (), settings, frozenset(), now, ours=ours)
    assert (submission.found, submission.people) == (SubmissionKind.NO_FORM, ())


def test_a_quoted_form_left_open_registers_nobody(read: Read) -> None:
    invitation = lines("Naam *:\nVoornaam *:\nGemeente/OCMW *:\nE-mail *:", quote=1)
    assert read(message=mail(*lines("Ik kom graag."), *invitation)).people == ()


def test_the_attachment_goes_before_the_text(read: Read) -> None:
    submission = read(
        *lines("Inschrijving\nNaam: Smet\nVoornaam: An\nGemeente: Damme"), message=mail(*lines(TYPED))
    )
    assert [person["last_name"] for person in answers(submission)] == ["Smet"]


def test_the_same_form_as_word_and_as_pdf_is_one_person(settings: Settings, now: datetime) -> None:
    form = lines("Inschrijving\n" + TYPED)
    readings = tuple(ParsedDocument(name, ParseStatus.READ, form) for name in ("a.docx", "a.pdf"))
    assert answers(understand(mail(), readings, settings, frozenset(), now)) == [JAN]


def test_two_forms_are_two_people(settings: Settings, now: datetime) -> None:
    readings = (
        ParsedDocument("a.docx", ParseStatus.READ, lines("Inschrijving\n" + TYPED)),
        ParsedDocument(
            "b.docx", ParseStatus.READ, lines("Inschrijving\nNaam: Smet\nVoornaam:\nGemeente: Brugge")
        ),
    )
    submission = understand(mail(), readings, settings, frozenset(), now)
    assert [person["last_name"] for person in answers(submission)] == ["Peeters", "Smet"]
    assert doubts(submission) == {(1, "first_name", "missing")}


def test_our_own_address_is_never_a_participants(read: Read) -> None:
    submission = read(*lines(f"Inschrijving\n{TYPED}\nE-mail: inschrijvingen@overleg.example"))
    assert doubts(submission) == {(0, "email", "invalid")}


def test_lines_of_the_form_are_not_the_senders_words(read: Read) -> None:
    submission = read(message=mail(*lines(f"Beste\nIs er parking?\n{TYPED}")))
    assert "Is er parking?" in submission.question
    assert "Peeters" not in submission.words


PEOPLE = grid([["Nr", "Voornaam", "Naam", "Bestuur"], ["1", "Jan", "Peeters", "Brugge"]])


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("In bijlage onze deelnemers voor het Kennisplatform.", True),
        ("Gelieve volgende inschrijvingen te noteren.", True),
        ("Ter info de deelnemers van vorige keer.", False),
        ("Hierbij de lijst.", False),
    ],
)
def test_a_list_of_participants_registers_where_the_mail_says_so(read: Read, words: str, comes: bool) -> None:
    message = mail(line(words), subject="Kennisplatform")
    submission = read(*lines("Deelnemerslijst"), PEOPLE, name="Deelnemerslijst.xlsx", message=message)
    assert [p["last_name"] for p in answers(submission)] == (["Peeters"] if comes else [])


def test_a_municipality_alone_in_a_row_is_above_its_people(read: Read) -> None:
    table = grid([["Naam", "Voornaam"], ["Damme", ""], ["Peeters", "Jan"], ["Brugge", ""], ["Smet", "An"]])
    submission = read(*lines("Inschrijvingen"), table)
    assert [(p["last_name"], p["organisation"]) for p in answers(submission)] == [
        ("Peeters", "Damme"),
        ("Smet", "Brugge"),
    ]
    assert {(0, "organisation", "unsure"), (1, "organisation", "unsure")} <= doubts(submission)


@pytest.mark.parametrize("name", ["Jan", "Jan Peeters", "JAN PEETERS"])
def test_the_name_below_a_remark_is_no_part_of_it(read: Read, name: str) -> None:
    (person,) = answers(read(*lines(f"Inschrijving\n{TYPED}\nOpmerkingen: Is er parking?\n{name}")))
    assert person["remarks"] == "Is er parking?"


def test_another_name_below_a_remark_stays_in_it(read: Read) -> None:
    (person,) = answers(read(*lines(f"Inschrijving\n{TYPED}\nOpmerkingen: ik rijd mee met\nAn Claes")))
    assert "An Claes" in str(person["remarks"])


@pytest.mark.parametrize(
    ("sender", "subject", "elsewhere"),
    [
        ("Jan Peeters <jan@brugge.example>", "Inschrijving Kennisplatform Jan Peeters", False),
        ("Els Maes <els@brugge.example>", "Inschrijving Kennisplatform Peeters Jan", False),
        ("Jan Peeters <jan@brugge.example>", "Inschrijving Kennisplatform Digitaal Archief", True),
        ("Jan Peeters <jan@brugge.example>", "Inschrijving Kennisplatform Peeters en zonen", True),
    ],
)
def test_whose_name_stands_in_the_subject_is_no_title_of_another_meeting(
    read: Read, sender: str, subject: str, elsewhere: bool
) -> None:
    submission = read(
        message=replace(mail(*lines(TYPED), subject=subject), sender=Address(*reversed(parseaddr(sender))))
    )
    assert any(not clue.event for clue in submission.clues) is elsewhere


@pytest.mark.parametrize(
    "said",
    [
        "Mijn vrouw Rita komt mee.",
        "Mijn collega Els Maes komt ook.",
        "We zijn met twee.",
        "Ik kom pas om 15 uur.",
        "Ik zit in een rolstoel, dus graag een plaats vooraan.",
        "Ik ben allergisch voor noten.",
        "Schepen Els Maes laat zich verontschuldigen.",
        "Je viendrai accompagné de mon épouse.",
        "Graag een tolk Vlaamse Gebarentaal.",
        "Mijn collega Els Maes komt ook. Ik ben allergisch voor noten.",
    ],
)
def test_what_words_beside_a_form_tell_more_than_it_is_passed_on(read: Read, said: str) -> None:
    submission = read(message=mail(*lines(f"Beste\nHierbij mijn inschrijving. {said}\n{TYPED}")))
    assert (answers(submission), submission.question) == ([JAN], said)


@pytest.mark.parametrize(
    "said",
    [
        "Gelieve in bijlage mijn ingevuld inschrijvingsformulier te willen vinden.",
        "Hierbij de inschrijving van mijn collega Jan Peeters.",
        "Ik kijk alvast uit naar de bijeenkomst. Indien u nog vragen hebt, bel gerust.",
        "Normaal ben ik er van bij het begin bij. Tot volgende week, hopelijk met mooi weer.",
        "Zoals vermeld eet ik vegetarisch.",
        "Mijn gsm is 0478 12 34 56.",
    ],
)
def test_what_a_form_says_itself_or_a_courtesy_is_not_passed_on(read: Read, said: str) -> None:
    form = f"{TYPED}\nTelefoon: 0478/12.34.56\nDieetwensen: vegetarisch"
    submission = read(message=mail(*lines(f"Beste\nHierbij mijn inschrijving. {said}\n{form}")))
    assert (len(submission.people), submission.question) == (1, "")


@pytest.mark.parametrize(
    ("said", "excused"),
    [
        ("Op de sportraad ben ik er niet bij.", False),
        ("Ik kan niet naar de jeugdraad komen.", False),
        ("Op de klimaattafel kan ik niet aanwezig zijn.", False),
        ("Ik ben er niet bij.", True),
        ("Op jullie vergadering ben ik er niet bij.", True),
        ("Op het kennisplatform ben ik er niet bij.", True),
        ("Ik moet naar de gemeenteraad en kan er niet bij zijn.", True),
    ],
)
def test_staying_away_from_a_meeting_of_others_excuses_nobody_from_ours(
    read: Read, said: str, excused: bool
) -> None:
    answer = replace(mail(*lines(f"Beste\n{said}")), subject="Re: uw inschrijving")
    assert (read(message=answer).intent is Intent.EXCUSE) is excused

"""Every kind of field, wherever an answer to it may stand: a form, a mail, an answer to a question of
ours, the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot import blank_forms, documents
from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import Location, Part
from mailbot.domain.doubt import Reason
from mailbot.domain.form import KIND_TRAITS, FieldKind, Form, FormField
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Code, Problem, Submission, SubmissionKind, Value
from mailbot.extraction.values.kinds import READERS, ValueContext, read_value
from mailbot.intent.classifier import read_intent
from mailbot.intent.follow_up import complete
from mailbot.message import parse
from mailbot.pipeline.interpret import understand
from mailbot.workbook.form_sheet import KINDS
from mailbot.workbook.values import shown, typed
from tests.blank_forms import filling
from tests.blank_forms.building import INSTALLED
from tests.extraction.blocks import lines

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
EVENT = "kennisplatform"

#: A good answer of each kind, as somebody writes it.
ANSWERS: dict[FieldKind, Value] = {
    FieldKind.TEXT: "schepen",
    FieldKind.LONG_TEXT: "Ik kom met de trein\nGraag een plaats vooraan",
    FieldKind.NAME: "Claeys",
    FieldKind.EMAIL: "an.maes@damme.example",
    FieldKind.PHONE: "0478 12 34 56",
    FieldKind.ORGANISATION: "Damme",
    FieldKind.YES_NO: True,
    FieldKind.CHOICE: "met de fiets",
    FieldKind.NUMBER: "12",
    FieldKind.DATE: "3/12/2026",
    FieldKind.ADDRESS: "Kerkstraat 1\n8310 Brugge",
    FieldKind.POSTCODE: "8310",
    FieldKind.BIRTH_DATE: "30/07/1985",
    FieldKind.NATIONAL_NUMBER: "85.07.30-033.28",
    FieldKind.PLATE: "1-ABC-123",
    FieldKind.IBAN: "BE68 5390 0754 7034",
}


def asking(kind: FieldKind) -> Form:
    """A form that asks who somebody is, and one thing of this kind."""
    choices = ("met de trein", "met de fiets") if kind is FieldKind.CHOICE else ()
    asked = FormField(key="asked", label="Gevraagd gegeven", kind=kind, choices=choices)
    own = INSTALLED.forms[EVENT]
    kept = [own.field("last_name"), own.field("first_name"), own.field("email"), asked]
    return Form.model_validate({"id": EVENT, "title": own.title, "field": kept})


def installed(kind: FieldKind) -> Settings:
    return replace(INSTALLED, forms={**INSTALLED.forms, EVENT: asking(kind)})


def said(submission: Submission) -> dict[str, Value]:
    assert submission.found is SubmissionKind.FORM
    assert submission.problems == ()
    assert len(submission.people) == 1
    return {key: answer.value for key, answer in submission.people[0].answers.items()}


def test_every_kind_has_a_row_and_a_reader_and_is_named_to_the_secretary() -> None:
    assert set(KIND_TRAITS) == set(READERS) == set(KINDS) == set(ANSWERS) == set(FieldKind)


@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
@pytest.mark.parametrize("kind", FieldKind)
def test_it_is_asked_by_our_blank_form_and_read_back(kind: FieldKind, suffix: str) -> None:
    settings, value = installed(kind), ANSWERS[kind]
    person = {"last_name": "Peeters", "first_name": "Jan", "email": "jan@oostkamp.example", "asked": value}
    event, form = settings.events[EVENT], settings.forms[EVENT]
    blank = blank_forms.make(event, form, suffix, settings)
    filled = getattr(filling, suffix)(blank, person, form)
    reading = documents.read(Part(f"f.{suffix}", "", filled), Location())
    lines_of_form = blank_forms.lines(event, form, settings)
    assert said(understand(None, (reading,), settings, lines_of_form, NOW)) == person


@pytest.mark.parametrize("kind", FieldKind)
def test_it_is_read_on_a_sheet_of_people(kind: FieldKind) -> None:
    settings, value = installed(kind), ANSWERS[kind]
    person = {"last_name": "Peeters", "first_name": "Jan", "email": "jan@oostkamp.example", "asked": value}
    event, form = settings.events[EVENT], settings.forms[EVENT]
    filled = filling.xlsx(blank_forms.make(event, form, "xlsx", settings), [person], form)
    reading = documents.read(Part("f.xlsx", "", filled), Location())
    lines_of_form = blank_forms.lines(event, form, settings)
    assert said(understand(None, (reading,), settings, lines_of_form, NOW)) == person


@pytest.mark.parametrize("kind", FieldKind)
def test_it_is_read_in_the_text_of_a_mail(kind: FieldKind) -> None:
    settings, value = installed(kind), ANSWERS[kind]
    written = {True: "ja"}.get(value, value) if isinstance(value, bool) else value
    text = f"Naam: Peeters\nVoornaam: Jan\nE-mail: jan@oostkamp.example\nGevraagd gegeven: {written}"
    message = replace(
        parse(b"From: jan@x.example\nSubject: Inschrijving\n\nx", frozenset()), body=lines(text)
    )
    assert said(understand(message, (), settings, frozenset(), NOW))["asked"] == value


@pytest.mark.parametrize("kind", FieldKind)
def test_it_is_read_in_answer_to_a_question(kind: FieldKind) -> None:
    settings, value = installed(kind), ANSWERS[kind]
    written = "ja" if value is True else str(value)
    assert said(answered(f"Gevraagd gegeven: {written}", settings))["asked"] == value


@pytest.mark.parametrize("kind", FieldKind)
def test_it_comes_back_from_the_workbook_as_it_went_in(kind: FieldKind) -> None:
    value = ANSWERS[kind]
    back = typed(shown(value, kind), kind)
    assert back == ("03/12/2026" if kind is FieldKind.DATE else value)


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if not kind.traits.offered])
@pytest.mark.parametrize("nothing", ["nvt", "n.v.t.", "/", "-", "geen", "niet nodig"])
def test_nothing_is_nothing_on_a_form_and_in_an_answer(kind: FieldKind, nothing: str) -> None:
    field = asking(kind).field("asked")
    assert field is not None
    none = "0" if (kind, nothing) == (FieldKind.NUMBER, "geen") else None
    assert read_value(field, nothing, ValueContext()).value == none
    told = answered(f"Gevraagd gegeven: {nothing}", installed(kind))
    assert all(person.text("asked") == (none or "") for person in told.people)


@pytest.mark.parametrize(
    ("said", "is_doubted"), [("niet nodig (zie fiche)", True), ("brood (geen kaas)", False)]
)
def test_none_with_a_remark_in_brackets_is_doubted(said: str, is_doubted: bool) -> None:
    field = asking(FieldKind.TEXT).field("asked")
    assert field is not None
    assert bool(read_value(field, said, ValueContext()).code) is is_doubted


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if not kind.traits.offered])
def test_idem_is_nobodys_value_in_an_answer(kind: FieldKind) -> None:
    told = answered("Gevraagd gegeven: idem", installed(kind))
    assert all("asked" not in person.answers for person in told.people)
    assert [(p.field, p.code) for p in told.problems] == [("asked", Code.UNSURE)]


def answered(text: str, settings: Settings) -> Submission:
    """What a reply says that was asked for the one thing."""
    form = settings.forms[EVENT]
    doubts = (Problem(0, "asked", Code.MISSING, Reason.MISSING),)
    waiting = Registration("INS-0007", EVENT, Status.INCOMPLETE, {}, NOW, NOW, NOW, doubts=doubts)
    message = parse(f"From: jan@x.example\nSubject: Re: u\n\n{text}\n".encode(), frozenset())
    wish = read_intent(message)
    words = Submission(SubmissionKind.NO_FORM, intent=wish.intent, words=wish.words, question=wish.question)
    return complete(words, PendingQuestion(Ask.INCOMPLETE, EVENT, ("INS-0007",), (waiting,)), form, settings)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (FieldKind.NATIONAL_NUMBER, "85073003328", None),
        (FieldKind.NATIONAL_NUMBER, "85.07.30-033.61", Code.INVALID),
        (FieldKind.NATIONAL_NUMBER, "1234", Code.INVALID),
        (FieldKind.IBAN, "be68539007547034", None),
        (FieldKind.IBAN, "BE68 5390 0754 7035", Code.INVALID),
        (FieldKind.IBAN, "BE68 5390 0754 703", Code.INVALID),
        (FieldKind.IBAN, "NL91 ABNA 0417 1643 00", None),
        (FieldKind.POSTCODE, "B-8310", None),
        (FieldKind.POSTCODE, "1234 AB", None),
        (FieldKind.POSTCODE, "Brugge", Code.INVALID),
        (FieldKind.POSTCODE, "123", Code.INVALID),
        (FieldKind.BIRTH_DATE, "30 juli 1985", None),
        (FieldKind.BIRTH_DATE, "30 juli", Code.UNSURE),
        (FieldKind.BIRTH_DATE, "30/07/85", None),
        (FieldKind.BIRTH_DATE, "31/02/1985", Code.INVALID),
        (FieldKind.BIRTH_DATE, "in de zomer", Code.INVALID),
        (FieldKind.PLATE, "1 abc 123", None),
        (FieldKind.PLATE, "ABC-123", None),
        (FieldKind.PLATE, "B-RUGGE", Code.UNSURE),
        (FieldKind.PLATE, "geen idee nog", Code.INVALID),
        (FieldKind.ADDRESS, "8310", Code.INVALID),
        (FieldKind.ADDRESS, "an@damme.example", Code.UNSURE),
    ],
)
def test_what_carries_a_check_is_checked(kind: FieldKind, text: str, code: Code | None) -> None:
    assert read_value(FormField(key="asked", label="x", kind=kind), text, ValueContext()).code is code


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("zelfde als vorige keer", None, Reason.REFERS_ELSEWHERE),
        ("(zie mijn mail)", None, Reason.REFERS_ELSEWHERE),
        ("same as last year", None, Reason.REFERS_ELSEWHERE),
        ("Zoals vorig jaar", None, Reason.REFERS_ELSEWHERE),
        ("Zoals altijd vegetarisch", "Zoals altijd vegetarisch", None),
        ("Zelfde als vorige keer: geen noten", "Zelfde als vorige keer: geen noten", None),
        ("ZIE PERSOON NR. 1", None, Reason.REFERS_ELSEWHERE),
        ("zelfde als deelnemer 2", None, Reason.REFERS_ELSEWHERE),
        ("voir participante 1", None, Reason.REFERS_ELSEWHERE),
        ("Zie Persoons", "Zie Persoons", None),
        ("volgt nog", "volgt nog", Reason.NOT_YET),
        ("Nog niet bekend", "Nog niet bekend", Reason.NOT_YET),
        ("to be sent later", "to be sent later", Reason.NOT_YET),
        ("pas encore", "pas encore", Reason.NOT_YET),
        ("Volgt de cursus al", "Volgt de cursus al", None),
        ("nog geen lid, wel geabonneerd", "nog geen lid, wel geabonneerd", None),
    ],
)
def test_an_answer_that_is_elsewhere_or_still_to_come_is_doubted(
    text: str, value: str | None, reason: Reason | None
) -> None:
    read = read_value(FormField(key="asked", label="x", kind=FieldKind.TEXT), text, ValueContext())
    assert (read.value, read.reason if read.code else None) == (value, reason)
    remark = read_value(FormField(key="asked", label="x", kind=FieldKind.LONG_TEXT), text, ValueContext())
    assert (remark.value, remark.code) == (text, None)


@pytest.mark.parametrize("text", ["volgt nog", "nog niet geweten", "zie mijn mail", "noch offen"])
def test_an_address_that_is_not_there_yet_is_doubted(text: str) -> None:
    address = FormField(key="asked", label="x", kind=FieldKind.ADDRESS)
    assert read_value(address, text, ValueContext()).code is Code.UNSURE


@pytest.mark.parametrize("born", ["17073003384", "00010112392", "01020300150"])
def test_somebody_born_since_2000_has_a_number_too(born: str) -> None:
    first, check = born[:9], 97 - int("2" + born[:9]) % 97
    number = FormField(key="n", label="x", kind=FieldKind.NATIONAL_NUMBER)
    assert read_value(number, f"{first}{check:02}", ValueContext()).code is None


def test_zeros_that_a_spreadsheet_took_off_a_national_number_are_put_back() -> None:
    number = FormField(key="n", label="x", kind=FieldKind.NATIONAL_NUMBER)
    check = 97 - int("2050203001") % 97
    assert read_value(number, f"50203001{check:02}", ValueContext()).value == f"050203001{check:02}"


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind.traits.sensitive])
def test_a_doubt_about_a_sensitive_answer_does_not_repeat_it(kind: FieldKind) -> None:
    field = FormField(key="asked", label="x", kind=kind)
    assert field.is_sensitive
    assert field.is_cleared
    told = read_value(field, "99.99.99-999.98", ValueContext())
    assert told.code is not None
    assert "99" not in told.detail


def test_a_form_has_the_last_word_on_what_is_sensitive() -> None:
    assert not FormField(key="p", label="x", kind=FieldKind.PLATE, sensitive=False).is_sensitive
    assert FormField(key="t", label="x", sensitive=True).is_sensitive
    shipped = INSTALLED.forms[EVENT]
    assert {field.key for field in shipped.cleared} == {"diet", "remarks"}


def test_check_digits_that_fit_are_not_enough_for_a_number_that_cannot_be() -> None:
    number = FormField(key="n", label="x", kind=FieldKind.NATIONAL_NUMBER)
    thirteenth = f"851330033{97 - 851330033 % 97:02}"
    assert read_value(number, thirteenth, ValueContext()).code is Code.INVALID
    account = FormField(key="a", label="x", kind=FieldKind.IBAN)
    bban = "53900754703"  # a digit short for Belgium
    check = 98 - int(f"{bban}111400") % 97  # B is 11, E is 14
    assert read_value(account, f"BE{check:02}{bban}", ValueContext()).code is Code.INVALID


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.NAME, "Bo?", "Bo"),
        (FieldKind.TEXT, "dir. (?)", "dir."),
        (FieldKind.PHONE, "050 81 01 01 ?", "050 81 01 01"),
        (FieldKind.EMAIL, "bo@damme.example?", "bo@damme.example"),
    ],
)
def test_a_question_mark_behind_an_answer_doubts_it(kind: FieldKind, text: str, value: str) -> None:
    read = read_value(FormField(key="asked", label="Gevraagd", kind=kind), text, ValueContext())
    assert (read.value, read.code, read.reason) == (value, Code.UNSURE, Reason.CONFIRM)


def test_a_question_where_people_write_freely_is_no_doubt() -> None:
    for kind, text in ((FieldKind.LONG_TEXT, "Is er een lift?"), (FieldKind.TEXT, "kan ik ook later komen?")):
        read = read_value(FormField(key="asked", label="Gevraagd", kind=kind), text, ValueContext())
        assert (read.value, read.code) == (text, None)

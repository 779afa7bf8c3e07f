"""What is filled in on a form of ours is read back exactly, in every suffix."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot import blank_forms, documents
from mailbot.domain.document import Location, Part, Unit
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Submission, SubmissionKind, Value
from mailbot.pipeline.interpret import understand
from tests.blank_forms import filling
from tests.blank_forms.building import EVENTS, INSTALLED

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

_FIRST = ("Jan", "Anne-Mie", "Zoë", "Jean-Pierre", "Noël", "An", "Marie Louise")
_LAST = ("Peeters", "Van den Broeck", "D'hondt", "De Smet-Claes", "Lefèvre", "van de Velde", "Maes")
_ORGANISATIONS = ("Beernem", "Knokke-Heist", "OCMW Brugge", "Stad Torhout", "gemeente Zuienkerke", "Damme")
_PHONES = ("0478 12 34 56", "050 31 22 11", "+32 50 31 22 11")
_ROLES = ("schepen", "algemeen directeur", "raadslid & fractieleider", "diensthoofd ICT/GIS")
_TEXTS = (
    "vegetarisch",
    "glutenvrij (coeliakie)",
    "geen noten of pinda's",
    "Ik kom met de trein van 13.12 uur",
    "Fietspaden langs de N 9 <bis>",
)

ANSWERS = {
    FieldKind.NAME: st.sampled_from(_LAST),
    FieldKind.TEXT: st.sampled_from(_ROLES),
    FieldKind.LONG_TEXT: st.sampled_from(_TEXTS),
    FieldKind.ORGANISATION: st.sampled_from(_ORGANISATIONS),
    FieldKind.PHONE: st.sampled_from(_PHONES),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.NUMBER: st.integers(1, 5000).map(str),
    FieldKind.EMAIL: st.from_regex(r"[a-z]{2,8}\.[a-z]{2,10}@(oostkamp|wvi)\.example", fullmatch=True),
}


def _answer(field: FormField) -> st.SearchStrategy[Value]:
    if field.key == "first_name":
        return st.sampled_from(_FIRST)
    if field.key == "diet":
        return st.sampled_from(_TEXTS[:3])
    return ANSWERS[field.kind]


def people(form: Form) -> st.SearchStrategy[dict[str, Value]]:
    """Valid answers to a form: all that it needs, and some of the rest."""
    needed = {field.key: _answer(field) for field in form.fields if field.required}
    optional = {field.key: _answer(field) for field in form.fields if not field.required}
    return st.fixed_dictionaries(needed, optional=optional)


def read(data: bytes, suffix: str, event: str) -> Submission:
    """What mailbot understands from a file."""
    lines = blank_forms.lines(INSTALLED.events[event], INSTALLED.forms[event], INSTALLED)
    reading = documents.read(
        Part(f"formulier.{suffix}", "", data), Location().at(Unit.ATTACHMENT, f"formulier.{suffix}")
    )
    return understand(None, (reading,), INSTALLED, lines, NOW)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_one_person_fills_in_is_read_back(data: st.DataObject, suffix: str, event: str) -> None:
    form = INSTALLED.forms[event]
    answers = data.draw(people(form))
    blank = blank_forms.make(INSTALLED.events[event], form, suffix, INSTALLED)
    understood = read(getattr(filling, suffix)(blank, answers, form), suffix, event)
    assert understood.found is SubmissionKind.FORM
    assert understood.form == event
    assert {clue.event for clue in understood.clues if not clue.stale} == {event}
    assert [{k: a.value for k, a in p.answers.items()} for p in understood.people] == [answers]
    assert not understood.problems


@pytest.mark.parametrize("event", EVENTS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_several_people_fill_in_on_a_sheet_is_read_back(data: st.DataObject, event: str) -> None:
    form = INSTALLED.forms[event]
    most = 1 if form.per_organisation else 6
    several = data.draw(st.lists(people(form), min_size=1, max_size=most, unique_by=lambda p: p["email"]))
    blank = blank_forms.make(INSTALLED.events[event], form, "xlsx", INSTALLED)
    understood = read(filling.xlsx(blank, several, form), "xlsx", event)
    assert understood.found is SubmissionKind.FORM
    assert [{k: a.value for k, a in p.answers.items()} for p in understood.people] == several
    assert not understood.problems


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("suffix", blank_forms.FORMATS)
def test_an_empty_form_is_blank_and_names_its_event(suffix: str, event: str) -> None:
    blank = blank_forms.make(INSTALLED.events[event], INSTALLED.forms[event], suffix, INSTALLED)
    understood = read(blank, suffix, event)
    assert understood.found is SubmissionKind.BLANK
    assert understood.people == ()
    assert {clue.event for clue in understood.clues if not clue.stale} == {event}


@pytest.mark.parametrize("suffix", blank_forms.FORMATS)
def test_a_form_made_before_the_date_moved_is_known_for_one(suffix: str) -> None:
    event = INSTALLED.events["kennisplatform"]
    form = INSTALLED.forms["kennisplatform"]
    earlier = event.model_copy(update={"place": "Stadhuis, Brugge"})
    blank = blank_forms.make(earlier, form, suffix, INSTALLED)
    understood = read(blank, suffix, "kennisplatform")
    assert any(clue.stale for clue in understood.clues)

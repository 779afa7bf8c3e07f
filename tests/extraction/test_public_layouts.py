"""Layouts that the public forms of schools, clubs and conferences have, each in its smallest file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.submission import Code, Submission, SubmissionKind
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox
from tests.extraction.blocks import answers

FILES = Path(__file__).with_name("layouts")
JAN = {"last_name": "Peeters", "first_name": "Jan", "organisation": "Damme", "email": "jan@damme.example"}
REACHED = {"role": "schepen", "phone": "0478 11 22 33"}
BOXES = {"last_name": "PEETERS", "first_name": "JAN", "organisation": "DAMME", "email": JAN["email"]}
NAMED = {key: JAN[key] for key in ("last_name", "first_name", "organisation")}


def read(name: str, settings: Settings, now: datetime) -> Submission:
    with Sandbox(children=1) as sandbox:
        message, readings = read_file(name, (FILES / name).read_bytes(), sandbox, settings)
    return understand(message, readings, settings, frozenset(), now, form="kennisplatform")


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("01-lines-of-underscores.docx", JAN),
        ("02-letterhead.docx", {**NAMED, "email": "jan@beernem.example", "phone": "0478 11 22 33"}),
        ("02b-letterhead-email-open.docx", NAMED),
        ("03-other-section.docx", JAN),
        ("05-label-value-label-value.docx", {**JAN, **REACHED}),
        ("05b-label-value-label-value-merged.docx", {**JAN, **REACHED}),
        ("07-caption-under-line.docx", JAN),
        ("08-letter-boxes.docx", BOXES),
        ("09-stacked-labels.docx", JAN),
        ("10b-typed-over-dots.pdf", JAN),
        ("11-value-above-baseline.pdf", {**JAN, **REACHED}),
        ("14-labels-above-boxes.pdf", {**JAN, **REACHED}),
        ("15-sentence-below-open-label.docx", JAN),
        ("16-ticks-as-statements.docx", {**JAN, "attends": True}),
    ],
)
def test_one_person_is_read_and_nothing_around_them(
    name: str, person: dict[str, object], settings: Settings, now: datetime
) -> None:
    submission = read(name, settings, now)
    assert answers(submission) == [person]
    assert {problem.code for problem in submission.problems} <= {Code.MISSING}


@pytest.mark.parametrize(
    "name",
    ["06-blank-unknown-labels-beside.docx", "06b-blank-one-column.docx", "06c-blank-label-above-box.docx"],
)
def test_a_blank_form_is_nobody_whatever_else_is_printed_on_it(
    name: str, settings: Settings, now: datetime
) -> None:
    submission = read(name, settings, now)
    assert (submission.found, submission.people) == (SubmissionKind.BLANK, ())


def test_answers_typed_behind_several_blanks_are_doubted(settings: Settings, now: datetime) -> None:
    submission = read("10-typed-over-underscores.pdf", settings, now)
    (person,) = submission.people
    doubted = {problem.field for problem in submission.problems if problem.code is not Code.MISSING}
    assert person.answers.keys() <= doubted

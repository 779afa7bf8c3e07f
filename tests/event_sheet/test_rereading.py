"""Mails that were not understood are read again once the form that they were measured against is mended."""

from __future__ import annotations

import errno
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from pydantic import Field

from mailbot.domain.form import Form, FormField
from mailbot.service.rereading import known_by
from mailbot.service.workbook_sync import WorkbookSync
from tests.event_sheet.town import Town, answers, in_days

PIET = "Piet Aerts <piet.aerts@beernem.example>"
ELS = "Els Maes <els.maes@beernem.example>"
WRONG, RIGHT = ("Voertuig", "Kenteken", "Garage"), ("Roepnaam", "Geslachtsnaam", "Wie zendt u uit")


def form_asks(town: Town, labels: tuple[str, str, str]) -> None:
    """The form's definition, with these labels for the name, first name and body."""
    keys = (("first_name", "name"), ("last_name", "name"), ("organisation", "organisation"))
    fields = [
        f'[[field]]\nkey = "{key}"\nlabel = "{label}"\nkind = "{kind}"\nrequired = true\n'
        for (key, kind), label in zip(keys, labels, strict=True)
    ]
    folder = town.config.parent / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "dag.toml").write_text('id = "dag"\ntitle = "Dag van de zorg"\n' + "\n".join(fields))


@pytest.fixture
def day(town: Town) -> Town:
    town.config.write_text('forms_dir = "forms"\n' + town.config.read_text().replace("forms_dir", "#"))
    town.event("dag", title="Dag van de zorg", form="dag", deadline=in_days(1).date())
    form_asks(town, WRONG)
    town.run()
    return town


def filled(first: str = "Els", last: str = "Maes") -> tuple[str, bytes]:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for label, answer in zip(RIGHT, (first, last, "Gemeente Beernem"), strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
    out = io.BytesIO()
    document.save(out)
    return "zorg.docx", out.getvalue()


def test_mails_are_read_again_by_a_mended_form_and_judged_by_their_arrival(day: Town) -> None:
    town = day
    came = datetime.now(UTC) - timedelta(hours=3)
    mail = town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled(), at=came)
    plain = town.mail(PIET, "Scan", "Zie bijlage.", filled("Piet", "Aerts"), at=came)
    town.run()
    assert (town.outcome(mail), town.outcome(plain)) == ("review", "no-form")
    form_asks(town, RIGHT)
    passed = datetime.now(ZoneInfo("Europe/Brussels")).replace(tzinfo=None) - timedelta(hours=1)
    town.event("dag", title="Dag van de zorg", form="dag", deadline=passed)
    assert {one["X-Mailbot-Outcome"] for one in answers(town.run())} == {"registered"}
    assert (town.outcome(mail), town.outcome(plain)) == ("registered", "registered")
    assert town.open_cases("dag") == []
    form_asks(town, (*RIGHT[:2], "Gemeente"))
    assert answers(town.run()) == []


def test_whom_we_asked_something_is_read_again_by_a_mended_form(day: Town) -> None:
    town = day
    form_asks(town, (*RIGHT[:2], "Kenteken"))
    mail = town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    (asked,) = answers(town.run())
    assert asked["X-Mailbot-Outcome"] == "incomplete"
    form_asks(town, (*RIGHT[:2], "Garage"))
    assert answers(town.run()) == []  # what is still asked is not asked twice
    form_asks(town, RIGHT)
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    (row,) = town.registrations("dag")
    assert (row["nr"], row["status"]) == ("INS-0001", "Ingeschreven")
    assert (row["first_name"], row["last_name"], row["organisation"]) == ("Els", "Maes", "Gemeente Beernem")
    assert town.outcome(mail) == "registered"


def test_who_answered_our_question_or_was_mended_by_her_is_not_read_again(day: Town) -> None:
    town = day
    form_asks(town, (*RIGHT[:2], "Kenteken"))
    town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    (asked,) = answers(town.run())
    town.mail(PIET, "Inschrijving Dag van de zorg", "In bijlage.", filled("Piet", "Aerts"))
    town.run()
    town.mail(ELS, "Re", "Mijn voornaam is Elsje.", answers=asked)
    town.type_in({(3, "Roepnaam"): "Pieter"}, event="dag")
    town.run()
    before = [(row["first_name"], row["status"]) for row in town.registrations("dag")]
    assert before == [("Els", "Onvolledig"), ("Pieter", "Onvolledig")]  # what Els wrote waits as a case
    form_asks(town, RIGHT)
    assert answers(town.run()) == []
    assert [(row["first_name"], row["status"]) for row in town.registrations("dag")] == before


def test_what_she_decided_or_answered_stands(day: Town) -> None:
    town = day
    mail = town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    town.run()
    town.decide("onduidelijk bericht", "afgehandeld", event="dag")
    form_asks(town, RIGHT)
    assert answers(town.run()) == []
    assert town.registrations("dag") == []
    assert "correct it in the workbook" in town.command("retry", mail)
    assert answers(town.run()) == []


def test_a_decision_typed_beside_the_mend_is_carried_out_first(day: Town) -> None:
    town = day
    town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    town.run()
    town.decide("onduidelijk bericht", "afgehandeld", event="dag")
    form_asks(town, RIGHT)
    town.run()
    assert town.registrations("dag") == []


def test_no_mail_is_read_again_while_a_workbook_cannot_be_read(
    day: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = day
    town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    town.run()
    town.decide("onduidelijk bericht", "afgehandeld", event="dag")
    form_asks(town, RIGHT)
    with monkeypatch.context() as away:
        away.setattr(WorkbookSync, "import_one", _folder_is_away)
        town.command("run", "--once", expect=1)
    town.run()
    assert town.registrations("dag") == []


def _folder_is_away(*_: object) -> None:
    raise OSError(errno.EHOSTDOWN, "Host is down")


def test_retry_reads_a_mail_again_that_nobody_decided_about(day: Town) -> None:
    town = day
    mail = town.mail(ELS, "Inschrijving Dag van de zorg", "In bijlage.", filled())
    town.run()
    assert "handled again in the next round" in town.command("retry", mail)
    town.run()
    assert len(town.open_cases("dag")) == 1
    form_asks(town, RIGHT)
    town.command("retry", mail)
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    assert "correct it in the workbook" in town.command("retry", mail)


def test_a_form_is_not_mended_by_what_a_later_mailbot_knows_of_its_fields() -> None:
    class LaterField(FormField):
        hint: str = ""

    class LaterForm(Form):
        fields: tuple[LaterField, ...] = Field(alias="field")

    told = {"id": "dag", "title": "Dag", "field": [{"key": "name", "label": "Naam", "kind": "name"}]}
    now, other = Form.model_validate(told), {**told, "field": [{**told["field"][0], "label": "Roepnaam"}]}  # type: ignore[dict-item]
    assert known_by(LaterForm.model_validate(told)) == known_by(now)
    assert known_by(Form.model_validate(other)) != known_by(now)

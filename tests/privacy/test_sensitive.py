"""What is sensitive is shown to its person and to the secretary, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config.settings import Settings
from mailbot.decision.edits import decide_edit
from mailbot.domain.case import Edit, EditKind
from mailbot.domain.decision import DecisionContext, Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.form import Form, FormField
from mailbot.domain.registration import Change
from mailbot.domain.submission import Code, Problem
from mailbot.notifications import compose
from mailbot.wording import as_told
from tests.notifications.building import ELS, JAN, NOW, arrival, decided, result, settings

PLATE = "1-ABC-123"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings(Path(tmp_path_factory.mktemp("sensitive")))
    own = made.forms["kennisplatform"]
    plate = FormField.model_validate({"key": "plate", "label": "Nummerplaat", "kind": "plate"})
    form = Form.model_validate({"id": own.id, "title": own.title, "field": [*own.fields, plate]})
    return replace(made, forms={**made.forms, own.id: form})


def test_who_registers_a_colleague_does_not_see_the_colleagues_plate(installed: Settings) -> None:
    els = replace(ELS, answers={**ELS.answers, "plate": PLATE})
    decision = decided(Outcome.REGISTERED, result(Outcome.REGISTERED, els))
    mails = compose(decision, arrival(), installed, NOW)
    to_sender = [mail for mail in mails if mail.to.email == JAN.sender]
    to_els = [mail for mail in mails if mail.to.email == "els.maes@oostkamp.example"]
    assert to_sender
    assert not any(PLATE in mail.text + mail.html for mail in to_sender)
    assert any(PLATE in mail.text for mail in to_els)


def test_a_change_and_a_doubt_of_it_are_not_repeated_to_another_either(installed: Settings) -> None:
    els = replace(ELS, answers={**ELS.answers, "plate": PLATE})
    changed = result(
        Outcome.CHANGED,
        els,
        before=ELS,
        changes=(Change("plate", None, PLATE),),
        problems=(Problem(0, "plate", Code.UNSURE, Reason.PLATE, PLATE),),
    )
    to_sender = compose(decided(Outcome.CHANGED, changed), arrival(), installed, NOW)[0]
    assert to_sender.to.email == JAN.sender
    assert PLATE not in to_sender.text + to_sender.html


def test_the_log_says_that_it_changed_and_not_into_what(installed: Settings) -> None:
    edit = Edit(EditKind.CELL, "Deelnemers, rij 2", JAN.nr, "plate", None, PLATE)
    decision = decide_edit(edit, DecisionContext(registrations=(JAN,)), installed, NOW)
    assert decision.results[0].after is not None
    assert decision.results[0].after.answers["plate"] == PLATE
    assert [as_told(line.what) for line in decision.log] == ["Nummerplaat: aangepast"]

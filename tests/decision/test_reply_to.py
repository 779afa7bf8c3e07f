"""A web form that nobody configured: whom its Reply-To names hears nothing, and the secretary does."""

from __future__ import annotations

import pytest

from mailbot.decision import decide
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Outcome
from mailbot.domain.message import Address

from .building import MORNING, event, form_of, known, mail, person, settings

FORM = "wordpress@damme.example"


@pytest.mark.parametrize(
    ("sender", "other", "cases"),
    [
        (FORM, Address("an.echt@damme.example", "An Vermeersch"), [CaseKind.UNCLEAR]),
        (FORM, Address("an.vermeersch@damme.example"), [CaseKind.UNCLEAR]),
        (FORM, Address("els@damme.example", "Els Maes"), []),
        (FORM, None, []),
        ("an.vermeersch@damme.example", Address("an@thuis.example", "An Vermeersch"), []),
    ],
)
def test_whom_reply_to_names_is_shown_where_the_form_is_not_them(
    sender: str, other: Address | None, cases: list[CaseKind]
) -> None:
    said = form_of(person("An Vermeersch"))
    decision = decide(mail(sender, reply_to=other), said, known(), settings(event()), MORNING)
    assert decision.outcome is Outcome.REGISTERED
    assert [case.kind for case in decision.cases] == cases
    if cases:
        (result,) = decision.results
        assert result.after is not None
        assert "email" not in result.after.answers, "anybody can write any Reply-To"

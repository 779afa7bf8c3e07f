from mailbot.decision import decide
from mailbot.model import Outcome

from .building import MORNING, event, form_of, known, mail, person, row, settings


def test_a_form_of_somebody_new_registers() -> None:
    decision = decide(mail(), form_of(person()), known(), settings(), MORNING)
    assert decision.outcome is Outcome.REGISTERED


def test_the_same_form_again_is_unchanged() -> None:
    decision = decide(mail(), form_of(person()), known(row()), settings(), MORNING)
    assert decision.outcome is Outcome.UNCHANGED

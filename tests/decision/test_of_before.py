"""What people on the list write about: our meeting of before, and what others sent."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Outcome

from .building import known, row
from .test_read_and_decided import mailed

JAN = known(row(1, name="Jan Peeters", email="jan@damme.example"))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Verslag vorige editie",
            "Ik vond de vorige editie van het Kennisplatform interessant. Is er een verslag?",
        ),
        ("Vraag", "Hebt u de foto's van de vorige bijeenkomst al?"),
        (
            "Kennisplatform vorig jaar",
            "Van het Kennisplatform van vorig jaar heb ik nooit een attest gekregen.",
        ),
        ("Vraag", "Wie was de spreker op het Kennisplatform van 2025?"),
        ("Vraag", "Vorig jaar was ik ook op het Kennisplatform. Kan ik de slides nog krijgen?"),
        ("Vraag", "Kunt u de link naar het extranet nog eens sturen?"),
        ("Vraag", "Wil u mij het reglement nog eens doorsturen?"),
    ],
)
def test_what_is_of_a_meeting_of_before_or_of_others_is_left_alone(subject: str, text: str) -> None:
    decision, _ = mailed(text, subject, context=JAN)
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


@pytest.mark.parametrize(
    ("subject", "text", "outcome"),
    [
        ("Vraag", "Vorig jaar was het Kennisplatform in Brugge, waar is het dit jaar?", Outcome.REVIEW),
        ("Vraag", "Is er een verslag van het Kennisplatform?", Outcome.REVIEW),
        ("Vraag", "Vorige keer kon ik niet naar het Kennisplatform komen, nu ook niet.", Outcome.REVIEW),
        ("Kennisplatform vorig jaar", "Ik kan dit jaar niet komen.", Outcome.CANCELLED),
        ("Vraag", "Kunt u de link naar het kennisplatform nog eens sturen?", Outcome.UNCHANGED),
    ],
)
def test_what_names_the_next_one_too_is_heard(subject: str, text: str, outcome: Outcome) -> None:
    assert mailed(text, subject, context=JAN)[0].outcome is outcome


def test_a_confirmation_that_is_sent_again_leaves_no_question() -> None:
    decision, _ = mailed("Kunt u de bevestiging nog eens sturen?", "Vraag", context=JAN)
    assert (decision.outcome, decision.cases) == (Outcome.UNCHANGED, ())

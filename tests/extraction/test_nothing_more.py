"""An answer to a mail of ours that wants nothing is told from one in which anything may be wanted."""

from __future__ import annotations

import pytest

from mailbot.intent.acts import acts_in
from mailbot.intent.nothing_more import wants_nothing_more
from mailbot.intent.sentences import sentences


def is_idle(text: str) -> bool:
    said = sentences(text.splitlines())
    return wants_nothing_more(said, acts_in(said))


@pytest.mark.parametrize(
    "text",
    [
        "Dank voor de vlugge verwerking.",
        "Bien reçu, c'est dans mon agenda. Bonne préparation !",
        "Ik heb het mooi doorgegeven aan mijn vrouw, dank u voor het vlugge antwoord.",
    ],
)
def test_thanks_in_words_of_their_own_want_nothing(text: str) -> None:
    assert is_idle(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt. Ik ben blind.",
        "Merci, ik gebruik een looprek.",
        "Dank u, graag een stoel vooraan.",
        "Bedankt. De factuur naar de gemeente graag.",
        "Dank voor de vlugge verwerking. Is er parking?",
        "Dank voor de vlugge verwerking, mijn gsm is 0478 12 34 56.",
        "Dank voor de vlugge verwerking, mijn collega komt mee.",
        "Dank voor de vlugge verwerking, maar ik kom niet.",
        "Bedankt, maar op 3 december heb ik een andere vergadering.",
        "",
    ],
)
def test_what_stands_beside_thanks_may_be_a_wish(text: str) -> None:
    assert not is_idle(text)


def test_a_long_letter_is_never_taken_for_thanks() -> None:
    assert not is_idle("Dank voor de vlugge verwerking. " * 20)

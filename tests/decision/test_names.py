"""Names, compared as people compare them."""

from __future__ import annotations

import pytest

from mailbot.matching.names import same_name, similar_name


@pytest.mark.parametrize(
    ("one", "other", "same", "similar"),
    [
        ("Jan Peeters", "PEETERS Jan", True, True),
        ("José D'hondt", "jose d’hondt", True, True),
        ("Jan Peeters", "Jan Peters", False, True),
        ("Jan Peeters", "J. Peeters", False, True),
        ("Els Maes", "Elsje Maes", False, True),
        ("Jan Peeters", "Peeters", False, True),
        ("Jan Peeters", "Jan Pauwels", False, False),
        ("Jan Peeters", "An Claes", False, False),
        ("", "Jan Peeters", False, False),
    ],
)
def test_same_and_similar_names(one: str, other: str, same: bool, similar: bool) -> None:
    assert (same_name(one, other), similar_name(one, other)) == (same, similar)

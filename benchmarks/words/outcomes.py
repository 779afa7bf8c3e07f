"""Whether what a reader made of a mail would serve the people in it, as a secretary would judge."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.words.corpus import Labelled
from mailbot.domain.submission import ActKind


class Verdict(StrEnum):
    """``VANISHED`` is harmful too: nobody hears of a mail that wanted something."""

    GOOD = "good"
    AWKWARD = "awkward"
    HARMFUL = "harmful"
    VANISHED = "vanished"


#: What wants nothing.
IDLE = frozenset({ActKind.THANKS, ActKind.OTHER})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader would have done: ``acts`` carried out, or a ``case`` for the secretary that
    shows them; neither is a mail that is left alone."""

    acts: frozenset[ActKind] = frozenset()
    case: bool = False


def verdict(mail: Labelled, reading: Reading) -> Verdict:
    """The verdict on one reading. Values are judged elsewhere: here it is which acts are done."""
    wanted = mail.here - IDLE
    done = reading.acts
    if reading.case:
        plain = len(wanted) <= 1 and wanted <= _PLAIN
        return Verdict.AWKWARD if plain else Verdict.GOOD
    if not done:
        return _left_alone(mail, wanted)
    if _wrong(done, wanted, mail):
        return Verdict.HARMFUL
    return Verdict.GOOD


#: What needs nobody; of the rest a person may well look.
_PLAIN: AbstractSet[ActKind] = frozenset(
    {ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.CONFIRM, ActKind.ANSWER}
)
#: Acts that harm nobody if they are taken for one of the others.
_ALIKE = (
    frozenset({ActKind.COME, ActKind.RESTORE, ActKind.CONFIRM}),
    frozenset({ActKind.CHANGE, ActKind.ANSWER, ActKind.CONFIRM, ActKind.DENY}),
    frozenset({ActKind.SUBSTITUTE, ActKind.NOT_COME}),
)


def _left_alone(mail: Labelled, wanted: frozenset[ActKind]) -> Verdict:
    if not wanted:
        return Verdict.GOOD
    return Verdict.AWKWARD if wanted <= {ActKind.CONFIRM} else Verdict.VANISHED


def _wrong(done: frozenset[ActKind], wanted: frozenset[ActKind], mail: Labelled) -> bool:
    """An act that nobody wanted, or the half of two."""
    unwanted = {act for act in done if not _among(act, wanted)}
    undone = {act for act in wanted if not _among(act, done)}
    return bool(unwanted or undone)


def _among(act: ActKind, acts: AbstractSet[ActKind]) -> bool:
    return act in acts or any(act in alike and alike & acts for alike in _ALIKE)

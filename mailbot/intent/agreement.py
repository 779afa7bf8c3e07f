"""Where the two readers of a mail in words agree.

The rules of the lexicon read acts with their slots; the statistical reader says how likely each kind is.
An act read from sentences is carried out without a person only where both found it, and where the
statistical reader found nothing beside it. Thresholds were chosen on families that were trained on by
cross-validation (docs/words.md), never on those that are held out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind
from mailbot.intent.statistical import ELSEWHERE, Model
from mailbot.intent.statistical import model as shipped

#: From here on the statistical reader supports an act that the rules read.
_SUPPORTS = 0.1
#: From here on it says by itself that a text holds an act.
HEARS = 0.5
#: Words. "Afmelden aub" is as bare as a yes: there is nothing in it for a second reader.
_BARE = 3
#: What wants nothing of a registration.
IDLE = frozenset({ActKind.THANKS, ActKind.OTHER})
#: Kinds that are done alike, so that one reader may take one for the other.
_ALIKE = (
    frozenset({ActKind.COME, ActKind.RESTORE, ActKind.BRING}),
    frozenset({ActKind.COME, ActKind.CONFIRM}),
    frozenset({ActKind.CHANGE, ActKind.ANSWER, ActKind.DENY}),
    frozenset({ActKind.SUBSTITUTE, ActKind.NOT_COME}),
)


def weighed(
    acts: tuple[Act, ...], text: str, *, reply: bool, model: Model | None = None
) -> tuple[tuple[Act, ...], tuple[ActKind, ...]]:
    """The acts with ``agreed`` set, and the kinds that the statistical reader heard in ``text``.
    ``reply``: the mail answers one of ours; ``model``: another than the one that is shipped."""
    if len(text.split()) <= _BARE and len(acts) == 1 and not acts[0].elsewhere:
        return (replace(acts[0], agreed=True),), (acts[0].kind,)
    chances = (model or shipped()).read(text, reply=reply)
    heard = tuple(
        ActKind(label) for label, chance in chances.items() if chance >= HEARS and label != ELSEWHERE
    )
    read = {act.kind for act in acts if not act.elsewhere}
    beside = {kind for kind in heard if kind not in IDLE and not _among(kind, read)}
    alone = not beside and (chances.get(ELSEWHERE, 0.0) < HEARS or any(act.elsewhere for act in acts))
    return tuple(replace(act, agreed=alone and _supported(act, chances)) for act in acts), heard


def _supported(act: Act, chances: Mapping[str, float]) -> bool:
    if act.elsewhere:
        return chances.get(ELSEWHERE, 0.0) >= _SUPPORTS
    return max(chances.get(str(kind), 0.0) for kind in _like(act.kind)) >= _SUPPORTS


def _among(kind: ActKind, kinds: set[ActKind]) -> bool:
    return bool(_like(kind) & kinds)


def _like(kind: ActKind) -> frozenset[ActKind]:
    return frozenset({kind}).union(*(alike for alike in _ALIKE if kind in alike))

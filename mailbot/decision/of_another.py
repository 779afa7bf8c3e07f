"""Words about somebody else than their writer ("onze burgemeester", "mijn collega"): which registration
they mean."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.parts import is_of_another
from mailbot.decision.sender_relation import body_of, is_theirs, of_names
from mailbot.domain.form import ROLE
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Act, ActKind, acts_here
from mailbot.matching.functions import kind_of, kinds_in

#: What an act says of somebody's being there.
_PRESENCE = frozenset(
    {
        ActKind.COME,
        ActKind.NOT_COME,
        ActKind.RESTORE,
        ActKind.PARTIAL,
        ActKind.CONDITION,
        ActKind.UNSURE,
        ActKind.BRING,
        ActKind.PLACES,
    }
)


def of_others_only(draft: DecisionDraft) -> bool:
    """Whether all that words say of somebody's being there is of others than who wrote, whose function is
    none that the words name."""
    acts = _of_presence(draft)
    role = draft.submission.writer.text(ROLE) if draft.submission.writer is not None else ""
    own = {kind_of(role)} if role else frozenset[str]()
    return bool(acts) and all(is_of_another(act) and not kinds_in(act.clause) & own for act in acts)


def meant_by_function(draft: DecisionDraft) -> list[Registration]:
    """Those at the event whom words about others mean: by the name in them, else by their function within the
    organisation of who wrote, else those whom the mail that they answer is about."""
    acts = _of_presence(draft)
    if names := {name for act in acts for name in act.people}:
        return of_names(names, draft)
    others = [row for row in draft.at_event if not is_theirs(row, draft.first_person, draft.form)]
    kinds = {kind for act in acts for kind in kinds_in(act.clause)}
    body = body_of(draft.first_person, draft.settings.organisations)
    if kinds:
        return [r for r in others if kind_of(r.text(ROLE)) in kinds and _is_near(r, body, draft)]
    return [row for row in others if row.nr in draft.context.thread]


def _of_presence(draft: DecisionDraft) -> list[Act]:
    return acts_here(draft.submission.acts, *_PRESENCE)


def _is_near(row: Registration, body: str, draft: DecisionDraft) -> bool:
    return row.nr in draft.context.thread or bool(body and row.organisation_known == body)

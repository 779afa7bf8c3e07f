"""The one registration that a mail in words can be about, and who comes along with its writer."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.of_another import meant_by_function, of_others_only
from mailbot.decision.parts import comes_together, parts_of
from mailbot.decision.sender_relation import is_named, is_theirs, of_names, registrations_of
from mailbot.domain.registration import Registration
from mailbot.domain.submission import ActKind, acts_here
from mailbot.matching.names import name_of, stands_in


def meant(draft: DecisionDraft) -> Registration | None:
    """The one registration that the mail can be about, or None."""
    if draft.event is None:
        return None
    parts = parts_of(draft.submission)
    if comes_along(draft):
        return None  # what she decides is about both
    if _tells_of_self(draft):
        about = _own(draft)
    elif changed := _whose_changes(draft):
        about = changed
    elif of_others_only(draft) and not (
        brought(draft) or parts.others or draft.submission.named or draft.submission.nrs
    ):
        about = meant_by_function(draft)
    elif parts.of_others_alone and not (draft.submission.named or draft.submission.nrs):
        about = of_names(parts.others, draft)
    else:
        about = registrations_of(draft)
    coming = [one for one in about if not one.status.is_out]
    for some in (coming, about):
        if len(some) == 1:
            return some[0]
    return None


def brought(draft: DecisionDraft) -> tuple[str, ...]:
    """Those whom the writer brings along, by name, and who are not on the list."""
    acts = acts_here(draft.submission.acts, ActKind.BRING)
    names = dict.fromkeys(name for act in acts for name in act.people)
    come = [row.answers for row in draft.at_event if row.status.is_in] if draft.event is not None else []
    return tuple(name for name in names if not any(is_named(name, answers, draft.form) for answers in come))


def _whose_changes(draft: DecisionDraft) -> list[Registration]:
    """Those on the list, other than who speaks, whose data the words want otherwise, by name: "het nummer van
    Bo Claes is ..."; nobody where the mail names by itself whom it is about."""
    submission = draft.submission
    acts = acts_here(submission.acts, ActKind.CHANGE)
    if submission.named or submission.nrs or any(act.of_self for act in acts):
        return []
    own, named = _own(draft), of_names([name for act in acts for name in act.people], draft)
    said = " ".join(act.words for act in acts)
    return [
        row
        for row in draft.at_event
        if row not in own and (row in named or stands_in(name_of(row.answers, draft.form), said))
    ]


def comes_along(draft: DecisionDraft) -> bool:
    """Whether the writer, who is not on the list, says that they come together with somebody."""
    together = any(comes_together(act) for act in draft.submission.acts if not act.elsewhere)
    return together and all(row.status.is_out for row in _own(draft))


def _tells_of_self(draft: DecisionDraft) -> bool:
    """Whether a mail that names others says something new of its writer ("Jan Peeters komt ook. Ik eet
    glutenvrij."): that is none of theirs."""
    submission = draft.submission
    own = (act.words for act in submission.acts if act.kind is ActKind.CHANGE and act.of_self)
    return any(not any(name in words for name in submission.named) for words in own) and bool(
        submission.named
    )


def _own(draft: DecisionDraft) -> list[Registration]:
    """The registrations of who speaks, by address or name."""
    return [one for one in draft.at_event if is_theirs(one, draft.first_person, draft.form)]

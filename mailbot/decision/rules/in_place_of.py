"""The person on a form takes the place of somebody whom the words beside the form name."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.sender_relation import of_names
from mailbot.domain.case import CaseKind
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.submission import ActKind, Code, Intent, Person, Submission
from mailbot.matching.names import name_of, names_wholly, organisation_of, same_name
from mailbot.text.normalize import fold

NAME = "formulier van een vervanger"


#: Decisions after which nobody is asked any more whether the sender may.
_SETTLES_WHO = frozenset({CaseKind.UNRELATED, CaseKind.SAME_PERSON})


def in_place_of(draft: DecisionDraft) -> DecisionDraft:
    """Reads a form beside "in bijlage de vervanger van Jan Peeters" as what the words would be alone: a
    substitution, by whoever may do that, of whom the form says more than a name. The form is the second
    witness beside the words. Where anything of it is in doubt the form is carried out as it is, and the words
    are passed on (``question``)."""
    leaving = _whose_place(draft)
    if leaving is None or (comes := _comes(draft.submission)) is None or not _fits(draft, comes, leaving):
        return draft
    name = name_of(comes.values, draft.form)
    draft = draft.saw(NAME, Saw.TAKES_PLACE_OF, name=name, nr=leaving.nr)
    return replace(draft, submission=_in_words(draft.submission, comes, leaving))


def _comes(submission: Submission) -> Person | None:
    """The one person of the form, of whom nothing is doubted or denied."""
    doubted = any(problem.code is not Code.MISSING for problem in submission.problems)
    if len(submission.people) != 1 or doubted:
        return None
    (person,) = submission.people
    answer = person.answers.get(ATTENDS)
    return person if answer is None or answer.value is True else None


def _whose_place(draft: DecisionDraft) -> Registration | None:
    """The one registration whose person leaves: each name in the words is wholly theirs. She has decided
    otherwise where the words are read as a registration."""
    said = draft.submission
    if not (said.replaces and said.named) or said.intent is Intent.REGISTER or draft.form.per_organisation:
        return None
    coming = [one for one in of_names(said.named, draft) if not one.status.is_out]
    if len(coming) != 1:
        return None
    (leaving,) = coming
    if draft.override.waived & _SETTLES_WHO and draft.override.about != leaving.nr:
        return None  # she decided about another before this one was on the list
    whole = name_of(leaving.answers, draft.form)
    return leaving if all(names_wholly(name, whole) for name in said.named) else None


def _fits(draft: DecisionDraft, comes: Person, leaving: Registration) -> bool:
    """Whether who comes is another person of the same organisation as who leaves."""
    said, form = comes.values, draft.form
    body, theirs = organisation_of(said, form), organisation_of(leaving.answers, form)
    known = comes.organisation_known
    same_body = known == leaving.organisation_known if known else fold(body) == fold(theirs)
    name = name_of(said, form)
    return bool(name) and same_body and not same_name(name, name_of(leaving.answers, form))


def _in_words(said: Submission, comes: Person, leaving: Registration) -> Submission:
    """The submission as words alone would make it. What they ask besides is still passed on."""
    question = said.question
    for act in said.acts:
        if act.kind in (ActKind.SUBSTITUTE, ActKind.NOT_COME):
            question = question.replace(act.words, " ")
    return said.as_substitution(leaving.nr, comes, " ".join(question.split()))

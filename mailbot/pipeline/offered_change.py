"""A case about something that must be otherwise offers that very change, where the words tell it."""

from __future__ import annotations

from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, DecisionContext, PendingQuestion
from mailbot.domain.submission import ActKind, Submission
from mailbot.intent.follow_up import complete


def with_offered_changes(
    decision: Decision, submission: Submission, context: DecisionContext, settings: Settings
) -> Decision:
    """The decision with "nieuwe waarde overnemen" on the cases about one known registration whose mail
    says in words what must be otherwise about it."""
    changing = any(act.kind is ActKind.CHANGE and not act.elsewhere for act in submission.acts)
    if not changing or submission.people:
        return decision
    cases = tuple(_offering(case, submission, context, settings) for case in decision.cases)
    return replace(decision, cases=cases)


def _offering(case: Case, submission: Submission, context: DecisionContext, settings: Settings) -> Case:
    about = next((row for row in context.registrations if row.nr == case.registration), None)
    if about is None or case.kind is not CaseKind.UNCLEAR or Choice.TAKE_NEW in case.choices:
        return case
    form = settings.form_of(settings.events[about.event])
    question = PendingQuestion(Ask.TOLD, about.event, (about.nr,), about)
    read = complete(submission, question, form, settings)
    said = read.people[0] if read.people else None
    new = {k: a for k, a in said.answers.items() if about.answers.get(k) != a.value} if said else {}
    if said is None or not new:
        return case
    labels = {field.key: field.label for field in form.fields}
    values = "; ".join(f"{labels.get(key, key)}: {answer.value}" for key, answer in new.items())
    return replace(
        case,
        what=f"{case.what} Nieuwe waarde: {values}.",
        choices=(Choice.TAKE_NEW, *case.choices),
        person=replace(said, answers=new),
        fields=tuple(new),
    )

"""A case about something that must be otherwise offers that very change, where the words tell it; what
somebody plainly changes about themselves needs no case."""

from __future__ import annotations

from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, DecisionContext, PendingQuestion
from mailbot.domain.message import Message
from mailbot.domain.registration import Registration
from mailbot.domain.submission import ActKind, Intent, Submission
from mailbot.intent.follow_up import complete
from mailbot.matching.names import email_of


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


def own_change(
    decision: Decision, submission: Submission, context: DecisionContext, message: Message, settings: Settings
) -> Submission | None:
    """What a mail without a thread plainly changes about its writer ("mijn nieuw gsm-nummer is ..."), as an
    answer to what we told them last, to be decided instead; None where the words say more, or where the
    ``decision``, with its offered changes, is no case about the one registration at the writer's own address.
    Whether they may is judged as always."""
    offered = [case for case in decision.cases if Choice.TAKE_NEW in case.choices]
    about = _about(offered[0], context) if len(offered) == len(decision.cases) == 1 else None
    if about is None or submission.intent is not Intent.CHANGE or context.thread or message.forwarded:
        return None
    if (
        email_of(about.answers, settings.form_of(settings.events[about.event]))
        != message.sender.email.lower()
    ):
        return None
    read = _as_answer(submission, about, settings)
    plain = read.people and not read.problems and not read.question.strip()
    return replace(read, nrs=(about.nr,)) if plain else None


def _about(case: Case, context: DecisionContext) -> Registration | None:
    return next((row for row in context.registrations if row.nr == case.registration), None)


def _as_answer(submission: Submission, about: Registration, settings: Settings) -> Submission:
    """The words read as an answer to a mail of ours about a registration."""
    question = PendingQuestion(Ask.TOLD, about.event, (about.nr,), about)
    return complete(submission, question, settings.form_of(settings.events[about.event]), settings)


def _offering(case: Case, submission: Submission, context: DecisionContext, settings: Settings) -> Case:
    about = _about(case, context)
    if about is None or case.kind is not CaseKind.UNCLEAR or Choice.TAKE_NEW in case.choices:
        return case
    form = settings.form_of(settings.events[about.event])
    read = _as_answer(submission, about, settings)
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

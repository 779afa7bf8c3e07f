"""What somebody wants, as words of the mail or a form say it."""

from __future__ import annotations

import re

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.decision import Ask
from mailbot.domain.form import ATTENDS
from mailbot.domain.submission import ActKind, Intent
from mailbot.matching.sent_again import is_of_others

_AGREES = re.compile(r"(?:ok|oke|oké|okay|in orde|ja+|jep|idd|inderdaad|klopt)\b", re.I)
_INVITATION = re.compile(r"agenda|kalender|calend|uitnodiging|invitation", re.I)


def asked_kinds(draft: DecisionDraft) -> frozenset[ActKind]:
    """What the words do besides thanking, by kind, where it is about us."""
    acts = (act.kind for act in draft.submission.acts if not act.elsewhere)
    return frozenset(acts) - {ActKind.THANKS, ActKind.OTHER}


def asks_again(draft: DecisionDraft) -> bool:
    """Whether the words ask for our confirmation once more, and nothing else. An answer holds no calendar
    invitation: somebody who misses that one is left to a person."""
    said = draft.submission
    beside = {*said.heard} - _WITH_A_COPY
    if asked_kinds(draft) != {ActKind.COPY} or beside or _INVITATION.search(said.words):
        return False
    return bool(draft.context.thread) or not asks_for_theirs(draft)


def asks_for_theirs(draft: DecisionDraft) -> bool:
    """Whether words ask to have something of others sent once more: "stuurt u het reglement nog eens?"."""
    subject = draft.mail_with_words.subject
    return is_of_others(subject, draft.submission.words, draft.settings, draft.received)


#: What the second reader may hear in such words as well.
_WITH_A_COPY = frozenset(
    {ActKind.COPY, ActKind.QUESTION, ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ActKind.ANSWER}
)


#: What a mail wants whose sender, or whom they name, does not come.
LEAVING = frozenset({Intent.WITHDRAW, Intent.EXCUSE})
#: Requests about the data that is held of who asks.
_ABOUT_DATA = (ActKind.ERASE, ActKind.ACCESS)


def asks_about_data(draft: DecisionDraft) -> bool:
    """Whether the words ask what data is held of their writer, or to have it erased."""
    return not asked_kinds(draft).isdisjoint(_ABOUT_DATA)


def confirms_signature(draft: DecisionDraft) -> bool:
    """Whether a plain yes answers what we told of a signature; "ok" or "ja, merci" is one there,
    "bedankt" is not."""
    asked, submission = draft.context.asked, draft.submission
    if asked is None or asked.kind is not Ask.SIGNED or submission.question.strip():
        return False
    agrees = submission.intent is Intent.THANKS and _AGREES.match(submission.words.strip())
    return submission.intent is Intent.CONFIRM or bool(agrees)


def stays_away(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether somebody says that they do not come, in a form or in words."""
    return stays_away_by_form(draft, entry) or entry.intent in (Intent.WITHDRAW, Intent.EXCUSE)


def stays_away_by_form(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether a form says that somebody does not come. What one organisation answers ("neemt niet deel") is
    an answer like any other."""
    answer = entry.person.answers.get(ATTENDS)
    doubted = any(problem.field == ATTENDS for problem in entry.problems)
    asked = draft.form.field(ATTENDS) is not None and not draft.form.per_organisation
    return asked and answer is not None and answer.value is False and not doubted

"""Ordinary mail, thanks included, is left in the mailbox for a person."""

from __future__ import annotations

from mailbot.decision.access import access
from mailbot.decision.concern import answers_invitation, asks_again_for_next, concern, names_unknown
from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import subject_answers
from mailbot.decision.her_questions import asked_about, with_answer
from mailbot.decision.intents import asked_kinds, asks_again, confirms_signature
from mailbot.decision.sender_relation import called, places_asked
from mailbot.decision.unclear import review
from mailbot.decision.unread_attachments import asks_for_a_form
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Ask, Outcome, PendingQuestion
from mailbot.domain.registration import Registration, Status
from mailbot.domain.relation import Relation
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ActKind, Intent, SubmissionKind
from mailbot.matching.subject_matter import declines_by_subject, names_an_event

NAME = "gewone mail"

#: Intents that say nothing mailbot can act on by themselves.
WORDLESS = frozenset(
    {
        Intent.NONE,
        Intent.THANKS,
        Intent.CHANGE,
        Intent.REPLY,
        Intent.CONFIRM,
        Intent.DENY,
        Intent.FORM,
        Intent.MAYBE_WITHDRAW,
        Intent.UNCLEAR,
    }
)

#: Characters. Who registers or excuses somebody in words writes a few lines.
_LONG = 2_000


def not_a_registration(draft: DecisionDraft) -> DecisionDraft:
    """Leaves mail alone that neither registers, nor changes, nor answers a question of ours, and shows
    the secretary what concerns a registration and was not understood."""
    submission = draft.submission
    if _tells_of_something_else(draft):
        return draft.saw(NAME, Saw.LONG_AND_STRANGE).settle(Outcome.NO_FORM, answer=False)
    if submission.people:
        return draft.saw(NAME, Saw.FORM_OR_ANSWER)
    if names_unknown(draft) and not draft.override.waived:
        return review(draft, NAME, say(Says.NO_SUCH_REFERENCE))
    if asks_for_a_form(draft):
        return draft.saw(NAME, Saw.UNREADABLE_FORM)
    if submission.intent not in WORDLESS and _wants_something(draft):
        return draft.saw(NAME, Saw.WANTS_SOMETHING)
    if (request := _request(draft)) is not None:
        return request
    if places_asked(draft) and concern(draft) is not None:
        return draft.saw(NAME, Saw.ASKS_PLACES)
    if draft.context.asked is not None and (answered := _answers(draft, draft.context.asked)) is not None:
        return answered
    if answers_invitation(draft):
        choices = (Choice.REGISTER, Choice.EXCUSE)
        return review(draft, NAME, say(Says.ANSWERS_INVITATION), choices=choices)
    return _left_over(draft)


def _left_over(draft: DecisionDraft) -> DecisionDraft:
    """What asks nothing that we understand: for a person, as a case where it concerns a registration."""
    submission, why = draft.submission, concern(draft)
    if (why or _in_thread(draft)) and (_needs_nobody(draft) or _wants_nothing_more(draft)):
        draft = draft.saw(NAME, Saw.THANKS)
        return draft.settle(Outcome.NO_FORM, answer=False)
    if not why:
        return draft.saw(NAME, Saw.LEFT_FOR_A_PERSON).settle(Outcome.NO_FORM, answer=False)
    if submission.intent is Intent.MAYBE_WITHDRAW and draft.agreed:
        return draft.saw(NAME, Saw.WITHDRAWAL_SHE_SAYS)
    draft = draft.found(NAME, say(why))
    if submission.question.strip() and submission.intent in _ONLY_ASKS:
        return review(draft, NAME, say(Says.ASKS), CaseKind.QUESTION)
    changes_nothing = submission.intent is Intent.CHANGE and not draft.context.registrations
    intent = Intent.UNCLEAR if changes_nothing else submission.intent
    return review(draft, NAME, say(_UNDERSTOOD.get(intent, Says.NOT_ALL_UNDERSTOOD)))


#: What was understood of a mail that a person must read.
_UNDERSTOOD = {
    Intent.MAYBE_WITHDRAW: Says.PERHAPS_WITHDRAWS,
    Intent.CHANGE: Says.WANTS_CHANGE,
    Intent.DENY: Says.DENIES,
}
_ONLY_ASKS = (Intent.NONE, Intent.REPLY, Intent.THANKS)


#: Requests that have a case of their own, with what it says.
_REQUESTS = {
    ActKind.ERASE: (CaseKind.ERASURE, Says.WANTS_ERASURE),
    ActKind.ACCESS: (CaseKind.ACCESS, Says.WANTS_ACCESS),
}


def _request(draft: DecisionDraft) -> DecisionDraft | None:
    """What becomes of a request about data that we hold, or for our confirmation, from somebody whom we know;
    None where there is none."""
    ours = draft.context.registrations or draft.context.thread_event
    kinds = asked_kinds(draft) if ours else frozenset()
    for act, (case, lead) in _REQUESTS.items():
        if act in kinds:
            return review(draft, NAME, say(lead), case)
    if ours and asks_again(draft):
        return draft.saw(NAME, Saw.ASKS_CONFIRMATION_AGAIN)
    return None


def _answers(draft: DecisionDraft, asked: PendingQuestion) -> DecisionDraft | None:
    """What becomes of words that answer a question of ours; None where they are looked at like any."""
    intent = draft.submission.intent
    if asked.elsewhere and intent not in (Intent.CONFIRM, Intent.DENY):
        return None  # thanks for the calendar entry leave nobody waiting
    if asked.several:
        return review(draft, NAME, say(Says.ANSWERS_ONE_OF_SEVERAL))
    if asked.kind is Ask.NEW_DATE and intent in (Intent.CONFIRM, Intent.DENY):
        return draft.saw(NAME, Saw.ANSWERS_NEW_DATE)
    if asked.kind in (Ask.WHICH, Ask.WHICH_RETURNS) and intent is not Intent.THANKS:
        return draft.saw(NAME, Saw.ANSWERS_WHICH)
    if asked.kind is Ask.INCOMPLETE and intent is Intent.CONFIRM and _is_open(draft):
        return draft.saw(NAME, Saw.CONFIRMS_READ)
    if asked.kind is Ask.SIGNED and confirms_signature(draft):
        return draft.saw(NAME, Saw.CONFIRMS_SIGNED)
    if asked.kind is Ask.REMARK:
        return _answers_her(draft, asked)
    if _is_open(draft):
        waited = tuple(r for r in _asked_about(draft, asked) if r.status is Status.INCOMPLETE)
        return review(draft, NAME, say(Says.ANSWER_LEAVES_OPEN), waited=waited)
    return None


def _answers_her(draft: DecisionDraft, asked: PendingQuestion) -> DecisionDraft:
    """The answer to a question of the secretary's: what her case offers is decided once, with all that is
    known."""
    case = asked_about(draft, asked)
    if case is None:
        return review(draft, NAME, say(Says.ANSWERS_YOU))
    draft = draft.saw(NAME, Saw.ANSWERS_HER_CASE, case=case.id)
    return with_answer(draft, case).settle(Outcome.REVIEW, answer=False)


def _in_thread(draft: DecisionDraft) -> bool:
    """Whether the mail answers one of ours, about a meeting that is over as well."""
    return bool(draft.context.thread or draft.context.thread_event)


def _needs_nobody(draft: DecisionDraft) -> bool:
    """Plain thanks, a plain yes to what we told, or an answer without any word of their own. The yes of
    somebody who has nothing to do with whom we told it of may mean anything."""
    submission = draft.submission
    confirms = submission.intent is Intent.CONFIRM
    if submission.question.strip() or (confirms and (_is_strangers(draft) or _confirms_nothing(draft))):
        return False
    speechless = not any(letter.isalnum() for letter in submission.words)  # a thumb up is thanks
    thumb = bool(submission.words.strip()) and _in_thread(draft)
    declines = declines_by_subject(draft.mail_with_words.subject)  # whoever answered it afterwards
    if speechless and (declines or not (thumb or subject_answers(draft))):
        return False  # the subject is all they say: "Geweigerd: ..." of a calendar without its file
    return submission.intent in (Intent.THANKS, Intent.CONFIRM) or speechless


def _confirms_nothing(draft: DecisionDraft) -> bool:
    """Whether a yes answers no mail and nobody's registration: "j'avais dit oui, mais ..." """
    return not (_in_thread(draft) or draft.context.registrations)


def _wants_nothing_more(draft: DecisionDraft) -> bool:
    """Whether both readers find that somebody on the list wants nothing beside thanks or a yes, in answer to
    what we told. From whoever is not on it the same words may be a registration."""
    submission = draft.submission
    about = [one for one in draft.context.registrations if one.nr in draft.context.thread]
    on_list = bool(about) and all(one.status.is_in and not one.doubts for one in about)
    plain = submission.nothing_more and not (submission.question.strip() or submission.unread)
    return plain and on_list and not (_is_strangers(draft) or asks_again_for_next(draft))


def _is_strangers(draft: DecisionDraft) -> bool:
    """Whether a mail in a thread of ours comes from nobody whom that thread is about."""
    about = [one for one in draft.context.registrations if one.nr in draft.context.thread]
    return bool(about) and not any(_is_of_theirs(draft, one) for one in about)


def _is_of_theirs(draft: DecisionDraft, one: Registration) -> bool:
    """Whether a mail comes from who has to do with a registration: to whom our mail was passed on, and gives
    no name, may be anybody."""
    relation = access(draft, one).relation
    named = relation is not Relation.ANSWERS or bool(called(draft.first_person))
    return relation is not Relation.NOBODY and named


def _wants_something(draft: DecisionDraft) -> bool:
    """Whether what the words want has one of our events for its object, or nothing else: of somebody unknown
    without one noun of registering ("ik kan niet") a person decides what they mean."""
    if draft.agreed or draft.override.event:
        return True
    return concern(draft) not in (None, Says.ABOUT_COMING, Says.ON_THE_DAY)


def _tells_of_something_else(draft: DecisionDraft) -> bool:
    """Whether words of coming or going stand in a newsletter or a report, by chance: a long text
    that names no event, answers no mail of ours, and comes from nobody who is registered."""
    submission, context = draft.submission, draft.context
    nothing_read = submission.found is SubmissionKind.NO_FORM and not (submission.people or submission.unread)
    named = names_an_event(draft.mail_with_words.subject, draft.settings, draft.received)
    about = submission.clues or context.registrations or context.thread_event or named
    return nothing_read and not about and len(submission.words) > _LONG


def _is_open(draft: DecisionDraft) -> bool:
    """Whether the question of ours that the mail answers still waits for an answer."""
    asked = draft.context.asked
    assert asked is not None
    about = _asked_about(draft, asked)
    if asked.kind is not Ask.INCOMPLETE or not about:
        return asked.kind.waits
    return any(r.status is Status.INCOMPLETE or r.doubts for r in about)


def _asked_about(draft: DecisionDraft, asked: PendingQuestion) -> list[Registration]:
    return [row for row in draft.context.registrations if row.nr in asked.nrs]

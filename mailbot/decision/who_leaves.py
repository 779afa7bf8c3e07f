"""Whom words without a form mean that say that somebody does not come, and what makes that uncertain.

A doubt is a statement for the secretary. Where she said herself whom the words are about, there is none."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.decision.access import access, is_called_otherwise
from mailbot.decision.draft import DecisionDraft
from mailbot.decision.intents import LEAVING
from mailbot.decision.sender_relation import called, is_named, registrations_of
from mailbot.decision.signature import signed_name
from mailbot.domain.registration import Registration
from mailbot.domain.relation import Relation
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Intent
from mailbot.matching.names import email_of, is_less_of, name_of, names_wholly, same_name
from mailbot.matching.shown_names import name_shown


def not_all_known(draft: DecisionDraft, about: list[Registration]) -> Statement | None:
    """Why several who are said to leave are for a person: some of them are not on the list, and with the
    others gone would be the half that nobody hears of; else None."""
    named = draft.submission.named
    if not about or draft.agreed or len(named) < _SEVERAL or draft.submission.intent not in LEAVING:
        return None
    unknown = tuple(name for name in named if not any(is_named(name, r.answers, draft.form) for r in about))
    return say(Says.WITHDRAWAL_OF_STRANGERS, names=unknown) if unknown else None


#: People who leave by one mail.
_SEVERAL = 2


def replaced_writer(draft: DecisionDraft, intent: Intent) -> list[Registration]:
    """The one registration that "mij" means, of several that the writer sent in: of their name, at their
    address; none where the words are not of themselves."""
    said = draft.submission
    if intent is not Intent.SUBSTITUTE or said.named or said.nrs or draft.passed_on:
        return []
    if not any(act.of_self and not act.elsewhere for act in said.acts if act.kind is ActKind.SUBSTITUTE):
        return []
    mine = _writers_own(draft, registrations_of(draft))
    return mine if len(mine) == 1 else []


def _writers_own(draft: DecisionDraft, rows: Iterable[Registration]) -> list[Registration]:
    """Those of these who come, at the address of the writer and of their name."""
    form, address, writer = draft.form, draft.first_person.email.lower(), called(draft.first_person)
    own = [r for r in rows if not r.status.is_out and email_of(r.answers, form) == address]
    return [r for r in own if same_name(writer, name_of(r.answers, form))]


def of_whom_in_doubt(draft: DecisionDraft, about: list[Registration]) -> Statement | None:
    """Why it is not certain that those who leave are ``about`` whom the words are; else None."""
    coming = [one for one in about if not one.status.is_out]
    if half := [name_of(one.answers, draft.form) for one in coming if _is_half_named(one, draft)]:
        return say(Says.WITHDRAWAL_BY_HALF_A_NAME, names=tuple(half))
    if others := [name_of(one.answers, draft.form) for one in coming if _has_their_address(draft, one)]:
        return say(Says.ADDRESS_OF, by=_called_otherwise(draft, others[0]), names=tuple(others))
    if others := [name_of(one.answers, draft.form) for one in coming if _was_sent_in(draft, one)]:
        return say(Says.SENT_IN_ANOTHER, by=called(draft.first_person), names=tuple(others))
    if alike := [name_of(one.answers, draft.form) for one in coming if _is_only_alike(draft, one)]:
        return say(Says.WRITER_MAY_BE, of=draft.first_person.email, names=tuple(alike))
    in_doubt = _is_of_another(draft, about) or _is_beside_writer(draft, about)
    return say(Says.ANOTHERS_MAIL_ABOUT_WHOM) if in_doubt else None


def _has_their_address(draft: DecisionDraft, one: Registration) -> bool:
    """Whether words that name nobody come from somebody's address under the whole name of another, shown or
    signed: "mij" may be who has that address now, or who reads it with them."""
    if not _names_nobody(draft) or email_of(one.answers, draft.form) != draft.first_person.email.lower():
        return False
    return bool(_called_otherwise(draft, name_of(one.answers, draft.form)))


def _was_sent_in(draft: DecisionDraft, one: Registration) -> bool:
    """Whether an "I" that names nobody is of who sent somebody else in: it may mean either, unless they call
    themselves as that person does, or gave no other address and no name at all."""
    says_i = any(act.of_self and not act.elsewhere for act in draft.submission.acts)
    if not (_names_nobody(draft) and says_i and access(draft, one).relation is Relation.REGISTRANT):
        return False
    name, writer = name_of(one.answers, draft.form), called(draft.first_person)
    if _called_otherwise(draft, name) or is_called_otherwise(writer, name, draft.settings):
        return True
    said = tuple(filter(None, (draft.first_person.name, writer, _signed(draft))))
    return (
        not any(is_less_of(shown, name) for shown in said)
        if said
        else bool(email_of(one.answers, draft.form))
    )


def _called_otherwise(draft: DecisionDraft, name: str) -> str:
    """The whole name that a mail shows or signs with, where it is surely not this one; else empty."""
    said = (draft.first_person.name, _signed(draft))
    return next((called for called in said if is_called_otherwise(called, name, draft.settings)), "")


def _signed(draft: DecisionDraft) -> str:
    return signed_name(draft.mail_with_words, draft.submission.words)


def _is_only_alike(draft: DecisionDraft, one: Registration) -> bool:
    """Whether words that name nobody are a colleague's who gives no name either: an address that is made of
    somebody's name, or a thread about them, makes the writer nobody."""
    if not _names_nobody(draft) or access(draft, one).relation is not Relation.COLLEAGUE:
        return False
    name = name_of(one.answers, draft.form)
    return not any(same_name(said, name) for said in (name_shown(draft.first_person.name), _signed(draft)))


def _names_nobody(draft: DecisionDraft) -> bool:
    """Whether the words say of nobody whom they are about, and she did not say it."""
    said = draft.submission
    return not (said.named or said.nrs or draft.agreed)


def _is_half_named(one: Registration, draft: DecisionDraft) -> bool:
    """Whether a colleague names somebody by a first or last name alone, in no mail of a thread about them:
    another of that name may be meant, of whom we never heard. Words that name nobody are the writer's
    own, who is known by a whole name."""
    if draft.agreed or one.nr in (*draft.submission.nrs, *draft.context.thread):
        return False
    said, whole = draft.submission.named, name_of(one.answers, draft.form)
    by_half = bool(said) and not any(names_wholly(name, whole) for name in said)
    return by_half and access(draft, one).relation is Relation.COLLEAGUE


def _is_of_another(draft: DecisionDraft, about: list[Registration]) -> bool:
    """Whether words without a name and without an "I" answer or quote a mail about others alone ("gelieve
    deze inschrijving te annuleren"): they may mean these, or the writer."""
    if not _names_nobody(draft) or any(act.of_self for act in draft.submission.acts):
        return False
    thread = [r for r in draft.at_event if r.nr in draft.context.thread]
    return bool(thread) and not any(r in thread for r in about)


def _is_beside_writer(draft: DecisionDraft, about: list[Registration]) -> bool:
    """Whether an "I" or "we" without a name answers a mail about others alone, and its writer comes as well:
    it may mean the writer, these, or all of them."""
    told = any(r.nr in draft.context.thread for r in about)
    says_i = any(act.of_self for act in draft.submission.acts)
    if not (_names_nobody(draft) and told and says_i):
        return False
    return any(r not in about for r in _writers_own(draft, draft.at_event))

"""A colleague says of some by name that they come, and of others that they do not: each is registered or
excused, as a list with a yes or no beside each name would have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.her_reading import with_each_part
from mailbot.decision.intents import LEAVING
from mailbot.decision.sender_relation import called, is_named
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, FieldKind
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Act, ActKind, Answer, Person
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import belongs_to, name_of, same_name
from mailbot.text.normalize import letters
from mailbot.text.phones import LIKE_PHONE

NAME = "wie wel en wie niet"

_PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME})
_ADDS_NOTHING = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM})


def each_said(draft: DecisionDraft) -> DecisionDraft:
    """Returns the draft with those whom its words name as told of, each with whether they come; unchanged
    where anything else is said, or it is not plain of whom. Of who is on the list she decides, since who
    comes may take their place."""
    said, event = draft.submission, draft.event
    acts = [act for act in said.acts if act.kind not in _ADDS_NOTHING]
    if event is None or not _is_first_mail(draft) or not _is_of_both_kinds(acts, draft):
        return draft.saw(NAME, Saw.NOTHING)
    parted = with_each_part(said, draft.sender, draft.context, event.id, draft.settings)
    told = tuple(_reached(_by_mail(one), draft) for one in parted.told)
    names = tuple(name for act in acts for name in act.people)
    known = all(one.organisation_known for one in told) and not any(_is_listed(name, draft) for name in names)
    if len(told) != len(names) or not known or _gives_more(told, draft):
        return draft.saw(NAME, Saw.NOTHING)
    draft = draft.saw(NAME, Saw.REGISTERS_IN_WORDS)
    return replace(draft, submission=replace(parted, told=told))


def _is_first_mail(draft: DecisionDraft) -> bool:
    """Whether a mail of words alone answers none of ours, was passed on and decided about by nobody,
    and says no more than who comes and who does not."""
    said, known = draft.submission, draft.context
    answers = known.asked or known.thread or draft.override.waived or draft.passed_on or draft.agreed
    more = said.people or said.told or said.nrs or said.substitute or said.question.strip()
    unread = said.unread_words.strip() or said.heard_elsewhere
    return said.intent in LEAVING and not (answers or more or unread)


def _is_of_both_kinds(acts: list[Act], draft: DecisionDraft) -> bool:
    """Whether acts say of some that they come and of others that they do not, all by whole names that are
    said once, and of none the sender, as both readers find."""
    names = [name for act in acts for name in act.people]
    whole = all(act.people and all(" " in name for name in act.people) for act in acts)
    own = any(same_name(name, called(draft.first_person)) for name in names)
    sure = all(act.agreed and not (act.elsewhere or act.by_reason) for act in acts)
    return (
        {act.kind for act in acts} == _PRESENCE and whole and sure and not own and len({*names}) == len(names)
    )


def _is_listed(name: str, draft: DecisionDraft) -> bool:
    """Whether somebody of that name, or perhaps of it, has a row at the event."""
    return any(is_named(name, row.answers, draft.form) for row in draft.at_event)


def _by_mail(one: Person) -> Person:
    """Somebody told of, as the mail says it and not she."""
    comes = Answer(one.values.get(ATTENDS) is not False, Location().at(Unit.MAIL))
    return replace(one, answers={**one.answers, ATTENDS: comes})


def _reached(one: Person, draft: DecisionDraft) -> Person:
    """Somebody told of, with the one address in the words that is made of their name."""
    name, fields = name_of(one.values, draft.form), draft.form.of_kind(FieldKind.EMAIL)
    theirs = [email for email in addresses_in(draft.submission.words) if belongs_to(email, "", name)]
    if len(theirs) != 1 or len(fields) != 1:
        return one
    return replace(one, answers={**one.answers, fields[0].key: Answer(theirs[0], Location().at(Unit.MAIL))})


def _gives_more(told: Iterable[Person], draft: DecisionDraft) -> bool:
    """Whether the words give an address or a number that is nobody's of these."""
    taken = {letters(str(value)) for one in told for value in one.values.values()}
    given = (*addresses_in(draft.submission.words), *LIKE_PHONE.findall(draft.submission.words))
    return any(letters(one) not in taken for one in given)

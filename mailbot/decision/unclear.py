"""The middle verdict: a mail that concerns an event and is not fully understood becomes a case. It says
what was understood, and offers what fits that as choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.event_selection import open_events
from mailbot.decision.giving_place import named_in_words
from mailbot.decision.intents import LEAVING
from mailbot.decision.of_another import of_others_only
from mailbot.decision.one_meant import brought, comes_along, meant
from mailbot.decision.parts import each_their_part, parts_of
from mailbot.decision.sender_relation import (
    called,
    is_named,
    proposed,
    registrations_of,
)
from mailbot.decision.told_absent import those_of
from mailbot.domain.case import (
    ABSENT_BODY,
    BY_FUNCTION,
    IN_PLACE_OF,
    OF_ORGANISATION,
    WAITED,
    CaseKind,
    Choice,
)
from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.event import Event
from mailbot.domain.form import ROLE
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Act, ActKind, Intent, Person, acts_here
from mailbot.matching.names import name_of
from mailbot.text.normalize import up_to

#: Characters of a mail that a case repeats: the mail itself is linked beside it.
_LONGEST = 1_500
#: The same of what was understood of an act.
_LONGEST_SLOT = 120
#: How many acts a case names.
_MOST_ACTS = 8

#: What the words ask for that is neither coming nor staying away.
_NEITHER = (Intent.CHANGE, Intent.CONFIRM, Intent.NONE)


#: Acts that ask for something else than coming or staying away.
_ASKING = frozenset({ActKind.ACCESS, ActKind.CHANGE, ActKind.COPY, ActKind.QUESTION})

#: Acts by which somebody who is registered may not come, or not wholly.
_LEAVING = frozenset(
    {
        ActKind.NOT_COME,
        ActKind.SUBSTITUTE,
        ActKind.UNSURE,
        ActKind.PARTIAL,
        ActKind.CONDITION,
        ActKind.ERASE,
    }
)
#: Acts of somebody who means to come.
_COMING = frozenset({ActKind.COME, ActKind.RESTORE, ActKind.BRING, ActKind.PLACES})

#: Acts that a case does not name beside the words of the mail.
_UNNAMED = frozenset({ActKind.ANSWER, ActKind.CONFIRM, ActKind.DENY, ActKind.THANKS, ActKind.OTHER})


_A_QUESTION = say(Says.ACT, act=ActKind.QUESTION)


def review(
    draft: DecisionDraft,
    rule: str,
    lead: Statement,
    kind: CaseKind = CaseKind.UNCLEAR,
    choices: tuple[Choice, ...] = (),
    waited: tuple[Registration, ...] = (),
) -> DecisionDraft:
    """Settles the message as a case at its event, or at that of the only registration it can be about.
    ``lead`` stands before the words of the mail; ``choices`` come before those
    that fit by themselves. It is settled by itself once none of ``waited`` is incomplete."""
    draft = replace(draft, event=draft.event or _event(draft))
    if draft.event is not None and draft.submission.absent_body and kind is CaseKind.UNCLEAR:
        return _nobody_comes(draft, rule, draft.submission.absent_body)
    about = meant(draft)
    entry = Entry(0, Person(), current=about) if about else None
    offered = (*choices, *(one for one in fitting(draft, about) if one not in choices))
    place: dict[str, str] = {}
    if Choice.REPLACES in offered:
        nrs = (*named_in_words(draft), *(row.nr for row in _own_or_in_thread(draft)))
        place = {OF_ORGANISATION: _organisation(draft), IN_PLACE_OF: " ".join(dict.fromkeys(nrs))}
    if _by_function(draft) is not None and Choice.EXCUSE in offered and about is None:
        place = {**place, BY_FUNCTION: "ja"}
    if waited:
        place = {**place, WAITED: " ".join(row.nr for row in waited)}
    return (
        draft.found(rule, lead)
        .open_case(
            kind,
            (
                say(Says.WROTE, lead=lead, words=said(draft)),
                *_understood(draft),
                *_of_whom(draft, offered, about),
                *_too_late(draft, offered, about),
            ),
            offered,
            entry=entry,
            payload=place,
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _nobody_comes(draft: DecisionDraft, rule: str, body: str) -> DecisionDraft:
    """Settles words that say that nobody of a ``body`` comes as a case: about those of it on the list, or
    about the body, which has then answered."""
    lead, here = say(Says.NOBODY_OF_BODY, body=body), those_of(body, draft.at_event)
    leave = (Choice.WITHDRAW, Choice.EXCUSE) if here else (Choice.EXCUSE,)
    names = tuple(name_of(row.answers, draft.form) or row.nr for row in here)
    says = (
        say(Says.WROTE, lead=lead, words=said(draft)),
        *(say(Says.ON_LIST_OF_BODY, names=names),) * bool(here),
    )
    choices, payload = (*leave, *draft.answering, Choice.DONE), {ABSENT_BODY: body}
    draft = draft.found(rule, lead).open_case(CaseKind.UNCLEAR, says, choices, payload=payload)
    return draft.settle(Outcome.REVIEW, answer=False)


def by_her_reading(draft: DecisionDraft) -> bool:
    """Whether she decided what the words beside a calendar's answer want: they then count, and not that
    answer."""
    return draft.arrival.message.calendar_reply is not None and CaseKind.UNCLEAR in draft.override.waived


def _organisation(draft: DecisionDraft) -> str:
    """The organisation whose mail domain the sender has; who comes is of it."""
    if draft.event is None:
        return ""
    person, _ = proposed(draft.author, draft.form, draft.settings.organisations)
    return person.organisation_known


def _own_or_in_thread(draft: DecisionDraft) -> list[Registration]:
    """Whom "mij" and "hem" can mean: they may be replaced although the words name nobody."""
    return registrations_of(draft) if draft.event is not None and not draft.submission.named else []


def _understood(draft: DecisionDraft) -> tuple[Statement, ...]:
    """What was understood of the words so far, where that is more than the one thing a case is about."""
    acts = [act for act in draft.submission.acts if act.kind not in _UNNAMED and not act.elsewhere]
    told: list[Statement] = []
    for act in acts[:_MOST_ACTS]:
        slots = (
            *(act.people or _who_comes(draft, act)),
            act.value,
            act.condition,
            str(act.places or act.size or ""),
        )
        detail = tuple(up_to(_LONGEST_SLOT, slot) for slot in slots if slot)
        said = say(Says.ACT_WITH, act=act.kind, detail=detail) if detail else say(Says.ACT, act=act.kind)
        if said not in told:
            told.append(said)
    only_asks = all(one == _A_QUESTION for one in told)  # the question itself stands before it
    return () if only_asks else (say(Says.UNDERSTOOD, acts=tuple(told)),)


def _who_comes(draft: DecisionDraft, act: Act) -> tuple[str, ...]:
    """Who comes instead of somebody, where the act that says so names nobody: the writer, mostly."""
    newcomer = draft.submission.newcomer
    if act.kind is not ActKind.SUBSTITUTE or newcomer is None or draft.event is None:
        return ()
    return tuple(filter(None, (name_of(newcomer.values, draft.form),)))


def _by_function(draft: DecisionDraft) -> Person | None:
    """Who does not come and is on no list, as the words tell them by their function."""
    return draft.submission.by_function if draft.event is not None else None


def _told_by_function(draft: DecisionDraft) -> str:
    """Who does not come, as the words tell them by their function."""
    who = _by_function(draft)
    told = (name_of(who.values, draft.form), who.text(ROLE), who.organisation_known) if who else ()
    return " – ".join(filter(None, told))


def _too_late(
    draft: DecisionDraft, choices: tuple[Choice, ...], about: Registration | None
) -> tuple[Statement, ...]:
    """That the deadline was before the mail, where she can register somebody by it who is not in."""
    deadline = draft.event.deadline if draft.event is not None else None
    known = about is not None and about.status is not Status.LATE
    if deadline is None or known or Choice.REGISTER not in choices or not draft.is_late:
        return ()
    until = Says.UNTIL_MOMENT if isinstance(deadline, datetime) else Says.THROUGH_DAY
    return (say(Says.LATE_TO_COME, until=say(until, at=deadline.isoformat())),)


def _of_whom(
    draft: DecisionDraft, choices: tuple[Choice, ...], about: Registration | None
) -> tuple[Statement, ...]:
    """Whom the choices are about, where that is another than who wrote, or more than one."""
    away_by_function = _by_function(draft)
    if away_by_function is not None and Choice.EXCUSE in choices and Choice.REGISTER not in choices:
        return (say(Says.CHOICE_ABOUT, names=(_told_by_function(draft),)),)
    submission = draft.submission
    if draft.event is not None and about is None:
        submission = each_their_part(submission, draft.arrival.message.sender, draft.form)
    parts = parts_of(submission)
    if Choice.REGISTER in choices and about is not None and (others := brought(draft)):
        return (say(Says.CHOICE_ABOUT, names=others),)
    if Choice.REGISTER not in choices or not (parts.others or parts.unnamed_leaves):
        return ()
    if parts.has_one_for_another:
        writer = (called(draft.first_person) or draft.first_person.email,) * parts.tells_of_writer
        leaves = ActKind.NOT_COME in parts.writer
        unnamed = submission.comes_by_function if parts.unnamed else None
        function = (unnamed.text(ROLE),) if unnamed is not None else ()
        comes = (*parts.coming, *function, *writer * (not leaves))
        absent = (_told_by_function(draft),) if parts.unnamed_leaves else ()
        away = (*parts.leaving, *absent, *writer * leaves)
        return (say(Says.CHOICE_FOR_EACH, comes=comes, away=away),)
    if submission.newcomer is not None:
        return ()  # registering is of who comes, whom the acts name
    return (say(Says.CHOICE_ABOUT, names=parts.others),) if parts.of_others_alone else ()


def said(draft: DecisionDraft) -> str:
    """The sender's own words, as far as a cell is wide; the subject where there are none."""
    words = draft.submission.words.strip() or draft.arrival.message.subject
    return up_to(_LONGEST, words)


def fitting(draft: DecisionDraft, about: Registration | None) -> tuple[Choice, ...]:
    """The acts that fit a mail in words: about one known registration, or about nobody known."""
    submission = draft.submission
    asking = bool(_acts(draft)) and _acts(draft) <= _ASKING
    asks_only = submission.intent in _NEITHER or bool(submission.question) or asking
    if about is None and of_others_only(draft) and not _names_others(draft):
        excuse = (Choice.EXCUSE,) * (_by_function(draft) is not None)
        return (*excuse, *draft.answering, Choice.DONE)  # any other choice would be about who wrote
    if about is not None and _acts_unasked(draft, about, asks_only=asks_only):
        return (*draft.answering, *_of_known(draft, about, asks_only=asks_only), Choice.DONE)
    return _fitting_acts(draft, about, asks_only=asks_only)


def _fitting_acts(draft: DecisionDraft, about: Registration | None, *, asks_only: bool) -> tuple[Choice, ...]:
    submission = draft.submission
    if parts_of(submission).has_one_for_another and draft.event is not None:
        acts = _one_for_another(draft, about)
    elif _brings(draft, about) or (draft.event is not None and not asks_only and comes_along(draft)):
        acts = (Choice.REGISTER,)
    elif about is not None:
        acts = _of_known(draft, about, asks_only=asks_only)
    elif submission.intent is Intent.SUBSTITUTE or ActKind.SUBSTITUTE in _acts(draft):
        acts = _of_substitute(draft)
    elif draft.event is None or submission.nrs:
        acts = ()  # a reference that nobody has is about somebody else
    elif _all_come(draft):  # registering them would change nothing
        acts = (Choice.EXCUSE,) * (not asks_only and _may_leave(draft))
    elif asks_only:  # what they ask is answered first
        return (*draft.answering, Choice.REGISTER, *_excusing(draft), Choice.DONE)
    else:
        acts = _of_stranger(draft)
    answering = () if {*acts} & {*draft.answering} else draft.answering
    return (*acts, *answering, Choice.DONE)


def _may_leave(draft: DecisionDraft) -> bool:
    """Whether words of somebody on the list may say that they do not come: one that tells what somebody eats
    asks for no excuse."""
    asked, leaves = draft.context.asked, (*LEAVING, Intent.MAYBE_WITHDRAW, Intent.DENY)
    is_asked = asked is not None and asked.kind is Ask.WHICH  # who of them does not come
    return is_asked or draft.submission.intent in leaves or bool(_acts(draft) & _LEAVING)


def _acts(draft: DecisionDraft) -> set[ActKind]:
    return {act.kind for act in draft.submission.acts if not act.elsewhere}


def _names_others(draft: DecisionDraft) -> bool:
    """Whether what she registers or excuses is of those whom the words, or a form beside them, name."""
    said = draft.submission
    named = said.named or said.told or said.people or said.newcomer or said.nrs or parts_of(said).others
    return bool(named or brought(draft))


def _brings(draft: DecisionDraft, about: Registration | None) -> bool:
    """Whether somebody who is on the list, and stays, brings others along by name."""
    stays = about is not None and about.status.is_in and not _acts(draft) & _LEAVING
    return stays and bool(brought(draft))


def _acts_unasked(draft: DecisionDraft, about: Registration, *, asks_only: bool) -> bool:
    """Whether the words ask for nothing of what can be done with a registration: who does not come asks
    something, or somebody comes later or leaves sooner."""
    acts = _acts(draft)
    partly = acts & (_LEAVING | _COMING) == {ActKind.PARTIAL} and of_others_only(draft)
    return partly or (about.status.is_out and asks_only and not acts & _COMING)


def _of_known(draft: DecisionDraft, about: Registration, *, asks_only: bool) -> tuple[Choice, ...]:
    late = about.status is Status.LATE and bool(_acts(draft) & _COMING)
    if about.status.is_out or late:
        return (Choice.REGISTER,)
    if asks_only and _acts(draft) & {ActKind.CONDITION, ActKind.UNSURE}:  # what they ask is answered first
        return (*draft.answering, Choice.WITHDRAW, Choice.EXCUSE)
    leaves = bool(_acts(draft) & _LEAVING - {ActKind.PARTIAL})
    stays = bool(_acts(draft)) and not leaves  # "ik kom, en eet geen vlees", "ik kom wat later"
    asks_only = asks_only and ActKind.NOT_COME not in _acts(draft)  # "ik kan niet. Is er een verslag?"
    acts = () if asks_only or stays else (Choice.WITHDRAW, Choice.EXCUSE)
    if ActKind.SUBSTITUTE in _acts(draft) and draft.submission.newcomer is not None:
        unsure = bool(_acts(draft) & {ActKind.UNSURE, ActKind.CONDITION})  # who comes instead is still open
        acts = (*acts, Choice.REPLACES) if unsure else (Choice.REPLACES, *acts)
    if about.status is not Status.INCOMPLETE or draft.submission.question:
        return acts
    return (*acts, Choice.REGISTER) if leaves else (Choice.REGISTER, *acts)


def _of_substitute(draft: DecisionDraft) -> tuple[Choice, ...]:
    """Registering is of who comes: registering or excusing another, who writes, would be another thing."""
    comes = [act for act in draft.submission.acts if act.kind is ActKind.SUBSTITUTE]
    of_writer = any(act.of_self and not act.people for act in comes)
    known = of_writer or draft.submission.newcomer is not None
    return (Choice.REPLACES, *(Choice.REGISTER,) * (known and not _tells_whose_place(draft)))


def _tells_whose_place(draft: DecisionDraft) -> bool:
    """Whether words name one who has a place, other than who comes: registering beside them would leave that
    place to somebody else."""
    comes = draft.submission.newcomer
    name = name_of(comes.values, draft.form) if comes is not None else ""
    named = {*named_in_words(draft)}
    has = [r for r in draft.at_event if r.nr in named and not r.status.is_out]
    return len([r for r in has if not is_named(name, r.answers, draft.form)]) == 1 if name else False


def _of_stranger(draft: DecisionDraft) -> tuple[Choice, ...]:
    leaves = ActKind.NOT_COME in _acts(draft) and not _acts(draft) & _COMING
    if leaves:
        return (Choice.EXCUSE, Choice.REGISTER)
    return (Choice.REGISTER, *(Choice.REPLACES,) * any(named_in_words(draft)), *_excusing(draft))


def _excusing(draft: DecisionDraft) -> tuple[Choice, ...]:
    """That who wrote is excused, where the words do not ask for places, which would be kept by it, nor are of
    somebody who has several on the list and say of none that they do not come: it would be asked who."""
    asks = any(act.places for act in acts_here(draft.submission.acts, ActKind.PLACES))
    asks = asks and ActKind.NOT_COME not in _acts(draft)
    several = draft.event is not None and len(registrations_of(draft)) > 1
    return () if asks or (several and not _may_leave(draft)) else (Choice.EXCUSE,)


def _one_for_another(draft: DecisionDraft, about: Registration | None) -> tuple[Choice, ...]:
    """What carries out a mail whose writer stays away while others come, or the other way round: of one who
    comes and is not known beside one who has a place, giving it; else all of them, each their part."""
    parts = parts_of(draft.submission)
    known = [n for n in parts.coming if any(is_named(n, r.answers, draft.form) for r in draft.at_event)]
    gives = about is not None and not about.status.is_out and len(parts.coming) == 1 and not known
    if gives and about is not None and ActKind.NOT_COME not in parts.writer:
        gives = any(is_named(name, about.answers, draft.form) for name in parts.leaving)
    return (*(Choice.REPLACES,) * gives, Choice.REGISTER)


def _all_come(draft: DecisionDraft) -> bool:
    """Whether all whom words can be about are registered or on the waiting list, and nobody else is named."""
    submission, about = draft.submission, registrations_of(draft)
    acts = acts_here(submission.acts)
    others = submission.told or submission.newcomer or any(act.people for act in acts)
    come = all(one.status.is_in for one in about)
    return bool(about) and come and not others and ActKind.BRING not in {act.kind for act in acts}


def _event(draft: DecisionDraft) -> Event | None:
    """The event of the thread, of the only registration, or the only one that is open."""
    context = draft.context
    at = {context.thread_event} - {""} or {one.event for one in context.registrations} or context.told_of
    if len(at) == 1:
        return draft.settings.events.get(next(iter(at)))
    ahead = open_events(draft)
    return ahead[0] if not at and len(ahead) == 1 else None

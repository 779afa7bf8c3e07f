"""Whether somebody is known already (CONTRACT.md, "The same person")."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry, Override
from mailbot.decision.intents import stays_away
from mailbot.decision.new_values import new_values
from mailbot.domain.case import OWN_ROW, CaseKind, Choice
from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.document import Unit
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.registration import Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Answer, Person, Value
from mailbot.matching.names import (
    email_of,
    is_nearly,
    is_short_for,
    name_of,
    organisation_of,
    phone_of,
    same_letters,
    same_name,
    similar_name,
    without_asides,
)
from mailbot.text.normalize import fold

NAME = "zelfde persoon"


def same_person(draft: DecisionDraft) -> DecisionDraft:
    """Ties each person to the registration they are known by, or asks who is who."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    """Ties the person to the one registration that is theirs, takes them as new, or asks who they are where
    several may be theirs."""
    if entry.current is not None:
        return draft.saw(NAME, Saw.IS_KNOWN, nr=entry.current.nr), entry
    if told := [r for r in draft.at_event if r.nr == entry.person.nr]:
        return draft.saw(NAME, Saw.ANSWERS_OUR_QUESTION, nr=told[0].nr), replace(entry, current=told[0])
    decided = draft.override.same_as
    if decided is not None:
        current = next((r for r in draft.known_at_event if r.nr == decided), None)
        draft = draft.saw(NAME, Saw.DECIDED_WHO, who=decided or say(Saw.SOMEBODY_ELSE))
        return draft, replace(entry, current=current)
    if (again := _read_before(draft, entry)) is not None:
        return draft.saw(NAME, Saw.READ_AGAIN, nr=again.nr), replace(entry, current=again)
    asked = draft.context.asked
    if asked is not None and asked.kind is Ask.INCOMPLETE and not name_of(entry.person.values, draft.form):
        return _completing(draft, entry, asked.nrs)
    mine = {e.current.nr for e in draft.entries if e.current is not None}
    others = [r for r in draft.known_at_event if r.nr not in mine]
    found = _known(draft, entry, others)
    if len(found) == 1:
        return draft.saw(NAME, Saw.IS_KNOWN, nr=found[0].nr), _tied(entry, found[0], draft.form)
    doubted = found or _perhaps(draft, entry, others) or _renamed(draft, entry, others)
    return _ask_who(draft, entry, doubted) if doubted else _as_new(draft, entry, others)


def _tied(entry: Entry, current: Registration, form: Form) -> Entry:
    """The person tied to their registration; a doubt of what it says as well is none."""
    twice = _said_twice(entry.person, current, form)
    problems = tuple(p for p in entry.problems if p.field not in twice)
    return replace(entry, current=current, kept=entry.kept | twice, problems=problems)


def _as_new(draft: DecisionDraft, entry: Entry, others: list[Registration]) -> tuple[DecisionDraft, Entry]:
    """Takes the person as not known: in the row without a name that our question was about, or else in a
    new row."""
    asked = draft.context.asked.nrs if draft.context.asked else ()
    kept = next((r for r in others if r.nr in asked and not name_of(r.answers, draft.form)), None)
    what = say(Saw.IN_NAMELESS_PLACE, nr=kept.nr) if kept else say(Saw.IS_NEW)
    return draft.saw(NAME, Saw.OF_WHOM, who=draft.who(entry), what=what), replace(entry, current=kept)


def _ask_who(draft: DecisionDraft, entry: Entry, doubted: list[Registration]) -> tuple[DecisionDraft, Entry]:
    """The draft with a case that asks whether the person is one of the ``doubted``, and the entry held back
    for it."""
    names = tuple(f"{r.nr} {name_of(r.answers, draft.form)}" for r in doubted)
    who = tuple(filter(None, (draft.who(entry), email_of(entry.person.values, draft.form))))
    draft = draft.saw(NAME, Saw.MAY_BE, who=draft.who(entry), others=names).open_case(
        CaseKind.SAME_PERSON,
        (
            say(Says.RESEMBLES, who=who, others=_shown(doubted, draft.form)),
            *new_values(draft, entry, doubted[0]),
        ),
        (Choice.SAME, Choice.OTHER, Choice.ASK, Choice.DONE),
        entry=entry,
        payload={"nr": doubted[0].nr},
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.WHO_IS_WHO))


def becomes_double(draft: DecisionDraft) -> DecisionDraft:
    """Asks about somebody whose registration was completed, where another one that may be theirs came in
    meanwhile, or bears the name that they give only now: they would be on the list twice."""
    return draft.each(_judge_whole)


def _judge_whole(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None or current.status is not Status.INCOMPLETE or draft.override.same_as is not None:
        return draft.saw(NAME, Saw.NOTHING), entry
    held = {key: Answer(value) for key, value in current.answers.items()}
    known = entry.person.organisation_known or current.organisation_known
    whole = replace(entry, person=Person({**held, **entry.person.answers}, known))
    renamed = name_of(entry.answers, draft.form) != name_of(current.answers, draft.form)
    mine = {one.current.nr for one in draft.entries if one.current is not None}
    # a server tells the second only: who came in within the same one counts as since
    others = [
        one
        for one in draft.known_at_event
        if one.nr not in mine and not one.status.is_out and (renamed or one.received >= current.received)
    ]
    doubted = _certainly(whole.person, others, draft.form) or _perhaps(draft, whole, others, nearly=True)
    if not doubted:
        return draft.saw(NAME, Saw.NOTHING), entry
    who = draft.who(entry)
    draft = draft.saw(NAME, Saw.MAY_BE, who=who, others=tuple(one.nr for one in doubted)).open_case(
        CaseKind.SAME_PERSON,
        (say(Says.BECOMES_DOUBLE, nr=current.nr, others=_shown(doubted, draft.form)),),
        (Choice.OTHER, *draft.answering, Choice.DONE),
        entry=entry,
        payload={"nr": doubted[0].nr, OWN_ROW: current.nr},
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.WHO_IS_WHO))


def _said_twice(person: Person, known: Registration, form: Form) -> frozenset[str]:
    """The fields of a name that is known, and was written with a word of it twice ("Nele", "Nele Coppens"):
    they stay as they are."""
    name, theirs = name_of(person.values, form), name_of(known.answers, form)
    twice = same_name(name, theirs) and len(fold(name).split()) > len(fold(theirs).split())
    return frozenset(form.keys_of(FieldKind.NAME)) if twice else frozenset()


def _read_before(draft: DecisionDraft, entry: Entry) -> Registration | None:
    """The registration that came of this very mail when it was read by a form that was mended since: of the
    same name, or else the first in which nobody of the mail is named. Nothing that was read then counts any
    more. None where the mail is new, or she decided about it."""
    if draft.override != Override() or draft.context.asked is not None:
        return None
    mine = {one.current.nr for one in draft.entries if one.current is not None}
    came = (one for one in draft.at_event if one.message == draft.arrival.id and one.nr not in mine)
    own = [one for one in came if one.status is Status.INCOMPLETE and not one.by_hand]
    named = [one for one in own if _is_named(one, entry.person, draft.form)]
    people = draft.submission.people
    nobodys = [one for one in own if not any(_is_named(one, person, draft.form) for person in people)]
    found = next(iter((*named, *nobodys)), None)
    return replace(found, answers={}, organisation_known="", doubts=()) if found else None


def _is_named(registration: Registration, person: Person, form: Form) -> bool:
    return same_name(name_of(person.values, form), name_of(registration.answers, form))


def _completing(draft: DecisionDraft, entry: Entry, nrs: tuple[str, ...]) -> tuple[DecisionDraft, Entry]:
    """Ties an entry without a name to the registration that our question was about; where it was about as
    many as there are people, each to the one at its place. Asks her about whom they are where the numbers
    differ."""
    if len(nrs) == len(draft.submission.people):
        current = next((r for r in draft.at_event if r.nr == nrs[entry.index]), None)
        if current is not None:
            return draft.saw(NAME, Saw.ANSWERS_OUR_QUESTION, nr=current.nr), replace(entry, current=current)
    draft = draft.saw(NAME, Saw.ANSWERS_ABOUT_WHOM).open_case(
        CaseKind.UNCLEAR,
        (say(Says.ABOUT_WHOM, nrs=nrs, words=draft.submission.words.strip()),),
        (*draft.answering, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.OF_WHOM_UNCLEAR))


def _shown(registrations: list[Registration], form: Form) -> tuple[Statement, ...]:
    return tuple(
        say(
            Says.CANDIDATE,
            nr=r.nr,
            name=name_of(r.answers, form),
            organisation=organisation_of(r.answers, form),
            email=email_of(r.answers, form),
            status=str(r.status),
        )
        for r in registrations
    )


def _known(draft: DecisionDraft, entry: Entry, others: list[Registration]) -> list[Registration]:
    """The registrations that certainly are this person; more than one is a doubt again."""
    form, answers = draft.form, entry.person.values
    if form.per_organisation:
        return [r for r in others if _same_organisation(entry.person, r, form)]
    name = name_of(answers, form)
    for nrs in (draft.submission.nrs, draft.context.thread):
        answered = [r for r in others if r.nr in nrs]
        alike = [r for r in answered if same_name(name, name_of(r.answers, form))]
        if not alike and len(answered) == 1:
            alike = [r for r in answered if not name or _may_change_name(name, r, form)]
            alike = [r for r in alike if not (_is_told(draft) and _shares_nothing(name, r, form))]
        if alike:
            return alike
    return _certainly(entry.person, others, form)


def _is_told(draft: DecisionDraft) -> bool:
    """Whether words put people on the list ("gelieve ook Els Maes in te schrijven"): that answers nothing."""
    return bool(draft.submission.told) and not draft.submission.people


def _shares_nothing(name: str, registration: Registration, form: Form) -> bool:
    """Whether ``name`` has no word in common with the name of the registration."""
    noted = {*fold(name_of(registration.answers, form)).split()}
    return bool(noted) and noted.isdisjoint(fold(name).split())


def _certainly(person: Person, others: list[Registration], form: Form) -> list[Registration]:
    """The registrations that are a person's by name, and by organisation or address."""
    name, email = name_of(person.values, form), email_of(person.values, form)
    joined = [r for r in others if _spelt_otherwise(name, r, form) and _is_reached(person, r, form)]
    same = [r for r in others if same_name(name, name_of(r.answers, form))]
    return joined + [
        r
        for r in same
        if (_same_organisation(person, r, form) and email_of(r.answers, form) in (email, ""))
        or (_same_organisation(person, r, form) and not email)
        or (email and email == email_of(r.answers, form))
    ]


def _renamed(draft: DecisionDraft, entry: Entry, others: list[Registration]) -> list[Registration]:
    """The one registration that the answered mail is about, in a list, where the words give it another name
    ("mijn voornaam is Marc"); empty otherwise. It is no new participant, and the name is not taken over
    without her."""
    answered = [r for r in others if r.nr in draft.context.thread]
    in_words = any(answer.where.has(Unit.ANSWER) for answer in entry.person.answers.values())
    return answered if in_words and len(answered) == 1 and name_of(answered[0].answers, draft.form) else []


def _may_change_name(name: str, registration: Registration, form: Form) -> bool:
    """Whether an answer to their own registration may mend their name: a slip, or one that was
    only proposed from the sender's address."""
    doubted = {p.field for p in registration.doubts} & {*form.keys_of(FieldKind.NAME)}
    return bool(doubted) or similar_name(name, name_of(registration.answers, form))


def _perhaps(
    draft: DecisionDraft, entry: Entry, others: list[Registration], *, nearly: bool = False
) -> list[Registration]:
    """The registrations that may be this person, though not certainly."""
    form, person = draft.form, entry.person
    if form.per_organisation:
        return []
    name, email = without_asides(name_of(person.values, form)), email_of(person.values, form)
    comes = not stays_away(draft, entry)  # else it is asked who is meant (namesake)
    # On forms of one family or body two names are as often a letter apart.
    may_be = is_nearly if draft.submission.told or nearly else is_short_for

    def may_be_them(one: Registration) -> bool:
        known = name_of(one.answers, form)
        otherwise = _spelt_otherwise(name, one, form)
        alike = same_name(name, without_asides(known)) or otherwise or (comes and may_be(name, known))
        by_body = alike and _may_be_of_one_body(person, one, form)
        by_phone = otherwise and _same_phone(person.values, one, form)
        reached = bool(email) and email == email_of(one.answers, form)
        return by_body or by_phone or (reached and similar_name(name, without_asides(known)))

    return [one for one in others if may_be_them(one)]


def _may_be_of_one_body(person: Person, known: Registration, form: Form) -> bool:
    """Whether two people are of the same organisation, or one of them names none."""
    named = organisation_of(person.values, form) and organisation_of(known.answers, form)
    return not named or _same_organisation(person, known, form)


def _spelt_otherwise(name: str, registration: Registration, form: Form) -> bool:
    """Whether a registration has the same name with its particles joined in another way."""
    known = name_of(registration.answers, form)
    return same_letters(name, known) and not same_name(name, known)


def _is_reached(person: Person, registration: Registration, form: Form) -> bool:
    """Whether both give the same e-mail, or the same telephone and nothing that tells them apart: a
    switchboard and a household have one number for several."""
    answers = person.values
    email, known = email_of(answers, form), email_of(registration.answers, form)
    if email and known:
        return email == known
    return _same_phone(answers, registration, form) and _same_organisation(person, registration, form)


def _same_phone(answers: dict[str, Value], registration: Registration, form: Form) -> bool:
    said = phone_of(answers, form)
    return bool(said) and said == phone_of(registration.answers, form)


def _same_organisation(person: Person, registration: Registration, form: Form) -> bool:
    if person.organisation_known and registration.organisation_known:
        return person.organisation_known == registration.organisation_known
    said = fold(organisation_of(person.values, form))
    return said == fold(organisation_of(registration.answers, form)) and (
        bool(said) or not form.per_organisation
    )

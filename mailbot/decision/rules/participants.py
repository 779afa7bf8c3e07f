"""Makes an entry of the draft for each person whom forms or words register; the same person in two copies
of a form is one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mailbot.decision.body_of_list import of_body_of_list
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.event_selection import forms_by_event
from mailbot.decision.sender_relation import is_named, near, registrations_of
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ClueSource, Code, Intent, Person, Problem
from mailbot.matching.names import email_of, is_nobodys, name_of, organisation_of, same_name
from mailbot.text.normalize import fold

NAME = "personen"


def participants(draft: DecisionDraft) -> DecisionDraft:
    """Returns the draft with an entry for each person on its forms, or, where there is no form, for each
    person whom the words register. What a second copy of a form answers fills what the first left open.
    People on a form for another event get no entry here: they become a case of that event."""
    entries: list[Entry] = []
    others = _for_others(draft)
    read, doubts = tuple(enumerate(draft.submission.people)), draft.submission.problems
    wish = Intent.FORM
    if not read:
        read, doubts = _told(draft), draft.submission.told_doubts
        wish = Intent.EXCUSE if draft.override.excused else wish  # whom she wrote, whatever the form asks
    for index, person in read:
        if draft.override.only not in (None, index) or person.event in others:
            continue
        problems = tuple(p for p in doubts if p.person == index)
        entry = _without_ours(draft, Entry(index, person, problems, intent=wish))
        entry = _without_nobody(draft, entry)
        twin = next((e for e in entries if _twins(e.person, person, draft.form)), None)
        if twin is None:
            entries.append(entry)
        else:
            entries[entries.index(twin)] = _joined(twin, entry)
    entries += _writer_beside(draft, entries)
    notes = _about_the_form(draft)
    entries = [replace(entry, notes=(*entry.notes, *notes)) for entry in entries]
    entries = of_body_of_list(draft, entries)
    draft = replace(draft, entries=tuple(entries)).saw(NAME, Saw.IN_THE_FORM, count=len(entries))
    settled = draft.override.alone or draft.override.only is not None
    return draft if settled else _left_for_her(draft, others)


#: What a form itself says of the event that it was made for.
_OF_A_FORM = frozenset({ClueSource.MARK, ClueSource.HEADING})


def _about_the_form(draft: DecisionDraft) -> tuple[Note, ...]:
    """What the answer says of the form itself: that it was made for a former version of the event, that its
    macros were ignored."""
    former = any(clue.stale and clue.by in _OF_A_FORM for clue in draft.submission.clues)
    macros = draft.submission.macros
    return (Note.FORMER_FORM,) * former + (Note.MACROS_IGNORED,) * macros


def _told(draft: DecisionDraft) -> tuple[tuple[int, Person], ...]:
    """The people whom the words register, each with the index in ``submission.told``, but for those who are
    registered: what is wanted of these is judged by the intent of the words. Somebody whom she reads as not
    coming is among them. None where the words were passed on and she did not accept them, or where only the
    sender is told of, who is registered."""
    if draft.passed_on and not draft.agreed:
        return ()  # words that were passed on put nobody on the list by themselves
    told = draft.submission.told
    about = registrations_of(draft) if len(told) == 1 else []
    if about and email_of(told[0].values, draft.form) == draft.sender.email:
        return ()
    # once she agreed, who is out comes again, and who waits may take the place of who leaves
    leaves = any(one.values.get(ATTENDS) is False for one in told)
    known = [
        name_of(one.answers, draft.form)
        for one in draft.at_event
        if not (draft.agreed and (one.status.is_out or (leaves and one.status is Status.WAITLISTED)))
    ]
    return tuple(
        (index, person)
        for index, person in enumerate(told)
        if person.values.get(ATTENDS) is False or not _is_known(person, known, draft)
    )


def _is_known(person: Person, known: Iterable[str], draft: DecisionDraft) -> bool:
    """Whether somebody is one of the ``known`` names, or of a first name near to the mail."""
    name = name_of(person.values, draft.form)
    return any(same_name(name, one) for one in known) or _is_first_name_near(name, draft)


def _writer_beside(draft: DecisionDraft, entries: list[Entry]) -> list[Entry]:
    """The writer, who is on the list, with what changes of them, where she registers those whom they bring
    along."""
    own, about = draft.submission.own, draft.override.about
    if draft.submission.people or not (entries and own and about and draft.agreed):
        return []
    rows = [one for one in draft.at_event if one.nr == about and one.status.is_in]
    index = max(entry.index for entry in entries) + 1
    return [Entry(index, Person(dict(own)), current=row, intent=Intent.REGISTER) for row in rows]


def _is_first_name_near(name: str, draft: DecisionDraft) -> bool:
    """Whether ``name`` is a first name alone and exactly one registration of the thread, or sent in by the
    writer, is called so: "Joke en ik komen" in answer to a mail about Joke Maes."""
    return " " not in name and sum(is_named(name, r.answers, draft.form) for r in near(draft)) == 1


def _for_others(draft: DecisionDraft) -> dict[str, tuple[str | Statement, ...]]:
    """The names of those on forms for other events, by the id of the event. Empty where no form is for the
    event of the draft: the secretary then chose this event for all of them."""
    assert draft.event is not None
    named = forms_by_event(draft)
    return named if named.pop(draft.event.id, ()) else {}


def _left_for_her(draft: DecisionDraft, others: Mapping[str, tuple[str | Statement, ...]]) -> DecisionDraft:
    """Opens a case at each of the ``others``, events that forms of this message are for; it waits for
    her."""
    here = draft.event
    for id_, names in others.items():
        event = draft.settings.events[id_]
        left = replace(draft, event=event).open_case(
            CaseKind.WHICH_EVENT,
            (say(Says.ALSO_FORM_FOR, title=event.title, names=names),),
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            payload={"alone": "ja"},
        )
        case = replace(left.cases[-1], key=f"{left.cases[-1].key}{id_}")
        draft = replace(left, event=here, cases=(*draft.cases, case))
        draft = draft.saw(NAME, Saw.CASE_OF_ITS_OWN, event=id_)
    return draft


def _without_ours(draft: DecisionDraft, entry: Entry) -> Entry:
    """The entry without an address of the secretariat in a field for the participant's own: an answer to it
    would come back to us."""
    event, settings = draft.event, draft.settings
    assert event is not None
    ours = settings.own_addresses | {settings.secretariat_of(event).lower()}
    ours |= {contact.email.lower() for contact in event.contacts}
    ours -= {"", draft.sender.email.lower()}
    written = {f.key: entry.person.text(f.key) for f in draft.form.of_kind(FieldKind.EMAIL)}
    # whatever tag it bears ("inschrijvingen+jan@"): it reaches the same mailbox
    keys = {
        key for key, text in written.items() if not ours.isdisjoint({text.lower(), Address(text).mailbox})
    }
    answers = {key: answer for key, answer in entry.person.answers.items() if key not in keys}
    problems = tuple(p for p in entry.problems if p.field not in keys)
    return replace(entry, person=replace(entry.person, answers=answers), problems=problems)


def _without_nobody(draft: DecisionDraft, entry: Entry) -> Entry:
    """The entry without a name that belongs to nobody ("nieuwe medewerker", "N.N."), which is then asked: a
    row under it would match whoever comes. Where she accepted the message the name stays."""
    if draft.override.waived:
        return entry
    fields = draft.form.of_kind(FieldKind.NAME)
    said = {f.key: entry.person.text(f.key) for f in fields if entry.person.text(f.key)}
    whole = is_nobodys(name_of(entry.person.values, draft.form))
    keys = {key for key, text in said.items() if whole or is_nobodys(text)}
    answers = {key: answer for key, answer in entry.person.answers.items() if key not in keys}
    doubted = (Problem(entry.index, key, Code.INVALID, Reason.NAME, said[key]) for key in sorted(keys))
    problems = (*(p for p in entry.problems if p.field not in keys), *doubted)
    return replace(entry, person=replace(entry.person, answers=answers), problems=problems) if keys else entry


def _twins(one: Person, other: Person, form: Form) -> bool:
    """Whether two people of a form are the same: one name, organisation and at most one address; where a
    form counts by organisation, one organisation."""
    first, second = one.values, other.values
    organisations = fold(organisation_of(first, form)), fold(organisation_of(second, form))
    if form.per_organisation:
        return bool(organisations[0]) and organisations[0] == organisations[1]
    emails = {
        fold(str(answers.get(f.key, "")))
        for f in form.fields
        for answers in (first, second)
        if f.kind is FieldKind.EMAIL
    }
    return (
        same_name(name_of(first, form), name_of(second, form))
        and organisations[0] == organisations[1]
        and len(emails - {""}) <= 1
    )


def _joined(first: Entry, second: Entry) -> Entry:
    """The entry with the answers of both copies, those of the first where both have one. Two different
    answers to one question are a doubt; of a yes and a no neither is kept, as where one copy has both
    ticked."""
    problems, neither = list(first.problems), set[str]()
    for key, answer in second.person.answers.items():
        known = first.person.answers.get(key)
        if known is None or known.value == answer.value:
            continue
        if isinstance(known.value, bool) and isinstance(answer.value, bool):
            neither.add(key)
            problems.append(Problem(first.index, key, Code.AMBIGUOUS, Reason.YES_AND_NO))
        else:
            both = f"{known.value} / {answer.value}"
            problems.append(Problem(first.index, key, Code.AMBIGUOUS, Reason.TWO_ANSWERS, both))
    answers = {**second.person.answers, **first.person.answers}
    answers = {key: answer for key, answer in answers.items() if key not in neither}
    known_organisation = first.person.organisation_known or second.person.organisation_known
    missing = [p for p in problems if not (p.code is Code.MISSING and p.field in answers)]
    return replace(first, person=Person(answers, known_organisation), problems=tuple(missing))

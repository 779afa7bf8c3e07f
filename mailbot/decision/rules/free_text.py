"""What the words of a mail without a form want, and of which people."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.access import Right, access
from mailbot.decision.confirmation import confirmed_person
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.intents import LEAVING, asked_kinds, asks_again, confirms_signature
from mailbot.decision.replaced import replaced_by_function
from mailbot.decision.sender_relation import (
    also_named,
    called,
    is_named,
    own_answers,
    registrations_of,
    signed_by,
)
from mailbot.decision.strangers import stranger_comes, stranger_leaves
from mailbot.decision.unclear import review
from mailbot.decision.who_leaves import not_all_known, of_whom_in_doubt, replaced_writer
from mailbot.domain.decision import Ask, Note, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, ROLE
from mailbot.domain.registration import STATUS, Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Answer, Intent, Person, Who
from mailbot.matching.names import email_of, name_of, same_name
from mailbot.text.lexicon import AFTER_ALL, NOT, either, words_of
from mailbot.text.normalize import fold

NAME = "wens in woorden"

#: Our questions which registration is meant, and what is then done with it.
WHICH = {Ask.WHICH: Intent.WITHDRAW, Ask.WHICH_RETURNS: Intent.RESTORE}
_EXCEPT, _ALL = (re.compile(rf"\b{either(*words_of('which', key))}\b") for key in ("except", "all"))
_NOT = re.compile(rf"\b{either(*NOT, *AFTER_ALL)}\b")


def free_text(draft: DecisionDraft) -> DecisionDraft:
    """Makes entries of the people that a mail in plain words is about, with what it wants."""
    intent = draft.submission.intent
    asked = draft.context.asked
    if intent is Intent.MAYBE_WITHDRAW and draft.agreed:
        intent = Intent.WITHDRAW
    if draft.entries or draft.submission.people:
        return draft.saw(NAME, Saw.HAS_FORM)
    if asked is not None and asked.kind in WHICH and intent not in (Intent.RESTORE, Intent.REGISTER):
        return _which_of(draft, WHICH[asked.kind])
    if asked is not None and asked.kind is Ask.INCOMPLETE and intent is Intent.CONFIRM:
        return _confirmed(draft)
    registers_or_excuses = draft.agreed and intent in (Intent.REGISTER, *LEAVING)  # so she chose
    if (asks_again(draft) and not registers_or_excuses) or confirms_signature(draft):
        return _told_again(draft)
    if intent in LEAVING or intent is Intent.SUBSTITUTE:
        return _leaving(draft, intent)
    if intent is Intent.REGISTER and _thanks_and_comes(draft):
        return draft.saw(NAME, Saw.THANKS_AND_COMES).settle(Outcome.NO_FORM, answer=False)
    if intent in (Intent.RESTORE, Intent.REGISTER):
        others = _others_told(draft)  # they are on the list already: no rule before this one took them
        return _unclear(draft, say(Says.KNOWN_COME_AGAIN, names=others)) if others else _coming(draft, intent)
    return draft.saw(NAME, Saw.NOTHING)


def _told_again(draft: DecisionDraft) -> DecisionDraft:
    """The confirmation once more, to who may see it: nothing changes, and the answer says how it stands."""
    meant = registrations_of(draft)
    about = [r for r in meant if access(draft, r).may(Right.SEE_SENT)]
    if not about and confirms_signature(draft) and any(access(draft, r).known for r in meant):
        return draft.saw(NAME, Saw.YES_OF_STRANGER).settle(Outcome.NO_FORM, answer=False)
    if not about and confirms_signature(draft):
        return _unclear(draft, say(Says.YES_TO_ANOTHERS_MAIL))
    if not about:
        return _unclear(draft, say(Says.WANTS_CONFIRMATION_AGAIN))
    entries = (
        Entry(n, Person(), current=one).settled(Outcome.UNCHANGED, one.status) for n, one in enumerate(about)
    )
    return replace(draft, entries=tuple(entries)).saw(NAME, Saw.CONFIRMATION_AGAIN)


def _leaving(draft: DecisionDraft, intent: Intent) -> DecisionDraft:
    by_function = replaced_by_function(draft) if intent is Intent.SUBSTITUTE else None
    if by_function is None:
        return _those_leave(draft, intent, replaced_writer(draft, intent) or registrations_of(draft))
    if len(by_function) != 1 or draft.submission.staying:
        return _unclear(draft, say(Says.SUBSTITUTE_OF_WHOM))
    draft = draft.saw(NAME, Saw.WISH, wish=intent, nrs=(by_function[0].nr,))
    return _about(draft, by_function, intent)


def _those_leave(draft: DecisionDraft, intent: Intent, about: list[Registration]) -> DecisionDraft:
    staying = draft.submission.staying  # "ik kan niet, Els komt wel": of who sent in both
    meant = [r for r in about if not any(is_named(name, r.answers, draft.form) for name in staying)] or about
    coming = [r for r in meant if not r.status.is_out]
    named = len(draft.submission.named) or len(draft.submission.nrs)
    if len(coming) > max(1, named):
        if intent is Intent.SUBSTITUTE:
            return _unclear(draft, say(Says.SUBSTITUTE_OF_WHOM))
        return _ask_which(draft, coming, Ask.WHICH)
    if new := [name for name in staying if not _comes_already(name, draft, meant)]:
        return _unclear(draft, say(Says.LEAVES_AND_OTHER_COMES, wish=intent, names=tuple(new)))
    if doubt := of_whom_in_doubt(draft, meant) or not_all_known(draft, meant):
        return _unclear(draft, doubt)
    about = coming or meant[:1]
    if not about:
        draft = draft.found(NAME, say(Saw.WISH_OF_STRANGER, wish=intent))
        return _made(draft, stranger_leaves(draft, intent))
    nrs = tuple(row.nr for row in about)
    return _about(draft.found(NAME, say(Saw.WISH, wish=intent, nrs=nrs)), about, intent)


def _comes_already(name: str, draft: DecisionDraft, leaving: list[Registration]) -> bool:
    """Whether who is said to come beside those who leave is in already, so that nothing is to be done."""
    known = [r for r in draft.at_event if r not in leaving and is_named(name, r.answers, draft.form)]
    return bool(known) and all(r.status is Status.REGISTERED for r in known)


def _coming(draft: DecisionDraft, intent: Intent) -> DecisionDraft:
    about = registrations_of(draft)
    left = _returns(draft, about) if intent is Intent.RESTORE else _registers_again(draft, about)
    if left is not None:
        return left
    gone = [r for r in about if r.status.is_out] if intent is Intent.RESTORE else []
    about = gone or about[:1]
    if about and not draft.agreed and not _all_meant(draft, about):
        return _unclear(
            draft, say(Says.COMES_WITH_WRITER, by=called(draft.first_person) or draft.first_person.email)
        )
    if about:
        return _about(draft.saw(NAME, Saw.WISH, wish=intent, nrs=(about[0].nr,)), about, intent)
    if draft.submission.named:  # whoever they are, the sender is another
        comes = Says.STRANGERS_COME if intent is Intent.REGISTER else Says.STRANGERS_RETURN
        return _unclear(draft, say(comes, names=draft.submission.named))
    if not draft.agreed and any(act.bare for act in draft.submission.acts):
        return _unclear(draft, say(Says.NOT_ALL_UNDERSTOOD))  # nobody asked them whether "dat past nu wel"
    made = stranger_comes(draft, intent)
    return _made(draft if isinstance(made, Statement) else draft.saw(NAME, Saw.REGISTERS_IN_WORDS), made)


def _returns(draft: DecisionDraft, about: list[Registration]) -> DecisionDraft | None:
    """The draft where it is not plain who of them comes again, or the words say more of somebody who comes
    anyhow. None elsewhere."""
    gone = [r for r in about if r.status.is_out]
    if len(gone) > max(1, len(draft.submission.named)):
        return _ask_which(draft, gone, Ask.WHICH_RETURNS)
    if about and not gone and not draft.agreed and _says_more(draft):
        return _unclear(draft, say(Says.KNOWN_COMES_AND_MORE))
    return None


def _registers_again(draft: DecisionDraft, about: list[Registration]) -> DecisionDraft | None:
    """The draft where somebody who is registered says that they come, and more follows from that than what
    their row says: it is completed by decision, or the words say more. None elsewhere."""
    waiting = [r for r in about if r.status is Status.INCOMPLETE]
    if draft.agreed:
        by_hand = _completed_by_hand(draft, about)
        return _completed(draft, waiting, by_hand) if waiting or by_hand else None
    if about and _says_more(draft):
        return _unclear(draft, say(Says.KNOWN_COMES_AND_MORE))
    return None


def _all_meant(draft: DecisionDraft, about: list[Registration]) -> bool:
    """Whether all who come together, their writer with others, are these: "Dirk kan toch komen, en ik kom ook
    mee" is about who is no row as well."""
    together = [act for act in draft.submission.acts if act.who is Who.COMPANY and not act.elsewhere]
    together = [act for act in together if act.kind in (ActKind.COME, ActKind.RESTORE) and act.people]
    names = [
        *(name for act in together for name in act.people),
        *([called(draft.first_person)] if together else []),
    ]
    rows = [row.answers for row in about]
    return all(any(is_named(name, answers, draft.form) for answers in rows) for name in names)


def _thanks_and_comes(draft: DecisionDraft) -> bool:
    """Whether who is registered thanks us for telling so and says that they come, as we told: nobody waits
    for an answer to that."""
    about = registrations_of(draft)
    told = bool(about) and {row.nr for row in about} <= {*draft.context.thread}
    registered = all(row.status is Status.REGISTERED for row in about)
    thanks = ActKind.THANKS in draft.submission.heard and not draft.agreed
    return told and registered and thanks and not _says_more(draft) and not draft.submission.question.strip()


def _others_told(draft: DecisionDraft) -> tuple[str, ...]:
    """Whom words put on the list, where the writer is none of them and she did not decide yet."""
    if draft.agreed or draft.passed_on:
        return ()
    told = [one.values for one in draft.submission.told]
    addresses, names = [email_of(one, draft.form) for one in told], [name_of(one, draft.form) for one in told]
    own = draft.sender.email.lower() in addresses or any(
        same_name(called(draft.first_person), n) for n in names
    )
    return () if own else tuple(filter(None, names))


def _completed_by_hand(draft: DecisionDraft, about: list[Registration]) -> list[Registration]:
    """Those whom our question was about and whose answers she typed herself since: they were told last that
    something is missing."""
    asked = draft.context.asked
    nrs = asked.nrs if asked is not None and asked.kind is Ask.INCOMPLETE else ()
    in_ = [row for row in about if row.nr in nrs and row.status in (Status.REGISTERED, Status.WAITLISTED)]
    return [row for row in in_ if any(change.key == STATUS for change in row.unsent_changes)]


def _completed(
    draft: DecisionDraft, waiting: list[Registration], by_hand: list[Registration]
) -> DecisionDraft:
    """Those whom the secretary registers on words that answer our question, with what was read of them, and
    beside them those whom she completed ``by_hand``, so that who wrote hears of all."""
    draft = draft.saw(NAME, Saw.SECRETARY_REGISTERS, nrs=tuple(row.nr for row in waiting))
    entries = [
        Entry(n, confirmed_person(row, Unit.SECRETARIAT), current=row, intent=Intent.REGISTER)
        for n, row in enumerate(waiting)
    ]
    for n, row in enumerate(by_hand, len(entries)):
        entry = Entry(n, Person(), current=row)
        entry = entry.settled(Outcome.UNCHANGED, row.status, row.reason, Note.CONFIRMED)
        entries.append(replace(entry, waits=row.reason))
    return replace(draft, entries=tuple(entries))


def _says_more(draft: DecisionDraft) -> bool:
    """Whether words of somebody who comes already hold more than that: "nothing changed" would be half
    an answer."""
    of_coming = {ActKind.RESTORE} if draft.submission.intent is Intent.RESTORE else set()
    kinds = asked_kinds(draft) - {ActKind.COME, ActKind.CONFIRM, ActKind.QUESTION} - of_coming
    return bool(kinds or draft.submission.unread_words)


def _ask_which(draft: DecisionDraft, candidates: list[Registration], asks: Ask) -> DecisionDraft:
    """Asks which of these is meant, naming them; nobody is told of another's registration."""
    if not all(access(draft, candidate).known for candidate in candidates):
        return _unclear(draft, say(Says.NOT_OF_ALL))
    entries = tuple(
        Entry(index, Person(), current=candidate).settled(Outcome.INCOMPLETE, None)
        for index, candidate in enumerate(candidates)
    )
    draft = draft.saw(NAME, Saw.WHICH_IS_ASKED, count=len(candidates))
    return replace(draft, entries=entries).settle(Outcome.INCOMPLETE, asks=asks)


def _which_of(draft: DecisionDraft, intent: Intent) -> DecisionDraft:
    """The answer to "which of your registrations": names, references, or all."""
    assert draft.context.asked is not None
    asked = [r for r in draft.at_event if r.nr in draft.context.asked.nrs] or registrations_of(draft)
    said = f" {fold(draft.submission.words)} "
    if _EXCEPT.search(said) or (draft.submission.intent not in LEAVING and _NOT.search(said)):
        return _unclear(draft, say(Says.WHICH_WITH_EXCEPTION))
    meant = [r for r in asked if r.nr in draft.submission.nrs or _said(said, r, asked, draft)]
    if not meant and _ALL.search(said):
        meant = asked
    if not meant:
        return _unclear(draft, say(Says.WHICH_UNANSWERED))
    draft = draft.saw(NAME, Saw.ANSWERS_THESE, nrs=tuple(row.nr for row in meant))
    return _about(draft, meant, intent)


def _confirmed(draft: DecisionDraft) -> DecisionDraft:
    """A plain "ja" to what we read: the doubted answers stand, what is missing stays missing."""
    assert draft.context.asked is not None
    entries: list[Entry] = []
    for row in (r for r in draft.at_event if r.nr in draft.context.asked.nrs):
        person = confirmed_person(row, Unit.CONFIRMATION)
        entries.append(Entry(len(entries), person, current=row, intent=Intent.CONFIRM))
    return replace(draft, entries=tuple(entries)).saw(NAME, Saw.CONFIRMS_WHAT_WAS_READ)


def _said(said: str, registration: Registration, asked: list[Registration], draft: DecisionDraft) -> bool:
    """Whether the words name this one: in full, or by a part of the name that only they have."""
    name = fold(name_of(registration.answers, draft.form))
    if f" {name} " in said:
        return bool(name)
    others = {
        w for r in asked if r.nr != registration.nr for w in fold(name_of(r.answers, draft.form)).split()
    }
    own = [word for word in name.split() if word not in others and len(word) > 2]
    return any(f" {word} " in said for word in own)


def _about(draft: DecisionDraft, registrations: list[Registration], intent: Intent) -> DecisionDraft:
    # Who comes in somebody's place is for another rule.
    decided = draft.agreed or intent is Intent.SUBSTITUTE
    if not decided and (others := also_named(draft, registrations)):
        return _unclear(draft, say(Says.NAMES_OTHERS, names=tuple(others)))
    entries = []
    own = _own_answers(draft, registrations) if intent in (Intent.RESTORE, Intent.REGISTER) else {}
    if own:
        draft = replace(draft, submission=draft.submission.without_own())
    for index, registration in enumerate(registrations):
        signed = _told_anew(draft, registration) if intent is Intent.RESTORE else {}
        person = Person({**signed, **own})
        if intent not in (*LEAVING, Intent.SUBSTITUTE) and registration.answers.get(ATTENDS) is False:
            person = Person({**person.answers, ATTENDS: Answer(True, Location().at(Unit.MAIL))})
        entries.append(Entry(index, person, current=registration, intent=intent))
    return replace(draft, entries=tuple(entries))


def _own_answers(draft: DecisionDraft, rows: list[Registration]) -> dict[str, Answer]:
    """What who comes tells of themselves by the questions of the form, where the one row is theirs."""
    if len(rows) != 1 or draft.passed_on:
        return {}
    own = own_answers(draft.submission, draft.first_person, rows[0], draft.form)
    return {**_role_told(draft, rows[0]), **own}


def _role_told(draft: DecisionDraft, row: Registration) -> dict[str, Answer]:
    """The function that who comes says to have ("ik ben intussen burgemeester en ik kom"), where their row
    has another or none."""
    told, name = draft.submission.told, name_of(row.answers, draft.form)
    theirs = len(told) == 1 and same_name(name_of(told[0].values, draft.form), name)
    role = told[0].answers.get(ROLE) if theirs else None
    if role is None or role.signed or fold(str(role.value)) in fold(row.text(ROLE)):
        return {}
    return {ROLE: role}


def _told_anew(draft: DecisionDraft, row: Registration) -> dict[str, Answer]:
    """What the signature of who comes after all tells of them, and their row does not yet."""
    signed = signed_by(name_of(row.answers, draft.form), draft.submission.writer, draft.form)
    return {key: answer for key, answer in signed.items() if not row.answers.get(key)}


def _unclear(draft: DecisionDraft, lead: Statement) -> DecisionDraft:
    return review(draft, NAME, lead)


def _made(draft: DecisionDraft, made: tuple[Entry, ...] | Statement) -> DecisionDraft:
    """The draft with these entries, or with the case that says why there are none."""
    return _unclear(draft, made) if isinstance(made, Statement) else replace(draft, entries=made)

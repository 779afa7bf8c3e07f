"""What the words of a mail want, where they come without a form: whom it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.draft import Draft, Entry
from mailbot.decision.names import ATTENDS, fold, name_of
from mailbot.decision.senders import proposed, registrations_of
from mailbot.form import Kind
from mailbot.model import Answer, CaseKind, Choice, Code, Intent, Outcome, Person, Registration, Status

NAME = "wens in woorden"

#: Those who still come, or want to.
COMING = frozenset({Status.REGISTERED, Status.WAITLISTED, Status.INCOMPLETE, Status.LATE})
LEAVING = frozenset({Intent.WITHDRAW, Intent.EXCUSE})
_ALL = re.compile(r"\b(alle(maal|n)?|iedereen|allebei|beiden?)\b")


def words(draft: Draft) -> Draft:
    """Makes entries of the people that a mail in plain words is about, with what it wants."""
    intent = draft.submission.intent
    asked = draft.known.asked
    if intent is Intent.MAYBE_WITHDRAW and CaseKind.UNCLEAR in draft.ruling.waived:
        intent = Intent.WITHDRAW
    if draft.entries or draft.submission.people:
        return draft.find(NAME, "er is een formulier")
    if asked is not None and asked.kind == "which" and intent not in (Intent.RESTORE, Intent.REGISTER):
        return _which_of(draft)
    if asked is not None and asked.kind == "incomplete" and intent is Intent.CONFIRM:
        return _confirmed(draft)
    if intent in LEAVING or intent is Intent.SUBSTITUTE:
        return _leaving(draft, intent)
    if intent in (Intent.RESTORE, Intent.REGISTER):
        return _coming(draft, intent)
    return draft.find(NAME, "geen")


def _leaving(draft: Draft, intent: Intent) -> Draft:
    about = registrations_of(draft)
    coming = [r for r in about if r.status in COMING]
    named = len(draft.submission.named) or len(draft.submission.nrs)
    if len(coming) > max(1, named):
        return draft.find(NAME, f"{len(coming)} inschrijvingen: gevraagd welke").settle(
            Outcome.INCOMPLETE, asks="which"
        )
    about = coming or about[:1]
    draft = draft.find(NAME, f"{intent}: {', '.join(r.nr for r in about) or 'niet ingeschreven'}")
    if about:
        return _about(draft, about, intent)
    if intent is Intent.SUBSTITUTE:
        return _unclear(draft, "Iemand komt in de plaats van een deelnemer die niet bekend is")
    if draft.submission.named:
        return _unclear(draft, f"Afmelding van {', '.join(draft.submission.named)}, niet ingeschreven")
    person, _ = proposed(draft.sender, draft.form, draft.settings.organisations)
    answers = {**person.answers}
    for field in draft.form.of_kind(Kind.EMAIL)[:1]:
        answers[field.key] = Answer(draft.sender.email, "afzender van de mail")
    if ATTENDS in answers:
        answers[ATTENDS] = Answer(False, "de mail")
    entry = Entry(0, Person(answers, person.organisation_known), wish=intent)
    return replace(draft, entries=(entry,))


def _coming(draft: Draft, intent: Intent) -> Draft:
    about = registrations_of(draft)
    if intent is Intent.RESTORE:
        gone = [r for r in about if r.status in (Status.CANCELLED, Status.EXCUSED)]
        if len(gone) > max(1, len(draft.submission.named)):
            return draft.find(NAME, "gevraagd wie toch komt").settle(Outcome.INCOMPLETE, asks="which")
        about = gone or about[:1]
    if about:
        draft = draft.find(NAME, f"{intent}: {about[0].nr}")
        return _about(draft, about[:1] if intent is not Intent.RESTORE else about, intent)
    if draft.submission.named and intent is not Intent.REGISTER:
        return _unclear(draft, f"{', '.join(draft.submission.named)} komt toch, maar is niet bekend")
    person, problems = proposed(draft.sender, draft.form, draft.settings.organisations)
    draft = draft.find(NAME, "inschrijving zonder formulier: naam en adres voorgesteld")
    return replace(draft, entries=(Entry(0, person, problems, wish=intent),))


def _which_of(draft: Draft) -> Draft:
    """The answer to "which of your registrations": names, references, or all."""
    assert draft.known.asked is not None
    asked = [r for r in draft.at_event if r.nr in draft.known.asked.nrs] or registrations_of(draft)
    said = f" {fold(draft.submission.words)} "
    meant = [r for r in asked if r.nr in draft.submission.nrs or _said(said, r, asked, draft)]
    if not meant and _ALL.search(said):
        meant = asked
    if not meant:
        return _unclear(draft, "Antwoord op de vraag welke inschrijving bedoeld is")
    draft = draft.find(NAME, f"antwoord op onze vraag: {', '.join(r.nr for r in meant)}")
    return _about(draft, meant, Intent.WITHDRAW)


def _confirmed(draft: Draft) -> Draft:
    """A plain "ja" to what we read: the doubted answers stand, what is missing stays missing."""
    assert draft.known.asked is not None
    entries: list[Entry] = []
    for row in (r for r in draft.at_event if r.nr in draft.known.asked.nrs):
        doubted = {p.field for p in row.doubts if p.code is Code.UNSURE}
        answers = {k: Answer(v, "bevestigd") for k, v in row.answers.items() if k in doubted}
        person = Person(answers, row.organisation_known)
        entries.append(Entry(len(entries), person, current=row, wish=Intent.CONFIRM))
    return replace(draft, entries=tuple(entries)).find(NAME, "bevestigt wat er gelezen was")


def _said(said: str, registration: Registration, asked: list[Registration], draft: Draft) -> bool:
    """Whether the words name this one: in full, or by a part of the name that only they have."""
    name = fold(name_of(registration.answers, draft.form))
    if f" {name} " in said:
        return bool(name)
    others = {
        w for r in asked if r.nr != registration.nr for w in fold(name_of(r.answers, draft.form)).split()
    }
    own = [word for word in name.split() if word not in others and len(word) > 2]
    return any(f" {word} " in said for word in own)


def _about(draft: Draft, registrations: list[Registration], wish: Intent) -> Draft:
    entries = []
    for index, registration in enumerate(registrations):
        person = Person()
        if wish not in (*LEAVING, Intent.SUBSTITUTE) and registration.answers.get(ATTENDS) is False:
            person = Person({ATTENDS: Answer(True, "de mail")})
        entries.append(Entry(index, person, current=registration, wish=wish))
    return replace(draft, entries=tuple(entries))


def _unclear(draft: Draft, what: str) -> Draft:
    return (
        draft.find(NAME, what)
        .open_case(
            CaseKind.UNCLEAR,
            f'{what}: "{draft.submission.words.strip()}"',
            (Choice.DONE, Choice.ASK),
        )
        .settle(Outcome.REVIEW, answer=False)
    )

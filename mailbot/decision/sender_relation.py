"""Which registrations the words of a mail are about, and what an address says of who wrote them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from mailbot.config.settings import Settings
from mailbot.decision.access import Right, access, is_of
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.intents import LEAVING, asked_kinds
from mailbot.decision.signature import signed_lines
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.message import Address, Message
from mailbot.domain.organisation import Organisations
from mailbot.domain.registration import Registration
from mailbot.domain.submission import ActKind, Answer, Code, Person, Problem, Submission, Value
from mailbot.extraction.values.names import split_name
from mailbot.matching.names import (
    belongs_to,
    email_of,
    is_part_of,
    name_of,
    same_name,
    stands_in,
)
from mailbot.matching.organisations import directory, recognised, same_place
from mailbot.matching.shown_names import (
    is_of_an_office,
    person_shown,
    person_spelt,
    without_addresses,
)
from mailbot.matching.told_bodies import told_body
from mailbot.text.normalize import fold

FROM_SENDER = Location().at(Unit.SENDER)


def registrations_of(draft: DecisionDraft) -> list[Registration]:
    """The registrations at the event that the words of a mail can be about: those whose Nr it
    gives, else of the people it names, else those its thread is about, else those of who says "I" in
    them (their address is on it, or they sent it in), else one of their name, or of their signature where
    neither their display name nor their address is a person's.

    A mail speaks for its writer: who only stood in Cc of a thread, and has a name of their own, does not
    speak for those the thread is about."""
    at_event, submission, first_person = draft.at_event, draft.submission, draft.first_person
    if by_nr := [r for r in at_event if r.nr in submission.nrs]:
        return by_nr
    if submission.named:
        found = [_named_by(name, draft) for name in submission.named]
        return [r for r in at_event if any(r in some for some in found)]
    by_thread = [r for r in at_event if r.nr in draft.context.thread]
    if theirs := [r for r in by_thread if not any(_name(first_person)) or _speaks_for(draft, r)]:
        return theirs
    return _own_of_first_person(draft)


def _own_of_first_person(draft: DecisionDraft) -> list[Registration]:
    """Those of who says "I" in the mail: at their address, else of their name, else of their signature."""
    at_event, form, first_person = draft.at_event, draft.form, draft.first_person
    address = first_person.email.lower()
    own = [r for r in at_event if address in (r.sender.lower(), email_of(r.answers, form))]
    mine = [r for r in own if draft.passed_on or _speaks_for(draft, r)]  # not whom they once registered
    chosen = _sent_in_themselves(mine, first_person, form) or mine or own
    if chosen or any(_name(first_person)):
        return chosen or [r for r in at_event if same_name(called(first_person), name_of(r.answers, form))]
    return [r for r in at_event if _signs(draft.mail_with_words, name_of(r.answers, form))]


def _sent_in_themselves(own: list[Registration], first_person: Address, form: Form) -> list[Registration]:
    """Of the ``own`` registrations, at the address of who says "I", those that surely came from there, where
    theirs is among them: that somebody else gave the same address for others, or named it as the sender,
    makes nobody doubt whom "I" is."""
    address, name = first_person.email.lower(), called(first_person)
    sent = [r for r in own if r.sender.lower() == address]
    theirs = [r for r in sent if same_name(name, name_of(r.answers, form))]
    return [r for r in sent if r in theirs or r.sent_by(address)] if theirs else []


def called(address: Address) -> str:
    """The name of a person that a display name or an address gives; empty where it gives none."""
    return " ".join(filter(None, _name(address)))


def name_hints(address: Address) -> tuple[str, ...]:
    """What of an address that gives no person's name may all the same be made of one: its local part, and the
    words shown before it; nothing where it gives a name."""
    shown = without_addresses(address.name), address.email.rpartition("@")[0]
    return () if called(address) else tuple(filter(None, shown))


def _named_by(name: str, draft: DecisionDraft) -> list[Registration]:
    """Whom a name in a mail means: by a first name alone, whoever the thread or the writer has to do with
    before anybody else who is called so."""
    found = of_names([name], draft)
    if " " in name:
        return found
    return [r for r in near(draft) if r in found] or found


def near(draft: DecisionDraft) -> list[Registration]:
    """The registrations at the event that the thread is about, or that the writer sent in."""
    address = draft.first_person.email.lower()
    return [r for r in draft.at_event if r.nr in draft.context.thread or r.sender.lower() == address]


def also_named(draft: DecisionDraft, registrations: Sequence[Registration]) -> list[str]:
    """The people registered beside these whose whole name stands in the words of a mail, and who did not
    write it: what is said of them was not understood."""
    said, writers = draft.submission.words, {fold(draft.first_person.name), fold(draft.sender.name)}
    addresses = {draft.first_person.email.lower(), draft.sender.email.lower()}
    names = [
        name_of(one.answers, draft.form)
        for one in draft.at_event
        if one not in registrations
        and email_of(one.answers, draft.form) not in addresses
        and not any(is_named(name, one.answers, draft.form) for name in draft.submission.staying)
    ]
    return [name for name in names if fold(name) not in writers and stands_in(name, said)]


def _speaks_for(draft: DecisionDraft, registration: Registration) -> bool:
    """Whether words that name nobody can be about this registration: a colleague has to name whom
    they mean."""
    found = access(draft, registration)
    return found.may(Right.CONFIRM) and not draft.passed_on


def own_address(draft: DecisionDraft, entry: Entry) -> str:
    """The address of who mailed, where that is surely the person of an entry: by its name, by their
    signature; empty for a list, a web form, a copier, a colleague who passes a form on."""
    message, web_forms = draft.arrival.message, draft.settings.web_forms
    name = name_of(entry.answers, draft.form)
    first = draft.sender
    stands_in = first == message.sender and message.is_for_another(web_forms)
    if stands_in:
        first = message.answered_at(web_forms)
    elif first.email and _signs(message, name):
        return first.email
    for one in (first, *(inner.sender for inner in message.mails[1:])):
        ours = one.email.lower() in draft.settings.own_addresses
        if "@" not in one.email or one.is_machine or ours or (stands_in and one == message.sender):
            continue
        if belongs_to(one.email, one.name, name):
            return one.email
    return ""


def _signs(message: Message, name: str) -> bool:
    """Whether a line of the signature is the person's name."""
    words = set(fold(name).split())
    return len(words) > 1 and any(set(fold(line).split()) == words for line in signed_lines(message))


def is_named(name: str, answers: Mapping[str, Value], form: Form) -> bool:
    """Whether words of a mail name this person: every word of the name, or of what is known, or initials
    for some."""
    return is_part_of(name, name_of(answers, form))


def of_names(names: Collection[str], draft: DecisionDraft) -> list[Registration]:
    """Those at the event whom any of these names means: nobody of another body than the words tell beside
    the name."""
    words, settings = draft.submission.words, draft.settings
    return [r for r in draft.at_event if any(is_meant(name, r, words, settings) for name in names)]


def is_meant(name: str, row: Registration, words: str, settings: Settings) -> bool:
    """Whether the words of a mail mean this person by a name, and tell beside it of no other town than
    theirs."""
    if not is_named(name, row.answers, settings.form_of(settings.events[row.event])):
        return False  # before the words are searched: most rows are of another name
    told = told_body(name, words, directory(settings.organisations.organisations))
    return not told or not row.organisation_known or same_place(told, row.organisation_known)


def proposed(sender: Address, form: Form, organisations: Organisations) -> tuple[Person, tuple[Problem, ...]]:
    """What the sender's name and address propose about them; all of it is to be confirmed."""
    first, last = _name(sender)
    if recognised(f"{first} {last}", organisations):  # "Knokke Heist" is a body's
        first, last = "", ""
    split = split_name(f"{first} {last}", given_first=True, email=sender.email) if last else None
    if split is not None and split.sure:
        first, last = split.given, split.family
    answers: dict[str, Answer] = {}
    fields = form.of_kind(FieldKind.NAME)
    if len(fields) == 1:
        _put(answers, fields[0].key, form.in_one(first, last))
    for field in fields[:2] if len(fields) > 1 else ():
        _put(answers, field.key, first if field.key == form.given_name else last)
    body = body_of(sender, organisations)
    for field in form.of_kind(FieldKind.ORGANISATION)[:1]:
        _put(answers, field.key, body)
    if form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(True, Location().at(Unit.MAIL))
    problems = tuple(
        Problem(0, key, Code.UNSURE, Reason.FROM_SENDER, str(answer.value))
        for key, answer in answers.items()
        if key != ATTENDS
    )
    return Person(answers, body), problems


def as_signed(person: Person, writer: Person | None) -> Person:
    """The writer of a mail as ``proposed``, with what their signature tells besides."""
    if writer is None:
        return person
    known = person.organisation_known or writer.organisation_known
    return Person({**writer.answers, **person.answers}, known)


def signed_by(name: str, writer: Person | None, form: Form) -> dict[str, Answer]:
    """What the signature of a mail tells of who is called so, where they wrote it; else nothing."""
    if writer is None or not name or not same_name(name, name_of(writer.values, form)):
        return {}
    return {key: answer for key, answer in writer.answers.items() if answer.signed}


def own_answers(submission: Submission, writer: Address, row: Registration, form: Form) -> dict[str, Answer]:
    """What the words of a mail tell of their writer by the questions of the form, where a row is theirs."""
    return answers_of(submission.own, form) if is_theirs(row, writer, form) else {}


def known_as(sender: Address, rows: Iterable[Registration], settings: Settings) -> str:
    """The name of who has an address, as the registrations there have it; empty for none, and for two."""
    named = {
        name_of(row.answers, settings.form_of(settings.events[row.event]))
        for row in rows
        if row.event in settings.events
        if email_of(row.answers, settings.form_of(settings.events[row.event])) == sender.email.lower()
    }
    return named.pop() if len(named) == 1 else ""


def is_theirs(row: Registration, writer: Address, form: Form) -> bool:
    """Whether a row is that of who writes, by its address or by their name."""
    theirs = email_of(row.answers, form) == writer.email.lower()
    return theirs or same_name(called(writer), name_of(row.answers, form))


def answers_of(own: Mapping[str, Answer], form: Form) -> dict[str, Answer]:
    """Those of the answers that a form asks for: words may have been read with another."""
    fields = ((form.field(key), key, one) for key, one in own.items())
    return {
        key: one
        for field, key, one in fields
        if field is not None and (not field.choices or one.erases or one.value in field.choices)
    }


def as_described(person: Person, described: Sequence[Person], form: Form) -> Person:
    """Somebody whom a mail in words is about, with what it tells of who has their name."""
    name = fold(name_of(person.values, form))
    theirs = next((one for one in described if name and fold(name_of(one.values, form)) == name), None)
    return as_signed(person, theirs)


def body_of(sender: Address, organisations: Organisations) -> str:
    """The one organisation that the domain of an address belongs to, or nothing."""
    of_domain = [one.name for one in organisations.organisations if is_of(sender.email, one)]
    return of_domain[0] if len(of_domain) == 1 else ""


def of_body(body: str, person: Person, form: Form) -> Person:
    """A person as one of this body ("" where it is not known), unless another is known of them."""
    if not body or person.organisation_known:
        return person
    fields = form.of_kind(FieldKind.ORGANISATION)[:1]
    theirs = {field.key: Answer(body, FROM_SENDER) for field in fields}
    return Person({**theirs, **person.answers}, body)


def places_asked(draft: DecisionDraft) -> int:
    """How many places the words ask for without a name, and nothing else, for a body that the sender's domain
    belongs to; 0 for none, and for more than a person may be asked to name. The names are asked, so that the
    number needs no second reader where both found that somebody comes. Where she registers them, that is of
    as many as the words tell, whoever asks, or say that they are."""
    submission = draft.submission
    acts = [act for act in submission.acts if not act.elsewhere and act.kind is not ActKind.THANKS]
    alone = draft.agreed and all(act.kind is ActKind.PLACES for act in acts)  # and nobody says "ik kom"
    asked = {act.places or act.size * alone for act in acts if act.kind is ActKind.PLACES} - {0}
    only = asked_kinds(draft) <= {ActKind.PLACES, ActKind.COME} and any(act.agreed for act in acts)
    named = submission.people or submission.told or any(act.people for act in acts)
    unclear = named or not only or submission.question.strip() or draft.passed_on or len(asked) != 1
    if unclear or submission.intent in LEAVING:
        return 0
    number = asked.pop()
    if draft.agreed:
        return number if number <= _MOST_AGREED else 0
    known = body_of(draft.sender, draft.settings.organisations)
    return number if known and number <= MOST_PLACES else 0


#: Places without a name that are kept by themselves, and by her decision.
MOST_PLACES, _MOST_AGREED = 5, 10


def _put(answers: dict[str, Answer], key: str, value: str) -> None:
    if value:
        answers[key] = Answer(value, FROM_SENDER)


def _name(sender: Address) -> tuple[str, str]:
    """First and last name as a display name ("Els Maes", "Maes, Els - Gemeente Damme") or address gives them;
    an office ("Secretariaat Damme") is no person, nor is the address of a page."""
    shown = person_shown(sender.name)
    if any(shown):
        return shown
    spelt, words = person_spelt(sender.email), fold(without_addresses(sender.name)).split()
    fits = not words or not set(words).isdisjoint(fold(" ".join(spelt)).split())
    return spelt if fits and not is_of_an_office(sender.name) else ("", "")

"""Who may do what with a registration, and who is shown what of it.

``MAY`` is the whole policy. Rules, answers, calendar replies, returned mails and exports ask here
and decide nothing of the kind themselves. SECURITY.md explains the table, cell by cell.

A relation needs *evidence*. The address in From is evidence only where nobody who is believed
says otherwise: with ``authserv_id`` set it must have passed, since anybody can write any From. A
Message-ID of ours is evidence for the address that mail was sent to, because it cannot be guessed;
the Message-IDs of other people's mails are known to everybody in Cc and prove nothing. But a mail can be
passed on with its Message-ID: who answers ours from another address may do what was asked of the person,
which the person hears, and is shown nothing that is held. Where ``authserv_id`` is set and confirms no From,
only who answers our mail *from the address that it went to* is believed, for what that mail was about, and
never with what ``NEEDS_FROM`` holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from mailbot.config.settings import Settings
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.intents import stays_away
from mailbot.decision.signature import signed, signs_as
from mailbot.domain.decision import Ask, DecisionContext
from mailbot.domain.document import Unit
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.message import Message, Verdict
from mailbot.domain.organisation import Organisation
from mailbot.domain.registration import Registration
from mailbot.domain.relation import Relation
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Intent, Person
from mailbot.matching.names import (
    belongs_to_another,
    email_of,
    is_less_of,
    name_of,
    similar_name,
)
from mailbot.matching.organisations import recognised
from mailbot.matching.shown_names import name_shown
from mailbot.text.normalize import fold


class Right(Enum):
    """What may be done with a registration, or be shown of it."""

    SEE_SENT = auto()  # the answers that they sent in themselves, in earlier mails
    SEE_CARD = auto()  # name, function, organisation, status
    SEE_HELD = auto()  # every answer that is held, but the sensitive ones
    SEE_SENSITIVE = auto()  # diet, remarks, birth date, ...
    CHANGE = auto()
    READDRESS = auto()  # another e-mail address: where all that follows goes to
    WITHDRAW = auto()  # and excuse
    SUBSTITUTE = auto()
    CONFIRM = auto()  # what we asked
    BRING_BACK = auto()  # who wrote to us themselves, and is not to come
    DECLINE = auto()  # by a calendar's reply
    DECLINE_FOR = auto()  # by one in the name of who was invited (SENT-BY)


#: The table. Everybody is shown what the very mail that is answered said, but for sensitive
#: answers; who is not in the table may leave a case, and no more.
MAY: dict[Relation, frozenset[Right]] = {
    Relation.PERSON: frozenset(Right),
    Relation.SHARED: frozenset(Right) - {Right.SEE_SENSITIVE},
    Relation.ANSWERS: frozenset(
        {Right.CHANGE, Right.WITHDRAW, Right.SUBSTITUTE, Right.CONFIRM, Right.BRING_BACK}
    ),
    Relation.REGISTRANT: frozenset(
        {
            *(Right.SEE_SENT, Right.CHANGE, Right.READDRESS, Right.WITHDRAW, Right.SUBSTITUTE, Right.CONFIRM),
            Right.DECLINE_FOR,
        }
    ),
    # the person is told at once
    Relation.COLLEAGUE: frozenset({Right.SEE_CARD, Right.WITHDRAW, Right.DECLINE_FOR}),
    # What a mail shows its reader is asked of an address, which is no forwarder's then (``finalize``): what
    # were given here to see would not be shown; they could only have our confirmation sent again.
    Relation.FORWARDER: frozenset(
        {
            *(Right.CHANGE, Right.READDRESS, Right.WITHDRAW, Right.SUBSTITUTE, Right.CONFIRM),
            Right.DECLINE_FOR,
        }
    ),
    Relation.NOBODY: frozenset(),
}

#: What our Message-ID gives to nobody whose From is not believed, whatever the relation: where all that
#: follows would go to, and what the person would not hear of.
NEEDS_FROM = frozenset({Right.READDRESS, Right.DECLINE, Right.DECLINE_FOR})


@dataclass(frozen=True, slots=True)
class Access:
    """A relation with the evidence for it. ``by_from``: From is believed; else our Message-ID alone says
    it."""

    relation: Relation
    evidence: Statement
    by_from: bool = True

    def may(self, right: Right) -> bool:
        """Whether the table gives this right."""
        return right in MAY[self.relation] and (self.by_from or right not in NEEDS_FROM)

    @property
    def known(self) -> bool:
        """Whether there is any relation at all."""
        return self.relation is not Relation.NOBODY


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a mail, and what proves it. ``proven``: From can be believed. ``answers_mail_to``
    is the address that the mail of ours went to which this one answers directly, or empty;
    ``forwards``: From is a configured forwarder; ``signed``: their signature, however many lines, or the
    name in the last line of their words."""

    address: str
    name: str = ""
    proven: bool = True
    answers_mail_to: str = ""
    forwards: bool = False
    signed: str = ""


def writer_of(draft: DecisionDraft) -> Writer:
    """Who wrote the mail that a draft is about: of a forwarded one, who forwarded it."""
    message, settings = draft.arrival.message, draft.settings
    address = message.sender.email.lower()
    # an address that stands in for others, as a no-reply one, answers for nobody, nor does a forged one
    silent = message.is_for_another(settings.web_forms) or message.authentication is Verdict.FAIL
    return Writer(
        address,
        message.sender.name,
        from_is_proven(message.authentication, settings),
        "" if silent else draft.context.answers_mail_to,
        address in settings.forwarders,
        signed(message, draft.submission.words),
    )


def from_is_proven(verdict: Verdict, settings: Settings) -> bool:
    """Whether the address in From can be believed: where a server's results are configured to be
    believed, only what passed there."""
    return verdict is not Verdict.FAIL and (verdict is Verdict.PASS or not settings.authserv_id)


def is_doubted(draft: DecisionDraft) -> bool:
    """Whether nothing proves that the author of a mail sent it: From is not believed, or stands in for others
    and its headers name the author, whom anybody can write there. A configured web form is believed."""
    message, settings = draft.arrival.message, draft.settings
    stands_in = message.is_for_another() and message.sender.email.lower() not in settings.web_forms
    return stands_in or not from_is_proven(message.authentication, settings)


def is_certain(message: Message, answers_mail_to: str, settings: Settings) -> bool:
    """Whether a mail is certainly from the address it names, and not only not contradicted: such people
    keep a share of their own in every limit. Where a server confirms senders, only its word does: who was
    given a mail of ours answers it in the name of who got it."""
    if message.authentication is Verdict.FAIL:
        return False
    answers = answers_mail_to == message.sender.email.lower()
    confirmed = message.authentication is Verdict.PASS
    return confirmed or (answers and from_is_proven(message.authentication, settings))


def access(draft: DecisionDraft, registration: Registration) -> Access:
    """What the writer of a mail has to do with a registration."""
    event = draft.settings.events.get(registration.event)
    if event is None:
        return Access(Relation.NOBODY, say(Says.EVENT_GONE, nr=registration.nr))
    form = draft.settings.form_of(event)
    return access_of(writer_of(draft), registration, form, draft.settings, draft.context)


def access_of(
    writer: Writer, registration: Registration, form: Form, settings: Settings, context: DecisionContext
) -> Access:
    """What somebody has to do with a registration, by what the ``context`` says of it and those beside it."""
    answers = bool(writer.answers_mail_to) and _is_about(context, registration)
    if writer.proven:
        return _related(writer, registration, form, settings, context, answers=answers)
    if not answers or writer.answers_mail_to != writer.address:
        return Access(Relation.NOBODY, say(Says.SERVER_DOES_NOT_CONFIRM, address=writer.address))
    found = _related(writer, registration, form, settings, context, answers=True)
    if not found.known:
        return found
    evidence = say(Says.ANSWERS_OURS_UNCONFIRMED, address=writer.address)
    return replace(found, evidence=evidence, by_from=False)


def _related(
    writer: Writer,
    registration: Registration,
    form: Form,
    settings: Settings,
    context: DecisionContext,
    *,
    answers: bool,
) -> Access:
    """What somebody whose From is believed has to do with a registration. ``answers``: they answer a mail of
    ours about it."""
    own = email_of(registration.answers, form)
    if own and writer.address == own:
        theirs = name_of(registration.answers, form)
        other = is_called_otherwise(writer.name, theirs, settings)
        relation = Relation.SHARED if other else _owner(registration, own, form, context)
        return Access(relation, say(Says.OWN_ADDRESS))
    if answers and own and writer.answers_mail_to == own and _may_be(writer, registration, form):
        return Access(Relation.ANSWERS, say(Says.ANSWERS_OURS, own=own))
    if writer.forwards:
        return Access(Relation.FORWARDER, say(Says.IS_FORWARDER, address=writer.address))
    has_written = registration.claimed or own in context.wrote
    if writer.address and writer.address == registration.sender.lower() and not has_written:
        return Access(Relation.REGISTRANT, say(Says.SENT_IT_IN, address=writer.address))
    organisation = settings.organisations.named(registration.organisation_known)
    if organisation is not None and is_of(writer.address, organisation):
        address = say(Says.ADDRESS_OF_BODY, address=writer.address, organisation=organisation.name)
        return Access(Relation.COLLEAGUE, address)
    if organisation is not None and context.domains.get(domain_of(writer.address)) == organisation.name:
        domain = domain_of(writer.address)
        said = say(Says.DOMAIN_OF_BODY, domain=domain, organisation=organisation.name)
        return Access(Relation.COLLEAGUE, said)
    return Access(Relation.NOBODY, say(Says.NOTHING_TO_DO_WITH_IT, address=writer.address))


def speaks_for_body(draft: DecisionDraft, organisation: str) -> bool:
    """Whether the writer may answer for an organisation as a whole, as where a form has one answer a body:
    from an address of it, or as a forwarder. Of one whose addresses are not known everybody is believed."""
    body, writer = draft.settings.organisations.named(organisation), writer_of(draft)
    if body is None or not (body.domains or body.email):
        return True
    given = draft.context.domains.get(domain_of(writer.address)) == body.name
    return writer.proven and (writer.forwards or given or is_of(writer.address, body))


def domain_to_give(draft: DecisionDraft, registration: Registration) -> str:
    """The mail domain of the writer, where the secretary can give it to the organisation of a registration:
    it is proven, belongs to no organisation yet, nobody of another one is known to have it, as with a
    provider's, and they do not write as the person themselves, from an address of their own; else empty."""
    organisation, writer = registration.organisation_known, writer_of(draft)
    domain, listed = domain_of(writer.address), draft.settings.organisations
    taken = {*draft.context.domains, *(one for body in listed.organisations for one in body.domains)}
    others = draft.context.domain_organisations - {organisation}
    themselves = similar_name(writer.name.replace(",", " "), name_of(registration.answers, draft.form))
    may_be_given = (
        domain not in taken and not (others or themselves) and listed.named(organisation) is not None
    )
    return domain if may_be_given and writer.proven and not draft.passed_on else ""


def domain_of(address: str) -> str:
    """What stands behind the "@" of an address, in lower case."""
    return address.rpartition("@")[2].lower()


def is_of(address: str, organisation: Organisation) -> bool:
    """Whether an address belongs to an organisation: only where ``organisations.toml`` says so. That
    two people share a domain says nothing, for everybody has an address at some provider."""
    domain = domain_of(address)
    return bool(domain) and (domain in organisation.domains or address.lower() == organisation.email.lower())


def rights_for(draft: DecisionDraft, entry: Entry) -> tuple[Right, ...]:
    """The rights needed for what a mail asks of an entry's registration, that for the act first. A form
    that withdraws may give other answers as well, and another address."""
    changes = (*rights_to_change(draft, entry), *brings_back(entry))
    if entry.intent is Intent.SUBSTITUTE:
        return (Right.SUBSTITUTE, *changes)
    if entry.intent is Intent.CONFIRM or _only_confirms(entry):
        return (Right.CONFIRM, *changes)
    if stays_away(draft, entry):
        return (Right.WITHDRAW, *rights_to_change(draft, entry))
    return changes or (Right.CHANGE,)


def brings_back(entry: Entry) -> tuple[Right, ...]:
    """The right needed to let somebody come again who is out and has written to us themselves: others who
    pass on a form or an old list may not know what they said since."""
    current = entry.current
    theirs = current is not None and current.status.is_out and current.claimed
    return (Right.BRING_BACK,) * theirs


def _only_confirms(entry: Entry) -> bool:
    """Whether all that a mail says of somebody is a yes to what we read of them."""
    said = entry.person.answers.values()
    return bool(said) and all(answer.where.has(Unit.CONFIRMATION) for answer in said)


def rights_to_change(draft: DecisionDraft, entry: Entry) -> tuple[Right, ...]:
    """The rights needed for the answers of an entry, beside what the mail does with the registration. An
    answer that the writer is not shown counts as another one, whatever is held: otherwise a guess that
    becomes a case, or does not, would tell whether it is right."""
    current = entry.current
    if current is None:
        return ()
    known, own = current.answers, email_of(current.answers, draft.form)
    told = {key: answer.value for key, answer in entry.person.answers.items() if answer.is_said}
    other = {key for key, value in told.items() if fold(str(value)) != fold(str(known.get(key, "")))}
    other |= told.keys() & _hidden(draft, current)
    moves = email_of(entry.answers, draft.form) != own
    # by name and organisation they are known, and an act that names them changes neither
    apart = (FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.EMAIL)
    beside = (
        other - {ATTENDS} - {field.key for kind in apart for field in draft.form.of_kind(kind)} - entry.kept
    )
    return (*[Right.READDRESS] * moves, *[Right.CHANGE] * bool(beside))


def _hidden(draft: DecisionDraft, current: Registration) -> frozenset[str]:
    """The answers about which the writer may not learn by sending theirs: of who may do something with a
    registration and not change it, all but those the table shows and those they sent in themselves."""
    found = access(draft, current)
    if not found.known or found.may(Right.CHANGE):
        return frozenset()
    themselves = writer_of(draft).address == current.sender.lower()
    sent = current.by_sender - current.by_hand if themselves else frozenset[str]()
    return frozenset(field.key for field in draft.form.fields) - _held_for(found, draft.form) - sent


def _held_for(found: Access, form: Form) -> frozenset[str]:
    """The answers that are held which the table shows, whoever sent them."""
    if found.may(Right.SEE_HELD):
        return frozenset(field.key for field in form.fields)
    card = found.may(Right.SEE_CARD)
    return frozenset(field.key for field in form.fields if card and field.is_on_card)


def visible(
    reader: Writer,
    before: Registration | None,
    after: Registration | None,
    submitted: Person | None,
    form: Form,
    settings: Settings,
    context: DecisionContext,
    *,
    only_said: bool = False,
) -> frozenset[str]:
    """The keys of the answers that a mail to ``reader`` may show: what the mail that is answered
    said (``submitted``), and what the table gives. Judged by the registration as it was ``before``: who
    has just put their address on it has proven nothing yet. ``only_said``: no more than that mail said."""
    said = _said_by(submitted) if submitted else set()
    sensitive = {field.key for field in form.cleared}
    judged = _judged(reader, before, after, form)
    if judged is None:
        answers = submitted.values if submitted else {}
        return frozenset(said if email_of(answers, form) == reader.address else said - sensitive)
    found = access_of(reader, judged, form, settings, context)
    keys = set(said)
    if not only_said:
        if found.may(Right.SEE_SENT):
            keys |= judged.by_sender - judged.by_hand
        keys |= _held_for(found, form)
    keys -= judged.withheld - said
    if judged.unanswered:  # a slip of her hand may have sent it to anybody
        keys -= sensitive - said
    return frozenset(keys if found.may(Right.SEE_SENSITIVE) else keys - sensitive)


def _said_by(person: Person) -> set[str]:
    """The keys of what a mail itself said of somebody: what is carried over from another registration of
    theirs ("ja" to our question of a new date) is held, and nobody said it here."""
    return {
        key
        for key, answer in person.answers.items()
        if answer.is_said and not answer.where.has(Unit.REGISTRATION)
    }


def _judged(
    reader: Writer, before: Registration | None, after: Registration | None, form: Form
) -> Registration | None:
    """The registration that a reader is judged by: as it was, and where it had no address yet, for who
    sent it in, with the one they gave now."""
    if before is None:
        return after
    if after is not None and not email_of(before.answers, form) and reader.address == before.sender.lower():
        return replace(before, answers=after.answers)
    return before


def _owner(registration: Registration, own: str, form: Form, context: DecisionContext) -> Relation:
    """The relation of a writer to a registration that has their address. Where other people at the event
    gave the same address, nobody owns it alone. Who registered themselves from it shares it only with the
    people whom that mail registered as well: anybody can put the address on a form of somebody else."""
    name = name_of(registration.answers, form)
    theirs = registration.sender.lower() == own
    shared = any(
        other.nr != registration.nr
        and other.event == registration.event
        and email_of(other.answers, form) == own
        and (not theirs or other.sent_by(own))
        and fold(name_of(other.answers, form)) != fold(name)
        for other in context.registrations
    )
    return Relation.SHARED if shared else Relation.PERSON


def is_called_otherwise(shown: str, name: str, settings: Settings) -> bool:
    """Whether a display name is the whole name of a person who is surely not the one of this ``name``, as
    where an address changed hands, or several read it. The name of a mailbox or a body is nobody's."""
    person = name_shown(shown)
    return bool(person and name) and not (
        similar_name(person, name) or recognised(person, settings.organisations)
    )


def _is_about(context: DecisionContext, registration: Registration) -> bool:
    """Whether the mail of ours that is answered is about this registration: one about another event proves
    nothing here, but for our question whether they come on the new date."""
    asked = context.asked
    at_new_date = asked is not None and asked.kind is Ask.NEW_DATE and asked.event == registration.event
    return registration.nr in context.answers_mail_about or at_new_date


def _may_be(writer: Writer, registration: Registration, form: Form) -> bool:
    """Whether a writer may be the person, by how they call themselves, or their address where they do not:
    a mail of ours that was passed on, and answered by another, speaks for that other."""
    name, theirs = writer.name, name_of(registration.answers, form)
    if not theirs:
        return True
    if not name.strip() or "@" in name:
        return signs_as(writer.signed, theirs) and not belongs_to_another(writer.address, theirs)
    return is_less_of(name.replace(",", " "), theirs)

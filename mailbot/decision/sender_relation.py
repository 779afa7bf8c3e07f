"""Who a sender is: which registrations are theirs, and what their address says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.organisation import Organisations
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Answer, Code, Person, Problem, Value
from mailbot.matching.names import ATTENDS, email_of, fold, name_of, same_name

FROM_SENDER = "afzender van de mail"

#: Domains where everybody has an address: sharing one says nothing.
PUBLIC = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "outlook.be", "hotmail.com", "hotmail.be", "live.com",
        "live.be", "msn.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "proton.me", "protonmail.com",
        "telenet.be", "skynet.be", "proximus.be", "pandora.be", "scarlet.be", "voo.be", "gmx.com", "gmx.net",
    }
)  # fmt: skip

#: Words in the name of an office, and of nobody.
_OFFICE = frozenset(
    {
        "secretariaat", "secretarie", "info", "gemeente", "gemeentebestuur", "gemeentehuis", "stad",
        "stadsbestuur", "stadhuis", "ocmw", "bestuur", "provincie", "dienst", "diensten", "onthaal",
        "administratie", "directie", "personeelsdienst", "kabinet", "team", "inschrijvingen", "vzw",
    }
)  # fmt: skip


def registrations_of(draft: DecisionDraft) -> list[Registration]:
    """The registrations at the event that the words of a mail can be about: those whose Nr it
    gives, else of the people it names, else those its thread is about, else the sender's own
    (their address is on it, or they sent it in), else one of the sender's name."""
    at_event, submission, form = draft.at_event, draft.submission, draft.form
    if by_nr := [r for r in at_event if r.nr in submission.nrs]:
        return by_nr
    if submission.named:
        return [r for r in at_event if any(is_named(name, r.answers, form) for name in submission.named)]
    if by_thread := [r for r in at_event if r.nr in draft.known.thread]:
        return by_thread
    address = draft.sender.email.lower()
    own = [r for r in at_event if address in (r.sender.lower(), email_of(r.answers, form))]
    return own or [r for r in at_event if same_name(draft.sender.name, name_of(r.answers, form))]


def is_named(name: str, answers: Mapping[str, Value], form: Form) -> bool:
    """Whether words of a mail name this person: every word of the name, or of what is known."""
    said, known = set(fold(name).split()), set(fold(name_of(answers, form)).split())
    return bool(said) and bool(known) and (said <= known or known <= said)


def relation(draft: DecisionDraft, current: Registration) -> str:
    """What the sender has to do with a registration, in Dutch; empty for nothing."""
    outer = draft.arrival.message.sender.email.lower()
    if found := related(draft.sender.email, draft, current):
        return found
    if {outer, draft.sender.email.lower()} & draft.settings.forwarders:
        return "doorgestuurd door een partner"
    return "antwoord op onze mail" if current.nr in draft.known.thread else ""


def related(address: str, draft: DecisionDraft, current: Registration) -> str:
    """What an address by itself has to do with a registration, in Dutch; empty for nothing."""
    address = address.lower()
    domain = address.rpartition("@")[2]
    theirs = {current.sender.lower(), email_of(current.answers, draft.form)} - {""}
    organisation = draft.settings.organisations.named(current.organisation_known)
    if address in theirs:
        return "het adres van de inschrijving"
    if organisation is not None and (domain in organisation.domains or address == organisation.email.lower()):
        return f"adres van {organisation.name}"
    if domain not in PUBLIC and domain in {mail.rpartition("@")[2] for mail in theirs}:
        return "zelfde maildomein"
    return ""


def proposed(sender: Address, form: Form, organisations: Organisations) -> tuple[Person, tuple[Problem, ...]]:
    """What the sender's name and address propose about them; all of it is to be confirmed."""
    first, last = _name(sender)
    answers: dict[str, Answer] = {}
    fields = form.of_kind(FieldKind.NAME)
    if len(fields) == 1:
        _put(answers, fields[0].key, f"{first} {last}".strip())
    for field in fields[:2] if len(fields) > 1 else ():
        _put(answers, field.key, first if field.key == form.given_name else last)
    domain = sender.email.rpartition("@")[2].lower()
    address = sender.email.lower()
    of_domain = [
        o.name
        for o in organisations.organisations
        if domain and (domain in o.domains or address == o.email.lower())
    ]
    if len(of_domain) == 1:
        for field in form.of_kind(FieldKind.ORGANISATION)[:1]:
            _put(answers, field.key, of_domain[0])
    if form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(True, "de mail")
    problems = tuple(
        Problem(0, key, Code.UNSURE, "uit uw mail afgeleid, klopt dit?", str(answer.value))
        for key, answer in answers.items()
        if key != ATTENDS
    )
    known = of_domain[0] if len(of_domain) == 1 else ""
    return Person(answers, known), problems


def _put(answers: dict[str, Answer], key: str, value: str) -> None:
    if value:
        answers[key] = Answer(value, FROM_SENDER)


def _name(sender: Address) -> tuple[str, str]:
    """First and last name as a display name ("Els Maes", "Maes, Els") or address gives them; an
    office ("Secretariaat Damme") is no person."""
    shown = sender.name.strip()
    if not shown or "@" in shown:
        words = re.split(r"[._-]+", re.sub(r"\d+|\+.*", "", sender.email.partition("@")[0]))
        shown = " ".join(word.capitalize() for word in words if word) if len(words) > 1 else ""
    if _OFFICE & set(fold(shown).split()):
        return "", ""
    if "," in shown:
        last, _, first = shown.partition(",")
        return first.strip(), last.strip()
    first, _, last = shown.partition(" ")
    return (first, last.strip()) if last else ("", first)

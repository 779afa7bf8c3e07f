"""Where the people of a list are from that says it of none of them: the municipality that sends it."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import FROM_SENDER, body_of, called
from mailbot.decision.signature import signed_lines, signed_name
from mailbot.domain.decision import Note
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Answer, Code
from mailbot.matching.names import same_name
from mailbot.matching.organisations import recognised
from mailbot.text.normalize import fold

#: People from which on they are a list.
_SEVERAL = 2
#: Kinds of bodies whose people are their own; an association registers those of its members.
_OF_THEIR_OWN = frozenset({"gemeente", "stad", "ocmw"})


def of_body_of_list(draft: DecisionDraft, entries: list[Entry]) -> list[Entry]:
    """The entries of several people of a form or list, from the sender's municipality where none of them says
    where they are from."""
    body = _body(draft, entries) if len(entries) >= _SEVERAL and draft.submission.people else ""
    return [_from(draft, entry, body) for entry in entries] if body else entries


def _body(draft: DecisionDraft, entries: list[Entry]) -> str:
    """The municipality of the sender: by the address, or by a signature that bears the sender's name. Empty
    where both say another, where something of it is said or doubted, and where the mail is not surely that
    sender's own."""
    message = draft.arrival.message
    fields = {*draft.form.keys_of(FieldKind.ORGANISATION)}
    said = any(fields & one.person.answers.keys() for one in entries)
    doubted = any(p.field in fields and p.code is not Code.MISSING for one in entries for p in one.problems)
    if not fields or said or doubted or draft.form.per_organisation:
        return ""
    if draft.passed_on or message.forwarded or message.no_answer:
        return ""
    organisations = draft.settings.organisations
    own = body_of(draft.sender, organisations)
    signs = same_name(signed_name(message, draft.submission.words), called(draft.sender))
    lines = signed_lines(message) if signs else ()
    found = {own, *(recognised(line, organisations) for line in lines)} - {""}
    body = organisations.named(found.pop()) if len(found) == 1 else None
    return body.name if body is not None and fold(body.kind) in _OF_THEIR_OWN else ""


def _from(draft: DecisionDraft, entry: Entry, body: str) -> Entry:
    fields = draft.form.of_kind(FieldKind.ORGANISATION)[:1]
    answers = {**entry.person.answers, **{field.key: Answer(body, FROM_SENDER) for field in fields}}
    person = replace(entry.person, answers=answers, organisation_known=body)
    problems = tuple(p for p in entry.problems if p.field not in answers or p.code is not Code.MISSING)
    return replace(entry, person=person, problems=problems, notes=(*entry.notes, Note.BODY_OF_SENDER))

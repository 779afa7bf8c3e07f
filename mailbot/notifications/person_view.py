"""What a mail says of one person: the values its template is drawn with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mailbot.domain.decision import Note, Outcome, Result
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Problem, Value
from mailbot.notifications.lexicon import LEXICON

#: An address of a page, with or without its scheme; mail programs make a link of each.
_PAGE = re.compile(r"\w://|\bwww\.|(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,24}(?![\w@.-])", re.I)
_MAIL_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
#: Characters of a value that somebody else sent in, at most.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a mail: at which address, and whether it answers what they wrote."""

    address: str
    wrote: bool


class Row(NamedTuple):
    """A label and what was understood under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class AskedField:
    """An answer that is needed or doubted: its label, why, and what was read."""

    label: str
    code: str
    text: str
    read: str


@dataclass(frozen=True, slots=True)
class Told:
    """One person as a mail tells of them. ``you``: it is the reader. ``status`` is where their
    registration stands ("waitlisted"), empty without one. ``notes`` are the values of ``Note``.
    ``summary`` is one row for the whole person, ``changes`` show old → new."""

    name: str
    you: bool
    outcome: str
    status: str
    nr: str
    rows: tuple[Row, ...]
    summary: Row
    changes: tuple[Row, ...]
    needed: tuple[AskedField, ...]
    doubted: tuple[AskedField, ...]
    notes: frozenset[str]
    reason: str
    remark: str
    replaces: str
    replaced_by: str


def registration_of(result: Result) -> Registration | None:
    """The registration a result is about: as it became, else as it was."""
    return result.after or result.before


def answers_of(result: Result) -> Mapping[str, Value]:
    """All answers of the person a result is about, by key."""
    registration = registration_of(result)
    if registration is not None:
        return registration.answers
    if result.submitted is not None:
        return {key: answer.value for key, answer in result.submitted.answers.items()}
    return {}


def name_of(answers: Mapping[str, Value], form: Form) -> str:
    """The person's name as people say it, first name first; else the organisation's; or empty."""
    for kind_fields in (form.spoken_names, form.of_kind(FieldKind.ORGANISATION)):
        name = " ".join(str(answers[field.key]) for field in kind_fields if answers.get(field.key))
        if name:
            return " ".join(name.split())
    return ""


def subject_of(answers: Mapping[str, Value], form: Form) -> str:
    """Who an answer speaks for: the person, or the organisation where it answers for one."""
    bodies = form.of_kind(FieldKind.ORGANISATION) if form.per_organisation else ()
    return next((str(answers[f.key]) for f in bodies if answers.get(f.key)), "") or name_of(answers, form)


def value_text(value: Value | None, language: str) -> str:
    """An answer as a mail shows it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return LEXICON[language].yes if value else LEXICON[language].no
    return value


def without_pages(text: str) -> str:
    """A text that somebody else wrote, as a mail of ours may carry it to third parties: bounded, and
    nothing where it holds the address of a page, which would be an invitation in our name."""
    if _PAGE.search(_MAIL_ADDRESS.sub(" ", text)):
        return ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@dataclass(frozen=True, slots=True)
class _View:
    """The answers of one result as one reader may see them."""

    result: Result
    form: Form
    reader: Reader
    language: str

    def sees(self, key: str) -> bool:
        """Whether the value itself may be shown."""
        visible = self.result.visible.get(self.reader.address)
        if visible is None:
            visible = self._said - {field.key for field in self.form.cleared}
        return key in visible

    @property
    def _said(self) -> frozenset[str]:
        return frozenset(self.result.submitted.answers) if self.result.submitted else frozenset()

    def text(self, key: str, value: Value | None) -> str:
        """The value, that it was noted, or nothing."""
        if value is None or value == "":
            return ""
        if self.sees(key):
            text = value_text(value, self.language)
            return text if self.reader.wrote else without_pages(text)
        return LEXICON[self.language].noted if self.reader.wrote and key in self._said else ""

    def asked(self, problem: Problem, label: str) -> AskedField:
        """What is needed or doubted; what was read of it only to who may see it."""
        if self.sees(problem.field) or problem.field not in {field.key for field in self.form.cleared}:
            return AskedField(label, problem.code.value, problem.text, problem.read)
        return AskedField(label, problem.code.value, "", "")


def told(
    result: Result, form: Form, language: str, *, you: bool, names: Mapping[str, str], reader: Reader
) -> Told:
    """What a mail tells of one result, as far as its reader may see. ``names`` are those of others, by
    nr."""
    view = _View(result, form, reader, language)
    answers = answers_of(result)
    registration = registration_of(result)
    labels = {field.key: field.label for field in form.fields}
    required = {field.key for field in form.fields if field.required}
    asked = [(p.field, view.asked(p, labels.get(p.field, p.field))) for p in result.problems]
    incomplete = result.outcome is Outcome.INCOMPLETE
    needed = {key for key, _ in asked if incomplete and (key in required or key not in labels)}
    name = subject_of(answers, form)
    name = name if reader.wrote else without_pages(name)
    rows = tuple(
        Row(field.label, text)
        for field in form.fields
        if field.key not in needed and (text := view.text(field.key, answers.get(field.key)))
    )
    fields = {field.label: field for field in form.fields}
    return Told(
        name=name,
        you=you,
        outcome=result.outcome.value,
        status=registration.status.name.lower() if registration else "",
        nr=registration.nr if registration else "",
        rows=rows,
        summary=Row(
            f"{name} ({registration.nr})" if registration else name,
            "; ".join(
                _short(row, fields[row.label]) for row in rows if fields[row.label].kind is not FieldKind.NAME
            ),
        ),
        changes=tuple(
            Row(
                labels.get(change.key, change.key),
                _from_to(view.text(change.key, change.old), view.text(change.key, change.new))
                if view.sees(change.key)
                else view.text(change.key, change.new) or LEXICON[language].noted,
            )
            for change in result.changes
            if change.key in labels
        ),
        needed=tuple(a for key, a in asked if key in needed),
        doubted=tuple(a for key, a in asked if key not in needed),
        notes=frozenset(note.value for note in Note if note in result.notes),
        reason=result.reason,
        remark=result.remark,
        replaces=names.get(registration.replaces, registration.replaces) if registration else "",
        replaced_by=names.get(registration.replaced_by, registration.replaced_by) if registration else "",
    )


def _from_to(old: str, new: str) -> str:
    """What changed into what; where there was nothing, only what there is now."""
    return f"{old} → {new or '–'}" if old else new


def _short(row: Row, field: FormField) -> str:
    """A value that speaks for itself, or with its label where it does not ("ja", "12")."""
    return f"{row.label}: {row.value}" if field.kind.traits.bare else row.value

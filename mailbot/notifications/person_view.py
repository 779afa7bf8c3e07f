"""What a mail says of one person: the values its template is drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from mailbot.domain.decision import Note, Outcome, Result
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, UNASKED, FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Code, Problem, Value
from mailbot.matching.names import written_email_of
from mailbot.notifications.names_in_mails import name_of, subject_of, without_pages
from mailbot.wording import LEXICON, in_general, why_doubted, why_waits

#: Reasons that say, of a question with yes or no, that both were given.
_BOTH = (Reason.YES_AND_NO, Reason.TWO_ANSWERS)
#: Reasons that stand beside what was read, since that alone does not say what is in doubt.
_TOLD_BESIDE = frozenset({Reason.SIGNED_BY_ANOTHER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads a mail: at which address, and whether it answers what they wrote. ``nrs`` are the
    registrations in it that are their own."""

    address: str
    wrote: bool
    nrs: frozenset[str] = frozenset()


class Row(NamedTuple):
    """A label and what was understood under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class AskedField:
    """An answer that is needed or doubted: its label, why (``text``), and what was read. ``both``: yes and no
    were ticked; ``checked``: an answer was read that only wants a "yes"."""

    label: str
    code: str
    text: str
    read: str
    key: str = ""
    both: bool = False
    checked: bool = False
    reason: Reason = Reason.UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person as a mail tells of them. ``greeted`` is how a letter to them names them, empty where only
    their number or organisation is known. ``you``: it is the reader. ``status`` is where their
    registration stands ("waitlisted"), empty without one. ``notes`` are the values of ``Note``.
    ``from_shown_name``: that was in their display name.
    ``borrowed``: their address is that of who mailed; ``no_address``: a form that asks one gave none, so that
    who mailed hears for them. ``signed`` is what was taken from their signature.
    ``check_needed`` and ``check_doubted`` are what was read of them and is doubted, in one line;
    ``checks_name``: the former says their name.
    ``asked_whether``: they have a place, and we ask whether they come.
    ``kept_waiting``: they wait although there is a place, as the secretary decided.
    ``replaced_by_you``: who takes their place is the reader. ``place`` tells one of several places without a
    name from the others ("plaats 1"), ``asks`` are the labels of what is needed.
    ``summary`` is one row for the whole person, ``changes`` show old → new."""

    name: str
    greeted: str
    you: bool
    outcome: str
    status: str = ""
    nr: str = ""
    rows: tuple[Row, ...]
    summary: Row
    changes: tuple[Row, ...]
    needed: tuple[AskedField, ...]
    doubted: tuple[AskedField, ...]
    notes: frozenset[str]
    reason: str
    remark: str
    replaces: str = ""
    replaced_by: str = ""
    borrowed: bool = False
    no_address: bool = False
    check_needed: str = ""
    check_doubted: str = ""
    checks_name: bool = False
    signed: str = ""
    from_shown_name: bool = False
    asked_whether: bool = False
    replaced_by_you: bool = False
    place: str = ""
    kept_waiting: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """The labels of what is needed of this person."""
        return tuple(one.label for one in self.needed)


def registration_of(result: Result) -> Registration | None:
    """The registration a result is about: as it became, else as it was."""
    return result.after or result.before


def answers_of(result: Result) -> Mapping[str, Value]:
    """All answers of the person a result is about, by key."""
    registration = registration_of(result)
    if registration is not None:
        return registration.answers
    if result.submitted is not None:
        return result.submitted.values
    return {}


def answers_before(result: Result) -> Mapping[str, Value | None]:
    """The answers that the person last heard of: a hand may have changed them since."""
    answers: dict[str, Value | None] = dict(result.before.answers) if result.before else {}
    return answers | {change.key: change.old for change in result.changes}


def value_text(value: Value | None, language: str) -> str:
    """An answer as a mail in a language shows it: yes or no in its words, text as it is; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return LEXICON[language].yes if value else LEXICON[language].no
    return value


@dataclass(frozen=True, slots=True)
class _View:
    """The answers of one result as one reader may see them."""

    result: Result
    form: Form
    reader: Viewer
    language: str

    def sees(self, key: str) -> bool:
        """Whether whom the mail goes to may see the value of a field."""
        visible = self.result.visible.get(self.reader.address)
        if visible is None:
            visible = self._said - {field.key for field in self.form.cleared}
        return key in visible

    @property
    def _said(self) -> frozenset[str]:
        return frozenset(self.result.submitted.answers) if self.result.submitted else frozenset()

    def text(self, key: str, value: Value | None) -> str:
        """The value where the reader may see it; else that it was noted, to who wrote it, and nothing to
        anybody else."""
        if value is None or value == "":
            return ""
        if self.sees(key):
            return self._written(value_text(value, self.language))
        return LEXICON[self.language].noted if self.reader.wrote and key in self._said else ""

    def short(self, row: Row, field: FormField) -> str:
        """A value that speaks for itself, or with its label where it does not ("ja", "12", "genoteerd")."""
        speaks = field.speaks_for_itself and self.sees(field.key)
        return row.value if speaks else f"{row.label}: {row.value}"

    def asked(self, problem: Problem, label: str) -> AskedField:
        """What is needed or doubted; what was read of it only to who may see it."""
        code, key = problem.code.value, problem.field
        if not self.sees(key):
            theirs = self.reader.wrote and problem.code is not Code.MISSING
            why = LEXICON[self.language].unrepeated if theirs else in_general(problem.code, self.language)
            return AskedField(label, code, why, "", key)
        said = self.text(key, answers_of(self.result).get(key))
        why, read = self._written(why_doubted(problem, self.language)), self._written(problem.read)
        field = self.form.field(key)
        both = problem.reason in _BOTH and field is not None and field.kind is FieldKind.YES_NO
        checked = problem.code is Code.UNSURE and bool(said)
        return AskedField(label, code, why, read, key, both, checked, problem.reason)

    def _written(self, text: str) -> str:
        """What somebody wrote, as far as it may go to this reader."""
        return text if self.reader.wrote else without_pages(text)

    def to_check(self, asked: Iterable[AskedField]) -> str:
        """What was read and only wants a "yes", in one line: the whole name as people say it, its parts by
        their labels where it is doubted which is which, then the rest, with what was read where the answer is
        not literally that, and last what else makes it doubtful."""
        checked = [one for one in asked if one.checked]
        read = {one.key: one.read for one in checked}
        answers = answers_of(self.result)
        parts = self._names_to_check(checked, answers)
        for field in self.form.fields:
            text = self.text(field.key, answers.get(field.key))
            if field.key not in read or field in self.form.spoken_names or not text:
                continue
            seen = read[field.key]
            differs = f" ({LEXICON[self.language].read} “{seen}”)" if seen and seen not in text else ""
            parts.append(f"{text if field.speaks_for_itself else f'{field.label}: {text}'}{differs}")
        why = dict.fromkeys(one.text for one in checked if one.reason in _TOLD_BESIDE)
        return f"{', '.join(parts)} ({'; '.join(why)})" if parts and why else ", ".join(parts)

    def _names_to_check(self, checked: Iterable[AskedField], answers: Mapping[str, Value]) -> list[str]:
        """The name as it is asked back, if it is."""
        spoken = {field.key: field for field in self.form.spoken_names}
        doubts = [one for one in checked if one.key in spoken]
        told = {key: self.text(key, answers.get(key)) for key in spoken}
        if any(one.reason is Reason.WHICH_NAME_IS_FIRST for one in doubts):
            return [f"{spoken[key].label}: {text}" for key, text in told.items() if text]
        return [" ".join(filter(None, told.values()))] if doubts else []


def is_nameless_place(result: Result, form: Form) -> bool:
    """Whether a result is a place that somebody asked without saying yet who comes."""
    named = any(answers_of(result).get(field.key) for field in form.spoken_names)
    return result.outcome is Outcome.INCOMPLETE and not (named or form.per_organisation)


def person_view(
    result: Result,
    form: Form,
    language: str,
    *,
    you: bool,
    names: Mapping[str, str],
    reader: Viewer,
    place: int = 0,
) -> PersonView:
    """What a mail tells of one result, as far as its reader may see. ``names`` are those of others, by
    nr; ``place`` is the number of a place without a name, where there are several."""
    view = _View(result, form, reader, language)
    answers = answers_of(result)
    registration = registration_of(result)
    labels = {field.key: field.label for field in form.fields}
    wanted, doubted = _questions(view, labels)
    needed = {one.key for one in wanted}
    called = f"{LEXICON[language].place} {place}" if place else ""
    name, with_nr = _names(view, called)
    shown = [
        (field, Row(field.label, text))
        for field in form.fields
        if field.key not in needed and (text := view.text(field.key, answers.get(field.key)))
    ]
    spoken = {field.key for field in form.spoken_names}
    told = PersonView(
        name=name,
        greeted=name if form.per_organisation or _has_name(view) else "",
        you=you,
        outcome=result.outcome.value,
        rows=tuple(row for _, row in shown),
        summary=Row(
            with_nr,
            "; ".join(view.short(row, field) for field, row in shown if field.kind is not FieldKind.NAME),
        ),
        changes=tuple(_changes(view, labels)),
        needed=wanted,
        doubted=doubted,
        check_needed=view.to_check(wanted),
        check_doubted=view.to_check(doubted),
        checks_name=any(one.checked for one in wanted if one.key in spoken),
        borrowed=Note.EMAIL_OF_SENDER in result.notes,
        no_address=_gave_no_address(result, form),
        notes=frozenset(note.value for note in Note if note in result.notes),
        reason=why_waits(result.reason, language),
        remark=result.remark,
        signed=", ".join(filter(None, _signed(view, form))),
        from_shown_name=_is_of_shown_name(result),
        place=called,
    )
    if registration is None:
        return told
    return replace(
        told,
        status=registration.status.name.lower(),
        nr=registration.nr,
        asked_whether=registration.is_asked_whether(ATTENDS),
        kept_waiting=registration.is_kept_waiting,
        replaces=_place_of(result, registration, names),
        replaced_by=names.get(registration.replaced_by, registration.replaced_by),
        replaced_by_you=registration.replaced_by in reader.nrs,
    )


def _place_of(result: Result, registration: Registration, names: Mapping[str, str]) -> str:
    """Whose place somebody took: said once, and later only by name, since a number says nothing to them."""
    nr = registration.replaces
    return names.get(nr, nr if result.outcome is Outcome.SUBSTITUTED else "")


def _questions(
    view: _View, labels: Mapping[str, str]
) -> tuple[tuple[AskedField, ...], tuple[AskedField, ...]]:
    """What the mail asks: what it needs an answer to, and what it only doubts."""
    ours = [p for p in view.result.problems if not p.field.startswith(UNASKED)]
    asked = [(p.field, view.asked(p, labels.get(p.field, p.field))) for p in ours]
    required = {field.key for field in view.form.fields if field.required}
    incomplete = view.result.outcome is Outcome.INCOMPLETE
    needed = {key for key, _ in asked if incomplete and (key in required or key not in labels)}
    return (
        tuple(one for key, one in asked if key in needed),
        tuple(one for key, one in asked if key not in needed),
    )


def _has_name(view: _View) -> bool:
    return any(answers_of(view.result).get(field.key) for field in view.form.spoken_names)


def _names(view: _View, place: str) -> tuple[str, str]:
    """What the person is called, and that with the number of their registration; one of several places of a
    body also by its number among them."""
    answers, registration = answers_of(view.result), registration_of(view.result)
    name = subject_of(answers, view.form)
    name = name if view.reader.wrote else without_pages(name)
    nr = registration.nr if registration else ""
    aside = ", ".join(filter(None, (place, nr)))
    with_nr = f"{name} ({aside})" if name and aside else name or aside
    if place:
        return (f"{name} ({place})" if name else place), with_nr
    if not view.form.per_organisation and (address := _address_of_nameless(view)):
        return address, f"{address} ({nr})" if nr else address
    if not (view.form.per_organisation or name_of(answers, view.form)):
        name = with_nr  # one of several places of a body: its number tells them apart
    return name, with_nr


def _address_of_nameless(view: _View) -> str:
    """Where somebody is reached of whom no name is known: it tells who they are, which their body does
    not. Empty where that is the reader's own address."""
    if _has_name(view):
        return ""
    answers = answers_of(view.result)
    given = (view.text(field.key, answers.get(field.key)) for field in view.form.of_kind(FieldKind.EMAIL))
    return next((one for one in given if "@" in one and one.lower() != view.reader.address), "")


def _changes(view: _View, labels: Mapping[str, str]) -> Iterator[Row]:
    """What changed into what; of what the reader may not see only that it was noted, and of what they may
    see because they said it, only what they said."""
    held = view.result.held.get(view.reader.address, frozenset())
    for change in view.result.changes:
        if change.key not in labels:
            continue
        new = view.text(change.key, change.new)
        if view.sees(change.key):
            old = view.text(change.key, change.old) if change.key in held else ""
            yield Row(labels[change.key], _from_to(old, new) or "–")
        else:
            given = change.new not in (None, "")
            yield Row(labels[change.key], (new or LEXICON[view.language].noted) if given else "–")


def _gave_no_address(result: Result, form: Form) -> bool:
    """Whether somebody who comes left the mail address empty that the form asks, and this mail is the one
    that tells it: neither a repetition nor a question for what is missing."""
    registration = registration_of(result)
    return (
        registration is not None
        and registration.status.is_in
        and result.outcome not in (Outcome.UNCHANGED, Outcome.INCOMPLETE)
        and bool(form.of_kind(FieldKind.EMAIL))
        and not written_email_of(registration.answers, form)
    )


def _signed(view: _View, form: Form) -> Iterator[str]:
    """What was taken from a signature, without the name that stands above it."""
    submitted = view.result.submitted
    answers = submitted.answers if submitted else {}
    for field in form.fields:
        answer = answers.get(field.key)
        if answer and answer.signed and field.kind is not FieldKind.NAME:
            yield view.text(field.key, answer.value)


def _is_of_shown_name(result: Result) -> bool:
    """Whether what was taken over stood beside the name in From, where nobody signed."""
    answers = result.submitted.answers.values() if result.submitted else ()
    return any(answer.signed and answer.where == Location().at(Unit.SENDER) for answer in answers)


def _from_to(old: str, new: str) -> str:
    """What changed into what; where there was nothing, only what there is now."""
    return f"{old} → {new or '–'}" if old else new

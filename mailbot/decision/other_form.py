"""A mail that was read by the questions of one form, as it answers those of another.

Which event a mail is for may be known only once it was read: its people then stand under the keys of the form
that was the likeliest. Here they come under those of the event's own: a whole name in halves or the other way
round, and each other answer by what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mailbot.config.settings import Settings
from mailbot.domain.doubt import Reason
from mailbot.domain.form import UNASKED, FieldKind, Form, FormField
from mailbot.domain.submission import Answer, Code, Person, Problem, Submission
from mailbot.extraction.labels import labels_of
from mailbot.extraction.subjects import asks_about_a_diet
from mailbot.extraction.values.names import split_name
from mailbot.matching.names import email_of, name_of

#: Kinds of which a form asks one, whatever it calls it.
_ONE_OF_A_KIND = frozenset({FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ORGANISATION})
_OF_WORDS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})


def by_form_of(submission: Submission, form: Form, settings: Settings) -> Submission:
    """The submission with all whom it tells of under the keys of a form, those of an event; the same where it
    was read by that form. An answer that the form does not ask is left out."""
    told = (submission.people, submission.told, submission.described)
    alone = (
        submission.substitute,
        submission.writer,
        submission.by_function,
        submission.comes_by_function,
        Person(submission.own),
    )
    source = _read_by({*_keys((*(one for people in told for one in people), *alone))}, submission, settings)
    if source is None or source.id == form.id:
        return submission
    by = _Translated(source, form)
    people = [by.doubted(submission.people, submission.problems)]
    people.append(by.doubted(submission.told, submission.told_doubts))
    (read, problems), (registered, doubts) = people
    substitute, writer, absent, comes, own = (one and by.person(one)[0] for one in alone)
    return replace(
        submission,
        form=form.id if submission.people else submission.form,
        people=read,
        problems=problems,
        told=registered,
        told_doubts=doubts,
        described=tuple(by.person(one)[0] for one in submission.described),
        substitute=substitute,
        writer=writer,
        by_function=absent,
        comes_by_function=comes,
        own=own.answers if own else {},
    )


def _keys(people: tuple[Person | None, ...]) -> Iterator[str]:
    for one in people:
        yield from (key for key in (one.answers if one else ()) if not key.startswith(UNASKED))


def _read_by(keys: set[str], submission: Submission, settings: Settings) -> Form | None:
    """The form that answers stand under the keys of; None where none has them all."""
    forms = (settings.forms.get(submission.form), *settings.forms.values())
    return next((form for form in forms if form and all(map(form.field, keys))), None) if keys else None


@dataclass(frozen=True, slots=True)
class _Translated:
    """From the questions of one form to those of another."""

    source: Form
    target: Form

    def doubted(
        self, people: tuple[Person, ...], problems: tuple[Problem, ...]
    ) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
        """People, with the doubts about them and those that parting a whole name brings."""
        read, doubts = [], []
        for number, one in enumerate(people):
            person, unsure = self.person(one)
            of_one = {
                key: problem for problem in problems if problem.person == number for key in self._of(problem)
            }
            of_one.update({key: replace(unsure[key], person=number) for key in unsure if key not in of_one})
            read.append(person)
            doubts += [replace(problem, field=key) for key, problem in of_one.items()]
        return tuple(read), tuple(doubts)

    def person(self, one: Person) -> tuple[Person, dict[str, Problem]]:
        """A person under the keys of the target, and the doubt about each half of a name that was parted."""
        name, unsure = self._name(one)
        answers = {key: answer for key, answer in one.answers.items() if key.startswith(UNASKED)}
        for key, answer in one.answers.items():
            field = self._field(key)
            if field is not None and (not field.choices or answer.value in field.choices):
                answers[field.key] = answer
        return replace(one, answers={**answers, **name}), unsure

    def _of(self, problem: Problem) -> tuple[str, ...]:
        """The fields of the target that a doubt is about."""
        asked = self.source.field(problem.field)
        if asked is None:
            return (problem.field,)
        if asked.kind is FieldKind.NAME and not self._halves_stay:
            return self.target.keys_of(FieldKind.NAME)[:2]
        field = self._field(problem.field)
        return (field.key,) if field else ()

    @property
    def _halves_stay(self) -> bool:
        """Whether both forms ask a name in halves, so that neither is put together nor parted anew."""
        return bool(self.source.family_name and self.target.family_name)

    def _half(self, key: str) -> FormField | None:
        """The half of a name that the target asks where the source asks this one; None where one of them
        asks it as a whole."""
        halves = {
            self.source.given_name: self.target.given_name,
            self.source.family_name: self.target.family_name,
        }
        return self.target.field(halves.get(key, "")) if self._halves_stay else None

    def _field(self, key: str) -> FormField | None:
        """The question of the target that asks what another of the source does, but for a whole name: of the
        same key, by what it is called, or the only one of its kind."""
        asked = self.source.field(key)
        if asked is None or asked.kind is FieldKind.NAME:
            return self._half(key)
        label = labels_of(self.target).exactly(asked.label)
        named = self.target.field(label.key) if label and len(label.keys) == 1 else None
        alike = self.target.of_kind(asked.kind) if asked.kind in _ONE_OF_A_KIND else ()
        if asks_about_a_diet(asked):
            alike = tuple(filter(asks_about_a_diet, self.target.fields))
        found = (self.target.field(key), named, *alike[:1])
        return next((one for one in found if one and _alike(one, asked)), None)

    def _name(self, one: Person) -> tuple[dict[str, Answer], dict[str, Problem]]:
        """The name of a person under the keys of the target, where one of the forms asks it as a whole: in
        the order that it asks, or in halves, doubted where it is not told which is the first."""
        form, source = self.target, self.source
        said = [one.answers[key] for key in source.keys_of(FieldKind.NAME) if one.text(key)]
        if not said or self._halves_stay:
            return {}, {}
        written = " ".join(str(answer.value) for answer in said)
        name = written if source.whole_name else name_of(one.values, source)
        email = email_of(one.values, source)
        if form.whole_name:
            whole = form.in_one(*_halves(one.values, source)) if source.given_name else name
            return {form.whole_name: replace(said[0], value=whole)}, {}
        if not (form.given_name and form.family_name):
            asked = form.keys_of(FieldKind.NAME)[:1]  # none where a form asks no name
            return {key: replace(said[0], value=name) for key in asked}, {}
        split = split_name(name, given_first=not source.family_first, email=email)
        if split is None:
            return {form.family_name: replace(said[0], value=name)}, {}
        halves = {form.family_name: split.family, form.given_name: split.given}
        why = Reason.WHICH_NAME_IS_FIRST
        unsure = {} if split.sure else {key: Problem(0, key, Code.UNSURE, why, name) for key in halves}
        return {key: replace(said[0], value=half) for key, half in halves.items()}, unsure


def _halves(answers: Mapping[str, object], form: Form) -> tuple[str, str]:
    return str(answers.get(form.given_name, "")), str(answers.get(form.family_name, ""))


def _alike(one: FormField, other: FormField) -> bool:
    """Whether an answer of one question may stand at another."""
    return one.kind is other.kind or {one.kind, other.kind} <= _OF_WORDS

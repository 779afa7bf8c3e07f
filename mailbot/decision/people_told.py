"""The people whom a case in words is about, as values: of what the secretary writes, and of what the mail
tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mailbot.config.settings import Settings
from mailbot.decision.sender_relation import as_described, of_body, proposed
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, DIET, ROLE, FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.submission import Act, ActKind, Answer, Intent, Person, Submission
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import name_of
from mailbot.matching.organisations import recognised
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import fold


def named(who: str) -> tuple[str, str]:
    """Name and address as the secretary writes them: "Els Maes", "Els Maes <els@damme.example>", "Els Maes,
    els@damme.example". The whole, and no address, where there are several."""
    found = addresses_in(who)
    if len(found) != 1:
        return who, ""
    before, _, after = who.partition(found[0])
    return f"{before} {after}".strip(" <>()[],;:\"'"), found[0]


def person_told(
    name: str,
    email: str,
    body: str,
    intent: Intent,
    form: Form,
    settings: Settings,
    submission: Submission,
) -> Person:
    """Somebody whom a mail in words is about, as far as name, address, sender's body and words tell."""
    person, _ = proposed(Address(email, name), form, settings.organisations)
    is_body = recognised(name, settings.organisations)
    person = of_body(is_body or body, person, form)  # a body is named itself
    answers = dict(person.answers)
    fields = form.spoken_names
    if name and fields and not is_body and not answers.keys() & {field.key for field in fields}:
        in_function = next((one for one in submission.described if name_of(one.values, form) == name), None)
        is_family = in_function is not None and form.family_name in in_function.answers  # "schepen Wouters"
        alone = form.family_name if is_family else fields[0].key  # "Katrien"
        answers[alone] = Answer(name, Location().at(Unit.MAIL))
    for field in form.of_kind(FieldKind.EMAIL)[:1] if email else ():
        answers[field.key] = Answer(email, Location().at(Unit.SECRETARIAT))
    person = as_described(replace(person, answers=answers), submission.described, form)
    return attending(person, intent, form) if intent is Intent.EXCUSE else person


def in_function(person: Person, function: str, form: Form) -> Person:
    """A person with the function that stands before their name; one name alone behind it is a last name:
    "burgemeester Deprez"."""
    if not function:
        return person
    answers = dict(person.answers)
    if form.family_name and form.family_name not in answers and form.given_name in answers:
        answers[form.family_name] = answers.pop(form.given_name)
    if form.field(ROLE) is not None:
        answers.setdefault(ROLE, Answer(function, Location().at(Unit.MAIL)))
    return replace(person, answers=answers)


def attending(person: Person, intent: Intent, form: Form) -> Person:
    """A person of whom she says that they come, or that they do not."""
    if form.field(ATTENDS) is None:
        return person
    comes = Answer(intent is not Intent.EXCUSE, Location().at(Unit.SECRETARIAT))
    return replace(person, answers={**person.answers, ATTENDS: comes})


#: Where a part of a sentence ends, and one about somebody may begin.
_PART = re.compile(rf"[,;:]\s+|\s{AN_AND}\s+")
_WORD = re.compile(r"\w\S*")


def _from_name(words: str, given: Sequence[str]) -> str:
    """A sentence from where it, or a part of it, begins with a first name; empty where none does. It goes on
    to its end: "Wim eet vegetarisch, en geen noten"."""
    begins = (0, *(found.end() for found in _PART.finditer(words)))
    firsts = ((at, _WORD.search(words, at, end)) for at, end in pairwise((*begins, len(words))))
    return next((words[at:] for at, first in firsts if first and fold(first[0]).split()[:1] == [*given]), "")


def _of_them(act: Act) -> str:
    """What an act says by a "he", or by a part of its sentence that is not the writer's: "(vegetarisch)"."""
    part = act.clause if len(act.clause) < len(act.words) // 2 and not act.of_self else ""
    return act.words if act.pointed else part


def noted_of(name: str, submission: Submission, form: Form, *, alone: bool) -> dict[str, Answer]:
    """What a sentence about somebody by their first name says that they eat, or the part of one that begins
    with it, in its own words: "Wim eet vegetarisch". Who comes along ``alone`` is who a "he" means."""
    field = form.field(DIET)
    given = fold(name).split()[:1]
    said = [
        told.strip(" .")
        for act in submission.acts
        if act.kind is ActKind.CHANGE and act.field == DIET
        if (told := _from_name(act.words, given) or (_of_them(act) if alone else ""))
    ]
    return {DIET: Answer("; ".join(said), Location().at(Unit.MAIL))} if field and said else {}

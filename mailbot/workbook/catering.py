"""What the caterer needs: the questions about food with how many people gave each answer, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbot.domain.form import ATTENDS, DIET, FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.extraction.subjects import asks_about_food


@dataclass(frozen=True, slots=True)
class CateringLine:
    """``label`` as the caterer reads it; ``answer`` what ``count`` people gave to the field ``key``, True
    where they said yes, empty where they chose none."""

    label: str
    key: str
    answer: str | bool
    count: int


def catering(form: Form, come: Sequence[Registration]) -> Iterator[CateringLine]:
    """How many chose what: of a yes/no question those who said yes; of a choice every option, also one that
    nobody chose, and how many chose none; of a free answer every text, the most frequent first. ``come`` are
    the people who come."""
    for field in form.fields:
        if field.key == ATTENDS or not asks_about_food(field):
            continue
        if field.kind is FieldKind.YES_NO:
            yes = sum(row.answers.get(field.key) is True for row in come)
            yield CateringLine(field.label, field.key, True, yes)
        else:
            yield from _each_answer(field, come)


def _each_answer(field: FormField, come: Sequence[Registration]) -> Iterator[CateringLine]:
    said = [text for row in come if (text := row.text(field.key).strip())]
    counts = Counter(text.casefold() for text in said)
    written = {text.casefold(): text for text in (*reversed(said), *field.choices)}
    options = [option.casefold() for option in field.choices]
    others = sorted(counts.keys() - set(options), key=lambda text: (-counts[text], text))
    for text in (*options, *others):
        # a diet is known for what it is
        label = written[text] if field.key == DIET else f"{field.label}: {written[text]}"
        yield CateringLine(label, field.key, written[text], counts[text])
    if field.choices and (silent := sum(not row.text(field.key).strip() for row in come)):
        yield CateringLine(f"{field.label}: geen antwoord", field.key, "", silent)

"""What the caterer needs: the questions about food with how many people gave each answer, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbot.domain.form import ATTENDS, DIET, FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.extraction.subjects import asks_about_a_diet, asks_about_food
from mailbot.text.normalize import plain
from mailbot.wording import sheets


@dataclass(frozen=True, slots=True)
class CateringLine:
    """``label`` as the caterer reads it; ``answer`` what ``count`` people gave to the field ``key``, True
    where they said yes, empty where they chose none; of these nobody who said no to the field ``unless``,
    which asks right before whether they eat at all. ``also`` are other spellings of the answer, counted with
    it."""

    label: str
    key: str
    answer: str | bool
    count: int
    unless: str = ""
    also: tuple[str, ...] = ()


def catering(form: Form, come: Sequence[Registration]) -> Iterator[CateringLine]:
    """How many chose what: of a yes/no question those who said yes; of a choice every option, also one that
    nobody chose, and how many chose none; of a free answer every text, the most frequent first. ``come`` are
    the people who come."""
    for before, field in zip((None, *form.fields), form.fields, strict=False):
        if field.key == ATTENDS or not asks_about_food(field):
            continue
        if field.kind is FieldKind.YES_NO:
            yes = sum(row.answers.get(field.key) is True for row in come)
            yield CateringLine(field.label, field.key, True, yes)
        else:
            yield from _each_answer(field, _gate(before), come)


def _gate(before: FormField | None) -> str:
    """The key of a question with yes or no about food that stands right before another about it: "Blijft u
    lunchen?"; empty for any other, also for one about a diet: who is no vegetarian eats as well."""
    if before is None or before.kind is not FieldKind.YES_NO or before.key == ATTENDS:
        return ""
    return before.key if asks_about_food(before) and not asks_about_a_diet(before) else ""


def _each_answer(field: FormField, gate: str, come: Sequence[Registration]) -> Iterator[CateringLine]:
    said = [text for row in come if (text := row.text(field.key).strip())]
    counts = Counter(text.casefold() for text in said)
    written = {text.casefold(): text for text in (*reversed(said), *field.choices)}
    options = [option.casefold() for option in field.choices]
    alike = _alike(sorted(counts.keys() - set(options), key=lambda text: (-counts[text], text)))
    others = sorted(alike, key=lambda texts: (-sum(counts[text] for text in texts), texts[0]))
    for text, *also in (*((option,) for option in options), *others):
        # a diet is known for what it is
        label = written[text] if field.key == DIET else f"{field.label}: {written[text]}"
        count = sum(counts[one] for one in (text, *also))
        yield CateringLine(label, field.key, written[text], count, also=tuple(written[one] for one in also))
    eat = [row for row in come if row.answers.get(gate) is not False]
    if field.choices and (silent := sum(not row.text(field.key).strip() for row in eat)):
        yield CateringLine(sheets.NO_ANSWER_TO.format(label=field.label), field.key, "", silent, gate)


#: Letters of a word for a diet that its endings leave alone: "vegetarisch", "vegetariër".
_STEM = 7


def _alike(texts: Sequence[str]) -> list[list[str]]:
    """Answers of a free text, together those that are one word which differs in its ending only. What says
    more than a word stands by itself: nobody's second wish is lost in a count."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        word = plain(text)
        groups.setdefault(word[:_STEM] if word.isalpha() and len(word) > _STEM else text, []).append(text)
    return [*groups.values()]

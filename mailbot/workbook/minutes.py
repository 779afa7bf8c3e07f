"""What the minutes of an event list, on Overzicht: who was there, who was excused and who was not."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.domain.form import Form
from mailbot.domain.registration import Registration, Status
from mailbot.wording import sheets
from mailbot.workbook import people

_EXCUSED, _ABSENT = "Verontschuldigd", "Afwezig"
_RUN_ON = 68  # characters that fit in the columns behind an organisation's name


def minutes(rows: Sequence[Registration], form: Form) -> dict[str, dict[str, list[str]]]:
    """The names of people by organisation, under what those are called who came or come, were excused or
    stayed away."""
    marked = any(row.attended is not None for row in rows)
    there = "Aanwezig" if marked else "Ingeschreven"
    names = {row.nr: people.first_last(row, form) or sheets.WHOLE_BODY for row in rows}
    lists: dict[str, dict[str, list[str]]] = {there: {}, _EXCUSED: {}, _ABSENT: {}}
    for row in sorted(rows, key=lambda one: people.by_name(one, form)):
        word = _was(row, there, marked=marked)
        if word:
            instead = names.get(row.replaced_by) if word == _EXCUSED else None
            name = sheets.REPLACED_BY.format(name=names[row.nr], other=instead) if instead else names[row.nr]
            organisation = people.organisation(row, form) or sheets.NOT_FILLED_IN
            lists[word].setdefault(organisation, []).append(name)
    gone = any(row.status is Status.CANCELLED for row in rows)
    excused = sheets.OR_WITHDRAWN.format(word=_EXCUSED) if gone else _EXCUSED
    return {excused if word == _EXCUSED else word: names for word, names in lists.items()}


def _was(registration: Registration, there: str, *, marked: bool) -> str:
    """Under which word the minutes list somebody; empty for who was not to come. ``there`` is the word for
    who came, as was ``marked``, or else is to come."""
    if registration.was_there or (registration.status.is_coming and not marked):
        return there
    if registration.status.is_out:
        return _EXCUSED
    return _ABSENT if registration.status.is_coming else ""


def on_lines(names: list[str]) -> list[str]:
    """Names after each other, on as many lines as it takes: they run on over the empty cells."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) < _RUN_ON:
            lines[-1] += f", {name}"
        else:
            lines.append(name)
    return lines

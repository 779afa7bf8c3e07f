"""What a mail would change about a registered person, as the case shows it, so that what she accepts is
what she read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes, shown
from mailbot.domain.done import Done
from mailbot.domain.form import Form
from mailbot.domain.registration import Change, Registration
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Value
from mailbot.matching.names import email_of

#: Characters of a value.
_LONGEST = 80
#: What stands in the place of a value that only its person is shown.
_HIDDEN = "…"


def new_values(draft: DecisionDraft, entry: Entry, current: Registration) -> tuple[Statement, ...]:
    """Each field of a registration that an entry would change, with both values, and first where its mails
    would go, which whoever wrote that has chosen; empty for none."""
    values = values_of(changes(replace(entry, current=current)), draft.form)
    return (*_moves(draft, entry, current), *((say(Says.NEW_VALUES, values=values),) if values else ()))


def values_of(changed: Iterable[Change], form: Form) -> tuple[Statement, ...]:
    """Each change as it is shown to her: the field with what it was and becomes."""
    sensitive = {field.key for field in form.cleared}
    labels = {field.key: field.label for field in form.fields}
    return tuple(
        say(
            Says.NEW_VALUE,
            label=labels.get(one.key, one.key),
            value=_HIDDEN
            if one.key in sensitive
            else say(Done.FROM_TO, before=_short(one.old), after=_short(one.new)),
        )
        for one in changed
    )


def _short(value: Value | None) -> Told:
    said = shown(value)
    return said[:_LONGEST] if isinstance(said, str) else said


def _moves(draft: DecisionDraft, entry: Entry, current: Registration) -> tuple[Statement, ...]:
    said = entry.person.values
    new, held = email_of(said, draft.form), email_of(current.answers, draft.form)
    moves = new and held and new != held
    return (say(Says.MAILS_MOVE, new=new, held=held),) if moves else ()

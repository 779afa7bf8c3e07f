"""Registrations that may be of the people of a mail, found by the beginning of a word of their name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.sender_relation import name_hints
from mailbot.domain.message import Message
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Intent, Submission
from mailbot.matching.names import (
    is_nearly,
    may_be_called,
    same_name,
)
from mailbot.storage.linked_mails import (
    THOSE_NUMBERED,
)
from mailbot.storage.mentions import (
    STAYS_AWAY,
    names_said,
    writers,
)
from mailbot.storage.schema.tables import registration
from mailbot.storage.serialization import REGISTRATION
from mailbot.text.normalize import fold

#: Letters that a name misspelt begins with all the same, and how many that may be somebody are looked at.
_BEGINNING, _MOST_ALIKE = 3, 50


def namesakes(
    tx: sa.Connection,
    content: Message,
    submission: Submission,
    settings: Settings,
    now: datetime,
    waiting: set[str],
) -> list[Registration]:
    """Those who may be called as somebody is who does not come: as words or a form name them, or as the
    writer is called; those of nearly the name of who comes in words, or of whose name a form gives a part;
    those of whose name the address is made from which somebody writes without one; and those of nearly the
    name, or the very one, of who answers what we asked (``waiting``)."""
    comes_or_goes = submission.intent in (*STAYS_AWAY, Intent.REGISTER, Intent.RESTORE)
    if not (comes_or_goes or submission.people or waiting):
        return []
    names, comes = names_said(content, submission, settings)
    by = () if submission.people else writers(content)
    spelt = {word for one in by for hint in name_hints(one) for word in fold(hint).split()}
    # "ghelaerekoen", and "kghelaere" behind the initial
    begins = {word[at : at + _BEGINNING] for word in spelt for at in (0, 1) if len(word) > _BEGINNING}
    alike = _beginning(tx, begins | _beginnings(names))
    # Who comes is looked for in what is ahead: else all names would be walked for each of them.
    ahead = [one.id for one in settings.events.values() if not one.is_over(now, settings.zone)]
    alike |= _beginning(tx, _beginnings(comes | waiting), registration.c.event.in_(ahead))
    numbered = sorted(n for n, known in alike.items() if _may_be_one_of(known, names, comes, spelt, waiting))
    if not numbered:
        return []
    data = tx.scalars(THOSE_NUMBERED, {"numbers": numbered[:_MOST_ALIKE]})
    return [REGISTRATION.validate_json(row) for row in data]


def _beginnings(names: Iterable[str]) -> set[str]:
    return {word[:_BEGINNING] for name in names for word in fold(name).split()}


def _beginning(tx: sa.Connection, begins: Iterable[str], *among: sa.ColumnElement[bool]) -> dict[int, str]:
    """The folded names, by number, of those ``among`` whom a word begins so, of whole beginnings alone."""
    columns = registration.c
    whole = sorted(one for one in begins if len(one) >= _BEGINNING)
    if not whole:
        return {}
    alike = sa.or_(*(columns.name.contains(f" {one}", autoescape=True) for one in whole))
    rows = tx.execute(sa.select(columns.number, columns.name).where(alike, *among))
    return {number: name for number, name in rows}  # noqa: C416  dict() of rows is no pair by its type


def _may_be_one_of(known: str, names: set[str], comes: set[str], spelt: set[str], waiting: set[str]) -> bool:
    """Whether a folded name may be one of these, of who comes too, or be what an address spells."""
    return (
        any(may_be_called(name, known) for name in names)
        or any(is_nearly(name, known) for name in comes | waiting)
        or any(same_name(name, known) for name in waiting)
        or any(one in word for word in spelt for one in known.split() if len(one) > _BEGINNING)
    )

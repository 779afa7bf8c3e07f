"""Somebody who does not come, as words tell them by their function: "de burgemeester laat zich
verontschuldigen", with the name that stands behind it elsewhere in the mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mailbot.domain.form import ATTENDS, ROLE, FieldKind, Form
from mailbot.domain.submission import Act, ActKind, Answer, Person
from mailbot.extraction.values.names import split_name
from mailbot.intent.person_mentions import NAME
from mailbot.intent.roles import roles_in
from mailbot.intent.told_details import WHERE
from mailbot.matching.functions import OTHER, kind_of
from mailbot.matching.organisations import Directory
from mailbot.text.normalize import plain


def who_stays_away(
    acts: Iterable[Act],
    lines: Sequence[str],
    signature: Sequence[str],
    form: Form,
    directory: Directory,
    of: str,
) -> Person | None:
    """The one of whom words say by their function alone, or by a "he" for it, that they do not come:
    function, organisation and name as far as they are told; None where it is not one, or nothing tells who
    or where from. ``of`` is the organisation by the sender's address."""
    away = [act for act in acts if act.kind is ActKind.NOT_COME and not (act.elsewhere or act.of_self)]
    if form.per_organisation or form.field(ROLE) is None or len(away) != 1 or away[0].people:
        return None
    texts = (*lines, *signature)
    said = roles_in(away[0].words) or (away[0].pointed and (_in(lines) or [*_with_name(texts)])) or ()
    kinds = {kind_of(role) for role in said}
    if len(kinds) != 1 or kinds == {OTHER}:
        return None
    named = {name for role, name in _with_name(texts).items() if kind_of(role) in kinds}
    body = next(filter(None, map(directory.recognise, signature)), "") or of
    if not body and len(named) != 1:
        return None
    answers = {ROLE: Answer(_small(said[0]), WHERE), **_name(named.pop() if len(named) == 1 else "", form)}
    for field in form.of_kind(FieldKind.ORGANISATION)[:1] if body else ():
        answers[field.key] = Answer(body, WHERE)
    if form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(False, WHERE)
    return Person(answers, body)


def _in(lines: Iterable[str]) -> list[str]:
    return [role for line in lines for role in roles_in(line)]


def _with_name(texts: Iterable[str]) -> dict[str, str]:
    """The functions behind which a name stands, each with the longest."""
    found: dict[str, str] = {}
    for text in texts:
        for role in roles_in(text):
            for name in re.finditer(rf"(?i:{re.escape(role)})\s+(?P<name>{NAME})", text):
                found[plain(role)] = max(found.get(plain(role), ""), name["name"], key=len)
    return found


def _small(role: str) -> str:
    """A function without the capital of a sentence that it begins."""
    return role[0].lower() + role[1:] if role[1:].islower() else role


def _name(name: str, form: Form) -> dict[str, Answer]:
    """A name under the keys of a form: one word behind a function is a last name."""
    if not name:
        return {}
    family = form.family_name or next((field.key for field in form.of_kind(FieldKind.NAME)), "")
    split = split_name(name, given_first=True) if form.given_name and " " in name else None
    if split is not None:
        return {form.given_name: Answer(split.given, WHERE), family: Answer(split.family, WHERE)}
    return {family: Answer(name, WHERE)} if family else {}

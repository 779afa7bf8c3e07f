"""Somebody who does not come, or comes instead, as words tell them by their function: "de burgemeester laat
zich verontschuldigen", with the name that stands behind it elsewhere in the mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mailbot.domain.form import ATTENDS, ROLE, FieldKind, Form
from mailbot.domain.submission import Act, ActKind, Answer, Person, Who
from mailbot.extraction.values.names import split_name
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.person_mentions import NAME
from mailbot.intent.roles import role_before, roles_in
from mailbot.intent.told_details import WHERE
from mailbot.matching.functions import OTHER, kind_of
from mailbot.matching.organisations import Directory
from mailbot.text.normalize import plain, tidy


def who_by_function(
    acts: Iterable[Act],
    what: ActKind,
    lines: Sequence[str],
    signature: Sequence[str],
    form: Form,
    directory: Directory,
    of: str,
) -> Person | None:
    """The one of whom words say by their function alone, or by a "he" for it, that they do not come, or that
    they do (``what``): function, organisation and name as far as they are told; None where it is not one, or
    nothing tells who or where from. ``of`` is the organisation by the sender's address."""
    those = [act for act in acts if act.kind is what and not (act.elsewhere or _is_of_writer(act))]
    if form.per_organisation or form.field(ROLE) is None or len(those) != 1 or those[0].people:
        return None
    texts = (*lines, *signature)
    said = _functions_of(those[0], lines, texts)
    kinds = {kind_of(role) for role in said}
    if len(kinds) != 1 or kinds == {OTHER}:
        return None
    named = {name for role, name in _with_name(texts).items() if kind_of(role) in kinds}
    body = next(filter(None, map(directory.recognise, signature)), "") or of
    if not body and len(named) != 1:
        return None
    name = named.pop() if len(named) == 1 else ""
    return _in_office(said[0], name, body, form, comes=what is not ActKind.NOT_COME)


def _functions_of(act: Act, lines: Sequence[str], texts: Sequence[str]) -> Sequence[str]:
    """The functions that an act names, or that stand elsewhere in the ``texts`` where it only points."""
    if said := roles_in(act.words):
        return said
    return (_in(lines) or [*_with_name(texts)]) if act.pointed else ()


def _in_office(role: str, name: str, body: str, form: Form, *, comes: bool) -> Person:
    """Somebody known by their function, with the ``name`` and the ``body`` that are told of them, if any."""
    answers = {ROLE: Answer(_small(role), WHERE), **_name(name, form)}
    for field in form.of_kind(FieldKind.ORGANISATION)[:1] if body else ():
        answers[field.key] = Answer(body, WHERE)
    if form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(comes, WHERE)
    return Person(answers, body)


def in_function(named: Sequence[str], lines: Sequence[str], form: Form) -> tuple[Person, ...]:
    """Those of whom words give the last name alone, behind a function: "burgemeester Deprez"."""
    family, alone = form.family_name, [name for name in named if name and " " not in name]
    if not family or form.field(ROLE) is None:
        return ()
    told = zip(alone, (role_before(name, tidy(" ".join(lines))) for name in alone), strict=True)
    return tuple(
        Person({ROLE: Answer(role, WHERE), family: Answer(name, WHERE)}) for name, role in told if role
    )


def _is_of_writer(act: Act) -> bool:
    """Whether an act is of the writer; beside an "I" in another part of its sentence somebody else may come:
    "ik kan niet, de burgemeester komt"."""
    if not act.of_self or act.kind is ActKind.NOT_COME or act.who is Who.WRITER:
        return act.of_self
    said = spaced(act.clause)
    return bool(lexicon(language_of(said)).who["writer"].search(said))


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
    family = form.family_name or form.first_key(FieldKind.NAME)
    split = split_name(name, given_first=True) if form.given_name and " " in name else None
    if split is not None:
        return {form.given_name: Answer(split.given, WHERE), family: Answer(split.family, WHERE)}
    return {family: Answer(name, WHERE)} if family else {}

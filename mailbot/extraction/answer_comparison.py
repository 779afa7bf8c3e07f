"""The answers of one person beside each other: those that fit badly together are doubted."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from mailbot.domain.document import NOWHERE
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Code, Source
from mailbot.extraction.companions import is_about_others
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.likeness import likeness
from mailbot.extraction.template_people import asks_who_comes
from mailbot.extraction.values.names import read_name
from mailbot.extraction.values.result import OPEN_ANSWER, ParsedValue, doubted
from mailbot.matching.organisations import is_bare_kind
from mailbot.text.normalize import letters, plain

#: So many answers that are unlike their question, of so many for each, and the rest is doubted too.
_SHIFTED, _SHIFTED_SHARE, _PROVEN = 2, 4, 0.8
#: Who somebody is to a child: "papa: ...".
_RELATIVE = re.compile(rf"(?i)\s*(?:{phrases('parent', 'relative')})\s*:\s*")
#: What people of one house or body have together.
_OF_A_HOUSE = frozenset({FieldKind.ADDRESS, FieldKind.POSTCODE, FieldKind.IBAN})

_COMES_TOO, _COMES_NOT = re.compile(phrases("comes_too")), re.compile(phrases("comes_not"))
#: A word and a name behind it: "collega Jan".
_CALLED = re.compile(r"([^\W\d_]+),? (?=[A-ZÀ-Þ])")


def compare_answers(
    reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext, listed: Set[str] = frozenset()
) -> None:
    """Doubts what does not fit the other answers, and drops a signature that was read as one; ``listed`` are
    the questions that were answered in a row of a list."""
    _settle_relatives(reads, reading.form)
    _doubt_municipality_as_name(reads, reading)
    _doubt_listed_names(reads, reading.form)
    _drop_signature(reads, reading.form)
    _doubt_what_is_of_several(reads, reading.form, listed)
    _doubt_who_comes_along(reads, reading.form)
    _doubt_presence(reads, reading)
    _doubt_a_shifted_layout(reads, reading)


def _drop_signature(reads: dict[str, tuple[ParsedValue, Source]], form: Form) -> None:
    """The person's own name below "Opmerkingen:", or below what they wrote there, is how a mail ends."""
    names = [letters(str(reads[f.key][0].value or "")) for f in form.spoken_names if f.key in reads]
    signed = {"".join(names), "".join(reversed(names)), *names} - {""}
    for field in form.of_kind(FieldKind.LONG_TEXT):
        read = reads.get(field.key, (OPEN_ANSWER, NOWHERE))[0]
        if not isinstance(read.value, str):
            continue
        said, _, last = read.value.rpartition("\n")
        if letters(read.value) in signed:
            del reads[field.key]
        elif said.strip() and letters(last) in signed:
            reads[field.key] = (replace(read, value=said.strip()), reads[field.key][1])


def _doubt_municipality_as_name(
    reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext
) -> None:
    organisation = next(
        (str(reads[f.key][0].value) for f in reading.form.of_kind(FieldKind.ORGANISATION) if f.key in reads),
        "",
    )
    for field in reading.form.of_kind(FieldKind.NAME):
        read, where = reads.get(field.key, (OPEN_ANSWER, NOWHERE))
        if read.code or not isinstance(read.value, str):
            continue
        body = re.search(r"(?i)\b(?:gemeente|ocmw|stad|bestuur|stadsbestuur|gemeentebestuur)\b", read.value)
        if (body and not is_bare_kind(read.value)) or letters(read.value) == letters(organisation):
            reason = Reason.NAME_OF_PERSON
            reads[field.key] = (doubted(read.value, Code.UNSURE, reason, read.seen), where)


def _doubt_listed_names(reads: dict[str, tuple[ParsedValue, Source]], form: Form) -> None:
    """ "piotr, ania" at "First name" are two people: a comma turns a full name round, and no first name."""
    read, where = reads.get(form.given_name, (OPEN_ANSWER, NOWHERE))
    if form.given_name and form.family_name and isinstance(read.value, str) and "," in read.value:
        reads[form.given_name] = (
            doubted(read.value, Code.AMBIGUOUS, Reason.MANY_PEOPLE, read.seen),
            where,
        )


def _settle_relatives(reads: dict[str, tuple[ParsedValue, Source]], form: Form) -> None:
    """ "Opa: Hans Graf" at a name that is not that of who comes says who he is, and is a name as well."""
    names = form.of_kind(FieldKind.NAME)
    for field in names if len(names) > 1 else ():
        read, where = reads.get(field.key, (OPEN_ANSWER, NOWHERE))
        whose = _RELATIVE.match(read.seen) if read.reason is Reason.NAME else None
        name = read_name(read.seen[whose.end() :]) if whose else OPEN_ANSWER
        if name.value and name.code is None and " " in str(name.value) and not asks_who_comes(field.label):
            reads[field.key] = ParsedValue(read.value, seen=read.seen), where


def _doubt_what_is_of_several(
    reads: dict[str, tuple[ParsedValue, Source]], form: Form, listed: Set[str]
) -> None:
    """Where several names, or lines of names, stand at one label, who the rest is of is a guess; not where
    they are the parents' of a child that is named, not what people who come together share, and not what
    stands in a list where they stand outside it, or outside where they stand in it."""
    names = form.of_kind(FieldKind.NAME)
    own = [field.key for field in names if asks_who_comes(field.label)] or [field.key for field in names]
    of_several = {key for key in own if key in reads and reads[key][0].code is Code.AMBIGUOUS}
    if form.per_organisation or not of_several:
        return
    in_list, beside = bool(of_several & listed), bool(of_several - listed)
    for key, (read, where) in reads.items():
        field = form.field(key)
        is_told = isinstance(read.value, str) and read.code is None
        is_near = in_list if key in listed else beside
        if is_told and is_near and field and not _is_shared(field):
            reads[key] = (doubted(read.value, Code.UNSURE, Reason.OF_WHICH_PERSON, read.seen), where)


def _is_shared(field: FormField) -> bool:
    """Whether people who come together answer it as one: their organisation, an address, an account, an
    invoice."""
    return field.kind.traits.shared or field.kind in _OF_A_HOUSE or is_about_others(field.label)


def _doubt_who_comes_along(reads: dict[str, tuple[ParsedValue, Source]], form: Form) -> None:
    """ "Mijn collega Jan Maes komt ook mee" among the remarks of somebody is perhaps one person more, of whom
    nothing else is known."""
    for field in form.of_kind(FieldKind.LONG_TEXT):
        read, where = reads.get(field.key, (OPEN_ANSWER, NOWHERE))
        if isinstance(read.value, str) and read.code is None and _brings_somebody(read.value):
            reads[field.key] = (doubted(read.value, Code.UNSURE, Reason.MANY_PEOPLE, read.seen), where)


def _brings_somebody(text: str) -> bool:
    """Whether a sentence names a companion who comes, by what they are and how they are called."""
    return any(
        _COMES_TOO.search(plain(sentence))
        and not _COMES_NOT.search(plain(sentence))
        and any(plain(called[1]) in lexicon().companions for called in _CALLED.finditer(sentence))
        for sentence in re.split(r"(?<=[.!?;\n])", text)
        if not sentence.endswith("?")
    )


def _doubt_presence(reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext) -> None:
    """Where "verontschuldigd" stands at another question, whether they come is to be asked."""
    key = reading.labels.presence
    presence = reads.get(key, (OPEN_ANSWER, NOWHERE))[0]
    if not key or presence.code or presence.value is False:
        return
    for other, (read, where) in list(reads.items()):
        if other != key and isinstance(read.value, str) and reading.labels.excuses(read.value):
            reason = Reason.ELSEWHERE_STATED
            reads[key] = (doubted(presence.value, Code.UNSURE, reason, read.seen), where)


def _doubt_a_shifted_layout(reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext) -> None:
    """Where several answers are unlike what is asked, labels and answers were perhaps put together wrongly:
    then what any words would answer is doubted too."""
    found = {key: read for key, (read, _) in reads.items() if read.value is not None or read.code}
    fields = {field.key: field for field in reading.form.fields}
    fits = {key: _fits(fields[key], read, reading) for key, read in found.items()}
    unlike = [key for key, fit in fits.items() if fit < 0]
    if len(unlike) < _SHIFTED or _SHIFTED_SHARE * len(unlike) < len(found):
        return
    for key, read in found.items():
        if read.code is None and fits[key] < _PROVEN:
            reason = Reason.OTHERS_FIT_BADLY
            reads[key] = (doubted(read.value, Code.UNSURE, reason, read.seen), reads[key][1])


def _fits(field: FormField, read: ParsedValue, reading: ExtractionContext) -> float:
    """How much what was read is like what is asked; two ticks are no other question's answer, and what a
    question of the form's own asks may as well be figures ("VAT number", "Arrival")."""
    if isinstance(read.value, bool):
        return 1.0
    if field.kind.traits.offered and field.kind is not FieldKind.TEXT:
        return -1.0 if read.code is Code.INVALID else 0.0 if read.code else 1.0
    fit = likeness(read.seen or str(read.value or ""), field.kind, reading.labels)
    is_own = field.kind is FieldKind.TEXT and not any(map(lexicon().concept, field.labels))
    return max(fit, 0.0) if is_own and "@" not in read.seen else fit

"""A whole name in one answer ("Naam: Jan Peeters") → the first name and the family name, doubted where
nothing tells which is which."""

from __future__ import annotations

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.submission import Code, Source
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.grouping import PersonDraft
from mailbot.extraction.values.names import read_name, several, split_name
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.matching.names import PARTICLES
from mailbot.text.normalize import fold, tidy


def full_name(text: str, keys: tuple[str, ...], form: Form, email: str = "") -> dict[str, ParsedValue]:
    """The parts of a name, by the keys of the form's fields for them; the ``keys`` of its label say in which
    order they are asked. The family name alone where the whole is no one name."""
    given, family = form.given_name, form.family_name
    seen = tidy(text)
    whole = read_name(text)
    if whole.code or len(several(text)) > 1:
        return {family: whole}
    name = split_name(text, given_first=keys[0] == given, email=email)
    if name is None:
        return {family: whole}
    if name.sure:
        return {family: ParsedValue(name.family, seen=seen), given: ParsedValue(name.given, seen=seen)}
    reason = Reason.WHICH_NAME_IS_FIRST
    return {
        family: doubted(name.family, Code.UNSURE, reason, seen),
        given: doubted(name.given, Code.UNSURE, reason, seen),
    }


def split_full_name(
    reads: dict[str, tuple[ParsedValue, Source]], draft: PersonDraft, reading: ExtractionContext
) -> None:
    """ "Naam: Jan Peeters" where no first name is given: split, certain only with good reason: an address
    that spells it, on the form or that it was mailed from, is one."""
    form = reading.form
    given, family = form.given_name, form.family_name
    if not given or family not in reads or not isinstance(reads[family][0].value, str):
        return
    read, where = reads[family]
    email = _email_of(reads, reading)
    if given in reads and _are_halves(read, reads[given][0]):
        again = full_name(read.seen, (family, given), form, email)
        if all(part.code is None for part in again.values()):
            reads.update({key: (part, where) for key, part in again.items()})
        return
    if given in reads and reads[given][0].value is not None:
        _doubt_given_name_in_family_name(reads, given, family)
        return
    if read.code or len(str(read.value).split()) < 2:
        return
    parts = full_name(str(read.value), (given, family), form, email)
    if draft.asks(given) and any(part.code for part in parts.values()):
        parts.pop(given, None)
        if _only_particles_before_last_word(str(read.value)):
            return
    reads.update({key: (part, where) for key, part in parts.items()})


def _email_of(reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext) -> str:
    """The address on the form, or else that of the sender."""
    keys = reading.form.keys_of(FieldKind.EMAIL)
    return next((str(reads[key][0].value or "") for key in keys if key in reads), reading.sender)


def _are_halves(family: ParsedValue, given: ParsedValue) -> bool:
    """Whether two names are halves of one that was split without good reason."""
    return family.code is Code.UNSURE and given.code is Code.UNSURE and family.seen == given.seen


def _only_particles_before_last_word(name: str) -> bool:
    """ "de Ridder", "Van den Broeck": a family name alone. "de Ridder Kevin" and "an mertens" may hold the
    first name."""
    return all(word in PARTICLES for word in fold(name).split()[:-1])


def _doubt_given_name_in_family_name(
    reads: dict[str, tuple[ParsedValue, Source]], given: str, family: str
) -> None:
    one, other = reads[given][0], reads[family][0]
    first, last = str(one.value).lower().split(), str(other.value).lower().split()
    if other.code is None and len(last) > 1 and (first == last[: len(first)] or first == last[-len(first) :]):
        reason = Reason.FIRST_NAME_IN_NAME
        reads[family] = (doubted(other.value, Code.UNSURE, reason, other.seen), reads[family][1])

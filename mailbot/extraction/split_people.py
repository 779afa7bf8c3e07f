"""Several people who filled in one set of fields: "Tijs en Ruth" at the first name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.document import Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.boilerplate import is_ditto, only_offers
from mailbot.extraction.grouping import Keys, PersonDraft, has_answer
from mailbot.extraction.spans import OPEN, Candidate, text_of
from mailbot.extraction.values.names import several
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import tidy

_MOST = 4
#: Between the answers of several people, of a kind whose words such a sign could hold as well.
_APART = re.compile(r"\s+/\s+|\s*[;\n]\s*")
#: Kinds whose answers hold no "en", "and" or comma themselves.
_SINGLE = frozenset(
    {
        FieldKind.NAME,
        FieldKind.EMAIL,
        FieldKind.PHONE,
        FieldKind.BIRTH_DATE,
        FieldKind.DATE,
        FieldKind.NUMBER,
    }
)
_LIST = re.compile(rf"\s+(?:{AN_AND}|u\.|\+|&|/)\s+|\s*[;,|\n]\s*")
#: What two people never share.
_OWN = frozenset({FieldKind.BIRTH_DATE, FieldKind.NATIONAL_NUMBER})
_FAMILY = re.compile(r"(?i)(?:de\s+)?(?:familie|fam\.|family|famille|familien?)\s+")
_IS_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}")
_GIVEN = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?")


def each_person(draft: PersonDraft, form: Form) -> list[PersonDraft]:
    """A draft for each person, where several first names stand at one label, with a last name for each or one
    for all. Their names, and what was written for each of them at another label, are doubted unless something
    else tells that they are several: as many last names, or as many answers elsewhere. What no two people
    share is doubted; the rest was written once, and is said of all."""
    given, family = _only(draft, form.given_name), _only(draft, form.family_name)
    if form.per_organisation:
        return [draft]
    if given is None or family is None:
        return _each_by_full_name(draft, form)
    names = _given_names(given, family)
    if names is None:
        return [draft]
    first, last = names
    others = [
        (k, p) for k, pieces in draft.pieces.items() for p in pieces if p is not given and p is not family
    ]
    sure = len(several(_text(family))) > 1 or any(_for_each(p, keys, form, len(first)) for keys, p in others)
    people = [PersonDraft() for _ in first]
    for keys, pieces in draft.pieces.items():
        for piece in pieces:
            own = _for_each(piece, keys, form, len(first))
            own = first if piece is given else last if piece is family else own
            for n, person in enumerate(people):
                person.add(_said(piece, own[n], sure=sure) if own else _of_all(piece, keys, form))
    return people


def _each_by_full_name(draft: PersonDraft, form: Form) -> list[PersonDraft]:
    """A draft for each person, where several stand at the one label for a whole name ("Max u. Moritz Lang")
    and something else was told of each ("7 und 10")."""
    asked = form.of_kind(FieldKind.NAME)
    whole = _only(draft, asked[0].key) if asked else None
    names = _whole_names(_text(whole)) if whole and not (form.given_name and form.family_name) else ()
    told = [
        _for_each(piece, keys, form, len(names))
        for keys, pieces in draft.pieces.items()
        for piece in pieces
        if piece is not whole and len(names) > 1
    ]
    if not any(told):
        return [draft]
    people = [PersonDraft() for _ in names]
    for keys, pieces in draft.pieces.items():
        for piece in pieces:
            own = names if piece is whole else _for_each(piece, keys, form, len(names))
            for n, person in enumerate(people):
                person.add(_said(piece, own[n], sure=False) if own else _of_all(piece, keys, form))
    return people


def _whole_names(text: str) -> tuple[str, ...]:
    """Each name of a list, with the family name that the last alone has; nothing where it is one name."""
    parts = _parts(_LIST, text) if "," not in text else ()
    if not 2 <= len(parts) <= _MOST or not all(map(_IS_NAME.fullmatch, parts)) or any(map(is_ditto, parts)):
        return ()
    _, _, family = parts[-1].partition(" ")
    if not family:
        return ()
    return tuple(f"{part} {family}" if " " not in part else part for part in parts)


def _of_all(piece: Candidate, keys: Keys, form: Form) -> Candidate:
    field = form.field(keys[0])
    if field is None or field.kind not in _OWN or not has_answer(piece):
        return piece
    return replace(piece, doubt=piece.doubt or Doubt(Reason.ONCE_FOR_SEVERAL))


def _only(draft: PersonDraft, key: str) -> Candidate | None:
    pieces = [piece for piece in draft.pieces.get((key,), ()) if has_answer(piece)]
    return pieces[0] if key and len(pieces) == 1 else None


def _given_names(given: Candidate, family: Candidate) -> tuple[Sequence[str], Sequence[str]] | None:
    """The first names and the last name of each; None where they are one person's."""
    lasts = [_FAMILY.sub("", name) for name in several(_text(family))]
    first = several(_text(given))
    if len(first) < 2 and (len(lasts) > 1 or _FAMILY.match(_text(family))):
        first = _parts(_LIST, _text(given))  # a comma turns a name round, or stands between several
    if not 2 <= len(first) <= _MOST or len(lasts) not in (1, len(first)):
        return None
    if not all(map(_GIVEN.fullmatch, first)) or any(map(is_ditto, (*first, *lasts))):
        return None
    return first, lasts * len(first) if len(lasts) == 1 else lasts


def _for_each(piece: Candidate, keys: Keys, form: Form, count: int) -> Sequence[str]:
    """What was written for each of so many people at one label; nothing where it is said of all."""
    field = form.field(keys[0])
    if len(keys) != 1 or field is None or field.kind.traits.lines or field.kind is FieldKind.CHOICE:
        return ()
    if only_offers(_text(piece)):
        return ()
    parts = _parts(_LIST if field.kind in _SINGLE else _APART, _text(piece))
    return parts if len(parts) == count else ()


def _said(piece: Candidate, text: str, *, sure: bool) -> Candidate:
    doubt = piece.doubt or (None if sure else Doubt(Reason.MANY_IN_ONE_CELL))
    return replace(piece, spans=(Span(text),), doubt=doubt)


def _text(piece: Candidate) -> str:
    return text_of(piece.spans).replace(OPEN, "").strip(" .…_\n")


def _parts(sign: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part for part in map(tidy, sign.split(text)) if part)

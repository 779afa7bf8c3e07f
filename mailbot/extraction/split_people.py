"""Several people who filled in one set of fields: "Tijs en Ruth" at the first name."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
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
_IS_WHOLE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3} [A-ZÀ-Þ][\w'’.-]+")
#: "Bas en Stan Maes (tweeling)".
_REMARK_BEHIND = re.compile(r"\s*\([^()]*\)$")
#: A class or an age: "5A en 5B" are two of them.
_CODE = re.compile(r"\d{1,2} ?[A-Za-z]{0,2}")
_GIVEN = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?")


def each_person(draft: PersonDraft, form: Form, own: Container[str] = ()) -> list[PersonDraft]:
    """A draft for each person, where several first names stand at one label, with a last name for each or one
    for all. Their names, and what was written for each of them at another label, are doubted unless something
    else tells that they are several: as many last names, "familie", or as many answers elsewhere. What no two
    people share is doubted, and what was asked of one alone (the keys ``own``); the rest was written once,
    and is said of all."""
    given, family = _only(draft, form.given_name), _only(draft, form.family_name)
    if form.per_organisation:
        return [draft]
    if given is None or family is None:
        return _each_by_full_name(draft, form, own)
    names = _given_names(given, family)
    if names is None:
        return [draft]
    first, last = names
    others = [
        (k, p) for k, pieces in draft.pieces.items() for p in pieces if p is not given and p is not family
    ]
    sure = len(several(_text(family))) > 1 or _FAMILY.match(_text(family)) is not None
    sure = sure or any(_for_each(p, keys, form, len(first)) for keys, p in others)
    people = [PersonDraft() for _ in first]
    for keys, pieces in draft.pieces.items():
        for piece in pieces:
            own = _for_each(piece, keys, form, len(first))
            own = first if piece is given else last if piece is family else own
            for n, person in enumerate(people):
                person.add(_said(piece, own[n], sure=sure) if own else _of_all(piece, keys, form))
    return people


def _each_by_full_name(draft: PersonDraft, form: Form, own: Container[str]) -> list[PersonDraft]:
    """A draft for each person, where several stand at the one label for a whole name: something else was told
    of each ("Max u. Moritz Lang", "7 und 10"), or in one row of a list each has a name that is whole ("Jan
    Peeters en An Maes"). Elsewhere two of these may be one child's parents."""
    asked = form.of_kind(FieldKind.NAME)
    whole = _only(draft, asked[0].key) if asked else None
    text = _text(whole) if whole and not (form.given_name and form.family_name) else ""
    names = _whole_names(text)
    if whole is None or len(names) < 2:
        return [draft]
    told = [
        (keys, piece, names if piece is whole else _told_of_each(piece, keys, form, names))
        for keys, pieces in draft.pieces.items()
        for piece in pieces
    ]
    is_sure = any(each for _, piece, each in told if piece is not whole)
    counted = {id(whole)} | {id(p) for keys, p, each in told if each and _is_of_one(keys, form)}
    settled = counted if len(counted) > 1 else set()
    are_whole = asked[0].key in own and all(map(_IS_WHOLE.fullmatch, several(text)))
    if not is_sure and not are_whole:
        return [draft]
    people = [PersonDraft() for _ in names]
    for keys, piece, each in told:
        once = piece if each else _said_once(piece, keys, form, names, own, is_sure=is_sure)
        for n, person in enumerate(people):
            person.add(_said(piece, each[n], sure=id(piece) in settled) if each else once)
    return people


def _is_of_one(keys: Keys, form: Form) -> bool:
    """Whether an answer is one person's alone, and as many of them tell how many people there are: an age."""
    field = form.field(keys[0])
    return field is not None and field.kind in (FieldKind.NUMBER, *_OWN)


def _told_of_each(piece: Candidate, keys: Keys, form: Form, names: Sequence[str]) -> Sequence[str]:
    """What was written for each of some people: as many answers in a row, or each behind a first name
    ("Bas: astma. Stan: niets"); nothing where it is said of all."""
    if each := _for_each(piece, keys, form, len(names)):
        return each
    text, given = _text(piece), [name.partition(" ")[0] for name in names]
    called = "|".join(map(re.escape, given))
    begun, *parts = re.split(rf"(?i)(?<!\w)({called})\s*:\s*", text)
    if begun.strip() or [word.lower() for word in parts[::2]] != [word.lower() for word in given]:
        return ()
    return [tidy(part).strip(" ;,.") for part in parts[1::2]]


def _said_once(
    piece: Candidate, keys: Keys, form: Form, names: Sequence[str], own: Container[str], *, is_sure: bool
) -> Candidate:
    """What was written once for several people: doubted where it belongs to one, or names one of them."""
    words = set(re.findall(r"\w+", _text(piece).lower()))
    is_of_one = not is_sure or keys[0] in own or any(name.lower().split()[0] in words for name in names)
    if is_of_one and has_answer(piece):
        return replace(piece, doubt=piece.doubt or Doubt(Reason.ONCE_FOR_SEVERAL))
    return _of_all(piece, keys, form)


def _whole_names(text: str) -> tuple[str, ...]:
    """Each name of a list, with the family name that the last alone has; nothing where it is one name."""
    text = _REMARK_BEHIND.sub("", text)
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
    listed = _parts(_LIST, _text(piece))
    if field.kind not in _SINGLE and not all(map(_CODE.fullmatch, listed)):
        listed = _parts(_APART, _text(piece))
    return listed if len(listed) == count else ()


def _said(piece: Candidate, text: str, *, sure: bool) -> Candidate:
    doubt = piece.doubt or (None if sure else Doubt(Reason.MANY_IN_ONE_CELL))
    return replace(piece, spans=(Span(text),), doubt=doubt)


def _text(piece: Candidate) -> str:
    return text_of(piece.spans).replace(OPEN, "").strip(" .…_\n")


def _parts(sign: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part for part in map(tidy, sign.split(text)) if part)

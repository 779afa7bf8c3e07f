"""What stands around a form is nobody's answer: headers, footers, letterheads, return addresses.

Candidates of one document compete by where they stand: a region that asks who comes is the form, and
what only tells how to reach somebody, above its title or below it, is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from mailbot.domain.document import Unit
from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.headings import CONTACT, OTHER, PRACTICAL
from mailbot.extraction.spans import Candidate

_REACHED = frozenset({FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ORGANISATION, FieldKind.TEXT})
#: Questions, one more than a letterhead seems to ask ("Tel.", "E-mail"): who asks so many in the body has no
#: more in its header.
_WHOLE_FORM = 3


def of_the_form(pieces: Sequence[Candidate], form: Form) -> tuple[Candidate, ...]:
    """The candidates without those of letterheads, headers and footers."""
    body = [piece for piece in pieces if not _is_margin(piece)]
    asked = {key for piece in body for key in piece.keys}
    if len(asked) < _WHOLE_FORM:
        body = list(pieces)
    else:  # the form's own question that stands nowhere else; its telephone is the sender's
        body += [
            p
            for p in pieces
            if _is_margin(p) and p.main and not asked & set(p.keys) and not _reaches(p, form)
        ]
    return tuple(_without_addresses_below(_without_contact_above(body, form), form))


def are_asked_first(keys: Set[str], pieces: Sequence[Candidate], names: Set[str]) -> bool:
    """Whether people one below the other are each asked ``keys`` before their name, and nothing of it comes
    after the last name: what stands at the top is then the first person's, and no letterhead's. After the
    last name comes most of what comes after the others, or it is a signature's."""
    ours = [piece for piece in pieces if piece.section not in (OTHER, CONTACT, PRACTICAL)]
    asked = [key for piece in ours for key in piece.keys]
    name = next((key for key in asked if key in names), "")
    if not name or any(piece.place for piece in ours if keys & set(piece.keys) or name in piece.keys):
        return False
    *before, after = _between(asked, name)
    once = all(one[key] == 1 for one in before for key in keys)
    rest = {key for one in before[1:] for key in one} - before[0].keys()
    return once and not keys & after.keys() and 2 * len(rest & after.keys()) >= len(rest)


def _between(asked: Iterable[str], name: str) -> list[Counter[str]]:
    """What is asked before each time that a name is, and after the last."""
    found: list[Counter[str]] = [Counter()]
    for key in asked:
        if key == name:
            found.append(Counter())
        else:
            found[-1][key] += 1
    return found


def _is_margin(piece: Candidate) -> bool:
    return piece.where.has(Unit.HEADER) or piece.where.has(Unit.FOOTER)


def _reaches(piece: Candidate, form: Form) -> bool:
    return {_kind(form, key) for key in piece.keys} <= {FieldKind.EMAIL, FieldKind.PHONE}


def _without_addresses_below(pieces: list[Candidate], form: Form) -> list[Candidate]:
    """A blank left open is answered there or nowhere: "E-mail: secretariat@…" in a text below the table
    that asks "E-mail" is another's."""
    names = {*form.keys_of(FieldKind.NAME)}
    asked: dict[tuple[int | str, int, int], set[str]] = {}
    for piece in pieces:
        asked.setdefault(_container(piece), set()).update(piece.keys)
    asking = [place for place, keys in asked.items() if names & keys]
    people = Counter(key for piece in pieces if not piece.place for key in piece.keys if key in names)
    if not asking or max(people.values(), default=0) > 1:  # blocks of several people, one below the other
        return pieces
    main = max(asking, key=lambda place: len(asked[place]))
    order = list(asked)
    kept = []
    for piece in pieces:
        place = _container(piece)
        of_kind = _reaches(piece, form)
        below = order.index(place) > order.index(main)
        if piece.keys and below and of_kind and set(piece.keys) <= asked[main] and not names & asked[place]:
            continue
        kept.append(piece)
    return kept


def _container(piece: Candidate) -> tuple[int | str, int, int]:
    """The table, or the run of text under one heading in a text or a sheet, that a candidate stands in."""
    table = piece.where.number(Unit.TABLE)
    return (piece.where.page, table, 0) if table else (_sheet(piece), 0, piece.region)


def _sheet(piece: Candidate) -> str:
    return next((str(name) for unit, name in piece.where.steps if unit is Unit.SHEET), "")


def _without_contact_above(pieces: list[Candidate], form: Form) -> list[Candidate]:
    """Above the title stand only ways to reach somebody, and the form begins below it."""
    first = min((piece.region for piece in pieces if piece.keys), default=0)
    above, below = _above_the_title(pieces, first, form)
    names = {*form.keys_of(FieldKind.NAME)}
    asked_above, asked_below = _keys(above), _keys(below)
    if first != 0 or not names & asked_below:
        return pieces
    if not {_kind(form, key) for key in asked_above} <= _REACHED or not all(map(has_answer, above)):
        return pieces
    if are_asked_first(asked_above, pieces, names):
        return pieces
    shared = {FieldKind.ORGANISATION, FieldKind.TEXT}
    kept = [
        p for p in above if {_kind(form, key) for key in p.keys} <= shared and asked_below.isdisjoint(p.keys)
    ]
    return [piece for piece in pieces if piece not in above or piece in kept]


def _keys(pieces: Iterable[Candidate]) -> set[str]:
    return {key for piece in pieces for key in piece.keys}


def _above_the_title(
    pieces: list[Candidate], first: int, form: Form
) -> tuple[list[Candidate], list[Candidate]]:
    """What stands before the first title or heading, and what stands below it. Where the document tells no
    line to be one, it is the line below the last way to reach somebody that is asked again."""
    asking = [piece for piece in pieces if piece.keys]
    above = [piece for piece in asking if piece.region == first]
    below = [piece for piece in asking if piece.region != first]
    if below:
        return above, below
    again: set[str] = set()
    for n in range(len(asking) - 1, 0, -1):
        again.update(asking[n].keys)
        if not _are_apart(asking[n - 1], asking[n]):
            continue
        keys = [key for piece in asking[:n] for key in piece.keys]
        if all(key in again and _kind(form, key) in _REACHED for key in keys):
            return asking[:n], asking[n:]
    return above, []


def _are_apart(above: Candidate, below: Candidate) -> bool:
    """Whether something stands between two candidates: a line, or rows of a sheet."""
    rows = below.where.row - above.where.row if _sheet(above) and _sheet(above) == _sheet(below) else 0
    return above.heading != below.heading or rows > 1


def _kind(form: Form, key: str) -> FieldKind | None:
    field = form.field(key)
    return field.kind if field else None

"""Which question of the form a label asks, where its words ask several, or a heading claims it.

"Naam" and "Telefoon" stand on a school's form for the pupil, for each parent and for whom to call. What
the form asks comes in its own order, so each label asks the next of its questions. A section of something
else ("Facturatie") belongs to the form where the form itself asks what stands in it.

Where the form tells its questions apart by a heading ("Naam (ouder)"), a mail in which it is typed over
leaves the headings away: the bare label then asks each in turn only where the rest is in the form's order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.headings import CONTACT, ORGANISER, OTHER, PRACTICAL, is_headed_by, own_words, section
from mailbot.extraction.label import heading_of, without_heading
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.regions import are_asked_first
from mailbot.extraction.repeated import with_others_apart
from mailbot.extraction.spans import Candidate
from mailbot.extraction.subjects import asks_about_food
from mailbot.text.normalize import letters, plain

_CLAIMED = frozenset({OTHER, CONTACT, ORGANISER, PRACTICAL})
#: What is asked of a person; below how it is organised, it is of who does that.
_OF_SOMEBODY = frozenset(
    {
        FieldKind.NAME,
        FieldKind.EMAIL,
        FieldKind.PHONE,
        FieldKind.ORGANISATION,
        FieldKind.ADDRESS,
        FieldKind.DATE,
    }
)
_REACHED = frozenset({FieldKind.EMAIL, FieldKind.PHONE})
_WORDS = re.compile(r"\w+")
_OFFICE = re.compile(phrases("office"))


def asked_in_turn(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates, each at the question that its label asks there."""
    kept = _without_senders_phone(_asked_of_each(_with_own_words(pieces), form), form)
    kept = _with_practical(_at_their_heading(kept, form), form)
    kept = _typed_without_headings(kept, form) or _in_order(kept, form)
    return _with_own_sections(with_others_apart(kept, form), form)


def _with_practical(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; what is asked below how it is organised ("Praktisch") is asked of who registers where
    their name stands above it, and there alone: a lunch, a diet. Else it is nobody's, as where to be is; but
    where a name is asked nowhere else, most of the form may stand below those words, from the name on."""
    names = {*form.keys_of(FieldKind.NAME)}
    elsewhere = {key for piece in pieces if piece.section not in _CLAIMED for key in piece.keys}
    at_name = names & elsewhere
    first = next((n for n, one in enumerate(pieces) if names & set(one.keys)), 0)
    below = {key for piece in pieces[first:] if piece.section == PRACTICAL for key in piece.keys}
    holds_form = not at_name and 2 * len(below) > len(form.fields)

    def is_theirs(piece: Candidate) -> bool:
        kinds = {field.kind for field in form.fields if field.key in piece.keys}
        return holds_form or not (kinds & _OF_SOMEBODY or elsewhere & set(piece.keys) or not at_name)

    return [
        piece
        if piece.section != PRACTICAL
        else replace(piece, section="" if n >= first and is_theirs(piece) else OTHER)
        for n, piece in enumerate(pieces)
    ]


def _with_own_words(pieces: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; what a label asks only because of its heading is asked by the label that says all of
    it, where there is one with room for an answer. A question that is such a heading asks nothing more."""
    heads = {
        n
        for n, (one, two) in enumerate(pairwise(pieces))
        if two.bare and (one.keys, one.spans) == (two.keys, ())
    }
    rest = [piece for n, piece in enumerate(pieces) if n not in heads]
    asked = {piece.keys for piece in rest if piece.main and piece.exact and not piece.bare}
    return [replace(p, keys=p.bare, bare=()) if p.bare and p.keys in asked else p for p in rest]


def _asked_of_each(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; what stands once above a list, and again in a column of it, asks two questions where
    the form has one of the same kind that begins with these words ("E-mail", "E-mail deelnemer") and that
    stands nowhere by itself: the column is the second."""
    alone = [piece for piece in pieces if len(piece.keys) == 1]
    once = {piece.keys[0] for piece in alone if not piece.place and piece.main and piece.exact}
    listed = {piece.keys[0] for piece in alone if "#" in piece.place}
    met = {key for piece in pieces for key in (*piece.keys, *piece.also)}
    longer = {(key,): one for key in once & listed if (one := _longer(key, met, form))}
    return [
        replace(piece, keys=(longer[piece.keys],), main=False)
        if "#" in piece.place and piece.keys in longer
        else piece
        for piece in pieces
    ]


def _longer(key: str, met: Container[str], form: Form) -> str:
    """The only question of a form that was not met and goes on with the words of another; empty for none."""
    asked = form.field(key)
    fits = [one.key for one in form.fields if one.key not in met and asked and _goes_on(one, asked)]
    return fits[0] if len(fits) == 1 else ""


def _goes_on(longer: FormField, asked: FormField) -> bool:
    """Whether a question asks the same kind of thing as another in its words and more behind them."""
    words, own = _WORDS.findall(plain(longer.label)), _WORDS.findall(plain(asked.label))
    return longer.kind is asked.kind and len(words) > len(own) > 0 and words[: len(own)] == own


def _at_their_heading(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; "Naam" below the heading "Facturatie" asks the form's own "Naam (facturatie)"."""
    headed = [
        (field.key, _bare(field.label), words)
        for field in form.fields
        if (words := _words(heading_of(field.label)))
    ]
    if not headed:
        return list(pieces)
    result = []
    for piece in pieces:
        words = _words(piece.heading) if len(piece.keys) == 1 else set()
        asked = form.field(piece.keys[0]) if words else None
        bare = _bare(asked.label) if asked else ""
        fits = [key for key, its, heading in headed if bare == its and heading <= words]
        if len(fits) == 1 and not piece.place:
            piece = replace(piece, keys=(fits[0],), also=(), particular=True)
        result.append(piece)
    return result


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(plain(text)))


def _bare(label: str) -> str:
    return letters(without_heading(label))


def _typed_without_headings(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates where the form tells the questions of a label apart by a heading, and the label stands
    there without; none where what is asked is not in the form's order, each question once, or could be
    another person as well."""
    groups = _told_apart_by_heading(form)
    bare = [groups.get(piece.keys[0]) if len(piece.keys) == 1 else None for piece in pieces]
    if not any(bare) or any(len(piece.keys) != 1 or piece.place for piece in pieces):
        return []
    in_turn = _in_order([replace(p, also=g[1:]) if g else p for p, g in zip(pieces, bare, strict=True)], form)
    keys = [piece.keys[0] for piece in in_turn]
    places = {field.key: number for number, field in enumerate(form.fields)}
    rises = all(places.get(after, -1) > places.get(before, -1) for before, after in pairwise(keys))
    return in_turn if rises and all(_is_told_apart(group, keys, groups) for group in groups.values()) else []


def _told_apart_by_heading(form: Form) -> dict[str, tuple[str, ...]]:
    """The key of the first field of a label → the keys of all fields of that label, those with a heading
    in parentheses behind it among them, in their order."""
    bare = {letters(field.label): field.key for field in form.fields}
    found: dict[str, tuple[str, ...]] = {}
    for one in form.fields:
        first = bare.get(_bare(one.label))
        if first and first != one.key:
            found[first] = (*found.get(first, (first,)), one.key)
    return found


def _is_told_apart(
    group: tuple[str, ...], keys: Sequence[str], groups: Mapping[str, tuple[str, ...]]
) -> bool:
    """Whether the questions of a label were asked from the first on, one that the form asks once stands
    between two of them, and another behind them."""
    at = [n for n, key in enumerate(keys) if key in group]
    if tuple(keys[n] for n in at) != group[: len(at)]:
        return False
    several = {key for its in groups.values() for key in its}
    once = [n for n, key in enumerate(keys) if key not in several]
    return len(at) < 2 or (any(at[0] < n < at[-1] for n in once) and any(n > at[-1] for n in once))


@dataclass
class _Order:
    """How far a form was asked: the questions met of one person, and the place of the last."""

    places: dict[str, int]
    names: frozenset[str]
    met: set[str] = field(default_factory=set)
    last: int = -1

    def options(self, piece: Candidate) -> list[str]:
        """The questions that a label may ask here, the likeliest first."""
        every = sorted((piece.keys[0], *piece.also), key=self._place)
        fresh = [key for key in every if key not in self.met] or every
        return [key for key in fresh if self._place(key) > self.last] or fresh

    def goes_past(self, piece: Candidate) -> None:
        """Another name of the same kind begins another person."""
        if any(key in self.met and key in self.names for key in piece.keys):
            self.met.clear()
        self.met.update(piece.keys)
        self.last = max(map(self._place, piece.keys), default=self.last)

    def _place(self, key: str) -> int:
        return self.places.get(key, -1)


def _in_order(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """Each label that asks several questions at the next of them."""
    columns = _columns_of_questions(pieces)
    places = {field.key: number for number, field in enumerate(form.fields)}
    names = frozenset(form.keys_of(FieldKind.NAME))
    orders: dict[str, _Order] = defaultdict(lambda: _Order(places, names))
    before: dict[str, _Order] = {}
    result = []
    for piece in pieces:
        column = columns.get(piece.place)
        place = "" if column is not None else piece.place
        order = orders[place]
        if column is not None and piece.also:
            order = before.setdefault(_table_of(piece), replace(order, met=set(order.met)))
            options = order.options(piece)
            piece = replace(piece, keys=(options[min(column, len(options) - 1)],), place="")
        elif piece.also:
            piece = replace(piece, keys=(order.options(piece)[0],))
        orders[place].goes_past(piece)
        result.append(piece)
    return result


def _columns_of_questions(pieces: Sequence[Candidate]) -> dict[str, int]:
    """The columns of tables with a person a column, numbered, where the form asks each label once for
    each of the columns ("Ouder 1", "Ouder 2"): these are questions about one person."""
    columns: dict[str, list[Candidate]] = defaultdict(list)
    for piece in pieces:
        if piece.place and "#" not in piece.place:
            columns[piece.place].append(piece)
    tables: dict[str, list[str]] = defaultdict(list)
    for place, its in columns.items():
        tables[_table_of(its[0])].append(place)
    return {
        place: number
        for places in tables.values()
        for number, place in enumerate(places)
        if len(places) > 1
        and all(len(piece.also) + 1 >= len(places) for one in places for piece in columns[one])
    }


def _table_of(piece: Candidate) -> str:
    return piece.place.rpartition("|")[0]


def _without_senders_phone(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """Above the first question for a name, a telephone number that the form asks again below, or that
    stands there with an address, is the sender's of the form; unless each of its people is asked it first."""
    reached = {f.key for f in form.fields if f.kind in (FieldKind.PHONE, FieldKind.EMAIL)}
    kinds = (FieldKind.NAME, FieldKind.ORGANISATION)
    who = {f.key for f in form.fields if f.kind in kinds}
    names = {*form.keys_of(FieldKind.NAME)}
    first = next((n for n, piece in enumerate(pieces) if who & set(piece.keys)), 0)

    def is_senders(number: int) -> bool:
        keys = set(pieces[number].keys)
        if not keys or not keys <= reached or not has_answer(pieces[number]):
            return False
        again = any(keys <= {*other.keys, *other.also} for other in pieces[first:])
        return again and not are_asked_first(keys, pieces[number:], names)

    return [piece for n, piece in enumerate(pieces) if n >= first or not is_senders(n)]


def _with_own_sections(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; those of a section that asks what only this form asks are the form's, and of one that
    is headed by its own words. One that asks for a name that the form asks nowhere else is where the form
    begins: what it asks may stand above it as well, in a letterhead, but not below. A meal, a diet, whether
    somebody comes are of who registers below any heading, but for what the office fills in."""
    pieces = _where_the_form_begins(pieces, form)
    asking = [piece for piece in pieces if piece.reader is not FoundBy.NAMES or has_answer(piece)]
    elsewhere = {key for piece in asking if piece.section not in _CLAIMED for key in piece.keys}
    free = [piece for piece in pieces if not set(piece.keys) & elsewhere]
    own, reached = _own_sections(free, form)
    headed = _headed_by_own_words(free, form)
    of_registering = _of_who_registers(free, form, elsewhere)
    invoiced = _asked_for_an_invoice(form)

    def is_ours(piece: Candidate) -> bool:
        section = piece.part, piece.section
        if section in headed or section in reached or (piece.part, piece.keys) in of_registering:
            return True
        if piece.main and piece.exact and invoiced.issuperset(piece.keys):
            return True
        kinds = {field.kind for field in form.fields if field.key in piece.keys}
        return section in own and not kinds & _REACHED

    ours = {id(piece) for piece in free if is_ours(piece)}
    return [replace(p, section="", particular=True) if id(p) in ours else p for p in pieces]


def _own_sections(
    pieces: Sequence[Candidate], form: Form
) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    """The sections of others that ask what only this form asks; and those that ask more than to choose
    something, in which how to reach somebody is the form's as well."""
    chosen = {field.key for field in form.fields if field.kind.traits.offered}
    asking = [piece for piece in pieces if piece.section in _CLAIMED and _is_of_the_form(piece)]
    own = {(piece.part, piece.section) for piece in asking}
    return own, {(p.part, p.section) for p in asking if not chosen.issuperset(p.keys)}


def _headed_by_own_words(pieces: Sequence[Candidate], form: Form) -> set[tuple[int, str]]:
    """The sections of others ("Ouders", "Betaling") whose heading is a word of the form's own questions."""
    own = own_words(form)
    return {
        (piece.part, piece.section)
        for piece in pieces
        if piece.section == OTHER and is_headed_by(piece.heading, own) and _heads_others(piece.heading)
    }


def _heads_others(heading: str) -> bool:
    begun = section(heading, heading=True)
    return begun is not None and begun.about == OTHER


def _of_who_registers(
    pieces: Sequence[Candidate], form: Form, elsewhere: Set[str]
) -> set[tuple[int, tuple[str, ...]]]:
    """The questions that are asked of who registers below any heading, with the part in which each is; none
    where the form asks no name above."""
    names = {*form.keys_of(FieldKind.NAME)}
    office = {piece.part for piece in pieces if _OFFICE.search(plain(piece.heading))}
    keys = _keys_of_who_registers(form) if names & elsewhere else frozenset()
    return {
        (piece.part, piece.keys)
        for piece in pieces
        if piece.section == OTHER and piece.part not in office and keys.issuperset(piece.keys)
    }


@lru_cache(maxsize=32)
def _asked_for_an_invoice(form: Form) -> frozenset[str]:
    """What a form asks in words that stand on any invoice: "Bestelbon", which is of its sender below any
    heading."""
    words = lexicon().elsewhere["invoice"]
    return frozenset(field.key for field in form.fields if letters(field.label) in words)


@lru_cache(maxsize=32)
def _keys_of_who_registers(form: Form) -> frozenset[str]:
    """What is asked of whether somebody comes, of what they eat, and what else is to be chosen."""
    food = {field.key for field in form.fields if asks_about_food(field)}
    offered = {field.key for field in form.fields if field.kind.traits.offered}
    return frozenset(food | offered)


def _where_the_form_begins(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    names = {*form.keys_of(FieldKind.NAME)}
    asked = {key for piece in pieces if piece.section not in _CLAIMED for key in piece.keys}
    first = next(
        (
            n
            for n, piece in enumerate(pieces)
            if piece.section in _CLAIMED and piece.particular and names & set(piece.keys) - asked
        ),
        None,
    )
    if first is None or names & asked:
        return list(pieces)
    part = pieces[first].part, pieces[first].section
    below = {key for piece in pieces[first:] if piece.section not in _CLAIMED for key in piece.keys}
    return [
        replace(piece, section="", particular=True)
        if (piece.part, piece.section) == part and not set(piece.keys) & below
        else piece
        for piece in pieces
    ]


def _is_of_the_form(piece: Candidate) -> bool:
    """Whether only this form asks it so, or asks it once more than these words are."""
    return piece.particular or (piece.keys[:1] != () and piece.keys[0] in piece.also)

"""What a form asks again below another heading: of somebody else than who registers.

"Naam" and "E-mail" stand once more below "Uw coördinator" or "In geval van nood verwittigen:", where no
question of the form is meant. A heading tells that by its words, a label by those that it lacks: where the
form's "E-mail leerkracht" was asked in all its words, "E-mail" below "Directie" asks something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.headings import OTHER, PARTICIPANT, is_headed_by, own_words, section
from mailbot.extraction.spans import Candidate
from mailbot.extraction.subjects import asks_of_others, names_a_function
from mailbot.extraction.template_people import counted_one

_REACHED = frozenset({FieldKind.EMAIL, FieldKind.PHONE})


_PERSON = 3  # questions that are asked of somebody, and again of somebody like them


@dataclass
class _Asked:
    """The questions that were met so far, and those of them that were answered, or asked in all their words;
    those of each block for who registers (``people``), and what its heading counts ("Kind 1": ``called``)."""

    keys: set[str] = field(default_factory=set)
    people: list[set[str]] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    in_full: set[str] = field(default_factory=set)

    def add(self, heading: str, pieces: Sequence[Candidate]) -> None:
        """Keeps what is asked below a heading."""
        self.people.append({key for piece in pieces if piece.section != OTHER for key in piece.keys})
        self.called |= _counted(heading) if self.people[-1] else set()
        for piece in pieces:
            self.keys.update(piece.keys)
            self.answered.update(piece.keys if has_answer(piece) else ())
            if piece.main and piece.exact and piece.particular:
                self.in_full.update(piece.keys)

    def are_alike(self, heading: str, pieces: Sequence[Candidate]) -> bool:
        """Whether a block asks all that one before it asks of somebody, or is counted with one: "Kind 2"."""
        keys = {key for piece in pieces for key in piece.keys}
        again = any(len(before) >= _PERSON and before <= keys for before in self.people)
        return again or bool(_counted(heading) & self.called)


def _counted(heading: str) -> set[str]:
    found = counted_one(heading)
    return {found[0]} if found else set()


def with_others_apart(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; those of somebody else than who registers are in a section of something else."""
    result: list[Candidate] = []
    asked = _Asked()
    for heading, block in _blocks(pieces):
        theirs = _theirs(heading, block, asked, form) if heading else frozenset()
        kept = [replace(p, section=OTHER, heading=heading) if id(p) in theirs else p for p in block]
        result += _with_second_room_doubted(kept, asked, form) if heading else kept
        asked.add(heading, result[len(result) - len(block) :])
    return result


def _blocks(pieces: Sequence[Candidate]) -> Iterator[tuple[str, list[Candidate]]]:
    """What stands below each heading, with that; without one for what stands in a list of people."""
    for (heading, listed), block in groupby(pieces, key=lambda one: (one.heading, bool(one.place))):
        yield "" if listed else heading, list(block)


def _theirs(heading: str, block: Sequence[Candidate], asked: _Asked, form: Form) -> Set[int]:
    """The candidates of a block, by identity, that are of somebody else."""
    again = {key for piece in block for key in piece.keys} & asked.keys
    if not again:
        return frozenset()
    if _is_somebody_elses(heading, form) and not asked.are_alike(heading, block):
        named = bool(again & {*form.keys_of(FieldKind.NAME)})
        return {id(p) for p in block if again.issuperset(p.keys) or (named and _reaches(p, form))}
    return {id(p) for p in block if asked.in_full.issuperset(p.keys) and p.keys and not p.particular}


def _with_second_room_doubted(block: Sequence[Candidate], asked: _Asked, form: Form) -> Iterator[Candidate]:
    """The candidates; what was left open above and is answered below another heading, which begins nobody
    else, is perhaps of whom that heading is about."""
    names = {*form.keys_of(FieldKind.NAME)}
    begins = any(not piece.keys or piece.number or names & set(piece.keys) for piece in block)
    left_open = set() if begins else asked.keys - asked.answered
    for piece in block:
        again = bool(piece.keys) and left_open.issuperset(piece.keys)
        yield replace(piece, doubt=piece.doubt or Doubt(Reason.OF_WHICH_PERSON)) if again else piece


def _is_somebody_elses(heading: str, form: Form) -> bool:
    """Whether a heading names somebody who has to do with it ("Uw coördinator", "Bij nood te bellen"), and
    nobody whom the form asks of."""
    begun = section(heading, heading=True)
    if begun is None or begun.about == PARTICIPANT or is_headed_by(heading, own_words(form)):
        return False
    return begun.about == OTHER or asks_of_others(heading) or names_a_function(heading)


def _reaches(piece: Candidate, form: Form) -> bool:
    kinds = {one.kind for one in form.fields if one.key in piece.keys}
    return bool(kinds) and kinds <= _REACHED and not piece.particular

"""What a label asks: one field of a form, or several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.domain.form import UNASKED, FieldKind, Form
from mailbot.text.normalize import letters

#: What tells a form's question apart from another of the same words: "Naam (ouder) 2".
_IN_PARENTHESES = re.compile(r"\s+\([^()]*\)(?: \d+)?$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label asks: one field, or several ("Naam en voornaam").

    ``exact`` is false where spelling was forgiven, ``main`` true for the form's own label.
    ``negative``: it denies what the field states ("Ik neem niet deel"). ``number`` is the
    person it speaks of ("Naam 2"), 0 where it does not say. ``many``: it asks for everybody
    ("Deelnemers"). ``also`` are the other fields that these same words ask, in form order ("Telefoon"
    of a child and of whom to call); ``particular``: the form's own words, that mean nothing elsewhere;
    ``reworded``: they stand among others, in a longer question; ``loose``: as one word in its midst;
    ``bare``: what they ask without the heading above them, where that makes them another question;
    ``phrased``: known words among others that change nothing, not ``exact`` where a sentence could hold them;
    ``learned``: told in this document alone, by what stands there; ``settled``: and by more than that.
    """

    keys: tuple[str, ...]
    exact: bool = True
    main: bool = False
    negative: bool = False
    number: int = 0
    many: bool = False
    also: tuple[str, ...] = ()
    particular: bool = False
    reworded: bool = False
    loose: bool = False
    bare: tuple[str, ...] = ()
    phrased: bool = False
    learned: bool = False
    settled: bool = False

    @property
    def key(self) -> str:
        """The field, or the first of several."""
        return self.keys[0]

    @property
    def is_other(self) -> bool:
        """Whether it asks something that the form does not: what stands there is no answer of ours."""
        return is_other(self.keys)


def without_heading(label: str) -> str:
    """A label without the heading or hint in parentheses behind it: "Naam" for "Naam (ouder) 2"."""
    return _IN_PARENTHESES.sub("", label)


def heading_of(label: str) -> str:
    """What stands in parentheses behind a label, with its number; empty where nothing does."""
    return label[len(without_heading(label)) :]


def by_bare_label(form: Form) -> dict[str, tuple[str, ...]]:
    """The folded label of fields that have a heading or hint in parentheses behind it, without that → their
    keys, in the form's order."""
    found: dict[str, tuple[str, ...]] = {}
    for one in form.fields:
        bare = letters(without_heading(one.label))
        if bare and bare != letters(one.label):
            found[bare] = (*found.get(bare, ()), one.key)
    return found


def is_other(keys: tuple[str, ...]) -> bool:
    """Whether keys are those of a label that no field of the form has."""
    return bool(keys) and keys[0].startswith(UNASKED)


def name_fields(form: Form) -> list[tuple[str, ...]]:
    """What labels for a name ask: each field by itself, and given and family name at once."""
    given, family = form.given_name, form.family_name
    return [*((field.key,) for field in form.of_kind(FieldKind.NAME)), (given, family), (family, given)]

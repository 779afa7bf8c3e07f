"""The signature under a mail: whose it is, and whether it speaks for the writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.message import Address
from mailbot.extraction.values.names import split_name
from mailbot.intent.lexicon import pattern
from mailbot.intent.person_mentions import NAME
from mailbot.intent.roles import ROLES
from mailbot.matching.given_names import is_given
from mailbot.matching.names import is_less_of, same_name
from mailbot.matching.shown_names import (
    in_order,
    is_of_an_office,
    name_shown,
    named_as_spelt,
    person_spelt,
    told_beside,
)
from mailbot.text.closings import begins_closing
from mailbot.text.normalize import fold, letters, plain, tidy

#: Lines at the end of a mail without a closing, among which its writer's name may stand.
_LAST = 7
_LONGEST = 120
_TITLE = r"(?:(?:[Mm]evr|[Dd]hr|[Mm]w|[Ii]r|[Ii]ng|[Dd]r|[Mm]r)\.?\s+)?"
#: A line that is a name, or begins with one: "Johan Debusschere, algemeen directeur".
_NAMED = re.compile(rf"\W{{0,3}}{_TITLE}(?P<name>{NAME})\s*(?:[,|(–-].*)?")


#: "namens Els Maes", "voor schepen Els Maes".
_FOR_SOMEBODY = re.compile(
    rf"\W{{0,3}}(?i:{pattern('in_the_name_of')}|{pattern('for_body')})\s+(?:[a-zà-ÿ][\w-]*\s+){{0,2}}"
    rf"{_TITLE}(?P<name>{NAME})\s*(?:[,|(–-].*)?"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """``above`` are the lines without it, ``lines`` its own. ``agrees``: it bears the name of From and no
    other, so that what stands in it is the writer's. ``shown``: there is none, and the lines are what From
    tells beside the name. ``another`` is the name that it bears where that is surely another person's."""

    above: tuple[str, ...]
    lines: tuple[str, ...]
    agrees: bool
    shown: bool = False
    another: str = ""


def signature_of(
    lines: Sequence[str], below: Sequence[str], sender: Address, is_body: Callable[[str], object]
) -> Signature:
    """The signature of a mail: ``below`` are the lines that its closing marks, ``lines`` those above.
    Where nothing marks it, it begins at the line that bears the sender's name. ``is_body``: whether a text
    names an organisation, which no person is called. A mail that nobody signs has for one what its From tells
    beside the name ("Els Maes | Schepen Damme")."""
    own, unmarked = cut(lines, sender.name)
    block = (*unmarked, *(_unbulleted(_unmarked(line)) for line in below))
    if not any(block) and (beside := told_beside(sender.name)):
        return Signature(own, (in_order(sender.name), *beside), agrees=True, shown=True)
    borne = _names_in(block, is_body)
    names, wanted = {*map(letters, borne)}, _spellings(sender.name)
    agrees = bool(names & wanted) and not names - wanted
    borne = borne if any(block) else _names_in(_end_of(lines), is_body)
    others = (*_another(borne, sender), *_written_for(block if any(block) else _end_of(lines), sender))
    return Signature(own, block, agrees and not others, another=next(iter(others), ""))


def _end_of(lines: Sequence[str]) -> list[str]:
    """The lines at the end of a mail that nothing marks as a signature, behind its words; none of a list."""
    own = [_unmarked(line) for line in lines]
    last = range(max(1, len(own) - _LAST), len(own))
    return [own[at] for at in last if not own[at - 1].endswith(":")]


def _names_in(block: Sequence[str], is_body: Callable[[str], object]) -> list[str]:
    """The names that lines are, or begin with; none of a body, nor what begins with a function or
    a greeting."""
    return [
        found["name"]
        for found in map(_NAMED.fullmatch, block)
        if found
        and " " in found["name"]
        and not is_body(found["name"])
        and len(found[0]) <= _LONGEST
        and not begins_closing(found[0])  # "Groetjes van Jan"
        and not ROLES.match(plain(found["name"]))
    ]


def _another(borne: Sequence[str], sender: Address) -> list[str]:
    """The names below a mail that are surely a person's, where From names somebody who is not called so,
    whatever else their family is called."""
    first = fold(name_shown(sender.name)).split()[:1]
    return [one for one in filter(_is_persons, borne) if fold(one).split()[:1] != first] if first else []


def _written_for(block: Sequence[str], sender: Address) -> list[str]:
    """The people in whose name the lines below a mail say that it is written: "namens Els Maes, schepen"."""
    found = (one["name"] for one in map(_FOR_SOMEBODY.fullmatch, block) if one)
    return [name for name in found if _is_persons(name) and not same_name(name, name_shown(sender.name))]


def _is_persons(name: str) -> bool:
    """Whether a text is surely a person's first and last name, the first in front."""
    split = split_name(name, given_first=True)
    return bool(name_shown(name)) and split is not None and split.sure and name.startswith(split.given)


def named_as_signed(
    sender: Address, lines: Sequence[str], below: Sequence[str], is_body: Callable[[str], object]
) -> Address:
    """A sender whose display name is nobody's whole name, under the name that their address spells, or the
    one that alone stands below their words and is surely a person's: who writes from an office, or is shown
    as "Leen". Any other as they are, also where display name or address is of another than who signs."""
    spelt = named_as_spelt(sender)
    if name_shown(sender.name) or (spelt.name and signature_of(lines, below, spelt, is_body).agrees):
        return spelt
    block = [_unmarked(line) for line in below] or _end_of(lines)
    borne = {name for name in _names_in(block, is_body) if _is_persons(name)}
    name = borne.pop() if len(borne) == 1 else ""
    if not name or not (_may_be_shown_as(sender, name, is_body) and _may_mail_at(sender.email, name)):
        return sender
    called = replace(sender, name=name)
    return called if signature_of(lines, below, called, is_body).agrees else sender


def _may_be_shown_as(sender: Address, name: str, is_body: Callable[[str], object]) -> bool:
    """Whether who is called so may be the one of a display name: of none, a part of their name, an office."""
    shown = sender.name
    return not shown or is_less_of(shown, name) or is_of_an_office(shown) or bool(is_body(shown))


def _may_mail_at(email: str, name: str) -> bool:
    """Whether an address spells the name of nobody else."""
    spelt, local = " ".join(filter(None, person_spelt(email))), email.partition("@")[0]
    return same_name(spelt, name) if spelt else not is_given(local) or is_less_of(local, name)


def cut(lines: Sequence[str], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a mail above a signature that no closing marks, and that signature: it begins at a line
    that bears the sender's ``name``, or nothing but their first name. A mail that holds nothing else, as
    where a name was asked for, has no signature."""
    own = [_unmarked(line) for line in lines]
    wanted = _spellings(name)
    called = {letters(word) for word in in_order(name).split()}
    for place in range(max(1, len(own) - _LAST), len(own)):
        found = _NAMED.fullmatch(own[place])
        whole = found and letters(found["name"]) in wanted and len(own[place]) <= _LONGEST
        short = place == len(own) - 1 and letters(own[place]) in called
        heads_list = own[place - 1].endswith(":")  # "Wij komen met drie:" and the sender is the first
        if (whole or short) and any(own[:place]) and not heads_list:
            return tuple(own[:place]), tuple(map(_unbulleted, own[place:]))
    return tuple(own), ()


def _unbulleted(line: str) -> str:
    """A line without the bullet before it: some people list their data below each other."""
    return _BULLET.sub("", line)


#: No dash, which ends a mail.
_BULLET = re.compile(r"^[•·▪◦‣]\s*")


def _unmarked(line: str) -> str:
    """A line without the asterisks by which some programs write bold letters."""
    return tidy(line).strip("*_ ")


def _spellings(name: str) -> frozenset[str]:
    """A name as it may be signed: first or last name in front."""
    words = in_order(name).split()
    turned = (words[at:] + words[:at] for at in range(len(words)))
    return frozenset(letters(" ".join(one)) for one in turned) - {""}

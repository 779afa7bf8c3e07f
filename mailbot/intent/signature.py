"""The signature under a mail: whose it is, and whether it speaks for the writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mailbot.domain.message import Address
from mailbot.intent.person_mentions import NAME
from mailbot.intent.roles import ROLES
from mailbot.matching.shown_names import in_order, told_beside
from mailbot.text.normalize import letters, plain, tidy

#: Lines at the end of a mail without a closing, among which its writer's name may stand.
_LAST = 7
_LONGEST = 120
_TITLE = r"(?:(?:[Mm]evr|[Dd]hr|[Mm]w|[Ii]r|[Ii]ng|[Dd]r|[Mm]r)\.?\s+)?"
#: A line that is a name, or begins with one: "Johan Debusschere, algemeen directeur".
_NAMED = re.compile(rf"\W{{0,3}}{_TITLE}(?P<name>{NAME})\s*(?:[,|(–-].*)?")


@dataclass(frozen=True, slots=True)
class Signature:
    """``above`` are the lines without it, ``lines`` its own. ``agrees``: it bears the name of From and no
    other, so that what stands in it is the writer's. ``shown``: there is none, and the lines are what From
    tells beside the name."""

    above: tuple[str, ...]
    lines: tuple[str, ...]
    agrees: bool
    shown: bool = False


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
    names = {
        letters(found["name"])
        for found in map(_NAMED.fullmatch, block)
        if found
        and " " in found["name"]
        and not is_body(found["name"])
        and len(found[0]) <= _LONGEST
        and not ROLES.match(plain(found["name"]))
    }
    wanted = _spellings(sender.name)
    return Signature(own, block, bool(names & wanted) and not names - wanted)


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

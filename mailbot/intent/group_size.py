"""How many some people are, where that asks no places: "wij zijn met vier schepenen", or beside a writer who
registers themselves: "ik kom. We zijn met drie.".

The acts of a mail and its sentences go in; the acts come out, such numbers of places as a ``size``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who, acts_here
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.sentences import Sentence


def without_group_sizes(acts: tuple[Act, ...], said: Sequence[Sentence]) -> tuple[Act, ...]:
    """The acts, where a number of people asks for as many places only if it is asked, or said of who comes,
    and the writer is not told beside it to come. Where somebody is named, the names tell."""
    if any(names(one.text) for one in said) or not any(act.places for act in acts):
        return acts
    coming = acts_here(acts, ActKind.COME)
    if not any(_is_of_one(act) for act in coming) and (coming or not all(map(_is_size, acts))):
        return acts
    of_places = (act.kind is ActKind.PLACES for act in acts)
    return tuple(
        replace(act, places=0, size=act.places) if is_number else act
        for act, is_number in zip(acts, of_places, strict=True)
    )


def _is_of_one(act: Act) -> bool:
    """Whether a coming is of who writes, by a word for them alone."""
    return act.who is Who.WRITER and _says("of_myself", act.clause)


def _is_size(act: Act) -> bool:
    """Whether a number of places is only said of how many some people are."""
    return act.kind is not ActKind.PLACES or _says("group_size", act.clause)


def _says(concept: str, text: str) -> bool:
    said = spaced(text)
    return lexicon(language_of(said)).says(concept, said)

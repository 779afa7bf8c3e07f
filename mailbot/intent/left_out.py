"""Whom words mean beside those whom an act names: done for these alone, it would be half of what was
asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set

from mailbot.domain.submission import Act, ActKind, Intent, Who, acts_here
from mailbot.intent.lexicon import is_word, language_of, lexicon, listed, pattern, spaced, turns_of_phrase
from mailbot.intent.person_mentions import like_names
from mailbot.intent.sentences import Sentence
from mailbot.text.normalize import plain


def _of_others(*names_of_turns: str) -> tuple[re.Pattern[str], ...]:
    """What says of somebody beside the writer that they do so as well, or the contrary."""
    return tuple(re.compile(one) for name in names_of_turns for one in turns_of_phrase(name))


#: The words by which others may be meant too, beside what is done.
ABOUT_OTHERS_TOO = {
    Intent.REGISTER: _of_others("also", "but_does_not", "beside_writer"),
    Intent.WITHDRAW: _of_others("neither", "but_does", "also", "beside_writer"),
    Intent.EXCUSE: _of_others("neither", "but_does", "also", "beside_writer"),
    Intent.RESTORE: _of_others("also", "neither", "beside_writer"),
}


def leaves_out(
    said: tuple[Sentence, ...], acts: Sequence[Act], sender: str, ways: tuple[re.Pattern[str], ...]
) -> bool:
    """Whether words say of somebody whom no act names that they come too, or do not either ("ik kan niet, en
    Els ook niet"): done for who wrote alone, it would be half of what was asked."""
    known = {*spaced(" ".join((sender, *(name for act in acts for name in act.people)))).split()}
    found = [match["who"] for one in said for way in ways for match in way.finditer(one.text)]
    leaves = any(act.kind is ActKind.NOT_COME for act in acts)
    named_alone = all(act.people and act.who is not Who.COMPANY for act in acts)
    if leaves and named_alone and any(map(_is_writer, found)):
        return True  # "schrijf Els Maes uit en mij ook"
    ordered = (piece for one in said for piece in _PIECES.split(one.text) if _ORDERS.match(plain(piece)))
    named = (name for piece in ordered for name in like_names(piece))
    return any(_is_somebody(who, known) for who in (*found, *named))


def brings_somebody(acts: Sequence[Act], heard: Collection[ActKind], said: tuple[Sentence, ...]) -> bool:
    """Whether the second reader hears that somebody is brought along, of whom the rules read nothing: "onze
    directeur Bert komt en hij heeft Vicky bij zich". Whoever else comes by name may be who is brought."""
    if ActKind.BRING not in heard or acts_here(acts, *_COUNTS_OTHERS):
        return False
    ours = acts_here(acts)
    known = {*spaced(" ".join(name for act in ours for name in act.people)).split()}
    others = {word for one in said for word in _capitals(" ".join(one.text.split()[1:]))}
    return any(not act.people for act in acts_here(acts, ActKind.COME)) or bool(others - known)


#: Acts in which somebody comes along, or as many as are said.
_COUNTS_OTHERS = frozenset({ActKind.BRING, ActKind.PLACES})


#: The pieces of a sentence, and what tells us to do something, as to put somebody on the list.
_PIECES, _ORDERS = re.compile(r"[,;:]\s+"), re.compile(rf"(?:\w+ ){{0,1}}{pattern('requests')}")


def _is_writer(words: str) -> bool:
    return bool(lexicon(language_of(spaced(words))).who["writer"].search(spaced(words)))


def _is_somebody(words: str, known: Set[str]) -> bool:
    """Whether a few words are a name of none of the ``known`` words, or call somebody by what they are, or
    what they are to the writer."""
    who = lexicon(language_of(spaced(words))).who
    if _is_writer(words):
        return False
    called = any(who[one].search(spaced(words)) for one in ("mayor", "colleague"))
    called |= bool(who["mine"].match(spaced(words), 1))  # "mijn chauffeur"
    named = _capitals(words)
    return bool(named - known) or (called and not named)


def _capitals(words: str) -> Set[str]:
    """The words with a capital that may be a name, in plain letters."""
    capitals = {plain(word) for word in words.split() if word[0].isupper()}
    return {word for word in capitals if not is_word(word)} - listed("no_name")

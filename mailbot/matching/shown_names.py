"""The person in a display name: "Els Maes - Gemeente Damme" is Els Maes, "Boekhouding bv" is nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from mailbot.domain.message import Address
from mailbot.matching.functions import NONE, OTHER, kind_of
from mailbot.matching.names import OFFICE_WORDS, PARTICLES, without_titles
from mailbot.text.lexicon import JOINING, words_of
from mailbot.text.normalize import fold, tidy
from mailbot.text.pages import holds_page

_ADDRESS = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
#: What parts a name from where somebody is, works, or mails from.
_APART = re.compile(
    rf"\s+[-–—•·]+\s+|\s*[|;:_]\s*|\s+@\s*|\s+(?:c/o|{'|'.join(words_of('shown', 'apart'))})\s+", re.I
)
#: Words behind a name that tell which mailbox of theirs it is; providers are called so in every language.
_OF_A_MAILBOX = frozenset((*words_of("shown", "mailbox"), "mail", "gmail", "hotmail", "outlook", "telenet"))
#: Forms of firms and names of machines, and words of sentences, in nobody's name.
_NO_NAMES = frozenset(
    {
        "bv", "bvba", "nv", "cv", "cvba", "comm", "commv", "asbl", "srl", "sprl", "sa", "gcv", "iphone",
        "ipad", "samsung", "galaxy", "android", "huawei", "scanner", "printer", "noreply", "reply",
        *words_of("shown", "no_name"),
    }
)  # fmt: skip
_MOST = 4


@lru_cache(maxsize=1024)  # a mail asks many times who its sender is
def person_shown(shown: str) -> tuple[str, str]:
    """First and last name of the one person that a display name names; both empty where it names none, or
    where it is hardly a name: one word, a sentence, several people, a body, an office."""
    bare = without_addresses(shown)
    if holds_page(shown):
        return "", ""
    pieces = map(_person, _APART.split(tidy(_ASIDE.sub(" ", bare)) or bare.strip("()[]<> ")))
    found = [one for one in pieces if one[0]]
    return found[0] if len(found) == 1 else ("", "")


def name_shown(shown: str) -> str:
    """The first and last name of the one person that a display name gives; empty where it gives none."""
    return " ".join(filter(None, person_shown(shown)))


def told_beside(shown: str) -> tuple[str, ...]:
    """What a display name tells beside the one person that it names, a piece each: "Els Maes | Schepen
    Damme", "Els Maes (Gemeente Damme)"; nothing where it names none."""
    bare = without_addresses(shown)
    if not any(person_shown(shown)):
        return ()
    asides = [aside.strip("()[]<> ") for aside in _ASIDE.findall(bare)]
    pieces = [*_APART.split(tidy(_ASIDE.sub(" ", bare))), *asides]
    return tuple(tidy(piece) for piece in pieces if piece and piece.strip() and not _person(piece)[0])


def in_order(shown: str) -> str:
    """The name that a display name gives, first name first; as it is written where it is no person's."""
    if person := name_shown(shown):
        return person
    last, comma, first = tidy(shown).partition(",")
    return f"{first.strip()} {last}" if comma else last


def without_addresses(shown: str) -> str:
    """A display name without the addresses of mailboxes in it."""
    return tidy(_ADDRESS.sub(" ", shown))


def person_spelt(email: str) -> tuple[str, str]:
    """First and last name as the local part of an address spells them ("els.maes"), else empty."""
    local = re.sub(r"\d+|\+.*", "", email.rpartition("@")[0])
    words = [word for word in re.split(r"[._-]+", local) if word]
    # what holds a quote, a "%" or another "@" is a way to somewhere, and names nobody
    if not all(word.replace("'", "").isalpha() for word in words):
        return "", ""
    return _in_two(" ".join(word.capitalize() for word in words))


def named_as_spelt(sender: Address) -> Address:
    """A sender without a display name, under the name that their address spells; any other as they are."""
    return sender if sender.name else replace(sender, name=" ".join(filter(None, person_spelt(sender.email))))


def is_of_an_office(shown: str) -> bool:
    """Whether a word of a display name is an office's: then its address names no person either."""
    return not OFFICE_WORDS.isdisjoint(fold(shown).split())


def to_repeat(shown: str) -> str:
    """What of a display name may be repeated to others: a person's name, or a short name of an office;
    nothing of a sentence, which would be a message in our name."""
    if name := name_shown(shown):
        return name
    words = shown.split()
    plainly = all(word.isalpha() and (word[0].isupper() or fold(word) in PARTICLES) for word in words)
    short = len(words) <= _MOST and not _NO_NAMES.intersection(fold(shown).split())
    return shown if is_of_an_office(shown) and plainly and short else ""


def _person(text: str) -> tuple[str, str]:
    """First and last name in a text that holds nothing else but titles, a function, a mailbox."""
    before, comma, behind = (piece.strip(" '\"") for piece in text.partition(","))
    last, first = without_titles(before), without_titles(_alone(behind))
    if comma and first and not _is_told_beside(first, last):
        return (first, last) if _is_name(f"{first} {last}") else ("", "")
    return _in_two(_alone(last))


def _in_two(name: str) -> tuple[str, str]:
    first, _, last = name.partition(" ")
    if _is_function(first):  # "Burgemeester Damme"
        return "", ""
    return (first, last.strip()) if _is_name(name) else ("", "")


def _is_told_beside(behind: str, before: str) -> bool:
    """Whether what follows a comma is a function or a body ("Els Maes, schepen"), and no first name."""
    small = " " in before and behind[:1].islower() and before[:1].isupper()
    return small or _is_function(behind) or is_of_an_office(behind)


def _is_function(text: str) -> bool:
    return kind_of(text) not in (OTHER, NONE)


def _alone(name: str) -> str:
    """A name without the function before it, and the office or the mailbox behind it: "schepen Els Maes",
    "Els Maes OCMW Damme", "Els Maes prive"."""
    words = name.split()
    while len(words) > 2 and _is_function(words[0]):
        words.pop(0)
    office = next((at for at, word in enumerate(words) if at > 1 and fold(word) in OFFICE_WORDS), len(words))
    words = words[:office]
    while words and fold(words[-1]) in _OF_A_MAILBOX:
        words.pop()
    return " ".join(words)


def _is_particle(word: str) -> bool:
    """Whether a word is the particle of a family name that goes on in small letters: "Dirk De fauw"."""
    return word[:1].isupper() and fold(word) in PARTICLES


def _is_name(text: str) -> bool:
    """Whether a text is a first and a last name, and reads as nothing else."""
    words, folded = text.split(), fold(text).split()
    named = [word for word in folded if word not in PARTICLES]
    small = any(
        word[:1].islower() and fold(word).split()[0] not in PARTICLES and not _is_particle(before)
        for before, word in zip(("", *words), words, strict=False)
        if fold(word)
    )
    is_sentence = len(words) > 2 and small and text != text.lower()
    strange = is_sentence or _is_function(text) or not _NO_NAMES.isdisjoint(folded)
    whole = len(words) > 1 and not is_of_an_office(text) and all(word.isalpha() for word in folded)
    joined = not JOINING.isdisjoint(folded) or not set(text).isdisjoint(",;/&+()<>@")
    return whole and not joined and not strange and 0 < len(named) <= _MOST

"""Organisations: what people write → the name in the list of organisations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.text.lexicon import AND, either, words_of
from mailbot.text.normalize import letters, plain

_OCMW = re.compile(rf"\b{either(*words_of('organisation', 'welfare_centre'))}(?:\b|(?=\s|$))")
_KIND_WORDS = re.compile(rf"\b{either(*words_of('organisation', 'municipality'))}\b")
_SMALL_WORDS = re.compile(rf"\b{either(*words_of('organisation', 'small'), *AND)}\b|[&+/]")
_POSTCODE = re.compile(r"\b(?:b-)?\d{4}\b")
_PARENTHESES = re.compile(r"\([^()]*\)")
_BREAK = re.compile(r"\s+[-–]\s+|[,;|\n(]")
_LISTED = re.compile(rf"\b{either(*AND)}\b|[&+/,;|\n]")
#: Shorter names are recognised only as they are: "Hamme" is not Damme.
_FORGIVEN_FROM = 7
#: Shorter names than this are a letter off too many others to be asked about.
_ASKED_FROM = 4


@dataclass(frozen=True, slots=True)
class Directory:
    """The organisations by their spellings and mail domains, for quick asking."""

    spellings: dict[str, str]
    places: dict[str, dict[str, str]]
    domains: dict[str, tuple[str, ...]]
    all_domains: frozenset[str]

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Directory:
        """The directory of organisations."""
        spellings: dict[str, str] = {}
        places: dict[str, dict[str, str]] = defaultdict(dict)
        domains: dict[str, list[str]] = defaultdict(list)
        for organisation in organisations:
            for spelling in (organisation.name, *organisation.aliases):
                spellings.setdefault(letters(spelling), organisation.name)
                places[_core(plain(spelling))].setdefault(_sort(organisation), organisation.name)
            for domain in organisation.domains:
                domains[domain.lower()].append(organisation.name)
        return cls(
            spellings,
            dict(places),
            {domain: tuple(names) for domain, names in domains.items()},
            frozenset(domains),
        )

    def recognise(self, text: str) -> str:
        """The name in the list of what someone wrote ("Stad Brugge", "knokke heist"), or empty."""
        for piece in _pieces(text):
            if name := self._whole(piece):
                return name
        return ""

    def all_of(self, text: str) -> tuple[str, ...]:
        """The names in the list of every body that someone wrote ("Damme en Brugge"), in order; those of one
        place (a municipality and its OCMW) are one."""
        named = [self._whole(text)]
        if not named[0]:
            named = [self.recognise(piece) for piece in _LISTED.split(text.casefold())]
        return tuple({_core(plain(name)): name for name in reversed(named) if name}.values())[::-1]

    def near_miss(self, text: str) -> str:
        """The one name in the list that is a letter off what someone wrote ("Ieperr"), also where it is
        recognised in spite of that; or empty. To be asked about, never to be taken for it."""
        core = _core(plain(text))
        as_it_is = any(
            letters(one) in self.spellings or _core(plain(one)) in self.places for one in _pieces(text)
        )
        if as_it_is or len(core) < _ASKED_FROM:
            return ""
        near = [place for place in self.places if OSA.distance(core, place, score_cutoff=1) == 1]
        sorts = self.places[near[0]] if len(near) == 1 else {}
        return sorts.get("ocmw" if _OCMW.search(plain(text)) else "other", "")

    def by_mail(self, address: str) -> str:
        """The organisation a mail domain belongs to; empty where it is none's or several's. A
        municipality and its OCMW under one domain count as the municipality."""
        domain = address.rpartition("@")[2].lower()
        while "." in domain:
            names = self.domains.get(domain, ())
            if names:
                return names[0] if len(names) == 1 or _core(plain(names[0])) == _core(plain(names[1])) else ""
            domain = domain.partition(".")[2]
        return ""

    def _whole(self, text: str) -> str:
        if name := self.spellings.get(letters(text)):
            return name
        words = plain(text)
        core = _core(words)
        if not core:
            return ""
        sorts = self.places.get(core) or self._near(core)
        wanted = "ocmw" if _OCMW.search(words) and not _KIND_WORDS.search(words) else "other"
        return sorts.get(wanted, "" if wanted == "ocmw" and "other" not in sorts else sorts.get("other", ""))

    def _near(self, core: str) -> dict[str, str]:
        if len(core) < _FORGIVEN_FROM:
            return {}
        allowed = 1 if len(core) < 10 else 2
        near = [place for place in self.places if OSA.distance(core, place, score_cutoff=allowed) <= allowed]
        return self.places[near[0]] if len(near) == 1 else {}


def _pieces(text: str) -> tuple[str, ...]:
    """What may be the name in what someone wrote: all of it, or without what they added."""
    return (text, _PARENTHESES.sub(" ", text), _BREAK.split(text, maxsplit=1)[0])


@lru_cache(maxsize=8)
def directory(organisations: tuple[Organisation, ...]) -> Directory:
    """The directory of organisations, made once for as long as they stay the same."""
    return Directory.of(organisations)


def recognised(text: str, known: Organisations) -> str:
    """The name in the list of what somebody wrote, in a form, a mail or the workbook; or empty."""
    return directory(known.organisations).recognise(text)


def same_place(one: str, other: str) -> bool:
    """Whether two names in the list are of bodies of one town: a municipality and its OCMW."""
    return _core(plain(one)) == _core(plain(other))


def all_recognised(text: str, known: Organisations) -> tuple[str, ...]:
    """The names in the list of every body that somebody wrote; none where none is known."""
    return directory(known.organisations).all_of(text)


def doubt_about(text: str, known: Organisations) -> Doubt | None:
    """Why the name of an organisation may be a slip; None where it is in the list, or not near any name in
    it."""
    near = directory(known.organisations).near_miss(text)
    return Doubt(Reason.RESEMBLES, near) if near else None


def is_bare_kind(text: str) -> bool:
    """Whether only the kind of an organisation is named ("OCMW", "gemeente"), not which one."""
    return bool(text.strip()) and not _core(plain(text))


def _sort(organisation: Organisation) -> str:
    return "ocmw" if organisation.kind.lower() == "ocmw" else "other"


def _core(words: str) -> str:
    """The letters of the place, without the words for kinds of bodies and postal codes."""
    for pattern in (_POSTCODE, _OCMW, _KIND_WORDS, _SMALL_WORDS):
        words = pattern.sub(" ", words)
    return letters(words)

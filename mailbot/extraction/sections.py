"""Headings: what the labels below them are about.

"Naam" under "Facturatiegegevens" is not the participant's, and under "Gegevens van de gemeente"
it is the municipality's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mailbot.extraction.lexicon import lexicon
from mailbot.text.normalize import plain

#: What a section is about.
PARTICIPANT, ORGANISATION, CONTACT, OTHER = "participant", "organisation", "contact", "other"
SUBSTITUTE = "substitute"

_SORTS = (
    (
        OTHER,
        re.compile(
            r"\bfactu|\bbetaling|\bin te vullen door (?:de|het) (?:organis|secret)"
            r"|\borganisator|\bpraktisch|\bvoorbehouden\b|\bniet invullen\b"
        ),
    ),
    (
        SUBSTITUTE,
        re.compile(r"\bvervang(?:er|en|ing|ster|t)\b|\bin (?:mijn|zijn|haar) plaats\b|\bplaatsvervang"),
    ),
    (
        CONTACT,
        re.compile(
            r"\bcontact(?:persoon|gegevens van de contact|gegevens contact)|\bingevuld door|\baanvrager\b"
            r"|\binzender\b|\bsecretariaat\b|\bverantwoordelijke\b|\baanmelder\b|\bin noodgeval"
        ),
    ),
    (
        PARTICIPANT,
        re.compile(
            r"\bdeelne(?:mer|em|mende)|\bpersoon\b|\bpersoonlijke|\bpersonalia|\bpersoonsgegevens\b"
            r"|\bpersonen\b|\binschrijving|\baanwezige|\bgenodigde|\bparticipant|\bantwoord(?:strook|kaart|formulier)?\b|\bmandataris"
        ),
    ),
    (
        ORGANISATION,
        re.compile(
            r"\b(?:gegevens|identificatie|info)\b.*\b(?:gemeente|bestuur|organisatie|ocmw|stad|instelling)"
            r"|^(?:uw |de |het |ons |onze )?(?:gemeente|(?:gemeente|lokaal )?bestuur|organisatie)$"
        ),
    ),
)
_ORDINAL = re.compile(
    r"^(?:(?:deelnemer|deelneemster|persoon|participant|aanwezige|inschrijving)\s*(?:nr\.?|nummer|#)?\s*(\d{1,2})\b"
    r"|(eerste|tweede|derde|vierde|vijfde|zesde|\d{1,2}[.)]|\d{1,2}(?:ste|de|e))\s+(?:deelnemer|deelneemster|persoon))"
)
_WORDS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of the lexicon that tell what a heading is about."""
    known = lexicon()
    return tuple(
        (about, re.compile("|".join(map(_pattern, words))))
        for about, words in ((CONTACT, known.contacts), (OTHER, known.sections))
    )


def _pattern(words: str) -> str:
    return rf"\b{re.escape(words.rstrip('*'))}" + ("" if words.endswith("*") else r"\b")


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading announces: ``about`` (empty where it does not say) and the ``number`` of
    the person it begins ("Deelnemer 2"), 0 for none."""

    about: str
    number: int = 0


def section(text: str, heading: bool) -> Section | None:
    """The section that this line begins, or None for a line that is no heading.

    ``heading``: the document itself says it is one.
    """
    words = plain(text).strip(" :-–.*_=")
    if not words or len(words) > 70 or len(words.split()) > 9 or "@" in words:
        return None
    if found := _ORDINAL.match(words):
        said = found[1] or found[2]
        return Section(PARTICIPANT, _WORDS.get(said) or int(re.sub(r"\D", "", said)))
    for about, pattern in (*_patterns(), *_SORTS):
        if pattern.search(words) and (heading or len(words.split()) <= 6):
            return Section(about)
    return Section("") if heading else None

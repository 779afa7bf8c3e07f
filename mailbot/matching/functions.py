"""What kind of function somebody has, for figures that name nobody."""

from __future__ import annotations

import re

from mailbot.text.normalize import plain

OTHER, NONE = "andere", "niet ingevuld"
#: Kinds with the words that tell them, the more telling ones first.
_KINDS = (
    ("burgemeester", r"burgemeester"),
    ("schepen", r"schepen(?:en)?"),
    ("raadslid", r"\w*raadslid|\w*raadsleden|voorzitter|fractieleider"),
    ("algemeen directeur", r"(?:algemeen|adjunct|adj)\w*(?: algemeen)? dir\w*|gemeentesecretaris|secretaris"),
    ("financieel directeur", r"financieel (?:dir|beheerder)\w*|ontvanger"),
    (
        "leidinggevende",
        r"diensthoofd|afdelingshoofd|\w*hoofd|teamcoach|\w*leider|manager|\w*coordinator|directeur",
    ),
    (
        "medewerker",
        r"\w*medewerk\w*|\w*deskundige|\w*consulent\w*|\w*ambtenaar|\w*adviseur|\w*assistent\w*|jurist",
    ),
)
_FOUND = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KINDS)


def kind_of(role: str) -> str:
    """The kind of a function as somebody wrote it; never the words themselves, which may tell who it is."""
    said = plain(role)
    if not said.strip():
        return NONE
    return next((kind for kind, words in _FOUND if words.search(said)), OTHER)

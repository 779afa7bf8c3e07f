"""Is this a registration? Agendas, minutes, invoices, offers and staff lists hold labels too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.form import Form, Kind
from mailbot.submission.people import has_answer
from mailbot.submission.spans import Piece
from mailbot.submission.wording import letters, plain

_REGISTRATION = re.compile(
    r"\binschrij|\bingeschreven\b|\bantwoord(?:formulier|strook)|\baanmeld(?:ing|en|formulier)|\bdeelneme?r"
    r"|\bdeelnem(?:en|ing)\b|\bdeelname|\bneemt? deel\b|\bregistratie(?:formulier)?\b"
    r"|\bbevestig\w* (?:uw|mijn) (?:komst|aanwezigheid)|\bschrijf\b.{0,30}\bin\b"
    r"|\b(?:inscription|registration)\b"
)
_OTHER_PAPERS = """
    verslag notulen agenda agendapunten dagorde pv proces-verbaal besluit aanwezigheidslijst presentielijst
    factuur factuurnummer invoice creditnota leveringsbon bestelbon bestelling offerte prijsofferte prijsvraag
    personeel medewerkers medewerkerslijst telefoonlijst telefoongids adreslijst ledenlijst contactlijst
    smoelenboek organigram nieuwsbrief persbericht vacature sollicitatie curriculum overeenkomst contract
    kalender planning draaiboek dienstrooster uurrooster schadeaangifte klachtenformulier aanvraagformulier
    volmacht
"""
_OTHER_PAPER = re.compile(rf"\b(?:{'|'.join(_OTHER_PAPERS.split())})\b|\bwie is wie\b|\bpersoneels|\bofferte")
_TOP_LINES = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document shows besides answers: its lines, its name, and what the mail around it
    says (subject and own words)."""

    lines: Sequence[str]
    name: str = ""
    around: str = ""
    ours: bool = False


def is_registration(pieces: Sequence[Piece], form: Form, paper: Paper) -> bool:
    """Whether these labels make a filled-in (or blank) registration form."""
    asked = {key for piece in pieces for key in piece.keys}
    kinds = {f.kind for f in form.fields if f.key in asked}
    if paper.ours:
        return bool(asked)
    if len(asked) < 2 or not kinds & {Kind.NAME, Kind.ORGANISATION, Kind.EMAIL}:
        return False
    top = plain(" | ".join(list(paper.lines)[:_TOP_LINES]))
    if letters(form.title) in letters(top):
        return True
    named = plain(re.sub(r"[_.-]+", " ", paper.name))
    if _OTHER_PAPER.search(named) or _OTHER_PAPER.search(top):
        return bool(_REGISTRATION.search(top)) and not _OTHER_PAPER.search(_first_words(paper.lines))
    distinctive = bool(kinds & {Kind.YES_NO, Kind.CHOICE, Kind.NUMBER})
    whole = plain(" | ".join(paper.lines))[:20000]
    welcome = bool(_REGISTRATION.search(f"{top} | {named}")) or bool(
        _REGISTRATION.search(plain(paper.around))
    )
    identified = Kind.NAME in kinds or (
        form.per_organisation and Kind.ORGANISATION in kinds and Kind.YES_NO in kinds
    )
    if welcome:
        return identified
    if len(_OTHER_PAPER.findall(whole)) > 1 or not identified:
        return False
    rows = len({piece.place for piece in pieces if piece.place and has_answer(piece)})
    share = len(asked) / len(form.fields)
    if rows:
        return (distinctive and len(asked) >= 4) or (share >= 0.75 and rows <= 10)
    if distinctive:
        return len(asked) >= 3
    return Kind.ORGANISATION in kinds and len(asked) >= 3


def _first_words(lines: Sequence[str]) -> str:
    return plain(next((line for line in lines if line.strip()), ""))

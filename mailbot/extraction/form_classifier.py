"""Is this a registration? Agendas, minutes, invoices, offers and staff lists hold labels too."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.spans import Candidate
from mailbot.text.normalize import letters, plain

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
    volmacht enquete tevredenheidsenquete tevredenheid bevraging evaluatie evaluatieformulier bestelformulier
    bestellijst aangifte vergunning vergunningsaanvraag aanvraag subsidie subsidieaanvraag reglement checklist
    cv vacatures prijslijst prijzen attest getuigschrift programma
    werkbon opdrachtbon onkostennota declaratie huurcontract uitleenformulier meldingsformulier melding klacht
"""
_OTHER_PAPER = re.compile(rf"\b(?:{'|'.join(_OTHER_PAPERS.split())})\b|\bwie is wie\b|\bpersoneels|\bofferte")
#: A list of people for a meeting: to be put on it, or from whoever organised it.
_LIST = re.compile(
    r"\b(?:deelnemers?|aanwezigen)lijst|\blijst (?:van |met )?(?:de |onze )?(?:deelnemers|aanwezigen)\b"
)
_OUR_PEOPLE = re.compile(
    r"\b(?:onze|mijn|volgende) (?:\w+ ){0,2}(?:deelnem|inschrijving)|\binschrij|\bschrijf\b.{0,40}\bin\b"
    r"|\baanmeld|\b(?:wij|we) (?:nemen|komen|schrijven|sturen)\b"
)
_OF_BEFORE = re.compile(r"\b(?:vorige?|voorbije|laatste|afgelopen|verslag|ter info\w*|bijgewoond)\b")
_TOP_LINES = 6
_WEIGHTY = 9  # letters: "kennisplatform", not "overleg"
_GREETING = re.compile(r"(?:beste|dag|hallo|geachte|bonjour|hello)\b[^|]{0,40}")


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What a document shows besides answers: its lines, those ``above`` the first question, its
    name, what the mail ``around`` it says (subject and own words), and the ``titles`` of the
    events there are. ``other_day``: a date stands above that no event has. ``ours``: it carries a
    mark or fields of mailbot's own forms."""

    lines: Sequence[str]
    above: Sequence[str] = ()
    name: str = ""
    around: str = ""
    titles: Collection[str] = ()
    other_day: bool = False
    ours: bool = False


def is_registration(pieces: Sequence[Candidate], form: Form, paper: DocumentContext) -> bool:
    """Whether these labels make a filled-in (or blank) registration form."""
    asked = {key for piece in pieces for key in piece.keys}
    kinds = {f.kind for f in form.fields if f.key in asked}
    if paper.ours:
        return bool(asked)
    if len(asked) < 2 or not _identifies(kinds, form):
        return False
    top = plain(" | ".join(paper.lines[:_TOP_LINES]))
    if letters(form.title) in letters(top):
        return True
    named = plain(re.sub(r"[_.-]+", " ", paper.name))
    above = plain(" | ".join(paper.above[:_TOP_LINES]))
    if _LIST.search(f"{named} | {above}") and not _OTHER_PAPER.search(f"{named} | {above}"):
        return not paper.other_day and _lists_who_comes(plain(paper.around), kinds, asked)
    if _OTHER_PAPER.search(f"{named} | {above}"):
        return bool(_REGISTRATION.search(above)) and not _is_named_otherwise(_first_words(paper.lines))
    if _REGISTRATION.search(f"{top} | {named} | {plain(paper.around)}"):
        return True
    if len(_OTHER_PAPER.findall(plain(" | ".join(paper.lines))[:20000])) > 1:
        return False
    return _speaks_for_itself(pieces, form, about_something=_has_other_title(above, paper.titles))


def _lists_who_comes(around: str, kinds: AbstractSet[FieldKind], asked: AbstractSet[str]) -> bool:
    """Whether a list of people is sent to register them, and not to say who was there: the mail
    around it says so, or without a mail, its own columns do."""
    if around:
        return bool(_OUR_PEOPLE.search(around)) and not _OF_BEFORE.search(around)
    return bool(kinds & {FieldKind.YES_NO, FieldKind.CHOICE}) and len(asked) >= 4


def _identifies(kinds: AbstractSet[FieldKind], form: Form) -> bool:
    """Whether it asks who comes: a person, or where one speaks for all, an organisation."""
    if not form.per_organisation:
        return FieldKind.NAME in kinds
    return FieldKind.ORGANISATION in kinds and bool(
        kinds & {FieldKind.NAME, FieldKind.YES_NO, FieldKind.NUMBER}
    )


def _speaks_for_itself(pieces: Sequence[Candidate], form: Form, *, about_something: bool) -> bool:
    """Whether the labels alone make a form of it, where no word says that it registers. Contact
    lists and requests of all kinds ask for names and addresses too, but not who comes.

    ``about_something``: a title above says what it is, and that is no event of ours.
    """
    asked = {key for piece in pieces for key in piece.keys}
    own = {key for piece in pieces if piece.main for key in piece.keys}
    kinds = {f.kind for f in form.fields if f.key in asked}
    rows = len({piece.place for piece in pieces if piece.place and has_answer(piece)})
    distinctive = bool(kinds & {FieldKind.YES_NO, FieldKind.CHOICE})
    if rows:
        return (distinctive and len(asked) >= 4) or (len(own) >= 0.75 * len(form.fields) and rows <= 10)
    if about_something:
        return (distinctive and len(asked) >= 4) or len(asked) >= 0.75 * len(form.fields)
    return len(asked) >= 3 and (distinctive or FieldKind.ORGANISATION in kinds)


def _has_other_title(above: str, titles: Collection[str]) -> bool:
    """Whether a title stands above that shares no word of weight with an event's."""
    if not _GREETING.sub("", above).strip(" |,.!"):
        return False
    return not names_one_of(titles, above)


def names_one_of(titles: Collection[str], above: str) -> bool:
    """Whether plain text holds a word of weight from one of these titles."""
    words = {word for title in titles for word in plain(title).split() if len(word) >= _WEIGHTY}
    return any(word in above for word in words)


def _is_named_otherwise(title: str) -> bool:
    """Whether a title begins with what else it is: "Verslag van de inschrijvingen", but not
    "Inschrijving opleiding contracten"."""
    other, welcome = _OTHER_PAPER.search(title), _REGISTRATION.search(title)
    return other is not None and (welcome is None or other.start() <= welcome.start())


def _first_words(lines: Sequence[str]) -> str:
    return plain(next((line for line in lines if line.strip()), ""))

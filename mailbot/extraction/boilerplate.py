"""Lines that are nobody's answer: closings, instructions, what Word puts in an empty field."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mailbot.extraction.lexicon import phrases
from mailbot.text.closings import begins_closing
from mailbot.text.lexicon import A_NO, A_YES, OR
from mailbot.text.normalize import plain, tidy

IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_QUOTED = re.compile(r"--+$|(?:van|from):|-+ ?(?:oorspronkelijk|original|doorgestuurd|forwarded)")
_INSTRUCTION = re.compile(
    r"\bgelieve\b|\bterug (?:te )?(?:sturen|bezorgen|mailen)|\bterugsturen|\bterugmailen|\bbezorgen\b"
    r"|\buiterlijk\b|\bprivacy|\bpersoonsgegevens|\bwat niet (?:past|van toepassing)|\baankruisen\b"
    r"|\bkruis aan\b|\bdoorhalen\b|\bkenmerk\s*:|\bstuur dit formulier|\bvul (?:dit|het|hier)\b"
    r"|\b(?:invullen|in te vullen)\b|\bmail dit\b|\binschrijven kan\b|\bcontacteer\b"
    r"|\bvoor meer (?:info|inlichtingen)"
    r"|\bverwerk\w*\b.*\bgegevens\b|\bgegevens\b.*\bverwerk|\bgegevens worden\b|\bdisclaimer\b"
    r"|\bavg\b|\bgdpr\b"
    r"|\bmaatschappelijke zetel\b|\bondernemingsnummer\b|\bvzw\b.*\b[1-9]\d{3}\b|\brpr\b.*\d"
    r"|\bmoet(?:en)? ons bereiken|\bper deelnemer\b"
)
_FOOTNOTE = re.compile(r"^[(*¹†].*\b(?:verplicht|nodig|noodzakelijk|required)\b")
_ASKING = re.compile(
    r"^(?:(?:nog|meer|andere|bijkomende|praktische|algemene|heb[tj]? u)\s+)*"
    r"(?:vragen|vraag|info|informatie|inlichtingen|contact|contactpersoon|questions?)\b[^?:]{0,40}?(?P<mark>[?:]|(?=\s)|$)"
)
_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.\w+|(?:\+|\b0)[\d ./()-]{7,}\d")
_REACH_WORDS = """
    u uw kan kunt mag terecht bij op via naar of en met aan de het een onze ons dan neem bel mail mailen
    bellen contact contacteer gerust steeds altijd nummer tel telefoon gsm e-mail email secretariaat dienst
    tijdens kantooruren stuur mailtje mailadres t m e
"""
_HOW_TO_REACH = frozenset(_REACH_WORDS.split())
_PLACEHOLDER = re.compile(rf"^(?:{phrases('placeholder')}|\[[^\]]*\]|<[^>@]*>|«[^»]*»)$")
#: How an answer is to be written, printed in its place: "dd/mm/jjjj", "0000/00.00.00", "naam@voorbeeld.be".
_PATTERN = re.compile(
    r"^(?:([dtj])\1?[ ./-]+mm?[ ./-]+([jya])\2{1,3}|(?=(?:\D*0){6})[+(]?0[0 ./()-]+"
    r"|(?=(?:[^x]*x){4})[+(]?[0x][\dx ./()-]+"
    r"|(?:\b(?:voor|achter|familie)?naam|\b(?:vor|nach)?name|\b(?:first|last)name|\bnom|\bprenom|[._-]|e?-?mail)+"
    r"@(?:voorbeeld|example|exemple|beispiel|domein|domain|domaine)\.[a-z]{2,})$"
)
#: The answers that a question offers, of which none was chosen yet.
_OFFERS = re.compile(rf"\s*{A_YES}\s*(?:/|\||{OR})\s*{A_NO}\s*[.:]?\s*", re.I)
_EXAMPLE = re.compile(r"^(?:vb|bv|bijv|voorbeeld|ex|exemple|example|e\.g|bsp|beispiel)\b")
_NOTHING = """
    nvt, nihil, geen, niets, nee geen, niet van toepassing, niet nodig, none, na, not needed, neant,
    pas necessaire, nicht notig
"""
_EMPTY = frozenset(word.strip() for word in _NOTHING.split(","))
_DITTO = re.compile(
    r"(?i)\s*\(?(?:idem(?: dito)?|id\.?|dito|ditto|(?:het |de)?zelfde|zie vorige?"
    r"|(?:the )?same(?: as above)?|(?:la |le |les )?m[eê]mes?(?: que ci-dessus)?"
    r"|(?:der|die|das)?selbe|siehe oben"
    r"|(?:(?:idem|(?:het |de)?zelfde) )?(?:zie|als|cfr?\.?) (?:hier)?boven"
    r"|[\"”“„″]+|-[\"”“″]-|''|,,|↑|-?//-?)\)?\s*\.?"
)
#: An answer that is somewhere else, in nothing that came with this, and that says no more: "als altijd
#: vegetarisch" is an answer.
_ELSEWHERE = re.compile(
    r"(?:het )?zelfde als (?:altijd|gewoonlijk|anders)|(?:zo)?als (?:altijd|gewoonlijk)"
    r"|(?:(?:het )?zelfde|zo)?\s?als vorige?(?: (?:keer|maal|jaar|editie|week|maand|bijeenkomst|vergadering"
    r"|inschrijving|formulier|mail))?"
    r"|zie (?:de |onze |mijn |vorige |eerdere )*(?:mail|e-mail|brief|website|bijlage)\b.*"
    r"|(?:(?:zie|zelfde als|idem(?: als)?|cfr?\.?|see|same as|voir|comme|siehe|wie) )(?:\w+ ){0,2}"
    r"(?:deelne(?:mer|emster)|persoon|inschrijver|aanvrager|contactpersoon|punt|vak|rubriek|rij|regel|nummer"
    r"|hoger|onder|hieronder|lager|keerzijde|achterkant|participante?|personne|point|ligne|ci-dessous|verso"
    r"|attendee|delegate|person|section|row|below|overleaf|teilnehmer(?:in)?|punkt|zeile|unten|ruckseite)"
    r"(?: ?(?:n[ro°]\.? ?)?\d{1,2})?"
    r"|(?:the )?(?:same )?as (?:always|usual|before|last(?: (?:time|year|month|meeting|event))?)"
    r"|(?:la |le )?meme (?:chose )?que (?:d'habitude|la derniere(?: fois)?"
    r"|l'an dernier|l'annee (?:derniere|passee))"
    r"|comme (?:d'habitude|la derniere(?: fois)?)|wie (?:immer|letztes (?:mal|jahr)|beim letzten mal)"
)
#: An answer that is not there yet.
_NOT_YET = re.compile(
    r"(?:nog|pas) (?:geen|niet)"
    r"(?: (?:be|ge)kend| geweten| beschikbaar| beslist| zeker| toegekend| ontvangen)?"
    r"|nog (?:te (?:bepalen|bevestigen|kiezen)|door te geven|in te vullen|af te spreken)"
    r"|te bevestigen|te bepalen|volgt(?: nog| later| zo snel mogelijk| per mail)?|wordt (?:nog|later) \w+"
    r"|(?:is )?aangevraagd|in aanvraag|weet (?:ik|het) (?:nog )?niet(?: zeker)?"
    r"|tb[acd]|to be (?:sent|confirmed|announced|decided|determined)\b.*"
    r"|not yet(?: known| decided| available)?|to follow|will follow"
    r"|(?:a|reste a) (?:suivre|confirmer|communiquer)|pas encore(?: connue?| decidee?| disponible)?"
    r"|(?:suit|suivra)(?: plus tard)?|demandee?"
    r"|(?:folgt|kommt)(?: noch| spater)?|noch (?:nicht|offen|unbekannt)(?: bekannt)?|beantragt"
    r"|(?:reiche|reichen|liefere|liefern) (?:ich |wir )?(?:\w+ )?nach|wird (?:noch )?nachgereicht"
    r"|(?:bezorg|stuur|geef|mail) (?:ik|we|wij) (?:u |je )?(?:dat |die |het )?(?:nog|later|na)(?: door| na)?"
    r"|(?:je|nous) (?:vous )?l(?:e |a |es |')(?:envoie|envoyons|communique\w*|transmets|transmettons)"
    r" (?:plus tard|ulterieurement)"
)
_FILLER = re.compile(r"[.…_]{3,}|(?:_ ){2,}_?|…|[_…]+$|\.{2,}(?=\s*$)|^[._…]+|_{2,}")


def ends_the_answers(text: str) -> bool:
    """Whether a line ends what someone has to say: a closing ("Met vriendelijke groeten"), or where an
    older mail begins."""
    return begins_closing(text) or bool(_QUOTED.match(plain(text)))


def begins_example(text: str) -> bool:
    """Whether a line or row shows how to fill in others: "Vb.", "Example: name Jane Sample"."""
    return _EXAMPLE.match(plain(text)) is not None


def is_instruction(text: str) -> bool:
    """Whether a line tells how to fill in or return a form."""
    words = plain(text)
    return bool(_INSTRUCTION.search(words)) or bool(_FOOTNOTE.match(words))


def is_contact_line(text: str) -> bool:
    """Whether a line only says where to ask ("Vragen? An Claes, 050 ..., an@..."). Who asks
    something in it ("Vragen: mag mijn kind mee? Bel 0478 ...") says more than that."""
    asking = _ASKING.match(plain(text))
    if not asking or not _REACHED.search(text):
        return False
    rest = _REACHED.sub(" ", tidy(text)[asking.end() :])
    said = [word for word in re.findall(r"[^\W\d][\w-]*", rest) if word.islower()]
    own = set(said) - _HOW_TO_REACH
    return "?" not in rest and len(own) <= (5 if asking["mark"] == "?" else 1)


def only_offers(text: str) -> bool:
    """Whether a text is the answers that may be given and nothing else: "ja / nee"."""
    return _OFFERS.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Whether text is what a word processor shows, or a form prints, in a field that nobody filled in."""
    words = plain(text)
    return bool(_PLACEHOLDER.match(words) or _PATTERN.match(words))


@lru_cache(maxsize=1024)
def means_nothing(text: str) -> bool:
    """Whether an answer says that there is none: "/", "-", "nvt", "n.v.t.", "geen"."""
    bare = re.sub(r"[^\w ]", "", plain(text)).strip()
    return not bare.strip("_ ") or bare in _EMPTY or bare.replace(" ", "") in _EMPTY


def is_ditto(text: str) -> bool:
    """Whether an answer only refers to the one before it: "idem", a pair of quotes, "zie boven"."""
    return _DITTO.fullmatch(text) is not None


def is_elsewhere(text: str) -> bool:
    """Whether an answer refers to what is not here: "zelfde als vorige keer", "zie mijn mail"."""
    return _ELSEWHERE.fullmatch(plain(text).strip(" .!()")) is not None


def is_to_come(text: str) -> bool:
    """Whether an answer says that there is none yet: "volgt nog", "aangevraagd", "to be confirmed"."""
    return _NOT_YET.fullmatch(plain(text).strip(" .!()")) is not None


def is_remark_alone(text: str) -> bool:
    """Whether a text stands in brackets altogether: "(nog 1 persoon, naam volgt)"."""
    return re.fullmatch(r"\s*(?:\([^()]+\)|\[[^\[\]]+\])\s*[.!]?\s*", text) is not None


def without_remarks(text: str, is_remark: Callable[[str], bool]) -> str:
    """Text without what stands in parentheses and is the form's own word: "(vul hier uw naam in) Peeters"."""
    return IN_PARENTHESES.sub(lambda found: " " if is_remark(found[1]) else found[0], text)


def without_filler(text: str) -> str:
    """The text without the dots and underscores that a form offers to write on."""
    return _FILLER.sub(" ", text)


def is_rule(text: str) -> bool:
    """Whether a line is one to write on, or to tear along."""
    return bool(text.strip()) and not text.strip("_-–. …")

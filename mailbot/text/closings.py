"""How letters begin and end, in the languages that people write to us: one list, for mails and for forms.

In a mail a closing must be the whole line, since what follows it is cut off as a signature. Around a
form it is enough that a line begins with one: such a line is merely nobody's answer.
"""

from __future__ import annotations

import re

from mailbot.text.normalize import plain

_ADJECTIVES = (
    r"(?:(?:zeer\s+)?(?:vriendelijk|hartelijk|collegia|beleefd|genegen|innig|oprecht"
    r"|welgemeend|bes|warm|zonnig|goed|lie[fv]|kind"
    r"|many)\w*\s+)"
)
_HIGH = r"(?:(?:(?:aller)?meeste|voorname|bijzondere|oprechte|grootste|verschuldigde|diepe|gepaste|alle) )"
_GREETING = (
    r"(?:(?:met|mit|with|avec)\s+)?(?:de\s+|veel\s+|mes\s+|onze\s+)?"
    rf"(?:{_ADJECTIVES}*(?:groet(?:en|jes)?|regards|rgds|wishes)|brgds|mvg|grtj?e?s|hoogachtend"
    rf"|(?:(?:de )?{_HIGH})*hoogachting|(?<=met )(?:(?:de )?{_HIGH})*(?:achting|eerbied|waardering)"
    r"|hartelijks|gegroet"
    r"|uw (?:(?:zeer|steeds) )?(?:dienst(?:vaardige?|willige?)|toegenegen|verknochte)"
    r"|salutations|cordialement"
    r"|bonne (?:fin de )?(?:journee|soiree|semaine|continuation)|bon week-?end"
    r"|(?:nog )?(?:een )?(?:fijne|prettige?) (?:dag|avond|week|weekend|namiddag)(?: nog| verder)?"
    r"|have a (?:nice|good|great|lovely) (?:day|evening|weekend|week)"
    r"|bien (?:a vous|cordialement)|(?:salutations|sentiments) (?:distingu|cordial)\w+|sincerely|yours \w+"
    r"|freundlichen gr(?:u|ue)ssen|viele gr(?:u|ue)sse|vriendelijk gegroet)"
)
#: A closing that is a sentence of its own: "Aanvaard, mevrouw, de uitdrukking van mijn hoogachting.",
#: "Veuillez agréer, Madame, l'expression de mes sentiments distingués.".
_FORMULA = re.compile(
    r"(?:(?:gelieve|wil|wilt u|aanvaard|ontvang|met)\b[^?@\d]{0,100}?\b(?:uitdrukking|verzekering|blijk)\b"
    r"[^?@\d]{0,60}?\b(?:(?:hoog)?achting|gevoelens|eerbied)"
    r"|u (?:(?:bij voorbaat|alvast|reeds|vriendelijk|zeer) )*dankend(?: (?:voor|om) [^?@\d]{1,80})?"
    r"|(?:(?:inmiddels|intussen|ik|wij|we) ){0,2}verblijf(?:en)?\b[^?@\d]{0,60}?"
    r"\b(?:(?:hoog)?achting|hoogachtend|groeten?)"
    r"|(?:veuillez|(?:je vous|nous vous) pri(?:e|ons)|recevez|agreez|croyez|dans l'attente)\b[^?@\d]{0,120}?"
    r"\b(?:salutations|sentiments|consideration|respects|hommages))\b[^?@\d]{0,60}"
)
#: Too short to tell anything at the beginning of a longer line ("Gr. 3").
_SHORT = r"vg|m\.v\.g\.?|vr\.?\s?gr\.?|grtz?|gr\.?"
_THANKS = r"alvast (?:bedankt|dank)|bedankt|dank (?:u|je|bij)|dankuwel"
_SENT = r"(?:verzonden|verstuurd|sent|envoye|gesendet)"
_PROGRAM = r"(?:get outlook|outlook voor|download outlook|obtenir outlook)"

_WHOLE_LINE = re.compile(
    rf"(?:{_GREETING}|{_SHORT})(?:\s*/\s*(?:{_GREETING}))?"
    r"(?:\s+(?:van|uit|en|aan)\b.{0,40}|\s+(?:alvast\s+)?(?:en\s+)?(?:bedankt|dank).{0,20})?\s*[,.!]*"
)
_BEFORE_A_NAME = re.compile(rf"(?:{_GREETING}|{_SHORT})(?!\w)[\s,.!-]*")
_BEGINS = re.compile(
    rf"(?:met {_ADJECTIVES}|(?:{_GREETING})\b|{_THANKS}|{_SENT} (?:vanaf|from|depuis|von)\b|{_PROGRAM}\b)"
)
_DEVICE = re.compile(
    rf"(?:{_SENT}|{_PROGRAM})\b.{{0,30}}\b"
    r"(?:iphone|ipad|android|galaxy|samsung|mobile|mobiel|mobiele|smartphone|gsm|toestel|outlook|windows"
    r"|yahoo|gmail|telefoon)\b.{0,60}"
)


def is_closing(text: str) -> bool:
    """Whether a line ends a letter and says nothing else ("Met vriendelijke groeten,")."""
    return 0 < len(text) < 90 and bool(_WHOLE_LINE.fullmatch(plain(text)))


def is_formula(text: str) -> bool:
    """Whether a whole sentence is the formula that a formal letter ends with."""
    return len(text) < _LONGEST_FORMULA and bool(_FORMULA.fullmatch(plain(text).strip(" .!,")))


_LONGEST_FORMULA = 240


def begins_closing(text: str) -> bool:
    """Whether a line begins with a closing, thanks, or what a telephone writes below each mail."""
    return bool(_BEGINS.match(plain(text)))


def without_closing(words: str) -> str:
    """Folded words after the closing that they begin with: "groeten, wouter" is "wouter"."""
    return _BEFORE_A_NAME.sub("", words, count=1) if _BEFORE_A_NAME.match(words) else words


def is_device_line(text: str) -> bool:
    """Whether a line is a telephone's or mail program's own ("Verzonden vanaf mijn iPhone")."""
    return bool(_DEVICE.fullmatch(plain(text)))


#: A line that only greets: "Beste", "Beste collega's,"; and no heading ("Dag van de buren").
_OPENING = re.compile(
    r"(?:beste|dag|hallo|geachte|goe(?:de|ie)(?:dag|morgen|middag|avond)|dear|hello|hi|bonjour|bonsoir|chere?s?"
    r"|liebe[rs]?|sehr geehrte[rs]?|guten tag)(?:\s+(?!(?:van|voor|met|in|op|om|na|en|du|de la|of|for)\b)"
    r"[^\s\d,.:;!?]+(?:\s+[^\s\d,.:;!?]+){0,4})?\s*[,!.]?"
)


def without_opening(text: str) -> str:
    """A letter without a first line that only greets; one that holds nothing else stays as it is."""
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if rest.strip() and _OPENING.fullmatch(plain(first)) else text


#: So many lines, of so many characters, are still the name of who signs below a closing.
_SIGNERS, _LONGEST_SIGNER = 4, 60
#: A closing that wishes something, and is not merely the end.
_WISHES = re.compile(r"\b(?:dag|avond|week|weekend|week-end|namiddag|journee|soiree|semaine|day|evening)\b")


def parted_closing(text: str) -> tuple[str, list[str]]:
    """A letter without the closing that it ends with, and the lines below that closing: who signs. A wish
    stays in it; one that holds nothing else stays as it is."""
    lines = text.rstrip().split("\n")
    for at in range(len(lines) - 1, max(0, len(lines) - 2 - _SIGNERS), -1):
        if is_closing(lines[at]):
            signers = [line.strip() for line in lines[at + 1 :] if line.strip()]
            kept = lines[: at + bool(_WISHES.search(plain(lines[at])))]
            fits = max(map(len, signers), default=0) <= _LONGEST_SIGNER
            return ("\n".join(kept).rstrip(), signers) if fits else (text, [])
    return text, []

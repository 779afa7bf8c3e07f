"""What people write as a bare yes, a bare no, or thanks alone: patterns on plain letters.

These are answers that stand by themselves; what sentences say is read by the lexicons (``acts.py``).
"""

from __future__ import annotations

import re

_SMALL = (
    r"(?:(?:heel|zeer|super|hartelijk|alvast|nogmaals|ook|en|al|zo|erg|wel|vast|ok|oke|okay|ja|prima|top"
    r"|perfect|fijn|mooi|goed|graag|beste)\W+)*"
)
THANKS = re.compile(
    rf"{_SMALL}(?:(?:(?:wij|we|ik) )?(?:hartelijk )?(?:dank\w*|bedankt|merci|thx|thanks|thank you"
    r"|mercikes|danku|remerci\w+"
    rf"|dankuwel)"
    r"(?: (?:je|u|jullie|wel|zeer|veel|ook|alvast|beaucoup|bien|a vous|so much|very much|you))*"
    r"(?: (?:voor|pour|for|om) .{1,90})?"
    r"|parfait|super|genial|tres bien|bien recu|entendu|great|lovely|noted|perfect thanks"
    r"|(?:(?:we|wij|ik) )?(?:zien?|spreken) (?:elkaar|u|je|jullie) (?:daar|dan|er|binnenkort|straks|die dag)"
    r"|tot (?:dan|ton|straks|binnenkort|gauw|snel|later|ziens|volgende (?:week|maand|keer)"
    r"|(?:dan )?(?:op )?(?:de )?(?:maandag|dinsdag|woensdag|donderdag|vrijdag|\d.{1,20})|morgen|in .{1,30})"
    r"|(?:goed |wel )?(?:ontvangen|genoteerd|gezien|begrepen|aanvaard|geaccepteerd)"
    r"(?: in (?:de|mijn|onze|m'n) (?:agenda|kalender))?"
    r"|(?:mooi|goed|prima) zo"
    r"|prima|top|super|perfect|fijn|mooi"
    r"|schitterend|geweldig|leuk|ok|oke|okay|in orde|"
    r"(?:we |ik )?(?:kijken?|zien?) (?:er )?(?:al )?(?:naar )?uit(?: .{0,40})?|kijk er naar uit"
    r"|ik kijk ernaar uit|a bientot|see you(?: .{0,20})?|"
    r"fijne? (?:dag|avond|weekend|week)|prettige? .{1,20}|tot uw dienst|graag gedaan|geen probleem"
    r"|dat is goed|(?:c'est )?(?:bien )?note(?: dans (?:mon|notre) agenda)?"
    r"|(?:(?:het|dat|alles|dit|(?:de )?(?:nieuwe )?(?:datum|afspraak|bijeenkomst|vergadering)) )?"
    r"(?:staat|is(?: al)?|genoteerd|ik (?:heb|zet|noteer) (?:het|dat|dit))"
    r"(?: (?!niet|geen)\w+){0,3} (?:in|op) (?:de|mijn|onze|m'n|je|jouw|uw|zijn|haar) "
    r"[\w-]{0,20}(?:agenda|kalender|calendar|diary)"
    r"(?: (?:gezet|genoteerd|staan))?)"
    r"(?: (?:hoor|dan|nog|toe))*"
)
#: Nobody says yes at greater length; each "dat klopt" may be read in two ways, and all of them in 2**n.
_LONG_YES = 150
YES = re.compile(
    r"(?:(?:ja+|jep|yep|idd|yes|oui|jawel|jazeker|zeker|absoluut|inderdaad|klopt|correct|juist|akkoord|ok|oke|okay"
    r"|in orde|exact|"
    r"(?:dat|dit|alles|de gegevens|de rest|het)(?: \w+)? (?:klopt|kloppen|is (?:juist|correct|in orde|goed|ok"
    r"|oke))|(?:ja )?(?:dat|dit) is (?:juist|correct|goed|in orde)|"
    r"de (?:nieuwe|andere) (?:datum|dag|plaats) (?:is|blijft) (?:goed|prima|ok|oke|in orde)|"
    r"alles (?:klopt|correct|juist|ok|in orde)|gegevens kloppen|hoor|he|e|zeker en vast"
    r"|c'est (?:correct|exact|juste|bien ca)"
    r"|exactement|that's (?:right|correct)|"
    r"dat (?:hebben|hebt|heb|heeft) (?:jullie|u|je|ge) goed (?:gelezen|begrepen|gezien)|"
    r"(?:voor mij|wat mij betreft)|"
    r"ik bevestig(?: dit| dat| het)?|bevestigd|hierbij bevestigd|graag|heel graag|dank u|dank u wel"
    r"|bedankt|merci|helemaal)\W*)+"
)
_YES_CORE = re.compile(
    r"\b(?:ja+|jep|yep|idd|yes|oui|jawel|jazeker|zeker|absoluut|inderdaad|klopt|kloppen|correct|juist|akkoord"
    r"|bevestig\w*|ok|oke|okay|exact\w*|right|in orde|goed gelezen|goed begrepen|goed gezien"
    r"|(?:datum|dag|plaats) (?:is|blijft) (?:goed|prima))\b"
)
NO = re.compile(
    r"(?:(?:ja )?(?:nee+n?|neen|no|non|nope|niet akkoord|niet correct|niet juist|(?:dat|dit"
    r"|het) (?:klopt|is) niet(?: juist| correct)?|klopt niet|fout|"
    r"dank u|dank u wel|bedankt|merci|helaas|sorry|hoor|spijtig genoeg|jammer genoeg|toch niet)\W*)+"
)
_NO_CORE = re.compile(r"\b(?:nee+n?|no|non|nope|niet|fout)\b")


def says_yes(plain_text: str) -> bool:
    """Whether the whole text is a plain "ja" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(
        YES.fullmatch(plain_text) and _YES_CORE.search(plain_text) and not _NO_CORE.search(plain_text)
    )


def says_no(plain_text: str) -> bool:
    """Whether the whole text is a plain "nee" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(NO.fullmatch(plain_text) and _NO_CORE.search(plain_text))

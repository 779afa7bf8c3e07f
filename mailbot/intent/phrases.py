"""What people write as a bare yes, a bare no, or thanks alone: patterns on plain letters.

These are answers that stand by themselves; what sentences say is read by the lexicons (``acts.py``).
"""

from __future__ import annotations

import re

from mailbot.intent.lexicon import pattern
from mailbot.text.lexicon import A_NO, A_YES

THANKS = re.compile(
    rf"(?:{pattern('before_thanks')}\W+)*"
    rf"(?:{pattern('thanks')}(?: {pattern('thanks_whom')})*(?: {pattern('thanks_for')} .{{1,90}})?"
    rf"|{pattern('all_is_well')})(?: {pattern('behind_thanks')})*"
)
#: Nobody says yes at greater length; each "dat klopt" may be read in two ways, and all of them in 2**n.
_LONG_YES = 150
YES = re.compile(rf"(?:(?:{A_YES}|{pattern('says_yes')})\W*)+")
_YES_ITSELF = re.compile(rf"\b(?:{A_YES}|{pattern('yes_itself')})\b")
NO = re.compile(rf"(?:(?:{A_NO}|{pattern('says_no')})\W*)+")
_NO_ITSELF = re.compile(rf"\b(?:{A_NO}|{pattern('no_itself')})\b")


def says_yes(plain_text: str) -> bool:
    """Whether the whole text is a plain "ja" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(
        YES.fullmatch(plain_text) and _YES_ITSELF.search(plain_text) and not _NO_ITSELF.search(plain_text)
    )


def says_no(plain_text: str) -> bool:
    """Whether the whole text is a plain "nee" in any of its shapes."""
    return len(plain_text) <= _LONG_YES and bool(NO.fullmatch(plain_text) and _NO_ITSELF.search(plain_text))

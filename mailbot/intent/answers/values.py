"""Values that show by themselves what they are.

Words as written go in; what of them is a value comes out, or whether they say it at all.
"""

from __future__ import annotations

import re

from mailbot.domain.form import FieldKind, FormField
from mailbot.extraction.values.phone import read_phone
from mailbot.intent.lexicon import as_written, language_of, lexicon, pattern, spaced, turns_of_phrase
from mailbot.matching.addresses import addresses_in
from mailbot.matching.organisations import Directory
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain, tidy

_BODY = re.compile(
    rf"(?<!\w)(?i:{pattern('body_kind')})(?: {pattern('in_body_name')})*"
    rf"(?: (?:{pattern('before_proper')} )?[A-ZÀ-ÖØ-Þ][\w'’-]*){{1,4}}"
)
#: Words in capitals in a row, as the name of a town: "du CPAS de De Haan".
_PROPER_RUN = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-Þ][\w'’-]*(?: [A-ZÀ-ÖØ-Þ][\w'’-]*){0,3}")
#: What stands in brackets beside an answer: "Gemeente Damme (en niet het OCMW)".
_ASIDE = re.compile(r"\s*\([^()]{0,80}\)")
PHONE = re.compile(r"\+?[\d(][\d\s./()-]{6,20}\d")
#: Stands for a value in the words around it.
_HERE = "\x00"
#: What words say of the value that is to be noted, whatever they deny before it: "klopt niet, moet ... zijn".
_MUST_BE = re.compile(rf"\b(?:{'|'.join(turns_of_phrase('must_be', value=_HERE))})")
#: Words around a value of a kind that was asked, and around one that was not.
_MOST_ASKED, _MOST_AROUND = 14, 8
#: Signs around a value: "👉 0456 37 81 20".
_SIGNS = re.compile(r"[^\w\s.,:;'’+@()/-]+")
#: Kinds of field whose values show by themselves what they are.
BY_THEMSELVES = (FieldKind.EMAIL, FieldKind.PHONE)
#: Beside a number these say that it is no longer the right one.
_GONE, _OLD, _FORMERLY = (re.compile(rf"\b{pattern(one)}\b") for one in ("gone", "old", "formerly"))


def phones_in(text: str) -> list[str]:
    """The telephone numbers in a text, as written."""
    return [one.strip() for one in PHONE.findall(text) if not read_phone(one.strip()).code]


def is_given(kind: FieldKind, value: str, text: str, *, asked: bool, mentioned: bool) -> bool:
    """Whether a number or address in a text is an answer: it was ``asked``, or the few words around it name
    the field or say that it changes, or point to what was ``mentioned`` before. One under a signature is
    neither, and what words deny or drop is the old one."""
    words = around(value, text)
    must_be = _MUST_BE.search(plain(text.replace(value, _HERE)))
    if not must_be and (_GONE.search(words) or says("not", words)):
        return False  # "mijn gsm 0478 12 34 56 werkt niet meer" names the old one
    if asked:
        return len(words.split()) <= _MOST_ASKED
    if mentioned and any(lexicon(one).consists_of("it_is", spaced(words)) for one in LANGUAGES):
        return True
    named = names_kind(kind, words) or says("change", words)
    return len(words.split()) <= _MOST_AROUND and bool(named)


def around(value: str, text: str) -> str:
    """The plain words around a value."""
    return tidy(_SIGNS.sub(" ", as_written(plain(text.replace(value, ""))))).strip(" .:,-")


def drops_old(text: str) -> bool:
    """Whether a few words only say that an old number or address goes."""
    words = plain(text)
    return bool(_GONE.search(words) and _OLD.search(words))


def body_in(text: str, directory: Directory) -> str:
    """The one body that a few words name and do not deny; all of them where they are its name. Without a word
    for its kind ("van Poperinge natuurlijk") it is one that we know."""
    text = _ASIDE.sub("", text).strip(" .!")
    denied = says("not", text) or _FORMERLY.search(plain(text))
    if not denied and (directory.recognise(text) or _BODY.fullmatch(text)):
        return text
    if denied or text.endswith("?"):
        return ""
    found = _BODY.findall(text) or [one for one in _PROPER_RUN.findall(text) if directory.recognise(one)]
    return found[0] if len({directory.recognise(one) or one for one in found}) == 1 else ""


def shown(one: FormField, value: str) -> str:
    """What of a value is the answer: a number or an address shows by itself among other words, unless they
    stand in brackets, and a word for a change ("mijn nummer is gewijzigd") is none."""
    if one.kind not in BY_THEMSELVES:
        return value
    found = addresses_in(value) if one.kind is FieldKind.EMAIL else phones_in(value)
    if len(found) == 1 and _ASIDE.sub("", value).strip() != found[0]:
        return str(found[0]).strip()
    return "" if not found and says("change", value) else value


def says(concept: str, words: str) -> bool:
    """Whether words have a phrase of a concept, in their language."""
    text = spaced(words)
    return lexicon(language_of(text)).says(concept, text)


def names_kind(kind: FieldKind, words: str) -> bool:
    """Whether words name a number or an address."""
    text = spaced(words)
    return any(lexicon(one).fields[str(kind)].search(text) for one in LANGUAGES)


def is_own(text: str) -> bool:
    """Whether words say of a number or an address that it is the writer's."""
    return any(lexicon(one).who["mine"].search(spaced(text)) for one in LANGUAGES)

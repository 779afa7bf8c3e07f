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
_QUOTED = re.compile(rf"--+$|{phrases('quoted_from')}:|-+ ?{phrases('older_mail')}")
_INSTRUCTION = re.compile(phrases("instruction"))
_FOOTNOTE = re.compile(rf"^[(*¹†].*\b{phrases('footnote')}\b")
_ASKING = re.compile(
    rf"^(?:{phrases('before_asking')}\s+)*{phrases('asking')}\b[^?:]{{0,40}}?(?P<mark>[?:]|(?=\s)|$)"
)
_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.\w+|(?:\+|\b0)[\d ./()-]{7,}\d")
_HOW_TO_REACH = re.compile(phrases("how_to_reach"))
_PLACEHOLDER = re.compile(rf"^(?:{phrases('placeholder')}|\[[^\]]*\]|<[^>@]*>|«[^»]*»)$")
#: How an answer is to be written, printed in its place: "dd/mm/jjjj", "0000/00.00.00", "naam@voorbeeld.be".
_PATTERN = re.compile(
    r"^(?:([dtj])\1?[ ./-]+mm?[ ./-]+([jya])\2{1,3}|(?=(?:\D*0){6})[+(]?0[0 ./()-]+"
    r"|(?=(?:[^x]*x){4})[+(]?[0x][\dx ./()-]+"
    rf"|(?:{phrases('sample_name')}|[._-]|e?-?mail)+@{phrases('sample_host')}\.[a-z]{{2,}})$"
)
#: The answers that a question offers, of which none was chosen yet.
_OFFERS = re.compile(rf"\s*{A_YES}\s*(?:/|\||{OR})\s*{A_NO}\s*[.:]?\s*", re.I)
_EXAMPLE = re.compile(rf"^{phrases('example')}\b")
_NOTHING = re.compile(phrases("nothing"))
_SUM = re.compile(rf"{phrases('sum', 'count', 'price')}\b")
_DITTO = re.compile(rf"(?i)\s*\(?(?:{phrases('ditto')}|[\"”“„″]+|-[\"”“″]-|''|,,|↑|-?//-?)\)?\s*\.?")
#: An answer that is somewhere else, in nothing that came with this, and that says no more: "als altijd
#: vegetarisch" is an answer.
_ELSEWHERE = re.compile(
    rf"{phrases('elsewhere')}"
    rf"|{phrases('see')} (?:\w+ ){{0,2}}{phrases('seen')}(?: ?(?:n[ro°]\.? ?)?\d{{1,2}})?"
)
#: An answer that is not there yet.
_NOT_YET = re.compile(phrases("not_yet"))
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
    own = {word for word in said if not _HOW_TO_REACH.fullmatch(word)}
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
    return not bare.strip("_ ") or any(map(_NOTHING.fullmatch, (bare, bare.replace(" ", ""))))


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


def sums_up(text: str) -> bool:
    """Whether what begins a row says how many there are, or what they cost: "Totaal aantal", "À payer"."""
    return _SUM.match(plain(text)) is not None


def is_rule(text: str) -> bool:
    """Whether a line is one to write on, or to tear along."""
    return bool(text.strip()) and not text.strip("_-–. …")

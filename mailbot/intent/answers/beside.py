"""The talk beside an answer that needs nobody: courtesy, why it was missing, a plea for what it says.

Words as written go in; whether they are only that comes out. What asks, names somebody or gives a value never
is.
"""

from __future__ import annotations

import re
from itertools import islice

from mailbot.domain.submission import ActKind, Who
from mailbot.intent import phrases
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import THRESHOLDS
from mailbot.intent.answers.values import PHONE
from mailbot.intent.clause import DETAILS
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.nothing_more import is_content
from mailbot.intent.person_mentions import names
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.statistical import ELSEWHERE, chances_in
from mailbot.matching.names import is_part_of
from mailbot.text.closings import begins_closing
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain

_COURTESY = re.compile(rf"{phrases.THANKS.pattern}|(?:{pattern('courtesy')}\b\W*)+")
#: Words at either end of an answer that belong to no value.
_FILLERS = pattern("fillers")
_ONLY_FILLED = re.compile(rf"(?:{_FILLERS}\W*)+", re.I)
_FILLED = re.compile(rf"^(?:{_FILLERS}[\s,]+)+|(?:[\s,]+{_FILLERS})+[\s.!]*$", re.I)
#: What a value is made of.
VALUES = re.compile(r"\d|@")
#: How people tell why an answer was missing or wrong.
_WHY = re.compile(rf"\b{pattern('why_missing')}\b")
#: How people turn to us in what they ask.
_TO_US = re.compile(rf"\b{pattern('to_us')}\b")
#: Verbs of what is over. How somebody is now ("ik hoor niet goed") the office may have to know.
_PAST = re.compile(rf"\b{pattern('is_over')}\b")
_TALK = frozenset({*map(str, (ActKind.OTHER, ActKind.THANKS, ActKind.CONFIRM, ActKind.ANSWER)), ELSEWHERE})
#: Acts that ask nothing of anybody.
SMALL_ACTS = frozenset({ActKind.OTHER, ActKind.THANKS, ActKind.CONFIRM, ActKind.DENY})
#: Where somebody works.
_AT_WORK = re.compile(pattern("at_work"))
#: Words: "gelieve mij te ...", and "... hoor".
_BEFORE_APOLOGY, _BEHIND_APOLOGY = 4, 1
_WORD = re.compile(r"\S+")
#: Words within which a plea comes to what is to be noted.
_LONGEST_PLEA = 20


def bare(text: str) -> str:
    """A text in plain letters, without the signs at its ends."""
    return plain(text).strip(" .!,")


def is_courtesy(text: str) -> bool:
    """Whether a text is nothing but thanks, an apology or a small word."""
    return bool(_COURTESY.fullmatch(bare(text)))


def adds_nothing(text: str) -> bool:
    """Whether a piece of an answer is a courtesy or a filler: "..., waar anders"."""
    return is_courtesy(text) or bool(_ONLY_FILLED.fullmatch(bare(text)))


def only_heads(text: str) -> bool:
    """Whether words before a colon only announce what follows: "let op", "kleine wijziging"."""
    said = spaced(text)
    return len(said.split()) <= _HEADING and any(lexicon(one).says("heading", said) for one in LANGUAGES)


#: Words.
_HEADING = 4


def without_fillers(text: str) -> str:
    """A text without the words at either end that belong to no value."""
    return _FILLED.sub("", text)


def to_be_noted(text: str) -> str:
    """What we are asked to note, where a text asks that ("kan u noteren dat ..."); else empty."""
    for word in islice(_WORD.finditer(text), _LONGEST_PLEA):
        said = spaced(text[: word.end()])
        lex = lexicon(language_of(said))
        if asked := lex.find("note_that", said):
            pleads = lex.consists_of("plea", said[: asked.start()])
            return text[word.end() :].strip(" ?") if pleads else ""
    return ""


def says_why(text: str) -> bool:
    """Whether words beside an answer only tell how it came to be missing: no value, nobody, no act."""
    if text.endswith("?") or VALUES.search(text) or names(text):
        return False
    if _is_apology(text):
        return True
    explains = _WHY.search(plain(text)) or begins_closing(text)
    return bool(explains) and all(act.kind in SMALL_ACTS for act in read_acts([text]))


def pleads_only(text: str) -> bool:
    """Whether words beside an answer only ask for what it says: "graag hiermee rekening houden"."""
    said = spaced(text)
    return bool(said.strip()) and any(lexicon(one).consists_of("plea", said) for one in LANGUAGES)


def stays_so(text: str) -> bool:
    """Whether words beside an answer only say that the rest stays as it is, or that nothing has to be done:
    in each clause that, or a courtesy, with no value and nobody named."""
    if text.endswith("?") or VALUES.search(text) or names(text):
        return False
    clauses = [clause for one in sentences([text]) for clause in one.clauses]
    return bool(clauses) and all(_stays_so(clause) or is_courtesy(clause) for clause in clauses)


def _stays_so(clause: str) -> bool:
    """Whether a clause says so in a few words, beside which none is of coming or of something to note."""
    said = spaced(clause)
    lex = lexicon(language_of(said))
    found = next(filter(None, (lex.find(one, said) for one in _STAYS)), None)
    if found is None:
        return False
    beside = spaced(f"{said[: found.start()]} {said[found.end() :]}")
    denied = any(lex.says(one, beside) for one in ("not", "left_out"))
    return not denied and len(beside.split()) <= _BESIDE_SO and all(map(lex.knows, beside.split()))


_STAYS = ("nothing_to_do", "rest_stays")
#: Words beside one of these.
_BESIDE_SO = 6


def turns_to_us(text: str) -> bool:
    """Whether words turn to us, as who asks something does."""
    return bool(_TO_US.search(plain(text)))


def tells_only(text: str) -> bool:
    """Whether words beside an answer are a story that asks nothing of us, as both readers of sentences find:
    of what is over, with no value, nobody named, and no word to us."""
    if not _PAST.search(plain(text)) or text.endswith("?") or turns_to_us(text):
        return False
    return _is_quiet(text)


def is_glad(sentence: Sentence) -> bool:
    """Whether a sentence begins with what pleases its writer, or was done well ("ik ben blij dat het zo ook
    kan", "dat is rap gegaan"), and neither reader finds anything else in it; what it denies behind that is
    over."""
    first, *behind = map(spaced, sentence.clauses or ("",))
    lex = lexicon(language_of(spaced(sentence.plain)))
    glad = lex.says("glad", first) and not lex.says("not", first)
    denies = any(lex.says("not", one) and not _PAST.search(one) for one in behind)
    return glad and not denies and not sentence.asks and _is_quiet(sentence.text)


def _is_quiet(text: str) -> bool:
    """Whether words give no value, name nobody, and hold nothing that either reader takes for more than
    talk."""
    if "@" in text or PHONE.search(text) or names(text):
        return False
    heard = chances_in(text, reply=True)
    quiet = all(chance < THRESHOLDS.hears for label, chance in heard.items() if label not in _TALK)
    return quiet and all(act.kind in SMALL_ACTS for act in read_acts([text]))


def looks_forward(text: str) -> bool:
    """Whether words beside an answer are only a kind end to it, as both readers find: "kijk ernaar uit"."""
    if text.endswith("?") or VALUES.search(text) or names(text):
        return False
    acts = read_acts([text])
    return bool(acts) and all(act.kind is ActKind.THANKS for act in acts) and is_content(text)


def at_work_only(text: str) -> bool:
    """Whether a few words beside an answer only tell where their writer works ("zit daar in de raad"),
    with no value, nobody named, no word to us, and nothing that either reader takes for more."""
    if not _AT_WORK.fullmatch(bare(text)) or turns_to_us(text) or VALUES.search(text) or names(text):
        return False
    heard = chances_in(text, reply=True)
    quiet = all(chance < _NOTHING_ELSE for label, chance in heard.items() if label not in _TALK)
    return quiet and all(act.kind in SMALL_ACTS for act in read_acts([text])) and not _needs(text)


def _needs(text: str) -> bool:
    """Whether words name what the office may have to arrange."""
    said = spaced(text)
    lex = lexicon(language_of(said))
    return lex.says("for_the_office", said) or any(lex.fields[one].search(said) for one in DETAILS)


def comes_only(text: str, name: str = "") -> bool:
    """Whether a few words beside an answer say that their writer, or who is called by ``name``, comes, as
    both readers of sentences find, and nothing else: no value, nobody else, no question, no condition."""
    others = [one for one in names(text) if not is_part_of(one, name)]
    if text.endswith("?") or VALUES.search(text) or others or len(text.split()) > _LONGEST_PLEA:
        return False
    acts, heard = read_acts([text]), chances_in(text, reply=True)
    own = [
        act.kind is ActKind.COME and (act.who is Who.WRITER or bool(act.people)) and not act.elsewhere
        for act in acts
    ]
    beside_it = max(chance for label, chance in heard.items() if label not in {*_TALK, str(ActKind.COME)})
    return bool(own) and all(own) and heard[ActKind.COME] >= THRESHOLDS.supports and beside_it < _NOTHING_ELSE


#: How likely any other label may be of words that are passed over.
_NOTHING_ELSE = 0.3


def _is_apology(text: str) -> bool:
    """Whether words are little more than "excuses voor de vergissing"."""
    words = spaced(text)
    apology = lexicon(language_of(words)).find("apology", words)
    if apology is None:
        return False
    before, behind = words[: apology.start()].split(), words[apology.end() :].split()
    return len(before) <= _BEFORE_APOLOGY and len(behind) <= _BEHIND_APOLOGY

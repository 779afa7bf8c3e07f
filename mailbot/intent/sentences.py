"""A sender's own words, cut into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mailbot.intent.lexicon import as_written, is_word, lexicon, pattern, spaced, turns_of_phrase, written_out
from mailbot.intent.person_mentions import CALLED, NAME, without_apposition
from mailbot.matching.given_names import is_given
from mailbot.matching.names import PARTICLES
from mailbot.text.closings import begins_closing, is_formula, without_closing
from mailbot.text.lexicon import AND, BUT, LANGUAGES, MONTHS, either
from mailbot.text.normalize import plain, tidy

_MAX_SENTENCES = 200
_LOOKED_AT = 3_000  # characters of a sentence
_LONG_GREETING = 300
_WRAPPED = 55  # a line this long that ends without a stop was broken by the mail program
_STOP = re.compile(
    r"(?<=[.!?…])[\"')\]]*\s+|\s*;\s+|\s+[•*]\s+"
    r"|\s*(?<=\s)[:;]-?[()DP]\s+(?=[A-ZÀ-Þ])"
    r"|(?<=[\U0001F300-\U0001FAFF\uFE0F\u2728\u2764])\s+(?=[A-ZÀ-Þ])"  # many end a sentence by a picture
)
#: "gelieve J. Peeters", and not "workshop B. Ik kom"; a word that is cut short; "am 3. Dezember".
_NO_STOP = re.compile(
    rf"(?:^|\b{pattern('before_initial')}\s+|[,:]\s+|\b{pattern('short_title')}\.\s+)"
    r"(?:(?-i:[A-Z])\.\s?){0,2}(?-i:[A-Z])\.\s+"
    rf"(?=(?:(?:{'|'.join(PARTICLES)})['’]?\s+){{0,2}}(?-i:[A-Z][a-z]))"
    rf"|\b(?:{pattern('short_title')}|{pattern('cut_short')})\.\s+"
    rf"|\b\d{{1,2}}\.\s+(?={either(*MONTHS)}\b)",
    re.I,
)
_CLAUSE = re.compile(rf"\s*[,:()–—]\s*|\s+-\s+|\s+(?={pattern('begins_clause')}\s)")
#: The rest of a sentence is a question, mark or no mark.
_OPENS_QUESTION = re.compile(either(*turns_of_phrase("opens_question", inverted=pattern("inverted"))))
_CONDITION = re.compile(rf", {pattern('then')}\b")
#: What opens as a question does and tells, of what was just said: "was ik vergeten in te vullen, sorry".
_FORGOT = re.compile(rf"{pattern('had_i')} (?:\w+ ){{0,4}}{pattern('forgotten')}\b")
#: What stands before a question that goes on in the same sentence: "ik kan niet komen, is er een verslag".
_SUBJECT_FIRST = re.compile(rf"{pattern('speaks_first')}\b")
#: Where such a question may begin.
_ASKS_BEHIND = re.compile(rf",\s+(?:{either(*AND, *BUT)}\s+)?")
#: What stands in brackets behind a name: an address, a number.
DATA_ASIDE = re.compile(r"\s*\([^()]*[@\d][^()]*\)\s*")
#: "Functie: schepen": what is named, and its value.
LABELLED = re.compile(r"(?P<label>[^:=]{2,60}?)\s*[:=]\s*(?P<value>.+)")
#: A number or a sign before an item of a list.
ITEM = re.compile(r"^(?:\d{1,2}[.)]|[a-c][.)]|[-*•–])\s+")
_GREETED = rf"(?:{pattern('greeted')}|{pattern('greeted_together')})"
_GREETING = re.compile(
    rf"\s*(?:{pattern('greeting')}|{_GREETED})\b(?:\s+[^\s,.!?]+){{0,5}}"
    rf"(?:\s*[,/]\s*(?:de )?(?:{_GREETED}|{pattern('greeted_beside')})\b){{0,2}}\s*[,!.]?\s*"
)
_PICTURES = re.compile(r"[\U0001F300-\U0001FAFF\uFE0F\u200D\u2728\u2764]+")
_OPENING = re.compile(rf"^\s*{pattern('greeting')}\b[^,.!?]{{0,50}}[,!]\s*", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as written, and in plain letters with its clauses."""

    text: str
    plain: str
    clauses: tuple[str, ...]
    whole: bool = True  # else it went on where nobody read

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"') ").endswith("?")


def sentences(lines: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences in these lines, greetings left out. A line break ends a sentence unless the
    line was long and the next goes on in lower case."""
    return _cut(tuple(lines))


def sentences_apart(lines: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences in lines none of which goes on in the next, as those of a list."""
    return tuple(one for line in lines for one in sentences((line,)))


@lru_cache(maxsize=16)
def _cut(lines: tuple[str, ...]) -> tuple[Sentence, ...]:
    """The sentences of a mail, which each of its readers asks for."""
    out: list[Sentence] = []
    for line in _unwrapped(lines)[:_MAX_SENTENCES]:
        whole = len(line) <= _LOOKED_AT
        kept = _NO_STOP.sub(lambda found: found[0].replace(". ", ".\x00"), line[:_LOOKED_AT])
        for piece in _STOP.split(kept):
            text = piece.replace("\x00", " ").strip()
            if not text or _is_greeting(text) or (out and closes(text)):
                continue
            out += [_sentence(said, whole=whole) for said in _with_its_question(without_greeting(text))]
    return tuple(out[:_MAX_SENTENCES])


def _unwrapped(lines: Iterable[str]) -> list[str]:
    """The lines, those that a program wrapped or of which the next begins small in one with that. An item of
    a list goes on in small letters only, and a label with its value neither in another nor behind an empty
    line."""
    joined: list[str] = []
    length = 0  # of the line before, where it may have been wrapped
    alone = False  # whether an empty line stands behind it
    for listed in map(tidy, lines):
        line = ITEM.sub("", listed)
        if not line:
            length, alone = 0, True
            continue
        ends = line != listed or begins_closing(line) or (joined and _ends(joined[-1], line, alone=alone))
        goes_on = joined and not ends and (line[0].islower() or length >= _WRAPPED)
        if goes_on and not _is_greeting(joined[-1]):
            joined[-1] = f"{joined[-1][:_LOOKED_AT]} {line}"
        else:
            joined.append(line)
        length, alone = (len(line) if line == listed else 0), False
    return joined


def _ends(line: str, below: str, *, alone: bool) -> bool:
    """Whether a line does not go on in the one ``below``: it ends with a stop, or is a label with its value,
    and stands ``alone``, with an empty one behind it, or above another of these."""
    labelled = (alone or _is_labelled(below)) and _is_labelled(line)
    return line[-1:] in tuple(".!?:;") or labelled


def _is_labelled(line: str) -> bool:
    """Whether a line is a label of a few words with its value."""
    said = LABELLED.fullmatch(line)
    return said is not None and len(said["label"].split()) <= _LABEL


#: Words.
_LABEL = 4


#: "Zowel Els Maes als Jan Claes": both, and no condition.
_BOTH = re.compile(either(*turns_of_phrase("both_of", somebody=rf"{CALLED}{NAME}(?:\s*\([^()]*\))?")))


def _sentence(said: str, *, whole: bool) -> Sentence:
    said = _BOTH.sub(lambda found: " & ".join(filter(None, found.groups())), said)
    full = written_out(said)
    letters = as_written(plain(full))
    said_of = as_written(plain(without_apposition(full))) if "(" in said else letters
    cut = _with_particle(_CLAUSE.split(DATA_ASIDE.sub(" ", said_of)))
    clauses = tuple(_PICTURES.sub("", clause).strip(" .!?\"'") for clause in cut)
    return Sentence(said, letters, tuple(filter(None, clauses)), whole)


#: A request by its verb, and a "maar" that only softens it: "doe mijn naam maar weg", and neither "zet mij op
#: de lijst maar ik kom later" nor "schrap mij maar laat Els Maes staan".
_REQUESTS = re.compile(rf"(?:\w+ ){{0,2}}{pattern('requests')}[^,]{{1,60}}")
_SOFTENS = re.compile(rf"{pattern('softens')} (?!{pattern('orders_else')} )(?:\w+ ){{0,3}}\w+")
_SUBJECT = re.compile(rf"\b{pattern('subject')}\b")


def _with_particle(clauses: list[str]) -> list[str]:
    """The clauses of a sentence, where a "maar" without a subject behind a request begins none, nor one that
    only takes the request back: "schrap Els Maes maar niet"."""
    out: list[str] = []
    for clause in clauses:
        softens = _SOFTENS.fullmatch(clause.strip(" .!?")) and not _SUBJECT.search(clause)
        if out and (softens or _takes_back(clause, out[-1])) and _REQUESTS.fullmatch(out[-1]):
            out[-1] = f"{out[-1]} {clause}"
        else:
            out.append(clause)
    return out


def _takes_back(clause: str, asked: str) -> bool:
    """Whether a clause is a "maar" and a "niet", with no more than a word between them, behind what asked to
    take somebody off."""
    but, *words = spaced(clause).split() or [""]
    if not (0 < len(words) <= _TAKEN_BACK and _SOFTENING.fullmatch(but)):
        return False
    lexicons = [*map(lexicon, LANGUAGES)]
    denies = any(one.consists_of("not", words[-1]) for one in lexicons)
    return denies and any(one.says("leave", spaced(asked)) for one in lexicons)


#: Words behind a "maar": "niet", "nog niet".
_TAKEN_BACK = 2
_SOFTENING = re.compile(pattern("softens"))


def _with_its_question(text: str) -> tuple[str, ...]:
    """A sentence, or its two halves where a statement runs on into a question behind a comma."""
    for comma in _ASKS_BEHIND.finditer(text[:_LOOKED_AT]):
        before, behind = text[: comma.start()], text[comma.end() :]
        if opens_question(behind) and (_SUBJECT_FIRST.match(plain(before)) or _only_pleads(behind)):
            return before, *_with_its_question(behind)
    return (text,)


def _only_pleads(text: str) -> bool:
    """Whether a question only asks to do what was said before it: "could you change the name please?"."""
    said = spaced(as_written(plain(text)))
    return len(said.split()) > _FEW and any(lexicon(one).consists_of("plea", said) for one in LANGUAGES)


#: Words of a question that says less than a plea.
_FEW = 2


def opens_question(text: str) -> bool:
    """Whether a text begins as a question does, whatever it ends with; "is het dringend, dan ..." is a
    condition."""
    words = plain(text[:_LONG_GREETING])
    return bool(_OPENS_QUESTION.match(words)) and not (_CONDITION.search(words) or _FORGOT.match(words))


def without_greeting(text: str) -> str:
    """A line without the greeting that it opens with; a greeting alone stays."""
    if begins := _runs_on_at(text):
        return text[begins:]
    if _is_greeting(text) or _is_of_a_name(text):
        return text
    return _OPENING.sub("", text, count=1) or text


def closes(text: str) -> bool:
    """Whether a text is the end of a letter and who signs it, if anybody: "Groetjes Jan", "Met de meeste
    achting, Jan Peeters", "Aanvaard de uitdrukking van mijn hoogachting."."""
    words = plain(text)
    rest = without_closing(words)
    if rest == words:
        return is_formula(text)
    signer = text.split()[len(text.split()) - len(rest.split()) :]
    signed = len(signer) <= _SIGNED and (all(map(_may_sign, signer)) or bool(_OFFICE.fullmatch(rest)))
    return signed or (len(text.split()) <= _SIGNED and not _CLAUSE.search(text))


#: Who signs by what they work at: "het secretariaat", "kabinet burgemeester".
_OFFICE = re.compile(rf"{pattern('signs_as')}[.!]?")


def _may_sign(word: str) -> bool:
    """Whether a word may be one of a name."""
    return word[:1].isupper() or word in PARTICLES


_SIGNED = 4  # words


def _is_greeting(text: str) -> bool:
    words = plain(text)
    greets = len(text) < _LONG_GREETING and bool(_GREETING.fullmatch(words)) and not _SAYS.search(words)
    return greets and not _is_of_a_name(text) and not _runs_on_at(text) and not _GREETS_AND_TELLS.match(text)


def _runs_on_at(text: str) -> int:
    """Where a sentence begins in which a greeting runs on without a comma ("hallo ik kom niet"); 0 where none
    does. What may be of a name begins none: the last word, an initial ("Beste K Maes"), and a word with a
    capital before another ("Beste Kan Demir")."""
    hail = None if _is_of_a_name(text) else _HAIL.match(text)
    words = [*_WORD.finditer(text, hail.end("greets"), hail.end())] if hail else []
    for word, behind in pairwise(words):
        first = word[0].lstrip("'’")
        named = first[:1].isupper() and first != "I" and (len(first) == 1 or not behind[0].islower())
        if _AFTER_GREETING.fullmatch(plain(word[0])) and not named:
            return word.start()
    return 0


def _is_of_a_name(text: str) -> bool:
    """Whether a line that seems to greet names whom it tells something of: "Lieve Deprez kan niet komen". Of
    two first names the first is a greeting, as it is before a word that is no name."""
    said = _TELLS_OF.match(text)
    if said is None or not is_given(said["greets"]):
        return False
    behind = [word for word in (said["behind"] or "").split() if word.lower() not in PARTICLES]
    return not behind or not (is_given(behind[0]) or is_word(plain(behind[0])))


#: A word of greeting, with what may be the rest of a name, something told of it between commas, and a verb.
_TELLS_OF = re.compile(
    rf"\s*(?P<greets>(?=[A-Z])(?i:{pattern('greeting')}))"
    rf"(?:\s+(?P<behind>(?:(?:{'|'.join(PARTICLES)})\s+)*[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*))?"
    rf"(?:\s*(?:,|{either(*AND)}\s)\s*[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)+)*"
    rf"(?:\s*(?:,[^,.!?]{{2,60}},|\([^()]*\)))?"
    rf"(?:\s+(?:{pattern('name_verb')}|{pattern('is_so')}|{pattern('said_of_greeted')})\b|\s*:)"
)
#: A greeting that runs on without a comma into what it tells of somebody: "Hallo Jan Peeters komt niet".
_GREETS_AND_TELLS = re.compile(
    rf"\s*(?i:{pattern('greeting')})\s[^,.!?]+ {pattern('name_verb')} (?:[^,.!?]*\s)?[a-zà-ÿ]+[.!?]?\s*"
)
#: A greeting, with all that stands before the first stop.
_HAIL = re.compile(rf"\s*(?P<greets>{pattern('greeting')}\b)[^,.!?]*", re.I)
#: A word of it.
_WORD = re.compile(r"(?<=\s)['’]?[^\W\d_]+(?=['’\s]|$)")
_AFTER_GREETING = re.compile(rf"['’]?{pattern('after_greeting')}")


#: What says something of whoever is called by title: "Mevrouw Claes laat zich verontschuldigen."
_SAYS = re.compile(
    rf"^{pattern('greeted')}\b.* "
    rf"(?:{pattern('inverted')}|{pattern('name_verb')}|{pattern('said_of_greeted')})\b"
)

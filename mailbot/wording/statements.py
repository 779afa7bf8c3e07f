"""Statements → what the secretary reads of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from mailbot.domain.case import ASKED, KNOWN, STILL_NAMED, Case, CaseKind
from mailbot.domain.decision import Finding, LogLine
from mailbot.domain.event import KEY_WORDS, LATE_WORDS
from mailbot.domain.statement import Fact, Says, Statement, StatementCode, Told
from mailbot.wording.dates import clock_text, day_of_month, in_figures
from mailbot.wording.findings import FINDINGS, RELATIONS, WISHED
from mailbot.wording.kinds import ACTS, MACHINES, WISHES
from mailbot.wording.languages import LEXICON
from mailbot.wording.log import LOGGED, PROPOSED, UNKNOWN_SENDER
from mailbot.wording.reading import READING
from mailbot.wording.secretary import (
    ERASED_ELSEWHERE,
    KNOWN_SENDER,
    NO_ANSWER_YET,
    REFUSED_EDIT,
    SENTENCES,
    TITLES,
)
from mailbot.wording.workbooks import FAILURES


def _of_kind(kind: CaseKind) -> str:
    """What people read that a case of a kind is about."""
    return TITLES.get(kind, kind.value[:1].upper() + kind.value[1:])


#: What a fact is looked up in.
TABLES: Mapping[str, Mapping[str, str]] = {
    "act": ACTS,
    "Wish": WISHES,
    "Machine": MACHINES,
    "wish": WISHED,
    "relation": RELATIONS,
    "key": KEY_WORDS,
    "late": {str(late): word for late, word in LATE_WORDS.items()},
    "failure": FAILURES,
    "proposed": PROPOSED,
    "case": {str(kind): _of_kind(kind).rstrip("?") for kind in CaseKind},
}
#: How a moment is shown, besides by a format of its own.
_MOMENTS: Mapping[str, Callable[[datetime], str]] = {
    "moment": in_figures,
    "second": partial(in_figures, seconds=True),
    "day": day_of_month,
    "clock": partial(clock_text, language="nl"),
}
#: What is said where no other language is asked for.
_DUTCH: Mapping[StatementCode, str] = {**SENTENCES, **FINDINGS, **LOGGED, **READING}


def told(says: Iterable[Statement]) -> str:
    """Statements in Dutch, one after the other; empty for none."""
    return " ".join(map(sentence, says))


def as_told(one: Told) -> str:
    """A statement in Dutch, or the text that stands in its place."""
    return one if isinstance(one, str) else sentence(one)


def matter(case: Case, doubted: Iterable[str] = ()) -> str:
    """What is the matter in a case, after the answers that are ``doubted``. A question of the secretary's
    that nobody answered yet comes first of all: below a long mail she would not see it, and ask again."""
    question = _waiting(case)
    first = (f"{sentence(question)}{NO_ANSWER_YET}",) if question is not None else ()
    rest = told(one for one in case.says if one is not question)
    return " ".join(filter(None, (*first, *doubted, case.what, rest)))


def _waiting(case: Case) -> Statement | None:
    """What she asked last in a case that waits for an answer."""
    asked = [one for one in case.says if one.code is Says.ASKED] if ASKED in case.payload else []
    return asked[-1] if asked else None


def title(case: Case) -> str:
    """What is the matter in a case, in a few words."""
    if case.kind is CaseKind.WORKBOOK and not case.only_tells:
        return ERASED_ELSEWHERE if STILL_NAMED in case.payload else REFUSED_EDIT
    if case.kind is CaseKind.UNRELATED and KNOWN in case.payload:
        return KNOWN_SENDER
    return _of_kind(case.kind)


def what_was_done(line: LogLine) -> str:
    """What a line of the log says that was done."""
    return ": ".join(filter(None, (as_told(line.what), told(line.says))))


def who_did_it(line: LogLine) -> str:
    """Who did what a line of the log tells."""
    return line.who or UNKNOWN_SENDER


def enumerated(texts: Iterable[str], language: str = "nl") -> str:
    """Texts one after the other, the last two joined by an "and"."""
    *first, last = [*texts] or [""]
    return f"{', '.join(first)} {LEXICON[language].conjunction} {last}" if first else last


def what_was_found(finding: Finding) -> str:
    """What a rule saw."""
    return ": ".join(filter(None, (finding.text, told(finding.says))))


def sentence(says: Statement, sentences: Mapping[StatementCode, str] = _DUTCH) -> str:
    """One statement, in Dutch or by the ``sentences`` of another language."""
    return sentences[says.code].format_map(_Facts({name: _Shown(fact) for name, fact in says.facts.items()}))


class _Facts(dict[str, "_Shown"]):
    """Facts by name; one that a statement of another version has not is empty."""

    def __missing__(self, name: str) -> _Shown:
        return _Shown("")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A fact, as ``str.format`` puts it into a sentence."""

    fact: Fact

    def __format__(self, how: str) -> str:
        if isinstance(self.fact, tuple):
            return _several([*map(_text, self.fact)], how)
        if isinstance(self.fact, int):
            return _number(self.fact, how)
        text = _text(self.fact)
        if how in TABLES:
            return TABLES[how].get(text, text)
        if how.startswith("or "):
            return text or how[3:]
        if how in _MOMENTS or how.startswith("%"):
            return _moment(text, how)
        return text[:1].upper() + text[1:] if how == "First" else text


def _several(texts: list[str], how: str) -> str:
    """Texts one after the other; ``en`` joins the last two, and "komt|komen" is the word for one or more."""
    one, _, more = how.partition("|")
    if one.isalpha() and more.isalpha():
        return more if len(texts) > 1 else one
    if how == "en":
        return enumerated(texts)
    return (how or ", ").join(texts)


def _text(one: str | int | Statement) -> str:
    return sentence(one) if isinstance(one, Statement) else str(one)


def _number(count: int, how: str) -> str:
    one, _, more = how.partition("|")
    return f"{count} {one if count == 1 else more}" if how else str(count)


def _moment(text: str, how: str) -> str:
    """A moment as it is written; of one that was erased, what stands in its place."""
    try:
        moment = datetime.fromisoformat(text)
        return _MOMENTS[how](moment) if how in _MOMENTS else format(moment, how)
    except ValueError:
        return text

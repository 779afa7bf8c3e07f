"""Which of several options was chosen: ticked before or after, crossed out, or all that remains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.extraction.boilerplate import only_offers
from mailbot.extraction.spans import OPEN, Spans
from mailbot.extraction.ticks import BOX, IN_PLACE_OF_BOX, LONE_MARK, TYPED_OVER, has_box

_GAP = re.compile(r"\t| {2,}")
_APART = re.compile(r"[/|,;\n\t]| {2,}|\bof\b")


#: An option's name, and the words that stand for it.
Option = tuple[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options chosen. ``unclear``: a mark stands between two of them, or all is crossed out.
    ``offered`` are all options in the text, ``rest`` the words that are no option, ``marks`` counts the
    ticked of the ``boxes``."""

    options: tuple[str, ...]
    offered: tuple[str, ...]
    rest: str
    unclear: bool = False
    marks: int = 0
    boxes: int = 0

    @property
    def is_plainly_ticked(self) -> bool:
        """Whether one of several boxes is ticked, so that other words beside them tell nothing."""
        return not self.unclear and self.marks == len(self.options) == 1 and self.boxes > 1


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    option: str = ""
    on: bool = False
    struck: bool = False
    marked: bool = False
    underlined: bool = False
    bold: bool = False


def last_choice(spans: Spans) -> Spans:
    """What was written below the options that a form offers, or apart behind them ("ja / nee", and "ja" on
    the next line); all of it where nothing stands there, or something was marked above."""
    spans = _behind_offers(spans)
    breaks = [n for n, span in enumerate(spans) if span.text == "\n"]
    if not breaks or not any(span.text.strip() for span in spans[breaks[-1] + 1 :]):
        return spans
    above = spans[: breaks[-1]]
    marked = any(span.struck for span in above) or BOX.search("".join(span.text for span in spans))
    offers = _APART.search("".join(span.text for span in above).strip())
    return spans if marked or not offers else spans[breaks[-1] + 1 :]


def _behind_offers(spans: Spans) -> Spans:
    """What stands behind the options of a line and wide space: "ja / nee    ja, met Jo"; all of it where
    nothing does, or where anything was marked."""
    if len(spans) != 1 or spans[0].struck or spans[0].marked or spans[0].underlined or spans[0].slot:
        return spans
    text = spans[0].text.strip()
    gap = next((gap for gap in _GAP.finditer(text) if only_offers(text[: gap.start()])), None)
    return (replace(spans[0], text=text[gap.end() :]),) if gap else spans


def chosen(spans: Spans, options: Sequence[Option]) -> Chosen:
    """The choice in a text. ``options`` are names with the words that stand for them."""
    text = "".join(span.text.replace(OPEN, " ") for span in spans)
    found, rest = _tokens(text, spans, options)
    found = _said_once(text, found)
    words = [token for token in found if token.option]
    tokens = _without_boxes_below(text, found, len(words))
    boxes = [token for token in tokens if not token.option]
    marks = sum(box.on for box in boxes)
    offered = _names(words)
    remaining = _remaining(words)
    if not words or not boxes:
        return Chosen(remaining, offered, rest, unclear=bool(words) and not remaining, marks=marks)
    ticked, unclear = _ticked(text, tokens, boxes, words)
    unclear = unclear or _is_marked_between(text, found)
    unclear = unclear or any(token.struck and token.option in ticked for token in words)
    if not ticked and len(remaining) < len(offered) and not unclear:
        ticked = remaining
    return Chosen(tuple(dict.fromkeys(ticked)), offered, rest, unclear, marks, len(boxes))


def _names(words: Iterable[_Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.option for token in words))


def _remaining(words: Sequence[_Token]) -> tuple[str, ...]:
    """What is left of the options without a look at boxes: those that were not crossed out, or where all
    were left, those that a marker went over, or else those that are underlined or bold; the underlined where
    all are bold."""
    left = _names(token for token in words if not token.struck)
    if len(left) < len(_names(words)):
        return left
    marked = _names(token for token in words if token.marked)
    underlined = _names(token for token in words if token.underlined)
    stand_out = _names(token for token in words if token.underlined or token.bold)
    return marked or (stand_out if len(stand_out) < len(left) else underlined) or left


def _tokens(text: str, spans: Spans, options: Sequence[Option]) -> tuple[list[_Token], str]:
    """The options and the boxes of a text, in order, and the words that are neither. A box that was crossed
    out is none."""
    looks = [span for span in spans for _ in span.text]
    tokens: list[_Token] = []
    taken = [span.struck for span in looks]
    free = [True] * len(text)
    for hit, name, on in _hits(text, options):
        start, end = hit.span()
        if not all(free[start:end]):
            continue
        free[start:end] = [False] * (end - start)
        taken[start:end] = [True] * (end - start)
        look = looks[start]
        if name:
            underlined = all(span.underlined for span in looks[start:end])
            bold = all(span.bold for span in looks[start:end]) or _is_starred(text, start, end)
            tokens.append(_Token(start, end, name, on, look.struck, look.marked, underlined, bold))
        elif not look.struck:
            tokens.append(_Token(start, end, on=on))
    rest = "".join(" " if gone else char for char, gone in zip(text, taken, strict=True))
    return sorted(tokens, key=lambda token: token.start), rest


def _said_once(text: str, tokens: Iterable[_Token]) -> list[_Token]:
    """The options and boxes, with one option that is said in two languages ("ja / oui") as one."""
    result: list[_Token] = []
    for token in tokens:
        last = result[-1] if result else None
        same = last is not None and token.option and replace(token, start=last.start, end=last.end) == last
        if last is not None and same and text[last.end : token.start].strip() == "/":
            result[-1] = replace(last, end=token.end)
        else:
            result.append(token)
    return result


def _is_starred(text: str, start: int, end: int) -> bool:
    """Whether words stand between two stars, as mail programs write bold in plain text."""
    return text[start - 1 : start] == "*" == text[end : end + 1]


def _hits(text: str, options: Sequence[Option]) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Where an option (its name) or a box (no name, and whether it is ticked) stands; what comes first
    takes its letters."""
    drawn = has_box(text)
    for name, pattern in options:
        hits = pattern.finditer(text)
        yield from ((hit, name, False) for hit in hits if not (drawn and _is_a_mark(text, hit)))
    yield from ((hit, "", hit["on"] is not None) for hit in BOX.finditer(text))
    if drawn:
        yield from ((hit, "", True) for hit in TYPED_OVER.finditer(text))
        for _, pattern in options:
            before = (IN_PLACE_OF_BOX.search(text, 0, hit.start()) for hit in pattern.finditer(text))
            yield from ((hit, "", True) for hit in before if hit)


def _is_a_mark(text: str, hit: re.Match[str]) -> bool:
    """Whether what may be the option "X" is a mark: the others have their box, and none stands beside it."""
    beside = text[: hit.start()].rstrip()[-1:], text[hit.end() :].lstrip()[:1]
    return LONE_MARK.fullmatch(hit[0]) is not None and not any(map(has_box, beside))


def _without_boxes_below(text: str, tokens: list[_Token], words: int) -> list[_Token]:
    """Where there are more boxes than words, an empty one right beside a ticked one is what was drawn
    below the mark ("☐ ☒ nee")."""
    if sum(not token.option for token in tokens) <= words:
        return tokens
    return [
        token
        for n, token in enumerate(tokens)
        if token.option
        or token.on
        or not any(
            other.on and not text[min(token.end, other.end) : max(token.start, other.start)].strip()
            for other in tokens[max(0, n - 1) : n + 2]
        )
    ]


def _is_marked_between(text: str, tokens: list[_Token]) -> bool:
    """Whether a mark stands behind one option and before the empty box of the next ("☐ ja X ☐ nee"), which
    may each be meant: the option that it was typed behind, or the box that it was set on."""
    if not tokens or tokens[0].option:
        return False
    return any(
        before.option and mark.on and not (box.option or box.on)
        and not _APART.search(text[before.end : mark.start]) and not text[mark.end : box.start].strip()
        for before, mark, box in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )  # fmt: skip


def _ticked(
    text: str, tokens: list[_Token], boxes: list[_Token], words: list[_Token]
) -> tuple[tuple[str, ...], bool]:
    alternating = all(bool(a.option) != bool(b.option) for a, b in pairwise(tokens))
    if alternating and len(boxes) == len(words):
        first, second = tokens[::2], tokens[1::2]
        pairs = zip(first, second, strict=True)
        return tuple((a.option or b.option) for a, b in pairs if a.on or b.on), False
    picked: list[str] = []
    for box in boxes:
        if not box.on:
            continue
        word = _word_beside(box, words, text)
        if word is None:
            return tuple(picked), True
        picked.append(word.option)
    return tuple(picked), False


def _word_beside(box: _Token, words: list[_Token], text: str) -> _Token | None:
    """The word that stands near a box, before or after it; None where both do, or neither."""
    before = next((word for word in reversed(words) if word.end <= box.start), None)
    after = next((word for word in words if word.start >= box.end), None)
    near_before = before is not None and not _APART.search(text[before.end : box.start])
    near_after = after is not None and not _APART.search(text[box.end : after.start])
    if near_before == near_after:
        return None
    return before if near_before else after

"""The second reader: which kinds of act a text holds, by the weights of its words and letters.

A linear model, one against the rest for each label, trained by ``make train`` on
``benchmarks/words/corpus`` and kept as whole numbers in ``model.json``. It knows no grammar, and fails
elsewhere than the rules do: that is why the two are asked together.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from mailbot.text.normalize import plain

#: The label of acts about another meeting, list or object.
ELSEWHERE = "elsewhere"
#: Characters of a text that are looked at: a mail in words says what it wants before.
LOOKED_AT = 2_000
#: The feature of a mail that answers ours; no word looks so.
REPLY = "=reply"
_WORD = re.compile(r"[^\W\d_]+|\d+|[?!:@+]")
_DIGIT = re.compile(r"\d")
#: A day in figures, or with its month in one of the four languages. Which days are ours is known, and judged
#: by the rules (``matching.subject_matter``); a reader that learnt days would take any for another meeting's.
_DAY = re.compile(
    r"\b\d{1,2}(?:e|ste|de|er|th|nd|rd|st|\.)? ?(?:jan|feb|fev|mar|maart|mrt|marz|apr|avr|mei|mai|may|jun"
    r"|juin|jul|juil|aug|aou|sep|oct|okt|nov|dec|dez)[a-z]*\.?(?: (?:19|20)\d\d)?\b"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
)
_LETTERS = range(2, 6)
_WORDS = range(1, 4)


@dataclass(frozen=True, slots=True)
class Model:
    """``weights`` holds, by feature, the place of a label and its weight, in thousandths, one after
    the other; ``bias`` one a label; ``version`` changes with either."""

    version: str
    labels: tuple[str, ...]
    bias: tuple[int, ...]
    rarity: Mapping[str, int]
    weights: Mapping[str, list[int]]

    def read(self, text: str, *, reply: bool) -> dict[str, float]:
        """How likely each label is, between 0 and 1. ``reply``: the mail answers one of ours."""
        sums = [float(one) for one in self.bias]
        for feature, value in values(text, self.rarity, reply=reply).items():
            pairs = self.weights.get(feature, ())
            for place, weight in zip(pairs[::2], pairs[1::2], strict=True):
                sums[place] += value * weight
        return {
            label: 1 / (1 + math.exp(-max(-30.0, min(30.0, total / 1000))))
            for label, total in zip(self.labels, sums, strict=True)
        }


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that is shipped."""
    data = json.loads((files("mailbot.intent") / "model.json").read_text("utf-8"))
    rarity = {feature: entry[0] for feature, entry in data["features"].items()}
    weights = {feature: entry[1:] for feature, entry in data["features"].items()}
    return Model(data["version"], tuple(data["labels"]), tuple(data["bias"]), rarity, weights)


@lru_cache(maxsize=64)  # each of those who ask about a mail asks for its words anew
def chances_in(text: str, *, reply: bool) -> Mapping[str, float]:
    """How likely each label is in a text by the model that is shipped, read once. ``reply``: the mail answers
    one of ours."""
    return MappingProxyType(model().read(text, reply=reply))


def values(text: str, rarity: Mapping[str, int], *, reply: bool) -> dict[str, float]:
    """The features of a text with their values: as often as they stand there (dampened), times how
    rare they are, words and letters each scaled to length one. Training uses this very function."""
    out: dict[str, float] = {REPLY: 1.0} if reply else {}
    for counted in (Counter(word_features(text)), Counter(letter_features(text))):
        known = {f: (1 + math.log(n)) * rarity[f] / 1000 for f, n in counted.items() if f in rarity}
        length = math.sqrt(sum(value * value for value in known.values()))
        out.update({feature: value / length for feature, value in known.items()})
    return out


def word_features(text: str) -> Iterator[str]:
    """One to three words in a row."""
    words = tokens(text)
    for size in _WORDS:
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def letter_features(text: str) -> Iterator[str]:
    """Two to five letters in a row, inside a word with a mark at both ends."""
    for word in tokens(text):
        marked = f"_{word[:40]}_"
        for size in _LETTERS:
            for start in range(len(marked) - size + 1):
                yield f"~{marked[start : start + size]}"


def tokens(text: str) -> list[str]:
    """Words, signs that mean something, numbers as their number of digits, and no day."""
    words = _WORD.findall(_DAY.sub(" ", plain(text[:LOOKED_AT])))
    return [_DIGIT.sub("0", word) for word in words]

"""Makes ``mailbot/intent/model.json`` of the labelled mails: ``make train``.

The same mails and the same pinned scikit-learn give the same bytes on every x86-64: liblinear runs in one
thread from a fixed seed, with the sums of one kernel, and weights are rounded to thousandths.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

# OpenBLAS adds up in another order on each processor, which moves last digits: the kernel that all have.
os.environ["OPENBLAS_CORETYPE"] = "Prescott"

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.words.corpus import Labelled, corpus, trainable
from mailbot.intent import statistical
from mailbot.intent.statistical import ELSEWHERE, REPLY, Model, letter_features, values, word_features

OUT = Path(statistical.__file__).with_name("model.json")
#: A feature that fewer mails have is chance.
_FEWEST = 2
#: Features kept for the file: those whose weights matter most.
_MOST_FEATURES = 16_000
#: Thousandths: a weight below says nothing that counts.
_SMALLEST = 120
_FREEDOM = 20.0


def main() -> None:
    """Trains on all families but the held out ones, and writes the file."""
    mails = trainable(corpus())
    trained = train(mails)
    OUT.write_text(as_json(trained), "utf-8")
    print(
        f"{OUT.name}: {len(mails)} mails, {len(trained.weights)} features, {OUT.stat().st_size} bytes, "
        f"version {trained.version}"
    )


def labels_of(mail: Labelled) -> frozenset[str]:
    """The labels of a mail: its kinds of act about our meetings, and ``elsewhere``."""
    return frozenset({str(kind) for kind in mail.here} | ({ELSEWHERE} if mail.elsewhere else set()))


def train(mails: Sequence[Labelled]) -> Model:
    """A model of these mails."""
    seen = Counter(
        feature for mail in mails for feature in {*word_features(mail.text), *letter_features(mail.text)}
    )
    kept = sorted(feature for feature, count in seen.items() if count >= _FEWEST)
    rarity = {f: round(1000 * (1 + math.log((1 + len(mails)) / (1 + seen[f])))) for f in kept}
    places = {feature: place for place, feature in enumerate([REPLY, *kept])}
    rows = [values(mail.text, rarity, reply=mail.reply) for mail in mails]
    starts = numpy.cumsum([0, *map(len, rows)])
    columns = [places[feature] for row in rows for feature in row]
    matrix = csr_matrix(
        ([v for row in rows for v in row.values()], columns, starts), (len(rows), len(places))
    )
    labels = sorted({label for mail in mails for label in labels_of(mail)})
    fitted = [
        LogisticRegression(C=_FREEDOM, solver="liblinear", random_state=1).fit(
            matrix, [label in labels_of(mail) for mail in mails]
        )
        for label in labels
    ]
    weights = numpy.array([one.coef_[0] for one in fitted])
    matter = sorted(places, key=lambda f: (-round(float(abs(weights[:, places[f]]).max()), 6), f))
    features = sorted(matter[:_MOST_FEATURES])
    pairs = {f: _pairs(weights[:, places[f]]) for f in features}
    pairs = {f: found for f, found in pairs.items() if found}
    # The length of a text is measured over the features that the file knows, as when it is read.
    known = {f: rarity.get(f, 1000) for f in pairs}
    bias = tuple(round(1000 * float(one.intercept_[0])) for one in fitted)
    digest = hashlib.sha256(json.dumps([labels, bias, known, pairs], sort_keys=True).encode()).hexdigest()
    return Model(digest[:12], tuple(labels), bias, known, pairs)


def _pairs(column: numpy.ndarray) -> list[int]:
    whole = [round(1000 * float(weight)) for weight in column]
    return [n for place, weight in enumerate(whole) if abs(weight) >= _SMALLEST for n in (place, weight)]


def as_json(trained: Model) -> str:
    """The file: a line a feature, so that two trainings can be compared."""
    lines = (
        f"{json.dumps(f, ensure_ascii=False)}:{json.dumps([trained.rarity[f], *pairs])}".replace(", ", ",")
        for f, pairs in sorted(trained.weights.items())
    )
    head = {"version": trained.version, "labels": trained.labels, "bias": trained.bias}
    return json.dumps(head)[:-1] + ', "features": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main()

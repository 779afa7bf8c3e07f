"""Both readers of plain words, each alone and together, on the labelled mails.

    python -m benchmarks.words [--curve | --thresholds] [--family NAME]

Prints for each family of authors, and for each act, how many mails would end well, awkwardly (a case or
a question though it was plain), harmfully (something done that nobody asked, or half of what was asked),
or vanish (nobody hears of it): for the rules alone, the statistical reader alone, and both. Families that
were never trained on stand apart. ``--curve`` trains on ever more mails and prints the same for the families
held out. ``--thresholds`` trains on four fifths of the families that may be trained on, and reads the fifth,
for each in turn, with thresholds of a grid: by that table those of ``agreement`` are chosen.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from benchmarks.words.corpus import HELD_OUT, LOOKED_AT, Labelled, corpus, trainable
from benchmarks.words.outcomes import Reading, Verdict, verdict
from mailbot.domain.submission import Act, ActKind, Intent
from mailbot.intent import agreement, statistical
from mailbot.intent.acts import acts_in
from mailbot.intent.agreement import Thresholds
from mailbot.intent.bare_answers import bare_answer
from mailbot.intent.intent_of_acts import intent_of
from mailbot.intent.questions import is_question
from mailbot.intent.sentences import sentences
from mailbot.intent.side_sentences import without_what_follows
from mailbot.intent.statistical import ELSEWHERE, Model
from mailbot.intent.stories import without_stories

Reader = Callable[[Labelled], Reading]
_DONE = {
    Intent.REGISTER: ActKind.COME,
    Intent.EXCUSE: ActKind.NOT_COME,
    Intent.WITHDRAW: ActKind.NOT_COME,
    Intent.RESTORE: ActKind.RESTORE,
    Intent.SUBSTITUTE: ActKind.SUBSTITUTE,
    Intent.CONFIRM: ActKind.CONFIRM,
}

#: In answer to a question of ours these are read field by field, and no act is carried out.
_ANSWERS = frozenset({ActKind.CHANGE, ActKind.DENY, ActKind.CONFIRM, ActKind.ANSWER, ActKind.COME})


def rules(mail: Labelled) -> Reading:
    """What the rules alone would do."""
    return _reading(
        mail, tuple(replace(act, agreed=True) for act in acts_in(sentences(mail.text.splitlines())))
    )


def alone(model: Model) -> Reader:
    """What the statistical reader alone would do."""

    def read(mail: Labelled) -> Reading:
        chances = model.read(mail.text, reply=mail.reply)
        labels = {label for label, chance in chances.items() if chance >= 0.4} or {
            max(chances, key=lambda k: chances[k])
        }
        kinds = [label for label in labels if label != ELSEWHERE]
        acts = [Act(ActKind(kind), agreed=True) for kind in sorted(kinds)]
        acts += [Act(ActKind.OTHER, elsewhere=True, agreed=True)] if ELSEWHERE in labels else []
        return _reading(mail, tuple(acts))

    return read


def both(model: Model, thresholds: Thresholds = agreement.THRESHOLDS) -> Reader:
    """What mailbot does."""

    def read(mail: Labelled) -> Reading:
        said = without_what_follows(sentences(mail.text.splitlines()))
        said = without_stories(said, reply=mail.reply, model=model)
        text = " ".join(sentence.text for sentence in said)
        acts, heard = agreement.weighed(
            acts_in(said), text, reply=mail.reply, model=model, thresholds=thresholds
        )
        return _reading(mail, acts, heard)

    return read


def _reading(mail: Labelled, acts: tuple[Act, ...], heard: Iterable[ActKind] = ()) -> Reading:
    """What follows of acts: what concerns a registration and is not carried out is a case."""
    said = sentences(mail.text.splitlines())
    intent = bare_answer(said) or intent_of(acts)
    if intent in _DONE and not any(map(is_question, said)):
        return Reading(frozenset({_DONE[intent]}))
    if intent is Intent.THANKS:
        return Reading()
    here = {act.kind for act in acts if not act.elsewhere} - agreement.IDLE
    if mail.context == "asked" and here <= _ANSWERS:
        return Reading(frozenset({ActKind.ANSWER}))  # what they answer is read by the field
    beside = {*heard} - agreement.IDLE
    return Reading(case=bool(here or beside or mail.reply or intent is Intent.UNCLEAR))


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=__doc__)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--thresholds", action="store_true")
    parser.add_argument("--family", default="")
    chosen = parser.parse_args()
    mails = [mail for mail in corpus() if chosen.family in mail.family]
    if chosen.curve:
        curve(mails)
        return
    if chosen.thresholds:
        grid(mails)
        return
    model = statistical.model()
    print(f"{len(mails)} mails, model {model.version}")
    readers = {"rules": rules, "statistical": alone(model), "both": both(model)}
    held = [mail for mail in mails if mail.family in HELD_OUT]
    seen = [mail for mail in mails if mail.family in LOOKED_AT]
    parts = (
        ("trained on", trainable(mails)),
        ("looked at", seen),
        ("neither trained on nor looked at", held),
    )
    for title, some in parts:
        print(f"\n{title}: {len(some)} mails")
        _table({"all": some, **_by(some, lambda mail: [mail.family])}, readers)
    print("\nneither trained on nor looked at, by act")
    _table(_by(held, lambda mail: sorted(mail.here) or ["elsewhere"]), readers)


def curve(mails: Sequence[Labelled]) -> None:
    """Trains on ever more of the families that may be trained on."""
    from benchmarks.words.train import train  # scikit-learn is here for training only

    held = [mail for mail in mails if mail.family in HELD_OUT]
    usable = trainable(mails)
    random.Random(1).shuffle(usable)
    print(f"{'trained on':>12}  {'statistical':^31}  {'both':^31}")
    for part in (0.125, 0.25, 0.5, 0.75, 1.0):
        some = usable[: round(part * len(usable))]
        model = train(some)
        print(f"{len(some):>12}  {_shares(held, alone(model))}  {_shares(held, both(model))}", flush=True)


def grid(mails: Sequence[Labelled]) -> None:
    """Each fifth of the trainable families read by a model of the others, for every pair of thresholds."""
    from benchmarks.words.train import train

    usable = trainable(mails)
    pairs = [Thresholds(supports, hears) for supports in _SUPPORTS for hears in _HEARS]
    counted = {pair: Counter[Verdict]() for pair in pairs}
    families = sorted({mail.family for mail in usable})
    for first in range(_PARTS):
        left_out = {*families[first::_PARTS]}
        some = [mail for mail in usable if mail.family in left_out]
        model = train([mail for mail in usable if mail.family not in left_out])
        for pair in pairs:
            read = both(model, pair)
            counted[pair].update(verdict(mail, read(mail)) for mail in some)
    alone = Counter(verdict(mail, rules(mail)) for mail in usable)
    print(f"{len(usable)} mails\n{'rules alone':>22}  {_row(alone)}\n{'supports':>11} {'hears':>10}")
    for pair, counts in counted.items():
        print(f"{pair.supports:>11} {pair.hears:>10}  {_row(counts)}")


def _row(counts: Counter[Verdict]) -> str:
    return " ".join(f"{100 * counts[one] / max(1, counts.total()):5.1f} %" for one in Verdict)


#: Parts of the families: so many models are trained.
_PARTS = 5
_SUPPORTS = (0.02, 0.05, 0.1, 0.2, 0.3)
_HEARS = (0.3, 0.4, 0.5, 0.6, 0.8)


def _by(mails: Sequence[Labelled], names: Callable[[Labelled], Sequence[str]]) -> dict[str, list[Labelled]]:
    found: dict[str, list[Labelled]] = {}
    for mail in mails:
        for name in names(mail):
            found.setdefault(str(name), []).append(mail)
    return dict(sorted(found.items()))


def _table(groups: dict[str, list[Labelled]], readers: dict[str, Reader]) -> None:
    head = "  ".join(f"{name:^31}" for name in readers)
    print(f"{'':24}{'':>5}  {head}")
    print(f"{'':24}{'mails':>5}  {'  '.join(['  good  awkw.   harm.  vanished'] * len(readers))}")
    for name, mails in groups.items():
        print(f"{name:24}{len(mails):>5}  {'  '.join(_shares(mails, reader) for reader in readers.values())}")


def _shares(mails: Sequence[Labelled], reader: Reader) -> str:
    return _row(Counter(verdict(mail, reader(mail)) for mail in mails))


if __name__ == "__main__":
    main()

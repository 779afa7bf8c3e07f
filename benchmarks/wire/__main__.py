"""Two thousand mails, mutated as real ones are odd, against an independent reading of them.

    python -m benchmarks.wire [--mails N] [--seed N] [--folder FOLDER] [--show]

writes the mails of the demo (or the ``.eml`` under FOLDER) anew as programs do that have the faults of
real ones, damages a quarter of them, and compares what ``mailbot.message`` makes of each with
``benchmarks.wire.reading``: sender, subject, Message-ID, text, files. Each then goes the whole way to
a decision. Prints how many differ, and by what; exits 1 where one raised, an answer was taken over
without a doubt that the mail does not hold, a mail would go to an address that it does not hold, or
a mail that lost nothing is no longer understood (one whose From can be read in two ways is left to a person).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.forms import CONFIG
from benchmarks.wire import mutations
from benchmarks.wire.reading import Reading, read
from mailbot import demo
from mailbot.blank_forms import lines as blank_lines
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.document import Part
from mailbot.domain.message import Arrival, Message, Verdict
from mailbot.notifications import compose
from mailbot.pipeline.attachments import read_mail
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox

_SECRETARY = "griet@vereniging.example"
_CONFIG = f"""
forwarders = ["{_SECRETARY}"]
{CONFIG}"""
_FOUND = ("raised", "not in the mail", "mail to a stranger", "no longer understood")


@dataclass
class Seen:
    """What was seen: how many differ by field, and (what, which mail, how it differs)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, what: str, mail: str, how: str) -> None:
        """Counts one difference or finding."""
        self.differing[what] += 1
        self.told.append((what, mail, how))


def main() -> None:
    """Prints what was seen; exits 1 where anything was found that must not be."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    arguments.add_argument("--mails", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path, help="mails in place of those of the demo")
    arguments.add_argument("--show", action="store_true", help="every difference")
    arguments.add_argument("--only", type=int, help="the mail of this number alone, its bytes on stdout")
    given = arguments.parse_args()
    folder = given.folder or Path(demo.__file__).with_name("mail")
    originals = [path.read_bytes() for path in sorted(folder.rglob("*.eml"))]
    seen, started = Seen(), time.monotonic()
    with tempfile.TemporaryDirectory() as place, Sandbox() as sandbox:
        trial = Trial(_configured(Path(place)), sandbox, originals)
        for number in range(given.mails) if given.only is None else [given.only]:
            rng = random.Random(given.seed * 1_000_003 + number)
            trial.mail(number, rng, seen)
            if given.only is not None:
                sys.stdout.buffer.write(trial.last)
            if number % 200 == 199:
                print(f"{number + 1} of {given.mails}", file=sys.stderr, flush=True)
    print(f"{given.mails} mails of {len(originals)}, {time.monotonic() - started:.0f} s")
    print("outcomes: " + ", ".join(f"{outcome} {count}" for outcome, count in seen.outcomes.most_common()))
    for what, count in sorted(seen.differing.items()):
        print(f"{what}: {count}")
    for what, mail, how in seen.told:
        if given.show or what in _FOUND:
            print(f"--- {what}: {mail}\n{how}")
    raise SystemExit(any(seen.differing[what] for what in _FOUND))


def _configured(folder: Path) -> Settings:
    """An installation with the event that the demo's mails are about."""
    (folder / "config" / "events").mkdir(parents=True)
    (folder / "state").mkdir()
    (folder / "config" / "mailbot.toml").write_text(_CONFIG)
    soon = datetime.now(UTC).date() + timedelta(days=30)
    (folder / "config" / "events" / "kis.toml").write_text(
        f'id = "kis"\ntitle = "Kennisplatform Intergemeentelijk Samenwerken"\nform = "kennisplatform"\n'
        f"starts = {soon}T14:00:00\n"
    )
    return load(folder / "config" / "mailbot.toml")


class Trial:
    """Mails mutated, read twice, decided and compared."""

    def __init__(self, settings: Settings, sandbox: Sandbox, originals: list[bytes]) -> None:
        self._settings = settings
        self._sandbox = sandbox
        self._originals = [read(raw) for raw in originals]
        event = settings.events["kis"]
        self._blank = blank_lines(event, settings.form_of(event), settings)
        self.last = b""
        self._expected = [self._decided(mutations.plainly(seed))[1] for seed in self._originals]

    def mail(self, number: int, rng: random.Random, seen: Seen) -> None:
        """Takes one mutated mail through, and notes what it came to."""
        which = rng.randrange(len(self._originals))
        seed = self._originals[which]
        people = mutations.accented(seed, rng)
        if people.files and rng.random() < 0.05:
            people = mutations.uuencoded(people)
        mail, lossy = mutations.damaged(mutations.written(people, rng), rng)
        self.last = mail.raw
        name = f"{number}: {seed.message_id}, {', '.join(mail.done)}"
        try:
            message, decision = self._decided(mail.raw)
        except Exception:  # whatever it raised is what is looked for
            seen.note("raised", name, traceback.format_exc())
            return
        seen.outcomes[decision.outcome] += 1
        independent = read(mail.raw)
        for what, ours, theirs, meant in _compared(message, independent, people):
            if ours != theirs and (lossy or ours != meant):
                seen.note(what, name, f"mailbot  {ours!r}\nreading  {theirs!r}\nwritten  {meant!r}")
        expected = self._expected[which]
        self._judge(decision, message, independent, expected, name, seen, lossy=lossy)

    def _decided(self, raw: bytes) -> tuple[Message, Decision]:
        now = datetime.now(UTC)
        message, readings = read_mail(raw, self._sandbox, self._settings)
        submission = understand(message, readings, self._settings, self._blank, now)
        arrival = Arrival(1, "main", now, message)
        return message, decide(arrival, submission, DecisionContext(), self._settings, now)

    def _judge(
        self, decision: Decision, message: Message, independent: Reading, expected: Decision,
        name: str, seen: Seen, *, lossy: bool,
    ) -> None:  # fmt: skip
        now = datetime.now(UTC)
        inside = [data.decode("utf-8", "replace") for _, data in independent.files if len(data) < 20_000]
        held = _letters(" ".join([*independent.lines, independent.name, independent.address, *inside]))
        held += "".join(map(_letters, _strings(expected)))
        doubted = {problem.field for result in decision.results for problem in result.problems}
        for result in decision.results:
            for key, value in (result.after.answers if result.after else {}).items():
                if isinstance(value, str) and key not in doubted and _letters(value) not in held:
                    seen.note("not in the mail", name, f"{key} {value!r}")
        arrival = Arrival(1, "main", now, message)
        known = {
            independent.address.lower(),
            *_addresses([*independent.lines, *inside]),
            *_addresses_of(expected),
        }
        for mail in compose(decision, arrival, self._settings, now):
            if mail.to.email.lower() not in known:
                seen.note("mail to a stranger", name, f"{mail.to.email} of {sorted(known)}")
        # a From that can be read in two ways (an obsolete route before the address) is left to a person
        of_nobody = message.authentication is Verdict.FAIL and decision.outcome is Outcome.REVIEW
        if not lossy and not of_nobody and _worth(decision) < _worth(expected):
            seen.note("no longer understood", name, f"{decision.outcome}, not {expected.outcome}")


def _compared(
    message: Message, independent: Reading, meant: Reading
) -> Iterator[tuple[str, object, object, object]]:
    """What both make of a mail, and what was written, field by field; white space and marks count not."""
    sender = message.sender
    yield "address", sender.email, independent.address, meant.address
    yield "name", _folded(sender.name), _folded(independent.name), _folded(meant.name)
    yield "subject", _folded(message.subject), _folded(independent.subject), _folded(meant.subject)
    yield "Message-ID", message.message_id, independent.message_id, meant.message_id
    ours, theirs, written = _texts(message), independent.lines, meant.lines
    yield "text", *(_letters(" ".join(lines)) for lines in (ours, theirs, written))
    files = _files(message)
    data = [one.data.rstrip() for one in files]
    if data != [held.rstrip() for _, held in independent.files]:
        yield (
            "files",
            *(
                [(name, len(held)) for name, held in each]
                for each in (
                    [(one.name, one.data.rstrip()) for one in files],
                    _bare(independent),
                    _bare(meant),
                )
            ),
        )
    else:
        names = [_folded(one.name) for one in files]
        yield "file names", names, [_folded(name) for name, _ in independent.files], None


def _bare(one: Reading) -> list[tuple[str, bytes]]:
    return [(name, data.rstrip()) for name, data in one.files]


def _texts(message: Message) -> list[str]:
    inner = message.forwarded
    nested = _texts(inner) if inner is not None and inner.message_id else []
    return [block.text for block in message.body] + nested


def _files(message: Message) -> tuple[Part, ...]:
    inner = message.forwarded
    return message.parts + (_files(inner) if inner is not None else ())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", unicodedata.normalize("NFC", text).casefold()))


def _addresses(lines: list[str]) -> list[str]:
    text = " ".join(lines)
    return [found.strip(".<>;,:").lower() for found in re.findall(r"[\w.+-]+@[\w.-]+", text)]


def _addresses_of(decision: Decision) -> list[str]:
    return [value.lower() for value in _strings(decision) if "@" in value]


def _strings(decision: Decision) -> list[str]:
    rows = [result.after.answers for result in decision.results if result.after]
    return [value for row in rows for value in row.values() if isinstance(value, str)]


def _worth(decision: Decision) -> int:
    """How much was understood: somebody's registration, or a request; something for a person; nothing."""
    if any(result.after for result in decision.results):
        return 3
    if decision.outcome is Outcome.NO_FORM or decision.outcome is Outcome.AUTOMATIC:
        return 0
    return 1


if __name__ == "__main__":
    main()

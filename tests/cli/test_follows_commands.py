"""What commands print on a ledger that holds a little of everything, in a folder that holds nothing, and
where they are used wrongly; and what monitoring is told."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mailbot.cli.explain import print_answers
from mailbot.cli.output import draw, short
from mailbot.cli.well import judge
from mailbot.domain.document import Location, ParseStatus, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    ClueSource,
    Code,
    EventClue,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    Who,
)
from mailbot.storage import Store, health
from tests.cli.conftest import in_process
from tests.decision.following import parts
from tests.storage.samples import EVENT, NOW, settings_in
from tests.storage.test_follows_ledger import (
    Life,
    a_message_is_decided,
    mail_comes_in,
    mails_go_out,
    she_decides,
)

HELD = parts(Path(__file__).parent / "follows" / "commands.txt")
MINUTE = timedelta(minutes=1)

_FORM = (
    "Inschrijvingsformulier\n\nNaam: D'hondt\nVoornaam: René\nGemeente/OCMW: Damme\nIk neem deel: misschien\n"
)
#: Commands on a ledger in which a message was decided, and what files are named in them.
ON_A_LEDGER = (
    "messages",
    "messages --json",
    f"registrations {EVENT}",
    f"registrations {EVENT} --json",
    "registrations nergens",
    "explain 1",
    "explain 2",
    "explain een@damme.example",
    "explain 99",
    "status",
    "status --json",
    "status --check",
    "person els@damme.example --export",
    "person niemand@damme.example --export",
    "person niemand --export",
    "person jan@damme.example --erase",
    "retry 1",
    "retry 99",
    "retry <twee@x.example>",
    "read FOLDER/form.txt FOLDER/weg.txt --json",
    "read FOLDER/form.txt --form nergens",
    "read FOLDER/form.txt --form kennisplatform",
    f"form {EVENT} --format txt --out FOLDER/out",
    f"form {EVENT} --format docx,wpd",
    f"form {EVENT} FOLDER/form.txt",
    "form nergens",
    f"event copy {EVENT} kis-2027",
    f"event copy {EVENT} kis-2027",
    f"event copy {EVENT} KIS!",
    "event copy nergens x",
    "workbook nergens",
    "backup FOLDER/copy.db",
    "backup FOLDER/copy.db",
    "restore FOLDER/copy.db",
    "restore FOLDER/weg.db",
    "run --dry-run",
    "run --timings",
    "login",
    "login nergens",
    "person els@damme.example --erase",
    "person els@damme.example --export",
    "messages",
)
STARTERS = (
    "init FOLDER/a",
    "init FOLDER/a",
    "init FOLDER/b --address in@x.example --provider microsoft365 --secretariat an@x.example "
    "--event Dag&Co --starts 2099-01-20T14:00",
    "init FOLDER/c --provider google",
    "init FOLDER/d --provider yahoo",
    "init FOLDER/e --starts morgen",
    "init FOLDER/f --address niets",
    "init FOLDER/g --secretariat a@b@c",
    "init FOLDER/h --event Overleg --starts 2020-01-20T14:00",
)


def _given(words: str, folder: str, config: Path | None) -> str:
    """A command with what it ended with and printed; what differs from run to run is named."""
    one, *rest = (word.replace("FOLDER", folder).replace("&", " ") for word in words.split(" "))
    try:
        done = in_process(one, *(("--config", str(config)) if config else ()), *rest)
    except SystemExit as ended:
        return f"$ {words}\nended {ended.code}"
    said = f"$ {words}\n{done.returncode}\n{done.stdout}{'! ' if done.stderr else ''}{done.stderr}".strip()
    said = re.sub(r"\S+ -m mailbot|mailbot \d+\.\S+", "MAILBOT", said.replace(folder, "FOLDER"))
    said = re.sub(r', "\w+": (?:null|""|\[\]|\{\}|false)(?=[,}])', "", said) if "--export" in words else said
    return re.sub(r"ledger_id\": \"\w+", 'ledger_id": "ID', said)


def _ledger(folder: Path, *lives: Callable[[Life], None]) -> Path:
    settings = settings_in(folder / "config")
    with Store(settings.store_url) as store, store.write_transaction() as tx:
        health.note(tx, "secret", "a secret of this ledger")
        for live in lives:
            live(Life(tx, settings))
    return settings.file


def _on_a_ledger(folder: Path) -> Iterator[str]:
    config = _ledger(folder, a_message_is_decided)
    (folder / "form.txt").write_text(_FORM)
    for words in ON_A_LEDGER:
        yield _given(words, str(folder), config)
    for file in sorted((folder / "config").rglob("*kis-2027*"), key=str):
        yield f"[{file.name}]\n{file.read_text()}"


def _of_other_ledgers(folder: Path) -> Iterator[str]:
    for live in (mail_comes_in, mails_go_out, she_decides):
        config = _ledger(folder / live.__name__, live)
        for words in ("status", "messages", "explain 1", "retry 1"):
            yield _given(words, str(folder), config)


def _starters(folder: Path) -> Iterator[str]:
    for words in STARTERS:
        yield _given(words, str(folder), None)
    day = re.compile(r"20\d\d-\d\d-\d\d")
    for file in sorted(folder.rglob("*"), key=str):
        name = str(file.relative_to(folder))
        if file.is_dir():
            yield f"[{name}] {file.stat().st_mode & 0o777:o}"
        elif file.parent.parent.parent == folder or "forms" in name:
            shown = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
            # what begins with today's date is another each day
            yield f"[{name}]\n" + "\n".join(
                line if "2099" in line or "2020" in line else day.sub("DAY", line) for line in shown
            )


def _monitored(folder: Path) -> Iterator[str]:
    """What monitoring is told, just in time and just too late."""
    settings = settings_in(folder)
    good = {
        "last_round": _ago(1),
        "last_good_poll": {"main": _ago(1)},
        "shelved": [],
        "last_reckoning": [],
        "workbooks_waiting": [],
        "messages_waiting": 1,
        "mails_waiting": 2,
    }
    allowed = 10 * 60 + 60
    for name, changes, troubles in (
        ("all is well", {}, []),
        ("no round ever", {"last_round": None}, []),
        ("a round just in time", {"last_round": _ago(allowed)}, []),
        ("a round too late", {"last_round": _ago(allowed + 1)}, []),
        ("a poll just in time", {"last_good_poll": {"main": _ago(allowed)}}, []),
        ("a poll too late", {"last_good_poll": {"main": _ago(allowed + 1)}}, []),
        ("no poll ever", {"last_good_poll": {}}, []),
        ("a trouble", {}, [("imap", "shut", NOW - 30 * MINUTE + timedelta(seconds=1))]),
        ("a trouble that lasts", {}, [("imap", "shut", NOW - 30 * MINUTE), ("smtp", "slow", NOW)]),
        ("a message is shelved", {"shelved": [{"id": 3, "error": "ValueError"}]}, [("imap", "shut", NOW)]),
        ("the reckoning", {"last_reckoning": ["2026-11-09", "one is missing", "another"]}, []),
        ("the reckoning is well", {"last_reckoning": ["2026-11-09"]}, []),
        (
            "a workbook waits",
            {
                "workbooks_waiting": [
                    {"event": "", "since": _ago(12 * 3600)},
                    {"event": "kis", "since": _ago(12 * 3600 - 1)},
                    {"event": "x", "since": None},
                ]
            },
            [],
        ),
    ):
        yield f"{name}: {judge({**good, **changes}, troubles, settings, NOW)}"


def _ago(seconds: int) -> str:
    return (NOW - timedelta(seconds=seconds)).isoformat()


def _answers() -> Submission:
    at = Location().at(Unit.ATTACHMENT, "form.docx")
    person = Person(
        {
            "last_name": Answer("Maes\x1b[1m", at, reader="naast", beat=("onder", "in zin")),
            "attends": Answer(True, at),
            "phone": Answer(False, at),
            "role": Answer("", at),
            "organisation": Answer("Stad Brugge", at),
        },
        organisation_known="Brugge",
    )
    return Submission(
        SubmissionKind.FORM,
        form="kennisplatform",
        people=(person, Person({}, organisation_known="Damme")),
        problems=(
            Problem(0, "last_name", Code.UNSURE, Reason.UNCLEAR, "Maas"),
            Problem(0, "email", Code.MISSING, Reason.MISSING),
        ),
        evidence=("kop", "velden"),
        unread=(("a.pdf", ParseStatus.UNREADABLE),),
        intent=Intent.UNCLEAR,
        clues=(EventClue(EVENT, ClueSource.MARK), EventClue("", ClueSource.HEADING, stale=True)),
        acts=(
            Act(ActKind.CHANGE, who=Who.WRITER, field="phone", value="0478", agreed=True),
            Act(ActKind.CHANGE, who=Who.WRITER, field="phone"),
            Act(ActKind.CHANGE, who=Who.WRITER, value="0478"),
            Act(
                ActKind.NOT_COME,
                who=Who.WRITER,
                people=("Jan", "An"),
                places=2,
                condition="als",
                elsewhere=True,
            ),
        ),
    )


def _printed(capsys: Callable[[], str]) -> Iterator[str]:
    said = _answers()
    for one in (
        said,
        replace(said, acts=(), heard=(ActKind.CHANGE,), reader="7"),
        replace(said, people=(), problems=(), told=said.people[:1], told_doubts=said.problems[:1]),
    ):
        print_answers(one)
        yield capsys()
    draw(("id", "what"), [("1", "x" * 300), ("22", "a\x07b\n c")], 1)
    yield capsys()
    yield " | ".join(short(text, 5) for text in ("abcde", "abcdef", " a  b ", "a\x1bb", ""))


def examples() -> dict[str, str]:
    """Each, as lines; what is printed in the process itself is caught."""
    out = io.StringIO()

    def caught() -> str:
        text = out.getvalue()
        out.seek(0)
        out.truncate()
        return text

    told = {}
    for name, of in {
        "on a ledger": _on_a_ledger,
        "on other ledgers": _of_other_ledgers,
        "starters": _starters,
        "monitored": _monitored,
    }.items():
        with TemporaryDirectory() as folder:
            told[name] = "\n".join(of(Path(folder))).strip("\n")
    with contextlib.redirect_stdout(out):
        told["printed"] = "\n".join(_printed(caught)).strip("\n")
    return told


def test_what_commands_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert examples() == HELD

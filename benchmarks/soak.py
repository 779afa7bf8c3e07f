"""Killed again and again: `mailbot run` on a real Dovecot and SMTP server, with SIGKILL at random,
while mails keep coming in and the secretary keeps typing. In every third of them the power goes: what was not
synced to the disk is gone as well (``benchmarks/power``).

Prints what was lost, doubled and sent again. Lost and doubled must be nothing; sent again is what
the server had taken just before a kill (SMTP cannot do better), or within the second before a power cut,
under the same Message-ID.
Run: ``python -m benchmarks.soak [KILLS [SECONDS]]``. Ends within ten minutes, or so many seconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from benchmarks import installation
from benchmarks.installation import EVENT, TITLE, Installation
from benchmarks.power import Power
from benchmarks.sink import Sink

LONGEST = 600.0
_REST = "[worker]\npoll_seconds = 1\n[workbook]\nseconds_between_writes = 0\n"


class Town:
    """Whoever mails and types while the service is killed."""

    def __init__(
        self, deliver: Callable[[int, bytes], None], folder: Path, titles: Sequence[str] = (TITLE,)
    ) -> None:
        """``deliver`` puts the mail of a person into a mailbox, for one of the events of these ``titles``."""
        self._deliver, self._titles = deliver, titles
        self._workbook = folder / "workbooks" / f"{EVENT}.xlsx"
        self._stop = threading.Event()
        self.delivered: list[str] = []
        self.typed: dict[str, str] = {}
        self._threads = [threading.Thread(target=each) for each in (self._mailing, self._typing)]

    def __enter__(self) -> Town:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _mailing(self) -> None:
        """One by one, and now and then many at once, whose answers share a claim."""
        while not self._stop.wait(random.uniform(0.1, 1.0)):
            for _ in range(random.choice((1, 1, 1, 1, 1, 1, 1, 20))):
                number = len(self.delivered)
                title = self._titles[number // 3 % len(self._titles)]
                raw = installation.mail(number, kilobytes=14, title=title)
                self._deliver(number, raw)
                self.delivered.append(raw.partition(b"Message-ID: ")[2].split(None, 1)[0].decode())

    def _typing(self) -> None:
        """She opens the workbook, types a diet in a row that has none of hers yet, and saves it
        beside and renamed, as Excel does."""
        while not self._stop.wait(random.uniform(2, 8)):
            if not self._workbook.exists():
                continue
            beside = self._workbook.with_name("haar bestand.tmp")
            book = openpyxl.load_workbook(self._workbook)
            sheet = book["Deelnemers"]
            columns = {cell.value: cell.column for cell in sheet[1]}
            for row in range(2, sheet.max_row + 1):
                nr = sheet.cell(row, columns["Nr"]).value
                if nr and nr not in self.typed:
                    self.typed[nr] = f"allergie {len(self.typed)}"
                    sheet.cell(row, columns["Dieetwensen"]).value = self.typed[nr]
                    break
            book.save(beside)
            beside.replace(self._workbook)


def main(kills: int, longest: float = LONGEST) -> int:
    """Kills so often, runs once more in peace, and counts."""
    with tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with installation.running(folder, _REST, 'filed_folder = "Verwerkt"') as installed:
            power = Power.of(folder / "state" / "mailbot.db", folder)
            begun, done, cuts, lost = time.monotonic(), 0, 0, 0

            def deliver(_: int, raw: bytes) -> None:
                client.append("INBOX", raw, (), installation.ARRIVED)

            with installed.client() as client, Town(deliver, folder) as town:
                mailbot(
                    installed.config, "run", "--once"
                )  # a workbook to type in: these lives are too short for it
                while done < kills and time.monotonic() - begun < longest - 60:
                    goes = done % 3 == 2
                    done += _killed(installed, folder, power, goes=goes)
                    if not goes:
                        power.restored()
                    else:
                        cuts, lost = cuts + 1, lost + power.cut()
            for _ in range(20):
                ended = mailbot(installed.config, "run", "--once")
                if ended.returncode == 0:
                    break
            else:
                print(ended.stderr)
            took = time.monotonic() - begun
            print(f"{done} kills in {took:.0f} s; in {cuts} the power went, with {lost} writes not synced")
            return count(installed.config, installed.sink, town, folder)


def _killed(installed: Installation, folder: Path, power: Power, *, goes: bool) -> bool:
    """Starts the service, lets it live for 0.1 to 2 seconds once it is ready, and kills it; one in
    five while it still starts. Where the power ``goes``, that is when something is written and not synced, or
    ten seconds later. On a machine that takes more than a second to start it, it lives
    longer by as much, or it would never come to anything."""
    address = folder / "notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind(str(address))
        ready.settimeout(60)
        begun = time.monotonic()
        service = subprocess.Popen(
            [sys.executable, "-m", "mailbot", "run", "--config", str(installed.config)],
            env={**os.environ, "NOTIFY_SOCKET": str(address), **power.environment},
            stderr=(folder / "log").open("ab"),
        )
        slowness = 1.0
        if random.random() > 0.2:
            ready.recv(1000)
            slowness = max(1.0, time.monotonic() - begun)
        try:
            service.wait(random.uniform(0.1, 2.0) * slowness)
        except subprocess.TimeoutExpired:
            until = time.monotonic() + 10 * slowness if goes else 0
            while time.monotonic() < until and not power.is_owed:
                time.sleep(0.001)
            service.send_signal(signal.SIGKILL)
    if service.wait() != -signal.SIGKILL:
        print((folder / "log").read_text()[-3000:])
        raise SystemExit(f"the service ended by itself: {service.returncode}")
    return True


def count(config: Path, sink: Sink, town: Town, folder: Path, events: Sequence[str] = (EVENT,)) -> int:
    """Prints what became of all that was mailed and typed; 1 where anything of it is wrong."""
    met = {one["message_id"]: one["outcome"] for one in _listed(config, "messages")}
    rows = [row for event in events for row in _listed(config, "registrations", event)]
    status = _listed(config, "status")[0]
    people = Counter((row["last_name"], row["first_name"]) for row in rows)
    answers = Counter(number for number, _ in sink.taken())
    sheet = []
    for event in events:
        book = openpyxl.load_workbook(folder / "workbooks" / f"{event}.xlsx", read_only=True)
        sheet += [row for row in book["Deelnemers"].iter_rows(min_row=2, values_only=True) if row[0]]
    diets = {row["nr"]: row.get("diet") for row in rows}
    lost = [number for number in town.delivered if met.get(number) != "registered"]
    found = {
        "mails delivered": len(town.delivered),
        "mails lost": len(lost),
        "people without a row": len(town.delivered) - len(people),
        "people with two rows": len(rows) - len(people),
        "rows that the workbook lacks or has twice": len({row[0] for row in sheet} ^ set(diets))
        + len(sheet)
        - len({row[0] for row in sheet}),
        "answers that never went out": status["mails_waiting"] + status["mails_failed"]
        + max(0, len(people) - len(answers)),
        "answers of which there are two": max(0, len(answers) - len(people)),
        "edits typed": len(town.typed),
        "edits lost": sum(diets.get(nr) != diet for nr, diet in town.typed.items()),
        "cells of mailbot's taken for edits": sum(
            bool(diet and "allergie" in diet and town.typed.get(nr) != diet) for nr, diet in diets.items()
        ),
        "messages shelved": len(status["shelved"]),
        "cases open": sum(status["cases_open"].values()),
        "mails sent": sum(answers.values()),
        "mails sent again": sum(answers.values()) - len(answers),
    }  # fmt: skip
    for what, number in found.items():
        print(f"  {what:<42} {number:6}")
    fine = ("mails delivered", "edits typed", "mails sent", "mails sent again")
    wrong = [what for what, number in found.items() if number and what not in fine]
    print(f"wrong: {', '.join(wrong)}" if wrong else "nothing lost, nothing twice")
    return 1 if wrong else 0


def mailbot(config: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    command = [sys.executable, "-m", "mailbot", *words, "--config", str(config)]
    return subprocess.run(command, capture_output=True, text=True)


def _listed(config: Path, *words: str) -> list[dict[str, object]]:
    told = mailbot(config, *words, "--json").stdout
    return [json.loads(line) for line in told.splitlines()]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, *map(float, sys.argv[2:])))

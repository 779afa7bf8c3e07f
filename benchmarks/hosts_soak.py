"""Several hosts on one PostgreSQL, killed and frozen again and again at random, while mails for two events
keep coming into several mailboxes and the secretary keeps typing.

Who is killed (SIGKILL) is started again; who is frozen (SIGSTOP) is woken after some seconds: half of them
before another host takes them for dead, half of them after. One host at least is always awake.
Prints what was lost, doubled and sent again. Lost and doubled must be nothing; sent again is what the server
had taken just before, under the same Message-ID.
Run: ``python -m benchmarks.hosts_soak [TROUBLES [HOSTS [MAILBOXES]]]`` (200, 5 and 10),
forty minutes at most.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks import installation
from benchmarks.hosts import Site, prepared
from benchmarks.installation import EVENT, TITLE
from benchmarks.soak import Town, count, mailbot
from tests.servers import configuration

LONGEST = 2_400.0
#: How a host ends that froze while it looked for the database at its start: systemd starts it again.
TROUBLE = 1
#: A second event, about which hosts decide beside the first.
OTHER, OTHER_TITLE = "erfgoed", "Vormingsdag Archief en Erfgoed"
#: Seconds that a host is frozen: less, and more, than it takes the others to notice.
SHORT, LONG = (1.0, 8.0), (20.0, 35.0)


@dataclass
class Troubled:
    """Hosts that are killed and frozen. ``frozen`` are those asleep, by when they are woken; ``met`` counts
    what they met."""

    site: Site
    running: dict[int, subprocess.Popen[bytes]]
    frozen: dict[int, float] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)

    def trouble(self) -> None:
        """Kills or freezes one at random of those awake."""
        awake = [number for number in self.running if number not in self.frozen]
        if len(awake) < 2:
            return
        victim = random.choice(awake)
        process = self.running[victim]
        if process.poll() is not None:
            print(self.site.log(victim).read_text()[-3000:])
            if process.returncode != TROUBLE:
                raise SystemExit(f"host {victim} ended by itself: {process.returncode}")
            self.running[victim] = self.site.start(victim)
            self.met["ended at its start"] += 1
            return
        if random.random() < 0.5:
            process.kill()
            process.wait()
            self.running[victim] = self.site.start(victim)
            self.met["killed"] += 1
            return
        os.kill(process.pid, signal.SIGSTOP)
        what, seconds = random.choice((("frozen", SHORT), ("frozen and replaced", LONG)))
        self.frozen[victim] = time.monotonic() + random.uniform(*seconds)
        self.met[what] += 1

    def wake(self, until: float) -> None:
        """Wakes those whose time came before a moment of the monotonic clock."""
        for number in [one for one, due in self.frozen.items() if due <= until]:
            os.kill(self.running[number].pid, signal.SIGCONT)
            del self.frozen[number]

    def end(self) -> None:
        """Ends all in peace."""
        self.wake(float("inf"))
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait()


def main(troubles: int = 200, hosts: int = 5, boxes: int = 10) -> int:
    """Kills and freezes so often, lets them finish, and counts."""
    with prepared(boxes) as site:
        (site.config.parent / "events" / f"{OTHER}.toml").write_text(
            configuration.meeting(OTHER).replace(TITLE, OTHER_TITLE)
        )
        begun = time.monotonic()
        troubled = Troubled(site, {number: site.start(number) for number in range(hosts)})

        def deliver(number: int, raw: bytes) -> None:
            with site.imap.client(f"box{number % boxes}@example.org") as client:
                client.append("INBOX", raw, (), installation.ARRIVED)

        try:
            with Town(deliver, site.folder, (TITLE, OTHER_TITLE)) as town:
                while troubled.met.total() < troubles and time.monotonic() - begun < LONGEST:
                    time.sleep(random.uniform(1, 4))
                    troubled.wake(time.monotonic())
                    troubled.trouble()
            troubled.wake(float("inf"))
            site.settle(len(town.delivered))
        finally:
            troubled.end()
        last = mailbot(site.host(0), "run", "--once")
        print(last.stderr if last.returncode else "", end="")
        met = ", ".join(f"{number} {what}" for what, number in sorted(troubled.met.items()))
        print(f"{hosts} hosts, {boxes} mailboxes: {met}, in {time.monotonic() - begun:.0f} s")
        return count(site.host(0), site.taken, town, site.folder, (EVENT, OTHER))


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))

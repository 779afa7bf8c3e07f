"""The machine: who runs, what may be written, the ledger, the clock, the unit."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.config.settings import ConfigurationError, Settings
from mailbot.service import clock
from mailbot.service.distribution import command
from mailbot.service.self_check.result import CLOCK, Checked, misconfigured, of_error, ok, outside, warning
from mailbot.storage import Store, StoreTrouble, health, hosts
from mailbot.storage.database import EarlierAtWork
from mailbot.text.system_errors import meaning_and_mend

#: What a folder must be able to take: a workbook with its copies.
ROOM = 1_000_000
#: Bytes free below which it is said.
LITTLE = 200_000_000
#: The user that docs/running.md lets the service run as, and the configuration that it then has.
SERVICE_USER = "mailbot"
SYSTEM_CONFIG = "/etc/mailbot/mailbot.toml"


@dataclass(frozen=True, slots=True)
class SystemdUnit:
    """What systemd says of the service: its user, the configuration that it runs with, and where it may
    write (everywhere unless ``strict``)."""

    user: str
    config: Path
    strict: bool
    writable: tuple[Path, ...]


def unit(settings: Settings) -> SystemdUnit | None:
    """The unit, where a systemd answers, knows it, and it runs with this very configuration."""
    systemctl = shutil.which("systemctl")
    if systemctl is None:
        return None
    wanted = (
        "LoadState,User,Environment,ProtectSystem,ReadWritePaths,StateDirectory,CacheDirectory,LogsDirectory"
    )
    try:
        done = subprocess.run(  # noqa: S603  words of our own
            [systemctl, "show", "mailbot.service", f"--property={wanted}"],
            capture_output=True,
            text=True,
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = unit_of(dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line))
    return found if found and found.config == settings.file.resolve() else None


def next_command(settings: Settings) -> str:
    """What starts mailbot with this configuration: as a service where systemd has one for it."""
    return "systemctl enable --now mailbot" if unit(settings) else f"{command()} run"


def unit_of(properties: dict[str, str]) -> SystemdUnit | None:
    """The unit that `systemctl show` describes; None where it is not installed."""
    if properties.get("LoadState") != "loaded":
        return None
    writable = [Path(path.lstrip("-+")) for path in properties.get("ReadWritePaths", "").split()]
    for key, root in (("StateDirectory", "lib"), ("CacheDirectory", "cache"), ("LogsDirectory", "log")):
        writable += [Path("/var", root, name) for name in properties.get(key, "").split()]
    environment = dict(
        pair.split("=", 1) for pair in properties.get("Environment", "").split() if "=" in pair
    )
    return SystemdUnit(
        user=properties.get("User", "") or "root",
        config=Path(environment.get("MAILBOT_CONFIG", SYSTEM_CONFIG)).resolve(),
        strict=properties.get("ProtectSystem") == "strict",
        writable=tuple(writable),
    )


def wrong_user(settings: Settings, unit: SystemdUnit | None) -> Checked | None:
    """A fault where somebody else checks than who will run: the unit's user, else the owner of the
    state directory, else the service's own user where this machine has one and root asks."""
    me = _name(os.geteuid())
    runs = _who_runs(settings, unit)
    if runs in ("", me):
        return None
    says = f"you are {me}, and mailbot runs as {runs}: what is written now it could not change later"
    if os.geteuid() == 0:
        mend = f"runuser -u {runs} -- {command()} check --config {settings.file}"
    elif runs == "root":
        mend = f"chown -R {me} {settings.state_dir}, if {me} will run it"
    else:
        mend = f"sudo -u {runs} {command()} check --config {settings.file}"
    return misconfigured("user", me, says, mend)


def _who_runs(settings: Settings, unit: SystemdUnit | None) -> str:
    if unit:
        return unit.user
    if settings.state_dir.exists():
        return _name(settings.state_dir.stat().st_uid)
    if os.geteuid() != 0 or settings.file.resolve() != Path(SYSTEM_CONFIG).resolve():
        return ""  # somebody tries it out in a folder of their own
    try:
        return pwd.getpwnam(SERVICE_USER).pw_name
    except KeyError:
        return ""


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def check(settings: Settings, unit: SystemdUnit | None, now: datetime) -> Iterator[Checked]:
    """Writes in each folder and in the ledger, as the service will."""
    yield _folder("workbook_dir", settings.workbook_dir, unit, 0o777)
    yield from _not_shared(settings.workbook_dir)
    yield _folder("state_dir", settings.state_dir, unit, 0o700)
    for key, folder, lost in (
        ("events_dir", settings.events_dir, "what the secretary changes in bijeenkomsten.xlsx"),
        ("forms_dir", settings.forms_dir, "what is made of a form of her own"),
    ):
        if (found := _folder(key, folder, unit, 0o777)).status:
            found = warning("folder", key, f"{found.says}: {lost} is not kept", found.mend)
        yield found
    yield from _foreign(settings)
    yield from _ledger(settings, now)
    yield _clock_is_kept(now)


def _folder(key: str, folder: Path, unit: SystemdUnit | None, mode: int) -> Checked:
    """Writes as much as a workbook takes: a full disk still makes empty files."""
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".mailbot-check-") as file:
            file.write(b"\0" * ROOM)
            file.flush()
            os.fsync(file.fileno())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        says, mend = meaning_and_mend(error)
        return outside("folder", key, f"cannot write in {folder}: {says}", mend)
    if unit and unit.strict and not any(folder.is_relative_to(path) for path in unit.writable):
        says = f"{folder} may not be written by the unit (ProtectSystem=strict)"
        mend = f"systemctl edit mailbot: under [Service] write ReadWritePaths={folder}"
        return misconfigured("folder", key, says, mend)
    if free < LITTLE:
        return warning("folder", key, f"{folder}: {free // 1_000_000} MB are free", "free some space")
    return ok("folder", key, f"{folder} can be written")


def _not_shared(folder: Path) -> Iterator[Checked]:
    """Workbooks of before their folder was given to the group of who opens them (which then keeps its
    new files: setgid)."""
    if not folder.is_dir() or not folder.stat().st_mode & stat.S_ISGID:
        return
    group = folder.stat().st_gid
    found = [path.name for path in sorted(folder.glob("*.xlsx")) if path.lstat().st_gid != group]
    if found:
        says = f"{', '.join(found)}: of another group than the folder, whose people cannot open it"
        yield warning("folder", "workbook_dir", says, f"chgrp -R --reference={folder} {folder}")


def _foreign(settings: Settings) -> Iterator[Checked]:
    """Files in the state directory that are not its owner's, as a command given by root leaves them."""
    if not settings.state_dir.is_dir():
        return
    owner = settings.state_dir.stat().st_uid
    foreign = [path.name for path in settings.state_dir.iterdir() if path.lstat().st_uid != owner]
    if foreign:
        says = f"belongs to another user than its folder does: {', '.join(sorted(foreign))}"
        mend = f"chown -R --reference={settings.state_dir} {settings.state_dir}"
        yield misconfigured("state", str(settings.state_dir), says, mend)


def _ledger(settings: Settings, now: datetime) -> Iterator[Checked]:
    try:
        with Store(settings.store_url) as store:
            with store.write_transaction() as tx:
                health.note(tx, "checked", now.isoformat())
                ahead = None if store.is_sqlite else clock.now() - hosts.clock(tx)
            yield ok("ledger", store.name, "opens and can be written")
            if ahead is not None:
                yield _beside_the_database(ahead)
    except EarlierAtWork as trouble:
        yield warning("ledger", "", str(trouble), "upgrade one host after the other")
    except StoreTrouble as trouble:
        yield outside("ledger", "", str(trouble), "check store.url, which says where it is")
    except ConfigurationError as error:
        yield of_error("ledger", str(settings.file), error)


def _beside_the_database(ahead: timedelta) -> Checked:
    """Whether the clock of this host is that of the others, which all can ask the same database."""
    if abs(ahead) <= CLOCK:
        return ok("clock", "ledger", "as the database's")
    minutes = abs(ahead).total_seconds() / 60
    says = f"is {minutes:.0f} minutes {'ahead of' if ahead > CLOCK else 'behind'} the database's"
    return outside("clock", "ledger", says, "set the one that is wrong, by systemd-timesyncd perhaps")


def _clock_is_kept(now: datetime) -> Checked:
    """A clock that runs ahead shows in no mail; that somebody keeps it right can be asked."""
    says = f"{now:%Y-%m-%d %H:%M:%S %Z}"
    tool = shutil.which("timedatectl")
    try:
        words = [tool or "timedatectl", "show", "--property=NTPSynchronized", "--value"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=5)  # noqa: S603  words of our own
    except (OSError, subprocess.SubprocessError):
        return ok("clock", "machine", says)
    if done.stdout.strip() == "no":
        says += ", not kept by a time server: ahead of the mail server's would not be seen"
        return warning("clock", "machine", says, "timedatectl set-ntp true")
    return ok("clock", "machine", says)

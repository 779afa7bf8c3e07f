"""One configuration for several hosts: events, forms and blanks are the same on all of them, and so must be
whatever else decides about people.

The files of each host are a working copy of those in the ledger. As with any working copy three states are
compared, file by file: what this host last had from the ledger, what lies here, and what the ledger holds. A
change here goes into the ledger, one there comes here. Where both changed, the ledger wins, and the file
that lay here is kept beside. On SQLite, which has one host, none of this happens.

A folder without any file is taken for one that is not mounted, and not for a wish to delete all of them."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mailbot.config.loader import form_files, load, toml_files
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.files.shared_folder import stamp_of, write_whole
from mailbot.service.distribution import release
from mailbot.service.workbook_sync import ledger_name
from mailbot.storage import Store, Transaction, configuration, hosts

log = logging.getLogger(__name__)

#: Where a host notes, in ``state_dir``, what it last had from the ledger, and keeps what gave way.
RECORD, REPLACED = "configuration.json", "replaced"
EVENTS, FORMS = "events", "forms"
#: What stands beside the digests of rules: the release whose keys they are.
RELEASE = "release"
#: How one host reaches a mail server may differ from how another does.
_OF_ONE_HOST = {
    "host", "port", "security", "ca_file", "password_file", "password_env", "oauth2", "provider",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about files, by name: ``bring`` into the ledger, ``take`` from it. Those that
    ``give_way`` are taken although they were changed here."""

    bring: frozenset[str]
    take: frozenset[str]
    give_way: frozenset[str]


def plan(had: Mapping[str, str], here: Mapping[str, str], there: Mapping[str, str]) -> Plan:
    """Compares three states of the files, each as digests by name; a file that a state does not have is
    not among its names."""
    differ = {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)}
    changed_here = {name for name in differ if here.get(name) != had.get(name)}
    changed_there = {name for name in differ if there.get(name) != had.get(name)}
    bring = frozenset(changed_here - changed_there)
    return Plan(bring, frozenset(differ) - bring, frozenset(changed_here & changed_there))


class SharedConfiguration:
    """The files of one host and those of the ledger. Methods raise ``StoreTrouble`` and ``OSError``."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._record = settings.state_dir / RECORD
        #: The version and the stamps of the files at which nothing is to be done, and whether to bring any.
        self._agreed: tuple[int, dict[str, tuple[int, ...]], bool] | None = None
        self._noted = False

    def agree(self, *, bring: bool = True) -> bool:
        """Makes the files the same; True where some here changed, and the settings must be loaded anew.
        Without ``bring`` none goes into the ledger: what lies here cannot be loaded. Where nothing changed
        since they were the same, no file is read."""
        if self._store.is_sqlite:
            return False
        stamps = {name: stamp_of(path) for name, path in self._files().items()}  # before they are read
        with self._store.read_transaction() as tx:
            if self._agreed == (configuration.version(tx), stamps, bring):
                return False
        self._settings.state_dir.mkdir(0o700, parents=True, exist_ok=True)
        ledger = ledger_name(self._store, make=True)
        here = self._here()
        with self._store.read_transaction() as tx:
            there, version = configuration.digests(tx), configuration.version(tx)
        had = self._had(ledger, version, here)
        wanted = plan(had, _digests(here), there)
        if wanted.bring and bring:
            with self._store.write_transaction() as tx:
                version = self._bring(tx, had, here)
                there = configuration.digests(tx)
                wanted = plan(had, _digests(here), there)
            log.info("configuration: version %d of the events and forms comes from this host", version)
        self._take(wanted, here)
        self._note(ledger, {**there, **{name: had[name] for name in wanted.bring if name in had}})
        self._agreed = None if wanted.take else (version, stamps, bring)
        return bool(wanted.take)

    def keep(self, tx: Transaction) -> None:
        """Brings what changed here into the ledger, in the transaction of who changed it: no other host draws
        the sheet of events from files of before."""
        if self._store.is_sqlite:
            return
        here = self._here()
        had = self._had(ledger_name(self._store, make=True), configuration.version(tx), here)
        self._bring(tx, had, here)

    def _bring(self, tx: Transaction, had: Mapping[str, str], here: Mapping[str, bytes]) -> int:
        digests = _digests(here)
        wanted = plan(had, digests, configuration.digests(tx)).bring
        if not wanted:
            return configuration.version(tx)
        return configuration.put(
            tx, {name: (digests[name], here[name]) if name in here else None for name in wanted}
        )

    def _take(self, wanted: Plan, here: Mapping[str, bytes]) -> None:
        if not wanted.take:
            return
        with self._store.read_transaction() as tx:
            found = configuration.contents(tx, set(wanted.take))
        for name in sorted(wanted.take):
            if name in wanted.give_way:
                kept = self._settings.state_dir / REPLACED / name
                log.error(
                    "configuration: %s was changed here and elsewhere: that holds, yours is %s", name, kept
                )
            if name in here:
                write_whole(self._settings.state_dir / REPLACED / name, here[name])
            path = self._path(name)
            if name in found:
                write_whole(path, found[name])
            else:
                path.unlink(missing_ok=True)
        log.info("configuration: %d files of events and forms are taken from the ledger", len(wanted.take))

    def _path(self, name: str) -> Path:
        kind, _, file = name.partition("/")
        folder = self._settings.events_dir if kind == EVENTS else self._settings.forms_dir
        if kind not in (EVENTS, FORMS) or file != Path(file).name or file.startswith("."):
            raise OSError(f"{name}: no file of a configuration is called so")
        return folder / file

    def _here(self) -> dict[str, bytes]:
        return {name: path.read_bytes() for name, path in self._files().items()}

    def _files(self) -> dict[str, Path]:
        """The event files, and all that lies beside forms: their blanks."""
        settings = self._settings
        files = {f"{EVENTS}/{path.name}": path for path in toml_files(settings.events_dir)}
        return files | {f"{FORMS}/{path.name}": path for path in form_files(settings.forms_dir)}

    def _had(self, ledger: str, version: int, here: Mapping[str, bytes]) -> Mapping[str, str]:
        """What this host last had from the ledger. Where it never had anything, the first host brings all of
        its own, and any other brings nothing. One without any file of a kind counts as one that never had
        any of that: it deletes none elsewhere."""
        if not version:
            return {}
        had = self._recorded(ledger)
        if had is None:
            return _digests(here)
        kinds = {_kind(name) for name in here}
        return {name: digest for name, digest in had.items() if _kind(name) in kinds}

    def _recorded(self, ledger: str) -> dict[str, str] | None:
        """What the record says that this host had from this ledger; None where there is no record of that, or
        one that was damaged."""
        try:
            record = json.loads(self._record.read_text())
            of_it, files = record["ledger"], dict(record["files"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return files if of_it == ledger else None

    def _note(self, ledger: str, files: Mapping[str, str]) -> None:
        record = json.dumps({"ledger": ledger, "files": files}, sort_keys=True).encode()
        if not self._record.is_file() or self._record.read_bytes() != record:
            write_whole(self._record, record)

    # ------------------------------------------------------------ what must agree

    def refuse_other_rules(self) -> None:
        """Raises ``ConfigurationError`` where other hosts run by other rules: their keys are named. One that
        was killed just now counts as one until it was silent as long as a living host never is."""
        if self._store.is_sqlite:
            return
        keys, others = self._other_rules()
        if keys and others:
            time.sleep(hosts.GONE)
            keys, others = self._other_rules()
        if keys and others:
            raise ConfigurationError(
                f"{self._settings.file}: {', '.join(keys)}: not the same as where mailbot runs ({others})",
                "make them the same, or stop it there first",
            )

    def _other_rules(self) -> tuple[list[str], str]:
        """The keys that differ from those of who works, and the names of the hosts that live. Another release
        has other keys: those of one are never held against those of another, which waits until it is gone."""
        this = release()
        with self._store.read_transaction() as tx:
            living = {one.name for one in hosts.listed(tx) if one.silent < hosts.GONE and one.release == this}
            theirs = configuration.rules(tx)
        mine = rules_of(self._settings) if theirs.pop(RELEASE, "") == this else theirs
        differ = sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))
        return differ, ", ".join(sorted(living))

    def note_rules(self) -> None:
        """Keeps the rules of this host, which works, for who joins."""
        if self._store.is_sqlite or self._noted:
            return
        mine = {**rules_of(self._settings), RELEASE: release()}
        with self._store.read_transaction() as tx:
            known = configuration.rules(tx) == mine
        if not known:
            with self._store.write_transaction() as tx:
                configuration.note_rules(tx, mine)
        self._noted = True


def agreed(settings: Settings, store: Store) -> Settings:
    """The settings of who begins to work, after its files were made those of the ledger. Raises
    ``ConfigurationError``, ``StoreTrouble`` and ``OSError``."""
    shared = SharedConfiguration(settings, store)
    if shared.agree():
        settings = load(settings.file)
    SharedConfiguration(settings, store).note_rules()
    return settings


def rules_of(settings: Settings) -> dict[str, str]:
    """A digest, by key, of what hosts must agree in: all that decides about people and mails, and the
    mailboxes without how they are reached. Paths, secrets, servers and logging may differ from host to
    host."""
    values: dict[str, object] = {
        "timezone": settings.zone.key,
        "language": settings.language,
        "forwarders": sorted(settings.forwarders),
        "web_forms": sorted(settings.web_forms),
        "authserv_id": settings.authserv_id,
        "organisations": settings.organisations.model_dump(mode="json"),
        "secretariat.logo": settings.logo.data.hex() if settings.logo else "",
        "templates_dir": {
            str(path.relative_to(settings.templates_dir)): path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(settings.templates_dir.rglob("*.j2"))
        },
    }
    for table in ("secretariat", "admin", "limits", "retention", "workbook"):
        held = getattr(settings, table).model_dump(mode="json", exclude={"logo"})
        values |= {f"{table}.{key}": value for key, value in held.items()}
    for box in settings.mailboxes:
        held = box.model_dump(mode="json", exclude=_OF_ONE_HOST)
        values |= {f"mailbox {box.name}.{key}": value for key, value in held.items()}
    texts = {key: json.dumps(value, sort_keys=True) for key, value in values.items()}
    return {key: hashlib.sha256(text.encode()).hexdigest()[:16] for key, text in texts.items()}


def _kind(name: str) -> str:
    """Whether a file is one of the events or of the forms."""
    return name.partition("/")[0]


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}

"""Several hosts on one PostgreSQL: who is taken for dead, and what that one can still do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event

import psycopg
import pytest
import sqlalchemy as sa

from mailbot.config.settings import ConfigurationError
from mailbot.service import maintenance
from mailbot.service.daemon import LOOK_AGAIN
from mailbot.service.troubles import Troubles
from mailbot.storage import Store, StoreTrouble, health, hosts, outbox
from mailbot.storage.database import EarlierAtWork, LeaseLost
from mailbot.storage.decisions import queue
from mailbot.storage.hosts import Host
from mailbot.storage.lease import Lease, Share, taken
from tests.servers import pgbouncer, proxy
from tests.servers.postgresql import PostgreSQL
from tests.storage.samples import NOW, mail, settings_in


@pytest.fixture
def shared(postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, where hosts give no sign of life but the first."""
    monkeypatch.setattr(hosts, "BEAT", 3600)
    monkeypatch.setattr(hosts, "SILENT", 7200)
    return postgresql.emptied()


@pytest.fixture
def two(shared: str, tmp_path: Path) -> Iterator[tuple[Lease, Store, Lease, Store]]:
    """A service that runs, and one that stands by, each with its ledger."""
    with Store(shared) as one, Store(shared) as other:
        first, second = Lease(one, tmp_path / "1"), Lease(other, tmp_path / "2")
        assert first.take()
        assert not second.take()
        yield first, one, second, other
        first.release()
        second.release()


def silence(store: Store, of: Store | None = None) -> None:
    """Lets the database take a host for one that said nothing for a day."""
    with store._engine.begin() as tx:
        tx.execute(
            sa.text("UPDATE host SET beat = beat - interval '1 day' WHERE sessions = :it"),
            {"it": (of or store).sessions},
        )


def sessions(store: Store, of: str) -> int:
    """How many sessions the database has under a name."""
    with store.read_transaction() as tx:
        counted = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :it")
        return int(tx.scalar(counted, {"it": of}) or 0)


def test_a_host_that_is_silent_is_noticed_within_twenty_five_seconds() -> None:
    assert hosts.GONE < hosts.SILENT
    assert hosts.BEAT + hosts.SILENT + LOOK_AGAIN <= 25, "as docs/running.md promises"


def test_who_was_taken_for_dead_changes_nothing_any_more(two: tuple[Lease, Store, Lease, Store]) -> None:
    first, one, second, other = two
    silence(one)
    assert second.take()
    with pytest.raises(LeaseLost), one.write_transaction() as tx:
        health.note(tx, "round", "the frozen one's")
    with pytest.raises(LeaseLost), one.held():
        pytest.fail("it may replace no workbook")
    with other.write_transaction() as tx:
        assert health.fact(tx, "round") == ""
    assert not first.take()


def test_what_a_frozen_host_has_open_is_undone_and_keeps_nobody_waiting(
    two: tuple[Lease, Store, Lease, Store],
) -> None:
    _, one, second, other = two
    with pytest.raises(StoreTrouble), one.write_transaction() as frozen:
        health.note(frozen, "round", "the frozen one's")
        silence(one)
        assert second.take()
        with other.write_transaction() as tx:  # the lock of who decides is free
            assert health.fact(tx, "round") == ""
        health.note(frozen, "round", "the woken one's")
    with pytest.raises(StoreTrouble), one.held():
        pytest.fail("it is another's to replace a file now")


def test_what_a_host_has_open_whose_network_is_swallowed_keeps_nobody_waiting(
    postgresql: PostgreSQL, shared: str, tmp_path: Path
) -> None:
    with proxy.network(postgresql.listens_at) as network:
        through = postgresql.by_way_of(network.port, shared)
        with Store(through) as one, Store(shared) as other:
            first, second = Lease(one, tmp_path / "1"), Lease(other, tmp_path / "2")
            assert first.take()
            with pytest.raises(StoreTrouble), one.write_transaction() as cut_off:
                health.note(cut_off, "round", "that of who is cut off")
                network.goes()
                silence(other, of=one)
                assert second.take()
                with other.write_transaction() as tx:
                    assert health.fact(tx, "round") == ""
                network.comes_back()
                health.note(cut_off, "round", "that of who is back")
            second.release()
            with pytest.raises(LeaseLost), one.write_transaction():
                pytest.fail("it was taken for dead")
            first.release()


def test_a_file_that_is_being_replaced_keeps_the_lease_until_its_host_is_taken_for_dead(
    two: tuple[Lease, Store, Lease, Store],
) -> None:
    _, one, second, _ = two
    with one.held():
        with one._engine.connect() as connection:
            assert hosts.beat(connection, one.host)  # signs of life wait for nothing
            connection.commit()
        assert not second.take()


def test_who_slept_and_wakes_first_buries_nobody_but_others(two: tuple[Lease, Store, Lease, Store]) -> None:
    first, one, second, _ = two
    silence(one)
    assert first.take()
    with one._engine.begin() as connection:
        assert hosts.beat(connection, one.host)
    assert not second.take()


def test_a_sign_of_life_that_fails_in_any_way_is_tried_again(
    postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "BEAT", 0.01)
    failed = Event()

    def fails(*_: object) -> bool:
        monkeypatch.undo()
        failed.set()
        raise OSError("no file can be opened")

    with Store(postgresql.emptied()) as store:
        lease = Lease(store, tmp_path)
        monkeypatch.setattr(hosts, "beat", fails)
        assert lease.take()
        assert failed.wait(10)
        assert lease._heart is not None
        assert lease._heart._thread.is_alive()
        lease.release()


def test_a_ledger_that_an_earlier_mailbot_works_on_is_left_alone(postgresql: PostgreSQL) -> None:
    url = postgresql.emptied()
    Store(url).close()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as earlier:
        earlier.execute("SELECT pg_advisory_lock(%s)", [0x72756E])
        earlier.execute("UPDATE alembic_version SET version_num = '0005'")
        with pytest.raises(StoreTrouble, match="an earlier mailbot runs on it: stop it on all hosts first"):
            Store(url)


@pytest.mark.skipif(not pgbouncer.is_installed(), reason="pgbouncer is not installed")
@pytest.mark.parametrize("mode", ["session", "transaction"])
def test_a_pooler_in_transaction_mode_is_refused_and_one_of_sessions_is_not(
    postgresql: PostgreSQL, shared: str, tmp_path: Path, mode: str
) -> None:
    with pgbouncer.running(postgresql, mode) as port, Store(postgresql.by_way_of(port, shared)) as store:
        lease = Lease(store, tmp_path, "1.0", ("a",))
        if mode == "transaction":
            with pytest.raises(ConfigurationError, match="a connection pooler in transaction mode stands"):
                lease.take()
        else:
            assert lease.take()
            assert lease.share.mailboxes == {"a"}
        lease.release()


def test_that_no_round_ends_is_not_told_by_who_was_replaced(
    two: tuple[Lease, Store, Lease, Store], tmp_path: Path
) -> None:
    _, one, second, _ = two
    silence(one)
    assert second.take()
    settings = settings_in(tmp_path / "config")
    long_ago = NOW - timedelta(days=1)
    assert not maintenance.tell_overdue(one, settings, "the ledger", long_ago, NOW)


def test_a_host_without_a_session_is_gone_sooner(
    shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(shared) as one, Store(shared) as other:
        killed, second = Lease(one, tmp_path / "1"), Lease(other, tmp_path / "2")
        assert killed.take()
        monkeypatch.setattr(hosts, "GONE", 0)
        assert not second.take(), "its sessions stand"
        assert killed._heart is not None
        killed._heart.end()
        one.close()
        while sessions(other, one.sessions):  # a backend takes a moment to end
            time.sleep(0.05)
        assert second.take()
        killed.release()
        second.release()


def test_who_comes_back_stands_by_under_another_id(two: tuple[Lease, Store, Lease, Store]) -> None:
    first, one, second, _ = two
    before = one.host
    silence(one)
    assert second.take()
    assert first._heart is not None
    first._heart.is_late = True  # as its next sign of life finds
    assert not first.take()
    assert one.host != before
    second.release()
    assert first.take()


def test_who_only_looks_at_a_ledger_that_earlier_hosts_work_on_does_not_upgrade_it(
    two: tuple[Lease, Store, Lease, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one, _, other = two
    url = one.url.render_as_string(hide_password=False)
    monkeypatch.setattr("mailbot.storage.database.HEAD", "9999")
    with pytest.raises(EarlierAtWork, match="hosts with an earlier mailbot work on it: use theirs"):
        Store(url)
    silence(one)
    silence(other)
    monkeypatch.setattr("mailbot.storage.database.migrate", lambda _: None)
    Store(url).close()


def test_who_stands_by_outlasts_a_database_that_is_away(
    two: tuple[Lease, Store, Lease, Store], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, one, second, other = two
    monkeypatch.setattr("mailbot.storage.lease.LOOK", 0)
    dedicated, opened = other.dedicated, count(1)

    def away() -> sa.Connection:
        match next(opened):
            case 2:
                raise sa.exc.OperationalError("", None, Exception("connection timeout expired"))
            case 3:
                silence(one)
        return dedicated()

    monkeypatch.setattr(other, "dedicated", away)
    assert taken(second, Event())
    assert "connection timeout expired" in caplog.text


def test_claims_of_the_living_stay_and_those_of_the_dead_wait_again_and_are_counted(
    two: tuple[Lease, Store, Lease, Store],
) -> None:
    _, one, second, other = two
    with one.write_transaction() as tx:
        for key in "123":
            queue(tx, mail(key), NOW)
        [claimed] = outbox.claim(tx, NOW, 1, owner=one.host)
    with other.write_transaction() as tx:
        [mine] = outbox.claim(tx, NOW, 1, owner=other.host)
        assert mine.id != claimed.id
        assert outbox.release_claims(tx, other.host, NOW) == 1, "its own, which it does not send now"
    silence(one)
    assert second.take()
    with other.write_transaction() as tx:
        assert outbox.release_claims(tx, other.host, NOW) == 1
        again = outbox.claim(tx, NOW, 10, owner=other.host)
        assert [one.mail.message_id for one in again if one.id == claimed.id] == [claimed.mail.message_id]
        assert health.status(tx)["mails_resent"] == 2


@pytest.mark.parametrize(("set_to", "is_then"), [("off", "local"), ("remote_apply", "remote_apply")])
def test_what_is_committed_is_synced_whatever_the_server_is_set_to(
    postgresql: PostgreSQL, set_to: str, is_then: str
) -> None:
    url = postgresql.database()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {sa.make_url(url).database} SET synchronous_commit = {set_to}")
    with Store(url) as store:
        for synced in (True, False):
            with store.write_transaction(synced=synced) as tx:
                assert tx.scalar(sa.text("SHOW synchronous_commit")) == is_then


def test_nothing_that_cannot_be_taken_back_is_begun_after_a_silence(
    shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(shared) as store:
        lease = Lease(store, tmp_path)
        assert lease.take()
        assert lease.is_sure()
        assert lease._heart is not None
        lease._heart._beaten -= hosts.SILENT
        assert not lease.is_sure()
        lease.release()


def test_a_service_whose_ledger_a_newer_mailbot_upgraded_changes_nothing_and_makes_room(
    two: tuple[Lease, Store, Lease, Store],
) -> None:
    first, one, _, other = two
    with other.write_transaction() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LeaseLost, match=r"9999: upgrade this host"), one.write_transaction():
        pytest.fail("it knows nothing of these tables")
    with pytest.raises(StoreTrouble, match=r"9999: upgrade this host"):
        first.take()
    with other.read_transaction() as tx:
        assert [found.holds for found in hosts.listed(tx)] == [()]


BOXES = ("a", "b", "c", "d", "e")


def shares(leases: list[Lease]) -> list[int]:
    """How many mailboxes each has, once all looked as often as it takes; no mailbox is two hosts'."""
    for _ in range(2):
        for one in leases:
            one.take()
    held = [one.share.mailboxes or frozenset() for one in leases]
    assert sorted(name for names in held for name in names) == sorted(BOXES)
    assert sum(one.share.leads for one in leases) == 1
    return [len(names) for names in held]


def test_mailboxes_are_spread_over_hosts_and_move_when_one_comes_leaves_or_dies(
    shared: str, tmp_path: Path
) -> None:
    with ExitStack() as opened:
        stores = [opened.enter_context(Store(shared)) for _ in range(3)]
        leases = [Lease(store, tmp_path / str(n), "1.0", BOXES) for n, store in enumerate(stores)]
        for one in leases:
            opened.callback(one.release)
        assert shares(leases[:1]) == [5]
        assert shares(leases[:2]) == [3, 2]
        assert shares(leases) == [2, 2, 1]
        assert leases[0].share.leads
        silence(stores[0])
        assert shares(leases[1:]) == [3, 2]
        leases[1].release()
        assert shares(leases[2:]) == [5]
        assert leases[2].share.leads


def test_a_host_of_another_release_stands_by_until_the_others_are_gone(shared: str, tmp_path: Path) -> None:
    with Store(shared) as one, Store(shared) as other:
        former, newer = Lease(one, tmp_path / "1", "1.0", BOXES), Lease(other, tmp_path / "2", "1.1", BOXES)
        assert former.take()
        assert not newer.take()
        assert former.take()
        assert former.share.mailboxes == frozenset(BOXES), "nobody of its release is there to share with"
        former.release()
        assert newer.take()
        assert newer.share.mailboxes == frozenset(BOXES)
        newer.release()


def test_two_processes_of_one_state_dir_never_work_beside_each_other(shared: str, tmp_path: Path) -> None:
    with Store(shared) as one, Store(shared) as other:
        first, second = (Lease(store, tmp_path, "1.0", BOXES) for store in (one, other))
        assert first.take()
        assert not second.take()
        silence(one)  # frozen, and so still the one whose folder it is
        assert second.take()
        assert first._heart is not None
        first._heart.is_late = True
        first.take()
        assert not second.take()
        assert first.take()
        assert first.share.mailboxes == frozenset(BOXES)
        first.release()


def test_a_trouble_belongs_to_one_host() -> None:
    lead, other = (Host(one, "h", process, "1", NOW, 0.0) for one, process in (("x", 1), ("y", 2)))
    both = {"mailboxes": ("a", "b"), "living": (lead, other)}
    of_lead = Troubles(mine=("a",), share=Share("x", True, frozenset("a")), **both)
    of_other = Troubles(mine=("b",), share=Share("y", False, frozenset("b")), **both)
    assert (of_lead.named("smtp"), of_other.named("smtp")) == ("smtp", "smtp on h/2")
    assert of_other.named("mailbox b") == "mailbox b"
    noted = ["smtp", "smtp on h/2", "mailbox a", "mailbox b", "inbox list b", "mailbox gone", "smtp on h/9"]
    assert [what for what in noted if of_lead.is_mine(what)] == [
        "smtp",
        "mailbox a",
        "mailbox gone",
        "smtp on h/9",
    ]
    assert [what for what in noted if of_other.is_mine(what)] == ["smtp on h/2", "mailbox b", "inbox list b"]

"""Several hosts that decide at a time: side by side where they cannot meet, one by one where they can."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta

import pytest

from mailbot.config import loader
from mailbot.domain.decision import Decision
from mailbot.domain.registration import Status
from mailbot.service import decider
from mailbot.service.clock import now
from mailbot.service.steps import Cycle
from mailbot.service.worker import Worker
from mailbot.storage import Store, StoreTrouble, Transaction, database, health, queries
from mailbot.storage.lease import Share
from tests.servers import configuration
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import NOW, Office

KIS, OTHER = "kis-2026-3", "vorming-2026-4"
TITLES = {KIS: "Kennisplatform Intergemeentelijk Samenwerken", OTHER: "Vormingsdag Archief"}


@pytest.fixture
def shared(make_office: Callable[..., Office], postgresql: PostgreSQL) -> tuple[Office, Office]:
    """An installation with two mailboxes and two events, the first with five places."""
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"')
    events = office.config.parent / "events"
    first = events / f"{KIS}.toml"
    first.write_text(first.read_text() + "capacity = 5\n")
    other = configuration.meeting(OTHER).replace(TITLES[KIS], TITLES[OTHER])
    (events / f"{OTHER}.toml").write_text(other)
    return office, office.second_mailbox()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for another's transaction gives up soon."""
    monkeypatch.setitem(database._SESSION, "lock_timeout", "300ms")


@contextmanager
def host(office: Office, mailbox: str, wrong: timedelta = timedelta()) -> Iterator[Worker]:
    """A host that reads one of the mailboxes, by a clock that is ``wrong`` by so much."""
    settings = loader.load(office.config)
    share = Share(mailbox, False, frozenset({mailbox}))
    with (
        Store(settings.store_url) as store,
        Worker(settings, store, lambda: now() + wrong, lambda: False, share=share) as one,
    ):
        yield one


def mailed(office: Office, event: str, *names: str) -> None:
    """Forms for an event."""
    for second, name in enumerate(names):
        office.deliver(name, at=NOW + timedelta(seconds=second), subject=f"Inschrijving {TITLES[event]}")


def rows(worker: Worker, event: str) -> list[tuple[str, str, str]]:
    """Number, name and status of everybody at an event."""
    with worker.store.read_transaction() as tx:
        return [(row.nr, row.text("last_name"), row.status) for row in queries.registrations(tx, event)]


def another_decides(worker: Worker, *met: str) -> ExitStack:
    """Another host in the midst of a decision."""
    opened = ExitStack()
    store = opened.enter_context(Store(worker.settings.store_url))
    opened.enter_context(store.write_transaction(beside=met))
    return opened


def test_two_hosts_never_give_the_last_place_twice_nor_a_number(shared: tuple[Office, Office]) -> None:
    main, second = shared
    names = ["Aerts", "Bogaert", "Claeys", "Desmet", "Everaert", "Fierens", "Goossens", "Hermans"]
    mailed(main, KIS, *names[:4])
    mailed(second, KIS, *names[4:])
    mailed(main, OTHER, *(f"{name}s" for name in names[:4]))
    mailed(second, OTHER, *(f"{name}s" for name in names[4:]))
    with host(main, "main") as one, host(main, "second") as other:
        errors: list[object] = []

        def work(worker: Worker) -> None:
            errors.append(worker.cycle(immediate=True).errors)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == [{}, {}]
        kis, vorming = rows(one, KIS), rows(one, OTHER)
    assert Counter(status for *_, status in kis) == {Status.REGISTERED: 5, Status.WAITLISTED: 3}
    assert Counter(status for *_, status in vorming) == {Status.REGISTERED: 8}
    assert sorted(nr for nr, *_ in (*kis, *vorming)) == [f"INS-{number:04}" for number in range(1, 17)]


def test_who_came_first_has_the_place_whatever_the_clocks_of_the_hosts_say(
    shared: tuple[Office, Office],
) -> None:
    main, second = shared
    mailed(main, KIS, "Aerts", "Bogaert", "Claeys")
    mailed(second, KIS, "Desmet", "Everaert", "Fierens")
    ahead, behind = timedelta(minutes=10), -timedelta(minutes=10)
    with host(main, "main", ahead) as one, host(main, "second", behind) as other:
        for worker in (one, other, one, other):
            assert worker.cycle(immediate=False).errors == {}
        placed = [name for _, name, status in rows(one, KIS) if status is Status.REGISTERED]
    assert placed == ["Aerts", "Bogaert", "Claeys", "Desmet", "Everaert"]
    sent = Counter(mail["X-Envelope-To"] for mail in main.smtp.mails() if mail["X-Mailbot-Outcome"])
    assert sorted(sent.values()) == [1] * 6


@pytest.mark.usefixtures("impatient")
def test_a_decision_about_one_event_waits_for_none_about_another(shared: tuple[Office, Office]) -> None:
    with host(shared[0], "main") as worker:
        mailed(shared[0], KIS, "Maes")
        with another_decides(worker, f"event {OTHER}", "mailbox claeys@damme.example"):
            worker.intake.fetch("main", worker.intake.new("main"))
            worker.decider.decide_all(Cycle(), immediate=True)
            assert rows(worker, KIS) == [("INS-0001", "Maes", Status.REGISTERED)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("met", [f"event {KIS}", "mailbox maes@damme.example"])
def test_what_may_meet_another_decision_waits_for_it(shared: tuple[Office, Office], met: str) -> None:
    with host(shared[0], "main") as worker:
        mailed(shared[0], KIS, "Maes")
        worker.intake.fetch("main", worker.intake.new("main"))
        with another_decides(worker, met), pytest.raises(StoreTrouble):
            worker.decider.decide_all(Cycle(), immediate=True)
        assert rows(worker, KIS) == []
        worker.decider.decide_all(Cycle(), immediate=True)
        assert rows(worker, KIS) == [("INS-0001", "Maes", Status.REGISTERED)]


@pytest.mark.usefixtures("impatient")
def test_words_may_be_about_anything_and_wait_for_all(shared: tuple[Office, Office]) -> None:
    with host(shared[0], "main") as worker:
        shared[0].deliver("Claeys", text="Ik schrijf mij uit voor het kennisplatform.", subject="Afmelding")
        worker.intake.fetch("main", worker.intake.new("main"))
        with another_decides(worker, f"event {OTHER}"), pytest.raises(StoreTrouble):
            worker.decider.decide_all(Cycle(), immediate=True)


@pytest.mark.usefixtures("impatient")
def test_what_is_decided_alone_waits_for_all_and_all_for_it(shared: tuple[Office, Office]) -> None:
    url = loader.load(shared[0].config).store_url
    with Store(url) as one, Store(url) as other:
        with one.write_transaction(beside=("event a",)):
            with other.write_transaction(beside=("event b",)):
                pass
            with pytest.raises(StoreTrouble), other.write_transaction():
                pytest.fail("another decides")
        with one.write_transaction(), pytest.raises(StoreTrouble), other.write_transaction(beside=()):
            pytest.fail("another decides about anything")


def test_what_turns_out_to_reach_further_is_undone_and_decided_alone_in_its_order(
    shared: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    with host(shared[0], "main") as worker:
        mailed(shared[0], KIS, "Maes", "Claeys", "Peeters")
        worker.intake.fetch("main", worker.intake.new("main"))
        begun: list[object] = []
        transaction = worker.store.write_transaction

        def noted(**how: object) -> AbstractContextManager[Transaction]:
            begun.append(how.get("beside"))
            return transaction(**how)  # type: ignore[arg-type]  # passed on as it is

        def within(decision: Decision, *_: object) -> bool:
            return all(
                one.after is None or one.after.text("last_name") != "Claeys" for one in decision.results
            )

        monkeypatch.setattr(worker.store, "write_transaction", noted)
        monkeypatch.setattr(decider, "stays_within", within)
        worker.decider.decide_all(Cycle(), immediate=True)
        assert None in begun, "one was decided alone"
        assert [name for _, name, _ in rows(worker, KIS)] == ["Maes", "Claeys", "Peeters"]
        assert [nr for nr, *_ in rows(worker, KIS)] == ["INS-0001", "INS-0002", "INS-0003"]


def test_the_leading_host_counts_the_mailboxes_of_others_once_they_are_well_and_keeps_no_connection(
    shared: tuple[Office, Office],
) -> None:
    office, _ = shared
    settings = loader.load(office.config)
    with Store(settings.store_url) as store:
        share = Share("leader", True, frozenset({"main"}))
        with Worker(settings, store, now, lambda: False, share=share) as leader:
            for trouble in ({"mailbox second": "gives no answer"}, {}):
                with store.write_transaction() as tx:
                    health.note_troubles(tx, trouble, now())
                assert leader.cycle(immediate=True).errors == {}
                with store.read_transaction() as tx:
                    is_counted = bool(health.last_reckoning(tx)[0])
                assert is_counted == (not trouble)
            assert leader._mailboxes["main"]._client is not None
            assert leader._mailboxes["second"]._client is None

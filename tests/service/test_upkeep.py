"""What the clock alone brings: the digest at its time, alarms about what lasts, and mail let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.config.settings import OAuth2, Secretariat, Settings
from mailbot.domain.case import ABOUT_COMING, Case, CaseKind, Choice
from mailbot.domain.mail import TO_THE_OFFICE
from mailbot.service import maintenance
from mailbot.storage import Store, health, messages, outbox, queries
from mailbot.storage.decisions import close_cases, open_case, queue, record
from mailbot.storage.messages import ERASED
from mailbot.wording import as_told, title
from tests.storage.samples import NOW, arrive, mail, message, registered, registration, settings_in

MORNING = NOW.replace(hour=6, minute=30)  # 07:30 in Brussels


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    told = Secretariat(address="secretariaat@brugge.example", digest="07:30")
    return replace(settings_in(tmp_path / "config"), secretariat=told)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings.store_url) as opened:
        yield opened


def subjects(store: Store) -> list[str]:
    with store.read_transaction() as tx:
        return [mail.subject for mail in outbox.waiting_mails(tx, NOW + timedelta(days=400))]


def test_the_digest_goes_out_once_a_day_from_its_time_on(store: Store, settings: Settings) -> None:
    def at(moment: datetime) -> int:
        maintenance.digest_due(store, settings, moment)
        return len(subjects(store))

    assert at(MORNING - timedelta(hours=12)) == 0  # the first time only notes when it began
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, registered(registration(message=1)), (), settings, NOW, arrival=arrival)
    assert at(MORNING - timedelta(seconds=1)) == 0
    assert at(MORNING) == 1
    assert at(MORNING + timedelta(hours=9)) == 1
    assert at(MORNING + timedelta(days=1)) <= 2


def test_who_came_in_the_very_first_round_is_new_in_the_first_digest(
    store: Store, settings: Settings
) -> None:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, registered(registration(message=1)), (), settings, NOW, arrival=arrival)
    maintenance.digest_due(store, settings, NOW + timedelta(seconds=1))
    maintenance.digest_due(store, settings, MORNING + timedelta(days=1))
    with store.read_transaction() as tx:
        (mail,) = outbox.waiting_mails(tx, NOW + timedelta(days=400))
    assert "Els Maes" in mail.text
    assert "(gewijzigd)" not in mail.text


def test_a_trouble_that_lasts_is_told_once_and_again_when_it_comes_back(
    store: Store, settings: Settings
) -> None:
    def round_at(minutes: int, *, troubled: bool) -> int:
        now = NOW + timedelta(minutes=minutes)
        with store.write_transaction() as tx:
            health.note_troubles(tx, {"mailbox main": "nothing listens there"} if troubled else {}, now)
        maintenance.alarms(store, settings, now)
        return len(subjects(store))

    assert [round_at(minute, troubled=True) for minute in (0, 29, 30, 31, 300)] == [0, 0, 1, 1, 1]
    assert [round_at(minute, troubled=False) for minute in (301, 302)] == [2, 2]  # mended, told once
    assert [round_at(minute, troubled=True) for minute in (302, 331, 332)] == [2, 2, 3]
    assert round_at(333, troubled=False) == 4


@pytest.mark.parametrize("digest", ["07:30", ""])
def test_where_nothing_is_due_nobody_is_kept_from_the_lock(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, digest: str
) -> None:
    secretariat = settings.secretariat.model_copy(update={"digest": digest})
    settings = replace(settings, secretariat=secretariat)
    with store.write_transaction() as tx:
        health.note_troubles(tx, {"mailbox main": "nothing listens there"}, NOW)
    later = NOW + timedelta(minutes=40)
    for upkeep in (maintenance.alarms, maintenance.digest_due):
        upkeep(store, settings, later)
    held = subjects(store)
    assert len(held) == 1

    def locked(**_: bool) -> object:
        raise AssertionError("it takes the lock")

    monkeypatch.setattr(store, "write_transaction", locked)
    for upkeep in (maintenance.alarms, maintenance.digest_due):
        upkeep(store, settings, later + timedelta(minutes=1))
    assert subjects(store) == held


def test_mail_that_was_purged_today_keeps_nobody_from_the_lock(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    maintenance.purge_due(store, settings, NOW)
    monkeypatch.setattr(store, "write_transaction", lambda **_: pytest.fail("it takes the lock"))
    assert maintenance.purge_due(store, settings, NOW) == ()


def test_a_trouble_over_before_it_was_told_is_never_told(store: Store, settings: Settings) -> None:
    for minute, what in ((0, {"smtp": "refused"}), (10, {}), (60, {})):
        with store.write_transaction() as tx:
            health.note_troubles(tx, what, NOW + timedelta(minutes=minute))
        maintenance.alarms(store, settings, NOW + timedelta(minutes=minute))
    assert subjects(store) == []


def test_the_brake_is_told_at_once_and_once(store: Store, settings: Settings) -> None:
    for minute in range(3):
        now = NOW + timedelta(minutes=minute)
        with store.write_transaction() as tx:
            health.note_troubles(tx, {maintenance.BRAKE: "3000 answers went out within the hour"}, now)
        maintenance.alarms(store, settings, now)
        assert len(subjects(store)) == 1


def test_a_client_secret_that_ends_is_told_three_weeks_before_and_its_renewal_too(
    store: Store, settings: Settings
) -> None:
    def told_at(moment: datetime, expires: date) -> int:
        oauth2 = OAuth2(token_url="https://login.example.org/token", client_id="x", secret_expires=expires)
        main = settings.mailboxes[0].model_copy(update={"oauth2": oauth2})
        maintenance.alarms(store, replace(settings, mailboxes=(main,)), moment)
        return len(subjects(store))

    ends = (NOW + timedelta(weeks=3, days=2)).date()
    assert told_at(NOW, ends) == 0
    assert told_at(NOW + timedelta(days=3), ends) == 1
    assert told_at(NOW + timedelta(days=4), ends) == 1
    assert told_at(NOW + timedelta(days=5), ends + timedelta(days=700)) == 2


def test_raw_mail_is_kept_for_its_days_after_the_event(store: Store, settings: Settings) -> None:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, registered(registration(message=arrival.id)), (), settings, NOW, arrival=arrival)
    end = next(iter(settings.events.values())).ends_at(settings.zone)
    assert end is not None
    kept = end + timedelta(days=settings.retention.keep_mail_days)
    assert maintenance.purge_due(store, settings, kept - timedelta(days=1)) == ()
    assert maintenance.purge_due(store, settings, kept) == (arrival.id,)
    with store.read_transaction() as tx:
        assert messages.raw_of(tx, arrival.id) is None
        assert [one.outcome for one in queries.messages(tx)] == ["registered"]


@pytest.mark.parametrize(
    ("kind", "opened", "ends"),
    [
        *((kind, timedelta(days=-4), True) for kind in sorted(ABOUT_COMING)),
        (CaseKind.UNCLEAR, timedelta(hours=1), False),  # a word about afterwards is hers to answer
        (CaseKind.QUESTION, timedelta(days=-4), False),
        (CaseKind.UNDELIVERED, timedelta(days=-4), False),
        (CaseKind.ERASURE, timedelta(days=-4), False),
    ],
)
def test_what_was_not_decided_about_who_comes_is_named_in_one_digest_after_the_event_and_closed(
    store: Store, settings: Settings, kind: CaseKind, opened: timedelta, ends: bool
) -> None:
    event = settings.events["kis-2026-3"]
    end = event.ends_at(settings.zone)
    assert end
    maintenance.digest_due(store, settings, end - timedelta(days=5))
    with store.write_transaction() as tx:
        of = arrive(tx, message()).id
        open_case(tx, Case(kind, "An Bos", "", (Choice.ACCEPT,), end + opened, event.id, message=of, key="p"))
    mails = []
    for days in range(-3, 4):
        maintenance.digest_due(store, settings, end + timedelta(days=days))
        with store.read_transaction() as tx:
            mails = [mail.text for mail in outbox.waiting_mails(tx, end + timedelta(days=400))]
            still = len(queries.open_cases(tx, event.id))
        assert still == (days < 0 or not ends)
    assert len([text for text in mails if "de bijeenkomst is voorbij" in text]) == ends
    with store.read_transaction() as tx:
        assert messages.raw_of(tx, of) is not None
        lines = [line.line for line in queries.logged_since(tx, end)]
    named = title(Case(kind, "", "", (), end)).rstrip("?")
    assert [(as_told(one.what), as_told(one.why)) for one in lines] == [
        (f"{named}: vervallen", "de bijeenkomst is voorbij")
    ] * ends


def test_a_case_of_a_meeting_that_is_long_over_is_named_as_well(store: Store, settings: Settings) -> None:
    event = settings.events["kis-2026-3"]
    end = event.ends_at(settings.zone)
    assert end
    late = end + timedelta(days=400)
    maintenance.digest_due(store, settings, late - timedelta(days=1))
    with store.write_transaction() as tx:
        open_case(tx, Case(CaseKind.DESTROY, event.title, "", (Choice.ACCEPT,), late, event.id, key="d"))
    maintenance.digest_due(store, settings, late + timedelta(days=1))
    with store.read_transaction() as tx:
        (mail,) = outbox.waiting_mails(tx, late + timedelta(days=2))
    assert f"Voorstel tot vernietiging: {event.title}" in mail.text


def test_what_names_people_without_an_event_goes_with_the_mail_of_its_days(
    store: Store, settings: Settings
) -> None:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, registered(registration(message=arrival.id)), (), settings, NOW, arrival=arrival)
        for key, what in (("c", ""), ("d", f"Vraagt iets over {ERASED}.")):
            open_case(tx, Case(CaseKind.UNCLEAR, "Els Maes", what, (Choice.DONE,), NOW, key=key))
        close_cases(tx, [one.id for one in queries.open_cases(tx, "")], NOW)
    maintenance.digest_due(store, settings, MORNING - timedelta(days=1))
    maintenance.digest_due(store, settings, MORNING + timedelta(days=1))
    kept = timedelta(days=settings.retention.keep_mail_days)
    with store.write_transaction() as tx:
        (claimed,) = outbox.claim(tx, MORNING + timedelta(days=2), 9)
        outbox.mark_sent(tx, claimed.id, MORNING + timedelta(days=2), copied=True)

    def held() -> tuple[int, list[str]]:
        with store.read_transaction() as tx:
            digests = tx.scalar(sa.text("SELECT count(*) FROM mail WHERE kind = 'digest'"))
            cases = tx.scalars(sa.text("SELECT data FROM case_"))
            return digests or 0, [name for data in cases for name in ("Els Maes",) if name in data]

    assert held() == (1, ["Els Maes"] * 2)
    maintenance.purge_due(store, settings, MORNING + kept - timedelta(days=1))
    assert held() == (1, ["Els Maes"] * 2)
    maintenance.purge_due(store, settings, MORNING + kept + timedelta(days=3))
    assert held() == (0, [])


@pytest.mark.parametrize("kind", sorted(TO_THE_OFFICE))
def test_what_the_office_was_told_goes_with_the_mail_that_it_tells_of(
    kind: str, store: Store, settings: Settings
) -> None:
    kept = timedelta(days=settings.retention.keep_mail_days)
    letter = mail(
        kind, kind=kind, event="", nrs=(), outcome=None, text="De mail van Els Maes kreeg geen antwoord."
    )
    with store.write_transaction() as tx:
        queue(tx, letter, MORNING)
        (claimed,) = outbox.claim(tx, MORNING, 9)
        outbox.mark_sent(tx, claimed.id, MORNING, copied=True)
    for now, held in ((MORNING + kept - timedelta(days=1), 1), (MORNING + kept + timedelta(days=3), 0)):
        maintenance.purge_due(store, settings, now)
        with store.read_transaction() as tx:
            assert tx.scalar(sa.text("SELECT count(*) FROM mail")) == held


@pytest.mark.parametrize(
    ("what", "ago", "told"),
    [
        ("smtp", maintenance.PATIENCE - timedelta(seconds=1), 0),
        ("smtp", maintenance.PATIENCE, 1),
        (maintenance.BRAKE, timedelta(), 1),
        (maintenance.ROUNDS, maintenance.PATIENCE * 9, 0),
    ],
)
def test_a_trouble_is_told_from_its_time_on_but_that_of_rounds_by_who_watches_them(
    store: Store, settings: Settings, what: str, ago: timedelta, told: int
) -> None:
    with store.write_transaction() as tx:
        health.note_trouble(tx, what, "iets", NOW - ago)
    maintenance.alarms(store, settings, NOW)
    assert len(subjects(store)) == told

"""Messages met: kept first, each known once."""

from __future__ import annotations

import base64
import random
import zlib
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.storage import Store, messages, queries
from mailbot.storage.decisions import record
from mailbot.storage.schema.tables import location, raw
from tests.storage.samples import EVENT, NOW, arrive, mail, message, registered, registration, settings_in

TEXT = b"Beste collega, hierbij de inschrijving van onze gemeente.\r\n" * 800
PACKED = base64.encodebytes(random.Random(1).randbytes(30_000))


@pytest.mark.parametrize(
    "raw", [b"", b"x", bytes(range(256)) * 100, TEXT, PACKED, TEXT + PACKED, PACKED + TEXT]
)
def test_the_bytes_of_a_message_come_back_as_they_were(store: Store, raw: bytes) -> None:
    with store.write_transaction() as tx:
        number = messages.store_raw(
            tx, messages.MailPlace("main", "INBOX", 1, 5), raw, NOW, len(raw), whole=True, now=NOW
        )
    assert number is not None
    with store.read_transaction() as tx:
        assert messages.raw_of(tx, number) == raw
        assert [one.id for one in messages.waiting(tx)] == [number]


def test_bytes_that_were_cut_in_the_ledger_are_no_message(store: Store) -> None:
    place = messages.MailPlace("main", "INBOX", 1, 5)
    with store.write_transaction() as tx:
        number = messages.store_raw(tx, place, PACKED, NOW, len(PACKED), whole=True, now=NOW)
        assert number is not None
        packed = tx.scalar(sa.select(raw.c.data).where(raw.c.message == number))
        tx.execute(sa.update(raw).values(data=packed[:-100]))
        with pytest.raises(zlib.error):
            messages.raw_of(tx, number)


def test_a_message_takes_little_room(store: Store) -> None:
    place = partial(messages.MailPlace, "main", "INBOX", 1)
    with store.write_transaction() as tx:
        for uid, data in enumerate((TEXT, PACKED)):
            messages.store_raw(tx, place(uid), data, NOW, len(data), whole=True, now=NOW)
        text, packed = (len(data) for data in tx.scalars(sa.select(raw.c.data).order_by(raw.c.message)))
    assert text < len(TEXT) / 20
    assert packed < len(PACKED) * 0.78


def test_a_place_that_is_known_is_not_kept_again(store: Store) -> None:
    place = messages.MailPlace("main", "INBOX", 1, 5)
    with store.write_transaction() as tx:
        assert messages.store_raw(tx, place, b"x", NOW, 1, whole=True, now=NOW)
    with store.write_transaction() as tx:
        assert messages.store_raw(tx, place, b"x", NOW, 1, whole=True, now=NOW) is None


def test_a_folder_goes_on_where_it_was_listed(store: Store) -> None:
    with store.write_transaction() as tx:
        assert messages.cursor_of(tx, "main", "INBOX") is None
        messages.advance(tx, messages.MailPlace("main", "INBOX", 7, 12))
        messages.advance(tx, messages.MailPlace("main", "INBOX", 8, 3))
    with store.read_transaction() as tx:
        assert messages.cursor_of(tx, "main", "INBOX") == (8, 3)


def _decided(store: Store, tmp_path: Path) -> int:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        settings = settings_in(tmp_path)
        record(tx, registered(registration()), [mail()], settings, NOW, arrival=arrival)
    return arrival.id


def test_a_copy_in_another_folder_is_a_duplicate_of_the_first(store: Store, tmp_path: Path) -> None:
    first = _decided(store, tmp_path)
    with store.write_transaction() as tx:
        copy = arrive(tx, message(), folder="Archief")
        assert messages.original(tx, copy.id, message()) == first
        assert messages.mark_copy(tx, copy.id, first, NOW)
    with store.read_transaction() as tx:
        shown = queries.messages(tx)
        assert [(one.outcome, one.event, one.nrs) for one in shown] == [
            ("registered", EVENT, ("INS-0001",)),
            ("duplicate", EVENT, ("INS-0001",)),
        ]
        assert messages.waiting(tx) == []
        assert messages.raw_of(tx, copy.id) == messages.raw_of(tx, first)


def test_a_migrated_mailbox_repeats_nobody_and_no_message(store: Store, tmp_path: Path) -> None:
    first = _decided(store, tmp_path)
    with store.write_transaction() as tx:
        again = arrive(tx, message(), uid=901, uidvalidity=8)
        assert not messages.mark_copy(tx, again.id, first, NOW)
    with store.read_transaction() as tx:
        assert [one.id for one in queries.messages(tx)] == [first]
        places = tx.execute(sa.select(location.c.uidvalidity, location.c.message)).all()
        assert sorted(tuple(row) for row in places) == [(7, first), (8, first)]


def test_another_sender_or_content_under_the_same_message_id_is_no_copy(store: Store, tmp_path: Path) -> None:
    _decided(store, tmp_path)
    for uid, other in enumerate(
        (message(sender="piet@damme.example"), replace(message(), digest="d2")), start=2
    ):
        with store.write_transaction() as tx:
            arrival = arrive(tx, other, uid=uid)
            assert messages.original(tx, arrival.id, other) is None


def test_without_message_id_the_date_must_be_the_same_too(store: Store, tmp_path: Path) -> None:
    nameless = replace(message(), message_id="")
    with store.write_transaction() as tx:
        first = arrive(tx, nameless)
        record(tx, registered(), [], settings_in(tmp_path), NOW, arrival=first)
        same, dateless = arrive(tx, nameless, uid=2), replace(nameless, date=None)
        other = arrive(tx, dateless, uid=3)
        assert messages.original(tx, same.id, nameless) == first.id
        assert messages.original(tx, other.id, dateless) is None


def test_a_message_that_fails_three_times_is_shelved_and_can_be_taken_up_again(store: Store) -> None:
    with store.write_transaction() as tx:
        number = arrive(tx, message()).id
        assert [messages.failed(tx, number, "Traceback") for _ in range(3)] == [False, False, True]
        assert messages.waiting(tx) == []
        assert messages.retry(tx, number)
        assert [one.id for one in messages.waiting(tx)] == [number]
        assert not messages.retry(tx, number)


def test_a_message_is_found_by_id_and_by_message_id(store: Store) -> None:
    with store.write_transaction() as tx:
        number = arrive(tx, message()).id
        for wanted in (str(number), "<een@damme.example>", "een@damme.example"):
            assert messages.find(tx, wanted) == number
        assert messages.find(tx, "99") is None
        assert messages.find(tx, "<andere@damme.example>") is None

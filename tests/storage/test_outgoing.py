"""Mail to send: claimed, handed over, marked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.mail import Attachment
from mailbot.domain.message import Bounce
from mailbot.domain.settled import Settlement
from mailbot.storage import Store, health, linked_mails, outbox, settled, workbooks
from mailbot.storage.decisions import open_case, queue
from mailbot.storage.schema import tables
from tests.storage.samples import EVENT, NOW, mail, message_id

LATER = NOW + timedelta(seconds=15)
LONG_AGO = NOW - timedelta(days=9)


def test_a_mail_of_the_same_key_is_taken_once(store: Store) -> None:
    with store.write_transaction() as tx:
        assert queue(tx, mail(), NOW)
        assert not queue(tx, mail(subject="nog eens"), NOW)
        assert [one.mail.subject for one in outbox.claim(tx, NOW, 10)] == ["Uw inschrijving"]


def test_the_message_id_of_a_mail_cannot_be_told_from_its_key(store: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/other/mailbot.db") as other:
        for one in (store, other):
            with one.write_transaction() as tx:
                queue(tx, mail(), NOW)
        assert message_id(store) != message_id(other)
    with store.write_transaction() as tx:
        assert [one.mail.message_id for one in outbox.claim(tx, NOW, 10)] == [message_id(store)]
    assert re.fullmatch(r"<[0-9a-f]{32}@brugge\.example>", message_id(store))


def test_a_claimed_mail_is_not_claimed_again(store: Store) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), NOW)
        assert len(outbox.claim(tx, NOW, 10)) == 1
        assert outbox.claim(tx, NOW, 10) == []


def test_heavy_mails_are_claimed_a_few_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "HEAVY", 250)
    form = Attachment("formulier.pdf", "application/pdf", bytes(100))
    huge = Attachment("handleiding.pdf", "application/pdf", bytes(1000))
    with store.write_transaction() as tx:
        for key in "123":
            queue(tx, mail(key, attachments=(form,)), NOW)
        queue(tx, mail("4", attachments=(huge,)), NOW)
        queue(tx, mail("5"), NOW)
        claims = [[one.mail.key for one in outbox.claim(tx, NOW, 50)] for _ in range(5)]
    assert claims == [["1", "2"], ["3"], ["4"], ["5"], []]


def test_a_claim_that_nobody_marked_is_sent_again_and_counted(store: Store) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), NOW)
        [before] = outbox.claim(tx, NOW, 10)
    with store.write_transaction() as tx:
        assert outbox.release_claims(tx, "", LONG_AGO) == 1
        [after] = outbox.claim(tx, NOW, 10)
        assert after.mail.message_id == before.mail.message_id
        outbox.mark_sent(tx, after.id, NOW, copied=True)
        assert outbox.release_claims(tx, "", LONG_AGO) == 0
        assert health.status(tx)["mails_resent"] == 1


def test_of_mails_claimed_together_only_the_one_in_hand_may_have_gone_out_twice(store: Store) -> None:
    with store.write_transaction() as tx:
        for key in "12345":
            queue(tx, mail(key), NOW)
        first = outbox.claim(tx, NOW, 3)
        others = outbox.claim(tx, LATER, 2)
        outbox.mark_sent(tx, first[0].id, NOW, copied=True)
        assert outbox.release_claims(tx, "", LONG_AGO) == 2
        resent = tx.execute(sa.select(tables.mail.c.id, tables.mail.c.resent)).all()
        assert {row.id for row in resent if row.resent} == {first[1].id, others[0].id}
        assert [one.mail.key for one in outbox.claim(tx, LATER, 10)] == ["2", "3", "4", "5"]


def test_after_a_power_cut_every_claim_without_a_mark_may_have_gone_out(store: Store) -> None:
    with store.write_transaction() as tx:
        for key in "123":
            queue(tx, mail(key), NOW)
        outbox.claim(tx, NOW, 3)
        assert outbox.release_claims(tx, "", booted=LATER) == 3
        outbox.claim(tx, NOW, 3)
        assert outbox.release_claims(tx, "", booted=None) == 1, "where each mark was synced"


def test_a_mail_waits_until_its_time_and_its_next_try(store: Store) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail("1", not_before=LATER), NOW)
        queue(tx, mail("2"), NOW)
        [tried] = outbox.claim(tx, NOW, 10)
        outbox.mark_failed(tx, tried.id, NOW, "451 later", next_try=LATER)
        assert outbox.claim(tx, NOW, 10) == []
        assert outbox.next_due(tx) == LATER
        assert [one.id for one in outbox.claim(tx, NOW, 10, last_tried_before=LATER)] == [tried.id]
        assert [one.mail.key for one in outbox.claim(tx, LATER, 10)] == ["1"]


def test_a_refused_mail_is_shown_and_not_tried_again(store: Store) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), NOW)
        [tried] = outbox.claim(tx, NOW, 10)
        outbox.mark_failed(tx, tried.id, NOW, "550 onbekend")
        assert outbox.claim(tx, NOW + timedelta(days=9), 10) == []
        status = health.status(tx)
        assert (status["mails_failed"], status["mails_waiting"]) == (1, 0)
        assert "550 onbekend" in str(status["mails_held_up"])


def test_a_claim_given_back_has_not_counted_as_a_try(store: Store) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), NOW)
        [first] = outbox.claim(tx, NOW, 10)
        outbox.release(tx, [first.id])
        [second] = outbox.claim(tx, NOW, 10)
    assert (first.tries, second.tries) == (1, 1)


def test_the_brake_counts_answers_sent_since_a_moment(store: Store) -> None:
    with store.write_transaction() as tx:
        for key, outcome in (("1", mail().outcome), ("2", None)):
            queue(tx, mail(key, outcome=outcome), NOW)
        claimed = outbox.claim(tx, NOW, 10)
        assert outbox.sent_since(tx, NOW) == 1, "one that is claimed may have gone out"
        for one in claimed:
            outbox.mark_sent(tx, one.id, NOW, copied=False)
        assert outbox.sent_since(tx, NOW - timedelta(hours=1)) == 1
        assert outbox.sent_since(tx, NOW) == 0
        copies = outbox.to_copy(tx, 10)
        assert [one.made_at for one in copies] == [NOW, NOW]
        outbox.mark_copied(tx, [one.id for one in copies])
        assert outbox.to_copy(tx, 10) == []


@pytest.mark.parametrize(("made", "found"), [(LONG_AGO, 0), (NOW, 1)])
def test_a_bounce_without_an_id_is_of_a_mail_of_the_last_days(
    store: Store, made: datetime, found: int
) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), made)
        bounce = Bounce("", mail().to.email, "")
        assert len(linked_mails.returned_mail(tx, bounce, NOW)) == found


@pytest.mark.parametrize("taken", [True, False])
def test_what_became_of_a_mail_that_she_decided_on_makes_her_workbook_behind(
    store: Store, taken: bool
) -> None:
    with store.write_transaction() as tx:
        open_case(tx, Case(CaseKind.LATE, "Els Maes", "te laat", (Choice.ACCEPT,), NOW, event=EVENT))
        settled.keep(tx, 1, EVENT, Settlement(Choice.ACCEPT), NOW)
        queue(tx, mail(), NOW, of_case=1)
        [claimed] = outbox.claim(tx, NOW, 10)
        workbooks.written(tx, EVENT, workbooks.wanted(tx, EVENT), NOW)
        if taken:
            outbox.mark_sent(tx, claimed.id, LATER, copied=True)
        else:
            outbox.mark_failed(tx, claimed.id, LATER, "550 onbekend")
        assert [(one.event, one.since) for one in workbooks.behind(tx)] == [(EVENT, LATER)]
        assert [one["event"] for one in health.status(tx)["workbooks_waiting"]] == [EVENT]


def test_a_mail_that_would_wait_longer_than_any_wait_is_due_since_the_clock_was_set_back(
    store: Store,
) -> None:
    with store.write_transaction() as tx:
        queue(tx, mail(), NOW)
        [tried] = outbox.claim(tx, NOW, 10)
        outbox.mark_failed(tx, tried.id, NOW, "451 later", next_try=NOW + timedelta(hours=1))
        assert outbox.claim(tx, NOW, 10) == []
        outbox.mark_failed(tx, tried.id, NOW, "451 later", next_try=NOW + timedelta(hours=1, seconds=1))
        assert [one.id for one in outbox.claim(tx, NOW, 10)] == [tried.id]

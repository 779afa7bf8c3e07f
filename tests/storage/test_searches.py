"""What each search of the ledger finds, and what stands just beside it: every case kind, status and limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.domain.case import OF_FORM, Case, CaseKind, Choice
from mailbot.domain.decision import Decision, LogLine, Outcome
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.storage import Store, counts, queries, season
from mailbot.storage.decisions import close_cases, open_case, record
from mailbot.storage.messages import MailPlace, store_raw
from tests.storage.samples import EVENT, NOW, arrive, mail, message, registered, registration, settings_in

ELSEWHERE = "elsewhere"
SECOND = timedelta(seconds=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "config")


def _cases() -> tuple[Case, ...]:
    """One of each kind, at our event, at another and at none."""
    return tuple(
        Case(kind, "Els", "", (Choice.DONE,), NOW, event, key=f"{event}/{kind}")
        for event in (EVENT, ELSEWHERE, "")
        for kind in CaseKind
    )


def _keys(cases: Iterable[Case]) -> list[str]:
    return [one.key for one in cases]


def _id(tx: sa.Connection, key: str) -> int:
    found = queries.open_case_by_key(tx, key)
    assert found is not None
    return found.id


def test_cases_are_found_by_event_kind_key_and_whether_they_wait(store: Store) -> None:
    gone = [f"{EVENT}/{CaseKind.LATE}", f"{ELSEWHERE}/{CaseKind.DOUBT}"]
    with store.write_transaction() as tx:
        for one in _cases():
            assert open_case(tx, one)
        ids = [_id(tx, key) for key in gone]
        assert close_cases(tx, ids, NOW) == {EVENT, ELSEWHERE}
        left = [key for key in _keys(_cases()) if key not in gone]
        for event in (EVENT, ELSEWHERE, ""):
            assert _keys(queries.open_cases(tx, event)) == [k for k in left if k.rpartition("/")[0] == event]
        for kind in CaseKind:
            assert _keys(queries.open_of_kinds(tx, (kind,))) == [k for k in left if k.endswith(f"/{kind}")]
        assert queries.events_with_open_cases(tx) == {EVENT, ELSEWHERE, ""}
        assert queries.settled_keys(tx, EVENT) == {gone[0]}
        assert queries.settled_keys(tx, "") == frozenset()
        for key, number in zip(gone, ids, strict=True):
            closed = queries.closed_case(tx, number)
            assert closed is not None and closed.key == key
            assert queries.open_case_by_id(tx, number) is None
            assert queries.open_case_by_key(tx, key) is None
        here = _id(tx, left[0])
        assert queries.closed_case(tx, here) is None
        assert queries.open_case_by_id(tx, here) is not None


def test_a_case_without_a_key_is_never_one_that_was_settled(store: Store) -> None:
    with store.write_transaction() as tx:
        for _ in range(2):
            assert open_case(tx, replace(_cases()[0], key=""))
        first, _ = queries.open_cases(tx, EVENT)
        close_cases(tx, [first.id], NOW)
        assert queries.settled_keys(tx, EVENT) == frozenset()


def test_nothing_is_closed_where_nothing_is_named(store: Store) -> None:
    with store.write_transaction() as tx:
        open_case(tx, _cases()[0])
        assert close_cases(tx, [], NOW) == close_cases(tx, [0], NOW) == set()
        assert len(queries.open_cases(tx, EVENT)) == 1


def test_a_mail_waits_for_her_word_on_a_form_while_it_is_held_and_the_case_open(store: Store) -> None:
    def waits() -> list[str]:
        return _keys(queries.waiting_for_forms(tx))

    with store.write_transaction() as tx:
        held = arrive(tx, message()).id
        asked = Case(CaseKind.PERHAPS, "Els", "", (Choice.DONE,), NOW, EVENT, message=held)
        of_form = replace(asked, payload={OF_FORM: "kennisplatform"}, key="held")
        for one in (
            replace(asked, key="of no form"),
            replace(of_form, message=held + 9, key="bytes gone"),
            replace(of_form, message=None, key="of no mail"),
            replace(of_form, kind=CaseKind.QUESTION, key="another kind"),
            of_form,
        ):
            open_case(tx, one)
        assert waits() == ["held"]
        close_cases(tx, [_id(tx, "held")], NOW)
        assert waits() == []


def test_the_mails_of_cases_are_those_of_open_ones(store: Store) -> None:
    with store.write_transaction() as tx:
        for number, one in enumerate(_cases()[:3]):
            open_case(tx, replace(one, message=number or None))
        assert queries.messages_of_cases(tx) == {1, 2}
        close_cases(tx, [_id(tx, _cases()[1].key)], NOW)
        assert queries.messages_of_cases(tx) == {2}


def test_registrations_are_found_by_event_and_reference(store: Store, settings: Settings) -> None:
    rows = [registration(nr, status=status) for nr, status in enumerate(Status, 1)]
    other = registration(50, event=ELSEWHERE)
    with store.write_transaction() as tx:
        record(tx, registered(*reversed(rows), other), (), settings, NOW)
        assert queries.registrations(tx, EVENT) == tuple(rows)
        assert queries.registrations(tx, ELSEWHERE) == (other,)
        assert queries.registrations(tx, "") == ()
        assert queries.by_nrs(tx, ("INS-0050", "INS-0001", "INS-9999", "x")) == (rows[0], other)
        assert queries.count_by_status(tx, EVENT) == dict.fromkeys(Status, 1)
        assert queries.count_by_status(tx, "") == {}


def test_the_log_is_told_from_a_moment_on_and_by_event(store: Store, settings: Settings) -> None:
    with store.write_transaction() as tx:
        for at, event in ((NOW - SECOND, EVENT), (NOW, EVENT), (NOW + SECOND, ELSEWHERE)):
            line = LogLine("mailbot", f"{at - NOW}", event=event)
            record(tx, Decision(Outcome.UNCHANGED, event, log=(line,)), (), settings, at)
        assert [one.at for one in queries.logged_since(tx, NOW)] == [NOW, NOW + SECOND]
        assert [one.at for one in queries.event_state(tx, EVENT, NOW).log] == [NOW - SECOND, NOW]


@pytest.mark.parametrize(("ago", "counted"), [(0, 1), (24 * 3600 - 1, 1), (24 * 3600, 0), (24 * 3600 + 1, 0)])
def test_what_somebody_was_sent_counts_for_a_day(
    store: Store, settings: Settings, ago: int, counted: int
) -> None:
    els, piet = "els@damme.example", "piet@damme.example"
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        letters = [mail("own"), mail("drawn", to=Address(piet))]
        record(tx, registered(), letters, settings, NOW, arrival=arrival)
        at = NOW + timedelta(seconds=ago)
        assert counts.answers_to(tx, els, els, at, False) == counted
        assert counts.answers_to(tx, els, piet, at, False) == counted
        assert counts.answers_to(tx, piet, piet, at, False) == 0, "another drew it"
        assert counts.answers_to(tx, piet, els, at, False) == counted
        assert counts.answers_to(tx, els, els, at, True) == 0, "nobody proved who wrote"
        assert (counts.drawn_by(tx, els, at, False), counts.drawn_by(tx, piet, at, False)) == (counted, 0)
        assert counts.drawn_by(tx, els, at, True) == 0
        assert counts.drawn_to(tx, {piet, els}, at, False) == counted
        assert counts.drawn_to(tx, {els}, at, False) == counts.drawn_to(tx, set(), at, False) == 0


@pytest.mark.parametrize(
    ("status", "changes", "taken"),
    [
        *((status, {}, status.is_coming or status is Status.INCOMPLETE) for status in Status),
        (Status.INCOMPLETE, {"arrived": NOW - SECOND}, False),
        (Status.INCOMPLETE, {"arrived": NOW}, True),
        (Status.INCOMPLETE, {"arrived": NOW - SECOND, "asked_at": NOW - SECOND}, False),
        (Status.INCOMPLETE, {"arrived": NOW - SECOND, "asked_at": NOW}, True),
        (Status.REGISTERED, {"arrived": NOW - timedelta(days=99)}, True),
    ],
)
def test_a_place_is_held_by_who_is_registered_or_was_asked_in_time(
    store: Store, settings: Settings, status: Status, changes: dict[str, datetime], taken: bool
) -> None:
    with store.write_transaction() as tx:
        row = registration(1, status=status, **changes)
        record(tx, registered(row, registration(2, event=ELSEWHERE)), (), settings, NOW)
        assert counts.taken_at(tx, EVENT, NOW) == ({"Damme": 1} if taken else {})


def test_the_waiting_lists_are_those_of_the_events_asked_for(store: Store, settings: Settings) -> None:
    rows = [registration(nr, status=status) for nr, status in enumerate(Status, 1)]
    other = registration(50, event=ELSEWHERE, status=Status.WAITLISTED)
    (waits,) = [row for row in rows if row.status is Status.WAITLISTED]
    with store.write_transaction() as tx:
        record(tx, registered(*rows, other), (), settings, NOW)
        assert counts.waiting_lists(tx, []) == {}
        assert counts.waiting_lists(tx, [EVENT, "none"]) == {EVENT: (waits,), "none": ()}
        assert counts.waiting_lists(tx, [ELSEWHERE]) == {ELSEWHERE: (other,)}


def _counted(store: Store, settings: Settings, *rows: Registration) -> dict[str, object]:
    over = {name: one.model_copy(update={"ends": None}) for name, one in settings.events.items()}
    past = {name: one.model_copy(update={"starts": datetime(2026, 11, 2, 14)}) for name, one in over.items()}  # noqa: DTZ001
    with store.write_transaction() as tx:
        record(tx, registered(*rows), (), settings, NOW)
        (found,) = season.totals(tx, replace(settings, events=past), NOW, {})
        assert (found.event, found.day) == (EVENT, date(2026, 11, 2).isoformat())
        season.keep(tx, rows, past)
        season.keep(tx, rows, {})
        tx.execute(sa.text("delete from registration"))
        (kept,) = season.totals(tx, replace(settings, events=past), NOW, {})
        assert kept == found, "each counts once, as a row or in what is kept"
    return dict(found.organisations)


def test_a_meeting_that_was_cancelled_or_replaced_is_no_part_of_the_season(
    store: Store, settings: Settings
) -> None:
    was = {"starts": datetime(2026, 11, 2, 14), "ends": None}  # noqa: DTZ001  event files have no zone
    past = {name: one.model_copy(update=was) for name, one in settings.events.items()}
    off = {name: one.model_copy(update={"cancelled": True}) for name, one in past.items()}
    later = {"id": "later", "replaces": EVENT, "starts": datetime(2027, 1, 2, 14)}  # noqa: DTZ001
    replaced = {**past, "later": past[EVENT].model_copy(update=later)}
    with store.write_transaction() as tx:
        record(tx, registered(registration(1)), (), settings, NOW)
        assert season.totals(tx, replace(settings, events=past), NOW, {})
        assert season.totals(tx, replace(settings, events=off), NOW, {}) == ()
        assert season.totals(tx, replace(settings, events=replaced), NOW, {}) == ()


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("attended", [True, False, None])
def test_the_season_counts_who_came_who_excused_themselves_and_who_withdrew(
    store: Store, settings: Settings, status: Status, attended: bool | None
) -> None:
    kinds = {
        Status.REGISTERED: season.REGISTERED,
        Status.EXCUSED: season.EXCUSED,
        Status.CANCELLED: season.WITHDRAWN,
    }
    found = _counted(store, settings, registration(1, status=status, attended=attended))
    counted = {kind: 1 for kind in (kinds.get(status), season.ATTENDED if attended else None) if kind}
    assert found == ({"Damme": counted} if counted else {}), "who was ticked was there, whatever their status"


@pytest.mark.parametrize("removed", Removal)
def test_who_was_taken_out_of_the_list_is_in_no_figure_of_the_season(
    store: Store, settings: Settings, removed: Removal
) -> None:
    row = registration(1, status=Status.CANCELLED, removed=removed)
    assert _counted(store, settings, row) == {}


def test_bytes_are_held_once_for_a_place(store: Store) -> None:
    with store.write_transaction() as tx:
        place = MailPlace("main", "INBOX", 7, 1)
        given = [store_raw(tx, place, b"Subject: x\r\n\r\n", NOW, 14, whole=True, now=NOW) for _ in range(2)]
    assert given[0] is not None and given[1] is None


@pytest.mark.parametrize(("known", "sequence", "noted"), [(4, -1, 4), (-1, 0, 0), (4, 5, 5), (4, 3, 4)])
def test_a_calendar_mail_notes_its_sequence_which_never_goes_back_and_no_other_mail_does(
    store: Store, settings: Settings, known: int, sequence: int, noted: int
) -> None:
    with store.write_transaction() as tx:
        record(tx, registered(registration(1, sequence=known)), (), settings, NOW)
        record(tx, Decision(Outcome.UNCHANGED, EVENT), [mail(sequence=sequence)], settings, NOW)
        (row,) = queries.registrations(tx, EVENT)
    assert row.sequence == noted

"""Calendar entries by the rules of mail programs: read back with a strict parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.config.settings import Settings
from mailbot.domain.announcement import Announcement, Announcing, EventFacts
from mailbot.domain.decision import Decision, Note, Outcome
from mailbot.domain.event import Event
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address, Arrival
from mailbot.domain.registration import Change, Status
from mailbot.domain.submission import Code, Problem, Reason
from mailbot.notifications import calendar_entries, compose
from tests.notifications.building import (
    ELS,
    EVENT,
    JAN,
    NOW,
    SENDER,
    arrival,
    decided,
    person,
    result,
    settings,
)


def _entries(decision: Decision, installed: Settings) -> list[Mail]:
    return [mail for mail in compose(decision, arrival(), installed, NOW) if mail.calendar]


def _parsed(text: str | bytes) -> tuple[icalendar.Calendar, icalendar.Event]:
    parsed = icalendar.Calendar.from_ical(text)
    assert not parsed.errors
    (event,) = parsed.walk("VEVENT")
    assert not event.errors
    return parsed, event


def test_an_invitation_puts_the_event_in_one_persons_calendar(installed: Settings) -> None:
    (mail,) = _entries(decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN)), installed)
    parsed, event = _parsed(mail.calendar)
    assert mail.outcome is None
    assert mail.calendar_method == parsed["METHOD"] == "REQUEST"
    assert (mail.sequence, event["SEQUENCE"]) == (0, 0)
    assert event["UID"] == calendar_entries.uid(EVENT, "INS-0001", "wvi.example")
    assert event["ORGANIZER"] == "mailto:inschrijvingen@wvi.example"
    assert event["ATTENDEE"] == f"mailto:{SENDER.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 12, 3, 13, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert [zone["TZID"] for zone in parsed.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert "\r\n" in mail.calendar
    assert max(len(line.encode()) for line in mail.calendar.split("\r\n")) <= 75


def test_the_entry_says_what_one_looks_for_on_the_day(installed: Settings) -> None:
    event = installed.events[EVENT].model_copy(
        update={"practical": "Parkeren kan achteraan.\nBel aan; ja, echt."}
    )
    _, entry = _parsed(calendar_entries.file(event, "INS-0001", 0, SENDER, installed.zone, NOW))
    assert str(entry["DESCRIPTION"]).startswith("Parkeren kan achteraan.\nBel aan; ja, echt.\n\nAn Claes")
    gone = calendar_entries.withdrawal(event, "INS-0001", 1, SENDER, SENDER, installed.zone, NOW)
    assert "DESCRIPTION" not in _parsed(gone)[1]


@pytest.mark.parametrize("name", ["Europe/Brussels", "America/New_York", "Africa/Lagos"])
def test_the_zone_in_the_entry_tells_the_same_instant_in_summer_and_winter(
    name: str, installed: Settings
) -> None:
    zone = ZoneInfo(name)
    for month in (1, 7):
        moment = datetime(2026, month, 15, 14)  # noqa: DTZ001  local, as in the event file
        event = installed.events[EVENT].model_copy(update={"starts": moment, "ends": None})
        parsed, entry = _parsed(calendar_entries.file(event, "INS-0001", 0, SENDER, zone, NOW))
        (described,) = parsed.walk("VTIMEZONE")
        told = described.to_tz()
        local = entry.decoded("DTSTART").replace(tzinfo=None)
        assert told.utcoffset(local) == zone.utcoffset(moment)
        assert local == moment


def test_a_uid_tells_nothing_of_the_date_and_differs_by_person_and_event() -> None:
    assert calendar_entries.uid("kis", "INS-0001", "a.example") != calendar_entries.uid(
        "kis", "INS-0002", "a.example"
    )
    assert calendar_entries.uid("kis", "INS-0001", "a.example") != calendar_entries.uid(
        "kas", "INS-0001", "a.example"
    )


def test_who_withdraws_loses_the_entry_and_the_event_goes_on(installed: Settings) -> None:
    before = replace(JAN, sequence=0)
    gone = result(Outcome.CANCELLED, replace(before, status=Status.CANCELLED), before=before)
    (mail,) = _entries(decided(Outcome.CANCELLED, gone), installed)
    parsed, event = _parsed(mail.calendar)
    assert parsed["METHOD"] == "CANCEL"
    assert event["SEQUENCE"] == 1
    assert "STATUS" not in event


def test_who_comes_after_all_gets_the_next_sequence(installed: Settings) -> None:
    before = replace(JAN, status=Status.CANCELLED, sequence=1)
    back = result(Outcome.REGISTERED, replace(JAN, sequence=1), before=before, notes=(Note.RESTORED,))
    (mail,) = _entries(decided(Outcome.REGISTERED, back), installed)
    assert _parsed(mail.calendar)[1]["SEQUENCE"] == 2


def test_who_never_had_an_entry_gets_none_cancelled(installed: Settings) -> None:
    gone = result(Outcome.CANCELLED, replace(JAN, status=Status.CANCELLED), before=JAN)
    assert _entries(decided(Outcome.CANCELLED, gone), installed) == []


@pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.UNCHANGED])
def test_an_answer_that_changes_sends_no_second_invitation(outcome: Outcome, installed: Settings) -> None:
    same = result(outcome, replace(JAN, sequence=0), before=replace(JAN, sequence=0))
    assert _entries(decided(outcome, same), installed) == []


def test_another_address_gets_the_invitation_and_the_former_one_its_cancellation(installed: Settings) -> None:
    changed = (Change("email", "els@verkeerd.example", "els.maes@oostkamp.example"),)
    row = replace(ELS, sequence=0)
    former, new = _entries(
        decided(Outcome.CHANGED, result(Outcome.CHANGED, row, before=row, changes=changed)), installed
    )
    assert (former.to.email, former.calendar_method, former.sequence) == ("els@verkeerd.example", "CANCEL", 1)
    assert (new.to.email, new.calendar_method, new.sequence) == ("els.maes@oostkamp.example", "REQUEST", 2)
    assert _parsed(former.calendar)[1]["UID"] == _parsed(new.calendar)[1]["UID"]


def test_an_address_that_was_never_reached_is_not_written_to_again(installed: Settings) -> None:
    changed = (Change("email", "els@verkeerd.example", "els.maes@oostkamp.example"),)
    row = replace(ELS, sequence=0, bounced=True)
    decision = decided(Outcome.CHANGED, result(Outcome.CHANGED, row, before=row, changes=changed))
    assert [mail.to.email for mail in _entries(decision, installed)] == ["els.maes@oostkamp.example"]


def _registered_at(address: str, *names: str) -> Decision:
    """People registered by one mail, all at the address that it came from."""
    results = [
        result(
            Outcome.REGISTERED,
            replace(person(f"INS-{number:04}", *name.split(" ", 1), address), sender=address, sequence=-1),
        )
        for number, name in enumerate(names, start=1)
    ]
    return decided(Outcome.REGISTERED, *results)


def _by(address: str, name: str) -> Arrival:
    mail = arrival()
    return replace(mail, message=replace(mail.message, sender=Address(address, name)))


SIX = ("Jan Claes", "An Maes", "Piet Ots", "Lies Bos", "Tom Aerts", "Eva Roels")


@pytest.mark.parametrize(
    ("names", "invited"),
    [(SIX, []), ((*SIX, "Griet Vos"), ["INS-0007"]), (SIX[:1], []), (("Griet Vos",), ["INS-0001"])],
)
def test_who_registers_others_gets_no_entry_but_her_own(
    names: tuple[str, ...], invited: list[str], installed: Settings
) -> None:
    address = "griet.vos@oostkamp.example"
    mails = compose(_registered_at(address, *names), _by(address, "Griet Vos"), installed, NOW)
    assert [mail.nrs[0] for mail in mails if mail.calendar] == invited
    files = [part.name for mail in mails for part in mail.attachments if part.name.endswith(".ics")]
    assert len(files) == len(names) - len(invited)


@pytest.mark.parametrize("address", ["onthaal@oostkamp.example", "info@oostkamp.example"])
def test_nobodys_entry_stands_in_the_calendar_of_a_reception(address: str, installed: Settings) -> None:
    mails = compose(
        _registered_at(address, "Jan Claes"), _by("jan@thuis.example", "Jan Claes"), installed, NOW
    )
    assert not [mail for mail in mails if mail.calendar]
    (file,) = {part.name for mail in mails for part in mail.attachments}
    assert file == "agenda Jan Claes.ics"


def test_nobody_waiting_or_excused_is_invited(installed: Settings) -> None:
    for outcome, status in (
        (Outcome.WAITLISTED, Status.WAITLISTED),
        (Outcome.EXCUSED, Status.EXCUSED),
        (Outcome.INCOMPLETE, Status.INCOMPLETE),
    ):
        assert _entries(decided(outcome, result(outcome, replace(JAN, status=status))), installed) == []


def test_who_ticked_both_yes_and_no_is_invited_once_they_say_that_they_come(installed: Settings) -> None:
    both = Problem(0, "attends", Code.AMBIGUOUS, Reason.YES_NO_UNCLEAR)
    asked = replace(JAN, answers={**JAN.answers, "attends": None}, doubts=(both,))
    comes = result(Outcome.CHANGED, replace(JAN, answers={**JAN.answers, "attends": True}), before=asked)
    assert _entries(decided(Outcome.REGISTERED, result(Outcome.REGISTERED, asked)), installed) == []
    assert len(_entries(decided(Outcome.CHANGED, comes), installed)) == 1


@pytest.mark.parametrize(
    ("address", "invited"), [("raes@zedelgem.example", []), ("wout.raes@zedelgem.example", ["Wout Raes"])]
)
def test_two_of_one_name_who_share_an_address_are_not_two_invitations_in_one_calendar(
    address: str, invited: list[str], installed: Settings
) -> None:
    family = (person("INS-0007", "Wout", "Raes", address), person("INS-0008", "Nele", "Raes", address))
    both = decided(Outcome.REGISTERED, *(result(Outcome.REGISTERED, one) for one in family))
    mails = compose(both, arrival(Address("wout@elders.example", "Wout")), installed, NOW)
    assert [mail.to.name for mail in mails if mail.calendar] == invited
    files = {file.name for mail in mails for file in mail.attachments}
    assert files >= {"agenda Nele Raes.ics"} | ({"agenda Wout Raes.ics"} if not invited else set())


def test_as_a_file_it_lies_in_the_answer_as_publish(tmp_path: Path) -> None:
    decision = decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN))
    (mail,) = compose(decision, arrival(), settings(tmp_path, calendar="file"), NOW)
    (file,) = mail.attachments
    parsed, event = _parsed(file.data)
    assert (file.name, file.media_type) == ("agenda Jan Peeters.ics", "text/calendar")
    assert parsed["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event


def test_without_a_calendar_nothing_is_sent(tmp_path: Path) -> None:
    decision = decided(Outcome.REGISTERED, result(Outcome.REGISTERED, JAN))
    (mail,) = compose(decision, arrival(), settings(tmp_path, calendar="none"), NOW)
    assert not mail.attachments
    assert not mail.calendar


def _announced(kind: Announcing, installed: Settings) -> list[Mail]:
    row = replace(JAN, sequence=0)
    decision = Decision(Outcome.NO_FORM, EVENT, announce=Announcement(kind, EVENT, "v2", (row,)))
    return [mail for mail in compose(decision, None, installed, NOW) if mail.calendar]


def test_a_moved_event_moves_its_entry(installed: Settings) -> None:
    (mail,) = _announced(Announcing.MOVED, installed)
    parsed, event = _parsed(mail.calendar)
    assert (parsed["METHOD"], event["SEQUENCE"]) == ("REQUEST", 1)
    assert event["UID"] == calendar_entries.uid(EVENT, "INS-0001", "wvi.example")


def test_a_cancelled_event_says_so_in_the_entry(installed: Settings) -> None:
    (mail,) = _announced(Announcing.CANCELLED, installed)
    parsed, event = _parsed(mail.calendar)
    assert (parsed["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_moved_event_moves_the_entry_of_who_opened_a_file(tmp_path: Path) -> None:
    before = EventFacts(EVENT, "Kennisplatform", times=1)
    letter = Announcement(Announcing.MOVED, EVENT, "v3", (JAN,), before=before)
    by_file = settings(tmp_path, calendar="file")
    (mail,) = compose(Decision(Outcome.NO_FORM, EVENT, announce=letter), None, by_file, NOW)
    (file,) = mail.attachments
    assert _parsed(file.data)[1]["SEQUENCE"] == 2


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=90)


@example(title="", place="", name="Jan\\", nr=1, sequence=0)
@given(title=_WORDS, place=_WORDS, name=_WORDS, nr=st.integers(1, 99_999), sequence=st.integers(0, 99))
def test_an_entry_put_together_has_the_bytes_that_the_library_gives_the_whole(
    title: str, place: str, name: str, nr: int, sequence: int
) -> None:
    event = Event(
        id="kis", title=title, form="kis", starts=datetime.fromisoformat("2026-12-03T14:00"), place=place
    )
    organizer, zone = Address("post@wvi.example", "Secretariaat"), ZoneInfo("Europe/Brussels")
    attendee = Address(f"jan{nr}@damme.example", name)
    made = calendar_entries.invitation(event, f"INS-{nr}", sequence, organizer, attendee, zone, NOW)
    (read,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    whole = icalendar.Event()
    for key in (
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "STATUS",
        "ORGANIZER",
    ):
        if key in read:
            whole.add(key, read[key], encode=0)
    whole.add("ATTENDEE", read["ATTENDEE"], encode=0)
    assert (read["SEQUENCE"], read["SUMMARY"]) == (sequence, title)
    assert read["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert whole.to_ical().decode() in made

"""What is known before a decision, and what is recorded after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.decision.scheduled.freed_places import freed_places
from mailbot.domain.announcement import EventFacts
from mailbot.domain.case import WAITED, Case, CaseKind, Choice, offered
from mailbot.domain.decision import (
    Ask,
    Decision,
    DecisionContext,
    EventState,
    Finding,
    FindingCode,
    LogLine,
    Outcome,
    Result,
)
from mailbot.domain.document import Location, Paragraph, Span
from mailbot.domain.done import Done
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.message import Address, Arrival, CalendarReply, Message
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Person, Submission, SubmissionKind
from mailbot.storage import Store, consistency, outbox, queries, workbooks
from mailbot.storage.decision_context import context_for
from mailbot.storage.decisions import open_case, record
from mailbot.storage.linked_mails import asked_in
from mailbot.wording import matter
from tests.storage.samples import (
    EVENT,
    NOW,
    arrive,
    mail,
    message,
    message_id,
    registered,
    registration,
    settings_in,
)

FORM = Submission(SubmissionKind.FORM, form="kennisplatform")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def filled(store: Store, settings: Settings) -> Store:
    """Els of Damme is registered, and was answered."""
    with store.write_transaction() as tx:
        record(tx, registered(registration()), [mail()], settings, NOW, arrival=arrive(tx, message()))
    return store


def test_places_that_come_free_for_hundreds_are_one_case(store: Store, settings: Settings) -> None:
    rows = tuple(registration(7 * n, status=Status.WAITLISTED) for n in range(1, 1500))
    event = settings.events[EVENT].model_copy(update={"capacity": len(rows), "per_organisation": None})
    state = EventState(EVENT, rows, (), (), NOW)
    decision = freed_places(EventSnapshot(event, None, state, frozenset(), settings, NOW))
    assert decision is not None
    with store.write_transaction() as tx:
        record(tx, decision, [], settings, NOW)
    with store.read_transaction() as tx:
        (case,) = queries.open_cases(tx, EVENT)
    assert len(offered(case)) == len(rows)


def test_what_is_watched_of_an_event_is_few_of_its_registrations(store: Store, settings: Settings) -> None:
    late, waited = (Case(CaseKind.LATE, "", "", (Choice.DONE,), NOW, EVENT, key=key) for key in "ab")
    statuses = {3: Status.INCOMPLETE, 4: Status.CANCELLED, 5: Status.WAITLISTED, 7: Status.LATE}
    rows = [registration(n, status=statuses.get(n, Status.REGISTERED)) for n in range(1, 10)]
    elsewhere = registration(10, event="elsewhere", status=Status.INCOMPLETE)
    with store.write_transaction() as tx:
        record(tx, registered(*rows, elsewhere), [], settings, NOW)
        open_case(tx, replace(late, registration="INS-0007"))
        open_case(tx, replace(waited, payload={WAITED: "INS-0004 INS-0010"}))
        state = queries.watched(tx, EVENT, NOW)
        counts = queries.count_by_status(tx, EVENT)
        nobody = queries.watched(tx, "nobody", NOW)
    assert [row.nr for row in state.registrations] == ["INS-0001", "INS-0003", "INS-0004", "INS-0007"]
    assert counts == {Status.REGISTERED: 5, **dict.fromkeys(statuses.values(), 1)}
    assert len(state.cases) == 2
    assert nobody.registrations == ()


def known(
    store: Store, settings: Settings, content: Message, submission: Submission = FORM
) -> DecisionContext:
    with store.read_transaction() as tx:
        return context_for(tx, Arrival(99, "main", NOW, content), submission, settings, NOW)


def person(first: str, last: str, email: str = "", organisation: str = "") -> Person:
    said = {"first_name": first, "last_name": last, "email": email, "organisation": organisation}
    return Person({key: Answer(value) for key, value in said.items() if value})


def test_of_words_that_nobody_of_a_body_comes_all_of_that_body_are_known(
    store: Store, settings: Settings
) -> None:
    row = replace(registration(), organisation_known="Damme")
    with store.write_transaction() as tx:
        record(tx, registered(row), [], settings, NOW, arrival=arrive(tx, message()), submission=FORM)
    other = replace(message("<twee@damme.example>"), sender=Address("info@elders.example", "Info"))
    words = Submission(SubmissionKind.NO_FORM)
    assert known(store, settings, other, words).registrations == ()
    found = known(store, settings, other, replace(words, absent_body="Damme")).registrations
    assert [one.nr for one in found] == [row.nr]


def test_what_a_form_of_before_said_is_known_of_another_where_it_is_compared(
    store: Store, settings: Settings
) -> None:
    form = replace(FORM, people=(person("Els", "Maes", "els@damme.example", "Damme"),))
    row = registration()
    with store.write_transaction() as tx:
        came = arrive(tx, message())
        decision = registered(replace(row, message=came.id))
        record(tx, decision, [], settings, NOW, arrival=came, submission=form)
    again = message("<twee@damme.example>")
    assert known(store, settings, again, form).said_before == {row.nr: (form.people[0].values,)}
    assert known(store, settings, again, replace(form, found=SubmissionKind.NO_FORM)).said_before == {}
    with store.read_transaction() as tx:
        arrival = Arrival(99, "main", NOW, again)
        decided = context_for(tx, arrival, form, settings, NOW, compared=False)
        assert context_for(tx, came, form, settings, NOW).said_before == {}, "by itself"
    assert decided.said_before == {}
    assert decided.registrations == known(store, settings, again, form).registrations


def test_a_person_is_found_by_name_in_whatever_order_and_case(filled: Store, settings: Settings) -> None:
    stranger = message("<b@x.example>", "ander@brugge.example")
    form = replace(FORM, people=(person("MAES", "els"),))
    assert [row.nr for row in known(filled, settings, stranger, form).registrations] == ["INS-0001"]
    other = replace(FORM, people=(person("Elsa", "Maes"),))
    assert known(filled, settings, stranger, other).registrations == ()


def test_a_person_is_found_by_address_sender_nr_and_by_part_of_the_name(
    filled: Store, settings: Settings
) -> None:
    stranger = message("<b@x.example>", "ander@brugge.example")
    by_address = replace(FORM, people=(person("X", "Y", "ELS@damme.example"),))
    by_name = Submission(SubmissionKind.NO_FORM, named=("Maes",))
    by_nr = Submission(SubmissionKind.NO_FORM, nrs=("INS-0001",))
    for submission in (by_address, by_name, by_nr):
        assert known(filled, settings, stranger, submission).registrations == (registration(),)
    assert known(filled, settings, message("<c@x.example>")).registrations == (registration(),)


def test_a_reply_to_our_mail_is_about_its_registrations(filled: Store, settings: Settings) -> None:
    reply = replace(message("<b@x.example>", "prive@post.example"), in_reply_to=(message_id(filled),))
    facts = known(filled, settings, reply)
    assert (facts.thread, facts.thread_event) == (("INS-0001",), EVENT)
    assert facts.registrations == (registration(),)


def test_a_reply_to_ones_own_mail_is_about_the_same_registrations(filled: Store, settings: Settings) -> None:
    reply = replace(message("<b@x.example>", "prive@post.example"), references=("<een@damme.example>",))
    with filled.write_transaction() as tx:
        record(tx, registered(registration(2, message=1)), [], settings, NOW)
    facts = known(filled, settings, reply)
    assert (facts.thread, facts.thread_event) == (("INS-0002",), EVENT)


def test_only_the_nearest_of_our_mails_can_be_the_question_that_is_answered(
    filled: Store, settings: Settings
) -> None:
    question = mail("2:els:answer", asks=Ask.INCOMPLETE, outcome=Outcome.INCOMPLETE)
    with filled.write_transaction() as tx:
        record(tx, registered(), [question], settings, NOW)
    ids = message_id(filled, question.key), message_id(filled)
    with filled.read_transaction() as tx:
        asked = asked_in(tx, ids)
        assert asked is not None
        assert (asked.kind, asked.event, asked.nrs) == ("incomplete", EVENT, ("INS-0001",))
        assert asked.registration is not None
        assert asked.registration.nr == "INS-0001"
        assert asked_in(tx, ids[::-1]) is None  # nothing of Els's is open
        assert asked_in(tx, ()) is None


def test_an_answer_to_a_mail_that_asked_nothing_is_for_the_question_that_waits(
    filled: Store, settings: Settings
) -> None:
    def question(nr: str, event: str = EVENT) -> Mail:
        return mail(f"{nr}:answer", asks=Ask.INCOMPLETE, outcome=Outcome.INCOMPLETE, nrs=(nr,), event=event)

    def asked(key: str = "1:els:answer") -> tuple[object, ...]:
        with filled.read_transaction() as tx:
            found = asked_in(tx, (message_id(filled, key),))
        return (found.nrs, found.registration and found.registration.nr, found.several) if found else ()

    bo, an = (registration(n, status=Status.INCOMPLETE) for n in (2, 3))
    of_an = mail("3:calendar", nrs=("INS-0003",))
    with filled.write_transaction() as tx:
        record(tx, registered(bo), [question("INS-0002"), of_an], settings, NOW)
    assert asked() == (("INS-0002",), "INS-0002", False)
    with filled.write_transaction() as tx:
        record(tx, registered(an), [question("INS-0003")], settings, NOW)
    assert asked() == (("INS-0003", "INS-0002"), None, True)
    assert asked("3:calendar") == (("INS-0003",), "INS-0003", False)
    with filled.write_transaction() as tx:
        whole = (Result(Outcome.REGISTERED, replace(one, status=Status.REGISTERED), one) for one in (bo, an))
        record(tx, Decision(Outcome.REGISTERED, EVENT, tuple(whole)), [], settings, NOW)
    assert asked() == ()


def test_a_calendar_reply_is_tied_to_its_registration_by_uid(filled: Store, settings: Settings) -> None:
    invitation = mail(
        "1:els:invitation",
        calendar="BEGIN:VCALENDAR\r\nUID:kis-2026-3-ins-0001-with-a-long-tail-that-is-\r\n folded@x\r\n",
    )
    with filled.write_transaction() as tx:
        record(tx, registered(), [invitation], settings, NOW)
    uid = "kis-2026-3-ins-0001-with-a-long-tail-that-is-folded@x"
    decline = replace(
        message("<d@x.example>", "agenda@elders.example"),
        calendar_reply=CalendarReply(uid, "els@damme.example", "DECLINED"),
    )
    facts = known(filled, settings, decline)
    assert facts.calendar_uids == {uid: "INS-0001"}
    assert facts.registrations == (registration(),)
    unknown = replace(decline, calendar_reply=CalendarReply("", "els@damme.example", "DECLINED"))
    assert known(filled, settings, unknown).calendar_uids == {}


def test_places_count_the_registered_and_the_incomplete_within_their_time(
    store: Store, settings: Settings
) -> None:
    rows = [
        registration(1),
        registration(2, organisation_known="Brugge"),
        registration(3, status=Status.WAITLISTED),
        registration(4, status=Status.CANCELLED),
        registration(5, status=Status.INCOMPLETE, arrived=NOW - timedelta(days=2)),
        registration(6, status=Status.INCOMPLETE, arrived=NOW - timedelta(days=4)),
        registration(7, status=Status.INCOMPLETE, reason="volzet"),
    ]
    with store.write_transaction() as tx:
        record(tx, registered(*rows), [], settings, NOW)
    facts = known(store, settings, message("<z@x.example>", "z@x.example"))
    assert facts.taken == {EVENT: 3}
    assert facts.taken_by_organisation == {(EVENT, "Damme"): 2, (EVENT, "Brugge"): 1}
    assert facts.waiting == {EVENT: (rows[2],)}


def test_the_waiting_list_is_in_order_of_arrival(store: Store, settings: Settings) -> None:
    late = registration(1, status=Status.WAITLISTED, arrived=NOW + timedelta(hours=2))
    early = registration(2, status=Status.WAITLISTED, arrived=NOW)
    with store.write_transaction() as tx:
        record(tx, registered(late, early), [], settings, NOW)
    assert known(store, settings, message()).waiting == {EVENT: (early, late)}


def test_a_number_is_never_given_twice(store: Store, settings: Settings) -> None:
    assert known(store, settings, message()).next_nr == 1
    with store.write_transaction() as tx:
        record(tx, registered(registration(7)), [], settings, NOW)
        record(tx, registered(registration(3)), [], settings, NOW)
    assert known(store, settings, message()).next_nr == 8


def test_answers_and_mails_drawn_to_others_are_counted_over_a_day(store: Store, settings: Settings) -> None:
    answer, other = mail("1"), mail("2", to=Address("piet@damme.example"))
    old = mail("3")
    with store.write_transaction() as tx:
        first = arrive(tx, message())
        record(tx, registered(), [answer, other], settings, NOW, arrival=first)
        record(tx, registered(), [old], settings, NOW - timedelta(hours=25), arrival=first)
    facts = known(store, settings, message("<b@x.example>"))
    assert (facts.answered_today, facts.drawn_today) == (1, 1)


def test_a_case_of_the_same_key_stands_open_once(store: Store, settings: Settings) -> None:
    doubt = Case(CaseKind.DOUBT, "Els Maes", "gsm", (Choice.ACCEPT,), NOW, event=EVENT, key="1:doubt:phone")
    with store.write_transaction() as tx:
        assert open_case(tx, doubt)
        assert not open_case(tx, doubt)
        [opened] = queries.open_cases(tx, EVENT)
        assert opened == replace(doubt, id=opened.id)
        record(tx, Decision(Outcome.CHANGED, EVENT, closes=(opened.id,)), [], settings, NOW)
        assert queries.open_cases(tx, EVENT) == ()
        assert queries.settled_keys(tx, EVENT) == {"1:doubt:phone"}


def test_a_mail_sent_again_that_says_what_an_open_case_shows_is_no_lost_one(
    store: Store, settings: Settings
) -> None:
    for uid, name in enumerate(("<a@x.example>", "<b@x.example>"), 1):
        with store.write_transaction() as tx:
            arrival = arrive(tx, message(name), uid)
            asks = Case(
                CaseKind.QUESTION, "Els", "?", (Choice.DONE,), NOW, EVENT, message=arrival.id, key="ask"
            )
            record(tx, Decision(Outcome.REVIEW, EVENT, cases=(asks,)), [], settings, NOW, arrival=arrival)
            assert consistency.without_consequence(tx) == []
            assert len(queries.open_cases(tx, EVENT)) == 1


def test_open_cases_of_the_sender_are_known(store: Store, settings: Settings) -> None:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        question = Case(CaseKind.QUESTION, "Els", "parking?", (Choice.DONE,), NOW, message=arrival.id)
        record(tx, Decision(Outcome.NO_FORM, cases=(question,)), [], settings, NOW, arrival=arrival)
    assert [matter(case) for case in known(store, settings, message("<b@x.example>")).open_cases] == [
        "parking?"
    ]
    assert known(store, settings, message("<c@x.example>", "jan@y.example")).open_cases == ()


def test_a_decision_is_recorded_whole(store: Store, settings: Settings) -> None:
    submission = replace(FORM, people=(person("Els", "Maes"),))
    decision = replace(
        registered(registration()),
        findings=(Finding("deadline", "op tijd"),),
        log=(LogLine("mailbot", "ingeschreven", "formulier", "INS-0001"),),
        facts=EventFacts(EVENT, "Kennisplatform"),
    )
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, decision, [mail()], settings, NOW, arrival=arrival, submission=submission)
    with store.read_transaction() as tx:
        shown = queries.explained(tx, arrival.id)
        assert shown is not None
        assert (shown.met.outcome, shown.met.nrs, shown.met.event) == ("registered", ("INS-0001",), EVENT)
        assert (shown.findings, shown.submission) == (decision.findings, submission)
        assert shown.mails == (("answer", "els@damme.example", "waiting"),)
        state = queries.event_state(tx, EVENT, NOW)
        assert state.registrations == (registration(),)
        assert [(one.at, one.line.what, one.line.message) for one in state.log] == [
            (NOW, "ingeschreven", arrival.id)
        ]
        assert queries.facts_told(tx) == {EVENT: EventFacts(EVENT, "Kennisplatform")}
        assert [one.event for one in workbooks.behind(tx)] == [EVENT]


def test_a_line_of_the_log_is_read_as_it_was_written_in_codes_or_in_words(
    store: Store, settings: Settings
) -> None:
    moved, asked = say(Done.STATUS_MOVED, old="Te laat", new="Afgemeld"), say(Says.ASKED, words="Komt u?")
    lines = (
        LogLine("mailbot", moved, say(Done.IS_OVER), "INS-0001", EVENT, says=(asked,)),
        LogLine("secretariaat", moved, "Deelnemers, rij 2", "INS-0001", EVENT),
        LogLine("", "vraag", "parking?", "", EVENT, says=(asked,)),  # as a ledger of before has it
        LogLine("mailbot", "ingeschreven", say(Done.OF_MAIL, subject='{"code": "x"}'), "INS-0001", EVENT),
    )
    with store.write_transaction() as tx:
        record(tx, Decision(Outcome.UNCHANGED, EVENT, log=lines), [], settings, NOW)
    with store.read_transaction() as tx:
        assert tuple(one.line for one in queries.event_state(tx, EVENT, NOW).log) == lines


def test_nothing_of_a_decision_is_recorded_when_one_part_fails(store: Store, settings: Settings) -> None:
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
    naive = registration(2, arrived=NOW.replace(tzinfo=None))
    with pytest.raises(Exception, match="aware"), store.write_transaction() as tx:
        record(tx, registered(registration(), naive), [mail()], settings, NOW, arrival=arrival)
    with store.read_transaction() as tx:
        assert queries.registrations(tx, EVENT) == ()
        assert queries.messages(tx)[0].outcome == ""


def test_an_attachment_goes_out_byte_for_byte(store: Store, settings: Settings) -> None:
    from mailbot.storage import outbox

    form = Attachment("formulier.docx", "application/octet-stream", bytes(range(256)))
    with store.write_transaction() as tx:
        record(tx, registered(), [mail(attachments=(form,))], settings, NOW)
        [claimed] = outbox.claim(tx, NOW, 10)
    assert claimed.mail == mail(attachments=(form,), message_id=claimed.mail.message_id)


OTHER_ID = ("<0102018f@eu-west-1.amazonses.example>",)


@pytest.mark.parametrize("ids", [(), OTHER_ID])
@pytest.mark.parametrize("prefix", ["Re: ", "RE: AW: ", "Antw: "])
def test_an_answer_whose_thread_was_lost_is_tied_by_sender_and_subject(
    filled: Store, settings: Settings, ids: tuple[str, ...], prefix: str
) -> None:
    subject = prefix + mail("x").subject
    reply = replace(message("<b@x.example>"), subject=subject, in_reply_to=ids)
    assert known(filled, settings, reply).thread == ("INS-0001",)
    assert known(filled, settings, reply).answers_mail_to == ""
    for other in ("Re: Iets anders", mail("x").subject):
        assert known(filled, settings, replace(reply, subject=other)).thread == ()
    stranger = replace(message("<b@x.example>", "ander@brugge.example"), subject=subject)
    assert known(filled, settings, stranger).thread == ()


def test_an_answer_whose_thread_was_lost_is_tied_by_the_reference_in_its_subject(
    filled: Store, settings: Settings
) -> None:
    reply = replace(message("<b@x.example>"), subject="Re: Komt u? INS-0001 Kennisplatform")
    facts = known(filled, settings, reply)
    assert (facts.thread, facts.answers_mail_to) == (("INS-0001",), "")
    for other in ("Re: Komt u? INS-0002", "Komt u? INS-0001", "Re: INS-0001 en INS-0002"):
        assert known(filled, settings, replace(reply, subject=other)).thread == ()
    stranger = replace(reply, sender=Address("ander@brugge.example"))
    assert known(filled, settings, stranger).thread == ()


def test_what_it_quotes_ties_an_answer_and_gives_no_right(filled: Store, settings: Settings) -> None:
    lines = ["Referentie: INS-0001"]
    quoted = tuple(Paragraph((Span(line),), Location(), quote=1) for line in lines)
    stranger = replace(message("<b@x.example>", "ander@brugge.example"), body=quoted)
    facts = known(filled, settings, stranger)
    assert (facts.thread, facts.answers_mail_to) == (("INS-0001",), "")


def test_a_subject_that_mails_about_several_people_had_ties_to_none(
    filled: Store, settings: Settings
) -> None:
    with filled.write_transaction() as tx:
        other = mail("2:els:answer", nrs=("INS-0002",))
        record(tx, registered(registration(2)), [other], settings, NOW)
    reply = replace(message("<b@x.example>"), subject="Re: " + mail("x").subject)
    assert known(filled, settings, reply).thread == ()


def test_a_receipt_that_waits_is_taken_back_by_the_decision(store: Store, settings: Settings) -> None:
    receipt = mail("receipt/1", kind="receipt", not_before=NOW + timedelta(minutes=30))
    opened = Case(CaseKind.QUESTION, "Els", "lift?", (Choice.DONE,), NOW, EVENT, message=1, key="q")
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(
            tx, Decision(Outcome.REVIEW, EVENT, cases=(opened,)), [receipt], settings, NOW, arrival=arrival
        )
        assert not outbox.waiting_mails(tx, NOW)
        assert len(outbox.waiting_mails(tx, NOW + timedelta(minutes=31))) == 1
        record(tx, Decision(Outcome.NO_FORM, EVENT, closes=(1,)), [], settings, NOW)
        assert not outbox.waiting_mails(tx, NOW + timedelta(minutes=31))


def test_what_her_decision_about_a_case_settled_is_told_with_its_message(
    filled: Store, settings: Settings
) -> None:
    settled = Finding("volledig", code=FindingCode.SETTLED, says=(say(Saw.ACCEPTED_AS_READ, who="Els"),))
    other = Finding("inschrijving", says=(say(Saw.REGISTERED),))
    decision = Decision(Outcome.UNCHANGED, EVENT, findings=(settled, other), answer=False)
    with filled.read_transaction() as tx:
        before = queries.explained(tx, 1)
    with filled.write_transaction() as tx:
        record(tx, decision, [], settings, NOW, case_of=1)
    with filled.read_transaction() as tx:
        after = queries.explained(tx, 1)
    assert before is not None and after is not None
    assert after.findings == (*before.findings, settled)

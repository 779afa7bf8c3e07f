"""What time, and a change in an event file, bring about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case, decide_scheduled
from mailbot.decision.announcements import facts_of
from mailbot.domain.announcement import Announcing, EventFacts
from mailbot.domain.case import OFFERED, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Ask, Decision, EventState, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.event import Event
from mailbot.domain.form import FormField
from mailbot.domain.mailing import Mailing, MailingState
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Intent, Problem
from mailbot.wording import as_told, matter

from .building import event, known, local, mail, person, row, settings, words

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
COMES = row(1)
GONE = row(2, Status.CANCELLED, name="An Bos")
EXCUSED = row(3, Status.EXCUSED, name="Bo Claes")
WAITS = row(4, Status.WAITLISTED, name="Cas Dries")
FULL = say(Says.FULL, count=1)
ALL = (COMES, GONE, EXCUSED, WAITS)


def passed(
    of: Event,
    told: EventFacts | None = None,
    rows: tuple[Registration, ...] = ALL,
    cases: tuple[Case, ...] = (),
    settled: frozenset[str] = frozenset(),
    now: datetime = NOW,
    others: tuple[Event, ...] = (),
    mailings: tuple[Mailing, ...] = (),
    here: Settings | None = None,
) -> tuple[Decision, ...]:
    state = EventState(of.id, rows, cases, (), now, mailings=mailings)
    return decide_scheduled(of, told or facts_of(of), state, settled, here or settings(of, *others), now)


def opened(decisions: tuple[Decision, ...]) -> list[Case]:
    return [case for decision in decisions for case in decision.cases]


def proposed(decisions: tuple[Decision, ...]) -> list[Mailing]:
    """The rows of Berichten that are new."""
    return [one for decision in decisions for one in decision.mailings if not one.hidden]


def decided(
    case: Case, choice: Choice, of: Event, *others: Event, rows: tuple[Registration, ...] = ALL
) -> Decision:
    edit = Edit(EditKind.DECISION, "rij 2", case=1, choice=choice, remark="Tot dan.")
    return decide_case(replace(case, id=1), edit, known(*rows), settings(of, *others), NOW)


def test_an_event_seen_for_the_first_time_is_what_people_know() -> None:
    (decision,) = decide_scheduled(
        event(), None, EventState("kis", ALL, (), (), NOW), frozenset(), settings(), NOW
    )
    assert decision.facts == facts_of(event(), at=NOW)
    assert decision.cases == ()


def test_nothing_is_due_where_nothing_changed() -> None:
    assert passed(event()) == ()


def test_another_date_first_becomes_a_case_with_text_and_recipients() -> None:
    before = facts_of(event())
    later = event(starts=local(2026, 12, 10, 14), ends=local(2026, 12, 10, 17))
    (case,) = opened(passed(later, before))
    assert (case.kind, case.choices) == (CaseKind.ANNOUNCE, (Choice.SEND, Choice.DO_NOT_SEND))
    assert "Datum: 03/12/2026 om 14.00 uur tot 17.00 uur wordt 10/12/2026 om" in matter(case)
    assert as_told(case.who).startswith("2 personen: Els Maes")
    assert opened(passed(later, before, cases=(case,))) == []


def test_another_hour_on_the_same_day_is_told_as_that() -> None:
    later = event(starts=local(2026, 12, 3, 14, 30))
    (case,) = opened(passed(later, facts_of(event())))
    assert "Uur: 03/12/2026 om 14.00 uur" in matter(case)
    assert "Datum:" not in matter(case)


def test_sending_tells_everybody_who_may_come_the_new_facts() -> None:
    before, later = facts_of(event()), event(place="Brugge")
    (case,) = opened(passed(later, before))
    decision = decided(case, Choice.SEND, later)
    assert decision.announce is not None
    assert decision.announce.kind is Announcing.MOVED
    assert [r.nr for r in decision.announce.to] == ["INS-0001", "INS-0004"]
    assert decision.announce.before is not None
    assert (decision.announce.before.place, decision.announce.before.starts) == ("Beernem", before.starts)
    assert (decision.facts, decision.announce.remark, decision.answer) == (
        facts_of(later, 1, NOW),
        "Tot dan.",
        True,
    )


def test_not_sending_tells_nobody_and_is_not_proposed_again() -> None:
    before, later = facts_of(event()), event(place="Brugge")
    (case,) = opened(passed(later, before))
    decision = decided(case, Choice.DO_NOT_SEND, later)
    assert (decision.announce, decision.answer, decision.facts) == (None, False, facts_of(later, 1, NOW))


def test_who_registered_for_the_new_date_already_is_not_told_that_it_moved() -> None:
    later, told = event(place="Brugge"), facts_of(event(), at=NOW - timedelta(days=9))
    before, after = NOW - timedelta(days=2), NOW - timedelta(seconds=5)
    knew = row(1, at=before, since=before, heard=event().moment)
    mailed_before = row(2, name="An Bos", at=before, since=after, heard=later.moment)
    let_in_since = row(3, name="Bo Claes", at=before, since=NOW + timedelta(hours=1), heard=later.moment)
    (case,) = opened(passed(later, told, rows=(knew, mailed_before)))
    assert "Els Maes" in as_told(case.who) and "An Bos" not in as_told(case.who)
    sent = decided(case, Choice.SEND, later, rows=(knew, mailed_before, let_in_since))
    assert sent.announce and [one.nr for one in sent.announce.to] == [knew.nr]


@pytest.mark.parametrize("intent", [Intent.WITHDRAW, Intent.EXCUSE])
def test_who_does_not_come_is_noted_with_the_date_that_they_said_it_of(intent: Intent) -> None:
    said = words(intent, "Ik kan niet komen.")
    (gone,) = decide(mail(name="Els Maes"), said, known(COMES), settings(), NOW).results
    assert gone.after and (gone.after.since, gone.after.heard) == (NOW, event().moment)


def test_who_registered_before_a_date_moved_away_and_back_is_told_that_it_is_back() -> None:
    before = NOW - timedelta(days=2)
    for_it = row(1, at=before, since=before, heard=event().moment)
    moved = facts_of(event(place="Brugge"), 1, NOW - timedelta(days=1))
    assert opened(passed(event(), moved, rows=(for_it,)))
    again = replace(for_it, since=NOW - timedelta(hours=1))
    assert not opened(passed(event(), moved, rows=(again,)))


def test_a_typing_error_that_is_mended_withdraws_the_case() -> None:
    before, wrong = facts_of(event()), event(place="Brugge")
    (case,) = opened(passed(wrong, before))
    mended = passed(event(), before, cases=(replace(case, id=5),))
    assert [decision.closes for decision in mended] == [(5,)]


def test_a_date_that_moves_away_and_back_is_news_each_time() -> None:
    at_first, later = event(), event(place="Brugge")
    told, versions = facts_of(at_first), []
    for now in (later, at_first, later, at_first):
        (case,) = opened(passed(now, told))
        decision = decided(case, Choice.SEND, now)
        assert decision.announce is not None
        assert decision.facts is not None
        versions.append(decision.announce.version)
        told = decision.facts
    assert len(set(versions)) == 4


def test_whatever_changes_in_the_event_file_stands_in_the_log_once() -> None:
    before = facts_of(event())
    (decision,) = passed(event(title="Platform", capacity=40), before, rows=(COMES,))
    assert [as_told(line.what) for line in decision.log] == [
        "bijeenkomst gewijzigd: Titel: Kennisplatform → Platform; Plaatsen: leeg → 40"
    ]
    assert decision.facts is not None
    assert decision.cases == ()
    assert passed(event(title="Platform", capacity=40), decision.facts, rows=(COMES,)) == ()


def test_days_hours_and_choices_of_an_event_file_stand_in_the_log_as_people_write_them() -> None:
    later = datetime.fromisoformat("2026-11-24T12:00:00")
    of = event(deadline=later, late="refuse", organisations="brugge", cancelled=True)
    (decision,) = passed(of, facts_of(event()))
    assert as_told(decision.log[0].what) == (
        "bijeenkomst gewijzigd: Uiterste inschrijfdag: 23/11/2026 → 24/11/2026 12:00; "
        "Wie te laat is: beoordelen → weigeren; Lijst van besturen: leeg → brugge; Geannuleerd: neen → ja"
    )


def test_what_was_never_noted_of_an_event_is_no_change() -> None:
    (decision,) = passed(event(), replace(facts_of(event()), seen=None))
    assert (decision.log, decision.facts) == ((), facts_of(event()))


def test_a_change_nobody_is_to_be_told_simply_counts() -> None:
    (decision,) = passed(event(place="Brugge"), facts_of(event()), rows=(GONE, EXCUSED))
    assert (decision.cases, decision.facts) == ((), facts_of(event(place="Brugge"), 1, NOW))


def test_a_cancellation_is_a_case_too() -> None:
    off = event(cancelled=True)
    (case,) = opened(passed(off, facts_of(event())))
    assert "gaat niet door" in matter(case)
    letter = decided(case, Choice.SEND, off).announce
    assert letter is not None
    assert letter.kind is Announcing.CANCELLED


def test_another_successor_is_another_question() -> None:
    replacing = [event(id=name, title="Nieuwe", replaces="kis") for name in ("new", "newer")]
    cases = [case for new in replacing for case in opened(passed(event(), others=(new,)))]
    asked = [decided(case, Choice.SEND, event(), new) for case, new in zip(cases, replacing, strict=True)]
    assert len({decision.announce.version for decision in asked if decision.announce}) == 2


def test_those_of_a_replaced_event_are_asked_once() -> None:
    new = event(id="new", title="Nieuwe", starts=local(2027, 1, 7, 14), ends=None, replaces="kis")
    (case,) = opened(passed(event(), others=(new,)))
    decision = decided(case, Choice.SEND, event(), new)
    assert decision.announce is not None
    assert (decision.asks, decision.announce.replacing) == ("new-date", "new")
    assert [one.kind for one in decision.mailings] == [Announcing.AGAIN], "the excused hear if she wants"
    assert opened(passed(event(), others=(new,), settled=frozenset({case.key}))) == []


def test_cancelled_and_replaced_in_one_sitting_is_one_mail() -> None:
    off, new = event(cancelled=True, article="het"), event(id="new", title="Nieuwe", replaces="kis")
    (case,) = opened(passed(event(cancelled=True), facts_of(event())))
    cancelled, asks = passed(off, facts_of(event()), cases=(replace(case, id=4),), others=(new,))
    assert (cancelled.facts, cancelled.closes, cancelled.cases) == (facts_of(off, 1, NOW), (4,), ())
    assert "Het Kennisplatform is vervangen door Nieuwe" in matter(asks.cases[0])
    said_no = frozenset({asks.cases[0].key})
    assert len(opened(passed(off, facts_of(event()), others=(new,), settled=said_no))) == 1


def test_a_closed_list_proposes_a_reminder_to_those_who_did_not_answer() -> None:
    closed = event(organisations="brugge")
    soon = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert proposed(passed(closed, rows=(row(1),))) == []
    (row_,) = proposed(passed(closed, rows=(row(1),), now=soon))
    assert (row_.kind, row_.to) == (Announcing.REMINDER, "nog geen antwoord")
    assert proposed(passed(closed, rows=(row(1),), now=soon, mailings=(row_,))) == []
    earlier = closed.model_copy(update={"reminder_days": 12})
    assert proposed(passed(earlier, rows=(row(1),), now=soon - timedelta(days=8)))


def test_who_was_reminded_is_not_proposed_to_be_reminded_again_after_a_new_date() -> None:
    closed = event(organisations="brugge")
    soon = datetime(2026, 11, 20, 9, tzinfo=UTC)
    (row_,) = proposed(passed(closed, rows=(row(1),), now=soon))
    sent = replace(row_, state=MailingState.SENT, done=soon, count=1)
    moved = closed.model_copy(update={"starts": local(2026, 12, 10, 14), "ends": local(2026, 12, 10, 17)})
    later = {"rows": (row(1),), "now": soon + timedelta(hours=1)}
    assert proposed(passed(moved, **later, mailings=(sent,))) == []
    assert proposed(passed(moved, **later, mailings=(replace(sent, text="Een ander woord."),)))
    invited = Mailing("kis", "a", soon, files="formulieren", state=MailingState.SENT, done=later["now"],
                      listed=(Address("an@gent.example", "An"),))  # fmt: skip
    assert proposed(passed(moved, **later, mailings=(sent, invited)))


def test_no_reminder_is_proposed_where_all_who_were_invited_answered() -> None:
    soon = datetime(2026, 11, 20, 9, tzinfo=UTC)
    asked = event(reminder_days=7)
    sent = Mailing("kis", "a", soon, files="formulieren", state=MailingState.SENT, done=soon,
                   listed=(Address(row(1).text("email"), "Jan"),))  # fmt: skip
    assert proposed(passed(asked, rows=(row(1),), now=soon, mailings=(sent,))) == []
    other = replace(sent, listed=(*sent.listed, Address("an@gent.example", "An")))
    assert proposed(passed(asked, rows=(row(1),), now=soon, mailings=(other,)))


def test_nobody_is_reminded_once_the_deadline_has_passed() -> None:
    closed = event(organisations="brugge")
    last = datetime(2026, 11, 23, 22, 58, tzinfo=UTC)  # 23.58 there
    assert proposed(passed(closed, rows=(row(1),), now=last))
    assert proposed(passed(closed, rows=(row(1),), now=last + timedelta(minutes=1))) == []


PRACTICAL = event(practical="Parkeren kan achteraan.", practical_days=3)
DUE = datetime(2026, 11, 30, 13, tzinfo=UTC)


def test_practical_information_is_proposed_a_day_ahead_and_never_goes_by_itself() -> None:
    assert proposed(passed(PRACTICAL, now=DUE - timedelta(days=1, seconds=1))) == []
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    assert (row_.to, row_.text) == ("ingeschreven", "Parkeren kan achteraan.")
    for later in (DUE - timedelta(minutes=1), DUE + timedelta(days=2)):
        assert passed(PRACTICAL, mailings=(row_,), now=later) == ()


def test_what_a_former_version_proposed_as_a_case_is_not_proposed_again() -> None:
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    assert passed(PRACTICAL, settled=frozenset({row_.key}), now=DUE) == ()
    case = Case(CaseKind.ANNOUNCE, "", "", (Choice.SEND,), NOW, "kis", key=row_.key, id=9)
    assert passed(PRACTICAL, cases=(case,), now=DUE) == ()


def test_practical_information_that_nobody_sent_goes_when_the_event_begins() -> None:
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    begins = DUE + timedelta(days=3)
    assert passed(PRACTICAL, mailings=(replace(row_, id=9),), now=begins - timedelta(minutes=1)) == ()
    decisions = passed(PRACTICAL, mailings=(replace(row_, id=9),), now=begins)
    assert [(one.id, one.hidden) for decision in decisions for one in decision.mailings] == [(9, True)]
    assert proposed(passed(PRACTICAL, now=begins)) == []


def test_practical_information_moves_with_the_date() -> None:
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    moved = PRACTICAL.model_copy(update={"starts": local(2026, 12, 10, 14), "ends": None})
    decisions = passed(moved, mailings=(replace(row_, id=9),), now=DUE)
    assert [(one.id, one.hidden) for decision in decisions for one in decision.mailings] == [(9, True)]


def test_practical_information_of_a_date_that_moved_away_and_back_is_proposed_again() -> None:
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    sent = replace(row_, id=9, state=MailingState.SENT)
    back = facts_of(PRACTICAL, 2)
    (again,) = proposed(passed(PRACTICAL, back, mailings=(sent,), now=DUE - timedelta(days=1)))
    assert again.key != row_.key


def test_practical_information_waits_until_people_know_of_the_date() -> None:
    (row_,) = proposed(passed(PRACTICAL, now=DUE - timedelta(days=1)))
    elsewhere = PRACTICAL.model_copy(update={"place": "Brugge"})
    (proposal,) = passed(elsewhere, facts_of(PRACTICAL), mailings=(replace(row_, id=9),), now=DUE)
    assert proposal.mailings == ()
    assert [one.payload["kind"] for one in proposal.cases] == [Announcing.MOVED]


def test_thanks_are_proposed_once_somebody_was_marked_as_present() -> None:
    of = event(thanks="Bedankt voor uw komst.", certificate=True)
    after = datetime(2026, 12, 5, 9, tzinfo=UTC)
    assert proposed(passed(of, now=after)) == []
    there = (replace(COMES, attended=True), replace(WAITS, attended=False))
    (row_,) = proposed(passed(of, rows=there, now=after))
    assert (row_.to, row_.files) == ("aanwezig", "attest")
    assert passed(of, rows=there, mailings=(row_,), now=after + timedelta(days=1)) == ()


def test_an_old_event_that_is_looked_at_anew_thanks_nobody() -> None:
    of = event(thanks="Bedankt voor uw komst.")
    there = (replace(COMES, attended=True),)
    end = datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert proposed(passed(of, rows=there, now=end + timedelta(days=30, seconds=-1)))
    assert proposed(passed(of, rows=there, now=end + timedelta(days=30))) == []


def test_who_was_marked_after_the_thanks_is_proposed_a_mail_of_the_same_words() -> None:
    of = event(thanks="Bedankt voor uw komst.", certificate=True)
    after = datetime(2026, 12, 5, 9, tzinfo=UTC)
    there = (replace(COMES, attended=True),)
    (row_,) = proposed(passed(of, rows=there, now=after))
    sent = replace(row_, id=9, state=MailingState.SENT, nrs=(COMES.nr,), subject="Bedankt", text="Tot dan.")
    assert passed(of, rows=there, mailings=(sent,), now=after) == ()
    both = (*there, replace(WAITS, attended=True))
    (again,) = proposed(passed(of, rows=both, mailings=(sent,), now=after))
    assert again.version == sent.version
    assert again.key != sent.key
    assert passed(of, rows=both, mailings=(sent, again), now=after) == ()


def test_of_a_new_date_who_could_not_come_hears_if_she_wants() -> None:
    moved = event(place="Brugge")
    (case,) = opened(passed(moved, facts_of(event())))
    (row_,) = decided(case, Choice.SEND, moved).mailings
    assert (row_.kind, row_.to) == (Announcing.AGAIN, "verontschuldigd, afgemeld")
    assert decided(case, Choice.DO_NOT_SEND, moved).mailings == ()


def test_the_excused_hear_of_a_second_move_in_the_words_of_the_first() -> None:
    first, second = (
        Mailing(
            "kis",
            f"again:kis:{number}",
            NOW,
            kind=Announcing.AGAIN,
            subject="Gewijzigd",
            text="Lukt het nu wel?",
        )
        for number in (1, 2)
    )
    assert first.version != second.version and not first.says_the_same(second)
    assert first.says_the_same(replace(first, key="hers", kind=Announcing.WRITTEN)), (
        "a copy goes to nobody twice"
    )


def test_what_is_not_completed_in_time_becomes_a_case_once() -> None:
    late = row(status=Status.INCOMPLETE, at=NOW - timedelta(days=3, seconds=1))
    fresh = row(2, status=Status.INCOMPLETE, at=NOW - timedelta(days=3))
    (case,) = opened(passed(event(), rows=(late, fresh)))
    assert (case.kind, case.registration) == (CaseKind.INCOMPLETE, "INS-0001")
    assert opened(passed(event(), rows=(late,), settled=frozenset({case.key}))) == []
    stands = replace(case, id=7, key="of its mail")
    assert opened(passed(event(), rows=(late,), cases=(stands,))) == []


def test_a_capacity_lowered_below_what_is_taken_throws_nobody_out() -> None:
    (decision,) = passed(event(capacity=1), rows=(row(1), row(2, name="An Bos")))
    assert decision.results == ()
    assert [case.kind for case in decision.cases] == [CaseKind.CAPACITY]


def test_a_place_that_came_free_by_itself_waits_for_her() -> None:
    (case,) = opened(passed(event(capacity=2), rows=(COMES, WAITS)))
    assert (case.kind, case.registration) == (CaseKind.FREED_PLACE, "INS-0004")
    assert opened(passed(event(capacity=1), rows=(COMES, WAITS))) == []


LINE = tuple(
    row(n, Status.WAITLISTED, name=f"W {n}", email=f"w{n}@{of}.example", organisation=of, reason=FULL)
    for n, of in ((4, "Gent"), (5, "Gent"), (6, "Damme"))
)


def test_a_raised_capacity_is_offered_to_all_in_line_in_one_decision() -> None:
    (case,) = opened(passed(event(capacity=3), rows=(COMES, *LINE)))
    assert as_told(case.who) == "W 4 (Gent), W 5 (Gent)"
    assert "1 van 3 plaatsen" in matter(case)
    more = event(capacity=4)
    decisions = passed(more, rows=(COMES, *LINE), cases=(replace(case, id=7),))
    assert [one.closes for one in decisions if one.closes] == [(7,)]
    (wider,) = opened(decisions)
    edit = Edit(EditKind.DECISION, "rij 2", case=8, choice=Choice.ACCEPT)
    given = decide_case(replace(wider, id=8), edit, known(COMES, *LINE), settings(more), NOW)
    assert [(r.after.nr, r.after.status) for r in given.results if r.after] == [
        ("INS-0004", Status.REGISTERED),
        ("INS-0005", Status.REGISTERED),
        ("INS-0006", Status.REGISTERED),
    ]


def test_places_taken_meanwhile_are_given_to_as_many_as_there_are() -> None:
    (case,) = opened(passed(event(capacity=3), rows=(COMES, *LINE)))
    edit = Edit(EditKind.DECISION, "rij 2", case=8, choice=Choice.ACCEPT)
    other = row(7, name="An Elst")
    given = decide_case(
        replace(case, id=8), edit, known(COMES, other, *LINE), settings(event(capacity=3)), NOW
    )
    assert [r.after.nr for r in given.results if r.after] == ["INS-0004"]


@pytest.mark.parametrize("capacity", [None, 9])
def test_a_raised_number_for_each_organisation_is_offered_too(capacity: int | None) -> None:
    (case,) = opened(passed(event(capacity=capacity, per_organisation=1), rows=LINE))
    assert as_told(case.who) == "W 4 (Gent), W 6 (Damme)"


def test_a_capacity_taken_away_is_offered_to_who_waited_for_a_place() -> None:
    late = replace(LINE[0], reason=say(Says.ARRIVED_WAITS, when=NOW.isoformat()))
    (case,) = opened(passed(event(), rows=(late, *LINE[1:])))
    assert as_told(case.who) == "W 5 (Gent), W 6 (Damme)"


def test_whom_she_keeps_waiting_is_offered_no_place() -> None:
    kept = replace(LINE[0], reason=say(Says.PUT_TO_WAIT))
    assert opened(passed(event(capacity=9), rows=(COMES, kept))) == []


def test_a_promised_place_that_was_taken_is_promised_no_more() -> None:
    case = _case(CaseKind.FREED_PLACE, "INS-0004")
    (closed,) = [d for d in passed(event(capacity=1), rows=(COMES, WAITS), cases=(case,)) if d.closes]
    assert (closed.closes, as_told(closed.log[0].why)) == ((7,), "er is geen plaats meer vrij")
    assert not any(d.closes for d in passed(event(capacity=2), rows=(COMES, WAITS), cases=(case,)))


def test_who_was_told_that_there_is_no_place_left_reads_it_until_there_is_one() -> None:
    """Two decisions in one sitting for one last place: the row of the second says what became of it."""
    full, room = event(capacity=1), event(capacity=2)
    case = _case(CaseKind.FREED_PLACE, "INS-0004")
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT)
    (told,) = decide_case(case, edit, known(COMES, WAITS), settings(full), NOW).cases
    assert matter(told).startswith("Uw aanvaarden kon niet, want intussen is er geen plaats meer")
    told = replace(told, id=8)
    assert not any(d.closes for d in passed(full, rows=(COMES, WAITS), cases=(told,)))
    assert [d.closes for d in passed(room, rows=(COMES, WAITS), cases=(told,)) if d.closes] == [(8,)]


def test_places_for_several_are_gone_where_none_who_still_waits_gets_one() -> None:
    event_ = event(capacity=1)
    case = replace(_case(CaseKind.FREED_PLACE, COMES.nr), payload={OFFERED: f"{COMES.nr} {WAITS.nr}"})
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT)
    decision = decide_case(case, edit, known(COMES, WAITS), settings(event_), NOW)
    assert decision.stays
    assert "de bijeenkomst is volzet (1 plaats)" in matter(decision.cases[0])


def test_diet_and_remarks_are_cleared_after_the_event_and_nobody_hears_of_it() -> None:
    held = row(answers={"diet": "halal", "remarks": "rolstoel", "phone": "050"})
    end = datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert passed(event(), rows=(held,), now=end + timedelta(days=29)) == ()
    (decision,) = passed(event(), rows=(held,), now=end + timedelta(days=30))
    (result,) = decision.results
    assert result.after is not None
    assert not {"diet", "remarks"} & set(result.after.answers)
    assert result.after.text("phone") == "050"
    assert not result.mail
    assert not any("halal" in as_told(line.what) for line in decision.log)


def test_a_sensitive_answer_on_the_form_of_another_event_is_cleared_too() -> None:
    asked = (FormField(key="allergy", label="Allergie", sensitive=True), FormField(key="role", label="Rol"))
    other = settings(event()).forms["kennisplatform"].model_copy(update={"id": "other", "fields": asked})
    here = settings(event())
    here = replace(here, forms={**here.forms, "other": other})
    held = row(answers={"allergy": "noten", "role": "schepen"})
    then = datetime(2026, 12, 3, 16, tzinfo=UTC) + timedelta(days=30)
    (decision,) = passed(event(), rows=(held,), now=then, here=here)
    (result,) = decision.results
    assert result.after is not None
    assert "allergy" not in result.after.answers
    assert result.after.text("role") == "schepen"


@pytest.mark.parametrize(("days", "proposed"), [(364, False), (365, True)])
def test_the_list_is_only_proposed_for_destruction(days: int, proposed: bool) -> None:
    end = datetime(2026, 12, 3, 16, tzinfo=UTC)
    decisions = passed(event(), now=end + timedelta(days=days))
    assert bool(opened(decisions)) is proposed
    assert not any(decision.destroy for decision in decisions)


def test_a_cancelled_event_sends_neither_practical_information_nor_thanks() -> None:
    off = PRACTICAL.model_copy(update={"cancelled": True, "thanks": "Dank"})
    assert passed(off, rows=(replace(COMES, attended=True),), now=DUE) == ()


def _case(kind: CaseKind, nr: str, fields: tuple[str, ...] = ()) -> Case:
    return Case(kind, "", "", (Choice.ACCEPT,), NOW, "kis", registration=nr, fields=fields, id=7)


@pytest.mark.parametrize(
    ("kind", "while_", "then"),
    [
        (CaseKind.LATE, Status.LATE, Status.CANCELLED),
        (CaseKind.INCOMPLETE, Status.INCOMPLETE, Status.REGISTERED),
        (CaseKind.FREED_PLACE, Status.WAITLISTED, Status.CANCELLED),
        (CaseKind.CALENDAR_DECLINE, Status.CANCELLED, Status.REGISTERED),
    ],
)
def test_a_case_that_its_registration_overtook_is_closed(
    kind: CaseKind, while_: Status, then: Status
) -> None:
    case = _case(kind, "INS-0001")
    of = event(capacity=2)
    assert passed(of, rows=(row(1, while_),), cases=(case,)) == ()
    (decision,) = passed(of, rows=(row(1, then),), cases=(case,))
    assert decision.closes == (7,)
    assert [as_told(line.why) for line in decision.log] == [f"is nu {then}"]


def test_a_doubt_is_a_case_until_the_answer_is_sure() -> None:
    doubt = Problem(0, "phone", Code.UNSURE, Reason.INVALID_PHONE)
    case = _case(CaseKind.DOUBT, "INS-0001", ("phone",))
    assert passed(event(), rows=(replace(row(1), doubts=(doubt,)),), cases=(case,)) == ()
    assert [decision.closes for decision in passed(event(), rows=(row(1),), cases=(case,))] == [(7,)]


def test_a_returned_mail_is_a_case_until_the_address_is_mended() -> None:
    case = _case(CaseKind.UNDELIVERED, "INS-0001")
    assert passed(event(), rows=(replace(row(1), bounced=True),), cases=(case,)) == ()
    assert [decision.closes for decision in passed(event(), rows=(row(1),), cases=(case,))] == [(7,)]


def test_a_case_about_no_registration_stays() -> None:
    assert passed(event(), rows=(row(1),), cases=(_case(CaseKind.LATE, ""),)) == ()


def _closed(decisions: tuple[Decision, ...]) -> list[int]:
    return [number for decision in decisions for number in decision.closes]


def _about_phone(kind: CaseKind) -> Case:
    said = person(phone="050 11 22 33")
    return Case(kind, "Els", "?", (Choice.DONE,), NOW, "kis", (), "INS-0001", 1, said, ("phone",), id=5)


DOUBTED = replace(COMES, doubts=(Problem(0, "phone", Code.UNSURE, Reason.UNCLEAR),))


@pytest.mark.parametrize(
    ("kind", "now_is", "closed"),
    [
        (CaseKind.DOUBT, DOUBTED, []),
        (CaseKind.DOUBT, replace(DOUBTED, status=Status.CANCELLED), [5]),
        (CaseKind.DOUBT, replace(DOUBTED, status=Status.EXCUSED), [5]),
        (CaseKind.CONTRADICTION, COMES, []),
        (CaseKind.CONTRADICTION, replace(COMES, status=Status.CANCELLED), [5]),
        (CaseKind.CONTRADICTION, row(1, answers={"phone": "050 11 22 33"}), [5]),
        (CaseKind.QUESTION, replace(COMES, status=Status.CANCELLED), []),
        (CaseKind.UNCLEAR, replace(COMES, status=Status.CANCELLED), []),
    ],
)
def test_a_case_about_answers_closes_once_nothing_is_left_to_decide(
    kind: CaseKind, now_is: Registration, closed: list[int]
) -> None:
    assert _closed(passed(event(), rows=(now_is,), cases=(_about_phone(kind),))) == closed


def test_an_unclear_answer_is_settled_once_nobody_waits_for_it_any_more() -> None:
    asked = tuple(row(n, Status.INCOMPLETE, sender="els@damme.example") for n in (1, 2))
    nrs = ("INS-0001", "INS-0002")
    question = PendingQuestion(Ask.INCOMPLETE, "kis", nrs)
    of = known(*asked, thread=nrs, thread_event="kis", asked=question)
    said = words(Intent.REPLY, "We zijn met zijn tweeën.")
    (case,) = decide(mail(name="Els Maes"), said, of, settings(), NOW).cases
    case = replace(case, id=5)
    in_ = [replace(one, status=Status.REGISTERED) for one in asked]
    assert _closed(passed(event(), rows=asked, cases=(case,))) == []
    assert _closed(passed(event(), rows=(in_[0], asked[1]), cases=(case,))) == []
    (decision,) = passed(event(), rows=(*in_,), cases=(case,))
    assert (decision.closes, as_told(decision.log[0].why)) == ((5,), "is nu Ingeschreven")


def test_too_many_registered_is_settled_once_there_are_places_again_and_told_anew() -> None:
    small, rows = event(capacity=1), (row(1), row(2, name="An Bos"))
    (case,) = opened(passed(small, rows=rows))
    case = replace(case, id=5)
    assert passed(small, rows=rows, cases=(case,)) == ()
    assert _closed(passed(small, rows=rows[:1], cases=(case,))) == [5]
    assert _closed(passed(event(capacity=2), rows=rows, cases=(case,))) == [5]
    more = (row(1), row(3, name="Bo Claes"))
    assert opened(passed(small, rows=more, settled=frozenset({case.key})))

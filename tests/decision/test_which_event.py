"""Which event a message is for, and what no longer takes anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailbot.config.settings import Limits
from mailbot.decision import decide, decide_case
from mailbot.domain.case import CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Outcome
from mailbot.domain.message import Bounce, Verdict
from mailbot.domain.submission import ClueSource, EventClue, Intent
from mailbot.matching.events import heading_clues
from mailbot.wording import matter, what_was_found

from .building import MORNING, clue, event, form_of, known, local, mail, person, row, settings, words

OTHER = event(id="other", title="Studiedag")
MAYORS = event(id="burgers", title="Burgemeesters", form="burgemeestersoverleg")
MARK = ClueSource.MARK


@pytest.mark.parametrize(
    ("clues", "events", "expected"),
    [
        ((), (event(),), "kis"),  # the only open one
        ((), (event(), OTHER), ""),
        ((clue("other"),), (event(), OTHER), "other"),
        ((clue("kis"), clue("other")), (event(), OTHER), ""),
        ((clue("kis", MARK), clue("other")), (event(), OTHER), "kis"),
        (
            (EventClue("", ClueSource.HEADING),),
            (event(),),
            "",
        ),  # another title never goes to the only open one
        ((EventClue("", ClueSource.HEADING), clue("kis", MARK)), (event(),), "kis"),
        ((EventClue("kis", ClueSource.HEADING, stale=True),), (event(),), ""),  # last year's form
        ((), (event(), MAYORS), "kis"),  # the only open one with this form
        ((), (event(), event(id="old", starts=local(2025, 1, 1), ends=None)), "kis"),
        ((), (event(), event(id="off", cancelled=True)), "kis"),
        ((), (event(), event(id="here", mailbox="second")), "kis"),
        ((clue("kis"),), (event(mailbox="second"),), ""),
    ],
)
def test_the_event_a_form_is_for(clues, events, expected) -> None:  # type: ignore[no-untyped-def]
    decision = decide(mail(), form_of(person(), clues=clues), known(), settings(*events), MORNING)
    assert decision.event == expected
    if not expected:
        assert decision.outcome is Outcome.REVIEW
        assert [case.kind for case in decision.cases] == [CaseKind.WHICH_EVENT]
        assert decision.cases[0].choices
        assert not decision.answer


@pytest.mark.parametrize(
    ("subject", "clues", "expected"),
    [
        ("Inschrijving 24 september", (EventClue("", ClueSource.SUBJECT),), "kis"),
        ("Inschrijving 24/9", (EventClue("", ClueSource.SUBJECT),), "kis"),
        ("Mijn formulier van 24 september", (EventClue("kis", ClueSource.HEADING, stale=True),), "kis"),
        ("Inschrijving 23 september", (EventClue("", ClueSource.SUBJECT),), ""),
        ("Inschrijving 24 september en 1 oktober", (EventClue("", ClueSource.SUBJECT),), ""),
        ("Inschrijving 24 september", (EventClue("", ClueSource.HEADING),), ""),
        ("Inschrijving 24 september", (EventClue("", ClueSource.SUBJECT), clue("other")), ""),
    ],
)
def test_the_day_on_which_somebody_was_told_that_it_would_be_names_a_moved_event(
    subject: str, clues: tuple[EventClue, ...], expected: str
) -> None:
    told = row(heard=event(starts=local(2026, 9, 24, 14)).moment)
    said = form_of(person(), clues=clues)
    decision = decide(mail(subject=subject), said, known(told), settings(event(), OTHER), MORNING)
    assert decision.event == expected


def test_of_two_meetings_with_one_title_a_case_says_when_they_are_and_what_became_of_them() -> None:
    before = event(id="before", starts=local(2026, 9, 24, 14), ends=local(2026, 9, 24, 17))
    off, comes = event(cancelled=True), event(id="next", starts=local(2027, 3, 4, 14), ends=None)
    named = tuple(clue(one.id) for one in (before, off, comes))
    decision = decide(mail(), form_of(person(), clues=named), known(), settings(before, off, comes), MORNING)
    said = matter(decision.cases[0])
    assert "Kennisplatform (24 september, voorbij), Kennisplatform (3 december, gaat niet door)" in said
    assert "Kennisplatform (4 maart)." in said


def test_a_meeting_that_another_came_for_is_told_as_one_that_does_not_take_place() -> None:
    instead = event(id="next", starts=local(2027, 3, 4, 14), ends=None, replaces="kis")
    named = (clue("kis"), clue("next"))
    decision = decide(mail(), form_of(person(), clues=named), known(), settings(event(), instead), MORNING)
    said = matter(decision.cases[0])
    assert "Kennisplatform (3 december, gaat niet door), Kennisplatform (4 maart)." in said


def test_an_answer_to_our_mail_is_about_its_event() -> None:
    at_both = row(event="other"), row(2, event="kis")
    of = known(*at_both, thread=("INS-0001",), thread_event="other")
    decision = decide(mail(), words(Intent.WITHDRAW), of, settings(event(), OTHER), MORNING)
    assert (decision.event, decision.outcome) == ("other", Outcome.CANCELLED)


def test_words_of_somebody_known_at_one_open_event_are_about_that() -> None:
    decision = decide(mail(), words(Intent.WITHDRAW), known(row()), settings(event(), OTHER), MORNING)
    assert (decision.event, decision.outcome) == ("kis", Outcome.CANCELLED)


@pytest.mark.parametrize(
    ("facts", "named", "expected"),
    [
        ({"sender": "eve@evil.example"}, (), "kis"),
        ({"sender": "els@damme.example", "sender_doubted": True}, (), "kis"),
        ({"sender": "els@damme.example"}, (), ""),  # she sent in both
        ({"sender": "eve@evil.example"}, ("Piet Vreemd",), ""),
        ({"sender": "eve@evil.example", "name": "Els Maes"}, (), ""),
    ],
)
def test_who_gives_somebodys_address_for_another_makes_no_event_unclear(
    facts: dict[str, Any], named: tuple[str, ...], expected: str
) -> None:
    beside = row(2, **{"event": "other", "name": "Piet Vreemd", **facts})
    sent = mail(name="Els Maes", subject="Afmelding")
    of, meetings = known(row(), beside), settings(event(), OTHER)
    assert decide(sent, words(Intent.WITHDRAW, "", *named), of, meetings, MORNING).event == expected


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ((event(starts=local(2026, 1, 1, 9), ends=local(2026, 1, 1, 12)),), "voorbij"),
        ((event(cancelled=True),), "gaat niet door"),
        ((event(), event(id="new", title="Nieuwe", replaces="kis")), "vervangen door Nieuwe"),
    ],
)
def test_a_form_for_an_event_that_is_gone_is_a_case_that_says_so(gone, said) -> None:  # type: ignore[no-untyped-def]
    decision = decide(mail(), form_of(person(), clues=(clue(),)), known(), settings(*gone), MORNING)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert said in matter(decision.cases[0])


DINNER = event(title="Burgemeestersdiner", cancelled=True)
NEW_DINNER = event(id="new", title="Burgemeestersdiner (nieuwe datum)", replaces="kis",
                   starts=local(2026, 12, 10, 18), ends=local(2026, 12, 10, 22))  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Burgemeestersdiner", "new"),
        ("Burgemeestersdiner 10 december", "new"),
        ("Burgemeestersdiner (nieuwe datum)", "new"),
        ("Burgemeestersdiner 3 december", "kis"),  # the day of before is meant
        ("Burgemeestersdiner 11 december", ""),
    ],
)
@pytest.mark.parametrize("cancelled", [True, False])
def test_a_title_is_that_of_the_event_in_its_place(subject: str, expected: str, cancelled: bool) -> None:
    config = settings(DINNER.model_copy(update={"cancelled": cancelled}), NEW_DINNER)
    clues = heading_clues([subject], ClueSource.SUBJECT, config, MORNING)
    decision = decide(mail(subject=subject), form_of(person(), clues=clues), known(), config, MORNING)
    assert decision.event == expected
    assert (decision.outcome is Outcome.REGISTERED) is (expected == "new")


def test_words_in_the_thread_of_a_replaced_event_stay_about_that() -> None:
    config = settings(DINNER, NEW_DINNER)
    of = known(row(), thread=("INS-0001",), thread_event="kis")
    clues = heading_clues(["Re: Burgemeestersdiner"], ClueSource.SUBJECT, config, MORNING)
    decision = decide(mail(), words(Intent.WITHDRAW, clues=clues), of, config, MORNING)
    assert decision.event == "kis"


def test_a_stale_mark_registers_and_says_that_the_date_changed() -> None:
    stale = EventClue("kis", MARK, stale=True)
    decision = decide(mail(), form_of(person(), clues=(stale,)), known(), settings(), MORNING)
    assert decision.outcome is Outcome.REGISTERED
    assert "former-form" in decision.results[0].notes


def test_another_date_in_a_subject_is_no_former_form() -> None:
    stale = EventClue("kis", ClueSource.SUBJECT, stale=True)
    first = decide(mail(), form_of(person(), clues=(stale,)), known(), settings(), MORNING)
    (case,) = first.cases
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT, event="kis")
    decision = decide_case(
        replace(case, id=7), edit, known(), settings(), MORNING, mail(), form_of(person(), clues=(stale,))
    )
    assert decision.outcome is Outcome.REGISTERED
    assert "former-form" not in decision.results[0].notes


def test_a_form_with_macros_registers_and_says_that_they_did_not_run() -> None:
    filled_in = form_of(person(), clues=(clue(),), macros=True)
    decision = decide(mail(), filled_in, known(), settings(), MORNING)
    assert decision.outcome is Outcome.REGISTERED
    assert "macros-ignored" in decision.results[0].notes


def test_who_is_not_on_a_closed_list_is_a_case() -> None:
    closed = settings(event(organisations="brugge"))
    invited = decide(mail(), form_of(person()), known(), closed, MORNING)
    stranger = decide(mail(), form_of(person(organisation="Gent")), known(), closed, MORNING)
    assert invited.outcome is Outcome.REGISTERED
    assert (stranger.outcome, stranger.results[0].after) == (Outcome.REVIEW, None)
    assert [case.kind for case in stranger.cases] == [CaseKind.NOT_INVITED]


# ---------------------------------------------------------------- machines, loops, forgery


def test_automatic_mail_registers_nobody_and_is_never_answered() -> None:
    decision = decide(mail(automatic="afwezigheid"), form_of(person()), known(), settings(), MORNING)
    assert (decision.outcome, decision.results, decision.answer) == (Outcome.AUTOMATIC, (), False)


def test_a_bounce_marks_the_registration_its_mail_was_for() -> None:
    back = mail("", automatic="teruggekomen", bounce=Bounce("<x@y>", "els@damme.example", "onbekend"))
    facts = known(row(), thread=("INS-0001",), returned_to="els@damme.example")
    decision = decide(back, form_of(person()), facts, settings(), MORNING)
    assert decision.outcome is Outcome.AUTOMATIC
    assert decision.results[0].after is not None
    assert decision.results[0].after.bounced
    assert [case.kind for case in decision.cases] == [CaseKind.UNDELIVERED]


def test_a_bounce_of_no_mail_of_ours_marks_nobody_who_has_no_address() -> None:
    back = mail("", automatic="teruggekomen", bounce=Bounce("<x@y>", "iemand@elders.example", "onbekend"))
    facts = known(row(email=""), thread=("INS-0001",))
    decision = decide(back, form_of(person()), facts, settings(), MORNING)
    assert (decision.outcome, decision.results, decision.cases) == (Outcome.AUTOMATIC, (), ())


def test_a_forged_sender_is_review_without_data() -> None:
    decision = decide(mail(authentication=Verdict.FAIL), form_of(person()), known(), settings(), MORNING)
    assert (decision.outcome, decision.results, decision.answer) == (Outcome.REVIEW, (), False)
    assert decision.no_data


def test_bulk_mail_keeps_its_outcome_and_is_not_answered() -> None:
    decision = decide(mail(no_answer="bulk"), form_of(person()), known(), settings(), MORNING)
    assert (decision.outcome, decision.to_sender) == (Outcome.REGISTERED, False)


@pytest.mark.parametrize(("before", "last"), [(0, False), (11, True)])
def test_a_sender_is_answered_so_often_a_day_and_the_last_says_so(before: int, last: bool) -> None:
    of = replace(known(), answered_today=before)
    decision = decide(mail(), form_of(person()), of, settings(limits=Limits()), MORNING)
    assert decision.outcome is Outcome.REGISTERED
    assert (decision.to_sender, decision.last_answer) == (True, last)


def test_what_nobody_would_hear_of_any_more_today_is_for_a_person() -> None:
    of = replace(known(), answered_today=12)
    decision = decide(mail(), form_of(person()), of, settings(limits=Limits()), MORNING)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert [case.kind for case in decision.cases] == [CaseKind.TOO_MANY]


@pytest.mark.parametrize("intent", [Intent.REGISTER, Intent.WITHDRAW, Intent.RESTORE])
def test_a_word_of_ours_in_a_newsletter_is_nobodys_wish(intent: Intent) -> None:
    newsletter = words(intent, "Schrijf u nu in. " + "Nieuws uit de streek. " * 100)
    decision = decide(mail(), newsletter, known(), settings(event()), MORNING)
    assert (decision.outcome, decision.cases, decision.answer) == (Outcome.NO_FORM, (), False)
    of = known(row(), thread=("INS-0001",), thread_event="kis")
    assert decide(mail(), newsletter, of, settings(event()), MORNING).outcome is not Outcome.NO_FORM


def test_ordinary_mail_is_left_where_it_is() -> None:
    ordinary = words(Intent.NONE, "De offerte zit in bijlage.")
    decision = decide(mail(subject="Offerte"), ordinary, known(row()), settings(), MORNING)
    assert (decision.outcome, decision.results, decision.cases, decision.answer) == (
        Outcome.NO_FORM,
        (),
        (),
        False,
    )


def test_every_rule_that_was_asked_says_what_it_found() -> None:
    decision = decide(mail(), form_of(person()), known(), settings(), datetime(2026, 11, 10, 9, tzinfo=UTC))
    assert {"welke bijeenkomst", "zelfde persoon", "uiterste datum", "plaatsen"} <= {
        finding.rule for finding in decision.findings
    }
    assert all(what_was_found(finding) for finding in decision.findings)


def test_a_title_that_events_share_means_none_that_was_cancelled() -> None:
    off = event(id="kis2", starts=local(2027, 1, 14, 14), ends=None, deadline=None, cancelled=True)
    clues = heading_clues(["Kennisplatform"], ClueSource.SUBJECT, settings(event(), off), MORNING)
    assert clues == (EventClue("kis", ClueSource.SUBJECT),)


def test_an_event_without_a_date_is_meant_once_its_namesake_is_over() -> None:
    undated = event(starts=None, ends=None, deadline=None)
    over = event(id="past", starts=local(2026, 9, 1, 14), ends=None, deadline=None)
    clues = heading_clues(["Kennisplatform"], ClueSource.SUBJECT, settings(undated, over), MORNING)
    assert clues == (EventClue("kis", ClueSource.SUBJECT),)

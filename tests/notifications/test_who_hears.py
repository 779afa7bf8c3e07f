"""Who hears what: one mail to the sender, one to each participant with an address of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.decision import Decision, Note, Outcome, Result
from mailbot.domain.doubt import Reason
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Change, Status
from mailbot.domain.submission import Code, Problem
from mailbot.notifications import compose
from tests.notifications.building import (
    BOB,
    ELS,
    EXAMPLES,
    JAN,
    NOW,
    SENDER,
    arrival,
    decided,
    person,
    result,
)


def _answers(decision: Decision, message: Arrival | None, installed: Settings) -> list[Mail]:
    return [mail for mail in compose(decision, message, installed, NOW) if mail.outcome is not None]


def _registered(*people: Result) -> Decision:
    return decided(Outcome.REGISTERED, *people)


def test_who_sends_and_comes_gets_one_mail_in_the_thread(installed: Settings) -> None:
    (mail,) = _answers(_registered(result(Outcome.REGISTERED, JAN)), arrival(), installed)
    assert mail.to == SENDER
    assert mail.outcome is Outcome.REGISTERED
    assert mail.in_reply_to == "<m1@oostkamp.example>"
    assert mail.references == ("<a@wvi.example>", "<m1@oostkamp.example>")
    assert mail.nrs == ("INS-0001",)


def test_an_address_taken_from_the_sender_is_theirs_where_the_name_is(installed: Settings) -> None:
    taken = result(Outcome.REGISTERED, replace(JAN, email_of_sender=True), notes=(Note.EMAIL_OF_SENDER,))
    (own,) = _answers(_registered(taken), arrival(), installed)
    (others,) = _answers(_registered(taken), arrival(Address(SENDER.email, "An Claes")), installed)
    assert "U bent ingeschreven" in own.text
    assert "Jan Peeters is ingeschreven" in others.text


@pytest.mark.parametrize(
    ("shown", "above"),
    [
        ("Els Maes", "Beste Els Maes"),
        ("ELS MAES", "Beste Els Maes"),
        ("Kabinet burgemeester", "Goedendag"),
        ("Burgemeester Damme", "Goedendag"),
        ("Secretariaat Beernem", "Goedendag"),
        ("Claeys", "Goedendag"),
        ("", "Goedendag"),
    ],
)
def test_a_letter_greets_a_persons_whole_name_and_nothing_else(
    shown: str, above: str, installed: Settings
) -> None:
    by = arrival(Address("bode@oostkamp.example", shown))
    told = compose(_registered(result(Outcome.REGISTERED, JAN)), by, installed, NOW)[0]
    assert told.text.splitlines()[0] == above


def test_a_letter_greets_no_body_by_what_its_own_domain_is_called(installed: Settings) -> None:
    by = arrival(Address("info@unizo-houtland.example", "UNIZO Houtland"))
    told = compose(_registered(result(Outcome.REGISTERED, JAN)), by, installed, NOW)[0]
    assert told.text.splitlines()[0] == "Goedendag"


def test_the_entry_of_a_new_date_is_a_change_and_no_second_one(installed: Settings) -> None:
    letter = Announcement(Announcing.MOVED, JAN.event, "2", (replace(JAN, sequence=0),))
    decision = Decision(Outcome.UNCHANGED, JAN.event, announce=letter)
    (entry,) = (mail for mail in compose(decision, None, installed, NOW) if mail.calendar)
    assert entry.subject.startswith("Gewijzigd in uw agenda: ")
    assert "uw inschrijving blijft gelden" in entry.text


def test_a_new_date_goes_to_no_address_that_may_be_a_slip_and_moves_no_entry_there(
    installed: Settings,
) -> None:
    slip = {**JAN.answers, "email": "jan@oostkamp.exmaple"}
    doubt = Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "jan@oostkamp.exmaple")
    held = replace(JAN, answers=slip, doubts=(doubt,), sequence=1)
    letter = Announcement(Announcing.MOVED, JAN.event, "2", (held,))
    decision = Decision(Outcome.UNCHANGED, JAN.event, announce=letter)
    assert {mail.to.email for mail in compose(decision, None, installed, NOW)} == {held.sender}
    theirs = replace(letter, to=(replace(held, claimed=True),))  # the sender has no say any more
    assert compose(replace(decision, announce=theirs), None, installed, NOW) == ()


def test_who_mailed_and_gave_what_cannot_be_an_address_is_the_reader(installed: Settings) -> None:
    typed = replace(JAN, answers={**JAN.answers, "email": "jan.peeters@oostkamp"})
    (own,) = _answers(_registered(result(Outcome.REGISTERED, typed)), arrival(), installed)
    assert "U bent ingeschreven" in own.text
    by_an = arrival(Address(SENDER.email, "An Claes"))
    (others,) = _answers(_registered(result(Outcome.REGISTERED, typed)), by_an, installed)
    assert "Jan Peeters is ingeschreven" in others.text


def test_an_address_taken_from_the_sender_stays_theirs_in_later_mails(installed: Settings) -> None:
    bob = replace(BOB, answers={**BOB.answers, "email": SENDER.email}, email_of_sender=True)
    gone = decided(Outcome.CANCELLED, result(Outcome.CANCELLED, replace(bob, status=Status.CANCELLED)))
    (mail,) = _answers(gone, arrival(Address(SENDER.email)), installed)
    assert mail.text.startswith("Goedendag")
    assert "Bob De Wit is afgemeld" in mail.text


def test_who_is_withdrawn_by_hand_and_told_has_it_taken_out_of_the_calendar(installed: Settings) -> None:
    gone = replace(JAN, status=Status.CANCELLED, sequence=0)
    by_hand = Change("status", "Ingeschreven", "Afgemeld")
    told = decided(Outcome.CANCELLED, Result(Outcome.CANCELLED, gone, gone, changes=(by_hand,)))
    answer, entry = compose(told, None, installed, NOW)
    assert "U bent afgemeld" in answer.text
    assert "METHOD:CANCEL" in entry.calendar


def test_who_was_registered_by_another_hears_it_with_where_the_data_came_from(installed: Settings) -> None:
    decision = _registered(result(Outcome.REGISTERED, JAN), result(Outcome.REGISTERED, ELS))
    first, second = _answers(decision, arrival(), installed)
    assert (first.to.email, second.to.email) == (SENDER.email, "els.maes@oostkamp.example")
    assert second.in_reply_to == ""
    assert f"omdat Jan Peeters ({SENDER.email}) uw gegevens doorgaf" in second.text
    assert "doorgaf" not in first.text
    assert "INS-0001" not in second.text


def test_who_was_withdrawn_by_another_hears_who_mailed_that(installed: Settings) -> None:
    gone = replace(ELS, status=Status.CANCELLED)
    first, second = _answers(
        decided(Outcome.CANCELLED, result(Outcome.CANCELLED, gone)), arrival(), installed
    )
    assert "doorgaf" not in second.text
    assert f"omdat Jan Peeters ({SENDER.email}) ons hierover mailde" in second.text
    assert "hierover mailde" not in first.text


def test_who_loses_a_place_by_her_decision_is_not_told_that_another_asked_for_it(installed: Settings) -> None:
    gone = replace(ELS, status=Status.CANCELLED)
    hers = replace(decided(Outcome.CANCELLED, result(Outcome.CANCELLED, gone)), by_hand=True)
    _, second = _answers(hers, arrival(), installed)
    assert f"omdat het secretariaat dit besliste na een mail van Jan Peeters ({SENDER.email})." in second.text
    assert "hierover mailde" not in second.text


def test_each_has_an_outcome_of_their_own_and_the_sender_that_of_the_message(installed: Settings) -> None:
    waiting = replace(ELS, status=Status.WAITLISTED)
    decision = decided(
        Outcome.WAITLISTED, result(Outcome.REGISTERED, JAN), result(Outcome.WAITLISTED, waiting)
    )
    first, second = _answers(decision, arrival(Address("an@damme.example")), installed)[:2]
    assert first.outcome is Outcome.WAITLISTED
    assert {m.to.email: m.outcome for m in _answers(decision, arrival(), installed)[1:]} == {
        "els.maes@oostkamp.example": Outcome.WAITLISTED
    }
    assert second.to.email == "els.maes@oostkamp.example"


def test_six_people_without_addresses_are_one_mail_to_the_sender(installed: Settings) -> None:
    six = [
        result(Outcome.INCOMPLETE, replace(BOB, nr=f"INS-{n:04}", status=Status.INCOMPLETE)) for n in range(6)
    ]
    (mail,) = _answers(decided(Outcome.INCOMPLETE, *six), arrival(), installed)
    assert mail.to == SENDER
    assert mail.asks == "incomplete"
    assert len(mail.nrs) == 6


def test_people_who_share_an_address_get_one_mail_with_their_calendar_files(installed: Settings) -> None:
    shared = [
        person(f"INS-000{n}", name, "Claes", "onthaal@damme.example") for n, name in ((4, "Bo"), (5, "Li"))
    ]
    mails = compose(_registered(*(result(Outcome.REGISTERED, p) for p in shared)), arrival(), installed, NOW)
    assert [mail.to.email for mail in mails] == [SENDER.email, "onthaal@damme.example"]
    assert [file.name for file in mails[1].attachments] == ["agenda Bo Claes.ics", "agenda Li Claes.ics"]
    assert not mails[0].attachments


def test_a_question_goes_to_the_sender_alone(installed: Settings) -> None:
    asked = replace(ELS, status=Status.INCOMPLETE)
    (mail,) = _answers(decided(Outcome.INCOMPLETE, result(Outcome.INCOMPLETE, asked)), arrival(), installed)
    assert mail.to == SENDER


@pytest.mark.parametrize(
    "outcome", [Outcome.REVIEW, Outcome.AUTOMATIC, Outcome.DUPLICATE, Outcome.NO_FORM], ids=str
)
def test_nobody_hears_of_what_is_for_a_person_or_a_machine(outcome: Outcome, installed: Settings) -> None:
    row = replace(JAN, status=Status.LATE)
    assert compose(decided(outcome, result(outcome, row)), arrival(), installed, NOW) == ()


def test_a_decline_in_the_calendar_is_not_answered(installed: Settings) -> None:
    gone = result(
        Outcome.CANCELLED,
        replace(JAN, status=Status.CANCELLED, sequence=0),
        before=replace(JAN, sequence=0),
        mail=False,
    )
    assert compose(decided(Outcome.CANCELLED, gone), arrival(), installed, NOW) == ()


def test_what_may_not_be_answered_is_not(installed: Settings) -> None:
    decision = replace(_registered(result(Outcome.REGISTERED, JAN)), answer=False)
    assert compose(decision, arrival(), installed, NOW) == ()


def test_a_forwarder_is_not_answered_but_who_wrote_to_them(installed: Settings) -> None:
    inner = Message("<inner@damme.example>", Address("an@damme.example", "An"), "Inschrijving", None)
    message = arrival(Address("Partner@wvi.example"), forwarded=inner)
    first = _answers(_registered(result(Outcome.REGISTERED, JAN)), message, installed)[0]
    assert first.to == Address("an@damme.example", "An")
    assert first.references[-1] == first.in_reply_to == "<m1@oostkamp.example>"
    assert "<inner@damme.example>" in first.references


def test_somebody_who_forwards_without_being_a_forwarder_is_answered(installed: Settings) -> None:
    inner = Message("<inner@damme.example>", Address("an@damme.example"), "Inschrijving", None)
    first = _answers(_registered(result(Outcome.REGISTERED, JAN)), arrival(forwarded=inner), installed)[0]
    assert first.to == SENDER


def test_cc_never_hears_anything(installed: Settings) -> None:
    message = arrival(cc=(Address("baas@oostkamp.example"),))
    mails = compose(_registered(result(Outcome.REGISTERED, JAN)), message, installed, NOW)
    assert {mail.to.email for mail in mails} == {SENDER.email}


def test_mailbot_never_writes_to_itself(installed: Settings) -> None:
    own = person("INS-0007", "Ann", "Claes", "inschrijvingen@wvi.example")
    mails = compose(_registered(result(Outcome.REGISTERED, own)), arrival(), installed, NOW)
    assert [mail.to.email for mail in mails] == [SENDER.email]
    looped = arrival(Address("inschrijvingen@wvi.example"))
    mails = compose(_registered(result(Outcome.REGISTERED, JAN)), looped, installed, NOW)
    assert "inschrijvingen@wvi.example" not in {mail.to.email for mail in mails}


def test_after_a_corrected_address_only_the_entry_is_taken_out_at_the_old_one(installed: Settings) -> None:
    before = person("INS-0002", "Els", "Maes", "els@verkeerd.example", sequence=0)
    changed = result(Outcome.CHANGED, replace(ELS, sequence=0), before=before)
    mails = compose(decided(Outcome.CHANGED, changed), arrival(), installed, NOW)
    (gone,) = (mail for mail in mails if mail.to.email == "els@verkeerd.example")
    assert gone.calendar_method == "CANCEL"
    others = {mail.to.email for mail in mails} - {gone.to.email}
    assert others == {SENDER.email, "els.maes@oostkamp.example"}


def test_who_gets_a_place_that_came_free_hears_it_apart(installed: Settings) -> None:
    cancelled = result(Outcome.CANCELLED, replace(JAN, status=Status.CANCELLED), before=JAN)
    promoted = result(
        Outcome.REGISTERED, ELS, before=replace(ELS, status=Status.WAITLISTED), notes=(Note.PROMOTED,)
    )
    first, second = _answers(decided(Outcome.CANCELLED, cancelled, promoted), arrival(), installed)
    assert (first.to, first.outcome) == (SENDER, Outcome.CANCELLED)
    assert "Els" not in first.text
    assert (second.to.email, second.outcome) == ("els.maes@oostkamp.example", Outcome.REGISTERED)
    assert second.text.count("Er is een plaats vrijgekomen: u bent nu ingeschreven") == 1
    assert second.in_reply_to == ""


def test_what_is_done_by_hand_reaches_the_person_or_who_registered_them(installed: Settings) -> None:
    decision = _registered(result(Outcome.REGISTERED, ELS), result(Outcome.REGISTERED, BOB))
    mails = _answers(decision, None, installed)
    assert {mail.to.email for mail in mails} == {"els.maes@oostkamp.example", SENDER.email}


def test_of_a_substitution_both_are_told(installed: Settings) -> None:
    gone = replace(JAN, status=Status.CANCELLED, replaced_by="INS-0002")
    decision = decided(
        Outcome.SUBSTITUTED,
        result(Outcome.SUBSTITUTED, gone, before=JAN),
        result(Outcome.REGISTERED, replace(ELS, replaces="INS-0001")),
    )
    first, second = _answers(decision, arrival(), installed)
    assert (first.outcome, second.outcome) == (Outcome.SUBSTITUTED, Outcome.REGISTERED)
    assert "Els Maes neemt uw plaats in" in first.text
    assert "in de plaats van Jan Peeters" in second.text


def test_the_same_mail_has_the_same_key_and_no_two_mails_share_one(installed: Settings) -> None:
    decision = _registered(result(Outcome.REGISTERED, JAN), result(Outcome.REGISTERED, ELS))
    keys = [mail.key for mail in compose(decision, arrival(), installed, NOW)]
    assert keys == [mail.key for mail in compose(decision, arrival(), installed, NOW)]
    assert len(set(keys)) == len(keys)
    later = [mail.key for mail in compose(replace(decision, closes=(3,)), arrival(), installed, NOW)]
    assert keys[0] != later[0]


def test_no_answer_repeats_data_to_a_sender_who_may_be_another(installed: Settings) -> None:
    decision = replace(_registered(result(Outcome.REGISTERED, JAN)), no_data=True)
    first = _answers(decision, arrival(), installed)[0]
    assert "0478 12 34 56" not in first.text + first.html
    assert "INS-0001" not in first.text


def test_the_start_is_near_the_secretariat_hears_at_once(installed: Settings) -> None:
    gone = result(Outcome.CANCELLED, replace(JAN, status=Status.CANCELLED), before=JAN)
    decision = replace(decided(Outcome.CANCELLED, gone), tell_secretariat=True)
    last = compose(decision, arrival(), installed, NOW)[-1]
    assert (last.to.email, last.outcome) == ("secretariaat@wvi.example", None)
    assert "Jan Peeters (INS-0001): Afgemeld" in last.text


def test_who_was_typed_in_without_an_address_is_mailed_nowhere(installed: Settings) -> None:
    by_hand = replace(
        BOB, sender="secretariaat", answers={k: v for k, v in BOB.answers.items() if k != "email"}
    )
    gone = decided(Outcome.CANCELLED, result(Outcome.CANCELLED, replace(by_hand, status=Status.CANCELLED)))
    assert _answers(gone, None, installed) == []


def test_who_mails_from_an_address_of_their_name_is_the_reader_whatever_the_display_name(
    installed: Settings,
) -> None:
    """ "Bram <bram.cools@...>" who gave no address is Bram Cools, and not somebody told for him."""
    bram = person("INS-0004", "Bram", "Cools", "bram.cools@oostkamp.example", email_of_sender=True)
    taken = result(Outcome.REGISTERED, bram, notes=(Note.EMAIL_OF_SENDER,))
    by_bram = arrival(Address("bram.cools@oostkamp.example", "Bram"))
    (mail,) = _answers(_registered(taken), by_bram, installed)
    assert "U bent ingeschreven" in mail.text
    assert "U gaf geen e-mailadres op" in mail.text
    assert "sturen wij daarom naar u" not in mail.text


@pytest.mark.parametrize("bounced", [False, True])
def test_the_former_address_hears_of_the_new_one_unless_mail_to_it_came_back(
    installed: Settings, *, bounced: bool
) -> None:
    decision, message = EXAMPLES["readdressed"]
    results = tuple(
        replace(one, before=replace(one.before, bounced=bounced)) if one.before else one
        for one in decision.results
    )
    to = [mail.to.email for mail in _answers(replace(decision, results=results), message, installed)]
    assert (SENDER.email in to) is not bounced
    assert "jan@elders.example" in to

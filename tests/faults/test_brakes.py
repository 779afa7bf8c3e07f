"""No loop, no flood: each cap tried for real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest

from mailbot.domain.case import CaseKind
from mailbot.service.daemon import now
from mailbot.storage import queries
from mailbot.wording import matter
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"


def form(name: str, role: str, address: str = "") -> str:
    """The form as typed in a mail."""
    return (
        f"Naam: {name}\nVoornaam: Jan\nFunctie: {role}\nGemeente/OCMW: Damme\n"
        f"E-mail: {address or name.lower() + '@damme.example'}\nIk neem deel: ja\n"
    )


def mail(
    office: Office, number: int, text: str, sender: str = "maes@damme.example", answers: str = ""
) -> None:
    """A mail of one sender, the ``number``-th; ``answers`` are Message-IDs of its thread."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "inschrijvingen@example.org", "Inschrijving"
    message["Message-ID"] = f"<{number}@damme.example>"
    if answers:
        message["In-Reply-To"] = answers.split()[-1]
        message["References"] = answers
    message.set_content(text)
    office.dovecot.deliver(office.user, message.as_bytes(), received=NOW + timedelta(seconds=number))


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def answers_to(office: Office, recipient: str) -> list[EmailMessage]:
    return [mail for mail in office.smtp.mails_to(recipient) if mail["X-Mailbot-Outcome"]]


def test_the_twelfth_answer_of_a_day_says_that_it_is_the_last(office: Office) -> None:
    for number in range(15):
        mail(office, number, form("Maes", f"functie {'x' * (number + 1)}"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            (row,) = queries.registrations(tx, EVENT)
            outcomes = [one.outcome for one in queries.messages(tx)]
            cases = queries.event_state(tx, EVENT, now()).cases
    assert outcomes == ["registered", *["changed"] * 11, *["review"] * 3]
    assert row.answers["role"] == f"functie {'x' * 12}"  # what nobody would hear of is not carried out
    assert [case.kind for case in cases] == [CaseKind.TOO_MANY] * 3
    answers = answers_to(office, "maes@damme.example")
    assert len(answers) == 12
    lasts = ["secretariaat eerst zelf" in " ".join(text(answer).split()) for answer in answers]
    assert lasts == [False] * 11 + [True]


def test_the_cap_is_of_a_day(office: Office) -> None:
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        for number in range(13):
            mail(office, number, form("Maes", f"functie {'x' * (number + 1)}"))
        worker.cycle(immediate=True)
        clock[0] += timedelta(hours=25)
        mail(office, 13, form("Maes", "burgemeester"))
        worker.cycle(immediate=True)
    assert len(answers_to(office, "maes@damme.example")) == 13


def test_who_draws_too_many_mails_to_others_draws_no_more(make_office: Callable[..., Office]) -> None:
    office = make_office(rest="[limits]\nmails_to_others = 2")
    with office.worker(now) as worker:
        for number, name in enumerate(("Bral", "Claeys", "Dhaene")):
            mail(office, number, form(name, "schepen"))
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 1
            cases = queries.event_state(tx, EVENT, now()).cases
            assert ["niemand zou het horen" in matter(case) for case in cases] == [True, True]
    assert [bool(office.smtp.mails_to(f"{name}@damme.example")) for name in ("bral", "claeys", "dhaene")] == [
        True, False, False,
    ]  # fmt: skip


def people(office: Office, number: int, *names: str, sender: str = "maes@damme.example") -> None:
    """A mail about several people, each with an address of their own."""
    mail(office, number, "\n".join(form(name, "schepen") for name in names), sender)


def test_a_message_that_would_draw_more_mails_to_others_than_allowed_draws_none(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest="[limits]\nmails_to_others = 5")
    with office.worker(now) as worker:
        people(office, 0, "Bral", "Claeys")
        people(office, 1, "Dhaene", "Everaert")
        mail(office, 2, form("Maes", "schepen"))
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 3  # and the two others are a case
            assert [case.kind for case in queries.event_state(tx, EVENT, now()).cases] == [CaseKind.TOO_MANY]
    others = [mail for mail in office.smtp.mails() if mail["X-Envelope-To"] != "maes@damme.example"]
    assert len(others) == 4
    assert len(answers_to(office, "maes@damme.example")) == 2  # about the first two, and herself


def test_nobody_is_flooded_by_mails_of_many_senders(make_office: Callable[..., Office]) -> None:
    office = make_office(rest="[limits]\nmails_to_others = 4")
    with office.worker(now) as worker:
        for number, name in enumerate(("Bral", "Claeys", "Dhaene", "Everaert")):
            text = form(name, "schepen", "doelwit@elders.example")
            mail(office, number, text, sender=f"{name.lower()}@evil.example")
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 2
            cases = queries.event_state(tx, EVENT, now()).cases
            assert any("niemand zou het horen" in matter(case) for case in cases)
    assert len(office.smtp.mails_to("doelwit@elders.example")) == 4


def test_nobody_is_flooded_by_many_who_answer_one_mail_of_ours_to_them(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest="[limits]\nmails_to_others = 4")
    with office.worker(now) as worker:
        mail(office, 0, form("Maes", "schepen"))
        worker.cycle(immediate=True)
        (ours, *_) = answers_to(office, "maes@damme.example")
        before = len(office.smtp.mails_to("maes@damme.example"))
        for number in range(1, 8):
            words = "Ik kom toch." if number % 2 == 0 else "Ik kan niet komen."
            mail(office, number, words, f"x{number}@evil{number}.example", str(ours["Message-ID"]))
            worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            cases = queries.event_state(tx, EVENT, now()).cases
            assert any("niemand zou het horen" in matter(case) for case in cases)
    assert len(office.smtp.mails_to("maes@damme.example")) - before <= 4


def test_what_strangers_draw_to_an_address_uses_up_none_of_its_answers(office: Office) -> None:
    strangers = [
        "Aertssens",
        "Bral",
        "Coucke",
        "Dhaene",
        "Everaert",
        "Feys",
        "Goossens",
        "Huyghebaert",
        "Impens",
        "Jacobs",
        "Kerckhof",
        "Lenaerts",
        "Minne",
    ]
    for number, name in enumerate(strangers):
        mail(office, number, form(name, "raadslid", "jan@damme.example"), f"{name.lower()}@x.example")
    mail(office, 20, form("Claeys", "raadslid", "jan@damme.example"), "jan@damme.example")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            outcomes = [one.outcome for one in queries.messages(tx)]
    assert outcomes == ["registered"] * 14
    told = [text(one) for one in answers_to(office, "jan@damme.example")]
    assert sum("Claeys" in one for one in told) == 1


def test_nobody_is_registered_unheard_when_their_sender_is_answered_no_more(office: Office) -> None:
    with office.worker(now) as worker:
        for number in range(14):
            people(office, number, "Bral" + "abcdefghijklmnop"[number])
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 12
            cases = queries.event_state(tx, EVENT, now()).cases
    assert [case.kind for case in cases] == [CaseKind.TOO_MANY] * 2
    assert len(answers_to(office, "maes@damme.example")) == 12
    heard = [bool(answers_to(office, f"bral{letter}@damme.example")) for letter in "abcdefghijklmn"]
    assert heard == [True] * 12 + [False] * 2


def test_tags_of_one_mailbox_share_its_answers(office: Office) -> None:
    for number in range(14):
        sender = f"maes+{number}@damme.example"
        mail(office, number, form(f"Bral{'abcdefghijklmn'[number]}", "schepen", sender), sender=sender)
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    assert len([one for one in office.smtp.mails() if one["X-Mailbot-Outcome"]]) == 12


def test_answers_used_up_in_somebodys_name_leave_their_own_share(office: Office) -> None:
    with office.worker(now) as worker:
        mail(office, 0, form("Maes", "schepen"))
        worker.cycle(immediate=True)
        (ours,) = answers_to(office, "maes@damme.example")
        for number in range(1, 15):  # anybody can write this From, with no mail of ours to answer
            mail(office, number, form("Maes", f"functie {'x' * number}"))
        worker.cycle(immediate=True)
        mail(office, 20, "Gelieve mij uit te schrijven.", answers=str(ours["Message-ID"]))
        worker.cycle(immediate=True)
    assert answers_to(office, "maes@damme.example")[-1]["X-Mailbot-Outcome"] == "cancelled"


def test_an_answer_that_goes_elsewhere_is_a_mail_to_others_and_counts_there(office: Office) -> None:
    for number in range(14):
        message = EmailMessage()
        message["From"], message["To"] = f"no-reply-{number}@evil.example", "inschrijvingen@example.org"
        message["Reply-To"], message["Subject"] = "doelwit@elders.example", "Inschrijving"
        message["Message-ID"] = f"<{number}@evil.example>"
        message.set_content(form(f"Naam{'abcdefghijklmn'[number]}", "schepen", f"eve{number}@evil.example"))
        office.dovecot.deliver(office.user, message.as_bytes(), received=NOW + timedelta(seconds=number))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    assert len(answers_to(office, "doelwit@elders.example")) == 12


def test_a_thread_ends_after_its_answers_whoever_writes(make_office: Callable[..., Office]) -> None:
    office = make_office(rest="[limits]\nanswers_per_thread = 3\nanswers_per_sender = 50")
    with office.worker(now) as worker:
        for number in range(6):
            ours = [str(answer["Message-ID"]) for answer in answers_to(office, "maes@damme.example")]
            mail(office, number, form("Maes", f"functie {'x' * (number + 1)}"), answers=" ".join(ours))
            worker.cycle(immediate=True)
    assert len(answers_to(office, "maes@damme.example")) == 3


def test_the_global_brake_stops_answers_tells_and_lets_go_after_an_hour(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest='[limits]\nanswers_per_hour = 2\n[secretariat]\naddress = "griet@example.org"')
    for number, name in enumerate(("Bral", "Claeys", "Dhaene", "Everaert")):
        mail(office, number, form(name, "schepen"), sender=f"{name.lower()}@damme.example")
    clock = [now()]

    def answered() -> int:
        sent = [mail for mail in office.smtp.mails() if mail["X-Envelope-To"] != "griet@example.org"]
        answers = [mail for mail in sent if mail["X-Mailbot-Outcome"]]
        assert len(sent) <= 2 * len(answers)  # an invitation waits with its answer
        return len(answers)

    with office.worker(lambda: clock[0]) as worker:
        assert "2 wait" in worker.cycle(immediate=False).errors["brake"]
        assert answered() == 2
        for _ in range(3):
            clock[0] += timedelta(minutes=1)
            worker.cycle(immediate=False)
        assert answered() == 2
        assert len(office.smtp.mails_to("griet@example.org")) == 1
        clock[0] += timedelta(hours=1)
        assert worker.cycle(immediate=False).errors == {}
        assert answered() == 4


def test_nothing_goes_to_addresses_that_no_person_reads(office: Office) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "bral@damme.example", "inschrijvingen@example.org"
    message["Reply-To"], message["Subject"] = "no-reply@damme.example", "Inschrijving"
    message["Message-ID"] = "<een@damme.example>"
    message.set_content(form("Bral", "schepen"))
    office.dovecot.deliver(office.user, message.as_bytes(), received=NOW)
    mail(office, 1, form("Claeys", "schepen", "MAILER-DAEMON@damme.example"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    assert {mail["X-Envelope-To"] for mail in office.smtp.mails()} == {
        "bral@damme.example",
        "maes@damme.example",
    }
    (asked,) = answers_to(office, "maes@damme.example")
    assert asked["X-Mailbot-Outcome"] == "incomplete"


def test_two_mailbots_that_write_to_each_other_fall_silent(office: Office) -> None:
    mail(office, 0, form("Maes", "schepen"), sender="robot@elders.example")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        sent = len(office.smtp.raw())
        for ours in answers_to(office, "robot@elders.example"):
            echo = EmailMessage()
            for name, value in ours.items():
                if name.lower() not in ("from", "to", "message-id") and not name.startswith("X-Envelope"):
                    echo[name] = value
            echo["From"], echo["To"] = "robot@elders.example", "inschrijvingen@example.org"
            echo["Message-ID"] = "<echo@elders.example>"
            del echo["Content-Type"], echo["Content-Transfer-Encoding"], echo["MIME-Version"]
            body = ours.get_body(("plain",))
            assert body is not None
            echo.set_content(body.get_content())
            office.dovecot.deliver(office.user, echo.as_bytes(), received=NOW + timedelta(seconds=5))
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert [one.outcome for one in queries.messages(tx)] == ["registered", "automatic"]
    assert len(office.smtp.raw()) == sent


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_an_answer_of_ours_that_comes_back_without_a_word_draws_none(office: Office, kind: str) -> None:
    mail(office, 0, form("Maes", "schepen"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        (answer,) = answers_to(office, "maes@damme.example")
        body = answer.get_body((kind,))
        assert body is not None
        back = EmailMessage()
        back["From"], back["Subject"] = "maes@damme.example", f"RE: {answer['Subject']}"
        back["Message-ID"], back["In-Reply-To"] = "<back@damme.example>", answer["Message-ID"]
        back.set_content(body.get_content(), subtype=kind)
        office.dovecot.deliver(office.user, back.as_bytes(), received=NOW + timedelta(minutes=5))
        sent = len(office.smtp.raw())
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert [one.outcome for one in queries.messages(tx)] == ["registered", "no-form"]
            assert not queries.open_cases(tx, EVENT)
    assert len(office.smtp.raw()) == sent


def test_a_bounce_is_tied_to_its_answer_and_is_no_form(office: Office) -> None:
    mail(office, 0, form("Maes", "schepen"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        (answer,) = answers_to(office, "maes@damme.example")
        office.dovecot.deliver(office.user, bounced(answer), received=NOW + timedelta(minutes=5))
        sent = len(office.smtp.raw())
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            (row,) = queries.registrations(tx, EVENT)
            cases = queries.open_cases(tx, EVENT)
            outcomes = [one.outcome for one in queries.messages(tx)]
    assert outcomes == ["registered", "automatic"]
    assert row.bounced
    assert [(case.kind, case.registration) for case in cases] == [("mail niet bezorgd", row.nr)]
    assert len(office.smtp.raw()) == sent


def test_a_bounce_under_another_message_id_is_tied_to_its_answer_by_recipient(office: Office) -> None:
    mail(office, 0, form("Maes", "schepen"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        (answer,) = answers_to(office, "maes@damme.example")
        answer.replace_header("Message-ID", "<0101-relais@ses.example>")
        office.dovecot.deliver(office.user, bounced(answer), received=NOW + timedelta(minutes=5))
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            (row,) = queries.registrations(tx, EVENT)
            cases = queries.open_cases(tx, EVENT)
    assert row.bounced
    assert [(case.kind, case.registration) for case in cases] == [("mail niet bezorgd", row.nr)]


def test_a_bounce_of_a_mail_that_was_none_of_ours_touches_nobody(office: Office) -> None:
    mail(office, 0, form("Maes", "schepen"))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        (answer,) = answers_to(office, "maes@damme.example")
        answer.replace_header("Message-ID", "<0101-relais@ses.example>")
        other = bounced(answer).replace(b"rfc822; maes@damme.example", b"rfc822; els@gent.example")
        office.dovecot.deliver(office.user, other, received=NOW + timedelta(minutes=5))
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            (row,) = queries.registrations(tx, EVENT)
            assert queries.open_cases(tx, EVENT) == ()
    assert not row.bounced


def bounced(answer: EmailMessage) -> bytes:
    """The report of a mail server (RFC 3464) that could not deliver a mail of ours, which it returns
    whole: all labels and answers are in it."""
    head = (
        "From: Mail Delivery Subsystem <MAILER-DAEMON@damme.example>\n"
        "To: inschrijvingen@example.org\nSubject: Undelivered Mail Returned to Sender\n"
        "Message-ID: <bounce@damme.example>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="grens"\n\n'
        "--grens\nContent-Type: text/plain\n\nUw bericht kon niet bezorgd worden.\n"
        "--grens\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; damme.example\n\n"
        "Final-Recipient: rfc822; maes@damme.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 no such user\n\n"
        "--grens\nContent-Type: message/rfc822\n\n"
    )
    return head.encode() + answer.as_bytes() + b"\n--grens--\n"

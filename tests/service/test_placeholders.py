"""A mail or a file that was replaced on its way: somebody hears, and nothing is recorded for good."""

from __future__ import annotations

from mailbot.domain.case import CaseKind
from mailbot.storage import queries
from mailbot.wording import matter
from tests.message.test_placeholders import EXCHANGE, WARNING
from tests.service.conftest import NOW, Office
from tests.service.test_odd_mail import sender

EVENT = "kis-2026-3"


def test_a_mail_that_the_server_could_not_give_is_a_case_and_nobodys_row(office: Office) -> None:
    office.dovecot.deliver(office.user, EXCHANGE, received=NOW)
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            (case,) = queries.open_cases(tx, "")
            assert queries.registrations(tx, EVENT) == ()
    assert case.kind is CaseKind.UNREADABLE
    assert 'Subject: "Inschrijving kennisplatform" / From: "Els Maes"' in matter(case)
    assert office.smtp.mails() == []


def test_a_file_that_a_scanner_took_out_is_asked_again_and_said(office: Office) -> None:
    raw = (
        f"{sender('els')}Subject: Inschrijving kennisplatform\r\nMessage-ID: <1@damme.example>\r\n"
        "Content-Type: multipart/mixed; boundary=grens\r\n\r\n"
        "--grens\r\nContent-Type: text/plain\r\n\r\nIn bijlage mijn inschrijving.\r\n"
        "--grens\r\nContent-Type: text/plain; name=inschrijving.docx.txt\r\n"
        f"Content-Disposition: attachment; filename=inschrijving.docx.txt\r\n\r\n{WARNING}\r\n--grens--\r\n"
    )
    office.dovecot.deliver(office.user, raw.encode(), received=NOW)
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert queries.registrations(tx, EVENT) == ()
    (answer,) = office.smtp.mails_to("els@damme.example")
    body = answer.get_body(("plain",))
    assert body is not None
    assert "inschrijving.docx.txt werd onderweg weggehaald door een virusscanner" in body.get_content()
    assert answer["X-Mailbot-Outcome"] == "incomplete"

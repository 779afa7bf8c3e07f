"""Sending to servers as users reported them, each played by a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.smtp import DeliveryStatus, Outbox
from tests.servers import scripted_smtp
from tests.servers.scripted_smtp import HANGS_UP, Script
from tests.transport.test_outbox import JAN, RAW, configured

US = "a@example.org"


class Played:
    """A server that plays, and the outbox that talks to it."""

    def __init__(self, folder: Path, stack: ExitStack, **script: object) -> None:
        self.script: Script = stack.enter_context(scripted_smtp.playing(**script))  # type: ignore[arg-type]
        self.outbox = stack.enter_context(Outbox(configured(folder, self.script.port)))

    def hand(self, recipient: str = JAN, raw: bytes = RAW) -> tuple[DeliveryStatus, bool]:
        handed = self.outbox.send(US, recipient, raw)
        return handed.fate, handed.of_server


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[..., Played]]:
    with ExitStack() as stack:
        yield lambda **script: Played(tmp_path, stack, **script)


@pytest.mark.parametrize(
    "said",
    [
        "451 4.7.0 Rate limit exceeded",
        "452 4.3.1 Insufficient system storage",
        "550 5.7.1 Not permitted",
        "530 log in",
    ],
)
def test_a_refusal_before_the_recipient_is_named_is_no_mails_own(
    play: Callable[..., Played], said: str
) -> None:
    server = play(replies={"MAIL": [said]})
    assert server.hand() == (DeliveryStatus.LATER, True)
    assert server.hand() == (DeliveryStatus.SENT, False)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("RCPT", f"553 5.7.1 <{US}>: Sender address rejected: not owned by user"),
        (".", f"554 5.2.252 SendAsDenied; x@example.org not allowed to send as {US}; STOREDRV.Submission"),
        (".", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
        ("DATA", "530 5.7.57 Client not authenticated to send mail"),
    ],
)
def test_a_sender_that_is_refused_late_is_no_recipient_that_is_wrong(
    play: Callable[..., Played], verb: str, said: str
) -> None:
    server = play(replies={verb: [said]})
    assert server.hand() == (DeliveryStatus.LATER, True)


@pytest.mark.parametrize(
    ("verb", "said", "fate"),
    [
        ("RCPT", "550 5.1.1 no such user", DeliveryStatus.REFUSED),
        ("RCPT", "450 4.2.1 receives mail at a rate that prevents more", DeliveryStatus.LATER),
        ("RCPT", "452 4.2.2 mailbox full", DeliveryStatus.LATER),
        ("MAIL", "552 5.3.4 message too big", DeliveryStatus.REFUSED),
        (".", "552 5.3.4 message too big", DeliveryStatus.REFUSED),
        (".", "451 4.7.1 try again", DeliveryStatus.LATER),
        (".", f"550 5.7.1 message from {US} blocked by policy", DeliveryStatus.REFUSED),
        ("RCPT", f"550 5.1.1 <{US}>: Recipient address rejected: no such user", DeliveryStatus.REFUSED),
    ],
)
def test_a_refusal_of_one_mail_stops_no_other(
    play: Callable[..., Played], verb: str, said: str, fate: DeliveryStatus
) -> None:
    server = play(replies={verb: [said]})
    assert server.hand("weg@damme.example") == (fate, False)
    assert server.hand() == (DeliveryStatus.SENT, False)
    assert server.script.connections == 1


@pytest.mark.parametrize("ends", ["421 4.7.0 too many messages on this connection", HANGS_UP])
def test_a_server_that_closes_after_some_mails_gets_the_next_on_a_new_connection(
    play: Callable[..., Played], ends: str
) -> None:
    server = play(replies={"MAIL": ["250 ok", "250 ok", ends, "250 ok", "250 ok", ends]})
    assert [server.hand()[0] for _ in range(5)] == [DeliveryStatus.SENT] * 5
    assert (len(server.script.taken), server.script.connections) == (5, 3)


def test_a_server_that_turns_new_connections_away_is_left_alone(play: Callable[..., Played]) -> None:
    server = play(replies={"GREETING": ["421 too many connections"]})
    with pytest.raises(MailServerTrouble, match="turns us away"):
        server.hand()
    assert server.hand()[0] is DeliveryStatus.SENT


@pytest.mark.parametrize("offers", [(), ("SIZE 1000000",), ("SIZE",)])
def test_the_size_is_told_where_the_server_asks_for_it(
    play: Callable[..., Played], offers: tuple[str, ...]
) -> None:
    server = play(offers=offers)
    server.hand()
    (mail,) = server.script.given("MAIL")
    assert (f"size={len(RAW)}" in mail.lower()) is bool(offers)


@pytest.mark.parametrize("offers", [(), ("8BITMIME",)])
def test_8bitmime_is_used_for_raw_letters_where_it_is_offered(
    play: Callable[..., Played], offers: tuple[str, ...]
) -> None:
    server = play(offers=offers)
    server.hand()
    server.hand(raw=RAW + "één\r\n".encode())
    ascii_mail, with_letters = server.script.given("MAIL")
    assert "BODY=8BITMIME" not in ascii_mail
    assert ("BODY=8BITMIME" in with_letters) is bool(offers)


@pytest.mark.parametrize("offers", [(), ("SMTPUTF8", "8BITMIME")])
def test_smtputf8_is_used_for_local_parts_that_need_it_where_it_is_offered(
    play: Callable[..., Played], offers: tuple[str, ...]
) -> None:
    server = play(offers=offers)
    assert server.hand("jan@één.example")[0] is DeliveryStatus.SENT  # travels as punycode
    assert "SMTPUTF8" not in server.script.given("MAIL")[0]
    fate = server.hand("zoë@damme.example")[0]
    assert fate is (DeliveryStatus.SENT if offers else DeliveryStatus.REFUSED)
    assert len(server.script.given("MAIL")) == (2 if offers else 1)


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ("399 iets", DeliveryStatus.LATER),
        ("450 vol", DeliveryStatus.LATER),
        ("499 iets", DeliveryStatus.LATER),
        ("500 iets", DeliveryStatus.REFUSED),
        ("550 weg", DeliveryStatus.REFUSED),
        ("599 iets", DeliveryStatus.REFUSED),
        ("600 iets", DeliveryStatus.LATER),
    ],
)
@pytest.mark.parametrize("verb", ["RCPT", "DATA", "."])
def test_an_answer_of_the_five_hundreds_alone_is_for_good(
    play: Callable[..., Played], verb: str, said: str, fate: DeliveryStatus
) -> None:
    server = play(replies={verb: [said]})
    assert server.hand() == (fate, False)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_who_is_forwarded_for_takes_the_mail(play: Callable[..., Played], verb: str) -> None:
    server = play(replies={verb: ["251 user not local; will forward"]})
    assert server.hand() == (DeliveryStatus.SENT, False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("250 goed", ""),
        ("251 elders", ""),
        ("499 later", ""),
        ("500 neen", "500 neen"),
        ("550 weg", "550 weg"),
        ("599 neen", "599 neen"),
        ("600 iets", ""),
    ],
)
def test_a_check_tells_what_is_said_against_mail_to_us(
    play: Callable[..., Played], said: str, told: str
) -> None:
    server = play(replies={"RCPT": [said]})
    if told:  # it may be a login that is wanted
        with pytest.raises(MailServerTrouble, match=f"refuses mail to {US} .{told}"):
            server.outbox.check(US)
    else:
        assert server.outbox.check(US) == ""
    assert server.script.taken == []


@pytest.mark.parametrize("said", ["550 5.7.1 not yours", "530 log in", "450 later"])
def test_a_check_fails_where_we_may_not_send(play: Callable[..., Played], said: str) -> None:
    with pytest.raises(MailServerTrouble, match=f"refuses {US} as sender .{said}"):
        play(replies={"MAIL": [said]}).outbox.check(US)


@pytest.mark.parametrize("login", ["535 wrong", "530 log in"])
def test_a_login_that_is_wanted_at_the_recipient_is_no_recipient_that_is_wrong(
    play: Callable[..., Played], login: str
) -> None:
    assert play(replies={"RCPT": [login]}).hand() == (DeliveryStatus.LATER, True)

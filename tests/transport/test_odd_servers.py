"""The mailbox against servers as users reported them: each plays a transcript of ``transcripts/``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Cursor, Mailbox
from tests.servers import scripted_imap
from tests.servers.scripted_imap import Script
from tests.transport.test_mailbox import configured, open_mailbox

TRANSCRIPTS = Path(__file__).parent / "transcripts"
MAIL = b"From: Jan <jan@damme.example>\r\nSubject: een\r\n\r\nDag\r\n"

Play = Callable[[str], tuple[Mailbox, Script]]


@pytest.fixture
def play(tmp_path: Path):  # type: ignore[no-untyped-def]  # a generator of a function
    with ExitStack() as stack:

        def playing(name: str) -> tuple[Mailbox, Script]:
            script = stack.enter_context(scripted_imap.playing(TRANSCRIPTS / f"{name}.txt"))
            settings = configured(tmp_path, script.port, "in@example.org")
            return stack.enter_context(open_mailbox(settings)), script

        yield playing


@pytest.mark.parametrize("name", ["literal-in-pieces", "flags-and-expunge-in-between"])
def test_a_message_comes_whole_whatever_stands_around_and_between_it(play: Play, name: str) -> None:
    mailbox, _ = play(name)
    (fetched,) = mailbox.new()
    assert (fetched.uid, fetched.raw) == (5, MAIL)


def test_a_uid_beyond_two_to_the_31_is_read_and_filed(play: Play) -> None:
    mailbox, script = play("uid-beyond-two-to-the-31")
    (fetched,) = mailbox.new(Cursor(7, 4294967280))
    assert fetched.uid == 4294967290
    assert mailbox.file([fetched.uid], "INBOX", 7)
    assert any("MOVE 4294967290" in command for command in script.commands)


def test_a_uidvalidity_that_changes_in_mid_session_moves_nothing_of_the_former_one(play: Play) -> None:
    mailbox, script = play("uidvalidity-changes-in-session")
    assert [one.uid for one in mailbox.new()] == [5]
    assert not mailbox.file([5], "INBOX", 7)
    assert mailbox.uidvalidity() == 8
    assert not any("MOVE" in command for command in script.commands)


@pytest.mark.parametrize(("name", "uids"), [("vanished-before-fetch", [6]), ("body-is-nil", [])])
def test_a_message_that_is_gone_meanwhile_is_passed_over(play: Play, name: str, uids: list[int]) -> None:
    mailbox, _ = play(name)
    assert [one.uid for one in mailbox.new()] == uids


def test_a_full_account_is_a_trouble_in_one_line_with_the_servers_words(play: Play) -> None:
    mailbox, _ = play("over-quota")
    with pytest.raises(MailServerTrouble, match="mailbox is full"):
        mailbox.append_sent(MAIL, datetime(2026, 10, 20, tzinfo=UTC))


def test_an_arrival_time_in_the_future_counts_as_the_server_gave_it(play: Play) -> None:
    mailbox, _ = play("internaldate-in-the-future")
    (fetched,) = mailbox.new()
    assert fetched.received == datetime(2031, 10, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize("name", ["cut-in-a-literal", "bye-after-select"])
def test_a_connection_that_ends_in_the_midst_is_a_trouble_and_the_next_call_gets_it_all(
    play: Play, name: str
) -> None:
    mailbox, _ = play(name)
    with pytest.raises(MailServerTrouble):
        list(mailbox.new())
    (fetched,) = mailbox.new()
    assert fetched.raw == MAIL


def test_a_search_without_a_result_line_finds_nothing(play: Play) -> None:
    mailbox, _ = play("search-without-result-line")
    assert list(mailbox.new()) == []


def test_a_blank_behind_a_search_result_hides_nothing(play: Play) -> None:
    mailbox, _ = play("search-with-trailing-blank")
    assert [one.uid for one in mailbox.new()] == [5, 6]


def test_a_short_message_within_quotes_is_read(play: Play) -> None:
    mailbox, _ = play("body-within-quotes")
    (fetched,) = mailbox.new()
    assert fetched.raw == b"Subject: een"

"""The mailbox against servers as users reported them: each plays a transcript of ``transcripts/``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag

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


@pytest.mark.parametrize(
    "name", ["blank-before-the-last-bracket", "capability-with-words-in-it", "select-without-uidnext"]
)
def test_a_server_that_words_things_in_its_own_way_is_read_all_the_same(play: Play, name: str) -> None:
    mailbox, _ = play(name)
    (fetched,) = mailbox.new()
    assert (fetched.uid, fetched.raw) == (5, MAIL)


def test_a_message_that_is_listed_and_not_given_is_listed_again_the_next_time(play: Play) -> None:
    mailbox, script = play("fetch-of-nothing")
    assert list(mailbox.new()) == []
    assert mailbox.uids() == (7, [5])  # so that the daily reckoning tells that it was never met
    assert not any("STORE" in command for command in script.commands)


def test_a_message_that_comes_in_part_is_asked_for_again_at_once(play: Play) -> None:
    mailbox, _ = play("cut-and-whole-when-asked-again")
    (fetched,) = mailbox.new()
    assert fetched.raw is not None
    assert fetched.raw.endswith(b"Naam: Maes\r\n--x--\r\n")


def test_a_message_that_grows_is_left_until_it_comes_whole(play: Play) -> None:
    mailbox, _ = play("grows-while-it-is-fetched")
    assert list(mailbox.new()) == []
    (fetched,) = mailbox.new()
    assert fetched.raw is not None
    assert fetched.raw.endswith(b"Naam: Maes\r\n--x--\r\n")


def test_a_message_that_comes_the_same_twice_is_as_short_as_it_is(play: Play) -> None:
    mailbox, _ = play("shorter-than-its-size-for-good")
    (fetched,) = mailbox.new()
    assert fetched.raw is not None
    assert fetched.raw.endswith(b"Naam")


def test_what_came_before_since_by_the_mailboxs_time_is_left_alone(play: Play) -> None:
    mailbox, script = play("arrived-before-since")
    assert list(mailbox.new()) == []
    assert not any("BODY" in command for command in script.commands)


def test_an_arrival_in_the_future_keeps_no_later_mail_from_being_listed(play: Play) -> None:
    mailbox, script = play("internaldate-in-the-future")
    (ahead,) = mailbox.new()
    list(mailbox.new(ahead.cursor))
    searches = [command for command in script.commands if "SEARCH" in command]
    assert searches[1].replace("6:*", "1:*") == searches[0]  # since stays where it was


def test_a_folder_without_uids_is_a_trouble_that_says_so(play: Play) -> None:
    mailbox, _ = play("select-without-uidvalidity")
    with pytest.raises(MailServerTrouble, match="keeps no UIDs"):
        list(mailbox.new())


def test_without_move_a_message_is_copied_and_expunged_by_its_uid_alone(play: Play) -> None:
    mailbox, script = play("uidplus-without-move")
    assert mailbox.file([5], "INBOX", 7)
    said = [command for command in script.commands if command.startswith("UID ")]
    assert [command.split()[1] for command in said] == ["COPY", "STORE", "EXPUNGE"]
    assert said[-1] == "UID EXPUNGE 5"


def test_where_only_everybodys_deletions_can_be_expunged_nothing_is_moved(play: Play) -> None:
    mailbox, script = play("neither-move-nor-uidplus")
    assert not mailbox.file([5], "INBOX", 7)
    assert not any(word in command for command in script.commands for word in ("COPY", "EXPUNGE", "STORE"))


def test_without_idle_the_watch_ends_and_the_poll_goes_on(play: Play) -> None:
    mailbox, _ = play("without-idle")
    woken: list[bool] = []
    mailbox.watch(lambda: woken.append(True), Flag())
    assert woken == []


def test_a_folder_is_found_under_its_prefix_with_its_delimiter_in_utf_7(play: Play) -> None:
    mailbox, script = play("folders-in-modified-utf-7")
    assert mailbox.file([5], "Afgehandeld één/2026", 7)
    assert script.commands[-1] == 'UID MOVE 5 "INBOX.Afgehandeld &AOkA6Q-n.2026"'


def test_a_server_without_hierarchy_takes_a_folder_by_its_name(play: Play) -> None:
    mailbox, script = play("delimiter-nil")
    assert mailbox.file([5], "Verwerkt", 7)
    assert script.commands[-1] in ("UID MOVE 5 Verwerkt", 'UID MOVE 5 "Verwerkt"')

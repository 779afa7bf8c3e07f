"""A whole message in one job: it says what its parts say, and where one job is no way for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.pipeline.attachments import read_mail
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox, Setup
from mailbot.sandbox.pool import Budget, ChildDied
from tests.fuzz.hostile import LETTERS
from tests.sandbox.test_reading import FORM, SCAN, mail, zipped

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EVERY_KIND = [
    mail(("a.docx", FORM)),
    mail(text="Naam: Peeters\nVoornaam: Jan\nGemeente: Damme\nE-mail: jan@damme.example"),
    mail(text="Ik kom niet, Els Maes komt in mijn plaats. Is er parking?"),
    mail(("b.zip", zipped(a_docx=FORM)), ("c.bin", b"\x00\x01")),
    mail(("fwd", mail(("a.docx", FORM), text="Kan dit nog?"))),
]


@pytest.fixture(scope="module")
def sandbox(settings: Settings) -> Iterator[Sandbox]:
    with Sandbox(setup=lambda: Setup(settings, frozenset({"Naam:"}))) as sandbox:
        yield sandbox


@pytest.mark.parametrize("letter", [one.as_bytes() for one in EVERY_KIND] + list(LETTERS))
def test_a_message_read_in_one_job_says_what_it_says_part_by_part(
    sandbox: Sandbox,
    settings: Settings,
    letter: bytes,
) -> None:
    whole = sandbox.whole(letter, NOW, (), Budget(60))
    message, documents = read_mail(letter, sandbox, settings)
    assert whole is not None
    assert whole[1].all() == documents
    assert whole[1].out_of_time == any(one.out_of_time for one in documents)
    assert whole[2] == understand(message, documents, settings, frozenset({"Naam:"}), NOW)
    assert whole[0].body == message.body
    assert [part.name for part in whole[0].parts] == [part.name for part in message.parts]


def test_the_bytes_of_attachments_do_not_come_back(sandbox: Sandbox) -> None:
    whole = sandbox.whole(EVERY_KIND[0].as_bytes(), NOW, (), Budget(60))
    assert whole is not None
    assert {part.data for part in whole[0].parts} == {b""}


def test_a_picture_to_recognise_is_no_matter_of_one_job(sandbox: Sandbox) -> None:
    assert sandbox.whole(mail(("scan.pdf", SCAN)).as_bytes(), NOW, (), Budget(60)) is None


def test_of_a_sender_whose_mail_is_put_off_no_document_is_opened(sandbox: Sandbox) -> None:
    whole = sandbox.whole(EVERY_KIND[0].as_bytes(), NOW, ("jan@damme.example",), Budget(60))
    assert whole is not None
    assert (whole[1].all(), whole[2]) == ((), None)


def test_what_one_job_is_not_enough_for_says_so(sandbox: Sandbox) -> None:
    slow = mail(("traag.rtf", b"{\\rtf1 " + b"\\b a" * 3_000_000 + b"}"))
    with pytest.raises(ChildDied) as death:
        sandbox.whole(slow.as_bytes(), NOW, (), Budget(1))
    assert death.value.too_slow

"""When the address in From is no person's, and whom the other headers name."""

from __future__ import annotations

import pytest

from mailbot.domain.message import MachineSign

from .build import mail, parsed

AUTHOR = "Reply-To: An Maes <an@damme.example>"


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("An via Mandatarissen <mandatarissen@groups.example>", AUTHOR),
        ("Mandatarissen <m@groups.example>", "X-Original-From: An Maes <an@damme.example>"),
        ("Mandatarissen <m@groups.example>", "X-Original-Sender: an@damme.example"),
        ("An Maes <m@groups.example>", f"{AUTHOR}\nList-Post: <mailto:m@groups.example>"),
        ("An Maes <m@groups.example>", f"{AUTHOR}\nList-Id: Raad <m.groups.example>"),
        ("Website <no-reply@site.example>", AUTHOR),
        ("Scanner <scan@damme.example>", AUTHOR),
        ("<kopieertoestel.2@damme.example>", AUTHOR),
    ],
)
def test_who_is_answered_instead(sender: str, headers: str) -> None:
    message = parsed(mail(sender=sender, headers=headers))
    assert message.stands_in
    assert message.answered_at().email == "an@damme.example"
    assert message.no_answer == ""


def test_a_list_is_nobody_to_answer() -> None:
    headers = "Reply-To: m@groups.example\nList-Post: <mailto:m@groups.example>"
    message = parsed(mail(sender="An Maes <m@groups.example>", headers=headers))
    assert (message.stands_in, message.reply_to) == (MachineSign.REWRITTEN_BY_LIST, None)
    assert message.no_answer


@pytest.mark.parametrize("sender", ["Website <no-reply@site.example>", "<scan@damme.example>"])
def test_where_nobody_else_is_named_nobody_is_answered(sender: str) -> None:
    assert parsed(mail(sender=sender)).no_answer
    assert parsed(mail(sender=sender, headers="Reply-To: noreply@site.example")).no_answer


@pytest.mark.parametrize(
    "sender", ["Piet Via <piet@damme.example>", "Oscar <oscar@damme.example>", "via@damme.example"]
)
def test_a_person_is_a_person(sender: str) -> None:
    assert parsed(mail(sender=sender)).stands_in == ""


def test_who_names_their_own_address_again_is_the_author_themselves() -> None:
    message = parsed(
        mail(sender="Piet via Stad Damme <piet@damme.example>", headers="Reply-To: piet@damme.example")
    )
    assert message.stands_in == ""


def test_a_reply_to_of_a_person_is_not_followed() -> None:
    message = parsed(mail(headers="Reply-To: somebody@elsewhere.example"))
    assert message.answered_at() == message.sender
    assert message.answered_at({"jan@brugge.example"}).email == "somebody@elsewhere.example"

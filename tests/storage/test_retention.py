"""What leaves the ledger some days after an event, besides the answers themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.doubt import Reason
from mailbot.domain.form import UNASKED_DIET
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Code, Person, Problem
from mailbot.storage import Store, outbox, queries, retention
from mailbot.storage.decisions import close_cases, open_case, queue
from mailbot.storage.schema import tables
from mailbot.storage.serialization import CASE
from mailbot.wording import matter
from tests.storage.samples import EVENT, NOW, mail, settings_in


def opened(key: str) -> Case:
    said = Person({"last_name": Answer("Maes"), "diet": Answer("glutenvrij")})
    what = "Mag dit? Dieetwensen: glutenvrij"
    told = say(Says.CONTRADICTS, label="Dieetwensen", hers="halal", mail="glutenvrij")
    doubts = tuple(
        Problem(0, field, Code.UNSURE, Reason.BROKEN_OFF, read)
        for field, read in (("diet", "glutenvrij"), (UNASKED_DIET, "glutenvrij"), ("last_name", "Maes"))
    )
    return Case(
        CaseKind.LATE,
        "Els Maes",
        what,
        (Choice.ACCEPT,),
        NOW,
        EVENT,
        person=said,
        key=key,
        doubts=doubts,
        says=(told, say(Says.ASKED, words="Zonder noten?")),
    )


def test_an_open_case_keeps_who_it_is_about_and_a_closed_one_nobody(store: Store, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    fields = settings.cleared_of(settings.events[EVENT])
    with store.write_transaction() as tx:
        open_case(tx, opened("one"))
        open_case(tx, opened("two"))
        closed = tx.scalar(sa.select(tables.case.c.id).where(tables.case.c.key == "two"))
        assert closed is not None
        close_cases(tx, [closed], NOW)
        retention.clear(tx, EVENT, fields, NOW)
        (left,) = queries.open_cases(tx, EVENT)
        data = tx.scalar(sa.select(tables.case.c.data).where(tables.case.c.id == closed))
    assert left.person is not None
    assert set(left.person.answers) == {"last_name"}
    done = CASE.validate_json(str(data))
    assert done.person is None
    for gone in ("glutenvrij", "halal", "noten"):
        assert gone not in matter(left) + matter(done)
    assert [one.field for one in (*left.doubts, *done.doubts)] == ["last_name", "last_name"]


@pytest.mark.parametrize("state", [outbox.SENT, outbox.FAILED])
def test_a_mail_that_went_out_or_never_will_keeps_no_answer_that_is_cleared(
    state: str, store: Store, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    fields = settings.cleared_of(settings.events[EVENT])
    letter = replace(mail("one"), event=EVENT, text="Dieetwensen: glutenvrij", html="<p>glutenvrij</p>")
    with store.write_transaction() as tx:
        queue(tx, letter, NOW)
        tx.execute(sa.update(tables.mail).values(state=state))
        retention.clear(tx, EVENT, fields, NOW)
        data = str(tx.scalar(sa.select(tables.mail.c.data)))
    assert "glutenvrij" not in data

"""Rows of a ledger that mailbot wrote before its modules and values had their present names.

``fixtures/*.json`` are what ``mailbot demo`` stored then. They load for as long as mailbot is used:
field names in JSON are a schema without a version, so a new field gets a default and no name changes.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbot.domain.announcement import EventFacts, EventKeys
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Ask
from mailbot.domain.event import Late
from mailbot.domain.registration import Status
from mailbot.domain.statement import Says, say
from mailbot.storage import serialization
from mailbot.wording import matter, why_doubted

FIXTURES = Path(__file__).parent / "fixtures"
ADAPTERS = {
    "registration": serialization.REGISTRATION,
    "case": serialization.CASE,
    "statements": serialization.STATEMENTS,
    "mail": serialization.MAIL,
    "submission": serialization.SUBMISSION,
    "findings": serialization.FINDINGS,
    "facts": serialization.FACTS,
}


def rows(name: str) -> list[Any]:
    return list(json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8")))


#: By file, the key whose value is stored under another one now.
MOVED = {"facts": "noted"}


def same(before: object, after: object) -> bool:
    """Whether all that was stored is still there; a field that is new since has its default."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(key in after and same(value, after[key]) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(same, before, after))
    return before == after


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_stored_row_loads_and_nothing_of_it_is_lost(name: str) -> None:
    assert rows(name)
    for stored in rows(name):
        adapter: Any = ADAPTERS[name]
        loaded = adapter.validate_json(json.dumps(stored))
        if name in MOVED:
            del stored[MOVED[name]]
        assert same(stored, json.loads(serialization.to_json(adapter, loaded)))


def test_a_statement_that_was_stored_under_a_code_of_before_loads_as_the_one_that_says_it_now() -> None:
    people = {"count": 32, "names": ["Jan Peeters"], "more": [{"code": "and-more", "facts": {"count": 2}}]}
    stored = json.dumps([{"code": "many-people", "facts": people}])
    loaded = serialization.STATEMENTS.validate_json(stored)
    assert loaded[0].facts["more"] == (say(Says.AND_OTHERS, count=2),)


def test_what_was_noted_of_an_event_file_as_people_read_it_loads_as_values() -> None:
    (before,) = rows("facts")
    of_an_hour = before["noted"] | {"late": "weigeren", "cancelled": "ja", "per_organisation": "2"}
    of_an_hour |= {"deadline": "27/11/2026 12:00", "organisations": "west-vlaanderen", "capacity": ""}
    stored = [{**before, "noted": noted} for noted in (before["noted"], of_an_hour, {})]
    loaded = [serialization.FACTS.validate_json(json.dumps(one)).seen for one in stored]
    seen = EventKeys(
        id="kennisplatform",
        title="Kennisplatform Intergemeentelijk Samenwerken",
        starts=datetime.fromisoformat("2026-12-08T14:00"),
        ends=datetime.fromisoformat("2026-12-08T17:00"),
        place="OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem",
        form="kennisplatform",
        deadline=date(2026, 11, 27),
        capacity=120,
    )
    other = replace(
        seen,
        deadline=datetime.fromisoformat("2026-11-27T12:00"),
        late=Late.REFUSE,
        capacity=None,
        per_organisation=2,
        organisations="west-vlaanderen",
        cancelled=True,
    )
    assert loaded == [seen, other, None]


@pytest.mark.parametrize(
    "deadline",
    [
        date(2026, 11, 27),
        datetime.fromisoformat("2026-11-27T00:00"),
        datetime.fromisoformat("2026-11-27T12:00"),
        None,
    ],
)
def test_a_day_in_the_facts_of_an_event_is_stored_as_none_with_an_hour(deadline: date | None) -> None:
    facts = EventFacts("kis", "Kennisplatform", seen=EventKeys("kis", "Kennisplatform", deadline=deadline))
    loaded = serialization.FACTS.validate_json(serialization.to_json(serialization.FACTS, facts))
    assert loaded == facts
    assert loaded.seen is not None
    assert type(loaded.seen.deadline) is type(deadline)


def test_a_doubt_that_was_stored_with_its_dutch_reason_is_shown_with_it() -> None:
    said = {}
    for stored in rows("registration"):
        row = serialization.REGISTRATION.validate_json(json.dumps(stored))
        said |= {one.field: (why_doubted(one), why_doubted(one, "fr")) for one in row.doubts}
    assert said["organisation"] == ("niet ingevuld", "manque")
    assert said["email"] == ("geen geldig e-mailadres: koen.vermeersch@telenet", "n’est pas clair")


def test_a_case_that_was_stored_as_a_sentence_is_shown_with_it_before_what_came_since() -> None:
    before = [serialization.CASE.validate_json(json.dumps(stored)) for stored in rows("case")]
    shown = [matter(case) for case in before]
    assert shown[0] == '"Is er parking in de buurt?"'
    assert shown[1].startswith(
        "Nieuwe inschrijving, aangekomen op 28/11/2026 07:33:18, na de uiterste datum."
    )
    asked = replace(before[1], says=(say(Says.ASKED, words="Waarom nu?"),))
    held = serialization.CASE.validate_json(serialization.to_json(serialization.CASE, asked))
    assert matter(held) == f'{shown[1]} Nagevraagd: "Waarom nu?"'


def test_words_that_are_stored_and_shown_do_not_change() -> None:
    assert {status.value for status in Status} >= {
        "Ingeschreven", "Wachtlijst", "Verontschuldigd", "Afgemeld", "Te laat", "Onvolledig",
    }  # fmt: skip
    assert {ask.value for ask in Ask} >= {"", "incomplete", "which", "which-returns", "readable", "new-date"}
    assert {kind.value for kind in CaseKind} >= {
        "te laat", "welke bijeenkomst", "wie is wie", "andere waarde dan de uwe", "twijfel over een antwoord",
        "vraag", "veel personen", "niet op de lijst", "afzender niet bevestigd", "onduidelijk bericht",
        "afzender onbekend bij de inschrijving", "onleesbaar", "niet aangevuld", "vrijgekomen plaats",
        "agenda-uitnodiging geweigerd", "meer inschrijvingen dan plaatsen", "mail klaar om te versturen",
        "mail niet bezorgd", "kon niet verwerkt worden", "doorgestuurd na de deadline", "werkboek",
        "voorstel tot vernietiging",
    }  # fmt: skip

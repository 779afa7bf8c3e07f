"""What a mail is about, and which event it names: a sentence for each thing that tells it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.domain.registration import Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ClueSource
from mailbot.matching import events, subject_matter, unknown_events
from mailbot.matching.beside_thread import beside_thread
from mailbot.matching.waiting_list import WaitingList
from mailbot.text.lexicon import words_of
from tests.decision.building import MORNING, event, form, local, row, settings
from tests.decision.following import parts, value

#: Words of the lexicons as people write them; what is more of a pattern than an ending left out is none.
SPOKEN = {
    key: [one for word in words_of("subject", key) if re.fullmatch(r"[\w' ]+", one := word.replace("?", ""))]
    for key in ("reasons", "prepositions", "determiners")
}
HELD = parts(Path(__file__).parent / "follows" / "subjects.txt")
OURS = event(title="Kennisplatform Wonen", place="De Kleine Beer, Beernem")
OTHER = event(
    id="jeugd",
    title="Overleg Jeugdwerking",
    place="OC Ter Zale, Oudenburg",
    starts=local(2026, 12, 10, 14),
    ends=local(2026, 12, 10, 17),
)
GONE = event(
    id="oud",
    title="Trefdag Cultuur",
    starts=local(2026, 11, 2, 14),
    ends=local(2026, 11, 2, 17),
    deadline=None,
)
CONFIG = settings(OURS, OTHER, GONE)

LINES = (
    "Ik schrijf mij graag in.",
    "Ik wil mij inschrijven voor de barbecue.",
    "Ik kom niet.",
    "Ik kom niet naar de vergadering.",
    "Ik ben er bij.",
    "Kan ik er bij zijn?",
    "Ik meld mij af.",
    "Gelieve mij af te melden.",
    "Gelieve mij op te geven.",
    "Ik geef mij op.",
    "Ik neem deel.",
    "Graag deel te nemen.",
    "Gelieve mij in te schrijven.",
    "Om bij te wonen.",
    "Jan komt in mijn plaats.",
    "Graag twee plaatsen.",
    "3 personen.",
    "Ik zal niet kunnen komen.",
    "Ik zal morgen komen.",
    "Ik kom graag op 3 december.",
    "Ik kom graag op 4 december.",
    "Ik kom graag op 10 december.",
    "Je serai presente.",
    "Deux places pour nous.",
    "Please sign me up.",
    "I can't make it.",
    "Mijn gsm is 0478.",
    "Is er parking aan de Kleine Beer?",
    "Is er parking?",
    "Ik eet vegetarisch.",
    "Ik eet vegetarisch op de barbecue.",
    "Kennisplatform Wonen",
    "het kennisplatform",
    "het kenisplatform",
    "De barbecue is zaterdag.",
    "Ik ben verhinderd wegens de gemeenteraad.",
    "Ik ben verhinderd voor de gemeenteraad.",
    "Ik ben vandaag afwezig.",
    "Ik ben morgen afwezig.",
    "Goedemorgen, ik kom niet.",
    "Ik ben zaterdag afwezig.",
    "Ik ben donderdag afwezig.",
    "Ik annuleer de zaal.",
    "Ik annuleer mijn inschrijving.",
    "Wij nodigen u uit op 12 december om deel te nemen.",
    "Wij nodigen u uit op 3 december om deel te nemen.",
    "Wij nodigen u uit op 3 en 12 december om deel te nemen.",
    "Ik heb vervoer nodig en kom uit Gent.",
    "Ik kom niet naar De Kleine Beer.",
    "Ik kom niet naar de Beer.",
    "Ik kom niet naar Damme.",
    "Ik schrijf mij uit voor de nieuwsbrief.",
    "Ik kom, en breng Jan mee naar de fuif.",
    "Trefdag Cultuur",
    "Ik kom niet naar de Trefdag Cultuur.",
    "Overleg Jeugdwerking",
    "Ik ben er niet bij op het overleg.",
    "Ik kan niet aanwezig zijn op de studiedag.",
    "Deelname aan de wedstrijd",
    "Ik ben ingeschreven voor 3 december, mijn buurman brengt mij met de auto.",
    "Ik ben afwezig op 23 november.",
)
SUBJECTS = (
    "",
    "Inschrijving",
    "Factuur",
    "Brief",
    "Kennisplatform Wonen",
    "Overleg van de dienst",
    "Vraag over de barbecue",
    "Geweigerd: x",
    "Re: Declined: x",
    "Wie heeft dit gedaan?",
)

PHRASES = {
    "acts": (
        "schrijf mij in",
        "in te schrijven",
        "mij op te geven",
        "geef mij op",
        "meld mij aan",
        "aan te melden",
        "deel te nemen",
        "neem graag deel",
        "er bij zijn",
        "ben er bij",
        "bij te wonen",
        "in mijn plaats",
        "twee plaatsen",
        "niet kunnen komen",
        "kan ik komen",
        "kom graag",
        "serai present",
        "places pour",
        "sign me up",
        "make it",
    ),
    "protests": (
        "niet gevraagd",
        "wie heeft dit",
        "dat klopt niet",
        "er is iets mis",
        "ik ken dit niet",
        "zonder mijn medeweten",
        "wat is dit",
        "waarom krijg ik dit",
        "niet van mij",
        "dit is phishing",
        "oplichting",
        "onterecht",
        "ten onrechte",
        "gehackt",
        "misbruik",
        "pas demande",
        "qui a change",
        "i did not ask",
        "who changed",
        "what is this",
        "why am i",
        "nicht beantragt",
        "wer hat",
        "alles goed",
    ),
    "declines": (
        "geweigerd: x",
        "afgewezen: x",
        "afgeslagen: x",
        "declined: x",
        "refuse: x",
        "decline: x",
        "abgelehnt: x",
        "abgesagt: x",
        "re: declined: x",
        "declined x",
    ),
}

HEADINGS = (
    "Inschrijvingsformulier Kennisplatform Wonen",
    "Inschrijving Kenisplatform Wonen",
    "Inschrijving Trefdag Klimaat",
    "Inschrijving",
    "Inschrijvingsformulier Klimaatwandeling",
    "Kennisplatform Wonen 3 december 2026",
    "Kennisplatform Wonen 4 december 2026",
    "Overleg Jeugdwerking",
    "Trefdag Cultuur",
    "3 december 2026",
    "12 december 2026",
    "Inschrijven voor 23 november 2026",
    "Inschrijving voor donderdag 3 december 2026",
    "Antwoord tegen 12 december 2026",
    "Inschrijving Stad Damme",
    "Inschrijving Jan voor de trefdag",
    "Inschrijving trefdag",
    "Deelnameformulier Klimaattafel Noord",
    "Inschrijving 4 december Trefdag",
    "Kennisplatform Wonen, inschrijven voor 23 november 2026",
    "Kennisplatform",
    "Inschrijving dag van de wijk",
)
BESIDE = (
    "Ik kan niet komen naar het Overleg Jeugdwerking.",
    "Ik kan niet komen naar het overleg jeugdwerking en ook niet hier.",
    "Ik kan niet komen op 10 december.",
    "Ik kan niet komen op 3 december.",
    "Ik kan niet komen naar Oudenburg.",
    "Ik kan niet komen naar Ter Zale.",
    "Ik kan niet komen naar het andere.",
    "Ik kom niet naar het andere overleg.",
    "Ik kom niet naar het andere boek.",
    "Ik kom niet. Overleg Jeugdwerking?",
    "Ik kom niet op de jeugdwerking.",
    "Ik kom niet naar de Trefdag Cultuur.",
    "Ik kom niet.",
    "Ik kom naar Kennisplatform Wonen en niet naar Overleg Jeugdwerking.",
    "Overleg Jeugdwerking\nIk kom niet.",
    "Ik kom niet naar het Overleg\nJeugdwerking.",
    "Ik kom niet omdat ik op het Overleg Jeugdwerking ben.",
    "I cannot attend the other one.",
    "Ik kan niet komen naar overleg jeugdwerkin.",
    "Ik kom toch naar Overleg Jeugdwerking; dit wel.",
)


def _topic(subject: str, words: str) -> str:
    return value(
        [
            subject_matter.topic_of(subject, words, CONFIG, MORNING),
            "another object" if subject_matter.has_another_object(subject, words, CONFIG, MORNING) else "",
            "another day" if subject_matter.names_another_day(words, CONFIG) else "",
            [one.id for one in subject_matter.events_called(subject, words, CONFIG, MORNING)],
        ]
    )


def _clues(line: str, *, is_heading: bool, now: datetime = MORNING) -> str:
    found = events.heading_clues((line,), ClueSource.HEADING, CONFIG, now, is_heading=is_heading)
    return value([f"{one.event or 'none of ours'}{' stale' if one.stale else ''}" for one in found])


def _beside(words: str) -> str:
    found = beside_thread(words, OURS, [OURS, OTHER], CONFIG)
    return value(
        [
            [one.id for one in found.events],
            "surely" if found.surely else "",
            "another" if found.another else "",
        ]
    )


SERIES = settings(
    event(title="Burgemeestersoverleg", deadline=None),
    event(id="b2", title="Burgemeestersoverleg", starts=local(2026, 12, 17, 14), ends=None, deadline=None),
    event(id="b3", title="Burgemeestersoverleg", starts=None, ends=None, deadline=None),
    event(id="b4", title="Burgemeestersoverleg", starts=local(2026, 11, 1, 14), ends=None, deadline=None),
    event(
        id="b5",
        title="Burgemeestersoverleg",
        starts=local(2026, 12, 20, 14),
        ends=None,
        deadline=None,
        cancelled=True,
    ),
)


def _series(*lines: str) -> str:
    found = events.heading_clues(lines, ClueSource.HEADING, SERIES, MORNING)
    return value([f"{one.event}{' stale' if one.stale else ''}" for one in found])


def examples() -> dict[str, str]:
    """Each example with what is made of it."""
    return {
        **{f"words: {line}": _topic("", line) for line in LINES},
        **{f"subject: {line}": _topic(line, "Ik kom niet.") for line in SUBJECTS},
        **{f"subject alone: {line}": _topic(line, "") for line in SUBJECTS},
        **{
            f"reason: {reason}": _topic("", f"Ik kom niet {reason} de voetbalmatch")
            + _topic("", f"Ik kom niet {reason} met naar de voetbalmatch")
            for reason in SPOKEN["reasons"]
        },
        **{f"act: {phrase}": str(subject_matter.says_an_act(phrase)) for phrase in PHRASES["acts"]},
        **{f"protest: {phrase}": str(subject_matter.protests(phrase)) for phrase in PHRASES["protests"]},
        **{
            f"decline: {phrase}": str(subject_matter.declines_by_subject(phrase))
            for phrase in PHRASES["declines"]
        },
        **{f"heading: {line}": _clues(line, is_heading=True) for line in HEADINGS},
        **{f"line: {line}": _clues(line, is_heading=False) for line in HEADINGS},
        **{
            f"line, long after: {line}": _clues(line, is_heading=False, now=MORNING + timedelta(days=90))
            for line in HEADINGS[:2]
        },
        **{
            f"series: {' / '.join(lines)}": _series(*lines)
            for lines in (
                ("Burgemeestersoverleg",),
                ("Burgemeestersoverleg", "17 december 2026"),
                ("Burgemeestersoverleg", "18 december 2026"),
            )
        },
        **{
            f"days: {text}": value(
                [one.event or "none of ours" for one in events.day_clues(text, ClueSource.WORDS, CONFIG)]
            )
            for text in ("3 december", "4 december", "23 november", "3 en 10 december", "zonder dag")
        },
        **{
            f"id: {text}": value([one.event for one in events.id_clues(text, ClueSource.SUBJECT, CONFIG)])
            for text in ("kis", "KIS", "kiss", "kis.", "kis-2", "x.kis", "kis.pdf", "(kis)")
        },
        **{
            f"sub-address: {text}": value([one.event for one in events.sub_address_clues((text,), CONFIG)])
            for text in ("in+kis@post.example", "in+KIS@post.example", "in@post.example", "in+x@post.example")
        },
        **{
            f"mark: {text}": value([f"{one.event} {one.stale}" for one in events.mark_clues(text, CONFIG)])
            for text in (f"mailbot:kis:{OURS.version(form('kennisplatform'))}", "geen")
        },
        **{
            f"title: {line}": str(events.names_title(line, OURS))
            for line in (
                "Kennisplatform Wonen",
                "kennisplatform  wonen!",
                "Kenisplatform Wonen",
                "Kenisplatfrm Wonn",
                "Kenisplatform Wonen " + "a" * 60,
                "Kenisplatform Wonen " + "a" * 62,
            )
        },
        **{
            f"short title: {line}": str(events.names_title(line, event(title="Wonen")))
            for line in ("Wonen", "Wonen morgen", "wonen")
        },
        **{
            f"nickname: {title}": value(unknown_events.meeting_words(title))
            for title in (
                "Kennisplatform Wonen",
                "Klimaattafel",
                "Overleg",
                "Studiedag Jeugd",
                "Boekenbeurs",
                "Dag",
                "Netwerkevent",
            )
        },
        **{f"beside: {words!r}": _beside(words) for words in BESIDE},
    }


def test_what_a_mail_is_about() -> None:
    assert examples() == HELD


@pytest.mark.parametrize("preposition", SPOKEN["prepositions"])
def test_what_stands_behind_a_preposition_is_what_somebody_comes_to(preposition: str) -> None:
    assert (
        subject_matter.topic_of("", f"Ik kom niet {preposition} de voetbalmatch", CONFIG, MORNING)
        is subject_matter.Topic.OTHER
    )


@pytest.mark.parametrize(
    "determiner",
    [one for one in SPOKEN["determiners"] if one not in ("dat", "die")],
)
def test_what_stands_between_a_preposition_and_its_noun_hides_none(determiner: str) -> None:
    between = determiner if determiner.endswith("'") else f"{determiner} "
    assert (
        subject_matter.topic_of("", f"Ik kom niet naar {between}voetbalmatch", CONFIG, MORNING)
        is subject_matter.Topic.OTHER
    )


def test_an_event_is_named_until_it_ends() -> None:
    end = datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert subject_matter.names_an_event("Kennisplatform Wonen", CONFIG, end - timedelta(seconds=1))
    assert not subject_matter.names_an_event("Kennisplatform Wonen", CONFIG, end)


def test_what_is_read_of_a_mail_is_bounded() -> None:
    behind = "\n".join(("a" * 3_990, "Kennisplatform Wonen"))
    assert subject_matter.topic_of("", behind, CONFIG, MORNING) is not subject_matter.Topic.NAMED
    assert subject_matter.topic_of("", behind[10:][20:], CONFIG, MORNING) is subject_matter.Topic.NAMED


FULL, MINUTE = say(Says.FULL, count=1), timedelta(minutes=1)
FIRST = row(
    2, Status.WAITLISTED, name="An Bos", organisation="Brugge", email="an@brugge.example", reason=FULL
)
NEXT = row(
    3,
    Status.WAITLISTED,
    name="Bo Claes",
    organisation="Beernem",
    email="bo@beernem.example",
    at=MORNING + MINUTE,
    reason=FULL,
)
LAST = row(
    10,
    Status.WAITLISTED,
    name="Cas Dries",
    organisation="Gent",
    email="cas@gent.example",
    at=MORNING + MINUTE,
    reason=FULL,
)


@pytest.mark.parametrize(
    ("capacity", "seated", "why"),
    [
        (1, [], [FULL, FULL, FULL]),
        (2, ["INS-0002"], ["", say(Says.ONE_BEFORE), say(Says.ONE_BEFORE)]),
        (3, ["INS-0002", "INS-0003"], ["", "", say(Says.OTHERS_BEFORE, count=2)]),
        (4, ["INS-0002", "INS-0003", "INS-0010"], ["", "", ""]),
        (None, ["INS-0002", "INS-0003", "INS-0010"], ["", "", ""]),
    ],
)
def test_the_line_is_seated_in_its_order_as_far_as_there_are_places(
    capacity: int | None, seated: list[str], why: list[object]
) -> None:
    of = event(capacity=capacity) if capacity else event()
    line = WaitingList(of, form("kennisplatform"), (row(1), LAST, NEXT, FIRST), MORNING)
    assert [one.nr for one in line.seated] == seated
    assert [line.why(one) for one in (FIRST, NEXT, LAST)] == why


def test_a_full_body_waits_while_others_are_seated() -> None:
    of = event(capacity=9, per_organisation=1)
    second = row(
        4,
        Status.WAITLISTED,
        name="Dea Els",
        organisation="Brugge",
        email="dea@brugge.example",
        at=MORNING + MINUTE,
        reason=FULL,
    )
    line = WaitingList(of, form("kennisplatform"), (FIRST, NEXT, second), MORNING)
    assert [one.nr for one in line.seated] == ["INS-0002", "INS-0003"]
    assert line.why(second) == say(Says.OTHERS_BEFORE, count=2)


def test_an_event_is_held_on_each_of_its_days() -> None:
    two = event(starts=local(2026, 12, 3, 14), ends=local(2026, 12, 4, 12))
    assert subject_matter.days_held(two) == (date(2026, 12, 3), date(2026, 12, 4))
    assert subject_matter.days_held(event(ends=None)) == (date(2026, 12, 3), date(2026, 12, 3))

"""What is understood of a mail, by its words, by a form and by both: each beside what is almost it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Paragraph, ParsedDocument, ParseStatus, Span
from mailbot.domain.message import Address, Message
from mailbot.domain.submission import Act, Answer, EventClue, Person, Problem, Submission
from mailbot.pipeline import limits
from mailbot.pipeline.interpret import understand
from tests.decision.building import MORNING, event, local, settings
from tests.decision.following import parts, value
from tests.extraction.blocks import grid, line, lines

HELD = parts(Path(__file__).parent / "follows" / "mails.txt")
FORM = lines(
    "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken\n"
    "Naam: Smet\nVoornaam: An\nGemeente: Damme\nFunctie: schepen\nE-mail: an.smet@damme.example"
)
OF_ANOTHER = lines("Naam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nE-mail: jan@brugge.example")
ABOUT = "Kennisplatform"
AN = Address("an.smet@damme.example", "An Smet")
SETTINGS = settings()
_OTHER = event(
    id="bo",
    title="Overleg",
    form="burgemeestersoverleg",
    starts=local(2026, 12, 10, 14),
    ends=None,
    deadline=None,
)
TWO = settings(event(), _OTHER)
OVER = settings(event(starts=local(2026, 11, 3, 14), ends=None, deadline=None), _OTHER)
ALIKE = settings(event(), _OTHER.model_copy(update={"form": "kennisplatform"}))

WORDS = (
    "Ik kom graag.",
    "Graag schrijf ik mij in voor het Kennisplatform.",
    "Graag schrijf ik mij in voor het Kennisplatform. Ik blijf ook voor de lunch.",
    "Graag schrijf ik mij in voor het Kennisplatform. Ik eet vegetarisch.",
    "Graag schrijf ik mij en mijn collega in.",
    "Graag schrijf ik mij en Jan Peeters in.",
    "Graag 2 plaatsen.",
    "Graag 2 plaatsen voor Damme: An Smet en Jan Peeters.",
    "Graag 3 plaatsen voor Damme: An Smet en Jan Peeters.",
    "Deelnemers:\nAn Smet\nJan Peeters",
    "Deelnemers:\nAn Smet, schepen, an.smet@damme.example\nJan Peeters, burgemeester",
    "Ik kom niet.",
    "Ik kan er niet bij zijn.",
    "Ik moet mij verontschuldigen.",
    "Jan Peeters komt niet.",
    "Jan Peeters komt niet, An Smet wel.",
    "Jan Peeters komt in mijn plaats.",
    "Jan Peeters (jan@brugge.example, schepen) komt in mijn plaats.",
    "De werkgroep van 14 januari moet ik annuleren.",
    "Ik kom misschien niet.",
    "Ik kom toch.",
    "Ja",
    "Nee",
    "Bedankt!",
    "Is er parking?",
    "Ik kom graag. Is er parking?",
    "Ik kan er niet bij zijn. Is er op de sportraad parking?",
    "Ik ben er niet bij, want ik moet naar de gemeenteraad.",
    "Ik kom niet. Voor de anderen graag een vegetarische maaltijd zonder noten.",
    "Mijn nummer is 050 11 22 33.",
    "De factuur mag naar de financiële dienst.",
    "Els komt niet. En voor mij geen varkensvlees.",
    "Zie bijlage.",
    "In bijlage de vervanger van Jan Peeters.",
    "Bijgevoegd het formulier van mijn vervanger.",
    "Mijn vrouw komt mee.",
    "Ik kom pas om 15 uur.",
    "Ik zit in een rolstoel.",
    "Mijn telefoon is 0475 12 34 56.",
    "Verwijder al mijn gegevens.",
    "Het gaat over INS-0012.",
    "-----BEGIN PGP MESSAGE-----\nabc",
    "",
)
#: What a mail says first, and what stands behind it.
FIRST = (
    "Graag schrijf ik mij in voor het Kennisplatform.",
    "Graag schrijf ik Jan Peeters in voor het Kennisplatform.",
    "Ik kom graag met mijn collega Jan Peeters.",
    "Ik kan er op 3 december niet bij zijn.",
    "Gelieve mij uit te schrijven.",
    "Els Maes (els@damme.example) komt in mijn plaats.",
    "In bijlage het formulier van mijn vervanger.",
)
BEHIND = (
    "Ik eet vegetarisch.",
    "De factuur mag naar de financiële dienst.",
    "Kan ik parkeren?",
    "Mijn gsm is 0475 98 76 54.",
    "Mijn adres is an@brugge.example.",
    "Bert Claes komt ook.",
    "Bart Smet is er niet bij.",
    "Als er plaats is.",
    "Ik kom pas om 15 uur.",
    "Op de sportraad van 14 januari ben ik er niet bij.",
    "Ik moet naar de gemeenteraad.",
    "Wij zijn met 3.",
    "Dank u.",
    "Tot dan in Beernem.",
    "Wis nadien mijn gegevens.",
    "Ik ben er voor alle bijeenkomsten van dit jaar niet bij.",
)
#: Who writes, where it matters.
WRITERS = {
    "an organiser": Address("an.claes@wvi.example", "An Claes"),
    "the mailbox itself": Address("in@wvi.example", "Secretariaat"),
    "a body": Address("info@brugge.example", "Stad Brugge"),
    "nobody by name": Address("an.smet@damme.example"),
}

SUBJECTS = (
    ABOUT,
    "Re: " + ABOUT,
    "Afmelding",
    "Verontschuldigd",
    "Vraag",
    "Barbecue",
    "Kennisplatform An Smet",
    "",
)
#: The others are no end of reading: it never came, is behind a link, or is still to be recognised.
STATES = tuple(
    one for one in ParseStatus if one not in (ParseStatus.MISSING, ParseStatus.LINKED, ParseStatus.PICTURES)
)

#: What only sheets and lists of ours have, and almost.
TABLES = {
    "a reference below Nr": [["Nr", "Naam"], ["INS-0001", "Smet"]],
    "a reference in capitals or not": [["nr", "Naam"], ["ins-0001", "Smet"]],
    "a reference beside Nr": [["Nr", "Naam"], ["1", "INS-0001"]],
    "a reference above Nr": [["INS-0001", "Smet"], ["Nr", "Naam"]],
    "a short reference": [["Nr", "Naam"], ["INS-001", "Smet"]],
    "a long reference": [["Nr", "Naam"], ["INS-12345678", "Smet"]],
    "a reference in a sentence": [["Nr", "Naam"], ["zie INS-0001", "Smet"]],
    "all four headers": [["Naam", "Status", "Ontvangen", "Gewijzigd", "Ingestuurd door"], ["Smet"]],
    **{
        f"without {left}": [
            [one for one in ("Status", "Ontvangen", "Gewijzigd", "Ingestuurd door") if one != left]
        ]
        for left in ("Status", "Ontvangen", "Gewijzigd", "Ingestuurd door")
    },
    "the headers in two rows": [["Status", "Ontvangen"], ["Gewijzigd", "Ingestuurd door"]],
}


def _shown(said: Submission) -> Iterator[str]:
    """What differs from a submission that says nothing."""
    for field in fields(said):
        now = getattr(said, field.name)
        if field.name in ("found", "reader", "evidence") or now in (field.default, {}):
            continue
        yield f"{field.name}: {_value(now)}"


def _value(one: object) -> str:
    if isinstance(one, tuple):
        return "[" + ", ".join(map(_value, one)) + "]"
    if isinstance(one, Mapping):
        return value({key: said.value if isinstance(said, Answer) else said for key, said in one.items()})
    if isinstance(one, Person):
        known = f" of {one.organisation_known}" if one.organisation_known else ""
        return value({key: answer.value for key, answer in one.answers.items()}) + known
    if isinstance(one, Problem):
        return f"{one.person} {one.field} {one.code} {one.reason} {one.read}".strip()
    if isinstance(one, EventClue):
        return f"{one.event or 'another'} by {one.by}"
    if isinstance(one, Act):
        told = [str(one.kind), one.field, *one.people, f"{one.places} places" if one.places else ""]
        return " ".join((*filter(None, told), "agreed" if one.agreed else "doubted"))
    return value(one)


def _read(words: str, *readings: ParsedDocument, subject: str = ABOUT, below: tuple[Block, ...] = ()) -> str:
    """What is understood of a mail of An Smet of Damme."""
    body = (*(lines(words) if words else ()), *below)
    return _of(Message("<1@post.example>", AN, subject, None, body=body), *readings)


def _of(message: Message | None, *readings: ParsedDocument, config: Settings = SETTINGS) -> str:
    said = understand(message, readings, config, frozenset(), MORNING)
    return "\n".join((str(said.found), *_shown(said)))


def examples() -> dict[str, str]:
    """Each example with what is understood of it."""
    form = ParsedDocument("form.docx", ParseStatus.READ, FORM)
    other = ParsedDocument("jan.docx", ParseStatus.READ, OF_ANOTHER)
    letter = ParsedDocument("brief.docx", ParseStatus.READ, lines("Beste\nIk kom niet.\nGroeten\nAn Smet"))
    its = ParsedDocument("brief.docx", ParseStatus.READ, lines("Beste\nIk kom niet.\nGroeten\nJan Peeters"))
    signed = tuple(
        line(text, 90, signature=True) for text in ("Groeten", "An Smet", "Schepen", "0475 12 34 56")
    )
    inside = Message(
        "<2@post.example>",
        Address("jan@brugge.example", "Jan Peeters"),
        ABOUT,
        None,
        body=lines("Ik kom niet."),
    )
    passed = Message("<1@post.example>", AN, f"FW: {ABOUT}", None, forwarded=inside)
    return {
        **{f"words: {_flat(words)}": _read(words) for words in WORDS},
        **{f"words, signed: {_flat(words)}": _read(words, below=signed) for words in WORDS[:18]},
        **{f"words beside a form: {_flat(words)}": _read(words, form) for words in WORDS},
        **{f"words beside a form of another: {_flat(words)}": _read(words, other) for words in WORDS},
        **{f"subject: {subject}": _read("Ik kom niet.", subject=subject) for subject in SUBJECTS},
        **{f"subject alone: {subject}": _read("", subject=subject) for subject in SUBJECTS},
        **{
            f"subject alone, and a file that was not read: {subject}": _read(
                "", ParsedDocument("a.pdf", ParseStatus.UNREADABLE), subject=subject
            )
            for subject in SUBJECTS
        },
        **{f"a file, {state}": _read("Zie bijlage.", ParsedDocument("a.pdf", state)) for state in STATES},
        **{
            f"a picture, {state}": _read("", ParsedDocument("logo.png", state), subject="Afmelding")
            for state in STATES
        },
        **{
            f"{first} {more}{' (beside a form)' if beside else ''}": _read(f"{first} {more}", *beside)
            for first in FIRST
            for more in BEHIND
            for beside in ((), (other,))
        },
        **{
            f"{first} Of {name}.": _of(Message("<1@post.example>", who, ABOUT, None, body=lines(first)))
            for first in FIRST[:4]
            for name, who in WRITERS.items()
        },
        **{
            f"an answer: {_flat(words)}": _read(words, subject=f"Re: {ABOUT}")
            for words in (
                *FIRST,
                "Jan Peeters",
                "Mijn collega Jan Peeters.",
                "Bert Claes\nSchepen\nbert@damme.example",
            )
        },
        **{
            f"a letter, {name}": _read(above, replace(letter, blocks=lines(text), recognised=recognised))
            for name, above, text, recognised in (
                (
                    "long",
                    "Zie bijlage.",
                    "Beste\n" + "Dit is een lange brief. " * 130 + "\nIk kom niet.\nAn Smet",
                    False,
                ),
                ("nearly long", "Zie bijlage.", "Beste\n" + "Dag. " * 580 + "\nIk kom niet.\nAn Smet", False),
                ("below much", "Zie bijlage. " * 30, "Ik kom niet.\nAn Smet", False),
                ("below little", "Zie bijlage. " * 20, "Ik kom niet.\nAn Smet", False),
                ("of a picture", "Zie bijlage.", "Ik kom niet.\nAn Smet", True),
                ("that thanks", "Zie bijlage.", "Bedankt!\nAn Smet", False),
                ("that says yes", "Zie bijlage.", "Ja\nAn Smet", False),
                (
                    "that registers",
                    "Zie bijlage.",
                    "Graag schrijf ik mij in voor het Kennisplatform.\nAn Smet",
                    False,
                ),
            )
        },
        "a letter of the sender": _read("Zie bijlage.", letter),
        "a letter of another": _read("Zie bijlage.", its),
        "two letters": _read("Zie bijlage.", letter, its),
        "a letter below words": _read("Ik kom graag.", letter),
        "a letter below a question": _read("Is er parking?", letter),
        "passed on": _of(passed),
        "passed on, with words": _of(replace(passed, body=lines("Zie onder."))),
        **{
            f"{name}, of {number}": _of(
                Message("<1@post.example>", AN, "", None, body=lines(words)) if words else None,
                *files,
                config=config,
            )
            for number, config in (
                ("two meetings", TWO),
                ("one that is over and one", OVER),
                ("two of a form", ALIKE),
            )
            for name, words, files in (
                ("a form with its title", "", (form,)),
                ("a form without a title", "", (replace(form, blocks=FORM[1:]),)),
                ("words", "Graag schrijf ik mij in voor het Kennisplatform.", ()),
                ("words of the other", "Graag schrijf ik mij in voor het Overleg.", ()),
                ("words of a day", "Ik kan er op 10 december niet bij zijn.", ()),
                ("words of none", "Ik kan er niet bij zijn.", ()),
            )
        },
        "two forms": _read("", form, other),
        "a form twice": _read("", form, replace(form, name="kopie.docx")),
        "a form alone": _of(None, form),
        **{
            f"a table: {name}": _read("", ParsedDocument("lijst.xlsx", ParseStatus.READ, (grid(rows),)))
            for name, rows in TABLES.items()
        },
    }


def _flat(text: str) -> str:
    return text.replace("\n", " / ")


def test_what_is_understood_of_each_mail() -> None:
    assert examples() == HELD


@pytest.mark.parametrize(("more", "state"), [(0, ParseStatus.READ), (1, ParseStatus.TOO_LARGE)])
def test_a_document_is_read_up_to_its_bound(
    monkeypatch: pytest.MonkeyPatch, more: int, state: ParseStatus
) -> None:
    monkeypatch.setattr(limits, "MOST", 10)
    reading = ParsedDocument("a.docx", ParseStatus.READ, (line("x" * 5), line("y" * (5 + more))))
    assert limits.bounded_reading(reading).state is state


@pytest.mark.parametrize(("last", "kept"), [(5, 2), (6, 1)])
def test_the_lines_of_a_mail_are_read_up_to_its_bound(
    monkeypatch: pytest.MonkeyPatch, last: int, kept: int
) -> None:
    monkeypatch.setattr(limits, "MOST", 10)
    inside = Message(
        "<2@post.example>", Address("a@post.example"), "", None, body=(line("x" * 5), line("y" * last))
    )
    message = replace(inside, forwarded=inside)
    bounded = limits.bounded_message(message)
    assert bounded.forwarded is not None
    assert (len(bounded.body), len(bounded.forwarded.body)) == (kept, kept)


def test_what_is_cut_of_a_line_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST", 4)

    def cut(text: str) -> list[tuple[str, bool]]:
        reading = limits.bounded_reading(
            ParsedDocument("a.docx", ParseStatus.READ, (grid([[text]]), line(text)))
        )
        table, paragraph = reading.blocks
        assert table.text == paragraph.text
        return [(span.text, span.unsure) for span in paragraph.spans]

    pieces = line((Span("vie"), Span("r!"), Span("x")))
    (piece,) = limits.bounded_reading(ParsedDocument("a.docx", ParseStatus.READ, (pieces,))).blocks
    assert isinstance(piece, Paragraph)
    assert [(span.text, span.unsure) for span in piece.spans] == [("vie", False), ("r", True)]
    assert cut("vier") == [("vier", False)]
    assert cut("vijf!") == [("vijf", True)]

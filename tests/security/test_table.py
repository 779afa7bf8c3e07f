"""The table of SECURITY.md: for each relation and each act, what becomes of a real mail.

The columns of ``TABLE`` are those of SECURITY.md. A cell says what follows: the row changes ("ja"), the
secretary decides ("geval"), it does and the person hears it at once ("ja, gemeld"), or nothing follows
("niets").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from tests.event_sheet.town import DAMME, Town, answers, calendar, person, plain, typed

JAN = "jan.peeters@damme.example"
BOX = "info@damme.example"
OFFICE = "secretariaat@torhout.example"
ELS = "els.maes@damme.example"
PARTNER = "partner@wvi.example"
EVE = "eve@evil.example"

FULL = person(Dieetwensen="glutenvrij", Opmerkingen="slecht ter been")
PUBLIC = {"Naam": "Peeters", "Voornaam": "Jan", "Gemeente/OCMW": "Damme", "Ik neem deel": "ja"}
SENSITIVE, HELD, CARD = "glutenvrij", "0478", "schepen"


@dataclass(frozen=True)
class Who:
    """A relation: from whom the mail comes, whose address stands on Jan's row, who registered him, and
    whether the mail answers ours to him."""

    sender: str
    address: str = JAN
    by: str = JAN
    answers: bool = False


RELATIONS = {
    "persoon": Who(f"Jan Peeters <{JAN}>"),
    "gedeeld adres": Who(BOX, address=BOX, by=BOX),
    "wie antwoordt": Who("Jan Peeters <jan@thuis.example>", answers=True),
    "inzender": Who(OFFICE, by=OFFICE),
    "collega": Who(f"Els Maes <{ELS}>"),
    "doorstuurder": Who(PARTNER),
    "iemand anders": Who(f"Eve Boone <{EVE}>"),
}

YES, TOLD, CASE, NOTHING = "ja", "ja, gemeld", "geval", "niets"

#: Per relation: changes, gives another address, confirms, withdraws, excuses, substitutes, brings back who
#: withdrew themselves, declines by calendar, and by one in the name of the invited.
TABLE = {
    "persoon": (YES, YES, YES, YES, YES, YES, YES, YES, YES),
    # it is sent files, and no invitation
    "gedeeld adres": (YES, YES, YES, YES, YES, YES, YES, NOTHING, NOTHING),
    "wie antwoordt": (TOLD, CASE, TOLD, TOLD, TOLD, TOLD, TOLD, CASE, CASE),
    # the person wrote themselves, so that who sent them in has no say
    "inzender": (TOLD, TOLD, TOLD, TOLD, TOLD, TOLD, CASE, CASE, TOLD),
    "collega": (CASE, CASE, CASE, TOLD, TOLD, CASE, CASE, CASE, TOLD),
    "doorstuurder": (TOLD, TOLD, TOLD, TOLD, TOLD, TOLD, CASE, CASE, TOLD),
    "iemand anders": (CASE, CASE, CASE, CASE, CASE, CASE, CASE, CASE, CASE),
}

#: Per relation, of an answer to a form that repeats what is public: the sensitive answers, all others
#: that are held, name and function.
SHOWN = {
    "persoon": {SENSITIVE, HELD, CARD},
    "gedeeld adres": {HELD, CARD},
    "wie antwoordt": set[str](),
    "inzender": {HELD, CARD},
    "collega": {CARD},
    "doorstuurder": set[str](),
    "iemand anders": set[str](),
}


class Scene:
    """A town in which Jan is registered, as a relation needs it."""

    def __init__(self, town: Town, who: Who, **said: str) -> None:
        self.town, self.who = town, who
        town.configure(organisations=DAMME, first=f'forwarders = ["{PARTNER}"]\n')
        if who.address == BOX:
            other = person(Naam="Claeys", Voornaam="Rik", **{"E-mail": BOX})
            town.mail(BOX, "Inschrijving", typed(other))
            town.run()
        name = f"Jan Peeters <{JAN}>" if who.by == JAN else who.by
        town.mail(name, "Inschrijving", typed({**FULL, "E-mail": who.address, **said}))
        self.sent = town.run()

    def row(self) -> dict[str, object]:
        (row,) = (row for row in self.town.sheet() if row["Naam"] == "Peeters")
        return row

    def mail(self, subject: str, text: str) -> None:
        ours = answers(self.sent)[0] if self.who.answers else None
        self.town.mail(self.who.sender, subject, text, answers=ours)

    def decline(self, invited: str = "", *, says_so: bool = True) -> None:
        """A calendar's no, from the sender's own calendar, or in the name of who was ``invited``, which its
        SENT-BY says (``says_so``)."""
        mine = next(mail for mail in self.sent if calendar(mail))
        lines = calendar(mine).replace("\r\n ", "").replace("\n ", "").splitlines()
        uid = next(line for line in lines if line.startswith("UID:"))
        address = self.who.sender.rpartition("<")[2].rstrip(">")
        by = f';SENT-BY="mailto:{address}"' if invited and says_so else ""
        reply = EmailMessage()
        reply["From"], reply["To"] = self.who.sender, "inschrijvingen@example.org"
        reply["Subject"], reply["Message-ID"] = (
            "Geweigerd: Kennisplatform",
            f"<weigert{invited}.{self.town.user}>",
        )
        if self.who.answers:
            reply["In-Reply-To"] = mine["Message-ID"]
        reply.set_content("")
        reply.add_alternative(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{uid}\r\n"
            "DTSTAMP:20261116T090000Z\r\nORGANIZER:mailto:inschrijvingen@example.org\r\n"
            f"ATTENDEE;PARTSTAT=DECLINED{by}:mailto:{invited or address}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            subtype="calendar",
            params={"method": "REPLY"},
        )
        self.town.dovecot.deliver(self.town.user, reply.as_bytes(), received=datetime.now(UTC))


def changes(scene: Scene) -> Callable[[], bool]:
    scene.mail("Inschrijving", typed({**PUBLIC, "E-mail": scene.who.address, "Functie": "burgemeester"}))
    return lambda: scene.row()["Functie"] == "burgemeester"


def readdresses(scene: Scene) -> Callable[[], bool]:
    form = typed({**PUBLIC, "E-mail": "nieuw@damme.example"})
    scene.mail("Inschrijving", f"{scene.row()['Nr']}\n\n{form}")
    return lambda: scene.row()["E-mail"] == "nieuw@damme.example"


def confirms(scene: Scene) -> Callable[[], bool]:
    (question, *_) = answers(scene.sent)
    scene.town.mail(scene.who.sender, "Re: Nog iets nodig", "Ja, dat klopt.", answers=question)
    return lambda: scene.row()["Status"] == "Ingeschreven"


def withdraws(scene: Scene) -> Callable[[], bool]:
    scene.mail("Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    return lambda: scene.row()["Status"] == "Afgemeld"


def excuses(scene: Scene) -> Callable[[], bool]:
    scene.mail("Verontschuldiging", typed({**PUBLIC, "E-mail": scene.who.address, "Ik neem deel": "neen"}))
    return lambda: scene.row()["Status"] in ("Afgemeld", "Verontschuldigd")


def substitutes(scene: Scene) -> Callable[[], bool]:
    scene.mail(
        "Vervanging", "Jan Peeters kan niet komen. An De Smet (an.desmet@damme.example) komt in zijn plaats."
    )
    return lambda: scene.row()["Status"] == "Afgemeld"


def brings_back(scene: Scene) -> Callable[[], bool]:
    scene.town.mail(f"Jan Peeters <{scene.who.address}>", "Uitschrijving", "Schrijf Jan Peeters uit.")
    scene.town.run()
    assert scene.row()["Status"] == "Afgemeld"
    scene.mail("Inschrijving", typed({**PUBLIC, "E-mail": scene.who.address}))
    return lambda: scene.row()["Status"] == "Ingeschreven"


def declines(scene: Scene) -> Callable[[], bool]:
    scene.decline()
    scene.decline(scene.who.address, says_so=False)
    return lambda: scene.row()["Status"] == "Afgemeld"


def declines_for(scene: Scene) -> Callable[[], bool]:
    scene.decline(scene.who.address)
    return lambda: scene.row()["Status"] == "Afgemeld"


ACTS = (changes, readdresses, confirms, withdraws, excuses, substitutes, brings_back, declines, declines_for)


def cells() -> Iterable[object]:
    for relation, row in TABLE.items():
        for act, cell in zip(ACTS, row, strict=True):
            yield pytest.param(relation, act, cell, id=f"{relation}-{act.__name__}")


@pytest.mark.parametrize(("relation", "act", "cell"), [*cells()])
def test_each_cell(town: Town, relation: str, act: Callable[[Scene], Callable[[], bool]], cell: str) -> None:
    doubted = {"Voornaam": "Jan (denk ik)"} if act is confirms else {}
    scene = Scene(town, RELATIONS[relation], **doubted)
    cases = len(town.sheet("Te behandelen"))
    done = act(scene)
    sent = town.run()
    assert done() is (cell in (YES, TOLD))
    if cell is CASE:
        assert len(town.sheet("Te behandelen")) > cases
        strange = any("onbekend" in case["Wat is er"] for case in town.open_cases())
        unknown = relation == "iemand anders" or (relation, act) == ("inzender", brings_back)
        assert strange is unknown, "the title says whether the sender is known"
        assert not [mail for mail in sent if mail["X-Envelope-To"] == JAN], "nothing happened to him"
    if cell is TOLD:
        assert JAN in {mail["X-Envelope-To"] for mail in sent}


#: Of somebody whom another registered: what they sent themselves tells nothing then.
REGISTERED_BY_ANOTHER = {
    "persoon, door een ander": Who(f"Jan Peeters <{JAN}>", by=OFFICE),
    "gedeeld adres, door een ander": Who(BOX, address=BOX, by=OFFICE),
}


def said_to(scene: Scene) -> str:
    """All that the mails of this round say to the sender."""
    address = scene.who.sender.rpartition("<")[2].rstrip(">")
    return "\n".join(plain(mail) for mail in scene.town.run() if mail["X-Envelope-To"] == address)


@pytest.mark.parametrize("relation", [*RELATIONS, *REGISTERED_BY_ANOTHER])
def test_what_is_shown(town: Town, relation: str) -> None:
    scene = Scene(town, {**RELATIONS, **REGISTERED_BY_ANOTHER}[relation])
    scene.mail("Inschrijving", typed({**PUBLIC, "E-mail": scene.who.address}))
    said = said_to(scene)
    assert {word for word in (SENSITIVE, HELD, CARD) if word in said} == SHOWN[relation.partition(",")[0]]


@pytest.mark.parametrize("relation", RELATIONS)
def test_what_is_sensitive_is_repeated_to_the_person_alone(town: Town, relation: str) -> None:
    scene = Scene(town, RELATIONS[relation])
    scene.mail("Inschrijving", typed({**PUBLIC, "E-mail": scene.who.address, "Dieetwensen": "notenvrij"}))
    assert ("notenvrij" in said_to(scene)) is (relation == "persoon")


@pytest.mark.parametrize("relation", ["collega", "iemand anders"])
def test_what_she_accepts_shows_who_sent_it_no_more(town: Town, relation: str) -> None:
    scene, said = Scene(town, RELATIONS[relation]), ""
    for more in ({}, {"Dieetwensen": "notenvrij"}):
        scene.mail("Inschrijving", typed({**PUBLIC, "E-mail": scene.who.address, **more}))
        said += said_to(scene)
        for case in town.open_cases():
            town.decide(case["Wat is er"], "aanvaarden")
        said += said_to(scene)
    assert "Inschrijving" in said or "inschrijving" in said, "they are answered"
    assert {word for word in (SENSITIVE, HELD, CARD, "notenvrij") if word in said} == SHOWN[relation]

"""What is taken for one name, one address, one office: each comparison, from both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mailbot.domain.doubt import Reason
from mailbot.domain.form import Form
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Code, Problem
from mailbot.matching import addresses, functions, names, organisations, shown_names
from tests.decision.building import form, row
from tests.decision.following import parts, value

HELD = parts(Path(__file__).parent / "follows" / "names.txt")

PAIRS = (
    ("Els Maes", "Els Maes"),
    ("Els Maes", "MAES Els"),
    ("Els Maes", "Maes, Els"),
    ("Els Maes", "Els Maas"),
    ("Els Maes", "Maes"),
    ("Els Maes", "Els"),
    ("Els Maes", "E. Maes"),
    ("Els Maes", "J. Maes"),
    ("Els Maes", "E"),
    ("Els Maes", "E. M."),
    ("Els Maes", "Elsje Maes"),
    ("Els Maes", "Els Claes"),
    ("Els Maes", "Jan Claes"),
    ("Els Maes", "Familie Maes"),
    ("Els Maes", "mevr. Maes"),
    ("Els Maes", ""),
    ("Els Maes", "de"),
    ("Els Maes", "Els Marie Maes"),
    ("Els Maes", "Els en Jan Maes"),
    ("Jan De Smet", "Jan Desmet"),
    ("Jan De Smet", "Smet"),
    ("Jan De Smet", "De Smet"),
    ("Jan De Smet", "J. De Smet"),
    ("Jan De Smet", "J. De"),
    ("Jan De Smet", "De Jan"),
    ("Jan Vandenbroeck", "Jan Van den Broeck"),
    ("An Bos", "An Bal"),
    ("An Bos", "An Bo"),
    ("An Boss", "An Bals"),
    ("An Bosse", "An Balle"),
    ("Karel Janssens", "Karel Jansen"),
    ("Karel Janssens", "Karl Janssn"),
    ("Maria Verbeke", "Maria Verbist"),
    ("O. J. Feys", "Olivier Jan Feys"),
    ("Olivier Jan Feys", "O J Feys"),
    ("Olivier Jan Feys", "P Feys"),
    ("José D'hondt", "jose d hondt"),
    ("Bo", "Bo"),
    ("Bo", "Bo Claes"),
)

_OF_A_PAIR: Mapping[str, Callable[[str, str], bool]] = {
    "same_name": names.same_name,
    "similar_name": names.similar_name,
    "same_letters": names.same_letters,
    "may_be_called": names.may_be_called,
    "is_short_for": names.is_short_for,
    "names_wholly": names.names_wholly,
    "fits_initials": lambda one, other: names.fits_initials(
        names.fold(one).split(), names.fold(other).split()
    ),
}

#: An address with the name that it shows, and a person's name.
OF_WHOM = (
    ("els.maes@damme.example", "", "Els Maes"),
    ("maes@damme.example", "", "Els Maes"),
    ("emaes@damme.example", "", "Els Maes"),
    ("els@damme.example", "", "Els Maes"),
    ("em@damme.example", "", "Els Maes"),
    ("e.m@damme.example", "", "Els Maes"),
    ("e.maes@damme.example", "", "Els Maes"),
    ("elsmaes@damme.example", "", "Els Maes"),
    ("maesels@damme.example", "", "Els Maes"),
    ("els.claes@damme.example", "", "Els Maes"),
    ("jan.claes@damme.example", "", "Els Maes"),
    ("info.maes@damme.example", "", "Els Maes"),
    ("info@damme.example", "", "Els Maes"),
    ("info@damme.example", "Els Maes", "Els Maes"),
    ("x@damme.example", "Maes Els", "Els Maes"),
    ("x@damme.example", "Els Maes OCMW", "Els Maes"),
    ("els.maes@damme.example", "Jan Claes", "Els Maes"),
    ("els.maes@damme.example", "Secretariaat", "Els Maes"),
    ("els.maes@damme.example", "els.maes@damme.example", "Els Maes"),
    ("maes1975@damme.example", "", "Els Maes"),
    ("maes@damme.example", "", "Maes"),
    ("els_maes+kis@damme.example", "", "Els Maes"),
    ("kghelaere@damme.example", "", "Koen Van Ghelaere"),
    ("van.ghelaere@damme.example", "", "Koen Van Ghelaere"),
    ("koenghelaere1975@damme.example", "", "Koen Ghelaere"),
    ("ghelaerekoen@damme.example", "", "Koen Ghelaere"),
    ("info-ghelaere@damme.example", "", "Koen Ghelaere"),
    ("koen@damme.example", "", "Koen Ghelaere"),
    ("bos@damme.example", "", "An Bos"),
    ("ghelaere.jan@damme.example", "", "Koen Ghelaere"),
)

SHOWN = (
    "Els Maes",
    "Maes, Els",
    "Maes Els",
    "els maes",
    "ELS MAES",
    "Els Maes - Gemeente Damme",
    "Els Maes | OCMW",
    "Els Maes (Damme)",
    "Els Maes via lijst",
    "Secretariaat",
    "Secretariaat Damme",
    "Boekhouding bv",
    "Els",
    "",
    "Els en Jan Maes",
    "Els Maes, schepen",
    "schepen Els Maes",
    "mevr. Els Maes",
    "de heer Jan Claes",
    "Burgemeester Damme",
    "Burgemeester Jan Claes",
    "Els Maes OCMW Damme",
    "Els Maes prive",
    "Els Maes werk thuis",
    "els.maes@damme.example",
    "Els Maes els@damme.example",
    "Klik hier nu",
    "iPhone van Els",
    "Samsung Maes",
    "Jan van der Meer",
    "jan van der Meer",
    "Els wil komen",
    "Els Marie Louise Anna Maes",
    "Els Marie Louise Maes",
    "Maes, Els - Damme",
    "Els Maes; Jan Claes",
    "Dr. Jan Claes",
    "Jan Claes & co",
    "Jan Cl4es",
    "www.winst.example",
    "Team Jeugd",
    "Team Jeugd en Sport Damme Plus",
    "team jeugd",
    "'Els Maes'",
    "[Els Maes]",
    "D'hondt, Jan",
    "Claes, jan",
    "Jan Claes, de",
    "Gemeente Damme, Els Maes",
)

SAID = (
    "mevrouw Els Maes",
    "mevr Maes",
    "de heer Jan Claes",
    "de heer",
    "de heer Claes",
    "heer Claes",
    "de Jan",
    "Dr. ir. Jan Claes",
    "mevrouw",
    "",
    "Els Maes",
    "Els",
    "Els en Jan",
    "Els Maes en Jan Claes",
    "iedereen",
    "Allen",
    "Allen Maes",
    "Jan Allen",
    "allen",
    "Els2 Maes",
    "Els Maes, Jan",
    "Els Maes (Damme)",
    "Secretariaat Damme",
    "een twee drie vier vijf zes",
    "een twee drie vier vijf zes zeven",
    "Mijn collega",
    "O. Feys",
    "De Vos",
    "Feys",
    "Jan De Vos",
)

KNOWN = (
    Organisation(name="Damme", domains=("damme.example", "stad-damme.example"), aliases=("Damme-Sijsele",)),
    Organisation(name="OCMW Damme", domains=("ocmw-damme.example", "stad-damme.example"), kind="OCMW"),
    Organisation(name="Brugge", domains=("Brugge.example",), email="info@brugge.example"),
    Organisation(name="OCMW Ieper", kind="OCMW"),
    Organisation(name="Ieper", domains=("ieper.example",)),
    Organisation(
        name="Knokke-Heist", aliases=("Knokke",), domains=("knokke-heist.example", "gedeeld.example")
    ),
    Organisation(name="Wingene", domains=("gedeeld.example",)),
    Organisation(name="Lo-Reninge"),
    Organisation(name="OCMW Lo-Reninge", kind="OCMW"),
    Organisation(name="OCMW Zwevegem", kind="OCMW"),
    Organisation(name="Zwevezele-Hertsberge"),
)
DIRECTORY = organisations.Directory.of(KNOWN)
BODIES = (
    "Damme",
    "stad Damme",
    "Gemeentebestuur Damme",
    "8340 Damme",
    "B-8340 Damme",
    "Damme (Sijsele)",
    "Damme, d",
    "Damme - dienst jeugd",
    "dienst, Damme",
    "OCMW Damme",
    "O.C.M.W. Damme",
    "Gemeente en OCMW Damme",
    "cpas Damme",
    "Dame",
    "Damm",
    "Hamme",
    "Brugge",
    "Bruge",
    "Bruggee",
    "Ieperr",
    "Knokke Heist",
    "knokkeheist",
    "Knokke",
    "Knoke-Heist",
    "Knoke-Heits",
    "Wingen",
    "Wingeme",
    "OCMW",
    "gemeente",
    "",
    "lokaal bestuur",
    "stad",
    "Ieper",
    "OCMW Ieper",
    "Zwevegem",
    "OCMW Zwevegem",
    "Zwevezele-Hertsbergen",
    "Zwevezele-Hertsbergem x",
    "Zwevezele-Hersberge",
    "Zwvezele-Hersberge",
    "ville de Brugge",
    "city of Brugge",
    "Brugge | haven",
    "Gent",
    "Lo",
    "Lo Reninge",
    "Sociaal Huis Damme",
    "Stad Brugge, dienst",
)
MAILED = (
    "x@damme.example",
    "x@post.damme.example",
    "X@DAMME.EXAMPLE",
    "x@stad-damme.example",
    "x@gedeeld.example",
    "x@brugge.example",
    "x@gent.example",
    "x@example",
    "x",
)
TYPED = (
    "els@damme.example",
    " els@damme.example ",
    "els@dame.example",
    "els@damme",
    "els damme.example",
    "els@@damme.example",
    "els@damme..example",
    "els@gmail.com",
    "els@gmial.com",
    "els@gmail.be",
    "els@gmail.co",
    "els@gmail.cm",
    "els@mail.com",
    "els@hotmail.com",
    "els@hotmail.fr",
    "els@hotmail.co",
    "els@hotmail.con",
    "els@hotmial.com",
    "els@outlook.be",
    "els@outlok.com",
    "els@live.be",
    "els@live.nl",
    "els@live.bee",
    "els@telenet.be",
    "els@telenet.com",
    "els@telnet.be",
    "els@skynet.be",
    "els@skynt.be",
    "els@proximus.com",
    "els@scarlet.net",
    "els@icloud.be",
    "els@yahoo.com",
    "els@yahoo.fr",
    "els@torhout.exmaple",
    "els@torhout.om",
    "els@torhout.ne",
    "els@torhout.cm",
    "els@torhout.xn--p1ai",
    "els@torhout.vlaanderen",
    "els@bruge.example",
    "els@brugge.exemple",
    "els@gmail.example",
    "el.s.@damme.example",
    "els@-damme.example",
    "els@ieper.example",
    "els@iepe.example",
    "els@ymail.com",
    "els@email.com",
    "els@gmail.c",
    "els@münchen.de",
)
ROLES = (
    "burgemeester",
    "Schepen van cultuur",
    "schepenen",
    "gemeenteraadslid",
    "voorzitter van de raad",
    "fractieleider",
    "algemeen directeur",
    "adjunct-algemeen directeur",
    "adj. dir.",
    "gemeentesecretaris",
    "secretaris",
    "financieel directeur",
    "financieel beheerder",
    "ontvanger",
    "diensthoofd",
    "afdelingshoofd",
    "teamcoach",
    "projectleider",
    "manager",
    "coordinator",
    "directeur",
    "beleidsmedewerker",
    "deskundige",
    "consulent",
    "ambtenaar",
    "adviseur",
    "bestuursassistent",
    "jurist",
    "vrijwilliger",
    "",
    " ",
    "burgemeester-voorzitter",
)
TEXTS = (
    ("Els Maes", "Ik groet, Els Maes."),
    ("Els Maes", "Maes Els komt"),
    ("Els Maes", "Els komt, Maes niet"),
    ("Maes", "Maes komt"),
    ("Els Marie Maes", "Maes Els Marie"),
    ("Els Marie Maes", "Marie Maes Els"),
    ("Els Marie Maes", "Marie Els Maes"),
    ("Els Maes", "xEls Maes"),
)


def _pair(one: str, other: str) -> str:
    return ", ".join(name for name, holds in _OF_A_PAIR.items() if holds(other, one)) or "nothing"


def _of_whom(address: str, shown: str, name: str) -> str:
    holds = {
        "belongs": names.belongs_to(address, shown, name),
        "belongs to another": names.belongs_to_another(address, name),
        "may spell": names.may_spell(address.partition("@")[0], name),
        "may spell by what it shows": names.may_spell(shown, name),
        "an office's": names.is_office(address),
    }
    return ", ".join(one for one, so in holds.items() if so) or "nobody's for sure"


def _shown(text: str) -> str:
    return value(
        [
            shown_names.person_shown(text),
            shown_names.in_order(text),
            shown_names.to_repeat(text),
            shown_names.without_addresses(text),
            "office" if shown_names.is_of_an_office(text) else "",
        ]
    )


def _said(text: str) -> str:
    return value(
        [
            names.without_titles(text),
            "one" if names.is_one_person(text) else "",
            "one at an address" if names.is_one_person(text, addressed=True) else "",
            "shortened" if names.is_shortened(text) else "",
        ]
    )


def _body(text: str) -> str:
    bare = "a bare kind" if organisations.is_bare_kind(text) else ""
    return value([DIRECTORY.recognise(text), DIRECTORY.near_miss(text), bare])


def _typed(text: str) -> str:
    doubt = addresses.doubt_about(text, Organisations(organisation=KNOWN))
    return value(
        [
            "possible" if addresses.can_be_address(text) else "",
            f"{doubt.reason} {doubt.detail}" if doubt else "fine",
            names.same_address(text),
        ]
    )


def examples() -> dict[str, str]:
    """Each example with what is made of it."""
    return {
        **{f"pair: {one} / {other}": _pair(one, other) for one, other in PAIRS},
        **{
            f"of whom: {address} {shown} / {name}": _of_whom(address, shown, name)
            for address, shown, name in OF_WHOM
        },
        **{f"shown: {text}": _shown(text) for text in SHOWN},
        **{
            f"spelt: {text}": value(shown_names.person_spelt(text))
            for text in (
                *(one for one, _, _ in OF_WHOM),
                "o'neil.jan@x.example",
                "a%b@x.example",
                "jan+kis@x.example",
            )
        },
        **{f"said: {text}": _said(text) for text in SAID},
        **{f"body: {text}": _body(text) for text in BODIES},
        **{f"mailed: {text}": DIRECTORY.by_mail(text) or "nobody" for text in MAILED},
        **{f"typed: {text}": _typed(text) for text in TYPED},
        **{f"role: {text}": functions.kind_of(text) for text in ROLES},
        **{f"stands in: {name} / {text}": str(names.stands_in(name, text)) for name, text in TEXTS},
        **{
            f"without names: {line}": names.without_names(line, ("Els Maes", "Bo", "Jan De Smet"))
            for line in (
                "Afmelding Els Maes",
                "Afmelding Els",
                "Maes, Els: afmelding",
                "Bo komt",
                "Jan De Smet en De Vos",
                "- Els Maes -",
            )
        },
        **{
            f"spellings: {name}": value(names.other_spellings(name))
            for name in ("Jan Desmet", "Van den Broeck", "Dhulst", "Vandenbroeck", "Jan De")
        },
        **{
            f"telephone: {given}": names.phone_of({"phone": given}, form("kennisplatform")) or "none"
            for given in (
                "050 12 34 56",
                "+32 50 12 34 56",
                "0478 12 34 56",
                "12 34 56",
                "1234567",
                "12345678",
            )
        },
        **{
            f"address: {given!r}": names.whole_address(given)
            for given in (
                "els @damme.example",
                "els@ damme.example",
                "els maes@damme.example",
                " els@damme.example\r\n",
                "els\n@damme.example",
            )
        },
        **{
            f"written: {given}": names.written_email_of({"email": given}, form("kennisplatform")) or "none"
            for given in (
                "els@damme.example",
                "els @damme.example",
                "els maes@damme.example",
                "a@b@c",
                "els",
                "",
            )
        },
    }


def test_what_is_read_in_a_name_an_address_or_a_body() -> None:
    assert examples() == HELD


SLIP = Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "els@gmial.com")


@pytest.mark.parametrize(
    ("one", "mailed", "sent_in", "reached"),
    [
        (row(1), "els@damme.example", "els@damme.example", "els@damme.example"),
        (row(1, sender="An@brugge.example"), "els@damme.example", "An@brugge.example", "els@damme.example"),
        (row(1, email="", sender="An@brugge.example"), "", "An@brugge.example", "an@brugge.example"),
        (row(1, email="", sender="secretariaat"), "", "", ""),
        (row(1, doubts=(SLIP,), sender="an@brugge.example"), "", "an@brugge.example", "an@brugge.example"),
        (row(1, doubts=(SLIP,), sender="an@brugge.example", claimed=True), "", "", ""),
        (
            row(1, doubts=(SLIP,), sender="Els@damme.example"),
            "els@damme.example",
            "Els@damme.example",
            "els@damme.example",
        ),
        (
            row(1, email="in@post.example", sender="an@brugge.example"),
            "in@post.example",
            "an@brugge.example",
            "an@brugge.example",
        ),
        (row(1, email="in@post.example", sender="in@post.example"), "in@post.example", "in@post.example", ""),
        (
            row(1, email="els maes@damme.example", sender="an@brugge.example"),
            "",
            "an@brugge.example",
            "an@brugge.example",
        ),
    ],
)
@pytest.mark.parametrize("reason", [Reason.EMAIL_SLIP, Reason.RESEMBLES, Reason.IMPOSSIBLE_EMAIL])
def test_where_mail_about_somebody_goes(
    one: Registration, mailed: str, sent_in: str, reached: str, reason: Reason
) -> None:
    kind: Form = form("kennisplatform")
    doubted = tuple(Problem(0, p.field, p.code, reason, p.read) for p in one.doubts)
    one = Registration(**{**{f: getattr(one, f) for f in one.__dataclass_fields__}, "doubts": doubted})
    assert names.mailed_at(one, kind) == mailed
    assert names.sent_in_at(one, kind) == sent_in
    assert names.reached_at(one, kind, {"in@post.example"}) == reached


def test_an_address_that_is_doubted_for_another_reason_is_not_held() -> None:
    doubt = Problem(0, "email", Code.UNSURE, Reason.UNCLEAR, "x")
    assert (
        names.mailed_at(row(1, doubts=(doubt,), sender="an@brugge.example"), form("kennisplatform"))
        == "els@damme.example"
    )
    other = Problem(0, "organisation", Code.UNSURE, Reason.RESEMBLES, "x")
    assert (
        names.held_addresses(row(1, doubts=(other,), sender="an@brugge.example"), form("kennisplatform"))
        == ()
    )


@pytest.mark.parametrize("word", sorted(names.OFFICE_WORDS))
def test_no_word_of_an_office_is_a_person(word: str) -> None:
    assert names.is_office(f"{word}@damme.example")
    assert shown_names.person_shown(f"{word.title()} Damme") == ("", "")

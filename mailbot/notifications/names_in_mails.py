"""What mails call people: names in the order and the capitals that people write, and texts of others that a
mail may repeat."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.submission import Value
from mailbot.matching.names import PARTICLES, as_spoken, same_name
from mailbot.matching.shown_names import in_order, person_shown
from mailbot.text.normalize import fold, letters
from mailbot.text.pages import holds_page

#: Characters of a value that somebody else sent in, at most.
_LONGEST = 300
#: So many capitals may be somebody's initials.
_INITIALS = 2


def name_of(answers: Mapping[str, Value], form: Form) -> str:
    """The person's name as people say it, first name first; else the organisation's; or empty."""
    for kind_fields in (form.spoken_names, form.of_kind(FieldKind.ORGANISATION)):
        name = " ".join(str(answers[field.key]) for field in kind_fields if answers.get(field.key))
        if name:
            return as_spoken(" ".join(name.split()), form)
    return ""


def subject_of(answers: Mapping[str, Value], form: Form) -> str:
    """Who an answer speaks for: the person, or the organisation where it answers for one."""
    bodies = form.of_kind(FieldKind.ORGANISATION) if form.per_organisation else ()
    return next((str(answers[f.key]) for f in bodies if answers.get(f.key)), "") or name_of(answers, form)


def as_greeted(name: str) -> str:
    """A name as a letter begins with it; empty for what is no person's whole name: an office, a function, a
    first name alone."""
    return in_proper_case(_given_name_first(name)) if any(person_shown(name)) else ""


def greeting_name(to: Address, known_as: str = "") -> str:
    """The name that a letter to an address begins with, without one that of their registration
    (``known_as``); empty for a body that has its own domain: "UNIZO Houtland
    <info@unizo-houtland.example>" is nobody called Houtland."""
    domain = letters(to.email.rpartition("@")[2])
    words = list(map(letters, to.name.split()))
    if words and all(word in domain for word in words):
        return ""
    shown = in_order(to.name) if "," in to.name else to.name  # "Maes, Els"
    return as_greeted(shown) or (as_greeted(known_as) if not words else "")


def _given_name_first(name: str) -> str:
    """A person's name whose surname alone is in capitals, as registers write it: "VAN DEN BROECK Marc" is
    Marc Van den Broeck. Any other as it is: capitals of two letters may be initials."""
    words = name.split()
    loud = [word for word in words if word.isupper() and word.replace("-", "").isalpha() and len(word) > 1]
    given = [word for word in words if word not in loud]
    if not given or max(map(len, loud), default=0) <= _INITIALS or words not in (loud + given, given + loud):
        return name
    return f"{' '.join(given)} {in_proper_case(' '.join(loud))}"


def in_proper_case(name: str) -> str:
    """A name as a letter begins with it: one that is all capitals, or has none, as people write it."""
    if "@" in name or (name != name.upper() and name != name.lower()):
        return name
    words = [
        word if at and fold(word) in PARTICLES else word.title()
        for at, word in enumerate(name.lower().split())
    ]
    return " ".join(words)


def as_called(name: str, reader: Address, form: Form) -> str:
    """A reader's name in the order that people say it. Where a form asks it in one field the order is its
    writer's: then it is that of their display name, unless their address is made of it as written."""
    one_field = len(form.of_kind(FieldKind.NAME)) == 1
    if not one_field or "," in reader.name or not same_name(name, reader.name):
        return name
    words = fold(name).split()
    local = fold(re.sub(r"[-._+\d]+", " ", reader.email.rpartition("@")[0]))
    made_of_it = local.replace(" ", "") in ("".join(words), words[0][0] + "".join(words[1:]))
    return name if made_of_it else reader.name


def without_pages(text: str) -> str:
    """A text that somebody else wrote, as a mail of ours may carry it to third parties: bounded, and
    nothing where it holds the address of a page, which would be an invitation in our name."""
    if holds_page(text):
        return ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

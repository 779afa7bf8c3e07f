"""Somebody whom words name (``Named``) → a person with answers: what stands beside the name, and the body
that they are from by what is said, signed or in their address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.message import Address
from mailbot.domain.submission import Answer, Person, Value
from mailbot.extraction.labels import Labels
from mailbot.extraction.values.names import FullName, split_name
from mailbot.intent.captioned import APART, Captioned, caption_of, captioned_in
from mailbot.intent.lexicon import pattern
from mailbot.intent.listed_people import (
    Named,
)
from mailbot.intent.person_mentions import TOKEN
from mailbot.intent.told_details import (
    A_DIET,
    BODY,
    WHERE,
    food_in,
    key_of,
    reached_at,
    role_by_place,
    role_in,
    with_diet,
    without_numbers,
)
from mailbot.matching.addresses import addresses_in
from mailbot.matching.given_names import told_apart
from mailbot.matching.organisations import Directory
from mailbot.text.normalize import letters, tidy

#: A word with a capital, the one behind it too; what a hyphen joins is one word ("Knokke-Heist").
_PLACE = re.compile(r"(?<![\w'’-])(?=(?P<two>[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+)?)(?P<one>[A-ZÀ-Þ][\w'’-]+)")
#: "Voor Sint-Niklaas komen:": behind it people are listed who come for a body, which is nobody.
_FOR_BODY = re.compile(
    rf"\b{pattern('for_body')}\s+(?:{pattern('before_body_told')}\s+)?(?P<body>{TOKEN}(?:\s+{TOKEN})?)"
    rf"\s+{pattern('comes_for_body')}\b"
)


def bodies_of_sender(signature: Sequence[str], sender: Address, directory: Directory) -> frozenset[str]:
    """The known bodies that a sender writes from: by their address, by what they signed."""
    signed = " | ".join(signature)
    named = {*map(directory.recognise, (*BODY.findall(signed), _place(signed, directory)))} - {""}
    own = directory.by_mail(sender.email)
    return frozenset({own, *(named if len(named) == 1 else ())} - {""})  # of two, one may be of before


def split_name_of(one: Named) -> FullName | None:
    """A name in two: by what makes that certain, or by the only one of two words that is a first name, which
    is certain where it stands in front."""
    split = split_name(one.name, given_first=True, email=next(iter(addresses_in(one.about)), one.email))
    apart = told_apart(one.name) if split and not split.sure else None
    return FullName(*apart, sure=one.name.startswith(apart[0])) if apart else split


def body_of(
    lines: Sequence[str], signature: Sequence[str], sender: Address, directory: Directory, away: Set[str]
) -> str:
    """Where they are from: as they say it, by their signature, by their address. ``away`` are the words of
    the places that they come to."""
    said, signed = " | ".join(lines), " | ".join(signature)
    bodies = [tidy(found) for text in (said, signed) for found in BODY.findall(text)]
    known = next(filter(directory.recognise, bodies), "") or _place(signed, directory)
    unknown = [*bodies, _place(said, directory, away), *come_for(lines)]
    return known or directory.by_mail(sender.email) or next(filter(None, unknown), "")


def come_for(lines: Sequence[str]) -> Iterator[str]:
    """The bodies for which a line above a list says that people come ("Voor Sint-Niklaas komen:")."""
    heads = (tidy(line) for line in lines if line.rstrip().endswith(":"))
    for head in heads:
        yield from (found["body"] for found in _FOR_BODY.finditer(head))


def _place(text: str, directory: Directory, away: Set[str] = frozenset()) -> str:
    words = (one for found in _PLACE.finditer(text) for one in (found["two"], found["one"]) if one)
    found = (one for one in words if letters(one) in directory.spellings)
    return next((one for one in found if letters(one) not in away), "")


def person_of(one: Named, body: str, labels: Labels, directory: Directory) -> Person:
    """The person who comes, with what stands beside their name as answers; of ``body`` where nothing else is
    told of where they are from."""
    form = labels.form
    email = next(iter(addresses_in(one.about)), one.email)
    phone = reached_at(one.about)
    own = next(filter(directory.recognise, BODY.findall(one.about)), "") or _place(one.about, directory)
    theirs = directory.by_mail(email) if email and not one.email else ""  # whoever writes for them
    own = own or theirs
    answers: dict[str, Answer] = {}

    def put(key: str, value: Value) -> None:
        if key and value:
            answers[key] = Answer(value, WHERE)

    for key, part in _parts_of_name(one, form).items():
        put(key, part)
    pieces = [tidy(piece) for piece in APART.split(without_numbers(one.about, labels))]
    told = [piece for piece in pieces if not caption_of(piece)]
    roles = (role_in(piece, own) for piece in told)
    put(key_of(labels, "Functie"), next(filter(None, roles), "") or role_by_place([*filter(None, told)]))
    put(form.first_key(FieldKind.ORGANISATION), own or body)
    put(form.first_key(FieldKind.EMAIL), email)
    put(form.first_key(FieldKind.PHONE), phone)
    put(labels.presence, True)
    given = captioned_beside(one, labels)
    answers |= {one.key: Answer(one.value, WHERE) for one in given if one.value is not None}
    person = Person(answers, directory.recognise(own or body))
    if one.email:
        return person  # what the writer eats is told elsewhere
    found = A_DIET.search(" | ".join(told))
    diet = tidy(found[0]) if found else next(filter(None, map(food_in, told)), "")
    return with_diet(person, diet, labels) if diet else person


def _parts_of_name(one: Named, form: Form) -> dict[str, str]:
    """A name by the keys of the fields that ask it: in two, where the form asks both and it can be parted."""
    split = split_name_of(one) if form.given_name or form.family_first else None
    if split is not None and form.family_first:
        return {form.whole_name: form.in_one(split.given, split.family)}
    if split is None:
        return {form.first_key(FieldKind.NAME): one.name}
    return {form.family_name: split.family, form.given_name: split.given}


def captioned_beside(one: Named, labels: Labels) -> tuple[Captioned, ...]:
    """What stands beside a name by its caption, each question once. Beside the writer's stands their
    signature too, in which what the form does not ask is not meant for us."""
    pieces = APART.split(without_numbers(one.about, labels))
    found = {given.key: given for given in captioned_in(map(tidy, pieces), labels)}
    return tuple(given for given in found.values() if given.is_asked or not one.email)

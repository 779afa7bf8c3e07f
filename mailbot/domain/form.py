"""A form: fields, their labels and what counts as valid. One TOML file each."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mailbot.text.normalize import fold, letters

_GIVEN_NAME = ("voornaam", "prenom", "firstname", "givenname", "forename", "roepnaam", "vorname")
_GIVEN = r"(?:voornaam|prenom|first name|given name|forename|roepnaam|vorname)(?: s)?"
_FAMILY = r"(?:naam|familienaam|achternaam|nom|name|surname|last name|family name|nachname|familienname)"
_AND = r" (?:(?:en|et|and|und) )?"
#: The words of a label that asks both halves of a name: "Voornaam en naam kind", "Nom, prénom".
_WHOLE_NAME = re.compile(rf"\b(?:{_GIVEN}{_AND}(?:de |het )?{_FAMILY}|{_FAMILY}{_AND}{_GIVEN})\b")
_FAMILY_FIRST = re.compile(rf"\b{_FAMILY}{_AND}{_GIVEN}\b")

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class FieldKind(StrEnum):
    """What an answer to a field looks like."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ORGANISATION = "organisation"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    NATIONAL_NUMBER = "national_number"
    PLATE = "plate"
    IBAN = "iban"

    @property
    def traits(self) -> KindTraits:
        """What else holds for every field of this kind."""
        return KIND_TRAITS[self]


@dataclass(frozen=True, slots=True)
class KindTraits:
    """What holds for all fields of a kind, wherever they are read, written or shown.

    ``width`` is that of its column in Excel, in characters; ``wraps``: a long answer is broken
    there. ``lines``: an answer may have several. ``offered``: it is chosen from a list. ``shared``:
    said once beside a list of people, it is meant for all of them. ``speaks``: an answer is
    known for what it is without its label, as "ja" and "12" are not. ``on_card``: who somebody is, which
    colleagues may see. ``sensitive`` unless the form says otherwise (``FormField``).
    """

    width: float
    wraps: bool = False
    lines: bool = False
    offered: bool = False
    shared: bool = False
    speaks: bool = False
    on_card: bool = False
    sensitive: bool = False


#: One row a kind; its reader stands in ``extraction/values/kinds.py``.
KIND_TRAITS = {
    FieldKind.TEXT: KindTraits(26, wraps=True),
    FieldKind.LONG_TEXT: KindTraits(36, wraps=True, lines=True),
    FieldKind.NAME: KindTraits(16, wraps=True, speaks=True, on_card=True),
    FieldKind.EMAIL: KindTraits(34, wraps=True, speaks=True),
    FieldKind.PHONE: KindTraits(15, speaks=True),
    FieldKind.ORGANISATION: KindTraits(20, wraps=True, shared=True, speaks=True, on_card=True),
    FieldKind.YES_NO: KindTraits(9, offered=True, shared=True),
    FieldKind.CHOICE: KindTraits(16, wraps=True, offered=True),
    FieldKind.NUMBER: KindTraits(11),
    FieldKind.DATE: KindTraits(11, shared=True),
    FieldKind.ADDRESS: KindTraits(30, wraps=True, lines=True),
    FieldKind.POSTCODE: KindTraits(10),
    FieldKind.BIRTH_DATE: KindTraits(12, sensitive=True),
    FieldKind.NATIONAL_NUMBER: KindTraits(17, sensitive=True),
    FieldKind.PLATE: KindTraits(12, sensitive=True),
    FieldKind.IBAN: KindTraits(22, sensitive=True),
}


#: Fields that are known by their key, whatever their kind (docs/configuration.md, "A form"): whether
#: somebody comes, their function, and what people say of their health, which is cleared after the event.
ATTENDS, ROLE, DIET, REMARKS = "attends", "role", "diet", "remarks"
_CLEARED = frozenset({DIET, REMARKS})
#: What the key of something begins with that no field of the form asks: "other:postcode".
UNASKED = "other:"
#: The diet that somebody told and no field of the form takes.
UNASKED_DIET = f"{UNASKED}{DIET}"


class FormField(BaseModel):
    """One question of a form. ``sensitive`` answers are cleared some days after the event, and shown
    to nobody but their person and the secretary; where the form does not say, the kind does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    label: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    sensitive: bool | None = None

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError(f"field '{self.key}': kind = \"choice\" and choices go together")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The label and its other spellings, the label first."""
        return (self.label, *self.aliases)

    @property
    def speaks_for_itself(self) -> bool:
        """Whether an answer is known for what it is without its label."""
        return self.kind.traits.speaks or self.key == ROLE

    @property
    def is_on_card(self) -> bool:
        """Whether it says who somebody is: name, function, organisation."""
        return self.kind.traits.on_card or self.key == ROLE

    @property
    def is_sensitive(self) -> bool:
        """Whether its answers are never in a mail to another than their person, on a list or badge, in
        a digest or a log."""
        return self.kind.traits.sensitive if self.sensitive is None else self.sensitive

    @property
    def is_cleared(self) -> bool:
        """Whether its answers are cleared ``clear_after_days`` after the event: sensitive ones, and
        unless the form says otherwise free text, diet and remarks."""
        if self.is_sensitive or self.sensitive is False:
            return self.is_sensitive
        return self.kind is FieldKind.LONG_TEXT or self.key in _CLEARED


def keys_of_cleared(fields: Iterable[FormField]) -> frozenset[str]:
    """The keys of what is cleared with these fields after the event: theirs, and that of a diet that was told
    and is not asked."""
    return frozenset({*(field.key for field in fields), UNASKED_DIET})


class Form(BaseModel):
    """A registration form.

    ``per_organisation`` is true where one answer speaks for an organisation (a joint
    purchase): who it is for is then known by organisation, not by name. ``blank`` are the blank forms
    that people get, as files beside the definition; ``read_form`` makes their paths whole. ``own`` is the
    blank beside ``bijeenkomsten.xlsx`` that the secretary named and that it was drafted from; until the form
    is ``agreed``, the mails of its events wait.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str
    intro: str = ""
    per_organisation: bool = False
    blank: tuple[str, ...] = ()
    own: str = ""
    agreed: bool = True
    fields: tuple[FormField, ...] = Field(alias="field", min_length=1)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [field.key for field in self.fields]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"field key used twice: {', '.join(sorted(twice))}")
        return self

    def __copy__(self) -> Self:
        """A copy without what was worked out of the fields: ``model_copy`` may give it others."""
        copied = super().__copy__()
        worked_out = (name for name, one in vars(Form).items() if isinstance(one, cached_property))
        for name in worked_out:
            copied.__dict__.pop(name, None)
        return copied

    def field(self, key: str) -> FormField | None:
        """The field with this key, or None."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, FormField]:
        return {field.key: field for field in self.fields}

    def of_kind(self, kind: FieldKind) -> tuple[FormField, ...]:
        """The fields of one kind, in form order."""
        return tuple(field for field in self.fields if field.kind is kind)

    def keys_of(self, kind: FieldKind) -> tuple[str, ...]:
        """The keys of the fields of a kind, in form order."""
        return tuple(field.key for field in self.of_kind(kind))

    def first_key(self, kind: FieldKind) -> str:
        """The key of the first field of a kind; empty where the form asks none."""
        return next(iter(self.keys_of(kind)), "")

    @cached_property
    def cleared(self) -> tuple[FormField, ...]:
        """The fields whose answers are cleared after the event."""
        return tuple(field for field in self.fields if field.is_cleared)

    @cached_property
    def given_name(self) -> str:
        """The key of the field that asks a first name, whatever it is called; empty for none."""
        for field in self.of_kind(FieldKind.NAME):
            if any(map(_asks_given_name, (field.key, *field.labels))):
                return field.key
        return ""

    @cached_property
    def family_name(self) -> str:
        """The key of the field that asks a last name beside a first name; empty for none. Of several names it
        is the one that stands nearest to the first name: a form may ask for a contact person before. One
        that asks both halves is somebody else's, and no half."""
        given = self.given_name
        places = {field.key: place for place, field in enumerate(self.fields)}
        names = [f for f in self.of_kind(FieldKind.NAME) if not _asks_whole_name(f.label)]
        others = [f.key for f in names if given and f.key != given]
        return min(others, key=lambda key: abs(places[key] - places[given]), default="")

    @cached_property
    def whole_name(self) -> str:
        """The key of the one field that asks a whole name; empty where a form asks it in halves, or of
        several people."""
        names = self.keys_of(FieldKind.NAME)
        return names[0] if len(names) == 1 and not self.given_name else ""

    @cached_property
    def family_first(self) -> bool:
        """Whether the one question for a whole name asks the last name first: "Naam en voornaam"."""
        field = self.field(self.whole_name)
        return field is not None and _FAMILY_FIRST.search(fold(field.label)) is not None

    def in_one(self, given: str, family: str) -> str:
        """A whole name in the order that the one question for it asks."""
        return (f"{family} {given}" if self.family_first else f"{given} {family}").strip()

    @cached_property
    def spoken_names(self) -> tuple[FormField, ...]:
        """The fields of a person's name in the order people say it: the first name first."""
        given = self.given_name
        return tuple(sorted(self.of_kind(FieldKind.NAME), key=lambda field: field.key != given))

    @property
    def version(self) -> str:
        """Four hex digits that change when a field, a label or a choice does."""
        facts = "\n".join(f"{f.key}|{f.label}|{f.kind}|{f.required}|{f.choices}" for f in self.fields)
        return hashlib.sha256(facts.encode()).hexdigest()[:4]


def _asks_given_name(label: str) -> bool:
    return letters(label).startswith(_GIVEN_NAME) and not _asks_whole_name(label)


def _asks_whole_name(label: str) -> bool:
    return _WHOLE_NAME.search(fold(label)) is not None


def read_form(path: Path) -> Form:
    """A form from its TOML file.

    Raises ``OSError``, also for a blank that is not there, ``tomllib.TOMLDecodeError`` or
    ``pydantic.ValidationError``.
    """
    form = Form.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    blanks = tuple(str(path.parent / name) for name in form.blank)
    for blank in blanks:
        Path(blank).stat()
    return form.model_copy(update={"blank": blanks})


#: Every blank form carries a visible line "Kenmerk: <event id>/<version>", so that a filled-in
#: one tells which event, and which date of it, it was made for, whatever it went through.
MARK = re.compile(r"Kenmerk\s*:\s*(?P<event>[a-z0-9][a-z0-9._-]*)\s*/\s*(?P<version>[0-9a-f]{8})", re.I)


def mark(event_id: str, version: str) -> str:
    """The line that ``MARK`` recognises; ``version`` comes from ``Event.version``."""
    return f"Kenmerk: {event_id}/{version}"

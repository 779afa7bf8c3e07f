"""A form: fields, their labels and what counts as valid. One TOML file each."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_GIVEN_NAME = ("voornaam", "prenom", "firstname", "givenname", "forename", "roepnaam", "vorname")

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


#: Fields that are cleared after the event by their key alone (what people say of their health).
_CLEARED = frozenset({"diet", "remarks"})


class FormField(BaseModel):
    """One question of a form. ``sensitive``: its answers are cleared some days after the event;
    where it is not said, free text, diet and remarks are."""

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
    def is_cleared(self) -> bool:
        """Whether its answers are cleared ``clear_after_days`` after the event."""
        if self.sensitive is not None:
            return self.sensitive
        return self.kind is FieldKind.LONG_TEXT or self.key in _CLEARED


class Form(BaseModel):
    """A registration form.

    ``per_organisation`` is true where one answer speaks for an organisation (a joint
    purchase): who it is for is then known by organisation, not by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str
    intro: str = ""
    per_organisation: bool = False
    fields: tuple[FormField, ...] = Field(alias="field", min_length=1)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [field.key for field in self.fields]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"field key used twice: {', '.join(sorted(twice))}")
        return self

    def field(self, key: str) -> FormField | None:
        """The field with this key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def of_kind(self, kind: FieldKind) -> tuple[FormField, ...]:
        """The fields of one kind, in form order."""
        return tuple(field for field in self.fields if field.kind is kind)

    @cached_property
    def cleared(self) -> tuple[FormField, ...]:
        """The fields whose answers are cleared after the event."""
        return tuple(field for field in self.fields if field.is_cleared)

    @cached_property
    def given_name(self) -> str:
        """The key of the field that asks a first name, whatever it is called; empty for none."""
        for field in self.of_kind(FieldKind.NAME):
            if any(_letters(text).startswith(_GIVEN_NAME) for text in (field.key, *field.labels)):
                return field.key
        return ""

    @cached_property
    def family_name(self) -> str:
        """The key of the field that asks a last name beside a first name; empty for none."""
        given = self.given_name
        return next((f.key for f in self.of_kind(FieldKind.NAME) if given and f.key != given), "")

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


def _letters(text: str) -> str:
    """Lower-case letters only, without accents: "Prénom :" is "prenom"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalpha())


def read_form(path: Path) -> Form:
    """A form from its TOML file.

    Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``pydantic.ValidationError``.
    """
    return Form.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))


#: Every blank form carries a visible line "Kenmerk: <event id>/<version>", so that a filled-in
#: one tells which event, and which date of it, it was made for, whatever it went through.
MARK = re.compile(r"Kenmerk\s*:\s*(?P<event>[a-z0-9][a-z0-9._-]*)\s*/\s*(?P<version>[0-9a-f]{8})", re.I)


def mark(event_id: str, version: str) -> str:
    """The line that ``MARK`` recognises; ``version`` comes from ``Event.version``."""
    return f"Kenmerk: {event_id}/{version}"

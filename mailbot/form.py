"""A form: fields, their labels and what counts as valid. One TOML file each."""

from __future__ import annotations

import hashlib
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Kind(StrEnum):
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


class FormField(BaseModel):
    """One question of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    label: str
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError(f"field '{self.key}': kind = \"choice\" and choices go together")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The label and its other spellings, the label first."""
        return (self.label, *self.aliases)


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

    def of_kind(self, kind: Kind) -> tuple[FormField, ...]:
        """The fields of one kind, in form order."""
        return tuple(field for field in self.fields if field.kind is kind)

    @property
    def version(self) -> str:
        """Four hex digits that change when a field, a label or a choice does."""
        facts = "\n".join(f"{f.key}|{f.label}|{f.kind}|{f.required}|{f.choices}" for f in self.fields)
        return hashlib.sha256(facts.encode()).hexdigest()[:4]


def read_form(path: Path) -> Form:
    """A form from its TOML file.

    Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``pydantic.ValidationError``.
    """
    return Form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


#: Every blank form carries a visible line "Kenmerk: <event id>/<version>", so that a filled-in
#: one tells which event, and which date of it, it was made for, whatever it went through.
MARK = re.compile(r"Kenmerk\s*:\s*(?P<event>[a-z0-9][a-z0-9._-]*)\s*/\s*(?P<version>[0-9a-f]{8})", re.I)


def mark(event_id: str, version: str) -> str:
    """The line that ``MARK`` recognises; ``version`` comes from ``Event.version``."""
    return f"Kenmerk: {event_id}/{version}"

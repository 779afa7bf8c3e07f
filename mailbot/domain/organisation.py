"""Organisations: municipalities, OCMWs and associations, by name, spelling and mail domain."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Organisation(BaseModel):
    """A body that people come from. ``kind`` is "gemeente", "OCMW", ...; ``region`` a free word;
    ``email`` its general address, where reminders go."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = "gemeente"
    region: str = ""
    email: str = ""


class Organisations(BaseModel):
    """All organisations known, and the named lists of them (an event's closed list)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisations: tuple[Organisation, ...] = Field(alias="organisation", default=())
    lists: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _lists_name_known_ones(self) -> Self:
        names = {organisation.name for organisation in self.organisations}
        if twice := _twice([organisation.name for organisation in self.organisations]):
            raise ValueError(f'organisation: "{twice}" is there twice: keep one, with the spellings of both')
        for list_name, members in self.lists.items():
            unknown = [member for member in members if member not in names]
            if unknown:
                raise ValueError(f"lists.{list_name} names unknown organisations: {', '.join(unknown)}")
            if twice := _twice(members):
                raise ValueError(f'lists.{list_name}: "{twice}" is there twice: keep one')
        return self

    def named(self, name: str) -> Organisation | None:
        """The organisation with exactly this name, or None."""
        return next((o for o in self.organisations if o.name == name), None)

    def members(self, list_name: str) -> tuple[Organisation, ...]:
        """The organisations of a list, in its order; raises ``KeyError`` for an unknown list."""
        by_name = {organisation.name: organisation for organisation in self.organisations}
        return tuple(by_name[member] for member in self.lists[list_name])


def _twice(names: Sequence[str]) -> str:
    """The first name that comes back, whatever its capitals; "" where each is there once."""
    met: set[str] = set()
    for name in names:
        if name.casefold() in met:
            return name
        met.add(name.casefold())
    return ""


def read_organisations(path: Path) -> Organisations:
    """The organisations from their TOML file.

    Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``pydantic.ValidationError``.
    """
    return Organisations.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))

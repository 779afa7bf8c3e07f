"""Writes docs/configuration.md: every key of configuration, event, form and organisations, with type,
default, meaning and example. Types and defaults are read from the models, so that they cannot be
wrong; the meaning stands in reference.toml.

    python -m scripts.configuration_reference        writes the page
"""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mailbot.config import settings
from mailbot.domain import event, form, organisation

PAGE = Path(__file__).parents[1] / "docs/configuration.md"
MEANINGS = Path(__file__).with_name("reference.toml")

#: Each table of reference.toml: its heading, its model and a line before its keys.
TABLES: dict[str, tuple[str, type[BaseModel], str]] = {
    "file": ("The file itself, above all tables", settings._File, ""),
    "mailbox": ("`[[mailbox]]`, one or more", settings.MailboxSettings, ""),
    "oauth2": ("`[mailbox.oauth2]` and `[smtp.oauth2]`", settings.OAuth2, ""),
    "smtp": ("`[smtp]`", settings.Smtp, ""),
    "store": ("`[store]`", settings.StoreSettings, ""),
    "worker": ("`[worker]`", settings.WorkerSettings, ""),
    "secretariat": ("`[secretariat]`", settings.Secretariat, ""),
    "admin": ("`[admin]`", settings.Admin, ""),
    "log": ("`[log]`", settings.Log, ""),
    "limits": ("`[limits]`", settings.Limits, ""),
    "retention": ("`[retention]`", settings.Retention, ""),
    "workbook": ("`[workbook]`", settings.WorkbookNames, ""),
    "event": ("An event: `events/<id>.toml`", event.Event, ""),
    "contacts": ("`[[contacts]]` of an event", event.Contact, ""),
    "form": ("A form: `forms/<id>.toml`", form.Form, ""),
    "field": ("`[[field]]` of a form", form.FormField, ""),
    "organisation": (
        "`[[organisation]]` in `organisations.toml`",
        organisation.Organisation,
        'The same file has the lists that events name: `[lists]`, `brugge = ["Brugge", "Damme"]`.',
    ),
}

_HEAD = """# Configuration, key by key

Made by `python -m scripts.configuration_reference` from the models that read the files: change it there.
Paths are relative to `mailbot.toml`; an unknown key is an error. `mailbot check` tries all of it.
"""


def page() -> str:
    """The whole page. Raises ``KeyError`` for a key without meaning, or a meaning without its key."""
    meanings = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    if odd := meanings.keys() ^ TABLES.keys():
        raise KeyError(f"reference.toml: tables: {', '.join(sorted(odd))}")
    return "\n".join([_HEAD, *(part for name in TABLES for part in _table(name, meanings[name]))])


def _table(name: str, meanings: dict[str, Any]) -> Iterator[str]:
    heading, model, note = TABLES[name]
    fields = {field.alias or key: field for key, field in model.model_fields.items()}
    if odd := meanings.keys() ^ fields.keys():
        raise KeyError(f"scripts/reference.toml: [{name}]: say there what is for: {', '.join(sorted(odd))}")
    yield f"## {heading}\n"
    if note:
        yield f"{note}\n"
    yield "| key | what it takes | default | what it is for | example |\n|---|---|---|---|---|"
    for key, field in fields.items():
        meaning = meanings[key]
        text, example = meaning if isinstance(meaning, list) else (meaning, "")
        cells = (f"`{key}`", kind_of(field), _default(field), text, f"`{example}`" if example else "")
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def kind_of(field: FieldInfo) -> str:
    """What a key takes, in words."""
    return _words(field.annotation) + _bounds(field)


def _words(annotation: Any) -> str:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _words(inner[0])
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in inner if value)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(_words(one) for one in inner if one is not types.NoneType)
    if origin is tuple:
        return f"a list: {_words(inner[0])}"
    if origin is dict:
        return "names to names"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a table"
    return {bool: "`true`, `false`", int: "a number", str: "text", date: "a day", datetime: "a day and time"}[
        annotation
    ]


def _bounds(field: FieldInfo) -> str:
    least = next((one.ge for one in field.metadata if getattr(one, "ge", None) is not None), None)
    most = next((one.le for one in field.metadata if getattr(one, "le", None) is not None), None)
    if least is None and most is None:
        return ""
    return f", {least} to {most}" if most is not None else f", {least} or more"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Enum):
        value = value.value
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return ""
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""A form definition → its file in TOML, as ``config`` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from mailbot.domain.form import FormField


def toml_of(
    form_id: str,
    title: str,
    blanks: Sequence[str],
    fields: Iterable[FormField],
    own: str = "",
    *,
    agreed: bool = True,
) -> str:
    """The form definition as a file; ``own`` and ``agreed`` as in ``Form``."""
    lines = [f"id = {_quoted(form_id)}", f"title = {_quoted(title)}", f"blank = {_list(blanks)}"]
    if own:
        lines += [f"own = {_quoted(own)}", f"agreed = {str(agreed).lower()}"]
    for field in fields:
        lines += ["", "[[field]]", f"key = {_quoted(field.key)}", f"label = {_quoted(field.label)}"]
        if field.aliases:
            lines.append(f"aliases = {_list(field.aliases)}")
        lines.append(f"kind = {_quoted(field.kind.value)}")
        if field.required:
            lines.append("required = true")
        if field.choices:
            lines.append(f"choices = {_list(field.choices)}")
        if field.sensitive is not None:
            lines.append(f"sensitive = {str(field.sensitive).lower()}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"

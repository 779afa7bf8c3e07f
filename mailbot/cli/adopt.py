"""``mailbot form adopt BLANK...``: a form definition from a blank form that people have used for years."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from mailbot.cli.explain import print_answers
from mailbot.cli.output import draw, say, settings_of
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.form import Form, FormField, read_form
from mailbot.extraction.adoption import AdoptedField, fields_of, merged, title_of
from mailbot.extraction.form_toml import toml_of
from mailbot.extraction.template import Template
from mailbot.pipeline.blanks import FORMATS, BlankFault, read_blank
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service.clock import now
from mailbot.text.normalize import letters, slug

_REFUSED = {
    BlankFault.PROTECTED: "is protected with a password: save it without one",
    BlankFault.DAMAGED: "is damaged: open it, and save it anew",
    BlankFault.TOO_LARGE: "is too large for a form: name the form alone",
    BlankFault.UNSUPPORTED: f"cannot be read as a form: use one of {', '.join(FORMATS)}",
    BlankFault.FILLED_IN: "is filled in: name a blank one",
    BlankFault.NO_ROOM: "there is no room for an answer in it: name a form with dots or empty cells",
}
#: The least share of their labels that two blanks must have in common to be one form.
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class _Blank:
    path: Path
    data: bytes
    template: Template
    asked: tuple[AdoptedField, ...]


def run(given: argparse.Namespace) -> int:
    """Writes the definition and copies the blanks beside it, then shows what was made of them. Raises
    ``ConfigurationError`` for what is no blank form, with nothing written."""
    settings = settings_of(given)
    if not given.blank:
        raise ConfigurationError("mailbot form adopt: name a blank form")
    form_id = given.id or _id_of(Path(given.blank[0]))
    target = settings.forms_dir / f"{form_id}.toml"
    before = _before(target, settings, form_id, force=given.force)
    with Sandbox() as sandbox:
        blanks = [_read(Path(name), sandbox, settings) for name in given.blank]
        _same_questions(blanks)
        form, text, names = _definition(form_id, blanks, before, settings.forms_dir)
        settings.forms_dir.mkdir(parents=True, exist_ok=True)
        for name, blank in zip(names, blanks, strict=True):
            _write(settings.forms_dir / name, blank.data)
        _write(target, text.encode())
        say(f"{target}: {len(form.fields)} fields, blank: {', '.join(names)}")
        _show(blanks[0], form)
        if given.check:
            _check(given.check, read_form(target), settings, sandbox)
    return 0


def _id_of(path: Path) -> str:
    return slug(path.stem) or "form"


def _before(target: Path, settings: Settings, form_id: str, *, force: bool) -> Form | None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", form_id):
        raise ConfigurationError(f'--id: "{form_id}" cannot be an id: use a to z, digits, dot, - and _')
    known = settings.forms.get(form_id)
    if (known is not None or target.exists()) and not force:
        raise ConfigurationError(
            f'{target}: there is a form "{form_id}" already: give another --id, or --force'
        )
    return known


def _read(path: Path, sandbox: Sandbox, settings: Settings) -> _Blank:
    """One blank form; raises ``ConfigurationError`` where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}): name a blank form") from None
    template = read_blank(path.name, data, sandbox, settings.workbook)
    if isinstance(template, BlankFault):
        raise ConfigurationError(f"{path}: {_REFUSED[template]}")
    return _Blank(path, data, template, fields_of(template))


def _same_questions(blanks: Sequence[_Blank]) -> None:
    first = {letters(one.field.label) for one in blanks[0].asked}
    for blank in blanks[1:]:
        own = {letters(one.field.label) for one in blank.asked}
        if len(first & own) < _ALIKE * max(len(first), len(own)):
            raise ConfigurationError(
                f"{blank.path}: asks other questions than {blanks[0].path.name}: adopt it by itself"
            )


def _definition(
    form_id: str, blanks: Sequence[_Blank], before: Form | None, folder: Path
) -> tuple[Form, str, list[str]]:
    """The form, its file, and the names under which the blanks are copied beside it. A question that
    only a later blank has is asked as well."""
    asked = list(blanks[0].asked)
    for blank in blanks[1:]:
        known = {letters(one.field.label) for one in asked}
        keys = {one.field.key for one in asked}
        asked += [
            one for one in blank.asked if letters(one.field.label) not in known and one.field.key not in keys
        ]
    fields: tuple[FormField, ...] = merged(asked, before)
    title = before.title if before else title_of(blanks[0].template, form_id)
    names = [_name(blank, form_id, folder, before) for blank in blanks]
    text = toml_of(form_id, title, names, fields)
    try:
        form = Form(id=form_id, title=title, field=fields)
    except ValidationError as error:
        raise ConfigurationError(f"{blanks[0].path}: {error.errors()[0]['msg']}") from None
    return form, text, names


def _name(blank: _Blank, form_id: str, folder: Path, before: Form | None) -> str:
    """The name of a copied blank: its own, with the form's id before it where a blank of another form has
    that name."""
    there = folder / blank.path.name
    mine = {Path(name) for name in before.blank} if before else set()
    if there.exists() and there not in mine and there.read_bytes() != blank.data:
        return f"{form_id}-{blank.path.name}"
    return blank.path.name


def _write(path: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that it is never there in part. It gets the rights that any file
    of this user has, as the rest of the configuration."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def _show(blank: _Blank, form: Form) -> None:
    rows = []
    for one, field in zip(blank.asked, form.fields, strict=False):
        kind = field.kind.value + (", required" if field.required else "")
        options = f" ({' / '.join(field.choices)})" if field.choices else ""
        rows.append((field.key, field.label, kind + options, str(one.question.where)))
    draw(("field", "label", "kind", "where"), rows, whole=0)
    for label in blank.template.skipped:
        say(f"not recognised as a question: {label}")


def _check(files: Sequence[str], form: Form, settings: Settings, sandbox: Sandbox) -> None:
    """Shows what would be read from filled-in copies of the blank."""
    from mailbot.pipeline.attachments import read_file
    from mailbot.pipeline.interpret import understand

    settings = replace(settings, forms={**settings.forms, form.id: form})
    for name in files:
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise ConfigurationError(
                f"{name}: cannot be read ({error.strerror}): name a filled form"
            ) from None
        message, readings = read_file(Path(name).name, data, sandbox, settings)
        say(f"\n{name}:")
        print_answers(understand(message, readings, settings, frozenset(), now(), form.id))

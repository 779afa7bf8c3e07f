"""Blank forms beside ``bijeenkomsten.xlsx`` → form definitions that wait for the secretary's word."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

import tomlkit

from mailbot.config.loader import what_is_wrong
from mailbot.config.settings import Settings
from mailbot.domain.file_says import FileSays
from mailbot.domain.form import Form, read_form
from mailbot.domain.statement import Statement, say
from mailbot.extraction.adoption import fields_of, title_of
from mailbot.extraction.form_toml import toml_of
from mailbot.extraction.template import Template
from mailbot.files.shared_folder import regular, write_whole
from mailbot.pipeline.blanks import FORMATS, BlankFault, read_blank
from mailbot.pipeline.sandbox import Sandbox
from mailbot.pipeline.templates import templates_of
from mailbot.text.normalize import letters, slug
from mailbot.text.system_errors import name_of
from mailbot.workbook.event_sheet import OwnForm

_REFUSED = {
    BlankFault.PROTECTED: say(FileSays.BLANK_PROTECTED),
    BlankFault.DAMAGED: say(FileSays.BLANK_DAMAGED),
    BlankFault.TOO_LARGE: say(FileSays.BLANK_TOO_LARGE),
    BlankFault.UNSUPPORTED: say(FileSays.BLANK_UNSUPPORTED, formats=FORMATS),
    BlankFault.FILLED_IN: say(FileSays.BLANK_FILLED_IN),
    BlankFault.NO_ROOM: say(FileSays.BLANK_NO_ROOM),
}
#: The longest id: the sheet is called after it.
_LONGEST = 18
_MEGABYTE = 1024 * 1024


class _NoBlank(Exception):  # noqa: N818  no error of the code
    """A file that she names is no blank form."""

    def __init__(self, why: Statement) -> None:
        super().__init__(why.code)
        self.why = why


def adopted(
    names: Iterable[str], folder: Path, settings: Settings, sandbox: Sandbox
) -> tuple[dict[str, OwnForm], dict[str, Form]]:
    """The result for each named blank in ``folder``: a form, whose definition is written where it is new, or
    the reason why there is none; and all forms made so, now or before, by id."""
    forms = {form.id: form for form in settings.forms.values() if form.own and form.blank}
    known = {form.own: OwnForm(form.id) for form in forms.values()}
    for name in sorted(set(names) - known.keys()):
        file = _file_named(name, folder)
        if file in known and file != name:
            known[name] = known[file]
            continue
        try:
            form = _renamed(file, folder, settings, forms.values())
            form = form or _adopted(file, folder, settings, {*settings.forms, *forms}, sandbox)
        except FileNotFoundError:
            known[name] = OwnForm(wrong=say(FileSays.BLANK_NOT_THERE, folder=folder.name))
        except OSError as error:
            known[name] = OwnForm(wrong=say(FileSays.BLANK_NOT_KEPT, why=name_of(error)))
        except _NoBlank as no_blank:
            known[name] = OwnForm(wrong=no_blank.why)
        except ValueError as error:
            known[name] = OwnForm(wrong=say(FileSays.NOT_POSSIBLE_SO, why=what_is_wrong(error)))
        else:
            known[name] = known[file] = OwnForm(form.id)
            forms[form.id] = form
    return known, forms


def template_of_own(form: Form) -> Template | None:
    """The template of the blank that a form was drafted from; None where it cannot be read any more."""
    return next(iter(templates_of(form.blank)), None)


def file_of(form: Form) -> Path:
    """The file of such a form's definition: beside its blank."""
    return Path(form.blank[0]).parent / f"{form.id}.toml"


def text_of(form: Form) -> bytes:
    """The definition of such a form as the content of its file; what else stands in an existing file is
    kept."""
    blanks = [Path(blank).name for blank in form.blank]
    text = toml_of(form.id, form.title, blanks, form.fields, form.own, agreed=form.agreed)
    file = file_of(form)
    if not file.exists():
        return text.encode()
    held, new = tomlkit.parse(file.read_text(encoding="utf-8-sig")), tomlkit.parse(text)
    for key in ("agreed", "field", "own"):
        held[key] = new[key]
    return tomlkit.dumps(held).encode()


def replaced(form: Form, folder: Path, settings: Settings, sandbox: Sandbox) -> tuple[Statement, ...]:
    """How the blank in ``folder`` differs from the one that a form was drafted from; nothing where it is the
    same, or gone. Raises ``OSError``."""
    try:
        data = _data_of(form.own, folder, settings)
        if data in (Path(blank).read_bytes() for blank in form.blank):
            return ()
        template = read_blank(form.own, data, sandbox, settings.workbook)
    except FileNotFoundError:
        return ()
    except _NoBlank as no_blank:
        return (no_blank.why,)
    if isinstance(template, BlankFault):
        return (_REFUSED[template],)
    old, new = _labels(template_of_own(form)), _labels(template)
    asked = [say(FileSays.BLANK_ASKS, label=label) for key, label in new.items() if key not in old]
    gone = [say(FileSays.BLANK_ASKS_NO_MORE, label=label) for key, label in old.items() if key not in new]
    return (*asked, *gone) or (say(FileSays.BLANK_LOOKS_OTHERWISE),)


def _labels(template: Template | None) -> dict[str, str]:
    """What a blank asks, by its letters alone."""
    asked = fields_of(template) if template else ()
    return {letters(one.field.label): one.field.label for one in asked}


def _adopted(name: str, folder: Path, settings: Settings, taken: set[str], sandbox: Sandbox) -> Form:
    """The form drafted from a blank, once its definition is written. Raises ``_NoBlank`` for what is
    none, and ``OSError``."""
    data = _data_of(name, folder, settings)
    template = read_blank(name, data, sandbox, settings.workbook)
    if isinstance(template, BlankFault):
        raise _NoBlank(_REFUSED[template])
    target, suffix = settings.forms_dir, Path(name).suffix.lower()
    form_id = _free(name, suffix, data, target, taken)
    blank = target / f"{form_id}{suffix}"
    fields = tuple(one.field for one in fields_of(template))
    form = Form(id=form_id, title=title_of(template, Path(name).stem), field=fields, own=name, agreed=False)
    form = form.model_copy(update={"blank": (str(blank),)})
    target.mkdir(parents=True, exist_ok=True)
    write_whole(blank, data)
    write_whole(target / f"{form_id}.toml", text_of(form))
    return read_form(target / f"{form_id}.toml")


def _renamed(name: str, folder: Path, settings: Settings, forms: Iterable[Form]) -> Form | None:
    """The form whose very blank a file is, under another name: with that name in its definition where the
    former file is gone; None for a blank that no form was drafted from. Raises ``_NoBlank``, ``OSError``."""
    data = _data_of(name, folder, settings)
    same = next((one for one in forms if data in map(regular, map(Path, one.blank))), None)
    if same is None or (folder / same.own).exists():
        return same
    renamed = same.model_copy(update={"own": name})
    write_whole(file_of(renamed), text_of(renamed))
    return renamed


def _file_named(name: str, folder: Path) -> str:
    """The one file that somebody means who sees no endings and no difference between capitals, as on Windows;
    the name itself where there is none or more than one."""
    try:
        files = [path.name for path in folder.iterdir() if path.suffix.lower() in FORMATS]
    except OSError:
        return name
    meant = name.strip().casefold()
    found = [file for file in files if meant in (file.casefold(), Path(file).stem.casefold())]
    return name if name in files or len(found) != 1 else found[0]


def _data_of(name: str, folder: Path, settings: Settings) -> bytes:
    """A file of the folder, by its bare name. Raises ``_NoBlank`` for what cannot be a blank form,
    and ``OSError``."""
    if not name.isprintable() or re.search(r"[/\\:]", name) or name.startswith("."):
        raise _NoBlank(say(FileSays.BLANK_NO_NAME))
    path = folder / name
    if not name.lower().endswith(FORMATS):
        unknown = not path.suffix and not path.exists()
        raise FileNotFoundError(name) if unknown else _NoBlank(_REFUSED[BlankFault.UNSUPPORTED])
    if path.lstat().st_size > settings.limits.message_mb * _MEGABYTE:
        raise _NoBlank(_REFUSED[BlankFault.TOO_LARGE])
    data = regular(path)
    if data is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return data


def _free(name: str, suffix: str, data: bytes, folder: Path, taken: set[str]) -> str:
    """An id made of the file's name that no other form or blank has."""
    wanted = slug(Path(name).stem)[:_LONGEST].strip("-") or "formulier"
    number, free = 1, wanted
    while (
        free in taken or (folder / f"{free}.toml").exists() or _is_another(folder / f"{free}{suffix}", data)
    ):
        number += 1
        free = f"{wanted}-{number}"
    return free


def _is_another(blank: Path, data: bytes) -> bool:
    held = regular(blank)
    return held is not None and held != data

"""The texts: Jinja templates, one per mail and language, drawn once as plain text and once as HTML.

A template (``nl/registered.j2``) says what stands in the mail by the macros of ``layout.j2``; of
that there are two, ``text/`` and ``html/``. An installation overrides any of them by a file of
the same name under its ``templates_dir`` (``templates/nl/registered.j2``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import CodeType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from mailbot.config.settings import ConfigurationError, Settings
from mailbot.text.characters import TURNING
from mailbot.wording import enumerated

_NR = re.compile(r"(INS-\d+)")
#: A page, or a mail address, without the stop that ends the sentence.
_LINKS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.I)


class _Compiled(BytecodeCache):
    """The compiled templates of this process: those that ship with mailbot are the same for every
    installation."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Loads the code of a template that was compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a compiled template."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


#: By shape: what is escaped in one is not in the other.
_COMPILED = {"text": _Compiled(), "html": _Compiled()}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail's words: a subject of one line, the plain text, and the HTML page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The templates of one language, ready to be drawn in both shapes."""

    text: Environment
    html: Environment

    def has(self, template: str) -> bool:
        """Whether there is a template of this name."""
        try:
            return bool(self.text.get_template(f"{template}.j2"))
        except TemplateNotFound:
            return False

    def subject(self, template: str, facts: Mapping[str, object]) -> str:
        """The subject alone of a mail: one line, whatever its facts hold."""
        return _one_line(" ".join(self._block("subject", template, facts).split()))

    def proposed(self, template: str) -> str:
        """The words that a mail has where the secretary gives it none, for her to change; empty where it has
        none."""
        return self._block("proposed", template, {}).strip()

    def _block(self, name: str, template: str, facts: Mapping[str, object]) -> str:
        plain = self.text.get_template(f"{template}.j2")
        drawn = plain.blocks.get(name)
        return "".join(drawn(plain.new_context(dict(facts)))) if drawn else ""

    def render(self, template: str, facts: Mapping[str, object]) -> Rendered:
        """A mail by the name of its template. Values are text: the HTML escapes them, and the
        subject stays one line whatever they hold; ``own_subject`` among them takes its place."""
        plain = self.text.get_template(f"{template}.j2")
        context = plain.new_context(dict(facts))
        own = str(facts.get("own_subject", ""))
        subject = " ".join((own.strip() or "".join(plain.blocks["subject"](context))).split())
        text = re.sub(r"[ \t]+\n", "\n", plain.render(facts))
        page = self.html.get_template(f"{template}.j2").render({**facts, "subject": subject})
        return Rendered(
            subject=_one_line(subject),
            text=TURNING.sub("", re.sub(r"\n{3,}", "\n\n", text)).strip() + "\n",
            html=TURNING.sub("", re.sub(r"\n\s*\n+", "\n", page)).strip() + "\n",
        )


def _linked(line: str) -> Markup:
    """A line of the secretary's own, escaped, with its pages and mail addresses as links. What others wrote
    never becomes one."""
    pieces = []
    for number, piece in enumerate(_LINKS.split(line)):
        shown = escape(piece)
        target = piece if piece.lower().startswith("http") else f"mailto:{piece}"
        link = Markup('<a href="{}" style="color:#1f5f7d;">{}</a>').format(target, piece)
        pieces.append(link if number % 2 else shown)
    return Markup("").join(pieces)


def _unbroken(text: str) -> Markup:
    """A text, escaped, whose references (INS-0042) stay on one line."""
    pieces = [escape(piece) for piece in _NR.split(text)]
    for number in range(1, len(pieces), 2):
        pieces[number] = Markup('<span style="white-space:nowrap;">{}</span>').format(pieces[number])
    return Markup("").join(pieces)


def _one_line(subject: str) -> str:
    return "".join(character for character in subject if character.isprintable())


def texts(settings: Settings) -> Texts:
    """The templates of the configured language: read once in a process, kept from then on."""
    return _texts(settings.language, settings.templates_dir)


def compile_own(settings: Settings) -> None:
    """Compiles the installation's own templates before a mail needs them. Raises ``ConfigurationError`` for
    the first that is wrong."""
    drawn = texts(settings)
    shapes = ((settings.language, drawn.text), ("text", drawn.text), ("html", drawn.html))
    for folder, environment in shapes:
        for path in sorted((settings.templates_dir / folder).glob("*.j2")):
            try:
                environment.get_template(path.name)
            except TemplateSyntaxError as error:
                raise ConfigurationError(f"{path}: line {error.lineno}: {error.message}: mend it") from None
            except (OSError, UnicodeDecodeError):
                raise ConfigurationError(f"{path}: cannot be read as UTF-8 text: mend that") from None


@cache
def _texts(language: str, own: Path) -> Texts:
    def environment(shape: str) -> Environment:
        loaders: list[BaseLoader] = [
            FileSystemLoader([own / language, own / shape]),
            PackageLoader("mailbot.notifications", f"templates/{language}"),
            PackageLoader("mailbot.notifications", f"templates/{shape}"),
        ]
        drawn = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=shape == "html",  # noqa: S701  plain text has nothing to escape
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED[shape],
        )
        drawn.filters["enumerated"] = partial(enumerated, language=language)
        drawn.filters["linked"] = _linked
        drawn.filters["unbroken"] = _unbroken
        drawn.filters["dialled"] = lambda number: re.sub(r"[^\d+]", "", number.replace("(0)", ""))
        drawn.filters["capitalised"] = lambda text: text[:1].upper() + text[1:]
        return drawn

    return Texts(text=environment("text"), html=environment("html"))

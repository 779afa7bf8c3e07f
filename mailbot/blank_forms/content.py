"""What a blank form says, whatever its format: title, facts, questions, where to send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from mailbot.config.logo import Logo
from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form, FormField, mark
from mailbot.wording import blank_forms
from mailbot.wording.dates import deadline_text, when_text

YES = "ja"
NO = "neen"

#: What stands in a field that nobody filled in yet: room to write on, as on paper; words would be printed.
HINT = "\u2002" * 12


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """One field as the form asks it: ``label`` with a star where it is required, ``hint`` for an
    empty field, ``options`` to choose from."""

    field: FormField
    label: str
    hint: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormText:
    """All that a blank form says. ``facts`` are the event's, as (label, text). ``author`` is who sends it
    out, with their ``logo``; ``made`` (aware) is when, where that is told."""

    title: str
    event: str
    facts: tuple[tuple[str, str], ...]
    intro: str
    questions: tuple[PrintedQuestion, ...]
    required: str
    send_to: str
    contacts: tuple[str, ...]
    privacy: str
    mark: str
    author: str = ""
    logo: Logo | None = None
    made: datetime | None = None


def content(event: Event, form: Form, settings: Settings, now: datetime | None = None) -> FormText:
    """What the blank form of an event says; it goes back to the event's mailbox."""
    address = settings.mailbox(event.mailbox or settings.mailboxes[0].name).replies_from.email
    facts = (
        (blank_forms.WHEN, when_text(event.starts, event.ends, "nl")),
        (blank_forms.WHERE, event.place),
        (blank_forms.UNTIL, deadline_text(event, "nl")),
    )
    return FormText(
        title=form.title,
        event=event.title if event.title not in form.title else "",
        facts=tuple((label, text) for label, text in facts if text),
        intro=form.intro,
        questions=tuple(_question(field) for field in form.fields),
        required=blank_forms.REQUIRED if any(field.required for field in form.fields) else "",
        send_to=blank_forms.SEND_TO.format(address=address),
        contacts=tuple(
            blank_forms.ASK.format(
                contact=", ".join(filter(None, (contact.name, contact.phone, contact.email)))
            )
            for contact in event.contacts
        ),
        privacy=blank_forms.PRIVACY.format(address=address),
        mark=mark(event.id, event.version(form)),
        author=settings.signed,
        logo=settings.logo,
        made=now.astimezone(UTC) if now else None,
    )


def _question(field: FormField) -> PrintedQuestion:
    label = f"{field.label} *" if field.required else field.label
    options = (YES, NO) if field.kind is FieldKind.YES_NO else field.choices
    return PrintedQuestion(field, label, HINT, options)


def all_lines(said: FormText) -> frozenset[str]:
    """Every line that a form with this content may show, empty."""
    facts = [f"{label}: {text}" for label, text in said.facts]
    parts = [part for fact in said.facts for part in fact]
    asked = [
        line
        for question in said.questions
        for line in (
            question.label,
            *blank_forms.FORMER,
            *(f"{question.label}: {hint}" for hint in blank_forms.FORMER),
            f"{question.label}: {' / '.join(question.options)}",
            *question.options,
            " ".join(question.options),
        )
    ]
    lines = (said.title, said.event, said.intro, said.required, said.send_to, said.privacy, said.mark)
    return frozenset(filter(None, (*lines, *facts, *parts, *said.contacts, *asked)))

"""People as the drawn sheets name them: whatever the form calls its fields."""

from __future__ import annotations

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.matching.names import as_spoken
from mailbot.text.normalize import plain


def first_last(registration: Registration, form: Form) -> str:
    """ "Jan Peeters"."""
    noted = " ".join(filter(None, (registration.text(field.key) for field in form.spoken_names)))
    return as_spoken(noted, form)


def last_first(registration: Registration, form: Form) -> str:
    """ "Peeters Jan"."""
    family_first = sorted(form.spoken_names, key=lambda field: field.key == form.given_name)
    return " ".join(filter(None, (registration.text(field.key) for field in family_first)))


def organisation(registration: Registration, form: Form) -> str:
    """The organisation as it is known, else as it was written."""
    written = next((registration.text(field.key) for field in form.of_kind(FieldKind.ORGANISATION)), "")
    return registration.organisation_known or written


def by_name(registration: Registration, form: Form) -> str:
    """What a list by name is sorted on: without case and accents."""
    return plain(last_first(registration, form))

"""A form that a sheet of hers corrects is a copy of the one before."""

from __future__ import annotations

from mailbot.domain.form import FieldKind, Form, FormField

NAME = FormField(key="name", label="Naam", kind=FieldKind.NAME)
LUNCH = FormField(key="lunch", label="Lunch", kind=FieldKind.YES_NO, sensitive=True)


def test_a_copy_with_other_fields_answers_by_its_own() -> None:
    before = Form(id="f", title="Netwerkdag", field=(NAME,))
    assert (before.field("lunch"), before.cleared) == (None, ())  # worked out once
    after = before.model_copy(update={"fields": (NAME, LUNCH)})
    assert (after.field("lunch"), after.cleared) == (LUNCH, (LUNCH,))
    assert before.field("lunch") is None

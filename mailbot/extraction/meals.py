"""The questions of a form about a meal, and captions that are about one in words of their own."""

from __future__ import annotations

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.coming import presence_field
from mailbot.extraction.subjects import asks_about_a_diet, asks_about_food, is_about_a_meal

#: Kinds of a question whether somebody eats along, what they choose, or how many do.
_OF_MEALS = (FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.NUMBER)
#: Words of a caption that names a meal and asks nothing more of it.
_FEW = 3


def meals_asked(form: Form) -> list[FormField]:
    """The questions of a form about a meal; those about a diet are none."""
    return [
        one
        for one in form.fields
        if one.kind in _OF_MEALS and one.key != presence_field(form)
        if asks_about_food(one) and not asks_about_a_diet(one)
    ]


def meal_asked(form: Form) -> FormField | None:
    """The question of a form with yes or no whether somebody eats along, where it asks nothing else of a
    meal; None where there is none."""
    asked = meals_asked(form)
    return asked[0] if len(asked) == 1 and asked[0].kind is FieldKind.YES_NO else None


def names_a_meal(caption: str) -> bool:
    """Whether a caption is the name of a meal: "Lunch", "Broodjes?"."""
    return 0 < len(caption.split()) <= _FEW and is_about_a_meal(caption)

"""The blank form as a fillable PDF (AcroForm, ISO 32000-1 §12.7): one person, A4.

Fields are named by the form's keys; their tooltips are the labels, for screen readers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from mailbot.blank_forms.content import FormText, PrintedQuestion
from mailbot.domain.form import FieldKind

_LEFT, _RIGHT, _TOP, _BOTTOM = 57.0, A4[0] - 57.0, A4[1] - 57.0, 57.0
_ANSWER = _LEFT + 160.0
_INK, _TITLE, _SMALL, _LINE = (
    HexColor("#1c2529"),
    HexColor("#1f3d4d"),
    HexColor("#55666f"),
    HexColor("#9db2bd"),
)


def make(said: FormText) -> bytes:
    """The ``.pdf`` file."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True, lang="nl-BE")
    canvas.setTitle(said.title)
    y = _TOP
    for text, font, size, color, space in _above(said):
        y = _write(canvas, text, y, font, size, color) - space
    y -= 6
    for question in said.questions:
        y = _question(canvas, question, y)
    y -= 10
    for text, font, size, color, space in _below(said):
        y = _write(canvas, text, y, font, size, color) - space
    canvas.save()
    return target.getvalue()


def _above(said: FormText) -> Iterator[tuple[str, str, float, Color, float]]:
    """What stands above the questions: text, font, size, color, and the space after it."""
    yield said.title, "Helvetica-Bold", 17, _TITLE, 4
    if said.event:
        yield said.event, "Helvetica", 13, _TITLE, 4
    for number, (label, text) in enumerate(said.facts, start=1):
        yield f"{label}: {text}", "Helvetica", 10.5, _INK, 8 if number == len(said.facts) else 2
    if said.intro:
        yield said.intro, "Helvetica", 10.5, _INK, 2


def _below(said: FormText) -> Iterator[tuple[str, str, float, Color, float]]:
    if said.required:
        yield said.required, "Helvetica", 8.5, _SMALL, 6
    yield said.send_to, "Helvetica-Bold", 10.5, _INK, 4
    for contact in said.contacts:
        yield contact, "Helvetica", 10.5, _INK, 4
    yield said.privacy, "Helvetica", 8.5, _SMALL, 3
    yield said.mark, "Helvetica", 8.5, _SMALL, 0


def _write(canvas: Canvas, text: str, y: float, font: str, size: float, color: Color) -> float:
    """Writes lines downward from ``y``, on a new page where this one is full; gives the new y."""
    canvas.setFillColor(color)
    for line in simpleSplit(text, font, size, _RIGHT - _LEFT):
        y -= size * 1.35
        if y < _BOTTOM:
            canvas.showPage()
            canvas.setFillColor(color)
            y = _TOP - size * 1.35
        canvas.setFont(font, size)
        canvas.drawString(_LEFT, y, line)
    return y


def _question(canvas: Canvas, question: PrintedQuestion, y: float) -> float:
    """One label with its field; gives the new y."""
    lines = simpleSplit(question.label, "Helvetica-Bold", 10.5, _ANSWER - _LEFT - 10)
    height = 60.0 if question.field.kind.traits.lines else 20.0
    height = max(height, 14.0 * len(lines))
    if y - height < _BOTTOM:
        canvas.showPage()
        y = _TOP
    canvas.setFillColor(_INK)
    canvas.setFont("Helvetica-Bold", 10.5)
    for number, line in enumerate(lines):
        canvas.drawString(_LEFT, y - 14 - 13 * number, line)
    _field(canvas, question, y - height, height)
    return y - height - 7


def _field(canvas: Canvas, question: PrintedQuestion, y: float, height: float) -> None:
    field, form = question.field, canvas.acroForm
    look = {"borderColor": _LINE, "fillColor": white, "textColor": _INK, "borderWidth": 0.75}
    if field.kind is FieldKind.YES_NO:
        for place, option in enumerate(question.options):
            x = _ANSWER + 90 * place
            form.radio(
                name=field.key,
                value=option,
                tooltip=field.label,
                x=x,
                y=y + 3,
                size=14,
                buttonStyle="check",
                shape="square",
                selected=False,
                fieldFlags="noToggleToOff",
                **look,
            )
            canvas.setFillColor(_INK)
            canvas.setFont("Helvetica", 10.5)
            canvas.drawString(x + 20, y + 6, option)
        return
    where = {"x": _ANSWER, "y": y, "width": _RIGHT - _ANSWER, "height": height, "fontSize": 10.5}
    if field.kind is FieldKind.CHOICE:
        form.choice(
            name=field.key,
            tooltip=field.label,
            options=[" ", *question.options],
            value=" ",
            fieldFlags="combo",
            **where,
            **look,
        )
        return
    form.textfield(
        name=field.key,
        tooltip=field.label,
        maxlen=None,
        fieldFlags="multiline" if field.kind.traits.lines else "",
        **where,
        **look,
    )

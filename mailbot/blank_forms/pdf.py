"""The blank form as a fillable PDF (AcroForm, ISO 32000-1 §12.7): one person, A4.

Fields are named by the form's keys; their tooltips are the labels, for screen readers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from mailbot.blank_forms.content import FormText, PrintedQuestion
from mailbot.blank_forms.pdf_tags import Tagged, tagged
from mailbot.domain.form import FieldKind

_LEFT, _RIGHT, _TOP, _BOTTOM = 57.0, A4[0] - 57.0, A4[1] - 57.0, 57.0
_ANSWER = _LEFT + 160.0
_INK, _TITLE, _SMALL, _LINE = (
    HexColor("#1c2529"),
    HexColor("#1f3d4d"),
    HexColor("#55666f"),
    HexColor("#9db2bd"),
)


class _Page(Canvas):  # type: ignore[misc]  # reportlab tells no types
    """A canvas that records the reading order of what is drawn on it."""

    def __init__(self, target: io.BytesIO) -> None:
        super().__init__(target, pagesize=A4, invariant=True, lang="nl-BE")
        self.pieces: list[Tagged] = []
        self._marks = 0

    def begin(self, role: str) -> None:
        """What is drawn from here on belongs to one piece of text."""
        self.pieces.append(Tagged(role, self.getPageNumber() - 1, mark=self._marks))
        self._code.append(f"/{role} <</MCID {self._marks}>> BDC")
        self._marks += 1

    def end(self) -> None:
        """Ends that piece of text."""
        self._code.append("EMC")

    def asks(self, field: str) -> None:
        """Records that the field of that name is filled in here."""
        self.pieces.append(Tagged("Form", self.getPageNumber() - 1, field=field))

    def turn(self) -> None:
        """Goes on with a new page."""
        self.showPage()
        self._marks = 0


def make(said: FormText) -> bytes:
    """The ``.pdf`` file."""
    target = io.BytesIO()
    canvas = _Page(target)
    canvas.setTitle(said.title)
    canvas.setSubject(said.event or said.title)
    canvas.setCreator("mailbot")
    y = _TOP
    if said.logo is not None:
        wide, high = said.logo.within(150, 40)
        canvas._code.append("/Artifact BMC")  # the name of who sends it stands in words below
        picture = ImageReader(io.BytesIO(said.logo.data))
        canvas.drawImage(picture, _RIGHT - wide, _TOP - high + 14, wide, high, mask="auto")
        canvas.end()
        y -= high - 10
    for text, font, size, color, space in _above(said):
        role = "H1" if text == said.title else "P"
        y = _write(canvas, text, y, font, size, color, role) - space
    y -= 6
    for question in said.questions:
        y = _question(canvas, question, y)
    y -= 10
    for text, font, size, color, space in _below(said):
        y = _write(canvas, text, y, font, size, color) - space
    canvas.save()
    return tagged(target.getvalue(), canvas.pieces, said.author, said.made)


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


def _write(
    canvas: _Page, text: str, y: float, font: str, size: float, color: Color, role: str = "P"
) -> float:
    """Writes lines downward from ``y``, on a new page where this one is full; gives the new y."""
    canvas.begin(role)
    canvas.setFillColor(color)
    for line in simpleSplit(text, font, size, _RIGHT - _LEFT):
        y -= size * 1.35
        if y < _BOTTOM:
            canvas.end()
            canvas.turn()
            canvas.begin(role)
            canvas.setFillColor(color)
            y = _TOP - size * 1.35
        canvas.setFont(font, size)
        canvas.drawString(_LEFT, y, line)
    canvas.end()
    return y


def _question(canvas: _Page, question: PrintedQuestion, y: float) -> float:
    """One label with its field; gives the new y."""
    lines = simpleSplit(question.label, "Helvetica-Bold", 10.5, _ANSWER - _LEFT - 10)
    height = 60.0 if question.field.kind.traits.lines else 20.0
    height = max(height, 14.0 * len(lines))
    if y - height < _BOTTOM:
        canvas.turn()
        y = _TOP
    canvas.begin("P")
    canvas.setFillColor(_INK)
    canvas.setFont("Helvetica-Bold", 10.5)
    for number, line in enumerate(lines):
        canvas.drawString(_LEFT, y - 14 - 13 * number, line)
    canvas.end()
    canvas.asks(question.field.key)
    _field(canvas, question, y - height, height)
    return y - height - 7


def _field(canvas: _Page, question: PrintedQuestion, y: float, height: float) -> None:
    field, form = question.field, canvas.acroForm
    required = " required" if field.required else ""
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
                fieldFlags=f"noToggleToOff{required}",
                **look,
            )
            canvas.begin("P")
            canvas.setFillColor(_INK)
            canvas.setFont("Helvetica", 10.5)
            canvas.drawString(x + 20, y + 6, option)
            canvas.end()
        return
    where = {"x": _ANSWER, "y": y, "width": _RIGHT - _ANSWER, "height": height, "fontSize": 10.5}
    if field.kind is FieldKind.CHOICE:
        form.choice(
            name=field.key,
            tooltip=field.label,
            options=[" ", *question.options],
            value=" ",
            fieldFlags=f"combo{required}",
            **where,
            **look,
        )
        return
    form.textfield(
        name=field.key,
        tooltip=field.label,
        maxlen=None,
        fieldFlags=("multiline" if field.kind.traits.lines else "") + required,
        **where,
        **look,
    )

"""A certificate of attendance: one page, A4, to keep or to print."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind
from mailbot.domain.mail import Attachment
from mailbot.domain.registration import Registration
from mailbot.notifications.names_in_mails import name_of
from mailbot.wording import LEXICON
from mailbot.wording.dates import when_text


def certificate(person: Registration, event: Event, settings: Settings) -> Attachment:
    """The certificate of somebody who was there, as a PDF of one page (A4, landscape): their name, the event
    and when it was, in local time."""
    # reportlab takes a third of a second to import, and few mails need it
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.utils import ImageReader, simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    form, language = settings.form_of(event), settings.language
    words = LEXICON[language]
    title = words.certificate
    name = name_of(person.answers, form)
    organisation = next((person.text(f.key) for f in form.of_kind(FieldKind.ORGANISATION)), "")
    width, height = landscape(A4)
    target = io.BytesIO()
    page = Canvas(target, pagesize=(width, height), invariant=True, lang=language)
    page.setTitle(f"{title} – {event.title}")
    page.setAuthor(settings.signed)
    page.setSubject(name)
    page.setCreator("mailbot")
    page.setStrokeColor(HexColor("#2f6d8c"))
    page.setLineWidth(2)
    page.rect(36, 36, width - 72, height - 72)
    y = height - 130
    if settings.logo is not None:
        wide, high = settings.logo.within(180, 54)
        page.drawImage(
            ImageReader(io.BytesIO(settings.logo.data)),
            (width - wide) / 2,
            height - 110,
            wide,
            high,
            mask="auto",
        )
        y -= 30
    for text, font, size, after in (
        (title, "Helvetica-Bold", 30, 42),
        (words.confirms, "Helvetica", 14, 16),
        (name, "Helvetica-Bold", 24, 6),
        (organisation, "Helvetica", 14, 22),
        (words.took_part, "Helvetica", 14, 16),
        (event.title, "Helvetica-Bold", 18, 10),
        (when_text(event.starts, event.ends, language), "Helvetica", 14, 4),
        (event.place, "Helvetica", 14, 0),
    ):
        page.setFillColor(HexColor("#1f3d4d" if font == "Helvetica-Bold" else "#1c2529"))
        page.setFont(font, size)
        for line in simpleSplit(text, font, size, width - 160):
            page.drawCentredString(width / 2, y, line)
            y -= size * 1.3
        y -= after
    _signed(page, event, settings, width)
    page.save()
    return replace(certificate_undrawn(person, event, settings), data=target.getvalue())


def certificate_undrawn(person: Registration, event: Event, settings: Settings) -> Attachment:
    """The attachment that ``certificate`` gives, with its name and no bytes: a preview only names it."""
    plain = re.sub(r"[^\w .-]+", "", name_of(person.answers, settings.form_of(event)))
    title = LEXICON[settings.language].certificate
    return Attachment(f"{title} {plain}".strip() + ".pdf", "application/pdf", b"")


def _signed(page: Any, event: Event, settings: Settings, width: float) -> None:
    """Who gives it, at the left, and who signs for them, at the right, on a line to sign on."""
    words, y = LEXICON[settings.language], 92
    signatory = event.signed_by or next((contact.name for contact in event.contacts), "")
    for x, label, text in (
        (80, words.issued_by, settings.signed),
        (width - 300, words.signed_for, signatory),
    ):
        if text:
            page.setFont("Helvetica", 9)
            page.drawString(x, y, label)
            page.setFont("Helvetica-Bold", 12)
            page.drawString(x, y - 16, text)
    if signatory:
        page.setLineWidth(0.5)
        page.line(width - 300, y + 14, width - 80, y + 14)

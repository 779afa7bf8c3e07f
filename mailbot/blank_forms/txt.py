"""The blank form as plain text, to put in a mail: a line per question, the answer behind it."""

from __future__ import annotations

from mailbot.blank_forms.content import FormText


def make(said: FormText) -> bytes:
    """The text in UTF-8, with the line ends of mail."""
    top = [said.title, said.event, *(f"{label}: {text}" for label, text in said.facts)]
    asked = [
        f"{question.label} ({' / '.join(question.options)}): " if question.options else f"{question.label}: "
        for question in said.questions
    ]
    bottom = [said.send_to, *said.contacts, said.privacy, said.mark]
    groups = [top, [said.intro], asked, [said.required], bottom]
    text = "\n\n".join("\n".join(filter(None, group)) for group in groups if any(group))
    return (text + "\n").replace("\n", "\r\n").encode()

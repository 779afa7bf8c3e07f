"""How a piece of text looks, as far as that tells something: struck out, marked, underlined, bold."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.domain.document import Span


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a piece of text; each as ``Span`` has it."""

    struck: bool = False
    marked: bool = False
    underlined: bool = False
    bold: bool = False

    @classmethod
    def of(cls, span: Span) -> Look:
        """The look of a span."""
        return cls(span.struck, span.marked, span.underlined, span.bold)

    def span(self, text: str, *, placeholder: bool = False) -> Span:
        """A text of this look."""
        return Span(
            text,
            struck=self.struck,
            marked=self.marked,
            underlined=self.underlined,
            bold=self.bold,
            placeholder=placeholder,
        )


PLAIN = Look()


def joins(last: Span | None, span: Span) -> bool:
    """Whether a span goes on in the look of the one before it, neither of them being a slot."""
    return last is not None and not (last.slot or span.slot) and Look.of(last) == Look.of(span)

r"""Rich text as Word writes it, which is not as LibreOffice does."""

import pytest

from mailbot.documents import read
from mailbot.domain.document import Location, Paragraph, Part, Span, Table
from mailbot.text.characters import TICKED, UNTICKED

FONTS = r"{\fonttbl{\f0\fcharset0 Calibri;}{\f1\fcharset2 Wingdings;}{\f2\fcharset238 Calibri CE;}}"


def blocks(body: str) -> tuple[Paragraph | Table, ...]:
    data = (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + "}").encode("cp1252")
    return read(Part("form.rtf", "", data), Location()).blocks


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def field(instruction: str, data: str, result: str = "") -> str:
    form = r"{\*\formfield{" + data + "}}" if data else ""
    return r"{\field{\*\fldinst {" + instruction + " " + form + r"}}{\fldrslt {" + result + "}}}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r'{\field{\*\fldinst SYMBOL 254 \\f "Wingdings" \\s 11}{\fldrslt\f1\fs22}} ja', f"{TICKED} ja"),
        (r"{\field{\*\fldinst SYMBOL x}{\fldrslt}} ja", " ja"),
        (r"Ren\'e9", "René"),
        (r"Ren\u233 ?", "René"),
        (r"\uc1\u-10179 ?\u-9175 ?", "\U0001f429"),
        (r"D\rquote hondt", "D’hondt"),
        (r"{\f2 \'9aer}", "šer"),
        (r"a\~b\-c\_d", "a bc-d"),
        (r"{\f1\u-3842 ?} ja {\f1\u-3928 ?} nee", f"{TICKED} ja {UNTICKED} nee"),
        (r"{\f1\'fe} ja", f"{TICKED} ja"),
        (r"zicht{\v weg}baar", "zichtbaar"),
        (r"{\deleted weg}{\revised erbij}", "erbij"),
        (r"{\*\onbekend weg}blijft", "blijft"),
        (r"{\pict\bin4 }}{{}x", "x"),
        (r"\{a\\b\}", r"{a\b}"),
        (r"een{\listtext 1.\tab}", "een"),
    ],
)
def test_words_are_as_word_shows_them(written: str, shown: str) -> None:
    assert "".join(texts(written + r"\par")) == shown


@pytest.mark.parametrize(
    ("body", "span"),
    [
        (field("FORMTEXT", r"\fftype0{\*\ffname naam}", "Jan"), Span("Jan", slot=True, name="naam")),
        (
            field("FORMTEXT", r"\fftype0{\*\ffdeftext typ hier}", "typ hier"),
            Span("typ hier", slot=True, placeholder=True),
        ),
        (field("FORMCHECKBOX", r"\fftype1\ffres1\ffdefres0"), Span(TICKED, slot=True)),
        (field("FORMCHECKBOX", r"\fftype1\ffres25\ffdefres0"), Span(UNTICKED, slot=True)),
        (field("FORMCHECKBOX", r"\fftype1\ffres25\ffdefres1"), Span(TICKED, slot=True)),
        (field("FORMDROPDOWN", r"\fftype2\ffres1{\*\ffl ja}{\*\ffl nee}"), Span("nee", slot=True)),
        (
            field("FORMDROPDOWN", r"\fftype2\ffres25{\*\ffl ja}{\*\ffl nee}"),
            Span("ja", slot=True, placeholder=True),
        ),
        (field('HYPERLINK "mailto:x"', "", "jan@damme.example"), Span("jan@damme.example")),
    ],
)
def test_form_fields_are_slots(body: str, span: Span) -> None:
    (line,) = blocks(body + r"\par")
    assert isinstance(line, Paragraph)
    assert line.spans == (span,)


def test_rows_are_cut_where_their_marks_say() -> None:
    row = r"\trowd\cellx1000\cellx2000\pard\intbl Naam\cell Jan\cell\row"
    last = r"\trowd\clmgf\cellx1000\clmrg\cellx2000\pard\intbl samen\cell\cell\row\pard na\par"
    grid, after = blocks(row + last)
    assert isinstance(grid, Table)
    assert [[(c.text, c.columns) for c in line] for line in grid.rows] == [
        [("Naam", 1), ("Jan", 1)],
        [("samen", 2)],
    ]
    assert (after.text, str(after.where)) == ("na", "regel 1")


def test_a_text_box_stands_behind_the_paragraph_that_it_is_anchored_in() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Jan\par}}}"
    assert texts(r"Naam" + box + r"\par Voornaam\par") == ["Naam", "Jan", "Voornaam"]


def test_a_text_box_is_read_once() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Naam: Jan\par}}{\shprslt Naam: Jan\par}}"
    assert texts(r"Eerst" + box + r"\par") == ["Eerst", "Naam: Jan"]


def test_what_is_highlighted_says_so() -> None:
    (line,) = blocks(r"{\highlight7 ja} / {\highlight8 nee}{\highlight0 .}")
    assert isinstance(line, Paragraph)
    assert line.spans == (Span("ja", marked=True), Span(" / nee."))


def test_what_is_bold_says_so() -> None:
    (line,) = blocks(r"{\b ja} / \b n\b0 ee")
    assert isinstance(line, Paragraph)
    assert line.spans == (Span("ja", bold=True), Span(" / "), Span("n", bold=True), Span("ee"))


def test_what_is_underlined_says_so() -> None:
    (line,) = blocks(r"{\ul ja} / {\ul n\ulnone ee}{\uld\plain .}")
    assert isinstance(line, Paragraph)
    assert line.spans == (
        Span("ja", underlined=True),
        Span(" / "),
        Span("n", underlined=True),
        Span("ee."),
    )

"""The blank form as a Word document: one person, a content control for each answer.

WordprocessingML by hand (ECMA-376; checkboxes by the 2010 extension w14): the controls, their
tags and hints are what makes the filled-in form certain to read, and no library writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mailbot.blank_forms.content import FormText, PrintedQuestion
from mailbot.blank_forms.docx_package import NAMESPACES, package
from mailbot.config.logo import Logo
from mailbot.domain.form import FieldKind
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.wording import blank_forms


def make(said: FormText) -> bytes:
    """The ``.docx`` file."""
    body = "".join((*_top(said), _table(said), *_bottom(said)))
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1021" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr>'
    )
    document = f"<w:document {NAMESPACES}><w:body>{body}{page}</w:body></w:document>"
    return package(document, said.title, said.author, said.made, said.logo)


def _top(said: FormText) -> Iterator[str]:
    if said.logo is not None:
        yield _paragraph(_picture(said.logo, said.author), "Cell")
    yield _paragraph(_run(said.title), "Title")
    if said.event:
        yield _paragraph(_run(said.event), "Subtitle")
    for label, text in said.facts:
        yield _paragraph(_run(f"{label}: ", bold=True) + _run(text), "Fact")
    if said.intro:
        yield _paragraph(_run(said.intro), "Intro")


def _bottom(said: FormText) -> Iterator[str]:
    if said.required:
        yield _paragraph(_run(said.required), "Small")
    yield _paragraph(_run(said.send_to, bold=True), "Intro")
    for contact in said.contacts:
        yield _paragraph(_run(contact), "Fact")
    yield _paragraph(_run(said.privacy), "Small")
    yield _paragraph(_run(said.mark), "Small")


def _table(said: FormText) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="9DB2BD"/>' for side in sides)
    rows = "".join(_row(number, question) for number, question in enumerate(said.questions, start=1))
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9525" w:type="dxa"/><w:tblInd w:w="113" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="85" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
        '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(said.title)}/>"
        f"<w:tblDescription w:val={quoteattr(blank_forms.TABLE)}/></w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="3005"/><w:gridCol w:w="6520"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(number: int, question: PrintedQuestion) -> str:
    high = '<w:trHeight w:val="1134" w:hRule="atLeast"/>' if question.field.kind.traits.lines else ""
    label = _paragraph(_run(question.label, bold=True), "Cell")
    answer = _paragraph(_control(number, question), "Cell")
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>"
        '<w:tc><w:tcPr><w:tcW w:w="3005" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/>'
        f"</w:tcPr>{label}</w:tc>"
        f'<w:tc><w:tcPr><w:tcW w:w="6520" w:type="dxa"/></w:tcPr>{answer}</w:tc></w:tr>'
    )


def _control(number: int, question: PrintedQuestion) -> str:
    if question.field.kind is FieldKind.YES_NO:
        boxes = [
            _checkbox(number * 10 + place, question, option) for place, option in enumerate(question.options)
        ]
        return _run("      ").join(boxes)
    choices = "".join(
        f"<w:listItem w:displayText={quoteattr(option)} w:value={quoteattr(option)}/>"
        for option in question.options
    )
    plain = '<w:text w:multiLine="1"/>' if question.field.kind.traits.lines else "<w:text/>"
    sort = {
        FieldKind.CHOICE: f"<w:dropDownList>{choices}</w:dropDownList>",
        FieldKind.DATE: '<w:date><w:dateFormat w:val="d/MM/yyyy"/><w:lid w:val="nl-BE"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>',
    }.get(question.field.kind, plain)
    named = _named(number * 10, question, question.field.label)
    return (
        f"<w:sdt><w:sdtPr>{named}<w:showingPlcHdr/>{sort}</w:sdtPr><w:sdtContent>"
        '<w:r><w:rPr><w:rStyle w:val="Hint"/><w:color w:val="5F6B72"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(question.hint)}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _checkbox(number: int, question: PrintedQuestion, option: str) -> str:
    box = (
        f"<w:sdt><w:sdtPr>{_named(number, question, f'{question.field.label}: {option}')}"
        '<w14:checkbox><w14:checked w14:val="0"/>'
        f'<w14:checkedState w14:val="{ord(TICKED):04X}" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="{ord(UNTICKED):04X}" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
        f"</w:rPr><w:t>{UNTICKED}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    return box + _run(f" {option}")


def _named(number: int, question: PrintedQuestion, alias: str) -> str:
    """A control's title (read out by screen readers), its tag (the key) and its own number."""
    return (
        f"<w:alias w:val={quoteattr(alias)}/><w:tag w:val={quoteattr(question.field.key)}/>"
        f'<w:id w:val="{1000 + number}"/><w:lock w:val="sdtLocked"/>'
    )


def _picture(logo: Logo, name: str) -> str:
    """The logo in the line (DrawingML, ECMA-376 part 1, 20.4), as large as on the other forms."""
    wide, high = (round(side * 12_700) for side in logo.within(150, 40))  # in EMU, 12,700 a point
    described = f'<wp:docPr id="1" name="Logo" descr={quoteattr(name or "Logo")}/>'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/>'
        f'{described}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="r2"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _paragraph(content: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{weight}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

"""Fields that only OpenDocument has."""

import io
import zipfile

import pytest

from mailbot.documents import read
from mailbot.domain.document import Location, Paragraph, Part, Span
from mailbot.text.characters import TICKED, UNTICKED

NAMES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "draw": "drawing:1.0",
    "form": "form:1.0", "style": "style:1.0", "fo": "xsl-fo-compatible:1.0",
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for key, name in NAMES.items()
)
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def spans(body: str, before: str = "", styles: str = "") -> list[Span]:
    """All spans of a text with this body."""
    content = f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
    content += (
        f"<office:body><office:text>{before}{body}</office:text></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    blocks = read(Part("form.odt", "", file.getvalue()), Location()).blocks
    return [span for block in blocks if isinstance(block, Paragraph) for span in block.spans]


@pytest.mark.parametrize(
    ("element", "span"),
    [
        ("<text:placeholder>&lt;naam&gt;</text:placeholder>", Span("<naam>", slot=True, placeholder=True)),
        ('<text:text-input text:description="Naam">Jan</text:text-input>', Span("Jan", slot=True)),
        (
            '<text:drop-down text:name="v"><text:label text:value="ja"/><text:label text:value="nee" '
            'text:current-selected="true"/>nee</text:drop-down>',
            Span("nee", slot=True, name="v"),
        ),
        (
            '<loext:content-control loext:checkbox="true" loext:checked="true" loext:tag="a">?'
            "</loext:content-control>",
            Span(TICKED, slot=True, name="a"),
        ),
        (
            '<loext:content-control loext:showing-place-holder="true">Klik hier</loext:content-control>',
            Span("Klik hier", slot=True, placeholder=True),
        ),
    ],
)
def test_fields_in_the_text_are_slots(element: str, span: Span) -> None:
    assert spans(f"<text:p>{element}</text:p>") == [span]


@pytest.mark.parametrize(
    ("control", "span"),
    [
        ('<form:text form:name="naam" form:current-value="Jan"', Span("Jan", slot=True, name="naam")),
        ('<form:text form:name="naam"', Span("", slot=True, name="naam")),
        ('<form:checkbox form:current-state="checked"', Span(TICKED, slot=True)),
        ('<form:checkbox form:label="ja"', Span(f"{UNTICKED} ja", slot=True)),
        ('<form:radio form:current-selected="true" form:label="nee"', Span(f"{TICKED} nee", slot=True)),
    ],
)
def test_form_controls_show_what_was_typed_in_them(control: str, span: Span) -> None:
    forms = f'<office:forms><form:form>{control} form:id="c1"/></form:form></office:forms>'
    assert spans('<text:p><draw:control draw:control="c1"/></text:p>', forms) == [span]


def test_deleted_text_is_not_read() -> None:
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
    assert spans("<text:p>Naam</text:p>", f"{changes}</text:changed-region></text:tracked-changes>") == [
        Span("Naam")
    ]


def test_a_text_box_is_read_once_after_its_line() -> None:
    box = "<draw:frame><draw:text-box><text:p>Naam: Jan</text:p></draw:text-box></draw:frame>"
    assert [span.text for span in spans(f"<text:p>Eerst{box}</text:p>")] == ["Eerst", "Naam: Jan"]


def test_struck_text_keeps_its_mark_through_styles_that_build_on_each_other() -> None:
    styles = '<style:style style:name="A" style:family="text"><style:text-properties '
    styles += 'style:text-line-through-style="solid"/></style:style>'
    styles += '<style:style style:name="B" style:family="text" style:parent-style-name="A"/>'
    body = '<text:p>ja <text:span text:style-name="B">nee</text:span></text:p>'
    assert spans(body, styles=styles) == [Span("ja "), Span("nee", struck=True)]


def test_highlighted_text_keeps_its_mark_and_a_shaded_paragraph_is_layout() -> None:
    styles = '<style:style style:name="A" style:family="text"><style:text-properties '
    styles += 'fo:background-color="#ffff00"/></style:style>'
    styles += '<style:style style:name="P" style:family="paragraph"><style:text-properties '
    styles += 'fo:background-color="#eeeeee"/></style:style>'
    body = '<text:p text:style-name="P"><text:span text:style-name="A">ja</text:span> / nee</text:p>'
    assert spans(body, styles=styles) == [Span("ja", marked=True), Span(" / nee")]


def test_bold_text_says_so() -> None:
    styles = '<style:style style:name="A" style:family="text"><style:text-properties fo:font-weight="bold"/>'
    body = '<text:p><text:span text:style-name="A">ja</text:span> / nee</text:p>'
    assert spans(body, styles=f"{styles}</style:style>") == [Span("ja", bold=True), Span(" / nee")]


@pytest.mark.parametrize("look", ['style:text-underline-style="solid"', 'fo:border="0.06pt solid #ff0000"'])
def test_underlined_and_boxed_text_says_so(look: str) -> None:
    styles = f'<style:style style:name="A" style:family="text"><style:text-properties {look}/></style:style>'
    body = '<text:p><text:span text:style-name="A">ja</text:span> / nee</text:p>'
    assert spans(body, styles=styles) == [Span("ja", underlined=True), Span(" / nee")]

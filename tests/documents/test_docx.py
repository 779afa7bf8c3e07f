"""Word forms as people fill them in, each shape with its own XML."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml

from mailbot.documents import read
from mailbot.domain.document import (
    Block,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Part,
    Span,
    Table,
    Unit,
)
from mailbot.text.characters import TICKED, UNTICKED
from tests.documents.make_samples import W, legacy, text


def reading(*body: str, parts: dict[str, bytes] | None = None) -> ParsedDocument:
    """What a document with this body shows."""
    document = Document()
    for element in body:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(element))
    file = io.BytesIO()
    document.save(file)
    if parts:
        with zipfile.ZipFile(file, "a") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    return read(Part("form.docx", "", file.getvalue()), Location().at(Unit.ATTACHMENT, "form.docx"))


def p(content: str) -> str:
    return f"<w:p {W}>{content}</w:p>"


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def spans(*body: str) -> tuple[Span, ...]:
    """The spans of the only line."""
    (block,) = reading(*body).blocks
    assert isinstance(block, Paragraph)
    return block.spans


def texts(*body: str) -> list[str]:
    return [block.text for block in reading(*body).blocks]


def test_each_line_says_where_it_stands() -> None:
    blocks = reading(p(text("Naam: Jan")), p(""), p(text("Functie: schepen"))).blocks
    assert [(block.text, str(block.where)) for block in blocks] == [
        ("Naam: Jan", "bijlage form.docx, regel 1"),
        ("Functie: schepen", "bijlage form.docx, regel 2"),
    ]


def test_a_text_control_is_a_slot_with_its_tag() -> None:
    field = control('<w:alias w:val="Naam"/><w:tag w:val="last_name"/><w:text/>', text("Peeters"))
    assert spans(p(text("Naam: ") + field)) == (Span("Naam: "), Span("Peeters", slot=True, name="last_name"))


def test_an_empty_control_is_an_empty_slot() -> None:
    assert spans(p(text("Naam: ") + control('<w:tag w:val="x"/><w:text/>', "<w:r/>")))[1] == Span(
        "", slot=True, name="x"
    )


def test_a_hint_that_still_stands_is_no_answer() -> None:
    field = control("<w:showingPlcHdr/><w:text/>", text("Klik of tik om tekst in te voeren."))
    assert spans(p(field)) == (Span("Klik of tik om tekst in te voeren.", slot=True, placeholder=True),)


def test_a_hint_without_its_flag_is_known_by_its_style() -> None:
    document = Document()
    style = document.styles.add_style("Tekstvantijdelijkeaanduiding", 2)
    style.element.find(f"{{{style.element.nsmap['w']}}}name").set(
        f"{{{style.element.nsmap['w']}}}val", "Placeholder Text"
    )
    field = control("<w:text/>", text("Typ hier", f'<w:rStyle w:val="{style.style_id}"/>'))
    document.element.body.insert(0, parse_xml(p(field)))
    file = io.BytesIO()
    document.save(file)
    block = read(Part("f.docx", "", file.getvalue()), Location()).blocks[0]
    assert isinstance(block, Paragraph)
    assert block.spans[0].placeholder


@pytest.mark.parametrize(("value", "sign"), [("1", TICKED), ("true", TICKED), ("0", UNTICKED)])
def test_a_checkbox_control_is_a_tick_whatever_sign_it_draws(value: str, sign: str) -> None:
    field = control(f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>', text("?"))
    assert spans(p(field + text(" ja"))) == (Span(sign, slot=True), Span(" ja"))


def test_a_dropdown_shows_what_was_chosen_and_its_prompt_is_a_hint() -> None:
    items = '<w:dropDownList><w:listItem w:displayText="Kies een item." w:value=""/>'
    items += '<w:listItem w:displayText="Brugge" w:value="Brugge"/></w:dropDownList>'
    assert spans(p(control(items, text("Brugge")))) == (Span("Brugge", slot=True),)
    assert spans(p(control(items, text("Kies een item."))))[0].placeholder


def test_a_control_around_a_cell_marks_what_stands_in_it() -> None:
    cell = "<w:tc><w:tcPr/>" + "<w:p>" + text("Damme") + "</w:p></w:tc>"
    table = f"<w:tbl {W}><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{text('Bestuur')}</w:p></w:tc>"
    (grid,) = reading(table + control('<w:tag w:val="organisation"/>', cell) + "</w:tr></w:tbl>").blocks
    assert isinstance(grid, Table)
    (line,) = grid.rows[0][1].blocks
    assert isinstance(line, Paragraph)
    assert line.spans == (Span("Damme", slot=True, name="organisation"),)


def test_a_control_around_other_fields_only_groups_them() -> None:
    inner = control('<w:tag w:val="naam"/><w:text/>', text("Jan"))
    frame = f"<w:sdt {W}><w:sdtPr><w:tag w:val='kader'/></w:sdtPr><w:sdtContent><w:p>{text('Naam: ')}"
    assert spans(frame + inner + "</w:p></w:sdtContent></w:sdt>") == (
        Span("Naam: "),
        Span("Jan", slot=True, name="naam"),
    )


def test_a_locked_control_is_a_label_and_no_slot() -> None:
    assert spans(p(control('<w:lock w:val="sdtContentLocked"/>', text("Naam:")))) == (Span("Naam:"),)


def test_empty_lines_of_a_control_that_was_filled_in_are_no_open_slots() -> None:
    lines = f"<w:p>{text('Geen vlees')}</w:p><w:p/><w:p/>"
    assert spans(f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{lines}</w:sdtContent></w:sdt>") == (
        Span("Geen vlees", slot=True),
    )
    empty = f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    assert spans(empty) == (Span("", slot=True),)


def test_an_untouched_older_dropdown_is_a_hint() -> None:
    data = '<w:ddList><w:listEntry w:val="ja"/><w:listEntry w:val="nee"/></w:ddList>'
    assert spans(p(legacy("FORMDROPDOWN", data))) == (Span("ja", slot=True, name="veld", placeholder=True),)


def test_a_macro_buttons_hint_is_a_hint() -> None:
    button = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MACROBUTTON NoMacro [klik hier]'
    button += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert spans(p(button)) == (Span("[klik hier]", slot=True, placeholder=True),)


def test_a_links_address_is_not_read_only_its_text() -> None:
    link = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    link += '<w:r><w:instrText> HYPERLINK "mailto:x" </w:instrText></w:r>'
    link += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + text("jan@damme.example")
    assert texts(p(link + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')) == ["jan@damme.example"]


def test_a_text_box_is_read_once() -> None:
    inside = f"<w:txbxContent><w:p>{text('Naam: Jan')}</w:p></w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData "
        f"uri='x'><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    blocks = reading(p(box)).blocks
    assert [(block.text, str(block.where)) for block in blocks] == [
        ("Naam: Jan", "bijlage form.docx, tekstvak 1")
    ]


def _drawn(left: float, text: str = "", size: float = 10.5) -> str:
    """A square of the older kind, drawn over a line, with what is typed in it."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    style = f"position:absolute;margin-left:{left}pt;width:{size}pt;height:{size}pt"
    shape = f'<v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="{style}">'
    return f"<w:r><w:pict>{shape}<v:textbox>{inside if text else ''}</v:textbox></v:rect></w:pict></w:r>"


def _in_columns(*words: str) -> str:
    return "<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{word}</w:t></w:r>" for word in words)


def test_squares_drawn_over_a_line_are_the_boxes_of_its_words() -> None:
    line = _drawn(240) + _drawn(140, "x") + _in_columns("Soep:", "tomaat", "kip")
    assert texts(p(line)) == [f"Soep:\t{TICKED} tomaat\t{UNTICKED} kip"]


@pytest.mark.parametrize(
    "shapes",
    [_drawn(140, "x"), _drawn(140, "x") + _drawn(240, "let op"), _drawn(140, "x") + _drawn(240, "y", 60)],
    ids=["fewer than words", "one holds words", "one is large"],
)
def test_what_is_drawn_over_a_line_otherwise_is_text_of_its_own(shapes: str) -> None:
    said = texts(p(shapes + _in_columns("Soep:", "tomaat", "kip")))
    assert "Soep:\ttomaat\tkip" in said
    assert "x" in said


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    change = 'w:id="1" w:author="x"'
    body = text("Aantal: ") + f"<w:del {change}><w:r><w:delText>3</w:delText></w:r></w:del>"
    assert texts(p(body + f"<w:ins {change}>{text('4')}</w:ins>")) == ["Aantal: 4"]


def test_a_deleted_row_is_gone() -> None:
    row = "<w:tr>{0}<w:tc><w:p>" + text("{1}") + "</w:p></w:tc></w:tr>"
    gone = row.format('<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>', "weg")
    (grid,) = reading(f"<w:tbl {W}>{row.format('', 'blijft')}{gone}</w:tbl>").blocks
    assert grid.text == "blijft"


@pytest.mark.parametrize(
    "marker", ['<w:highlight w:val="yellow"/>', '<w:shd w:val="clear" w:fill="FFFF00"/>']
)
def test_what_is_highlighted_says_so(marker: str) -> None:
    plain = '<w:highlight w:val="none"/><w:shd w:val="clear" w:fill="auto"/>'
    assert spans(p(text("ja", marker) + text(" / nee", plain))) == (Span("ja", marked=True), Span(" / nee"))


@pytest.mark.parametrize("line", ['<w:u w:val="single"/>', '<w:bdr w:val="single" w:sz="4"/>'])
def test_what_is_underlined_or_boxed_in_says_so(line: str) -> None:
    said = spans(p(text("ja", line) + text(" / nee", '<w:u w:val="none"/>')))
    assert said == (Span("ja", underlined=True), Span(" / nee"))


def test_what_is_bold_says_so() -> None:
    said = spans(p(text("ja", "<w:b/>") + text(" / nee", '<w:b w:val="0"/>')))
    assert said == (Span("ja", bold=True), Span(" / nee"))


def test_what_is_struck_out_says_so() -> None:
    assert spans(p(text("ja / ") + text("nee", "<w:dstrike/>"))) == (Span("ja / "), Span("nee", struck=True))
    assert spans(p(text("ja", '<w:strike w:val="0"/>'))) == (Span("ja"),)


def test_hidden_text_is_not_read() -> None:
    assert texts(p(text("zichtbaar") + text("weg", "<w:vanish/>"))) == ["zichtbaar"]


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', TICKED),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', UNTICKED),
        ('<w:r><w:sym w:font="Segoe UI Symbol" w:char="2612"/></w:r>', TICKED),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>', ""),
        (text("þ", '<w:rFonts w:ascii="Wingdings"/>'), TICKED),
        (text("o", '<w:rFonts w:ascii="Wingdings"/>'), UNTICKED),
        (text("o", '<w:rFonts w:ascii="Arial"/>'), "o"),
    ],
)
def test_ticks_of_every_font_are_one_sign(run: str, shown: str) -> None:
    assert texts(p(text("A") + run)) == ["A" + shown]


def test_letters_are_whole_and_spaces_are_plain() -> None:
    assert texts(p(text("Rene\u0301\u00a0D\u2019hondt\u00ad \u200bx"))) == ["René D\u2019hondt x"]


def test_breaks_make_lines_and_tabs_stay() -> None:
    body = text("Naam:") + "<w:r><w:tab/></w:r>" + text("Jan") + "<w:r><w:br/></w:r>" + text("Gsm: 1")
    assert texts(p(body)) == ["Naam:\tJan", "Gsm: 1"]


def test_merged_cells_keep_their_columns() -> None:
    def tc(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{text(words)}</w:p></w:tc>"

    restart, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = f"<w:tr>{tc('hoog', restart)}{tc('breed', wide)}</w:tr>"
    rows += f"<w:tr>{tc('', '<w:vMerge/>')}{tc('b')}{tc('c')}</w:tr>"
    (grid,) = reading(f"<w:tbl {W}>{rows}</w:tbl>").blocks
    assert isinstance(grid, Table)
    assert [[(c.text, c.column, c.columns, c.rows) for c in row] for row in grid.rows] == [
        [("hoog", 0, 1, 2), ("breed", 1, 2, 1)],
        [("b", 1, 1, 1), ("c", 2, 1, 1)],
    ]
    assert str(grid.rows[1][0].where) == "bijlage form.docx, tabel 1, rij 2"


def test_a_document_with_macros_says_so() -> None:
    assert reading(p(text("x")), parts={"word/vbaProject.bin": b"x"}).macros
    assert not reading(p(text("x"))).macros


def test_a_form_in_the_page_header_is_read() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Naam: Jan"
    file = io.BytesIO()
    document.save(file)
    (block,) = read(Part("f.docx", "", file.getvalue()), Location().at(Unit.ATTACHMENT, "f.docx")).blocks
    assert (block.text, str(block.where)) == ("Naam: Jan", "bijlage f.docx, koptekst, regel 1")


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    file = io.BytesIO()
    usual, strict = W.split('"')[1], "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = (
        f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Naam</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    assert usual not in body
    result = read(Part("f.docx", "", file.getvalue()), Location())
    assert (result.state, [block.text for block in result.blocks]) == (ParseStatus.READ, ["Naam"])


def _all(blocks: tuple[Block, ...]) -> list[Paragraph]:
    return [b for b in blocks if isinstance(b, Paragraph)]


def test_a_repeating_section_holds_its_own_fields() -> None:
    inner = control('<w:tag w:val="first_name"/><w:text/>', text("Jan"))
    body = f"<w:sdt {W}><w:sdtPr><w:tag w:val='personen'/></w:sdtPr><w:sdtContent><w:tbl><w:tr><w:tc><w:p>"
    body += f"{inner}</w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>"
    (grid,) = reading(body).blocks
    assert isinstance(grid, Table)
    assert _all(grid.rows[0][0].blocks)[0].spans == (Span("Jan", slot=True, name="first_name"),)


def test_a_filled_circle_among_empty_ones_is_ticked_however_the_line_is_cut() -> None:
    runs = text("○ vlees ") + "<w:r><w:rPr><w:b/></w:rPr><w:t>● veggie</w:t></w:r>"
    assert texts(p(runs)) == ["☐ vlees ☒ veggie"]
    assert texts(p(text("● een opsomming"))) == ["● een opsomming"]

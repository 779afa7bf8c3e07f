"""Documents that are locked, damaged, or made to do harm: each becomes a state, quickly."""

import io
import random
import struct
import zipfile
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.documents import MOST_BYTES, read
from mailbot.domain.document import Location, ParseStatus, Part, Table

SAMPLES = Path(__file__).parent / "samples"
ALL = sorted(path.name for path in SAMPLES.iterdir())
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def state(data: bytes, name: str = "bijlage") -> ParseStatus:
    return read(Part(name, "application/octet-stream", data), Location()).state


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def word(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{head}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


# ---------------------------------------------------------------- passwords


def test_an_encrypted_office_document_is_protected() -> None:
    data = bytearray(sample("form.doc"))
    at = data.find("WordDocument".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    data[at : at + len(name)] = name
    data[at + 64 : at + 66] = struct.pack("<H", len(name))
    assert state(bytes(data)) is ParseStatus.PROTECTED


def test_a_word_document_with_a_password_is_protected() -> None:
    data = bytearray(sample("form.doc"))
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        head = container.openstream("WordDocument").read(32)
    at = data.find(head)
    data[at + 11] |= 0x01
    assert state(bytes(data)) is ParseStatus.PROTECTED


def test_an_excel_workbook_with_a_password_is_protected() -> None:
    data = bytearray(sample("sheet.xls"))
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        stream = container.openstream("Workbook").read()
    (length,) = struct.unpack_from("<H", stream, 2)
    at = data.find(stream[:20]) + 4 + length
    data[at : at + 2] = struct.pack("<H", 0x2F)  # the record after the first becomes FILEPASS
    assert state(bytes(data)) is ParseStatus.PROTECTED


@pytest.mark.parametrize("name", ["form.odt", "sheet.ods"])
def test_an_opendocument_file_with_a_password_is_protected(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(name))) as archive:
        members: dict[str, bytes | str] = {info.filename: archive.read(info) for info in archive.infolist()}
    manifest = members["META-INF/manifest.xml"]
    assert isinstance(manifest, bytes)
    closed = b"<manifest:encryption-data/></manifest:manifest>"
    members["META-INF/manifest.xml"] = manifest.replace(b"</manifest:manifest>", closed)
    assert state(zipped(members)) is ParseStatus.PROTECTED


def test_a_zip_with_a_password_is_protected() -> None:
    data = bytearray(zipped({"inschrijving.docx": sample("form.docx")}, zipfile.ZIP_STORED))
    data[6] |= 1
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    assert state(bytes(data)) is ParseStatus.PROTECTED


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "name", [name for name in ALL if name.endswith(("docx", "xlsx", "odt", "ods", "xls"))]
)
def test_a_file_cut_in_half_is_unreadable(name: str) -> None:
    data = sample(name)
    assert state(data[: len(data) // 2]) is ParseStatus.UNREADABLE


def test_a_word_document_cut_in_half_never_shows_text_that_is_not_there() -> None:
    data = sample("form.doc")
    reading = read(Part("form.doc", "", data[: len(data) // 2]), Location())
    whole = "\n".join(block.text for block in read(Part("form.doc", "", data), Location()).blocks)
    assert reading.state is ParseStatus.UNREADABLE or all(block.text in whole for block in reading.blocks)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_change_of_bytes_makes_a_reader_raise(name: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(sample(name))
    for _ in range(chance.choice((1, 3, 20, 200))):
        at = chance.randrange(len(data))
        if chance.random() < 0.2:
            del data[at : at + chance.randrange(1, 200)]
        else:
            data[at] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        if not data:
            break
    assert isinstance(state(bytes(data), name), ParseStatus)


@pytest.mark.parametrize("name", ["form.docx", "sheet.xlsx", "form.odt", "sheet.ods"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_change_inside_a_part_makes_a_reader_raise(name: str, seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(sample(name))) as archive:
        members: dict[str, bytes | str] = {info.filename: archive.read(info) for info in archive.infolist()}
    target = chance.choice([name for name in members if name.endswith((".xml", ".rels"))])
    data = members[target]
    assert isinstance(data, bytes)
    pieces = data.split(b'"')
    for _ in range(chance.choice((1, 5, 50))):
        index = chance.randrange(len(pieces))
        pieces[index] = chance.choice((b"", b"-1", b"2000000000", b"NaN", b"1e999", pieces[index][::2]))
    members[target] = b'"'.join(pieces)
    assert isinstance(state(zipped(members), name), ParseStatus)


def test_sectors_in_a_circle_do_not_hang() -> None:
    data = bytearray(sample("sheet.xls"))
    (fat,) = struct.unpack_from("<I", data, 0x4C)
    for sector in range(120):
        struct.pack_into("<I", data, (fat + 1) * 512 + 4 * sector, sector)
    assert state(bytes(data)) is ParseStatus.UNREADABLE


# ---------------------------------------------------------------- bombs


def test_a_part_that_unpacks_to_a_gigabyte_is_too_large() -> None:
    body = b" " * (64 << 20)
    assert len(bomb := zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})) < 100_000
    assert state(bomb) is ParseStatus.TOO_LARGE


def test_a_part_that_lies_about_its_size_is_not_believed() -> None:
    data = bytearray(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * (64 << 20)}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(mark)
        data[at + offset : at + offset + 4] = struct.pack("<I", 100)
    assert state(bytes(data)) in (ParseStatus.TOO_LARGE, ParseStatus.UNREADABLE)


def test_a_zip_of_ten_thousand_members_is_too_large() -> None:
    assert state(zipped({f"{n}.txt": "" for n in range(10_000)})) is ParseStatus.TOO_LARGE


def test_entities_are_refused() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert state(word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head)) is ParseStatus.UNREADABLE


def test_a_file_is_never_fetched_through_an_entity() -> None:
    head = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert state(word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head)) is ParseStatus.UNREADABLE


def test_a_cell_that_claims_two_billion_columns_is_clamped() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>'
    reading = read(Part("x.docx", "", word(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>")), Location())
    (grid,) = reading.blocks
    assert isinstance(grid, Table)
    assert all(cell.columns <= 64 for cell in grid.rows[0])


def test_tables_in_tables_beyond_any_sense_are_too_large() -> None:
    open_table, close_table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    assert state(word(open_table * 40 + "<w:p/>" + close_table * 40)) is ParseStatus.TOO_LARGE


def test_wrappers_beyond_any_sense_are_a_state_and_no_crash() -> None:
    deep = "<w:sdt><w:sdtContent>" * 2_000 + "</w:sdtContent></w:sdt>" * 2_000
    assert state(word(deep)) in (ParseStatus.UNREADABLE, ParseStatus.TOO_LARGE)


def test_a_million_empty_paragraphs_are_too_large() -> None:
    assert state(word("<w:p/>" * 1_000_000)) is ParseStatus.TOO_LARGE


def test_rich_text_groups_beyond_any_sense_are_too_large() -> None:
    assert state(b"{\\rtf1 " + b"{" * 100_000) is ParseStatus.TOO_LARGE


def test_rich_text_of_nothing_but_marks_is_too_large() -> None:
    assert state(b"{\\rtf1 " + b"\\b" * 1_100_000 + b"}") is ParseStatus.TOO_LARGE


def test_a_rich_text_table_claiming_depth_is_too_large() -> None:
    assert state(b"{\\rtf1 \\intbl\\itap2000000000 x\\nestcell}") is ParseStatus.TOO_LARGE


def test_a_file_beyond_the_bound_is_not_opened() -> None:
    assert state(b"{\\rtf1 " + b" " * MOST_BYTES) is ParseStatus.TOO_LARGE

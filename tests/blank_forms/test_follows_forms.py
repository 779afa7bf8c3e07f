"""What a blank form and a list of ours hold, to the last element: of a form with every kind of field, with
all that an event can have and with nothing, and where a page is full."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from mailbot import blank_forms
from mailbot.blank_forms import lists
from mailbot.config.logo import read_logo
from mailbot.config.settings import Settings
from mailbot.domain.decision import EventState
from mailbot.domain.event import Event
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.registration import Status
from mailbot.workbook.layout import ALL_LISTS
from tests.blank_forms.building import INSTALLED
from tests.decision.following import parts
from tests.packages import part, told
from tests.workbook.conftest import LAYOUT, SHARED, person

HERE = Path(__file__).parent / "follows"
HELD = parts(HERE / "forms.txt")
NOW = datetime(2026, 11, 2, 9, 0, 7, tzinfo=UTC)
#: Parts that say when they were written and how openpyxl looks.
_OF_OPENPYXL = ("xl/theme/theme1.xml", "docProps/core.xml")

#: One of every kind, a long label among them, and a choice whose words XML and Excel have a use for.
EVERY_KIND = Form.model_validate(
    {
        "id": "all",
        "title": "Inschrijving <studiedag>",
        "intro": "Wij vragen & bewaren alleen wat nodig is.",
        "field": [
            {
                "key": kind.value,
                "label": f"Vraag naar {kind.value}" + " van de deelnemer" * (2 * number % 6),
                "kind": kind,
                "required": number % 5 == 0,
                **({"choices": ("=ja, graag", 'a "b" & c', "x" * 30)} if kind is FieldKind.CHOICE else {}),
            }
            for number, kind in enumerate(FieldKind)
        ],
    }
)
#: With nothing that it can be without.
BARE = Form.model_validate(
    {"id": "bare", "title": "Studiedag", "field": [{"key": "last_name", "label": "Naam"}]}
)


def _settings(folder: Path) -> Settings:
    picture = folder / "logo.png"
    Image.new("RGB", (400, 100), (47, 109, 140)).save(picture)
    return replace(INSTALLED, logo=read_logo(picture))


def _told(data: bytes, suffix: str) -> str:
    if suffix == "pdf":
        return "\n".join(_pdf(data))
    if suffix == "txt":
        assert data.count(b"\r\n") == data.count(b"\n")
        return data.decode().replace("\r\n", "\n").strip("\n")
    if suffix == "docx":
        return told(data)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        core = [line for line in part(book.read("docProps/core.xml")) if "modified" not in line]
    return "\n".join((told(data, _OF_OPENPYXL), *core))


def _pdf(data: bytes) -> Iterator[str]:
    """What is drawn on each page, the fields on it, and its structure for who cannot see it."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    for number, page in enumerate(reader.pages, start=1):
        yield f"[page {number}] {page.mediabox} {page.get('/StructParents')} {page.get('/Tabs')}"
        contents = page.get_contents()
        assert contents is not None
        yield from contents.get_data().decode("latin-1").splitlines()
        for widget in page.get("/Annots", ()):
            yield from _annotation(widget.get_object())
    catalog = reader.trailer["/Root"].get_object()
    yield "[catalog] " + "; ".join(
        f"{key[1:]} {_plain(catalog[key])}" for key in ("/Lang", "/MarkInfo", "/ViewerPreferences")
    )
    yield f"[made] {dict(sorted((reader.metadata or {}).items()))}"
    tree = catalog["/StructTreeRoot"].get_object()
    numbers = {one.idnum: place for place, one in enumerate(tree["/K"].get_object()["/K"]) if one}
    yield f"[structure] next {tree['/ParentTreeNextKey']}, {tree['/K'].get_object()['/S']}"
    for kid in tree["/K"].get_object()["/K"]:
        held = kid.get_object()
        yield f"{held['/S']} on page {_page(reader, held['/Pg'])}: {[_kid(one) for one in held['/K']]}"
    for place, one in zip(*[iter(tree["/ParentTree"].get_object()["/Nums"])] * 2, strict=True):
        many = one if isinstance(one, ArrayObject) else [one]
        yield f"{place} is {[numbers[each.get_object().indirect_reference.idnum] for each in many]}"


def _page(reader: pypdf.PdfReader, page: DictionaryObject) -> int:
    return next(n for n, one in enumerate(reader.pages, start=1) if one.get_object() == page.get_object())


def _kid(one: DictionaryObject) -> object:
    held = one.get_object()
    if not isinstance(held, DictionaryObject):
        return held
    widget = held["/Obj"].get_object()
    return f"{held['/Type']} {widget.get('/T') or widget['/Parent']['/T']} {widget['/StructParent']}"


_OF_FIELD = (
    "/T",
    "/TU",
    "/FT",
    "/Ff",
    "/V",
    "/AS",
    "/DV",
    "/Opt",
    "/MaxLen",
    "/DA",
    "/Q",
    "/Rect",
    "/F",
    "/MK",
    "/BS",
)


def _annotation(held: DictionaryObject) -> Iterator[str]:
    parent = held.get("/Parent", DictionaryObject()).get_object()
    for one in (parent, held):
        facts = [f"{key[1:]} {_plain(one[key])}" for key in _OF_FIELD if key in one]
        if facts:
            yield ("field of several: " if one is parent else "field: ") + "; ".join(facts)


def _plain(value: object) -> object:
    if isinstance(value, IndirectObject):
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        return {key: _plain(one) for key, one in sorted(value.items())}
    return [_plain(one) for one in value] if isinstance(value, ArrayObject) else value


def _forms(settings: Settings) -> Iterator[tuple[str, str]]:
    event = INSTALLED.events["kennisplatform"]
    undated = Event(id="bare", title="Studiedag over water", form="bare")
    for suffix in blank_forms.FORMATS:
        full = blank_forms.make(event, EVERY_KIND, suffix, settings, NOW)
        bare = blank_forms.make(undated, BARE, suffix, INSTALLED, NOW)
        yield f"every kind: {suffix}", _told(full, suffix)
        yield f"as little as can be: {suffix}", _told(bare, suffix)


def _lists() -> Iterator[tuple[str, str]]:
    statuses = list(Status)
    people = [
        replace(
            person(
                number, organisation="OCMW Brugge", role="=schepen", diet="vegetarisch" if number % 2 else ""
            ),
            status=status,
            replaced_by="INS-0001" if number == 4 else "",
        )
        for number, status in enumerate((*statuses, Status.REGISTERED, Status.REGISTERED), start=1)
    ]
    state = EventState("kis", tuple(people), (), (), NOW)
    for name, layout, those in (
        ("of everybody", LAYOUT, state),
        ("of one", LAYOUT, replace(state, registrations=tuple(people[:1]))),
        ("of nobody", LAYOUT, replace(state, registrations=())),
        ("of no event", SHARED, state),
    ):
        for table in lists.tables(those, layout, ALL_LISTS):
            yield (
                f"{table.name} {name}: table",
                "\n".join(map(str, (table.headers, table.widths, *table.rows))),
            )
            if name == "of everybody" or table.name == "aanwezigheidslijst":
                yield f"{table.name} {name}: docx", _document(lists.docx(table, layout))
        if name == "of everybody":
            yield f"{table.name} {name}: xlsx", told(lists.xlsx(table), _OF_OPENPYXL)


def _document(data: bytes) -> str:
    """The part of a Word document that differs from list to list."""
    text = told(data)
    return text[text.index("[word/document.xml]") : text.index("[word/styles.xml]")].strip()


def examples() -> dict[str, str]:
    """Each file, as its parts."""
    with TemporaryDirectory() as folder:
        return dict([*_forms(_settings(Path(folder))), *_lists()])


def test_what_each_form_and_list_holds() -> None:
    assert examples() == HELD

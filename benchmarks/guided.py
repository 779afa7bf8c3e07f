"""One reader at a time, fuzzed by atheris: what reached code that nothing reached before is mangled on.

    python -m pip install --requirement requirements/fuzz.txt
    python -m benchmarks.guided TARGET [--seconds N] [--folder FOLDER] [--keep FOLDER]

begins with the files of the tests, and with those under FOLDER that TARGET reads. A file that is a
zip is mangled inside, one part at a time: outside, its checksums would hide everything. Prints how
many tries there were in N seconds of work and every way in which it raised, once; exits 1 where
anything did. What took longer than ten of them, or two gigabytes, counts as raised. A reader of documents
may raise ``Unreadable``, and its libraries what they like; mailbot's own lines may raise nothing else.
With ``--keep`` the inputs that reached new code, and those that raised (``raised-...``), stay there.
"""

from __future__ import annotations

import argparse
import copy
import io
import os
import random
import re
import resource
import signal
import struct
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import atheris
import pikepdf
from lxml import etree
from olefile import OleFileIO

_WATCHED = [
    f"mailbot.{room}"
    for room in ("documents", "extraction", "intent", "message", "pipeline", "text", "workbook", "xlsx")
]
with atheris.instrument_imports(include=_WATCHED):
    from mailbot import blank_forms, documents, message, workbook
    from mailbot.config.settings import Settings
    from mailbot.documents.content import Unreadable
    from mailbot.domain.case import Case, CaseKind, Choice
    from mailbot.domain.document import (
        Block,
        Cell,
        Location,
        Paragraph,
        ParsedDocument,
        ParseStatus,
        Span,
        Table,
        Unit,
    )
    from mailbot.message import assemble, mime, outlook, tnef
    from mailbot.pipeline.interpret import understand
    from mailbot.pipeline.limits import bounded_message, bounded_reading
    from mailbot.sandbox import protocol
    from mailbot.workbook import event_sheet
    from mailbot.xlsx.workbook import Workbook

    for _reader in documents._READERS.values():
        import_module(f"mailbot.documents.{_reader}")
    from benchmarks.strangers import configured
    from tests.extraction.blocks import line
    from tests.fuzz.hostile import LETTERS, SEEDS
    from tests.message.ole import compound
    from tests.message.test_outlook import RTF, attribute, message_streams, stored, wide
    from tests.workbook.conftest import NOW, Desk, person

Run = Callable[[bytes], object]
Mangle = Callable[[bytes, random.Random], bytes]

_OWN = frozenset({"inschrijvingen@vereniging.example"})
_SLOW = 10  # seconds of work
_MEMORY = 2 << 30  # bytes of address space beyond what there is at the start
_MOST = 400_000  # bytes of an input
_ODD = [
    "", "-1", "0", "1", "x", "A0", "A1:XFD1048576", "ZZZZ9", "B2:A1", "1048577", "99999999999", "9" * 5000,
    "nan", "1e400", "²", "٣", "_x0000_", "_xD800_", "#REF!", "\u202e", "☒", "a" * 9000, "true", "General",
    '[$-x]"', "yyyy", "rId1", "../x", "/xl/workbook.xml", "&#0;", "\t", "\n", " ",
]  # fmt: skip
_PIECES = [
    "Naam: ", "Voornaam: ", "Gemeente/OCMW: ", "E-mail: ", "Ik neem deel: ", "ja", "neen", "☒", "☐", "\n",
    "\t", ": ", ", ", " en ", "- ", "> ", "a@damme.example", "0478 12 34 56", "Damme", "OCMW ", "INS-0001",
    "3/12/2026", "3 december", "ik schrijf mij in", "ik kom niet", "in plaats van ", "annuleer ", "ik",
    "=?utf-8?q?=C3=A9?=", "\nContent-Type: text/html\n", "\nContent-Transfer-Encoding: base64\n", "\n\n",
    "multipart/mixed; boundary=x", "\n--x\n", "message/rfc822", "Op ma 1 dec schreef Jan:", "Van: ", "<td>",
    "<table>", "<tr>", "<br>", "<blockquote>", "<input type=checkbox checked>", "colspan=99", "&nbsp;",
    "{\\rtf1", "\\par ", "\\cell ", "\\row ", "\\trowd", "\\cellx99", "\\intbl ", "\\u233?", "\\'e9", "{\\*",
    "\\field{\\*\\fldinst FORMTEXT}", "}", "\\bin9", "\x00", "\ufeff", "\xa0", "\u200b", '"', ";", "sep=;\n",
]  # fmt: skip

_PAGE = (
    "<p>Naam: <b>Peeters</b><br>Voornaam: <s>Jan</s></p><table><tr><th>Naam<th>E-mail<tr><td colspan=2>x"
    "</table><input type=checkbox checked name=a><select><option selected>ja</select><div id=divRplyFwdMsg>"
    "<blockquote type=cite>Van: Jan</blockquote>"
)


@dataclass(frozen=True)
class Target:
    """What is fuzzed: ``run`` takes an input, ``seeds`` are the first, ``mangle`` makes the next (None:
    as atheris does it); files ending in ``suffixes`` are more seeds."""

    run: Run
    seeds: list[bytes]
    suffixes: tuple[str, ...]
    mangle: Mangle | None = None


def main() -> None:
    """Fuzzes one target until its time is over; prints tries and findings."""
    with tempfile.TemporaryDirectory() as folder:
        targets = dict(_targets(configured(Path(folder))))
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    arguments.add_argument("target", choices=sorted(targets))
    arguments.add_argument("--seconds", type=float, default=300)
    arguments.add_argument("--folder", type=Path, help="more files to begin with")
    arguments.add_argument("--keep", type=Path, help="where inputs stay")
    given = arguments.parse_args()
    target, corpus = targets[given.target], given.keep or Path(tempfile.mkdtemp())
    corpus.mkdir(parents=True, exist_ok=True)
    files = sorted(given.folder.rglob("*")) if given.folder else []
    more = [p.read_bytes() for p in files if p.suffix in target.suffixes and p.stat().st_size < _MOST]
    for number, seed in enumerate([*target.seeds, *more]):
        (corpus / f"seed-{number}").write_bytes(seed)
    watch = _Watch(given.target, target, corpus, time.process_time() + given.seconds)
    mutator = {"custom_mutator": watch.mangled} if target.mangle else {}
    flags = [
        f"-max_len={_MOST}",
        "-timeout=3600",
        "-rss_limit_mb=0",
        "-detect_leaks=0",
        "-reload=0",
        f"-artifact_prefix={corpus}/",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], watch, **mutator)
    atheris.Fuzz()


class _Watch:
    """Runs each input, notes what raised, and ends the process when the time is over."""

    def __init__(self, name: str, target: Target, corpus: Path, end: float) -> None:
        self._name, self._target, self._corpus, self._end = name, target, corpus, end
        self._tries = 0
        self._found: dict[str, str] = {}
        signal.signal(signal.SIGPROF, _too_slow)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, resource.RLIM_INFINITY))

    def __call__(self, data: bytes) -> None:
        """One input."""
        self._tries += 1
        signal.setitimer(signal.ITIMER_PROF, _SLOW)
        try:
            self._target.run(data)
        except (Exception, _TooSlow) as error:
            self._note(error, data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if time.process_time() > self._end:
            self._report()

    def mangled(self, data: bytes, most: int, seed: int) -> bytes:
        """The next input, made from one that reached something."""
        assert self._target.mangle
        return self._target.mangle(data, random.Random(seed))[:most]

    def _note(self, error: BaseException, data: bytes) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno} {place.name}"
        if what not in self._found:
            self._found[what] = traceback.format_exc()
            (self._corpus / f"raised-{self._name}-{len(self._found)}").write_bytes(data)
            print(f"--- {what}\n{self._found[what]}", flush=True)

    def _report(self) -> None:
        print(f"{self._name}: {self._tries} tries, raised in {len(self._found)} ways", flush=True)
        os._exit(bool(self._found))  # libFuzzer would take any other end for a crash


class _TooSlow(BaseException):
    """Not to be caught by what catches every exception."""


def _too_slow(*_: object) -> None:
    raise _TooSlow


# ---------------------------------------------------------------- what is fuzzed


def _targets(settings: Settings) -> Iterator[tuple[str, Target]]:
    made = {
        kind: [blank_forms.make(e, settings.form_of(e), kind, settings) for e in settings.events.values()]
        for kind in blank_forms.FORMATS
    }
    for kind, seeds, mangle in (
        ("docx", [SEEDS["form.docx"], *made["docx"]], _zip_mangled),
        ("odt", [SEEDS["form.odt"]], _zip_mangled),
        ("ods", [SEEDS["sheet.ods"]], _zip_mangled),
        ("xlsx", [SEEDS["sheet.xlsx"], *made["xlsx"]], _zip_mangled),
        ("zip", [_zipped({f"a/{name}": data for name, data in SEEDS.items()})], None),
        ("doc", [SEEDS["form.doc"]], None),
        ("xls", [SEEDS["sheet.xls"]], None),
        ("rtf", [SEEDS["form.rtf"]], _words_mangled),
        ("pdf", [_unpacked(data) for data in made["pdf"]], None),
        ("csv", [SEEDS["sheet.csv"]], _words_mangled),
        ("txt", made["txt"], _words_mangled),
        ("html", [_PAGE.encode()], _words_mangled),
    ):
        yield kind, Target(_document(kind), seeds, (f".{kind}",), mangle)

    def mail(data: bytes) -> object:
        return bounded_message(assemble(mime.content(data), _OWN, "mx"))

    def letter(data: bytes) -> object:
        read = bounded_message(message.parse(data, _OWN, "mx"))
        return understand(read, (), settings, frozenset(), NOW)

    def blocks(data: bytes) -> object:
        some = bounded_reading(ParsedDocument("a.docx", ParseStatus.READ, _blocks(data)))
        return understand(None, (some,), settings, frozenset(), NOW)

    typed = "\n".join(f"{field.label}: [{field.key}]" for field in next(iter(settings.forms.values())).fields)
    listed = "Naam\tVoornaam\tGemeente/OCMW\tE-mail\nPeeters\tJan\tDamme\tjan@damme.example\n"
    yield "mail", Target(mail, LETTERS, (".eml",), _words_mangled)
    yield "letter", Target(letter, LETTERS, (".eml",), _words_mangled)
    yield "blocks", Target(blocks, [typed.encode(), listed.encode(), *made["txt"]], (), _words_mangled)
    inside = "__attach_version1.0_#00000000/__substg1.0_"
    sent = {**message_streams(), f"{inside}3707001F": wide("a.docx"), f"{inside}37010102": b"PK"}
    nested = message_streams(f"{inside}3701000D/") | {"__substg1.0_10090102": stored(RTF)}
    yield "msg", Target(_outlook_file, [compound(sent), compound(message_streams() | nested)], (".msg",))
    yield "tnef", Target(tnef.contents, [_winmail()], (".tnef", ".dat"))
    yield "workbook", Target(*_workbook(), (".xlsx",), _zip_mangled)
    yield "event_sheet", Target(*_event_sheet(settings), (".xlsx",), _zip_mangled)


def _document(kind: str) -> Run:
    read = import_module(f"mailbot.documents.{kind}").read
    own = str(Path(documents.__file__).parents[1])  # mailbot's own lines

    def run(data: bytes) -> object:
        try:
            content = read(data, Location())
        except (Unreadable, MemoryError):
            return None
        except Exception as error:
            if own in traceback.extract_tb(error.__traceback__)[-1].filename:
                raise
            return None
        reading = ParsedDocument(kind, ParseStatus.READ, content.blocks, content.children)
        assert protocol.load(protocol.dump(reading)) == reading
        return bounded_reading(reading)

    return run


def _outlook_file(data: bytes) -> object:
    try:
        with OleFileIO(data) as ole:
            return assemble(outlook._Storage(ole, (), 0).content(), _OWN)
    except Exception as error:
        if not any("olefile" in frame.filename for frame in traceback.extract_tb(error.__traceback__)):
            raise
        return None


def _workbook() -> tuple[Run, list[bytes]]:
    """A workbook that came back from her: read, her edits told apart, and written again."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.add(person(1), person(2), person(3, remarks="glutenvrij"))
        desk.cases = (Case(CaseKind.QUESTION, "Jan", "kan het later?", (Choice.DONE,), NOW, "kis", id=7),)
        desk.round()
        written, base = desk.path.read_bytes(), workbook.Base.from_json(1, desk.bases[1])
    state = replace(desk.state, registrations=(*desk.state.registrations, person(4)))

    def run(data: bytes) -> object:
        workbook.number_of(data)
        found = workbook.read(data, desk.layout, base)
        if workbook.accident(base, found):
            return None
        workbook.taken(base, found, workbook.merge(base, found, desk.layout))
        try:
            made = workbook.write(state, desk.layout, found, base)
            return made and made.data(2)
        except workbook.DamagedError:
            return None

    return run, [written]


def _event_sheet(settings: Settings) -> tuple[Run, list[bytes]]:
    """``bijeenkomsten.xlsx``: what she typed put into the event files, and drawn again."""
    events = dict(settings.events)
    texts = {e.id: f'id = "{e.id}"\ntitle = "{e.title}"\nform = "{e.form}"\n' for e in events.values()}
    first = Workbook.new()
    base = event_sheet.draw(first, events, event_sheet.SheetPlan({}, {}, {}))

    def run(data: bytes) -> object:
        try:
            book = Workbook.open(data)
            plan = event_sheet.plan(book, base, texts, frozenset(settings.forms), frozenset())
            event_sheet.draw(book, events, plan)
            return book.data()
        except workbook.DamagedError:
            return None

    return run, [first.data()]


def _blocks(data: bytes) -> tuple[Block, ...]:
    """Text as the blocks of a document: a line is a paragraph, lines with tabs are rows of a table,
    and what stands between brackets was typed into a field."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for number, text in enumerate([*data.decode("utf-8", "replace").split("\n"), ""]):
        cells = text.split("\t")
        if len(cells) > 1:
            rows.append(
                tuple(
                    Cell((_line(one, number),), Location().at(Unit.ROW, number), column=at)
                    for at, one in enumerate(cells)
                )
            )
            continue
        if rows:
            blocks.append(Table(tuple(rows), Location().at(Unit.TABLE, number)))
            rows = []
        blocks.append(_line(text, number))
    return tuple(blocks)


def _line(text: str, number: int) -> Paragraph:
    pieces = enumerate(re.split(r"[\[\]]", text))
    return line(tuple(Span(piece, slot=bool(at % 2)) for at, piece in pieces), number)


def _winmail() -> bytes:
    named = struct.pack("<IHHII", 1, 0x001E, 0x3707, 1, 14) + b"formulier.doc\0\0\0"
    packed = stored(RTF)
    body = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(packed)) + packed + b"\0" * (-len(packed) % 4)
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00069003, body)
        + attribute(2, 0x00069002, b"\0" * 14)
        + attribute(2, 0x0006800F, b"inhoud")
        + attribute(2, 0x00069005, named)
    )


# ---------------------------------------------------------------- how it is mangled


def _words_mangled(data: bytes, rng: random.Random) -> bytes:
    """Text with words in it that mean something here, put in or in place of others; now and then
    as atheris mangles bytes."""
    if rng.random() < 0.3:
        return bytes(atheris.Mutate(data, _MOST))
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(out) + 1), rng.choice((0, 0, 1, 8, 60))
        start = rng.randrange(len(out) + 1)
        again = bytes(out[start : start + rng.randint(1, 80)]) * rng.choice((1, 1, 2, 200))
        out[at : at + length] = rng.choice((rng.choice(_PIECES).encode(), rng.choice(_ODD).encode(), again))
    return bytes(out)


def _zip_mangled(data: bytes, rng: random.Random) -> bytes:
    """The zip with one of its parts mangled, as the XML that it is or, now and then, as bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:
        return bytes(atheris.Mutate(data, _MOST))
    if not parts or rng.random() < 0.02:
        return bytes(atheris.Mutate(data, _MOST))
    name = rng.choice(sorted(parts))
    if rng.random() < 0.03:
        del parts[name]
    elif rng.random() < 0.1:
        parts[name] = bytes(atheris.Mutate(parts[name], _MOST))
    else:
        parts[name] = _xml_mangled(parts[name], rng)
    return _zipped(parts)


def _xml_mangled(data: bytes, rng: random.Random) -> bytes:
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return bytes(atheris.Mutate(data, _MOST))
    for _ in range(rng.randint(1, 3)):
        _change_one(root, rng)
    return bytes(etree.tostring(root))


def _change_one(root: etree._Element, rng: random.Random) -> None:
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    one, other = rng.choice(elements), rng.choice(elements)
    parent = one.getparent()
    match rng.randrange(8):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            for _ in range(rng.choice((1, 2, 30))):
                parent.append(copy.deepcopy(one))
        case 2:
            other.append(copy.deepcopy(one))
        case 3 if one.attrib:
            del one.attrib[rng.choice(sorted(one.attrib))]
        case 4:
            one.text = _legal(rng.choice((*_ODD, *_PIECES, other.text or "")))
        case 5:
            one.tag = other.tag
        case _:
            named = one if one.attrib else other
            if named.attrib:
                value = rng.choice((*_ODD, *(other.attrib.values() or [""])))
                named.set(rng.choice(sorted(named.attrib)), _legal(value))


def _legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f]", "", text)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _unpacked(data: bytes) -> bytes:
    """A PDF whose streams are not compressed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return out.getvalue()


if __name__ == "__main__":
    main()

r"""Rich Text Format (1.9.1): a tokenizer, and the few marks that decide what a reader sees.

Groups in braces carry their own properties; a destination that is not known is skipped where
``\*`` says that it may be.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from mailbot.documents.content import BlockBudget, Content, TooLarge
from mailbot.documents.form_field import WordFormField
from mailbot.documents.look import PLAIN, Look
from mailbot.documents.story import CellShape, Story
from mailbot.domain.document import Block, Location, Span, Unit
from mailbot.text.characters import is_picture_font, pictures, uniform

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
_DEEPEST_GROUP = 1_000
_MOST_TOKENS = 1_000_000  # some ten seconds; a form has ten thousand

_SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SKIPPED = frozenset(
    """colortbl stylesheet info pict footnote annotation listtable listoverridetable listtext pntext
    pntxta pntxtb nonesttables shprslt revtbl rsidtbl generator datastore themedata latentstyles
    xmlnstbl mmathPr objdata objclass objname bkmkstart bkmkend atnid atnauthor atnref atrfstart
    atrfend sp private tc xe nextfile template userprops filetbl background ud ftnsep ftnsepc
    aftnsep aftnsepc txe rxe panose falt blipuid picprop wgrffmtfilter""".split()  # noqa: SIM905  a list of words
)
_ENTERED = frozenset(("fldinst", "formfield", "shpinst", "nesttableprops", "ffname", "ffl", "ffdeftext"))
_FURNITURE = {
    name + side: place
    for name, place in (("header", Unit.HEADER), ("footer", Unit.FOOTER))
    for side in ("", "l", "r", "f")
}
_CODE_PAGES = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 238: "cp1250", 2: "latin-1",
}  # fmt: skip


def read(data: bytes, where: Location) -> Content:
    """The blocks of the text, each text box behind the paragraph that it is anchored in, then page headers
    and footers, each once.

    Raises ``TooLarge`` for groups beyond any sense; damage gives what can be read.
    """
    reader = _Reader()
    reader.run(data.decode("latin-1"))
    blocks: list[Block] = reader.main.blocks(where)
    seen: set[str] = set()
    for place, story in reader.others:
        found = story.blocks(where.at(place))
        text = "\n".join(block.text for block in found)
        if text not in seen:
            blocks += found
            seen.add(text)
    return Content(tuple(blocks))


_PLAIN_CELL = CellShape(0)
_LINES = frozenset({"ul", "uld", "uldb", "ulw", "ulth", "chbrdr", "ulnone"})


@dataclass(slots=True)
class _Group:
    """Properties that end with the group."""

    to: str = "text"  # where its words go: text, skip, or a field's or font's data
    font: int = 0
    look: Look = PLAIN
    hidden: bool = False
    unicode_skip: int = 1
    field: WordFormField | None = None
    field_start: int = 0
    owns_field: bool = False
    owns_story: bool = False


@dataclass(slots=True)
class _Open:
    """A story in hand: its paragraph so far and how deep in tables it stands."""

    story: Story
    spans: list[Span] = field(default_factory=list)
    depth: int = 0
    heading: bool = False
    shapes: list[CellShape] = field(default_factory=list)
    shape: CellShape = _PLAIN_CELL
    cell_depth: int = 1


class _Reader:
    def __init__(self) -> None:
        self._budget = BlockBudget()
        self.main = Story(self._budget)
        self.others: list[tuple[Unit, Story]] = []
        self._open = [_Open(self.main)]
        self._groups = [_Group()]
        self._fonts: dict[int, str] = {}
        self._charsets: dict[int, int] = {}
        self._code_page = "cp1252"
        self._bytes = bytearray()
        self._skip = 0  # characters that stand in for a Unicode one
        self._star = False
        self._boxes = 0

    def run(self, text: str) -> None:
        position = tokens = 0
        while position < len(text):
            tokens += 1
            if tokens > _MOST_TOKENS:
                raise TooLarge("too many marks")
            token = _TOKEN.match(text, position)
            if token is None:
                position += 1
                continue
            position = token.end()
            word, number, code, sign, brace, words = token.groups()
            if code is not None:
                self._byte(int(code, 16))
            elif words is not None:
                self._words(words)
            elif word == "bin":
                self._flush()
                position += max(0, int(number or 0))
            else:
                self._mark(word, int(number) if number else None, sign, brace)
        self._flush()
        self._paragraph()

    def _byte(self, code: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(code)

    def _mark(self, word: str | None, number: int | None, sign: str | None, brace: str | None) -> None:
        self._flush()
        if brace == "{":
            self._begin()
        elif brace == "}":
            self._end()
        elif word is not None:
            self._word(word, number)
            self._star = False
        elif sign is not None:
            self._sign(sign)

    # ------------------------------------------------ groups

    def _begin(self) -> None:
        if len(self._groups) >= _DEEPEST_GROUP:
            raise TooLarge("groups in groups")
        self._groups.append(replace(self._groups[-1], owns_field=False, owns_story=False))
        self._skip = 0
        self._star = False

    def _end(self) -> None:
        if len(self._groups) < 2:
            return
        group = self._groups.pop()
        self._skip = 0
        if group.owns_field and group.field:
            spans = self._open[-1].spans
            start = min(group.field_start, len(spans))
            typed = spans[start:]
            del spans[start:]
            spans += group.field.spans(typed)
        if group.owns_story:
            self._paragraph()
            self._open.pop()

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        if word in _SKIPPED or (self._star and word not in _ENTERED):
            group.to = "skip"
        elif group.to == "skip":
            pass
        elif word in _FURNITURE:
            self._new_story(_FURNITURE[word])
        elif word == "shptxt":
            self._boxes += 1
            anchor = self._open[-1].story
            anchor.box(self._begin_story(), self._boxes)
        elif word == "fonttbl":
            group.to = "font"
        elif not (
            self._field_word(word, number, group)
            or self._font_word(word, number, group)
            or self._character_word(word, number, group)
        ):
            here = self._open[-1]
            if not self._paragraph_word(word, number, here):
                _table_word(word, number, here)

    def _field_word(self, word: str, number: int | None, group: _Group) -> bool:
        """A mark of a form field of Word, its instruction and its result."""
        if word == "field":
            start = len(self._open[-1].spans)
            group.field, group.owns_field, group.field_start = WordFormField(), True, start
        elif word in ("fldinst", "ffname", "ffl", "ffdeftext"):
            group.to = word
            if word == "ffl" and group.field:
                group.field.items.append("")
        elif word == "fldrslt":
            group.to = "text"
        elif word in ("formfield", "shpinst", "nesttableprops"):
            group.to = "data" if word == "formfield" else group.to
        elif group.field and word == "ffres":
            group.field.result = number or 0
        elif group.field and word == "ffdefres":
            group.field.default = number or 0
        else:
            return False
        return True

    def _new_story(self, unit: Unit) -> None:
        self.others.append((unit, self._begin_story()))

    def _begin_story(self) -> Story:
        """A story of its own until the group ends."""
        story = Story(self._budget)
        self._open.append(_Open(story))
        group = self._groups[-1]
        group.to, group.owns_story, group.field = "text", True, None
        return story

    # ------------------------------------------------ properties

    def _font_word(self, word: str, number: int | None, group: _Group) -> bool:
        """Which font, and with it which code page, the bytes are in."""
        if word == "f":
            group.font = number or 0
        elif word == "fcharset":
            self._charsets[group.font] = number or 0
        elif word == "ansicpg":
            self._code_page = _known(f"cp{number}")
        elif word == "mac":
            self._code_page = "mac-roman"
        else:
            return False
        return True

    def _character_word(self, word: str, number: int | None, group: _Group) -> bool:
        if word in ("strike", "striked"):
            group.look = replace(group.look, struck=number != 0)
        elif word in ("v", "deleted"):
            group.hidden = number != 0
        elif word == "highlight":
            group.look = replace(group.look, marked=number not in (None, 0, 8))  # none, white
        elif word in _LINES:
            group.look = replace(group.look, underlined=number != 0 and word != "ulnone")
        elif word == "b":
            group.look = replace(group.look, bold=number != 0)
        elif word == "plain":
            group.look, group.hidden = PLAIN, False
        elif word == "uc":
            group.unicode_skip = min(max(number or 0, 0), 10)
        elif word == "u":
            self._say(chr((number or 0) % 65_536), group)
            self._skip = group.unicode_skip
        elif word in _SIGNS:
            self._say(_SIGNS[word], group)
        else:
            return False
        return True

    def _paragraph_word(self, word: str, number: int | None, here: _Open) -> bool:
        if word in ("par", "sect", "page", "column"):
            self._paragraph()
        elif word == "pard":
            here.depth, here.heading = 0, False
        elif word == "intbl":
            here.depth = max(here.depth, 1)
        elif word == "itap":
            here.depth = min(max(number or 0, 0), 50)
        elif word == "outlinelevel":
            here.heading = True
        else:
            return False
        return True

    # ------------------------------------------------ text

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif sign in "\\{}":
            self._words(sign)
        elif sign in "~_":
            self._words(" " if sign == "~" else "-")
        elif sign in "\r\n":
            self._paragraph()

    def _words(self, words: str) -> None:
        if self._skip:
            skipped = min(self._skip, len(words))
            self._skip -= skipped
            words = words[skipped:]
        self._bytes += words.encode("latin-1")

    def _flush(self) -> None:
        if not self._bytes:
            return
        group = self._groups[-1]
        charset = self._charsets.get(group.font, 0)
        encoding = self._code_page if charset in (0, 1) else _known(_CODE_PAGES.get(charset, self._code_page))
        self._say(self._bytes.decode(encoding, "replace"), group)
        self._bytes.clear()

    def _say(self, text: str, group: _Group) -> None:
        if group.to == "text":
            if not group.hidden:
                self._show(text, group)
        elif group.to == "font":
            name = text.rstrip(";").strip()
            if name:
                self._fonts.setdefault(group.font, name)
        elif group.field is not None:
            _add_fact(group.field, group.to, text)

    def _show(self, text: str, group: _Group) -> None:
        font = self._fonts.get(group.font, "")
        spans = self._open[-1].spans
        shown = pictures(font, text) if is_picture_font(font) else text
        # Halves of one character beyond U+FFFF come as two: joined before they are tidied.
        if spans and _is_first_half(spans[-1].text):
            shown = _joined(spans.pop().text + shown)
        spans.append(group.look.span(shown if _is_first_half(shown) else uniform(shown)))

    def _paragraph(self) -> None:
        here = self._open[-1]
        if here.spans:
            here.story.paragraph(here.spans, here.depth, here.heading)
            here.spans = []


def _add_fact(field: WordFormField, kind: str, text: str) -> None:
    """Adds a piece of text to what a field says of itself, by the word that announced it."""
    if kind == "fldinst":
        field.instruction += text
    elif kind == "ffname":
        field.name += text
    elif kind == "ffl" and field.items:
        field.items[-1] += text
    elif kind == "ffdeftext":
        field.default_text += text


def _is_first_half(text: str) -> bool:
    """Whether a text ends in the first half of a character beyond U+FFFF."""
    return "\ud800" <= text[-1:] <= "\udbff"


def _joined(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


def _table_word(word: str, number: int | None, here: _Open) -> None:
    """Ends a cell or a row, or says how the cells of the next row are shaped."""
    if word in ("cell", "nestcell"):
        here.cell_depth = max(here.depth, 2) if word == "nestcell" else 1
        here.story.cell(here.spans, here.cell_depth)
        here.spans = []
    elif word in ("row", "nestrow"):
        here.story.row(here.shapes, max(here.cell_depth, 2) if word == "nestrow" else 1)
    elif word == "trowd":
        here.shapes, here.shape = [], _PLAIN_CELL
    elif word == "cellx":
        if len(here.shapes) < 64:
            here.shapes.append(replace(here.shape, right=number or 0))
        here.shape = _PLAIN_CELL
    elif word == "clmrg":
        here.shape = replace(here.shape, joins_left=True)
    elif word == "clvmrg":
        here.shape = replace(here.shape, joins_above=True)
    elif word == "clvmgf":
        here.shape = replace(here.shape, starts_down=True)

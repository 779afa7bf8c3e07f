"""Forms composed from random factors and drawn by real programs, for `benchmarks.drawn` to read.

    python -m benchmarks.unseen FOLDER [--seed N] [--count N] [--words first|second|third|fourth]
    python -m benchmarks.drawn --folder FOLDER

A family is one draw of layout, wording, surroundings, container and ways to say yes, with a blank and two
filled copies. Its words stand in ``unseen_words.toml`` and were written without a look at the reader's. The
layouts of ``second`` are others than those of ``first``: what was mended with the first in sight is measured
on the second. Nothing that is drawn is kept.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import random
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

_WORDS = tomllib.loads(Path(__file__).with_name("unseen_words.toml").read_text(encoding="utf-8"))
_SAID = _WORDS["said"]
#: Which kind each question is of, as `benchmarks.drawn` names them.
_KINDS = {
    "full_name": "full_name", "first_name": "first_name", "last_name": "last_name", "email": "email",
    "phone": "phone", "organisation": "organisation", "role": "text", "birth_date": "birth_date",
    "address": "address", "attends": "yes_no", "lunch": "yes_no", "photo": "yes_no", "diet": "text",
    "remarks": "text", "persons": "number", "class": "text", "shirt": "choice", "session": "choice",
    "transport": "choice", "iban": "iban", "plate": "licence_plate", "emergency": "text", "po": "text",
}  # fmt: skip
#: What each sort of organisation asks besides a name and how to reach somebody.
_ASKS = {
    "school": ("class", "birth_date", "photo", "diet", "emergency", "lunch"),
    "club": ("birth_date", "address", "shirt", "iban", "persons", "attends", "transport"),
    "conference": ("organisation", "role", "session", "lunch", "diet", "po", "plate"),
    "administration": ("organisation", "address", "attends", "lunch", "transport", "remarks", "persons"),
}

#: Words with how they look: b(old), u(nderlined), s(truck), h(ighlighted).
Run = tuple[str, str]
Runs = list[Run]
#: A heading, a line, or a table of cells.
Block = str | Runs | list[list[Runs]]


@dataclass
class Asked:
    """One question as a form prints it: ``printed`` its words there, ``answer`` what stands at it."""

    key: str
    label: str
    printed: str
    kind: str
    choices: tuple[str, ...] = ()
    answer: Runs = field(default_factory=list)
    chosen: str = ""
    options: tuple[str, ...] = ()


@dataclass
class Plan:
    """The factors of a family."""

    name: str
    language: str
    sort: str
    layout: str
    style: str
    around: str
    container: str
    several: bool
    chance: random.Random
    around_words: dict[str, Any]
    rule: str
    sign: str
    bold_labels: bool
    over_rules: bool = False


# ---------------------------------------------------------------- ways to say which


def _marked(look: str, apart: str) -> Callable[[Sequence[str], str], Runs]:
    def draw(options: Sequence[str], chosen: str) -> Runs:
        runs: Runs = []
        for n, option in enumerate(options):
            runs += [(apart, "")] * bool(n)
            gone = bool(chosen) and (option == chosen) != (look == "s")
            runs.append((option, look if gone else ""))
        return runs

    return draw


def _boxed(
    off: str, on: str, *, behind: bool = False, apart: str = "    "
) -> Callable[[Sequence[str], str], Runs]:
    def draw(options: Sequence[str], chosen: str) -> Runs:
        pairs = ((option, on if option == chosen else off) for option in options)
        return [(apart.join(f"{o} {box}" if behind else f"{box} {o}" for o, box in pairs), "")]

    return draw


def _both(options: Sequence[str], chosen: str) -> Runs:
    """A box that was typed over, and an option crossed out where there are two."""
    if len(options) == 2 and chosen:
        return [*_marked("s", " / ")(options, chosen)]
    return _boxed("☐", "x")(options, chosen)


def _typed(options: Sequence[str], chosen: str) -> Runs:
    return [(chosen, "")] if chosen else []


STYLES: dict[str, dict[str, Callable[[Sequence[str], str], Runs]]] = {
    "first": {
        "word": _typed, "boxes": _boxed("☐", "☒"), "boxes behind": _boxed("☐", "☒", behind=True),
        "brackets": _boxed("( )", "(x)"), "struck": _marked("s", " / "), "underlined": _marked("u", " / "),
        "bold": _marked("b", " / "), "marked": _marked("h", " - "), "letters": _boxed("O", "X"),
        "below each other": _boxed("□", "■", apart="\n"),
    },
    "second": {
        "word": _typed, "circles": _boxed("○", "●"), "square brackets": _boxed("[  ]", "[X]"),
        "brackets behind": _boxed("(   )", "( x )", behind=True), "bold": _marked("b", "   "),
        "struck": _marked("s", "\n"), "checked": _boxed("❑", "✓"), "lines": _boxed("___", "_x_"),
        "boxes behind": _boxed("□", "☑", behind=True, apart=", "), "marked": _marked("h", "\n"),
    },
    "third": {
        "word": _typed, "boxes": _boxed("☐", "☒"), "struck": _marked("s", " / "), "bold": _marked("b", " / "),
    },
    "fourth": {
        "typed over": _boxed("☐", "x"), "both": _both, "brackets": _boxed("[ ]", "[x]", apart="  "),
        "boxes": _boxed("☐", "☒", apart="  "), "v": _boxed("☐", "v", apart="   "),
    },
}  # fmt: skip


# ---------------------------------------------------------------- layouts of one person


def _label(one: Asked, plan: Plan, sign: str | None = None) -> Run:
    words = one.printed
    end = plan.sign if sign is None else sign
    return (
        words + ("" if words.endswith("?") and end.strip() == ":" else end),
        "b" if plan.bold_labels else "",
    )


def _room(one: Asked, plan: Plan) -> Runs:
    """What stands at a question: its answer, or room for one."""
    rest = plan.rule[: len(plan.rule) // 2] if plan.over_rules and not one.options else ""
    return [*one.answer, (rest, "")] if one.answer else [(plan.rule, "")]


def _lines(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[_label(one, plan), (" ", ""), *_room(one, plan)] for one in asked]


def _over_dots(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[_label(one, plan), (" ....", ""), *one.answer, ("." * 20, "")] for one in asked]


def _beside(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[[[_label(one, plan, "")], one.answer] for one in asked]]


def _beside_with_hints(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[[[(f"{n}", "")], [_label(one, plan, "")], one.answer] for n, one in enumerate(asked, 1)]]


def _pairs(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    cells = [[[_label(one, plan)], one.answer] for one in asked]
    cells += [[[], []]] * (len(cells) % 2)
    return [[[*cells[n], *cells[n + 1]] for n in range(0, len(cells), 2)]]


def _below(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    rows: list[list[Runs]] = []
    for n in range(0, len(asked), 3):
        three = [*asked[n : n + 3]]
        rows += [[[_label(one, plan, "")] for one in three], [one.answer for one in three]]
        for row in rows[-2:]:
            row += [[] for _ in range(3 - len(three))]
    return [rows]


def _below_lines(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [line for one in asked for line in ([_label(one, plan)], _room(one, plan))]


def _captions(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [line for one in asked for line in (one.answer or [("_" * 40, "")], [(f"({one.printed})", "")])]


def _two_a_line(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    for n in range(0, len(asked), 2):
        runs: Runs = []
        for one in asked[n : n + 2]:
            runs += [("\t", "")] * bool(runs) + [_label(one, plan), (" ", ""), *_room(one, plan)]
        blocks.append(runs)
    return blocks


def _in_the_cell(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    cells: list[Runs] = [[_label(one, plan), ("\n", ""), *one.answer] for one in asked]
    cells += [[]] * (len(cells) % 2)
    return [[cells[n : n + 2] for n in range(0, len(cells), 2)]]


def _bullets(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[("• ", ""), _label(one, plan, ""), (" – ", ""), *_room(one, plan)] for one in asked]


def _numbered(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [
        [(f"{n}. ", ""), _label(one, plan), (" ", ""), *_room(one, plan)] for n, one in enumerate(asked, 1)
    ]


def _spaced(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[_label(one, plan, ""), ("\t", ""), *_room(one, plan)] for one in asked]


def _one_row_each(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """A table of one cell a row, by turns a label and its answer."""
    return [[[cell] for one in asked for cell in ([_label(one, plan, "")], one.answer)]]


def _with_remarks(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """A column for the office behind each answer."""
    return [
        [[[("", "")], [("✎", "")], [("OK", "")]], *([[_label(one, plan)], one.answer, []] for one in asked)]
    ]


def _grid_of_pairs_below(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """Two questions a row, each with its answer below in the same table."""
    rows: list[list[Runs]] = []
    for n in range(0, len(asked), 2):
        two = [*asked[n : n + 2]]
        heads: list[Runs] = [[_label(one, plan)] for one in two]
        told: list[Runs] = [one.answer for one in two]
        rows += [heads + [[]] * (2 - len(two)), told + [[]] * (2 - len(two))]
    return [rows]


def _in_sections(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """A table with headings over its width, and below it where the invoice goes, with the same labels."""
    heads = plan.around_words["about"]
    rows: list[list[Runs]] = []
    for n, one in enumerate(asked):
        if n % 3 == 0:
            rows.append([[(heads[(n // 3) % len(heads)], "b")]])
        rows.append([[_label(one, plan, "")], one.answer])
    rows.append([[(plan.around_words["invoice"], "b")]])
    again = [one for one in asked if one.key in ("email", "phone", "organisation", "address")]
    filled = any(one.chosen for one in asked)
    bill = {"email": "facturen@elders.example", "phone": "02 555 66 77", "organisation": "Boekhouding nv"}
    rows += [
        [[_label(one, plan, "")], [(bill.get(one.key, "Elders 9, 1000 Brussel"), "")] * filled]
        for one in again
    ]
    return [rows]


def _colon_column(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    return [[[[_label(one, plan, "")], [(":", "")], one.answer] for one in asked]]


def _hint_below(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """A hint on a line of its own below each label, in its cell."""
    hint = plan.around_words["hint"]
    return [[[[_label(one, plan, ""), ("\n", ""), (hint, "")], one.answer] for one in asked]]


def _in_fields(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """Each answer in a content control, which shows its hint where nobody answered."""
    hint = plan.around_words["type_here"]
    return [
        [
            _label(one, plan),
            (" ", ""),
            *(
                one.answer
                if one.choices or one.kind == "yes_no"
                else [(one.chosen or hint, "field" if one.chosen else "hint")]
            ),
        ]
        for one in asked
    ]


def _two_blocks(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """Two cells beside each other, each with lines of its own."""
    half = (len(asked) + 1) // 2
    cells: list[Runs] = []
    for part in (asked[:half], asked[half:]):
        runs: Runs = []
        for one in part:
            runs += [("\n", "")] * bool(runs) + [_label(one, plan), (" ", ""), *one.answer]
        cells.append(runs)
    return [[cells]]


def _options_in_cells(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """Options each in a cell of its own, with an x below or beside the one that is meant."""
    blocks: list[Block] = [[[[_label(one, plan, "")], one.answer] for one in asked if not one.options]]
    for one in asked:
        if one.options:
            head: list[Runs] = [[_label(one, plan, "")], *([(option, "")] for option in one.options)]
            marks: list[Runs] = [[], *([("X", "")] if option == one.chosen else [] for option in one.options)]
            blocks += [[head, marks]]
    return blocks


def _statements(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """What is agreed to is ticked before its words; the rest are lines."""
    lines = _lines([one for one in asked if one.kind != "yes_no"], plan)
    yes = plan.around_words["yes_no"][0]
    ticks = [
        [("☒ " if one.chosen == yes else "☐ ", ""), (one.printed, "")]
        for one in asked
        if one.kind == "yes_no"
    ]
    return [*lines, *ticks]


def _listed_options(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """Each option is a line with a box, below its question."""
    blocks: list[Block] = []
    for one in asked:
        if not one.options:
            blocks += _lines([one], plan)
            continue
        blocks.append([_label(one, plan)])
        blocks += [
            [("☒" if option == one.chosen else "☐", ""), (f"\t{option}", "")] for option in one.options
        ]
    return blocks


def _letters_in_boxes(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """The number of an account a sign a box; everything else beside its label."""
    blocks: list[Block] = []
    for one in asked:
        if one.key in ("iban", "plate", "birth_date"):
            signs: list[Runs] = [[(sign, "")] for sign in one.chosen.replace(" ", "")] or [
                [] for _ in range(10)
            ]
            blocks += [[_label(one, plan)], [signs]]
        else:
            blocks += [[[[_label(one, plan, "")], one.answer]]]
    return blocks


def _mixed(asked: Sequence[Asked], plan: Plan) -> list[Block]:
    """A form in parts, each with a heading and a layout of its own."""
    chance = random.Random(plan.name)  # the same for the blank and its copies
    count = chance.choice([2, 3])
    size = -(-len(asked) // count)
    blocks: list[Block] = []
    for n, heading in zip(range(0, len(asked), size), plan.around_words["about"], strict=False):
        layouts = [one for known in ("first", "second", "third") for one in LAYOUTS[known].values()]
        signs = chance.choice(["", f"{chr(65 + n // size)}. ", f"{n // size + 1}. "])
        blocks += [[(signs + heading, "b")], *chance.choice(layouts)(asked[n : n + size], plan)]
    return blocks


LAYOUTS: dict[str, dict[str, Callable[[Sequence[Asked], Plan], list[Block]]]] = {
    "first": {
        "lines": _lines, "over dots": _over_dots, "beside": _beside, "pairs": _pairs, "below": _below,
        "below lines": _below_lines, "captions": _captions, "two a line": _two_a_line,
        "in the cell": _in_the_cell,
    },
    "second": {
        "bullets": _bullets, "numbered": _numbered, "spaced": _spaced, "one row each": _one_row_each,
        "hints": _beside_with_hints, "remarks": _with_remarks, "two below": _grid_of_pairs_below,
        "lines": _lines, "in the cell": _in_the_cell,
    },
    "third": {
        "sections": _in_sections, "colon column": _colon_column, "hint below": _hint_below,
        "fields": _in_fields,
        "two blocks": _two_blocks, "options in cells": _options_in_cells, "statements": _statements,
        "listed options": _listed_options, "letter boxes": _letters_in_boxes,
    },
    "fourth": {"mixed": _mixed},
}  # fmt: skip


# ---------------------------------------------------------------- layouts of several people


def _rows(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    head: list[Runs] = [[_label(one, plan, "")] for one in people[0]]
    spare: list[list[Runs]] = [[[] for _ in head] for _ in range(2)]
    return [[head, *([one.answer for one in person] for person in people), *spare]]


def _numbered_rows(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    head: list[Runs] = [[("", "")], *([_label(one, plan, "")] for one in people[0])]
    rows = [[[(str(n), "")], *(one.answer for one in person)] for n, person in enumerate(people, 1)]
    spare = [[[(str(n), "")], *([] for _ in head[1:])] for n in range(len(people) + 1, len(people) + 3)]
    return [[head, *rows, *spare]]


def _columns(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    who = plan.around_words["person"]
    head: list[Runs] = [[], *([(f"{who} {n}", "b")] for n in range(1, len(people) + 1))]
    asked = zip(*people, strict=True)
    return [[head, *([[_label(same[0], plan, "")], *(one.answer for one in same)] for same in asked)]]


def _blocks(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    for n, person in enumerate(people, 1):
        blocks.append([(f"{plan.around_words['person']} {n}", "b")])
        blocks += _lines(person, plan)
    return blocks


def _tables(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    for n, person in enumerate(people, 1):
        blocks.append([(f"{plan.around_words['person']} {n}", "b")])
        blocks += _beside(person, plan)
    return blocks


def _rows_with_options(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    """A person a row; each option has a column below its question, with an x."""
    head: list[Runs] = []
    below: list[Runs] = []
    for one in people[0]:
        head += [[_label(one, plan, "")], *([] for _ in one.options[1:])]
        below += [[(option, "")] for option in one.options] or [[]]
    rows: list[list[Runs]] = []
    for person in people:
        row: list[Runs] = []
        for one in person:
            row += [[("x", "")] if option == one.chosen else [] for option in one.options] or [one.answer]
        rows.append(row)
    return [[head, below, *rows, [[] for _ in below]]]


def _rows_below_a_group(people: Sequence[Sequence[Asked]], plan: Plan) -> list[Block]:
    """A person a row, with a row over the width before the labels and one between the people."""
    head: list[Runs] = [[_label(one, plan, "")] for one in people[0]]
    rows = [[one.answer for one in person] for person in people]
    return [[[[(plan.around_words["list"], "b")]], head, rows[0], *rows[1:], [[] for _ in head]]]


SEVERAL: dict[str, dict[str, Callable[[Sequence[Sequence[Asked]], Plan], list[Block]]]] = {
    "first": {"rows": _rows, "columns": _columns, "blocks": _blocks},
    "second": {"numbered rows": _numbered_rows, "tables": _tables, "columns": _columns},
    "third": {"option columns": _rows_with_options, "group": _rows_below_a_group},
    "fourth": {"columns": _columns, "option columns": _rows_with_options, "blocks": _blocks},
}


# ---------------------------------------------------------------- a document


def _around(plan: Plan, body: list[Block]) -> list[Block]:
    """The form with what stands around it."""
    words, chance = plan.around_words, plan.chance
    what = chance.choice(words["what"])
    title = chance.choice(words["titles"]).format(what=what)
    above: list[Block] = []
    below: list[Block] = []
    if plan.around in ("letterhead", "all"):
        above += [[(line, "")] for line in words["head"]]
    if plan.around in ("letter", "all"):
        above += [[(line.format(what=what), "")] for line in words["letter"]]
    if plan.around in ("office", "all"):
        below += [[(line, "b" if not n else "")] for n, line in enumerate(words["office"])]
    if plan.around in ("send", "all", "letterhead"):
        below += [[(words["send"], "")]]
    if plan.around in ("signed", "letter", "all"):
        below += [[(f"{word}: ", "")] for word in words["sign"]]
    if plan.around != "nothing":
        below += [[(words["privacy"], "")]]
    return [*above, title, *body, *below]


def _person(plan: Plan, questions: Sequence[Asked], words: str, *, filled: bool) -> list[Asked]:
    chance = plan.chance
    given, family = chance.choice(_SAID["given"]), chance.choice(_SAID["family"])
    mail = f"{given}.{family}".lower().replace(" ", "").replace("ü", "u") + "@post.example"
    said = {
        "full_name": f"{given} {family}", "first_name": given, "last_name": family, "email": mail,
        "phone": chance.choice(["0470 12 34 56", "09 223 45 67", "+32 475 98 76 54", "0498/11.22.33"]),
        "organisation": chance.choice(_SAID["bodies"]), "role": chance.choice(_SAID["roles"]),
        "birth_date": f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(1960, 2015)}",
        "address": chance.choice(_SAID["streets"]) + ", " + chance.choice(_SAID["towns"]),
        "diet": chance.choice(_SAID["diets"]),
        "remarks": chance.choice(_SAID["remarks"]), "persons": str(chance.randint(1, 6)),
        "class": f"{chance.randint(1, 6)}{chance.choice('ABC')}", "iban": "BE68 5390 0754 7034",
        "plate": "1-ABC-234", "emergency": chance.choice(_SAID["given"]) + " 0471 00 11 22",
        "po": f"PO-{chance.randint(1000, 9999)}",
    }  # fmt: skip
    result = []
    for one in questions:
        own = Asked(one.key, one.label, one.printed, one.kind, one.choices)
        options = tuple(plan.around_words["yes_no"]) if one.kind == "yes_no" else one.choices
        own.options = options
        skip = one.key in ("diet", "remarks", "po", "plate", "lunch", "role") and chance.random() < 0.2
        if filled and not skip:
            own.chosen = chance.choice(options) if options else said[one.key]
        own.answer = (
            STYLES[words][plan.style](options, own.chosen)
            if options
            else [(own.chosen, "")] * bool(own.chosen)
        )
        result.append(own)
    return result


def _questions(plan: Plan, words: str) -> list[Asked]:
    chance = plan.chance
    own = _WORDS[chance.choice(["first", "second"]) if words in ("third", "fourth") else words][plan.language]
    names = chance.choice([("full_name",), ("last_name", "first_name"), ("first_name", "last_name")])
    reach = ("email", "phone") if not plan.several else chance.choice([("email",), (), ("phone",)])
    rest = chance.sample(_ASKS[plan.sort], chance.randint(2, 3) if plan.several else chance.randint(3, 5))
    if plan.several:
        rest = [key for key in rest if key not in ("persons", "session", "remarks", "transport")]
    last = () if plan.several or "remarks" in rest else chance.choice([("remarks",), ()])
    asked: dict[str, Asked] = {}
    for key in (*names, *reach, *rest, *last):
        label = chance.choice(own[key])
        printed = chance.choice([label] * 5 + [f"{label} *", label.upper(), f"{label} (a.u.b.)"])
        offered = _WORDS["choices" if words != "fourth" else "priced"][plan.language]
        choices = tuple(offered.get(key, ()))
        if all(label != one.label for one in asked.values()):
            asked[key] = Asked(key, label, printed, _KINDS[key], choices)
    return list(asked.values())


def _plan(n: int, seed: int, words: str) -> Plan:
    chance = random.Random(f"{seed}/{n}/{words}")
    language = chance.choice(["nl", "nl", "fr", "en", "de"])
    several = chance.random() < 0.3
    container = chance.choice(CONTAINERS)
    layouts = SEVERAL[words] if several else LAYOUTS[words]
    layout = chance.choice([*layouts])
    style = chance.choice([*STYLES[words]])
    if layout == "fields":
        container = chance.choice(["docx", "docx", "odt", "doc"])
    if container in ("xlsx", "ods") and style == "marked":  # a cell of Excel has no marker for a word
        style = "struck"
    if container == "plain.eml":
        style = chance.choice(
            [name for name in STYLES[words] if name not in ("bold", "struck", "underlined", "marked")]
        )
    return Plan(
        name=f"{words}-{seed}-{n:03}", language=language, sort=chance.choice([*_ASKS]),
        layout=layout, style=style,
        around=chance.choice(["nothing", "letterhead", "letter", "office", "send", "signed", "all"]),
        container=container, several=several, chance=chance, around_words=_WORDS["around"][language],
        rule=chance.choice(["", "." * 30, "_" * 30]), sign=chance.choice([":", ":", " :", "", "?:"[1:]]),
        bold_labels=chance.random() < 0.3, over_rules=words == "fourth",
    )  # fmt: skip


# ---------------------------------------------------------------- programs


def _docx(blocks: Iterable[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_heading(block, 1)
        elif block and isinstance(block[0], list):
            table = document.add_table(0, max(map(len, block)))
            table.style = "Table Grid"
            for row in block:
                cells = table.add_row().cells
                if len(row) == 1 < len(cells):
                    cells = [cells[0].merge(cells[-1])]
                for cell, runs in zip(cells, row, strict=False):
                    _put(cell.paragraphs[0], runs)
        else:
            _put(document.add_paragraph(), block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _put(paragraph: Any, runs: Any) -> None:
    for text, look in runs:
        if look in ("field", "hint"):
            paragraph._p.append(_field(text, is_hint=look == "hint"))
            continue
        run = paragraph.add_run(text)
        run.bold, run.underline = look == "b" or None, look == "u" or None
        run.font.strike = look == "s" or None
        if look == "h":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _field(text: str, *, is_hint: bool) -> Any:
    """A content control of Word."""
    shown = "<w:showingPlcHdr/>" if is_hint else ""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{shown}<w:text/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )


def _xlsx(blocks: Iterable[Block]) -> bytes:
    """A line is a row, its label and answer beside each other."""
    workbook = Workbook()
    sheet = workbook.active
    row = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 2
            continue
        rows: Any = block if block and isinstance(block[0], list) else [_cells_of(block)]
        for cells in rows:
            for column, runs in enumerate(cells, 1):
                if any(text for text, _ in runs):
                    sheet.cell(row, column, _rich(runs))
            row += 1
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cells_of(runs: Any) -> list[Runs]:
    """A line cut into cells: at tabs, and behind its label."""
    cells: list[Runs] = [[]]
    for text, look in runs:
        if text in ("\t", " "):
            cells.append([])
        elif text.strip("._"):
            cells[-1].append((text.strip("._") if set(text) <= set("._ ") else text, look))
    return cells


def _rich(runs: Any) -> Any:
    fonts = {"b": InlineFont(b=True), "u": InlineFont(u="single"), "s": InlineFont(strike=True)}
    if all(look not in fonts for _, look in runs):
        return "".join(text for text, _ in runs)
    return CellRichText(
        *(TextBlock(fonts[look], text) if look in fonts else text for text, look in runs if text)
    )


def _html(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<h2>{html.escape(block)}</h2>")
        elif block and isinstance(block[0], list):
            rows: Any = block
            cells = ("".join(f"<td>{_markup(cell)}</td>" for cell in row) for row in rows)
            parts.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
        else:
            parts.append(f"<p>{_markup(block)}</p>")
    return "<html><body>" + "\n".join(parts) + "</body></html>"


def _markup(runs: Any) -> str:
    tags = {"b": "b", "u": "u", "s": "s", "h": "mark"}
    said = (
        (html.escape(text).replace("\n", "<br>").replace("\t", "&nbsp; &nbsp; "), look) for text, look in runs
    )
    return "".join(f"<{tags[look]}>{text}</{tags[look]}>" if look and text else text for text, look in said)


def _text(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"{block}\n")
        elif block and isinstance(block[0], list):
            rows: Any = block
            parts += [
                "\t".join("".join(text for text, _ in cell).replace("\n", " ") for cell in row)
                for row in rows
            ]
        else:
            lines: Any = block
            parts.append("".join(text for text, _ in lines))
    return "\n".join(parts)


def _mail(text: str, kind: str) -> bytes:
    head = (
        "From: An Maes <an.maes@elders.example>\r\nTo: inschrijvingen@vereniging.example\r\n"
        "Subject: inschrijving\r\n"
        "Date: Mon, 16 Nov 2026 10:00:00 +0100\r\nMessage-ID: <o1@elders.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + text.replace("\n", "\r\n").encode()


_DRAW: dict[str, Callable[[list[Block]], bytes]] = {
    "docx": _docx, "xlsx": _xlsx,
    "html.eml": lambda blocks: _mail(_html(blocks), "html"),
    "plain.eml": lambda blocks: _mail(_text(blocks), "plain"),
}  # fmt: skip
#: What LibreOffice makes of which.
_SAVED_AS = {"doc": "docx", "odt": "docx", "pdf": "docx", "rtf": "docx", "ods": "xlsx", "xls": "xlsx"}
CONTAINERS = (
    "docx",
    "docx",
    "docx",
    "pdf",
    "pdf",
    "odt",
    "doc",
    "rtf",
    "xlsx",
    "xlsx",
    "ods",
    "html.eml",
    "plain.eml",
)


def draw(folder: Path, seed: int, count: int, words: str) -> None:
    """Draws so many families below a folder."""
    waiting: dict[str, list[tuple[Path, bytes]]] = {}
    for n in range(count):
        plan = _plan(n, seed, words)
        questions = _questions(plan, words)
        target = folder / plan.name
        target.mkdir(parents=True)
        files: list[dict[str, Any]] = []
        for copy in ("blank", "filled-1", "filled-2"):
            people, blocks = _drawn(plan, questions, words, filled=copy != "blank")
            path = f"{copy}.{plan.container}"
            made = _DRAW[_SAVED_AS.get(plan.container, plan.container)](blocks)
            if plan.container in _SAVED_AS:
                waiting.setdefault(plan.container, []).append((target / path, made))
            else:
                (target / path).write_bytes(made)
            told = [{one.key: one.chosen for one in person if one.chosen} for person in people]
            files.append(
                {
                    "path": path,
                    "blank": copy == "blank",
                    "people": told if copy != "blank" else [],
                    "shared": {},
                }
            )
        asked = [
            {
                "id": one.key,
                "label": one.label,
                "kind": one.kind,
                "asked": "person",
                **({"choices": one.choices} if one.choices else {}),
            }
            for one in questions
        ]
        facts = {
            "layout": plan.name, "kind": plan.sort, "lang": plan.language, "questions": asked, "files": files,
            "factors": {"layout": plan.layout, "style": plan.style, "around": plan.around},
        }  # fmt: skip
        (target / "expected.json").write_text(
            json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    for suffix, made in waiting.items():
        _save_as(folder, suffix, made)


def _drawn(
    plan: Plan, questions: Sequence[Asked], words: str, *, filled: bool
) -> tuple[list[list[Asked]], list[Block]]:
    count = plan.chance.randint(2, 3) if plan.several else 1
    people = [_person(plan, questions, words, filled=filled) for _ in range(count)]
    body = (
        SEVERAL[words][plan.layout](people, plan)
        if plan.several
        else LAYOUTS[words][plan.layout](people[0], plan)
    )
    return people, _around(plan, body)


def _save_as(folder: Path, suffix: str, made: Sequence[tuple[Path, bytes]]) -> None:
    """Has LibreOffice save documents in another format, all in one run."""
    source, result = folder / ".source", folder / ".result"
    source.mkdir()
    for n, (_, data) in enumerate(made):
        (source / f"{n}.{_SAVED_AS[suffix]}").write_bytes(data)
    profile = f"-env:UserInstallation=file://{(folder / '.profile').absolute()}"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(result)]
    subprocess.run(
        [*command, *map(str, sorted(source.iterdir()))], check=True, capture_output=True, timeout=900
    )
    for n, (target, _) in enumerate(made):
        (result / f"{n}.{suffix}").replace(target)
    shutil.rmtree(source)
    shutil.rmtree(result)


def main() -> None:
    """Draws."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=60)
    options.add_argument("--words", choices=("first", "second", "third", "fourth"), default="first")
    given = options.parse_args()
    draw(given.folder, given.seed, given.count, given.words)


if __name__ == "__main__":
    main()

"""Scans and photos of filled-in forms, drawn, printed and spoilt here: layouts × ways to lose quality.

    python -m benchmarks.pictures [--show] [--only PART] [--keep FOLDER]

Each layout is drawn as an HTML page, printed to PDF by LibreOffice, rendered, and then turned, blurred,
shaded, photographed at a slant or sent by fax. The table says, per layout and per way, how many answers were
right, wrong (with a doubt: what is read from a picture always has one), missing, and how many people were
invented.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.forms import CONFIG
from mailbot.config.loader import load
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox
from mailbot.text.normalize import letters

Truth = Mapping[str, str | bool]

_PEOPLE: Sequence[Truth] = (
    {"last_name": "Vandecasteele", "first_name": "Hilde", "role": "schepen",
     "organisation": "Gemeente Oostkamp",
     "email": "hilde.vandecasteele@oostkamp.example", "phone": "0478 12 34 56", "attends": True},
    {"last_name": "De Backer", "first_name": "Joris", "role": "algemeen directeur",
     "organisation": "Stad Damme",
     "email": "j.debacker@damme.example", "phone": "050 31 72 09", "attends": False},
    {"last_name": "Nyssens", "first_name": "Anne-Marie", "role": "raadslid", "organisation": "OCMW Torhout",
     "email": "annemarie.nyssens@torhout.example", "phone": "+32 496 70 18 85", "attends": True},
    {"last_name": "Goethals", "first_name": "Wim", "role": "diensthoofd ruimte",
     "organisation": "Stad Brugge",
     "email": "wim.goethals@brugge.example", "phone": "050/44 80 11", "attends": True},
)  # fmt: skip
_LABELS = {
    "last_name": "Naam", "first_name": "Voornaam", "role": "Functie", "organisation": "Gemeente/OCMW",
    "email": "E-mail", "phone": "Telefoon/gsm",
}  # fmt: skip
_TITLE = "<h2>Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken</h2>"
_STYLE = "<style>body{font-family:%s;font-size:11pt} td,th{padding:%s;vertical-align:top} table{%s}</style>"
_RULED = "border-collapse:collapse"
_BOX = {True: "☒", False: "☐"}


def _page(body: str, font: str = "Liberation Sans", padding: str = "3px", table: str = _RULED) -> str:
    return f"<html><meta charset=utf-8>{_STYLE % (font, padding, table)}<body>{_TITLE}{body}</body></html>"


def _lines(people: Sequence[Truth]) -> str:
    (one,) = people
    rows = "".join(f"<p>{label}: {one[key]}</p>" for key, label in _LABELS.items())
    return _page(
        f"{rows}<p>Ik neem deel: {_BOX[one['attends'] is True]} ja &nbsp; {_BOX[not one['attends']]} nee</p>"
    )


def _leaders(people: Sequence[Truth]) -> str:
    (one,) = people
    rows = "".join(f"<p>{label} : ....{one[key]}.............</p>" for key, label in _LABELS.items())
    ticks = (
        f"( {'X' if one['attends'] else '&nbsp;'} ) ja &nbsp; ( {'&nbsp;' if one['attends'] else 'X'} ) nee"
    )
    return _page(f"{rows}<p>Ik neem deel : {ticks}</p>", "Liberation Serif")


def _two_columns(people: Sequence[Truth]) -> str:
    (one,) = people
    rows = "".join(f"<tr><td>{label}</td><td>{one[key]}</td></tr>" for key, label in _LABELS.items())
    ticks = f"{_BOX[one['attends'] is True]} ja {_BOX[not one['attends']]} nee"
    rows += f"<tr><td>Ik neem deel</td><td>{ticks}</td></tr>"
    return _page(f"<table border=1 width=620>{rows}</table>")


def _list(people: Sequence[Truth], widths: Sequence[int], size: float) -> str:
    cell = f'style="font-size:{size}pt"'  # the table's own is no cell's, to LibreOffice
    head = "".join(
        f"<td width={w} {cell}><b>{label}</b></td>"
        for w, label in zip(widths, [*_LABELS.values(), "Ik neem deel"], strict=False)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td {cell}>{one[key]}</td>" for key in _LABELS)
        + (f"<td {cell}>{'ja' if one['attends'] else 'nee'}</td></tr>" if "attends" in one else "</tr>")
        for one in people
    )
    table = f"<table border=1 width={sum(widths)}>"
    return _page(f"{table}<tr>{head}</tr>{rows}</table>", padding="2px")


def _wide_list(people: Sequence[Truth]) -> str:
    return _list(people, (90, 70, 80, 90, 130, 80), 6.5)


def _narrow_list(people: Sequence[Truth]) -> str:
    broken = [{**one, "email": f"{one['email'][:14]}<br>{one['email'][14:]}"} for one in map(dict, people)]
    return _list(broken, (70, 60, 65, 70, 95, 60, 45), 7.5)


_LAYOUTS: Mapping[str, tuple[Callable[[Sequence[Truth]], str], Sequence[Sequence[Truth]]]] = {
    "lines": (_lines, [_PEOPLE[:1], _PEOPLE[1:2]]),
    "dots": (_leaders, [_PEOPLE[2:3], _PEOPLE[1:2]]),
    "table": (_two_columns, [_PEOPLE[:1], _PEOPLE[3:4]]),
    "list": (_wide_list, [[{key: one[key] for key in _LABELS} for one in _PEOPLE]]),
    "narrow list": (_narrow_list, [_PEOPLE]),
}


def _clean(page: Any, random: np.random.Generator) -> Any:
    return page


def _turned(page: Any, random: np.random.Generator) -> Any:
    high, wide = page.shape[:2]
    turn = cv2.getRotationMatrix2D(
        (wide / 2, high / 2), float(random.choice([-1, 1]) * random.uniform(1.2, 2.5)), 1
    )
    return cv2.warpAffine(page, turn, (wide, high), borderValue=(255, 255, 255))


def _noisy(page: Any, random: np.random.Generator) -> Any:
    blurred = cv2.GaussianBlur(page, (5, 5), 1.1).astype(np.float32)
    noisy = np.clip(blurred + random.normal(0, 14, page.shape), 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 35])[1], cv2.IMREAD_COLOR)


def _pale(page: Any, random: np.random.Generator) -> Any:
    pale = 215 - (255 - page.astype(np.float32)) * 0.3
    return np.clip(pale + random.normal(0, 4, page.shape), 0, 255).astype(np.uint8)


def _fax(page: Any, random: np.random.Generator) -> Any:
    small = cv2.resize(page, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA)
    return cv2.threshold(small, 165, 255, cv2.THRESH_BINARY)[1]


def _photo(page: Any, random: np.random.Generator) -> Any:
    high, wide = page.shape[:2]
    desk = np.full((high + 400, wide + 400, 3), (70, 85, 95), np.uint8)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    put = corners + 200 + random.uniform(-70, 70, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, put)
    seen = cv2.warpPerspective(page, matrix, (wide + 400, high + 400))
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, (wide + 400, high + 400))
    desk[mask > 0] = seen[mask > 0]
    shade = np.linspace(0.55, 1.0, desk.shape[1], dtype=np.float32)[None, :, None]
    shaded = cv2.GaussianBlur((desk * shade).astype(np.uint8), (5, 5), 1.0)
    return cv2.imdecode(cv2.imencode(".jpg", shaded, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], cv2.IMREAD_COLOR)


_WAYS: Mapping[str, Callable[[Any, np.random.Generator], Any]] = {
    "clean": _clean, "turned": _turned, "noisy": _noisy, "pale": _pale, "fax": _fax, "photo": _photo,
}  # fmt: skip


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--show", action="store_true", help="print what was not read right")
    options.add_argument("--only", default="", help="only the layouts and ways that this pattern finds")
    options.add_argument("--keep", type=Path, help="a folder for the pictures")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        pages = _rendered(folder)
        (folder / "mailbot.toml").write_text(CONFIG, encoding="utf-8")
        settings = load(folder / "mailbot.toml")
        settings = replace(settings, forms={"kennisplatform": settings.forms["kennisplatform"]})
        total: dict[str, Counter[str]] = defaultdict(Counter)
        random = np.random.default_rng(7)
        now = datetime(2026, 11, 16, 9, tzinfo=UTC)
        with Sandbox() as sandbox:
            for name, (page, people) in pages.items():
                for way, spoil in _WAYS.items():
                    picture = spoil(page, random)
                    if not re.search(given.only, f"{name} {way}"):
                        continue
                    data = cv2.imencode(".png", picture)[1].tobytes()
                    (folder / f"{name} {way}.png").write_bytes(data)
                    message, readings = read_file(f"{way}.png", data, sandbox, settings)
                    read = understand(message, readings, settings, frozenset(), now)
                    found = [{k: a.value for k, a in p.answers.items()} for p in read.people]
                    counts = _compared(people, found, f"{name}, {way}" if given.show else "")
                    total[name[:-2]] += counts
                    total[f"* {way}"] += counts
    _print(total)


def _rendered(folder: Path) -> dict[str, tuple[Any, Sequence[Truth]]]:
    import pypdfium2

    wanted = {
        f"{name} {n}": (draw(people), people)
        for name, (draw, sets) in _LAYOUTS.items()
        for n, people in enumerate(sets)
    }
    for name, (text, _) in wanted.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    home = f"-env:UserInstallation=file://{folder.resolve()}/office"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--infilter=HTML (StarWriter)",
        "--outdir",
        str(folder),
    ]
    subprocess.run(
        [*command, *(str(folder / f"{name}.html") for name in wanted)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    pages = {}
    for name, (_, people) in wanted.items():
        picture = pypdfium2.PdfDocument(folder / f"{name}.pdf")[0].render(scale=200 / 72).to_numpy()
        pages[name] = (np.ascontiguousarray(picture[:, :, :3]), people)
    return pages


def _compared(people: Sequence[Truth], found: Sequence[Mapping[str, Any]], told: str) -> Counter[str]:
    """Counts of the answers; people are paired by their place."""
    counts: Counter[str] = Counter(invented=max(0, len(found) - len(people)))
    for n, truth in enumerate(people):
        read = found[n] if n < len(found) else {}
        for key, meant in truth.items():
            value = read.get(key)
            kind = "missing" if value is None else "right" if _is_same(key, meant, value) else "wrong"
            counts[kind] += 1
            if told and kind != "right":
                print(f"{told}: {n} {key}: {value!r} for {meant!r}")
    return counts


def _is_same(key: str, meant: object, value: object) -> bool:
    if isinstance(meant, bool) or isinstance(value, bool):
        return meant is value
    if key == "phone":
        return [c for c in str(meant) if c.isdigit()] == [c for c in str(value) if c.isdigit()]
    exact = str(meant).casefold() == str(value).casefold() if key == "email" else False
    return exact or (key != "email" and letters(str(meant)) == letters(str(value)))


def _print(total: Mapping[str, Counter[str]]) -> None:
    table = Table(title="Pictures of forms")
    kinds = ("right", "wrong", "missing", "invented")
    for heading in ("layout, or * way", *kinds):
        table.add_column(heading)
    everything: Counter[str] = Counter()
    for name, counts in sorted(total.items(), key=lambda one: one[0].startswith("*")):
        table.add_row(name, *(str(counts[kind]) for kind in kinds))
        everything += counts if not name.startswith("*") else Counter()
    table.add_section()
    table.add_row("all", *(str(everything[kind]) for kind in kinds))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()

"""Draws the pictures of docs/handleiding-secretariaat.md from the demo: python -m scripts.handbook_pictures

The demo's mails are handled, a decision is typed in the workbook and handled, and LibreOffice prints both
states and one mail; so the pictures show what mailbot does today. Needs soffice on the path.
"""

from __future__ import annotations

import email
import email.policy
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook
from PIL import Image, ImageChops

from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.demo import installation, servers
from mailbot.service.worker import Worker
from mailbot.storage import Store

TARGET = Path(__file__).parent.parent / "docs" / "afbeeldingen"
#: Picture → the state of the workbook, words that stand on its page, and the share of the page it shows.
PAGES = {
    "deelnemers": ("voor", "INS-0001", 0.45),
    "te-behandelen": ("voor", "Nr van het geval", 0.6),
    "voorbeelden": ("voor", "Wat er vertrekt als u beslist", 0.8),
    "beslist": ("na", "Nr van het geval", 0.6),
    "berichten": ("bericht", "Nr van het bericht", 0.8),
    "overzicht": ("na", "Vrije plaatsen", 1.0),
}
_SCALE, _WIDEST, _COLOURS, _MARGIN = 2.0, 1100, 48, 12


def main() -> int:
    """Draws them all; gives the exit status."""
    if not shutil.which("soffice"):
        sys.stderr.write("soffice is not on the path: install LibreOffice\n")
        return 1
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        states, mail = _play(folder)
        printed = {state: _print(path, folder) for state, path in states.items()}
        for picture, (state, words, share) in PAGES.items():
            _save(picture, _page(printed[state], words), share)
        _save("antwoord", _page(_print(mail, folder), ""), 1.0, 560)
    return 0


def _play(folder: Path) -> tuple[dict[str, Path], Path]:
    """The workbook before and after a decision, and the mail that the decision sent."""
    now = datetime.now(UTC)
    with servers.running(installation.ACCOUNT) as post:
        settings = load(installation.write(folder, post, now))
        post.deliver(installation.mails(now, settings.zone))
        _cycle(settings)
        book = settings.workbook_dir / "kennisplatform.xlsx"
        before = shutil.copy(book, folder / "voor.xlsx")
        sent = len(post.sent)
        _decide(book)
        _cycle(settings)
        after = shutil.copy(book, folder / "na.xlsx")
        _write_to_many(book)
        _cycle(settings)
        mailing = shutil.copy(book, folder / "bericht.xlsx")
        answer = email.message_from_bytes(post.sent[sent], policy=email.policy.default)
    assert isinstance(answer, EmailMessage)
    body = answer.get_body(("html",))
    assert body is not None
    page = folder / "antwoord.html"
    page.write_text(str(body.get_content()), encoding="utf-8")
    return {"voor": Path(before), "na": Path(after), "bericht": Path(mailing)}, page


def _cycle(settings: Settings) -> None:
    with (
        Store(settings.store_url) as store,
        Worker(settings, store, lambda: datetime.now(UTC), lambda: False) as worker,
    ):
        worker.cycle(immediate=True)


def _decide(path: Path) -> None:
    """Accepts who came too late, with a word for them."""
    book = load_workbook(path)
    sheet = book["Te behandelen"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for at in range(2, sheet.max_row + 1):
        if sheet.cell(at, columns["Wat is er"]).value == "Te laat":
            sheet.cell(at, columns["Beslissing"]).value = "aanvaarden"
            sheet.cell(at, columns["Toelichting"]).value = "Welkom, er is nog plaats."
    book.save(path)


def _write_to_many(path: Path) -> None:
    """Types a mail to all who are registered, which is not sent yet."""
    book = load_workbook(path)
    sheet = book["Berichten"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    typed = {
        "Aan wie": "ingeschreven",
        "Onderwerp": "Praktische informatie",
        "Tekst": "U kunt gratis parkeren achter het gebouw. Vanaf 13.30 uur staat er koffie klaar.",
    }
    for header, text in typed.items():
        sheet.cell(2, columns[header]).value = text
    book.save(path)


def _print(path: Path, folder: Path) -> pypdfium2.PdfDocument:
    profile = f"-env:UserInstallation=file://{folder}/soffice"
    subprocess.run(  # noqa: S603  LibreOffice, on files made here
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],  # noqa: S607  on the path
        check=True,
        capture_output=True,
        timeout=180,
    )
    return pypdfium2.PdfDocument(path.with_suffix(".pdf"))


def _page(printed: pypdfium2.PdfDocument, words: str) -> Image.Image:
    """The first page with these words."""
    for page in printed:
        text = " ".join(page.get_textpage().get_text_range().split())
        if words in text:
            return page.render(scale=_SCALE).to_pil().convert("RGB")
    raise SystemExit(f"no page says {words!r}")


def _save(name: str, page: Image.Image, share: float, widest: int = _WIDEST) -> None:
    """The picture without its margins, small enough for a document."""
    page = page.crop((0, 0, page.width, int(page.height * share)))
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    if box:
        left, top, right, bottom = box
        right, bottom = min(page.width, right + _MARGIN), min(page.height, bottom + _MARGIN)
        page = page.crop((max(0, left - _MARGIN), max(0, top - _MARGIN), right, bottom))
    if page.width > widest:
        page = page.resize((widest, page.height * widest // page.width), Image.Resampling.LANCZOS)
    path = TARGET / f"{name}.png"
    page.quantize(_COLOURS).save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1024} KB, {page.width} x {page.height}\n")


if __name__ == "__main__":
    sys.exit(main())

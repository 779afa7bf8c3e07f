"""The least that the main job can cost, to compare with: on the same servers, with the same mails.

``fetch_and_send`` fetches every mail and hands the answer over for each, and does nothing else.
``whole_job`` is what a plain script of the best libraries does, without rules, doubts or crash safety: fetch,
take apart, read the Word form, a journal of its own, a workbook at the end, the same answer.
"""

from __future__ import annotations

import email
import io
import smtplib
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import openpyxl
from lxml import etree

from benchmarks.installation import Installation

_AT_ONCE = 50
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of processor time in this process."""

    clock: float
    processor: float


def fetch_and_send(installed: Installation, answers: list[bytes], first: int) -> Took:
    """From the ``first`` UID on; ``answers`` are handed over for each mail."""
    begun, worked = time.perf_counter(), time.process_time()
    with smtplib.SMTP("127.0.0.1", installed.sink.port) as smtp:
        for batch in _fetched(installed, first):
            for _ in batch:
                _hand_over(smtp, answers)
    return Took(time.perf_counter() - begun, time.process_time() - worked)


def whole_job(installed: Installation, answers: list[bytes], first: int, folder: Path) -> Took:
    """The same, with rows and a workbook under ``folder``."""
    begun, worked = time.perf_counter(), time.process_time()
    journal = sqlite3.connect(folder / "journal.db")
    journal.execute("PRAGMA journal_mode = WAL")
    journal.execute("CREATE TABLE IF NOT EXISTS row (id TEXT PRIMARY KEY, cells TEXT)")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Deelnemers")
    with smtplib.SMTP("127.0.0.1", installed.sink.port) as smtp:
        for batch in _fetched(installed, first):
            read = [_read(email.message_from_bytes(raw)) for raw in batch]
            with journal:
                journal.executemany(
                    "INSERT OR IGNORE INTO row VALUES (?, ?)",
                    [(number, repr(cells)) for number, cells in read],
                )
            for _, cells in read:
                sheet.append(list(cells.values()))
                _hand_over(smtp, answers)
    book.save(folder / "floor.xlsx")
    journal.close()
    return Took(time.perf_counter() - begun, time.process_time() - worked)


def _fetched(installed: Installation, first: int) -> Iterator[list[bytes]]:
    with installed.client() as client:
        client._imap.debug = 0  # imapclient formats every literal for a log otherwise
        client.select_folder("INBOX", readonly=True)
        uids = client.search(["UID", f"{first}:*"])
        for start in range(0, len(uids), _AT_ONCE):
            got = client.fetch(uids[start : start + _AT_ONCE], ["BODY.PEEK[]"])
            yield [data[b"BODY[]"] for data in got.values()]


def _read(message: Message) -> tuple[str, dict[str, str]]:
    cells: dict[str, str] = {}
    for part in message.walk():
        if (part.get_filename() or "").endswith(".docx"):
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                document = etree.fromstring(packed.read("word/document.xml"))
            for row in document.iter(f"{_WORD}tr"):
                label, answer = (
                    "".join(text.text or "" for text in cell.iter(f"{_WORD}t"))
                    for cell in row.iter(f"{_WORD}tc")
                )
                cells[label] = answer
    return str(message["Message-ID"]), cells


def _hand_over(smtp: smtplib.SMTP, answers: list[bytes]) -> None:
    for raw in answers:
        smtp.sendmail("inschrijvingen@example.org", "jan@brugge.example", raw)

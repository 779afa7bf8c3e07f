"""What CONTRIBUTING.md and ARCHITECTURE.md name exists: files, modules, and the names in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.config.settings import Limits, Retention
from mailbot.domain import mailing
from mailbot.domain.event import Event
from mailbot.extraction import template_reader
from mailbot.message import smime
from mailbot.notifications import digest, names_in_mails
from mailbot.pipeline import attachments
from mailbot.sandbox import pool
from mailbot.service import prefetch, turns
from mailbot.storage import messages

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "ARCHITECTURE.md")
#: `decision/rules/deadline.py`, `transport/imap`, `domain/form.KIND_TRAITS`; below ``mailbot/`` or the root.
_PATH = re.compile(r"(?:\.?[\w-]+/)+(?:[\w-]+(?:\.\w+)?)?")
#: `KIND_TRAITS`, `_WORDS`.
_CONSTANT = re.compile(r"_?[A-Z][A-Z_]{2,}")
_SOURCES = [path.read_text("utf-8") for top in ("mailbot", "tests") for path in (ROOT / top).rglob("*.py")]


def quoted(page: str) -> list[str]:
    """What stands between backticks, without what is indented as a block of commands."""
    text = (ROOT / page).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("    "))
    return sorted(set(re.findall(r"`([^`\n]+)`", "\n".join(lines))))


def exists(path: str) -> bool:
    """Whether a file, package or module is there, and what is named in it behind a dot."""
    for top in (ROOT / "mailbot", ROOT):
        found = top / path
        if found.exists() or found.with_name(f"{found.name}.py").exists():
            return True
        module, _, name = path.rpartition(".")
        for file in (top / f"{module}.py", top / module / "__init__.py"):
            if module and file.is_file() and re.search(rf"\b{name}\b", file.read_text("utf-8")):
                return True
    # in the description of a package: what stands in it
    return any(any((ROOT / "mailbot").rglob(one)) for one in (path.rstrip("/"), f"{path}.py"))


PATHS = [(page, one) for page in PAGES for one in quoted(page) if _PATH.fullmatch(one) and "<" not in one]
CONSTANTS = [one for one in quoted("CONTRIBUTING.md") if _CONSTANT.fullmatch(one)]


@pytest.mark.parametrize(("page", "path"), PATHS)
def test_a_path_that_a_page_names_exists(page: str, path: str) -> None:
    assert exists(path)


@pytest.mark.parametrize("name", CONSTANTS)
def test_a_table_that_a_recipe_names_exists(name: str) -> None:
    assert any(re.search(rf"^\s*{name}\b[^\n]*=", source, re.M) for source in _SOURCES)


#: "`KINDS` in `workbook/form_sheet.py`"
_NAMED_IN = re.compile(r"`(\w+)`\s+(?:in|of)\s+`([\w/]+\.py)`")
NAMED_IN = sorted(set(_NAMED_IN.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))))


@pytest.mark.parametrize(("name", "path"), NAMED_IN)
def test_what_a_recipe_names_stands_in_the_file_that_it_names(name: str, path: str) -> None:
    file = next(top / path for top in (ROOT / "mailbot", ROOT) if (top / path).exists())
    assert re.search(rf"^\s*(?:(?:def|class) {name}\b|{name}\b[^\n]*=)", file.read_text("utf-8"), re.M)


def test_a_path_that_is_not_there_is_seen() -> None:
    assert len(PATHS) > 100
    assert len(NAMED_IN) > 20
    assert not exists("decision/rules/nothing_like_it.py")
    assert not exists("domain/form.NOTHING_LIKE_IT")


#: What a page promises in figures, and what holds to it.
PROMISED = (
    ("SECURITY.md", r"memory and processor time for each \((\d+) seconds\)", pool.CPU_SECONDS),
    ("SECURITY.md", r"(\d+) seconds of processor time for all of a mail", attachments.CPU_SECONDS),
    ("SECURITY.md", r"takes longer than (\d+) seconds of processor time is put off", turns.QUICK),
    ("SECURITY.md", r"compressed mail \(up to (\d+) MB\)", smime._MOST_BYTES >> 20),
    ("SECURITY.md", r"(\d+) addresses a row, `mailings_per_day`", mailing.MOST),
    ("SECURITY.md", r"`mailings_per_day` \(([\d,]+)\) in all", Limits().mailings_per_day),
    ("SECURITY.md", r"(\d+) answers per mailbox and day and per thread", Limits().answers_per_sender),
    ("SECURITY.md", r"(\d+) answers per mailbox and day and per thread", Limits().answers_per_thread),
    ("SECURITY.md", r"(\d+) mails a day to others", Limits().mails_to_others),
    ("SECURITY.md", r"([\d,]+) answers an hour", Limits().answers_per_hour),
    ("SECURITY.md", r"`keep_mail_days` \((\d+)\) after the event", Retention().keep_mail_days),
    (
        "SECURITY.md",
        r"`clear_after_days` \((\d+)\) after the event",
        Event.model_fields["clear_after_days"].default,
    ),
    ("SECURITY.md", r"more than ([\d,]+) words is laid over no blank", template_reader._MOST_TOKENS),
    ("SECURITY.md", r"of which it lists (\d+) of each event", digest._MOST_LISTED),
    ("SECURITY.md", r"(\d+) characters of each at most", names_in_mails._LONGEST),
    ("ARCHITECTURE.md", r"(\w+) messages ahead of the decision at most", prefetch.AHEAD),
    (
        "ARCHITECTURE.md",
        r"Anything else that a mail makes the code raise counts: (\w+) times",
        messages.TRIES,
    ),
)
_WORDS = {"three": "3", "fifty": "50"}


@pytest.mark.parametrize(("page", "words", "held"), PROMISED)
def test_a_number_that_a_page_promises_is_the_one_that_holds(page: str, words: str, held: int) -> None:
    found = re.search(words.replace(" ", r"\s+"), (ROOT / page).read_text("utf-8"))
    assert found, words
    assert _WORDS.get(found[1], found[1]).replace(",", "") == str(held)

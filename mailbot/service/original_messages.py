"""The original messages that cases link to, as files beside the workbooks that mail programs open."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.config.settings import Settings
from mailbot.domain.case import Case
from mailbot.files.shared_folder import is_plain, plain_files, subfolder, write_whole
from mailbot.storage import Store, queries
from mailbot.storage.messages import raw_of

#: The folder that they lie in, beside the workbooks.
FOLDER = "berichten"


def links(store: Store, settings: Settings, cases: Iterable[Case]) -> dict[int, str]:
    """The path of each case's message, relative to the workbook, by message id; a missing file is
    written. Messages whose bytes were purged have none. Raises ``StoreTrouble`` and ``OSError``."""
    numbers = sorted({case.message for case in cases if case.message})
    if not numbers:
        return {}
    folder = subfolder(settings.workbook_dir, FOLDER)
    found: dict[int, str] = {}
    for number in numbers:
        path = folder / f"{number}.eml"
        if not is_plain(path):
            with store.read_transaction() as tx:
                data = raw_of(tx, number)
            if data is None:
                continue
            write_whole(path, data)
        found[number] = f"{FOLDER}/{path.name}"
    return found


def put_away(store: Store, settings: Settings) -> None:
    """Deletes the files of messages that no case needs any more. Raises ``StoreTrouble`` and ``OSError``."""
    stems = [file.stem for file in plain_files(settings.workbook_dir, FOLDER, "*.eml")]
    if not stems:
        return
    with store.read_transaction() as tx:
        needed = queries.messages_of_cases(tx)
    forget(settings, {int(stem) for stem in stems if stem.isdecimal()} - needed)


def forget(settings: Settings, messages: Iterable[int]) -> None:
    """Deletes the files of these messages, where there are any. Raises ``OSError``."""
    for number in messages:
        for file in plain_files(settings.workbook_dir, FOLDER, f"{number}.eml"):
            file.unlink(missing_ok=True)

"""What `mailbot check` asks of a mail server: what it can, and which folders and rights are missing."""

from __future__ import annotations

from imaplib import IMAP4

from imapclient import IMAPClient, imap_utf7

from mailbot.transport.imap.connection import Connection


def capabilities(mailbox: Connection) -> frozenset[str]:
    """The capabilities of the server after login ("MOVE", "IDLE", ...)."""
    with mailbox.talking() as client:
        return frozenset(name.decode("ascii", "replace").upper() for name in client.capabilities())


def missing_folders(mailbox: Connection) -> tuple[str, ...]:
    """The configured folders that do not exist yet: mailbot creates each when it first needs it."""
    box = mailbox.mailbox
    wanted = dict.fromkeys((box.folder, box.filed_folder, box.review_folder, box.sent_folder))
    with mailbox.talking() as client:
        return tuple(
            name for name in wanted if name and not client.folder_exists(mailbox.server_name(client, name))
        )


def missing_rights(mailbox: Connection) -> dict[str, str]:
    """By folder, the rights that are needed and not given (RFC 4314 letters): to read the one that is
    read, to move mail out of it, to put mail into the others. Empty where the server does not tell."""
    box = mailbox.mailbox
    moves = bool(box.filed_folder or box.review_folder)
    needed = {box.folder: "r" + ("te" if moves else "")}
    for name in filter(None, (box.filed_folder, box.review_folder, box.sent_folder)):
        needed.setdefault(name, "i")
    missing = {}
    with mailbox.talking() as client:
        if not client.has_capability("ACL"):
            return {}
        for name, letters in needed.items():
            given = _rights(mailbox, client, name)
            lacks = "".join(letter for letter in letters if given is not None and letter not in given)
            if lacks:
                missing[name] = lacks
    return missing


def _rights(mailbox: Connection, client: IMAPClient, folder: str) -> str | None:
    """What may be done in a folder; None where it is not there, or is hidden."""
    try:
        _, (answer, *_rest) = client._imap.myrights(_quoted(mailbox.server_name(client, folder)))
    except IMAP4.abort:
        raise
    except (IMAP4.error, ValueError):
        return None
    rights = answer.split()[-1].decode("ascii", "replace") if answer else ""
    # RFC 2086's "d" stood for what is t and e now (RFC 4314 §2.1.1).
    return rights + "te" if "d" in rights else rights


def _quoted(name: str) -> str:
    """A folder's name as imaplib sends it: in IMAP's own UTF-7, quoted."""
    encoded: bytes = imap_utf7.encode(name)
    return '"' + encoded.decode("ascii").replace("\\", "\\\\").replace('"', '\\"') + '"'

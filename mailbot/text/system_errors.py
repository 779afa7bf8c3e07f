"""What the operating system refuses, in one line with its mend, for people who know no error numbers."""

from __future__ import annotations

import errno

_FULL = "the disk is full", "free some space on it"
_READ_ONLY = (
    "the file system is read-only",
    "mount it writable, or name another folder (a systemd unit: ReadWritePaths)",
)
_RIGHTS = "the rights on it do not allow that", "let the user that mailbot runs as read and write it"
_MEANING = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: ("its user has used up the quota", "raise it, or free some space"),
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOENT: ("is not there", "make it, or mend the path"),
    errno.ENOTDIR: ("lies under a file that is no folder", "mend the path"),
    errno.EISDIR: ("is a folder", "name a file"),
    errno.EIO: ("the disk fails", "look at its health, and at the kernel's log"),
    errno.EMFILE: ("too many files are open", "raise LimitNOFILE"),
    errno.ENFILE: ("too many files are open on this machine", "raise fs.file-max"),
    errno.ESTALE: ("the network share went away", "mount it again"),
    errno.EHOSTDOWN: ("the network share cannot be reached", "mount it again"),
}


def meaning_and_mend(error: OSError) -> tuple[str, str]:
    """What is the matter, and what mends it; the second is empty where nothing is known to."""
    if known := _MEANING.get(error.errno or 0):
        return known
    if error.strerror:
        return error.strerror, "check that path"
    return " ".join(str(error).split()), ""


def name_of(error: OSError) -> str:
    """The name of an error of the operating system ("EACCES"), or what it says where it has none."""
    return errno.errorcode.get(error.errno or 0, error.strerror or "")


def describe(error: OSError) -> str:
    """An error of the operating system as "PATH: what is the matter: what mends it", without its number."""
    path = str(error.filename) if error.filename else ""
    return ": ".join(filter(None, (path, *meaning_and_mend(error))))

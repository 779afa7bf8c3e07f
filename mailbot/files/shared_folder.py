"""Files in the folder that mailbot shares with people. Only plain files are opened there: no link is
followed, and no pipe or device opened.

A link in the place of a file, or of a folder, could make mailbot copy any file that it can read into a
workbook, or write and delete where the link leads. A pipe never ends, and a device does something when
it is opened.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def regular(path: Path) -> bytes | None:
    """The content of a plain file; None where there is none. Raises ``OSError`` for anything that is no plain
    file."""
    try:
        _refuse_other_than_plain(path.lstat().st_mode, path)  # opening a device would do something
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        _refuse_other_than_plain(os.fstat(descriptor).st_mode, path)  # it may have been exchanged since
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def is_plain(path: Path) -> bool:
    """Whether there is a plain file, and no link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def stamp_of(path: Path) -> tuple[int, ...]:
    """A value that changes whenever somebody saves the file; empty where there is none. Raises
    ``OSError``."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def subfolder(folder: Path, name: str) -> Path:
    """A folder of mailbot's own in the shared one, whether it is there yet or not. Raises ``OSError``
    where something else lies in its place."""
    path = folder / name
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise OSError(errno.ELOOP, "is a link, which is not followed", str(path))
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def plain_files(folder: Path, name: str, pattern: str) -> Iterator[Path]:
    """The plain files in such a folder that fit a pattern; none where a link lies in its place."""
    with contextlib.suppress(OSError):
        yield from (path for path in subfolder(folder, name).glob(pattern) if is_plain(path))


def _refuse_other_than_plain(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is no plain file", str(path))


def beside(path: Path, writer: str) -> Path:
    """The path at which the replacement of a file is written first; ``writer`` keeps processes apart that may
    write at the same time."""
    return path.with_name(f".{path.name}.mailbot{writer and '-'}{writer}")


def put(beside: Path, path: Path, read: bytes | None) -> bool:
    """Puts the file beside in place of the one there, if that still says what was ``read``; if it
    was saved in the meantime it stays, and False is given."""
    if read is None:
        beside.replace(path)
        return True
    _exchange(beside, path)
    if regular(beside) != read:
        beside.replace(path)
        return False
    beside.unlink()
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in its place, whole or not at all, with the rights of the one before it, else of its
    folder. Raises ``OSError``."""
    beside = path.with_name(f".{path.name}.mailbot")
    write_new(beside, content, path)
    beside.replace(path)


def write_new(path: Path, content: bytes, model: Path) -> None:
    """Writes a new file that those who can open ``model`` can open, on disk before it is renamed. None
    is left behind where there is no room for all of it. Raises ``OSError``."""
    try:
        with created(path) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    like(model if is_plain(model) else None, path)


def created(path: Path) -> BinaryIO:
    """A new file to write, in a folder that is made if it is not there, which nobody else can read
    until ``like`` gives it its rights. What lies there goes: a link that somebody put there is not
    followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def like(old: Path | None, new: Path) -> None:
    """Gives a new file the owner, group, mode and ACL of the old one; without one, of its folder,
    whatever the service's umask: who may open the folder's files may open this one."""
    if old is None:
        folder = new.parent.stat()
        if not _acl(new.parent, "system.posix_acl_default"):
            new.chmod(0o660 | (0o006 if folder.st_mode & 0o002 else 0))
        _give(new, -1, folder.st_gid)
        return
    status = old.stat()
    _give(new, status.st_uid, status.st_gid)
    new.chmod(stat.S_IMODE(status.st_mode))
    rights = _acl(old, "system.posix_acl_access")
    if rights:
        os.setxattr(new, "system.posix_acl_access", rights)


def _give(path: Path, owner: int, group: int) -> None:
    try:
        os.chown(path, owner, group)
    except PermissionError:  # only root gives files away; a group of one's own is allowed
        with contextlib.suppress(PermissionError):
            os.chown(path, -1, group)


def _acl(path: Path, name: str) -> bytes:
    try:
        return os.getxattr(path, name)
    except OSError:  # none there, or a file system without
        return b""


def _exchange(one: Path, other: Path) -> None:
    """Two files change places in one step (renameat2(2)); where the file system cannot, the first
    takes the second's place and a copy of the second is left in the first's."""
    libc = ctypes.CDLL(None, use_errno=True)
    at_cwd, exchange = -100, 2
    if libc.renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0:
        return
    code = ctypes.get_errno()
    if code not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(code, os.strerror(code), str(other))
    spare = one.with_name(f"{one.name}.oud")
    with created(spare) as file:
        file.write(regular(other) or b"")
    one.replace(other)
    spare.replace(one)

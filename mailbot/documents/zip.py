"""A zip archive: its members are documents of their own."""

from __future__ import annotations

import posixpath

from mailbot.documents.archive import Archive
from mailbot.documents.content import Content, TooLarge
from mailbot.domain.document import Location, Part

_MOST_DOCUMENTS = 50


def read(data: bytes, where: Location) -> Content:  # noqa: ARG001  every reader is called alike
    """The members as children, named without their folder; what systems add is left out.

    Raises ``TooLarge`` for more members than anyone mails on purpose.
    """
    archive = Archive(data)
    wanted = [info for info in archive.members if not _is_furniture(info.filename)]
    if len(wanted) > _MOST_DOCUMENTS:
        raise TooLarge("too many documents in the archive")
    return Content(
        children=tuple(
            Part(
                posixpath.basename(info.filename.replace("\\", "/")),
                "application/octet-stream",
                archive.read(info),
            )
            for info in wanted
        )
    )


def _is_furniture(name: str) -> bool:
    file = posixpath.basename(name)
    return (
        name.startswith("__MACOSX/") or file.startswith(".") or file.lower() in ("thumbs.db", "desktop.ini")
    )

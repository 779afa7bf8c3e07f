"""Where the folders are that ship with mailbot."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """A folder that ships with mailbot (``forms``, ``config``, ``systemd``): inside the
    installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name

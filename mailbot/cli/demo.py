"""``mailbot demo [DIR]``: the main job on an embedded mail server."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from mailbot.cli.output import console


def run(given: argparse.Namespace) -> int:
    """Plays the demo in DIR, or in a new folder of its own."""
    from mailbot import demo

    folder = Path(given.dir) if given.dir else Path(tempfile.mkdtemp(prefix="mailbot-demo-"))
    return demo.run(folder.absolute(), console())

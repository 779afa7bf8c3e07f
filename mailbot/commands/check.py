"""``mailbot check``: tries everything before it is needed."""

from __future__ import annotations

import argparse

from mailbot.commands import console, settings_of


def run(given: argparse.Namespace) -> int:
    """Prints each thing tried, with the mend where it fails."""
    from mailbot.edge.check import check, report
    from mailbot.edge.clock import now

    settings = settings_of(given)
    return report(check(settings, now()), console())

"""``mailbot check``: tries everything before it is needed."""

from __future__ import annotations

import argparse

from mailbot.cli.output import console, settings_of


def run(given: argparse.Namespace) -> int:
    """Prints each thing tried, with the mend where it fails."""
    from mailbot.service.clock import now
    from mailbot.service.self_check import check, report

    settings = settings_of(given)
    return report(check(settings, now()), console())

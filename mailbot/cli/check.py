"""``mailbot check``: tries everything before it is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailbot.cli.output import console, say_json, settings_of
from mailbot.config.settings import ConfigurationError

if TYPE_CHECKING:  # rich is imported by the commands that use colours only
    from rich.console import Console

    from mailbot.service.self_check import Checked


def run(given: argparse.Namespace) -> int:
    """Prints each thing tried, with the mend where it fails."""
    from mailbot.service.clock import now
    from mailbot.service.self_check import check, next_command

    if not given.json:
        settings = settings_of(given)
        return report(check(settings, now()), console(), next_command(settings))
    try:
        settings = settings_of(given)
    except ConfigurationError as error:  # as a row too, for who reads only those
        say_json(
            {
                "check": "configuration",
                "subject": "",
                "state": "fault",
                "says": error.said,
                "mend": error.mend,
            }
        )
        raise
    return _report_json(check(settings, now()))


def report(checks: Iterator[Checked], console: Console, then: str) -> int:
    """Prints each check as it ends, ``then`` what to give next, and gives the exit status: 2 where the
    configuration is wrong, 1 where something outside failed, else 0."""
    from rich.text import Text

    from mailbot.service.self_check import CheckState

    signs = {
        CheckState.OK: ("✓", "green"),
        CheckState.WARNING: ("!", "yellow"),
        CheckState.FAULT: ("✗", "red"),
    }
    status = warnings = 0
    for one in checks:
        sign, colour = signs[one.state]
        words = ": ".join(filter(None, (one.subject, one.says, one.mend)))
        line = Text.assemble((f"{sign} ", f"bold {colour}"), (f"{one.check:<14} ", "bold"), words)
        console.print(line, soft_wrap=True)
        status = max(status, one.status)
        warnings += one.state is CheckState.WARNING
    console.print()
    if status:
        console.print("Mend what is marked ✗ and check again.", style="bold red")
    elif warnings:
        things = "1 thing" if warnings == 1 else f"{warnings} things"
        console.print(f"ready, {things} to look at: {then}", style="bold yellow")
    else:
        console.print(f"ready: {then}", style="bold green")
    return status


def _report_json(checks: Iterator[Checked]) -> int:
    status = 0
    for one in checks:
        say_json(
            {
                "check": one.check,
                "subject": one.subject,
                "state": one.state.value,
                "says": one.says,
                "mend": one.mend,
            }
        )
        status = max(status, one.status)
    return status

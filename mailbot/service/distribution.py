"""What this installation is called. The import, the command and the unit are ``mailbot``; the
distribution is not, since that name on the public index is somebody else's: an upgrade by it would
put a stranger's program in the place of this one."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

NAME = "mailbot-registrations"
#: What the distribution was called until 0.1.0.
FORMER = "mailbot"


def release() -> str:
    """The version installed; "unknown" where the code runs from a folder that was never installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "unknown"


def both_installed() -> str:
    """One line where the former distribution lies beside this one, else "". They own the same files:
    to uninstall the former then deletes this one."""
    try:
        former, current = distribution(FORMER), distribution(NAME)
    except PackageNotFoundError:
        return ""
    return (
        f'the distributions "{FORMER}" {former.version} and "{NAME}" {current.version} are both installed '
        "and own the same files: uninstall both, and install this one anew (docs/running.md, Upgrade)"
    )


def command() -> str:
    """The command by which mailbot was started, with a path that another user's shell finds too, so that
    what is printed as a command can be typed as it is."""
    called = Path(sys.argv[0])
    return str(called.absolute()) if called.name == "mailbot" else f"{sys.executable} -m mailbot"

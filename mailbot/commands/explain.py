"""``mailbot explain MESSAGE``: each rule's finding, and where each answer came from."""

from __future__ import annotations

import argparse

from mailbot.commands import say, settings_of
from mailbot.commands.messages import plain
from mailbot.edge.store import Store, arrivals, overview
from mailbot.edge.store.overview import Explained
from mailbot.model import Submission, Value
from mailbot.settings import ConfigurationError, Settings


def run(given: argparse.Namespace) -> int:
    """Prints why a message was decided as it was."""
    settings = settings_of(given)
    with Store(settings.store_url) as store, store.reading() as tx:
        shown = overview.explained(tx, number_of(tx, given.message))
    assert shown is not None
    _print(shown, settings)
    return 0


def number_of(tx: object, wanted: str) -> int:
    """The ledger's id of a message; raises ``ConfigurationError`` for an unknown one."""
    number = arrivals.find(tx, wanted)  # type: ignore[arg-type]  # a transaction of the store
    if number is None:
        raise ConfigurationError(f'MESSAGE: "{wanted}" is not in the ledger: see `mailbot messages`')
    return number


def _print(shown: Explained, settings: Settings) -> None:
    from rich.console import Console
    from rich.table import Table

    met = shown.met
    say(f"message {met.id}: {met.subject or '(no subject)'}")
    received = met.received.astimezone(settings.zone)
    say(f"  from {met.sender or '(nobody)'}, received {received:%Y-%m-%d %H:%M:%S}")
    outcome = met.outcome or met.state
    say(f"  outcome {outcome}" + (f", event {met.event}" if met.event else ""))
    if shown.copy_of:
        say(f"  a copy of message {shown.copy_of}: see `mailbot explain {shown.copy_of}`")
    console = Console()
    if shown.findings:
        say("\nRules, in the order they were asked:")
        table = Table("Rule", "Finding", box=None, padding=(0, 2, 0, 2))
        for finding in shown.findings:
            table.add_row(plain(finding.rule), plain(finding.text))
        console.print(table)
    if shown.submission:
        _print_answers(shown.submission, console)
    if shown.log:
        say("\nWhat was recorded:")
        for logged in shown.log:
            line = logged.line
            say(f"  {logged.at.astimezone(settings.zone):%Y-%m-%d %H:%M} {line.registration} {line.what}")
    if shown.mails:
        say("\nMails that followed:")
        for kind, recipient, state in shown.mails:
            say(f"  {kind} to {recipient}: {state}")
    if shown.error:
        say(f"\nThe last of {shown.tries} tries failed:\n{shown.error}")


def _print_answers(submission: Submission, console: object) -> None:
    from rich.console import Console
    from rich.table import Table

    assert isinstance(console, Console)
    say(f"\nRead: {submission.found}" + (f", form {submission.form}" if submission.form else ""))
    say(f"  the sender wants: {submission.intent}")
    for clue in submission.clues:
        stale = " (an earlier date)" if clue.stale else ""
        say(f"  event {clue.event or '(none here)'} by {clue.by}{stale}")
    doubts = {(problem.person, problem.field): problem for problem in submission.problems}
    for number, person in enumerate(submission.people):
        say(f"\nPerson {number + 1}: {person.organisation_known}".rstrip(" "))
        table = Table("Answer", "Value", "Where", "Doubt", box=None, padding=(0, 2, 0, 2))
        keys = [*person.answers, *(key for at, key in doubts if at == number and key not in person.answers)]
        for key in keys:
            answer, doubt = person.answers.get(key), doubts.get((number, key))
            table.add_row(
                key,
                plain(_text(answer.value)) if answer else "",
                plain(answer.where) if answer else "",
                plain(f"{doubt.code}: {doubt.text}") if doubt else "",
            )
        console.print(table)
    for name, state in submission.unread:
        say(f"  not read: {plain(name)} ({state})")


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "ja" if value else "neen"

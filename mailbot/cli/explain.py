"""``mailbot explain MESSAGE``: each rule's finding, and where each answer came from."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from mailbot.cli.output import say, settings_of, short
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.submission import Act, Answer, Intent, Person, Problem, Submission, Value
from mailbot.storage import Store, Transaction, messages, queries
from mailbot.storage.queries import Explained
from mailbot.wording import LEXICON, as_told, what_was_done, what_was_found, why_doubted


def run(given: argparse.Namespace) -> int:
    """Prints why a message was decided as it was."""
    settings = settings_of(given)
    with Store(settings.store_url) as store, store.read_transaction() as tx:
        shown = queries.explained(tx, number_of(tx, given.message))
    assert shown is not None
    _print(shown, settings)
    return 0


def number_of(tx: Transaction, wanted: str) -> int:
    """The ledger's id of a message; raises ``ConfigurationError`` for an unknown one."""
    number = messages.find(tx, wanted)
    if number is None:
        raise ConfigurationError(f'MESSAGE: "{wanted}" is not in the ledger: see `mailbot messages`')
    return number


def _print(shown: Explained, settings: Settings) -> None:
    met = shown.met
    received = met.received.astimezone(settings.zone)
    say(f"message {met.id}: {short(met.subject, 72) or '(no subject)'}")
    say(f"  from {_clean(met.sender) or '(nobody)'}, received {received:%Y-%m-%d %H:%M:%S}")
    say(f"  outcome {met.outcome or met.state}" + (f", event {met.event}" if met.event else ""))
    if shown.copy_of:
        say(f"  a copy of message {shown.copy_of}: see `mailbot explain {shown.copy_of}`")
    if shown.findings:
        say("\nRules, in the order they were asked:")
        width = max(len(finding.rule) for finding in shown.findings)
        for finding in shown.findings:
            say(f"  {finding.rule:<{width}}  {_clean(what_was_found(finding))}")
    if shown.submission:
        print_answers(shown.submission)
    if shown.log:
        say("\nWhat was recorded:")
        for logged in shown.log:
            line = logged.line
            at = logged.at.astimezone(settings.zone)
            say(f"  {at:%Y-%m-%d %H:%M} {line.registration} {_clean(what_was_done(line))}")
    if shown.mails:
        say("\nMails that followed:")
        for kind, recipient, state in shown.mails:
            say(f"  {kind} to {recipient}: {state}")
    if shown.error:
        say(f"\nThe last of {shown.tries} tries failed:\n{shown.error}")


def print_answers(submission: Submission) -> None:
    """Prints what was read: the people, each answer with its place and doubt."""
    say(f"\nRead: {submission.found}" + (f", form {submission.form}" if submission.form else ""))
    if submission.evidence:
        say(f"  because: {_clean('; '.join(map(as_told, submission.evidence)))}")
    _print_words(submission)
    for clue in submission.clues:
        stale = " (an earlier date)" if clue.stale else ""
        say(f"  event {clue.event or '(none here)'} by {_clean(clue.by)}{stale}")
    people, problems = submission.people, submission.problems
    if not people:
        people, problems = submission.told, submission.told_doubts
    for number, person in enumerate(people):
        say(f"\n  Person {number + 1}")
        _print_person(person, {one.field: one for one in problems if one.person == number})
    for name, state in submission.unread:
        say(f"  not read: {_clean(name)} ({state})")


def _print_words(submission: Submission) -> None:
    """Prints what the words of the mail ask for, as the rules and as the statistical reader understand it."""
    if submission.intent is not Intent.NONE:
        say(f"  the sender wants: {submission.intent}")
    for act in submission.acts:
        say(f"    {_act(act)}")
    if submission.acts or submission.heard:
        heard = ", ".join(submission.heard) or "nothing"
        say(f"    the statistical reader ({submission.reader or 'no version'}): {heard}")


def _print_person(person: Person, doubts: Mapping[str, Problem]) -> None:
    """One person's answers, then what is doubted and was not answered."""
    said = {key: answer for key, answer in person.answers.items() if answer.value != ""}
    keys = (*said, *(field for field in doubts if field not in said))
    width = max(map(len, keys), default=0)
    for key in keys:
        doubt = doubts.get(key)
        text = f"{_text(said[key].value)}  [{_clean(str(said[key].where))}]" if key in said else "–"
        say(f"    {key:<{width}}  {text}" + (f"  {doubt.code}: {_clean(_why(doubt))}" if doubt else ""))
        if key in said and said[key].reader:
            say(f"    {'':<{width}}    {_found(said[key])}")
    written = said.get("organisation")
    if person.organisation_known and (not written or written.value != person.organisation_known):
        say(f"    {'':<{width}}  recognised as {person.organisation_known}")


def _found(answer: Answer) -> str:
    """Which reading of the form gave an answer, and which other readings it was preferred to."""
    beat = f"; better than {' / '.join(map(as_told, answer.beat))}" if answer.beat else ""
    return _clean(f"found {as_told(answer.reader)}{beat}")


def _act(act: Act) -> str:
    """One act with its slots: "change (writer; phone = 0478 12 34 56)"."""
    changed = f"{act.field} = {act.value}" if act.field and act.value else act.field or act.value
    places = f"{act.places} places" if act.places else ""
    where = "about something else" if act.elsewhere else ""
    slots = (act.who, ", ".join(act.people), changed, places, act.condition, where)
    doubt = "" if act.agreed else ", by the rules alone"
    return f"{act.kind} ({_clean('; '.join(filter(None, slots)))}){doubt}"


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return LEXICON["nl"].yes if value else LEXICON["nl"].no
    return _clean(value)


def _clean(text: str) -> str:
    """Text from outside, without control characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def _why(doubt: Problem) -> str:
    reason = why_doubted(doubt)
    return f"{doubt.read} ({reason})" if doubt.read else reason

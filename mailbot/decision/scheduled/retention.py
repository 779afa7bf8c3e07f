"""After the event: sensitive answers are cleared, and the list is proposed for destruction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Decision, LogLine, Outcome, Result
from mailbot.domain.registration import Change


def retention(moment: EventSnapshot) -> Decision | None:
    """Clears what must not be kept ``clear_after_days`` after the event; what is in the list of
    participants only a person may destroy (archive law): that is proposed."""
    event, now = moment.event, moment.now
    end = event.ends_at(moment.settings.zone)
    if end is None or now < end + timedelta(days=event.clear_after_days):
        return None
    results = []
    cleared = {field.key for field in moment.form.cleared}
    for row in moment.state.registrations:
        gone = cleared & set(row.answers)
        if not gone and not cleared & {p.field for p in row.doubts} | cleared & {c.key for c in row.untold}:
            continue
        kept = {key: value for key, value in row.answers.items() if key not in cleared}
        doubts = tuple(p for p in row.doubts if p.field not in cleared)
        untold: tuple[Change, ...] = tuple(c for c in row.untold if c.key not in cleared)
        after = replace(row, answers=kept, doubts=doubts, untold=untold)
        results.append(Result(Outcome.UNCHANGED, after, row, mail=False))
    key = f"destroy:{event.id}"
    propose = now >= end + timedelta(days=moment.settings.retention.keep_mail_days)
    cases: tuple[Case, ...] = ()
    if propose and moment.state.registrations and moment.is_new(key):
        what = (
            f"{event.title} is al lang voorbij. Aanvaarden vernietigt de gegevens van "
            f"{len(moment.state.registrations)} personen; dat kan niet ongedaan gemaakt worden."
        )
        case = moment.case(CaseKind.DESTROY, key, event.title, what, (Choice.ACCEPT, Choice.REFUSE))
        cases = (case,)
    if not results and not cases:
        return None
    log = (
        (LogLine("mailbot", f"gevoelige antwoorden gewist bij {len(results)} personen", event=event.id),)
        if results
        else ()
    )
    return Decision(Outcome.UNCHANGED, event.id, results=tuple(results), cases=cases, log=log, answer=False)

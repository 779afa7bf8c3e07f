"""What the secretary corrected wins over later mail; where that says otherwise she chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes, shown
from mailbot.decision.intents import stays_away
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say

NAME = "verbeterd door het secretariaat"


def contradiction(draft: DecisionDraft) -> DecisionDraft:
    """Keeps the values she typed, and opens a case with both where a mail says otherwise. Whom she let stay
    away, by their status or by "neen", does not come again before she decides."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None or not current.by_hand or CaseKind.CONTRADICTION in draft.override.waived:
        return draft.saw(NAME, Saw.TYPED_NOTHING), entry
    entry = replace(entry, kept=entry.kept | _same_body(entry, current, draft.form))
    against = [change for change in changes(entry) if change.key in current.by_hand]
    left_out = current.status.is_out or current.status is Status.LATE
    of_status = STATUS in current.by_hand
    hers = of_status or any(change.key == ATTENDS for change in against)
    back = hers and left_out and not stays_away(draft, entry)
    if not against and not back:
        return draft.saw(NAME, Saw.NO_CONTRADICTION), entry
    keys = tuple(change.key for change in against)
    status = current.status if back and of_status else None
    both = _contradictions(draft.form, against, status)
    draft = draft.found(NAME, *both).open_case(
        CaseKind.CONTRADICTION,
        both,
        (Choice.TAKE_NEW, Choice.KEEP_CURRENT, Choice.ASK),
        entry=entry,
        fields=(*keys, STATUS) if status is not None else keys,
    )
    notes = (*entry.notes, Note.LOOKED_AT) if against else entry.notes
    entry = replace(entry, kept=entry.kept | set(keys), notes=notes)
    if back:
        return draft, entry.settled(Outcome.REVIEW, None, say(Says.DECIDED_OTHERWISE))
    return draft, entry


def _same_body(entry: Entry, current: Registration, form: Form) -> frozenset[str]:
    """The fields in which she typed an organisation that the mail names in other words ("Brugge", "Stad
    Brugge"): what the list knows as one body says nothing else, and hers stays."""
    known = current.organisation_known
    same = bool(known) and entry.person.organisation_known == known
    return current.by_hand & {*form.keys_of(FieldKind.ORGANISATION)} if same else frozenset()


def _contradictions(form: Form, against: Sequence[Change], status: Status | None) -> tuple[Statement, ...]:
    """What the mail says against what she typed: answers, and the ``status`` where it is against that."""
    labels = {field.key: field.label for field in form.fields}
    said = [
        say(Says.CONTRADICTS, label=labels.get(c.key, c.key), hers=shown(c.old), mail=shown(c.new))
        for c in against
    ]
    if status is not None:
        said.append(say(Says.CONTRADICTS_STATUS, status=str(status)))
    return tuple(said)

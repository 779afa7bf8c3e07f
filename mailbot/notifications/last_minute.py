"""What changes in the last 24 hours before the start is told to the secretariat at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, Result
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address, Arrival
from mailbot.notifications.context import event_facts
from mailbot.notifications.names_in_mails import name_of
from mailbot.notifications.person_view import Viewer, answers_of, person_view, registration_of
from mailbot.notifications.templating import texts


def last_minute_notice(
    decision: Decision, arrival: Arrival | None, event: Event, sender: Address, settings: Settings
) -> Iterator[Mail]:
    """What changed shortly before the start, in one mail; none where no address is configured."""
    to, form = settings.secretariat_of(event), settings.form_of(event)
    changed = [result for result in decision.results if result.after != result.before]
    if not to or not changed:
        return
    words = texts(settings).render(
        "near-start",
        {
            **event_facts(event, settings),
            "contacts": (),  # it goes to them
            "greeting_name": "",
            "lines": [_line(result, form, settings, to) for result in changed],
        },
    )
    rows = [registration for registration in map(registration_of, changed) if registration]
    origin = (
        f"message-{arrival.id}" if arrival else "+".join(f"{r.nr}@{r.changed:%Y%m%dT%H%M%S.%f}" for r in rows)
    )
    closed = "".join(f"+case-{case}" for case in decision.closes)
    yield Mail(
        key=f"{event.id}/{origin}{closed}/near-start/{to.lower()}",
        kind="near-start",
        to=Address(to),
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id,
    )


def _line(result: Result, form: Form, settings: Settings, to: str) -> dict[str, object]:
    registration = registration_of(result)
    held = frozenset(field.key for field in form.fields) - {field.key for field in form.cleared}
    result = replace(result, held={**result.held, to: held})  # the secretariat has the row before it
    person = person_view(result, form, settings.language, you=False, names={}, reader=Viewer(to, wrote=True))
    return {
        "name": name_of(answers_of(result), form),
        "nr": registration.nr if registration else "",
        "status": registration.status.value if registration else "",
        "changes": person.changes,
    }

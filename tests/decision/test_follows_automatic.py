"""Mail of machines: bounces, lists, answers of calendars; what each brings about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.decision import DecisionContext
from mailbot.domain.document import Location, Paragraph, Span
from mailbot.domain.message import Address, Arrival, Bounce, CalendarReply, MachineSign, Verdict
from mailbot.domain.registration import Status
from mailbot.domain.submission import Act, ActKind, Intent, Submission, SubmissionKind

from .building import clue, event, form_of, invited, known, mail, person, row, settings, words
from .following import expected, together
from .following import so as by_mail

ELS_AT = "els@damme.example"
ELS = row(1, message=77)
SERVER = mail(
    "mailer-daemon@damme.example",
    subject="Undelivered",
    automatic=MachineSign.UNDELIVERED,
    bounce=Bounce("<7@post.example>", ELS_AT, "550 no such user"),
)
EMPTY = Submission(SubmissionKind.NO_FORM)
OUR_MAIL = {"thread": ("INS-0001",), "thread_event": "kis"}


def so(
    arrival: Arrival,
    context: DecisionContext | None = None,
    submission: Submission = EMPTY,
    config: Settings | None = None,
) -> Callable[[], str]:
    return by_mail(submission, context, arrival, config)


def answer(partstat: str, sender: str = ELS_AT, attendee: str = ELS_AT, **more: str) -> Arrival:
    reply = CalendarReply("uid-1", attendee, partstat, **more)
    return mail(
        sender,
        name="",
        subject=f"{partstat}: Kennisplatform",
        calendar_reply=reply,
        automatic=MachineSign.CALENDAR,
    )


def spoken(arrival: Arrival) -> Arrival:
    return replace(arrival, message=replace(arrival.message, automatic=MachineSign.NONE))


BOUNCES: dict[str, Callable[[], str]] = {
    "a mail of ours came back": so(SERVER, known(ELS, returned_to=ELS_AT, **OUR_MAIL)),
    "a mail of ours came back that she knows of": so(
        SERVER, known(replace(ELS, bounced=True), returned_to=ELS_AT, **OUR_MAIL)
    ),
    "a mail to another address came back": so(SERVER, known(ELS, returned_to="bo@damme.example", **OUR_MAIL)),
    "a mail of two people came back": so(
        SERVER,
        known(
            ELS,
            row(2, name="Bo Claes", email="bo@damme.example"),
            returned_to=ELS_AT,
            thread=("INS-0001", "INS-0002"),
            thread_event="kis",
        ),
    ),
    "a mail to who sent somebody in came back, who has no address": so(
        SERVER,
        known(row(1, email="", sender="An@brugge.example"), returned_to="an@brugge.example", **OUR_MAIL),
    ),
    "a mail to who sent somebody in came back, who has an address": so(
        SERVER, known(row(1, sender="an@brugge.example"), returned_to="an@brugge.example", **OUR_MAIL)
    ),
    "a mail about an event that is gone came back": so(
        SERVER, known(replace(ELS, event="gone"), returned_to=ELS_AT, **OUR_MAIL)
    ),
    "a mail came back that nobody is known for": so(SERVER, known(ELS, returned_to=ELS_AT)),
    "a mail came back, and nobody knows where it went": so(
        SERVER, known(row(1, email="", sender=""), returned_to="", **OUR_MAIL)
    ),
    "an answer of who is away": so(mail(automatic=MachineSign.AWAY), known(ELS, **OUR_MAIL)),
    "an answer of who is away with a form": so(
        mail(automatic=MachineSign.AWAY), known(), form_of(person(), clues=(clue(),))
    ),
    "what the server could not give": so(
        mail(
            not_given=True,
            automatic=MachineSign.MAIL_SERVER,
            body=tuple(
                Paragraph((Span(text),), Location())
                for text in ("  Kon niet", "", "gehaald  worden", "x" * 500)
            ),
        )
    ),
}

LEAVES = words(
    Intent.WITHDRAW, "Ik kom niet.", clues=(clue(),), acts=(Act(ActKind.NOT_COME, agreed=True, of_self=True),)
)
LIST = mail(name="Els Maes", automatic=MachineSign.LIST)
LISTS: dict[str, Callable[[], str]] = {
    "who is registered writes through a list": so(LIST, known(ELS), LEAVES),
    "who sent somebody in writes through a list": so(
        replace(mail("an@brugge.example", automatic=MachineSign.LIST)),
        known(row(1, sender="An@brugge.example")),
        words(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes", clues=(clue(),)),
    ),
    "who is known by Reply-To writes through a list": so(
        mail(
            "lijst@damme.example",
            automatic=MachineSign.LIST,
            reply_to=Address("Els@damme.example", "Els Maes"),
        ),
        known(ELS),
        LEAVES,
    ),
    "who is unknown writes through a list": so(LIST, known(), LEAVES),
    "who is known at an event that is gone writes through a list": so(
        LIST, known(replace(ELS, event="gone")), LEAVES
    ),
    "who answers us through a list": so(
        mail("x@elders.example", automatic=MachineSign.LIST),
        known(ELS, **OUR_MAIL),
        words(Intent.REPLY, "Goed."),
    ),
    "a list tells of something else": so(LIST, known(ELS), words(Intent.NONE, "De barbecue is zaterdag.")),
    "a newsletter of who is registered": so(mail(automatic=MachineSign.NEWSLETTER), known(ELS), LEAVES),
}

OUT = replace(ELS, status=Status.EXCUSED)
SAYS = words(Intent.REPLY, "Ik kan pas om 15 uur.")
CALENDAR: dict[str, Callable[[], str]] = {
    "declined": so(answer("DECLINED"), invited(ELS)),
    "declined by who waits": so(answer("DECLINED"), invited(replace(ELS, status=Status.WAITLISTED))),
    "declined by who is incomplete": so(answer("DECLINED"), invited(replace(ELS, status=Status.INCOMPLETE))),
    "declined by who is out": so(answer("DECLINED"), invited(OUT)),
    "declined by who is out, with words": so(
        answer("DECLINED", words="Ik kan pas om 15 uur."), invited(OUT), SAYS
    ),
    "declined with words": so(
        answer("DECLINED", words="Helaas."), invited(ELS), words(Intent.WITHDRAW, "Helaas.")
    ),
    "declined, and who comes in the place": so(
        spoken(answer("DECLINED", words="Jan Peeters komt.")),
        invited(ELS),
        words(
            Intent.SUBSTITUTE,
            "Jan Peeters komt.",
            substitute=person("Jan Peeters", ""),
            acts=(Act(ActKind.SUBSTITUTE, people=("Jan Peeters",), agreed=True),),
        ),
    ),
    "declined by a machine, and who comes in the place": so(
        answer("DECLINED", words="Jan Peeters komt."),
        invited(ELS),
        words(Intent.SUBSTITUTE, "Jan Peeters komt.", substitute=person("Jan Peeters", "")),
    ),
    "declined, and comes": so(
        answer("DECLINED", words="Ik kom wel."), invited(ELS), words(Intent.REGISTER, "Ik kom wel.")
    ),
    "declined, and comes after all": so(
        answer("DECLINED", words="Ik kom toch."), invited(ELS), words(Intent.RESTORE, "Ik kom toch.")
    ),
    "declined by a stranger": so(answer("DECLINED", "x@elders.example", "x@elders.example"), invited(ELS)),
    "declined by a colleague": so(
        answer("DECLINED", "piet@damme.example", "piet@damme.example"), invited(ELS)
    ),
    "declined by a secretary for them": so(
        answer("DECLINED", "piet@damme.example", sent_by="Piet@damme.example"), invited(ELS)
    ),
    "declined by a colleague in their name": so(answer("DECLINED", "piet@damme.example"), invited(ELS)),
    "declined by a stranger for them": so(
        answer("DECLINED", "x@elders.example", sent_by="x@elders.example"), invited(ELS)
    ),
    "declined by who sent them in": so(
        answer("DECLINED", "an@brugge.example", sent_by="an@brugge.example"),
        invited(replace(ELS, sender="an@brugge.example")),
    ),
    "declined by them, whom the server does not confirm": so(
        answer("DECLINED"), invited(ELS), config=replace(settings(), authserv_id="mx.post.example")
    ),
    "declined by them, forged": so(
        mail(
            ELS_AT,
            calendar_reply=CalendarReply("uid-1", ELS_AT, "DECLINED"),
            automatic=MachineSign.CALENDAR,
            authentication=Verdict.FAIL,
        ),
        invited(ELS),
    ),
    "declined makes a place": so(
        answer("DECLINED"),
        invited(ELS, row(2, Status.WAITLISTED, "Bo Claes", "Brugge", "bo@brugge.example")),
        config=settings(event(capacity=1)),
    ),
    "accepted": so(answer("ACCEPTED"), invited(ELS)),
    "accepted with thanks": so(
        answer("ACCEPTED", words="Dank."), invited(ELS), words(Intent.THANKS, "Dank.")
    ),
    "accepted with a yes": so(answer("ACCEPTED", words="Ja."), invited(ELS), words(Intent.CONFIRM, "Ja.")),
    "accepted with thanks and a question": so(
        answer("ACCEPTED", words="Dank. Is er parking?"),
        invited(ELS),
        words(Intent.THANKS, "Dank. Is er parking?", question="Is er parking?"),
    ),
    "accepted with words": so(answer("ACCEPTED", words="Ik kan pas om 15 uur."), invited(ELS), SAYS),
    "tentative with words": so(answer("TENTATIVE", words="Ik kan pas om 15 uur."), invited(ELS), SAYS),
    "tentative": so(answer("TENTATIVE"), invited(ELS)),
    "another word with words": so(answer("NEEDS-ACTION", words="Ik kan pas om 15 uur."), invited(ELS), SAYS),
    "passed on": so(answer("DELEGATED", delegated_to="jan@damme.example"), invited(ELS)),
    "another moment": so(answer("COUNTER"), invited(ELS)),
    "of no invitation of ours": so(answer("DECLINED"), known(ELS)),
    "of no invitation of ours, by a person with words": so(
        spoken(answer("DECLINED", words="Ik kom niet.")), known(ELS), LEAVES
    ),
    "of no invitation of ours, by a machine with words": so(
        answer("DECLINED", words="Ik kom niet."), known(ELS), LEAVES
    ),
    "of an event that is gone": so(answer("DECLINED"), invited(replace(ELS, event="gone"))),
}

EXAMPLES = together(
    server=BOUNCES,
    list=LISTS,
    calendar=CALENDAR,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_what_a_machine_sends(name: str) -> None:
    assert EXAMPLES[name]() == expected("automatic")[name]

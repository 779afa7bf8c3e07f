"""Each act in words or by a form × who writes it × where the registration stands: what follows, in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.message import Arrival, Verdict
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Act, ActKind, Intent, Submission

from .building import MORNING, clue, form_of, known, mail, person, row, settings, words
from .following import expected, of_thread, value

ELS = "els@damme.example"
OTHER = "els@prive.example"


def _of(status: Status, **more: object) -> Registration:
    reason = "volzet" if status is Status.WAITLISTED else ""
    return row(1, status, answers={"phone": "050 11 11 11"}, reason=reason, message=77, **more)


def _with(one: Registration, *others: Registration, **more: object) -> DecisionContext:
    return known(one, *others, **more)


#: Who writes: the mail, what is known, and the settings, by where the registration stands.
WRITERS: dict[str, Callable[[Status], tuple[Arrival, DecisionContext, Settings]]] = {
    "the person": lambda s: (mail(ELS, name="Els Maes"), _with(_of(s)), settings()),
    "the person, in the thread": lambda s: (
        mail(ELS, name="Els Maes"),
        of_thread(_of(s), answers_mail_to=ELS),
        settings(),
    ),
    "the person, from another address, by our mail": lambda s: (
        mail(OTHER, name="Els Maes"),
        of_thread(_of(s), answers_mail_to=ELS),
        settings(),
    ),
    "who shares the address": lambda s: (
        mail(ELS, name="Els Maes"),
        _with(_of(s), row(2, name="Bo Claes", message=78)),
        settings(),
    ),
    "who sent them in": lambda s: (
        mail("an@brugge.example", name="An Bos"),
        _with(_of(s, sender="an@brugge.example", by_sender=frozenset({"phone"}))),
        settings(),
    ),
    "who sent them in, with capitals": lambda s: (
        mail("An@Brugge.example", name="An Bos"),
        _with(_of(s, sender="An@Brugge.EXAMPLE", by_sender=frozenset({"phone"}))),
        settings(),
    ),
    "who sent them in, before they wrote themselves": lambda s: (
        mail("an@brugge.example", name="An Bos"),
        _with(_of(s, sender="an@brugge.example", claimed=True)),
        settings(),
    ),
    "a colleague": lambda s: (mail("piet@damme.example", name="Piet Dries"), _with(_of(s)), settings()),
    "a colleague who sent them in, before they wrote themselves": lambda s: (
        mail("piet@damme.example", name="Piet Dries"),
        _with(_of(s, sender="piet@damme.example", claimed=True, by_sender=frozenset({"phone"}))),
        settings(),
    ),
    "a colleague, of who has no address": lambda s: (
        mail("piet@damme.example", name="Piet Dries"),
        _with(_of(s, email="", sender="secretariaat")),
        settings(),
    ),
    "a colleague by a domain that she gave": lambda s: (
        mail("piet@kabinet.example", name="Piet Dries"),
        _with(_of(s), domains={"kabinet.example": "Damme"}),
        settings(),
    ),
    "a forwarder": lambda s: (
        mail("partner@koepel.example", name="Koepel"),
        _with(_of(s)),
        settings(forwarders=("partner@koepel.example",)),
    ),
    "a stranger": lambda s: (mail("x@elders.example", name="Xander Yde"), _with(_of(s)), settings()),
    "a stranger, in the thread": lambda s: (
        mail("x@elders.example", name="Xander Yde"),
        _with(_of(s), thread=("INS-0001",), thread_event="kis"),
        settings(),
    ),
    "the person, whom the server does not confirm": lambda s: (
        mail(ELS, name="Els Maes"),
        _with(_of(s)),
        replace(settings(), authserv_id="mx.post.example"),
    ),
    "the person, as a forgery": lambda s: (
        mail(ELS, name="Els Maes", authentication=Verdict.FAIL),
        _with(_of(s)),
        settings(),
    ),
    "the person, answered by nobody": lambda s: (
        mail(ELS, name="Els Maes", no_answer="bulk"),
        _with(_of(s)),
        settings(),
    ),
}

_SUBSTITUTE = Act(
    ActKind.SUBSTITUTE, people=("Jan Claes",), words="Jan Claes komt in de plaats.", agreed=True
)


def _said(intent: Intent, text: str, **more: object) -> Submission:
    return words(intent, text, "Els Maes", clues=(clue(),), **more)


def _form(**answers: str | bool) -> Submission:
    return form_of(person(**{"email": ELS, "phone": "050 11 11 11", **answers}), clues=(clue(),))


#: What is written.
ACTS: dict[str, Submission] = {
    "withdraws": _said(Intent.WITHDRAW, "Els Maes komt niet."),
    "excuses": _said(Intent.EXCUSE, "Els Maes is verontschuldigd."),
    "perhaps withdraws": _said(Intent.MAYBE_WITHDRAW, "Els Maes kan misschien niet."),
    "restores": _said(Intent.RESTORE, "Els Maes komt toch."),
    "registers": _said(Intent.REGISTER, "Els Maes komt."),
    "substitutes": _said(
        Intent.SUBSTITUTE,
        "Jan Claes komt in de plaats.",
        substitute=person("Jan Claes", ""),
        acts=(_SUBSTITUTE,),
    ),
    "says yes": _said(Intent.CONFIRM, "Ja"),
    "says no": _said(Intent.DENY, "Nee"),
    "thanks": _said(Intent.THANKS, "Bedankt"),
    "wants a change": _said(Intent.CHANGE, "Het nummer van Els Maes is anders."),
    "writes something else": _said(Intent.REPLY, "Els Maes eet alles."),
    "is not understood": _said(Intent.UNCLEAR, "Els Maes, als het regent."),
    "asks": _said(Intent.NONE, "Is er parking?", question="Is er parking?"),
    "the same form again": _form(),
    "a form with another telephone": _form(phone="050 22 22 22"),
    "a form with another address": _form(email=OTHER),
    "a form that says no": _form(attends=False),
    "a form with words of withdrawal": replace(_form(), intent=Intent.WITHDRAW, words="Ik kom niet."),
}


def _line(decision: Decision) -> str:
    """What follows, without who is shown what."""
    said = [str(decision.outcome)]
    if decision.answer:
        said.append("answered" if decision.to_sender else "others hear of it")
    if decision.asks:
        said.append(f"asks {decision.asks}")
    for result in decision.results:
        of = result.after or result.before
        told = f"{of.nr if of else 'nobody'} {result.outcome}"
        was = result.before.status if result.before else None
        if result.after is not None and result.after.status is not was:
            told += f" {result.after.status}"
        marks = (
            *result.notes,
            *(f"{c.key}→{c.new}" for c in result.changes),
            *(() if result.mail else ("no mail",)),
        )
        said.append(told + (f" ({', '.join(marks)})" if marks else ""))
    said += [
        f"{case.kind}: {', '.join(_codes(case.says))} [{', '.join(case.choices)}]" for case in decision.cases
    ]
    return "; ".join(said)


def _codes(says: tuple[object, ...]) -> list[str]:
    return [value(getattr(one, "facts", {}).get("lead", one)).partition("(")[0] for one in says]


def _by_status(act: str, writer: str) -> tuple[str, ...]:
    by_line: dict[str, list[str]] = {}
    for status in Status:
        arrival, context, config = WRITERS[writer](status)
        by_line.setdefault(_line(decide(arrival, ACTS[act], context, config, MORNING)), []).append(status)
    return tuple(f"    {', '.join(of)}: {line}" for line, of in by_line.items())


def _follows(act: str) -> str:
    by_what: dict[tuple[str, ...], list[str]] = {}
    for writer in WRITERS:
        by_what.setdefault(_by_status(act, writer), []).append(writer)
    return "\n".join("\n".join((*(f"  {one}" for one in of), *what)) for what, of in by_what.items())


EXAMPLES = {act: partial(_follows, act) for act in ACTS}


@pytest.mark.parametrize("act", ACTS)
def test_what_follows_of_an_act_by_each_who_may_write_it(act: str) -> None:
    assert EXAMPLES[act]() == expected("relations")[act]

"""Mail in plain words: what follows from each kind of it, and from what is almost it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Limits
from mailbot.decision import decide
from mailbot.domain.case import ASKED, Case, CaseKind, Choice
from mailbot.domain.decision import Ask, DecisionContext, PendingQuestion
from mailbot.domain.document import Location, Paragraph, ParseStatus, Span, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address, Arrival, MachineSign, Message, Verdict
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    ClueSource,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
)

from .building import MORNING, clue, event, form_of, known, local, mail, person, row, settings, words
from .following import expected, of_thread, so, together

ELS, BO, AN = (
    row(1),
    row(2, name="Bo Claes", email="bo@damme.example"),
    row(3, name="An Bos", organisation="Brugge", email="an@brugge.example"),
)
OUT = replace(ELS, status=Status.CANCELLED)
LATE = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
DOUBTED = (Problem(0, "role", Code.UNSURE, Reason.UNCLEAR, "schep"), Problem(0, "first_name", Code.MISSING))
MINE = row(1, Status.INCOMPLETE, doubts=DOUBTED, answers={"role": "schep"})


def does(kind: ActKind, text: str = "", *people: str, **more: object) -> Act:
    return Act(kind, people=people, words=text, agreed=True, **more)  # type: ignore[arg-type]  # a test names the fields it sets


def body(text: str, **more: object) -> Paragraph:
    return Paragraph((Span(text),), Location().at(Unit.MAIL), **more)  # type: ignore[arg-type]  # the same


def asked(kind: Ask, *rows: Registration, nrs: tuple[str, ...] = (), **more: object) -> DecisionContext:
    question = PendingQuestion(kind, "kis", nrs or tuple(one.nr for one in rows))
    return of_thread(*rows, **{"asked": question, **more})


def inside(address: str, name: str = "", *text: str, subject: str = "Afmelding", **more: object) -> Message:
    blocks = tuple(body(line) for line in text)
    return Message("<binnen@elders.example>", Address(address, name), subject, MORNING, body=blocks, **more)  # type: ignore[arg-type]


def told(name: str = "Jan Peeters", organisation: str = "Damme", **more: str) -> Person:
    return person(name, organisation, **more)


OVER_AND_AHEAD = settings(
    event(),
    event(id="oud", title="Ander", starts=local(2026, 11, 2, 14), ends=local(2026, 11, 2, 17), deadline=None),
)
TWO = settings(event(), event(id="other", title="Netwerkdag Wonen", place="Damme"))
REPLACED = settings(
    event(),
    event(
        id="new",
        title="Kennisplatform",
        replaces="kis",
        starts=local(2026, 12, 10, 14),
        ends=local(2026, 12, 10, 17),
    ),
)
GONE = "Els Maes komt niet."
NOT_ME = does(ActKind.NOT_COME, "Ik kom niet.", of_self=True)
INSTEAD = does(ActKind.SUBSTITUTE, "Jan Peeters komt in mijn plaats.", "Jan Peeters", of_self=True)
PLACES = words(
    Intent.UNCLEAR,
    "Wij komen met twee.",
    acts=(does(ActKind.PLACES, "Wij komen met twee.", places=2),),
    heard=(ActKind.PLACES,),
    clues=(clue(),),
)


def leaves(text: str = "Ik kom niet.", *named: str, **more: object) -> Submission:
    return words(Intent.WITHDRAW, text, *named, **{"clues": (clue(),), **more})


def comes(text: str = "Ik kom.", *named: str, **more: object) -> Submission:
    return words(Intent.REGISTER, text, *named, **{"clues": (clue(),), **more})


def back(text: str = "Ik kom toch.", *named: str, **more: object) -> Submission:
    return words(Intent.RESTORE, text, *named, **{"clues": (clue(),), **more})


def instead(text: str = "Jan Peeters komt in mijn plaats.", *named: str, **more: object) -> Submission:
    facts: dict[str, object] = {"clues": (clue(),), "substitute": told("Jan Peeters", ""), "acts": (INSTEAD,)}
    return words(Intent.SUBSTITUTE, text, *named, **{**facts, **more})


def just(intent: Intent, text: str = "", *named: str, **more: object) -> Submission:
    return words(intent, text, *named, **{"clues": (clue(),), **more})


HERS = Case(
    CaseKind.UNCLEAR,
    "Els Maes",
    "",
    (Choice.REGISTER, Choice.DONE),
    MORNING,
    "kis",
    registration="INS-0001",
    message=5,
    payload={ASKED: "9"},
    key="unclear:5:",
    id=9,
    says=(say(Says.QUOTED, words="Mag mijn hond mee?"),),
)
HER_QUESTION = replace(
    of_thread(ELS),
    asked=PendingQuestion(Ask.REMARK, "kis", ("INS-0001",), case=9),
    open_cases=(HERS,),
    answers_mail_to="els@damme.example",
)

LEAVING: dict[str, Callable[[], str]] = {
    "who is registered withdraws": so(leaves(), known(ELS, BO)),
    "who is registered withdraws after the deadline": so(leaves(), known(ELS), mail(at=LATE)),
    "who withdrew before withdraws once more": so(leaves(), known(OUT)),
    "who waits excuses themselves": so(
        just(Intent.EXCUSE, "Verontschuldigd."), known(row(1, Status.WAITLISTED))
    ),
    "who is not registered and is somebody of a body withdraws": so(leaves(), known()),
    "who is not registered withdraws, with what their signature says": so(
        leaves(writer=person(role="schepen", phone="050 1")), known()
    ),
    "a no-reply address withdraws for nobody": so(
        leaves(), known(), mail("noreply@damme.example", stands_in=MachineSign.NO_REPLY_ADDRESS)
    ),
    "a copier that names somebody in Reply-To withdraws them": so(
        leaves(),
        known(),
        mail(
            "copier@damme.example",
            name="Copier",
            stands_in=MachineSign.COPIER,
            reply_to=Address("els@damme.example", "Els Maes"),
        ),
    ),
    "a copier names in Reply-To who is registered": so(
        leaves(),
        known(ELS),
        mail(
            "copier@damme.example",
            stands_in=MachineSign.COPIER,
            reply_to=Address("els@damme.example", "Els Maes"),
        ),
    ),
    "an office without a name withdraws": so(
        leaves(), known(), mail("info@damme.example", name="Secretariaat")
    ),
    "an office without a name, of which somebody registered may be, withdraws": so(
        leaves("Ik kom niet.\nEls Maes"), known(ELS), mail("info@damme.example", name="Secretariaat")
    ),
    "who withdraws and asks, of whom nothing is known": so(leaves(question="Kan het geld terug?"), known()),
    "who withdraws and asks, and is registered": so(leaves(question="Kan het geld terug?"), known(ELS)),
    "who excuses themselves and asks, of whom nothing is known": so(
        just(Intent.EXCUSE, "Verontschuldigd.", question="Komt er een verslag?"), known()
    ),
    "by a whole name a colleague withdraws one of two": so(
        leaves(GONE, "Els Maes"), known(ELS, BO), mail("piet@damme.example", name="Piet Dries")
    ),
    "by a first name alone a colleague withdraws": so(
        leaves("Els komt niet.", "Els"), known(ELS, BO), mail("piet@damme.example", name="Piet Dries")
    ),
    "by a first name alone a colleague withdraws in the thread about them": so(
        leaves("Els komt niet.", "Els"), of_thread(ELS, BO), mail("piet@damme.example", name="Piet Dries")
    ),
    "by a first name and the reference a colleague withdraws": so(
        leaves("Els komt niet (INS-0001).", "Els", nrs=("INS-0001",)),
        known(ELS, BO),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "two are named and two withdrawn": so(
        leaves("Els Maes en Bo Claes komen niet.", "Els Maes", "Bo Claes"),
        known(ELS, BO),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "who sent in two and names none is asked which": so(
        leaves(),
        known(replace(ELS, sender="an@brugge.example"), replace(BO, sender="an@brugge.example")),
        mail("an@brugge.example", name="An Bos"),
    ),
    "who sent in one from an address in capitals": so(
        leaves("Els Maes komt niet.", "Els Maes"),
        known(replace(ELS, sender="An@Brugge.example")),
        mail("an@brugge.example"),
    ),
    "who sent in two, of whom one is out, withdraws the other": so(
        leaves(),
        known(replace(OUT, sender="an@brugge.example"), replace(BO, sender="an@brugge.example")),
        mail("an@brugge.example", name="An Bos"),
    ),
    "who sent in themselves and another is asked which": so(
        leaves(),
        known(ELS, replace(BO, email_of_sender=True, sender="els@damme.example")),
        mail(name="Els Maes"),
    ),
    "a stranger who answers about two is asked nothing": so(
        leaves(), of_thread(ELS, BO, answers_mail_to=""), mail("x@elders.example")
    ),
    "who is named and comes already is no newcomer": so(
        leaves("Els komt niet, Bo Claes wel.", "Els Maes", staying=("Bo Claes",)), known(ELS, BO)
    ),
    "who is named to come beside and is not registered": so(
        leaves("Els komt niet, Bo Claes wel.", "Els Maes", staying=("Bo Claes",)), known(ELS)
    ),
    "who is named to come beside and waits": so(
        leaves("Els komt niet, Bo Claes wel.", "Els Maes", staying=("Bo Claes",)),
        known(ELS, replace(BO, status=Status.WAITLISTED)),
    ),
    "words about another's mail, without an I and without a name": so(
        leaves("Gelieve deze inschrijving te annuleren."), of_thread(BO, ELS), mail(name="Els Maes")
    ),
    "words about another's mail, with an I": so(
        leaves(acts=(NOT_ME,)), of_thread(BO, ELS), mail(name="Els Maes")
    ),
    "a colleague excuses two who are not registered": so(
        just(
            Intent.EXCUSE,
            "Jan Peeters en Mia Wouters zijn verontschuldigd.",
            "Jan Peeters",
            "Mia Wouters",
            roles=("schepen",),
        ),
        known(),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "a colleague excuses one who is not registered and is of elsewhere": so(
        just(Intent.EXCUSE, "Luc Pauwels van Damme kan niet.", "Luc Pauwels van Damme"),
        known(),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "a colleague excuses two, of whom one is like somebody known": so(
        just(Intent.EXCUSE, "J. Claes en Mia Wouters kunnen niet.", "J. Claes", "Mia Wouters"),
        known(row(2, name="Jan Claes", email="jan@damme.example")),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "a colleague excuses by a first name alone who is not registered": so(
        just(Intent.EXCUSE, "Mia kan niet.", "Mia"), known(), mail("piet@damme.example", name="Piet Dries")
    ),
    "a colleague excuses one who is like somebody known": so(
        just(Intent.EXCUSE, "Jan Klaes kan niet.", "Jan Klaes"),
        known(row(2, name="Jan Claes", email="jan@damme.example")),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "a colleague excuses an office": so(
        just(Intent.EXCUSE, "De dienst secretariaat kan niet.", "dienst secretariaat"),
        known(),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "a stranger excuses somebody by name who is not registered": so(
        just(Intent.EXCUSE, "Jan Peeters kan niet.", "Jan Peeters"),
        known(),
        mail("x@elders.example", name="Xander Yde"),
    ),
    "somebody is excused by name with a reference": so(
        just(Intent.EXCUSE, "Jan Peeters kan niet (INS-0001).", "Jan Peeters", nrs=("INS-0001",)),
        known(replace(OUT, event="kis")),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "words that are passed on withdraw who is registered": so(
        leaves(),
        known(ELS),
        mail(
            "piet@damme.example",
            name="Piet Dries",
            forwarded=inside("els@damme.example", "Els Maes", "Ik kom niet."),
        ),
    ),
    "words that are passed on withdraw nobody known": so(
        leaves(),
        known(),
        mail(
            "piet@damme.example",
            name="Piet Dries",
            forwarded=inside("els@damme.example", "Els Maes", "Ik kom niet."),
        ),
    ),
    "who writes through a list withdraws": so(
        leaves(),
        known(),
        mail(
            "lijst@damme.example",
            name="Els Maes",
            stands_in=MachineSign.REWRITTEN_BY_LIST,
            reply_to=Address("els@damme.example", "Els Maes"),
        ),
    ),
    "who names others that are registered beside themselves": so(
        leaves("Ik kom niet, Bo Claes ook."), known(ELS, BO), mail(name="Els Maes")
    ),
    "who signs with another's name, unknown": so(
        leaves("Wij komen niet.\nBo Claes"), known(BO), mail("els@damme.example", name="")
    ),
    "a form that says no one is registered and has no name": so(
        form_of(
            Person({"attends": Answer(False), "organisation": Answer("Damme")}, "Damme"), clues=(clue(),)
        ),
        known(),
    ),
    "who stays away from all, registered for two": so(
        leaves("Ik kom nergens.", everywhere=True, clues=()), known(ELS, row(2, event="other")), config=TWO
    ),
    "who stays away from all, registered for one": so(
        leaves("Ik kom nergens.", everywhere=True, clues=()), known(ELS), config=TWO
    ),
    "who stays away from all, registered for two and out of one": so(
        leaves("Ik kom nergens.", everywhere=True, clues=()),
        known(ELS, row(2, Status.EXCUSED, event="other")),
        config=TWO,
    ),
}

SENT_IN = tuple(replace(one, sender="an@brugge.example") for one in (ELS, BO))
WHICH = asked(Ask.WHICH, *SENT_IN, thread=("INS-0001", "INS-0002"))
RETURNS = asked(Ask.WHICH_RETURNS, *(replace(one, status=Status.CANCELLED) for one in SENT_IN))
FROM_AN = mail("an@brugge.example", name="An Bos")
ANSWERS: dict[str, Callable[[], str]] = {
    "which: by a whole name": so(just(Intent.REPLY, "Els Maes"), WHICH, FROM_AN),
    "which: by a part that one alone has": so(just(Intent.REPLY, "Die van Claes."), WHICH, FROM_AN),
    "which: by a part that both have": so(
        just(Intent.REPLY, "Die van Maes."),
        asked(Ask.WHICH, SENT_IN[0], replace(SENT_IN[1], answers={**BO.answers, "last_name": "Maes"})),
        FROM_AN,
    ),
    "which: by a word of two letters": so(just(Intent.REPLY, "Bo"), WHICH, FROM_AN),
    "which: by a reference": so(just(Intent.REPLY, "INS-0002", nrs=("INS-0002",)), WHICH, FROM_AN),
    "which: all": so(just(Intent.REPLY, "Allebei."), WHICH, FROM_AN),
    "which: all but one": so(just(Intent.REPLY, "Allen behalve Bo Claes."), WHICH, FROM_AN),
    "which: not one": so(just(Intent.REPLY, "Niet Els Maes."), WHICH, FROM_AN),
    "which: a withdrawal that says not": so(
        just(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes"), WHICH, FROM_AN
    ),
    "which: none of them": so(just(Intent.REPLY, "Geert."), WHICH, FROM_AN),
    "which: thanks": so(just(Intent.THANKS, "Dank."), WHICH, FROM_AN),
    "which: who comes after all": so(back("Els Maes komt toch.", "Els Maes"), WHICH, FROM_AN),
    "which returns: by name": so(just(Intent.REPLY, "Els Maes"), RETURNS, FROM_AN),
    "which returns: all": so(just(Intent.REPLY, "Alle twee, iedereen"), RETURNS, FROM_AN),
    "incomplete: yes": so(just(Intent.CONFIRM, "Ja"), asked(Ask.INCOMPLETE, MINE)),
    "incomplete: yes, where nothing is open any more": so(
        just(Intent.CONFIRM, "Ja"), asked(Ask.INCOMPLETE, ELS)
    ),
    "incomplete: yes, of who is in and doubted": so(
        just(Intent.CONFIRM, "Ja"),
        asked(Ask.INCOMPLETE, row(1, doubts=DOUBTED[:1], answers={"role": "schep"})),
    ),
    "incomplete: no": so(just(Intent.DENY, "Nee"), asked(Ask.INCOMPLETE, MINE)),
    "incomplete: something else": so(just(Intent.REPLY, "Dat weet ik niet."), asked(Ask.INCOMPLETE, MINE)),
    "incomplete: thanks": so(just(Intent.THANKS, "Dank."), asked(Ask.INCOMPLETE, MINE)),
    "incomplete: a question": so(
        just(Intent.NONE, "Waarom?", question="Waarom?"), asked(Ask.INCOMPLETE, MINE)
    ),
    "incomplete: something else, where it is complete": so(
        just(Intent.REPLY, "Goed zo."), asked(Ask.INCOMPLETE, ELS)
    ),
    "signed: yes": so(just(Intent.CONFIRM, "Ja"), asked(Ask.SIGNED, ELS)),
    "signed: ok and thanks": so(just(Intent.THANKS, "Ok, bedankt"), asked(Ask.SIGNED, ELS)),
    "signed: thanks": so(just(Intent.THANKS, "Bedankt"), asked(Ask.SIGNED, ELS)),
    "signed: yes, of a stranger": so(
        just(Intent.CONFIRM, "Ja"), asked(Ask.SIGNED, ELS), mail("x@elders.example")
    ),
    "signed: yes, of a colleague": so(
        just(Intent.CONFIRM, "Ja"), asked(Ask.SIGNED, ELS), mail("piet@damme.example", name="Piet Dries")
    ),
    "signed: yes and a question": so(
        just(Intent.CONFIRM, "Ja", question="Is er parking?"), asked(Ask.SIGNED, ELS)
    ),
    "told: yes": so(just(Intent.CONFIRM, "Ja"), asked(Ask.TOLD, ELS)),
    "told: yes, of a stranger": so(
        just(Intent.CONFIRM, "Ja"), asked(Ask.TOLD, ELS), mail("x@elders.example")
    ),
    "told: a thumb": so(just(Intent.NONE, "👍"), asked(Ask.TOLD, ELS)),
    "readable: no form": so(
        just(Intent.REPLY, "Het staat in de bijlage."), asked(Ask.READABLE, ELS, nrs=("X",))
    ),
    "hers: answered": so(just(Intent.REPLY, "Ja, een kleine."), HER_QUESTION),
    "hers: answered by another": so(
        just(Intent.REPLY, "Ja, een kleine."), HER_QUESTION, mail("piet@damme.example", name="Piet Dries")
    ),
    "hers: answered, and it is closed": so(just(Intent.REPLY, "Ja."), replace(HER_QUESTION, open_cases=())),
    "hers: answered, of a former mailbot": so(
        just(Intent.REPLY, "Ja."), replace(HER_QUESTION, open_cases=(replace(HERS, payload={ASKED: "ja"}),))
    ),
    "hers: answered, of a former mailbot at another event": so(
        just(Intent.REPLY, "Ja."),
        replace(HER_QUESTION, open_cases=(replace(HERS, payload={ASKED: "ja"}, event="other"),)),
    ),
    "hers: answered with a form": so(
        form_of(person(email="els@damme.example", phone="050"), clues=(clue(),)), HER_QUESTION
    ),
    "hers: answered with a withdrawal": so(leaves(acts=(NOT_ME,)), HER_QUESTION),
    "new date: yes": so(just(Intent.CONFIRM, "Ja", clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: no": so(just(Intent.DENY, "Nee", clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: comes": so(comes(clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: excused": so(
        just(Intent.EXCUSE, "Verontschuldigd", clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED
    ),
    "new date: withdraws": so(leaves(clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: comes after all": so(back(clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: thanks": so(just(Intent.THANKS, "Dank", clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED),
    "new date: something else": so(
        just(Intent.REPLY, "Ik kijk na.", clues=()), asked(Ask.NEW_DATE, ELS), config=REPLACED
    ),
    "new date: yes, of a stranger": so(
        just(Intent.CONFIRM, "Ja", clues=()),
        asked(Ask.NEW_DATE, ELS),
        mail("x@elders.example"),
        config=REPLACED,
    ),
    "new date: yes, of who is there already": so(
        just(Intent.CONFIRM, "Ja", clues=()),
        asked(Ask.NEW_DATE, ELS, row(2, event="new"), nrs=("INS-0001",)),
        config=REPLACED,
    ),
    "new date: yes, of two rows that are one there": so(
        just(Intent.CONFIRM, "Ja", clues=()),
        asked(Ask.NEW_DATE, ELS, row(2), row(3, event="new"), nrs=("INS-0001", "INS-0002")),
        config=REPLACED,
    ),
    "new date: yes, of a namesake of another body": so(
        just(Intent.CONFIRM, "Ja", clues=()),
        asked(Ask.NEW_DATE, ELS, row(2, event="new", organisation="Brugge"), nrs=("INS-0001",)),
        config=REPLACED,
    ),
    "new date: yes, beyond the deadline": so(
        just(Intent.CONFIRM, "Ja", clues=()), asked(Ask.NEW_DATE, ELS), mail(at=LATE), config=REPLACED
    ),
    "asks for the confirmation again": so(
        just(Intent.UNCLEAR, "Stuur me dat nog eens.", acts=(does(ActKind.COPY),)), known(ELS)
    ),
    "asks for the invitation again": so(
        just(Intent.UNCLEAR, "Stuur me de agenda-uitnodiging nog eens.", acts=(does(ActKind.COPY),)),
        known(ELS),
    ),
    "asks for the confirmation again and says more": so(
        just(Intent.UNCLEAR, "Stuur me dat nog eens.", acts=(does(ActKind.COPY), does(ActKind.CHANGE))),
        known(ELS),
    ),
    "a stranger asks for the confirmation again": so(
        just(Intent.UNCLEAR, "Stuur me dat nog eens.", "Els Maes", acts=(does(ActKind.COPY),)),
        known(ELS),
        mail("x@elders.example"),
    ),
    "asks to be erased": so(just(Intent.UNCLEAR, "Wis mij.", acts=(does(ActKind.ERASE),)), known(ELS)),
    "asks what is held": so(just(Intent.UNCLEAR, "Wat hebt u?", acts=(does(ActKind.ACCESS),)), known(ELS)),
    "asks to be erased, unknown": so(
        just(Intent.UNCLEAR, "Wis mij.", acts=(does(ActKind.ERASE),), clues=()), known()
    ),
    "asks to be erased elsewhere": so(
        just(Intent.UNCLEAR, "Wis mij.", acts=(does(ActKind.ERASE, elsewhere=True),)), known(ELS)
    ),
}

COMING: dict[str, Callable[[], str]] = {
    "who is unknown comes, with a name and a body": so(comes(), known()),
    "who is unknown comes, with an office's address": so(
        comes(), known(), mail("info@damme.example", name="")
    ),
    "who is unknown comes, with the display name of a body": so(
        comes(), known(), mail("jan@elders.example", name="Brugge")
    ),
    "who is unknown comes, words passed on": so(
        comes(),
        known(),
        mail(
            "piet@damme.example",
            name="Piet Dries",
            forwarded=inside("els@damme.example", "Els Maes", "Ik kom."),
        ),
    ),
    "who is registered comes": so(comes(), known(ELS)),
    "who is registered comes, with more": so(
        comes(acts=(does(ActKind.COME), does(ActKind.BRING, "", "Jan"))), known(ELS)
    ),
    "who is registered comes, with words not understood": so(
        comes(unread_words="Met mijn hond."), known(ELS)
    ),
    "who is registered comes, with a question": so(
        comes(acts=(does(ActKind.COME), does(ActKind.QUESTION)), question="Hoe laat?"), known(ELS)
    ),
    "who was told thanks and comes": so(comes("Dank, tot dan.", heard=(ActKind.THANKS,)), of_thread(ELS)),
    "who was told comes, without thanks": so(comes("Tot dan."), of_thread(ELS)),
    "who waits thanks and comes": so(
        comes("Dank, tot dan.", heard=(ActKind.THANKS,)), of_thread(replace(ELS, status=Status.WAITLISTED))
    ),
    "who is incomplete comes": so(comes(), known(MINE)),
    "who is out comes": so(comes(), known(OUT)),
    "who said no by form comes after all": so(
        back(), known(replace(OUT, answers={**OUT.answers, "attends": False}))
    ),
    "who comes after all, of two who are out": so(
        back(), known(*(replace(one, status=Status.EXCUSED) for one in SENT_IN)), FROM_AN
    ),
    "who comes after all, of two of whom one is out": so(
        back(), known(SENT_IN[0], replace(SENT_IN[1], status=Status.EXCUSED)), FROM_AN
    ),
    "who comes after all, unknown": so(back(), known()),
    "who comes after all, named and unknown": so(back("Jan Peeters komt toch.", "Jan Peeters"), known()),
    "who is named and unknown comes": so(comes("Jan Peeters komt.", "Jan Peeters"), known()),
    "who is put on the list in words": so(
        comes("Jan Peeters komt.", told=(told(),)), known(), mail("piet@damme.example", name="Piet Dries")
    ),
    "two are put on the list in words": so(
        comes("Jan Peeters en Mia Wouters komen.", told=(told(), told("Mia Wouters"))),
        known(),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "who is put on the list in words is on it": so(
        comes("Els Maes komt.", told=(told("Els Maes"),)),
        known(ELS),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "who puts themselves on the list in words is on it": so(
        comes("Ik kom.", told=(told("Els Maes", email="els@damme.example"),)), known(ELS)
    ),
    "who is put on the list in words that are passed on": so(
        comes("Jan Peeters komt.", told=(told(),)),
        known(),
        mail(
            "piet@damme.example",
            name="Piet Dries",
            forwarded=inside("els@damme.example", "Els Maes", "Jan Peeters komt."),
        ),
    ),
    "who is doubted of who is put on the list": so(
        comes(
            "Jan Peeters komt.",
            told=(told(),),
            told_doubts=(Problem(0, "last_name", Code.UNSURE, Reason.UNCLEAR, "Peeters"),),
        ),
        known(),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "two places for a body": so(PLACES, known()),
    "two places of an unknown address": so(PLACES, known(), mail("x@elders.example", name="Xander Yde")),
    "five places": so(replace(PLACES, acts=(does(ActKind.PLACES, places=5),)), known()),
    "six places": so(replace(PLACES, acts=(does(ActKind.PLACES, places=6),)), known()),
    "two places or three": so(
        replace(PLACES, acts=(does(ActKind.PLACES, places=2), does(ActKind.PLACES, places=3))), known()
    ),
    "two places and a name": so(
        replace(PLACES, acts=(does(ActKind.PLACES, places=2), does(ActKind.COME, "", "Jan Peeters"))), known()
    ),
    "two places, and I come": so(
        replace(PLACES, acts=(does(ActKind.PLACES, places=2), does(ActKind.COME))), known()
    ),
    "two places and a change": so(
        replace(PLACES, acts=(does(ActKind.PLACES, places=2), does(ActKind.CHANGE))), known()
    ),
    "two places, by one reader alone": so(replace(PLACES, acts=(Act(ActKind.PLACES, places=2),)), known()),
    "two places and a question": so(replace(PLACES, question="Kan dat?"), known()),
    "two places elsewhere": so(
        replace(PLACES, acts=(does(ActKind.PLACES, places=2, elsewhere=True),)), known()
    ),
    "two places, passed on": so(
        PLACES,
        known(),
        mail(
            "piet@damme.example",
            name="Piet Dries",
            forwarded=inside("els@damme.example", "Els Maes", "Wij komen met twee."),
        ),
    ),
    "two places where there is one": so(PLACES, known(AN), config=settings(event(capacity=2))),
    "the names for places": so(
        form_of(person("Jan Peeters", email="jan@damme.example"), clues=(clue(),)),
        asked(Ask.INCOMPLETE, row(1, Status.INCOMPLETE, name="", email=""), nrs=("INS-0001",)),
    ),
    "a yes to an invitation that we did not send": so(
        words(Intent.CONFIRM, "Ja"), known(), mail(subject="Re: Kennisplatform")
    ),
    "a no to an invitation that we did not send": so(
        words(Intent.DENY, "Nee"), known(), mail(subject="Re: Kennisplatform")
    ),
    "a yes to a quote that names the event": so(
        words(Intent.CONFIRM, "Ja"),
        known(),
        mail(subject="Re:", body=(body("Ja"), body("Kennisplatform op 3 december 2026", quote=1))),
    ),
    "a yes to nothing of ours": so(
        words(Intent.CONFIRM, "Ja"),
        known(),
        mail(subject="Re: Barbecue", body=(body("Ja"), body("Barbecue", quote=1))),
    ),
    "a yes in answer to an invitation by a bare subject": so(
        comes(clues=()), known(), mail(subject="RE: Uitnodiging")
    ),
}

REPLACES = does(ActKind.SUBSTITUTE, "Els Maes kan niet, in bijlage haar vervanger.")
BESIDE = form_of(
    person("Jan Peeters", email="jan@damme.example"),
    named=("Els Maes",),
    acts=(REPLACES,),
    words=REPLACES.words,
    clues=(clue(),),
)
INSTEAD_OF: dict[str, Callable[[], str]] = {
    "somebody comes in the place of the writer": so(instead(), known(ELS, BO)),
    "somebody comes in the place of the writer, late": so(
        instead(), known(ELS), mail(name="Els Maes", at=LATE)
    ),
    "somebody comes in the place of who waits": so(
        instead(), known(row(1, Status.WAITLISTED, reason="volzet"))
    ),
    "nobody is named to come": so(instead("Een collega komt.", substitute=None, acts=()), known(ELS)),
    "the same person comes in their own place": so(instead(substitute=told("Els Maes", "")), known(ELS)),
    "somebody of another body, with an address": so(
        instead(substitute=told("Jan Peeters", "Brugge", email="jan@brugge.example")), known(ELS)
    ),
    "the writer comes in the place of another": so(
        instead("Ik kom in de plaats van Bo Claes.", "Bo Claes", substitute=told("Els Maes", "")),
        known(BO),
        mail(name="Els Maes", sender="els@damme.example"),
    ),
    "who comes is registered already": so(
        instead(), known(ELS, row(4, name="Jan Peeters", email="jan@damme.example"))
    ),
    "who comes was out": so(
        instead(), known(ELS, row(4, Status.EXCUSED, name="Jan Peeters", email="jan@damme.example"))
    ),
    "who comes was out, and the writer sent them in": so(
        instead(),
        known(
            ELS,
            row(4, Status.EXCUSED, name="Jan Peeters", email="jan@damme.example", sender="els@damme.example"),
        ),
    ),
    "who comes is a namesake of another body": so(
        instead(substitute=told("Jan Peeters", "Damme")),
        known(ELS, row(4, name="Jan Peeters", organisation="Brugge", email="jan@brugge.example")),
    ),
    "who comes is called as one of another body, and no body is said": so(
        instead(), known(ELS, row(4, name="Jan Peeters", organisation="Brugge", email="jan@brugge.example"))
    ),
    "of whom, of two": so(instead(acts=()), known(*SENT_IN), FROM_AN),
    "of the writer, of two whom they sent in": so(
        instead(), known(replace(ELS, sender="els@damme.example"), replace(BO, sender="els@damme.example"))
    ),
    "in the place of a stranger": so(instead(acts=()), known()),
    "in the place of who is out": so(instead(), known(OUT)),
    "of somebody named, by a colleague": so(
        instead("Jan Peeters komt in plaats van Els Maes.", "Els Maes"),
        known(ELS),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "somebody known leaves, and a form comes beside": so(BESIDE, known(ELS)),
    "somebody out leaves, and a form comes beside": so(BESIDE, known(OUT)),
    "somebody leaves who was out once, and a form comes beside": so(
        BESIDE, known(replace(OUT, nr="INS-0009"), ELS)
    ),
    "two of a name leave, and a form comes beside": so(
        BESIDE, known(ELS, row(4, organisation="Brugge", email="els@brugge.example"))
    ),
    "somebody leaves by a last name, and a form comes beside": so(
        replace(BESIDE, named=("Maes",)), known(ELS)
    ),
    "somebody else leaves too, and a form comes beside": so(
        replace(BESIDE, named=("Els Maes", "Bo Claes")), known(ELS)
    ),
    "nobody is named who leaves, and a form comes beside": so(replace(BESIDE, named=()), known(ELS)),
    "nothing says that somebody leaves, and a form comes beside": so(replace(BESIDE, acts=()), known(ELS)),
    "somebody leaves another event, and a form comes beside": so(
        replace(BESIDE, acts=(replace(REPLACES, elsewhere=True),)), known(ELS)
    ),
    "somebody leaves, and a form of another body comes beside": so(
        replace(BESIDE, people=(person("Jan Peeters", "Brugge", email="jan@brugge.example"),)), known(ELS)
    ),
    "somebody leaves, and their own form comes beside": so(
        replace(BESIDE, people=(person(email="els@damme.example"),)), known(ELS)
    ),
    "somebody leaves, and a form that says no comes beside": so(
        replace(BESIDE, people=(person("Jan Peeters", email="jan@damme.example", attends=False),)), known(ELS)
    ),
    "somebody leaves, and a form of two comes beside": so(
        replace(BESIDE, people=(*BESIDE.people, person("An Bos", email="an@damme.example"))), known(ELS)
    ),
}

TELLING: dict[str, Callable[[], str]] = {
    "who is out tells something of themselves": so(
        form_of(
            Person({"phone": Answer("050 3", Location().at(Unit.ANSWER))}),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="050 3",
            clues=(clue(),),
        ),
        asked(Ask.INCOMPLETE, OUT, nrs=("INS-0001",)),
    ),
    "who is out tells something, and comes": so(
        form_of(
            Person({"phone": Answer("050 3", Location().at(Unit.ANSWER))}),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="Ik kom. 050 3",
            clues=(clue(),),
            acts=(does(ActKind.COME),),
        ),
        asked(Ask.INCOMPLETE, OUT, nrs=("INS-0001",)),
    ),
    "who is out tells what they eat, which is not shown": so(
        form_of(
            Person({"diet": Answer("vegan", Location().at(Unit.ANSWER))}),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="Vegan.",
            clues=(clue(),),
        ),
        asked(Ask.INCOMPLETE, OUT, nrs=("INS-0001",)),
    ),
    "who is out tells what stands there": so(
        form_of(
            Person({"organisation": Answer("Damme", Location().at(Unit.ANSWER))}, "Damme"),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="Damme",
            clues=(clue(),),
        ),
        asked(Ask.INCOMPLETE, OUT, nrs=("INS-0001",)),
    ),
    "who was asked answers without a name": so(
        form_of(
            Person({"role": Answer("schepen", Location().at(Unit.ANSWER))}),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="schepen",
            clues=(clue(),),
        ),
        asked(Ask.INCOMPLETE, MINE),
    ),
    "two were asked and one answers without a name": so(
        form_of(
            Person({"role": Answer("schepen", Location().at(Unit.ANSWER))}),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="schepen",
            clues=(clue(),),
        ),
        asked(Ask.INCOMPLETE, MINE, BO),
    ),
    "who answers a mail gives another name": so(
        form_of(
            Person(
                {
                    "first_name": Answer("Marc", Location().at(Unit.ANSWER)),
                    "last_name": Answer("Pieters", Location().at(Unit.ANSWER)),
                }
            ),
            found=SubmissionKind.NO_FORM,
            intent=Intent.REPLY,
            words="Ik ben Marc Pieters",
            clues=(clue(),),
        ),
        of_thread(ELS),
    ),
    "a question of who is registered": so(
        just(Intent.NONE, "Is er parking?", question="Is er parking?"), known(ELS)
    ),
    "a question of who is unknown": so(
        just(Intent.NONE, "Is er parking?", question="Is er parking?"), known()
    ),
    "a change that is asked, of who is unknown": so(just(Intent.CHANGE, "Mijn nummer is anders."), known()),
    "a doubt whether they come": so(
        just(
            Intent.UNCLEAR,
            "Ik kom als het niet regent.",
            acts=(does(ActKind.CONDITION, condition="als het niet regent"), does(ActKind.UNSURE)),
        ),
        known(ELS),
    ),
    "a change with a value": so(
        just(
            Intent.UNCLEAR,
            "Mijn nummer is 050.",
            acts=(does(ActKind.CHANGE, field="phone", value="050", of_self=True),),
        ),
        known(ELS),
    ),
    "an act of another and a change of the writer": so(
        just(
            Intent.UNCLEAR,
            "Bo Claes komt ook. Ik eet glutenvrij.",
            "Bo Claes",
            acts=(
                does(ActKind.COME, "Bo Claes komt ook.", "Bo Claes"),
                does(ActKind.CHANGE, "Ik eet glutenvrij.", of_self=True),
            ),
        ),
        known(ELS, BO),
    ),
    "ten acts of which eight are told": so(
        just(
            Intent.UNCLEAR, "Veel.", acts=tuple(does(ActKind.CHANGE, value=f"waarde {n}") for n in range(10))
        ),
        known(ELS),
    ),
    "a long mail in a case is cut": so(just(Intent.UNCLEAR, "a" * 1501), known(ELS)),
    "a mail as long as a case repeats": so(just(Intent.UNCLEAR, "a" * 1500), known(ELS)),
    "words of one who stays away and of nobody known": so(
        just(Intent.UNCLEAR, "Ik kan misschien niet.", acts=(does(ActKind.NOT_COME), does(ActKind.UNSURE))),
        known(),
    ),
    "words of one who comes and is unknown": so(
        just(Intent.UNCLEAR, "Ik kom misschien.", acts=(does(ActKind.COME), does(ActKind.UNSURE))), known()
    ),
    "words of one who comes with another": so(
        just(Intent.UNCLEAR, "Ik breng Jan mee.", acts=(does(ActKind.BRING, "", "Jan Peeters"),)), known(ELS)
    ),
    "a substitution that is not sure": so(
        just(
            Intent.UNCLEAR,
            "Misschien komt Jan Peeters.",
            substitute=told("Jan Peeters", ""),
            acts=(does(ActKind.SUBSTITUTE, "", "Jan Peeters"), does(ActKind.UNSURE)),
        ),
        known(),
    ),
    "a substitution of the writer that is not sure": so(
        just(
            Intent.UNCLEAR,
            "Misschien komt een collega.",
            acts=(does(ActKind.SUBSTITUTE, of_self=True), does(ActKind.UNSURE)),
        ),
        known(),
    ),
    "a reference that nobody has": so(just(Intent.UNCLEAR, "INS-0099", nrs=("INS-0099",)), known()),
    "a reference that nobody has, after all is over": so(
        just(Intent.UNCLEAR, "INS-0099", nrs=("INS-0099",)),
        known(),
        mail(at=datetime.fromisoformat("2026-12-04T09:00:00+00:00")),
    ),
    "a reference that nobody has, after one of two is over": so(
        just(Intent.UNCLEAR, "INS-0099", nrs=("INS-0099",), clues=()), known(), config=OVER_AND_AHEAD
    ),
    "a registration as long as a person writes": so(
        comes("Ik schrijf mij graag in. " + "!" * 1975, clues=()),
        known(),
        mail(subject="Hallo", name="Els Maes"),
    ),
    "a registration longer than a person writes": so(
        comes("Ik schrijf mij graag in. " + "!" * 1976, clues=()),
        known(),
        mail(subject="Hallo", name="Els Maes"),
    ),
    "a reference of ours": so(
        words(Intent.UNCLEAR, "Over INS-0001.", nrs=("INS-0001",)),
        known(ELS),
        mail("x@elders.example", subject="Vraagje"),
    ),
    "the secretariat answers our mail": so(
        words(Intent.REPLY, "Graag uitstel."),
        known(answers_mail_to="secr@post.example"),
        mail("secr@post.example", subject="Re: overzicht"),
        replace(
            settings(), secretariat=settings().secretariat.model_copy(update={"address": "Secr@post.example"})
        ),
    ),
    "another answers our mail to the secretariat": so(
        words(Intent.REPLY, "Graag uitstel."),
        known(answers_mail_to="secr@post.example"),
        mail("x@post.example", subject="Re: overzicht"),
        replace(
            settings(), secretariat=settings().secretariat.model_copy(update={"address": "Secr@post.example"})
        ),
    ),
    "a mail about nothing of ours": so(
        words(Intent.NONE, "De barbecue is zaterdag."), known(), mail(subject="Barbecue")
    ),
    "a wish about nothing of ours": so(
        leaves("Ik kom niet naar de barbecue.", clues=()), known(), mail(subject="Barbecue")
    ),
    "a wish about nothing named": so(leaves(clues=(), acts=(NOT_ME,)), known(), mail(subject="Hallo")),
    "a wish about nothing named, of who is registered": so(
        leaves(clues=(), acts=(NOT_ME,)), known(ELS), mail(subject="Hallo", name="Els Maes")
    ),
    "a wish on the day of the event": so(
        words(
            Intent.UNCLEAR,
            "Als mijn baas akkoord gaat ben ik er op 3 december.",
            acts=(does(ActKind.CONDITION, "Als mijn baas akkoord gaat ben ik er op 3 december."),),
        ),
        known(),
        mail(subject="Hallo"),
    ),
    "a wish on another day": so(
        words(
            Intent.UNCLEAR,
            "Als mijn baas akkoord gaat ben ik er op 4 december.",
            acts=(does(ActKind.CONDITION, "Als mijn baas akkoord gaat ben ik er op 4 december."),),
        ),
        known(),
        mail(subject="Hallo"),
    ),
    "a wish on the day of the event and another": so(
        words(
            Intent.UNCLEAR,
            "Ben ik er op 3 december? Bel me op 4 december.",
            acts=(does(ActKind.UNSURE, "Ben ik er op 3 december?"),),
        ),
        known(),
        mail(subject="Hallo"),
    ),
    "a protest of who was written to": so(
        words(Intent.NONE, "Ik heb mij nooit ingeschreven!"),
        known(told_of=frozenset({"kis"})),
        mail(subject="Wat is dit?"),
    ),
    "a protest of who was never written to": so(
        words(Intent.NONE, "Ik heb dit nooit gevraagd!"), known(), mail(subject="Wat is dit?")
    ),
    "a few words of who was asked": so(words(Intent.REPLY, "schepen"), known(MINE), mail(subject="Hallo")),
    "two hundred characters of who was asked": so(
        words(Intent.REPLY, "a" * 200), known(MINE), mail(subject="Hallo")
    ),
    "more than two hundred characters of who was asked": so(
        words(Intent.REPLY, "a" * 201), known(MINE), mail(subject="Hallo")
    ),
    "a long text about nothing": so(leaves("a" * 2001, clues=()), known(), mail(subject="Nieuwsbrief")),
    "a text as long as who withdraws may write": so(
        leaves("a" * 2000, clues=(), acts=(NOT_ME,)), known(), mail(subject="Nieuwsbrief")
    ),
    "a long text about an event": so(leaves("a" * 2001), known(), mail(subject="Nieuwsbrief")),
    "a long text of who is registered": so(
        leaves("a" * 2001, clues=()), known(ELS), mail(subject="Nieuwsbrief", name="Els Maes")
    ),
    "an answer to an event that is over": so(
        just(Intent.REPLY, "Mooi was het.", clues=()),
        of_thread(ELS),
        mail(at=datetime.fromisoformat("2026-12-05T09:00:00+00:00")),
    ),
    "thanks for an event that is over": so(
        just(Intent.THANKS, "Dank!", clues=()),
        of_thread(ELS),
        mail(at=datetime.fromisoformat("2026-12-05T09:00:00+00:00")),
    ),
    "a declined subject without words": so(
        words(Intent.NONE, ""), of_thread(ELS), mail(subject="Geweigerd: Kennisplatform", name="Els Maes")
    ),
    "an answer without words": so(
        words(Intent.NONE, ""), of_thread(ELS), mail(subject="Re: Kennisplatform", name="Els Maes")
    ),
    "a mail without words in the thread": so(
        words(Intent.NONE, ""), of_thread(ELS), mail(subject="Kennisplatform", name="Els Maes")
    ),
    "a form that is named and missing": so(
        words(Intent.NONE, "In bijlage mijn inschrijving.", clues=(clue(),)), known()
    ),
    "a form that is named and linked": so(
        words(Intent.NONE, "Mijn formulier: https://drive.example/x", clues=(clue(),)), known()
    ),
    "a form that is protected": so(
        words(Intent.NONE, "", clues=(clue(),), unread=(("form.docx", ParseStatus.PROTECTED),)), known()
    ),
    "a picture that is not read": so(
        words(Intent.NONE, "", clues=(clue(),), unread=(("logo.png", ParseStatus.UNSUPPORTED),)), known()
    ),
    "a file that is not read": so(
        words(Intent.NONE, "", clues=(clue(),), unread=(("form.pages", ParseStatus.UNSUPPORTED),)), known()
    ),
    "a file that is not read, and words that say enough": so(
        leaves(unread=(("form.pages", ParseStatus.UNSUPPORTED),)), known(ELS)
    ),
    "a blank form": so(Submission(SubmissionKind.BLANK, clues=(clue(),)), known()),
    "a blank form with a question": so(
        Submission(
            SubmissionKind.BLANK, clues=(clue(),), question="Hoe vul ik dit in?", words="Hoe vul ik dit in?"
        ),
        known(),
    ),
    "a blank form of no event of ours": so(
        Submission(SubmissionKind.BLANK, clues=(clue("", ClueSource.HEADING),)), known()
    ),
    "a file that calls itself a registration": so(
        Submission(
            SubmissionKind.NO_FORM,
            intent=Intent.NONE,
            unread=(("inschrijving.pages", ParseStatus.UNSUPPORTED),),
        ),
        known(),
        mail(subject="Hallo"),
    ),
    "a file that calls itself nothing": so(
        Submission(
            SubmissionKind.NO_FORM, intent=Intent.NONE, unread=(("verslag.pages", ParseStatus.UNSUPPORTED),)
        ),
        known(),
        mail(subject="Hallo"),
    ),
}

OLD = settings(
    event(starts=local(2026, 11, 9, 14), ends=local(2026, 11, 9, 17), deadline=None),
    event(id="other", title="Netwerkdag Wonen"),
)
EVENTS: dict[str, Callable[[], str]] = {
    "for one of two, by subject": so(leaves(clues=(clue("other"),)), known(), config=TWO),
    "for none of two named": so(comes(clues=()), known(), config=TWO),
    "for one of two, by the thread": so(leaves(clues=()), of_thread(ELS), config=TWO),
    "for one of two, by the sender": so(leaves(clues=(), acts=(NOT_ME,)), known(ELS), config=TWO),
    "for two that are named": so(leaves(clues=(clue(), clue("other"))), known(), config=TWO),
    "for two that are named, by the thread": so(
        leaves(clues=(clue(), clue("other"))), of_thread(ELS), config=TWO
    ),
    "for two, one by the mark of its form": so(
        form_of(person(), clues=(clue(by=ClueSource.MARK), clue("other"))), known(), config=TWO
    ),
    "for what no event is called": so(form_of(person(), clues=(clue(""),)), known(), config=TWO),
    "for an earlier date of it": so(form_of(person(), clues=(replace(clue(), stale=True),)), known()),
    "for an event of another mailbox": so(
        form_of(person(), clues=(clue(),)), known(), config=settings(event(mailbox="second"))
    ),
    "forms for two events": so(
        form_of(replace(person(), event="kis"), replace(person("Bo Claes"), event="other")),
        known(),
        config=TWO,
    ),
    "forms for two events, of which one is named": so(
        form_of(replace(person(), event="kis"), replace(person("Bo Claes"), event="other"), clues=(clue(),)),
        known(),
        config=TWO,
    ),
    "words in a thread about another event": so(
        leaves("Ik kom niet naar de Netwerkdag Wonen.", clues=(), acts=(NOT_ME,)), of_thread(ELS), config=TWO
    ),
    "an event that is over": so(form_of(person(), clues=(clue(),)), known(), config=OLD),
    "an event that has begun": so(
        form_of(person(), clues=(clue(),)),
        known(),
        config=settings(event(starts=local(2026, 11, 10, 9), ends=local(2026, 11, 10, 17), deadline=None)),
    ),
    "an event that is cancelled": so(
        form_of(person(), clues=(clue(),)), known(), config=settings(event(cancelled=True))
    ),
    "an event that waits for its date": so(
        form_of(person(), clues=(clue(),)),
        known(),
        config=settings(event(waits_for_date=True, starts=None, ends=None, deadline=None)),
    ),
    "an event that is replaced": so(form_of(person(), clues=(clue(),)), known(), config=REPLACED),
    "no event is open": so(
        form_of(person()),
        known(),
        config=settings(event(starts=local(2026, 11, 9, 14), ends=local(2026, 11, 9, 17), deadline=None)),
    ),
    "a server's clock that is ahead ends no event": so(
        form_of(person(), clues=(clue(),)),
        known(),
        mail(at=datetime.fromisoformat("2026-12-04T09:00:00+00:00")),
        now=MORNING,
    ),
}

FIVE = settings(limits=Limits(answers_per_sender=5, answers_per_thread=3, mails_to_others=4))
LIMITS: dict[str, Callable[[], str]] = {
    "the last answer of a day": so(leaves(), known(ELS, answered_today=4), config=FIVE),
    "the answer before the last": so(leaves(), known(ELS, answered_today=3), config=FIVE),
    "one answer too many today": so(leaves(), known(ELS, answered_today=5), config=FIVE),
    "one answer too many today, where nothing changes": so(
        leaves(), known(OUT, answered_today=5), config=FIVE
    ),
    "the last answer in a thread": so(leaves(), known(ELS, answered_in_thread=2), config=FIVE),
    "one answer too many in a thread": so(leaves(), known(ELS, answered_in_thread=3), config=FIVE),
    "too many today and in the thread": so(
        leaves(), known(ELS, answered_today=5, answered_in_thread=3), config=FIVE
    ),
    "too many with a case beside": so(
        form_of(
            person(phone="04"),
            problems=(Problem(0, "phone", Code.UNSURE, Reason.INVALID_PHONE, "04"),),
            question="Hoe laat?",
            clues=(clue(),),
        ),
        known(answered_today=5),
        config=FIVE,
    ),
    "mails to others up to the limit": so(
        leaves(GONE, "Els Maes"),
        known(ELS, drawn_today=2),
        mail("piet@damme.example", name="Piet Dries"),
        FIVE,
    ),
    "mails to others beyond the limit": so(
        leaves(GONE, "Els Maes"),
        known(ELS, drawn_today=3),
        mail("piet@damme.example", name="Piet Dries"),
        FIVE,
    ),
    "mails to others without an invitation": so(
        leaves(GONE, "Els Maes"),
        known(ELS, drawn_today=3),
        mail("piet@damme.example", name="Piet Dries"),
        replace(FIVE, events={"kis": event(calendar="file")}),
    ),
    "the first mails to others go out, however many": so(
        leaves(GONE, "Els Maes"),
        known(ELS),
        mail("piet@damme.example", name="Piet Dries"),
        settings(limits=Limits(mails_to_others=1)),
    ),
    "a bulk mail withdraws somebody, proven": so(
        leaves(GONE, "Els Maes"),
        known(ELS),
        mail(
            "piet@damme.example", name="Piet Dries", no_answer=MachineSign.BULK, authentication=Verdict.PASS
        ),
    ),
    "a bulk mail registers somebody with an address": so(
        form_of(person(email="els@damme.example"), clues=(clue(),)),
        known(),
        mail("piet@damme.example", no_answer=MachineSign.BULK),
    ),
    "a bulk mail registers somebody without an address": so(
        form_of(person(), clues=(clue(),)), known(), mail("piet@damme.example", no_answer=MachineSign.BULK)
    ),
    "a day before the start she hears at once": so(
        leaves(), known(ELS), mail(name="Els Maes", at=datetime.fromisoformat("2026-12-02T13:00:00+00:00"))
    ),
    "more than a day before the start she does not": so(
        leaves(), known(ELS), mail(name="Els Maes", at=datetime.fromisoformat("2026-12-02T12:59:59+00:00"))
    ),
    "at the start itself nobody hears at once": so(
        leaves(), known(ELS), mail(name="Els Maes", at=datetime.fromisoformat("2026-12-03T13:00:00+00:00"))
    ),
}

EXAMPLES = together(
    leaving=LEAVING,
    answering=ANSWERS,
    coming=COMING,
    instead=INSTEAD_OF,
    telling=TELLING,
    events=EVENTS,
    limits=LIMITS,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_a_mail_in_words(name: str) -> None:
    assert EXAMPLES[name]() == expected("words")[name]


def _key(arrival: Arrival, submission: Submission, *rows: Registration) -> str:
    (case,) = decide(arrival, submission, known(*rows), settings(), MORNING).cases
    return case.key


STRANGER = mail("x@elders.example")


def test_what_one_sender_says_of_somebody_is_one_case_however_often() -> None:
    first = _key(STRANGER, leaves(GONE, "Els Maes"), ELS)
    again = mail("X@elders.example", number=2, subject="Nog eens")
    assert _key(again, leaves(GONE, "Els Maes"), ELS) == first


@pytest.mark.parametrize(
    ("arrival", "submission"),
    [
        (STRANGER, leaves("Els Maes komt zeker niet.", "Els Maes")),
        (mail("y@elders.example"), leaves(GONE, "Els Maes")),
        (STRANGER, leaves("Bo Claes komt niet.", "Bo Claes")),
        (STRANGER, form_of(person(role="x"), clues=(clue(),))),
        (STRANGER, form_of(person(role="y"), clues=(clue(),))),
    ],
)
def test_what_another_says_or_who_says_otherwise_is_another_case(
    arrival: Arrival, submission: Submission
) -> None:
    others = {
        _key(STRANGER, leaves(GONE, "Els Maes"), ELS, BO),
        _key(STRANGER, leaves("Els?", "Els Maes"), ELS, BO),
    }
    assert _key(arrival, submission, ELS, BO) not in others


def test_questions_of_one_mail_are_one_case_and_of_two_mails_two() -> None:
    asks = just(Intent.NONE, "Is er parking?", question="Is er parking?")
    assert _key(mail("x@elders.example"), asks) != _key(mail("x@elders.example", number=2), asks)

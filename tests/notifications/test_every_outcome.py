"""Every outcome in every language has its words, and every question, note and mail to many."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.config.settings import LANGUAGES, Settings
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Ask, Note, Outcome
from mailbot.domain.registration import Removal, Status
from mailbot.domain.settled import SentMail
from mailbot.notifications import compose
from mailbot.notifications.templating import texts
from tests.notifications.building import ELS, JAN, NOW, arrival, decided, result

ANSWERED = [outcome for outcome in Outcome if not outcome.is_silent]


def says(outcome: Outcome, configured: Settings, **fields: object) -> str:
    """The answer to somebody who mailed for themselves."""
    status = Status.__members__.get(outcome.name, Status.REGISTERED)
    row = replace(JAN, status=status, replaced_by=ELS.nr if outcome is Outcome.SUBSTITUTED else "")
    results = [result(outcome, row, **fields)]
    if outcome is Outcome.SUBSTITUTED:
        results.append(result(Outcome.REGISTERED, replace(ELS, replaces=JAN.nr)))
    mails = compose(decided(outcome, *results), arrival(), configured, NOW)
    answers = [mail for mail in mails if mail.outcome is outcome and mail.in_reply_to]
    assert len(answers) == 1
    assert answers[0].subject
    return answers[0].text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ANSWERED)
def test_an_outcome_is_told_in_its_own_words(
    outcome: Outcome, language: str, in_language: Callable[[str], Settings]
) -> None:
    others = [says(other, in_language(language)) for other in ANSWERED if other is not outcome]
    assert says(outcome, in_language(language)) not in others


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome.is_silent])
def test_a_silent_outcome_draws_no_answer(
    outcome: Outcome, language: str, in_language: Callable[[str], Settings]
) -> None:
    mails = compose(decided(outcome, result(outcome, JAN)), arrival(), in_language(language), NOW)
    assert not [mail for mail in mails if mail.in_reply_to]


@pytest.mark.parametrize("outcome", ANSWERED)
def test_no_two_languages_say_the_same(outcome: Outcome, in_language: Callable[[str], Settings]) -> None:
    said = [says(outcome, in_language(language)) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ask", [ask for ask in Ask if ask.has_own_template])
def test_a_question_of_ours_has_its_template(
    ask: Ask, language: str, in_language: Callable[[str], Settings]
) -> None:
    decision = decided(Outcome.INCOMPLETE, asks=ask, remark="Komt u met twee?")
    (mail,) = compose(decision, arrival(), in_language(language), NOW)
    assert (mail.kind, mail.asks) == (ask.value, ask)
    assert mail.text


#: What is only asked of those who are registered somewhere.
_OF_AN_EVENT = {Ask.NEW_DATE, Ask.WHICH_RETURNS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ask", [ask for ask in Ask if ask.has_own_template and ask not in _OF_AN_EVENT])
def test_a_question_about_a_mail_of_no_event_leaves_no_gap_where_its_title_would_stand(
    ask: Ask, language: str, in_language: Callable[[str], Settings]
) -> None:
    decision = replace(decided(Outcome.INCOMPLETE, asks=ask, remark="Komt u met twee?"), event="")
    (mail,) = compose(decision, arrival(), in_language(language), NOW)
    assert not re.search(r"[:,]$|  ", mail.subject)
    assert not re.search(r"\b(?:voor|over|pour|sur|for|about|für|zu)(?: ?:| hat\b)", mail.text)


#: What is told by the sentence about the person, or by nothing but the rest of the mail.
_SAID_ELSEWHERE = {
    Note.QUESTION_PASSED_ON,
    Note.DOUBTED,
    Note.PROMOTED,
    Note.RESTORED,
    Note.CONFIRMED,
    Note.READDRESSED,  # in a mail of its own, to the former address
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("note", [note for note in Note if note not in _SAID_ELSEWHERE])
def test_a_note_adds_a_line(note: Note, language: str, in_language: Callable[[str], Settings]) -> None:
    bare = says(Outcome.REGISTERED, in_language(language))
    assert len(says(Outcome.REGISTERED, in_language(language), notes=(note,))) > len(bare)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Announcing)
def test_a_mail_to_many_has_its_template(
    kind: Announcing, language: str, in_language: Callable[[str], Settings]
) -> None:
    assert texts(in_language(language)).text.get_template(f"announce-{kind.value}.j2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_is_quoted_twice(language: str, in_language: Callable[[str], Settings]) -> None:
    said = [says(outcome, in_language(language)) for outcome in ANSWERED]
    assert not [text for text in said if "« «" in text or "““" in text or "„„" in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_a_correction_tells_a_status_in_its_own_words(
    status: Status, language: str, in_language: Callable[[str], Settings]
) -> None:
    def said(of: Status) -> str:
        sent = SentMail(1, str(JAN.answers["email"]), "Afgemeld", "cancelled", nrs=(JAN.nr,), sent=NOW)
        about = result(Outcome.of(of), replace(JAN, status=of), mail=False)
        decision = decided(Outcome.UNCHANGED, about, answer=False, corrects=(sent,))
        return next(mail.text for mail in compose(decision, None, in_language(language), NOW))

    assert said(status) not in [said(other) for other in Status if other is not status]


@pytest.mark.parametrize(("status", "idle"), [(Status.REGISTERED, True), (Status.INCOMPLETE, False)])
def test_a_correction_tells_who_is_not_complete_to_answer_still(
    status: Status, idle: bool, in_language: Callable[[str], Settings]
) -> None:
    row = replace(JAN, status=status)
    sent = SentMail(
        1, str(JAN.answers["email"]), "Afgemeld", "registered", "<een@wvi.example>", (JAN.nr,), NOW
    )
    results = (result(Outcome.of(status), row, mail=False),)
    (mail,) = (
        mail
        for mail in compose(
            decided(Outcome.UNCHANGED, *results, answer=False, corrects=(sent,)),
            arrival(),
            in_language("nl"),
            NOW,
        )
        if "Rechtzetting" in mail.subject
    )
    assert ("U hoeft niets te doen" in mail.text) is idle
    assert ("Antwoord nog op onze vraag" in mail.text) is not idle


@pytest.mark.parametrize(
    ("by_mistake", "told"),
    [
        (Status.EXCUSED, "U bent niet ingeschreven."),
        (Status.CANCELLED, "U bent niet ingeschreven."),
        (Status.REGISTERED, "Over uw inschrijving is nog niet beslist."),
    ],
)
def test_a_correction_names_the_day_and_tells_who_never_asked_to_come_so(
    by_mistake: Status, told: str, in_language: Callable[[str], Settings]
) -> None:
    row = replace(JAN, status=Status.CANCELLED, removed=Removal.UNDONE)
    one = replace(result(Outcome.CANCELLED, row, mail=False), before=replace(JAN, status=by_mistake))
    sent = SentMail(1, str(JAN.answers["email"]), "Verontschuldigd", "excused", nrs=(JAN.nr,), sent=NOW)
    decision = decided(Outcome.UNCHANGED, one, answer=False, corrects=(sent,))
    mails = compose(decision, None, in_language("nl"), NOW)
    (text,) = (mail.text for mail in mails if "Rechtzetting" in mail.subject)
    assert f"- {told}\n" in text
    assert ", donderdag 3 december 2026, 14.00 tot 17.00 uur:\n" in text


@pytest.mark.parametrize(
    ("name", "greeting"), [("Els Maes", "Beste Els Maes"), ("Onthaal Damme", "Goedendag"), ("", "Goedendag")]
)
def test_a_correction_greets_whom_the_mail_that_it_corrects_went_to(
    name: str, greeting: str, in_language: Callable[[str], Settings]
) -> None:
    sent = SentMail(1, "els@damme.example", "Afgemeld", "registered", nrs=(JAN.nr,), sent=NOW, name=name)
    decision = decided(
        Outcome.UNCHANGED, result(Outcome.REGISTERED, JAN, mail=False), answer=False, corrects=(sent,)
    )
    (mail,) = compose(decision, None, in_language("nl"), NOW)
    assert mail.text.startswith(f"{greeting}\n")

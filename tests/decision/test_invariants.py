"""What holds of every decision, whatever was mailed, known and configured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from mailbot.decision import decide
from mailbot.decision.finalize import ORDER
from mailbot.domain.decision import Ask, Note, Outcome, PendingQuestion
from mailbot.domain.document import ParseStatus
from mailbot.domain.event import Late
from mailbot.domain.message import Verdict
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Code, Intent, Problem, Submission, SubmissionKind
from mailbot.wording import matter

from .building import clue, event, known, mail, person, row, settings

NAMES = ["Els Maes", "Jan Peeters", "An Bos", "Els Maas"]
EMAILS = ["els@damme.example", "jan@damme.example", "x@gmail.com", "info@brugge.example", ""]
ORGANISATIONS = ["Damme", "Brugge", "Gent", "Elders", ""]
MOMENTS = [
    datetime(2026, 11, 10, 9, tzinfo=UTC),
    datetime(2026, 11, 24, 9, tzinfo=UTC),
    datetime(2026, 12, 3, 9, tzinfo=UTC),
    datetime(2026, 12, 5, 9, tzinfo=UTC),
]

PEOPLE = st.builds(
    lambda name, organisation, email, phone, attends: person(
        name, organisation, email=email, phone=phone, **({} if attends is None else {"attends": attends})
    ),
    st.sampled_from(NAMES),
    st.sampled_from(ORGANISATIONS),
    st.sampled_from(EMAILS),
    st.sampled_from(["", "050", "0478"]),
    st.sampled_from([None, True, False]),
)
PROBLEMS = st.builds(
    Problem,
    st.integers(0, 2),
    st.sampled_from(["organisation", "last_name", "phone", "email", "attends"]),
    st.sampled_from(list(Code)),
    st.just("?"),
)
SUBMISSIONS = st.builds(
    lambda people, problems, **more: Submission(
        SubmissionKind.FORM if people else more.pop("found"),
        "kennisplatform" if people else "",
        tuple(people),
        tuple(problems) if people else (),
        **{key: value for key, value in more.items() if key != "found"},
    ),
    st.lists(PEOPLE, max_size=3),
    st.lists(PROBLEMS, max_size=2),
    found=st.sampled_from([SubmissionKind.NO_FORM, SubmissionKind.BLANK, SubmissionKind.PROTECTED]),
    intent=st.sampled_from(list(Intent)),
    clues=st.sampled_from([(), (clue(),), (clue("other"),), (clue(""),)]),
    named=st.sampled_from([(), ("Jan Peeters",), ("Els",)]),
    substitute=st.one_of(st.none(), PEOPLE),
    question=st.sampled_from(["", "Is er parking?"]),
    words=st.sampled_from(["", "ja", "Jan en Els", "allemaal"]),
    unread=st.sampled_from([(), (("form.docx", ParseStatus.UNREADABLE),)]),
)


@st.composite
def rows(draw: Callable[..., object]) -> tuple[Registration, ...]:
    made = []
    for number in range(1, draw(st.integers(0, 4)) + 1):  # type: ignore[operator]
        status = draw(st.sampled_from(list(Status)))
        made.append(
            row(
                number,
                status,  # type: ignore[arg-type]
                name=draw(st.sampled_from(NAMES)),  # type: ignore[arg-type]
                organisation=draw(st.sampled_from(ORGANISATIONS)),  # type: ignore[arg-type]
                email=draw(st.sampled_from(EMAILS)),  # type: ignore[arg-type]
                at=MOMENTS[0],
                answers={"phone": "050"},
                by_hand=draw(st.sampled_from([frozenset(), frozenset({"phone"}), frozenset({"status"})])),
            )
        )
    return tuple(made)


@runs(max_examples=600, deadline=None)
@given(
    submission=SUBMISSIONS,
    before=rows(),
    late=st.sampled_from(list(Late)),
    capacity=st.sampled_from([None, 1, 3]),
    per_organisation=st.sampled_from([None, 1]),
    organisations=st.sampled_from([None, "brugge"]),
    at=st.sampled_from(MOMENTS),
    asked=st.sampled_from([None, "incomplete", "which", "new-date", "readable"]),
    sender=st.sampled_from(EMAILS),
    mark=st.sampled_from(["", "automatic", "no_answer", "forged"]),
    answered=st.sampled_from([0, 11, 12]),
)
def test_what_holds_of_every_decision(
    submission: Submission,
    before: tuple[Registration, ...],
    late: Late,
    capacity: int | None,
    per_organisation: int | None,
    organisations: str | None,
    at: datetime,
    asked: str | None,
    sender: str,
    mark: str,
    answered: int,
) -> None:
    of = event(late=late, capacity=capacity, per_organisation=per_organisation, organisations=organisations)
    facts = replace(
        known(*before),
        answered_today=answered,
        asked=PendingQuestion(Ask(asked), "kis", tuple(r.nr for r in before)) if asked else None,
        thread=tuple(r.nr for r in before) if asked else (),
    )
    message = replace(
        mail(sender, at).message,
        authentication=Verdict.FAIL if mark == "forged" else Verdict.NONE,
        automatic="x" if mark == "automatic" else "",
        no_answer="x" if mark == "no_answer" else "",
    )
    arrival = replace(mail(sender, at), message=message)
    decision = decide(arrival, submission, facts, settings(of), at)

    after = {r.nr: r for r in before} | {r.after.nr: r.after for r in decision.results if r.after}
    new = [r.after.nr for r in decision.results if r.after and not r.before]
    touched = [r.after.nr for r in decision.results if r.after]
    seats = sum(r.status is Status.REGISTERED for r in after.values())
    seats_before = sum(holds_place(r, of, at) for r in before)  # who is asked something keeps a place

    assert len(set(touched)) == len(touched), "a row has one result"
    assert new == [f"INS-{facts.next_nr + n:04d}" for n in range(len(new))], "numbers count on"
    assert all(r.before is None or r.after is None or r.after.nr == r.before.nr for r in decision.results)
    if capacity is not None:
        assert seats <= max(capacity, seats_before), "never more people than places by mail"
    own = [r.outcome for r in decision.results if Note.PROMOTED not in r.notes]
    if own:
        assert decision.outcome is min(own, key=ORDER.__getitem__), "the first that holds for anyone"
    if decision.outcome is Outcome.REVIEW:
        assert decision.cases, "what a person must decide is a case"
    if decision.outcome in (Outcome.AUTOMATIC, Outcome.NO_FORM):
        assert not decision.answer
        assert all(r.after is None or r.after.status is r.before.status for r in decision.results if r.before)
    if mark == "automatic":
        assert (decision.outcome, new) == (Outcome.AUTOMATIC, [])
        assert not decision.answer
    if answered >= 12 or mark == "no_answer":
        assert not (decision.answer and decision.to_sender)
    if mark == "forged":
        assert not touched or decision.outcome is not Outcome.REGISTERED
    for result in decision.results:
        if result.before and result.after:
            kept = result.before.by_hand - {"status"}
            assert all(result.after.answers.get(k) == result.before.answers.get(k) for k in kept), "hers wins"
            erased = [k for k, v in result.before.answers.items() if v and not result.after.answers.get(k)]
            assert not [key for key in erased if key != "attends"], "an empty answer erases nothing"
    for case in decision.cases:
        assert matter(case) or case.doubts
        assert case.choices
        assert not case.registration or case.registration in after
    for result in decision.results:
        if result.after and result.after != result.before:
            assert any(line.registration == result.after.nr for line in decision.log), "a change is logged"

"""Where an answer to a question of the secretary says who is meant, or what was in doubt, the case in which
she asked is about them, or offers that."""

from __future__ import annotations

from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.decision.finalize import shown
from mailbot.domain.case import ALONG, OF_ANOTHER, Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, DecisionContext, PendingQuestion
from mailbot.domain.form import ROLE, FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Person, Submission
from mailbot.extraction.labels import labels_of
from mailbot.intent.follow_up import complete
from mailbot.intent.free_text_registration import with_their_data
from mailbot.intent.person_mentions import like_names, without_titles
from mailbot.matching.given_names import told_apart
from mailbot.matching.names import same_name
from mailbot.matching.organisations import directory
from mailbot.matching.shown_names import name_shown


def with_what_it_answers(
    decision: Decision,
    submission: Submission,
    context: DecisionContext,
    message: Message,
    settings: Settings,
) -> Decision:
    """The decision about an answer to what she asked. About a mail in words, where that names one other than
    its writer: what she then chooses is about them, with all that the answer tells of them. About an answer
    in doubt: what is given for it is hers to take over."""
    asked, event = context.asked, settings.events.get(decision.event)
    if asked is None or asked.kind is not Ask.REMARK or event is None or len(decision.cases) != 1:
        return decision
    (case,) = decision.cases
    form = settings.form_of(event)
    if case.kind is CaseKind.DOUBT:
        return replace(decision, cases=(_with_new_value(case, submission, context, form, settings),))
    who = _named(submission, message, settings, form) if _may_be_anothers(case) else None
    return decision if who is None else replace(decision, cases=(_about(case, *who),))


def _with_new_value(
    case: Case, submission: Submission, context: DecisionContext, form: Form, settings: Settings
) -> Case:
    """A case about answers in doubt with what the words give for them, where that can be told."""
    about = next((row for row in context.registrations if row.nr == case.registration), None)
    if about is None or Choice.TAKE_NEW in case.choices:
        return case
    question = PendingQuestion(Ask.INCOMPLETE, about.event, (about.nr,), (about,))
    read = complete(submission, question, form, settings)
    said = read.people[0].answers if len(read.people) == 1 else {}
    new = {
        key: one for key, one in said.items() if key in case.fields and one.value != about.answers.get(key)
    }
    if not new:
        return case
    labels = {field.key: field.label for field in form.fields}
    values = tuple(say(Says.NEW_VALUE, label=labels[key], value=shown(one.value)) for key, one in new.items())
    return replace(
        case,
        says=(*case.says, say(Says.NEW_VALUES, values=values)),
        choices=(Choice.TAKE_NEW, *case.choices),
        person=Person(new),
    )


def _may_be_anothers(case: Case) -> bool:
    """Whether a case, which she asked about, is of words that may be about another than who wrote them."""
    of_words = case.kind is CaseKind.UNCLEAR and not case.registration and case.person is None
    return of_words and OF_ANOTHER not in case.payload and Choice.REGISTER in case.choices


def _named(
    submission: Submission, message: Message, settings: Settings, form: Form
) -> tuple[str, Person] | None:
    """The only one whom an answer names by a whole name, beside its writer, and their data; None where it is
    not plainly somebody: a function, an address or a known first name tells."""
    known = directory(settings.organisations.organisations)
    lines, writer = submission.words.splitlines(), name_shown(message.sender.name)
    found = (without_titles(name) for line in lines for name in like_names(line))
    names = dict.fromkeys(one for one in found if " " in one and not known.recognise(one))
    others = [one for one in names if not same_name(one, writer)]
    if len(others) != 1 or submission.newcomer is not None or submission.told:
        return None
    read = with_their_data((*names,), lines, (), message.sender, labels_of(form), known)
    person = next((one for one in read if one.text(form.family_name) in others[0]), None)
    if person is None:
        return None
    telling = (ROLE, *(field.key for field in form.of_kind(FieldKind.EMAIL)))
    plain = told_apart(others[0]) is not None or any(person.text(key) for key in telling)
    return (others[0], person) if plain else None


def _about(case: Case, name: str, person: Person) -> Case:
    """A case whose choices are about somebody, or about them too where the mail brings somebody along."""
    along = any(map(_brings_along, case.says))
    told = say(Says.CHOICE_ALSO_ABOUT if along else Says.CHOICE_ABOUT, names=(name,))
    payload = {**case.payload, OF_ANOTHER: name, **({ALONG: name} if along else {})}
    return replace(case, person=person, payload=payload, says=(*case.says, told))


def _brings_along(said: Statement) -> bool:
    """Whether a case says that its mail brings somebody along."""
    acts = said.facts.get("acts")
    if said.code is not Says.UNDERSTOOD or not isinstance(acts, tuple):
        return False
    return any(isinstance(act, Statement) and act.facts.get("act") in _ALONG for act in acts)


_ALONG = (ActKind.BRING, ActKind.PLACES)

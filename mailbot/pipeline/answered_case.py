"""Where an answer to a question of the secretary says who is meant, or what was in doubt, the case in which
she asked is about them, or offers that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.decision.finalize import shown
from mailbot.decision.sender_relation import called
from mailbot.domain.case import ALONG, NAMED_UNREAD, OF_ANOTHER, Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, DecisionContext, PendingQuestion
from mailbot.domain.form import ROLE, FieldKind, Form
from mailbot.domain.message import Message
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Person, Submission, acts_here
from mailbot.extraction.labels import labels_of
from mailbot.intent.follow_up import complete
from mailbot.intent.free_text_registration import with_their_data
from mailbot.intent.listed_people import told_of_all
from mailbot.intent.person_mentions import like_names, without_titles
from mailbot.intent.sentences import sentences
from mailbot.intent.told_details import BODY
from mailbot.matching.given_names import told_apart
from mailbot.matching.names import name_of, same_name
from mailbot.matching.organisations import directory
from mailbot.matching.shown_names import name_shown


def with_what_it_answers(
    decision: Decision,
    submission: Submission,
    context: DecisionContext,
    message: Message,
    settings: Settings,
) -> Decision:
    """The decision about an answer to what she asked. About a mail in words, where that names others than
    its writer: what she then chooses is about all of them, with all that the answer tells of them. About an
    answer in doubt: what is given for it is hers to take over. Any mail in words whose case she can register
    keeps whom it names, so that her choice makes no row without a name of it."""
    asked, event = context.asked, settings.events.get(decision.event)
    if event is None or len(decision.cases) != 1:
        return decision
    (case,) = decision.cases
    form, answers = settings.form_of(event), asked is not None and asked.kind is Ask.REMARK
    if answers and case.kind is CaseKind.DOUBT:
        case = _with_new_value(case, submission, context, form, settings)
    elif _may_be_anothers(case) and (answers or Choice.REGISTER in case.choices):
        names = _others_in(submission, message, settings)
        read = _plain(names, submission, message, settings, form) if answers else {}
        along = bool(called(message.sender)) and any(_brings_along(one, len(read)) for one in case.says)
        unread = {NAMED_UNREAD: ", ".join(names)} if names else {}
        case = replace(case, payload={**case.payload, **unread})
        case = _about(case, read, along=along) if read else case
    return replace(decision, cases=(case,))


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
    return of_words and OF_ANOTHER not in case.payload


def _plain(
    names: Sequence[str], submission: Submission, message: Message, settings: Settings, form: Form
) -> dict[str, Person]:
    """Those of these names with what an answer tells of them; nobody where it is not plain of each that they
    are somebody (a function, an address or a known first name tells), and that they come."""
    doubted = bool(acts_here(submission.acts, *_IN_DOUBT))
    if submission.newcomer is not None or submission.told or (doubted and len(names) > 1):
        return {}
    lines, known = submission.words.splitlines(), directory(settings.organisations.organisations)
    of_all = [one.text for one in sentences(lines) if told_of_all(one.text)]
    read = with_their_data(names, lines, of_all, message.sender, labels_of(form), known)
    telling = (ROLE, *form.keys_of(FieldKind.EMAIL))
    found = {
        name: one
        for name in names
        for one in read
        if same_name(name, name_of(one.values, form))
        if told_apart(name) is not None or any(one.text(key) for key in telling)
    }
    return found if found.keys() == {*names} else {}


def _others_in(submission: Submission, message: Message, settings: Settings) -> tuple[str, ...]:
    """The whole names in the words of an answer, but for that of its writer, of those whom our mails name, of
    a body, and one alone in the last line of several, which signs it where the others have more beside
    them."""
    known, writer = directory(settings.organisations.organisations), name_shown(message.sender.name)
    ours = [one.name for event in settings.events.values() for one in event.contacts]
    lines = submission.words.splitlines()
    said = " | ".join(one.text for one in sentences(lines))  # a greeting is none
    signs = len(lines) > 1 and lines[-1].strip() in like_names(lines[-1]) and not _is_bare(lines[-2])
    of_people = (BODY.sub(" ", line) for line in lines[: len(lines) - signs])
    found = dict.fromkeys(without_titles(name) for line in of_people for name in like_names(line))
    return tuple(
        one
        for one in found
        if " " in one
        and one in said
        and not known.recognise(one)
        and not any(same_name(one, other) for other in (writer, *ours))
    )


def _is_bare(line: str) -> bool:
    """Whether a line is a name and nothing else."""
    return line.strip(" -*•–·.,;") in like_names(line)


#: What an answer says of somebody that leaves it open whether they come.
_IN_DOUBT = (ActKind.NOT_COME, ActKind.SUBSTITUTE, ActKind.UNSURE, ActKind.CONDITION)


def _about(case: Case, people: Mapping[str, Person], *, along: bool) -> Case:
    """A case whose choices are about these people by name, or about them too where they come ``along``."""
    told = say(Says.CHOICE_ALSO_ABOUT if along else Says.CHOICE_ABOUT, names=(*people,))
    says = (*(one for one in case.says if one.code not in _OF_WHOM), told)
    if Choice.REGISTER not in case.choices:  # nobody was named yet whom she could register
        case = replace(case, choices=(Choice.REGISTER, *case.choices))
    if len(people) > 1:
        payload = {**case.payload, **({ALONG: ""} if along else {})}
        return replace(case, people=(*people.values(),), payload=payload, says=says)
    ((name, person),) = people.items()
    payload = {**case.payload, OF_ANOTHER: name, **({ALONG: name} if along else {})}
    return replace(case, person=person, people=(), payload=payload, says=says)


def _brings_along(said: Statement, listed: int) -> bool:
    """Whether a case says that its mail brings somebody along, and does not ask as many places as people are
    ``listed``."""
    acts = said.facts.get("acts")
    if said.code is not Says.UNDERSTOOD or not isinstance(acts, tuple):
        return False
    told = [act.facts for act in acts if isinstance(act, Statement)]
    return any(one.get("act") in _ALONG and one.get("detail") != (str(listed),) for one in told)


_ALONG = (ActKind.BRING, ActKind.PLACES)
#: What a case says of whom her choice is about.
_OF_WHOM = (Says.CHOICE_ABOUT, Says.CHOICE_ALSO_ABOUT)

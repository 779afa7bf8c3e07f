"""What words say beside what is carried out or a form, and somebody has to see: nobody took it over."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from mailbot.domain.form import UNASKED_DIET, FieldKind, Form
from mailbot.domain.submission import Act, ActKind, Intent, Submission
from mailbot.intent.answers.beside import pleads_only
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.asked_of_named import only_tells_of
from mailbot.intent.classifier import IntentResult
from mailbot.intent.clause import DETAILS, VALUE
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.nothing_more import is_content
from mailbot.intent.person_mentions import like_names
from mailbot.intent.roles import denies_role
from mailbot.intent.sentences import Sentence, sentences, sentences_apart
from mailbot.intent.told_details import is_for_a_purpose
from mailbot.text.normalize import letters

#: What is done without a person.
_CARRIED_OUT = frozenset({Intent.REGISTER, Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE, Intent.SUBSTITUTE})
#: Fields whose words, beside what is carried out, somebody has to see.
_TO_SEE = ("diet", "remarks")


def noted_beside(result: IntentResult, submission: Submission, form: Form) -> Iterator[str]:
    """The sentences that name what the office has to know, beside a form ("de factuur mag naar de financiële
    dienst") or in a mail that is carried out, or what a form notes of people in the latter: "Els komt niet.
    En voor mij geen varkensvlees." is no half of two. No act was found in them, or one that a registration
    has beside it ("ik ben vegetariër"), and nothing of them was taken over."""
    done = result.intent in _CARRIED_OUT
    if not (done or submission.people):
        return
    for sentence in sentences_apart(result.unread.splitlines()):
        wants = _is_for_the_office(sentence, done=done) or _asks_of_us(result, submission, sentence)
        if wants and _is_new(sentence.text, result, submission, form):
            yield sentence.text
    if done and not submission.people:
        yield from _of_no_act(result, submission)
    if result.intent is Intent.SUBSTITUTE:
        yield from (act.words for act in result.acts if _eats_in_a_place(act))
    if result.intent is Intent.REGISTER and not submission.people:
        told = (act.words for act in result.acts if _is_told(act))
        yield from (words for words in told if _is_new(words, result, submission, form))


def _of_no_act(result: IntentResult, submission: Submission) -> Iterator[str]:
    """The sentences of a mail in words alone that say something to see and are no part of what is done: a
    function that is denied, data of nobody here or of somebody of the writer's, papers that are asked for."""
    said = sentences(result.words.splitlines())
    acted = {act.words for act in result.acts if act.kind is not ActKind.OTHER}
    yield from (one.text for one in said if denies_role(one.plain) or _is_of_nobody_here(one, submission))
    yield from (one.text for one in said if one.text not in acted and _presents(one, submission))
    yield from (one.text for one in said if _means_data_elsewhere(one))
    yield from (one.text for one in said if _asks_for_papers(one) and one.text not in result.question)


def _is_for_the_office(sentence: Sentence, *, done: bool) -> bool:
    """Whether a sentence tells the office something; in a mail that is ``done`` also what somebody eats, and
    what a form has a field for."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    noted = lex.says("diet_said", words) or any(lex.fields[one].search(words) for one in _TO_SEE)
    return lex.says("for_the_office", words) or (done and noted)


def _means_data_elsewhere(sentence: Sentence) -> bool:
    """Whether a sentence leaves to us which data are meant: "schrijf mij in, zelfde gegevens"."""
    words = spaced(sentence.plain)
    return lexicon(language_of(words)).says("same_data", words)


def _eats_in_a_place(act: Act) -> bool:
    """ "Ik kom in haar plaats en eet vegetarisch." """
    words = spaced(act.words)
    return act.kind is ActKind.SUBSTITUTE and lexicon(language_of(words)).says("diet_said", words)


def _is_of_nobody_here(sentence: Sentence, submission: Submission) -> bool:
    """Whether a sentence gives a number, an address or somebody's name for a purpose of its own, and it was
    noted of nobody: "bij problemen bel 0470 11 22 33"."""
    gives = VALUE.search(sentence.text) or like_names(sentence.text)
    return bool(gives) and is_for_a_purpose(sentence.plain) and not _is_noted(sentence, submission)


def _presents(sentence: Sentence, submission: Submission) -> bool:
    """Whether a sentence gives a number or an address of somebody of the writer's, noted of nobody:
    "mijn secretaresse is Tom Bos, tom@x.example"."""
    said = spaced(sentence.plain)
    theirs = VALUE.search(sentence.text) and lexicon(language_of(said)).says("somebody_else", said)
    return bool(theirs) and not is_for_a_purpose(sentence.plain) and not _is_noted(sentence, submission)


def _is_noted(sentence: Sentence, submission: Submission) -> bool:
    """Whether a sentence holds an answer that was taken over of somebody who comes."""
    noted = {letters(str(answer.value)) for one in submission.told for answer in one.answers.values()}
    return any(one and one in letters(sentence.text) for one in noted)


def _asks_for_papers(sentence: Sentence) -> bool:
    """ "Ik zal er niet bij zijn, maar krijg nadien graag de presentatie." """
    said = spaced(sentence.plain)
    return lexicon(language_of(said)).says("asks_papers", said)


def _asks_of_us(result: IntentResult, submission: Submission, sentence: Sentence) -> bool:
    """Whether a sentence beside words that are carried out begins with asking us what nobody read ("gelieve
    de presentatie te bezorgen"), and not only to note what they say, and is no courtesy ("graag een
    volgende keer")."""
    done = result.intent in _CARRIED_OUT and not submission.people
    asks = done and _ASKS.match(sentence.plain) and not pleads_only(sentence.text)
    said = spaced(sentence.plain)
    lex = lexicon(language_of(said))
    kind = any(lex.says(one, said) for one in _KIND_OR_DONE)
    known = {*result.named, *((result.substitute.name,) if result.substitute else ())}
    return bool(asks) and not (kind or is_content(sentence.text) or only_tells_of(sentence.text, known))


_ASKS = re.compile(rf"{pattern('asks_at_once')}\b")
#: What such a sentence says that is a courtesy, or asks for what is done.
_KIND_OR_DONE = ("other_time", "regret", "away", "leave", "note_so", "noting")


def _is_told(act: Act) -> bool:
    """Whether an act tells what somebody eats or needs, or gives a number or an address."""
    return act.kind is ActKind.CHANGE and (act.field in DETAILS or bool(VALUE.search(act.words)))


def _is_new(words: str, result: IntentResult, submission: Submission, form: Form) -> bool:
    """Whether a sentence is neither passed on already nor taken over as an answer of who comes, be it as an
    option ("Vegetarische lunch"), or as one that the form has no question for. What people are known by takes
    over nothing of a diet that stands beside it, nor one diet another."""
    if words in result.question:
        return False
    said = spaced(words)
    tells_diet = lexicon(language_of(said)).says("diet_said", said)
    apart = {field.key for kind in (_KNOWN_BY if tells_diet else _NAMES) for field in form.of_kind(kind)}
    taken = _taken_over(submission, apart)
    stems = {word[:_STEM] for word in said.split() if diet_in(word)}
    noted = {one for one in stems if any(f" {one}" in text for text in taken)}
    left = said
    for text in taken:
        left = left.replace(text, " ")
    left = spaced(" ".join(word for word in left.split() if word[:_STEM] not in noted))
    more = tells_diet and lexicon(language_of(said)).says("diet_said", left)
    return more or not (noted or any(text in said for text in taken))


def _taken_over(submission: Submission, apart: Container[str]) -> list[str]:
    """What is taken over of who comes in words, spaced: answers that are not signed, but those of the fields
    ``apart``, and a diet that the form does not ask."""
    answers = (
        str(answer.value)
        for one in submission.told
        for key, answer in one.answers.items()
        if not answer.signed and key not in apart
    )
    unasked = (problem.read for problem in submission.told_doubts if problem.field == UNASKED_DIET)
    return [text for text in map(spaced, (*answers, *unasked)) if text.strip()]


#: Kinds that names are of, and all that a person is known or reached by.
_NAMES = (FieldKind.NAME,)
_KNOWN_BY = (*_NAMES, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ORGANISATION)
#: Letters of a word for a diet that its endings leave alone.
_STEM = 7

"""What the words around a form say that the form does not, and that somebody has to hear of.

"Mijn vrouw komt mee", "ik kom pas om 15 uur", "ik zit in een rolstoel": the form is carried out as it is,
and these sentences are passed on to the secretary as a question would be, without what the form says as
well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.domain.form import Form
from mailbot.domain.submission import Act, ActKind, Intent, Person, Who
from mailbot.intent.classifier import IntentResult
from mailbot.intent.clause import DETAILS
from mailbot.matching.names import name_of
from mailbot.text.normalize import letters, plain

#: About more people than the form: found by the rules alone they already tell that somebody is missing.
_OF_OTHERS = frozenset({ActKind.BRING, ActKind.PLACES})
#: How and whether somebody comes, and what is asked about data: believed where both readers found it.
_OPEN = frozenset(
    {ActKind.PARTIAL, ActKind.CONDITION, ActKind.UNSURE, ActKind.NOT_COME, ActKind.ERASE, ActKind.ACCESS}
)
#: A mail that is one of these is judged against its form (``rules/text_contradicts_form``), but for whom it
#: names that is not on it.
_JUDGED = frozenset({Intent.WITHDRAW, Intent.EXCUSE, Intent.MAYBE_WITHDRAW, Intent.SUBSTITUTE})
_NUMBER = re.compile(r"\d[\d ./()-]{6,}\d")


def beside_form(
    result: IntentResult, people: Sequence[Person], form: Form | None, sender: str
) -> tuple[str, ...]:
    """The sentences that tell more than the form of these ``people`` does, each once; none without a form.
    ``sender`` is the address of who writes."""
    if form is None or not people:
        return ()
    about = _FormSays(people, form, sender)
    said = (act.words for act in result.acts if not act.elsewhere and _tells_more(act, about, result))
    return tuple(one for one in dict.fromkeys(said) if one not in result.question)


class _FormSays:
    """What a form says already."""

    def __init__(self, people: Sequence[Person], form: Form, sender: str) -> None:
        self._people = people
        self._names = [name_of(one.values, form) for one in people]
        self._sender = sender.lower()

    def answers(self, key: str) -> bool:
        """Whether somebody answered a field."""
        return any(one.text(key).strip() for one in self._people)

    def names(self, people: Sequence[str]) -> bool:
        """Whether all of these people are on it."""
        known = [{*plain(name).split()} for name in self._names]
        return bool(people) and all(any({*plain(one).split()} <= name for name in known) for one in people)

    def is_of_others(self) -> bool:
        """Whether somebody else than who writes is on it, so that a colleague in the words may be them."""
        return any(self._sender not in map(str.lower, _texts(one)) for one in self._people)

    def seats(self, places: int) -> bool:
        """Whether it has that many people."""
        return 0 < places <= len(self._people)

    def holds(self, words: str) -> bool:
        """Whether the numbers in some words stand on it."""
        known = letters(" ".join(text for one in self._people for text in _texts(one)))
        return all(letters(number)[-8:] in known for number in _NUMBER.findall(words))


def _texts(person: Person) -> Iterator[str]:
    return (str(answer.value) for answer in person.answers.values())


def _tells_more(act: Act, form: _FormSays, result: IntentResult) -> bool:
    if act.kind in _OF_OTHERS:
        colleague = act.who is Who.COLLEAGUE and form.is_of_others()
        return not (form.names(act.people) if act.people else colleague or form.seats(act.places))
    if act.kind in _OPEN:
        judged = result.intent in _JUDGED and not act.people
        return act.agreed and not judged and not form.names(act.people)
    if act.kind is not ActKind.CHANGE:
        return False
    return not form.answers(act.field) if act.field in DETAILS else not form.holds(act.words)

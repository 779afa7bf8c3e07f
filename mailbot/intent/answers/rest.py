"""What stands beside the answers in a reply: whether it only asks for them, tells why, or wants a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mailbot.domain.form import DIET, FieldKind
from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.acts import read_acts
from mailbot.intent.answers import beside
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.answers.found import Found
from mailbot.intent.answers.values import drops_old
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_request
from mailbot.intent.sentences import sentences
from mailbot.matching.names import name_of

#: "Kan je dat wijzigen aub?": asks for the change that stands beside it, and names none of its own.
_THAT = re.compile(rf" (?:{pattern('that_told')}) ")
#: What a value is made of in a heading, which may count those below it.
_HEADED = re.compile(r"\d{2}|@")
_SHORT_REQUEST = 6  # words
_NAME = "name"  # the field of any part of a name, in the lexicons


@dataclass(frozen=True, slots=True)
class RestOfAnswer:
    """The words beside what was ``found``. ``changes`` are the sentences that both readers took for a change,
    ``settled`` those of them that were found."""

    found: Found
    changes: Mapping[str, Act]
    settled: AbstractSet[str]

    def asked_besides(self, question: str) -> str:
        """What is asked beside the change that was found."""
        asked = [sentence.text for sentence in sentences([question])]
        settled = [text for text in asked if self._is_settled(text)]
        return " ".join(text for text in asked if text not in settled) if settled else question

    def _is_settled(self, text: str) -> bool:
        """Whether a question is the change that was found, or a plea for it."""
        if beside.pleads_only(text.rstrip("?")) or self._is_noted(text):
            return True
        return text in self.settled or self.asks_that(text)

    def _is_noted(self, text: str) -> bool:
        """Whether what a text asks for was found: "kan u noteren dat ik vegetarisch eet", "kan ik een
        vegetarische maaltijd krijgen?"."""
        return bool(diet_in(text)) and DIET in self.found.answers

    def unexplained(self, left: Iterable[str]) -> str:
        """The words of ``left`` that are no talk beside the answers, for a person."""
        idle = (
            beside.adds_nothing,
            beside.says_why,
            self._drops_old,
            self._drops_sign,
            self._says_they_come,
            self._is_explained,
            beside.pleads_only,
            beside.tells_only,
            beside.stays_so,
            beside.at_work_only,
            beside.looks_forward,
        )
        return " ".join(text for text in left if not any(is_idle(text) for is_idle in idle))

    def denied(self, left: Iterable[str]) -> frozenset[str]:
        """The fields of which words that are left say that something there is wrong: "maar mijn gsm klopt
        niet", of which a yes beside it does not speak."""
        found: set[str] = set()
        for said in map(spaced, left):
            lex = lexicon(language_of(said))
            if lex.says("not", said) or lex.says("change", said):
                found |= {key for key, named in lex.fields.items() if named.search(said)}
        fields = self.found.form.fields
        named = (one.key for one in fields if one.kind is FieldKind.NAME and _NAME in found)
        return frozenset({*found, *named, *(one.key for one in fields if str(one.kind) in found)})

    def _says_they_come(self, text: str) -> bool:
        """Whether somebody who is on the list, or waits for an answer, only says beside one that they come:
        "gelieve Jan Peeters in te schrijven" of Jan Peeters."""
        about = self.found.about
        return not about.status.is_out and beside.comes_only(text, name_of(about.answers, self.found.form))

    def asks_that(self, text: str) -> bool:
        """Whether a sentence only asks for the change that was found beside it, or says that what we noted
        there is wrong."""
        act = self.changes.get(text)
        short = len(text.split()) <= _SHORT_REQUEST and _THAT.search(spaced(text))
        return bool(self.found.answers and act and not act.field and short) or self._is_explained(text)

    def _is_explained(self, text: str) -> bool:
        """Whether words that ask for a change give no value, and name no field but one that was answered:
        "gelieve mijn gegevens aan te passen:" above the new ones."""
        given = _HEADED if text.endswith(":") else beside.VALUES  # "graag 2 zaken aanpassen:"
        if not self.found.answers or given.search(text) or names(text):
            return False
        if text.endswith("?") and not all(map(is_request, sentences([text]))):
            return False  # "kan u mijn gsm aanpassen?" asks for what was done
        lex = lexicon(language_of(spaced(text)))
        if lex.says("the_rest", spaced(text)):
            return False  # "de rest moet nog aangepast worden" is none of what was answered
        said = spaced(lex.concepts["typed_on"].sub(" ", spaced(text)))  # "getypt op mijn gsm"
        acts, called = read_acts([said]), lex.fields.items()
        fields = {key for key, named in called if named.search(said)}
        fields |= {act.field for act in acts} - {""}  # "ik eet vegetarisch" names its field by its value
        answered = {*self.found.answers} | ({_NAME} if self._names_answered() else set())
        own = (act.kind is ActKind.CHANGE and act.who is Who.WRITER for act in acts)
        return bool(acts) and all(own) and fields <= answered

    def _names_answered(self) -> bool:
        """Whether a part of the name was answered, which a lexicon calls a name as a whole."""
        return any(one.key in self.found.answers for one in self.found.form.of_kind(FieldKind.NAME))

    def _drops_sign(self, text: str) -> bool:
        """Whether words beside a name that was answered only say that a sign in it was none of it: "de 2
        achter mijn naam is een tikfout"."""
        keys = (one.key for one in self.found.form.of_kind(FieldKind.NAME) if one.key in self.found.answers)
        return any(self.found.subject.without_dropped(key, text) for key in keys)

    def _drops_old(self, text: str) -> bool:
        """Whether words beside a new number or address only say that the old one goes."""
        new = {one.kind for one in self.found.form.fields if one.key in self.found.answers} & {
            FieldKind.PHONE,
            FieldKind.EMAIL,
        }
        only = not text.endswith("?") and not beside.VALUES.search(text)
        return bool(new) and only and len(text.split()) <= _SHORT_REQUEST and drops_old(text)

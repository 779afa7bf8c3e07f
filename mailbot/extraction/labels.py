"""Labels: a piece of text → the field of a form that it asks for.

The form's own labels and aliases go before the words of the lexicon. Around those, people put the
same small words everywhere ("Uw naam *", "2. Naam (voluit)", "Naam deelnemer 2").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from mailbot.domain.form import UNASKED, FieldKind, Form
from mailbot.extraction.coming import (
    ABOUT_THE_EVENT,
    asks_whether_somebody_comes,
    presence_field,
    tells_of_coming,
)
from mailbot.extraction.known_labels import WORDS, KnownLabels, without_signs
from mailbot.extraction.label import Label
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.phrasings import Phrasings
from mailbot.text.lexicon import AN_AND, OR, YES_OR_NO
from mailbot.text.normalize import letters, plain

_NUMBERING = re.compile(r"^\s*(?:[-•–*▪·‣o]\s+|(?:\d{1,2}|[a-hA-H])[.)]\s*)")
#: "(in hoofdletters)" and "[verplicht]", but no box to tick: "[x]", "( )".
_HINT = re.compile(r"\((?!\s*[xv]?\s*\))[^()]*\)|\[(?!\s*[xv]?\s*\])[^\[\]]*\]", re.I)
_POSSESSIVE = re.compile(rf"^{phrases('possessive')}\s+")
_WHOSE = re.compile(rf"\s+{phrases('of_participant')}$")
_NAME_OF = re.compile(rf"^{phrases('name_of_whom')}(.+)$")
_EMPHASIS = re.compile(rf"\b{phrases('stress')}\s+(?=\w)")
_NUMBER_WORD = re.compile(rf"[\s.-]*(?:n°|{phrases('number_word')})$")
_ORDINAL = re.compile(r"^(.*\D)\s*(?:nr\.?\s*)?(\d{1,2})$")
_JOINT = re.compile(rf"\s+(?:{AN_AND}|{OR})\s+|\s*[&+/,|]\s*|\s[-–]\s")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST_QUALIFIED, _LONGEST_BEFORE = 7, 3  # words, and where the label is the last of them
#: "Ik geef / geef geen toestemming" offers both, to be answered by yes or no.
_ALTERNATIVE = re.compile(rf"\s*/\s*(?:\w+\s+)?{phrases('denies_label', 'denies_option')}\b", re.I)
_NEGATION = re.compile(rf"\b{phrases('denies_label')}\b\s*")
#: What may deny a question wherever it stands in it, in any language: wider than what turns a label round,
#: as a question that is not understood is only left out.
_DENIES = re.compile(rf"\b{phrases('denies')}\b|\bn'")
_EXCUSE = re.compile(phrases("excused"))
_EXCUSED = re.compile(phrases("only_excused"))
_PRESENT = re.compile(phrases("present"))
_ANSWERED = re.compile(r":\s*[^\s)]")
_DECISIVE = re.compile(rf"\b(?:{YES_OR_NO}|{phrases('decides')})\b")
LONGEST = 70
#: What is asked of people one by one, and never begins with a number.
_NUMBERED = (FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION)
_MOST_BARE = 5  # words of a label without any sign behind it, unless the form has a longer one
_MOST_ALTERNATIVES = 3
_OFFERED = frozenset({FieldKind.YES_NO, FieldKind.CHOICE})
#: Letters of a longer question, and of a label that is looked for in it, and not only at its beginning.
_LONGEST_REWORDED, _TELLING_REWORDED = 160, 5
#: The halves of a name, on a form that asks neither by itself.
_HALVES = {f"{UNASKED}last_name", f"{UNASKED}first_name"}
_REMEMBERED = 5000
_REMEMBERED_LINES = 500


class Remembered:
    """How lines were cut at the labels of a form, since a line is read in every shape of its region. What is
    kept is no more than a document or two: then all of it is forgotten."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}

    def get(self, line: Any) -> Any:
        """What was remembered of a line, or None."""
        return self._kept.get(line)

    def remember(self, line: Any, cut: Any) -> None:
        """Keeps what a line was cut to."""
        if len(self._kept) > _REMEMBERED_LINES:
            self._kept.clear()
        self._kept[line] = cut


class _Known:
    """What was asked of a text, kept: a document asks the same of its lines many times over. What is kept is
    bounded: then all of it is forgotten."""

    def __init__(self, ask: Callable[[str], Label | None]) -> None:
        self._ask = ask
        self._kept: dict[str, Label | None] = {}

    def __call__(self, text: str) -> Label | None:
        if text not in self._kept:
            if len(self._kept) > _REMEMBERED:
                self._kept.clear()
            self._kept[text] = self._ask(text)
        return self._kept[text]


class Labels(KnownLabels):
    """The labels of one form, ready to be asked. Holds nothing but the form and what was asked."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        own = {concept: self._own_words(label) for concept, label in self._concepts.items()}
        self._phrasings = Phrasings(own)
        self._matched, self._exactly = (
            _Known(self._match),
            _Known(lambda text: self._exact(without_signs(text))),
        )
        self._reworded, self._comes = _Known(self._asked_in_more_words), _Known(self._asks_presence)
        self.presence = presence_field(form)
        self.longest = max(LONGEST, *(len(text) + 10 for field in form.fields for text in field.labels))
        self.most_words = max(_MOST_BARE, *(len(text.split()) for f in form.fields for text in f.labels))
        self._kinds = {field.key: field.kind for field in form.fields}
        self.lines = Remembered()
        self._statements = frozenset(form.keys_of(FieldKind.YES_NO))

    def learning(self, captions: Mapping[str, Label]) -> Labels:
        """These labels and those that a document taught, by their captions."""
        more = copy(self)
        more._known = {**self._known, **{letters(caption): label for caption, label in captions.items()}}
        more._matched = _Known(more._match)
        more._exactly = _Known(lambda text: more._exact(without_signs(text)))
        more.lines = Remembered()
        return more

    def match(self, text: str) -> Label | None:
        """The field that this text is a label of, or None. Text that ends in a colon or carries
        a hint in parentheses counts as well."""
        if len(text) > self.longest:
            return None
        return self._matched(text)

    def exactly(self, text: str) -> Label | None:
        """As ``match``, without forgiving spelling."""
        if len(text) > self.longest:
            return None
        return self._exactly(text)

    def takes_an_answer(self, label: Label) -> bool:
        """Whether what stands right behind a label without any sign between them is its whole answer: the
        number in "Naam 2 Peeters" is a person's, that in "Geboren op 18 mei" and "Klas 6 WE" is not."""
        return not label.number or self.kind(label) in _NUMBERED

    def kind(self, label: Label) -> FieldKind:
        """The kind of the (first) field that a label asks."""
        return self._kinds.get(label.key, FieldKind.TEXT)

    def _match(self, text: str) -> Label | None:
        stripped = without_signs(text)
        if label := self._exact(stripped):
            return label
        # A slip of the pen never turns yes into no; "Komt u? (ja/nee)" offers both.
        shapes = [form for form in _shapes(stripped) if not _DECISIVE.search(form)]
        if _ANSWERED.search(stripped) or not shapes:
            return self._phrased(text) if shapes else None
        if "/" in stripped and (label := self._alternative(shapes[0])):
            return label  # "Naam ouder / voogd" asks the form's own "Naam ouder"
        if label := next(filter(None, map(self._qualified, shapes)), None):
            return label
        for form in shapes:
            if label := self._near(letters(form)):
                return label
        return self._alternative(shapes[0]) or self._phrased(text)

    def _phrased(self, text: str) -> Label | None:
        """What a known word asks with more around it, where the form has no question that is nearer to it."""
        text = _NUMBERING.sub("", text)
        asked = self._phrasings.asks(text)
        label = self._concepts[asked.concept] if asked else self.coming(_HINT.sub(" ", text))
        if label is None or label.also or self.reworded(text):
            return None
        return replace(label, exact=bool(asked and asked.plain), phrased=True, reworded=False)

    def _exact(self, stripped: str) -> Label | None:
        if ":" in stripped and (label := self._own.get(letters(stripped))):
            return label  # the form's own label has a colon in it
        if not stripped or _ANSWERED.search(stripped):
            return None
        for form in _shapes(stripped):
            if label := self._known.get(letters(form)):
                return label
        for form in _shapes(stripped):
            if (
                label := self._negated(form)
                or self._number_of(form)
                or self._of_body(form)
                or self._joint(form)
                or self._numbered(form)
            ):
                return label
        if self.presence and _EXCUSED.fullmatch(letters(stripped)):
            return Label((self.presence,), negative=True)
        return None

    def _qualified(self, text: str) -> Label | None:
        """ "Functie binnen het bestuur" is "Functie", "Naam van de vader" somebody else's name: the
        words of a label, and others that the lexicon says change nothing, or whose it is."""
        words = _WORD.findall(text)
        if not 1 < len(words) <= _LONGEST_QUALIFIED:
            return None
        known = lexicon()
        for count in range(len(words) - 1, 0, -1):
            heads = [(words[:count], words[count:])]
            if len(words) <= _LONGEST_BEFORE:
                heads.append((words[-count:], words[:-count]))
            for head, rest in heads:
                label = self._known.get(letters("".join(head)))
                if label is None or not all(word in known.neutral or word in known.other for word in rest):
                    continue
                if any(word in known.other for word in rest):
                    offers = label.particular and self.kind(label) in _OFFERED
                    if offers and head == words[-count:]:  # "Mijn kind kan zwemmen" asks "Kan zwemmen"
                        return replace(label, main=False, exact=False, reworded=True)
                    return Label((f"{UNASKED}{rest[-1]}",))
                return replace(label, main=False)
        return None

    def reworded(self, text: str) -> Label | None:
        """The question that a longer one asks: its words hold all of a label's, in their order ("Hebt u een
        tolk nodig?" asks "Tolk nodig", "De leiding mag paracetamol geven" "Paracetamol"); of words that other
        forms use it is asked by none. Where one word in its midst is all that is told (``loose``: "Blijft
        u na de lunch?"), the words around it may make it another question: any answer but an option is
        doubted then; a yes or no where one of them does ("na", "zelf")."""
        return self._reworded(text) if len(text) <= _LONGEST_REWORDED else None

    def _asked_in_more_words(self, text: str) -> Label | None:
        said = plain(_ALTERNATIVE.sub(" ", text))
        if _DENIES.search(said):
            return None
        asks = WORDS.findall(said)
        turned = not lexicon().turning.isdisjoint(asks)
        found = [
            replace(label, loose=len(words) == 1 and not begins and (turned or not self._is_yes_no(label)))
            for words, label in self._own_questions
            if _holds(asks, words)
            and ((begins := asks[: len(words)] == words) or len("".join(words)) >= _TELLING_REWORDED)
        ]
        if len({label.keys for label in found}) != 1:
            return None
        if self.kind(found[0]) in _OFFERED or not lexicon().other & set(asks):
            return found[0]
        return None

    def coming(self, text: str) -> Label | None:
        """The question whether somebody comes, in any words that ask that and no more ("Ik zal aanwezig zijn
        op deze bijeenkomst"); None where words deny it, or ask how, with whom or to what."""
        said = _HINT.sub(" ", text)
        return self._comes(said) if self.presence and len(said) <= _LONGEST_REWORDED else None

    def _asks_presence(self, said: str) -> Label | None:
        if not tells_of_coming(said) or _DENIES.search(plain(said)):
            return None
        asks = asks_whether_somebody_comes(said, self.form.title)
        return Label((self.presence,), exact=False, reworded=True) if asks else None

    def _is_yes_no(self, label: Label) -> bool:
        return self.kind(label) is FieldKind.YES_NO

    def statement(self, text: str) -> Label | None:
        """What ticked words state: a label, what stands before a comma ("Ik neem niet deel, maar
        ...") or before the name of the event, or in other words that someone does not come."""
        about = ABOUT_THE_EVENT.sub("", plain(text))
        label = self.match(text) or self.match(text.partition(",")[0]) or self.match(about)
        if label is None and self.presence and _PRESENT.fullmatch(plain(text).replace(",", "").strip(" .!")):
            return Label((self.presence,), exact=False)
        if label is None and self.presence and _EXCUSE.search(plain(text)):
            return Label((self.presence,), exact=False, negative=True)
        return label

    def excuses(self, text: str) -> bool:
        """Whether words at another question say that somebody does not come ("Opmerkingen")."""
        return bool(self.presence) and _EXCUSE.search(plain(text).strip(" .!")) is not None

    def _negated(self, text: str) -> Label | None:
        positive, count = _NEGATION.subn("", text)
        label = self._known.get(letters(positive)) if count == 1 else None
        return replace(label, negative=True) if label and label.key in self._statements else None

    def _alternative(self, text: str) -> Label | None:
        """ "Bestelbon / referentie", "Dieet, medicatie": the form's own, and what is asked with it."""
        parts = [part.strip() for part in re.split(r"[/,]", text)]
        if not 1 < len(parts) <= _MOST_ALTERNATIVES or any(len(p.split()) > _MOST_BARE for p in parts):
            return None
        own = self._own.get(letters(parts[0]))
        known = {label.keys for part in parts if (label := self._known.get(letters(part)))}
        if own is None or not own.main or len(known) != 1:
            return None
        return replace(own, main=False, exact=False, reworded=True, loose=True)

    def _number_of(self, text: str) -> Label | None:
        """ "Gsm-nr.", "Telefoon nummer": the word for a number tells nothing more of a telephone."""
        shorter, count = _NUMBER_WORD.subn("", text)
        label = self._known.get(letters(shorter)) if count else None
        return label if label and self.kind(label) is FieldKind.PHONE else None

    def _of_body(self, text: str) -> Label | None:
        """ "Naam gemeente", "Naam van uw bestuur of vereniging": the body's, not the participant's."""
        found = _NAME_OF.match(text)
        if not found:
            return None
        asked = self._phrasings.asks(found[1])
        label = self._known.get(letters(found[1])) or (self._concepts[asked.concept] if asked else None)
        return label if label and self.kind(label) is FieldKind.ORGANISATION else None

    def _joint(self, text: str) -> Label | None:
        keys: list[str] = []
        for piece in _JOINT.split(text):
            label = next((self._known[letters(s)] for s in _shapes(piece) if letters(s) in self._known), None)
            if label is None:
                return None
            keys.append(label.key)
        if len(keys) < 2:
            return None
        if set(keys) == _HALVES and (whole := self._concepts.get("full_name")):
            return whole
        ours = [key for key in keys if not key.startswith(UNASKED)]
        return Label(tuple(dict.fromkeys(ours or keys[:1])))

    def _numbered(self, text: str) -> Label | None:
        found = _ORDINAL.match(text)
        if not found:
            return None
        for form in _shapes(found[1].strip(" -#")):
            if label := self._known.get(letters(form)) or self._joint(form):
                counts = self.kind(label) is not FieldKind.NUMBER  # "Aantal personen 6" is answered
                return replace(label, number=int(found[2])) if counts else None
        return None

    def _near(self, compact: str) -> Label | None:
        if compact in lexicon().no_slip or any(c.isdigit() for c in compact):  # "Naam1" is an answer
            return None
        best: dict[tuple[str, ...], int] = {}
        for known, label in self._own.items():
            if known[:1] != compact[:1]:  # "Daan" is nobody's slip for "Naam"
                continue
            allowed = 0 if len(known) < 4 else 1 if len(known) < 8 else 2
            distance = OSA.distance(compact, known, score_cutoff=allowed) if allowed else 1
            if distance <= allowed:
                best[label.keys] = min(distance, best.get(label.keys, distance))
        if not best:
            return None
        nearest = min(best.values())
        keys = [keys for keys, distance in best.items() if distance == nearest]
        return Label(keys[0], exact=False) if len(keys) == 1 else None


@lru_cache(maxsize=32)
def labels_of(form: Form) -> Labels:
    """The labels of a form, made once: that takes longer than asking them."""
    return Labels(form)


def _holds(said: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand among others, in their order."""
    rest = iter(said)
    return len(said) > len(words) and all(word in rest for word in words)


def _shapes(text: str) -> tuple[str, ...]:
    """The text as it is, then with numbering, hints and the small words around a label gone."""
    shapes = [text]
    for pattern in (_NUMBERING, _HINT, _POSSESSIVE, _WHOSE, _EMPHASIS):
        shorter = pattern.sub("", shapes[-1]).strip(" :*?.…-–")
        if shorter and shorter != shapes[-1]:
            shapes.append(shorter)
    return tuple(shapes)

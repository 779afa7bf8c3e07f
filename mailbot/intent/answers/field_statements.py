"""Statements that name a field: "voornaam: Jan", "mijn gsm is ...", "Jan is de voornaam".

A line as written goes in; the words for the field and its value come out, and which field of a form words
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.intent import phrases
from mailbot.intent.answers.beside import without_fillers
from mailbot.intent.answers.values import BY_THEMSELVES, PHONE, says
from mailbot.intent.lexicon import as_written, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import only_names
from mailbot.intent.sentences import LABELLED
from mailbot.text.lexicon import A_YES, AND, BUT, LANGUAGES, either
from mailbot.text.normalize import letters, plain

_POSSESSIVE = pattern("possessive")
_WHICH = rf"(?:{pattern('which_one')} )?"
_WHOSE = rf"(?:{_POSSESSIVE} )?{_WHICH}"
_WHOSE_FIRST = re.compile(_WHOSE, re.I)
#: Since when a value is so: "mijn functie is sinds mei coördinator".
_LATELY = rf"(?:(?:{pattern('lately')}) )*"
_SAID = re.compile(
    rf"(?:{A_YES}[, ]+)?{_WHOSE}(?P<label>[\w/ -]{{2,40}}?)"
    rf" (?:{pattern('states')}|:)\s*:?\s*{_LATELY}(?P<value>.{{1,120}})",
    re.I,
)
#: "Jan is de voornaam".
_NAMED_LAST = re.compile(
    rf"(?P<value>\S[^:=]{{0,80}}?) {pattern('states_behind')}"
    rf" {_POSSESSIVE} {_WHICH}(?P<label>[\w/-]{{2,40}})",
    re.I,
)
_INTO = re.compile(
    rf".{{0,60}}?\b{_POSSESSIVE} (?P<label>[\w/-]+(?: [\w/-]+)??) {_LATELY}{pattern('put_into')}"
    r" (?P<value>.{1,120})",
    re.I,
)
#: Words of somebody who speaks, in what would else be taken for a name, a function or a body.
_SPEECH = re.compile(rf"\b{pattern('speaks')}\b", re.I)
#: What joins a statement to the one before, and is no part of its value: "..., en Maes is mijn achternaam".
_JOINS = re.compile(rf"^{either(*AND, *BUT)} ")
#: What a running sentence names last before a colon: "zoals gevraagd bezorg ik u de voornaam: Jan".
_NAMES_LAST = re.compile(rf".* {_POSSESSIVE} (?P<label>[\w/-]+)", re.I)
_PROPER = re.compile(rf"(?:[A-ZÀ-ÖØ-Þ][\w'’.&-]*|{pattern('within_name')})")
#: A number or an address that ends a sentence, but for a plea.
_VALUE_LAST = re.compile(
    rf"(?P<before>.{{1,200}}?)\s(?P<value>\S+@\S+?|{PHONE.pattern})(?P<behind>[\s.!?][^\d@]*)?"
)
#: What says that a number or an address before it was another: "my old number is"; in so many words.
_OLD = re.compile(rf"\b(?:{pattern('old')}|{pattern('formerly')})\b")
_NEAR = 5
#: Letters: a shorter word is near too many labels to be one of them with a slip in it.
_FORGIVEN_FROM = 5


@dataclass(frozen=True, slots=True)
class ValueStatement:
    """The words for a field, and its value. ``labelled``: by a colon, so that any words may be the value;
    ``running``: in a sentence of its own, "mijn voornaam is Jan"."""

    label: str
    value: str
    labelled: bool = False
    running: bool = False

    @property
    def is_speech(self) -> bool:
        """Whether the value is somebody who speaks, and no name, function or body."""
        return not self.labelled and says_something(self.value)


def statements_in(text: str) -> Iterator[ValueStatement]:
    """What a line may state, the likeliest first."""
    for shape in (LABELLED, _SAID, _INTO, _NAMED_LAST):
        if said := shape.fullmatch(text.rstrip(" .!") if shape is _NAMED_LAST else text):
            value = _JOINS.sub("", without_fillers(said["value"]).strip(' ."“”„'))
            yield ValueStatement(said["label"], value, shape is LABELLED, shape is _SAID)
            named = _NAMES_LAST.fullmatch(said["label"]) if shape is LABELLED else None
            if named:
                yield ValueStatement(named["label"], value, running=True)


def new_value_of_writer(text: str) -> str:
    """The number or address that ends a sentence and is said to be the new one of the writer; or empty."""
    said = _VALUE_LAST.fullmatch(text)
    if said is None:
        return ""
    before, behind = spaced(said["before"]), spaced(said["behind"] or "")
    lex = lexicon(language_of(before))
    becomes = any(found.end() == len(before) for found in lex.concepts["becomes"].finditer(before))
    near = spaced(" ".join(before.split()[-_NEAR:]))
    own = lex.who["mine"].search(before) and not _OLD.search(near)
    return said["value"] if own and becomes and lex.consists_of("plea", behind) else ""


def says_something(text: str) -> bool:
    """Whether there are words of somebody who speaks, or deny something, in what would else be taken for a
    name, a function or a body."""
    words = as_written(plain(text))
    return bool(_SPEECH.search(words)) or says("not", words)


def field_named(words: str, labels: Labels, form: Form) -> Label | None:
    """The field that words name: by a label of the form, or by a word that its concept goes by: "mijn nieuw
    nummer". "Mijn oude gsm" names none: its value is no longer right."""
    if names_old(words):
        return None
    words = without_whose(words)
    if only_points(words):
        return None
    label = labels.match(words)
    if label is not None and not label.exact and len(letters(words)) < _FORGIVEN_FROM:
        label = None
    if label is None:
        called = lexicon(language_of(spaced(words))).fields.items()
        fields = [form.field(key) for key, named in called if named.fullmatch(spaced(words), 1)]
        label = labels.exactly(fields[0].label) if len(fields) == 1 and fields[0] else None
    return None if label is None or label.negative or label.number > 1 else label


def names_old(label: str) -> bool:
    """Whether a label is of a value that is no longer right: "mijn oude gsm"."""
    return bool(_OLD.search(plain(label)))


def without_whose(label: str) -> str:
    """ "mijn nieuw nummer" without "mijn nieuw"."""
    return _WHOSE_FIRST.sub("", label.strip())


def looks_named(text: str) -> bool:
    """Whether every word may belong to the name of a person or a body."""
    return all(map(_PROPER.fullmatch, text.split()))


def runs_on(text: str) -> bool:
    """Whether words are no name, in which none but its particles are small, but a sentence: "nu lukt het
    wel"."""
    small = lexicon(language_of(spaced(text))).small_words
    return any(word in small and not _PROPER.fullmatch(word) for word in spaced(text).split())


def may_answer(one: FormField, value: str, *, labelled: bool) -> bool:
    """Whether a few words can be the value of a field: "met een c geschreven" is no name, a name no yes or no
    ("Afwezig: Jan Peeters"), and a "klopt" says of what we noted that it is right. Of what no colon labels,
    neither is what only happened to it: "ons bestuur is overgeschakeld op een andere telefoon", "mijn functie
    is gewijzigd"."""
    if one.kind is not FieldKind.YES_NO and (phrases.says_yes(plain(value)) or phrases.says_no(plain(value))):
        return False
    if one.kind is FieldKind.YES_NO and only_names(value.rstrip(" ?")):
        return False
    if not labelled and one.kind in _CALLED and (says("change", value) or says("not", value)):
        return False
    if not labelled and one.kind is FieldKind.ORGANISATION and runs_on(value):
        return False
    if not labelled and one.kind in BY_THEMSELVES and not _OF_A_VALUE.search(value):
        return False  # "mijn gsm is in het water gevallen"
    return one.kind is not FieldKind.NAME or " " not in value or looks_named(value)


#: What a number or an address has.
_OF_A_VALUE = re.compile(r"\d|@")


#: Kinds whose values are words that somebody or something goes by.
_CALLED = frozenset({FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.TEXT})


def only_points(words: str) -> bool:
    """Whether words point to something and name no field, however near a label their letters are ("dit":
    "dieet")."""
    said = spaced(words)
    return any(lexicon(one).concepts["pointing"].fullmatch(said, 1) for one in LANGUAGES)

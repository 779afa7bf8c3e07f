"""The answers as they are found in a reply, each as its field's kind reads it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from mailbot.config.settings import Settings
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import DIET, UNASKED, FieldKind, Form, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Answer, Code, Person, Problem
from mailbot.extraction.label import Label
from mailbot.extraction.labels import labels_of
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.extraction.values.names import read_name, split_name
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.intent.answers.field_statements import field_named, without_whose
from mailbot.intent.answers.told import Told
from mailbot.intent.answers.whose import Subject
from mailbot.matching.organisations import directory
from mailbot.text.normalize import letters, tidy

#: What "voornaam" and "naam" ask where a form has one question for both.
_GIVEN, _FAMILY = f"{UNASKED}first_name", f"{UNASKED}last_name"
_WHOLE = 2  # words at least


@dataclass
class Found:
    """What a reply answers so far, ``about`` one registration; ``answers`` by field, each with where it was
    said."""

    about: Registration
    form: Form
    settings: Settings
    answers: dict[str, tuple[ParsedValue, Location]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)  # those of them that ask that what is noted goes
    spoken_of: bool = False  # the reply tells of them by name, and of nobody else
    limited: frozenset[str] = frozenset()  # numbers and addresses that it gives for a time or a purpose

    _half: str = field(default="", init=False)  # of a name that is asked as a whole

    def __post_init__(self) -> None:
        self.labels = labels_of(self.form)
        self.directory = directory(self.settings.organisations.organisations)
        self.subject = Subject(self.about, self.form, self.spoken_of)

    @property
    def open_fields(self) -> list[FormField]:
        """What was asked and is not answered yet, in form order."""
        keys = {problem.field for problem in self.about.doubts}
        return [one for one in self.form.fields if one.key in keys and one.key not in self.answers]

    def label(self, text: str) -> Label | None:
        """The field that words name, whosever they say it is of those that this is about."""
        as_written = self.labels.exactly(
            text
        )  # "Gevraagd bedrag" is a label, and not a "bedrag" that was asked
        return as_written or field_named(
            self.subject.without_whose(without_whose(text)), self.labels, self.form
        )

    def names(self, one: FormField, text: str) -> bool:
        """Whether a word of a text names a field: "mijn voornaam was ik vergeten"."""
        found = (self.labels.exactly(word.strip(".,!")) for word in text.split())
        return any(label is not None and label.keys == (one.key,) for label in found)

    def is_limited(self, kind: FieldKind, value: str) -> bool:
        """Whether a number or an address is given for a time or a purpose only, where one is noted and none
        was asked."""
        asked = any(one.kind is kind for one in self.open_fields)
        noted = any(self.about.text(one.key) for one in self.form.of_kind(kind))
        return noted and not asked and letters(value) in self.limited

    def first_of(self, kind: FieldKind, text: str, where: Location) -> bool:
        """Takes it for the field of that kind that was asked, else for the form's only one."""
        fields = [one for one in self.open_fields if one.kind is kind] or list(self.form.of_kind(kind))
        if len(fields) != 1:
            return False
        self.take(fields[0], text, where)
        return True

    def take(self, one: FormField, text: str, where: Location) -> None:
        """Reads a text as the answer of a field."""
        self.keep(one.key, self.read(one, text), where)

    def full_name(
        self, text: str, where: Location, given: str, family: str, *, given_first: bool = True
    ) -> None:
        """Takes a first and last name in one; doubted where it may be divided in two ways."""
        whole = read_name(text)
        name = None if whole.code else split_name(text, given_first=given_first)
        if name is None:
            reason = whole.reason if whole.code else Reason.WHICH_NAME_IS_FIRST
            self.keep(family, doubted(tidy(text), whole.code or Code.UNSURE, reason, text), where)
            return
        reason = Reason.WHICH_NAME_IS_FIRST
        for key, value in ((family, name.family), (given, name.given)):
            read = ParsedValue(value, seen=text) if name.sure else doubted(value, Code.UNSURE, reason, text)
            self.keep(key, read, where)

    def named(self, label: Label, value: str, where: Location) -> bool:
        """Takes what "naam" or "voornaam" tells where the form has one question for both: the whole name
        behind "naam", or half of it, which is doubted until the other half is told. False where it is no such
        label, or a half of a name that is noted."""
        whole = self.form.whole_name
        if not whole or label.key not in (_GIVEN, _FAMILY):
            return False
        if label.key == _FAMILY and len(value.split()) >= _WHOLE and not self._half:
            self.keep(whole, read_name(value), where)
            return True
        if self.about.text(whole):
            return False
        given, family = (value, self._half) if label.key == _GIVEN else (self._half, value)
        read = read_name(self.form.in_one(given, family))
        if not self._half:
            read = doubted(read.value, Code.UNSURE, Reason.NAME, value)
        self._half, self.answers[whole] = value, (read, where)
        return True

    def is_part_of_whole_name(self, key: str, text: str) -> bool:
        """Whether one word stands where more are noted as the answer of the one question for a whole name:
        the rest of the name is not to go."""
        noted = len(self.about.text(key).split())
        return key == self.form.whole_name and noted >= _WHOLE > len(text.split())

    def keep(self, key: str, read: ParsedValue, where: Location) -> None:
        """Notes an answer; two that differ are a doubt."""
        known = self.answers.get(key)
        if known and key not in self.erased and known[0].value != read.value:
            both = f"{known[0].seen} / {read.seen}"
            read = doubted(known[0].value, Code.AMBIGUOUS, Reason.TWO_ANSWERS, both)
        self.erased.discard(key)
        self.answers[key] = (read, where)

    def tell(self, said: Told, where: Location) -> None:
        """Takes what a piece of a sentence tells."""
        if said.erases and said.field.key in self.answers:
            return  # "schrap mijn oud nummer" beside the new one
        if said.erases:
            self.erased.add(said.field.key)
            self.answers[said.field.key] = ParsedValue("", seen=said.words), where
        else:
            self.take(said.field, self._with_before(said), where)

    def _with_before(self, said: Told) -> str:
        """What is told, behind what the words before told of the same diet: "geen vlees, vegetarisch"."""
        before = self.answers.get(said.field.key)
        if said.field.key != DIET or before is None or before[0].code or not before[0].value:
            return said.answer
        del self.answers[DIET]
        return f"{before[0].value}, {said.answer}"

    def read(self, one: FormField, text: str) -> ParsedValue:
        """A text as the kind of a field reads it."""
        if one.kind is FieldKind.NAME and "," in text:
            return doubted(text, Code.UNSURE, Reason.NAME, text)
        return read_value(one, text, ValueContext(self.directory.all_domains, self.settings.own_addresses))

    def confirm(self, where: Location, denied: Container[str] = ()) -> None:
        """A plain "ja": what was read is right, for each doubted answer that has a value, but those
        ``denied`` beside it."""
        confirmed = where.inside(Location().at(Unit.CONFIRMATION))
        for problem in self.about.doubts:
            value = self.about.answers.get(problem.field)
            if problem.field in denied or problem.field in self.answers:
                continue
            if problem.code is Code.UNSURE and value is not None:
                self.answers[problem.field] = (ParsedValue(value), confirmed)

    def given(self) -> tuple[Person, tuple[Problem, ...]]:
        """All answers as one person's, and the doubts about them."""
        answers = {
            key: Answer(read.value, where, erases=key in self.erased)
            for key, (read, where) in self.answers.items()
            if read.value is not None
        }
        problems = tuple(
            Problem(0, key, read.code, read.reason, read.seen, read.detail)
            for key, (read, _) in self.answers.items()
            if read.code
        )
        bodies = (one.key for one in self.form.of_kind(FieldKind.ORGANISATION) if one.key in answers)
        organisation = next((str(answers[key].value) for key in bodies), "")
        return Person(answers, self.directory.recognise(organisation) if organisation else ""), problems

"""A sentence of a reply, or a piece of one → the answer that it states by itself: "mijn voornaam is Jan",
"0478 12 34 56", "ik ben nu diensthoofd". Which pieces a reply has, ``reply_lines`` tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mailbot.domain.document import Location
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ROLE, FieldKind
from mailbot.domain.submission import (
    Act,
    Code,
    Who,
)
from mailbot.extraction.label import Label
from mailbot.extraction.values.result import ParsedValue
from mailbot.intent.answers import beside
from mailbot.intent.answers.field_statements import (
    ValueStatement,
    looks_named,
    may_answer,
    new_value_of_writer,
    only_points,
    statements_in,
)
from mailbot.intent.answers.found import Found
from mailbot.intent.answers.told import PIECE, ends_there, told_in
from mailbot.intent.answers.values import (
    BY_THEMSELVES,
    PHONE,
    around,
    body_in,
    is_given,
    names_kind,
    phones_in,
    says,
    shown,
)
from mailbot.intent.lexicon import pattern
from mailbot.intent.roles import role_stated
from mailbot.intent.told_details import role_in
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import email_of

#: "Ik werk voor OCMW Damme.": the words before the name of a body.
_OPENS_BODY = re.compile(rf"^(?:{pattern('opens_body')}\s+(?:{pattern('before_body_told')} )?)+", re.I)
#: "... is schepen": before what is told of somebody named.
_IS_THAT = re.compile(rf"{pattern('states')}\s+(?:{pattern('article')}\s+)?", re.I)

#: The fields of a name that is asked in two.
_HALVES = 2


@dataclass
class StatedAnswers:
    """What the sentences and pieces of one reply state, as they are taken: ``found`` has the answers, and
    ``left`` the words that are no answer yet."""

    found: Found
    changes: Mapping[str, Act]  # what both readers took for a change, by its sentence
    settled: set[str] = field(default_factory=set)  # sentences that asked for a change that was found
    left: list[tuple[str, Location]] = field(default_factory=list)
    unfinished: str = ""  # the field of several lines that the line before answered
    mentioned: frozenset[FieldKind] = frozenset()  # numbers and addresses that the words before speak of
    named: frozenset[str] = frozenset()  # fields that they name

    def mention(self, text: str) -> None:
        """Keeps which kinds words name, whose value may follow."""
        self.mentioned |= {kind for kind in BY_THEMSELVES if names_kind(kind, text)}

    def labelled(self, text: str, where: Location) -> bool:
        """ "Voornaam: Jan", "mijn voornaam is Jan": any field of the form, asked or not."""
        for said in statements_in(text):
            label, value = self.found.label(said.label), said.value
            if label is None:
                if self._pointed(said, where):
                    return True
                continue
            if said.is_speech:
                return False
            if (taken := self._name(label, value, where)) is not None:
                return taken
            one = self.found.form.field(label.key)
            value = self.found.subject.asked_part(one.key, shown(one, value)) if one else value
            if one is None or not value or not may_answer(one, value, labelled=said.labelled):
                return False
            if self._reaches_another(one.kind, value, text):
                return False
            read = self.found.read(one, value)
            if not label.exact or (one.kind is FieldKind.ORGANISATION and not self.looks_named(value)):
                read = to_confirm(read)
            self.found.keep(one.key, read, where)
            self._keep_rest(said.value.partition(value)[2], where)
            self.unfinished = one.key if one.kind.traits.lines else ""
            return True
        return False

    def _name(self, label: Label, value: str, where: Location) -> bool | None:
        """Whether what a label for a name tells was taken, as a whole or a half; None for any other label."""
        if self.found.named(label, value, where):
            return True
        if len(label.keys) < _HALVES:
            return None
        given, family = self.found.form.given_name, self.found.form.family_name
        if set(label.keys) != {given, family}:
            return False
        self.found.full_name(value, where, given, family, given_first=label.keys[0] == given)
        return True

    def _reaches_another(self, kind: FieldKind, value: str, text: str) -> bool:
        """Whether a labelled number or address is of another name, or said to be somebody else's."""
        subject = self.found.subject
        if kind is FieldKind.EMAIL and subject.spells_them(value):
            return False
        of_another = kind is FieldKind.EMAIL and subject.spells_another(value, text)
        if of_another or self.found.is_limited(kind, value):
            return True
        return kind in BY_THEMSELVES and subject.reaches_another(text.partition(value)[0])

    def _keep_rest(self, text: str, where: Location) -> None:
        """Keeps what stands behind a number or an address: "0471 22 33 44, voor allebei"."""
        words = text.strip(" ,.;")
        if words and not beside.adds_nothing(words):
            self.left.append((words, where))

    def _pointed(self, said: ValueStatement, where: Location) -> bool:
        """ "Die is Jan", behind words that name the one thing that was asked and give no value."""
        asked = self.found.open_fields
        if len(asked) != 1 or asked[0].key not in self.named or not only_points(said.label):
            return False
        one, value = asked[0], said.value
        if said.is_speech or not may_answer(one, value, labelled=False):
            return False
        if one.kind is FieldKind.NAME and not looks_named(value):
            return False
        self.found.take(one, value, where)
        return True

    def changed(self, text: str, where: Location) -> bool:
        """ "Gelieve mijn gsm te vervangen door 0478 12 34 56": a sentence that both readers took for a change
        of a field of the writer's, and that ends in the one value of its kind. One that denies is none."""
        act, new = self.changes.get(text), new_value_of_writer(text)
        one = self.found.form.field(act.field) if act else None
        if act is None or one is None or not new:
            return False
        of_others = act.who is not Who.WRITER or act.people or self.found.subject.reaches_another(text)
        if of_others or says("not", text) or PIECE.search(text):
            return False  # what stands beside it is read piece by piece
        values = addresses_in(text) if one.kind is FieldKind.EMAIL else PHONE.findall(text)
        if one.kind not in (FieldKind.EMAIL, FieldKind.PHONE) or len(values) != 1:
            return False
        read = self.found.read(one, new)
        if read.code or self.found.is_limited(one.kind, new):
            return False
        self.found.keep(one.key, read, where)
        self.settled.add(text)
        return True

    def is_now(self, text: str, where: Location) -> bool:
        """ "Mijn functie klopt niet: ik ben nu diensthoofd": the function, in a sentence that both readers
        took for a change of it, where it was asked, or where nothing was and none is noted: "ik ben
        burgemeester, dat ontbreekt nog"."""
        act, role = self.changes.get(text), role_stated(text)
        lacks = not (self.found.about.doubts or self.found.about.text(ROLE))
        asked = lacks or any(one.key == ROLE for one in self.found.open_fields)
        key = ROLE if asked else act.field if act and act.who is Who.WRITER else ""
        one = self.found.form.field(ROLE)
        if one is None or not role or key != ROLE:
            return False
        self.found.take(one, role, where)
        self.settled.add(text)
        return True

    def tells(self, text: str, where: Location, behind: Sequence[str] = ()) -> bool:
        """ "Toch liever vlees als lunch", "ik ben vegetariër", "de nummerplaat mag weg": what answers a
        question of the form in its own words, and does not go on in the pieces ``behind`` it."""
        said = told_in(text, self.found.form)
        if said is None or not ends_there(said, behind, self.found.form):
            return False
        if self.found.is_limited(said.field.kind, said.answer):
            return False
        self.found.tell(said, where)
        return True

    def piece(self, text: str, where: Location, behind: Sequence[str]) -> bool:
        """A part of a line that answers by itself: "mijn voornaam is Jan, dat was ik vergeten"; ``behind``
        are the parts that follow."""
        running = any(said.running for said in statements_in(text))
        stated = (running and self.labelled(text, where)) or self._by_kind(text, where)
        return stated or self.tells(text, where, behind) or self._states_own_role(text, where)

    def _by_kind(self, text: str, where: Location) -> bool:
        """An answer that shows by itself what it is."""
        for kind, values in zip(BY_THEMSELVES, (addresses_in(text), phones_in(text)), strict=True):
            if len(values) == 1 and self._is_given(kind, values[0], text):
                return self.found.first_of(kind, values[0], where)
        wanted = [one for one in self.found.open_fields if one.kind is FieldKind.ORGANISATION]
        said = _without_opening(self.found.subject.after_name(beside.without_fillers(text)))
        if len(wanted) == 1 and (body := body_in(said, self.found.directory)):
            self.found.take(wanted[0], body, where)
            self._tells_role(text, body, where)
            self._states_own_role(text, where)
            return True
        return False

    def _states_own_role(self, text: str, where: Location) -> bool:
        """ "Gemeente Oostkamp, ik ben raadslid": a function that nobody asked and none is noted of, of who
        registered themselves."""
        email, one = email_of(self.found.about.answers, self.found.form), self.found.form.field(ROLE)
        lacks = one is not None and not self.found.about.text(ROLE) and ROLE not in self.found.answers
        role = role_stated(text) if lacks and email and self.found.about.sent_by(email) else ""
        if one is None or not role or says("not", text):
            return False
        self.found.take(one, role, where)
        return True

    def _tells_role(self, text: str, body: str, where: Location) -> None:
        """ "Elsie Desender is schepen van Stad Torhout": the function of whom it names, beside their
        ``body``, where none is noted."""
        one, behind = self.found.form.field(ROLE), self.found.subject.after_name(text)
        told = _IS_THAT.match(behind) if behind != text else None
        lacks = one is not None and not self.found.about.text(ROLE) and ROLE not in self.found.answers
        if one and lacks and told and (role := role_in(behind[told.end() :], body)):
            self.found.take(one, role, where)

    def _is_given(self, kind: FieldKind, value: str, text: str) -> bool:
        """Whether a number or address is an answer, and not somebody else's."""
        if kind is FieldKind.EMAIL and (self._is_their_own(value) or self.found.subject.spells_them(value)):
            return True
        if self.found.is_limited(kind, value) or self.is_anothers(text, around(value, text)):
            return False
        if kind is FieldKind.EMAIL and self.found.subject.spells_another(value, text):
            return False
        asked = any(one.kind is kind for one in self.found.open_fields)
        return is_given(kind, value, text, asked=asked, mentioned=self.mentioned == {kind})

    def is_anothers(self, text: str, words: str) -> bool:
        """Whether a number or an address among these words is somebody else's, or for something else."""
        subject = self.found.subject
        return subject.is_another(text, words) or subject.reaches_another(words)

    def looks_named(self, text: str) -> bool:
        return bool(self.found.directory.recognise(text)) or looks_named(text)

    def _is_their_own(self, address: str) -> bool:
        """Whether an address that was asked for is the one that the registration came from."""
        asked = any(one.kind is FieldKind.EMAIL for one in self.found.open_fields)
        return asked and address.lower() == self.found.about.sender.lower()


def to_confirm(read: ParsedValue) -> ParsedValue:
    """An answer that wants a "yes", where nothing worse is the matter with it."""
    return read if read.code else replace(read, code=Code.UNSURE, reason=Reason.CONFIRM)


def _without_opening(text: str) -> str:
    """ "Ik werk voor OCMW Damme." without the words around the name."""
    return _OPENS_BODY.sub("", text.strip(" ."))

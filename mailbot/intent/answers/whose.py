"""Whose data an answer gives: those of the person registered, or of somebody else.

A registration with its form, and words as written, go in; whether they are of that person, or the words
without the name, come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.intent.answers.values import is_own, says
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names
from mailbot.matching.names import belongs_to, belongs_to_another, email_of, name_of
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain

#: Words for others than the writer.
_OTHERS = ("colleague", "mayor", "everyone")
#: What words say of a sign that is no part of a name, and how many they may be.
_DROPPED = re.compile(rf"\b{pattern('drops_sign')}\b")
_MOST_DROPPING = 14
#: What stands before such a sign, and not before a number of people: "die 2 moet weg".
_BEFORE_SIGN = re.compile(pattern("before_sign"))
_LETTERS = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a registration is of. ``spoken_of``: the words tell of them by name and of nobody else, so that
    "haar adres" is theirs."""

    about: Registration
    form: Form
    spoken_of: bool = False

    @property
    def _parts(self) -> list[str]:
        return [self.about.text(one.key) for one in self.form.of_kind(FieldKind.NAME)]

    def is_another(self, text: str, words: str) -> bool:
        """Whether the words around a value are of somebody else than whom the registration is of."""
        lex, said = lexicon(language_of(spaced(words))), spaced(words)
        others = [name for name in names(text) if not self.is_called(plain(name))]
        if self.spoken_of:
            said = spaced(lex.concepts["of_one"].sub(" ", said))
        return bool(others) or any(lex.who[one].search(said) for one in _OTHERS)

    def reaches_another(self, words: str) -> bool:
        """Whether words say of a number or an address that it is somebody else's, a body's, or for a purpose
        of its own: "het nummer van de chauffeur", "adres voor facturatie", "zijn gsm"."""
        said = spaced(words)
        return any(self._is_said_of_another(said, lexicon(one)) for one in LANGUAGES)

    def _is_said_of_another(self, said: str, lex: Lexicon) -> bool:
        others = any(lex.says(one, said) for one in ("other_reach", "for_the_office"))
        theirs = self.spoken_of and lex.says("of_one", said)
        if (lex.says("their_reach", said) and not theirs) or (others and not lex.says("of_myself", said)):
            return True
        own = {found.end() for found in lex.concepts["own_reach_of"].finditer(said)}
        of_whom = lex.concepts["of_whom"].finditer(said)
        whose = [said[at.end() - 1 :] for at in of_whom if at.end() not in own]
        whose += [f" {at[0].partition(' ')[2]}" for at in lex.concepts["for_what"].finditer(said)]
        return not all(self._is_writers(words, lex) for words in whose)

    def _is_writers(self, words: str, lex: Lexicon) -> bool:
        """Whether the words behind "the number of" name the writer or what is theirs; so do none."""
        at = 1
        while at < len(words) and (found := lex.concepts["before_whose"].match(words, at)):
            at = found.end()
        first = words[at:].split(" ", 1)[0]
        if not first.isalpha() or self.is_called(first):
            return True  # the value itself
        return any(lex.concepts[one].match(words, at) for one in ("of_writer", "ours"))

    def spells_another(self, address: str, text: str) -> bool:
        """Whether an address is made of another name than that of the registration, and is not said to be the
        writer's: "(e-mailadres: jan.peeters@x.example)" behind a colleague's name."""
        known = " ".join(filter(None, self._parts))
        return bool(known) and belongs_to_another(address, known) and not is_own(text)

    def spells_them(self, address: str) -> bool:
        """Whether an address is made of the name of the registration, of which none is noted: it is theirs,
        whoever gives it."""
        answers = self.about.answers
        return not email_of(answers, self.form) and belongs_to(address, "", name_of(answers, self.form))

    def is_called(self, words: str) -> bool:
        """Whether plain words are nothing but the person's name, or a part of it."""
        known = [str(self.about.answers.get(one.key, "")) for one in self.form.of_kind(FieldKind.NAME)]
        return set(words.split()) <= set(plain(" ".join(known)).split())

    def after_name(self, text: str) -> str:
        """ "Greet Foulon is van OCMW Torhout" without the name of who it is about."""
        parts = self._parts
        for name in (" ".join(parts), " ".join(reversed(parts))):
            if name.strip() and text.casefold().startswith(f"{name.casefold()} "):
                return text[len(name) :].strip()
        return text

    def without_whose(self, label: str) -> str:
        """ "e-mailadres van Sofie" without whose it is, where that is who the registration is of."""
        parts = self._parts
        for name in (" ".join(parts), " ".join(reversed(parts)), *parts):
            if name.strip() and label.casefold().endswith(f" van {name.casefold()}"):
                return label[: -len(f" van {name}")]
        return label

    def repeated(self, key: str, text: str) -> str:
        """What an answer repeats of the one name that was doubted, the field ``key``, and no other name
        beside it: "gewoon Peeters, zonder 2" of a "Peeters 2"; else empty."""
        if says("not", text):
            return ""
        known = _LETTERS.findall(self.about.text(key))
        said = _LETTERS.findall(text)
        others = any(word[0].isupper() and word not in known for word in said[1:])
        return " ".join(known) if known and set(known) < set(said) and not others else ""

    def without_dropped(self, key: str, text: str) -> str:
        """The one name that was doubted, the field ``key``, without the number or sign in it that an answer
        says is none of it ("die 2 moet weg"); else empty."""
        words = self.about.text(key).split()
        signs = [word for word in words if not _LETTERS.search(word)]
        said = plain(text).replace(",", " ").strip(" .!").split()
        if (
            len(signs) != 1
            or signs[0] not in said
            or any(c.isdigit() for w in said for c in w if w != signs[0])
        ):
            return ""
        drops = _DROPPED.search(plain(text)) and not says("not", text)
        at = said.index(signs[0])
        pointed = not at or _BEFORE_SIGN.fullmatch(said[at - 1])
        drops = drops and pointed and len(said) <= _MOST_DROPPING and not names(text)
        return " ".join(word for word in words if word != signs[0]) if drops else ""

    def asked_part(self, key: str, text: str) -> str:
        """The part of a full name that was asked, the field ``key``, where the other part is known."""
        given, family = self.form.given_name, self.form.family_name
        other = {given: family, family: given}.get(key, "") if given and family else ""
        known = self.about.text(other).casefold() if other else ""
        for part in (text.casefold().removesuffix(f" {known}"), text.casefold().removeprefix(f"{known} ")):
            if known and part != text.casefold():
                at = text.casefold().index(part)
                return text[at : at + len(part)]
        return text

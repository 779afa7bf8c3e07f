"""Is this a registration, perhaps one, or none? Evidence is summed; no single word decides.

Agendas, minutes, invoices, offers and staff lists hold labels too, and so does a form for somebody
else's meeting. What is asked and answered weighs more than a word near it. Every piece of evidence
keeps its weight, for ``mailbot explain``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from mailbot.domain.form import FieldKind, Form
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import Statement, say
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.spans import Candidate
from mailbot.matching.subject_matter import says_nothing
from mailbot.text.normalize import letters, plain

_REGISTRATION = re.compile(rf"\b{phrases('of_registering')}")
_OTHER_PAPER = re.compile(rf"\b{phrases('other_paper')}")
#: The title of what is asked after a meeting, of people who were there.
_AFTERWARDS = re.compile(rf"\b{phrases('afterwards')}\b")
#: A mail whose subject says what it is about, which is no registration.
_MACHINE = re.compile(rf"\b{phrases('of_machine')}\b")
_MONEY = re.compile(rf"\b{phrases('of_money')}\b")
#: A list of people for a meeting: to be put on it, or from whoever organised it.
_LIST = re.compile(rf"\b{phrases('list_of_people')}")
#: A title that says itself that it is a form to register with.
_FORM = re.compile(rf"\b{phrases('form_title')}")
_OUR_PEOPLE = re.compile(rf"\b{phrases('our_people')}")
_OF_BEFORE = re.compile(rf"\b{phrases('of_before')}\b")
_TOP_LINES = 6
_WEIGHTY = 9  # letters: "kennisplatform", not "overleg"
_GREETING = re.compile(rf"{phrases('greets')}\b[^|]{{0,40}}")
_MANY_ROWS = 3
_LONGEST_TITLE = 14  # words: a sentence is no title
_SENTENCE = 5  # words of one that introduces what stands below it
_TITLE_WORD = re.compile(r"[^\W\d_]{5,}")
_REGISTRATION_WORDS = re.compile(rf"\b{phrases('registration_word')}\b")
#: Words that stand in the title of any meeting or form, and tell none from another.
_OF_ANY_TITLE = lexicon().any_title
#: Where a person said which form it is and the paper asks all but so many of its questions, it is that form,
#: also where the form itself speaks of invoices or of a permit: no other paper asks the same, and one of them
#: may not have been met.
_NOT_MET = 1
#: Where a person said so, it is that form if it asks more of its questions than not, though none of them asks
#: a name. On the drawn forms (benchmarks.drawn) a fifth to a half give the same, two thirds lose a form.
_TOLD_SHARE = 0.5
_MOST_QUESTIONS = 0.7  # of the form: what asks so many of them is no list of staff

#: From so much on it is a registration; from so much on a person looks.
REGISTRATION, PERHAPS = 4.0, 3.0


class Kind(StrEnum):
    """What a document is taken for."""

    REGISTRATION = "registration"
    PERHAPS = "perhaps"
    NO_FORM = "no-form"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for or against, with what it weighs."""

    what: Statement
    weight: float

    @property
    def told(self) -> Statement:
        """What it is, with its weight."""
        return say(Noticed.WEIGHED, what=self.what, weight=f"{self.weight:+.1f}")


@dataclass(frozen=True, slots=True)
class FormVerdict:
    """What a document is, and why."""

    kind: Kind
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What a document shows besides answers: its lines, those ``above`` the first question, its
    name, what the mail ``around`` it says (subject and own words), and the ``titles`` of the
    events there are. ``other_day``: a date stands above that no event has. ``ours``: it carries a
    mark or fields of mailbot's own forms. ``others`` counts the labels that the form has no field
    for. ``all_titles`` are those of every form and event there is; ``given``: a person said which
    form it is. ``all_compared`` is false where there was too much to read it in every way."""

    lines: Sequence[str]
    above: Sequence[str] = ()
    name: str = ""
    around: str = ""
    titles: Collection[str] = ()
    other_day: bool = False
    ours: bool = False
    others: int = 0
    all_titles: Collection[str] = ()
    given: bool = False
    all_compared: bool = True


def is_about_registering(text: str) -> bool:
    """Whether words are those of a form's title or invitation: to register, to take part."""
    return _REGISTRATION.search(plain(text)) is not None


def kind_of(score: float) -> Kind:
    """What so much evidence makes of a document."""
    if score >= REGISTRATION:
        return Kind.REGISTRATION
    return Kind.PERHAPS if score >= PERHAPS else Kind.NO_FORM


def verdict(pieces: Sequence[Candidate], form: Form, paper: DocumentContext) -> FormVerdict:
    """What these labels and the words around them make of a document."""
    asked = {key for piece in pieces for key in piece.keys}
    kinds = {f.kind for f in form.fields if f.key in asked}
    if paper.ours:
        return FormVerdict(
            Kind.REGISTRATION if asked else Kind.NO_FORM, 0, (Evidence(say(Noticed.OWN_FORM), 0),)
        )
    told = paper.given and _TOLD_SHARE * len(form.fields) <= len(asked)
    if len(asked) < 2 or not (told or _identifies(kinds, form)):
        return FormVerdict(Kind.NO_FORM, 0, (Evidence(say(Noticed.ASKS_NOBODY), 0),))
    evidence = tuple(e for e in (*_of_questions(pieces, form, paper), *_of_words(form, paper, kinds, asked)))
    score = sum(one.weight for one in evidence)
    return FormVerdict(kind_of(score), round(score, 2), evidence)


def _of_questions(pieces: Sequence[Candidate], form: Form, paper: DocumentContext) -> Iterator[Evidence]:
    """What the questions say: how many of the form's are met, whether one asks who comes."""
    asked = {key for piece in pieces for key in piece.keys}
    kinds = {f.kind for f in form.fields if f.key in asked}
    share = _share(asked, form)
    yield Evidence(say(Noticed.ASKS_SO_MANY, count=len(asked), all=len(form.fields)), 1.2 + 4 * share)
    distinctive = bool(kinds & {FieldKind.YES_NO, FieldKind.CHOICE})
    if distinctive:
        yield Evidence(say(Noticed.ASKS_WHO_COMES), 1.5)
    if form.family_name and FieldKind.ORGANISATION in kinds and {form.given_name, form.family_name} <= asked:
        yield Evidence(say(Noticed.NAMES_APART), 1.2)
    if not distinctive and share < _MOST_QUESTIONS and _is_list_of_people(pieces, paper):
        yield Evidence(say(Noticed.LIST_ASKS_NOBODY), -2 if FieldKind.ORGANISATION in kinds else -3)
    if not paper.all_compared:
        yield Evidence(say(Noticed.TOO_MANY_TABLES), 0)
    if paper.others > len(asked):
        yield Evidence(say(Noticed.QUESTIONS_OF_ANOTHER, count=paper.others), -1.5)


def _is_list_of_people(pieces: Sequence[Candidate], paper: DocumentContext) -> bool:
    """Whether many rows are answered below words that ask nobody to register."""
    rows = len({piece.place for piece in pieces if piece.place and has_answer(piece)})
    welcome = _REGISTRATION.search(plain(" | ".join(paper.above[:_TOP_LINES])))
    return rows >= _MANY_ROWS and not welcome


def _says_it_is_a_form(above: Sequence[str]) -> bool:
    return any(_FORM.search(plain(line)) and not _LIST.search(plain(line)) for line in above)


def _share(asked: Collection[str], form: Form) -> float:
    """How much of a form is asked."""
    return len(asked) / len(form.fields)


def _of_words(
    form: Form, paper: DocumentContext, kinds: set[FieldKind], asked: set[str]
) -> Iterator[Evidence]:
    """What title, file name and the mail around it say."""
    top = plain(" | ".join(paper.lines[:_TOP_LINES]))
    named = plain(re.sub(r"[_.-]+", " ", paper.name))
    above = plain(" | ".join(paper.above))
    head = plain(" | ".join(paper.above[:_TOP_LINES]))
    around = plain(paper.around)
    titled = letters(form.title) in letters(above or top) or letters(form.title) in letters(top)
    meant = names_one_of(paper.titles, f"{above} | {top}")
    afterwards = not paper.given and _asks_afterwards(paper.above[:_TOP_LINES], paper.titles)
    yield from _of_title(titled=titled, meant=meant, afterwards=afterwards)
    is_form = _share(asked, form) >= _MOST_QUESTIONS and _says_it_is_a_form(paper.above)
    may_be_list = not is_form and (paper.other_day or not _lists_who_comes(around, kinds, asked))
    everywhere = f"{top} | {above} | {named} | {around}"
    yield from _of_purpose(head, named, everywhere, may_be_list=may_be_list)
    named_around = names_one_of(paper.titles, around)
    if named_around:
        yield Evidence(say(Noticed.MAIL_NAMES_EVENT), 1)
    another = not titled and not paper.given
    another = another and is_about_another(paper.above[:_TOP_LINES], paper.all_titles)
    is_said = paper.given and len(asked) >= len(form.fields) - _NOT_MET
    if not titled and not is_said:
        yield from _other_papers(head, named, paper, known=named_around or another)
    yield from _of_other_mail(around, head, asks_money=not is_said and FieldKind.YES_NO not in kinds)
    yield from _of_meeting(paper, another=another, ours=titled or named_around or paper.given or meant)


def _of_purpose(head: str, named: str, everywhere: str, *, may_be_list: bool) -> Iterator[Evidence]:
    """Whether words above, in the name of the file, or anywhere tell of a list of who was there, or of
    registering."""
    if may_be_list and _LIST.search(f"{named} | {head}"):
        yield Evidence(say(Noticed.LIST_OF_BEFORE), -5)
    elif _REGISTRATION.search(head):
        yield Evidence(say(Noticed.TITLE_REGISTERS), 2)
    elif _REGISTRATION.search(everywhere):
        yield Evidence(say(Noticed.WORDS_REGISTER), 1.5)


def _of_other_mail(around: str, head: str, *, asks_money: bool) -> Iterator[Evidence]:
    """What speaks of a mail that no person wrote, or (where ``asks_money`` may tell) of an invoice."""
    if _MACHINE.search(around):
        yield Evidence(say(Noticed.OF_A_MACHINE), -6)
    elif asks_money and _MONEY.search(f"{around} | {head}"):
        yield Evidence(say(Noticed.ABOUT_MONEY), -4)


def _of_title(*, titled: bool, meant: bool, afterwards: bool) -> Iterator[Evidence]:
    """What a title says: the form's own, unless it asks ``afterwards`` what people thought of it."""
    if afterwards:
        yield Evidence(say(Noticed.EVALUATION), -4)
    if titled and not afterwards:
        yield Evidence(say(Noticed.TITLE_OF_FORM), 4)
    elif titled or meant:
        yield Evidence(say(Noticed.NAMES_AN_EVENT), 1)


def _of_meeting(paper: DocumentContext, *, another: bool, ours: bool) -> Iterator[Evidence]:
    """Whether it is for a meeting of ours: ``another`` where its title names one that is not, ``ours``
    where anything says that it is."""
    if paper.given:
        yield Evidence(say(Noticed.FORM_WAS_TOLD), 0.8)
    elif another:
        yield Evidence(say(Noticed.TITLE_NAMES_ANOTHER), -6)
        return  # its date is another as well: that tells nothing more
    if paper.other_day:
        yield Evidence(say(Noticed.DAY_OF_NO_EVENT), -1 if ours else -2)


def _asks_afterwards(above: Sequence[str], titles: Collection[str]) -> bool:
    """Whether a title above asks what people thought of a meeting, and not whether they come; false where a
    meeting or form of ours (``titles``) is called so itself."""
    if any(_AFTERWARDS.search(plain(title)) for title in titles):
        return False
    lines = (plain(line) for line in above if len(line.split()) <= _LONGEST_TITLE)
    return any(_AFTERWARDS.search(line) and not _REGISTRATION.search(line) for line in lines)


def _other_papers(head: str, named: str, paper: DocumentContext, *, known: bool) -> Iterator[Evidence]:
    first = _first_words(paper.lines)
    if _is_named_otherwise(first) or _is_named_otherwise(named):
        yield Evidence(say(Noticed.TITLE_SAYS_OTHERWISE), -4)
    elif _OTHER_PAPER.search(f"{named} | {head}"):
        yield Evidence(say(Noticed.OTHER_PAPER_ABOVE), -1)
    elif len(_OTHER_PAPER.findall(plain(" | ".join(paper.lines))[:20000])) > 1:
        yield Evidence(say(Noticed.WORDS_OF_OTHER_PAPERS), -1)
    if paper.given or known or not paper.name:
        return
    if _has_other_title(head, paper.titles) and not _REGISTRATION.search(head):
        yield Evidence(say(Noticed.OTHER_TITLE), -1.5)
    elif is_of_another(paper.above[:_TOP_LINES], paper.all_titles):
        yield Evidence(say(Noticed.NOTHING_OF_OURS_ABOVE), -2)


def _lists_who_comes(around: str, kinds: set[FieldKind], asked: set[str]) -> bool:
    """Whether a list of people is sent to register them, and not to say who was there: the mail
    around it says so, or without a mail, its own columns do."""
    if around:
        return bool(_OUR_PEOPLE.search(around)) and not _OF_BEFORE.search(around)
    return bool(kinds & {FieldKind.YES_NO, FieldKind.CHOICE}) and len(asked) >= 4


def _identifies(kinds: set[FieldKind], form: Form) -> bool:
    """Whether it asks who comes: where one speaks for all, an organisation and more of it; else a person, or
    of a form that asks no name, how to reach them."""
    if form.per_organisation:
        named = bool(kinds & {FieldKind.NAME, FieldKind.YES_NO, FieldKind.NUMBER})
        return FieldKind.ORGANISATION in kinds and named
    if form.of_kind(FieldKind.NAME):
        return FieldKind.NAME in kinds
    return bool(kinds & {FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ORGANISATION})


def _has_other_title(above: str, titles: Collection[str]) -> bool:
    """Whether a title stands above that shares no word of weight with an event's."""
    if not _GREETING.sub("", above).strip(" |,.!"):
        return False
    return not names_one_of(titles, above)


def names_one_of(titles: Collection[str], above: str) -> bool:
    """Whether plain text holds a word of weight from one of these titles."""
    words = {word for title in titles for word in plain(title).split() if len(word) >= _WEIGHTY}
    return any(word in above for word in words)


def is_about_another(above: Sequence[str], titles: Collection[str]) -> bool:
    """Whether a title of registering names a meeting that shares no word with one of these titles, and no
    other line of the title is one of theirs."""
    ours = {word for title in titles for word in _TITLE_WORD.findall(plain(title))} - _OF_ANY_TITLE
    lines = [plain(line) for line in above if len(line.split()) <= _LONGEST_TITLE]
    lines = [line for line in lines if not line.endswith(".")]
    return any(_names_another(line, ours) for line in lines) and not any(
        _is_title_of(line, title) for line in lines for title in titles
    )


def _names_another(line: str, ours: Set[str]) -> bool:
    """Whether a line in plain letters is a title of registering with words, and none of ``ours``."""
    if not _REGISTRATION.search(line):
        return False
    left = _TITLE_WORD.findall(_REGISTRATION_WORDS.sub(" ", line))
    words = [word for word in left if word not in _OF_ANY_TITLE]
    if line.endswith(":") and len(line.split()) >= _SENTENCE and all(map(says_nothing, words)):
        return False  # "Volgende personen mogen ingeschreven worden:"
    weighty = len(words) > 1 or any(len(word) >= _WEIGHTY for word in words)
    return weighty and not any(_is_like(word, own) for word in words for own in ours)


def _is_title_of(line: str, title: str) -> bool:
    """Whether a line in plain letters has all words that tell a title from others, and a weighty one or two
    at least."""
    own = set(_TITLE_WORD.findall(plain(title))) - _OF_ANY_TITLE
    said = _TITLE_WORD.findall(line)
    tells = len(own) > 1 or any(len(word) >= _WEIGHTY for word in own)
    return tells and all(any(_is_like(word, one) for word in said) for one in own)


def is_of_another(above: Sequence[str], titles: Collection[str]) -> bool:
    """Whether the lines above name things, and none that a form or event of ours is called after."""
    ours = {word for title in titles for word in _TITLE_WORD.findall(plain(title))} - _OF_ANY_TITLE
    text = _REGISTRATION_WORDS.sub(" ", plain(" ".join(above)))
    words = {word for word in _TITLE_WORD.findall(text) if word not in _OF_ANY_TITLE}
    return len(words) > 1 and not any(_is_like(word, own) for word in words for own in ours)


def _is_like(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) > 5 and (word in other or other in word))


def _is_named_otherwise(title: str) -> bool:
    """Whether a title begins with what else it is: "Verslag van de inschrijvingen", but not
    "Inschrijving opleiding contracten"."""
    other, welcome = _OTHER_PAPER.search(title), _REGISTRATION.search(title)
    return other is not None and (welcome is None or other.start() <= welcome.start())


def _first_words(lines: Sequence[str]) -> str:
    return plain(next((line for line in lines if line.strip()), ""))

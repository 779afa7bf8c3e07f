"""What a whole mail changes of its writer's data, by what is noted of them.

``follow_up`` reads a mail piece by piece, and takes what each piece says by itself. People tell a change in
other ways as well: the number that is not the noted one, somewhere in a sentence; what they do not eat and
why; "geen consulent meer maar diensthoofd"; a name that is nearly the noted one. Where the statistical reader
hears a change in a mail and nothing beside it, the one value in it that differs from the noted one is it.
Words as written and the registration go in, new values by field come out; none where anything is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from mailbot.domain.form import DIET, ROLE, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import ActKind, Submission
from mailbot.intent.acts import read_acts
from mailbot.intent.agreement import THRESHOLDS
from mailbot.intent.answers import beside
from mailbot.intent.answers.beside import VALUES
from mailbot.intent.answers.field_statements import looks_named, names_old
from mailbot.intent.answers.only_then import only_then
from mailbot.intent.answers.told import PIECE
from mailbot.intent.answers.values import names_kind, phones_in, says
from mailbot.intent.answers.whose import Subject
from mailbot.intent.clause import Clause, presence_in
from mailbot.intent.lexicon import Lexicon, is_word, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import like_names, names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES, new_role
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.statistical import ELSEWHERE, chances_in
from mailbot.matching.addresses import addresses_in
from mailbot.text.lexicon import AN_AND, AND, BUT, OR, either
from mailbot.text.normalize import letters, plain

#: What may be heard beside a change without being more than that.
_OF_A_CHANGE = frozenset(
    {ActKind.CHANGE, ActKind.THANKS, ActKind.CONFIRM, ActKind.DENY, ActKind.ANSWER, ActKind.OTHER}
)
#: Kinds that a change may be taken for, one of which the statistical reader must find likely.
_LIKE_A_CHANGE = (ActKind.CHANGE, ActKind.ANSWER, ActKind.DENY)
_LIKELY = THRESHOLDS.supports
#: Where it hears anything else from here on, a person reads it: sooner where a word says so too.
_OVERHEARS, _OVERHEARS_SAID = THRESHOLDS.hears, THRESHOLDS.supports
#: Words that say so.
_SAID_BY = {
    ActKind.PARTIAL: "partial",
    ActKind.BRING: "bring",
    ActKind.CONDITION: "condition",
    ActKind.UNSURE: "unsure",
    ActKind.PLACES: "places",
}
#: Words of a sentence, or of a piece of one, in which nothing can be heard.
_FEW = 4
#: What goes on with what stands before it.
_JOINED = re.compile(rf"(?:{AN_AND}|{OR}|{pattern('joins_too')}) ")
#: Between the pieces of a sentence, one of which may be about the old value and the next about the new.
_ENDS = rf"[,;]\s+|\.\s+|\s(?=(?:{either(*AND, *BUT)}|{pattern('instead_of')}) )"
_PIECE = re.compile(rf":\s+|{_ENDS}")
#: The same with the label of a value: "mijn oude gsm: ..." says which one it is.
_LABELLED = re.compile(_ENDS)
#: Between the parts of a sentence that may be about two people.
_APART = re.compile(r"[,;]\s+")
#: What tells us to do something.
_ORDERS = re.compile(rf"{pattern('orders')} ")
#: What only tells how something came about.
_SO = re.compile(rf"{pattern('how_it_came')}\b")
#: How alike two spellings of a name are at least.
_LEAST_ALIKE = 0.7
#: Letters that a name has at least to be recognised in another.
_SHORTEST_NAME = 4
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MOST_NAME_WORDS = 3
_MOST_SENTENCES = 6


def changes_in(submission: Submission, about: Registration, form: Form) -> dict[str, str]:
    """What the words of a mail change of the data of its writer, whom ``about`` is of."""
    said = sentences(submission.words.splitlines())
    if role := _corrected_role(said, about, form):
        return role
    diet = _diet(said, about, form)
    if not _only_changes(submission, said, by_word=bool(diet)) or _is_of_others(said, about, form):
        return {}
    found = {**_by_kind(said, about, form), **diet, **_role(said, about, form)}
    found = found or _name(said, about, form)
    if DIET not in found and any(_tells_new_diet(one, about) for one in said):
        return {}
    pieces = _pieces(said, _PIECE)
    return {} if any(_is_open(piece, found, form) for piece in pieces) else found


def _only_changes(submission: Submission, said: tuple[Sentence, ...], *, by_word: bool) -> bool:
    """Whether the mail is likely to change something, and neither reader found anything else in it. What
    somebody does not eat says so itself (``by_word``)."""
    if not 0 < len(said) <= _MOST_SENTENCES or any(is_question(one) and not _pleads(one) for one in said):
        return False
    acts = {act.kind for act in submission.acts if act.agreed or act.elsewhere} - {ActKind.QUESTION}
    chances = chances_in(" ".join(one.text for one in said), reply=True)
    if chances[ELSEWHERE] >= THRESHOLDS.hears or not {*submission.heard} | acts <= _OF_A_CHANGE:
        return False
    likely = max(chances.get(str(kind), 0.0) for kind in _LIKE_A_CHANGE)
    likeliest = likely >= max(chances.get(str(kind), 0.0) for kind in ActKind if kind not in _OF_A_CHANGE)
    return (by_word or (likely >= _LIKELY and likeliest)) and not any(map(_says_more, said))


def _pleads(sentence: Sentence) -> bool:
    """Whether a question only asks for what stands beside it to be noted: "pas je dat aan?"."""
    return says("noting", sentence.plain)


def _says_more(sentence: Sentence) -> bool:
    """Whether a sentence holds what somebody has to hear, besides data."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    if lex.says("for_the_office", words):
        return True
    chances = chances_in(sentence.text, reply=True)
    needed = {
        kind: _OVERHEARS_SAID if kind in _SAID_BY and lex.says(_SAID_BY[kind], words) else _OVERHEARS
        for kind in ActKind
        if kind not in _OF_A_CHANGE and kind is not ActKind.QUESTION
    }
    heard = any(chances.get(str(kind), 0.0) >= least for kind, least in needed.items())
    long = len(words.split()) >= _FEW
    return (heard and long) or any(_comes_or_goes(clause, lex) for clause in sentence.clauses)


def _comes_or_goes(clause: str, lex: Lexicon) -> bool:
    """Whether both readers find in a clause that somebody comes or does not."""
    chances = chances_in(clause, reply=True)
    kinds = {*presence_in(Clause(spaced(clause), lex))} & {ActKind.COME, ActKind.NOT_COME, ActKind.PARTIAL}
    return any(chances[str(kind)] >= _OVERHEARS for kind in kinds)


def _is_of_others(said: tuple[Sentence, ...], about: Registration, form: Form) -> bool:
    """Whether anybody else is spoken of, by a name that is not nearly theirs or by a word for them; a word
    for a function is none where the sentence tells the writer's."""
    subject = Subject(about, form)
    for one in said:
        people = {*names(one.text), *like_names(one.text)}
        called = [name for name in people if not all(_is_theirs(w, about, form) for w in name.split())]
        role = new_role(one.text)
        words = ROLES.sub(" ", plain(one.text.replace(role, " "))) if role else one.text
        whole = one.text.strip(" .!")
        alone = " " in whole and looks_named(whole) and not subject.is_called(plain(whole))
        if called or alone or subject.is_another("", words):
            return True
    return False


def _is_theirs(word: str, about: Registration, form: Form) -> bool:
    noted = [part for one in form.of_kind(FieldKind.NAME) for part in about.text(one.key).split()]
    return any(letters(word) == letters(one) or _likeness(word, one) >= _LEAST_ALIKE for one in noted)


def _by_kind(said: tuple[Sentence, ...], about: Registration, form: Form) -> dict[str, str]:
    """The one number and the one address that are not noted yet, where no word drops them."""
    found: dict[str, str] = {}
    limited = only_then(" ".join(one.text for one in said))
    for kind, values_in in ((FieldKind.PHONE, phones_in), (FieldKind.EMAIL, addresses_in)):
        given = _given(kind, values_in, said, Subject(about, form))
        if given is None:
            return {}
        fields = form.of_kind(kind)
        noted = {letters(str(about.answers.get(one.key, ""))) for one in fields}
        if noted - {""} and not limited.isdisjoint(map(letters, given)):
            return {}
        new = [value for value in given if letters(value) not in noted]
        if len(new) == 1 and len(fields) == 1:
            found[fields[0].key] = new[0]
        elif new:
            return {}
    return found


def _given(
    kind: FieldKind,
    values_in: Callable[[str], Iterable[str]],
    said: tuple[Sentence, ...],
    subject: Subject,
) -> list[str] | None:
    """The values of a kind that are neither called the old ones nor dropped, each once; None where some are
    of somebody else, or stand alone as in a signature."""
    given = [(value, piece) for piece in _pieces(said, _PIECE) for value in values_in(piece)]
    if kind is FieldKind.EMAIL and any(subject.spells_another(*one) for one in given):
        return None
    spoken = (one for one in _pieces(said, _APART) if values_in(one) or names_kind(kind, one))
    if given and any(map(subject.reaches_another, spoken)):
        return None
    called_old = (one for one in _pieces(said, _LABELLED) if names_old(one.partition(":")[0]))
    old = {value for one in called_old for value in values_in(one)}
    new = {letters(value): value for value, piece in given if value not in old and not _drops(piece)}
    return None if {letters(one.text) for one in said} & {*new} else [*new.values()]


def _pieces(said: tuple[Sentence, ...], cut: re.Pattern[str]) -> list[str]:
    return [piece for one in said for piece in cut.split(one.text)]


def _is_open(piece: str, found: Mapping[str, str], form: Form) -> bool:
    """Whether a piece beside the new values holds what may ask something of somebody."""
    words = spaced(piece)
    lex = lexicon(language_of(words))
    kinds = {str(one.kind) for key in found if (one := form.field(key))}
    named = {key for key, pattern in lex.fields.items() if pattern.search(words)}
    if _excepts(words, lex, bool(named - {*found, *kinds})):
        return True
    if len(words.split()) < _FEW:
        return False
    if lex.says("noting", words):
        return not named <= {*found, *kinds}  # "de organisatie mag u noteren als ..."
    if named & {*found, *kinds}:
        return False  # it names what changed
    if any(letters(one) in letters(piece) or letters(piece) in letters(one) for one in found.values()):
        return False
    idle = (beside.adds_nothing, beside.says_why, beside.pleads_only, beside.tells_only, beside.stays_so)
    if lex.says("dropped", words) or any(is_idle(piece) for is_idle in idle):
        return False
    if _ORDERS.match(plain(piece)):
        return True
    return lex.says("not", words) or (beside.turns_to_us(piece) and not _SO.match(plain(piece)))


def _excepts(words: str, lex: Lexicon, names_other: bool) -> bool:
    """Whether a piece wants the rest of what was noted otherwise ("de rest moet nog aangepast worden"), or
    excepts from what stays something that was not given: "behalve mijn functie"."""
    if lex.says("the_rest", words) and lex.says("noting", words):
        return not beside.stays_so(words.strip())
    return names_other and lex.says("left_out", words)


def _drops(piece: str) -> bool:
    """Whether a piece of a sentence says that the value in it is no longer right."""
    return says("not", piece) or says("dropped", piece)


def _diet(said: Iterable[Sentence], about: Registration, form: Form) -> dict[str, str]:
    """What the writer does not eat, all that one sentence says of it, each once; nothing
    where that is noted already, as then the mail may say that it is wrong."""
    if form.field(DIET) is None:
        return {}
    found = [phrase for one in said if (phrase := _diet_in(one))]
    noted = any(letters(phrase) in letters(about.text(DIET)) for phrase in found)
    return {DIET: found[0]} if len(found) == 1 and not noted else {}


def _tells_new_diet(sentence: Sentence, about: Registration) -> bool:
    """Whether a sentence tells what its writer does not eat, and that is not noted."""
    words, noted = spaced(sentence.plain), letters(about.text(DIET))
    said = lexicon(language_of(words)).concepts["diet_said"].finditer(words)
    return any(letters(one[0]) not in noted for one in said)


def _diet_in(sentence: Sentence) -> str:
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    said = [*lex.concepts["diet_said"].finditer(words)]
    if not said:
        return ""
    before, behind = f" {words[: said[0].start()].strip()} ", words[said[-1].end() - 1 :]
    rest = f"{before} {behind}"
    if _JOINED.match(behind.lstrip()) and not PIECE.match(behind):
        return ""  # "allergisch voor noten en voor schaaldieren"
    if (
        any(lex.says("ate_before", one) for one in (before, behind))
        or lex.says("glad", before)
        or lex.says("not", before)
        or lex.says("bare_drop", rest)
        or lex.says("deny", rest)
    ):
        return ""  # "ik ben geen vegetariër meer", "vegetarisch is een vergissing"
    told = _runs_of(said, words)
    fullest = max(told, key=len)
    if all(letters(one) in letters(" ".join(fullest)) for run in told for one in run):
        told = [fullest]
    return ", ".join(_as_it_stands(" ".join(run), sentence.text) for run in told)


def _runs_of(said: Sequence[re.Match[str]], words: str) -> list[list[str]]:
    """What is said to be eaten, the pieces that an "and" alone joins together."""
    runs: list[list[str]] = []
    for before, one in zip((None, *said), said, strict=False):
        between = words[before.end() : one.start()].strip() if before else ""
        if before is not None and (not between or _JOINS.fullmatch(between)):
            runs[-1].append(f"{between} {one[0].strip()}".strip())
        else:
            runs.append([one[0].strip()])
    return runs


_JOINS = re.compile(rf"(?:{AN_AND}|{OR})")


def _as_it_stands(phrase: str, text: str) -> str:
    """Words as a text writes them."""
    written = re.search(r"\W+".join(map(re.escape, phrase.split())), plain(text))
    same = written and len(plain(text)) == len(text)
    return text[written.start() : written.end()] if written and same else phrase


def _role(said: Iterable[Sentence], about: Registration, form: Form) -> dict[str, str]:
    """The function that the writer says to have now."""
    if form.field(ROLE) is None:
        return {}
    found = {role for one in said if (role := new_role(one.text))}
    found = {role for role in found if letters(role) != letters(about.text(ROLE))}
    return {ROLE: found.pop()} if len(found) == 1 else {}


#: What a sentence that sets a function right may seem to say: "op de lijst sta ik als schepen" is no coming.
_OF_A_ROLE = frozenset({ActKind.CHANGE, ActKind.OTHER, ActKind.DENY, ActKind.CONFIRM, ActKind.COME})


def _corrected_role(said: tuple[Sentence, ...], about: Registration, form: Form) -> dict[str, str]:
    """The function that the writer says to have in place of the noted one, where the mail names both and says
    nothing else but pleas and thanks: "u noteerde mij als schepen, maar ik ben diensthoofd". Then no second
    reader is needed, who knows neither of the two."""
    noted = about.text(ROLE)
    found, subject = _role(said, about, form), Subject(about, form)
    if not (noted and found):
        return {}
    telling = [one for one in said if not _asks_for_it(one.text)]
    sets_right = spaced(noted) in spaced(" ".join(one.text for one in telling))
    for one in telling:
        acts = {act.kind for act in read_acts([one.text]) if not act.elsewhere}
        others = ROLES.search(plain(_without(one.text, (noted, found[ROLE])))) or [*names(one.text)]
        if is_question(one) or others or not acts <= _OF_A_ROLE or VALUES.search(one.text):
            return {}
        if subject.is_another("", _without(one.text, (noted, found[ROLE]))):
            return {}
    return found if sets_right else {}


def _without(text: str, words: Iterable[str]) -> str:
    for one in words:
        text = re.sub(re.escape(one), " ", text, flags=re.I)
    return text


def _asks_for_it(text: str) -> bool:
    """Whether a sentence only thanks, or asks for what another says."""
    return beside.pleads_only(text.rstrip("?. ")) or beside.adds_nothing(text) or beside.says_why(text)


def _name(said: Iterable[Sentence], about: Registration, form: Form) -> dict[str, str]:
    """A part of the name as it is written now: the one that is nearly the noted one and not the same."""
    found: dict[str, set[str]] = {}
    for one in said:
        for part, key, _ in _like_noted(one.text, about, form):
            found.setdefault(key, set()).add(part)
    return {key: parts.pop() for key, parts in found.items()} if [*map(len, found.values())] == [1] else {}


def _like_noted(text: str, about: Registration, form: Form) -> list[tuple[str, str, float]]:
    """The words in a text that are nearly a part of the noted name, and not the same, with its field."""
    noted: Mapping[str, str] = {one.key: about.text(one.key) for one in form.of_kind(FieldKind.NAME)}
    words = [*_WORD.finditer(text)]
    found = []
    for first, word in enumerate(words):
        opens = not word.start() and is_word(plain(word[0]))  # "Voor Jan", at the beginning
        for last in words[first : first + _MOST_NAME_WORDS]:
            part = text[word.start() : last.end()]
            found += [
                (part, key, ratio)
                for key, known in noted.items()
                if part[:1].isupper()
                and not opens
                and part != known
                and (ratio := _likeness(part, known)) >= _LEAST_ALIKE
            ]
    parts = {letters(word) for known in noted.values() for word in known.split()}
    found = [
        one for one in found if not all(letters(word) in parts for word in one[0].split())
    ]  # signed whole
    longest = max((ratio for *_, ratio in found), default=0.0)
    return [one for one in found if one[2] == longest]


def _likeness(part: str, known: str) -> float:
    """How alike two spellings of a name are, between 0 and 1; one is not said where a word is too short."""
    one, other = letters(part), letters(known)
    if min(len(one), len(other)) < _SHORTEST_NAME or part.count(" ") > known.count(" ") + 1:
        return 0.0
    return SequenceMatcher(None, one, other).ratio()

"""What a filled-in copy of a known blank says, and how that is weighed against the free reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from mailbot.domain.document import Block, Table
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.noticed import FoundBy
from mailbot.domain.submission import Answer, Code, Person, Problem, Value
from mailbot.extraction.adoption import keyed
from mailbot.extraction.alignment import Aligned, align
from mailbot.extraction.assembly import read_person
from mailbot.extraction.boilerplate import is_ditto, is_placeholder, is_remark_alone, means_nothing
from mailbot.extraction.companions import asks_last_name_first
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.form_reader import Filled
from mailbot.extraction.grouping import PersonDraft, has_answer
from mailbot.extraction.spans import Candidate, Spans, text_of
from mailbot.extraction.split_people import each_person
from mailbot.extraction.stacked import as_stacked
from mailbot.extraction.template import Question, Template, label_of, option_name
from mailbot.extraction.ticks import has_box, is_mark
from mailbot.extraction.tokens import Tokenised, is_tick, keys_of, span_text, tokenised
from mailbot.extraction.values.choice import option_named
from mailbot.extraction.written import Written
from mailbot.text.characters import TICKED
from mailbot.text.normalize import letters, tidy

_UNPLACED = Reason.OUTSIDE_SLOT
#: Of a document that can be a copy: a form of ten pages has a tenth of it.
_MOST_TOKENS = 20_000
_MOVED = Reason.OTHER_LAYOUT_THAN_BLANK
#: So few letters ("An", "neen") stand in other words by chance: that they do explains nothing.
_FEW_LETTERS = 4
#: So much alike is a line of the blank that says another date or title, of 100.
_ALIKE = 85
_PREFILLED = Doubt(Reason.PREFILLED)

#: How a copy of a known blank is ranked: before whatever else the words may look like.
_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """A copy of a known blank: the people, and by person and key what was written where no single
    question can be told. ``rearranged``: its words stand in another order, so that only the free reader
    can say who it is about. ``printed``: the letters of the blank; ``added``: the words that are not on it,
    where it is rearranged."""

    filled: Filled
    share: float
    unclear: frozenset[tuple[int, str]]
    rearranged: bool = False
    printed: str = ""
    added: frozenset[str] = frozenset()

    @property
    def rank(self) -> tuple[bool, float]:
        """How certain it is a copy of this form."""
        return not self.rearranged, self.share


def read_copy(
    blocks: tuple[Block, ...], templates: Iterable[Template], reading: ExtractionContext
) -> TemplateReading | None:
    """What a document says as a copy of one of the form's blanks; None where it is no copy."""
    sheet = tokenised(blocks, blank=False)
    if len(sheet.tokens) > _MOST_TOKENS:
        return None
    aligned, template = max(
        ((_laid_over(template, blocks, sheet), template) for template in templates),
        key=lambda one: (one[0].is_same_form, one[0].share, one[0].placed),
    )
    if not aligned.is_same_form:
        nobody = Filled(reading.form, (), (), 0, titled=False, heading=(), taken=frozenset())
        if not aligned.is_rearranged:
            return None
        added = frozenset(_words(sheet) - _words(template.sheet))
        return TemplateReading(nobody, aligned.share, frozenset(), rearranged=True, added=added)
    printed = letters(" ".join(line.text for line in template.sheet.lines))
    people, problems, unclear = _people(aligned, template, reading)
    filled = Filled(
        reading.form,
        people,
        problems,
        _SCORE * aligned.share,
        titled=True,
        heading=_heading(sheet, template),
        taken=frozenset(line.where for line in sheet.lines)
        | {block.where for block in blocks if isinstance(block, Table)},
    )
    return TemplateReading(filled, aligned.share, unclear, printed=printed)


def _laid_over(template: Template, blocks: tuple[Block, ...], sheet: Tokenised) -> Aligned:
    """The document over a blank, as it is, or with the cells of the blank that have a label above its room
    as the blank has them, where a page was read across them."""
    if template.stacked and (stacked := as_stacked(blocks, template.sheet, template.stacked)) is not blocks:
        return align(template, tokenised(stacked, blank=False))
    return align(template, sheet)


def _words(sheet: Tokenised) -> Counter[str]:
    return Counter(token.key.lstrip("\0") for token in sheet.tokens if token.is_word or token.typed)


def _is_nobody(alone: Sequence[Written], met: Collection[Spans]) -> bool:
    """Whether what stands in a row alone is of nobody: words that no row is told to hold and that somebody
    before has (``met``), or labels again."""
    unsure = [one.spans for one in alone if one.unclear]
    return (len(unsure) == len(alone) and all(one in met for one in unsure)) or all(map(_says_label, alone))


def _people(
    aligned: Aligned, template: Template, reading: ExtractionContext
) -> tuple[tuple[Person, ...], tuple[Problem, ...], frozenset[tuple[int, str]]]:
    """The people of a copy, their problems, and which answers of whom may belong to another question."""
    fields = keyed(template, reading.form)
    by_question = {id(question): fields.get(n) for n, question in enumerate(template.questions)}
    doubts = _doubts_beside(aligned, template)
    people: list[Person] = []
    problems: list[Problem] = []
    unclear: set[tuple[int, str]] = set()
    met: set[Spans] = set()
    before: dict[str, Candidate] = {}
    for number in _numbers(aligned):
        own, alone = _written_by(aligned, number)
        if _is_nobody(alone, met):
            continue
        met.update(one.spans for one in alone if one.unclear)
        if people and (remark := _remark_for_name(alone, by_question)):
            problems.append(replace(remark, person=len(people) - 1))
            continue
        written = [(one, f) for one in own if one.spans and (f := by_question.get(id(one.question)))]
        draft, before = _drafted(written, doubts, before, reading.form)
        shared = {(len(people), field.key) for one, field in written if one.unclear}
        unclear |= shared
        row = {field.key for one, field in written if one.person}
        lost = {field for one, field in written if _lost_its_boxes(one, template)}
        for each in each_person(draft, reading.form, row):
            person, its = read_person(each, reading)
            if person.answers or shared:
                its = (*its, *(_doubt(0, f, Reason.TICKED_WHAT) for f in lost if not _has(its, 0, f.key)))
                problems += [replace(problem, person=len(people)) for problem in its]
                people.append(person)
    return tuple(people), tuple(problems), frozenset(unclear)


def _lost_its_boxes(one: Written, template: Template) -> bool:
    """Whether several options still stand there, without the boxes that the blank has and without anything
    that chooses one: a document that was made of a page has none."""
    text = span_text(one.spans)
    if (
        not one.question.ticks
        or has_box(text)
        or any(s.struck or s.marked or s.underlined for s in one.spans)
    ):
        return False
    boxed = (n for place in one.question.places for n in range(place.start, place.end))
    left = [option for option in one.question.options if letters(option_name(option)) in letters(text)]
    return len(left) > 1 and any(is_tick(template.sheet.tokens[n]) for n in boxed)


def _written_by(aligned: Aligned, number: int) -> tuple[list[Written], list[Written]]:
    """What is written for all or for one of the people, by their number, and what they wrote alone."""
    own = [one for one in aligned.written if one.person in (0, number)]
    return own, [one for one in own if _is_of(one, number)]


def _remark_for_name(alone: Sequence[Written], by_question: Mapping[int, FormField | None]) -> Problem | None:
    """A doubt where a row says nothing but a remark in brackets where a name is asked: "(nog 1 persoon, naam
    volgt)" is nobody yet."""
    first, *others = alone
    text, field = span_text(first.spans), by_question.get(id(first.question))
    if others or field is None or field.kind is not FieldKind.NAME or not is_remark_alone(text):
        return None
    return Problem(0, field.key, Code.AMBIGUOUS, Reason.UNNAMED_PEOPLE, tidy(text))


def _drafted(
    written: Iterable[tuple[Written, FormField]],
    doubts: Mapping[int, str],
    before: Mapping[str, Candidate],
    form: Form,
) -> tuple[PersonDraft, dict[str, Candidate]]:
    """A person as written down where that is clear, and their answers by key: what "idem" of the next one
    stands for, as that of this one for those of the person ``before``."""
    draft = PersonDraft()
    said: dict[str, Candidate] = {}
    for one, field in written:
        if not one.unclear:
            piece = _not_ditto(_candidate(one, field, doubts.get(id(one.question), "")), before)
            draft.add(_in_its_order(piece, one, form))
            if has_answer(piece):
                said[field.key] = piece
    return draft, said


def _is_of(one: Written, number: int) -> bool:
    """Whether somebody wrote this, of one person alone."""
    return one.person == number and _says(one) and not one.prefilled


def _not_ditto(one: Candidate, before: Mapping[str, Candidate]) -> Candidate:
    """What stands there; where that is "idem", what the person right ``before`` has."""
    (key,) = one.keys
    return before.get(key, one) if is_ditto(text_of(one.spans)) else one


def _numbers(aligned: Aligned) -> list[int]:
    """Who is written down. Where the rooms of several people are all open and something is written that is
    asked of all, that is somebody whose name is missing, and no empty form."""
    people = {one.person for one in aligned.written if one.person}
    wrote = {one.person for one in aligned.written if _says(one) and not one.prefilled}
    return sorted(people) if people & wrote or not wrote else [0]


def _says(one: Written) -> bool:
    """Whether something stands there that says more than a stroke ("-", "nvt"), and was not crossed out; of
    options those are crossed out that are not meant."""
    if one.question.ticks:
        return bool(one.spans)
    text = span_text(span for span in one.spans if not span.struck)
    return TICKED in text or not (means_nothing(text) or _is_hint(text, one.question))


def _is_hint(text: str, question: Question) -> bool:
    """Whether a text is what the blank shows where nobody wrote anything: a page keeps it as its words."""
    hints = {letters(place.hint) for place in question.places}
    return is_placeholder(text) or letters(text) in hints - {""}


def _doubts_beside(aligned: Aligned, template: Template) -> dict[int, str]:
    """What stands beside the room of each question, by its identity. Where that question was left open it may
    as well be the end of the answer before. And what an answer that a page broke begins with."""
    doubts = {id(question): text for question, text in aligned.beside if question is not None}
    answered = {id(one.question) for one in aligned.written if one.spans}
    last: Question | None = None
    for question in template.questions:
        if id(question) in answered:
            last = question
        elif last is not None and (text := doubts.get(id(question))):
            doubts.setdefault(id(last), text)
    for one in aligned.written:
        if one.in_label:
            doubts.setdefault(id(one.question), one.in_label)
    return doubts


def _candidate(one: Written, field: FormField, beside: str) -> Candidate:
    doubt = Doubt(Reason.TEXT_BESIDE_SLOT, tidy(beside)[:60]) if beside else None
    if one.prefilled and field.kind is FieldKind.YES_NO:
        doubt = doubt or _PREFILLED
    is_option = bool(field.choices) and bool(option_named(text_of(one.spans), field.choices))
    is_option = is_option or (field.kind is FieldKind.TEXT and (_ticks_column(one) or _marks(one)))
    return Candidate(
        (field.key,),
        one.spans,
        one.where,
        doubt=doubt,
        main=True,
        is_option=is_option,
        reader=FoundBy.BLANK,
    )


def _in_its_order(piece: Candidate, one: Written, form: Form) -> Candidate:
    """A companion's whole name where the last name is asked, as a name of both halves where the caption above
    it asks the last name first ("Naam en voornaam"); anything else as it is."""
    halves = (form.family_name, form.given_name)
    is_whole = all(halves) and piece.keys == halves[:1] and len(text_of(piece.spans).split()) > 1
    if one.person < 2 or not is_whole or not asks_last_name_first(one.question.again):
        return piece
    return replace(piece, keys=halves)


def _ticks_column(one: Written) -> bool:
    """Whether what stands in a row of a list ticks its column: a box that is ticked, alone, or the label of
    the column once more ("veggie" below "Veggie")."""
    text = text_of(one.spans).strip()
    return one.question.column is not None and (text == TICKED or _says_label(one))


def _marks(one: Written) -> bool:
    """Whether a letter stands in a cell of a table that marks it ("x" beside "zaterdag")."""
    text = text_of(one.spans).strip()
    return is_mark(text) and text.isalpha() and one.where.row > 0


def _says_label(one: Written) -> bool:
    return letters(text_of(one.spans)) == letters(label_of(one.question.label))


def _heading(sheet: Tokenised, template: Template) -> tuple[str, ...]:
    """The lines above the first question, and those that stand there with another date or title: the form of
    another year."""
    first = min((q.places[0].start for q in template.questions if q.places), default=0)
    above = [line for line in template.sheet.lines if line.last <= first][:12]
    printed = [letters(line.text) for line in above]
    lines = (tidy(line.text) for line in sheet.lines)
    return tuple(
        line
        for line in lines
        if process.extractOne(letters(line), printed, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    )


def weighed(copy: TemplateReading, free: Filled | None) -> Filled | None:
    """Both readings as one. What both say is certain, what they say differently doubted; what only the
    free reader finds counts, doubted, where the copy could not place something, and else for nothing:
    it stands outside every room for an answer."""
    filled = copy.filled
    if copy.rearranged:
        return _all_doubted(free, copy.added) if free else None
    if free is None or len(free.people) != len(filled.people):
        return _with_missing(filled, copy.unclear)
    people: list[Person] = []
    problems = list(filled.problems)
    for index, (mine, other) in enumerate(zip(filled.people, free.people, strict=True)):
        answers = dict(mine.answers)
        for field in filled.form.fields:
            at, beside = mine.answers.get(field.key), other.answers.get(field.key)
            if (index, field.key) in copy.unclear and beside is not None and at is None:
                answers[field.key] = beside
                problems = _without(problems, index, field.key)
                problems.append(_doubt(index, field, _UNPLACED, beside.value))
            elif (
                at is not None
                and beside is not None
                and _differ(at, beside)
                and not _is_explained(beside, field.key, mine, copy.printed)
                and not _has(problems, index, field.key)
            ):
                problems.append(_doubt(index, field, Reason.TWO_READINGS, at.value, beside.value))
        people.append(replace(mine, answers=answers))
    left = frozenset(one for one in copy.unclear if one[1] not in people[one[0]].answers)
    return _with_missing(replace(filled, people=tuple(people), problems=tuple(problems)), left)


def with_shared(free: Filled, templates: Iterable[Template]) -> Filled:
    """People read freely, where the form's blank asks something once above a list of people: what stands with
    the first of them alone is of all."""
    for template in templates:
        fields = keyed(template, free.form)
        asked = [(fields.get(n), question) for n, question in enumerate(template.questions)]
        once = [field for field, question in asked if field and all(p.person == 0 for p in question.places)]
        if len(once) < len(asked):
            for field in once:
                free = _given_to_all(free, field.key)
    return free


def _given_to_all(free: Filled, key: str) -> Filled:
    having = [index for index, person in enumerate(free.people) if key in person.answers]
    if having != [0] or len(free.people) < 2:
        return free
    answer = free.people[0].answers[key]
    people = tuple(replace(person, answers={**person.answers, key: answer}) for person in free.people)
    doubts = [problem for problem in free.problems if problem.person == 0 and problem.field == key]
    others = [problem for problem in free.problems if problem.field != key]
    problems = [replace(problem, person=index) for index in range(len(people)) for problem in doubts]
    return replace(free, people=people, problems=(*others, *problems))


def _is_explained(free: Answer, key: str, copy: Person, printed: str) -> bool:
    """Whether it is known where the free reader found another answer: it is what the copy says at other
    questions, or words of the blank, alone or around the answer, or the answer without a word that the blank
    has as well; or nothing but marks."""
    if all(map(is_mark, str(free.value).split())):
        return True  # the copy says which box it is in
    said = letters(str(free.value))
    mine = letters(str(copy.answers[key].value))
    others = {letters(str(answer.value)) for name, answer in copy.answers.items() if name != key}
    if said in others or said.removeprefix(mine) in others:
        return True
    if said in mine and mine.replace(said, "", 1) in printed:
        return True
    rest = said
    for text in sorted({mine, *others}, key=len, reverse=True):
        rest = rest.replace(text, "", 1) if len(text) > _FEW_LETTERS else rest
    return (rest != said or len(rest) > _FEW_LETTERS) and rest in printed


def _all_doubted(free: Filled, added: frozenset[str]) -> Filled:
    """What is read beside labels that do not stand where the blank has them. Words that were ``added`` to the
    blank and that nobody read may answer whatever is open."""
    said = (str(answer.value) for person in free.people for answer in person.answers.values())
    left = added - {key for text in said for key in keys_of(text)}
    doubts = [
        _doubt(index, field, _MOVED, *([answer.value] if answer else []))
        for index, person in enumerate(free.people)
        for field in free.form.fields
        if ((answer := person.answers.get(field.key)) or left) and not _has(free.problems, index, field.key)
    ]
    return replace(free, problems=(*free.problems, *doubts))


def _with_missing(filled: Filled, unclear: frozenset[tuple[int, str]]) -> Filled:
    """Answers that nobody could place are named, so that they are asked for and not lost silently."""
    problems = list(filled.problems)
    for index, key in sorted(unclear):
        field = filled.form.field(key)
        if field is not None and not _has(problems, index, key):
            problems.append(Problem(index, key, Code.UNSURE, _UNPLACED))
    return replace(filled, problems=tuple(problems))


def _differ(one: Answer, other: Answer) -> bool:
    return letters(str(one.value)) != letters(str(other.value))


def _has(problems: Iterable[Problem], person: int, key: str) -> bool:
    return any(problem.person == person and problem.field == key for problem in problems)


def _without(problems: Iterable[Problem], person: int, key: str) -> list[Problem]:
    return [problem for problem in problems if (problem.person, problem.field) != (person, key)]


def _doubt(person: int, field: FormField, reason: Reason, *values: Value) -> Problem:
    read = " / ".join(("ja" if value else "neen") if isinstance(value, bool) else value for value in values)
    return Problem(person, field.key, Code.UNSURE, reason, read)

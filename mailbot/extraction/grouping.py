"""Pieces → people: which answers belong to the same person, and which to all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mailbot.domain.document import Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.boilerplate import is_ditto, is_placeholder, means_nothing
from mailbot.extraction.headings import CONTACT, ORGANISATION, ORGANISER, OTHER, SUBSTITUTE
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.spans import OPEN, Candidate, text_of
from mailbot.extraction.values.names import full_names
from mailbot.matching.addresses import addresses_in
from mailbot.text.characters import TICKED

Keys = tuple[str, ...]
#: What belongs to one person: said once beside several, it may be anybody's.
_PERSONAL = frozenset(
    {kind for kind in FieldKind if not kind.traits.shared}
    - {FieldKind.ADDRESS, FieldKind.POSTCODE, FieldKind.IBAN, FieldKind.CHOICE, FieldKind.NUMBER}
)
#: What is about somebody else than who takes part.
_ELSEWHERE = (OTHER, CONTACT, ORGANISATION, ORGANISER)
_LOOKS = {FieldKind.EMAIL: re.compile("@"), FieldKind.PHONE: re.compile(r"\d")}


@dataclass
class PersonDraft:
    """A person before the answers are read as values: the candidates by the fields they answer."""

    number: int = 0
    pieces: dict[Keys, list[Candidate]] = field(default_factory=dict)

    def add(self, piece: Candidate) -> None:
        self.pieces.setdefault(piece.keys, []).append(piece)

    def asks(self, key: str) -> bool:
        """Whether a label for this field was met."""
        return any(key in keys for keys in self.pieces)

    def only_heads(self, key: str) -> bool:
        """Whether the only label for this field was a heading ("Deelnemer 1")."""
        at_labels = [piece for keys, pieces in self.pieces.items() if key in keys for piece in pieces]
        return all((p.reader is FoundBy.NAMES or p.number) and not has_answer(p) for p in at_labels)

    def answers(self, key: str, looks: re.Pattern[str] | None = None) -> bool:
        """Whether something stands at a label for this field (and looks like that)."""
        at_labels = (piece for keys, pieces in self.pieces.items() if key in keys for piece in pieces)
        return any(has_answer(p) and (looks is None or looks.search(text_of(p.spans))) for p in at_labels)


def has_answer(piece: Candidate) -> bool:
    """Whether anything stands at the label that could be an answer."""
    if piece.is_option:
        return True
    text = text_of(piece.spans).replace(OPEN, " ")
    if not text.strip() or TICKED in text:
        return TICKED in text
    return not is_placeholder(text) and not means_nothing(text.replace("☐", " "))


def drafts(pieces: Iterable[Candidate], form: Form) -> tuple[PersonDraft, ...]:
    """The people that the pieces speak of; spare rows and blocks are left out."""
    names = {*form.keys_of(FieldKind.NAME)}
    kept = _one_each(_own_pieces(tuple(pieces), form, names), names, form)
    kept = _without_lone_rows(kept, form)
    running = _blocks([piece for piece in kept if not piece.place], form, names)
    rows, alone = _one_below_the_other(_rows([piece for piece in kept if piece.place]))
    people = [draft for draft in rows if _is_somebody(draft, form)]
    people, around = _with_names(people, names)
    people, above = _apart_from_a_list(people, [draft for draft in alone if _is_somebody(draft, form)], names)
    running += around + above
    if not people:
        return _of_blocks(running, form, names)
    theirs = {key for person in people for key in _keys(person)} & names
    for draft in running:
        if not any(draft.answers(key) for key in _keys(draft) if key in theirs):
            _share(draft, people, form)
        elif _is_somebody(draft, form):
            people.insert(0, draft)
    _inherit(people, form)
    return tuple(people)


def _keys(draft: PersonDraft) -> Iterator[str]:
    """The fields that the pieces of a draft are of."""
    return (key for keys in draft.pieces for key in keys)


def _of_blocks(running: list[PersonDraft], form: Form, names: set[str]) -> tuple[PersonDraft, ...]:
    """The people of blocks that no table of people stands beside: what stands first may be of all of them."""
    if not running:
        return ()
    first, *others = running
    people = [draft for draft in others if _is_somebody(draft, form)]
    if _is_above_all(first, people, names):
        _share(first, people, form)
    elif _is_somebody(first, form) or (any(first.answers(f.key) for f in form.fields) and not people):
        people.insert(0, first)
    elif people:
        _share(first, people, form)
    if len(people) > 1:
        _inherit(people, form)
    return tuple(people)


def _with_names(rows: list[PersonDraft], names: set[str]) -> tuple[list[PersonDraft], list[PersonDraft]]:
    """The rows that are a person each, and those of tables that ask no name where another table does: what
    is said once there is of all of its people. What is said again is of one of them each, and nobody knows
    of whom: these rows stay people without a name."""
    named = [draft for draft in rows if any(map(draft.asks, names))]
    around = [draft for draft in rows if not any(map(draft.asks, names))]
    asked = [keys for draft in around for keys in draft.pieces]
    if len(asked) > len(set(asked)) or not any(any(map(draft.answers, names)) for draft in named):
        return rows, []
    return named, around


def _is_above_all(first: PersonDraft, people: list[PersonDraft], names: set[str]) -> bool:
    """Whether what stands first asks no name, nor anything that is asked of the people below it, who all have
    a name: it is of all of them ("E-mail facturatie" above "Deelnemer 1")."""
    asked = {*_keys(first)}
    theirs = {key for person in people for key in _keys(person)}
    named = all(any(map(person.answers, names)) for person in people)
    return bool(people) and named and not asked & (theirs | names)


def _own_pieces(pieces: tuple[Candidate, ...], form: Form, names: set[str]) -> list[Candidate]:
    """The pieces that speak of participants, with the municipality's own name put right."""
    elsewhere = {key for p in pieces if p.section not in _ELSEWHERE for key in p.keys}
    asked = {key for p in pieces if p.section == ORGANISATION for key in p.keys}
    is_named = any(p.section == SUBSTITUTE and names & set(p.keys) and has_answer(p) for p in pieces)
    doubted = {CONTACT: Reason.AT_CONTACT} | ({SUBSTITUTE: Reason.AT_SUBSTITUTE} if is_named else {})
    dropped = {OTHER, *({CONTACT} if names & elsewhere else ())}
    result: list[Candidate] = []
    for piece in pieces:
        if piece.section in dropped:
            continue
        if piece.section == ORGANISER and elsewhere.intersection(piece.keys):
            continue
        own: Candidate | None = piece
        if piece.section == ORGANISATION:
            own = _of_body(piece, form, names, asked, elsewhere)
        elif reason := doubted.get(piece.section):
            own = replace(piece, doubt=piece.doubt or Doubt(reason))
        if own is not None:
            result.append(own)
    return result


def _of_body(
    piece: Candidate, form: Form, names: set[str], asked: set[str], elsewhere: set[str]
) -> Candidate | None:
    """What stands below "Gegevens van het bestuur": a name there is the body's, what is asked of the
    participants as well is not theirs (None)."""
    organisation = form.first_key(FieldKind.ORGANISATION)
    if names & set(piece.keys):
        if not organisation or organisation in asked or form.per_organisation:
            return None
        return replace(piece, keys=(organisation,))
    key = piece.keys[0] if piece.keys else ""
    if form.per_organisation or form.field(key) is None or key == organisation:
        return piece
    if key in elsewhere:
        return None
    if names & elsewhere:
        return replace(piece, doubt=piece.doubt or Doubt(Reason.AT_BODY))
    return piece


def _one_each(pieces: list[Candidate], names: set[str], form: Form) -> list[Candidate]:
    """Where full names of several people stand at one label, a piece for each of them, and for the
    address that stands beside a name."""
    email = _email_of_each(form)
    result: list[Candidate] = []
    for piece in pieces:
        of_all = len(piece.keys) > 1 or len(names) == 1 or piece.reader is FoundBy.NAMES
        full = piece.keys and set(piece.keys) <= names and of_all
        people = full_names(text_of(piece.spans)) if full and not piece.place else ()
        if len(people) < 2:
            result.append(piece)
            continue
        for n, (name, more) in enumerate(people, start=1):
            doubt = piece.doubt or (Doubt(Reason.MORE_THAN_NAME) if more else None)
            place = f"{piece.where}#{n}"
            result.append(replace(piece, spans=(Span(name),), place=place, doubt=doubt))
            addresses = addresses_in(more)[:1] if email else ()
            result += [replace(piece, keys=(email,), spans=(Span(one),), place=place) for one in addresses]
    return result


def _email_of_each(form: Form) -> str:
    """The field for the address of who registers: of several ("E-mail contactpersoon") the one that is called
    so and no more; empty for none."""
    keys = [*form.keys_of(FieldKind.EMAIL)]
    called = [its[0] for its in lexicon().fields(form)["email"]] if len(keys) > 1 else keys
    return called[0] if called else ""


def _blocks(pieces: list[Candidate], form: Form, names: set[str]) -> list[PersonDraft]:
    """Running text: another person begins where the first label, or a name, comes again."""
    result = [PersonDraft()]
    begins: Keys = ()
    numbered: dict[int, PersonDraft] = {}
    for piece in pieces:
        if not piece.keys:
            if result[-1].pieces:
                result.append(PersonDraft(number=piece.number))
            continue
        if piece.number:
            if piece.number not in numbered:
                if numbered or result[-1].pieces:
                    result.append(PersonDraft())
                numbered[piece.number] = result[-1]
            numbered[piece.number].add(piece)
            continue
        begins = begins or piece.keys
        again = {key for key in piece.keys if result[-1].asks(key) and not result[-1].only_heads(key)}
        anew = again & names or (again & set(begins) and _is_somebody(result[-1], form))
        if anew and not form.per_organisation:
            result.append(PersonDraft())
        result[-1].add(piece)
    return _without_echoes([draft for draft in result if draft.pieces])


def _without_echoes(blocks: list[PersonDraft]) -> list[PersonDraft]:
    """Leaves out a block that only says again what one block before it says."""
    kept: list[PersonDraft] = []
    for draft in blocks:
        answered = {(keys, _said(p)) for keys, ps in draft.pieces.items() for p in ps if has_answer(p)}
        said = ({(keys, _said(p)) for keys, ps in one.pieces.items() for p in ps} for one in kept)
        if not answered or not any(answered <= before for before in said):
            kept.append(draft)
    return kept


def _said(piece: Candidate) -> str:
    return " ".join(text_of(piece.spans).split()).lower()


def _rows(pieces: list[Candidate]) -> list[tuple[str, PersonDraft]]:
    by_place: dict[str, PersonDraft] = {}
    for piece in pieces:
        by_place.setdefault(piece.place, PersonDraft()).add(piece)
    return list(by_place.items())


def _apart_from_a_list(
    people: list[PersonDraft], alone: list[PersonDraft], names: set[str]
) -> tuple[list[PersonDraft], list[PersonDraft]]:
    """The people of a list, and who stands in a row alone in a table of its own where that asks nothing that
    the list asks: the parent beside the children, who are all asked a name of theirs."""
    listed = [draft for draft in people if not any(draft is one for one in alone)]
    asked = {key for draft in listed for keys in draft.pieces for key in keys}
    if len(listed) < 2 or not alone or not all(any(map(draft.answers, names)) for draft in listed):
        return people, []
    if any(key in asked for draft in alone for keys in draft.pieces for key in keys):
        return people, []
    return listed, alone


def _one_below_the_other(
    rows: list[tuple[str, PersonDraft]],
) -> tuple[list[PersonDraft], list[PersonDraft]]:
    """The rows, and those of them that are alone in their table; such that ask what no row before them asks
    go on about the same person."""
    tables = Counter(place.partition("#")[0] for place, _ in rows)
    result: list[PersonDraft] = []
    lone: list[PersonDraft] = []
    goes_on = False
    for place, draft in rows:
        alone = tables[place.partition("#")[0]] == 1 and "#" in place
        keys = {key for asked in draft.pieces for key in asked}
        if alone and goes_on and not any(result[-1].asks(key) for key in keys):
            for asked, pieces in draft.pieces.items():
                result[-1].pieces[asked] = pieces
        else:
            result.append(draft)
            lone += [draft] if alone else []
        goes_on = alone
    return result, lone


def _without_lone_rows(pieces: list[Candidate], form: Form) -> list[Candidate]:
    """The pieces; those of the only row of a table that is nobody by itself ("Workshop | Menu" above a
    tick list for each) speak of whom the lines around it speak of."""
    rows = _rows([piece for piece in pieces if piece.place])
    tables = Counter(place.partition("#")[0] for place, _ in rows)
    lone = {
        place
        for place, draft in rows
        if "#" in place and tables[place.partition("#")[0]] == 1 and not _is_somebody(draft, form)
    }
    return [replace(piece, place="") if piece.place in lone else piece for piece in pieces]


def _is_somebody(draft: PersonDraft, form: Form) -> bool:
    """Whether a draft holds more than ticks and a shared municipality."""
    kinds: tuple[FieldKind, ...] = (FieldKind.NAME, FieldKind.EMAIL, FieldKind.PHONE)
    if form.per_organisation:
        kinds = (*kinds, FieldKind.ORGANISATION, FieldKind.YES_NO)
    answered = {f.key for f in form.fields if f.kind in kinds and draft.answers(f.key, _LOOKS.get(f.kind))}
    combined = any(len(keys) > 1 and any(map(has_answer, ps)) for keys, ps in draft.pieces.items())
    return bool(answered) or combined


def _share(source: PersonDraft, people: list[PersonDraft], form: Form) -> None:
    """Gives all people what stands outside their table."""
    theirs = {key for draft in people for keys in draft.pieces for key in keys}
    own_name = any(source.answers(f.key) for f in form.of_kind(FieldKind.NAME) if f.key not in theirs)
    for keys, pieces in source.pieces.items():
        for piece in pieces:
            if not has_answer(piece) and not piece.negative:
                continue
            for draft in people:
                if any(draft.answers(key) for key in keys):
                    continue
                draft.pieces.pop(keys, None)
                asked = bool(theirs & set(keys))
                shared = _for_all(piece, form, several=len(people) > 1, asked=asked, own_name=own_name)
                draft.add(shared)


def _for_all(piece: Candidate, form: Form, *, several: bool, asked: bool, own_name: bool) -> Candidate:
    """What stands once, as it is said of each of several people: doubted where they were asked it as well
    (``asked``) and left it open, and where it says whom mail goes to, unless a contact is named with it
    (``own_name``)."""
    field_ = form.field(piece.keys[0])
    if not several or piece.particular or (field_ and field_.kind not in _PERSONAL):
        return piece
    asked = asked or (field_ is not None and field_.kind is FieldKind.EMAIL and not own_name)
    doubt = piece.doubt or (Doubt(Reason.ONCE_FOR_SEVERAL) if asked else None)
    return replace(piece, doubt=doubt, for_all=True)


def _repeat_ditto(people: list[PersonDraft], keys: Keys) -> None:
    """ "idem" and a pair of quotes stand for what the person before has."""
    before: list[Candidate] = []
    for draft in people:
        pieces = draft.pieces.get(keys, [])
        if before and any(is_ditto(text_of(piece.spans)) for piece in pieces):
            draft.pieces[keys] = list(before)
        elif any(map(has_answer, pieces)):
            before = pieces


def _inherit(people: list[PersonDraft], form: Form) -> None:
    """What stands for several: "idem" is what the person before has, and who has no municipality
    takes the first's, doubted where a cell was left open for it."""
    for keys in {keys for draft in people for keys in draft.pieces}:
        _repeat_ditto(people, keys)
    for organisation in form.of_kind(FieldKind.ORGANISATION):
        alone = (organisation.key,)
        given = [p for draft in people for p in draft.pieces.get(alone, ()) if has_answer(p)]
        if len({text_of(piece.spans).strip().lower() for piece in given}) != 1:
            continue
        for draft in people:
            if not draft.answers(organisation.key):
                doubt = Doubt(Reason.AT_ANOTHER_PERSON) if draft.asks(organisation.key) else given[0].doubt
                draft.pieces.pop(alone, None)
                draft.add(replace(given[0], doubt=doubt))

"""What stands in the rooms that a blank leaves for one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mailbot.domain.document import Span, Unit
from mailbot.extraction.correspondence import Correspondence, range_between
from mailbot.extraction.spans import cut
from mailbot.extraction.template import Place, Question, Template, option_name
from mailbot.extraction.ticks import is_mark
from mailbot.extraction.tokens import Token, Tokenised, between, is_tick, keys_of, span_text
from mailbot.extraction.written import Text, Written, is_chosen_from, joined, marked, signs
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import YES
from mailbot.text.normalize import letters

#: Empty lines that a clipboard leaves between a table and what follows it.
LINES_BETWEEN = 1


def in_rooms(
    template: Template,
    sheet: Tokenised,
    found: Correspondence,
    question: Question,
    person: int,
    taken: list[bool],
) -> Written:
    """What stands in the room for one answer of one person, which may lie in several places."""
    places = [place for place in question.places if place.person == person]
    texts: list[Text] = []
    unclear = prefilled = False
    seen: set[tuple[int, int]] = set()
    names: set[str] = set()
    for place in places:
        if control := sheet.controls.get(place.name):
            if place.name in names:
                continue
            names.add(place.name)
            pieces, as_it_was = _in_control(control, place)
            texts += pieces
            prefilled |= as_it_was
            if pieces:
                continue  # or else it was typed beside the control
        start, end = _range_of(template, found, question, place, len(sheet.tokens))
        if (start, end) in seen or end <= start:
            continue
        seen.add((start, end))
        if _is_shared(template, found, question, place):
            if own := _own_line(template, sheet, found, place, (start, end)):
                start, end = own
            else:
                unclear = True
        taken[start:end] = (not place.option or ticks_box(token) for token in sheet.tokens[start:end])
        pieces, as_it_was = _in_room(template, sheet, found, question, place, (start, end))
        texts += pieces
        prefilled |= as_it_was
    if places[0].option and not is_chosen_from(texts):
        painted = [place for place in places if _is_painted(template, sheet, found, place)]
        texts = [((Span(f"{TICKED} {place.option} "),), question.where) for place in painted]
    where = texts[0][1] if texts else question.where
    return Written(question, person, joined(texts, len(places)), where, unclear and bool(texts), prefilled)


def ticks_box(token: Token) -> bool:
    """Whether a token is a box, or a mark or yes in one: other words there are said beside it."""
    return is_tick(token) or _marks(token)


def _is_painted(template: Template, sheet: Tokenised, found: Correspondence, place: Place) -> bool:
    """Whether the cell of an option is empty and has a colour that it does not have on the blank."""
    wall = place.start - 1
    if not (place.option and place.is_gap and template.sheet.tokens[wall].is_wall and found.to[wall] >= 0):
        return False
    first = found.to[wall] + 1
    is_empty = first == len(sheet.tokens) or sheet.tokens[first].is_wall
    return is_empty and first in sheet.painted and place.start not in template.sheet.painted


def _in_control(control: Text, place: Place) -> tuple[list[Text], bool]:
    """What was typed into a control, nothing where it still shows its hint, and whether the blank
    itself says so."""
    spans, _ = control
    text = letters(span_text(spans))
    if not text or spans[0].placeholder or text == letters(place.hint):
        return [], False
    return [control], text == letters(place.prefilled)


def _in_room(
    template: Template,
    sheet: Tokenised,
    found: Correspondence,
    question: Question,
    place: Place,
    range_: tuple[int, int],
) -> tuple[list[Text], bool]:
    """What was written in some room, nothing where nobody touched it, and whether the blank itself says
    so."""
    start, end = range_
    pieces: list[Text]
    as_it_was = False
    if question.ticks and place.option:
        option = _option_of_box(sheet, found, place, range_)
        if len(question.options) > 1:
            option = _as_marked(option, template.sheet, sheet, found, place.words)
        pieces = [((option,), sheet.lines[sheet.tokens[start].line].where)]
    elif question.ticks:
        pieces, own = _options_ticked(template, sheet, found, question, place, range_)
        as_it_was = signs(pieces) == own
        if as_it_was and TICKED not in own:
            return [], False
    else:
        pieces = between(sheet, start, end)
    text = letters(" ".join(span_text(spans) for spans, _ in pieces))
    if text and text == letters(place.hint):
        return [], as_it_was
    return pieces, as_it_was or bool(text and text == letters(place.prefilled))


def _option_of_box(sheet: Tokenised, found: Correspondence, place: Place, range_: tuple[int, int]) -> Span:
    """The option of one box, ticked where a mark or a yes was written in it."""
    start, end = range_
    said = [token for n, token in enumerate(sheet.tokens[start:end], start) if n not in found.printed]
    yes = bool(said) and all(token.key in YES for token in said)
    ticked = yes or TICKED in signs(marked(sheet, start, end, found.printed))
    return Span(f"{TICKED if ticked else UNTICKED} {place.option} ")


def _marks(token: Token) -> bool:
    """Whether a word in a box ticks it."""
    return is_mark(token.key) or token.key in YES


def _as_marked(
    option: Span, blank: Tokenised, sheet: Tokenised, found: Correspondence, words: tuple[int, int]
) -> Span:
    """An option as its words look in the document where they do not look so in the blank: all struck, gone
    over with a marker, or underlined."""
    kept = [n for n in range(*words) if blank.tokens[n].is_word and found.to[n] >= 0]
    now, before = ([_span_at(sheet, found.to[n]) for n in kept], [_span_at(blank, n) for n in kept])
    if not kept:
        return option

    def is_new(look: Callable[[Span], bool]) -> bool:
        return all(map(look, now)) and not any(map(look, before))

    return replace(
        option,
        struck=is_new(lambda span: span.struck),
        marked=is_new(lambda span: span.marked),
        underlined=is_new(lambda span: span.underlined),
    )


def _span_at(sheet: Tokenised, number: int) -> Span:
    """The span that a token begins in."""
    token = sheet.tokens[number]
    return next(span for span in cut(sheet.lines[token.line].spans, token.start, token.end) if span.text)


def _options_ticked(
    template: Template,
    sheet: Tokenised,
    found: Correspondence,
    question: Question,
    place: Place,
    range_: tuple[int, int],
) -> tuple[list[Text], str]:
    """The boxes and words of a question with several options, and the signs that the blank has there."""
    said = _beside_options(template.sheet, question, place)
    pieces = marked(sheet, *range_, found.printed, {found.to[n] for n in said})
    own = marked(template.sheet, place.start, place.end, range(place.start, place.end), said)
    return as_chosen(pieces, own), signs(own)


def as_chosen(pieces: list[Text], own: Sequence[Text]) -> list[Text]:
    """Options with what was made bold underlined, which every reader knows as the one that is meant; ``own``
    is how the blank has them."""
    return _as_underlined(pieces) if _is_made_bold(pieces, own) else pieces


def _is_made_bold(pieces: Sequence[Text], own: Sequence[Text]) -> bool:
    """Whether some of the options are bold and others not, where the blank has none in bold, and nothing else
    is told of them: so people choose one in a document that they type in."""
    if is_chosen_from(pieces) or any(span.bold for spans, _ in own for span in spans):
        return False
    words = [span for spans, _ in pieces for span in spans if any(c.isalnum() for c in span.text)]
    return len({span.bold for span in words}) > 1


def _as_underlined(pieces: Sequence[Text]) -> list[Text]:
    """Options with what is bold underlined."""
    return [
        (tuple(replace(span, underlined=span.underlined or span.bold) for span in spans), where)
        for spans, where in pieces
    ]


def _beside_options(blank: Tokenised, question: Question, place: Place) -> frozenset[int]:
    """The printed words between boxes that are no option: a price, a condition. None where not every
    option is found by its words."""
    range_ = range(place.start, place.end)
    rest = {n for n in range_ if not is_tick(blank.tokens[n])}
    for option in map(option_name, question.options):
        keys = keys_of(option)
        at = next(
            (n for n in range_ if [t.key for t in blank.tokens[n : n + len(keys)]] == keys and n in rest),
            None,
        )
        if at is None:
            return frozenset()
        rest -= set(range(at, at + len(keys)))
    return frozenset(rest) if question.options else frozenset()


def _range_of(
    template: Template, found: Correspondence, question: Question, place: Place, length: int
) -> tuple[int, int]:
    """The tokens of the document in some room. Options begin and end with their own words where the room of
    another question is right before or behind them: "ja, namelijk ....", and the next question."""
    start, end = range_between(found, place, length)
    sides = _own_sides(found, question, place)
    others = {room.start for q in template.questions if q is not question for room in q.places if room.is_gap}
    if place.start in sides & others:
        start = found.to[place.start]
    if place.end in sides & others:
        end = found.to[place.end - 1] + 1
    return start, end


def _own_sides(found: Correspondence, question: Question, place: Place) -> frozenset[int]:
    """Where options begin and end, if the document has what stands there: nothing beyond is theirs."""
    if not question.ticks or place.is_gap:
        return frozenset()
    sides = {place.start: found.to[place.start], place.end: found.to[place.end - 1]}
    return frozenset(side for side, token in sides.items() if token >= 0)


def _is_shared(template: Template, found: Correspondence, question: Question, place: Place) -> bool:
    """Whether the room of another question lies between the same words of the document."""
    sides = _own_sides(found, question, place)
    before, after = found.before(place.start), found.from_(place.end)
    if before < 0 or after >= len(found.to):
        before, after = max(before, place.start - 3), min(after, place.end + 3)
    for other in template.questions:
        for room in other.places:
            same = other is question and room.person == place.person
            apart = room.is_gap or room.start >= place.end or room.end <= place.start
            within = before < room.start <= after and before < room.end <= after
            if within and apart and not same and room.start not in sides:
                return True
    return False


def _own_line(
    template: Template, sheet: Tokenised, found: Correspondence, place: Place, range_: tuple[int, int]
) -> tuple[int, int] | None:
    """The tokens on the line of one of several cells between the same words of the blank, which came as a
    line each, empty ones too; None where lines do not tell."""
    start, end = range_
    if end >= len(sheet.tokens) or any(token.is_wall for token in sheet.tokens[start - 1 : end + 1]):
        return None
    stands = [sheet.lines[sheet.tokens[n].line].where.number(Unit.LINE) for n in range(start - 1, end + 1)]
    top, bottom = stands[0], stands[-1]
    rooms = sorted(
        p.start
        for q in template.questions
        for p in q.places
        if range_between(found, p, len(sheet.tokens)) == range_ and p.start == p.end
    )
    if place.start not in rooms or not 0 <= bottom - top - 1 - len(rooms) <= LINES_BETWEEN:
        return None
    mine = top + 1 + rooms.index(place.start)
    own = [n for n, line in zip(range(start, end), stands[1:-1], strict=True) if line == mine]
    return (own[0], own[-1] + 1) if own else (start, start)

"""What travels between worker and child comes out as it went in, and nothing else does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.domain.decision import Outcome
from mailbot.domain.document import Cell, Paragraph, ParsedDocument, ParseStatus, Part, Span, Table
from mailbot.domain.message import Address, Message, Verdict
from mailbot.domain.noticed import FoundBy, Noticed
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Submission
from mailbot.sandbox import protocol

flags = [st.booleans()] * 4
spans = st.builds(Span, st.text(), st.booleans(), st.text(), *flags)
lines = st.builds(Paragraph, st.lists(spans).map(tuple), st.text(), st.integers(0, 9))


def grids(blocks: st.SearchStrategy[Paragraph | Table]) -> st.SearchStrategy[Table]:
    cells = st.builds(Cell, st.lists(blocks, max_size=3).map(tuple), st.text(), st.integers(1, 9))
    rows = st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple)
    return st.builds(Table, rows, st.text())


blocks = st.recursive(lines, grids, max_leaves=5)
parts = st.builds(Part, st.text(), st.text(), st.binary())
readings = st.builds(
    ParsedDocument,
    st.text(),
    st.sampled_from(ParseStatus),
    st.lists(blocks).map(tuple),
    st.lists(parts).map(tuple),
    st.booleans(),
    st.lists(st.text()).map(tuple),
)


@given(readings)
def test_a_reading_comes_out_as_it_went_in(reading: ParsedDocument) -> None:
    assert protocol.load(protocol.dump(reading)) == reading


def test_a_message_comes_out_as_it_went_in() -> None:
    inner = Message("<b@x.example>", Address("a@x.example"), "", None)
    message = Message(
        "<a@x.example>",
        Address("jan@damme.example", "Jan"),
        "Inschrijving",
        datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC),
        parts=(Part("a.docx", "x", b"\x00\xff"),),
        authentication=Verdict.FAIL,
        forwarded=inner,
    )
    assert protocol.load(protocol.dump(message)) == message


#: What is noticed while a message is read; the other statements are made by who decides.
statements = st.builds(say, st.sampled_from([*Noticed, *FoundBy]))
st.register_type_strategy(Statement, statements)


@given(st.from_type(Submission))
def test_what_a_message_says_comes_out_as_it_went_in(said: Submission) -> None:
    assert protocol.load(protocol.dump(said)) == said


def test_the_bytes_of_a_part_are_not_copied_on_their_way_out() -> None:
    data = bytes(1000)
    assert any(piece is data for piece in protocol.framed(Part("a", "b", data)))


@pytest.mark.parametrize("value", [Outcome.REVIEW, {1.5: 1}, [1], 1.5, object()])
def test_what_is_not_on_the_list_does_not_travel(value: object) -> None:
    with pytest.raises(TypeError):
        protocol.dump(value)


@given(st.binary())
def test_bytes_of_another_kind_are_refused_and_never_run(data: bytes) -> None:
    try:
        protocol.load(data)
    except ValueError:
        return
    assert data  # only a well-formed message is taken


def packed(head: str, told: int | None = None) -> bytes:
    """What a child would send of this JSON, of which it tells the length."""
    return (len(head) if told is None else told).to_bytes(4) + head.encode()


@pytest.mark.parametrize(
    "data",
    [
        packed('["by","a"]'),
        packed('["by","a",1,"b"]'),
        packed('["Address","jan@damme.example"]'),
        packed('["Address","jan@damme.example","Jan",1]'),
        packed('["Nothing"]'),
        packed('["at","attachment"]'),
        packed('["at","somewhere","a"]'),
        packed('["bytes",1]'),
        packed('["datetime","yesterday"]'),
        packed('["Verdict","perhaps"]'),
        packed('"a"', told=4),
        packed('"a"', told=400),
        packed('"a"', told=2),
        packed('"a"')[:-1],
        packed('"a"') + b"\0",
        packed('["bytes",1]') + packed("abc")[:-1],
    ],
)  # fmt: skip
def test_what_is_not_whole_or_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"not what a child sends|less than what was told"):
        protocol.load(data)

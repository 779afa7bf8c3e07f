"""Names of cells, and numbers that are dates, as openpyxl reads and writes them."""

from __future__ import annotations

import itertools
import random
from datetime import datetime

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import cell
from openpyxl.utils import datetime as moments

from mailbot.xlsx.cell_names import boundaries, column_letters, column_number
from mailbot.xlsx.dates import BUILT_IN, moment_of, shows_date


def test_every_column_has_the_letters_that_openpyxl_gives_it() -> None:
    for number in range(1, 18_279):
        letters = cell.get_column_letter(number)
        assert (column_letters(number), column_number(letters.lower())) == (letters, number)


@pytest.mark.parametrize("number", [0, -1, 18_279])
def test_a_column_without_letters_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no column"):
        column_letters(number)


@pytest.mark.parametrize("letters", ["", "ABCD", "A1", "É"])
def test_letters_that_name_no_column_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="no column"):
        column_number(letters)


def test_ranges_have_the_corners_that_openpyxl_finds() -> None:
    pieces = ("", "A", "$b", "XFD", "ABCD", "É")
    numbers = ("", "1", "$20", "1048576", "x", "-1")
    ends = [f"{column}{row}" for column, row in itertools.product(pieces, numbers)]
    names = [
        *ends,
        *(f"{one}:{other}" for one, other in itertools.product(ends, ends)),
        "A1:B2:C3",
        " A1",
    ]
    for name in names:
        try:
            expected = cell.range_boundaries(name)
        except ValueError:
            with pytest.raises(ValueError, match=r"no (range|column)"):
                boundaries(name)
        else:
            assert boundaries(name) == expected, name


def test_formats_are_dates_where_openpyxl_takes_them_for_such() -> None:
    assert {number for number, code in BUILTIN_FORMATS.items() if is_date_format(code)} == BUILT_IN
    chance, letters = random.Random(16), 'dmyhsDMYHS0#"\\_;[]@ -/:$EURredhh.'
    codes = ["".join(chance.choices(letters, k=chance.randrange(12))) for _ in range(20_000)]
    codes += [*BUILTIN_FORMATS.values(), "[h]:mm", "[$-813]dddd d mmmm yyyy;@", '"dag" 0', "[Red]0"]
    assert [code for code in codes if shows_date(code) != is_date_format(code)] == []


@pytest.mark.parametrize("from_1904", [False, True])
def test_numbers_are_the_moments_that_openpyxl_makes_of_them(from_1904: bool) -> None:
    chance, epoch = random.Random(16), moments.MAC_EPOCH if from_1904 else moments.WINDOWS_EPOCH
    numbers = [0.0, 0.5, 0.99999999999, 1.0, 59.0, 59.5, 60.0, 61.0, -1.0, -0.25, 45_000.123456]
    numbers += [chance.uniform(-100, 100_000) for _ in range(20_000)]
    for number in numbers:
        expected = moments.from_excel(number, epoch)
        made = moment_of(number, from_1904=from_1904)
        assert made == (expected if isinstance(expected, datetime) else None), number
    for number in (1e9, float("inf"), float("nan")):
        with pytest.raises((ValueError, OverflowError)):
            moment_of(number, from_1904=from_1904)

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.amounts import UNKNOWN, ZERO, Amount
from k2log.render.layout import encodable, width
from k2log.render.numbers import clean, dates, show, without_signs
from k2log.report.period import Period


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (Amount.of(1239.6), "mg", "1240"),
        (Amount.of(0.3), "mg", "<1"),
        (Amount.of(102.6, 9, 127), "µg", "103 (9–127)"),
        (Amount.of(102.6, 8.8, 126), "µg", "103 (9–126)"),
        (Amount.of(2.2, 0.2, 93), "µg", "2.2 (0.2–93)"),
        (Amount.of(2.2, 1.2, 4.4), "µg", "2.2 (1.2–4.4)"),
        (Amount.of(4.1), "µg", "4.1"),
        (Amount.of(2), "µg", "2"),
        (Amount.of(9.96), "µg", "10"),
        (Amount.of(0.02), "µg", "<0.1"),
        (Amount.of(100, 95, 105), "µg", "100"),
        (Amount.of(0, 0, 1), "µg", "0 (0–1)"),
        (Amount.partial(116), "µg", "116 +?"),
        (UNKNOWN, "µg", "?"),
        (ZERO, "µg", "0"),
    ],
)
def test_an_amount_has_no_more_digits_than_it_deserves(
    amount: Amount, unit: str, text: str
) -> None:
    """Whole milligrams, tenths of small micrograms, and never a false zero."""
    assert show(amount, unit) == text


def test_units_stand_before_the_mark() -> None:
    """As in what add prints."""
    assert show(Amount.of(103, 9, 127), "µg", with_unit=True) == "103 µg (9–127)"
    assert show(Amount.partial(52), "µg", with_unit=True) == "52 µg +?"
    assert show(UNKNOWN, "µg", with_unit=True) == "?"


def test_plain_words_have_no_signs() -> None:
    """For those who listen."""
    assert show(Amount.of(103, 9, 127), "µg", plain_words=True) == "103 (9 to 127)"
    assert show(Amount.partial(52), "µg", plain_words=True) == "52 plus unknown"
    assert show(UNKNOWN, "µg", plain_words=True) == "unknown"
    assert show(Amount.of(0.01), "µg", plain_words=True) == "less than 0.1"
    assert without_signs("gives 12–213 µg") == "gives 12 to 213 µg"


@given(st.floats(0, 1e9), st.sampled_from(["mg", "µg"]))
def test_only_zero_is_shown_as_zero(value: float, unit: str) -> None:
    """And no number has a thousands separator or an exponent."""
    text = show(Amount.of(value), unit)

    assert (text == "0") == (value == 0)
    assert text.replace(".", "", 1).removeprefix("<").isdigit()


def test_an_encoding_without_the_signs_gets_others() -> None:
    """No question mark appears that would read as unknown."""
    assert encodable("9–127 µg · crème", "ascii") == "9-127 ug - creme"
    assert encodable("納豆", "ascii") == r"\u7d0d\u8c46"
    assert encodable("9–127 µg", "utf-8") == "9–127 µg"


def test_control_characters_never_reach_a_terminal() -> None:
    """Names stay on one line."""
    assert clean("a\x1b[31mb\nc") == "a [31mb c"


def test_width_counts_columns_rather_than_characters() -> None:
    """Wide characters take two, combining ones none."""
    assert width("納豆") == 4
    assert width("cre\u0300me") == 5


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (date(2026, 11, 21), "Saturday 21 November 2026"),
        (date(2026, 11, 15), "15–21 November 2026"),
        (date(2026, 10, 23), "23 October – 21 November 2026"),
        (date(2025, 11, 22), "22 November 2025 – 21 November 2026"),
    ],
)
def test_a_period_is_named_with_what_it_takes(first: date, text: str) -> None:
    """Months and years appear once where once is enough."""
    assert dates(Period(first, date(2026, 11, 21))) == text

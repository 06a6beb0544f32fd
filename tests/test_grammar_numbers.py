"""Numbers as people type them."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.grammar.numbers import Numeral, leading, number, written


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2", 2),
        ("1.5", 1.5),
        ("1,5", 1.5),
        (".5", 0.5),
        ("1/2", 0.5),
        ("1⁄2", 0.5),
        ("1/3", 1 / 3),
        ("1 1/2", 1.5),
        ("½", 0.5),
        ("1½", 1.5),
        ("1 ½", 1.5),
        ("a", 1),
        ("An", 1),
        ("half", 0.5),
        ("half a", 0.5),
        ("half an", 0.5),
        ("a half", 0.5),
        ("quarter", 0.25),
        ("a quarter", 0.25),
        ("one", 1),
        ("twelve", 12),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("1.2500", 1.25),
        ("1234.567", 1234.567),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1,000.5", 1000.5),
        ("1.000,5", 1000.5),
    ],
)
def test_number_is_read(typed, value):
    """Digits, fractions and number words, with either decimal mark."""
    assert number(typed) == value


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("-2", "negative"),
        ("−2", "negative"),
        ("0", "nothing to log"),
        ("0.0", "nothing to log"),
        ("2-3", "range"),
        ("2–3", "range"),
        ("2 to 3", "range"),
        ("1/0", "fraction"),
        ("0/2", "fraction"),
        ("1e3", "plain digits"),
        ("a few", "give a number"),
        ("some", "give a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("", "not a number"),
        ("1.2.3", "not a number"),
        ("1 000", "reads two ways"),
        ("٣", "digits 0 to 9"),
        ("２", "digits 0 to 9"),
        ("1" * 400, "too many digits"),
        ("2,000", "could be 2000 or 2: write 2000 or 2"),
        ("1.250", "could be 1250 or 1.25: write 1250 or 1.25"),
    ],
)
def test_what_is_no_number_is_refused(typed, reason):
    """One line says why, in the user's words."""
    with pytest.raises(UnreadableError, match=reason) as refused:
        number(typed)

    assert refused.value.exit_code == 2


def test_a_number_that_reads_both_ways_carries_both():
    """Whoever knows the unit decides."""
    assert leading("2,000IU") == (Numeral(2.0, 2000.0), "IU")


@pytest.mark.parametrize(
    ("value", "text"), [(2000, "2000"), (0.5, "0.5"), (1e6, "1000000"), (2.125, "2.1250")]
)
def test_numbers_are_written_as_they_can_be_typed(value, text):
    """No thousands separator, no exponent, never both ways."""
    assert written(value) == text


@given(st.floats(min_value=1e-6, max_value=1e8))
@example(2.125)
@example(1000)
def test_what_is_written_is_read_back(value):
    """Parse (show x) is x, to 6 decimals."""
    assert number(written(value)) == round(value, 6)


@given(st.text(max_size=200) | st.text("0123456789.,/½ ", min_size=1, max_size=8))
def test_any_text_is_a_number_or_refused(text):
    """Nothing else can happen."""
    with suppress(UnreadableError):
        assert 0 < number(text) < 1e15

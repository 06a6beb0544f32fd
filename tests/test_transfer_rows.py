"""Rows, checked."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log import clock
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import FIGURES
from k2log.features.exchange.cells import Moment
from k2log.features.exchange.rows import EntryRow, LineRemark, row

MOMENT = Moment(date(2026, 11, 21), datetime(2026, 11, 21, 11, tzinfo=UTC), clock.local)


def read(**values):
    return row(2, {"day": "2026-11-20", "food": "natto"} | values, MOMENT)


def test_what_is_not_given_is_unknown():
    found = read()

    assert isinstance(found, EntryRow)
    assert set(found.entry.nutrients.values()) == {UNKNOWN}
    assert found.entry.amount is None


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ({"mk7_ug": "9"}, Amount.of(9.0)),
        ({"mk7_ug": "9", "mk7_ug_low": "8"}, Amount.partial(9.0, 8.0)),
        ({"mk7_ug": 9, "mk7_ug_low": 8, "mk7_ug_high": 1e1}, Amount(9.0, 8.0, 10.0)),
        ({"mk7_ug": "0.12345678"}, Amount.of(0.123457)),
    ],
)
def test_figures_are_known_partial_or_unknown(values, amount):
    assert read(**values).entry.nutrients["mk7"] == amount


@pytest.mark.parametrize(
    "values",
    [
        {"uid": "a b"},
        {"uid": "x" * 101},
        {"uid": 7},
        {"day": "2026-11-22"},
        {"day": "2026-02-30"},
        {"day": "20261120"},
        {"day": "1899-12-31"},
        {"day": ""},
        {"food": " \u200b"},
        {"food": "na\x1b[2Jtto"},
        {"food": "x" * 1001},
        {"food": 12},
        {"note": "\u202egnp.exe"},
        {"time": "2026-11-20T08:30"},
        {"time": "2026-11-19T08:30+01:00"},
        {"time": "2026-11-21T12:30+01:00"},
        {"time": "2026-11-20T25:30+01:00"},
        {"every_days": "0"},
        {"every_days": "367"},
        {"every_days": "1.5"},
        {"every_days": True},
        {"supplement": "yes"},
        {"amount": "nan"},
        {"amount": "inf"},
        {"amount": "1e400"},
        {"amount": "1_000"},
        {"amount": "١"},
        {"amount": -1},
        {"amount": True},
        {"grams": 10**400},
        {"mk7_ug": "9", "mk7_ug_high": "10"},
        {"mk7_ug_low": "9"},
        {"mk7_ug": [9]},
        {"mk7_ug": "9" * 2000},
        {"mk7_ug": "9", "mk7_ug_low": "10", "mk7_ug_high": "11"},
        {"mk7_ug": "9", "mk7_ug_low": "8", "mk7_ug_high": "8.5"},
        {"created": "2026-11-20"},
        {"removed": "2026-11-20T08:00:00Z"},
        {"working": "[]"},
        {"working": '{"a": NaN}'},
        {"working": '{"a": 1e400}'},
        {"working": '{"a": "\\ud800"}'},
        {"working": '{"a\\u001b": 1}'},
        {"working": {"a": "x" * 50_000}},
        {"working": '{"a":' * 100_000},
    ],
)
def test_what_is_wrong_is_refused_in_one_line(values):
    found = read(**values)

    assert isinstance(found, LineRemark), found
    assert found.text.isprintable()
    assert len(found.text) < 200


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    assert read(day="x", amount="y", grams="z").text.count(";") == 2


def test_a_time_in_the_night_after_belongs_to_the_day():
    assert read(time="2026-11-21T01:30+01:00").entry.time == "2026-11-21T01:30+01:00"


def test_the_same_content_gets_the_same_uid():
    assert read() == read()
    assert read().entry.uid != read(note="x").entry.uid


def test_figures_read_before_do_not_vouch_for_what_only_equals_them():
    """A row of figures is remembered; true, which Python takes for 1, is still no figure."""
    known = dict.fromkeys(FIGURES, 1.0)

    assert isinstance(read(**known), EntryRow)
    assert isinstance(read(**known, note="again"), EntryRow)
    assert isinstance(read(**known | {"calcium_mg": True}), LineRemark)


def test_the_same_wrong_figures_are_told_on_each_of_their_lines():
    """A remark on figures that were seen before is the same, nothing of it doubled."""
    wrong = dict.fromkeys(FIGURES, "-1")

    assert read(**wrong) == read(**wrong)
    assert read(**wrong).text.count("is negative") == len(wrong)


@given(st.decimals(0, 999_999_999, places=6))
def test_a_plain_figure_is_the_number_that_rounding_gives(figure):
    """Figures of six decimals or fewer are taken as they are: rounding would not change them."""
    assert read(mk7_ug=str(figure)).entry.nutrients["mk7"].best == round(float(figure), 6)

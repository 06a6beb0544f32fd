"""``k2log import``: the nutrition summary that MyFitnessPal exports, a row a meal."""

import json

import pytest

HEADER = (
    "Date,Meal,Calories,Fat (g),Saturated Fat,Sodium (mg),Sugar,Protein (g),Vitamin A,Calcium,"
    "Iron,Note\n"
)
BREAKFAST = '2026-11-19,Breakfast,518.0,29.0,7.9,300,12,14,2.1,31.0,27.6,"slept\nwell"\n'
LUNCH = '2026-11-19,Lunch,"1,050",29.0,7.9,300,12,14,2.1,0.0,27.6,\n'


@pytest.fixture
def file(tmp_path):
    """Write meals below the usual header."""

    def write(*rows, header=HEADER):
        path = tmp_path / "Nutrition-Summary.csv"
        path.write_text("".join([header, *rows]), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def entries(k2log):
    """Read the diary back, in the order of days."""

    def read():
        lines = map(json.loads, k2log("export --format jsonl").out.splitlines())
        return [line for line in lines if "schema" not in line]

    return read


def calcium(entry):
    return [entry[f"calcium_mg{end}"] for end in ("", "_low", "_high")]


def test_a_meal_is_an_entry(k2log, file, entries):
    """It has no foods, so it is named for the meal."""
    assert k2log("import", file(BREAKFAST)).out == "imported 1 entry\n"

    (meal,) = entries()
    assert (meal["food"], meal["meal"]) == ("Breakfast (MyFitnessPal)", "Breakfast")
    assert (meal["note"], meal["supplement"]) == ("slept well", False)


def test_calcium_without_a_unit_stays_unknown(k2log, file, entries):
    """It is a percentage of something that the file does not name; both ways on are named."""
    result = k2log("import", file(BREAKFAST))

    assert calcium(entries()[0]) == [None, None, None]
    said = result.err.splitlines()[0]
    assert said.startswith("Calcium has no unit in this file and was left unknown;")
    assert "--percent-of calcium=1300mg" in said
    assert '--map "Calcium=calcium_mg"' in said


@pytest.mark.parametrize(
    ("option", "best"),
    [
        (("--percent-of", "calcium=1300mg"), 403),
        (("--percent-of", "calcium=1 g"), 310),
        (("--map", "Calcium=calcium_mg"), 31),
    ],
)
def test_the_user_says_what_calcium_is(k2log, file, entries, option, best):
    """A meal's sum leaves out foods without a figure, so its calcium is known in part only."""
    result = k2log("import", file(BREAKFAST), *option)

    assert calcium(entries()[0]) == [best, best, None]
    assert "known in part: Calcium in 1 of 1" in result.err


def test_a_sum_of_zero_is_unknown(k2log, file, entries):
    """There it may mean no figure at all."""
    k2log("import", file(LUNCH), "--percent-of", "calcium=1300mg")

    assert calcium(entries()[0]) == [None, None, None]


def test_a_unit_in_the_heading_is_enough(k2log, file, entries):
    """Then nothing needs to be said."""
    header = HEADER.replace("Calcium", "Calcium (mg)").replace("Iron", "Vitamin D (mcg)")

    result = k2log("import", file(BREAKFAST, header=header))

    assert calcium(entries()[0]) == [31, 31, None]
    assert (entries()[0]["vitamin_d_ug"], entries()[0]["vitamin_d3_ug"]) == (27.6, None)
    assert "no unit" not in result.err


def test_a_percentage_is_called_one(k2log, file, entries):
    """Where the heading says so."""
    result = k2log("import", file(BREAKFAST, header=HEADER.replace("Calcium", "Calcium (%)")))

    assert result.err.startswith("Calcium (%) is a percentage and was left unknown;")


def test_a_unit_that_is_not_known_is_told(k2log, file, entries):
    """The figure stays unknown."""
    result = k2log("import", file(BREAKFAST, header=HEADER.replace("Calcium", "Calcium (cup)")))

    assert calcium(entries()[0]) == [None, None, None]
    assert result.err.startswith("Calcium (cup) has a unit that k2log does not know")


def test_days_of_sums_are_skipped(k2log, file):
    """No meal is called Total."""
    result = k2log("import", file(BREAKFAST, LUNCH.replace("Lunch", "TOTAL"), "Totals,,1568\n"))

    assert result.out == "imported 1 entry\n"
    assert "2 rows of totals were skipped\n" in result.err


def test_times_are_taken_where_there_are_any(k2log, file, entries):
    """Newer exports have a column for them."""
    row = BREAKFAST.replace("Breakfast", "Breakfast,10:45 PM")

    k2log("import", file(row, header=HEADER.replace("Meal", "Meal,Time")))

    assert entries()[0]["time"] == "2026-11-19T22:45+01:00"


def test_twice_is_once(k2log, file):
    """The same file again adds nothing; with another reading of calcium it differs."""
    k2log("import", file(BREAKFAST, LUNCH))

    assert k2log("import", file(BREAKFAST, LUNCH)).out == "imported 0 entries, 2 already there\n"
    assert k2log("import", file(BREAKFAST, LUNCH), "--percent-of", "calcium=1300mg").out == (
        "imported 0 entries, 1 already there, 1 different (use --update)\n"
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("calcium", '--percent-of "calcium": write it like calcium=1300mg'),
        ("kcal=100g", '--percent-of "kcal=100g": write it like calcium=1300mg'),
        ("calcium=lots", '"lots" is no amount of Calcium'),
        ("calcium=0", "100 % of it cannot be nothing"),
        ("magnesium=420mg", "no column holds percentages of it"),
    ],
)
def test_what_a_percentage_is_of_must_be_readable(k2log, file, diary, option, said):
    """One line, and nothing is written."""
    result = k2log("import", file(BREAKFAST), "--percent-of", option)

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not diary.exists()

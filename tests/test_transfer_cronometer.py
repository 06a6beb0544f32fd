"""``k2log import``: servings as Cronometer exports them."""

import io
import json
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k2log.cli import run
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import foreign_figure, serving, time_of_day
from k2log.text import safe

HEADER = (
    "Day,Time,Group,Food Name,Amount,Energy (kcal),Vitamin D (IU),Vitamin K (µg),Calcium (mg),"
    "Magnesium (mg),Category\n"
)
MILK = '2026-11-19,8:05 AM,Breakfast,"Milk, Whole",1.00 cup,149,124.0,0.7,276.0,24.4,Dairy\n'
KALE = "2026-11-19,,Uncategorized,Kale,30.00  g,10.5,0,117.0,76.2,,Vegetables\n"
PILL = "2026-11-20,20:05,Supplements,D3 2000,1.00 softgel,,2000,,,,Supplements\n"


@pytest.fixture
def file(tmp_path):
    """Write servings below the usual header."""

    def write(*rows, header=HEADER, encoding="utf-8"):
        path = tmp_path / "servings.csv"
        path.write_bytes("".join([header, *rows]).encode(encoding))
        return str(path)

    return write


@pytest.fixture
def entries(k2log):
    """Read the diary back, in the order of days."""

    def read():
        lines = map(json.loads, k2log("export --format jsonl").out.splitlines())
        return [line for line in lines if "schema" not in line and "removed" not in line]

    return read


def test_a_serving_is_an_entry(k2log, file, entries):
    """Name, amount, meal and time are kept as they were logged."""
    result = k2log("import", file(MILK))

    (milk,) = entries()
    assert (result.code, result.out) == (0, "imported 1 entry\n"), result.err
    assert (milk["food"], milk["food_key"]) == ("Milk, Whole", None)
    assert (milk["amount"], milk["measure"], milk["grams"]) == (1, "cup", None)
    assert (milk["meal"], milk["time"]) == ("Breakfast", "2026-11-19T08:05+01:00")
    assert (milk["calcium_mg"], milk["magnesium_mg"]) == (276, 24.4)


def test_vitamin_d_has_no_form_there(k2log, file, entries):
    """IU become µg of all vitamin D; D3 and D2 stay unknown, and that is said."""
    result = k2log("import", file(MILK))

    (milk,) = entries()
    assert milk["vitamin_d_ug"] == 3.1
    assert (milk["vitamin_d3_ug"], milk["vitamin_d2_ug"]) == (None, None)
    assert "vitamin D of unstated form: 1 of 1\n" in result.err


def test_no_vitamin_d_is_none_of_either_form(k2log, file, entries):
    """A total of zero leaves nothing for D3 or D2."""
    k2log("import", file(KALE))

    (kale,) = entries()
    assert [kale[f"vitamin_{form}_ug"] for form in ("d", "d2", "d3")] == [0, 0, 0]


def test_vitamin_k_is_never_k2(k2log, file, entries):
    """Vitamin K is kept with K1, also where it is zero; K2 stays unknown where no kind says it."""
    k2log("import", file(KALE, "2026-11-20,,,Thingummy,50 g,,,0,,,\n"))

    assert [row["vitamin_k1_ug"] for row in entries()] == [117, 0]
    assert [row["vitamin_k2_ug"] for row in entries()] == [0, None]


def test_a_food_has_the_k2_of_its_kind(k2log, file, entries):
    """Where its name says the kind and its weight is known; each dry run says for how many."""
    rows = file(KALE, "2026-11-20,,,Egg,50 g,,,0,,,\n", "2026-11-20,,,Egg,1 egg,,,0,,,\n")
    said = k2log("import", rows, "--dry-run").err
    k2log("import", rows)

    assert "K2 by kind of food for 2 of 3 rows\n" in said
    assert sorted(str(row["vitamin_k2_ug"]) for row in entries()) == ["0.0", "5.725", "None"]
    assert "by kind of food" in k2log("explain", "2").out


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("MK-7 capsule (menaquinone-7)", "mk7_ug"),
        ("Vitamin K2 MK7 100mcg", "mk7_ug"),
        ("Menatetrenone", "mk4_ug"),
        ("Vitamin K2", "vitamin_k2_ug"),
    ],
)
def test_a_menaquinone_is_no_vitamin_k1(k2log, file, entries, name, form):
    """Its amount is in the program's one column for vitamin K."""
    k2log("import", file(f"2026-11-20,,Supplements,{name},1 capsule,,,100,,,\n"))

    (pill,) = entries()
    assert (pill[form], pill["vitamin_k2_ug"], pill["vitamin_k1_ug"]) == (100, 100, 0)


def test_vitamin_k1_with_k2_stays_as_it_is(k2log, file, entries):
    """How much of it is which is not told."""
    k2log("import", file("2026-11-20,,Supplements,Vitamin K1 + K2,1 capsule,,,100,,,\n"))

    (pill,) = entries()
    assert (pill["vitamin_k1_ug"], pill["vitamin_k2_ug"]) == (100, None)


def test_an_empty_cell_is_unknown(k2log, file, entries):
    """What Cronometer has no figure for is not zero, and the user is told how often."""
    result = k2log("import", file(MILK, PILL))

    assert entries()[1]["calcium_mg"] is None
    assert "left unknown: Calcium in 1, Vitamin K2 in 2 of 2\n" in result.err


def test_supplements_are_told_from_food(k2log, file, entries):
    """The category says so; what is not listed stays unknown all the same."""
    k2log("import", file(KALE, PILL))

    kale, pill = entries()
    assert (kale["supplement"], pill["supplement"]) == (False, True)
    assert (pill["vitamin_d_ug"], pill["magnesium_mg"]) == (50, None)


@pytest.mark.parametrize(
    ("written", "amount", "measure", "grams", "note"),
    [
        ("30.00  g", 30, "g", 30, None),
        ("0.25 kg", 0.25, "kg", 250, None),
        ("2 each - large", 2, "each - large", None, None),
        ("1/2 cup", 0.5, "cup", None, None),
        ("1.00 full recipe", 1, "full recipe", None, None),
        ("some of it", None, None, None, "some of it"),
        ("1.500 g", None, None, None, "1.500 g"),
    ],
)
def test_amounts_as_far_as_they_can_be_read(
    k2log, file, entries, written, amount, measure, grams, note
):
    """What cannot be read is kept as a note."""
    k2log("import", file(f"2026-11-19,,,Bread,{written},,,,,,\n"))

    (bread,) = entries()
    assert (bread["amount"], bread["measure"]) == (amount, measure)
    assert (bread["grams"], bread["note"]) == (grams, note)


@pytest.mark.parametrize("micro", ["µg", "μg", "mcg", "ug", "Âµg"])
def test_a_microgram_is_written_in_many_ways(k2log, file, entries, micro):
    """Also one that was damaged on the way."""
    k2log("import", file(MILK, header=HEADER.replace("µg", micro)))

    assert entries()[0]["vitamin_k1_ug"] == 0.7


def test_without_times_there_is_none(k2log, file, entries):
    """Older exports have no such column."""
    assert k2log("import", file(MILK.replace("8:05 AM,", ""), header=HEADER.replace("Time,", "")))

    assert entries()[0]["time"] is None


def test_twice_is_once(k2log, file, entries):
    """The same glass of milk twice in a file is two; the same file again adds nothing."""
    assert k2log("import", file(MILK, MILK, KALE)).out == "imported 3 entries\n"
    assert k2log("import", file(MILK, MILK, KALE)).out == "imported 0 entries, 3 already there\n"
    assert len(entries()) == 3


def test_a_longer_export_adds_what_is_new(k2log, file):
    """Rows may stand elsewhere in it."""
    k2log("import", file(MILK, KALE))

    result = k2log("import", file(PILL, KALE, MILK, MILK))

    assert result.out == "imported 2 entries, 2 already there\n"


def test_a_figure_that_changed_is_a_difference(k2log, file, entries):
    """The same serving with another figure is not another serving."""
    k2log("import", file(MILK))
    changed = MILK.replace("276.0", "280.0")

    assert k2log("import", file(changed)).out == (
        "imported 0 entries, 1 different (use --update)\n"
    )
    k2log("import", file(changed), "--update")
    assert [row["calcium_mg"] for row in entries()] == [280]


def test_an_import_can_be_undone(k2log, file, entries):
    """It is one change."""
    k2log("import", file(MILK, KALE, PILL))

    assert k2log("undo").code == 0
    assert entries() == []


def test_a_dry_run_shows_and_writes_nothing(k2log, file, diary):
    """How many, how the first are read, and what stays unknown."""
    result = k2log("import", file(MILK, KALE, PILL, PILL), "--dry-run")

    said, _, title, _, *rows = result.out.splitlines()
    assert (said, title) == ("would import 4 entries", "The first read:")
    assert "08:05 [Breakfast] Milk, Whole · 1 cup  calcium 276 mg  D 3.1 µg, form not" in rows[0]
    assert "D3 2000" in result.out
    assert "left unknown: " in result.err
    assert not diary.exists()


@pytest.mark.parametrize(
    ("days", "option", "first"),
    [
        (("11/19/2026", "11/02/2026"), (), "2026-11-02"),
        (("19/11/2026", "02/11/2026"), (), "2026-11-02"),
        (("05/11/2026",), ("--date-order", "dmy"), "2026-11-05"),
        (("05/11/2026",), ("--date-order", "mdy"), "2026-05-11"),
        (("5/5/2026",), (), "2026-05-05"),
        (("2026/11/05",), (), "2026-11-05"),
    ],
)
def test_days_are_read_as_the_file_or_the_user_tells(k2log, file, entries, days, option, first):
    """One day that can be read one way only decides for all."""
    rows = [MILK.replace("2026-11-19", day) for day in days]

    assert k2log("import", file(*rows), *option).code == 0
    assert entries()[0]["day"] == first


def test_days_that_read_two_ways_are_asked_about(k2log, file, entries):
    """Nothing is guessed."""
    result = k2log("import", file(MILK.replace("2026-11-19", "03/04/2026")))

    assert (result.code, entries()) == (2, [])
    assert result.err.startswith('k2log: "03/04/2026" can be read as day/month or as month/day')
    assert "--date-order dmy" in result.err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (MILK.replace("2026-11-19", "2026-11-22"), 'day "2026-11-22" is yet to come'),
        (MILK.replace("2026-11-19", "2026-02-30"), 'Day "2026-02-30" is not a day'),
        (MILK.replace("2026-11-19,8:05 AM", "2026-11-21,8:05 PM"), "is yet to come"),
        (MILK.replace("8:05 AM", "25:05"), 'Time "25:05" is not a time like'),
        (MILK.replace("276.0", "-1"), 'Calcium (mg) "-1" is negative'),
        (MILK.replace("276.0", "NaN"), 'Calcium (mg) "NaN" is not a number'),
        (MILK.replace("276.0", "276000"), 'Calcium (mg) "276000" is more than 20000 mg'),
        (MILK.replace("124.0", "9e6"), 'Vitamin D (IU) "9e6" is more than 25000 µg'),
        (MILK.replace("276.0", '"27,600"'), "has a comma: write 27.600 or 27600"),
        (MILK.replace("1.00 cup", "50 kg"), '"50 kg" is more than 20000 g'),
        (MILK.replace("1.00 cup", "-1 cup"), '"-1 cup" is negative'),
        (MILK.replace("Milk", "Mi\x1b[2Jlk"), "holds a control character"),
        (MILK.replace('"Milk, Whole"', ""), "food is missing"),
        (MILK.replace(",Dairy", ",Dairy,x"), "12 columns, but the header has 11"),
    ],
)
def test_a_row_that_cannot_be_stops_the_import(k2log, file, entries, row, said):
    """It is told by its line, and nothing is imported."""
    result = k2log("import", file(KALE, row))

    assert (result.code, result.out, entries()) == (1, "", [])
    assert result.err.startswith("line 3: ")
    assert said in result.err.splitlines()[0]


def test_bad_rows_can_be_left_out(k2log, file):
    """And are counted."""
    result = k2log("import", file(KALE, MILK.replace("276.0", "x")), "--skip-bad")

    assert result.out == "imported 1 entry, 1 bad row left out\n"


def test_rows_of_totals_are_skipped(k2log, file, entries):
    """A sum is no food; but a food that is called Total, with its day, is."""
    total = "2026-11-19,,Breakfast,Total,30.00 g,,,,1000,,Cereals\n"

    result = k2log("import", file(KALE, total, "Total,,,,,1,2\n", ",,,TOTAL,,,,,76,,\n"))

    assert "2 rows of totals were skipped\n" in result.err
    assert [row["food"] for row in entries()] == ["Kale", "Total"]


def test_text_is_data(k2log, file, entries):
    """A formula stays text, and leaves guarded."""
    k2log("import", file('2026-11-19,,,"=HYPERLINK(""x"")\r\nnow",1 g,,,,,,\r\n\r\n'))

    assert entries()[0]["food"] == '=HYPERLINK("x") now'
    assert "\"'=HYPERLINK" in k2log("export").out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(k2log, file, entries, encoding):
    """Only a guess is announced."""
    result = k2log("import", file(MILK.replace("Whole", "Bärenmarke"), encoding=encoding))

    assert entries()[0]["food"] == "Milk, Bärenmarke"
    assert ("it was read as Windows-1252" in result.err) == (encoding == "cp1252")


def test_servings_come_through_a_pipe(k2log, monkeypatch, entries):
    """``-`` is stdin."""
    stdin = io.TextIOWrapper(io.BytesIO((HEADER + MILK).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert k2log("import", "-").out == "imported 1 entry\n"


def test_the_daily_summary_is_the_wrong_export(k2log, file):
    """The right one is named."""
    result = k2log("import", file(header="Date,Energy (kcal),Calcium (mg),Completed\n"))

    assert result.code == 2
    assert "export Food & Recipe Entries (servings.csv)" in result.err


def test_what_is_said_to_be_servings_must_be(k2log, file):
    """The columns there are, are named."""
    result = k2log("import", file(header="Date,Item,Ca\n"), "--from", "cronometer")

    assert result.code == 2
    assert 'no export that Cronometer makes: the column "day" is missing.' in result.err
    assert result.err.endswith(" There are: Date, Item, Ca.\n")


servings = st.builds(
    "2026-11-{:02},{},{},Food {},{}.00 g,,{},,{},,\n".format,
    st.integers(1, 3),
    st.sampled_from(["", "8:05 AM"]),
    st.sampled_from(["Lunch", "Uncategorized"]),
    st.sampled_from("AB"),
    st.integers(1, 2),
    st.sampled_from(["", "0", "40"]),
    st.sampled_from(["", "7.5"]),
)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(servings, max_size=6), st.lists(servings, max_size=3))
def test_part_by_part_twice_or_at_once_is_the_same(first, later):
    """However often an export comes in, and however it grew, the diary holds each row once."""
    with tempfile.TemporaryDirectory() as folder:
        part, whole = Path(folder, "part.csv"), Path(folder, "whole.csv")
        part.write_text("".join([HEADER, *first]), encoding="utf-8")
        whole.write_text("".join([HEADER, *first, *later]), encoding="utf-8")

        often = imported(folder, "often", part, part, whole, whole)

        assert often == imported(folder, "once", whole)


def imported(folder, name, *files):
    """Return what a new diary holds after some imports."""
    db = ["--db", str(Path(folder, f"{name}.db"))]
    for file in files:
        assert run([*db, "import", str(file)]) == 0
    export = Path(folder, f"{name}.csv")
    run([*db, "export", "-o", str(export)])
    return sorted(export.read_text(encoding="utf-8").splitlines())


@given(st.text(max_size=12))
def test_whatever_a_cell_holds_is_read_or_refused(text):
    """No cell makes a reader fail in another way, and no figure is out of bounds."""
    for comma in (False, True):
        try:
            found = foreign_figure(text, "Calcium", decimal_comma=comma)
        except UnreadableError:
            continue
        assert found is None or 0 <= found <= 1e9
    for read in (lambda: serving(text), lambda: time_of_day(text, "Time")):
        said = refusal(read)
        assert safe(said) == said


def refusal(read):
    """Return how a reader refuses; nothing if it does not."""
    try:
        read()
    except UnreadableError as error:
        return str(error)
    return ""


@given(st.text(max_size=12))
def test_no_amount_is_lost(text):
    """What is written is an amount, or is kept as it is."""
    try:
        found = serving(text)
    except UnreadableError:
        return
    assert found.amount is not None or found.text == (" ".join(text.split()) or None)


@given(st.floats(0, 1e6).map(lambda value: round(value, 6)))
def test_figures_come_as_they_are(value):
    """With a point, and with a comma where the file writes commas."""
    written = f"{value:.6f}"

    assert foreign_figure(written, "Calcium", decimal_comma=False) == value
    assert foreign_figure(written.replace(".", ","), "Calcium", decimal_comma=True) == value


@given(st.times())
def test_times_are_read_in_both_ways(at):
    """As 20:05 and as 8:05 PM."""
    at = at.replace(second=0, microsecond=0, fold=0)

    assert time_of_day(at.isoformat(), "Time") == time_of_day(f"{at:%I:%M %p}", "Time") == at


@given(st.decimals(0, 999_999, places=2))
def test_grams_are_the_same_however_they_are_spaced(amount):
    """Servings as Cronometer writes them have a shorter way, to the same end."""
    assert serving(f"{amount} g") == serving(f"{amount}  g")

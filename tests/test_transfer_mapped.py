"""``k2log import --map``: any table whose columns the user explains."""

import json
import shlex

import pytest

MAPS = ("--map", "Date=day", "--map", "Item=food", "--map", "Ca=calcium_mg")
TABLE = "Date,Item,Ca,kcal\n2026-11-20,Milk,120.5,60\n"


@pytest.fixture
def file(tmp_path):
    """Write a table, as text or as bytes."""

    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def entries(k2log):
    """Read the diary back, in the order of days."""

    def read():
        lines = map(json.loads, k2log("export --format jsonl").out.splitlines())
        return [line for line in lines if "schema" not in line]

    return read


def test_columns_hold_what_the_user_says(k2log, file, entries):
    """What is not read is named."""
    result = k2log("import", file(TABLE), *MAPS)

    (milk,) = entries()
    assert (result.code, result.out) == (0, "imported 1 entry\n")
    assert (milk["day"], milk["food"], milk["calcium_mg"]) == ("2026-11-20", "Milk", 120.5)
    assert "columns not read: kcal\n" in result.err


def test_vitamin_d_is_at_least_its_d3(k2log, file, entries):
    """Where a table has D3 alone, the total is known in part; with D2 it is their sum."""
    table = "Date,Item,D3,D2\n2026-11-20,Thing,5,\n2026-11-20,Other thing,5,1\n"
    maps = ("--map", "Date=day", "--map", "Item=food")
    k2log("import", file(table), *maps, "--map", "D3=vitamin_d3_ug", "--map", "D2=vitamin_d2_ug")

    part, whole = sorted(entries(), key=lambda row: row["food"], reverse=True)
    assert (part["vitamin_d_ug"], part["vitamin_d_ug_high"]) == (5, None)
    assert (whole["vitamin_d_ug"], whole["vitamin_d_ug_high"]) == (6, 6)


def test_every_field_can_be_mapped(k2log, file, entries):
    """Columns named like a field need no map."""
    table = (
        "Day,When,meal,Food,How much,Unit,Weight,LineRemark,supplement,D\n"
        "2026-11-20,7.30pm,Tea,Cod liver oil,2,tsp,9,cold,yes,800\n"
    ).replace("7.30pm", "7:30 PM")
    said = ("When=time", "How much=amount", "Unit=measure", "Weight=grams", "LineRemark=note")
    maps = [word for text in (*said, "D=vitamin_d3_iu") for word in ("--map", text)]

    result = k2log("import", file(table), "--from", "csv", *maps)

    (oil,) = entries()
    assert result.out == "imported 1 entry\n", result.err
    assert (oil["amount"], oil["measure"], oil["grams"]) == (2, "tsp", 9)
    assert (oil["time"], oil["meal"]) == ("2026-11-20T19:30+01:00", "Tea")
    assert (oil["note"], oil["supplement"]) == ("cold", True)
    assert (oil["vitamin_d3_ug"], oil["vitamin_k2_ug"]) == (20, None)


@pytest.mark.parametrize("nothing", ["", "-", "n/a", "?"])
def test_no_figure_is_unknown(k2log, file, entries, nothing):
    """However the table writes it."""
    k2log("import", file(TABLE.replace("120.5", nothing)), *MAPS)

    assert entries()[0]["calcium_mg"] is None


@pytest.mark.parametrize(
    ("written", "calcium"),
    [("1,5", 1.5), ("1.5", 1.5), ("1.234,5", 1234.5), ("0,125", 0.125), ("12", 12)],
)
def test_semicolons_come_with_decimal_commas(k2log, file, entries, written, calcium):
    """As spreadsheets write them in much of Europe."""
    k2log("import", file(f"Date;Item;Ca\n2026-11-20;Milk, whole;{written}\n"), *MAPS)

    assert (entries()[0]["food"], entries()[0]["calcium_mg"]) == ("Milk, whole", calcium)


def test_a_number_that_reads_two_ways_is_refused(k2log, file):
    """One thousand, or one and a bit."""
    result = k2log("import", file("Date;Item;Ca\n2026-11-20;Milk;1.234\n"), *MAPS)

    assert result.code == 1
    assert result.err.startswith('line 2: Ca "1.234" could be 1234 or 1,234')


@pytest.mark.parametrize(
    "content",
    [
        "Date\tItem\tCa\n2026-11-20\tKäse\t1\n",
        '"Date";"Item";"Ca"\r\n"2026-11-20";"Käse";"1"\r\n',
        "Date;Item;Ca\n2026-11-20;Käse;1\n".encode("utf-16"),
        "Date,Item,Ca\n2026-11-20,Käse,1\n".encode("utf-8-sig"),
        "Date,Item,Ca\n2026-11-20,Käse,1\n".encode("cp1252"),
    ],
    ids=["tabs", "quotes", "utf-16", "bom", "windows"],
)
def test_spreadsheets_write_tables_in_many_ways(k2log, file, entries, content):
    """Separators, quotes and encodings are found out."""
    assert k2log("import", file(content), *MAPS).out == "imported 1 entry\n"

    assert (entries()[0]["food"], entries()[0]["calcium_mg"]) == ("Käse", 1)


def test_an_unknown_table_is_asked_about(k2log, file, diary):
    """Its columns are named, and the way on."""
    result = k2log("import", file(TABLE))

    assert (result.code, result.out) == (2, "")
    assert "whose file is this? Its columns are Date, Item, Ca, kcal." in result.err
    assert '--from csv --map "Date=day" --map "Item=food" --map "COLUMN=calcium_mg"' in result.err
    assert not diary.exists()


FATSECRET = """# Food Diary Report
# Report Details
Date,Cals (kcal),Fat (g),Sat (g),Carbs (g),Fiber (g),Sugar (g),Prot (g),Sod (mg),Chol (mg)
"Friday, February 20, 2026",149,10,3,1,0,1,10,145,277
Breakfast,149,10,3,1,0,1,10,145,277
  Scrambled Egg,149,10,3,1,0,1,10,145,277
   2 large
"""


def test_of_a_table_without_foods_and_figures_it_is_said_that_nothing_can_be_logged(k2log, file):
    """FatSecret's report has energy and fat alone, and no column of foods."""
    asked = k2log("import", file(FATSECRET))

    assert asked.code == 2
    assert "None seems to name a food, or to hold calcium, vitamin D or K" in asked.err
    assert "None seems" not in k2log("import", file(TABLE)).err


def test_what_the_names_of_columns_say_is_proposed_and_can_be_pasted(k2log, file, entries):
    """It is never assumed: who wrote the file k2log does not know."""
    table = file("Datum,Mahlzeit,Lebensmittel,Menge,Calcium (mg),Vitamin D (IU)\n"
                 "2026-11-20,Frühstück,Quark,100 g,120,40\n")  # fmt: skip

    asked = k2log("import", table)
    options = shlex.split(asked.err.partition("perhaps: ")[2])
    less = k2log("import", table, *options[:2], *options[2:4], *options[6:8], "--dry-run")

    assert k2log("import", table, *options).out == "imported 1 entry\n"
    entry = entries()[0]
    assert (entry["meal"], entry["grams"], entry["calcium_mg"]) == ("Frühstück", 100, 120)
    assert entry["vitamin_d_ug"] == 1
    assert 'to read more: --map "Mahlzeit=meal"' in less.err


def test_a_column_that_is_missing_is_asked_for_first(k2log, file):
    result = k2log("import", file("Date,Cals (kcal),Fat (g)\n2026-11-20,1800,50\n"))

    assert '--from csv --map "COLUMN=food" --map "Date=day"' in result.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "Date"), 'write column=field, like "Ca=calcium_mg"'),
        (("--map", "Date=dag"), 'no field is called "dag". There are day, time, meal'),
        (("--map", "day=Date"), 'the column comes first, like "Date=day"'),
        (("--map", "Datum=day"), 'no column "Datum". There are: Date, Item, Ca, kcal.'),
        (("--map", "Date=day", "--map", "date=food"), "mapped already"),
        (("--map", "Item=food"), "which column is the day? There are: Date, Item, Ca, kcal."),
        (("--map", "Date=day"), "which column is the food?"),
        (("--from", "csv", "--percent-of", "calcium=1 g"), "--percent-of is for the columns of"),
        (("--from", "k2log", "--map", "Date=day"), "this is one of k2log's own"),
        (
            ("--from", "noom"),
            "'noom' is none of cronometer, myfitnesspal, macrofactor, loseit, fddb, yazio, csv",
        ),
        (("--date-order", "ymd"), "'ymd' is none of dmy, mdy"),
    ],
)
def test_what_cannot_be_meant_is_told(k2log, file, diary, options, said):
    """One line, and nothing is written."""
    result = k2log("import", file(TABLE), *options)

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert not diary.exists()


def test_two_columns_cannot_be_the_same(k2log, file):
    """Which of them is meant, nobody knows."""
    table = "Date,Item,Item\n2026-11-20,Milk,Tea\n"

    result = k2log("import", file(table), "--map", "Date=day", "--map", "Item=food")

    assert (result.code, result.err) == (
        2,
        'k2log: two columns are the food: "Item" and "Item".\n',
    )


def test_json_is_no_table(k2log, file):
    """What --from says must be true."""
    result = k2log("import", file('{"day": "2026-11-20"}\n'), "--from", "cronometer")

    assert (result.code, result.err) == (
        2,
        "k2log: the file holds no table, so --from cronometer cannot read it.\n",
    )


def test_our_own_needs_no_explanation(k2log, file):
    """Options that would be ignored are refused."""
    result = k2log("import", file("day,food\n2026-11-20,Milk\n"), "--date-order", "dmy")

    assert result.code == 2
    assert "this is one of k2log's own" in result.err


def test_our_own_with_more_columns_can_be_mapped(k2log, file, entries):
    """As ours it is refused; as anybody's, the columns nobody knows are left out."""
    table = file("day,food,calcium_mg,kcal\n2026-11-20,Milk,120,60\n")

    assert k2log("import", table).code == 2
    assert k2log("import", table, "--from", "csv").out == "imported 1 entry\n"
    assert entries()[0]["calcium_mg"] == 120


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("x" * 1_000_001, "line 2 is longer than"),
        ('"' + "x\n" * 70_000, "line 2 is not readable as CSV: field larger"),
        ('"' + 'a","b\n' * 400_000, "line 2: this row never ends"),
        ('"Milk', "line 2 is not readable as CSV"),
    ],
    ids=["line", "cell", "row", "quote"],
)
def test_what_never_ends_is_refused(k2log, file, cell, said):
    """In one line, before it fills the memory."""
    result = k2log("import", file(f"Date,Item,Ca\n2026-11-20,{cell}"), *MAPS)

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_twice_is_once(k2log, file):
    """Rows without a uid are known by what was eaten when."""
    table = file(TABLE + "2026-11-20,Milk,120.5,60\n")

    assert k2log("import", table, *MAPS).out == "imported 2 entries\n"
    assert k2log("import", table, *MAPS).out == "imported 0 entries, 2 already there\n"

"""The registry of import formats: each row is told from the others, and reads a file.

A format more needs a row in ``features/exchange/formats.py``, and a fixture here.
"""

import csv
import json
from dataclasses import replace
from typing import NamedTuple

import pytest

from k2log.features.exchange.columns import column_key
from k2log.features.exchange.formats import FORMATS, import_options, recognise


class Fixture(NamedTuple):
    """A file of a format with two entries, and what has to be said of it."""

    name: str
    text: str
    maps: tuple[str, ...] = ()


FIXTURES = {
    "Cronometer's servings.csv": Fixture(
        "servings.csv",
        "Day,Time,Group,Food Name,Amount,Energy (kcal),Vitamin D (IU),Calcium (mg),Category\n"
        "2026-11-19,8:05 AM,Breakfast,Milk,1.00 cup,149,124.0,276.0,Dairy\n"
        "2026-11-19,,Uncategorized,Kale,30.00 g,10.5,0,76.2,Vegetables\n",
    ),
    "MyFitnessPal's nutrition summary": Fixture(
        "nutrition.csv",
        "Date,Meal,Calories,Fat (g),Vitamin A,Calcium,Note\n"
        "2026-11-19,Breakfast,518.0,29.0,2.1,31.0,\n"
        "2026-11-19,Lunch,900,29.0,2.1,0.0,\n",
    ),
    "MacroFactor's food log": Fixture(
        "log.csv",
        "Date,Time,Food Name,Serving Size,Serving Qty,Serving Weight (g),Calcium (mg)\n"
        "2026-11-19,08:05 AM,Milk,cup,1,244,276\n"
        "2026-11-19,09:00 PM,Kale,g,30,30,76\n",
    ),
    "Lose It!'s food log": Fixture(
        "daily.csv",
        "Date,Name,Icon,Type,Quantity,Units,Calories,Deleted,Fat (g),Protein (g)\n"
        "11/09/2026,Oatmeal,Oatmeal,Breakfast,1,Cup,166,false,3.6,5.9\n"
        "11/09/2026,Cookie,Cookie,Snacks,2,Each,166,false,3.6,5.9\n"
        "11/09/2026,Cake,Cake,Snacks,1,Slice,400,true,18,4\n"
        "11/09/2026,Run,Run,Exercise,20,minutes,-176,false,,\n",
    ),
    "FDDB's diary": Fixture(
        "tagebuch.csv",
        '"datum_tag_monat_jahr_stunde_minute";"bezeichnung";"interne_id";"kj";"fett_g";"protein_g";\n'
        '"12.11.2026 23:44";"150 g Banane, frisch";"1";"582";"0,3";"1,5";\n'
        '"13.11.2026 08:00";"200 ml Milch";"2";"550";"3,5";"6,6";\n',
    ),
    "Yazio's nutrition_log.csv": Fixture(
        "nutrition_log.csv",
        "Date,Time,Meal,Product,Amount,Unit,Portions,Calories/g,Calories total,Protein/g,Fat/g,"
        "Carbs/g,Protein total,Fat total,Carbs total\n"
        "2026-11-12,2026-11-12 08:10:25,breakfast,Quark,150.0,portion,1,0.67,100.5,0.12,0.002,"
        "0.04,18,0.3,6\n"
        "2026-11-13,2026-11-13 19:00:00,dinner,Gouda,60.0,slice,2,3.56,213.6,0.25,0.27,"
        "0.0,15,16,0\n",
    ),
    "any other CSV with --map": Fixture(
        "table.csv",
        "Date,Item,Ca\n2026-11-20,Milk,120.5\n2026-11-20,Kale,30\n",
        ("Date=day", "Item=food", "Ca=calcium_mg"),
    ),
    "k2log's own CSV": Fixture(
        "entries.csv", "day,food,calcium_mg\n2026-11-20,milk,120\n2026-11-20,kale,30\n"
    ),
    "JSON Lines": Fixture(
        "entries.jsonl",
        '{"schema": "k2log.diary/1"}\n{"uid": "a", "day": "2026-11-20", "food": "milk"}\n'
        '{"uid": "b", "day": "2026-11-20", "food": "kale"}\n',
    ),
}  # fmt: skip


@pytest.fixture(params=FORMATS, ids=lambda each: each.reads)
def kind(request):
    return request.param


@pytest.fixture
def file(kind, tmp_path):
    path = tmp_path / FIXTURES[kind.reads].name
    path.write_text(FIXTURES[kind.reads].text, "utf-8")
    return path


def test_every_format_has_a_fixture_and_no_fixture_is_left():
    assert {each.reads for each in FORMATS} == set(FIXTURES)
    assert len({each.reads for each in FORMATS}) == len(FORMATS)
    others = [each.origin for each in FORMATS if not each.read]
    assert len(set(others)) == len(others)


def test_a_file_is_of_its_format_and_of_no_other(kind, file):
    """Without a name and without --from: by its columns, or its first character."""
    options = import_options(None, FIXTURES[kind.reads].maps, (), None)

    with file.open("rb") as opened:
        recognised, table = recognise(opened, options)

    assert recognised is kind
    assert (table is None) == (kind.read is not None)
    header = next(csv.reader(FIXTURES[kind.reads].text.splitlines()))
    names = {column_key(name) for name in header}
    *_, second, first = sorted(each.telling(names) for each in FORMATS)
    assert first == kind.telling(names)
    assert first > second or first == 0


def test_a_file_is_imported_once(kind, file, k2log):
    """A second import of the same file adds nothing."""
    said = [part for each in FIXTURES[kind.reads].maps for part in ("--map", each)]

    first, again = k2log("import", str(file), *said), k2log("import", str(file), *said)

    assert (first.code, first.out) == (0, "imported 2 entries\n"), first.err
    assert (again.code, again.out) == (0, "imported 0 entries, 2 already there\n"), again.err
    lines = map(json.loads, k2log("export --format jsonl").out.splitlines())
    assert sum("uid" in line and "removed" not in line for line in lines) == 2


def test_what_the_user_says_decides(kind, file, k2log):
    said = [part for each in FIXTURES[kind.reads].maps for part in ("--map", each)]

    result = k2log("import", str(file), "--from", kind.origin, *said)

    assert (result.code, result.out) == (0, "imported 2 entries\n"), result.err


def test_the_help_names_every_format(kind, k2log):
    text = " ".join(k2log("import --help").out.split())

    assert kind.origin in text
    assert kind.reads in text


CRONOMETER = FORMATS[0]


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"origin": ""}, "lacks origin"),
        ({"program": ""}, "program"),
        ({"reads": ""}, "reads"),
        ({"told_by": ()}, "told_by"),
        ({"columns": {"day": "day"}}, "a column for food"),
        ({"columns": {"food name": "food"}}, "a column for day"),
        ({"columns": {"day": "day", "name": "food", "qty": "portion"}}, "a field portion"),
        ({"columns": {"Day": "day", "name": "food"}}, "a column Day in lower case"),
        ({"meals": True, "columns": {"day": "day"}}, "a column for meal"),
        ({"day_order": "ymd"}, "an order of days ymd"),
        ({"read": print}, "suffixes"),
    ],
)
def test_half_a_row_is_refused(change, lack):
    with pytest.raises(ValueError, match=lack):
        replace(CRONOMETER, **change)


def test_rows_that_a_format_leaves_out_are_counted(k2log, tmp_path, monkeypatch):
    """A program may list what was deleted, and always write the month first."""
    lose_it = replace(
        CRONOMETER,
        origin="loseit",
        program="Lose It!",
        reads="Lose It!'s daily report",
        told_by=[("name", "icon", "quantity", "units")],
        columns={"date": "day", "name": "food", "quantity": "amount", "units": "measure"},
        left_out={"deleted": ("1",)},
        day_order="mdy",
        refusals={},
    )
    monkeypatch.setattr("k2log.features.exchange.formats.FORMATS", (*FORMATS, lose_it))
    file = tmp_path / "loseit.csv"
    file.write_text(
        "Date,Name,Icon,Meal,Quantity,Units,Calories,Deleted,Calcium (mg)\n"  # MyFitnessPal's, too
        "03/04/2026,Milk,Milk,Breakfast,2,Cups,200,0,n/a\n"
        "03/04/2026,Kale,Kale,Breakfast,30,Grams,10,1,75\n"
    )

    result = k2log("import", str(file))

    assert (result.code, result.out) == (0, "imported 1 entry\n"), result.err
    assert "1 row that is no entry was skipped" in result.err
    entry = json.loads(k2log("export --format jsonl").out.splitlines()[1])
    assert (entry["day"], entry["amount"], entry["measure"]) == ("2026-03-04", 2, "cup")
    assert entry["calcium_mg"] is None

"""The French table Ciqual: decimal commas, limits of detection, two languages."""

import pytest

from k2log.features.tables.ciqual import table
from k2log.features.tables.files import TableError, open_place
from k2log.features.tables.formats import find_table, table_files
from k2log.features.tables.model import FigureRow, FoodRow, Skipped
from k2log.files import Unwatched

ENGLISH = (
    "alim_grp_code,alim_ssgrp_code,alim_code,alim_nom_eng,Calcium (mg/100g),Magnesium (mg/100g),"
    "Vitamin D (µg/100g),Vitamin K1 (µg/100g),Vitamin K2 (µg/100g)\n"
)
FRENCH = (
    "alim_grp_code;alim_ssgrp_code;alim_code;alim_nom_fr;Calcium (mg/100 g);"
    '"Magnésium\n(mg/100 g)";Vitamine D (µg/100 g);Vitamine K1 (µg/100 g);Vitamine K2 (µg/100 g)\n'
)
EDAM = '05,0503,12729.0,"Edam cheese, from cow\'s milk",802,"41,2","0,5","2,3","47,5"\n'


@pytest.fixture
def rows(tmp_path):
    def read(text, name="ciqual-2020.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with open_place(path, table_files()) as place:
            return list(find_table(place, None).read(Unwatched()))

    return read


@pytest.fixture
def vitamin_d(rows):
    """Read one cell of vitamin D: its (best, low, high, basis), or nothing."""

    def read(cell):
        found = rows(f'{ENGLISH}05,0503,1,Food,-,-,"{cell}",-,-\n')
        return [tuple(row[3:]) for row in found if isinstance(row, FigureRow)]

    return read


def test_a_row_is_a_food_with_its_figures(rows):
    food, *figures = rows(ENGLISH + EDAM)

    assert food == FoodRow(12729, 2, "ciqual2020", "Edam cheese, from cow's milk", animal=True)
    assert {row.nutrient: row.best for row in figures} == {
        "calcium": 802, "magnesium": 41.2, "vitamin_d": 0.5, "vitamin_k1": 2.3, "vitamin_k2": 47.5,
    }  # fmt: skip


def test_the_french_table_with_semicolons_is_read_alike(rows):
    food, *figures = rows(FRENCH + EDAM.replace('"', "").replace(",", ";", 3).replace(
        "Edam cheese, from cow's milk,802,41,2,0,5,2,3,47,5", "Edam;802;41,2;0,5;2,3;47,5"
    ))  # fmt: skip

    assert (food.number, food.name) == (12729, "Edam")
    assert [row.best for row in figures] == [802, 41.2, 0.5, 2.3, 47.5]


@pytest.mark.parametrize("cell", ["< 0,5", "<0.5", "traces", "Traces"])
def test_below_the_limit_is_a_range_from_zero(vitamin_d, cell):
    assert vitamin_d(cell) == [(0.25, 0, 0.5, "estimated")]


@pytest.mark.parametrize("cell", ["", "-", " - "])
def test_nothing_and_a_dash_are_unknown(vitamin_d, cell):
    assert vitamin_d(cell) == []


@pytest.mark.parametrize("cell", ["0,25", "0.25"])
def test_a_decimal_comma_and_a_point_mean_the_same(vitamin_d, cell):
    assert vitamin_d(cell) == [(0.25, 0.25, 0.25, "measured")]


def test_a_column_is_known_by_its_whole_heading(rows):
    odd = ENGLISH.replace("Calcium (mg/100g)", "Calcium (mg/100g),Calcium citrate (mg/100g)")
    found = rows(odd + EDAM.replace(",802,", ",802,9999,"))

    assert [row.best for row in found if getattr(row, "nutrient", "") == "calcium"] == [802]


@pytest.mark.parametrize("heading", ["Vitamin K2 (µg/100g)", "Calcium (mg/100g)", "alim_nom_eng"])
def test_a_missing_column_is_named(rows, heading):
    with pytest.raises(TableError, match=r"ciqual-2020\.csv, line 1: the column") as refused:
        rows(ENGLISH.replace(heading, "other") + EDAM)
    assert heading in str(refused.value)


def test_of_two_rows_of_one_code_the_first_is_taken_whole(rows):
    again = EDAM.replace("802", "5")
    found = rows(ENGLISH + EDAM.replace("802", "-") + again)

    assert found[-1] == Skipped("ciqual-2020.csv", 3, "food 12729 is there already, on line 2")
    assert not any(getattr(row, "nutrient", "") == "calcium" for row in found)


def test_the_edition_is_the_year_in_the_name(tmp_path):
    for name, origin in [("Table Ciqual 2025_ENG.csv", "ciqual2025"), ("table.csv", "ciqual")]:
        (tmp_path / name).write_text(ENGLISH + EDAM)
        with open_place(tmp_path / name, table_files()) as place:
            assert table(place.file(name)).origin == origin


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENGLISH + EDAM + "05,0503,12", "line 3: 3 columns, but the header has 9"),
        (ENGLISH + EDAM.replace("802", "some"), 'line 2: calcium "some" is not a number'),
        (ENGLISH + EDAM.replace("802", "-8"), 'line 2: calcium "-8" is not a number'),
        (ENGLISH + EDAM.replace("12729.0", "x"), 'line 2: the alim_code "x"'),
        (ENGLISH + EDAM.replace('"47,5"', '"47,5'), "line 2: it is not readable as CSV"),
        ((ENGLISH + EDAM).encode("cp1252"), "line 1: it is not UTF-8"),
        ((ENGLISH + EDAM).encode() + b"\0", "line 3: it holds a NUL byte"),
        (ENGLISH, "holds no foods"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(k2log, rows, text, why):
    if why == "holds no foods":
        assert rows(text) == []
        return
    with pytest.raises(TableError) as refused:
        rows(text)
    assert why in str(refused.value)


@pytest.mark.parametrize("name", ["Table Ciqual 2020.xls", "Table Ciqual 2020.xlsx"])
def test_a_workbook_is_to_be_saved_as_csv(rows, name):
    with pytest.raises(TableError, match="save it as CSV"):
        rows(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), name)

"""USDA SR28: carets, tildes, Latin-1."""

import pytest

from k2log.amounts import Amount
from k2log.features.tables.files import TableError, open_place
from k2log.features.tables.formats import find_table, table_files
from k2log.features.tables.model import FigureRow, FoodRow, FoodRows, PortionRow, Skipped, compose
from k2log.features.tables.sr28 import TABLE
from k2log.files import Unwatched

EGG = "~01123~^~0100~^~Egg, whole, raw, fresh~^~EGG~^^^~Y~^~Shell~^12^^6.25^4.36^9.02^3.68\r\n"
FIGURE = "~01123~^~{}~^{}^6^0.6^~{}~^~A~^^^1^{}^{}^5^^^~2, 3~^08/2010^\r\n"
PORTION = "~01123~^1^{}^~{}~^{}^^\r\n"


@pytest.fixture
def rows(tmp_path):
    """Read a table of one egg: its rows, by kind."""

    def read(figures="", portions="", foods=EGG):
        files = {"FOOD_DES.txt": foods, "NUT_DATA.txt": figures, "WEIGHT.txt": portions}
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("latin-1")
            (tmp_path / name).write_bytes(data)
        with open_place(tmp_path, table_files()) as place:
            return list(find_table(place, "sr28").read(Unwatched()))

    return read


@pytest.fixture
def food(rows):
    """Read a table of one food and compose it."""

    def make(figures="", portions="", foods=EGG):
        found = rows(figures, portions, foods)
        (one,) = [row for row in found if isinstance(row, FoodRow)]
        figure_cells = [tuple(row[2:]) for row in found if isinstance(row, FigureRow)]
        portion_cells = [tuple(row[2:]) for row in found if isinstance(row, PortionRow)]
        return compose(
            TABLE,
            FoodRows(
                one.number, one.name, one.animal, None, None, None, None,
                figure_cells, portion_cells,
            ),
        )  # fmt: skip

    return make


def figure(number, value, code=1, low="", high=""):
    return FIGURE.format(number, value, code, low, high)


def test_lowest_and_highest_are_the_range(food):
    made = food(figure(301, 56, low=54, high=58))

    assert made.key == "sr28:01123"
    assert made.figures["calcium"].amount == Amount(56, 54, 58)
    assert made.figures["calcium"].source == "usda_sr28:01123"


def test_a_range_that_leaves_the_value_out_is_no_range(food):
    assert food(figure(301, 56, low=60, high=70)).figures["calcium"].amount == Amount.of(56)


@pytest.mark.parametrize(
    ("code", "basis"),
    [(1, "measured"), (4, "calculated"), (5, "label"), (6, "measured"), (8, "label"),
     (9, "label"), (11, "calculated"), (12, "measured"), (13, "measured"), (99, "calculated")],
)  # fmt: skip
def test_the_source_code_is_the_basis(food, code, basis):
    assert food(figure(301, 56, code)).figures["calcium"].basis == basis


def test_an_assumed_zero_is_zero_and_nothing_else_is(food):
    assert food(figure(430, 0, 7)).figures["vitamin_k1"].basis == "assumed-zero"
    assert food(figure(430, 3, 7)).figures["vitamin_k1"].basis == "calculated"


def test_iu_are_used_only_where_no_total_in_µg_is_there(food):
    assert food(figure(324, 80)).figures["vitamin_d"].amount.best == 2.0
    assert food(figure(324, 82) + figure(328, 2)).figures["vitamin_d"].amount.best == 2.0


def test_326_is_d3_alone_and_328_is_d2_and_d3(food):
    figures = food(figure(328, 3) + figure(326, 2)).figures

    assert (figures["vitamin_d"].amount.best, figures["vitamin_d3"].amount.best) == (3, 2)
    assert figures["vitamin_d2"].amount.best == 1


def test_a_total_takes_the_range_of_its_only_form(food):
    figures = food(figure(328, 2) + figure(326, 2, low=1, high=9.2)).figures

    assert figures["vitamin_d"].amount == Amount(2, 1, 9.2)
    assert figures["vitamin_d2"].amount == Amount.of(0)


def test_a_total_in_a_plant_says_nothing_of_d3(food):
    plant = EGG.replace("~0100~", "~1600~")

    assert "vitamin_d3" in food(figure(328, 2)).figures
    assert "vitamin_d3" not in food(figure(328, 2), foods=plant).figures


def test_mk4_alone_makes_k2_partial_and_k1_is_never_k2(food):
    assert food(figure(428, 8.6)).figures["vitamin_k2"].amount == Amount.partial(8.6)
    assert "vitamin_k2" not in food(figure(430, 100)).figures


def test_a_nutrient_of_another_number_is_not_read(food):
    assert food(figure(323, 5) + figure(3010, 5)).figures == {}


def test_portions_are_for_one_of_a_measure(food):
    portions = "".join(
        PORTION.format(*row)
        for row in [
            (1, "cup, chopped", 136),
            (4, "cookies", 40),
            (3, "oz", 85),
            (1, "cup (4.86 large eggs)", 243),
            (1, "cup (pieces)", 200),
            (0.5, "fillet", 80),
        ]
    )
    made = food(portions=portions)

    assert made.portions == {
        "cup chopped": 136, "cookie": 10, "cup": 243, "cup (pieces)": 200, "fillet": 160,
    }  # fmt: skip
    assert made.serving == (1, "cup chopped")


def test_without_a_portion_100_g_are_usual(food):
    assert food().serving == (100, "g")


def test_a_whole_roast_is_no_usual_serving(food):
    assert food(portions=PORTION.format(1, "roast", 2500)).serving == (100, "g")


def test_names_are_latin_1(food):
    assert food(foods=EGG.replace("Egg,", "Purée,")).name == "Purée, whole, raw, fresh"


def test_a_portion_of_nothing_is_skipped(rows):
    found = rows(portions=PORTION.format(1, "cup", 0) + PORTION.format(0, "tbsp", 5))

    skipped = [row for row in found if isinstance(row, Skipped)]
    assert [(row.file, row.line) for row in skipped] == [("WEIGHT.txt", 1), ("WEIGHT.txt", 2)]


def test_a_food_without_a_name_is_skipped_with_its_figures(rows):
    found = rows(foods=EGG.replace("Egg, whole, raw, fresh", ""))

    assert [type(row) for row in found] == [Skipped, FoodRow]
    assert found[1].origin == ""


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"figures": figure(301, 56) + "~01123~^~304~^1"}, "NUT_DATA.txt, line 2: 3 fields"),
        ({"figures": figure(301, "many")}, 'line 1: the value "many" is not a number'),
        ({"figures": figure(301, 56).replace("~301~", "~301~x")}, "the nutrient number is not"),
        ({"figures": "\n" + figure(301, 56)[:-2] + "^" * 17}, "NUT_DATA.txt, line 2: 35 fields"),
        ({"figures": figure(301, "nan")}, 'the value "nan" is not a number'),
        ({"figures": figure(301, 56).replace("~01123~", "~1x~")}, 'NDB number "1x"'),
        ({"figures": figure(301, 56).replace("~01123~", "01123")}, "not between ~ signs"),
        ({"figures": figure(301, 56).encode() + b"\0\r\n"}, "line 2: it holds a NUL byte"),
        ({"figures": b"x" * 3_000_000}, "line 1: it is longer than"),
        ({"foods": EGG + "~0112"}, "FOOD_DES.txt, line 2: 1 fields"),
        ({"foods": EGG.encode("utf-16")}, "FOOD_DES.txt, line 1: it holds a NUL byte"),
        ({"portions": PORTION.format(1, "cup", "2 g")}, 'WEIGHT.txt, line 1: the weight "2 g"'),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(rows, broken, why):
    with pytest.raises(TableError, match=r"^[A-Z_]+\.txt, line [0-9]") as refused:
        rows(**broken)
    assert why in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    (tmp_path / "FOOD_DES.txt").write_text(EGG)
    with (
        open_place(tmp_path, table_files()) as place,
        pytest.raises(TableError, match=r"NUT_DATA\.txt"),
    ):
        find_table(place, None)

"""USDA FoodData Central: CSV files whose rows refer to each other, in any order."""

import csv
import io

import pytest

from k2log.amounts import Amount
from k2log.features.tables.files import TableError, open_place
from k2log.features.tables.formats import find_table, table_files
from k2log.features.tables.store import prepare, stage, take
from k2log.files import Unwatched
from k2log.food.measure import food_amount
from k2log.store.diary import open_diary
from k2log.store.foods import StoredFoods

FOOD = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
FIGURE = (
    *("id", "fdc_id", "nutrient_id", "amount", "data_points", "derivation_id"),
    *("min", "max", "median", "loq", "footnote"),
)
NUTRIENT = ("id", "name", "unit_name", "nutrient_nbr", "rank")
PORTION = (
    *("id", "fdc_id", "seq_num", "amount", "measure_unit_id", "portion_description"),
    *("modifier", "gram_weight", "data_points"),
)
BRAND = (
    *("fdc_id", "brand_owner", "brand_name", "gtin_upc", "ingredients", "serving_size"),
    *("serving_size_unit", "household_serving_fulltext", "branded_food_category"),
)
UNITS = [
    ("1087", "Calcium, Ca", "MG", "301", "5300"),
    ("1110", "Vitamin D (D2 + D3), International Units", "IU", "324", "8650"),
    ("1114", "Vitamin D (D2 + D3)", "UG", "328", "8700"),
    ("1008", "Energy", "KCAL", "208", "300"),
]
MILK = ("171265", "sr_legacy_food", "Milk, whole, 3.25% milkfat", "1", "2019-04-01")


def as_csv(header, rows):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([header, *rows])
    return out.getvalue()


def amount(nutrient, value, fdc_id="171265", **more):
    row = {"id": "1", "fdc_id": fdc_id, "nutrient_id": str(nutrient), "amount": str(value)}
    row |= more
    return [row.get(name, "") for name in FIGURE]


def portion(unit="9999", amount="1.0", description="", modifier="", grams="244"):
    return ("1", "171265", "1", amount, unit, description, modifier, grams, "")


@pytest.fixture
def download(tmp_path):
    """Write a download, with its files in a subfolder."""

    def write(foods=(MILK,), figures=(), portions=(), brands=None, leave_out=(), **others):
        folder = tmp_path / "FoodData_Central_csv_2024-04-18"
        folder.mkdir(exist_ok=True)
        files = {
            "food.csv": as_csv(FOOD, foods),
            "food_nutrient.csv": as_csv(FIGURE, figures),
            "nutrient.csv": as_csv(NUTRIENT, UNITS),
            "food_portion.csv": as_csv(PORTION, portions),
            "measure_unit.csv": as_csv(("id", "name"), [("1000", "cup"), ("9999", "undetermined")]),
        }
        if brands is not None:
            files["branded_food.csv"] = as_csv(BRAND, brands)
        files |= {name.replace("_csv", ".csv"): text for name, text in others.items()}
        for name in files.keys() - set(leave_out):
            (folder / name).write_bytes(files[name].encode())
        return tmp_path

    return write


@pytest.fixture
def imported(diary, download):
    """Import a download; return its foods by key, and what was left out."""

    def run(**files):
        with (
            open_place(download(**files), table_files()) as place,
            open_diary(diary, create=True) as opened,
        ):
            found = find_table(place, None)
            left_out = stage(opened, found, found.read(Unwatched()))
            prepare(opened, found, Unwatched())
            take(opened, found, command="import", at="2026-11-21T11:00:00Z")
            keys = opened.db.execute("SELECT key FROM foods WHERE origin LIKE 'fdc:%'")
            named = StoredFoods(opened).named([f"food:{key}" for (key,) in keys])
            return {foods[0].key: foods[0] for foods in named.values()}, left_out

    return run


@pytest.fixture
def milk(imported):
    return lambda **files: imported(**files)[0]["fdc:171265"]


def test_nutrients_are_known_by_their_ids(milk):
    food = milk(
        figures=[
            *(amount(1087, 113), amount(1090, 10), amount(1183, 1), amount(1185, 0.3)),
            *(amount(1114, 1.3), amount(1112, 1.3), amount(1111, 0), amount(1008, 61)),
        ]
    )

    assert {name: figure.amount.best for name, figure in food.figures.items()} == {
        "calcium": 113, "magnesium": 10, "mk4": 1, "vitamin_k1": 0.3,
        "vitamin_d": 1.3, "vitamin_d3": 1.3, "vitamin_d2": 0, "vitamin_k2": 1,
    }  # fmt: skip
    assert food.figures["vitamin_k2"].amount == Amount.partial(1)
    assert food.figures["calcium"].source == "usda_sr_legacy:171265"


def test_iu_are_used_only_where_µg_are_missing(milk):
    assert milk(figures=[amount(1110, 52)]).figures["vitamin_d"].amount.best == 1.3
    both = [amount(1110, 51), amount(1114, 1.3)]
    assert milk(figures=both).figures["vitamin_d"].amount.best == 1.3


def test_surveys_that_give_nutrient_numbers_are_read_too(milk):
    assert milk(figures=[amount(301, 113)]).figures["calcium"].amount.best == 113


def test_an_empty_amount_is_unknown(milk):
    assert milk(figures=[amount(1087, "")]).figures == {}


def test_nothing_found_above_the_limit_is_a_range_from_zero(milk):
    figure = milk(figures=[amount(1114, 0, loq="0.5")]).figures["vitamin_d"]

    assert (figure.amount, figure.basis) == (Amount(0.25, 0, 0.5), "estimated")


def test_a_figure_with_samples_is_measured_and_has_their_range(milk):
    figure = milk(figures=[amount(1087, 113, data_points="6", min="90", max="120")])

    assert figure.figures["calcium"].amount == Amount(113, 90, 120)
    assert figure.figures["calcium"].basis == "measured"


def test_the_derivation_is_the_basis_where_the_download_explains_it(milk):
    codes = as_csv(("id", "code", "description"), [("70", "LCCS", "…"), ("9", "Z", "…")])
    food = milk(
        figures=[amount(1087, 113, derivation_id="70"), amount(1114, 0, derivation_id="9")],
        food_nutrient_derivation_csv=codes,
    )

    assert food.figures["calcium"].basis == "label"
    assert food.figures["vitamin_d"].basis == "assumed-zero"


@pytest.mark.parametrize(
    ("row", "portions"),
    [
        (portion("1000", modifier="chopped", amount="0.5"), {"cup chopped": 488}),
        (portion(modifier="cup, diced"), {"cup diced": 244}),
        (portion(description="1/2 cup", modifier="10205", amount=""), {"cup": 488}),
        (portion(description="1 large slice (4 oz)", amount=""), {"large slice": 244}),
        (portion(modifier="oz"), {}),
    ],
)
def test_portions_come_in_the_words_of_each_table(milk, row, portions):
    assert milk(portions=[row]).portions == portions


def test_the_surveys_unspecified_quantity_is_the_usual_serving(milk):
    rows = [portion(description="1 cup"), portion(description="Quantity not specified", grams="30")]

    assert milk(portions=rows).serving == (30, "g")


def test_samples_are_no_foods_and_their_figures_are_no_flaw(imported):
    sample = ("319874", "sub_sample_food", "HUMMUS, SABRA CLASSIC", "16", "2019-04-01")
    foods, left_out = imported(foods=[sample, MILK], figures=[amount(1087, 5, "319874")])

    assert list(foods) == ["fdc:171265"]
    assert left_out.total == 0


def test_each_kind_of_food_has_its_own_origin(imported):
    kinds = ("foundation_food", "sr_legacy_food", "survey_fndds_food")
    foods, _ = imported(foods=[(str(n), kind, "Milk", "1", "") for n, kind in enumerate(kinds)])

    assert [food.origin for food in foods.values()] == [
        "fdc:foundation", "fdc:sr-legacy", "fdc:survey",
    ]  # fmt: skip


def branded(unit="MLT", household="1 cup", name="VITAMIN D MILK", size="240"):
    return {
        "foods": [("2", "branded_food", name, "", "")],
        "figures": [amount(1087, 125, "2"), amount(1110, 40, "2")],
        "brands": [("2", "Acme Dairy Inc.", "ACME", "0123", "MILK", size, unit, household, "Milk")],
    }


def test_a_branded_drink_is_per_100_ml(imported):
    food = imported(**branded())[0]["fdc:2"]

    assert (food.name, food.unit, food.liquid) == ("VITAMIN D MILK, ACME", "ml", True)
    assert food.serving == (1, "serving")
    assert food_amount(food).quantity == 240
    assert food_amount(food, 1, "cup").quantity == pytest.approx(236.588)
    assert food_amount(food, 200, "ml").quantity == 200
    assert food.figures["calcium"].basis == "label"
    assert "vitamin_d3" not in food.figures


def test_a_household_serving_is_a_portion_if_the_measure_is_known(imported):
    assert imported(**branded("g", "2 cookies", size="30"))[0]["fdc:2"].portions == {
        "serving": 30, "cookie": 15,
    }  # fmt: skip


def test_a_household_serving_in_strange_words_is_the_serving_alone(imported):
    assert imported(**branded("g", "1 ONZ", size="28"))[0]["fdc:2"].portions == {"serving": 28}


def test_a_brand_is_not_said_twice(imported):
    assert imported(**branded(name="Acme milk"))[0]["fdc:2"].name == "Acme milk"


def test_names_are_cleaned_and_not_endless(milk):
    food = milk(foods=[(*MILK[:2], "Milk\t\x1b[31m \u202ered" + " very" * 100, *MILK[3:])])

    assert food.name.startswith("Milk [31m red very")
    assert food.name.isprintable()
    assert len(food.name) <= 200


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ([amount(1087, 5, "4711")], "food_nutrient.csv, line 2: no food 4711 is there"),
        ([amount(1087, -1)], "line 2: calcium -1 is negative"),
        ([amount(1110, 9e9)], "line 2: vitamin d 2.25e+08 is more than any food holds"),
        ([amount(1087, 5), amount(1087, 6)], "line 3: a second figure of one nutrient"),
    ],
)
def test_a_row_that_cannot_be_true_is_skipped(imported, figures, why):
    foods, left_out = imported(figures=figures)

    assert left_out.total == 1
    (row,) = left_out.shown
    assert why in f"{row.file}, line {row.line}: {row.why}"
    assert [figure.amount.best for figure in foods["fdc:171265"].figures.values()] in ([], [5])


def test_of_two_foods_of_one_id_the_first_is_taken(imported):
    foods, left_out = imported(foods=[MILK, (*MILK[:2], "Other", *MILK[3:])])

    assert foods["fdc:171265"].name == MILK[2]
    assert left_out.shown[0].why == "food 171265 is there already, on line 2"


@pytest.mark.parametrize("name", ["food.csv", "food_nutrient.csv", "nutrient.csv"])
def test_a_missing_file_is_named(imported, name):
    with pytest.raises(TableError, match=rf"^{name} is missing"):
        imported(leave_out=[name])


def test_branded_foods_need_the_file_that_tells_grams_from_millilitres(imported):
    with pytest.raises(TableError, match=r"^branded_food\.csv is missing"):
        imported(foods=[("2", "branded_food", "MILK", "", "")])


def test_ids_in_another_unit_are_refused(imported):
    with pytest.raises(TableError, match=r"nutrient\.csv, line 2: nutrient 1087 is in G"):
        imported(nutrient_csv=as_csv(NUTRIENT, [("1087", "Calcium", "G", "301", "")]))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"fdc_id","data_type"\r\n', "line 1: the column description is missing"),
        (as_csv(FOOD, [MILK]) + '"1","sr', "line 3: it is not readable as CSV"),
        (as_csv(FOOD, [MILK[:3]]), "line 2: 3 columns, but the header has 5"),
        (as_csv(FOOD, [("x", *MILK[1:])]), 'line 2: the fdc_id "x" is not a whole number'),
        (as_csv(FOOD, []), "food.csv holds no foods"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(imported, text, why):
    with pytest.raises(TableError) as refused:
        imported(food_csv=text)
    assert why in str(refused.value)


def test_a_file_in_another_encoding_is_refused(download):
    folder = download() / "FoodData_Central_csv_2024-04-18"
    (folder / "food.csv").write_bytes(
        as_csv(FOOD, [(*MILK[:2], "Purée", "1", "")]).encode("cp1252")
    )

    not_utf_8 = pytest.raises(TableError, match=r"food\.csv, line 2: it is not UTF-8")
    with open_place(folder, table_files()) as place, not_utf_8:
        list(find_table(place, "fdc").read(Unwatched()))

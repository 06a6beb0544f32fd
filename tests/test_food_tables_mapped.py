"""Any other food table, of which the user says the columns."""

import json

import pytest

MAPS = (
    "--map", "Naam=name", "--map", "Calcium (mg)=calcium_mg", "--map", "Vit D (ug)=vitamin_d_ug",
)  # fmt: skip


@pytest.fixture
def table(tmp_path):
    def write(content, name="nevo.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def calcium(k2log):
    def amount(food):
        (entry,) = json.loads(k2log("add", f"{food} 100g", "--dry-run", "--json").out)
        return entry["nutrients"]["calcium"]

    return amount


HEAD = "Naam;Calcium (mg);Vit D (ug)\n"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "Testkaas;700;0,3\n",
        "NEVO 2025\n\n" + HEAD + "Testkaas;700;0,3\n",
        HEAD.replace(";", ",") + "Testkaas,700,0.3\n",
        (HEAD.replace(";", "\t") + "Testkaas\t700\t0,3\n").encode("utf-16"),
        (HEAD + "Testkaas;700;0,3\nK\xe4se;1;1\n").encode("cp1252"),
    ],
)
def test_a_table_is_read_by_what_the_user_says(content, table, k2log, calcium):
    result = k2log("foods", "import", table(content), *MAPS)

    assert result.code == 0, result.err
    assert "new, 0 changed" in result.out
    assert calcium("testkaas")["amount"] == 700
    assert k2log("doctor").code == 0


def test_a_later_edition_brings_foods_up_to_date(table, k2log, calcium):
    k2log("foods", "import", table(HEAD + "Testkaas;700;0,3\n"), *MAPS)

    result = k2log("foods", "import", table(HEAD + "Testkaas;710;0,3\nMelk X;120;\n"), *MAPS)

    assert "1 new, 1 changed" in result.out
    assert calcium("testkaas")["amount"] == 710
    assert k2log("undo").code == 0
    assert calcium("testkaas")["amount"] == 700


def test_the_unit_of_the_heading_is_heeded(table, k2log, calcium):
    file = table("Naam;Calcium [g]\nTestkaas;0,7\n")

    k2log("foods", "import", file, "--map", "Naam=name", "--map", "Calcium [g]=calcium_mg")

    assert calcium("testkaas")["amount"] == 700


def test_what_is_below_a_limit_is_a_range_and_what_is_unknown_stays_so(table, k2log, calcium):
    k2log(
        "foods",
        "import",
        table(HEAD + "Zomerkaas;<10;tr\nWinterbrood;;N\nHerfstmelk;(12);-\n"),
        *MAPS,
    )

    one = calcium("zomerkaas")
    assert (one["low"], one["high"]) == (0, 10)
    assert calcium("winterbrood")["amount"] is None
    assert calcium("herfstmelk")["amount"] == 12


def test_what_no_food_holds_is_skipped_and_said(table, k2log):
    result = k2log("foods", "import", table(HEAD + "Testkaas;700000;1\nMelk X;120;1\n"), *MAPS)

    assert "more than any food holds" in result.err
    assert "1 row skipped" in result.out


@pytest.mark.parametrize(
    ("maps", "why"),
    [
        (("--map", "Naam=name"), "at least one figure"),
        (("--map", "Calcium (mg)=calcium_mg"), "which column is the name"),
        (("--map", "Naam=name", "--map", "Ca=calcium_mg"), 'no column "ca"'),
        (("--map", "Naam=name", "--map", "Calcium (mg)=iron_mg"), "Fields are"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_nothing_is_written(maps, why, table, k2log, diary):
    result = k2log("foods", "import", table(HEAD + "Testkaas;700;0,3\n"), *maps)

    assert (result.code, result.out) == (2, "")
    assert why in result.err
    assert not diary.exists()


def test_an_old_workbook_says_the_way_on(table, k2log):
    result = k2log("foods", "import", table(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x.xls"), *MAPS)

    assert "save it as .xlsx or CSV" in result.err

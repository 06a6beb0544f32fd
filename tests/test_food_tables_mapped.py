"""Any other food table, of which the user says the columns."""

import io
import json
import zipfile
from xml.sax.saxutils import escape

import pytest

from k2log.features.tables.files import TableError
from k2log.features.tables.units import heading_unit

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


def _cells(row):
    return "".join(
        f'<c r="{chr(65 + place)}1" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for place, text in enumerate(row)
    )


def workbook(*sheets):
    """Return a workbook of Excel of these sheets, each rows of texts."""
    stream = io.BytesIO()
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(stream, "w") as archive:
        listed = "".join(f'<sheet name="{n}" r:id="r{n}"/>' for n in numbers)
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns:r="x"><sheets>{listed}</sheets></workbook>'
        )
        parts = "".join(
            f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{parts}</Relationships>")
        for number, rows in zip(numbers, sheets, strict=True):
            data = "".join(f"<row>{_cells(row)}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f"<worksheet><sheetData>{data}</sheetData></worksheet>",
            )
    return stream.getvalue()


NATIONAL = {
    "NEVO": (
        "NEVO2025_v9.0.csv",
        ('"NEVO-versie/NEVO-version"|"Food group"|"NEVO-code"|"Voedingsmiddelnaam/Dutch food name"|'
        '"Engelse naam/Food name"|"Hoeveelheid/Quantity"|"CA (mg)"|"VITD (µg)"\n'
        '"2025"|"Cheese"|"513"|"Kaas Testse 48+"|"Testland cheese"|"per 100g"|"790,5"|"0,3"\n'
        '"2025"|"Milk"|"279"|"Melk testse"|"Testland milk"|"per 100g"|"120"|""\n'),
        ("NEVO-code=code", "Engelse naam/Food name=name", "CA (mg)=calcium_mg",
         "VITD (µg)=vitamin_d_ug"),
        790.5,
    ),
    "CoFID": (
        "cofid.xlsx",
        workbook(
            [["McCance and Widdowson", "Notes"]],
            [
                ["Food Code", "Food Name", "Description", "Sodium (mg)", "Calcium (mg)"],
                ["", "", "", "NA", "CA"],
                ["12-001", "Testland cheese", "Bought in shops", "700", "790.5"],
                ["12-002", "Testland milk", "", "40", "Tr"],
            ],
            [
                ["Food Code", "Food Name", "Description", "Retinol (µg)", "Vitamin D (µg)"],
                ["12-001", "Testland cheese", "Bought in shops", "300", "0.3"],
                ["12-002", "Testland milk", "", "30", "N"],
            ],
        ),
        ("Food Code=code", "Food Name=name", "Calcium (mg)=calcium_mg",
         "Vitamin D (µg)=vitamin_d_ug"),
        790.5,
    ),
    "Fineli": (
        "resultset.csv",
        ("id;name;energy,calculated (kJ);calcium (mg);vitamin D (µg)\n"
        "659;Testland cheese;1500,2;790,5;0,3\n660;Testland milk;190,1;120,0;<0.1\n"),
        ("id=code", "name=name", "calcium (mg)=calcium_mg", "vitamin D (µg)=vitamin_d_ug"),
        790.5,
    ),
    "BLS": (
        "BLS_4_0_Daten_2025_DE.xlsx",
        workbook(
            [
                ["BLS Code", "Lebensmittelbezeichnung", "Food name", "CA Calcium [mg/100g]",
                 "CA Datenherkunft", "CA Referenz", "VITD Vitamin D [µg/100g]"],
                ["M401000", "Testkäse", "Testland cheese", "790.5", "Analyse", "1", "0.3"],
                ["M111000", "Testmilch", "Testland milk", "120", "Analyse", "1", "<LOD"],
                ["Q111000", "Testöl", "Testland oil", "-", "", "", "TR"],
            ]
        ),
        ("BLS Code=code", "Food name=name", "CA Calcium [mg/100g]=calcium_mg",
         "VITD Vitamin D [µg/100g]=vitamin_d_ug"),
        790.5,
    ),
    "Swiss": (
        "naehrwertdaten.xlsx",
        workbook(
            [
                ["Swiss food composition database"],
                ["Generic Foods"],
                ["ID", "ID V 4.0", "Name", "Category", "Matrix unit", "Calcium (Ca) (mg)",
                 "Derivation of value", "Source", "Vitamin D (calciferol) (µg)"],
                ["348", "10533", "Testland cheese", "Cheese", "per 100g edible portion", "790.5",
                 "", "", "0.3"],
                ["349", "10534", "Testland milk", "Milk", "per 100g edible portion", "120", "", "",
                 "n.d."],
            ]
        ),
        ("ID=code", "Name=name", "Calcium (Ca) (mg)=calcium_mg",
         "Vitamin D (calciferol) (µg)=vitamin_d_ug"),
        790.5,
    ),
}  # fmt: skip


@pytest.mark.parametrize("country", NATIONAL)
@pytest.mark.parametrize("as_zip", [False, True], ids=["file", "zip"])
def test_a_national_table_is_read_by_its_published_headings(country, as_zip, table, k2log):
    name, content, maps, calcium = NATIONAL[country]
    if as_zip:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(f"download/{name}", content)
            archive.writestr("download/readme.txt", "Please cite us.")
        content, name = stream.getvalue(), "download.zip"

    said = [part for each in maps for part in ("--map", each)]
    result = k2log("foods", "import", table(content, name), *said)

    assert result.code == 0, result.err
    assert "skipped" not in result.err
    logged = json.loads(k2log("add", "testland cheese 100g, testland milk 100g", "--json").out)
    cheese, milk = (each["nutrients"] for each in logged)
    assert cheese["calcium"]["amount"] == calcium
    assert cheese["vitamin_d"]["amount"] == 0.3
    assert milk["vitamin_d"]["low"] in (None, 0)
    assert k2log("doctor").code == 0


RELATED = {
    "Canadian Nutrient File": (
        {
            "FOOD NAME.csv": "FoodID,FoodCode,FoodGroupID,FoodSourceID,FoodDescription,"
            "FoodDescriptionF\n2,2,1,0,Testland cheese,Fromage\n"
            "4,4,1,0,\"Testland milk, raw\",Lait\n"
            "5,5,1,0,Water,Eau\n",
            "NUTRIENT AMOUNT.csv": "FoodID,NutrientID,NutrientValue,StandardError\n2,301,790.5,0\n"
            "2,324,12,\n4,301,120,\n4,324,0,\n5,203,0,\n",
            "NUTRIENT NAME.csv": "NutrientID,NutrientCode,NutrientSymbol,NutrientUnit,"
            "NutrientName\n"
            "301,301,CA,mg,CALCIUM\n324,324,D-IU,IU,VITAMIN D (INTERNATIONAL UNITS)\n"
            "203,203,PROT,g,PROTEIN\n",
            "MEASURE NAME.csv": "MeasureID,MeasureDescription\n1,Tasse\n",
        },
        ("FoodID=code", "FoodDescription=name", "Calcium=calcium_mg",
         "VITAMIN D (INTERNATIONAL UNITS) (IU)=vitamin_d_ug"),
    ),
    "Fineli": (
        {
            "component_value.csv": "FOODID;EUFDNAME;BESTLOC;ACQTYPE;METHTYPE\n"
            "659;CA;790,5;S;T\n659;VITD;0,3;S;T\n660;CA;120,0;S;T\n660;VITD;0,0;S;T\n",
            "component.csv": "EUFDNAME;COMPUNIT;CMPCLASS;CMPCLASSP\nCA;MG;MINERAL;\n"
            "VITD;UG;VIT;\n",
            "foodname_EN.csv": "FOODID;FOODNAME;LANG\n659;TESTLAND CHEESE;EN\n"
            "660;TESTLAND MILK;EN\n",
        },
        ("FOODNAME=name", "CA=calcium_mg", "VITD=vitamin_d_ug"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("publisher", RELATED)
@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_a_table_in_several_files_is_read_as_one(publisher, as_zip, tmp_path, k2log):
    """A nutrient is named as its publisher does, with its unit or without."""
    files, maps = RELATED[publisher]
    place = tmp_path / "download"
    place.mkdir()
    for name, text in files.items():
        (place / name).write_bytes(text.encode("cp1252"))
    if as_zip:
        with zipfile.ZipFile(tmp_path / "download.zip", "w") as archive:
            for name in files:
                archive.write(place / name, f"en/{name}")
        place = tmp_path / "download.zip"

    said = [part for each in maps for part in ("--map", each)]
    result = k2log("foods", "import", str(place), *said)

    assert result.out == f"imported 2 foods from {place.name}: 2 new, 0 changed, 0 unchanged\n"
    (cheese,) = json.loads(k2log("add", "testland cheese 100g", "--json").out)
    assert cheese["nutrients"]["calcium"]["amount"] == 790.5
    assert cheese["nutrients"]["vitamin_d"]["amount"] == 0.3


def test_a_nutrient_that_several_files_lack_is_said_with_those_there_are(tmp_path, k2log):
    files, _ = RELATED["Canadian Nutrient File"]
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    result = k2log(
        "foods",
        "import",
        str(tmp_path),
        "--map",
        "FoodDescription=name",
        "--map",
        "Iron=calcium_mg",
    )

    assert result.code == 2
    assert (
        'there is no column "iron". There are: foodid, fooddescription, CALCIUM (mg)' in result.err
    )


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("Calcium", None),
        ("Calcium (Ca)", None),
        ("Calcium per 100 g", None),
        ("calcium_100g", None),
        ("Calcium (Ca) (mg)", 1),
        ("Calcium mg/100 g", 1),
        ("Calcium (mg), per 100 g edible portion", 1),
        ("Ca_mg", 1),
        ("Calcium (mg/kg)", 0.1),
        ("Calcium [g/100g]", 1000),
        ("Calcium, µg", 0.001),
    ],
)
def test_a_heading_says_the_unit(heading, factor):
    read = heading_unit(heading, "calcium")

    assert (read and read.factor) == factor


@pytest.mark.parametrize(
    "heading", ["Calcium (% NRV)", "Calcium (mg/portion)", "Calcium (per serving)", "Calcium (IU)"]
)
def test_a_heading_that_says_no_amount_per_weight_is_refused(heading):
    with pytest.raises(TableError, match="no amount per 100 g"):
        heading_unit(heading, "calcium")


CALCIUM = [0, 3, 5, 8, 9, 11, 12, 14, 18, 20, 22, 25, 30, 33, 40, 55, 70, 90, 120, 120, 150, 700]
VITAMIN_D = [0, 0, 0.1, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.8, 1, 1.5, 3, 8, 12, 0, 0, 0, 0, 0, 0, 0]


def table_of(heading, figures):
    rows = [f"Testfood {number},{figure:g}" for number, figure in enumerate(figures)]
    return "\n".join([f"Naam,{heading}", *rows])


@pytest.mark.parametrize(
    ("heading", "figures", "field", "instead"),
    [
        ("Calcium (mg)", [each * 1000 for each in CALCIUM], "calcium_mg", "calcium_ug"),
        ("Calcium", [each / 1000 for each in CALCIUM], "calcium_mg", "calcium_g"),
        ("Vit D (µg)", [each * 40 for each in VITAMIN_D], "vitamin_d_ug", "vitamin_d_iu"),
        ("Vit D", [each * 40 for each in VITAMIN_D], "vitamin_d_ug", "vitamin_d_iu"),
    ],
)
def test_figures_of_another_unit_than_they_are_read_in_are_refused(
    heading, figures, field, instead, table, k2log, diary
):
    """What was meant is said, and is typed in its place; nothing was written meanwhile."""
    file = table(table_of(heading, figures))
    name = ("--map", "Naam=name")

    result = k2log("foods", "import", file, *name, "--map", f"{heading}={field}")

    assert (result.code, result.out) == (2, "")
    assert f'--map "{heading}={instead}"' in result.err
    assert not diary.exists()
    taken = k2log("foods", "import", file, *name, "--map", f"{heading}={instead}")
    assert "22 new" in taken.out, taken.err
    (entry,) = json.loads(k2log("add", "testfood 13 100g", "--dry-run", "--json").out)
    nutrient = "calcium" if "calcium" in field else "vitamin_d"
    assert entry["nutrients"][nutrient]["amount"] == (33 if nutrient == "calcium" else 8)


def test_figures_that_are_right_though_no_table_has_them_are_taken_when_asked_for(table, k2log):
    file = table(table_of("Vit D (µg)", [100, 120, 150, 200, 250]))
    maps = ("--map", "Naam=name", "--map", "Vit D (µg)=vitamin_d_ug")

    assert k2log("foods", "import", file, *maps).code == 2
    assert "5 new" in k2log("foods", "import", file, *maps, "--yes").out


@pytest.mark.parametrize(
    ("cells", "amount"),
    [("1,250|300", 1250), ("1.250|92,5", 1250), ("1250,5|3", 1250.5), ("1.5|300", 1.5)],
)
def test_points_and_commas_are_read_as_the_column_writes_them(cells, amount, table, k2log, calcium):
    rows = "\n".join(f'"Testfood {n}"|"{cell}"' for n, cell in enumerate(cells.split("|")))
    file = table(f"Naam|Ca\n{rows}\n")

    k2log("foods", "import", file, "--map", "Naam=name", "--map", "Ca=calcium_mg")

    assert calcium("testfood 0")["amount"] == amount

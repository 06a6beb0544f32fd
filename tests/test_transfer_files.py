"""Files as people have them: zips, workbooks, what Excel saves, titles, stray bytes, odd cells."""

import csv
import io
import json
import zipfile

import pytest

MAPS = ("--from", "csv", "--map", "Datum=day", "--map", "Was=food", "--map", "Ca=calcium_mg")


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def logged(k2log):
    def entries():
        return json.loads(k2log("log --from 2026-01-01 --to 2026-11-21 --json").out)

    return entries


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


SHEET = """<?xml version="1.0"?>{doctype}
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>My diary</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c>
<c r="C3" t="s"><v>2</v></c></row>
<row r="4"><c r="A4" s="1"><v>46346</v></c><c r="B4" t="str"><f>cmd()</f><v>Quark</v></c>
<c r="C4"><v>92.5</v></c></row>
<row r="5"><c r="A5" s="1"><v>46346.5</v></c><c r="B5" t="inlineStr"><is><t>Milk</t></is></c>
<c r="C5"><v>120</v></c></row>
</sheetData></worksheet>"""


def workbook(doctype=""):
    return zipped(
        xl__workbook_dot_xml='<workbook xmlns:r="x"><sheets><sheet name="A" r:id="r1"/></sheets>'
        "</workbook>",
        xl___rels__workbook_dot_xml_dot_rels='<Relationships><Relationship Id="r1"'
        ' Target="worksheets/sheet1.xml"/></Relationships>',
        xl__sharedStrings_dot_xml="<sst><si><t>Datum</t></si><si><r><t>W</t></r><r><t>as</t></r>"
        "</si><si><t>Ca</t></si></sst>",
        xl__styles_dot_xml='<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        xl__worksheets__sheet1_dot_xml=SHEET.format(doctype=doctype),
    )


def test_the_first_sheet_of_a_workbook_is_read(k2log, file, logged):
    """Days and moments are those of its cells; titles above the header are passed over."""
    result = k2log("import", file("d.xlsx", workbook()), *MAPS)

    assert result.out == "imported 2 entries\n", result.err
    assert {(each["food"], each["time"]) for each in logged()} == {
        ("Quark", None),
        ("Milk", "2026-11-20T12:00+01:00"),
    }


def test_a_workbook_with_a_document_type_is_refused(k2log, file):
    """By which XML swells, or reads other files."""
    bomb = workbook('<!DOCTYPE x [<!ENTITY a "aaaa">]>')

    result = k2log("import", file("d.xlsx", bomb), *MAPS)

    assert (result.code, result.out) == (2, "")
    assert "document type" in result.err


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", workbook()[:900], b"PK\x03\x04" + b"x" * 500, b"\xd0\xcf\x11\xe0" + b"x" * 600],
    ids=["empty", "cut", "junk", "xls"],
)
def test_a_damaged_zip_or_workbook_is_one_line(k2log, file, content):
    result = k2log("import", file("d.xlsx", content), *MAPS)

    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "bug" not in result.err


NUTRITION = "Date,Meal,Calories,Calcium\n2026-11-20,Lunch,500,20\n"


def test_the_nutrition_summary_in_a_zip_is_read(k2log, file):
    mail = zipped(
        E__Measurement_dot_csv="Date,Weight\n2026-11-20,70\n", E__Nutrition_dot_csv=NUTRITION
    )

    assert k2log("import", file("mail.zip", mail)).out == "imported 1 entry\n"


def test_a_zip_bomb_is_refused(k2log, file):
    bomb = zipped(n_dot_csv=b"0" * 50_000_000)

    assert k2log("import", file("bomb.zip", bomb)).code in (1, 2)


def test_a_zip_without_a_table_or_with_two_is_said(k2log, file):
    assert "holds no table" in k2log("import", file("a.zip", zipped(a_dot_png="x"))).err
    two = zipped(a_dot_csv=NUTRITION, b_dot_csv=NUTRITION)
    assert "unpack it" in k2log("import", file("b.zip", two)).err


@pytest.mark.parametrize(
    ("content", "calcium"),
    [
        ("sep=;\nDatum;Was;Ca\n20.11.2026;Quark;92\n", 92),
        ("Tagebuch\n\nDatum;Was;Ca\n20.11.2026;Quark;92,5\n", 92.5),
        ("Datum\tWas\tCa\n20.11.2026\tQuark\t92,5\n".encode("utf-16"), 92.5),
        ("Datum,Was,Ca\n2026-11-20 08:30,Quark,92\n", 92),
        ("Datum,Was,Ca\n2026-11-20T08:30:00Z,Quark,92\n", 92),
        ("Datum,Was,Ca\n20-Nov-26,Quark,92\n", 92),
        ('Datum,Was,Ca\n"Nov 20, 2026",Quark,92\n', 92),
        ("Datum,Was,Ca\n20. November 2026,Quark,92\n", 92),
        ("Datum,Was,Ca\n46346,Quark,92\n", 92),
        ("Datum,Was,Ca\n11/20/26,Quark,92\n", 92),
        ("Datum,Was,Ca\n2026-11-20,Quark,<1\n", 0.5),
        ("Datum,Was,Ca\n2026-11-20,Quark,tr\n", 0.25),
        ("Datum,Was,Ca\n2026-11-20,Quark,200 mg\n", 200),
        ("Datum,Was,Ca\n2026-11-20,Quark,1.2 g\n", 1200),
        (b"Datum,Was,Ca\n2026-11-20,K\xc3\xa4se \xc3\xb6 \xff,92\n", 92),
    ],
)
def test_what_programs_write_is_read(content, calcium, k2log, file, logged):
    result = k2log("import", file("t.csv", content), *MAPS)

    assert result.code == 0, result.err
    (entry,) = logged()
    assert entry["day"] == "2026-11-20"
    assert entry["nutrients"]["calcium"]["amount"] == calcium


def test_below_a_limit_is_a_range(k2log, file, logged):
    k2log("import", file("t.csv", "Datum,Was,Ca\n2026-11-20,Quark,<10\n"), *MAPS)

    calcium = logged()[0]["nutrients"]["calcium"]
    assert (calcium["low"], calcium["high"]) == (0, 10)


def test_day_and_time_in_one_column(k2log, file, logged):
    k2log("import", file("t.csv", "Datum,Was,Ca\n2026-11-20 08:30,Quark,92\n"), *MAPS)

    assert logged()[0]["time"] == "2026-11-20T08:30+01:00"


def test_a_header_without_rows_is_said(k2log, file):
    result = k2log("import", file("t.csv", "Datum,Was,Ca\n"), *MAPS)

    assert "no rows" in result.err


def test_rows_that_were_deleted_or_are_exercise_are_left_out(k2log, file, logged):
    content = (
        "Date,Name,Icon,Type,Quantity,Units,Calories,Deleted\n"
        "11/20/2026,Oatmeal,x,Breakfast,1,Cup,166,false\n"
        "11/20/2026,Cake,x,Snacks,1,Slice,400,true\n"
        "11/20/2026,Run,x,Exercise,20,minutes,-176,false\n"
    )

    result = k2log("import", file("t.csv", content))

    assert "2 rows that are no entries were skipped" in result.err
    assert [each["food"] for each in logged()] == ["Oatmeal"]


EXCELS = {
    "german": (";", "utf-8-sig", lambda day: ".".join(reversed(day.split("-"))), ","),
    "german of Windows": (";", "cp1252", lambda day: ".".join(reversed(day.split("-"))), ","),
    "us": (",", "cp1252", lambda day: "{1}/{2}/{0}".format(*day.split("-")), "."),
    "unicode text": ("\t", "utf-16", lambda day: ".".join(reversed(day.split("-"))), ","),
}


@pytest.mark.parametrize("excel", EXCELS)
def test_our_own_csv_comes_back_from_a_spreadsheet(excel, k2log, file, tmp_path, monkeypatch):
    separator, encoding, day, point = EXCELS[excel]
    k2log("add", "gouda 30.5g", "egg 2", "--on", "2026-11-20", "--note", "=1+1; é")
    first = k2log("export").out
    head, *rows = csv.reader(io.StringIO(first))
    as_text = {"uid", "working", "time", "created", "food", "note", "food_key"}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        cells = zip(head, row, strict=True)
        writer.writerow(
            day(cell) if name == "day" else cell if name in as_text else cell.replace(".", point)
            for name, cell in cells
        )
    monkeypatch.setenv("K2LOG_DB", str(tmp_path / "other.db"))

    result = k2log("import", file("saved.csv", text.getvalue().encode(encoding, "replace")))

    assert result.out == "imported 2 entries\n", result.err
    assert k2log("export").out == first

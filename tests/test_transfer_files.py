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


def points(day):
    return ".".join(reversed(day.split("-")))


def slashes(day):
    return "{1}/{2}/{0}".format(*map(int, day.split("-")))


EXCELS = {
    "german": (";", "utf-8-sig", points, ","),
    "german of Windows": (";", "cp1252", points, ","),
    "us": (",", "cp1252", slashes, "."),
    "unicode text": ("\t", "utf-16", points, ","),
}
TEXTS = {"uid", "working", "time", "created", "food", "note", "food_key", "measure", "meal"}


@pytest.fixture
def exported(k2log, tmp_path, monkeypatch):
    """Return a diary's CSV; what is imported then goes into another one."""
    k2log("add", "gouda 30.5g", "egg 2", "--on", "2026-11-05", "--note", '=1+1; é, "2,5"')
    k2log("add", "kale 50g", "--on", "2026-11-03", "--at", "8:05", "--uid", "00012")
    k2log("add", "natto 40g", "--on", "2026-11-20")
    text = k2log("export").out
    monkeypatch.setenv("K2LOG_DB", str(tmp_path / "other.db"))
    return text


def saved(text, excel):
    """Return k2log's CSV as Excel saves it, which leaves out empty cells at the ends of rows."""
    separator, encoding, day, point = EXCELS[excel]
    head, *rows = csv.reader(io.StringIO(text))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        cells = [
            day(cell) if name == "day" else cell if name in TEXTS else cell.replace(".", point)
            for name, cell in zip(head, row, strict=True)
        ]
        while not cells[-1]:
            del cells[-1]
        writer.writerow(cells)
    return stream.getvalue().encode(encoding)


@pytest.mark.parametrize("excel", EXCELS)
def test_our_own_csv_comes_back_from_a_spreadsheet(
    excel, k2log, file, exported, monkeypatch, diary
):
    """Which of 3/11 and 5/11 is the month, the times beside them say."""
    table = file("saved.csv", saved(exported, excel))

    result = k2log("import", table)

    assert result.out == "imported 4 entries\n", result.err
    assert k2log("export").out == exported
    monkeypatch.setenv("K2LOG_DB", str(diary))
    assert k2log("import", table).out == "imported 0 entries, 4 already there\n"


def test_a_time_far_down_a_long_table_says_which_is_the_month(k2log, file):
    rows = "3/11/2026,Quark,\n" * 2_000

    result = k2log(
        "import", file("t.csv", f"day,food,time\n{rows}3/11/2026,Egg,2026-11-03T08:30+01:00\n")
    )

    assert result.out == "imported 2001 entries\n", result.err
    assert k2log("log --on 2026-11-03").out.count("Egg") == 1


def test_days_that_nothing_beside_them_explains_are_asked_about(k2log, file):
    result = k2log("import", file("t.csv", "day,food\n3/11/2026,Quark\n5/11/2026,Milk\n"))

    assert result.code == 2
    assert "--date-order dmy" in result.err


@pytest.mark.parametrize(
    "cut", [",6", ",6.25"], ids=["in the middle of a figure", "behind a figure"]
)
def test_a_row_that_was_cut_off_is_refused(cut, k2log, file):
    table = f"day,food,calcium_mg,vitamin_d_ug\n2026-11-20,Egg,56,2\n2026-11-20,Milk{cut}"

    result = k2log("import", file("t.csv", table))

    assert "line 3: 3 columns, but the header has 4" in result.err


def test_our_own_csv_as_one_text_a_line_is_read(k2log, file, exported):
    """So a spreadsheet whose lists have semicolons takes it, and puts quotes around it."""
    lines = [line for line in exported.splitlines() if ";" not in line]
    texts = ['"{}"'.format(line.replace('"', '""')) if '"' in line else line for line in lines]

    result = k2log("import", file("t.csv", "\r\n".join(texts) + "\r\n"))

    assert result.out.startswith("imported 2 entries"), result.err
    assert k2log("export").out.splitlines() == lines


@pytest.mark.parametrize("uid", ["12", "12.0", "1.2E+1", "1,2E+1"])
def test_a_uid_that_a_spreadsheet_took_for_a_number_is_the_same_entry(
    uid, k2log, file, exported, monkeypatch, diary
):
    monkeypatch.setenv("K2LOG_DB", str(diary))
    table = saved(exported, "german").replace(b"00012", uid.encode())

    result = k2log("import", file("t.csv", table))

    assert result.out == "imported 0 entries, 4 already there\n", result.err


def test_only_what_cannot_be_read_of_a_typed_row_is_said(k2log, file):
    row = "2026-11-20,Quark,30 g,tr,24:30,lots"

    result = k2log("import", file("t.csv", f"day,food,amount,calcium_mg,time,grams\n{row}\n"))

    assert result.err.startswith(
        'line 2: time "24:30" is not a local time like 2026-11-21T08:30+01:00;'
        ' grams "lots" is not a number\n'
    )


TIMES = {
    "00:30+01:00": ("2026-11-20", "2026-11-20T00:30+01:00"),
    "00:30:15 +0100": ("2026-11-20", "2026-11-20T00:30+01:00"),
    "8:30 PM": ("2026-11-20", "2026-11-20T20:30+01:00"),
    "2026-11-20 08:30": ("2026-11-20", "2026-11-20T08:30+01:00"),
    "2026-11-20T08:30:00.000-05:00": ("2026-11-20", "2026-11-20T08:30-05:00"),
    "2026-11-21T01:30+01:00": ("2026-11-20", "2026-11-21T01:30+01:00"),
    "08:30Z": ("2026-11-20", "2026-11-20T09:30+01:00"),
    "2026-11-20T23:30:00Z": ("2026-11-21", "2026-11-21T00:30+01:00"),
}


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(
    ("header", "options"),
    [
        ("day,time,food,calcium_mg", ()),
        ("Datum,Zeit,Was,Ca", (*MAPS, "--map", "Zeit=time")),
        ("Day,Time,Food Name,Amount", ()),
    ],
    ids=["own", "mapped", "cronometer"],
)
def test_a_time_has_its_offset_in_every_table(header, options, time, k2log, file, logged):
    """A time in UTC is put into that of this place, and so is its day."""
    table = file("t.csv", f"{header}\n2026-11-20,{time},Quark,92\n")

    result = k2log("import", table, *options)

    assert result.code == 0, result.err
    assert [(each["day"], each["time"]) for each in logged()] == [TIMES[time]]
    assert "1 already there" in k2log("import", table, *options).out


@pytest.mark.parametrize(
    ("cell", "best", "high"),
    [
        ("<10", 5, 10),
        ("tr", 0.25, 0.5),
        ("200 mg", 200, 200),
        ("1.2 g", 1200, 1200),
        ("-", None, None),
    ],
)
def test_cells_typed_into_our_own_layout_are_read(cell, best, high, k2log, file, logged):
    table = file(
        "t.csv", f"day,food,amount,calcium_mg,supplement\n2026-11-20,Quark,30 g,{cell},yes\n"
    )

    result = k2log("import", table)

    assert result.code == 0, result.err
    (entry,) = logged()
    assert entry["supplement"]
    calcium = entry["nutrients"]["calcium"]
    assert (calcium["amount"], calcium["high"]) == (best, high)
    assert (entry["amount"], entry["measure"], entry["grams"]) == (30, "g", 30)

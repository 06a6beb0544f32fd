"""Text that was made to do harm is data wherever it goes: typed, read from files, shown again."""

import ast
import csv
import io
import json
import re
import resource
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.commands.output import emit
from k2log.text import safe_lines
from terminals import talk

PACKAGE = Path(__file__).parents[1] / "src" / "k2log"
RAW = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HOSTILE = {
    "colour": "a\x1b[31mb",
    "title": "a\x1b]0;owned\x07b",
    "link": "\x1b]8;;http://x\x1b\\a\x1b]8;;\x1b\\",
    "one-byte escape": "a\x9b31mb",
    "clear": "\x1bc\x1b[2Ja",
    "backspace": "abc\x08\x08\x08xyz",
    "return": "a\rb",
    "line": "a\nk2log: all is well",
    "line separator": "a\u2028b\u2029c",
    "override": "a\u202egpj.b",
    "isolate": "a\u2067b\u2069",
    "surrogate": "a\udcffb\udced\udca0\udc80",
    "rtl": "שלום عالم",
    "emoji": "\U0001f469\u200d\U0001f373 egg",
    "joiner": "क\u200dष",
    "marks": "e" + "\u0301" * 80,
    "markup": "[bold red]a[/] [/x] [link=http://x]b[/link]",
    "format": "{0} {x!r} %s %(a)s $HOME `id`",
    "sql": "a'; DROP TABLE entries; --",
    "formula": "=HYPERLINK(\"http://x\",\"a\")",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "path": "../../../etc/passwd",
    "long": "x" * 3000,
    "long word": "ä" * 900,
    "option": "--zork",
    "tab": "a\tb",
}  # fmt: skip

WRITING = [
    ["add", "%"],
    ["add", "%", "30g"],
    ["add", "egg 1", "--note", "%", "--meal", "%"],
    ["add", "egg 1", "--meal", "%"],
    ["add", "egg 1", "--uid", "%"],
    ["add", "egg 1", "--on", "%"],
    ["add", "egg 1", "--at", "%"],
    ["add", "d3 50000IU", "--every", "%"],
    ["add", "--file", "%"],
    ["add", "@%"],
    ["edit", "1", "--note", "%"],
    ["edit", "1", "--meal", "%"],
    ["edit", "1", "%"],
    ["edit", "%"],
    ["rm", "%"],
    ["undo", "%"],
    ["repeat", "yesterday", "--meal", "%"],
    ["repeat", "%"],
    ["routine", "add", "%", "egg 1"],
    ["routine", "add", "noon", "%"],
    ["routine", "edit", "%", "egg 1"],
    ["recipe", "add", "%", "egg 2", "gouda 30g"],
    ["recipe", "add", "soup", "%"],
    ["recipe", "edit", "bowl", "--name", "%"],
    ["foods", "add", "%", "--per", "100 g", "--calcium", "10mg"],
    ["foods", "add", "thing", "--per", "%", "--calcium", "10mg"],
    ["foods", "add", "thing", "--per", "100 g", "--calcium", "%"],
    ["foods", "add", "thing", "--per", "100 g", "--calcium", "1mg", "--portion", "%=3g"],
    ["foods", "edit", "own food", "--name", "%"],
    ["foods", "alias", "%", "gouda"],
    ["foods", "alias", "cheesy", "%"],
    ["profile", "set", "--medicine", "%"],
    ["profile", "set", "--medicine", "=%"],
    ["profile", "set", "--medicine", "warfarin@%"],
    ["profile", "set", "--condition", "%"],
    ["profile", "set", "--target", "%=1mg"],
    ["profile", "set", "--born", "%"],
    ["config", "set", "%", "1"],
    ["config", "set", "default-milk", "%"],
    ["config", "set", "region", "%"],
    ["caveats", "hide", "%", "--for", "9d"],
    ["caveats", "hide", "k1-is-not-k2", "--for", "%"],
    ["day", "complete", "%"],
    ["import", "%"],
    ["import", "%.csv", "--from", "csv", "--map", "%=food"],
    ["import", "x.csv", "--percent-of", "%=1mg"],
    ["foods", "import", "%"],
    ["restore", "%", "--yes"],
    ["export", "-o", "missing/%"],
    ["backup", "-o", "missing/%"],
    ["foods", "search", "%"],
    ["foods", "show", "%"],
    ["foods", "names", "%"],
    ["explain", "%"],
    ["report", "--on", "%"],
    ["report", "--format", "%"],
    ["report", "--by", "%"],
    ["chart", "%"],
    ["log", "--from", "%"],
    ["%"],
    ["--%"],
    ["--db", "missing/%", "report"],
]  # fmt: skip
SHOWING = [
    ["log"], ["log", "--json"], ["history"], ["history", "--json"], ["report", "--week"],
    ["report", "--day", "--format", "json"], ["report", "--day", "--format", "csv"],
    ["report", "--day", "--format", "markdown"], ["report", "--day", "--by", "food"],
    ["report", "--day", "--by", "meal", "--format", "csv"], ["report", "--by", "food"],
    ["--plain", "report", "--day"], ["chart"], ["suggest"], ["caveats"], ["caveats", "--json"],
    ["explain", "today"], ["explain", "1"], ["foods", "search", "egg"], ["foods", "names"],
    ["routine", "list"], ["recipe", "list"], ["recipe", "show", "bowl"], ["profile", "show"],
    ["profile", "show", "--json"], ["config", "list"], ["day", "show"], ["doctor"], ["export"],
    ["export", "--format", "jsonl"], ["foods", "show", "own food"], ["recalculate", "1"],
    ["undo"], ["redo"], [],
]  # fmt: skip
NEVER_EMPTY = [
    ["history"], ["history", "--json"], ["report", "--week"], ["report", "--by", "food"], ["chart"],
    ["caveats"], ["foods", "search", "egg"], ["foods", "names"], ["profile", "show"], ["export"],
    ["export", "--format", "jsonl"],
]  # fmt: skip
BRIEFLY = [["log"], ["history"], ["report", "--by", "food"], ["foods", "search", "zz"], ["export"]]


def harmless(result, line):
    """Check that nothing raw was written and that an error is an error of ours."""
    found = RAW.search(result.out + result.err)
    assert not found, (line, found, result)
    assert "Traceback" not in result.err
    assert result.code in {0, 1, 2, 3, 4, 130}, (line, result)


@pytest.fixture
def used(k2log, tmp_path, monkeypatch):
    """Have a diary with a few things in it, and stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for line in (
        ["add", "natto 1tbsp, egg 2", "--on", "yesterday"],
        ["recipe", "add", "bowl", "natto 50g", "egg 1"],
        ["foods", "add", "own food", "--per", "100 g", "--calcium", "10mg"],
        ["profile", "set", "--born", "1964", "--sex", "female"],
    ):
        assert k2log(*line).code == 0, line
    return k2log


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_typed_text_does_harm(used, kind):
    """It goes through every command that takes text; then every command shows what was kept."""
    for line in WRITING:
        typed = [word.replace("%", HOSTILE[kind]) for word in line]
        harmless(used("--plain", *typed), typed)
    shown(used)


def shown(k2log, lines=SHOWING):
    """Check commands that show what was kept."""
    for line in lines:
        result = k2log("--plain", *line)
        harmless(result, line)
        if line in NEVER_EMPTY:
            assert result.code == 0, (line, result)
            assert len(result.out) > 40, (line, result)


ROW = {"uid": "u-1", "day": "2026-11-20", "calcium_mg": 24}


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_of_an_own_file_does_harm(used, tmp_path, kind):
    """Refused, or kept as it is: what comes back out is what went in."""
    text = HOSTILE[kind]
    for field in ("food", "meal", "note", "measure", "food_key", "uid", "day", "time", "working"):
        row = {"food": "tea"} | ROW | {field: text if field != "working" else {text: [text]}}
        (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
        result = used("import", "rows.jsonl", "--update")
        harmless(result, field)
        if field in ("food", "meal", "note", "measure") and result.code == 0:
            assert " ".join(text.split()) in kept(used, field), (field, result)
        (tmp_path / "table.csv").write_bytes(as_csv(row))
        harmless(used("import", "table.csv", "--update", "--skip-bad"), field)
    shown(used, BRIEFLY)


def kept(k2log, field):
    """Return what the entries of a diary hold in a field."""
    lines = k2log("export", "--format", "jsonl").out.splitlines()
    return [json.loads(line).get(field) for line in lines]


def as_csv(row):
    out = io.StringIO()
    cells = [value if isinstance(value, str) else json.dumps(value) for value in row.values()]
    csv.writer(out).writerows([row.keys(), cells])
    return out.getvalue().encode("utf-8", "surrogateescape")


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_of_another_program_does_harm(used, tmp_path, kind):
    """Cells and headings of Cronometer and of any table."""
    text = HOSTILE[kind]
    header = ["Day", "Group", "Food Name", "Amount", "Calcium (mg)", text]
    for place in range(6):
        cells = ["2026-11-20", "Lunch", "Tea", "1 cup", "1", "x"]
        cells[place] = text
        out = io.StringIO()
        csv.writer(out).writerows([header, cells])
        (tmp_path / "servings.csv").write_bytes(out.getvalue().encode("utf-8", "surrogateescape"))
        harmless(used("import", "servings.csv"), place)
        harmless(used("import", "servings.csv", "--dry-run", "--skip-bad"), place)
    shown(used, BRIEFLY)


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_of_a_food_table_does_harm(used, tmp_path, kind):
    """Names of foods, brands and portions, and of the files themselves."""
    text = HOSTILE[kind].encode("utf-8", "surrogateescape")
    ciqual = (
        b"alim_grp_code,alim_code,alim_nom_eng,Calcium (mg/100g),Vitamin D (\xc2\xb5g/100g),"
        b"Vitamin K2 (\xc2\xb5g/100g)\n1,77," + b'"zz ' + text.replace(b'"', b'""') + b'",1,1,1\n'
    )
    (tmp_path / "ciqual.csv").write_bytes(ciqual)
    (tmp_path / "sr28").mkdir()
    sr28 = {
        "FOOD_DES.txt": b"~01123~^~0100~^~zz " + text + b"~^~E~^^^~Y~^~S~^12^^6.25^4.36^9.02^3.68",
        "NUT_DATA.txt": b"~01123~^~301~^56^6^0.6^~1~^~A~^^^1^^^5^^^~2, 3~^08/2010^",
        "WEIGHT.txt": b"~01123~^1^1^~large " + text + b"~^50^^",
    }
    for name, content in sr28.items():
        (tmp_path / "sr28" / name).write_bytes(content + b"\r\n")

    for path in ("ciqual.csv", "sr28"):
        harmless(used("foods", "import", path), path)
    for line in ("foods search zz", "foods show food:sr28:01123", "explain food:ciqual:77",
                 "add food:sr28:01123 30g"):  # fmt: skip
        harmless(used(line), line)
    shown(used, BRIEFLY)


@pytest.fixture
def tampered(used, diary):
    """Have a diary into which another program wrote what k2log would not have."""
    bad = HOSTILE["title"] + HOSTILE["override"] + "[bold]" + HOSTILE["one-byte escape"]
    used("add", "egg 2", "--meal", "lunch", "--note", "x")
    used("routine", "add", "noon", "egg 1")
    used("profile", "set", "--medicine", "=mine", "--condition", "osteoporosis")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE entries SET food = ?, meal = ?, note = ?, measure = ?", [bad] * 4)
        db.execute("UPDATE foods SET name = name || ?, note = ? WHERE origin = 'user'", [bad] * 2)
        db.execute("UPDATE changes SET command = ?", [bad])
        db.execute("UPDATE settings SET value = replace(value, 'mine', ?)", [json.dumps(bad)[1:-1]])
        db.execute("UPDATE settings SET value = replace(value, 'egg', ?)", [json.dumps(bad)[1:-1]])
        db.execute("UPDATE sources SET citation = ?, note = ?", [bad] * 2)
    db.close()
    return used


def test_nothing_raw_comes_out_of_a_diary_that_was_tampered_with(tampered):
    """Whatever the file holds, and in every form but the export, which is bytes for programs."""
    for line in SHOWING:
        if line[:1] != ["export"]:
            harmless(tampered("--plain", *line), line)
            result = tampered(" ".join(line))
            harmless(result, line)
            if "--json" in line or "json" in line:
                json.loads(result.out)


@pytest.mark.parametrize(
    "line", [["log"], ["report", "--day"], ["report", "--day", "--by", "food"]]
)
def test_a_terminal_shows_it_and_does_not_obey(tampered, line):
    """No title is set, nothing runs backwards, and markup of Rich is plain text."""
    code, screen = talk(*line, replies=[])

    assert code == 0, screen
    assert re.search(r"calcium 56 mg|Egg|\b56\b", screen)
    assert "]0;owned ba" in screen
    assert "\x1b]" not in screen
    assert not re.search(r"[\x07\x9b\u202e]", screen)
    assert "[bold]" in screen


@given(st.text(), st.booleans())
def test_whatever_is_written_is_safe_for_a_terminal(text, styled):
    """The last gate: lines stay lines, k2log's own bold and dim stay, all else is shown escaped."""
    written = safe_lines(text, styled=styled)

    assert not RAW.search(re.sub(r"\r\n|\x1b\[[012](;[012])*m|\t", "", written))
    assert written.count("\n") == text.count("\n")


def test_the_gate_stands_before_every_result(capsys):
    """Also where a view forgot."""
    emit("a\x1b]0;t\x07\u202eb\n")

    assert capsys.readouterr().out == "a\\x1b]0;t\\x07\\u202eb\n"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_spreadsheet_runs_nothing(used, tmp_path, sign):
    """Every CSV that k2log writes: no cell begins like a formula, and the export comes back."""
    row = ROW | {"food": f"{sign}1+1", "note": f"{sign}cmd|x", "meal": f"{sign}1"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    used("import", "rows.jsonl")
    texts = [
        used("export").out,
        *(used("report", "--day", "--on", "2026-11-20", "--format", "csv", *by).out
          for by in ([], ["--by", "food"], ["--by", "meal"], ["--by", "food", "--excel"])),
    ]  # fmt: skip

    assert "1+1" in texts[0]
    for text in texts:
        assert len(text.splitlines()) > 1
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))] == []
    (tmp_path / "all.csv").write_text(texts[0], encoding="utf-8")
    assert used("--db", "other.db", "import", "all.csv").code == 0
    assert used("--db", "other.db", "export").out == texts[0]


ENDLESS = [
    ["import", "/dev/zero"], ["import", "-"], ["add", "-"], ["add", "--file", "/dev/zero"],
    ["foods", "import", "/dev/zero"], ["restore", "--yes", "/dev/zero"],
    ["--db", "/dev/zero", "log"], ["import", "huge.csv"], ["add", "--file", "huge.csv"],
    ["foods", "import", "huge.csv"], ["restore", "--yes", "huge.csv"], ["--db", "huge.csv", "log"],
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("line", ENDLESS, ids=" ".join)
def test_what_never_ends_is_refused_early(used, tmp_path, line):
    """Two gigabytes, or zeros for ever: an error in a second, and little memory."""
    with open(tmp_path / "huge.csv", "wb") as huge:
        huge.write(b"day,food\n2026-11-20,tea\n")
        huge.truncate(2 << 30)

    done = limited(line)

    assert done.returncode in (1, 2, 4), done
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def limited(line, stdin="/dev/zero"):
    """Run a command line with half a gigabyte of memory, a tenth of disk, and ten seconds."""

    def limits():
        resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, 100_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))

    with open(stdin, "rb") as source:
        return subprocess.run(
            [sys.executable, "-m", "k2log", *line], stdin=source, capture_output=True, check=False,
            preexec_fn=limits, timeout=60,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "line"),
    [("tea\n", ["import", "-"]), ("egg 1\n", ["add", "-"]), ("2026-11-20,tea\n", ["import", "-"])],
)
def test_yes_is_not_taken_for_an_answer(used, monkeypatch, said, line):
    """A pipe of good lines that does not end is refused where it becomes too much."""
    monkeypatch.setattr("k2log.features.exchange.files.MOST_BYTES", 3_000_000)
    with subprocess.Popen(["yes", said.strip()], stdout=subprocess.PIPE) as endless:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(endless.stdout))
        result = used(*line)
        endless.kill()

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert re.search(
        "more than [0-9]+ MB; .* it in several files|more than 10000 lines", result.err
    )


def test_a_zip_is_never_unpacked(used, tmp_path):
    """A path that leads out of it is refused, and writes nothing."""
    with zipfile.ZipFile(tmp_path / "table.zip", "w") as archive:
        archive.writestr("../../outside.csv", "alim_code\n")
    before = sorted(tmp_path.rglob("*"))

    result = used("foods", "import", "table.zip")

    assert (result.code, result.err.count("\n")) == (1, 1)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zip_inside_is_no_table(used, tmp_path):
    """What is in it is not opened."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("ciqual.csv", "alim_code\n")
    with zipfile.ZipFile(tmp_path / "table.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())

    assert used("foods", "import", "table.zip").code == 2


SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|DROP|PRAGMA|WHERE|ATTACH|ORDER BY|VALUES)\b"
)
PARTS_OF_SQL = {
    *("table", "name", "schema", "column", "columns", "held", "unique", "others"),
    *("condition", "which", "kept", "conflict", "within", "query", "own"),
    *("settings", "values", "places", "sums", "what_is_known", "nutrients", "files", "image"),
    *("len", "int", "map", "cache_kib"),
    *("chosen", "order", "db", "at", "range", "enumerate", "side", "portions"),
    *("key", "_condition", "most", "way", "change", "wrong_cell"),  # of wrong cells, by our columns
    *("self", "each"),  # definitions that were found equal to ours before they are run
}
"""What may be put into SQL, by its name in our code: tables, columns, conditions, marks."""


def test_sql_is_bound():
    """Put together into SQL are its own parts, from our code alone; a value is only ever bound."""
    strange = [
        f"{file.name}:{text.lineno}: {ast.unparse(part)}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr) and _is_sql(text)
        for part in text.values
        if isinstance(part, ast.FormattedValue) and not _names(part) <= PARTS_OF_SQL
    ]

    assert strange == []


def test_sql_that_is_put_together_is_found():
    """Else nothing would have been looked at."""
    found = [
        text
        for file in sorted(PACKAGE.rglob("*.py"))
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr) and _is_sql(text)
    ]
    bad = ast.parse('f"SELECT * FROM entries WHERE food = {food}"').body[0].value

    assert len(found) > 20
    assert _is_sql(bad)
    assert not _names(bad.values[1]) <= PARTS_OF_SQL


def _is_sql(text):
    parts = (part.value for part in text.values if isinstance(part, ast.Constant))
    return bool(SQL.search(" ".join(map(str, parts))))


def _names(part):
    """Return the names in what is put in, without those of the module's own constants."""
    names = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
    return {name for name in names if name != name.upper()}

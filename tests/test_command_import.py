"""``k2log import``."""

import io
import json
import sys
from pathlib import Path

import pytest

ENTRY = {"uid": "a-1", "day": "2026-11-20", "food": "natto", "calcium_mg": 24}


@pytest.fixture
def file(tmp_path):
    def write(content, name="rows.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def jsonl(file):
    return lambda *rows: file("".join(json.dumps(row) + "\n" for row in rows), "rows.jsonl")


@pytest.fixture
def rows(k2log):
    """Read the diary back: its entries, as JSON."""

    def read():
        lines = map(json.loads, k2log("export --format jsonl").out.splitlines())
        return [line for line in lines if "schema" not in line]

    return read


def test_a_table_made_by_hand_will_do(k2log, file, rows):
    result = k2log("import", file("Day,Food,calcium_mg\n2026-11-20,milk,120\n"))

    (row,) = rows()
    assert (result.code, result.out) == (0, "imported 1 entry\n"), result.err
    assert (row["calcium_mg"], row["calcium_mg_low"], row["calcium_mg_high"]) == (120, 120, 120)
    assert row["vitamin_k2_ug"] is None
    assert row["every_days"] == 1
    assert row["created"] == "2026-11-21T11:00:00Z"


def test_a_table_made_by_hand_is_imported_once(k2log, file, rows):
    table = "day,food\n2026-11-20,coffee\n2026-11-20,coffee\n2026-11-20,milk\n"

    assert k2log("import", file(table)).out == "imported 3 entries\n"
    assert k2log("import", file(table + "2026-11-21,milk\n")).out == (
        "imported 1 entry, 3 already there\n"
    )
    assert len({row["uid"] for row in rows()}) == 4


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_an_export_moves_the_diary(k2log, tmp_path, format_):
    k2log("add", "natto 1tbsp", "--at", "8am", "--note", "'tis =1")
    k2log("add", "eel 100g, d3 2000IU", "--on", "yesterday")
    moved = str(tmp_path / f"moved.{format_}")
    k2log("export", "-o", moved)
    other = ("--db", str(tmp_path / "other.db"))

    result = k2log(*other, "import", moved)

    assert result.out == "imported 3 entries\n"
    assert k2log(*other, "export", "--format", format_).out == Path(moved).read_text()
    assert k2log(*other, "import", moved).out == "imported 0 entries, 3 already there\n"


def test_an_import_is_one_change(k2log, file, rows):
    k2log("import", file("day,food\n2026-11-20,milk\n2026-11-20,tea\n"))

    assert "(entries 1 milk, 2 tea)" in k2log("undo").out
    assert all("removed" in row for row in rows())
    assert k2log("undo").code == 1


def test_already_there_is_no_change_to_undo(k2log, jsonl):
    k2log("add milk 100ml")
    k2log("import", jsonl(ENTRY))
    k2log("import", jsonl(ENTRY))

    assert "import" in k2log("undo").out
    assert "add milk" in k2log("undo").out


def test_what_differs_is_listed_and_left_alone(k2log, jsonl, rows):
    k2log("import", jsonl(ENTRY))

    result = k2log("import", jsonl(ENTRY | {"calcium_mg": 25}, ENTRY | {"uid": "new"}))

    assert result.out == "imported 1 entry, 1 different (use --update)\n"
    assert result.err == "line 1: natto of 2026-11-20 differs\n"
    assert [row["calcium_mg"] for row in rows()] == [24, 24]


def test_an_update_takes_what_differs_and_can_be_undone(k2log, jsonl, rows):
    k2log("import", jsonl(ENTRY | {"amount": 0.1 + 0.2, "note": "before"}))
    before = rows()

    result = k2log("import", jsonl(ENTRY | {"calcium_mg": 25, "day": "2026-11-19"}), "--update")

    assert result.out == "imported 0 entries, 1 replaced\n"
    assert [(row["calcium_mg"], row["day"], row["note"]) for row in rows()] == [
        (25, "2026-11-19", None)
    ]
    k2log("undo")
    assert rows() == before


def test_what_was_removed_here_comes_back_only_with_update(k2log, jsonl, rows):
    k2log("import", jsonl(ENTRY))
    k2log("rm 1")

    result = k2log("import", jsonl(ENTRY))
    assert result.out == "imported 0 entries, 1 removed here (use --update)\n"
    assert "line 1: natto of 2026-11-20 was removed here" in result.err

    assert k2log("import", jsonl(ENTRY), "--update").out == "imported 0 entries, 1 brought back\n"
    assert "removed" not in rows()[0]
    k2log("undo")
    assert "removed" in rows()[0]


def test_a_removal_travels(k2log, jsonl, rows):
    k2log("import", jsonl(ENTRY))
    removal = ENTRY | {"removed": "2026-11-21T10:00:00Z"}

    assert "1 different (use --update)" in k2log("import", jsonl(removal)).out
    assert k2log("import", jsonl(removal), "--update").code == 0
    assert rows()[0]["removed"] == "2026-11-21T10:00:00Z"


def test_a_removal_of_what_is_not_here_is_kept(k2log, jsonl, rows):
    removal = ENTRY | {"removed": "2026-11-21T10:00:00Z"}

    assert k2log("import", jsonl(removal)).out == "imported 0 entries, 1 removal\n"
    assert (
        k2log("import", jsonl(ENTRY)).out == "imported 0 entries, 1 removed here (use --update)\n"
    )
    assert rows()[0]["removed"] == "2026-11-21T10:00:00Z"


def test_day_marks_travel_and_can_be_undone(k2log, jsonl, rows):
    mark = {"day": "2026-11-20", "mark": "complete", "changed": "2026-11-21T10:00:00Z"}
    other = mark | {"mark": "skipped"}

    assert k2log("import", jsonl(mark)).out == "imported 0 entries, 1 day mark\n"
    assert k2log("import", jsonl(mark)).out == "imported 0 entries\n"
    assert rows() == [mark]
    refused = k2log("import", jsonl(other))
    assert refused.out == "imported 0 entries, 1 day mark different (use --update)\n"
    assert refused.err == "line 1: 2026-11-20 is skipped, here complete\n"
    k2log("import", jsonl(other), "--update")
    assert rows() == [other]
    k2log("undo")
    assert rows() == [mark]
    k2log("undo")
    assert rows() == []


def test_bad_rows_stop_the_import(k2log, file, diary, rows):
    table = file('day,food,calcium_mg\n2026-11-20,milk,120\n1899-01-01,,"1,5"\n2026-11-20,tea,-1\n')

    result = k2log("import", table)

    assert (result.code, result.out, rows()) == (1, "", [])
    first, second, last = result.err.splitlines()
    assert first.startswith('line 3: day "1899-01-01" is before 1900; food is')
    assert first.endswith('missing; calcium_mg "1,5" has a comma: write 1.5 or 15')
    assert second == 'line 4: calcium_mg "-1" is negative'
    assert last.startswith("k2log: 2 rows are wrong, so nothing was imported.")
    assert last.endswith("--skip-bad")


def test_bad_rows_can_be_left_out(k2log, file, rows):
    result = k2log("import", file("day,food\n2026-11-20,milk\n20 Nov,tea\n"), "--skip-bad")

    assert (result.code, result.out) == (0, "imported 1 entry, 1 bad row left out\n")
    assert len(rows()) == 1


def test_only_the_first_bad_rows_are_listed(k2log, file):
    result = k2log("import", file("day,food\n" + "never,tea\n" * 155))

    assert len(result.err.splitlines()) == 22
    assert result.err.splitlines()[20] == "and 135 more"


def test_a_uid_twice_in_a_file_is_wrong(k2log, jsonl, rows):
    result = k2log("import", jsonl(ENTRY, ENTRY), "--skip-bad")

    assert result.err == 'line 2: "a-1" is there already, on line 1\n'
    assert result.out == "imported 1 entry, 1 bad row left out\n"
    assert len(rows()) == 1


def test_a_day_marked_twice_in_a_file_is_wrong(k2log, jsonl):
    mark = {"day": "2026-11-20", "mark": "complete", "changed": "2026-11-21T10:00:00Z"}

    assert k2log("import", jsonl(mark, mark | {"mark": "skipped"})).code == 1


def test_a_dry_run_writes_nothing(k2log, jsonl, diary, rows):
    assert k2log("import", jsonl(ENTRY), "--dry-run").out == "would import 1 entry\n"
    assert not diary.exists()
    k2log("import", jsonl(ENTRY))
    before = rows()

    result = k2log("import", jsonl(ENTRY | {"note": "x"}), "--dry-run", "--update")

    assert result.out == "would import 0 entries, 1 replaced\n"
    assert rows() == before


def test_stdin_will_do(k2log, monkeypatch, rows):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(ENTRY).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert k2log("import", "-").out == "imported 1 entry\n"
    assert rows()[0]["uid"] == "a-1"


def test_spreadsheets_write_marks_and_line_ends_of_their_own(k2log, file, rows):
    table = b'\xef\xbb\xbfday,food,note\r\n2026-11-20,milk,"one\r\ntwo"\r\n,,\r\n\r\n'

    assert k2log("import", file(table, "table.txt")).out == "imported 1 entry\n"
    assert rows()[0]["note"] == "one two"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"day,food\n2026-11-20,mi\0lk\n", "line 2 holds a NUL byte"),
        (b"day,food\n" + b"x" * 1_000_001, "line 2 is longer than"),
        (b'day,food\n"' + b"x\n" * 70_000, "line 2 is not readable as CSV: field larger"),
        (b'day,food\n"' + b'a","b\n' * 400_000, "line 2: this row never ends"),
        (b'day,food\n2026-11-20,"milk\n', "line 2 is not readable as CSV"),
        (b"day,food,kcal,brand\n", "unknown columns: kcal, brand"),
        (b"day,food,day\n", "the column day is there twice"),
        (b"day,note\n", "the column food is missing"),
        (b'{"schema": "k2log.diary/2"}\n', 'the file is "k2log.diary/2"'),
        (b'{"day": oops}\n', "is not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_at_all(k2log, file, content, said):
    result = k2log("import", file(content, "unknown"))

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_a_file_that_is_not_there(k2log, tmp_path, diary):
    result = k2log("import", str(tmp_path / "none.csv"))

    assert (result.code, result.err) == (
        2, f"k2log: cannot read {tmp_path}/none.csv: No such file or directory.\n",
    )  # fmt: skip
    assert not diary.exists()


def test_one_broken_line_of_json_is_one_bad_row(k2log, file):
    result = k2log("import", file(json.dumps(ENTRY) + '\n{"uid": "cut\n', "rows.jsonl"))

    assert result.code == 1
    assert result.err.startswith('line 2: "{"uid": "cut" is not JSON\n')

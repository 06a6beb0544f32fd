"""``k2log export``."""

import csv
import json
import os
import stat
from pathlib import Path

import pytest


@pytest.fixture
def logged(k2log):
    k2log("add", "natto 1tbsp", "--at", "08:30", "--note", "=2+2")
    k2log("add", "gouda 30g", "--on", "yesterday")
    k2log("add", "d3 2000IU", "--on", "2026-11-01")
    return k2log


def test_entries_come_out_in_the_order_of_days(logged):
    result = logged("export")

    header, *rows = result.out.splitlines()
    assert result.code == 0, result.err
    assert header.startswith("uid,day,time,meal,food,food_key,amount,measure,grams,supplement,")
    assert [row.split(",")[1] for row in rows] == ["2026-11-01", "2026-11-20", "2026-11-21"]
    assert "'=2+2" in rows[2]
    assert "2026-11-21T08:30+01:00" in rows[2]


def test_nothing_logged_is_a_header_alone(k2log):
    assert len(k2log("export").out.splitlines()) == 1


def test_looking_makes_no_diary(k2log, diary):
    k2log("export")

    assert not diary.exists()


def test_a_window_is_all_that_comes_out(logged):
    assert len(logged("export --week").out.splitlines()) == 3
    assert len(logged("export --from yesterday").out.splitlines()) == 3
    assert len(logged("export --to yesterday").out.splitlines()) == 3
    assert len(logged("export --on yesterday").out.splitlines()) == 2
    assert len(logged("export --week --on yesterday").out.splitlines()) == 2
    assert logged("export --week --month").code == 2


def test_json_lines_hold_removals_and_numbers(logged):
    logged("rm 2")

    header, first, second, removal = map(
        json.loads, logged("export --format jsonl").out.splitlines()
    )
    assert header == {"schema": "k2log.diary/1"}
    assert (first["food_key"], first["vitamin_d3_ug"]) == ("vitamin-d3", 50.0)
    assert second["working"]["typed"] == "natto 1tbsp"
    assert (removal["food"], removal["removed"][-1]) == ("Gouda", "Z")


def test_what_is_unknown_is_empty_and_zero_is_zero(logged):
    """In CSV; and a whole number has no point."""
    dose, cheese, natto = csv.DictReader(logged("export").out.splitlines())

    assert (dose["vitamin_d3_ug"], dose["grams"], dose["supplement"]) == ("50", "", "1")
    assert (cheese["mk7_ug"], cheese["vitamin_d2_ug"], cheese["amount"]) == ("", "0", "30")
    assert float(natto["vitamin_k2_ug"]) > float(natto["vitamin_k2_ug_low"]) > 0
    assert json.loads(natto["working"])["typed"] == "natto 1tbsp"


def test_each_line_of_json_is_as_json_is_written(logged):
    """Whatever a note holds, and of a removal and a day mark, too."""
    logged("add", "gouda 30g", "--note", '100 % "納豆" \\ %s {}')
    logged("add", "gouda 31g", "--every", "7d")
    logged("day", "complete", "yesterday")
    logged("rm", "1")

    lines = logged("export --format jsonl").out.splitlines()

    assert len(lines) == 7
    assert [json.dumps(json.loads(line), ensure_ascii=False) for line in lines] == lines
    assert '"note": "100 % \\"納豆\\" \\\\ %s {}"' in "".join(lines)


def test_a_file_is_whole_private_and_announced(logged, tmp_path):
    target = tmp_path / "diary.jsonl"

    result = logged("export", "-o", str(target))

    assert (result.code, result.out) == (0, "")
    assert result.err == f"exported 3 entries to {target}\n"
    assert target.read_text() == logged("export --format jsonl").out
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*.part"))


def test_an_existing_file_is_replaced_only_with_force(logged, tmp_path):
    target = tmp_path / "diary.csv"
    target.write_text("mine")

    refused = logged("export", "-o", str(target))
    assert (refused.code, target.read_text()) == (1, "mine")
    assert "--force" in refused.err

    assert logged("export", "-o", str(target), "--force").code == 0
    assert target.read_text() == logged("export").out


def test_a_file_that_appears_meanwhile_is_not_replaced(logged, tmp_path, monkeypatch):
    target = tmp_path / "diary.csv"
    monkeypatch.setattr("os.fsync", lambda _: target.write_text("mine"))

    refused = logged("export", "-o", str(target))

    assert (refused.code, target.read_text()) == (1, "mine")
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_system_without_links_will_do(logged, tmp_path, monkeypatch):
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    target = tmp_path / "diary.csv"

    assert logged("export", "-o", str(target)).code == 0
    assert target.read_text() == logged("export").out


def test_the_diary_itself_is_never_replaced(logged, diary):
    before = diary.read_bytes()

    result = logged("export", "-o", str(diary), "--format", "csv", "--force")

    assert result.code == 1
    assert diary.read_bytes() == before


def test_nor_is_its_write_ahead_log(logged, diary):
    result = logged("export", "-o", f"{diary}-wal", "--format", "csv")

    assert (result.code, Path(f"{diary}-wal").exists()) == (1, False)


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("diary.xlsx", 2, "--format csv or jsonl"),
        ("no/such/folder/diary.csv", 1, "No such file or directory"),
        (os.devnull, 1, "is not a regular file"),
    ],
)
def test_what_cannot_be_written_is_said(logged, tmp_path, target, code, said):
    format_ = ["--format", "csv"] if target == os.devnull else []

    result = logged("export", "-o", str(tmp_path / target), *format_)

    assert result.code == code
    assert said in result.err


def test_a_symbolic_link_is_followed(logged, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")

    logged("export", "-o", str(tmp_path / "link.csv"))

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == logged("export").out

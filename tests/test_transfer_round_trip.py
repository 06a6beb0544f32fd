"""What leaves the diary comes back in the same, to the byte."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k2log import clock
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import FIGURES, Entry
from k2log.diary.jsonl import jsonl_lines
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import Moment
from k2log.features.exchange.formats import import_options, import_source
from k2log.features.exchange.own import DATED, csv_lines, read_csv, read_jsonl, unguarded
from k2log.features.exchange.rows import EntryRow, LineRemark
from k2log.features.exchange.store import stage, stream_entries, stream_marks, stream_removals, take
from k2log.files import Unwatched
from k2log.nutrients import NUTRIENTS
from k2log.store.diary import Diary
from k2log.store.entries import add_entries, remove_entries
from k2log.store.upgrade import FOLDER, migration_files
from k2log.text import clean, guarded

MOMENT = Moment(date(2026, 11, 21), datetime(2026, 11, 21, 11, tzinfo=UTC), clock.local)
AT = "2026-11-21T11:00:00Z"
OFFSETS = ("+01:00", "+05:45", "-09:30", "+14:00", "-12:00", "+00:00", "+00:19:32")


def is_clean(text: str) -> bool:
    try:
        return clean(text, "text") == text
    except UnreadableError:
        return False


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
texts = st.builds("{}{}".format, st.sampled_from(["", "=", "'", "''", "-", "@", "+", '"']), words)
texts = texts.map(lambda text: " ".join(text.split())).filter(is_clean)
uids = st.text("abcABC019-_.'=+@", min_size=1, max_size=12)
days = st.dates(date(1900, 1, 1), date(2026, 11, 19))
numbers = st.floats(0, 1e9).map(lambda value: value + 0.0)
figures = numbers.map(lambda value: round(value, 6))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    low, best, high = sorted(draw(st.tuples(figures, figures, figures)))
    return draw(
        st.sampled_from(
            [UNKNOWN, Amount.partial(best, low), Amount(best, low, high), Amount.of(best)]
        )
    )


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(0, 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    day = draw(days)
    clock = draw(st.times()).replace(second=0, microsecond=0).isoformat("minutes")
    return Entry(
        id=None,
        uid=draw(uids),
        day=day,
        time=draw(
            st.none() | st.sampled_from(OFFSETS).map(lambda offset: f"{day}T{clock}{offset}")
        ),
        meal=draw(st.none() | texts),
        food=draw(texts),
        food_key=draw(st.none() | texts),
        amount=draw(st.none() | numbers),
        measure=draw(st.none() | texts),
        grams=draw(st.none() | numbers),
        supplement=draw(st.booleans()),
        every_days=draw(st.integers(1, 366)),
        note=draw(st.none() | texts),
        created=draw(st.sampled_from([AT, "2001-02-03T04:05:06Z"])),
        nutrients={nutrient: draw(amounts()) for nutrient in NUTRIENTS},
        working=draw(st.dictionaries(texts, plain, max_size=3)),
    )


logs = st.lists(entries(), min_size=1, max_size=5, unique_by=lambda entry: entry.uid)


def empty() -> Diary:
    db = sqlite3.connect(":memory:", isolation_level=None)
    for file in migration_files(FOLDER):
        db.executescript(file.read_text(encoding="utf-8"))
    return Diary(db, None)


def as_csv(diary: Diary) -> str:
    return "".join(csv_lines(stream_entries(diary, None, DATED)))


def as_jsonl(diary: Diary) -> str:
    removals, marks = stream_removals(diary), stream_marks(diary)
    return "".join(jsonl_lines(stream_entries(diary), removals, marks))


def lines_of(text: str) -> Iterable[str]:
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(logs)
def test_csv_comes_back_the_same(log: list[Entry]) -> None:
    with empty() as diary, empty() as other:
        add_entries(diary, log, "add")
        written = as_csv(diary)

        wrong = stage(other, read_csv(lines_of(written), MOMENT))
        outcome = take(other, update=False, command="import", at=AT)

        assert (wrong.shown, outcome.entries) == ([], len(log))
        assert as_csv(other) == written


class Spreadsheet(NamedTuple):
    """How a program saves a table that it has opened: its days and numbers are its own."""

    day: str
    point: str
    suffix: str = ".csv"
    separator: str = ","
    encoding: str = "utf-8-sig"


SPREADSHEETS = {
    "german": Spreadsheet("{2:02}.{1:02}.{0}", ",", separator=";"),
    "us": Spreadsheet("{1}/{2}/{0}", "."),
    "british": Spreadsheet("{2:02}/{1:02}/{0}", "."),
    "unicode text": Spreadsheet("{2:02}.{1:02}.{0}", ",", separator="\t", encoding="utf-16"),
    "dutch": Spreadsheet("{2}-{1}-{0}", ",", separator=";"),
}


def saved(written: str, by: Spreadsheet) -> bytes:
    """Return k2log's CSV as a spreadsheet saves it: numbers and days its own, texts as they are."""
    head, *rows = csv.reader(io.StringIO(written, newline=""))
    numbers = {"amount", "grams", *FIGURES}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=by.separator, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        cells |= {name: cells[name].replace(".", by.point) for name in numbers}
        cells["day"] = by.day.format(*map(int, cells["day"].split("-")))
        writer.writerow(cells.values())
    return stream.getvalue().encode(by.encoding)


@pytest.mark.slow
@pytest.mark.parametrize("program", SPREADSHEETS)
@settings(max_examples=30, deadline=None)
@given(log=logs)
def test_csv_comes_back_from_a_spreadsheet(program: str, log: list[Entry]) -> None:
    with empty() as diary, empty() as other, TemporaryDirectory() as folder:
        add_entries(diary, log, "add")
        written = as_csv(diary)
        file = Path(folder) / "saved.csv"
        file.write_bytes(saved(written, SPREADSHEETS[program]))

        order = "mdy" if program == "us" else "dmy"
        with import_source(str(file), import_options(None, [], [], order)) as source:
            for here, new in ((other, len(log)), (diary, 0)):
                wrong = stage(here, source.rows(MOMENT, Unwatched()))
                outcome = take(here, update=False, command="import", at=AT)

                assert (wrong.shown, outcome.entries) == ([], new)
                assert outcome.differences.total == 0
                assert as_csv(here) == written


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(logs, st.data())
def test_json_lines_bring_removals_and_marks_too(log: list[Entry], data: st.DataObject) -> None:
    with empty() as diary, empty() as other:
        logged = add_entries(diary, log, "add")
        gone = data.draw(
            st.lists(st.sampled_from([entry.id or 0 for entry in logged]), unique=True)
        )
        remove_entries(diary, gone, "rm", AT)
        for day in data.draw(st.sets(days, max_size=3)):
            diary.db.execute("INSERT INTO days VALUES (?, 'complete', ?)", (day.isoformat(), AT))
        written = as_jsonl(diary)

        wrong = stage(other, read_jsonl(lines_of(written), MOMENT))
        take(other, update=False, command="import", at=AT)

        assert wrong.shown == []
        assert as_jsonl(other) == written


@given(st.text())
def test_the_guard_against_formulas_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    first, *others = guarded(text).split(";")  # as a spreadsheet would that splits there
    for cell in (first, *map(str.lstrip, others)):
        assert not cell.startswith(("=", "+", "-", "@"))


broken = st.text(st.characters(codec="utf-8"), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(broken, max_size=4) | st.tuples(
    st.sampled_from(["2026-11-20", "yesterday", ""]), texts, st.sampled_from(["", "08:00", "x"]),
    st.sampled_from(["", "80", "-1", "x"]),
).map(list))  # fmt: skip
def test_whatever_csv_holds_is_an_entry_a_remark_or_refused(cells: list[str]) -> None:
    lines = ["day,food,time,calcium_mg\n", ",".join(cells) + "\n"]
    with suppress(UnreadableError):
        found = list(read_csv(lines, MOMENT))
        assert all(isinstance(item, EntryRow | LineRemark) for item in found)
        assert found or not any(cell.strip() for cell in cells)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["uid", "day", "food", "time", "calcium_mg", "calcium_mg_low", "every_days", "working",
             "supplement", "created", "removed", "amount"]
        ),
        values,
    )
)  # fmt: skip
def test_whatever_json_holds_is_an_entry_or_a_remark(held: dict[str, object]) -> None:
    written = json.dumps({"food": "natto", "day": "2026-11-20"} | held)
    try:
        found = list(read_jsonl(['{"schema": "k2log.diary/1"}\n', written + "\n"], MOMENT))
    except UnreadableError:
        pytest.fail("one bad line must not spoil the others")
    assert len(found) == 1

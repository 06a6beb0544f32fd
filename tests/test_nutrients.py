"""The table of nutrients: every row is whole, and all that is made from it agrees with it."""

import csv
import re
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

import k2log
from k2log.amounts import NOTHING
from k2log.diary.entry import COLUMNS, FIELDS
from k2log.features.tables import ciqual, fdc, sr28
from k2log.food.label import read_label
from k2log.grammar.nutrients import nutrient_amount, nutrient_words, nutrients, target
from k2log.grammar.units import unit
from k2log.nutrients import (
    BY_COLUMN,
    HEADLINE,
    K2_FORMS,
    MICROGRAMS,
    NUTRIENTS,
    PARTS,
    READING_ORDER,
    REFERENCE_GROUPS,
    TITLES,
    TOLD_FORMS,
    UNITS,
    VITAMIN_D,
    DailyTarget,
    Limits,
    Nutrient,
    ReferenceGroup,
    TableCodes,
)
from k2log.science import intakes
from k2log.science.intakes import IntakeTableError, table
from k2log.store import upgrade as upgrading
from k2log.store import views
from k2log.store.upgrade import FOLDER, migration_files

ENDS = ("", "_low", "_high")
ROWS = [pytest.param(nutrient, id=nutrient.id) for nutrient in NUTRIENTS.values()]
ZINC = Nutrient(
    id="zinc", unit="mg", name="Zinc", title="Zinc", word="zinc", short="zinc",
    family="zinc", part_of=None, headline=False, words=("zinc",), option="zinc", prompted=False,
    target=DailyTarget(("zinc",), 1, 100, "10mg"),
    limits=Limits(200, 1000, 80_000, suggested_dose=0, tenth_per_100g=(0.5, 50)),
    codes=TableCodes(sr28=309, fdc=1095, ciqual=("Zinc",), headings=("zinc",)),
    us_label=(11, 15), reference_group=ReferenceGroup("zinc", "Zinc", {"all": ("zinc",)}),
)  # fmt: skip


# Rows


@pytest.mark.parametrize("nutrient", ROWS)
def test_a_row_is_whole(nutrient):
    """Names and words are there, limits are in order, and the unit is one that can be converted."""
    texts = (nutrient.name, nutrient.title, nutrient.word, nutrient.short, *nutrient.words)

    assert all(text == text.strip() and text for text in texts)
    assert nutrient.words
    assert nutrient.unit in MICROGRAMS
    assert unit(nutrient.ascii_unit).name == nutrient.unit
    assert 0 < nutrient.limits.per_pill <= nutrient.limits.per_entry
    assert nutrient.limits.per_100g * MICROGRAMS[nutrient.unit] <= 100 * MICROGRAMS["g"]
    assert 0 <= nutrient.limits.suggested_dose <= nutrient.limits.per_pill
    assert nutrient.column.isascii()


@pytest.mark.parametrize("nutrient", ROWS)
def test_a_form_is_part_of_a_nutrient_that_is_no_form(nutrient):
    """It has the unit and family of the whole."""
    if nutrient.part_of is None:
        return
    whole = NUTRIENTS[nutrient.part_of]

    assert whole.part_of is None
    assert (whole.unit, whole.family) == (nutrient.unit, nutrient.family)
    assert nutrient.id in PARTS[whole.id]


@pytest.mark.parametrize("group", REFERENCE_GROUPS.values(), ids=REFERENCE_GROUPS)
def test_a_reference_group_counts_nutrients_of_one_unit(group):
    """So means can be added up; and every scope with a note is a scope."""
    counted = chain.from_iterable(group.counted.values())

    assert {NUTRIENTS[id_].unit for id_ in counted} == {UNITS[group.id]}
    assert "all" in group.counted
    assert group.notes.keys() <= group.counted.keys()


@pytest.mark.parametrize("nutrient", ROWS)
def test_a_target_is_set_with_each_of_its_words(nutrient):
    """And the example that is shown is within the bounds."""
    if nutrient.target is None:
        return
    words, least, most, example = nutrient.target

    assert 0 < least < most
    assert [target(f"{word}={example}") for word in words] == [
        (nutrient.id, nutrient_amount(example, nutrient))
    ] * len(words)


@pytest.mark.parametrize("nutrient", ROWS)
def test_each_word_means_the_nutrient(nutrient):
    """Its id does too, and the first word is among those shown."""
    for word in (*nutrient.words, nutrient.id):
        assert nutrients([word]) == [nutrient.id]
    assert nutrient.words[0] in nutrient_words()


def test_nothing_is_there_twice():
    """No two nutrients share a name, word, option, column or code."""
    rows = NUTRIENTS.values()
    unique = [
        *(nutrient.id for nutrient in rows),
        *({nutrient.name, nutrient.title} for nutrient in rows),
        *(("short", nutrient.short) for nutrient in rows),
        *(word for nutrient in rows for word in nutrient.words if word != nutrient.id),
        *(("option", nutrient.option) for nutrient in rows if nutrient.option),
        *(("sr28", code) for it in rows for code in (it.codes.sr28, it.codes.sr28_iu) if code),
        *(("fdc", code) for it in rows for code in (it.codes.fdc, it.codes.fdc_iu) if code),
        *(("ciqual", name) for nutrient in rows for name in nutrient.codes.ciqual),
        *(("heading", name) for nutrient in rows for name in nutrient.codes.headings),
    ]

    assert [each for at, each in enumerate(unique) if each in unique[:at]] == []
    assert len(REFERENCE_GROUPS) == sum(nutrient.reference_group is not None for nutrient in rows)


def test_the_headlines_and_the_forms_are_those_of_the_program_s_name():
    """Calcium, vitamin D in all its forms, and K2; K1 is no form of K2."""
    assert HEADLINE == ("calcium", "vitamin_d", "vitamin_k2")
    assert TOLD_FORMS == {"vitamin_d": "vitamin_d3"}
    assert sorted(READING_ORDER) == sorted(NUTRIENTS)
    assert READING_ORDER[:4] == ("calcium", "vitamin_d", "vitamin_d3", "vitamin_d2")
    assert K2_FORMS == ("mk4", "mk7", "mk_other")
    assert {"vitamin_d", "vitamin_d2", "vitamin_d3"} == VITAMIN_D


# What is not in the table


def test_an_unknown_nutrient_raises():
    """There is no unit, title, amount or label of it to fall back to."""
    for lookup in (NUTRIENTS, UNITS, TITLES, BY_COLUMN, NOTHING):
        with pytest.raises(KeyError, match="zinc"):
            lookup["zinc"]
    with pytest.raises(KeyError, match="zinc"):
        read_label("tablet", "1 tablet", {"zinc": "10mg"}, [], None, None)


def test_a_row_without_one_of_its_fields_cannot_be_made():
    """Nothing is left to a default."""
    fields = ZINC._asdict()
    for name in Nutrient._fields:
        with pytest.raises(TypeError, match=name):
            Nutrient(**{field: value for field, value in fields.items() if field != name})


# What is made from the table


def test_the_diary_has_three_columns_a_nutrient(diary, k2log):
    """And no figures beside."""
    k2log("add natto 1tbsp")
    figures = {f"{nutrient.column}{end}" for nutrient in NUTRIENTS.values() for end in ENDS}

    with closing(sqlite3.connect(diary)) as db:
        columns = {name for _, name, *_ in db.execute("PRAGMA table_info (entries)")}

    assert columns == {*COLUMNS, "id", "changed", "removed"}
    assert set(COLUMNS) - set(FIELDS) == figures


def test_the_views_show_every_nutrient(diary, k2log):
    """Those that people see who open the diary with another program."""
    k2log("add natto 1tbsp")

    with closing(sqlite3.connect(diary)) as db:
        entries, totals = (
            [name for name, *_ in db.execute(f"SELECT * FROM {view}").description]
            for view in ("diary_entries", "daily_totals")
        )
        stored = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))

    columns = [nutrient.column for nutrient in NUTRIENTS.values()]
    assert entries[11:] == [f"{column}{end}" for column in columns for end in ENDS]
    assert totals[2:] == [
        f"{column}{end}" for column in columns for end in (*ENDS, "_unknown_entries")
    ]
    assert stored == views.views()


def test_a_new_nutrient_is_in_the_views_of_an_old_diary(diary, k2log, tmp_path, monkeypatch):
    """The upgrade that adds its columns makes the views anew; what is there stays."""
    k2log("add natto 1tbsp")
    folder = tmp_path / "migrations"
    folder.mkdir()
    files = migration_files(FOLDER)
    for file in files:
        (folder / file.name).write_text(file.read_text())
    added = "".join(f"ALTER TABLE entries ADD COLUMN zinc_mg{end} REAL;\n" for end in ENDS)
    (folder / f"{len(files) + 1:04}_zinc.sql").write_text(added)
    monkeypatch.setattr(views, "NUTRIENTS", {**NUTRIENTS, ZINC.id: ZINC})

    with closing(sqlite3.connect(diary, isolation_level=None)) as db:
        before = db.execute("SELECT * FROM daily_totals").fetchone()
        upgrading.upgrade(db, diary, folder)
        db.execute("UPDATE entries SET zinc_mg = 0.5, zinc_mg_low = 0.4, zinc_mg_high = 0.6")
        entry = db.execute("SELECT zinc_mg, zinc_mg_low, zinc_mg_high FROM diary_entries")
        after = db.execute("SELECT * FROM daily_totals")

        assert entry.fetchall() == [(0.5, 0.4, 0.6)]
        assert after.fetchone() == (*before, 0.5, 0.4, 0.6, 0)


def test_every_file_that_is_written_has_every_nutrient(k2log):
    """The CSV and JSON of a diary, and those of a report."""
    k2log("add natto 1tbsp")
    columns = [f"{nutrient.column}{end}" for nutrient in NUTRIENTS.values() for end in ENDS]
    exported = next(csv.reader(k2log("export").out.splitlines()))
    reported = csv.DictReader(k2log("report --day --format csv").out.splitlines())

    assert [name for name in exported if name in columns] == columns
    assert [row["nutrient"] for row in reported] == list(NUTRIENTS)
    for text in (k2log("export --format jsonl").out, k2log("report --day --json").out):
        assert all(f'"{nutrient.id}' in text for nutrient in NUTRIENTS.values())


def test_every_figure_on_a_label_has_an_option(k2log):
    """``foods add`` and ``edit`` have one for each nutrient that names one."""
    for command in ("add", "edit"):
        shown = k2log(f"foods {command} --help").out
        assert all(f"--{it.option} AMOUNT" in shown for it in NUTRIENTS.values() if it.option)


def test_the_tables_know_every_code():
    """SR28, FoodData Central and Ciqual are read by the codes of the table alone."""
    rows = NUTRIENTS.values()
    plain = {nutrient.id for nutrient in rows if nutrient.codes.sr28}
    in_iu = {f"{nutrient.id}_iu" for nutrient in rows if nutrient.codes.sr28_iu}

    assert set(sr28._WANTED.values()) == plain | in_iu
    assert set(fdc._WANTED.values()) == plain | in_iu
    assert set(ciqual._NUTRIENTS.values()) == {it.id for it in rows if it.codes.ciqual}


def test_the_guide_to_adding_one_names_files_that_there_are():
    """The steps in CONTRIBUTING are followed by strangers."""
    root = Path(__file__).parents[1]
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = guide.partition("## To add a nutrient")[2].partition("\n## ")[0]
    files = set(re.findall(r"`([a-z_/*]+\.[a-z]+)`", steps))

    assert {"nutrients.py", "store/schema.py", "science/intakes.csv"} < files
    for file in files - {"zeros.toml"}:
        assert [*root.glob(file), *Path(k2log.__file__).parent.glob(file)], file


# Reference intakes


def test_the_intakes_are_of_what_is_compared():
    """And somebody has set a figure for each of those."""
    assert {row.nutrient for row in table()} == set(REFERENCE_GROUPS)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("NASEM,calcium,RDA,1000,,µg,all,general,any,19,31,iom2011,yes", "is in mg, not in µg"),
        ("NASEM,vitamin_k,AI,90,,mg,all,general,any,19,31,iom2001,yes", "is in µg, not in mg"),
        ("EFSA,vitamin_k,AI,1,,mg/kg,all,general,any,19,,efsa2017k,yes", "is in µg, not in mg/kg"),
        ("NASEM,zinc,RDA,11,,mg,all,general,male,19,,iom2001,yes", "nothing is counted as zinc"),
        ("NASEM,calcium,RDA,9,,mg,k1,general,any,19,31,iom2011,yes", "counted as calcium, k1"),
    ],
)
def test_a_row_that_contradicts_the_table_is_refused(row, wrong, tmp_path, monkeypatch):
    """A unit is never guessed: 700 mg of a nutrient in µg would be shown as 700 µg."""
    head = Path(intakes.TABLE).read_text(encoding="utf-8").partition("\n")[0]
    file = tmp_path / "intakes.csv"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(intakes, "TABLE", file)

    with pytest.raises(IntakeTableError, match=wrong):
        table()

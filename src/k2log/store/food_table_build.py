"""Make the package's table of foods from its text: the same text gives the same rows.

Run when a wheel or an editable install is made (``hatch_build.py``), and in a checkout when the
table is missing or older than its text. Needs the standard library alone.
"""

import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, cast

from k2log.catalogue.dishes import figures_of
from k2log.catalogue.generic import GENERIC_FILE, generic_foods, generic_names
from k2log.catalogue.kinds import Kind, load_kind_figures, load_kinds, with_kind
from k2log.catalogue.languages import load_no_foods, load_phrases
from k2log.catalogue.model import CatalogueError, CatalogueFood, Dish, FlawError
from k2log.catalogue.official import OFFICIAL, OfficialFood, official_foods
from k2log.catalogue.read import FOLDER, load
from k2log.catalogue.words import load_words
from k2log.food.food import Food, Source
from k2log.food.words import pattern
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.paths import StrPath
from k2log.store.food_rows import figure_rows, food_row, name_rows, portion_rows, put_rows
from k2log.store.food_table import APPLICATION_ID, LAYOUT, FoodTableError

_TABLES: Final = """
CREATE TABLE sources (
  key TEXT PRIMARY KEY,
  citation TEXT NOT NULL,
  year TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE foods (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  unit TEXT NOT NULL,
  per REAL NOT NULL,
  piece TEXT,
  serving_amount REAL,
  serving_measure TEXT,
  density REAL,
  liquid INTEGER NOT NULL,
  active TEXT,
  salt TEXT,
  salt_fraction REAL,
  salt_source TEXT,
  note TEXT NOT NULL,
  region TEXT,
  announce INTEGER NOT NULL,
  food_group TEXT NOT NULL,
  fat_g REAL,
  place INTEGER NOT NULL
);
CREATE TABLE food_names (
  id INTEGER PRIMARY KEY,
  food_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  official INTEGER NOT NULL,
  core TEXT NOT NULL,
  core_order TEXT NOT NULL,
  marks TEXT NOT NULL,
  also TEXT NOT NULL
);
CREATE TABLE terms (
  words TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  same TEXT NOT NULL,
  beside TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE members (
  kind TEXT NOT NULL,
  place INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (kind, place)
) WITHOUT ROWID;
CREATE TABLE portions (
  food_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  measure TEXT NOT NULL,
  quantity REAL NOT NULL,
  PRIMARY KEY (food_id, position)
) WITHOUT ROWID;
CREATE TABLE figures (
  food_id INTEGER NOT NULL,
  nutrient TEXT NOT NULL,
  best REAL,
  low REAL,
  high REAL,
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (food_id, nutrient)
) WITHOUT ROWID;
CREATE TABLE no_foods (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE phrases (
  typed TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,  -- the key's columns first: SQLite 3.40 finds NULLs where they are not
  english TEXT NOT NULL,
  everyday INTEGER NOT NULL,
  food INTEGER NOT NULL,
  PRIMARY KEY (typed, language, name)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE food_names_fts
USING fts5 (name_key, content = 'food_names', content_rowid = 'id', prefix = '3');
CREATE VIRTUAL TABLE food_words USING fts5vocab ('food_names_fts', 'row');
CREATE VIRTUAL TABLE official_names_fts
USING fts5 (name_key, content = 'food_names', content_rowid = 'id', prefix = '3');
CREATE VIRTUAL TABLE official_words USING fts5vocab ('official_names_fts', 'row');
"""
_INDEXES: Final = """
CREATE INDEX food_names_key ON food_names (name_key);
CREATE INDEX food_names_core ON food_names (core);
CREATE INDEX food_names_food ON food_names (food_id);
CREATE INDEX phrases_begun ON phrases (name COLLATE NOCASE);
CREATE INDEX food_names_begun ON food_names (name COLLATE NOCASE);
INSERT INTO food_names_fts (rowid, name_key)
SELECT id, name_key FROM food_names WHERE NOT official;
INSERT INTO official_names_fts (rowid, name_key)
SELECT id, name_key FROM food_names WHERE official;
INSERT INTO food_names_fts (food_names_fts) VALUES ('optimize');
INSERT INTO official_names_fts (official_names_fts) VALUES ('optimize');
"""


class PackageFood(NamedTuple):
    """A food with its names, of which those of official tables mean it only when typed in full.

    ``group`` and ``fat_g`` (grams per 100 g) are known of the foods of official tables. A kind of
    food has the keys of its ``members``, the most ordinary first.
    """

    food: Food
    names: tuple[str, ...]
    official_names: tuple[str, ...] = ()
    group: str = ""
    fat_g: float | None = None
    members: tuple[str, ...] = ()


def package_foods(curated: Sequence[CatalogueFood], folder: Path) -> Iterator[PackageFood]:
    """Yield every food of the package: the curated ones, then those of the official tables.

    A name that a curated food has means that food alone. An official food that a curated one was
    made of, its twin, has no name of its own: its names mean the curated food, and its key alone
    means itself.
    """
    official = [each for table in OFFICIAL for each in official_foods(table, folder)]
    names = {each.row: each.names for each in official}
    twins = twins_of(curated)
    rows_of = defaultdict(list)
    for row, key in twins.items():
        rows_of[key].append(row)
    taken = {name_key(name) for each in curated for name in (*each.names, *each.regional_names)}
    foods = _whole_foods(curated, official, twins)
    logged: dict[str, Food] = {}
    of_kinds = generic_names()
    for each in curated:
        of_twins = [name for row in rows_of[each.food.key] for name in names[row]]
        food = _food_of_parts(each, each.dish, foods) if each.dish else foods[each.food.key]
        logged[food.key] = food
        names_here = (*each.names, *each.regional_names)
        yield PackageFood(food, names_here, _free(of_twins, taken | of_kinds))
    yield from _kinds({**foods, **logged}, taken)
    taken |= of_kinds
    for of_table in official:
        of_it = () if of_table.row in twins else _free(of_table.names, taken)
        food = foods[of_table.food.key]
        yield PackageFood(food, (), of_it, of_table.group, of_table.fat_g)


def _whole_foods(
    curated: Iterable[CatalogueFood], official: Sequence[OfficialFood], twins: Mapping[str, str]
) -> dict[str, Food]:
    """Return all foods but dishes, with the figures of their kinds, by key.

    By the row that sources name, too: for it stands the curated food that was made of it.
    """
    groups = {each.row: group_of(each) for each in official}
    figures = load_kind_figures()
    foods = {}
    for each in curated:
        if each.dish is None:
            foods[each.food.key] = with_kind(_with_region(each), kind_of(each, groups), figures)
    for of_table in official:
        kind = load_kinds().of(of_table.names[:1], group_of(of_table), of_table.food.region)
        foods[of_table.food.key] = with_kind(of_table.food, kind, figures)
        foods[of_table.row] = foods[twins.get(of_table.row, of_table.food.key)]
    return foods


def _food_of_parts(each: CatalogueFood, dish: Dish, foods: Mapping[str, Food]) -> Food:
    """Return a dish with the figures of its parts; what not all of them have is of its kind."""
    try:
        food = _with_region(each)._replace(figures=figures_of(dish, foods))
    except FlawError as flaw:
        raise CatalogueError("of dishes", each.food.key, str(flaw)) from None
    return with_kind(food, kind_of(each, {}), load_kind_figures())


def _with_region(each: CatalogueFood) -> Food:
    return each.food._replace(region=each.region, announce=each.say_note)


def _kinds(foods: Mapping[str, Food], taken: Container[str]) -> Iterator[PackageFood]:
    """Yield the kinds that a word alone may mean. Raises CatalogueError."""
    for kind in generic_foods(foods):
        if clash := next((name for name in kind.names if name_key(name) in taken), None):
            wrong = f'the name "{clash}" belongs to a food'
            raise CatalogueError(GENERIC_FILE, kind.food.key, wrong)
        yield PackageFood(kind.food, (kind.food.name, *kind.names), members=kind.members)


def group_of(food: OfficialFood) -> str:
    """Return the group of an official food as kinds name it: ``sr28:0100``."""
    return f"{food.food.origin}:{food.group}"


def kind_of(each: CatalogueFood, groups: Mapping[str, str]) -> Kind | None:
    """Return the kind of a curated food: by its names, else by the group of what it is made of.

    A food whose vitamin K2 is declared unknown is of no kind.
    """
    if each.of_no_kind:
        return None
    kinds, names = load_kinds(), (*each.names, *each.regional_names)
    if each.of_kind:
        return kinds.by_key[each.of_kind]
    calcium = each.food.figures.get("calcium")
    group = groups.get(calcium.source, "") if calcium else ""
    by_name = kinds.of(names[:1], "", each.region)
    by_group = kinds.of(names[:1], group, each.region) if group and not by_name else None
    return by_name or by_group or kinds.of(names, "", each.region)


def _free(names: Iterable[str], taken: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name_key(name) not in taken)


def twins_of(curated: Iterable[CatalogueFood]) -> dict[str, str]:
    """Return the key of the curated food that was made of a row, by the row as sources name it.

    That is the first whose calcium is from this row alone; what was made of several rows, is only
    estimated by a row of something like it, or borrowed a figure, is no twin.
    """
    twins: dict[str, str] = {}
    for each in curated:
        calcium = each.food.figures.get("calcium")
        if not calcium or calcium.basis == "estimated" or each.food.supplement:
            continue
        if _ROW.fullmatch(calcium.source):
            twins.setdefault(calcium.source, each.food.key)
    return twins


_ROW: Final = re.compile(r"(?:usda_sr28|ciqual2020):[0-9]+")


def build(file: StrPath) -> None:
    """Write the table, whole or not at all. Raises CatalogueError, FoodTableError."""
    catalogue = load()
    foods = list(enumerate(package_foods(catalogue.foods, FOLDER), 1))
    part = f"{os.fspath(file)}.{os.getpid()}.part"
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            _write(db, foods, catalogue.sources)
        os.replace(part, file)
    except (OSError, sqlite3.OperationalError) as error:
        raise FoodTableError(f"cannot be made ({error}; {file})") from None
    finally:
        with suppress(OSError):
            os.unlink(part)


def _write(
    db: sqlite3.Connection, foods: Sequence[tuple[int, PackageFood]], sources: Iterable[Source]
) -> None:
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {LAYOUT}")
    db.executescript(_TABLES)
    db.execute("BEGIN")
    put_rows(db, "sources", (dict(zip(_SOURCE, source, strict=True)) for source in sources))
    put_rows(db, "terms", ({"words": key} | term._asdict() for key, term in load_words().items()))
    put_rows(db, "members", (row for _, each in foods for row in _member_rows(each)))
    places = _places(foods)
    put_rows(db, "foods", (_food_row(id_, each, places) for id_, each in foods))
    put_rows(db, "food_names", (row for id_, each in foods for row in _name_rows(id_, each)))
    put_rows(db, "no_foods", ({"word": word} for word in load_no_foods(FOLDER)))
    put_rows(db, "phrases", (each._asdict() for each in load_phrases(FOLDER, _bearers(foods))))
    for table, rows_of in (("portions", portion_rows), ("figures", figure_rows)):
        put_rows(db, table, (row for id_, each in foods for row in rows_of(id_, each.food, ())))
    db.executescript(_INDEXES)  # which commits first
    db.execute("VACUUM")


UNRANKED: Final = 999
"""The place of a food of which no kind says how ordinary it is."""

_SOURCE: Final = ("key", "citation", "year", "address", "note")


def _places(foods: Iterable[tuple[int, PackageFood]]) -> dict[str, int]:
    """Return how ordinary foods are, the least number the most: their first place in a kind."""
    places: dict[str, int] = {}
    for _, each in foods:
        for place, key in enumerate(each.members):
            places[key] = min(place, places.get(key, place))
    return places


def _member_rows(each: PackageFood) -> Iterator[dict[str, object]]:
    for place, key in enumerate(each.members):
        yield {"kind": each.food.key, "place": place, "key": key}


def _food_row(id_: int, each: PackageFood, places: Mapping[str, int]) -> dict[str, object]:
    place = places.get(each.food.key, UNRANKED)
    of_table = {"food_group": each.group, "fat_g": each.fat_g, "place": place}
    row = {"id": id_, **food_row(each.food), **of_table}
    return {column: value for column, value in row.items() if column != "retired"}


def _bearers(foods: Iterable[tuple[int, PackageFood]]) -> dict[str, set[str]]:
    """Return the keys of the foods that each name means, by the key of the name."""
    bearers: dict[str, set[str]] = {}
    for _, each in foods:
        for name in (*each.names, *each.official_names):
            bearers.setdefault(name_key(name), set()).add(each.food.key)
    return bearers


def _name_rows(id_: int, each: PackageFood) -> Iterator[dict[str, object]]:
    names = (*each.names, *each.official_names)
    for row in name_rows(id_, each.food, names):
        variants = pattern(str(row["name"]), load_words())._asdict()
        variants["core_order"] = variants.pop("order")
        yield row | {"official": int(cast("int", row["position"]) >= len(each.names))} | variants

"""The catalogue files, checked: each table becomes a food, a source or a reason for zero.

A file's ``[defaults]`` hold for every table of it that does not say otherwise. What reads a table
raises FlawError with what is wrong; ``load`` adds the file and the key, as a CatalogueError.
"""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from k2log.amounts import Amount, total
from k2log.catalogue.derive import Traits, derive
from k2log.catalogue.dishes import by_region, variants_of
from k2log.catalogue.generic import GENERIC_FILE
from k2log.catalogue.groups import GROUPS_FILE
from k2log.catalogue.kinds import KINDS_FILE, load_kind_figures, load_kinds
from k2log.catalogue.model import (
    REGIONS,
    Catalogue,
    CatalogueError,
    CatalogueFood,
    Dish,
    FlawError,
    Part,
    Zero,
    check_apart,
    check_families,
)
from k2log.catalogue.words import WORDS_FILE
from k2log.food.food import BASES, EDITION, Figure, Food, Salt, Source, source_keys
from k2log.named_tuple import NamedTuple
from k2log.nutrients import BY_COLUMN, NUTRIENTS, PARTS

Table = Mapping[str, Any]
Portions = Mapping[str, float]

_MASS_UNITS = frozenset({"g", "kg", "mg", "ug", "µg", "oz", "lb"})
_ROUNDING = 0.1
RESTATED = frozenset(
    {
        "schurgers2000", "walther2013", "walther2017", "jensen2022", "jensen2025", "palmer2021",
        "tanaka2026", "nih_ods", "popular", "plant_based_info", "vermeer2018",
    }
)  # fmt: skip
"""Sources whose figures were read in other sources alone."""

_FIGURE_KEYS = frozenset({"best", "low", "high", "basis", "source", "note"})
_BASIS_LISTS = {  # food-level lists of columns, and the basis of the figures they list
    "calculated": "calculated",
    "label_claimed": "label",
    "estimated": "estimated",
    "taken_as_zero": "assumed-zero",
}
_TEXTS = {"name", "kind", "of_kind", "unit", "source", "serving", "piece", "active", "note"}
_REGIONAL = {"region", "family", "regional_names"}  # the first two together or not at all
_LISTS = {"names", "assumed_zero", "unknown", *_BASIS_LISTS}
_OTHERS = {"per", "portions", "density", "liquid", "animal", "fungus", "salt", "say_note"}
_FOOD_KEYS = frozenset(_TEXTS | _REGIONAL | _LISTS | _OTHERS)
_DISH_KEYS = frozenset(
    {"name", "names", "note", "say_note", "portions", "serving", "piece", "liquid", "density"}
    | {"parts", "weight_g"}
)


class Citable(NamedTuple):
    """What a food may name: sources, and reasons to take a nutrient for zero."""

    sources: Mapping[str, Source]
    zeros: Mapping[str, Zero]


def read_food(key: str, table: Table, citable: Citable) -> CatalogueFood:
    """Return the food that a table of this key describes."""
    dish = _dish(table)
    only(table, _DISH_KEYS if dish else _FOOD_KEYS | BY_COLUMN.keys())
    name, note = text(table, "name"), text(table, "note", "")
    if dish:
        note = f"{_parts_in_words(dish)}. {note}" if note else _parts_in_words(dish)
    region = family = None
    if _REGIONAL & table.keys():
        region, family = text(table, "region"), text(table, "family")
        if region not in REGIONS:
            raise FlawError(f'the region must be {" or ".join(REGIONS)}, not "{region}"')
    say_note = flag(table, "say_note")
    if say_note and not note:
        raise FlawError("say_note needs a note")
    active = text(table, "active", "") or None
    if active is not None and (active not in NUTRIENTS or NUTRIENTS[active].column not in table):
        raise FlawError(f'active "{active}" is no nutrient with a figure here')
    salt = _salt(table, citable)
    if salt and active is None:
        raise FlawError("a salt needs the active nutrient it is a salt of")
    portions = _portions(table)
    food = Food(
        key=key,
        name=name,
        kind=text(table, "kind", "food"),
        unit=text(table, "unit", "g"),
        per=number(table, "per", 100.0),
        figures=derive(_figures(table, citable), _traits(table, citable)),
        portions=portions,
        piece=_piece(table, portions),
        serving=_serving(table, portions),
        density=number(table, "density") if "density" in table else None,
        liquid=flag(table, "liquid"),
        active=active,
        salt=salt,
        note=note,
    )
    names, others = (name, *words(table, "names")), words(table, "regional_names")
    of_no_kind = "vitamin_k2_ug" in words(table, "unknown")
    of_kind = text(table, "of_kind", "") or None
    if of_kind and of_kind not in load_kinds().by_key:
        raise FlawError(f'of_kind "{of_kind}" is no kind')
    return CatalogueFood(food, names, region, family, others, say_note, of_no_kind, of_kind, dish)


def _dish(table: Table) -> Dish | None:
    """Return what a dish is made of: ``parts`` are of the form name = [grams, "food"]."""
    given = table.get("parts")
    if given is None:
        return None
    parts = []
    for name, part in given.items():
        match part:
            case [int() | float() as grams, str() as food] if grams > 0:
                parts.append(Part(name, float(grams), food))
            case _:
                raise FlawError(f'the part "{name}" must be [grams, "food"]')
    together = math.fsum(part.grams for part in parts)
    return Dish(tuple(parts), number(table, "weight_g", together))


def _parts_in_words(dish: Dish) -> str:
    parts = ", ".join(f"{part.grams:g} g {part.name}" for part in dish.parts)
    together = math.fsum(part.grams for part in dish.parts)
    weight = "" if dish.weight_g == together else f", to {dish.weight_g:g} g"
    return f"Calculated from its parts: {parts}{weight}"


def _figures(table: Table, citable: Citable) -> dict[str, Figure]:
    bases = {column: basis for key, basis in _BASIS_LISTS.items() for column in words(table, key)}
    for column in bases.keys() - table.keys():
        raise FlawError(f"{column} has a basis but no figure")
    figures = {}
    for column, nutrient in BY_COLUMN.items():
        if column not in table:
            continue
        given = table[column] if isinstance(table[column], Mapping) else {"best": table[column]}
        only(given, _FIGURE_KEYS)
        best = number(given, "best", name=column)
        low = number(given, "low", best, name=f"{column} low")
        high = number(given, "high", best, name=f"{column} high")
        if not low <= best <= high:
            raise FlawError(f"{column} must have low <= best <= high, not {low}, {best}, {high}")
        basis = text(given, "basis", bases.get(column, "measured"))
        source = text(given, "source", text(table, "source", ""))
        note = text(given, "note", "")
        if basis not in BASES:
            raise FlawError(f'{column} has the basis "{basis}", known are {", ".join(BASES)}')
        check_sources(column, source, citable.sources)
        _check_restated(column, basis, source)
        figures[nutrient.id] = Figure(Amount.of(best, low, high), basis, source, note)
    for whole, parts in PARTS.items():
        check_total(figures, whole, parts)
    return figures


def _check_restated(column: str, basis: str, source: str) -> None:
    """Refuse to call measured what nobody read but in another source."""
    if basis == "measured" and RESTATED.issuperset(source_keys(source)):
        raise FlawError(f'{column} is "measured", but {source} is only known restated')


def check_total(figures: Mapping[str, Figure], whole: str, parts: Sequence[str]) -> None:
    """Refuse a total that is anywhere below the sum of its parts."""
    forms = [figures[part].amount for part in parts if part in figures]
    if whole in figures and forms:
        sums, of_whole = total(forms), figures[whole].amount
        for name, least, given in zip(Amount._fields, sums[:3], of_whole[:3], strict=False):
            if least is not None and given is not None and given < least - _ROUNDING:
                raise FlawError(f"{whole}: its {name} is {given}, and its forms come to {least}")


def _traits(table: Table, citable: Citable) -> Traits:
    reasons = words(table, "assumed_zero")
    for reason in reasons:
        if reason not in citable.zeros:
            raise FlawError(f'assumed_zero has no reason "{reason}"')
    unknown = words(table, "unknown")
    for column in unknown:
        if column not in BY_COLUMN:
            raise FlawError(f'unknown lists "{column}", which is no nutrient')
        if column in table:
            raise FlawError(f"{column} is declared unknown and has a figure")
    return Traits(
        animal=flag(table, "animal"),
        fungus=flag(table, "fungus"),
        unknown=frozenset(BY_COLUMN[column].id for column in unknown),
        zeros=tuple(citable.zeros[reason] for reason in reasons),
    )


def _portions(table: Table) -> dict[str, float]:
    given = table.get("portions", {})
    if not isinstance(given, Mapping):
        raise FlawError("portions must be a table of measure = amount")
    portions = {measure: number(given, measure) for measure in given}
    for measure, amount in portions.items():
        if measure in _MASS_UNITS or measure != measure.strip().lower():
            raise FlawError(f'"{measure}" cannot be a portion')
        if not amount:
            raise FlawError(f'the portion "{measure}" must be more than zero')
    return portions


def _piece(table: Table, portions: Portions) -> str | None:
    if "piece" not in table:
        return None
    piece = text(table, "piece")
    if piece not in portions:
        raise FlawError(f'the piece "{piece}" is no portion')
    return piece


def _serving(table: Table, portions: Portions) -> tuple[float, str] | None:
    """Return the usual serving, which only what is taken by its own mass has none of."""
    if "active" in table:
        return None
    count, _, measure = text(table, "serving").partition(" ")
    try:
        amount = float(count)
    except ValueError:
        raise FlawError(f'the serving must be a number and a measure, not "{count}"') from None
    if measure != "g" and measure not in portions:
        raise FlawError(f'the serving\'s "{measure}" is no portion')
    return amount, measure


def _salt(table: Table, citable: Citable) -> Salt | None:
    given = table.get("salt")
    if given is None:
        return None
    only(given, frozenset(Salt._fields))
    salt = Salt(text(given, "name"), number(given, "fraction"), text(given, "source"))
    check_sources("salt", salt.source, citable.sources)
    return salt


def only(table: Table, allowed: frozenset[str]) -> None:
    """Refuse keys that nobody reads: a misspelt nutrient must not be lost silently."""
    for key in table:
        if key not in allowed:
            raise FlawError(f'unknown key "{key}"')


def check_sources(what: str, sources: str, known: Mapping[str, Source]) -> None:
    """Refuse a source that ``sources.toml`` does not describe; ``key:row`` names a row of it."""
    if not sources:
        raise FlawError(f"{what} has no source")
    for source in sources.split(", "):
        if source.partition(":")[0] not in known:
            raise FlawError(f'{what} has the source "{source}", which is not in sources.toml')


def text(table: Table, key: str, default: str | None = None) -> str:
    """Return a text that must be there unless there is a default."""
    value = table.get(key, default)
    if not isinstance(value, str) or value != value.strip() or (key in table and not value):
        raise FlawError(f"{key} must be a text")
    return value


def words(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of texts, empty if it is not there."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise FlawError(f"{key} must be a list of texts")
    return tuple(value)


def flag(table: Table, key: str) -> bool:
    """Return true or false, false if it is not there."""
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise FlawError(f"{key} must be true or false")
    return value


def number(table: Table, key: str, default: float | None = None, name: str = "") -> float:
    """Return a finite number, zero or more, that must be there unless there is a default."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FlawError(f"{name or key} must be a number")
    if not math.isfinite(value) or value < 0:
        raise FlawError(f"{name or key} must be zero or more, not {value}")
    return float(value)


FOLDER = Path(__file__).parent
_SOURCES = "sources.toml"
_ZEROS = "zeros.toml"

T = TypeVar("T")


def load(folder: Path = FOLDER) -> Catalogue:
    """Read and check every file of the folder. Raises CatalogueError."""
    sources = _each(folder / _SOURCES, _read_source)
    zeros = _each(folder / _ZEROS, lambda name, table: _read_zero(name, table, sources))
    citable = Citable(sources, zeros)
    placed = [
        (path.name, food)
        for path in sorted(folder.glob("*.toml"))
        if path.name not in (_SOURCES, _ZEROS, GROUPS_FILE, KINDS_FILE, WORDS_FILE, GENERIC_FILE)
        for food in _each(path, lambda key, table: read_food(key, table, citable)).values()
    ]
    variants = variants_of(food for _, food in placed)
    placed = [(file, food) for file, each in placed for food in by_region(each, variants)]
    check_apart(placed)
    check_families(placed)
    if (folder / KINDS_FILE).exists():
        _check_kinds(folder, sources)
    return Catalogue(EDITION, tuple(food for _, food in placed), tuple(sources.values()))


def _check_kinds(folder: Path, sources: Mapping[str, Source]) -> None:
    """Refuse a figure by kind from a source that ``sources.toml`` does not describe."""
    for key, figures in load_kind_figures(folder).items():
        for nutrient, figure in figures.items():
            try:
                check_sources(nutrient, figure.source, sources)
            except FlawError as flaw:
                raise CatalogueError(KINDS_FILE, key, str(flaw)) from None


def _each(path: Path, read: Callable[[str, Table], T]) -> dict[str, T]:
    """Return what ``read`` makes of each table of a file, by its key."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(path.name, "file", str(error)) from None
    defaults, rows = tables.pop("defaults", {}), {}
    for key, table in tables.items():
        try:
            if not isinstance(table, Mapping):
                raise FlawError("must be a table")
            rows[key] = read(key, {**defaults, **table})
        except FlawError as flaw:
            raise CatalogueError(path.name, key, str(flaw)) from None
    return rows


def _read_source(key: str, table: Table) -> Source:
    only(table, frozenset(Source._fields) - {"key"})
    return Source(key, *(text(table, field) for field in Source._fields[1:]))


def _read_zero(name: str, table: Table, sources: Mapping[str, Source]) -> Zero:
    only(table, frozenset({"nutrients", "source", "why", "high"}))
    columns = words(table, "nutrients")
    for column in columns:
        if column not in BY_COLUMN:
            raise FlawError(f'"{column}" is no nutrient')
    check_sources(name, text(table, "source"), sources)
    nutrients = tuple(BY_COLUMN[column].id for column in columns)
    return Zero(name, nutrients, table["source"], text(table, "why"), number(table, "high", 0.0))

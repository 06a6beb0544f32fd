"""The catalogue files to a checked ``Catalogue``, or a ``CatalogueError`` that says what is wrong.

A file's ``[defaults]`` hold for every food of the file that does not say otherwise.
"""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from k2log.catalogue import EDITION
from k2log.catalogue.check import check_apart, check_families
from k2log.catalogue.model import (
    Catalogue,
    CatalogueError,
    CatalogueFood,
    FlawError,
    Zero,
)
from k2log.catalogue.read import Known, Table, check_sources, number, only, read_food, text, words
from k2log.food.nutrients import BY_COLUMN
from k2log.food.source import Source

__all__ = ["FOLDER", "Catalogue", "CatalogueError", "CatalogueFood", "Zero", "load"]

FOLDER = Path(__file__).parent
_SOURCES = "sources.toml"
_ZEROS = "zeros.toml"

T = TypeVar("T")


def load(folder: Path = FOLDER) -> Catalogue:
    """Read and check every file of the folder."""
    sources = _each(folder / _SOURCES, _read_source)
    zeros = _each(folder / _ZEROS, lambda name, table: _read_zero(name, table, sources))
    known = Known(sources, zeros)
    placed = [
        (path.name, food)
        for path in sorted(folder.glob("*.toml"))
        if path.name not in (_SOURCES, _ZEROS)
        for food in _each(path, lambda key, table: read_food(key, table, known)).values()
    ]
    check_apart(placed)
    check_families(placed)
    return Catalogue(EDITION, tuple(food for _, food in placed), tuple(sources.values()))


def _each(path: Path, read: Callable[[str, Table], T]) -> dict[str, T]:
    tables = _tables(path)
    defaults = tables.pop("defaults", {})
    return {key: _one(path, key, table, defaults, read) for key, table in tables.items()}


def _one(
    path: Path, key: str, table: object, defaults: Table, read: Callable[[str, Table], T]
) -> T:
    try:
        if not isinstance(table, Mapping):
            raise FlawError("must be a table")
        return read(key, {**defaults, **table})
    except FlawError as flaw:
        raise CatalogueError(path.name, key, str(flaw)) from None


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(path.name, "file", str(error)) from None


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

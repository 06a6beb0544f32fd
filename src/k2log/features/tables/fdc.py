"""USDA FoodData Central as CSV: columns by name, nutrients by id; rows are in no order.

Per 100 g, of branded foods per 100 g or ml. Foundation, SR Legacy, survey and branded foods are
foods; the samples behind them, which come in the same files, are not.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from k2log import nutrients
from k2log.features.tables.files import Place, TableText
from k2log.features.tables.model import (
    BrandRow,
    FigureRow,
    FoodRow,
    FoodTable,
    PortionRow,
    Record,
    Records,
    Skipped,
    TableReader,
    TableSource,
)
from k2log.features.tables.values import (
    IN_IU,
    NUTRIENT_OF,
    UNSPECIFIED,
    VITAMIN_D_IU,
    between,
    counted,
    impossible,
    impossible_portion,
    measure_names,
    table_name,
)
from k2log.files import Watch
from k2log.food.food import Source
from k2log.nutrients import IU_PER_UG

FOODS: Final = "food.csv"
FIGURES: Final = "food_nutrient.csv"
NUTRIENTS: Final = "nutrient.csv"
PORTIONS: Final = "food_portion.csv"
MEASURES: Final = "measure_unit.csv"
BRANDS: Final = "branded_food.csv"
DERIVATIONS: Final = "food_nutrient_derivation.csv"

_IDS: Final = {
    str(code): (name, unit)
    for it in nutrients.NUTRIENTS.values()
    for code, name, unit in (
        (it.codes.fdc, it.id, it.ascii_unit.upper()),
        (it.codes.fdc_iu, f"{it.id}{IN_IU}", "IU"),
    )
    if code
}
_WANTED: Final = {id_: name for id_, (name, _) in _IDS.items()} | {
    str(number): name
    for number, name in NUTRIENT_OF.items()  # some surveys give these instead
}
_ANIMAL_CATEGORIES: Final = frozenset({"1", "5", "7", "10", "13", "15", "17"})
_WITH_CATEGORY: Final = frozenset({"foundation_food", "sr_legacy_food"})
_UNDETERMINED: Final = "9999"
_UNITS: Final = {"g": "g", "grm": "g", "gm": "g", "ml": "ml", "mlt": "ml"}


def _table(kind: str, title: str, key: str, basis: str = "calculated") -> FoodTable:
    note = "Rows are FDC ids. Of vitamin K2 the form MK-4 alone."
    source = Source(key, f"USDA FoodData Central, {title}", "", "fdc.nal.usda.gov", note)
    return FoodTable(f"fdc:{kind}", f"USDA {title}", "fdc:{}", key + ":{}", source, basis)


TABLES: Final[Mapping[str, FoodTable]] = {
    "foundation_food": _table("foundation", "Foundation Foods", "usda_foundation"),
    "sr_legacy_food": _table("sr-legacy", "SR Legacy", "usda_sr_legacy"),
    "survey_fndds_food": _table("survey", "Survey Foods", "usda_survey"),
    "branded_food": _table("branded", "Branded Foods", "usda_branded", "label"),
}


def _source(place: Place) -> TableSource:
    tables = {table.origin: table for table in TABLES.values()}
    return TableSource(tables, FOODS, FIGURES, PORTIONS, partial(_read, place))


READER: Final = TableReader(
    _source,
    files=(FOODS, FIGURES, NUTRIENTS, PORTIONS, MEASURES, BRANDS, DERIVATIONS),
    told_by=(FOODS, FIGURES),
)


def _read(place: Place, watch: Watch) -> Records:
    """Yield the rows of all files."""
    names = [FOODS, FIGURES, NUTRIENTS]
    names += [PORTIONS, MEASURES] if place.has(PORTIONS) else []
    files = {name: TableText(place.file(name), watch) for name in names}
    watch.begin("reading", sum(text.file.size for text in files.values()))
    _check_units(files[NUTRIENTS])
    branded = False
    for record in _foods(files[FOODS]):
        branded = branded or record[2] == TABLES["branded_food"].origin
        yield record
    if branded:
        yield from _brands(TableText(place.file(BRANDS), watch))
    yield from _figures(files[FIGURES], _derivations(place, watch))
    if PORTIONS in files:
        ids = files[MEASURES].columns("id", "name")
        measures = {id_: name for _, (id_, name) in ids if id_ != _UNDETERMINED}
        yield from _portions(files[PORTIONS], measures)


def _check_units(text: TableText) -> None:
    """Refuse a table whose ids mean something else."""
    for line, (id_, unit) in text.columns("id", "unit_name"):
        expected = _IDS.get(id_, ("", unit))[1]
        if unit.upper() != expected:
            raise text.wrong(line, f"nutrient {id_} is in {unit} and not in {expected}")


def _foods(text: TableText) -> Records:
    """Yield the foods; a sample has no origin, as it is no food of its own."""
    columns = ("fdc_id", "data_type", "description")
    for line, (id_, kind, description, category) in text.columns(
        *columns, optional=["food_category_id"]
    ):
        number = text.identity(line, "fdc_id", id_)
        table = TABLES.get(kind)
        if table is None:
            yield FoodRow(number, line, "", "")
        elif name := table_name(description):
            animal = kind in _WITH_CATEGORY and category in _ANIMAL_CATEGORIES
            yield FoodRow(number, line, table.origin, name, animal)
        else:
            yield Skipped(text.name, line, f"food {number} has no name")
            yield FoodRow(number, line, "", "")


def _brands(text: TableText) -> Records:
    """Yield the brands; a serving that no food has is left out."""
    columns = ("fdc_id", "brand_owner", "serving_size", "serving_size_unit")
    for line, (id_, owner, size, unit, brand, household) in text.columns(
        *columns, optional=["brand_name", "household_serving_fulltext"]
    ):
        number = text.identity(line, "fdc_id", id_)
        base = _UNITS.get(unit.strip().lower())
        serving = text.number(line, "serving size", size) if size and base else None
        if serving is not None and impossible_portion(serving):
            serving = None
        name = table_name(brand) or table_name(owner)
        yield BrandRow(number, line, name, base or "g", serving, household)


def _figures(text: TableText, bases: Mapping[str, str]) -> Records:
    columns = ("fdc_id", "nutrient_id", "amount")
    others = ["data_points", "derivation_id", "min", "max", "loq"]
    for line, cells in text.columns(*columns, optional=others):
        nutrient = _WANTED.get(cells[1])
        if nutrient is not None and (cells[2] or cells[7]):
            yield _figure(text, line, nutrient, cells, bases)


def _figure(
    text: TableText, line: int, nutrient: str, cells: list[str], bases: Mapping[str, str]
) -> Record:
    """Return a figure; below a limit of quantification, a range from zero to that limit."""
    id_, _, amount, points, derivation, *limits = cells
    number = text.identity(line, "fdc_id", id_)
    scale = IU_PER_UG if nutrient == VITAMIN_D_IU else 1.0
    best, lowest, highest, limit = (
        text.number(line, "amount", cell) / scale if cell else None for cell in (amount, *limits)
    )
    if why := impossible(nutrient, limit if best is None and limit else best or 0.0):
        return Skipped(text.name, line, why)
    if not best and limit:
        return FigureRow(number, line, nutrient, limit / 2, 0.0, limit, "estimated")
    best = best or 0.0
    basis = bases.get(derivation) or ("measured" if points.strip("0.") else "")
    if basis == "assumed-zero" and best:
        basis = "calculated"
    return FigureRow(number, line, nutrient, best, *between(best, lowest, highest), basis)


def _derivations(place: Place, watch: Watch) -> dict[str, str]:
    """Return the basis of figures by the id of their derivation, where the download tells."""
    if not place.has(DERIVATIONS):
        return {}
    bases = {}
    for _, (id_, code) in TableText(place.file(DERIVATIONS), watch).columns("id", "code"):
        if code.startswith("A") or code in ("JA", "MA"):
            bases[id_] = "measured"
        elif code.startswith("LC") or code in ("ML", "MC"):
            bases[id_] = "label"
        else:
            bases[id_] = "assumed-zero" if code == "Z" else "calculated"
    return bases


def _portions(text: TableText, measures: Mapping[str, str]) -> Records:
    """Yield what one of each measure weighs; ``measures`` are the names by id."""
    columns = ("fdc_id", "measure_unit_id", "gram_weight")
    others = ["amount", "portion_description", "modifier"]
    for line, (id_, unit, grams, amount, description, modifier) in text.columns(
        *columns, optional=others
    ):
        number = text.identity(line, "fdc_id", id_)
        weight = text.number(line, "gram_weight", grams) if grams else 0.0
        of = text.number(line, "amount", amount) if amount else 1.0
        words = modifier
        if unit in measures:
            words = f"{measures[unit]} {modifier}"
        elif description:
            of, words = counted(description)
        usual = words.strip().lower() == UNSPECIFIED
        names = ("", "") if usual else measure_names(words, several=of != 1)
        quantity = round(weight / of, 6) if of > 0 else 0.0
        if names and (why := impossible_portion(quantity)):
            yield Skipped(text.name, line, why)
        elif names:
            yield PortionRow(number, line, *names, quantity)

"""USDA SR28 as ASCII: ``^`` between fields, ``~`` around texts, Latin-1, no header.

Fields are known by their place, and a line with another number of them is refused. Foods are per
100 g of the edible part; a lowest and highest value are the range, where there are any.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from k2log.catalogue.official import SR28
from k2log.features.tables.files import Place, TableText
from k2log.features.tables.model import (
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
    NUTRIENT_OF,
    VITAMIN_D_IU,
    between,
    impossible,
    impossible_portion,
    measure_names,
    table_name,
)
from k2log.files import Watch
from k2log.food.food import Source
from k2log.nutrients import IU_PER_UG

FOODS: Final = "FOOD_DES.txt"
FIGURES: Final = "NUT_DATA.txt"
PORTIONS: Final = "WEIGHT.txt"
_FILES: Final = (FOODS, FIGURES, PORTIONS)
TABLE: Final = FoodTable(
    origin=SR28.origin,
    title=SR28.title,
    key=SR28.key,
    row=SR28.row,
    source=Source(
        "usda_sr28",
        "USDA Agricultural Research Service. National Nutrient Database for Standard Reference,"
        " Release 28",
        "2015",
        "fdc.nal.usda.gov",
        "Of vitamin K2 the form MK-4 alone. Rows are NDB numbers.",
    ),
)
BASES: Final[Mapping[str, str]] = {  # Src_Cd
    "1": "measured",
    "4": "calculated",
    "5": "label",
    "6": "measured",
    "7": "assumed-zero",
    "8": "label",
    "9": "label",
    "11": "calculated",
    "12": "measured",
    "13": "measured",
}
_ANIMAL_GROUPS: Final = frozenset({"0100", "0500", "0700", "1000", "1300", "1500", "1700"})
_FISH_OILS: Final = frozenset({4589, 4590, 4591, 4592, 4593})  # among the fats and oils
_WANTED: Final = {f"~{number}~": name for number, name in NUTRIENT_OF.items()}


def _source(place: Place) -> TableSource:
    foods, figures, portions = (place.file(name).name for name in _FILES)
    return TableSource({TABLE.origin: TABLE}, foods, figures, portions, partial(_read, place))


READER: Final = TableReader(_source, files=_FILES, told_by=(FOODS, FIGURES))


def _read(place: Place, watch: Watch) -> Records:
    """Yield the rows of the three files."""
    foods, figures, portions = (TableText(place.file(name), watch) for name in _FILES)
    watch.begin("reading", sum(text.file.size for text in (foods, figures, portions)))
    yield from _foods(foods)
    yield from _figures(figures)
    yield from _portions(portions)


def _fields(text: TableText, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the fields of each line, which must be so many."""
    for line, raw in text.lines():
        if raw.count(b"^") != width - 1:
            raise _wrong_width(text, line, raw, width)
        yield line, raw.decode("latin-1").rstrip("\r\n").split("^")


def _wrong_width(text: TableText, line: int, raw: bytes, width: int) -> Exception:
    return text.wrong(line, f"{raw.count(b'^') + 1} fields between ^ signs instead of {width}")


def _string(text: TableText, line: int, field: str) -> str:
    """Return a text without the signs around it."""
    if len(field) < 2 or field[0] != "~" or field[-1] != "~":
        raise text.wrong(line, "a text is not between ~ signs")
    return field[1:-1]


def _foods(text: TableText) -> Records:
    for line, fields in _fields(text, 14):
        number = text.identity(line, "NDB number", _string(text, line, fields[0]))
        name = table_name(_string(text, line, fields[2]))
        animal = _string(text, line, fields[1]) in _ANIMAL_GROUPS or number in _FISH_OILS
        if not name:
            yield Skipped(text.name, line, f"food {number:05} has no name")
        yield FoodRow(number, line, TABLE.origin if name else "", name, animal)


def _figures(text: TableText) -> Records:
    """Yield the figures that are wanted: one line in twenty, so the others are only counted."""
    wanted = {name.encode() for name in _WANTED}
    for first, lines in text.blocks():
        if sum([raw.count(b"^") for raw in lines]) != 17 * len(lines):
            line, raw = next(at for at in enumerate(lines, first) if at[1].count(b"^") != 17)
            raise _wrong_width(text, line, raw, 18)
        for line, raw in enumerate(lines, first):
            if raw.partition(b"^")[2][:5] in wanted:
                yield _figure(text, line, raw)


def _figure(text: TableText, line: int, raw: bytes) -> Record:
    fields = raw.decode("latin-1").split("^")
    if len(fields) != 18:
        raise _wrong_width(text, line, raw, 18)
    nutrient = _WANTED.get(fields[1])
    if nutrient is None:
        raise text.wrong(line, "the nutrient number is not between ~ signs")
    number = text.identity(line, "NDB number", _string(text, line, fields[0]))
    scale = IU_PER_UG if nutrient == VITAMIN_D_IU else 1.0
    best = text.number(line, "value", fields[2]) / scale
    lowest, highest = (
        text.number(line, "range", field) / scale if field else None for field in fields[10:12]
    )
    basis = BASES.get(_string(text, line, fields[5]), "calculated")
    if basis == "assumed-zero" and best:
        basis = "calculated"
    if why := impossible(nutrient, best):
        return Skipped(text.name, line, why)
    return FigureRow(number, line, nutrient, best, *between(best, lowest, highest), basis)


def _portions(text: TableText) -> Records:
    for line, fields in _fields(text, 7):
        number = text.identity(line, "NDB number", _string(text, line, fields[0]))
        amount = text.number(line, "amount", fields[2])
        grams = text.number(line, "weight", fields[4])
        names = measure_names(_string(text, line, fields[3]), several=amount != 1)
        quantity = grams / amount if amount > 0 else 0.0
        if names and (why := impossible_portion(quantity)):
            yield Skipped(text.name, line, why)
        elif names:
            yield PortionRow(number, line, *names, round(quantity, 6))

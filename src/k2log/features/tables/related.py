"""A food table in several files: foods, nutrients, and a row for each amount of one in the other.

They are made one table, with a column for each nutrient that is asked for: as the publisher names
it, its unit in brackets. What the files are called does not matter, the columns tell what they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from k2log.named_tuple import NamedTuple

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class RelatedFiles:
    """The columns of a publisher's files, in lower case.

    ``food`` and ``nutrient`` are the ids that the files have in common, ``value`` is the amount per
    100 g, ``name`` and ``unit`` are the nutrient's.
    """

    publisher: str
    food: str
    food_name: str
    nutrient: str
    value: str
    name: str
    unit: str

    @property
    def foods(self) -> tuple[str, ...]:
        """The columns of the file of foods."""
        return self.food, self.food_name

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of the file of amounts."""
        return self.food, self.nutrient, self.value

    @property
    def nutrients(self) -> tuple[str, ...]:
        """The columns of the file of nutrients."""
        return self.nutrient, self.name, self.unit


RELATED: Final = (
    RelatedFiles(
        "Canadian Nutrient File", "foodid", "fooddescription", "nutrientid", "nutrientvalue",
        "nutrientname", "nutrientunit",
    ),
    RelatedFiles("Fineli", "foodid", "foodname", "eufdname", "bestloc", "eufdname", "compunit"),
)  # fmt: skip


class RelatedTable(NamedTuple):
    """One table of the files: the names of its columns, its rows, and the field of each column."""

    header: Sequence[str]
    rows: Iterator[Cells]
    fields: Mapping[str, str]


def related_table(
    files: Sequence[Callable[[], Iterator[Cells]]], fields: Mapping[str, str]
) -> RelatedTable | None:
    """Return the table that files, each of them rows of cells, make together; None for none.

    ``fields`` are by column in lower case; the unit of a nutrient may be left out of that. Foods
    that have none of the nutrients are left out.
    """
    for kind in RELATED:
        foods, nutrients, amounts = (
            _columns_of(files, names) for names in (kind.foods, kind.nutrients, kind.amounts)
        )
        if foods and nutrients and amounts:
            return _one_table(kind, foods, nutrients, amounts, fields)
    return None


def _columns_of(
    files: Sequence[Callable[[], Iterator[Cells]]], names: Sequence[str]
) -> Iterator[Cells] | None:
    """Return the cells of columns, in the file that has all of them."""
    for file in files:
        rows = file()
        header = [cell.strip().casefold() for cell in next(rows, ())]
        if set(names) <= set(header):
            places = [header.index(name) for name in names]
            whole = (row for row in rows if len(row) > max(places))
            return ([row[place].strip() for place in places] for row in whole)
    return None


def _one_table(
    kind: RelatedFiles,
    foods: Iterable[Cells],
    nutrients: Iterable[Cells],
    amounts: Iterable[Cells],
    fields: Mapping[str, str],
) -> RelatedTable:
    names = {id_: (name, f"{name} ({unit.lower()})") for id_, name, unit in nutrients}
    whole = {name.casefold(): heading.casefold() for name, heading in names.values()}
    mapped = {whole.get(column, column): field for column, field in fields.items()}
    wanted = {id_: heading for id_, (_, heading) in names.items() if heading.casefold() in mapped}
    cells: dict[str, dict[str, str]] = {}
    for food, nutrient, value in amounts:
        if nutrient in wanted:
            cells.setdefault(food, {})[nutrient] = value
    rows = (
        [food, name, *(cells[food].get(nutrient, "") for nutrient in wanted)]
        for food, name in foods
        if food in cells
    )
    rest = (heading for id_, (_, heading) in names.items() if id_ not in wanted)
    return RelatedTable([kind.food, kind.food_name, *wanted.values(), *rest], rows, mapped)

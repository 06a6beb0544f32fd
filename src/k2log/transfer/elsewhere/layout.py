"""Which column of a table holds what."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.food.nutrients import NUTRIENTS
from k2log.grammar.text import shown
from k2log.transfer.elsewhere.asked import FIELDS, FIGURES, Asked, Target
from k2log.transfer.elsewhere.formats import Format
from k2log.transfer.elsewhere.headings import Heading, factor, heading, key

_NEEDED: Final = ("day", "food")
_NO_UNIT: Final = ("", "%")
_US_LABEL: Final = {
    "calcium": "1300mg (older labels: 1000mg)",
    "vitamin_d": "20ug (older labels: 10ug)",
    "vitamin_k1": "120ug (older labels: 80ug)",
    "magnesium": "420mg (older labels: 400mg)",
}


class Figure(NamedTuple):
    """A column of figures: where it is, what the file calls it, and where it goes."""

    place: int
    name: str
    target: Target


class Layout(NamedTuple):
    """The columns of a table; ``unread`` says why some of them are left unknown."""

    format: Format
    width: int
    places: Mapping[str, int]
    figures: Sequence[Figure]
    unread: Sequence[str]


def columns_text(header: Sequence[str]) -> str:
    """Return the names of all columns, as many as make sense in a line."""
    names = ", ".join(shown(name, 40) for name in header[:12] if name)
    return f"{names} and {len(header) - 12} more" if len(header) > 12 else names


def layout(kind: Format, header: Sequence[str], asked: Asked) -> Layout:
    """Return which columns hold what, as far as kind and user say. Raises UnreadableError."""
    names = [key(column) for column in header]
    mapped = {key(column): field for column, field in asked.fields.items()}
    _check_named(kind, names, header, asked)
    fields = _fields(kind, names, mapped)
    _check_once(fields, header)
    places = {field: place for place, field in fields.items() if field not in FIGURES}
    _check_needed(kind, places, header)
    said = [
        Figure(place, header[place], FIGURES[field])
        for place, field in fields.items()
        if field in FIGURES
    ]
    told, unread = _told(kind, header, fields, asked)
    figures = {figure.target.column: figure for figure in reversed([*said, *told])}
    return Layout(kind, len(header), places, list(figures.values()), unread)


def _fields(kind: Format, names: Sequence[str], mapped: Mapping[str, str]) -> dict[int, str]:
    """Return the fields by place, what the user says before what the names say."""
    known = kind.columns if kind.headings else {field: field for field in FIELDS}
    taken = set(mapped.values())
    return {
        place: field
        for place, name in enumerate(names)
        if (field := mapped.get(name) or known.get(name)) and (name in mapped or field not in taken)
    }


def _told(
    kind: Format, header: Sequence[str], fields: Mapping[int, str], asked: Asked
) -> tuple[list[Figure], list[str]]:
    """Return the figures that columns name themselves, and what is to be said of the others."""
    rest = {place: column for place, column in enumerate(header) if place not in fields}
    if not kind.headings:
        return [], [f"columns not read: {columns_text([*rest.values()])}"] if rest else []
    found = {place: named for place, column in rest.items() if (named := heading(column))}
    unitless = {named.nutrient for named in found.values() if named.unit in _NO_UNIT}
    if strange := set(asked.wholes) - unitless:
        raise UnreadableError(f"--percent-of {min(strange)}: no column holds percentages of it.")
    figures, unread = [], []
    for place, named in found.items():
        by = _factor(named, asked)
        if by is None:
            unread.append(_unread(header[place], named))
        else:
            target = Target(NUTRIENTS[named.nutrient].column, by)
            figures.append(Figure(place, header[place], target))
    return figures, unread


def _factor(named: Heading, asked: Asked) -> float | None:
    if named.unit not in _NO_UNIT:
        return factor(named)
    whole = asked.wholes.get(named.nutrient)
    return None if whole is None else whole / 100


def _unread(column: str, named: Heading) -> str:
    name, nutrient = shown(column), NUTRIENTS[named.nutrient]
    as_it_is = f'--map "{name}={nutrient.column}" reads it as {nutrient.unit}'
    if named.unit not in _NO_UNIT:
        return f"{name} has a unit that k2log does not know and was left unknown; {as_it_is}"
    lacks = "is a percentage" if named.unit else "has no unit in this file"
    whole = _US_LABEL.get(nutrient.id, "AMOUNT")
    return (
        f"{name} {lacks} and was left unknown; --percent-of {nutrient.id}={whole} reads it as a"
        f" percentage of that, {as_it_is}"
    )


def _check_named(kind: Format, names: Sequence[str], header: Sequence[str], asked: Asked) -> None:
    if missing := [name for name in kind.needed if name not in names]:
        raise UnreadableError(
            f'this is no export that {kind.title} makes: the column "{missing[0]}" is missing.'
            f" There are: {columns_text(header)}."
        )
    if strange := [column for column in asked.fields if key(column) not in names]:
        raise UnreadableError(
            f'--map: there is no column "{shown(strange[0])}". There are: {columns_text(header)}.'
        )


def _check_once(fields: Mapping[int, str], header: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for place, field in fields.items():
        if field in first:
            one, other = shown(header[first[field]]), shown(header[place])
            raise UnreadableError(f'two columns are the {field}: "{one}" and "{other}".')
        first[field] = place


def _check_needed(kind: Format, places: Mapping[str, int], header: Sequence[str]) -> None:
    for field in _NEEDED:
        if field not in places and not (kind.meals and field == "food"):
            raise UnreadableError(
                f"which column is the {field}? There are: {columns_text(header)}."
                f' Say: --map "COLUMN={field}"'
            )

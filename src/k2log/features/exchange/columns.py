"""Which column of a table holds what.

What the user says of another program's file: whose it is, and what its columns hold.

What the heading of a column says: which nutrient, in which unit.

Vitamin K of unstated form is kept with K1, as in the food tables; it is never taken for K2.

The tables of other programs: how they are told by their columns, and what the columns mean.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.nutrients import nutrient_amount
from k2log.grammar.units import unit
from k2log.nutrients import BY_COLUMN, IU_PER_UG, MICROGRAMS, NUTRIENTS, VITAMIN_D
from k2log.text import shown

_NUTRIENTS: Final = {
    name: nutrient.id for nutrient in NUTRIENTS.values() for name in nutrient.codes.headings
}
_HEADING: Final = re.compile(r"(?P<name>[^(\[]+?) ?(?:[(\[] ?(?P<unit>[^)\]]*?) ?[)\]])?")


class Heading(NamedTuple):
    """A nutrient, and its unit as written, which may be empty."""

    nutrient: str
    unit: str


def key(column: str) -> str:
    """Return a column's name as it is compared: one case, single spaces, a micro sign restored."""
    whole = column.replace("Âµ", "µ").replace("Âμ", "µ").replace("Î¼", "µ")
    return " ".join(whole.split()).lower()


def heading(column: str) -> Heading | None:
    """Return what a column measures; None if that is nothing k2log keeps."""
    match = _HEADING.fullmatch(key(column))
    nutrient = match and _NUTRIENTS.get(match["name"])
    return Heading(nutrient, match["unit"] or "") if match and nutrient else None


def factor(found: Heading) -> float | None:
    """Return what turns a figure into the nutrient's own unit; None if the unit is none we know."""
    spelled = unit(found.unit) if found.unit else None
    if spelled and spelled.name == "IU" and found.nutrient in VITAMIN_D:
        return 1 / IU_PER_UG
    if spelled is None or spelled.name not in MICROGRAMS:
        return None
    return MICROGRAMS[spelled.name] / MICROGRAMS[NUTRIENTS[found.nutrient].unit]


TEXTS: Final = (
    "day", "time", "meal", "food", "amount", "measure", "grams", "note", "supplement",
)  # fmt: skip


class Target(NamedTuple):
    """A column of a k2log row, and what turns the figure of a file into its unit."""

    column: str
    factor: float


FIGURES: Final = {column: Target(column, 1.0) for column in BY_COLUMN} | {
    f"{nutrient}_iu": Target(NUTRIENTS[nutrient].column, 1 / IU_PER_UG)
    for nutrient in sorted(VITAMIN_D)
}
FIELDS: Final = (*TEXTS, *FIGURES)


class Asked(NamedTuple):
    """What the user says of a file.

    ``fields`` are by column, as typed, ``wholes`` by nutrient: what 100 % are, in its own unit.
    """

    origin: str | None = None
    fields: Mapping[str, str] = {}
    wholes: Mapping[str, float] = {}
    date_order: str | None = None


def asked(
    origin: str | None, maps: Sequence[str], percents: Sequence[str], date_order: str | None
) -> Asked:
    """Return what was said: ``Ca=calcium_mg``, ``calcium=1300mg``. Raises UnreadableError."""
    said = Asked(origin, _fields_asked(maps), dict(map(_whole, percents)), date_order)
    if origin == "k2log" and said != Asked(origin):
        raise NotForOwnError
    if origin == "csv" and percents:
        raise UnreadableError("--percent-of is for the columns of MyFitnessPal, not for --from csv")
    return said


class NotForOwnError(UnreadableError):
    """Options that explain a file, for one that needs no explanation."""

    def __init__(self) -> None:
        """Say which options."""
        super().__init__(
            "--map, --percent-of and --date-order are for files of other programs,"
            " and this is one of k2log's own."
        )


def _fields_asked(maps: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in maps:
        column, field = _mapped(text)
        if key(column) in map(key, found) or field in found.values():
            raise UnreadableError(f'--map "{shown(text)}": that column or field is mapped already')
        found[column] = field
    return found


def _mapped(text: str) -> tuple[str, str]:
    column, equals, right = text.rpartition("=")
    left, field = column.strip(), right.strip().lower()
    if not equals or not left or not field:
        raise UnreadableError(f'--map "{shown(text)}": write column=field, like "Ca=calcium_mg"')
    if field in FIELDS:
        return left, field
    if left.lower() in FIELDS:
        swapped = f"{right.strip()}={left.lower()}"
        raise UnreadableError(
            f'--map "{shown(text)}": the column comes first, like "{shown(swapped)}"'
        )
    raise UnreadableError(
        f'--map "{shown(text)}": no field is called "{shown(field)}". There are {", ".join(FIELDS)}'
    )


def _whole(text: str) -> tuple[str, float]:
    name, _, amount = text.partition("=")
    nutrient = NUTRIENTS.get(key(name).replace(" ", "_"))
    if nutrient is None or not amount.strip():
        raise UnreadableError(f'--percent-of "{shown(text)}": write it like calcium=1300mg')
    whole = nutrient_amount(amount, nutrient)
    if not whole:
        raise UnreadableError(f'--percent-of "{shown(text)}": 100 % of it cannot be nothing')
    return nutrient.id, whole


class Format(NamedTuple):
    """A kind of table.

    ``needed`` are the columns it is told by; ``columns`` says what they mean. ``headings``: the
    other columns say themselves which nutrient they hold. ``meals``: a row is a whole meal, summed
    by a program that counts what it does not know as nothing.
    """

    key: str
    title: str
    needed: tuple[str, ...]
    columns: Mapping[str, str]
    headings: bool = True
    meals: bool = False


CRONOMETER: Final = Format(
    "cronometer",
    "Cronometer",
    ("day", "food name", "amount"),
    {
        "day": "day",
        "time": "time",
        "group": "meal",
        "food name": "food",
        "amount": "amount",
        "category": "category",
    },
)
MYFITNESSPAL: Final = Format(
    "myfitnesspal",
    "MyFitnessPal",
    ("date", "meal", "calories"),
    {"date": "day", "time": "time", "meal": "meal", "note": "note"},
    meals=True,
)
MAPPED: Final = Format("csv", "CSV", (), {}, headings=False)


_NEEDED: Final = ("day", "food")
_NO_UNIT: Final = ("", "%")


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
    whole = "AMOUNT"
    if nutrient.us_label:
        today, older = (f"{amount}{nutrient.ascii_unit}" for amount in nutrient.us_label)
        whole = f"{today} (older labels: {older})"
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

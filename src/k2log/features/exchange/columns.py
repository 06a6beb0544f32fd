"""Which column of a table holds what: as its format, its headings and the user say.

Vitamin K of unstated form is kept with K1, as in the food tables; it is never taken for K2.
"""

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from k2log.errors import UnreadableError
from k2log.features.exchange.cells import DAY_ORDERS, Moment
from k2log.features.exchange.rows import ImportRow
from k2log.grammar.nutrients import nutrient_amount
from k2log.grammar.units import unit
from k2log.named_tuple import NamedTuple
from k2log.nutrients import BY_COLUMN, IU_PER_UG, MICROGRAMS, NUTRIENTS, VITAMIN_D
from k2log.text import shown

TEXTS: Final = (
    "day", "time", "meal", "food", "amount", "measure", "grams", "note", "supplement",
)  # fmt: skip
CATEGORY: Final = "category"
"""A field that only formats map: "Supplements" in it makes an entry a supplement."""


class Target(NamedTuple):
    """A column of a k2log row, and what turns the figure of a file into its unit."""

    column: str
    factor: float


FIGURES: Final = {column: Target(column, 1.0) for column in BY_COLUMN} | {
    f"{nutrient}_iu": Target(NUTRIENTS[nutrient].column, 1 / IU_PER_UG)
    for nutrient in sorted(VITAMIN_D)
}
FIELDS: Final = (*TEXTS, *FIGURES)
_MAPPABLE: Final = (*TEXTS, CATEGORY)


@dataclasses.dataclass(frozen=True, slots=True)
class ImportFormat:
    """A kind of file that ``k2log import`` reads. Raises ValueError where a row says too little.

    ``origin`` is what ``--from`` takes, ``program`` who makes such files, ``reads`` what of them is
    read. Names of columns are in lower case, with single spaces.

    - ``told_by``: a table is of this format if it has all columns of one of these, and none of
      ``never``; or if all its columns are in ``only``. Of several, most columns decide.
    - ``read``: what reads the lines of a file of k2log's own, whose name ends in ``suffixes``. A
      format without is a table of another program, of which all that follows speaks.
    - ``columns``: which field a column holds, of TEXTS or CATEGORY. An empty cell is unknown.
    - ``headings``: the other columns say themselves which nutrient they hold, and in which unit.
    - ``unitless``: those columns may lack a unit, or be percentages.
    - ``meals``: a row is a whole meal, summed by a program that counts what it does not know as
      nothing: 0 is unknown there, and any other figure is the least that was eaten. Else 0 is 0.
    - ``left_out``: by column, the cells (in lower case) of rows that are no entries. Rows of totals
      are left out anyway.
    - ``day_order``: "dmy" or "mdy" if the program always writes days so; else the file must tell.
    - ``amount_in_name``: the name of a food begins with how much of it: "150 g Banane".
    - ``refusals``: other tables of the program, by their columns, and why they are refused.
    """

    origin: str
    program: str
    reads: str
    told_by: Sequence[Sequence[str]] = ()
    never: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    read: Callable[[Iterable[str], Moment], Iterator[ImportRow]] | None = None
    suffixes: Sequence[str] = ()
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    headings: bool = True
    unitless: bool = False
    meals: bool = False
    left_out: Mapping[str, Collection[str]] = dataclasses.field(default_factory=dict)
    day_order: str | None = None
    amount_in_name: bool = False
    refusals: Mapping[Sequence[str], str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a row that is not complete."""
        lacks = [name for name in ("origin", "program", "reads") if not getattr(self, name)]
        if self.read:
            lacks += [] if self.suffixes else ["suffixes"]
        elif self.headings:
            lacks += [] if self.told_by else ["told_by"]
            fields = ("day", "meal") if self.meals else ("day", "food")
            lacks += [
                f"a column for {name}" for name in fields if name not in self.columns.values()
            ]
        lacks += [f"a field {name}" for name in self.columns.values() if name not in _MAPPABLE]
        if self.day_order not in (None, *DAY_ORDERS):
            lacks.append(f"an order of days {self.day_order}")
        names = [*self.columns, *self.left_out, *(name for names in self.told_by for name in names)]
        lacks += [f"a column {name} in lower case" for name in names if name != column_key(name)]
        if lacks:
            raise ValueError(f"the import format {self.origin or '?'} lacks {', '.join(lacks)}")

    def telling(self, names: set[str]) -> int:
        """Return how many columns of a table tell that it is of this format; 0 if it is not."""
        if names & self.never:
            return 0
        counts = [len(columns) for columns in self.told_by if names.issuperset(columns)]
        return max(counts, default=int(names <= self.only))


def column_key(column: str) -> str:
    """Return a column's name as it is compared: one case, single spaces, a micro sign restored."""
    whole = column.replace("Âµ", "µ").replace("Âμ", "µ").replace("Î¼", "µ")
    return " ".join(whole.split()).lower()


class NotForOwnError(UnreadableError):
    """Options that explain a file, for one that needs no explanation."""

    def __init__(self) -> None:
        """Say which options."""
        super().__init__(
            "--map, --percent-of and --date-order are for files of other programs,"
            " and this is one of k2log's own."
        )


class ImportOptions(NamedTuple):
    """What the user says of a file: ``--from``, ``--map``, ``--percent-of`` and ``--date-order``.

    ``fields`` are by column, as typed; ``wholes`` by nutrient: what 100 % are, in its own unit.
    """

    origin: str | None = None
    fields: Mapping[str, str] = {}
    wholes: Mapping[str, float] = {}
    date_order: str | None = None

    @property
    def explain(self) -> bool:
        """Whether they say more than whose the file is."""
        return self != ImportOptions(self.origin)


def fields_of(maps: Sequence[str]) -> dict[str, str]:
    """Return the field of each column of ``--map Ca=calcium_mg``. Raises UnreadableError."""
    fields: dict[str, str] = {}
    for text in maps:
        column, field = _mapped(text)
        if column_key(column) in map(column_key, fields) or field in fields.values():
            raise UnreadableError(f'--map "{shown(text)}": that column or field is mapped already')
        fields[column] = field
    return fields


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


def wholes_of(percents: Sequence[str]) -> dict[str, float]:
    """Return what 100 % are by nutrient, of ``--percent-of calcium=1300mg``.

    Raises UnreadableError.
    """
    wholes = {}
    for text in percents:
        name, _, amount = text.partition("=")
        nutrient = NUTRIENTS.get(column_key(name).replace(" ", "_"))
        if nutrient is None or not amount.strip():
            raise UnreadableError(f'--percent-of "{shown(text)}": write it like calcium=1300mg')
        whole = nutrient_amount(amount, nutrient)
        if not whole:
            raise UnreadableError(f'--percent-of "{shown(text)}": 100 % of it cannot be nothing')
        wholes[nutrient.id] = whole
    return wholes


_YES: Final = frozenset({"1", "true", "yes", "x", "deleted"})
_EXERCISE: Final = frozenset({"exercise", "exercises", "workout", "activity"})
_NO_ENTRIES: Final[Mapping[str, Collection[str]]] = {
    "deleted": _YES,
    "is deleted": _YES,
    **dict.fromkeys(("type", "group", "meal", "category"), _EXERCISE),
}
"""By column, the cells (in lower case) of rows that no program means as food."""

_NUTRIENTS: Final = {
    name: nutrient.id for nutrient in NUTRIENTS.values() for name in nutrient.codes.headings
}
_HEADING: Final = re.compile(r"(?P<name>[^(\[]+?) ?(?:[(\[] ?(?P<unit>[^)\]]*?) ?[)\]])?")
_NO_UNIT: Final = ("", "%")


class Heading(NamedTuple):
    """A nutrient, and its unit as written, which may be empty."""

    nutrient: str
    unit: str

    def factor(self, wholes: Mapping[str, float]) -> float | None:
        """Return what turns a figure into the nutrient's own unit; None if nothing tells.

        A figure without a unit is a percentage of the whole that the user gave.
        """
        if self.unit in _NO_UNIT:
            whole = wholes.get(self.nutrient)
            return None if whole is None else whole / 100
        spelled = unit(self.unit)
        if spelled and spelled.name == "IU" and self.nutrient in VITAMIN_D:
            return 1 / IU_PER_UG
        if spelled is None or spelled.name not in MICROGRAMS:
            return None
        return MICROGRAMS[spelled.name] / MICROGRAMS[NUTRIENTS[self.nutrient].unit]


def heading(column: str) -> Heading | None:
    """Return what a column measures; None if that is nothing k2log keeps."""
    match = _HEADING.fullmatch(column_key(column))
    nutrient = match and _NUTRIENTS.get(match["name"])
    return Heading(nutrient, match["unit"] or "") if match and nutrient else None


_USUAL: Final = {
    name: field
    for field, names in {
        "day": "date day datum tag fecha data dato jour",
        "time": "time uhrzeit zeit heure hora tijd ora",
        "meal": "meal mahlzeit repas comida maaltijd pasto",
        "food": "food food_name item name product product_name description lebensmittel speise"
        " bezeichnung produkt aliment alimento producto produit voedingsmiddel",
        "amount": "amount quantity qty serving portion menge anzahl quantité cantidad quantità"
        " hoeveelheid portie",
        "measure": "unit units measure einheit unité unidad unità eenheid",
        "grams": "grams gramm weight_(g) gewicht_(g) poids_(g) peso_(g)",
        "note": "note notes comment notiz kommentar bemerkung",
    }.items()
    for name in (each.replace("_", " ") for each in names.split())
}


def usual_maps(header: Sequence[str]) -> dict[str, str]:
    """Return the fields that columns most likely hold, by column: to be proposed, never assumed."""
    fields: dict[str, str] = {}
    for column in header:
        field, measured = _USUAL.get(column_key(column)), heading(column)
        if measured and (factor := measured.factor({})):
            target = Target(NUTRIENTS[measured.nutrient].column, factor)
            field = next((name for name, each in FIGURES.items() if each == target), None)
        if field and field not in fields.values():
            fields[column] = field
    return fields


def maps_text(fields: Mapping[str, str]) -> str:
    """Return the options that say which columns hold what, to be pasted."""
    return " ".join(f'--map "{shown(column)}={field}"' for column, field in fields.items())


class FigureColumn(NamedTuple):
    """A column of figures: where it is, what the file calls it, and where it goes."""

    place: int
    name: str
    target: Target


class TableLayout(NamedTuple):
    """The columns of a table.

    ``places`` are by field, ``left_out`` holds the place and the cells of rows that are none,
    ``unread`` says why some columns are left unknown.
    """

    format: ImportFormat
    width: int
    places: Mapping[str, int]
    figures: Sequence[FigureColumn]
    left_out: Sequence[tuple[int, Collection[str]]]
    unread: Sequence[str]


def columns_text(header: Sequence[str]) -> str:
    """Return the names of all columns, as many as make sense in a line."""
    names = ", ".join(shown(name, 40) for name in header[:12] if name)
    return f"{names} and {len(header) - 12} more" if len(header) > 12 else names


def layout(kind: ImportFormat, header: Sequence[str], options: ImportOptions) -> TableLayout:
    """Return which columns hold what, as far as format and user say. Raises UnreadableError."""
    names = [column_key(column) for column in header]
    mapped = {column_key(column): field for column, field in options.fields.items()}
    _check_columns(kind, names, header, options)
    by_name = kind.columns if kind.headings else {field: field for field in FIELDS}
    taken = set(mapped.values())
    fields = {  # what the user says goes before what the names say
        place: field
        for place, name in enumerate(names)
        if (field := mapped.get(name) or by_name.get(name))
        and (name in mapped or field not in taken)
    }
    _check_fields(kind, fields, header)
    places = {field: place for place, field in fields.items() if field not in FIGURES}
    figures, unread = _headed_figures(kind, header, fields, options)
    figures = [
        FigureColumn(place, header[place], FIGURES[field])
        for place, field in fields.items()
        if field in FIGURES
    ] + figures
    by_target = {figure.target.column: figure for figure in reversed(figures)}
    no_entries = {**_NO_ENTRIES, **kind.left_out}
    left_out = [(names.index(name), cells) for name, cells in no_entries.items() if name in names]
    return TableLayout(kind, len(header), places, list(by_target.values()), left_out, unread)


def _headed_figures(
    kind: ImportFormat, header: Sequence[str], fields: Mapping[int, str], options: ImportOptions
) -> tuple[list[FigureColumn], list[str]]:
    """Return the figures that columns name themselves, and what is to be said of the others."""
    rest = {place: column for place, column in enumerate(header) if place not in fields}
    if not kind.headings:
        return [], [_not_read([*rest.values()], taken=fields.values())] if rest else []
    headings = {place: measured for place, name in rest.items() if (measured := heading(name))}
    unitless = {each.nutrient for each in headings.values() if each.unit in _NO_UNIT}
    if strange := set(options.wholes) - unitless:
        raise UnreadableError(f"--percent-of {min(strange)}: no column holds percentages of it.")
    figures, unread = [], []
    for place, measured in headings.items():
        factor = measured.factor(options.wholes)
        if factor is None:
            unread.append(_unread(header[place], measured))
        else:
            target = Target(NUTRIENTS[measured.nutrient].column, factor)
            figures.append(FigureColumn(place, header[place], target))
    return figures, unread


def _not_read(columns: Sequence[str], taken: Collection[str]) -> str:
    """Return which columns were not read, and the options for those of which the name says what."""
    usual = {name: field for name, field in usual_maps(columns).items() if field not in taken}
    says = f"; to read more: {maps_text(usual)}" if usual else ""
    return f"columns not read: {columns_text(columns)}{says}"


def _unread(column: str, measured: Heading) -> str:
    """Return why a column is left unknown, and which options would read it."""
    name, nutrient = shown(column), NUTRIENTS[measured.nutrient]
    as_it_is = f'--map "{name}={nutrient.column}" reads it as {nutrient.unit}'
    if measured.unit not in _NO_UNIT:
        return f"{name} has a unit that k2log does not know and was left unknown; {as_it_is}"
    lacks = "is a percentage" if measured.unit else "has no unit in this file"
    whole = "AMOUNT"
    if nutrient.us_label:
        today, older = (f"{amount}{nutrient.ascii_unit}" for amount in nutrient.us_label)
        whole = f"{today} (older labels: {older})"
    return (
        f"{name} {lacks} and was left unknown; --percent-of {nutrient.id}={whole} reads it as a"
        f" percentage of that, {as_it_is}"
    )


def _check_columns(
    kind: ImportFormat, names: Sequence[str], header: Sequence[str], options: ImportOptions
) -> None:
    """Refuse a table that is not of the format, and columns that the user named and it lacks."""
    needed = kind.told_by[0] if kind.told_by else ()
    if missing := [name for name in needed if name not in names]:
        raise UnreadableError(
            f'this is no export that {kind.program} makes: the column "{missing[0]}" is missing.'
            f" There are: {columns_text(header)}."
        )
    if strange := [column for column in options.fields if column_key(column) not in names]:
        raise UnreadableError(
            f'--map: there is no column "{shown(strange[0])}". There are: {columns_text(header)}.'
        )


def _check_fields(kind: ImportFormat, fields: Mapping[int, str], header: Sequence[str]) -> None:
    """Refuse a table in which a field has two columns, or the day or the food has none."""
    first: dict[str, int] = {}
    for place, field in fields.items():
        if field in first:
            one, other = shown(header[first[field]]), shown(header[place])
            raise UnreadableError(f'two columns are the {field}: "{one}" and "{other}".')
        first[field] = place
    for field in ("day",) if kind.meals else ("day", "food"):
        if field not in first:
            raise UnreadableError(
                f"which column is the {field}? There are: {columns_text(header)}."
                f' Say: --map "COLUMN={field}"'
            )

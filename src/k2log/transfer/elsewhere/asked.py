"""What the user says of another program's file: whose it is, and what its columns hold."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.food.nutrients import BY_COLUMN, IU_PER_UG, NUTRIENTS, VITAMIN_D
from k2log.grammar.labels import label_amount
from k2log.grammar.text import shown
from k2log.transfer.elsewhere.headings import key

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
    said = Asked(origin, _fields(maps), dict(map(_whole, percents)), date_order)
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


def _fields(maps: Sequence[str]) -> dict[str, str]:
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
    whole = label_amount(amount, nutrient)
    if not whole:
        raise UnreadableError(f'--percent-of "{shown(text)}": 100 % of it cannot be nothing')
    return nutrient.id, whole

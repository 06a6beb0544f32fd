"""The tables of other programs: how they are told by their columns, and what the columns mean."""

from collections.abc import Mapping
from typing import Final, NamedTuple


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

"""The nutrient columns of ``entries``, and the SQL expressions over them."""

from collections.abc import Iterator, Mapping, Sequence

from k2log.food.amount import Amount
from k2log.food.nutrients import NUTRIENTS


def nutrient_columns() -> list[str]:
    """Return the three columns of each nutrient, in the order of NUTRIENTS."""
    return [
        f"{nutrient.column}{end}"
        for nutrient in NUTRIENTS.values()
        for end in ("", "_low", "_high")
    ]


def flat(nutrients: Mapping[str, Amount]) -> Iterator[float | None]:
    """Yield an entry's values for ``nutrient_columns()``."""
    for nutrient in NUTRIENTS:
        yield from nutrients[nutrient][:3]


def unflat(values: Sequence[float | None]) -> dict[str, Amount]:
    """Return an entry's amounts from the values of ``nutrient_columns()``."""
    triples = zip(*[iter(values)] * 3, strict=True)
    return {
        nutrient: Amount(best, low, high, int(high is None))
        for nutrient, (best, low, high) in zip(NUTRIENTS, triples, strict=True)
    }


def sums() -> str:
    """Return the expressions for ``Sums``; of a dose that lasts, one day's share.

    SQLite reads 9e999 as infinity.
    """
    columns = [nutrient.column for nutrient in NUTRIENTS.values()]
    return ", ".join(
        [
            *(f"ifnull(sum({column} / every_days), 9e999)" for column in columns),
            *(f"ifnull(sum({column}_low / every_days), 9e999)" for column in columns),
            *(f"sum(ifnull({column}_high / every_days, 9e999))" for column in columns),
            *(f"count(*) - count({column}_high)" for column in columns),
        ]
    )


def what_is_known() -> str:
    """Return an expression that is the same for entries of which the same figures are known."""
    columns = [nutrient.column for nutrient in NUTRIENTS.values()]
    tests = (f"({column}{end} IS NULL)" for column in columns for end in ("", "_high"))
    return " + ".join(f"{2**place} * {test}" for place, test in enumerate(tests))

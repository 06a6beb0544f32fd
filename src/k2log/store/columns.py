"""The nutrient columns of ``entries``, and the SQL expressions over them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from k2log.food.amount import ZERO, Amount
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


def sums(nutrients: Iterable[str]) -> str:
    """Return four expressions a nutrient: best, low, high and how many entries have no high."""
    return ", ".join(_sum(NUTRIENTS[nutrient].column) for nutrient in nutrients)


def _sum(column: str) -> str:
    return (
        f"round(sum({column} / every_days), 6), round(sum({column}_low / every_days), 6),"
        f" CASE WHEN count({column}_high) = count(*)"
        f" THEN round(sum({column}_high / every_days), 6) END, count(*) - count({column}_high)"
    )


def summed(nutrients: Iterable[str], values: Sequence[float | None]) -> dict[str, Amount]:
    """Return the amounts from the values of ``sums()``; nothing summed is zero."""
    quads = zip(*[iter(values)] * 4, strict=True)
    return {
        nutrient: Amount(best, low, high, int(unknown or 0))
        if best is not None or unknown
        else ZERO
        for nutrient, (best, low, high, unknown) in zip(nutrients, quads, strict=True)
    }

"""SQL expressions over the nutrient columns of ``entries``."""

from k2log.food.nutrients import NUTRIENTS


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

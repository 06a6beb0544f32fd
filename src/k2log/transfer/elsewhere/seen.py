"""What an import saw of a foreign table: the first entries, what is unknown or was skipped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from k2log.diary.entry import Entry
from k2log.diary.incoming import Row
from k2log.diary.stored import COLUMNS
from k2log.food.nutrients import HEADLINE, NUTRIENTS

MOST_FIRST: Final = 3
_PLACES: Final = {key: COLUMNS.index(nutrient.column) for key, nutrient in NUTRIENTS.items()}
_TO_HIGH: Final = 2  # places from a figure to its high end
READ_AS_WINDOWS: Final = "the file is not UTF-8; it was read as Windows-1252"


class Seen:
    """A table's rows, counted as they pass."""

    def __init__(self, remarks: Sequence[str]) -> None:
        """Take what is to be said of the table as a whole."""
        self.remarks = remarks
        self.first: list[Entry] = []
        self.entries = 0
        self.totals = 0
        self.unknown: Counter[str] = Counter()
        self.partial: Counter[str] = Counter()
        self.unstated_d = 0

    def take(self, row: Row) -> None:
        """Count an entry."""
        self.entries += 1
        values = row.values
        if values[_PLACES["vitamin_d3"]] is None and values[_PLACES["vitamin_d"]] is not None:
            self.unstated_d += 1
        if len(self.first) < MOST_FIRST:
            self.first.append(row.entry)
        for nutrient in HEADLINE:
            place = _PLACES[nutrient]
            if values[place] is None:
                self.unknown[nutrient] += 1
            elif values[place + _TO_HIGH] is None:
                self.partial[nutrient] += 1

    def told(self) -> Iterator[str]:
        """Yield what the user should know of the table."""
        yield from self.remarks
        if self.totals:
            rows = (
                "1 row of totals was" if self.totals == 1 else f"{self.totals} rows of totals were"
            )
            yield f"{rows} skipped"
        if self.unknown:
            yield f"left unknown: {self._counts(self.unknown)}"
        if self.unstated_d:
            yield f"vitamin D of unstated form: {self.unstated_d} of {self.entries}"
        if self.partial:
            yield (
                f"known in part: {self._counts(self.partial)}; sums like these leave out foods that"
                " have no figure"
            )

    def _counts(self, counted: Counter[str]) -> str:
        names = [
            f"{NUTRIENTS[nutrient].name} in {counted[nutrient]}"
            for nutrient in HEADLINE
            if counted[nutrient]
        ]
        return f"{', '.join(names)} of {self.entries}"

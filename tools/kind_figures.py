"""Work out the figures by kind of food: ``python tools/kind_figures.py`` writes kinds.tsv.

Run it after any change to ``kinds.toml`` or to the text of the official tables; a test holds the
file against what it would write. Calcium, magnesium, vitamins D and K1: the median of the kind's
foods in SR28 and Ciqual and the 5th and 95th percentile, or the extremes of fewer than 20. K2 the
same from the rows that the kind names, MK-4 of SR28 with the longer forms of the kind, and Ciqual.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from k2log.amounts import Amount
from k2log.catalogue.kinds import FIGURES_FILE, FILLED, Kind, KindFigure, load_kinds
from k2log.catalogue.official import CIQUAL, OFFICIAL, SR28, OfficialFood, official_foods
from k2log.catalogue.read import FOLDER

FEWEST = 3
"""Of how many foods at least the figures of a kind are worked out from the tables."""

MANY = 20
HEAD = """\
# Figures by kind of food per 100 g, written by tools/kind_figures.py: do not edit.
kind\tnutrient\tbest\tlow\thigh\tfigures\tsources\tnote
"""


def main() -> None:
    """Write the file."""
    (FOLDER / FIGURES_FILE).write_text(kind_figures(FOLDER), encoding="utf-8")


def kind_figures(folder: Path) -> str:
    """Return the text of the file."""
    kinds = load_kinds()
    foods: dict[str, list[OfficialFood]] = defaultdict(list)
    for table in OFFICIAL:
        for each in official_foods(table, folder):
            group = f"{table.origin}:{each.group}"
            kind = kinds.of(each.names[:1], group, each.food.region)
            foods[kind.key if kind else ""].append(each)
    lines = []
    for key, kind in kinds.by_key.items():
        for nutrient, figure in _figures(kind, foods[key]):
            best, low, high = (f"{value:g}" for value in figure.amount[:3] if value is not None)
            cells = (key, nutrient, best, low, high, str(figure.foods), figure.source, figure.note)
            lines.append("\t".join(cells) + "\n")
    return HEAD + "".join(lines)


def _figures(kind: Kind, foods: Sequence[OfficialFood]) -> Iterator[tuple[str, KindFigure]]:
    for nutrient in FILLED:
        given = [
            (each, figure.amount)
            for each in foods
            if (figure := each.food.figures.get(nutrient)) and figure.amount.known
        ]
        if len(given) >= FEWEST:
            amount = _spread([amount for _, amount in given])
            yield nutrient, KindFigure(amount, len(given), _tables(each for each, _ in given), "")
    if k2 := _vitamin_k2(kind, foods):
        yield "vitamin_k2", k2


def _tables(foods: Iterator[OfficialFood]) -> str:
    return ", ".join(sorted({each.row.partition(":")[0] for each in foods}, reverse=True))


def _spread(amounts: Sequence[Amount]) -> Amount:
    """Return the median with the 5th and 95th percentile, or the extremes of few."""
    bests = sorted(amount.best or 0.0 for amount in amounts)
    if len(bests) >= MANY:
        low = _percentile(sorted(amount.low or 0.0 for amount in amounts), 0.05)
        high = _percentile(sorted(amount.high or 0.0 for amount in amounts), 0.95)
    else:
        low = min(amount.low or 0.0 for amount in amounts)
        high = max(amount.high or 0.0 for amount in amounts)
    return Amount.of(*(round(value, 3) for value in (median(bests), low, high)))


def _percentile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])


def _vitamin_k2(kind: Kind, foods: Sequence[OfficialFood]) -> KindFigure | None:
    """Return the K2 of a kind by all its evidence; None where there is none."""
    if kind.k2:
        given = Amount.of(kind.k2.best or 0.0, kind.k2.low, kind.k2.high)
        return KindFigure(given, 0, kind.k2.source, kind.note)
    amounts = [
        Amount.of(row.best, row.low, row.high) for row in kind.published if row.best is not None
    ]
    sources = [row.source for row in kind.published]
    for each in foods:
        mk4, k2 = each.food.figures.get("mk4"), each.food.figures.get("vitamin_k2")
        if each.food.origin == SR28.origin and kind.longer and mk4 and mk4.amount.known:
            amounts.append(_sum(mk4.amount, kind.longer.best, kind.longer.low, kind.longer.high))
            sources += ["usda_sr28", kind.longer.source]
        elif each.food.origin == CIQUAL.origin and k2 and not kind.published and k2.amount.known:
            amounts.append(k2.amount)
            sources.append("ciqual2020")
    if not amounts:
        return None
    spread = _spread(amounts)
    ends = [row for row in kind.published if row.best is None]
    low = min([spread.low or 0.0, *(row.low for row in ends)])
    high = max([spread.high or 0.0, *(row.high for row in ends)])
    named = ", ".join(dict.fromkeys(", ".join(sources).split(", ")))
    return KindFigure(Amount.of(spread.best or 0.0, low, high), len(amounts), named, kind.note)


def _sum(mk4: Amount, best: float | None, low: float, high: float) -> Amount:
    return Amount.of(
        round((mk4.best or 0.0) + (best or 0.0), 6),
        round((mk4.low or 0.0) + low, 6),
        round((mk4.high or 0.0) + high, 6),
    )


if __name__ == "__main__":
    main()

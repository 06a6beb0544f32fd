"""Hold every figure of the package's official tables against the tables as they were published.

``python tools/compare_tables.py usda-sr28.zip ciqual-2020.csv`` reads the originals on its own,
with none of k2log's code, and ``foods.db`` as SQLite has it. It prints how many foods, figures and
measures were compared, and each that differs; exit code 1 if any does. With ``--sample FILE`` it
writes 200 cells, chosen by chance but always the same, for the tests.
"""

import csv
import random
import sqlite3
import sys
import zipfile
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

FILE: Final = Path(__file__).parents[1] / "src" / "k2log" / "catalogue" / "foods.db"
SR28: Final = {
    "301": "calcium",
    "304": "magnesium",
    "325": "vitamin_d2",
    "326": "vitamin_d3",
    "328": "vitamin_d",
    "428": "mk4",
    "430": "vitamin_k1",
}
_IU: Final = "324"
"""Vitamin D in IU, for foods that have no figure in µg."""
CIQUAL: Final = {
    "Calcium (mg/100g)": "calcium",
    "Magnesium (mg/100g)": "magnesium",
    "Vitamin D (µg/100g)": "vitamin_d",
    "Vitamin K1 (µg/100g)": "vitamin_k1",
    "Vitamin K2 (µg/100g)": "vitamin_k2",
}
_UNKNOWN_OF_SAMPLE: Final = 30
_SAMPLE: Final = 200

Range = tuple[float, float, float]


class Published(NamedTuple):
    """A food as published: its name, fat, figures (as text, and as a range), grams of a measure."""

    name: str
    fat_g: float | None
    texts: Mapping[str, str]
    figures: Mapping[str, Range]
    measures: frozenset[float]


def main() -> int:
    """Compare, or write the sample; return the exit code."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("sr28", type=Path)
    parser.add_argument("ciqual", type=Path)
    parser.add_argument("--table", type=Path, default=FILE)
    parser.add_argument("--sample", type=Path)
    options = parser.parse_args()
    published = {**published_sr28(options.sr28), **published_ciqual(options.ciqual)}
    if options.sample:
        write_sample(published, options.sample)
        return 0
    counts: Counter[str] = Counter()
    wrong = list(differences(published, options.table, counts))
    for line in wrong[:50]:
        print(line)
    for what, number in sorted(counts.items()):
        print(f"{what}: {number}")
    print(f"differing: {len(wrong)}")
    return bool(wrong)


def published_sr28(path: Path) -> dict[str, Published]:
    """Return the foods of SR28 by k2log's keys."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    figures: dict[str, dict[str, Range]] = defaultdict(dict)
    fat: dict[str, float] = {}
    in_iu: dict[str, float] = {}
    measures: dict[str, set[float]] = defaultdict(set)
    with zipfile.ZipFile(path) as archive:
        for cells in _lines(archive, "NUT_DATA.txt"):
            number, nutrient, value = cells[:3]
            if nutrient == "204":
                fat[number] = float(value)
            if nutrient == _IU:
                in_iu[number] = float(value) / 40
            if nutrient not in SR28:
                continue
            ends = cells[10:12] if all(cells[10:12]) else []
            best = float(value)
            low, high = map(float, ends or (best, best))
            sensible = 0 <= low <= best <= high
            texts[number][SR28[nutrient]] = "|".join([value, *(ends if sensible else ())])
            figures[number][SR28[nutrient]] = (best, low, high) if sensible else (best, best, best)
        for cells in _lines(archive, "WEIGHT.txt"):
            if float(cells[2]):
                measures[cells[0]].add(round(float(cells[4]) / float(cells[2]), 6))
        for number, best in in_iu.items():
            figures[number].setdefault("vitamin_d", (best, best, best))
        return {
            f"sr28:{cells[0]}": Published(
                " ".join(cells[2].split()),
                fat.get(cells[0]),
                texts[cells[0]],
                figures[cells[0]],
                frozenset(measures[cells[0]]),
            )
            for cells in _lines(archive, "FOOD_DES.txt")
        }


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    with archive.open(name) as lines:
        for raw in lines:
            yield [cell.strip("~") for cell in raw.decode("latin-1").rstrip("\r\n").split("^")]


def published_ciqual(path: Path) -> dict[str, Published]:
    """Return the foods of Ciqual by k2log's keys; the first of a number that is there twice."""
    foods: dict[str, Published] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            cells = {nutrient: row[column].strip() for column, nutrient in CIQUAL.items()}
            texts = {nutrient: cell for nutrient, cell in cells.items() if cell not in ("", "-")}
            fat = _ciqual(row["Fat (g/100g)"].strip())
            foods.setdefault(
                f"ciqual:{int(float(row['alim_code']))}",
                Published(
                    " ".join(row["alim_nom_eng"].split()).replace(", ,", ","),
                    fat and fat[0],
                    texts,
                    {nutrient: _ciqual(cell) or (0, 0, 0) for nutrient, cell in texts.items()},
                    frozenset(),
                ),
            )
    return foods


def _ciqual(cell: str) -> Range | None:
    if cell in ("", "-"):
        return None
    if cell == "traces":
        return 0.25, 0.0, 0.5
    value = float(cell.lstrip("< ").replace(",", "."))
    return (value / 2, 0.0, value) if cell.startswith("<") else (value, value, value)


def differences(
    published: Mapping[str, Published], table: Path, counts: Counter[str]
) -> Iterator[str]:
    """Yield what differs, and count what was compared."""
    held = dict(foods_in(table))
    yield from (f"{key}: not in the table" for key in published.keys() - held.keys())
    yield from (f"{key}: not published" for key in held.keys() - published.keys())
    for key in sorted(published.keys() & held.keys()):
        of, food, ours = key.partition(":")[0], published[key], held[key]
        counts[f"{of} foods"] += 1
        counts[f"{of} fat"] += food.fat_g is not None
        counts[f"{of} figures"] += len(food.figures)
        counts.update(f"{of} {nutrient}" for nutrient in food.figures)
        counts[f"{of} measures"] += len(ours.measures)
        for what in _differing(food, ours):
            yield f"{key}: {what}"


def _differing(food: Published, ours: Published) -> Iterator[str]:
    if ours.name != food.name:
        yield f"the name is {ours.name!r}, published {food.name!r}"
    if ours.fat_g != food.fat_g:
        yield f"fat is {ours.fat_g}, published {food.fat_g}"
    for nutrient, wanted in food.figures.items():
        held = ours.figures.get(nutrient)
        if not held or not (_same(held, wanted) or _same(held, _of_forms(nutrient, food))):
            yield f"{nutrient} is {held}, published {wanted}"
    for nutrient in ours.figures.keys() - food.figures.keys() - ours.texts.keys():
        yield f"{nutrient} is {ours.figures[nutrient]}, not published"
    for grams in ours.measures - food.measures:
        yield f"a measure of {grams} g is not published"


def _of_forms(nutrient: str, food: Published) -> Range:
    """Return a total of vitamin D with the range of its forms, which k2log gives it."""
    best, *_ = food.figures[nutrient]
    forms = [food.figures[it] for it in ("vitamin_d2", "vitamin_d3") if it in food.figures]
    if nutrient != "vitamin_d" or abs(sum(it[0] for it in forms) - best) > 1e-6:
        return food.figures[nutrient]
    return best, sum(it[1] for it in forms), sum(it[2] for it in forms)


def foods_in(table: Path) -> Iterator[tuple[str, Published]]:
    """Yield the official foods of the package; ``texts`` has a note for each derived figure."""
    with closing(sqlite3.connect(f"{table.absolute().as_uri()}?mode=ro", uri=True)) as db:
        figures: dict[int, dict[str, Range]] = defaultdict(dict)
        notes: dict[int, dict[str, str]] = defaultdict(dict)
        for id_, nutrient, *amount, note in db.execute(
            "SELECT food_id, nutrient, best, low, high, note FROM figures"
        ):
            figures[id_][nutrient] = tuple(amount)  # type: ignore[assignment]
            if note:
                notes[id_][nutrient] = note
        grams: dict[int, set[float]] = defaultdict(set)
        for id_, quantity in db.execute("SELECT food_id, quantity FROM portions"):
            grams[id_].add(quantity)
        for id_, key, name, fat in db.execute(
            "SELECT id, key, name, fat_g FROM foods WHERE origin <> 'catalogue'"
        ):
            yield key, Published(name, fat, notes[id_], figures[id_], frozenset(grams[id_]))


def _same(held: Range, wanted: Range) -> bool:
    return all(
        one is not None and round(one - other, 6) == 0  # a partial sum has no high end
        for one, other in zip(held, wanted, strict=True)
    )


def write_sample(published: Mapping[str, Published], file: Path) -> None:
    """Write cells as published, as many of each table and nutrient as of any other."""
    chance = random.Random(28)
    cells: dict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    unknown = []
    for key, food in sorted(published.items()):
        of = key.partition(":")[0]
        for nutrient in (SR28 if of == "sr28" else CIQUAL).values():
            if nutrient in food.texts:
                cells[of, nutrient].append((key, food.name, nutrient, food.texts[nutrient]))
            elif nutrient in ("calcium", "magnesium", "vitamin_k1"):
                unknown.append((key, food.name, nutrient, ""))
    rows = chance.sample(unknown, _UNKNOWN_OF_SAMPLE)
    known = [chance.sample(group, min(len(group), 40)) for group in cells.values()]
    while len(rows) < _SAMPLE:
        for group in known:
            if group and len(rows) < _SAMPLE:
                rows.append(group.pop())
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("key", "name", "nutrient", "published"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    sys.exit(main())

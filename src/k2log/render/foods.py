"""Foods as text: search results, one food in full, and where each of its figures comes from."""

import json
from collections.abc import Iterable, Mapping, Sequence

from k2log.amounts import Amount
from k2log.food import recipe
from k2log.food.chooser import FoodMatch
from k2log.food.food import Figure, Food, Source, source_keys
from k2log.food.label import SOURCE
from k2log.food.measure import nutrients, usual
from k2log.grammar.numbers import written
from k2log.grammar.units import plural
from k2log.nutrients import NUTRIENTS, VITAMIN_K2
from k2log.render.numbers import clean, show, width

_BASES = {
    "measured": "measured",
    "label": "from a label",
    "calculated": "calculated",
    "estimated": "estimated",
    "assumed-zero": "assumed zero",
}


def found_text(found: Sequence[FoodMatch]) -> str:
    """Return search results, one food a line, with the key that picks it exactly."""
    names = max((width(each.food) for each in found), default=0)
    return "".join(
        f"{clean(each.food)}{' ' * (names - width(each.food))}  food:{each.food_key}{_mark(each)}\n"
        for each in found
    )


def _mark(found: FoodMatch) -> str:
    marks = {"user": "your own", "catalogue": ""}
    return f"  ({mark})" if (mark := marks.get(found.origin, found.origin)) else ""


def found_json(found: Sequence[FoodMatch]) -> str:
    """Return search results as JSON, a promise to scripts: key, name, kind, origin, score."""
    return json.dumps([
        {
            "key": each.food_key,
            "name": each.food,
            "kind": each.kind,
            "origin": each.origin,
            "score": round(each.score, 1),
        }
        for each in found
    ], indent=2) + "\n"  # fmt: skip


def food_text(food: Food, names: Sequence[str], *, plain_words: bool) -> str:
    """Return one food: figures per base and per usual serving, measures and other names."""
    base = _base(food)
    rows = [_figure_row(food, nutrient, plain_words) for nutrient in NUTRIENTS]
    serving = _serving(food)
    head = ["", f"per {base}", *([f"per {serving[0]}"] if serving else []), "basis", "source"]
    if serving:
        eaten = nutrients(food, serving[1])
        for row, nutrient in zip(rows, NUTRIENTS, strict=True):
            row.insert(2, _shown(nutrient, eaten[nutrient], plain_words))
    other = ", ".join(clean(name) for name in names[1:])
    below = [*_measures(food), *([f"Also called: {other}\n"] if other else [])]
    return "".join([
        f"{clean(food.name)}  (food:{food.key})\n",
        f"{food.note}\n" if food.note else "",
        "\n",
        *_table([head, *rows]),
        *(["\n", *below] if below else []),
    ])  # fmt: skip


def _base(food: Food) -> str:
    if food.per == 1:
        return f"1 {food.unit}"
    return f"{written(food.per)} {plural(food.unit)}"


def _serving(food: Food) -> tuple[str, float] | None:
    if food.active is not None:
        return None
    serving = usual(food)
    count = serving.amount
    measure = plural(serving.measure or "") if count > 1 else serving.measure
    said = f"{written(count)} {measure or ''}".rstrip()
    if (serving.quantity, food.unit) == (food.per, food.unit) and said == _base(food):
        return None
    grams = f" = {written(round(serving.quantity, 2))} g" if food.unit == "g" else ""
    return (said + ("" if said.endswith(" g") else grams)), serving.quantity


def _figure_row(food: Food, nutrient: str, plain_words: bool) -> list[str]:
    kind = NUTRIENTS[nutrient]
    figure = food.figures.get(nutrient)
    if figure is None:
        return [kind.name, "unknown" if plain_words else "?", "no figure", ""]
    shown = _shown(nutrient, figure.amount, plain_words)
    return [kind.name, shown, _BASES[figure.basis], clean(figure.source)]


def _shown(nutrient: str, amount: Amount, plain_words: bool) -> str:
    return show(amount, NUTRIENTS[nutrient].unit, with_unit=True, plain_words=plain_words)


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    columns = max(map(len, rows))
    padded = [[*row, *[""] * (columns - len(row))] for row in rows]
    widths = [max(width(row[at]) for row in padded) for at in range(columns)]
    for row in padded:
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"


def _measures(food: Food) -> Iterable[str]:
    if food.portions:
        sizes = (f"{name} {written(round(g, 2))} {food.unit}" for name, g in food.portions.items())
        yield f"Measures: {', '.join(sizes)}\n"
    if food.piece:
        yield f"A bare number counts: {food.piece}\n"
    if food.salt:
        share = written(food.salt.fraction)
        yield f"As a salt ({food.salt.name}): {share} of it is the element ({food.salt.source})\n"


def explained_text(food: Food, sources: Iterable[Source], *, plain_words: bool) -> str:
    """Return where each figure of a food comes from and how it was obtained."""
    base = _base(food)
    blocks = [
        _explained(food, nutrient, figure, base, plain_words)
        for nutrient in NUTRIENTS
        if (figure := food.figures.get(nutrient))
    ]
    missing = [NUTRIENTS[key].name for key in NUTRIENTS if key not in food.figures]
    lines = [f"{clean(food.name)}  (food:{food.key})", *([food.note] if food.note else []), *blocks]
    if missing:
        lines.append(f"No figure: {', '.join(missing)}. Unknown, not zero.")
    cited_below = citations((figure.source for figure in food.figures.values()), sources)
    return "\n".join([*lines, "", *cited_below]) + "\n"


def _explained(food: Food, nutrient: str, figure: Figure, base: str, plain_words: bool) -> str:
    shown = _shown(nutrient, figure.amount, plain_words)
    kind = NUTRIENTS[nutrient]
    why = "; ".join(
        filter(None, [_BASES[figure.basis], clean(figure.note), _range(nutrient, figure)])
    )
    return f"{kind.name}: {shown} in {base}. {why} [{clean(figure.source)}]"


def basis_words(basis: str) -> str:
    """Return what a basis is called: ``assumed zero``."""
    return _BASES.get(basis, clean(basis))


def _range(nutrient: str, figure: Figure) -> str:
    amount = figure.amount
    if figure.source == recipe.SOURCE:
        return ""
    if amount.best is not None and amount.high is None:
        return "other forms were not measured, so the sum is not complete"
    if amount.low == amount.high or amount.high is None:
        return ""
    said = "the range runs from the lowest to the highest published figure"
    if nutrient in VITAMIN_K2:
        return f"{said}: methods count different forms; cultures, feed and countries differ"
    return said


def citations(keys: Iterable[str], sources: Iterable[Source]) -> list[str]:
    """Return a line for each source that figures name, by its key."""
    cited = {source.key: source for source in sources}
    single = sorted({key for named in keys for key in source_keys(named)})
    return [_cited(cited, key) for key in single]


def _cited(cited: Mapping[str, Source], key: str) -> str:
    if key == SOURCE:
        return f"[{key}] what you typed from the label"
    if key == recipe.SOURCE:
        return f"[{key}] worked out from the recipe's ingredients"
    source = cited.get(key)
    return f"[{key}] {_citation(source)}" if source else f"[{key}]"


def _citation(source: Source) -> str:
    return " ".join(filter(None, [clean(source.citation), clean(source.where)]))


def sources_text(sources: Iterable[Source]) -> str:
    """Return the bibliography."""
    return "\n".join(
        f"[{source.key}] {_citation(source)}\n    {clean(source.note)}\n" for source in sources
    )

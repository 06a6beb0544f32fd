"""Foods as text: search results, one food in full, and where each of its figures comes from."""

import json
from collections.abc import Iterable, Mapping, Sequence

from k2log.amounts import Amount
from k2log.catalogue.official import OFFICIAL
from k2log.food import recipe
from k2log.food.food import BY_KIND, PUBLISHED, Figure, Food, Source, source_keys
from k2log.food.label import SOURCE
from k2log.food.matching import FoodMatch
from k2log.food.measure import nutrients, usual
from k2log.grammar.numbers import written
from k2log.grammar.units import plural
from k2log.nutrients import NUTRIENTS, READING_ORDER, VITAMIN_K2
from k2log.render.layout import columns
from k2log.render.numbers import clean, show

_BASES = {
    "measured": "measured",
    "restated": "restated by another source",
    "label": "from a label",
    "typical-label": "typical label",
    "calculated": "calculated",
    "estimated": "estimated",
    BY_KIND: "by kind of food",
    "assumed-zero": "assumed zero",
}


def matches_text(matches: Sequence[FoodMatch]) -> str:
    """Return search results, one food a line, with the key that picks it exactly."""
    titles = {table.origin: table.title for table in OFFICIAL} | {"user": "your own"}
    rows = []
    for it in matches:
        mark = "" if it.origin == "catalogue" else f"  ({titles.get(it.origin, it.origin)})"
        rows.append((clean(it.food), f"food:{it.food_key}{mark}"))
    return "".join(f"{line.rstrip()}\n" for line in columns(rows))


def matches_json(matches: Sequence[FoodMatch]) -> str:
    """Return search results as JSON, a promise to scripts: key, name, kind, origin, score."""
    return json.dumps([
        {
            "key": match.food_key,
            "name": match.food,
            "kind": match.kind,
            "origin": match.origin,
            "score": round(match.score, 1),
        }
        for match in matches
    ], indent=2) + "\n"  # fmt: skip


def own_names_text(
    foods: Iterable[tuple[str, str, Sequence[str]]], measured: Mapping[str, Food]
) -> str:
    """Return one's own foods, names and measures, a food a line; without any, where others are.

    ``measured`` are by key the foods with measures of the user's own.
    """
    named = {key: (food, list(names)) for key, food, names in foods}
    for key, food in measured.items():
        sizes = (f"{each} {_size(food, each)}" for each in food.own_measures)
        named.setdefault(key, (food.name, []))[1].extend(sizes)
    rows = [
        (clean(food), clean(", ".join(names)), f"food:{key}")
        for key, (food, names) in sorted(named.items(), key=lambda each: each[1][0].lower())
    ]
    more = "All that k2log knows: k2log foods search cheese\n"
    if not rows:
        return f'No foods or names of your own yet. To add one: k2log foods add "my bread"\n{more}'
    lines = columns([("food", "also called", ""), *rows])
    return "".join(f"{line.rstrip()}\n" for line in [*lines, "", more.rstrip()])


def food_text(food: Food, names: Sequence[str], *, plain_words: bool) -> str:
    """Return one food: figures per base and per usual serving, measures and other names."""
    serving = _serving(food)
    eaten = nutrients(food, serving[1]) if serving else {}
    per = [f"per {_base(food)}", *([f"per {serving[0]}"] if serving else [])]
    rows = [["", *per, "basis", "source"]]
    for id_ in READING_ORDER:
        kind = NUTRIENTS[id_]
        cells = ["unknown" if plain_words else "?", "no figure", ""]
        if figure := food.figures.get(id_):
            amount = _shown(id_, figure.amount, plain_words)
            cells = [amount, _BASES[figure.basis], clean(figure.source)]
        if serving:
            cells.insert(1, _shown(id_, eaten[id_], plain_words))
        rows.append([kind.name, *cells])
    other = ", ".join(clean(name) for name in names[1:])
    below = [*_measures(food), *([f"Also called: {other}\n"] if other else [])]
    return "".join([
        f"{clean(food.name)}  (food:{food.key})\n",
        f"{food.note}\n" if food.note else "",
        "\n",
        *(f"{line.rstrip()}\n" for line in columns(rows)),
        *(["\n", *below] if below else []),
    ])  # fmt: skip


def _base(food: Food) -> str:
    return f"1 {food.unit}" if food.per == 1 else f"{written(food.per)} {plural(food.unit)}"


def _serving(food: Food) -> tuple[str, float] | None:
    """Return the usual serving in words and in the food's unit; None where it says no more."""
    if food.active is not None:
        return None
    serving = usual(food)
    measure = plural(serving.measure or "") if serving.amount > 1 else serving.measure
    words = f"{written(serving.amount)} {measure or ''}".rstrip()
    if (serving.quantity, food.unit) == (food.per, food.unit) and words == _base(food):
        return None
    if food.unit == "g" and not words.endswith(" g"):
        words += f" = {written(round(serving.quantity, 2))} g"
    return words, serving.quantity


def _shown(nutrient: str, amount: Amount, plain_words: bool) -> str:
    return show(amount, NUTRIENTS[nutrient].unit, with_unit=True, plain_words=plain_words)


def _size(food: Food, measure: str) -> str:
    return f"{written(round(food.portions[measure], 2))} {food.unit}"


def _measures(food: Food) -> Iterable[str]:
    if food.portions:
        sizes = (
            f"{name} {_size(food, name)}{' (yours)' * (name in food.own_measures)}"
            for name in food.portions
        )
        yield f"Measures: {', '.join(sizes)}\n"
    if food.piece:
        yield f"A bare number counts: {food.piece}\n"
    if food.salt:
        share = written(food.salt.fraction)
        yield f"As a salt ({food.salt.name}): {share} of it is the element ({food.salt.source})\n"


def explained_text(food: Food, sources: Iterable[Source], *, plain_words: bool) -> str:
    """Return where each figure of a food comes from and how it was obtained."""
    lines = [f"{clean(food.name)}  (food:{food.key})", *([food.note] if food.note else [])]
    missing = []
    for id_ in READING_ORDER:
        kind = NUTRIENTS[id_]
        if figure := food.figures.get(id_):
            how = [_BASES[figure.basis], clean(figure.note), _range(id_, figure)]
            amount = f"{_shown(id_, figure.amount, plain_words)} in {_base(food)}"
            why = "; ".join(filter(None, how))
            lines.append(f"{kind.name}: {amount}. {why} [{clean(figure.source)}]")
        else:
            missing.append(kind.name)
    if missing:
        lines.append(f"No figure: {', '.join(missing)}. Unknown, not zero.")
    bibliography = citations((figure.source for figure in food.figures.values()), sources)
    return "\n".join([*lines, "", *bibliography]) + "\n"


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
    if figure.basis not in PUBLISHED:
        return ""
    words = "the range runs from the lowest to the highest published figure"
    if nutrient in VITAMIN_K2:
        return f"{words}: methods count different forms; cultures, feed and countries differ"
    return words


def citations(keys: Iterable[str], sources: Iterable[Source]) -> list[str]:
    """Return a line for each source that figures name, by its key."""
    by_key = {source.key: _citation(source) for source in sources}
    by_key[SOURCE] = "what you typed from the label"
    by_key[recipe.SOURCE] = "worked out from the recipe's ingredients"
    single = sorted({key for named in keys for key in source_keys(named)})
    return [f"[{key}] {by_key[key]}" if key in by_key else f"[{key}]" for key in single]


def _citation(source: Source) -> str:
    return " ".join(filter(None, [clean(source.citation), clean(source.where)]))


def sources_text(sources: Iterable[Source]) -> str:
    """Return the bibliography."""
    return "\n".join(
        f"[{source.key}] {_citation(source)}\n    {clean(source.note)}\n" for source in sources
    )

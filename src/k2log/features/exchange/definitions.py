"""What a file says beside entries and days: own foods, the sources they name, and settings.

    {"own_food": "own:rye-bread", "changed": "…Z", "name": "Rye bread", "kind": "food", …,
     "names": [["Rye bread", false], ["roggebrood", true]], "portions": [["slice", 40.0]],
     "figures": {"calcium": {"best": 40.0, "low": 40.0, "high": 40.0, "basis": "label", …}},
     "recipe": {"serves": 4.0, "yield_grams": null, "items": […]}}
    {"source": "usda_sr28", "citation": "…", "year": "2016", "address": "…", "note": "…"}
    {"setting": "region", "value": "eu", "changed": "…Z"}

A name with true is one that the user gave. A food that is out of use has "retired", when (UTC). Of
a food of the package there are only the user's own names. What is not given is unknown.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Final

from k2log.config import DOCUMENTS, SETTINGS
from k2log.diary.routines import documents as routine_documents
from k2log.diary.routines import routines_of
from k2log.errors import UnreadableError
from k2log.features.exchange import cells
from k2log.features.exchange.rows import DefinitionRow, LineRemark, unknown_names
from k2log.food.food import BASES
from k2log.food.recipe import Ingredient
from k2log.named_tuple import NamedTuple
from k2log.names import name_key
from k2log.nutrients import NUTRIENTS
from k2log.store.documents import READERS
from k2log.store.food_rows import FOOD_COLUMNS, PLACE
from k2log.text import LIMIT, clean, shown

FOOD: Final = "own_food"
SOURCE: Final = "source"
SETTING: Final = "setting"
ROUTINES: Final = "routines"
OWN_MEASURES: Final = "own-measures"
PRIVATE: Final = ("profile", "hidden-caveats", "shown-notes")
"""The settings that tell of the person; which remarks are hidden tells of medicines."""

SETTING_NAMES: Final = (*SETTINGS, *DOCUMENTS)
SOURCE_COLUMNS: Final = ("citation", "year", "address", "note")
FIGURE_COLUMNS: Final = ("best", "low", "high", "basis", "source", "note")
_MOST_PARTS: Final = 2_000
_LONGEST_NOTE: Final = 5_000
_encoded: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class FoodParts(NamedTuple):
    """A food as the diary's tables hold it: rows of their columns but the food's id.

    ``names`` are (name, own), ``portions`` (measure, quantity), ``figures`` (nutrient, best, low,
    high, basis, source, note), ``recipe`` is (serves, yield_grams, items as JSON) or None.
    """

    columns: Mapping[str, Any]
    names: Sequence[tuple[str, int]]
    portions: Sequence[tuple[str, float]]
    figures: Sequence[Sequence[Any]]
    recipe: tuple[float, float | None, str] | None


def food_document(parts: FoodParts) -> str:
    """Return what a food's line holds, but for its key and when it was changed."""
    recipe = None
    if parts.recipe:
        serves, yield_grams, items = parts.recipe
        recipe = {"serves": serves, "yield_grams": yield_grams, "items": json.loads(items)}
    columns = {
        name: parts.columns[name]
        for name in FOOD_COLUMNS
        if name != "key" and parts.columns[name] is not None
    }
    figures = {
        nutrient: dict(zip(FIGURE_COLUMNS, values, strict=True))
        for nutrient, *values in sorted(parts.figures, key=itemgetter(0))
    }
    rest = {
        "names": [[name, bool(own)] for name, own in parts.names],
        "portions": [list(portion) for portion in parts.portions],
        "figures": figures,
        "recipe": recipe,
    }
    return _encoded(columns | rest)


def undo_document(key: str, document: str) -> str:
    """Return the document of a food as undo keeps it, of that of a line."""
    value = json.loads(document)
    recipe = value["recipe"]
    numbered = [
        [place, name, name_key(name), int(own)] for place, (name, own) in enumerate(value["names"])
    ]
    return json.dumps(
        {
            "food": {name: value.get(name) for name in FOOD_COLUMNS} | {"key": key},
            "names": numbered,
            "portions": [[place, *portion] for place, portion in enumerate(value["portions"])],
            "figures": [
                [nutrient, *(figure[name] for name in FIGURE_COLUMNS)]
                for nutrient, figure in value["figures"].items()
            ],
            "recipe": [
                [
                    recipe["serves"], recipe["yield_grams"],
                    json.dumps(recipe["items"], ensure_ascii=False),
                ]
            ] if recipe else [],
        },
        ensure_ascii=False,
    )  # fmt: skip


def food_line(key: str, changed: str | None, document: str) -> str:
    """Return the line of a food."""
    return _line({FOOD: key, "changed": changed}, document)


def source_line(key: str, values: Sequence[str]) -> str:
    """Return the line of a source, of which the values for SOURCE_COLUMNS are given."""
    return _line({SOURCE: key}, _encoded(dict(zip(SOURCE_COLUMNS, values, strict=True))))


def setting_line(name: str, changed: str | None, document: str) -> str:
    """Return the line of a setting."""
    return _line({SETTING: name, "changed": changed}, _encoded({"value": json.loads(document)}))


def setting_document(name: str, stored: str) -> str:
    """Return the value of a setting as JSON; of the JSON documents among them what they hold."""
    return _encoded(json.loads(stored) if name in DOCUMENTS else stored)


def stored_setting(name: str, document: str) -> str:
    """Return what the diary stores of a setting, of its value as JSON."""
    return document if name in DOCUMENTS else str(json.loads(document))


def _line(first: Mapping[str, Any], document: str) -> str:
    return f"{_encoded(dict(first))[:-1]}, {document[1:]}\n"


def joined_routines(older: str, newer: str) -> str:
    """Return the routines of both documents by name; of those in both the newer ones."""
    both = routines_of(json.loads(older)) | routines_of(json.loads(newer))
    return _encoded(routine_documents(dict(sorted(both.items()))))


def joined_measures(older: str, newer: str) -> str:
    """Return the user's measures of foods of both documents; of one food the newer ones win."""
    both = json.loads(older)
    for key, measures in json.loads(newer).items():
        both[key] = {**both.get(key, {}), **measures}
    return _encoded({key: dict(sorted(both[key].items())) for key in sorted(both)})


JOINED: Final[Mapping[str, Callable[[str, str], str]]] = {
    ROUTINES: joined_routines,
    OWN_MEASURES: joined_measures,
}
"""The settings of which both diaries' parts are kept: what joins the older and the newer one."""


def is_definition(value: Mapping[str, object]) -> bool:
    """Whether an object of a file is a food, a source or a setting."""
    return any(kind in value for kind in (FOOD, SOURCE, SETTING))


def definition(line: int, value: Mapping[str, Any]) -> DefinitionRow | LineRemark:
    """Return what a line says, checked as if nobody could be trusted."""
    kind = next(kind for kind in (FOOD, SOURCE, SETTING) if kind in value)
    try:
        changed = value.get("changed")
        if changed is not None:
            cells.utc(changed, "changed")
        key = _text(value[kind], kind)
        rest = {name: each for name, each in value.items() if name not in (kind, "changed")}
        return DefinitionRow(line, kind, key, changed, _CHECKS[kind](key, rest))
    except UnreadableError as error:
        return LineRemark(line, str(error).rstrip("."))
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return LineRemark(line, f"{kind.replace('_', ' ')} is not as k2log writes it")


def _text(value: object, name: str, limit: int = LIMIT) -> str:
    if not isinstance(value, str) or clean(value, name, limit) != value:
        raise UnreadableError(f'{name} "{shown(str(value))}" is not plain text')
    return value


def _maybe_empty(value: object, name: str) -> str:
    return "" if value == "" else _text(value, name, _LONGEST_NOTE)


def _flag(value: object, name: str) -> int:
    if value not in (0, 1):
        raise UnreadableError(f'{name} "{shown(str(value))}" is neither 0 nor 1')
    return int(bool(value))


def _positive(value: object, name: str) -> float:
    number = cells.number(value, name) if not isinstance(value, str) else 0.0
    if not number:
        raise UnreadableError(f'{name} "{shown(str(value))}" is not a number above zero')
    return number


def _one_of(value: object, name: str, choices: Collection[str]) -> str:
    if value not in choices:
        raise UnreadableError(f'{name} "{shown(str(value))}" is none of {", ".join(choices)}')
    return str(value)


_FOOD_CELLS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "name": _text,
    "kind": partial(_one_of, choices=("food", "supplement")),
    "origin": _text,
    "unit": _text,
    "per": _positive,
    "piece": _text,
    "serving_amount": _positive,
    "serving_measure": _text,
    "density": _positive,
    "liquid": _flag,
    "active": _text,
    "salt": _text,
    "salt_fraction": _positive,
    "salt_source": _maybe_empty,
    "note": _maybe_empty,
    "region": _text,
    "announce": _flag,
    "digest": _maybe_empty,
    "retired": cells.utc,
}
_NEEDED: Final = ("name", "kind", "origin", "unit", "per", "liquid", "note", "announce", "digest")


def _checked_food(key: str, value: Mapping[str, Any]) -> str:
    _refuse_unknown(value, (*_FOOD_CELLS, "names", "portions", "figures", "recipe"))
    columns = {
        name: read(value[name], name)
        for name, read in _FOOD_CELLS.items()
        if name in _NEEDED or value.get(name) is not None
    }
    names = [(_text(name, "name"), _flag(own, "name")) for name, own in _parts(value["names"])]
    portions = [
        (_text(measure, "measure"), _positive(size, "measure"))
        for measure, size in _parts(value["portions"])
    ]
    figures = [
        (_one_of(nutrient, "nutrient", NUTRIENTS), *_checked_figure(figure))
        for nutrient, figure in value["figures"].items()
    ]
    if columns["origin"] == PLACE and (portions or figures or value["recipe"]):
        raise UnreadableError(
            f"{shown(key)} is a food of the package, of which names are one's own"
        )
    recipe = _checked_recipe(value["recipe"]) if value["recipe"] else None
    whole = dict.fromkeys(FOOD_COLUMNS) | columns
    return food_document(FoodParts(whole, names, portions, figures, recipe))


def _parts(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_PARTS:
        raise UnreadableError("a food has a list that is none, or endless")
    return value


def _checked_figure(figure: Mapping[str, Any]) -> tuple[Any, ...]:
    _refuse_unknown(figure, FIGURE_COLUMNS)
    best, low, high = (
        None if figure[name] is None else cells.number(figure[name], name)
        for name in FIGURE_COLUMNS[:3]
    )
    known = [each for each in (low, best, high) if each is not None]
    if known != sorted(known) or (best is None) != (low is None) or (best is None and high):
        raise UnreadableError(f"a figure of {best} is not between its low and high end")
    basis = _one_of(figure["basis"], "basis", BASES)
    texts = (_maybe_empty(figure[name], name) for name in ("source", "note"))
    return (best, low, high, basis, *texts)


def _checked_recipe(recipe: Mapping[str, Any]) -> tuple[float, float | None, str]:
    _refuse_unknown(recipe, ("serves", "yield_grams", "items"))
    weight = recipe["yield_grams"]
    items = [_checked_ingredient(Ingredient(**item)) for item in _parts(recipe["items"])]
    if not items:
        raise UnreadableError("a recipe is made of nothing")
    return (
        _positive(recipe["serves"], "serves"),
        None if weight is None else _positive(weight, "yield_grams"),
        json.dumps([item._asdict() for item in items], ensure_ascii=False),
    )


def _checked_ingredient(item: Ingredient) -> Ingredient:
    _text(item.key, "key"), _text(item.food, "food")
    _positive(item.amount, "amount"), _positive(item.grams, "grams")
    for text in (item.measure, item.system):
        if text is not None:
            _text(text, "measure")
    return item._replace(assumed=bool(item.assumed))


def _checked_source(_: str, value: Mapping[str, Any]) -> str:
    _refuse_unknown(value, SOURCE_COLUMNS)
    return _encoded({name: _maybe_empty(value[name], name) for name in SOURCE_COLUMNS})


def _checked_setting(name: str, value: Mapping[str, Any]) -> str:
    _refuse_unknown(value, ("value",))
    if name not in SETTING_NAMES:
        raise UnreadableError(f'no setting is called "{shown(name)}"')
    stored = value["value"]
    if name in DOCUMENTS:
        READERS[name](stored)
    elif not SETTINGS[name].reads(stored):
        raise UnreadableError(f'{name} cannot be "{shown(str(stored))}"')
    return _encoded(stored)


def _refuse_unknown(value: Mapping[str, Any], known: Sequence[str]) -> None:
    if unknown := unknown_names(value, known):
        raise UnreadableError(f"unknown keys: {unknown}")


_CHECKS: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    FOOD: _checked_food,
    SOURCE: _checked_source,
    SETTING: _checked_setting,
}

"""Figures as other programs write them, and what follows from them: forms of D and K, K2 by kind.

Other programs have one column for vitamin K and none for K2. A product named for a menaquinone has
that form in the column of vitamin K; a food gets the K2 of its kind, where its name says the kind
and its weight is known.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from k2log.amounts import Amount
from k2log.catalogue.kinds import load_kind_figures, load_kinds
from k2log.diary.entry import COLUMNS
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import cell_figure
from k2log.features.exchange.columns import Heading
from k2log.food.food import BY_KIND
from k2log.nutrients import BY_COLUMN, Nutrient
from k2log.text import shown

Values = dict[str, object]

_FORMS: Final = (
    (re.compile(r"\b(?:mk-?7|menaquinone-7)\b", re.IGNORECASE), "mk7_ug"),
    (re.compile(r"\b(?:mk-?4|menaquinone-4|menatetrenone)\b", re.IGNORECASE), "mk4_ug"),
    (re.compile(r"\b(?:k2|menaquinones?)\b", re.IGNORECASE), None),
)
_K1: Final = re.compile(r"\b(?:k1|phylloquinone|phytonadione|phytomenadione)\b", re.IGNORECASE)
_WORKING: Final = COLUMNS.index("working")


def nutrient_figure(
    text: str, name: str, *, decimal_comma: bool, factor: float, nutrient: Nutrient
) -> tuple[float, float, float] | None:
    """Return the best, lowest and highest figure, in the nutrient's unit.

    ``factor`` makes it of the unit of the column; a unit in the cell goes before that. Raises
    UnreadableError.
    """
    figure = cell_figure(text, name, decimal_comma=decimal_comma)
    if figure is None:
        return None
    if figure.unit:
        own = Heading(nutrient.id, figure.unit).factor({})
        if own is None:
            raise UnreadableError(f'{shown(name)} "{shown(text)}" has a unit that it cannot have')
        factor = own
    best, low, high = (each * factor for each in figure[:3])
    most = nutrient.limits.per_entry
    if high > most:
        raise UnreadableError(
            f'{shown(name)} "{shown(text)}" is more than {most:g} {nutrient.unit}, which is never'
            " logged"
        )
    return best, low, high


def spread_ranges(values: Values) -> None:
    """Put the low and high ends of figures beside them, in place."""
    for column in BY_COLUMN:
        figure = values.get(column)
        if isinstance(figure, tuple):
            best, low, high = figure
            values[column] = best
            if low != high:
                values |= {f"{column}_low": low, f"{column}_high": high}


def complete_figures(values: Values) -> None:
    """Add what follows from the figures of a row, in place."""
    _settle_vitamin_d(values)
    if not _is_menaquinone(values) and not values.get("supplement"):
        _fill_k2(values)


def is_by_kind(stored: Sequence[Any]) -> bool:
    """Whether an entry, as its COLUMNS are stored, has a figure by kind."""
    return f'"{BY_KIND}"' in stored[_WORKING]


def _settle_vitamin_d(values: Values) -> None:
    """Where only D3 is given, vitamin D is at least that; with D2 it is their sum."""
    d3, d2 = values.get("vitamin_d3_ug"), values.get("vitamin_d2_ug")
    if values.get("vitamin_d_ug") is not None or not isinstance(d3, float) or not d3:
        return
    if isinstance(d2, float):
        values["vitamin_d_ug"] = d3 + d2
    else:
        values |= {"vitamin_d_ug": d3, "vitamin_d_ug_low": d3}


def _is_menaquinone(values: Values) -> bool:
    """Put the vitamin K of a product named for a menaquinone where it belongs, if it is one."""
    name, amount = str(values.get("food", "")), values.get("vitamin_k1_ug")
    if not isinstance(amount, float) or _K1.search(name) or "vitamin_k2_ug" in values:
        return False
    form = next((column for words, column in _FORMS if words.search(name)), "")
    if form == "":
        return False
    values |= {"vitamin_k1_ug": 0.0, "vitamin_k2_ug": amount}
    if form:
        values.setdefault(form, amount)
    return True


def _fill_k2(values: Values) -> None:
    """Give a food the K2 of its kind; what weighs nobody knows what, only where that is none."""
    if values.get("vitamin_k2_ug") is not None:
        return
    k2 = _of_kind(str(values.get("food", "")))
    if k2 is None:
        return
    per_100_g, source = k2
    grams = values.get("grams")
    if not isinstance(grams, float) and per_100_g.high:
        return
    amount = per_100_g.times(grams / 100 if isinstance(grams, float) else 1)
    values |= {
        "vitamin_k2_ug": amount.best,
        "vitamin_k2_ug_low": amount.low,
        "vitamin_k2_ug_high": amount.high,
        "working": json.dumps({"from": [[BY_KIND, source, "vitamin_k2"]]}),
    }


@lru_cache(4096)
def _of_kind(name: str) -> tuple[Amount, str] | None:
    """Return the K2 per 100 g of the kind that a name says, and its sources."""
    kind = load_kinds().of([name])
    figure = load_kind_figures().get(kind.key, {}).get("vitamin_k2") if kind else None
    return (figure.amount, figure.source) if figure else None

"""Kinds of food, from ``kinds.toml``, and the figures by kind, from ``kinds.tsv``.

Where no source gives a figure for a food, the figure of its kind stands in (basis "by-kind"):
calcium, magnesium, vitamins D and K1 from the foods of the kind in the official tables, vitamin K2
from the studies that the kind names. A kind without evidence fills nothing.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from k2log.amounts import Amount, total
from k2log.catalogue.derive import Traits, derive
from k2log.catalogue.model import CatalogueError
from k2log.food.food import BY_KIND, Figure, Food
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.nutrients import K2_FORMS

KINDS_FILE: Final = "kinds.toml"
FIGURES_FILE: Final = "kinds.tsv"
FILLED: Final = ("calcium", "vitamin_d", "vitamin_k1", "magnesium")
"""The nutrients whose figures by kind are those of the official tables' foods of the kind."""

_FOLDER: Final = Path(__file__).parent
_FIELDS: Final = frozenset(
    {
        "title", "like", "groups", "words", "unless", "rest", "region", "animal", "fungus",
        "published", "longer", "k2", "zero", "note",
    }
)  # fmt: skip
_EVIDENCE: Final = frozenset({"published", "longer", "k2", "zero"})

Words = frozenset[str]


class PublishedK2(NamedTuple):
    """Vitamin K2 per 100 g in µg: a figure, or the ends of a range (then ``best`` is None)."""

    best: float | None
    low: float
    high: float
    source: str


class Kind(NamedTuple):
    """A kind of food and which foods are of it.

    ``by_name`` rules are for foods of no table alone. ``k2`` is given as it stands; else
    ``published`` rows and, with ``longer``, MK-4 of the tables' foods are its evidence. ``longer``
    is what the forms longer than MK-4 come to.
    """

    key: str
    title: str
    groups: frozenset[str]
    words: tuple[Words, ...]
    unless: tuple[Words, ...]
    rest: bool
    region: str | None
    traits: Traits
    published: tuple[PublishedK2, ...]
    longer: PublishedK2 | None
    k2: PublishedK2 | None
    note: str
    by_name: bool

    def takes(self, words: Words, group: str, region: str | None) -> bool:
        """Whether a food with a name of these words belongs; ``group`` is "" where it has none."""
        if self.region and self.region != region:
            return False
        if group and (self.by_name or (self.groups and not self._has(group))):
            return False
        if any(phrase <= words for phrase in self.unless):
            return False
        everything = self.rest and bool(group) and bool(self.groups)
        return everything or any(phrase <= words for phrase in self.words)

    def _has(self, group: str) -> bool:
        return any(group[:size] in self.groups for size in range(len(group), 0, -1))


class KindFigure(NamedTuple):
    """A figure by kind per 100 g, from ``foods`` figures; with its sources and what to note."""

    amount: Amount
    foods: int
    source: str
    note: str


KindFigures = Mapping[str, Mapping[str, KindFigure]]
"""By the key of the kind and the id of the nutrient."""


class Kinds(NamedTuple):
    """The rules in the order in which they are asked, and the kinds by key."""

    rules: tuple[Kind, ...]
    by_key: Mapping[str, Kind]

    def of(self, names: Collection[str], group: str = "", region: str | None = None) -> Kind | None:
        """Return the kind of a food by its names, the first one first; None if it is of none."""
        for name in names:
            words = frozenset(name_words(name))
            for rule in self.rules:
                if rule.takes(words, group, region):
                    return self.by_key[rule.key]
        return None


@cache
def load_kinds(folder: Path = _FOLDER) -> Kinds:
    """Read and check the kinds. Raises CatalogueError."""
    tables = tomllib.loads((folder / KINDS_FILE).read_text(encoding="utf-8"))
    by_key: dict[str, Kind] = {}
    rules = []
    for key, table in tables.items():
        like = table.get("like", key)
        if unread := table.keys() - _FIELDS:
            raise CatalogueError(KINDS_FILE, key, f'unknown key "{min(unread)}"')
        if like != key and (like not in by_key or _EVIDENCE & table.keys()):
            raise CatalogueError(KINDS_FILE, key, "like must name a kind before it, and no figures")
        rule = _kind(like, table)
        rules.append(rule)
        if like == key:
            by_key[key] = rule
    return Kinds(tuple(rules), by_key)


def _kind(key: str, table: Mapping[str, Any]) -> Kind:
    zero = table.get("zero")
    given = table.get("k2") or (zero and {"best": 0, "low": 0, **zero})
    longer = table.get("longer")
    return Kind(
        key,
        table["title"],
        frozenset(table.get("groups", ())),
        _phrases(table.get("words", ())),
        _phrases(table.get("unless", ())),
        table.get("rest", False),
        table.get("region"),
        Traits(animal=table.get("animal", False), fungus=table.get("fungus", False)),
        tuple(_published(row) for row in table.get("published", ())),
        _published(longer) if longer else None,
        _published(given) if given else None,
        _note(table.get("note", ""), *(each for each in (given, longer) if each)),
        "like" in table,
    )


def _published(row: Mapping[str, Any]) -> PublishedK2:
    best = row.get("best")
    low, high = row.get("low", best), row.get("high", best)
    if low is None or high is None or not low <= (low if best is None else best) <= high:
        raise CatalogueError(KINDS_FILE, "published", f"no figure and no range: {dict(row)}")
    return PublishedK2(best, float(low), float(high), row["source"])


def _note(own: str, *rows: Mapping[str, Any]) -> str:
    notes = [own, *(row.get("note", "") for row in rows)]
    if any(row.get("judged") for row in rows):
        notes.append("ends of the range are our judgement")
    return "; ".join(filter(None, notes))


def _phrases(phrases: Sequence[str]) -> tuple[Words, ...]:
    return tuple(frozenset(name_words(phrase)) for phrase in phrases)


@cache
def load_kind_figures(folder: Path = _FOLDER) -> KindFigures:
    """Return what ``kinds.tsv`` holds, which ``tools/kind_figures.py`` writes."""
    figures: dict[str, dict[str, KindFigure]] = {}
    lines = (folder / FIGURES_FILE).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    next(rows)
    for key, nutrient, best, low, high, foods, source, note in rows:
        amount = Amount.of(float(best), float(low), float(high))
        figures.setdefault(key, {})[nutrient] = KindFigure(amount, int(foods), source, note)
    return figures


def with_kind(food: Food, kind: Kind | None, figures: KindFigures) -> Food:
    """Return a food with the figures of its kind where no source gives one.

    What is known of a part of its K2, MK-4, is kept, and the longer forms are added to it. A
    millilitre is taken for a gram.
    """
    if kind is None or food.supplement or food.unit not in ("g", "ml"):
        return food
    of_kind = figures.get(kind.key, {})
    filled = dict(food.figures)
    for nutrient in FILLED:
        if nutrient in of_kind and not _known(filled, nutrient):
            figure = _by_kind(kind, of_kind[nutrient], of_kind[nutrient].amount, food.per)
            filled[nutrient] = _at_least(figure, _parts(filled, nutrient))
    if "vitamin_k2" in of_kind and not _known(filled, "vitamin_k2"):
        filled["vitamin_k2"] = _k2(kind, of_kind["vitamin_k2"], filled, food.per)
    whole = derive(filled, kind.traits)
    new = {
        nutrient: figure if nutrient in filled else figure._replace(basis=BY_KIND)
        for nutrient, figure in whole.items()
    }
    return food._replace(figures=new)


def _known(figures: Mapping[str, Figure], nutrient: str) -> bool:
    return nutrient in figures and figures[nutrient].amount.known


def _parts(figures: Mapping[str, Figure], nutrient: str) -> list[Amount]:
    """Return what is known of the forms of vitamin D."""
    if nutrient != "vitamin_d":
        return []
    forms = (figures.get(form) for form in ("vitamin_d3", "vitamin_d2"))
    return [form.amount for form in forms if form is not None]


def _by_kind(kind: Kind, of_kind: KindFigure, amount: Amount, per: float) -> Figure:
    many = f", {of_kind.foods} figures" if of_kind.foods else ""
    note = "; ".join(filter(None, [f"{kind.title}{many}", of_kind.note]))
    return Figure(amount.times(per / 100), BY_KIND, of_kind.source, note)


def _at_least(figure: Figure, parts: Sequence[Amount]) -> Figure:
    """Return a figure that is nowhere below the sum of its parts."""
    amount = figure.amount
    best, low, high = (sum(part[end] or 0.0 for part in parts) for end in range(3))
    raised = Amount.of(
        max(amount.best or 0.0, best), max(amount.low or 0.0, low), max(amount.high or 0.0, high)
    )
    return figure._replace(amount=raised)


def _k2(kind: Kind, of_kind: KindFigure, figures: Mapping[str, Figure], per: float) -> Figure:
    mk4 = figures.get("mk4")
    forms = [figures[form].amount for form in K2_FORMS if form in figures]
    if mk4 is None or not mk4.amount.known or kind.longer is None:
        return _at_least(_by_kind(kind, of_kind, of_kind.amount, per), forms)
    longer = Amount.of(kind.longer.best or 0.0, kind.longer.low, kind.longer.high)
    amount = total([mk4.amount, longer.times(per / 100)])
    source = ", ".join(dict.fromkeys([*mk4.source.split(", "), *kind.longer.source.split(", ")]))
    note = f"MK-4, and the longer forms of its kind: {kind.title}"
    return _at_least(Figure(amount, BY_KIND, source, note), forms)

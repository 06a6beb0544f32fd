"""A food or supplement as k2log knows it: names, measures and figures.

A food's figures are per 100 g. A supplement's are per one of its unit (tablet, capsule, drop), or,
where the nutrient itself is what people weigh (``d3 2000IU``), per 1 mg or 1 µg of it. Each names
the source it comes from.
"""

from collections.abc import Mapping, Sequence

from k2log.amounts import Amount
from k2log.named_tuple import NamedTuple

EDITION = "2026.5"
"""The edition of the foods that come with k2log; another one may have other figures."""

OFFICIAL_REGIONS = {"sr28": "us", "ciqual2020": "eu"}
"""Where each official table that comes with k2log is the first to be asked, by its origin."""

COOKED = ", cooked"
"""How the name of a food ends of which there is a dry or raw one as well: Pasta, cooked."""

BY_KIND = "by-kind"
"""The basis of a figure that no source gives for the food, only for its kind."""

GENERIC_KEY = "any-"
"""How the key of a kind begins that a word alone may mean: ``any-cheese``."""

TYPICAL_LABEL = "typical-label"
"""The basis of a round figure that ordinary labels of such products state, none of them read."""

PUBLISHED = frozenset({"measured", "restated"})
"""The bases of figures whose range runs from the lowest to the highest published figure."""

BASES = (
    "measured", "restated", "label", TYPICAL_LABEL, "calculated", "estimated", BY_KIND,
    "assumed-zero",
)  # fmt: skip


class Figure(NamedTuple):
    """One nutrient of a food: the amount per ``Food.per`` of ``Food.unit``, and why we say so."""

    amount: Amount
    basis: str
    source: str
    note: str = ""


class Salt(NamedTuple):
    """A mineral salt a supplement is sold as: mass fraction of the element, with its source."""

    name: str
    fraction: float
    source: str


class Food(NamedTuple):
    """Something to log.

    ``portions`` maps a measure ("slice", "cup", "cup chopped", "can") to how many of ``unit`` it
    holds; ``piece`` names the one a bare number counts; ``serving`` is the usual (amount, measure).
    ``density`` is in g/ml, for what is poured. ``active`` is the nutrient whose own mass is typed.
    ``region`` ("us" or "eu") marks what differs by country; the ``note`` is said when the food is
    logged if ``announce``. ``own_measures`` are the portions that the user gave a food which is not
    their own.
    """

    key: str
    name: str
    kind: str
    unit: str
    per: float
    figures: Mapping[str, Figure]
    portions: Mapping[str, float]
    origin: str = "catalogue"
    piece: str | None = None
    serving: tuple[float, str] | None = None
    density: float | None = None
    liquid: bool = False
    active: str | None = None
    salt: Salt | None = None
    note: str = ""
    region: str | None = None
    announce: bool = False
    own_measures: Sequence[str] = ()

    @property
    def supplement(self) -> bool:
        """Whether this is a supplement rather than a food."""
        return self.kind == "supplement"

    @property
    def generic(self) -> bool:
        """Whether this is a kind of food of which nobody said which is meant."""
        return self.key.startswith(GENERIC_KEY)


class Source(NamedTuple):
    """A source: whom to cite, where to find it, and in ``note`` what it measured."""

    key: str
    citation: str
    year: str
    where: str
    note: str


def source_keys(named: str) -> list[str]:
    """Return the keys that a figure names: ``usda_sr28:01009, dunlop2022`` names two."""
    return [part.strip().partition(":")[0] for part in named.split(",") if part.strip()]

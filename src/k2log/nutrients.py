"""The nutrients k2log knows: the one table of all that differs between them, one row each.

Every field of a row has to be given; whoever looks up what is not here gets a KeyError. How to add
a nutrient is told in CONTRIBUTING.md. Amounts are in the nutrient's one unit. A vitamin D
figure is in µg, of which one is 40 IU. Vitamin K1 is never part of vitamin K2.

Rows are named tuples, as every command loads them: a dataclass takes many times as long to make.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from k2log.named_tuple import NamedTuple

IU_PER_UG: Final = 40.0
MICROGRAMS: Final = {"g": 1e6, "mg": 1e3, "µg": 1.0}
"""How many micrograms a unit is, for the units of nutrients and of what is typed for them."""


class DailyTarget(NamedTuple):
    """What a person may aim at: the words it is typed with, the first one shown; its bounds.

    An amount beyond ``least`` and ``most`` has the wrong unit or a zero too many. ``example`` is
    shown to whoever mistypes.
    """

    words: Sequence[str]
    least: int
    most: int
    example: str


class Limits(NamedTuple):
    """The most that is believed: beyond it a unit or a zero slipped, and the amount is refused.

    ``per_pill`` is for one tablet or drop of one's own supplement, ``per_entry`` for one entry,
    ``per_100g`` for a food of an official table. ``suggested_dose`` is the most that a supplement
    may hold to be suggested; 0: no supplement that holds any is. ``tenth_per_100g``: of a table of
    foods, the tenth of the figures above zero that is highest begins between these; ours, with the
    tenth of SR28 and Ciqual well inside (calcium 150 mg, vitamin D 3.4 µg, K1 31 µg).
    """

    per_pill: float
    per_entry: float
    per_100g: float
    suggested_dose: float
    tenth_per_100g: tuple[float, float]


class TableCodes(NamedTuple):
    """Where official tables and other programs keep a nutrient; None or () where they do not.

    ``sr28`` is the number in SR28, which FoodData Central keeps as nutrient_nbr; ``fdc`` the id in
    FoodData Central. With ``_iu``: the same amount in IU. ``ciqual`` are the names in the headings
    of Ciqual, in English and French, which stand before the unit: "Vitamin D (µg/100g)".
    ``headings`` are the names that Cronometer and MyFitnessPal give their columns, in lower case.
    """

    sr28: int | None
    fdc: int | None
    ciqual: Sequence[str]
    headings: Sequence[str]
    sr28_iu: int | None = None
    fdc_iu: int | None = None


class ReferenceGroup(NamedTuple):
    """What authorities set figures for: its id and title in the table of reference intakes.

    ``counted`` says of which nutrients the means are added up, for each scope of a figure: all,
    supplement (what comes from supplements alone) or k1. ``notes`` has a remark for some scopes.
    """

    id: str
    title: str
    counted: Mapping[str, Sequence[str]]
    notes: Mapping[str, str] = {}


class Nutrient(NamedTuple):
    """One nutrient.

    ``unit`` is g, mg or µg. ``name`` tells it from all others, ``title`` heads what is said of it,
    ``word`` stands in a sentence, ``short`` heads a narrow column. ``family`` is shared by those
    that are forms of one another; ``part_of`` is the one whose amount includes this. ``headline``
    ones are in every table. ``words`` are what people type, the first one shown. ``option`` is that
    of ``foods add``, and ``prompted`` whether it asks for it. ``target`` is None where nobody may
    set one. ``us_label`` is what 100 % is on a US label, today and before 2016.
    ``reference_group`` is what references are set for, where they are shown beside this nutrient.
    """

    id: str
    unit: str
    name: str
    title: str
    word: str
    short: str
    family: str
    part_of: str | None
    headline: bool
    words: Sequence[str]
    option: str | None
    prompted: bool
    target: DailyTarget | None
    limits: Limits
    codes: TableCodes
    us_label: tuple[int, int] | None
    reference_group: ReferenceGroup | None

    @property
    def ascii_unit(self) -> str:
        """The unit as it ends the name of a column: ``mg``, ``ug``."""
        return self.unit.replace("µ", "u")

    @property
    def column(self) -> str:
        """Name with unit, for columns and file headers: ``calcium_mg``, ``mk7_ug``."""
        return f"{self.id}_{self.ascii_unit}"


_VITAMIN_D: Final = Limits(
    per_pill=25_000, per_entry=25_000, per_100g=1_000_000, suggested_dose=50,
    tenth_per_100g=(0.1, 40),
)  # fmt: skip
_VITAMIN_K: Final = Limits(
    per_pill=100_000, per_entry=100_000, per_100g=1_000_000, suggested_dose=0,
    tenth_per_100g=(0.5, 2000),
)  # fmt: skip

# fmt: off
NUTRIENTS: Final = {nutrient.id: nutrient for nutrient in (
    Nutrient(
        id="calcium", unit="mg",
        name="Calcium", title="Calcium", word="calcium", short="calcium",
        family="calcium", part_of=None, headline=True,
        words=("calcium",), option="calcium", prompted=True,
        target=DailyTarget(("calcium", "ca"), 50, 5000, "1000mg"),
        limits=Limits(
            per_pill=3000, per_entry=20_000, per_100g=75_000, suggested_dose=500,
            tenth_per_100g=(5, 2000),
        ),
        codes=TableCodes(sr28=301, fdc=1087, ciqual=("Calcium",), headings=("calcium",)),
        us_label=(1300, 1000),
        reference_group=ReferenceGroup(
            "calcium", "Calcium",
            counted={"all": ("calcium",), "supplement": ("calcium",)},
            notes={"supplement": "counts supplements only, not food"},
        ),
    ),
    Nutrient(
        id="vitamin_d3", unit="µg",
        name="Vitamin D3", title="Vitamin D3", word="vitamin D3", short="D3",
        family="vitamin_d", part_of="vitamin_d", headline=False,
        words=("d3",), option="d3", prompted=True,
        target=None,
        limits=_VITAMIN_D,
        codes=TableCodes(sr28=326, fdc=1112, ciqual=(), headings=("vitamin d3",)),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="vitamin_d2", unit="µg",
        name="Vitamin D2", title="Vitamin D2", word="vitamin D2", short="D2",
        family="vitamin_d", part_of="vitamin_d", headline=False,
        words=("d2",), option="d2", prompted=False,
        target=None,
        limits=_VITAMIN_D,
        codes=TableCodes(sr28=325, fdc=1111, ciqual=(), headings=("vitamin d2",)),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="vitamin_d", unit="µg",
        name="Vitamin D", title="Vitamin D", word="vitamin D", short="D",
        family="vitamin_d", part_of=None, headline=True,
        words=("d",), option="vitamin-d", prompted=True,
        target=DailyTarget(("d", "d3"), 1, 250, "800IU"),
        limits=_VITAMIN_D,
        codes=TableCodes(
            sr28=328, fdc=1114, ciqual=("Vitamin D", "Vitamine D"), headings=("vitamin d",),
            sr28_iu=324, fdc_iu=1110,
        ),
        us_label=(20, 10),
        reference_group=ReferenceGroup("vitamin_d", "Vitamin D", {"all": ("vitamin_d",)}),
    ),
    Nutrient(
        id="vitamin_k2", unit="µg",
        name="Vitamin K2", title="Vitamin K2", word="K2", short="K2",
        family="vitamin_k", part_of=None, headline=True,
        words=("k2",), option="k2", prompted=True,
        target=DailyTarget(("k2",), 1, 1000, "100mcg"),
        limits=_VITAMIN_K._replace(suggested_dose=200),
        codes=TableCodes(
            sr28=None, fdc=None, ciqual=("Vitamin K2", "Vitamine K2"), headings=("vitamin k2",),
        ),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="mk4", unit="µg",
        name="K2 as MK-4", title="K2 as MK-4", word="MK-4", short="MK-4",
        family="vitamin_k", part_of="vitamin_k2", headline=False,
        words=("mk-4",), option="mk4", prompted=False,
        target=None,
        limits=_VITAMIN_K,
        codes=TableCodes(sr28=428, fdc=1183, ciqual=(), headings=()),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="mk7", unit="µg",
        name="K2 as MK-7", title="K2 as MK-7", word="MK-7", short="MK-7",
        family="vitamin_k", part_of="vitamin_k2", headline=False,
        words=("mk-7",), option="mk7", prompted=True,
        target=None,
        limits=_VITAMIN_K,
        codes=TableCodes(sr28=None, fdc=None, ciqual=(), headings=()),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="mk_other", unit="µg",
        name="K2, other forms", title="K2, other forms", word="other forms of K2",
        short="other MK",
        family="vitamin_k", part_of="vitamin_k2", headline=False,
        words=("other-mk",), option=None, prompted=False,
        target=None,
        limits=_VITAMIN_K,
        codes=TableCodes(sr28=None, fdc=None, ciqual=(), headings=()),
        us_label=None,
        reference_group=None,
    ),
    Nutrient(
        id="vitamin_k1", unit="µg",
        name="Vitamin K1", title="Vitamin K1", word="K1", short="K1",
        family="vitamin_k", part_of=None, headline=False,
        words=("k1",), option="k1", prompted=True,
        target=None,
        limits=_VITAMIN_K,
        codes=TableCodes(
            sr28=430, fdc=1185, ciqual=("Vitamin K1", "Vitamine K1"),
            headings=("vitamin k", "vitamin k1"),  # of unstated form, as in the food tables
        ),
        us_label=(120, 80),
        reference_group=ReferenceGroup(
            "vitamin_k", "Vitamin K",
            counted={
                "all": ("vitamin_k1", "vitamin_k2"),
                "k1": ("vitamin_k1",),
                "supplement": ("vitamin_k1",),
            },
            notes={
                "all": "for vitamin K as a whole; it is not a K2 figure",
                "k1": "for vitamin K1 only; none is set for K2",
                "supplement": "for K1 from supplements only; none is set for K2",
            },
        ),
    ),
    Nutrient(
        id="magnesium", unit="mg",
        name="Magnesium", title="Magnesium", word="magnesium", short="magnesium",
        family="magnesium", part_of=None, headline=False,
        words=("magnesium",), option="magnesium", prompted=True,
        target=DailyTarget(("magnesium",), 10, 1000, "300mg"),
        limits=Limits(
            per_pill=2000, per_entry=20_000, per_100g=75_000, suggested_dose=0,
            tenth_per_100g=(2, 800),
        ),
        codes=TableCodes(
            sr28=304, fdc=1090, ciqual=("Magnesium", "Magnésium"), headings=("magnesium",),
        ),
        us_label=(420, 400),
        reference_group=ReferenceGroup(
            "magnesium", "Magnesium",
            counted={"all": ("magnesium",), "supplement": ("magnesium",)},
            notes={"supplement": "counts supplements and medicines only, not food"},
        ),
    ),
)}
# fmt: on

BY_COLUMN: Final = {nutrient.column: nutrient for nutrient in NUTRIENTS.values()}

HEADLINE: Final = tuple(id_ for id_, nutrient in NUTRIENTS.items() if nutrient.headline)
TOLD_FORMS: Final = {"vitamin_d": "vitamin_d3"}
"""The form that is told beside a headline nutrient where not all of it is known to be that form."""

READING_ORDER: Final = tuple(
    dict.fromkeys(
        id_
        for nutrient in NUTRIENTS.values()
        for id_ in (nutrient.part_of or nutrient.id, nutrient.id)
    )
)
"""Every nutrient as people read them: each before its forms."""

PARTS: Final = {
    whole: tuple(id_ for id_, nutrient in NUTRIENTS.items() if nutrient.part_of == whole)
    for whole in dict.fromkeys(nutrient.part_of for nutrient in NUTRIENTS.values())
    if whole
}
"""The forms of a nutrient that has some, by its id."""

VITAMIN_D: Final = frozenset({"vitamin_d", *PARTS["vitamin_d"]})
K2_FORMS: Final = PARTS["vitamin_k2"]
VITAMIN_K2: Final = frozenset({"vitamin_k2", *K2_FORMS})

REFERENCE_GROUPS: Final = {
    nutrient.reference_group.id: nutrient.reference_group
    for nutrient in NUTRIENTS.values()
    if nutrient.reference_group
}
"""What authorities set figures for, by its id."""

WITH_REFERENCES: Final = tuple(id_ for id_ in REFERENCE_GROUPS if id_ in NUTRIENTS)
"""The nutrients that references are set for as they stand, not only together with others."""

UNITS: Final = {id_: nutrient.unit for id_, nutrient in NUTRIENTS.items()} | {
    id_: NUTRIENTS[group.counted["all"][0]].unit for id_, group in REFERENCE_GROUPS.items()
}
TITLES: Final = {id_: nutrient.title for id_, nutrient in NUTRIENTS.items()} | {
    id_: group.title for id_, group in REFERENCE_GROUPS.items()
}
"""By the id of a nutrient or of what references are set for."""

"""The vocabulary of units: every spelling leads to one name.

Mass is in g. Volume is in ml and depends on the system of measures: "us", "metric" or "uk".
Ratios are exact: a US cup is 16 tbsp, 48 tsp or 8 fl oz.
"""

from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.names import name_key, singular

GRAMS: Final = {"g": 1.0, "kg": 1000.0, "mg": 0.001, "µg": 0.000001, "oz": 28.3495, "lb": 453.592}
_SI: Final = {"ml": 1.0, "cl": 10.0, "dl": 100.0, "l": 1000.0}
_CUP: Final = 236.588
_US: Final = {
    "tsp": _CUP / 48,
    "tbsp": _CUP / 16,
    "cup": _CUP,
    "fl oz": _CUP / 8,
    "pint": _CUP * 2,
    "quart": _CUP * 4,
}
_METRIC: Final = _US | {"tsp": 5.0, "tbsp": 15.0, "cup": 250.0}
_UK: Final = _METRIC | {"fl oz": 28.4131, "pint": 568.261, "quart": 1136.522}
HOUSEHOLD: Final = {
    "pinch": 0.3, "dash": 0.6, "sprinkle": 2.0, "drizzle": 5.0, "squeeze": 5.0, "knob": 15.0,
    "dollop": 30.0, "splash": 30.0,
}  # fmt: skip
"""What nobody measures, in ml; of a food that does not say itself, ours: 1/16 and 1/8 teaspoon of a
dry pinch and dash, a teaspoon that is squeezed, a tablespoon of butter, two of milk."""
VESSELS: Final = {
    "glass": 240.0, "mug": 300.0, "bowl": 300.0, "plate": 300.0, "bottle": 500.0,
}  # fmt: skip
"""What a drink or soup comes in, in ml, where it does not say itself: ours, and said."""
_MILLILITRES: Final = {
    system: own | _SI | HOUSEHOLD
    for system, own in {"us": _US, "metric": _METRIC, "uk": _UK}.items()
}

_SPELLINGS: Final = {
    "g": "gr gm gms gram grams gramme grammes",
    "kg": "kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
    "mg": "mgs milligram milligrams milligramme milligrammes",
    "µg": "ug mcg mcgs microgram micrograms microgramme microgrammes",
    "oz": "ozs ounce ounces",
    "lb": "lbs pound pounds",
    "ml": "mls millilitre millilitres milliliter milliliters cc",
    "cl": "centilitre centilitres centiliter centiliters",
    "dl": "decilitre decilitres deciliter deciliters",
    "l": "lt ltr litre litres liter liters",
    "tsp": "tsps teaspoon teaspoons teaspoonful teaspoonfuls",
    "tbsp": "tbsps tb tbs tbl tblsp tblsps tablespoon tablespoons tablespoonful tablespoonfuls",
    "cup": "cups cupful cupfuls",
    "fl oz": "floz fl_ozs fl_ounce fl_ounces fluid_oz fluid_ounce fluid_ounces",
    "pint": "pints pt pts",
    "quart": "quarts qt qts",
    "IU": "iu ius ie ui international_unit international_units",
    "stalk": "rib ribs",
    "tub": "container containers",
    "tablet": (
        "tab tabs caplet caplets effervescent_tablet effervescent_tablets chewable_tablet"
        " chewable_tablets soluble_tablet soluble_tablets coated_tablet coated_tablets"
    ),
    "dose": "doses",
    "vial": "vials",
    "ampoule": "ampoules ampule ampules ampul ampuls",
    "chew": "chewable chewables",
    "capsule": "cap caps softgel softgels soft_gel soft_gels gelcap gelcaps",
    "dropper": "dropperful dropperfuls",
    "lozenge": "pastille pastilles",
    "can": "tin tins",
    "serving": "portion portions helping helpings",
    "pack": "packet packets package packages pkg pkgs pouch pouches punnet punnets",
    "bunch": "bunches",
    "small": "sm tiny",
    "medium": "med medium-sized",
    "large": "lg big huge",
    "sachet": "envelope envelopes",
    "pinch": "pinches grind grinds grinding grindings twist twists",
    "dash": "dashes",
    "sprinkle": "sprinkling",
    "squeeze": "squirt",
    "splash": "splashes",
    "dollop": "dollops",
    "extra large": "xl extra-large",
    "leaf": "leaves",
    "loaf": "loaves",
    "piece": "pc pcs",
    "thumb": (
        "thumb-sized_piece thumb_sized_piece thumb-size_piece thumb_size_piece thumb-sized_knob"
        " thumb-sized_chunk thumb-length_piece"
    ),
    "cm": "cm_piece cm_pieces cm_knob cm_chunk cm_length cm_cube centimetre centimeter -cm_piece",
    "inch": "inch_piece inch_pieces inch_knob inch_chunk inch_length inch_cube -inch_piece inches",
}
COUNTS: Final = (
    "slice", "piece", "can", "clove", "yolk", "tablet", "pill", "capsule", "gummy", "lozenge",
    "dose", "vial", "ampoule",
    "chew", "drop", "dropper", "spray", "scoop", "sachet", "serving", "glass", "mug", "bowl",
    "plate", "handful", "small", "medium", "large", "bottle", "carton", "pack", "box", "bag",
    "tub", "pot", "jar", "tube", "stick", "bar", "block", "cube", "square", "ball", "leaf", "loaf",
    "stalk", "head", "bunch", "ear", "fillet", "wedge", "spear", "sprig", "floret", "cookie",
    "cracker", "biscuit", "roll", "bun", "patty", "strip", "rasher", "pat", "shot", "extra large",
    "thumb",
)  # fmt: skip
LENGTHS: Final = ("cm", "inch")
"""What ginger is cut by: only of a food that has such a measure."""

CONTAINERS: Final = frozenset(
    {"can", "bottle", "carton", "pack", "box", "bag", "tub", "pot", "jar", "tube", "sachet"}
    | {"glass", "mug", "bowl", "bar", "block", "slice", "piece", "serving", "loaf", "ball", "stick"}
)
"""What holds, or is cut to, the amount that stands before it: a 400 g tin."""

FORMS: Final = frozenset(
    {
        "tablet",
        "pill",
        "capsule",
        "gummy",
        "lozenge",
        "chew",
        "drop",
        "spray",
        "sachet",
        "vial",
        "ampoule",
    }
)
"""What a dose is swallowed as."""

_POURED: Final = frozenset({"cup", "pint", "quart"})
_FRUITS: Final = frozenset({"lemon", "lime", "orange"})
"""The measures of their juice and zest."""

SIZES: Final = frozenset({"small", "medium", "large", "extra large", "thick", "thin"})
FILLED: Final = {
    "level": 1.0, "flat": 1.0, "scant": 1.0, "rounded": 1.25, "generous": 1.25, "good": 1.25,
    "heaped": 1.5, "heaping": 1.5,
}  # fmt: skip
"""How much more than a level one a spoon or cup holds that is filled so: ours, and said."""
LETTERS: Final = {"T": "tbsp", "t": "tsp", "c": "cup", "C": "cup"}
"""What letters mean in recipes, where their case counts."""

WEIGHTS: Final = ("g", "kg", "mg", "µg", "oz", "lb")
MARKED_OR_WHOLE: Final = (
    *("ml", "cl", "dl", "l", "pint", "quart"),
    *("piece", "small", "medium", "large", "extra large", "egg", "yolk", "white", "clove"),
    *("can", "bottle", "carton", "pack", "package", "packet", "box", "tub", "pot", "sachet"),
    *("bar", "cookie", "cracker", "biscuit", "roll", "bun", "patty", "link", "burger"),
)
WEIGHED_ERROR: Final = 0.02
"""How well it is known how much was eaten: the standard deviation, as a part of it, of an amount in
WEIGHTS, and of a supplement. Compared with weights, people's estimates of portions vary by about
half (Bingham and Nelson 1991, quoted by the dietary assessment toolkit of the MRC); a spoon or a
slice is nearer, a piece nearer still. Which measure is how near is our choice."""
COUNTED_ERROR: Final = 0.10
"""The same of what is MARKED_OR_WHOLE, and of what was counted without a measure."""
HOUSEHOLD_ERROR: Final = 0.25
"""Of all other measures."""
ASSUMED_ERROR: Final = 0.40
"""Of a serving that nobody stated."""


class Unit(NamedTuple):
    """One unit: its name, its kind and, for a mass, its size in g.

    Kinds are mass, volume, iu, count and length.
    """

    name: str
    kind: str
    size: float = 1.0


UNITS: Final = {
    **{name: Unit(name, "mass", size) for name, size in GRAMS.items()},
    **{name: Unit(name, "volume") for name in _MILLILITRES["us"]},
    **{name: Unit(name, "count") for name in COUNTS},
    "IU": Unit("IU", "iu"),
    **{name: Unit(name, "length") for name in LENGTHS},
}
_BY_SPELLING: Final = (
    {singular(name): unit for name, unit in UNITS.items()}
    | UNITS
    | {
        spelling.replace("_", " "): UNITS[name]
        for name, spellings in _SPELLINGS.items()
        for spelling in spellings.split()
    }
)


def unit(text: str) -> Unit | None:
    """Return the unit a text spells, whatever its case, dots, plural or sign for micro."""
    if named := LETTERS.get(text.rstrip(".")):
        return UNITS[named]
    word = " ".join(text.lower().replace("μ", "µ").replace(".", " ").split())
    joined = word.replace(" ", "")
    return (
        _BY_SPELLING.get(word)
        or _BY_SPELLING.get(singular(word))
        or (_BY_SPELLING.get(joined) if "." in text else None)  # I.U.
    )


def millilitres(name: str, system: str) -> float:
    """Return how many ml a volume unit holds in a system of measures."""
    return _MILLILITRES[system][name]


def differs_by_system(measure: str, system: str) -> bool:
    """Whether a measure is a volume that a system holds another amount of than the US one."""
    name = volume(measure)[0]
    return name is not None and millilitres(name, system) != millilitres(name, "us")


def volume(measure: str) -> tuple[str | None, str]:
    """Return the volume unit that a measure begins with, and its state: cup and "chopped"."""
    words = measure.split()
    for size in (2, 1):
        first = unit(" ".join(words[:size]))
        if first and first.kind == "volume":
            return first.name, name_key(" ".join(words[size:]))
    return None, ""


def plural(measure: str) -> str:
    """Return a counted measure as it reads after a number above one: ``slices``, ``leaves``."""
    size, _, rest = measure.partition(" ")
    if size in SIZES and rest:
        return f"{size} {plural(rest)}"
    word, *state = measure.split(" ")
    named = UNITS.get(word)
    countable = (
        word in _POURED | _FRUITS
        or word in HOUSEHOLD
        or (named is not None and named.kind == "count")
    )
    if not countable or word in SIZES or " ".join(state) in SIZES:
        return measure
    if word.endswith("f"):
        word = word[:-1] + "v"
    ending = "es" if word.endswith(("s", "x", "ch", "sh", "v")) else "s"
    consonant_y = word.endswith("y") and word[-2:-1] not in "aeiou"
    several = word[:-1] + "ies" if consonant_y else word + ending
    return " ".join([several, *state])

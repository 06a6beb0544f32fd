"""What rules ask of means held against references and upper levels, and the words for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from k2log.amounts import UNKNOWN, Amount
from k2log.nutrients import NUTRIENTS
from k2log.science.caveats import Facts
from k2log.science.compare import ENOUGH_DAYS, KIND_WORDS, Standing, with_unit
from k2log.science.intakes import AUTHORITIES, unfit
from k2log.science.profile import names
from k2log.text import count, figure, percent

OWN: Final = "own"


def references(facts: Facts, nutrient: str) -> list[Standing]:
    """Return how a nutrient stands to its references, one's own target among them."""
    return [row for row in _valued(facts, nutrient) if not row.upper]


def upper_levels(facts: Facts, nutrient: str, scope: str = "all") -> list[Standing]:
    """Return how a nutrient stands to its upper levels of that scope: all, supplement or k1."""
    return [row for row in _valued(facts, nutrient) if row.upper and row.scope == scope]


def _valued(facts: Facts, nutrient: str) -> list[Standing]:
    rows = (row for row in facts.standings if row.nutrient == nutrient)
    return [row for row in rows if row.value is not None]


def agreed(standings: Iterable[Standing], verdict: str) -> list[Standing]:
    """Return the rows of each authority that gives this verdict whatever sex or age is open."""
    groups = by_authority(standings)
    return [row for rows in groups if {row.verdict for row in rows} == {verdict} for row in rows]


def by_authority(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Return the rows of each authority: more than one where sex or age is open."""
    groups: dict[str, list[Standing]] = {}
    for row in standings:
        groups.setdefault(row.authority, []).append(row)
    return list(groups.values())


def authorities(standings: Iterable[Standing]) -> str:
    """Return the authorities, for the gist of a remark."""
    return ", ".join(sorted({row.authority for row in standings}))


def works(standings: Iterable[Standing]) -> tuple[str, ...]:
    """Return the citations of these values, each once; one's own target has none."""
    return tuple(dict.fromkeys(row.citation for row in standings if row.citation))


def named(standings: Iterable[Standing]) -> str:
    """Return values in words: ``the US RDA of 1200 mg and your target of 1000 mg``.

    What two authorities set alike is said once: ``the US and EU upper level of 100 µg``.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for rows in by_authority(standings):
        kinds = "/".join(dict.fromkeys(map(kind, rows)))
        values = " or ".join(_value(row) for row in rows)
        alike.setdefault((kinds, values), []).append(rows[0].authority)
    return listed([_set_by(who, kinds, values) for (kinds, values), who in alike.items()])


def kind(row: Standing) -> str:
    """Return what sort of value it is, in words where it is no well-known abbreviation."""
    return KIND_WORDS.get(row.kind, row.kind)


def _set_by(who: Sequence[str], kinds: str, values: str) -> str:
    if OWN in who:
        return f"your target of {values}"
    return f"the {listed([AUTHORITIES[each].label for each in who])} {kinds} of {values}"


def _value(row: Standing) -> str:
    for_whom = [row.ages] if row.ages else []
    for_whom += [row.sex] if row.sex != "any" else []
    share = [] if row.upper or row.share is None else [percent(row.share)]
    details = f" ({', '.join([*for_whom, *share])})" if for_whom or share else ""
    return with_unit(row.value or 0, row.nutrient) + details


def listed(words: Sequence[str]) -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def amount(nutrient: str, value: float) -> str:
    """Return a value with the unit of its nutrient: ``812 mg``."""
    as_shown = NUTRIENTS[nutrient].unit
    return f"{figure(value, as_shown)} {as_shown}"


def counted(nutrient: str, mean: Amount) -> str:
    """Return a mean in words, and whether that is all of it."""
    part = "" if mean.known else " as far as known"
    return f"{amount(nutrient, mean.best or 0)} a day{part}"


def over(facts: Facts) -> str:
    """Return which days a mean is over, and whether that is an early figure."""
    early = "" if facts.complete_days >= ENOUGH_DAYS else ", an early figure"
    return f"{facts.over}{early}"


def too_few_days(facts: Facts, needed: int) -> str:
    """Return how many complete days there are, and how many it takes."""
    return f"it takes {needed} complete days; so far {count(facts.complete_days, 'day')}"


def why_none(facts: Facts) -> str:
    """Return why there is no value to hold a mean against."""
    if facts.profile.born is None:
        return "reference values depend on age, and no year of birth is recorded"
    if conditions := unfit(facts.profile):
        return (
            f"references are for healthy people, and none is shown with {listed(names(conditions))}"
        )
    return "there is no value for this age"


def sentence(text: str) -> str:
    """Return the text with a capital."""
    return text[:1].upper() + text[1:]


def mean_words(facts: Facts, nutrient: str) -> str:
    """Return the mean of a nutrient in words."""
    mean = facts.mean(nutrient) or UNKNOWN
    return "without any figure" if mean.best is None else counted(nutrient, mean)


def figures(nutrient: str, mean: Amount, rows: Iterable[Standing]) -> Mapping[str, Any]:
    """Return a mean and what it is held against, as the data of a remark."""
    in_unit = unit(nutrient)
    return {
        f"mean_{in_unit}": mean.best,
        "values": [
            {"authority": row.authority, "kind": row.kind, f"value_{in_unit}": row.value}
            for row in rows
        ],
    }


def unit(nutrient: str) -> str:
    """Return the unit as it ends a key of data."""
    return NUTRIENTS[nutrient].ascii_unit

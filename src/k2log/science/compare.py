"""Means held against reference intakes and upper levels.

References describe what is eaten from day to day, so a verdict needs five complete days; three or
four give an early figure. What is unknown is never below a reference, nor safely under an upper
level. Vitamin K2 has no reference: only a figure of one's own, without verdict or share.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, Protocol

from k2log.amounts import DECIMALS, Amount, total
from k2log.named_tuple import NamedTuple
from k2log.nutrients import REFERENCE_GROUPS, UNITS
from k2log.science.citations import CITED
from k2log.science.intakes import AUTHORITIES, ceilings, intakes
from k2log.science.profile import Profile

EARLY_DAYS: Final = 3
ENOUGH_DAYS: Final = 5
CLOSE: Final = 0.9
ENOUGH_COVERAGE: Final = 0.9

CEILING: Final = "ceiling"
_OWN: Final = "own"
KIND_WORDS: Final = {"UL": "upper level", "GL": "guidance level", "SI": "safe intake"}


class Standing(NamedTuple):
    """One reference or upper level, and where the mean stands to it.

    ``nutrient`` is calcium, vitamin_d, vitamin_k, magnesium or, for a figure of one's own,
    vitamin_k2. ``authority`` is NASEM, EFSA, UK, JAPAN-MHLW or "own". ``kind`` is RDA, AI, PRI,
    RNI, SI, target, UL or GL. ``value`` is in mg or µg a day, None where the authority could not
    determine one. ``citation`` is the line that finds the source. ``sex`` is female or male where
    the profile leaves it open and the values differ, else any; ``ages`` says for which age, where
    both of a birthday year's are shown. ``scope`` is what counts: all, supplement or k1.
    ``verdict``: of a reference below, close, met, cannot-tell or early; of an upper level above,
    not-above or cannot-tell; ceiling where it is not known to be exceeded, and does not fit the
    person's conditions; None where there are too few complete days or no figure to hold it against.
    ``share`` is the best estimate as a part of the value.
    """

    nutrient: str
    authority: str
    kind: str
    value: float | None
    citation: str
    sex: str = "any"
    ages: str = ""
    scope: str = "all"
    verdict: str | None = None
    share: float | None = None

    @property
    def upper(self) -> bool:
        """Whether this is an upper level."""
        return self.kind in {"UL", "GL"}


class Mean(Protocol):
    """What gives the mean per complete day: of all, or of supplements alone."""

    def __call__(self, nutrient: str, *, supplement: bool | None) -> Amount | None:
        """Return the mean, or None where there is no complete day."""
        ...


class _KnownMean(NamedTuple):
    """A mean, and whether so much of it has a figure that its share of a value tells anything."""

    amount: Amount
    telling: bool


def standings(
    profile: Profile,
    on: date,
    mean: Mean,
    complete_days: int,
    coverage: Callable[[str], float],
) -> list[Standing]:
    """Return the person's own targets, then each reference and upper level, held against means.

    ``coverage`` is the share of the entries that have a figure for a nutrient.
    """
    rows = [*own_targets(profile), *_set_by_authorities(profile, on)]
    if complete_days < EARLY_DAYS:
        return rows
    means = {
        (nutrient, scope): _known_mean(nutrient, scope, mean, coverage)
        for nutrient, scope in {(row.nutrient, row.scope) for row in rows}
    }
    return [_judged(row, means[row.nutrient, row.scope], complete_days) for row in rows]


def _known_mean(
    nutrient: str, scope: str, mean: Mean, coverage: Callable[[str], float]
) -> _KnownMean | None:
    nutrients: Sequence[str] = (nutrient,)
    if nutrient in REFERENCE_GROUPS:
        nutrients = REFERENCE_GROUPS[nutrient].counted[scope]
    supplement = True if scope == "supplement" else None
    means = [mean(each, supplement=supplement) for each in nutrients]
    amount = total(each for each in means if each is not None)
    telling = amount.known or min(map(coverage, nutrients)) >= ENOUGH_COVERAGE
    return None if None in means else _KnownMean(amount, telling)


def _judged(standing: Standing, counted: _KnownMean | None, complete_days: int) -> Standing:
    value = standing.value
    if counted is None or value is None or standing.nutrient == "vitamin_k2":
        return standing
    share = _share(counted, value)
    if standing.upper:
        verdict = upper_verdict(counted.amount, value)
        if standing.verdict == CEILING and verdict != "above":
            return standing
    elif complete_days < ENOUGH_DAYS:
        verdict = "cannot-tell" if share is None else "early"
    else:
        verdict = reference_verdict(counted.amount, value)
    return standing._replace(verdict=verdict, share=share)


def _share(counted: _KnownMean, value: float) -> float | None:
    """Return the best estimate as a part of the value, where that tells anything."""
    best, low, _, _ = counted.amount
    if best is None or low is None or not value:
        return None
    return round(best / value, DECIMALS) if counted.telling or low >= value else None


def own_targets(profile: Profile) -> Iterable[Standing]:
    """Return the person's own figures; none for K2 where a vitamin K antagonist may be named.

    That one counts whether or not it has ended: nobody is to take K2 up to a figure by mistake.
    """
    return [
        Standing(nutrient, _OWN, "target", value, "")
        for nutrient, value in profile.targets.items()
        if not (nutrient == "vitamin_k2" and profile.may_be_on_antagonist)
    ]


def _set_by_authorities(profile: Profile, on: date) -> Iterable[Standing]:
    """Return what authorities set, but for what is per kg of a weight that k2log does not know.

    Beside a vitamin K antagonist nothing is said of vitamin K: nobody is to eat up to a figure.
    """
    known = profile.sex or profile.life_stage
    unfit = ceilings(profile)
    return [
        Standing(
            it.nutrient,
            it.authority,
            it.kind,
            it.value,
            CITED[it.citation],
            "any" if known else it.sex,
            it.ages,
            it.scope,
            CEILING if it.nutrient in unfit else None,
        )
        for it in intakes(profile, on)
        if not it.per_kg and not (it.nutrient == "vitamin_k" and profile.may_be_on_antagonist)
    ]


def reference_verdict(amount: Amount, value: float) -> str:
    """Return whether a mean is met, close, below, or cannot-tell, by its whole range."""
    best, low, high, _ = amount
    if low is not None and low >= value:
        return "met"
    if best is None or low is None or high is None:
        return "cannot-tell"
    close = round(CLOSE * value, DECIMALS)
    if high < value:
        return "close" if best >= close else "below"
    return "close" if low >= close else "cannot-tell"


def upper_verdict(amount: Amount, value: float) -> str:
    """Return whether a mean is above, not-above, or cannot-tell, by its whole range."""
    if amount.low is not None and amount.low > value:
        return "above"
    return "not-above" if amount.high is not None and amount.high <= value else "cannot-tell"


def label(standing: Standing) -> str:
    """Return what it is called: ``US RDA 1200 mg``, ``your target 1000 mg``."""
    if standing.authority == _OWN:
        named = "your figure" if standing.nutrient == "vitamin_k2" else "your target"
    else:
        kind = KIND_WORDS.get(standing.kind, standing.kind)
        named = f"{AUTHORITIES[standing.authority].label} {kind}"
    if standing.value is None:
        return f"{named} not determined"
    return f"{named} {with_unit(standing.value, standing.nutrient)}"


def with_unit(value: float, nutrient: str) -> str:
    """Return a reference as it was set, not rounded as amounts are: ``12.5 µg``."""
    return f"{round(value, 2):.10g} {UNITS[nutrient]}"

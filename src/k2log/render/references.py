"""Where the means stand to references and upper levels: words, and a bar where one is honest.

There is no bar and no percentage for vitamin K2: no authority has set a reference intake for it.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from k2log.amounts import Amount
from k2log.nutrients import HEADLINE_WHOLES, REFERENCE_GROUPS, TITLES
from k2log.render.numbers import show
from k2log.report.model import Report
from k2log.science.compare import Standing, label
from k2log.text import percent

BAR_CELLS: Final = 10
BARRED: Final = tuple(id_ for id_ in HEADLINE_WHOLES if id_ in REFERENCE_GROUPS)
_SEXES: Final = {"female": " for women", "male": " for men"}
_SCOPES: Final = {"supplement": " from supplements", "k1": " for K1 alone"}
_K2: Final = "vitamin_k2"
_NONE_FOR_K2: Final = "no reference intake and no upper level exist"


class Against(NamedTuple):
    """One nutrient against its references: name, bar ("" where there is none) and words."""

    name: str
    bar: str
    words: str


def against(report: Report, *, all_nutrients: bool, plain_words: bool) -> list[Against]:
    """Return a line per nutrient that has references, and one for K2 that has none."""
    if not report.standings:
        return []
    wanted = REFERENCE_GROUPS if all_nutrients else BARRED
    lines = [against_one(report, nutrient, plain_words=plain_words) for nutrient in wanted]
    k2 = against_one(report, _K2, plain_words=plain_words)
    return [line for line in (*lines, k2) if line.words]


def against_one(report: Report, nutrient: str, *, plain_words: bool) -> Against:
    """Return where the mean of a nutrient stands; without words where there is no reference."""
    held = of(report, nutrient)
    if nutrient == _K2:
        return Against(TITLES[_K2], "", _k2(held, report.nutrients[_K2].mean, plain_words))
    words = " · ".join(filter(None, map(_words, held)))
    share = next((it.share for it in held if not it.upper and it.share is not None), None)
    bar = _bar(share) if share is not None and nutrient in BARRED else ""
    return Against(TITLES[nutrient], bar, words)


def heading(report: Report) -> str:
    """Return what is compared."""
    days = report.complete_days
    if days < 3:
        return "references (too few complete days to compare)"
    return f"references, against the mean of {days} complete days"


def of(report: Report, nutrient: str) -> list[Standing]:
    """Return the references and upper levels of a nutrient, targets of one's own first."""
    return [standing for standing in report.standings if standing.nutrient == nutrient]


def named(standing: Standing) -> str:
    """Return what it is called and for whom: ``US RDA 1200 mg for women``."""
    ages = f" at {standing.ages}" if standing.ages else ""
    scope, sex = _SCOPES.get(standing.scope, ""), _SEXES.get(standing.sex, "")
    return f"{label(standing)}{scope}{sex}{ages}"


def _bar(share: float) -> str:
    filled = min(int(share * BAR_CELLS + 0.5), BAR_CELLS)
    return "▇" * filled + "▁" * (BAR_CELLS - filled)


def _words(standing: Standing) -> str:
    if standing.value is None:
        return ""
    called = named(standing)
    share = "" if standing.share is None else f"{percent(standing.share)} of "
    return {
        "met": f"meets {called}",
        "close": f"{share}{called}, close to it",
        "below": f"{share}{called}",
        "early": f"{share}{called}, an early figure",
        "above": f"above {called}",
        "not-above": f"not above {called}",
        "cannot-tell": _open(standing, called),
    }.get(standing.verdict or "", called)


def _open(standing: Standing, called: str) -> str:
    if standing.upper:
        return f"cannot tell whether above {called}"
    counted = "" if standing.share is None else f", the counted part is {percent(standing.share)}"
    return f"cannot tell against {called}{counted}"


def _k2(own: Sequence[Standing], mean: Amount | None, plain_words: bool) -> str:
    counted = "" if mean is None else show(mean, "µg", with_unit=True, plain_words=plain_words)
    figures = [f"{counted} a day beside {label(standing)}" for standing in own if counted]
    return "; ".join([*figures, _NONE_FOR_K2])

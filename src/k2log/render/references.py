"""Where the means stand to references and upper levels: words, and a bar where one is honest.

There is no bar and no percentage for vitamin K2: no authority has set a reference intake for it.
"""

from typing import Final

from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, REFERENCE_GROUPS, TITLES
from k2log.render.numbers import show
from k2log.report.model import Report
from k2log.science.compare import CEILING, Standing, label
from k2log.text import percent

BAR_CELLS: Final = 10
ABOVE: Final = ">"
"""Behind a bar that is above an upper level; a full one only reaches its reference."""
BARRED: Final = tuple(id_ for id_ in HEADLINE if id_ in REFERENCE_GROUPS)
_SEXES: Final = {"female": " for women", "male": " for men"}
_SCOPES: Final = {"supplement": " from supplements", "k1": " for K1 alone"}
_K2: Final = "vitamin_k2"
_NONE_FOR_K2: Final = "no reference intake and no upper level exist"


class Comparison(NamedTuple):
    """One nutrient against its references: name, bar ("" where there is none) and words."""

    name: str
    bar: str
    words: str


def against(report: Report, *, all_nutrients: bool, plain_words: bool) -> list[Comparison]:
    """Return a line per nutrient that has references, and one for K2 that has none."""
    if not report.standings:
        return []
    wanted = REFERENCE_GROUPS if all_nutrients else BARRED
    lines = [against_one(report, nutrient, plain_words=plain_words) for nutrient in wanted]
    k2 = against_one(report, _K2, plain_words=plain_words)
    return [line for line in (*lines, k2) if line.words]


def against_one(report: Report, nutrient: str, *, plain_words: bool) -> Comparison:
    """Return where the mean of a nutrient stands; without words where there is no reference."""
    standings = standings_of(report, nutrient)
    if nutrient == _K2:
        mean = report.nutrients[_K2].mean
        counted = "" if mean is None else show(mean, "µg", with_unit=True, plain_words=plain_words)
        figures = [f"{counted} a day beside {label(it)}" for it in standings if counted]
        return Comparison(TITLES[_K2], "", "; ".join([*figures, _NONE_FOR_K2]))
    words = " · ".join(filter(None, map(_words, standings)))
    share = next((it.share for it in standings if not it.upper and it.share is not None), None)
    bar = ""
    if share is not None and nutrient in BARRED:
        cells = min(int(share * BAR_CELLS + 0.5), BAR_CELLS)
        bar = "▇" * cells + "▁" * (BAR_CELLS - cells)
        if any(it.verdict == "above" for it in standings):
            bar += ABOVE
    return Comparison(TITLES[nutrient], bar, words)


def heading(report: Report) -> str:
    """Return what is compared."""
    days = report.complete_days
    if days < 3:
        return "references (too few complete days to compare)"
    return f"references, against the mean of {days} complete days"


def standings_of(report: Report, nutrient: str) -> list[Standing]:
    """Return the references and upper levels of a nutrient, targets of one's own first."""
    return [standing for standing in report.standings if standing.nutrient == nutrient]


def reference_name(standing: Standing) -> str:
    """Return what it is called and for whom: ``US RDA 1200 mg for women``."""
    ages = f" at {standing.ages}" if standing.ages else ""
    scope, sex = _SCOPES.get(standing.scope, ""), _SEXES.get(standing.sex, "")
    healthy = ", for healthy people" if standing.verdict == CEILING else ""
    return f"{label(standing)}{scope}{sex}{ages}{healthy}"


def _words(standing: Standing) -> str:
    if standing.value is None:
        return ""
    reference, share = reference_name(standing), ""
    if standing.share is not None:
        share = percent(standing.share)
    if standing.verdict == "cannot-tell":
        if standing.upper:
            return f"cannot tell whether above {reference}"
        counted = f", the counted part is {share}" if share else ""
        return f"cannot tell against {reference}{counted}"
    share_of = f"{share} of " if share else ""
    reached = (standing.share or 0) >= 1
    return {
        "met": f"meets {reference}",
        "close": f"{share_of}{reference}, {'about enough' if reached else 'close to it'}",
        "below": f"{share_of}{reference}",
        "early": f"{share_of}{reference}, an early figure",
        "above": f"above {reference}",
        "not-above": f"not above {reference}",
    }.get(standing.verdict or "", reference)

"""What a report says first: enough? balanced? careful? A line each, then the days.

Ranges are the likely ones, in which nine of ten truths would lie; a part without a figure leaves
the upper end open: ``25 µg a day (18 or more)``.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from k2log.amounts import Amount
from k2log.named_tuple import NamedTuple
from k2log.nutrients import HEADLINE, K2_FORMS, NUTRIENTS, TITLES, UNITS
from k2log.render.layout import pad, width
from k2log.render.numbers import number, readable, without_signs
from k2log.render.references import reference_name, standings_of
from k2log.report.model import Report
from k2log.report.notes import brief
from k2log.science.compare import CEILING, Standing
from k2log.science.profile import ANTAGONIST, UNRECOGNISED
from k2log.text import figure, percent, span

BALANCE: Final = "Balance"
CAREFUL: Final = "Careful"
_K2: Final = "vitamin_k2"
_K1: Final = "vitamin_k1"
_MAGNESIUM: Final = "magnesium"
_MOST_OF: Final = 0.7
_SHARE_WORTH_TELLING: Final = 0.05


class Answer(NamedTuple):
    """One line: what it is about, a figure with its range, words, and the tone of their verdict.

    ``tone`` is below, enough, above, open (nobody can tell yet), warning, caution or plain: what a
    view may give a colour. Each is in the words too.
    """

    name: str
    figure: str
    words: str
    tone: str = "plain"

    @property
    def verdict(self) -> str:
        """What of the words has the tone: a verdict before its colon, or all of them."""
        head, colon, _ = self.words.partition(":")
        return head if colon else self.words

    @property
    def text(self) -> str:
        """The figure and the words on one line."""
        return " · ".join(filter(None, (self.figure, self.words)))

    def without_signs(self) -> "Answer":
        """Return it for listening."""
        return self._replace(figure=without_signs(self.figure), words=without_signs(self.words))


def heads(lines: Sequence[Answer]) -> list[str]:
    """Return what stands before the words of each line: names and figures in columns."""
    names = max((width(it.name) for it in lines), default=0)
    figures = max((width(it.figure) for it in lines), default=0)
    return [
        f"{pad(it.name, names)}  {pad(it.figure, figures) + '  ' if it.figure else ''}"
        for it in lines
    ]


def answers(report: Report, *, caveats: str = "all") -> list[Answer]:
    """Return the first lines of a report: nutrients, balance, and what to be careful about."""
    first, *others = answered(report)
    lines = [nutrient_answer(report, first, amounts_and_when(report)[1])]
    lines += [nutrient_answer(report, id_) for id_ in others]
    if report.balance.words:
        lines.append(
            Answer(BALANCE, "", report.balance.words, _BALANCE_TONES[report.balance.state])
        )
    if caveats != "none":
        lines.append(careful_answer(report))
    return lines


_BALANCE_TONES: Final = {
    "there": "caution", "not-there": "plain", "cannot-tell": "open", "not-looked-at": "plain",
}  # fmt: skip


def answered(report: Report) -> list[str]:
    """Return the nutrients with a line: the headline ones, and what the person told of."""
    told = report.profile.targets.keys() | {
        id_ for id_, part in report.nutrients.items() if part.supplement.best
    }
    steady = report.profile.taking(ANTAGONIST, UNRECOGNISED, since=report.period.first)
    return [*HEADLINE, *[_K1] * bool(steady), *[_MAGNESIUM] * (_MAGNESIUM in told)]


def nutrient_answer(report: Report, nutrient: str, when: str = "") -> Answer:
    """Return how much of a nutrient it was, ``when``, and whether that is enough or too much."""
    amounts, _ = amounts_and_when(report)
    amount = amounts.get(nutrient)
    if amount is None:
        return Answer(TITLES[nutrient], NO_DAY, "", "open")
    verdicts, tone = _verdicts(report, nutrient)
    words = [verdicts, _origin(report, nutrient)]
    if nutrient == _K2:
        words = [*_own_k2(report), "no reference exists", _forms(amounts)]
    return Answer(
        TITLES[nutrient], ranged(amount, NUTRIENTS[nutrient].unit, when),
        " · ".join(filter(None, words)), tone,
    )  # fmt: skip


NO_DAY: Final = "no complete day yet"


def amounts_and_when(report: Report) -> tuple[Mapping[str, Amount], str]:
    """Return the means or, without a complete day, the amounts of the latest day, and of when."""
    if report.period.days > 1 and report.complete_days:
        likely = {id_: part.likely or part.mean for id_, part in report.nutrients.items()}
        return {id_: mean for id_, mean in likely.items() if mean is not None}, "a day"
    for row in reversed(report.days):
        if row.nutrients:
            when = "so far today" if row.day == report.today and row.status != "complete" else ""
            return report.likely.get(row.day, row.nutrients), when
    return {}, ""


def ranged(amount: Amount, unit: str, when: str) -> str:
    """Return ``985 mg a day (900–1080)``, ``25 µg a day (18 or more)`` or ``unknown``."""
    best, low, high, _ = readable(amount)
    if best is None:
        return "no food has a figure"
    text = " ".join(filter(None, (number(amount, unit), unit, when)))
    if high is None:
        least = figure(low or 0, unit)
        return f"{text} or more" if least == figure(best, unit) else f"{text} ({least} or more)"
    ends = span(low or 0, high, unit)
    return text if ends == figure(best, unit) else f"{text} ({ends})"


def _verdicts(report: Report, nutrient: str) -> tuple[str, str]:
    """Return where the mean stands in words, and the tone of it."""
    rows = [row for row in standings_of(report, nutrient) if row.value is not None]
    above = [row for row in rows if row.verdict == "above"]
    if above:
        return f"above: {', '.join(map(reference_name, above))}", "above"
    by_word: dict[str, list[str]] = {}
    for row in rows:
        if not row.upper:
            by_word.setdefault(_word(row), []).append(_name(row))
    words = [f"{word}: {', '.join(names)}" if word else ", ".join(names)
             for word, names in by_word.items()]  # fmt: skip
    limits = [row for row in rows if row.upper and row.scope == "all" and row.verdict != CEILING]
    if limits and all(row.verdict == "not-above" for row in limits):
        if report.nutrients[nutrient].supplement.best:
            words.append(f"upper level {min(row.value or 0 for row in limits):.10g}")
    elif any(row.verdict == "cannot-tell" for row in limits):
        words.append("cannot tell whether above the upper level")
    verdicts = [word for word in by_word if word]
    tone = next(
        (tone for tone, word in _TONES.items() if any(word in it for it in verdicts)), "plain"
    )
    return " · ".join(words), tone


def _name(row: Standing) -> str:
    """Return a reference without the unit, which the figure has: ``US RDA 1200``."""
    return reference_name(row).replace(f" {UNITS[row.nutrient]}", "")


_TONES: Final = {"below": "below", "open": "cannot tell", "enough": "enough"}


def _word(row: Standing) -> str:
    """Return the verdict on a reference in a word or two."""
    share = "" if row.share is None else f" ({percent(row.share)})"
    nearly = "about enough" if (row.share or 0) >= 1 else "a little below"
    return {
        "met": "enough",
        "close": f"{nearly}{share}",
        "below": f"below{share}",
        "early": f"early, {percent(row.share or 0)} of",
        "cannot-tell": "cannot tell",
    }.get(row.verdict or "", "")


def _origin(report: Report, nutrient: str) -> str:
    """Return how much came from food or supplements, the larger part: ``80% supplements``."""
    part = report.nutrients[nutrient]
    food, pills = part.food.best or 0, part.supplement.best or 0
    both = food + pills
    if not both or not part.total.known or min(food, pills) < _SHARE_WORTH_TELLING * both:
        return ""
    name, most = ("food", food) if food >= pills else ("supplements", pills)
    return f"{percent(most / both)} {name}"


def _own_k2(report: Report) -> list[str]:
    return [reference_name(row) for row in standings_of(report, _K2) if row.value is not None]


def _forms(amounts: Mapping[str, Amount]) -> str:
    """Return the forms of K2 that there are figures for: ``MK-7 52, MK-4 12, longer 7``."""
    shown = [
        (amount.best, f"{NUTRIENTS[form].short} {number(amount, 'µg')}")
        for form in K2_FORMS
        if (amount := amounts.get(form)) and amount.best
    ]
    if sum(best for best, _ in shown) < _MOST_OF * (amounts[_K2].best or 0):
        return ""  # of most of it nobody says which form it is
    return ", ".join(words for _, words in sorted(shown, key=lambda pair: -pair[0]))


def careful_answer(report: Report) -> Answer:
    """Return the first warning or caution or, without any, what that rests on."""
    first = report.careful
    if first is not None:
        return Answer(CAREFUL, "", brief(f"{first.severity}: {first.message}"), first.severity)
    if report.profile.medicines is None:
        return Answer(CAREFUL, "", "no warning; k2log knows of no medicines: k2log profile set")
    return Answer(CAREFUL, "", "no warning and no caution from what was logged")

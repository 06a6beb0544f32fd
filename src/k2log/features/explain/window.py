"""What is behind the mean of a window: its likely range, and which foods make that wide."""

from collections.abc import Iterable, Sequence
from typing import Final

from k2log.amounts import Amount, likely
from k2log.diary.days import Doubt, doubt_by_food, spreads_of, summed
from k2log.nutrients import NUTRIENTS
from k2log.render.layout import wrapped
from k2log.render.numbers import clean, dates, readable, without_signs
from k2log.render.page import Page
from k2log.report.build import Window
from k2log.text import count, figure, percent, span

_MOST: Final = 3
_LEAST_SHARE: Final = 0.05
_PARTS: Final = (
    (0.95, "nearly all"),
    (0.72, "three quarters"),
    (0.6, "two thirds"),
    (0.45, "half"),
)
_HOW: Final = (
    "Nine of ten truths would lie in the likely range. The error of a food's figure is the same in "
    "all its entries, foods are independent of each other, and so is how well each portion is "
    "known: weighed within 2 %, counted 10 %, a cup or slice 25 %, an assumed serving 40 % (our "
    "choice). To narrow a range: weigh the first food, or enter the figures of its label."
)


def window_working(window: Window, nutrients: Iterable[str], page: Page) -> str:
    """Return each nutrient's mean, its likely and its published range, and what makes it wide."""
    days = [row for row in window.days if row.status == "complete"]
    when = dates(window.period, " to " if page.plain_words else "–")
    if not days:
        return f"{when}: no complete day, so no mean to explain.\n"
    whole, spreads = summed(days), spreads_of(window.foods)
    blocks = [[f"{when}: the mean of {count(len(days), 'complete day')}"]]
    for id_ in nutrients:
        published = whole[id_].times(1 / len(days))
        narrowed = likely(whole[id_], spreads[id_]).times(1 / len(days))
        doubts = doubt_by_food(window.foods, id_)
        blocks.append([*_lines(id_, published, narrowed, doubts), *_unknown(window, id_)])
    blocks.append([_HOW])
    text = "\n\n".join("\n".join(wrapped(block, page.columns)) for block in blocks) + "\n"
    return without_signs(text) if page.plain_words else text


def _lines(id_: str, published: Amount, narrowed: Amount, doubts: Sequence[Doubt]) -> list[str]:
    kind = NUTRIENTS[id_]
    if published.best is None:
        return [f"{kind.name}: no food has a figure"]
    head = f"{kind.name}: {figure(published.best, kind.unit)} {kind.unit} a day"
    _, low, high, _ = readable(narrowed)
    if high is None or published.high is None:
        head += f", {figure(low or 0, kind.unit)} or more"
    else:
        head += (
            f", likely {span(low or 0, high, kind.unit)}, "
            f"lowest to highest figure {span(published.low or 0, published.high, kind.unit)}"
        )
    wide = [it for it in doubts[:_MOST] if it.share >= _LEAST_SHARE]
    if not wide:
        return [head]
    first, *others = wide
    also = "".join(f", {percent(it.share)} from {clean(it.food)}" for it in others)
    return [head, f"  what makes it wide: {_part(first.share)} from {clean(first.food)}{also}"]


def _part(share: float) -> str:
    """Return ``two thirds`` or, where no such word is near, ``40%``."""
    return next((words for least, words in _PARTS if share >= least), percent(share))


def _unknown(window: Window, id_: str) -> list[str]:
    foods = dict.fromkeys(it.food for it in window.foods if not it.nutrients[id_].known)
    return [f"  without a figure: {', '.join(map(clean, foods))}"] if foods else []

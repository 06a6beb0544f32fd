"""The diary itself, as the appendix of a page: every entry, how it was understood, its sources."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final

from k2log.diary.entry import Entry
from k2log.food.food import Source, source_keys
from k2log.food.label import SOURCE
from k2log.named_tuple import NamedTuple
from k2log.render.entries import about
from k2log.render.numbers import Cell, clean, dates, long_day, short_day
from k2log.render.report_table import Style, day_words
from k2log.report.model import Report

_NO_MORE: Final = (None, ())
_TYPED_FROM_LABEL: Final = "what was typed from the label"


class Appendix(NamedTuple):
    """The entries of a report's days, doses that last into them, and all known sources.

    ``entries`` come by day, and are asked for twice. ``anonymous`` leaves out the notes of entries,
    which may name a medicine or a person.
    """

    entries: Callable[[], Iterable[Entry]] = tuple
    lasting: Sequence[Entry] = ()
    sources: Sequence[Source] = ()
    anonymous: bool = False


class Logged(NamedTuple):
    """One entry in words: when, what it was understood as, how that came about, its amounts."""

    id: int | None
    when: str
    about: str
    how: str
    note: str
    cells: Sequence[Cell]


class DiaryDay(NamedTuple):
    """The entries of one day under its sums; ``words`` say whether it counts."""

    key: str
    title: str
    words: str
    cells: Sequence[Cell]
    entries: Sequence[Logged]


class Overview(NamedTuple):
    """What all entries come to.

    ``sources`` are those of their figures, each with what finds it; ``unsaid`` is how many entries
    name none. ``assumed`` is the part of the calcium whose amount was assumed; None without
    calcium. ``listed`` are those of the wanted ids that are among the entries.
    """

    entries: int
    sources: Sequence[tuple[str, str]]
    unsaid: int
    assumed: float | None
    listed: Collection[int | None]


def diary_days(report: Report, appendix: Appendix, style: Style) -> Iterator[DiaryDay]:
    """Yield every day of a report with its entries; doses that began before it come first."""
    if appendix.lasting:
        doses = []
        for entry in appendix.lasting:
            dose = _logged(entry, style, appendix)
            when = f"{short_day(entry.day, month=True)} {dose.when}".rstrip()
            doses.append(dose._replace(when=when))
        title = f"Before {dates(report.period)}"
        yield DiaryDay("before", title, "doses that last into these days", (), doses)
    groups = groupby(appendix.entries(), lambda entry: entry.day)
    day, entries = next(groups, _NO_MORE)
    for row in report.days:
        logged: Sequence[Logged] = ()
        if row.day == day:
            logged = [_logged(it, style, appendix) for it in entries]
            day, entries = next(groups, _NO_MORE)
        words = day_words(row, report)[1] or "complete"
        cells = style.cells(row.nutrients)
        yield DiaryDay(row.day.isoformat(), long_day(row.day), words, cells, logged)


def _logged(entry: Entry, style: Style, appendix: Appendix) -> Logged:
    when = " ".join(filter(None, [entry.time[11:16] if entry.time else "", entry.meal]))
    return Logged(
        entry.id,
        clean(when),
        about(entry),
        clean("; ".join(_how(entry))),
        "" if appendix.anonymous else clean(entry.note or ""),
        style.cells(entry.nutrients),
    )


def _how(entry: Entry) -> Iterator[str]:
    """Yield what was typed and how its amount came about."""
    working = entry.working
    if typed := working.get("typed"):
        yield f"typed “{typed}”"
    if how := working.get("how"):
        yield str(how)
    if measures := working.get("measures"):
        yield f"{measures} measures"
    if working.get("assumed"):
        yield "amount assumed, as none was typed"
    if working.get("region"):
        yield "country assumed"
    if entry.every_days > 1:
        yield f"1/{entry.every_days} counts on each of {entry.every_days} days"


def overview(appendix: Appendix, wanted: Collection[int]) -> Overview:
    """Look through all entries once; ``wanted`` are ids to look for."""
    entries = unsaid = 0
    calcium_mg = assumed_mg = 0.0
    named: set[str] = set()
    listed = set()
    for entry in chain(appendix.lasting, appendix.entries()):
        entries += 1
        names = _named(entry)
        named |= names
        unsaid += not names
        best_mg = entry.nutrients["calcium"].best or 0.0
        calcium_mg += best_mg
        assumed_mg += best_mg if entry.working.get("assumed") else 0.0
        if entry.id in wanted:
            listed.add(entry.id)
    works = {it.key: clean(f"{it.citation} {it.where}".rstrip()) for it in appendix.sources}
    works[SOURCE] = _TYPED_FROM_LABEL
    keys = sorted({key for each in named for key in source_keys(each)})
    return Overview(
        entries,
        [(key, works.get(key, "")) for key in keys],
        unsaid,
        assumed_mg / calcium_mg if calcium_mg else None,
        listed,
    )


def _named(entry: Entry) -> frozenset[str]:
    """Return the sources that an entry keeps; an imported one may keep anything, or nothing."""
    kept = entry.working.get("from")
    rows = kept if isinstance(kept, list) else []
    return frozenset(
        row[1] for row in rows
        if isinstance(row, list) and len(row) == 3 and isinstance(row[1], str)
    )  # fmt: skip

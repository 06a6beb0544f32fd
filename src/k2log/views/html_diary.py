"""The diary itself, as the appendix of a page: every entry, how it was understood, its sources."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from k2log.diary.entry import Entry
from k2log.food.label import SOURCE
from k2log.food.source import Source, source_keys
from k2log.report.model import DayRow, Report
from k2log.views.grid import Cell, Style, day_words
from k2log.views.lines import about
from k2log.views.numbers import clean, dates, long_day, short_day

_TYPED_FROM_LABEL: Final = "what was typed from the label"


class Appendix(NamedTuple):
    """The entries of a report's days, with doses that last into them, and all known sources.

    ``anonymous`` leaves out the notes of entries, which may name a medicine or a person.
    """

    entries: Sequence[Entry] = ()
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


class Figures(NamedTuple):
    """Where the figures of the entries are from, and how many entries do not say."""

    sources: Sequence[tuple[str, str]]
    unsaid: int


def diary_days(report: Report, appendix: Appendix, style: Style) -> list[DiaryDay]:
    """Return every day of a report with its entries; doses that began before it come first."""
    days = groupby(appendix.entries, lambda entry: entry.day)
    held = {day: [_logged(it, style, appendix) for it in entries] for day, entries in days}
    before = [(day, each) for day, logged in held.items() if day < report.period.first
              for each in logged]  # fmt: skip
    lasting = [each._replace(when=f"{short_day(day, month=True)} {each.when}".rstrip())
               for day, each in before]  # fmt: skip
    listed = [_day(row, held.get(row.day, ()), report, style) for row in report.days]
    return [_lasting(lasting, report, style), *listed] if lasting else listed


def _day(row: DayRow, entries: Sequence[Logged], report: Report, style: Style) -> DiaryDay:
    words = day_words(row, report)[1] or "complete"
    return DiaryDay(
        row.day.isoformat(), long_day(row.day), words, style.cells(row.nutrients), entries
    )


def _lasting(entries: Sequence[Logged], report: Report, style: Style) -> DiaryDay:
    title = f"Before {dates(report.period)}"
    return DiaryDay("before", title, "doses that last into these days", (), entries)


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


def on_assumed_portions(entries: Iterable[Entry]) -> float | None:
    """Return the part of the entries' calcium whose amount was assumed; None without calcium."""
    held = [(entry.nutrients["calcium"].best or 0, entry) for entry in entries]
    whole = sum(calcium_mg for calcium_mg, _ in held)
    assumed = sum(calcium_mg for calcium_mg, entry in held if entry.working.get("assumed"))
    return assumed / whole if whole else None


def figures_from(appendix: Appendix) -> Figures:
    """Return each source that a figure of the entries names, with what finds it."""
    named = [_named(entry) for entry in appendix.entries]
    keys = sorted({key for each in set().union(*named) for key in source_keys(each)})
    known = {source.key: source for source in appendix.sources}
    return Figures([(key, _cited(known, key)) for key in keys], sum(not each for each in named))


def _named(entry: Entry) -> frozenset[str]:
    """Return the sources that an entry keeps; an imported one may keep anything, or nothing."""
    held = entry.working.get("from")
    rows = held if isinstance(held, list) else []
    return frozenset(
        row[1] for row in rows
        if isinstance(row, list) and len(row) == 3 and isinstance(row[1], str)
    )  # fmt: skip


def _cited(known: dict[str, Source], key: str) -> str:
    if key == SOURCE:
        return _TYPED_FROM_LABEL
    source = known.get(key)
    return clean(f"{source.citation} {source.where}".rstrip()) if source else ""

"""Clock times: what was taken too close to what, and how that is said.

Only times that the user gave count. They are local: a medicine at 07:00 is at 07:00 where the
entry was eaten.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Final

from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.science.caveats import Judged, Remark
from k2log.science.citations import cited
from k2log.science.profile import Medicine
from k2log.science.references import listed
from k2log.text import count, verb

LABEL_WINS: Final = "If your label or prescriber says otherwise, that wins."
_PLAIN_WATER: Final = frozenset({"water", "tap", "plain", "drinking", "still", "hot", "boiled"})
_NO_TIMES: Final = "Some have no clock time, so k2log cannot tell how far apart they were."


class Apart(NamedTuple):
    """How many minutes a dose comes ``before`` calcium at the least, or ``after`` it."""

    before: int
    after: int

    def too_near(self, taken: datetime, at: datetime) -> bool:
        """Whether a dose taken then is too near to calcium at a time."""
        return -timedelta(minutes=self.before) < taken - at < timedelta(minutes=self.after)


class Dose(NamedTuple):
    """Something taken once: a medicine of the profile, or an ``entry`` of the log.

    ``at`` is None where nobody gave a time.
    """

    name: str
    kind: str
    at: datetime | None
    entry: Entry | None = None


class Window(NamedTuple):
    """Which entries a dose ``minds``, and whether one, ``taken`` and eaten ``at``, are too near.

    ``verdict`` says what too near means, ``advice`` what labels or studies say, a template for
    ``said_of``, and ``works`` are their keys of ``CITED``. A window with a ``severity`` of its own
    speaks so, and only where both times are known; one without speaks as its rule does.
    """

    minds: Callable[[Entry], bool]
    too_near: Callable[[datetime, datetime], bool]
    verdict: str
    advice: str
    works: str
    severity: str = ""


class Clash(NamedTuple):
    """An entry, logged ``at`` a time, and a dose ``taken`` too close to it, by which window."""

    at: datetime
    taken: datetime
    entry: Entry
    dose: Dose
    window: Window

    @property
    def ids(self) -> list[int | None]:
        """The ids of the entries concerned, None for one that is not stored yet."""
        return [it.id for it in (self.entry, self.dose.entry) if it is not None]


class TimeComparison(NamedTuple):
    """Entries compared with doses: the gravest ``clashes`` in order.

    On the days of ``untimed`` a clock time is missing, so that nobody can tell; ``unsure`` are the
    windows that would be looked at then, with the names of their doses.
    """

    clashes: Sequence[Clash]
    untimed: Sequence[date]
    unsure: Mapping[Window, set[str]]


WindowsOf = Callable[[Dose], Sequence[Window]]
"""The windows of a dose."""


def said_of(template: str, names: Iterable[str]) -> str:
    """Return a sentence on things of these names.

    ``{names}`` stands for them, ``{Names}`` at the start of a sentence; ``{be}`` for is or are,
    ``{them}`` for it or them, ``{s}`` for the ending of a verb.
    """
    each = sorted(names)
    named = listed(each)
    return template.format(
        names=named,
        Names=named[:1].upper() + named[1:],
        be=verb(len(each), "is", "are"),
        them=verb(len(each), "it", "them"),
        s=verb(len(each), "s", ""),
    )


def moment(entry: Entry) -> datetime | None:
    """Return the time of eating, None if the user gave none."""
    return datetime.fromisoformat(entry.time) if entry.time else None


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries by day and time, so that the order they came in never shows."""
    return sorted(entries, key=lambda it: (it.day, it.time or "", it.uid))


def plain_water(entry: Entry) -> bool:
    """Whether it is water and nothing else; mineral water is not plain."""
    words = set(name_words(entry.food))
    return "water" in words and words <= _PLAIN_WATER


def holds(entry: Entry | FoodPart, nutrient: str, least: float = 0) -> bool:
    """Whether a nutrient is known to be in it: more than nothing, and at ``least`` so much."""
    best = entry.nutrients.get(nutrient, UNKNOWN).best
    return best is not None and best > 0 and best >= least


def compare_times(
    entries: Iterable[Entry],
    medicines: Sequence[Medicine],
    logged: Sequence[Dose],
    windows_of: WindowsOf,
) -> TimeComparison:
    """Compare entries with the medicines of the profile and with logged doses."""
    clashes: list[Clash] = []
    untimed: set[date] = set()
    unsure: dict[Window, set[str]] = {}
    doses = [*(Dose(medicine.name, medicine.kind, None) for medicine in medicines), *logged]
    windows = {window for dose in doses for window in windows_of(dose)}
    for entry in entries:
        if not any(window.minds(entry) for window in windows):
            continue
        at = moment(entry)
        # Logged doses are compared if they have a time, as the entry has, or are of the same day.
        near = (
            dose
            for dose in logged
            if dose.entry and (dose.entry.day == entry.day or (dose.at and entry.time))
        )
        for dose in chain(_doses_around(medicines, entry.day, at), near):
            minding = [window for window in windows_of(dose) if window.minds(entry)]
            if at is not None and dose.at is not None:
                clashes += [
                    Clash(at, dose.at, entry, dose, window)
                    for window in minding
                    if window.too_near(dose.at, at)
                ]
                continue
            for window in minding:
                if not window.severity:
                    untimed.add(entry.day)
                    unsure.setdefault(window, set()).add(dose.name)
    clashes.sort(key=lambda it: (it.at, it.taken, it.dose.name, it.entry.food, it.entry.uid))
    # A grave clash is not told among lesser ones.
    grave = [each for each in clashes if not each.window.severity]
    return TimeComparison(grave or clashes, sorted(untimed), unsure)


def _doses_around(medicines: Iterable[Medicine], day: date, at: datetime | None) -> Iterator[Dose]:
    """Yield the doses from the day before to the day after; without a time, one for the day."""
    for medicine in medicines:
        name, kind, on = medicine.name, medicine.kind, at.date() if at else day
        if at is None or not medicine.times:
            yield from [Dose(name, kind, None)] if medicine.on(on) else ()
        else:
            days = (on + timedelta(days=step) for step in (-1, 0, 1))
            yield from (
                Dose(name, kind, datetime.combine(taken, time.fromisoformat(clock), at.tzinfo))
                for taken in days
                if medicine.on(taken)
                for clock in medicine.times
            )


def spacing_remark(comparison: TimeComparison, silent: str) -> Judged:
    """Speak of what was too close; where times are missing, give the general advice.

    Where nothing was, return why, ``silent``.
    """
    if not comparison.clashes:
        return _general_advice(comparison) if comparison.untimed else silent
    # While something is being logged, what was logged before it is no news.
    clashes = [each for each in comparison.clashes if None in each.ids] or comparison.clashes
    windows: dict[Window, set[str]] = {}
    for each in clashes:
        windows.setdefault(each.window, set()).add(each.dose.name)
    names = sorted({each.dose.name for each in clashes})
    times = {(each.at, each.taken) for each in clashes}
    at, taken, entry, dose, window = clashes[-1]
    more = f", and {count(len(times) - 1, 'more time')}" if len(times) > 1 else ""
    own_day = "" if at.date() == taken.date() else f" on {at.day} {at:%b}"
    latest = (
        f"{entry.food} at {at:%H:%M}{own_day} and {dose.name} at {taken:%H:%M}"
        f" on {taken.day} {taken:%b}{more}"
    )
    return Remark(
        f"{latest}: {window.verdict}. {_advice(windows)} {LABEL_WINS}",
        days=sorted({each.entry.day for each in clashes}),
        entries=list(dict.fromkeys(id_ for each in clashes for id_ in each.ids)),
        data={
            "apart_from": names,
            "times": len(times),
            "shortest_minutes": min(
                round(abs(at - taken).total_seconds() / 60) for at, taken in times
            ),
        },
        gist=", ".join(names),
        severity=window.severity,
        citations=_works(windows),
    )


def _general_advice(comparison: TimeComparison) -> Remark:
    names = sorted(set().union(*comparison.unsure.values()))
    return Remark(
        f"{_advice(comparison.unsure)} {LABEL_WINS} {_NO_TIMES}",
        days=comparison.untimed,
        data={"apart_from": names},
        gist=f"no times: {', '.join(names)}",
        severity="info",
        citations=_works(comparison.unsure),
    )


def _advice(windows: Mapping[Window, Iterable[str]]) -> str:
    """Return what the windows advise for the doses of these names, each sentence once."""
    return " ".join(sorted({said_of(window.advice, windows[window]) for window in windows}))


def _works(windows: Iterable[Window]) -> tuple[str, ...]:
    in_order = sorted(windows, key=lambda it: it.advice)
    return cited(*(key for window in in_order for key in window.works.split()))

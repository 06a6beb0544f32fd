"""What is measured against what, and the table of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from benchmarks.stopwatch import Timing

FLOOR_ADD: Final = "floor A: Typer, SQLite, one row"
FLOOR_WEEK: Final = "floor B: Typer, SQLite, Rich table"
ADD: Final = "k2log add natto 1tbsp"
WEEK: Final = "k2log report --week"


class Target(NamedTuple):
    """One median must not be above so many times another."""

    name: str
    against: str
    most: float


class Result(NamedTuple):
    """A target and what came of it."""

    target: Target
    ratio: float
    processor_ratio: float


def on(name: str, entries: int) -> str:
    """Return the name of a command on a diary of that size."""
    return f"{name}, {entries:,} entries"


def targets(small: int, large: int) -> Iterator[Target]:
    """Yield the targets of both commands, in the order of the table."""
    for name, floor, most in ((ADD, FLOOR_ADD, 1.3), (WEEK, FLOOR_WEEK, 1.4)):
        yield Target(on(name, small), floor, most)
        yield Target(on(name, large), floor, most)
        yield Target(on(name, large), on(name, small), 1.1)


def judged(wanted: Iterable[Target], timings: Mapping[str, Timing]) -> list[Result]:
    """Return what came of each target."""
    return [_judged(target, timings[target.name], timings[target.against]) for target in wanted]


def _judged(target: Target, timing: Timing, against: Timing) -> Result:
    return Result(target, timing.median / against.median, timing.processor / against.processor)


def as_text(
    machine: Mapping[str, object], timings: Mapping[str, Timing], results: Iterable[Result]
) -> str:
    """Return the tables for reading, in Markdown."""
    head = " · ".join(f"{name} {value}" for name, value in machine.items())
    return "\n".join((head, "", *_measured(timings), "", *_judgements(results)))


def _measured(timings: Mapping[str, Timing]) -> Iterator[str]:
    yield f"| {'measured':<40} | median ms | best ms | processor ms |"
    yield f"|{'-' * 42}|----------:|--------:|-------------:|"
    for name, (median, best, processor) in timings.items():
        yield f"| {name:<40} | {median:9.1f} | {best:7.1f} | {processor:12.1f} |"


def _judgements(results: Iterable[Result]) -> Iterator[str]:
    yield f"| {'ratio of':<40} | {'to':<40} | medians | target |      | processor |"
    yield f"|{'-' * 42}|{'-' * 42}|--------:|-------:|------|----------:|"
    for (name, against, most), ratio, processor in results:
        verdict = "pass" if ratio <= most else "fail"
        numbers = f"{ratio:7.2f} | ≤ {most:4.2f} | {verdict} | {processor:9.2f}"
        yield f"| {name:<40} | {against:<40} | {numbers} |"


def as_json(
    machine: Mapping[str, object], timings: Mapping[str, Timing], results: Iterable[Result]
) -> str:
    """Return the same for programs."""
    return json.dumps(
        {
            "machine": machine,
            "milliseconds": {name: timing._asdict() for name, timing in timings.items()},
            "targets": [
                {
                    **target._asdict(),
                    "ratio": round(ratio, 3),
                    "processor_ratio": round(processor, 3),
                }
                for target, ratio, processor in results
            ],
        },
        indent=2,
        ensure_ascii=False,
    )

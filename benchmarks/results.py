"""What is measured against what, and the table of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Final, NamedTuple

from benchmarks.stopwatch import Run, Timing

MEMORY_MIB: Final = 80
_NONE: Final = Timing([Run(0, 0, 0)])


class Target(NamedTuple):
    """One command must not take more than so many times another; ``start`` is taken off first."""

    name: str
    against: str
    most: float
    start: str = ""


class Result(NamedTuple):
    """A target and what came of it: the medians over the rounds of the ratios within a round."""

    target: Target
    ratio: float
    processor_ratio: float


def on(name: str, entries: int) -> str:
    """Return the name of a command on a diary of that size."""
    return f"{name}, {entries:,} entries"


def judged(wanted: Iterable[Target], timings: Mapping[str, Timing]) -> list[Result]:
    """Return what came of each target of which both sides were measured."""
    return [
        _judged(target, timings)
        for target in wanted
        if {target.name, target.against} <= timings.keys()
    ]


def _judged(target: Target, timings: Mapping[str, Timing]) -> Result:
    timing, against = timings[target.name], timings[target.against]
    start = timings.get(target.start, _NONE)
    rounds = list(zip(timing.runs, against.runs, strict=True))
    return Result(
        target,
        median((ours.elapsed - start.median) / theirs.elapsed for ours, theirs in rounds),
        median((ours.processor - start.processor) / theirs.processor for ours, theirs in rounds),
    )


def as_text(
    machine: Mapping[str, object], timings: Mapping[str, Timing], results: Iterable[Result]
) -> str:
    """Return the tables for reading, in Markdown."""
    head = " · ".join(f"{name} {value}" for name, value in machine.items())
    return "\n".join((head, "", *_measured(timings), "", *_judgements(results)))


def _measured(timings: Mapping[str, Timing]) -> Iterator[str]:
    yield f"| {'measured':<46} | median ms | best ms | processor ms | memory MiB |"
    yield f"|{'-' * 48}|----------:|--------:|-------------:|-----------:|"
    for name, it in timings.items():
        times = f"{it.median:9.1f} | {it.best:7.1f} | {it.processor:12.1f}"
        yield f"| {name:<46} | {times} | {it.memory:10.0f} |"


def _judgements(results: Iterable[Result]) -> Iterator[str]:
    yield f"| {'ratio of':<46} | {'to':<46} |  ratio  | target |      | processor |"
    yield f"|{'-' * 48}|{'-' * 48}|--------:|-------:|------|----------:|"
    for (name, against, most, start), ratio, processor in results:
        verdict = "pass" if ratio <= most else "fail"
        numbers = f"{ratio:7.2f} | ≤ {most:4.2f} | {verdict} | {processor:9.2f}"
        measured = f"{name}, less a start" if start else name
        yield f"| {measured:<46} | {against:<46} | {numbers} |"


def memory_text(timings: Mapping[str, Timing], names: Iterable[str]) -> str:
    """Return what long commands held at most, against the target."""
    held = ((name, timings[name].memory) for name in names if name in timings)
    return "\n".join(
        f"{name}: {most:.0f} MiB (≤ {MEMORY_MIB}, {'pass' if most <= MEMORY_MIB else 'fail'})"
        for name, most in held
    )


def as_json(
    machine: Mapping[str, object], timings: Mapping[str, Timing], results: Iterable[Result]
) -> str:
    """Return the same for programs."""
    return json.dumps(
        {
            "machine": machine,
            "runs": {name: [run._asdict() for run in it.runs] for name, it in timings.items()},
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

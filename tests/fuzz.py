"""Bytes that nobody meant, for everything k2log reads: ``python -m tests.fuzz --inputs 100000``.

An input is a seed of ``tests/corpus``, changed a few times: bits flipped, cut, doubled, two seeds
spliced, words of a dictionary put in. What a target does with it is read, or refuse it with an
error of ours; anything else is a fault, and so are more than 5 seconds or an endless message.
Inputs that once were faults are kept in ``tests/corpus/failed``, by target.
"""

import argparse
import atexit
import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from k2log import clock
from k2log.cli import run
from k2log.commands.asking import chooser
from k2log.config import SETTINGS, setting
from k2log.diary.lines import read_lines
from k2log.diary.understanding import understand
from k2log.errors import K2logError
from k2log.features.exchange.cells import Moment
from k2log.features.exchange.formats import import_options, import_source
from k2log.features.tables.files import open_place
from k2log.features.tables.formats import find_table, table_files
from k2log.files import Unwatched, text_lines
from k2log.food import label
from k2log.grammar import days, ids, nutrients, person
from k2log.grammar.person import regimen
from k2log.nutrients import NUTRIENTS
from k2log.science.name_lists import find_condition, find_medicine
from k2log.store.diary import Diary, open_diary

CORPUS: Final = Path(__file__).with_name("corpus")
NOW: Final = datetime.fromisoformat("2026-11-21T12:00:00+01:00")
TODAY: Final = NOW.date()
PATIENCE_SECONDS: Final = 5
LONGEST_MESSAGE: Final = 4_000
RAW: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What may never reach a terminal: controls but for the line feed, text direction, surrogates."""
WORDS: Final = tuple(word.encode("utf-8", "surrogateescape") for word in (
    "0", "1", "-1", "1/0", "½", "1½", "1e9", "1e309", "9" * 20, "2,000", "1.000", "1,5", "x", "2x2",
    "٣", "²", "g", "mcg", "µg", "μg", "IU", "I.E.", "fl oz", "%", "a", "half", "a few", "of", "and",
    "+", ",", ";", "@", "#", "--", "-", "=", ":", "food:", "food:gouda", "natto", "egg", "@morning",
    "as citrate", "calcium citrate", "yesterday", "2026-02-30", "0000-00-00", "9999-12-31", "1900",
    "29 feb", "-99999999", "24:00", "23:59:60", "8am", "2026-11-21T24:00+99:99", "until", "every",
    "NaN", "Infinity", "null", "true", "[]", "{}", '"', "'", "\\", "\\u0000", '\\ud800', "<", "^",
    "~", "\t", "\r", "\r\n", "\n", "\0", "\x1b[31m", "\x1b]0;x\x07", "\x9b", "\x7f", "\u202e",
    "\u2066", "\u2069", "\u200d", "\u200f", "\u2028", "\ufeff", "\udcff", "\udced\udca0\udc80",
    "\U0001f469\u200d\U0001f373", "e\u0301" * 9, "שלום", "[bold]", "[/]", "%s", "{0}", "';--",
    "=1+1", "＝1", "PK\x03\x04", "../", "[" * 200, "x" * 1100,
))  # fmt: skip


class Hang(BaseException):
    """An input that took too long; no handler of ours may swallow it."""


class OutputError(Exception):
    """Output that should not be."""


Target = Callable[[bytes], object]


class Tally(NamedTuple):
    """What became of one target's inputs; ``faults`` are inputs by what went wrong, one each."""

    inputs: int
    outcomes: Counter[object]
    faults: dict[str, bytes]


@cache
def folder() -> Path:
    """Return a folder of this process alone, with a diary and a home in it."""
    made = Path(tempfile.mkdtemp(prefix="k2log-fuzz-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    with redirect_stdout(io.StringIO()):
        run(["--db", str(made / "diary.db"), "add", "natto 1tbsp, gouda 30g", "--on", "yesterday"])
    return made


@cache
def diary() -> Diary:
    """Return a diary with the catalogue and nothing else."""
    made = open_diary(folder() / "none.db")
    atexit.register(made.db.close)
    return made


def text(data: bytes) -> str:
    """Return what Python makes of an argument of such bytes."""
    return data.replace(b"\0", b"").decode("utf-8", "surrogateescape")


def items(data: bytes) -> object:
    """Understand arguments, a line each."""
    return understand(text(data).split("\n"), chooser(diary()))


def _each(*readers: Callable[[str], object]) -> Target:
    """Return a target that is readers of one text, of which the last may refuse it aloud."""

    def read(data: bytes) -> object:
        for reader in readers[:-1]:
            with suppress(K2logError):
                reader(text(data))
        return readers[-1](text(data))

    return read


def lines(data: bytes) -> object:
    """Read lines as ``add --file`` does."""
    return list(read_lines(text_lines(io.BytesIO(data)), NOW, TODAY))


def _first(_: str, __: Sequence[str]) -> int:
    return 0


def _setting(said: str) -> object:
    for name in SETTINGS:
        with suppress(K2logError):
            setting(name).read(said)
    name, _, value = said.partition("=")
    return setting(name).read(value)


def _labels(said: str) -> object:
    for nutrient in NUTRIENTS.values():
        with suppress(K2logError):
            nutrients.nutrient_amount(said, nutrient)
    return label.read_portions([said])


def _file(name: str, *asking: object) -> Target:
    """Return a target that is an import: every row is read."""

    def read(data: bytes) -> object:
        path = folder() / name
        path.write_bytes(data)
        with import_source(str(path), import_options(*asking)) as source:  # type: ignore[arg-type]
            return sum(1 for _ in source.rows(Moment(TODAY, NOW, clock.local), Unwatched()))

    return read


def _table(wanted: str) -> Target:
    """Return a target that is a food table: its files, each behind a line ``=== NAME``."""

    def read(data: bytes) -> object:
        place = folder() / wanted
        place.mkdir(exist_ok=True)
        for old in place.iterdir():
            old.unlink()
        for part in data.split(b"=== ")[1:]:
            name, _, held = part.partition(b"\n")
            if re.fullmatch(rb"[A-Za-z_.]{1,40}", name) and name.strip(b"."):
                (place / name.decode()).write_bytes(held)
        return _records(place, wanted)

    return read


def _records(path: Path, wanted: str | None) -> int:
    with open_place(path, table_files()) as place:
        return sum(1 for _ in find_table(place, wanted).read(Unwatched()))


def zipped(data: bytes) -> object:
    """Read a food table in a zip."""
    path = folder() / "table.zip"
    path.write_bytes(data)
    return _records(path, None)


def front(*words: str) -> Target:
    """Return a target that is a whole command on a file of these bytes."""

    def read(data: bytes) -> object:
        (folder() / "input.csv").write_bytes(data)
        return command([*words, str(folder() / "input.csv")])

    return read


def commands(data: bytes) -> object:
    """Run the command line of these bytes, a word a line; no word is a path out of the folder."""
    return command([word for word in text(data).replace("/", "_").split("\n") if word])


def command(words: Sequence[str]) -> str:
    """Run a command line; return its exit code, or raise what it should not do."""
    own = ["--db", str(folder() / "diary.db")]
    with (
        chdir(folder()),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        code = run([*own, *words])
    if found := RAW.search(out.getvalue().replace("\r\n", "\n") + err.getvalue()):
        raise OutputError(f"{found[0]!r} was written")
    if code not in (0, 1, 2, 3, 4, 130) or "Traceback" in err.getvalue():
        raise OutputError(f"exit {code}: {err.getvalue()[-300:]}")
    return f"exit {code}"


TARGETS: Final[dict[str, Target]] = {
    "items": items,
    "days": _each(
        lambda said: days.time_of_day(said, NOW), days.interval,
        lambda said: days.days([said], TODAY), lambda said: days.day(said, TODAY),
    ),
    "regimen": _each(
        lambda said: find_medicine(said, (), _first),
        find_condition,
        lambda said: regimen(said, TODAY),
    ),
    "ids": _each(
        lambda said: ids.ids_and_item(said.split("\n")), lambda said: ids.entry_spans([said])
    ),
    "person": _each(
        lambda said: person.birth(said, TODAY), person.sex, person.life_stage, person.authority,
        nutrients.target,
    ),
    "config": _each(_setting),
    "labels": _each(label.read_base, _labels),
    "lines": lines,
    "own_csv": _file("own.csv", None, (), (), None),
    "own_jsonl": _file("own.jsonl", None, (), (), None),
    "cronometer": _file("servings.csv", None, (), (), None),
    "myfitnesspal": _file("meals.csv", None, (), ("calcium=1300mg",), None),
    "mapped": _file("mapped.csv", "csv", ("Date=day", "Item=food", "Ca=calcium_mg"), (), None),
    "sr28": _table("sr28"),
    "fdc": _table("fdc"),
    "ciqual": _table("ciqual"),
    "zipped": zipped,
    "add_file": front("add", "--dry-run", "--file"),
    "import": front("import", "--dry-run", "--skip-bad"),
    "foods_import": front("foods", "import", "--dry-run"),
    "commands": commands,
}  # fmt: skip
FRONT: Final = ("add_file", "import", "foods_import", "commands")
"""The targets that are command lines, whose outcome is an exit code."""
SEEDS_OF: Final = {
    "add_file": ["lines"],
    "import": ["own_csv", "own_jsonl", "cronometer", "myfitnesspal"],
    "foods_import": ["ciqual_file", "zipped"],
}


def seeds(target: str) -> list[bytes]:
    """Return what a target's inputs are made from."""
    folders = [CORPUS / name for name in SEEDS_OF.get(target, [target])]
    return [file.read_bytes() for each in folders for file in sorted(each.iterdir())]


def failed() -> list[tuple[str, Path]]:
    """Return the inputs that once were faults, each with its target."""
    return [(file.parent.name, file) for file in sorted((CORPUS / "failed").glob("*/*"))]


def mutated(held: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a seed, changed a few times."""
    data = bytearray(chance.choice(held))
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 64)))
        match chance.randrange(7):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.choice((1, 3, 50))
            case 3:
                other = chance.choice(held)
                data[at:] = other[chance.randrange(len(other) + 1) :]
            case 4:
                del data[at:]
            case 5:
                data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case _:
                data[at : at + chance.choice((0, 0, 1, 5))] = chance.choice(WORDS)
    return bytes(data)


@contextmanager
def patience() -> Iterator[None]:
    """Raise Hang where something takes too long."""

    def too_long(*_: object) -> None:
        raise Hang(f"more than {PATIENCE_SECONDS} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def outcome(target: str, data: bytes) -> object:
    """Return what a target made of an input: how it was read, or refused. Anything else raises."""
    folder()
    with patience():
        try:
            found = TARGETS[target](data)
        except K2logError as refused:
            if len(str(refused)) > LONGEST_MESSAGE:
                raise OutputError(f"a message of {len(str(refused))} characters") from refused
            return re.sub(r'"[^"]*"?|\S*[0-9]\S*', "_", str(refused))[:100]
    return found if target in FRONT else "read"


def tally(target: str, inputs: int, seed: int) -> Tally:
    """Try so many inputs on a target."""
    chance = random.Random(f"{target} {seed}")
    held = seeds(target)
    result = Tally(inputs, Counter(), {})
    for _ in range(inputs):
        data = mutated(held, chance)
        try:
            result.outcomes[outcome(target, data)] += 1
        except (Exception, Hang) as fault:  # noqa: BLE001 - whatever it is, it is to be told
            result.faults.setdefault(_where(fault), data)
    return result


def _where(fault: BaseException) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} at {Path(last.filename).name}:{last.lineno}"


def main() -> int:
    """Fuzz every target, or one; report and keep what failed."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz")
    options.add_argument("--inputs", type=int, default=10_000, help="in all, shared by the targets")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--target", choices=TARGETS, action="append")
    options.add_argument("--keep", type=Path, help="a folder for inputs that fail")
    said = options.parse_args()
    os.environ |= {"K2LOG_DEBUG": "1", "HOME": str(folder())}  # a bug shows where it is
    os.environ[clock.SETTING] = NOW.isoformat()  # a seed means the same on every day
    chosen = said.target or [*TARGETS]
    faults = 0
    for target in chosen:
        begun = time.monotonic()
        result = tally(target, said.inputs // len(chosen), said.seed)
        faults += len(result.faults)
        _report(target, result, time.monotonic() - begun, said.keep)
    sys.stdout.write(f"seed {said.seed}: {faults} kinds of fault\n")
    return 1 if faults else 0


def _report(target: str, result: Tally, seconds: float, keep: Path | None) -> None:
    hangs = sum(name.startswith("Hang") for name in result.faults)
    sys.stdout.write(
        f"{target}: {result.inputs} inputs in {seconds:.0f} s, {len(result.outcomes)} outcomes,"
        f" {result.outcomes['read']} read, {len(result.faults) - hangs} faults, {hangs} hangs\n"
    )
    for number, (name, data) in enumerate(result.faults.items()):
        sys.stdout.write(f"    {name}\n      {data[:200]!r}\n")
        if keep:
            (keep / target).mkdir(parents=True, exist_ok=True)
            (keep / target / f"{number}").write_bytes(data)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Other diaries for the command line, beside k2log: what is on PATH, or installed for the run."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.environment import child, install_into
from benchmarks.results import Target
from benchmarks.stopwatch import Command, Task

PACKAGES: Final = {"jrnl": "jrnl", "watson": "td-watson"}
JRNL: Final = "jrnl: one entry"
WATSON: Final = "watson add"
ENTRIES: Final = 1_000
_JRNL_CONFIG: Final = """
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals: {{default: {{journal: {journal}}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: {version}
"""


class Peers(NamedTuple):
    """What can be measured, and a line on each peer that cannot."""

    tasks: list[Task]
    missing: list[str]


def peers(folder: Path, python: Path, *, fetch: bool) -> Peers:
    """Return the peers that run here without questions; ``fetch`` installs those from the index."""
    home = folder / "peers"
    home.mkdir(exist_ok=True)
    missing: list[str] = []
    tasks: list[Task] = []
    for name, make in {"jrnl": _jrnl, "watson": _watson, **_LEDGERS}.items():
        program = _program(name, folder, python, fetch=fetch)
        if program is None:
            missing.append(f"{name}: not installed")
            continue
        task = make(program, home)
        said = _refusal(task)
        if said:
            missing.append(f"{name}: does not run without questions: {said}")
        else:
            tasks.append(task)
    return Peers(tasks, missing)


def _program(name: str, folder: Path, python: Path, *, fetch: bool) -> Path | None:
    found = shutil.which(name)
    if found or not fetch or name not in PACKAGES:
        return Path(found) if found else None
    return install_into(folder / f"{name}-environment", python, PACKAGES[name], name)


def _refusal(task: Task) -> str:
    """Return what a peer says when it fails; nothing if it works."""
    try:
        done = subprocess.run(
            task.command, env=task.environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, timeout=30,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "it waits"
    return (done.stderr or "no reason given").strip().splitlines()[-1] if done.returncode else ""


def _jrnl(program: Path, home: Path) -> Task:
    journal, config = home / "journal.txt", home / "jrnl.yaml"
    lines = (f"[{moment:%Y-%m-%d %H:%M}] natto 1tbsp" for moment in _moments())
    journal.write_text("\n\n".join(lines) + "\n")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = next((word for word in told.stdout.split() if word.strip("v")[:1].isdigit()), "4")
    config.write_text(_JRNL_CONFIG.format(journal=journal, version=version))
    command: Command = [program, "--config-file", config, "today:", "natto", "1tbsp"]
    return Task(JRNL, command, child(home))


def _watson(program: Path, home: Path) -> Task:
    frames = [
        [int(moment.timestamp()), int(moment.timestamp()) + 600, "food", f"{at:032x}", ["natto"], 0]
        for at, moment in enumerate(_moments())
    ]
    (home / "frames").write_text(json.dumps(frames))
    begun, ended = (f"{datetime.now() - timedelta(minutes=ago):%Y-%m-%d %H:%M}" for ago in (9, 1))
    command: Command = [program, "add", "--from", begun, "--to", ended, "food", "+natto"]
    return Task(WATSON, command, child(home, WATSON_DIR=str(home)))


def _ledger(program: Path, home: Path) -> Task:
    """Sum 1,000 postings: the nearest to a report that these have."""
    journal = home / "ledger.txt"
    posting = "natto\n    food:natto  24 mg\n    diary\n\n"
    journal.write_text("".join(f"{moment:%Y-%m-%d} {posting}" for moment in _moments()))
    return Task(f"{program.name} balance", [program, "-f", journal, "balance"], child(home))


def _timew(program: Path, home: Path) -> Task:
    folder = home / "timew"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    command: Command = [program, "summary", ":year", ":yes"]
    return Task("timew summary, empty", command, child(home, TIMEWARRIORDB=str(folder)))


_LEDGERS: Final = {"hledger": _ledger, "ledger": _ledger, "timew": _timew}


def _moments() -> Iterator[datetime]:
    """Yield moments of the last days, 22 a day, the earliest first."""
    now = datetime.now().replace(second=0, microsecond=0)
    for at in range(ENTRIES, 0, -1):
        yield now - timedelta(hours=at * 24 / 22)


def targets(add: str) -> Iterator[Target]:
    """Yield what ``add`` is held to beside the others."""
    yield Target(add, JRNL, 1.0)
    yield Target(add, WATSON, 0.6)

"""Restores beside writers: every acknowledged entry is in the diary, or in a copy announced.

``python restores.py DIARY WORDS…`` is a writer: it forks, for each line on its stdin, a child that
runs the command, which is quicker than to start one, so that far more of them overlap.
"""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from random import Random
from threading import Thread
from typing import Final, NamedTuple

from started import Ended, ended, environment, must, run, started

_ADD: Final = ("add", "egg 1", "--on", "2026-11-19", "--json")
_KEPT: Final = re.compile(r"kept as (.+)\n")
_BUSY: Final = "in use"


class Siege(NamedTuple):
    """What restores beside writers came to: entries acknowledged, restores done, all faults."""

    acknowledged: int
    refused: int
    restores: int
    wrong: list[str]


def siege(folder: Path, restores: int, writers: int, *, forks: bool, kills: Random | None) -> Siege:
    """Restore a backup again and again while writers add; look where each entry is.

    With ``kills`` every other restore is killed at a random moment; then any copy counts, for a
    restore that had committed may not have come to announce it.
    """
    diary = folder / "diary.db"
    must(diary, "add", "gouda 30g", "--on", "2026-11-18")
    must(diary, "backup", "-o", str(backup := folder / "kept.db"))
    answers: list[list[Ended]] = [[] for _ in range(writers)]
    kept: set[str] = set()
    done = 0
    wrong: list[str] = []
    with _writing(diary, answers, forks=forks):
        for number in range(restores):
            killed = kills is not None and number % 2
            result = _restore(diary, backup, kills if killed else None)
            copies = [Path(name) for name in _KEPT.findall(result.out)]
            kept |= uids(*(backups(diary) if kills else copies))
            done += result.code == 0
            if result.code and not killed and _BUSY not in result.err:
                wrong.append(str(result))
    wrong += [
        str(each) for each in chain.from_iterable(answers) if each.code and _BUSY not in each.err
    ]
    told = [answer for each in answers for answer in each if answer.code == 0]
    acknowledged = {entry["uid"] for each in told for entry in json.loads(each.out)}
    if lost := acknowledged - kept - uids(diary):
        wrong.append(f"lost: {len(lost)} of {len(acknowledged)}")
    refused = sum(len(each) for each in answers) - len(told)
    return Siege(len(acknowledged), refused, done, wrong)


def _restore(diary: Path, backup: Path, kills: Random | None) -> Ended:
    if kills is None:
        return run(diary, "restore", str(backup), "--yes")
    with started(diary, "restore", str(backup), "--yes") as process:
        time.sleep(kills.uniform(0.2, 1.0))
        process.send_signal(signal.SIGKILL)
        return ended(process)


def backups(diary: Path) -> list[Path]:
    """Return the copies in the folder of backups."""
    return sorted((diary.parent / "backups").glob("*.db"))


def uids(*diaries: Path) -> set[str]:
    """Return the uids of all entries in diaries, removed ones too."""
    found: set[str] = set()
    for each in diaries:
        with closing(sqlite3.connect(each)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found |= {uid for (uid,) in db.execute("SELECT uid FROM entries")}
    return found


@contextmanager
def _writing(diary: Path, answers: list[list[Ended]], *, forks: bool) -> Iterator[None]:
    over: list[bool] = []
    work = _forking if forks else _starting
    threads = [Thread(target=work, args=(diary, each, over)) for each in answers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.append(True)
        for thread in threads:
            thread.join()


def _starting(diary: Path, answers: list[Ended], over: list[bool]) -> None:
    while not over:
        answers.append(run(diary, *_ADD))


def _forking(diary: Path, answers: list[Ended], over: list[bool]) -> None:
    command = [sys.executable, __file__, str(diary), *_ADD]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        cwd=diary.parent, env=environment(diary.parent),
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        while not over:
            process.stdin.write("\n")
            process.stdin.flush()
            answers.append(Ended(*json.loads(process.stdout.readline())))
        process.stdin.close()


def main(diary: str, *words: str) -> None:
    """Run a command for each line on stdin, in a child; answer with how it ended, as JSON."""
    import k2log.cli
    import k2log.commands.adding

    for number in count():
        if not sys.stdin.readline():
            return
        out, err = (Path(f"{diary}.{os.getpid()}.{number}.{name}") for name in ("out", "err"))
        child = os.fork()
        if child == 0:
            for file, to in ((out, 1), (err, 2)):
                os.dup2(os.open(file, os.O_CREAT | os.O_WRONLY), to)
            code = k2log.cli.run(["--db", diary, *words])
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        answer = (os.waitstatus_to_exitcode(status), out.read_text(), err.read_text())
        for file in (out, err):
            file.unlink()
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

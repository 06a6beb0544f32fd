"""``k2log restore``: the diary as a backup holds it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

from k2log import clock
from k2log.commands import consent
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import copying, emit, interactive, note
from k2log.errors import K2logError
from k2log.features.care import restoration
from k2log.features.care.backup import contents_text
from k2log.paths import diary_path
from k2log.store.backup import Backup, backups
from k2log.text import megabytes, safe

_BEFORE: Final = {
    "": "by hand", "import": "before an import", "restore": "before a restore"
}  # fmt: skip

app = App()


class UnconfirmedError(K2logError):
    """A diary that nobody said should be replaced."""


@app.command()
def restore(
    ctx: Context,
    file: Annotated[
        Path | None,
        Argument(metavar="[FILE]", help="A backup. Nothing: which backups there are."),
    ] = None,
    yes: Annotated[bool, Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Make the diary what a backup holds.

    As it is now it is backed up first. The backup is checked before anything is touched. k2log undo
    does not take this back: restore the backup that was made first.
    """
    path = Path(diary_path(ctx.obj.db))
    if file is None:
        emit(backups_text(path, backups(path)))
        return
    plan = restoration.plan(path, file)
    if not yes:
        agree(plan_lines(plan), "Restore the backup?", "the diary was left as it is.")
    with copying("restoring") as step:
        done = restoration.restore(plan, clock.now(), step)
    emit(restored_text(done), f"the diary was restored; before: {done.copy and done.copy.path}")


def agree(lines: Sequence[str], question: str, otherwise: str) -> None:
    """Say what would change, and ask. Raises UnconfirmedError where the answer is no."""
    if not interactive():
        raise UnconfirmedError(f"{' '.join(lines)} If that is right, add --yes.")
    for line in lines:
        note(line)
    if not consent(question):
        raise UnconfirmedError(otherwise)


def backups_text(path: Path, backups: Sequence[Backup]) -> str:
    """Return a line for each backup, its time local, with its file below it."""
    if not backups:
        return f"There are no backups of {safe(str(path))}. To make one: k2log backup\n"
    lines = []
    for each in backups:
        why = _BEFORE.get(each.before, f"before {safe(each.before)}")
        if each.before.startswith("schema-"):
            why = f"before the upgrade to {each.before.replace('-', ' ')}"
        what = f"{why}, {contents_text(each.contents)}, {megabytes(each.size)}"
        lines.append(f"{each.at.astimezone():%Y-%m-%d %H:%M}  {what}\n    {safe(str(each.path))}\n")
    return "".join([*lines, "To make the diary what one of them holds: k2log restore FILE\n"])


def plan_lines(plan: restoration.Plan) -> list[str]:
    """Return what restoring would change, in lines."""
    then = f"The backup holds {contents_text(plan.then)}."
    if plan.fault:
        return [then, f"The diary is damaged ({safe(plan.fault)}), and would be set aside."]
    if plan.now is None:
        return [then, "There is no diary now."]
    return [then, f"The diary now holds {contents_text(plan.now)}; a backup of it is made first."]


def restored_text(done: restoration.Restored) -> str:
    """Return what was restored, and the file in which the diary as it was before now is."""
    lines = [f"restored {contents_text(done.then)}"]
    if done.aside:
        file = safe(str(done.aside))
        lines += [
            f"the damaged diary is kept as {file}",
            f"what can be read of it: k2log --db {file} doctor --export FILE",
            "and to add that: k2log import FILE",
        ]
    if done.copy:
        before = contents_text(done.copy.contents)
        lines += [f"before, it held {before}: kept as {safe(str(done.copy.path))}"]
    return "".join(f"{line}\n" for line in lines)

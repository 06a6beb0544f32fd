"""The six people's weeks: what each is told first, how many notes, and in which order."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Result
from k2log.report.notes import MOST_AT_FIRST, MOST_LATER
from personas import PERSONAS, Persona

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)
FIRST, SECOND = "2026-11-13", "2026-11-20"
EXPECTED = {
    "osteoporosis": ("there", "caution: About 1200 mg of calcium"),
    "warfarin": ("not-looked-at", "warning: With warfarin"),
    "pregnant-vegan": ("not-there", "no warning and no caution"),
    "natto": ("not-there", "no warning and no caution"),
    "levothyroxine": ("not-there", "no warning and no caution"),
    "keto": ("not-there", "warning: Vitamin D averaged"),
}
"""The state of the balance in both weeks, and how the line on what to be careful about begins."""

Run = Callable[..., Result]


@pytest.fixture(params=PERSONAS, ids=lambda persona: persona.name)
def persona(request: pytest.FixtureRequest, k2log: Run) -> Persona:
    """Return somebody whose diary has two weeks."""
    who: Persona = request.param
    for setting in who.settings:
        k2log("config", "set", *setting.split())
    assert k2log("profile", "set", *who.profile.split()).code == 0
    for ago in range(14, 0, -1):
        day = str(TODAY - timedelta(days=ago))
        for line in (who.meals[ago % len(who.meals)], *who.every_day):
            logged = k2log("add", line, "--on", day, "--yes")
            assert logged.code == 0, logged.err
    return who


def printed(k2log: Run, folder: Path, on: str) -> str:
    """Return a report that was written to a file, which somebody reads."""
    file = folder / f"{on}.txt"
    assert k2log("report", "--on", on, "-o", str(file)).code == 0
    return file.read_text(encoding="utf-8")


def notes(text: str) -> list[str]:
    """Return the notes of a report, without the line that names the others."""
    _, _, after = text.partition("\nNotes\n")
    return [line for line in after.partition("\n\n")[0].splitlines() if "caveats)" not in line]


def test_each_is_told_what_matters_first_and_little(
    persona: Persona, k2log: Run, tmp_path: Path
) -> None:
    """The answer in the first lines; few notes, fewer once shown; the pattern where it is."""
    first, second = (printed(k2log, tmp_path, on) for on in (FIRST, SECOND))
    state, careful = EXPECTED[persona.name]

    for text, on, most in ((first, FIRST, MOST_AT_FIRST), (second, SECOND, MOST_LATER)):
        told = json.loads(k2log("report", "--json", "--on", on).out)
        assert told["balance"]["state"] == state
        head = "\n".join(text.splitlines()[:10])
        assert f"Careful     {careful}" in head
        assert told["balance"]["words"] in head
        assert len(notes(text)) <= most
    assert len(notes(second)) <= len(notes(first))


def test_warnings_and_cautions_come_first_and_are_never_folded(
    persona: Persona, k2log: Run, tmp_path: Path
) -> None:
    """In both weeks all of them stand above the rest."""
    for on in (FIRST, SECOND):
        lines = notes(printed(k2log, tmp_path, on))
        told = json.loads(k2log("report", "--json", "--on", on).out)["caveats"]
        heads = [line.split(",")[0] for line in lines]
        ranks = [("warning", "caution").index(it) if it in ("warning", "caution") else 2
                 for it in heads]  # fmt: skip

        assert ranks == sorted(ranks)
        for severity in ("warning", "caution"):
            assert heads.count(severity) == sum(it["severity"] == severity for it in told)


def test_what_nobody_was_shown_is_told_in_full(persona: Persona, k2log: Run) -> None:
    """The second week of a diary of which no report was ever read."""
    unread = k2log("report", "--on", SECOND).out

    assert "as before:" not in unread


def test_the_personal_note_is_not_the_last(k2log: Run, tmp_path: Path) -> None:
    """Alendronate and calcium: second in the first week, and named once it was shown."""
    who = PERSONAS[0]
    k2log("profile", "set", *who.profile.split())
    for ago in range(14, 0, -1):
        for line in ("bread 2 slices", *who.every_day):
            k2log("add", line, "--on", str(TODAY - timedelta(days=ago)), "--yes")
    first, second = (printed(k2log, tmp_path, on) for on in (FIRST, SECOND))

    assert "Alendronate" in notes(first)[1]
    assert "as before: calcium bisphosphonate spacing" in second
    assert "600 mg of calcium from supplements at once (13 Nov, of 1200 mg that day)" in first


def test_a_pipe_keeps_no_record_of_what_was_shown(k2log: Run, tmp_path: Path) -> None:
    """Nor does JSON in a file; who has another profile is another person."""
    k2log("profile", "set", "--born", "1960", "--sex", "female", "--no-medicines")
    for ago in range(14, 0, -1):
        k2log("add", "gouda 20g", "--on", str(TODAY - timedelta(days=ago)))
    k2log("report", "--on", FIRST)
    k2log("report", "--on", FIRST, "--json", "-o", str(tmp_path / "week.json"))
    assert "as before:" not in k2log("report", "--on", SECOND).out

    printed(k2log, tmp_path, FIRST)
    assert "as before:" in k2log("report", "--on", SECOND).out
    k2log("profile", "set", "--sex", "male")
    assert "as before:" not in k2log("report", "--on", SECOND).out

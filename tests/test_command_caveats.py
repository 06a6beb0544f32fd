import json
import re
from collections.abc import Callable

import pytest

from conftest import Result

Run = Callable[..., Result]


def days(k2log: Run, *items: str, count: int = 6) -> None:
    """Log the same on each of the last days before today."""
    for ago in range(1, count + 1):
        assert k2log("add", *items, "--on", f"-{ago}").code == 0


def test_every_rule_says_why_it_speaks_or_not(k2log: Run) -> None:
    """A rule is in the one part or in the other, never in both, never missing."""
    from k2log.science.rules import RULES

    days(k2log, "gouda 30g, spinach 50g")
    made = json.loads(k2log("caveats", "--json").out)
    spoken, silent = {it["id"] for it in made["caveats"]}, set(made["silent"])

    assert spoken | silent == {rule.id for rule in RULES}
    assert not spoken & silent
    assert {"k2-estimate-range", "k1-is-not-k2"} <= spoken
    assert all(reason.strip() for reason in made["silent"].values())


def test_remarks_stand_with_days_entries_and_citations(k2log: Run) -> None:
    """Runs of days are written as such."""
    k2log("profile", "set", "--medicine", "levothyroxine@07:00")
    k2log("add", "calcium 500mg", "--on", "-1", "--at", "8:00")
    days(k2log, "gouda 30g")
    out = k2log("caveats").out

    assert "k2-estimate-range (info, about the data)" in out
    assert "  days: 2026-11-15 to 2026-11-20\n" in out
    assert "calcium-levothyroxine-spacing (warning, evidence strong)" in out
    assert "  entries: 1\n" in out
    assert "  Singh 2000, " in out
    assert "  vka-k2-supplement: the profile names no vitamin K antagonist, like warfarin\n" in out


def test_an_empty_diary_has_reasons_only(k2log: Run) -> None:
    """Nothing was logged, and nothing is wrong."""
    result = k2log("caveats")

    assert result.code == 0
    assert "Rules with nothing to say" in result.out


def test_a_hidden_remark_leaves_the_report_until_its_day(k2log: Run, set_now) -> None:
    """90 days unless said otherwise; the full list keeps it."""
    k2log("profile", "set", "--born", "1960", "--sex", "female", "--no-medicines")
    days(k2log, "spinach 50g")
    assert "calcium averaged" in k2log("report").out
    done = k2log("caveats", "hide", "intake-below-reference", "--for", "2 weeks")

    assert done.out.startswith("intake-below-reference is left out of reports until 2026-12-04")
    assert "calcium averaged" not in k2log("report").out
    assert "hidden: intake below reference (k2log caveats)" in k2log("report").out
    assert "intake-below-reference (info, evidence moderate, hidden" in k2log("caveats").out
    assert "calcium averaged" in k2log("report --format markdown").out
    set_now("2026-12-05T12:00:00+01:00")
    days(k2log, "spinach 50g")
    assert "hidden:" not in k2log("report").out


def test_hiding_can_be_taken_back(k2log: Run) -> None:
    """By ``unhide``, and by undo like every change."""
    k2log("profile", "set", "--born", "1960", "--sex", "female", "--no-medicines")
    days(k2log, "spinach 50g")
    k2log("caveats", "hide", "intake-below-reference")
    k2log("caveats", "unhide", "intake-below-reference")
    assert "calcium averaged" in k2log("report").out
    k2log("undo")
    assert "calcium averaged" not in k2log("report").out


def test_a_warning_can_only_be_shortened(k2log: Run) -> None:
    """Its first sentence stays."""
    k2log("profile", "set", "--medicine", "warfarin")
    days(k2log, "spinach 50g")
    whole = k2log("report").out
    done = k2log("caveats", "hide", "vka-vitamin-k-consistency").out
    short = k2log("report").out

    assert done.startswith("vka-vitamin-k-consistency is shortened in reports")
    assert "the clinic that checks your INR decides" in whole
    assert "the clinic that checks your INR decides" not in short
    assert "warning, evidence strong: With warfarin, vitamin K is meant to stay steady" in short


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hide", "k1-not-k2"], 'no rule "k1-not-k2". Nearest: k1-is-not-k2'),
        (["unhide", "zzz"], 'no rule "zzz". All of them: k2log caveats'),
        (["hide", "k1-is-not-k2", "--for", "a while"], '"a while" is no interval'),
        (["hide"], "Missing argument 'ID'"),
        (["--day", "--week"], "two windows"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    arguments: list[str], said: str, k2log: Run, diary
) -> None:
    """And writes nothing."""
    result = k2log("caveats", *arguments)

    assert result.code == 2
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert not diary.exists()


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_warnings_speak_when_something_is_logged(k2log: Run, dry: list[str]) -> None:
    """Natto beside warfarin, calcium too soon after levothyroxine; the entry is logged."""
    k2log("profile", "set", "--medicine", "warfarin", "--medicine", "levothyroxine@07:00")
    natto = k2log("add", "natto 1 tbsp", *dry)
    calcium = k2log("add", "calcium 500mg", "--at", "08:00", *dry)
    later = k2log("add", "calcium 500mg", "--at", "11:30", *dry)

    assert natto.code == calcium.code == later.code == 0
    assert (
        "warning, evidence moderate: Your profile lists warfarin, and Natto contains" in natto.err
    )
    assert "levothyroxine at 07:00" in calcium.err
    assert later.err == ""
    assert "Natto" in natto.out


def test_without_medicines_nothing_is_warned_of(k2log: Run) -> None:
    """The diet tells nothing about medicines."""
    k2log("profile", "set", "--no-medicines")

    assert k2log("add", "natto 1 tbsp", "calcium 600mg", "--at", "8:00").err == ""


def test_a_report_shows_where_means_stand(k2log: Run) -> None:
    """In words and, for machines, with verdict and share; nothing of the kind for K2."""
    k2log("profile", "set", "--born", "1964-02-03", "--sex", "female")
    days(k2log, "whole milk 732g, d3 1000IU, gouda 20g")
    text = k2log("report").out
    made = json.loads(k2log("report", "--json").out)

    calcium = {it["authority"]: it for it in made["nutrients"]["calcium"]["references"]}
    assert calcium["NASEM"]["value"] == 1200
    assert calcium["NASEM"]["verdict"] == "below"
    assert calcium["EFSA"]["verdict"] == "met"
    assert made["nutrients"]["vitamin_k2"]["references"] == []
    assert made["nutrients"]["vitamin_k2"]["upper_levels"] == []
    assert made["profile"]["born"] == "1964-02-03"
    assert re.search(r"Calcium .* below \(\d+%\): US RDA 1200 · enough: EU PRI 950", text)
    assert re.search(r"Vitamin K2 .* no reference exists", text)
    assert "· woman, 62" in text


def test_unknown_parts_leave_the_answer_open(k2log: Run) -> None:
    """Never "below" for what is unknown."""
    k2log("profile", "set", "--born", "1964-02-03", "--sex", "female", "--authority", "NASEM")
    days(k2log, "eel 100g, whole milk 1 cup")
    made = json.loads(k2log("report", "--json").out)
    [vitamin_d] = made["nutrients"]["vitamin_d"]["references"]

    assert vitamin_d["verdict"] == "cannot-tell"
    assert "cannot tell: US RDA 15" in k2log("report").out
    assert "intake-below-reference" in {it["id"] for it in made["caveats"]}  # calcium is known
    below = next(it for it in made["caveats"] if it["id"] == "intake-below-reference")
    assert "vitamin D" not in below["message"]


def test_k1_is_a_column_beside_an_antagonist(k2log: Run) -> None:
    """And the line under the report says nothing of little K2."""
    days(k2log, "spinach 50g")
    before = k2log("report").out
    k2log("profile", "set", "--medicine", "Coumadin")
    after = k2log("report").out

    assert "Vitamin K1 µg" not in before
    assert "Vitamin K1 µg" in after
    assert "calcium paradox" in before
    assert "calcium paradox" not in after


def test_notes_can_be_chosen(k2log: Run) -> None:
    """All, warnings or none; with or without what they rest on."""
    k2log("profile", "set", "--medicine", "warfarin")
    days(k2log, "spinach 50g, gouda 20g")
    warnings = k2log("report", "--caveats", "warnings").out

    assert "warning, evidence strong" in warnings
    assert "about the data" not in warnings
    assert "Notes" not in k2log("report", "--caveats", "none").out
    assert "NIH Office" in k2log("report").out
    assert "NIH Office" not in k2log("report", "--no-citations").out


def test_the_informal_figure_can_be_changed_or_switched_off(k2log: Run) -> None:
    """The contested pattern speaks below it only."""
    k2log("profile", "set", "--born", "1990-01-01", "--sex", "female", "--no-medicines")
    days(k2log, "calcium 1000mg, d3 1000IU, gouda 30g, apple 1")

    def said() -> str:
        return k2log("caveats").out.partition("Rules with nothing to say")[0]

    assert "calcium-paradox-pattern (info, evidence contested)" in said()
    assert k2log("config", "set", "informal-k2", "10").code == 0
    assert "calcium-paradox-pattern" not in said()
    assert k2log("config", "set", "informal-k2", "off").code == 0
    assert "calcium-paradox" not in said()
    assert "switched off" in k2log("caveats").out


def test_natto_in_a_dish_is_seen_beside_warfarin(k2log: Run) -> None:
    """Whatever the dish is called."""
    k2log("profile", "set", "--medicine", "warfarin")
    k2log("recipe", "add", "morning bowl", "natto 40g", "rice 150g")

    assert "Morning bowl contains vitamin K" in k2log("add", "morning bowl").err.replace(
        "morning", "Morning"
    )
    assert "ontains vitamin K" not in k2log("add", "gouda 60g, spinach 100g").err

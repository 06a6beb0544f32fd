"""A known zero plus something unknown is ``0 +?``, something unknown alone ``?``: everywhere."""

import json
import re

import pytest

DAY = "2026-11-20"
BEFORE = "2026-11-19"

SAID = {
    "an unknown alone": ([("secret sauce 100g", DAY)], [], "?"),
    "two of them": ([("secret sauce 100g, secret sauce 20g", DAY)], [], "?"),
    "with a pill that holds none": ([("secret sauce 100g, d3 1000IU", DAY)], [], "0 +?"),
    "with a food that holds none": ([("secret sauce 100g, sunflower oil 9g", DAY)], [], "0 +?"),
    "on two days": ([("secret sauce 100g", DAY), ("secret sauce 9g", BEFORE)], [], "?"),
    "beside a day of nothing": ([("secret sauce 100g", DAY)], [BEFORE], "?"),
    "beside a day of oil": (
        [("secret sauce 9g", DAY), ("sunflower oil 9g", BEFORE)], [], "0 +?",
    ),
    "beside a day of a pill": ([("secret sauce 9g", DAY), ("d3 9ug", BEFORE)], [BEFORE], "0 +?"),
    "only a pill": ([("d3 1000IU", DAY)], [DAY], "0"),
}  # fmt: skip
"""What is logged when, the days marked complete, and what is said of calcium over the window."""


@pytest.fixture
def log(k2log):
    """Return what logs a case; of the sauce no calcium is known."""

    def act(logged, complete) -> str:
        assert k2log("foods", "add", "secret sauce", "--k1", "5ug").code == 0
        out = ""
        for items, day in reversed(logged):
            out = k2log("add", items, "--on", day, "--yes").out
        for day in complete:
            assert k2log("day", "complete", day).code == 0
        return out

    return act


def cell(text: str, label: str) -> str:
    """Return the first number in the line that begins with a label, or stands after it."""
    (line,) = (line for line in text.splitlines() if re.match(rf"\s*{label}\b", line))
    after = re.split(rf"{label}\b", line, maxsplit=1)[1]
    return re.search(r"(0 mg \+\?|0 \+\?|0|\?)(?= |$)", after)[1].replace(" mg", "")


@pytest.mark.parametrize("case", SAID)
def test_a_window_says_it_as_its_foods_do(case, log, k2log):
    """By day, by month, by food and in JSON."""
    logged, complete, said = SAID[case]
    log(logged, complete)
    week = ("--from", BEFORE, "--to", DAY)
    year = ("--from", "2026-01-01", "--to", DAY)

    assert cell(k2log("report", *week).out, r"mean of \d days?") == said
    assert cell(k2log("report", *year).out, "November 2026") == said
    assert cell(k2log("report", *year).out, r"mean of \d days?") == said
    for kind in ("food", "meal", "source"):
        assert cell(k2log("report", *week, "--by", kind).out, r"mean of \d days?") == said, kind
    total = json.loads(k2log("report", *week, "--json").out)["nutrients"]["calcium"]["total"]
    best, high = {"?": (None, None), "0 +?": (0, None), "0": (0, 0)}[said]
    assert (total["amount"], total["high"]) == (best, high)


@pytest.mark.parametrize("case", [case for case, (logged, *_) in SAID.items() if len(logged) == 1])
def test_a_day_says_it_as_a_window_does(case, log, k2log):
    """When it is logged, in a report of the day and of a week, and opened up."""
    logged, complete, said = SAID[case]
    added = log(logged, complete)

    assert cell(added.replace("calcium 0 mg", "calcium 0"), "Fri 20 Nov 2026 in all") == said
    assert cell(k2log("report", "--week").out, "Fri 20") == said
    assert cell(k2log("report", "--from", DAY, "--to", DAY).out, "total") == said
    assert cell(k2log("explain", DAY).out, "Calcium:?") == said


@pytest.mark.parametrize("case", ["an unknown alone", "beside a day of nothing"])
def test_food_on_days_without_any_is_no_zero(case, log, k2log):
    """Where all the food there was is unknown, food is."""
    logged, complete, _ = SAID[case]
    log(logged, complete)
    k2log("add", "d3 1000IU", "--on", BEFORE, "--yes")
    k2log("day", "complete", BEFORE)

    out = k2log("report", "--week", "--all").out

    assert cell(out, r"mean of \d days?") == "0 +?"
    assert cell(out, "food") == "?"
    assert cell(out, "supplements") == "0"

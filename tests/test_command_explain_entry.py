"""``k2log explain ENTRY`` and ``explain DAY``: how a figure came about, what makes up a total."""

import re
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from k2log.amounts import total
from k2log.features.explain.entry import day_working, entry_working
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.paths import diary_path
from k2log.render.page import Page
from k2log.report.period import Period
from k2log.store.diary import open_diary
from k2log.store.foods import sources
from k2log.store.recalculations import ids_between, recalculations
from k2log.store.totals import day_total, entries_counting_on

TODAY = date(2026, 11, 21)


def test_an_entry_is_opened_up(k2log):
    """As typed, its food, its amount and how that is known."""
    k2log("add", "natto 1tbsp", "--meal", "breakfast", "--at", "8:30")
    lines = k2log("explain 1").out.splitlines()

    assert lines[:4] == [
        "Entry 1, Sat 21 Nov 2026, 08:30, breakfast",
        "  typed: natto 1tbsp",
        "  food: Natto (food:natto)",
        "  amount: 1 tbsp = 11 g (11 g a tbsp)",
    ]


def test_each_figure_is_a_product_with_basis_source_and_range(k2log):
    """Grams times the figure per 100 g, and the citation below."""
    k2log("add gouda 30g")
    said = k2log("explain 1").out

    assert "Calcium: 30 g × 700 mg per 100 g = 210 mg\n  measured [usda_sr28:01022]\n" in said
    assert "Vitamin K2: 30 g × 47.5 µg (0.3–131.2) per 100 g = 14.25 µg (0.09–39.36)\n" in said
    assert "  the range runs from the lowest to the highest published figure\n" in said
    assert "No figure: K2 as MK-4; K2 as MK-7; K2, other forms. Unknown, not zero.\n" in said
    assert "\n[usda_sr28] " in said


@pytest.mark.parametrize(
    ("typed", "amount", "figure"),
    [
        ("d3 2000IU", "2000 IU (40 IU are 1 µg)", "Vitamin D3: 50 µg"),
        ("calcium 500mg as citrate", "500 mg as citrate (mass of the calcium)", "Calcium: 500 mg"),
        ("calcium carbonate salt 1250mg", "1250 mg salt (0.4 of it is calcium)", "Calcium: 500 mg"),
        ("gouda", "1 slice = 28 g (usual serving, assumed, for none was typed)", "28 g × 700 mg"),
    ],
)
def test_conversions_are_named(typed, amount, figure, k2log):
    """IU to µg, salt to element, and what nobody typed."""
    k2log("add", typed)
    said = k2log("explain 1").out

    assert f"  amount: {amount}\n" in said
    assert figure in said


def test_a_product_is_counted_in_its_unit(k2log):
    """Tablets times what one holds."""
    k2log("foods", "add", "bone health", "--per", "2 tablets", "--calcium", "500mg")
    k2log("add", "bone health 3 tablets")

    assert "Calcium: 3 tablets × 500 mg per 2 tablets = 750 mg\n" in k2log("explain 1").out


def test_a_dose_that_lasts_says_its_share(k2log):
    """A part on each day."""
    k2log("add", "d3 14000IU", "--every", "7d")

    assert "  lasts 7 days: 1/7 counts on each\n" in k2log("explain 1").out


def test_whose_cup_and_whose_milk_are_said(k2log):
    """Measures of a setting, a country that was assumed."""
    k2log("config set measures metric")
    k2log("add milk 1 cup")
    said = k2log("explain 1").out

    assert "metric measures)" in said
    assert "k2log config set region" in said


def test_figures_that_changed_since_are_noted(k2log):
    """The entry keeps its own; what it would be today stands below."""
    k2log("foods", "add", "my bar", "--per", "100g", "--calcium", "100mg", "--portion", "piece=40g")
    k2log("add", "my bar 1 piece")
    k2log(
        "foods", "edit", "my bar", "--per", "100g", "--calcium", "300mg", "--portion", "piece=50g"
    )
    said = k2log("explain 1").out

    assert "Calcium: 40 g × 100 mg per 100 g = 40 mg\n" in said
    assert "  by today's figures: 150 mg\n" in said
    assert "have changed since. Today it is 50 g. To take today's: k2log recalculate 1\n" in said
    k2log("recalculate 1")
    assert "today" not in k2log("explain 1").out


def test_an_entry_whose_food_is_gone_still_explains_itself(k2log):
    """From what it keeps."""
    k2log("foods", "add", "my bar", "--per", "100g", "--calcium", "100mg")
    k2log("add", "my bar 50g")
    k2log("foods", "rm", "my bar")
    said = k2log("explain 1").out

    assert "Calcium: 50 g × 100 mg per 100 g = 50 mg\n" in said
    assert "cannot be worked out: its food is not one that k2log knows figures of.\n" in said


def test_an_entry_from_elsewhere_says_that_its_sources_are_not_kept(k2log, tmp_path):
    """Nothing is made up for it."""
    file = tmp_path / "diary.csv"
    file.write_text("day,food,grams,calcium_mg\n2026-11-20,stew,200,80\n")
    assert k2log("import", str(file)).code == 0
    said = k2log("explain 1").out

    assert "Calcium: 200 g × 40 mg per 100 g = 80 mg\n" in said
    assert "Where these figures are from was not kept.\n" in said


def test_several_entries_at_once(k2log):
    """Ids and ranges, as elsewhere."""
    k2log("add", "natto 1tbsp", "2 eggs", "gouda 30g")

    assert re.findall("^Entry (.)", k2log("explain 1 #3").out, re.MULTILINE) == ["1", "3"]
    assert re.findall("^Entry (.)", k2log("explain 1-3").out, re.MULTILINE) == ["1", "2", "3"]


def test_an_id_that_is_none_is_told_in_one_line(k2log):
    """Exit 1."""
    result = k2log("explain 41")

    assert (result.code, result.out) == (1, "")
    assert result.err == "k2log: no entry 41 in the diary. See the ids: k2log log\n"


DAY = ["natto 1tbsp", "gouda 30g", "eel 100g"]


@pytest.mark.parametrize("day", ["today", "2026-11-21", "21 nov"])
def test_a_day_is_what_its_entries_add(day, k2log):
    """Nutrient by nutrient; the unknown is named as such."""
    k2log("add", *DAY)
    said = k2log("explain", *day.split()).out

    assert said.startswith("Sat 21 Nov 2026: 3 entries count\n\nCalcium: ")
    assert re.search(r"^ 2  Gouda · 30 g +210 mg$", said, re.MULTILINE)
    assert re.search(r"^ 3  Eel, cooked · 100 g +\?$", said, re.MULTILINE)
    assert re.search(r"^    in all .*\+\?$", said, re.MULTILINE)
    assert "+? some foods have no figure\n" in said


@pytest.mark.parametrize(("typed", "title"), [("yesterday", "Fri 20"), ("-3", "Wed 18")])
def test_days_are_named_as_elsewhere(typed, title, k2log):
    """Also with a minus sign."""
    k2log("add", "gouda 30g", "--on", typed)

    assert k2log("explain", typed).out.startswith(f"{title} Nov 2026: 1 entry counts\n")


def test_a_dose_of_another_day_counts_with_its_share(k2log):
    """And names its entry."""
    k2log("add", "d3 14000IU", "--every", "7d", "--on", "-2")
    said = k2log("explain today").out

    assert " 1  Vitamin D3 · 14000 IU: 1/7 of entry 1, day 3 of 7  50 µg\n" in said
    assert "Calcium: 0 mg\n    no entry holds any\n" in said


def test_all_shows_every_nutrient_of_a_day(k2log):
    """Three of them otherwise."""
    k2log("add", *DAY)

    assert len(re.findall(r"^\S.*: .*g( |$)", k2log("explain today").out, re.MULTILINE)) == len(
        HEADLINE
    )
    every = k2log("explain today --all").out
    assert all(f"\n{nutrient.name}: " in every for nutrient in NUTRIENTS.values())


def test_a_day_on_which_nothing_counts(k2log):
    """Says so."""
    assert k2log("explain yesterday").out == "Nothing counts on Fri 20 Nov 2026.\n"


def test_a_day_to_come_is_refused_as_a_day(k2log):
    """Not as an unknown food."""
    result = k2log("explain 2026-12-24")

    assert result.code == 2
    assert "yet to come" in result.err


def test_sun_is_a_topic_and_sunday_a_day(k2log):
    """The one word that is both."""
    assert k2log("explain sun").out.startswith("Topic sun: Vitamin D from the sun")
    assert "Sun 15 Nov 2026" in k2log("explain sunday").out


def test_an_unknown_option_is_refused(k2log):
    """Though a day may begin with one dash."""
    assert k2log("explain today --everything").code == 2


def test_plain_words_for_listening(k2log):
    """No signs."""
    k2log("add", *DAY)

    for words in ("explain 1", "explain 3", "explain today"):
        said = k2log(f"--plain {words}").out
        assert "Natto" in said or "Eel" in said
        assert not set("×–?") & set(said), said
    assert " 2  Gouda · 30 g: 14.25 µg (0.09 to 39.36)\n" in k2log("--plain explain today").out


@pytest.mark.parametrize("columns", [50, 80])
def test_a_narrow_terminal_cuts_nothing(columns, k2log):
    """Lines wrap, and every word is there."""
    assert k2log("add", *DAY, "d3 14000IU", "1 cup milk", "--yes").code == 0
    with open_diary(diary_path()) as diary:
        entries = list(recalculations(diary, ids_between(diary, Period(TODAY, TODAY))))
        known = sources(diary)
        _, sums = day_total(diary, TODAY)
        counting = entries_counting_on(diary, TODAY)
    both = [
        [entry_working(entry, known, page) for entry in entries]
        + [day_working(TODAY, counting, sums, HEADLINE, page)]
        for page in (Page(columns), Page(None))
    ]
    assert len(both[0]) == 6
    for narrow, wide in zip(*both, strict=True):
        assert max(map(len, narrow.splitlines())) <= columns
        assert narrow.split() == wide.split()


LINES = ["natto 1tbsp", "gouda", "2 eggs", "eel 100g", "d3 2000IU", "milk 1 cup", "mk7 100mcg"]
ENTRIES = st.lists(
    st.tuples(st.sampled_from(LINES), st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=8
)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES)
def test_what_the_entries_add_comes_to_the_total(k2log, diary, entries):
    """Whatever was logged, and however long its doses last."""
    for path in diary.parent.glob("diary.db*"):
        path.unlink()
    for line, ago, every in entries:
        k2log("add", line, "--on", f"-{ago}", "--every", f"{every}d")
    with open_diary(diary_path()) as held:
        counting = entries_counting_on(held, TODAY)
        _, sums = day_total(held, TODAY)
    for key in NUTRIENTS:
        added = total(entry.nutrients[key].times(1 / entry.every_days) for entry in counting)
        assert added[:3] == pytest.approx(sums[key][:3], abs=1e-5), key


def lines_run(k2log, *words: str) -> int:
    """Return how many lines of Python a command runs."""
    ran = 0

    def trace(_frame, event, _argument):
        nonlocal ran
        ran += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert k2log(*words).code == 0
    finally:
        sys.settrace(before)
    return ran


@pytest.mark.slow
@pytest.mark.parametrize("more", [[], ["--all"]], ids=str)
def test_a_day_takes_as_much_more_work_as_it_has_more_entries(more, k2log):
    """However many there are: what doubles the entries doubles the work, and no more."""
    work = []
    for items in (20, 20, 40, 80):
        assert k2log("add", *["natto 1tbsp", "d3 1000IU"] * (items // 2), "--yes").code == 0
        work.append(lines_run(k2log, "explain", "today", *more))
    _, forty, eighty, many = work
    assert many - eighty < 2.2 * (eighty - forty)

import json
from collections.abc import Callable, Sequence

import pytest

from conftest import Result
from k2log.nutrients import NUTRIENTS

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
LITTLE = "egg, apple, chicken breast 100g"


def days(k2log: Run, *items: str, count: int = 6) -> None:
    """Log the same on each of the last days before today."""
    for ago in range(1, count + 1):
        assert k2log("add", *items, "--on", f"-{ago}").code == 0


def woman(k2log: Run, *said: str) -> None:
    """Tell of a woman of 62, and more."""
    assert k2log("profile", "set", "--born", "1964-05-17", "--sex", "female", *said).code == 0


def offered(k2log: Run, nutrient: str, *options: str) -> Sequence[dict]:
    """Return what is suggested for a nutrient."""
    made = json.loads(k2log("suggest", "-n", "50", "--json", *options).out)
    return made["nutrients"].get(nutrient, {"suggestions": []})["suggestions"]


def test_what_was_logged_stands_first_and_says_why(k2log: Run) -> None:
    """A usual serving, what it gives, its part of the gap, how often it was logged."""
    woman(k2log, "--authority", "NASEM")
    days(k2log, "gouda 10g", LITTLE)
    out = k2log("suggest").out

    assert "15–21 November 2026 · 6 complete days of 7\n" in out
    assert "Calcium: 124 mg a day; 1076 mg below US RDA 1200 mg." in out
    first = out.split("Usual servings for the gap of 1076 mg:\n")[1].splitlines()[0]
    assert first == "  Gouda, 1 slice = 28 g: calcium 196 mg, 18% of the gap; logged 6 times"
    assert out.endswith(
        "Foods differ from their figures, and this is no advice. "
        "What your doctor says comes first.\n"
    )


def test_without_a_profile_it_says_what_is_needed(k2log: Run) -> None:
    """That is no error."""
    days(k2log, LITTLE)
    result = k2log("suggest")

    assert result.code == 0
    assert "no year of birth is recorded: k2log profile set --born 1964 --sex female" in result.out
    assert "serving" not in result.out


def test_an_empty_diary_is_told_how_many_days_it_takes(k2log: Run) -> None:
    """Three complete ones."""
    woman(k2log)

    assert "It takes 3 complete days to suggest anything; there are 0" in k2log("suggest").out
    days(k2log, LITTLE, count=1)
    assert "there is 1 in this window" in k2log("suggest").out


def test_three_days_give_an_early_figure(k2log: Run) -> None:
    """And it is called that."""
    woman(k2log)
    days(k2log, LITTLE, count=3)
    out = k2log("suggest").out

    assert "mg a day, an early figure; " in out
    assert "Usual servings" in out


def test_both_authorities_are_named_where_none_is_chosen(k2log: Run) -> None:
    """Foods are for the larger gap."""
    woman(k2log)
    days(k2log, "whole milk 500g")
    out = k2log("suggest").out

    assert "635 mg below US RDA 1200 mg; 385 mg below EU PRI 950 mg." in out
    assert "Usual servings for the gap of 635 mg:" in out


def test_a_target_of_ones_own_takes_their_place(k2log: Run) -> None:
    """It needs no year of birth; for vitamin D that one is still asked for."""
    k2log("profile", "set", "--target", "calcium=800mg")
    days(k2log, "whole milk 500g")
    out = k2log("suggest").out

    assert "235 mg below your target 800 mg." in out
    assert "RDA" not in out
    assert "Vitamin D: what is enough depends on age and sex" in out


def test_a_met_reference_gets_nothing(k2log: Run) -> None:
    """Nor does one that is close."""
    woman(k2log, "--authority", "EFSA")
    days(k2log, "whole milk 900g, d3 800IU")
    out = k2log("suggest").out

    assert "Calcium: 1017 mg a day; meets EU PRI 950 mg: nothing to suggest." in out
    assert "serving" not in out


def test_what_has_no_figure_leaves_a_counted_part(k2log: Run) -> None:
    """Eel has no vitamin D figure: more may have been eaten than was counted."""
    woman(k2log, "--authority", "EFSA")
    days(k2log, "eel 100g, egg")
    out = k2log("suggest").out

    assert "Vitamin D: 1 µg +? a day; the counted part is 14 µg below EU AI 15 µg." in out
    assert "Some foods have no figure, so there may be more than was counted." in out
    assert "Usual servings for the counted part of the gap of 14 µg:" in out


def test_k2_has_no_reference_and_so_no_suggestion(k2log: Run) -> None:
    """One line says so."""
    woman(k2log)
    days(k2log, LITTLE)

    assert "Vitamin K2: no authority has set a reference intake, so nothing is suggested." in (
        k2log("suggest").out
    )


def test_a_k2_figure_of_ones_own_has_foods_and_no_percentage(k2log: Run) -> None:
    """What the user chose, called theirs."""
    woman(k2log, "--target", "k2=100mcg")
    days(k2log, LITTLE)
    k2 = k2log("suggest").out.split("Vitamin K2: ")[1]

    assert "below your figure 100 µg.\nUsual servings:\n  Natto, " in k2
    assert "%" not in k2
    assert {each["share"] for each in offered(k2log, "vitamin_k2")} == {None}


def test_beside_warfarin_k2_is_not_spoken_of(k2log: Run) -> None:
    """And servings hold little K1, all of it known."""
    woman(k2log, "--medicine", "warfarin", "--target", "k2=100mcg")
    days(k2log, LITTLE)
    result = k2log("suggest -n 50 --supplements")

    assert "With warfarin, vitamin K (K1 and K2) is meant to stay steady" in result.out
    assert "at most 25 µg of each" in result.out
    assert "K2" not in result.out.replace("(K1 and K2)", "")
    assert "Natto" not in result.out
    assert "Kale" not in result.out
    assert offered(k2log, "calcium")


def test_in_kidney_disease_nothing_is_suggested(k2log: Run) -> None:
    """The kidney team's targets hold."""
    woman(k2log, "--condition", "dialysis", "--target", "calcium=900mg")
    days(k2log, LITTLE)
    out = k2log("suggest --supplements").out

    assert "the targets of your kidney team hold, so nothing is suggested." in out
    assert "Usual servings" not in out


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["--condition", "kidney stones"], "with kidney stones, your doctor decides"),
        (["--born", "2010-05-17"], "nobody under 18 is suggested any"),
        (["--born", "1995", "--pregnant"], "while pregnant, your midwife or doctor decides"),
        (["--born", "1995", "--breastfeeding"], "while breastfeeding, your midwife or doctor"),
        (["--medicine", "digoxin"], "they can interact with digoxin, so a pharmacist comes first"),
    ],
)
def test_supplements_are_left_out_where_a_rule_speaks_against_them(
    said: list[str], why: str, k2log: Run
) -> None:
    """Even where they are asked for, and it is said why; foods stay."""
    woman(k2log)
    assert k2log("profile", "set", *said).code == 0
    days(k2log, LITTLE)

    assert f"Supplements are left out: {why}" in k2log("suggest --supplements").out
    assert offered(k2log, "calcium", "--supplements")
    assert not any(each["supplement"] for each in offered(k2log, "calcium", "--supplements"))


def test_calcium_is_no_pill_beside_what_it_is_kept_apart_from(k2log: Run) -> None:
    """Vitamin D alone has nothing to do with levothyroxine."""
    woman(k2log, "--medicine", "levothyroxine@07:00")
    days(k2log, LITTLE)
    out = k2log("suggest --supplements").out

    assert "Calcium and levothyroxine are kept apart: please follow the medicine's label." in out
    assert offered(k2log, "calcium", "--supplements")
    assert not any(each["supplement"] for each in offered(k2log, "calcium", "--supplements"))
    pills = [it for it in offered(k2log, "vitamin_d", "--supplements") if it["supplement"]]
    assert [pill["food_key"] for pill in pills] == ["vitamin-d3"]


def test_supplements_come_only_when_asked_for_and_as_they_are_typed(k2log: Run) -> None:
    """Behind the foods, in a usual dose."""
    woman(k2log, "--authority", "NASEM")
    days(k2log, LITTLE)
    without, with_ = k2log("suggest").out, k2log("suggest --supplements").out

    assert "Vitamin D3" not in without
    assert "  Vitamin D3, typed as d3 800IU: vitamin D 20 µg, all of the gap\n" in with_
    assert "Before a new supplement, please ask a pharmacist or your doctor." in with_


def test_osteoporosis_is_told_first_whose_target_counts(k2log: Run) -> None:
    """Before any figure."""
    woman(k2log, "--condition", "osteoporosis")
    days(k2log, LITTLE)
    out = k2log("suggest").out

    assert out.index("a target from your doctor comes first") < out.index("Calcium:")


def test_spinach_is_not_suggested_for_calcium_though_it_is_eaten(k2log: Run) -> None:
    """Little of its calcium is absorbed."""
    woman(k2log)
    days(k2log, "cooked spinach 100g, cooked kale 100g")
    names = [each["food"] for each in offered(k2log, "calcium")]

    assert "Spinach, cooked" not in names
    assert any("Kale" in name or "Collards" in name for name in names)


def test_foods_are_those_of_the_region(k2log: Run) -> None:
    """One that was logged is known, wherever it is from."""
    woman(k2log)
    days(k2log, LITTLE)
    assert any("(US" in each["food"] for each in offered(k2log, "calcium"))
    assert not any("(Europe" in each["food"] for each in offered(k2log, "calcium"))
    k2log("config set region eu")
    assert any("(Europe" in each["food"] for each in offered(k2log, "calcium"))
    assert not any("(US" in each["food"] for each in offered(k2log, "calcium"))
    k2log("add", "food:skim-milk 1 cup", "--on", "-2")
    assert offered(k2log, "calcium")[0]["food_key"] == "skim-milk"


def test_a_food_of_ones_own_is_suggested(k2log: Run) -> None:
    """Of whatever kind; what its label does not list is unknown and stays so."""
    woman(k2log)
    k2log("foods", "add", "morning shake", "--per", "200g", "--calcium", "300mg")
    days(k2log, LITTLE, "morning shake")
    first = offered(k2log, "calcium")[0]

    assert (first["food"], first["logged"]) == ("morning shake", 6)
    k2log("profile", "set", "--medicine", "warfarin")
    assert offered(k2log, "calcium")
    assert "morning shake" not in [each["food"] for each in offered(k2log, "calcium")]


def test_a_removed_entry_was_not_logged(k2log: Run) -> None:
    """Only what the diary still holds counts."""
    woman(k2log)
    days(k2log, LITTLE)
    k2log("add", "gouda", "--on", "-1")
    assert offered(k2log, "calcium")[0]["logged"] == 1
    k2log("undo")
    assert offered(k2log, "calcium")[0]["logged"] == 0


def test_the_number_of_foods_is_a_choice(k2log: Run) -> None:
    """``-n``, at least one."""
    woman(k2log, "--authority", "EFSA")
    days(k2log, LITTLE)

    assert k2log("suggest -n 2").out.count("of the gap") == 4
    assert k2log("suggest -n 0").code == 2


def test_json_is_as_promised(k2log: Run) -> None:
    """Schema, period, references with gaps, suggestions with amounts."""
    woman(k2log, "--authority", "NASEM")
    days(k2log, "gouda 10g", LITTLE)
    made = json.loads(k2log("suggest --json").out)
    calcium = made["nutrients"]["calcium"]

    assert made["schema"] == "k2log.suggest/1"
    assert made["period"]["complete_days"] == 6
    assert (made["early"], made["nothing"], made["no_supplements"]) == (False, [], None)
    assert set(made["nutrients"]) == {"calcium", "vitamin_d"} < set(NUTRIENTS)
    assert calcium["references"][0]["verdict"] == "below"
    assert calcium["gap"] == calcium["references"][0]["gap"] > 1000
    assert calcium["suggestions"][0] | {"share": 0, "nutrient": {}} == {
        "food": "Gouda",
        "food_key": "gouda",
        "supplement": False,
        "amount": 1.0,
        "measure": "slice",
        "grams": 28.0,
        "nutrient": {},
        "share": 0,
        "logged": 6,
        "estimated": False,
    }


def test_the_order_of_logging_does_not_matter(k2log: Run, tmp_path) -> None:
    """The same entries, the other way round, in another diary."""
    items = ["gouda 10g", "egg", "kefir 50g", "salmon 20g"]
    printed = []
    for place, order in enumerate((items, items[::-1])):
        db = ("--db", str(tmp_path / f"{place}.db"))
        k2log(*db, "profile", "set", "--born", "1964-05-17", "--sex", "female")
        for ago in range(1, 5):
            for item in order:
                assert k2log(*db, "add", item, "--on", f"-{ago}").code == 0
        printed.append(k2log(*db, "suggest", "--supplements").out)

    assert printed[0] == printed[1]
    assert "Gouda" in printed[0]


def test_for_listening_there_are_words(k2log: Run) -> None:
    """No signs between numbers."""
    woman(k2log, "--target", "k2=100mcg")
    days(k2log, LITTLE)
    out = k2log("--plain", "suggest").out

    assert "15 to 21 November 2026, 6 complete days of 7\n" in out
    assert "K2 410 µg (35 to 503)" in out
    assert "–" not in out


def offered_foods(k2log: Run, nutrient: str = "calcium") -> set[str]:
    """Return the names of what is suggested for a nutrient."""
    return {each["food"] for each in offered(k2log, nutrient)}


def own(k2log: Run, name: str) -> None:
    """Add a food of one's own that gives much calcium."""
    label = ("--per", "100g", "--calcium", "700mg")
    assert k2log("foods", "add", name, *label, "--yes").code == 0


@pytest.mark.parametrize("said", [["--pregnant"], ["--breastfeeding"]])
def test_ones_own_food_avoids_what_the_catalogue_food_of_its_name_does(k2log: Run, said) -> None:
    """Danablu is a name of blue cheese, though no word of it says so."""
    assert k2log("profile", "set", "--born", "1995", "--sex", "female").code == 0
    own(k2log, "danablu")
    own(k2log, "gouda")
    days(k2log, LITTLE, "danablu 5g", "gouda 5g")

    assert {"danablu", "gouda"} & offered_foods(k2log) == {"danablu", "gouda"}
    assert k2log("profile", "set", *said).code == 0
    assert {"danablu", "gouda"} & offered_foods(k2log) == {"gouda"}


def test_an_alias_of_ones_own_food_counts_like_its_name(k2log: Run) -> None:
    """Whichever of the two the catalogue knows."""
    assert k2log("profile", "set", "--born", "1995", "--sex", "female", "--pregnant").code == 0
    for name, alias in (("farm no 1", "roquefort cheese"), ("farm no 2", "edamer")):
        own(k2log, name)
        assert k2log("foods", "alias", alias, name).code == 0
    days(k2log, LITTLE, "farm no 1 5g", "farm no 2 5g")

    assert {"farm no 1", "farm no 2"} & offered_foods(k2log) == {"farm no 2"}


@pytest.mark.parametrize(
    "said", [["--pregnant"], ["--breastfeeding"], ["--condition", "kidney stones"]]
)
@pytest.mark.parametrize("name", ["morning shake", "milk of the farm", "sushi"])
def test_ones_own_food_that_may_be_anything_is_not_suggested_to_some(
    k2log: Run, said, name
) -> None:
    """In pregnancy, while breastfeeding and with kidney stones: no guess by a word, and no dish."""
    assert k2log("profile", "set", "--born", "1995", "--sex", "female").code == 0
    own(k2log, name)
    days(k2log, LITTLE, f"{name} 5g")

    assert name in offered_foods(k2log)
    assert k2log("profile", "set", *said).code == 0
    assert name not in offered_foods(k2log)
    assert offered_foods(k2log)


def test_a_recipe_is_not_what_it_is_called(k2log: Run) -> None:
    """It may hold anything."""
    assert k2log("profile", "set", "--born", "1995", "--sex", "female").code == 0
    holds = "blue cheese 200g, milk 100g"
    assert k2log("recipe", "add", "gouda", holds, "--yes").code == 0
    days(k2log, LITTLE, "gouda 5g")
    assert "gouda" in offered_foods(k2log)
    assert k2log("profile", "set", "--pregnant").code == 0

    assert "gouda" not in offered_foods(k2log)
